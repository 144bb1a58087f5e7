"""Records, which the native part makes, and pages of them.

>>> from iam import Record
>>> record = Record("user_00000000000000000000000001", "user", 1, {"city": "Utica"})
>>> record["city"], record.get("job"), "city" in record
('Utica', None, True)
>>> record
<Record user_00000000000000000000000001 version 1>
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ._native import Record as Record


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """One page of a list, in the order of the list."""

    items: tuple[Record, ...]
    """The records."""
    next: str | None
    """The cursor of the page after this one."""
    previous: str | None
    """The cursor of the page before this one."""
    total: int | None
    """How many records match, when the search asked for it."""

    def __iter__(self) -> Iterator[Record]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __repr__(self) -> str:
        more = "" if self.next is None else ", more follow"
        return f"<Page of {len(self.items)}{more}>"
