// The same for `require`.
import iam = require("iam-embedded");

async function main(): Promise<void> {
  const acme = (await (await iam.open(":memory:")).realm("acme")).actAs("host:sample");
  const done: iam.Executed = await acme.users.create({ user_name: "alice" });
  console.log((await acme.users.get(done.id ?? "")).get("user_name"));
}
void main();
