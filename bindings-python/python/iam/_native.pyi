from asyncio import AbstractEventLoop, Future
from collections.abc import Callable
from typing import Any, final

__all__ = ["Acting", "Engine", "forked", "leaving"]

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
    def get(self, id: str, event_loop: AbstractEventLoop | None = None, future: Future[Any] | None = None) -> Any: ...
    def find_by(
        self,
        kind: str,
        attribute: str,
        value: str,
        event_loop: AbstractEventLoop | None = None,
        future: Future[Any] | None = None,
    ) -> Any: ...
