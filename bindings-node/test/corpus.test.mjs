// The scenario corpus: what Node is answered is what Rust is answered, byte for byte. See iam-core/scenarios/README.md.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import * as iam from "iam-embedded";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "iam-corpus-"));
test.after(() => fs.rmSync(folder, { recursive: true }));
const scenarios = process.env.IAM_SCENARIOS;
const transcripts = process.env.IAM_TRANSCRIPTS;
const verbs = "execute preview what_if rollback mark now advance_days get list pages edges tree history audit upkeep ask call".split(" ");
const sha = (bytes) => createHash("sha256").update(bytes).digest();

/** Microseconds since 1970 of RFC 3339. */
function micros(text) {
  const digits = (/\.(\d+)/.exec(text)?.[1] ?? "").padEnd(6, "0").slice(0, 6);
  return BigInt(Date.parse(text.replace(/\.\d+/, ""))) * 1000n + BigInt(digits);
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

class Run {
  names = {};
  marks = {};
  drawn = {};
  written = [];
  now = micros("2026-01-01T00:00:00Z");

  async scenario(file, scenario, address) {
    let number = 0n;
    this.db = await iam.open(address, {
      clock: { now: () => this.now },
      entropy: {
        seed() {
          const both = Buffer.alloc(16);
          both.writeBigUInt64BE(1n);
          both.writeBigUInt64BE(number++, 8);
          return sha(both);
        },
      },
      vault: { key: (name) => sha(name) },
    });
    this.realm = await this.db.realm("acme");
    if (scenario.now) this.now = micros(scenario.now);
    for (const part of ["given", "when", "then"]) {
      for (const [n, step] of (scenario[part] ?? []).entries()) {
        this.here = `${file} ${part} ${n + 1}`;
        await this.step(step);
      }
    }
    this.here = `${file} end 1`;
    const acting = this.realm.actAs("host:scenario");
    await this.call(acting, {}, "ask", { query: "realm.doctor" });
    await this.call(acting, {}, "seal_chain", {});
    await this.call(acting, {}, "ask", { query: "chain.verify" });
    this.db.close();
    return this.written.map((line) => line + "\n").join("");
  }

  async call(acting, step, operation, input) {
    const expected = step.refused?.code ?? step.refused;
    let answer;
    try {
      answer = await acting.callText(operation, JSON.stringify(input));
    } catch (error) {
      if (!(error instanceof iam.IamError)) throw error;
      const { code, kind, message, hint, subject, fields, details, retry } = error;
      const view = sorted({ code, kind, message, hint, subject, fields, details, retry });
      this.written.push(`${this.here} ${operation}`, "! " + JSON.stringify(view));
      assert.equal(code, expected, `${this.here}: ${message}`);
      return null;
    }
    this.written.push(`${this.here} ${operation}`, answer);
    assert.equal(expected, undefined, this.here);
    return JSON.parse(answer);
  }

  filled(value) {
    if (typeof value === "string") {
      for (const [name, id] of Object.entries(this.names)) value = value.replaceAll("${" + name + "}", () => id);
      return value;
    }
    if (Array.isArray(value)) return value.map((each) => this.filled(each));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.filled(each)]));
  }

  async acting(step) {
    const realm = step.realm === undefined ? this.realm : await this.db.realm(step.realm);
    const actor = step.actor ?? "scenario";
    let acting = realm.actAs(actor === "system" || actor.startsWith("${") ? this.filled(actor) : `host:${actor}`);
    const draw = async (operation, name) => (this.drawn[`${operation} ${name}`] ??= await this.call(acting, {}, operation, {}));
    const set = step.change_set && (await draw("new_change_set", step.change_set));
    const command = step.command_id && (await draw("new_command_id", step.command_id));
    if (step.because) acting = acting.because(step.because);
    if (step.through) acting = acting.through(step.through);
    if (set) acting = acting.inChangeSet(set);
    if (command) acting = acting.withCommandId(command);
    if (step.at) acting = acting.asOf(this.marks[step.at] ?? { moment: step.at });
    return acting;
  }

  async step(step) {
    const acting = await this.acting(step);
    const verb = verbs.find((each) => each in step);
    assert.ok(verb, `${this.here}: a step does one of ${verbs}`);
    const what = this.filled(step[verb]);
    const ask = (query, fields) => this.call(acting, step, "ask", { query, ...fields });
    switch (verb) {
      case "execute":
      case "preview":
      case "ask":
        return this.keep(step, await this.call(acting, step, verb, what));
      case "call":
        return this.keep(step, await this.call(acting, step, what, this.filled(step.input ?? {})));
      case "upkeep":
        return this.call(acting, step, "upkeep", {});
      case "what_if":
        return this.call(acting, step, "preview_batch", { commands: what });
      case "rollback": {
        let undo = what;
        if (what.commit) undo = { revision: this.marks[what.commit] };
        else if (what.change_set) undo = { change_set: this.drawn[`new_change_set ${what.change_set}`] };
        return this.call(acting, step, "rollback", { undo, on_conflict: step.on_conflict ?? "refuse" });
      }
      case "mark":
        this.marks[what] = (await ask("audit.list", { newest_first: true, limit: 1 }))[0]?.revision ?? 0;
        return;
      case "now":
        this.now = micros(what);
        return;
      case "advance_days":
        this.now += BigInt(what) * 86_400_000_000n;
        return;
      case "get":
        await ask("record.get", { id: what });
        for (const view of ["customer", "lifecycle", "matrix"]) {
          if (step.is && `status.${view}` in step.is) await ask("user.status", { user: what, view });
        }
        return;
      case "list":
      case "pages": {
        const { where, ...fields } = what;
        if (where !== undefined) fields.filter = where;
        for (;;) {
          const page = await ask("record.search", fields);
          if (page === null || verb === "list" || page.next === null) return;
          fields.cursor = page.next;
        }
      }
      case "edges":
        return ask("edge.list", { id: what, direction: step.direction ?? "from", relation: step.relation });
      case "tree":
        return ask("organization.tree", what === null ? {} : { organization: what });
      case "history":
        return ask("history.of", { id: what });
      default:
        return ask("audit.list", { newest_first: true, limit: what });
    }
  }

  keep(step, answer) {
    if (answer === null) return;
    if (step.as !== undefined && answer.id !== null) this.names[step.as] = answer.id;
    if (step.mark_as !== undefined && answer.revision !== null) this.marks[step.mark_as] = answer.revision;
    for (const [name, place] of Object.entries(step.keep ?? {})) {
      this.names[name] = place.split("/").slice(1).reduce((found, key) => found[key], answer);
    }
  }
}

for (const name of fs.readdirSync(scenarios).filter((name) => name.endsWith(".json")).sort()) {
  for (const storage of ["memory", "sqlite"]) {
    const skip = process.env.IAM_SMALL && name === "passkeys.json" ? "built without passkeys" : false;
    test(`${name} (${storage})`, { skip }, async () => {
      const file = path.basename(name, ".json");
      const scenario = JSON.parse(fs.readFileSync(path.join(scenarios, name), "utf8"));
      const address = storage === "memory" ? ":memory:" : path.join(folder, `${file}.db`);
      const found = await new Run().scenario(file, scenario, address);
      assert.equal(found, fs.readFileSync(path.join(transcripts, `${file}.txt`), "utf8"));
    });
  }
}
