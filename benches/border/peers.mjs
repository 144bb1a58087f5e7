// The same things with what Node programs use else: better-auth (SQLite) and node-casbin; nanoseconds of processor time.
//
//     node peers.mjs FOLDER        prints a line for each: NAME OPERATION NANOSECONDS
//
// Needs `npm install casbin better-auth better-sqlite3`; what is missing is said and left out.

import path from "node:path";

const folder = process.argv[2];

/** The best of five rounds. */
async function measured(who, name, count, work) {
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / count);
  }
  console.log(`${who} ${name} ${Math.round(best * 1e3)}`);
}

async function casbin() {
  const { newEnforcer, newModelFromString, StringAdapter } = await import("casbin");
  const model = newModelFromString(`[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, act
[role_definition]
g = _, _
g2 = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = g(r.sub, p.sub) && g2(r.obj, p.obj) && r.act == p.act`);
  const people = Array.from({ length: 1_000 }, (_, n) => `p${n}`);
  const policy = ["p, seller, area, view", "p, seller, area, update", "g, desk, seller", ...people.map((person) => `g2, ${person}, area`)];
  const enforcer = await newEnforcer(model, new StringAdapter(policy.join("\n")));
  if (!(await enforcer.enforce("desk", "p7", "view")) || (await enforcer.enforce("p7", "p8", "view"))) throw new Error("wrong");
  await measured("node-casbin", "can", 1_000, async () => {
    for (const person of people) await enforcer.enforce("desk", person, "view");
  });
}

async function betterAuth() {
  const { betterAuth } = await import("better-auth");
  const { getMigrations } = await import("better-auth/db/migration");
  const { default: Database } = await import("better-sqlite3");
  const database = new Database(path.join(folder, "better-auth.db"));
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  const auth = betterAuth({
    baseURL: "http://localhost", secret: "a secret of the measurement, of more than 32 characters",
    database, emailAndPassword: { enabled: true }, logger: { disabled: true },
    user: { additionalFields: { city: { type: "string", required: false } } },
  });
  await (await getMigrations(auth.options)).runMigrations();
  database.exec("CREATE INDEX user_city ON user (city)");
  const context = await auth.$context;
  const adapter = context.internalAdapter;
  let number = 0;
  const one = () => {
    const n = number++;
    return adapter.createUser({ name: "Ada Lovelace", email: `u${n}@example.com`, emailVerified: true, city: "Utica" });
  };
  const times = async (count, work) => {
    for (let n = 0; n < count; n++) await work();
  };
  await measured("better-auth", "create", 200, () => times(200, one));
  await times(1_000, one);
  const { id } = await one();
  await measured("better-auth", "get", 2_000, () => times(2_000, () => adapter.findUserById(id)));
  await measured("better-auth", "find_by", 2_000, () => times(2_000, () => adapter.findUserByEmail("u7@example.com")));
  const many = (options) => context.adapter.findMany({ model: "user", ...options });
  await measured("better-auth", "list_1000_each", 10_000, () => times(10, () => many({ limit: 1_000 })));
  const page = { where: [{ field: "city", value: "Utica" }], sortBy: { field: "email", direction: "asc" }, limit: 50 };
  await measured("better-auth", "page_50", 200, () => times(200, () => many(page)));
  // There is no way to import: they are created one by one, in one transaction.
  await measured("better-auth", "import_each", 1_000, async () => {
    database.exec("BEGIN");
    await times(1_000, one);
    database.exec("COMMIT");
  });
}

for (const peer of [betterAuth, casbin]) {
  try {
    await peer();
  } catch (error) {
    console.error(`not measured: ${peer.name} (${error.message})`);
  }
}
