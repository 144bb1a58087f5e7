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

AssignmentId = str
"""The identifier of a record of the kind `assignment`."""
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
PolicyId = str
"""The identifier of a record of the kind `policy`."""
PositionId = str
"""The identifier of a record of the kind `position`."""
RealmId = str
"""The identifier of a record of the kind `realm`."""
RoleId = str
"""The identifier of a record of the kind `role`."""
Secret = str
"""A secret in the clear. It is not kept as it is, and not shown again."""
TemplateId = str
"""The identifier of a record of the kind `template`."""
UserId = str
"""The identifier of a record of the kind `user`."""
UserTypeId = str
"""The identifier of a record of the kind `user_type`."""


class Assurance(str, Enum):
    """How strong a proof of identity is."""

    LOW = "low"
    """Somebody who can read a mailbox or a text message: passcodes by e-mail and SMS, recovery codes."""
    SUBSTANTIAL = "substantial"
    """A device that shows codes: TOTP and HOTP."""
    HIGH = "high"
    """Resistant to phishing: passkeys."""

    def __str__(self) -> str:
        return self.value


AssuranceLike = Union[Assurance, Literal["low", "substantial", "high"]]
"""A `Assurance` or its name."""


class AttributeAccess(str, Enum):
    """What a privilege gives of one attribute."""

    NONE = "none"
    """Neither seen nor changed."""
    READ = "read"
    """Seen."""
    WRITE = "write"
    """Seen and changed."""

    def __str__(self) -> str:
        return self.value


AttributeAccessLike = Union[AttributeAccess, Literal["none", "read", "write"]]
"""A `AttributeAccess` or its name."""


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


class GrantDisposition(str, Enum):
    """What becomes of the grants of a role that is deleted."""

    REVOKE = "revoke"
    """They go with it."""
    MOVE = "move"
    """They become grants of the role named in `move_to`."""

    def __str__(self) -> str:
        return self.value


GrantDispositionLike = Union[GrantDisposition, Literal["revoke", "move"]]
"""A `GrantDisposition` or its name."""


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
    ROLE = "role"
    ASSIGNMENT = "assignment"
    RULE = "rule"
    CREDENTIAL = "credential"
    POLICY = "policy"

    def __str__(self) -> str:
        return self.value


KindLike = Union[Kind, Literal["realm", "user", "device", "user_type", "organization", "organization_type", "position", "group", "template", "attribute", "change_set", "command", "role", "assignment", "rule", "credential", "policy"]]
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


class OnAssignment(str, Enum):
    """How the values of an assignment meet those of the target."""

    MERGE = "merge"
    """They are added to the values that are there."""
    REPLACE = "replace"
    """They take the place of what is there."""

    def __str__(self) -> str:
        return self.value


OnAssignmentLike = Union[OnAssignment, Literal["merge", "replace"]]
"""A `OnAssignment` or its name."""


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


class OnUnassignment(str, Enum):
    """What becomes of the values of an assignment that is lost."""

    REMOVE = "remove"
    """Exactly the listed values go."""
    NONE = "none"
    """They stay."""

    def __str__(self) -> str:
        return self.value


OnUnassignmentLike = Union[OnUnassignment, Literal["remove", "none"]]
"""A `OnUnassignment` or its name."""


class PrivilegeEffect(str, Enum):
    """Whether a privilege gives or takes."""

    ALLOW = "allow"
    """Gives."""
    DENY = "deny"
    """Takes, whatever else gives."""

    def __str__(self) -> str:
        return self.value


PrivilegeEffectLike = Union[PrivilegeEffect, Literal["allow", "deny"]]
"""A `PrivilegeEffect` or its name."""


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
    HAS_ROLE = "has_role"
    """A user, device, group, organization, position or user type holds a role. Attributes: `inherit` (organizations:
    also everything below), `within` (acts on these organizations and what is below them only), `time_zone`.
    """
    INCLUDES_ROLE = "includes_role"
    """A role contains another: who holds the first holds the second. Never a circle."""
    CARRIES = "carries"
    """An external role carries an assignment."""
    OWNS = "owns"
    """A user owns an organization with everything below it."""
    ADMINISTERS = "administers"
    """A user administers an organization with everything below it."""
    DEPUTIZES = "deputizes"
    """A user stands in for another user for a time. Attribute `roles`: with these roles only."""
    EXCLUDES = "excludes"
    """While somebody holds the first role, the second is not in effect for them. Directed; nothing is destroyed."""
    REQUIRES = "requires"
    """The first role may be given only to somebody who holds the second."""

    def __str__(self) -> str:
        return self.value


RelationLike = Union[Relation, Literal["member_of", "in_group", "reports_to", "leads", "holds", "used_by", "has_role", "includes_role", "carries", "owns", "administers", "deputizes", "excludes", "requires"]]
"""A `Relation` or its name."""


class RoleType(str, Enum):
    """What a role is for."""

    INTERNAL = "internal"
    """Authorizes: its privileges say what its holders may do here."""
    EXTERNAL = "external"
    """Provisions: its assignments say what its holders get in targets."""

    def __str__(self) -> str:
        return self.value


RoleTypeLike = Union[RoleType, Literal["internal", "external"]]
"""A `RoleType` or its name."""


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
class AssignmentEvent:
    """What is evaluated when something happens to an assignment at a person."""

    event: str
    """`assigned` or `unassigned`."""
    expression: str
    """A CEL expression over the person's attributes and the variables; never a script."""
    variables: Mapping[str, Any] = _field(default_factory=dict, repr=False)
    """Variables for the expression, as a JSON object."""

    @staticmethod
    def _read(json: Any) -> AssignmentEvent:
        return AssignmentEvent(
            event=json["event"],
            expression=json["expression"],
            variables=json.get("variables", {}),
        )

    def _json(self) -> Any:
        pairs = {
            "event": self.event,
            "expression": self.expression,
            "variables": self.variables,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class AssignmentValue:
    """An attribute of the target and its value or values."""

    attribute: str
    """The target's attribute."""
    value: Any = _field(repr=False)
    """The value; a list for several."""

    @staticmethod
    def _read(json: Any) -> AssignmentValue:
        return AssignmentValue(
            attribute=json["attribute"],
            value=json["value"],
        )

    def _json(self) -> Any:
        pairs = {
            "attribute": self.attribute,
            "value": self.value,
        }
        return {name: value for name, value in pairs.items() if value is not None}


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
    secret: bool
    """Kept sealed under a key of the vault; noted in the journal without its value, and never shown."""
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
            secret=json["secret"],
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
    disclosed: Mapping[str, tuple[Secret, ...]] = _field(default_factory=dict, repr=False)
    """New secrets by name: a random password, recovery codes. This is the only time that they are shown."""
    remarks: tuple[str, ...] = ()
    """Remarks that hindered nothing."""

    @staticmethod
    def _read(json: Any) -> Executed:
        return Executed(
            revision=json.get("revision"),
            id=None if json.get("id") is None else EntityId(json.get("id")),
            events=tuple(Event._read(x) for x in json["events"]),
            replayed=json["replayed"],
            disclosed={key: tuple(Secret(y) for y in x) for key, x in json.get("disclosed", {}).items()},
            remarks=tuple(json.get("remarks", ())),
        )


@dataclass(frozen=True, slots=True)
class FactorPolicy:
    """Second factors.

    As a policy says it: an absent rule says nothing.
    """

    allowed: tuple[str, ...] | None = None
    """The types that count: `totp`, `hotp`, `recovery_codes`, `email`, `sms`, `passkey`."""
    device_limit: int | None = None
    """One-time password devices of a user at most; 5."""
    enrolment_minutes: int | None = None
    """Minutes for which an enrolment that was begun can be finished; 1440."""
    minimum_assurance: Assurance | None = None
    """The least assurance of a factor that counts; `low`."""
    passcode_attempts: int | None = None
    """Wrong entries that void a passcode; 5."""
    passcode_minutes: int | None = None
    """Minutes for which a passcode by e-mail or SMS counts; 10, and never more (OWASP ASVS 5, 6.5.5)."""
    recovery_codes: int | None = None
    """How many recovery codes a set has; 10."""
    required: bool | None = None
    """Whether a second factor is required; no."""

    @staticmethod
    def _read(json: Any) -> FactorPolicy:
        return FactorPolicy(
            allowed=None if json.get("allowed") is None else tuple(json.get("allowed")),
            device_limit=json.get("device_limit"),
            enrolment_minutes=json.get("enrolment_minutes"),
            minimum_assurance=None if json.get("minimum_assurance") is None else Assurance(json.get("minimum_assurance")),
            passcode_attempts=json.get("passcode_attempts"),
            passcode_minutes=json.get("passcode_minutes"),
            recovery_codes=json.get("recovery_codes"),
            required=json.get("required"),
        )

    def _json(self) -> Any:
        pairs = {
            "allowed": self.allowed,
            "device_limit": self.device_limit,
            "enrolment_minutes": self.enrolment_minutes,
            "minimum_assurance": self.minimum_assurance,
            "passcode_attempts": self.passcode_attempts,
            "passcode_minutes": self.passcode_minutes,
            "recovery_codes": self.recovery_codes,
            "required": self.required,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Failure:
    """Work that did not succeed."""

    number: int
    """The number of the work."""
    reason: str = _field(repr=False)
    """What went wrong, for whoever looks into it. No secret, nothing personal."""
    again_in: int = 60
    """Seconds until it may be tried again, by any worker."""

    @staticmethod
    def _read(json: Any) -> Failure:
        return Failure(
            number=json["number"],
            reason=json["reason"],
            again_in=json.get("again_in", 60),
        )

    def _json(self) -> Any:
        pairs = {
            "number": self.number,
            "reason": self.reason,
            "again_in": self.again_in,
        }
        return {name: value for name, value in pairs.items() if value is not None}


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
class InitialPolicy:
    """Initial passwords (OWASP ASVS 5, 6.4.1).

    As a policy says it: an absent rule says nothing.
    """

    length: int | None = None
    """Characters of a random initial password; 20."""
    must_change: bool | None = None
    """Whether it must be changed at the first sign-in; yes."""
    pattern: str | None = None
    """A pattern with attributes of the user in braces, such as `Welcome-{user_number}`; empty: random. Whoever knows
    the pattern knows the password, so the lint complains.
    """
    valid_hours: int | None = None
    """Hours for which it can be used; 72."""

    @staticmethod
    def _read(json: Any) -> InitialPolicy:
        return InitialPolicy(
            length=json.get("length"),
            must_change=json.get("must_change"),
            pattern=json.get("pattern"),
            valid_hours=json.get("valid_hours"),
        )

    def _json(self) -> Any:
        pairs = {
            "length": self.length,
            "must_change": self.must_change,
            "pattern": self.pattern,
            "valid_hours": self.valid_hours,
        }
        return {name: value for name, value in pairs.items() if value is not None}


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
class LinkPolicy:
    """Links that are sent.

    As a policy says it: an absent rule says nothing.
    """

    invitation_hours: int | None = None
    """Hours for which an invitation counts; 168."""
    reset_hours: int | None = None
    """Hours for which a link to reset the password counts; 168."""
    self_reset: bool | None = None
    """Whether users may ask for a link to reset their password themselves; yes."""
    verification_hours: int | None = None
    """Hours for which a link to verify an address counts; 24."""

    @staticmethod
    def _read(json: Any) -> LinkPolicy:
        return LinkPolicy(
            invitation_hours=json.get("invitation_hours"),
            reset_hours=json.get("reset_hours"),
            self_reset=json.get("self_reset"),
            verification_hours=json.get("verification_hours"),
        )

    def _json(self) -> Any:
        pairs = {
            "invitation_hours": self.invitation_hours,
            "reset_hours": self.reset_hours,
            "self_reset": self.self_reset,
            "verification_hours": self.verification_hours,
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
class LockPolicy:
    """Locking after failed attempts.

    As a policy says it: an absent rule says nothing.
    """

    attempts: int | None = None
    """Failures in a row that lock; 10. 0: never."""
    delay_seconds: int | None = None
    """Seconds that must pass after the third failure; doubled with each one that follows; 0: no delay."""
    duration_minutes: int | None = None
    """Minutes that the first lock lasts; doubled with each one that follows without a success between; 15. 0: until an
    administrator unlocks.
    """
    maximum_minutes: int | None = None
    """The most minutes that a lock lasts; 1440."""
    window_minutes: int | None = None
    """Minutes after which a row of failures is forgotten; 60."""

    @staticmethod
    def _read(json: Any) -> LockPolicy:
        return LockPolicy(
            attempts=json.get("attempts"),
            delay_seconds=json.get("delay_seconds"),
            duration_minutes=json.get("duration_minutes"),
            maximum_minutes=json.get("maximum_minutes"),
            window_minutes=json.get("window_minutes"),
        )

    def _json(self) -> Any:
        pairs = {
            "attempts": self.attempts,
            "delay_seconds": self.delay_seconds,
            "duration_minutes": self.duration_minutes,
            "maximum_minutes": self.maximum_minutes,
            "window_minutes": self.window_minutes,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class PasswordPolicy:
    """Passwords (NIST SP 800-63B-4, 3.1.1).

    As a policy says it: an absent rule says nothing.
    """

    administrator_allowed: bool | None = None
    """Whether an administrator may choose or see a password at all; yes, and then it must be changed at once."""
    administrator_hours: int | None = None
    """Hours for which a password that an administrator knows can be used; 72."""
    blocked: tuple[str, ...] | None = None
    """More passwords that are refused as a whole, in any letter case: those of a breach, those of the house."""
    common_refused: bool | None = None
    """Whether the password as a whole is compared with the list of common passwords; yes."""
    context_words: tuple[str, ...] | None = None
    """Words that may not make up the password, beside the names and addresses of the user: the product, the company."""
    exemptions_allowed: bool | None = None
    """Whether single users may be exempt from expiry or strength; yes."""
    history: int | None = None
    """How many of the former passwords may not come back; 0."""
    maximum_age_days: int | None = None
    """Days after which the password must be changed; 0: never (NIST: no periodic change)."""
    maximum_length: int | None = None
    """Code points at most; 256. Below 64 the lint complains."""
    minimum_age_hours: int | None = None
    """Hours before a user may change the password again; 0. An administrator always may."""
    minimum_length: int | None = None
    """Code points at least; 15."""
    minimum_length_with_factor: int | None = None
    """Code points at least where a second factor is required as well; 8."""
    minimum_score: int | None = None
    """The least estimated strength, 0 to 4 of zxcvbn; 2."""

    @staticmethod
    def _read(json: Any) -> PasswordPolicy:
        return PasswordPolicy(
            administrator_allowed=json.get("administrator_allowed"),
            administrator_hours=json.get("administrator_hours"),
            blocked=None if json.get("blocked") is None else tuple(json.get("blocked")),
            common_refused=json.get("common_refused"),
            context_words=None if json.get("context_words") is None else tuple(json.get("context_words")),
            exemptions_allowed=json.get("exemptions_allowed"),
            history=json.get("history"),
            maximum_age_days=json.get("maximum_age_days"),
            maximum_length=json.get("maximum_length"),
            minimum_age_hours=json.get("minimum_age_hours"),
            minimum_length=json.get("minimum_length"),
            minimum_length_with_factor=json.get("minimum_length_with_factor"),
            minimum_score=json.get("minimum_score"),
        )

    def _json(self) -> Any:
        pairs = {
            "administrator_allowed": self.administrator_allowed,
            "administrator_hours": self.administrator_hours,
            "blocked": self.blocked,
            "common_refused": self.common_refused,
            "context_words": self.context_words,
            "exemptions_allowed": self.exemptions_allowed,
            "history": self.history,
            "maximum_age_days": self.maximum_age_days,
            "maximum_length": self.maximum_length,
            "minimum_age_hours": self.minimum_age_hours,
            "minimum_length": self.minimum_length,
            "minimum_length_with_factor": self.minimum_length_with_factor,
            "minimum_score": self.minimum_score,
        }
        return {name: value for name, value in pairs.items() if value is not None}


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
class PolicyParts:
    """What a policy says. Parts and rules that are absent say nothing."""

    factor: FactorPolicy | None = None
    """Second factors."""
    initial: InitialPolicy | None = None
    """Initial passwords."""
    link: LinkPolicy | None = None
    """Links."""
    lock: LockPolicy | None = None
    """Locking."""
    password: PasswordPolicy | None = None
    """Passwords."""
    session: SessionPolicy | None = None
    """Sessions."""
    targets: tuple[TargetRules, ...] = ()
    """What the targets of the password demand."""

    @staticmethod
    def _read(json: Any) -> PolicyParts:
        return PolicyParts(
            factor=None if json.get("factor") is None else FactorPolicy._read(json.get("factor")),
            initial=None if json.get("initial") is None else InitialPolicy._read(json.get("initial")),
            link=None if json.get("link") is None else LinkPolicy._read(json.get("link")),
            lock=None if json.get("lock") is None else LockPolicy._read(json.get("lock")),
            password=None if json.get("password") is None else PasswordPolicy._read(json.get("password")),
            session=None if json.get("session") is None else SessionPolicy._read(json.get("session")),
            targets=tuple(TargetRules._read(x) for x in json.get("targets", ())),
        )

    def _json(self) -> Any:
        pairs = {
            "factor": self.factor,
            "initial": self.initial,
            "link": self.link,
            "lock": self.lock,
            "password": self.password,
            "session": self.session,
            "targets": self.targets,
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
class Privilege:
    """What an internal role allows or denies on one kind of thing."""

    kind: str
    """The kind: `user`, `device`, …, or a kind of the host's own such as `invoice`."""
    actions: tuple[str, ...] = ()
    """`view`, `create`, `update`, `delete`, others such as `reset_password` or the host's own, `*` for all."""
    attributes: Mapping[str, AttributeAccess] = _field(default_factory=dict, repr=False)
    """Attribute → access; `*` for those that are not named. Without a word: read-only."""
    effect: PrivilegeEffect | None = None
    """Whether it gives or takes."""
    holder: Any = _field(default=None, repr=False)
    """The holders whom it serves, as filter text or tree over users; kept apart from the target."""
    target: Any = _field(default=None, repr=False)
    """The things it is about, as filter text or tree: it overrides the view, create, update and delete options."""

    @staticmethod
    def _read(json: Any) -> Privilege:
        return Privilege(
            kind=json["kind"],
            actions=tuple(json.get("actions", ())),
            attributes={key: AttributeAccess(x) for key, x in json.get("attributes", {}).items()},
            effect=None if json.get("effect") is None else PrivilegeEffect(json.get("effect")),
            holder=json.get("holder"),
            target=json.get("target"),
        )

    def _json(self) -> Any:
        pairs = {
            "kind": self.kind,
            "actions": self.actions,
            "attributes": self.attributes,
            "effect": self.effect,
            "holder": self.holder,
            "target": self.target,
        }
        return {name: value for name, value in pairs.items() if value is not None}


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
class SessionPolicy:
    """Sessions (NIST SP 800-63B-4, 5.2).

    As a policy says it: an absent rule says nothing.
    """

    absolute_minutes: int | None = None
    """Minutes after which a session ends whatever happens; 1440."""
    access_minutes: int | None = None
    """Minutes for which an access token counts; 10."""
    fresh_minutes: int | None = None
    """Minutes for which a proof counts as fresh, for what asks for a fresh one; 15."""
    idle_minutes: int | None = None
    """Minutes without a request after which a session ends; 60."""
    maximum: int | None = None
    """Sessions at the same time; 0: any number."""

    @staticmethod
    def _read(json: Any) -> SessionPolicy:
        return SessionPolicy(
            absolute_minutes=json.get("absolute_minutes"),
            access_minutes=json.get("access_minutes"),
            fresh_minutes=json.get("fresh_minutes"),
            idle_minutes=json.get("idle_minutes"),
            maximum=json.get("maximum"),
        )

    def _json(self) -> Any:
        pairs = {
            "absolute_minutes": self.absolute_minutes,
            "access_minutes": self.access_minutes,
            "fresh_minutes": self.fresh_minutes,
            "idle_minutes": self.idle_minutes,
            "maximum": self.maximum,
        }
        return {name: value for name, value in pairs.items() if value is not None}


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
class TargetRules:
    """The demands of one target."""

    ascii_only: bool = False
    """Whether only printable ASCII is accepted."""
    digits: int = 0
    """Digits at least."""
    forbidden: tuple[str, ...] = ()
    """Characters that are not accepted."""
    lower_case: int = 0
    """Lower-case letters at least."""
    maximum_length: int = 0
    """Characters at most; 0: any number."""
    minimum_length: int = 0
    """Characters at least."""
    symbols: int = 0
    """Characters at least that are neither letters nor digits."""
    symbols_allowed: tuple[str, ...] = ()
    """The only symbols that are accepted; empty: any."""
    target: str = ""
    """The name of the target."""
    upper_case: int = 0
    """Upper-case letters at least."""

    @staticmethod
    def _read(json: Any) -> TargetRules:
        return TargetRules(
            ascii_only=json.get("ascii_only", False),
            digits=json.get("digits", 0),
            forbidden=tuple(json.get("forbidden", ())),
            lower_case=json.get("lower_case", 0),
            maximum_length=json.get("maximum_length", 0),
            minimum_length=json.get("minimum_length", 0),
            symbols=json.get("symbols", 0),
            symbols_allowed=tuple(json.get("symbols_allowed", ())),
            target=json.get("target", ''),
            upper_case=json.get("upper_case", 0),
        )

    def _json(self) -> Any:
        pairs = {
            "ascii_only": self.ascii_only,
            "digits": self.digits,
            "forbidden": self.forbidden,
            "lower_case": self.lower_case,
            "maximum_length": self.maximum_length,
            "minimum_length": self.minimum_length,
            "symbols": self.symbols,
            "symbols_allowed": self.symbols_allowed,
            "target": self.target,
            "upper_case": self.upper_case,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class TimeConstraint:
    """The time in which a role or a grant holds: from the start on and before the end, both open when absent."""

    end: str | None = None
    """As the start."""
    start: str | None = None
    """RFC 3339 with an offset, or a local date and time such as `2026-12-01T09:00` in `time_zone`."""
    time_zone: str | None = None
    """An offset relative to GMT such as `GMT+02:00`; without it local times are in GMT."""

    @staticmethod
    def _read(json: Any) -> TimeConstraint:
        return TimeConstraint(
            end=json.get("end"),
            start=json.get("start"),
            time_zone=json.get("time_zone"),
        )

    def _json(self) -> Any:
        pairs = {
            "end": self.end,
            "start": self.start,
            "time_zone": self.time_zone,
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
class Work:
    """Something that is to be done outside, and that its worker alone does until the lease ends."""

    realm: RealmId
    """The realm that it happened in."""
    number: int
    """Its number in the outbox."""
    revision: int
    """The commit that asked for it."""
    effect: Effect
    """What is to be done."""
    attempts: int
    """How often it was tried before."""

    @staticmethod
    def _read(json: Any) -> Work:
        return Work(
            realm=RealmId(json["realm"]),
            number=json["number"],
            revision=json["revision"],
            effect=Effect._read(json["effect"]),
            attempts=json["attempts"],
        )


@dataclass(frozen=True, slots=True)
class Disposition:
    """What becomes of that which hangs on a deleted organization. Leads and group memberships of the organization
    itself end in any case.
    """

    _value: Any = _field(repr=False)

    def _json(self) -> Any:
        return self._value

    @staticmethod
    def _read(json: Any) -> Disposition:
        return Disposition(json)

    @property
    def which(self) -> str:
        """Which of the forms it is."""
        return self._value if isinstance(self._value, str) else next(iter(self._value))

    @property
    def content(self) -> Any:
        """What the form holds, as JSON; `None` when it is a word."""
        return None if isinstance(self._value, str) else next(iter(self._value.values()))

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
    def _read(json: Any) -> Undo:
        return Undo(json)

    @property
    def which(self) -> str:
        """Which of the forms it is."""
        return self._value if isinstance(self._value, str) else next(iter(self._value))

    @property
    def content(self) -> Any:
        """What the form holds, as JSON; `None` when it is a word."""
        return None if isinstance(self._value, str) else next(iter(self._value.values()))

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
    "AssignmentEvent",
    "AssignmentId",
    "AssignmentValue",
    "Assurance",
    "AssuranceLike",
    "AttributeAccess",
    "AttributeAccessLike",
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
    "FactorPolicy",
    "Failure",
    "FieldProblem",
    "Finding",
    "FormField",
    "GrantDisposition",
    "GrantDispositionLike",
    "GroupId",
    "HistoryItem",
    "InitialPolicy",
    "JoinOrganization",
    "Kind",
    "KindLike",
    "LinkPolicy",
    "ListPage",
    "ListRow",
    "LockPolicy",
    "NameClashes",
    "NameClashesLike",
    "OnAssignment",
    "OnAssignmentLike",
    "OnConflict",
    "OnConflictLike",
    "OnUnassignment",
    "OnUnassignmentLike",
    "OrganizationId",
    "OrganizationTypeId",
    "Page",
    "PasswordPolicy",
    "Place",
    "PolicyId",
    "PolicyParts",
    "PositionId",
    "Preview",
    "Privilege",
    "PrivilegeEffect",
    "PrivilegeEffectLike",
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
    "RoleId",
    "RoleType",
    "RoleTypeLike",
    "RollbackPreview",
    "Secret",
    "SessionPolicy",
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
    "TargetRules",
    "TemplateId",
    "TimeConstraint",
    "TreeNode",
    "Undo",
    "Upkeep",
    "UserId",
    "UserTypeId",
    "Verified",
    "Window",
    "Work",
]
