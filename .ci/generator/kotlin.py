"""The Kotlin package: types, commands as values, nouns of an actor. It stands on `Value`, see kotlin/src/main/iam/Values.kt."""

import json
import re

from .catalogue import BY_HAND, PLAIN, Catalogue, Field, Shape, Type, Verb, deprecation, wrapped
from .node import camel
from .swift import OWN, capital, private

HEAD = "// Generated from the catalogue by `.ci/generate`; do not edit.\n\npackage iam\n\nimport java.time.Instant\n"
PLACE = "bindings-swift/kotlin/src/main/iam/generated/"
KEYWORDS = set(
    "as break class continue do else false for fun if in interface is null object package return super this throw true try typealias "
    "typeof val var when while".split()
)


def files(catalogue: Catalogue):
    return {PLACE + "Types.kt": types(catalogue), PLACE + "Commands.kt": commands(catalogue), PLACE + "Nouns.kt": nouns(catalogue)}


def safe(name):
    return f"`{name}`" if name in KEYWORDS else name


def comment(doc, indent, parameters=()):
    space = " " * indent
    lines = wrapped(doc, 112 - indent) or [""]
    if parameters:
        lines.append("")
        for name, text in parameters:
            first, *rest = wrapped(f"@param {name} {text}", 108 - indent)
            lines += [first, *("    " + line for line in rest)]
    # KDoc reads […] as a link and */ as its end.
    lines = [line.replace("*/", "* /").replace("[", "\\[") for line in lines]
    if len(lines) == 1:
        return f"{space}/** {lines[0]} */\n"
    return f"{space}/**\n" + "".join(f"{space} * {line}".rstrip() + "\n" for line in lines) + f"{space} */\n"


def deprecated(verb: Verb, indent):
    instead = deprecation(verb.doc)
    return f"{' ' * indent}@Deprecated({json.dumps(instead)})\n".replace("$", "\\$") if instead else ""


def kotlin_type(shape: Shape):
    match shape.kind:
        case "text":
            return "String"
        case "integer":
            return "Long"
        case "number":
            return "Double"
        case "boolean":
            return "Boolean"
        case "named":
            return {"Revision": "Long", "Moment": "Instant"}.get(shape.name, shape.name)
        case "list" | "set":
            return f"List<{kotlin_type(shape.of[0])}>"
        case "tuple":
            parts = {kotlin_type(part) for part in shape.of}
            return f"List<{parts.pop()}>" if len(parts) == 1 else "List<Value>"
        case "map":
            return f"Map<String, {kotlin_type(shape.of[0])}>"
        case "optional":
            inner = kotlin_type(shape.of[0])
            return inner if inner == "Value" or inner.endswith("?") else inner + "?"
    return "Value"


def absent(one: Field):
    """The type and the default of what may be left out."""
    kind = kotlin_type(one.shape)
    match one.shape.kind:
        case "list" | "set":
            return kind, "listOf()"
        case "map":
            return kind, "mapOf()"
        case "boolean":
            return kind, "true" if one.default is True else "false"
        case "integer":
            return kind, f"{one.default or 0}L"
        case "number":
            return kind, str(float(one.default or 0))
        case "text":
            return kind, text(one.default or "")
    if kind == "Value":
        return kind, "Value.Null"
    return (kind if kind.endswith("?") else kind + "?"), "null"


def text(value):
    return json.dumps(value, ensure_ascii=False).replace("$", "\\$")


def reading(catalogue: Catalogue, shape: Shape, source, depth=0):
    """The expression that makes the value of `source`, a `Value`."""
    item = "xyz"[depth % 3]
    match shape.kind:
        case "text":
            return f"{source}.toText()"
        case "integer":
            return f"{source}.toInteger()"
        case "number":
            return f"{source}.toNumber()"
        case "boolean":
            return f"{source}.toBoolean()"
        case "named":
            match shape.name:
                case "Revision":
                    return f"{source}.toInteger()"
                case "Moment":
                    return f"{source}.toMoment()"
                case "Value":
                    return source
                case "Problem":
                    return f"problemOf({source})"
                case "FieldProblem":
                    return f"fieldProblemOf({source})"
            if shape.name in BY_HAND:
                return f"{shape.name}.read({source})"
            kind = catalogue.types[shape.name].kind
            if kind == "text":
                return f"{source}.toText()"
            return source if kind == "alias" else f"{shape.name}.read({source})"
        case "list" | "set":
            return f"{source}.toList {{ {item} -> {reading(catalogue, shape.of[0], item, depth + 1)} }}"
        case "tuple":
            if kotlin_type(shape) == "List<Value>":
                return f"{source}.toList {{ it }}"
            return f"{source}.toList {{ {item} -> {reading(catalogue, shape.of[0], item, depth + 1)} }}"
        case "map":
            return f"{source}.toMap {{ {item} -> {reading(catalogue, shape.of[0], item, depth + 1)} }}"
        case "optional":
            if kotlin_type(shape) == "Value":
                return source
            return f"{source}.orNull {{ {item} -> {reading(catalogue, shape.of[0], item, depth + 1)} }}"
    return source


def types(catalogue: Catalogue):
    out = HEAD
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
    out += "\n/** Every stable error code. */\npublic object Code {\n"
    for code in catalogue.codes:
        name = code["name"].replace(".", "_").upper()
        out += comment(code["doc"], 4) + f'    public const val {name}: String = "{code["name"]}"\n'
    return out + "}\n"


def enum(name, variants):
    out = f"public enum class {name}(public val word: String) : ToValue {{\n"
    for variant in variants:
        out += comment(variant.doc, 4) if variant.doc else ""
        out += f'    {variant.name.upper()}("{variant.name}"),\n'
    out += "    ;\n\n    override fun toValue(): Value = Value.Text(word)\n\n    public companion object {\n"
    out += f'        internal fun read(value: Value): {name} =\n            entries.find {{ it.word == value.toText() }} ?: throw unexpected("{name}")\n'
    return out + "    }\n}\n"


def struct(catalogue: Catalogue, one: Type):
    fields = sorted(one.fields, key=lambda each: not each.required)
    out, hidden = "", False
    rows = []  # name in Kotlin, name in JSON, type, default, documentation, hidden, reading
    if one.kind == "tagged":
        tag = one.name + capital(camel(one.tag))
        out += enum(tag, one.variants) + "\n" + comment(one.doc, 0)
        rows.append((safe(camel(one.tag)), one.tag, tag, None, "Which one it is.", False, f'{tag}.read(value.field("{one.tag}"))'))
    for each in fields:
        if each.required:
            kind, default = kotlin_type(each.shape), None
            read = reading(catalogue, each.shape, f'value.field("{each.name}")')
        else:
            kind, default = absent(each)
            shape = each.shape.of[0] if each.shape.kind == "optional" else each.shape
            inner = reading(catalogue, shape, "it")
            read = f'value["{each.name}"]?.let {{ {inner} }}' + ("" if default == "null" else f" ?: {default}")
        secret = private(each, kind)
        rows.append((safe(camel(each.name)), each.name, kind, default, each.doc, secret, read))
        hidden = hidden or secret
    if not rows:
        return out + f"public class {one.name} : ToValue {{\n    override fun toValue(): Value = Fields().toValue()\n\n    public companion object {{\n" \
            f"        internal fun read(value: Value): {one.name} = {one.name}().also {{ value.toString() }}\n    }}\n}}\n"
    out += f"public data class {one.name}(\n"
    for name, _, kind, default, doc, *_ in rows:
        out += comment(doc, 4) + f"    val {name}: {kind}" + ("" if default is None else f" = {default}") + ",\n"
    out += ") : ToValue {\n    override fun toValue(): Value = Fields().apply {\n"
    for name, field, kind, default, *_ in rows:
        given = f"this@{one.name}.{name}"
        condition = "" if default is None or default in ("null", "Value.Null") else f"if ({given} != {default}) "
        if default in ("listOf()", "mapOf()"):
            condition = f"if ({given}.isNotEmpty()) "
        out += f'        {condition}put("{field}", {given})\n'
    out += "    }.toValue()\n"
    if hidden:
        shown = ", ".join(f"{row[0].strip('`')}=${{{row[0]}}}" for row in rows if not row[5])
        out += f'\n    override fun toString(): String = "{one.name}({shown})"\n'
    out += f"\n    public companion object {{\n        internal fun read(value: Value): {one.name} = {one.name}(\n"
    out += "".join(f"            {read},\n" for *_, read in rows) + "        )\n    }\n}\n"
    return out


def union(catalogue: Catalogue, one: Type):
    out = f"public sealed class {one.name} : ToValue {{\n"
    reads = ""
    names = "|".join(capital(camel(variant.name)) for variant in one.variants)

    def outside(text):
        """A type that is called like one of the forms is the one outside."""
        return re.sub(rf"(?<![.\w])({names})\b", r"iam.\1", text)

    for variant in one.variants:
        out += comment(variant.doc, 4) if variant.doc else ""
        name = capital(camel(variant.name))
        if variant.fields is not None:
            parts = []
            for part in variant.fields:
                kind, default = (kotlin_type(part.shape), None) if part.required else absent(part)
                kind = outside(kind)
                parts.append(f"val {safe(camel(part.name))}: {kind}" + ("" if default is None else f" = {default}"))
            out += f"    public data class {name}({', '.join(parts)}) : {one.name}() {{\n"
            out += f'        override fun toValue(): Value = Value.Object(mapOf("{variant.name}" to Fields().apply {{\n'
            out += "".join(f'            put("{part.name}", this@{name}.{safe(camel(part.name))})\n' for part in variant.fields)
            out += "        }.toValue()))\n    }\n\n"
            inner = []
            for part in variant.fields:
                if part.required:
                    inner.append(outside(reading(catalogue, part.shape, f'it.field("{part.name}")')))
                else:
                    shape = part.shape.of[0] if part.shape.kind == "optional" else part.shape
                    default = absent(part)[1]
                    inner.append(f'it["{part.name}"]?.let {{ part -> {outside(reading(catalogue, shape, "part"))} }}' + ("" if default == "null" else f" ?: {default}"))
            reads += f'            value["{variant.name}"]?.let {{ return {name}({", ".join(inner)}) }}\n'
        elif variant.value is not None:
            out += f"    public data class {name}(val value: {outside(kotlin_type(variant.value))}) : {one.name}() {{\n"
            out += f'        override fun toValue(): Value = Value.Object(mapOf("{variant.name}" to valueOf(value)))\n    }}\n\n'
            reads += f'            value["{variant.name}"]?.let {{ return {name}({outside(reading(catalogue, variant.value, "it"))}) }}\n'
        else:
            out += f"    public data object {name} : {one.name}() {{\n"
            out += f'        override fun toValue(): Value = Value.Text("{variant.name}")\n    }}\n\n'
            reads += f'            if (value == Value.Text("{variant.name}")) return {name}\n'
    out += f"    public companion object {{\n        internal fun read(value: Value): {one.name} {{\n{reads}"
    return out + f'            throw unexpected("{one.name}")\n        }}\n    }}\n}}\n'


# --- commands

ATTRIBUTES = {"integer": "Long", "number": "Double", "boolean": "Boolean", "moment": "Instant", "object": "Map<String, Value>"}


def parameters(verb: Verb):
    """The parameters as (name, type, default, name in JSON, is an attribute, documentation)."""
    rows, attributes = [], verb.attributes
    fields = [one for one in verb.fields if not (one.name == "attributes" and attributes is not None)]
    for one in sorted(fields, key=lambda each: not each.required):
        kind = kotlin_type(one.shape)
        if one.required:
            rows.append((camel(one.name), kind, None, one.name, False, one.doc))
        else:
            rows.append((camel(one.name), kind if kind.endswith("?") else kind + "?", "null", one.name, False, one.doc))
    if attributes is not None:
        ordered = sorted(attributes, key=lambda each: not each["required"]) if verb.name in ("create", "define") else attributes
        for attribute in ordered:
            kind = ATTRIBUTES.get(attribute["type"], "String")
            kind = f"List<{kind}>?" if attribute["multiple"] else kind + "?"
            rows.append((camel(attribute["name"]), kind, "null", attribute["name"], True, attribute["label"] + "."))
        doc = "More attributes by name, those that the realm declared among them; `Value.Null` removes a value."
        rows.append(("attributes", "Map<String, Value>", "mapOf()", "attributes", False, doc))
    return rows


def signature(rows):
    return [f"{safe(name)}: {kind}" + ("" if default is None else f" = {default}") for name, kind, default, *_ in rows]


def laid_out(head, parts, tail):
    line = f"    {head}({', '.join(parts)}){tail}"
    return line if len(line) <= 118 else f"    {head}(\n" + "".join(f"        {part},\n" for part in parts) + f"    ){tail}"


def filling(rows, attributes):
    out = "        val fields = Fields()\n"
    for name, kind, default, field, is_attribute, _ in rows:
        if not is_attribute and not (field == "attributes" and attributes is not None):
            out += f'        fields.{"set" if default is None else "put"}("{field}", {safe(name)})\n'
    if attributes is not None:
        out += "        val named = Fields(attributes)\n"
        for name, kind, default, field, is_attribute, _ in rows:
            if is_attribute:
                out += f'        named.put("{field}", {safe(name)})\n'
        out += '        fields.set("attributes", named.toValue())\n'
    return out


def commands(catalogue: Catalogue):
    out = HEAD
    nouns = [(noun, verbs) for noun, (verbs, _) in catalogue.nouns().items() if verbs]
    for noun, verbs in nouns:
        plural = catalogue.plural(noun)
        out += f"\n/** Commands about {plural.replace('_', ' ')}, as values. */\npublic object {catalogue.class_name(noun)}Commands {{\n"
        for number, verb in enumerate(verbs):
            rows = parameters(verb)
            out += ("\n" if number else "") + comment(verb.doc, 4, [(row[0], row[5]) for row in rows])
            out += laid_out(f"public fun {safe(camel(verb.name))}", signature(rows), ": Command {") + "\n"
            out += filling(rows, verb.attributes) + f'        return Command("{verb.full_name}", fields)\n    }}\n'
        out += "}\n"
    out += "\n/** Every noun, making commands as values: `Commands.users.create(userName = \"alice\")`. */\npublic object Commands {\n"
    for noun, _ in nouns:
        plural = catalogue.plural(noun)
        out += comment(f"Commands about {plural.replace('_', ' ')}.", 4)
        out += f"    public val {safe(camel(plural))}: {catalogue.class_name(noun)}Commands = {catalogue.class_name(noun)}Commands\n"
    out += "\n    /** The names of all commands. */\n    public val all: List<String> = listOf(\n"
    out += "".join(f'        "{verb.full_name}",\n' for verb in catalogue.commands)
    return out + "    )\n}\n"


def nouns(catalogue: Catalogue):
    out = HEAD
    every = catalogue.nouns()
    for noun, (verbs, queries) in every.items():
        plural = catalogue.plural(noun)
        out += "\n" + comment(f"What can be done with and known about {plural.replace('_', ' ')}.", 0)
        name = catalogue.class_name(plural) + "Noun"
        if noun in catalogue.kinds:
            out += f"public class {name} internal constructor(acting: Acting) : KindReads(acting, Kind.{noun.upper()}) {{\n"
        else:
            out += f"public class {name} internal constructor(private val acting: Acting) {{\n"
        for verb in verbs:
            rows = parameters(verb)
            passed = ", ".join(safe(row[0]) for row in rows)
            out += "\n" + comment(verb.doc, 4, [(row[0], row[5]) for row in rows]) + deprecated(verb, 4)
            out += laid_out(f"public suspend fun {safe(camel(verb.name))}", signature(rows), ": Executed =") + "\n"
            out += f"        acting.execute({catalogue.class_name(noun)}Commands.{safe(camel(verb.name))}({passed}))\n"
        for verb in queries:
            rows = parameters(verb)
            out += "\n" + comment(verb.doc, 4, [(row[0], row[5]) for row in rows]) + deprecated(verb, 4)
            result = kotlin_type(verb.output)
            out += laid_out(f"public suspend fun {safe(camel(verb.name))}", signature(rows), f": {result} {{") + "\n"
            read = reading(catalogue, verb.output, "answer")
            out += filling(rows, None) + f'        val answer = acting.ask("{verb.full_name}", fields)\n        return {read}\n    }}\n'
        out += "}\n"
    for noun in every:
        plural = catalogue.plural(noun)
        name = catalogue.class_name(plural) + "Noun"
        out += "\n" + comment(capital(plural.replace("_", " ")) + ".", 0)
        out += f"public val Acting.{safe(camel(plural))}: {name} get() = {name}(this)\n"
    for verb in catalogue.generated:
        rows = parameters(verb)
        out += "\n" + comment(verb.doc, 0, [(row[0], row[5]) for row in rows]) + deprecated(verb, 0)
        if verb.name in PLAIN:
            passed = ", ".join(safe(row[0]) for row in rows)
            text = laid_out(f"public suspend fun Acting.{safe(camel(verb.name))}", signature(rows), f": {kotlin_type(verb.output)} =")
            out += "\n".join(line[4:] for line in text.split("\n")) + f"\n    {camel(verb.name)}Plainly({passed})\n"
            continue
        nothing = verb.output.kind == "nothing"
        tail = " {" if nothing else f": {kotlin_type(verb.output)} {{"
        text = laid_out(f"public suspend fun Acting.{safe(camel(verb.name))}", signature(rows), tail) + "\n" + filling(rows, None)
        call = f'perform("{verb.full_name}", fields.toValue())'
        text += f"        {call}\n" if nothing else f"        val answer = {call}\n        return {reading(catalogue, verb.output, 'answer')}\n"
        out += "\n".join(line[4:] for line in text.split("\n")) + "}\n"
    out += "\n/** The names of all queries. */\npublic object Queries {\n    public val all: List<String> = listOf(\n"
    return out + "".join(f'        "{verb.full_name}",\n' for verb in catalogue.queries) + "    )\n}\n"
