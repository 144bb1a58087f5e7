// The first ten minutes, in Swift: a company's people in one file. The same story as ../../../python/story.py; they print the
// same.
//
//     IAM_HRSAMPLE=…/examples/data/hrsample swift run story [FILE]
import Foundation
import IAM

let folder = ProcessInfo.processInfo.environment["IAM_HRSAMPLE"] ?? "/pkg/hrsample"

/// The rows of a table. Its fields hold neither quotes nor commas.
func table(_ name: String) throws -> [[String: String]] {
    let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline)
    let columns = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return lines.dropFirst().map { line in
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return Dictionary(uniqueKeysWithValues: zip(columns, fields))
    }
}

func filled(_ text: String?) -> String? { text == "" ? nil : text }

func hire(_ row: [String: String], _ units: [String: String]) -> Command {
    .users.create(
        userName: "e\(row["employee_id"]!)", firstName: row["first_name"], lastName: row["last_name"],
        userNumber: row["employee_id"], job: row["job"], city: filled(row["city"]), state: filled(row["state"]),
        organizations: [JoinOrganization(organization: units[row["org_id"]!]!)])
}

func parts<T>(_ list: [T]) -> [[T]] {
    stride(from: 0, to: list.count, by: 200).map { Array(list[$0..<min($0 + 200, list.count)]) }
}

func story(_ acme: Acting) async throws {
    print("# Organizations and people")
    var units: [String: String] = [:]
    for row in try table("org_units.csv") {
        let unit = try await acme.organizations.create(
            name: row["org_name"], code: row["org_id"], parent: units[row["parent_org_id"]!])
        units[row["org_id"]!] = unit.id
    }
    let rows = try table("hr_feed_2016-12-31.csv")
    let first = Dictionary(uniqueKeysWithValues: rows.map { ($0["employee_id"]!, $0) })
    var ids: [String: String] = [:]
    for part in parts(rows) {
        let done = try await acme.batch(part.map { hire($0, units) })
        for (row, result) in zip(part, done.results) { ids[row["employee_id"]!] = result.id }
    }
    print("\(try await acme.organizations.count()) units, \(try await acme.users.count()) people")
    let before = try await acme.events(limit: 1000).last!.revision

    print("# The next feed: seen before it happens")
    let next = try table("hr_feed_2017-12-31.csv")
    let still = Set(next.map { $0["employee_id"]! })
    let joined = next.filter { first[$0["employee_id"]!] == nil }
    let left = rows.map { $0["employee_id"]! }.filter { !still.contains($0) }
    let moved = next.filter { row in first[row["employee_id"]!].map { $0["job"] != row["job"] } ?? false }
    let commands: [Command] =
        joined.map { hire($0, units) } + left.map { .users.disable(ids[$0]!) }
        + moved.map { .users.update(ids[$0["employee_id"]!]!, job: $0["job"]) }
    let shown = try await acme.previewBatch(commands)
    print("\(joined.count) join, \(left.count) leave, \(moved.count) change their job")
    print("\(shown.difference.records.count) records would be different, \(shown.results.filter { $0.problem != nil }.count) refused")

    print("# Applied as a change set")
    let feed = try acme.inChangeSet(try await acme.newChangeSet()).because("HR feed of 2017-12-31")
    for part in parts(commands) { try await feed.batch(part) }
    let enabled = "administrative_status eq \"enabled\""
    print("\(try await acme.users.count(Filter(enabled))) people, \(try await acme.users.count()) records")

    print("# One person's change taken back")
    let id = ids[moved[0]["employee_id"]!]!
    print("\(try await acme.users.get(id, at: .revision(before)).job!) -> \(try await acme.users.get(id).job!)")
    try await acme.because("agreed for next year").rollback(.record(id: id, after: before))
    let commandsOf = try await acme.history.of(id).map(\.command).joined(separator: ", ")
    print("\(try await acme.users.get(id).job!): \(commandsOf)")

    print("# The world as it was")
    let past = try acme.asOf(.revision(before))
    for root in try await acme.organizations.tree() {
        for unit in root.children {
            let people = Filter("within_organization eq \"\(unit.organization.id)\" and \(enabled)")
            let then = try await past.users.count(people), now = try await acme.users.count(people)
            print("\(unit.organization["name"]!.text!): \(then) then, \(now) now")
        }
    }

    print("# A department moves")
    func named(_ name: String) async throws -> Record {
        try await acme.organizations.search(Filter("name eq \"\(name)\"")).items[0]
    }
    let west = try await named("Sls - West"), marketing = try await named("Marketing")
    for each in try await acme.preview(.organizations.transfer(west.id, parent: marketing.id)).difference.records {
        print("\(each.step.rawValue) \(each.label)")
    }
    try await acme.organizations.transfer(west.id, parent: marketing.id)
    do {
        try await acme.organizations.transfer(marketing.id, parent: west.id)
    } catch IamError.Refused(let problem) {
        print("and back under itself: \(problem.code)")
    }

    print("# Found")
    let who: Filter = "(job sw \"product\" or job eq \"Attorney\") and not (state eq \"MS\")"
    let page = try await acme.users.search(who, sort: ["last_name", "first_name", "user_name"], limit: 5, total: true)
    print("\(page.total!) people, the first of them:")
    for user in page.items { print("  \(user.lastName!), \(user.firstName!): \(user.job!), \(user.city ?? "-")") }

    print("# Nothing was tampered with, and everything agrees")
    let head = try await acme.sealChain()
    let verified = try await acme.chain.verify(published: head.map { [$0] } ?? [])
    let diagnosis = try await acme.realms.doctor()
    print(
        "\(verified.rows) rows, \(verified.breaks.count) breaks; \(diagnosis.records) records, \(diagnosis.findings.count) findings")
}

let address = CommandLine.arguments.count > 1 ? CommandLine.arguments[1] : ":memory:"
try await story(try await openDatabase(address: address).acting(in: "acme", as: "host:story"))
