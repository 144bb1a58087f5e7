import iam.*
import java.io.File
import java.nio.ByteBuffer
import java.security.MessageDigest
import java.time.Duration
import java.time.Instant
import java.util.concurrent.atomic.AtomicLong

internal val folder: String = System.getenv("IAM_CORPUS") ?: error("set IAM_CORPUS")

private fun sha256(bytes: ByteArray): ByteArray = MessageDigest.getInstance("SHA-256").digest(bytes)

/** Draws the same, one after the other. */
internal class CountedEntropy : HostEntropy {
    private val drawn = AtomicLong()
    override fun seed(): ByteArray = sha256(ByteBuffer.allocate(16).putLong(1).putLong(drawn.getAndIncrement()).array())
}

/** Has a key that everybody knows. */
internal class KnownVault : HostVault {
    override fun key(name: String): ByteArray = sha256(name.toByteArray())
}

private val VERBS =
    "execute preview what_if rollback mark now advance_days get list pages edges tree history audit upkeep ask call".split(" ")

private fun value(vararg fields: Pair<String, Any?>): Value = valueOf(mapOf(*fields))

/** One scenario through the neutral interface: `iam-core/scenarios/README.md`. */
internal class Run(private val file: String, private val scenario: Value) {
    private val clock = FixedClock(Instant.parse("2026-01-01T00:00:00Z"))
    private lateinit var database: Database
    private lateinit var realm: String
    private val names = mutableMapOf<String, String>()
    private val marks = mutableMapOf<String, Long>()
    private val drawn = mutableMapOf<String, String>()
    private val written = StringBuilder()
    private var here = ""

    suspend fun transcript(address: String): String {
        database = openDatabase(address, clock = clock, entropy = CountedEntropy(), vault = KnownVault())
        database.use {
            realm = database.realm("acme")
            scenario["now"]?.text?.let { clock.moment = Instant.parse(it) }
            for (part in listOf("given", "when", "then")) {
                scenario[part]?.list.orEmpty().forEachIndexed { number, step ->
                    here = "$file $part ${number + 1}"
                    step(step)
                }
            }
            here = "$file end 1"
            val acting = database.actAs(realm, "host:scenario")
            call(acting, Value.Null, "ask", value("query" to "realm.doctor"))
            call(acting, Value.Null, "seal_chain", value())
            call(acting, Value.Null, "ask", value("query" to "chain.verify"))
        }
        return written.toString()
    }

    private suspend fun call(acting: Acting, step: Value, operation: String, input: Value): Value? {
        val expected = step["refused"]?.let { it.text ?: it["code"]?.text }
        try {
            val answer = acting.callText(operation, jsonOfValue(input))
            written.append("$here $operation\n$answer\n")
            check(expected == null) { "$here: expected $expected" }
            return valueOfJson(answer)
        } catch (error: IamException) {
            val it = error.problem
            val view = value(
                "code" to it.code, "kind" to it.kind, "message" to it.message, "hint" to it.hint, "subject" to it.subject,
                "fields" to it.fields, "details" to it.details, "retry" to it.retry,
            )
            written.append("$here $operation\n! ${jsonOfValue(view)}\n")
            check(it.code == expected) { "$here: ${it.message}" }
            return null
        }
    }

    private fun filled(given: Value): Value = when (given) {
        is Value.Text -> Value.Text(names.entries.fold(given.v1) { text, (name, id) -> text.replace("\${$name}", id) })
        is Value.Items -> Value.Items(given.v1.map(::filled))
        is Value.Object -> Value.Object(given.v1.mapValues { filled(it.value) })
        else -> given
    }

    private suspend fun draw(acting: Acting, operation: String, name: String): String =
        drawn["$operation $name"] ?: call(acting, Value.Null, operation, value())!!.text!!.also { drawn["$operation $name"] = it }

    private suspend fun acting(step: Value): Acting {
        val realm = step["realm"]?.text?.let { database.realm(it) } ?: realm
        val name = step["actor"]?.text ?: "scenario"
        val actor = if (name == "system" || name.startsWith("\${")) filled(Value.Text(name)).text!! else "host:$name"
        var acting = database.actAs(realm, actor)
        val changeSet = step["change_set"]?.text?.let { draw(acting, "new_change_set", it) }
        val commandId = step["command_id"]?.text?.let { draw(acting, "new_command_id", it) }
        step["because"]?.text?.let { acting = acting.because(it) }
        step["through"]?.text?.let { word -> acting = acting.through(Channel.entries.first { it.word == word }) }
        changeSet?.let { acting = acting.inChangeSet(it) }
        commandId?.let { acting = acting.withCommandId(it) }
        step["at"]?.text?.let { at ->
            val mark = marks[at]
            acting = if (mark != null) acting.asOf(At.Revision(mark)) else acting.asOf(At.Moment(Instant.parse(at)))
        }
        return acting
    }

    private suspend fun step(step: Value) {
        val acting = acting(step)
        val verb = VERBS.find { step.fields!!.containsKey(it) } ?: error("$here: a step does one of $VERBS")
        val what = filled(step.fields!![verb]!!)
        suspend fun ask(query: String, vararg fields: Pair<String, Any?>): Value? =
            call(acting, step, "ask", value("query" to query, *fields))
        when (verb) {
            "execute", "preview", "ask" -> keep(step, call(acting, step, verb, what))
            "call" -> keep(step, call(acting, step, what.text!!, filled(step["input"] ?: value())))
            "upkeep" -> call(acting, step, "upkeep", value())
            "what_if" -> call(acting, step, "preview_batch", value("commands" to what))
            "rollback" -> {
                val undo = what["commit"]?.text?.let { value("revision" to marks[it]) }
                    ?: what["change_set"]?.text?.let { value("change_set" to drawn["new_change_set $it"]) } ?: what
                call(acting, step, "rollback", value("undo" to undo, "on_conflict" to (step["on_conflict"] ?: "refuse")))
            }
            "mark" -> {
                val rows = ask("audit.list", "newest_first" to true, "limit" to 1)?.list.orEmpty()
                marks[what.text!!] = rows.firstOrNull()?.get("revision")?.integer ?: 0
            }
            "now" -> clock.moment = Instant.parse(what.text!!)
            "advance_days" -> clock.moment += Duration.ofDays(what.integer!!)
            "get" -> {
                ask("record.get", "id" to what)
                for (view in listOf("customer", "lifecycle", "matrix")) {
                    if (step["is"]?.fields?.containsKey("status.$view") == true) ask("user.status", "user" to what, "view" to view)
                }
            }
            "list", "pages" -> {
                val fields = what.fields!!.toMutableMap()
                fields.remove("where")?.let { fields["filter"] = it }
                do {
                    val next = ask("record.search", *fields.toList().toTypedArray())?.get("next")?.takeIf { verb == "pages" }
                    next?.let { fields["cursor"] = it }
                } while (next != null)
            }
            "edges" -> ask("edge.list", "id" to what, "direction" to (step["direction"] ?: "from"), "relation" to step["relation"])
            "tree" -> if (what == Value.Null) ask("organization.tree") else ask("organization.tree", "organization" to what)
            "history" -> ask("history.of", "id" to what)
            else -> ask("audit.list", "newest_first" to true, "limit" to what)
        }
    }

    private fun keep(step: Value, answer: Value?) {
        if (answer == null) return
        val name = step["as"]?.text
        val id = answer["id"]?.text
        if (name != null && id != null) names[name] = id
        val mark = step["mark_as"]?.text
        val revision = answer["revision"]?.integer
        if (mark != null && revision != null) marks[mark] = revision
        for ((text, place) in step["keep"]?.fields.orEmpty()) {
            val found = place.text!!.split("/").drop(1).fold(answer) { inner: Value, key ->
                inner.list?.get(key.toInt()) ?: inner[key]!!
            }
            names[text] = found.text!!
        }
    }
}

/** Runs every scenario in memory and in a file; gives how many. */
internal suspend fun corpus(): Int {
    val files = File(folder, "scenarios").listFiles()!!.filter { it.extension == "json" }.sorted()
    for (path in files) {
        val name = path.nameWithoutExtension
        val expected = File(folder, "transcripts/$name.txt").readText()
        val place = kotlin.io.path.createTempDirectory("iam").toFile()
        for (address in listOf(":memory:", File(place, "people.db").path)) {
            val found = Run(name, valueOfJson(path.readText())).transcript(address)
            check(found == expected) {
                val lines = found.lines().zip(expected.lines()).first { (one, other) -> one != other }
                "$name ($address):\n  expected ${lines.second}\n  found    ${lines.first}"
            }
        }
        place.deleteRecursively()
    }
    return files.size
}
