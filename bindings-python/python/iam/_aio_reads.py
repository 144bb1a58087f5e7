"""What can be read about every kind of record, for asyncio."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

from ._base import At, Filter, state
from ._generated.types import DeletedLike, Sort
from ._reads import absent, search
from ._record import Page, Record
from ._unset import UNSET, Unset


class AsyncReads:
    """A noun that can be asked about."""

    _ask: Callable[[str, dict[str, Any]], Awaitable[Any]]


class AsyncKindReads(AsyncReads):
    """A noun that is a kind of record."""

    _kind: str

    async def get(self, id: str, *, at: At | Unset = UNSET) -> Record:
        """A record that exists and is not deleted."""
        record: Record = await self._ask("record.get", {"id": id, "at": state(at)})
        if record.kind != self._kind:
            raise absent(self._kind, id)
        return record

    async def find(self, id: str, *, at: At | Unset = UNSET) -> Record | None:
        """A record, soft-deleted ones included; `None` when there is none."""
        record: Record | None = await self._ask("record.find", {"id": id, "at": state(at)})
        return record if record is not None and record.kind == self._kind else None

    async def find_by(self, attribute: str, value: str, *, at: At | Unset = UNSET) -> Record | None:
        """The record that holds a unique name, in any letter case; `None` when nobody does."""
        record: Record | None = await self._ask(
            "record.find_by", {"kind": self._kind, "attribute": attribute, "value": value, "at": state(at)}
        )
        return record

    async def search(
        self,
        filter: Filter | Unset = UNSET,
        *,
        sort: Sequence[str | Sort] | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        total: bool | Unset = UNSET,
        deleted: DeletedLike | Unset = UNSET,
        at: At | Unset = UNSET,
    ) -> Page:
        """One page of the records that match; see the synchronous client for the parameters."""
        page: Page = await self._ask(
            "record.search", search(self._kind, filter, sort, limit, cursor, total, deleted, at)
        )
        return page

    async def all(
        self,
        filter: Filter | Unset = UNSET,
        *,
        sort: Sequence[str | Sort] | Unset = UNSET,
        deleted: DeletedLike | Unset = UNSET,
        at: At | Unset = UNSET,
        page_size: int = 500,
    ) -> AsyncIterator[Record]:
        """Every record that matches, read page by page."""
        cursor: str | None | Unset = UNSET
        while cursor is not None:
            page = await self.search(filter, sort=sort, limit=page_size, cursor=cursor, deleted=deleted, at=at)
            for record in page.items:
                yield record
            cursor = page.next

    async def count(self, filter: Filter | Unset = UNSET, *, at: At | Unset = UNSET) -> int:
        """How many records match."""
        number: int = await self._ask("record.count", {"kind": self._kind, "filter": filter, "at": state(at)})
        return number
