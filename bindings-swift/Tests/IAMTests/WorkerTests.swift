import Foundation
import IAM
import Testing

/// A connection to a list of people.
struct People: Connection {
    let people: [String]
    func classes() async throws -> [ObjectClass] { [ObjectClass("people")] }
    func read(_ read: SourceRead, cursor: String?) async throws -> Objects {
        let start = Int(cursor ?? "0") ?? 0
        let end = min(start + read.pageSize, people.count)
        let found = people[start..<end].map { SourceObject($0, attributes: ["login": .text($0), "left": .null]) }
        return end < people.count ? Objects(found, next: String(end)) : Objects(found, presence: .everything)
    }
}

struct Unforeseen: Error {}

/// A connector to a list of people.
struct Directory: Connector {
    let people: [String]
    let descriptor = ConnectorDescriptor(
        name: "people", title: "People", version: "1", capabilities: Capabilities(resume: true),
        fields: [
            ConfigurationField(name: "place", label: "Place", required: .always),
            ConfigurationField(name: "password", label: "Password", type: .secret),
        ])

    func open(_ configuration: [String: Value], secrets: [String: String]) async throws -> any Connection {
        if configuration["place"] == "nowhere" { throw ConnectorError(.configuration, "there is no such place", field: "place") }
        if configuration["place"] == "broken" { throw Unforeseen() }
        guard secrets["password"] == "open sesame" else { throw ConnectorError(.denied, "the password is wrong") }
        return People(people: people)
    }
}

actor Post: Messenger, EffectHandler {
    var sent: [Message] = []
    var handled: [String] = []
    func deliver(_ message: Message) async throws {
        if message.address == "later@example.com" { throw DeliveryError("nobody answers") }
        if message.address == "never@example.com" { throw DeliveryError("there is no such box", again: false) }
        sent.append(message)
    }
    func handle(_ work: Work, secret: String?) async throws { handled.append(work.effect.name) }
}

@Suite struct WorkerTests {
    let configuration: [String: Value] = ["place": "here", "password": "vault:hr"]
    let secrets = ["hr": "open sesame", "old": "sesame"]

    func acting() async throws -> Acting { try await openDatabase(address: ":memory:").acting(in: "acme", as: "host:tests") }

    @Test func aConnectorPassesTheSuite() async throws {
        let people = (0..<25).map { "user\($0)" }
        let worker = try await acting().worker("one", connectors: [Directory(people: people)], secrets: secrets)
        #expect(try await worker.tryConnector("people", configuration: configuration, kind: .user, least: 25) == [])
        #expect(try await worker.check("people", configuration: configuration) == [ObjectClass("people")])
    }

    @Test func aSourceIsLookedAtAndRun() async throws {
        let acme = try await acting()
        let worker = try acme.worker("one", connectors: [Directory(people: ["alice", "bob"])], secrets: secrets)
        #expect(try await worker.install() > 0)
        let rules = SourceRules(kinds: [
            "user": KindRules(mappings: [AttributeMapping(to: "user_name", from: .attribute("login"))], objectClass: "people")
        ])
        let source = try #require(
            try await acme.sources.create(name: "HR", connector: "people", configuration: configuration, rules: rules).id)
        try await acme.sources.update(source, mode: .active)
        #expect(try await worker.preview(source).counts["user"]?["created"] == 2)
        let run = try #require(try await acme.syncs.request(source: source).id)
        #expect(try await worker.run()?.state == "succeeded")
        #expect(try await acme.users.count() == 2)
        #expect(try await worker.run() == nil)
        #expect(try await worker.undo(run) > 0)
    }

    @Test(arguments: [
        (["place": "here", "password": "vault:old"], "source.failed", "the password is wrong"),
        (["place": "nowhere", "password": "vault:hr"], "input.invalid", "there is no such place"),
        (["place": "broken", "password": "vault:hr"], "source.failed", "Unforeseen"),
        (["password": "vault:hr"], "input.invalid", "place"),
    ] as [([String: Value], String, String)])
    func whatAConnectorThrowsIsTold(given: [String: Value], code: String, told: String) async throws {
        let worker = try await acting().worker("one", connectors: [Directory(people: [])], secrets: secrets)
        do {
            _ = try await worker.check("people", configuration: given)
            Issue.record("not refused")
        } catch let error as IamError {
            #expect(error.code == code && error.description.contains(told), "\(error)")
        }
    }

    @Test func messagesAndEffects() async throws {
        let acme = try await acting()
        let post = Post()
        for name in ["alice", "later", "never"] {
            let id = try #require(try await acme.users.create(userName: name, email: "\(name)@example.com").id)
            try await acme.users.startEmailVerification(id)
        }
        try await acme.users.disable(try #require(try await acme.users.create(userName: "bob").id))
        let report = try await acme.worker("mail", messenger: post, handler: post).deliver()
        #expect(report.done == 2 && report.later == 1 && report.givenUp.count == 1)
        #expect(await post.sent.map(\.address) == ["alice@example.com"])
        #expect(await post.handled == ["sessions.revoke"])
        #expect(await !"\(post.sent)".contains("alice"))
    }
}
