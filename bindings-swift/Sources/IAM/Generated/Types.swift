// Generated from the catalogue by `.ci/generate`; do not edit.

import Foundation

/// What is different in what users may do.
public struct AccessDifference: ValueConvertible {
    /// The users for whom something is different.
    public var users: [UserAccessDifference]
    /// How many users were looked at.
    public var examined: Int
    /// Everybody whom the changes can concern was looked at; else there were more than the limit.
    public var complete: Bool

    public init(users: [UserAccessDifference], examined: Int, complete: Bool) {
        self.users = users
        self.examined = examined
        self.complete = complete
    }

    public init(_ value: Value) throws {
        self.users = try value.read("users")
        self.examined = try value.read("examined")
        self.complete = try value.read("complete")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("users", self.users)
        fields.put("examined", self.examined)
        fields.put("complete", self.complete)
        return fields.jsonValue
    }
}

/// Something about access that is probably not meant so.
public struct AccessFinding: ValueConvertible, Concealed {
    /// What was looked for, such as `access.role_unreachable`.
    public var check: String
    /// What it is about.
    public var subjects: [EntityId]
    /// What was found.
    public var message: String

    public init(check: String, subjects: [EntityId], message: String) {
        self.check = check
        self.subjects = subjects
        self.message = message
    }

    public init(_ value: Value) throws {
        self.check = try value.read("check")
        self.subjects = try value.read("subjects")
        self.message = try value.read("message")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("check", self.check)
        fields.put("subjects", self.subjects)
        fields.put("message", self.message)
        return fields.jsonValue
    }

    public var shown: String { "AccessFinding(check: \(self.check), subjects: \(self.subjects))" }
}

/// An account of somebody elsewhere.
public struct AccountElsewhere: ValueConvertible {
    /// The record about it: an object of an identity source or target, or a link to a provider.
    public var id: EntityId
    /// Where it is: the identifier of the source, or the name of the provider.
    public var at: String
    /// How it is called there.
    public var name: String

    public init(id: EntityId, at: String, name: String) {
        self.id = id
        self.at = at
        self.name = name
    }

    public init(_ value: Value) throws {
        self.id = try value.read("id")
        self.at = try value.read("at")
        self.name = try value.read("name")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("id", self.id)
        fields.put("at", self.at)
        fields.put("name", self.name)
        return fields.jsonValue
    }
}

/// A filter for the host's own lists.
public struct AllowedFilter: ValueConvertible, Concealed {
    /// The JSON tree of the condition; `"all"` for everything, `"none"` for nothing.
    public var filter: Value
    /// The same as SCIM filter text.
    public var text: String?

    public init(filter: Value, text: String?) {
        self.filter = filter
        self.text = text
    }

    public init(_ value: Value) throws {
        self.filter = try value.read("filter")
        self.text = try value.read("text")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("filter", self.filter)
        fields.put("text", self.text)
        return fields.jsonValue
    }

    public var shown: String { "AllowedFilter(text: \(self.text as Any))" }
}

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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("event", self.event)
        fields.put("expression", self.expression)
        if self.variables != [:] { fields.put("variables", self.variables) }
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("attribute", self.attribute)
        fields.put("value", self.value)
        return fields.jsonValue
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

/// How many attempts may fail before the next one has to wait.
public struct AttemptLimit: ValueConvertible {
    /// Failed attempts that have no consequence; 0 switches the limit off.
    public var attempts: Int
    /// Seconds without a failed attempt after which counting begins anew.
    public var windowSeconds: Int
    /// Seconds that the first attempt beyond has to wait; each one after it twice as long.
    public var delaySeconds: Int
    /// The most seconds that an attempt has to wait.
    public var longestDelaySeconds: Int

    public init(attempts: Int, windowSeconds: Int, delaySeconds: Int, longestDelaySeconds: Int) {
        self.attempts = attempts
        self.windowSeconds = windowSeconds
        self.delaySeconds = delaySeconds
        self.longestDelaySeconds = longestDelaySeconds
    }

    public init(_ value: Value) throws {
        self.attempts = try value.read("attempts")
        self.windowSeconds = try value.read("window_seconds")
        self.delaySeconds = try value.read("delay_seconds")
        self.longestDelaySeconds = try value.read("longest_delay_seconds")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("attempts", self.attempts)
        fields.put("window_seconds", self.windowSeconds)
        fields.put("delay_seconds", self.delaySeconds)
        fields.put("longest_delay_seconds", self.longestDelaySeconds)
        return fields.jsonValue
    }
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

    public var jsonValue: Value {
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
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("attribute", self.attribute)
        fields.put("after", self.after)
        fields.put("before", self.before)
        return fields.jsonValue
    }

    public var shown: String { "AttributeDifference(attribute: \(self.attribute))" }
}

/// The identifier of a record of the kind `attribute`.
public typealias AttributeId = String

/// One attribute, and what the source says about it.
public struct AttributeMapping: ValueConvertible, Concealed {
    /// The attribute here: one of the record's own, or `organizations`, `manager`, `positions`, `groups`, `leads`,
    /// `parent`, `organization`, `reports_to`, `members`, `user_type`, `organization_type`,
    /// `administrative_status`; of memberships `member` and `container`.
    public var to: String
    /// Where the value comes from.
    public var from: MapFrom
    /// A CEL expression; while it is false the attribute is left alone.
    public var condition: String?
    /// Instead of an empty value.
    public var `default`: Value
    /// Values by what the source calls them; letter case does not count.
    public var dictionary: [String: Value]
    /// For references: by what the other record is named.
    public var reference: ReferenceBy?
    /// Divides one text into several values.
    public var split: String?
    /// How strongly it holds.
    public var strength: Strength?
    /// What becomes of values that the dictionary does not list.
    public var unlisted: Unlisted?

    public init(to: String, from: MapFrom, condition: String? = nil, `default`: Value = .null, dictionary: [String: Value] = [:], reference: ReferenceBy? = nil, split: String? = nil, strength: Strength? = nil, unlisted: Unlisted? = nil) {
        self.to = to
        self.from = from
        self.condition = condition
        self.`default` = `default`
        self.dictionary = dictionary
        self.reference = reference
        self.split = split
        self.strength = strength
        self.unlisted = unlisted
    }

    public init(_ value: Value) throws {
        self.to = try value.read("to")
        self.from = try value.read("from")
        self.condition = try value.read("condition", or: nil)
        self.`default` = try value.read("default", or: .null)
        self.dictionary = try value.read("dictionary", or: [:])
        self.reference = try value.read("reference", or: nil)
        self.split = try value.read("split", or: nil)
        self.strength = try value.read("strength", or: nil)
        self.unlisted = try value.read("unlisted", or: nil)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("to", self.to)
        fields.put("from", self.from)
        fields.put("condition", self.condition)
        fields.put("default", self.`default`)
        if self.dictionary != [:] { fields.put("dictionary", self.dictionary) }
        fields.put("reference", self.reference)
        fields.put("split", self.split)
        fields.put("strength", self.strength)
        fields.put("unlisted", self.unlisted)
        return fields.jsonValue
    }

    public var shown: String { "AttributeMapping(to: \(self.to), from: \(self.from), condition: \(self.condition as Any), reference: \(self.reference as Any), split: \(self.split as Any), strength: \(self.strength as Any), unlisted: \(self.unlisted as Any))" }
}

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

    public var jsonValue: Value {
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
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("revision", self.revision)
        fields.put("results", self.results)
        fields.put("difference", self.difference)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("id", self.id)
        fields.put("problem", self.problem)
        return fields.jsonValue
    }
}

/// What a connector can do. What it cannot do is done without, or refused when it is asked for.
public struct Capabilities: ValueConvertible {
    /// An incremental read names what was deleted.
    public var deletes: Bool
    /// Takes a filter of its own syntax.
    public var filter: Bool
    /// Reads only what changed since a token.
    public var incremental: Bool
    /// A page can be asked for again later, over another connection.
    public var resume: Bool

    public init(deletes: Bool = false, filter: Bool = false, incremental: Bool = false, resume: Bool = false) {
        self.deletes = deletes
        self.filter = filter
        self.incremental = incremental
        self.resume = resume
    }

    public init(_ value: Value) throws {
        self.deletes = try value.read("deletes", or: false)
        self.filter = try value.read("filter", or: false)
        self.incremental = try value.read("incremental", or: false)
        self.resume = try value.read("resume", or: false)
    }

    public var jsonValue: Value {
        var fields = Fields()
        if self.deletes != false { fields.put("deletes", self.deletes) }
        if self.filter != false { fields.put("filter", self.filter) }
        if self.incremental != false { fields.put("incremental", self.incremental) }
        if self.resume != false { fields.put("resume", self.resume) }
        return fields.jsonValue
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
    /// A rule: the condition of a dynamic role or group, an exclusion.
    case rule = "rule"
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("what", self.what)
        fields.put("revision", self.revision)
        fields.put("number", self.number)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("number", self.number)
        fields.put("until", self.until)
        fields.put("head", self.head)
        return fields.jsonValue
    }
}

/// The identifier of a record of the kind `change_set`.
public typealias ChangeSetId = String

/// What becomes of that which the target has already.
public enum CloneMode: String, ValueConvertible, CaseIterable {
    /// It stays, and what is missing is added.
    case union = "union"
    /// Direct roles and groups that the source does not have go.
    case replace = "replace"
}

/// What cloning did, or would do.
public struct Cloned: ValueConvertible {
    /// Roles and groups that the target gets.
    public var copied: [EntityId]
    /// Roles and groups that the target loses.
    public var removed: [EntityId]
    /// What was left out, and why.
    public var skipped: [Skipped]

    public init(copied: [EntityId], removed: [EntityId], skipped: [Skipped]) {
        self.copied = copied
        self.removed = removed
        self.skipped = skipped
    }

    public init(_ value: Value) throws {
        self.copied = try value.read("copied")
        self.removed = try value.read("removed")
        self.skipped = try value.read("skipped")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("copied", self.copied)
        fields.put("removed", self.removed)
        fields.put("skipped", self.skipped)
        return fields.jsonValue
    }
}

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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("attribute", self.attribute)
        fields.put("label", self.label)
        fields.put("type", self.type)
        fields.put("searchable", self.searchable)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("revision", self.revision)
        fields.put("events", self.events)
        return fields.jsonValue
    }
}

/// A field of a connector's configuration.
public struct ConfigurationField: ValueConvertible, Concealed {
    /// Its name.
    public var name: String
    /// The name people see.
    public var label: String
    /// The values allowed, when not any.
    public var allowed: [Value]
    /// What holds when nothing is given.
    public var `default`: Value
    /// When it has to be filled in.
    public var required: Required?
    /// The type.
    public var type: FieldType?

    public init(name: String, label: String, allowed: [Value] = [], `default`: Value = .null, required: Required? = nil, type: FieldType? = nil) {
        self.name = name
        self.label = label
        self.allowed = allowed
        self.`default` = `default`
        self.required = required
        self.type = type
    }

    public init(_ value: Value) throws {
        self.name = try value.read("name")
        self.label = try value.read("label")
        self.allowed = try value.read("allowed", or: [])
        self.`default` = try value.read("default", or: .null)
        self.required = try value.read("required", or: nil)
        self.type = try value.read("type", or: nil)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("name", self.name)
        fields.put("label", self.label)
        if self.allowed != [] { fields.put("allowed", self.allowed) }
        fields.put("default", self.`default`)
        fields.put("required", self.required)
        fields.put("type", self.type)
        return fields.jsonValue
    }

    public var shown: String { "ConfigurationField(name: \(self.name), required: \(self.required as Any), type: \(self.type as Any))" }
}

/// A connector as it describes itself.
public struct ConnectorDescriptor: ValueConvertible {
    /// The stable name, such as `ldap`.
    public var name: String
    /// The name people see.
    public var title: String
    /// The version of the connector.
    public var version: String
    /// What it can do.
    public var capabilities: Capabilities?
    /// The fields of its configuration.
    public var fields: [ConfigurationField]
    /// Whether it reads the accounts of an operating system: these have a section of their own in the view of a
    /// user's access, and none among the applications.
    public var operatingSystem: Bool

    public init(name: String, title: String, version: String, capabilities: Capabilities? = nil, fields: [ConfigurationField] = [], operatingSystem: Bool = false) {
        self.name = name
        self.title = title
        self.version = version
        self.capabilities = capabilities
        self.fields = fields
        self.operatingSystem = operatingSystem
    }

    public init(_ value: Value) throws {
        self.name = try value.read("name")
        self.title = try value.read("title")
        self.version = try value.read("version")
        self.capabilities = try value.read("capabilities", or: nil)
        self.fields = try value.read("fields", or: [])
        self.operatingSystem = try value.read("operating_system", or: false)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("name", self.name)
        fields.put("title", self.title)
        fields.put("version", self.version)
        fields.put("capabilities", self.capabilities)
        if self.fields != [] { fields.put("fields", self.fields) }
        if self.operatingSystem != false { fields.put("operating_system", self.operatingSystem) }
        return fields.jsonValue
    }
}

/// The identifier of a record of the kind `connector`.
public typealias ConnectorId = String

/// One test of whether a record here is the one that the source means.
public struct Correlator: ValueConvertible {
    /// The attribute here. The mapping must set it; both values are compared folded.
    public var attribute: String
    /// What it adds to the confidence, 0 to 1.
    public var weight: Double

    public init(attribute: String, weight: Double = 1.0) {
        self.attribute = attribute
        self.weight = weight
    }

    public init(_ value: Value) throws {
        self.attribute = try value.read("attribute")
        self.weight = try value.read("weight", or: 1.0)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("attribute", self.attribute)
        if self.weight != 1.0 { fields.put("weight", self.weight) }
        return fields.jsonValue
    }
}

/// The identifier of a record of the kind `credential`.
public typealias CredentialId = String

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

/// How a link gets to its user.
public enum Delivery: String, ValueConvertible, CaseIterable {
    /// In a message to the user's e-mail address; nobody else sees the token.
    case message = "message"
    /// In the answer to the command, as `link_token`: the host delivers it. Refused for everybody else, because
    /// whoever has the token can take the user's place.
    case answer = "answer"
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
    /// Journal entries that were looked at.
    public var journal: Int
    /// Sealed rows of the audit trail that were looked at, those of the whole storage.
    public var sealed: Int
    /// Everything that is not as it should be; empty: healthy.
    public var findings: [Finding]

    public init(records: Int, claims: Int, edges: Int, closure: Int, journal: Int, sealed: Int, findings: [Finding]) {
        self.records = records
        self.claims = claims
        self.edges = edges
        self.closure = closure
        self.journal = journal
        self.sealed = sealed
        self.findings = findings
    }

    public init(_ value: Value) throws {
        self.records = try value.read("records")
        self.claims = try value.read("claims")
        self.edges = try value.read("edges")
        self.closure = try value.read("closure")
        self.journal = try value.read("journal")
        self.sealed = try value.read("sealed")
        self.findings = try value.read("findings")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("records", self.records)
        fields.put("claims", self.claims)
        fields.put("edges", self.edges)
        fields.put("closure", self.closure)
        fields.put("journal", self.journal)
        fields.put("sealed", self.sealed)
        fields.put("findings", self.findings)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("records", self.records)
        fields.put("edges", self.edges)
        if self.labels != [:] { fields.put("labels", self.labels) }
        return fields.jsonValue
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

    public var jsonValue: Value {
        switch self {
        case .detach:
            return .text("detach")
        case .cascade:
            return .text("cascade")
        case .moveTo(let part0):
            var fields = Fields()
            fields.put("target", part0)
            return .object(["move_to": fields.jsonValue])
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("from", self.from)
        fields.put("relation", self.relation)
        fields.put("to", self.to)
        fields.put("origins", self.origins)
        fields.put("window", self.window)
        if self.attributes != [:] { fields.put("attributes", self.attributes) }
        fields.put("suspended", self.suspended)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("from", self.from)
        fields.put("relation", self.relation)
        fields.put("to", self.to)
        fields.put("step", self.step)
        fields.put("after", self.after)
        fields.put("before", self.before)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("from", self.from)
        fields.put("relation", self.relation)
        fields.put("to", self.to)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("name", self.name)
        fields.put("subject", self.subject)
        fields.put("key", self.key)
        if self.details != [:] { fields.put("details", self.details) }
        return fields.jsonValue
    }

    public var shown: String { "Effect(name: \(self.name), subject: \(self.subject), key: \(self.key))" }
}

/// Everything that is linked to a user, in one view.
public struct EffectiveAccess: ValueConvertible {
    /// The user.
    public var user: EntityId
    /// Whether the user takes part at all: not deleted, locked, disabled or outside of the validity.
    public var active: Bool
    /// The highest level among the roles.
    public var level: Int
    /// The roles that have effect, with every path.
    public var roles: [Held]
    /// All groups, direct and by way of organizations, positions and other groups.
    public var groups: [EntityId]
    /// The organizations that the user leads.
    public var leads: [EntityId]
    /// The organizations that the user owns.
    public var owns: [EntityId]
    /// The organizations that the user administers.
    public var administers: [EntityId]
    /// Every right, those without effect too, with what is missing.
    public var rights: [Right]
    /// Accounts in connected applications; empty in earlier states.
    public var applications: [AccountElsewhere]
    /// Accounts of operating systems: those of sources that are enabled and active and whose connector is installed
    /// and says that it reads an operating system, unless the module `operating_systems` is off. Empty in earlier
    /// states.
    public var systems: [AccountElsewhere]
    /// Identities at other providers; empty in earlier states.
    public var linked: [AccountElsewhere]

    public init(user: EntityId, active: Bool, level: Int, roles: [Held], groups: [EntityId], leads: [EntityId], owns: [EntityId], administers: [EntityId], rights: [Right], applications: [AccountElsewhere], systems: [AccountElsewhere], linked: [AccountElsewhere]) {
        self.user = user
        self.active = active
        self.level = level
        self.roles = roles
        self.groups = groups
        self.leads = leads
        self.owns = owns
        self.administers = administers
        self.rights = rights
        self.applications = applications
        self.systems = systems
        self.linked = linked
    }

    public init(_ value: Value) throws {
        self.user = try value.read("user")
        self.active = try value.read("active")
        self.level = try value.read("level")
        self.roles = try value.read("roles")
        self.groups = try value.read("groups")
        self.leads = try value.read("leads")
        self.owns = try value.read("owns")
        self.administers = try value.read("administers")
        self.rights = try value.read("rights")
        self.applications = try value.read("applications")
        self.systems = try value.read("systems")
        self.linked = try value.read("linked")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("user", self.user)
        fields.put("active", self.active)
        fields.put("level", self.level)
        fields.put("roles", self.roles)
        fields.put("groups", self.groups)
        fields.put("leads", self.leads)
        fields.put("owns", self.owns)
        fields.put("administers", self.administers)
        fields.put("rights", self.rights)
        fields.put("applications", self.applications)
        fields.put("systems", self.systems)
        fields.put("linked", self.linked)
        return fields.jsonValue
    }
}

/// What counts for a user: every rule, decided.
public struct EffectivePolicy: ValueConvertible {
    /// Passwords.
    public var password: PasswordRules
    /// Initial passwords.
    public var initial: InitialRules
    /// Locking.
    public var lock: LockRules
    /// Sessions.
    public var session: SessionRules
    /// Second factors.
    public var factor: FactorRules
    /// Links.
    public var link: LinkRules
    /// What the targets of the password demand.
    public var targets: [TargetRules]
    /// Which policy decided a rule, as `part.rule`; a rule that is not here has its default.
    public var decidedBy: [String: PolicyId]

    public init(password: PasswordRules, initial: InitialRules, lock: LockRules, session: SessionRules, factor: FactorRules, link: LinkRules, targets: [TargetRules], decidedBy: [String: PolicyId]) {
        self.password = password
        self.initial = initial
        self.lock = lock
        self.session = session
        self.factor = factor
        self.link = link
        self.targets = targets
        self.decidedBy = decidedBy
    }

    public init(_ value: Value) throws {
        self.password = try value.read("password")
        self.initial = try value.read("initial")
        self.lock = try value.read("lock")
        self.session = try value.read("session")
        self.factor = try value.read("factor")
        self.link = try value.read("link")
        self.targets = try value.read("targets")
        self.decidedBy = try value.read("decided_by")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("password", self.password)
        fields.put("initial", self.initial)
        fields.put("lock", self.lock)
        fields.put("session", self.session)
        fields.put("factor", self.factor)
        fields.put("link", self.link)
        fields.put("targets", self.targets)
        fields.put("decided_by", self.decidedBy)
        return fields.jsonValue
    }
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("name", self.name)
        fields.put("subject", self.subject)
        if self.details != [:] { fields.put("details", self.details) }
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("revision", self.revision)
        fields.put("id", self.id)
        fields.put("events", self.events)
        fields.put("replayed", self.replayed)
        if self.disclosed != [:] { fields.put("disclosed", self.disclosed) }
        if self.remarks != [] { fields.put("remarks", self.remarks) }
        return fields.jsonValue
    }

    public var shown: String { "Executed(revision: \(self.revision as Any), id: \(self.id as Any), events: \(self.events), replayed: \(self.replayed), remarks: \(self.remarks))" }
}

/// From what a user is exempt.
public enum Exemption: String, ValueConvertible, CaseIterable {
    /// From nothing.
    case none = "none"
    /// The password never expires.
    case expiry = "expiry"
    /// Weak passwords are allowed.
    case strength = "strength"
    /// No restrictions.
    case everything = "everything"
}

/// An answer with its reasons.
public struct Explanation: ValueConvertible {
    /// The decision.
    public var allowed: Bool
    /// Yes: every right that allows it. No by a denial: every right that denies it.
    public var because: [Right]
    /// No: what comes nearest to allowing it, the nearest first, each with the facts that are missing.
    public var nearest: [Right]
    /// No: facts about no right in particular: the actor is not active, no role gives it at all.
    public var facts: [Unmet]
    /// How many more rights come less near and are not listed.
    public var further: Int

    public init(allowed: Bool, because: [Right], nearest: [Right], facts: [Unmet], further: Int) {
        self.allowed = allowed
        self.because = because
        self.nearest = nearest
        self.facts = facts
        self.further = further
    }

    public init(_ value: Value) throws {
        self.allowed = try value.read("allowed")
        self.because = try value.read("because")
        self.nearest = try value.read("nearest")
        self.facts = try value.read("facts")
        self.further = try value.read("further")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("allowed", self.allowed)
        fields.put("because", self.because)
        fields.put("nearest", self.nearest)
        fields.put("facts", self.facts)
        fields.put("further", self.further)
        return fields.jsonValue
    }
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
    /// Passkeys of a user at most; 10.
    public var passkeyLimit: Int?
    /// How many recovery codes a set has; 10.
    public var recoveryCodes: Int?
    /// Whether a second factor is required; no.
    public var required: Bool?

    public init(allowed: [String]? = nil, deviceLimit: Int? = nil, enrolmentMinutes: Int? = nil, minimumAssurance: Assurance? = nil, passcodeAttempts: Int? = nil, passcodeMinutes: Int? = nil, passkeyLimit: Int? = nil, recoveryCodes: Int? = nil, required: Bool? = nil) {
        self.allowed = allowed
        self.deviceLimit = deviceLimit
        self.enrolmentMinutes = enrolmentMinutes
        self.minimumAssurance = minimumAssurance
        self.passcodeAttempts = passcodeAttempts
        self.passcodeMinutes = passcodeMinutes
        self.passkeyLimit = passkeyLimit
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
        self.passkeyLimit = try value.read("passkey_limit", or: nil)
        self.recoveryCodes = try value.read("recovery_codes", or: nil)
        self.required = try value.read("required", or: nil)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("allowed", self.allowed)
        fields.put("device_limit", self.deviceLimit)
        fields.put("enrolment_minutes", self.enrolmentMinutes)
        fields.put("minimum_assurance", self.minimumAssurance)
        fields.put("passcode_attempts", self.passcodeAttempts)
        fields.put("passcode_minutes", self.passcodeMinutes)
        fields.put("passkey_limit", self.passkeyLimit)
        fields.put("recovery_codes", self.recoveryCodes)
        fields.put("required", self.required)
        return fields.jsonValue
    }
}

/// Second factors.
///
/// As it counts: every rule is decided.
public struct FactorRules: ValueConvertible {
    /// Whether a second factor is required; no.
    public var required: Bool
    /// The types that count: `totp`, `hotp`, `recovery_codes`, `email`, `sms`, `passkey`.
    public var allowed: [String]
    /// The least assurance of a factor that counts; `low`.
    public var minimumAssurance: Assurance
    /// One-time password devices of a user at most; 5.
    public var deviceLimit: Int
    /// Minutes for which an enrolment that was begun can be finished; 1440.
    public var enrolmentMinutes: Int
    /// Minutes for which a passcode by e-mail or SMS counts; 10, and never more (OWASP ASVS 5, 6.5.5).
    public var passcodeMinutes: Int
    /// Wrong entries that void a passcode; 5.
    public var passcodeAttempts: Int
    /// How many recovery codes a set has; 10.
    public var recoveryCodes: Int
    /// Passkeys of a user at most; 10.
    public var passkeyLimit: Int

    public init(required: Bool, allowed: [String], minimumAssurance: Assurance, deviceLimit: Int, enrolmentMinutes: Int, passcodeMinutes: Int, passcodeAttempts: Int, recoveryCodes: Int, passkeyLimit: Int) {
        self.required = required
        self.allowed = allowed
        self.minimumAssurance = minimumAssurance
        self.deviceLimit = deviceLimit
        self.enrolmentMinutes = enrolmentMinutes
        self.passcodeMinutes = passcodeMinutes
        self.passcodeAttempts = passcodeAttempts
        self.recoveryCodes = recoveryCodes
        self.passkeyLimit = passkeyLimit
    }

    public init(_ value: Value) throws {
        self.required = try value.read("required")
        self.allowed = try value.read("allowed")
        self.minimumAssurance = try value.read("minimum_assurance")
        self.deviceLimit = try value.read("device_limit")
        self.enrolmentMinutes = try value.read("enrolment_minutes")
        self.passcodeMinutes = try value.read("passcode_minutes")
        self.passcodeAttempts = try value.read("passcode_attempts")
        self.recoveryCodes = try value.read("recovery_codes")
        self.passkeyLimit = try value.read("passkey_limit")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("required", self.required)
        fields.put("allowed", self.allowed)
        fields.put("minimum_assurance", self.minimumAssurance)
        fields.put("device_limit", self.deviceLimit)
        fields.put("enrolment_minutes", self.enrolmentMinutes)
        fields.put("passcode_minutes", self.passcodeMinutes)
        fields.put("passcode_attempts", self.passcodeAttempts)
        fields.put("recovery_codes", self.recoveryCodes)
        fields.put("passkey_limit", self.passkeyLimit)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("number", self.number)
        fields.put("reason", self.reason)
        if self.againIn != 60 { fields.put("again_in", self.againIn) }
        return fields.jsonValue
    }

    public var shown: String { "Failure(number: \(self.number), againIn: \(self.againIn))" }
}

/// A condition on another field of the configuration.
public struct FieldIs: ValueConvertible, Concealed {
    /// The other field.
    public var field: String
    /// What it has to be; `None`: it must not be set.
    public var value: Value

    public init(field: String, value: Value = .null) {
        self.field = field
        self.value = value
    }

    public init(_ value: Value) throws {
        self.field = try value.read("field")
        self.value = try value.read("value", or: .null)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("field", self.field)
        fields.put("value", self.value)
        return fields.jsonValue
    }

    public var shown: String { "FieldIs(field: \(self.field))" }
}

/// The type of a field of a connector's configuration.
public enum FieldType: String, ValueConvertible, CaseIterable {
    /// Text.
    case text = "text"
    /// A whole number.
    case integer = "integer"
    /// Yes or no.
    case boolean = "boolean"
    /// The name under which the host's vault keeps a secret; never the secret itself.
    case secret = "secret"
    /// A structure.
    case object = "object"
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("code", self.code)
        fields.put("subject", self.subject)
        fields.put("message", self.message)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("attribute", self.attribute)
        fields.put("required", self.required)
        return fields.jsonValue
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

/// Somebody's membership in a group, a role that is held, an organization that is led.
public struct Held: ValueConvertible {
    /// The role, group or organization.
    public var id: EntityId
    /// Every way in which it reaches the user.
    public var paths: [[PathStep]]

    public init(id: EntityId, paths: [[PathStep]]) {
        self.id = id
        self.paths = paths
    }

    public init(_ value: Value) throws {
        self.id = try value.read("id")
        self.paths = try value.read("paths")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("id", self.id)
        fields.put("paths", self.paths)
        return fields.jsonValue
    }
}

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

    public var jsonValue: Value {
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
        return fields.jsonValue
    }

    public var shown: String { "HistoryItem(revision: \(self.revision), ordinal: \(self.ordinal), at: \(self.at), actor: \(self.actor), channel: \(self.channel), command: \(self.command), subject: \(self.subject), step: \(self.step), cause: \(self.cause), sealed: \(self.sealed), changes: \(self.changes), edge: \(self.edge as Any), edgeChange: \(self.edgeChange as Any))" }
}

/// How one step of a path leads on.
public enum How: String, ValueConvertible, CaseIterable {
    /// Is a member of the organization.
    case memberOf = "member_of"
    /// Lies below the organization.
    case below = "below"
    /// Is in the group.
    case inGroup = "in_group"
    /// Holds the position.
    case holds = "holds"
    /// Is of the user type.
    case ofType = "of_type"
    /// Was granted the role.
    case hasRole = "has_role"
    /// Contains the role.
    case includes = "includes"
    /// Stands in for the user.
    case standsInFor = "stands_in_for"
    /// Owns the organization.
    case owns = "owns"
    /// Administers the organization.
    case administers = "administers"
    /// Is the one that it is about.
    case itself = "itself"
}

/// Initial passwords (OWASP ASVS 5, 6.4.1).
///
/// As a policy says it: an absent rule says nothing.
public struct InitialPolicy: ValueConvertible {
    /// Characters of a random initial password; 20.
    public var length: Int?
    /// Whether it must be changed at the first sign-in; yes. What somebody else has seen must be in any case.
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("length", self.length)
        fields.put("must_change", self.mustChange)
        fields.put("pattern", self.pattern)
        fields.put("valid_hours", self.validHours)
        return fields.jsonValue
    }
}

/// Initial passwords (OWASP ASVS 5, 6.4.1).
///
/// As it counts: every rule is decided.
public struct InitialRules: ValueConvertible {
    /// Characters of a random initial password; 20.
    public var length: Int
    /// A pattern with attributes of the user in braces, such as `Welcome-{user_number}`; empty: random. Whoever
    /// knows the pattern knows the password, so the lint complains.
    public var pattern: String
    /// Hours for which it can be used; 72.
    public var validHours: Int
    /// Whether it must be changed at the first sign-in; yes. What somebody else has seen must be in any case.
    public var mustChange: Bool

    public init(length: Int, pattern: String, validHours: Int, mustChange: Bool) {
        self.length = length
        self.pattern = pattern
        self.validHours = validHours
        self.mustChange = mustChange
    }

    public init(_ value: Value) throws {
        self.length = try value.read("length")
        self.pattern = try value.read("pattern")
        self.validHours = try value.read("valid_hours")
        self.mustChange = try value.read("must_change")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("length", self.length)
        fields.put("pattern", self.pattern)
        fields.put("valid_hours", self.validHours)
        fields.put("must_change", self.mustChange)
        return fields.jsonValue
    }
}

/// How the invitation of a new user goes out.
public struct Invitation: ValueConvertible {
    /// How the link gets to the user.
    public var delivery: Delivery?
    /// The language of the message, and of the sign-up to begin with; the user's preferred one when absent.
    public var language: String?

    public init(delivery: Delivery? = nil, language: String? = nil) {
        self.delivery = delivery
        self.language = language
    }

    public init(_ value: Value) throws {
        self.delivery = try value.read("delivery", or: nil)
        self.language = try value.read("language", or: nil)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("delivery", self.delivery)
        fields.put("language", self.language)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("organization", self.organization)
        fields.put("number", self.number)
        fields.put("window", self.window)
        return fields.jsonValue
    }
}

/// The public keys by which signed tokens are checked: a JSON Web Key Set (RFC 7517).
public struct KeySet: ValueConvertible {
    /// The keys; the first one signs at present.
    public var keys: [PublicKey]

    public init(keys: [PublicKey]) {
        self.keys = keys
    }

    public init(_ value: Value) throws {
        self.keys = try value.read("keys")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("keys", self.keys)
        return fields.jsonValue
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
    case session = "session"
    case link = "link"
    case counter = "counter"
    case source = "source"
    case shadow = "shadow"
    case syncRun = "sync_run"
    case connector = "connector"
}

/// What the objects of one class become.
public struct KindRules: ValueConvertible {
    /// What is done, where it is not the default.
    public var actions: [String: SyncAction]
    /// How records here are found that are not linked yet.
    public var correlation: [Tier]
    /// Days between disabling and deleting.
    public var deleteAfterDays: Int?
    /// Which of them, in the connector's own syntax.
    public var filter: String?
    /// What becomes what.
    public var mappings: [AttributeMapping]
    /// The class of objects as the connector calls it; the name of the kind when it is empty.
    public var objectClass: String
    /// The objects are accounts; those without an owner become users by orphan-account generation.
    public var orphans: Bool
    /// A CEL expression; what it is false for does not qualify.
    public var qualifies: String?
    /// How much of each action one run may do. Without a word about it: of disabling, deleting and unlinking 10 %
    /// and 1,000; of emptying values as many for each attribute (`SyncAction::Clear`). Whoever is disabled because
    /// the source says so counts like those who vanished.
    public var thresholds: [String: Threshold]

    public init(actions: [String: SyncAction] = [:], correlation: [Tier] = [], deleteAfterDays: Int? = nil, filter: String? = nil, mappings: [AttributeMapping] = [], objectClass: String = "", orphans: Bool = false, qualifies: String? = nil, thresholds: [String: Threshold] = [:]) {
        self.actions = actions
        self.correlation = correlation
        self.deleteAfterDays = deleteAfterDays
        self.filter = filter
        self.mappings = mappings
        self.objectClass = objectClass
        self.orphans = orphans
        self.qualifies = qualifies
        self.thresholds = thresholds
    }

    public init(_ value: Value) throws {
        self.actions = try value.read("actions", or: [:])
        self.correlation = try value.read("correlation", or: [])
        self.deleteAfterDays = try value.read("delete_after_days", or: nil)
        self.filter = try value.read("filter", or: nil)
        self.mappings = try value.read("mappings", or: [])
        self.objectClass = try value.read("object_class", or: "")
        self.orphans = try value.read("orphans", or: false)
        self.qualifies = try value.read("qualifies", or: nil)
        self.thresholds = try value.read("thresholds", or: [:])
    }

    public var jsonValue: Value {
        var fields = Fields()
        if self.actions != [:] { fields.put("actions", self.actions) }
        if self.correlation != [] { fields.put("correlation", self.correlation) }
        fields.put("delete_after_days", self.deleteAfterDays)
        fields.put("filter", self.filter)
        if self.mappings != [] { fields.put("mappings", self.mappings) }
        if self.objectClass != "" { fields.put("object_class", self.objectClass) }
        if self.orphans != false { fields.put("orphans", self.orphans) }
        fields.put("qualifies", self.qualifies)
        if self.thresholds != [:] { fields.put("thresholds", self.thresholds) }
        return fields.jsonValue
    }
}

/// A link that was opened and can be used.
public struct Link: ValueConvertible {
    /// The link.
    public var id: LinkId
    /// Whose it is.
    public var user: UserId
    /// What it is for.
    public var purpose: LinkPurpose
    /// Where it was sent to.
    public var email: String
    /// The language that was chosen with it.
    public var language: String?
    /// Until when it can be used.
    public var expiresAt: Date

    public init(id: LinkId, user: UserId, purpose: LinkPurpose, email: String, language: String?, expiresAt: Date) {
        self.id = id
        self.user = user
        self.purpose = purpose
        self.email = email
        self.language = language
        self.expiresAt = expiresAt
    }

    public init(_ value: Value) throws {
        self.id = try value.read("id")
        self.user = try value.read("user")
        self.purpose = try value.read("purpose")
        self.email = try value.read("email")
        self.language = try value.read("language")
        self.expiresAt = try value.read("expires_at")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("id", self.id)
        fields.put("user", self.user)
        fields.put("purpose", self.purpose)
        fields.put("email", self.email)
        fields.put("language", self.language)
        fields.put("expires_at", self.expiresAt)
        return fields.jsonValue
    }
}

/// The identifier of a record of the kind `link`.
public typealias LinkId = String

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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("invitation_hours", self.invitationHours)
        fields.put("reset_hours", self.resetHours)
        fields.put("self_reset", self.selfReset)
        fields.put("verification_hours", self.verificationHours)
        return fields.jsonValue
    }
}

/// What a link is for.
public enum LinkPurpose: String, ValueConvertible, CaseIterable {
    /// To complete the sign-up.
    case invitation = "invitation"
    /// To set a new password.
    case passwordReset = "password_reset"
    /// To prove that the e-mail address is one's own.
    case emailVerification = "email_verification"
}

/// Links that are sent.
///
/// As it counts: every rule is decided.
public struct LinkRules: ValueConvertible {
    /// Hours for which an invitation counts; 168.
    public var invitationHours: Int
    /// Hours for which a link to reset the password counts; 168.
    public var resetHours: Int
    /// Hours for which a link to verify an address counts; 24.
    public var verificationHours: Int
    /// Whether users may ask for a link to reset their password themselves; yes.
    public var selfReset: Bool

    public init(invitationHours: Int, resetHours: Int, verificationHours: Int, selfReset: Bool) {
        self.invitationHours = invitationHours
        self.resetHours = resetHours
        self.verificationHours = verificationHours
        self.selfReset = selfReset
    }

    public init(_ value: Value) throws {
        self.invitationHours = try value.read("invitation_hours")
        self.resetHours = try value.read("reset_hours")
        self.verificationHours = try value.read("verification_hours")
        self.selfReset = try value.read("self_reset")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("invitation_hours", self.invitationHours)
        fields.put("reset_hours", self.resetHours)
        fields.put("verification_hours", self.verificationHours)
        fields.put("self_reset", self.selfReset)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("columns", self.columns)
        fields.put("searched", self.searched)
        fields.put("rows", self.rows)
        fields.put("names", self.names)
        fields.put("next", self.next)
        fields.put("previous", self.previous)
        fields.put("total", self.total)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("id", self.id)
        fields.put("name", self.name)
        fields.put("cells", self.cells)
        fields.put("status", self.status)
        fields.put("number", self.number)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("attempts", self.attempts)
        fields.put("delay_seconds", self.delaySeconds)
        fields.put("duration_minutes", self.durationMinutes)
        fields.put("maximum_minutes", self.maximumMinutes)
        fields.put("window_minutes", self.windowMinutes)
        return fields.jsonValue
    }
}

/// Locking after failed attempts.
///
/// As it counts: every rule is decided.
public struct LockRules: ValueConvertible {
    /// Failures in a row that lock; 10. 0: never.
    public var attempts: Int
    /// Minutes after which a row of failures is forgotten; 60.
    public var windowMinutes: Int
    /// Seconds that must pass after the third failure; doubled with each one that follows; 0: no delay.
    public var delaySeconds: Int
    /// Minutes that the first lock lasts; doubled with each one that follows without a success between; 15. 0:
    /// until an administrator unlocks.
    public var durationMinutes: Int
    /// The most minutes that a lock lasts; 1440.
    public var maximumMinutes: Int

    public init(attempts: Int, windowMinutes: Int, delaySeconds: Int, durationMinutes: Int, maximumMinutes: Int) {
        self.attempts = attempts
        self.windowMinutes = windowMinutes
        self.delaySeconds = delaySeconds
        self.durationMinutes = durationMinutes
        self.maximumMinutes = maximumMinutes
    }

    public init(_ value: Value) throws {
        self.attempts = try value.read("attempts")
        self.windowMinutes = try value.read("window_minutes")
        self.delaySeconds = try value.read("delay_seconds")
        self.durationMinutes = try value.read("duration_minutes")
        self.maximumMinutes = try value.read("maximum_minutes")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("attempts", self.attempts)
        fields.put("window_minutes", self.windowMinutes)
        fields.put("delay_seconds", self.delaySeconds)
        fields.put("duration_minutes", self.durationMinutes)
        fields.put("maximum_minutes", self.maximumMinutes)
        return fields.jsonValue
    }
}

/// Where a value comes from.
public indirect enum MapFrom: ValueConvertible {
    /// An attribute of the source's record; letter case does not count.
    case attribute(String)
    /// Always the same value.
    case constant(Value)
    /// A CEL expression over `source` (the attributes; texts, or lists of texts) and `now`.
    case expression(String)

    public init(_ value: Value) throws {
        if let inner = value["attribute"] { self = .attribute(try String(inner)); return }
        if let inner = value["constant"] { self = .constant(try Value(inner)); return }
        if let inner = value["expression"] { self = .expression(try String(inner)); return }
        throw Value.unexpected("MapFrom")
    }

    public var jsonValue: Value {
        switch self {
        case .attribute(let inner):
            return .object(["attribute": inner.jsonValue])
        case .constant(let inner):
            return .object(["constant": inner.jsonValue])
        case .expression(let inner):
            return .object(["expression": inner.jsonValue])
        }
    }
}

/// The template of a message. `{name}`, `{realm}`, `{link}`, `{secret}`, `{until}` and every attribute of the user
/// are replaced by their values; in HTML they are escaped.
public struct MessageTemplate: ValueConvertible {
    /// The subject line.
    public var subject: String
    /// The text.
    public var text: String
    /// The same as HTML, for readers that prefer it.
    public var html: String?

    public init(subject: String, text: String, html: String? = nil) {
        self.subject = subject
        self.text = text
        self.html = html
    }

    public init(_ value: Value) throws {
        self.subject = try value.read("subject")
        self.text = try value.read("text")
        self.html = try value.read("html", or: nil)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("subject", self.subject)
        fields.put("text", self.text)
        fields.put("html", self.html)
        return fields.jsonValue
    }
}

/// What to do when sub-organizations of both have the same name.
public enum NameClashes: String, ValueConvertible, CaseIterable {
    /// Report all of them and change nothing.
    case refuse = "refuse"
    /// Go on: the names of organizations need not be unique.
    case keep = "keep"
}

/// What a decision is about: a record, something of the host's, or anything of a kind.
public indirect enum On: ValueConvertible {
    /// A record.
    case record(EntityId)
    /// A resource of the host.
    case resource(Resource)
    /// Anything of a kind: may it be done at all?
    case kind(String)

    public init(_ value: Value) throws {
        if let inner = value["record"] { self = .record(try EntityId(inner)); return }
        if let inner = value["resource"] { self = .resource(try Resource(inner)); return }
        if let inner = value["kind"] { self = .kind(try String(inner)); return }
        throw Value.unexpected("On")
    }

    public var jsonValue: Value {
        switch self {
        case .record(let inner):
            return .object(["record": inner.jsonValue])
        case .resource(let inner):
            return .object(["resource": inner.jsonValue])
        case .kind(let inner):
            return .object(["kind": inner.jsonValue])
        }
    }
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

/// The hash below the HMAC of a one-time password.
public enum OtpAlgorithm: String, ValueConvertible, CaseIterable {
    /// SHA-1: what every authenticator knows.
    case SHA1 = "SHA1"
    /// SHA-256.
    case SHA256 = "SHA256"
    /// SHA-512.
    case SHA512 = "SHA512"
}

/// What kind of one-time passwords a device shows.
public enum OtpType: String, ValueConvertible, CaseIterable {
    /// By time (RFC 6238): authenticator applications.
    case totp = "totp"
    /// By counter (RFC 4226): tokens with a button.
    case hotp = "hotp"
}

/// How a passcode gets to the user.
public enum PasscodeChannel: String, ValueConvertible, CaseIterable {
    /// To the user's e-mail address.
    case email = "email"
    /// To the user's phone.
    case sms = "sms"
}

/// What a browser is asked with to show a passkey.
public struct PasskeyChallenge: ValueConvertible {
    /// JSON for `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get`.
    public var options: String
    /// Until when the answer counts.
    public var expiresAt: Date

    public init(options: String, expiresAt: Date) {
        self.options = options
        self.expiresAt = expiresAt
    }

    public init(_ value: Value) throws {
        self.options = try value.read("options")
        self.expiresAt = try value.read("expires_at")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("options", self.options)
        fields.put("expires_at", self.expiresAt)
        return fields.jsonValue
    }
}

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

    public var jsonValue: Value {
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
        return fields.jsonValue
    }
}

/// Passwords (NIST SP 800-63B-4, 3.1.1).
///
/// As it counts: every rule is decided.
public struct PasswordRules: ValueConvertible {
    /// Code points at least; 15.
    public var minimumLength: Int
    /// Code points at least where a second factor is required as well; 8.
    public var minimumLengthWithFactor: Int
    /// Code points at most; 256. Below 64 the lint complains.
    public var maximumLength: Int
    /// Whether the password as a whole is compared with the list of common passwords; yes.
    public var commonRefused: Bool
    /// More passwords that are refused as a whole, in any letter case: those of a breach, those of the house.
    public var blocked: [String]
    /// Words that may not make up the password, beside the names and addresses of the user: the product, the
    /// company.
    public var contextWords: [String]
    /// The least estimated strength, 0 to 4 of zxcvbn; 2.
    public var minimumScore: Int
    /// How many of the former passwords may not come back; 0.
    public var history: Int
    /// Hours before a user may change the password again; 0. An administrator always may.
    public var minimumAgeHours: Int
    /// Days after which the password must be changed; 0: never (NIST: no periodic change).
    public var maximumAgeDays: Int
    /// Whether single users may be exempt from expiry or strength; yes.
    public var exemptionsAllowed: Bool
    /// Whether an administrator may choose or see a password at all; yes, and then it must be changed at once.
    public var administratorAllowed: Bool
    /// Hours for which a password that an administrator knows can be used; 72.
    public var administratorHours: Int

    public init(minimumLength: Int, minimumLengthWithFactor: Int, maximumLength: Int, commonRefused: Bool, blocked: [String], contextWords: [String], minimumScore: Int, history: Int, minimumAgeHours: Int, maximumAgeDays: Int, exemptionsAllowed: Bool, administratorAllowed: Bool, administratorHours: Int) {
        self.minimumLength = minimumLength
        self.minimumLengthWithFactor = minimumLengthWithFactor
        self.maximumLength = maximumLength
        self.commonRefused = commonRefused
        self.blocked = blocked
        self.contextWords = contextWords
        self.minimumScore = minimumScore
        self.history = history
        self.minimumAgeHours = minimumAgeHours
        self.maximumAgeDays = maximumAgeDays
        self.exemptionsAllowed = exemptionsAllowed
        self.administratorAllowed = administratorAllowed
        self.administratorHours = administratorHours
    }

    public init(_ value: Value) throws {
        self.minimumLength = try value.read("minimum_length")
        self.minimumLengthWithFactor = try value.read("minimum_length_with_factor")
        self.maximumLength = try value.read("maximum_length")
        self.commonRefused = try value.read("common_refused")
        self.blocked = try value.read("blocked")
        self.contextWords = try value.read("context_words")
        self.minimumScore = try value.read("minimum_score")
        self.history = try value.read("history")
        self.minimumAgeHours = try value.read("minimum_age_hours")
        self.maximumAgeDays = try value.read("maximum_age_days")
        self.exemptionsAllowed = try value.read("exemptions_allowed")
        self.administratorAllowed = try value.read("administrator_allowed")
        self.administratorHours = try value.read("administrator_hours")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("minimum_length", self.minimumLength)
        fields.put("minimum_length_with_factor", self.minimumLengthWithFactor)
        fields.put("maximum_length", self.maximumLength)
        fields.put("common_refused", self.commonRefused)
        fields.put("blocked", self.blocked)
        fields.put("context_words", self.contextWords)
        fields.put("minimum_score", self.minimumScore)
        fields.put("history", self.history)
        fields.put("minimum_age_hours", self.minimumAgeHours)
        fields.put("maximum_age_days", self.maximumAgeDays)
        fields.put("exemptions_allowed", self.exemptionsAllowed)
        fields.put("administrator_allowed", self.administratorAllowed)
        fields.put("administrator_hours", self.administratorHours)
        return fields.jsonValue
    }
}

/// One step of a path from an actor to a right.
public struct PathStep: ValueConvertible {
    /// From here …
    public var from: EntityId
    /// … in this way …
    public var how: How
    /// … to there.
    public var to: EntityId

    public init(from: EntityId, how: How, to: EntityId) {
        self.from = from
        self.how = how
        self.to = to
    }

    public init(_ value: Value) throws {
        self.from = try value.read("from")
        self.how = try value.read("how")
        self.to = try value.read("to")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("from", self.from)
        fields.put("how", self.how)
        fields.put("to", self.to)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("revision", self.revision)
        if self.ordinal != 0 { fields.put("ordinal", self.ordinal) }
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("factor", self.factor)
        fields.put("initial", self.initial)
        fields.put("link", self.link)
        fields.put("lock", self.lock)
        fields.put("password", self.password)
        fields.put("session", self.session)
        if self.targets != [] { fields.put("targets", self.targets) }
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("difference", self.difference)
        fields.put("events", self.events)
        fields.put("effects", self.effects)
        fields.put("id", self.id)
        fields.put("remarks", self.remarks)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("kind", self.kind)
        if self.actions != [] { fields.put("actions", self.actions) }
        if self.attributes != [:] { fields.put("attributes", self.attributes) }
        fields.put("effect", self.effect)
        fields.put("holder", self.holder)
        fields.put("target", self.target)
        return fields.jsonValue
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

/// One public key: a JSON Web Key (RFC 7517).
public struct PublicKey: ValueConvertible {
    /// The type of the key: `OKP` or `EC`.
    public var kty: String
    /// The curve: `Ed25519` or `P-256`.
    public var crv: String
    /// The key, or its first coordinate, in base 64 for URLs.
    public var x: String
    /// Which key it is: its thumbprint (RFC 7638).
    public var kid: String
    /// The algorithm: `EdDSA` or `ES256`.
    public var alg: String
    /// What it is for: `sig`.
    public var use: String
    /// The second coordinate of a key on `P-256`.
    public var y: String?

    public init(kty: String, crv: String, x: String, kid: String, alg: String, use: String, y: String? = nil) {
        self.kty = kty
        self.crv = crv
        self.x = x
        self.kid = kid
        self.alg = alg
        self.use = use
        self.y = y
    }

    public init(_ value: Value) throws {
        self.kty = try value.read("kty")
        self.crv = try value.read("crv")
        self.x = try value.read("x")
        self.kid = try value.read("kid")
        self.alg = try value.read("alg")
        self.use = try value.read("use")
        self.y = try value.read("y", or: nil)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("kty", self.kty)
        fields.put("crv", self.crv)
        fields.put("x", self.x)
        fields.put("kid", self.kid)
        fields.put("alg", self.alg)
        fields.put("use", self.use)
        fields.put("y", self.y)
        return fields.jsonValue
    }
}

/// A QR code as pictures.
public struct QrCode: ValueConvertible {
    /// As SVG.
    public var svg: String
    /// As PNG, base 64.
    public var png: String

    public init(svg: String, png: String) {
        self.svg = svg
        self.png = png
    }

    public init(_ value: Value) throws {
        self.svg = try value.read("svg")
        self.png = try value.read("png")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("svg", self.svg)
        fields.put("png", self.png)
        return fields.jsonValue
    }
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("id", self.id)
        fields.put("label", self.label)
        fields.put("step", self.step)
        fields.put("changes", self.changes)
        fields.put("cause", self.cause)
        return fields.jsonValue
    }

    public var shown: String { "RecordDifference(id: \(self.id), step: \(self.step), changes: \(self.changes), cause: \(self.cause as Any))" }
}

/// By what a source names another record.
public indirect enum ReferenceBy: ValueConvertible {
    /// By the identifier that the source gives it.
    case identifier
    /// By the name that the source gives it, such as a distinguished name.
    case name
    /// By the value of an attribute of the record here, such as `code`.
    case attribute(String)

    public init(_ value: Value) throws {
        if value.text == "identifier" { self = .identifier; return }
        if value.text == "name" { self = .name; return }
        if let inner = value["attribute"] { self = .attribute(try String(inner)); return }
        throw Value.unexpected("ReferenceBy")
    }

    public var jsonValue: Value {
        switch self {
        case .identifier:
            return .text("identifier")
        case .name:
            return .text("name")
        case .attribute(let inner):
            return .object(["attribute": inner.jsonValue])
        }
    }
}

/// How far a person has come in signing up.
public enum Registration: String, ValueConvertible, CaseIterable {
    /// Nothing to do: the account can be used.
    case complete = "complete"
    /// The account exists, nobody was invited yet.
    case notInvited = "not_invited"
    /// The account exists, and an invitation goes out with its creation.
    case invited = "invited"
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

/// Where passkeys belong to: the relying party of WebAuthn.
public struct RelyingParty: ValueConvertible {
    /// The domain, such as `example.com`; passkeys work there and below, and cannot be moved to another one.
    public var rpId: String
    /// The pages that may ask for passkeys, such as `https://login.example.com`; `http` for `localhost` only.
    public var origins: [String]
    /// What people read when they are asked; the domain when absent.
    public var rpName: String?

    public init(rpId: String, origins: [String], rpName: String? = nil) {
        self.rpId = rpId
        self.origins = origins
        self.rpName = rpName
    }

    public init(_ value: Value) throws {
        self.rpId = try value.read("rp_id")
        self.origins = try value.read("origins")
        self.rpName = try value.read("rp_name", or: nil)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("rp_id", self.rpId)
        fields.put("origins", self.origins)
        fields.put("rp_name", self.rpName)
        return fields.jsonValue
    }
}

/// When a field of a connector's configuration has to be filled in.
public indirect enum Required: ValueConvertible {
    /// Always.
    case always
    /// Never.
    case never
    /// Only when all of these hold, and then it must be.
    case when([FieldIs])

    public init(_ value: Value) throws {
        if value.text == "always" { self = .always; return }
        if value.text == "never" { self = .never; return }
        if let inner = value["when"] { self = .when(try [FieldIs](inner)); return }
        throw Value.unexpected("Required")
    }

    public var jsonValue: Value {
        switch self {
        case .always:
            return .text("always")
        case .never:
            return .text("never")
        case .when(let inner):
            return .object(["when": inner.jsonValue])
        }
    }
}

/// What a user has to do before the session opens.
public enum RequiredAction: String, ValueConvertible, CaseIterable {
    /// Set a new password.
    case changePassword = "change_password"
    /// Open the link that proves the e-mail address.
    case verifyEmail = "verify_email"
    /// Enrol a second factor.
    case enrolFactor = "enrol_factor"
    /// Accept the present terms.
    case acceptTerms = "accept_terms"
}

/// What a password is reset to.
public enum ResetTo: String, ValueConvertible, CaseIterable {
    /// What the policy for initial passwords produces.
    case initial = "initial"
    /// A random one.
    case random = "random"
}

/// What somebody decided about an object that waits.
public indirect enum Resolution: ValueConvertible {
    /// It is none that is here: the next run creates one.
    case create
    /// It is left alone from now on.
    case ignore
    /// The next run tries again.
    case retry
    /// It is this record.
    case link(EntityId)

    public init(_ value: Value) throws {
        if value.text == "create" { self = .create; return }
        if value.text == "ignore" { self = .ignore; return }
        if value.text == "retry" { self = .retry; return }
        if let inner = value["link"] { self = .link(try EntityId(inner)); return }
        throw Value.unexpected("Resolution")
    }

    public var jsonValue: Value {
        switch self {
        case .create:
            return .text("create")
        case .ignore:
            return .text("ignore")
        case .retry:
            return .text("retry")
        case .link(let inner):
            return .object(["link": inner.jsonValue])
        }
    }
}

/// Something of the host's own that a decision is about.
public struct Resource: ValueConvertible, Concealed {
    /// Its kind, such as `invoice`.
    public var kind: String
    /// What target filters may ask about, by name.
    public var attributes: [String: Value]
    /// The organizations that it belongs to: grants that act within an organization reach it by these.
    public var organizations: [OrganizationId]

    public init(kind: String, attributes: [String: Value] = [:], organizations: [OrganizationId] = []) {
        self.kind = kind
        self.attributes = attributes
        self.organizations = organizations
    }

    public init(_ value: Value) throws {
        self.kind = try value.read("kind")
        self.attributes = try value.read("attributes", or: [:])
        self.organizations = try value.read("organizations", or: [])
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("kind", self.kind)
        if self.attributes != [:] { fields.put("attributes", self.attributes) }
        if self.organizations != [] { fields.put("organizations", self.organizations) }
        return fields.jsonValue
    }

    public var shown: String { "Resource(kind: \(self.kind), organizations: \(self.organizations))" }
}

/// One right of somebody, with the path on which it reaches them.
public struct Right: ValueConvertible, Concealed {
    /// Where it comes from.
    public var source: RightSource
    /// Gives or takes.
    public var effect: PrivilegeEffect
    /// The kind; `*` for every kind.
    public var kind: String
    /// The actions; `*` for every action.
    public var actions: [String]
    /// What may be done with attributes; `*` for those that are not named.
    public var attributes: [String: AttributeAccess]
    /// It acts within these organizations only; empty for everywhere.
    public var within: [EntityId]
    /// How it reaches the actor.
    public var path: [PathStep]
    /// What is missing for it to have effect; empty when it has.
    public var missing: [Unmet]
    /// It acts on these records only.
    public var target: Value

    public init(source: RightSource, effect: PrivilegeEffect, kind: String, actions: [String], attributes: [String: AttributeAccess], within: [EntityId], path: [PathStep], missing: [Unmet], target: Value = .null) {
        self.source = source
        self.effect = effect
        self.kind = kind
        self.actions = actions
        self.attributes = attributes
        self.within = within
        self.path = path
        self.missing = missing
        self.target = target
    }

    public init(_ value: Value) throws {
        self.source = try value.read("source")
        self.effect = try value.read("effect")
        self.kind = try value.read("kind")
        self.actions = try value.read("actions")
        self.attributes = try value.read("attributes")
        self.within = try value.read("within")
        self.path = try value.read("path")
        self.missing = try value.read("missing")
        self.target = try value.read("target", or: .null)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("source", self.source)
        fields.put("effect", self.effect)
        fields.put("kind", self.kind)
        fields.put("actions", self.actions)
        fields.put("attributes", self.attributes)
        fields.put("within", self.within)
        fields.put("path", self.path)
        fields.put("missing", self.missing)
        fields.put("target", self.target)
        return fields.jsonValue
    }

    public var shown: String { "Right(source: \(self.source), effect: \(self.effect), kind: \(self.kind), actions: \(self.actions), within: \(self.within), path: \(self.path), missing: \(self.missing))" }
}

/// Where a right comes from.
public enum RightSourceFrom: String, ValueConvertible, CaseIterable {
    /// A privilege of a role.
    case role = "role"
    /// Owning an organization.
    case owner = "owner"
    /// Administering an organization.
    case administrator = "administrator"
    /// Being the one whom the record is about.
    case itself = "itself"
}

/// Where a right comes from.
public struct RightSource: ValueConvertible {
    /// Which one it is.
    public var from: RightSourceFrom
    /// The role.
    public var role: EntityId?
    /// The privilege's place in the role, from 0.
    public var privilege: Int?
    /// The organization.
    public var organization: EntityId?

    public init(from: RightSourceFrom, role: EntityId? = nil, privilege: Int? = nil, organization: EntityId? = nil) {
        self.from = from
        self.role = role
        self.privilege = privilege
        self.organization = organization
    }

    public init(_ value: Value) throws {
        self.from = try value.read("from")
        self.role = try value.read("role", or: nil)
        self.privilege = try value.read("privilege", or: nil)
        self.organization = try value.read("organization", or: nil)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("from", self.from)
        fields.put("role", self.role)
        fields.put("privilege", self.privilege)
        fields.put("organization", self.organization)
        return fields.jsonValue
    }
}

/// How risky the host takes an attempt to be: its hook into every sign-in.
public enum Risk: String, ValueConvertible, CaseIterable {
    /// As usual.
    case normal = "normal"
    /// A second factor is asked for, whatever the policy says.
    case elevated = "elevated"
    /// Nobody gets in this way; the answer is that of a wrong password.
    case refused = "refused"
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("difference", self.difference)
        fields.put("conflicts", self.conflicts)
        fields.put("irrevocable", self.irrevocable)
        return fields.jsonValue
    }
}

/// Who would come and go if a role or group had another condition.
public struct RuleDifference: ValueConvertible {
    /// How many would be selected who are not members by rule now.
    public var gainers: Int
    /// How many members by rule would not be selected.
    public var losers: Int
    /// The first gainers, by identifier.
    public var firstGainers: [EntityId]
    /// The first losers, by identifier.
    public var firstLosers: [EntityId]

    public init(gainers: Int, losers: Int, firstGainers: [EntityId], firstLosers: [EntityId]) {
        self.gainers = gainers
        self.losers = losers
        self.firstGainers = firstGainers
        self.firstLosers = firstLosers
    }

    public init(_ value: Value) throws {
        self.gainers = try value.read("gainers")
        self.losers = try value.read("losers")
        self.firstGainers = try value.read("first_gainers")
        self.firstLosers = try value.read("first_losers")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("gainers", self.gainers)
        fields.put("losers", self.losers)
        fields.put("first_gainers", self.firstGainers)
        fields.put("first_losers", self.firstLosers)
        return fields.jsonValue
    }
}

/// What a run does.
public enum RunMode: String, ValueConvertible, CaseIterable {
    /// Reads everything, and finds what vanished.
    case full = "full"
    /// Reads what changed since the last run; everything where the source cannot tell.
    case incremental = "incremental"
    /// Reads what a filter selects; never finds what vanished.
    case filtered = "filtered"
}

/// A secret in the clear. It is not kept as it is, and not shown again.
public typealias Secret = String

/// How people register by themselves. It takes three things, and the module `customer_identity`.
public struct SelfRegistration: ValueConvertible {
    /// Registration is switched on.
    public var enabled: Bool
    /// The sign-in page has a link to the registration.
    public var linked: Bool
    /// What has to be filled in; without a form nobody can register.
    public var form: [FormField]
    /// The type of those who register.
    public var userType: UserTypeId?
    /// Whether a link is sent to verify the e-mail address.
    public var verifyEmail: Bool

    public init(enabled: Bool, linked: Bool, form: [FormField], userType: UserTypeId?, verifyEmail: Bool) {
        self.enabled = enabled
        self.linked = linked
        self.form = form
        self.userType = userType
        self.verifyEmail = verifyEmail
    }

    public init(_ value: Value) throws {
        self.enabled = try value.read("enabled")
        self.linked = try value.read("linked")
        self.form = try value.read("form")
        self.userType = try value.read("user_type")
        self.verifyEmail = try value.read("verify_email")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("enabled", self.enabled)
        fields.put("linked", self.linked)
        fields.put("form", self.form)
        fields.put("user_type", self.userType)
        fields.put("verify_email", self.verifyEmail)
        return fields.jsonValue
    }
}

/// A session that is open, or a sign-in under way.
public struct Session: ValueConvertible {
    /// The session.
    public var id: SessionId
    /// Who is signed in.
    public var user: UserId
    /// How sure one may be of it: 1 for one factor, 2 for two, 3 for two of which one is hardware.
    public var assurance: Int
    /// How the user proved to be the user.
    public var methods: [String]
    /// When the session began.
    public var openedAt: Date
    /// When the user last showed a proof.
    public var authenticatedAt: Date
    /// When it was last used, within a tenth of the idle time.
    public var usedAt: Date
    /// When it ends at the latest.
    public var expiresAt: Date
    /// The application.
    public var application: String?
    /// The network address that it was opened from.
    public var address: String?
    /// The device or browser, in its own words.
    public var agent: String?

    public init(id: SessionId, user: UserId, assurance: Int, methods: [String], openedAt: Date, authenticatedAt: Date, usedAt: Date, expiresAt: Date, application: String?, address: String?, agent: String?) {
        self.id = id
        self.user = user
        self.assurance = assurance
        self.methods = methods
        self.openedAt = openedAt
        self.authenticatedAt = authenticatedAt
        self.usedAt = usedAt
        self.expiresAt = expiresAt
        self.application = application
        self.address = address
        self.agent = agent
    }

    public init(_ value: Value) throws {
        self.id = try value.read("id")
        self.user = try value.read("user")
        self.assurance = try value.read("assurance")
        self.methods = try value.read("methods")
        self.openedAt = try value.read("opened_at")
        self.authenticatedAt = try value.read("authenticated_at")
        self.usedAt = try value.read("used_at")
        self.expiresAt = try value.read("expires_at")
        self.application = try value.read("application")
        self.address = try value.read("address")
        self.agent = try value.read("agent")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("id", self.id)
        fields.put("user", self.user)
        fields.put("assurance", self.assurance)
        fields.put("methods", self.methods)
        fields.put("opened_at", self.openedAt)
        fields.put("authenticated_at", self.authenticatedAt)
        fields.put("used_at", self.usedAt)
        fields.put("expires_at", self.expiresAt)
        fields.put("application", self.application)
        fields.put("address", self.address)
        fields.put("agent", self.agent)
        return fields.jsonValue
    }
}

/// The identifier of a record of the kind `session`.
public typealias SessionId = String

/// Where a session comes from.
public struct SessionOrigin: ValueConvertible {
    /// The network address that the user comes from.
    public var address: String?
    /// The device or browser, in its own words.
    public var agent: String?
    /// The application that the user signs in to.
    public var application: String?

    public init(address: String? = nil, agent: String? = nil, application: String? = nil) {
        self.address = address
        self.agent = agent
        self.application = application
    }

    public init(_ value: Value) throws {
        self.address = try value.read("address", or: nil)
        self.agent = try value.read("agent", or: nil)
        self.application = try value.read("application", or: nil)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("address", self.address)
        fields.put("agent", self.agent)
        fields.put("application", self.application)
        return fields.jsonValue
    }
}

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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("absolute_minutes", self.absoluteMinutes)
        fields.put("access_minutes", self.accessMinutes)
        fields.put("fresh_minutes", self.freshMinutes)
        fields.put("idle_minutes", self.idleMinutes)
        fields.put("maximum", self.maximum)
        return fields.jsonValue
    }
}

/// Sessions (NIST SP 800-63B-4, 5.2).
///
/// As it counts: every rule is decided.
public struct SessionRules: ValueConvertible {
    /// Minutes without a request after which a session ends; 60.
    public var idleMinutes: Int
    /// Minutes after which a session ends whatever happens; 1440.
    public var absoluteMinutes: Int
    /// Minutes for which an access token counts; 10.
    public var accessMinutes: Int
    /// Sessions at the same time; 0: any number.
    public var maximum: Int
    /// Minutes for which a proof counts as fresh, for what asks for a fresh one; 15.
    public var freshMinutes: Int

    public init(idleMinutes: Int, absoluteMinutes: Int, accessMinutes: Int, maximum: Int, freshMinutes: Int) {
        self.idleMinutes = idleMinutes
        self.absoluteMinutes = absoluteMinutes
        self.accessMinutes = accessMinutes
        self.maximum = maximum
        self.freshMinutes = freshMinutes
    }

    public init(_ value: Value) throws {
        self.idleMinutes = try value.read("idle_minutes")
        self.absoluteMinutes = try value.read("absolute_minutes")
        self.accessMinutes = try value.read("access_minutes")
        self.maximum = try value.read("maximum")
        self.freshMinutes = try value.read("fresh_minutes")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("idle_minutes", self.idleMinutes)
        fields.put("absolute_minutes", self.absoluteMinutes)
        fields.put("access_minutes", self.accessMinutes)
        fields.put("maximum", self.maximum)
        fields.put("fresh_minutes", self.freshMinutes)
        return fields.jsonValue
    }
}

/// The tokens of a session. This is the only time that they are shown.
public struct SessionTokens: ValueConvertible, Concealed {
    /// The session.
    public var session: Session
    /// What names the session at each request: for a cookie or an `Authorization` header.
    public var token: Secret
    /// When the token runs out, where a refresh token goes with it.
    public var tokenUntil: Date?
    /// What fetches the next tokens, once.
    public var refreshToken: Secret?

    public init(session: Session, token: Secret, tokenUntil: Date?, refreshToken: Secret?) {
        self.session = session
        self.token = token
        self.tokenUntil = tokenUntil
        self.refreshToken = refreshToken
    }

    public init(_ value: Value) throws {
        self.session = try value.read("session")
        self.token = try value.read("token")
        self.tokenUntil = try value.read("token_until")
        self.refreshToken = try value.read("refresh_token")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("session", self.session)
        fields.put("token", self.token)
        fields.put("token_until", self.tokenUntil)
        fields.put("refresh_token", self.refreshToken)
        return fields.jsonValue
    }

    public var shown: String { "SessionTokens(session: \(self.session), tokenUntil: \(self.tokenUntil as Any))" }
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
    /// In which terms the status of users is told where a question does not say.
    public var statusView: StatusView
    /// The form of positions.
    public var positionForm: [FormField]
    /// What blocking, disabling, locking, archiving and deleting do beyond themselves.
    public var statusEffects: [String: [StatusEffect]]
    /// Whether messages go out, by event name; absent means off.
    public var messages: [String: Bool]
    /// Applications downstream that are told of users, organizations and positions, by a name of the host's choice;
    /// each gets effects `provision.*` through the outbox.
    public var downstream: [String]
    /// Whether locks are passed on downstream, too (off).
    public var provisionLocks: Bool
    /// Texts of messages in the place of the built-in ones: by message type, then by language tag.
    public var messageTemplates: [String: [String: MessageTemplate]]
    /// Where the links in messages lead to, by message type, with `{token}` for the token.
    public var messageLinks: [String: String]
    /// Modules that are switched off: `lifecycle`, `bulk`, `search`, `self_registration`, ….
    public var featuresOff: [String]
    /// Attributes of their own record that users may change themselves: contact data and preferences. Not the
    /// e-mail address unless it is added: who changes it may be able to sign in by it.
    public var selfService: [String]
    /// How people sign in.
    public var signIn: SignInSettings
    /// Whether and how people register by themselves.
    public var selfRegistration: SelfRegistration

    public init(unique: [String], deletedKeepNames: Bool, retentionDays: Int, required: [String], displayed: [String: [String]], notSearched: [String], treeShowsPositions: Bool, treeSort: String, memberSort: String, statusView: StatusView, positionForm: [FormField], statusEffects: [String: [StatusEffect]], messages: [String: Bool], downstream: [String], provisionLocks: Bool, messageTemplates: [String: [String: MessageTemplate]], messageLinks: [String: String], featuresOff: [String], selfService: [String], signIn: SignInSettings, selfRegistration: SelfRegistration) {
        self.unique = unique
        self.deletedKeepNames = deletedKeepNames
        self.retentionDays = retentionDays
        self.required = required
        self.displayed = displayed
        self.notSearched = notSearched
        self.treeShowsPositions = treeShowsPositions
        self.treeSort = treeSort
        self.memberSort = memberSort
        self.statusView = statusView
        self.positionForm = positionForm
        self.statusEffects = statusEffects
        self.messages = messages
        self.downstream = downstream
        self.provisionLocks = provisionLocks
        self.messageTemplates = messageTemplates
        self.messageLinks = messageLinks
        self.featuresOff = featuresOff
        self.selfService = selfService
        self.signIn = signIn
        self.selfRegistration = selfRegistration
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
        self.statusView = try value.read("status_view")
        self.positionForm = try value.read("position_form")
        self.statusEffects = try value.read("status_effects")
        self.messages = try value.read("messages")
        self.downstream = try value.read("downstream")
        self.provisionLocks = try value.read("provision_locks")
        self.messageTemplates = try value.read("message_templates")
        self.messageLinks = try value.read("message_links")
        self.featuresOff = try value.read("features_off")
        self.selfService = try value.read("self_service")
        self.signIn = try value.read("sign_in")
        self.selfRegistration = try value.read("self_registration")
    }

    public var jsonValue: Value {
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
        fields.put("status_view", self.statusView)
        fields.put("position_form", self.positionForm)
        fields.put("status_effects", self.statusEffects)
        fields.put("messages", self.messages)
        fields.put("downstream", self.downstream)
        fields.put("provision_locks", self.provisionLocks)
        fields.put("message_templates", self.messageTemplates)
        fields.put("message_links", self.messageLinks)
        fields.put("features_off", self.featuresOff)
        fields.put("self_service", self.selfService)
        fields.put("sign_in", self.signIn)
        fields.put("self_registration", self.selfRegistration)
        return fields.jsonValue
    }
}

/// The identifier of a record of the kind `shadow`.
public typealias ShadowId = String

/// How an object of a source stands.
public enum ShadowState: String, ValueConvertible, CaseIterable {
    /// Linked to a record.
    case linked = "linked"
    /// Somebody has to look: nobody can tell which record it is.
    case review = "review"
    /// What the source says could not be written; the next run tries again.
    case failed = "failed"
    /// Gone at the source.
    case missing = "missing"
    /// Left alone on purpose.
    case ignored = "ignored"
}

/// A sign-in under way, for the host that helps with its next step.
public struct SignInFlow: ValueConvertible {
    /// Who is signing in: the identifier and the first proof were right.
    public var user: UserId
    /// The factors of which one has to be shown.
    public var factors: [String]
    /// What has to be done.
    public var actions: [RequiredAction]
    /// Until when.
    public var expiresAt: Date

    public init(user: UserId, factors: [String], actions: [RequiredAction], expiresAt: Date) {
        self.user = user
        self.factors = factors
        self.actions = actions
        self.expiresAt = expiresAt
    }

    public init(_ value: Value) throws {
        self.user = try value.read("user")
        self.factors = try value.read("factors")
        self.actions = try value.read("actions")
        self.expiresAt = try value.read("expires_at")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("user", self.user)
        fields.put("factors", self.factors)
        fields.put("actions", self.actions)
        fields.put("expires_at", self.expiresAt)
        return fields.jsonValue
    }
}

/// What a user shows or does in the course of a sign-in.
public enum SignInProofKind: String, ValueConvertible, CaseIterable {
    /// The code of a device (TOTP, HOTP).
    case code = "code"
    /// A recovery code.
    case recoveryCode = "recovery_code"
    /// A browser's answer to a challenge of `Acting::passkey_challenge`.
    case passkey = "passkey"
    /// A new password instead of one that has to be changed.
    case newPassword = "new_password"
    /// The present terms are accepted.
    case acceptTerms = "accept_terms"
    /// Something was done elsewhere: the e-mail address was verified, a factor was enrolled.
    case done = "done"
}

/// What a user shows or does in the course of a sign-in.
public struct SignInProof: ValueConvertible, Concealed {
    /// Which one it is.
    public var kind: SignInProofKind
    /// The code.
    public var code: Secret?
    /// The answer, as JSON text: `JSON.stringify(credential)`.
    public var response: Secret?
    /// The new password.
    public var password: Secret?

    public init(kind: SignInProofKind, code: Secret? = nil, response: Secret? = nil, password: Secret? = nil) {
        self.kind = kind
        self.code = code
        self.response = response
        self.password = password
    }

    public init(_ value: Value) throws {
        self.kind = try value.read("kind")
        self.code = try value.read("code", or: nil)
        self.response = try value.read("response", or: nil)
        self.password = try value.read("password", or: nil)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("kind", self.kind)
        fields.put("code", self.code)
        fields.put("response", self.response)
        fields.put("password", self.password)
        return fields.jsonValue
    }

    public var shown: String { "SignInProof(kind: \(self.kind))" }
}

/// How people sign in.
public struct SignInSettings: ValueConvertible {
    /// The unique attributes of users by which they say who they are, in the order in which they are tried.
    public var identifiers: [String]
    /// How many failed attempts one identifier has.
    public var identifierLimit: AttemptLimit
    /// How many failed attempts one network address has.
    public var addressLimit: AttemptLimit
    /// How many failed attempts the whole realm has.
    public var realmLimit: AttemptLimit
    /// Whether a blocked user who shows the right password is told so, or gets the answer of everybody else.
    public var answerBlocked: Bool
    /// Seconds in which a refresh token is taken once more, for answers that got lost; 0 to 60.
    public var refreshGraceSeconds: Int
    /// Whether nobody gets in before the e-mail address was verified.
    public var requireVerifiedEmail: Bool
    /// Names of the keys in the vault that sign access tokens: the first one signs, all of them verify. A name is
    /// of a key for EdDSA; with `ES256:` in front, of one for ES256.
    public var signingKeys: [String]
    /// The version of the terms that have to be accepted before one gets in.
    public var terms: String?
    /// Where passkeys belong to; absent: there are none.
    public var passkeys: RelyingParty?

    public init(identifiers: [String], identifierLimit: AttemptLimit, addressLimit: AttemptLimit, realmLimit: AttemptLimit, answerBlocked: Bool, refreshGraceSeconds: Int, requireVerifiedEmail: Bool, signingKeys: [String], terms: String?, passkeys: RelyingParty?) {
        self.identifiers = identifiers
        self.identifierLimit = identifierLimit
        self.addressLimit = addressLimit
        self.realmLimit = realmLimit
        self.answerBlocked = answerBlocked
        self.refreshGraceSeconds = refreshGraceSeconds
        self.requireVerifiedEmail = requireVerifiedEmail
        self.signingKeys = signingKeys
        self.terms = terms
        self.passkeys = passkeys
    }

    public init(_ value: Value) throws {
        self.identifiers = try value.read("identifiers")
        self.identifierLimit = try value.read("identifier_limit")
        self.addressLimit = try value.read("address_limit")
        self.realmLimit = try value.read("realm_limit")
        self.answerBlocked = try value.read("answer_blocked")
        self.refreshGraceSeconds = try value.read("refresh_grace_seconds")
        self.requireVerifiedEmail = try value.read("require_verified_email")
        self.signingKeys = try value.read("signing_keys")
        self.terms = try value.read("terms")
        self.passkeys = try value.read("passkeys")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("identifiers", self.identifiers)
        fields.put("identifier_limit", self.identifierLimit)
        fields.put("address_limit", self.addressLimit)
        fields.put("realm_limit", self.realmLimit)
        fields.put("answer_blocked", self.answerBlocked)
        fields.put("refresh_grace_seconds", self.refreshGraceSeconds)
        fields.put("require_verified_email", self.requireVerifiedEmail)
        fields.put("signing_keys", self.signingKeys)
        fields.put("terms", self.terms)
        fields.put("passkeys", self.passkeys)
        return fields.jsonValue
    }
}

/// What a signed token says.
public struct SignedClaims: ValueConvertible {
    /// The realm that it comes from.
    public var iss: String
    /// The user.
    public var sub: UserId
    /// For whom it is.
    public var aud: String
    /// The session: whoever can ask back asks for it.
    public var sid: SessionId
    /// When it was issued, in seconds since 1970.
    public var iat: Int
    /// When it runs out, in seconds since 1970.
    public var exp: Int
    /// How sure one may be of the user: `1`, `2` or `3`.
    public var acr: String
    /// How the user proved to be the user.
    public var amr: [String]

    public init(iss: String, sub: UserId, aud: String, sid: SessionId, iat: Int, exp: Int, acr: String, amr: [String]) {
        self.iss = iss
        self.sub = sub
        self.aud = aud
        self.sid = sid
        self.iat = iat
        self.exp = exp
        self.acr = acr
        self.amr = amr
    }

    public init(_ value: Value) throws {
        self.iss = try value.read("iss")
        self.sub = try value.read("sub")
        self.aud = try value.read("aud")
        self.sid = try value.read("sid")
        self.iat = try value.read("iat")
        self.exp = try value.read("exp")
        self.acr = try value.read("acr")
        self.amr = try value.read("amr")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("iss", self.iss)
        fields.put("sub", self.sub)
        fields.put("aud", self.aud)
        fields.put("sid", self.sid)
        fields.put("iat", self.iat)
        fields.put("exp", self.exp)
        fields.put("acr", self.acr)
        fields.put("amr", self.amr)
        return fields.jsonValue
    }
}

/// How far a sign-in has come.
public enum SignedInState: String, ValueConvertible, CaseIterable {
    /// The session is open.
    case `open` = "open"
    /// Something is still to be shown or done.
    case pending = "pending"
}

/// How far a sign-in has come.
public struct SignedIn: ValueConvertible, Concealed {
    /// Which one it is.
    public var state: SignedInState
    /// The session.
    public var session: Session?
    /// What names the session at each request: for a cookie or an `Authorization` header.
    public var token: Secret?
    /// When the token runs out, where a refresh token goes with it.
    public var tokenUntil: Date?
    /// What fetches the next tokens, once.
    public var refreshToken: Secret?
    /// Names the sign-in at the next step. It changes with every step.
    public var flowToken: Secret?
    /// The factors of which one has to be shown; empty when something has to be done instead.
    public var factors: [String]?
    /// What has to be done before the session opens.
    public var actions: [RequiredAction]?
    /// Until when the sign-in has to be finished.
    public var expiresAt: Date?

    public init(state: SignedInState, session: Session? = nil, token: Secret? = nil, tokenUntil: Date? = nil, refreshToken: Secret? = nil, flowToken: Secret? = nil, factors: [String]? = nil, actions: [RequiredAction]? = nil, expiresAt: Date? = nil) {
        self.state = state
        self.session = session
        self.token = token
        self.tokenUntil = tokenUntil
        self.refreshToken = refreshToken
        self.flowToken = flowToken
        self.factors = factors
        self.actions = actions
        self.expiresAt = expiresAt
    }

    public init(_ value: Value) throws {
        self.state = try value.read("state")
        self.session = try value.read("session", or: nil)
        self.token = try value.read("token", or: nil)
        self.tokenUntil = try value.read("token_until", or: nil)
        self.refreshToken = try value.read("refresh_token", or: nil)
        self.flowToken = try value.read("flow_token", or: nil)
        self.factors = try value.read("factors", or: nil)
        self.actions = try value.read("actions", or: nil)
        self.expiresAt = try value.read("expires_at", or: nil)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("state", self.state)
        fields.put("session", self.session)
        fields.put("token", self.token)
        fields.put("token_until", self.tokenUntil)
        fields.put("refresh_token", self.refreshToken)
        fields.put("flow_token", self.flowToken)
        fields.put("factors", self.factors)
        fields.put("actions", self.actions)
        fields.put("expires_at", self.expiresAt)
        return fields.jsonValue
    }

    public var shown: String { "SignedIn(state: \(self.state), session: \(self.session as Any), tokenUntil: \(self.tokenUntil as Any), factors: \(self.factors as Any), actions: \(self.actions as Any), expiresAt: \(self.expiresAt as Any))" }
}

/// How a record of the source, its link and records here stand to each other.
public enum Situation: String, ValueConvertible, CaseIterable {
    /// Linked, and the record is here.
    case confirmed = "confirmed"
    /// Not linked; exactly one record here fits, and no other link of this source leads to it.
    case found = "found"
    /// Not linked; the one record that fits is linked to another record of this source.
    case foundAlreadyLinked = "found_already_linked"
    /// Not linked, and nothing here fits.
    case absent = "absent"
    /// Not linked, and several fit, or none with enough confidence.
    case ambiguous = "ambiguous"
    /// Linked, but the record is no longer here.
    case targetMissing = "target_missing"
    /// Does not qualify any more, but is linked.
    case unqualified = "unqualified"
    /// Does not qualify, and is not linked.
    case ignored = "ignored"
    /// Linked and here, but gone at the source.
    case sourceMissing = "source_missing"
    /// Gone at both ends; only the link is left.
    case allGone = "all_gone"
}

/// A role or group that was not copied.
public struct Skipped: ValueConvertible, Concealed {
    /// The role or group.
    public var id: EntityId
    /// Why: a code such as `access.denied`, `role.separation`, `inherited` or `held`.
    public var code: String
    /// The reason in a sentence.
    public var reason: String

    public init(id: EntityId, code: String, reason: String) {
        self.id = id
        self.code = code
        self.reason = reason
    }

    public init(_ value: Value) throws {
        self.id = try value.read("id")
        self.code = try value.read("code")
        self.reason = try value.read("reason")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("id", self.id)
        fields.put("code", self.code)
        fields.put("reason", self.reason)
        return fields.jsonValue
    }

    public var shown: String { "Skipped(id: \(self.id), code: \(self.code))" }
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("attribute", self.attribute)
        if self.descending != false { fields.put("descending", self.descending) }
        return fields.jsonValue
    }
}

/// Who declared the attribute.
public enum Source: String, ValueConvertible, CaseIterable {
    /// Part of the library.
    case builtin = "builtin"
    /// Declared in the realm by `attribute.define`.
    case custom = "custom"
}

/// The identifier of a record of the kind `source`.
public typealias SourceId = String

/// Whether a source may change anything.
public enum SourceMode: String, ValueConvertible, CaseIterable {
    /// Runs show what they would do, and do nothing. Every new source starts so.
    case lookOnly = "look_only"
    /// Runs do what they say.
    case active = "active"
}

/// How what a source says becomes records.
public struct SourceRules: ValueConvertible {
    /// Whether somebody is told when a run fails.
    public var alerts: Bool
    /// For each kind that the source has.
    public var kinds: [String: KindRules]
    /// A record whose mapped values are what they were is not looked at further.
    public var onlyChanges: Bool
    /// Objects on a page.
    public var pageSize: Int

    public init(alerts: Bool = true, kinds: [String: KindRules] = [:], onlyChanges: Bool = true, pageSize: Int = 500) {
        self.alerts = alerts
        self.kinds = kinds
        self.onlyChanges = onlyChanges
        self.pageSize = pageSize
    }

    public init(_ value: Value) throws {
        self.alerts = try value.read("alerts", or: true)
        self.kinds = try value.read("kinds", or: [:])
        self.onlyChanges = try value.read("only_changes", or: true)
        self.pageSize = try value.read("page_size", or: 500)
    }

    public var jsonValue: Value {
        var fields = Fields()
        if self.alerts != true { fields.put("alerts", self.alerts) }
        if self.kinds != [:] { fields.put("kinds", self.kinds) }
        if self.onlyChanges != true { fields.put("only_changes", self.onlyChanges) }
        if self.pageSize != 500 { fields.put("page_size", self.pageSize) }
        return fields.jsonValue
    }
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

/// How strongly a mapping holds.
public enum Strength: String, ValueConvertible, CaseIterable {
    /// Fills in what is empty, and changes nothing that is there.
    case weak = "weak"
    /// Follows the source whenever its record changed.
    case normal = "normal"
    /// Also brings back what somebody changed here, whenever the record is looked at.
    case strong = "strong"
}

/// What a run does about one record.
public enum SyncAction: String, ValueConvertible, CaseIterable {
    /// A record is created and linked.
    case create = "create"
    /// The record is changed to what the source says, and linked.
    case update = "update"
    /// The record is linked and otherwise left alone.
    case link = "link"
    /// The link goes; the record stays.
    case unlink = "unlink"
    /// The record is disabled.
    case disable = "disable"
    /// The record is disabled now, and deleted after the delay.
    case disableThenDelete = "disable_then_delete"
    /// The record is deleted.
    case delete = "delete"
    /// Nothing is done before somebody has looked.
    case review = "review"
    /// It is noted.
    case report = "report"
    /// Nothing.
    case ignore = "ignore"
    /// An attribute of the record is emptied, or a list of references that the source gave. It is part of an
    /// update; only thresholds name it.
    case clear = "clear"
}

/// What kind of record the objects of a source become.
public enum SyncKind: String, ValueConvertible, CaseIterable {
    /// Organizations.
    case organization = "organization"
    /// Positions.
    case position = "position"
    /// Groups.
    case group = "group"
    /// Users.
    case user = "user"
    /// Pairs of a member and what it is a member of, where a source keeps them apart from both.
    case membership = "membership"
}

/// The identifier of a record of the kind `sync_run`.
public typealias SyncRunId = String

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
    /// Whether the password is handed to the target in the clear whenever it is set: sealed, in the outbox, until
    /// it was published or the time is over.
    public var publish: Bool
    /// Minutes for which it waits to be published; 60.
    public var publishMinutes: Int
    /// Characters at least that are neither letters nor digits.
    public var symbols: Int
    /// The only symbols that are accepted; empty: any.
    public var symbolsAllowed: [String]
    /// The name of the target.
    public var target: String
    /// Upper-case letters at least.
    public var upperCase: Int

    public init(asciiOnly: Bool = false, digits: Int = 0, forbidden: [String] = [], lowerCase: Int = 0, maximumLength: Int = 0, minimumLength: Int = 0, publish: Bool = false, publishMinutes: Int = 60, symbols: Int = 0, symbolsAllowed: [String] = [], target: String = "", upperCase: Int = 0) {
        self.asciiOnly = asciiOnly
        self.digits = digits
        self.forbidden = forbidden
        self.lowerCase = lowerCase
        self.maximumLength = maximumLength
        self.minimumLength = minimumLength
        self.publish = publish
        self.publishMinutes = publishMinutes
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
        self.publish = try value.read("publish", or: false)
        self.publishMinutes = try value.read("publish_minutes", or: 60)
        self.symbols = try value.read("symbols", or: 0)
        self.symbolsAllowed = try value.read("symbols_allowed", or: [])
        self.target = try value.read("target", or: "")
        self.upperCase = try value.read("upper_case", or: 0)
    }

    public var jsonValue: Value {
        var fields = Fields()
        if self.asciiOnly != false { fields.put("ascii_only", self.asciiOnly) }
        if self.digits != 0 { fields.put("digits", self.digits) }
        if self.forbidden != [] { fields.put("forbidden", self.forbidden) }
        if self.lowerCase != 0 { fields.put("lower_case", self.lowerCase) }
        if self.maximumLength != 0 { fields.put("maximum_length", self.maximumLength) }
        if self.minimumLength != 0 { fields.put("minimum_length", self.minimumLength) }
        if self.publish != false { fields.put("publish", self.publish) }
        if self.publishMinutes != 60 { fields.put("publish_minutes", self.publishMinutes) }
        if self.symbols != 0 { fields.put("symbols", self.symbols) }
        if self.symbolsAllowed != [] { fields.put("symbols_allowed", self.symbolsAllowed) }
        if self.target != "" { fields.put("target", self.target) }
        if self.upperCase != 0 { fields.put("upper_case", self.upperCase) }
        return fields.jsonValue
    }
}

/// The identifier of a record of the kind `template`.
public typealias TemplateId = String

/// How much of one action a single run may do. Both bounds hold.
public struct Threshold: ValueConvertible {
    /// So many at most.
    public var count: Int?
    /// So many of a hundred of the records that are linked when the run starts.
    public var percent: Int?

    public init(count: Int? = nil, percent: Int? = nil) {
        self.count = count
        self.percent = percent
    }

    public init(_ value: Value) throws {
        self.count = try value.read("count", or: nil)
        self.percent = try value.read("percent", or: nil)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("count", self.count)
        fields.put("percent", self.percent)
        return fields.jsonValue
    }
}

/// Tests that are made together. A tier that finds exactly one certain record is the last one asked.
public struct Tier: ValueConvertible {
    /// The tests.
    public var correlators: [Correlator]
    /// From this confidence on a record is certain; below it somebody has to look.
    public var certain: Double

    public init(correlators: [Correlator], certain: Double = 1.0) {
        self.correlators = correlators
        self.certain = certain
    }

    public init(_ value: Value) throws {
        self.correlators = try value.read("correlators")
        self.certain = try value.read("certain", or: 1.0)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("correlators", self.correlators)
        if self.certain != 1.0 { fields.put("certain", self.certain) }
        return fields.jsonValue
    }
}

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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("end", self.end)
        fields.put("start", self.start)
        fields.put("time_zone", self.timeZone)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("organization", self.organization)
        fields.put("positions", self.positions)
        fields.put("children", self.children)
        return fields.jsonValue
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

    public var jsonValue: Value {
        switch self {
        case .revision(let inner):
            return .object(["revision": inner.jsonValue])
        case .changeSet(let inner):
            return .object(["change_set": inner.jsonValue])
        case .actor(let part0, let part1):
            var fields = Fields()
            fields.put("actor", part0)
            fields.put("since", part1)
            return .object(["actor": fields.jsonValue])
        case .record(let part0, let part1):
            var fields = Fields()
            fields.put("id", part0)
            fields.put("after", part1)
            return .object(["record": fields.jsonValue])
        }
    }
}

/// What becomes of an enumerated value that the dictionary does not list.
public enum Unlisted: String, ValueConvertible, CaseIterable {
    /// The record is set aside with the problem.
    case refuse = "refuse"
    /// It stays as it is.
    case keep = "keep"
    /// There is no value.
    case drop = "drop"
}

/// A fact that would have to be different.
public enum UnmetFact: String, ValueConvertible, CaseIterable {
    /// The actor is deleted, locked, disabled, not registered, or outside of its validity.
    case inactive = "inactive"
    /// The edge holds at another time only.
    case window = "window"
    /// The edge is suspended.
    case suspended = "suspended"
    /// The role holds at another time only.
    case roleWindow = "role_window"
    /// Another role that the actor holds excludes the role.
    case excluded = "excluded"
    /// The grant to an organization does not go down the tree, or an organization on the way stops it.
    case notInherited = "not_inherited"
    /// The organization or position is disabled, or the organization lies below such a one: it lends nothing.
    case disabled = "disabled"
    /// The account does not inherit the role or group: a switch of it is off, or their categories do not meet.
    case switchedOff = "switched_off"
    /// The holder condition of a privilege does not hold for the actor.
    case holder = "holder"
    /// The target lies outside of these organizations.
    case outside = "outside"
    /// The target filter of a privilege does not match the target.
    case target = "target"
    /// The right is about the actor's own record only.
    case notSelf = "not_self"
    /// The target is of the same or a higher level.
    case level = "level"
    /// The target owns or administers the area, too.
    case sameRank = "same_rank"
    /// The attribute is not open for it.
    case attribute = "attribute"
    /// The role is not held at all.
    case role = "role"
    /// No role gives it.
    case noRole = "no_role"
    /// There is no such target.
    case noTarget = "no_target"
}

/// A fact that would have to be different.
public struct Unmet: ValueConvertible, Concealed {
    /// Which one it is.
    public var fact: UnmetFact
    /// The account.
    public var user: EntityId?
    /// The step.
    public var step: PathStep?
    /// From when on.
    public var from: Date?
    /// Until when.
    public var until: Date?
    /// Why.
    public var reason: String?
    /// The role that would give it.
    public var role: EntityId?
    /// The role that excludes it.
    public var by: EntityId?
    /// The organization.
    public var organization: EntityId?
    /// The organization that stops it; absent when the grant itself does not go down.
    public var stoppedBy: EntityId?
    /// The role or group.
    public var thing: EntityId?
    /// The privilege's place in the role.
    public var privilege: Int?
    /// The organizations.
    public var organizations: [EntityId]?
    /// The actor's level.
    public var actor: Int?
    /// The identifier.
    public var target: Value
    /// The attribute.
    public var attribute: String?

    public init(fact: UnmetFact, user: EntityId? = nil, step: PathStep? = nil, from: Date? = nil, until: Date? = nil, reason: String? = nil, role: EntityId? = nil, by: EntityId? = nil, organization: EntityId? = nil, stoppedBy: EntityId? = nil, thing: EntityId? = nil, privilege: Int? = nil, organizations: [EntityId]? = nil, actor: Int? = nil, target: Value = .null, attribute: String? = nil) {
        self.fact = fact
        self.user = user
        self.step = step
        self.from = from
        self.until = until
        self.reason = reason
        self.role = role
        self.by = by
        self.organization = organization
        self.stoppedBy = stoppedBy
        self.thing = thing
        self.privilege = privilege
        self.organizations = organizations
        self.actor = actor
        self.target = target
        self.attribute = attribute
    }

    public init(_ value: Value) throws {
        self.fact = try value.read("fact")
        self.user = try value.read("user", or: nil)
        self.step = try value.read("step", or: nil)
        self.from = try value.read("from", or: nil)
        self.until = try value.read("until", or: nil)
        self.reason = try value.read("reason", or: nil)
        self.role = try value.read("role", or: nil)
        self.by = try value.read("by", or: nil)
        self.organization = try value.read("organization", or: nil)
        self.stoppedBy = try value.read("stopped_by", or: nil)
        self.thing = try value.read("thing", or: nil)
        self.privilege = try value.read("privilege", or: nil)
        self.organizations = try value.read("organizations", or: nil)
        self.actor = try value.read("actor", or: nil)
        self.target = try value.read("target", or: .null)
        self.attribute = try value.read("attribute", or: nil)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("fact", self.fact)
        fields.put("user", self.user)
        fields.put("step", self.step)
        fields.put("from", self.from)
        fields.put("until", self.until)
        fields.put("reason", self.reason)
        fields.put("role", self.role)
        fields.put("by", self.by)
        fields.put("organization", self.organization)
        fields.put("stopped_by", self.stoppedBy)
        fields.put("thing", self.thing)
        fields.put("privilege", self.privilege)
        fields.put("organizations", self.organizations)
        fields.put("actor", self.actor)
        fields.put("target", self.target)
        fields.put("attribute", self.attribute)
        return fields.jsonValue
    }

    public var shown: String { "Unmet(fact: \(self.fact), user: \(self.user as Any), step: \(self.step as Any), from: \(self.from as Any), until: \(self.until as Any), role: \(self.role as Any), by: \(self.by as Any), organization: \(self.organization as Any), stoppedBy: \(self.stoppedBy as Any), thing: \(self.thing as Any), privilege: \(self.privilege as Any), organizations: \(self.organizations as Any), actor: \(self.actor as Any), attribute: \(self.attribute as Any))" }
}

/// Changes attributes of a user. Read-only attributes and those with a command of their own are refused by name.
public struct UpdateUser: ValueConvertible, Concealed {
    /// The user.
    public var user: UserId
    /// New values; `null` removes one.
    public var attributes: [String: Value]

    public init(user: UserId, attributes: [String: Value]) {
        self.user = user
        self.attributes = attributes
    }

    public init(_ value: Value) throws {
        self.user = try value.read("user")
        self.attributes = try value.read("attributes")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("user", self.user)
        fields.put("attributes", self.attributes)
        return fields.jsonValue
    }

    public var shown: String { "UpdateUser(user: \(self.user))" }
}

/// What an upkeep did.
public struct Upkeep: ValueConvertible {
    /// Users disabled because their validity ended.
    public var expired: Int
    /// Soft-deleted users purged because the retention period is over.
    public var purged: Int
    /// Sessions, links and counters removed because they had run out: links thirty days after their end, so that
    /// whoever opens an old one is told why it cannot be used.
    public var swept: Int
    /// Memberships that came or went because time passed, or because a change of a rule was interrupted.
    public var ruled: Int

    public init(expired: Int, purged: Int, swept: Int, ruled: Int = 0) {
        self.expired = expired
        self.purged = purged
        self.swept = swept
        self.ruled = ruled
    }

    public init(_ value: Value) throws {
        self.expired = try value.read("expired")
        self.purged = try value.read("purged")
        self.swept = try value.read("swept")
        self.ruled = try value.read("ruled", or: 0)
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("expired", self.expired)
        fields.put("purged", self.purged)
        fields.put("swept", self.swept)
        if self.ruled != 0 { fields.put("ruled", self.ruled) }
        return fields.jsonValue
    }
}

/// What one user gains and loses.
public struct UserAccessDifference: ValueConvertible {
    /// The user.
    public var user: EntityId
    /// Rights that have effect afterwards and had none before.
    public var gained: [Right]
    /// Rights that had effect before and have none afterwards.
    public var lost: [Right]

    public init(user: EntityId, gained: [Right], lost: [Right]) {
        self.user = user
        self.gained = gained
        self.lost = lost
    }

    public init(_ value: Value) throws {
        self.user = try value.read("user")
        self.gained = try value.read("gained")
        self.lost = try value.read("lost")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("user", self.user)
        fields.put("gained", self.gained)
        fields.put("lost", self.lost)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("rows", self.rows)
        fields.put("seals", self.seals)
        fields.put("breaks", self.breaks)
        return fields.jsonValue
    }
}

/// What is wanted of one attribute of the account in a target.
public struct WantedAttribute: ValueConvertible, Concealed {
    /// Every wanted value, each once, in the order of the assignments' identifiers.
    public var values: [Value]
    /// The target's own values go; otherwise these are added to them.
    public var replace: Bool
    /// The assignments that want it.
    public var assignments: [EntityId]

    public init(values: [Value], replace: Bool, assignments: [EntityId]) {
        self.values = values
        self.replace = replace
        self.assignments = assignments
    }

    public init(_ value: Value) throws {
        self.values = try value.read("values")
        self.replace = try value.read("replace")
        self.assignments = try value.read("assignments")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("values", self.values)
        fields.put("replace", self.replace)
        fields.put("assignments", self.assignments)
        return fields.jsonValue
    }

    public var shown: String { "WantedAttribute(replace: \(self.replace), assignments: \(self.assignments))" }
}

/// The wanted state of a person's accounts.
public struct WantedState: ValueConvertible {
    /// The provisioning roles in effect.
    public var roles: [EntityId]
    /// The assignments that they carry.
    public var assignments: [EntityId]
    /// Mapping → attribute → what is wanted.
    public var wanted: [String: [String: WantedAttribute]]

    public init(roles: [EntityId], assignments: [EntityId], wanted: [String: [String: WantedAttribute]]) {
        self.roles = roles
        self.assignments = assignments
        self.wanted = wanted
    }

    public init(_ value: Value) throws {
        self.roles = try value.read("roles")
        self.assignments = try value.read("assignments")
        self.wanted = try value.read("wanted")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("roles", self.roles)
        fields.put("assignments", self.assignments)
        fields.put("wanted", self.wanted)
        return fields.jsonValue
    }
}

/// Users who can do something.
public struct WhoCan: ValueConvertible {
    /// Who, in the order of identifiers.
    public var users: [EntityId]
    /// Everybody who can is listed; else there may be more.
    public var complete: Bool

    public init(users: [EntityId], complete: Bool) {
        self.users = users
        self.complete = complete
    }

    public init(_ value: Value) throws {
        self.users = try value.read("users")
        self.complete = try value.read("complete")
    }

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("users", self.users)
        fields.put("complete", self.complete)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("from", self.from)
        fields.put("until", self.until)
        return fields.jsonValue
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

    public var jsonValue: Value {
        var fields = Fields()
        fields.put("realm", self.realm)
        fields.put("number", self.number)
        fields.put("revision", self.revision)
        fields.put("effect", self.effect)
        fields.put("attempts", self.attempts)
        return fields.jsonValue
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
    /// An owner of an organization would be a member of it or of something below it.
    public static let organizationOwnerIsMember = "organization.owner_is_member"
    /// An administrator of an organization has to belong to it.
    public static let organizationAdministratorNotMember = "organization.administrator_not_member"
    /// Nobody would own the organization, or anything above it, any more.
    public static let organizationLastOwner = "organization.last_owner"
    /// Two roles that are kept apart would be held by one person.
    public static let roleSeparation = "role.separation"
    /// A role that the role requires is not held.
    public static let rolePrerequisite = "role.prerequisite"
    /// More would hold the role than may, or fewer than must.
    public static let roleHolders = "role.holders"
    /// The sign-in is refused. Why is in the audit trail only: whoever asks learns nothing about who exists.
    public static let signInRefused = "sign_in.refused"
    /// Who signed in is who they say, and is blocked.
    public static let signInBlocked = "sign_in.blocked"
    /// Too many attempts failed; `details` says when the next one is taken.
    public static let signInThrottled = "sign_in.throttled"
    /// The sign-in that was under way has ended: it took too long, or too many steps failed.
    public static let signInEnded = "sign_in.ended"
    /// The session is unknown or has ended: signed out, too long idle, too old, revoked.
    public static let sessionEnded = "session.ended"
    /// The session's token has run out; its refresh token fetches the next one.
    public static let sessionTokenExpired = "session.token_expired"
    /// The session is not assured enough for what is asked.
    public static let sessionStepUpNeeded = "session.step_up_needed"
    /// The link is none of ours.
    public static let linkUnknown = "link.unknown"
    /// The link was used before.
    public static let linkUsed = "link.used"
    /// A newer link was sent instead.
    public static let linkReplaced = "link.replaced"
    /// The link has run out.
    public static let linkExpired = "link.expired"
    /// The link was revoked.
    public static let linkRevoked = "link.revoked"
    /// The user has not completed the sign-up yet.
    public static let registrationIncomplete = "registration.incomplete"
    /// The user has completed the sign-up already.
    public static let registrationComplete = "registration.complete"
    /// Nobody can register: `details` names what is missing.
    public static let registrationClosed = "registration.closed"
    /// The connector is not registered in this realm.
    public static let connectorMissing = "connector.missing"
    /// The identity source cannot be reached or does not answer as it should.
    public static let sourceFailed = "source.failed"
    /// The run is leased by another worker, or over.
    public static let syncLease = "sync.lease"
    /// A run would do more of one action than the source's thresholds allow.
    public static let syncThreshold = "sync.threshold"
}
