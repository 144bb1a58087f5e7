// Generated from the catalogue by `.ci/generate`; do not edit.

package iam

import java.time.Instant

/** What is evaluated when something happens to an assignment at a person. */
public data class AssignmentEvent(
    /** `assigned` or `unassigned`. */
    val event: String,
    /** A CEL expression over the person's attributes and the variables; never a script. */
    val expression: String,
    /** Variables for the expression, as a JSON object. */
    val variables: Map<String, Value> = mapOf(),
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("event", this@AssignmentEvent.event)
        put("expression", this@AssignmentEvent.expression)
        if (this@AssignmentEvent.variables.isNotEmpty()) put("variables", this@AssignmentEvent.variables)
    }.toValue()

    override fun toString(): String = "AssignmentEvent(event=${event}, expression=${expression})"

    public companion object {
        internal fun read(value: Value): AssignmentEvent = AssignmentEvent(
            value.field("event").toText(),
            value.field("expression").toText(),
            value["variables"]?.let { it.toMap { x -> x } } ?: mapOf(),
        )
    }
}

/** The identifier of a record of the kind `assignment`. */
public typealias AssignmentId = String

/** An attribute of the target and its value or values. */
public data class AssignmentValue(
    /** The target's attribute. */
    val attribute: String,
    /** The value; a list for several. */
    val value: Value,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("attribute", this@AssignmentValue.attribute)
        put("value", this@AssignmentValue.value)
    }.toValue()

    override fun toString(): String = "AssignmentValue(attribute=${attribute})"

    public companion object {
        internal fun read(value: Value): AssignmentValue = AssignmentValue(
            value.field("attribute").toText(),
            value.field("value"),
        )
    }
}

/** How strong a proof of identity is. */
public enum class Assurance(public val word: String) : ToValue {
    /** Somebody who can read a mailbox or a text message: passcodes by e-mail and SMS, recovery codes. */
    LOW("low"),
    /** A device that shows codes: TOTP and HOTP. */
    SUBSTANTIAL("substantial"),
    /** Resistant to phishing: passkeys. */
    HIGH("high"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): Assurance =
            entries.find { it.word == value.toText() } ?: throw unexpected("Assurance")
    }
}

/** What a privilege gives of one attribute. */
public enum class AttributeAccess(public val word: String) : ToValue {
    /** Neither seen nor changed. */
    NONE("none"),
    /** Seen. */
    READ("read"),
    /** Seen and changed. */
    WRITE("write"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): AttributeAccess =
            entries.find { it.word == value.toText() } ?: throw unexpected("AttributeAccess")
    }
}

/** One attribute of one kind. */
public data class AttributeDefinition(
    /** The kind of record that carries it. */
    val kind: Kind,
    /** The stable name for scripts and API. */
    val name: String,
    /** The name people see. */
    val label: String,
    /** The type of a single value. */
    val type: AttributeType,
    /** Several values allowed. */
    val multiple: Boolean,
    /** Code points at most, texts only. */
    val maximumLength: Long?,
    /** The whole text must match; linear time, no back-references. */
    val pattern: String?,
    /** Must be set. */
    val required: Boolean,
    /** No two live records of the kind in the realm may share the folded value. */
    val unique: Boolean,
    /** Filters and sorts may name it. */
    val searchable: Boolean,
    /** Personal data: sealed in the journal under the person's key, erased on request. */
    val personal: Boolean,
    /** Kept sealed under a key of the vault; noted in the journal without its value, and never shown. */
    val secret: Boolean,
    /** Who may change it. */
    val editable: EditableBy,
    /** Who declared it. */
    val source: Source,
    /** Derived from edges (`organizations`, `manager`, …): searchable, never stored in the record. */
    val derived: Boolean,
    /** The values allowed, when not any. */
    val allowed: List<Value> = listOf(),
    /** Filled in at creation when nothing else gives a value. */
    val default: Value = Value.Null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("kind", this@AttributeDefinition.kind)
        put("name", this@AttributeDefinition.name)
        put("label", this@AttributeDefinition.label)
        put("type", this@AttributeDefinition.type)
        put("multiple", this@AttributeDefinition.multiple)
        put("maximum_length", this@AttributeDefinition.maximumLength)
        put("pattern", this@AttributeDefinition.pattern)
        put("required", this@AttributeDefinition.required)
        put("unique", this@AttributeDefinition.unique)
        put("searchable", this@AttributeDefinition.searchable)
        put("personal", this@AttributeDefinition.personal)
        put("secret", this@AttributeDefinition.secret)
        put("editable", this@AttributeDefinition.editable)
        put("source", this@AttributeDefinition.source)
        put("derived", this@AttributeDefinition.derived)
        if (this@AttributeDefinition.allowed.isNotEmpty()) put("allowed", this@AttributeDefinition.allowed)
        put("default", this@AttributeDefinition.default)
    }.toValue()

    override fun toString(): String = "AttributeDefinition(kind=${kind}, name=${name}, type=${type}, multiple=${multiple}, maximumLength=${maximumLength}, pattern=${pattern}, required=${required}, unique=${unique}, searchable=${searchable}, personal=${personal}, secret=${secret}, editable=${editable}, source=${source}, derived=${derived})"

    public companion object {
        internal fun read(value: Value): AttributeDefinition = AttributeDefinition(
            Kind.read(value.field("kind")),
            value.field("name").toText(),
            value.field("label").toText(),
            AttributeType.read(value.field("type")),
            value.field("multiple").toBoolean(),
            value.field("maximum_length").orNull { x -> x.toInteger() },
            value.field("pattern").orNull { x -> x.toText() },
            value.field("required").toBoolean(),
            value.field("unique").toBoolean(),
            value.field("searchable").toBoolean(),
            value.field("personal").toBoolean(),
            value.field("secret").toBoolean(),
            EditableBy.read(value.field("editable")),
            Source.read(value.field("source")),
            value.field("derived").toBoolean(),
            value["allowed"]?.let { it.toList { x -> x } } ?: listOf(),
            value["default"]?.let { it } ?: Value.Null,
        )
    }
}

/** An attribute before and after. */
public data class AttributeDifference(
    /** Its name. */
    val attribute: String,
    /** What it becomes. */
    val after: Value = Value.Null,
    /** What it was. */
    val before: Value = Value.Null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("attribute", this@AttributeDifference.attribute)
        put("after", this@AttributeDifference.after)
        put("before", this@AttributeDifference.before)
    }.toValue()

    override fun toString(): String = "AttributeDifference(attribute=${attribute})"

    public companion object {
        internal fun read(value: Value): AttributeDifference = AttributeDifference(
            value.field("attribute").toText(),
            value["after"]?.let { it } ?: Value.Null,
            value["before"]?.let { it } ?: Value.Null,
        )
    }
}

/** The identifier of a record of the kind `attribute`. */
public typealias AttributeId = String

/** The type of an attribute's single value. */
public enum class AttributeType(public val word: String) : ToValue {
    /** Text of at most `maximum_length` code points. */
    TEXT("text"),
    /** A whole number of 64 bits. */
    INTEGER("integer"),
    /** A number with a fraction. */
    NUMBER("number"),
    /** True or false. */
    BOOLEAN("boolean"),
    /** A calendar day, `2026-11-21`. */
    DATE("date"),
    /** A point in time, RFC 3339, kept in UTC. */
    MOMENT("moment"),
    /** An e-mail address, at most 254 octets. */
    EMAIL("email"),
    /** A phone number in E.164: `+`, country code, subscriber number, at most 15 digits. */
    PHONE("phone"),
    /** A language tag, BCP 47, such as `en-US`. */
    LANGUAGE("language"),
    /** An identifier of something the library keeps. */
    REFERENCE("reference"),
    /** A structure that is stored but not searched. */
    OBJECT("object"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): AttributeType =
            entries.find { it.word == value.toText() } ?: throw unexpected("AttributeType")
    }
}

/** One command in the audit trail. */
public data class AuditItem(
    /** Its number; also the revision of the changes it made. */
    val revision: Long,
    /** When. */
    val at: Instant,
    /** Who. */
    val actor: String,
    /** Through which door. */
    val channel: String,
    /** Why, in the words of the actor. */
    val reason: String?,
    /** The command's name. */
    val command: String,
    /** The command's identifier. */
    val commandId: CommandId?,
    /** The change set it belongs to. */
    val changeSet: ChangeSetId?,
    /** The code of the refusal; absent when it was carried out. */
    val refused: String?,
    /** What it was about. */
    val subject: EntityId?,
    /** What happened. */
    val events: List<Event>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("revision", this@AuditItem.revision)
        put("at", this@AuditItem.at)
        put("actor", this@AuditItem.actor)
        put("channel", this@AuditItem.channel)
        put("reason", this@AuditItem.reason)
        put("command", this@AuditItem.command)
        put("command_id", this@AuditItem.commandId)
        put("change_set", this@AuditItem.changeSet)
        put("refused", this@AuditItem.refused)
        put("subject", this@AuditItem.subject)
        put("events", this@AuditItem.events)
    }.toValue()

    override fun toString(): String = "AuditItem(revision=${revision}, at=${at}, actor=${actor}, channel=${channel}, command=${command}, commandId=${commandId}, changeSet=${changeSet}, refused=${refused}, subject=${subject}, events=${events})"

    public companion object {
        internal fun read(value: Value): AuditItem = AuditItem(
            value.field("revision").toInteger(),
            value.field("at").toMoment(),
            value.field("actor").toText(),
            value.field("channel").toText(),
            value.field("reason").orNull { x -> x.toText() },
            value.field("command").toText(),
            value.field("command_id").orNull { x -> x.toText() },
            value.field("change_set").orNull { x -> x.toText() },
            value.field("refused").orNull { x -> x.toText() },
            value.field("subject").orNull { x -> x.toText() },
            value.field("events").toList { x -> Event.read(x) },
        )
    }
}

/** What became of a batch. */
public data class Batch(
    /** The commit; absent when there was nothing to change or it was a preview. */
    val revision: Long?,
    /** What became of each command, in their order. */
    val results: List<BatchResult>,
    /** What is or would be different. */
    val difference: Difference,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("revision", this@Batch.revision)
        put("results", this@Batch.results)
        put("difference", this@Batch.difference)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Batch = Batch(
            value.field("revision").orNull { x -> x.toInteger() },
            value.field("results").toList { x -> BatchResult.read(x) },
            Difference.read(value.field("difference")),
        )
    }
}

/** What refused commands of a batch mean for the others. */
public enum class BatchMode(public val word: String) : ToValue {
    /** One refusal refuses all. */
    ALL_OR_NOTHING("all_or_nothing"),
    /** Each command stands for itself; refused ones leave no trace in the plan. */
    EACH("each"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): BatchMode =
            entries.find { it.word == value.toText() } ?: throw unexpected("BatchMode")
    }
}

/** What became of one command of a batch. */
public data class BatchResult(
    /** What it was about. */
    val id: EntityId?,
    /** Why it was refused; absent when it was not. */
    val problem: Problem?,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("id", this@BatchResult.id)
        put("problem", this@BatchResult.problem)
    }.toValue()

    public companion object {
        internal fun read(value: Value): BatchResult = BatchResult(
            value.field("id").orNull { x -> x.toText() },
            value.field("problem").orNull { x -> problemOf(x) },
        )
    }
}

/** Why a change is in the plan. */
public enum class Cause(public val word: String) : ToValue {
    /** The command asked for exactly this. */
    REQUESTED("requested"),
    /** The realm's settings or a type's form asked for it (an expiry, a default). */
    FORM("form"),
    /** It follows from the deletion, merge or move of something else. */
    DISPOSITION("disposition"),
    /** A due date. */
    TIMER("timer"),
    /** An undone change. */
    ROLLBACK("rollback"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): Cause =
            entries.find { it.word == value.toText() } ?: throw unexpected("Cause")
    }
}

/** A place where the chain does not hold. */
public enum class ChainBreakWhat(public val word: String) : ToValue {
    /** The row, or a journal entry of it, is not what was sealed. */
    CHANGED("changed"),
    /** The row is gone. */
    REMOVED("removed"),
    /** The row was not there when its place was sealed. */
    INSERTED("inserted"),
    /** The seal itself is not what it was, or is missing. */
    SEAL("seal"),
    /** The chain is not the one whose head was published. */
    HEAD("head"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): ChainBreakWhat =
            entries.find { it.word == value.toText() } ?: throw unexpected("ChainBreakWhat")
    }
}

/** A place where the chain does not hold. */
public data class ChainBreak(
    /** Which one it is. */
    val what: ChainBreakWhat,
    /** Which row. */
    val revision: Long? = null,
    /** Which seal. */
    val number: Long? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("what", this@ChainBreak.what)
        put("revision", this@ChainBreak.revision)
        put("number", this@ChainBreak.number)
    }.toValue()

    public companion object {
        internal fun read(value: Value): ChainBreak = ChainBreak(
            ChainBreakWhat.read(value.field("what")),
            value["revision"]?.let { it.toInteger() },
            value["number"]?.let { it.toInteger() },
        )
    }
}

/** A head to publish outside of the database. */
public data class ChainHead(
    /** The seal's number. */
    val number: Long,
    /** Up to and including this revision. */
    val until: Long,
    /** Hexadecimal SHA-256. */
    val head: String,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("number", this@ChainHead.number)
        put("until", this@ChainHead.until)
        put("head", this@ChainHead.head)
    }.toValue()

    public companion object {
        internal fun read(value: Value): ChainHead = ChainHead(
            value.field("number").toInteger(),
            value.field("until").toInteger(),
            value.field("head").toText(),
        )
    }
}

/** The identifier of a record of the kind `change_set`. */
public typealias ChangeSetId = String

/** A column of a list. */
public data class Column(
    /** The attribute. */
    val attribute: String,
    /** The name people see. */
    val label: String,
    /** The type of its values. */
    val type: AttributeType,
    /** Whether the list can be sorted and filtered by it. */
    val searchable: Boolean,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("attribute", this@Column.attribute)
        put("label", this@Column.label)
        put("type", this@Column.type)
        put("searchable", this@Column.searchable)
    }.toValue()

    override fun toString(): String = "Column(attribute=${attribute}, type=${type}, searchable=${searchable})"

    public companion object {
        internal fun read(value: Value): Column = Column(
            value.field("attribute").toText(),
            value.field("label").toText(),
            AttributeType.read(value.field("type")),
            value.field("searchable").toBoolean(),
        )
    }
}

/** The identifier of a record of the kind `command`. */
public typealias CommandId = String

/** What happened in one commit. */
public data class Commit(
    /** The commit. */
    val revision: Long,
    /** What happened. */
    val events: List<Event>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("revision", this@Commit.revision)
        put("events", this@Commit.events)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Commit = Commit(
            value.field("revision").toInteger(),
            value.field("events").toList { x -> Event.read(x) },
        )
    }
}

/**
 * An opaque place in the list of one search. Another search refuses it.
 *
 * It holds the sort keys of a record that the reader has seen; it is encoded, not encrypted.
 */
public typealias Cursor = String

/** What deleting means. */
public enum class DeleteMode(public val word: String) : ToValue {
    /** Out of sight, kept with everything for the retention period of the realm, can be undeleted. */
    SOFT("soft"),
    /**
     * Irreversible: personal data go, the key to the personal part of the history goes, the audit trail stays and
     * still verifies (GDPR article 17).
     */
    ERASE("erase"),
    /** Irreversible: the record itself goes. */
    PURGE("purge"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): DeleteMode =
            entries.find { it.word == value.toText() } ?: throw unexpected("DeleteMode")
    }
}

/** Whether soft-deleted records are listed. */
public enum class Deleted(public val word: String) : ToValue {
    /** Live records only. */
    EXCLUDE("exclude"),
    /** Live and deleted records. */
    INCLUDE("include"),
    /** Deleted records only. */
    ONLY("only"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): Deleted =
            entries.find { it.word == value.toText() } ?: throw unexpected("Deleted")
    }
}

/** The identifier of a record of the kind `device`. */
public typealias DeviceId = String

/** What the doctor found. */
public data class Diagnosis(
    /** Records that were looked at. */
    val records: Long,
    /** Unique names that were looked at. */
    val claims: Long,
    /** Edges that were looked at. */
    val edges: Long,
    /** Pairs of the tree's closure that were looked at. */
    val closure: Long,
    /** Everything that is not as it should be; empty: healthy. */
    val findings: List<Finding>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("records", this@Diagnosis.records)
        put("claims", this@Diagnosis.claims)
        put("edges", this@Diagnosis.edges)
        put("closure", this@Diagnosis.closure)
        put("findings", this@Diagnosis.findings)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Diagnosis = Diagnosis(
            value.field("records").toInteger(),
            value.field("claims").toInteger(),
            value.field("edges").toInteger(),
            value.field("closure").toInteger(),
            value.field("findings").toList { x -> Finding.read(x) },
        )
    }
}

/** Everything that is different. */
public data class Difference(
    /** Records in the order of their identifiers. */
    val records: List<RecordDifference>,
    /** Edges in the order of their keys. */
    val edges: List<EdgeDifference>,
    /** How people call the records that edges name, as far as it is known. */
    val labels: Map<String, String> = mapOf(),
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("records", this@Difference.records)
        put("edges", this@Difference.edges)
        if (this@Difference.labels.isNotEmpty()) put("labels", this@Difference.labels)
    }.toValue()

    override fun toString(): String = "Difference(records=${records}, edges=${edges})"

    public companion object {
        internal fun read(value: Value): Difference = Difference(
            value.field("records").toList { x -> RecordDifference.read(x) },
            value.field("edges").toList { x -> EdgeDifference.read(x) },
            value["labels"]?.let { it.toMap { x -> x.toText() } } ?: mapOf(),
        )
    }
}

/** Which end of the edges is given. */
public enum class Direction(public val word: String) : ToValue {
    /** Edges that start at the record. */
    FROM("from"),
    /** Edges that end at the record. */
    TO("to"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): Direction =
            entries.find { it.word == value.toText() } ?: throw unexpected("Direction")
    }
}

/** What disabled a user: only the same cause, or a person, enables the user again. */
public enum class DisabledBy(public val word: String) : ToValue {
    /** Somebody did. */
    ADMINISTRATOR("administrator"),
    /** The validity ended. */
    EXPIRY("expiry"),
    /** A governance rule. */
    RULE("rule"),
    /** The identity source. */
    SOURCE("source"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): DisabledBy =
            entries.find { it.word == value.toText() } ?: throw unexpected("DisabledBy")
    }
}

/**
 * What becomes of that which hangs on a deleted organization. Leads and group memberships of the organization
 * itself end in any case.
 */
public sealed class Disposition : ToValue {
    /** Sub-organizations become roots, members and positions lose the connection. */
    public data object Detach : Disposition() {
        override fun toValue(): Value = Value.Text("detach")
    }

    /** Everything below goes as well, with its positions; users only lose their memberships. */
    public data object Cascade : Disposition() {
        override fun toValue(): Value = Value.Text("cascade")
    }

    /** Sub-organizations, members and positions go to another organization. */
    public data class MoveTo(val target: OrganizationId) : Disposition() {
        override fun toValue(): Value = Value.Object(mapOf("move_to" to Fields().apply {
            put("target", this@MoveTo.target)
        }.toValue()))
    }

    public companion object {
        internal fun read(value: Value): Disposition {
            if (value == Value.Text("detach")) return Detach
            if (value == Value.Text("cascade")) return Cascade
            value["move_to"]?.let { return MoveTo(it.field("target").toText()) }
            throw unexpected("Disposition")
        }
    }
}

/** A directed connection of two records. */
public data class Edge(
    /** The first end. */
    val from: EntityId,
    /** The meaning. */
    val relation: Relation,
    /** The second end. */
    val to: EntityId,
    /** Why it exists; never empty. */
    val origins: List<EdgeOrigin>,
    /** When it holds. */
    val window: Window,
    /** More about the edge, such as the user's `number` in the organization. */
    val attributes: Map<String, Value> = mapOf(),
    /** Set when a rule keeps the edge from having effect; the decision itself is kept and comes back by itself. */
    val suspended: String? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("from", this@Edge.from)
        put("relation", this@Edge.relation)
        put("to", this@Edge.to)
        put("origins", this@Edge.origins)
        put("window", this@Edge.window)
        if (this@Edge.attributes.isNotEmpty()) put("attributes", this@Edge.attributes)
        put("suspended", this@Edge.suspended)
    }.toValue()

    override fun toString(): String = "Edge(from=${from}, relation=${relation}, to=${to}, origins=${origins}, window=${window}, suspended=${suspended})"

    public companion object {
        internal fun read(value: Value): Edge = Edge(
            value.field("from").toText(),
            Relation.read(value.field("relation")),
            value.field("to").toText(),
            value.field("origins").toList { x -> EdgeOrigin.read(x) },
            Window.read(value.field("window")),
            value["attributes"]?.let { it.toMap { x -> x } } ?: mapOf(),
            value["suspended"]?.let { it.toText() },
        )
    }
}

/** An edge before and after. */
public data class EdgeDifference(
    /** The first end. */
    val from: EntityId,
    /** The meaning. */
    val relation: Relation,
    /** The second end. */
    val to: EntityId,
    /** Appears, changes, disappears. */
    val step: Step,
    /** What it becomes. */
    val after: Edge? = null,
    /** What it was. */
    val before: Edge? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("from", this@EdgeDifference.from)
        put("relation", this@EdgeDifference.relation)
        put("to", this@EdgeDifference.to)
        put("step", this@EdgeDifference.step)
        put("after", this@EdgeDifference.after)
        put("before", this@EdgeDifference.before)
    }.toValue()

    override fun toString(): String = "EdgeDifference(from=${from}, relation=${relation}, to=${to}, step=${step})"

    public companion object {
        internal fun read(value: Value): EdgeDifference = EdgeDifference(
            value.field("from").toText(),
            Relation.read(value.field("relation")),
            value.field("to").toText(),
            Step.read(value.field("step")),
            value["after"]?.let { Edge.read(it) },
            value["before"]?.let { Edge.read(it) },
        )
    }
}

/** What identifies an edge. */
public data class EdgeKey(
    /** The first end. */
    val from: EntityId,
    /** The meaning. */
    val relation: Relation,
    /** The second end. */
    val to: EntityId,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("from", this@EdgeKey.from)
        put("relation", this@EdgeKey.relation)
        put("to", this@EdgeKey.to)
    }.toValue()

    public companion object {
        internal fun read(value: Value): EdgeKey = EdgeKey(
            value.field("from").toText(),
            Relation.read(value.field("relation")),
            value.field("to").toText(),
        )
    }
}

/** Why an edge exists. Losing one origin leaves the others. */
public enum class EdgeOrigin(public val word: String) : ToValue {
    /** Somebody said so. */
    DIRECT("direct"),
    /** A rule selected the first end. */
    RULE("rule"),
    /** It came down the tree. */
    INHERITED("inherited"),
    /** It was requested and approved. */
    REQUEST("request"),
    /** An identity source said so. */
    SYNC("sync"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): EdgeOrigin =
            entries.find { it.word == value.toText() } ?: throw unexpected("EdgeOrigin")
    }
}

/** Who may change an attribute by an ordinary update. */
public enum class EditableBy(public val word: String) : ToValue {
    /** Anyone who may update the record. */
    UPDATE("update"),
    /** Only the command made for it (`user.disable`, `organization.transfer`, …). */
    COMMAND("command"),
    /** Nobody: the engine sets it. */
    NOBODY("nobody"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): EditableBy =
            entries.find { it.word == value.toText() } ?: throw unexpected("EditableBy")
    }
}

/** Something to be done outside, after the commit, at least once; the key lets the doer recognise a repetition. */
public data class Effect(
    /** Such as `sessions.revoke` or `message.user_created`. */
    val name: String,
    /** What it concerns; effects of one subject are done in order. */
    val subject: EntityId,
    /** Unique for this effect of this decision. */
    val key: String,
    /** Identifiers and plain facts; never a secret, never personal data. */
    val details: Map<String, Value> = mapOf(),
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("name", this@Effect.name)
        put("subject", this@Effect.subject)
        put("key", this@Effect.key)
        if (this@Effect.details.isNotEmpty()) put("details", this@Effect.details)
    }.toValue()

    override fun toString(): String = "Effect(name=${name}, subject=${subject}, key=${key})"

    public companion object {
        internal fun read(value: Value): Effect = Effect(
            value.field("name").toText(),
            value.field("subject").toText(),
            value.field("key").toText(),
            value["details"]?.let { it.toMap { x -> x } } ?: mapOf(),
        )
    }
}

/** The identifier of a record of any kind. */
public typealias EntityId = String

/** Something that happened, in the past tense; identifiers and plain facts only, nothing personal. */
public data class Event(
    /** Such as `user.renamed`. */
    val name: String,
    /** What it happened to. */
    val subject: EntityId,
    /** More: counts, identifiers, codes. */
    val details: Map<String, Value> = mapOf(),
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("name", this@Event.name)
        put("subject", this@Event.subject)
        if (this@Event.details.isNotEmpty()) put("details", this@Event.details)
    }.toValue()

    override fun toString(): String = "Event(name=${name}, subject=${subject})"

    public companion object {
        internal fun read(value: Value): Event = Event(
            value.field("name").toText(),
            value.field("subject").toText(),
            value["details"]?.let { it.toMap { x -> x } } ?: mapOf(),
        )
    }
}

/** A command that was carried out. */
public data class Executed(
    /** The commit; `None` when there was nothing to change. */
    val revision: Long?,
    /** What the command was about: the created or changed record. */
    val id: EntityId?,
    /** What happened. */
    val events: List<Event>,
    /** The same command was committed before under the same identifier; nothing was done again. */
    val replayed: Boolean,
    /** New secrets by name: a random password, recovery codes. This is the only time that they are shown. */
    val disclosed: Map<String, List<Secret>> = mapOf(),
    /** Remarks that hindered nothing. */
    val remarks: List<String> = listOf(),
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("revision", this@Executed.revision)
        put("id", this@Executed.id)
        put("events", this@Executed.events)
        put("replayed", this@Executed.replayed)
        if (this@Executed.disclosed.isNotEmpty()) put("disclosed", this@Executed.disclosed)
        if (this@Executed.remarks.isNotEmpty()) put("remarks", this@Executed.remarks)
    }.toValue()

    override fun toString(): String = "Executed(revision=${revision}, id=${id}, events=${events}, replayed=${replayed}, remarks=${remarks})"

    public companion object {
        internal fun read(value: Value): Executed = Executed(
            value.field("revision").orNull { x -> x.toInteger() },
            value.field("id").orNull { x -> x.toText() },
            value.field("events").toList { x -> Event.read(x) },
            value.field("replayed").toBoolean(),
            value["disclosed"]?.let { it.toMap { x -> x.toList { y -> y.toText() } } } ?: mapOf(),
            value["remarks"]?.let { it.toList { x -> x.toText() } } ?: listOf(),
        )
    }
}

/**
 * Second factors.
 *
 * As a policy says it: an absent rule says nothing.
 */
public data class FactorPolicy(
    /** The types that count: `totp`, `hotp`, `recovery_codes`, `email`, `sms`, `passkey`. */
    val allowed: List<String>? = null,
    /** One-time password devices of a user at most; 5. */
    val deviceLimit: Long? = null,
    /** Minutes for which an enrolment that was begun can be finished; 1440. */
    val enrolmentMinutes: Long? = null,
    /** The least assurance of a factor that counts; `low`. */
    val minimumAssurance: Assurance? = null,
    /** Wrong entries that void a passcode; 5. */
    val passcodeAttempts: Long? = null,
    /** Minutes for which a passcode by e-mail or SMS counts; 10, and never more (OWASP ASVS 5, 6.5.5). */
    val passcodeMinutes: Long? = null,
    /** How many recovery codes a set has; 10. */
    val recoveryCodes: Long? = null,
    /** Whether a second factor is required; no. */
    val required: Boolean? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("allowed", this@FactorPolicy.allowed)
        put("device_limit", this@FactorPolicy.deviceLimit)
        put("enrolment_minutes", this@FactorPolicy.enrolmentMinutes)
        put("minimum_assurance", this@FactorPolicy.minimumAssurance)
        put("passcode_attempts", this@FactorPolicy.passcodeAttempts)
        put("passcode_minutes", this@FactorPolicy.passcodeMinutes)
        put("recovery_codes", this@FactorPolicy.recoveryCodes)
        put("required", this@FactorPolicy.required)
    }.toValue()

    public companion object {
        internal fun read(value: Value): FactorPolicy = FactorPolicy(
            value["allowed"]?.let { it.toList { x -> x.toText() } },
            value["device_limit"]?.let { it.toInteger() },
            value["enrolment_minutes"]?.let { it.toInteger() },
            value["minimum_assurance"]?.let { Assurance.read(it) },
            value["passcode_attempts"]?.let { it.toInteger() },
            value["passcode_minutes"]?.let { it.toInteger() },
            value["recovery_codes"]?.let { it.toInteger() },
            value["required"]?.let { it.toBoolean() },
        )
    }
}

/** Work that did not succeed. */
public data class Failure(
    /** The number of the work. */
    val number: Long,
    /** What went wrong, for whoever looks into it. No secret, nothing personal. */
    val reason: String,
    /** Seconds until it may be tried again, by any worker. */
    val againIn: Long = 60L,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("number", this@Failure.number)
        put("reason", this@Failure.reason)
        if (this@Failure.againIn != 60L) put("again_in", this@Failure.againIn)
    }.toValue()

    override fun toString(): String = "Failure(number=${number}, againIn=${againIn})"

    public companion object {
        internal fun read(value: Value): Failure = Failure(
            value.field("number").toInteger(),
            value.field("reason").toText(),
            value["again_in"]?.let { it.toInteger() } ?: 60L,
        )
    }
}

/** Something that is not as it should be. */
public data class Finding(
    /** A stable code such as `claim.missing`. */
    val code: String,
    /** What it is about. */
    val subject: EntityId,
    /** What is wrong. */
    val message: String,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("code", this@Finding.code)
        put("subject", this@Finding.subject)
        put("message", this@Finding.message)
    }.toValue()

    override fun toString(): String = "Finding(code=${code}, subject=${subject})"

    public companion object {
        internal fun read(value: Value): Finding = Finding(
            value.field("code").toText(),
            value.field("subject").toText(),
            value.field("message").toText(),
        )
    }
}

/** One line of a form: which attribute, and whether it must be filled in. */
public data class FormField(
    /** The attribute's name. */
    val attribute: String,
    /** Must be filled in by whoever has this type. */
    val required: Boolean,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("attribute", this@FormField.attribute)
        put("required", this@FormField.required)
    }.toValue()

    public companion object {
        internal fun read(value: Value): FormField = FormField(
            value.field("attribute").toText(),
            value.field("required").toBoolean(),
        )
    }
}

/** What becomes of the grants of a role that is deleted. */
public enum class GrantDisposition(public val word: String) : ToValue {
    /** They go with it. */
    REVOKE("revoke"),
    /** They become grants of the role named in `move_to`. */
    MOVE("move"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): GrantDisposition =
            entries.find { it.word == value.toText() } ?: throw unexpected("GrantDisposition")
    }
}

/** The identifier of a record of the kind `group`. */
public typealias GroupId = String

/** One change of one thing, with who, when and why. */
public data class HistoryItem(
    /** The commit. */
    val revision: Long,
    /** Its place among the changes of the commit; with the revision, the place to read on from. */
    val ordinal: Long,
    /** When. */
    val at: Instant,
    /** Who. */
    val actor: String,
    /** Through which door. */
    val channel: String,
    /** The command. */
    val command: String,
    /** What was changed: the record, or the first end of the edge. */
    val subject: EntityId,
    /** Appeared, changed, disappeared. */
    val step: Step,
    /** Why it was part of the commit. */
    val cause: Cause,
    /** Personal values are part of the entry and cannot be read any more: the person was erased. */
    val sealed: Boolean,
    /** Old and new values. */
    val changes: List<AttributeDifference> = listOf(),
    /** For edges: which. */
    val edge: EdgeKey? = null,
    /** The edge before and after. */
    val edgeChange: List<Edge?>? = null,
    /** Why, in the words of the actor. */
    val reason: String? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("revision", this@HistoryItem.revision)
        put("ordinal", this@HistoryItem.ordinal)
        put("at", this@HistoryItem.at)
        put("actor", this@HistoryItem.actor)
        put("channel", this@HistoryItem.channel)
        put("command", this@HistoryItem.command)
        put("subject", this@HistoryItem.subject)
        put("step", this@HistoryItem.step)
        put("cause", this@HistoryItem.cause)
        put("sealed", this@HistoryItem.sealed)
        if (this@HistoryItem.changes.isNotEmpty()) put("changes", this@HistoryItem.changes)
        put("edge", this@HistoryItem.edge)
        put("edge_change", this@HistoryItem.edgeChange)
        put("reason", this@HistoryItem.reason)
    }.toValue()

    override fun toString(): String = "HistoryItem(revision=${revision}, ordinal=${ordinal}, at=${at}, actor=${actor}, channel=${channel}, command=${command}, subject=${subject}, step=${step}, cause=${cause}, sealed=${sealed}, changes=${changes}, edge=${edge}, edgeChange=${edgeChange})"

    public companion object {
        internal fun read(value: Value): HistoryItem = HistoryItem(
            value.field("revision").toInteger(),
            value.field("ordinal").toInteger(),
            value.field("at").toMoment(),
            value.field("actor").toText(),
            value.field("channel").toText(),
            value.field("command").toText(),
            value.field("subject").toText(),
            Step.read(value.field("step")),
            Cause.read(value.field("cause")),
            value.field("sealed").toBoolean(),
            value["changes"]?.let { it.toList { x -> AttributeDifference.read(x) } } ?: listOf(),
            value["edge"]?.let { EdgeKey.read(it) },
            value["edge_change"]?.let { it.toList { x -> x.orNull { y -> Edge.read(y) } } },
            value["reason"]?.let { it.toText() },
        )
    }
}

/**
 * Initial passwords (OWASP ASVS 5, 6.4.1).
 *
 * As a policy says it: an absent rule says nothing.
 */
public data class InitialPolicy(
    /** Characters of a random initial password; 20. */
    val length: Long? = null,
    /** Whether it must be changed at the first sign-in; yes. */
    val mustChange: Boolean? = null,
    /**
     * A pattern with attributes of the user in braces, such as `Welcome-{user_number}`; empty: random. Whoever
     * knows the pattern knows the password, so the lint complains.
     */
    val pattern: String? = null,
    /** Hours for which it can be used; 72. */
    val validHours: Long? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("length", this@InitialPolicy.length)
        put("must_change", this@InitialPolicy.mustChange)
        put("pattern", this@InitialPolicy.pattern)
        put("valid_hours", this@InitialPolicy.validHours)
    }.toValue()

    public companion object {
        internal fun read(value: Value): InitialPolicy = InitialPolicy(
            value["length"]?.let { it.toInteger() },
            value["must_change"]?.let { it.toBoolean() },
            value["pattern"]?.let { it.toText() },
            value["valid_hours"]?.let { it.toInteger() },
        )
    }
}

/** An organization to join, with the number there and the time. */
public data class JoinOrganization(
    /** The organization. */
    val organization: OrganizationId,
    /** The member's number in this organization. */
    val number: String? = null,
    /** When the membership holds. */
    val window: Window? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("organization", this@JoinOrganization.organization)
        put("number", this@JoinOrganization.number)
        put("window", this@JoinOrganization.window)
    }.toValue()

    public companion object {
        internal fun read(value: Value): JoinOrganization = JoinOrganization(
            value.field("organization").toText(),
            value["number"]?.let { it.toText() },
            value["window"]?.let { Window.read(it) },
        )
    }
}

/** The kind of a thing that the library keeps. */
public enum class Kind(public val word: String) : ToValue {
    REALM("realm"),
    USER("user"),
    DEVICE("device"),
    USER_TYPE("user_type"),
    ORGANIZATION("organization"),
    ORGANIZATION_TYPE("organization_type"),
    POSITION("position"),
    GROUP("group"),
    TEMPLATE("template"),
    ATTRIBUTE("attribute"),
    CHANGE_SET("change_set"),
    COMMAND("command"),
    ROLE("role"),
    ASSIGNMENT("assignment"),
    RULE("rule"),
    CREDENTIAL("credential"),
    POLICY("policy"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): Kind =
            entries.find { it.word == value.toText() } ?: throw unexpected("Kind")
    }
}

/**
 * Links that are sent.
 *
 * As a policy says it: an absent rule says nothing.
 */
public data class LinkPolicy(
    /** Hours for which an invitation counts; 168. */
    val invitationHours: Long? = null,
    /** Hours for which a link to reset the password counts; 168. */
    val resetHours: Long? = null,
    /** Whether users may ask for a link to reset their password themselves; yes. */
    val selfReset: Boolean? = null,
    /** Hours for which a link to verify an address counts; 24. */
    val verificationHours: Long? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("invitation_hours", this@LinkPolicy.invitationHours)
        put("reset_hours", this@LinkPolicy.resetHours)
        put("self_reset", this@LinkPolicy.selfReset)
        put("verification_hours", this@LinkPolicy.verificationHours)
    }.toValue()

    public companion object {
        internal fun read(value: Value): LinkPolicy = LinkPolicy(
            value["invitation_hours"]?.let { it.toInteger() },
            value["reset_hours"]?.let { it.toInteger() },
            value["self_reset"]?.let { it.toBoolean() },
            value["verification_hours"]?.let { it.toInteger() },
        )
    }
}

/** One page of a list with all that a screen needs to show it. */
public data class ListPage(
    /** The columns, in order. */
    val columns: List<Column>,
    /** The attributes that a text is looked for in. */
    val searched: List<String>,
    /** The rows. */
    val rows: List<ListRow>,
    /** What the records are called that the cells refer to, by identifier. */
    val names: Map<String, String>,
    /** The cursor of the page after this one. */
    val next: Cursor?,
    /** The cursor of the page before this one. */
    val previous: Cursor?,
    /** How many rows there are, when it was asked for. */
    val total: Long?,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("columns", this@ListPage.columns)
        put("searched", this@ListPage.searched)
        put("rows", this@ListPage.rows)
        put("names", this@ListPage.names)
        put("next", this@ListPage.next)
        put("previous", this@ListPage.previous)
        put("total", this@ListPage.total)
    }.toValue()

    public companion object {
        internal fun read(value: Value): ListPage = ListPage(
            value.field("columns").toList { x -> Column.read(x) },
            value.field("searched").toList { x -> x.toText() },
            value.field("rows").toList { x -> ListRow.read(x) },
            value.field("names").toMap { x -> x.toText() },
            value.field("next").orNull { x -> x.toText() },
            value.field("previous").orNull { x -> x.toText() },
            value.field("total").orNull { x -> x.toInteger() },
        )
    }
}

/** A row of a list. */
public data class ListRow(
    /** The record. */
    val id: EntityId,
    /** What people call it. */
    val name: String,
    /** The values of the columns that are set. */
    val cells: Map<String, Value>,
    /** The named status; users only. */
    val status: String?,
    /** The number in the organization; lists of members only. */
    val number: String?,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("id", this@ListRow.id)
        put("name", this@ListRow.name)
        put("cells", this@ListRow.cells)
        put("status", this@ListRow.status)
        put("number", this@ListRow.number)
    }.toValue()

    override fun toString(): String = "ListRow(id=${id}, name=${name}, status=${status}, number=${number})"

    public companion object {
        internal fun read(value: Value): ListRow = ListRow(
            value.field("id").toText(),
            value.field("name").toText(),
            value.field("cells").toMap { x -> x },
            value.field("status").orNull { x -> x.toText() },
            value.field("number").orNull { x -> x.toText() },
        )
    }
}

/**
 * Locking after failed attempts.
 *
 * As a policy says it: an absent rule says nothing.
 */
public data class LockPolicy(
    /** Failures in a row that lock; 10. 0: never. */
    val attempts: Long? = null,
    /** Seconds that must pass after the third failure; doubled with each one that follows; 0: no delay. */
    val delaySeconds: Long? = null,
    /**
     * Minutes that the first lock lasts; doubled with each one that follows without a success between; 15. 0:
     * until an administrator unlocks.
     */
    val durationMinutes: Long? = null,
    /** The most minutes that a lock lasts; 1440. */
    val maximumMinutes: Long? = null,
    /** Minutes after which a row of failures is forgotten; 60. */
    val windowMinutes: Long? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("attempts", this@LockPolicy.attempts)
        put("delay_seconds", this@LockPolicy.delaySeconds)
        put("duration_minutes", this@LockPolicy.durationMinutes)
        put("maximum_minutes", this@LockPolicy.maximumMinutes)
        put("window_minutes", this@LockPolicy.windowMinutes)
    }.toValue()

    public companion object {
        internal fun read(value: Value): LockPolicy = LockPolicy(
            value["attempts"]?.let { it.toInteger() },
            value["delay_seconds"]?.let { it.toInteger() },
            value["duration_minutes"]?.let { it.toInteger() },
            value["maximum_minutes"]?.let { it.toInteger() },
            value["window_minutes"]?.let { it.toInteger() },
        )
    }
}

/** What to do when sub-organizations of both have the same name. */
public enum class NameClashes(public val word: String) : ToValue {
    /** Report all of them and change nothing. */
    REFUSE("refuse"),
    /** Go on: the names of organizations need not be unique. */
    KEEP("keep"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): NameClashes =
            entries.find { it.word == value.toText() } ?: throw unexpected("NameClashes")
    }
}

/** How the values of an assignment meet those of the target. */
public enum class OnAssignment(public val word: String) : ToValue {
    /** They are added to the values that are there. */
    MERGE("merge"),
    /** They take the place of what is there. */
    REPLACE("replace"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): OnAssignment =
            entries.find { it.word == value.toText() } ?: throw unexpected("OnAssignment")
    }
}

/** What happens to things that were changed since. */
public enum class OnConflict(public val word: String) : ToValue {
    /** Nothing is undone. */
    REFUSE("refuse"),
    /** They stay as they are; the rest is undone. */
    SKIP("skip"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): OnConflict =
            entries.find { it.word == value.toText() } ?: throw unexpected("OnConflict")
    }
}

/** What becomes of the values of an assignment that is lost. */
public enum class OnUnassignment(public val word: String) : ToValue {
    /** Exactly the listed values go. */
    REMOVE("remove"),
    /** They stay. */
    NONE("none"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): OnUnassignment =
            entries.find { it.word == value.toText() } ?: throw unexpected("OnUnassignment")
    }
}

/** The identifier of a record of the kind `organization`. */
public typealias OrganizationId = String

/** The identifier of a record of the kind `organization_type`. */
public typealias OrganizationTypeId = String

/**
 * Passwords (NIST SP 800-63B-4, 3.1.1).
 *
 * As a policy says it: an absent rule says nothing.
 */
public data class PasswordPolicy(
    /** Whether an administrator may choose or see a password at all; yes, and then it must be changed at once. */
    val administratorAllowed: Boolean? = null,
    /** Hours for which a password that an administrator knows can be used; 72. */
    val administratorHours: Long? = null,
    /** More passwords that are refused as a whole, in any letter case: those of a breach, those of the house. */
    val blocked: List<String>? = null,
    /** Whether the password as a whole is compared with the list of common passwords; yes. */
    val commonRefused: Boolean? = null,
    /**
     * Words that may not make up the password, beside the names and addresses of the user: the product, the
     * company.
     */
    val contextWords: List<String>? = null,
    /** Whether single users may be exempt from expiry or strength; yes. */
    val exemptionsAllowed: Boolean? = null,
    /** How many of the former passwords may not come back; 0. */
    val history: Long? = null,
    /** Days after which the password must be changed; 0: never (NIST: no periodic change). */
    val maximumAgeDays: Long? = null,
    /** Code points at most; 256. Below 64 the lint complains. */
    val maximumLength: Long? = null,
    /** Hours before a user may change the password again; 0. An administrator always may. */
    val minimumAgeHours: Long? = null,
    /** Code points at least; 15. */
    val minimumLength: Long? = null,
    /** Code points at least where a second factor is required as well; 8. */
    val minimumLengthWithFactor: Long? = null,
    /** The least estimated strength, 0 to 4 of zxcvbn; 2. */
    val minimumScore: Long? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("administrator_allowed", this@PasswordPolicy.administratorAllowed)
        put("administrator_hours", this@PasswordPolicy.administratorHours)
        put("blocked", this@PasswordPolicy.blocked)
        put("common_refused", this@PasswordPolicy.commonRefused)
        put("context_words", this@PasswordPolicy.contextWords)
        put("exemptions_allowed", this@PasswordPolicy.exemptionsAllowed)
        put("history", this@PasswordPolicy.history)
        put("maximum_age_days", this@PasswordPolicy.maximumAgeDays)
        put("maximum_length", this@PasswordPolicy.maximumLength)
        put("minimum_age_hours", this@PasswordPolicy.minimumAgeHours)
        put("minimum_length", this@PasswordPolicy.minimumLength)
        put("minimum_length_with_factor", this@PasswordPolicy.minimumLengthWithFactor)
        put("minimum_score", this@PasswordPolicy.minimumScore)
    }.toValue()

    public companion object {
        internal fun read(value: Value): PasswordPolicy = PasswordPolicy(
            value["administrator_allowed"]?.let { it.toBoolean() },
            value["administrator_hours"]?.let { it.toInteger() },
            value["blocked"]?.let { it.toList { x -> x.toText() } },
            value["common_refused"]?.let { it.toBoolean() },
            value["context_words"]?.let { it.toList { x -> x.toText() } },
            value["exemptions_allowed"]?.let { it.toBoolean() },
            value["history"]?.let { it.toInteger() },
            value["maximum_age_days"]?.let { it.toInteger() },
            value["maximum_length"]?.let { it.toInteger() },
            value["minimum_age_hours"]?.let { it.toInteger() },
            value["minimum_length"]?.let { it.toInteger() },
            value["minimum_length_with_factor"]?.let { it.toInteger() },
            value["minimum_score"]?.let { it.toInteger() },
        )
    }
}

/** A place in the journal: that of one change. */
public data class Place(
    /** The commit. */
    val revision: Long,
    /** The change's place in the commit. */
    val ordinal: Long = 0L,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("revision", this@Place.revision)
        if (this@Place.ordinal != 0L) put("ordinal", this@Place.ordinal)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Place = Place(
            value.field("revision").toInteger(),
            value["ordinal"]?.let { it.toInteger() } ?: 0L,
        )
    }
}

/** The identifier of a record of the kind `policy`. */
public typealias PolicyId = String

/** What a policy says. Parts and rules that are absent say nothing. */
public data class PolicyParts(
    /** Second factors. */
    val factor: FactorPolicy? = null,
    /** Initial passwords. */
    val initial: InitialPolicy? = null,
    /** Links. */
    val link: LinkPolicy? = null,
    /** Locking. */
    val lock: LockPolicy? = null,
    /** Passwords. */
    val password: PasswordPolicy? = null,
    /** Sessions. */
    val session: SessionPolicy? = null,
    /** What the targets of the password demand. */
    val targets: List<TargetRules> = listOf(),
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("factor", this@PolicyParts.factor)
        put("initial", this@PolicyParts.initial)
        put("link", this@PolicyParts.link)
        put("lock", this@PolicyParts.lock)
        put("password", this@PolicyParts.password)
        put("session", this@PolicyParts.session)
        if (this@PolicyParts.targets.isNotEmpty()) put("targets", this@PolicyParts.targets)
    }.toValue()

    public companion object {
        internal fun read(value: Value): PolicyParts = PolicyParts(
            value["factor"]?.let { FactorPolicy.read(it) },
            value["initial"]?.let { InitialPolicy.read(it) },
            value["link"]?.let { LinkPolicy.read(it) },
            value["lock"]?.let { LockPolicy.read(it) },
            value["password"]?.let { PasswordPolicy.read(it) },
            value["session"]?.let { SessionPolicy.read(it) },
            value["targets"]?.let { it.toList { x -> TargetRules.read(x) } } ?: listOf(),
        )
    }
}

/** The identifier of a record of the kind `position`. */
public typealias PositionId = String

/** What a command would do. */
public data class Preview(
    /** What would be different. */
    val difference: Difference,
    /** What would happen. */
    val events: List<Event>,
    /** What would go out: messages, calls, provisioning. */
    val effects: List<Effect>,
    /** What the command is about. */
    val id: EntityId?,
    /** Remarks that hinder nothing. */
    val remarks: List<String>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("difference", this@Preview.difference)
        put("events", this@Preview.events)
        put("effects", this@Preview.effects)
        put("id", this@Preview.id)
        put("remarks", this@Preview.remarks)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Preview = Preview(
            Difference.read(value.field("difference")),
            value.field("events").toList { x -> Event.read(x) },
            value.field("effects").toList { x -> Effect.read(x) },
            value.field("id").orNull { x -> x.toText() },
            value.field("remarks").toList { x -> x.toText() },
        )
    }
}

/** What an internal role allows or denies on one kind of thing. */
public data class Privilege(
    /** The kind: `user`, `device`, …, or a kind of the host's own such as `invoice`. */
    val kind: String,
    /** `view`, `create`, `update`, `delete`, others such as `reset_password` or the host's own, `*` for all. */
    val actions: List<String> = listOf(),
    /** Attribute → access; `*` for those that are not named. Without a word: read-only. */
    val attributes: Map<String, AttributeAccess> = mapOf(),
    /** Whether it gives or takes. */
    val effect: PrivilegeEffect? = null,
    /** The holders whom it serves, as filter text or tree over users; kept apart from the target. */
    val holder: Filter? = null,
    /** The things it is about, as filter text or tree: it overrides the view, create, update and delete options. */
    val target: Filter? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("kind", this@Privilege.kind)
        if (this@Privilege.actions.isNotEmpty()) put("actions", this@Privilege.actions)
        if (this@Privilege.attributes.isNotEmpty()) put("attributes", this@Privilege.attributes)
        put("effect", this@Privilege.effect)
        put("holder", this@Privilege.holder)
        put("target", this@Privilege.target)
    }.toValue()

    override fun toString(): String = "Privilege(kind=${kind}, actions=${actions}, effect=${effect}, holder=${holder}, target=${target})"

    public companion object {
        internal fun read(value: Value): Privilege = Privilege(
            value.field("kind").toText(),
            value["actions"]?.let { it.toList { x -> x.toText() } } ?: listOf(),
            value["attributes"]?.let { it.toMap { x -> AttributeAccess.read(x) } } ?: mapOf(),
            value["effect"]?.let { PrivilegeEffect.read(it) },
            value["holder"]?.let { Filter.read(it) },
            value["target"]?.let { Filter.read(it) },
        )
    }
}

/** Whether a privilege gives or takes. */
public enum class PrivilegeEffect(public val word: String) : ToValue {
    /** Gives. */
    ALLOW("allow"),
    /** Takes, whatever else gives. */
    DENY("deny"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): PrivilegeEffect =
            entries.find { it.word == value.toText() } ?: throw unexpected("PrivilegeEffect")
    }
}

/** The family of a problem; bindings make one exception class of each. */
public enum class ProblemKind(public val word: String) : ToValue {
    /** The input is wrong; the fields say where. */
    INVALID("invalid"),
    /** The thing asked for does not exist in this realm. */
    NOT_FOUND("not_found"),
    /** The state of things forbids it. */
    REFUSED("refused"),
    /** Somebody else changed it meanwhile; asking again may work. */
    CONFLICT("conflict"),
    /** The actor may not. */
    DENIED("denied"),
    /** A documented limit was reached. */
    LIMIT("limit"),
    /** The storage failed or cannot be reached. */
    STORAGE("storage"),
    /** What is stored contradicts itself. */
    CORRUPT("corrupt"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): ProblemKind =
            entries.find { it.word == value.toText() } ?: throw unexpected("ProblemKind")
    }
}

/** The identifier of a record of the kind `realm`. */
public typealias RealmId = String

/** A record before and after. */
public data class RecordDifference(
    /** Which record. */
    val id: EntityId,
    /** How people call it. */
    val label: String,
    /** Appears, changes, disappears. */
    val step: Step,
    /** What is different, by attribute; without the notes of who touched it when. */
    val changes: List<AttributeDifference>,
    /** Why; `None` for the difference of two moments. */
    val cause: Cause? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("id", this@RecordDifference.id)
        put("label", this@RecordDifference.label)
        put("step", this@RecordDifference.step)
        put("changes", this@RecordDifference.changes)
        put("cause", this@RecordDifference.cause)
    }.toValue()

    override fun toString(): String = "RecordDifference(id=${id}, step=${step}, changes=${changes}, cause=${cause})"

    public companion object {
        internal fun read(value: Value): RecordDifference = RecordDifference(
            value.field("id").toText(),
            value.field("label").toText(),
            Step.read(value.field("step")),
            value.field("changes").toList { x -> AttributeDifference.read(x) },
            value["cause"]?.let { Cause.read(it) },
        )
    }
}

/** How far a person has come in signing up. */
public enum class Registration(public val word: String) : ToValue {
    /** Nothing to do: the account can be used. */
    COMPLETE("complete"),
    /** The account exists, nobody was invited yet. */
    NOT_INVITED("not_invited"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): Registration =
            entries.find { it.word == value.toText() } ?: throw unexpected("Registration")
    }
}

/** The meaning of an edge, read from the first end to the second. The number is stored and never reused. */
public enum class Relation(public val word: String) : ToValue {
    /** A user or device belongs to an organization; the edge carries the number there. */
    MEMBER_OF("member_of"),
    /** A user, organization, position or group is in a group. */
    IN_GROUP("in_group"),
    /** A user reports to a user; the inverse is the list of direct reports. */
    REPORTS_TO("reports_to"),
    /** A user leads an organization. */
    LEADS("leads"),
    /** A user holds a position. */
    HOLDS("holds"),
    /** A shared account is used by an identity. */
    USED_BY("used_by"),
    /**
     * A user, device, group, organization, position or user type holds a role. Attributes: `inherit`
     * (organizations: also everything below), `within` (acts on these organizations and what is below them only),
     * `time_zone`.
     */
    HAS_ROLE("has_role"),
    /** A role contains another: who holds the first holds the second. Never a circle. */
    INCLUDES_ROLE("includes_role"),
    /** An external role carries an assignment. */
    CARRIES("carries"),
    /** A user owns an organization with everything below it. */
    OWNS("owns"),
    /** A user administers an organization with everything below it. */
    ADMINISTERS("administers"),
    /** A user stands in for another user for a time. Attribute `roles`: with these roles only. */
    DEPUTIZES("deputizes"),
    /** While somebody holds the first role, the second is not in effect for them. Directed; nothing is destroyed. */
    EXCLUDES("excludes"),
    /** The first role may be given only to somebody who holds the second. */
    REQUIRES("requires"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): Relation =
            entries.find { it.word == value.toText() } ?: throw unexpected("Relation")
    }
}

/** The identifier of a record of the kind `role`. */
public typealias RoleId = String

/** What a role is for. */
public enum class RoleType(public val word: String) : ToValue {
    /** Authorizes: its privileges say what its holders may do here. */
    INTERNAL("internal"),
    /** Provisions: its assignments say what its holders get in targets. */
    EXTERNAL("external"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): RoleType =
            entries.find { it.word == value.toText() } ?: throw unexpected("RoleType")
    }
}

/** What undoing would do. */
public data class RollbackPreview(
    /** What would be different. */
    val difference: Difference,
    /** One line for each thing that was changed since or cannot be undone. */
    val conflicts: List<String>,
    /** Effects that went out and do not come back, such as messages. */
    val irrevocable: List<String>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("difference", this@RollbackPreview.difference)
        put("conflicts", this@RollbackPreview.conflicts)
        put("irrevocable", this@RollbackPreview.irrevocable)
    }.toValue()

    public companion object {
        internal fun read(value: Value): RollbackPreview = RollbackPreview(
            Difference.read(value.field("difference")),
            value.field("conflicts").toList { x -> x.toText() },
            value.field("irrevocable").toList { x -> x.toText() },
        )
    }
}

/** A secret in the clear. It is not kept as it is, and not shown again. */
public typealias Secret = String

/**
 * Sessions (NIST SP 800-63B-4, 5.2).
 *
 * As a policy says it: an absent rule says nothing.
 */
public data class SessionPolicy(
    /** Minutes after which a session ends whatever happens; 1440. */
    val absoluteMinutes: Long? = null,
    /** Minutes for which an access token counts; 10. */
    val accessMinutes: Long? = null,
    /** Minutes for which a proof counts as fresh, for what asks for a fresh one; 15. */
    val freshMinutes: Long? = null,
    /** Minutes without a request after which a session ends; 60. */
    val idleMinutes: Long? = null,
    /** Sessions at the same time; 0: any number. */
    val maximum: Long? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("absolute_minutes", this@SessionPolicy.absoluteMinutes)
        put("access_minutes", this@SessionPolicy.accessMinutes)
        put("fresh_minutes", this@SessionPolicy.freshMinutes)
        put("idle_minutes", this@SessionPolicy.idleMinutes)
        put("maximum", this@SessionPolicy.maximum)
    }.toValue()

    public companion object {
        internal fun read(value: Value): SessionPolicy = SessionPolicy(
            value["absolute_minutes"]?.let { it.toInteger() },
            value["access_minutes"]?.let { it.toInteger() },
            value["fresh_minutes"]?.let { it.toInteger() },
            value["idle_minutes"]?.let { it.toInteger() },
            value["maximum"]?.let { it.toInteger() },
        )
    }
}

/** The settings of a realm. Every field has a default, so an empty object is a valid setting. */
public data class Settings(
    /** Attributes that are unique in addition to those that are declared so, as `kind.attribute`. */
    val unique: List<String>,
    /** Whether soft-deleted records keep their unique names (off). */
    val deletedKeepNames: Boolean,
    /** Days in which a soft-deleted record can be undeleted. */
    val retentionDays: Long,
    /** Attributes that must be set on every user, in addition to the declared ones (`email`). */
    val required: List<String>,
    /** Attributes that lists show, by kind; empty: the usual ones of the kind. */
    val displayed: Map<String, List<String>>,
    /** Searchable attributes that this realm does not search, as `kind.attribute`. */
    val notSearched: List<String>,
    /** Whether the organization tree shows positions. */
    val treeShowsPositions: Boolean,
    /** By which attribute siblings in the tree are sorted: `sort_order` or `name`. */
    val treeSort: String,
    /** By which number members of an organization are sorted: `user_number` or `number`. */
    val memberSort: String,
    /** The form of positions. */
    val positionForm: List<FormField>,
    /** What blocking, disabling, locking, archiving and deleting do beyond themselves. */
    val statusEffects: Map<String, List<StatusEffect>>,
    /** Whether messages go out, by event name; absent means off. */
    val messages: Map<String, Boolean>,
    /** Modules that are switched off: `lifecycle`, `bulk`, `search`, `self_registration`, …. */
    val featuresOff: List<String>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("unique", this@Settings.unique)
        put("deleted_keep_names", this@Settings.deletedKeepNames)
        put("retention_days", this@Settings.retentionDays)
        put("required", this@Settings.required)
        put("displayed", this@Settings.displayed)
        put("not_searched", this@Settings.notSearched)
        put("tree_shows_positions", this@Settings.treeShowsPositions)
        put("tree_sort", this@Settings.treeSort)
        put("member_sort", this@Settings.memberSort)
        put("position_form", this@Settings.positionForm)
        put("status_effects", this@Settings.statusEffects)
        put("messages", this@Settings.messages)
        put("features_off", this@Settings.featuresOff)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Settings = Settings(
            value.field("unique").toList { x -> x.toText() },
            value.field("deleted_keep_names").toBoolean(),
            value.field("retention_days").toInteger(),
            value.field("required").toList { x -> x.toText() },
            value.field("displayed").toMap { x -> x.toList { y -> y.toText() } },
            value.field("not_searched").toList { x -> x.toText() },
            value.field("tree_shows_positions").toBoolean(),
            value.field("tree_sort").toText(),
            value.field("member_sort").toText(),
            value.field("position_form").toList { x -> FormField.read(x) },
            value.field("status_effects").toMap { x -> x.toList { y -> StatusEffect.read(y) } },
            value.field("messages").toMap { x -> x.toBoolean() },
            value.field("features_off").toList { x -> x.toText() },
        )
    }
}

/**
 * One attribute to sort by.
 *
 * The order is total: by the sort keys one after the other (an attribute that is not set has the empty key, so it
 * comes first ascending and last descending), then by id, always ascending.
 */
public data class Sort(
    /** The attribute's name. */
    val attribute: String,
    /** From the greatest to the least. */
    val descending: Boolean = false,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("attribute", this@Sort.attribute)
        if (this@Sort.descending != false) put("descending", this@Sort.descending)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Sort = Sort(
            value.field("attribute").toText(),
            value["descending"]?.let { it.toBoolean() } ?: false,
        )
    }
}

/** Who declared the attribute. */
public enum class Source(public val word: String) : ToValue {
    /** Part of the library. */
    BUILTIN("builtin"),
    /** Declared in the realm by `attribute.define`. */
    CUSTOM("custom"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): Source =
            entries.find { it.word == value.toText() } ?: throw unexpected("Source")
    }
}

/** What a change of status does beyond itself. Data, with two named presets. */
public enum class StatusEffect(public val word: String) : ToValue {
    /** Signing in is refused. */
    REFUSE_SIGN_IN("refuse_sign_in"),
    /** Refreshing a session is refused. */
    REFUSE_REFRESH("refuse_refresh"),
    /** Open sessions end. */
    REVOKE_SESSIONS("revoke_sessions"),
    /** Tokens that were handed out become invalid. */
    REVOKE_TOKENS("revoke_tokens"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): StatusEffect =
            entries.find { it.word == value.toText() } ?: throw unexpected("StatusEffect")
    }
}

/** A named view of the status. */
public enum class StatusView(public val word: String) : ToValue {
    /** `enabled` or `disabled`, and `/locked` or `/unlocked`. */
    MATRIX("matrix"),
    /** `active`, `inactive`, `locked`, `suspended`, `archived`. */
    LIFECYCLE("lifecycle"),
    /** `not_invited`, `pending_invitation`, `expired_invitation`, `active`, `blocked`. */
    CUSTOMER("customer"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): StatusView =
            entries.find { it.word == value.toText() } ?: throw unexpected("StatusView")
    }
}

/** The direction of a change. */
public enum class Step(public val word: String) : ToValue {
    /** It was not there before. */
    CREATE("create"),
    /** It is there before and after. */
    UPDATE("update"),
    /** It is not there afterwards. */
    REMOVE("remove"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): Step =
            entries.find { it.word == value.toText() } ?: throw unexpected("Step")
    }
}

/** The demands of one target. */
public data class TargetRules(
    /** Whether only printable ASCII is accepted. */
    val asciiOnly: Boolean = false,
    /** Digits at least. */
    val digits: Long = 0L,
    /** Characters that are not accepted. */
    val forbidden: List<String> = listOf(),
    /** Lower-case letters at least. */
    val lowerCase: Long = 0L,
    /** Characters at most; 0: any number. */
    val maximumLength: Long = 0L,
    /** Characters at least. */
    val minimumLength: Long = 0L,
    /** Characters at least that are neither letters nor digits. */
    val symbols: Long = 0L,
    /** The only symbols that are accepted; empty: any. */
    val symbolsAllowed: List<String> = listOf(),
    /** The name of the target. */
    val target: String = "",
    /** Upper-case letters at least. */
    val upperCase: Long = 0L,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        if (this@TargetRules.asciiOnly != false) put("ascii_only", this@TargetRules.asciiOnly)
        if (this@TargetRules.digits != 0L) put("digits", this@TargetRules.digits)
        if (this@TargetRules.forbidden.isNotEmpty()) put("forbidden", this@TargetRules.forbidden)
        if (this@TargetRules.lowerCase != 0L) put("lower_case", this@TargetRules.lowerCase)
        if (this@TargetRules.maximumLength != 0L) put("maximum_length", this@TargetRules.maximumLength)
        if (this@TargetRules.minimumLength != 0L) put("minimum_length", this@TargetRules.minimumLength)
        if (this@TargetRules.symbols != 0L) put("symbols", this@TargetRules.symbols)
        if (this@TargetRules.symbolsAllowed.isNotEmpty()) put("symbols_allowed", this@TargetRules.symbolsAllowed)
        if (this@TargetRules.target != "") put("target", this@TargetRules.target)
        if (this@TargetRules.upperCase != 0L) put("upper_case", this@TargetRules.upperCase)
    }.toValue()

    public companion object {
        internal fun read(value: Value): TargetRules = TargetRules(
            value["ascii_only"]?.let { it.toBoolean() } ?: false,
            value["digits"]?.let { it.toInteger() } ?: 0L,
            value["forbidden"]?.let { it.toList { x -> x.toText() } } ?: listOf(),
            value["lower_case"]?.let { it.toInteger() } ?: 0L,
            value["maximum_length"]?.let { it.toInteger() } ?: 0L,
            value["minimum_length"]?.let { it.toInteger() } ?: 0L,
            value["symbols"]?.let { it.toInteger() } ?: 0L,
            value["symbols_allowed"]?.let { it.toList { x -> x.toText() } } ?: listOf(),
            value["target"]?.let { it.toText() } ?: "",
            value["upper_case"]?.let { it.toInteger() } ?: 0L,
        )
    }
}

/** The identifier of a record of the kind `template`. */
public typealias TemplateId = String

/** The time in which a role or a grant holds: from the start on and before the end, both open when absent. */
public data class TimeConstraint(
    /** As the start. */
    val end: String? = null,
    /** RFC 3339 with an offset, or a local date and time such as `2026-12-01T09:00` in `time_zone`. */
    val start: String? = null,
    /** An offset relative to GMT such as `GMT+02:00`; without it local times are in GMT. */
    val timeZone: String? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("end", this@TimeConstraint.end)
        put("start", this@TimeConstraint.start)
        put("time_zone", this@TimeConstraint.timeZone)
    }.toValue()

    public companion object {
        internal fun read(value: Value): TimeConstraint = TimeConstraint(
            value["end"]?.let { it.toText() },
            value["start"]?.let { it.toText() },
            value["time_zone"]?.let { it.toText() },
        )
    }
}

/** A node of the organization tree, as a list or a tree view shows it. */
public data class TreeNode(
    /** The organization. */
    val organization: Record,
    /** Its positions, when the realm's tree shows them. */
    val positions: List<Record>,
    /** What lies directly below, in the realm's order. */
    val children: List<TreeNode>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("organization", this@TreeNode.organization)
        put("positions", this@TreeNode.positions)
        put("children", this@TreeNode.children)
    }.toValue()

    public companion object {
        internal fun read(value: Value): TreeNode = TreeNode(
            Record.read(value.field("organization")),
            value.field("positions").toList { x -> Record.read(x) },
            value.field("children").toList { x -> TreeNode.read(x) },
        )
    }
}

/** What is to be undone. */
public sealed class Undo : ToValue {
    /** One commit. */
    public data class Revision(val value: Long) : Undo() {
        override fun toValue(): Value = Value.Object(mapOf("revision" to valueOf(value)))
    }

    /** All commits of a change set. */
    public data class ChangeSet(val value: ChangeSetId) : Undo() {
        override fun toValue(): Value = Value.Object(mapOf("change_set" to valueOf(value)))
    }

    /** Everything that an actor did since a moment. */
    public data class Actor(val actor: String, val since: Instant) : Undo() {
        override fun toValue(): Value = Value.Object(mapOf("actor" to Fields().apply {
            put("actor", this@Actor.actor)
            put("since", this@Actor.since)
        }.toValue()))
    }

    /** What these commits did to one record, and nothing else of them. */
    public data class Record(val id: EntityId, val after: Long) : Undo() {
        override fun toValue(): Value = Value.Object(mapOf("record" to Fields().apply {
            put("id", this@Record.id)
            put("after", this@Record.after)
        }.toValue()))
    }

    public companion object {
        internal fun read(value: Value): Undo {
            value["revision"]?.let { return Revision(it.toInteger()) }
            value["change_set"]?.let { return ChangeSet(it.toText()) }
            value["actor"]?.let { return Actor(it.field("actor").toText(), it.field("since").toMoment()) }
            value["record"]?.let { return Record(it.field("id").toText(), it.field("after").toInteger()) }
            throw unexpected("Undo")
        }
    }
}

/** What an upkeep did. */
public data class Upkeep(
    /** Users disabled because their validity ended. */
    val expired: Long,
    /** Soft-deleted users purged because the retention period is over. */
    val purged: Long,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("expired", this@Upkeep.expired)
        put("purged", this@Upkeep.purged)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Upkeep = Upkeep(
            value.field("expired").toInteger(),
            value.field("purged").toInteger(),
        )
    }
}

/** The identifier of a record of the kind `user`. */
public typealias UserId = String

/** The identifier of a record of the kind `user_type`. */
public typealias UserTypeId = String

/** The result of a verification. */
public data class Verified(
    /** Rows that were looked at. */
    val rows: Long,
    /** Seals that were looked at. */
    val seals: Long,
    /** Every place where the chain does not hold; empty: it holds. */
    val breaks: List<ChainBreak>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("rows", this@Verified.rows)
        put("seals", this@Verified.seals)
        put("breaks", this@Verified.breaks)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Verified = Verified(
            value.field("rows").toInteger(),
            value.field("seals").toInteger(),
            value.field("breaks").toList { x -> ChainBreak.read(x) },
        )
    }
}

/** The half-open time `\[from, until)` in which something holds; open ends allowed. */
public data class Window(
    /** Holds from this moment on. */
    val from: Instant? = null,
    /** Holds before this moment. */
    val until: Instant? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("from", this@Window.from)
        put("until", this@Window.until)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Window = Window(
            value["from"]?.let { it.toMoment() },
            value["until"]?.let { it.toMoment() },
        )
    }
}

/** Something that is to be done outside, and that its worker alone does until the lease ends. */
public data class Work(
    /** The realm that it happened in. */
    val realm: RealmId,
    /** Its number in the outbox. */
    val number: Long,
    /** The commit that asked for it. */
    val revision: Long,
    /** What is to be done. */
    val effect: Effect,
    /** How often it was tried before. */
    val attempts: Long,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("realm", this@Work.realm)
        put("number", this@Work.number)
        put("revision", this@Work.revision)
        put("effect", this@Work.effect)
        put("attempts", this@Work.attempts)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Work = Work(
            value.field("realm").toText(),
            value.field("number").toInteger(),
            value.field("revision").toInteger(),
            Effect.read(value.field("effect")),
            value.field("attempts").toInteger(),
        )
    }
}

/** Every stable error code. */
public object Code {
    /** One or more fields are wrong; see `fields`. */
    public const val INPUT_INVALID: String = "input.invalid"
    /** The command or query is not well formed. */
    public const val INPUT_MALFORMED: String = "input.malformed"
    /** There is no such record in this realm. */
    public const val RECORD_NOT_FOUND: String = "record.not_found"
    /** The record is deleted. */
    public const val RECORD_DELETED: String = "record.deleted"
    /** The record is not deleted. */
    public const val RECORD_NOT_DELETED: String = "record.not_deleted"
    /** The retention period of the deleted record is over, or it was erased. */
    public const val RECORD_IRREVOCABLE: String = "record.irrevocable"
    /** A unique value is held by another record. */
    public const val VALUE_TAKEN: String = "value.taken"
    /** The transition is not in the table of legal transitions. */
    public const val STATUS_TRANSITION: String = "status.transition"
    /** The move would make a circle. */
    public const val TREE_CYCLE: String = "tree.cycle"
    /** The organization, type or position is still in use. */
    public const val RECORD_IN_USE: String = "record.in_use"
    /** The connection of the two kinds is not allowed. */
    public const val EDGE_NOT_ALLOWED: String = "edge.not_allowed"
    /** The edge does not exist. */
    public const val EDGE_NOT_FOUND: String = "edge.not_found"
    /** The time window ends before it starts. */
    public const val WINDOW_EMPTY: String = "window.empty"
    /** The realm name is taken, or the realm has content. */
    public const val REALM_REFUSED: String = "realm.refused"
    /** The plan would be larger than one commit may be. */
    public const val PLAN_TOO_LARGE: String = "plan.too_large"
    /** The filter is wrong; the message says where. */
    public const val SEARCH_FILTER: String = "search.filter"
    /** The cursor is not one of ours, or belongs to another query. */
    public const val SEARCH_CURSOR: String = "search.cursor"
    /** A feature or module is switched off. */
    public const val FEATURE_OFF: String = "feature.off"
    /** The actor may not. */
    public const val ACCESS_DENIED: String = "access.denied"
    /** The record was changed meanwhile, again and again. */
    public const val COMMIT_CONFLICT: String = "commit.conflict"
    /** A rollback met records that were changed since. */
    public const val ROLLBACK_CONFLICT: String = "rollback.conflict"
    /** The revision or moment lies in the future or before the beginning. */
    public const val HISTORY_REVISION: String = "history.revision"
    /** The same command identifier was used for another command. */
    public const val COMMAND_REUSED: String = "command.reused"
    /** The storage cannot be reached or refused to work. */
    public const val STORAGE_FAILED: String = "storage.failed"
    /** The storage was written by a newer version, or a migration was changed. */
    public const val STORAGE_VERSION: String = "storage.version"
    /** The storage is busy beyond the time allowed. */
    public const val STORAGE_BUSY: String = "storage.busy"
    /** What is stored contradicts itself. */
    public const val STORAGE_CORRUPT: String = "storage.corrupt"
    /** A sealed value cannot be opened: the key is gone or the vault is another one. */
    public const val SEAL_UNREADABLE: String = "seal.unreadable"
    /** A file that was imported is not what it should be. */
    public const val FILE_UNREADABLE: String = "file.unreadable"
    /** A long operation was cancelled by its caller. */
    public const val OPERATION_CANCELLED: String = "operation.cancelled"
    /** Too many passwords are being hashed; nothing was done. */
    public const val CREDENTIAL_OVERLOADED: String = "credential.overloaded"
    /** A stored password hash cannot be checked: its form is not known, or its cost is absurd. */
    public const val CREDENTIAL_HASH: String = "credential.hash"
    /** The password does not satisfy the policy; see `fields`. */
    public const val PASSWORD_WEAK: String = "password.weak"
    /** The password, code or key is not the right one. */
    public const val CREDENTIAL_WRONG: String = "credential.wrong"
    /** The user has no such credential. */
    public const val CREDENTIAL_NONE: String = "credential.none"
    /** The policy forbids it. */
    public const val POLICY_FORBIDS: String = "policy.forbids"
    /** It would take the user's last second factor away. */
    public const val CREDENTIAL_LAST_FACTOR: String = "credential.last_factor"
    /** The user has as many devices of this type as the policy allows. */
    public const val CREDENTIAL_TOO_MANY: String = "credential.too_many"
    /** What was issued is no longer valid. */
    public const val CREDENTIAL_EXPIRED: String = "credential.expired"
    /** No attempt is allowed before the moment that is named in the message. */
    public const val CREDENTIAL_BLOCKED: String = "credential.blocked"
}
