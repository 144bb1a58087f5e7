"use strict";
// JavaScript values to JSON texts and back. What JSON cannot say is an error, never a guess: JSON.stringify would turn
// NaN into null and half a surrogate pair into something else.

const { invalid } = require("./errors.cjs");
const native = require("./native.cjs");
const { types } = require("../generated/table.cjs");

const DEEPEST = 60;
const LARGEST = 2n ** 63n - 1n;

function place(path) {
  return path.join(".").slice(0, 120);
}

/** The JSON text of a value. */
function encode(value, path = []) {
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed()) {
        throw invalid("is not well-formed Unicode: it holds half of a surrogate pair", place(path));
      }
      return JSON.stringify(value);
    case "number":
      if (!Number.isFinite(value)) throw invalid("is not a finite number", place(path));
      return Object.is(value, -0) ? "0" : String(value);
    case "bigint":
      if (value > LARGEST || value < -LARGEST - 1n) {
        throw invalid("is a whole number of more than 64 bits", place(path));
      }
      return String(value);
    case "boolean":
      return value ? "true" : "false";
    case "undefined":
      return "null";
    case "object":
      return value === null ? "null" : structure(value, path);
    default:
      throw invalid(`is a ${typeof value}, which has no form in JSON`, place(path));
  }
}

function structure(value, path) {
  if (path.length > DEEPEST) throw invalid(`is nested deeper than ${DEEPEST} levels`, place(path));
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw invalid("is not a valid date", place(path));
    const year = value.getUTCFullYear();
    if (year < 1 || year > 9999) throw invalid("lies outside of the years 1 to 9999", place(path));
    return `"${value.toISOString()}"`;
  }
  if (Array.isArray(value) || value instanceof Set) {
    return `[${Array.from(value, (item, n) => encode(item, [...path, n])).join(",")}]`;
  }
  if (typeof value.toCommand === "function") return encode(value.toCommand(), path);
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype && prototype.constructor?.name !== "Object") {
    throw invalid(`is a ${prototype.constructor?.name ?? "foreign object"}, which has no form in JSON`, place(path));
  }
  const pairs = [];
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    pairs.push(`${encode(key, path)}:${encode(item, [...path, key])}`);
  }
  return `{${pairs.join(",")}}`;
}

/** The value of a JSON text. Whole numbers that a number cannot hold come as bigint. */
function decode(text) {
  if (text[0] !== "~") return JSON.parse(text);
  return JSON.parse(text.slice(1), (_, value) => {
    const big = value !== null && typeof value === "object" && typeof value.$bigint === "string";
    return big && Object.keys(value).length === 1 ? BigInt(value.$bigint) : value;
  });
}

const hidden = Symbol.for("nodejs.util.inspect.custom");

let attributesOf;
const attributes = {
  enumerable: true,
  get() {
    return attributesOf(this);
  },
};

/** Records of a page of which somebody looks at so many before the attributes of all of them are read in one go. */
const FEW = 2;

/** The attributes of the records of a page, packed. */
class Bodies {
  #bytes;
  #ends;
  #looked = 0;
  #read;

  constructor(bytes, ends) {
    this.#bytes = bytes;
    this.#ends = ends;
  }
  /** Those of one of them. Asked for once. */
  take(place) {
    if (this.#read === undefined && this.#looked++ < FEW) {
      return decode(native.attributes(this.#bytes, place === 0 ? 0 : this.#ends[place - 1], this.#ends[place]));
    }
    if (this.#read === undefined) {
      this.#read = decode(native.allAttributes(this.#bytes, Uint32Array.from(this.#ends)));
      this.#bytes = this.#ends = undefined;
    }
    const taken = this.#read[place];
    this.#read[place] = undefined;
    return taken;
  }
}

/**
 * The state of one thing at one version. Its attributes come as a JSON text, or packed among those of a page, and are read when
 * somebody looks at one: of a thousand records in a list few are looked at. To whoever looks, `attributes` is a property like
 * the others.
 */
class Record {
  #unread;
  #place;
  #attributes;

  constructor(id, version, unread, place, made) {
    this.id = id;
    this.kind = id.slice(0, -27);
    this.version = version;
    Object.defineProperty(this, "attributes", attributes);
    this.#unread = unread;
    this.#place = place;
    this.#attributes = made;
  }
  static {
    attributesOf = (record) => {
      const unread = record.#unread;
      if (unread !== undefined) {
        record.#attributes = typeof unread === "string" ? decode(unread) : unread.take(record.#place);
        record.#unread = undefined;
      }
      return record.#attributes;
    };
  }
  /** An attribute's value; undefined when it is not set. */
  get(name) {
    const all = attributesOf(this);
    return Object.hasOwn(all, name) ? all[name] : undefined;
  }
  [hidden]() {
    return `Record { ${this.id} version ${this.version} }`;
  }
}

/** One page of a list, in the order of the list. */
class Page {
  constructor(items, { next, previous, total }) {
    this.items = items;
    this.next = next;
    this.previous = previous;
    this.total = total;
  }
  [Symbol.iterator]() {
    return this.items[Symbol.iterator]();
  }
  [hidden]() {
    return `Page { ${this.items.length} records${this.next === null ? "" : ", more follow"} }`;
  }
}

/** A record from its two lines. */
function record(text) {
  const end = text.indexOf("\n");
  if (end < 0) return null;
  const [id, version] = JSON.parse(text.slice(0, end));
  return new Record(id, version, text.slice(end + 1));
}

/** Records, and what there is to know about them together. */
function records({ head, bodies }) {
  const about = decode(head);
  const { ids, versions, ends } = about;
  const all = new Bodies(bodies, ends);
  const items = ids.map((id, place) => new Record(id, versions[place], all, place));
  return { about, items };
}

/** What an operation or query answers: see `text.rs`. */
function answer(given, recipe) {
  if (typeof given === "string") return recipe === "Record" ? record(given) : read(decode(given), recipe);
  const { about, items } = records(given);
  return recipe === "Page" ? new Page(items, about) : items;
}

const defaults = { null: () => null, "[]": () => [], "{}": () => ({}), false: () => false };

/** Reads a value by its recipe: see the table. Records within other things come with their attributes. */
function read(json, recipe) {
  if (recipe === null || json === null || json === undefined) return json;
  if (recipe === "moment") return new Date(json);
  if (recipe === "Record") return new Record(json.id, json.version, undefined, 0, json.attributes);
  if (Array.isArray(recipe)) return json.map((item) => read(item, recipe[0]));
  if (typeof recipe === "object") {
    for (const [key, item] of Object.entries(json)) json[key] = read(item, recipe.each);
    return json;
  }
  for (const [name, inner, absent] of types[recipe]) {
    if (json[name] === undefined && absent !== null) json[name] = (defaults[absent] ?? (() => JSON.parse(absent)))();
    if (inner !== null) json[name] = read(json[name], inner);
  }
  return json;
}

module.exports = { encode, decode, answer, Record, Page };
