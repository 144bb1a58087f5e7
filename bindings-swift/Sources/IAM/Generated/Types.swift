// Generated from the catalogue by `.ci/generate`; do not edit.

import Foundation

/// One attribute of one kind.
public struct AttributeDefinition: ValueConvertible, Concealed {
    /// The kind of record that carries it.
    public var kind: Kind
    /// The stable name for scripts and API.
    public var name: String
    /// The name people see.
    public var label: String
    /// The type of a single value.
    public var type: AttributeType
    /// Several values allowed.
    public var multiple: Bool
    /// Code points at most, texts only.
    public var maximumLength: Int?
    /// The whole text must match; linear time, no back-references.
    public var pattern: String?
    /// Must be set.
    public var required: Bool
    /// No two live records of the kind in the realm may share the folded value.
    public var unique: Bool
    /// Filters and sorts may name it.
    public var searchable: Bool
    /// Personal data: sealed in the journal under the person's key, erased on request.
    public var personal: Bool
    /// Who may change it.
    public var editable: EditableBy
    /// Who declared it.
    public var source: Source
    /// Derived from edges (`organizations`, `manager`, …): searchable, never stored in the record.
    public var derived: Bool
    /// The values allowed, when not any.
    public var allowed: [Value]
    /// Filled in at creation when nothing else gives a value.
    public var `default`: Value

    public init(kind: Kind, name: String, label: String, type: AttributeType, multiple: Bool, maximumLength: Int?, pattern: String?, required: Bool, unique: Bool, searchable: Bool, personal: Bool, editable: EditableBy, source: Source, derived: Bool, allowed: [Value] = [], `default`: Value = .null) {
        self.kind = kind
        self.name = name
        self.label = label
        self.type = type
        self.multiple = multiple
        self.maximumLength = maximumLength
        self.pattern = pattern
        self.required = required
        self.unique = unique
        self.searchable = searchable
        self.personal = personal
        self.editable = editable
        self.source = source
        self.derived = derived
        self.allowed = allowed
        self.`default` = `default`
    }

    public init(_ value: Value) throws {
        self.kind = try value.read("kind")
        self.name = try value.read("name")
        self.label = try value.read("label")
        self.type = try value.read("type")
        self.multiple = try value.read("multiple")
        self.maximumLength = try value.read("maximum_length")
        self.pattern = try value.read("pattern")
        self.required = try value.read("required")
        self.unique = try value.read("unique")
        self.searchable = try value.read("searchable")
        self.personal = try value.read("personal")
        self.editable = try value.read("editable")
        self.source = try value.read("source")
        self.derived = try value.read("derived")
        self.allowed = try value.read("allowed", or: [])
        self.`default` = try value.read("default", or: .null)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("kind", self.kind)
        fields.put("name", self.name)
        fields.put("label", self.label)
        fields.put("type", self.type)
        fields.put("multiple", self.multiple)
        fields.put("maximum_length", self.maximumLength)
        fields.put("pattern", self.pattern)
        fields.put("required", self.required)
        fields.put("unique", self.unique)
        fields.put("searchable", self.searchable)
        fields.put("personal", self.personal)
        fields.put("editable", self.editable)
        fields.put("source", self.source)
        fields.put("derived", self.derived)
        if self.allowed != [] { fields.put("allowed", self.allowed) }
        fields.put("default", self.`default`)
        return fields.value
    }

    public var shown: String { "AttributeDefinition(kind: \(self.kind), name: \(self.name), type: \(self.type), multiple: \(self.multiple), maximumLength: \(self.maximumLength as Any), pattern: \(self.pattern as Any), required: \(self.required), unique: \(self.unique), searchable: \(self.searchable), personal: \(self.personal), editable: \(self.editable), source: \(self.source), derived: \(self.derived))" }
}

/// An attribute before and after.
public struct AttributeDifference: ValueConvertible, Concealed {
    /// Its name.
    public var attribute: String
    /// What it becomes.
    public var after: Value
    /// What it was.
    public var before: Value

    public init(attribute: String, after: Value = .null, before: Value = .null) {
        self.attribute = attribute
        self.after = after
        self.before = before
    }

    public init(_ value: Value) throws {
        self.attribute = try value.read("attribute")
        self.after = try value.read("after", or: .null)
        self.before = try value.read("before", or: .null)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("attribute", self.attribute)
        fields.put("after", self.after)
        fields.put("before", self.before)
        return fields.value
    }

    public var shown: String { "AttributeDifference(attribute: \(self.attribute))" }
}

/// The identifier of a record of the kind `attribute`.
public typealias AttributeId = String

/// The type of an attribute's single value.
public enum AttributeType: String, ValueConvertible, CaseIterable {
    /// Text of at most `maximum_length` code points.
    case text = "text"
    /// A whole number of 64 bits.
    case integer = "integer"
    /// A number with a fraction.
    case number = "number"
    /// True or false.
    case boolean = "boolean"
    /// A calendar day, `2026-11-21`.
    case date = "date"
    /// A point in time, RFC 3339, kept in UTC.
    case moment = "moment"
    /// An e-mail address, at most 254 octets.
    case email = "email"
    /// A phone number in E.164: `+`, country code, subscriber number, at most 15 digits.
    case phone = "phone"
    /// A language tag, BCP 47, such as `en-US`.
    case language = "language"
    /// An identifier of something the library keeps.
    case reference = "reference"
    /// A structure that is stored but not searched.
    case object = "object"
}

/// One command in the audit trail.
public struct AuditItem: ValueConvertible, Concealed {
    /// Its number; also the revision of the changes it made.
    public var revision: Int
    /// When.
    public var at: Date
    /// Who.
    public var actor: String
    /// Through which door.
    public var channel: String
    /// Why, in the words of the actor.
    public var reason: String?
    /// The command's name.
    public var command: String
    /// The command's identifier.
    public var commandId: CommandId?
    /// The change set it belongs to.
    public var changeSet: ChangeSetId?
    /// The code of the refusal; absent when it was carried out.
    public var refused: String?
    /// What it was about.
    public var subject: EntityId?
    /// What happened.
    public var events: [Event]

    public init(revision: Int, at: Date, actor: String, channel: String, reason: String?, command: String, commandId: CommandId?, changeSet: ChangeSetId?, refused: String?, subject: EntityId?, events: [Event]) {
        self.revision = revision
        self.at = at
        self.actor = actor
        self.channel = channel
        self.reason = reason
        self.command = command
        self.commandId = commandId
        self.changeSet = changeSet
        self.refused = refused
        self.subject = subject
        self.events = events
    }

    public init(_ value: Value) throws {
        self.revision = try value.read("revision")
        self.at = try value.read("at")
        self.actor = try value.read("actor")
        self.channel = try value.read("channel")
        self.reason = try value.read("reason")
        self.command = try value.read("command")
        self.commandId = try value.read("command_id")
        self.changeSet = try value.read("change_set")
        self.refused = try value.read("refused")
        self.subject = try value.read("subject")
        self.events = try value.read("events")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("revision", self.revision)
        fields.put("at", self.at)
        fields.put("actor", self.actor)
        fields.put("channel", self.channel)
        fields.put("reason", self.reason)
        fields.put("command", self.command)
        fields.put("command_id", self.commandId)
        fields.put("change_set", self.changeSet)
        fields.put("refused", self.refused)
        fields.put("subject", self.subject)
        fields.put("events", self.events)
        return fields.value
    }

    public var shown: String { "AuditItem(revision: \(self.revision), at: \(self.at), actor: \(self.actor), channel: \(self.channel), command: \(self.command), commandId: \(self.commandId as Any), changeSet: \(self.changeSet as Any), refused: \(self.refused as Any), subject: \(self.subject as Any), events: \(self.events))" }
}

/// What became of a batch.
public struct Batch: ValueConvertible {
    /// The commit; absent when there was nothing to change or it was a preview.
    public var revision: Int?
    /// What became of each command, in their order.
    public var results: [BatchResult]
    /// What is or would be different.
    public var difference: Difference

    public init(revision: Int?, results: [BatchResult], difference: Difference) {
        self.revision = revision
        self.results = results
        self.difference = difference
    }

    public init(_ value: Value) throws {
        self.revision = try value.read("revision")
        self.results = try value.read("results")
        self.difference = try value.read("difference")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("revision", self.revision)
        fields.put("results", self.results)
        fields.put("difference", self.difference)
        return fields.value
    }
}

/// What refused commands of a batch mean for the others.
public enum BatchMode: String, ValueConvertible, CaseIterable {
    /// One refusal refuses all.
    case allOrNothing = "all_or_nothing"
    /// Each command stands for itself; refused ones leave no trace in the plan.
    case each = "each"
}

/// What became of one command of a batch.
public struct BatchResult: ValueConvertible {
    /// What it was about.
    public var id: EntityId?
    /// Why it was refused; absent when it was not.
    public var problem: Problem?

    public init(id: EntityId?, problem: Problem?) {
        self.id = id
        self.problem = problem
    }

    public init(_ value: Value) throws {
        self.id = try value.read("id")
        self.problem = try value.read("problem")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("id", self.id)
        fields.put("problem", self.problem)
        return fields.value
    }
}

/// Why a change is in the plan.
public enum Cause: String, ValueConvertible, CaseIterable {
    /// The command asked for exactly this.
    case requested = "requested"
    /// The realm's settings or a type's form asked for it (an expiry, a default).
    case form = "form"
    /// It follows from the deletion, merge or move of something else.
    case disposition = "disposition"
    /// A due date.
    case timer = "timer"
    /// An undone change.
    case rollback = "rollback"
}

/// A place where the chain does not hold.
public enum ChainBreakWhat: String, ValueConvertible, CaseIterable {
    /// The row, or a journal entry of it, is not what was sealed.
    case changed = "changed"
    /// The row is gone.
    case removed = "removed"
    /// The row was not there when its place was sealed.
    case inserted = "inserted"
    /// The seal itself is not what it was, or is missing.
    case seal = "seal"
    /// The chain is not the one whose head was published.
    case head = "head"
}

/// A place where the chain does not hold.
public struct ChainBreak: ValueConvertible {
    /// Which one it is.
    public var what: ChainBreakWhat
    /// Which row.
    public var revision: Int?
    /// Which seal.
    public var number: Int?

    public init(what: ChainBreakWhat, revision: Int? = nil, number: Int? = nil) {
        self.what = what
        self.revision = revision
        self.number = number
    }

    public init(_ value: Value) throws {
        self.what = try value.read("what")
        self.revision = try value.read("revision", or: nil)
        self.number = try value.read("number", or: nil)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("what", self.what)
        fields.put("revision", self.revision)
        fields.put("number", self.number)
        return fields.value
    }
}

/// A head to publish outside of the database.
public struct ChainHead: ValueConvertible {
    /// The seal's number.
    public var number: Int
    /// Up to and including this revision.
    public var until: Int
    /// Hexadecimal SHA-256.
    public var head: String

    public init(number: Int, until: Int, head: String) {
        self.number = number
        self.until = until
        self.head = head
    }

    public init(_ value: Value) throws {
        self.number = try value.read("number")
        self.until = try value.read("until")
        self.head = try value.read("head")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("number", self.number)
        fields.put("until", self.until)
        fields.put("head", self.head)
        return fields.value
    }
}

/// The identifier of a record of the kind `change_set`.
public typealias ChangeSetId = String

/// The identifier of a record of the kind `command`.
public typealias CommandId = String

/// What happened in one commit.
public struct Commit: ValueConvertible {
    /// The commit.
    public var revision: Int
    /// What happened.
    public var events: [Event]

    public init(revision: Int, events: [Event]) {
        self.revision = revision
        self.events = events
    }

    public init(_ value: Value) throws {
        self.revision = try value.read("revision")
        self.events = try value.read("events")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("revision", self.revision)
        fields.put("events", self.events)
        return fields.value
    }
}

/// An opaque place in the list of one search. Another search refuses it.
///
/// It holds the sort keys of a record that the reader has seen; it is encoded, not encrypted.
public typealias Cursor = String

/// What deleting means.
public enum DeleteMode: String, ValueConvertible, CaseIterable {
    /// Out of sight, kept with everything for the retention period of the realm, can be undeleted.
    case soft = "soft"
    /// Irreversible: personal data go, the key to the personal part of the history goes, the audit trail stays and
    /// still verifies (GDPR article 17).
    case erase = "erase"
    /// Irreversible: the record itself goes.
    case purge = "purge"
}

/// Whether soft-deleted records are listed.
public enum Deleted: String, ValueConvertible, CaseIterable {
    /// Live records only.
    case exclude = "exclude"
    /// Live and deleted records.
    case include = "include"
    /// Deleted records only.
    case only = "only"
}

/// The identifier of a record of the kind `device`.
public typealias DeviceId = String

/// What the doctor found.
public struct Diagnosis: ValueConvertible {
    /// Records that were looked at.
    public var records: Int
    /// Unique names that were looked at.
    public var claims: Int
    /// Edges that were looked at.
    public var edges: Int
    /// Pairs of the tree's closure that were looked at.
    public var closure: Int
    /// Everything that is not as it should be; empty: healthy.
    public var findings: [Finding]

    public init(records: Int, claims: Int, edges: Int, closure: Int, findings: [Finding]) {
        self.records = records
        self.claims = claims
        self.edges = edges
        self.closure = closure
        self.findings = findings
    }

    public init(_ value: Value) throws {
        self.records = try value.read("records")
        self.claims = try value.read("claims")
        self.edges = try value.read("edges")
        self.closure = try value.read("closure")
        self.findings = try value.read("findings")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("records", self.records)
        fields.put("claims", self.claims)
        fields.put("edges", self.edges)
        fields.put("closure", self.closure)
        fields.put("findings", self.findings)
        return fields.value
    }
}

/// Everything that is different.
public struct Difference: ValueConvertible, Concealed {
    /// Records in the order of their identifiers.
    public var records: [RecordDifference]
    /// Edges in the order of their keys.
    public var edges: [EdgeDifference]
    /// How people call the records that edges name, as far as it is known.
    public var labels: [String: String]

    public init(records: [RecordDifference], edges: [EdgeDifference], labels: [String: String] = [:]) {
        self.records = records
        self.edges = edges
        self.labels = labels
    }

    public init(_ value: Value) throws {
        self.records = try value.read("records")
        self.edges = try value.read("edges")
        self.labels = try value.read("labels", or: [:])
    }

    public var value: Value {
        var fields = Fields()
        fields.put("records", self.records)
        fields.put("edges", self.edges)
        if self.labels != [:] { fields.put("labels", self.labels) }
        return fields.value
    }

    public var shown: String { "Difference(records: \(self.records), edges: \(self.edges))" }
}

/// Which end of the edges is given.
public enum Direction: String, ValueConvertible, CaseIterable {
    /// Edges that start at the record.
    case from = "from"
    /// Edges that end at the record.
    case to = "to"
}

/// What disabled a user: only the same cause, or a person, enables the user again.
public enum DisabledBy: String, ValueConvertible, CaseIterable {
    /// Somebody did.
    case administrator = "administrator"
    /// The validity ended.
    case expiry = "expiry"
    /// A governance rule.
    case rule = "rule"
    /// The identity source.
    case source = "source"
}

/// What becomes of that which hangs on a deleted organization. Leads and group memberships of the organization
/// itself end in any case.
public indirect enum Disposition: ValueConvertible {
    /// Sub-organizations become roots, members and positions lose the connection.
    case detach
    /// Everything below goes as well, with its positions; users only lose their memberships.
    case cascade
    /// Sub-organizations, members and positions go to another organization.
    case moveTo(target: OrganizationId)

    public init(_ value: Value) throws {
        if value.text == "detach" { self = .detach; return }
        if value.text == "cascade" { self = .cascade; return }
        if let inner = value["move_to"] { self = .moveTo(target: try inner.read("target")); return }
        throw Value.unexpected("Disposition")
    }

    public var value: Value {
        switch self {
        case .detach:
            return .text("detach")
        case .cascade:
            return .text("cascade")
        case .moveTo(let part0):
            var fields = Fields()
            fields.put("target", part0)
            return .object(["move_to": fields.value])
        }
    }
}

/// A directed connection of two records.
public struct Edge: ValueConvertible, Concealed {
    /// The first end.
    public var from: EntityId
    /// The meaning.
    public var relation: Relation
    /// The second end.
    public var to: EntityId
    /// Why it exists; never empty.
    public var origins: [EdgeOrigin]
    /// When it holds.
    public var window: Window
    /// More about the edge, such as the user's `number` in the organization.
    public var attributes: [String: Value]
    /// Set when a rule keeps the edge from having effect; the decision itself is kept and comes back by itself.
    public var suspended: String?

    public init(from: EntityId, relation: Relation, to: EntityId, origins: [EdgeOrigin], window: Window, attributes: [String: Value] = [:], suspended: String? = nil) {
        self.from = from
        self.relation = relation
        self.to = to
        self.origins = origins
        self.window = window
        self.attributes = attributes
        self.suspended = suspended
    }

    public init(_ value: Value) throws {
        self.from = try value.read("from")
        self.relation = try value.read("relation")
        self.to = try value.read("to")
        self.origins = try value.read("origins")
        self.window = try value.read("window")
        self.attributes = try value.read("attributes", or: [:])
        self.suspended = try value.read("suspended", or: nil)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("from", self.from)
        fields.put("relation", self.relation)
        fields.put("to", self.to)
        fields.put("origins", self.origins)
        fields.put("window", self.window)
        if self.attributes != [:] { fields.put("attributes", self.attributes) }
        fields.put("suspended", self.suspended)
        return fields.value
    }

    public var shown: String { "Edge(from: \(self.from), relation: \(self.relation), to: \(self.to), origins: \(self.origins), window: \(self.window), suspended: \(self.suspended as Any))" }
}

/// An edge before and after.
public struct EdgeDifference: ValueConvertible, Concealed {
    /// The first end.
    public var from: EntityId
    /// The meaning.
    public var relation: Relation
    /// The second end.
    public var to: EntityId
    /// Appears, changes, disappears.
    public var step: Step
    /// What it becomes.
    public var after: Edge?
    /// What it was.
    public var before: Edge?

    public init(from: EntityId, relation: Relation, to: EntityId, step: Step, after: Edge? = nil, before: Edge? = nil) {
        self.from = from
        self.relation = relation
        self.to = to
        self.step = step
        self.after = after
        self.before = before
    }

    public init(_ value: Value) throws {
        self.from = try value.read("from")
        self.relation = try value.read("relation")
        self.to = try value.read("to")
        self.step = try value.read("step")
        self.after = try value.read("after", or: nil)
        self.before = try value.read("before", or: nil)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("from", self.from)
        fields.put("relation", self.relation)
        fields.put("to", self.to)
        fields.put("step", self.step)
        fields.put("after", self.after)
        fields.put("before", self.before)
        return fields.value
    }

    public var shown: String { "EdgeDifference(from: \(self.from), relation: \(self.relation), to: \(self.to), step: \(self.step))" }
}

/// What identifies an edge.
public struct EdgeKey: ValueConvertible {
    /// The first end.
    public var from: EntityId
    /// The meaning.
    public var relation: Relation
    /// The second end.
    public var to: EntityId

    public init(from: EntityId, relation: Relation, to: EntityId) {
        self.from = from
        self.relation = relation
        self.to = to
    }

    public init(_ value: Value) throws {
        self.from = try value.read("from")
        self.relation = try value.read("relation")
        self.to = try value.read("to")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("from", self.from)
        fields.put("relation", self.relation)
        fields.put("to", self.to)
        return fields.value
    }
}

/// Why an edge exists. Losing one origin leaves the others.
public enum EdgeOrigin: String, ValueConvertible, CaseIterable {
    /// Somebody said so.
    case direct = "direct"
    /// A rule selected the first end.
    case rule = "rule"
    /// It came down the tree.
    case inherited = "inherited"
    /// It was requested and approved.
    case request = "request"
    /// An identity source said so.
    case sync = "sync"
}

/// Who may change an attribute by an ordinary update.
public enum EditableBy: String, ValueConvertible, CaseIterable {
    /// Anyone who may update the record.
    case update = "update"
    /// Only the command made for it (`user.disable`, `organization.transfer`, …).
    case command = "command"
    /// Nobody: the engine sets it.
    case nobody = "nobody"
}

/// Something to be done outside, after the commit, at least once; the key lets the doer recognise a repetition.
public struct Effect: ValueConvertible, Concealed {
    /// Such as `sessions.revoke` or `message.user_created`.
    public var name: String
    /// What it concerns; effects of one subject are done in order.
    public var subject: EntityId
    /// Unique for this effect of this decision.
    public var key: String
    /// Identifiers and plain facts; never a secret, never personal data.
    public var details: [String: Value]

    public init(name: String, subject: EntityId, key: String, details: [String: Value] = [:]) {
        self.name = name
        self.subject = subject
        self.key = key
        self.details = details
    }

    public init(_ value: Value) throws {
        self.name = try value.read("name")
        self.subject = try value.read("subject")
        self.key = try value.read("key")
        self.details = try value.read("details", or: [:])
    }

    public var value: Value {
        var fields = Fields()
        fields.put("name", self.name)
        fields.put("subject", self.subject)
        fields.put("key", self.key)
        if self.details != [:] { fields.put("details", self.details) }
        return fields.value
    }

    public var shown: String { "Effect(name: \(self.name), subject: \(self.subject), key: \(self.key))" }
}

/// The identifier of a record of any kind.
public typealias EntityId = String

/// Something that happened, in the past tense; identifiers and plain facts only, nothing personal.
public struct Event: ValueConvertible, Concealed {
    /// Such as `user.renamed`.
    public var name: String
    /// What it happened to.
    public var subject: EntityId
    /// More: counts, identifiers, codes.
    public var details: [String: Value]

    public init(name: String, subject: EntityId, details: [String: Value] = [:]) {
        self.name = name
        self.subject = subject
        self.details = details
    }

    public init(_ value: Value) throws {
        self.name = try value.read("name")
        self.subject = try value.read("subject")
        self.details = try value.read("details", or: [:])
    }

    public var value: Value {
        var fields = Fields()
        fields.put("name", self.name)
        fields.put("subject", self.subject)
        if self.details != [:] { fields.put("details", self.details) }
        return fields.value
    }

    public var shown: String { "Event(name: \(self.name), subject: \(self.subject))" }
}

/// A command that was carried out.
public struct Executed: ValueConvertible {
    /// The commit; `None` when there was nothing to change.
    public var revision: Int?
    /// What the command was about: the created or changed record.
    public var id: EntityId?
    /// What happened.
    public var events: [Event]
    /// The same command was committed before under the same identifier; nothing was done again.
    public var replayed: Bool
    /// Remarks that hindered nothing.
    public var remarks: [String]

    public init(revision: Int?, id: EntityId?, events: [Event], replayed: Bool, remarks: [String] = []) {
        self.revision = revision
        self.id = id
        self.events = events
        self.replayed = replayed
        self.remarks = remarks
    }

    public init(_ value: Value) throws {
        self.revision = try value.read("revision")
        self.id = try value.read("id")
        self.events = try value.read("events")
        self.replayed = try value.read("replayed")
        self.remarks = try value.read("remarks", or: [])
    }

    public var value: Value {
        var fields = Fields()
        fields.put("revision", self.revision)
        fields.put("id", self.id)
        fields.put("events", self.events)
        fields.put("replayed", self.replayed)
        if self.remarks != [] { fields.put("remarks", self.remarks) }
        return fields.value
    }
}

/// Work that did not succeed.
public struct Failure: ValueConvertible, Concealed {
    /// The number of the work.
    public var number: Int
    /// What went wrong, for whoever looks into it. No secret, nothing personal.
    public var reason: String
    /// Seconds until it may be tried again, by any worker.
    public var againIn: Int

    public init(number: Int, reason: String, againIn: Int = 60) {
        self.number = number
        self.reason = reason
        self.againIn = againIn
    }

    public init(_ value: Value) throws {
        self.number = try value.read("number")
        self.reason = try value.read("reason")
        self.againIn = try value.read("again_in", or: 60)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("number", self.number)
        fields.put("reason", self.reason)
        if self.againIn != 60 { fields.put("again_in", self.againIn) }
        return fields.value
    }

    public var shown: String { "Failure(number: \(self.number), againIn: \(self.againIn))" }
}

/// Something that is not as it should be.
public struct Finding: ValueConvertible, Concealed {
    /// A stable code such as `claim.missing`.
    public var code: String
    /// What it is about.
    public var subject: EntityId
    /// What is wrong.
    public var message: String

    public init(code: String, subject: EntityId, message: String) {
        self.code = code
        self.subject = subject
        self.message = message
    }

    public init(_ value: Value) throws {
        self.code = try value.read("code")
        self.subject = try value.read("subject")
        self.message = try value.read("message")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("code", self.code)
        fields.put("subject", self.subject)
        fields.put("message", self.message)
        return fields.value
    }

    public var shown: String { "Finding(code: \(self.code), subject: \(self.subject))" }
}

/// One line of a form: which attribute, and whether it must be filled in.
public struct FormField: ValueConvertible {
    /// The attribute's name.
    public var attribute: String
    /// Must be filled in by whoever has this type.
    public var required: Bool

    public init(attribute: String, required: Bool) {
        self.attribute = attribute
        self.required = required
    }

    public init(_ value: Value) throws {
        self.attribute = try value.read("attribute")
        self.required = try value.read("required")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("attribute", self.attribute)
        fields.put("required", self.required)
        return fields.value
    }
}

/// The identifier of a record of the kind `group`.
public typealias GroupId = String

/// One change of one thing, with who, when and why.
public struct HistoryItem: ValueConvertible, Concealed {
    /// The commit.
    public var revision: Int
    /// Its place among the changes of the commit; with the revision, the place to read on from.
    public var ordinal: Int
    /// When.
    public var at: Date
    /// Who.
    public var actor: String
    /// Through which door.
    public var channel: String
    /// The command.
    public var command: String
    /// What was changed: the record, or the first end of the edge.
    public var subject: EntityId
    /// Appeared, changed, disappeared.
    public var step: Step
    /// Why it was part of the commit.
    public var cause: Cause
    /// Personal values are part of the entry and cannot be read any more: the person was erased.
    public var sealed: Bool
    /// Old and new values.
    public var changes: [AttributeDifference]
    /// For edges: which.
    public var edge: EdgeKey?
    /// The edge before and after.
    public var edgeChange: [Edge?]?
    /// Why, in the words of the actor.
    public var reason: String?

    public init(revision: Int, ordinal: Int, at: Date, actor: String, channel: String, command: String, subject: EntityId, step: Step, cause: Cause, sealed: Bool, changes: [AttributeDifference] = [], edge: EdgeKey? = nil, edgeChange: [Edge?]? = nil, reason: String? = nil) {
        self.revision = revision
        self.ordinal = ordinal
        self.at = at
        self.actor = actor
        self.channel = channel
        self.command = command
        self.subject = subject
        self.step = step
        self.cause = cause
        self.sealed = sealed
        self.changes = changes
        self.edge = edge
        self.edgeChange = edgeChange
        self.reason = reason
    }

    public init(_ value: Value) throws {
        self.revision = try value.read("revision")
        self.ordinal = try value.read("ordinal")
        self.at = try value.read("at")
        self.actor = try value.read("actor")
        self.channel = try value.read("channel")
        self.command = try value.read("command")
        self.subject = try value.read("subject")
        self.step = try value.read("step")
        self.cause = try value.read("cause")
        self.sealed = try value.read("sealed")
        self.changes = try value.read("changes", or: [])
        self.edge = try value.read("edge", or: nil)
        self.edgeChange = try value.read("edge_change", or: nil)
        self.reason = try value.read("reason", or: nil)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("revision", self.revision)
        fields.put("ordinal", self.ordinal)
        fields.put("at", self.at)
        fields.put("actor", self.actor)
        fields.put("channel", self.channel)
        fields.put("command", self.command)
        fields.put("subject", self.subject)
        fields.put("step", self.step)
        fields.put("cause", self.cause)
        fields.put("sealed", self.sealed)
        if self.changes != [] { fields.put("changes", self.changes) }
        fields.put("edge", self.edge)
        fields.put("edge_change", self.edgeChange)
        fields.put("reason", self.reason)
        return fields.value
    }

    public var shown: String { "HistoryItem(revision: \(self.revision), ordinal: \(self.ordinal), at: \(self.at), actor: \(self.actor), channel: \(self.channel), command: \(self.command), subject: \(self.subject), step: \(self.step), cause: \(self.cause), sealed: \(self.sealed), changes: \(self.changes), edge: \(self.edge as Any), edgeChange: \(self.edgeChange as Any))" }
}

/// An organization to join, with the number there and the time.
public struct JoinOrganization: ValueConvertible {
    /// The organization.
    public var organization: OrganizationId
    /// The member's number in this organization.
    public var number: String?
    /// When the membership holds.
    public var window: Window?

    public init(organization: OrganizationId, number: String? = nil, window: Window? = nil) {
        self.organization = organization
        self.number = number
        self.window = window
    }

    public init(_ value: Value) throws {
        self.organization = try value.read("organization")
        self.number = try value.read("number", or: nil)
        self.window = try value.read("window", or: nil)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("organization", self.organization)
        fields.put("number", self.number)
        fields.put("window", self.window)
        return fields.value
    }
}

/// The kind of a thing that the library keeps.
public enum Kind: String, ValueConvertible, CaseIterable {
    case realm = "realm"
    case user = "user"
    case device = "device"
    case userType = "user_type"
    case organization = "organization"
    case organizationType = "organization_type"
    case position = "position"
    case group = "group"
    case template = "template"
    case attribute = "attribute"
    case changeSet = "change_set"
    case command = "command"
}

/// What to do when sub-organizations of both have the same name.
public enum NameClashes: String, ValueConvertible, CaseIterable {
    /// Report all of them and change nothing.
    case refuse = "refuse"
    /// Go on: the names of organizations need not be unique.
    case keep = "keep"
}

/// What happens to things that were changed since.
public enum OnConflict: String, ValueConvertible, CaseIterable {
    /// Nothing is undone.
    case refuse = "refuse"
    /// They stay as they are; the rest is undone.
    case skip = "skip"
}

/// The identifier of a record of the kind `organization`.
public typealias OrganizationId = String

/// The identifier of a record of the kind `organization_type`.
public typealias OrganizationTypeId = String

/// A place in the journal: that of one change.
public struct Place: ValueConvertible {
    /// The commit.
    public var revision: Int
    /// The change's place in the commit.
    public var ordinal: Int

    public init(revision: Int, ordinal: Int = 0) {
        self.revision = revision
        self.ordinal = ordinal
    }

    public init(_ value: Value) throws {
        self.revision = try value.read("revision")
        self.ordinal = try value.read("ordinal", or: 0)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("revision", self.revision)
        if self.ordinal != 0 { fields.put("ordinal", self.ordinal) }
        return fields.value
    }
}

/// The identifier of a record of the kind `position`.
public typealias PositionId = String

/// What a command would do.
public struct Preview: ValueConvertible {
    /// What would be different.
    public var difference: Difference
    /// What would happen.
    public var events: [Event]
    /// What would go out: messages, calls, provisioning.
    public var effects: [Effect]
    /// What the command is about.
    public var id: EntityId?
    /// Remarks that hinder nothing.
    public var remarks: [String]

    public init(difference: Difference, events: [Event], effects: [Effect], id: EntityId?, remarks: [String]) {
        self.difference = difference
        self.events = events
        self.effects = effects
        self.id = id
        self.remarks = remarks
    }

    public init(_ value: Value) throws {
        self.difference = try value.read("difference")
        self.events = try value.read("events")
        self.effects = try value.read("effects")
        self.id = try value.read("id")
        self.remarks = try value.read("remarks")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("difference", self.difference)
        fields.put("events", self.events)
        fields.put("effects", self.effects)
        fields.put("id", self.id)
        fields.put("remarks", self.remarks)
        return fields.value
    }
}

/// The family of a problem; bindings make one exception class of each.
public enum ProblemKind: String, ValueConvertible, CaseIterable {
    /// The input is wrong; the fields say where.
    case invalid = "invalid"
    /// The thing asked for does not exist in this realm.
    case notFound = "not_found"
    /// The state of things forbids it.
    case refused = "refused"
    /// Somebody else changed it meanwhile; asking again may work.
    case conflict = "conflict"
    /// The actor may not.
    case denied = "denied"
    /// A documented limit was reached.
    case limit = "limit"
    /// The storage failed or cannot be reached.
    case storage = "storage"
    /// What is stored contradicts itself.
    case corrupt = "corrupt"
}

/// The identifier of a record of the kind `realm`.
public typealias RealmId = String

/// A record before and after.
public struct RecordDifference: ValueConvertible, Concealed {
    /// Which record.
    public var id: EntityId
    /// How people call it.
    public var label: String
    /// Appears, changes, disappears.
    public var step: Step
    /// What is different, by attribute; without the notes of who touched it when.
    public var changes: [AttributeDifference]
    /// Why; `None` for the difference of two moments.
    public var cause: Cause?

    public init(id: EntityId, label: String, step: Step, changes: [AttributeDifference], cause: Cause? = nil) {
        self.id = id
        self.label = label
        self.step = step
        self.changes = changes
        self.cause = cause
    }

    public init(_ value: Value) throws {
        self.id = try value.read("id")
        self.label = try value.read("label")
        self.step = try value.read("step")
        self.changes = try value.read("changes")
        self.cause = try value.read("cause", or: nil)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("id", self.id)
        fields.put("label", self.label)
        fields.put("step", self.step)
        fields.put("changes", self.changes)
        fields.put("cause", self.cause)
        return fields.value
    }

    public var shown: String { "RecordDifference(id: \(self.id), step: \(self.step), changes: \(self.changes), cause: \(self.cause as Any))" }
}

/// How far a person has come in signing up.
public enum Registration: String, ValueConvertible, CaseIterable {
    /// Nothing to do: the account can be used.
    case complete = "complete"
    /// The account exists, nobody was invited yet.
    case notInvited = "not_invited"
}

/// The meaning of an edge, read from the first end to the second. The number is stored and never reused.
public enum Relation: String, ValueConvertible, CaseIterable {
    /// A user or device belongs to an organization; the edge carries the number there.
    case memberOf = "member_of"
    /// A user, organization, position or group is in a group.
    case inGroup = "in_group"
    /// A user reports to a user; the inverse is the list of direct reports.
    case reportsTo = "reports_to"
    /// A user leads an organization.
    case leads = "leads"
    /// A user holds a position.
    case holds = "holds"
    /// A shared account is used by an identity.
    case usedBy = "used_by"
}

/// What undoing would do.
public struct RollbackPreview: ValueConvertible {
    /// What would be different.
    public var difference: Difference
    /// One line for each thing that was changed since or cannot be undone.
    public var conflicts: [String]
    /// Effects that went out and do not come back, such as messages.
    public var irrevocable: [String]

    public init(difference: Difference, conflicts: [String], irrevocable: [String]) {
        self.difference = difference
        self.conflicts = conflicts
        self.irrevocable = irrevocable
    }

    public init(_ value: Value) throws {
        self.difference = try value.read("difference")
        self.conflicts = try value.read("conflicts")
        self.irrevocable = try value.read("irrevocable")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("difference", self.difference)
        fields.put("conflicts", self.conflicts)
        fields.put("irrevocable", self.irrevocable)
        return fields.value
    }
}

/// The settings of a realm. Every field has a default, so an empty object is a valid setting.
public struct Settings: ValueConvertible {
    /// Attributes that are unique in addition to those that are declared so, as `kind.attribute`.
    public var unique: [String]
    /// Whether soft-deleted records keep their unique names (off).
    public var deletedKeepNames: Bool
    /// Days in which a soft-deleted record can be undeleted.
    public var retentionDays: Int
    /// Attributes that must be set on every user, in addition to the declared ones (`email`).
    public var required: [String]
    /// Attributes that lists show, by kind; empty: the first six of the form.
    public var displayed: [String: [String]]
    /// Searchable attributes that this realm does not search, as `kind.attribute`.
    public var notSearched: [String]
    /// Whether the organization tree shows positions.
    public var treeShowsPositions: Bool
    /// By which attribute siblings in the tree are sorted: `sort_order` or `name`.
    public var treeSort: String
    /// By which number members of an organization are sorted: `user_number` or `number`.
    public var memberSort: String
    /// The form of positions.
    public var positionForm: [FormField]
    /// What blocking, disabling, locking, archiving and deleting do beyond themselves.
    public var statusEffects: [String: [StatusEffect]]
    /// Whether messages go out, by event name; absent means off.
    public var messages: [String: Bool]
    /// Modules that are switched off: `lifecycle`, `bulk`, `search`, `self_registration`, ….
    public var featuresOff: [String]

    public init(unique: [String], deletedKeepNames: Bool, retentionDays: Int, required: [String], displayed: [String: [String]], notSearched: [String], treeShowsPositions: Bool, treeSort: String, memberSort: String, positionForm: [FormField], statusEffects: [String: [StatusEffect]], messages: [String: Bool], featuresOff: [String]) {
        self.unique = unique
        self.deletedKeepNames = deletedKeepNames
        self.retentionDays = retentionDays
        self.required = required
        self.displayed = displayed
        self.notSearched = notSearched
        self.treeShowsPositions = treeShowsPositions
        self.treeSort = treeSort
        self.memberSort = memberSort
        self.positionForm = positionForm
        self.statusEffects = statusEffects
        self.messages = messages
        self.featuresOff = featuresOff
    }

    public init(_ value: Value) throws {
        self.unique = try value.read("unique")
        self.deletedKeepNames = try value.read("deleted_keep_names")
        self.retentionDays = try value.read("retention_days")
        self.required = try value.read("required")
        self.displayed = try value.read("displayed")
        self.notSearched = try value.read("not_searched")
        self.treeShowsPositions = try value.read("tree_shows_positions")
        self.treeSort = try value.read("tree_sort")
        self.memberSort = try value.read("member_sort")
        self.positionForm = try value.read("position_form")
        self.statusEffects = try value.read("status_effects")
        self.messages = try value.read("messages")
        self.featuresOff = try value.read("features_off")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("unique", self.unique)
        fields.put("deleted_keep_names", self.deletedKeepNames)
        fields.put("retention_days", self.retentionDays)
        fields.put("required", self.required)
        fields.put("displayed", self.displayed)
        fields.put("not_searched", self.notSearched)
        fields.put("tree_shows_positions", self.treeShowsPositions)
        fields.put("tree_sort", self.treeSort)
        fields.put("member_sort", self.memberSort)
        fields.put("position_form", self.positionForm)
        fields.put("status_effects", self.statusEffects)
        fields.put("messages", self.messages)
        fields.put("features_off", self.featuresOff)
        return fields.value
    }
}

/// One attribute to sort by.
///
/// The order is total: by the sort keys one after the other (an attribute that is not set has the empty key, so it
/// comes first ascending and last descending), then by id, always ascending.
public struct Sort: ValueConvertible {
    /// The attribute's name.
    public var attribute: String
    /// From the greatest to the least.
    public var descending: Bool

    public init(attribute: String, descending: Bool = false) {
        self.attribute = attribute
        self.descending = descending
    }

    public init(_ value: Value) throws {
        self.attribute = try value.read("attribute")
        self.descending = try value.read("descending", or: false)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("attribute", self.attribute)
        if self.descending != false { fields.put("descending", self.descending) }
        return fields.value
    }
}

/// Who declared the attribute.
public enum Source: String, ValueConvertible, CaseIterable {
    /// Part of the library.
    case builtin = "builtin"
    /// Declared in the realm by `attribute.define`.
    case custom = "custom"
}

/// What a change of status does beyond itself. Data, with two named presets.
public enum StatusEffect: String, ValueConvertible, CaseIterable {
    /// Signing in is refused.
    case refuseSignIn = "refuse_sign_in"
    /// Refreshing a session is refused.
    case refuseRefresh = "refuse_refresh"
    /// Open sessions end.
    case revokeSessions = "revoke_sessions"
    /// Tokens that were handed out become invalid.
    case revokeTokens = "revoke_tokens"
}

/// A named view of the status.
public enum StatusView: String, ValueConvertible, CaseIterable {
    /// `enabled` or `disabled`, and `/locked` or `/unlocked`.
    case matrix = "matrix"
    /// `active`, `inactive`, `locked`, `suspended`, `archived`.
    case lifecycle = "lifecycle"
    /// `not_invited`, `pending_invitation`, `expired_invitation`, `active`, `blocked`.
    case customer = "customer"
}

/// The direction of a change.
public enum Step: String, ValueConvertible, CaseIterable {
    /// It was not there before.
    case create = "create"
    /// It is there before and after.
    case update = "update"
    /// It is not there afterwards.
    case remove = "remove"
}

/// The identifier of a record of the kind `template`.
public typealias TemplateId = String

/// A node of the organization tree, as a list or a tree view shows it.
public struct TreeNode: ValueConvertible {
    /// The organization.
    public var organization: Record
    /// Its positions, when the realm's tree shows them.
    public var positions: [Record]
    /// What lies directly below, in the realm's order.
    public var children: [TreeNode]

    public init(organization: Record, positions: [Record], children: [TreeNode]) {
        self.organization = organization
        self.positions = positions
        self.children = children
    }

    public init(_ value: Value) throws {
        self.organization = try value.read("organization")
        self.positions = try value.read("positions")
        self.children = try value.read("children")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("organization", self.organization)
        fields.put("positions", self.positions)
        fields.put("children", self.children)
        return fields.value
    }
}

/// What is to be undone.
public indirect enum Undo: ValueConvertible {
    /// One commit.
    case revision(Int)
    /// All commits of a change set.
    case changeSet(ChangeSetId)
    /// Everything that an actor did since a moment.
    case actor(actor: String, since: Date)
    /// What these commits did to one record, and nothing else of them.
    case record(id: EntityId, after: Int)

    public init(_ value: Value) throws {
        if let inner = value["revision"] { self = .revision(try Int(inner)); return }
        if let inner = value["change_set"] { self = .changeSet(try ChangeSetId(inner)); return }
        if let inner = value["actor"] { self = .actor(actor: try inner.read("actor"), since: try inner.read("since")); return }
        if let inner = value["record"] { self = .record(id: try inner.read("id"), after: try inner.read("after")); return }
        throw Value.unexpected("Undo")
    }

    public var value: Value {
        switch self {
        case .revision(let inner):
            return .object(["revision": inner.value])
        case .changeSet(let inner):
            return .object(["change_set": inner.value])
        case .actor(let part0, let part1):
            var fields = Fields()
            fields.put("actor", part0)
            fields.put("since", part1)
            return .object(["actor": fields.value])
        case .record(let part0, let part1):
            var fields = Fields()
            fields.put("id", part0)
            fields.put("after", part1)
            return .object(["record": fields.value])
        }
    }
}

/// What an upkeep did.
public struct Upkeep: ValueConvertible {
    /// Users disabled because their validity ended.
    public var expired: Int
    /// Soft-deleted users purged because the retention period is over.
    public var purged: Int

    public init(expired: Int, purged: Int) {
        self.expired = expired
        self.purged = purged
    }

    public init(_ value: Value) throws {
        self.expired = try value.read("expired")
        self.purged = try value.read("purged")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("expired", self.expired)
        fields.put("purged", self.purged)
        return fields.value
    }
}

/// The identifier of a record of the kind `user`.
public typealias UserId = String

/// The identifier of a record of the kind `user_type`.
public typealias UserTypeId = String

/// The result of a verification.
public struct Verified: ValueConvertible {
    /// Rows that were looked at.
    public var rows: Int
    /// Seals that were looked at.
    public var seals: Int
    /// Every place where the chain does not hold; empty: it holds.
    public var breaks: [ChainBreak]

    public init(rows: Int, seals: Int, breaks: [ChainBreak]) {
        self.rows = rows
        self.seals = seals
        self.breaks = breaks
    }

    public init(_ value: Value) throws {
        self.rows = try value.read("rows")
        self.seals = try value.read("seals")
        self.breaks = try value.read("breaks")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("rows", self.rows)
        fields.put("seals", self.seals)
        fields.put("breaks", self.breaks)
        return fields.value
    }
}

/// The half-open time `[from, until)` in which something holds; open ends allowed.
public struct Window: ValueConvertible {
    /// Holds from this moment on.
    public var from: Date?
    /// Holds before this moment.
    public var until: Date?

    public init(from: Date? = nil, until: Date? = nil) {
        self.from = from
        self.until = until
    }

    public init(_ value: Value) throws {
        self.from = try value.read("from", or: nil)
        self.until = try value.read("until", or: nil)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("from", self.from)
        fields.put("until", self.until)
        return fields.value
    }
}

/// Something that is to be done outside, and that its worker alone does until the lease ends.
public struct Work: ValueConvertible {
    /// The realm that it happened in.
    public var realm: RealmId
    /// Its number in the outbox.
    public var number: Int
    /// The commit that asked for it.
    public var revision: Int
    /// What is to be done.
    public var effect: Effect
    /// How often it was tried before.
    public var attempts: Int

    public init(realm: RealmId, number: Int, revision: Int, effect: Effect, attempts: Int) {
        self.realm = realm
        self.number = number
        self.revision = revision
        self.effect = effect
        self.attempts = attempts
    }

    public init(_ value: Value) throws {
        self.realm = try value.read("realm")
        self.number = try value.read("number")
        self.revision = try value.read("revision")
        self.effect = try value.read("effect")
        self.attempts = try value.read("attempts")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("realm", self.realm)
        fields.put("number", self.number)
        fields.put("revision", self.revision)
        fields.put("effect", self.effect)
        fields.put("attempts", self.attempts)
        return fields.value
    }
}

/// Every stable error code.
public enum Code {
    /// One or more fields are wrong; see `fields`.
    public static let inputInvalid = "input.invalid"
    /// The command or query is not well formed.
    public static let inputMalformed = "input.malformed"
    /// There is no such record in this realm.
    public static let recordNotFound = "record.not_found"
    /// The record is deleted.
    public static let recordDeleted = "record.deleted"
    /// The record is not deleted.
    public static let recordNotDeleted = "record.not_deleted"
    /// The retention period of the deleted record is over, or it was erased.
    public static let recordIrrevocable = "record.irrevocable"
    /// A unique value is held by another record.
    public static let valueTaken = "value.taken"
    /// The transition is not in the table of legal transitions.
    public static let statusTransition = "status.transition"
    /// The move would make a circle.
    public static let treeCycle = "tree.cycle"
    /// The organization, type or position is still in use.
    public static let recordInUse = "record.in_use"
    /// The connection of the two kinds is not allowed.
    public static let edgeNotAllowed = "edge.not_allowed"
    /// The edge does not exist.
    public static let edgeNotFound = "edge.not_found"
    /// The time window ends before it starts.
    public static let windowEmpty = "window.empty"
    /// The realm name is taken, or the realm has content.
    public static let realmRefused = "realm.refused"
    /// The plan would be larger than one commit may be.
    public static let planTooLarge = "plan.too_large"
    /// The filter is wrong; the message says where.
    public static let searchFilter = "search.filter"
    /// The cursor is not one of ours, or belongs to another query.
    public static let searchCursor = "search.cursor"
    /// A feature or module is switched off.
    public static let featureOff = "feature.off"
    /// The actor may not.
    public static let accessDenied = "access.denied"
    /// The record was changed meanwhile, again and again.
    public static let commitConflict = "commit.conflict"
    /// A rollback met records that were changed since.
    public static let rollbackConflict = "rollback.conflict"
    /// The revision or moment lies in the future or before the beginning.
    public static let historyRevision = "history.revision"
    /// The same command identifier was used for another command.
    public static let commandReused = "command.reused"
    /// The storage cannot be reached or refused to work.
    public static let storageFailed = "storage.failed"
    /// The storage was written by a newer version, or a migration was changed.
    public static let storageVersion = "storage.version"
    /// The storage is busy beyond the time allowed.
    public static let storageBusy = "storage.busy"
    /// What is stored contradicts itself.
    public static let storageCorrupt = "storage.corrupt"
    /// A sealed value cannot be opened: the key is gone or the vault is another one.
    public static let sealUnreadable = "seal.unreadable"
    /// A file that was imported is not what it should be.
    public static let fileUnreadable = "file.unreadable"
    /// A long operation was cancelled by its caller.
    public static let operationCancelled = "operation.cancelled"
}
