"""What the generated parts are built from."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar, Union

from ._unset import UNSET, Unset

R = TypeVar("R")
"""What a command gives: see `Commands`."""

AttributeValue = Union[bool, int, float, str, date, datetime, Sequence[Any], Mapping[str, Any], None]
"""What an attribute can be set to. `None` removes the value."""

Filter = Union[str, Mapping[str, Any]]
"""Which records: SCIM filter text such as `city eq "Utica"`, or the JSON tree of a condition."""

At = Union[Literal["now"], int, datetime]
"""The state to read: now, after a revision, or at a moment."""


class Commands(Generic[R]):
    """The commands about one noun.

    What a method gives depends on where the noun comes from: `realm.users` carries commands out, `realm.preview.users`
    shows what they would do, `iam.command.users` makes values of them.
    """

    __slots__ = ("_send",)

    def __init__(self, send: Callable[[str, dict[str, Any]], R]) -> None:
        self._send = send


def deprecated(name: str, instead: str) -> None:
    """Warns whoever calls what will be gone one day."""
    warnings.warn(f"{name} is deprecated: {instead}", DeprecationWarning, stacklevel=3)


def moment(text: str) -> datetime:
    """The moment of a text in UTC."""
    return datetime.fromisoformat(text[:-1] + "+00:00" if text.endswith("Z") else text)


def state(at: At | None | Unset) -> Any:
    """The state to read, as the engine says it."""
    if isinstance(at, int) and not isinstance(at, bool):
        return {"revision": at}
    if isinstance(at, datetime):
        return {"moment": at}
    return at


def merged(attributes: Mapping[str, AttributeValue] | Unset, named: dict[str, Any]) -> dict[str, Any]:
    """The attributes given by name and in a mapping. One that is given twice is a mistake."""
    all_of_them = {name: value for name, value in named.items() if value is not UNSET}
    if isinstance(attributes, Unset):
        return all_of_them
    twice = all_of_them.keys() & attributes.keys()
    if twice:
        raise TypeError(f"given by name and in `attributes`: {', '.join(sorted(twice))}")
    return {**all_of_them, **attributes}
