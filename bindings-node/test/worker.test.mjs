// Connectors, messengers and handlers of effects that are written in JavaScript; decisions from memory; sessions.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as iam from "iam-embedded";

const fresh = async () => (await (await iam.open(":memory:")).realm("acme")).actAs("host:tests");

const directory = (people) => ({
  descriptor: {
    name: "people", title: "People", version: "1", capabilities: { resume: true },
    fields: [{ name: "place", label: "Place", required: "always" }, { name: "password", label: "Password", type: "secret" }],
  },
  async open({ place }, { password }) {
    if (place === "nowhere") throw new iam.ConnectorError("configuration", "there is no such place", { field: "place" });
    if (place === "broken") throw new RangeError("a secret");
    if (password !== "open sesame") throw new iam.ConnectorError("denied", "the password is wrong");
    return {
      classes: () => [{ name: "people" }],
      async read({ page_size }, cursor) {
        const start = Number(cursor ?? 0);
        const end = Math.min(start + page_size, people.length);
        const objects = people.slice(start, end).map((name) => ({ identifier: name, attributes: { login: name } }));
        return end < people.length ? { objects, next: String(end) } : { objects, presence: "everything" };
      },
    };
  },
});
const configuration = { place: "here", password: "vault:hr" };
const secrets = { hr: "open sesame", old: "sesame" };
const rules = { kinds: { user: { object_class: "people", mappings: [{ from: { attribute: "login" }, to: "user_name" }] } } };

// The smallest package has no identity sources.
const sources = { skip: process.env.IAM_SMALL ? "built without identity sources" : false };

test("a connector passes the suite", sources, async () => {
  const acme = await fresh();
  const worker = acme.worker("one", { connectors: [directory(Array.from({ length: 25 }, (_, n) => `user${n}`))], secrets });
  assert.deepEqual(await worker.tryConnector("people", configuration, "user", { least: 25 }), []);
  assert.equal((await worker.check("people", configuration))[0].name, "people");
});

test("a source is looked at, run and undone", sources, async () => {
  const acme = await fresh();
  const worker = acme.worker("one", { connectors: [directory(["alice", "bob"])], secrets });
  assert.ok((await worker.install()) > 0);
  const source = (await acme.sources.create("HR", "people", { configuration, rules })).id;
  await acme.sources.update(source, { mode: "active" });
  assert.equal((await worker.preview(source)).counts.user.created, 2);
  assert.equal((await worker.sample("people", configuration, "user", rules.kinds.user)).length, 2);
  const run = (await acme.syncs.request(source)).id;
  const report = await worker.run();
  assert.equal(report.state, "succeeded");
  assert.ok(report.started_at instanceof Date && report.problem === null);
  assert.equal(await acme.users.count(), 2);
  assert.equal(await worker.run(), null);
  assert.ok((await worker.undo(run)).commits > 0);
});

test("what a connector throws is told", sources, async () => {
  const acme = await fresh();
  const worker = acme.worker("one", { connectors: [directory([])], secrets });
  const warned = [];
  process.on("warning", (warning) => warned.push(warning.message));
  for (const [given, code, told] of [
    [{ ...configuration, password: "vault:old" }, "source.failed", "the password is wrong"],
    [{ ...configuration, place: "nowhere" }, "input.invalid", "there is no such place"],
    [{ ...configuration, place: "broken" }, "source.failed", "RangeError"],
    [{ password: "vault:hr" }, "input.invalid", "place"],
  ]) {
    await assert.rejects(worker.check("people", given), (error) => error.code === code && error.message.includes(told) && !error.message.includes("a secret"));
  }
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(warned.includes("a secret"));
  for (const attempt of [() => acme.worker(""), () => acme.worker("one", { messenger: {} }), () => acme.worker("one", { connectors: [{}] })]) {
    assert.throws(attempt, iam.InvalidError);
  }
});

test("messages and effects", async () => {
  const acme = await fresh();
  const sent = [];
  const handled = [];
  const post = {
    async deliver(message) {
      if (message.address === "later@example.com") throw new iam.DeliveryError("nobody answers");
      if (message.address === "never@example.com") throw new iam.DeliveryError("there is no such box", { again: false });
      sent.push(message);
    },
    handle: (work) => void handled.push(work.effect.name),
  };
  for (const name of ["alice", "later", "never"]) {
    const { id } = await acme.users.create({ user_name: name, email: `${name}@example.com` });
    await acme.users.startEmailVerification(id);
  }
  await acme.users.disable((await acme.users.create({ user_name: "bob" })).id);
  const report = await acme.worker("mail", { messenger: post, handler: post }).deliver();
  assert.deepEqual([report.done, report.later, report.given_up.length], [2, 1, 1]);
  assert.equal(sent[0].address, "alice@example.com");
  assert.deepEqual(handled, ["sessions.revoke"]);
});

test("decisions from memory", async () => {
  const acme = await fresh();
  const area = (await acme.organizations.create({ name: "Area" })).id;
  const desk = (await acme.users.create({ user_name: "desk" })).id;
  const other = (await acme.users.create({ user_name: "other" })).id;
  const people = [];
  for (let n = 0; n < 20; n++) people.push((await acme.users.create({ user_name: `p${n}`, organizations: [{ organization: area }] })).id);
  const role = (await acme.roles.create({ name: "Desk", privileges: [{ kind: "user", actions: ["view"] }] })).id;
  await acme.roles.grant(role, [desk], { within: [area] });
  const decider = await acme.decider();
  for (const target of [...people, other]) {
    const expected = await acme.access.can("view", { record: target }, { user: desk });
    assert.equal(await decider.can(desk, "view", target), expected);
    assert.equal(decider.known(desk, "user:view", target), expected);
  }
  assert.deepEqual(await decider.canAll(desk, "view", new Set([people[0], other])), [true, false]);
  assert.ok((await Promise.all(Array.from({ length: 10_000 }, (_, n) => decider.can(desk, "view", people[n % 20])))).every(Boolean));
  await acme.users.disable(desk);
  assert.equal(await decider.can(desk, "view", people[0]), false);
  await decider.refresh();
  await assert.rejects(decider.can("nobody", "view", other), iam.InvalidError);
  assert.throws(() => decider.known(desk, "view", "\ud800"), iam.InvalidError);
  const alice = (await acme.users.create({ user_name: "alice" })).id;
  const realm = (await iam.open(":memory:")).realm("acme");
  await assert.rejects((await realm).actAs(alice).decider(), iam.DeniedError);
});

test("signing in and sessions", async () => {
  const acme = await fresh();
  const alice = (await acme.users.create({ user_name: "alice" })).id;
  await acme.passwords.set(alice, "correct horse battery staple", { must_change: false });
  const done = await acme.signIn("ALICE", "correct horse battery staple", { origin: { application: "shop" } });
  assert.equal(done.state, "open");
  assert.deepEqual(await acme.session(done.token), done.session);
  assert.ok(done.session.opened_at instanceof Date && done.session.application === "shop" && done.flow_token === null);
  await assert.rejects(acme.signIn("alice", "wrong"), { code: "sign_in.refused" });
  await assert.rejects(acme.session(done.token, { assurance: 2 }), { code: "session.step_up_needed" });
  await acme.otps.enrol(alice, { type: "hotp", secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", confirmed: true });
  const pending = await acme.signIn("alice", "correct horse battery staple", { assurance: 2, refresh: true });
  assert.equal(pending.state, "pending");
  const both = await acme.continueSignIn(pending.flow_token, { kind: "code", code: "755224" });
  assert.deepEqual([both.state, both.session.assurance, typeof both.refresh_token], ["open", 2, "string"]);
  await acme.signOut(done.token);
  await assert.rejects(acme.session(done.token), { code: "session.ended" });
  for (const wrong of [5, null, undefined, "\ud800"]) {
    await assert.rejects(acme.session(wrong), iam.InvalidError);
    await assert.rejects(acme.signIn("alice", wrong), iam.InvalidError);
  }
  await assert.rejects(acme.signIn("alice", "x", { colour: "red" }), iam.InvalidError);
});
