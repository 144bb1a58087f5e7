from asyncio import AbstractEventLoop, Future
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, final

__all__ = ["Acting", "Decider", "Engine", "Record", "Worker", "forked", "leaving"]

def forked() -> None: ...
def leaving() -> None: ...

@final
class Engine:
    @staticmethod
    def open(
        address: str,
        key: bytes | None,
        ports: dict[str, Callable[..., Any]],
        event_loop: AbstractEventLoop | None = None,
        future: Future[Any] | None = None,
    ) -> Any: ...
    def realms(self, event_loop: AbstractEventLoop | None = None, future: Future[Any] | None = None) -> Any: ...
    def realm(
        self, name: str, event_loop: AbstractEventLoop | None = None, future: Future[Any] | None = None
    ) -> Any: ...
    def acting(self, realm: str, actor: str) -> Acting: ...

@final
class Acting:
    def manner(self, manner: dict[str, Any]) -> Acting: ...
    def call(
        self,
        operation: str,
        input: dict[str, Any],
        event_loop: AbstractEventLoop | None = None,
        future: Future[Any] | None = None,
    ) -> Any: ...
    def call_text(
        self,
        operation: str,
        input: str,
        event_loop: AbstractEventLoop | None = None,
        future: Future[Any] | None = None,
    ) -> Any: ...
    def execute(
        self,
        name: str,
        input: dict[str, Any],
        event_loop: AbstractEventLoop | None = None,
        future: Future[Any] | None = None,
    ) -> Any: ...
    def ask(
        self,
        name: str,
        input: dict[str, Any],
        event_loop: AbstractEventLoop | None = None,
        future: Future[Any] | None = None,
    ) -> Any: ...
    def session(
        self,
        token: str,
        assurance: int,
        event_loop: AbstractEventLoop | None = None,
        future: Future[Any] | None = None,
    ) -> Any: ...
    def sign_in(
        self,
        identifier: str,
        password: str,
        assurance: int,
        refresh: bool,
        risk: str | None,
        address: str | None,
        agent: str | None,
        application: str | None,
        event_loop: AbstractEventLoop | None = None,
        future: Future[Any] | None = None,
    ) -> Any: ...
    def decider(self, event_loop: AbstractEventLoop | None = None, future: Future[Any] | None = None) -> Any: ...

    def worker(self, parts: dict[str, Any], ports: Callable[[str, dict[str, Any]], Any]) -> Worker: ...

@final
class Worker:
    def call(
        self,
        operation: str,
        input: dict[str, Any],
        event_loop: AbstractEventLoop | None = None,
        future: Future[Any] | None = None,
    ) -> Any: ...

@final
class Decider:
    def known(self, user: str, action: str, target: str) -> bool | None: ...
    def can(self, user: str, action: str, target: str) -> bool: ...
    def learn(
        self,
        user: str,
        action: str,
        target: str,
        event_loop: AbstractEventLoop | None = None,
        future: Future[Any] | None = None,
    ) -> Any: ...
    def can_all(
        self,
        user: str,
        action: str,
        targets: Iterable[str],
        event_loop: AbstractEventLoop | None = None,
        future: Future[Any] | None = None,
    ) -> Any: ...
    def refresh(self, event_loop: AbstractEventLoop | None = None, future: Future[Any] | None = None) -> Any: ...

@final
class Record:
    """The state of one thing at one version."""

    def __new__(cls, id: str, kind: str, version: int, attributes: Mapping[str, Any]) -> Record: ...
    @property
    def id(self) -> str:
        """Which thing."""
    @property
    def kind(self) -> str:
        """Its kind, such as `user`."""
    @property
    def version(self) -> int:
        """Counts the changes, from 1."""
    @property
    def attributes(self) -> dict[str, Any]:
        """Its attributes by name; what is not set is not there. Days, moments and references are texts."""
    def get(self, name: str, default: Any = None) -> Any:
        """An attribute's value, or the default when it is not set."""
    def moment(self, name: str) -> datetime | None:
        """An attribute's moment in UTC; `None` when it is not set."""
    def date(self, name: str) -> date | None:
        """An attribute's day; `None` when it is not set."""
    @staticmethod
    def _read(json: Any) -> Record: ...
    def __getitem__(self, name: str, /) -> Any: ...
    def __contains__(self, name: object, /) -> bool: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
