"""A program as a user would write it; type-checked in strict mode, and run."""

from __future__ import annotations

import asyncio
from datetime import datetime

import iam
import iam.aio
from iam.types import DeleteMode, Executed, Preview, Record


def hire(acme: iam.Acting, name: str) -> str:
    """Hires somebody."""
    shown: Preview = acme.preview.users.create(user_name=name, city="Utica")
    assert len(shown.difference.records) == 1
    done: Executed = acme.users.create(user_name=name, city="Utica")
    assert done.id is not None
    return done.id


def main() -> None:
    """The story."""
    with iam.open(":memory:") as db:
        acme = db.realm("acme").act_as("host:sample")
        id = hire(acme, "alice")
        record: Record = acme.users.get(id)
        created: datetime | None = record.moment("created_at")
        assert created is not None
        names: list[str] = [each["user_name"] for each in acme.users.all('city eq "Utica"')]
        assert names == ["alice"]
        total: int | None = acme.users.search(total=True).total
        assert total == 1
        acme.users.delete(id, mode=DeleteMode.SOFT)
        acme.users.undelete(id)
        try:
            acme.users.create(user_name="alice")
        except iam.RefusedError as error:
            code: str = error.code
            assert code == "value.taken"


async def later() -> None:
    """The same, waiting."""
    async with await iam.aio.open(":memory:") as db:
        acme = (await db.realm("acme")).act_as("host:sample")
        done: Executed = await acme.users.create(user_name="alice")
        shown: Preview = await acme.preview.users.delete(done.id or "")
        assert shown.difference.records
        page: iam.Page = await acme.users.search(limit=5)
        assert [each["user_name"] for each in page] == ["alice"]


if __name__ == "__main__":
    main()
    asyncio.run(later())
