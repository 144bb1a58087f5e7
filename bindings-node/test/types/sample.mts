// A program as a user would write it: it compiles with `tsc --strict`, and runs.
import * as iam from "iam-embedded";
import type { DeleteMode, Executed, Preview, Undo } from "iam-embedded";

const db: iam.Database = await iam.open(":memory:");
const acme: iam.Acting = (await db.realm("acme")).actAs("host:sample");
const shown: Preview = await acme.preview.users.create({ user_name: "alice", city: "Utica" });
if (shown.difference.records.length !== 1) throw new Error("one record");
const done: Executed = await acme.users.create({ user_name: "alice", city: "Utica", valid_until: new Date("2999-01-01") });
const id: string = done.id ?? "";
const record: iam.Record = await acme.users.get(id);
const version: number = record.version;
const names: string[] = [];
for await (const user of acme.users.all('city eq "Utica"', { sort: ["user_name"] })) names.push(user.get("user_name"));
const page: iam.Page = await acme.users.search("city pr", { total: true });
const total: number | null = page.total;
const mode: DeleteMode = "soft";
await acme.users.delete(id, { mode });
await acme.users.undelete(id);
const when: Date = (await acme.history.of(id))[0]!.at;
const undo: Undo = { revision: done.revision ?? 0 };
await acme.previewRollback(undo);
await acme.batch([iam.command.users.create({ user_name: "bob" })], "each");
try {
  await acme.users.create({ user_name: "alice" });
} catch (error) {
  if (!(error instanceof iam.RefusedError)) throw error;
  const code: iam.Code = error.code;
  if (code !== "value.taken") throw error;
}
console.log(names.join(), version, total, when instanceof Date);
