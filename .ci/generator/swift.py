"""The Swift package: types, commands as values, nouns of an actor. It stands on `Value`, see Sources/IAM/Values.swift."""

import json

from .catalogue import BY_HAND, PLAIN, Catalogue, Field, Shape, Type, Verb, deprecation, wrapped
from .node import camel
from .python import PRIVATE

HEAD = "// Generated from the catalogue by `.ci/generate`; do not edit.\n"
PLACE = "bindings-swift/Sources/IAM/Generated/"
# Types that the package has by hand, or that come from the native part.
OWN = BY_HAND | {"Problem", "FieldProblem"}
KEYWORDS = set(
    "associatedtype class deinit enum extension fileprivate func import init inout internal let open operator private precedencegroup "
    "protocol public rethrows static struct subscript typealias var break case catch continue default defer do else fallthrough for "
    "guard if in repeat return throw switch where while as false is nil self super throws true try Type Self".split()
)


def files(catalogue: Catalogue):
    return {PLACE + "Types.swift": types(catalogue), PLACE + "Commands.swift": commands(catalogue), PLACE + "Nouns.swift": nouns(catalogue)}


def safe(name):
    if name in ("init", "self", "Type", "Self"):
        return name + "_"
    return f"`{name}`" if name in KEYWORDS else name


def capital(name):
    return name[:1].upper() + name[1:]


def comment(doc, indent, parameters=()):
    space = " " * indent
    lines = wrapped(doc, 112 - indent) or [""]
    if parameters:
        lines += ["", "- Parameters:"]
        for name, text in parameters:
            first, *rest = wrapped(f"{name}: {text}", 106 - indent) or [f"{name}:"]
            lines += [f"  - {first}", *("    " + line for line in rest)]
    return "".join((f"{space}/// {line}").rstrip() + "\n" for line in lines)


def deprecated(verb: Verb):
    instead = deprecation(verb.doc)
    return f"    @available(*, deprecated, message: {json.dumps(instead)})\n" if instead else ""


def swift_type(catalogue: Catalogue, shape: Shape):
    match shape.kind:
        case "text":
            return "String"
        case "integer":
            return "Int"
        case "number":
            return "Double"
        case "boolean":
            return "Bool"
        case "named":
            return {"Revision": "Int", "Moment": "Date"}.get(shape.name, shape.name)
        case "list" | "set":
            return f"[{swift_type(catalogue, shape.of[0])}]"
        case "tuple":
            parts = {swift_type(catalogue, part) for part in shape.of}
            return f"[{parts.pop()}]" if len(parts) == 1 else "[Value]"
        case "map":
            return f"[String: {swift_type(catalogue, shape.of[0])}]"
        case "optional":
            inner = swift_type(catalogue, shape.of[0])
            return inner if inner == "Value" else inner + "?"
    return "Value"


def absent(catalogue: Catalogue, one: Field):
    """The type and the default of what may be left out."""
    kind = swift_type(catalogue, one.shape)
    match one.shape.kind:
        case "list" | "set":
            return kind, "[]"
        case "map":
            return kind, "[:]"
        case "boolean":
            return kind, "true" if one.default is True else "false"
        case "integer":
            return kind, str(one.default or 0)
        case "number":
            return kind, str(float(one.default or 0))
        case "text":
            return kind, json.dumps(one.default or "", ensure_ascii=False)
    if kind == "Value":
        return kind, ".null"
    return (kind if kind.endswith("?") else kind + "?"), "nil"


# --- types

def types(catalogue: Catalogue):
    out = HEAD + "\nimport Foundation\n"
    for one in catalogue.used_types():
        if one.name in OWN:
            continue
        out += "\n" + comment(one.doc, 0)
        match one.kind:
            case "text":
                out += f"public typealias {one.name} = String\n"
            case "alias":
                out += f"public typealias {one.name} = Value\n"
            case "enum":
                out += enum(one.name, one.variants)
            case "union":
                out += union(catalogue, one)
            case _:
                out += struct(catalogue, one)
    out += "\n/// Every stable error code.\npublic enum Code {\n"
    for code in catalogue.codes:
        out += comment(code["doc"], 4) + f'    public static let {safe(camel(code["name"].replace(".", "_")))} = "{code["name"]}"\n'
    return out + "}\n"


def enum(name, variants):
    out = f"public enum {name}: String, ValueConvertible, CaseIterable {{\n"
    for variant in variants:
        out += comment(variant.doc, 4) if variant.doc else ""
        out += f'    case {safe(camel(variant.name))} = "{variant.name}"\n'
    return out + "}\n"


def private(one: Field, kind):
    return one.secret or one.name in PRIVATE or "Value" in kind


def struct(catalogue: Catalogue, one: Type):
    fields = sorted(one.fields, key=lambda each: not each.required)
    out, hidden = "", False
    rows = []  # name in Swift, name in JSON, type, default, documentation
    if one.kind == "tagged":
        out += enum(one.name + capital(camel(one.tag)), one.variants)
        out += "\n" + comment(one.doc, 0)
        rows.append((safe(camel(one.tag)), one.tag, one.name + capital(camel(one.tag)), None, "Which one it is.", False))
    for each in fields:
        if each.required:
            kind, default = swift_type(catalogue, each.shape), None
        else:
            kind, default = absent(catalogue, each)
        rows.append((safe(camel(each.name)), each.name, kind, default, each.doc, private(each, kind)))
        hidden = hidden or private(each, kind)
    out += f"public struct {one.name}: ValueConvertible" + (", Concealed" if hidden else "") + " {\n"
    for name, _, kind, _, doc, _ in rows:
        out += comment(doc, 4) + f"    public var {name}: {kind}\n"
    parameters = ", ".join(f"{name}: {kind}" + ("" if default is None else f" = {default}") for name, _, kind, default, *_ in rows)
    out += f"\n    public init({parameters}) {{\n" + "".join(f"        self.{name} = {name}\n" for name, *_ in rows) + "    }\n"
    out += "\n    public init(_ value: Value) throws {\n" + ("" if rows else "        _ = value\n")
    for name, field, kind, default, *_ in rows:
        reads = f'try value.read("{field}")' if default is None else f'try value.read("{field}", or: {default})'
        out += f"        self.{name} = {reads}\n"
    out += "    }\n\n    public var jsonValue: Value {\n" + ("        var fields = Fields()\n" if rows else "        let fields = Fields()\n")
    for name, field, kind, default, *_ in rows:
        condition = "" if default is None or default in ("nil", ".null") else f"if self.{name} != {default} {{ "
        out += f'        {condition}fields.put("{field}", self.{name})' + (" }" if condition else "") + "\n"
    out += "        return fields.jsonValue\n    }\n"
    if hidden:
        shown = [row for row in rows if not row[5]]
        text = ", ".join(f"{row[0].strip('`')}: \\(self.{row[0]}{' as Any' if row[2].endswith('?') else ''})" for row in shown)
        out += f'\n    public var shown: String {{ "{one.name}({text})" }}\n'
    return out + "}\n"


def union(catalogue: Catalogue, one: Type):
    out = f"public indirect enum {one.name}: ValueConvertible {{\n"
    for variant in one.variants:
        out += comment(variant.doc, 4) if variant.doc else ""
        name = safe(camel(variant.name))
        if variant.fields is not None:
            parts = ", ".join(f"{safe(camel(part.name))}: {part_type(catalogue, part)}" for part in variant.fields)
            out += f"    case {name}({parts})\n"
        elif variant.value is not None:
            out += f"    case {name}({swift_type(catalogue, variant.value)})\n"
        else:
            out += f"    case {name}\n"
    out += "\n    public init(_ value: Value) throws {\n"
    for variant in one.variants:
        name = safe(camel(variant.name))
        if variant.fields is not None:
            parts = ", ".join(f'{camel(part.name)}: try inner.read("{part.name}"' + ("" if part.required else f", or: {absent(catalogue, part)[1]}") + ")"
                              for part in variant.fields)
            out += f'        if let inner = value["{variant.name}"] {{ self = .{name}({parts}); return }}\n'
        elif variant.value is not None:
            inner = swift_type(catalogue, variant.value)
            out += f'        if let inner = value["{variant.name}"] {{ self = .{name}(try {constructor(inner)}(inner)); return }}\n'
        else:
            out += f'        if value.text == "{variant.name}" {{ self = .{name}; return }}\n'
    out += f'        throw Value.unexpected("{one.name}")\n    }}\n\n    public var jsonValue: Value {{\n        switch self {{\n'
    for variant in one.variants:
        name = safe(camel(variant.name))
        if variant.fields is not None:
            names = [f"part{number}" for number in range(len(variant.fields))]
            out += f"        case .{name}({', '.join('let ' + each for each in names)}):\n            var fields = Fields()\n"
            out += "".join(f'            fields.put("{part.name}", {each})\n' for part, each in zip(variant.fields, names))
            out += f'            return .object(["{variant.name}": fields.jsonValue])\n'
        elif variant.value is not None:
            out += f'        case .{name}(let inner):\n            return .object(["{variant.name}": inner.jsonValue])\n'
        else:
            out += f'        case .{name}:\n            return .text("{variant.name}")\n'
    return out + "        }\n    }\n}\n"


def part_type(catalogue, part):
    return swift_type(catalogue, part.shape) if part.required else absent(catalogue, part)[0]


def constructor(kind):
    return f"Optional<{kind[:-1]}>" if kind.endswith("?") else kind


# --- commands

ATTRIBUTES = {"integer": "Int", "number": "Double", "boolean": "Bool", "moment": "Date", "object": "[String: Value]"}


def parameters(catalogue: Catalogue, verb: Verb):
    """The parameters as (label, name, type, default, name in JSON, is an attribute, documentation): what is required, the
    attributes, the options. Swift wants arguments in the order of the parameters."""
    rows, options, attributes = [], [], verb.attributes
    fields = [one for one in verb.fields if not (one.name == "attributes" and attributes is not None)]
    for number, one in enumerate(sorted(fields, key=lambda each: not each.required)):
        name = camel(one.name)
        kind = swift_type(catalogue, one.shape)
        if one.required:
            label = "_" if number == 0 and one.name in (verb.noun, "id", "text") else name
            rows.append((label, name, kind, None, one.name, False, one.doc))
        else:
            options.append((name, name, kind if kind.endswith("?") else kind + "?", "nil", one.name, False, one.doc))
    if attributes is not None:
        ordered = sorted(attributes, key=lambda each: not each["required"]) if verb.name in ("create", "define") else attributes
        for attribute in ordered:
            kind = ATTRIBUTES.get(attribute["type"], "String")
            kind = f"[{kind}]?" if attribute["multiple"] else kind + "?"
            name = camel(attribute["name"])
            rows.append((name, name, kind, "nil", attribute["name"], True, attribute["label"] + "."))
        doc = "More attributes by name, those that the realm declared among them; `.null` removes a value."
        options.append(("attributes", "attributes", "[String: Value]", "[:]", "attributes", False, doc))
    return rows + options


def signature(rows):
    parts = []
    for label, name, kind, default, *_ in rows:
        # A label may be any word but inout; the name inside is quoted.
        shown = safe(name) if label == name else f"{label} {safe(name)}"
        parts.append(f"{shown}: {kind}" + ("" if default is None else f" = {default}"))
    return parts


def laid_out(head, parts, tail, indent):
    line = f"{' ' * indent}{head}({', '.join(parts)}){tail}"
    if len(line) <= 118:
        return line
    space = " " * (indent + 4)
    return f"{' ' * indent}{head}(\n" + ",\n".join(space + part for part in parts) + f"\n{' ' * indent}){tail}"


def filling(rows, attributes):
    out = "        var fields = Fields()\n" if rows else "        let fields = Fields()\n"
    for label, name, kind, default, field, is_attribute, _ in rows:
        if not is_attribute and not (field == "attributes" and attributes is not None):
            # What is required is said even when it is nothing.
            verb = "set" if default is None else "put"
            out += f'        fields.{verb}("{field}", {safe(name)})\n'
    if attributes is not None:
        out += "        var named = Fields(attributes)\n"
        for label, name, kind, default, field, is_attribute, _ in rows:
            if is_attribute:
                out += f'        named.put("{field}", {safe(name)})\n'
        out += '        fields.set("attributes", named.jsonValue)\n'
    return out


def commands(catalogue: Catalogue):
    out = HEAD + "\nimport Foundation\n"
    nouns = [(noun, verbs) for noun, (verbs, _) in catalogue.nouns().items() if verbs]
    for noun, verbs in nouns:
        plural = catalogue.plural(noun)
        out += f"\n/// Commands about {plural.replace('_', ' ')}, as values: `.{camel(plural)}.…` wherever a `Command` is expected.\n"
        out += f"public struct {catalogue.class_name(noun)}Commands: Sendable {{\n"
        for number, verb in enumerate(verbs):
            rows = parameters(catalogue, verb)
            out += "\n" if number else ""
            out += comment(verb.doc, 4, [(row[1], row[6]) for row in rows])
            out += laid_out(f"public func {safe(camel(verb.name))}", signature(rows), " -> Command {", 4) + "\n"
            out += filling(rows, verb.attributes)
            out += f'        return Command(name: "{verb.full_name}", input: fields)\n    }}\n'
        out += "}\n"
    out += "\nextension Command {\n"
    for noun, _ in nouns:
        plural = catalogue.plural(noun)
        out += f"    /// Commands about {plural.replace('_', ' ')}.\n"
        out += f"    public static var {safe(camel(plural))}: {catalogue.class_name(noun)}Commands {{ {catalogue.class_name(noun)}Commands() }}\n"
    out += "\n    /// The names of all commands.\n    public static let all: [String] = [\n"
    out += "".join(f'        "{verb.full_name}",\n' for verb in catalogue.commands)
    return out + "    ]\n}\n"


# --- nouns

def nouns(catalogue: Catalogue):
    out = HEAD + "\nimport Foundation\n"
    every = catalogue.nouns()
    for noun, (verbs, queries) in every.items():
        plural = catalogue.plural(noun)
        name = catalogue.class_name(plural)
        reads = ": KindReads" if noun in catalogue.kinds else ": Sendable"
        out += f"\n/// What can be done with and known about {plural.replace('_', ' ')}.\npublic struct {name}Noun{reads} {{\n"
        out += "    /// Who asks.\n    public let acting: Acting\n"
        if noun in catalogue.kinds:
            out += f'    /// The kind of the records.\n    public static let kind = Kind.{safe(camel(noun))}\n'
        for verb in verbs:
            rows = parameters(catalogue, verb)
            passed = ", ".join((safe(row[1]) if row[0] == "_" else f"{row[0]}: {safe(row[1])}") for row in rows)
            out += "\n" + comment(verb.doc, 4, [(row[1], row[6]) for row in rows]) + deprecated(verb)
            out += "    @discardableResult\n"
            out += laid_out(f"public func {safe(camel(verb.name))}", signature(rows), " async throws -> Executed {", 4) + "\n"
            out += f"        try await acting.execute(Command.{safe(camel(plural))}.{safe(camel(verb.name))}({passed}))\n    }}\n"
        for verb in queries:
            rows = parameters(catalogue, verb)
            out += "\n" + comment(verb.doc, 4, [(row[1], row[6]) for row in rows]) + deprecated(verb)
            tail = f" async throws -> {swift_type(catalogue, verb.output)} {{"
            out += laid_out(f"public func {safe(camel(verb.name))}", signature(rows), tail, 4) + "\n"
            out += filling(rows, None) + f'        return try await acting.ask("{verb.full_name}", fields)\n    }}\n'
        out += "}\n"
    out += "\nextension Acting {\n"
    for noun in every:
        plural = catalogue.plural(noun)
        out += f"    /// {capital(plural.replace('_', ' '))}.\n"
        out += f"    public var {safe(camel(plural))}: {catalogue.class_name(plural)}Noun {{ {catalogue.class_name(plural)}Noun(acting: self) }}\n"
    for verb in catalogue.generated:
        rows = parameters(catalogue, verb)
        out += "\n" + comment(verb.doc, 4, [(row[1], row[6]) for row in rows]) + deprecated(verb)
        nothing = verb.output.kind == "nothing"
        tail = " async throws {" if nothing else f" async throws -> {swift_type(catalogue, verb.output)} {{"
        out += laid_out(f"public func {safe(camel(verb.name))}", signature(rows), tail, 4) + "\n"
        if verb.name in PLAIN:
            out += f"        try await {camel(verb.name)}Plainly({', '.join(row[1] for row in rows)})\n    }}\n"
            continue
        out += filling(rows, None)
        call = f'try await perform("{verb.full_name}", fields.jsonValue)'
        out += f"        _ = {call}\n    }}\n" if nothing else f"        return try {constructor(swift_type(catalogue, verb.output))}({call})\n    }}\n"
    out += "}\n\n/// The names of all queries.\npublic enum Queries {\n    public static let all: [String] = [\n"
    return out + "".join(f'        "{verb.full_name}",\n' for verb in catalogue.queries) + "    ]\n}\n"
