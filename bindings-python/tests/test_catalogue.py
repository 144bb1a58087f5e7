"""Whatever the catalogue has, the package has: commands, queries, operations, codes, documentation, types."""

from __future__ import annotations

import doctest
import importlib
import inspect
import json
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import iam
from iam._generated import commands, reads

REPOSITORY = Path(__file__).resolve().parents[2]
CATALOGUE: dict[str, Any] = json.loads((REPOSITORY / "iam-core" / "catalogue.json").read_text(encoding="utf-8"))


def test_generated_files_are_up_to_date() -> None:
    program = [sys.executable, str(REPOSITORY / ".ci" / "generate"), "--check", "python"]
    done = subprocess.run(program, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + "run .ci/generate"


def test_what_is_deprecated_is_so_in_every_language() -> None:
    """A paragraph of the documentation that begins with `Deprecated:` is enough."""
    sys.path.insert(0, str(REPOSITORY / ".ci"))
    try:
        catalogue = importlib.import_module("generator.catalogue")
        languages = {name: importlib.import_module(f"generator.{name}") for name in ("python", "node", "swift", "kotlin")}
    finally:
        sys.path.pop(0)
    changed = json.loads(json.dumps(CATALOGUE))
    for family, name in (("commands", "user.disable"), ("queries", "user.status"), ("operations", "sign_token")):
        entry = next(entry for entry in changed[family] if entry["name"] == name)
        entry["doc"] += "\n\nDeprecated: use the other one."
    shown = {
        "python": '        deprecated("disable", "use the other one.")\n        return self._send(',
        "node": "   * @deprecated use the other one.\n",
        "swift": '    @available(*, deprecated, message: "use the other one.")\n',
        "kotlin": '    @Deprecated("use the other one.")\n',
    }
    for name, language in languages.items():
        written = "".join(language.files(catalogue.Catalogue(json.loads(json.dumps(changed)))).values())
        assert written.count("use the other one.") >= 3 and shown[name] in written, name
        now = "".join(language.files(catalogue.Catalogue(json.loads(json.dumps(CATALOGUE)))).values())
        assert shown[name] not in now, name


def noun(holder: Any, name: str) -> tuple[Any, str]:
    """The method of a command or query."""
    first, verb = name.split(".")
    if first.endswith("s") and first != "access":
        return getattr(holder, first), verb
    regular = first[:-1] + "ies" if first.endswith("y") and first[-2] not in "aeiou" else first + "s"
    plural = {"history": "history", "audit": "audit", "schema": "schema", "chain": "chain", "access": "access"}.get(first, regular)
    return getattr(holder, plural), verb


@pytest.mark.parametrize("family", ["commands", "queries"])
def test_every_command_and_query_is_there(family: str, acme: iam.Acting) -> None:
    asynchronous = iam.aio.Acting(acme._native)
    known = commands.COMMANDS if family == "commands" else reads.QUERIES
    assert list(known) == [entry["name"] for entry in CATALOGUE[family]]
    for entry in CATALOGUE[family]:
        for holder in (acme, asynchronous, acme.preview if family == "commands" else acme):
            owner, verb = noun(holder, entry["name"])
            method = getattr(owner, verb + "_" if verb in ("import",) else verb)
            assert inspect.getdoc(method) and entry["title"].split()[0] in (inspect.getdoc(method) or "")


def test_every_operation_is_there(acme: iam.Acting) -> None:
    for entry in CATALOGUE["operations"]:
        if entry["name"] != "ask":
            # An operation that is called like a noun is a list of such things.
            name = "list_" + entry["name"] if hasattr(acme, "list_" + entry["name"]) else entry["name"]
            assert hasattr(acme, name) and hasattr(iam.aio.Acting, name), name


def test_every_family_of_codes_has_a_class() -> None:
    families = {entry["kind"] for entry in CATALOGUE["codes"]}
    assert families <= set(iam.errors.FAMILIES)
    for entry in CATALOGUE["codes"]:
        problem = {**entry, "code": entry["name"], "message": entry["doc"], "subject": None, "fields": [], "details": []}
        error = iam.errors.problem(problem)
        assert type(error) is iam.errors.FAMILIES[entry["kind"]]
        assert (error.code, error.hint, error.retry) == (entry["name"], entry["hint"], entry["retry"])


def examples(module: ModuleType) -> int:
    """How many of a module's examples ran. A small package ends those of what it does not have."""
    try:
        return doctest.testmod(module, raise_on_error=True).attempted
    except doctest.UnexpectedException as unexpected:
        if os.environ.get("IAM_SMALL") and getattr(unexpected.exc_info[1], "code", None) == "feature.off":
            return 0
        raise


def test_examples_in_the_documentation() -> None:
    modules = pkgutil.walk_packages(iam.__path__, "iam.")
    ran = examples(iam) + sum(examples(importlib.import_module(module.name)) for module in modules)
    text = (REPOSITORY / "bindings-python" / "README.md").read_text()
    if os.environ.get("IAM_SMALL"):
        text = re.sub(r"(?ms)^## People from elsewhere$.*?(?=^## )", "", text)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    shown = runner.run(doctest.DocTestParser().get_doctest(text, {}, "README.md", "README.md", 0))
    assert ran > 10 and shown.attempted > 10 and shown.failed == 0


def test_everything_public_is_documented() -> None:
    for holder in (iam.Database, iam.Realm, iam.Acting, iam.aio.Acting, iam.IamError, iam.Record, iam.Page):
        for name, member in inspect.getmembers(holder):
            if not name.startswith("_") and callable(member):
                assert inspect.getdoc(member), f"{holder.__name__}.{name}"
