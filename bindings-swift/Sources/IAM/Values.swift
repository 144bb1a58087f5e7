import Foundation

/// What can be said as a `Value`, and read from one. Every type that the engine takes or answers can.
public protocol ValueConvertible: Hashable, Sendable {
    init(_ value: Value) throws
    var jsonValue: Value { get }
}

/// A type whose description leaves out what may be personal.
public protocol Concealed: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var shown: String { get }
}

extension Concealed {
    public var description: String { shown }
    public var debugDescription: String { shown }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Value {
    /// The text; `nil` when it is something else.
    public var text: String? { if case .text(let text) = self { text } else { nil } }
    /// The whole number; `nil` when it is something else.
    public var integer: Int? { if case .integer(let number) = self { Int(number) } else { nil } }
    /// The number, with or without a fraction; `nil` when it is something else.
    public var number: Double? {
        switch self {
        case .number(let number): number
        case .integer(let number): Double(number)
        default: nil
        }
    }
    /// The truth value; `nil` when it is something else.
    public var boolean: Bool? { if case .boolean(let flag) = self { flag } else { nil } }
    /// The items; `nil` when it is something else.
    public var list: [Value]? { if case .items(let list) = self { list } else { nil } }
    /// The fields; `nil` when it is something else.
    public var object: [String: Value]? { if case .object(let object) = self { object } else { nil } }
    /// The moment that a text names; `nil` when it names none.
    public var moment: Date? { text.flatMap(Moments.read) }

    /// A field of a structure; `nil` when it is absent or nothing.
    public subscript(name: String) -> Value? {
        guard case .object(let object) = self, let found = object[name], found != .null else { return nil }
        return found
    }

    func read<T: ValueConvertible>(_ name: String) throws -> T { try T(self[name] ?? .null) }
    func read<T: ValueConvertible>(_ name: String, or absent: T) throws -> T { try self[name].map { try T($0) } ?? absent }

    /// The engine answered something else than its catalogue says.
    static func unexpected(_ type: String) -> IamError {
        .Corrupt(problem: Problem(
            code: "storage.corrupt", kind: "corrupt", message: "the answer holds no \(type)",
            hint: "use one version of the package and its native part", subject: nil, fields: [], details: [], retry: false))
    }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral text: String) { self = .text(text) }
    public init(integerLiteral number: Int64) { self = .integer(number) }
    public init(floatLiteral number: Double) { self = .number(number) }
    public init(booleanLiteral flag: Bool) { self = .boolean(flag) }
    public init(arrayLiteral list: Value...) { self = .items(list) }
    public init(dictionaryLiteral fields: (String, Value)...) {
        self = .object(Dictionary(fields, uniquingKeysWith: { $1 }))
    }
    public init(nilLiteral: ()) { self = .null }
}

/// The fields of an input: what is `nil` is not said at all.
public struct Fields: Hashable, Sendable {
    private(set) var fields: [String: Value] = [:]

    init(_ fields: [String: Value] = [:]) { self.fields = fields }

    var jsonValue: Value { .object(fields) }

    mutating func put<T: ValueConvertible>(_ name: String, _ given: T?) {
        if let given { fields[name] = given.jsonValue }
    }
    mutating func put(_ name: String, _ given: Value) {
        if given != .null { fields[name] = given }
    }
    mutating func set<T: ValueConvertible>(_ name: String, _ given: T) { fields[name] = given.jsonValue }
}

extension Value: ValueConvertible {
    public init(_ value: Value) throws { self = value }
    public var jsonValue: Value { self }
}

extension String: ValueConvertible {
    public init(_ value: Value) throws {
        guard let text = value.text else { throw Value.unexpected("text") }
        self = text
    }
    public var jsonValue: Value { .text(self) }
}

extension Int: ValueConvertible {
    public init(_ value: Value) throws {
        guard let number = value.integer else { throw Value.unexpected("whole number") }
        self = number
    }
    public var jsonValue: Value { .integer(Int64(self)) }
}

extension Double: ValueConvertible {
    public init(_ value: Value) throws {
        guard let number = value.number else { throw Value.unexpected("number") }
        self = number
    }
    public var jsonValue: Value { .number(self) }
}

extension Bool: ValueConvertible {
    public init(_ value: Value) throws {
        guard let flag = value.boolean else { throw Value.unexpected("truth value") }
        self = flag
    }
    public var jsonValue: Value { .boolean(self) }
}

extension Date: ValueConvertible {
    public init(_ value: Value) throws {
        guard let moment = value.moment else { throw Value.unexpected("moment") }
        self = moment
    }
    public var jsonValue: Value { .text(Moments.write(self)) }
}

extension Array: ValueConvertible where Element: ValueConvertible {
    public init(_ value: Value) throws {
        guard let list = value.list else { throw Value.unexpected("list") }
        self = try list.map { try Element($0) }
    }
    public var jsonValue: Value { .items(map(\.jsonValue)) }
}

extension Dictionary: ValueConvertible where Key == String, Value: ValueConvertible {
    public init(_ value: IAM.Value) throws {
        guard let object = value.object else { throw IAM.Value.unexpected("structure") }
        self = try object.mapValues { try Value($0) }
    }
    public var jsonValue: IAM.Value { .object(mapValues(\.jsonValue)) }
}

extension Optional: ValueConvertible where Wrapped: ValueConvertible {
    public init(_ value: Value) throws { self = value == .null ? nil : try Wrapped(value) }
    public var jsonValue: Value { self?.jsonValue ?? .null }
}

extension ValueConvertible where Self: RawRepresentable, RawValue == String {
    public init(_ value: Value) throws {
        guard let text = value.text, let found = Self(rawValue: text) else { throw IAM.Value.unexpected("\(Self.self)") }
        self = found
    }
    public var jsonValue: Value { .text(rawValue) }
}

/// Moments as the engine writes them: RFC 3339 in UTC with microseconds.
enum Moments {
    static func micros(_ date: Date) -> Int64 { Int64((date.timeIntervalSince1970 * 1_000_000).rounded()) }

    static func date(_ micros: Int64) -> Date {
        let (seconds, rest) = micros.quotientAndRemainder(dividingBy: 1_000_000)
        return Date(timeIntervalSince1970: TimeInterval(seconds) + TimeInterval(rest) / 1_000_000)
    }

    static func write(_ date: Date) -> String {
        let micros = micros(date)
        let seconds = micros >= 0 ? micros / 1_000_000 : -((-micros + 999_999) / 1_000_000)
        let days = seconds >= 0 ? seconds / 86_400 : -((-seconds + 86_399) / 86_400)
        let (year, month, day) = civil(days)
        let second = seconds - days * 86_400
        func digits(_ number: Int64, _ width: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        let clock = [second / 3_600, second / 60 % 60, second % 60].map { digits($0, 2) }.joined(separator: ":")
        return "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))T\(clock).\(digits(micros - seconds * 1_000_000, 6))Z"
    }

    static func read(_ text: String) -> Date? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"), bytes[10] == UInt8(ascii: "T") else { return nil }
        func number(_ from: Int, _ length: Int) -> Int64? {
            guard from + length < bytes.count else { return nil }
            return Int64(String(decoding: bytes[from..<from + length], as: UTF8.self))
        }
        guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2),
            let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2)
        else { return nil }
        var micros: Int64 = 0
        if bytes[19] == UInt8(ascii: ".") {
            let digits = String(decoding: bytes[20..<bytes.count - 1], as: UTF8.self)
            guard let found = Int64(digits.padding(toLength: 6, withPad: "0", startingAt: 0)) else { return nil }
            micros = found
        }
        let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
        return Date(timeIntervalSince1970: TimeInterval(seconds) + TimeInterval(micros) / 1_000_000)
    }

    /// Days since 1970 of a day in the Gregorian calendar.
    static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let ofEra = year - era * 400
        let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }

    /// The day in the Gregorian calendar, of days since 1970.
    static func civil(_ days: Int64) -> (Int64, Int64, Int64) {
        let days = days + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let ofEra = days - era * 146_097
        let year = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let shifted = (5 * ofYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (year + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - (153 * shifted + 2) / 5 + 1)
    }
}
