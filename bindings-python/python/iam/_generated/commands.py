"""Every command, by noun. What a call gives depends on who holds the noun: see `Commands`.

Generated from the catalogue by `.ci/generate`; do not edit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Generic

from .._base import AttributeValue, At, Commands, Filter, R, deprecated, merged, state
from .._unset import UNSET, Unset
from .types import *


class RealmCommands(Commands[R]):
    """Commands about records of the kind `realm`."""

    def create(
        self,
        name: str,
        *,
        id: RealmId | None | Unset = UNSET,
        settings: Mapping[str, Any] | Unset = UNSET,
    ) -> R:
        """Creates the realm that the command is sent to. Its name is unique among all realms.

        Args:
            name: The name.
            id: The realm, when it is to be said twice; it is the one that the command is sent to.
            settings: The settings that differ from the defaults.
        """
        return self._send("realm.create", {"name": name, "id": id, "settings": settings})

    def update(
        self,
        *,
        name: str | None | Unset = UNSET,
        settings: Mapping[str, Any] | Unset = UNSET,
    ) -> R:
        """Changes the name or settings of the realm. Settings are merged: what is not named stays, `null` goes back to
        the default, a structure is merged line by line, a list is replaced.

        Args:
            name: The new name.
            settings: The settings that change.
        """
        return self._send("realm.update", {"name": name, "settings": settings})


class UserCommands(Commands[R]):
    """Commands about records of the kind `user`."""

    def create(
        self,
        *,
        user_name: str | Unset = UNSET,
        id: UserId | None | Unset = UNSET,
        invitation: Invitation | None | Unset = UNSET,
        lawful_basis: str | None | Unset = UNSET,
        manager: UserId | None | Unset = UNSET,
        organizations: Sequence[JoinOrganization] | Unset = UNSET,
        origin: str | None | Unset = UNSET,
        positions: Sequence[PositionId] | Unset = UNSET,
        registration: RegistrationLike | Unset = UNSET,
        source: str | None | Unset = UNSET,
        supplied_by_user: Collection[str] | Unset = UNSET,
        template: TemplateId | None | Unset = UNSET,
        user_type: UserTypeId | None | Unset = UNSET,
        valid_from: datetime | None | Unset = UNSET,
        valid_until: datetime | None | Unset = UNSET,
        email: str | None | Unset = UNSET,
        first_name: str | None | Unset = UNSET,
        last_name: str | None | Unset = UNSET,
        display_name: str | None | Unset = UNSET,
        phone: str | None | Unset = UNSET,
        user_number: str | None | Unset = UNSET,
        identity_type: str | None | Unset = UNSET,
        privileged: bool | None | Unset = UNSET,
        job: str | None | Unset = UNSET,
        department: str | None | Unset = UNSET,
        location: str | None | Unset = UNSET,
        street: str | None | Unset = UNSET,
        city: str | None | Unset = UNSET,
        postal_code: str | None | Unset = UNSET,
        state: str | None | Unset = UNSET,
        country: str | None | Unset = UNSET,
        language: str | None | Unset = UNSET,
        time_zone: str | None | Unset = UNSET,
        date_of_birth: date | str | None | Unset = UNSET,
        hired_on: date | str | None | Unset = UNSET,
        in_position_since: date | str | None | Unset = UNSET,
        preference_updates: bool | None | Unset = UNSET,
        preference_marketing: bool | None | Unset = UNSET,
        categories: Sequence[str] | None | Unset = UNSET,
        inherit_service_plans: bool | None | Unset = UNSET,
        inherit_subscriptions: bool | None | Unset = UNSET,
        inherit_administrator_roles: bool | None | Unset = UNSET,
        inherit_groups: bool | None | Unset = UNSET,
        inherit_office_groups: bool | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Creates a user.

        Values come, in this order, from the command, the template, the attribute's default. With `template` left
        out, templates whose job or department fits are applied by themselves, the job's first. The validity of the
        user type sets `valid_until` unless the command does.

        Args:
            id: An identifier brought along; drawn when absent.
            invitation: How the invitation goes out, with `registration: invited`.
            lawful_basis: The lawful basis of processing, one of those of GDPR article 6.
            manager: The manager.
            organizations: Organizations to join, several at once.
            origin: `manual`, `import`, `orphan_account`, `sync` or `self_registration`; without a word about it the
                door tells: an identity source, an import, else by hand.
            positions: Positions to hold.
            registration: How far the sign-up is.
            source: The file, identity source or form that the user came from.
            supplied_by_user: The attributes whose values the person supplied; the others came from whoever asked.
            template: The template to pre-fill from.
            user_type: The user type.
            valid_from: Not valid before.
            valid_until: Not valid from then on; overrides the user type's validity.
            user_name: User name.
            email: E-mail.
            first_name: First name.
            last_name: Last name.
            display_name: Display name.
            phone: Phone.
            user_number: User number.
            identity_type: Identity type.
            privileged: Privileged account.
            job: Job.
            department: Department.
            location: Location.
            street: Street.
            city: City.
            postal_code: Postal code.
            state: State or province.
            country: Country.
            language: Preferred language.
            time_zone: Time zone.
            date_of_birth: Date of birth.
            hired_on: Hired on.
            in_position_since: In position since.
            preference_updates: News and updates.
            preference_marketing: Special offers and services.
            categories: Categories.
            inherit_service_plans: Inherits disabled service plans.
            inherit_subscriptions: Inherits subscriptions.
            inherit_administrator_roles: Inherits administrator roles.
            inherit_groups: Inherits groups.
            inherit_office_groups: Inherits Office 365 groups.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("user.create", {"id": id, "invitation": invitation, "lawful_basis": lawful_basis, "manager": manager, "organizations": organizations, "origin": origin, "positions": positions, "registration": registration, "source": source, "supplied_by_user": supplied_by_user, "template": template, "user_type": user_type, "valid_from": valid_from, "valid_until": valid_until, "attributes": merged(attributes, {"user_name": user_name, "email": email, "first_name": first_name, "last_name": last_name, "display_name": display_name, "phone": phone, "user_number": user_number, "identity_type": identity_type, "privileged": privileged, "job": job, "department": department, "location": location, "street": street, "city": city, "postal_code": postal_code, "state": state, "country": country, "language": language, "time_zone": time_zone, "date_of_birth": date_of_birth, "hired_on": hired_on, "in_position_since": in_position_since, "preference_updates": preference_updates, "preference_marketing": preference_marketing, "categories": categories, "inherit_service_plans": inherit_service_plans, "inherit_subscriptions": inherit_subscriptions, "inherit_administrator_roles": inherit_administrator_roles, "inherit_groups": inherit_groups, "inherit_office_groups": inherit_office_groups, "external_id": external_id})})

    def update(
        self,
        user: UserId,
        *,
        user_name: str | None | Unset = UNSET,
        email: str | None | Unset = UNSET,
        first_name: str | None | Unset = UNSET,
        last_name: str | None | Unset = UNSET,
        display_name: str | None | Unset = UNSET,
        phone: str | None | Unset = UNSET,
        user_number: str | None | Unset = UNSET,
        identity_type: str | None | Unset = UNSET,
        privileged: bool | None | Unset = UNSET,
        job: str | None | Unset = UNSET,
        department: str | None | Unset = UNSET,
        location: str | None | Unset = UNSET,
        street: str | None | Unset = UNSET,
        city: str | None | Unset = UNSET,
        postal_code: str | None | Unset = UNSET,
        state: str | None | Unset = UNSET,
        country: str | None | Unset = UNSET,
        language: str | None | Unset = UNSET,
        time_zone: str | None | Unset = UNSET,
        date_of_birth: date | str | None | Unset = UNSET,
        hired_on: date | str | None | Unset = UNSET,
        in_position_since: date | str | None | Unset = UNSET,
        preference_updates: bool | None | Unset = UNSET,
        preference_marketing: bool | None | Unset = UNSET,
        categories: Sequence[str] | None | Unset = UNSET,
        inherit_service_plans: bool | None | Unset = UNSET,
        inherit_subscriptions: bool | None | Unset = UNSET,
        inherit_administrator_roles: bool | None | Unset = UNSET,
        inherit_groups: bool | None | Unset = UNSET,
        inherit_office_groups: bool | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Changes attributes of a user. Read-only attributes and those with a command of their own are refused by
        name.

        Args:
            user: The user.
            user_name: User name.
            email: E-mail.
            first_name: First name.
            last_name: Last name.
            display_name: Display name.
            phone: Phone.
            user_number: User number.
            identity_type: Identity type.
            privileged: Privileged account.
            job: Job.
            department: Department.
            location: Location.
            street: Street.
            city: City.
            postal_code: Postal code.
            state: State or province.
            country: Country.
            language: Preferred language.
            time_zone: Time zone.
            date_of_birth: Date of birth.
            hired_on: Hired on.
            in_position_since: In position since.
            preference_updates: News and updates.
            preference_marketing: Special offers and services.
            categories: Categories.
            inherit_service_plans: Inherits disabled service plans.
            inherit_subscriptions: Inherits subscriptions.
            inherit_administrator_roles: Inherits administrator roles.
            inherit_groups: Inherits groups.
            inherit_office_groups: Inherits Office 365 groups.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("user.update", {"user": user, "attributes": merged(attributes, {"user_name": user_name, "email": email, "first_name": first_name, "last_name": last_name, "display_name": display_name, "phone": phone, "user_number": user_number, "identity_type": identity_type, "privileged": privileged, "job": job, "department": department, "location": location, "street": street, "city": city, "postal_code": postal_code, "state": state, "country": country, "language": language, "time_zone": time_zone, "date_of_birth": date_of_birth, "hired_on": hired_on, "in_position_since": in_position_since, "preference_updates": preference_updates, "preference_marketing": preference_marketing, "categories": categories, "inherit_service_plans": inherit_service_plans, "inherit_subscriptions": inherit_subscriptions, "inherit_administrator_roles": inherit_administrator_roles, "inherit_groups": inherit_groups, "inherit_office_groups": inherit_office_groups, "external_id": external_id})})

    def enable(
        self,
        user: UserId,
    ) -> R:
        """Enables a disabled or suspended user.

        Args:
            user: The user.
        """
        return self._send("user.enable", {"user": user})

    def disable(
        self,
        user: UserId,
        *,
        by: DisabledByLike | Unset = UNSET,
    ) -> R:
        """Disables a user; the lock is another axis and stays as it is.

        Args:
            user: The user.
            by: What asks for it.
        """
        return self._send("user.disable", {"user": user, "by": by})

    def suspend(
        self,
        user: UserId,
    ) -> R:
        """Suspends a user: like disabling, meant to be temporary.

        Args:
            user: The user.
        """
        return self._send("user.suspend", {"user": user})

    def archive(
        self,
        user: UserId,
    ) -> R:
        """Archives a user: the end of the life cycle, from which only `user.restore` leads back.

        Args:
            user: The user.
        """
        return self._send("user.archive", {"user": user})

    def restore(
        self,
        user: UserId,
    ) -> R:
        """Brings an archived user back, disabled at first.

        Args:
            user: The user.
        """
        return self._send("user.restore", {"user": user})

    def lock(
        self,
        user: UserId,
        *,
        reason: str | None | Unset = UNSET,
    ) -> R:
        """Locks a user; whether the user is enabled is another axis and stays as it is.

        Args:
            user: The user.
            reason: Why.
        """
        return self._send("user.lock", {"user": user, "reason": reason})

    def unlock(
        self,
        user: UserId,
    ) -> R:
        """Unlocks a user.

        Args:
            user: The user.
        """
        return self._send("user.unlock", {"user": user})

    def expire(
        self,
        user: UserId,
    ) -> R:
        """Disables a user whose validity has ended, unless the user type says `disable_on_expiry: false`. Does nothing
        before that moment, nothing to a user that is not enabled, and never enables.

        Args:
            user: The user.
        """
        return self._send("user.expire", {"user": user})

    def set_validity(
        self,
        user: UserId,
        *,
        valid_from: datetime | None | Unset = UNSET,
        valid_until: datetime | None | Unset = UNSET,
    ) -> R:
        """Sets from when until when a user is valid; half-open, open ends allowed.

        Args:
            user: The user.
            valid_from: From then on; open when absent.
            valid_until: Before then; open when absent.
        """
        return self._send("user.set_validity", {"user": user, "valid_from": valid_from, "valid_until": valid_until})

    def change_type(
        self,
        user: UserId,
        *,
        recompute_expiry: bool | Unset = UNSET,
        user_type: UserTypeId | None | Unset = UNSET,
        user_name: str | None | Unset = UNSET,
        email: str | None | Unset = UNSET,
        first_name: str | None | Unset = UNSET,
        last_name: str | None | Unset = UNSET,
        display_name: str | None | Unset = UNSET,
        phone: str | None | Unset = UNSET,
        user_number: str | None | Unset = UNSET,
        identity_type: str | None | Unset = UNSET,
        privileged: bool | None | Unset = UNSET,
        job: str | None | Unset = UNSET,
        department: str | None | Unset = UNSET,
        location: str | None | Unset = UNSET,
        street: str | None | Unset = UNSET,
        city: str | None | Unset = UNSET,
        postal_code: str | None | Unset = UNSET,
        state: str | None | Unset = UNSET,
        country: str | None | Unset = UNSET,
        language: str | None | Unset = UNSET,
        time_zone: str | None | Unset = UNSET,
        date_of_birth: date | str | None | Unset = UNSET,
        hired_on: date | str | None | Unset = UNSET,
        in_position_since: date | str | None | Unset = UNSET,
        preference_updates: bool | None | Unset = UNSET,
        preference_marketing: bool | None | Unset = UNSET,
        categories: Sequence[str] | None | Unset = UNSET,
        inherit_service_plans: bool | None | Unset = UNSET,
        inherit_subscriptions: bool | None | Unset = UNSET,
        inherit_administrator_roles: bool | None | Unset = UNSET,
        inherit_groups: bool | None | Unset = UNSET,
        inherit_office_groups: bool | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Gives a user another type: attributes that only the old type's form has are kept but inactive, mandatory
        ones of the new form must be there or be given now, the expiry is recomputed on request.

        Args:
            user: The user.
            recompute_expiry: Set `valid_until` from the new type's validity, counted from now.
            user_type: The new type; `None` for no type.
            user_name: User name.
            email: E-mail.
            first_name: First name.
            last_name: Last name.
            display_name: Display name.
            phone: Phone.
            user_number: User number.
            identity_type: Identity type.
            privileged: Privileged account.
            job: Job.
            department: Department.
            location: Location.
            street: Street.
            city: City.
            postal_code: Postal code.
            state: State or province.
            country: Country.
            language: Preferred language.
            time_zone: Time zone.
            date_of_birth: Date of birth.
            hired_on: Hired on.
            in_position_since: In position since.
            preference_updates: News and updates.
            preference_marketing: Special offers and services.
            categories: Categories.
            inherit_service_plans: Inherits disabled service plans.
            inherit_subscriptions: Inherits subscriptions.
            inherit_administrator_roles: Inherits administrator roles.
            inherit_groups: Inherits groups.
            inherit_office_groups: Inherits Office 365 groups.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("user.change_type", {"user": user, "recompute_expiry": recompute_expiry, "user_type": user_type, "attributes": merged(attributes, {"user_name": user_name, "email": email, "first_name": first_name, "last_name": last_name, "display_name": display_name, "phone": phone, "user_number": user_number, "identity_type": identity_type, "privileged": privileged, "job": job, "department": department, "location": location, "street": street, "city": city, "postal_code": postal_code, "state": state, "country": country, "language": language, "time_zone": time_zone, "date_of_birth": date_of_birth, "hired_on": hired_on, "in_position_since": in_position_since, "preference_updates": preference_updates, "preference_marketing": preference_marketing, "categories": categories, "inherit_service_plans": inherit_service_plans, "inherit_subscriptions": inherit_subscriptions, "inherit_administrator_roles": inherit_administrator_roles, "inherit_groups": inherit_groups, "inherit_office_groups": inherit_office_groups, "external_id": external_id})})

    def record_consent(
        self,
        user: UserId,
        *,
        granted: bool | Unset = UNSET,
        lawful_basis: str | None | Unset = UNSET,
        purpose: str | None | Unset = UNSET,
        text_version: str | None | Unset = UNSET,
    ) -> R:
        """Records that a person gave or withdrew consent to a purpose, or on which lawful basis the person's data are
        processed (GDPR articles 6 and 7). Earlier records are kept: the latest for a purpose counts.

        Args:
            user: The user.
            granted: Given or withdrawn.
            lawful_basis: The lawful basis from now on.
            purpose: What the consent is for, such as `newsletter`; may be absent when only the basis is recorded.
            text_version: The text the person saw, or its version.
        """
        return self._send("user.record_consent", {"user": user, "granted": granted, "lawful_basis": lawful_basis, "purpose": purpose, "text_version": text_version})

    def set_manager(
        self,
        user: UserId,
        *,
        manager: UserId | None | Unset = UNSET,
    ) -> R:
        """Sets or removes the manager of a user. The direct reports of a manager are the inverse of the same edge and
        thus always consistent.

        Args:
            user: The user.
            manager: The manager; `None` for nobody.
        """
        return self._send("user.set_manager", {"user": user, "manager": manager})

    def set_shared_users(
        self,
        account: UserId,
        users: Collection[UserId],
    ) -> R:
        """Names all identities that use a shared account. Only accounts of the type `shared` have several.

        Args:
            account: The account.
            users: The identities that use it.
        """
        return self._send("user.set_shared_users", {"account": account, "users": users})

    def delete(
        self,
        user: UserId,
        *,
        mode: DeleteModeLike | Unset = UNSET,
    ) -> R:
        """Deletes a user. The unique names become free at once, also for a soft delete, unless the realm keeps them.

        Args:
            user: The user.
            mode: What deleting means.
        """
        return self._send("user.delete", {"user": user, "mode": mode})

    def undelete(
        self,
        user: UserId,
    ) -> R:
        """Brings a soft-deleted user back with every membership, position and report. Refused after the retention
        period, after an erasure, and when somebody else took a unique name meanwhile, who is named.

        Args:
            user: The user.
        """
        return self._send("user.undelete", {"user": user})

    def add_deputy(
        self,
        user: UserId,
        deputy: UserId,
        *,
        constraint: TimeConstraint | Unset = UNSET,
        roles: Collection[RoleId] | Unset = UNSET,
    ) -> R:
        """Lets a user stand in for another one for a time, with all of their roles or some of them. Whoever stands in
        acts under their own name. A deputy that is there already gets the new terms.

        Args:
            user: Who is away.
            deputy: Who stands in.
            constraint: For how long; without an end until it is taken back.
            roles: With these roles only; empty for all of them.
        """
        return self._send("user.add_deputy", {"user": user, "deputy": deputy, "constraint": constraint, "roles": roles})

    def remove_deputy(
        self,
        user: UserId,
        deputy: UserId,
    ) -> R:
        """Ends that a user stands in for another one.

        Args:
            user: Who was away.
            deputy: Who stood in.
        """
        return self._send("user.remove_deputy", {"user": user, "deputy": deputy})

    def end_sessions(
        self,
        user: UserId,
        *,
        except_: SessionId | None | Unset = UNSET,
    ) -> R:
        """Ends every session of a user in the realm, in all applications.

        Args:
            user: The user.
            except_: The session that stays, such as the one in which the user asks for it.
        """
        return self._send("user.end_sessions", {"user": user, "except": except_})

    def invite(
        self,
        user: UserId,
        *,
        delivery: DeliveryLike | Unset = UNSET,
        language: str | None | Unset = UNSET,
    ) -> R:
        """Invites a user who has not completed the sign-up, for the first time or again; a newer invitation replaces
        the one before.

        Args:
            user: The user.
            delivery: How the link gets to the user.
            language: The language of the message, and of the sign-up to begin with; the user's preferred one when
                absent.
        """
        return self._send("user.invite", {"user": user, "delivery": delivery, "language": language})

    def start_password_reset(
        self,
        user: UserId,
        *,
        delivery: DeliveryLike | Unset = UNSET,
        language: str | None | Unset = UNSET,
    ) -> R:
        """Sends a user a link to set a new password. The present password stays valid until then; a newer link
        replaces the one before.

        Args:
            user: The user.
            delivery: How the link gets to the user.
            language: The language of the message; the user's preferred one when absent.
        """
        return self._send("user.start_password_reset", {"user": user, "delivery": delivery, "language": language})

    def start_email_verification(
        self,
        user: UserId,
        *,
        delivery: DeliveryLike | Unset = UNSET,
        language: str | None | Unset = UNSET,
    ) -> R:
        """Sends a user a link that proves the e-mail address to be the user's own.

        Args:
            user: The user.
            delivery: How the link gets to the user.
            language: The language of the message; the user's preferred one when absent.
        """
        return self._send("user.start_email_verification", {"user": user, "delivery": delivery, "language": language})

    def exchange(
        self,
        updates: Sequence[UpdateUser],
    ) -> R:
        """Changes several users in one step, so that they can exchange unique values: each lets go of what it had
        before any of them takes what it gets. All of it happens, or nothing.

        Args:
            updates: The changes, 1,000 at most, each user once.
        """
        return self._send("user.exchange", {"updates": updates})


class DeviceCommands(Commands[R]):
    """Commands about records of the kind `device`."""

    def create(
        self,
        *,
        name: str | Unset = UNSET,
        id: DeviceId | None | Unset = UNSET,
        organizations: Sequence[JoinOrganization] | Unset = UNSET,
        origin: str | None | Unset = UNSET,
        source: str | None | Unset = UNSET,
        device_type: str | None | Unset = UNSET,
        serial_number: str | None | Unset = UNSET,
        model: str | None | Unset = UNSET,
        address: str | None | Unset = UNSET,
        owner: str | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Creates a device: a phone, a printer.

        Args:
            id: An identifier brought along; drawn when absent.
            organizations: Organizations to join.
            origin: `manual`, `import` or `sync`; without a word about it the door tells.
            source: The file or identity source.
            name: Name.
            device_type: Device type.
            serial_number: Serial number.
            model: Model.
            address: Network address.
            owner: Owner.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("device.create", {"id": id, "organizations": organizations, "origin": origin, "source": source, "attributes": merged(attributes, {"name": name, "device_type": device_type, "serial_number": serial_number, "model": model, "address": address, "owner": owner, "external_id": external_id})})

    def update(
        self,
        device: DeviceId,
        *,
        name: str | None | Unset = UNSET,
        device_type: str | None | Unset = UNSET,
        serial_number: str | None | Unset = UNSET,
        model: str | None | Unset = UNSET,
        address: str | None | Unset = UNSET,
        owner: str | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Changes attributes of a device.

        Args:
            device: The device.
            name: Name.
            device_type: Device type.
            serial_number: Serial number.
            model: Model.
            address: Network address.
            owner: Owner.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("device.update", {"device": device, "attributes": merged(attributes, {"name": name, "device_type": device_type, "serial_number": serial_number, "model": model, "address": address, "owner": owner, "external_id": external_id})})

    def enable(
        self,
        device: DeviceId,
    ) -> R:
        """Enables a device.

        Args:
            device: Which one.
        """
        return self._send("device.enable", {"device": device})

    def disable(
        self,
        device: DeviceId,
    ) -> R:
        """Disables a device; what it has open outside ends.

        Args:
            device: The device.
        """
        return self._send("device.disable", {"device": device})

    def delete(
        self,
        device: DeviceId,
    ) -> R:
        """Deletes a device physically, with its memberships.

        Args:
            device: The device.
        """
        return self._send("device.delete", {"device": device})


class UserTypeCommands(Commands[R]):
    """Commands about records of the kind `user_type`."""

    def create(
        self,
        *,
        name: str | Unset = UNSET,
        id: UserTypeId | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        form: Sequence[Mapping[str, Any]] | None | Unset = UNSET,
        validity_days: int | None | Unset = UNSET,
        disable_on_expiry: bool | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Creates a type of users with its form, validity and what happens at the end of it. Comes from the back end
        only, never from an identity source.

        Args:
            id: An identifier brought along; drawn when absent.
            name: Name.
            description: Description.
            form: Form.
            validity_days: Validity in days.
            disable_on_expiry: Disable on expiry.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("user_type.create", {"id": id, "attributes": merged(attributes, {"name": name, "description": description, "form": form, "validity_days": validity_days, "disable_on_expiry": disable_on_expiry, "external_id": external_id})})

    def update(
        self,
        user_type: UserTypeId,
        *,
        name: str | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        form: Sequence[Mapping[str, Any]] | None | Unset = UNSET,
        validity_days: int | None | Unset = UNSET,
        disable_on_expiry: bool | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Changes a type of users. What users have stays as it is until they are written again.

        Args:
            user_type: The type.
            name: Name.
            description: Description.
            form: Form.
            validity_days: Validity in days.
            disable_on_expiry: Disable on expiry.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("user_type.update", {"user_type": user_type, "attributes": merged(attributes, {"name": name, "description": description, "form": form, "validity_days": validity_days, "disable_on_expiry": disable_on_expiry, "external_id": external_id})})

    def delete(
        self,
        user_type: UserTypeId,
    ) -> R:
        """Deletes a type of users that no user has.

        Args:
            user_type: The type.
        """
        return self._send("user_type.delete", {"user_type": user_type})


class OrganizationCommands(Commands[R]):
    """Commands about records of the kind `organization`."""

    def create(
        self,
        *,
        name: str | Unset = UNSET,
        id: OrganizationId | None | Unset = UNSET,
        organization_type: OrganizationTypeId | None | Unset = UNSET,
        origin: str | None | Unset = UNSET,
        parent: OrganizationId | None | Unset = UNSET,
        source: str | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        code: str | None | Unset = UNSET,
        sort_order: int | None | Unset = UNSET,
        location: str | None | Unset = UNSET,
        stops_inheritance: bool | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Creates an organization. Without a parent it is a root; the parent can be set in a second step by
        `organization.transfer`. Names are free and need not be unique; a `code` is.

        Args:
            id: An identifier brought along; drawn when absent.
            organization_type: The type, whose form is filled in.
            origin: `manual`, `import` or `sync`; without a word about it the door tells.
            parent: One level up.
            source: The file or identity source.
            name: Name.
            description: Description.
            code: Code.
            sort_order: Sort order.
            location: Location.
            stops_inheritance: Grants from above stop here.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("organization.create", {"id": id, "organization_type": organization_type, "origin": origin, "parent": parent, "source": source, "attributes": merged(attributes, {"name": name, "description": description, "code": code, "sort_order": sort_order, "location": location, "stops_inheritance": stops_inheritance, "external_id": external_id})})

    def update(
        self,
        organization: OrganizationId,
        *,
        name: str | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        code: str | None | Unset = UNSET,
        sort_order: int | None | Unset = UNSET,
        location: str | None | Unset = UNSET,
        stops_inheritance: bool | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Changes attributes of an organization.

        Args:
            organization: The organization.
            name: Name.
            description: Description.
            code: Code.
            sort_order: Sort order.
            location: Location.
            stops_inheritance: Grants from above stop here.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("organization.update", {"organization": organization, "attributes": merged(attributes, {"name": name, "description": description, "code": code, "sort_order": sort_order, "location": location, "stops_inheritance": stops_inheritance, "external_id": external_id})})

    def change_type(
        self,
        organization: OrganizationId,
        *,
        organization_type: OrganizationTypeId | None | Unset = UNSET,
        name: str | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        code: str | None | Unset = UNSET,
        sort_order: int | None | Unset = UNSET,
        location: str | None | Unset = UNSET,
        stops_inheritance: bool | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Gives an organization another type: attributes that only the old type's form has are kept but inactive,
        mandatory ones of the new form must be there or be given now.

        Args:
            organization: The organization.
            organization_type: The new type; `None` for no type.
            name: Name.
            description: Description.
            code: Code.
            sort_order: Sort order.
            location: Location.
            stops_inheritance: Grants from above stop here.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("organization.change_type", {"organization": organization, "organization_type": organization_type, "attributes": merged(attributes, {"name": name, "description": description, "code": code, "sort_order": sort_order, "location": location, "stops_inheritance": stops_inheritance, "external_id": external_id})})

    def enable(
        self,
        organization: OrganizationId,
    ) -> R:
        """Enables an organization.

        Args:
            organization: Which one.
        """
        return self._send("organization.enable", {"organization": organization})

    def disable(
        self,
        organization: OrganizationId,
    ) -> R:
        """Disables an organization. Users keep their status; what they have through the organization or anything below
        it is without effect until it is enabled again.

        Args:
            organization: Which one.
        """
        return self._send("organization.disable", {"organization": organization})

    def transfer(
        self,
        organization: OrganizationId,
        *,
        parent: OrganizationId | None | Unset = UNSET,
    ) -> R:
        """Moves an organization with everything below it under another one, or makes it a root. Under itself or a part
        of itself is refused.

        Args:
            organization: The organization.
            parent: The new parent; `None` for a root.
        """
        return self._send("organization.transfer", {"organization": organization, "parent": parent})

    def merge(
        self,
        source: OrganizationId,
        target: OrganizationId,
        *,
        name_clashes: NameClashesLike | Unset = UNSET,
    ) -> R:
        """Merges an organization into another one: its sub-organizations, members, positions, leads and group
        memberships, roles, owners and administrators go to the target, what the target has already is joined; then
        the source is removed.

        Args:
            source: What disappears.
            target: What remains.
            name_clashes: What to do when sub-organizations of both have the same name.
        """
        return self._send("organization.merge", {"source": source, "target": target, "name_clashes": name_clashes})

    def delete(
        self,
        organization: OrganizationId,
        *,
        disposition: Disposition | None | Unset = UNSET,
    ) -> R:
        """Deletes an organization physically. With sub-organizations, members or positions it is refused, with a list
        of them, unless a disposition says what becomes of them.

        Args:
            organization: The organization.
            disposition: What becomes of that which hangs on it.
        """
        return self._send("organization.delete", {"organization": organization, "disposition": disposition})

    def add_lead(
        self,
        organization: OrganizationId,
        user: UserId,
        *,
        window: Window | Unset = UNSET,
    ) -> R:
        """Makes a user a lead of an organization. The organizations that a user supervises are the other end of the
        same edges.

        Args:
            organization: The organization.
            user: The lead.
            window: When it holds.
        """
        return self._send("organization.add_lead", {"organization": organization, "user": user, "window": window})

    def remove_lead(
        self,
        organization: OrganizationId,
        user: UserId,
    ) -> R:
        """Takes the lead of an organization from a user.

        Args:
            organization: The organization.
            user: The lead.
        """
        return self._send("organization.remove_lead", {"organization": organization, "user": user})

    def add_owner(
        self,
        organization: OrganizationId,
        user: UserId,
        *,
        override_reason: str | None | Unset = UNSET,
    ) -> R:
        """Makes a user an owner of an organization, who has a say in everything below it as well. A member of it or of
        anything below it is refused, because its administrators would have a say over its owner, unless a reason is
        given; the reason is kept.

        Args:
            organization: The organization.
            user: The owner.
            override_reason: Why a member may be owner all the same, at most 200 characters.
        """
        return self._send("organization.add_owner", {"organization": organization, "user": user, "override_reason": override_reason})

    def remove_owner(
        self,
        organization: OrganizationId,
        user: UserId,
    ) -> R:
        """Takes the ownership of an organization from a user. The last owner stays, unless somebody owns what the
        organization is below of: then it is theirs.

        Args:
            organization: The organization.
            user: The owner.
        """
        return self._send("organization.remove_owner", {"organization": organization, "user": user})

    def add_administrator(
        self,
        organization: OrganizationId,
        user: UserId,
        *,
        override_reason: str | None | Unset = UNSET,
        window: Window | Unset = UNSET,
    ) -> R:
        """Makes a user an administrator of an organization, who must belong to it or to something below it, unless a
        reason is given. Being administrator does not replace the membership.

        Args:
            organization: The organization.
            user: The administrator.
            override_reason: Why somebody who is no member may be administrator all the same, at most 200
                characters.
            window: When it holds.
        """
        return self._send("organization.add_administrator", {"organization": organization, "user": user, "override_reason": override_reason, "window": window})

    def remove_administrator(
        self,
        organization: OrganizationId,
        user: UserId,
    ) -> R:
        """Takes the administration of an organization from a user, who stays a member.

        Args:
            organization: The organization.
            user: The administrator.
        """
        return self._send("organization.remove_administrator", {"organization": organization, "user": user})


class OrganizationTypeCommands(Commands[R]):
    """Commands about records of the kind `organization_type`."""

    def create(
        self,
        *,
        name: str | Unset = UNSET,
        id: OrganizationTypeId | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        form: Sequence[Mapping[str, Any]] | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Creates a type of organizations with its form. Made by hand only, by no import and no identity source.

        Args:
            id: An identifier brought along; drawn when absent.
            name: Name.
            description: Description.
            form: Form.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("organization_type.create", {"id": id, "attributes": merged(attributes, {"name": name, "description": description, "form": form, "external_id": external_id})})

    def update(
        self,
        organization_type: OrganizationTypeId,
        *,
        name: str | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        form: Sequence[Mapping[str, Any]] | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Changes a type of organizations. What organizations have stays as it is until they are written again.

        Args:
            organization_type: The type.
            name: Name.
            description: Description.
            form: Form.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("organization_type.update", {"organization_type": organization_type, "attributes": merged(attributes, {"name": name, "description": description, "form": form, "external_id": external_id})})

    def delete(
        self,
        organization_type: OrganizationTypeId,
    ) -> R:
        """Deletes a type of organizations that no organization has.

        Args:
            organization_type: The type.
        """
        return self._send("organization_type.delete", {"organization_type": organization_type})


class PositionCommands(Commands[R]):
    """Commands about records of the kind `position`."""

    def create(
        self,
        *,
        name: str | Unset = UNSET,
        id: PositionId | None | Unset = UNSET,
        organization: OrganizationId | None | Unset = UNSET,
        origin: str | None | Unset = UNSET,
        reports_to: PositionId | None | Unset = UNSET,
        source: str | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        code: str | None | Unset = UNSET,
        job: str | None | Unset = UNSET,
        sort_order: int | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Creates a position, in an organization and under another position when these are given.

        Args:
            id: An identifier brought along; drawn when absent.
            organization: The organization it belongs to.
            origin: `manual`, `import` or `sync`; without a word about it the door tells.
            reports_to: The position it reports to.
            source: The file or identity source.
            name: Name.
            description: Description.
            code: Code.
            job: Job.
            sort_order: Sort order.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("position.create", {"id": id, "organization": organization, "origin": origin, "reports_to": reports_to, "source": source, "attributes": merged(attributes, {"name": name, "description": description, "code": code, "job": job, "sort_order": sort_order, "external_id": external_id})})

    def update(
        self,
        position: PositionId,
        *,
        name: str | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        code: str | None | Unset = UNSET,
        job: str | None | Unset = UNSET,
        sort_order: int | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Changes attributes of a position.

        Args:
            position: The position.
            name: Name.
            description: Description.
            code: Code.
            job: Job.
            sort_order: Sort order.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("position.update", {"position": position, "attributes": merged(attributes, {"name": name, "description": description, "code": code, "job": job, "sort_order": sort_order, "external_id": external_id})})

    def enable(
        self,
        position: PositionId,
    ) -> R:
        """Enables a position.

        Args:
            position: Which one.
        """
        return self._send("position.enable", {"position": position})

    def disable(
        self,
        position: PositionId,
    ) -> R:
        """Disables a position: its holders keep it, without effect.

        Args:
            position: Which one.
        """
        return self._send("position.disable", {"position": position})

    def transfer(
        self,
        position: PositionId,
        *,
        organization: OrganizationId | None | Unset = UNSET,
    ) -> R:
        """Moves a position to another organization, or takes it out of its own. Its holders stay.

        Args:
            position: The position.
            organization: The organization; `None` for none.
        """
        return self._send("position.transfer", {"position": position, "organization": organization})

    def set_superior(
        self,
        position: PositionId,
        *,
        reports_to: PositionId | None | Unset = UNSET,
    ) -> R:
        """Sets the position that a position reports to; circles are refused.

        Args:
            position: The position.
            reports_to: The superior position; `None` for none.
        """
        return self._send("position.set_superior", {"position": position, "reports_to": reports_to})

    def assign(
        self,
        position: PositionId,
        user: UserId,
        *,
        window: Window | Unset = UNSET,
    ) -> R:
        """Lets a user hold a position. A position that is held already gets the given time.

        Args:
            position: The position.
            user: Who holds it.
            window: When it holds.
        """
        return self._send("position.assign", {"position": position, "user": user, "window": window})

    def unassign(
        self,
        position: PositionId,
        user: UserId,
    ) -> R:
        """Takes a position from a user.

        Args:
            position: The position.
            user: Who holds it.
        """
        return self._send("position.unassign", {"position": position, "user": user})

    def delete(
        self,
        position: PositionId,
    ) -> R:
        """Deletes a position physically. Holders and groups lose it; positions that reported to it report to none.

        Args:
            position: The position.
        """
        return self._send("position.delete", {"position": position})


class GroupCommands(Commands[R]):
    """Commands about records of the kind `group`."""

    def create(
        self,
        *,
        name: str | Unset = UNSET,
        condition: Filter | None | Unset = UNSET,
        condition_kind: str | None | Unset = UNSET,
        id: GroupId | None | Unset = UNSET,
        member_kinds: Collection[KindLike] | Unset = UNSET,
        origin: str | None | Unset = UNSET,
        source: str | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        risk_index: float | None | Unset = UNSET,
        categories: Sequence[str] | None | Unset = UNSET,
        inheritance_class: str | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Creates a group of users, organizations, positions or groups, whose members are added by hand or chosen by a
        condition.

        Args:
            condition: Who is a member without being told: a condition, `1==1` for everyone and `1==0` for no one.
            condition_kind: What the condition selects: `user`, `organization` or `position`.
            id: An identifier brought along; drawn when absent.
            member_kinds: The kinds of members it may have; empty for `user`, `organization`, `position` and
                `group`.
            origin: `manual`, `import` or `sync`; without a word about it the door tells.
            source: The file or identity source.
            name: Name.
            description: Description.
            risk_index: Risk index.
            categories: Categories.
            inheritance_class: Inherited by the switch of.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("group.create", {"condition": condition, "condition_kind": condition_kind, "id": id, "member_kinds": member_kinds, "origin": origin, "source": source, "attributes": merged(attributes, {"name": name, "description": description, "risk_index": risk_index, "categories": categories, "inheritance_class": inheritance_class, "external_id": external_id})})

    def update(
        self,
        group: GroupId,
        *,
        condition: Filter | None | Unset = UNSET,
        condition_kind: str | None | Unset = UNSET,
        member_kinds: Collection[KindLike] | None | Unset = UNSET,
        name: str | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        risk_index: float | None | Unset = UNSET,
        categories: Sequence[str] | None | Unset = UNSET,
        inheritance_class: str | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Changes attributes of a group, or the kinds of members it may have.

        Args:
            group: The group.
            condition: The condition from now on; `null` removes it, and members added by hand stay.
            condition_kind: What the condition selects: `user`, `organization` or `position`.
            member_kinds: The kinds of members from now on; empty for all four. Refused while it has members of
                another kind.
            name: Name.
            description: Description.
            risk_index: Risk index.
            categories: Categories.
            inheritance_class: Inherited by the switch of.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("group.update", {"group": group, "condition": condition, "condition_kind": condition_kind, "member_kinds": member_kinds, "attributes": merged(attributes, {"name": name, "description": description, "risk_index": risk_index, "categories": categories, "inheritance_class": inheritance_class, "external_id": external_id})})

    def add_members(
        self,
        group: GroupId,
        members: Collection[EntityId],
        *,
        window: Window | Unset = UNSET,
    ) -> R:
        """Adds members to a group. Groups may contain each other, even in a circle: everybody in it is in all of them.

        Args:
            group: The group.
            members: Users, organizations with everything below them, positions, groups.
            window: When it holds.
        """
        return self._send("group.add_members", {"group": group, "members": members, "window": window})

    def remove_members(
        self,
        group: GroupId,
        members: Collection[EntityId],
    ) -> R:
        """Takes members out of a group. Only the direct origin goes: what a source or rule said stays.

        Args:
            group: The group.
            members: Whom.
        """
        return self._send("group.remove_members", {"group": group, "members": members})

    def delete(
        self,
        group: GroupId,
    ) -> R:
        """Deletes a group physically. Its members lose nothing but the group, and it leaves the groups it is in.

        Args:
            group: The group.
        """
        return self._send("group.delete", {"group": group})


class TemplateCommands(Commands[R]):
    """Commands about records of the kind `template`."""

    def create(
        self,
        *,
        name: str | Unset = UNSET,
        id: TemplateId | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        when_job: str | None | Unset = UNSET,
        when_department: str | None | Unset = UNSET,
        values: Mapping[str, Any] | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Creates a template. It is applied to new users whose `job` is `when_job` or whose `department` is
        `when_department`, or that name it.

        Args:
            id: An identifier brought along; drawn when absent.
            name: Name.
            description: Description.
            when_job: Applies to job.
            when_department: Applies to department.
            values: Values.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("template.create", {"id": id, "attributes": merged(attributes, {"name": name, "description": description, "when_job": when_job, "when_department": when_department, "values": values, "external_id": external_id})})

    def update(
        self,
        template: TemplateId,
        *,
        name: str | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        when_job: str | None | Unset = UNSET,
        when_department: str | None | Unset = UNSET,
        values: Mapping[str, Any] | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Changes a template. Users made from it stay as they are.

        Args:
            template: The template.
            name: Name.
            description: Description.
            when_job: Applies to job.
            when_department: Applies to department.
            values: Values.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("template.update", {"template": template, "attributes": merged(attributes, {"name": name, "description": description, "when_job": when_job, "when_department": when_department, "values": values, "external_id": external_id})})

    def delete(
        self,
        template: TemplateId,
    ) -> R:
        """Deletes a template. Users made from it stay as they are.

        Args:
            template: The template.
        """
        return self._send("template.delete", {"template": template})


class AttributeCommands(Commands[R]):
    """Commands about records of the kind `attribute`."""

    def define(
        self,
        kind: KindLike,
        name: str,
        label: str,
        type: AttributeTypeLike,
        *,
        allowed: Sequence[AttributeValue] | Unset = UNSET,
        default: AttributeValue | None | Unset = UNSET,
        id: AttributeId | None | Unset = UNSET,
        maximum_length: int | None | Unset = UNSET,
        multiple: bool | Unset = UNSET,
        pattern: str | None | Unset = UNSET,
        personal: bool | Unset = UNSET,
        required: bool | Unset = UNSET,
        searchable: bool | Unset = UNSET,
        unique: bool | Unset = UNSET,
    ) -> R:
        """Declares an attribute of a kind. Whether it can be searched, whether it is unique, its type and whether it
        holds several values are decided here and stay.

        Args:
            kind: The kind of record that carries it.
            name: The stable name.
            label: The name people see.
            type: The type of a single value.
            allowed: The values allowed, when not any.
            default: Filled in at creation when nothing else gives a value.
            id: An identifier brought along; drawn when absent.
            maximum_length: Code points at most.
            multiple: Several values allowed.
            pattern: The whole text must match.
            personal: Personal data.
            required: Must be set.
            searchable: Filters and sorts may name it.
            unique: No two live records share the folded value.
        """
        return self._send("attribute.define", {"kind": kind, "name": name, "label": label, "type": type, "allowed": allowed, "default": default, "id": id, "maximum_length": maximum_length, "multiple": multiple, "pattern": pattern, "personal": personal, "required": required, "searchable": searchable, "unique": unique})

    def update(
        self,
        kind: KindLike,
        name: str,
        *,
        allowed: Sequence[AttributeValue] | None | Unset = UNSET,
        default: AttributeValue | None | Unset = UNSET,
        label: str | None | Unset = UNSET,
        maximum_length: int | None | Unset = UNSET,
        multiple: bool | None | Unset = UNSET,
        pattern: str | None | Unset = UNSET,
        personal: bool | None | Unset = UNSET,
        required: bool | None | Unset = UNSET,
        searchable: bool | None | Unset = UNSET,
        type: AttributeTypeLike | None | Unset = UNSET,
        unique: bool | None | Unset = UNSET,
    ) -> R:
        """Changes a custom attribute. New limits hold for what is written from then on; what is stored stays as it is.
        Type, number of values, uniqueness and searchability cannot change.

        Args:
            kind: The kind of record that carries it.
            name: Its name.
            allowed: The new list of allowed values; empty for any.
            default: The new default; `null` for none.
            label: The new label.
            maximum_length: The new maximum length; `null` for the default.
            multiple: Cannot change; may be given when it is what it was.
            pattern: The new pattern; `null` for none.
            personal: Whether it is personal data. What was journaled before stays as it was journaled.
            required: Whether it must be set from now on.
            searchable: Cannot change; may be given when it is what it was.
            type: Cannot change; may be given when it is what it was.
            unique: Cannot change; may be given when it is what it was.
        """
        return self._send("attribute.update", {"kind": kind, "name": name, "allowed": allowed, "default": default, "label": label, "maximum_length": maximum_length, "multiple": multiple, "pattern": pattern, "personal": personal, "required": required, "searchable": searchable, "type": type, "unique": unique})

    def remove(
        self,
        kind: KindLike,
        name: str,
    ) -> R:
        """Removes a custom attribute that no form, template or setting names.

        Args:
            kind: The kind of record that carries it.
            name: Its name.
        """
        return self._send("attribute.remove", {"kind": kind, "name": name})


class RoleCommands(Commands[R]):
    """Commands about records of the kind `role`."""

    def create(
        self,
        *,
        name: str | Unset = UNSET,
        assignments: Sequence[AssignmentId] | Unset = UNSET,
        condition: Filter | None | Unset = UNSET,
        condition_kind: str | None | Unset = UNSET,
        constraint: TimeConstraint | None | Unset = UNSET,
        id: RoleId | None | Unset = UNSET,
        privileges: Sequence[Privilege] | Unset = UNSET,
        role_type: RoleTypeLike | Unset = UNSET,
        description: str | None | Unset = UNSET,
        level: int | None | Unset = UNSET,
        administrative: bool | None | Unset = UNSET,
        min_holders: int | None | Unset = UNSET,
        max_holders: int | None | Unset = UNSET,
        risk_index: float | None | Unset = UNSET,
        categories: Sequence[str] | None | Unset = UNSET,
        inheritance_class: str | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Creates a role. An external role may carry assignments from the beginning; an internal one has privileges.
        Without privileges it allows nothing.

        Args:
            assignments: The assignments of an external role.
            condition: Who gets the role without being told: a condition over their attributes, `1==1` for everyone.
            condition_kind: What the condition selects: `user` or `device`.
            constraint: The time in which the role is in effect at all.
            id: An identifier brought along; drawn when absent.
            privileges: What an internal role allows and denies.
            role_type: `internal` or `external`; it cannot be changed later.
            name: Name.
            description: Description.
            level: Level.
            administrative: Administers the platform.
            min_holders: Holders at least.
            max_holders: Holders at most.
            risk_index: Risk index.
            categories: Categories.
            inheritance_class: Inherited by the switch of.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("role.create", {"assignments": assignments, "condition": condition, "condition_kind": condition_kind, "constraint": constraint, "id": id, "privileges": privileges, "role_type": role_type, "attributes": merged(attributes, {"name": name, "description": description, "level": level, "administrative": administrative, "min_holders": min_holders, "max_holders": max_holders, "risk_index": risk_index, "categories": categories, "inheritance_class": inheritance_class, "external_id": external_id})})

    def update(
        self,
        role: RoleId,
        *,
        condition: Filter | None | Unset = UNSET,
        condition_kind: str | None | Unset = UNSET,
        constraint: TimeConstraint | None | Unset = UNSET,
        privileges: Sequence[Privilege] | None | Unset = UNSET,
        name: str | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        level: int | None | Unset = UNSET,
        administrative: bool | None | Unset = UNSET,
        min_holders: int | None | Unset = UNSET,
        max_holders: int | None | Unset = UNSET,
        risk_index: float | None | Unset = UNSET,
        categories: Sequence[str] | None | Unset = UNSET,
        inheritance_class: str | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Changes a role. What is not named stays.

        Args:
            role: The role.
            condition: The condition from now on; `null` removes it, and direct grants stay.
            condition_kind: What the condition selects: `user` or `device`.
            constraint: The time in which the role is in effect at all; `null` removes it.
            privileges: Its privileges from now on.
            name: Name.
            description: Description.
            level: Level.
            administrative: Administers the platform.
            min_holders: Holders at least.
            max_holders: Holders at most.
            risk_index: Risk index.
            categories: Categories.
            inheritance_class: Inherited by the switch of.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("role.update", {"role": role, "condition": condition, "condition_kind": condition_kind, "constraint": constraint, "privileges": privileges, "attributes": merged(attributes, {"name": name, "description": description, "level": level, "administrative": administrative, "min_holders": min_holders, "max_holders": max_holders, "risk_index": risk_index, "categories": categories, "inheritance_class": inheritance_class, "external_id": external_id})})

    def delete(
        self,
        role: RoleId,
        *,
        grants: GrantDispositionLike | None | Unset = UNSET,
        move_to: RoleId | None | Unset = UNSET,
    ) -> R:
        """Deletes a role physically. A role that somebody holds, or that another role includes or requires, is not
        deleted unless it is said what becomes of the grants.

        Args:
            role: The role.
            grants: What becomes of its grants.
            move_to: The role that takes them over.
        """
        return self._send("role.delete", {"role": role, "grants": grants, "move_to": move_to})

    def grant(
        self,
        role: RoleId,
        holders: Collection[EntityId],
        *,
        constraint: TimeConstraint | None | Unset = UNSET,
        inherit: bool | Unset = UNSET,
        within: Collection[OrganizationId] | Unset = UNSET,
    ) -> R:
        """Grants a role to one or several holders: users, devices, groups, organizations, positions, types of users. A
        direct grant that is there already gets the new terms.

        Args:
            role: The role.
            holders: Who gets it.
            constraint: The time in which the grant holds; the role's own must hold as well.
            inherit: For organizations: whether members of everything below hold it as well, up to where inheritance
                stops.
            within: The role acts on these organizations and what is below them only; empty for everywhere.
        """
        return self._send("role.grant", {"role": role, "holders": holders, "constraint": constraint, "inherit": inherit, "within": within})

    def revoke(
        self,
        role: RoleId,
        holders: Collection[EntityId],
    ) -> R:
        """Revokes a role from holders. Only the direct grant goes: what a rule or source gives stays.

        Args:
            role: The role.
            holders: Who loses it.
        """
        return self._send("role.revoke", {"role": role, "holders": holders})

    def include(
        self,
        role: RoleId,
        roles: Collection[RoleId],
    ) -> R:
        """Lets a role include others: who holds it holds them. A circle is refused.

        Args:
            role: The role.
            roles: The roles that it includes.
        """
        return self._send("role.include", {"role": role, "roles": roles})

    def stop_including(
        self,
        role: RoleId,
        roles: Collection[RoleId],
    ) -> R:
        """Takes included roles out of a role.

        Args:
            role: The role.
            roles: The roles that it no longer includes.
        """
        return self._send("role.stop_including", {"role": role, "roles": roles})

    def add_assignments(
        self,
        role: RoleId,
        assignments: Collection[AssignmentId],
    ) -> R:
        """Lets an external role carry assignments.

        Args:
            role: The role.
            assignments: The assignments.
        """
        return self._send("role.add_assignments", {"role": role, "assignments": assignments})

    def remove_assignments(
        self,
        role: RoleId,
        assignments: Collection[AssignmentId],
    ) -> R:
        """Takes assignments off an external role.

        Args:
            role: The role.
            assignments: The assignments.
        """
        return self._send("role.remove_assignments", {"role": role, "assignments": assignments})

    def add_exclusions(
        self,
        role: RoleId,
        roles: Collection[RoleId],
        *,
        separate: bool | Unset = UNSET,
    ) -> R:
        """Keeps roles from having effect beside this one: whoever holds this one has the others without effect; the
        grants stay and come back by themselves. Directed, and never in a circle. With `separate` nobody is given
        both, in either order.

        Args:
            role: The role.
            roles: The roles that are not in effect beside this one.
            separate: Separation of duties: a grant that would give both to one person is refused.
        """
        return self._send("role.add_exclusions", {"role": role, "roles": roles, "separate": separate})

    def remove_exclusions(
        self,
        role: RoleId,
        roles: Collection[RoleId],
    ) -> R:
        """Takes exclusions back.

        Args:
            role: The role.
            roles: The roles that are no longer excluded.
        """
        return self._send("role.remove_exclusions", {"role": role, "roles": roles})

    def add_prerequisites(
        self,
        role: RoleId,
        roles: Collection[RoleId],
    ) -> R:
        """Lets a role be granted only to somebody who holds others.

        Args:
            role: The role.
            roles: The roles that have to be held.
        """
        return self._send("role.add_prerequisites", {"role": role, "roles": roles})

    def remove_prerequisites(
        self,
        role: RoleId,
        roles: Collection[RoleId],
    ) -> R:
        """Takes prerequisites back.

        Args:
            role: The role.
            roles: The roles that need not be held any more.
        """
        return self._send("role.remove_prerequisites", {"role": role, "roles": roles})


class AssignmentCommands(Commands[R]):
    """Commands about records of the kind `assignment`."""

    def create(
        self,
        *,
        mapping: str | Unset = UNSET,
        name: str | Unset = UNSET,
        events: Sequence[AssignmentEvent] | Unset = UNSET,
        id: AssignmentId | None | Unset = UNSET,
        on_assignment: OnAssignmentLike | Unset = UNSET,
        on_unassignment: OnUnassignmentLike | Unset = UNSET,
        values: Sequence[AssignmentValue] | Unset = UNSET,
        description: str | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Creates an assignment: attribute values for one source-target mapping.

        Args:
            events: What is evaluated when the assignment comes or goes.
            id: An identifier brought along; drawn when absent.
            on_assignment: How they meet the values of the target.
            on_unassignment: What becomes of them when the assignment is lost.
            values: The target's attributes and their values.
            name: Name.
            description: Description.
            mapping: Mapping.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("assignment.create", {"events": events, "id": id, "on_assignment": on_assignment, "on_unassignment": on_unassignment, "values": values, "attributes": merged(attributes, {"name": name, "description": description, "mapping": mapping, "external_id": external_id})})

    def update(
        self,
        assignment: AssignmentId,
        *,
        events: Sequence[AssignmentEvent] | None | Unset = UNSET,
        on_assignment: OnAssignmentLike | None | Unset = UNSET,
        on_unassignment: OnUnassignmentLike | None | Unset = UNSET,
        values: Sequence[AssignmentValue] | None | Unset = UNSET,
        name: str | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        mapping: str | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Changes an assignment. What is not named stays; the mapping cannot be changed.

        Args:
            assignment: The assignment.
            events: What is evaluated from now on.
            on_assignment: How they meet the values of the target.
            on_unassignment: What becomes of them when the assignment is lost.
            values: The target's attributes and their values from now on.
            name: Name.
            description: Description.
            mapping: Mapping.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("assignment.update", {"assignment": assignment, "events": events, "on_assignment": on_assignment, "on_unassignment": on_unassignment, "values": values, "attributes": merged(attributes, {"name": name, "description": description, "mapping": mapping, "external_id": external_id})})

    def delete(
        self,
        assignment: AssignmentId,
        *,
        detach: bool | Unset = UNSET,
    ) -> R:
        """Deletes an assignment that no role carries.

        Args:
            assignment: The assignment.
            detach: Takes it off the roles that carry it.
        """
        return self._send("assignment.delete", {"assignment": assignment, "detach": detach})


class RuleCommands(Commands[R]):
    """Commands about records of the kind `rule`."""

    def apply(
        self,
        owner: EntityId,
        *,
        complete: bool | Unset = UNSET,
        subjects: Collection[EntityId] | Unset = UNSET,
    ) -> R:
        """Evaluates the condition of a dynamic role or group again for some records and brings their membership into
        line. The library does it by itself after a rule changed and when time passes; asking for it never does
        harm.

        Args:
            owner: The role or group.
            complete: Notes that everybody was looked at.
            subjects: The records to look at.
        """
        return self._send("rule.apply", {"owner": owner, "complete": complete, "subjects": subjects})


class CredentialCommands(Commands[R]):
    """Commands about records of the kind `credential`."""

    def remove(
        self,
        credential: CredentialId,
    ) -> R:
        """Removes a credential of a user; it can no longer be used. The last second factor stays. Removing a link to a
        provider removes what is stored here; the next sign-in with the provider makes it again.

        Args:
            credential: The credential.
        """
        return self._send("credential.remove", {"credential": credential})


class PolicyCommands(Commands[R]):
    """Commands about records of the kind `policy`."""

    def create(
        self,
        *,
        name: str | Unset = UNSET,
        applies_to: Collection[EntityId] | Unset = UNSET,
        id: PolicyId | None | Unset = UNSET,
        rules: PolicyParts | Unset = UNSET,
        description: str | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Creates a policy for the whole realm, or for the organizations, user types, groups and users that it is
        attached to. Of several policies the strictest counts, rule by rule.

        Args:
            applies_to: To whom it applies: organizations with everything below them, user types, groups with
                everything in them, users. Empty: to everybody in the realm.
            id: An identifier brought along; drawn when absent.
            rules: What it says.
            name: Name.
            description: Description.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("policy.create", {"applies_to": applies_to, "id": id, "rules": rules, "attributes": merged(attributes, {"name": name, "description": description, "external_id": external_id})})

    def update(
        self,
        policy: PolicyId,
        *,
        applies_to: Collection[EntityId] | None | Unset = UNSET,
        rules: PolicyParts | None | Unset = UNSET,
        name: str | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attributes: Mapping[str, AttributeValue] | Unset = UNSET,
    ) -> R:
        """Changes a policy. Passwords that were set before stay as they are until they are set again.

        Args:
            policy: The policy.
            applies_to: To whom it applies from now on; as before when absent.
            rules: What it says from now on, all of it; as before when absent.
            name: Name.
            description: Description.
            external_id: External identifier.
            attributes: More attributes by name, those that the realm declared among them; `None` removes a value.
        """
        return self._send("policy.update", {"policy": policy, "applies_to": applies_to, "rules": rules, "attributes": merged(attributes, {"name": name, "description": description, "external_id": external_id})})

    def delete(
        self,
        policy: PolicyId,
    ) -> R:
        """Deletes a policy; the others, and the defaults, count from now on.

        Args:
            policy: The policy.
        """
        return self._send("policy.delete", {"policy": policy})


class SessionCommands(Commands[R]):
    """Commands about records of the kind `session`."""

    def open(
        self,
        user: UserId,
        *,
        assurance: int | Unset = UNSET,
        methods: Sequence[str] | Unset = UNSET,
        origin: SessionOrigin | Unset = UNSET,
        refresh: bool | Unset = UNSET,
    ) -> R:
        """Signs a user in whom the host has authenticated by other means, such as a social or corporate sign-in.
        Discloses `token`, and `refresh_token` when asked for.

        Args:
            user: The user.
            assurance: How sure one may be of it: 1 for one factor, 2 for two, 3 for two of which one is hardware.
            methods: How the user proved to be the user, such as `social` or `certificate`.
            origin: Where the session comes from.
            refresh: Hand out a refresh token, too; then the session's token lives for minutes only.
        """
        return self._send("session.open", {"user": user, "assurance": assurance, "methods": methods, "origin": origin, "refresh": refresh})

    def end(
        self,
        session: SessionId,
    ) -> R:
        """Ends one session: signs the user out there.

        Args:
            session: The session.
        """
        return self._send("session.end", {"session": session})


class LinkCommands(Commands[R]):
    """Commands about records of the kind `link`."""

    def revoke(
        self,
        link: LinkId,
    ) -> R:
        """Revokes a link that was not used yet. An invitation that is revoked can be sent again.

        Args:
            link: The link.
        """
        return self._send("link.revoke", {"link": link})


class SourceCommands(Commands[R]):
    """Commands about records of the kind `source`."""

    def create(
        self,
        name: str,
        connector: str,
        *,
        configuration: Mapping[str, AttributeValue] | Unset = UNSET,
        id: SourceId | None | Unset = UNSET,
        rules: SourceRules | Unset = UNSET,
        schedule: str | None | Unset = UNSET,
        time_zone: str | None | Unset = UNSET,
    ) -> R:
        """Configures an identity source. Refused while its connector is not registered, and by name for every required
        field that is missing. A new source looks only: its runs show what they would do.

        Args:
            name: Its name, for whoever administers it.
            connector: The name of the connector.
            configuration: The connector's configuration. Secrets are named, `vault:…`, never given.
            id: An identifier brought along; drawn when absent.
            rules: How what it says becomes records.
            schedule: A cron expression; 02:00 every day when absent, never when empty.
            time_zone: The time zone of the schedule, such as `Europe/Vienna`; UTC when absent.
        """
        return self._send("source.create", {"name": name, "connector": connector, "configuration": configuration, "id": id, "rules": rules, "schedule": schedule, "time_zone": time_zone})

    def update(
        self,
        source: SourceId,
        *,
        configuration: Mapping[str, AttributeValue] | None | Unset = UNSET,
        mode: SourceModeLike | None | Unset = UNSET,
        name: str | None | Unset = UNSET,
        rules: SourceRules | None | Unset = UNSET,
        schedule: str | None | Unset = UNSET,
        time_zone: str | None | Unset = UNSET,
    ) -> R:
        """Changes an identity source. What is not given stays. Other rules or another configuration make the next run
        a full one.

        Args:
            source: The source.
            configuration: Another configuration, as a whole.
            mode: Whether its runs change anything.
            name: Another name.
            rules: Other rules, as a whole.
            schedule: Another schedule; empty for none.
            time_zone: Another time zone.
        """
        return self._send("source.update", {"source": source, "configuration": configuration, "mode": mode, "name": name, "rules": rules, "schedule": schedule, "time_zone": time_zone})

    def enable(
        self,
        source: SourceId,
    ) -> R:
        """Enables an identity source: its schedule counts again.

        Args:
            source: Which one.
        """
        return self._send("source.enable", {"source": source})

    def disable(
        self,
        source: SourceId,
    ) -> R:
        """Disables an identity source: no run starts.

        Args:
            source: Which one.
        """
        return self._send("source.disable", {"source": source})

    def delete(
        self,
        source: SourceId,
    ) -> R:
        """Deletes an identity source. The records that came from it stay as they are.

        Args:
            source: The source.
        """
        return self._send("source.delete", {"source": source})


class ShadowCommands(Commands[R]):
    """Commands about records of the kind `shadow`."""

    def put(
        self,
        source: SourceId,
        kind: SyncKindLike,
        identifier: str,
        object_key: str,
        situation: SituationLike,
        state: ShadowStateLike,
        *,
        candidates: Collection[EntityId] | Unset = UNSET,
        delete_after: datetime | None | Unset = UNSET,
        depends_on: Collection[EntityId] | Unset = UNSET,
        digest: str | None | Unset = UNSET,
        missing_since: datetime | None | Unset = UNSET,
        name_key: str | None | Unset = UNSET,
        problem: AttributeValue | None | Unset = UNSET,
        problem_code: str | None | Unset = UNSET,
        shadow: ShadowId | None | Unset = UNSET,
        target: EntityId | None | Unset = UNSET,
        title: str | None | Unset = UNSET,
    ) -> R:
        """Notes what is known of an object of a source, and which record it is linked to.

        Args:
            source: The source.
            kind: What kind of object it is.
            identifier: The identifier that the source gives it.
            object_key: The key of the identifier: no two objects of a source share one.
            situation: The situation that was found.
            state: How it stands.
            candidates: The records that it may be.
            delete_after: After which moment the record may be deleted.
            depends_on: Records without which the digest does not hold: when one of them is not there, it is left
                out, and the object is looked at again.
            digest: The digest of the mapped values.
            missing_since: Since when it is gone at the source.
            name_key: The key of the name, by which others name it.
            problem: What is wrong.
            problem_code: The code of what is wrong.
            shadow: The one to be written again; a new one when absent.
            target: The record that it is linked to.
            title: The name that the source gives it.
        """
        return self._send("shadow.put", {"source": source, "kind": kind, "identifier": identifier, "object_key": object_key, "situation": situation, "state": state, "candidates": candidates, "delete_after": delete_after, "depends_on": depends_on, "digest": digest, "missing_since": missing_since, "name_key": name_key, "problem": problem, "problem_code": problem_code, "shadow": shadow, "target": target, "title": title})

    def resolve(
        self,
        shadow: ShadowId,
        resolution: Resolution,
    ) -> R:
        """Decides about an object of a source that waits in the review or remediation queue.

        Args:
            shadow: The object.
            resolution: The decision.
        """
        return self._send("shadow.resolve", {"shadow": shadow, "resolution": resolution})

    def remove(
        self,
        shadow: ShadowId,
    ) -> R:
        """Forgets an object of a source. The record that it is linked to stays.

        Args:
            shadow: The object.
        """
        return self._send("shadow.remove", {"shadow": shadow})


class ConnectorCommands(Commands[R]):
    """Commands about records of the kind `connector`."""

    def install(
        self,
        descriptor: ConnectorDescriptor,
    ) -> R:
        """Registers a connector in the realm, or a later version of it. Hosts do it when they start.

        Args:
            descriptor: The connector as it describes itself.
        """
        return self._send("connector.install", {"descriptor": descriptor})

    def remove(
        self,
        connector: ConnectorId,
    ) -> R:
        """Takes a connector out of the realm. Sources that use it stay; their runs fail until it is back.

        Args:
            connector: The connector.
        """
        return self._send("connector.remove", {"connector": connector})


class RecordCommands(Commands[R]):
    """Commands about records."""

    def reindex(
        self,
        record: EntityId,
        attribute: str,
    ) -> R:
        """Takes or releases the unique name that an attribute of a record gives, as the schema now says. A name that
        another record holds is refused, with its holder. Sent by the engine after the uniqueness of an attribute
        changed.

        Args:
            record: The record.
            attribute: The attribute.
        """
        return self._send("record.reindex", {"record": record, "attribute": attribute})


class MembershipCommands(Commands[R]):
    """Commands about memberships."""

    def add(
        self,
        member: EntityId,
        organizations: Sequence[JoinOrganization],
    ) -> R:
        """Adds a user or device to organizations, one or several in one step, from either side. A membership that is
        there already gets the given number and time.

        Args:
            member: The user or device.
            organizations: Where to.
        """
        return self._send("membership.add", {"member": member, "organizations": organizations})

    def remove(
        self,
        member: EntityId,
        organizations: Sequence[OrganizationId],
    ) -> R:
        """Takes a user or device out of organizations. Only the direct origin goes: what a source or rule said stays.

        Args:
            member: The user or device.
            organizations: From where.
        """
        return self._send("membership.remove", {"member": member, "organizations": organizations})


class PasswordCommands(Commands[R]):
    """Commands about passwords."""

    def set(
        self,
        user: UserId,
        password: Secret,
        *,
        confirmation: Secret | None | Unset = UNSET,
        must_change: bool | Unset = UNSET,
    ) -> R:
        """Sets a user's password, as an administrator does. It has to satisfy the user's policy, must be changed at
        the next sign-in, and counts for the hours that the policy gives it.

        Args:
            user: The user.
            password: The new password.
            confirmation: The same again, where people type it; not compared when absent.
            must_change: Whether it must be changed at the next sign-in; yes when absent. Without it nobody but the
                user may know the password: for what a person typed, on the way through the host, and refused for
                everybody else.
        """
        return self._send("password.set", {"user": user, "password": password, "confirmation": confirmation, "must_change": must_change})

    def change(
        self,
        user: UserId,
        current: Secret,
        password: Secret,
        *,
        confirmation: Secret | None | Unset = UNSET,
    ) -> R:
        """Changes one's own password, with the present one as proof (OWASP ASVS 5, 6.2.3). A wrong one counts as a
        failed attempt.

        Args:
            user: The user.
            current: The present password.
            password: The new one.
            confirmation: The new one again, where people type it; not compared when absent.
        """
        return self._send("password.change", {"user": user, "current": current, "password": password, "confirmation": confirmation})

    def reset(
        self,
        user: UserId,
        *,
        send: bool | Unset = UNSET,
        to: ResetToLike | Unset = UNSET,
    ) -> R:
        """Gives a user an initial or random password that must be changed at the next sign-in. It is part of the
        answer as `password`, this once, or with `send` goes to the user by message. Where the policy allows no
        administrator to know a password (`administrator_allowed`), only a random one can be given, and only by
        message.

        Args:
            user: The user.
            send: Whether the password is sent to the user; then the answer does not have it.
            to: To what.
        """
        return self._send("password.reset", {"user": user, "send": send, "to": to})

    def require_change(
        self,
        user: UserId,
        *,
        required: bool | Unset = UNSET,
    ) -> R:
        """Requires a user to change the password at the next sign-in, or takes the requirement back.

        Args:
            user: The user.
            required: Whether it is required.
        """
        return self._send("password.require_change", {"user": user, "required": required})

    def exempt(
        self,
        user: UserId,
        exemption: ExemptionLike,
    ) -> R:
        """Exempts a user from expiry, from strength or from all restrictions of passwords, as far as the policy
        allows.

        Args:
            user: The user.
            exemption: From what.
        """
        return self._send("password.exempt", {"user": user, "exemption": exemption})

    def import_(
        self,
        user: UserId,
        hash: Secret,
        *,
        must_change: bool | Unset = UNSET,
        set_at: datetime | None | Unset = UNSET,
    ) -> R:
        """Brings along a password as a hash of another program. It is checked in its own form and replaced by one of
        this engine at the first sign-in.

        Args:
            user: The user.
            hash: The hash, as the other program keeps it.
            must_change: Whether it must be changed at the next sign-in.
            set_at: When it was set; not known when absent.
        """
        return self._send("password.import", {"user": user, "hash": hash, "must_change": must_change, "set_at": set_at})

    def export(
        self,
        users: Sequence[UserId],
    ) -> R:
        """Hands out the hashes of users' passwords, for a move to another program. The answer has one for each user
        that has a password, under the user's identifier; that they were handed out is noted with each of them.

        Args:
            users: The users, at most 1000.
        """
        return self._send("password.export", {"users": users})

    def verify(
        self,
        user: UserId,
        password: Secret,
    ) -> R:
        """Checks a user's password, for a host that keeps sessions of its own. A hash of another program is replaced,
        a wrong one counts as a failed attempt. Whether the user may sign in at all is asked with `user.status`.

        Args:
            user: The user.
            password: The password.
        """
        return self._send("password.verify", {"user": user, "password": password})

    def note_failure(
        self,
        user: UserId,
    ) -> R:
        """Counts a failed attempt at a user's password: for a host that checks passwords in its own way.

        Args:
            user: The user.
        """
        return self._send("password.note_failure", {"user": user})


class SyncCommands(Commands[R]):
    """Commands about syncs."""

    def request(
        self,
        source: SourceId,
        *,
        due_at: datetime | None | Unset = UNSET,
        filter: str | None | Unset = UNSET,
        id: SyncRunId | None | Unset = UNSET,
        look_only: bool | Unset = UNSET,
        mode: RunModeLike | Unset = UNSET,
    ) -> R:
        """Asks for a run of an identity source. It is carried out by whichever worker leases it first, not by the
        caller. Refused while the source is disabled.

        Args:
            source: The source.
            due_at: Not before then; at once when absent.
            filter: For a filtered run: which objects, in the connector's own syntax.
            id: An identifier brought along; drawn when absent.
            look_only: Only show what it would do, also when the source is active.
            mode: What it reads.
        """
        return self._send("sync.request", {"source": source, "due_at": due_at, "filter": filter, "id": id, "look_only": look_only, "mode": mode})

    def start(
        self,
        run: SyncRunId,
        worker: str,
        until: datetime,
        change_set: ChangeSetId,
    ) -> R:
        """Leases a run that waits, or whose worker has not been heard of since its lease ended. Refused while another
        worker holds it.

        Args:
            run: The run.
            worker: Who leases it.
            until: Until when, unless the worker is heard of before.
            change_set: The change set of the run; a run that goes on keeps the one it has.
        """
        return self._send("sync.start", {"run": run, "worker": worker, "until": until, "change_set": change_set})

    def note(
        self,
        run: SyncRunId,
        worker: str,
        until: datetime,
        place: AttributeValue,
        counts: AttributeValue,
    ) -> R:
        """Notes how far a run is, and keeps the lease. Refused when the worker has lost it.

        Args:
            run: The run.
            worker: Who holds the lease.
            until: Until when from now on.
            place: Where it would go on.
            counts: What it did so far, by name.
        """
        return self._send("sync.note", {"run": run, "worker": worker, "until": until, "place": place, "counts": counts})

    def finish(
        self,
        run: SyncRunId,
        worker: str,
        state: str,
        counts: AttributeValue,
        *,
        findings: Sequence[AttributeValue] | Unset = UNSET,
        problem: AttributeValue | None | Unset = UNSET,
        tokens: AttributeValue | None | Unset = UNSET,
    ) -> R:
        """Ends a run with its counts and findings; a run that failed or succeeded in part tells whoever should know
        when the source has alerts on.

        Args:
            run: The run.
            worker: Who holds the lease.
            state: `succeeded`, `partial`, `failed`, `stopped` or `cancelled`.
            counts: What it did, by name.
            findings: What somebody should look at, one structure each; 500 at most are kept.
            problem: Why it ended early.
            tokens: Where the next incremental run goes on, by kind; absent: where it went on before.
        """
        return self._send("sync.finish", {"run": run, "worker": worker, "state": state, "counts": counts, "findings": findings, "problem": problem, "tokens": tokens})

    def cancel(
        self,
        run: SyncRunId,
    ) -> R:
        """Asks a run to stop at the next page. A run that waits is over at once.

        Args:
            run: The run.
        """
        return self._send("sync.cancel", {"run": run})

    def forget(
        self,
        run: SyncRunId,
    ) -> R:
        """Forgets a run that is over, with its log. Its changes stay, and can still be undone by their change set.

        Args:
            run: The run.
        """
        return self._send("sync.forget", {"run": run})


class EdgeCommands(Commands[R]):
    """Commands about edges."""

    def synchronize(
        self,
        source: SourceId,
        record: EntityId,
        direction: DirectionLike,
        relation: RelationLike,
        *,
        add: Collection[EntityId] | Unset = UNSET,
        exclusive: bool | Unset = UNSET,
        remove: Collection[EntityId] | Unset = UNSET,
    ) -> R:
        """Adds and removes edges in the name of a source. What somebody else says stays: an edge goes when the last of
        those who asked for it takes it back.

        Args:
            source: The source.
            record: The record at one end.
            direction: Which end it is.
            relation: The meaning of the edges.
            add: Other ends that the source names.
            exclusive: Only one edge may be left: others go, whoever asked for them.
            remove: Other ends that the source does not name any more.
        """
        return self._send("edge.synchronize", {"source": source, "record": record, "direction": direction, "relation": relation, "add": add, "exclusive": exclusive, "remove": remove})


class OtpCommands(Commands[R]):
    """Commands about otps."""

    def enrol(
        self,
        user: UserId,
        *,
        algorithm: OtpAlgorithmLike | Unset = UNSET,
        confirmed: bool | Unset = UNSET,
        counter: int | Unset = UNSET,
        digits: int | Unset = UNSET,
        issuer: str | None | Unset = UNSET,
        label: str | None | Unset = UNSET,
        period: int | Unset = UNSET,
        secret: Secret | None | Unset = UNSET,
        type: OtpTypeLike | Unset = UNSET,
    ) -> R:
        """Begins the enrolment of a device that shows one-time passwords. The answer has its key as `secret` and as
        `uri` for a QR code, this once. The device counts when a first code of it was confirmed, within the time
        that the policy gives; a user has so many devices as the policy allows.

        Args:
            user: The user.
            algorithm: The hash; SHA-1 when absent, because some authenticators know no other.
            confirmed: Whether the device is in use elsewhere and needs no first code to count.
            counter: For counter devices: the next counter.
            digits: Digits of a code, 6 to 8; 6 when absent.
            issuer: What the authenticator shows as the service; the realm's name when absent.
            label: How people call the device.
            period: Seconds of a step, 15 to 60; 30 when absent (OWASP ASVS 5, 6.5.5: at most 30 is advised).
            secret: A key that is there already, in base 32: of a hardware token, or from another system. Drawn when
                absent.
            type: By time or by counter.
        """
        return self._send("otp.enrol", {"user": user, "algorithm": algorithm, "confirmed": confirmed, "counter": counter, "digits": digits, "issuer": issuer, "label": label, "period": period, "secret": secret, "type": type})

    def send_enrolments(
        self,
        users: Collection[UserId],
        *,
        issuer: str | None | Unset = UNSET,
    ) -> R:
        """Begins the enrolment of an authenticator for many users at once and sends each of them a QR code. Users who
        have as many devices as allowed are left out and named in the remarks.

        Args:
            users: The users, at most 1000.
            issuer: What the authenticator shows as the service; the realm's name when absent.
        """
        return self._send("otp.send_enrolments", {"users": users, "issuer": issuer})

    def confirm(
        self,
        credential: CredentialId,
        code: Secret,
    ) -> R:
        """Confirms a device with a first code: from then on it counts as a factor. The code is used up with it.

        Args:
            credential: The device.
            code: The code that it shows.
        """
        return self._send("otp.confirm", {"credential": credential, "code": code})

    def resynchronise(
        self,
        credential: CredentialId,
        first: Secret,
        second: Secret,
    ) -> R:
        """Brings a counter device back that was pressed too often: two codes in a row tell where it is (RFC 4226,
        7.4).

        Args:
            credential: The device.
            first: The code that it shows.
            second: The one that it shows next.
        """
        return self._send("otp.resynchronise", {"credential": credential, "first": first, "second": second})


class FactorCommands(Commands[R]):
    """Commands about factors."""

    def verify(
        self,
        user: UserId,
        code: Secret,
    ) -> R:
        """Checks a second factor and uses it up: a code of a device, a passcode, or a recovery code. Refused with
        `credential.wrong` when it is none, or was used before.

        Args:
            user: The user.
            code: The code.
        """
        return self._send("factor.verify", {"user": user, "code": code})

    def note_failure(
        self,
        user: UserId,
    ) -> R:
        """Counts a failed attempt at a user's second factors: for a host that checks them in its own way.

        Args:
            user: The user.
        """
        return self._send("factor.note_failure", {"user": user})


class RecoveryCodesCommands(Commands[R]):
    """Commands about recovery_codes."""

    def create(
        self,
        user: UserId,
    ) -> R:
        """Makes a new set of recovery codes for a user, in the place of the one before. They are part of the answer as
        `recovery_codes`, this once.

        Args:
            user: The user.
        """
        return self._send("recovery_codes.create", {"user": user})

    def revoke(
        self,
        user: UserId,
    ) -> R:
        """Revokes a user's recovery codes; always allowed, because they are no second factor of their own.

        Args:
            user: The user.
        """
        return self._send("recovery_codes.revoke", {"user": user})


class PasscodeCommands(Commands[R]):
    """Commands about passcodes."""

    def send(
        self,
        user: UserId,
        *,
        channel: PasscodeChannelLike | Unset = UNSET,
    ) -> R:
        """Sends a user a passcode of eight digits that counts once and for ten minutes at most. A newer one replaces
        the one before, 30 seconds after it at the earliest (`sign_in.throttled`): otherwise somebody could have
        passcodes sent until a guess is right. It counts as long as the address is the user's.

        Args:
            user: The user.
            channel: By e-mail or SMS; e-mail when absent.
        """
        return self._send("passcode.send", {"user": user, "channel": channel})


class ProviderCommands(Commands[R]):
    """Commands about providers."""

    def link(
        self,
        user: UserId,
        provider: str,
        subject: str,
        *,
        label: str | None | Unset = UNSET,
    ) -> R:
        """Links a user with an identity at a provider. An identity belongs to one user at most.

        Args:
            user: The user.
            provider: The provider, such as `google`.
            subject: The identity's stable identifier there: `sub` of OpenID Connect.
            label: How people call it: the address or name that the provider gave.
        """
        return self._send("provider.link", {"user": user, "provider": provider, "subject": subject, "label": label})


class PasskeyCommands(Commands[R]):
    """Commands about passkeys."""

    def enrol(
        self,
        user: UserId,
        *,
        label: str | None | Unset = UNSET,
    ) -> R:
        """Begins the enrolment of a passkey. The answer has as `options`, this once, what the browser is asked with:
        JSON for `PublicKeyCredential.parseCreationOptionsFromJSON` and `navigator.credentials.create`. The passkey
        counts when the browser's answer was confirmed, within ten minutes. Refused with `feature.off` when the
        realm's settings name no relying party (`sign_in.passkeys`), or this build checks no passkeys.

        Args:
            user: The user.
            label: How people call the device.
        """
        return self._send("passkey.enrol", {"user": user, "label": label})

    def confirm(
        self,
        credential: CredentialId,
        response: Secret,
    ) -> R:
        """Confirms the enrolment of a passkey with the browser's answer: from then on it counts, as a second factor
        and for a sign-in without a password. Refused with `credential.wrong` when the answer does not hold.

        Args:
            credential: The passkey whose enrolment was begun.
            response: What the browser answered, as JSON text: `JSON.stringify(credential)`.
        """
        return self._send("passkey.confirm", {"credential": credential, "response": response})


class CommandNouns(Generic[R]):
    """Every noun that has commands."""

    def __init__(self, send: Callable[[str, dict[str, Any]], R]) -> None:
        self.realms: RealmCommands[R] = RealmCommands(send)
        self.users: UserCommands[R] = UserCommands(send)
        self.devices: DeviceCommands[R] = DeviceCommands(send)
        self.user_types: UserTypeCommands[R] = UserTypeCommands(send)
        self.organizations: OrganizationCommands[R] = OrganizationCommands(send)
        self.organization_types: OrganizationTypeCommands[R] = OrganizationTypeCommands(send)
        self.positions: PositionCommands[R] = PositionCommands(send)
        self.groups: GroupCommands[R] = GroupCommands(send)
        self.templates: TemplateCommands[R] = TemplateCommands(send)
        self.attributes: AttributeCommands[R] = AttributeCommands(send)
        self.roles: RoleCommands[R] = RoleCommands(send)
        self.assignments: AssignmentCommands[R] = AssignmentCommands(send)
        self.rules: RuleCommands[R] = RuleCommands(send)
        self.credentials: CredentialCommands[R] = CredentialCommands(send)
        self.policies: PolicyCommands[R] = PolicyCommands(send)
        self.sessions: SessionCommands[R] = SessionCommands(send)
        self.links: LinkCommands[R] = LinkCommands(send)
        self.sources: SourceCommands[R] = SourceCommands(send)
        self.shadows: ShadowCommands[R] = ShadowCommands(send)
        self.connectors: ConnectorCommands[R] = ConnectorCommands(send)
        self.records: RecordCommands[R] = RecordCommands(send)
        self.memberships: MembershipCommands[R] = MembershipCommands(send)
        self.passwords: PasswordCommands[R] = PasswordCommands(send)
        self.syncs: SyncCommands[R] = SyncCommands(send)
        self.edges: EdgeCommands[R] = EdgeCommands(send)
        self.otps: OtpCommands[R] = OtpCommands(send)
        self.factors: FactorCommands[R] = FactorCommands(send)
        self.recovery_codes: RecoveryCodesCommands[R] = RecoveryCodesCommands(send)
        self.passcodes: PasscodeCommands[R] = PasscodeCommands(send)
        self.providers: ProviderCommands[R] = ProviderCommands(send)
        self.passkeys: PasskeyCommands[R] = PasskeyCommands(send)


COMMANDS: tuple[str, ...] = (
    "realm.create",
    "realm.update",
    "record.reindex",
    "attribute.define",
    "attribute.update",
    "attribute.remove",
    "user_type.create",
    "user_type.update",
    "user_type.delete",
    "organization_type.create",
    "organization_type.update",
    "organization_type.delete",
    "template.create",
    "template.update",
    "template.delete",
    "user.create",
    "user.update",
    "user.enable",
    "user.disable",
    "user.suspend",
    "user.archive",
    "user.restore",
    "user.lock",
    "user.unlock",
    "user.expire",
    "user.set_validity",
    "user.change_type",
    "user.record_consent",
    "user.set_manager",
    "user.set_shared_users",
    "user.delete",
    "user.undelete",
    "organization.create",
    "organization.update",
    "organization.change_type",
    "organization.enable",
    "organization.disable",
    "organization.transfer",
    "organization.merge",
    "organization.delete",
    "organization.add_lead",
    "organization.remove_lead",
    "position.create",
    "position.update",
    "position.enable",
    "position.disable",
    "position.transfer",
    "position.set_superior",
    "position.assign",
    "position.unassign",
    "position.delete",
    "group.create",
    "group.update",
    "group.add_members",
    "group.remove_members",
    "group.delete",
    "device.create",
    "device.update",
    "device.enable",
    "device.disable",
    "device.delete",
    "membership.add",
    "membership.remove",
    "role.create",
    "role.update",
    "role.delete",
    "role.grant",
    "role.revoke",
    "role.include",
    "role.stop_including",
    "role.add_assignments",
    "role.remove_assignments",
    "role.add_exclusions",
    "role.remove_exclusions",
    "role.add_prerequisites",
    "role.remove_prerequisites",
    "assignment.create",
    "assignment.update",
    "assignment.delete",
    "rule.apply",
    "organization.add_owner",
    "organization.remove_owner",
    "organization.add_administrator",
    "organization.remove_administrator",
    "user.add_deputy",
    "user.remove_deputy",
    "policy.create",
    "policy.update",
    "policy.delete",
    "password.set",
    "session.open",
    "session.end",
    "user.end_sessions",
    "user.invite",
    "user.start_password_reset",
    "user.start_email_verification",
    "link.revoke",
    "password.change",
    "password.reset",
    "password.require_change",
    "password.exempt",
    "password.import",
    "password.export",
    "password.verify",
    "password.note_failure",
    "user.exchange",
    "connector.install",
    "connector.remove",
    "source.create",
    "source.update",
    "source.enable",
    "source.disable",
    "source.delete",
    "sync.request",
    "sync.start",
    "sync.note",
    "sync.finish",
    "sync.cancel",
    "sync.forget",
    "shadow.put",
    "shadow.resolve",
    "shadow.remove",
    "edge.synchronize",
    "otp.enrol",
    "otp.send_enrolments",
    "otp.confirm",
    "otp.resynchronise",
    "factor.verify",
    "factor.note_failure",
    "recovery_codes.create",
    "recovery_codes.revoke",
    "passcode.send",
    "provider.link",
    "credential.remove",
    "passkey.enrol",
    "passkey.confirm",
)
