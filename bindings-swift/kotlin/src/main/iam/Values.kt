package iam

import java.nio.charset.CharacterCodingException
import java.time.Instant
import java.time.format.DateTimeFormatter
import java.time.format.DateTimeFormatterBuilder
import java.time.temporal.ChronoField
import java.time.temporal.ChronoUnit

/** What can be said as a [Value]. */
public interface ToValue {
    public fun toValue(): Value
}

/** The text; `null` when it is something else. */
public val Value.text: String? get() = (this as? Value.Text)?.v1

/** The whole number; `null` when it is something else. */
public val Value.integer: Long? get() = (this as? Value.Integer)?.v1

/** The number, with or without a fraction; `null` when it is something else. */
public val Value.number: Double? get() = (this as? Value.Number)?.v1 ?: integer?.toDouble()

/** The truth value; `null` when it is something else. */
public val Value.boolean: Boolean? get() = (this as? Value.Boolean)?.v1

/** The items; `null` when it is something else. */
public val Value.list: List<Value>? get() = (this as? Value.Items)?.v1

/** The fields; `null` when it is something else. */
public val Value.fields: Map<String, Value>? get() = (this as? Value.Object)?.v1

/** A field of a structure; `null` when it is absent or nothing. */
public operator fun Value.get(name: String): Value? = fields?.get(name)?.takeUnless { it is Value.Null }

/**
 * The value of what Kotlin has for it: `null`, truth values, whole numbers, numbers, texts, moments, lists, sets, maps, and
 * the types of this package.
 */
public fun valueOf(given: Any?): Value = when (given) {
    null -> Value.Null
    is Value -> given
    is ToValue -> given.toValue()
    is String -> Value.Text(given)
    is Boolean -> Value.Boolean(given)
    is Int -> Value.Integer(given.toLong())
    is Long -> Value.Integer(given)
    is Double -> Value.Number(given)
    is Float -> Value.Number(given.toDouble())
    is Instant -> Value.Text(MOMENT.format(given))
    is FieldProblem -> valueOf(mapOf("field" to given.field, "code" to given.code, "message" to given.message))
    is Iterable<*> -> Value.Items(given.map(::valueOf))
    is Map<*, *> -> Value.Object(given.entries.associate { (name, value) -> name.toString() to valueOf(value) })
    else -> throw IllegalArgumentException("a ${given::class.simpleName} has no form as a value")
}

/** The fields of an input: what is `null` is not said at all. */
internal class Fields(given: Map<String, Value> = mapOf()) {
    private val fields = given.toMutableMap()

    fun put(name: String, given: Any?) {
        if (given != null && given != Value.Null) fields[name] = valueOf(given)
    }

    fun set(name: String, given: Any?) {
        fields[name] = valueOf(given)
    }

    fun with(name: String, given: Any?): Fields = Fields(fields).also { it.set(name, given) }

    fun toValue(): Value = Value.Object(fields.toMap())
}

/** Moments as the engine writes them: RFC 3339 in UTC with microseconds. */
private val MOMENT: DateTimeFormatter = DateTimeFormatterBuilder()
    .appendPattern("uuuu-MM-dd'T'HH:mm:ss").appendFraction(ChronoField.MICRO_OF_SECOND, 6, 6, true).appendLiteral('Z')
    .toFormatter().withZone(java.time.ZoneOffset.UTC)

/** Microseconds since 1970. */
internal fun micros(moment: Instant): Long = ChronoUnit.MICROS.between(Instant.EPOCH, moment)

internal fun moment(micros: Long): Instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS)

/** A text with half of a surrogate pair has no form in UTF-8, in which texts cross to the engine. */
internal inline fun <T> wellFormed(ask: () -> T): T = try {
    ask()
} catch (_: CharacterCodingException) {
    throw IamException.Invalid(
        Problem(
            Code.INPUT_MALFORMED, "invalid", "a text is not well-formed Unicode: it holds half of a surrogate pair",
            "compare the input with the schema of the command", null, listOf(), listOf(), false,
        ),
    )
}

/** The engine answered something else than its catalogue says. */
internal fun unexpected(type: String): IamException = IamException.Corrupt(
    Problem(
        "storage.corrupt", "corrupt", "the answer holds no $type", "use one version of the package and its native part",
        null, listOf(), listOf(), false,
    ),
)

internal fun Value.field(name: String): Value = fields?.get(name) ?: Value.Null
internal fun Value.toText(): String = text ?: throw unexpected("text")
internal fun Value.toInteger(): Long = integer ?: throw unexpected("whole number")
internal fun Value.toNumber(): Double = number ?: throw unexpected("number")
internal fun Value.toBoolean(): Boolean = boolean ?: throw unexpected("truth value")
internal fun Value.toMoment(): Instant = Instant.parse(toText())
internal fun <T> Value.toList(read: (Value) -> T): List<T> = (list ?: throw unexpected("list")).map(read)
internal fun <T> Value.toMap(read: (Value) -> T): Map<String, T> = (fields ?: throw unexpected("structure")).mapValues { read(it.value) }
internal fun <T> Value.orNull(read: (Value) -> T): T? = if (this is Value.Null) null else read(this)
