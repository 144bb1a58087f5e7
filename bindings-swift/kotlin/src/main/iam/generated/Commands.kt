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
     * Creates a group of users, organizations, positions or groups, whose members are added by hand.
     *
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
     * Makes roles ineffective for whoever holds this one: the grants stay and come back by themselves. Directed;
     * say it of both roles for separation in both directions.
     *
     * @param role The role.
     * @param roles The roles that are not in effect beside this one.
     */
    public fun addExclusions(role: RoleId, roles: List<RoleId>): Command {
        val fields = Fields()
        fields.set("role", role)
        fields.set("roles", roles)
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
     * Sets a user's password, as an administrator does. It has to satisfy the user's policy, and must be changed
     * at the next sign-in.
     *
     * @param user The user.
     * @param password The new password.
     * @param mustChange Whether it must be changed at the next sign-in; yes when absent.
     */
    public fun set(user: UserId, password: Secret, mustChange: Boolean? = null): Command {
        val fields = Fields()
        fields.set("user", user)
        fields.set("password", password)
        fields.put("must_change", mustChange)
        return Command("password.set", fields)
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
    /** Commands about policies. */
    public val policies: PolicyCommands = PolicyCommands
    /** Commands about records. */
    public val records: RecordCommands = RecordCommands
    /** Commands about memberships. */
    public val memberships: MembershipCommands = MembershipCommands
    /** Commands about passwords. */
    public val passwords: PasswordCommands = PasswordCommands

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
        "policy.create",
        "policy.update",
        "policy.delete",
        "password.set",
    )
}
