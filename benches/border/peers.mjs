// The same things with what Node programs use else: better-auth (in memory) and node-casbin; nanoseconds of processor time.
//
//     node peers.mjs        prints a line for each: NAME OPERATION NANOSECONDS
//
// Needs `npm install casbin better-auth`; what is missing is said and left out.

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
  const { memoryAdapter } = await import("better-auth/adapters/memory");
  const tables = { user: [], session: [], account: [], verification: [] };
  const auth = betterAuth({
    baseURL: "http://localhost", secret: "a secret of the measurement, of more than 32 characters",
    database: memoryAdapter(tables), emailAndPassword: { enabled: true }, logger: { disabled: true },
  });
  const adapter = (await auth.$context).internalAdapter;
  let number = 0;
  const one = () => {
    const n = number++;
    return adapter.createUser({ name: "Ada Lovelace", email: `u${n}@example.com`, emailVerified: true });
  };
  await measured("better-auth", "create", 200, async () => {
    for (let n = 0; n < 200; n++) await one();
  });
  const { id } = await one();
  await measured("better-auth", "get", 2_000, async () => {
    for (let n = 0; n < 2_000; n++) await adapter.findUserById(id);
  });
}

for (const peer of [betterAuth, casbin]) {
  try {
    await peer();
  } catch (error) {
    console.error(`not measured: ${peer.name} (${error.message})`);
  }
}
