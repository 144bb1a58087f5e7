// What comes over the border: wrong types, broken texts, endless structures, many calls at once, workers.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { test } from "node:test";
import * as iam from "iam-embedded";

const fresh = async () => (await (await iam.open(":memory:")).realm("acme")).actAs("host:tests");
const deep = (levels) => {
  let inner = [];
  for (let n = 0; n < levels; n++) inner = [inner];
  return inner;
};
const endless = [];
endless.push(endless);

test("what JSON cannot say", async () => {
  const acme = await fresh();
  const wrong = ["\ud800", ["a\udfff"], { "\ud800": 1 }, NaN, Infinity, -Infinity, 2n ** 63n, -(2n ** 63n) - 1n, 10n ** 400n,
    deep(100), deep(5_000), endless, () => 1, Symbol("x"), new Map(), /x/, new Date(NaN), new Uint8Array(3), new (class X {})(), 1e300];
  for (const value of wrong) {
    for (const attempt of [
      () => acme.users.create({ user_name: "alice", attributes: { job: value } }),
      () => acme.users.create({ user_name: value }),
      () => acme.users.search(value),
      () => acme.users.get(value),
      () => acme.batch([iam.command.users.create({ user_name: value })]),
      () => acme.preview.users.create({ user_name: value }),
    ]) {
      await assert.rejects(async () => attempt(), (error) => error instanceof iam.InvalidError && error.code !== "" && error.message !== "");
    }
  }
  assert.equal(await acme.users.count(), 0);
  const where = await acme.users.create({ user_name: "x", attributes: { consents: [{ at: NaN }] } }).catch((error) => error);
  assert.equal(where.subject, "attributes.consents.0.at");
});

test("wrong types and names", async () => {
  const acme = await fresh();
  const user = "user_00000000000000000000000000";
  for (const attempt of [
    () => acme.users.get(),
    () => acme.users.get(null),
    () => acme.users.get(7),
    () => acme.users.get("alice"),
    () => acme.users.delete("organization_00000000000000000000000000"),
    () => acme.users.delete(user, { mode: "explode" }),
    () => acme.users.delete(user, "soft"),
    () => acme.users.delete(user, {}, {}),
    () => acme.users.delete(),
    () => acme.users.create({ colour: "red" }),
    () => acme.users.create({ city: "a", attributes: { city: "b" } }),
    () => acme.users.create({ attributes: [] }),
    () => acme.users.search("", { limit: "many" }),
    () => acme.users.search("", { limit: 0 }),
    () => acme.users.search("", { cursor: "garbage" }),
    () => acme.users.search("", { at: "yesterday" }),
    () => acme.users.search("", { at: -1 }),
    () => acme.users.search("", { colour: "red" }),
    () => acme.edges.list(user, "sideways", "member_of"),
    () => acme.users.findBy("city", "Utica"),
    () => acme.memberships.add(user, 5),
    () => acme.users.create({ user_name: "alice", valid_until: "tomorrow" }),
    () => acme.through("window"),
    () => acme.rollback({ everything: true }),
    () => iam.open(7),
    () => iam.open(":memory:", { key: "x".repeat(32) }),
    () => iam.open(":memory:", { keys: new Uint8Array(32) }),
    async () => (await acme.decider()).can(user, "view"),
    async () => (await acme.decider()).known(user, 7, user),
    async () => (await acme.decider()).canAll(user, "view", [user, undefined]),
    async () => (await iam.open(":memory:")).realm(7),
    async () => (await (await iam.open(":memory:")).realm("x")).actAs("somebody"),
    async () => (await (await iam.open(":memory:")).realm("x")).actAs("host:\ud800"),
  ]) {
    await assert.rejects(async () => attempt(), iam.InvalidError, String(attempt));
  }
});

test("random input never breaks anything", async () => {
  const acme = await fresh();
  const catalogue = JSON.parse(readFileSync(process.env.IAM_CATALOGUE, "utf8"));
  let state = 7;
  const draw = (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % below;
  };
  const pick = (list) => list[draw(list.length)];
  const names = ["id", "user", "kind", "attributes", "at", "filter", "user_name", "organization", "__proto__", "x"];
  const anything = (depth = 0) => {
    switch (draw(depth < 4 ? 8 : 5)) {
      case 0: return Array.from({ length: draw(8) }, () => pick(["a", " ", '"', "\\", "\0", "\n", "ß", "\u{1f600}", "\ud800", "\udfff"])).join("");
      case 1: return pick([0, -0, 1, -1, 2 ** 53, 2n ** 63n - 1n, 2n ** 64n, 0.5, 1e300, NaN, Infinity]);
      case 2: return pick([null, undefined, true, false, new Date(0), new Date(NaN), () => 1, Symbol("x"), new Map()]);
      case 3: return pick(["user_00000000000000000000000000", "now", "user", "all", { revision: 1 }]);
      case 4: return pick(["", [], {}]);
      case 5: return Array.from({ length: draw(4) }, () => anything(depth + 1));
      default: return Object.fromEntries(Array.from({ length: draw(5) }, () => [pick(names), anything(depth + 1)]));
    }
  };
  const plain = (_, value) => (typeof value === "bigint" ? Number(value) : value);
  const outcomes = { done: 0, refused: 0 };
  for (let n = 0; n < 3_000; n++) {
    const about = draw(10) < 7 ? { id: anything(), user: anything(), kind: anything(), attributes: anything() } : {};
    const attempt = draw(2) === 0
      ? () => acme.execute({ command: pick(catalogue.commands).name, ...about })
      : () => acme.callText("ask", JSON.stringify({ query: pick(catalogue.queries).name, ...about }, plain));
    try {
      await attempt();
      outcomes.done++;
    } catch (error) {
      assert.ok(error instanceof iam.IamError && !(error instanceof iam.CorruptError || error instanceof iam.StorageError), error);
      assert.ok(error.code !== "" && error.message !== "" && error.hint !== "");
      outcomes.refused++;
    }
  }
  assert.ok(outcomes.done > 0 && outcomes.refused > 0, JSON.stringify(outcomes));
  // Texts that are no JSON, or not what is expected.
  for (let n = 0; n < 1_000; n++) {
    const text = Array.from({ length: draw(40) }, () => pick(["{", "}", "[", "]", '"', ":", ",", "1e999", "-", "null", "\\u", "d800", "command", "\ud800", " "])).join("");
    await assert.rejects(acme.callText(pick(["execute", "ask", "batch", "nothing"]), text), iam.IamError, JSON.stringify(text));
  }
  await assert.rejects(acme.callText("execute", "[".repeat(100_000)), iam.InvalidError);
  assert.deepEqual((await acme.realms.doctor()).findings, []);
});

test("names from the prototype are only names", async () => {
  const acme = await fresh();
  for (const name of ["__proto__", "constructor", "toString"]) {
    const own = JSON.parse(`{"user_name": "x", "attributes": {"${name}": "y"}}`);
    await assert.rejects(acme.users.create(own), iam.InvalidError);
  }
  assert.equal({}.y, undefined);
});

test("ten thousand at once", async () => {
  const acme = await fresh();
  const done = await Promise.all(Array.from({ length: 200 }, (_, n) => acme.users.create({ user_name: `user${n}` })));
  const ids = done.map((each) => each.id);
  const records = await Promise.all(Array.from({ length: 10_000 }, (_, n) => acme.users.get(ids[n % 200])));
  assert.ok(records.every((each, n) => each.id === ids[n % 200]));
  // One record may be read at once; these are under way together.
  const pages = await Promise.all(Array.from({ length: 10_000 }, () => acme.users.search("", { limit: 1 })));
  assert.ok(pages.every((page) => page.items.length === 1));
  const taken = await Promise.allSettled(Array.from({ length: 20 }, () => acme.users.create({ user_name: "one" })));
  assert.equal(taken.filter((each) => each.status === "rejected").length, 19);
});

test("a signal stops the waiting and not the engine", async () => {
  const acme = await fresh();
  const stopped = new AbortController();
  stopped.abort(new Error("enough"));
  await assert.rejects(acme.withSignal(stopped.signal).users.create({ user_name: "a" }), /enough/);
  await assert.rejects(acme.withSignal(stopped.signal).users.count(), /enough/);
  const later = new AbortController();
  const waiting = acme.withSignal(later.signal).users.create({ user_name: "b" });
  later.abort();
  await assert.rejects(waiting, { name: "AbortError" });
  const going = new AbortController();
  assert.ok((await acme.withSignal(going.signal).users.create({ user_name: "c" })).id);
  assert.deepEqual((await acme.realms.doctor()).findings, []);
});

test("the event loop runs while the engine works", async () => {
  const acme = await fresh();
  await acme.batch(Array.from({ length: 500 }, (_, n) => iam.command.users.create({ user_name: `user${n}` })));
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  await Promise.all([acme.realms.doctor(), acme.realms.doctor(), acme.realms.doctor()]);
  clearInterval(timer);
  assert.ok(ticks > 0);
});

test("workers", async () => {
  const program = `
    const { parentPort } = require("node:worker_threads");
    const iam = require("iam-embedded");
    (async () => {
      const acme = (await (await iam.open(":memory:")).realm("acme")).actAs("host:worker");
      for (let n = 0; n < 50; n++) await acme.users.create({ user_name: "user" + n });
      parentPort.postMessage(await acme.users.count());
    })();`;
  const counts = await Promise.all(
    Array.from({ length: 4 }, () => new Promise((resolve, reject) => {
      const worker = new Worker(program, { eval: true });
      let count;
      worker.on("message", (message) => (count = message));
      worker.on("error", reject);
      worker.on("exit", (code) => (code === 0 ? resolve(count) : reject(new Error(`exit ${code}`))));
    })),
  );
  assert.deepEqual(counts, [50, 50, 50, 50]);
});

test("leaving with open handles", () => {
  const program = `
    const iam = require("iam-embedded");
    iam.open(":memory:").then(async (db) => {
      const acme = (await db.realm("acme")).actAs("host:exit");
      for (let n = 0; n < 20; n++) acme.users.create({ user_name: "user" + n });
      console.log("left");
      if (process.argv[1] === "now") process.exit(0);
    });`;
  for (const how of ["now", "by itself"]) {
    assert.equal(execFileSync(process.execPath, ["-e", program, how], { encoding: "utf8", timeout: 30_000 }), "left\n");
  }
});
