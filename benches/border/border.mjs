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
await measured("list_read_each", 10_000, async () => {
  for (let n = 0; n < 10; n++) for (const user of await acme.users.search("user_name pr", { limit: 1000 })) user.get("user_name");
});
await measured("page_50", 200, () => times(200, () => acme.users.search('city eq "Utica"', { sort: ["user_name"], limit: 50 })));
let rounds = 0;
await measured("import_each", 1_000, () => {
  const round = rounds++;
  return acme.batch(Array.from({ length: 1_000 }, (_, n) => create({ user_name: `w${round}-${n}`, email: `w${round}-${n}@example.com`, city: "Utica" })));
});

const desk = (await acme.users.create({ user_name: "desk" })).id;
const area = (await acme.organizations.create({ name: "Area" })).id;
const people = [];
for (let n = 0; n < 1_000; n++) {
  people.push((await acme.users.create({ user_name: `p${n}`, organizations: [{ organization: area }] })).id);
}
const role = (await acme.roles.create({ name: "Desk", privileges: [{ kind: "user", actions: ["view", "update"] }] })).id;
await acme.roles.grant(role, [desk], { within: [area] });
const decider = await acme.decider();
if (!(await decider.canAll(desk, "view", people)).every(Boolean) || (await decider.can(desk, "view", id))) throw new Error("wrong");
await measured("can", 100_000, () => {
  for (let n = 0; n < 100; n++) for (const person of people) decider.known(desk, "view", person);
});
await measured("can_all_each", 100_000, () => times(100, () => decider.canAll(desk, "view", people)));
const [token] = (await acme.sessions.open(desk)).disclosed.token;
await measured("session", 5_000, () => times(5_000, () => acme.session(token)));
