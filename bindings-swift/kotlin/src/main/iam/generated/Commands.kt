// Generated from the catalogue by `.ci/generate`; do not edit.

package iam

import java.time.Instant

/** Commands about realms, as values. */
public object RealmCommands {
    /**
     * Creates the realm that the command is sent to. Its name is unique among all realms.
     *
     * @param name The name.
     * @param id The realm, when it is to be said twice; it is the one that the command is sent to.
     * @param settings The settings that differ from the defaults.
     */
    public fun create(name: String, id: RealmId? = null, settings: Map<String, Value>? = null): Command {
        val fields = Fields()
        fields.set("name", name)
        fields.put("id", id)
        fields.put("settings", settings)
        return Command("realm.create", fields)
    }

    /**
     * Changes the name or settings of the realm. Settings are merged: what is not named stays, `null` goes back to
     * the default, a structure is merged line by line, a list is replaced.
     *
     * @param name The new name.
     * @param settings The settings that change.
     */
    public fun update(name: String? = null, settings: Map<String, Value>? = null): Command {
        val fields = Fields()
        fields.put("name", name)
        fields.put("settings", settings)
        return Command("realm.update", fields)
    }
}

/** Commands about users, as values. */
public object UserCommands {
    /**
     * Creates a user.
     *
     * Values come, in this order, from the command, the template, the attribute's default. With `template` left
     * out, templates whose job or department fits are applied by themselves, the job's first. The validity of the
     * user type sets `valid_until` unless the command does.
     *
     * @param id An identifier brought along; drawn when absent.
     * @param invitation How the invitation goes out, with `registration: invited`.
     * @param lawfulBasis The lawful basis of processing, one of those of GDPR article 6.
     * @param manager The manager.
     * @param organizations Organizations to join, several at once.
     * @param origin `manual`, `import`, `orphan_account`, `sync` or `self_registration`; without a word about
     *     it the door tells: an identity source, an import, else by hand.
     * @param positions Positions to hold.
     * @param registration How far the sign-up is.
     * @param source The file, identity source or form that the user came from.
     * @param suppliedByUser The attributes whose values the person supplied; the others came from whoever
     *     asked.
     * @param template The template to pre-fill from.
     * @param userType The user type.
     * @param validFrom Not valid before.
     * @param validUntil Not valid from then on; overrides the user type's validity.
     * @param userName User name.
     * @param email E-mail.
     * @param firstName First name.
     * @param lastName Last name.
     * @param displayName Display name.
     * @param phone Phone.
     * @param userNumber User number.
     * @param identityType Identity type.
     * @param privileged Privileged account.
     * @param job Job.
     * @param department Department.
     * @param location Location.
     * @param street Street.
     * @param city City.
     * @param postalCode Postal code.
     * @param state State or province.
     * @param country Country.
     * @param language Preferred language.
     * @param timeZone Time zone.
     * @param dateOfBirth Date of birth.
     * @param hiredOn Hired on.
     * @param inPositionSince In position since.
     * @param preferenceUpdates News and updates.
     * @param preferenceMarketing Special offers and services.
     * @param categories Categories.
     * @param inheritServicePlans Inherits disabled service plans.
     * @param inheritSubscriptions Inherits subscriptions.
     * @param inheritAdministratorRoles Inherits administrator roles.
     * @param inheritGroups Inherits groups.
     * @param inheritOfficeGroups Inherits Office 365 groups.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun create(
        id: UserId? = null,
        invitation: Invitation? = null,
        lawfulBasis: String? = null,
        manager: UserId? = null,
        organizations: List<JoinOrganization>? = null,
        origin: String? = null,
        positions: List<PositionId>? = null,
        registration: Registration? = null,
        source: String? = null,
        suppliedByUser: List<String>? = null,
        template: TemplateId? = null,
        userType: UserTypeId? = null,
        validFrom: Instant? = null,
        validUntil: Instant? = null,
        userName: String? = null,
        email: String? = null,
        firstName: String? = null,
        lastName: String? = null,
        displayName: String? = null,
        phone: String? = null,
        userNumber: String? = null,
        identityType: String? = null,
        privileged: Boolean? = null,
        job: String? = null,
        department: String? = null,
        location: String? = null,
        street: String? = null,
        city: String? = null,
        postalCode: String? = null,
        state: String? = null,
        country: String? = null,
        language: String? = null,
        timeZone: String? = null,
        dateOfBirth: String? = null,
        hiredOn: String? = null,
        inPositionSince: String? = null,
        preferenceUpdates: Boolean? = null,
        preferenceMarketing: Boolean? = null,
        categories: List<String>? = null,
        inheritServicePlans: Boolean? = null,
        inheritSubscriptions: Boolean? = null,
        inheritAdministratorRoles: Boolean? = null,
        inheritGroups: Boolean? = null,
        inheritOfficeGroups: Boolean? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.put("id", id)
        fields.put("invitation", invitation)
        fields.put("lawful_basis", lawfulBasis)
        fields.put("manager", manager)
        fields.put("organizations", organizations)
        fields.put("origin", origin)
        fields.put("positions", positions)
        fields.put("registration", registration)
        fields.put("source", source)
        fields.put("supplied_by_user", suppliedByUser)
        fields.put("template", template)
        fields.put("user_type", userType)
        fields.put("valid_from", validFrom)
        fields.put("valid_until", validUntil)
        val named = Fields(attributes)
        named.put("user_name", userName)
        named.put("email", email)
        named.put("first_name", firstName)
        named.put("last_name", lastName)
        named.put("display_name", displayName)
        named.put("phone", phone)
        named.put("user_number", userNumber)
        named.put("identity_type", identityType)
        named.put("privileged", privileged)
        named.put("job", job)
        named.put("department", department)
        named.put("location", location)
        named.put("street", street)
        named.put("city", city)
        named.put("postal_code", postalCode)
        named.put("state", state)
        named.put("country", country)
        named.put("language", language)
        named.put("time_zone", timeZone)
        named.put("date_of_birth", dateOfBirth)
        named.put("hired_on", hiredOn)
        named.put("in_position_since", inPositionSince)
        named.put("preference_updates", preferenceUpdates)
        named.put("preference_marketing", preferenceMarketing)
        named.put("categories", categories)
        named.put("inherit_service_plans", inheritServicePlans)
        named.put("inherit_subscriptions", inheritSubscriptions)
        named.put("inherit_administrator_roles", inheritAdministratorRoles)
        named.put("inherit_groups", inheritGroups)
        named.put("inherit_office_groups", inheritOfficeGroups)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("user.create", fields)
    }

    /**
     * Changes attributes of a user. Read-only attributes and those with a command of their own are refused by
     * name.
     *
     * @param user The user.
     * @param userName User name.
     * @param email E-mail.
     * @param firstName First name.
     * @param lastName Last name.
     * @param displayName Display name.
     * @param phone Phone.
     * @param userNumber User number.
     * @param identityType Identity type.
     * @param privileged Privileged account.
     * @param job Job.
     * @param department Department.
     * @param location Location.
     * @param street Street.
     * @param city City.
     * @param postalCode Postal code.
     * @param state State or province.
     * @param country Country.
     * @param language Preferred language.
     * @param timeZone Time zone.
     * @param dateOfBirth Date of birth.
     * @param hiredOn Hired on.
     * @param inPositionSince In position since.
     * @param preferenceUpdates News and updates.
     * @param preferenceMarketing Special offers and services.
     * @param categories Categories.
     * @param inheritServicePlans Inherits disabled service plans.
     * @param inheritSubscriptions Inherits subscriptions.
     * @param inheritAdministratorRoles Inherits administrator roles.
     * @param inheritGroups Inherits groups.
     * @param inheritOfficeGroups Inherits Office 365 groups.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun update(
        user: UserId,
        userName: String? = null,
        email: String? = null,
        firstName: String? = null,
        lastName: String? = null,
        displayName: String? = null,
        phone: String? = null,
        userNumber: String? = null,
        identityType: String? = null,
        privileged: Boolean? = null,
        job: String? = null,
        department: String? = null,
        location: String? = null,
        street: String? = null,
        city: String? = null,
        postalCode: String? = null,
        state: String? = null,
        country: String? = null,
        language: String? = null,
        timeZone: String? = null,
        dateOfBirth: String? = null,
        hiredOn: String? = null,
        inPositionSince: String? = null,
        preferenceUpdates: Boolean? = null,
        preferenceMarketing: Boolean? = null,
        categories: List<String>? = null,
        inheritServicePlans: Boolean? = null,
        inheritSubscriptions: Boolean? = null,
        inheritAdministratorRoles: Boolean? = null,
        inheritGroups: Boolean? = null,
        inheritOfficeGroups: Boolean? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.set("user", user)
        val named = Fields(attributes)
        named.put("user_name", userName)
        named.put("email", email)
        named.put("first_name", firstName)
        named.put("last_name", lastName)
        named.put("display_name", displayName)
        named.put("phone", phone)
        named.put("user_number", userNumber)
        named.put("identity_type", identityType)
        named.put("privileged", privileged)
        named.put("job", job)
        named.put("department", department)
        named.put("location", location)
        named.put("street", street)
        named.put("city", city)
        named.put("postal_code", postalCode)
        named.put("state", state)
        named.put("country", country)
        named.put("language", language)
        named.put("time_zone", timeZone)
        named.put("date_of_birth", dateOfBirth)
        named.put("hired_on", hiredOn)
        named.put("in_position_since", inPositionSince)
        named.put("preference_updates", preferenceUpdates)
        named.put("preference_marketing", preferenceMarketing)
        named.put("categories", categories)
        named.put("inherit_service_plans", inheritServicePlans)
        named.put("inherit_subscriptions", inheritSubscriptions)
        named.put("inherit_administrator_roles", inheritAdministratorRoles)
        named.put("inherit_groups", inheritGroups)
        named.put("inherit_office_groups", inheritOfficeGroups)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("user.update", fields)
    }

    /**
     * Enables a disabled or suspended user.
     *
     * @param user The user.
     */
    public fun enable(user: UserId): Command {
        val fields = Fields()
        fields.set("user", user)
        return Command("user.enable", fields)
    }

    /**
     * Disables a user; the lock is another axis and stays as it is.
     *
     * @param user The user.
     * @param by What asks for it.
     */
    public fun disable(user: UserId, by: DisabledBy? = null): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.put("by", by)
        return Command("user.disable", fields)
    }

    /**
     * Suspends a user: like disabling, meant to be temporary.
     *
     * @param user The user.
     */
    public fun suspend(user: UserId): Command {
        val fields = Fields()
        fields.set("user", user)
        return Command("user.suspend", fields)
    }

    /**
     * Archives a user: the end of the life cycle, from which only `user.restore` leads back.
     *
     * @param user The user.
     */
    public fun archive(user: UserId): Command {
        val fields = Fields()
        fields.set("user", user)
        return Command("user.archive", fields)
    }

    /**
     * Brings an archived user back, disabled at first.
     *
     * @param user The user.
     */
    public fun restore(user: UserId): Command {
        val fields = Fields()
        fields.set("user", user)
        return Command("user.restore", fields)
    }

    /**
     * Locks a user; whether the user is enabled is another axis and stays as it is.
     *
     * @param user The user.
     * @param reason Why.
     */
    public fun lock(user: UserId, reason: String? = null): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.put("reason", reason)
        return Command("user.lock", fields)
    }

    /**
     * Unlocks a user.
     *
     * @param user The user.
     */
    public fun unlock(user: UserId): Command {
        val fields = Fields()
        fields.set("user", user)
        return Command("user.unlock", fields)
    }

    /**
     * Disables a user whose validity has ended, unless the user type says `disable_on_expiry: false`. Does nothing
     * before that moment, nothing to a user that is not enabled, and never enables.
     *
     * @param user The user.
     */
    public fun expire(user: UserId): Command {
        val fields = Fields()
        fields.set("user", user)
        return Command("user.expire", fields)
    }

    /**
     * Sets from when until when a user is valid; half-open, open ends allowed.
     *
     * @param user The user.
     * @param validFrom From then on; open when absent.
     * @param validUntil Before then; open when absent.
     */
    public fun setValidity(user: UserId, validFrom: Instant? = null, validUntil: Instant? = null): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.put("valid_from", validFrom)
        fields.put("valid_until", validUntil)
        return Command("user.set_validity", fields)
    }

    /**
     * Gives a user another type: attributes that only the old type's form has are kept but inactive, mandatory
     * ones of the new form must be there or be given now, the expiry is recomputed on request.
     *
     * @param user The user.
     * @param recomputeExpiry Set `valid_until` from the new type's validity, counted from now.
     * @param userType The new type; `None` for no type.
     * @param userName User name.
     * @param email E-mail.
     * @param firstName First name.
     * @param lastName Last name.
     * @param displayName Display name.
     * @param phone Phone.
     * @param userNumber User number.
     * @param identityType Identity type.
     * @param privileged Privileged account.
     * @param job Job.
     * @param department Department.
     * @param location Location.
     * @param street Street.
     * @param city City.
     * @param postalCode Postal code.
     * @param state State or province.
     * @param country Country.
     * @param language Preferred language.
     * @param timeZone Time zone.
     * @param dateOfBirth Date of birth.
     * @param hiredOn Hired on.
     * @param inPositionSince In position since.
     * @param preferenceUpdates News and updates.
     * @param preferenceMarketing Special offers and services.
     * @param categories Categories.
     * @param inheritServicePlans Inherits disabled service plans.
     * @param inheritSubscriptions Inherits subscriptions.
     * @param inheritAdministratorRoles Inherits administrator roles.
     * @param inheritGroups Inherits groups.
     * @param inheritOfficeGroups Inherits Office 365 groups.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun changeType(
        user: UserId,
        recomputeExpiry: Boolean? = null,
        userType: UserTypeId? = null,
        userName: String? = null,
        email: String? = null,
        firstName: String? = null,
        lastName: String? = null,
        displayName: String? = null,
        phone: String? = null,
        userNumber: String? = null,
        identityType: String? = null,
        privileged: Boolean? = null,
        job: String? = null,
        department: String? = null,
        location: String? = null,
        street: String? = null,
        city: String? = null,
        postalCode: String? = null,
        state: String? = null,
        country: String? = null,
        language: String? = null,
        timeZone: String? = null,
        dateOfBirth: String? = null,
        hiredOn: String? = null,
        inPositionSince: String? = null,
        preferenceUpdates: Boolean? = null,
        preferenceMarketing: Boolean? = null,
        categories: List<String>? = null,
        inheritServicePlans: Boolean? = null,
        inheritSubscriptions: Boolean? = null,
        inheritAdministratorRoles: Boolean? = null,
        inheritGroups: Boolean? = null,
        inheritOfficeGroups: Boolean? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.put("recompute_expiry", recomputeExpiry)
        fields.put("user_type", userType)
        val named = Fields(attributes)
        named.put("user_name", userName)
        named.put("email", email)
        named.put("first_name", firstName)
        named.put("last_name", lastName)
        named.put("display_name", displayName)
        named.put("phone", phone)
        named.put("user_number", userNumber)
        named.put("identity_type", identityType)
        named.put("privileged", privileged)
        named.put("job", job)
        named.put("department", department)
        named.put("location", location)
        named.put("street", street)
        named.put("city", city)
        named.put("postal_code", postalCode)
        named.put("state", state)
        named.put("country", country)
        named.put("language", language)
        named.put("time_zone", timeZone)
        named.put("date_of_birth", dateOfBirth)
        named.put("hired_on", hiredOn)
        named.put("in_position_since", inPositionSince)
        named.put("preference_updates", preferenceUpdates)
        named.put("preference_marketing", preferenceMarketing)
        named.put("categories", categories)
        named.put("inherit_service_plans", inheritServicePlans)
        named.put("inherit_subscriptions", inheritSubscriptions)
        named.put("inherit_administrator_roles", inheritAdministratorRoles)
        named.put("inherit_groups", inheritGroups)
        named.put("inherit_office_groups", inheritOfficeGroups)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("user.change_type", fields)
    }

    /**
     * Records that a person gave or withdrew consent to a purpose, or on which lawful basis the person's data are
     * processed (GDPR articles 6 and 7). Earlier records are kept: the latest for a purpose counts.
     *
     * @param user The user.
     * @param granted Given or withdrawn.
     * @param lawfulBasis The lawful basis from now on.
     * @param purpose What the consent is for, such as `newsletter`; may be absent when only the basis is
     *     recorded.
     * @param textVersion The text the person saw, or its version.
     */
    public fun recordConsent(
        user: UserId,
        granted: Boolean? = null,
        lawfulBasis: String? = null,
        purpose: String? = null,
        textVersion: String? = null,
    ): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.put("granted", granted)
        fields.put("lawful_basis", lawfulBasis)
        fields.put("purpose", purpose)
        fields.put("text_version", textVersion)
        return Command("user.record_consent", fields)
    }

    /**
     * Sets or removes the manager of a user. The direct reports of a manager are the inverse of the same edge and
     * thus always consistent.
     *
     * @param user The user.
     * @param manager The manager; `None` for nobody.
     */
    public fun setManager(user: UserId, manager: UserId? = null): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.put("manager", manager)
        return Command("user.set_manager", fields)
    }

    /**
     * Names all identities that use a shared account. Only accounts of the type `shared` have several.
     *
     * @param account The account.
     * @param users The identities that use it.
     */
    public fun setSharedUsers(account: UserId, users: List<UserId>): Command {
        val fields = Fields()
        fields.set("account", account)
        fields.set("users", users)
        return Command("user.set_shared_users", fields)
    }

    /**
     * Deletes a user. The unique names become free at once, also for a soft delete, unless the realm keeps them.
     *
     * @param user The user.
     * @param mode What deleting means.
     */
    public fun delete(user: UserId, mode: DeleteMode? = null): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.put("mode", mode)
        return Command("user.delete", fields)
    }

    /**
     * Brings a soft-deleted user back with every membership, position and report. Refused after the retention
     * period, after an erasure, and when somebody else took a unique name meanwhile, who is named.
     *
     * @param user The user.
     */
    public fun undelete(user: UserId): Command {
        val fields = Fields()
        fields.set("user", user)
        return Command("user.undelete", fields)
    }

    /**
     * Lets a user stand in for another one for a time, with all of their roles or some of them. Whoever stands in
     * acts under their own name. A deputy that is there already gets the new terms.
     *
     * @param user Who is away.
     * @param deputy Who stands in.
     * @param constraint For how long; without an end until it is taken back.
     * @param roles With these roles only; empty for all of them.
     */
    public fun addDeputy(
        user: UserId,
        deputy: UserId,
        constraint: TimeConstraint? = null,
        roles: List<RoleId>? = null,
    ): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.set("deputy", deputy)
        fields.put("constraint", constraint)
        fields.put("roles", roles)
        return Command("user.add_deputy", fields)
    }

    /**
     * Ends that a user stands in for another one.
     *
     * @param user Who was away.
     * @param deputy Who stood in.
     */
    public fun removeDeputy(user: UserId, deputy: UserId): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.set("deputy", deputy)
        return Command("user.remove_deputy", fields)
    }

    /**
     * Ends every session of a user in the realm, in all applications.
     *
     * @param user The user.
     * @param except The session that stays, such as the one in which the user asks for it.
     */
    public fun endSessions(user: UserId, except: SessionId? = null): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.put("except", except)
        return Command("user.end_sessions", fields)
    }

    /**
     * Invites a user who has not completed the sign-up, for the first time or again; a newer invitation replaces
     * the one before.
     *
     * @param user The user.
     * @param delivery How the link gets to the user.
     * @param language The language of the message, and of the sign-up to begin with; the user's preferred one
     *     when absent.
     */
    public fun invite(user: UserId, delivery: Delivery? = null, language: String? = null): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.put("delivery", delivery)
        fields.put("language", language)
        return Command("user.invite", fields)
    }

    /**
     * Sends a user a link to set a new password. The present password stays valid until then; a newer link
     * replaces the one before.
     *
     * @param user The user.
     * @param delivery How the link gets to the user.
     * @param language The language of the message; the user's preferred one when absent.
     */
    public fun startPasswordReset(user: UserId, delivery: Delivery? = null, language: String? = null): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.put("delivery", delivery)
        fields.put("language", language)
        return Command("user.start_password_reset", fields)
    }

    /**
     * Sends a user a link that proves the e-mail address to be the user's own.
     *
     * @param user The user.
     * @param delivery How the link gets to the user.
     * @param language The language of the message; the user's preferred one when absent.
     */
    public fun startEmailVerification(user: UserId, delivery: Delivery? = null, language: String? = null): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.put("delivery", delivery)
        fields.put("language", language)
        return Command("user.start_email_verification", fields)
    }

    /**
     * Changes several users in one step, so that they can exchange unique values: each lets go of what it had
     * before any of them takes what it gets. All of it happens, or nothing.
     *
     * @param updates The changes, 1,000 at most, each user once.
     */
    public fun exchange(updates: List<UpdateUser>): Command {
        val fields = Fields()
        fields.set("updates", updates)
        return Command("user.exchange", fields)
    }
}

/** Commands about devices, as values. */
public object DeviceCommands {
    /**
     * Creates a device: a phone, a printer.
     *
     * @param id An identifier brought along; drawn when absent.
     * @param organizations Organizations to join.
     * @param origin `manual`, `import` or `sync`; without a word about it the door tells.
     * @param source The file or identity source.
     * @param name Name.
     * @param deviceType Device type.
     * @param serialNumber Serial number.
     * @param model Model.
     * @param address Network address.
     * @param owner Owner.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun create(
        id: DeviceId? = null,
        organizations: List<JoinOrganization>? = null,
        origin: String? = null,
        source: String? = null,
        name: String? = null,
        deviceType: String? = null,
        serialNumber: String? = null,
        model: String? = null,
        address: String? = null,
        owner: String? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.put("id", id)
        fields.put("organizations", organizations)
        fields.put("origin", origin)
        fields.put("source", source)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("device_type", deviceType)
        named.put("serial_number", serialNumber)
        named.put("model", model)
        named.put("address", address)
        named.put("owner", owner)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("device.create", fields)
    }

    /**
     * Changes attributes of a device.
     *
     * @param device The device.
     * @param name Name.
     * @param deviceType Device type.
     * @param serialNumber Serial number.
     * @param model Model.
     * @param address Network address.
     * @param owner Owner.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun update(
        device: DeviceId,
        name: String? = null,
        deviceType: String? = null,
        serialNumber: String? = null,
        model: String? = null,
        address: String? = null,
        owner: String? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.set("device", device)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("device_type", deviceType)
        named.put("serial_number", serialNumber)
        named.put("model", model)
        named.put("address", address)
        named.put("owner", owner)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("device.update", fields)
    }

    /**
     * Enables a device.
     *
     * @param device Which one.
     */
    public fun enable(device: DeviceId): Command {
        val fields = Fields()
        fields.set("device", device)
        return Command("device.enable", fields)
    }

    /**
     * Disables a device; what it has open outside ends.
     *
     * @param device The device.
     */
    public fun disable(device: DeviceId): Command {
        val fields = Fields()
        fields.set("device", device)
        return Command("device.disable", fields)
    }

    /**
     * Deletes a device physically, with its memberships.
     *
     * @param device The device.
     */
    public fun delete(device: DeviceId): Command {
        val fields = Fields()
        fields.set("device", device)
        return Command("device.delete", fields)
    }
}

/** Commands about user types, as values. */
public object UserTypeCommands {
    /**
     * Creates a type of users with its form, validity and what happens at the end of it. Comes from the back end
     * only, never from an identity source.
     *
     * @param id An identifier brought along; drawn when absent.
     * @param name Name.
     * @param description Description.
     * @param form Form.
     * @param validityDays Validity in days.
     * @param disableOnExpiry Disable on expiry.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun create(
        id: UserTypeId? = null,
        name: String? = null,
        description: String? = null,
        form: List<Map<String, Value>>? = null,
        validityDays: Long? = null,
        disableOnExpiry: Boolean? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.put("id", id)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("form", form)
        named.put("validity_days", validityDays)
        named.put("disable_on_expiry", disableOnExpiry)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("user_type.create", fields)
    }

    /**
     * Changes a type of users. What users have stays as it is until they are written again.
     *
     * @param userType The type.
     * @param name Name.
     * @param description Description.
     * @param form Form.
     * @param validityDays Validity in days.
     * @param disableOnExpiry Disable on expiry.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun update(
        userType: UserTypeId,
        name: String? = null,
        description: String? = null,
        form: List<Map<String, Value>>? = null,
        validityDays: Long? = null,
        disableOnExpiry: Boolean? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.set("user_type", userType)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("form", form)
        named.put("validity_days", validityDays)
        named.put("disable_on_expiry", disableOnExpiry)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("user_type.update", fields)
    }

    /**
     * Deletes a type of users that no user has.
     *
     * @param userType The type.
     */
    public fun delete(userType: UserTypeId): Command {
        val fields = Fields()
        fields.set("user_type", userType)
        return Command("user_type.delete", fields)
    }
}

/** Commands about organizations, as values. */
public object OrganizationCommands {
    /**
     * Creates an organization. Without a parent it is a root; the parent can be set in a second step by
     * `organization.transfer`. Names are free and need not be unique; a `code` is.
     *
     * @param id An identifier brought along; drawn when absent.
     * @param organizationType The type, whose form is filled in.
     * @param origin `manual`, `import` or `sync`; without a word about it the door tells.
     * @param parent One level up.
     * @param source The file or identity source.
     * @param name Name.
     * @param description Description.
     * @param code Code.
     * @param sortOrder Sort order.
     * @param location Location.
     * @param stopsInheritance Grants from above stop here.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun create(
        id: OrganizationId? = null,
        organizationType: OrganizationTypeId? = null,
        origin: String? = null,
        parent: OrganizationId? = null,
        source: String? = null,
        name: String? = null,
        description: String? = null,
        code: String? = null,
        sortOrder: Long? = null,
        location: String? = null,
        stopsInheritance: Boolean? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.put("id", id)
        fields.put("organization_type", organizationType)
        fields.put("origin", origin)
        fields.put("parent", parent)
        fields.put("source", source)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("code", code)
        named.put("sort_order", sortOrder)
        named.put("location", location)
        named.put("stops_inheritance", stopsInheritance)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("organization.create", fields)
    }

    /**
     * Changes attributes of an organization.
     *
     * @param organization The organization.
     * @param name Name.
     * @param description Description.
     * @param code Code.
     * @param sortOrder Sort order.
     * @param location Location.
     * @param stopsInheritance Grants from above stop here.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun update(
        organization: OrganizationId,
        name: String? = null,
        description: String? = null,
        code: String? = null,
        sortOrder: Long? = null,
        location: String? = null,
        stopsInheritance: Boolean? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.set("organization", organization)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("code", code)
        named.put("sort_order", sortOrder)
        named.put("location", location)
        named.put("stops_inheritance", stopsInheritance)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("organization.update", fields)
    }

    /**
     * Gives an organization another type: attributes that only the old type's form has are kept but inactive,
     * mandatory ones of the new form must be there or be given now.
     *
     * @param organization The organization.
     * @param organizationType The new type; `None` for no type.
     * @param name Name.
     * @param description Description.
     * @param code Code.
     * @param sortOrder Sort order.
     * @param location Location.
     * @param stopsInheritance Grants from above stop here.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun changeType(
        organization: OrganizationId,
        organizationType: OrganizationTypeId? = null,
        name: String? = null,
        description: String? = null,
        code: String? = null,
        sortOrder: Long? = null,
        location: String? = null,
        stopsInheritance: Boolean? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.set("organization", organization)
        fields.put("organization_type", organizationType)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("code", code)
        named.put("sort_order", sortOrder)
        named.put("location", location)
        named.put("stops_inheritance", stopsInheritance)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("organization.change_type", fields)
    }

    /**
     * Enables an organization.
     *
     * @param organization Which one.
     */
    public fun enable(organization: OrganizationId): Command {
        val fields = Fields()
        fields.set("organization", organization)
        return Command("organization.enable", fields)
    }

    /**
     * Disables an organization. Users keep their status; what they have through the organization or anything below
     * it is without effect until it is enabled again.
     *
     * @param organization Which one.
     */
    public fun disable(organization: OrganizationId): Command {
        val fields = Fields()
        fields.set("organization", organization)
        return Command("organization.disable", fields)
    }

    /**
     * Moves an organization with everything below it under another one, or makes it a root. Under itself or a part
     * of itself is refused.
     *
     * @param organization The organization.
     * @param parent The new parent; `None` for a root.
     */
    public fun transfer(organization: OrganizationId, parent: OrganizationId? = null): Command {
        val fields = Fields()
        fields.set("organization", organization)
        fields.put("parent", parent)
        return Command("organization.transfer", fields)
    }

    /**
     * Merges an organization into another one: its sub-organizations, members, positions, leads and group
     * memberships, roles, owners and administrators go to the target, what the target has already is joined; then
     * the source is removed.
     *
     * @param source What disappears.
     * @param target What remains.
     * @param nameClashes What to do when sub-organizations of both have the same name.
     */
    public fun merge(source: OrganizationId, target: OrganizationId, nameClashes: NameClashes? = null): Command {
        val fields = Fields()
        fields.set("source", source)
        fields.set("target", target)
        fields.put("name_clashes", nameClashes)
        return Command("organization.merge", fields)
    }

    /**
     * Deletes an organization physically. With sub-organizations, members or positions it is refused, with a list
     * of them, unless a disposition says what becomes of them.
     *
     * @param organization The organization.
     * @param disposition What becomes of that which hangs on it.
     */
    public fun delete(organization: OrganizationId, disposition: Disposition? = null): Command {
        val fields = Fields()
        fields.set("organization", organization)
        fields.put("disposition", disposition)
        return Command("organization.delete", fields)
    }

    /**
     * Makes a user a lead of an organization. The organizations that a user supervises are the other end of the
     * same edges.
     *
     * @param organization The organization.
     * @param user The lead.
     * @param window When it holds.
     */
    public fun addLead(organization: OrganizationId, user: UserId, window: Window? = null): Command {
        val fields = Fields()
        fields.set("organization", organization)
        fields.set("user", user)
        fields.put("window", window)
        return Command("organization.add_lead", fields)
    }

    /**
     * Takes the lead of an organization from a user.
     *
     * @param organization The organization.
     * @param user The lead.
     */
    public fun removeLead(organization: OrganizationId, user: UserId): Command {
        val fields = Fields()
        fields.set("organization", organization)
        fields.set("user", user)
        return Command("organization.remove_lead", fields)
    }

    /**
     * Makes a user an owner of an organization, who has a say in everything below it as well. A member of it or of
     * anything below it is refused, because its administrators would have a say over its owner, unless a reason is
     * given; the reason is kept.
     *
     * @param organization The organization.
     * @param user The owner.
     * @param overrideReason Why a member may be owner all the same, at most 200 characters.
     */
    public fun addOwner(organization: OrganizationId, user: UserId, overrideReason: String? = null): Command {
        val fields = Fields()
        fields.set("organization", organization)
        fields.set("user", user)
        fields.put("override_reason", overrideReason)
        return Command("organization.add_owner", fields)
    }

    /**
     * Takes the ownership of an organization from a user. The last owner stays, unless somebody owns what the
     * organization is below of: then it is theirs.
     *
     * @param organization The organization.
     * @param user The owner.
     */
    public fun removeOwner(organization: OrganizationId, user: UserId): Command {
        val fields = Fields()
        fields.set("organization", organization)
        fields.set("user", user)
        return Command("organization.remove_owner", fields)
    }

    /**
     * Makes a user an administrator of an organization, who must belong to it or to something below it, unless a
     * reason is given. Being administrator does not replace the membership.
     *
     * @param organization The organization.
     * @param user The administrator.
     * @param overrideReason Why somebody who is no member may be administrator all the same, at most 200
     *     characters.
     * @param window When it holds.
     */
    public fun addAdministrator(
        organization: OrganizationId,
        user: UserId,
        overrideReason: String? = null,
        window: Window? = null,
    ): Command {
        val fields = Fields()
        fields.set("organization", organization)
        fields.set("user", user)
        fields.put("override_reason", overrideReason)
        fields.put("window", window)
        return Command("organization.add_administrator", fields)
    }

    /**
     * Takes the administration of an organization from a user, who stays a member.
     *
     * @param organization The organization.
     * @param user The administrator.
     */
    public fun removeAdministrator(organization: OrganizationId, user: UserId): Command {
        val fields = Fields()
        fields.set("organization", organization)
        fields.set("user", user)
        return Command("organization.remove_administrator", fields)
    }
}

/** Commands about organization types, as values. */
public object OrganizationTypeCommands {
    /**
     * Creates a type of organizations with its form. Made by hand only, by no import and no identity source.
     *
     * @param id An identifier brought along; drawn when absent.
     * @param name Name.
     * @param description Description.
     * @param form Form.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun create(
        id: OrganizationTypeId? = null,
        name: String? = null,
        description: String? = null,
        form: List<Map<String, Value>>? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.put("id", id)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("form", form)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("organization_type.create", fields)
    }

    /**
     * Changes a type of organizations. What organizations have stays as it is until they are written again.
     *
     * @param organizationType The type.
     * @param name Name.
     * @param description Description.
     * @param form Form.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun update(
        organizationType: OrganizationTypeId,
        name: String? = null,
        description: String? = null,
        form: List<Map<String, Value>>? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.set("organization_type", organizationType)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("form", form)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("organization_type.update", fields)
    }

    /**
     * Deletes a type of organizations that no organization has.
     *
     * @param organizationType The type.
     */
    public fun delete(organizationType: OrganizationTypeId): Command {
        val fields = Fields()
        fields.set("organization_type", organizationType)
        return Command("organization_type.delete", fields)
    }
}

/** Commands about positions, as values. */
public object PositionCommands {
    /**
     * Creates a position, in an organization and under another position when these are given.
     *
     * @param id An identifier brought along; drawn when absent.
     * @param organization The organization it belongs to.
     * @param origin `manual`, `import` or `sync`; without a word about it the door tells.
     * @param reportsTo The position it reports to.
     * @param source The file or identity source.
     * @param name Name.
     * @param description Description.
     * @param code Code.
     * @param job Job.
     * @param sortOrder Sort order.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun create(
        id: PositionId? = null,
        organization: OrganizationId? = null,
        origin: String? = null,
        reportsTo: PositionId? = null,
        source: String? = null,
        name: String? = null,
        description: String? = null,
        code: String? = null,
        job: String? = null,
        sortOrder: Long? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.put("id", id)
        fields.put("organization", organization)
        fields.put("origin", origin)
        fields.put("reports_to", reportsTo)
        fields.put("source", source)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("code", code)
        named.put("job", job)
        named.put("sort_order", sortOrder)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("position.create", fields)
    }

    /**
     * Changes attributes of a position.
     *
     * @param position The position.
     * @param name Name.
     * @param description Description.
     * @param code Code.
     * @param job Job.
     * @param sortOrder Sort order.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun update(
        position: PositionId,
        name: String? = null,
        description: String? = null,
        code: String? = null,
        job: String? = null,
        sortOrder: Long? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.set("position", position)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("code", code)
        named.put("job", job)
        named.put("sort_order", sortOrder)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("position.update", fields)
    }

    /**
     * Enables a position.
     *
     * @param position Which one.
     */
    public fun enable(position: PositionId): Command {
        val fields = Fields()
        fields.set("position", position)
        return Command("position.enable", fields)
    }

    /**
     * Disables a position: its holders keep it, without effect.
     *
     * @param position Which one.
     */
    public fun disable(position: PositionId): Command {
        val fields = Fields()
        fields.set("position", position)
        return Command("position.disable", fields)
    }

    /**
     * Moves a position to another organization, or takes it out of its own. Its holders stay.
     *
     * @param position The position.
     * @param organization The organization; `None` for none.
     */
    public fun transfer(position: PositionId, organization: OrganizationId? = null): Command {
        val fields = Fields()
        fields.set("position", position)
        fields.put("organization", organization)
        return Command("position.transfer", fields)
    }

    /**
     * Sets the position that a position reports to; circles are refused.
     *
     * @param position The position.
     * @param reportsTo The superior position; `None` for none.
     */
    public fun setSuperior(position: PositionId, reportsTo: PositionId? = null): Command {
        val fields = Fields()
        fields.set("position", position)
        fields.put("reports_to", reportsTo)
        return Command("position.set_superior", fields)
    }

    /**
     * Lets a user hold a position. A position that is held already gets the given time.
     *
     * @param position The position.
     * @param user Who holds it.
     * @param window When it holds.
     */
    public fun assign(position: PositionId, user: UserId, window: Window? = null): Command {
        val fields = Fields()
        fields.set("position", position)
        fields.set("user", user)
        fields.put("window", window)
        return Command("position.assign", fields)
    }

    /**
     * Takes a position from a user.
     *
     * @param position The position.
     * @param user Who holds it.
     */
    public fun unassign(position: PositionId, user: UserId): Command {
        val fields = Fields()
        fields.set("position", position)
        fields.set("user", user)
        return Command("position.unassign", fields)
    }

    /**
     * Deletes a position physically. Holders and groups lose it; positions that reported to it report to none.
     *
     * @param position The position.
     */
    public fun delete(position: PositionId): Command {
        val fields = Fields()
        fields.set("position", position)
        return Command("position.delete", fields)
    }
}

/** Commands about groups, as values. */
public object GroupCommands {
    /**
     * Creates a group of users, organizations, positions or groups, whose members are added by hand or chosen by a
     * condition.
     *
     * @param condition Who is a member without being told: a condition, `1==1` for everyone and `1==0` for no
     *     one.
     * @param conditionKind What the condition selects: `user`, `organization` or `position`.
     * @param id An identifier brought along; drawn when absent.
     * @param memberKinds The kinds of members it may have; empty for `user`, `organization`, `position` and
     *     `group`.
     * @param origin `manual`, `import` or `sync`; without a word about it the door tells.
     * @param source The file or identity source.
     * @param name Name.
     * @param description Description.
     * @param riskIndex Risk index.
     * @param categories Categories.
     * @param inheritanceClass Inherited by the switch of.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun create(
        condition: Filter? = null,
        conditionKind: String? = null,
        id: GroupId? = null,
        memberKinds: List<Kind>? = null,
        origin: String? = null,
        source: String? = null,
        name: String? = null,
        description: String? = null,
        riskIndex: Double? = null,
        categories: List<String>? = null,
        inheritanceClass: String? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.put("condition", condition)
        fields.put("condition_kind", conditionKind)
        fields.put("id", id)
        fields.put("member_kinds", memberKinds)
        fields.put("origin", origin)
        fields.put("source", source)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("risk_index", riskIndex)
        named.put("categories", categories)
        named.put("inheritance_class", inheritanceClass)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("group.create", fields)
    }

    /**
     * Changes attributes of a group, or the kinds of members it may have.
     *
     * @param group The group.
     * @param condition The condition from now on; `null` removes it, and members added by hand stay.
     * @param conditionKind What the condition selects: `user`, `organization` or `position`.
     * @param memberKinds The kinds of members from now on; empty for all four. Refused while it has members of
     *     another kind.
     * @param name Name.
     * @param description Description.
     * @param riskIndex Risk index.
     * @param categories Categories.
     * @param inheritanceClass Inherited by the switch of.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun update(
        group: GroupId,
        condition: Filter? = null,
        conditionKind: String? = null,
        memberKinds: List<Kind>? = null,
        name: String? = null,
        description: String? = null,
        riskIndex: Double? = null,
        categories: List<String>? = null,
        inheritanceClass: String? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.set("group", group)
        fields.put("condition", condition)
        fields.put("condition_kind", conditionKind)
        fields.put("member_kinds", memberKinds)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("risk_index", riskIndex)
        named.put("categories", categories)
        named.put("inheritance_class", inheritanceClass)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("group.update", fields)
    }

    /**
     * Adds members to a group. Groups may contain each other, even in a circle: everybody in it is in all of them.
     *
     * @param group The group.
     * @param members Users, organizations with everything below them, positions, groups.
     * @param window When it holds.
     */
    public fun addMembers(group: GroupId, members: List<EntityId>, window: Window? = null): Command {
        val fields = Fields()
        fields.set("group", group)
        fields.set("members", members)
        fields.put("window", window)
        return Command("group.add_members", fields)
    }

    /**
     * Takes members out of a group. Only the direct origin goes: what a source or rule said stays.
     *
     * @param group The group.
     * @param members Whom.
     */
    public fun removeMembers(group: GroupId, members: List<EntityId>): Command {
        val fields = Fields()
        fields.set("group", group)
        fields.set("members", members)
        return Command("group.remove_members", fields)
    }

    /**
     * Deletes a group physically. Its members lose nothing but the group, and it leaves the groups it is in.
     *
     * @param group The group.
     */
    public fun delete(group: GroupId): Command {
        val fields = Fields()
        fields.set("group", group)
        return Command("group.delete", fields)
    }
}

/** Commands about templates, as values. */
public object TemplateCommands {
    /**
     * Creates a template. It is applied to new users whose `job` is `when_job` or whose `department` is
     * `when_department`, or that name it.
     *
     * @param id An identifier brought along; drawn when absent.
     * @param name Name.
     * @param description Description.
     * @param whenJob Applies to job.
     * @param whenDepartment Applies to department.
     * @param values Values.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun create(
        id: TemplateId? = null,
        name: String? = null,
        description: String? = null,
        whenJob: String? = null,
        whenDepartment: String? = null,
        values: Map<String, Value>? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.put("id", id)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("when_job", whenJob)
        named.put("when_department", whenDepartment)
        named.put("values", values)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("template.create", fields)
    }

    /**
     * Changes a template. Users made from it stay as they are.
     *
     * @param template The template.
     * @param name Name.
     * @param description Description.
     * @param whenJob Applies to job.
     * @param whenDepartment Applies to department.
     * @param values Values.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun update(
        template: TemplateId,
        name: String? = null,
        description: String? = null,
        whenJob: String? = null,
        whenDepartment: String? = null,
        values: Map<String, Value>? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.set("template", template)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("when_job", whenJob)
        named.put("when_department", whenDepartment)
        named.put("values", values)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("template.update", fields)
    }

    /**
     * Deletes a template. Users made from it stay as they are.
     *
     * @param template The template.
     */
    public fun delete(template: TemplateId): Command {
        val fields = Fields()
        fields.set("template", template)
        return Command("template.delete", fields)
    }
}

/** Commands about attributes, as values. */
public object AttributeCommands {
    /**
     * Declares an attribute of a kind. Whether it can be searched, whether it is unique, its type and whether it
     * holds several values are decided here and stay.
     *
     * @param kind The kind of record that carries it.
     * @param name The stable name.
     * @param label The name people see.
     * @param type The type of a single value.
     * @param allowed The values allowed, when not any.
     * @param default Filled in at creation when nothing else gives a value.
     * @param id An identifier brought along; drawn when absent.
     * @param maximumLength Code points at most.
     * @param multiple Several values allowed.
     * @param pattern The whole text must match.
     * @param personal Personal data.
     * @param required Must be set.
     * @param searchable Filters and sorts may name it.
     * @param unique No two live records share the folded value.
     */
    public fun define(
        kind: Kind,
        name: String,
        label: String,
        type: AttributeType,
        allowed: List<Value>? = null,
        default: Value? = null,
        id: AttributeId? = null,
        maximumLength: Long? = null,
        multiple: Boolean? = null,
        pattern: String? = null,
        personal: Boolean? = null,
        required: Boolean? = null,
        searchable: Boolean? = null,
        unique: Boolean? = null,
    ): Command {
        val fields = Fields()
        fields.set("kind", kind)
        fields.set("name", name)
        fields.set("label", label)
        fields.set("type", type)
        fields.put("allowed", allowed)
        fields.put("default", default)
        fields.put("id", id)
        fields.put("maximum_length", maximumLength)
        fields.put("multiple", multiple)
        fields.put("pattern", pattern)
        fields.put("personal", personal)
        fields.put("required", required)
        fields.put("searchable", searchable)
        fields.put("unique", unique)
        return Command("attribute.define", fields)
    }

    /**
     * Changes a custom attribute. New limits hold for what is written from then on; what is stored stays as it is.
     * Type, number of values, uniqueness and searchability cannot change.
     *
     * @param kind The kind of record that carries it.
     * @param name Its name.
     * @param allowed The new list of allowed values; empty for any.
     * @param default The new default; `null` for none.
     * @param label The new label.
     * @param maximumLength The new maximum length; `null` for the default.
     * @param multiple Cannot change; may be given when it is what it was.
     * @param pattern The new pattern; `null` for none.
     * @param personal Whether it is personal data. What was journaled before stays as it was journaled.
     * @param required Whether it must be set from now on.
     * @param searchable Cannot change; may be given when it is what it was.
     * @param type Cannot change; may be given when it is what it was.
     * @param unique Cannot change; may be given when it is what it was.
     */
    public fun update(
        kind: Kind,
        name: String,
        allowed: List<Value>? = null,
        default: Value? = null,
        label: String? = null,
        maximumLength: Long? = null,
        multiple: Boolean? = null,
        pattern: String? = null,
        personal: Boolean? = null,
        required: Boolean? = null,
        searchable: Boolean? = null,
        type: AttributeType? = null,
        unique: Boolean? = null,
    ): Command {
        val fields = Fields()
        fields.set("kind", kind)
        fields.set("name", name)
        fields.put("allowed", allowed)
        fields.put("default", default)
        fields.put("label", label)
        fields.put("maximum_length", maximumLength)
        fields.put("multiple", multiple)
        fields.put("pattern", pattern)
        fields.put("personal", personal)
        fields.put("required", required)
        fields.put("searchable", searchable)
        fields.put("type", type)
        fields.put("unique", unique)
        return Command("attribute.update", fields)
    }

    /**
     * Removes a custom attribute that no form, template or setting names.
     *
     * @param kind The kind of record that carries it.
     * @param name Its name.
     */
    public fun remove(kind: Kind, name: String): Command {
        val fields = Fields()
        fields.set("kind", kind)
        fields.set("name", name)
        return Command("attribute.remove", fields)
    }
}

/** Commands about roles, as values. */
public object RoleCommands {
    /**
     * Creates a role. An external role may carry assignments from the beginning; an internal one has privileges.
     * Without privileges it allows nothing.
     *
     * @param assignments The assignments of an external role.
     * @param condition Who gets the role without being told: a condition over their attributes, `1==1` for
     *     everyone.
     * @param conditionKind What the condition selects: `user` or `device`.
     * @param constraint The time in which the role is in effect at all.
     * @param id An identifier brought along; drawn when absent.
     * @param privileges What an internal role allows and denies.
     * @param roleType `internal` or `external`; it cannot be changed later.
     * @param name Name.
     * @param description Description.
     * @param level Level.
     * @param administrative Administers the platform.
     * @param minHolders Holders at least.
     * @param maxHolders Holders at most.
     * @param riskIndex Risk index.
     * @param categories Categories.
     * @param inheritanceClass Inherited by the switch of.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun create(
        assignments: List<AssignmentId>? = null,
        condition: Filter? = null,
        conditionKind: String? = null,
        constraint: TimeConstraint? = null,
        id: RoleId? = null,
        privileges: List<Privilege>? = null,
        roleType: RoleType? = null,
        name: String? = null,
        description: String? = null,
        level: Long? = null,
        administrative: Boolean? = null,
        minHolders: Long? = null,
        maxHolders: Long? = null,
        riskIndex: Double? = null,
        categories: List<String>? = null,
        inheritanceClass: String? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.put("assignments", assignments)
        fields.put("condition", condition)
        fields.put("condition_kind", conditionKind)
        fields.put("constraint", constraint)
        fields.put("id", id)
        fields.put("privileges", privileges)
        fields.put("role_type", roleType)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("level", level)
        named.put("administrative", administrative)
        named.put("min_holders", minHolders)
        named.put("max_holders", maxHolders)
        named.put("risk_index", riskIndex)
        named.put("categories", categories)
        named.put("inheritance_class", inheritanceClass)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("role.create", fields)
    }

    /**
     * Changes a role. What is not named stays.
     *
     * @param role The role.
     * @param condition The condition from now on; `null` removes it, and direct grants stay.
     * @param conditionKind What the condition selects: `user` or `device`.
     * @param constraint The time in which the role is in effect at all; `null` removes it.
     * @param privileges Its privileges from now on.
     * @param name Name.
     * @param description Description.
     * @param level Level.
     * @param administrative Administers the platform.
     * @param minHolders Holders at least.
     * @param maxHolders Holders at most.
     * @param riskIndex Risk index.
     * @param categories Categories.
     * @param inheritanceClass Inherited by the switch of.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun update(
        role: RoleId,
        condition: Filter? = null,
        conditionKind: String? = null,
        constraint: TimeConstraint? = null,
        privileges: List<Privilege>? = null,
        name: String? = null,
        description: String? = null,
        level: Long? = null,
        administrative: Boolean? = null,
        minHolders: Long? = null,
        maxHolders: Long? = null,
        riskIndex: Double? = null,
        categories: List<String>? = null,
        inheritanceClass: String? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.set("role", role)
        fields.put("condition", condition)
        fields.put("condition_kind", conditionKind)
        fields.put("constraint", constraint)
        fields.put("privileges", privileges)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("level", level)
        named.put("administrative", administrative)
        named.put("min_holders", minHolders)
        named.put("max_holders", maxHolders)
        named.put("risk_index", riskIndex)
        named.put("categories", categories)
        named.put("inheritance_class", inheritanceClass)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("role.update", fields)
    }

    /**
     * Deletes a role physically. A role that somebody holds, or that another role includes or requires, is not
     * deleted unless it is said what becomes of the grants.
     *
     * @param role The role.
     * @param grants What becomes of its grants.
     * @param moveTo The role that takes them over.
     */
    public fun delete(role: RoleId, grants: GrantDisposition? = null, moveTo: RoleId? = null): Command {
        val fields = Fields()
        fields.set("role", role)
        fields.put("grants", grants)
        fields.put("move_to", moveTo)
        return Command("role.delete", fields)
    }

    /**
     * Grants a role to one or several holders: users, devices, groups, organizations, positions, types of users. A
     * direct grant that is there already gets the new terms.
     *
     * @param role The role.
     * @param holders Who gets it.
     * @param constraint The time in which the grant holds; the role's own must hold as well.
     * @param inherit For organizations: whether members of everything below hold it as well, up to where
     *     inheritance stops.
     * @param within The role acts on these organizations and what is below them only; empty for everywhere.
     */
    public fun grant(
        role: RoleId,
        holders: List<EntityId>,
        constraint: TimeConstraint? = null,
        inherit: Boolean? = null,
        within: List<OrganizationId>? = null,
    ): Command {
        val fields = Fields()
        fields.set("role", role)
        fields.set("holders", holders)
        fields.put("constraint", constraint)
        fields.put("inherit", inherit)
        fields.put("within", within)
        return Command("role.grant", fields)
    }

    /**
     * Revokes a role from holders. Only the direct grant goes: what a rule or source gives stays.
     *
     * @param role The role.
     * @param holders Who loses it.
     */
    public fun revoke(role: RoleId, holders: List<EntityId>): Command {
        val fields = Fields()
        fields.set("role", role)
        fields.set("holders", holders)
        return Command("role.revoke", fields)
    }

    /**
     * Lets a role include others: who holds it holds them. A circle is refused.
     *
     * @param role The role.
     * @param roles The roles that it includes.
     */
    public fun include(role: RoleId, roles: List<RoleId>): Command {
        val fields = Fields()
        fields.set("role", role)
        fields.set("roles", roles)
        return Command("role.include", fields)
    }

    /**
     * Takes included roles out of a role.
     *
     * @param role The role.
     * @param roles The roles that it no longer includes.
     */
    public fun stopIncluding(role: RoleId, roles: List<RoleId>): Command {
        val fields = Fields()
        fields.set("role", role)
        fields.set("roles", roles)
        return Command("role.stop_including", fields)
    }

    /**
     * Lets an external role carry assignments.
     *
     * @param role The role.
     * @param assignments The assignments.
     */
    public fun addAssignments(role: RoleId, assignments: List<AssignmentId>): Command {
        val fields = Fields()
        fields.set("role", role)
        fields.set("assignments", assignments)
        return Command("role.add_assignments", fields)
    }

    /**
     * Takes assignments off an external role.
     *
     * @param role The role.
     * @param assignments The assignments.
     */
    public fun removeAssignments(role: RoleId, assignments: List<AssignmentId>): Command {
        val fields = Fields()
        fields.set("role", role)
        fields.set("assignments", assignments)
        return Command("role.remove_assignments", fields)
    }

    /**
     * Keeps roles from having effect beside this one: whoever holds this one has the others without effect; the
     * grants stay and come back by themselves. Directed, and never in a circle. With `separate` nobody is given
     * both, in either order.
     *
     * @param role The role.
     * @param roles The roles that are not in effect beside this one.
     * @param separate Separation of duties: a grant that would give both to one person is refused.
     */
    public fun addExclusions(role: RoleId, roles: List<RoleId>, separate: Boolean? = null): Command {
        val fields = Fields()
        fields.set("role", role)
        fields.set("roles", roles)
        fields.put("separate", separate)
        return Command("role.add_exclusions", fields)
    }

    /**
     * Takes exclusions back.
     *
     * @param role The role.
     * @param roles The roles that are no longer excluded.
     */
    public fun removeExclusions(role: RoleId, roles: List<RoleId>): Command {
        val fields = Fields()
        fields.set("role", role)
        fields.set("roles", roles)
        return Command("role.remove_exclusions", fields)
    }

    /**
     * Lets a role be granted only to somebody who holds others.
     *
     * @param role The role.
     * @param roles The roles that have to be held.
     */
    public fun addPrerequisites(role: RoleId, roles: List<RoleId>): Command {
        val fields = Fields()
        fields.set("role", role)
        fields.set("roles", roles)
        return Command("role.add_prerequisites", fields)
    }

    /**
     * Takes prerequisites back.
     *
     * @param role The role.
     * @param roles The roles that need not be held any more.
     */
    public fun removePrerequisites(role: RoleId, roles: List<RoleId>): Command {
        val fields = Fields()
        fields.set("role", role)
        fields.set("roles", roles)
        return Command("role.remove_prerequisites", fields)
    }
}

/** Commands about assignments, as values. */
public object AssignmentCommands {
    /**
     * Creates an assignment: attribute values for one source-target mapping.
     *
     * @param events What is evaluated when the assignment comes or goes.
     * @param id An identifier brought along; drawn when absent.
     * @param onAssignment How they meet the values of the target.
     * @param onUnassignment What becomes of them when the assignment is lost.
     * @param values The target's attributes and their values.
     * @param name Name.
     * @param mapping Mapping.
     * @param description Description.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun create(
        events: List<AssignmentEvent>? = null,
        id: AssignmentId? = null,
        onAssignment: OnAssignment? = null,
        onUnassignment: OnUnassignment? = null,
        values: List<AssignmentValue>? = null,
        name: String? = null,
        mapping: String? = null,
        description: String? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.put("events", events)
        fields.put("id", id)
        fields.put("on_assignment", onAssignment)
        fields.put("on_unassignment", onUnassignment)
        fields.put("values", values)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("mapping", mapping)
        named.put("description", description)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("assignment.create", fields)
    }

    /**
     * Changes an assignment. What is not named stays; the mapping cannot be changed.
     *
     * @param assignment The assignment.
     * @param events What is evaluated from now on.
     * @param onAssignment How they meet the values of the target.
     * @param onUnassignment What becomes of them when the assignment is lost.
     * @param values The target's attributes and their values from now on.
     * @param name Name.
     * @param description Description.
     * @param mapping Mapping.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun update(
        assignment: AssignmentId,
        events: List<AssignmentEvent>? = null,
        onAssignment: OnAssignment? = null,
        onUnassignment: OnUnassignment? = null,
        values: List<AssignmentValue>? = null,
        name: String? = null,
        description: String? = null,
        mapping: String? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.set("assignment", assignment)
        fields.put("events", events)
        fields.put("on_assignment", onAssignment)
        fields.put("on_unassignment", onUnassignment)
        fields.put("values", values)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("mapping", mapping)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("assignment.update", fields)
    }

    /**
     * Deletes an assignment that no role carries.
     *
     * @param assignment The assignment.
     * @param detach Takes it off the roles that carry it.
     */
    public fun delete(assignment: AssignmentId, detach: Boolean? = null): Command {
        val fields = Fields()
        fields.set("assignment", assignment)
        fields.put("detach", detach)
        return Command("assignment.delete", fields)
    }
}

/** Commands about rules, as values. */
public object RuleCommands {
    /**
     * Evaluates the condition of a dynamic role or group again for some records and brings their membership into
     * line. The library does it by itself after a rule changed and when time passes; asking for it never does
     * harm.
     *
     * @param owner The role or group.
     * @param complete Notes that everybody was looked at.
     * @param subjects The records to look at.
     */
    public fun apply(owner: EntityId, complete: Boolean? = null, subjects: List<EntityId>? = null): Command {
        val fields = Fields()
        fields.set("owner", owner)
        fields.put("complete", complete)
        fields.put("subjects", subjects)
        return Command("rule.apply", fields)
    }
}

/** Commands about credentials, as values. */
public object CredentialCommands {
    /**
     * Removes a credential of a user; it can no longer be used. The last second factor stays. Removing a link to a
     * provider removes what is stored here; the next sign-in with the provider makes it again.
     *
     * @param credential The credential.
     */
    public fun remove(credential: CredentialId): Command {
        val fields = Fields()
        fields.set("credential", credential)
        return Command("credential.remove", fields)
    }
}

/** Commands about policies, as values. */
public object PolicyCommands {
    /**
     * Creates a policy for the whole realm, or for the organizations, user types, groups and users that it is
     * attached to. Of several policies the strictest counts, rule by rule.
     *
     * @param appliesTo To whom it applies: organizations with everything below them, user types, groups with
     *     everything in them, users. Empty: to everybody in the realm.
     * @param id An identifier brought along; drawn when absent.
     * @param rules What it says.
     * @param name Name.
     * @param description Description.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun create(
        appliesTo: List<EntityId>? = null,
        id: PolicyId? = null,
        rules: PolicyParts? = null,
        name: String? = null,
        description: String? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.put("applies_to", appliesTo)
        fields.put("id", id)
        fields.put("rules", rules)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("policy.create", fields)
    }

    /**
     * Changes a policy. Passwords that were set before stay as they are until they are set again.
     *
     * @param policy The policy.
     * @param appliesTo To whom it applies from now on; as before when absent.
     * @param rules What it says from now on, all of it; as before when absent.
     * @param name Name.
     * @param description Description.
     * @param externalId External identifier.
     * @param attributes More attributes by name, those that the realm declared among them; `Value.Null`
     *     removes a value.
     */
    public fun update(
        policy: PolicyId,
        appliesTo: List<EntityId>? = null,
        rules: PolicyParts? = null,
        name: String? = null,
        description: String? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Command {
        val fields = Fields()
        fields.set("policy", policy)
        fields.put("applies_to", appliesTo)
        fields.put("rules", rules)
        val named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("external_id", externalId)
        fields.set("attributes", named.toValue())
        return Command("policy.update", fields)
    }

    /**
     * Deletes a policy; the others, and the defaults, count from now on.
     *
     * @param policy The policy.
     */
    public fun delete(policy: PolicyId): Command {
        val fields = Fields()
        fields.set("policy", policy)
        return Command("policy.delete", fields)
    }
}

/** Commands about sessions, as values. */
public object SessionCommands {
    /**
     * Signs a user in whom the host has authenticated by other means, such as a social or corporate sign-in.
     * Discloses `token`, and `refresh_token` when asked for.
     *
     * @param user The user.
     * @param assurance How sure one may be of it: 1 for one factor, 2 for two, 3 for two of which one is
     *     hardware.
     * @param methods How the user proved to be the user, such as `social` or `certificate`.
     * @param origin Where the session comes from.
     * @param refresh Hand out a refresh token, too; then the session's token lives for minutes only.
     */
    public fun open(
        user: UserId,
        assurance: Long? = null,
        methods: List<String>? = null,
        origin: SessionOrigin? = null,
        refresh: Boolean? = null,
    ): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.put("assurance", assurance)
        fields.put("methods", methods)
        fields.put("origin", origin)
        fields.put("refresh", refresh)
        return Command("session.open", fields)
    }

    /**
     * Ends one session: signs the user out there.
     *
     * @param session The session.
     */
    public fun end(session: SessionId): Command {
        val fields = Fields()
        fields.set("session", session)
        return Command("session.end", fields)
    }
}

/** Commands about links, as values. */
public object LinkCommands {
    /**
     * Revokes a link that was not used yet. An invitation that is revoked can be sent again.
     *
     * @param link The link.
     */
    public fun revoke(link: LinkId): Command {
        val fields = Fields()
        fields.set("link", link)
        return Command("link.revoke", fields)
    }
}

/** Commands about sources, as values. */
public object SourceCommands {
    /**
     * Configures an identity source. Refused while its connector is not registered, and by name for every required
     * field that is missing. A new source looks only: its runs show what they would do.
     *
     * @param name Its name, for whoever administers it.
     * @param connector The name of the connector.
     * @param configuration The connector's configuration. Secrets are named, `vault:…`, never given.
     * @param id An identifier brought along; drawn when absent.
     * @param rules How what it says becomes records.
     * @param schedule A cron expression; 02:00 every day when absent, never when empty.
     * @param timeZone The time zone of the schedule, such as `Europe/Vienna`; UTC when absent.
     */
    public fun create(
        name: String,
        connector: String,
        configuration: Map<String, Value>? = null,
        id: SourceId? = null,
        rules: SourceRules? = null,
        schedule: String? = null,
        timeZone: String? = null,
    ): Command {
        val fields = Fields()
        fields.set("name", name)
        fields.set("connector", connector)
        fields.put("configuration", configuration)
        fields.put("id", id)
        fields.put("rules", rules)
        fields.put("schedule", schedule)
        fields.put("time_zone", timeZone)
        return Command("source.create", fields)
    }

    /**
     * Changes an identity source. What is not given stays. Other rules or another configuration make the next run
     * a full one.
     *
     * @param source The source.
     * @param configuration Another configuration, as a whole.
     * @param mode Whether its runs change anything.
     * @param name Another name.
     * @param rules Other rules, as a whole.
     * @param schedule Another schedule; empty for none.
     * @param timeZone Another time zone.
     */
    public fun update(
        source: SourceId,
        configuration: Map<String, Value>? = null,
        mode: SourceMode? = null,
        name: String? = null,
        rules: SourceRules? = null,
        schedule: String? = null,
        timeZone: String? = null,
    ): Command {
        val fields = Fields()
        fields.set("source", source)
        fields.put("configuration", configuration)
        fields.put("mode", mode)
        fields.put("name", name)
        fields.put("rules", rules)
        fields.put("schedule", schedule)
        fields.put("time_zone", timeZone)
        return Command("source.update", fields)
    }

    /**
     * Enables an identity source: its schedule counts again.
     *
     * @param source Which one.
     */
    public fun enable(source: SourceId): Command {
        val fields = Fields()
        fields.set("source", source)
        return Command("source.enable", fields)
    }

    /**
     * Disables an identity source: no run starts.
     *
     * @param source Which one.
     */
    public fun disable(source: SourceId): Command {
        val fields = Fields()
        fields.set("source", source)
        return Command("source.disable", fields)
    }

    /**
     * Deletes an identity source. The records that came from it stay as they are.
     *
     * @param source The source.
     */
    public fun delete(source: SourceId): Command {
        val fields = Fields()
        fields.set("source", source)
        return Command("source.delete", fields)
    }
}

/** Commands about shadows, as values. */
public object ShadowCommands {
    /**
     * Notes what is known of an object of a source, and which record it is linked to.
     *
     * @param source The source.
     * @param kind What kind of object it is.
     * @param identifier The identifier that the source gives it.
     * @param objectKey The key of the identifier: no two objects of a source share one.
     * @param situation The situation that was found.
     * @param state How it stands.
     * @param candidates The records that it may be.
     * @param deleteAfter After which moment the record may be deleted.
     * @param dependsOn Records without which the digest does not hold: when one of them is not there, it is
     *     left out, and the object is looked at again.
     * @param digest The digest of the mapped values.
     * @param missingSince Since when it is gone at the source.
     * @param nameKey The key of the name, by which others name it.
     * @param problem What is wrong.
     * @param problemCode The code of what is wrong.
     * @param shadow The one to be written again; a new one when absent.
     * @param target The record that it is linked to.
     * @param title The name that the source gives it.
     */
    public fun put(
        source: SourceId,
        kind: SyncKind,
        identifier: String,
        objectKey: String,
        situation: Situation,
        state: ShadowState,
        candidates: List<EntityId>? = null,
        deleteAfter: Instant? = null,
        dependsOn: List<EntityId>? = null,
        digest: String? = null,
        missingSince: Instant? = null,
        nameKey: String? = null,
        problem: Value? = null,
        problemCode: String? = null,
        shadow: ShadowId? = null,
        target: EntityId? = null,
        title: String? = null,
    ): Command {
        val fields = Fields()
        fields.set("source", source)
        fields.set("kind", kind)
        fields.set("identifier", identifier)
        fields.set("object_key", objectKey)
        fields.set("situation", situation)
        fields.set("state", state)
        fields.put("candidates", candidates)
        fields.put("delete_after", deleteAfter)
        fields.put("depends_on", dependsOn)
        fields.put("digest", digest)
        fields.put("missing_since", missingSince)
        fields.put("name_key", nameKey)
        fields.put("problem", problem)
        fields.put("problem_code", problemCode)
        fields.put("shadow", shadow)
        fields.put("target", target)
        fields.put("title", title)
        return Command("shadow.put", fields)
    }

    /**
     * Decides about an object of a source that waits in the review or remediation queue.
     *
     * @param shadow The object.
     * @param resolution The decision.
     */
    public fun resolve(shadow: ShadowId, resolution: Resolution): Command {
        val fields = Fields()
        fields.set("shadow", shadow)
        fields.set("resolution", resolution)
        return Command("shadow.resolve", fields)
    }

    /**
     * Forgets an object of a source. The record that it is linked to stays.
     *
     * @param shadow The object.
     */
    public fun remove(shadow: ShadowId): Command {
        val fields = Fields()
        fields.set("shadow", shadow)
        return Command("shadow.remove", fields)
    }
}

/** Commands about connectors, as values. */
public object ConnectorCommands {
    /**
     * Registers a connector in the realm, or a later version of it. Hosts do it when they start.
     *
     * @param descriptor The connector as it describes itself.
     */
    public fun install(descriptor: ConnectorDescriptor): Command {
        val fields = Fields()
        fields.set("descriptor", descriptor)
        return Command("connector.install", fields)
    }

    /**
     * Takes a connector out of the realm. Sources that use it stay; their runs fail until it is back.
     *
     * @param connector The connector.
     */
    public fun remove(connector: ConnectorId): Command {
        val fields = Fields()
        fields.set("connector", connector)
        return Command("connector.remove", fields)
    }
}

/** Commands about records, as values. */
public object RecordCommands {
    /**
     * Takes or releases the unique name that an attribute of a record gives, as the schema now says. A name that
     * another record holds is refused, with its holder. Sent by the engine after the uniqueness of an attribute
     * changed.
     *
     * @param record The record.
     * @param attribute The attribute.
     */
    public fun reindex(record: EntityId, attribute: String): Command {
        val fields = Fields()
        fields.set("record", record)
        fields.set("attribute", attribute)
        return Command("record.reindex", fields)
    }
}

/** Commands about memberships, as values. */
public object MembershipCommands {
    /**
     * Adds a user or device to organizations, one or several in one step, from either side. A membership that is
     * there already gets the given number and time.
     *
     * @param member The user or device.
     * @param organizations Where to.
     */
    public fun add(member: EntityId, organizations: List<JoinOrganization>): Command {
        val fields = Fields()
        fields.set("member", member)
        fields.set("organizations", organizations)
        return Command("membership.add", fields)
    }

    /**
     * Takes a user or device out of organizations. Only the direct origin goes: what a source or rule said stays.
     *
     * @param member The user or device.
     * @param organizations From where.
     */
    public fun remove(member: EntityId, organizations: List<OrganizationId>): Command {
        val fields = Fields()
        fields.set("member", member)
        fields.set("organizations", organizations)
        return Command("membership.remove", fields)
    }
}

/** Commands about passwords, as values. */
public object PasswordCommands {
    /**
     * Sets a user's password, as an administrator does. It has to satisfy the user's policy, must be changed at
     * the next sign-in, and counts for the hours that the policy gives it.
     *
     * @param user The user.
     * @param password The new password.
     * @param confirmation The same again, where people type it; not compared when absent.
     * @param mustChange Whether it must be changed at the next sign-in; yes when absent. Without it nobody but
     *     the user may know the password: for what a person typed, on the way through the host, and refused for
     *     everybody else.
     */
    public fun set(
        user: UserId,
        password: Secret,
        confirmation: Secret? = null,
        mustChange: Boolean? = null,
    ): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.set("password", password)
        fields.put("confirmation", confirmation)
        fields.put("must_change", mustChange)
        return Command("password.set", fields)
    }

    /**
     * Changes one's own password, with the present one as proof (OWASP ASVS 5, 6.2.3). A wrong one counts as a
     * failed attempt.
     *
     * @param user The user.
     * @param current The present password.
     * @param password The new one.
     * @param confirmation The new one again, where people type it; not compared when absent.
     */
    public fun change(user: UserId, current: Secret, password: Secret, confirmation: Secret? = null): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.set("current", current)
        fields.set("password", password)
        fields.put("confirmation", confirmation)
        return Command("password.change", fields)
    }

    /**
     * Gives a user an initial or random password that must be changed at the next sign-in. It is part of the
     * answer as `password`, this once, or with `send` goes to the user by message. Where the policy allows no
     * administrator to know a password (`administrator_allowed`), only a random one can be given, and only by
     * message.
     *
     * @param user The user.
     * @param send Whether the password is sent to the user; then the answer does not have it.
     * @param to To what.
     */
    public fun reset(user: UserId, send: Boolean? = null, to: ResetTo? = null): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.put("send", send)
        fields.put("to", to)
        return Command("password.reset", fields)
    }

    /**
     * Requires a user to change the password at the next sign-in, or takes the requirement back.
     *
     * @param user The user.
     * @param required Whether it is required.
     */
    public fun requireChange(user: UserId, required: Boolean? = null): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.put("required", required)
        return Command("password.require_change", fields)
    }

    /**
     * Exempts a user from expiry, from strength or from all restrictions of passwords, as far as the policy
     * allows.
     *
     * @param user The user.
     * @param exemption From what.
     */
    public fun exempt(user: UserId, exemption: Exemption): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.set("exemption", exemption)
        return Command("password.exempt", fields)
    }

    /**
     * Brings along a password as a hash of another program. It is checked in its own form and replaced by one of
     * this engine at the first sign-in.
     *
     * @param user The user.
     * @param hash The hash, as the other program keeps it.
     * @param mustChange Whether it must be changed at the next sign-in.
     * @param setAt When it was set; not known when absent.
     */
    public fun import(user: UserId, hash: Secret, mustChange: Boolean? = null, setAt: Instant? = null): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.set("hash", hash)
        fields.put("must_change", mustChange)
        fields.put("set_at", setAt)
        return Command("password.import", fields)
    }

    /**
     * Hands out the hashes of users' passwords, for a move to another program. The answer has one for each user
     * that has a password, under the user's identifier; that they were handed out is noted with each of them.
     *
     * @param users The users, at most 1000.
     */
    public fun export(users: List<UserId>): Command {
        val fields = Fields()
        fields.set("users", users)
        return Command("password.export", fields)
    }

    /**
     * Checks a user's password, for a host that keeps sessions of its own. A hash of another program is replaced,
     * a wrong one counts as a failed attempt. Whether the user may sign in at all is asked with `user.status`.
     *
     * @param user The user.
     * @param password The password.
     */
    public fun verify(user: UserId, password: Secret): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.set("password", password)
        return Command("password.verify", fields)
    }

    /**
     * Counts a failed attempt at a user's password: for a host that checks passwords in its own way.
     *
     * @param user The user.
     */
    public fun noteFailure(user: UserId): Command {
        val fields = Fields()
        fields.set("user", user)
        return Command("password.note_failure", fields)
    }
}

/** Commands about syncs, as values. */
public object SyncCommands {
    /**
     * Asks for a run of an identity source. It is carried out by whichever worker leases it first, not by the
     * caller. Refused while the source is disabled.
     *
     * @param source The source.
     * @param dueAt Not before then; at once when absent.
     * @param filter For a filtered run: which objects, in the connector's own syntax.
     * @param id An identifier brought along; drawn when absent.
     * @param lookOnly Only show what it would do, also when the source is active.
     * @param mode What it reads.
     */
    public fun request(
        source: SourceId,
        dueAt: Instant? = null,
        filter: String? = null,
        id: SyncRunId? = null,
        lookOnly: Boolean? = null,
        mode: RunMode? = null,
    ): Command {
        val fields = Fields()
        fields.set("source", source)
        fields.put("due_at", dueAt)
        fields.put("filter", filter)
        fields.put("id", id)
        fields.put("look_only", lookOnly)
        fields.put("mode", mode)
        return Command("sync.request", fields)
    }

    /**
     * Leases a run that waits, or whose worker has not been heard of since its lease ended. Refused while another
     * worker holds it.
     *
     * @param run The run.
     * @param worker Who leases it.
     * @param until Until when, unless the worker is heard of before.
     * @param changeSet The change set of the run; a run that goes on keeps the one it has.
     */
    public fun start(run: SyncRunId, worker: String, until: Instant, changeSet: ChangeSetId): Command {
        val fields = Fields()
        fields.set("run", run)
        fields.set("worker", worker)
        fields.set("until", until)
        fields.set("change_set", changeSet)
        return Command("sync.start", fields)
    }

    /**
     * Notes how far a run is, and keeps the lease. Refused when the worker has lost it.
     *
     * @param run The run.
     * @param worker Who holds the lease.
     * @param until Until when from now on.
     * @param place Where it would go on.
     * @param counts What it did so far, by name.
     */
    public fun note(run: SyncRunId, worker: String, until: Instant, place: Value, counts: Value): Command {
        val fields = Fields()
        fields.set("run", run)
        fields.set("worker", worker)
        fields.set("until", until)
        fields.set("place", place)
        fields.set("counts", counts)
        return Command("sync.note", fields)
    }

    /**
     * Ends a run with its counts and findings; a run that failed or succeeded in part tells whoever should know
     * when the source has alerts on.
     *
     * @param run The run.
     * @param worker Who holds the lease.
     * @param state `succeeded`, `partial`, `failed`, `stopped` or `cancelled`.
     * @param counts What it did, by name.
     * @param findings What somebody should look at, one structure each; 500 at most are kept.
     * @param problem Why it ended early.
     * @param tokens Where the next incremental run goes on, by kind; absent: where it went on before.
     */
    public fun finish(
        run: SyncRunId,
        worker: String,
        state: String,
        counts: Value,
        findings: List<Value>? = null,
        problem: Value? = null,
        tokens: Value? = null,
    ): Command {
        val fields = Fields()
        fields.set("run", run)
        fields.set("worker", worker)
        fields.set("state", state)
        fields.set("counts", counts)
        fields.put("findings", findings)
        fields.put("problem", problem)
        fields.put("tokens", tokens)
        return Command("sync.finish", fields)
    }

    /**
     * Asks a run to stop at the next page. A run that waits is over at once.
     *
     * @param run The run.
     */
    public fun cancel(run: SyncRunId): Command {
        val fields = Fields()
        fields.set("run", run)
        return Command("sync.cancel", fields)
    }

    /**
     * Forgets a run that is over, with its log. Its changes stay, and can still be undone by their change set.
     *
     * @param run The run.
     */
    public fun forget(run: SyncRunId): Command {
        val fields = Fields()
        fields.set("run", run)
        return Command("sync.forget", fields)
    }
}

/** Commands about edges, as values. */
public object EdgeCommands {
    /**
     * Adds and removes edges in the name of a source. What somebody else says stays: an edge goes when the last of
     * those who asked for it takes it back.
     *
     * @param source The source.
     * @param record The record at one end.
     * @param direction Which end it is.
     * @param relation The meaning of the edges.
     * @param add Other ends that the source names.
     * @param exclusive Only one edge may be left: others go, whoever asked for them.
     * @param remove Other ends that the source does not name any more.
     */
    public fun synchronize(
        source: SourceId,
        record: EntityId,
        direction: Direction,
        relation: Relation,
        add: List<EntityId>? = null,
        exclusive: Boolean? = null,
        remove: List<EntityId>? = null,
    ): Command {
        val fields = Fields()
        fields.set("source", source)
        fields.set("record", record)
        fields.set("direction", direction)
        fields.set("relation", relation)
        fields.put("add", add)
        fields.put("exclusive", exclusive)
        fields.put("remove", remove)
        return Command("edge.synchronize", fields)
    }
}

/** Commands about otps, as values. */
public object OtpCommands {
    /**
     * Begins the enrolment of a device that shows one-time passwords. The answer has its key as `secret` and as
     * `uri` for a QR code, this once. The device counts when a first code of it was confirmed, within the time
     * that the policy gives; a user has so many devices as the policy allows.
     *
     * @param user The user.
     * @param algorithm The hash; SHA-1 when absent, because some authenticators know no other.
     * @param confirmed Whether the device is in use elsewhere and needs no first code to count.
     * @param counter For counter devices: the next counter.
     * @param digits Digits of a code, 6 to 8; 6 when absent.
     * @param issuer What the authenticator shows as the service; the realm's name when absent.
     * @param label How people call the device.
     * @param period Seconds of a step, 15 to 60; 30 when absent (OWASP ASVS 5, 6.5.5: at most 30 is advised).
     * @param secret A key that is there already, in base 32: of a hardware token, or from another system.
     *     Drawn when absent.
     * @param type By time or by counter.
     */
    public fun enrol(
        user: UserId,
        algorithm: OtpAlgorithm? = null,
        confirmed: Boolean? = null,
        counter: Long? = null,
        digits: Long? = null,
        issuer: String? = null,
        label: String? = null,
        period: Long? = null,
        secret: Secret? = null,
        type: OtpType? = null,
    ): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.put("algorithm", algorithm)
        fields.put("confirmed", confirmed)
        fields.put("counter", counter)
        fields.put("digits", digits)
        fields.put("issuer", issuer)
        fields.put("label", label)
        fields.put("period", period)
        fields.put("secret", secret)
        fields.put("type", type)
        return Command("otp.enrol", fields)
    }

    /**
     * Begins the enrolment of an authenticator for many users at once and sends each of them a QR code. Users who
     * have as many devices as allowed are left out and named in the remarks.
     *
     * @param users The users, at most 1000.
     * @param issuer What the authenticator shows as the service; the realm's name when absent.
     */
    public fun sendEnrolments(users: List<UserId>, issuer: String? = null): Command {
        val fields = Fields()
        fields.set("users", users)
        fields.put("issuer", issuer)
        return Command("otp.send_enrolments", fields)
    }

    /**
     * Confirms a device with a first code: from then on it counts as a factor. The code is used up with it.
     *
     * @param credential The device.
     * @param code The code that it shows.
     */
    public fun confirm(credential: CredentialId, code: Secret): Command {
        val fields = Fields()
        fields.set("credential", credential)
        fields.set("code", code)
        return Command("otp.confirm", fields)
    }

    /**
     * Brings a counter device back that was pressed too often: two codes in a row tell where it is (RFC 4226,
     * 7.4).
     *
     * @param credential The device.
     * @param first The code that it shows.
     * @param second The one that it shows next.
     */
    public fun resynchronise(credential: CredentialId, first: Secret, second: Secret): Command {
        val fields = Fields()
        fields.set("credential", credential)
        fields.set("first", first)
        fields.set("second", second)
        return Command("otp.resynchronise", fields)
    }
}

/** Commands about factors, as values. */
public object FactorCommands {
    /**
     * Checks a second factor and uses it up: a code of a device, a passcode, or a recovery code. Refused with
     * `credential.wrong` when it is none, or was used before.
     *
     * @param user The user.
     * @param code The code.
     */
    public fun verify(user: UserId, code: Secret): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.set("code", code)
        return Command("factor.verify", fields)
    }

    /**
     * Counts a failed attempt at a user's second factors: for a host that checks them in its own way.
     *
     * @param user The user.
     */
    public fun noteFailure(user: UserId): Command {
        val fields = Fields()
        fields.set("user", user)
        return Command("factor.note_failure", fields)
    }
}

/** Commands about recovery codes, as values. */
public object RecoveryCodesCommands {
    /**
     * Makes a new set of recovery codes for a user, in the place of the one before. They are part of the answer as
     * `recovery_codes`, this once.
     *
     * @param user The user.
     */
    public fun create(user: UserId): Command {
        val fields = Fields()
        fields.set("user", user)
        return Command("recovery_codes.create", fields)
    }

    /**
     * Revokes a user's recovery codes; always allowed, because they are no second factor of their own.
     *
     * @param user The user.
     */
    public fun revoke(user: UserId): Command {
        val fields = Fields()
        fields.set("user", user)
        return Command("recovery_codes.revoke", fields)
    }
}

/** Commands about passcodes, as values. */
public object PasscodeCommands {
    /**
     * Sends a user a passcode of eight digits that counts once and for ten minutes at most. A newer one replaces
     * the one before, 30 seconds after it at the earliest (`sign_in.throttled`): otherwise somebody could have
     * passcodes sent until a guess is right. It counts as long as the address is the user's.
     *
     * @param user The user.
     * @param channel By e-mail or SMS; e-mail when absent.
     */
    public fun send(user: UserId, channel: PasscodeChannel? = null): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.put("channel", channel)
        return Command("passcode.send", fields)
    }
}

/** Commands about providers, as values. */
public object ProviderCommands {
    /**
     * Links a user with an identity at a provider. An identity belongs to one user at most.
     *
     * @param user The user.
     * @param provider The provider, such as `google`.
     * @param subject The identity's stable identifier there: `sub` of OpenID Connect.
     * @param label How people call it: the address or name that the provider gave.
     */
    public fun link(user: UserId, provider: String, subject: String, label: String? = null): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.set("provider", provider)
        fields.set("subject", subject)
        fields.put("label", label)
        return Command("provider.link", fields)
    }
}

/** Commands about passkeys, as values. */
public object PasskeyCommands {
    /**
     * Begins the enrolment of a passkey. The answer has as `options`, this once, what the browser is asked with:
     * JSON for `PublicKeyCredential.parseCreationOptionsFromJSON` and `navigator.credentials.create`. The passkey
     * counts when the browser's answer was confirmed, within ten minutes. Refused with `feature.off` when the
     * realm's settings name no relying party (`sign_in.passkeys`), or this build checks no passkeys.
     *
     * @param user The user.
     * @param label How people call the device.
     */
    public fun enrol(user: UserId, label: String? = null): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.put("label", label)
        return Command("passkey.enrol", fields)
    }

    /**
     * Confirms the enrolment of a passkey with the browser's answer: from then on it counts, as a second factor
     * and for a sign-in without a password. Refused with `credential.wrong` when the answer does not hold.
     *
     * @param credential The passkey whose enrolment was begun.
     * @param response What the browser answered, as JSON text: `JSON.stringify(credential)`.
     */
    public fun confirm(credential: CredentialId, response: Secret): Command {
        val fields = Fields()
        fields.set("credential", credential)
        fields.set("response", response)
        return Command("passkey.confirm", fields)
    }
}

/** Every noun, making commands as values: `Commands.users.create(userName = "alice")`. */
public object Commands {
    /** Commands about realms. */
    public val realms: RealmCommands = RealmCommands
    /** Commands about users. */
    public val users: UserCommands = UserCommands
    /** Commands about devices. */
    public val devices: DeviceCommands = DeviceCommands
    /** Commands about user types. */
    public val userTypes: UserTypeCommands = UserTypeCommands
    /** Commands about organizations. */
    public val organizations: OrganizationCommands = OrganizationCommands
    /** Commands about organization types. */
    public val organizationTypes: OrganizationTypeCommands = OrganizationTypeCommands
    /** Commands about positions. */
    public val positions: PositionCommands = PositionCommands
    /** Commands about groups. */
    public val groups: GroupCommands = GroupCommands
    /** Commands about templates. */
    public val templates: TemplateCommands = TemplateCommands
    /** Commands about attributes. */
    public val attributes: AttributeCommands = AttributeCommands
    /** Commands about roles. */
    public val roles: RoleCommands = RoleCommands
    /** Commands about assignments. */
    public val assignments: AssignmentCommands = AssignmentCommands
    /** Commands about rules. */
    public val rules: RuleCommands = RuleCommands
    /** Commands about credentials. */
    public val credentials: CredentialCommands = CredentialCommands
    /** Commands about policies. */
    public val policies: PolicyCommands = PolicyCommands
    /** Commands about sessions. */
    public val sessions: SessionCommands = SessionCommands
    /** Commands about links. */
    public val links: LinkCommands = LinkCommands
    /** Commands about sources. */
    public val sources: SourceCommands = SourceCommands
    /** Commands about shadows. */
    public val shadows: ShadowCommands = ShadowCommands
    /** Commands about connectors. */
    public val connectors: ConnectorCommands = ConnectorCommands
    /** Commands about records. */
    public val records: RecordCommands = RecordCommands
    /** Commands about memberships. */
    public val memberships: MembershipCommands = MembershipCommands
    /** Commands about passwords. */
    public val passwords: PasswordCommands = PasswordCommands
    /** Commands about syncs. */
    public val syncs: SyncCommands = SyncCommands
    /** Commands about edges. */
    public val edges: EdgeCommands = EdgeCommands
    /** Commands about otps. */
    public val otps: OtpCommands = OtpCommands
    /** Commands about factors. */
    public val factors: FactorCommands = FactorCommands
    /** Commands about recovery codes. */
    public val recoveryCodes: RecoveryCodesCommands = RecoveryCodesCommands
    /** Commands about passcodes. */
    public val passcodes: PasscodeCommands = PasscodeCommands
    /** Commands about providers. */
    public val providers: ProviderCommands = ProviderCommands
    /** Commands about passkeys. */
    public val passkeys: PasskeyCommands = PasskeyCommands

    /** The names of all commands. */
    public val all: List<String> = listOf(
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
}
