"""What a program can bring along itself: a clock, an entropy, a vault; objects with one method each.

>>> import iam
>>> class Vault:
...     def key(self, name: str) -> bytes:
...         return b"from the hardware module of " + name.encode().ljust(4)[:4]
>>> db = iam.open(":memory:", vault=Vault())
>>> db.realm("acme").act_as("host:console").users.count()
0

They are called from any thread, and must not call the database that they belong to. A clock or an entropy has no way to
fail: when it raises, `sys.unraisablehook` is told and the system's is used instead. When a vault raises, the
operation is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any, Protocol

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present moment, with a time zone."""
        ...


class Entropy(Protocol):
    """Draws random bytes from a source fit for keys."""

    def seed(self) -> bytes:
        """32 random bytes."""
        ...


class Vault(Protocol):
    """Keeps the key from which the keys of persons are derived, outside of the database."""

    def key(self, name: str) -> bytes:
        """32 bytes, always the same for the same name."""
        ...


def callables(clock: Clock | None, entropy: Entropy | None, vault: Vault | None) -> dict[str, Callable[..., Any]]:
    """What the native part calls."""
    ports: dict[str, Callable[..., Any]] = {}
    if clock is not None:
        now = clock.now

        def micros() -> int:
            return (now() - _EPOCH) // _MICROSECOND

        ports["clock"] = micros
    if entropy is not None:
        ports["entropy"] = entropy.seed
    if vault is not None:
        ports["vault"] = vault.key
    return ports
