import Foundation

/// Why a source cannot be read; none of them means that something is gone.
public struct ConnectorError: Error, Hashable, Sendable {
    /// What happened.
    public enum Kind: String, Sendable {
        case unreachable, denied, configuration, throttled, incomplete, unsupported
        case tokenExpired = "token_expired"
        case misunderstood = "protocol"
    }

    /// What happened.
    public let kind: Kind
    /// One sentence; no secret in it, and nothing personal.
    public let message: String
    /// The field of the configuration that is wrong.
    public let field: String
    /// How long the source asks to wait.
    public let seconds: Int

    public init(_ kind: Kind, _ message: String, field: String = "", seconds: Int = 0) {
        (self.kind, self.message, self.field, self.seconds) = (kind, message, field, seconds)
    }
}

/// Why something was not done outside.
public struct DeliveryError: Error, Hashable, Sendable {
    /// One sentence; no secret in it, and nothing personal.
    public let message: String
    /// Whether it may work later.
    public let again: Bool

    public init(_ message: String, again: Bool = true) { (self.message, self.again) = (message, again) }
}

/// One object of a source.
public struct SourceObject: ValueConvertible, Concealed {
    /// The identifier that never changes; two objects never share one, letter case counts.
    public var identifier: String
    /// Its attributes. Several values are a list; what is binary is base 64.
    public var attributes: [String: Value]
    /// The name that it has now, such as a distinguished name; by it others may name it.
    public var name: String?

    public init(_ identifier: String, attributes: [String: Value], name: String? = nil) {
        (self.identifier, self.attributes, self.name) = (identifier, attributes, name)
    }
    public init(_ value: Value) throws {
        self.init(try value.read("identifier"), attributes: try value.read("attributes"), name: try value.read("name"))
    }
    public var jsonValue: Value {
        ["identifier": .text(identifier), "attributes": .object(attributes), "name": name.jsonValue]
    }
    public var shown: String { "SourceObject(attributes: \(attributes.count))" }
}

/// A class of objects that a source has.
public struct ObjectClass: ValueConvertible {
    /// What the connector calls it.
    public var name: String
    /// The attributes that its objects have, as far as the source tells.
    public var attributes: [String]

    public init(_ name: String, attributes: [String] = []) { (self.name, self.attributes) = (name, attributes) }
    public init(_ value: Value) throws {
        self.init(try value.read("name") as String, attributes: try value.read("attributes", or: []))
    }
    public var jsonValue: Value { ["name": .text(name), "attributes": attributes.jsonValue] }
}

/// What is read of a source.
public struct SourceRead: Hashable, Sendable {
    /// What kind of record the objects become.
    public let kind: SyncKind
    /// The class of the objects; empty for the connector's own name of the kind.
    public let objectClass: String
    /// Which of them, in the connector's own syntax.
    public let filter: String?
    /// The attributes that are used; empty for all. A connector may give more.
    public let attributes: [String]
    /// What changed since the run that ended with this token.
    public let since: String?
    /// Objects on a page, about.
    public let pageSize: Int
}

/// One page of a source.
public struct Objects: Hashable, Sendable {
    /// What a read says about objects that it does not name.
    public enum Presence: String, Sendable { case changes, everything }

    /// Objects that are there.
    public var objects: [SourceObject]
    /// Where the next page is; `nil` at the end, and only then.
    public var next: String?
    /// At the end: whether objects that the read did not name are gone (`everything`) or as they were (`changes`).
    public var presence: Presence
    /// Identifiers of objects that are there and as they were.
    public var unchanged: [String]
    /// Identifiers of objects that are gone.
    public var deleted: [String]
    /// Objects that could not be read, one line each. While there are any, nothing is taken for gone.
    public var unreadable: [String]
    /// At the end: where an incremental read goes on later.
    public var token: String?

    public init(
        _ objects: [SourceObject] = [], next: String? = nil, presence: Presence = .changes, unchanged: [String] = [],
        deleted: [String] = [], unreadable: [String] = [], token: String? = nil
    ) {
        (self.objects, self.next, self.presence, self.unchanged) = (objects, next, presence, unchanged)
        (self.deleted, self.unreadable, self.token) = (deleted, unreadable, token)
    }

    var jsonValue: Value {
        [
            "objects": objects.jsonValue, "next": next.jsonValue, "presence": .text(presence.rawValue),
            "unchanged": unchanged.jsonValue, "deleted": deleted.jsonValue, "unreadable": unreadable.jsonValue,
            "token": token.jsonValue,
        ]
    }
}

/// A connection to a source.
public protocol Connection: Sendable {
    /// The classes of objects there are.
    func classes() async throws -> [ObjectClass]
    /// One page; the first one has no cursor. What it throws is the end of the read: what was not read is not known.
    func read(_ read: SourceRead, cursor: String?) async throws -> Objects
    /// Signs out.
    func close() async
}

extension Connection {
    public func close() async {}
}

/// Reads one kind of source. `Worker.tryConnector` runs the cases that every connector has to pass.
public protocol Connector: Sendable {
    /// What it is called, which configuration it needs, what it can do.
    var descriptor: ConnectorDescriptor { get }
    /// Connects and signs in: `secrets` has for each field of type `secret` the secret that the configuration names.
    func open(_ configuration: [String: Value], secrets: [String: String]) async throws -> any Connection
}

/// A message that is ready to go, in the language of its reader.
public struct Message: Sendable, Concealed {
    /// A file that goes with a message.
    public struct Attachment: Sendable {
        public let name: String
        public let mediaType: String
        public let content: Data
    }

    /// Names the message: the same one sent twice has the same key.
    public let key: String
    public let realm: String
    public let user: String
    /// `email` or `sms`.
    public let channel: String
    /// The e-mail address or phone number.
    public let address: String
    /// How the user is called.
    public let name: String
    /// Which template it was made of.
    public let template: String
    /// The language of the text.
    public let language: String
    /// The subject line; empty for SMS.
    public let subject: String
    public let text: String
    public let html: String?
    public let attachments: [Attachment]

    init(_ value: Value) throws {
        (key, realm, user) = (try value.read("key"), try value.read("realm"), try value.read("user"))
        (channel, address, name) = (try value.read("channel"), try value.read("address"), try value.read("name"))
        (template, language) = (try value.read("template"), try value.read("language"))
        (subject, text, html) = (try value.read("subject"), try value.read("text"), try value.read("html"))
        attachments = try (value["attachments"]?.list ?? []).map {
            Attachment(
                name: try $0.read("name"), mediaType: try $0.read("media_type"),
                content: Data(base64Encoded: try $0.read("content") as String) ?? Data())
        }
    }
    public var shown: String { "Message(\(template), \(language))" }
}

/// Brings messages to people. Called at least once for each message: the key tells a repetition.
public protocol Messenger: Sendable {
    /// Hands a message over to whoever carries it on; throws `DeliveryError` when that did not work.
    func deliver(_ message: Message) async throws
}

/// Does what is asked outside besides messages. Called at least once: `work.effect.key` tells a repetition.
public protocol EffectHandler: Sendable {
    /// Carries out an effect, with the secret that it carries; throws `DeliveryError` when that did not work.
    func handle(_ work: Work, secret: String?) async throws
}

/// What a run did, or would do.
public struct RunReport: Sendable {
    /// `succeeded`, `partial`, `failed`, `stopped` or `cancelled`.
    public let state: String
    /// It looked only: nothing was written.
    public let lookOnly: Bool
    /// All that it wrote; with it the run can be undone.
    public let changeSet: String
    /// What it did, by kind: `read`, `created`, `updated`, …
    public let counts: [String: [String: Int]]
    /// What somebody should look at; 500 at most.
    public let findings: [Value]
    /// Why it ended early.
    public let problem: Problem?

    init(_ value: Value) throws {
        (state, lookOnly, changeSet) = (try value.read("state"), try value.read("look_only"), try value.read("change_set"))
        counts = try (value["counts"]?["kinds"]?.object ?? [:]).mapValues { try [String: Int]($0) }
        (findings, problem) = (value["findings"]?.list ?? [], try value["problem"].map { try Problem($0) })
    }
}

/// What a round of work did.
public struct OutboxReport: Hashable, Sendable {
    /// Messages handed over and effects carried out.
    public let done: Int
    /// Messages that were not to go: switched off, too late, without an address.
    public let dropped: Int
    /// What did not work and is tried again.
    public let later: Int
    /// What did not work and is given up, with the reason. No secret, nothing personal.
    public let givenUp: [String]
}

/// Asks the ports, for the native part.
private final class Ports: HostPorts, @unchecked Sendable {
    private let connectors: [String: any Connector]
    private let messenger: (any Messenger)?
    private let handler: (any EffectHandler)?
    private let lock = NSLock()
    private var connections: [Int: any Connection] = [:]
    private var last = 0

    init(_ connectors: [any Connector], _ messenger: (any Messenger)?, _ handler: (any EffectHandler)?) {
        self.connectors = Dictionary(connectors.map { ($0.descriptor.name, $0) }, uniquingKeysWith: { $1 })
        (self.messenger, self.handler) = (messenger, handler)
    }

    private func keep(_ connection: any Connection) -> Int {
        lock.withLock {
            last += 1
            connections[last] = connection
            return last
        }
    }

    private func connection(_ input: Value) throws -> any Connection {
        let number: Int = try input.read("connection")
        guard let found = lock.withLock({ connections[number] }) else { throw Value.unexpected("connection") }
        return found
    }

    private func done(_ method: String, _ input: Value) async throws -> Value {
        switch method {
        case "open":
            guard let connector = connectors[try input.read("connector")] else { throw Value.unexpected("connector") }
            let secrets: [String: String] = try input.read("secrets")
            return keep(try await connector.open(try input.read("configuration"), secrets: secrets)).jsonValue
        case "classes":
            return try await connection(input).classes().jsonValue
        case "read":
            let what = input["read"] ?? .null
            let read = SourceRead(
                kind: try what.read("kind"), objectClass: try what.read("object_class"), filter: try what.read("filter"),
                attributes: try what.read("attributes"), since: try what.read("since"), pageSize: try what.read("page_size"))
            return try await connection(input).read(read, cursor: input["cursor"]?.text).jsonValue
        case "close":
            let closing = try connection(input)
            let number: Int = try input.read("connection")
            lock.withLock { connections[number] = nil }
            await closing.close()
        case "deliver":
            try await messenger?.deliver(try Message(input))
        default:
            try await handler?.handle(try Work(input["effect"] ?? .null), secret: input["secret"]?.text)
        }
        return .null
    }

    func ask(method: String, input: Value) async throws -> Value {
        do {
            return try await done(method, input)
        } catch let error as ConnectorError {
            throw HostPortError.Failed(
                kind: error.kind.rawValue, reason: error.message, field: error.field, seconds: UInt64(max(0, error.seconds)))
        } catch let error as DeliveryError {
            throw HostPortError.Failed(kind: error.again ? "later" : "never", reason: error.message, field: "", seconds: 0)
        } catch {
            // What it was may tell more than its caller should know: only its type is passed on.
            throw HostPortError.Failed(kind: "", reason: "\(type(of: error))", field: "", seconds: 0)
        }
    }
}

/// Runs identity sources and empties the outbox. Any number of processes may have one, each with a name of its own.
public struct Worker: Sendable {
    private let native: HostWorker

    init(
        _ acting: Acting, _ name: String, _ connectors: [any Connector], _ secrets: [String: String],
        _ messenger: (any Messenger)?, _ handler: (any EffectHandler)?
    ) throws {
        let parts: Value = [
            "name": .text(name), "connectors": connectors.map(\.descriptor).jsonValue, "secrets": secrets.jsonValue,
            "messenger": .boolean(messenger != nil), "handler": .boolean(handler != nil),
        ]
        native = try HostWorker.open(acting: acting, parts: parts, ports: Ports(connectors, messenger, handler))
    }

    private func call(_ operation: String, _ input: Value = [:]) async throws -> Value {
        try await native.call(operation: operation, input: input)
    }

    /// Registers the connectors in the realm, so that sources can be configured; gives how many were not yet.
    @discardableResult
    public func install() async throws -> Int { try Int(try await call("install")) }

    /// Connects with a configuration that is not saved yet, and tells what is there.
    public func check(_ connector: String, configuration: [String: Value] = [:]) async throws -> [ObjectClass] {
        try [ObjectClass](try await call("check", ["connector": .text(connector), "configuration": .object(configuration)]))
    }

    /// Looks what a full run would do now; nothing is written, not even that it was looked.
    public func preview(_ source: String) async throws -> RunReport {
        try RunReport(try await call("preview", ["source": .text(source)]))
    }

    /// Asks for the runs that are due by the schedules of the sources; gives them.
    @discardableResult
    public func schedule() async throws -> [String] { try [String](try await call("schedule")) }

    /// Carries out the next run that waits, or whose worker went silent; `nil` when there is none.
    @discardableResult
    public func run() async throws -> RunReport? {
        let report = try await call("run")
        return report == .null ? nil : try RunReport(report)
    }

    /// Takes back everything that a run did; the source looks only from then on. Gives how many commits were taken back.
    @discardableResult
    public func undo(_ run: String) async throws -> Int { try Int(try await call("undo", ["run": .text(run)])["commits"] ?? 0) }

    /// Forgets the runs that ended before a moment; gives how many.
    @discardableResult
    public func forget(before: Date) async throws -> Int { try Int(try await call("forget", ["before": before.jsonValue])) }

    /// Takes up to so many effects from the outbox and carries them out. Call it in a loop.
    @discardableResult
    public func deliver(limit: Int = 100) async throws -> OutboxReport {
        let report = try await call("deliver", ["limit": limit.jsonValue])
        return OutboxReport(
            done: try report.read("done"), dropped: try report.read("dropped"), later: try report.read("later"),
            givenUp: try report.read("given_up"))
    }

    /// The cases that every connector has to pass, on a source that does not change meanwhile; gives the faults.
    public func tryConnector(
        _ connector: String, configuration: [String: Value], kind: SyncKind, objectClass: String = "", least: Int = 0
    ) async throws -> [String] {
        let input: Value = [
            "connector": .text(connector), "configuration": .object(configuration), "kind": kind.jsonValue,
            "object_class": .text(objectClass), "least": least.jsonValue,
        ]
        return try [String](try await call("try_connector", input))
    }
}

extension Acting {
    /// What runs beside an app: identity sources are read, messages delivered.
    ///
    /// - Parameters:
    ///   - name: The worker's name; no two that run at the same time have the same.
    ///   - connectors: Your own, beside the built-in ones.
    ///   - secrets: Secrets by the names that configurations have for them: `vault:hr` names the one called `hr`.
    ///   - messenger: Delivers messages; without one they wait.
    ///   - handler: Carries out other effects; without one they wait.
    public func worker(
        _ name: String, connectors: [any Connector] = [], secrets: [String: String] = [:], messenger: (any Messenger)? = nil,
        handler: (any EffectHandler)? = nil
    ) throws -> Worker {
        try Worker(self, name, connectors, secrets, messenger, handler)
    }
}
