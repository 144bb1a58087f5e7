// The first ten minutes, in Node: a company's people in one file. The same story as ../python/story.py; they print the same.
//
//     node story.mjs [FILE]
import fs from "node:fs";
import * as iam from "iam-embedded";

const folder = process.env.IAM_HRSAMPLE ?? new URL("../data/hrsample/", import.meta.url).pathname;
const { create, update, disable } = iam.command.users;

/** The rows of a table. Its fields hold neither quotes nor commas. */
function table(name) {
  const [head, ...lines] = fs.readFileSync(`${folder}/${name}`, "utf8").trimEnd().split(/\r?\n/);
  const columns = head.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((field, n) => [columns[n], field])));
}

const byNumber = (rows) => new Map(rows.map((row) => [row.employee_id, row]));

function hire(row, units) {
  return create({
    user_name: `e${row.employee_id}`,
    user_number: row.employee_id,
    first_name: row.first_name,
    last_name: row.last_name,
    job: row.job,
    city: row.city || null,
    state: row.state || null,
    organizations: [{ organization: units.get(row.org_id) }],
  });
}

async function story(acme) {
  console.log("# Organizations and people");
  const units = new Map();
  for (const row of table("org_units.csv")) {
    const parent = units.get(row.parent_org_id);
    units.set(row.org_id, (await acme.organizations.create({ name: row.org_name, code: row.org_id, parent })).id);
  }
  const first = byNumber(table("hr_feed_2016-12-31.csv"));
  const ids = new Map();
  const rows = [...first.values()];
  for (let start = 0; start < rows.length; start += 200) {
    const part = rows.slice(start, start + 200);
    const done = await acme.batch(part.map((row) => hire(row, units)));
    part.forEach((row, n) => ids.set(row.employee_id, done.results[n].id));
  }
  console.log(`${await acme.organizations.count()} units, ${await acme.users.count()} people`);
  const before = (await acme.events(0, 1000)).at(-1).revision;

  console.log("# The next feed: seen before it happens");
  const following = byNumber(table("hr_feed_2017-12-31.csv"));
  const joined = [...following.values()].filter((row) => !first.has(row.employee_id));
  const left = [...first.keys()].filter((key) => !following.has(key));
  const moved = [...following.values()].filter((row) => first.has(row.employee_id) && row.job !== first.get(row.employee_id).job);
  const commands = [
    ...joined.map((row) => hire(row, units)),
    ...left.map((key) => disable(ids.get(key))),
    ...moved.map((row) => update(ids.get(row.employee_id), { job: row.job })),
  ];
  const shown = await acme.previewBatch(commands);
  console.log(`${joined.length} join, ${left.length} leave, ${moved.length} change their job`);
  const refused = shown.results.filter((each) => each.problem !== null).length;
  console.log(`${shown.difference.records.length} records would be different, ${refused} refused`);

  console.log("# Applied as a change set");
  const feed = acme.inChangeSet(await acme.newChangeSet()).because("HR feed of 2017-12-31");
  for (let start = 0; start < commands.length; start += 200) await feed.batch(commands.slice(start, start + 200));
  const enabled = 'administrative_status eq "enabled"';
  console.log(`${await acme.users.count(enabled)} people, ${await acme.users.count()} records`);

  console.log("# One person's change taken back");
  const id = ids.get(moved[0].employee_id);
  const job = async (options) => (await acme.users.get(id, options)).get("job");
  console.log(`${await job({ at: before })} -> ${await job()}`);
  await acme.because("agreed for next year").rollback({ record: { id, after: before } });
  console.log(`${await job()}: ${(await acme.history.of(id)).map((each) => each.command).join(", ")}`);

  console.log("# The world as it was");
  const past = acme.asOf(before);
  for (const root of await acme.organizations.tree()) {
    for (const unit of root.children) {
      const people = `within_organization eq "${unit.organization.id}" and ${enabled}`;
      const name = unit.organization.get("name");
      console.log(`${name}: ${await past.users.count(people)} then, ${await acme.users.count(people)} now`);
    }
  }

  console.log("# A department moves");
  const named = async (name) => (await acme.organizations.search(`name eq "${name}"`)).items[0];
  const west = await named("Sls - West");
  const marketing = await named("Marketing");
  const move = { parent: marketing.id };
  for (const each of (await acme.preview.organizations.transfer(west.id, move)).difference.records) {
    console.log(`${each.step} ${each.label}`);
  }
  await acme.organizations.transfer(west.id, move);
  try {
    await acme.organizations.transfer(marketing.id, { parent: west.id });
  } catch (error) {
    if (!(error instanceof iam.RefusedError)) throw error;
    console.log(`and back under itself: ${error.code}`);
  }

  console.log("# Found");
  const who = '(job sw "product" or job eq "Attorney") and not (state eq "MS")';
  const page = await acme.users.search(who, { sort: ["last_name", "first_name", "user_name"], limit: 5, total: true });
  console.log(`${page.total} people, the first of them:`);
  for (const user of page) {
    console.log(`  ${user.get("last_name")}, ${user.get("first_name")}: ${user.get("job")}, ${user.get("city") ?? "-"}`);
  }

  console.log("# Nothing was tampered with, and everything agrees");
  const head = await acme.sealChain();
  const verified = await acme.chain.verify({ published: head === null ? [] : [head] });
  const diagnosis = await acme.realms.doctor();
  console.log(
    `${verified.rows} rows, ${verified.breaks.length} breaks; ${diagnosis.records} records, ${diagnosis.findings.length} findings`,
  );
}

const db = await iam.open(process.argv[2] ?? ":memory:");
await story((await db.realm("acme")).actAs("host:story"));
db.close();
