"""What a program can bring along itself.

A clock, an entropy and a vault are objects with one method each, given to `iam.open`:

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

Connectors, messengers and handlers of effects are given to `acme.worker`, and may have `async` methods as well:

>>> class Printer:
...     def deliver(self, message):
...         print(message.template, "to", message.address)
>>> acme = db.realm("acme").act_as("host:console")
>>> alice = acme.users.create(user_name="alice", email="alice@example.com").id
>>> _ = acme.users.start_email_verification(alice)
>>> acme.worker("mail", messenger=Printer()).deliver().done
user.email_verification to alice@example.com
1
"""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any, Literal, Protocol, Union

from ._generated.types import ConnectorDescriptor, SyncKind, Work

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


class ConnectorError(Exception):
    """Why a source cannot be read; none of them means that something is gone.

    Args:
        kind: What happened.
        message: One sentence; no secret in it, and nothing personal.
        field: The field of the configuration that is wrong.
        seconds: How long the source asks to wait.
    """

    def __init__(
        self,
        kind: Literal[
            "unreachable",
            "denied",
            "configuration",
            "throttled",
            "token_expired",
            "incomplete",
            "protocol",
            "unsupported",
        ],
        message: str,
        *,
        field: str = "",
        seconds: int = 0,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.field = field
        self.seconds = seconds

    def _json(self) -> Any:
        return {"kind": self.kind, "message": self.message, "field": self.field, "seconds": self.seconds}


class DeliveryError(Exception):
    """Why something was not done outside.

    Args:
        message: One sentence; no secret in it, and nothing personal.
        again: Whether it may work later.
    """

    def __init__(self, message: str, *, again: bool = True) -> None:
        super().__init__(message)
        self.message = message
        self.again = again

    def _json(self) -> Any:
        return {"kind": "later" if self.again else "never", "message": self.message}


@dataclass(frozen=True, slots=True)
class SourceObject:
    """One object of a source."""

    identifier: str = field(repr=False)
    """The identifier that never changes; two objects never share one, letter case counts."""
    attributes: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """Its attributes. Several values are a list; what is binary is base 64."""
    name: str | None = field(default=None, repr=False)
    """The name that it has now, such as a distinguished name; by it others may name it."""

    def _json(self) -> Any:
        return {"identifier": self.identifier, "attributes": self.attributes, "name": self.name}


@dataclass(frozen=True, slots=True)
class Objects:
    """One page of a source."""

    objects: Sequence[SourceObject] = ()
    """Objects that are there."""
    next: str | None = None
    """Where the next page is; `None` at the end, and only then."""
    presence: Literal["changes", "everything"] = "changes"
    """At the end: whether objects that the read did not name are gone (`everything`) or as they were (`changes`)."""
    unchanged: Sequence[str] = ()
    """Identifiers of objects that are there and as they were."""
    deleted: Sequence[str] = ()
    """Identifiers of objects that are gone."""
    unreadable: Sequence[str] = ()
    """Objects that are there and could not be read, one line each. While there are any, nothing is taken for gone."""
    token: str | None = None
    """At the end: where an incremental read goes on later."""

    def _json(self) -> Any:
        names = ("objects", "next", "presence", "unchanged", "deleted", "unreadable", "token")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Read:
    """What is read of a source."""

    kind: SyncKind
    """What kind of record the objects become."""
    object_class: str
    """The class of the objects; empty for the connector's own name of the kind."""
    filter: str | None
    """Which of them, in the connector's own syntax."""
    attributes: tuple[str, ...]
    """The attributes that are used; empty for all. A connector may give more."""
    since: str | None
    """What changed since the run that ended with this token."""
    page_size: int
    """Objects on a page, about."""

    @staticmethod
    def _read(json: Any) -> Read:
        return Read(
            SyncKind(json["kind"]),
            json["object_class"],
            json["filter"],
            tuple(json["attributes"]),
            json["since"],
            json["page_size"],
        )


@dataclass(frozen=True, slots=True)
class ObjectClass:
    """A class of objects that a source has."""

    name: str
    """What the connector calls it."""
    attributes: tuple[str, ...] = ()
    """The attributes that its objects have, as far as the source tells."""

    def _json(self) -> Any:
        return {"name": self.name, "attributes": self.attributes}


class Connection(Protocol):
    """A connection to a source."""

    def classes(self) -> Union[Sequence[ObjectClass], Awaitable[Sequence[ObjectClass]]]:
        """The classes of objects there are."""
        ...

    def read(self, read: Read, cursor: str | None) -> Union[Objects, Awaitable[Objects]]:
        """One page; the first one has no cursor. What it raises is the end of the read: what was not read is not known."""
        ...

    def close(self) -> Union[None, Awaitable[None]]:
        """Signs out."""
        ...


class Connector(Protocol):
    """Reads one kind of source. `Worker.try_connector` runs the cases that every connector has to pass."""

    descriptor: ConnectorDescriptor
    """What it is called, which configuration it needs, what it can do."""

    def open(
        self, configuration: Mapping[str, Any], secrets: Mapping[str, str]
    ) -> Union[Connection, Awaitable[Connection]]:
        """Connects and signs in.

        Args:
            configuration: What the source says, by field; defaults are filled in.
            secrets: For each field of type `secret` the secret that the configuration names.
        """
        ...


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message."""

    name: str
    """Its name."""
    media_type: str
    """Its media type, such as `image/png`."""
    content: bytes = field(repr=False)
    """What is in it."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message that is ready to go, in the language of its reader."""

    key: str
    """Names the message: the same one sent twice has the same key."""
    realm: str
    """The realm."""
    user: str
    """Whom it is for."""
    channel: Literal["email", "sms"]
    """How it goes."""
    address: str = field(repr=False)
    """The e-mail address or phone number."""
    name: str = field(repr=False)
    """How the user is called."""
    template: str
    """Which template it was made of."""
    language: str
    """The language of the text."""
    subject: str = field(repr=False)
    """The subject line; empty for SMS."""
    text: str = field(repr=False)
    """The text."""
    html: str | None = field(repr=False)
    """The same as HTML, when the template has it."""
    attachments: tuple[Attachment, ...]
    """Files that go with it."""

    @staticmethod
    def _read(json: Any) -> Message:
        attachments = tuple(
            Attachment(each["name"], each["media_type"], base64.b64decode(each["content"])) for each in json["attachments"]
        )
        return Message(**{**json, "attachments": attachments})


class Messenger(Protocol):
    """Brings messages to people. Called at least once for each message: the key tells a repetition."""

    def deliver(self, message: Message) -> Union[None, Awaitable[None]]:
        """Hands a message over to whoever carries it on; raises `DeliveryError` when that did not work."""
        ...


class EffectHandler(Protocol):
    """Does what is asked outside besides messages. Called at least once: `work.effect.key` tells a repetition."""

    def handle(self, work: Work, secret: str | None) -> Union[None, Awaitable[None]]:
        """Carries out an effect, with the secret that it carries; raises `DeliveryError` when that did not work."""
        ...
