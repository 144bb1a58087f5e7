"""Runs scenarios through the neutral interface and writes down what is answered: `iam-core/scenarios/README.md`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import iam

VERBS = "execute preview what_if rollback mark now advance_days get list pages edges tree history audit upkeep ask call".split()
FAMILIES = {family: name for name, family in iam.errors.FAMILIES.items()}


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 1, 1, tzinfo=timezone.utc)

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment


class Entropy:
    """Draws the same, one after the other."""

    def __init__(self) -> None:
        self.drawn = 0

    def seed(self) -> bytes:
        """The next one."""
        number, self.drawn = self.drawn, self.drawn + 1
        return hashlib.sha256((1).to_bytes(8, "big") + number.to_bytes(8, "big")).digest()


class Vault:
    """Has a key that everybody knows."""

    def key(self, name: str) -> bytes:
        """The key with this name."""
        return hashlib.sha256(name.encode()).digest()


def written(value: Any) -> str:
    """The text form: keys in order, no white space."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def problem(error: iam.IamError) -> str:
    """The problem that an exception tells, as JSON."""
    fields = [{"field": each.field, "code": each.code, "message": each.message} for each in error.fields]
    view = {"code": error.code, "kind": FAMILIES[type(error)], "message": error.message, "hint": error.hint}
    return written({**view, "subject": error.subject, "fields": fields, "details": list(error.details), "retry": error.retry})


class Run:
    """One scenario on one storage."""

    def __init__(self, file: str, scenario: dict[str, Any], address: str) -> None:
        self.clock = Clock()
        self.db = iam.open(address, clock=self.clock, entropy=Entropy(), vault=Vault())
        self.realm = self.db.realm("acme")
        if "now" in scenario:
            self.clock.moment = datetime.fromisoformat(scenario["now"].replace("Z", "+00:00"))
        self.names: dict[str, str] = {}
        self.marks: dict[str, int] = {}
        self.drawn: dict[str, str] = {}
        self.written: list[str] = []
        for part in ("given", "when", "then"):
            for number, step in enumerate(scenario.get(part, []), 1):
                self.here = f"{file} {part} {number}"
                self.step(step)
        self.here = f"{file} end 1"
        acting = self.realm.act_as("host:scenario")
        self.call(acting, {}, "ask", {"query": "realm.doctor"})
        self.call(acting, {}, "seal_chain", {})
        self.call(acting, {}, "ask", {"query": "chain.verify"})
        self.db.close()

    def call(self, acting: iam.Acting, step: dict[str, Any], operation: str, input: Any) -> Any:
        """One call; whether it is refused is as the step says."""
        refused = step.get("refused")
        expected = refused if isinstance(refused, str) or refused is None else refused["code"]
        try:
            answer = acting.call_text(operation, json.dumps(input, ensure_ascii=False))
        except iam.IamError as error:
            self.written += [f"{self.here} {operation}", "! " + problem(error)]
            assert error.code == expected, f"{self.here}: {error}"
            return None
        self.written += [f"{self.here} {operation}", answer]
        assert expected is None, f"{self.here}: expected {expected}"
        return json.loads(answer)

    def filled(self, value: Any) -> Any:
        """With identifiers instead of names."""
        if isinstance(value, str):
            for name, id in self.names.items():
                value = value.replace("${" + name + "}", id)
            return value
        if isinstance(value, list):
            return [self.filled(each) for each in value]
        if isinstance(value, dict):
            return {name: self.filled(each) for name, each in value.items()}
        return value

    def draw(self, acting: iam.Acting, operation: str, name: str) -> str:
        """An identifier that is drawn when its name is first used."""
        key = f"{operation} {name}"
        if key not in self.drawn:
            self.drawn[key] = self.call(acting, {}, operation, {})
        return self.drawn[key]

    def acting(self, step: dict[str, Any]) -> iam.Acting:
        """Who does the step, and how."""
        realm = self.db.realm(step["realm"]) if "realm" in step else self.realm
        actor = step.get("actor", "scenario")
        actor = self.filled(actor) if actor == "system" or actor.startswith("${") else "host:" + actor
        acting = realm.act_as(actor)
        manner: list[Callable[[iam.Acting], iam.Acting]] = []
        if "because" in step:
            reason = step["because"]
            manner.append(lambda acting: acting.because(reason))
        if "through" in step:
            channel = step["through"]
            manner.append(lambda acting: acting.through(channel))
        if "change_set" in step:
            change_set = self.draw(acting, "new_change_set", step["change_set"])
            manner.append(lambda acting: acting.in_change_set(change_set))
        if "command_id" in step:
            command = self.draw(acting, "new_command_id", step["command_id"])
            manner.append(lambda acting: acting.with_command_id(command))
        if "at" in step:
            at = self.marks.get(step["at"]) or datetime.fromisoformat(step["at"].replace("Z", "+00:00"))
            manner.append(lambda acting: acting.as_of(at))
        for each in manner:
            acting = each(acting)
        return acting

    def step(self, step: dict[str, Any]) -> None:
        """Does what the step says."""
        acting = self.acting(step)
        verb = next((each for each in VERBS if each in step), None)
        assert verb is not None, f"{self.here}: a step does one of {VERBS}"
        what = self.filled(step[verb])

        def ask(query: str, **fields: Any) -> Any:
            return self.call(acting, step, "ask", {"query": query, **fields})

        if verb in ("execute", "preview", "ask"):
            self.keep(step, self.call(acting, step, verb, what))
        elif verb == "call":
            self.keep(step, self.call(acting, step, what, self.filled(step.get("input", {}))))
        elif verb == "upkeep":
            self.call(acting, step, "upkeep", {})
        elif verb == "what_if":
            self.call(acting, step, "preview_batch", {"commands": what})
        elif verb == "rollback":
            undo = what
            if "commit" in what:
                undo = {"revision": self.marks[what["commit"]]}
            elif "change_set" in what:
                undo = {"change_set": self.drawn["new_change_set " + what["change_set"]]}
            self.call(acting, step, "rollback", {"undo": undo, "on_conflict": step.get("on_conflict", "refuse")})
        elif verb == "mark":
            rows = ask("audit.list", newest_first=True, limit=1)
            self.marks[what] = rows[0]["revision"] if rows else 0
        elif verb == "now":
            self.clock.moment = datetime.fromisoformat(what.replace("Z", "+00:00"))
        elif verb == "advance_days":
            self.clock.moment += timedelta(days=what)
        elif verb == "get":
            ask("record.get", id=what)
            for view in ("customer", "lifecycle", "matrix"):
                if f"status.{view}" in step.get("is", {}):
                    ask("user.status", user=what, view=view)
        elif verb in ("list", "pages"):
            fields = dict(what)
            if "where" in fields:
                fields["filter"] = fields.pop("where")
            while (page := ask("record.search", **fields)) and verb == "pages" and page["next"] is not None:
                fields["cursor"] = page["next"]
        elif verb == "edges":
            ask("edge.list", id=what, direction=step.get("direction", "from"), relation=step["relation"])
        elif verb == "tree":
            ask("organization.tree", **({} if what is None else {"organization": what}))
        elif verb == "history":
            ask("history.of", id=what)
        else:
            ask("audit.list", newest_first=True, limit=what)

    def keep(self, step: dict[str, Any], answer: Any) -> None:
        """Gives names to what was answered."""
        if answer is None:
            return
        if "as" in step and answer["id"] is not None:
            self.names[step["as"]] = answer["id"]
        if "mark_as" in step and answer["revision"] is not None:
            self.marks[step["mark_as"]] = answer["revision"]
        for name, place in step.get("keep", {}).items():
            found = answer
            for key in place.split("/")[1:]:
                found = found[int(key) if isinstance(found, list) else key]
            self.names[name] = found


def transcript(file: str, scenario: dict[str, Any], address: str) -> str:
    """What is answered in a scenario, call by call."""
    return "".join(line + "\n" for line in Run(file, scenario, address).written)
