// Memory stays flat over many calls.
//
//     IAM_CALLS=1000000 bindings-node/check       the long form
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

const calls = Number(process.env.IAM_CALLS ?? 50_000);

// Of a hundred calls: 50 decisions, 30 reads, a refused read, 10 refused previews, a preview, 5 sessions, 2 lists of a hundred,
// one call with JSON on both sides. A fifth of them warms up; what is kept from then on must not grow with the calls. In a
// process of its own, because what other tests have left behind would hide a leak.
const program = `
  const assert = require("node:assert/strict");
  const iam = require("iam-embedded");
  const [calls, address] = [Number(process.argv[1]), process.argv[2]];
  (async () => {
    const acme = (await (await iam.open(address)).realm("acme")).actAs("host:tests");
    const { create } = iam.command.users;
    await acme.batch(Array.from({ length: 100 }, (_, n) => create({ user_name: "u" + n, city: "Utica" })));
    const people = [];
    for await (const user of acme.users.all()) people.push(user.id);
    const [alice] = people;
    const decider = await acme.decider();
    const [token] = (await acme.sessions.open(alice)).disclosed.token;
    const refused = (promise) => assert.rejects(promise, iam.IamError);
    const hundred = async () => {
      for (const person of people.slice(0, 50)) await decider.can(alice, "view", person);
      for (const person of people.slice(0, 30)) (await acme.users.get(person)).get("user_name");
      await refused(acme.users.get("nobody"));
      for (let n = 0; n < 10; n++) await refused(acme.preview.users.create({ user_name: "u7" }));
      await acme.preview.users.update(alice, { city: "Berlin" });
      for (let n = 0; n < 5; n++) await acme.session(token);
      for (let n = 0; n < 2; n++) {
        const page = await acme.users.search("user_name pr", { limit: 100 });
        assert.equal(page.items.map((user) => user.attributes).length, 100);
      }
      await acme.callText("ask", '{"query": "record.count", "kind": "user"}');
    };
    const rounds = async (count) => {
      for (let n = 0; n < count; n++) await hundred();
    };
    const resident = async () => {
      for (let n = 0; n < 3; n++) {
        gc();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return process.memoryUsage().rss;
    };
    await rounds(calls / 500);
    const before = await resident();
    await rounds(calls / 125);
    console.log((await resident()) - before);
  })();
`;

for (const storage of ["memory", "sqlite"]) {
  test(`memory stays flat: ${storage}`, () => {
    const folder = mkdtempSync(path.join(tmpdir(), "iam-"));
    try {
      const address = storage === "memory" ? ":memory:" : path.join(folder, "people.db");
      const given = ["--expose-gc", "-e", program, String(calls), address];
      const grown = Number(execFileSync(process.execPath, given, { encoding: "utf8" }));
      console.log(`${storage}: ${Math.round(grown / 1024)} KiB after ${calls} calls`);
      assert.ok(grown < 16 << 20, `${grown} bytes`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
