package iam

import java.time.Instant
import java.util.Base64
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicLong

/** Why a source cannot be read; none of them means that something is gone. The text has no secret and nothing personal. */
public class ConnectorException(
    /** What happened. */
    public val kind: Kind,
    text: String,
    /** The field of the configuration that is wrong. */
    public val field: String = "",
    /** How long the source asks to wait. */
    public val seconds: Long = 0,
) : Exception(text) {
    /** What happened. */
    public enum class Kind(public val word: String) {
        UNREACHABLE("unreachable"), DENIED("denied"), CONFIGURATION("configuration"), THROTTLED("throttled"),
        TOKEN_EXPIRED("token_expired"), INCOMPLETE("incomplete"), MISUNDERSTOOD("protocol"), UNSUPPORTED("unsupported"),
    }
}

/** Why something was not done outside, and whether it may work later. The text has no secret and nothing personal. */
public class DeliveryException(text: String, public val again: Boolean = true) : Exception(text)

/** One object of a source. */
public class SourceObject(
    /** The identifier that never changes; two objects never share one, letter case counts. */
    public val identifier: String,
    /** Its attributes. Several values are a list; what is binary is base 64. */
    public val attributes: Map<String, Any?>,
    /** The name that it has now, such as a distinguished name; by it others may name it. */
    public val name: String? = null,
) : ToValue {
    override fun toValue(): Value = valueOf(mapOf("identifier" to identifier, "attributes" to attributes, "name" to name))
}

/** A class of objects that a source has. */
public data class ObjectClass(val name: String, val attributes: List<String> = listOf()) : ToValue {
    override fun toValue(): Value = valueOf(mapOf("name" to name, "attributes" to attributes))
}

/** What is read of a source: see the fields of the same names in the catalogue of the library. */
public data class SourceRead(
    val kind: SyncKind,
    val objectClass: String,
    val filter: String?,
    val attributes: List<String>,
    val since: String?,
    val pageSize: Long,
)

/** What a read says about objects that it does not name. */
public enum class Presence(public val word: String) { CHANGES("changes"), EVERYTHING("everything") }

/** One page of a source. */
public class Objects(
    /** Objects that are there. */
    public val objects: List<SourceObject> = listOf(),
    /** Where the next page is; `null` at the end, and only then. */
    public val next: String? = null,
    /** At the end: whether objects that the read did not name are gone, or as they were. */
    public val presence: Presence = Presence.CHANGES,
    /** Identifiers of objects that are there and as they were. */
    public val unchanged: List<String> = listOf(),
    /** Identifiers of objects that are gone. */
    public val deleted: List<String> = listOf(),
    /** Objects that could not be read, one line each. While there are any, nothing is taken for gone. */
    public val unreadable: List<String> = listOf(),
    /** At the end: where an incremental read goes on later. */
    public val token: String? = null,
) : ToValue {
    override fun toValue(): Value = valueOf(
        mapOf(
            "objects" to objects, "next" to next, "presence" to presence.word, "unchanged" to unchanged, "deleted" to deleted,
            "unreadable" to unreadable, "token" to token,
        ),
    )
}

/** A connection to a source. */
public interface Connection {
    /** The classes of objects there are. */
    public suspend fun classes(): List<ObjectClass>

    /** One page; the first one has no cursor. What it throws is the end of the read: what was not read is not known. */
    public suspend fun read(read: SourceRead, cursor: String?): Objects

    /** Signs out. */
    public suspend fun close() {}
}

/** Reads one kind of source. [Worker.tryConnector] runs the cases that every connector has to pass. */
public interface Connector {
    /** What it is called, which configuration it needs, what it can do. */
    public val descriptor: ConnectorDescriptor

    /** Connects and signs in: `secrets` has for each field of type `secret` the secret that the configuration names. */
    public suspend fun open(configuration: Map<String, Value>, secrets: Map<String, String>): Connection
}

/** A file that goes with a message. */
public class Attachment(public val name: String, public val mediaType: String, public val content: ByteArray)

/** A message that is ready to go, in the language of its reader. Its text shows neither address nor content. */
public class Message internal constructor(value: Value) {
    /** Names the message: the same one sent twice has the same key. */
    public val key: String = value.field("key").toText()
    public val realm: String = value.field("realm").toText()
    public val user: String = value.field("user").toText()
    /** `email` or `sms`. */
    public val channel: String = value.field("channel").toText()
    /** The e-mail address or phone number. */
    public val address: String = value.field("address").toText()
    /** How the user is called. */
    public val name: String = value.field("name").toText()
    /** Which template it was made of. */
    public val template: String = value.field("template").toText()
    /** The language of the text. */
    public val language: String = value.field("language").toText()
    /** The subject line; empty for SMS. */
    public val subject: String = value.field("subject").toText()
    public val text: String = value.field("text").toText()
    public val html: String? = value["html"]?.toText()
    public val attachments: List<Attachment> = value.field("attachments").toList {
        Attachment(it.field("name").toText(), it.field("media_type").toText(), Base64.getDecoder().decode(it.field("content").toText()))
    }

    override fun toString(): String = "Message($template, $language)"
}

/** Brings messages to people. Called at least once for each message: the key tells a repetition. */
public fun interface Messenger {
    /** Hands a message over to whoever carries it on; throws [DeliveryException] when that did not work. */
    public suspend fun deliver(message: Message)
}

/** Does what is asked outside besides messages. Called at least once: `work.effect.key` tells a repetition. */
public fun interface EffectHandler {
    /** Carries out an effect, with the secret that it carries; throws [DeliveryException] when that did not work. */
    public suspend fun handle(work: Work, secret: String?)
}

/** What a run did, or would do. */
public class RunReport internal constructor(value: Value) {
    /** `succeeded`, `partial`, `failed`, `stopped` or `cancelled`. */
    public val state: String = value.field("state").toText()
    /** It looked only: nothing was written. */
    public val lookOnly: Boolean = value.field("look_only").toBoolean()
    /** All that it wrote; with it the run can be undone. */
    public val changeSet: String = value.field("change_set").toText()
    /** What it did, by kind: `read`, `created`, `updated`, … */
    public val counts: Map<String, Map<String, Long>> = value.field("counts").field("kinds").toMap { kind -> kind.toMap { it.toInteger() } }
    /** What somebody should look at; 500 at most. */
    public val findings: List<Value> = value.field("findings").toList { it }
    /** Why it ended early. */
    public val problem: Problem? = value["problem"]?.let(::problemOf)
}

/** What a round of work did. */
public data class OutboxReport(
    /** Messages handed over and effects carried out. */
    val done: Long,
    /** Messages that were not to go: switched off, too late, without an address. */
    val dropped: Long,
    /** What did not work and is tried again. */
    val later: Long,
    /** What did not work and is given up, with the reason. No secret, nothing personal. */
    val givenUp: List<String>,
)

/** Asks the ports, for the native part. */
private class Ports(connectors: List<Connector>, val messenger: Messenger?, val handler: EffectHandler?) : HostPorts {
    private val connectors = connectors.associateBy { it.descriptor.name }
    private val connections = ConcurrentHashMap<Long, Connection>()
    private val last = AtomicLong()

    private suspend fun done(method: String, input: Value): Any? {
        val connection = input["connection"]?.let { connections.getValue(it.toInteger()) }
        when (method) {
            "open" -> {
                val connector = connectors.getValue(input.field("connector").toText())
                val opened = connector.open(input.field("configuration").toMap { it }, input.field("secrets").toMap { it.toText() })
                return last.incrementAndGet().also { connections[it] = opened }
            }
            "classes" -> return connection!!.classes()
            "read" -> {
                val read = input.field("read")
                val what = SourceRead(
                    SyncKind.read(read.field("kind")), read.field("object_class").toText(), read["filter"]?.toText(),
                    read.field("attributes").toList { it.toText() }, read["since"]?.toText(), read.field("page_size").toInteger(),
                )
                return connection!!.read(what, input["cursor"]?.toText())
            }
            "close" -> {
                connections.remove(input.field("connection").toInteger())
                connection!!.close()
            }
            "deliver" -> messenger?.deliver(Message(input))
            else -> handler?.handle(Work.read(input.field("effect")), input["secret"]?.toText())
        }
        return null
    }

    override suspend fun ask(method: String, input: Value): Value = try {
        valueOf(done(method, input))
    } catch (error: ConnectorException) {
        throw HostPortException.Failed(error.kind.word, error.message.orEmpty(), error.field, error.seconds.coerceAtLeast(0).toULong())
    } catch (error: DeliveryException) {
        throw HostPortException.Failed(if (error.again) "later" else "never", error.message.orEmpty(), "", 0uL)
    } catch (error: Exception) {
        // What it was may tell more than its caller should know: only its class is passed on.
        throw HostPortException.Failed("", error::class.simpleName.orEmpty(), "", 0uL)
    }
}

/** Runs identity sources and empties the outbox. Any number of processes may have one, each with a name of its own. */
public class Worker internal constructor(private val native: HostWorker) : AutoCloseable {
    private suspend fun call(operation: String, vararg input: Pair<String, Any?>): Value = native.call(operation, valueOf(mapOf(*input)))

    /** Registers the connectors in the realm, so that sources can be configured; gives how many were not yet. */
    public suspend fun install(): Long = call("install").toInteger()

    /** Connects with a configuration that is not saved yet, and tells what is there. */
    public suspend fun check(connector: String, configuration: Map<String, Any?> = mapOf()): List<ObjectClass> =
        call("check", "connector" to connector, "configuration" to configuration)
            .toList { ObjectClass(it.field("name").toText(), it.field("attributes").toList { each -> each.toText() }) }

    /** Looks what a full run would do now; nothing is written, not even that it was looked. */
    public suspend fun preview(source: String): RunReport = RunReport(call("preview", "source" to source))

    /** Asks for the runs that are due by the schedules of the sources; gives them. */
    public suspend fun schedule(): List<String> = call("schedule").toList { it.toText() }

    /** Carries out the next run that waits, or whose worker went silent; `null` when there is none. */
    public suspend fun run(): RunReport? = call("run").orNull(::RunReport)

    /** Takes back everything that a run did; the source looks only from then on. Gives how many commits were taken back. */
    public suspend fun undo(run: String): Long = call("undo", "run" to run).field("commits").toInteger()

    /** Forgets the runs that ended before a moment; gives how many. */
    public suspend fun forget(before: Instant): Long = call("forget", "before" to before).toInteger()

    /** Takes up to so many effects from the outbox and carries them out. Call it in a loop. */
    public suspend fun deliver(limit: Long = 100): OutboxReport = call("deliver", "limit" to limit).let { report ->
        OutboxReport(
            report.field("done").toInteger(), report.field("dropped").toInteger(), report.field("later").toInteger(),
            report.field("given_up").toList { it.toText() },
        )
    }

    /** The cases that every connector has to pass, on a source that does not change meanwhile; gives the faults. */
    public suspend fun tryConnector(
        connector: String,
        configuration: Map<String, Any?>,
        kind: SyncKind,
        objectClass: String = "",
        least: Long = 0,
    ): List<String> = call(
        "try_connector", "connector" to connector, "configuration" to configuration, "kind" to kind, "object_class" to objectClass,
        "least" to least,
    ).toList { it.toText() }

    override fun close(): Unit = native.close()
}

/**
 * What runs beside an app: identity sources are read, messages delivered.
 *
 * @param name the worker's name; no two that run at the same time have the same.
 * @param connectors your own, beside the built-in ones.
 * @param secrets secrets by the names that configurations have for them: `vault:hr` names the one called `hr`.
 * @param messenger delivers messages; without one they wait.
 * @param handler carries out other effects; without one they wait.
 */
public fun Acting.worker(
    name: String,
    connectors: List<Connector> = listOf(),
    secrets: Map<String, String> = mapOf(),
    messenger: Messenger? = null,
    handler: EffectHandler? = null,
): Worker {
    val parts = mapOf(
        "name" to name, "connectors" to connectors.map { it.descriptor }, "secrets" to secrets,
        "messenger" to (messenger != null), "handler" to (handler != null),
    )
    return Worker(HostWorker.open(this, valueOf(parts), Ports(connectors, messenger, handler)))
}
