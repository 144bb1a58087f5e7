"""What the synchronous and the asyncio client have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, TypeVar

from ._base import At, state
from ._native import Acting as Native
from ._command import Command
from ._unset import Unset
from .types import Failure, RiskLike, SessionOrigin, Undo, Work

Channel = Literal["api", "import", "sync", "timer", "rollback"]
"""Through which door a command came."""

Self = TypeVar("Self", bound="Manner")


class Manner:
    """An actor in a realm, and how the actor goes about it."""

    _native: Native

    def _with(self: Self, native: Native) -> Self:
        raise NotImplementedError

    def because(self: Self, reason: str) -> Self:
        """Notes a reason in the audit trail."""
        return self._with(self._native.manner({"reason": reason}))

    def through(self: Self, channel: Channel) -> Self:
        """Notes through which door it came."""
        return self._with(self._native.manner({"channel": channel}))

    def in_change_set(self: Self, change_set: str) -> Self:
        """Puts all that follows into a change set; `new_change_set` draws an identifier."""
        return self._with(self._native.manner({"change_set": change_set}))

    def with_command_id(self: Self, command_id: str) -> Self:
        """Gives the next command an identifier: sent twice, it is carried out once."""
        return self._with(self._native.manner({"command_id": command_id}))

    def as_of(self: Self, at: At) -> Self:
        """The same actor, reading an earlier state. Nothing can be changed there."""
        return self._with(self._native.manner({"at": state(at)}))


def undoing(what: Undo | int, on_conflict: str) -> dict[str, Any]:
    """The input of a rollback."""
    return {"undo": {"revision": what} if isinstance(what, int) else what, "on_conflict": on_conflict}


def batching(commands: Iterable[Command], mode: str) -> dict[str, Any]:
    """The input of a batch."""
    return {"commands": list(commands), "mode": mode}


def settling(worker: str, done: Iterable[Work | int], failed: Iterable[Failure]) -> dict[str, Any]:
    """What became of leased work."""
    numbers = [each if isinstance(each, int) else each.number for each in done]
    return {"worker": worker, "done": numbers, "failed": list(failed)}


def signing_in(
    assurance: int | Unset, origin: SessionOrigin | Unset, refresh: bool | Unset, risk: RiskLike | Unset
) -> tuple[int, bool, str | None, str | None, str | None, str | None]:
    """What a sign-in takes besides identifier and password, one after the other."""
    place = SessionOrigin() if isinstance(origin, Unset) else origin
    return (
        0 if isinstance(assurance, Unset) else assurance,
        False if isinstance(refresh, Unset) else refresh,
        None if isinstance(risk, Unset) else risk,
        place.address,
        place.agent,
        place.application,
    )
