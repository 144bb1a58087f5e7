"""Connectors, messengers and handlers of effects that are written in Python."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

import iam
from iam import types
from iam.ports import ConnectorError, DeliveryError, Message, ObjectClass, Objects, Read, SourceObject


class People:
    """A connection to a list of people."""

    def __init__(self, people: list[str]) -> None:
        self.people = people

    def classes(self) -> list[ObjectClass]:
        """One class."""
        return [ObjectClass("people", ("login",))]

    def read(self, read: Read, cursor: str | None) -> Objects:
        """So many people from the place on."""
        start = int(cursor or 0)
        end = min(start + read.page_size, len(self.people))
        found = [SourceObject(name, {"login": name}) for name in self.people[start:end]]
        if end < len(self.people):
            return Objects(found, next=str(end))
        return Objects(found, presence="everything")

    def close(self) -> None:
        """Nothing to do."""


class Directory:
    """A connector to a list of people."""

    descriptor = types.ConnectorDescriptor(
        "people",
        "People",
        "1",
        capabilities=types.Capabilities(resume=True),
        fields=(
            types.ConfigurationField("place", "Place", required=types.Required.always()),
            types.ConfigurationField("password", "Password", type=types.FieldType.SECRET),
        ),
    )

    def __init__(self, people: list[str]) -> None:
        self.people = people

    def open(self, configuration: Mapping[str, Any], secrets: Mapping[str, str]) -> People:
        """Lets in whoever knows the password."""
        if configuration["place"] == "nowhere":
            raise ConnectorError("configuration", "there is no such place", field="place")
        if secrets.get("password") != "open sesame":
            raise ConnectorError("denied", "the password is wrong")
        return People(self.people)


CONFIGURATION = {"place": "here", "password": "vault:hr"}
RULES = types.SourceRules(
    kinds={
        "user": types.KindRules(
            object_class="people",
            mappings=(types.AttributeMapping("user_name", types.MapFrom.attribute("login")),),
        )
    }
)


def staffed(acme: iam.Acting, people: list[str]) -> iam.Worker:
    """A worker with the connector."""
    return acme.worker("worker-1", connectors=[Directory(people)], secrets={"hr": "open sesame", "old": "sesame"})


def test_a_connector_passes_the_suite(acme: iam.Acting) -> None:
    worker = staffed(acme, [f"user{n}" for n in range(25)])
    assert worker.try_connector("people", CONFIGURATION, "user", least=25) == ()
    assert worker.check("people", CONFIGURATION) == (ObjectClass("people", ("login",)),)
    few = staffed(acme, ["a", "a"]).try_connector("people", CONFIGURATION, "user", least=5)
    assert len(few) >= 2


def test_a_source_is_looked_at_run_and_undone(acme: iam.Acting) -> None:
    people = ["alice", "bob", "carol"]
    worker = staffed(acme, people)
    assert worker.install() > 0 and worker.install() == 0
    source = acme.sources.create("HR", "people", configuration=CONFIGURATION, rules=RULES).id or ""
    acme.sources.update(source, mode="active")
    report = worker.preview(source)
    assert report.look_only and report.counts["user"]["created"] == 3 and acme.users.count() == 0
    (first, *_) = worker.sample("people", CONFIGURATION, "user", RULES.kinds["user"])
    assert first.object.identifier == "alice" and first.problems == () and "alice" not in repr(first)
    run = acme.syncs.request(source).id or ""
    done = worker.run()
    assert done and done.state == "succeeded" and acme.users.count() == 3 and worker.run() is None
    people.remove("bob")
    acme.syncs.request(source)
    again = worker.run()
    assert again and again.counts["user"]["missing"] == 1
    assert worker.undo(run).commits > 0


def test_what_a_connector_raises_is_told(acme: iam.Acting) -> None:
    worker = staffed(acme, [])
    for configuration, code, told in (
        ({**CONFIGURATION, "password": "vault:old"}, "source.failed", "the password is wrong"),
        ({**CONFIGURATION, "place": "nowhere"}, "input.invalid", "there is no such place"),
        ({"password": "vault:hr"}, "input.invalid", "place"),
        ({**CONFIGURATION, "password": "in the clear"}, "input.invalid", "vault"),
    ):
        with pytest.raises(iam.IamError) as refused:
            worker.check("people", configuration)
        assert refused.value.code == code and told in refused.value.message


def test_an_error_that_nobody_foresaw(acme: iam.Acting, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Directory):
        def open(self, configuration: Mapping[str, Any], secrets: Mapping[str, str]) -> People:
            raise KeyError("a secret")

    with pytest.raises(iam.StorageError) as refused:
        acme.worker("one", connectors=[Broken([])], secrets={"hr": "x"}).check("people", CONFIGURATION)
    assert "KeyError" in refused.value.message and "a secret" not in refused.value.message
    assert "a secret" in caplog.text


class Post:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.handled: list[str] = []

    def deliver(self, message: Message) -> None:
        """Brings it, or not now, or never."""
        if message.address == "later@example.com":
            raise DeliveryError("nobody answers")
        if message.address == "never@example.com":
            raise DeliveryError("there is no such box", again=False)
        self.sent.append(message)

    def handle(self, work: types.Work, secret: str | None) -> None:
        """Notes it."""
        self.handled.append(work.effect.name)


def test_messages_and_effects(acme: iam.Acting) -> None:
    post = Post()
    for name in ("alice", "later", "never"):
        id = acme.users.create(user_name=name, email=f"{name}@example.com").id or ""
        acme.users.start_email_verification(id)
    acme.users.disable(acme.users.create(user_name="bob").id or "")
    report = acme.worker("mail", messenger=post, handler=post).deliver()
    assert (report.later, len(report.given_up)) == (1, 1) and report.done == 2
    (message,) = post.sent
    assert message.address == "alice@example.com" and message.text and "alice" not in repr(message)
    assert post.handled == ["sessions.revoke"]


def test_ports_for_asyncio() -> None:
    class Slow(Post):
        async def deliver(self, message: Message) -> None:  # type: ignore[override]
            await asyncio.sleep(0.01)
            super().deliver(message)

    async def main() -> int:
        async with await iam.aio.open(":memory:") as db:
            acme = (await db.realm("acme")).act_as("host:tests")
            id = (await acme.users.create(user_name="alice", email="alice@example.com")).id or ""
            await acme.users.start_email_verification(id)
            worker = acme.worker("mail", messenger=Slow(), connectors=[Directory(["a"])], secrets={"hr": "open sesame"})
            assert await worker.try_connector("people", CONFIGURATION, "user", least=1) == ()
            return (await worker.deliver()).done

    assert asyncio.run(main()) == 1


def test_wrong_parts(acme: iam.Acting) -> None:
    anything: Any = acme
    for attempt in (
        lambda: anything.worker(""),
        lambda: anything.worker("one", secrets={"a": 1}),
        lambda: anything.worker("one", connectors=[Directory([]), type("Same", (Directory,), {"descriptor": types.ConnectorDescriptor("folder", "x", "1")})([])]),
        lambda: anything.worker("one").preview("user_00000000000000000000000000"),
        lambda: anything.worker("one").deliver(limit="many"),
    ):
        with pytest.raises(iam.InvalidError):
            attempt()
