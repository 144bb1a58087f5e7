"""The same client for asyncio: `await`, `async for`, `async with`.

>>> import asyncio
>>> import iam.aio
>>> async def main():
...     async with await iam.aio.open(":memory:") as db:
...         acme = (await db.realm("acme")).act_as("host:console")
...         await acme.users.create(user_name="alice")
...         return [record["user_name"] async for record in acme.users.all()]
>>> asyncio.run(main())
['alice']

A task that is cancelled stops waiting; a command that was on its way is carried out or refused as a whole.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, Mapping
from types import TracebackType
from typing import Any

from ._generated.aio_reads import AsyncNouns
from ._generated.commands import CommandNouns
from ._generated.operations import AsyncOperations
from ._manner import Manner, batching, settling, signing_in, undoing
from ._native import Acting as Native
from ._native import Decider as NativeDecider
from ._native import Engine
from ._command import Command
from .errors import StorageError
from ._worker import AsyncWorker, parts
from .ports import Clock, Connector, EffectHandler, Entropy, Messenger, Vault, callables
from .types import Batch, BatchModeLike, ChainHead, Commit, Executed, Failure, FieldProblem, OnConflictLike, Preview
from .types import Record, RiskLike, RollbackPreview, Secret, Session, SessionOrigin, SignedIn, Undo, Upkeep, Work
from ._unset import UNSET, Unset


def _later(start: Callable[..., Any], *arguments: Any) -> asyncio.Future[Any]:
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()
    start(*arguments, loop, future)
    return future


async def open(
    address: str | os.PathLike[str],
    *,
    key: bytes | None = None,
    clock: Clock | None = None,
    entropy: Entropy | None = None,
    vault: Vault | None = None,
) -> Database:
    """Opens an engine; see `iam.open`."""
    return Database(await _later(Engine.open, os.fspath(address), key, callables(clock, entropy, vault)))


class Database:
    """An engine over one storage."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine: Engine | None = engine

    def _open(self) -> Engine:
        if self._engine is None:
            raise StorageError("the database is closed", code="storage.failed", hint="open it again")
        return self._engine

    async def realms(self) -> tuple[Record, ...]:
        """The realms by name."""
        realms: tuple[Record, ...] = await _later(self._open().realms)
        return realms

    async def realm(self, name: str) -> Realm:
        """The realm with this name; it is created when there is none."""
        engine = self._open()
        return Realm(engine, await _later(engine.realm, name))

    def in_realm(self, id: str) -> Realm:
        """A realm by its identifier; whether it exists shows at the first command."""
        return Realm(self._open(), id)

    async def close(self) -> None:
        """Lets go of the storage. It closes when no realm and no actor holds it any more."""
        self._engine = None

    async def __aenter__(self) -> Database:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<Database {'closed' if self._engine is None else 'open'}>"


class Realm:
    """A realm of an engine: a tenant."""

    __slots__ = ("_engine", "id")

    def __init__(self, engine: Engine, id: str) -> None:
        self._engine = engine
        self.id: str = id
        """Its identifier."""

    def act_as(self, actor: str) -> Acting:
        """Everything from here on happens in this actor's name.

        Args:
            actor: `host:` and a name of your choice, the identifier of a user, or `system`.
        """
        return Acting(self._engine.acting(self.id, actor))

    def __repr__(self) -> str:
        return f"<Realm {self.id}>"


class Acting(AsyncNouns, AsyncOperations, Manner):
    """An actor in a realm: the handle for everything that is asked."""

    def __init__(self, native: Native) -> None:
        self._native = native
        super().__init__(self._execute, self._ask)

    def _with(self, native: Native) -> Acting:
        return Acting(native)

    def _ask(self, name: str, input: dict[str, Any]) -> Awaitable[Any]:
        return _later(self._native.ask, name, input)

    def _call(self, operation: str, input: dict[str, Any]) -> Awaitable[Any]:
        return _later(self._native.call, operation, input)

    async def _execute(self, name: str, input: dict[str, Any]) -> Executed:
        return Executed._read(await _later(self._native.execute, name, input))

    async def execute(self, command: Command) -> Executed:
        """Carries out a command that was made with `iam.command`."""
        return await self._execute(command.name, command.input)

    async def sign_in(
        self,
        identifier: str,
        password: Secret,
        *,
        assurance: int | Unset = UNSET,
        origin: SessionOrigin | Unset = UNSET,
        refresh: bool | Unset = UNSET,
        risk: RiskLike | Unset = UNSET,
    ) -> SignedIn:
        """Signs in with identifier and password; see the synchronous client."""
        arguments = signing_in(assurance, origin, refresh, risk)
        answer: SignedIn = await _later(self._native.sign_in, identifier, password, *arguments)
        return answer

    async def session(self, token: Secret, *, assurance: int | Unset = UNSET) -> Session:
        """The session that a token names: who asks. `RefusedError` for everything that is not the token of an open one.

        Args:
            token: The token that `sign_in` gave.
            assurance: The level that what is asked needs: 1 for one factor, 2 for two, 3 for two of which one is hardware.
        """
        session: Session = await _later(self._native.session, token, 0 if isinstance(assurance, Unset) else assurance)
        return session

    async def decider(self) -> Decider:
        """Decisions from memory, for any user of the realm: see `Decider`."""
        return Decider(await _later(self._native.decider))

    def worker(
        self,
        name: str,
        *,
        connectors: Iterable[Connector] = (),
        secrets: Mapping[str, str] | None = None,
        messenger: Messenger | None = None,
        handler: EffectHandler | None = None,
    ) -> AsyncWorker:
        """What runs beside a program: identity sources are read, messages delivered; see `Worker` and `iam.ports`.

        Args:
            name: The worker's name; no two that run at the same time have the same.
            connectors: Your own, beside the built-in ones.
            secrets: Secrets by the names that configurations have for them: `vault:hr` names the one called `hr`.
            messenger: Delivers messages; without one they wait.
            handler: Carries out other effects; without one they wait.
        """
        given, ports = parts(name, connectors, secrets or {}, messenger, handler, asyncio.get_running_loop())
        return AsyncWorker(self._native.worker(given, ports), _later)

    @property
    def preview(self) -> CommandNouns[Awaitable[Preview]]:
        """The same commands, that only show what they would do: `await acme.preview.users.delete(id)`."""

        async def send(name: str, input: dict[str, Any]) -> Preview:
            return Preview._read(await self._call("preview", {"command": name, **input}))

        return CommandNouns(send)

    @property
    def validate(self) -> CommandNouns[Awaitable[tuple[FieldProblem, ...]]]:
        """The same commands, that only list the fields they would be refused for."""

        async def send(name: str, input: dict[str, Any]) -> tuple[FieldProblem, ...]:
            problems = await self._call("validate", {"command": name, **input})
            return tuple(FieldProblem._read(each) for each in problems)

        return CommandNouns(send)

    async def batch(self, commands: Iterable[Command], mode: BatchModeLike = "all_or_nothing") -> Batch:
        """Carries out commands in one commit, each seeing what those before it did."""
        return Batch._read(await self._call("batch", batching(commands, mode)))

    async def preview_batch(self, commands: Iterable[Command]) -> Batch:
        """Shows what commands would do in one commit, each after those before it; nothing is written."""
        return Batch._read(await self._call("preview_batch", batching(commands, "each")))

    async def rollback(self, what: Undo | int, on_conflict: OnConflictLike = "refuse") -> Executed:
        """Undoes a commit (by its revision), a change set or what an actor did, in one commit."""
        return Executed._read(await self._call("rollback", undoing(what, on_conflict)))

    async def preview_rollback(self, what: Undo | int) -> RollbackPreview:
        """Shows what undoing would do; nothing is written."""
        return RollbackPreview._read(await self._call("preview_rollback", undoing(what, "refuse")))

    async def events(self, after: int = 0, limit: int = 100) -> tuple[Commit, ...]:
        """What happened after a revision, in order: no event is ever skipped, however many processes write."""
        commits = await self._call("events", {"after": after, "limit": limit})
        return tuple(Commit._read(each) for each in commits)

    async def upkeep(self) -> Upkeep:
        """Does what has fallen due: validities that end, retention periods that are over. Call it now and then."""
        return Upkeep._read(await self._call("upkeep", {}))

    async def seal_chain(self) -> ChainHead | None:
        """Seals the audit trail up to now; gives the latest head, to keep elsewhere."""
        head = await self._call("seal_chain", {})
        return None if head is None else ChainHead._read(head)

    async def new_change_set(self) -> str:
        """A fresh identifier for a change set."""
        return str(await self._call("new_change_set", {}))

    async def new_command_id(self) -> str:
        """A fresh identifier for a command."""
        return str(await self._call("new_command_id", {}))

    async def lease(self, worker: str, limit: int = 100, seconds: int = 60) -> tuple[Work, ...]:
        """Gives a worker what is to be done outside; see the synchronous client."""
        leased = await self._call("lease", {"worker": worker, "limit": limit, "seconds": seconds})
        return tuple(Work._read(each) for each in leased)

    async def settle(self, worker: str, done: Iterable[Work | int] = (), failed: Iterable[Failure] = ()) -> None:
        """Notes what became of leased work. A worker whose lease has ended settles nothing."""
        await self._call("settle", settling(worker, done, failed))

    async def call_text(self, operation: str, input: str) -> str:
        """The neutral interface: an operation of the catalogue with its input as JSON; gives the answer as JSON."""
        return str(await _later(self._native.call_text, operation, input))


class Decider:
    """Decisions from memory; see the synchronous client. Nothing waits where the answer is in memory."""

    __slots__ = ("_native", "known")

    def __init__(self, native: NativeDecider) -> None:
        self._native = native
        self.known: Callable[[str, str, str], bool | None] = native.known
        """Whether a user may do something with a record, when the answer is in memory, else `None`; never waits."""

    async def can(self, user: str, action: str, target: str) -> bool:
        """Whether a user may do something with a record."""
        known = self._native.known(user, action, target)
        return await _later(self._native.learn, user, action, target) if known is None else known

    async def can_all(self, user: str, action: str, targets: Iterable[str]) -> list[bool]:
        """One answer for each target, in their order."""
        answers: list[bool] = await _later(self._native.can_all, user, action, list(targets))
        return answers

    async def refresh(self) -> None:
        """Takes in what other processes have committed."""
        await _later(self._native.refresh)

    def __repr__(self) -> str:
        return "<Decider>"
