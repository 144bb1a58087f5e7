// What a call over the border costs in Node: nanoseconds of processor time.
//
//     node border.mjs FOLDER        prints a line for each: node NAME NANOSECONDS
import path from "node:path";
import * as iam from "iam-embedded";

const folder = process.argv[2];

/** The best of five rounds. */
async function measured(name, count, work) {
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / count);
  }
  console.log(`node ${name} ${Math.round(best * 1e3)}`);
}

async function times(count, work) {
  for (let n = 0; n < count; n++) await work();
}

const acme = (await (await iam.open(path.join(folder, "node.db"))).realm("acme")).actAs("host:bench");
let number = 0;
const one = () => {
  const n = number++;
  return acme.users.create({ user_name: `u${n}`, email: `u${n}@example.com`, first_name: "Ada", last_name: "Lovelace", city: "Utica" });
};
await measured("create", 200, () => times(200, one));
const { create } = iam.command.users;
await acme.batch(Array.from({ length: 1_000 }, (_, n) => create({ user_name: `v${n}`, email: `v${n}@example.com`, city: "Utica" })));
const { id } = await one();
await measured("get", 5_000, () => times(5_000, () => acme.users.get(id)));
await measured("find_by", 5_000, () => times(5_000, () => acme.users.findBy("user_name", "v7")));
await measured("list_1000_each", 10_000, () => times(10, () => acme.users.search("user_name pr", { limit: 1000 })));
