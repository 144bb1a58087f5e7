import iam.*
import java.io.File
import java.time.Duration
import java.time.Instant
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.BeforeClass
import org.junit.Test

private suspend fun fresh(): Acting = openDatabase(":memory:").acting("acme", "host:tests")

class ClientTest {
    companion object {
        // Only this call compares the library with the generated part.
        @BeforeClass @JvmStatic fun matchingLibrary() = uniffiEnsureInitialized()
    }

    @Test fun theCorpusIsAnsweredByteForByte() = runBlocking { assertTrue(corpus() >= 18) }

    @Test fun theReadme() = runBlocking { readme() }

    @Test fun theStory() = runBlocking {
        val acme = fresh()
        val shown = acme.preview(Commands.users.create(userName = "alice", city = "Utica"))
        assertEquals("alice", shown.difference.records.single().label)
        assertEquals(0, acme.users.count())
        val done = acme.users.create(userName = "alice", city = "Utica", hiredOn = "2024-02-29")
        val id = done.id!!
        assertEquals("user.created", done.events.first().name)
        val alice = acme.users.get(id)
        assertEquals(listOf("alice", "Utica", Kind.USER, 1L), listOf(alice.text("user_name"), alice.text("city"), alice.kind, alice.version))
        val changed = acme.because("she moved").users.update(id, city = "Berlin", attributes = mapOf("hired_on" to Value.Null))
        assertEquals("Utica", acme.asOf(At.Revision(done.revision!!)).users.get(id).text("city"))
        assertEquals("2024-02-29", acme.users.get(id, At.Revision(done.revision!!)).text("hired_on"))
        assertNull(acme.users.get(id)["hired_on"])
        assertEquals(id, acme.users.findBy("user_name", "ALICE")?.id)
        val latest = acme.history.of(id).first()
        assertEquals("she moved", latest.reason)
        assertTrue(Duration.between(latest.at, Instant.now()).abs() < Duration.ofMinutes(1))
        assertTrue(acme.previewRollback(Undo.Revision(changed.revision!!)).conflicts.isEmpty())
        acme.rollback(Undo.Revision(changed.revision!!))
        assertEquals("Utica", acme.users.get(id).text("city"))
        assertTrue(acme.realms.doctor().findings.isEmpty())
        val head = acme.sealChain()!!
        assertTrue(acme.chain.verify(published = listOf(head)).breaks.isEmpty())
        assertEquals("user.updated", acme.events(done.revision!!).first().events.first().name)
    }

    @Test fun organizationsEdgesUnions() = runBlocking {
        val acme = fresh()
        val top = acme.organizations.create(name = "Acme").id!!
        val sales = acme.organizations.create(name = "Sales", parent = top).id!!
        val window = Window(until = Instant.parse("2999-01-01T00:00:00Z"))
        val alice = acme.users.create(userName = "alice", organizations = listOf(JoinOrganization(sales, "7", window))).id!!
        val edge = acme.edges.list(alice, Direction.FROM, Relation.MEMBER_OF).single()
        assertEquals(Triple(sales, window, listOf(EdgeOrigin.DIRECT)), Triple(edge.to, edge.window, edge.origins))
        assertEquals(sales, acme.organizations.tree().single().children.single().organization.id)
        acme.organizations.delete(top, Disposition.Detach)
        acme.users.lock(alice, reason = "test")
        assertEquals("enabled/locked", acme.users.status(alice, view = StatusView.MATRIX))
        acme.users.setManager(alice, null)
        Unit
    }

    @Test fun pages() = runBlocking {
        val acme = fresh()
        acme.batch((100..199).map { Commands.users.create(userName = "user$it", city = if (it % 2 == 0) "a" else "b") })
        val page = acme.users.search("city eq \"a\"", sort = listOf("-user_name"), limit = 20, total = true)
        assertEquals(Triple(20, 50L, "user198"), Triple(page.items.size, page.total, page.items.first().text("user_name")))
        val names = acme.users.all(sort = listOf("user_name"), pageSize = 7).map { it.text("user_name") }.toList()
        assertEquals((100..199).map { "user$it" }, names)
    }

    @Test fun errorsAreTyped() = runBlocking {
        val acme = fresh()
        val company = acme.organizations.create(name = "Acme").id!!
        val other = assertThrows(IamException.NotFound::class.java) { runBlocking { acme.users.get(company) } }
        assertEquals(Code.RECORD_NOT_FOUND to company, other.code to other.problem.subject)
        assertNull(acme.users.find(company))
        acme.users.create(userName = "alice")
        val refused = assertThrows(IamException.Invalid::class.java) {
            runBlocking { acme.users.create(userName = "alice", email = "nonsense") }
        }
        assertEquals(Code.INPUT_INVALID, refused.code)
        assertTrue(refused.problem.fields.any { it.field == "email" } && refused.problem.hint.isNotEmpty())
        assertTrue("input.invalid" in refused.toString())
        assertThrows(IamException.NotFound::class.java) { runBlocking { acme.users.get("user_00000000000000000000000000") } }
        assertEquals(listOf("email"), acme.validate(Commands.users.create(userName = "bob", email = "nonsense")).map { it.field })
        for (wrong in listOf(Value.Number(Double.NaN), Value.Items(listOf(Value.Number(Double.POSITIVE_INFINITY))), valueOf("\ud800"))) {
            assertThrows(IamException.Invalid::class.java) { runBlocking { acme.users.create(userName = "carol", attributes = mapOf("job" to wrong)) } }
        }
        assertThrows(IllegalArgumentException::class.java) { valueOf(Any()) }
        Unit
    }

    @Test fun nothingPersonalIsPrinted() = runBlocking {
        val acme = fresh()
        val id = acme.users.create(userName = "secretname", city = "secretcity").id!!
        val shown = listOf(
            acme.users.get(id), acme.users.search(), acme.history.of(id), Commands.users.create(userName = "secret"),
            acme.preview(Commands.users.update(id, city = "secrettown")).difference,
        )
        assertFalse("secret" in shown.toString())
    }

    @Test fun cancellation() = runBlocking {
        val acme = fresh()
        val job = launch { while (true) acme.users.count() }
        delay(50)
        job.cancelAndJoin()
        assertNull(withTimeoutOrNull(20) { while (true) acme.users.count() })
        val handle = Cancellation()
        handle.cancel()
        val stopped = assertThrows(IamException.Refused::class.java) { runBlocking { acme.call("upkeep", valueOf(mapOf<String, Value>()), handle) } }
        assertEquals(Code.OPERATION_CANCELLED, stopped.code)
        assertEquals(0, acme.users.count())
    }

    @Test fun manyAtOnce() = runBlocking {
        val acme = fresh()
        (0 until 1_000).map { async { acme.users.create(userName = "user$it") } }.awaitAll()
        assertEquals(1_000, acme.users.count())
    }

    /** Values of every form, broken texts, endless nesting: a typed error, never a crash. */
    @Test fun randomInputNeverBreaksAnything() = runBlocking {
        val acme = fresh()
        val drawn = kotlin.random.Random(7)
        val catalogue = valueOfJson(File(folder, "catalogue.json").readText())
        fun names(part: String) = catalogue[part]!!.list!!.map { it["name"]!!.text!! }
        val (commands, queries) = names("commands") to names("queries")
        val fields = listOf("id", "user", "kind", "attributes", "at", "filter", "user_name", "organization", "x")
        fun anything(depth: Int = 0): Value = when (drawn.nextInt(if (depth < 4) 8 else 5)) {
            0 -> Value.Text((0 until drawn.nextInt(8)).joinToString("") { listOf("a", " ", "\"", "\\", "\u0000", "ß", "\uD83D\uDE00", "\uD800", "\uDFFF").random(drawn) })
            1 -> Value.Integer(listOf(0L, -1L, 1L, Long.MAX_VALUE, Long.MIN_VALUE).random(drawn))
            2 -> Value.Number(listOf(0.5, 1e300, Double.NaN, Double.POSITIVE_INFINITY).random(drawn))
            3 -> listOf(Value.Null, Value.Boolean(true), Value.Boolean(false)).random(drawn)
            4 -> Value.Text(listOf("user_00000000000000000000000000", "now", "user", "all").random(drawn))
            5 -> Value.Items(List(drawn.nextInt(4)) { anything(depth + 1) })
            else -> Value.Object((0 until drawn.nextInt(5)).associate { fields.random(drawn) to anything(depth + 1) })
        }
        var (done, refused) = 0 to 0
        repeat(2_000) {
            val about = mutableMapOf<String, Value>()
            if (drawn.nextInt(10) < 7) for (name in listOf("id", "user", "kind", "attributes")) about[name] = anything()
            val command = drawn.nextBoolean()
            about[if (command) "command" else "query"] = Value.Text((if (command) commands else queries).random(drawn))
            try {
                acme.perform(if (command) "execute" else "ask", Value.Object(about))
                done++
            } catch (error: IamException) {
                assertFalse(error.toString(), error is IamException.Corrupt || error is IamException.Storage)
                refused++
            }
        }
        assertTrue("$done done, $refused refused", done > 0 && refused > 0)
        var deep: Value = Value.Null
        repeat(1_000) { deep = Value.Items(listOf(deep)) }
        for (wrong in listOf(deep, Value.Number(Double.NaN), Value.Text("\uD800"), Value.Object(mapOf("\uDC00" to Value.Null)))) {
            val attributes = mapOf("job" to wrong)
            val error = assertThrows(IamException.Invalid::class.java) { runBlocking { acme.users.create(userName = "x", attributes = attributes) } }
            assertTrue(error.code, error.problem.message != "" && error.problem.hint != "")
        }
        // Half of a surrogate pair, wherever a text goes.
        val half = "a\uD800"
        val decider = acme.decider()
        val everywhere = listOf<suspend () -> Any?>(
            { acme.because(half) }, { acme.signIn(half, "x") }, { acme.signIn("x", half) }, { acme.session(half) }, { acme.callText(half, "{}") },
            { acme.perform(half) }, { decider.can(half, "read", half) }, { acme.users.get(half) }, { openDatabase(half) }, { valueOfJson(half) },
        )
        for ((number, ask) in everywhere.withIndex()) {
            val error = assertThrows("$number", IamException.Invalid::class.java) { runBlocking { ask() } }
            assertEquals("$number", Code.INPUT_MALFORMED, error.code)
        }
        for (text in listOf("", "{", "[".repeat(100_000), "\"\\ud800\"", "1e999", "{\"command\":1}", "null")) {
            assertThrows(text.take(20), IamException.Invalid::class.java) { runBlocking { acme.callText("execute", text) } }
        }
        assertTrue(acme.realms.doctor().findings.isEmpty())
    }

    /** What crosses as plain arguments says what the general way says. */
    @Test fun signingInAndSessions() = runBlocking {
        val database = openDatabase(":memory:")
        val acme = database.acting("acme", "host:tests")
        val password = "correct horse battery staple"
        val alice = acme.users.create(userName = "alice").id!!
        acme.passwords.set(user = alice, password = password, mustChange = false)
        val opened = acme.signIn("alice", password, origin = SessionOrigin(agent = "test"), refresh = true, risk = Risk.NORMAL)
        assertEquals(SignedInState.OPEN to alice, opened.state to opened.session!!.user)
        assertTrue(opened.refreshToken != null && opened.tokenUntil!! <= opened.session!!.expiresAt)
        assertFalse(opened.token!! in opened.toString())
        val session = acme.session(opened.token!!)
        val said = acme.perform("session", valueOf(mapOf("token" to opened.token))).fields!!.filterValues { it != Value.Null }
        assertEquals(said, session.toValue().fields)
        assertEquals(Triple(1L, "test", null), Triple(session.assurance, session.agent, session.address))
        val wrong = assertThrows(IamException::class.java) { runBlocking { acme.signIn("alice", "wrong") } }
        assertEquals(Code.SIGN_IN_REFUSED, wrong.code)
        for (level in listOf(-1L, 300L)) assertThrows(IamException.Invalid::class.java) { runBlocking { acme.session(opened.token!!, level) } }
        acme.passwords.set(user = alice, password = "another battery of horses", mustChange = true)
        val waiting = acme.signIn("alice", "another battery of horses")
        val flow = acme.signInFlow(waiting.flowToken!!)
        assertEquals(SignedInState.PENDING to flow.actions, waiting.state to waiting.actions)
        assertEquals(flow.expiresAt, waiting.expiresAt)
        val denied = assertThrows(IamException.Denied::class.java) { runBlocking { database.acting("acme", alice).session(opened.token!!) } }
        assertEquals(Code.ACCESS_DENIED, denied.code)
    }

    @Test fun ports() = runBlocking {
        val broken = object : HostVault {
            override fun key(name: String): ByteArray = throw IllegalStateException("secret")
        }
        val locked = object : HostVault {
            override fun key(name: String): ByteArray = throw HostVaultException.Locked("no finger on the reader")
        }
        for (vault in listOf(broken, locked)) {
            val refused = assertThrows(IamException.Storage::class.java) { runBlocking { openDatabase(":memory:", vault = vault) } }
            assertEquals(Code.SEAL_UNREADABLE, refused.code)
            assertFalse("secret" in refused.toString())
        }
        val clock = FixedClock(Instant.parse("2026-01-01T00:00:00.000001Z"))
        val acme = openDatabase(":memory:", clock = clock).acting("acme", "system")
        val id = acme.users.create(userName = "alice").id!!
        assertEquals("2026-01-01T00:00:00.000001Z", acme.users.get(id).text("created_at"))
        acme.users.disable(id)
        val work = acme.lease("one", limit = 1).single()
        assertEquals(id to 0L, work.effect.subject to work.attempts)
        acme.settle("one", failed = listOf(Failure(work.number, "nobody answers", 0)))
        val again = acme.lease("two", limit = 1).single()
        assertEquals(work.number to 1L, again.number to again.attempts)
        acme.settle("two", done = listOf(again))
    }

    @Test fun closedHandlesSaySo() = runBlocking {
        val database = openDatabase(":memory:")
        database.close()
        assertThrows(IllegalStateException::class.java) { runBlocking { database.realm("acme") } }
        Unit
    }

    @Test fun whatTheCatalogueHasIsThere() {
        val catalogue = valueOfJson(File(folder, "catalogue.json").readText())
        fun names(part: String) = catalogue[part]!!.list!!.map { it["name"]!!.text }
        assertEquals(names("commands"), Commands.all)
        assertEquals(names("queries"), Queries.all)
    }
}
