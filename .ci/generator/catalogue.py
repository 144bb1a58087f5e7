"""The catalogue as the generators see it: nouns with verbs, and types in a handful of shapes."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

# Types that each language writes by hand, because they are more than their fields or less than a type.
BY_HAND = {"At", "Filter", "Moment", "Page", "Record", "Revision", "Value"}
# How a noun is called as a part of a client.
PLURALS = {"history": "history", "audit": "audit", "schema": "schema", "chain": "chain", "access": "access"}
# Operations that each client has by hand, because what they take or give has a form of its own there.
OPERATIONS = {"execute", "preview", "validate", "batch", "preview_batch", "ask", "rollback", "preview_rollback", "events", "upkeep",
              "seal_chain", "new_change_set", "new_command_id", "lease", "settle"}
# What is asked at every request: written by hand over plain arguments, in Swift and Kotlin behind the generated signature.
PLAIN = {"session", "sign_in"}


@dataclass
class Shape:
    """The type of a field: `of` holds the parts of lists, maps, tuples and optional types."""

    kind: str  # text integer number boolean moment any named list set map tuple optional nothing
    name: str = ""
    of: list["Shape"] = field(default_factory=list)


@dataclass
class Field:
    name: str
    shape: Shape
    doc: str
    required: bool
    default: Any = None
    # Never shown: what the schema calls write-only or a password.
    secret: bool = False


@dataclass
class Variant:
    """One of the forms of a union: a word, or an object with one key."""

    name: str
    doc: str
    value: Shape | None = None
    fields: list[Field] | None = None


@dataclass
class Type:
    name: str
    kind: str  # text enum struct union tagged
    doc: str
    fields: list[Field] = field(default_factory=list)
    variants: list[Variant] = field(default_factory=list)
    tag: str = ""


@dataclass
class Verb:
    """A command or query."""

    full_name: str
    noun: str
    name: str
    doc: str
    fields: list[Field]
    output: Shape
    # The built-in attributes that may be given by name, when the command takes attributes.
    attributes: list[dict] | None = None


class Catalogue:
    def __init__(self, raw):
        self.raw = raw
        self._merge_tagged()
        self.version = raw["version"]
        self.codes = raw["codes"]
        self.types = {name: self._type(name, schema) for name, schema in raw["types"].items()}
        self.commands = [self._verb(entry) for entry in raw["commands"]]
        self.queries = [self._verb(entry) for entry in raw["queries"]]
        self.operations = raw["operations"]
        self.kinds = [kind for kind in raw["types"]["Kind"]["enum"] if kind in raw["attributes"]]
        self.generated = [self._operation(entry) for entry in raw["operations"] if entry["name"] not in OPERATIONS]

    @staticmethod
    def read(path):
        return Catalogue(json.loads(path.read_text(encoding="utf-8")))

    # --- nouns

    def nouns(self):
        """Noun -> (commands, queries), in the order of the catalogue; every kind of record is a noun."""
        nouns = {kind: ([], []) for kind in self.kinds}
        for place, verbs in enumerate((self.commands, self.queries)):
            for verb in verbs:
                nouns.setdefault(verb.noun, ([], []))[place].append(verb)
        return nouns

    def plural(self, noun):
        if noun.endswith("s"):
            return noun
        regular = noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s"
        return PLURALS.get(noun, regular)

    def class_name(self, noun):
        return "".join(part.capitalize() for part in noun.split("_"))

    def used_types(self, answers=True):
        """The types that appear in signatures and answers, without those written by hand, sorted by name."""
        seen = set()

        def visit(shape):
            if shape.kind == "named" and shape.name not in seen:
                seen.add(shape.name)
                kind = self.types[shape.name]
                for one in kind.fields:
                    visit(one.shape)
                for variant in kind.variants:
                    for one in variant.fields or []:
                        visit(one.shape)
                    if variant.value:
                        visit(variant.value)
            for part in shape.of:
                visit(part)

        for verb in self.commands + self.queries:
            for one in verb.fields:
                visit(one.shape)
            if answers:
                visit(verb.output)
        for operation in self.operations:
            if answers:
                visit(self._shape(operation["output"]))
            for one in self._fields(self._resolve(operation["input"])):
                visit(one.shape)
        if answers:
            visit(Shape("named", "Problem"))
        visit(Shape("named", "Cursor"))
        return [self.types[name] for name in sorted(seen - BY_HAND)]

    # --- schemas

    def _merge_tagged(self):
        """Forms that are another type and a tag get the fields of that type: `{"state": "open"}` and a `SessionTokens`."""
        for schema in self.raw["types"].values():
            for form in schema.get("oneOf", []) + schema.get("anyOf", []):
                if "$ref" in form and "properties" in form:
                    target = self.raw["types"][form.pop("$ref").split("/")[-1]]
                    form["properties"] = {**target.get("properties", {}), **form["properties"]}
                    form["required"] = [*target.get("required", []), *form.get("required", [])]

    def _verb(self, entry):
        noun, name = entry["name"].split(".")
        schema = self._resolve(entry["input"])
        fields = self._fields(schema)
        verb = Verb(entry["name"], noun, name, entry["doc"], fields, self._shape(entry["output"]))
        if any(one.name == "attributes" for one in fields) and noun in self.raw["attributes"]:
            taken = {one.name for one in fields}
            verb.attributes = [
                attribute
                for attribute in self.raw["attributes"][noun]
                if attribute["editable"] == "update"
                and attribute["name"] not in taken
                and not re.match(r"(un)?indexed_", attribute["name"])
            ]
        return verb

    def _operation(self, entry):
        """An operation as a verb of the actor. One that is called like a noun is a list of such things."""
        taken = {self.plural(noun) for noun in self.nouns()}
        name = f"list_{entry['name']}" if entry["name"] in taken else entry["name"]
        return Verb(entry["name"], "", name, entry["doc"], self._fields(self._resolve(entry["input"])), self._shape(entry["output"]))

    def _resolve(self, schema):
        return self.raw["types"][schema["$ref"].split("/")[-1]] if "$ref" in schema else schema

    def _fields(self, schema):
        properties = schema.get("properties", {})
        required = schema.get("required", [])
        names = required + sorted(set(properties) - set(required))
        return [
            Field(name, self._shape(properties[name]), self._doc(properties[name]), name in required,
                  properties[name].get("default"), self._secret(properties[name]))
            for name in names
        ]

    def _secret(self, schema, depth=0):
        """Whether a value of this schema is a secret, or holds one in a list or a map."""
        if not isinstance(schema, dict) or depth > 6:
            return False
        inner = [self._resolve(schema)] if "$ref" in schema else []
        inner += [schema.get("items"), schema.get("additionalProperties"), *schema.get("anyOf", [])]
        return secret(schema) or any(self._secret(each, depth + 1) for each in inner if each is not schema)

    def _doc(self, schema):
        return schema.get("description") or (self._resolve(schema).get("description", "") if "$ref" in schema else "")

    def _shape(self, schema):
        if isinstance(schema, bool) or schema == {}:
            return Shape("any")
        if "$ref" in schema:
            name = schema["$ref"].split("/")[-1]
            target = self.raw["types"][name]
            return Shape("named", name) if name in BY_HAND or nominal(target) else self._shape(target)
        for several in ("anyOf", "oneOf"):
            if several in schema:
                parts = [part for part in schema[several] if part != {"type": "null"}]
                if len(parts) != 1:
                    return Shape("any")
                inner = self._shape(parts[0])
                return inner if len(parts) == len(schema[several]) else Shape("optional", of=[inner])
        if "allOf" in schema and len(schema["allOf"]) == 1:
            return self._shape(schema["allOf"][0])
        kind = schema.get("type")
        if isinstance(kind, list):
            rest = [one for one in kind if one != "null"]
            if len(rest) != 1:
                return Shape("any")
            return Shape("optional", of=[self._shape({**schema, "type": rest[0]})])
        if kind == "array":
            if "prefixItems" in schema:
                return Shape("tuple", of=[self._shape(part) for part in schema["prefixItems"]])
            item = self._shape(schema.get("items", True))
            return Shape("set" if schema.get("uniqueItems") else "list", of=[item])
        if kind == "object":
            if schema.get("properties"):
                return Shape("any")
            if "patternProperties" in schema:
                return Shape("map", of=[self._shape(next(iter(schema["patternProperties"].values())))])
            return Shape("map", of=[self._shape(schema.get("additionalProperties", True))])
        if kind == "string":
            return Shape("moment" if schema.get("format") == "date-time" else "text")
        if kind in ("integer", "number", "boolean"):
            return Shape(kind)
        if kind == "null":
            return Shape("nothing")
        return Shape("any")

    def _type(self, name, schema):
        doc = schema.get("description", "")
        if not nominal(schema):
            return Type(name, "alias", doc)
        if "enum" in schema:
            return Type(name, "enum", doc, variants=[Variant(word, "") for word in schema["enum"]])
        forms = schema.get("oneOf") or schema.get("anyOf")
        if forms is None:
            if "properties" in schema or schema.get("type") == "object":
                return Type(name, "struct", doc, fields=self._fields(schema))
            return Type(name, "text", doc)
        words = []
        for form in forms:
            if "const" in form:
                words.append(Variant(form["const"], form.get("description", "")))
            elif "enum" in form:
                words += [Variant(word, "") for word in form["enum"]]
        if len(words) >= len(forms):
            return Type(name, "enum", doc, variants=words)
        tags = {key for form in forms for key, value in form.get("properties", {}).items() if "const" in value}
        if len(tags) == 1:
            return self._tagged(name, doc, forms, tags.pop())
        variants = words
        for form in forms:
            for key, value in form.get("properties", {}).items():
                variant = Variant(key, form.get("description", ""))
                if "properties" in value:
                    variant.fields = self._fields(value)
                else:
                    variant.value = self._shape(value)
                variants.append(variant)
        return Type(name, "union", doc, variants=variants)

    def _tagged(self, name, doc, forms, tag):
        """Objects that say by a tag which one they are: one struct, in which what not all have is optional."""
        fields = {}
        for form in forms:
            for one in self._fields(form):
                if one.name != tag:
                    inner = one.shape.of[0] if one.shape.kind == "optional" else one.shape
                    known = fields.get(one.name)
                    if known is not None and known.shape.of[0] != inner:
                        inner = Shape("any")
                    one.required, one.shape = False, Shape("optional", of=[inner])
                    fields[one.name] = one
        variants = [Variant(form["properties"][tag]["const"], form.get("description", "")) for form in forms]
        return Type(name, "tagged", doc, fields=list(fields.values()), variants=variants, tag=tag)


def secret(schema):
    return bool(schema.get("writeOnly")) or schema.get("format") == "password"


def nominal(schema):
    """Whether a type is more than a name for a shape: words, fields, or one of several forms that can be told apart."""
    if "enum" in schema or schema.get("properties"):
        return True
    forms = schema.get("oneOf") or schema.get("anyOf")
    if forms is None:
        return schema.get("type") == "string" or schema.get("type") == "object" and not schema.get("additionalProperties")
    if all("const" in form or "enum" in form for form in forms):
        return True
    if any(form.get("type") == "null" or "$ref" in form for form in forms):
        return False
    tags = {key for form in forms for key, value in form.get("properties", {}).items() if "const" in value}
    if len(tags) == 1 and all(tags <= set(form.get("properties", {})) for form in forms):
        return True
    return all("const" in form or "enum" in form or len(form.get("properties", {})) == 1 for form in forms)


def deprecation(doc):
    """What to use instead of a command, query or field: the paragraph of its documentation that begins with `Deprecated:`."""
    for paragraph in doc.split("\n\n"):
        if paragraph.startswith("Deprecated:"):
            return " ".join(paragraph.removeprefix("Deprecated:").split())
    return None


def wrapped(text, width):
    """Paragraphs of a text, each wrapped to a width."""
    import textwrap

    lines = []
    for paragraph in text.split("\n\n"):
        if lines:
            lines.append("")
        lines += textwrap.wrap(" ".join(paragraph.split()), width, break_long_words=False, break_on_hyphens=False)
    return lines
