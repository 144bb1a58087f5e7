import iam.*
import kotlinx.coroutines.runBlocking
import org.junit.Assert.*
import org.junit.Test

/** A connector to a list of people. */
private class Directory(val people: List<String>) : Connector {
    override val descriptor = ConnectorDescriptor(
        name = "people", title = "People", version = "1", capabilities = Capabilities(resume = true),
        fields = listOf(
            ConfigurationField(name = "place", label = "Place", required = Required.Always),
            ConfigurationField(name = "password", label = "Password", type = FieldType.SECRET),
        ),
    )

    override suspend fun open(configuration: Map<String, Value>, secrets: Map<String, String>): Connection {
        if (configuration["place"]?.text == "nowhere") {
            throw ConnectorException(ConnectorException.Kind.CONFIGURATION, "there is no such place", "place")
        }
        check(configuration["place"]?.text != "broken") { "a secret" }
        if (secrets["password"] != "open sesame") throw ConnectorException(ConnectorException.Kind.DENIED, "the password is wrong")
        return object : Connection {
            override suspend fun classes() = listOf(ObjectClass("people"))
            override suspend fun read(read: SourceRead, cursor: String?): Objects {
                val start = cursor?.toInt() ?: 0
                val end = minOf(start + read.pageSize.toInt(), people.size)
                val found = people.subList(start, end).map { SourceObject(it, mapOf("login" to it, "left" to null)) }
                return if (end < people.size) Objects(found, next = "$end") else Objects(found, presence = Presence.EVERYTHING)
            }
        }
    }
}

class WorkerTest {
    private val configuration = mapOf("place" to "here", "password" to "vault:hr")
    private val secrets = mapOf("hr" to "open sesame", "old" to "sesame")

    private suspend fun acting() = openDatabase(":memory:").acting("acme", "host:tests")

    @Test fun aConnectorPassesTheSuite() = runBlocking {
        val worker = acting().worker("one", listOf(Directory(List(25) { "user$it" })), secrets)
        assertEquals(listOf<String>(), worker.tryConnector("people", configuration, SyncKind.USER, least = 25))
        assertEquals(listOf(ObjectClass("people")), worker.check("people", configuration))
    }

    @Test fun aSourceIsLookedAtAndRun() = runBlocking {
        val acme = acting()
        val worker = acme.worker("one", listOf(Directory(listOf("alice", "bob"))), secrets)
        assertTrue(worker.install() > 0)
        val rules = SourceRules(
            kinds = mapOf(
                "user" to KindRules(objectClass = "people", mappings = listOf(AttributeMapping(to = "user_name", from = MapFrom.Attribute("login")))),
            ),
        )
        val source = acme.sources.create(name = "HR", connector = "people", configuration = configuration.mapValues { valueOf(it.value) }, rules = rules).id!!
        acme.sources.update(source = source, mode = SourceMode.ACTIVE)
        assertEquals(2L, worker.preview(source).counts["user"]?.get("created"))
        val run = acme.syncs.request(source = source).id!!
        assertEquals("succeeded", worker.run()?.state)
        assertEquals(2L, acme.users.count())
        assertNull(worker.run())
        assertTrue(worker.undo(run) > 0)
    }

    @Test fun whatAConnectorThrowsIsTold() = runBlocking {
        val worker = acting().worker("one", listOf(Directory(listOf())), secrets)
        for ((given, code, told) in listOf(
            Triple(configuration + ("password" to "vault:old"), "source.failed", "the password is wrong"),
            Triple(configuration + ("place" to "nowhere"), "input.invalid", "there is no such place"),
            Triple(configuration + ("place" to "broken"), "source.failed", "IllegalStateException"),
            Triple(mapOf("password" to "vault:hr"), "input.invalid", "place"),
        )) {
            try {
                worker.check("people", given)
                fail("$given")
            } catch (error: IamException) {
                assertEquals(code, error.code)
                assertTrue(error.problem.message, told in error.problem.message && "a secret" !in error.problem.message)
            }
        }
    }

    @Test fun messagesAndEffects() = runBlocking {
        val acme = acting()
        val sent = mutableListOf<Message>()
        val handled = mutableListOf<String>()
        val messenger = Messenger { message ->
            if (message.address == "later@example.com") throw DeliveryException("nobody answers")
            if (message.address == "never@example.com") throw DeliveryException("there is no such box", again = false)
            sent.add(message)
        }
        for (name in listOf("alice", "later", "never")) {
            acme.users.startEmailVerification(acme.users.create(userName = name, email = "$name@example.com").id!!)
        }
        acme.users.disable(acme.users.create(userName = "bob").id!!)
        val report = acme.worker("mail", messenger = messenger, handler = EffectHandler { work, _ -> handled.add(work.effect.name) }).deliver()
        assertEquals(listOf(2L, 1L, 1L), listOf(report.done, report.later, report.givenUp.size.toLong()))
        assertEquals(listOf("alice@example.com"), sent.map { it.address })
        assertEquals(listOf("sessions.revoke"), handled)
        assertFalse("alice" in "$sent")
    }
}
