import Foundation

extension IamError {
    /// What it was, whichever family it belongs to.
    public var problem: Problem {
        switch self {
        case .Invalid(let problem), .NotFound(let problem), .Refused(let problem), .Conflict(let problem),
            .Denied(let problem), .Limit(let problem), .Storage(let problem), .Corrupt(let problem):
            problem
        }
    }

    /// The stable code, the same in every language.
    public var code: String { problem.code }
    /// What it is about: an identifier or a name.
    public var subject: String? { problem.subject }
    /// What usually helps; empty when there is nothing to say.
    public var hint: String { problem.hint }
    /// Whether the same call may succeed when it is tried again.
    public var retry: Bool { problem.retry }
    /// Every wrong field, when the input is wrong.
    public var fields: [FieldProblem] { problem.fields }
}

extension IamError {
    /// What the engine says of an identifier that it does not know: the one of an organization is no user's.
    static func absent(_ kind: Kind, _ id: String) -> IamError {
        let named = kind.rawValue.replacingOccurrences(of: "_", with: " ")
        return .NotFound(
            problem: Problem(
                code: Code.recordNotFound, kind: "not_found", message: "there is no \(named) with this identifier in the realm",
                hint: "check the identifier and the realm", subject: id, fields: [], details: [], retry: false))
    }
}

extension IamError: CustomStringConvertible {}

extension IamError: LocalizedError {
    public var errorDescription: String? { description }
    public var recoverySuggestion: String? { hint.isEmpty ? nil : hint }
}

extension FieldProblem: ValueConvertible {
    public init(_ value: Value) throws {
        self.init(field: try value.read("field"), code: try value.read("code"), message: try value.read("message"))
    }
    public var jsonValue: Value { ["field": .text(field), "code": .text(code), "message": .text(message)] }
}

extension Problem: ValueConvertible {
    public init(_ value: Value) throws {
        self.init(
            code: try value.read("code"), kind: try value.read("kind"), message: try value.read("message"),
            hint: try value.read("hint"), subject: try value.read("subject"), fields: try value.read("fields"),
            details: try value.read("details"), retry: try value.read("retry"))
    }
    public var jsonValue: Value {
        [
            "code": .text(code), "kind": .text(kind), "message": .text(message), "hint": .text(hint),
            "subject": subject.jsonValue, "fields": fields.jsonValue, "details": details.jsonValue, "retry": .boolean(retry),
        ]
    }
}
