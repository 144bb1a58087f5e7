"""The Python client."""

import json
import keyword

from .catalogue import Catalogue, Field, Shape, Type, Verb, deprecation, wrapped

HEAD = '"""{doc}\n\nGenerated from the catalogue by `.ci/generate`; do not edit.\n"""\n\n'
PLACE = "bindings-python/python/iam/_generated/"
# What may hold a personal value stays out of `repr`.
PRIVATE = {"label", "labels", "message", "reason", "details", "attributes", "values", "before", "after"}


def files(catalogue: Catalogue):
    return {
        PLACE + "__init__.py": '"""Generated parts of the client."""\n',
        PLACE + "types.py": types(catalogue),
        PLACE + "commands.py": commands(catalogue),
        PLACE + "reads.py": reads(catalogue, False),
        PLACE + "aio_reads.py": reads(catalogue, True),
        PLACE + "operations.py": operations(catalogue),
    }


# --- types

def safe(name):
    return name + "_" if keyword.iskeyword(name) else name


def output_type(shape: Shape):
    match shape.kind:
        case "text":
            return "str"
        case "integer":
            return "int"
        case "number":
            return "float"
        case "boolean":
            return "bool"
        case "named":
            return {"Revision": "int", "Moment": "datetime", "Value": "Any", "Filter": "Any"}.get(shape.name, shape.name)
        case "list" | "set":
            return f"tuple[{output_type(shape.of[0])}, ...]"
        case "map":
            return f"Mapping[str, {output_type(shape.of[0])}]"
        case "tuple":
            return f"tuple[{', '.join(output_type(part) for part in shape.of)}]"
        case "optional":
            inner = output_type(shape.of[0])
            return inner if inner == "Any" else f"{inner} | None"
    return "Any"


def input_type(catalogue: Catalogue, shape: Shape):
    match shape.kind:
        case "named" if shape.name in catalogue.types and catalogue.types[shape.name].kind == "enum":
            return f"{shape.name}Like"
        case "named" if shape.name == "Value":
            return "AttributeValue"
        case "named" if shape.name == "Filter":
            return "Filter"
        case "named" if shape.name == "At":
            return "At"
        case "list":
            return f"Sequence[{input_type(catalogue, shape.of[0])}]"
        case "set":
            return f"Collection[{input_type(catalogue, shape.of[0])}]"
        case "map":
            return f"Mapping[str, {input_type(catalogue, shape.of[0])}]"
        case "optional":
            return f"{input_type(catalogue, shape.of[0])} | None"
    return output_type(shape)


def reading(catalogue: Catalogue, shape: Shape, source: str, depth=0):
    """The expression that makes the Python value of the JSON value `source`."""
    item = "xyz"[depth % 3]
    match shape.kind:
        case "named":
            name = shape.name
            if name == "Moment":
                return f"moment({source})"
            if name in ("Revision", "Value", "Filter"):
                return source
            kind = catalogue.types[name].kind
            if kind == "text":
                return f"{name}({source})"
            if kind == "alias":
                return source
            return f"{name}({source})" if kind == "enum" else f"{name}._read({source})"
        case "list" | "set":
            inner = reading(catalogue, shape.of[0], item, depth + 1)
            return f"tuple({source})" if inner == item else f"tuple({inner} for {item} in {source})"
        case "map":
            inner = reading(catalogue, shape.of[0], item, depth + 1)
            return source if inner == item else f"{{key: {inner} for key, {item} in {source}.items()}}"
        case "tuple":
            parts = [reading(catalogue, part, f"{source}[{place}]", depth) for place, part in enumerate(shape.of)]
            return f"({', '.join(parts)})"
        case "optional":
            inner = reading(catalogue, shape.of[0], source, depth)
            return source if inner == source else f"None if {source} is None else {inner}"
    return source


def docstring(doc, indent, parameters=()):
    width = 116 - indent
    space = " " * indent
    lines = wrapped(doc, width)
    if parameters:
        lines += ["", "Args:"]
        for name, text in parameters:
            first, *rest = wrapped(f"{name}: {text}", width - 4) or [name + ":"]
            lines += ["    " + first, *("        " + line for line in rest)]
    text = "\n".join((space + line).rstrip() for line in lines).replace("\\", "\\\\").replace('"""', "'''")
    body = text.strip()
    if body.endswith('"'):
        body += " "
    return f'{space}"""{body}"""\n' if len(lines) == 1 else f'{space}"""{body}\n{space}"""\n'


def types(catalogue: Catalogue):
    used = catalogue.used_types()
    given = {one.name for one in catalogue.used_types(answers=False)}
    out = HEAD.format(doc="Types: enumerations, what answers are made of, what commands take.")
    out += "from __future__ import annotations\n\n"
    out += "from collections.abc import Collection, Mapping, Sequence\nfrom dataclasses import dataclass\nfrom dataclasses import field as _field\n"
    out += "from datetime import datetime\nfrom enum import Enum\nfrom typing import Any, Literal, Union\n\n"
    out += "from .._base import AttributeValue, moment\nfrom .._record import Page, Record\n\n"
    aliases = sorted(one.name for one in used if one.kind == "text")
    for one in used:
        if one.kind == "text":
            first = one.doc.split("\n")[0]
            out += f"{one.name} = str\n" + docstring(first, 0)
    names = list(aliases)
    for one in used:
        if one.kind == "alias":
            names.append(one.name)
            out += f"{one.name} = Any\n" + docstring(one.doc.split("\n")[0], 0)
    for one in used:
        if one.kind == "enum":
            names += [one.name, one.name + "Like"]
            out += enum(one)
    for one in used:
        if one.kind in ("struct", "tagged"):
            names.append(one.name)
            out += struct(catalogue, one, one.name in given)
    for one in used:
        if one.kind == "union":
            names.append(one.name)
            out += union(catalogue, one)
    names += ["Page", "Record"]
    out += "\n\n__all__ = [\n" + "".join(f'    "{name}",\n' for name in sorted(names)) + "]\n"
    return out


def enum(one: Type):
    out = f"\n\nclass {one.name}(str, Enum):\n" + docstring(one.doc, 4) + "\n"
    for variant in one.variants:
        member = variant.name.upper()
        out += f'    {member} = "{variant.name}"\n'
        if variant.doc:
            out += docstring(variant.doc, 4)
    words = ", ".join(f'"{variant.name}"' for variant in one.variants)
    out += f"\n    def __str__(self) -> str:\n        return self.value\n"
    out += f"\n\n{one.name}Like = Union[{one.name}, Literal[{words}]]\n"
    out += f'"""A `{one.name}` or its name."""\n'
    return out


def struct(catalogue: Catalogue, one: Type, given: bool):
    out = f"\n\n@dataclass(frozen=True, slots=True)\nclass {one.name}:\n" + docstring(one.doc, 4) + "\n"
    fields = list(one.fields)
    if one.kind == "tagged":
        words = ", ".join(f'"{variant.name}"' for variant in one.variants)
        out += f"    {safe(one.tag)}: Literal[{words}]\n" + docstring("Which one it is.", 4)
    shown = sorted(fields, key=lambda one: not one.required)
    for one_field in shown:
        out += "    " + declaration(one_field) + "\n" + docstring(one_field.doc, 4)
    reads = [f"{safe(one.tag)}=json[\"{one.tag}\"]"] if one.kind == "tagged" else []
    for one_field in shown:
        reads.append(f"{safe(one_field.name)}={field_reading(catalogue, one_field)}")
    out += f"\n    @staticmethod\n    def _read(json: Any) -> {one.name}:\n        return {one.name}(\n"
    out += "".join(f"            {read},\n" for read in reads) + "        )\n"
    if given:
        out += "\n    def _json(self) -> Any:\n        pairs = {\n"
        out += f'            "{one.tag}": self.{safe(one.tag)},\n' if one.kind == "tagged" else ""
        out += "".join(f'            "{one_field.name}": self.{safe(one_field.name)},\n' for one_field in fields)
        out += "        }\n        return {name: value for name, value in pairs.items() if value is not None}\n"
    return out


def declaration(one: Field):
    shape = one.shape
    name = output_type(shape)
    hidden = one.secret or one.name in PRIVATE or name == "Any" or "Mapping[str, Any]" in name
    options = ["repr=False"] if hidden else []
    default = None
    if not one.required:
        match shape.kind:
            case "list" | "set":
                default = "()"
            case "map":
                options.insert(0, "default_factory=dict")
            case "boolean":
                default = "True" if one.default is True else "False"
            case "integer":
                default = str(one.default or 0)
            case "number":
                default = repr(float(one.default or 0))
            case "text":
                default = json.dumps(one.default or "")
            case "named" if one.default is not None and shape.name == "Window":
                options.insert(0, "default_factory=lambda: Window()")
            case _:
                default = "None"
                if shape.kind == "named" and name != "Any":
                    name += " | None"
    if options:
        if default is not None:
            options.insert(0, f"default={default}")
        return f"{safe(one.name)}: {name} = _field({', '.join(options)})"
    return f"{safe(one.name)}: {name}" + ("" if default is None else f" = {default}")


def field_reading(catalogue: Catalogue, one: Field):
    if one.required and one.shape.kind != "optional":
        return reading(catalogue, one.shape, f'json["{one.name}"]')
    source = f'json.get("{one.name}")'
    match one.shape.kind:
        case "list" | "set":
            return reading(catalogue, one.shape, f'json.get("{one.name}", ())')
        case "map":
            return reading(catalogue, one.shape, f'json.get("{one.name}", {{}})')
        case "boolean" | "integer" | "text" | "number":
            default = {"boolean": one.default is True, "integer": one.default or 0, "text": one.default or "", "number": one.default or 0.0}
            return f'json.get("{one.name}", {default[one.shape.kind]!r})'
        case "named" if one.shape.name == "Window":
            return f'Window._read(json.get("{one.name}", {{}}))'
        case "named":
            inner = reading(catalogue, one.shape, source)
            return source if inner == source else f"None if {source} is None else {inner}"
    return reading(catalogue, one.shape, source)


def union(catalogue: Catalogue, one: Type):
    out = f"\n\n@dataclass(frozen=True, slots=True)\nclass {one.name}:\n" + docstring(one.doc, 4)
    out += "\n    _value: Any = _field(repr=False)\n\n    def _json(self) -> Any:\n        return self._value\n"
    out += f"\n    @staticmethod\n    def _read(json: Any) -> {one.name}:\n        return {one.name}(json)\n"
    out += "\n    @property\n    def which(self) -> str:\n" + docstring("Which of the forms it is.", 8)
    out += "        return self._value if isinstance(self._value, str) else next(iter(self._value))\n"
    out += "\n    @property\n    def content(self) -> Any:\n" + docstring("What the form holds, as JSON; `None` when it is a word.", 8)
    out += "        return None if isinstance(self._value, str) else next(iter(self._value.values()))\n"
    for variant in one.variants:
        name = safe(variant.name)
        if variant.fields is not None:
            parameters = [(safe(part.name), input_type(catalogue, part.shape)) for part in variant.fields]
            value = "{" + ", ".join(f'"{part.name}": {safe(part.name)}' for part in variant.fields) + "}"
            value = f'{{"{variant.name}": {value}}}'
        elif variant.value is not None:
            parameters = [(name, input_type(catalogue, variant.value))]
            value = f'{{"{variant.name}": {name}}}'
        else:
            parameters, value = [], f'"{variant.name}"'
        arguments = ", ".join(f"{name}: {kind}" for name, kind in parameters)
        out += f"\n    @staticmethod\n    def {name}({arguments}) -> {one.name}:\n" + docstring(variant.doc, 8)
        out += f"        return {one.name}({value})\n"
    return out


# --- verbs

def signature(catalogue: Catalogue, verb: Verb, bound=()):
    """The parameters and the expression of the input."""
    fields = [one for one in verb.fields if one.name not in bound]
    attributes = verb.attributes
    positional, named, docs = [], [], []
    for one in fields:
        name = safe(one.name)
        if one.name == "attributes" and attributes is not None:
            continue
        kind = input_type(catalogue, one.shape)
        if one.required:
            positional.append(f"{name}: {kind}")
        else:
            if one.shape.kind == "named" and one.shape.name in ("Filter", "At"):
                kind = one.shape.name
            named.append(f"{name}: {kind} | Unset = UNSET")
        docs.append((name, one.doc))
    pairs = [f'"{one.name}": {entry(one)}' for one in fields if not (one.name == "attributes" and attributes is not None)]
    if attributes is not None:
        creating = verb.name in ("create", "define")
        for attribute in attributes:
            kind = attribute_type(attribute)
            if creating and attribute["required"]:
                named.insert(0, f"{attribute['name']}: {kind} | Unset = UNSET")
            else:
                named.append(f"{attribute['name']}: {kind} | None | Unset = UNSET")
            docs.append((attribute["name"], f"{attribute['label']}."))
        named.append("attributes: Mapping[str, AttributeValue] | Unset = UNSET")
        docs.append(("attributes", "More attributes by name, those that the realm declared among them; `None` removes a value."))
        shown = ", ".join(f'"{attribute["name"]}": {attribute["name"]}' for attribute in attributes)
        pairs.append(f'"attributes": merged(attributes, {{{shown}}})')
    parameters = ["self", *positional, *(["*"] if named else []), *named]
    return parameters, "{" + ", ".join(pairs) + "}", docs


def entry(one: Field):
    shape = one.shape.of[0] if one.shape.kind == "optional" else one.shape
    if shape.kind == "named" and shape.name == "At":
        return f"state({safe(one.name)})"
    return safe(one.name)


def attribute_type(attribute):
    single = {
        "integer": "int", "number": "float", "boolean": "bool", "date": "date | str", "moment": "datetime | str",
        "object": "Mapping[str, Any]",
    }.get(attribute["type"], "str")
    return f"Sequence[{single}]" if attribute["multiple"] else single


def method(name, parameters, result, doc, docs, body, prefix=""):
    if instead := deprecation(doc):
        body = f"deprecated({json.dumps(name)}, {json.dumps(instead)})\n        {body}"
    out = f"\n    {prefix}def {safe(name)}(\n" + "".join(f"        {one},\n" for one in parameters)
    out += f"    ) -> {result}:\n" + docstring(doc, 8, docs) + f"        {body}\n"
    return out


def commands(catalogue: Catalogue):
    out = HEAD.format(doc="Every command, by noun. What a call gives depends on who holds the noun: see `Commands`.")
    out += "from __future__ import annotations\n\n"
    out += "from collections.abc import Callable, Collection, Mapping, Sequence\nfrom datetime import date, datetime\n"
    out += "from typing import Any, Generic\n\n"
    out += "from .._base import AttributeValue, At, Commands, Filter, R, deprecated, merged, state\nfrom .._unset import UNSET, Unset\nfrom .types import *\n"
    nouns = [(noun, verbs) for noun, (verbs, _) in catalogue.nouns().items() if verbs]
    for noun, verbs in nouns:
        out += f"\n\nclass {catalogue.class_name(noun)}Commands(Commands[R]):\n"
        out += docstring(f"Commands about records of the kind `{noun}`." if noun in catalogue.kinds
                         else f"Commands about {catalogue.plural(noun)}.", 4)
        for verb in verbs:
            parameters, value, docs = signature(catalogue, verb)
            body = f'return self._send("{verb.full_name}", {value})'
            out += method(verb.name, parameters, "R", verb.doc, docs, body)
    out += "\n\nclass CommandNouns(Generic[R]):\n" + docstring("Every noun that has commands.", 4)
    out += "\n    def __init__(self, send: Callable[[str, dict[str, Any]], R]) -> None:\n"
    for noun, _ in nouns:
        kind = f"{catalogue.class_name(noun)}Commands"
        out += f"        self.{catalogue.plural(noun)}: {kind}[R] = {kind}(send)\n"
    out += "\n\nCOMMANDS: tuple[str, ...] = (\n" + "".join(f'    "{verb.full_name}",\n' for verb in catalogue.commands) + ")\n"
    return out


def reads(catalogue: Catalogue, asynchronous):
    prefix, kind = ("Async", "asyncio") if asynchronous else ("", "synchronous")
    out = HEAD.format(doc=f"Every noun of the {kind} client: its commands and what can be read about it.")
    out += "from __future__ import annotations\n\n"
    out += "from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence\n" if asynchronous else \
        "from collections.abc import Callable, Collection, Mapping, Sequence\n"
    out += "from datetime import date, datetime\nfrom typing import Any\n\n"
    ask = "Callable[[str, dict[str, Any]], Awaitable[Any]]" if asynchronous else "Callable[[str, dict[str, Any]], Any]"
    base = "AsyncReads" if asynchronous else "Reads"
    kinds = "AsyncKindReads" if asynchronous else "KindReads"
    done = "Awaitable[Executed]" if asynchronous else "Executed"
    module = ".._aio_reads" if asynchronous else ".._reads"
    out += f"from .._base import AttributeValue, At, Filter, deprecated, merged, moment, state\nfrom {module} import {kinds}, {base}\n"
    nouns = catalogue.nouns()
    # By name: pyright takes what a star brings a second time for a variable, and no type for it.
    names = [f"    {catalogue.class_name(noun)}Commands,\n" for noun, (verbs, _) in nouns.items() if verbs]
    out += "from .._unset import UNSET, Unset\nfrom .commands import (\n" + "".join(sorted(names)) + ")\nfrom .types import *\n"
    for noun, (verbs, queries) in nouns.items():
        parents = [f"{catalogue.class_name(noun)}Commands[{done}]"] if verbs else []
        parents.append(kinds if noun in catalogue.kinds else base)
        out += f"\n\nclass {prefix}{catalogue.class_name(catalogue.plural(noun))}({', '.join(parents)}):\n"
        out += docstring(f"Records of the kind `{noun}`." if noun in catalogue.kinds else f"What is known about {catalogue.plural(noun)}.", 4)
        if noun in catalogue.kinds:
            out += f'\n    _kind = "{noun}"\n'
        out += f"\n    def __init__(self, send: Callable[[str, dict[str, Any]], {done}], ask: {ask}) -> None:\n"
        if verbs:
            out += f"        super().__init__(send)\n"
        out += "        self._ask = ask\n"
        for query in queries:
            parameters, value, docs = signature(catalogue, query)
            word = "await " if asynchronous else ""
            result = output_type(query.output)
            if is_native(query.output):
                body = f'answer: {result} = {word}self._ask("{query.full_name}", {value})\n        return answer'
            else:
                body = f'json = {word}self._ask("{query.full_name}", {value})\n'
                read = reading(catalogue, query.output, "json")
                body += f"        answer: {result} = {read}\n        return answer"
            out += method(query.name, parameters, result, query.doc, docs, body, "async " if asynchronous else "")
    out += f"\n\nclass {prefix}Nouns:\n" + docstring("Every noun.", 4)
    out += f"\n    def __init__(self, send: Callable[[str, dict[str, Any]], {done}], ask: {ask}) -> None:\n"
    for noun in nouns:
        plural = catalogue.plural(noun)
        kind = f"{prefix}{catalogue.class_name(plural)}"
        out += f"        self.{plural}: {kind} = {kind}(send, ask)\n"
    if not asynchronous:
        out += "\n\nQUERIES: tuple[str, ...] = (\n" + "".join(f'    "{verb.full_name}",\n' for verb in catalogue.queries) + ")\n"
    return out


def is_native(shape: Shape):
    """Records come over the border as they are."""
    names = [shape.name] + [part.name for part in shape.of]
    return bool({"Record", "Page"} & set(names)) or shape.kind in ("integer", "text", "boolean")


def operations(catalogue: Catalogue):
    out = HEAD.format(doc="What an actor does besides commands and questions.")
    out += "from __future__ import annotations\n\n"
    out += "from collections.abc import Awaitable, Collection, Mapping, Sequence\nfrom datetime import date, datetime\nfrom typing import Any\n\n"
    out += "from .._base import AttributeValue, At, Filter, deprecated, moment, state\nfrom .._unset import UNSET, Unset\nfrom .types import *\n"
    for asynchronous in (False, True):
        out += f"\n\nclass {'Async' if asynchronous else ''}Operations:\n" + docstring("Operations of the catalogue.", 4)
        answer = "Awaitable[Any]" if asynchronous else "Any"
        out += f"\n    def _call(self, operation: str, input: dict[str, Any]) -> {answer}:\n        raise NotImplementedError\n"
        for verb in catalogue.generated:
            parameters, value, docs = signature(catalogue, verb)
            call = f'{"await " if asynchronous else ""}self._call("{verb.full_name}", {value})'
            result = output_type(verb.output)
            if verb.output.kind == "nothing":
                result, body = "None", call
            else:
                read = reading(catalogue, verb.output, "json")
                body = f"json = {call}\n        answer: {result} = {read}\n        return answer"
            out += method(verb.name, parameters, result, verb.doc, docs, body, "async " if asynchronous else "")
    return out
