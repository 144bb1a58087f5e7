package iam

import java.time.Instant
import java.util.concurrent.atomic.AtomicLong
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** What it was, whichever family it belongs to. */
public val IamException.problem: Problem
    get() = when (this) {
        is IamException.Invalid -> problem
        is IamException.NotFound -> problem
        is IamException.Refused -> problem
        is IamException.Conflict -> problem
        is IamException.Denied -> problem
        is IamException.Limit -> problem
        is IamException.Storage -> problem
        is IamException.Corrupt -> problem
    }

/** The stable code, the same in every language. */
public val IamException.code: String get() = problem.code

internal fun problemOf(value: Value): Problem = Problem(
    value.field("code").toText(), value.field("kind").toText(), value.field("message").toText(), value.field("hint").toText(),
    value["subject"]?.toText(), value.field("fields").toList(::fieldProblemOf), value.field("details").toList { it.toText() },
    value.field("retry").toBoolean(),
)

/** What the engine says of an identifier that it does not know: the one of an organization is no user's. */
private fun absent(kind: Kind, id: String): IamException = IamException.NotFound(
    Problem(
        Code.RECORD_NOT_FOUND, "not_found", "there is no ${kind.word.replace('_', ' ')} with this identifier in the realm",
        "check the identifier and the realm", id, listOf(), listOf(), false,
    ),
)

internal fun fieldProblemOf(value: Value): FieldProblem =
    FieldProblem(value.field("field").toText(), value.field("code").toText(), value.field("message").toText())

/** The time of a host: for tests and simulations, for devices that get it from elsewhere. */
public class FixedClock(moment: Instant) : HostClock {
    private val micros = AtomicLong(micros(moment))

    /** The moment that it shows. */
    public var moment: Instant
        get() = moment(micros.get())
        set(value) = micros.set(micros(value))

    override fun now(): Long = micros.get()
}

/** The realms by name. */
public suspend fun Database.realms(): List<Record> = listRealms().toList(Record::read)

/** An actor in the realm with this name, which is created when there is none. */
public suspend fun Database.acting(realm: String, actor: String): Acting = actAs(realm(realm), actor)

/** Through which door a command came. */
public enum class Channel(public val word: String) { API("api"), IMPORT("import"), SYNC("sync"), TIMER("timer"), ROLLBACK("rollback") }

/** A command that is not carried out yet: `Commands.users.create(userName = "alice")`. */
public class Command internal constructor(
    /** The stable name, such as `user.create`. */
    public val name: String,
    internal val input: Fields,
) : ToValue {
    override fun toValue(): Value = input.with("command", name).toValue()
    override fun toString(): String = "Command($name)"
}

/** The state to read: now, after a commit, or at a moment. */
public sealed class At : ToValue {
    public data object Now : At() {
        override fun toValue(): Value = Value.Text("now")
    }

    public data class Revision(val revision: Long) : At() {
        override fun toValue(): Value = valueOf(mapOf("revision" to revision))
    }

    public data class Moment(val moment: Instant) : At() {
        override fun toValue(): Value = valueOf(mapOf("moment" to moment))
    }

    public companion object {
        internal fun read(value: Value): At =
            value["revision"]?.let { Revision(it.toInteger()) } ?: value["moment"]?.let { Moment(it.toMoment()) } ?: Now
    }
}

/** Which records: SCIM filter text such as `city eq "Utica"`, or the JSON tree of a condition. */
public data class Filter(val value: Value) : ToValue {
    public constructor(text: String) : this(Value.Text(text))

    override fun toValue(): Value = value

    public companion object {
        internal fun read(value: Value): Filter = Filter(value)
    }
}

/** The state of one thing at one version. Its text shows no attributes: they may be personal. */
public data class Record(
    /** Which thing. */
    val id: String,
    /** Its kind. */
    val kind: Kind,
    /** Counts the changes, from 1. */
    val version: Long,
    /** Its attributes by name; what is not set is not there. */
    val attributes: Map<String, Value>,
) : ToValue {
    /** An attribute's value; `null` when it is not set. */
    public operator fun get(name: String): Value? = attributes[name]

    /** An attribute's text; `null` when it is not set. */
    public fun text(name: String): String? = attributes[name]?.text

    override fun toValue(): Value = valueOf(mapOf("id" to id, "kind" to kind, "version" to version, "attributes" to attributes))
    override fun toString(): String = "Record($id version $version)"

    public companion object {
        internal fun read(value: Value): Record = Record(
            value.field("id").toText(), Kind.read(value.field("kind")), value.field("version").toInteger(),
            value.field("attributes").toMap { it },
        )
    }
}

/** One page of a list, in the order of the list. */
public data class Page(
    /** The records. */
    val items: List<Record>,
    /** The cursor of the page after this one. */
    val next: String?,
    /** The cursor of the page before this one. */
    val previous: String?,
    /** How many records match, when the search asked for it. */
    val total: Long?,
) : ToValue {
    override fun toValue(): Value = valueOf(mapOf("items" to items, "next" to next, "previous" to previous, "total" to total))
    override fun toString(): String = "Page(${items.size} records${if (next == null) "" else ", more follow"})"

    public companion object {
        internal fun read(value: Value): Page = Page(
            value.field("items").toList(Record::read), value["next"]?.toText(), value["previous"]?.toText(), value["total"]?.toInteger(),
        )
    }
}

/**
 * Performs an operation of the catalogue. A coroutine that is cancelled stops waiting; a command that was on its way is carried
 * out or refused as a whole.
 */
public suspend fun Acting.perform(operation: String, input: Value = Value.Object(mapOf())): Value = call(operation, input, null)

// What is asked at every request crosses as plain arguments.

internal suspend fun Acting.sessionPlainly(token: Secret, assurance: Long?): Session = session(plainSession(token, assurance ?: 0, null))

internal suspend fun Acting.signInPlainly(
    identifier: String,
    password: Secret,
    assurance: Long?,
    origin: SessionOrigin?,
    refresh: Boolean?,
    risk: Risk?,
): SignedIn {
    val answer = plainSignIn(
        identifier, password, assurance ?: 0, refresh ?: false, risk?.toValue(), origin?.address, origin?.agent, origin?.application, null,
    )
    return SignedIn(
        if (answer.session == null) SignedInState.PENDING else SignedInState.OPEN, answer.session?.let(::session), answer.token,
        answer.tokenUntil?.let(::moment), answer.refreshToken, answer.flowToken, answer.factors,
        answer.actions?.toList { RequiredAction.read(it) }, answer.expiresAt?.let(::moment),
    )
}

private fun session(plain: PlainSession): Session = Session(
    plain.id, plain.user, plain.assurance, plain.methods, moment(plain.openedAt), moment(plain.authenticatedAt), moment(plain.usedAt),
    moment(plain.expiresAt), plain.application, plain.address, plain.agent,
)

internal suspend fun Acting.ask(query: String, fields: Fields): Value = perform("ask", fields.with("query", query).toValue())

/** Carries out a command. */
public suspend fun Acting.execute(command: Command): Executed = Executed.read(perform("execute", command.toValue()))

/** Shows what a command would do; nothing is written. */
public suspend fun Acting.preview(command: Command): Preview = Preview.read(perform("preview", command.toValue()))

/** Lists every field that a command would be refused for; empty when it would pass. */
public suspend fun Acting.validate(command: Command): List<FieldProblem> =
    perform("validate", command.toValue()).toList(::fieldProblemOf)

/** Carries out commands in one commit, each seeing what those before it did. */
public suspend fun Acting.batch(commands: List<Command>, mode: BatchMode = BatchMode.ALL_OR_NOTHING): Batch =
    Batch.read(perform("batch", valueOf(mapOf("commands" to commands, "mode" to mode))))

/** Shows what commands would do in one commit, each after those before it; nothing is written. */
public suspend fun Acting.previewBatch(commands: List<Command>): Batch =
    Batch.read(perform("preview_batch", valueOf(mapOf("commands" to commands, "mode" to BatchMode.EACH))))

/** Undoes a commit, a change set or what an actor did, in one commit. */
public suspend fun Acting.rollback(undo: Undo, onConflict: OnConflict = OnConflict.REFUSE): Executed =
    Executed.read(perform("rollback", valueOf(mapOf("undo" to undo, "on_conflict" to onConflict))))

/** Shows what undoing would do; nothing is written. */
public suspend fun Acting.previewRollback(undo: Undo): RollbackPreview =
    RollbackPreview.read(perform("preview_rollback", valueOf(mapOf("undo" to undo))))

/** What happened after a revision, in order: no event is ever skipped, however many processes write. */
public suspend fun Acting.events(after: Long = 0, limit: Long = 100): List<Commit> =
    perform("events", valueOf(mapOf("after" to after, "limit" to limit))).toList(Commit::read)

/** Does what has fallen due: validities that end, retention periods that are over. */
public suspend fun Acting.upkeep(): Upkeep = Upkeep.read(perform("upkeep"))

/** Seals the audit trail up to now; gives the latest head, to keep elsewhere. */
public suspend fun Acting.sealChain(): ChainHead? = perform("seal_chain").orNull(ChainHead::read)

/** A fresh identifier for a change set. */
public suspend fun Acting.newChangeSet(): String = perform("new_change_set").toText()

/** A fresh identifier for a command. */
public suspend fun Acting.newCommandId(): String = perform("new_command_id").toText()

/**
 * Gives a worker what is to be done outside, over all realms: of each subject one thing at a time, in order. Nobody else gets it
 * for so many seconds; what is not settled by then is given out again.
 */
public suspend fun Acting.lease(worker: String, limit: Long = 100, seconds: Long = 60): List<Work> =
    perform("lease", valueOf(mapOf("worker" to worker, "limit" to limit, "seconds" to seconds))).toList(Work::read)

/** Notes what became of leased work. A worker whose lease has ended settles nothing. */
public suspend fun Acting.settle(worker: String, done: List<Work> = listOf(), failed: List<Failure> = listOf()) {
    perform("settle", valueOf(mapOf("worker" to worker, "done" to done.map { it.number }, "failed" to failed)))
}

/** Notes a reason in the audit trail. */
public fun Acting.because(reason: String): Acting = withManner(valueOf(mapOf("reason" to reason)))

/** Notes through which door it came. */
public fun Acting.through(channel: Channel): Acting = withManner(valueOf(mapOf("channel" to channel.word)))

/** Puts all that follows into a change set. */
public fun Acting.inChangeSet(changeSet: String): Acting = withManner(valueOf(mapOf("change_set" to changeSet)))

/** Gives the next command an identifier: sent twice, it is carried out once. */
public fun Acting.withCommandId(commandId: String): Acting = withManner(valueOf(mapOf("command_id" to commandId)))

/** The same actor, reading an earlier state. Nothing can be changed there. */
public fun Acting.asOf(at: At): Acting = withManner(valueOf(mapOf("at" to at)))

/** A noun that is a kind of record. */
public abstract class KindReads internal constructor(internal val acting: Acting, private val kind: Kind) {
    /** A record that exists and is not deleted. */
    public suspend fun get(id: String, at: At? = null): Record =
        acting.records.get(id, at).takeIf { it.kind == kind } ?: throw absent(kind, id)

    /** A record, soft-deleted ones included; `null` when there is none. */
    public suspend fun find(id: String, at: At? = null): Record? = acting.records.find(id, at)?.takeIf { it.kind == kind }

    /** The record that holds a unique name, in any letter case; `null` when nobody does. */
    public suspend fun findBy(attribute: String, value: String, at: At? = null): Record? =
        acting.records.findBy(kind, attribute, value, at)

    /**
     * One page of the records that match.
     *
     * @param sort names of attributes, with `-` in front for the greatest first.
     */
    public suspend fun search(
        filter: String? = null,
        sort: List<String> = listOf(),
        limit: Long? = null,
        cursor: String? = null,
        total: Boolean = false,
        deleted: Deleted? = null,
        at: At? = null,
    ): Page = acting.records.search(
        kind = kind,
        filter = filter?.let { Filter(it) },
        sort = sort.map { Sort(it.removePrefix("-"), it.startsWith("-")) },
        limit = limit,
        cursor = cursor,
        total = total,
        deleted = deleted,
        at = at,
    )

    /** Every record that matches, read page by page. */
    public fun all(filter: String? = null, sort: List<String> = listOf(), pageSize: Long = 500, at: At? = null): Flow<Record> = flow {
        var cursor: String? = null
        do {
            val page = search(filter, sort, pageSize, cursor, at = at)
            page.items.forEach { emit(it) }
            cursor = page.next
        } while (cursor != null)
    }

    /** How many records match. */
    public suspend fun count(filter: String? = null, at: At? = null): Long =
        acting.records.count(kind = kind, filter = filter?.let { Filter(it) }, at = at)
}
