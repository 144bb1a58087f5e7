import Foundation
import IAM
import Testing

/// Draws the same, one after the other.
final class CountedEntropy: HostEntropy, @unchecked Sendable {
    private let lock = NSLock()
    private var drawn: UInt64 = 0
    func seed() -> Data {
        let number = lock.withLock { () -> UInt64 in
            defer { drawn += 1 }
            return drawn
        }
        return sha256([UInt64(1), number].flatMap { each in withUnsafeBytes(of: each.bigEndian) { Array($0) } })
    }
}

/// Has a key that everybody knows.
final class KnownVault: HostVault {
    func key(name: String) throws -> Data { sha256(Array(name.utf8)) }
}

let folder = ProcessInfo.processInfo.environment["IAM_CORPUS"] ?? "/pkg/corpus"
let verbs = [
    "execute", "preview", "what_if", "rollback", "mark", "now", "advance_days", "get", "list", "pages", "edges", "tree",
    "history", "audit", "upkeep", "ask", "call",
]

/// Microseconds since 1970 of RFC 3339.
func micros(_ text: String) -> Int64 {
    let parts = text.split(separator: ".", maxSplits: 1)
    let fraction = parts.count == 2 ? String(parts[1].prefix { $0.isNumber }) : ""
    let plain = text.replacingOccurrences(of: "." + fraction, with: "")
    let seconds = Int64(ISO8601DateFormatter().date(from: plain)!.timeIntervalSince1970)
    return seconds * 1_000_000 + Int64(fraction.padding(toLength: 6, withPad: "0", startingAt: 0))!
}

struct Unexpected: Error, CustomStringConvertible { let description: String }

/// One scenario through the neutral interface: `iam-core/scenarios/README.md`.
final class Run {
    let clock = FixedClock(Date(timeIntervalSince1970: 0))
    var database: Database!
    var realm = ""
    var names: [String: String] = [:]
    var marks: [String: Int] = [:]
    var drawn: [String: String] = [:]
    var here = ""
    var written = ""

    func transcript(_ file: String, _ scenario: Value, _ address: String) async throws -> String {
        clock.set(micros: micros("2026-01-01T00:00:00Z"))
        database = try await openDatabase(address: address, clock: clock, entropy: CountedEntropy(), vault: KnownVault())
        realm = try await database.realm(name: "acme")
        if let now = scenario["now"]?.text { clock.set(micros: micros(now)) }
        for part in ["given", "when", "then"] {
            for (number, step) in (scenario[part]?.list ?? []).enumerated() {
                here = "\(file) \(part) \(number + 1)"
                try await self.step(step)
            }
        }
        here = "\(file) end 1"
        let acting = try database.actAs(realm: realm, actor: "host:scenario")
        _ = try await call(acting, .null, "ask", ["query": "realm.doctor"])
        _ = try await call(acting, .null, "seal_chain", .object([:]))
        _ = try await call(acting, .null, "ask", ["query": "chain.verify"])
        return written
    }

    func call(_ acting: Acting, _ step: Value, _ operation: String, _ input: Value) async throws -> Value? {
        let expected = step["refused"]?.text ?? step["refused"]?["code"]?.text
        do {
            let answer = try await acting.callText(operation: operation, input: try jsonOfValue(value: input))
            written += "\(here) \(operation)\n\(answer)\n"
            guard expected == nil else { throw Unexpected(description: "\(here): expected \(expected!)") }
            return try valueOfJson(text: answer)
        } catch let error as IamError {
            written += "\(here) \(operation)\n! \(try jsonOfValue(value: error.problem.jsonValue))\n"
            guard error.code == expected else { throw Unexpected(description: "\(here): \(error)") }
            return nil
        }
    }

    func filled(_ value: Value) -> Value {
        switch value {
        case .text(let text): .text(names.reduce(text) { $0.replacingOccurrences(of: "${\($1.key)}", with: $1.value) })
        case .items(let list): .items(list.map(filled))
        case .object(let fields): .object(fields.mapValues(filled))
        default: value
        }
    }

    func draw(_ acting: Acting, _ operation: String, _ name: String) async throws -> String {
        if let known = drawn["\(operation) \(name)"] { return known }
        let fresh = try await call(acting, .null, operation, .object([:]))!.text!
        drawn["\(operation) \(name)"] = fresh
        return fresh
    }

    func acting(_ step: Value) async throws -> Acting {
        var realm = realm
        if let name = step["realm"]?.text { realm = try await database.realm(name: name) }
        var actor = step["actor"]?.text ?? "scenario"
        actor = actor == "system" || actor.hasPrefix("${") ? filled(.text(actor)).text! : "host:\(actor)"
        var acting = try database.actAs(realm: realm, actor: actor)
        let set = step["change_set"]?.text
        let changeSet = set == nil ? nil : try await draw(acting, "new_change_set", set!)
        let command = step["command_id"]?.text
        let commandId = command == nil ? nil : try await draw(acting, "new_command_id", command!)
        if let reason = step["because"]?.text { acting = try acting.because(reason) }
        if let channel = step["through"]?.text { acting = try acting.through(Channel(rawValue: channel)!) }
        if let changeSet { acting = try acting.inChangeSet(changeSet) }
        if let commandId { acting = try acting.withCommandId(commandId) }
        if let at = step["at"]?.text {
            if let mark = marks[at] { acting = try acting.asOf(.revision(mark)) } else {
                acting = try acting.withManner(manner: ["at": ["moment": .text(at)]])
            }
        }
        return acting
    }

    func step(_ step: Value) async throws {
        let acting = try await acting(step)
        guard let verb = verbs.first(where: { step.object?[$0] != nil }) else {
            throw Unexpected(description: "\(here): a step does one of \(verbs)")
        }
        let what = filled(step.object![verb]!)
        func ask(_ query: String, _ fields: [String: Value] = [:]) async throws -> Value? {
            try await call(acting, step, "ask", .object(fields.merging(["query": .text(query)]) { $1 }))
        }
        switch verb {
        case "execute", "preview", "ask":
            keep(step, try await call(acting, step, verb, what))
        case "call":
            keep(step, try await call(acting, step, what.text!, filled(step["input"] ?? .object([:]))))
        case "upkeep":
            _ = try await call(acting, step, "upkeep", .object([:]))
        case "what_if":
            _ = try await call(acting, step, "preview_batch", ["commands": what])
        case "rollback":
            var undo = what
            if let mark = what["commit"]?.text { undo = ["revision": .integer(Int64(marks[mark]!))] }
            if let set = what["change_set"]?.text { undo = ["change_set": .text(drawn["new_change_set \(set)"]!)] }
            _ = try await call(acting, step, "rollback", ["undo": undo, "on_conflict": step["on_conflict"] ?? "refuse"])
        case "mark":
            marks[what.text!] = try await ask("audit.list", ["newest_first": true, "limit": 1])?.list?.first?["revision"]?.integer ?? 0
        case "now":
            clock.set(micros: micros(what.text!))
        case "advance_days":
            clock.set(micros: clock.now() + Int64(what.integer!) * 86_400_000_000)
        case "get":
            _ = try await ask("record.get", ["id": what])
            for view in ["customer", "lifecycle", "matrix"] where step["is"]?.object?["status.\(view)"] != nil {
                _ = try await ask("user.status", ["user": what, "view": .text(view)])
            }
        case "list", "pages":
            var fields = what.object!
            fields["filter"] = fields.removeValue(forKey: "where")
            while let page = try await ask("record.search", fields), verb == "pages", let next = page["next"] {
                fields["cursor"] = next
            }
        case "edges":
            _ = try await ask(
                "edge.list", ["id": what, "direction": step["direction"] ?? "from", "relation": step["relation"]!])
        case "tree":
            _ = try await ask("organization.tree", what == .null ? [:] : ["organization": what])
        case "history":
            _ = try await ask("history.of", ["id": what])
        default:
            _ = try await ask("audit.list", ["newest_first": true, "limit": what])
        }
    }

    func keep(_ step: Value, _ answer: Value?) {
        guard let answer else { return }
        if let name = step["as"]?.text, let id = answer["id"]?.text { names[name] = id }
        if let name = step["mark_as"]?.text, let revision = answer["revision"]?.integer { marks[name] = revision }
        for (name, place) in step["keep"]?.object ?? [:] {
            let found = place.text!.split(separator: "/").reduce(Optional(answer)) { value, key in
                if let list = value?.list { return list[Int(key)!] }
                return value?[String(key)]
            }
            names[name] = found!.text!
        }
    }
}

@Suite struct CorpusTests {
    static let files = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/scenarios"))?
        .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted() ?? []

    @Test func thereIsACorpus() { #expect(Self.files.count >= 18, "set IAM_CORPUS") }

    @Test(arguments: files, [":memory:", "file"])
    func scenario(file: String, storage: String) async throws {
        let text = try String(contentsOfFile: "\(folder)/scenarios/\(file).json", encoding: .utf8)
        let expected = try String(contentsOfFile: "\(folder)/transcripts/\(file).txt", encoding: .utf8)
        var address = storage
        if storage == "file" { address = NSTemporaryDirectory() + "/iam-\(file)-\(UUID().uuidString).db" }
        defer { if storage == "file" { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: address + end) } } }
        let found = try await Run().transcript(file, try valueOfJson(text: text), address)
        #expect(found == expected)
    }
}
