// Whatever the catalogue has, the package has; both module systems get the same objects.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as iam from "iam-embedded";

const catalogue = JSON.parse(fs.readFileSync(process.env.IAM_CATALOGUE, "utf8"));
const require = createRequire(import.meta.url);
const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
const plurals = { history: "history", audit: "audit", schema: "schema", chain: "chain", access: "access", recovery_codes: "recovery_codes" };
const plural = (noun) => plurals[noun] ?? (/[^aeiou]y$/.test(noun) ? noun.slice(0, -1) + "ies" : noun + "s");
const place = (name) => {
  const [noun, verb] = name.split(".");
  return [camel(plural(noun)), camel(verb)];
};

test("every command, query and operation is there", async () => {
  const acme = (await (await iam.open(":memory:")).realm("acme")).actAs("host:tests");
  for (const { name } of [...catalogue.commands, ...catalogue.queries]) {
    const [noun, verb] = place(name);
    assert.equal(typeof acme[noun]?.[verb], "function", name);
  }
  for (const { name } of catalogue.commands) {
    const [noun, verb] = place(name);
    for (const holder of [acme.preview, acme.validate, iam.command]) assert.equal(typeof holder[noun]?.[verb], "function", name);
  }
  for (const { name } of catalogue.operations) {
    // An operation that is called like a noun is a list of such things.
    const method = [camel(name), camel("list_" + name)].find((each) => acme[each] !== undefined);
    if (name !== "ask") assert.ok(method, name);
  }
});

test("every family of codes has a class", async () => {
  const { codes } = require("../node_modules/iam-embedded/generated/table.cjs");
  const { families, problem } = require("../node_modules/iam-embedded/lib/errors.cjs");
  assert.deepEqual(Object.values(codes).flat().sort(), catalogue.codes.map((code) => code.name).sort());
  for (const code of catalogue.codes) {
    const error = problem({ ...code, code: code.name, message: code.doc });
    assert.equal(error.constructor, families[code.kind]);
    assert.equal(error.hint, code.hint);
  }
});

test("import and require give the same", () => {
  const required = require("iam-embedded");
  for (const [name, value] of Object.entries(required)) assert.equal(iam[name], value, name);
  assert.equal(iam.default, required);
});
