"use strict";
// Workers: sources are read, messages delivered, with ports that are written in JavaScript.

const errors = require("./errors.cjs");
const { encode, decode } = require("./json.cjs");

/** Why a source cannot be read; none of them means that something is gone. */
class ConnectorError extends Error {
  constructor(kind, message, { field = "", seconds = 0 } = {}) {
    super(message);
    this.name = "ConnectorError";
    this.kind = kind;
    this.field = field;
    this.seconds = seconds;
  }
  problem() {
    return { kind: this.kind, message: this.message, field: this.field, seconds: this.seconds };
  }
}

/** Why something was not done outside. */
class DeliveryError extends Error {
  constructor(message, { again = true } = {}) {
    super(message);
    this.name = "DeliveryError";
    this.again = again;
  }
  problem() {
    return { kind: this.again ? "later" : "never", message: this.message };
  }
}

/** Asks the ports, for the native part: on the loop that made the worker. */
class Ports {
  #connectors = new Map();
  #connections = new Map();
  #messenger;
  #handler;
  #numbers = 0;

  constructor({ connectors = [], messenger, handler }) {
    for (const connector of connectors) {
      const name = connector?.descriptor?.name;
      if (typeof name !== "string" || typeof connector.open !== "function") {
        throw errors.invalid("a connector has a descriptor with a name, and a method open()", "connectors");
      }
      this.#connectors.set(name, connector);
    }
    if (messenger !== undefined && typeof messenger?.deliver !== "function") throw errors.invalid("has no method deliver()", "messenger");
    if (handler !== undefined && typeof handler?.handle !== "function") throw errors.invalid("has no method handle()", "handler");
    this.#messenger = messenger;
    this.#handler = handler;
  }

  get descriptors() {
    return Array.from(this.#connectors.values(), (connector) => connector.descriptor);
  }

  async #done(method, input) {
    const connection = this.#connections.get(input.connection);
    switch (method) {
      case "open":
        this.#connections.set(++this.#numbers, await this.#connectors.get(input.connector).open(input.configuration, input.secrets));
        return this.#numbers;
      case "classes":
        return connection.classes();
      case "read":
        return connection.read(input.read, input.cursor);
      case "close":
        this.#connections.delete(input.connection);
        return connection.close?.();
      case "deliver":
        input.attachments = input.attachments.map((each) => ({ ...each, content: Buffer.from(each.content, "base64") }));
        return this.#messenger.deliver(input);
      default:
        return this.#handler.handle(input.effect, input.secret);
    }
  }

  async ask(method, input) {
    try {
      return `{"answer":${encode((await this.#done(method, decode(input))) ?? null)}}`;
    } catch (error) {
      if (error instanceof ConnectorError || error instanceof DeliveryError) return encode({ error: error.problem() });
      // The engine learns the class only; whoever wrote the port wants to see all of it.
      process.emitWarning(error instanceof Error ? error : String(error));
      return encode({ error: { message: String(error?.constructor?.name ?? "Error") } });
    }
  }
}

const moments = (report) =>
  report === null ? null : { ...report, counts: report.counts.kinds, started_at: new Date(report.started_at), finished_at: new Date(report.finished_at),
    problem: report.problem ? errors.problem(report.problem) : null };

/** Runs identity sources and empties the outbox. */
class Worker {
  #native;

  constructor(Native, acting, name, options = {}) {
    const ports = new Ports(options);
    const parts = { name, connectors: ports.descriptors, secrets: options.secrets ?? {},
      messenger: options.messenger !== undefined, handler: options.handler !== undefined };
    try {
      this.#native = new Native(acting, encode(parts), (method, input) => ports.ask(method, input));
    } catch (error) {
      throw errors.raised(error);
    }
    Object.freeze(this);
  }

  async #call(operation, input = {}) {
    try {
      return decode(await this.#native.call(operation, encode(input)));
    } catch (error) {
      throw errors.raised(error);
    }
  }

  install() {
    return this.#call("install");
  }
  check(connector, configuration = {}) {
    return this.#call("check", { connector, configuration });
  }
  sample(connector, configuration, kind, rules, { objects = 10 } = {}) {
    return this.#call("sample", { connector, configuration, kind, rules, objects });
  }
  async preview(source) {
    return moments(await this.#call("preview", { source }));
  }
  schedule() {
    return this.#call("schedule");
  }
  async run() {
    return moments(await this.#call("run"));
  }
  undo(run) {
    return this.#call("undo", { run });
  }
  forget(before) {
    return this.#call("forget", { before });
  }
  deliver(limit = 100) {
    return this.#call("deliver", { limit });
  }
  tryConnector(connector, configuration, kind, { objectClass = "", least = 0 } = {}) {
    return this.#call("try_connector", { connector, configuration, kind, object_class: objectClass, least });
  }
}

module.exports = { ConnectorError, DeliveryError, Worker };
