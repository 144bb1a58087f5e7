"""What comes over the border: wrong types, broken texts, endless structures, threads, forks."""

from __future__ import annotations

import enum
import os
import random
import string
import subprocess
import sys
import threading
import time
import uuid
from datetime import datetime, timezone
from typing import Any

import pytest

import iam


def deep(levels: int) -> list[Any]:
    """A list in a list in a list."""
    inner: list[Any] = []
    for _ in range(levels):
        inner = [inner]
    return inner


def endless() -> list[Any]:
    """A list that holds itself."""
    own: list[Any] = []
    own.append(own)
    return own


class Color(enum.Enum):
    """Not a text."""

    RED = 1


@pytest.mark.parametrize(
    "value",
    [
        "\ud800",
        "a\udfffb",
        ["\ud800"],
        {"\ud800": 1},
        float("nan"),
        float("inf"),
        -float("inf"),
        2**63,
        -(2**63) - 1,
        10**400,
        deep(100),
        deep(100_000),
        endless(),
        b"bytes",
        bytearray(b"bytes"),
        object(),
        {1: 2},
        datetime(2024, 1, 1),
        Color.RED,
        lambda: None,
        1j,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_json_cannot_say(acme: iam.Acting, value: Any) -> None:
    for attempt in (
        lambda: acme.users.create(user_name="alice", attributes={"job": value}),
        lambda: acme.users.create(user_name=value),
        lambda: acme.users.search(value),
        lambda: acme.users.get(value),
        lambda: acme.batch([iam.command.users.create(user_name=value)]),
        lambda: acme.preview.users.create(user_name=value),
    ):
        with pytest.raises(iam.InvalidError) as error:
            attempt()
        assert error.value.code and error.value.message
    assert acme.users.count() == 0


def test_where_it_is_wrong(acme: iam.Acting) -> None:
    with pytest.raises(iam.InvalidError) as error:
        acme.users.create(user_name="alice", attributes={"consents": [{"at": datetime(2024, 1, 1)}]})
    assert error.value.subject == "attributes.consents.0.at" and "time zone" in error.value.message


def test_wrong_types_and_names(acme: iam.Acting) -> None:
    anything: Any = acme
    for attempt in (
        lambda: anything.users.get(1),
        lambda: anything.users.get(None),
        lambda: anything.users.get("alice"),
        lambda: anything.users.delete("organization_00000000000000000000000000"),
        lambda: anything.users.delete("user_00000000000000000000000000", mode="explode"),
        lambda: anything.users.search(limit="many"),
        lambda: anything.users.search(limit=0),
        lambda: anything.users.search(limit=True),
        lambda: anything.users.search(cursor="garbage"),
        lambda: anything.users.search(at="yesterday"),
        lambda: anything.users.search(at=-1),
        lambda: anything.edges.list("user_00000000000000000000000000", "sideways", "member_of"),
        lambda: anything.users.find_by("city", "Utica"),
        lambda: anything.memberships.add("user_00000000000000000000000000", organizations=5),
        lambda: anything.users.create(user_name="alice", valid_until="tomorrow"),
        lambda: anything.through("window"),
    ):
        with pytest.raises(iam.InvalidError):
            attempt()
    for attempt in (lambda: anything.users.create(color="red"), lambda: anything.users.get()):
        with pytest.raises(TypeError):
            attempt()
    for actor in ("", "host:", "somebody", "\ud800"):
        with pytest.raises((iam.InvalidError, UnicodeEncodeError)):
            iam.open(":memory:").realm("acme").act_as(actor)


def test_other_forms_of_the_same(acme: iam.Acting) -> None:
    day = datetime(2030, 1, 1, 12, tzinfo=timezone.utc)
    id = acme.users.create(user_name="alice", valid_until=day, supplied_by_user={"city", "job"}).id
    assert id and acme.users.get(id).moment("valid_until") == day
    assert acme.users.get(id, at=datetime.now(timezone.utc)).id == id
    assert acme.users.create(user_name=str(uuid.uuid4()), attributes={"external_id": uuid.uuid4()}).id  # type: ignore[dict-item]


def test_random_input_never_breaks_anything(acme: iam.Acting) -> None:
    from iam._generated.commands import COMMANDS
    from iam._generated.reads import QUERIES

    drawn = random.Random(7)

    def anything(depth: int = 0) -> Any:
        kind = drawn.randrange(9 if depth < 4 else 6)
        if kind == 0:
            return "".join(drawn.choices(string.printable + "äß\u0000\U0001f600\ud800", k=drawn.randrange(8)))
        if kind == 1:
            return drawn.choice([0, 1, -1, 2**53, 2**63 - 1, 2**64, 0.5, float("nan")])
        if kind < 4:
            return drawn.choice([None, True, False])
        if kind < 6:
            return drawn.choice(["user_00000000000000000000000000", "now", "user", "all", {"revision": 1}])
        if kind < 8:
            names = ["id", "user", "kind", "attributes", "at", "filter", "user_name", "organization", "x"]
            return {drawn.choice(names): anything(depth + 1) for _ in range(drawn.randrange(5))}
        return [anything(depth + 1) for _ in range(drawn.randrange(4))]

    outcomes = {"done": 0, "refused": 0}
    for _ in range(3_000):
        try:
            if drawn.random() < 0.5:
                acme._native.execute(drawn.choice(COMMANDS), {"user": anything(), "attributes": anything()})
            else:
                acme._native.ask(drawn.choice(QUERIES), {"id": anything(), "kind": anything()} if drawn.random() < 0.7 else {})
            outcomes["done"] += 1
        except iam.IamError as error:
            assert not isinstance(error, (iam.CorruptError, iam.StorageError)), error
            outcomes["refused"] += 1
    assert outcomes["done"] and outcomes["refused"]
    assert acme.realms.doctor().findings == ()


def test_threads(acme: iam.Acting) -> None:
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for n in range(20):
                id = acme.users.create(user_name=f"user{number}-{n}").id
                assert id and acme.users.get(id)["user_name"] == f"user{number}-{n}"
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures and acme.users.count() == 160


def test_the_interpreter_runs_while_the_engine_works(acme: iam.Acting) -> None:
    acme.batch(iam.command.users.create(user_name=f"user{n}") for n in range(500))
    longest, going = 0.0, True

    def tick() -> None:
        nonlocal longest
        before = time.perf_counter()
        while going:
            time.sleep(0.0005)
            now = time.perf_counter()
            longest, before = max(longest, now - before), now

    thread = threading.Thread(target=tick)
    thread.start()
    started = time.perf_counter()
    acme.realms.doctor()
    taken = time.perf_counter() - started
    going = False
    thread.join()
    assert longest < max(taken * 0.9, 0.1), (longest, taken)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_after_a_fork(acme: iam.Acting) -> None:
    id = acme.users.create(user_name="alice").id
    assert id
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        said = "nothing"
        try:
            acme.users.get(id)
        except iam.StorageError as error:
            said = str(error)
        own = iam.open(":memory:").realm("acme").act_as("host:child")
        said += " | " + str(own.users.create(user_name="bob").id is not None)
        os.write(write, said.encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(write)
    said = os.read(read, 1000).decode()
    os.close(read)
    assert "open the database again in the child" in said and said.endswith("True")
    assert acme.users.get(id).id == id


def test_leaving_with_open_handles() -> None:
    program = """if True:
        import asyncio, iam, iam.aio, sys, threading
        db = iam.open(":memory:")
        acme = db.realm("acme").act_as("host:exit")
        acme.users.create(user_name="alice")
        own = [acme]; own.append(own)
        threading.Thread(target=lambda: [acme.users.count() for _ in range(200)], daemon=True).start()
        async def main():
            other = (await (await iam.aio.open(":memory:")).realm("x")).act_as("host:exit")
            for n in range(50):
                asyncio.ensure_future(other.users.create(user_name=f"u{n}"))
        asyncio.run(main())
        print("left")
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and done.stdout == "left\n", done
