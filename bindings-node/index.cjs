"use strict";
// The client. See index.d.cts for the documentation.

const errors = require("./lib/errors.cjs");
const { encode, answer, Record, Page } = require("./lib/json.cjs");
const native = require("./lib/native.cjs");
const { commands, define, state } = require("./lib/nouns.cjs");
const { ports } = require("./lib/ports.cjs");
const { ConnectorError, DeliveryError, Worker } = require("./lib/worker.cjs");
const { answers } = require("./generated/table.cjs");

/** A command that is not carried out yet. */
class Command {
  #input;
  constructor(name, input) {
    this.name = name;
    this.#input = input;
    Object.freeze(this);
  }
  toCommand() {
    return { command: this.name, ...this.#input };
  }
}

const command = commands((name, input) => new Command(name, input()));

async function settled(promise, recipe) {
  try {
    return answer(await promise, recipe);
  } catch (error) {
    throw errors.raised(error);
  }
}

function plain(value) {
  return typeof value === "string" && value.isWellFormed();
}

/** A parameter that is a text. */
function text(value, name) {
  if (typeof value !== "string") throw errors.invalid("is not a text", name);
  if (!value.isWellFormed()) throw errors.invalid("is not well-formed Unicode: it holds half of a surrogate pair", name);
}

function level(value) {
  if (!Number.isInteger(value) || value < 0 || value > 255) throw errors.invalid("is a level from 0 to 3", "assurance");
}

function session(found) {
  return {
    id: found.id,
    user: found.user,
    assurance: found.assurance,
    methods: found.methods,
    opened_at: new Date(found.openedAt),
    authenticated_at: new Date(found.authenticatedAt),
    used_at: new Date(found.usedAt),
    expires_at: new Date(found.expiresAt),
    application: found.application ?? null,
    address: found.address ?? null,
    agent: found.agent ?? null,
  };
}

function signedIn(done) {
  const date = (at) => (at === undefined || at === null ? null : new Date(at));
  return {
    state: done.state,
    session: done.session ? session(done.session) : null,
    token: done.token ?? null,
    token_until: date(done.tokenUntil),
    refresh_token: done.refreshToken ?? null,
    flow_token: done.flowToken ?? null,
    factors: done.factors ?? null,
    actions: done.actions ? JSON.parse(done.actions) : null,
    expires_at: date(done.expiresAt),
  };
}

/** Stops waiting when the signal says so. */
function until(signal, promise) {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

/** Decisions from memory. */
class Decider {
  #native;
  constructor(inner) {
    this.#native = inner;
    Object.freeze(this);
  }
  known(user, action, target) {
    try {
      return this.#native.known(user, action, target);
    } catch (error) {
      throw errors.raised(error);
    }
  }
  async can(user, action, target) {
    try {
      return this.#native.known(user, action, target) ?? (await this.#native.learn(user, action, target));
    } catch (error) {
      throw errors.raised(error);
    }
  }
  async canAll(user, action, targets) {
    try {
      const list = Array.isArray(targets) ? targets : Array.from(targets);
      for (const target of list) if (typeof target !== "string") throw errors.invalid("is not a text", "targets");
      const known = this.#native.knownAll(user, action, list.join("\n"));
      if (known === null || known.length !== list.length) return await this.#native.learnAll(user, action, list);
      const answers = [];
      for (let n = 0; n < known.length; n++) answers.push(known.charCodeAt(n) === 49);
      return answers;
    } catch (error) {
      throw errors.raised(error);
    }
  }
  async refresh() {
    try {
      await this.#native.refresh();
    } catch (error) {
      throw errors.raised(error);
    }
  }
}

class Acting {
  #native;
  #signal;
  #waits;

  /** `waits`: never ask on this thread, because the engine asks back here. */
  constructor(inner, waits, signal) {
    this.#native = inner;
    this.#waits = waits;
    this.#signal = signal;
    define(
      this,
      (name, input) => this.#wait(async () => inner.execute(name, encode(input())), "Executed"),
      (name, input) => this.#ask(name, input),
      (name, given, options, now) => this.#look(name, given, options, now),
      (operation, input) => this.#wait(async () => inner.call(operation, encode(input())), answers[operation]),
    );
  }

  #wait(start, recipe) {
    if (this.#signal?.aborted) return Promise.reject(this.#signal.reason);
    return until(this.#signal, settled(start(), recipe));
  }

  async #ask(name, input) {
    this.#signal?.throwIfAborted();
    try {
      return answer(await until(this.#signal, this.#native.ask(name, encode(input()))), answers[name]);
    } catch (error) {
      throw errors.raised(error);
    }
  }

  /** What one look into a file or memory answers is not worth a thread: `now` gives null when somebody has to be waited for. */
  async #look(name, given, options, now) {
    this.#signal?.throwIfAborted();
    try {
      if (!this.#waits && options?.at === undefined && Object.values(given).every(plain)) {
        const found = now(this.#native);
        if (found !== null) return answer(found, answers[name]);
      }
    } catch (error) {
      throw errors.raised(error);
    }
    return this.#ask(name, () => ({ ...given, at: state(options?.at) }));
  }

  async session(token, { assurance = 0 } = {}) {
    this.#signal?.throwIfAborted();
    try {
      text(token, "token");
      level(assurance);
      const found = this.#waits ? null : this.#native.sessionNow(token, assurance);
      return session(found ?? (await until(this.#signal, this.#native.session(token, assurance))));
    } catch (error) {
      throw errors.raised(error);
    }
  }
  async signIn(identifier, password, { assurance = 0, origin = {}, refresh = false, risk, ...more } = {}) {
    this.#signal?.throwIfAborted();
    try {
      text(identifier, "identifier");
      text(password, "password");
      for (const name of Object.keys(more)) throw errors.invalid("is not a parameter of sign_in", name);
      const { address, agent, application } = origin ?? {};
      for (const [name, given] of Object.entries({ risk, address, agent, application })) {
        if (given !== undefined && given !== null) text(given, name);
      }
      level(assurance);
      const done = this.#native.signIn(identifier, password, assurance, Boolean(refresh), risk, address, agent, application);
      return signedIn(await until(this.#signal, done));
    } catch (error) {
      throw errors.raised(error);
    }
  }
  async decider() {
    this.#signal?.throwIfAborted();
    try {
      return new Decider(await until(this.#signal, this.#native.decider()));
    } catch (error) {
      throw errors.raised(error);
    }
  }

  worker(name, options) {
    return new Worker(native.Worker, this.#native, name, options);
  }

  #call(operation, input) {
    return this.#wait(async () => this.#native.call(operation, encode(input)), answers[operation]);
  }

  #manner(manner) {
    try {
      return new Acting(this.#native.manner(encode(manner)), this.#waits, this.#signal);
    } catch (error) {
      throw errors.raised(error);
    }
  }

  because(reason) {
    return this.#manner({ reason });
  }
  through(channel) {
    return this.#manner({ channel });
  }
  inChangeSet(changeSet) {
    return this.#manner({ change_set: changeSet });
  }
  withCommandId(commandId) {
    return this.#manner({ command_id: commandId });
  }
  asOf(at) {
    return this.#manner({ at: state(at) });
  }
  withSignal(signal) {
    return new Acting(this.#native, this.#waits, signal);
  }

  get preview() {
    return commands((name, input) =>
      this.#wait(async () => this.#native.call("preview", encode({ command: name, ...input() })), answers.preview),
    );
  }
  get validate() {
    return commands((name, input) =>
      this.#wait(async () => this.#native.call("validate", encode({ command: name, ...input() })), answers.validate),
    );
  }

  execute(given) {
    return this.#call("execute", given);
  }
  batch(given, mode = "all_or_nothing") {
    return this.#call("batch", { commands: Array.from(given), mode });
  }
  previewBatch(given) {
    return this.#call("preview_batch", { commands: Array.from(given), mode: "each" });
  }
  rollback(what, onConflict = "refuse") {
    return this.#call("rollback", { undo: typeof what === "number" ? { revision: what } : what, on_conflict: onConflict });
  }
  previewRollback(what) {
    return this.#call("preview_rollback", { undo: typeof what === "number" ? { revision: what } : what });
  }
  events(after = 0, limit = 100) {
    return this.#call("events", { after, limit });
  }
  upkeep() {
    return this.#call("upkeep", {});
  }
  sealChain() {
    return this.#call("seal_chain", {});
  }
  newChangeSet() {
    return this.#call("new_change_set", {});
  }
  newCommandId() {
    return this.#call("new_command_id", {});
  }
  lease(worker, { limit = 100, seconds = 60 } = {}) {
    return this.#call("lease", { worker, limit, seconds });
  }
  async settle(worker, { done = [], failed = [] } = {}) {
    const numbers = Array.from(done, (each) => (typeof each === "object" ? each.number : each));
    await this.#call("settle", { worker, done: numbers, failed: Array.from(failed) });
  }
  async callText(operation, input) {
    this.#signal?.throwIfAborted();
    try {
      encode(input, ["input"]);
      return await until(this.#signal, this.#native.callText(String(operation), String(input)));
    } catch (error) {
      throw errors.raised(error);
    }
  }
}

class Realm {
  #engine;
  #waits;
  constructor(engine, waits, id) {
    this.#engine = engine;
    this.#waits = waits;
    this.id = id;
    Object.freeze(this);
  }
  actAs(actor) {
    try {
      encode(actor);
      return new Acting(this.#engine.acting(this.id, String(actor)), this.#waits);
    } catch (error) {
      throw errors.raised(error);
    }
  }
}

class Database {
  #engine;
  #waits;
  constructor(engine, waits) {
    this.#engine = engine;
    this.#waits = waits;
  }
  #open() {
    if (this.#engine !== null) return this.#engine;
    throw errors.problem({ kind: "storage", code: "storage.failed", message: "the database is closed", hint: "open it again" });
  }
  async realms() {
    return settled(this.#open().realms(), ["Record"]);
  }
  async realm(name) {
    const engine = this.#open();
    try {
      if (typeof name !== "string") throw errors.invalid("is not a text", "name");
      encode(name, ["name"]);
      return new Realm(engine, this.#waits, await engine.realm(name));
    } catch (error) {
      throw errors.raised(error);
    }
  }
  inRealm(id) {
    return new Realm(this.#open(), this.#waits, id);
  }
  close() {
    this.#engine = null;
  }
  [Symbol.dispose ?? Symbol.for("Symbol.dispose")]() {
    this.close();
  }
}

async function open(address, options = {}) {
  try {
    text(address, "address");
    const { key, clock, entropy, vault, ...more } = options ?? {};
    for (const name of Object.keys(more)) throw errors.invalid("is not a parameter of open", name);
    if (key !== undefined && !(key instanceof Uint8Array)) throw errors.invalid("is not a Uint8Array of 32 bytes", "key");
    const own = ports({ clock, entropy, vault });
    if (own === undefined) return new Database(await native.open(address, key), false);
    return new Database(await new native.Ports(own.ask, ...own.has).open(address, key), true);
  } catch (error) {
    throw errors.raised(error);
  }
}

exports.open = open;
exports.command = command;
exports.Acting = Acting;
exports.Command = Command;
exports.Database = Database;
exports.Decider = Decider;
exports.Realm = Realm;
exports.Record = Record;
exports.Worker = Worker;
exports.ConnectorError = ConnectorError;
exports.DeliveryError = DeliveryError;
exports.Page = Page;
exports.IamError = errors.IamError;
exports.InvalidError = errors.InvalidError;
exports.NotFoundError = errors.NotFoundError;
exports.RefusedError = errors.RefusedError;
exports.ConflictError = errors.ConflictError;
exports.DeniedError = errors.DeniedError;
exports.LimitError = errors.LimitError;
exports.StorageError = errors.StorageError;
exports.CorruptError = errors.CorruptError;
