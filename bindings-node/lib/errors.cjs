"use strict";

/** Why something was not done. Nothing of it was done. */
class IamError extends Error {
  constructor(problem) {
    super(problem.message);
    this.name = new.target.name;
    this.code = problem.code;
    this.kind = problem.kind;
    this.hint = problem.hint ?? "";
    this.subject = problem.subject ?? null;
    this.fields = problem.fields ?? [];
    this.details = problem.details ?? [];
    this.retry = problem.retry ?? false;
  }
}

class InvalidError extends IamError {}
class NotFoundError extends IamError {}
class RefusedError extends IamError {}
class ConflictError extends IamError {}
class DeniedError extends IamError {}
class LimitError extends IamError {}
class StorageError extends IamError {}
class CorruptError extends IamError {}

const families = {
  invalid: InvalidError,
  not_found: NotFoundError,
  refused: RefusedError,
  conflict: ConflictError,
  denied: DeniedError,
  limit: LimitError,
  storage: StorageError,
  corrupt: CorruptError,
};

/** The error of a problem. */
function problem(json) {
  return new (families[json.kind] ?? IamError)(json);
}

/** What the border itself refuses, by the code that napi gives it. */
const expected = /^(InvalidArg|\w+Expected)$/;

/** What the native part threw, as an error of ours: its reason is the problem as JSON. */
function raised(error) {
  if (error instanceof IamError || !(error instanceof Error)) return error;
  if (expected.test(error.code)) return invalid(`an argument is missing or of another type: ${error.message}`);
  if (error.message[0] !== "{") return error;
  let json;
  try {
    json = JSON.parse(error.message);
  } catch {
    return error;
  }
  return problem(json);
}

/** The input is not what it should be. */
function invalid(message, subject) {
  return new InvalidError({
    code: "input.malformed",
    kind: "invalid",
    message: subject ? `${subject}: ${message}` : message,
    hint: "compare the input with the schema of the command",
    subject: subject || null,
  });
}

/** There is no such record of a kind. */
function absent(kind, id) {
  return new NotFoundError({
    code: "record.not_found",
    kind: "not_found",
    message: `there is no ${kind.replaceAll("_", " ")} with this identifier in the realm`,
    hint: "check the identifier and the realm",
    subject: id,
  });
}

module.exports = {
  IamError,
  InvalidError,
  NotFoundError,
  RefusedError,
  ConflictError,
  DeniedError,
  LimitError,
  StorageError,
  CorruptError,
  families,
  problem,
  raised,
  absent,
  invalid,
};
