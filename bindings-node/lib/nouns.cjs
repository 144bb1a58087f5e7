"use strict";
// The nouns of a client, made from the table once: a method for each command and query.

const { absent, invalid } = require("./errors.cjs");
const { nouns, operations } = require("../generated/table.cjs");

/** The state to read, as the engine says it. */
function state(at) {
  if (typeof at === "number" || typeof at === "bigint") return { revision: at };
  if (at instanceof Date) return { moment: at };
  return at;
}

/** The input of a command or query from the arguments of its method. */
function input(row, given) {
  const result = {};
  row.required.forEach((name, n) => {
    if (given[n] === undefined) throw invalid(`${row.name} takes ${row.required.join(", ")}`, name);
    result[name] = given[n];
  });
  if (given.length > row.required.length + 1) throw invalid("too many arguments", row.name);
  const options = given[row.required.length] ?? {};
  if (typeof options !== "object" || Array.isArray(options)) throw invalid("the options are an object", row.name);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || (name === "attributes" && row.attributes)) continue;
    if (row.optional.includes(name)) result[name] = value;
    else if (row.attributes?.includes(name)) (result.attributes ??= {})[name] = value;
    else {
      const more = row.attributes ? "; attributes that the realm declared go into `attributes`" : "";
      throw invalid(`is not a parameter of ${row.name}${more}`, name);
    }
  }
  if (row.attributes) {
    for (const name of Object.keys(options.attributes ?? {})) {
      if (result.attributes !== undefined && Object.hasOwn(result.attributes, name)) {
        throw invalid("is given by name and in `attributes`", name);
      }
    }
    const custom = options.attributes;
    if (custom !== undefined && (custom === null || typeof custom !== "object" || Array.isArray(custom))) {
      throw invalid("takes an object", "attributes");
    }
    result.attributes = { ...result.attributes, ...custom };
  }
  for (const name of row.states ?? []) {
    if (result[name] !== undefined) result[name] = state(result[name]);
  }
  return result;
}

function commands(send) {
  const holder = {};
  for (const [noun, { commands }] of Object.entries(nouns)) {
    const own = {};
    for (const [method, row] of Object.entries(commands)) own[method] = (...given) => send(row.name, () => input(row, given));
    if (Object.keys(own).length > 0) holder[noun] = Object.freeze(own);
  }
  return Object.freeze(holder);
}

/** What can be read about every kind of record. `look` tries to answer at once; see `Acting`. */
function kindReads(kind, ask, look) {
  const search = (filter, options = {}) => {
    const { sort, at, ...rest } = options;
    const order = sort?.map((each) =>
      typeof each === "string"
        ? { attribute: each.replace(/^-/, ""), descending: each.startsWith("-") }
        : each,
    );
    return ask("record.search", () => ({ kind, filter, sort: order, at: state(at), ...rest }));
  };
  return {
    get: async (id, options) => {
      const found = await look("record.get", { id }, options, (native) => native.getNow(id));
      // What the engine says of an identifier that it does not know: the one of an organization is no user's.
      if (found.kind !== kind) throw absent(kind, id);
      return found;
    },
    find: async (id, options) => {
      const found = await look("record.find", { id }, options, (native) => native.findNow(id));
      return found?.kind === kind ? found : null;
    },
    findBy: (attribute, value, options) =>
      look("record.find_by", { kind, attribute, value }, options, (native) => native.findByNow(kind, attribute, value)),
    search,
    count: (filter, options = {}) => ask("record.count", () => ({ kind, filter, at: state(options.at) })),
    async *all(filter, options = {}) {
      const { pageSize = 500, ...rest } = options;
      let cursor;
      do {
        const page = await search(filter, { ...rest, limit: pageSize, cursor });
        yield* page.items;
        cursor = page.next;
      } while (cursor !== null);
    },
  };
}

/** Gives a holder every noun, each made when it is first used, and every operation. */
function define(holder, send, ask, look, perform) {
  for (const [method, row] of Object.entries(operations)) {
    // Some the client has by hand.
    if (method in holder) continue;
    const value = (...given) => perform(row.name, () => input(row, given));
    Object.defineProperty(holder, method, { value, enumerable: false });
  }
  let made;
  for (const [noun, { kind, queries }] of Object.entries(nouns)) {
    let own;
    Object.defineProperty(holder, noun, {
      enumerable: false,
      get() {
        if (own === undefined) {
          own = { ...(kind === null ? {} : kindReads(kind, ask, look)), ...(made ??= commands(send))[noun] };
          for (const [method, row] of Object.entries(queries)) {
            own[method] = (...given) => ask(row.name, () => input(row, given));
          }
          Object.freeze(own);
        }
        return own;
      },
    });
  }
}

module.exports = { commands, define, state };
