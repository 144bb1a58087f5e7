// The client as a user sees it.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import { test } from "node:test";
import * as iam from "iam-embedded";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "iam-node-"));
test.after(() => fs.rmSync(folder, { recursive: true }));
let number = 0;

/** The same story on every storage that needs no server. */
function everywhere(name, story) {
  for (const storage of ["memory", "sqlite"]) {
    test(`${name} (${storage})`, async () => {
      const address = storage === "memory" ? ":memory:" : path.join(folder, `people${number++}.db`);
      const db = await iam.open(address);
      await story((await db.realm("acme")).actAs("host:tests"), db, address);
      db.close();
    });
  }
}

everywhere("preview, carry out, look back, undo", async (acme) => {
  const shown = await acme.preview.users.create({ user_name: "alice", city: "Utica" });
  assert.equal(shown.difference.records[0].label, "alice");
  assert.equal(await acme.users.count(), 0);
  const done = await acme.users.create({ user_name: "alice", city: "Utica", valid_until: new Date("2999-01-01") });
  const alice = await acme.users.get(done.id);
  assert.deepEqual([alice.kind, alice.version, alice.get("city"), alice.get("job")], ["user", 1, "Utica", undefined]);
  assert.equal(alice.get("valid_until"), "2999-01-01T00:00:00.000000Z");
  const changed = await acme.because("moved").users.update(done.id, { city: "Berlin", job: null });
  assert.equal((await acme.users.get(done.id, { at: done.revision })).get("city"), "Utica");
  assert.equal((await acme.asOf(done.revision).users.get(done.id)).get("city"), "Utica");
  assert.equal((await acme.users.findBy("user_name", "ALICE")).id, done.id);
  assert.equal(await acme.users.find("user_00000000000000000000000000"), null);
  const [latest, first] = await acme.history.of(done.id);
  assert.ok(latest.at instanceof Date && Math.abs(latest.at - Date.now()) < 60_000);
  assert.deepEqual([latest.reason, first.step], ["moved", "create"]);
  assert.deepEqual(latest.changes, [{ attribute: "city", before: "Utica", after: "Berlin" }]);
  assert.deepEqual((await acme.history.difference(done.revision)).records[0].changes, latest.changes);
  assert.deepEqual((await acme.previewRollback(changed.revision)).conflicts, []);
  await acme.rollback({ revision: changed.revision });
  assert.equal((await acme.users.get(done.id)).get("city"), "Utica");
  assert.deepEqual((await acme.realms.doctor()).findings, []);
  const head = await acme.sealChain();
  assert.deepEqual((await acme.chain.verify({ published: [head] })).breaks, []);
  assert.deepEqual(await acme.upkeep(), { expired: 0, purged: 0, swept: 0, ruled: 0 });
  assert.equal((await acme.events(done.revision))[0].events[0].name, "user.updated");
});

everywhere("organizations, edges, unions", async (acme) => {
  const top = (await acme.organizations.create({ name: "Acme" })).id;
  const sales = (await acme.organizations.create({ name: "Sales", parent: top })).id;
  const until = new Date("2999-01-01T00:00:00Z");
  const { id } = await acme.users.create({
    user_name: "alice",
    organizations: [{ organization: sales, number: "7", window: { until } }],
  });
  const [edge] = await acme.edges.list(id, "from", "member_of");
  assert.deepEqual([edge.to, edge.window.until, edge.origins], [sales, until, ["direct"]]);
  const [root] = await acme.organizations.tree();
  assert.ok(root.children[0].organization instanceof iam.Record);
  assert.deepEqual((await acme.organizations.path(sales)).map((each) => each.id), [sales, top]);
  await acme.organizations.delete(top, { disposition: "detach" });
  assert.equal(await acme.users.status(id), "active");
  await acme.users.delete(id, { mode: "soft" });
  await assert.rejects(acme.users.get(id), { name: "RefusedError", code: "record.deleted", subject: id });
});

everywhere("pages and iterators", async (acme) => {
  const create = iam.command.users.create;
  await acme.batch(Array.from({ length: 100 }, (_, n) => create({ user_name: `user${String(n).padStart(3, "0")}` })));
  const page = await acme.users.search("user_name pr", { sort: ["-user_name"], limit: 20, total: true });
  assert.deepEqual([page.items.length, page.total, page.previous], [20, 100, null]);
  const second = await acme.users.search("user_name pr", { sort: ["-user_name"], limit: 20, cursor: page.next });
  assert.equal([...second][0].get("user_name"), "user079");
  const names = [];
  for await (const user of acme.users.all(undefined, { sort: ["user_name"], pageSize: 7 })) names.push(user.get("user_name"));
  assert.equal(names.length, 100);
  assert.deepEqual(names, [...names].sort());
  assert.equal(await acme.users.count({ attribute: "user_name", in: ["user001", "user002"] }), 2);
  const prefixed = async () => (await acme.records.prefixSearch("user01")).items.length;
  assert.equal(await prefixed(), 10);
  await acme.realms.update({ settings: { not_searched: ["user.phone"] } });
  assert.equal(await prefixed(), 10); // with what is searched
  await assert.rejects(acme.users.search("city eq Utica"), { code: "search.filter" });
});

everywhere("a record is what it looks like, read or not", async (acme, db) => {
  await acme.attributes.define("user", "note", "Note", "text", { searchable: true });
  await acme.attributes.define("user", "badge", "Badge", "integer");
  const notes = ['a "b" \\', "~", "\u2028 \u{1f600} ü", '{"a":[1]}'];
  const create = (note, n) => iam.command.users.create({ user_name: `user${n}`, attributes: { note, badge: 2n ** 60n } });
  await acme.batch(notes.map(create));
  const sort = ["user_name"];
  const page = async () => (await acme.users.search("", { sort })).items;
  const [unread, read] = [await page(), await page()];
  for (const [n, record] of read.entries()) {
    assert.deepEqual([record.get("note"), record.get("badge"), record.get("toString")], [notes[n], 2n ** 60n, undefined]);
  }
  assert.deepEqual(Object.keys(unread[0]), ["id", "kind", "version", "attributes"]);
  assert.deepEqual(unread, read);
  const fresh = await page();
  assert.deepEqual(structuredClone(fresh[0]), { ...read[0] });
  assert.deepEqual({ ...fresh[1] }.attributes, read[1].attributes);
  assert.equal((await page())[2].attributes.note, notes[2]);
  assert.equal(read[0].attributes, read[0].attributes);
  assert.throws(() => (read[0].attributes = {}), TypeError);
  const plain = (record) => JSON.stringify(record, (_, value) => (typeof value === "bigint" ? String(value) : value));
  assert.deepEqual(JSON.parse(plain((await page())[3])), JSON.parse(plain(read[3])));
  const same = [await acme.users.get(read[0].id), await acme.users.find(read[0].id), await acme.users.findBy("user_name", "user0")];
  for await (const record of acme.users.all("", { sort, pageSize: 1 })) {
    same.push(record);
    break;
  }
  for (const record of same) assert.deepEqual(record, read[0]);
  // What was not looked at yet holds nothing of the engine.
  const kept = await page();
  db.close();
  assert.equal(kept[3].get("note"), notes[3]);
});

everywhere("what comes is what the neutral interface says, character for character", async (acme) => {
  const texts = ["", '"', "\\", "\u0001\u001f\u007f", "a\tb\r\n", "\u2028\u2029", "ü\u{1f600}", "</script>", "x".repeat(700)];
  const numbers = [0, -1, 0.1, -2.5e-7, 1e21, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER];
  await acme.attributes.define("user", "texts", "Texts", "text", { multiple: true });
  await acme.attributes.define("user", "free", "Free", "object", {});
  const free = { texts, numbers, deep: [[{ "a\"b": [] }, {}], true] };
  const attributes = { free, texts: texts.filter((text) => text.trim() === text && text !== "" && !/[\u0000-\u001f]/.test(text)) };
  const { id } = await acme.users.create({ user_name: "alice", attributes });
  const neutral = JSON.parse(await acme.callText("ask", JSON.stringify({ query: "record.get", id })));
  for (const found of [await acme.users.get(id), (await acme.users.search()).items[0], (await acme.asOf("now").users.get(id))]) {
    assert.deepEqual({ ...found }, neutral);
  }
});

everywhere("whole numbers beyond 2^53 stay whole", async (acme) => {
  await acme.attributes.define("user", "badge", "Badge", "integer", { searchable: true });
  const badge = 2n ** 63n - 1n;
  const { id } = await acme.users.create({ user_name: "alice", attributes: { badge } });
  assert.equal((await acme.users.get(id)).get("badge"), badge);
  assert.equal((await acme.users.search(`badge eq ${badge}`)).items[0].get("badge"), badge);
  assert.equal((await acme.history.of(id))[0].changes.find((each) => each.attribute === "badge").after, badge);
  await acme.users.update(id, { attributes: { badge: Number.MAX_SAFE_INTEGER } });
  assert.equal((await acme.users.get(id)).get("badge"), Number.MAX_SAFE_INTEGER);
});

everywhere("many decisions at once", async (acme) => {
  const { id: area } = await acme.organizations.create({ name: "Area" });
  const organizations = [{ organization: area }];
  const { id: seen } = await acme.users.create({ user_name: "seen", organizations });
  const { id: desk } = await acme.users.create({ user_name: "desk" });
  const { id: hidden } = await acme.users.create({ user_name: "hidden" });
  const { id: role } = await acme.roles.create({ name: "Desk", privileges: [{ kind: "user", actions: ["view"] }] });
  await acme.roles.grant(role, [desk], { within: [area] });
  const decider = await acme.decider();
  for (let n = 0; n < 2; n++) {
    assert.deepEqual(await decider.canAll(desk, "view", [seen, hidden, seen]), [true, false, true]);
    assert.deepEqual(await decider.canAll(desk, "view", new Set([seen])), [true]);
    assert.deepEqual(await decider.canAll(desk, "view", []), []);
  }
  for (const wrong of [[""], ["x"], [`${seen}\n${seen}`], [`${seen}\n`], [seen, 7], [seen, null], [{ toString: () => seen }]]) {
    await assert.rejects(decider.canAll(desk, "view", wrong), iam.InvalidError, String(wrong));
  }
});

everywhere("batches, repeated commands, change sets", async (acme) => {
  const create = iam.command.users.create;
  const outcome = await acme.batch([create({ user_name: "a" }), create({ user_name: "a" })], "each");
  assert.equal(outcome.results[1].problem.code, "value.taken");
  await assert.rejects(acme.batch([create({ user_name: "b" }), create({ user_name: "b" })]), iam.RefusedError);
  assert.equal((await acme.previewBatch([create({ user_name: "c" })])).revision, null);
  assert.ok((await acme.execute(create({ user_name: "d" }))).id);
  const again = acme.withCommandId(await acme.newCommandId());
  assert.equal((await again.users.create({ user_name: "e" })).id, (await again.users.create({ user_name: "e" })).id);
  const set = await acme.newChangeSet();
  await acme.inChangeSet(set).users.create({ user_name: "f" });
  await acme.rollback({ change_set: set });
  assert.equal(await acme.users.findBy("user_name", "f"), null);
});

everywhere("errors have classes and codes, and print nothing personal", async (acme) => {
  const { id } = await acme.users.create({ user_name: "secretname", city: "secretcity" });
  assert.ok(!inspect([await acme.users.get(id), await acme.users.search(), iam.command.users.create({ user_name: "secret" })]).includes("secret"));
  const error = await acme.users.create({ user_name: "secretname", email: "nonsense", attributes: { color: "red" } }).catch((error) => error);
  assert.ok(error instanceof iam.InvalidError && error instanceof iam.IamError && error instanceof Error);
  assert.deepEqual([error.code, error.kind, error.retry], ["input.invalid", "invalid", false]);
  assert.ok(error.fields.some((each) => each.field === "email") && error.hint);
  assert.deepEqual((await acme.validate.users.create({ user_name: "bob", email: "nonsense" })).map((each) => each.field), ["email"]);
  await assert.rejects(acme.users.get("user_00000000000000000000000000"), iam.NotFoundError);
  const { id: company } = await acme.organizations.create({ name: "Acme" });
  await assert.rejects(acme.users.get(company), { name: "NotFoundError", code: "record.not_found", subject: company });
  assert.equal(await acme.users.find(company), null);
});

test("a file keeps what was written", async () => {
  const address = path.join(folder, "kept.db");
  const first = (await (await iam.open(address)).realm("acme")).actAs("host:tests");
  const { id } = await first.users.create({ user_name: "alice", city: "Utica" });
  const again = (await (await iam.open(address)).realm("acme")).actAs("host:tests");
  assert.equal((await again.users.get(id)).get("city"), "Utica");
  assert.equal((await again.history.of(id))[0].sealed, false);
  await assert.rejects(iam.open("postgres://user:secret@localhost:1/x"), { name: "StorageError", code: "seal.unreadable" });
  await assert.rejects(iam.open(":memory:", { key: new Uint8Array(3) }), iam.InvalidError);
});
