// A clock, an entropy and a vault that are written in JavaScript.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import * as iam from "iam-embedded";

const acting = async (options) => (await (await iam.open(":memory:", options)).realm("acme")).actAs("host:tests");
const key = () => new Uint8Array(32).fill(7);

test("they are asked", async () => {
  let now = new Date("2026-01-01T00:00:00Z");
  const seeds = [];
  const acme = await acting({
    clock: { now: () => now },
    entropy: { seed: () => (seeds.push(1), crypto.getRandomValues(new Uint8Array(32))) },
    vault: { key },
  });
  const { id } = await acme.users.create({ user_name: "alice" });
  assert.equal((await acme.users.get(id)).get("created_at"), "2026-01-01T00:00:00.000000Z");
  now = new Date("2027-01-01T12:00:00.999Z");
  await acme.users.update(id, { city: "Utica" });
  assert.deepEqual((await acme.history.of(id))[0].at, now);
  assert.ok(seeds.length >= 3);
  await Promise.all(Array.from({ length: 500 }, (_, n) => acme.users.create({ user_name: `user${n}` })));
  assert.equal(await acme.users.count(), 501);
});

test("a vault that throws refuses", async () => {
  const vault = { key: () => { throw new RangeError("secret"); } };
  await assert.rejects(iam.open(":memory:", { vault }), (error) => error.code === "seal.unreadable" && !error.message.includes("secret"));
  await assert.rejects(iam.open(":memory:", { vault: { key: () => "short" } }), iam.StorageError);
  await assert.rejects(iam.open(":memory:", { vault: {} }), iam.InvalidError);
  await assert.rejects(iam.open(":memory:", { vault: { key }, key: key() }), iam.InvalidError);
});

test("a clock and an entropy that throw are reported", async () => {
  const warned = [];
  const hear = (warning) => warned.push(warning.message);
  process.on("warning", hear);
  const acme = await acting({
    clock: { now: () => { throw new Error("no time"); } },
    entropy: { seed: () => new Uint8Array(3) },
  });
  const { id } = await acme.users.create({ user_name: "alice" });
  assert.ok(Math.abs(Date.parse((await acme.users.get(id)).get("created_at")) - Date.now()) < 60_000);
  process.off("warning", hear);
  assert.ok(warned.includes("no time") && warned.includes("expected 32 bytes"), String(warned));
});

test("they do not keep the program from ending", () => {
  const program = `
    const iam = require("iam-embedded");
    iam.open(":memory:", { clock: { now: () => new Date() } }).then(async (db) => {
      const acme = (await db.realm("acme")).actAs("host:exit");
      await acme.users.create({ user_name: "alice" });
      console.log("left");
      for (let n = 0; n < 20; n++) acme.users.create({ user_name: "user" + n }).catch(() => {});
      if (process.argv[1] === "now") process.exit(0);
    });`;
  for (const how of ["now", "by itself"]) {
    assert.equal(execFileSync(process.execPath, ["-e", program, how], { encoding: "utf8", timeout: 60_000 }), "left\n");
  }
});

test("work is leased and settled", async () => {
  const acme = await acting({});
  const { id } = await acme.users.create({ user_name: "alice" });
  await acme.users.disable(id);
  const [work] = await acme.lease("one", { limit: 1 });
  assert.deepEqual([work.effect.subject, work.attempts], [id, 0]);
  await acme.settle("one", { failed: [{ number: work.number, reason: "nobody answers", again_in: 0 }] });
  const [again] = await acme.lease("two", { limit: 1 });
  assert.deepEqual([again.number, again.attempts], [work.number, 1]);
  await acme.settle("two", { done: [again] });
  await assert.rejects(acme.lease(""), iam.InvalidError);
});
