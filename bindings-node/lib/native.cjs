"use strict";
// The native part for this machine.

const path = require("node:path");

function load() {
  const name = `${process.platform}-${process.arch}`;
  try {
    return require(path.join(__dirname, "..", "native", `${name}.node`));
  } catch (cause) {
    throw new Error(`iam-embedded has no native part for ${name}`, { cause });
  }
}
module.exports = load();
