"""The synchronous client."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Any

from ._generated.commands import CommandNouns
from ._generated.reads import Nouns
from ._generated.operations import Operations
from ._manner import Manner, batching, settling, signing_in, undoing
from ._native import Acting as Native
from ._native import Decider as NativeDecider
from ._native import Engine
from ._command import Command
from .errors import StorageError
from ._worker import Worker, parts
from .ports import Clock, Connector, EffectHandler, Entropy, Messenger, Vault, callables
from .types import Batch, BatchModeLike, ChainHead, Commit, Executed, Failure, FieldProblem, OnConflictLike, Preview
from .types import Record, RiskLike, RollbackPreview, Secret, Session, SessionOrigin, SignedIn, Undo, Upkeep, Work
from ._unset import UNSET, Unset


def open(
    address: str | os.PathLike[str],
    *,
    key: bytes | None = None,
    clock: Clock | None = None,
    entropy: Entropy | None = None,
    vault: Vault | None = None,
) -> Database:
    """Opens an engine.

    Args:
        address: The path of a SQLite file, which is made when there is none; `:memory:`; or the URL of a server,
            `postgres://…` or `mysql://…`.
        key: The master key for what is sealed: 32 bytes that are kept outside of the database. Without one, a file
            keeps its key in another file beside it, with `.key` at the end of its name.
        clock: Tells the time; see `iam.ports`. The system's clock when absent.
        entropy: Draws random bytes. The operating system's when absent.
        vault: Keeps the key, instead of `key`.

    >>> import iam
    >>> with iam.open(":memory:") as db:
    ...     acme = db.realm("acme").act_as("host:console")
    ...     alice = acme.users.create(user_name="alice", city="Utica").id
    ...     acme.users.get(alice)["city"]
    'Utica'
    """
    return Database(Engine.open(os.fspath(address), key, callables(clock, entropy, vault)))


class Database:
    """An engine over one storage. Share it between threads; open another one in a process that was forked."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine: Engine | None = engine

    def _open(self) -> Engine:
        if self._engine is None:
            raise StorageError("the database is closed", code="storage.failed", hint="open it again")
        return self._engine

    def realms(self) -> tuple[Record, ...]:
        """The realms by name."""
        realms: tuple[Record, ...] = self._open().realms()
        return realms

    def realm(self, name: str) -> Realm:
        """The realm with this name; it is created when there is none."""
        engine = self._open()
        return Realm(engine, engine.realm(name))

    def in_realm(self, id: str) -> Realm:
        """A realm by its identifier; whether it exists shows at the first command."""
        return Realm(self._open(), id)

    def close(self) -> None:
        """Lets go of the storage. It closes when no realm and no actor holds it any more."""
        self._engine = None

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

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


class Acting(Nouns, Operations, Manner):
    """An actor in a realm: the handle for everything that is asked."""

    def __init__(self, native: Native) -> None:
        self._native = native
        super().__init__(self._execute, native.ask)

    def _with(self, native: Native) -> Acting:
        return Acting(native)

    def _call(self, operation: str, input: dict[str, Any]) -> Any:
        return self._native.call(operation, input)

    def _execute(self, name: str, input: dict[str, Any]) -> Executed:
        return Executed._read(self._native.execute(name, input))

    def execute(self, command: Command) -> Executed:
        """Carries out a command that was made with `iam.command`."""
        return self._execute(command.name, command.input)

    def sign_in(
        self,
        identifier: str,
        password: Secret,
        *,
        assurance: int | Unset = UNSET,
        origin: SessionOrigin | Unset = UNSET,
        refresh: bool | Unset = UNSET,
        risk: RiskLike | Unset = UNSET,
    ) -> SignedIn:
        """Signs in with identifier and password: `state` says whether the session is open, or waits for something.

        Args:
            identifier: Who one says to be: the value of any attribute that the realm takes as an identifier.
            password: The password.
            assurance: The level that the application asks for: 1 for one factor, 2 for two, 3 for two of which one
                is hardware.
            origin: Where the attempt comes from.
            refresh: Hand out a refresh token, too; then the session's token lives for minutes only.
            risk: What the host makes of the attempt: its hook into every sign-in.
        """
        arguments = signing_in(assurance, origin, refresh, risk)
        answer: SignedIn = self._native.sign_in(identifier, password, *arguments)
        return answer

    def session(self, token: Secret, *, assurance: int | Unset = UNSET) -> Session:
        """The session that a token names: who asks. `DeniedError` for everything that is not the token of an open one.

        Args:
            token: The token that `sign_in` gave.
            assurance: The level that what is asked needs: 1 for one factor, 2 for two, 3 for two of which one is hardware.
        """
        session: Session = self._native.session(token, 0 if isinstance(assurance, Unset) else assurance)
        return session

    def decider(self) -> Decider:
        """Decisions from memory, for any user of the realm: see `Decider`."""
        return Decider(self._native.decider())

    def worker(
        self,
        name: str,
        *,
        connectors: Iterable[Connector] = (),
        secrets: Mapping[str, str] | None = None,
        messenger: Messenger | None = None,
        handler: EffectHandler | None = None,
    ) -> Worker:
        """What runs beside a program: identity sources are read, messages delivered; see `Worker` and `iam.ports`.

        Args:
            name: The worker's name; no two that run at the same time have the same.
            connectors: Your own, beside the built-in ones.
            secrets: Secrets by the names that configurations have for them: `vault:hr` names the one called `hr`.
            messenger: Delivers messages; without one they wait.
            handler: Carries out other effects; without one they wait.
        """
        given, ports = parts(name, connectors, secrets or {}, messenger, handler, None)
        return Worker(self._native.worker(given, ports))

    @property
    def preview(self) -> CommandNouns[Preview]:
        """The same commands, that only show what they would do: `acme.preview.users.delete(id)`."""

        def send(name: str, input: dict[str, Any]) -> Preview:
            return Preview._read(self._native.call("preview", {"command": name, **input}))

        return CommandNouns(send)

    @property
    def validate(self) -> CommandNouns[tuple[FieldProblem, ...]]:
        """The same commands, that only list the fields they would be refused for."""

        def send(name: str, input: dict[str, Any]) -> tuple[FieldProblem, ...]:
            problems = self._native.call("validate", {"command": name, **input})
            return tuple(FieldProblem._read(each) for each in problems)

        return CommandNouns(send)

    def batch(self, commands: Iterable[Command], mode: BatchModeLike = "all_or_nothing") -> Batch:
        """Carries out commands in one commit, each seeing what those before it did."""
        return Batch._read(self._native.call("batch", batching(commands, mode)))

    def preview_batch(self, commands: Iterable[Command]) -> Batch:
        """Shows what commands would do in one commit, each after those before it; nothing is written."""
        return Batch._read(self._native.call("preview_batch", batching(commands, "each")))

    def rollback(self, what: Undo | int, on_conflict: OnConflictLike = "refuse") -> Executed:
        """Undoes a commit (by its revision), a change set or what an actor did, in one commit."""
        return Executed._read(self._native.call("rollback", undoing(what, on_conflict)))

    def preview_rollback(self, what: Undo | int) -> RollbackPreview:
        """Shows what undoing would do; nothing is written."""
        return RollbackPreview._read(self._native.call("preview_rollback", undoing(what, "refuse")))

    def events(self, after: int = 0, limit: int = 100) -> tuple[Commit, ...]:
        """What happened after a revision, in order: no event is ever skipped, however many processes write."""
        commits = self._native.call("events", {"after": after, "limit": limit})
        return tuple(Commit._read(each) for each in commits)

    def upkeep(self) -> Upkeep:
        """Does what has fallen due: validities that end, retention periods that are over. Call it now and then."""
        return Upkeep._read(self._native.call("upkeep", {}))

    def seal_chain(self) -> ChainHead | None:
        """Seals the audit trail up to now; gives the latest head, to keep elsewhere."""
        head = self._native.call("seal_chain", {})
        return None if head is None else ChainHead._read(head)

    def new_change_set(self) -> str:
        """A fresh identifier for a change set."""
        return str(self._native.call("new_change_set", {}))

    def new_command_id(self) -> str:
        """A fresh identifier for a command."""
        return str(self._native.call("new_command_id", {}))

    def lease(self, worker: str, limit: int = 100, seconds: int = 60) -> tuple[Work, ...]:
        """Gives a worker what is to be done outside, over all realms: of each subject one thing at a time, in order.

        Nobody else gets it for so many seconds. What is not settled by then is given out again: it is done at least
        once, and `effect.key` tells its second time from a second one.

        Args:
            worker: The worker's name; each worker has its own.
            limit: Effects at most, up to 1000.
            seconds: How long nobody else gets them.
        """
        leased = self._native.call("lease", {"worker": worker, "limit": limit, "seconds": seconds})
        return tuple(Work._read(each) for each in leased)

    def settle(self, worker: str, done: Iterable[Work | int] = (), failed: Iterable[Failure] = ()) -> None:
        """Notes what became of leased work. A worker whose lease has ended settles nothing."""
        self._native.call("settle", settling(worker, done, failed))

    def call_text(self, operation: str, input: str) -> str:
        """The neutral interface: an operation of the catalogue with its input as JSON; gives the answer as JSON.

        Keys come in order and without white space: the text is the same in every language. For programs that pass JSON
        through, such as a server.

        >>> import iam
        >>> acme = iam.open(":memory:").realm("acme").act_as("host:console")
        >>> acme.call_text("ask", '{"query": "record.count", "kind": "user"}')
        '0'
        """
        return str(self._native.call_text(operation, input))


class Decider:
    """Decisions from memory: hundreds of thousands in a second.

    What a decision needs is read when it is first asked for and kept up with every commit of this process. Commits of
    other processes count from the next `refresh` on; `acme.access.can` asks the storage each time instead.

    >>> import iam
    >>> acme = iam.open(":memory:").realm("acme").act_as("host:console")
    >>> alice = acme.users.create(user_name="alice").id
    >>> acme.decider().can(alice, "user:delete", alice)
    False
    """

    __slots__ = ("_native", "can", "known")

    def __init__(self, native: NativeDecider) -> None:
        self._native = native
        self.can: Callable[[str, str, str], bool] = native.can
        """Whether a user may do something with a record: `can(user, "view", target)`, `can(user, "invoice:approve", target)`."""
        self.known: Callable[[str, str, str], bool | None] = native.known
        """The same when the answer is in memory, else `None`; never waits."""

    def can_all(self, user: str, action: str, targets: Iterable[str]) -> list[bool]:
        """One answer for each target, in their order."""
        answers: list[bool] = self._native.can_all(user, action, targets)
        return answers

    def refresh(self) -> None:
        """Takes in what other processes have committed."""
        self._native.refresh()

    def __repr__(self) -> str:
        return "<Decider>"
