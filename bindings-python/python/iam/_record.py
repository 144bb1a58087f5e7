"""Records and pages of them: made by the native part, without a detour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ._base import moment


@dataclass(frozen=True, slots=True, repr=False, eq=True)
class Record:
    """The state of one thing at one version.

    >>> record = Record("user_00000000000000000000000001", "user", 1, {"city": "Utica"})
    >>> record["city"], record.get("job"), "city" in record
    ('Utica', None, True)
    >>> record
    <Record user_00000000000000000000000001 version 1>
    """

    id: str
    """Which thing."""
    kind: str
    """Its kind, such as `user`."""
    version: int
    """Counts the changes, from 1."""
    attributes: Mapping[str, Any] = field(hash=False)
    """Its attributes by name; what is not set is not there. Days, moments and references are texts."""

    def __getitem__(self, name: str) -> Any:
        return self.attributes[name]

    def __contains__(self, name: object) -> bool:
        return name in self.attributes

    def get(self, name: str, default: Any = None) -> Any:
        """An attribute's value, or the default when it is not set."""
        return self.attributes.get(name, default)

    def moment(self, name: str) -> datetime | None:
        """An attribute's moment in UTC."""
        text = self.attributes.get(name)
        return None if text is None else moment(text)

    def date(self, name: str) -> date | None:
        """An attribute's day."""
        text = self.attributes.get(name)
        return None if text is None else date.fromisoformat(text)

    @staticmethod
    def _read(json: Any) -> Record:
        if isinstance(json, Record):
            return json
        return Record(json["id"], json["kind"], json["version"], json["attributes"])

    def __repr__(self) -> str:
        return f"<Record {self.id} version {self.version}>"


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
