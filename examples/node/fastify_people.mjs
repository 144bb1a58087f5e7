// People over HTTP with Fastify: create, find, change, look before, undo.
//
//     npm install iam-embedded fastify
//     PORT=3000 node fastify_people.mjs     serves
//     node fastify_people.mjs               tells the story below over HTTP, without a server
//
// The same with FastAPI: ../python/fastapi_people.py. They answer and print the same.
import fs from "node:fs";
import Fastify from "fastify";
import * as iam from "iam-embedded";

const status = { invalid: 422, not_found: 404, refused: 409, conflict: 409, denied: 403, limit: 413, storage: 503 };

const app = Fastify();
const db = await iam.open(process.env.PEOPLE_DB ?? ":memory:"); // one engine for the whole process
const realm = await db.realm("acme");
app.addHook("onClose", () => db.close());

// Every refusal is told with its stable code; nothing of what was refused was done.
app.setErrorHandler((error, request, reply) => {
  if (!(error instanceof iam.IamError)) return reply.send(error);
  const { code, kind, message, hint, subject } = error;
  const fields = Object.fromEntries(error.fields.map((each) => [each.field, each.code]));
  return reply.status(status[kind] ?? 500).send({ code, message, hint, subject, fields });
});

// Who asks. Your authentication decides that; the audit trail remembers it.
const acting = (request) => realm.actAs(request.headers["x-actor"] ?? "host:web");

/** What the outside sees of a user. */
function shown(user) {
  const names = ["user_name", "email", "first_name", "last_name", "job", "city"];
  return { id: user.id, version: user.version, ...Object.fromEntries(names.map((name) => [name, user.get(name)])) };
}

app.post("/people", async (request, reply) => {
  const { id, revision } = await acting(request).users.create({ attributes: request.body });
  reply.status(201);
  return { id, revision };
});

app.get("/people", async (request) => {
  const { where = "", sort = "user_name", limit = "20", cursor } = request.query;
  const page = await acting(request).users.search(where, { sort: sort.split(","), limit: Number(limit), cursor, total: true });
  return { total: page.total, next: page.next, people: page.items.map(shown) };
});

app.get("/people/:id", async (request) => {
  const { revision } = request.query;
  return shown(await acting(request).users.get(request.params.id, { at: revision === undefined ? "now" : Number(revision) }));
});

app.patch("/people/:id", async (request) => {
  const acme = acting(request);
  const { id } = request.params;
  if (request.query.preview !== "true") return { revision: (await acme.users.update(id, { attributes: request.body })).revision };
  const { difference } = await acme.preview.users.update(id, { attributes: request.body });
  const changes = difference.records[0].changes.map(({ attribute, before, after }) => [attribute, before, after]);
  return { changes: changes.sort(([a], [b]) => (a < b ? -1 : 1)) };
});

app.get("/people/:id/history", async (request) => {
  const items = await acting(request).history.of(request.params.id);
  return items.map(({ revision, command, actor }) => ({ revision, command, actor }));
});

app.post("/undo/:revision", async (request) => ({ revision: (await acting(request).rollback(Number(request.params.revision))).revision }));

/** The story, as a client sees it. */
async function story() {
  const ask = async (method, url, { query, payload, headers } = {}) => {
    const answer = await app.inject({ method, url, query, payload, headers });
    return { status: answer.statusCode, ...{ json: answer.json() } };
  };
  const folder = process.env.IAM_HRSAMPLE ?? new URL("../data/hrsample/", import.meta.url).pathname;
  const [head, ...lines] = fs.readFileSync(`${folder}/hr_feed_2016-12-31.csv`, "utf8").trimEnd().split(/\r?\n/);
  const columns = head.split(",");
  for (const line of lines.slice(0, 50)) {
    const row = Object.fromEntries(line.split(",").map((field, n) => [columns[n], field]));
    const { first_name, last_name, job, city } = row;
    const payload = { user_name: `e${row.employee_id}`, first_name, last_name, job, city: city || null };
    const { status } = await ask("POST", "/people", { payload });
    if (status !== 201) throw new Error(String(status));
  }
  const search = { where: 'job eq "Salesperson"', sort: "last_name,user_name", limit: "3" };
  const found = (await ask("GET", "/people", { query: search })).json;
  console.log(`${found.total} salespeople: ${found.people.map((each) => each.last_name).join(", ")}, …`);
  const more = (await ask("GET", "/people", { query: { ...search, cursor: found.next } })).json;
  console.log(`then: ${more.people.map((each) => each.last_name).join(", ")}`);
  const [first] = found.people;
  const path = `/people/${first.id}`;
  const payload = { job: "Analyst", city: null };
  const { changes } = (await ask("PATCH", path, { query: { preview: "true" }, payload })).json;
  console.log(`preview: ${JSON.stringify(changes).replaceAll(",", ", ")}`);
  const { revision } = (await ask("PATCH", path, { payload, headers: { "x-actor": "host:desk" } })).json;
  const before = (await ask("GET", path, { query: { revision: String(revision - 1) } })).json.job;
  console.log(`now ${(await ask("GET", path)).json.job}, before ${before}`);
  console.log(`undone: ${(await ask("POST", `/undo/${revision}`)).status}, ${(await ask("GET", path)).json.job}`);
  const items = (await ask("GET", `${path}/history`)).json;
  console.log(items.map((each) => `${each.command} by ${each.actor}`).join(", "));
  const told = ({ status, json }) => {
    const fields = Object.entries(json.fields).sort().map(([name, code]) => `"${name}": "${code}"`);
    return `${status} ${json.code} {${fields.join(", ")}}`;
  };
  console.log(told(await ask("POST", "/people", { payload: { user_name: first.user_name.toUpperCase() } })));
  console.log(told(await ask("POST", "/people", { payload: { user_name: "a b", email: "nowhere" } })));
  const nobody = await ask("GET", "/people/user_00000000000000000000000000");
  console.log(nobody.status, (await ask("GET", "/people", { query: { where: "city eq" } })).json.code);
}

if (process.env.PORT) await app.listen({ port: Number(process.env.PORT) });
else {
  await story();
  await app.close();
}
