// Generated from the catalogue by `.ci/generate`; do not edit.

import Foundation

/// What is evaluated when something happens to an assignment at a person.
public struct AssignmentEvent: ValueConvertible, Concealed {
    /// `assigned` or `unassigned`.
    public var event: String
    /// A CEL expression over the person's attributes and the variables; never a script.
    public var expression: String
    /// Variables for the expression, as a JSON object.
    public var variables: [String: Value]

    public init(event: String, expression: String, variables: [String: Value] = [:]) {
        self.event = event
        self.expression = expression
        self.variables = variables
    }

    public init(_ value: Value) throws {
        self.event = try value.read("event")
        self.expression = try value.read("expression")
        self.variables = try value.read("variables", or: [:])
    }

    public var value: Value {
        var fields = Fields()
        fields.put("event", self.event)
        fields.put("expression", self.expression)
        if self.variables != [:] { fields.put("variables", self.variables) }
        return fields.value
    }

    public var shown: String { "AssignmentEvent(event: \(self.event), expression: \(self.expression))" }
}

/// The identifier of a record of the kind `assignment`.
public typealias AssignmentId = String

/// An attribute of the target and its value or values.
public struct AssignmentValue: ValueConvertible, Concealed {
    /// The target's attribute.
    public var attribute: String
    /// The value; a list for several.
    public var value: Value

    public init(attribute: String, value: Value) {
        self.attribute = attribute
        self.value = value
    }

    public init(_ value: Value) throws {
        self.attribute = try value.read("attribute")
        self.value = try value.read("value")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("attribute", self.attribute)
        fields.put("value", self.value)
        return fields.value
    }

    public var shown: String { "AssignmentValue(attribute: \(self.attribute))" }
}

/// How strong a proof of identity is.
public enum Assurance: String, ValueConvertible, CaseIterable {
    /// Somebody who can read a mailbox or a text message: passcodes by e-mail and SMS, recovery codes.
    case low = "low"
    /// A device that shows codes: TOTP and HOTP.
    case substantial = "substantial"
    /// Resistant to phishing: passkeys.
    case high = "high"
}

/// What a privilege gives of one attribute.
public enum AttributeAccess: String, ValueConvertible, CaseIterable {
    /// Neither seen nor changed.
    case none = "none"
    /// Seen.
    case read = "read"
    /// Seen and changed.
    case write = "write"
}

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
    /// Kept sealed under a key of the vault; noted in the journal without its value, and never shown.
    public var secret: Bool
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

    public init(kind: Kind, name: String, label: String, type: AttributeType, multiple: Bool, maximumLength: Int?, pattern: String?, required: Bool, unique: Bool, searchable: Bool, personal: Bool, secret: Bool, editable: EditableBy, source: Source, derived: Bool, allowed: [Value] = [], `default`: Value = .null) {
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
        self.secret = secret
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
        self.secret = try value.read("secret")
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
        fields.put("secret", self.secret)
        fields.put("editable", self.editable)
        fields.put("source", self.source)
        fields.put("derived", self.derived)
        if self.allowed != [] { fields.put("allowed", self.allowed) }
        fields.put("default", self.`default`)
        return fields.value
    }

    public var shown: String { "AttributeDefinition(kind: \(self.kind), name: \(self.name), type: \(self.type), multiple: \(self.multiple), maximumLength: \(self.maximumLength as Any), pattern: \(self.pattern as Any), required: \(self.required), unique: \(self.unique), searchable: \(self.searchable), personal: \(self.personal), secret: \(self.secret), editable: \(self.editable), source: \(self.source), derived: \(self.derived))" }
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

/// A column of a list.
public struct Column: ValueConvertible, Concealed {
    /// The attribute.
    public var attribute: String
    /// The name people see.
    public var label: String
    /// The type of its values.
    public var type: AttributeType
    /// Whether the list can be sorted and filtered by it.
    public var searchable: Bool

    public init(attribute: String, label: String, type: AttributeType, searchable: Bool) {
        self.attribute = attribute
        self.label = label
        self.type = type
        self.searchable = searchable
    }

    public init(_ value: Value) throws {
        self.attribute = try value.read("attribute")
        self.label = try value.read("label")
        self.type = try value.read("type")
        self.searchable = try value.read("searchable")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("attribute", self.attribute)
        fields.put("label", self.label)
        fields.put("type", self.type)
        fields.put("searchable", self.searchable)
        return fields.value
    }

    public var shown: String { "Column(attribute: \(self.attribute), type: \(self.type), searchable: \(self.searchable))" }
}

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
public struct Executed: ValueConvertible, Concealed {
    /// The commit; `None` when there was nothing to change.
    public var revision: Int?
    /// What the command was about: the created or changed record.
    public var id: EntityId?
    /// What happened.
    public var events: [Event]
    /// The same command was committed before under the same identifier; nothing was done again.
    public var replayed: Bool
    /// New secrets by name: a random password, recovery codes. This is the only time that they are shown.
    public var disclosed: [String: [Secret]]
    /// Remarks that hindered nothing.
    public var remarks: [String]

    public init(revision: Int?, id: EntityId?, events: [Event], replayed: Bool, disclosed: [String: [Secret]] = [:], remarks: [String] = []) {
        self.revision = revision
        self.id = id
        self.events = events
        self.replayed = replayed
        self.disclosed = disclosed
        self.remarks = remarks
    }

    public init(_ value: Value) throws {
        self.revision = try value.read("revision")
        self.id = try value.read("id")
        self.events = try value.read("events")
        self.replayed = try value.read("replayed")
        self.disclosed = try value.read("disclosed", or: [:])
        self.remarks = try value.read("remarks", or: [])
    }

    public var value: Value {
        var fields = Fields()
        fields.put("revision", self.revision)
        fields.put("id", self.id)
        fields.put("events", self.events)
        fields.put("replayed", self.replayed)
        if self.disclosed != [:] { fields.put("disclosed", self.disclosed) }
        if self.remarks != [] { fields.put("remarks", self.remarks) }
        return fields.value
    }

    public var shown: String { "Executed(revision: \(self.revision as Any), id: \(self.id as Any), events: \(self.events), replayed: \(self.replayed), remarks: \(self.remarks))" }
}

/// Second factors.
///
/// As a policy says it: an absent rule says nothing.
public struct FactorPolicy: ValueConvertible {
    /// The types that count: `totp`, `hotp`, `recovery_codes`, `email`, `sms`, `passkey`.
    public var allowed: [String]?
    /// One-time password devices of a user at most; 5.
    public var deviceLimit: Int?
    /// Minutes for which an enrolment that was begun can be finished; 1440.
    public var enrolmentMinutes: Int?
    /// The least assurance of a factor that counts; `low`.
    public var minimumAssurance: Assurance?
    /// Wrong entries that void a passcode; 5.
    public var passcodeAttempts: Int?
    /// Minutes for which a passcode by e-mail or SMS counts; 10, and never more (OWASP ASVS 5, 6.5.5).
    public var passcodeMinutes: Int?
    /// How many recovery codes a set has; 10.
    public var recoveryCodes: Int?
    /// Whether a second factor is required; no.
    public var required: Bool?

    public init(allowed: [String]? = nil, deviceLimit: Int? = nil, enrolmentMinutes: Int? = nil, minimumAssurance: Assurance? = nil, passcodeAttempts: Int? = nil, passcodeMinutes: Int? = nil, recoveryCodes: Int? = nil, required: Bool? = nil) {
        self.allowed = allowed
        self.deviceLimit = deviceLimit
        self.enrolmentMinutes = enrolmentMinutes
        self.minimumAssurance = minimumAssurance
        self.passcodeAttempts = passcodeAttempts
        self.passcodeMinutes = passcodeMinutes
        self.recoveryCodes = recoveryCodes
        self.required = required
    }

    public init(_ value: Value) throws {
        self.allowed = try value.read("allowed", or: nil)
        self.deviceLimit = try value.read("device_limit", or: nil)
        self.enrolmentMinutes = try value.read("enrolment_minutes", or: nil)
        self.minimumAssurance = try value.read("minimum_assurance", or: nil)
        self.passcodeAttempts = try value.read("passcode_attempts", or: nil)
        self.passcodeMinutes = try value.read("passcode_minutes", or: nil)
        self.recoveryCodes = try value.read("recovery_codes", or: nil)
        self.required = try value.read("required", or: nil)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("allowed", self.allowed)
        fields.put("device_limit", self.deviceLimit)
        fields.put("enrolment_minutes", self.enrolmentMinutes)
        fields.put("minimum_assurance", self.minimumAssurance)
        fields.put("passcode_attempts", self.passcodeAttempts)
        fields.put("passcode_minutes", self.passcodeMinutes)
        fields.put("recovery_codes", self.recoveryCodes)
        fields.put("required", self.required)
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

/// What becomes of the grants of a role that is deleted.
public enum GrantDisposition: String, ValueConvertible, CaseIterable {
    /// They go with it.
    case revoke = "revoke"
    /// They become grants of the role named in `move_to`.
    case move = "move"
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

/// Initial passwords (OWASP ASVS 5, 6.4.1).
///
/// As a policy says it: an absent rule says nothing.
public struct InitialPolicy: ValueConvertible {
    /// Characters of a random initial password; 20.
    public var length: Int?
    /// Whether it must be changed at the first sign-in; yes.
    public var mustChange: Bool?
    /// A pattern with attributes of the user in braces, such as `Welcome-{user_number}`; empty: random. Whoever
    /// knows the pattern knows the password, so the lint complains.
    public var pattern: String?
    /// Hours for which it can be used; 72.
    public var validHours: Int?

    public init(length: Int? = nil, mustChange: Bool? = nil, pattern: String? = nil, validHours: Int? = nil) {
        self.length = length
        self.mustChange = mustChange
        self.pattern = pattern
        self.validHours = validHours
    }

    public init(_ value: Value) throws {
        self.length = try value.read("length", or: nil)
        self.mustChange = try value.read("must_change", or: nil)
        self.pattern = try value.read("pattern", or: nil)
        self.validHours = try value.read("valid_hours", or: nil)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("length", self.length)
        fields.put("must_change", self.mustChange)
        fields.put("pattern", self.pattern)
        fields.put("valid_hours", self.validHours)
        return fields.value
    }
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
    case role = "role"
    case assignment = "assignment"
    case rule = "rule"
    case credential = "credential"
    case policy = "policy"
}

/// Links that are sent.
///
/// As a policy says it: an absent rule says nothing.
public struct LinkPolicy: ValueConvertible {
    /// Hours for which an invitation counts; 168.
    public var invitationHours: Int?
    /// Hours for which a link to reset the password counts; 168.
    public var resetHours: Int?
    /// Whether users may ask for a link to reset their password themselves; yes.
    public var selfReset: Bool?
    /// Hours for which a link to verify an address counts; 24.
    public var verificationHours: Int?

    public init(invitationHours: Int? = nil, resetHours: Int? = nil, selfReset: Bool? = nil, verificationHours: Int? = nil) {
        self.invitationHours = invitationHours
        self.resetHours = resetHours
        self.selfReset = selfReset
        self.verificationHours = verificationHours
    }

    public init(_ value: Value) throws {
        self.invitationHours = try value.read("invitation_hours", or: nil)
        self.resetHours = try value.read("reset_hours", or: nil)
        self.selfReset = try value.read("self_reset", or: nil)
        self.verificationHours = try value.read("verification_hours", or: nil)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("invitation_hours", self.invitationHours)
        fields.put("reset_hours", self.resetHours)
        fields.put("self_reset", self.selfReset)
        fields.put("verification_hours", self.verificationHours)
        return fields.value
    }
}

/// One page of a list with all that a screen needs to show it.
public struct ListPage: ValueConvertible {
    /// The columns, in order.
    public var columns: [Column]
    /// The attributes that a text is looked for in.
    public var searched: [String]
    /// The rows.
    public var rows: [ListRow]
    /// What the records are called that the cells refer to, by identifier.
    public var names: [String: String]
    /// The cursor of the page after this one.
    public var next: Cursor?
    /// The cursor of the page before this one.
    public var previous: Cursor?
    /// How many rows there are, when it was asked for.
    public var total: Int?

    public init(columns: [Column], searched: [String], rows: [ListRow], names: [String: String], next: Cursor?, previous: Cursor?, total: Int?) {
        self.columns = columns
        self.searched = searched
        self.rows = rows
        self.names = names
        self.next = next
        self.previous = previous
        self.total = total
    }

    public init(_ value: Value) throws {
        self.columns = try value.read("columns")
        self.searched = try value.read("searched")
        self.rows = try value.read("rows")
        self.names = try value.read("names")
        self.next = try value.read("next")
        self.previous = try value.read("previous")
        self.total = try value.read("total")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("columns", self.columns)
        fields.put("searched", self.searched)
        fields.put("rows", self.rows)
        fields.put("names", self.names)
        fields.put("next", self.next)
        fields.put("previous", self.previous)
        fields.put("total", self.total)
        return fields.value
    }
}

/// A row of a list.
public struct ListRow: ValueConvertible, Concealed {
    /// The record.
    public var id: EntityId
    /// What people call it.
    public var name: String
    /// The values of the columns that are set.
    public var cells: [String: Value]
    /// The named status; users only.
    public var status: String?
    /// The number in the organization; lists of members only.
    public var number: String?

    public init(id: EntityId, name: String, cells: [String: Value], status: String?, number: String?) {
        self.id = id
        self.name = name
        self.cells = cells
        self.status = status
        self.number = number
    }

    public init(_ value: Value) throws {
        self.id = try value.read("id")
        self.name = try value.read("name")
        self.cells = try value.read("cells")
        self.status = try value.read("status")
        self.number = try value.read("number")
    }

    public var value: Value {
        var fields = Fields()
        fields.put("id", self.id)
        fields.put("name", self.name)
        fields.put("cells", self.cells)
        fields.put("status", self.status)
        fields.put("number", self.number)
        return fields.value
    }

    public var shown: String { "ListRow(id: \(self.id), name: \(self.name), status: \(self.status as Any), number: \(self.number as Any))" }
}

/// Locking after failed attempts.
///
/// As a policy says it: an absent rule says nothing.
public struct LockPolicy: ValueConvertible {
    /// Failures in a row that lock; 10. 0: never.
    public var attempts: Int?
    /// Seconds that must pass after the third failure; doubled with each one that follows; 0: no delay.
    public var delaySeconds: Int?
    /// Minutes that the first lock lasts; doubled with each one that follows without a success between; 15. 0:
    /// until an administrator unlocks.
    public var durationMinutes: Int?
    /// The most minutes that a lock lasts; 1440.
    public var maximumMinutes: Int?
    /// Minutes after which a row of failures is forgotten; 60.
    public var windowMinutes: Int?

    public init(attempts: Int? = nil, delaySeconds: Int? = nil, durationMinutes: Int? = nil, maximumMinutes: Int? = nil, windowMinutes: Int? = nil) {
        self.attempts = attempts
        self.delaySeconds = delaySeconds
        self.durationMinutes = durationMinutes
        self.maximumMinutes = maximumMinutes
        self.windowMinutes = windowMinutes
    }

    public init(_ value: Value) throws {
        self.attempts = try value.read("attempts", or: nil)
        self.delaySeconds = try value.read("delay_seconds", or: nil)
        self.durationMinutes = try value.read("duration_minutes", or: nil)
        self.maximumMinutes = try value.read("maximum_minutes", or: nil)
        self.windowMinutes = try value.read("window_minutes", or: nil)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("attempts", self.attempts)
        fields.put("delay_seconds", self.delaySeconds)
        fields.put("duration_minutes", self.durationMinutes)
        fields.put("maximum_minutes", self.maximumMinutes)
        fields.put("window_minutes", self.windowMinutes)
        return fields.value
    }
}

/// What to do when sub-organizations of both have the same name.
public enum NameClashes: String, ValueConvertible, CaseIterable {
    /// Report all of them and change nothing.
    case refuse = "refuse"
    /// Go on: the names of organizations need not be unique.
    case keep = "keep"
}

/// How the values of an assignment meet those of the target.
public enum OnAssignment: String, ValueConvertible, CaseIterable {
    /// They are added to the values that are there.
    case merge = "merge"
    /// They take the place of what is there.
    case replace = "replace"
}

/// What happens to things that were changed since.
public enum OnConflict: String, ValueConvertible, CaseIterable {
    /// Nothing is undone.
    case refuse = "refuse"
    /// They stay as they are; the rest is undone.
    case skip = "skip"
}

/// What becomes of the values of an assignment that is lost.
public enum OnUnassignment: String, ValueConvertible, CaseIterable {
    /// Exactly the listed values go.
    case remove = "remove"
    /// They stay.
    case none = "none"
}

/// The identifier of a record of the kind `organization`.
public typealias OrganizationId = String

/// The identifier of a record of the kind `organization_type`.
public typealias OrganizationTypeId = String

/// Passwords (NIST SP 800-63B-4, 3.1.1).
///
/// As a policy says it: an absent rule says nothing.
public struct PasswordPolicy: ValueConvertible {
    /// Whether an administrator may choose or see a password at all; yes, and then it must be changed at once.
    public var administratorAllowed: Bool?
    /// Hours for which a password that an administrator knows can be used; 72.
    public var administratorHours: Int?
    /// More passwords that are refused as a whole, in any letter case: those of a breach, those of the house.
    public var blocked: [String]?
    /// Whether the password as a whole is compared with the list of common passwords; yes.
    public var commonRefused: Bool?
    /// Words that may not make up the password, beside the names and addresses of the user: the product, the
    /// company.
    public var contextWords: [String]?
    /// Whether single users may be exempt from expiry or strength; yes.
    public var exemptionsAllowed: Bool?
    /// How many of the former passwords may not come back; 0.
    public var history: Int?
    /// Days after which the password must be changed; 0: never (NIST: no periodic change).
    public var maximumAgeDays: Int?
    /// Code points at most; 256. Below 64 the lint complains.
    public var maximumLength: Int?
    /// Hours before a user may change the password again; 0. An administrator always may.
    public var minimumAgeHours: Int?
    /// Code points at least; 15.
    public var minimumLength: Int?
    /// Code points at least where a second factor is required as well; 8.
    public var minimumLengthWithFactor: Int?
    /// The least estimated strength, 0 to 4 of zxcvbn; 2.
    public var minimumScore: Int?

    public init(administratorAllowed: Bool? = nil, administratorHours: Int? = nil, blocked: [String]? = nil, commonRefused: Bool? = nil, contextWords: [String]? = nil, exemptionsAllowed: Bool? = nil, history: Int? = nil, maximumAgeDays: Int? = nil, maximumLength: Int? = nil, minimumAgeHours: Int? = nil, minimumLength: Int? = nil, minimumLengthWithFactor: Int? = nil, minimumScore: Int? = nil) {
        self.administratorAllowed = administratorAllowed
        self.administratorHours = administratorHours
        self.blocked = blocked
        self.commonRefused = commonRefused
        self.contextWords = contextWords
        self.exemptionsAllowed = exemptionsAllowed
        self.history = history
        self.maximumAgeDays = maximumAgeDays
        self.maximumLength = maximumLength
        self.minimumAgeHours = minimumAgeHours
        self.minimumLength = minimumLength
        self.minimumLengthWithFactor = minimumLengthWithFactor
        self.minimumScore = minimumScore
    }

    public init(_ value: Value) throws {
        self.administratorAllowed = try value.read("administrator_allowed", or: nil)
        self.administratorHours = try value.read("administrator_hours", or: nil)
        self.blocked = try value.read("blocked", or: nil)
        self.commonRefused = try value.read("common_refused", or: nil)
        self.contextWords = try value.read("context_words", or: nil)
        self.exemptionsAllowed = try value.read("exemptions_allowed", or: nil)
        self.history = try value.read("history", or: nil)
        self.maximumAgeDays = try value.read("maximum_age_days", or: nil)
        self.maximumLength = try value.read("maximum_length", or: nil)
        self.minimumAgeHours = try value.read("minimum_age_hours", or: nil)
        self.minimumLength = try value.read("minimum_length", or: nil)
        self.minimumLengthWithFactor = try value.read("minimum_length_with_factor", or: nil)
        self.minimumScore = try value.read("minimum_score", or: nil)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("administrator_allowed", self.administratorAllowed)
        fields.put("administrator_hours", self.administratorHours)
        fields.put("blocked", self.blocked)
        fields.put("common_refused", self.commonRefused)
        fields.put("context_words", self.contextWords)
        fields.put("exemptions_allowed", self.exemptionsAllowed)
        fields.put("history", self.history)
        fields.put("maximum_age_days", self.maximumAgeDays)
        fields.put("maximum_length", self.maximumLength)
        fields.put("minimum_age_hours", self.minimumAgeHours)
        fields.put("minimum_length", self.minimumLength)
        fields.put("minimum_length_with_factor", self.minimumLengthWithFactor)
        fields.put("minimum_score", self.minimumScore)
        return fields.value
    }
}

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

/// The identifier of a record of the kind `policy`.
public typealias PolicyId = String

/// What a policy says. Parts and rules that are absent say nothing.
public struct PolicyParts: ValueConvertible {
    /// Second factors.
    public var factor: FactorPolicy?
    /// Initial passwords.
    public var initial: InitialPolicy?
    /// Links.
    public var link: LinkPolicy?
    /// Locking.
    public var lock: LockPolicy?
    /// Passwords.
    public var password: PasswordPolicy?
    /// Sessions.
    public var session: SessionPolicy?
    /// What the targets of the password demand.
    public var targets: [TargetRules]

    public init(factor: FactorPolicy? = nil, initial: InitialPolicy? = nil, link: LinkPolicy? = nil, lock: LockPolicy? = nil, password: PasswordPolicy? = nil, session: SessionPolicy? = nil, targets: [TargetRules] = []) {
        self.factor = factor
        self.initial = initial
        self.link = link
        self.lock = lock
        self.password = password
        self.session = session
        self.targets = targets
    }

    public init(_ value: Value) throws {
        self.factor = try value.read("factor", or: nil)
        self.initial = try value.read("initial", or: nil)
        self.link = try value.read("link", or: nil)
        self.lock = try value.read("lock", or: nil)
        self.password = try value.read("password", or: nil)
        self.session = try value.read("session", or: nil)
        self.targets = try value.read("targets", or: [])
    }

    public var value: Value {
        var fields = Fields()
        fields.put("factor", self.factor)
        fields.put("initial", self.initial)
        fields.put("link", self.link)
        fields.put("lock", self.lock)
        fields.put("password", self.password)
        fields.put("session", self.session)
        if self.targets != [] { fields.put("targets", self.targets) }
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

/// What an internal role allows or denies on one kind of thing.
public struct Privilege: ValueConvertible, Concealed {
    /// The kind: `user`, `device`, …, or a kind of the host's own such as `invoice`.
    public var kind: String
    /// `view`, `create`, `update`, `delete`, others such as `reset_password` or the host's own, `*` for all.
    public var actions: [String]
    /// Attribute → access; `*` for those that are not named. Without a word: read-only.
    public var attributes: [String: AttributeAccess]
    /// Whether it gives or takes.
    public var effect: PrivilegeEffect?
    /// The holders whom it serves, as filter text or tree over users; kept apart from the target.
    public var holder: Filter?
    /// The things it is about, as filter text or tree: it overrides the view, create, update and delete options.
    public var target: Filter?

    public init(kind: String, actions: [String] = [], attributes: [String: AttributeAccess] = [:], effect: PrivilegeEffect? = nil, holder: Filter? = nil, target: Filter? = nil) {
        self.kind = kind
        self.actions = actions
        self.attributes = attributes
        self.effect = effect
        self.holder = holder
        self.target = target
    }

    public init(_ value: Value) throws {
        self.kind = try value.read("kind")
        self.actions = try value.read("actions", or: [])
        self.attributes = try value.read("attributes", or: [:])
        self.effect = try value.read("effect", or: nil)
        self.holder = try value.read("holder", or: nil)
        self.target = try value.read("target", or: nil)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("kind", self.kind)
        if self.actions != [] { fields.put("actions", self.actions) }
        if self.attributes != [:] { fields.put("attributes", self.attributes) }
        fields.put("effect", self.effect)
        fields.put("holder", self.holder)
        fields.put("target", self.target)
        return fields.value
    }

    public var shown: String { "Privilege(kind: \(self.kind), actions: \(self.actions), effect: \(self.effect as Any), holder: \(self.holder as Any), target: \(self.target as Any))" }
}

/// Whether a privilege gives or takes.
public enum PrivilegeEffect: String, ValueConvertible, CaseIterable {
    /// Gives.
    case allow = "allow"
    /// Takes, whatever else gives.
    case deny = "deny"
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
    /// A user, device, group, organization, position or user type holds a role. Attributes: `inherit`
    /// (organizations: also everything below), `within` (acts on these organizations and what is below them only),
    /// `time_zone`.
    case hasRole = "has_role"
    /// A role contains another: who holds the first holds the second. Never a circle.
    case includesRole = "includes_role"
    /// An external role carries an assignment.
    case carries = "carries"
    /// A user owns an organization with everything below it.
    case owns = "owns"
    /// A user administers an organization with everything below it.
    case administers = "administers"
    /// A user stands in for another user for a time. Attribute `roles`: with these roles only.
    case deputizes = "deputizes"
    /// While somebody holds the first role, the second is not in effect for them. Directed; nothing is destroyed.
    case excludes = "excludes"
    /// The first role may be given only to somebody who holds the second.
    case requires = "requires"
}

/// The identifier of a record of the kind `role`.
public typealias RoleId = String

/// What a role is for.
public enum RoleType: String, ValueConvertible, CaseIterable {
    /// Authorizes: its privileges say what its holders may do here.
    case `internal` = "internal"
    /// Provisions: its assignments say what its holders get in targets.
    case external = "external"
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

/// A secret in the clear. It is not kept as it is, and not shown again.
public typealias Secret = String

/// Sessions (NIST SP 800-63B-4, 5.2).
///
/// As a policy says it: an absent rule says nothing.
public struct SessionPolicy: ValueConvertible {
    /// Minutes after which a session ends whatever happens; 1440.
    public var absoluteMinutes: Int?
    /// Minutes for which an access token counts; 10.
    public var accessMinutes: Int?
    /// Minutes for which a proof counts as fresh, for what asks for a fresh one; 15.
    public var freshMinutes: Int?
    /// Minutes without a request after which a session ends; 60.
    public var idleMinutes: Int?
    /// Sessions at the same time; 0: any number.
    public var maximum: Int?

    public init(absoluteMinutes: Int? = nil, accessMinutes: Int? = nil, freshMinutes: Int? = nil, idleMinutes: Int? = nil, maximum: Int? = nil) {
        self.absoluteMinutes = absoluteMinutes
        self.accessMinutes = accessMinutes
        self.freshMinutes = freshMinutes
        self.idleMinutes = idleMinutes
        self.maximum = maximum
    }

    public init(_ value: Value) throws {
        self.absoluteMinutes = try value.read("absolute_minutes", or: nil)
        self.accessMinutes = try value.read("access_minutes", or: nil)
        self.freshMinutes = try value.read("fresh_minutes", or: nil)
        self.idleMinutes = try value.read("idle_minutes", or: nil)
        self.maximum = try value.read("maximum", or: nil)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("absolute_minutes", self.absoluteMinutes)
        fields.put("access_minutes", self.accessMinutes)
        fields.put("fresh_minutes", self.freshMinutes)
        fields.put("idle_minutes", self.idleMinutes)
        fields.put("maximum", self.maximum)
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
    /// Attributes that lists show, by kind; empty: the usual ones of the kind.
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

/// The demands of one target.
public struct TargetRules: ValueConvertible {
    /// Whether only printable ASCII is accepted.
    public var asciiOnly: Bool
    /// Digits at least.
    public var digits: Int
    /// Characters that are not accepted.
    public var forbidden: [String]
    /// Lower-case letters at least.
    public var lowerCase: Int
    /// Characters at most; 0: any number.
    public var maximumLength: Int
    /// Characters at least.
    public var minimumLength: Int
    /// Characters at least that are neither letters nor digits.
    public var symbols: Int
    /// The only symbols that are accepted; empty: any.
    public var symbolsAllowed: [String]
    /// The name of the target.
    public var target: String
    /// Upper-case letters at least.
    public var upperCase: Int

    public init(asciiOnly: Bool = false, digits: Int = 0, forbidden: [String] = [], lowerCase: Int = 0, maximumLength: Int = 0, minimumLength: Int = 0, symbols: Int = 0, symbolsAllowed: [String] = [], target: String = "", upperCase: Int = 0) {
        self.asciiOnly = asciiOnly
        self.digits = digits
        self.forbidden = forbidden
        self.lowerCase = lowerCase
        self.maximumLength = maximumLength
        self.minimumLength = minimumLength
        self.symbols = symbols
        self.symbolsAllowed = symbolsAllowed
        self.target = target
        self.upperCase = upperCase
    }

    public init(_ value: Value) throws {
        self.asciiOnly = try value.read("ascii_only", or: false)
        self.digits = try value.read("digits", or: 0)
        self.forbidden = try value.read("forbidden", or: [])
        self.lowerCase = try value.read("lower_case", or: 0)
        self.maximumLength = try value.read("maximum_length", or: 0)
        self.minimumLength = try value.read("minimum_length", or: 0)
        self.symbols = try value.read("symbols", or: 0)
        self.symbolsAllowed = try value.read("symbols_allowed", or: [])
        self.target = try value.read("target", or: "")
        self.upperCase = try value.read("upper_case", or: 0)
    }

    public var value: Value {
        var fields = Fields()
        if self.asciiOnly != false { fields.put("ascii_only", self.asciiOnly) }
        if self.digits != 0 { fields.put("digits", self.digits) }
        if self.forbidden != [] { fields.put("forbidden", self.forbidden) }
        if self.lowerCase != 0 { fields.put("lower_case", self.lowerCase) }
        if self.maximumLength != 0 { fields.put("maximum_length", self.maximumLength) }
        if self.minimumLength != 0 { fields.put("minimum_length", self.minimumLength) }
        if self.symbols != 0 { fields.put("symbols", self.symbols) }
        if self.symbolsAllowed != [] { fields.put("symbols_allowed", self.symbolsAllowed) }
        if self.target != "" { fields.put("target", self.target) }
        if self.upperCase != 0 { fields.put("upper_case", self.upperCase) }
        return fields.value
    }
}

/// The identifier of a record of the kind `template`.
public typealias TemplateId = String

/// The time in which a role or a grant holds: from the start on and before the end, both open when absent.
public struct TimeConstraint: ValueConvertible {
    /// As the start.
    public var end: String?
    /// RFC 3339 with an offset, or a local date and time such as `2026-12-01T09:00` in `time_zone`.
    public var start: String?
    /// An offset relative to GMT such as `GMT+02:00`; without it local times are in GMT.
    public var timeZone: String?

    public init(end: String? = nil, start: String? = nil, timeZone: String? = nil) {
        self.end = end
        self.start = start
        self.timeZone = timeZone
    }

    public init(_ value: Value) throws {
        self.end = try value.read("end", or: nil)
        self.start = try value.read("start", or: nil)
        self.timeZone = try value.read("time_zone", or: nil)
    }

    public var value: Value {
        var fields = Fields()
        fields.put("end", self.end)
        fields.put("start", self.start)
        fields.put("time_zone", self.timeZone)
        return fields.value
    }
}

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
    /// Too many passwords are being hashed; nothing was done.
    public static let credentialOverloaded = "credential.overloaded"
    /// A stored password hash cannot be checked: its form is not known, or its cost is absurd.
    public static let credentialHash = "credential.hash"
    /// The password does not satisfy the policy; see `fields`.
    public static let passwordWeak = "password.weak"
    /// The password, code or key is not the right one.
    public static let credentialWrong = "credential.wrong"
    /// The user has no such credential.
    public static let credentialNone = "credential.none"
    /// The policy forbids it.
    public static let policyForbids = "policy.forbids"
    /// It would take the user's last second factor away.
    public static let credentialLastFactor = "credential.last_factor"
    /// The user has as many devices of this type as the policy allows.
    public static let credentialTooMany = "credential.too_many"
    /// What was issued is no longer valid.
    public static let credentialExpired = "credential.expired"
    /// No attempt is allowed before the moment that is named in the message.
    public static let credentialBlocked = "credential.blocked"
}
