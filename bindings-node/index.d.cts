/**
 * An embeddable identity library: users, organizations, groups; every change can be seen before, and undone after.
 *
 * ```js
 * import * as iam from "iam-embedded";
 * const db = await iam.open("people.db");
 * const acme = (await db.realm("acme")).actAs("host:console");
 * const { id } = await acme.users.create({ user_name: "alice", city: "Utica" });
 * ```
 */
import type { CommandNouns, Nouns, Operations } from "./generated/nouns.js";
import type {
  Batch,
  BatchMode,
  ChainHead,
  Code,
  Commit,
  Deleted,
  Executed,
  Failure,
  FieldProblem,
  OnConflict,
  Preview,
  RollbackPreview,
  Sort,
  Undo,
  Upkeep,
  Work,
} from "./generated/types.js";

export type * from "./generated/types.js";
export type { CommandNouns, Nouns, Operations } from "./generated/nouns.js";

/** The value of an attribute. Days, moments and references are texts; whole numbers beyond 2^53 are bigint. */
export type Value = any;

/** What an attribute can be set to. `null` removes the value. */
export type AttributeValue =
  | boolean
  | number
  | bigint
  | string
  | Date
  | null
  | readonly AttributeValue[]
  | { readonly [name: string]: AttributeValue };

/** Which records: SCIM filter text such as `city eq "Utica"`, or the JSON tree of a condition. */
export type Filter = string | { readonly [name: string]: any };

/** The state to read: now, after a revision, or at a moment. */
export type At = "now" | number | Date;

/** The commands about one noun; what a method gives depends on where the noun comes from. */
export interface Commands<R> {}

/** What can be read about every kind of record. */
export interface KindReads {
  /** A record that exists and is not deleted. */
  get(id: string, options?: { at?: At }): Promise<Record>;
  /** A record, soft-deleted ones included; `null` when there is none. */
  find(id: string, options?: { at?: At }): Promise<Record | null>;
  /** The record that holds a unique name, in any letter case; `null` when nobody does. */
  findBy(attribute: string, value: string, options?: { at?: At }): Promise<Record | null>;
  /** One page of the records that match. */
  search(filter?: Filter, options?: SearchOptions & { limit?: number; cursor?: string | null; total?: boolean }): Promise<Page>;
  /** Every record that matches, read page by page. */
  all(filter?: Filter, options?: SearchOptions & { pageSize?: number }): AsyncGenerator<Record, void, undefined>;
  /** How many records match. */
  count(filter?: Filter, options?: { at?: At }): Promise<number>;
}

/** How records are listed. */
export interface SearchOptions {
  /** In which order: names of attributes, with `-` in front for the greatest first. */
  sort?: readonly (string | Sort)[];
  /** Whether soft-deleted records are listed. */
  deleted?: Deleted;
  /** The state to read. */
  at?: At;
}

/** The state of one thing at one version. Printing it shows no attributes: they may be personal. */
export declare class Record {
  private constructor();
  /** Which thing. */
  readonly id: string;
  /** Its kind, such as `user`. */
  readonly kind: string;
  /** Counts the changes, from 1. */
  readonly version: number;
  /** Its attributes by name; what is not set is not there. */
  readonly attributes: { readonly [name: string]: Value };
  /** An attribute's value; `undefined` when it is not set. */
  get(name: string): Value;
}

/** One page of a list, in the order of the list. */
export declare class Page implements Iterable<Record> {
  private constructor();
  /** The records. */
  readonly items: readonly Record[];
  /** The cursor of the page after this one. */
  readonly next: string | null;
  /** The cursor of the page before this one. */
  readonly previous: string | null;
  /** How many records match, when the search asked for it. */
  readonly total: number | null;
  [Symbol.iterator](): Iterator<Record>;
}

/** A command that is not carried out yet. */
export declare class Command {
  private constructor();
  /** The stable name, such as `user.create`. */
  readonly name: string;
}

/** Commands as values, for batches: `iam.command.users.create({ user_name: "alice" })`. */
export declare const command: CommandNouns<Command>;

/**
 * Opens an engine.
 *
 * @param address The path of a SQLite file, which is made when there is none; `:memory:`; or the URL of a server.
 * @param options.key The master key for what is sealed: 32 bytes that are kept outside of the database. Without one, a
 *   file keeps its key in another file beside it, with `.key` at the end of its name.
 * @param options.clock What the program brings along itself; see `Ports`. The same for `entropy` and `vault`.
 */
export declare function open(address: string, options?: { key?: Uint8Array } & Ports): Promise<Database>;

/**
 * What a program can bring along itself. The engine asks on the event loop that opened it and waits for the answer, so a
 * loop that is blocked for long blocks the engine. A clock or an entropy has no way to fail: when it throws, the process is
 * warned and the system's is used instead. When a vault throws, the operation is refused.
 */
export interface Ports {
  /** Tells the time: a `Date`, or microseconds since 1970. */
  clock?: { now(): Date | bigint };
  /** Draws 32 random bytes from a source fit for keys. */
  entropy?: { seed(): Uint8Array };
  /** Keeps the key, instead of `key`: 32 bytes, always the same for the same name. */
  vault?: { key(name: string): Uint8Array };
}

/** An engine over one storage. */
export declare class Database {
  private constructor();
  /** The realms by name. */
  realms(): Promise<readonly Record[]>;
  /** The realm with this name; it is created when there is none. */
  realm(name: string): Promise<Realm>;
  /** A realm by its identifier; whether it exists shows at the first command. */
  inRealm(id: string): Realm;
  /** Lets go of the storage. It closes when no realm and no actor holds it any more. */
  close(): void;
}

/** A realm of an engine: a tenant. */
export declare class Realm {
  private constructor();
  /** Its identifier. */
  readonly id: string;
  /**
   * Everything from here on happens in this actor's name.
   *
   * @param actor `host:` and a name of your choice, the identifier of a user, or `system`.
   */
  actAs(actor: string): Acting;
}

export interface Acting extends Nouns, Operations {}

/** An actor in a realm: the handle for everything that is asked. */
export declare class Acting {
  private constructor();
  /** Notes a reason in the audit trail. */
  because(reason: string): Acting;
  /** Notes through which door it came. */
  through(channel: "api" | "import" | "sync" | "timer" | "rollback"): Acting;
  /** Puts all that follows into a change set. */
  inChangeSet(changeSet: string): Acting;
  /** Gives the next command an identifier: sent twice, it is carried out once. */
  withCommandId(commandId: string): Acting;
  /** The same actor, reading an earlier state. Nothing can be changed there. */
  asOf(at: At): Acting;
  /** Stops waiting when the signal says so. A command that was on its way is carried out or refused as a whole. */
  withSignal(signal: AbortSignal): Acting;
  /** The same commands, that only show what they would do: `await acme.preview.users.delete(id)`. */
  readonly preview: CommandNouns<Promise<Preview>>;
  /** The same commands, that only list the fields they would be refused for. */
  readonly validate: CommandNouns<Promise<readonly FieldProblem[]>>;
  /** Carries out a command that was made with `iam.command`. */
  execute(command: Command): Promise<Executed>;
  /** Carries out commands in one commit, each seeing what those before it did. */
  batch(commands: Iterable<Command>, mode?: BatchMode): Promise<Batch>;
  /** Shows what commands would do in one commit, each after those before it; nothing is written. */
  previewBatch(commands: Iterable<Command>): Promise<Batch>;
  /** Undoes a commit (by its revision), a change set or what an actor did, in one commit. */
  rollback(what: Undo | number, onConflict?: OnConflict): Promise<Executed>;
  /** Shows what undoing would do; nothing is written. */
  previewRollback(what: Undo | number): Promise<RollbackPreview>;
  /** What happened after a revision, in order: no event is ever skipped, however many processes write. */
  events(after?: number, limit?: number): Promise<readonly Commit[]>;
  /** Does what has fallen due: validities that end, retention periods that are over. */
  upkeep(): Promise<Upkeep>;
  /** Seals the audit trail up to now; gives the latest head, to keep elsewhere. */
  sealChain(): Promise<ChainHead | null>;
  /** A fresh identifier for a change set. */
  newChangeSet(): Promise<string>;
  /** A fresh identifier for a command. */
  newCommandId(): Promise<string>;
  /**
   * Gives a worker what is to be done outside, over all realms: of each subject one thing at a time, in order. Nobody else
   * gets it for so many seconds (60); what is not settled by then is given out again.
   */
  lease(worker: string, options?: { limit?: number; seconds?: number }): Promise<readonly Work[]>;
  /** Notes what became of leased work. A worker whose lease has ended settles nothing. */
  settle(worker: string, options: { done?: Iterable<Work | number>; failed?: Iterable<Failure> }): Promise<void>;
  /**
   * The neutral interface: an operation of the catalogue with its input as JSON; gives the answer as JSON, keys in order and
   * without white space. The text is the same in every language. For programs that pass JSON through, such as a server.
   */
  callText(operation: string, input: string): Promise<string>;
}

/** Why something was not done. Nothing of it was done. */
export declare class IamError extends Error {
  protected constructor();
  /** The stable code. */
  readonly code: Code;
  /** The family. */
  readonly kind: string;
  /** What usually helps; empty when there is nothing to say. */
  readonly hint: string;
  /** What it is about: an identifier or a name. */
  readonly subject: string | null;
  /** Every wrong field, when the input is wrong. */
  readonly fields: readonly FieldProblem[];
  /** More, one line each: conflicting records, remaining members. */
  readonly details: readonly string[];
  /** Whether the same call may succeed when it is tried again. */
  readonly retry: boolean;
}
/** The input is wrong; `fields` says where. */
export declare class InvalidError extends IamError {}
/** The thing asked for does not exist in this realm. */
export declare class NotFoundError extends IamError {}
/** The state of things forbids it. */
export declare class RefusedError extends IamError {}
/** Somebody else changed it meanwhile; asking again may work. */
export declare class ConflictError extends IamError {}
/** The actor may not. */
export declare class DeniedError extends IamError {}
/** A documented limit was reached. */
export declare class LimitError extends IamError {}
/** The storage failed or cannot be reached. */
export declare class StorageError extends IamError {}
/** What is stored contradicts itself. */
export declare class CorruptError extends IamError {}
