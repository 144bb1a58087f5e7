"use strict";
// What a program brings along itself: one function for the native part, which takes and gives texts.

const { invalid } = require("./errors.cjs");

function micros(now) {
  if (typeof now === "bigint") return String(now);
  if (now instanceof Date && !Number.isNaN(now.getTime())) return String(BigInt(now.getTime()) * 1000n);
  throw new TypeError("a clock gives a Date, or microseconds since 1970 as bigint");
}

function hex(bytes) {
  if (bytes instanceof Uint8Array && bytes.length === 32) return Buffer.from(bytes).toString("hex");
  throw new TypeError("expected 32 bytes");
}

/** A port has the method that it is called by. */
function method(port, name, verb) {
  if (port === undefined) return undefined;
  if (port === null || typeof port[verb] !== "function") throw invalid(`has no method ${verb}()`, name);
  return (...given) => port[verb](...given);
}

/** The function, and what it answers; undefined when everything is the system's. */
function ports({ clock, entropy, vault }) {
  const now = method(clock, "clock", "now");
  const seed = method(entropy, "entropy", "seed");
  const key = method(vault, "vault", "key");
  if (!now && !seed && !key) return undefined;
  const ask = (what, name) => {
    try {
      if (what === "clock") return micros(now());
      if (what === "entropy") return hex(seed());
      return hex(key(name));
    } catch (error) {
      // What it threw may tell more than its caller should know: only its class is passed on.
      if (what !== "vault") process.emitWarning(error instanceof Error ? error : String(error));
      return error?.constructor?.name ?? "Error";
    }
  };
  return { ask, has: [now !== undefined, seed !== undefined, key !== undefined] };
}

module.exports = { ports };
