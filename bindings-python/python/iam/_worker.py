"""Workers: sources are read, messages delivered, with ports that are written in Python."""

from __future__ import annotations

import asyncio
import inspect
import itertools
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from ._base import moment
from ._generated.types import FieldProblem, KindRules, SyncKindLike, Work
from ._native import Worker as Native
from .errors import IamError, problem
from .ports import (
    Connection,
    Connector,
    ConnectorError,
    DeliveryError,
    EffectHandler,
    Message,
    Messenger,
    ObjectClass,
    Read,
    SourceObject,
)


@dataclass(frozen=True, slots=True)
class RunFinding:
    """Something that somebody should look at after a run."""

    code: str
    """A stable code."""
    message: str = field(repr=False)
    """One sentence."""
    kind: str | None = None
    """Of which kind."""
    object: str | None = field(default=None, repr=False)
    """The object, as the source names it."""
    record: str | None = None
    """The record here."""
    situation: str | None = None
    """The situation."""
    action: str | None = None
    """What was done."""
    changes: tuple[str, ...] = ()
    """The attributes that change, or would."""


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did, or would do."""

    state: Literal["succeeded", "partial", "failed", "stopped", "cancelled"]
    """How it ended."""
    look_only: bool
    """It looked only: nothing was written."""
    change_set: str
    """All that it wrote; with it the run can be undone."""
    counts: Mapping[str, Mapping[str, int]]
    """What it did, by kind: `read`, `created`, `updated`, `unchanged`, `disabled`, `failed`, …"""
    findings: tuple[RunFinding, ...]
    """What somebody should look at; 500 at most."""
    problem: IamError | None
    """Why it ended early."""
    started_at: datetime
    """When it began."""
    finished_at: datetime
    """When it ended."""

    @staticmethod
    def _read(json: Any) -> RunReport:
        wrong = json.get("problem")
        return RunReport(
            state=json["state"],
            look_only=json["look_only"],
            change_set=json["change_set"],
            counts=json["counts"]["kinds"],
            findings=tuple(
                RunFinding(**{**each, "changes": tuple(each.get("changes", ()))}) for each in json["findings"]
            ),
            problem=None if wrong is None else problem(wrong),
            started_at=moment(json["started_at"]),
            finished_at=moment(json["finished_at"]),
        )


@dataclass(frozen=True, slots=True)
class OutboxReport:
    """What a round of work did."""

    done: int
    """Messages handed over and effects carried out."""
    dropped: int
    """Messages that were not to go: switched off, too late, without an address."""
    later: int
    """What did not work and is tried again."""
    given_up: tuple[str, ...]
    """What did not work and is given up, with the reason. No secret, nothing personal."""

    @staticmethod
    def _read(json: Any) -> OutboxReport:
        return OutboxReport(json["done"], json["dropped"], json["later"], tuple(json["given_up"]))


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of taking a run back."""

    commits: int
    """Commits that were taken back."""
    kept: tuple[str, ...] = field(repr=False)
    """What was changed since and stays as it is, one line each."""


@dataclass(frozen=True, slots=True)
class Sample:
    """An object of a source, and what the rules make of it."""

    object: SourceObject
    """As the source gives it."""
    qualifies: bool
    """Whether it is one of those that the source is asked for."""
    values: Mapping[str, Any] = field(repr=False)
    """By attribute how strongly it is wanted, and what it is to be."""
    problems: tuple[FieldProblem, ...]
    """What could not be mapped."""

    @staticmethod
    def _read(json: Any) -> Sample:
        given, mapped = json["object"], json["mapped"]
        return Sample(
            SourceObject(given["identifier"], given["attributes"], given.get("name")),
            mapped["qualifies"],
            mapped["values"],
            tuple(FieldProblem._read(each) for each in mapped["problems"]),
        )


class Ports:
    """Asks the ports of a worker, for the native part: on its threads."""

    def __init__(
        self,
        connectors: Iterable[Connector],
        messenger: Messenger | None,
        handler: EffectHandler | None,
        loop: asyncio.AbstractEventLoop | None,
    ) -> None:
        self.connectors = {connector.descriptor.name: connector for connector in connectors}
        self.messenger = messenger
        self.handler = handler
        self.loop = loop
        self.connections: dict[int, Connection] = {}
        self.numbers = itertools.count(1)

    def settled(self, answer: Any) -> Any:
        """What an answer comes to that may have to be waited for."""
        if not inspect.isawaitable(answer):
            return answer

        async def waited() -> Any:
            return await answer

        if self.loop is None:
            return asyncio.run(waited())
        return asyncio.run_coroutine_threadsafe(waited(), self.loop).result()

    def done(self, method: str, input: dict[str, Any]) -> Any:
        """Does what is asked for."""
        if method == "open":
            connector = self.connectors[input["connector"]]
            number = next(self.numbers)
            self.connections[number] = self.settled(connector.open(input["configuration"], input["secrets"]))
            return number
        if method == "classes":
            return self.settled(self.connections[input["connection"]].classes())
        if method == "read":
            connection = self.connections[input["connection"]]
            return self.settled(connection.read(Read._read(input["read"]), input["cursor"]))
        if method == "close":
            return self.settled(self.connections.pop(input["connection"]).close())
        if method == "deliver" and self.messenger is not None:
            return self.settled(self.messenger.deliver(Message._read(input)))
        if method == "handle" and self.handler is not None:
            return self.settled(self.handler.handle(Work._read(input["effect"]), input["secret"]))
        raise NotImplementedError(method)

    def __call__(self, method: str, input: dict[str, Any]) -> dict[str, Any]:
        try:
            return {"answer": self.done(method, input)}
        except (ConnectorError, DeliveryError) as error:
            return {"error": error._json()}
        except Exception:
            # The engine learns the class only; whoever wrote the port wants to see all of it.
            logging.getLogger("iam").warning("a port failed at %s", method, exc_info=True)
            raise


def parts(
    name: str,
    connectors: Iterable[Connector],
    secrets: Mapping[str, str],
    messenger: Messenger | None,
    handler: EffectHandler | None,
    loop: asyncio.AbstractEventLoop | None,
) -> tuple[dict[str, Any], Callable[[str, dict[str, Any]], Any]]:
    """What the native part takes."""
    ports = Ports(connectors, messenger, handler, loop)
    described = [connector.descriptor for connector in ports.connectors.values()]
    given = {
        "name": name,
        "connectors": described,
        "secrets": secrets,
        "messenger": messenger is not None,
        "handler": handler is not None,
    }
    return given, ports


class Worker:
    """Runs identity sources and empties the outbox. Any number of processes may have one, each with a name of its own.

    >>> import iam
    >>> acme = iam.open(":memory:").realm("acme").act_as("host:worker")
    >>> worker = acme.worker("worker-1")
    >>> worker.install() > 0, worker.run(), worker.deliver().done
    (True, None, 0)
    """

    __slots__ = ("_native",)

    def __init__(self, native: Native) -> None:
        self._native = native

    def _call(self, operation: str, **input: Any) -> Any:
        return self._native.call(operation, input)

    def install(self) -> int:
        """Registers the connectors in the realm, so that sources can be configured; gives how many were not yet."""
        return int(self._call("install"))

    def check(self, connector: str, configuration: Mapping[str, Any]) -> tuple[ObjectClass, ...]:
        """Connects with a configuration that is not saved yet, and tells what is there."""
        classes = self._call("check", connector=connector, configuration=configuration)
        return tuple(ObjectClass(each["name"], tuple(each["attributes"])) for each in classes)

    def sample(
        self,
        connector: str,
        configuration: Mapping[str, Any],
        kind: SyncKindLike,
        rules: KindRules,
        objects: int = 10,
    ) -> tuple[Sample, ...]:
        """Tries rules that are not saved yet on the first objects of a source; nothing is written."""
        samples = self._call(
            "sample", connector=connector, configuration=configuration, kind=kind, rules=rules, objects=objects
        )
        return tuple(Sample._read(each) for each in samples)

    def preview(self, source: str) -> RunReport:
        """Looks what a full run would do now; nothing is written, not even that it was looked."""
        return RunReport._read(self._call("preview", source=source))

    def schedule(self) -> tuple[str, ...]:
        """Asks for the runs that are due by the schedules of the sources; gives them."""
        return tuple(self._call("schedule"))

    def run(self) -> RunReport | None:
        """Carries out the next run that waits, or whose worker went silent; `None` when there is none."""
        report = self._call("run")
        return None if report is None else RunReport._read(report)

    def undo(self, run: str) -> Undone:
        """Takes back everything that a run did; the source looks only from then on."""
        undone = self._call("undo", run=run)
        return Undone(undone["commits"], tuple(undone["kept"]))

    def forget(self, before: datetime) -> int:
        """Forgets the runs that ended before a moment; gives how many."""
        return int(self._call("forget", before=before))

    def deliver(self, limit: int = 100) -> OutboxReport:
        """Takes up to so many effects from the outbox and carries them out. Call it in a loop."""
        return OutboxReport._read(self._call("deliver", limit=limit))

    def try_connector(
        self,
        connector: str,
        configuration: Mapping[str, Any],
        kind: SyncKindLike,
        object_class: str = "",
        least: int = 0,
    ) -> tuple[str, ...]:
        """The cases that every connector has to pass, on a source that does not change meanwhile; gives the faults.

        Args:
            connector: Its name.
            configuration: A configuration with which the source can be read.
            kind: What is read.
            object_class: The class of the objects.
            least: How many objects there are at least.
        """
        faults = self._call(
            "try_connector",
            connector=connector,
            configuration=configuration,
            kind=kind,
            object_class=object_class,
            least=least,
        )
        return tuple(faults)

    def __repr__(self) -> str:
        return "<Worker>"


class AsyncWorker:
    """Runs identity sources and empties the outbox, for asyncio; see `Worker`. Ports with `async` methods run on the loop
    that made it."""

    __slots__ = ("_later", "_native")

    def __init__(self, native: Native, later: Callable[..., Awaitable[Any]]) -> None:
        self._native = native
        self._later = later

    def _call(self, operation: str, **input: Any) -> Awaitable[Any]:
        return self._later(self._native.call, operation, input)

    async def install(self) -> int:
        """Registers the connectors in the realm, so that sources can be configured; gives how many were not yet."""
        return int(await self._call("install"))

    async def check(self, connector: str, configuration: Mapping[str, Any]) -> tuple[ObjectClass, ...]:
        """Connects with a configuration that is not saved yet, and tells what is there."""
        classes = await self._call("check", connector=connector, configuration=configuration)
        return tuple(ObjectClass(each["name"], tuple(each["attributes"])) for each in classes)

    async def sample(
        self,
        connector: str,
        configuration: Mapping[str, Any],
        kind: SyncKindLike,
        rules: KindRules,
        objects: int = 10,
    ) -> tuple[Sample, ...]:
        """Tries rules that are not saved yet on the first objects of a source; nothing is written."""
        samples = await self._call(
            "sample", connector=connector, configuration=configuration, kind=kind, rules=rules, objects=objects
        )
        return tuple(Sample._read(each) for each in samples)

    async def preview(self, source: str) -> RunReport:
        """Looks what a full run would do now; nothing is written, not even that it was looked."""
        return RunReport._read(await self._call("preview", source=source))

    async def schedule(self) -> tuple[str, ...]:
        """Asks for the runs that are due by the schedules of the sources; gives them."""
        return tuple(await self._call("schedule"))

    async def run(self) -> RunReport | None:
        """Carries out the next run that waits, or whose worker went silent; `None` when there is none."""
        report = await self._call("run")
        return None if report is None else RunReport._read(report)

    async def undo(self, run: str) -> Undone:
        """Takes back everything that a run did; the source looks only from then on."""
        undone = await self._call("undo", run=run)
        return Undone(undone["commits"], tuple(undone["kept"]))

    async def forget(self, before: datetime) -> int:
        """Forgets the runs that ended before a moment; gives how many."""
        return int(await self._call("forget", before=before))

    async def deliver(self, limit: int = 100) -> OutboxReport:
        """Takes up to so many effects from the outbox and carries them out. Call it in a loop."""
        return OutboxReport._read(await self._call("deliver", limit=limit))

    async def try_connector(
        self,
        connector: str,
        configuration: Mapping[str, Any],
        kind: SyncKindLike,
        object_class: str = "",
        least: int = 0,
    ) -> tuple[str, ...]:
        """The cases that every connector has to pass; see `Worker.try_connector`."""
        faults = await self._call(
            "try_connector",
            connector=connector,
            configuration=configuration,
            kind=kind,
            object_class=object_class,
            least=least,
        )
        return tuple(faults)

    def __repr__(self) -> str:
        return "<Worker>"
