// Mistakes that the declarations find: a line that is not an error makes this file fail.
import * as iam from "iam-embedded";

const acme = (await (await iam.open(":memory:")).realm("acme")).actAs("host:sample");
// @ts-expect-error a number is no name
await acme.users.create({ user_name: 1 });
// @ts-expect-error no such parameter
await acme.users.create({ colour: "red" });
// @ts-expect-error no such mode
await acme.users.delete("x", { mode: "explode" });
// @ts-expect-error a preview has no revision
(await acme.preview.users.delete("x")).revision;
// @ts-expect-error no such command
await acme.users.explode();
// @ts-expect-error no such noun
acme.nobody;
// @ts-expect-error the user is missing
await acme.users.delete();
// @ts-expect-error made by the library only
new iam.Record({});
