// Generated from the catalogue by `.ci/generate`; do not edit.

package iam

import java.time.Instant

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
        put("editable", this@AttributeDefinition.editable)
        put("source", this@AttributeDefinition.source)
        put("derived", this@AttributeDefinition.derived)
        if (this@AttributeDefinition.allowed.isNotEmpty()) put("allowed", this@AttributeDefinition.allowed)
        put("default", this@AttributeDefinition.default)
    }.toValue()

    override fun toString(): String = "AttributeDefinition(kind=${kind}, name=${name}, type=${type}, multiple=${multiple}, maximumLength=${maximumLength}, pattern=${pattern}, required=${required}, unique=${unique}, searchable=${searchable}, personal=${personal}, editable=${editable}, source=${source}, derived=${derived})"

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
    /** Remarks that hindered nothing. */
    val remarks: List<String> = listOf(),
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("revision", this@Executed.revision)
        put("id", this@Executed.id)
        put("events", this@Executed.events)
        put("replayed", this@Executed.replayed)
        if (this@Executed.remarks.isNotEmpty()) put("remarks", this@Executed.remarks)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Executed = Executed(
            value.field("revision").orNull { x -> x.toInteger() },
            value.field("id").orNull { x -> x.toText() },
            value.field("events").toList { x -> Event.read(x) },
            value.field("replayed").toBoolean(),
            value["remarks"]?.let { it.toList { x -> x.toText() } } ?: listOf(),
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
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): Kind =
            entries.find { it.word == value.toText() } ?: throw unexpected("Kind")
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

/** The identifier of a record of the kind `organization`. */
public typealias OrganizationId = String

/** The identifier of a record of the kind `organization_type`. */
public typealias OrganizationTypeId = String

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
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): Relation =
            entries.find { it.word == value.toText() } ?: throw unexpected("Relation")
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
    /** Attributes that lists show, by kind; empty: the first six of the form. */
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

/** The identifier of a record of the kind `template`. */
public typealias TemplateId = String

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
}
