"""Commands as values, for batches: `iam.command.users.create(user_name="alice")`.

>>> import iam
>>> iam.command.users.create(user_name="alice")
<Command user.create>
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ._generated.commands import CommandNouns


@dataclass(frozen=True, slots=True, repr=False)
class Command:
    """A command that is not carried out yet."""

    name: str
    """The stable name, such as `user.create`."""
    input: dict[str, Any] = field(hash=False)
    """Its input."""

    def _json(self) -> Any:
        return {"command": self.name, **self.input}

    def __repr__(self) -> str:
        return f"<Command {self.name}>"


command: CommandNouns[Command] = CommandNouns(Command)
"""Every noun, making commands as values."""
