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
  ConnectorDescriptor,
  Deleted,
  Executed,
  Failure,
  FieldProblem,
  KindRules,
  OnConflict,
  Preview,
  RollbackPreview,
  Sort,
  SyncKind,
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

/**
 * The state of one thing at one version. Printing it shows no attributes: they may be personal.
 *
 * A record that was read from a list, or alone, makes its attributes when somebody first looks at one, from what it
 * brought along: it holds nothing of the database, and nothing can change it. `Object.keys`, spread, `JSON.stringify` and
 * `structuredClone` see the four properties.
 */
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

/**
 * Decisions from memory: hundreds of thousands in a second.
 *
 * What a decision needs is read when it is first asked for, and kept up with every commit of this process. Commits of other
 * processes count from the next `refresh()` on; `acme.access.can` asks the storage each time instead.
 */
export declare class Decider {
  private constructor();
  /**
   * Whether a user may do something with a record.
   *
   * @param action Such as `view` or `invoice:approve`.
   */
  can(user: string, action: string, target: string): Promise<boolean>;
  /** The same when the answer is in memory, else `null`; never waits. */
  known(user: string, action: string, target: string): boolean | null;
  /** One answer for each target, in their order. */
  canAll(user: string, action: string, targets: Iterable<string>): Promise<boolean[]>;
  /** Takes in what other processes have committed. */
  refresh(): Promise<void>;
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
  /** Decisions from memory, for any user of the realm: see `Decider`. */
  decider(): Promise<Decider>;
  /**
   * What runs beside a program: identity sources are read, messages delivered.
   *
   * @param name The worker's name; no two that run at the same time have the same.
   * @param options.connectors Your own, beside the built-in ones.
   * @param options.secrets Secrets by the names that configurations have for them: `vault:hr` names the one called `hr`.
   * @param options.messenger Delivers messages; without one they wait. The same for `handler` and other effects.
   */
  worker(name: string, options?: WorkerPorts): Worker;
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

/** One object of a source. */
export interface SourceObject {
  /** The identifier that never changes; two objects never share one, letter case counts. */
  identifier: string;
  /** Its attributes. Several values are a list; what is binary is base 64. */
  attributes: { readonly [name: string]: Value };
  /** The name that it has now, such as a distinguished name; by it others may name it. */
  name?: string | null;
}

/** What is read of a source. */
export interface Read {
  /** What kind of record the objects become. */
  readonly kind: SyncKind;
  /** The class of the objects; empty for the connector's own name of the kind. */
  readonly object_class: string;
  /** Which of them, in the connector's own syntax. */
  readonly filter: string | null;
  /** The attributes that are used; empty for all. A connector may give more. */
  readonly attributes: readonly string[];
  /** What changed since the run that ended with this token. */
  readonly since: string | null;
  /** Objects on a page, about. */
  readonly page_size: number;
}

/** One page of a source. */
export interface Objects {
  /** Objects that are there. */
  objects: readonly SourceObject[];
  /** Where the next page is; `null` at the end, and only then. */
  next?: string | null;
  /** At the end: whether objects that the read did not name are gone (`everything`) or as they were (`changes`). */
  presence?: "changes" | "everything";
  /** Identifiers of objects that are there and as they were. */
  unchanged?: readonly string[];
  /** Identifiers of objects that are gone. */
  deleted?: readonly string[];
  /** Objects that could not be read, one line each. While there are any, nothing is taken for gone. */
  unreadable?: readonly string[];
  /** At the end: where an incremental read goes on later. */
  token?: string | null;
}

/** A class of objects that a source has. */
export interface ObjectClass {
  name: string;
  attributes?: readonly string[];
}

/** A connection to a source. */
export interface Connection {
  /** The classes of objects there are. */
  classes(): readonly ObjectClass[] | Promise<readonly ObjectClass[]>;
  /** One page; the first one has no cursor. What it throws is the end of the read: what was not read is not known. */
  read(read: Read, cursor: string | null): Objects | Promise<Objects>;
  /** Signs out. */
  close?(): void | Promise<void>;
}

/** Reads one kind of source. `worker.tryConnector` runs the cases that every connector has to pass. */
export interface Connector {
  /** What it is called, which configuration it needs, what it can do. */
  readonly descriptor: ConnectorDescriptor;
  /** Connects and signs in: `secrets` has for each field of type `secret` the secret that the configuration names. */
  open(configuration: { readonly [field: string]: Value }, secrets: { readonly [field: string]: string }): Connection | Promise<Connection>;
}

/** A message that is ready to go, in the language of its reader. */
export interface Message {
  /** Names the message: the same one sent twice has the same key. */
  readonly key: string;
  readonly realm: string;
  readonly user: string;
  readonly channel: "email" | "sms";
  /** The e-mail address or phone number. */
  readonly address: string;
  /** How the user is called. */
  readonly name: string;
  readonly template: string;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly attachments: readonly { readonly name: string; readonly media_type: string; readonly content: Uint8Array }[];
}

/** Brings messages to people. Called at least once for each message: the key tells a repetition. */
export interface Messenger {
  /** Hands a message over to whoever carries it on; throws `DeliveryError` when that did not work. */
  deliver(message: Message): void | Promise<void>;
}

/** Does what is asked outside besides messages. Called at least once: `work.effect.key` tells a repetition. */
export interface EffectHandler {
  /** Carries out an effect, with the secret that it carries; throws `DeliveryError` when that did not work. */
  handle(work: Work, secret: string | null): void | Promise<void>;
}

/** What a program brings along for its worker. */
export interface WorkerPorts {
  connectors?: Iterable<Connector>;
  secrets?: { readonly [name: string]: string };
  messenger?: Messenger;
  handler?: EffectHandler;
}

/** What a run did, or would do. */
export interface RunReport {
  /** How it ended. */
  readonly state: "succeeded" | "partial" | "failed" | "stopped" | "cancelled";
  /** It looked only: nothing was written. */
  readonly look_only: boolean;
  /** All that it wrote; with it the run can be undone. */
  readonly change_set: string;
  /** What it did, by kind: `read`, `created`, `updated`, … */
  readonly counts: { readonly [kind: string]: { readonly [what: string]: number } };
  /** What somebody should look at; 500 at most. */
  readonly findings: readonly { readonly code: string; readonly message: string; readonly object?: string; readonly record?: string }[];
  /** Why it ended early. */
  readonly problem: IamError | null;
  readonly started_at: Date;
  readonly finished_at: Date;
}

/** Runs identity sources and empties the outbox. Any number of processes may have one, each with a name of its own. */
export declare class Worker {
  private constructor();
  /** Registers the connectors in the realm, so that sources can be configured; gives how many were not yet. */
  install(): Promise<number>;
  /** Connects with a configuration that is not saved yet, and tells what is there. */
  check(connector: string, configuration?: { readonly [field: string]: Value }): Promise<readonly ObjectClass[]>;
  /** Tries rules that are not saved yet on the first objects of a source; nothing is written. */
  sample(connector: string, configuration: { readonly [field: string]: Value }, kind: SyncKind, rules: KindRules, options?: { objects?: number }): Promise<readonly any[]>;
  /** Looks what a full run would do now; nothing is written, not even that it was looked. */
  preview(source: string): Promise<RunReport>;
  /** Asks for the runs that are due by the schedules of the sources; gives them. */
  schedule(): Promise<readonly string[]>;
  /** Carries out the next run that waits, or whose worker went silent; `null` when there is none. */
  run(): Promise<RunReport | null>;
  /** Takes back everything that a run did; the source looks only from then on. */
  undo(run: string): Promise<{ readonly commits: number; readonly kept: readonly string[] }>;
  /** Forgets the runs that ended before a moment; gives how many. */
  forget(before: Date): Promise<number>;
  /** Takes up to so many effects from the outbox and carries them out. Call it in a loop. */
  deliver(limit?: number): Promise<{ readonly done: number; readonly dropped: number; readonly later: number; readonly given_up: readonly string[] }>;
  /** The cases that every connector has to pass, on a source that does not change meanwhile; gives the faults. */
  tryConnector(connector: string, configuration: { readonly [field: string]: Value }, kind: SyncKind, options?: { objectClass?: string; least?: number }): Promise<readonly string[]>;
}

/** Why a source cannot be read; none of them means that something is gone. */
export declare class ConnectorError extends Error {
  /** @param message One sentence; no secret in it, and nothing personal. */
  constructor(
    kind: "unreachable" | "denied" | "configuration" | "throttled" | "token_expired" | "incomplete" | "protocol" | "unsupported",
    message: string,
    options?: { field?: string; seconds?: number },
  );
  readonly kind: string;
  readonly field: string;
  readonly seconds: number;
}

/** Why something was not done outside. */
export declare class DeliveryError extends Error {
  /** @param options.again Whether it may work later; yes unless it is said. */
  constructor(message: string, options?: { again?: boolean });
  readonly again: boolean;
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
