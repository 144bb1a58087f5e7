"""Why something was not done. Nothing of it was done.

One class for each family of problems; `code` is stable, says exactly what it was, and is the same in every language.
"""

from __future__ import annotations

from typing import Any

from .types import FieldProblem


class IamError(Exception):
    """Why something was not done.

    Its text may quote what the caller gave; its `repr` does not.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str,
        hint: str = "",
        subject: str | None = None,
        fields: tuple[FieldProblem, ...] = (),
        details: tuple[str, ...] = (),
        retry: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        """One sentence for people."""
        self.code = code
        """The stable code."""
        self.hint = hint
        """What usually helps; empty when there is nothing to say."""
        self.subject = subject
        """What it is about: an identifier or a name."""
        self.fields = fields
        """Every wrong field, when the input is wrong."""
        self.details = details
        """More, one line each: conflicting records, remaining members."""
        self.retry = retry
        """Whether the same call may succeed when it is tried again."""

    def __str__(self) -> str:
        lines = [f"{self.message} ({self.code})"]
        if len(self.fields) > 1:
            lines += [f"{each.field}: {each.message}" for each in self.fields]
        return "\n  ".join([*lines, *self.details])

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.code}>"

    def __reduce__(self) -> Any:
        return (_again, (type(self), self.message, self.__dict__))


class InvalidError(IamError):
    """The input is wrong; `fields` says where."""


class NotFoundError(IamError):
    """The thing asked for does not exist in this realm."""


class RefusedError(IamError):
    """The state of things forbids it."""


class ConflictError(IamError):
    """Somebody else changed it meanwhile; asking again may work."""


class DeniedError(IamError):
    """The actor may not."""


class LimitError(IamError):
    """A documented limit was reached."""


class StorageError(IamError):
    """The storage failed or cannot be reached."""


class CorruptError(IamError):
    """What is stored contradicts itself."""


FAMILIES: dict[str, type[IamError]] = {
    "invalid": InvalidError,
    "not_found": NotFoundError,
    "refused": RefusedError,
    "conflict": ConflictError,
    "denied": DeniedError,
    "limit": LimitError,
    "storage": StorageError,
    "corrupt": CorruptError,
}
"""The class of each family."""


def problem(json: dict[str, Any]) -> IamError:
    """The exception of a problem as the engine tells it."""
    family = FAMILIES.get(json["kind"], IamError)
    return family(
        json["message"],
        code=json["code"],
        hint=json["hint"],
        subject=json["subject"],
        fields=tuple(FieldProblem._read(each) for each in json["fields"]),
        details=tuple(json["details"]),
        retry=json["retry"],
    )


def _again(family: type[IamError], message: str, state: dict[str, Any]) -> IamError:
    error = family(message, code=state["code"])
    error.__dict__.update(state)
    return error
