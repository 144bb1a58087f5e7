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
ConnectorId = str
"""The identifier of a record of the kind `connector`."""
CredentialId = str
"""The identifier of a record of the kind `credential`."""
Cursor = str
"""An opaque place in the list of one search. Another search refuses it."""
DeviceId = str
"""The identifier of a record of the kind `device`."""
EntityId = str
"""The identifier of a record of any kind."""
GroupId = str
"""The identifier of a record of the kind `group`."""
LinkId = str
"""The identifier of a record of the kind `link`."""
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
SessionId = str
"""The identifier of a record of the kind `session`."""
ShadowId = str
"""The identifier of a record of the kind `shadow`."""
SourceId = str
"""The identifier of a record of the kind `source`."""
SyncRunId = str
"""The identifier of a record of the kind `sync_run`."""
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
    RULE = "rule"
    """A rule: the condition of a dynamic role or group, an exclusion."""

    def __str__(self) -> str:
        return self.value


CauseLike = Union[Cause, Literal["requested", "form", "disposition", "timer", "rollback", "rule"]]
"""A `Cause` or its name."""


class CloneMode(str, Enum):
    """What becomes of that which the target has already."""

    UNION = "union"
    """It stays, and what is missing is added."""
    REPLACE = "replace"
    """Direct roles and groups that the source does not have go."""

    def __str__(self) -> str:
        return self.value


CloneModeLike = Union[CloneMode, Literal["union", "replace"]]
"""A `CloneMode` or its name."""


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


class Delivery(str, Enum):
    """How a link gets to its user."""

    MESSAGE = "message"
    """In a message to the user's e-mail address; nobody else sees the token."""
    ANSWER = "answer"
    """In the answer to the command, as `link_token`: the host delivers it. Refused for everybody else, because whoever
    has the token can take the user's place.
    """

    def __str__(self) -> str:
        return self.value


DeliveryLike = Union[Delivery, Literal["message", "answer"]]
"""A `Delivery` or its name."""


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


class Exemption(str, Enum):
    """From what a user is exempt."""

    NONE = "none"
    """From nothing."""
    EXPIRY = "expiry"
    """The password never expires."""
    STRENGTH = "strength"
    """Weak passwords are allowed."""
    EVERYTHING = "everything"
    """No restrictions."""

    def __str__(self) -> str:
        return self.value


ExemptionLike = Union[Exemption, Literal["none", "expiry", "strength", "everything"]]
"""A `Exemption` or its name."""


class FieldType(str, Enum):
    """The type of a field of a connector's configuration."""

    TEXT = "text"
    """Text."""
    INTEGER = "integer"
    """A whole number."""
    BOOLEAN = "boolean"
    """Yes or no."""
    SECRET = "secret"
    """The name under which the host's vault keeps a secret; never the secret itself."""
    OBJECT = "object"
    """A structure."""

    def __str__(self) -> str:
        return self.value


FieldTypeLike = Union[FieldType, Literal["text", "integer", "boolean", "secret", "object"]]
"""A `FieldType` or its name."""


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


class How(str, Enum):
    """How one step of a path leads on."""

    MEMBER_OF = "member_of"
    """Is a member of the organization."""
    BELOW = "below"
    """Lies below the organization."""
    IN_GROUP = "in_group"
    """Is in the group."""
    HOLDS = "holds"
    """Holds the position."""
    OF_TYPE = "of_type"
    """Is of the user type."""
    HAS_ROLE = "has_role"
    """Was granted the role."""
    INCLUDES = "includes"
    """Contains the role."""
    STANDS_IN_FOR = "stands_in_for"
    """Stands in for the user."""
    OWNS = "owns"
    """Owns the organization."""
    ADMINISTERS = "administers"
    """Administers the organization."""
    ITSELF = "itself"
    """Is the one that it is about."""

    def __str__(self) -> str:
        return self.value


HowLike = Union[How, Literal["member_of", "below", "in_group", "holds", "of_type", "has_role", "includes", "stands_in_for", "owns", "administers", "itself"]]
"""A `How` or its name."""


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
    SESSION = "session"
    LINK = "link"
    COUNTER = "counter"
    SOURCE = "source"
    SHADOW = "shadow"
    SYNC_RUN = "sync_run"
    CONNECTOR = "connector"

    def __str__(self) -> str:
        return self.value


KindLike = Union[Kind, Literal["realm", "user", "device", "user_type", "organization", "organization_type", "position", "group", "template", "attribute", "change_set", "command", "role", "assignment", "rule", "credential", "policy", "session", "link", "counter", "source", "shadow", "sync_run", "connector"]]
"""A `Kind` or its name."""


class LinkPurpose(str, Enum):
    """What a link is for."""

    INVITATION = "invitation"
    """To complete the sign-up."""
    PASSWORD_RESET = "password_reset"
    """To set a new password."""
    EMAIL_VERIFICATION = "email_verification"
    """To prove that the e-mail address is one's own."""

    def __str__(self) -> str:
        return self.value


LinkPurposeLike = Union[LinkPurpose, Literal["invitation", "password_reset", "email_verification"]]
"""A `LinkPurpose` or its name."""


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


class OtpAlgorithm(str, Enum):
    """The hash below the HMAC of a one-time password."""

    SHA1 = "SHA1"
    """SHA-1: what every authenticator knows."""
    SHA256 = "SHA256"
    """SHA-256."""
    SHA512 = "SHA512"
    """SHA-512."""

    def __str__(self) -> str:
        return self.value


OtpAlgorithmLike = Union[OtpAlgorithm, Literal["SHA1", "SHA256", "SHA512"]]
"""A `OtpAlgorithm` or its name."""


class OtpType(str, Enum):
    """What kind of one-time passwords a device shows."""

    TOTP = "totp"
    """By time (RFC 6238): authenticator applications."""
    HOTP = "hotp"
    """By counter (RFC 4226): tokens with a button."""

    def __str__(self) -> str:
        return self.value


OtpTypeLike = Union[OtpType, Literal["totp", "hotp"]]
"""A `OtpType` or its name."""


class PasscodeChannel(str, Enum):
    """How a passcode gets to the user."""

    EMAIL = "email"
    """To the user's e-mail address."""
    SMS = "sms"
    """To the user's phone."""

    def __str__(self) -> str:
        return self.value


PasscodeChannelLike = Union[PasscodeChannel, Literal["email", "sms"]]
"""A `PasscodeChannel` or its name."""


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
    INVITED = "invited"
    """The account exists, and an invitation goes out with its creation."""

    def __str__(self) -> str:
        return self.value


RegistrationLike = Union[Registration, Literal["complete", "not_invited", "invited"]]
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


class RequiredAction(str, Enum):
    """What a user has to do before the session opens."""

    CHANGE_PASSWORD = "change_password"
    """Set a new password."""
    VERIFY_EMAIL = "verify_email"
    """Open the link that proves the e-mail address."""
    ENROL_FACTOR = "enrol_factor"
    """Enrol a second factor."""
    ACCEPT_TERMS = "accept_terms"
    """Accept the present terms."""

    def __str__(self) -> str:
        return self.value


RequiredActionLike = Union[RequiredAction, Literal["change_password", "verify_email", "enrol_factor", "accept_terms"]]
"""A `RequiredAction` or its name."""


class ResetTo(str, Enum):
    """What a password is reset to."""

    INITIAL = "initial"
    """What the policy for initial passwords produces."""
    RANDOM = "random"
    """A random one."""

    def __str__(self) -> str:
        return self.value


ResetToLike = Union[ResetTo, Literal["initial", "random"]]
"""A `ResetTo` or its name."""


class Risk(str, Enum):
    """How risky the host takes an attempt to be: its hook into every sign-in."""

    NORMAL = "normal"
    """As usual."""
    ELEVATED = "elevated"
    """A second factor is asked for, whatever the policy says."""
    REFUSED = "refused"
    """Nobody gets in this way; the answer is that of a wrong password."""

    def __str__(self) -> str:
        return self.value


RiskLike = Union[Risk, Literal["normal", "elevated", "refused"]]
"""A `Risk` or its name."""


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


class RunMode(str, Enum):
    """What a run does."""

    FULL = "full"
    """Reads everything, and finds what vanished."""
    INCREMENTAL = "incremental"
    """Reads what changed since the last run; everything where the source cannot tell."""
    FILTERED = "filtered"
    """Reads what a filter selects; never finds what vanished."""

    def __str__(self) -> str:
        return self.value


RunModeLike = Union[RunMode, Literal["full", "incremental", "filtered"]]
"""A `RunMode` or its name."""


class ShadowState(str, Enum):
    """How an object of a source stands."""

    LINKED = "linked"
    """Linked to a record."""
    REVIEW = "review"
    """Somebody has to look: nobody can tell which record it is."""
    FAILED = "failed"
    """What the source says could not be written; the next run tries again."""
    MISSING = "missing"
    """Gone at the source."""
    IGNORED = "ignored"
    """Left alone on purpose."""

    def __str__(self) -> str:
        return self.value


ShadowStateLike = Union[ShadowState, Literal["linked", "review", "failed", "missing", "ignored"]]
"""A `ShadowState` or its name."""


class Situation(str, Enum):
    """How a record of the source, its link and records here stand to each other."""

    CONFIRMED = "confirmed"
    """Linked, and the record is here."""
    FOUND = "found"
    """Not linked; exactly one record here fits, and no other link of this source leads to it."""
    FOUND_ALREADY_LINKED = "found_already_linked"
    """Not linked; the one record that fits is linked to another record of this source."""
    ABSENT = "absent"
    """Not linked, and nothing here fits."""
    AMBIGUOUS = "ambiguous"
    """Not linked, and several fit, or none with enough confidence."""
    TARGET_MISSING = "target_missing"
    """Linked, but the record is no longer here."""
    UNQUALIFIED = "unqualified"
    """Does not qualify any more, but is linked."""
    IGNORED = "ignored"
    """Does not qualify, and is not linked."""
    SOURCE_MISSING = "source_missing"
    """Linked and here, but gone at the source."""
    ALL_GONE = "all_gone"
    """Gone at both ends; only the link is left."""

    def __str__(self) -> str:
        return self.value


SituationLike = Union[Situation, Literal["confirmed", "found", "found_already_linked", "absent", "ambiguous", "target_missing", "unqualified", "ignored", "source_missing", "all_gone"]]
"""A `Situation` or its name."""


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


class SourceMode(str, Enum):
    """Whether a source may change anything."""

    LOOK_ONLY = "look_only"
    """Runs show what they would do, and do nothing. Every new source starts so."""
    ACTIVE = "active"
    """Runs do what they say."""

    def __str__(self) -> str:
        return self.value


SourceModeLike = Union[SourceMode, Literal["look_only", "active"]]
"""A `SourceMode` or its name."""


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


class Strength(str, Enum):
    """How strongly a mapping holds."""

    WEAK = "weak"
    """Fills in what is empty, and changes nothing that is there."""
    NORMAL = "normal"
    """Follows the source whenever its record changed."""
    STRONG = "strong"
    """Also brings back what somebody changed here, whenever the record is looked at."""

    def __str__(self) -> str:
        return self.value


StrengthLike = Union[Strength, Literal["weak", "normal", "strong"]]
"""A `Strength` or its name."""


class SyncAction(str, Enum):
    """What a run does about one record."""

    CREATE = "create"
    """A record is created and linked."""
    UPDATE = "update"
    """The record is changed to what the source says, and linked."""
    LINK = "link"
    """The record is linked and otherwise left alone."""
    UNLINK = "unlink"
    """The link goes; the record stays."""
    DISABLE = "disable"
    """The record is disabled."""
    DISABLE_THEN_DELETE = "disable_then_delete"
    """The record is disabled now, and deleted after the delay."""
    DELETE = "delete"
    """The record is deleted."""
    REVIEW = "review"
    """Nothing is done before somebody has looked."""
    REPORT = "report"
    """It is noted."""
    IGNORE = "ignore"
    """Nothing."""
    CLEAR = "clear"
    """An attribute of the record is emptied, or a list of references that the source gave. It is part of an update;
    only thresholds name it.
    """

    def __str__(self) -> str:
        return self.value


SyncActionLike = Union[SyncAction, Literal["create", "update", "link", "unlink", "disable", "disable_then_delete", "delete", "review", "report", "ignore", "clear"]]
"""A `SyncAction` or its name."""


class SyncKind(str, Enum):
    """What kind of record the objects of a source become."""

    ORGANIZATION = "organization"
    """Organizations."""
    POSITION = "position"
    """Positions."""
    GROUP = "group"
    """Groups."""
    USER = "user"
    """Users."""
    MEMBERSHIP = "membership"
    """Pairs of a member and what it is a member of, where a source keeps them apart from both."""

    def __str__(self) -> str:
        return self.value


SyncKindLike = Union[SyncKind, Literal["organization", "position", "group", "user", "membership"]]
"""A `SyncKind` or its name."""


class Unlisted(str, Enum):
    """What becomes of an enumerated value that the dictionary does not list."""

    REFUSE = "refuse"
    """The record is set aside with the problem."""
    KEEP = "keep"
    """It stays as it is."""
    DROP = "drop"
    """There is no value."""

    def __str__(self) -> str:
        return self.value


UnlistedLike = Union[Unlisted, Literal["refuse", "keep", "drop"]]
"""A `Unlisted` or its name."""


@dataclass(frozen=True, slots=True)
class AccessDifference:
    """What is different in what users may do."""

    users: tuple[UserAccessDifference, ...]
    """The users for whom something is different."""
    examined: int
    """How many users were looked at."""
    complete: bool
    """Everybody whom the changes can concern was looked at; else there were more than the limit."""

    @staticmethod
    def _read(json: Any) -> AccessDifference:
        return AccessDifference(
            users=tuple(UserAccessDifference._read(x) for x in json["users"]),
            examined=json["examined"],
            complete=json["complete"],
        )


@dataclass(frozen=True, slots=True)
class AccessFinding:
    """Something about access that is probably not meant so."""

    check: str
    """What was looked for, such as `access.role_unreachable`."""
    subjects: tuple[EntityId, ...]
    """What it is about."""
    message: str = _field(repr=False)
    """What was found."""

    @staticmethod
    def _read(json: Any) -> AccessFinding:
        return AccessFinding(
            check=json["check"],
            subjects=tuple(EntityId(x) for x in json["subjects"]),
            message=json["message"],
        )


@dataclass(frozen=True, slots=True)
class AccountElsewhere:
    """An account of somebody elsewhere."""

    id: EntityId
    """The record about it: an object of an identity source or target, or a link to a provider."""
    at: str
    """Where it is: the identifier of the source, or the name of the provider."""
    name: str
    """How it is called there."""

    @staticmethod
    def _read(json: Any) -> AccountElsewhere:
        return AccountElsewhere(
            id=EntityId(json["id"]),
            at=json["at"],
            name=json["name"],
        )


@dataclass(frozen=True, slots=True)
class AllowedFilter:
    """A filter for the host's own lists."""

    filter: Any = _field(repr=False)
    """The JSON tree of the condition; `"all"` for everything, `"none"` for nothing."""
    text: str | None
    """The same as SCIM filter text."""

    @staticmethod
    def _read(json: Any) -> AllowedFilter:
        return AllowedFilter(
            filter=json["filter"],
            text=json.get("text"),
        )


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
class AttemptLimit:
    """How many attempts may fail before the next one has to wait."""

    attempts: int
    """Failed attempts that have no consequence; 0 switches the limit off."""
    window_seconds: int
    """Seconds without a failed attempt after which counting begins anew."""
    delay_seconds: int
    """Seconds that the first attempt beyond has to wait; each one after it twice as long."""
    longest_delay_seconds: int
    """The most seconds that an attempt has to wait."""

    @staticmethod
    def _read(json: Any) -> AttemptLimit:
        return AttemptLimit(
            attempts=json["attempts"],
            window_seconds=json["window_seconds"],
            delay_seconds=json["delay_seconds"],
            longest_delay_seconds=json["longest_delay_seconds"],
        )


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
class AttributeMapping:
    """One attribute, and what the source says about it."""

    to: str
    """The attribute here: one of the record's own, or `organizations`, `manager`, `positions`, `groups`, `leads`,
    `parent`, `organization`, `reports_to`, `members`, `user_type`, `organization_type`, `administrative_status`; of
    memberships `member` and `container`.
    """
    from_: MapFrom
    """Where the value comes from."""
    condition: str | None = None
    """A CEL expression; while it is false the attribute is left alone."""
    default: Any = _field(default=None, repr=False)
    """Instead of an empty value."""
    dictionary: Mapping[str, Any] = _field(default_factory=dict, repr=False)
    """Values by what the source calls them; letter case does not count."""
    reference: ReferenceBy | None = None
    """For references: by what the other record is named."""
    split: str | None = None
    """Divides one text into several values."""
    strength: Strength | None = None
    """How strongly it holds."""
    unlisted: Unlisted | None = None
    """What becomes of values that the dictionary does not list."""

    @staticmethod
    def _read(json: Any) -> AttributeMapping:
        return AttributeMapping(
            to=json["to"],
            from_=MapFrom._read(json["from"]),
            condition=json.get("condition"),
            default=json.get("default"),
            dictionary=json.get("dictionary", {}),
            reference=None if json.get("reference") is None else ReferenceBy._read(json.get("reference")),
            split=json.get("split"),
            strength=None if json.get("strength") is None else Strength(json.get("strength")),
            unlisted=None if json.get("unlisted") is None else Unlisted(json.get("unlisted")),
        )

    def _json(self) -> Any:
        pairs = {
            "to": self.to,
            "from": self.from_,
            "condition": self.condition,
            "default": self.default,
            "dictionary": self.dictionary,
            "reference": self.reference,
            "split": self.split,
            "strength": self.strength,
            "unlisted": self.unlisted,
        }
        return {name: value for name, value in pairs.items() if value is not None}


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
class Capabilities:
    """What a connector can do. What it cannot do is done without, or refused when it is asked for."""

    deletes: bool = False
    """An incremental read names what was deleted."""
    filter: bool = False
    """Takes a filter of its own syntax."""
    incremental: bool = False
    """Reads only what changed since a token."""
    resume: bool = False
    """A page can be asked for again later, over another connection."""

    @staticmethod
    def _read(json: Any) -> Capabilities:
        return Capabilities(
            deletes=json.get("deletes", False),
            filter=json.get("filter", False),
            incremental=json.get("incremental", False),
            resume=json.get("resume", False),
        )

    def _json(self) -> Any:
        pairs = {
            "deletes": self.deletes,
            "filter": self.filter,
            "incremental": self.incremental,
            "resume": self.resume,
        }
        return {name: value for name, value in pairs.items() if value is not None}


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
class Cloned:
    """What cloning did, or would do."""

    copied: tuple[EntityId, ...]
    """Roles and groups that the target gets."""
    removed: tuple[EntityId, ...]
    """Roles and groups that the target loses."""
    skipped: tuple[Skipped, ...]
    """What was left out, and why."""

    @staticmethod
    def _read(json: Any) -> Cloned:
        return Cloned(
            copied=tuple(EntityId(x) for x in json["copied"]),
            removed=tuple(EntityId(x) for x in json["removed"]),
            skipped=tuple(Skipped._read(x) for x in json["skipped"]),
        )


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
class ConfigurationField:
    """A field of a connector's configuration."""

    name: str
    """Its name."""
    label: str = _field(repr=False)
    """The name people see."""
    allowed: tuple[Any, ...] = ()
    """The values allowed, when not any."""
    default: Any = _field(default=None, repr=False)
    """What holds when nothing is given."""
    required: Required | None = None
    """When it has to be filled in."""
    type: FieldType | None = None
    """The type."""

    @staticmethod
    def _read(json: Any) -> ConfigurationField:
        return ConfigurationField(
            name=json["name"],
            label=json["label"],
            allowed=tuple(json.get("allowed", ())),
            default=json.get("default"),
            required=None if json.get("required") is None else Required._read(json.get("required")),
            type=None if json.get("type") is None else FieldType(json.get("type")),
        )

    def _json(self) -> Any:
        pairs = {
            "name": self.name,
            "label": self.label,
            "allowed": self.allowed,
            "default": self.default,
            "required": self.required,
            "type": self.type,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class ConnectorDescriptor:
    """A connector as it describes itself."""

    name: str
    """The stable name, such as `ldap`."""
    title: str
    """The name people see."""
    version: str
    """The version of the connector."""
    capabilities: Capabilities | None = None
    """What it can do."""
    fields: tuple[ConfigurationField, ...] = ()
    """The fields of its configuration."""
    operating_system: bool = False
    """Whether it reads the accounts of an operating system: these have a section of their own in the view of a user's
    access, and none among the applications.
    """

    @staticmethod
    def _read(json: Any) -> ConnectorDescriptor:
        return ConnectorDescriptor(
            name=json["name"],
            title=json["title"],
            version=json["version"],
            capabilities=None if json.get("capabilities") is None else Capabilities._read(json.get("capabilities")),
            fields=tuple(ConfigurationField._read(x) for x in json.get("fields", ())),
            operating_system=json.get("operating_system", False),
        )

    def _json(self) -> Any:
        pairs = {
            "name": self.name,
            "title": self.title,
            "version": self.version,
            "capabilities": self.capabilities,
            "fields": self.fields,
            "operating_system": self.operating_system,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Correlator:
    """One test of whether a record here is the one that the source means."""

    attribute: str
    """The attribute here. The mapping must set it; both values are compared folded."""
    weight: float = 1.0
    """What it adds to the confidence, 0 to 1."""

    @staticmethod
    def _read(json: Any) -> Correlator:
        return Correlator(
            attribute=json["attribute"],
            weight=json.get("weight", 1.0),
        )

    def _json(self) -> Any:
        pairs = {
            "attribute": self.attribute,
            "weight": self.weight,
        }
        return {name: value for name, value in pairs.items() if value is not None}


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
    journal: int
    """Journal entries that were looked at."""
    sealed: int
    """Sealed rows of the audit trail that were looked at, those of the whole storage."""
    findings: tuple[Finding, ...]
    """Everything that is not as it should be; empty: healthy."""

    @staticmethod
    def _read(json: Any) -> Diagnosis:
        return Diagnosis(
            records=json["records"],
            claims=json["claims"],
            edges=json["edges"],
            closure=json["closure"],
            journal=json["journal"],
            sealed=json["sealed"],
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
class EffectiveAccess:
    """Everything that is linked to a user, in one view."""

    user: EntityId
    """The user."""
    active: bool
    """Whether the user takes part at all: not deleted, locked, disabled or outside of the validity."""
    level: int
    """The highest level among the roles."""
    roles: tuple[Held, ...]
    """The roles that have effect, with every path."""
    groups: tuple[EntityId, ...]
    """All groups, direct and by way of organizations, positions and other groups."""
    leads: tuple[EntityId, ...]
    """The organizations that the user leads."""
    owns: tuple[EntityId, ...]
    """The organizations that the user owns."""
    administers: tuple[EntityId, ...]
    """The organizations that the user administers."""
    rights: tuple[Right, ...]
    """Every right, those without effect too, with what is missing."""
    applications: tuple[AccountElsewhere, ...]
    """Accounts in connected applications; empty in earlier states."""
    systems: tuple[AccountElsewhere, ...]
    """Accounts of operating systems: those of sources that are enabled and active and whose connector is installed and
    says that it reads an operating system, unless the module `operating_systems` is off. Empty in earlier states.
    """
    linked: tuple[AccountElsewhere, ...]
    """Identities at other providers; empty in earlier states."""

    @staticmethod
    def _read(json: Any) -> EffectiveAccess:
        return EffectiveAccess(
            user=EntityId(json["user"]),
            active=json["active"],
            level=json["level"],
            roles=tuple(Held._read(x) for x in json["roles"]),
            groups=tuple(EntityId(x) for x in json["groups"]),
            leads=tuple(EntityId(x) for x in json["leads"]),
            owns=tuple(EntityId(x) for x in json["owns"]),
            administers=tuple(EntityId(x) for x in json["administers"]),
            rights=tuple(Right._read(x) for x in json["rights"]),
            applications=tuple(AccountElsewhere._read(x) for x in json["applications"]),
            systems=tuple(AccountElsewhere._read(x) for x in json["systems"]),
            linked=tuple(AccountElsewhere._read(x) for x in json["linked"]),
        )


@dataclass(frozen=True, slots=True)
class EffectivePolicy:
    """What counts for a user: every rule, decided."""

    password: PasswordRules
    """Passwords."""
    initial: InitialRules
    """Initial passwords."""
    lock: LockRules
    """Locking."""
    session: SessionRules
    """Sessions."""
    factor: FactorRules
    """Second factors."""
    link: LinkRules
    """Links."""
    targets: tuple[TargetRules, ...]
    """What the targets of the password demand."""
    decided_by: Mapping[str, PolicyId]
    """Which policy decided a rule, as `part.rule`; a rule that is not here has its default."""

    @staticmethod
    def _read(json: Any) -> EffectivePolicy:
        return EffectivePolicy(
            password=PasswordRules._read(json["password"]),
            initial=InitialRules._read(json["initial"]),
            lock=LockRules._read(json["lock"]),
            session=SessionRules._read(json["session"]),
            factor=FactorRules._read(json["factor"]),
            link=LinkRules._read(json["link"]),
            targets=tuple(TargetRules._read(x) for x in json["targets"]),
            decided_by={key: PolicyId(x) for key, x in json["decided_by"].items()},
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
class Explanation:
    """An answer with its reasons."""

    allowed: bool
    """The decision."""
    because: tuple[Right, ...]
    """Yes: every right that allows it. No by a denial: every right that denies it."""
    nearest: tuple[Right, ...]
    """No: what comes nearest to allowing it, the nearest first, each with the facts that are missing."""
    facts: tuple[Unmet, ...]
    """No: facts about no right in particular: the actor is not active, no role gives it at all."""
    further: int
    """How many more rights come less near and are not listed."""

    @staticmethod
    def _read(json: Any) -> Explanation:
        return Explanation(
            allowed=json["allowed"],
            because=tuple(Right._read(x) for x in json["because"]),
            nearest=tuple(Right._read(x) for x in json["nearest"]),
            facts=tuple(Unmet._read(x) for x in json["facts"]),
            further=json["further"],
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
    passkey_limit: int | None = None
    """Passkeys of a user at most; 10."""
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
            passkey_limit=json.get("passkey_limit"),
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
            "passkey_limit": self.passkey_limit,
            "recovery_codes": self.recovery_codes,
            "required": self.required,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class FactorRules:
    """Second factors.

    As it counts: every rule is decided.
    """

    required: bool
    """Whether a second factor is required; no."""
    allowed: tuple[str, ...]
    """The types that count: `totp`, `hotp`, `recovery_codes`, `email`, `sms`, `passkey`."""
    minimum_assurance: Assurance
    """The least assurance of a factor that counts; `low`."""
    device_limit: int
    """One-time password devices of a user at most; 5."""
    enrolment_minutes: int
    """Minutes for which an enrolment that was begun can be finished; 1440."""
    passcode_minutes: int
    """Minutes for which a passcode by e-mail or SMS counts; 10, and never more (OWASP ASVS 5, 6.5.5)."""
    passcode_attempts: int
    """Wrong entries that void a passcode; 5."""
    recovery_codes: int
    """How many recovery codes a set has; 10."""
    passkey_limit: int
    """Passkeys of a user at most; 10."""

    @staticmethod
    def _read(json: Any) -> FactorRules:
        return FactorRules(
            required=json["required"],
            allowed=tuple(json["allowed"]),
            minimum_assurance=Assurance(json["minimum_assurance"]),
            device_limit=json["device_limit"],
            enrolment_minutes=json["enrolment_minutes"],
            passcode_minutes=json["passcode_minutes"],
            passcode_attempts=json["passcode_attempts"],
            recovery_codes=json["recovery_codes"],
            passkey_limit=json["passkey_limit"],
        )


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
class FieldIs:
    """A condition on another field of the configuration."""

    field: str
    """The other field."""
    value: Any = _field(default=None, repr=False)
    """What it has to be; `None`: it must not be set."""

    @staticmethod
    def _read(json: Any) -> FieldIs:
        return FieldIs(
            field=json["field"],
            value=json.get("value"),
        )

    def _json(self) -> Any:
        pairs = {
            "field": self.field,
            "value": self.value,
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
class Held:
    """Somebody's membership in a group, a role that is held, an organization that is led."""

    id: EntityId
    """The role, group or organization."""
    paths: tuple[tuple[PathStep, ...], ...]
    """Every way in which it reaches the user."""

    @staticmethod
    def _read(json: Any) -> Held:
        return Held(
            id=EntityId(json["id"]),
            paths=tuple(tuple(PathStep._read(y) for y in x) for x in json["paths"]),
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
    """Whether it must be changed at the first sign-in; yes. What somebody else has seen must be in any case."""
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
class InitialRules:
    """Initial passwords (OWASP ASVS 5, 6.4.1).

    As it counts: every rule is decided.
    """

    length: int
    """Characters of a random initial password; 20."""
    pattern: str
    """A pattern with attributes of the user in braces, such as `Welcome-{user_number}`; empty: random. Whoever knows
    the pattern knows the password, so the lint complains.
    """
    valid_hours: int
    """Hours for which it can be used; 72."""
    must_change: bool
    """Whether it must be changed at the first sign-in; yes. What somebody else has seen must be in any case."""

    @staticmethod
    def _read(json: Any) -> InitialRules:
        return InitialRules(
            length=json["length"],
            pattern=json["pattern"],
            valid_hours=json["valid_hours"],
            must_change=json["must_change"],
        )


@dataclass(frozen=True, slots=True)
class Invitation:
    """How the invitation of a new user goes out."""

    delivery: Delivery | None = None
    """How the link gets to the user."""
    language: str | None = None
    """The language of the message, and of the sign-up to begin with; the user's preferred one when absent."""

    @staticmethod
    def _read(json: Any) -> Invitation:
        return Invitation(
            delivery=None if json.get("delivery") is None else Delivery(json.get("delivery")),
            language=json.get("language"),
        )

    def _json(self) -> Any:
        pairs = {
            "delivery": self.delivery,
            "language": self.language,
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
class KeySet:
    """The public keys by which signed tokens are checked: a JSON Web Key Set (RFC 7517)."""

    keys: tuple[PublicKey, ...]
    """The keys; the first one signs at present."""

    @staticmethod
    def _read(json: Any) -> KeySet:
        return KeySet(
            keys=tuple(PublicKey._read(x) for x in json["keys"]),
        )


@dataclass(frozen=True, slots=True)
class KindRules:
    """What the objects of one class become."""

    actions: Mapping[str, SyncAction] = _field(default_factory=dict)
    """What is done, where it is not the default."""
    correlation: tuple[Tier, ...] = ()
    """How records here are found that are not linked yet."""
    delete_after_days: int | None = None
    """Days between disabling and deleting."""
    filter: str | None = None
    """Which of them, in the connector's own syntax."""
    mappings: tuple[AttributeMapping, ...] = ()
    """What becomes what."""
    object_class: str = ""
    """The class of objects as the connector calls it; the name of the kind when it is empty."""
    orphans: bool = False
    """The objects are accounts; those without an owner become users by orphan-account generation."""
    qualifies: str | None = None
    """A CEL expression; what it is false for does not qualify."""
    thresholds: Mapping[str, Threshold] = _field(default_factory=dict)
    """How much of each action one run may do. Without a word about it: of disabling, deleting and unlinking 10 % and
    1,000; of emptying values as many for each attribute (`SyncAction::Clear`). Whoever is disabled because the
    source says so counts like those who vanished.
    """

    @staticmethod
    def _read(json: Any) -> KindRules:
        return KindRules(
            actions={key: SyncAction(x) for key, x in json.get("actions", {}).items()},
            correlation=tuple(Tier._read(x) for x in json.get("correlation", ())),
            delete_after_days=json.get("delete_after_days"),
            filter=json.get("filter"),
            mappings=tuple(AttributeMapping._read(x) for x in json.get("mappings", ())),
            object_class=json.get("object_class", ''),
            orphans=json.get("orphans", False),
            qualifies=json.get("qualifies"),
            thresholds={key: Threshold._read(x) for key, x in json.get("thresholds", {}).items()},
        )

    def _json(self) -> Any:
        pairs = {
            "actions": self.actions,
            "correlation": self.correlation,
            "delete_after_days": self.delete_after_days,
            "filter": self.filter,
            "mappings": self.mappings,
            "object_class": self.object_class,
            "orphans": self.orphans,
            "qualifies": self.qualifies,
            "thresholds": self.thresholds,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Link:
    """A link that was opened and can be used."""

    id: LinkId
    """The link."""
    user: UserId
    """Whose it is."""
    purpose: LinkPurpose
    """What it is for."""
    email: str
    """Where it was sent to."""
    language: str | None
    """The language that was chosen with it."""
    expires_at: datetime
    """Until when it can be used."""

    @staticmethod
    def _read(json: Any) -> Link:
        return Link(
            id=LinkId(json["id"]),
            user=UserId(json["user"]),
            purpose=LinkPurpose(json["purpose"]),
            email=json["email"],
            language=json.get("language"),
            expires_at=moment(json["expires_at"]),
        )


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
class LinkRules:
    """Links that are sent.

    As it counts: every rule is decided.
    """

    invitation_hours: int
    """Hours for which an invitation counts; 168."""
    reset_hours: int
    """Hours for which a link to reset the password counts; 168."""
    verification_hours: int
    """Hours for which a link to verify an address counts; 24."""
    self_reset: bool
    """Whether users may ask for a link to reset their password themselves; yes."""

    @staticmethod
    def _read(json: Any) -> LinkRules:
        return LinkRules(
            invitation_hours=json["invitation_hours"],
            reset_hours=json["reset_hours"],
            verification_hours=json["verification_hours"],
            self_reset=json["self_reset"],
        )


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
class LockRules:
    """Locking after failed attempts.

    As it counts: every rule is decided.
    """

    attempts: int
    """Failures in a row that lock; 10. 0: never."""
    window_minutes: int
    """Minutes after which a row of failures is forgotten; 60."""
    delay_seconds: int
    """Seconds that must pass after the third failure; doubled with each one that follows; 0: no delay."""
    duration_minutes: int
    """Minutes that the first lock lasts; doubled with each one that follows without a success between; 15. 0: until an
    administrator unlocks.
    """
    maximum_minutes: int
    """The most minutes that a lock lasts; 1440."""

    @staticmethod
    def _read(json: Any) -> LockRules:
        return LockRules(
            attempts=json["attempts"],
            window_minutes=json["window_minutes"],
            delay_seconds=json["delay_seconds"],
            duration_minutes=json["duration_minutes"],
            maximum_minutes=json["maximum_minutes"],
        )


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """The template of a message. `{name}`, `{realm}`, `{link}`, `{secret}`, `{until}` and every attribute of the user
    are replaced by their values; in HTML they are escaped.
    """

    subject: str
    """The subject line."""
    text: str
    """The text."""
    html: str | None = None
    """The same as HTML, for readers that prefer it."""

    @staticmethod
    def _read(json: Any) -> MessageTemplate:
        return MessageTemplate(
            subject=json["subject"],
            text=json["text"],
            html=json.get("html"),
        )


@dataclass(frozen=True, slots=True)
class PasskeyChallenge:
    """What a browser is asked with to show a passkey."""

    options: str
    """JSON for `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get`."""
    expires_at: datetime
    """Until when the answer counts."""

    @staticmethod
    def _read(json: Any) -> PasskeyChallenge:
        return PasskeyChallenge(
            options=json["options"],
            expires_at=moment(json["expires_at"]),
        )


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
class PasswordRules:
    """Passwords (NIST SP 800-63B-4, 3.1.1).

    As it counts: every rule is decided.
    """

    minimum_length: int
    """Code points at least; 15."""
    minimum_length_with_factor: int
    """Code points at least where a second factor is required as well; 8."""
    maximum_length: int
    """Code points at most; 256. Below 64 the lint complains."""
    common_refused: bool
    """Whether the password as a whole is compared with the list of common passwords; yes."""
    blocked: tuple[str, ...]
    """More passwords that are refused as a whole, in any letter case: those of a breach, those of the house."""
    context_words: tuple[str, ...]
    """Words that may not make up the password, beside the names and addresses of the user: the product, the company."""
    minimum_score: int
    """The least estimated strength, 0 to 4 of zxcvbn; 2."""
    history: int
    """How many of the former passwords may not come back; 0."""
    minimum_age_hours: int
    """Hours before a user may change the password again; 0. An administrator always may."""
    maximum_age_days: int
    """Days after which the password must be changed; 0: never (NIST: no periodic change)."""
    exemptions_allowed: bool
    """Whether single users may be exempt from expiry or strength; yes."""
    administrator_allowed: bool
    """Whether an administrator may choose or see a password at all; yes, and then it must be changed at once."""
    administrator_hours: int
    """Hours for which a password that an administrator knows can be used; 72."""

    @staticmethod
    def _read(json: Any) -> PasswordRules:
        return PasswordRules(
            minimum_length=json["minimum_length"],
            minimum_length_with_factor=json["minimum_length_with_factor"],
            maximum_length=json["maximum_length"],
            common_refused=json["common_refused"],
            blocked=tuple(json["blocked"]),
            context_words=tuple(json["context_words"]),
            minimum_score=json["minimum_score"],
            history=json["history"],
            minimum_age_hours=json["minimum_age_hours"],
            maximum_age_days=json["maximum_age_days"],
            exemptions_allowed=json["exemptions_allowed"],
            administrator_allowed=json["administrator_allowed"],
            administrator_hours=json["administrator_hours"],
        )


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step of a path from an actor to a right."""

    from_: EntityId
    """From here …"""
    how: How
    """… in this way …"""
    to: EntityId
    """… to there."""

    @staticmethod
    def _read(json: Any) -> PathStep:
        return PathStep(
            from_=EntityId(json["from"]),
            how=How(json["how"]),
            to=EntityId(json["to"]),
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
class PublicKey:
    """One public key: a JSON Web Key (RFC 7517)."""

    kty: str
    """The type of the key: `OKP` or `EC`."""
    crv: str
    """The curve: `Ed25519` or `P-256`."""
    x: str
    """The key, or its first coordinate, in base 64 for URLs."""
    kid: str
    """Which key it is: its thumbprint (RFC 7638)."""
    alg: str
    """The algorithm: `EdDSA` or `ES256`."""
    use: str
    """What it is for: `sig`."""
    y: str | None = None
    """The second coordinate of a key on `P-256`."""

    @staticmethod
    def _read(json: Any) -> PublicKey:
        return PublicKey(
            kty=json["kty"],
            crv=json["crv"],
            x=json["x"],
            kid=json["kid"],
            alg=json["alg"],
            use=json["use"],
            y=json.get("y"),
        )


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code as pictures."""

    svg: str
    """As SVG."""
    png: str
    """As PNG, base 64."""

    @staticmethod
    def _read(json: Any) -> QrCode:
        return QrCode(
            svg=json["svg"],
            png=json["png"],
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
class RelyingParty:
    """Where passkeys belong to: the relying party of WebAuthn."""

    rp_id: str
    """The domain, such as `example.com`; passkeys work there and below, and cannot be moved to another one."""
    origins: tuple[str, ...]
    """The pages that may ask for passkeys, such as `https://login.example.com`; `http` for `localhost` only."""
    rp_name: str | None = None
    """What people read when they are asked; the domain when absent."""

    @staticmethod
    def _read(json: Any) -> RelyingParty:
        return RelyingParty(
            rp_id=json["rp_id"],
            origins=tuple(json["origins"]),
            rp_name=json.get("rp_name"),
        )


@dataclass(frozen=True, slots=True)
class Resource:
    """Something of the host's own that a decision is about."""

    kind: str
    """Its kind, such as `invoice`."""
    attributes: Mapping[str, Any] = _field(default_factory=dict, repr=False)
    """What target filters may ask about, by name."""
    organizations: tuple[OrganizationId, ...] = ()
    """The organizations that it belongs to: grants that act within an organization reach it by these."""

    @staticmethod
    def _read(json: Any) -> Resource:
        return Resource(
            kind=json["kind"],
            attributes=json.get("attributes", {}),
            organizations=tuple(OrganizationId(x) for x in json.get("organizations", ())),
        )

    def _json(self) -> Any:
        pairs = {
            "kind": self.kind,
            "attributes": self.attributes,
            "organizations": self.organizations,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Right:
    """One right of somebody, with the path on which it reaches them."""

    source: RightSource
    """Where it comes from."""
    effect: PrivilegeEffect
    """Gives or takes."""
    kind: str
    """The kind; `*` for every kind."""
    actions: tuple[str, ...]
    """The actions; `*` for every action."""
    attributes: Mapping[str, AttributeAccess] = _field(repr=False)
    """What may be done with attributes; `*` for those that are not named."""
    within: tuple[EntityId, ...]
    """It acts within these organizations only; empty for everywhere."""
    path: tuple[PathStep, ...]
    """How it reaches the actor."""
    missing: tuple[Unmet, ...]
    """What is missing for it to have effect; empty when it has."""
    target: Any = _field(default=None, repr=False)
    """It acts on these records only."""

    @staticmethod
    def _read(json: Any) -> Right:
        return Right(
            source=RightSource._read(json["source"]),
            effect=PrivilegeEffect(json["effect"]),
            kind=json["kind"],
            actions=tuple(json["actions"]),
            attributes={key: AttributeAccess(x) for key, x in json["attributes"].items()},
            within=tuple(EntityId(x) for x in json["within"]),
            path=tuple(PathStep._read(x) for x in json["path"]),
            missing=tuple(Unmet._read(x) for x in json["missing"]),
            target=json.get("target"),
        )


@dataclass(frozen=True, slots=True)
class RightSource:
    """Where a right comes from."""

    from_: Literal["role", "owner", "administrator", "itself"]
    """Which one it is."""
    role: EntityId | None = None
    """The role."""
    privilege: int | None = None
    """The privilege's place in the role, from 0."""
    organization: EntityId | None = None
    """The organization."""

    @staticmethod
    def _read(json: Any) -> RightSource:
        return RightSource(
            from_=json["from"],
            role=None if json.get("role") is None else EntityId(json.get("role")),
            privilege=json.get("privilege"),
            organization=None if json.get("organization") is None else EntityId(json.get("organization")),
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
class RuleDifference:
    """Who would come and go if a role or group had another condition."""

    gainers: int
    """How many would be selected who are not members by rule now."""
    losers: int
    """How many members by rule would not be selected."""
    first_gainers: tuple[EntityId, ...]
    """The first gainers, by identifier."""
    first_losers: tuple[EntityId, ...]
    """The first losers, by identifier."""

    @staticmethod
    def _read(json: Any) -> RuleDifference:
        return RuleDifference(
            gainers=json["gainers"],
            losers=json["losers"],
            first_gainers=tuple(EntityId(x) for x in json["first_gainers"]),
            first_losers=tuple(EntityId(x) for x in json["first_losers"]),
        )


@dataclass(frozen=True, slots=True)
class SelfRegistration:
    """How people register by themselves. It takes three things, and the module `customer_identity`."""

    enabled: bool
    """Registration is switched on."""
    linked: bool
    """The sign-in page has a link to the registration."""
    form: tuple[FormField, ...]
    """What has to be filled in; without a form nobody can register."""
    user_type: UserTypeId | None
    """The type of those who register."""
    verify_email: bool
    """Whether a link is sent to verify the e-mail address."""

    @staticmethod
    def _read(json: Any) -> SelfRegistration:
        return SelfRegistration(
            enabled=json["enabled"],
            linked=json["linked"],
            form=tuple(FormField._read(x) for x in json["form"]),
            user_type=None if json.get("user_type") is None else UserTypeId(json.get("user_type")),
            verify_email=json["verify_email"],
        )


@dataclass(frozen=True, slots=True)
class Session:
    """A session that is open, or a sign-in under way."""

    id: SessionId
    """The session."""
    user: UserId
    """Who is signed in."""
    assurance: int
    """How sure one may be of it: 1 for one factor, 2 for two, 3 for two of which one is hardware."""
    methods: tuple[str, ...]
    """How the user proved to be the user."""
    opened_at: datetime
    """When the session began."""
    authenticated_at: datetime
    """When the user last showed a proof."""
    used_at: datetime
    """When it was last used, within a tenth of the idle time."""
    expires_at: datetime
    """When it ends at the latest."""
    application: str | None
    """The application."""
    address: str | None
    """The network address that it was opened from."""
    agent: str | None
    """The device or browser, in its own words."""

    @staticmethod
    def _read(json: Any) -> Session:
        return Session(
            id=SessionId(json["id"]),
            user=UserId(json["user"]),
            assurance=json["assurance"],
            methods=tuple(json["methods"]),
            opened_at=moment(json["opened_at"]),
            authenticated_at=moment(json["authenticated_at"]),
            used_at=moment(json["used_at"]),
            expires_at=moment(json["expires_at"]),
            application=json.get("application"),
            address=json.get("address"),
            agent=json.get("agent"),
        )


@dataclass(frozen=True, slots=True)
class SessionOrigin:
    """Where a session comes from."""

    address: str | None = None
    """The network address that the user comes from."""
    agent: str | None = None
    """The device or browser, in its own words."""
    application: str | None = None
    """The application that the user signs in to."""

    @staticmethod
    def _read(json: Any) -> SessionOrigin:
        return SessionOrigin(
            address=json.get("address"),
            agent=json.get("agent"),
            application=json.get("application"),
        )

    def _json(self) -> Any:
        pairs = {
            "address": self.address,
            "agent": self.agent,
            "application": self.application,
        }
        return {name: value for name, value in pairs.items() if value is not None}


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
class SessionRules:
    """Sessions (NIST SP 800-63B-4, 5.2).

    As it counts: every rule is decided.
    """

    idle_minutes: int
    """Minutes without a request after which a session ends; 60."""
    absolute_minutes: int
    """Minutes after which a session ends whatever happens; 1440."""
    access_minutes: int
    """Minutes for which an access token counts; 10."""
    maximum: int
    """Sessions at the same time; 0: any number."""
    fresh_minutes: int
    """Minutes for which a proof counts as fresh, for what asks for a fresh one; 15."""

    @staticmethod
    def _read(json: Any) -> SessionRules:
        return SessionRules(
            idle_minutes=json["idle_minutes"],
            absolute_minutes=json["absolute_minutes"],
            access_minutes=json["access_minutes"],
            maximum=json["maximum"],
            fresh_minutes=json["fresh_minutes"],
        )


@dataclass(frozen=True, slots=True)
class SessionTokens:
    """The tokens of a session. This is the only time that they are shown."""

    session: Session
    """The session."""
    token: Secret = _field(repr=False)
    """What names the session at each request: for a cookie or an `Authorization` header."""
    token_until: datetime | None
    """When the token runs out, where a refresh token goes with it."""
    refresh_token: Secret | None = _field(repr=False)
    """What fetches the next tokens, once."""

    @staticmethod
    def _read(json: Any) -> SessionTokens:
        return SessionTokens(
            session=Session._read(json["session"]),
            token=Secret(json["token"]),
            token_until=None if json.get("token_until") is None else moment(json.get("token_until")),
            refresh_token=None if json.get("refresh_token") is None else Secret(json.get("refresh_token")),
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
    status_view: StatusView
    """In which terms the status of users is told where a question does not say."""
    position_form: tuple[FormField, ...]
    """The form of positions."""
    status_effects: Mapping[str, tuple[StatusEffect, ...]]
    """What blocking, disabling, locking, archiving and deleting do beyond themselves."""
    messages: Mapping[str, bool]
    """Whether messages go out, by event name; absent means off."""
    downstream: tuple[str, ...]
    """Applications downstream that are told of users, organizations and positions, by a name of the host's choice;
    each gets effects `provision.*` through the outbox.
    """
    provision_locks: bool
    """Whether locks are passed on downstream, too (off)."""
    message_templates: Mapping[str, Mapping[str, MessageTemplate]]
    """Texts of messages in the place of the built-in ones: by message type, then by language tag."""
    message_links: Mapping[str, str]
    """Where the links in messages lead to, by message type, with `{token}` for the token."""
    features_off: tuple[str, ...]
    """Modules that are switched off: `lifecycle`, `bulk`, `search`, `self_registration`, …."""
    self_service: tuple[str, ...]
    """Attributes of their own record that users may change themselves: contact data and preferences. Not the e-mail
    address unless it is added: who changes it may be able to sign in by it.
    """
    sign_in: SignInSettings
    """How people sign in."""
    self_registration: SelfRegistration
    """Whether and how people register by themselves."""

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
            status_view=StatusView(json["status_view"]),
            position_form=tuple(FormField._read(x) for x in json["position_form"]),
            status_effects={key: tuple(StatusEffect(y) for y in x) for key, x in json["status_effects"].items()},
            messages=json["messages"],
            downstream=tuple(json["downstream"]),
            provision_locks=json["provision_locks"],
            message_templates={key: {key: MessageTemplate._read(y) for key, y in x.items()} for key, x in json["message_templates"].items()},
            message_links=json["message_links"],
            features_off=tuple(json["features_off"]),
            self_service=tuple(json["self_service"]),
            sign_in=SignInSettings._read(json["sign_in"]),
            self_registration=SelfRegistration._read(json["self_registration"]),
        )


@dataclass(frozen=True, slots=True)
class SignInFlow:
    """A sign-in under way, for the host that helps with its next step."""

    user: UserId
    """Who is signing in: the identifier and the first proof were right."""
    factors: tuple[str, ...]
    """The factors of which one has to be shown."""
    actions: tuple[RequiredAction, ...]
    """What has to be done."""
    expires_at: datetime
    """Until when."""

    @staticmethod
    def _read(json: Any) -> SignInFlow:
        return SignInFlow(
            user=UserId(json["user"]),
            factors=tuple(json["factors"]),
            actions=tuple(RequiredAction(x) for x in json["actions"]),
            expires_at=moment(json["expires_at"]),
        )


@dataclass(frozen=True, slots=True)
class SignInProof:
    """What a user shows or does in the course of a sign-in."""

    kind: Literal["code", "recovery_code", "passkey", "new_password", "accept_terms", "done"]
    """Which one it is."""
    code: Secret | None = _field(default=None, repr=False)
    """The code."""
    response: Secret | None = _field(default=None, repr=False)
    """The answer, as JSON text: `JSON.stringify(credential)`."""
    password: Secret | None = _field(default=None, repr=False)
    """The new password."""

    @staticmethod
    def _read(json: Any) -> SignInProof:
        return SignInProof(
            kind=json["kind"],
            code=None if json.get("code") is None else Secret(json.get("code")),
            response=None if json.get("response") is None else Secret(json.get("response")),
            password=None if json.get("password") is None else Secret(json.get("password")),
        )

    def _json(self) -> Any:
        pairs = {
            "kind": self.kind,
            "code": self.code,
            "response": self.response,
            "password": self.password,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class SignInSettings:
    """How people sign in."""

    identifiers: tuple[str, ...]
    """The unique attributes of users by which they say who they are, in the order in which they are tried."""
    identifier_limit: AttemptLimit
    """How many failed attempts one identifier has."""
    address_limit: AttemptLimit
    """How many failed attempts one network address has."""
    realm_limit: AttemptLimit
    """How many failed attempts the whole realm has."""
    answer_blocked: bool
    """Whether a blocked user who shows the right password is told so, or gets the answer of everybody else."""
    refresh_grace_seconds: int
    """Seconds in which a refresh token is taken once more, for answers that got lost; 0 to 60."""
    require_verified_email: bool
    """Whether nobody gets in before the e-mail address was verified."""
    signing_keys: tuple[str, ...]
    """Names of the keys in the vault that sign access tokens: the first one signs, all of them verify. A name is of a
    key for EdDSA; with `ES256:` in front, of one for ES256.
    """
    terms: str | None
    """The version of the terms that have to be accepted before one gets in."""
    passkeys: RelyingParty | None
    """Where passkeys belong to; absent: there are none."""

    @staticmethod
    def _read(json: Any) -> SignInSettings:
        return SignInSettings(
            identifiers=tuple(json["identifiers"]),
            identifier_limit=AttemptLimit._read(json["identifier_limit"]),
            address_limit=AttemptLimit._read(json["address_limit"]),
            realm_limit=AttemptLimit._read(json["realm_limit"]),
            answer_blocked=json["answer_blocked"],
            refresh_grace_seconds=json["refresh_grace_seconds"],
            require_verified_email=json["require_verified_email"],
            signing_keys=tuple(json["signing_keys"]),
            terms=json.get("terms"),
            passkeys=None if json.get("passkeys") is None else RelyingParty._read(json.get("passkeys")),
        )


@dataclass(frozen=True, slots=True)
class SignedClaims:
    """What a signed token says."""

    iss: str
    """The realm that it comes from."""
    sub: UserId
    """The user."""
    aud: str
    """For whom it is."""
    sid: SessionId
    """The session: whoever can ask back asks for it."""
    iat: int
    """When it was issued, in seconds since 1970."""
    exp: int
    """When it runs out, in seconds since 1970."""
    acr: str
    """How sure one may be of the user: `1`, `2` or `3`."""
    amr: tuple[str, ...]
    """How the user proved to be the user."""

    @staticmethod
    def _read(json: Any) -> SignedClaims:
        return SignedClaims(
            iss=json["iss"],
            sub=UserId(json["sub"]),
            aud=json["aud"],
            sid=SessionId(json["sid"]),
            iat=json["iat"],
            exp=json["exp"],
            acr=json["acr"],
            amr=tuple(json["amr"]),
        )


@dataclass(frozen=True, slots=True)
class SignedIn:
    """How far a sign-in has come."""

    state: Literal["open", "pending"]
    """Which one it is."""
    session: Session | None = None
    """The session."""
    token: Secret | None = _field(default=None, repr=False)
    """What names the session at each request: for a cookie or an `Authorization` header."""
    token_until: datetime | None = None
    """When the token runs out, where a refresh token goes with it."""
    refresh_token: Secret | None = _field(default=None, repr=False)
    """What fetches the next tokens, once."""
    flow_token: Secret | None = _field(default=None, repr=False)
    """Names the sign-in at the next step. It changes with every step."""
    factors: tuple[str, ...] | None = None
    """The factors of which one has to be shown; empty when something has to be done instead."""
    actions: tuple[RequiredAction, ...] | None = None
    """What has to be done before the session opens."""
    expires_at: datetime | None = None
    """Until when the sign-in has to be finished."""

    @staticmethod
    def _read(json: Any) -> SignedIn:
        return SignedIn(
            state=json["state"],
            session=None if json.get("session") is None else Session._read(json.get("session")),
            token=None if json.get("token") is None else Secret(json.get("token")),
            token_until=None if json.get("token_until") is None else moment(json.get("token_until")),
            refresh_token=None if json.get("refresh_token") is None else Secret(json.get("refresh_token")),
            flow_token=None if json.get("flow_token") is None else Secret(json.get("flow_token")),
            factors=None if json.get("factors") is None else tuple(json.get("factors")),
            actions=None if json.get("actions") is None else tuple(RequiredAction(x) for x in json.get("actions")),
            expires_at=None if json.get("expires_at") is None else moment(json.get("expires_at")),
        )


@dataclass(frozen=True, slots=True)
class Skipped:
    """A role or group that was not copied."""

    id: EntityId
    """The role or group."""
    code: str
    """Why: a code such as `access.denied`, `role.separation`, `inherited` or `held`."""
    reason: str = _field(repr=False)
    """The reason in a sentence."""

    @staticmethod
    def _read(json: Any) -> Skipped:
        return Skipped(
            id=EntityId(json["id"]),
            code=json["code"],
            reason=json["reason"],
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
class SourceRules:
    """How what a source says becomes records."""

    alerts: bool = True
    """Whether somebody is told when a run fails."""
    kinds: Mapping[str, KindRules] = _field(default_factory=dict)
    """For each kind that the source has."""
    only_changes: bool = True
    """A record whose mapped values are what they were is not looked at further."""
    page_size: int = 500
    """Objects on a page."""

    @staticmethod
    def _read(json: Any) -> SourceRules:
        return SourceRules(
            alerts=json.get("alerts", True),
            kinds={key: KindRules._read(x) for key, x in json.get("kinds", {}).items()},
            only_changes=json.get("only_changes", True),
            page_size=json.get("page_size", 500),
        )

    def _json(self) -> Any:
        pairs = {
            "alerts": self.alerts,
            "kinds": self.kinds,
            "only_changes": self.only_changes,
            "page_size": self.page_size,
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
    publish: bool = False
    """Whether the password is handed to the target in the clear whenever it is set: sealed, in the outbox, until it
    was published or the time is over.
    """
    publish_minutes: int = 60
    """Minutes for which it waits to be published; 60."""
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
            publish=json.get("publish", False),
            publish_minutes=json.get("publish_minutes", 60),
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
            "publish": self.publish,
            "publish_minutes": self.publish_minutes,
            "symbols": self.symbols,
            "symbols_allowed": self.symbols_allowed,
            "target": self.target,
            "upper_case": self.upper_case,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Threshold:
    """How much of one action a single run may do. Both bounds hold."""

    count: int | None = None
    """So many at most."""
    percent: int | None = None
    """So many of a hundred of the records that are linked when the run starts."""

    @staticmethod
    def _read(json: Any) -> Threshold:
        return Threshold(
            count=json.get("count"),
            percent=json.get("percent"),
        )

    def _json(self) -> Any:
        pairs = {
            "count": self.count,
            "percent": self.percent,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Tier:
    """Tests that are made together. A tier that finds exactly one certain record is the last one asked."""

    correlators: tuple[Correlator, ...]
    """The tests."""
    certain: float = 1.0
    """From this confidence on a record is certain; below it somebody has to look."""

    @staticmethod
    def _read(json: Any) -> Tier:
        return Tier(
            correlators=tuple(Correlator._read(x) for x in json["correlators"]),
            certain=json.get("certain", 1.0),
        )

    def _json(self) -> Any:
        pairs = {
            "correlators": self.correlators,
            "certain": self.certain,
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
class Unmet:
    """A fact that would have to be different."""

    fact: Literal["inactive", "window", "suspended", "role_window", "excluded", "not_inherited", "disabled", "switched_off", "holder", "outside", "target", "not_self", "level", "same_rank", "attribute", "role", "no_role", "no_target"]
    """Which one it is."""
    user: EntityId | None = None
    """The account."""
    step: PathStep | None = None
    """The step."""
    from_: datetime | None = None
    """From when on."""
    until: datetime | None = None
    """Until when."""
    reason: str | None = _field(default=None, repr=False)
    """Why."""
    role: EntityId | None = None
    """The role that would give it."""
    by: EntityId | None = None
    """The role that excludes it."""
    organization: EntityId | None = None
    """The organization."""
    stopped_by: EntityId | None = None
    """The organization that stops it; absent when the grant itself does not go down."""
    thing: EntityId | None = None
    """The role or group."""
    privilege: int | None = None
    """The privilege's place in the role."""
    organizations: tuple[EntityId, ...] | None = None
    """The organizations."""
    actor: int | None = None
    """The actor's level."""
    target: Any = _field(default=None, repr=False)
    """The identifier."""
    attribute: str | None = None
    """The attribute."""

    @staticmethod
    def _read(json: Any) -> Unmet:
        return Unmet(
            fact=json["fact"],
            user=None if json.get("user") is None else EntityId(json.get("user")),
            step=None if json.get("step") is None else PathStep._read(json.get("step")),
            from_=None if json.get("from") is None else moment(json.get("from")),
            until=None if json.get("until") is None else moment(json.get("until")),
            reason=json.get("reason"),
            role=None if json.get("role") is None else EntityId(json.get("role")),
            by=None if json.get("by") is None else EntityId(json.get("by")),
            organization=None if json.get("organization") is None else EntityId(json.get("organization")),
            stopped_by=None if json.get("stopped_by") is None else EntityId(json.get("stopped_by")),
            thing=None if json.get("thing") is None else EntityId(json.get("thing")),
            privilege=json.get("privilege"),
            organizations=None if json.get("organizations") is None else tuple(EntityId(x) for x in json.get("organizations")),
            actor=json.get("actor"),
            target=json.get("target"),
            attribute=json.get("attribute"),
        )


@dataclass(frozen=True, slots=True)
class UpdateUser:
    """Changes attributes of a user. Read-only attributes and those with a command of their own are refused by name."""

    user: UserId
    """The user."""
    attributes: Mapping[str, Any] = _field(repr=False)
    """New values; `null` removes one."""

    @staticmethod
    def _read(json: Any) -> UpdateUser:
        return UpdateUser(
            user=UserId(json["user"]),
            attributes=json["attributes"],
        )

    def _json(self) -> Any:
        pairs = {
            "user": self.user,
            "attributes": self.attributes,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What an upkeep did."""

    expired: int
    """Users disabled because their validity ended."""
    purged: int
    """Soft-deleted users purged because the retention period is over."""
    swept: int
    """Sessions, links and counters removed because they had run out: links thirty days after their end, so that
    whoever opens an old one is told why it cannot be used.
    """
    ruled: int = 0
    """Memberships that came or went because time passed, or because a change of a rule was interrupted."""

    @staticmethod
    def _read(json: Any) -> Upkeep:
        return Upkeep(
            expired=json["expired"],
            purged=json["purged"],
            swept=json["swept"],
            ruled=json.get("ruled", 0),
        )


@dataclass(frozen=True, slots=True)
class UserAccessDifference:
    """What one user gains and loses."""

    user: EntityId
    """The user."""
    gained: tuple[Right, ...]
    """Rights that have effect afterwards and had none before."""
    lost: tuple[Right, ...]
    """Rights that had effect before and have none afterwards."""

    @staticmethod
    def _read(json: Any) -> UserAccessDifference:
        return UserAccessDifference(
            user=EntityId(json["user"]),
            gained=tuple(Right._read(x) for x in json["gained"]),
            lost=tuple(Right._read(x) for x in json["lost"]),
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
class WantedAttribute:
    """What is wanted of one attribute of the account in a target."""

    values: tuple[Any, ...] = _field(repr=False)
    """Every wanted value, each once, in the order of the assignments' identifiers."""
    replace: bool
    """The target's own values go; otherwise these are added to them."""
    assignments: tuple[EntityId, ...]
    """The assignments that want it."""

    @staticmethod
    def _read(json: Any) -> WantedAttribute:
        return WantedAttribute(
            values=tuple(json["values"]),
            replace=json["replace"],
            assignments=tuple(EntityId(x) for x in json["assignments"]),
        )


@dataclass(frozen=True, slots=True)
class WantedState:
    """The wanted state of a person's accounts."""

    roles: tuple[EntityId, ...]
    """The provisioning roles in effect."""
    assignments: tuple[EntityId, ...]
    """The assignments that they carry."""
    wanted: Mapping[str, Mapping[str, WantedAttribute]]
    """Mapping → attribute → what is wanted."""

    @staticmethod
    def _read(json: Any) -> WantedState:
        return WantedState(
            roles=tuple(EntityId(x) for x in json["roles"]),
            assignments=tuple(EntityId(x) for x in json["assignments"]),
            wanted={key: {key: WantedAttribute._read(y) for key, y in x.items()} for key, x in json["wanted"].items()},
        )


@dataclass(frozen=True, slots=True)
class WhoCan:
    """Users who can do something."""

    users: tuple[EntityId, ...]
    """Who, in the order of identifiers."""
    complete: bool
    """Everybody who can is listed; else there may be more."""

    @staticmethod
    def _read(json: Any) -> WhoCan:
        return WhoCan(
            users=tuple(EntityId(x) for x in json["users"]),
            complete=json["complete"],
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
class MapFrom:
    """Where a value comes from."""

    _value: Any = _field(repr=False)

    def _json(self) -> Any:
        return self._value

    @staticmethod
    def _read(json: Any) -> MapFrom:
        return MapFrom(json)

    @property
    def which(self) -> str:
        """Which of the forms it is."""
        return self._value if isinstance(self._value, str) else next(iter(self._value))

    @property
    def content(self) -> Any:
        """What the form holds, as JSON; `None` when it is a word."""
        return None if isinstance(self._value, str) else next(iter(self._value.values()))

    @staticmethod
    def attribute(attribute: str) -> MapFrom:
        """An attribute of the source's record; letter case does not count."""
        return MapFrom({"attribute": attribute})

    @staticmethod
    def constant(constant: AttributeValue) -> MapFrom:
        """Always the same value."""
        return MapFrom({"constant": constant})

    @staticmethod
    def expression(expression: str) -> MapFrom:
        """A CEL expression over `source` (the attributes; texts, or lists of texts) and `now`."""
        return MapFrom({"expression": expression})


@dataclass(frozen=True, slots=True)
class On:
    """What a decision is about: a record, something of the host's, or anything of a kind."""

    _value: Any = _field(repr=False)

    def _json(self) -> Any:
        return self._value

    @staticmethod
    def _read(json: Any) -> On:
        return On(json)

    @property
    def which(self) -> str:
        """Which of the forms it is."""
        return self._value if isinstance(self._value, str) else next(iter(self._value))

    @property
    def content(self) -> Any:
        """What the form holds, as JSON; `None` when it is a word."""
        return None if isinstance(self._value, str) else next(iter(self._value.values()))

    @staticmethod
    def record(record: EntityId) -> On:
        """A record."""
        return On({"record": record})

    @staticmethod
    def resource(resource: Resource) -> On:
        """A resource of the host."""
        return On({"resource": resource})

    @staticmethod
    def kind(kind: str) -> On:
        """Anything of a kind: may it be done at all?"""
        return On({"kind": kind})


@dataclass(frozen=True, slots=True)
class ReferenceBy:
    """By what a source names another record."""

    _value: Any = _field(repr=False)

    def _json(self) -> Any:
        return self._value

    @staticmethod
    def _read(json: Any) -> ReferenceBy:
        return ReferenceBy(json)

    @property
    def which(self) -> str:
        """Which of the forms it is."""
        return self._value if isinstance(self._value, str) else next(iter(self._value))

    @property
    def content(self) -> Any:
        """What the form holds, as JSON; `None` when it is a word."""
        return None if isinstance(self._value, str) else next(iter(self._value.values()))

    @staticmethod
    def identifier() -> ReferenceBy:
        """By the identifier that the source gives it."""
        return ReferenceBy("identifier")

    @staticmethod
    def name() -> ReferenceBy:
        """By the name that the source gives it, such as a distinguished name."""
        return ReferenceBy("name")

    @staticmethod
    def attribute(attribute: str) -> ReferenceBy:
        """By the value of an attribute of the record here, such as `code`."""
        return ReferenceBy({"attribute": attribute})


@dataclass(frozen=True, slots=True)
class Required:
    """When a field of a connector's configuration has to be filled in."""

    _value: Any = _field(repr=False)

    def _json(self) -> Any:
        return self._value

    @staticmethod
    def _read(json: Any) -> Required:
        return Required(json)

    @property
    def which(self) -> str:
        """Which of the forms it is."""
        return self._value if isinstance(self._value, str) else next(iter(self._value))

    @property
    def content(self) -> Any:
        """What the form holds, as JSON; `None` when it is a word."""
        return None if isinstance(self._value, str) else next(iter(self._value.values()))

    @staticmethod
    def always() -> Required:
        """Always."""
        return Required("always")

    @staticmethod
    def never() -> Required:
        """Never."""
        return Required("never")

    @staticmethod
    def when(when: Sequence[FieldIs]) -> Required:
        """Only when all of these hold, and then it must be."""
        return Required({"when": when})


@dataclass(frozen=True, slots=True)
class Resolution:
    """What somebody decided about an object that waits."""

    _value: Any = _field(repr=False)

    def _json(self) -> Any:
        return self._value

    @staticmethod
    def _read(json: Any) -> Resolution:
        return Resolution(json)

    @property
    def which(self) -> str:
        """Which of the forms it is."""
        return self._value if isinstance(self._value, str) else next(iter(self._value))

    @property
    def content(self) -> Any:
        """What the form holds, as JSON; `None` when it is a word."""
        return None if isinstance(self._value, str) else next(iter(self._value.values()))

    @staticmethod
    def create() -> Resolution:
        """It is none that is here: the next run creates one."""
        return Resolution("create")

    @staticmethod
    def ignore() -> Resolution:
        """It is left alone from now on."""
        return Resolution("ignore")

    @staticmethod
    def retry() -> Resolution:
        """The next run tries again."""
        return Resolution("retry")

    @staticmethod
    def link(link: EntityId) -> Resolution:
        """It is this record."""
        return Resolution({"link": link})


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
    "AccessDifference",
    "AccessFinding",
    "AccountElsewhere",
    "AllowedFilter",
    "AssignmentEvent",
    "AssignmentId",
    "AssignmentValue",
    "Assurance",
    "AssuranceLike",
    "AttemptLimit",
    "AttributeAccess",
    "AttributeAccessLike",
    "AttributeDefinition",
    "AttributeDifference",
    "AttributeId",
    "AttributeMapping",
    "AttributeType",
    "AttributeTypeLike",
    "AuditItem",
    "Batch",
    "BatchMode",
    "BatchModeLike",
    "BatchResult",
    "Capabilities",
    "Cause",
    "CauseLike",
    "ChainBreak",
    "ChainHead",
    "ChangeSetId",
    "CloneMode",
    "CloneModeLike",
    "Cloned",
    "Column",
    "CommandId",
    "Commit",
    "ConfigurationField",
    "ConnectorDescriptor",
    "ConnectorId",
    "Correlator",
    "CredentialId",
    "Cursor",
    "DeleteMode",
    "DeleteModeLike",
    "Deleted",
    "DeletedLike",
    "Delivery",
    "DeliveryLike",
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
    "EffectiveAccess",
    "EffectivePolicy",
    "EntityId",
    "Event",
    "Executed",
    "Exemption",
    "ExemptionLike",
    "Explanation",
    "FactorPolicy",
    "FactorRules",
    "Failure",
    "FieldIs",
    "FieldProblem",
    "FieldType",
    "FieldTypeLike",
    "Finding",
    "FormField",
    "GrantDisposition",
    "GrantDispositionLike",
    "GroupId",
    "Held",
    "HistoryItem",
    "How",
    "HowLike",
    "InitialPolicy",
    "InitialRules",
    "Invitation",
    "JoinOrganization",
    "KeySet",
    "Kind",
    "KindLike",
    "KindRules",
    "Link",
    "LinkId",
    "LinkPolicy",
    "LinkPurpose",
    "LinkPurposeLike",
    "LinkRules",
    "ListPage",
    "ListRow",
    "LockPolicy",
    "LockRules",
    "MapFrom",
    "MessageTemplate",
    "NameClashes",
    "NameClashesLike",
    "On",
    "OnAssignment",
    "OnAssignmentLike",
    "OnConflict",
    "OnConflictLike",
    "OnUnassignment",
    "OnUnassignmentLike",
    "OrganizationId",
    "OrganizationTypeId",
    "OtpAlgorithm",
    "OtpAlgorithmLike",
    "OtpType",
    "OtpTypeLike",
    "Page",
    "PasscodeChannel",
    "PasscodeChannelLike",
    "PasskeyChallenge",
    "PasswordPolicy",
    "PasswordRules",
    "PathStep",
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
    "PublicKey",
    "QrCode",
    "RealmId",
    "Record",
    "RecordDifference",
    "ReferenceBy",
    "Registration",
    "RegistrationLike",
    "Relation",
    "RelationLike",
    "RelyingParty",
    "Required",
    "RequiredAction",
    "RequiredActionLike",
    "ResetTo",
    "ResetToLike",
    "Resolution",
    "Resource",
    "Right",
    "RightSource",
    "Risk",
    "RiskLike",
    "RoleId",
    "RoleType",
    "RoleTypeLike",
    "RollbackPreview",
    "RuleDifference",
    "RunMode",
    "RunModeLike",
    "Secret",
    "SelfRegistration",
    "Session",
    "SessionId",
    "SessionOrigin",
    "SessionPolicy",
    "SessionRules",
    "SessionTokens",
    "Settings",
    "ShadowId",
    "ShadowState",
    "ShadowStateLike",
    "SignInFlow",
    "SignInProof",
    "SignInSettings",
    "SignedClaims",
    "SignedIn",
    "Situation",
    "SituationLike",
    "Skipped",
    "Sort",
    "Source",
    "SourceId",
    "SourceLike",
    "SourceMode",
    "SourceModeLike",
    "SourceRules",
    "StatusEffect",
    "StatusEffectLike",
    "StatusView",
    "StatusViewLike",
    "Step",
    "StepLike",
    "Strength",
    "StrengthLike",
    "SyncAction",
    "SyncActionLike",
    "SyncKind",
    "SyncKindLike",
    "SyncRunId",
    "TargetRules",
    "TemplateId",
    "Threshold",
    "Tier",
    "TimeConstraint",
    "TreeNode",
    "Undo",
    "Unlisted",
    "UnlistedLike",
    "Unmet",
    "UpdateUser",
    "Upkeep",
    "UserAccessDifference",
    "UserId",
    "UserTypeId",
    "Verified",
    "WantedAttribute",
    "WantedState",
    "WhoCan",
    "Window",
    "Work",
]
