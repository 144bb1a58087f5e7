"""The Node client: a table of nouns for the run time, declarations for TypeScript."""

import json
import re

from .catalogue import Catalogue, Field, Shape, Type, Verb, wrapped

HEAD = "// Generated from the catalogue by `.ci/generate`; do not edit.\n"
PLACE = "bindings-node/generated/"


def files(catalogue: Catalogue):
    return {PLACE + "table.cjs": table(catalogue), PLACE + "types.d.ts": types(catalogue), PLACE + "nouns.d.ts": nouns(catalogue)}


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def comment(text, indent, parameters=()):
    space = " " * indent
    text = re.sub(r"(^|\n\n)Deprecated:", r"\1@deprecated", text)
    lines = wrapped(text, 115 - indent)
    for name, doc in parameters:
        lines += wrapped(f"@param {name} {doc}", 115 - indent)
    lines = [line.replace("*/", "* /") for line in lines]
    if len(lines) == 1:
        return f"{space}/** {lines[0]} */\n"
    return f"{space}/**\n" + "".join(f"{space} * {line}".rstrip() + "\n" for line in lines) + f"{space} */\n"


# --- the table

def table(catalogue: Catalogue):
    out = HEAD + '"use strict";\n\n'
    out += "/** Noun -> its kind, its commands and its queries, each with its parameters. */\nexports.nouns = {\n"
    for noun, (commands, queries) in catalogue.nouns().items():
        kind = json.dumps(noun) if noun in catalogue.kinds else "null"
        out += f"  {camel(catalogue.plural(noun))}: {{\n    kind: {kind},\n    commands: {{\n"
        out += "".join(verb_row(verb) for verb in commands) + "    },\n    queries: {\n"
        out += "".join(verb_row(verb) for verb in queries) + "    },\n  },\n"
    out += "};\n\n/** How the values of each type are read: moments become dates, absent lists and flags get their defaults. */\n"
    out += "exports.types = {\n"
    for one in catalogue.used_types():
        if one.kind in ("struct", "tagged"):
            rows = [(field.name, *recipe(catalogue, field)) for field in one.fields]
            rows = [row for row in rows if row[1] or row[2] is not None]
            out += f"  {one.name}: {json.dumps(rows)},\n"
    out += "};\n\n/** What queries and operations answer. */\nexports.answers = {\n"
    for verb in catalogue.queries:
        out += f"  {json.dumps(verb.full_name)}: {json.dumps(recipe_of(catalogue, verb.output))},\n"
    for operation in catalogue.operations:
        shape = catalogue._shape(operation["output"])
        out += f"  {json.dumps(operation['name'])}: {json.dumps(recipe_of(catalogue, shape))},\n"
    out += "};\n\n/** What an actor does besides commands and questions. */\nexports.operations = {\n"
    out += "".join(verb_row(verb)[4:] for verb in catalogue.generated)
    out += "};\n\n/** Family -> the codes that belong to it. */\nexports.codes = {\n"
    families = {}
    for code in catalogue.codes:
        families.setdefault(code["kind"], []).append(code["name"])
    for family, names in families.items():
        out += f"  {family}: {json.dumps(names)},\n"
    return out + "};\n"


def verb_row(verb: Verb):
    required = [one.name for one in verb.fields if one.required and not (one.name == "attributes" and verb.attributes is not None)]
    optional = [one.name for one in verb.fields if one.name not in required]
    states = [one.name for one in verb.fields if at_field(one)]
    row = {"name": verb.full_name, "required": required, "optional": optional}
    if states:
        row["states"] = states
    if verb.attributes is not None:
        row["attributes"] = [attribute["name"] for attribute in verb.attributes]
    return f"      {camel(verb.name)}: {json.dumps(row)},\n"


def at_field(one: Field):
    shape = one.shape.of[0] if one.shape.kind == "optional" else one.shape
    return shape.kind == "named" and shape.name == "At"


def recipe_of(catalogue: Catalogue, shape: Shape):
    """How to read a value: a type's name, `moment`, or a list `[…]`, map `{…}` or tuple of such; null: as it is."""
    match shape.kind:
        case "named":
            if shape.name == "Moment":
                return "moment"
            if shape.name == "Revision":
                return None
            if shape.name in ("Record", "Page"):
                return shape.name
            kind = catalogue.types[shape.name].kind
            return shape.name if kind in ("struct", "tagged") and shape.name not in ("Value", "Filter") else None
        case "list" | "set":
            inner = recipe_of(catalogue, shape.of[0])
            return inner and [inner]
        case "tuple":
            inner = recipe_of(catalogue, shape.of[0])
            return inner and [inner]
        case "map":
            inner = recipe_of(catalogue, shape.of[0])
            return inner and {"each": inner}
        case "optional":
            return recipe_of(catalogue, shape.of[0])
    return None


def recipe(catalogue: Catalogue, one: Field):
    default = None
    if one.shape.kind == "optional" or (one.shape.kind == "named" and not one.required and one.default is None):
        default = "null"
    elif not one.required:
        default = {"list": "[]", "set": "[]", "map": "{}", "boolean": "false", "integer": "0", "text": '""'}.get(
            one.shape.kind, "{}" if isinstance(one.default, dict) else None)
        if one.default is not None:
            default = json.dumps(one.default)
    return recipe_of(catalogue, one.shape), default


# --- TypeScript

def output_type(shape: Shape):
    match shape.kind:
        case "text":
            return "string"
        case "integer" | "number":
            return "number"
        case "boolean":
            return "boolean"
        case "named":
            return {"Revision": "number", "Moment": "Date"}.get(shape.name, shape.name)
        case "list" | "set":
            return f"readonly ({output_type(shape.of[0])})[]" if " " in output_type(shape.of[0]) else f"readonly {output_type(shape.of[0])}[]"
        case "map":
            return f"Readonly<Record_<{output_type(shape.of[0])}>>"
        case "tuple":
            return f"readonly [{', '.join(output_type(part) for part in shape.of)}]"
        case "optional":
            return f"{output_type(shape.of[0])} | null"
        case "nothing":
            return "void"
    return "any"


def input_type(shape: Shape):
    match shape.kind:
        case "named":
            return {"Revision": "number", "Moment": "Date | string", "Value": "AttributeValue"}.get(shape.name, shape.name)
        case "list":
            return f"readonly ({input_type(shape.of[0])})[]"
        case "set":
            return f"Iterable<{input_type(shape.of[0])}>"
        case "map":
            return f"{{ readonly [name: string]: {input_type(shape.of[0])} }}"
        case "optional":
            return f"{input_type(shape.of[0])} | null"
    return output_type(shape)


def types(catalogue: Catalogue):
    given = {one.name for one in catalogue.used_types(answers=False)}
    out = HEAD + 'import type { At, AttributeValue, Filter, Page, Record, Value } from "../index.cjs";\n\n'
    out += "/** Values by name. */\nexport interface Record_<T> {\n  [name: string]: T;\n}\n"
    for one in catalogue.used_types():
        out += "\n" + comment(one.doc, 0)
        if one.kind == "text":
            out += f"export type {one.name} = string;\n"
        elif one.kind == "alias":
            out += f"export type {one.name} = any;\n"
        elif one.kind == "enum":
            words = [variant for variant in one.variants]
            out += f"export type {one.name} =\n"
            for variant in words:
                out += (comment(variant.doc, 2) if variant.doc else "") + f'  | "{variant.name}"\n'
            out = out.rstrip("\n") + ";\n"
        elif one.kind == "union":
            out += f"export type {one.name} =\n"
            for variant in one.variants:
                out += comment(variant.doc, 2) if variant.doc else ""
                if variant.fields is not None:
                    fields = "; ".join(f"{part.name}: {input_type(part.shape)}" for part in variant.fields)
                    out += f"  | {{ {variant.name}: {{ {fields} }} }}\n"
                elif variant.value is not None:
                    out += f"  | {{ {variant.name}: {input_type(variant.value)} }}\n"
                else:
                    out += f'  | "{variant.name}"\n'
            out = out.rstrip("\n") + ";\n"
        else:
            out += f"export interface {one.name} {{\n"
            if one.kind == "tagged":
                words = " | ".join(f'"{variant.name}"' for variant in one.variants)
                out += f"  readonly {one.tag}: {words};\n"
            for field in one.fields:
                kind = output_type(field.shape)
                if field.shape.kind == "named" and not field.required and field.default is None and one.kind == "struct":
                    kind += " | null"
                optional = "?" if one.name in given and not field.required else ""
                if one.name in given:
                    kind = kind.replace("Date", "Date | string") if optional else kind
                out += comment(field.doc, 2) + f"  readonly {field.name}{optional}: {kind};\n"
            out += "}\n"
    codes = " | ".join(f'"{code["name"]}"' for code in catalogue.codes)
    out += f"\n/** Every stable error code. */\nexport type Code = {codes};\n"
    return out


def parameters(catalogue: Catalogue, verb: Verb):
    """The parameters of a method and their documentation."""
    positional, options, docs = [], [], []
    for one in verb.fields:
        if one.name == "attributes" and verb.attributes is not None:
            continue
        if one.required:
            kind = "At" if at_field(one) else input_type(one.shape)
            positional.append(f"{reserved(camel(one.name))}: {kind}")
            docs.append((reserved(camel(one.name)), one.doc))
        else:
            shape = one.shape.of[0] if at_field(one) and one.shape.kind == "optional" else one.shape
            options.append(comment(one.doc, 6) + f"      {one.name}?: {input_type(shape)};\n")
    needed = False
    if verb.attributes is not None:
        for attribute in verb.attributes:
            kind = {"integer": "number | bigint", "number": "number", "boolean": "boolean", "date": "string", "moment": "Date | string",
                    "object": "{ readonly [name: string]: any }"}.get(attribute["type"], "string")
            if attribute["multiple"]:
                kind = f"readonly ({kind})[]"
            options.append(comment(attribute["label"] + ".", 6) + f"      {attribute['name']}?: {kind} | null;\n")
        options.append(comment("More attributes by name, those that the realm declared among them; `null` removes a value.", 6)
                       + "      attributes?: { readonly [name: string]: AttributeValue };\n")
    if options:
        positional.append("options?: {\n" + "".join(options) + "    }")
    return ", ".join(positional), docs


def reserved(name):
    return name + "_" if name in ("from", "default", "delete", "in") else name


def nouns(catalogue: Catalogue):
    out = HEAD + 'import type { At, AttributeValue, Commands, Filter, KindReads, Page, Record } from "../index.cjs";\n'
    out += 'import type * as types from "./types.js";\n'
    names = sorted(one.name for one in catalogue.used_types())
    out += "import type {\n" + "".join(f"  {name},\n" for name in names) + '} from "./types.js";\n'
    every = catalogue.nouns()
    for noun, (commands, queries) in every.items():
        if commands:
            out += "\n" + comment(f"Commands about {catalogue.plural(noun).replace('_', ' ')}.", 0)
            out += f"export interface {catalogue.class_name(noun)}Commands<R> extends Commands<R> {{\n"
            for verb in commands:
                signature, docs = parameters(catalogue, verb)
                out += comment(verb.doc, 2, docs) + f"  {camel(verb.name)}({signature}): R;\n"
            out += "}\n"
        parents = [f"{catalogue.class_name(noun)}Commands<Promise<Executed>>"] if commands else []
        parents += ["KindReads"] if noun in catalogue.kinds else []
        out += "\n" + comment(f"What can be done with and known about {catalogue.plural(noun).replace('_', ' ')}.", 0)
        extends = f" extends {', '.join(parents)}" if parents else ""
        out += f"export interface {catalogue.class_name(catalogue.plural(noun))}{extends} {{\n"
        for verb in queries:
            signature, docs = parameters(catalogue, verb)
            out += comment(verb.doc, 2, docs) + f"  {camel(verb.name)}({signature}): Promise<{output_type(verb.output)}>;\n"
        out += "}\n"
    out += "\n/** Every noun that has commands. */\nexport interface CommandNouns<R> {\n"
    for noun, (commands, _) in every.items():
        if commands:
            out += f"  readonly {camel(catalogue.plural(noun))}: {catalogue.class_name(noun)}Commands<R>;\n"
    out += "}\n\n/** Every noun. */\nexport interface Nouns {\n"
    for noun in every:
        plural = catalogue.plural(noun)
        out += f"  readonly {camel(plural)}: {catalogue.class_name(plural)};\n"
    out += "}\n\n/** What an actor does besides commands and questions. */\nexport interface Operations {\n"
    for verb in catalogue.generated:
        signature, docs = parameters(catalogue, verb)
        out += comment(verb.doc, 2, docs) + f"  {camel(verb.name)}({signature}): Promise<{output_type(verb.output)}>;\n"
    return out.replace('import type * as types from "./types.js";\n', "") + "}\n"
