"""A clock, an entropy and a vault that are written in Python."""

from __future__ import annotations

import asyncio
import gc
import sys
import weakref
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

import iam
from corpus import Clock, Entropy, Vault


def test_they_are_asked() -> None:
    clock = Clock()
    with iam.open(":memory:", clock=clock, entropy=Entropy(), vault=Vault()) as db:
        acme = db.realm("acme").act_as("host:tests")
        first = acme.users.create(user_name="alice").id
        assert first is not None
        assert acme.users.get(first).moment("created_at") == datetime(2026, 1, 1, tzinfo=timezone.utc)
        clock.moment = datetime(2027, 1, 1, 12, 0, 0, 999_999, tzinfo=timezone.utc)
        assert acme.history.of(acme.users.create(user_name="bob").id or "")[0].at == clock.moment
    with iam.open(":memory:", clock=Clock(), entropy=Entropy(), vault=Vault()) as db:
        assert db.realm("acme").act_as("host:tests").users.create(user_name="alice").id == first


def test_asyncio() -> None:
    async def main() -> str | None:
        async with await iam.aio.open(":memory:", clock=Clock(), entropy=Entropy(), vault=Vault()) as db:
            return (await (await db.realm("acme")).act_as("host:tests").users.create(user_name="alice")).id

    assert asyncio.run(main()) == asyncio.run(main()) != None  # noqa: E711


class Raises:
    """Does not work at all."""

    def now(self) -> datetime:
        """Raises."""
        raise RuntimeError("the clock is secret")

    def seed(self) -> bytes:
        """Raises."""
        raise RuntimeError("no entropy")

    def key(self, name: str) -> bytes:
        """Raises."""
        raise KeyError(name, "secret")


def test_a_vault_that_raises_refuses() -> None:
    with pytest.raises(iam.StorageError) as refused:
        iam.open(":memory:", vault=Raises())
    assert refused.value.code == "seal.unreadable" and "secret" not in str(refused.value)


def test_clock_and_entropy_that_raise_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    with iam.open(":memory:", clock=Raises(), entropy=Raises()) as db:
        acme = db.realm("acme").act_as("host:tests")
        id = acme.users.create(user_name="alice").id
        created = acme.users.get(id or "").moment("created_at")
    assert created and abs(created - datetime.now(timezone.utc)).total_seconds() < 60
    assert {str(each.exc_value) for each in told} == {"the clock is secret", "no entropy"}


@pytest.mark.parametrize("answer", [b"short", "text", None, 7])
def test_wrong_answers(answer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Odd:
        def key(self, name: str) -> bytes:
            return answer  # type: ignore[no-any-return]

        def seed(self) -> bytes:
            return answer  # type: ignore[no-any-return]

    told: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    with pytest.raises(iam.StorageError):
        iam.open(":memory:", vault=Odd())
    iam.open(":memory:", entropy=Odd()).realm("acme").act_as("host:tests").users.create(user_name="alice")
    assert told


def test_a_key_and_a_vault_are_too_much(tmp_path: Path) -> None:
    with pytest.raises(iam.InvalidError):
        iam.open(":memory:", key=b"k" * 32, vault=Vault())
    iam.open(str(tmp_path / "people.db"), vault=Vault()).close()
    assert not (tmp_path / "people.db.key").exists()


def test_they_are_let_go() -> None:
    clock = Clock()
    seen = weakref.ref(clock)
    db = iam.open(":memory:", clock=clock)
    db.realm("acme")
    db.close()
    del clock, db
    gc.collect()
    iam.open(":memory:").close()
    assert seen() is None


def test_work_is_leased_and_settled(acme: iam.Acting) -> None:
    ids = [acme.users.create(user_name=name).id or "" for name in ("alice", "bob")]
    for id in ids:
        acme.users.disable(id)
    first = acme.lease("one", limit=1)
    second = acme.lease("two")
    assert first and {each.effect.subject for each in (*first, *second)} == set(ids)
    assert all(each.attempts == 0 and each.effect.key for each in first)
    acme.settle("one", done=first)
    acme.settle("two", failed=[iam.types.Failure(each.number, "nobody answers", again_in=0) for each in second])
    again = [each for each in acme.lease("three") if each.attempts]
    assert {each.number for each in again} <= {each.number for each in second} and again
    with pytest.raises(iam.InvalidError):
        acme.lease("", limit=5)
