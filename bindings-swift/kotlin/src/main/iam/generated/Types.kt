// Generated from the catalogue by `.ci/generate`; do not edit.

package iam

import java.time.Instant

/** What is different in what users may do. */
public data class AccessDifference(
    /** The users for whom something is different. */
    val users: List<UserAccessDifference>,
    /** How many users were looked at. */
    val examined: Long,
    /** Everybody whom the changes can concern was looked at; else there were more than the limit. */
    val complete: Boolean,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("users", this@AccessDifference.users)
        put("examined", this@AccessDifference.examined)
        put("complete", this@AccessDifference.complete)
    }.toValue()

    public companion object {
        internal fun read(value: Value): AccessDifference = AccessDifference(
            value.field("users").toList { x -> UserAccessDifference.read(x) },
            value.field("examined").toInteger(),
            value.field("complete").toBoolean(),
        )
    }
}

/** Something about access that is probably not meant so. */
public data class AccessFinding(
    /** What was looked for, such as `access.role_unreachable`. */
    val check: String,
    /** What it is about. */
    val subjects: List<EntityId>,
    /** What was found. */
    val message: String,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("check", this@AccessFinding.check)
        put("subjects", this@AccessFinding.subjects)
        put("message", this@AccessFinding.message)
    }.toValue()

    override fun toString(): String = "AccessFinding(check=${check}, subjects=${subjects})"

    public companion object {
        internal fun read(value: Value): AccessFinding = AccessFinding(
            value.field("check").toText(),
            value.field("subjects").toList { x -> x.toText() },
            value.field("message").toText(),
        )
    }
}

/** An account of somebody elsewhere. */
public data class AccountElsewhere(
    /** The record about it: an object of an identity source or target, or a link to a provider. */
    val id: EntityId,
    /** Where it is: the identifier of the source, or the name of the provider. */
    val at: String,
    /** How it is called there. */
    val name: String,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("id", this@AccountElsewhere.id)
        put("at", this@AccountElsewhere.at)
        put("name", this@AccountElsewhere.name)
    }.toValue()

    public companion object {
        internal fun read(value: Value): AccountElsewhere = AccountElsewhere(
            value.field("id").toText(),
            value.field("at").toText(),
            value.field("name").toText(),
        )
    }
}

/** A filter for the host's own lists. */
public data class AllowedFilter(
    /** The JSON tree of the condition; `"all"` for everything, `"none"` for nothing. */
    val filter: Value,
    /** The same as SCIM filter text. */
    val text: String?,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("filter", this@AllowedFilter.filter)
        put("text", this@AllowedFilter.text)
    }.toValue()

    override fun toString(): String = "AllowedFilter(text=${text})"

    public companion object {
        internal fun read(value: Value): AllowedFilter = AllowedFilter(
            value.field("filter"),
            value.field("text").orNull { x -> x.toText() },
        )
    }
}

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

/** How many attempts may fail before the next one has to wait. */
public data class AttemptLimit(
    /** Failed attempts that have no consequence; 0 switches the limit off. */
    val attempts: Long,
    /** Seconds without a failed attempt after which counting begins anew. */
    val windowSeconds: Long,
    /** Seconds that the first attempt beyond has to wait; each one after it twice as long. */
    val delaySeconds: Long,
    /** The most seconds that an attempt has to wait. */
    val longestDelaySeconds: Long,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("attempts", this@AttemptLimit.attempts)
        put("window_seconds", this@AttemptLimit.windowSeconds)
        put("delay_seconds", this@AttemptLimit.delaySeconds)
        put("longest_delay_seconds", this@AttemptLimit.longestDelaySeconds)
    }.toValue()

    public companion object {
        internal fun read(value: Value): AttemptLimit = AttemptLimit(
            value.field("attempts").toInteger(),
            value.field("window_seconds").toInteger(),
            value.field("delay_seconds").toInteger(),
            value.field("longest_delay_seconds").toInteger(),
        )
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

/** One attribute, and what the source says about it. */
public data class AttributeMapping(
    /**
     * The attribute here: one of the record's own, or `organizations`, `manager`, `positions`, `groups`, `leads`,
     * `parent`, `organization`, `reports_to`, `members`, `user_type`, `organization_type`,
     * `administrative_status`; of memberships `member` and `container`.
     */
    val to: String,
    /** Where the value comes from. */
    val from: MapFrom,
    /** A CEL expression; while it is false the attribute is left alone. */
    val condition: String? = null,
    /** Instead of an empty value. */
    val default: Value = Value.Null,
    /** Values by what the source calls them; letter case does not count. */
    val dictionary: Map<String, Value> = mapOf(),
    /** For references: by what the other record is named. */
    val reference: ReferenceBy? = null,
    /** Divides one text into several values. */
    val split: String? = null,
    /** How strongly it holds. */
    val strength: Strength? = null,
    /** What becomes of values that the dictionary does not list. */
    val unlisted: Unlisted? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("to", this@AttributeMapping.to)
        put("from", this@AttributeMapping.from)
        put("condition", this@AttributeMapping.condition)
        put("default", this@AttributeMapping.default)
        if (this@AttributeMapping.dictionary.isNotEmpty()) put("dictionary", this@AttributeMapping.dictionary)
        put("reference", this@AttributeMapping.reference)
        put("split", this@AttributeMapping.split)
        put("strength", this@AttributeMapping.strength)
        put("unlisted", this@AttributeMapping.unlisted)
    }.toValue()

    override fun toString(): String = "AttributeMapping(to=${to}, from=${from}, condition=${condition}, reference=${reference}, split=${split}, strength=${strength}, unlisted=${unlisted})"

    public companion object {
        internal fun read(value: Value): AttributeMapping = AttributeMapping(
            value.field("to").toText(),
            MapFrom.read(value.field("from")),
            value["condition"]?.let { it.toText() },
            value["default"]?.let { it } ?: Value.Null,
            value["dictionary"]?.let { it.toMap { x -> x } } ?: mapOf(),
            value["reference"]?.let { ReferenceBy.read(it) },
            value["split"]?.let { it.toText() },
            value["strength"]?.let { Strength.read(it) },
            value["unlisted"]?.let { Unlisted.read(it) },
        )
    }
}

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

/** What a connector can do. What it cannot do is done without, or refused when it is asked for. */
public data class Capabilities(
    /** An incremental read names what was deleted. */
    val deletes: Boolean = false,
    /** Takes a filter of its own syntax. */
    val filter: Boolean = false,
    /** Reads only what changed since a token. */
    val incremental: Boolean = false,
    /** A page can be asked for again later, over another connection. */
    val resume: Boolean = false,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        if (this@Capabilities.deletes != false) put("deletes", this@Capabilities.deletes)
        if (this@Capabilities.filter != false) put("filter", this@Capabilities.filter)
        if (this@Capabilities.incremental != false) put("incremental", this@Capabilities.incremental)
        if (this@Capabilities.resume != false) put("resume", this@Capabilities.resume)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Capabilities = Capabilities(
            value["deletes"]?.let { it.toBoolean() } ?: false,
            value["filter"]?.let { it.toBoolean() } ?: false,
            value["incremental"]?.let { it.toBoolean() } ?: false,
            value["resume"]?.let { it.toBoolean() } ?: false,
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
    /** A rule: the condition of a dynamic role or group, an exclusion. */
    RULE("rule"),
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

/** What becomes of that which the target has already. */
public enum class CloneMode(public val word: String) : ToValue {
    /** It stays, and what is missing is added. */
    UNION("union"),
    /** Direct roles and groups that the source does not have go. */
    REPLACE("replace"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): CloneMode =
            entries.find { it.word == value.toText() } ?: throw unexpected("CloneMode")
    }
}

/** What cloning did, or would do. */
public data class Cloned(
    /** Roles and groups that the target gets. */
    val copied: List<EntityId>,
    /** Roles and groups that the target loses. */
    val removed: List<EntityId>,
    /** What was left out, and why. */
    val skipped: List<Skipped>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("copied", this@Cloned.copied)
        put("removed", this@Cloned.removed)
        put("skipped", this@Cloned.skipped)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Cloned = Cloned(
            value.field("copied").toList { x -> x.toText() },
            value.field("removed").toList { x -> x.toText() },
            value.field("skipped").toList { x -> Skipped.read(x) },
        )
    }
}

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

/** A field of a connector's configuration. */
public data class ConfigurationField(
    /** Its name. */
    val name: String,
    /** The name people see. */
    val label: String,
    /** The values allowed, when not any. */
    val allowed: List<Value> = listOf(),
    /** What holds when nothing is given. */
    val default: Value = Value.Null,
    /** When it has to be filled in. */
    val required: Required? = null,
    /** The type. */
    val type: FieldType? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("name", this@ConfigurationField.name)
        put("label", this@ConfigurationField.label)
        if (this@ConfigurationField.allowed.isNotEmpty()) put("allowed", this@ConfigurationField.allowed)
        put("default", this@ConfigurationField.default)
        put("required", this@ConfigurationField.required)
        put("type", this@ConfigurationField.type)
    }.toValue()

    override fun toString(): String = "ConfigurationField(name=${name}, required=${required}, type=${type})"

    public companion object {
        internal fun read(value: Value): ConfigurationField = ConfigurationField(
            value.field("name").toText(),
            value.field("label").toText(),
            value["allowed"]?.let { it.toList { x -> x } } ?: listOf(),
            value["default"]?.let { it } ?: Value.Null,
            value["required"]?.let { Required.read(it) },
            value["type"]?.let { FieldType.read(it) },
        )
    }
}

/** A connector as it describes itself. */
public data class ConnectorDescriptor(
    /** The stable name, such as `ldap`. */
    val name: String,
    /** The name people see. */
    val title: String,
    /** The version of the connector. */
    val version: String,
    /** What it can do. */
    val capabilities: Capabilities? = null,
    /** The fields of its configuration. */
    val fields: List<ConfigurationField> = listOf(),
    /**
     * Whether it reads the accounts of an operating system: these have a section of their own in the view of a
     * user's access, and none among the applications.
     */
    val operatingSystem: Boolean = false,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("name", this@ConnectorDescriptor.name)
        put("title", this@ConnectorDescriptor.title)
        put("version", this@ConnectorDescriptor.version)
        put("capabilities", this@ConnectorDescriptor.capabilities)
        if (this@ConnectorDescriptor.fields.isNotEmpty()) put("fields", this@ConnectorDescriptor.fields)
        if (this@ConnectorDescriptor.operatingSystem != false) put("operating_system", this@ConnectorDescriptor.operatingSystem)
    }.toValue()

    public companion object {
        internal fun read(value: Value): ConnectorDescriptor = ConnectorDescriptor(
            value.field("name").toText(),
            value.field("title").toText(),
            value.field("version").toText(),
            value["capabilities"]?.let { Capabilities.read(it) },
            value["fields"]?.let { it.toList { x -> ConfigurationField.read(x) } } ?: listOf(),
            value["operating_system"]?.let { it.toBoolean() } ?: false,
        )
    }
}

/** The identifier of a record of the kind `connector`. */
public typealias ConnectorId = String

/** One test of whether a record here is the one that the source means. */
public data class Correlator(
    /** The attribute here. The mapping must set it; both values are compared folded. */
    val attribute: String,
    /** What it adds to the confidence, 0 to 1. */
    val weight: Double = 1.0,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("attribute", this@Correlator.attribute)
        if (this@Correlator.weight != 1.0) put("weight", this@Correlator.weight)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Correlator = Correlator(
            value.field("attribute").toText(),
            value["weight"]?.let { it.toNumber() } ?: 1.0,
        )
    }
}

/** The identifier of a record of the kind `credential`. */
public typealias CredentialId = String

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

/** How a link gets to its user. */
public enum class Delivery(public val word: String) : ToValue {
    /** In a message to the user's e-mail address; nobody else sees the token. */
    MESSAGE("message"),
    /**
     * In the answer to the command, as `link_token`: the host delivers it. Refused for everybody else, because
     * whoever has the token can take the user's place.
     */
    ANSWER("answer"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): Delivery =
            entries.find { it.word == value.toText() } ?: throw unexpected("Delivery")
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
    /** Journal entries that were looked at. */
    val journal: Long,
    /** Sealed rows of the audit trail that were looked at, those of the whole storage. */
    val sealed: Long,
    /** Everything that is not as it should be; empty: healthy. */
    val findings: List<Finding>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("records", this@Diagnosis.records)
        put("claims", this@Diagnosis.claims)
        put("edges", this@Diagnosis.edges)
        put("closure", this@Diagnosis.closure)
        put("journal", this@Diagnosis.journal)
        put("sealed", this@Diagnosis.sealed)
        put("findings", this@Diagnosis.findings)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Diagnosis = Diagnosis(
            value.field("records").toInteger(),
            value.field("claims").toInteger(),
            value.field("edges").toInteger(),
            value.field("closure").toInteger(),
            value.field("journal").toInteger(),
            value.field("sealed").toInteger(),
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

/** Everything that is linked to a user, in one view. */
public data class EffectiveAccess(
    /** The user. */
    val user: EntityId,
    /** Whether the user takes part at all: not deleted, locked, disabled or outside of the validity. */
    val active: Boolean,
    /** The highest level among the roles. */
    val level: Long,
    /** The roles that have effect, with every path. */
    val roles: List<Held>,
    /** All groups, direct and by way of organizations, positions and other groups. */
    val groups: List<EntityId>,
    /** The organizations that the user leads. */
    val leads: List<EntityId>,
    /** The organizations that the user owns. */
    val owns: List<EntityId>,
    /** The organizations that the user administers. */
    val administers: List<EntityId>,
    /** Every right, those without effect too, with what is missing. */
    val rights: List<Right>,
    /** Accounts in connected applications; empty in earlier states. */
    val applications: List<AccountElsewhere>,
    /**
     * Accounts of operating systems: those of sources that are enabled and active and whose connector is installed
     * and says that it reads an operating system, unless the module `operating_systems` is off. Empty in earlier
     * states.
     */
    val systems: List<AccountElsewhere>,
    /** Identities at other providers; empty in earlier states. */
    val linked: List<AccountElsewhere>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("user", this@EffectiveAccess.user)
        put("active", this@EffectiveAccess.active)
        put("level", this@EffectiveAccess.level)
        put("roles", this@EffectiveAccess.roles)
        put("groups", this@EffectiveAccess.groups)
        put("leads", this@EffectiveAccess.leads)
        put("owns", this@EffectiveAccess.owns)
        put("administers", this@EffectiveAccess.administers)
        put("rights", this@EffectiveAccess.rights)
        put("applications", this@EffectiveAccess.applications)
        put("systems", this@EffectiveAccess.systems)
        put("linked", this@EffectiveAccess.linked)
    }.toValue()

    public companion object {
        internal fun read(value: Value): EffectiveAccess = EffectiveAccess(
            value.field("user").toText(),
            value.field("active").toBoolean(),
            value.field("level").toInteger(),
            value.field("roles").toList { x -> Held.read(x) },
            value.field("groups").toList { x -> x.toText() },
            value.field("leads").toList { x -> x.toText() },
            value.field("owns").toList { x -> x.toText() },
            value.field("administers").toList { x -> x.toText() },
            value.field("rights").toList { x -> Right.read(x) },
            value.field("applications").toList { x -> AccountElsewhere.read(x) },
            value.field("systems").toList { x -> AccountElsewhere.read(x) },
            value.field("linked").toList { x -> AccountElsewhere.read(x) },
        )
    }
}

/** What counts for a user: every rule, decided. */
public data class EffectivePolicy(
    /** Passwords. */
    val password: PasswordRules,
    /** Initial passwords. */
    val initial: InitialRules,
    /** Locking. */
    val lock: LockRules,
    /** Sessions. */
    val session: SessionRules,
    /** Second factors. */
    val factor: FactorRules,
    /** Links. */
    val link: LinkRules,
    /** What the targets of the password demand. */
    val targets: List<TargetRules>,
    /** Which policy decided a rule, as `part.rule`; a rule that is not here has its default. */
    val decidedBy: Map<String, PolicyId>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("password", this@EffectivePolicy.password)
        put("initial", this@EffectivePolicy.initial)
        put("lock", this@EffectivePolicy.lock)
        put("session", this@EffectivePolicy.session)
        put("factor", this@EffectivePolicy.factor)
        put("link", this@EffectivePolicy.link)
        put("targets", this@EffectivePolicy.targets)
        put("decided_by", this@EffectivePolicy.decidedBy)
    }.toValue()

    public companion object {
        internal fun read(value: Value): EffectivePolicy = EffectivePolicy(
            PasswordRules.read(value.field("password")),
            InitialRules.read(value.field("initial")),
            LockRules.read(value.field("lock")),
            SessionRules.read(value.field("session")),
            FactorRules.read(value.field("factor")),
            LinkRules.read(value.field("link")),
            value.field("targets").toList { x -> TargetRules.read(x) },
            value.field("decided_by").toMap { x -> x.toText() },
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

/** From what a user is exempt. */
public enum class Exemption(public val word: String) : ToValue {
    /** From nothing. */
    NONE("none"),
    /** The password never expires. */
    EXPIRY("expiry"),
    /** Weak passwords are allowed. */
    STRENGTH("strength"),
    /** No restrictions. */
    EVERYTHING("everything"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): Exemption =
            entries.find { it.word == value.toText() } ?: throw unexpected("Exemption")
    }
}

/** An answer with its reasons. */
public data class Explanation(
    /** The decision. */
    val allowed: Boolean,
    /** Yes: every right that allows it. No by a denial: every right that denies it. */
    val because: List<Right>,
    /** No: what comes nearest to allowing it, the nearest first, each with the facts that are missing. */
    val nearest: List<Right>,
    /** No: facts about no right in particular: the actor is not active, no role gives it at all. */
    val facts: List<Unmet>,
    /** How many more rights come less near and are not listed. */
    val further: Long,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("allowed", this@Explanation.allowed)
        put("because", this@Explanation.because)
        put("nearest", this@Explanation.nearest)
        put("facts", this@Explanation.facts)
        put("further", this@Explanation.further)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Explanation = Explanation(
            value.field("allowed").toBoolean(),
            value.field("because").toList { x -> Right.read(x) },
            value.field("nearest").toList { x -> Right.read(x) },
            value.field("facts").toList { x -> Unmet.read(x) },
            value.field("further").toInteger(),
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
    /** Passkeys of a user at most; 10. */
    val passkeyLimit: Long? = null,
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
        put("passkey_limit", this@FactorPolicy.passkeyLimit)
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
            value["passkey_limit"]?.let { it.toInteger() },
            value["recovery_codes"]?.let { it.toInteger() },
            value["required"]?.let { it.toBoolean() },
        )
    }
}

/**
 * Second factors.
 *
 * As it counts: every rule is decided.
 */
public data class FactorRules(
    /** Whether a second factor is required; no. */
    val required: Boolean,
    /** The types that count: `totp`, `hotp`, `recovery_codes`, `email`, `sms`, `passkey`. */
    val allowed: List<String>,
    /** The least assurance of a factor that counts; `low`. */
    val minimumAssurance: Assurance,
    /** One-time password devices of a user at most; 5. */
    val deviceLimit: Long,
    /** Minutes for which an enrolment that was begun can be finished; 1440. */
    val enrolmentMinutes: Long,
    /** Minutes for which a passcode by e-mail or SMS counts; 10, and never more (OWASP ASVS 5, 6.5.5). */
    val passcodeMinutes: Long,
    /** Wrong entries that void a passcode; 5. */
    val passcodeAttempts: Long,
    /** How many recovery codes a set has; 10. */
    val recoveryCodes: Long,
    /** Passkeys of a user at most; 10. */
    val passkeyLimit: Long,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("required", this@FactorRules.required)
        put("allowed", this@FactorRules.allowed)
        put("minimum_assurance", this@FactorRules.minimumAssurance)
        put("device_limit", this@FactorRules.deviceLimit)
        put("enrolment_minutes", this@FactorRules.enrolmentMinutes)
        put("passcode_minutes", this@FactorRules.passcodeMinutes)
        put("passcode_attempts", this@FactorRules.passcodeAttempts)
        put("recovery_codes", this@FactorRules.recoveryCodes)
        put("passkey_limit", this@FactorRules.passkeyLimit)
    }.toValue()

    public companion object {
        internal fun read(value: Value): FactorRules = FactorRules(
            value.field("required").toBoolean(),
            value.field("allowed").toList { x -> x.toText() },
            Assurance.read(value.field("minimum_assurance")),
            value.field("device_limit").toInteger(),
            value.field("enrolment_minutes").toInteger(),
            value.field("passcode_minutes").toInteger(),
            value.field("passcode_attempts").toInteger(),
            value.field("recovery_codes").toInteger(),
            value.field("passkey_limit").toInteger(),
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

/** A condition on another field of the configuration. */
public data class FieldIs(
    /** The other field. */
    val field: String,
    /** What it has to be; `None`: it must not be set. */
    val value: Value = Value.Null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("field", this@FieldIs.field)
        put("value", this@FieldIs.value)
    }.toValue()

    override fun toString(): String = "FieldIs(field=${field})"

    public companion object {
        internal fun read(value: Value): FieldIs = FieldIs(
            value.field("field").toText(),
            value["value"]?.let { it } ?: Value.Null,
        )
    }
}

/** The type of a field of a connector's configuration. */
public enum class FieldType(public val word: String) : ToValue {
    /** Text. */
    TEXT("text"),
    /** A whole number. */
    INTEGER("integer"),
    /** Yes or no. */
    BOOLEAN("boolean"),
    /** The name under which the host's vault keeps a secret; never the secret itself. */
    SECRET("secret"),
    /** A structure. */
    OBJECT("object"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): FieldType =
            entries.find { it.word == value.toText() } ?: throw unexpected("FieldType")
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

/** Somebody's membership in a group, a role that is held, an organization that is led. */
public data class Held(
    /** The role, group or organization. */
    val id: EntityId,
    /** Every way in which it reaches the user. */
    val paths: List<List<PathStep>>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("id", this@Held.id)
        put("paths", this@Held.paths)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Held = Held(
            value.field("id").toText(),
            value.field("paths").toList { x -> x.toList { y -> PathStep.read(y) } },
        )
    }
}

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

/** How one step of a path leads on. */
public enum class How(public val word: String) : ToValue {
    /** Is a member of the organization. */
    MEMBER_OF("member_of"),
    /** Lies below the organization. */
    BELOW("below"),
    /** Is in the group. */
    IN_GROUP("in_group"),
    /** Holds the position. */
    HOLDS("holds"),
    /** Is of the user type. */
    OF_TYPE("of_type"),
    /** Was granted the role. */
    HAS_ROLE("has_role"),
    /** Contains the role. */
    INCLUDES("includes"),
    /** Stands in for the user. */
    STANDS_IN_FOR("stands_in_for"),
    /** Owns the organization. */
    OWNS("owns"),
    /** Administers the organization. */
    ADMINISTERS("administers"),
    /** Is the one that it is about. */
    ITSELF("itself"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): How =
            entries.find { it.word == value.toText() } ?: throw unexpected("How")
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
    /** Whether it must be changed at the first sign-in; yes. What somebody else has seen must be in any case. */
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

/**
 * Initial passwords (OWASP ASVS 5, 6.4.1).
 *
 * As it counts: every rule is decided.
 */
public data class InitialRules(
    /** Characters of a random initial password; 20. */
    val length: Long,
    /**
     * A pattern with attributes of the user in braces, such as `Welcome-{user_number}`; empty: random. Whoever
     * knows the pattern knows the password, so the lint complains.
     */
    val pattern: String,
    /** Hours for which it can be used; 72. */
    val validHours: Long,
    /** Whether it must be changed at the first sign-in; yes. What somebody else has seen must be in any case. */
    val mustChange: Boolean,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("length", this@InitialRules.length)
        put("pattern", this@InitialRules.pattern)
        put("valid_hours", this@InitialRules.validHours)
        put("must_change", this@InitialRules.mustChange)
    }.toValue()

    public companion object {
        internal fun read(value: Value): InitialRules = InitialRules(
            value.field("length").toInteger(),
            value.field("pattern").toText(),
            value.field("valid_hours").toInteger(),
            value.field("must_change").toBoolean(),
        )
    }
}

/** How the invitation of a new user goes out. */
public data class Invitation(
    /** How the link gets to the user. */
    val delivery: Delivery? = null,
    /** The language of the message, and of the sign-up to begin with; the user's preferred one when absent. */
    val language: String? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("delivery", this@Invitation.delivery)
        put("language", this@Invitation.language)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Invitation = Invitation(
            value["delivery"]?.let { Delivery.read(it) },
            value["language"]?.let { it.toText() },
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

/** The public keys by which signed tokens are checked: a JSON Web Key Set (RFC 7517). */
public data class KeySet(
    /** The keys; the first one signs at present. */
    val keys: List<PublicKey>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("keys", this@KeySet.keys)
    }.toValue()

    public companion object {
        internal fun read(value: Value): KeySet = KeySet(
            value.field("keys").toList { x -> PublicKey.read(x) },
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
    SESSION("session"),
    LINK("link"),
    COUNTER("counter"),
    SOURCE("source"),
    SHADOW("shadow"),
    SYNC_RUN("sync_run"),
    CONNECTOR("connector"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): Kind =
            entries.find { it.word == value.toText() } ?: throw unexpected("Kind")
    }
}

/** What the objects of one class become. */
public data class KindRules(
    /** What is done, where it is not the default. */
    val actions: Map<String, SyncAction> = mapOf(),
    /** How records here are found that are not linked yet. */
    val correlation: List<Tier> = listOf(),
    /** Days between disabling and deleting. */
    val deleteAfterDays: Long? = null,
    /** Which of them, in the connector's own syntax. */
    val filter: String? = null,
    /** What becomes what. */
    val mappings: List<AttributeMapping> = listOf(),
    /** The class of objects as the connector calls it; the name of the kind when it is empty. */
    val objectClass: String = "",
    /** The objects are accounts; those without an owner become users by orphan-account generation. */
    val orphans: Boolean = false,
    /** A CEL expression; what it is false for does not qualify. */
    val qualifies: String? = null,
    /**
     * How much of each action one run may do. Without a word about it: of disabling, deleting and unlinking 10 %
     * and 1,000; of emptying values as many for each attribute (`SyncAction::Clear`). Whoever is disabled because
     * the source says so counts like those who vanished.
     */
    val thresholds: Map<String, Threshold> = mapOf(),
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        if (this@KindRules.actions.isNotEmpty()) put("actions", this@KindRules.actions)
        if (this@KindRules.correlation.isNotEmpty()) put("correlation", this@KindRules.correlation)
        put("delete_after_days", this@KindRules.deleteAfterDays)
        put("filter", this@KindRules.filter)
        if (this@KindRules.mappings.isNotEmpty()) put("mappings", this@KindRules.mappings)
        if (this@KindRules.objectClass != "") put("object_class", this@KindRules.objectClass)
        if (this@KindRules.orphans != false) put("orphans", this@KindRules.orphans)
        put("qualifies", this@KindRules.qualifies)
        if (this@KindRules.thresholds.isNotEmpty()) put("thresholds", this@KindRules.thresholds)
    }.toValue()

    public companion object {
        internal fun read(value: Value): KindRules = KindRules(
            value["actions"]?.let { it.toMap { x -> SyncAction.read(x) } } ?: mapOf(),
            value["correlation"]?.let { it.toList { x -> Tier.read(x) } } ?: listOf(),
            value["delete_after_days"]?.let { it.toInteger() },
            value["filter"]?.let { it.toText() },
            value["mappings"]?.let { it.toList { x -> AttributeMapping.read(x) } } ?: listOf(),
            value["object_class"]?.let { it.toText() } ?: "",
            value["orphans"]?.let { it.toBoolean() } ?: false,
            value["qualifies"]?.let { it.toText() },
            value["thresholds"]?.let { it.toMap { x -> Threshold.read(x) } } ?: mapOf(),
        )
    }
}

/** A link that was opened and can be used. */
public data class Link(
    /** The link. */
    val id: LinkId,
    /** Whose it is. */
    val user: UserId,
    /** What it is for. */
    val purpose: LinkPurpose,
    /** Where it was sent to. */
    val email: String,
    /** The language that was chosen with it. */
    val language: String?,
    /** Until when it can be used. */
    val expiresAt: Instant,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("id", this@Link.id)
        put("user", this@Link.user)
        put("purpose", this@Link.purpose)
        put("email", this@Link.email)
        put("language", this@Link.language)
        put("expires_at", this@Link.expiresAt)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Link = Link(
            value.field("id").toText(),
            value.field("user").toText(),
            LinkPurpose.read(value.field("purpose")),
            value.field("email").toText(),
            value.field("language").orNull { x -> x.toText() },
            value.field("expires_at").toMoment(),
        )
    }
}

/** The identifier of a record of the kind `link`. */
public typealias LinkId = String

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

/** What a link is for. */
public enum class LinkPurpose(public val word: String) : ToValue {
    /** To complete the sign-up. */
    INVITATION("invitation"),
    /** To set a new password. */
    PASSWORD_RESET("password_reset"),
    /** To prove that the e-mail address is one's own. */
    EMAIL_VERIFICATION("email_verification"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): LinkPurpose =
            entries.find { it.word == value.toText() } ?: throw unexpected("LinkPurpose")
    }
}

/**
 * Links that are sent.
 *
 * As it counts: every rule is decided.
 */
public data class LinkRules(
    /** Hours for which an invitation counts; 168. */
    val invitationHours: Long,
    /** Hours for which a link to reset the password counts; 168. */
    val resetHours: Long,
    /** Hours for which a link to verify an address counts; 24. */
    val verificationHours: Long,
    /** Whether users may ask for a link to reset their password themselves; yes. */
    val selfReset: Boolean,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("invitation_hours", this@LinkRules.invitationHours)
        put("reset_hours", this@LinkRules.resetHours)
        put("verification_hours", this@LinkRules.verificationHours)
        put("self_reset", this@LinkRules.selfReset)
    }.toValue()

    public companion object {
        internal fun read(value: Value): LinkRules = LinkRules(
            value.field("invitation_hours").toInteger(),
            value.field("reset_hours").toInteger(),
            value.field("verification_hours").toInteger(),
            value.field("self_reset").toBoolean(),
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

/**
 * Locking after failed attempts.
 *
 * As it counts: every rule is decided.
 */
public data class LockRules(
    /** Failures in a row that lock; 10. 0: never. */
    val attempts: Long,
    /** Minutes after which a row of failures is forgotten; 60. */
    val windowMinutes: Long,
    /** Seconds that must pass after the third failure; doubled with each one that follows; 0: no delay. */
    val delaySeconds: Long,
    /**
     * Minutes that the first lock lasts; doubled with each one that follows without a success between; 15. 0:
     * until an administrator unlocks.
     */
    val durationMinutes: Long,
    /** The most minutes that a lock lasts; 1440. */
    val maximumMinutes: Long,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("attempts", this@LockRules.attempts)
        put("window_minutes", this@LockRules.windowMinutes)
        put("delay_seconds", this@LockRules.delaySeconds)
        put("duration_minutes", this@LockRules.durationMinutes)
        put("maximum_minutes", this@LockRules.maximumMinutes)
    }.toValue()

    public companion object {
        internal fun read(value: Value): LockRules = LockRules(
            value.field("attempts").toInteger(),
            value.field("window_minutes").toInteger(),
            value.field("delay_seconds").toInteger(),
            value.field("duration_minutes").toInteger(),
            value.field("maximum_minutes").toInteger(),
        )
    }
}

/** Where a value comes from. */
public sealed class MapFrom : ToValue {
    /** An attribute of the source's record; letter case does not count. */
    public data class Attribute(val value: String) : MapFrom() {
        override fun toValue(): Value = Value.Object(mapOf("attribute" to valueOf(value)))
    }

    /** Always the same value. */
    public data class Constant(val value: Value) : MapFrom() {
        override fun toValue(): Value = Value.Object(mapOf("constant" to valueOf(value)))
    }

    /** A CEL expression over `source` (the attributes; texts, or lists of texts) and `now`. */
    public data class Expression(val value: String) : MapFrom() {
        override fun toValue(): Value = Value.Object(mapOf("expression" to valueOf(value)))
    }

    public companion object {
        internal fun read(value: Value): MapFrom {
            value["attribute"]?.let { return Attribute(it.toText()) }
            value["constant"]?.let { return Constant(it) }
            value["expression"]?.let { return Expression(it.toText()) }
            throw unexpected("MapFrom")
        }
    }
}

/**
 * The template of a message. `{name}`, `{realm}`, `{link}`, `{secret}`, `{until}` and every attribute of the user
 * are replaced by their values; in HTML they are escaped.
 */
public data class MessageTemplate(
    /** The subject line. */
    val subject: String,
    /** The text. */
    val text: String,
    /** The same as HTML, for readers that prefer it. */
    val html: String? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("subject", this@MessageTemplate.subject)
        put("text", this@MessageTemplate.text)
        put("html", this@MessageTemplate.html)
    }.toValue()

    public companion object {
        internal fun read(value: Value): MessageTemplate = MessageTemplate(
            value.field("subject").toText(),
            value.field("text").toText(),
            value["html"]?.let { it.toText() },
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

/** What a decision is about: a record, something of the host's, or anything of a kind. */
public sealed class On : ToValue {
    /** A record. */
    public data class Record(val value: EntityId) : On() {
        override fun toValue(): Value = Value.Object(mapOf("record" to valueOf(value)))
    }

    /** A resource of the host. */
    public data class Resource(val value: iam.Resource) : On() {
        override fun toValue(): Value = Value.Object(mapOf("resource" to valueOf(value)))
    }

    /** Anything of a kind: may it be done at all? */
    public data class Kind(val value: String) : On() {
        override fun toValue(): Value = Value.Object(mapOf("kind" to valueOf(value)))
    }

    public companion object {
        internal fun read(value: Value): On {
            value["record"]?.let { return Record(it.toText()) }
            value["resource"]?.let { return Resource(iam.Resource.read(it)) }
            value["kind"]?.let { return Kind(it.toText()) }
            throw unexpected("On")
        }
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

/** The hash below the HMAC of a one-time password. */
public enum class OtpAlgorithm(public val word: String) : ToValue {
    /** SHA-1: what every authenticator knows. */
    SHA1("SHA1"),
    /** SHA-256. */
    SHA256("SHA256"),
    /** SHA-512. */
    SHA512("SHA512"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): OtpAlgorithm =
            entries.find { it.word == value.toText() } ?: throw unexpected("OtpAlgorithm")
    }
}

/** What kind of one-time passwords a device shows. */
public enum class OtpType(public val word: String) : ToValue {
    /** By time (RFC 6238): authenticator applications. */
    TOTP("totp"),
    /** By counter (RFC 4226): tokens with a button. */
    HOTP("hotp"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): OtpType =
            entries.find { it.word == value.toText() } ?: throw unexpected("OtpType")
    }
}

/** How a passcode gets to the user. */
public enum class PasscodeChannel(public val word: String) : ToValue {
    /** To the user's e-mail address. */
    EMAIL("email"),
    /** To the user's phone. */
    SMS("sms"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): PasscodeChannel =
            entries.find { it.word == value.toText() } ?: throw unexpected("PasscodeChannel")
    }
}

/** What a browser is asked with to show a passkey. */
public data class PasskeyChallenge(
    /** JSON for `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get`. */
    val options: String,
    /** Until when the answer counts. */
    val expiresAt: Instant,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("options", this@PasskeyChallenge.options)
        put("expires_at", this@PasskeyChallenge.expiresAt)
    }.toValue()

    public companion object {
        internal fun read(value: Value): PasskeyChallenge = PasskeyChallenge(
            value.field("options").toText(),
            value.field("expires_at").toMoment(),
        )
    }
}

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

/**
 * Passwords (NIST SP 800-63B-4, 3.1.1).
 *
 * As it counts: every rule is decided.
 */
public data class PasswordRules(
    /** Code points at least; 15. */
    val minimumLength: Long,
    /** Code points at least where a second factor is required as well; 8. */
    val minimumLengthWithFactor: Long,
    /** Code points at most; 256. Below 64 the lint complains. */
    val maximumLength: Long,
    /** Whether the password as a whole is compared with the list of common passwords; yes. */
    val commonRefused: Boolean,
    /** More passwords that are refused as a whole, in any letter case: those of a breach, those of the house. */
    val blocked: List<String>,
    /**
     * Words that may not make up the password, beside the names and addresses of the user: the product, the
     * company.
     */
    val contextWords: List<String>,
    /** The least estimated strength, 0 to 4 of zxcvbn; 2. */
    val minimumScore: Long,
    /** How many of the former passwords may not come back; 0. */
    val history: Long,
    /** Hours before a user may change the password again; 0. An administrator always may. */
    val minimumAgeHours: Long,
    /** Days after which the password must be changed; 0: never (NIST: no periodic change). */
    val maximumAgeDays: Long,
    /** Whether single users may be exempt from expiry or strength; yes. */
    val exemptionsAllowed: Boolean,
    /** Whether an administrator may choose or see a password at all; yes, and then it must be changed at once. */
    val administratorAllowed: Boolean,
    /** Hours for which a password that an administrator knows can be used; 72. */
    val administratorHours: Long,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("minimum_length", this@PasswordRules.minimumLength)
        put("minimum_length_with_factor", this@PasswordRules.minimumLengthWithFactor)
        put("maximum_length", this@PasswordRules.maximumLength)
        put("common_refused", this@PasswordRules.commonRefused)
        put("blocked", this@PasswordRules.blocked)
        put("context_words", this@PasswordRules.contextWords)
        put("minimum_score", this@PasswordRules.minimumScore)
        put("history", this@PasswordRules.history)
        put("minimum_age_hours", this@PasswordRules.minimumAgeHours)
        put("maximum_age_days", this@PasswordRules.maximumAgeDays)
        put("exemptions_allowed", this@PasswordRules.exemptionsAllowed)
        put("administrator_allowed", this@PasswordRules.administratorAllowed)
        put("administrator_hours", this@PasswordRules.administratorHours)
    }.toValue()

    public companion object {
        internal fun read(value: Value): PasswordRules = PasswordRules(
            value.field("minimum_length").toInteger(),
            value.field("minimum_length_with_factor").toInteger(),
            value.field("maximum_length").toInteger(),
            value.field("common_refused").toBoolean(),
            value.field("blocked").toList { x -> x.toText() },
            value.field("context_words").toList { x -> x.toText() },
            value.field("minimum_score").toInteger(),
            value.field("history").toInteger(),
            value.field("minimum_age_hours").toInteger(),
            value.field("maximum_age_days").toInteger(),
            value.field("exemptions_allowed").toBoolean(),
            value.field("administrator_allowed").toBoolean(),
            value.field("administrator_hours").toInteger(),
        )
    }
}

/** One step of a path from an actor to a right. */
public data class PathStep(
    /** From here … */
    val from: EntityId,
    /** … in this way … */
    val how: How,
    /** … to there. */
    val to: EntityId,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("from", this@PathStep.from)
        put("how", this@PathStep.how)
        put("to", this@PathStep.to)
    }.toValue()

    public companion object {
        internal fun read(value: Value): PathStep = PathStep(
            value.field("from").toText(),
            How.read(value.field("how")),
            value.field("to").toText(),
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

/** One public key: a JSON Web Key (RFC 7517). */
public data class PublicKey(
    /** The type of the key: `OKP` or `EC`. */
    val kty: String,
    /** The curve: `Ed25519` or `P-256`. */
    val crv: String,
    /** The key, or its first coordinate, in base 64 for URLs. */
    val x: String,
    /** Which key it is: its thumbprint (RFC 7638). */
    val kid: String,
    /** The algorithm: `EdDSA` or `ES256`. */
    val alg: String,
    /** What it is for: `sig`. */
    val use: String,
    /** The second coordinate of a key on `P-256`. */
    val y: String? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("kty", this@PublicKey.kty)
        put("crv", this@PublicKey.crv)
        put("x", this@PublicKey.x)
        put("kid", this@PublicKey.kid)
        put("alg", this@PublicKey.alg)
        put("use", this@PublicKey.use)
        put("y", this@PublicKey.y)
    }.toValue()

    public companion object {
        internal fun read(value: Value): PublicKey = PublicKey(
            value.field("kty").toText(),
            value.field("crv").toText(),
            value.field("x").toText(),
            value.field("kid").toText(),
            value.field("alg").toText(),
            value.field("use").toText(),
            value["y"]?.let { it.toText() },
        )
    }
}

/** A QR code as pictures. */
public data class QrCode(
    /** As SVG. */
    val svg: String,
    /** As PNG, base 64. */
    val png: String,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("svg", this@QrCode.svg)
        put("png", this@QrCode.png)
    }.toValue()

    public companion object {
        internal fun read(value: Value): QrCode = QrCode(
            value.field("svg").toText(),
            value.field("png").toText(),
        )
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

/** By what a source names another record. */
public sealed class ReferenceBy : ToValue {
    /** By the identifier that the source gives it. */
    public data object Identifier : ReferenceBy() {
        override fun toValue(): Value = Value.Text("identifier")
    }

    /** By the name that the source gives it, such as a distinguished name. */
    public data object Name : ReferenceBy() {
        override fun toValue(): Value = Value.Text("name")
    }

    /** By the value of an attribute of the record here, such as `code`. */
    public data class Attribute(val value: String) : ReferenceBy() {
        override fun toValue(): Value = Value.Object(mapOf("attribute" to valueOf(value)))
    }

    public companion object {
        internal fun read(value: Value): ReferenceBy {
            if (value == Value.Text("identifier")) return Identifier
            if (value == Value.Text("name")) return Name
            value["attribute"]?.let { return Attribute(it.toText()) }
            throw unexpected("ReferenceBy")
        }
    }
}

/** How far a person has come in signing up. */
public enum class Registration(public val word: String) : ToValue {
    /** Nothing to do: the account can be used. */
    COMPLETE("complete"),
    /** The account exists, nobody was invited yet. */
    NOT_INVITED("not_invited"),
    /** The account exists, and an invitation goes out with its creation. */
    INVITED("invited"),
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

/** Where passkeys belong to: the relying party of WebAuthn. */
public data class RelyingParty(
    /** The domain, such as `example.com`; passkeys work there and below, and cannot be moved to another one. */
    val rpId: String,
    /** The pages that may ask for passkeys, such as `https://login.example.com`; `http` for `localhost` only. */
    val origins: List<String>,
    /** What people read when they are asked; the domain when absent. */
    val rpName: String? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("rp_id", this@RelyingParty.rpId)
        put("origins", this@RelyingParty.origins)
        put("rp_name", this@RelyingParty.rpName)
    }.toValue()

    public companion object {
        internal fun read(value: Value): RelyingParty = RelyingParty(
            value.field("rp_id").toText(),
            value.field("origins").toList { x -> x.toText() },
            value["rp_name"]?.let { it.toText() },
        )
    }
}

/** When a field of a connector's configuration has to be filled in. */
public sealed class Required : ToValue {
    /** Always. */
    public data object Always : Required() {
        override fun toValue(): Value = Value.Text("always")
    }

    /** Never. */
    public data object Never : Required() {
        override fun toValue(): Value = Value.Text("never")
    }

    /** Only when all of these hold, and then it must be. */
    public data class When(val value: List<FieldIs>) : Required() {
        override fun toValue(): Value = Value.Object(mapOf("when" to valueOf(value)))
    }

    public companion object {
        internal fun read(value: Value): Required {
            if (value == Value.Text("always")) return Always
            if (value == Value.Text("never")) return Never
            value["when"]?.let { return When(it.toList { x -> FieldIs.read(x) }) }
            throw unexpected("Required")
        }
    }
}

/** What a user has to do before the session opens. */
public enum class RequiredAction(public val word: String) : ToValue {
    /** Set a new password. */
    CHANGE_PASSWORD("change_password"),
    /** Open the link that proves the e-mail address. */
    VERIFY_EMAIL("verify_email"),
    /** Enrol a second factor. */
    ENROL_FACTOR("enrol_factor"),
    /** Accept the present terms. */
    ACCEPT_TERMS("accept_terms"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): RequiredAction =
            entries.find { it.word == value.toText() } ?: throw unexpected("RequiredAction")
    }
}

/** What a password is reset to. */
public enum class ResetTo(public val word: String) : ToValue {
    /** What the policy for initial passwords produces. */
    INITIAL("initial"),
    /** A random one. */
    RANDOM("random"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): ResetTo =
            entries.find { it.word == value.toText() } ?: throw unexpected("ResetTo")
    }
}

/** What somebody decided about an object that waits. */
public sealed class Resolution : ToValue {
    /** It is none that is here: the next run creates one. */
    public data object Create : Resolution() {
        override fun toValue(): Value = Value.Text("create")
    }

    /** It is left alone from now on. */
    public data object Ignore : Resolution() {
        override fun toValue(): Value = Value.Text("ignore")
    }

    /** The next run tries again. */
    public data object Retry : Resolution() {
        override fun toValue(): Value = Value.Text("retry")
    }

    /** It is this record. */
    public data class Link(val value: EntityId) : Resolution() {
        override fun toValue(): Value = Value.Object(mapOf("link" to valueOf(value)))
    }

    public companion object {
        internal fun read(value: Value): Resolution {
            if (value == Value.Text("create")) return Create
            if (value == Value.Text("ignore")) return Ignore
            if (value == Value.Text("retry")) return Retry
            value["link"]?.let { return Link(it.toText()) }
            throw unexpected("Resolution")
        }
    }
}

/** Something of the host's own that a decision is about. */
public data class Resource(
    /** Its kind, such as `invoice`. */
    val kind: String,
    /** What target filters may ask about, by name. */
    val attributes: Map<String, Value> = mapOf(),
    /** The organizations that it belongs to: grants that act within an organization reach it by these. */
    val organizations: List<OrganizationId> = listOf(),
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("kind", this@Resource.kind)
        if (this@Resource.attributes.isNotEmpty()) put("attributes", this@Resource.attributes)
        if (this@Resource.organizations.isNotEmpty()) put("organizations", this@Resource.organizations)
    }.toValue()

    override fun toString(): String = "Resource(kind=${kind}, organizations=${organizations})"

    public companion object {
        internal fun read(value: Value): Resource = Resource(
            value.field("kind").toText(),
            value["attributes"]?.let { it.toMap { x -> x } } ?: mapOf(),
            value["organizations"]?.let { it.toList { x -> x.toText() } } ?: listOf(),
        )
    }
}

/** One right of somebody, with the path on which it reaches them. */
public data class Right(
    /** Where it comes from. */
    val source: RightSource,
    /** Gives or takes. */
    val effect: PrivilegeEffect,
    /** The kind; `*` for every kind. */
    val kind: String,
    /** The actions; `*` for every action. */
    val actions: List<String>,
    /** What may be done with attributes; `*` for those that are not named. */
    val attributes: Map<String, AttributeAccess>,
    /** It acts within these organizations only; empty for everywhere. */
    val within: List<EntityId>,
    /** How it reaches the actor. */
    val path: List<PathStep>,
    /** What is missing for it to have effect; empty when it has. */
    val missing: List<Unmet>,
    /** It acts on these records only. */
    val target: Value = Value.Null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("source", this@Right.source)
        put("effect", this@Right.effect)
        put("kind", this@Right.kind)
        put("actions", this@Right.actions)
        put("attributes", this@Right.attributes)
        put("within", this@Right.within)
        put("path", this@Right.path)
        put("missing", this@Right.missing)
        put("target", this@Right.target)
    }.toValue()

    override fun toString(): String = "Right(source=${source}, effect=${effect}, kind=${kind}, actions=${actions}, within=${within}, path=${path}, missing=${missing})"

    public companion object {
        internal fun read(value: Value): Right = Right(
            RightSource.read(value.field("source")),
            PrivilegeEffect.read(value.field("effect")),
            value.field("kind").toText(),
            value.field("actions").toList { x -> x.toText() },
            value.field("attributes").toMap { x -> AttributeAccess.read(x) },
            value.field("within").toList { x -> x.toText() },
            value.field("path").toList { x -> PathStep.read(x) },
            value.field("missing").toList { x -> Unmet.read(x) },
            value["target"]?.let { it } ?: Value.Null,
        )
    }
}

/** Where a right comes from. */
public enum class RightSourceFrom(public val word: String) : ToValue {
    /** A privilege of a role. */
    ROLE("role"),
    /** Owning an organization. */
    OWNER("owner"),
    /** Administering an organization. */
    ADMINISTRATOR("administrator"),
    /** Being the one whom the record is about. */
    ITSELF("itself"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): RightSourceFrom =
            entries.find { it.word == value.toText() } ?: throw unexpected("RightSourceFrom")
    }
}

/** Where a right comes from. */
public data class RightSource(
    /** Which one it is. */
    val from: RightSourceFrom,
    /** The role. */
    val role: EntityId? = null,
    /** The privilege's place in the role, from 0. */
    val privilege: Long? = null,
    /** The organization. */
    val organization: EntityId? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("from", this@RightSource.from)
        put("role", this@RightSource.role)
        put("privilege", this@RightSource.privilege)
        put("organization", this@RightSource.organization)
    }.toValue()

    public companion object {
        internal fun read(value: Value): RightSource = RightSource(
            RightSourceFrom.read(value.field("from")),
            value["role"]?.let { it.toText() },
            value["privilege"]?.let { it.toInteger() },
            value["organization"]?.let { it.toText() },
        )
    }
}

/** How risky the host takes an attempt to be: its hook into every sign-in. */
public enum class Risk(public val word: String) : ToValue {
    /** As usual. */
    NORMAL("normal"),
    /** A second factor is asked for, whatever the policy says. */
    ELEVATED("elevated"),
    /** Nobody gets in this way; the answer is that of a wrong password. */
    REFUSED("refused"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): Risk =
            entries.find { it.word == value.toText() } ?: throw unexpected("Risk")
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

/** Who would come and go if a role or group had another condition. */
public data class RuleDifference(
    /** How many would be selected who are not members by rule now. */
    val gainers: Long,
    /** How many members by rule would not be selected. */
    val losers: Long,
    /** The first gainers, by identifier. */
    val firstGainers: List<EntityId>,
    /** The first losers, by identifier. */
    val firstLosers: List<EntityId>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("gainers", this@RuleDifference.gainers)
        put("losers", this@RuleDifference.losers)
        put("first_gainers", this@RuleDifference.firstGainers)
        put("first_losers", this@RuleDifference.firstLosers)
    }.toValue()

    public companion object {
        internal fun read(value: Value): RuleDifference = RuleDifference(
            value.field("gainers").toInteger(),
            value.field("losers").toInteger(),
            value.field("first_gainers").toList { x -> x.toText() },
            value.field("first_losers").toList { x -> x.toText() },
        )
    }
}

/** What a run does. */
public enum class RunMode(public val word: String) : ToValue {
    /** Reads everything, and finds what vanished. */
    FULL("full"),
    /** Reads what changed since the last run; everything where the source cannot tell. */
    INCREMENTAL("incremental"),
    /** Reads what a filter selects; never finds what vanished. */
    FILTERED("filtered"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): RunMode =
            entries.find { it.word == value.toText() } ?: throw unexpected("RunMode")
    }
}

/** A secret in the clear. It is not kept as it is, and not shown again. */
public typealias Secret = String

/** How people register by themselves. It takes three things, and the module `customer_identity`. */
public data class SelfRegistration(
    /** Registration is switched on. */
    val enabled: Boolean,
    /** The sign-in page has a link to the registration. */
    val linked: Boolean,
    /** What has to be filled in; without a form nobody can register. */
    val form: List<FormField>,
    /** The type of those who register. */
    val userType: UserTypeId?,
    /** Whether a link is sent to verify the e-mail address. */
    val verifyEmail: Boolean,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("enabled", this@SelfRegistration.enabled)
        put("linked", this@SelfRegistration.linked)
        put("form", this@SelfRegistration.form)
        put("user_type", this@SelfRegistration.userType)
        put("verify_email", this@SelfRegistration.verifyEmail)
    }.toValue()

    public companion object {
        internal fun read(value: Value): SelfRegistration = SelfRegistration(
            value.field("enabled").toBoolean(),
            value.field("linked").toBoolean(),
            value.field("form").toList { x -> FormField.read(x) },
            value.field("user_type").orNull { x -> x.toText() },
            value.field("verify_email").toBoolean(),
        )
    }
}

/** A session that is open, or a sign-in under way. */
public data class Session(
    /** The session. */
    val id: SessionId,
    /** Who is signed in. */
    val user: UserId,
    /** How sure one may be of it: 1 for one factor, 2 for two, 3 for two of which one is hardware. */
    val assurance: Long,
    /** How the user proved to be the user. */
    val methods: List<String>,
    /** When the session began. */
    val openedAt: Instant,
    /** When the user last showed a proof. */
    val authenticatedAt: Instant,
    /** When it was last used, within a tenth of the idle time. */
    val usedAt: Instant,
    /** When it ends at the latest. */
    val expiresAt: Instant,
    /** The application. */
    val application: String?,
    /** The network address that it was opened from. */
    val address: String?,
    /** The device or browser, in its own words. */
    val agent: String?,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("id", this@Session.id)
        put("user", this@Session.user)
        put("assurance", this@Session.assurance)
        put("methods", this@Session.methods)
        put("opened_at", this@Session.openedAt)
        put("authenticated_at", this@Session.authenticatedAt)
        put("used_at", this@Session.usedAt)
        put("expires_at", this@Session.expiresAt)
        put("application", this@Session.application)
        put("address", this@Session.address)
        put("agent", this@Session.agent)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Session = Session(
            value.field("id").toText(),
            value.field("user").toText(),
            value.field("assurance").toInteger(),
            value.field("methods").toList { x -> x.toText() },
            value.field("opened_at").toMoment(),
            value.field("authenticated_at").toMoment(),
            value.field("used_at").toMoment(),
            value.field("expires_at").toMoment(),
            value.field("application").orNull { x -> x.toText() },
            value.field("address").orNull { x -> x.toText() },
            value.field("agent").orNull { x -> x.toText() },
        )
    }
}

/** The identifier of a record of the kind `session`. */
public typealias SessionId = String

/** Where a session comes from. */
public data class SessionOrigin(
    /** The network address that the user comes from. */
    val address: String? = null,
    /** The device or browser, in its own words. */
    val agent: String? = null,
    /** The application that the user signs in to. */
    val application: String? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("address", this@SessionOrigin.address)
        put("agent", this@SessionOrigin.agent)
        put("application", this@SessionOrigin.application)
    }.toValue()

    public companion object {
        internal fun read(value: Value): SessionOrigin = SessionOrigin(
            value["address"]?.let { it.toText() },
            value["agent"]?.let { it.toText() },
            value["application"]?.let { it.toText() },
        )
    }
}

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

/**
 * Sessions (NIST SP 800-63B-4, 5.2).
 *
 * As it counts: every rule is decided.
 */
public data class SessionRules(
    /** Minutes without a request after which a session ends; 60. */
    val idleMinutes: Long,
    /** Minutes after which a session ends whatever happens; 1440. */
    val absoluteMinutes: Long,
    /** Minutes for which an access token counts; 10. */
    val accessMinutes: Long,
    /** Sessions at the same time; 0: any number. */
    val maximum: Long,
    /** Minutes for which a proof counts as fresh, for what asks for a fresh one; 15. */
    val freshMinutes: Long,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("idle_minutes", this@SessionRules.idleMinutes)
        put("absolute_minutes", this@SessionRules.absoluteMinutes)
        put("access_minutes", this@SessionRules.accessMinutes)
        put("maximum", this@SessionRules.maximum)
        put("fresh_minutes", this@SessionRules.freshMinutes)
    }.toValue()

    public companion object {
        internal fun read(value: Value): SessionRules = SessionRules(
            value.field("idle_minutes").toInteger(),
            value.field("absolute_minutes").toInteger(),
            value.field("access_minutes").toInteger(),
            value.field("maximum").toInteger(),
            value.field("fresh_minutes").toInteger(),
        )
    }
}

/** The tokens of a session. This is the only time that they are shown. */
public data class SessionTokens(
    /** The session. */
    val session: Session,
    /** What names the session at each request: for a cookie or an `Authorization` header. */
    val token: Secret,
    /** When the token runs out, where a refresh token goes with it. */
    val tokenUntil: Instant?,
    /** What fetches the next tokens, once. */
    val refreshToken: Secret?,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("session", this@SessionTokens.session)
        put("token", this@SessionTokens.token)
        put("token_until", this@SessionTokens.tokenUntil)
        put("refresh_token", this@SessionTokens.refreshToken)
    }.toValue()

    override fun toString(): String = "SessionTokens(session=${session}, tokenUntil=${tokenUntil})"

    public companion object {
        internal fun read(value: Value): SessionTokens = SessionTokens(
            Session.read(value.field("session")),
            value.field("token").toText(),
            value.field("token_until").orNull { x -> x.toMoment() },
            value.field("refresh_token").orNull { x -> x.toText() },
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
    /** In which terms the status of users is told where a question does not say. */
    val statusView: StatusView,
    /** The form of positions. */
    val positionForm: List<FormField>,
    /** What blocking, disabling, locking, archiving and deleting do beyond themselves. */
    val statusEffects: Map<String, List<StatusEffect>>,
    /** Whether messages go out, by event name; absent means off. */
    val messages: Map<String, Boolean>,
    /**
     * Applications downstream that are told of users, organizations and positions, by a name of the host's choice;
     * each gets effects `provision.*` through the outbox.
     */
    val downstream: List<String>,
    /** Whether locks are passed on downstream, too (off). */
    val provisionLocks: Boolean,
    /** Texts of messages in the place of the built-in ones: by message type, then by language tag. */
    val messageTemplates: Map<String, Map<String, MessageTemplate>>,
    /** Where the links in messages lead to, by message type, with `{token}` for the token. */
    val messageLinks: Map<String, String>,
    /** Modules that are switched off: `lifecycle`, `bulk`, `search`, `self_registration`, …. */
    val featuresOff: List<String>,
    /**
     * Attributes of their own record that users may change themselves: contact data and preferences. Not the
     * e-mail address unless it is added: who changes it may be able to sign in by it.
     */
    val selfService: List<String>,
    /** How people sign in. */
    val signIn: SignInSettings,
    /** Whether and how people register by themselves. */
    val selfRegistration: SelfRegistration,
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
        put("status_view", this@Settings.statusView)
        put("position_form", this@Settings.positionForm)
        put("status_effects", this@Settings.statusEffects)
        put("messages", this@Settings.messages)
        put("downstream", this@Settings.downstream)
        put("provision_locks", this@Settings.provisionLocks)
        put("message_templates", this@Settings.messageTemplates)
        put("message_links", this@Settings.messageLinks)
        put("features_off", this@Settings.featuresOff)
        put("self_service", this@Settings.selfService)
        put("sign_in", this@Settings.signIn)
        put("self_registration", this@Settings.selfRegistration)
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
            StatusView.read(value.field("status_view")),
            value.field("position_form").toList { x -> FormField.read(x) },
            value.field("status_effects").toMap { x -> x.toList { y -> StatusEffect.read(y) } },
            value.field("messages").toMap { x -> x.toBoolean() },
            value.field("downstream").toList { x -> x.toText() },
            value.field("provision_locks").toBoolean(),
            value.field("message_templates").toMap { x -> x.toMap { y -> MessageTemplate.read(y) } },
            value.field("message_links").toMap { x -> x.toText() },
            value.field("features_off").toList { x -> x.toText() },
            value.field("self_service").toList { x -> x.toText() },
            SignInSettings.read(value.field("sign_in")),
            SelfRegistration.read(value.field("self_registration")),
        )
    }
}

/** The identifier of a record of the kind `shadow`. */
public typealias ShadowId = String

/** How an object of a source stands. */
public enum class ShadowState(public val word: String) : ToValue {
    /** Linked to a record. */
    LINKED("linked"),
    /** Somebody has to look: nobody can tell which record it is. */
    REVIEW("review"),
    /** What the source says could not be written; the next run tries again. */
    FAILED("failed"),
    /** Gone at the source. */
    MISSING("missing"),
    /** Left alone on purpose. */
    IGNORED("ignored"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): ShadowState =
            entries.find { it.word == value.toText() } ?: throw unexpected("ShadowState")
    }
}

/** A sign-in under way, for the host that helps with its next step. */
public data class SignInFlow(
    /** Who is signing in: the identifier and the first proof were right. */
    val user: UserId,
    /** The factors of which one has to be shown. */
    val factors: List<String>,
    /** What has to be done. */
    val actions: List<RequiredAction>,
    /** Until when. */
    val expiresAt: Instant,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("user", this@SignInFlow.user)
        put("factors", this@SignInFlow.factors)
        put("actions", this@SignInFlow.actions)
        put("expires_at", this@SignInFlow.expiresAt)
    }.toValue()

    public companion object {
        internal fun read(value: Value): SignInFlow = SignInFlow(
            value.field("user").toText(),
            value.field("factors").toList { x -> x.toText() },
            value.field("actions").toList { x -> RequiredAction.read(x) },
            value.field("expires_at").toMoment(),
        )
    }
}

/** What a user shows or does in the course of a sign-in. */
public enum class SignInProofKind(public val word: String) : ToValue {
    /** The code of a device (TOTP, HOTP). */
    CODE("code"),
    /** A recovery code. */
    RECOVERY_CODE("recovery_code"),
    /** A browser's answer to a challenge of `Acting::passkey_challenge`. */
    PASSKEY("passkey"),
    /** A new password instead of one that has to be changed. */
    NEW_PASSWORD("new_password"),
    /** The present terms are accepted. */
    ACCEPT_TERMS("accept_terms"),
    /** Something was done elsewhere: the e-mail address was verified, a factor was enrolled. */
    DONE("done"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): SignInProofKind =
            entries.find { it.word == value.toText() } ?: throw unexpected("SignInProofKind")
    }
}

/** What a user shows or does in the course of a sign-in. */
public data class SignInProof(
    /** Which one it is. */
    val kind: SignInProofKind,
    /** The code. */
    val code: Secret? = null,
    /** The answer, as JSON text: `JSON.stringify(credential)`. */
    val response: Secret? = null,
    /** The new password. */
    val password: Secret? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("kind", this@SignInProof.kind)
        put("code", this@SignInProof.code)
        put("response", this@SignInProof.response)
        put("password", this@SignInProof.password)
    }.toValue()

    override fun toString(): String = "SignInProof(kind=${kind})"

    public companion object {
        internal fun read(value: Value): SignInProof = SignInProof(
            SignInProofKind.read(value.field("kind")),
            value["code"]?.let { it.toText() },
            value["response"]?.let { it.toText() },
            value["password"]?.let { it.toText() },
        )
    }
}

/** How people sign in. */
public data class SignInSettings(
    /** The unique attributes of users by which they say who they are, in the order in which they are tried. */
    val identifiers: List<String>,
    /** How many failed attempts one identifier has. */
    val identifierLimit: AttemptLimit,
    /** How many failed attempts one network address has. */
    val addressLimit: AttemptLimit,
    /** How many failed attempts the whole realm has. */
    val realmLimit: AttemptLimit,
    /** Whether a blocked user who shows the right password is told so, or gets the answer of everybody else. */
    val answerBlocked: Boolean,
    /** Seconds in which a refresh token is taken once more, for answers that got lost; 0 to 60. */
    val refreshGraceSeconds: Long,
    /** Whether nobody gets in before the e-mail address was verified. */
    val requireVerifiedEmail: Boolean,
    /**
     * Names of the keys in the vault that sign access tokens: the first one signs, all of them verify. A name is
     * of a key for EdDSA; with `ES256:` in front, of one for ES256.
     */
    val signingKeys: List<String>,
    /** The version of the terms that have to be accepted before one gets in. */
    val terms: String?,
    /** Where passkeys belong to; absent: there are none. */
    val passkeys: RelyingParty?,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("identifiers", this@SignInSettings.identifiers)
        put("identifier_limit", this@SignInSettings.identifierLimit)
        put("address_limit", this@SignInSettings.addressLimit)
        put("realm_limit", this@SignInSettings.realmLimit)
        put("answer_blocked", this@SignInSettings.answerBlocked)
        put("refresh_grace_seconds", this@SignInSettings.refreshGraceSeconds)
        put("require_verified_email", this@SignInSettings.requireVerifiedEmail)
        put("signing_keys", this@SignInSettings.signingKeys)
        put("terms", this@SignInSettings.terms)
        put("passkeys", this@SignInSettings.passkeys)
    }.toValue()

    public companion object {
        internal fun read(value: Value): SignInSettings = SignInSettings(
            value.field("identifiers").toList { x -> x.toText() },
            AttemptLimit.read(value.field("identifier_limit")),
            AttemptLimit.read(value.field("address_limit")),
            AttemptLimit.read(value.field("realm_limit")),
            value.field("answer_blocked").toBoolean(),
            value.field("refresh_grace_seconds").toInteger(),
            value.field("require_verified_email").toBoolean(),
            value.field("signing_keys").toList { x -> x.toText() },
            value.field("terms").orNull { x -> x.toText() },
            value.field("passkeys").orNull { x -> RelyingParty.read(x) },
        )
    }
}

/** What a signed token says. */
public data class SignedClaims(
    /** The realm that it comes from. */
    val iss: String,
    /** The user. */
    val sub: UserId,
    /** For whom it is. */
    val aud: String,
    /** The session: whoever can ask back asks for it. */
    val sid: SessionId,
    /** When it was issued, in seconds since 1970. */
    val iat: Long,
    /** When it runs out, in seconds since 1970. */
    val exp: Long,
    /** How sure one may be of the user: `1`, `2` or `3`. */
    val acr: String,
    /** How the user proved to be the user. */
    val amr: List<String>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("iss", this@SignedClaims.iss)
        put("sub", this@SignedClaims.sub)
        put("aud", this@SignedClaims.aud)
        put("sid", this@SignedClaims.sid)
        put("iat", this@SignedClaims.iat)
        put("exp", this@SignedClaims.exp)
        put("acr", this@SignedClaims.acr)
        put("amr", this@SignedClaims.amr)
    }.toValue()

    public companion object {
        internal fun read(value: Value): SignedClaims = SignedClaims(
            value.field("iss").toText(),
            value.field("sub").toText(),
            value.field("aud").toText(),
            value.field("sid").toText(),
            value.field("iat").toInteger(),
            value.field("exp").toInteger(),
            value.field("acr").toText(),
            value.field("amr").toList { x -> x.toText() },
        )
    }
}

/** How far a sign-in has come. */
public enum class SignedInState(public val word: String) : ToValue {
    /** The session is open. */
    OPEN("open"),
    /** Something is still to be shown or done. */
    PENDING("pending"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): SignedInState =
            entries.find { it.word == value.toText() } ?: throw unexpected("SignedInState")
    }
}

/** How far a sign-in has come. */
public data class SignedIn(
    /** Which one it is. */
    val state: SignedInState,
    /** The session. */
    val session: Session? = null,
    /** What names the session at each request: for a cookie or an `Authorization` header. */
    val token: Secret? = null,
    /** When the token runs out, where a refresh token goes with it. */
    val tokenUntil: Instant? = null,
    /** What fetches the next tokens, once. */
    val refreshToken: Secret? = null,
    /** Names the sign-in at the next step. It changes with every step. */
    val flowToken: Secret? = null,
    /** The factors of which one has to be shown; empty when something has to be done instead. */
    val factors: List<String>? = null,
    /** What has to be done before the session opens. */
    val actions: List<RequiredAction>? = null,
    /** Until when the sign-in has to be finished. */
    val expiresAt: Instant? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("state", this@SignedIn.state)
        put("session", this@SignedIn.session)
        put("token", this@SignedIn.token)
        put("token_until", this@SignedIn.tokenUntil)
        put("refresh_token", this@SignedIn.refreshToken)
        put("flow_token", this@SignedIn.flowToken)
        put("factors", this@SignedIn.factors)
        put("actions", this@SignedIn.actions)
        put("expires_at", this@SignedIn.expiresAt)
    }.toValue()

    override fun toString(): String = "SignedIn(state=${state}, session=${session}, tokenUntil=${tokenUntil}, factors=${factors}, actions=${actions}, expiresAt=${expiresAt})"

    public companion object {
        internal fun read(value: Value): SignedIn = SignedIn(
            SignedInState.read(value.field("state")),
            value["session"]?.let { Session.read(it) },
            value["token"]?.let { it.toText() },
            value["token_until"]?.let { it.toMoment() },
            value["refresh_token"]?.let { it.toText() },
            value["flow_token"]?.let { it.toText() },
            value["factors"]?.let { it.toList { x -> x.toText() } },
            value["actions"]?.let { it.toList { x -> RequiredAction.read(x) } },
            value["expires_at"]?.let { it.toMoment() },
        )
    }
}

/** How a record of the source, its link and records here stand to each other. */
public enum class Situation(public val word: String) : ToValue {
    /** Linked, and the record is here. */
    CONFIRMED("confirmed"),
    /** Not linked; exactly one record here fits, and no other link of this source leads to it. */
    FOUND("found"),
    /** Not linked; the one record that fits is linked to another record of this source. */
    FOUND_ALREADY_LINKED("found_already_linked"),
    /** Not linked, and nothing here fits. */
    ABSENT("absent"),
    /** Not linked, and several fit, or none with enough confidence. */
    AMBIGUOUS("ambiguous"),
    /** Linked, but the record is no longer here. */
    TARGET_MISSING("target_missing"),
    /** Does not qualify any more, but is linked. */
    UNQUALIFIED("unqualified"),
    /** Does not qualify, and is not linked. */
    IGNORED("ignored"),
    /** Linked and here, but gone at the source. */
    SOURCE_MISSING("source_missing"),
    /** Gone at both ends; only the link is left. */
    ALL_GONE("all_gone"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): Situation =
            entries.find { it.word == value.toText() } ?: throw unexpected("Situation")
    }
}

/** A role or group that was not copied. */
public data class Skipped(
    /** The role or group. */
    val id: EntityId,
    /** Why: a code such as `access.denied`, `role.separation`, `inherited` or `held`. */
    val code: String,
    /** The reason in a sentence. */
    val reason: String,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("id", this@Skipped.id)
        put("code", this@Skipped.code)
        put("reason", this@Skipped.reason)
    }.toValue()

    override fun toString(): String = "Skipped(id=${id}, code=${code})"

    public companion object {
        internal fun read(value: Value): Skipped = Skipped(
            value.field("id").toText(),
            value.field("code").toText(),
            value.field("reason").toText(),
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

/** The identifier of a record of the kind `source`. */
public typealias SourceId = String

/** Whether a source may change anything. */
public enum class SourceMode(public val word: String) : ToValue {
    /** Runs show what they would do, and do nothing. Every new source starts so. */
    LOOK_ONLY("look_only"),
    /** Runs do what they say. */
    ACTIVE("active"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): SourceMode =
            entries.find { it.word == value.toText() } ?: throw unexpected("SourceMode")
    }
}

/** How what a source says becomes records. */
public data class SourceRules(
    /** Whether somebody is told when a run fails. */
    val alerts: Boolean = true,
    /** For each kind that the source has. */
    val kinds: Map<String, KindRules> = mapOf(),
    /** A record whose mapped values are what they were is not looked at further. */
    val onlyChanges: Boolean = true,
    /** Objects on a page. */
    val pageSize: Long = 500L,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        if (this@SourceRules.alerts != true) put("alerts", this@SourceRules.alerts)
        if (this@SourceRules.kinds.isNotEmpty()) put("kinds", this@SourceRules.kinds)
        if (this@SourceRules.onlyChanges != true) put("only_changes", this@SourceRules.onlyChanges)
        if (this@SourceRules.pageSize != 500L) put("page_size", this@SourceRules.pageSize)
    }.toValue()

    public companion object {
        internal fun read(value: Value): SourceRules = SourceRules(
            value["alerts"]?.let { it.toBoolean() } ?: true,
            value["kinds"]?.let { it.toMap { x -> KindRules.read(x) } } ?: mapOf(),
            value["only_changes"]?.let { it.toBoolean() } ?: true,
            value["page_size"]?.let { it.toInteger() } ?: 500L,
        )
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

/** How strongly a mapping holds. */
public enum class Strength(public val word: String) : ToValue {
    /** Fills in what is empty, and changes nothing that is there. */
    WEAK("weak"),
    /** Follows the source whenever its record changed. */
    NORMAL("normal"),
    /** Also brings back what somebody changed here, whenever the record is looked at. */
    STRONG("strong"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): Strength =
            entries.find { it.word == value.toText() } ?: throw unexpected("Strength")
    }
}

/** What a run does about one record. */
public enum class SyncAction(public val word: String) : ToValue {
    /** A record is created and linked. */
    CREATE("create"),
    /** The record is changed to what the source says, and linked. */
    UPDATE("update"),
    /** The record is linked and otherwise left alone. */
    LINK("link"),
    /** The link goes; the record stays. */
    UNLINK("unlink"),
    /** The record is disabled. */
    DISABLE("disable"),
    /** The record is disabled now, and deleted after the delay. */
    DISABLE_THEN_DELETE("disable_then_delete"),
    /** The record is deleted. */
    DELETE("delete"),
    /** Nothing is done before somebody has looked. */
    REVIEW("review"),
    /** It is noted. */
    REPORT("report"),
    /** Nothing. */
    IGNORE("ignore"),
    /**
     * An attribute of the record is emptied, or a list of references that the source gave. It is part of an
     * update; only thresholds name it.
     */
    CLEAR("clear"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): SyncAction =
            entries.find { it.word == value.toText() } ?: throw unexpected("SyncAction")
    }
}

/** What kind of record the objects of a source become. */
public enum class SyncKind(public val word: String) : ToValue {
    /** Organizations. */
    ORGANIZATION("organization"),
    /** Positions. */
    POSITION("position"),
    /** Groups. */
    GROUP("group"),
    /** Users. */
    USER("user"),
    /** Pairs of a member and what it is a member of, where a source keeps them apart from both. */
    MEMBERSHIP("membership"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): SyncKind =
            entries.find { it.word == value.toText() } ?: throw unexpected("SyncKind")
    }
}

/** The identifier of a record of the kind `sync_run`. */
public typealias SyncRunId = String

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
    /**
     * Whether the password is handed to the target in the clear whenever it is set: sealed, in the outbox, until
     * it was published or the time is over.
     */
    val publish: Boolean = false,
    /** Minutes for which it waits to be published; 60. */
    val publishMinutes: Long = 60L,
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
        if (this@TargetRules.publish != false) put("publish", this@TargetRules.publish)
        if (this@TargetRules.publishMinutes != 60L) put("publish_minutes", this@TargetRules.publishMinutes)
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
            value["publish"]?.let { it.toBoolean() } ?: false,
            value["publish_minutes"]?.let { it.toInteger() } ?: 60L,
            value["symbols"]?.let { it.toInteger() } ?: 0L,
            value["symbols_allowed"]?.let { it.toList { x -> x.toText() } } ?: listOf(),
            value["target"]?.let { it.toText() } ?: "",
            value["upper_case"]?.let { it.toInteger() } ?: 0L,
        )
    }
}

/** The identifier of a record of the kind `template`. */
public typealias TemplateId = String

/** How much of one action a single run may do. Both bounds hold. */
public data class Threshold(
    /** So many at most. */
    val count: Long? = null,
    /** So many of a hundred of the records that are linked when the run starts. */
    val percent: Long? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("count", this@Threshold.count)
        put("percent", this@Threshold.percent)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Threshold = Threshold(
            value["count"]?.let { it.toInteger() },
            value["percent"]?.let { it.toInteger() },
        )
    }
}

/** Tests that are made together. A tier that finds exactly one certain record is the last one asked. */
public data class Tier(
    /** The tests. */
    val correlators: List<Correlator>,
    /** From this confidence on a record is certain; below it somebody has to look. */
    val certain: Double = 1.0,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("correlators", this@Tier.correlators)
        if (this@Tier.certain != 1.0) put("certain", this@Tier.certain)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Tier = Tier(
            value.field("correlators").toList { x -> Correlator.read(x) },
            value["certain"]?.let { it.toNumber() } ?: 1.0,
        )
    }
}

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

/** What becomes of an enumerated value that the dictionary does not list. */
public enum class Unlisted(public val word: String) : ToValue {
    /** The record is set aside with the problem. */
    REFUSE("refuse"),
    /** It stays as it is. */
    KEEP("keep"),
    /** There is no value. */
    DROP("drop"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): Unlisted =
            entries.find { it.word == value.toText() } ?: throw unexpected("Unlisted")
    }
}

/** A fact that would have to be different. */
public enum class UnmetFact(public val word: String) : ToValue {
    /** The actor is deleted, locked, disabled, not registered, or outside of its validity. */
    INACTIVE("inactive"),
    /** The edge holds at another time only. */
    WINDOW("window"),
    /** The edge is suspended. */
    SUSPENDED("suspended"),
    /** The role holds at another time only. */
    ROLE_WINDOW("role_window"),
    /** Another role that the actor holds excludes the role. */
    EXCLUDED("excluded"),
    /** The grant to an organization does not go down the tree, or an organization on the way stops it. */
    NOT_INHERITED("not_inherited"),
    /** The organization or position is disabled, or the organization lies below such a one: it lends nothing. */
    DISABLED("disabled"),
    /** The account does not inherit the role or group: a switch of it is off, or their categories do not meet. */
    SWITCHED_OFF("switched_off"),
    /** The holder condition of a privilege does not hold for the actor. */
    HOLDER("holder"),
    /** The target lies outside of these organizations. */
    OUTSIDE("outside"),
    /** The target filter of a privilege does not match the target. */
    TARGET("target"),
    /** The right is about the actor's own record only. */
    NOT_SELF("not_self"),
    /** The target is of the same or a higher level. */
    LEVEL("level"),
    /** The target owns or administers the area, too. */
    SAME_RANK("same_rank"),
    /** The attribute is not open for it. */
    ATTRIBUTE("attribute"),
    /** The role is not held at all. */
    ROLE("role"),
    /** No role gives it. */
    NO_ROLE("no_role"),
    /** There is no such target. */
    NO_TARGET("no_target"),
    ;

    override fun toValue(): Value = Value.Text(word)

    public companion object {
        internal fun read(value: Value): UnmetFact =
            entries.find { it.word == value.toText() } ?: throw unexpected("UnmetFact")
    }
}

/** A fact that would have to be different. */
public data class Unmet(
    /** Which one it is. */
    val fact: UnmetFact,
    /** The account. */
    val user: EntityId? = null,
    /** The step. */
    val step: PathStep? = null,
    /** From when on. */
    val from: Instant? = null,
    /** Until when. */
    val until: Instant? = null,
    /** Why. */
    val reason: String? = null,
    /** The role that would give it. */
    val role: EntityId? = null,
    /** The role that excludes it. */
    val by: EntityId? = null,
    /** The organization. */
    val organization: EntityId? = null,
    /** The organization that stops it; absent when the grant itself does not go down. */
    val stoppedBy: EntityId? = null,
    /** The role or group. */
    val thing: EntityId? = null,
    /** The privilege's place in the role. */
    val privilege: Long? = null,
    /** The organizations. */
    val organizations: List<EntityId>? = null,
    /** The actor's level. */
    val actor: Long? = null,
    /** The identifier. */
    val target: Value = Value.Null,
    /** The attribute. */
    val attribute: String? = null,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("fact", this@Unmet.fact)
        put("user", this@Unmet.user)
        put("step", this@Unmet.step)
        put("from", this@Unmet.from)
        put("until", this@Unmet.until)
        put("reason", this@Unmet.reason)
        put("role", this@Unmet.role)
        put("by", this@Unmet.by)
        put("organization", this@Unmet.organization)
        put("stopped_by", this@Unmet.stoppedBy)
        put("thing", this@Unmet.thing)
        put("privilege", this@Unmet.privilege)
        put("organizations", this@Unmet.organizations)
        put("actor", this@Unmet.actor)
        put("target", this@Unmet.target)
        put("attribute", this@Unmet.attribute)
    }.toValue()

    override fun toString(): String = "Unmet(fact=${fact}, user=${user}, step=${step}, from=${from}, until=${until}, role=${role}, by=${by}, organization=${organization}, stoppedBy=${stoppedBy}, thing=${thing}, privilege=${privilege}, organizations=${organizations}, actor=${actor}, attribute=${attribute})"

    public companion object {
        internal fun read(value: Value): Unmet = Unmet(
            UnmetFact.read(value.field("fact")),
            value["user"]?.let { it.toText() },
            value["step"]?.let { PathStep.read(it) },
            value["from"]?.let { it.toMoment() },
            value["until"]?.let { it.toMoment() },
            value["reason"]?.let { it.toText() },
            value["role"]?.let { it.toText() },
            value["by"]?.let { it.toText() },
            value["organization"]?.let { it.toText() },
            value["stopped_by"]?.let { it.toText() },
            value["thing"]?.let { it.toText() },
            value["privilege"]?.let { it.toInteger() },
            value["organizations"]?.let { it.toList { x -> x.toText() } },
            value["actor"]?.let { it.toInteger() },
            value["target"]?.let { it } ?: Value.Null,
            value["attribute"]?.let { it.toText() },
        )
    }
}

/** Changes attributes of a user. Read-only attributes and those with a command of their own are refused by name. */
public data class UpdateUser(
    /** The user. */
    val user: UserId,
    /** New values; `null` removes one. */
    val attributes: Map<String, Value>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("user", this@UpdateUser.user)
        put("attributes", this@UpdateUser.attributes)
    }.toValue()

    override fun toString(): String = "UpdateUser(user=${user})"

    public companion object {
        internal fun read(value: Value): UpdateUser = UpdateUser(
            value.field("user").toText(),
            value.field("attributes").toMap { x -> x },
        )
    }
}

/** What an upkeep did. */
public data class Upkeep(
    /** Users disabled because their validity ended. */
    val expired: Long,
    /** Soft-deleted users purged because the retention period is over. */
    val purged: Long,
    /**
     * Sessions, links and counters removed because they had run out: links thirty days after their end, so that
     * whoever opens an old one is told why it cannot be used.
     */
    val swept: Long,
    /** Memberships that came or went because time passed, or because a change of a rule was interrupted. */
    val ruled: Long = 0L,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("expired", this@Upkeep.expired)
        put("purged", this@Upkeep.purged)
        put("swept", this@Upkeep.swept)
        if (this@Upkeep.ruled != 0L) put("ruled", this@Upkeep.ruled)
    }.toValue()

    public companion object {
        internal fun read(value: Value): Upkeep = Upkeep(
            value.field("expired").toInteger(),
            value.field("purged").toInteger(),
            value.field("swept").toInteger(),
            value["ruled"]?.let { it.toInteger() } ?: 0L,
        )
    }
}

/** What one user gains and loses. */
public data class UserAccessDifference(
    /** The user. */
    val user: EntityId,
    /** Rights that have effect afterwards and had none before. */
    val gained: List<Right>,
    /** Rights that had effect before and have none afterwards. */
    val lost: List<Right>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("user", this@UserAccessDifference.user)
        put("gained", this@UserAccessDifference.gained)
        put("lost", this@UserAccessDifference.lost)
    }.toValue()

    public companion object {
        internal fun read(value: Value): UserAccessDifference = UserAccessDifference(
            value.field("user").toText(),
            value.field("gained").toList { x -> Right.read(x) },
            value.field("lost").toList { x -> Right.read(x) },
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

/** What is wanted of one attribute of the account in a target. */
public data class WantedAttribute(
    /** Every wanted value, each once, in the order of the assignments' identifiers. */
    val values: List<Value>,
    /** The target's own values go; otherwise these are added to them. */
    val replace: Boolean,
    /** The assignments that want it. */
    val assignments: List<EntityId>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("values", this@WantedAttribute.values)
        put("replace", this@WantedAttribute.replace)
        put("assignments", this@WantedAttribute.assignments)
    }.toValue()

    override fun toString(): String = "WantedAttribute(replace=${replace}, assignments=${assignments})"

    public companion object {
        internal fun read(value: Value): WantedAttribute = WantedAttribute(
            value.field("values").toList { x -> x },
            value.field("replace").toBoolean(),
            value.field("assignments").toList { x -> x.toText() },
        )
    }
}

/** The wanted state of a person's accounts. */
public data class WantedState(
    /** The provisioning roles in effect. */
    val roles: List<EntityId>,
    /** The assignments that they carry. */
    val assignments: List<EntityId>,
    /** Mapping → attribute → what is wanted. */
    val wanted: Map<String, Map<String, WantedAttribute>>,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("roles", this@WantedState.roles)
        put("assignments", this@WantedState.assignments)
        put("wanted", this@WantedState.wanted)
    }.toValue()

    public companion object {
        internal fun read(value: Value): WantedState = WantedState(
            value.field("roles").toList { x -> x.toText() },
            value.field("assignments").toList { x -> x.toText() },
            value.field("wanted").toMap { x -> x.toMap { y -> WantedAttribute.read(y) } },
        )
    }
}

/** Users who can do something. */
public data class WhoCan(
    /** Who, in the order of identifiers. */
    val users: List<EntityId>,
    /** Everybody who can is listed; else there may be more. */
    val complete: Boolean,
) : ToValue {
    override fun toValue(): Value = Fields().apply {
        put("users", this@WhoCan.users)
        put("complete", this@WhoCan.complete)
    }.toValue()

    public companion object {
        internal fun read(value: Value): WhoCan = WhoCan(
            value.field("users").toList { x -> x.toText() },
            value.field("complete").toBoolean(),
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
    /** An owner of an organization would be a member of it or of something below it. */
    public const val ORGANIZATION_OWNER_IS_MEMBER: String = "organization.owner_is_member"
    /** An administrator of an organization has to belong to it. */
    public const val ORGANIZATION_ADMINISTRATOR_NOT_MEMBER: String = "organization.administrator_not_member"
    /** Nobody would own the organization, or anything above it, any more. */
    public const val ORGANIZATION_LAST_OWNER: String = "organization.last_owner"
    /** Two roles that are kept apart would be held by one person. */
    public const val ROLE_SEPARATION: String = "role.separation"
    /** A role that the role requires is not held. */
    public const val ROLE_PREREQUISITE: String = "role.prerequisite"
    /** More would hold the role than may, or fewer than must. */
    public const val ROLE_HOLDERS: String = "role.holders"
    /** The sign-in is refused. Why is in the audit trail only: whoever asks learns nothing about who exists. */
    public const val SIGN_IN_REFUSED: String = "sign_in.refused"
    /** Who signed in is who they say, and is blocked. */
    public const val SIGN_IN_BLOCKED: String = "sign_in.blocked"
    /** Too many attempts failed; `details` says when the next one is taken. */
    public const val SIGN_IN_THROTTLED: String = "sign_in.throttled"
    /** The sign-in that was under way has ended: it took too long, or too many steps failed. */
    public const val SIGN_IN_ENDED: String = "sign_in.ended"
    /** The session is unknown or has ended: signed out, too long idle, too old, revoked. */
    public const val SESSION_ENDED: String = "session.ended"
    /** The session's token has run out; its refresh token fetches the next one. */
    public const val SESSION_TOKEN_EXPIRED: String = "session.token_expired"
    /** The session is not assured enough for what is asked. */
    public const val SESSION_STEP_UP_NEEDED: String = "session.step_up_needed"
    /** The link is none of ours. */
    public const val LINK_UNKNOWN: String = "link.unknown"
    /** The link was used before. */
    public const val LINK_USED: String = "link.used"
    /** A newer link was sent instead. */
    public const val LINK_REPLACED: String = "link.replaced"
    /** The link has run out. */
    public const val LINK_EXPIRED: String = "link.expired"
    /** The link was revoked. */
    public const val LINK_REVOKED: String = "link.revoked"
    /** The user has not completed the sign-up yet. */
    public const val REGISTRATION_INCOMPLETE: String = "registration.incomplete"
    /** The user has completed the sign-up already. */
    public const val REGISTRATION_COMPLETE: String = "registration.complete"
    /** Nobody can register: `details` names what is missing. */
    public const val REGISTRATION_CLOSED: String = "registration.closed"
    /** The connector is not registered in this realm. */
    public const val CONNECTOR_MISSING: String = "connector.missing"
    /** The identity source cannot be reached or does not answer as it should. */
    public const val SOURCE_FAILED: String = "source.failed"
    /** The run is leased by another worker, or over. */
    public const val SYNC_LEASE: String = "sync.lease"
    /** A run would do more of one action than the source's thresholds allow. */
    public const val SYNC_THRESHOLD: String = "sync.threshold"
}
