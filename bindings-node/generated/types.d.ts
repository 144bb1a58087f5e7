// Generated from the catalogue by `.ci/generate`; do not edit.
import type { At, AttributeValue, Filter, Page, Record, Value } from "../index.cjs";

/** Values by name. */
export interface Record_<T> {
  [name: string]: T;
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
  | "rollback";

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
  /** How many recovery codes a set has; 10. */
  readonly recovery_codes?: number | null;
  /** Whether a second factor is required; no. */
  readonly required?: boolean | null;
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

/** What is wrong with one field of the input. */
export interface FieldProblem {
  /** The attribute or parameter. */
  readonly field: string;
  /** A stable code, such as `value.too_long`. */
  readonly code: string;
  /** What was wrong and how to mend it. */
  readonly message: string;
}

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

/**
 * Initial passwords (OWASP ASVS 5, 6.4.1).
 *
 * As a policy says it: an absent rule says nothing.
 */
export interface InitialPolicy {
  /** Characters of a random initial password; 20. */
  readonly length?: number | null;
  /** Whether it must be changed at the first sign-in; yes. */
  readonly must_change?: boolean | null;
  /**
   * A pattern with attributes of the user in braces, such as `Welcome-{user_number}`; empty: random. Whoever knows
   * the pattern knows the password, so the lint complains.
   */
  readonly pattern?: string | null;
  /** Hours for which it can be used; 72. */
  readonly valid_hours?: number | null;
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
  | "policy";

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

/** What to do when sub-organizations of both have the same name. */
export type NameClashes =
  /** Report all of them and change nothing. */
  | "refuse"
  /** Go on: the names of organizations need not be unique. */
  | "keep";

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

/** How far a person has come in signing up. */
export type Registration =
  /** Nothing to do: the account can be used. */
  | "complete"
  /** The account exists, nobody was invited yet. */
  | "not_invited";

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

/** A secret in the clear. It is not kept as it is, and not shown again. */
export type Secret = string;

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
  /** The form of positions. */
  readonly position_form: readonly FormField[];
  /** What blocking, disabling, locking, archiving and deleting do beyond themselves. */
  readonly status_effects: Readonly<Record_<readonly StatusEffect[]>>;
  /** Whether messages go out, by event name; absent means off. */
  readonly messages: Readonly<Record_<boolean>>;
  /** Modules that are switched off: `lifecycle`, `bulk`, `search`, `self_registration`, …. */
  readonly features_off: readonly string[];
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

/** What an upkeep did. */
export interface Upkeep {
  /** Users disabled because their validity ended. */
  readonly expired: number;
  /** Soft-deleted users purged because the retention period is over. */
  readonly purged: number;
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
export type Code = "input.invalid" | "input.malformed" | "record.not_found" | "record.deleted" | "record.not_deleted" | "record.irrevocable" | "value.taken" | "status.transition" | "tree.cycle" | "record.in_use" | "edge.not_allowed" | "edge.not_found" | "window.empty" | "realm.refused" | "plan.too_large" | "search.filter" | "search.cursor" | "feature.off" | "access.denied" | "commit.conflict" | "rollback.conflict" | "history.revision" | "command.reused" | "storage.failed" | "storage.version" | "storage.busy" | "storage.corrupt" | "seal.unreadable" | "file.unreadable" | "operation.cancelled" | "credential.overloaded" | "credential.hash" | "password.weak" | "credential.wrong" | "credential.none" | "policy.forbids" | "credential.last_factor" | "credential.too_many" | "credential.expired" | "credential.blocked";
