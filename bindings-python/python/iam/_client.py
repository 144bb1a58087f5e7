"""The synchronous client."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType
from typing import Any

from ._generated.commands import CommandNouns
from ._generated.reads import Nouns
from ._generated.operations import Operations
from ._manner import Manner, batching, settling, undoing
from ._native import Acting as Native
from ._native import Engine
from ._command import Command
from .errors import StorageError
from .ports import Clock, Entropy, Vault, callables
from .types import Batch, BatchModeLike, ChainHead, Commit, Executed, Failure, FieldProblem, OnConflictLike, Preview
from .types import Record, RollbackPreview, Undo, Upkeep, Work


def open(
    address: str,
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
    return Database(Engine.open(address, key, callables(clock, entropy, vault)))


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
        self.id = id
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
