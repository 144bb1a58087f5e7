"""Types: enumerations, what answers are made of, what commands take.

Generated from the catalogue by `.ci/generate`; do not edit.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as _field
from datetime import datetime
from enum import Enum
from typing import Any, Literal, Union

from .._base import AttributeValue, moment
from .._record import Page, Record

AttributeId = str
"""The identifier of a record of the kind `attribute`."""
ChangeSetId = str
"""The identifier of a record of the kind `change_set`."""
CommandId = str
"""The identifier of a record of the kind `command`."""
Cursor = str
"""An opaque place in the list of one search. Another search refuses it."""
DeviceId = str
"""The identifier of a record of the kind `device`."""
EntityId = str
"""The identifier of a record of any kind."""
GroupId = str
"""The identifier of a record of the kind `group`."""
OrganizationId = str
"""The identifier of a record of the kind `organization`."""
OrganizationTypeId = str
"""The identifier of a record of the kind `organization_type`."""
PositionId = str
"""The identifier of a record of the kind `position`."""
RealmId = str
"""The identifier of a record of the kind `realm`."""
TemplateId = str
"""The identifier of a record of the kind `template`."""
UserId = str
"""The identifier of a record of the kind `user`."""
UserTypeId = str
"""The identifier of a record of the kind `user_type`."""


class AttributeType(str, Enum):
    """The type of an attribute's single value."""

    TEXT = "text"
    """Text of at most `maximum_length` code points."""
    INTEGER = "integer"
    """A whole number of 64 bits."""
    NUMBER = "number"
    """A number with a fraction."""
    BOOLEAN = "boolean"
    """True or false."""
    DATE = "date"
    """A calendar day, `2026-11-21`."""
    MOMENT = "moment"
    """A point in time, RFC 3339, kept in UTC."""
    EMAIL = "email"
    """An e-mail address, at most 254 octets."""
    PHONE = "phone"
    """A phone number in E.164: `+`, country code, subscriber number, at most 15 digits."""
    LANGUAGE = "language"
    """A language tag, BCP 47, such as `en-US`."""
    REFERENCE = "reference"
    """An identifier of something the library keeps."""
    OBJECT = "object"
    """A structure that is stored but not searched."""

    def __str__(self) -> str:
        return self.value


AttributeTypeLike = Union[AttributeType, Literal["text", "integer", "number", "boolean", "date", "moment", "email", "phone", "language", "reference", "object"]]
"""A `AttributeType` or its name."""


class BatchMode(str, Enum):
    """What refused commands of a batch mean for the others."""

    ALL_OR_NOTHING = "all_or_nothing"
    """One refusal refuses all."""
    EACH = "each"
    """Each command stands for itself; refused ones leave no trace in the plan."""

    def __str__(self) -> str:
        return self.value


BatchModeLike = Union[BatchMode, Literal["all_or_nothing", "each"]]
"""A `BatchMode` or its name."""


class Cause(str, Enum):
    """Why a change is in the plan."""

    REQUESTED = "requested"
    """The command asked for exactly this."""
    FORM = "form"
    """The realm's settings or a type's form asked for it (an expiry, a default)."""
    DISPOSITION = "disposition"
    """It follows from the deletion, merge or move of something else."""
    TIMER = "timer"
    """A due date."""
    ROLLBACK = "rollback"
    """An undone change."""

    def __str__(self) -> str:
        return self.value


CauseLike = Union[Cause, Literal["requested", "form", "disposition", "timer", "rollback"]]
"""A `Cause` or its name."""


class DeleteMode(str, Enum):
    """What deleting means."""

    SOFT = "soft"
    """Out of sight, kept with everything for the retention period of the realm, can be undeleted."""
    ERASE = "erase"
    """Irreversible: personal data go, the key to the personal part of the history goes, the audit trail stays and
    still verifies (GDPR article 17).
    """
    PURGE = "purge"
    """Irreversible: the record itself goes."""

    def __str__(self) -> str:
        return self.value


DeleteModeLike = Union[DeleteMode, Literal["soft", "erase", "purge"]]
"""A `DeleteMode` or its name."""


class Deleted(str, Enum):
    """Whether soft-deleted records are listed."""

    EXCLUDE = "exclude"
    """Live records only."""
    INCLUDE = "include"
    """Live and deleted records."""
    ONLY = "only"
    """Deleted records only."""

    def __str__(self) -> str:
        return self.value


DeletedLike = Union[Deleted, Literal["exclude", "include", "only"]]
"""A `Deleted` or its name."""


class Direction(str, Enum):
    """Which end of the edges is given."""

    FROM = "from"
    """Edges that start at the record."""
    TO = "to"
    """Edges that end at the record."""

    def __str__(self) -> str:
        return self.value


DirectionLike = Union[Direction, Literal["from", "to"]]
"""A `Direction` or its name."""


class DisabledBy(str, Enum):
    """What disabled a user: only the same cause, or a person, enables the user again."""

    ADMINISTRATOR = "administrator"
    """Somebody did."""
    EXPIRY = "expiry"
    """The validity ended."""
    RULE = "rule"
    """A governance rule."""
    SOURCE = "source"
    """The identity source."""

    def __str__(self) -> str:
        return self.value


DisabledByLike = Union[DisabledBy, Literal["administrator", "expiry", "rule", "source"]]
"""A `DisabledBy` or its name."""


class EdgeOrigin(str, Enum):
    """Why an edge exists. Losing one origin leaves the others."""

    DIRECT = "direct"
    """Somebody said so."""
    RULE = "rule"
    """A rule selected the first end."""
    INHERITED = "inherited"
    """It came down the tree."""
    REQUEST = "request"
    """It was requested and approved."""
    SYNC = "sync"
    """An identity source said so."""

    def __str__(self) -> str:
        return self.value


EdgeOriginLike = Union[EdgeOrigin, Literal["direct", "rule", "inherited", "request", "sync"]]
"""A `EdgeOrigin` or its name."""


class EditableBy(str, Enum):
    """Who may change an attribute by an ordinary update."""

    UPDATE = "update"
    """Anyone who may update the record."""
    COMMAND = "command"
    """Only the command made for it (`user.disable`, `organization.transfer`, …)."""
    NOBODY = "nobody"
    """Nobody: the engine sets it."""

    def __str__(self) -> str:
        return self.value


EditableByLike = Union[EditableBy, Literal["update", "command", "nobody"]]
"""A `EditableBy` or its name."""


class Kind(str, Enum):
    """The kind of a thing that the library keeps."""

    REALM = "realm"
    USER = "user"
    DEVICE = "device"
    USER_TYPE = "user_type"
    ORGANIZATION = "organization"
    ORGANIZATION_TYPE = "organization_type"
    POSITION = "position"
    GROUP = "group"
    TEMPLATE = "template"
    ATTRIBUTE = "attribute"
    CHANGE_SET = "change_set"
    COMMAND = "command"

    def __str__(self) -> str:
        return self.value


KindLike = Union[Kind, Literal["realm", "user", "device", "user_type", "organization", "organization_type", "position", "group", "template", "attribute", "change_set", "command"]]
"""A `Kind` or its name."""


class NameClashes(str, Enum):
    """What to do when sub-organizations of both have the same name."""

    REFUSE = "refuse"
    """Report all of them and change nothing."""
    KEEP = "keep"
    """Go on: the names of organizations need not be unique."""

    def __str__(self) -> str:
        return self.value


NameClashesLike = Union[NameClashes, Literal["refuse", "keep"]]
"""A `NameClashes` or its name."""


class OnConflict(str, Enum):
    """What happens to things that were changed since."""

    REFUSE = "refuse"
    """Nothing is undone."""
    SKIP = "skip"
    """They stay as they are; the rest is undone."""

    def __str__(self) -> str:
        return self.value


OnConflictLike = Union[OnConflict, Literal["refuse", "skip"]]
"""A `OnConflict` or its name."""


class ProblemKind(str, Enum):
    """The family of a problem; bindings make one exception class of each."""

    INVALID = "invalid"
    """The input is wrong; the fields say where."""
    NOT_FOUND = "not_found"
    """The thing asked for does not exist in this realm."""
    REFUSED = "refused"
    """The state of things forbids it."""
    CONFLICT = "conflict"
    """Somebody else changed it meanwhile; asking again may work."""
    DENIED = "denied"
    """The actor may not."""
    LIMIT = "limit"
    """A documented limit was reached."""
    STORAGE = "storage"
    """The storage failed or cannot be reached."""
    CORRUPT = "corrupt"
    """What is stored contradicts itself."""

    def __str__(self) -> str:
        return self.value


ProblemKindLike = Union[ProblemKind, Literal["invalid", "not_found", "refused", "conflict", "denied", "limit", "storage", "corrupt"]]
"""A `ProblemKind` or its name."""


class Registration(str, Enum):
    """How far a person has come in signing up."""

    COMPLETE = "complete"
    """Nothing to do: the account can be used."""
    NOT_INVITED = "not_invited"
    """The account exists, nobody was invited yet."""

    def __str__(self) -> str:
        return self.value


RegistrationLike = Union[Registration, Literal["complete", "not_invited"]]
"""A `Registration` or its name."""


class Relation(str, Enum):
    """The meaning of an edge, read from the first end to the second. The number is stored and never reused."""

    MEMBER_OF = "member_of"
    """A user or device belongs to an organization; the edge carries the number there."""
    IN_GROUP = "in_group"
    """A user, organization, position or group is in a group."""
    REPORTS_TO = "reports_to"
    """A user reports to a user; the inverse is the list of direct reports."""
    LEADS = "leads"
    """A user leads an organization."""
    HOLDS = "holds"
    """A user holds a position."""
    USED_BY = "used_by"
    """A shared account is used by an identity."""

    def __str__(self) -> str:
        return self.value


RelationLike = Union[Relation, Literal["member_of", "in_group", "reports_to", "leads", "holds", "used_by"]]
"""A `Relation` or its name."""


class Source(str, Enum):
    """Who declared the attribute."""

    BUILTIN = "builtin"
    """Part of the library."""
    CUSTOM = "custom"
    """Declared in the realm by `attribute.define`."""

    def __str__(self) -> str:
        return self.value


SourceLike = Union[Source, Literal["builtin", "custom"]]
"""A `Source` or its name."""


class StatusEffect(str, Enum):
    """What a change of status does beyond itself. Data, with two named presets."""

    REFUSE_SIGN_IN = "refuse_sign_in"
    """Signing in is refused."""
    REFUSE_REFRESH = "refuse_refresh"
    """Refreshing a session is refused."""
    REVOKE_SESSIONS = "revoke_sessions"
    """Open sessions end."""
    REVOKE_TOKENS = "revoke_tokens"
    """Tokens that were handed out become invalid."""

    def __str__(self) -> str:
        return self.value


StatusEffectLike = Union[StatusEffect, Literal["refuse_sign_in", "refuse_refresh", "revoke_sessions", "revoke_tokens"]]
"""A `StatusEffect` or its name."""


class StatusView(str, Enum):
    """A named view of the status."""

    MATRIX = "matrix"
    """`enabled` or `disabled`, and `/locked` or `/unlocked`."""
    LIFECYCLE = "lifecycle"
    """`active`, `inactive`, `locked`, `suspended`, `archived`."""
    CUSTOMER = "customer"
    """`not_invited`, `pending_invitation`, `expired_invitation`, `active`, `blocked`."""

    def __str__(self) -> str:
        return self.value


StatusViewLike = Union[StatusView, Literal["matrix", "lifecycle", "customer"]]
"""A `StatusView` or its name."""


class Step(str, Enum):
    """The direction of a change."""

    CREATE = "create"
    """It was not there before."""
    UPDATE = "update"
    """It is there before and after."""
    REMOVE = "remove"
    """It is not there afterwards."""

    def __str__(self) -> str:
        return self.value


StepLike = Union[Step, Literal["create", "update", "remove"]]
"""A `Step` or its name."""


@dataclass(frozen=True, slots=True)
class AttributeDefinition:
    """One attribute of one kind."""

    kind: Kind
    """The kind of record that carries it."""
    name: str
    """The stable name for scripts and API."""
    label: str = _field(repr=False)
    """The name people see."""
    type: AttributeType
    """The type of a single value."""
    multiple: bool
    """Several values allowed."""
    maximum_length: int | None
    """Code points at most, texts only."""
    pattern: str | None
    """The whole text must match; linear time, no back-references."""
    required: bool
    """Must be set."""
    unique: bool
    """No two live records of the kind in the realm may share the folded value."""
    searchable: bool
    """Filters and sorts may name it."""
    personal: bool
    """Personal data: sealed in the journal under the person's key, erased on request."""
    editable: EditableBy
    """Who may change it."""
    source: Source
    """Who declared it."""
    derived: bool
    """Derived from edges (`organizations`, `manager`, …): searchable, never stored in the record."""
    allowed: tuple[Any, ...] = ()
    """The values allowed, when not any."""
    default: Any = _field(default=None, repr=False)
    """Filled in at creation when nothing else gives a value."""

    @staticmethod
    def _read(json: Any) -> AttributeDefinition:
        return AttributeDefinition(
            kind=Kind(json["kind"]),
            name=json["name"],
            label=json["label"],
            type=AttributeType(json["type"]),
            multiple=json["multiple"],
            maximum_length=json.get("maximum_length"),
            pattern=json.get("pattern"),
            required=json["required"],
            unique=json["unique"],
            searchable=json["searchable"],
            personal=json["personal"],
            editable=EditableBy(json["editable"]),
            source=Source(json["source"]),
            derived=json["derived"],
            allowed=tuple(json.get("allowed", ())),
            default=json.get("default"),
        )


@dataclass(frozen=True, slots=True)
class AttributeDifference:
    """An attribute before and after."""

    attribute: str
    """Its name."""
    after: Any = _field(default=None, repr=False)
    """What it becomes."""
    before: Any = _field(default=None, repr=False)
    """What it was."""

    @staticmethod
    def _read(json: Any) -> AttributeDifference:
        return AttributeDifference(
            attribute=json["attribute"],
            after=json.get("after"),
            before=json.get("before"),
        )


@dataclass(frozen=True, slots=True)
class AuditItem:
    """One command in the audit trail."""

    revision: int
    """Its number; also the revision of the changes it made."""
    at: datetime
    """When."""
    actor: str
    """Who."""
    channel: str
    """Through which door."""
    reason: str | None = _field(repr=False)
    """Why, in the words of the actor."""
    command: str
    """The command's name."""
    command_id: CommandId | None
    """The command's identifier."""
    change_set: ChangeSetId | None
    """The change set it belongs to."""
    refused: str | None
    """The code of the refusal; absent when it was carried out."""
    subject: EntityId | None
    """What it was about."""
    events: tuple[Event, ...]
    """What happened."""

    @staticmethod
    def _read(json: Any) -> AuditItem:
        return AuditItem(
            revision=json["revision"],
            at=moment(json["at"]),
            actor=json["actor"],
            channel=json["channel"],
            reason=json.get("reason"),
            command=json["command"],
            command_id=None if json.get("command_id") is None else CommandId(json.get("command_id")),
            change_set=None if json.get("change_set") is None else ChangeSetId(json.get("change_set")),
            refused=json.get("refused"),
            subject=None if json.get("subject") is None else EntityId(json.get("subject")),
            events=tuple(Event._read(x) for x in json["events"]),
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of a batch."""

    revision: int | None
    """The commit; absent when there was nothing to change or it was a preview."""
    results: tuple[BatchResult, ...]
    """What became of each command, in their order."""
    difference: Difference
    """What is or would be different."""

    @staticmethod
    def _read(json: Any) -> Batch:
        return Batch(
            revision=json.get("revision"),
            results=tuple(BatchResult._read(x) for x in json["results"]),
            difference=Difference._read(json["difference"]),
        )


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of one command of a batch."""

    id: EntityId | None
    """What it was about."""
    problem: Problem | None
    """Why it was refused; absent when it was not."""

    @staticmethod
    def _read(json: Any) -> BatchResult:
        return BatchResult(
            id=None if json.get("id") is None else EntityId(json.get("id")),
            problem=None if json.get("problem") is None else Problem._read(json.get("problem")),
        )


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """A place where the chain does not hold."""

    what: Literal["changed", "removed", "inserted", "seal", "head"]
    """Which one it is."""
    revision: int | None = None
    """Which row."""
    number: int | None = None
    """Which seal."""

    @staticmethod
    def _read(json: Any) -> ChainBreak:
        return ChainBreak(
            what=json["what"],
            revision=json.get("revision"),
            number=json.get("number"),
        )


@dataclass(frozen=True, slots=True)
class ChainHead:
    """A head to publish outside of the database."""

    number: int
    """The seal's number."""
    until: int
    """Up to and including this revision."""
    head: str
    """Hexadecimal SHA-256."""

    @staticmethod
    def _read(json: Any) -> ChainHead:
        return ChainHead(
            number=json["number"],
            until=json["until"],
            head=json["head"],
        )

    def _json(self) -> Any:
        pairs = {
            "number": self.number,
            "until": self.until,
            "head": self.head,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list."""

    attribute: str
    """The attribute."""
    label: str = _field(repr=False)
    """The name people see."""
    type: AttributeType
    """The type of its values."""
    searchable: bool
    """Whether the list can be sorted and filtered by it."""

    @staticmethod
    def _read(json: Any) -> Column:
        return Column(
            attribute=json["attribute"],
            label=json["label"],
            type=AttributeType(json["type"]),
            searchable=json["searchable"],
        )


@dataclass(frozen=True, slots=True)
class Commit:
    """What happened in one commit."""

    revision: int
    """The commit."""
    events: tuple[Event, ...]
    """What happened."""

    @staticmethod
    def _read(json: Any) -> Commit:
        return Commit(
            revision=json["revision"],
            events=tuple(Event._read(x) for x in json["events"]),
        )


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the doctor found."""

    records: int
    """Records that were looked at."""
    claims: int
    """Unique names that were looked at."""
    edges: int
    """Edges that were looked at."""
    closure: int
    """Pairs of the tree's closure that were looked at."""
    findings: tuple[Finding, ...]
    """Everything that is not as it should be; empty: healthy."""

    @staticmethod
    def _read(json: Any) -> Diagnosis:
        return Diagnosis(
            records=json["records"],
            claims=json["claims"],
            edges=json["edges"],
            closure=json["closure"],
            findings=tuple(Finding._read(x) for x in json["findings"]),
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that is different."""

    records: tuple[RecordDifference, ...]
    """Records in the order of their identifiers."""
    edges: tuple[EdgeDifference, ...]
    """Edges in the order of their keys."""
    labels: Mapping[str, str] = _field(default_factory=dict, repr=False)
    """How people call the records that edges name, as far as it is known."""

    @staticmethod
    def _read(json: Any) -> Difference:
        return Difference(
            records=tuple(RecordDifference._read(x) for x in json["records"]),
            edges=tuple(EdgeDifference._read(x) for x in json["edges"]),
            labels=json.get("labels", {}),
        )


@dataclass(frozen=True, slots=True)
class Edge:
    """A directed connection of two records."""

    from_: EntityId
    """The first end."""
    relation: Relation
    """The meaning."""
    to: EntityId
    """The second end."""
    origins: tuple[EdgeOrigin, ...]
    """Why it exists; never empty."""
    window: Window
    """When it holds."""
    attributes: Mapping[str, Any] = _field(default_factory=dict, repr=False)
    """More about the edge, such as the user's `number` in the organization."""
    suspended: str | None = None
    """Set when a rule keeps the edge from having effect; the decision itself is kept and comes back by itself."""

    @staticmethod
    def _read(json: Any) -> Edge:
        return Edge(
            from_=EntityId(json["from"]),
            relation=Relation(json["relation"]),
            to=EntityId(json["to"]),
            origins=tuple(EdgeOrigin(x) for x in json["origins"]),
            window=Window._read(json["window"]),
            attributes=json.get("attributes", {}),
            suspended=json.get("suspended"),
        )


@dataclass(frozen=True, slots=True)
class EdgeDifference:
    """An edge before and after."""

    from_: EntityId
    """The first end."""
    relation: Relation
    """The meaning."""
    to: EntityId
    """The second end."""
    step: Step
    """Appears, changes, disappears."""
    after: Edge | None = _field(default=None, repr=False)
    """What it becomes."""
    before: Edge | None = _field(default=None, repr=False)
    """What it was."""

    @staticmethod
    def _read(json: Any) -> EdgeDifference:
        return EdgeDifference(
            from_=EntityId(json["from"]),
            relation=Relation(json["relation"]),
            to=EntityId(json["to"]),
            step=Step(json["step"]),
            after=None if json.get("after") is None else Edge._read(json.get("after")),
            before=None if json.get("before") is None else Edge._read(json.get("before")),
        )


@dataclass(frozen=True, slots=True)
class EdgeKey:
    """What identifies an edge."""

    from_: EntityId
    """The first end."""
    relation: Relation
    """The meaning."""
    to: EntityId
    """The second end."""

    @staticmethod
    def _read(json: Any) -> EdgeKey:
        return EdgeKey(
            from_=EntityId(json["from"]),
            relation=Relation(json["relation"]),
            to=EntityId(json["to"]),
        )


@dataclass(frozen=True, slots=True)
class Effect:
    """Something to be done outside, after the commit, at least once; the key lets the doer recognise a repetition."""

    name: str
    """Such as `sessions.revoke` or `message.user_created`."""
    subject: EntityId
    """What it concerns; effects of one subject are done in order."""
    key: str
    """Unique for this effect of this decision."""
    details: Mapping[str, Any] = _field(default_factory=dict, repr=False)
    """Identifiers and plain facts; never a secret, never personal data."""

    @staticmethod
    def _read(json: Any) -> Effect:
        return Effect(
            name=json["name"],
            subject=EntityId(json["subject"]),
            key=json["key"],
            details=json.get("details", {}),
        )


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, in the past tense; identifiers and plain facts only, nothing personal."""

    name: str
    """Such as `user.renamed`."""
    subject: EntityId
    """What it happened to."""
    details: Mapping[str, Any] = _field(default_factory=dict, repr=False)
    """More: counts, identifiers, codes."""

    @staticmethod
    def _read(json: Any) -> Event:
        return Event(
            name=json["name"],
            subject=EntityId(json["subject"]),
            details=json.get("details", {}),
        )


@dataclass(frozen=True, slots=True)
class Executed:
    """A command that was carried out."""

    revision: int | None
    """The commit; `None` when there was nothing to change."""
    id: EntityId | None
    """What the command was about: the created or changed record."""
    events: tuple[Event, ...]
    """What happened."""
    replayed: bool
    """The same command was committed before under the same identifier; nothing was done again."""
    remarks: tuple[str, ...] = ()
    """Remarks that hindered nothing."""

    @staticmethod
    def _read(json: Any) -> Executed:
        return Executed(
            revision=json.get("revision"),
            id=None if json.get("id") is None else EntityId(json.get("id")),
            events=tuple(Event._read(x) for x in json["events"]),
            replayed=json["replayed"],
            remarks=tuple(json.get("remarks", ())),
        )


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field of the input."""

    field: str
    """The attribute or parameter."""
    code: str
    """A stable code, such as `value.too_long`."""
    message: str = _field(repr=False)
    """What was wrong and how to mend it."""

    @staticmethod
    def _read(json: Any) -> FieldProblem:
        return FieldProblem(
            field=json["field"],
            code=json["code"],
            message=json["message"],
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be."""

    code: str
    """A stable code such as `claim.missing`."""
    subject: EntityId
    """What it is about."""
    message: str = _field(repr=False)
    """What is wrong."""

    @staticmethod
    def _read(json: Any) -> Finding:
        return Finding(
            code=json["code"],
            subject=EntityId(json["subject"]),
            message=json["message"],
        )


@dataclass(frozen=True, slots=True)
class FormField:
    """One line of a form: which attribute, and whether it must be filled in."""

    attribute: str
    """The attribute's name."""
    required: bool
    """Must be filled in by whoever has this type."""

    @staticmethod
    def _read(json: Any) -> FormField:
        return FormField(
            attribute=json["attribute"],
            required=json["required"],
        )


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One change of one thing, with who, when and why."""

    revision: int
    """The commit."""
    ordinal: int
    """Its place among the changes of the commit; with the revision, the place to read on from."""
    at: datetime
    """When."""
    actor: str
    """Who."""
    channel: str
    """Through which door."""
    command: str
    """The command."""
    subject: EntityId
    """What was changed: the record, or the first end of the edge."""
    step: Step
    """Appeared, changed, disappeared."""
    cause: Cause
    """Why it was part of the commit."""
    sealed: bool
    """Personal values are part of the entry and cannot be read any more: the person was erased."""
    changes: tuple[AttributeDifference, ...] = ()
    """Old and new values."""
    edge: EdgeKey | None = None
    """For edges: which."""
    edge_change: tuple[Edge | None, Edge | None] | None = None
    """The edge before and after."""
    reason: str | None = _field(default=None, repr=False)
    """Why, in the words of the actor."""

    @staticmethod
    def _read(json: Any) -> HistoryItem:
        return HistoryItem(
            revision=json["revision"],
            ordinal=json["ordinal"],
            at=moment(json["at"]),
            actor=json["actor"],
            channel=json["channel"],
            command=json["command"],
            subject=EntityId(json["subject"]),
            step=Step(json["step"]),
            cause=Cause(json["cause"]),
            sealed=json["sealed"],
            changes=tuple(AttributeDifference._read(x) for x in json.get("changes", ())),
            edge=None if json.get("edge") is None else EdgeKey._read(json.get("edge")),
            edge_change=None if json.get("edge_change") is None else (None if json.get("edge_change")[0] is None else Edge._read(json.get("edge_change")[0]), None if json.get("edge_change")[1] is None else Edge._read(json.get("edge_change")[1])),
            reason=json.get("reason"),
        )


@dataclass(frozen=True, slots=True)
class JoinOrganization:
    """An organization to join, with the number there and the time."""

    organization: OrganizationId
    """The organization."""
    number: str | None = None
    """The member's number in this organization."""
    window: Window = _field(default_factory=lambda: Window())
    """When the membership holds."""

    @staticmethod
    def _read(json: Any) -> JoinOrganization:
        return JoinOrganization(
            organization=OrganizationId(json["organization"]),
            number=json.get("number"),
            window=Window._read(json.get("window", {})),
        )

    def _json(self) -> Any:
        pairs = {
            "organization": self.organization,
            "number": self.number,
            "window": self.window,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list with all that a screen needs to show it."""

    columns: tuple[Column, ...]
    """The columns, in order."""
    searched: tuple[str, ...]
    """The attributes that a text is looked for in."""
    rows: tuple[ListRow, ...]
    """The rows."""
    names: Mapping[str, str]
    """What the records are called that the cells refer to, by identifier."""
    next: Cursor | None
    """The cursor of the page after this one."""
    previous: Cursor | None
    """The cursor of the page before this one."""
    total: int | None
    """How many rows there are, when it was asked for."""

    @staticmethod
    def _read(json: Any) -> ListPage:
        return ListPage(
            columns=tuple(Column._read(x) for x in json["columns"]),
            searched=tuple(json["searched"]),
            rows=tuple(ListRow._read(x) for x in json["rows"]),
            names=json["names"],
            next=None if json.get("next") is None else Cursor(json.get("next")),
            previous=None if json.get("previous") is None else Cursor(json.get("previous")),
            total=json.get("total"),
        )


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a list."""

    id: EntityId
    """The record."""
    name: str
    """What people call it."""
    cells: Mapping[str, Any] = _field(repr=False)
    """The values of the columns that are set."""
    status: str | None
    """The named status; users only."""
    number: str | None
    """The number in the organization; lists of members only."""

    @staticmethod
    def _read(json: Any) -> ListRow:
        return ListRow(
            id=EntityId(json["id"]),
            name=json["name"],
            cells=json["cells"],
            status=json.get("status"),
            number=json.get("number"),
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the journal: that of one change."""

    revision: int
    """The commit."""
    ordinal: int = 0
    """The change's place in the commit."""

    @staticmethod
    def _read(json: Any) -> Place:
        return Place(
            revision=json["revision"],
            ordinal=json.get("ordinal", 0),
        )

    def _json(self) -> Any:
        pairs = {
            "revision": self.revision,
            "ordinal": self.ordinal,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a command would do."""

    difference: Difference
    """What would be different."""
    events: tuple[Event, ...]
    """What would happen."""
    effects: tuple[Effect, ...]
    """What would go out: messages, calls, provisioning."""
    id: EntityId | None
    """What the command is about."""
    remarks: tuple[str, ...]
    """Remarks that hinder nothing."""

    @staticmethod
    def _read(json: Any) -> Preview:
        return Preview(
            difference=Difference._read(json["difference"]),
            events=tuple(Event._read(x) for x in json["events"]),
            effects=tuple(Effect._read(x) for x in json["effects"]),
            id=None if json.get("id") is None else EntityId(json.get("id")),
            remarks=tuple(json["remarks"]),
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem with everything that a caller may want to know, whether it is empty or not."""

    code: str
    """The stable code."""
    kind: ProblemKind
    """The family."""
    message: str = _field(repr=False)
    """One sentence for people."""
    hint: str
    """What usually helps; empty when there is nothing to say."""
    subject: str | None
    """What it is about: an identifier or a name."""
    fields: tuple[FieldProblem, ...]
    """Every wrong field, when the input is wrong."""
    details: tuple[str, ...] = _field(repr=False)
    """More, one line each: conflicting records, remaining members."""
    retry: bool
    """Whether the same call may succeed when it is tried again."""

    @staticmethod
    def _read(json: Any) -> Problem:
        return Problem(
            code=json["code"],
            kind=ProblemKind(json["kind"]),
            message=json["message"],
            hint=json["hint"],
            subject=json.get("subject"),
            fields=tuple(FieldProblem._read(x) for x in json["fields"]),
            details=tuple(json["details"]),
            retry=json["retry"],
        )


@dataclass(frozen=True, slots=True)
class RecordDifference:
    """A record before and after."""

    id: EntityId
    """Which record."""
    label: str = _field(repr=False)
    """How people call it."""
    step: Step
    """Appears, changes, disappears."""
    changes: tuple[AttributeDifference, ...]
    """What is different, by attribute; without the notes of who touched it when."""
    cause: Cause | None = None
    """Why; `None` for the difference of two moments."""

    @staticmethod
    def _read(json: Any) -> RecordDifference:
        return RecordDifference(
            id=EntityId(json["id"]),
            label=json["label"],
            step=Step(json["step"]),
            changes=tuple(AttributeDifference._read(x) for x in json["changes"]),
            cause=None if json.get("cause") is None else Cause(json.get("cause")),
        )


@dataclass(frozen=True, slots=True)
class RollbackPreview:
    """What undoing would do."""

    difference: Difference
    """What would be different."""
    conflicts: tuple[str, ...]
    """One line for each thing that was changed since or cannot be undone."""
    irrevocable: tuple[str, ...]
    """Effects that went out and do not come back, such as messages."""

    @staticmethod
    def _read(json: Any) -> RollbackPreview:
        return RollbackPreview(
            difference=Difference._read(json["difference"]),
            conflicts=tuple(json["conflicts"]),
            irrevocable=tuple(json["irrevocable"]),
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a realm. Every field has a default, so an empty object is a valid setting."""

    unique: tuple[str, ...]
    """Attributes that are unique in addition to those that are declared so, as `kind.attribute`."""
    deleted_keep_names: bool
    """Whether soft-deleted records keep their unique names (off)."""
    retention_days: int
    """Days in which a soft-deleted record can be undeleted."""
    required: tuple[str, ...]
    """Attributes that must be set on every user, in addition to the declared ones (`email`)."""
    displayed: Mapping[str, tuple[str, ...]]
    """Attributes that lists show, by kind; empty: the usual ones of the kind."""
    not_searched: tuple[str, ...]
    """Searchable attributes that this realm does not search, as `kind.attribute`."""
    tree_shows_positions: bool
    """Whether the organization tree shows positions."""
    tree_sort: str
    """By which attribute siblings in the tree are sorted: `sort_order` or `name`."""
    member_sort: str
    """By which number members of an organization are sorted: `user_number` or `number`."""
    position_form: tuple[FormField, ...]
    """The form of positions."""
    status_effects: Mapping[str, tuple[StatusEffect, ...]]
    """What blocking, disabling, locking, archiving and deleting do beyond themselves."""
    messages: Mapping[str, bool]
    """Whether messages go out, by event name; absent means off."""
    features_off: tuple[str, ...]
    """Modules that are switched off: `lifecycle`, `bulk`, `search`, `self_registration`, …."""

    @staticmethod
    def _read(json: Any) -> Settings:
        return Settings(
            unique=tuple(json["unique"]),
            deleted_keep_names=json["deleted_keep_names"],
            retention_days=json["retention_days"],
            required=tuple(json["required"]),
            displayed={key: tuple(x) for key, x in json["displayed"].items()},
            not_searched=tuple(json["not_searched"]),
            tree_shows_positions=json["tree_shows_positions"],
            tree_sort=json["tree_sort"],
            member_sort=json["member_sort"],
            position_form=tuple(FormField._read(x) for x in json["position_form"]),
            status_effects={key: tuple(StatusEffect(y) for y in x) for key, x in json["status_effects"].items()},
            messages=json["messages"],
            features_off=tuple(json["features_off"]),
        )


@dataclass(frozen=True, slots=True)
class Sort:
    """One attribute to sort by.

    The order is total: by the sort keys one after the other (an attribute that is not set has the empty key, so it
    comes first ascending and last descending), then by id, always ascending.
    """

    attribute: str
    """The attribute's name."""
    descending: bool = False
    """From the greatest to the least."""

    @staticmethod
    def _read(json: Any) -> Sort:
        return Sort(
            attribute=json["attribute"],
            descending=json.get("descending", False),
        )

    def _json(self) -> Any:
        pairs = {
            "attribute": self.attribute,
            "descending": self.descending,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A node of the organization tree, as a list or a tree view shows it."""

    organization: Record
    """The organization."""
    positions: tuple[Record, ...]
    """Its positions, when the realm's tree shows them."""
    children: tuple[TreeNode, ...]
    """What lies directly below, in the realm's order."""

    @staticmethod
    def _read(json: Any) -> TreeNode:
        return TreeNode(
            organization=Record._read(json["organization"]),
            positions=tuple(Record._read(x) for x in json["positions"]),
            children=tuple(TreeNode._read(x) for x in json["children"]),
        )


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What an upkeep did."""

    expired: int
    """Users disabled because their validity ended."""
    purged: int
    """Soft-deleted users purged because the retention period is over."""

    @staticmethod
    def _read(json: Any) -> Upkeep:
        return Upkeep(
            expired=json["expired"],
            purged=json["purged"],
        )


@dataclass(frozen=True, slots=True)
class Verified:
    """The result of a verification."""

    rows: int
    """Rows that were looked at."""
    seals: int
    """Seals that were looked at."""
    breaks: tuple[ChainBreak, ...]
    """Every place where the chain does not hold; empty: it holds."""

    @staticmethod
    def _read(json: Any) -> Verified:
        return Verified(
            rows=json["rows"],
            seals=json["seals"],
            breaks=tuple(ChainBreak._read(x) for x in json["breaks"]),
        )


@dataclass(frozen=True, slots=True)
class Window:
    """The half-open time `[from, until)` in which something holds; open ends allowed."""

    from_: datetime | None = None
    """Holds from this moment on."""
    until: datetime | None = None
    """Holds before this moment."""

    @staticmethod
    def _read(json: Any) -> Window:
        return Window(
            from_=None if json.get("from") is None else moment(json.get("from")),
            until=None if json.get("until") is None else moment(json.get("until")),
        )

    def _json(self) -> Any:
        pairs = {
            "from": self.from_,
            "until": self.until,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Disposition:
    """What becomes of that which hangs on a deleted organization. Leads and group memberships of the organization
    itself end in any case.
    """

    _value: Any = _field(repr=False)

    def _json(self) -> Any:
        return self._value

    @staticmethod
    def detach() -> Disposition:
        """Sub-organizations become roots, members and positions lose the connection."""
        return Disposition("detach")

    @staticmethod
    def cascade() -> Disposition:
        """Everything below goes as well, with its positions; users only lose their memberships."""
        return Disposition("cascade")

    @staticmethod
    def move_to(target: OrganizationId) -> Disposition:
        """Sub-organizations, members and positions go to another organization."""
        return Disposition({"move_to": {"target": target}})


@dataclass(frozen=True, slots=True)
class Undo:
    """What is to be undone."""

    _value: Any = _field(repr=False)

    def _json(self) -> Any:
        return self._value

    @staticmethod
    def revision(revision: int) -> Undo:
        """One commit."""
        return Undo({"revision": revision})

    @staticmethod
    def change_set(change_set: ChangeSetId) -> Undo:
        """All commits of a change set."""
        return Undo({"change_set": change_set})

    @staticmethod
    def actor(actor: str, since: datetime) -> Undo:
        """Everything that an actor did since a moment."""
        return Undo({"actor": {"actor": actor, "since": since}})

    @staticmethod
    def record(id: EntityId, after: int) -> Undo:
        """What these commits did to one record, and nothing else of them."""
        return Undo({"record": {"id": id, "after": after}})


__all__ = [
    "AttributeDefinition",
    "AttributeDifference",
    "AttributeId",
    "AttributeType",
    "AttributeTypeLike",
    "AuditItem",
    "Batch",
    "BatchMode",
    "BatchModeLike",
    "BatchResult",
    "Cause",
    "CauseLike",
    "ChainBreak",
    "ChainHead",
    "ChangeSetId",
    "Column",
    "CommandId",
    "Commit",
    "Cursor",
    "DeleteMode",
    "DeleteModeLike",
    "Deleted",
    "DeletedLike",
    "DeviceId",
    "Diagnosis",
    "Difference",
    "Direction",
    "DirectionLike",
    "DisabledBy",
    "DisabledByLike",
    "Disposition",
    "Edge",
    "EdgeDifference",
    "EdgeKey",
    "EdgeOrigin",
    "EdgeOriginLike",
    "EditableBy",
    "EditableByLike",
    "Effect",
    "EntityId",
    "Event",
    "Executed",
    "FieldProblem",
    "Finding",
    "FormField",
    "GroupId",
    "HistoryItem",
    "JoinOrganization",
    "Kind",
    "KindLike",
    "ListPage",
    "ListRow",
    "NameClashes",
    "NameClashesLike",
    "OnConflict",
    "OnConflictLike",
    "OrganizationId",
    "OrganizationTypeId",
    "Page",
    "Place",
    "PositionId",
    "Preview",
    "Problem",
    "ProblemKind",
    "ProblemKindLike",
    "RealmId",
    "Record",
    "RecordDifference",
    "Registration",
    "RegistrationLike",
    "Relation",
    "RelationLike",
    "RollbackPreview",
    "Settings",
    "Sort",
    "Source",
    "SourceLike",
    "StatusEffect",
    "StatusEffectLike",
    "StatusView",
    "StatusViewLike",
    "Step",
    "StepLike",
    "TemplateId",
    "TreeNode",
    "Undo",
    "Upkeep",
    "UserId",
    "UserTypeId",
    "Verified",
    "Window",
]
