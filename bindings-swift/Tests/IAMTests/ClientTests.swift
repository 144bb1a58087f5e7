import Foundation
import IAM
import Testing

func fresh(_ name: String = "acme") async throws -> Acting {
    try await openDatabase(address: ":memory:").acting(in: name, as: "host:tests")
}

@Suite struct ClientTests {
    @Test func theStory() async throws {
        let acme = try await fresh()
        let shown = try await acme.preview(.users.create(userName: "alice", city: "Utica"))
        #expect(shown.difference.records.first?.label == "alice")
        #expect(try await acme.users.count() == 0)

        let done = try await acme.users.create(userName: "alice", city: "Utica", hiredOn: "2024-02-29")
        let id = try #require(done.id), revision = try #require(done.revision)
        #expect(done.events.first?.name == "user.created")
        let alice = try await acme.users.get(id)
        #expect(alice.userName == "alice" && alice["city"] == "Utica" && alice.version == 1 && alice.kind == .user)
        let created = try #require(alice["created_at"]?.moment)
        #expect(abs(created.timeIntervalSinceNow) < 60)

        let changed = try await acme.because("she moved").users.update(id, city: "Berlin", attributes: ["hired_on": nil])
        #expect(try await acme.asOf(.revision(revision)).users.get(id)["city"] == "Utica")
        #expect(try await acme.users.get(id, at: .revision(revision))["hired_on"] == "2024-02-29")
        #expect(try await acme.users.get(id)["hired_on"] == nil)
        #expect(try await acme.users.find(by: "user_name", "ALICE")?.id == id)
        let latest = try #require(try await acme.history.of(id).first)
        #expect(latest.reason == "she moved" && abs(latest.at.timeIntervalSinceNow) < 60)
        #expect(try await acme.history.difference(from: .revision(revision)).records.count == 1)

        #expect(try await acme.previewRollback(.revision(changed.revision!)).conflicts.isEmpty)
        try await acme.rollback(.revision(changed.revision!))
        #expect(try await acme.users.get(id)["city"] == "Utica")
        #expect(try await acme.realms.doctor().findings.isEmpty)
        let head = try #require(try await acme.sealChain())
        #expect(try await acme.chain.verify(published: [head]).breaks.isEmpty)
        #expect(try await acme.events(after: revision).first?.events.first?.name == "user.updated")
    }

    @Test func organizationsEdgesUnions() async throws {
        let acme = try await fresh()
        let top = try await acme.organizations.create(name: "Acme").id!
        let sales = try await acme.organizations.create(name: "Sales", parent: top).id!
        let window = Window(until: Date(timeIntervalSince1970: 32_472_144_000))
        let join = JoinOrganization(organization: sales, number: "7", window: window)
        let alice = try await acme.users.create(userName: "alice", organizations: [join]).id!
        let edge = try #require(try await acme.edges.list(alice, direction: .from, relation: .memberOf).first)
        #expect(edge.to == sales && edge.window == window && edge.origins == [EdgeOrigin.direct])
        #expect(try await acme.organizations.tree().first?.children.first?.organization.id == sales)
        try await acme.organizations.delete(top, disposition: .detach)
        #expect(try await acme.users.status(alice) == "active")
        try await acme.users.lock(alice, reason: "test")
        #expect(try await acme.users.status(alice, view: .matrix) == "enabled/locked")
        try await acme.users.setManager(alice, manager: nil)
    }

    @Test func pages() async throws {
        let acme = try await fresh()
        try await acme.batch((0..<100).map { .users.create(userName: "user\($0 + 100)", city: $0 % 2 == 0 ? "a" : "b") })
        let page = try await acme.users.search("city eq \"a\"", sort: ["-user_name"], limit: 20, total: true)
        #expect(page.items.count == 20 && page.total == 50 && page.items.first?.userName == "user198")
        var names: [String] = []
        for try await user in acme.users.all(sort: ["user_name"], pageSize: 7) { names.append(user.userName!) }
        #expect(names == (100..<200).map { "user\($0)" })
        #expect(try await acme.users.count(Filter(tree: ["attribute": "city", "in": ["a", "b"]])) == 100)
    }

    @Test func errorsAreTypedAndHaveTheirText() async throws {
        let acme = try await fresh()
        try await acme.users.create(userName: "alice")
        do {
            try await acme.users.create(userName: "alice", email: "nonsense")
            Issue.record("not refused")
        } catch let error as IamError {
            guard case .Invalid(let problem) = error else { throw error }
            #expect(problem.code == Code.inputInvalid && Set(problem.fields.map(\.field)).isSuperset(of: ["email"]))
            #expect(error.localizedDescription == error.description && error.description.contains("input.invalid"))
            #expect(!error.hint.isEmpty && !error.retry)
        }
        let company = try await acme.organizations.create(name: "Acme").id!
        for unknown in ["user_00000000000000000000000000", company] {
            await #expect { try await acme.users.get(unknown) } throws: { error in
                guard case .some(.NotFound(let problem)) = error as? IamError else { return false }
                return problem.code == Code.recordNotFound && problem.subject == unknown
            }
        }
        #expect(try await acme.users.find(company) == nil)
        #expect(try await acme.validate(.users.create(userName: "bob", email: "nonsense")).map(\.field) == ["email"])
        for wrong: Value in [.number(.nan), .number(.infinity), .items([.object(["a": .number(-.infinity)])])] {
            await #expect(throws: IamError.self) { try await acme.users.create(userName: "carol", attributes: ["job": wrong]) }
        }
        #expect(try await acme.users.count() == 1)
    }

    @Test func nothingPersonalIsPrinted() async throws {
        let acme = try await fresh()
        let id = try await acme.users.create(userName: "secretname", city: "secretcity").id!
        var shown = "\(try await acme.users.get(id)) \(try await acme.users.search())"
        dump(try await acme.users.get(id), to: &shown)
        shown += "\(try await acme.history.of(id)) \(try await acme.preview(.users.update(id, city: "secrettown")).difference)"
        shown += "\(Command.users.create(userName: "secret"))"
        #expect(!shown.contains("secret"))
    }

    @Test func cancellationReachesTheEngine() async throws {
        let acme = try await fresh()
        let handle = Cancellation()
        handle.cancel()
        await #expect { try await acme.call(operation: "upkeep", input: .object([:]), cancellation: handle) } throws: {
            ($0 as? IamError)?.code == Code.operationCancelled
        }
        let task = Task {
            while true { _ = try await acme.users.count() }
        }
        try await Task.sleep(nanoseconds: 50_000_000)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await acme.users.count() == 0)
    }

    @Test func manyAtOnce() async throws {
        let acme = try await fresh()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<1_000 { group.addTask { try await acme.users.create(userName: "user\(number)") } }
            try await group.waitForAll()
        }
        #expect(try await acme.users.count() == 1_000)
    }

    /// Values of every form, broken texts, endless nesting: a typed error, never a crash.
    @Test func randomInputNeverBreaksAnything() async throws {
        struct Drawn: RandomNumberGenerator {
            var state: UInt64 = 7
            mutating func next() -> UInt64 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return state ^ (state >> 29)
            }
        }
        var drawn = Drawn()
        func pick<T>(_ list: [T]) -> T { list.randomElement(using: &drawn)! }
        func below(_ end: Int) -> Int { Int.random(in: 0..<end, using: &drawn) }
        let fields = ["id", "user", "kind", "attributes", "at", "filter", "user_name", "organization", "x"]
        func anything(_ depth: Int = 0) -> Value {
            switch below(depth < 4 ? 8 : 5) {
            case 0: .text((0..<below(8)).map { _ in pick(["a", " ", "\"", "\\", "\0", "ß", "\u{1F600}", "\u{FFFF}"]) }.joined())
            case 1: .integer(pick([0, -1, 1, .max, .min]))
            case 2: .number(pick([0.5, 1e300, .nan, .infinity]))
            case 3: pick([.null, .boolean(true), .boolean(false)])
            case 4: .text(pick(["user_00000000000000000000000000", "now", "user", "all"]))
            case 5: .items((0..<below(4)).map { _ in anything(depth + 1) })
            default: .object(Dictionary((0..<below(5)).map { _ in (pick(fields), anything(depth + 1)) }) { $1 })
            }
        }
        let acme = try await fresh()
        var done = 0, refused = 0
        for _ in 0..<2_000 {
            var about: [String: Value] = [:]
            if below(10) < 7 { for name in ["id", "user", "kind", "attributes"] { about[name] = anything() } }
            let command = below(2) == 0
            about[command ? "command" : "query"] = .text(pick(command ? Command.all : Queries.all))
            do {
                _ = try await acme.call(operation: command ? "execute" : "ask", input: .object(about), cancellation: nil)
                done += 1
            } catch let error as IamError {
                switch error {
                case .Corrupt, .Storage: Issue.record(error)
                default: refused += 1
                }
            }
        }
        #expect(done > 0 && refused > 0)
        var deep = Value.null
        for _ in 0..<1_000 { deep = .items([deep]) }
        for wrong in [deep, .number(.nan)] {
            await #expect { try await acme.users.create(userName: "x", attributes: ["job": wrong]) } throws: {
                guard case IamError.Invalid(let problem)? = $0 as? IamError else { return false }
                return problem.message != "" && problem.hint != ""
            }
        }
        for text in ["", "{", String(repeating: "[", count: 100_000), "\"\\ud800\"", "1e999", "{\"command\":1}", "null"] {
            await #expect { try await acme.callText(operation: "execute", input: text) } throws: {
                if case IamError.Invalid? = $0 as? IamError { true } else { false }
            }
        }
        #expect(try await acme.realms.doctor().findings.isEmpty)
    }

    @Test func momentsGoThereAndBack() throws {
        for text in ["1970-01-01T00:00:00.000000Z", "2024-02-29T23:59:59.999999Z", "0001-01-01T00:00:00.000000Z", "2100-03-01T12:30:00.000001Z"] {
            let date = try #require(Value.text(text).moment)
            #expect(date.jsonValue.text == text || abs(date.timeIntervalSince1970) > 1e10)
        }
    }

    @Test func whatTheCatalogueHasIsThere() throws {
        let catalogue = try valueOfJson(text: String(contentsOfFile: folder + "/catalogue.json", encoding: .utf8))
        #expect(Command.all == catalogue["commands"]!.list!.map { $0["name"]!.text! })
        #expect(Queries.all == catalogue["queries"]!.list!.map { $0["name"]!.text! })
    }
}

@Suite struct PortTests {
    final class Broken: HostVault {
        struct Secret: Error { let text = "secret" }
        func key(name: String) throws -> Data { if name == "x" { Data() } else { throw Secret() } }
    }
    final class Locked: HostVault {
        func key(name: String) throws -> Data { throw HostVaultError.Locked(reason: "no finger on the reader") }
    }
    final class Short: HostVault, HostEntropy {
        func key(name: String) throws -> Data { Data([1, 2, 3]) }
        func seed() -> Data { Data([1]) }
    }
    final class Gone: HostVault, @unchecked Sendable {
        let told: @Sendable () -> Void
        init(_ told: @escaping @Sendable () -> Void) { self.told = told }
        deinit { told() }
        func key(name: String) throws -> Data { Data(count: 32) }
    }

    /// What crosses as plain arguments says what the general way says.
    @Test func signingInAndSessions() async throws {
        let database = try await openDatabase(address: ":memory:")
        let acme = try await database.acting(in: "acme", as: "host:tests")
        let password = "correct horse battery staple"
        let alice = try await acme.users.create(userName: "alice").id!
        try await acme.passwords.set(user: alice, password: password, mustChange: false)
        let opened = try await acme.signIn(
            identifier: "alice", password: password, origin: SessionOrigin(agent: "test"), refresh: true, risk: .normal)
        let token = try #require(opened.token), ends = try #require(opened.session?.expiresAt)
        #expect(opened.state == .open && opened.session?.user == alice && opened.refreshToken != nil)
        let until = try #require(opened.tokenUntil)
        #expect(until <= ends)
        #expect(!"\(opened)".contains(token))
        let session = try await acme.session(token: token)
        let said = try Session(try await acme.perform("session", ["token": .text(token)]))
        #expect(session == said)
        #expect(session.assurance == 1 && session.agent == "test" && session.address == nil)
        await #expect { try await acme.signIn(identifier: "alice", password: "wrong") } throws: { ($0 as? IamError)?.code == Code.signInRefused }
        for level in [-1, 300] {
            await #expect { try await acme.session(token: token, assurance: level) } throws: { ($0 as? IamError)?.code == Code.inputMalformed }
        }
        try await acme.passwords.set(user: alice, password: "another battery of horses", mustChange: true)
        let waiting = try await acme.signIn(identifier: "alice", password: "another battery of horses")
        let flow = try await acme.signInFlow(token: try #require(waiting.flowToken))
        #expect(waiting.state == .pending && waiting.actions == flow.actions && waiting.expiresAt == flow.expiresAt)
        let user = try await database.acting(in: "acme", as: alice)
        await #expect { try await user.session(token: token) } throws: { ($0 as? IamError)?.code == Code.accessDenied }
    }

    @Test func aVaultThatFailsRefuses() async throws {
        for (vault, text) in [(Broken() as any HostVault, "Secret"), (Locked(), "storage"), (Short(), "x")] {
            await #expect { try await openDatabase(address: ":memory:", vault: vault) } throws: { error in
                guard case .some(.Storage(let problem)) = error as? IamError else { return false }
                return problem.code == Code.sealUnreadable && !"\(error)".contains("secret") && !text.isEmpty
            }
        }
        let acme = try await openDatabase(address: ":memory:", entropy: Short()).acting(in: "acme", as: "system")
        try await acme.users.create(userName: "alice")
        try await acme.users.create(userName: "bob")
    }

    @Test func aPortIsLetGo() async throws {
        let flag = FixedClock(Date(timeIntervalSince1970: 0))
        do {
            let database = try await openDatabase(address: ":memory:", vault: Gone { flag.set(micros: 1) })
            _ = try await database.realm(name: "acme")
        }
        for _ in 0..<100 where flag.now() == 0 { try await Task.sleep(nanoseconds: 20_000_000) }
        #expect(flag.now() == 1)
    }

    @Test func workIsLeasedAndSettled() async throws {
        let acme = try await fresh()
        let id = try await acme.users.create(userName: "alice").id!
        try await acme.users.disable(id)
        let work = try #require(try await acme.lease(worker: "one", limit: 1).first)
        #expect(work.effect.subject == id && work.attempts == 0)
        try await acme.settle(worker: "one", failed: [Failure(number: work.number, reason: "nobody answers", againIn: 0)])
        let again = try #require(try await acme.lease(worker: "two", limit: 1).first)
        #expect(again.number == work.number && again.attempts == 1)
        try await acme.settle(worker: "two", done: [again])
    }
}
