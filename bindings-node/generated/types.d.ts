// Generated from the catalogue by `.ci/generate`; do not edit.
import type { At, AttributeValue, Filter, Page, Record, Value } from "../index.cjs";

/** Values by name. */
export interface Record_<T> {
  [name: string]: T;
}

/** What is different in what users may do. */
export interface AccessDifference {
  /** The users for whom something is different. */
  readonly users: readonly UserAccessDifference[];
  /** How many users were looked at. */
  readonly examined: number;
  /** Everybody whom the changes can concern was looked at; else there were more than the limit. */
  readonly complete: boolean;
}

/** Something about access that is probably not meant so. */
export interface AccessFinding {
  /** What was looked for, such as `access.role_unreachable`. */
  readonly check: string;
  /** What it is about. */
  readonly subjects: readonly EntityId[];
  /** What was found. */
  readonly message: string;
}

/** An account of somebody elsewhere. */
export interface AccountElsewhere {
  /** The record about it: an object of an identity source or target, or a link to a provider. */
  readonly id: EntityId;
  /** Where it is: the identifier of the source, or the name of the provider. */
  readonly at: string;
  /** How it is called there. */
  readonly name: string;
}

/** A filter for the host's own lists. */
export interface AllowedFilter {
  /** The JSON tree of the condition; `"all"` for everything, `"none"` for nothing. */
  readonly filter: any;
  /** The same as SCIM filter text. */
  readonly text: string | null;
}

/** What is evaluated when something happens to an assignment at a person. */
export interface AssignmentEvent {
  /** `assigned` or `unassigned`. */
  readonly event: string;
  /** A CEL expression over the person's attributes and the variables; never a script. */
  readonly expression: string;
  /** Variables for the expression, as a JSON object. */
  readonly variables?: Readonly<Record_<Value>>;
}

/** The identifier of a record of the kind `assignment`. */
export type AssignmentId = string;

/** An attribute of the target and its value or values. */
export interface AssignmentValue {
  /** The target's attribute. */
  readonly attribute: string;
  /** The value; a list for several. */
  readonly value: Value;
}

/** How strong a proof of identity is. */
export type Assurance =
  /** Somebody who can read a mailbox or a text message: passcodes by e-mail and SMS, recovery codes. */
  | "low"
  /** A device that shows codes: TOTP and HOTP. */
  | "substantial"
  /** Resistant to phishing: passkeys. */
  | "high";

/** How many attempts may fail before the next one has to wait. */
export interface AttemptLimit {
  /** Failed attempts that have no consequence; 0 switches the limit off. */
  readonly attempts: number;
  /** Seconds without a failed attempt after which counting begins anew. */
  readonly window_seconds: number;
  /** Seconds that the first attempt beyond has to wait; each one after it twice as long. */
  readonly delay_seconds: number;
  /** The most seconds that an attempt has to wait. */
  readonly longest_delay_seconds: number;
}

/** What a privilege gives of one attribute. */
export type AttributeAccess =
  /** Neither seen nor changed. */
  | "none"
  /** Seen. */
  | "read"
  /** Seen and changed. */
  | "write";

/** One attribute of one kind. */
export interface AttributeDefinition {
  /** The kind of record that carries it. */
  readonly kind: Kind;
  /** The stable name for scripts and API. */
  readonly name: string;
  /** The name people see. */
  readonly label: string;
  /** The type of a single value. */
  readonly type: AttributeType;
  /** Several values allowed. */
  readonly multiple: boolean;
  /** Code points at most, texts only. */
  readonly maximum_length: number | null;
  /** The whole text must match; linear time, no back-references. */
  readonly pattern: string | null;
  /** Must be set. */
  readonly required: boolean;
  /** No two live records of the kind in the realm may share the folded value. */
  readonly unique: boolean;
  /** Filters and sorts may name it. */
  readonly searchable: boolean;
  /** Personal data: sealed in the journal under the person's key, erased on request. */
  readonly personal: boolean;
  /** Kept sealed under a key of the vault; noted in the journal without its value, and never shown. */
  readonly secret: boolean;
  /** Who may change it. */
  readonly editable: EditableBy;
  /** Who declared it. */
  readonly source: Source;
  /** Derived from edges (`organizations`, `manager`, …): searchable, never stored in the record. */
  readonly derived: boolean;
  /** The values allowed, when not any. */
  readonly allowed: readonly Value[];
  /** Filled in at creation when nothing else gives a value. */
  readonly default: Value | null;
}

/** An attribute before and after. */
export interface AttributeDifference {
  /** Its name. */
  readonly attribute: string;
  /** What it becomes. */
  readonly after: Value | null;
  /** What it was. */
  readonly before: Value | null;
}

/** The identifier of a record of the kind `attribute`. */
export type AttributeId = string;

/** One attribute, and what the source says about it. */
export interface AttributeMapping {
  /**
   * The attribute here: one of the record's own, or `organizations`, `manager`, `positions`, `groups`, `leads`,
   * `parent`, `organization`, `reports_to`, `members`, `user_type`, `organization_type`, `administrative_status`; of
   * memberships `member` and `container`.
   */
  readonly to: string;
  /** Where the value comes from. */
  readonly from: MapFrom;
  /** A CEL expression; while it is false the attribute is left alone. */
  readonly condition?: string | null;
  /** Instead of an empty value. */
  readonly default?: Value | null;
  /** Values by what the source calls them; letter case does not count. */
  readonly dictionary?: Readonly<Record_<Value>>;
  /** For references: by what the other record is named. */
  readonly reference?: ReferenceBy | null;
  /** Divides one text into several values. */
  readonly split?: string | null;
  /** How strongly it holds. */
  readonly strength?: Strength;
  /** What becomes of values that the dictionary does not list. */
  readonly unlisted?: Unlisted;
}

/** The type of an attribute's single value. */
export type AttributeType =
  /** Text of at most `maximum_length` code points. */
  | "text"
  /** A whole number of 64 bits. */
  | "integer"
  /** A number with a fraction. */
  | "number"
  /** True or false. */
  | "boolean"
  /** A calendar day, `2026-11-21`. */
  | "date"
  /** A point in time, RFC 3339, kept in UTC. */
  | "moment"
  /** An e-mail address, at most 254 octets. */
  | "email"
  /** A phone number in E.164: `+`, country code, subscriber number, at most 15 digits. */
  | "phone"
  /** A language tag, BCP 47, such as `en-US`. */
  | "language"
  /** An identifier of something the library keeps. */
  | "reference"
  /** A structure that is stored but not searched. */
  | "object";

/** One command in the audit trail. */
export interface AuditItem {
  /** Its number; also the revision of the changes it made. */
  readonly revision: number;
  /** When. */
  readonly at: Date;
  /** Who. */
  readonly actor: string;
  /** Through which door. */
  readonly channel: string;
  /** Why, in the words of the actor. */
  readonly reason: string | null;
  /** The command's name. */
  readonly command: string;
  /** The command's identifier. */
  readonly command_id: CommandId | null;
  /** The change set it belongs to. */
  readonly change_set: ChangeSetId | null;
  /** The code of the refusal; absent when it was carried out. */
  readonly refused: string | null;
  /** What it was about. */
  readonly subject: EntityId | null;
  /** What happened. */
  readonly events: readonly Event[];
}

/** What became of a batch. */
export interface Batch {
  /** The commit; absent when there was nothing to change or it was a preview. */
  readonly revision: number | null;
  /** What became of each command, in their order. */
  readonly results: readonly BatchResult[];
  /** What is or would be different. */
  readonly difference: Difference;
}

/** What refused commands of a batch mean for the others. */
export type BatchMode =
  /** One refusal refuses all. */
  | "all_or_nothing"
  /** Each command stands for itself; refused ones leave no trace in the plan. */
  | "each";

/** What became of one command of a batch. */
export interface BatchResult {
  /** What it was about. */
  readonly id: EntityId | null;
  /** Why it was refused; absent when it was not. */
  readonly problem: Problem | null;
}

/** What a connector can do. What it cannot do is done without, or refused when it is asked for. */
export interface Capabilities {
  /** An incremental read names what was deleted. */
  readonly deletes?: boolean;
  /** Takes a filter of its own syntax. */
  readonly filter?: boolean;
  /** Reads only what changed since a token. */
  readonly incremental?: boolean;
  /** A page can be asked for again later, over another connection. */
  readonly resume?: boolean;
}

/** Why a change is in the plan. */
export type Cause =
  /** The command asked for exactly this. */
  | "requested"
  /** The realm's settings or a type's form asked for it (an expiry, a default). */
  | "form"
  /** It follows from the deletion, merge or move of something else. */
  | "disposition"
  /** A due date. */
  | "timer"
  /** An undone change. */
  | "rollback"
  /** A rule: the condition of a dynamic role or group, an exclusion. */
  | "rule";

/** A place where the chain does not hold. */
export interface ChainBreak {
  readonly what: "changed" | "removed" | "inserted" | "seal" | "head";
  /** Which row. */
  readonly revision: number | null;
  /** Which seal. */
  readonly number: number | null;
}

/** A head to publish outside of the database. */
export interface ChainHead {
  /** The seal's number. */
  readonly number: number;
  /** Up to and including this revision. */
  readonly until: number;
  /** Hexadecimal SHA-256. */
  readonly head: string;
}

/** The identifier of a record of the kind `change_set`. */
export type ChangeSetId = string;

/** What becomes of that which the target has already. */
export type CloneMode =
  /** It stays, and what is missing is added. */
  | "union"
  /** Direct roles and groups that the source does not have go. */
  | "replace";

/** What cloning did, or would do. */
export interface Cloned {
  /** Roles and groups that the target gets. */
  readonly copied: readonly EntityId[];
  /** Roles and groups that the target loses. */
  readonly removed: readonly EntityId[];
  /** What was left out, and why. */
  readonly skipped: readonly Skipped[];
}

/** A column of a list. */
export interface Column {
  /** The attribute. */
  readonly attribute: string;
  /** The name people see. */
  readonly label: string;
  /** The type of its values. */
  readonly type: AttributeType;
  /** Whether the list can be sorted and filtered by it. */
  readonly searchable: boolean;
}

/** The identifier of a record of the kind `command`. */
export type CommandId = string;

/** What happened in one commit. */
export interface Commit {
  /** The commit. */
  readonly revision: number;
  /** What happened. */
  readonly events: readonly Event[];
}

/** A field of a connector's configuration. */
export interface ConfigurationField {
  /** Its name. */
  readonly name: string;
  /** The name people see. */
  readonly label: string;
  /** The values allowed, when not any. */
  readonly allowed?: readonly Value[];
  /** What holds when nothing is given. */
  readonly default?: Value | null;
  /** When it has to be filled in. */
  readonly required?: Required;
  /** The type. */
  readonly type?: FieldType;
}

/** A connector as it describes itself. */
export interface ConnectorDescriptor {
  /** The stable name, such as `ldap`. */
  readonly name: string;
  /** The name people see. */
  readonly title: string;
  /** The version of the connector. */
  readonly version: string;
  /** What it can do. */
  readonly capabilities?: Capabilities;
  /** The fields of its configuration. */
  readonly fields?: readonly ConfigurationField[];
  /**
   * Whether it reads the accounts of an operating system: these have a section of their own in the view of a user's
   * access, and none among the applications.
   */
  readonly operating_system?: boolean;
}

/** The identifier of a record of the kind `connector`. */
export type ConnectorId = string;

/** One test of whether a record here is the one that the source means. */
export interface Correlator {
  /** The attribute here. The mapping must set it; both values are compared folded. */
  readonly attribute: string;
  /** What it adds to the confidence, 0 to 1. */
  readonly weight?: number;
}

/** The identifier of a record of the kind `credential`. */
export type CredentialId = string;

/**
 * An opaque place in the list of one search. Another search refuses it.
 *
 * It holds the sort keys of a record that the reader has seen; it is encoded, not encrypted.
 */
export type Cursor = string;

/** What deleting means. */
export type DeleteMode =
  /** Out of sight, kept with everything for the retention period of the realm, can be undeleted. */
  | "soft"
  /**
   * Irreversible: personal data go, the key to the personal part of the history goes, the audit trail stays and still
   * verifies (GDPR article 17).
   */
  | "erase"
  /** Irreversible: the record itself goes. */
  | "purge";

/** Whether soft-deleted records are listed. */
export type Deleted =
  /** Live records only. */
  | "exclude"
  /** Live and deleted records. */
  | "include"
  /** Deleted records only. */
  | "only";

/** How a link gets to its user. */
export type Delivery =
  /** In a message to the user's e-mail address; nobody else sees the token. */
  | "message"
  /**
   * In the answer to the command, as `link_token`: the host delivers it. Refused for everybody else, because whoever
   * has the token can take the user's place.
   */
  | "answer";

/** The identifier of a record of the kind `device`. */
export type DeviceId = string;

/** What the doctor found. */
export interface Diagnosis {
  /** Records that were looked at. */
  readonly records: number;
  /** Unique names that were looked at. */
  readonly claims: number;
  /** Edges that were looked at. */
  readonly edges: number;
  /** Pairs of the tree's closure that were looked at. */
  readonly closure: number;
  /** Journal entries that were looked at. */
  readonly journal: number;
  /** Sealed rows of the audit trail that were looked at, those of the whole storage. */
  readonly sealed: number;
  /** Everything that is not as it should be; empty: healthy. */
  readonly findings: readonly Finding[];
}

/** Everything that is different. */
export interface Difference {
  /** Records in the order of their identifiers. */
  readonly records: readonly RecordDifference[];
  /** Edges in the order of their keys. */
  readonly edges: readonly EdgeDifference[];
  /** How people call the records that edges name, as far as it is known. */
  readonly labels: Readonly<Record_<string>>;
}

/** Which end of the edges is given. */
export type Direction =
  /** Edges that start at the record. */
  | "from"
  /** Edges that end at the record. */
  | "to";

/** What disabled a user: only the same cause, or a person, enables the user again. */
export type DisabledBy =
  /** Somebody did. */
  | "administrator"
  /** The validity ended. */
  | "expiry"
  /** A governance rule. */
  | "rule"
  /** The identity source. */
  | "source";

/**
 * What becomes of that which hangs on a deleted organization. Leads and group memberships of the organization itself
 * end in any case.
 */
export type Disposition =
  /** Sub-organizations become roots, members and positions lose the connection. */
  | "detach"
  /** Everything below goes as well, with its positions; users only lose their memberships. */
  | "cascade"
  /** Sub-organizations, members and positions go to another organization. */
  | { move_to: { target: OrganizationId } };

/** A directed connection of two records. */
export interface Edge {
  /** The first end. */
  readonly from: EntityId;
  /** The meaning. */
  readonly relation: Relation;
  /** The second end. */
  readonly to: EntityId;
  /** Why it exists; never empty. */
  readonly origins: readonly EdgeOrigin[];
  /** When it holds. */
  readonly window: Window;
  /** More about the edge, such as the user's `number` in the organization. */
  readonly attributes: Readonly<Record_<Value>>;
  /** Set when a rule keeps the edge from having effect; the decision itself is kept and comes back by itself. */
  readonly suspended: string | null;
}

/** An edge before and after. */
export interface EdgeDifference {
  /** The first end. */
  readonly from: EntityId;
  /** The meaning. */
  readonly relation: Relation;
  /** The second end. */
  readonly to: EntityId;
  /** Appears, changes, disappears. */
  readonly step: Step;
  /** What it becomes. */
  readonly after: Edge | null;
  /** What it was. */
  readonly before: Edge | null;
}

/** What identifies an edge. */
export interface EdgeKey {
  /** The first end. */
  readonly from: EntityId;
  /** The meaning. */
  readonly relation: Relation;
  /** The second end. */
  readonly to: EntityId;
}

/** Why an edge exists. Losing one origin leaves the others. */
export type EdgeOrigin =
  /** Somebody said so. */
  | "direct"
  /** A rule selected the first end. */
  | "rule"
  /** It came down the tree. */
  | "inherited"
  /** It was requested and approved. */
  | "request"
  /** An identity source said so. */
  | "sync";

/** Who may change an attribute by an ordinary update. */
export type EditableBy =
  /** Anyone who may update the record. */
  | "update"
  /** Only the command made for it (`user.disable`, `organization.transfer`, …). */
  | "command"
  /** Nobody: the engine sets it. */
  | "nobody";

/** Something to be done outside, after the commit, at least once; the key lets the doer recognise a repetition. */
export interface Effect {
  /** Such as `sessions.revoke` or `message.user_created`. */
  readonly name: string;
  /** What it concerns; effects of one subject are done in order. */
  readonly subject: EntityId;
  /** Unique for this effect of this decision. */
  readonly key: string;
  /** Identifiers and plain facts; never a secret, never personal data. */
  readonly details: Readonly<Record_<Value>>;
}

/** Everything that is linked to a user, in one view. */
export interface EffectiveAccess {
  /** The user. */
  readonly user: EntityId;
  /** Whether the user takes part at all: not deleted, locked, disabled or outside of the validity. */
  readonly active: boolean;
  /** The highest level among the roles. */
  readonly level: number;
  /** The roles that have effect, with every path. */
  readonly roles: readonly Held[];
  /** All groups, direct and by way of organizations, positions and other groups. */
  readonly groups: readonly EntityId[];
  /** The organizations that the user leads. */
  readonly leads: readonly EntityId[];
  /** The organizations that the user owns. */
  readonly owns: readonly EntityId[];
  /** The organizations that the user administers. */
  readonly administers: readonly EntityId[];
  /** Every right, those without effect too, with what is missing. */
  readonly rights: readonly Right[];
  /** Accounts in connected applications; empty in earlier states. */
  readonly applications: readonly AccountElsewhere[];
  /**
   * Accounts of operating systems: those of sources that are enabled and active and whose connector is installed and
   * says that it reads an operating system, unless the module `operating_systems` is off. Empty in earlier states.
   */
  readonly systems: readonly AccountElsewhere[];
  /** Identities at other providers; empty in earlier states. */
  readonly linked: readonly AccountElsewhere[];
}

/** What counts for a user: every rule, decided. */
export interface EffectivePolicy {
  /** Passwords. */
  readonly password: PasswordRules;
  /** Initial passwords. */
  readonly initial: InitialRules;
  /** Locking. */
  readonly lock: LockRules;
  /** Sessions. */
  readonly session: SessionRules;
  /** Second factors. */
  readonly factor: FactorRules;
  /** Links. */
  readonly link: LinkRules;
  /** What the targets of the password demand. */
  readonly targets: readonly TargetRules[];
  /** Which policy decided a rule, as `part.rule`; a rule that is not here has its default. */
  readonly decided_by: Readonly<Record_<PolicyId>>;
}

/** The identifier of a record of any kind. */
export type EntityId = string;

/** Something that happened, in the past tense; identifiers and plain facts only, nothing personal. */
export interface Event {
  /** Such as `user.renamed`. */
  readonly name: string;
  /** What it happened to. */
  readonly subject: EntityId;
  /** More: counts, identifiers, codes. */
  readonly details: Readonly<Record_<Value>>;
}

/** A command that was carried out. */
export interface Executed {
  /** The commit; `None` when there was nothing to change. */
  readonly revision: number | null;
  /** What the command was about: the created or changed record. */
  readonly id: EntityId | null;
  /** What happened. */
  readonly events: readonly Event[];
  /** The same command was committed before under the same identifier; nothing was done again. */
  readonly replayed: boolean;
  /** New secrets by name: a random password, recovery codes. This is the only time that they are shown. */
  readonly disclosed: Readonly<Record_<readonly Secret[]>>;
  /** Remarks that hindered nothing. */
  readonly remarks: readonly string[];
}

/** From what a user is exempt. */
export type Exemption =
  /** From nothing. */
  | "none"
  /** The password never expires. */
  | "expiry"
  /** Weak passwords are allowed. */
  | "strength"
  /** No restrictions. */
  | "everything";

/** An answer with its reasons. */
export interface Explanation {
  /** The decision. */
  readonly allowed: boolean;
  /** Yes: every right that allows it. No by a denial: every right that denies it. */
  readonly because: readonly Right[];
  /** No: what comes nearest to allowing it, the nearest first, each with the facts that are missing. */
  readonly nearest: readonly Right[];
  /** No: facts about no right in particular: the actor is not active, no role gives it at all. */
  readonly facts: readonly Unmet[];
  /** How many more rights come less near and are not listed. */
  readonly further: number;
}

/**
 * Second factors.
 *
 * As a policy says it: an absent rule says nothing.
 */
export interface FactorPolicy {
  /** The types that count: `totp`, `hotp`, `recovery_codes`, `email`, `sms`, `passkey`. */
  readonly allowed?: readonly string[] | null;
  /** One-time password devices of a user at most; 5. */
  readonly device_limit?: number | null;
  /** Minutes for which an enrolment that was begun can be finished; 1440. */
  readonly enrolment_minutes?: number | null;
  /** The least assurance of a factor that counts; `low`. */
  readonly minimum_assurance?: Assurance | null;
  /** Wrong entries that void a passcode; 5. */
  readonly passcode_attempts?: number | null;
  /** Minutes for which a passcode by e-mail or SMS counts; 10, and never more (OWASP ASVS 5, 6.5.5). */
  readonly passcode_minutes?: number | null;
  /** Passkeys of a user at most; 10. */
  readonly passkey_limit?: number | null;
  /** How many recovery codes a set has; 10. */
  readonly recovery_codes?: number | null;
  /** Whether a second factor is required; no. */
  readonly required?: boolean | null;
}

/**
 * Second factors.
 *
 * As it counts: every rule is decided.
 */
export interface FactorRules {
  /** Whether a second factor is required; no. */
  readonly required: boolean;
  /** The types that count: `totp`, `hotp`, `recovery_codes`, `email`, `sms`, `passkey`. */
  readonly allowed: readonly string[];
  /** The least assurance of a factor that counts; `low`. */
  readonly minimum_assurance: Assurance;
  /** One-time password devices of a user at most; 5. */
  readonly device_limit: number;
  /** Minutes for which an enrolment that was begun can be finished; 1440. */
  readonly enrolment_minutes: number;
  /** Minutes for which a passcode by e-mail or SMS counts; 10, and never more (OWASP ASVS 5, 6.5.5). */
  readonly passcode_minutes: number;
  /** Wrong entries that void a passcode; 5. */
  readonly passcode_attempts: number;
  /** How many recovery codes a set has; 10. */
  readonly recovery_codes: number;
  /** Passkeys of a user at most; 10. */
  readonly passkey_limit: number;
}

/** Work that did not succeed. */
export interface Failure {
  /** The number of the work. */
  readonly number: number;
  /** What went wrong, for whoever looks into it. No secret, nothing personal. */
  readonly reason: string;
  /** Seconds until it may be tried again, by any worker. */
  readonly again_in?: number;
}

/** A condition on another field of the configuration. */
export interface FieldIs {
  /** The other field. */
  readonly field: string;
  /** What it has to be; `None`: it must not be set. */
  readonly value?: Value | null;
}

/** What is wrong with one field of the input. */
export interface FieldProblem {
  /** The attribute or parameter. */
  readonly field: string;
  /** A stable code, such as `value.too_long`. */
  readonly code: string;
  /** What was wrong and how to mend it. */
  readonly message: string;
}

/** The type of a field of a connector's configuration. */
export type FieldType =
  /** Text. */
  | "text"
  /** A whole number. */
  | "integer"
  /** Yes or no. */
  | "boolean"
  /** The name under which the host's vault keeps a secret; never the secret itself. */
  | "secret"
  /** A structure. */
  | "object";

/** Something that is not as it should be. */
export interface Finding {
  /** A stable code such as `claim.missing`. */
  readonly code: string;
  /** What it is about. */
  readonly subject: EntityId;
  /** What is wrong. */
  readonly message: string;
}

/** One line of a form: which attribute, and whether it must be filled in. */
export interface FormField {
  /** The attribute's name. */
  readonly attribute: string;
  /** Must be filled in by whoever has this type. */
  readonly required: boolean;
}

/** What becomes of the grants of a role that is deleted. */
export type GrantDisposition =
  /** They go with it. */
  | "revoke"
  /** They become grants of the role named in `move_to`. */
  | "move";

/** The identifier of a record of the kind `group`. */
export type GroupId = string;

/** Somebody's membership in a group, a role that is held, an organization that is led. */
export interface Held {
  /** The role, group or organization. */
  readonly id: EntityId;
  /** Every way in which it reaches the user. */
  readonly paths: readonly (readonly PathStep[])[];
}

/** One change of one thing, with who, when and why. */
export interface HistoryItem {
  /** The commit. */
  readonly revision: number;
  /** Its place among the changes of the commit; with the revision, the place to read on from. */
  readonly ordinal: number;
  /** When. */
  readonly at: Date;
  /** Who. */
  readonly actor: string;
  /** Through which door. */
  readonly channel: string;
  /** The command. */
  readonly command: string;
  /** What was changed: the record, or the first end of the edge. */
  readonly subject: EntityId;
  /** Appeared, changed, disappeared. */
  readonly step: Step;
  /** Why it was part of the commit. */
  readonly cause: Cause;
  /** Personal values are part of the entry and cannot be read any more: the person was erased. */
  readonly sealed: boolean;
  /** Old and new values. */
  readonly changes: readonly AttributeDifference[];
  /** For edges: which. */
  readonly edge: EdgeKey | null;
  /** The edge before and after. */
  readonly edge_change: readonly [Edge | null, Edge | null] | null;
  /** Why, in the words of the actor. */
  readonly reason: string | null;
}

/** How one step of a path leads on. */
export type How =
  /** Is a member of the organization. */
  | "member_of"
  /** Lies below the organization. */
  | "below"
  /** Is in the group. */
  | "in_group"
  /** Holds the position. */
  | "holds"
  /** Is of the user type. */
  | "of_type"
  /** Was granted the role. */
  | "has_role"
  /** Contains the role. */
  | "includes"
  /** Stands in for the user. */
  | "stands_in_for"
  /** Owns the organization. */
  | "owns"
  /** Administers the organization. */
  | "administers"
  /** Is the one that it is about. */
  | "itself";

/**
 * Initial passwords (OWASP ASVS 5, 6.4.1).
 *
 * As a policy says it: an absent rule says nothing.
 */
export interface InitialPolicy {
  /** Characters of a random initial password; 20. */
  readonly length?: number | null;
  /** Whether it must be changed at the first sign-in; yes. What somebody else has seen must be in any case. */
  readonly must_change?: boolean | null;
  /**
   * A pattern with attributes of the user in braces, such as `Welcome-{user_number}`; empty: random. Whoever knows
   * the pattern knows the password, so the lint complains.
   */
  readonly pattern?: string | null;
  /** Hours for which it can be used; 72. */
  readonly valid_hours?: number | null;
}

/**
 * Initial passwords (OWASP ASVS 5, 6.4.1).
 *
 * As it counts: every rule is decided.
 */
export interface InitialRules {
  /** Characters of a random initial password; 20. */
  readonly length: number;
  /**
   * A pattern with attributes of the user in braces, such as `Welcome-{user_number}`; empty: random. Whoever knows
   * the pattern knows the password, so the lint complains.
   */
  readonly pattern: string;
  /** Hours for which it can be used; 72. */
  readonly valid_hours: number;
  /** Whether it must be changed at the first sign-in; yes. What somebody else has seen must be in any case. */
  readonly must_change: boolean;
}

/** How the invitation of a new user goes out. */
export interface Invitation {
  /** How the link gets to the user. */
  readonly delivery?: Delivery;
  /** The language of the message, and of the sign-up to begin with; the user's preferred one when absent. */
  readonly language?: string | null;
}

/** An organization to join, with the number there and the time. */
export interface JoinOrganization {
  /** The organization. */
  readonly organization: OrganizationId;
  /** The member's number in this organization. */
  readonly number?: string | null;
  /** When the membership holds. */
  readonly window?: Window;
}

/** The public keys by which signed tokens are checked: a JSON Web Key Set (RFC 7517). */
export interface KeySet {
  /** The keys; the first one signs at present. */
  readonly keys: readonly PublicKey[];
}

/** The kind of a thing that the library keeps. */
export type Kind =
  | "realm"
  | "user"
  | "device"
  | "user_type"
  | "organization"
  | "organization_type"
  | "position"
  | "group"
  | "template"
  | "attribute"
  | "change_set"
  | "command"
  | "role"
  | "assignment"
  | "rule"
  | "credential"
  | "policy"
  | "session"
  | "link"
  | "counter"
  | "source"
  | "shadow"
  | "sync_run"
  | "connector";

/** What the objects of one class become. */
export interface KindRules {
  /** What is done, where it is not the default. */
  readonly actions?: Readonly<Record_<SyncAction>>;
  /** How records here are found that are not linked yet. */
  readonly correlation?: readonly Tier[];
  /** Days between disabling and deleting. */
  readonly delete_after_days?: number | null;
  /** Which of them, in the connector's own syntax. */
  readonly filter?: string | null;
  /** What becomes what. */
  readonly mappings?: readonly AttributeMapping[];
  /** The class of objects as the connector calls it; the name of the kind when it is empty. */
  readonly object_class?: string;
  /** The objects are accounts; those without an owner become users by orphan-account generation. */
  readonly orphans?: boolean;
  /** A CEL expression; what it is false for does not qualify. */
  readonly qualifies?: string | null;
  /**
   * How much of each action one run may do. Without a word about it: of disabling, deleting and unlinking 10 % and
   * 1,000; of emptying values as many for each attribute (`SyncAction::Clear`). Whoever is disabled because the
   * source says so counts like those who vanished.
   */
  readonly thresholds?: Readonly<Record_<Threshold>>;
}

/** A link that was opened and can be used. */
export interface Link {
  /** The link. */
  readonly id: LinkId;
  /** Whose it is. */
  readonly user: UserId;
  /** What it is for. */
  readonly purpose: LinkPurpose;
  /** Where it was sent to. */
  readonly email: string;
  /** The language that was chosen with it. */
  readonly language: string | null;
  /** Until when it can be used. */
  readonly expires_at: Date;
}

/** The identifier of a record of the kind `link`. */
export type LinkId = string;

/**
 * Links that are sent.
 *
 * As a policy says it: an absent rule says nothing.
 */
export interface LinkPolicy {
  /** Hours for which an invitation counts; 168. */
  readonly invitation_hours?: number | null;
  /** Hours for which a link to reset the password counts; 168. */
  readonly reset_hours?: number | null;
  /** Whether users may ask for a link to reset their password themselves; yes. */
  readonly self_reset?: boolean | null;
  /** Hours for which a link to verify an address counts; 24. */
  readonly verification_hours?: number | null;
}

/** What a link is for. */
export type LinkPurpose =
  /** To complete the sign-up. */
  | "invitation"
  /** To set a new password. */
  | "password_reset"
  /** To prove that the e-mail address is one's own. */
  | "email_verification";

/**
 * Links that are sent.
 *
 * As it counts: every rule is decided.
 */
export interface LinkRules {
  /** Hours for which an invitation counts; 168. */
  readonly invitation_hours: number;
  /** Hours for which a link to reset the password counts; 168. */
  readonly reset_hours: number;
  /** Hours for which a link to verify an address counts; 24. */
  readonly verification_hours: number;
  /** Whether users may ask for a link to reset their password themselves; yes. */
  readonly self_reset: boolean;
}

/** One page of a list with all that a screen needs to show it. */
export interface ListPage {
  /** The columns, in order. */
  readonly columns: readonly Column[];
  /** The attributes that a text is looked for in. */
  readonly searched: readonly string[];
  /** The rows. */
  readonly rows: readonly ListRow[];
  /** What the records are called that the cells refer to, by identifier. */
  readonly names: Readonly<Record_<string>>;
  /** The cursor of the page after this one. */
  readonly next: Cursor | null;
  /** The cursor of the page before this one. */
  readonly previous: Cursor | null;
  /** How many rows there are, when it was asked for. */
  readonly total: number | null;
}

/** A row of a list. */
export interface ListRow {
  /** The record. */
  readonly id: EntityId;
  /** What people call it. */
  readonly name: string;
  /** The values of the columns that are set. */
  readonly cells: Readonly<Record_<Value>>;
  /** The named status; users only. */
  readonly status: string | null;
  /** The number in the organization; lists of members only. */
  readonly number: string | null;
}

/**
 * Locking after failed attempts.
 *
 * As a policy says it: an absent rule says nothing.
 */
export interface LockPolicy {
  /** Failures in a row that lock; 10. 0: never. */
  readonly attempts?: number | null;
  /** Seconds that must pass after the third failure; doubled with each one that follows; 0: no delay. */
  readonly delay_seconds?: number | null;
  /**
   * Minutes that the first lock lasts; doubled with each one that follows without a success between; 15. 0: until an
   * administrator unlocks.
   */
  readonly duration_minutes?: number | null;
  /** The most minutes that a lock lasts; 1440. */
  readonly maximum_minutes?: number | null;
  /** Minutes after which a row of failures is forgotten; 60. */
  readonly window_minutes?: number | null;
}

/**
 * Locking after failed attempts.
 *
 * As it counts: every rule is decided.
 */
export interface LockRules {
  /** Failures in a row that lock; 10. 0: never. */
  readonly attempts: number;
  /** Minutes after which a row of failures is forgotten; 60. */
  readonly window_minutes: number;
  /** Seconds that must pass after the third failure; doubled with each one that follows; 0: no delay. */
  readonly delay_seconds: number;
  /**
   * Minutes that the first lock lasts; doubled with each one that follows without a success between; 15. 0: until an
   * administrator unlocks.
   */
  readonly duration_minutes: number;
  /** The most minutes that a lock lasts; 1440. */
  readonly maximum_minutes: number;
}

/** Where a value comes from. */
export type MapFrom =
  /** An attribute of the source's record; letter case does not count. */
  | { attribute: string }
  /** Always the same value. */
  | { constant: AttributeValue }
  /** A CEL expression over `source` (the attributes; texts, or lists of texts) and `now`. */
  | { expression: string };

/**
 * The template of a message. `{name}`, `{realm}`, `{link}`, `{secret}`, `{until}` and every attribute of the user are
 * replaced by their values; in HTML they are escaped.
 */
export interface MessageTemplate {
  /** The subject line. */
  readonly subject: string;
  /** The text. */
  readonly text: string;
  /** The same as HTML, for readers that prefer it. */
  readonly html: string | null;
}

/** What to do when sub-organizations of both have the same name. */
export type NameClashes =
  /** Report all of them and change nothing. */
  | "refuse"
  /** Go on: the names of organizations need not be unique. */
  | "keep";

/** What a decision is about: a record, something of the host's, or anything of a kind. */
export type On =
  /** A record. */
  | { record: EntityId }
  /** A resource of the host. */
  | { resource: Resource }
  /** Anything of a kind: may it be done at all? */
  | { kind: string };

/** How the values of an assignment meet those of the target. */
export type OnAssignment =
  /** They are added to the values that are there. */
  | "merge"
  /** They take the place of what is there. */
  | "replace";

/** What happens to things that were changed since. */
export type OnConflict =
  /** Nothing is undone. */
  | "refuse"
  /** They stay as they are; the rest is undone. */
  | "skip";

/** What becomes of the values of an assignment that is lost. */
export type OnUnassignment =
  /** Exactly the listed values go. */
  | "remove"
  /** They stay. */
  | "none";

/** The identifier of a record of the kind `organization`. */
export type OrganizationId = string;

/** The identifier of a record of the kind `organization_type`. */
export type OrganizationTypeId = string;

/** The hash below the HMAC of a one-time password. */
export type OtpAlgorithm =
  /** SHA-1: what every authenticator knows. */
  | "SHA1"
  /** SHA-256. */
  | "SHA256"
  /** SHA-512. */
  | "SHA512";

/** What kind of one-time passwords a device shows. */
export type OtpType =
  /** By time (RFC 6238): authenticator applications. */
  | "totp"
  /** By counter (RFC 4226): tokens with a button. */
  | "hotp";

/** How a passcode gets to the user. */
export type PasscodeChannel =
  /** To the user's e-mail address. */
  | "email"
  /** To the user's phone. */
  | "sms";

/** What a browser is asked with to show a passkey. */
export interface PasskeyChallenge {
  /** JSON for `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get`. */
  readonly options: string;
  /** Until when the answer counts. */
  readonly expires_at: Date;
}

/**
 * Passwords (NIST SP 800-63B-4, 3.1.1).
 *
 * As a policy says it: an absent rule says nothing.
 */
export interface PasswordPolicy {
  /** Whether an administrator may choose or see a password at all; yes, and then it must be changed at once. */
  readonly administrator_allowed?: boolean | null;
  /** Hours for which a password that an administrator knows can be used; 72. */
  readonly administrator_hours?: number | null;
  /** More passwords that are refused as a whole, in any letter case: those of a breach, those of the house. */
  readonly blocked?: readonly string[] | null;
  /** Whether the password as a whole is compared with the list of common passwords; yes. */
  readonly common_refused?: boolean | null;
  /** Words that may not make up the password, beside the names and addresses of the user: the product, the company. */
  readonly context_words?: readonly string[] | null;
  /** Whether single users may be exempt from expiry or strength; yes. */
  readonly exemptions_allowed?: boolean | null;
  /** How many of the former passwords may not come back; 0. */
  readonly history?: number | null;
  /** Days after which the password must be changed; 0: never (NIST: no periodic change). */
  readonly maximum_age_days?: number | null;
  /** Code points at most; 256. Below 64 the lint complains. */
  readonly maximum_length?: number | null;
  /** Hours before a user may change the password again; 0. An administrator always may. */
  readonly minimum_age_hours?: number | null;
  /** Code points at least; 15. */
  readonly minimum_length?: number | null;
  /** Code points at least where a second factor is required as well; 8. */
  readonly minimum_length_with_factor?: number | null;
  /** The least estimated strength, 0 to 4 of zxcvbn; 2. */
  readonly minimum_score?: number | null;
}

/**
 * Passwords (NIST SP 800-63B-4, 3.1.1).
 *
 * As it counts: every rule is decided.
 */
export interface PasswordRules {
  /** Code points at least; 15. */
  readonly minimum_length: number;
  /** Code points at least where a second factor is required as well; 8. */
  readonly minimum_length_with_factor: number;
  /** Code points at most; 256. Below 64 the lint complains. */
  readonly maximum_length: number;
  /** Whether the password as a whole is compared with the list of common passwords; yes. */
  readonly common_refused: boolean;
  /** More passwords that are refused as a whole, in any letter case: those of a breach, those of the house. */
  readonly blocked: readonly string[];
  /** Words that may not make up the password, beside the names and addresses of the user: the product, the company. */
  readonly context_words: readonly string[];
  /** The least estimated strength, 0 to 4 of zxcvbn; 2. */
  readonly minimum_score: number;
  /** How many of the former passwords may not come back; 0. */
  readonly history: number;
  /** Hours before a user may change the password again; 0. An administrator always may. */
  readonly minimum_age_hours: number;
  /** Days after which the password must be changed; 0: never (NIST: no periodic change). */
  readonly maximum_age_days: number;
  /** Whether single users may be exempt from expiry or strength; yes. */
  readonly exemptions_allowed: boolean;
  /** Whether an administrator may choose or see a password at all; yes, and then it must be changed at once. */
  readonly administrator_allowed: boolean;
  /** Hours for which a password that an administrator knows can be used; 72. */
  readonly administrator_hours: number;
}

/** One step of a path from an actor to a right. */
export interface PathStep {
  /** From here … */
  readonly from: EntityId;
  /** … in this way … */
  readonly how: How;
  /** … to there. */
  readonly to: EntityId;
}

/** A place in the journal: that of one change. */
export interface Place {
  /** The commit. */
  readonly revision: number;
  /** The change's place in the commit. */
  readonly ordinal?: number;
}

/** The identifier of a record of the kind `policy`. */
export type PolicyId = string;

/** What a policy says. Parts and rules that are absent say nothing. */
export interface PolicyParts {
  /** Second factors. */
  readonly factor?: FactorPolicy;
  /** Initial passwords. */
  readonly initial?: InitialPolicy;
  /** Links. */
  readonly link?: LinkPolicy;
  /** Locking. */
  readonly lock?: LockPolicy;
  /** Passwords. */
  readonly password?: PasswordPolicy;
  /** Sessions. */
  readonly session?: SessionPolicy;
  /** What the targets of the password demand. */
  readonly targets?: readonly TargetRules[];
}

/** The identifier of a record of the kind `position`. */
export type PositionId = string;

/** What a command would do. */
export interface Preview {
  /** What would be different. */
  readonly difference: Difference;
  /** What would happen. */
  readonly events: readonly Event[];
  /** What would go out: messages, calls, provisioning. */
  readonly effects: readonly Effect[];
  /** What the command is about. */
  readonly id: EntityId | null;
  /** Remarks that hinder nothing. */
  readonly remarks: readonly string[];
}

/** What an internal role allows or denies on one kind of thing. */
export interface Privilege {
  /** The kind: `user`, `device`, …, or a kind of the host's own such as `invoice`. */
  readonly kind: string;
  /** `view`, `create`, `update`, `delete`, others such as `reset_password` or the host's own, `*` for all. */
  readonly actions?: readonly string[];
  /** Attribute → access; `*` for those that are not named. Without a word: read-only. */
  readonly attributes?: Readonly<Record_<AttributeAccess>>;
  /** Whether it gives or takes. */
  readonly effect?: PrivilegeEffect;
  /** The holders whom it serves, as filter text or tree over users; kept apart from the target. */
  readonly holder?: Filter | null;
  /** The things it is about, as filter text or tree: it overrides the view, create, update and delete options. */
  readonly target?: Filter | null;
}

/** Whether a privilege gives or takes. */
export type PrivilegeEffect =
  /** Gives. */
  | "allow"
  /** Takes, whatever else gives. */
  | "deny";

/** A problem with everything that a caller may want to know, whether it is empty or not. */
export interface Problem {
  /** The stable code. */
  readonly code: string;
  /** The family. */
  readonly kind: ProblemKind;
  /** One sentence for people. */
  readonly message: string;
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

/** The family of a problem; bindings make one exception class of each. */
export type ProblemKind =
  /** The input is wrong; the fields say where. */
  | "invalid"
  /** The thing asked for does not exist in this realm. */
  | "not_found"
  /** The state of things forbids it. */
  | "refused"
  /** Somebody else changed it meanwhile; asking again may work. */
  | "conflict"
  /** The actor may not. */
  | "denied"
  /** A documented limit was reached. */
  | "limit"
  /** The storage failed or cannot be reached. */
  | "storage"
  /** What is stored contradicts itself. */
  | "corrupt";

/** One public key: a JSON Web Key (RFC 7517). */
export interface PublicKey {
  /** The type of the key: `OKP` or `EC`. */
  readonly kty: string;
  /** The curve: `Ed25519` or `P-256`. */
  readonly crv: string;
  /** The key, or its first coordinate, in base 64 for URLs. */
  readonly x: string;
  /** Which key it is: its thumbprint (RFC 7638). */
  readonly kid: string;
  /** The algorithm: `EdDSA` or `ES256`. */
  readonly alg: string;
  /** What it is for: `sig`. */
  readonly use: string;
  /** The second coordinate of a key on `P-256`. */
  readonly y: string | null;
}

/** A QR code as pictures. */
export interface QrCode {
  /** As SVG. */
  readonly svg: string;
  /** As PNG, base 64. */
  readonly png: string;
}

/** The identifier of a record of the kind `realm`. */
export type RealmId = string;

/** A record before and after. */
export interface RecordDifference {
  /** Which record. */
  readonly id: EntityId;
  /** How people call it. */
  readonly label: string;
  /** Appears, changes, disappears. */
  readonly step: Step;
  /** What is different, by attribute; without the notes of who touched it when. */
  readonly changes: readonly AttributeDifference[];
  /** Why; `None` for the difference of two moments. */
  readonly cause: Cause | null;
}

/** By what a source names another record. */
export type ReferenceBy =
  /** By the identifier that the source gives it. */
  | "identifier"
  /** By the name that the source gives it, such as a distinguished name. */
  | "name"
  /** By the value of an attribute of the record here, such as `code`. */
  | { attribute: string };

/** How far a person has come in signing up. */
export type Registration =
  /** Nothing to do: the account can be used. */
  | "complete"
  /** The account exists, nobody was invited yet. */
  | "not_invited"
  /** The account exists, and an invitation goes out with its creation. */
  | "invited";

/** The meaning of an edge, read from the first end to the second. The number is stored and never reused. */
export type Relation =
  /** A user or device belongs to an organization; the edge carries the number there. */
  | "member_of"
  /** A user, organization, position or group is in a group. */
  | "in_group"
  /** A user reports to a user; the inverse is the list of direct reports. */
  | "reports_to"
  /** A user leads an organization. */
  | "leads"
  /** A user holds a position. */
  | "holds"
  /** A shared account is used by an identity. */
  | "used_by"
  /**
   * A user, device, group, organization, position or user type holds a role. Attributes: `inherit` (organizations:
   * also everything below), `within` (acts on these organizations and what is below them only), `time_zone`.
   */
  | "has_role"
  /** A role contains another: who holds the first holds the second. Never a circle. */
  | "includes_role"
  /** An external role carries an assignment. */
  | "carries"
  /** A user owns an organization with everything below it. */
  | "owns"
  /** A user administers an organization with everything below it. */
  | "administers"
  /** A user stands in for another user for a time. Attribute `roles`: with these roles only. */
  | "deputizes"
  /** While somebody holds the first role, the second is not in effect for them. Directed; nothing is destroyed. */
  | "excludes"
  /** The first role may be given only to somebody who holds the second. */
  | "requires";

/** Where passkeys belong to: the relying party of WebAuthn. */
export interface RelyingParty {
  /** The domain, such as `example.com`; passkeys work there and below, and cannot be moved to another one. */
  readonly rp_id: string;
  /** The pages that may ask for passkeys, such as `https://login.example.com`; `http` for `localhost` only. */
  readonly origins: readonly string[];
  /** What people read when they are asked; the domain when absent. */
  readonly rp_name: string | null;
}

/** When a field of a connector's configuration has to be filled in. */
export type Required =
  /** Always. */
  | "always"
  /** Never. */
  | "never"
  /** Only when all of these hold, and then it must be. */
  | { when: readonly (FieldIs)[] };

/** What a user has to do before the session opens. */
export type RequiredAction =
  /** Set a new password. */
  | "change_password"
  /** Open the link that proves the e-mail address. */
  | "verify_email"
  /** Enrol a second factor. */
  | "enrol_factor"
  /** Accept the present terms. */
  | "accept_terms";

/** What a password is reset to. */
export type ResetTo =
  /** What the policy for initial passwords produces. */
  | "initial"
  /** A random one. */
  | "random";

/** What somebody decided about an object that waits. */
export type Resolution =
  /** It is none that is here: the next run creates one. */
  | "create"
  /** It is left alone from now on. */
  | "ignore"
  /** The next run tries again. */
  | "retry"
  /** It is this record. */
  | { link: EntityId };

/** Something of the host's own that a decision is about. */
export interface Resource {
  /** Its kind, such as `invoice`. */
  readonly kind: string;
  /** What target filters may ask about, by name. */
  readonly attributes?: Readonly<Record_<Value>>;
  /** The organizations that it belongs to: grants that act within an organization reach it by these. */
  readonly organizations?: readonly OrganizationId[];
}

/** One right of somebody, with the path on which it reaches them. */
export interface Right {
  /** Where it comes from. */
  readonly source: RightSource;
  /** Gives or takes. */
  readonly effect: PrivilegeEffect;
  /** The kind; `*` for every kind. */
  readonly kind: string;
  /** The actions; `*` for every action. */
  readonly actions: readonly string[];
  /** What may be done with attributes; `*` for those that are not named. */
  readonly attributes: Readonly<Record_<AttributeAccess>>;
  /** It acts within these organizations only; empty for everywhere. */
  readonly within: readonly EntityId[];
  /** How it reaches the actor. */
  readonly path: readonly PathStep[];
  /** What is missing for it to have effect; empty when it has. */
  readonly missing: readonly Unmet[];
  /** It acts on these records only. */
  readonly target: any;
}

/** Where a right comes from. */
export interface RightSource {
  readonly from: "role" | "owner" | "administrator" | "itself";
  /** The role. */
  readonly role: EntityId | null;
  /** The privilege's place in the role, from 0. */
  readonly privilege: number | null;
  /** The organization. */
  readonly organization: EntityId | null;
}

/** How risky the host takes an attempt to be: its hook into every sign-in. */
export type Risk =
  /** As usual. */
  | "normal"
  /** A second factor is asked for, whatever the policy says. */
  | "elevated"
  /** Nobody gets in this way; the answer is that of a wrong password. */
  | "refused";

/** The identifier of a record of the kind `role`. */
export type RoleId = string;

/** What a role is for. */
export type RoleType =
  /** Authorizes: its privileges say what its holders may do here. */
  | "internal"
  /** Provisions: its assignments say what its holders get in targets. */
  | "external";

/** What undoing would do. */
export interface RollbackPreview {
  /** What would be different. */
  readonly difference: Difference;
  /** One line for each thing that was changed since or cannot be undone. */
  readonly conflicts: readonly string[];
  /** Effects that went out and do not come back, such as messages. */
  readonly irrevocable: readonly string[];
}

/** Who would come and go if a role or group had another condition. */
export interface RuleDifference {
  /** How many would be selected who are not members by rule now. */
  readonly gainers: number;
  /** How many members by rule would not be selected. */
  readonly losers: number;
  /** The first gainers, by identifier. */
  readonly first_gainers: readonly EntityId[];
  /** The first losers, by identifier. */
  readonly first_losers: readonly EntityId[];
}

/** What a run does. */
export type RunMode =
  /** Reads everything, and finds what vanished. */
  | "full"
  /** Reads what changed since the last run; everything where the source cannot tell. */
  | "incremental"
  /** Reads what a filter selects; never finds what vanished. */
  | "filtered";

/** A secret in the clear. It is not kept as it is, and not shown again. */
export type Secret = string;

/** How people register by themselves. It takes three things, and the module `customer_identity`. */
export interface SelfRegistration {
  /** Registration is switched on. */
  readonly enabled: boolean;
  /** The sign-in page has a link to the registration. */
  readonly linked: boolean;
  /** What has to be filled in; without a form nobody can register. */
  readonly form: readonly FormField[];
  /** The type of those who register. */
  readonly user_type: UserTypeId | null;
  /** Whether a link is sent to verify the e-mail address. */
  readonly verify_email: boolean;
}

/** A session that is open, or a sign-in under way. */
export interface Session {
  /** The session. */
  readonly id: SessionId;
  /** Who is signed in. */
  readonly user: UserId;
  /** How sure one may be of it: 1 for one factor, 2 for two, 3 for two of which one is hardware. */
  readonly assurance: number;
  /** How the user proved to be the user. */
  readonly methods: readonly string[];
  /** When the session began. */
  readonly opened_at: Date;
  /** When the user last showed a proof. */
  readonly authenticated_at: Date;
  /** When it was last used, within a tenth of the idle time. */
  readonly used_at: Date;
  /** When it ends at the latest. */
  readonly expires_at: Date;
  /** The application. */
  readonly application: string | null;
  /** The network address that it was opened from. */
  readonly address: string | null;
  /** The device or browser, in its own words. */
  readonly agent: string | null;
}

/** The identifier of a record of the kind `session`. */
export type SessionId = string;

/** Where a session comes from. */
export interface SessionOrigin {
  /** The network address that the user comes from. */
  readonly address?: string | null;
  /** The device or browser, in its own words. */
  readonly agent?: string | null;
  /** The application that the user signs in to. */
  readonly application?: string | null;
}

/**
 * Sessions (NIST SP 800-63B-4, 5.2).
 *
 * As a policy says it: an absent rule says nothing.
 */
export interface SessionPolicy {
  /** Minutes after which a session ends whatever happens; 1440. */
  readonly absolute_minutes?: number | null;
  /** Minutes for which an access token counts; 10. */
  readonly access_minutes?: number | null;
  /** Minutes for which a proof counts as fresh, for what asks for a fresh one; 15. */
  readonly fresh_minutes?: number | null;
  /** Minutes without a request after which a session ends; 60. */
  readonly idle_minutes?: number | null;
  /** Sessions at the same time; 0: any number. */
  readonly maximum?: number | null;
}

/**
 * Sessions (NIST SP 800-63B-4, 5.2).
 *
 * As it counts: every rule is decided.
 */
export interface SessionRules {
  /** Minutes without a request after which a session ends; 60. */
  readonly idle_minutes: number;
  /** Minutes after which a session ends whatever happens; 1440. */
  readonly absolute_minutes: number;
  /** Minutes for which an access token counts; 10. */
  readonly access_minutes: number;
  /** Sessions at the same time; 0: any number. */
  readonly maximum: number;
  /** Minutes for which a proof counts as fresh, for what asks for a fresh one; 15. */
  readonly fresh_minutes: number;
}

/** The tokens of a session. This is the only time that they are shown. */
export interface SessionTokens {
  /** The session. */
  readonly session: Session;
  /** What names the session at each request: for a cookie or an `Authorization` header. */
  readonly token: Secret;
  /** When the token runs out, where a refresh token goes with it. */
  readonly token_until: Date | null;
  /** What fetches the next tokens, once. */
  readonly refresh_token: Secret | null;
}

/** The settings of a realm. Every field has a default, so an empty object is a valid setting. */
export interface Settings {
  /** Attributes that are unique in addition to those that are declared so, as `kind.attribute`. */
  readonly unique: readonly string[];
  /** Whether soft-deleted records keep their unique names (off). */
  readonly deleted_keep_names: boolean;
  /** Days in which a soft-deleted record can be undeleted. */
  readonly retention_days: number;
  /** Attributes that must be set on every user, in addition to the declared ones (`email`). */
  readonly required: readonly string[];
  /** Attributes that lists show, by kind; empty: the usual ones of the kind. */
  readonly displayed: Readonly<Record_<readonly string[]>>;
  /** Searchable attributes that this realm does not search, as `kind.attribute`. */
  readonly not_searched: readonly string[];
  /** Whether the organization tree shows positions. */
  readonly tree_shows_positions: boolean;
  /** By which attribute siblings in the tree are sorted: `sort_order` or `name`. */
  readonly tree_sort: string;
  /** By which number members of an organization are sorted: `user_number` or `number`. */
  readonly member_sort: string;
  /** In which terms the status of users is told where a question does not say. */
  readonly status_view: StatusView;
  /** The form of positions. */
  readonly position_form: readonly FormField[];
  /** What blocking, disabling, locking, archiving and deleting do beyond themselves. */
  readonly status_effects: Readonly<Record_<readonly StatusEffect[]>>;
  /** Whether messages go out, by event name; absent means off. */
  readonly messages: Readonly<Record_<boolean>>;
  /**
   * Applications downstream that are told of users, organizations and positions, by a name of the host's choice; each
   * gets effects `provision.*` through the outbox.
   */
  readonly downstream: readonly string[];
  /** Whether locks are passed on downstream, too (off). */
  readonly provision_locks: boolean;
  /** Texts of messages in the place of the built-in ones: by message type, then by language tag. */
  readonly message_templates: Readonly<Record_<Readonly<Record_<MessageTemplate>>>>;
  /** Where the links in messages lead to, by message type, with `{token}` for the token. */
  readonly message_links: Readonly<Record_<string>>;
  /** Modules that are switched off: `lifecycle`, `bulk`, `search`, `self_registration`, …. */
  readonly features_off: readonly string[];
  /**
   * Attributes of their own record that users may change themselves: contact data and preferences. Not the e-mail
   * address unless it is added: who changes it may be able to sign in by it.
   */
  readonly self_service: readonly string[];
  /** How people sign in. */
  readonly sign_in: SignInSettings;
  /** Whether and how people register by themselves. */
  readonly self_registration: SelfRegistration;
}

/** The identifier of a record of the kind `shadow`. */
export type ShadowId = string;

/** How an object of a source stands. */
export type ShadowState =
  /** Linked to a record. */
  | "linked"
  /** Somebody has to look: nobody can tell which record it is. */
  | "review"
  /** What the source says could not be written; the next run tries again. */
  | "failed"
  /** Gone at the source. */
  | "missing"
  /** Left alone on purpose. */
  | "ignored";

/** A sign-in under way, for the host that helps with its next step. */
export interface SignInFlow {
  /** Who is signing in: the identifier and the first proof were right. */
  readonly user: UserId;
  /** The factors of which one has to be shown. */
  readonly factors: readonly string[];
  /** What has to be done. */
  readonly actions: readonly RequiredAction[];
  /** Until when. */
  readonly expires_at: Date;
}

/** What a user shows or does in the course of a sign-in. */
export interface SignInProof {
  readonly kind: "code" | "recovery_code" | "passkey" | "new_password" | "accept_terms" | "done";
  /** The code. */
  readonly code?: Secret | null;
  /** The answer, as JSON text: `JSON.stringify(credential)`. */
  readonly response?: Secret | null;
  /** The new password. */
  readonly password?: Secret | null;
}

/** How people sign in. */
export interface SignInSettings {
  /** The unique attributes of users by which they say who they are, in the order in which they are tried. */
  readonly identifiers: readonly string[];
  /** How many failed attempts one identifier has. */
  readonly identifier_limit: AttemptLimit;
  /** How many failed attempts one network address has. */
  readonly address_limit: AttemptLimit;
  /** How many failed attempts the whole realm has. */
  readonly realm_limit: AttemptLimit;
  /** Whether a blocked user who shows the right password is told so, or gets the answer of everybody else. */
  readonly answer_blocked: boolean;
  /** Seconds in which a refresh token is taken once more, for answers that got lost; 0 to 60. */
  readonly refresh_grace_seconds: number;
  /** Whether nobody gets in before the e-mail address was verified. */
  readonly require_verified_email: boolean;
  /**
   * Names of the keys in the vault that sign access tokens: the first one signs, all of them verify. A name is of a
   * key for EdDSA; with `ES256:` in front, of one for ES256.
   */
  readonly signing_keys: readonly string[];
  /** The version of the terms that have to be accepted before one gets in. */
  readonly terms: string | null;
  /** Where passkeys belong to; absent: there are none. */
  readonly passkeys: RelyingParty | null;
}

/** What a signed token says. */
export interface SignedClaims {
  /** The realm that it comes from. */
  readonly iss: string;
  /** The user. */
  readonly sub: UserId;
  /** For whom it is. */
  readonly aud: string;
  /** The session: whoever can ask back asks for it. */
  readonly sid: SessionId;
  /** When it was issued, in seconds since 1970. */
  readonly iat: number;
  /** When it runs out, in seconds since 1970. */
  readonly exp: number;
  /** How sure one may be of the user: `1`, `2` or `3`. */
  readonly acr: string;
  /** How the user proved to be the user. */
  readonly amr: readonly string[];
}

/** How far a sign-in has come. */
export interface SignedIn {
  readonly state: "open" | "pending";
  /** The session. */
  readonly session: Session | null;
  /** What names the session at each request: for a cookie or an `Authorization` header. */
  readonly token: Secret | null;
  /** When the token runs out, where a refresh token goes with it. */
  readonly token_until: Date | null;
  /** What fetches the next tokens, once. */
  readonly refresh_token: Secret | null;
  /** Names the sign-in at the next step. It changes with every step. */
  readonly flow_token: Secret | null;
  /** The factors of which one has to be shown; empty when something has to be done instead. */
  readonly factors: readonly string[] | null;
  /** What has to be done before the session opens. */
  readonly actions: readonly RequiredAction[] | null;
  /** Until when the sign-in has to be finished. */
  readonly expires_at: Date | null;
}

/** How a record of the source, its link and records here stand to each other. */
export type Situation =
  /** Linked, and the record is here. */
  | "confirmed"
  /** Not linked; exactly one record here fits, and no other link of this source leads to it. */
  | "found"
  /** Not linked; the one record that fits is linked to another record of this source. */
  | "found_already_linked"
  /** Not linked, and nothing here fits. */
  | "absent"
  /** Not linked, and several fit, or none with enough confidence. */
  | "ambiguous"
  /** Linked, but the record is no longer here. */
  | "target_missing"
  /** Does not qualify any more, but is linked. */
  | "unqualified"
  /** Does not qualify, and is not linked. */
  | "ignored"
  /** Linked and here, but gone at the source. */
  | "source_missing"
  /** Gone at both ends; only the link is left. */
  | "all_gone";

/** A role or group that was not copied. */
export interface Skipped {
  /** The role or group. */
  readonly id: EntityId;
  /** Why: a code such as `access.denied`, `role.separation`, `inherited` or `held`. */
  readonly code: string;
  /** The reason in a sentence. */
  readonly reason: string;
}

/**
 * One attribute to sort by.
 *
 * The order is total: by the sort keys one after the other (an attribute that is not set has the empty key, so it
 * comes first ascending and last descending), then by id, always ascending.
 */
export interface Sort {
  /** The attribute's name. */
  readonly attribute: string;
  /** From the greatest to the least. */
  readonly descending?: boolean;
}

/** Who declared the attribute. */
export type Source =
  /** Part of the library. */
  | "builtin"
  /** Declared in the realm by `attribute.define`. */
  | "custom";

/** The identifier of a record of the kind `source`. */
export type SourceId = string;

/** Whether a source may change anything. */
export type SourceMode =
  /** Runs show what they would do, and do nothing. Every new source starts so. */
  | "look_only"
  /** Runs do what they say. */
  | "active";

/** How what a source says becomes records. */
export interface SourceRules {
  /** Whether somebody is told when a run fails. */
  readonly alerts?: boolean;
  /** For each kind that the source has. */
  readonly kinds?: Readonly<Record_<KindRules>>;
  /** A record whose mapped values are what they were is not looked at further. */
  readonly only_changes?: boolean;
  /** Objects on a page. */
  readonly page_size?: number;
}

/** What a change of status does beyond itself. Data, with two named presets. */
export type StatusEffect =
  /** Signing in is refused. */
  | "refuse_sign_in"
  /** Refreshing a session is refused. */
  | "refuse_refresh"
  /** Open sessions end. */
  | "revoke_sessions"
  /** Tokens that were handed out become invalid. */
  | "revoke_tokens";

/** A named view of the status. */
export type StatusView =
  /** `enabled` or `disabled`, and `/locked` or `/unlocked`. */
  | "matrix"
  /** `active`, `inactive`, `locked`, `suspended`, `archived`. */
  | "lifecycle"
  /** `not_invited`, `pending_invitation`, `expired_invitation`, `active`, `blocked`. */
  | "customer";

/** The direction of a change. */
export type Step =
  /** It was not there before. */
  | "create"
  /** It is there before and after. */
  | "update"
  /** It is not there afterwards. */
  | "remove";

/** How strongly a mapping holds. */
export type Strength =
  /** Fills in what is empty, and changes nothing that is there. */
  | "weak"
  /** Follows the source whenever its record changed. */
  | "normal"
  /** Also brings back what somebody changed here, whenever the record is looked at. */
  | "strong";

/** What a run does about one record. */
export type SyncAction =
  /** A record is created and linked. */
  | "create"
  /** The record is changed to what the source says, and linked. */
  | "update"
  /** The record is linked and otherwise left alone. */
  | "link"
  /** The link goes; the record stays. */
  | "unlink"
  /** The record is disabled. */
  | "disable"
  /** The record is disabled now, and deleted after the delay. */
  | "disable_then_delete"
  /** The record is deleted. */
  | "delete"
  /** Nothing is done before somebody has looked. */
  | "review"
  /** It is noted. */
  | "report"
  /** Nothing. */
  | "ignore"
  /**
   * An attribute of the record is emptied, or a list of references that the source gave. It is part of an update;
   * only thresholds name it.
   */
  | "clear";

/** What kind of record the objects of a source become. */
export type SyncKind =
  /** Organizations. */
  | "organization"
  /** Positions. */
  | "position"
  /** Groups. */
  | "group"
  /** Users. */
  | "user"
  /** Pairs of a member and what it is a member of, where a source keeps them apart from both. */
  | "membership";

/** The identifier of a record of the kind `sync_run`. */
export type SyncRunId = string;

/** The demands of one target. */
export interface TargetRules {
  /** Whether only printable ASCII is accepted. */
  readonly ascii_only?: boolean;
  /** Digits at least. */
  readonly digits?: number;
  /** Characters that are not accepted. */
  readonly forbidden?: readonly string[];
  /** Lower-case letters at least. */
  readonly lower_case?: number;
  /** Characters at most; 0: any number. */
  readonly maximum_length?: number;
  /** Characters at least. */
  readonly minimum_length?: number;
  /**
   * Whether the password is handed to the target in the clear whenever it is set: sealed, in the outbox, until it was
   * published or the time is over.
   */
  readonly publish?: boolean;
  /** Minutes for which it waits to be published; 60. */
  readonly publish_minutes?: number;
  /** Characters at least that are neither letters nor digits. */
  readonly symbols?: number;
  /** The only symbols that are accepted; empty: any. */
  readonly symbols_allowed?: readonly string[];
  /** The name of the target. */
  readonly target?: string;
  /** Upper-case letters at least. */
  readonly upper_case?: number;
}

/** The identifier of a record of the kind `template`. */
export type TemplateId = string;

/** How much of one action a single run may do. Both bounds hold. */
export interface Threshold {
  /** So many at most. */
  readonly count?: number | null;
  /** So many of a hundred of the records that are linked when the run starts. */
  readonly percent?: number | null;
}

/** Tests that are made together. A tier that finds exactly one certain record is the last one asked. */
export interface Tier {
  /** The tests. */
  readonly correlators: readonly Correlator[];
  /** From this confidence on a record is certain; below it somebody has to look. */
  readonly certain?: number;
}

/** The time in which a role or a grant holds: from the start on and before the end, both open when absent. */
export interface TimeConstraint {
  /** As the start. */
  readonly end?: string | null;
  /** RFC 3339 with an offset, or a local date and time such as `2026-12-01T09:00` in `time_zone`. */
  readonly start?: string | null;
  /** An offset relative to GMT such as `GMT+02:00`; without it local times are in GMT. */
  readonly time_zone?: string | null;
}

/** A node of the organization tree, as a list or a tree view shows it. */
export interface TreeNode {
  /** The organization. */
  readonly organization: Record;
  /** Its positions, when the realm's tree shows them. */
  readonly positions: readonly Record[];
  /** What lies directly below, in the realm's order. */
  readonly children: readonly TreeNode[];
}

/** What is to be undone. */
export type Undo =
  /** One commit. */
  | { revision: number }
  /** All commits of a change set. */
  | { change_set: ChangeSetId }
  /** Everything that an actor did since a moment. */
  | { actor: { actor: string; since: Date | string } }
  /** What these commits did to one record, and nothing else of them. */
  | { record: { id: EntityId; after: number } };

/** What becomes of an enumerated value that the dictionary does not list. */
export type Unlisted =
  /** The record is set aside with the problem. */
  | "refuse"
  /** It stays as it is. */
  | "keep"
  /** There is no value. */
  | "drop";

/** A fact that would have to be different. */
export interface Unmet {
  readonly fact: "inactive" | "window" | "suspended" | "role_window" | "excluded" | "not_inherited" | "disabled" | "switched_off" | "holder" | "outside" | "target" | "not_self" | "level" | "same_rank" | "attribute" | "role" | "no_role" | "no_target";
  /** The account. */
  readonly user: EntityId | null;
  /** The step. */
  readonly step: PathStep | null;
  /** From when on. */
  readonly from: Date | null;
  /** Until when. */
  readonly until: Date | null;
  /** Why. */
  readonly reason: string | null;
  /** The role that would give it. */
  readonly role: EntityId | null;
  /** The role that excludes it. */
  readonly by: EntityId | null;
  /** The organization. */
  readonly organization: EntityId | null;
  /** The organization that stops it; absent when the grant itself does not go down. */
  readonly stopped_by: EntityId | null;
  /** The role or group. */
  readonly thing: EntityId | null;
  /** The privilege's place in the role. */
  readonly privilege: number | null;
  /** The organizations. */
  readonly organizations: readonly EntityId[] | null;
  /** The actor's level. */
  readonly actor: number | null;
  /** The identifier. */
  readonly target: any | null;
  /** The attribute. */
  readonly attribute: string | null;
}

/** Changes attributes of a user. Read-only attributes and those with a command of their own are refused by name. */
export interface UpdateUser {
  /** The user. */
  readonly user: UserId;
  /** New values; `null` removes one. */
  readonly attributes: Readonly<Record_<Value | null>>;
}

/** What an upkeep did. */
export interface Upkeep {
  /** Users disabled because their validity ended. */
  readonly expired: number;
  /** Soft-deleted users purged because the retention period is over. */
  readonly purged: number;
  /**
   * Sessions, links and counters removed because they had run out: links thirty days after their end, so that whoever
   * opens an old one is told why it cannot be used.
   */
  readonly swept: number;
  /** Memberships that came or went because time passed, or because a change of a rule was interrupted. */
  readonly ruled: number;
}

/** What one user gains and loses. */
export interface UserAccessDifference {
  /** The user. */
  readonly user: EntityId;
  /** Rights that have effect afterwards and had none before. */
  readonly gained: readonly Right[];
  /** Rights that had effect before and have none afterwards. */
  readonly lost: readonly Right[];
}

/** The identifier of a record of the kind `user`. */
export type UserId = string;

/** The identifier of a record of the kind `user_type`. */
export type UserTypeId = string;

/** The result of a verification. */
export interface Verified {
  /** Rows that were looked at. */
  readonly rows: number;
  /** Seals that were looked at. */
  readonly seals: number;
  /** Every place where the chain does not hold; empty: it holds. */
  readonly breaks: readonly ChainBreak[];
}

/** What is wanted of one attribute of the account in a target. */
export interface WantedAttribute {
  /** Every wanted value, each once, in the order of the assignments' identifiers. */
  readonly values: readonly Value[];
  /** The target's own values go; otherwise these are added to them. */
  readonly replace: boolean;
  /** The assignments that want it. */
  readonly assignments: readonly EntityId[];
}

/** The wanted state of a person's accounts. */
export interface WantedState {
  /** The provisioning roles in effect. */
  readonly roles: readonly EntityId[];
  /** The assignments that they carry. */
  readonly assignments: readonly EntityId[];
  /** Mapping → attribute → what is wanted. */
  readonly wanted: Readonly<Record_<Readonly<Record_<WantedAttribute>>>>;
}

/** Users who can do something. */
export interface WhoCan {
  /** Who, in the order of identifiers. */
  readonly users: readonly EntityId[];
  /** Everybody who can is listed; else there may be more. */
  readonly complete: boolean;
}

/** The half-open time `[from, until)` in which something holds; open ends allowed. */
export interface Window {
  /** Holds from this moment on. */
  readonly from?: Date | string | null;
  /** Holds before this moment. */
  readonly until?: Date | string | null;
}

/** Something that is to be done outside, and that its worker alone does until the lease ends. */
export interface Work {
  /** The realm that it happened in. */
  readonly realm: RealmId;
  /** Its number in the outbox. */
  readonly number: number;
  /** The commit that asked for it. */
  readonly revision: number;
  /** What is to be done. */
  readonly effect: Effect;
  /** How often it was tried before. */
  readonly attempts: number;
}

/** Every stable error code. */
export type Code = "input.invalid" | "input.malformed" | "record.not_found" | "record.deleted" | "record.not_deleted" | "record.irrevocable" | "value.taken" | "status.transition" | "tree.cycle" | "record.in_use" | "edge.not_allowed" | "edge.not_found" | "window.empty" | "realm.refused" | "plan.too_large" | "search.filter" | "search.cursor" | "feature.off" | "access.denied" | "commit.conflict" | "rollback.conflict" | "history.revision" | "command.reused" | "storage.failed" | "storage.version" | "storage.busy" | "storage.corrupt" | "seal.unreadable" | "file.unreadable" | "operation.cancelled" | "credential.overloaded" | "credential.hash" | "password.weak" | "credential.wrong" | "credential.none" | "policy.forbids" | "credential.last_factor" | "credential.too_many" | "credential.expired" | "credential.blocked" | "organization.owner_is_member" | "organization.administrator_not_member" | "organization.last_owner" | "role.separation" | "role.prerequisite" | "role.holders" | "sign_in.refused" | "sign_in.blocked" | "sign_in.throttled" | "sign_in.ended" | "session.ended" | "session.token_expired" | "session.step_up_needed" | "link.unknown" | "link.used" | "link.replaced" | "link.expired" | "link.revoked" | "registration.incomplete" | "registration.complete" | "registration.closed" | "connector.missing" | "source.failed" | "sync.lease" | "sync.threshold";
