import Foundation

/// The time of a host: for tests and simulations, for devices that get it from elsewhere.
public final class FixedClock: HostClock, @unchecked Sendable {
    private let lock = NSLock()
    private var micros: Int64

    public init(_ date: Date) { micros = Moments.micros(date) }

    /// The moment that it shows.
    public var date: Date {
        get { Moments.date(now()) }
        set { set(micros: Moments.micros(newValue)) }
    }

    /// Shows this moment from now on: microseconds since 1970.
    public func set(micros: Int64) { lock.withLock { self.micros = micros } }
    public func now() -> Int64 { lock.withLock { micros } }
}

extension Database {
    /// The realms by name.
    public func realms() async throws -> [Record] { try [Record](try await listRealms()) }

    /// An actor in the realm with this name, which is created when there is none.
    ///
    /// - Parameter actor: `host:` and a name of your choice, the identifier of a user, or `system`.
    public func acting(in realm: String, as actor: String) async throws -> Acting {
        try actAs(realm: try await self.realm(name: realm), actor: actor)
    }
}

/// Through which door a command came.
public enum Channel: String, Sendable { case api, `import`, sync, timer, rollback }

/// A command that is not carried out yet: `.users.create(userName: "alice")`.
public struct Command: Hashable, Sendable, CustomStringConvertible {
    /// The stable name, such as `user.create`.
    public let name: String
    let input: Fields

    init(name: String, input: Fields) {
        self.name = name
        self.input = input
    }

    var jsonValue: Value {
        var fields = input
        fields.set("command", name)
        return fields.jsonValue
    }
    public var description: String { "Command(\(name))" }
}

/// The state to read: now, after a commit, or at a moment.
public enum At: ValueConvertible {
    case now
    case revision(Int)
    case moment(Date)

    public init(_ value: Value) throws {
        if value.text == "now" { self = .now } else if let revision = value["revision"] { self = .revision(try Int(revision)) } else {
            self = .moment(try value.read("moment"))
        }
    }
    public var jsonValue: Value {
        switch self {
        case .now: "now"
        case .revision(let revision): ["revision": revision.jsonValue]
        case .moment(let moment): ["moment": moment.jsonValue]
        }
    }
}

/// Which records: SCIM filter text such as `city eq "Utica"`, or the JSON tree of a condition.
public struct Filter: ValueConvertible, ExpressibleByStringLiteral {
    public let jsonValue: Value
    public init(_ value: Value) throws { self.jsonValue = value }
    public init(_ text: String) { jsonValue = .text(text) }
    public init(stringLiteral text: String) { jsonValue = .text(text) }
    public init(tree: [String: Value]) { jsonValue = .object(tree) }
}

/// The state of one thing at one version. Its description shows no attributes: they may be personal.
@dynamicMemberLookup
public struct Record: ValueConvertible, Concealed, Identifiable {
    /// Which thing.
    public let id: String
    /// Its kind.
    public let kind: Kind
    /// Counts the changes, from 1.
    public let version: Int
    /// Its attributes by name; what is not set is not there.
    public let attributes: [String: Value]

    public init(_ value: Value) throws {
        id = try value.read("id")
        kind = try value.read("kind")
        version = try value.read("version")
        attributes = try value.read("attributes")
    }
    public var jsonValue: Value {
        ["id": .text(id), "kind": kind.jsonValue, "version": version.jsonValue, "attributes": .object(attributes)]
    }
    /// An attribute's value; `nil` when it is not set.
    public subscript(name: String) -> Value? { attributes[name] }
    /// A text attribute in Swift's spelling: `user.userName`.
    public subscript(dynamicMember name: String) -> String? {
        let spelled = name.reduce(into: "") { $0 += $1.isUppercase ? "_\($1.lowercased())" : String($1) }
        return attributes[spelled]?.text
    }
    public var shown: String { "Record(\(id) version \(version))" }
}

/// One page of a list, in the order of the list.
public struct Page: ValueConvertible, Concealed {
    /// The records.
    public let items: [Record]
    /// The cursor of the page after this one.
    public let next: String?
    /// The cursor of the page before this one.
    public let previous: String?
    /// How many records match, when the search asked for it.
    public let total: Int?

    public init(_ value: Value) throws {
        items = try value.read("items")
        next = try value.read("next")
        previous = try value.read("previous")
        total = try value.read("total")
    }
    public var jsonValue: Value {
        ["items": items.jsonValue, "next": next.jsonValue, "previous": previous.jsonValue, "total": total.jsonValue]
    }
    public var shown: String { "Page(\(items.count) records\(next == nil ? "" : ", more follow"))" }
}

extension Session {
    init(_ plain: PlainSession) {
        self.init(
            id: plain.id, user: plain.user, assurance: Int(plain.assurance), methods: plain.methods,
            openedAt: Moments.date(plain.openedAt), authenticatedAt: Moments.date(plain.authenticatedAt),
            usedAt: Moments.date(plain.usedAt), expiresAt: Moments.date(plain.expiresAt), application: plain.application,
            address: plain.address, agent: plain.agent)
    }
}

extension Acting {
    /// Performs an operation of the catalogue. When the task is cancelled it stops waiting with a `CancellationError`; a
    /// command that was on its way is carried out or refused as a whole.
    public func perform(_ operation: String, _ input: Value = .object([:])) async throws -> Value {
        try await cancellable { try await self.call(operation: operation, input: input, cancellation: $0) }
    }

    private func cancellable<T: Sendable>(_ ask: (Cancellation) async throws -> T) async throws -> T {
        let cancellation = Cancellation()
        do {
            return try await withTaskCancellationHandler { try await ask(cancellation) } onCancel: { cancellation.cancel() }
        } catch let error as IamError where error.code == Code.operationCancelled && Task.isCancelled {
            throw CancellationError()
        }
    }

    // What is asked at every request crosses as plain arguments.

    func sessionPlainly(_ token: Secret, _ assurance: Int?) async throws -> Session {
        Session(try await cancellable { try await self.plainSession(token: token, assurance: Int64(assurance ?? 0), cancellation: $0) })
    }

    func signInPlainly(
        _ identifier: String, _ password: Secret, _ assurance: Int?, _ origin: SessionOrigin?, _ refresh: Bool?, _ risk: Risk?
    ) async throws -> SignedIn {
        let answer = try await cancellable {
            try await self.plainSignIn(
                identifier: identifier, password: password, assurance: Int64(assurance ?? 0), refresh: refresh ?? false,
                risk: risk?.jsonValue, address: origin?.address, agent: origin?.agent, application: origin?.application,
                cancellation: $0)
        }
        return SignedIn(
            state: answer.session == nil ? .pending : .open, session: answer.session.map(Session.init), token: answer.token,
            tokenUntil: answer.tokenUntil.map(Moments.date), refreshToken: answer.refreshToken, flowToken: answer.flowToken,
            factors: answer.factors, actions: try answer.actions.map { try [RequiredAction]($0) },
            expiresAt: answer.expiresAt.map(Moments.date))
    }

    func ask<T: ValueConvertible>(_ query: String, _ fields: Fields) async throws -> T {
        var fields = fields
        fields.set("query", query)
        return try T(try await perform("ask", fields.jsonValue))
    }

    /// Carries out a command.
    @discardableResult
    public func execute(_ command: Command) async throws -> Executed { try Executed(try await perform("execute", command.jsonValue)) }

    /// Shows what a command would do; nothing is written.
    public func preview(_ command: Command) async throws -> Preview { try Preview(try await perform("preview", command.jsonValue)) }

    /// Lists every field that a command would be refused for; empty when it would pass.
    public func validate(_ command: Command) async throws -> [FieldProblem] {
        try [FieldProblem](try await perform("validate", command.jsonValue))
    }

    /// Carries out commands in one commit, each seeing what those before it did.
    @discardableResult
    public func batch(_ commands: [Command], mode: BatchMode = .allOrNothing) async throws -> Batch {
        try Batch(try await perform("batch", ["commands": .items(commands.map(\.jsonValue)), "mode": mode.jsonValue]))
    }

    /// Shows what commands would do in one commit, each after those before it; nothing is written.
    public func previewBatch(_ commands: [Command]) async throws -> Batch {
        try Batch(try await perform("preview_batch", ["commands": .items(commands.map(\.jsonValue)), "mode": "each"]))
    }

    /// Undoes a commit, a change set or what an actor did, in one commit.
    @discardableResult
    public func rollback(_ undo: Undo, onConflict: OnConflict = .refuse) async throws -> Executed {
        try Executed(try await perform("rollback", ["undo": undo.jsonValue, "on_conflict": onConflict.jsonValue]))
    }

    /// Shows what undoing would do; nothing is written.
    public func previewRollback(_ undo: Undo) async throws -> RollbackPreview {
        try RollbackPreview(try await perform("preview_rollback", ["undo": undo.jsonValue]))
    }

    /// What happened after a revision, in order: no event is ever skipped, however many processes write.
    public func events(after revision: Int = 0, limit: Int = 100) async throws -> [Commit] {
        try [Commit](try await perform("events", ["after": revision.jsonValue, "limit": limit.jsonValue]))
    }

    /// Does what has fallen due: validities that end, retention periods that are over.
    @discardableResult
    public func upkeep() async throws -> Upkeep { try Upkeep(try await perform("upkeep")) }

    /// Seals the audit trail up to now; gives the latest head, to keep elsewhere.
    @discardableResult
    public func sealChain() async throws -> ChainHead? { try ChainHead?(try await perform("seal_chain")) }

    /// A fresh identifier for a change set.
    public func newChangeSet() async throws -> String { try String(try await perform("new_change_set")) }

    /// A fresh identifier for a command.
    public func newCommandId() async throws -> String { try String(try await perform("new_command_id")) }

    /// Gives a worker what is to be done outside, over all realms: of each subject one thing at a time, in order. Nobody
    /// else gets it for so many seconds; what is not settled by then is given out again.
    public func lease(worker: String, limit: Int = 100, seconds: Int = 60) async throws -> [Work] {
        try [Work](try await perform("lease", ["worker": .text(worker), "limit": limit.jsonValue, "seconds": seconds.jsonValue]))
    }

    /// Notes what became of leased work. A worker whose lease has ended settles nothing.
    public func settle(worker: String, done: [Work] = [], failed: [Failure] = []) async throws {
        _ = try await perform(
            "settle", ["worker": .text(worker), "done": done.map(\.number).jsonValue, "failed": failed.jsonValue])
    }

    /// Notes a reason in the audit trail.
    public func because(_ reason: String) throws -> Acting { try withManner(manner: ["reason": .text(reason)]) }
    /// Notes through which door it came.
    public func through(_ channel: Channel) throws -> Acting { try withManner(manner: ["channel": .text(channel.rawValue)]) }
    /// Puts all that follows into a change set.
    public func inChangeSet(_ changeSet: String) throws -> Acting { try withManner(manner: ["change_set": .text(changeSet)]) }
    /// Gives the next command an identifier: sent twice, it is carried out once.
    public func withCommandId(_ commandId: String) throws -> Acting { try withManner(manner: ["command_id": .text(commandId)]) }
    /// The same actor, reading an earlier state. Nothing can be changed there.
    public func asOf(_ at: At) throws -> Acting { try withManner(manner: ["at": at.jsonValue]) }
}

/// A noun that is a kind of record.
public protocol KindReads: Sendable {
    static var kind: Kind { get }
    var acting: Acting { get }
}

extension KindReads {
    /// A record that exists and is not deleted.
    public func get(_ id: String, at: At? = nil) async throws -> Record {
        let record = try await acting.records.get(id, at: at)
        guard record.kind == Self.kind else { throw IamError.absent(Self.kind, id) }
        return record
    }

    /// A record, soft-deleted ones included; `nil` when there is none.
    public func find(_ id: String, at: At? = nil) async throws -> Record? {
        let record = try await acting.records.find(id, at: at)
        return record?.kind == Self.kind ? record : nil
    }

    /// The record that holds a unique name, in any letter case; `nil` when nobody does.
    public func find(by attribute: String, _ value: String, at: At? = nil) async throws -> Record? {
        try await acting.records.findBy(kind: Self.kind, attribute: attribute, value: value, at: at)
    }

    /// One page of the records that match.
    ///
    /// - Parameter sort: names of attributes, with `-` in front for the greatest first.
    public func search(
        _ filter: Filter? = nil, sort: [String] = [], limit: Int? = nil, cursor: String? = nil, total: Bool = false,
        deleted: Deleted? = nil, at: At? = nil
    ) async throws -> Page {
        let order = sort.map { Sort(attribute: String($0.drop(while: { $0 == "-" })), descending: $0.hasPrefix("-")) }
        return try await acting.records.search(
            kind: Self.kind, at: at, cursor: cursor, deleted: deleted, filter: filter, limit: limit, sort: order, total: total)
    }

    /// Every record that matches, read page by page.
    public func all(
        _ filter: Filter? = nil, sort: [String] = [], pageSize: Int = 500, deleted: Deleted? = nil, at: At? = nil
    ) -> AsyncThrowingStream<Record, Error> {
        let state = Pages()
        return AsyncThrowingStream {
            if let record = state.next() { return record }
            while !state.ended {
                let page = try await self.search(
                    filter, sort: sort, limit: pageSize, cursor: state.cursor, deleted: deleted, at: at)
                state.take(page)
                if let record = state.next() { return record }
            }
            return nil
        }
    }

    /// How many records match.
    public func count(_ filter: Filter? = nil, at: At? = nil) async throws -> Int {
        try await acting.records.count(kind: Self.kind, at: at, filter: filter)
    }
}

/// Where the reading of a list stands. A stream is read by one task at a time.
private final class Pages: @unchecked Sendable {
    private var items: ArraySlice<Record> = []
    private(set) var cursor: String?
    private(set) var ended = false

    func next() -> Record? { items.popFirst() }
    func take(_ page: Page) {
        items = page.items[...]
        cursor = page.next
        ended = page.next == nil
    }
}
