"""Every noun of the synchronous client: its commands and what can be read about it.

Generated from the catalogue by `.ci/generate`; do not edit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from .._base import AttributeValue, At, Filter, deprecated, merged, moment, state
from .._reads import KindReads, Reads
from .._unset import UNSET, Unset
from .commands import (
    AssignmentCommands,
    AttributeCommands,
    ConnectorCommands,
    CredentialCommands,
    DeviceCommands,
    EdgeCommands,
    FactorCommands,
    GroupCommands,
    LinkCommands,
    MembershipCommands,
    OrganizationCommands,
    OrganizationTypeCommands,
    OtpCommands,
    PasscodeCommands,
    PasskeyCommands,
    PasswordCommands,
    PolicyCommands,
    PositionCommands,
    ProviderCommands,
    RealmCommands,
    RecordCommands,
    RecoveryCodesCommands,
    RoleCommands,
    RuleCommands,
    SessionCommands,
    ShadowCommands,
    SourceCommands,
    SyncCommands,
    TemplateCommands,
    UserCommands,
    UserTypeCommands,
)
from .types import *


class Realms(RealmCommands[Executed], KindReads):
    """Records of the kind `realm`."""

    _kind = "realm"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask

    def settings(
        self,
    ) -> Settings:
        """Reads the settings of the realm."""
        json = self._ask("realm.settings", {})
        answer: Settings = Settings._read(json)
        return answer

    def doctor(
        self,
    ) -> Diagnosis:
        """Examines the realm: unique names, edges, tree and search keys against the records, all of it against the
        journal, audit trail and journal against the chain. What is wrong with the data is not an error but the
        answer.
        """
        json = self._ask("realm.doctor", {})
        answer: Diagnosis = Diagnosis._read(json)
        return answer


class Users(UserCommands[Executed], KindReads):
    """Records of the kind `user`."""

    _kind = "user"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask

    def status(
        self,
        user: UserId,
        *,
        at: At | None | Unset = UNSET,
        view: StatusViewLike | None | Unset = UNSET,
    ) -> str:
        """Tells the named status of a user.

        Args:
            user: The user.
            at: The state to read.
            view: In which terms; the realm's setting `status_view` when absent.
        """
        answer: str = self._ask("user.status", {"user": user, "at": state(at), "view": view})
        return answer


class Devices(DeviceCommands[Executed], KindReads):
    """Records of the kind `device`."""

    _kind = "device"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class UserTypes(UserTypeCommands[Executed], KindReads):
    """Records of the kind `user_type`."""

    _kind = "user_type"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class Organizations(OrganizationCommands[Executed], KindReads):
    """Records of the kind `organization`."""

    _kind = "organization"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask

    def path(
        self,
        organization: OrganizationId,
        *,
        at: At | None | Unset = UNSET,
    ) -> tuple[Record, ...]:
        """Lists an organization and everything above it, the organization first.

        Args:
            organization: The organization.
            at: The state to read.
        """
        answer: tuple[Record, ...] = self._ask("organization.path", {"organization": organization, "at": state(at)})
        return answer

    def tree(
        self,
        *,
        at: At | None | Unset = UNSET,
        organization: OrganizationId | None | Unset = UNSET,
    ) -> tuple[TreeNode, ...]:
        """Reads the organization tree below an organization, or the whole forest; sorted, and with positions, as the
        realm's settings say.

        Args:
            at: The state to read.
            organization: Where to start; the whole forest when absent.
        """
        json = self._ask("organization.tree", {"at": state(at), "organization": organization})
        answer: tuple[TreeNode, ...] = tuple(TreeNode._read(x) for x in json)
        return answer

    def members(
        self,
        organization: OrganizationId,
        *,
        at: At | None | Unset = UNSET,
        cursor: Cursor | None | Unset = UNSET,
        limit: int | Unset = UNSET,
        text: str | Unset = UNSET,
        total: bool | Unset = UNSET,
        view: StatusViewLike | None | Unset = UNSET,
    ) -> ListPage:
        """Lists the members of an organization with their number there, sorted by the number that the realm's setting
        `member_sort` names: the user's own one, or the one in this organization.

        Sorting by the number in the organization reads all its members; the other order reads one page.

        Args:
            organization: The organization.
            at: The state to read.
            cursor: Which page: `next` or `previous` of another one; the first one when absent.
            limit: Rows on a page, 1 to 1000.
            text: How one of the searched attributes starts; at least two characters, or empty for everybody.
            total: Count all members.
            view: In which terms the status of users is told; the realm's setting `status_view` when absent.
        """
        json = self._ask("organization.members", {"organization": organization, "at": state(at), "cursor": cursor, "limit": limit, "text": text, "total": total, "view": view})
        answer: ListPage = ListPage._read(json)
        return answer


class OrganizationTypes(OrganizationTypeCommands[Executed], KindReads):
    """Records of the kind `organization_type`."""

    _kind = "organization_type"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class Positions(PositionCommands[Executed], KindReads):
    """Records of the kind `position`."""

    _kind = "position"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class Groups(GroupCommands[Executed], KindReads):
    """Records of the kind `group`."""

    _kind = "group"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class Templates(TemplateCommands[Executed], KindReads):
    """Records of the kind `template`."""

    _kind = "template"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class Attributes(AttributeCommands[Executed], KindReads):
    """Records of the kind `attribute`."""

    _kind = "attribute"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class Roles(RoleCommands[Executed], KindReads):
    """Records of the kind `role`."""

    _kind = "role"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class Assignments(AssignmentCommands[Executed], KindReads):
    """Records of the kind `assignment`."""

    _kind = "assignment"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class Rules(RuleCommands[Executed], KindReads):
    """Records of the kind `rule`."""

    _kind = "rule"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class Credentials(CredentialCommands[Executed], KindReads):
    """Records of the kind `credential`."""

    _kind = "credential"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask

    def list(
        self,
        user: UserId,
    ) -> tuple[Record, ...]:
        """Lists what a user can sign in with: password, devices, recovery codes, links to providers. None of them
        shows its secret.

        Args:
            user: The user.
        """
        answer: tuple[Record, ...] = self._ask("credential.list", {"user": user})
        return answer


class Policies(PolicyCommands[Executed], KindReads):
    """Records of the kind `policy`."""

    _kind = "policy"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask

    def effective(
        self,
        user: UserId,
    ) -> EffectivePolicy:
        """Tells which policy counts for a user: of each rule the strictest of all that apply, and which policy decided
        it.

        Args:
            user: The user.
        """
        json = self._ask("policy.effective", {"user": user})
        answer: EffectivePolicy = EffectivePolicy._read(json)
        return answer


class Sessions(SessionCommands[Executed], KindReads):
    """Records of the kind `session`."""

    _kind = "session"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class Links(LinkCommands[Executed], KindReads):
    """Records of the kind `link`."""

    _kind = "link"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class Counters(KindReads):
    """Records of the kind `counter`."""

    _kind = "counter"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        self._ask = ask


class Sources(SourceCommands[Executed], KindReads):
    """Records of the kind `source`."""

    _kind = "source"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class Shadows(ShadowCommands[Executed], KindReads):
    """Records of the kind `shadow`."""

    _kind = "shadow"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class SyncRuns(KindReads):
    """Records of the kind `sync_run`."""

    _kind = "sync_run"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        self._ask = ask


class Connectors(ConnectorCommands[Executed], KindReads):
    """Records of the kind `connector`."""

    _kind = "connector"

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class Records(RecordCommands[Executed], Reads):
    """What is known about records."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask

    def get(
        self,
        id: EntityId,
        *,
        at: At | None | Unset = UNSET,
    ) -> Record:
        """Reads a record that exists and is not deleted.

        Args:
            id: The record.
            at: The state to read.
        """
        answer: Record = self._ask("record.get", {"id": id, "at": state(at)})
        return answer

    def find(
        self,
        id: EntityId,
        *,
        at: At | None | Unset = UNSET,
    ) -> Record | None:
        """Reads a record, a soft-deleted one too; answers nothing when there is none.

        Args:
            id: The record.
            at: The state to read.
        """
        answer: Record | None = self._ask("record.find", {"id": id, "at": state(at)})
        return answer

    def find_all(
        self,
        ids: Sequence[EntityId],
        *,
        at: At | None | Unset = UNSET,
    ) -> tuple[Record, ...]:
        """Reads several records at once, in the order asked for; those that do not exist are left out.

        Args:
            ids: The records.
            at: The state to read.
        """
        answer: tuple[Record, ...] = self._ask("record.find_all", {"ids": ids, "at": state(at)})
        return answer

    def find_by(
        self,
        kind: KindLike,
        attribute: str,
        value: str,
        *,
        at: At | None | Unset = UNSET,
    ) -> Record | None:
        """Reads the record that holds a unique name, such as the user with a `user_name`; answers nothing when nobody
        does.

        Args:
            kind: The kind of the record.
            attribute: A unique attribute of the kind.
            value: Its value, in any letter case.
            at: The state to read.
        """
        answer: Record | None = self._ask("record.find_by", {"kind": kind, "attribute": attribute, "value": value, "at": state(at)})
        return answer

    def search(
        self,
        kind: KindLike,
        *,
        at: At | None | Unset = UNSET,
        cursor: Cursor | None | Unset = UNSET,
        deleted: DeletedLike | Unset = UNSET,
        filter: Filter | Unset = UNSET,
        limit: int | Unset = UNSET,
        sort: Sequence[Sort] | Unset = UNSET,
        total: bool | Unset = UNSET,
    ) -> Page:
        """Lists one page of the records that match.

        Args:
            kind: What to list.
            at: The state to read.
            cursor: Which page: `next` or `previous` of another one; the first one when absent.
            deleted: Whether soft-deleted records are listed.
            filter: Which of them; everyone when absent.
            limit: Records on a page, 1 to 1000.
            sort: In which order; then by identifier.
            total: Count all records that match.
        """
        answer: Page = self._ask("record.search", {"kind": kind, "at": state(at), "cursor": cursor, "deleted": deleted, "filter": filter, "limit": limit, "sort": sort, "total": total})
        return answer

    def count(
        self,
        kind: KindLike,
        *,
        at: At | None | Unset = UNSET,
        filter: Filter | Unset = UNSET,
    ) -> int:
        """Counts the records that match.

        Args:
            kind: What to count.
            at: The state to read.
            filter: Which of them; everyone when absent.
        """
        answer: int = self._ask("record.count", {"kind": kind, "at": state(at), "filter": filter})
        return answer

    def prefix_search(
        self,
        text: str,
        *,
        at: At | None | Unset = UNSET,
        cursor: Cursor | None | Unset = UNSET,
        limit: int | Unset = UNSET,
        total: bool | Unset = UNSET,
    ) -> Page:
        """Lists users any of whose names, addresses or numbers starts with a text, in any letter case, by e-mail. At
        least two characters; the empty text lists everyone.

        Args:
            text: How it starts.
            at: The state to read.
            cursor: Which page; the first one when absent.
            limit: Records on a page, 1 to 1000.
            total: Count all users that match.
        """
        answer: Page = self._ask("record.prefix_search", {"text": text, "at": state(at), "cursor": cursor, "limit": limit, "total": total})
        return answer

    def list(
        self,
        kind: KindLike,
        *,
        at: At | None | Unset = UNSET,
        cursor: Cursor | None | Unset = UNSET,
        filter: Filter | Unset = UNSET,
        limit: int | Unset = UNSET,
        sort: Sequence[Sort] | Unset = UNSET,
        text: str | Unset = UNSET,
        total: bool | Unset = UNSET,
        view: StatusViewLike | None | Unset = UNSET,
    ) -> ListPage:
        """Lists records the way a screen shows them: with the columns that the realm displays for the kind, searched
        by a text at the start of the attributes that the realm searches, with names for what the columns refer to.
        Users come with their status, ordered by e-mail, other kinds by name.

        Args:
            kind: What to list.
            at: The state to read.
            cursor: Which page: `next` or `previous` of another one; the first one when absent.
            filter: Which of them besides; everyone when absent.
            limit: Rows on a page, 1 to 1000.
            sort: In which order; by e-mail or name when empty.
            text: How one of the searched attributes starts, in any letter case; at least two characters, or empty
                for everything.
            total: Count all rows.
            view: In which terms the status of users is told; the realm's setting `status_view` when absent.
        """
        json = self._ask("record.list", {"kind": kind, "at": state(at), "cursor": cursor, "filter": filter, "limit": limit, "sort": sort, "text": text, "total": total, "view": view})
        answer: ListPage = ListPage._read(json)
        return answer


class Memberships(MembershipCommands[Executed], Reads):
    """What is known about memberships."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class Passwords(PasswordCommands[Executed], Reads):
    """What is known about passwords."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask

    def check(
        self,
        user: UserId,
        password: Secret,
    ) -> tuple[FieldProblem, ...]:
        """Tells whether a password would be accepted for a user, and every reason why not; empty: it would.

        Args:
            user: The user.
            password: The password.
        """
        json = self._ask("password.check", {"user": user, "password": password})
        answer: tuple[FieldProblem, ...] = tuple(FieldProblem._read(x) for x in json)
        return answer


class Syncs(SyncCommands[Executed], Reads):
    """What is known about syncs."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class Edges(EdgeCommands[Executed], Reads):
    """What is known about edges."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask

    def list(
        self,
        id: EntityId,
        direction: DirectionLike,
        relation: RelationLike,
        *,
        at: At | None | Unset = UNSET,
    ) -> tuple[Edge, ...]:
        """Lists the edges of a relation at a record, those without effect too: the organizations of a user, the
        members of a group, the reports of a manager.

        Args:
            id: The record.
            direction: Which end of the edges it is.
            relation: The relation.
            at: The state to read.
        """
        json = self._ask("edge.list", {"id": id, "direction": direction, "relation": relation, "at": state(at)})
        answer: tuple[Edge, ...] = tuple(Edge._read(x) for x in json)
        return answer


class Otps(OtpCommands[Executed], Reads):
    """What is known about otps."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask

    def draw_qr(
        self,
        text: Secret,
        *,
        scale: int | Unset = UNSET,
    ) -> QrCode:
        """Draws the QR code of an enrolment.

        Args:
            text: The text, such as the `uri` of an enrolment.
            scale: Pixels a module of the PNG, 1 to 32; 6 when absent.
        """
        json = self._ask("otp.draw_qr", {"text": text, "scale": scale})
        answer: QrCode = QrCode._read(json)
        return answer


class Factors(FactorCommands[Executed], Reads):
    """What is known about factors."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class RecoveryCodes(RecoveryCodesCommands[Executed], Reads):
    """What is known about recovery_codes."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class Passcodes(PasscodeCommands[Executed], Reads):
    """What is known about passcodes."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class Providers(ProviderCommands[Executed], Reads):
    """What is known about providers."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask

    def find_user(
        self,
        provider: str,
        subject: str,
    ) -> EntityId | None:
        """Finds the user who is linked with an identity at a provider; answers nothing when nobody is.

        Args:
            provider: The provider.
            subject: The identity's stable identifier there.
        """
        json = self._ask("provider.find_user", {"provider": provider, "subject": subject})
        answer: EntityId | None = None if json is None else EntityId(json)
        return answer


class Passkeys(PasskeyCommands[Executed], Reads):
    """What is known about passkeys."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(send)
        self._ask = ask


class History(Reads):
    """What is known about history."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        self._ask = ask

    def of(
        self,
        id: EntityId,
        *,
        before: Place | None | Unset = UNSET,
        limit: int | Unset = UNSET,
    ) -> tuple[HistoryItem, ...]:
        """Lists what happened to a record and to the edges at it, the latest first.

        Args:
            id: The record.
            before: Only what lies before this place.
            limit: Changes at most, up to 1000.
        """
        json = self._ask("history.of", {"id": id, "before": before, "limit": limit})
        answer: tuple[HistoryItem, ...] = tuple(HistoryItem._read(x) for x in json)
        return answer

    def timeline(
        self,
        *,
        after: Place | None | Unset = UNSET,
        limit: int | Unset = UNSET,
    ) -> tuple[HistoryItem, ...]:
        """Lists everything that was changed in the realm, in order.

        Args:
            after: Only what lies after this place.
            limit: Changes at most, up to 1000.
        """
        json = self._ask("history.timeline", {"after": after, "limit": limit})
        answer: tuple[HistoryItem, ...] = tuple(HistoryItem._read(x) for x in json)
        return answer

    def difference(
        self,
        from_: At,
        *,
        to: At | Unset = UNSET,
    ) -> Difference:
        """Tells what is different between two states: everything that was changed, and not changed back.

        Args:
            from_: From this state.
            to: To this one.
        """
        json = self._ask("history.difference", {"from": state(from_), "to": state(to)})
        answer: Difference = Difference._read(json)
        return answer


class Audit(Reads):
    """What is known about audit."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        self._ask = ask

    def list(
        self,
        *,
        actor: str | None | Unset = UNSET,
        after: int | None | Unset = UNSET,
        before: datetime | None | Unset = UNSET,
        change_set: ChangeSetId | None | Unset = UNSET,
        command_id: CommandId | None | Unset = UNSET,
        limit: int | Unset = UNSET,
        newest_first: bool | Unset = UNSET,
        since: datetime | None | Unset = UNSET,
        subject: EntityId | None | Unset = UNSET,
        until: int | None | Unset = UNSET,
    ) -> tuple[AuditItem, ...]:
        """Lists the audit trail of the realm: every command, the refused ones too.

        Args:
            actor: Only commands of this actor, such as `host:console`.
            after: Only commits after this revision.
            before: Only commands at or before this moment.
            change_set: Only commands of this change set.
            command_id: Only the command with this identifier.
            limit: Commands at most, up to 1000.
            newest_first: The latest first.
            since: Only commands at or after this moment.
            subject: Only commands about this record.
            until: Only commits up to this revision.
        """
        json = self._ask("audit.list", {"actor": actor, "after": after, "before": before, "change_set": change_set, "command_id": command_id, "limit": limit, "newest_first": newest_first, "since": since, "subject": subject, "until": until})
        answer: tuple[AuditItem, ...] = tuple(AuditItem._read(x) for x in json)
        return answer


class Schema(Reads):
    """What is known about schema."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        self._ask = ask

    def attributes(
        self,
        kind: KindLike,
    ) -> tuple[AttributeDefinition, ...]:
        """Lists the attributes of a kind: the built-in ones in the order of a form, then the realm's own by name.

        Args:
            kind: The kind.
        """
        json = self._ask("schema.attributes", {"kind": kind})
        answer: tuple[AttributeDefinition, ...] = tuple(AttributeDefinition._read(x) for x in json)
        return answer


class Chain(Reads):
    """What is known about chain."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        self._ask = ask

    def verify(
        self,
        *,
        published: Sequence[ChainHead] | Unset = UNSET,
    ) -> Verified:
        """Verifies the tamper-evident chain of the whole storage, also against heads that were published elsewhere.

        Args:
            published: Heads that were kept outside of the storage.
        """
        json = self._ask("chain.verify", {"published": published})
        answer: Verified = Verified._read(json)
        return answer


class Access(Reads):
    """What is known about access."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        self._ask = ask

    def can(
        self,
        action: str,
        on: On,
        *,
        at: At | None | Unset = UNSET,
        user: UserId | None | Unset = UNSET,
    ) -> bool:
        """Tells whether somebody may do something: an action such as `update` or `invoice:approve` on a record, on a
        resource of the host, or on anything of a kind.

        Args:
            action: The action; with the kind and a colon before it where that is not the kind of the target.
            on: What it is about.
            at: The state to read.
            user: Who; the actor when absent. Asking about others needs the right to audit the realm.
        """
        answer: bool = self._ask("access.can", {"action": action, "on": on, "at": state(at), "user": user})
        return answer

    def explain(
        self,
        action: str,
        on: On,
        *,
        at: At | None | Unset = UNSET,
        user: UserId | None | Unset = UNSET,
    ) -> Explanation:
        """Explains a decision: yes with every path that leads to it, no with the facts that are missing, the nearest
        first.

        Args:
            action: The action.
            on: What it is about.
            at: The state to read.
            user: Who; the actor when absent. Asking about others needs the right to audit the realm.
        """
        json = self._ask("access.explain", {"action": action, "on": on, "at": state(at), "user": user})
        answer: Explanation = Explanation._read(json)
        return answer

    def effective(
        self,
        user: UserId,
        *,
        at: At | None | Unset = UNSET,
    ) -> EffectiveAccess:
        """Reads everything that is linked to a user: roles and groups with every path, led, owned and administered
        organizations, and every right.

        Args:
            user: The user.
            at: The state to read.
        """
        json = self._ask("access.effective", {"user": user, "at": state(at)})
        answer: EffectiveAccess = EffectiveAccess._read(json)
        return answer

    def filter(
        self,
        action: str,
        kind: str,
        *,
        at: At | None | Unset = UNSET,
        user: UserId | None | Unset = UNSET,
    ) -> AllowedFilter:
        """Reads the filter that holds for exactly the things of a kind on which somebody may do something, as far as
        it does not depend on levels: for the host's own lists.

        Args:
            action: The action.
            kind: The kind, one of the library's or of the host's own.
            at: The state to read.
            user: Who; the actor when absent. Asking about others needs the right to audit the realm.
        """
        json = self._ask("access.filter", {"action": action, "kind": kind, "at": state(at), "user": user})
        answer: AllowedFilter = AllowedFilter._read(json)
        return answer

    def who_can(
        self,
        action: str,
        on: On,
        *,
        at: At | None | Unset = UNSET,
        limit: int | Unset = UNSET,
    ) -> WhoCan:
        """Lists the users who can do something.

        Args:
            action: The action.
            on: What it is about.
            at: The state to read.
            limit: At most so many.
        """
        json = self._ask("access.who_can", {"action": action, "on": on, "at": state(at), "limit": limit})
        answer: WhoCan = WhoCan._read(json)
        return answer

    def difference(
        self,
        from_: At,
        *,
        limit: int | Unset = UNSET,
        to: At | Unset = UNSET,
        users: Sequence[UserId] | None | Unset = UNSET,
    ) -> AccessDifference:
        """Compares what users may do in two states: of the users that are named everything, windows that opened or
        closed by themselves included; without names, of everybody whom the commits between the states can concern.

        Args:
            from_: One state.
            limit: Looks at so many users at most; the answer says whether there were more.
            to: The other; the present when absent.
            users: Of these users.
        """
        json = self._ask("access.difference", {"from": state(from_), "limit": limit, "to": state(to), "users": users})
        answer: AccessDifference = AccessDifference._read(json)
        return answer

    def preview(
        self,
        change: Any,
        *,
        limit: int | Unset = UNSET,
    ) -> AccessDifference:
        """Shows what a command would change in what users may do; nothing is written.

        Args:
            change: The command with its name in `command`, such as `{"command": "role.grant", …}`.
            limit: Looks at so many users at most; the answer says whether there were more.
        """
        json = self._ask("access.preview", {"change": change, "limit": limit})
        answer: AccessDifference = AccessDifference._read(json)
        return answer

    def doctor(
        self,
    ) -> tuple[AccessFinding, ...]:
        """Looks for access that is probably not meant so: roles that nobody holds, rights that nobody has, privileges
        that contradict, exclusions that are met, administrators who could become owners.
        """
        json = self._ask("access.doctor", {})
        answer: tuple[AccessFinding, ...] = tuple(AccessFinding._read(x) for x in json)
        return answer

    def wanted(
        self,
        user: UserId,
    ) -> WantedState:
        """Reads what the provisioning roles of a user want in the targets: mapping, attributes, values.

        Args:
            user: The user.
        """
        json = self._ask("access.wanted", {"user": user})
        answer: WantedState = WantedState._read(json)
        return answer

    def risk(
        self,
        user: UserId,
    ) -> float | None:
        """Reads the risk index of a user: the highest of all roles and groups that they have.

        Args:
            user: The user.
        """
        json = self._ask("access.risk", {"user": user})
        answer: float | None = json
        return answer

    def rule_difference(
        self,
        owner: EntityId,
        selects: KindLike,
        condition: Filter,
    ) -> RuleDifference:
        """Tells who would come and go if a role or group had another condition; nothing is written.

        Args:
            owner: The role or group.
            selects: What the condition selects.
            condition: The condition.
        """
        json = self._ask("access.rule_difference", {"owner": owner, "selects": selects, "condition": condition})
        answer: RuleDifference = RuleDifference._read(json)
        return answer

    def clone(
        self,
        from_: UserId,
        to: UserId,
        *,
        mode: CloneModeLike | Unset = UNSET,
    ) -> Cloned:
        """Tells what cloning would give a user, take from them and leave out, and why; nothing is written.

        Args:
            from_: Who has it.
            to: Who is to get it.
            mode: What becomes of that which they have already.
        """
        json = self._ask("access.clone", {"from": from_, "to": to, "mode": mode})
        answer: Cloned = Cloned._read(json)
        return answer

    def administrators(
        self,
    ) -> tuple[Record, ...]:
        """Lists the administrators of the platform, apart from all other users: the direct holders of the roles whose
        attribute `administrative` is set.
        """
        answer: tuple[Record, ...] = self._ask("access.administrators", {})
        return answer


class Nouns:
    """Every noun."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Executed], ask: Callable[[str, dict[str, Any]], Any]) -> None:
        self.realms: Realms = Realms(send, ask)
        self.users: Users = Users(send, ask)
        self.devices: Devices = Devices(send, ask)
        self.user_types: UserTypes = UserTypes(send, ask)
        self.organizations: Organizations = Organizations(send, ask)
        self.organization_types: OrganizationTypes = OrganizationTypes(send, ask)
        self.positions: Positions = Positions(send, ask)
        self.groups: Groups = Groups(send, ask)
        self.templates: Templates = Templates(send, ask)
        self.attributes: Attributes = Attributes(send, ask)
        self.roles: Roles = Roles(send, ask)
        self.assignments: Assignments = Assignments(send, ask)
        self.rules: Rules = Rules(send, ask)
        self.credentials: Credentials = Credentials(send, ask)
        self.policies: Policies = Policies(send, ask)
        self.sessions: Sessions = Sessions(send, ask)
        self.links: Links = Links(send, ask)
        self.counters: Counters = Counters(send, ask)
        self.sources: Sources = Sources(send, ask)
        self.shadows: Shadows = Shadows(send, ask)
        self.sync_runs: SyncRuns = SyncRuns(send, ask)
        self.connectors: Connectors = Connectors(send, ask)
        self.records: Records = Records(send, ask)
        self.memberships: Memberships = Memberships(send, ask)
        self.passwords: Passwords = Passwords(send, ask)
        self.syncs: Syncs = Syncs(send, ask)
        self.edges: Edges = Edges(send, ask)
        self.otps: Otps = Otps(send, ask)
        self.factors: Factors = Factors(send, ask)
        self.recovery_codes: RecoveryCodes = RecoveryCodes(send, ask)
        self.passcodes: Passcodes = Passcodes(send, ask)
        self.providers: Providers = Providers(send, ask)
        self.passkeys: Passkeys = Passkeys(send, ask)
        self.history: History = History(send, ask)
        self.audit: Audit = Audit(send, ask)
        self.schema: Schema = Schema(send, ask)
        self.chain: Chain = Chain(send, ask)
        self.access: Access = Access(send, ask)


QUERIES: tuple[str, ...] = (
    "record.get",
    "record.find",
    "record.find_all",
    "record.find_by",
    "record.search",
    "record.count",
    "record.prefix_search",
    "user.status",
    "edge.list",
    "organization.path",
    "organization.tree",
    "history.of",
    "history.timeline",
    "history.difference",
    "audit.list",
    "schema.attributes",
    "realm.settings",
    "realm.doctor",
    "chain.verify",
    "record.list",
    "organization.members",
    "access.can",
    "access.explain",
    "access.effective",
    "access.filter",
    "access.who_can",
    "access.difference",
    "access.preview",
    "access.doctor",
    "policy.effective",
    "password.check",
    "credential.list",
    "provider.find_user",
    "otp.draw_qr",
    "access.wanted",
    "access.risk",
    "access.rule_difference",
    "access.clone",
    "access.administrators",
)
