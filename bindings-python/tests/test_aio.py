"""The asyncio client."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

import iam.aio


@pytest.fixture(params=["memory", "sqlite"])
def run(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Callable[[iam.aio.Acting], Awaitable[Any]]], Any]:
    """Runs a story in a fresh realm."""
    address = ":memory:" if request.param == "memory" else str(tmp_path / "people.db")

    async def main(story: Callable[[iam.aio.Acting], Awaitable[Any]]) -> Any:
        async with await iam.aio.open(address) as db:
            return await story((await db.realm("acme")).act_as("host:tests"))

    return lambda story: asyncio.run(main(story))


def test_the_story(run: Any) -> None:
    async def story(acme: iam.aio.Acting) -> None:
        shown = await acme.preview.users.create(user_name="alice")
        assert shown.difference.records[0].label == "alice"
        done = await acme.users.create(user_name="alice", city="Utica")
        assert done.id and done.revision
        changed = await acme.because("moved").users.update(done.id, city="Berlin")
        assert (await acme.users.get(done.id, at=done.revision))["city"] == "Utica"
        assert (await acme.as_of(done.revision).users.get(done.id))["city"] == "Utica"
        assert changed.revision
        assert (await acme.preview_rollback(changed.revision)).conflicts == ()
        await acme.rollback(changed.revision)
        assert [each["city"] async for each in acme.users.all()] == ["Utica"]
        assert await acme.users.status(done.id) == "active"
        assert (await acme.realms.settings()).retention_days == 30
        found = await acme.users.find_by("user_name", "Alice")
        assert found and found.id == done.id and await acme.users.count() == 1
        assert await acme.users.find("user_00000000000000000000000000") is None
        company = (await acme.organizations.create(name="Acme")).id
        assert company is not None and await acme.users.find(company) is None
        for unknown in ("user_00000000000000000000000000", company):
            with pytest.raises(iam.NotFoundError):
                await acme.users.get(unknown)
        with pytest.raises(iam.InvalidError):
            await acme.users.create(user_name="\ud800")
        assert (await acme.batch([iam.command.users.create(user_name="bob")])).revision
        assert (await acme.preview_batch([iam.command.users.create(user_name="eve")])).revision is None
        assert await acme.validate.users.create(user_name="carol", email="x")
        assert (await acme.execute(iam.command.users.create(user_name="dan"))).id
        assert await acme.events() and (await acme.upkeep()).purged == 0 and await acme.seal_chain()
        assert (await acme.new_command_id()).startswith("command_")
        assert (await acme.new_change_set()).startswith("change_set_")

    run(story)


def test_ten_thousand_at_once(run: Any) -> None:
    async def story(acme: iam.aio.Acting) -> None:
        done = await asyncio.gather(*(acme.users.create(user_name=f"user{n}") for n in range(200)))
        ids = [each.id or "" for each in done]
        assert len(set(ids)) == 200
        records = await asyncio.gather(*(acme.users.get(ids[n % 200]) for n in range(10_000)))
        assert [each.id for each in records] == [ids[n % 200] for n in range(10_000)]
        taken = await asyncio.gather(
            *(acme.users.create(user_name="one") for _ in range(20)), return_exceptions=True
        )
        assert sum(isinstance(each, iam.IamError) for each in taken) == 19

    run(story)


def test_who_does_not_wait_harms_nobody(run: Any) -> None:
    async def story(acme: iam.aio.Acting) -> None:
        tasks = [asyncio.ensure_future(acme.users.create(user_name=f"user{n}")) for n in range(50)]
        await asyncio.sleep(0)
        for task in tasks[::2]:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(not isinstance(each, BaseException) for each in outcomes[1::2])
        for _ in range(100):
            if await acme.users.count() == 50:
                break
            await asyncio.sleep(0.02)
        assert await acme.users.count() == 50
        assert (await acme.realms.doctor()).findings == ()

    run(story)
