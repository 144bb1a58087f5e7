"""What can be read about every kind of record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ._base import At, Filter, state
from ._generated.types import DeletedLike, Sort
from ._record import Page, Record
from ._unset import UNSET, Unset
from .errors import NotFoundError


class Reads:
    """A noun that can be asked about."""

    _ask: Callable[[str, dict[str, Any]], Any]


class KindReads(Reads):
    """A noun that is a kind of record."""

    _kind: str

    def get(self, id: str, *, at: At | Unset = UNSET) -> Record:
        """A record that exists and is not deleted."""
        record: Record = self._ask("record.get", {"id": id, "at": state(at)})
        if record.kind != self._kind:
            raise absent(self._kind, id)
        return record

    def find(self, id: str, *, at: At | Unset = UNSET) -> Record | None:
        """A record, soft-deleted ones included; `None` when there is none."""
        record: Record | None = self._ask("record.find", {"id": id, "at": state(at)})
        return record if record is not None and record.kind == self._kind else None

    def find_by(self, attribute: str, value: str, *, at: At | Unset = UNSET) -> Record | None:
        """The record that holds a unique name, in any letter case; `None` when nobody does."""
        record: Record | None = self._ask(
            "record.find_by", {"kind": self._kind, "attribute": attribute, "value": value, "at": state(at)}
        )
        return record

    def search(
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
        """One page of the records that match.

        Args:
            filter: Which of them: SCIM filter text such as `city eq "Utica"`, or the JSON tree of a condition.
            sort: In which order: names of attributes, with `-` in front for the greatest first.
            limit: Records on the page, 1 to 1000; 20 when it is not given.
            cursor: Which page: `next` or `previous` of another one.
            total: Count all that match.
            deleted: Whether soft-deleted records are listed: `exclude`, `include` or `only`.
            at: The state to read.
        """
        page: Page = self._ask("record.search", search(self._kind, filter, sort, limit, cursor, total, deleted, at))
        return page

    def all(
        self,
        filter: Filter | Unset = UNSET,
        *,
        sort: Sequence[str | Sort] | Unset = UNSET,
        deleted: DeletedLike | Unset = UNSET,
        at: At | Unset = UNSET,
        page_size: int = 500,
    ) -> Iterator[Record]:
        """Every record that matches, read page by page."""
        cursor: str | None | Unset = UNSET
        while cursor is not None:
            page = self.search(filter, sort=sort, limit=page_size, cursor=cursor, deleted=deleted, at=at)
            yield from page.items
            cursor = page.next

    def count(self, filter: Filter | Unset = UNSET, *, at: At | Unset = UNSET) -> int:
        """How many records match."""
        number: int = self._ask("record.count", {"kind": self._kind, "filter": filter, "at": state(at)})
        return number


def absent(kind: str, id: str) -> NotFoundError:
    """What the engine says of an identifier that it does not know: the one of an organization is no user's."""
    message = f"there is no {kind.replace('_', ' ')} with this identifier in the realm"
    return NotFoundError(message, code="record.not_found", hint="check the identifier and the realm", subject=id)


def search(
    kind: str,
    filter: Filter | Unset,
    sort: Sequence[str | Sort] | Unset,
    limit: int | Unset,
    cursor: str | None | Unset,
    total: bool | Unset,
    deleted: DeletedLike | Unset,
    at: At | Unset,
) -> dict[str, Any]:
    """The input of a search."""
    order = sort if isinstance(sort, Unset) else [by(each) for each in sort]
    return {
        "kind": kind,
        "filter": filter,
        "sort": order,
        "limit": limit,
        "cursor": cursor,
        "total": total,
        "deleted": deleted,
        "at": state(at),
    }


def by(sort: str | Sort) -> Sort:
    """The order that a name stands for."""
    if not isinstance(sort, str):
        return sort
    return Sort(sort.removeprefix("-"), descending=sort.startswith("-"))
