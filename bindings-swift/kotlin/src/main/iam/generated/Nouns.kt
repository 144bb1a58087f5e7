// Generated from the catalogue by `.ci/generate`; do not edit.

package iam

import java.time.Instant

/** What can be done with and known about realms. */
public class RealmsNoun internal constructor(acting: Acting) : KindReads(acting, Kind.REALM) {

    /**
     * Creates the realm that the command is sent to. Its name is unique among all realms.
     *
     * @param name The name.
     * @param id The realm, when it is to be said twice; it is the one that the command is sent to.
     * @param settings The settings that differ from the defaults.
     */
    public suspend fun create(name: String, id: RealmId? = null, settings: Map<String, Value>? = null): Executed =
        acting.execute(RealmCommands.create(name, id, settings))

    /**
     * Changes the name or settings of the realm. Settings are merged: what is not named stays, `null` goes back to
     * the default, a structure is merged line by line, a list is replaced.
     *
     * @param name The new name.
     * @param settings The settings that change.
     */
    public suspend fun update(name: String? = null, settings: Map<String, Value>? = null): Executed =
        acting.execute(RealmCommands.update(name, settings))

    /** Reads the settings of the realm. */
    public suspend fun settings(): Settings {
        val fields = Fields()
        val answer = acting.ask("realm.settings", fields)
        return Settings.read(answer)
    }

    /**
     * Examines the realm: unique names, edges, tree and search keys against the records, all of it against the
     * journal, audit trail and journal against the chain. What is wrong with the data is not an error but the
     * answer.
     */
    public suspend fun doctor(): Diagnosis {
        val fields = Fields()
        val answer = acting.ask("realm.doctor", fields)
        return Diagnosis.read(answer)
    }
}

/** What can be done with and known about users. */
public class UsersNoun internal constructor(acting: Acting) : KindReads(acting, Kind.USER) {

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
    public suspend fun create(
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
    ): Executed =
        acting.execute(UserCommands.create(id, invitation, lawfulBasis, manager, organizations, origin, positions, registration, source, suppliedByUser, template, userType, validFrom, validUntil, userName, email, firstName, lastName, displayName, phone, userNumber, identityType, privileged, job, department, location, street, city, postalCode, state, country, language, timeZone, dateOfBirth, hiredOn, inPositionSince, preferenceUpdates, preferenceMarketing, categories, inheritServicePlans, inheritSubscriptions, inheritAdministratorRoles, inheritGroups, inheritOfficeGroups, externalId, attributes))

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
    public suspend fun update(
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
    ): Executed =
        acting.execute(UserCommands.update(user, userName, email, firstName, lastName, displayName, phone, userNumber, identityType, privileged, job, department, location, street, city, postalCode, state, country, language, timeZone, dateOfBirth, hiredOn, inPositionSince, preferenceUpdates, preferenceMarketing, categories, inheritServicePlans, inheritSubscriptions, inheritAdministratorRoles, inheritGroups, inheritOfficeGroups, externalId, attributes))

    /**
     * Enables a disabled or suspended user.
     *
     * @param user The user.
     */
    public suspend fun enable(user: UserId): Executed =
        acting.execute(UserCommands.enable(user))

    /**
     * Disables a user; the lock is another axis and stays as it is.
     *
     * @param user The user.
     * @param by What asks for it.
     */
    public suspend fun disable(user: UserId, by: DisabledBy? = null): Executed =
        acting.execute(UserCommands.disable(user, by))

    /**
     * Suspends a user: like disabling, meant to be temporary.
     *
     * @param user The user.
     */
    public suspend fun suspend(user: UserId): Executed =
        acting.execute(UserCommands.suspend(user))

    /**
     * Archives a user: the end of the life cycle, from which only `user.restore` leads back.
     *
     * @param user The user.
     */
    public suspend fun archive(user: UserId): Executed =
        acting.execute(UserCommands.archive(user))

    /**
     * Brings an archived user back, disabled at first.
     *
     * @param user The user.
     */
    public suspend fun restore(user: UserId): Executed =
        acting.execute(UserCommands.restore(user))

    /**
     * Locks a user; whether the user is enabled is another axis and stays as it is.
     *
     * @param user The user.
     * @param reason Why.
     */
    public suspend fun lock(user: UserId, reason: String? = null): Executed =
        acting.execute(UserCommands.lock(user, reason))

    /**
     * Unlocks a user.
     *
     * @param user The user.
     */
    public suspend fun unlock(user: UserId): Executed =
        acting.execute(UserCommands.unlock(user))

    /**
     * Disables a user whose validity has ended, unless the user type says `disable_on_expiry: false`. Does nothing
     * before that moment, nothing to a user that is not enabled, and never enables.
     *
     * @param user The user.
     */
    public suspend fun expire(user: UserId): Executed =
        acting.execute(UserCommands.expire(user))

    /**
     * Sets from when until when a user is valid; half-open, open ends allowed.
     *
     * @param user The user.
     * @param validFrom From then on; open when absent.
     * @param validUntil Before then; open when absent.
     */
    public suspend fun setValidity(user: UserId, validFrom: Instant? = null, validUntil: Instant? = null): Executed =
        acting.execute(UserCommands.setValidity(user, validFrom, validUntil))

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
    public suspend fun changeType(
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
    ): Executed =
        acting.execute(UserCommands.changeType(user, recomputeExpiry, userType, userName, email, firstName, lastName, displayName, phone, userNumber, identityType, privileged, job, department, location, street, city, postalCode, state, country, language, timeZone, dateOfBirth, hiredOn, inPositionSince, preferenceUpdates, preferenceMarketing, categories, inheritServicePlans, inheritSubscriptions, inheritAdministratorRoles, inheritGroups, inheritOfficeGroups, externalId, attributes))

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
    public suspend fun recordConsent(
        user: UserId,
        granted: Boolean? = null,
        lawfulBasis: String? = null,
        purpose: String? = null,
        textVersion: String? = null,
    ): Executed =
        acting.execute(UserCommands.recordConsent(user, granted, lawfulBasis, purpose, textVersion))

    /**
     * Sets or removes the manager of a user. The direct reports of a manager are the inverse of the same edge and
     * thus always consistent.
     *
     * @param user The user.
     * @param manager The manager; `None` for nobody.
     */
    public suspend fun setManager(user: UserId, manager: UserId? = null): Executed =
        acting.execute(UserCommands.setManager(user, manager))

    /**
     * Names all identities that use a shared account. Only accounts of the type `shared` have several.
     *
     * @param account The account.
     * @param users The identities that use it.
     */
    public suspend fun setSharedUsers(account: UserId, users: List<UserId>): Executed =
        acting.execute(UserCommands.setSharedUsers(account, users))

    /**
     * Deletes a user. The unique names become free at once, also for a soft delete, unless the realm keeps them.
     *
     * @param user The user.
     * @param mode What deleting means.
     */
    public suspend fun delete(user: UserId, mode: DeleteMode? = null): Executed =
        acting.execute(UserCommands.delete(user, mode))

    /**
     * Brings a soft-deleted user back with every membership, position and report. Refused after the retention
     * period, after an erasure, and when somebody else took a unique name meanwhile, who is named.
     *
     * @param user The user.
     */
    public suspend fun undelete(user: UserId): Executed =
        acting.execute(UserCommands.undelete(user))

    /**
     * Lets a user stand in for another one for a time, with all of their roles or some of them. Whoever stands in
     * acts under their own name. A deputy that is there already gets the new terms.
     *
     * @param user Who is away.
     * @param deputy Who stands in.
     * @param constraint For how long; without an end until it is taken back.
     * @param roles With these roles only; empty for all of them.
     */
    public suspend fun addDeputy(
        user: UserId,
        deputy: UserId,
        constraint: TimeConstraint? = null,
        roles: List<RoleId>? = null,
    ): Executed =
        acting.execute(UserCommands.addDeputy(user, deputy, constraint, roles))

    /**
     * Ends that a user stands in for another one.
     *
     * @param user Who was away.
     * @param deputy Who stood in.
     */
    public suspend fun removeDeputy(user: UserId, deputy: UserId): Executed =
        acting.execute(UserCommands.removeDeputy(user, deputy))

    /**
     * Ends every session of a user in the realm, in all applications.
     *
     * @param user The user.
     * @param except The session that stays, such as the one in which the user asks for it.
     */
    public suspend fun endSessions(user: UserId, except: SessionId? = null): Executed =
        acting.execute(UserCommands.endSessions(user, except))

    /**
     * Invites a user who has not completed the sign-up, for the first time or again; a newer invitation replaces
     * the one before.
     *
     * @param user The user.
     * @param delivery How the link gets to the user.
     * @param language The language of the message, and of the sign-up to begin with; the user's preferred one
     *     when absent.
     */
    public suspend fun invite(user: UserId, delivery: Delivery? = null, language: String? = null): Executed =
        acting.execute(UserCommands.invite(user, delivery, language))

    /**
     * Sends a user a link to set a new password. The present password stays valid until then; a newer link
     * replaces the one before.
     *
     * @param user The user.
     * @param delivery How the link gets to the user.
     * @param language The language of the message; the user's preferred one when absent.
     */
    public suspend fun startPasswordReset(
        user: UserId,
        delivery: Delivery? = null,
        language: String? = null,
    ): Executed =
        acting.execute(UserCommands.startPasswordReset(user, delivery, language))

    /**
     * Sends a user a link that proves the e-mail address to be the user's own.
     *
     * @param user The user.
     * @param delivery How the link gets to the user.
     * @param language The language of the message; the user's preferred one when absent.
     */
    public suspend fun startEmailVerification(
        user: UserId,
        delivery: Delivery? = null,
        language: String? = null,
    ): Executed =
        acting.execute(UserCommands.startEmailVerification(user, delivery, language))

    /**
     * Changes several users in one step, so that they can exchange unique values: each lets go of what it had
     * before any of them takes what it gets. All of it happens, or nothing.
     *
     * @param updates The changes, 1,000 at most, each user once.
     */
    public suspend fun exchange(updates: List<UpdateUser>): Executed =
        acting.execute(UserCommands.exchange(updates))

    /**
     * Tells the named status of a user.
     *
     * @param user The user.
     * @param at The state to read.
     * @param view In which terms; the realm's setting `status_view` when absent.
     */
    public suspend fun status(user: UserId, at: At? = null, view: StatusView? = null): String {
        val fields = Fields()
        fields.set("user", user)
        fields.put("at", at)
        fields.put("view", view)
        val answer = acting.ask("user.status", fields)
        return answer.toText()
    }
}

/** What can be done with and known about devices. */
public class DevicesNoun internal constructor(acting: Acting) : KindReads(acting, Kind.DEVICE) {

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
    public suspend fun create(
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
    ): Executed =
        acting.execute(DeviceCommands.create(id, organizations, origin, source, name, deviceType, serialNumber, model, address, owner, externalId, attributes))

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
    public suspend fun update(
        device: DeviceId,
        name: String? = null,
        deviceType: String? = null,
        serialNumber: String? = null,
        model: String? = null,
        address: String? = null,
        owner: String? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Executed =
        acting.execute(DeviceCommands.update(device, name, deviceType, serialNumber, model, address, owner, externalId, attributes))

    /**
     * Enables a device.
     *
     * @param device Which one.
     */
    public suspend fun enable(device: DeviceId): Executed =
        acting.execute(DeviceCommands.enable(device))

    /**
     * Disables a device; what it has open outside ends.
     *
     * @param device The device.
     */
    public suspend fun disable(device: DeviceId): Executed =
        acting.execute(DeviceCommands.disable(device))

    /**
     * Deletes a device physically, with its memberships.
     *
     * @param device The device.
     */
    public suspend fun delete(device: DeviceId): Executed =
        acting.execute(DeviceCommands.delete(device))
}

/** What can be done with and known about user types. */
public class UserTypesNoun internal constructor(acting: Acting) : KindReads(acting, Kind.USER_TYPE) {

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
    public suspend fun create(
        id: UserTypeId? = null,
        name: String? = null,
        description: String? = null,
        form: List<Map<String, Value>>? = null,
        validityDays: Long? = null,
        disableOnExpiry: Boolean? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Executed =
        acting.execute(UserTypeCommands.create(id, name, description, form, validityDays, disableOnExpiry, externalId, attributes))

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
    public suspend fun update(
        userType: UserTypeId,
        name: String? = null,
        description: String? = null,
        form: List<Map<String, Value>>? = null,
        validityDays: Long? = null,
        disableOnExpiry: Boolean? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Executed =
        acting.execute(UserTypeCommands.update(userType, name, description, form, validityDays, disableOnExpiry, externalId, attributes))

    /**
     * Deletes a type of users that no user has.
     *
     * @param userType The type.
     */
    public suspend fun delete(userType: UserTypeId): Executed =
        acting.execute(UserTypeCommands.delete(userType))
}

/** What can be done with and known about organizations. */
public class OrganizationsNoun internal constructor(acting: Acting) : KindReads(acting, Kind.ORGANIZATION) {

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
    public suspend fun create(
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
    ): Executed =
        acting.execute(OrganizationCommands.create(id, organizationType, origin, parent, source, name, description, code, sortOrder, location, stopsInheritance, externalId, attributes))

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
    public suspend fun update(
        organization: OrganizationId,
        name: String? = null,
        description: String? = null,
        code: String? = null,
        sortOrder: Long? = null,
        location: String? = null,
        stopsInheritance: Boolean? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Executed =
        acting.execute(OrganizationCommands.update(organization, name, description, code, sortOrder, location, stopsInheritance, externalId, attributes))

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
    public suspend fun changeType(
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
    ): Executed =
        acting.execute(OrganizationCommands.changeType(organization, organizationType, name, description, code, sortOrder, location, stopsInheritance, externalId, attributes))

    /**
     * Enables an organization.
     *
     * @param organization Which one.
     */
    public suspend fun enable(organization: OrganizationId): Executed =
        acting.execute(OrganizationCommands.enable(organization))

    /**
     * Disables an organization. Users keep their status; what they have through the organization or anything below
     * it is without effect until it is enabled again.
     *
     * @param organization Which one.
     */
    public suspend fun disable(organization: OrganizationId): Executed =
        acting.execute(OrganizationCommands.disable(organization))

    /**
     * Moves an organization with everything below it under another one, or makes it a root. Under itself or a part
     * of itself is refused.
     *
     * @param organization The organization.
     * @param parent The new parent; `None` for a root.
     */
    public suspend fun transfer(organization: OrganizationId, parent: OrganizationId? = null): Executed =
        acting.execute(OrganizationCommands.transfer(organization, parent))

    /**
     * Merges an organization into another one: its sub-organizations, members, positions, leads and group
     * memberships, roles, owners and administrators go to the target, what the target has already is joined; then
     * the source is removed.
     *
     * @param source What disappears.
     * @param target What remains.
     * @param nameClashes What to do when sub-organizations of both have the same name.
     */
    public suspend fun merge(
        source: OrganizationId,
        target: OrganizationId,
        nameClashes: NameClashes? = null,
    ): Executed =
        acting.execute(OrganizationCommands.merge(source, target, nameClashes))

    /**
     * Deletes an organization physically. With sub-organizations, members or positions it is refused, with a list
     * of them, unless a disposition says what becomes of them.
     *
     * @param organization The organization.
     * @param disposition What becomes of that which hangs on it.
     */
    public suspend fun delete(organization: OrganizationId, disposition: Disposition? = null): Executed =
        acting.execute(OrganizationCommands.delete(organization, disposition))

    /**
     * Makes a user a lead of an organization. The organizations that a user supervises are the other end of the
     * same edges.
     *
     * @param organization The organization.
     * @param user The lead.
     * @param window When it holds.
     */
    public suspend fun addLead(organization: OrganizationId, user: UserId, window: Window? = null): Executed =
        acting.execute(OrganizationCommands.addLead(organization, user, window))

    /**
     * Takes the lead of an organization from a user.
     *
     * @param organization The organization.
     * @param user The lead.
     */
    public suspend fun removeLead(organization: OrganizationId, user: UserId): Executed =
        acting.execute(OrganizationCommands.removeLead(organization, user))

    /**
     * Makes a user an owner of an organization, who has a say in everything below it as well. A member of it or of
     * anything below it is refused, because its administrators would have a say over its owner, unless a reason is
     * given; the reason is kept.
     *
     * @param organization The organization.
     * @param user The owner.
     * @param overrideReason Why a member may be owner all the same, at most 200 characters.
     */
    public suspend fun addOwner(
        organization: OrganizationId,
        user: UserId,
        overrideReason: String? = null,
    ): Executed =
        acting.execute(OrganizationCommands.addOwner(organization, user, overrideReason))

    /**
     * Takes the ownership of an organization from a user. The last owner stays, unless somebody owns what the
     * organization is below of: then it is theirs.
     *
     * @param organization The organization.
     * @param user The owner.
     */
    public suspend fun removeOwner(organization: OrganizationId, user: UserId): Executed =
        acting.execute(OrganizationCommands.removeOwner(organization, user))

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
    public suspend fun addAdministrator(
        organization: OrganizationId,
        user: UserId,
        overrideReason: String? = null,
        window: Window? = null,
    ): Executed =
        acting.execute(OrganizationCommands.addAdministrator(organization, user, overrideReason, window))

    /**
     * Takes the administration of an organization from a user, who stays a member.
     *
     * @param organization The organization.
     * @param user The administrator.
     */
    public suspend fun removeAdministrator(organization: OrganizationId, user: UserId): Executed =
        acting.execute(OrganizationCommands.removeAdministrator(organization, user))

    /**
     * Lists an organization and everything above it, the organization first.
     *
     * @param organization The organization.
     * @param at The state to read.
     */
    public suspend fun path(organization: OrganizationId, at: At? = null): List<Record> {
        val fields = Fields()
        fields.set("organization", organization)
        fields.put("at", at)
        val answer = acting.ask("organization.path", fields)
        return answer.toList { x -> Record.read(x) }
    }

    /**
     * Reads the organization tree below an organization, or the whole forest; sorted, and with positions, as the
     * realm's settings say.
     *
     * @param at The state to read.
     * @param organization Where to start; the whole forest when absent.
     */
    public suspend fun tree(at: At? = null, organization: OrganizationId? = null): List<TreeNode> {
        val fields = Fields()
        fields.put("at", at)
        fields.put("organization", organization)
        val answer = acting.ask("organization.tree", fields)
        return answer.toList { x -> TreeNode.read(x) }
    }

    /**
     * Lists the members of an organization with their number there, sorted by the number that the realm's setting
     * `member_sort` names: the user's own one, or the one in this organization.
     *
     * Sorting by the number in the organization reads all its members; the other order reads one page.
     *
     * @param organization The organization.
     * @param at The state to read.
     * @param cursor Which page: `next` or `previous` of another one; the first one when absent.
     * @param limit Rows on a page, 1 to 1000.
     * @param text How one of the searched attributes starts; at least two characters, or empty for everybody.
     * @param total Count all members.
     * @param view In which terms the status of users is told; the realm's setting `status_view` when absent.
     */
    public suspend fun members(
        organization: OrganizationId,
        at: At? = null,
        cursor: Cursor? = null,
        limit: Long? = null,
        text: String? = null,
        total: Boolean? = null,
        view: StatusView? = null,
    ): ListPage {
        val fields = Fields()
        fields.set("organization", organization)
        fields.put("at", at)
        fields.put("cursor", cursor)
        fields.put("limit", limit)
        fields.put("text", text)
        fields.put("total", total)
        fields.put("view", view)
        val answer = acting.ask("organization.members", fields)
        return ListPage.read(answer)
    }
}

/** What can be done with and known about organization types. */
public class OrganizationTypesNoun internal constructor(acting: Acting) : KindReads(acting, Kind.ORGANIZATION_TYPE) {

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
    public suspend fun create(
        id: OrganizationTypeId? = null,
        name: String? = null,
        description: String? = null,
        form: List<Map<String, Value>>? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Executed =
        acting.execute(OrganizationTypeCommands.create(id, name, description, form, externalId, attributes))

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
    public suspend fun update(
        organizationType: OrganizationTypeId,
        name: String? = null,
        description: String? = null,
        form: List<Map<String, Value>>? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Executed =
        acting.execute(OrganizationTypeCommands.update(organizationType, name, description, form, externalId, attributes))

    /**
     * Deletes a type of organizations that no organization has.
     *
     * @param organizationType The type.
     */
    public suspend fun delete(organizationType: OrganizationTypeId): Executed =
        acting.execute(OrganizationTypeCommands.delete(organizationType))
}

/** What can be done with and known about positions. */
public class PositionsNoun internal constructor(acting: Acting) : KindReads(acting, Kind.POSITION) {

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
    public suspend fun create(
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
    ): Executed =
        acting.execute(PositionCommands.create(id, organization, origin, reportsTo, source, name, description, code, job, sortOrder, externalId, attributes))

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
    public suspend fun update(
        position: PositionId,
        name: String? = null,
        description: String? = null,
        code: String? = null,
        job: String? = null,
        sortOrder: Long? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Executed =
        acting.execute(PositionCommands.update(position, name, description, code, job, sortOrder, externalId, attributes))

    /**
     * Enables a position.
     *
     * @param position Which one.
     */
    public suspend fun enable(position: PositionId): Executed =
        acting.execute(PositionCommands.enable(position))

    /**
     * Disables a position: its holders keep it, without effect.
     *
     * @param position Which one.
     */
    public suspend fun disable(position: PositionId): Executed =
        acting.execute(PositionCommands.disable(position))

    /**
     * Moves a position to another organization, or takes it out of its own. Its holders stay.
     *
     * @param position The position.
     * @param organization The organization; `None` for none.
     */
    public suspend fun transfer(position: PositionId, organization: OrganizationId? = null): Executed =
        acting.execute(PositionCommands.transfer(position, organization))

    /**
     * Sets the position that a position reports to; circles are refused.
     *
     * @param position The position.
     * @param reportsTo The superior position; `None` for none.
     */
    public suspend fun setSuperior(position: PositionId, reportsTo: PositionId? = null): Executed =
        acting.execute(PositionCommands.setSuperior(position, reportsTo))

    /**
     * Lets a user hold a position. A position that is held already gets the given time.
     *
     * @param position The position.
     * @param user Who holds it.
     * @param window When it holds.
     */
    public suspend fun assign(position: PositionId, user: UserId, window: Window? = null): Executed =
        acting.execute(PositionCommands.assign(position, user, window))

    /**
     * Takes a position from a user.
     *
     * @param position The position.
     * @param user Who holds it.
     */
    public suspend fun unassign(position: PositionId, user: UserId): Executed =
        acting.execute(PositionCommands.unassign(position, user))

    /**
     * Deletes a position physically. Holders and groups lose it; positions that reported to it report to none.
     *
     * @param position The position.
     */
    public suspend fun delete(position: PositionId): Executed =
        acting.execute(PositionCommands.delete(position))
}

/** What can be done with and known about groups. */
public class GroupsNoun internal constructor(acting: Acting) : KindReads(acting, Kind.GROUP) {

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
    public suspend fun create(
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
    ): Executed =
        acting.execute(GroupCommands.create(condition, conditionKind, id, memberKinds, origin, source, name, description, riskIndex, categories, inheritanceClass, externalId, attributes))

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
    public suspend fun update(
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
    ): Executed =
        acting.execute(GroupCommands.update(group, condition, conditionKind, memberKinds, name, description, riskIndex, categories, inheritanceClass, externalId, attributes))

    /**
     * Adds members to a group. Groups may contain each other, even in a circle: everybody in it is in all of them.
     *
     * @param group The group.
     * @param members Users, organizations with everything below them, positions, groups.
     * @param window When it holds.
     */
    public suspend fun addMembers(group: GroupId, members: List<EntityId>, window: Window? = null): Executed =
        acting.execute(GroupCommands.addMembers(group, members, window))

    /**
     * Takes members out of a group. Only the direct origin goes: what a source or rule said stays.
     *
     * @param group The group.
     * @param members Whom.
     */
    public suspend fun removeMembers(group: GroupId, members: List<EntityId>): Executed =
        acting.execute(GroupCommands.removeMembers(group, members))

    /**
     * Deletes a group physically. Its members lose nothing but the group, and it leaves the groups it is in.
     *
     * @param group The group.
     */
    public suspend fun delete(group: GroupId): Executed =
        acting.execute(GroupCommands.delete(group))
}

/** What can be done with and known about templates. */
public class TemplatesNoun internal constructor(acting: Acting) : KindReads(acting, Kind.TEMPLATE) {

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
    public suspend fun create(
        id: TemplateId? = null,
        name: String? = null,
        description: String? = null,
        whenJob: String? = null,
        whenDepartment: String? = null,
        values: Map<String, Value>? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Executed =
        acting.execute(TemplateCommands.create(id, name, description, whenJob, whenDepartment, values, externalId, attributes))

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
    public suspend fun update(
        template: TemplateId,
        name: String? = null,
        description: String? = null,
        whenJob: String? = null,
        whenDepartment: String? = null,
        values: Map<String, Value>? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Executed =
        acting.execute(TemplateCommands.update(template, name, description, whenJob, whenDepartment, values, externalId, attributes))

    /**
     * Deletes a template. Users made from it stay as they are.
     *
     * @param template The template.
     */
    public suspend fun delete(template: TemplateId): Executed =
        acting.execute(TemplateCommands.delete(template))
}

/** What can be done with and known about attributes. */
public class AttributesNoun internal constructor(acting: Acting) : KindReads(acting, Kind.ATTRIBUTE) {

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
    public suspend fun define(
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
    ): Executed =
        acting.execute(AttributeCommands.define(kind, name, label, type, allowed, default, id, maximumLength, multiple, pattern, personal, required, searchable, unique))

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
    public suspend fun update(
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
    ): Executed =
        acting.execute(AttributeCommands.update(kind, name, allowed, default, label, maximumLength, multiple, pattern, personal, required, searchable, type, unique))

    /**
     * Removes a custom attribute that no form, template or setting names.
     *
     * @param kind The kind of record that carries it.
     * @param name Its name.
     */
    public suspend fun remove(kind: Kind, name: String): Executed =
        acting.execute(AttributeCommands.remove(kind, name))
}

/** What can be done with and known about roles. */
public class RolesNoun internal constructor(acting: Acting) : KindReads(acting, Kind.ROLE) {

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
    public suspend fun create(
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
    ): Executed =
        acting.execute(RoleCommands.create(assignments, condition, conditionKind, constraint, id, privileges, roleType, name, description, level, administrative, minHolders, maxHolders, riskIndex, categories, inheritanceClass, externalId, attributes))

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
    public suspend fun update(
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
    ): Executed =
        acting.execute(RoleCommands.update(role, condition, conditionKind, constraint, privileges, name, description, level, administrative, minHolders, maxHolders, riskIndex, categories, inheritanceClass, externalId, attributes))

    /**
     * Deletes a role physically. A role that somebody holds, or that another role includes or requires, is not
     * deleted unless it is said what becomes of the grants.
     *
     * @param role The role.
     * @param grants What becomes of its grants.
     * @param moveTo The role that takes them over.
     */
    public suspend fun delete(role: RoleId, grants: GrantDisposition? = null, moveTo: RoleId? = null): Executed =
        acting.execute(RoleCommands.delete(role, grants, moveTo))

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
    public suspend fun grant(
        role: RoleId,
        holders: List<EntityId>,
        constraint: TimeConstraint? = null,
        inherit: Boolean? = null,
        within: List<OrganizationId>? = null,
    ): Executed =
        acting.execute(RoleCommands.grant(role, holders, constraint, inherit, within))

    /**
     * Revokes a role from holders. Only the direct grant goes: what a rule or source gives stays.
     *
     * @param role The role.
     * @param holders Who loses it.
     */
    public suspend fun revoke(role: RoleId, holders: List<EntityId>): Executed =
        acting.execute(RoleCommands.revoke(role, holders))

    /**
     * Lets a role include others: who holds it holds them. A circle is refused.
     *
     * @param role The role.
     * @param roles The roles that it includes.
     */
    public suspend fun include(role: RoleId, roles: List<RoleId>): Executed =
        acting.execute(RoleCommands.include(role, roles))

    /**
     * Takes included roles out of a role.
     *
     * @param role The role.
     * @param roles The roles that it no longer includes.
     */
    public suspend fun stopIncluding(role: RoleId, roles: List<RoleId>): Executed =
        acting.execute(RoleCommands.stopIncluding(role, roles))

    /**
     * Lets an external role carry assignments.
     *
     * @param role The role.
     * @param assignments The assignments.
     */
    public suspend fun addAssignments(role: RoleId, assignments: List<AssignmentId>): Executed =
        acting.execute(RoleCommands.addAssignments(role, assignments))

    /**
     * Takes assignments off an external role.
     *
     * @param role The role.
     * @param assignments The assignments.
     */
    public suspend fun removeAssignments(role: RoleId, assignments: List<AssignmentId>): Executed =
        acting.execute(RoleCommands.removeAssignments(role, assignments))

    /**
     * Keeps roles from having effect beside this one: whoever holds this one has the others without effect; the
     * grants stay and come back by themselves. Directed, and never in a circle. With `separate` nobody is given
     * both, in either order.
     *
     * @param role The role.
     * @param roles The roles that are not in effect beside this one.
     * @param separate Separation of duties: a grant that would give both to one person is refused.
     */
    public suspend fun addExclusions(role: RoleId, roles: List<RoleId>, separate: Boolean? = null): Executed =
        acting.execute(RoleCommands.addExclusions(role, roles, separate))

    /**
     * Takes exclusions back.
     *
     * @param role The role.
     * @param roles The roles that are no longer excluded.
     */
    public suspend fun removeExclusions(role: RoleId, roles: List<RoleId>): Executed =
        acting.execute(RoleCommands.removeExclusions(role, roles))

    /**
     * Lets a role be granted only to somebody who holds others.
     *
     * @param role The role.
     * @param roles The roles that have to be held.
     */
    public suspend fun addPrerequisites(role: RoleId, roles: List<RoleId>): Executed =
        acting.execute(RoleCommands.addPrerequisites(role, roles))

    /**
     * Takes prerequisites back.
     *
     * @param role The role.
     * @param roles The roles that need not be held any more.
     */
    public suspend fun removePrerequisites(role: RoleId, roles: List<RoleId>): Executed =
        acting.execute(RoleCommands.removePrerequisites(role, roles))
}

/** What can be done with and known about assignments. */
public class AssignmentsNoun internal constructor(acting: Acting) : KindReads(acting, Kind.ASSIGNMENT) {

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
    public suspend fun create(
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
    ): Executed =
        acting.execute(AssignmentCommands.create(events, id, onAssignment, onUnassignment, values, name, mapping, description, externalId, attributes))

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
    public suspend fun update(
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
    ): Executed =
        acting.execute(AssignmentCommands.update(assignment, events, onAssignment, onUnassignment, values, name, description, mapping, externalId, attributes))

    /**
     * Deletes an assignment that no role carries.
     *
     * @param assignment The assignment.
     * @param detach Takes it off the roles that carry it.
     */
    public suspend fun delete(assignment: AssignmentId, detach: Boolean? = null): Executed =
        acting.execute(AssignmentCommands.delete(assignment, detach))
}

/** What can be done with and known about rules. */
public class RulesNoun internal constructor(acting: Acting) : KindReads(acting, Kind.RULE) {

    /**
     * Evaluates the condition of a dynamic role or group again for some records and brings their membership into
     * line. The library does it by itself after a rule changed and when time passes; asking for it never does
     * harm.
     *
     * @param owner The role or group.
     * @param complete Notes that everybody was looked at.
     * @param subjects The records to look at.
     */
    public suspend fun apply(owner: EntityId, complete: Boolean? = null, subjects: List<EntityId>? = null): Executed =
        acting.execute(RuleCommands.apply(owner, complete, subjects))
}

/** What can be done with and known about credentials. */
public class CredentialsNoun internal constructor(acting: Acting) : KindReads(acting, Kind.CREDENTIAL) {

    /**
     * Removes a credential of a user; it can no longer be used. The last second factor stays. Removing a link to a
     * provider removes what is stored here; the next sign-in with the provider makes it again.
     *
     * @param credential The credential.
     */
    public suspend fun remove(credential: CredentialId): Executed =
        acting.execute(CredentialCommands.remove(credential))

    /**
     * Lists what a user can sign in with: password, devices, recovery codes, links to providers. None of them
     * shows its secret.
     *
     * @param user The user.
     */
    public suspend fun list(user: UserId): List<Record> {
        val fields = Fields()
        fields.set("user", user)
        val answer = acting.ask("credential.list", fields)
        return answer.toList { x -> Record.read(x) }
    }
}

/** What can be done with and known about policies. */
public class PoliciesNoun internal constructor(acting: Acting) : KindReads(acting, Kind.POLICY) {

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
    public suspend fun create(
        appliesTo: List<EntityId>? = null,
        id: PolicyId? = null,
        rules: PolicyParts? = null,
        name: String? = null,
        description: String? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Executed =
        acting.execute(PolicyCommands.create(appliesTo, id, rules, name, description, externalId, attributes))

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
    public suspend fun update(
        policy: PolicyId,
        appliesTo: List<EntityId>? = null,
        rules: PolicyParts? = null,
        name: String? = null,
        description: String? = null,
        externalId: String? = null,
        attributes: Map<String, Value> = mapOf(),
    ): Executed =
        acting.execute(PolicyCommands.update(policy, appliesTo, rules, name, description, externalId, attributes))

    /**
     * Deletes a policy; the others, and the defaults, count from now on.
     *
     * @param policy The policy.
     */
    public suspend fun delete(policy: PolicyId): Executed =
        acting.execute(PolicyCommands.delete(policy))

    /**
     * Tells which policy counts for a user: of each rule the strictest of all that apply, and which policy decided
     * it.
     *
     * @param user The user.
     */
    public suspend fun effective(user: UserId): EffectivePolicy {
        val fields = Fields()
        fields.set("user", user)
        val answer = acting.ask("policy.effective", fields)
        return EffectivePolicy.read(answer)
    }
}

/** What can be done with and known about sessions. */
public class SessionsNoun internal constructor(acting: Acting) : KindReads(acting, Kind.SESSION) {

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
    public suspend fun open(
        user: UserId,
        assurance: Long? = null,
        methods: List<String>? = null,
        origin: SessionOrigin? = null,
        refresh: Boolean? = null,
    ): Executed =
        acting.execute(SessionCommands.open(user, assurance, methods, origin, refresh))

    /**
     * Ends one session: signs the user out there.
     *
     * @param session The session.
     */
    public suspend fun end(session: SessionId): Executed =
        acting.execute(SessionCommands.end(session))
}

/** What can be done with and known about links. */
public class LinksNoun internal constructor(acting: Acting) : KindReads(acting, Kind.LINK) {

    /**
     * Revokes a link that was not used yet. An invitation that is revoked can be sent again.
     *
     * @param link The link.
     */
    public suspend fun revoke(link: LinkId): Executed =
        acting.execute(LinkCommands.revoke(link))
}

/** What can be done with and known about counters. */
public class CountersNoun internal constructor(acting: Acting) : KindReads(acting, Kind.COUNTER) {
}

/** What can be done with and known about sources. */
public class SourcesNoun internal constructor(acting: Acting) : KindReads(acting, Kind.SOURCE) {

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
    public suspend fun create(
        name: String,
        connector: String,
        configuration: Map<String, Value>? = null,
        id: SourceId? = null,
        rules: SourceRules? = null,
        schedule: String? = null,
        timeZone: String? = null,
    ): Executed =
        acting.execute(SourceCommands.create(name, connector, configuration, id, rules, schedule, timeZone))

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
    public suspend fun update(
        source: SourceId,
        configuration: Map<String, Value>? = null,
        mode: SourceMode? = null,
        name: String? = null,
        rules: SourceRules? = null,
        schedule: String? = null,
        timeZone: String? = null,
    ): Executed =
        acting.execute(SourceCommands.update(source, configuration, mode, name, rules, schedule, timeZone))

    /**
     * Enables an identity source: its schedule counts again.
     *
     * @param source Which one.
     */
    public suspend fun enable(source: SourceId): Executed =
        acting.execute(SourceCommands.enable(source))

    /**
     * Disables an identity source: no run starts.
     *
     * @param source Which one.
     */
    public suspend fun disable(source: SourceId): Executed =
        acting.execute(SourceCommands.disable(source))

    /**
     * Deletes an identity source. The records that came from it stay as they are.
     *
     * @param source The source.
     */
    public suspend fun delete(source: SourceId): Executed =
        acting.execute(SourceCommands.delete(source))
}

/** What can be done with and known about shadows. */
public class ShadowsNoun internal constructor(acting: Acting) : KindReads(acting, Kind.SHADOW) {

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
    public suspend fun put(
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
    ): Executed =
        acting.execute(ShadowCommands.put(source, kind, identifier, objectKey, situation, state, candidates, deleteAfter, dependsOn, digest, missingSince, nameKey, problem, problemCode, shadow, target, title))

    /**
     * Decides about an object of a source that waits in the review or remediation queue.
     *
     * @param shadow The object.
     * @param resolution The decision.
     */
    public suspend fun resolve(shadow: ShadowId, resolution: Resolution): Executed =
        acting.execute(ShadowCommands.resolve(shadow, resolution))

    /**
     * Forgets an object of a source. The record that it is linked to stays.
     *
     * @param shadow The object.
     */
    public suspend fun remove(shadow: ShadowId): Executed =
        acting.execute(ShadowCommands.remove(shadow))
}

/** What can be done with and known about sync runs. */
public class SyncRunsNoun internal constructor(acting: Acting) : KindReads(acting, Kind.SYNC_RUN) {
}

/** What can be done with and known about connectors. */
public class ConnectorsNoun internal constructor(acting: Acting) : KindReads(acting, Kind.CONNECTOR) {

    /**
     * Registers a connector in the realm, or a later version of it. Hosts do it when they start.
     *
     * @param descriptor The connector as it describes itself.
     */
    public suspend fun install(descriptor: ConnectorDescriptor): Executed =
        acting.execute(ConnectorCommands.install(descriptor))

    /**
     * Takes a connector out of the realm. Sources that use it stay; their runs fail until it is back.
     *
     * @param connector The connector.
     */
    public suspend fun remove(connector: ConnectorId): Executed =
        acting.execute(ConnectorCommands.remove(connector))
}

/** What can be done with and known about records. */
public class RecordsNoun internal constructor(private val acting: Acting) {

    /**
     * Takes or releases the unique name that an attribute of a record gives, as the schema now says. A name that
     * another record holds is refused, with its holder. Sent by the engine after the uniqueness of an attribute
     * changed.
     *
     * @param record The record.
     * @param attribute The attribute.
     */
    public suspend fun reindex(record: EntityId, attribute: String): Executed =
        acting.execute(RecordCommands.reindex(record, attribute))

    /**
     * Reads a record that exists and is not deleted.
     *
     * @param id The record.
     * @param at The state to read.
     */
    public suspend fun get(id: EntityId, at: At? = null): Record {
        val fields = Fields()
        fields.set("id", id)
        fields.put("at", at)
        val answer = acting.ask("record.get", fields)
        return Record.read(answer)
    }

    /**
     * Reads a record, a soft-deleted one too; answers nothing when there is none.
     *
     * @param id The record.
     * @param at The state to read.
     */
    public suspend fun find(id: EntityId, at: At? = null): Record? {
        val fields = Fields()
        fields.set("id", id)
        fields.put("at", at)
        val answer = acting.ask("record.find", fields)
        return answer.orNull { x -> Record.read(x) }
    }

    /**
     * Reads several records at once, in the order asked for; those that do not exist are left out.
     *
     * @param ids The records.
     * @param at The state to read.
     */
    public suspend fun findAll(ids: List<EntityId>, at: At? = null): List<Record> {
        val fields = Fields()
        fields.set("ids", ids)
        fields.put("at", at)
        val answer = acting.ask("record.find_all", fields)
        return answer.toList { x -> Record.read(x) }
    }

    /**
     * Reads the record that holds a unique name, such as the user with a `user_name`; answers nothing when nobody
     * does.
     *
     * @param kind The kind of the record.
     * @param attribute A unique attribute of the kind.
     * @param value Its value, in any letter case.
     * @param at The state to read.
     */
    public suspend fun findBy(kind: Kind, attribute: String, value: String, at: At? = null): Record? {
        val fields = Fields()
        fields.set("kind", kind)
        fields.set("attribute", attribute)
        fields.set("value", value)
        fields.put("at", at)
        val answer = acting.ask("record.find_by", fields)
        return answer.orNull { x -> Record.read(x) }
    }

    /**
     * Lists one page of the records that match.
     *
     * @param kind What to list.
     * @param at The state to read.
     * @param cursor Which page: `next` or `previous` of another one; the first one when absent.
     * @param deleted Whether soft-deleted records are listed.
     * @param filter Which of them; everyone when absent.
     * @param limit Records on a page, 1 to 1000.
     * @param sort In which order; then by identifier.
     * @param total Count all records that match.
     */
    public suspend fun search(
        kind: Kind,
        at: At? = null,
        cursor: Cursor? = null,
        deleted: Deleted? = null,
        filter: Filter? = null,
        limit: Long? = null,
        sort: List<Sort>? = null,
        total: Boolean? = null,
    ): Page {
        val fields = Fields()
        fields.set("kind", kind)
        fields.put("at", at)
        fields.put("cursor", cursor)
        fields.put("deleted", deleted)
        fields.put("filter", filter)
        fields.put("limit", limit)
        fields.put("sort", sort)
        fields.put("total", total)
        val answer = acting.ask("record.search", fields)
        return Page.read(answer)
    }

    /**
     * Counts the records that match.
     *
     * @param kind What to count.
     * @param at The state to read.
     * @param filter Which of them; everyone when absent.
     */
    public suspend fun count(kind: Kind, at: At? = null, filter: Filter? = null): Long {
        val fields = Fields()
        fields.set("kind", kind)
        fields.put("at", at)
        fields.put("filter", filter)
        val answer = acting.ask("record.count", fields)
        return answer.toInteger()
    }

    /**
     * Lists users any of whose names, addresses or numbers starts with a text, in any letter case, by e-mail. At
     * least two characters; the empty text lists everyone.
     *
     * @param text How it starts.
     * @param at The state to read.
     * @param cursor Which page; the first one when absent.
     * @param limit Records on a page, 1 to 1000.
     * @param total Count all users that match.
     */
    public suspend fun prefixSearch(
        text: String,
        at: At? = null,
        cursor: Cursor? = null,
        limit: Long? = null,
        total: Boolean? = null,
    ): Page {
        val fields = Fields()
        fields.set("text", text)
        fields.put("at", at)
        fields.put("cursor", cursor)
        fields.put("limit", limit)
        fields.put("total", total)
        val answer = acting.ask("record.prefix_search", fields)
        return Page.read(answer)
    }

    /**
     * Lists records the way a screen shows them: with the columns that the realm displays for the kind, searched
     * by a text at the start of the attributes that the realm searches, with names for what the columns refer to.
     * Users come with their status, ordered by e-mail, other kinds by name.
     *
     * @param kind What to list.
     * @param at The state to read.
     * @param cursor Which page: `next` or `previous` of another one; the first one when absent.
     * @param filter Which of them besides; everyone when absent.
     * @param limit Rows on a page, 1 to 1000.
     * @param sort In which order; by e-mail or name when empty.
     * @param text How one of the searched attributes starts, in any letter case; at least two characters, or
     *     empty for everything.
     * @param total Count all rows.
     * @param view In which terms the status of users is told; the realm's setting `status_view` when absent.
     */
    public suspend fun list(
        kind: Kind,
        at: At? = null,
        cursor: Cursor? = null,
        filter: Filter? = null,
        limit: Long? = null,
        sort: List<Sort>? = null,
        text: String? = null,
        total: Boolean? = null,
        view: StatusView? = null,
    ): ListPage {
        val fields = Fields()
        fields.set("kind", kind)
        fields.put("at", at)
        fields.put("cursor", cursor)
        fields.put("filter", filter)
        fields.put("limit", limit)
        fields.put("sort", sort)
        fields.put("text", text)
        fields.put("total", total)
        fields.put("view", view)
        val answer = acting.ask("record.list", fields)
        return ListPage.read(answer)
    }
}

/** What can be done with and known about memberships. */
public class MembershipsNoun internal constructor(private val acting: Acting) {

    /**
     * Adds a user or device to organizations, one or several in one step, from either side. A membership that is
     * there already gets the given number and time.
     *
     * @param member The user or device.
     * @param organizations Where to.
     */
    public suspend fun add(member: EntityId, organizations: List<JoinOrganization>): Executed =
        acting.execute(MembershipCommands.add(member, organizations))

    /**
     * Takes a user or device out of organizations. Only the direct origin goes: what a source or rule said stays.
     *
     * @param member The user or device.
     * @param organizations From where.
     */
    public suspend fun remove(member: EntityId, organizations: List<OrganizationId>): Executed =
        acting.execute(MembershipCommands.remove(member, organizations))
}

/** What can be done with and known about passwords. */
public class PasswordsNoun internal constructor(private val acting: Acting) {

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
    public suspend fun set(
        user: UserId,
        password: Secret,
        confirmation: Secret? = null,
        mustChange: Boolean? = null,
    ): Executed =
        acting.execute(PasswordCommands.set(user, password, confirmation, mustChange))

    /**
     * Changes one's own password, with the present one as proof (OWASP ASVS 5, 6.2.3). A wrong one counts as a
     * failed attempt.
     *
     * @param user The user.
     * @param current The present password.
     * @param password The new one.
     * @param confirmation The new one again, where people type it; not compared when absent.
     */
    public suspend fun change(
        user: UserId,
        current: Secret,
        password: Secret,
        confirmation: Secret? = null,
    ): Executed =
        acting.execute(PasswordCommands.change(user, current, password, confirmation))

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
    public suspend fun reset(user: UserId, send: Boolean? = null, to: ResetTo? = null): Executed =
        acting.execute(PasswordCommands.reset(user, send, to))

    /**
     * Requires a user to change the password at the next sign-in, or takes the requirement back.
     *
     * @param user The user.
     * @param required Whether it is required.
     */
    public suspend fun requireChange(user: UserId, required: Boolean? = null): Executed =
        acting.execute(PasswordCommands.requireChange(user, required))

    /**
     * Exempts a user from expiry, from strength or from all restrictions of passwords, as far as the policy
     * allows.
     *
     * @param user The user.
     * @param exemption From what.
     */
    public suspend fun exempt(user: UserId, exemption: Exemption): Executed =
        acting.execute(PasswordCommands.exempt(user, exemption))

    /**
     * Brings along a password as a hash of another program. It is checked in its own form and replaced by one of
     * this engine at the first sign-in.
     *
     * @param user The user.
     * @param hash The hash, as the other program keeps it.
     * @param mustChange Whether it must be changed at the next sign-in.
     * @param setAt When it was set; not known when absent.
     */
    public suspend fun import(
        user: UserId,
        hash: Secret,
        mustChange: Boolean? = null,
        setAt: Instant? = null,
    ): Executed =
        acting.execute(PasswordCommands.import(user, hash, mustChange, setAt))

    /**
     * Hands out the hashes of users' passwords, for a move to another program. The answer has one for each user
     * that has a password, under the user's identifier; that they were handed out is noted with each of them.
     *
     * @param users The users, at most 1000.
     */
    public suspend fun export(users: List<UserId>): Executed =
        acting.execute(PasswordCommands.export(users))

    /**
     * Checks a user's password, for a host that keeps sessions of its own. A hash of another program is replaced,
     * a wrong one counts as a failed attempt. Whether the user may sign in at all is asked with `user.status`.
     *
     * @param user The user.
     * @param password The password.
     */
    public suspend fun verify(user: UserId, password: Secret): Executed =
        acting.execute(PasswordCommands.verify(user, password))

    /**
     * Counts a failed attempt at a user's password: for a host that checks passwords in its own way.
     *
     * @param user The user.
     */
    public suspend fun noteFailure(user: UserId): Executed =
        acting.execute(PasswordCommands.noteFailure(user))

    /**
     * Tells whether a password would be accepted for a user, and every reason why not; empty: it would.
     *
     * @param user The user.
     * @param password The password.
     */
    public suspend fun check(user: UserId, password: Secret): List<FieldProblem> {
        val fields = Fields()
        fields.set("user", user)
        fields.set("password", password)
        val answer = acting.ask("password.check", fields)
        return answer.toList { x -> fieldProblemOf(x) }
    }
}

/** What can be done with and known about syncs. */
public class SyncsNoun internal constructor(private val acting: Acting) {

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
    public suspend fun request(
        source: SourceId,
        dueAt: Instant? = null,
        filter: String? = null,
        id: SyncRunId? = null,
        lookOnly: Boolean? = null,
        mode: RunMode? = null,
    ): Executed =
        acting.execute(SyncCommands.request(source, dueAt, filter, id, lookOnly, mode))

    /**
     * Leases a run that waits, or whose worker has not been heard of since its lease ended. Refused while another
     * worker holds it.
     *
     * @param run The run.
     * @param worker Who leases it.
     * @param until Until when, unless the worker is heard of before.
     * @param changeSet The change set of the run; a run that goes on keeps the one it has.
     */
    public suspend fun start(run: SyncRunId, worker: String, until: Instant, changeSet: ChangeSetId): Executed =
        acting.execute(SyncCommands.start(run, worker, until, changeSet))

    /**
     * Notes how far a run is, and keeps the lease. Refused when the worker has lost it.
     *
     * @param run The run.
     * @param worker Who holds the lease.
     * @param until Until when from now on.
     * @param place Where it would go on.
     * @param counts What it did so far, by name.
     */
    public suspend fun note(run: SyncRunId, worker: String, until: Instant, place: Value, counts: Value): Executed =
        acting.execute(SyncCommands.note(run, worker, until, place, counts))

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
    public suspend fun finish(
        run: SyncRunId,
        worker: String,
        state: String,
        counts: Value,
        findings: List<Value>? = null,
        problem: Value? = null,
        tokens: Value? = null,
    ): Executed =
        acting.execute(SyncCommands.finish(run, worker, state, counts, findings, problem, tokens))

    /**
     * Asks a run to stop at the next page. A run that waits is over at once.
     *
     * @param run The run.
     */
    public suspend fun cancel(run: SyncRunId): Executed =
        acting.execute(SyncCommands.cancel(run))

    /**
     * Forgets a run that is over, with its log. Its changes stay, and can still be undone by their change set.
     *
     * @param run The run.
     */
    public suspend fun forget(run: SyncRunId): Executed =
        acting.execute(SyncCommands.forget(run))
}

/** What can be done with and known about edges. */
public class EdgesNoun internal constructor(private val acting: Acting) {

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
    public suspend fun synchronize(
        source: SourceId,
        record: EntityId,
        direction: Direction,
        relation: Relation,
        add: List<EntityId>? = null,
        exclusive: Boolean? = null,
        remove: List<EntityId>? = null,
    ): Executed =
        acting.execute(EdgeCommands.synchronize(source, record, direction, relation, add, exclusive, remove))

    /**
     * Lists the edges of a relation at a record, those without effect too: the organizations of a user, the
     * members of a group, the reports of a manager.
     *
     * @param id The record.
     * @param direction Which end of the edges it is.
     * @param relation The relation.
     * @param at The state to read.
     */
    public suspend fun list(id: EntityId, direction: Direction, relation: Relation, at: At? = null): List<Edge> {
        val fields = Fields()
        fields.set("id", id)
        fields.set("direction", direction)
        fields.set("relation", relation)
        fields.put("at", at)
        val answer = acting.ask("edge.list", fields)
        return answer.toList { x -> Edge.read(x) }
    }
}

/** What can be done with and known about otps. */
public class OtpsNoun internal constructor(private val acting: Acting) {

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
    public suspend fun enrol(
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
    ): Executed =
        acting.execute(OtpCommands.enrol(user, algorithm, confirmed, counter, digits, issuer, label, period, secret, type))

    /**
     * Begins the enrolment of an authenticator for many users at once and sends each of them a QR code. Users who
     * have as many devices as allowed are left out and named in the remarks.
     *
     * @param users The users, at most 1000.
     * @param issuer What the authenticator shows as the service; the realm's name when absent.
     */
    public suspend fun sendEnrolments(users: List<UserId>, issuer: String? = null): Executed =
        acting.execute(OtpCommands.sendEnrolments(users, issuer))

    /**
     * Confirms a device with a first code: from then on it counts as a factor. The code is used up with it.
     *
     * @param credential The device.
     * @param code The code that it shows.
     */
    public suspend fun confirm(credential: CredentialId, code: Secret): Executed =
        acting.execute(OtpCommands.confirm(credential, code))

    /**
     * Brings a counter device back that was pressed too often: two codes in a row tell where it is (RFC 4226,
     * 7.4).
     *
     * @param credential The device.
     * @param first The code that it shows.
     * @param second The one that it shows next.
     */
    public suspend fun resynchronise(credential: CredentialId, first: Secret, second: Secret): Executed =
        acting.execute(OtpCommands.resynchronise(credential, first, second))

    /**
     * Draws the QR code of an enrolment.
     *
     * @param text The text, such as the `uri` of an enrolment.
     * @param scale Pixels a module of the PNG, 1 to 32; 6 when absent.
     */
    public suspend fun drawQr(text: Secret, scale: Long? = null): QrCode {
        val fields = Fields()
        fields.set("text", text)
        fields.put("scale", scale)
        val answer = acting.ask("otp.draw_qr", fields)
        return QrCode.read(answer)
    }
}

/** What can be done with and known about factors. */
public class FactorsNoun internal constructor(private val acting: Acting) {

    /**
     * Checks a second factor and uses it up: a code of a device, a passcode, or a recovery code. Refused with
     * `credential.wrong` when it is none, or was used before.
     *
     * @param user The user.
     * @param code The code.
     */
    public suspend fun verify(user: UserId, code: Secret): Executed =
        acting.execute(FactorCommands.verify(user, code))

    /**
     * Counts a failed attempt at a user's second factors: for a host that checks them in its own way.
     *
     * @param user The user.
     */
    public suspend fun noteFailure(user: UserId): Executed =
        acting.execute(FactorCommands.noteFailure(user))
}

/** What can be done with and known about recovery codes. */
public class RecoveryCodesNoun internal constructor(private val acting: Acting) {

    /**
     * Makes a new set of recovery codes for a user, in the place of the one before. They are part of the answer as
     * `recovery_codes`, this once.
     *
     * @param user The user.
     */
    public suspend fun create(user: UserId): Executed =
        acting.execute(RecoveryCodesCommands.create(user))

    /**
     * Revokes a user's recovery codes; always allowed, because they are no second factor of their own.
     *
     * @param user The user.
     */
    public suspend fun revoke(user: UserId): Executed =
        acting.execute(RecoveryCodesCommands.revoke(user))
}

/** What can be done with and known about passcodes. */
public class PasscodesNoun internal constructor(private val acting: Acting) {

    /**
     * Sends a user a passcode of eight digits that counts once and for ten minutes at most. A newer one replaces
     * the one before, 30 seconds after it at the earliest (`sign_in.throttled`): otherwise somebody could have
     * passcodes sent until a guess is right. It counts as long as the address is the user's.
     *
     * @param user The user.
     * @param channel By e-mail or SMS; e-mail when absent.
     */
    public suspend fun send(user: UserId, channel: PasscodeChannel? = null): Executed =
        acting.execute(PasscodeCommands.send(user, channel))
}

/** What can be done with and known about providers. */
public class ProvidersNoun internal constructor(private val acting: Acting) {

    /**
     * Links a user with an identity at a provider. An identity belongs to one user at most.
     *
     * @param user The user.
     * @param provider The provider, such as `google`.
     * @param subject The identity's stable identifier there: `sub` of OpenID Connect.
     * @param label How people call it: the address or name that the provider gave.
     */
    public suspend fun link(user: UserId, provider: String, subject: String, label: String? = null): Executed =
        acting.execute(ProviderCommands.link(user, provider, subject, label))

    /**
     * Finds the user who is linked with an identity at a provider; answers nothing when nobody is.
     *
     * @param provider The provider.
     * @param subject The identity's stable identifier there.
     */
    public suspend fun findUser(provider: String, subject: String): EntityId? {
        val fields = Fields()
        fields.set("provider", provider)
        fields.set("subject", subject)
        val answer = acting.ask("provider.find_user", fields)
        return answer.orNull { x -> x.toText() }
    }
}

/** What can be done with and known about passkeys. */
public class PasskeysNoun internal constructor(private val acting: Acting) {

    /**
     * Begins the enrolment of a passkey. The answer has as `options`, this once, what the browser is asked with:
     * JSON for `PublicKeyCredential.parseCreationOptionsFromJSON` and `navigator.credentials.create`. The passkey
     * counts when the browser's answer was confirmed, within ten minutes. Refused with `feature.off` when the
     * realm's settings name no relying party (`sign_in.passkeys`), or this build checks no passkeys.
     *
     * @param user The user.
     * @param label How people call the device.
     */
    public suspend fun enrol(user: UserId, label: String? = null): Executed =
        acting.execute(PasskeyCommands.enrol(user, label))

    /**
     * Confirms the enrolment of a passkey with the browser's answer: from then on it counts, as a second factor
     * and for a sign-in without a password. Refused with `credential.wrong` when the answer does not hold.
     *
     * @param credential The passkey whose enrolment was begun.
     * @param response What the browser answered, as JSON text: `JSON.stringify(credential)`.
     */
    public suspend fun confirm(credential: CredentialId, response: Secret): Executed =
        acting.execute(PasskeyCommands.confirm(credential, response))
}

/** What can be done with and known about history. */
public class HistoryNoun internal constructor(private val acting: Acting) {

    /**
     * Lists what happened to a record and to the edges at it, the latest first.
     *
     * @param id The record.
     * @param before Only what lies before this place.
     * @param limit Changes at most, up to 1000.
     */
    public suspend fun of(id: EntityId, before: Place? = null, limit: Long? = null): List<HistoryItem> {
        val fields = Fields()
        fields.set("id", id)
        fields.put("before", before)
        fields.put("limit", limit)
        val answer = acting.ask("history.of", fields)
        return answer.toList { x -> HistoryItem.read(x) }
    }

    /**
     * Lists everything that was changed in the realm, in order.
     *
     * @param after Only what lies after this place.
     * @param limit Changes at most, up to 1000.
     */
    public suspend fun timeline(after: Place? = null, limit: Long? = null): List<HistoryItem> {
        val fields = Fields()
        fields.put("after", after)
        fields.put("limit", limit)
        val answer = acting.ask("history.timeline", fields)
        return answer.toList { x -> HistoryItem.read(x) }
    }

    /**
     * Tells what is different between two states: everything that was changed, and not changed back.
     *
     * @param from From this state.
     * @param to To this one.
     */
    public suspend fun difference(from: At, to: At? = null): Difference {
        val fields = Fields()
        fields.set("from", from)
        fields.put("to", to)
        val answer = acting.ask("history.difference", fields)
        return Difference.read(answer)
    }
}

/** What can be done with and known about audit. */
public class AuditNoun internal constructor(private val acting: Acting) {

    /**
     * Lists the audit trail of the realm: every command, the refused ones too.
     *
     * @param actor Only commands of this actor, such as `host:console`.
     * @param after Only commits after this revision.
     * @param before Only commands at or before this moment.
     * @param changeSet Only commands of this change set.
     * @param commandId Only the command with this identifier.
     * @param limit Commands at most, up to 1000.
     * @param newestFirst The latest first.
     * @param since Only commands at or after this moment.
     * @param subject Only commands about this record.
     * @param until Only commits up to this revision.
     */
    public suspend fun list(
        actor: String? = null,
        after: Long? = null,
        before: Instant? = null,
        changeSet: ChangeSetId? = null,
        commandId: CommandId? = null,
        limit: Long? = null,
        newestFirst: Boolean? = null,
        since: Instant? = null,
        subject: EntityId? = null,
        until: Long? = null,
    ): List<AuditItem> {
        val fields = Fields()
        fields.put("actor", actor)
        fields.put("after", after)
        fields.put("before", before)
        fields.put("change_set", changeSet)
        fields.put("command_id", commandId)
        fields.put("limit", limit)
        fields.put("newest_first", newestFirst)
        fields.put("since", since)
        fields.put("subject", subject)
        fields.put("until", until)
        val answer = acting.ask("audit.list", fields)
        return answer.toList { x -> AuditItem.read(x) }
    }
}

/** What can be done with and known about schema. */
public class SchemaNoun internal constructor(private val acting: Acting) {

    /**
     * Lists the attributes of a kind: the built-in ones in the order of a form, then the realm's own by name.
     *
     * @param kind The kind.
     */
    public suspend fun attributes(kind: Kind): List<AttributeDefinition> {
        val fields = Fields()
        fields.set("kind", kind)
        val answer = acting.ask("schema.attributes", fields)
        return answer.toList { x -> AttributeDefinition.read(x) }
    }
}

/** What can be done with and known about chain. */
public class ChainNoun internal constructor(private val acting: Acting) {

    /**
     * Verifies the tamper-evident chain of the whole storage, also against heads that were published elsewhere.
     *
     * @param published Heads that were kept outside of the storage.
     */
    public suspend fun verify(published: List<ChainHead>? = null): Verified {
        val fields = Fields()
        fields.put("published", published)
        val answer = acting.ask("chain.verify", fields)
        return Verified.read(answer)
    }
}

/** What can be done with and known about access. */
public class AccessNoun internal constructor(private val acting: Acting) {

    /**
     * Tells whether somebody may do something: an action such as `update` or `invoice:approve` on a record, on a
     * resource of the host, or on anything of a kind.
     *
     * @param action The action; with the kind and a colon before it where that is not the kind of the target.
     * @param on What it is about.
     * @param at The state to read.
     * @param user Who; the actor when absent. Asking about others needs the right to audit the realm.
     */
    public suspend fun can(action: String, on: On, at: At? = null, user: UserId? = null): Boolean {
        val fields = Fields()
        fields.set("action", action)
        fields.set("on", on)
        fields.put("at", at)
        fields.put("user", user)
        val answer = acting.ask("access.can", fields)
        return answer.toBoolean()
    }

    /**
     * Explains a decision: yes with every path that leads to it, no with the facts that are missing, the nearest
     * first.
     *
     * @param action The action.
     * @param on What it is about.
     * @param at The state to read.
     * @param user Who; the actor when absent. Asking about others needs the right to audit the realm.
     */
    public suspend fun explain(action: String, on: On, at: At? = null, user: UserId? = null): Explanation {
        val fields = Fields()
        fields.set("action", action)
        fields.set("on", on)
        fields.put("at", at)
        fields.put("user", user)
        val answer = acting.ask("access.explain", fields)
        return Explanation.read(answer)
    }

    /**
     * Reads everything that is linked to a user: roles and groups with every path, led, owned and administered
     * organizations, and every right.
     *
     * @param user The user.
     * @param at The state to read.
     */
    public suspend fun effective(user: UserId, at: At? = null): EffectiveAccess {
        val fields = Fields()
        fields.set("user", user)
        fields.put("at", at)
        val answer = acting.ask("access.effective", fields)
        return EffectiveAccess.read(answer)
    }

    /**
     * Reads the filter that holds for exactly the things of a kind on which somebody may do something, as far as
     * it does not depend on levels: for the host's own lists.
     *
     * @param action The action.
     * @param kind The kind, one of the library's or of the host's own.
     * @param at The state to read.
     * @param user Who; the actor when absent. Asking about others needs the right to audit the realm.
     */
    public suspend fun filter(action: String, kind: String, at: At? = null, user: UserId? = null): AllowedFilter {
        val fields = Fields()
        fields.set("action", action)
        fields.set("kind", kind)
        fields.put("at", at)
        fields.put("user", user)
        val answer = acting.ask("access.filter", fields)
        return AllowedFilter.read(answer)
    }

    /**
     * Lists the users who can do something.
     *
     * @param action The action.
     * @param on What it is about.
     * @param at The state to read.
     * @param limit At most so many.
     */
    public suspend fun whoCan(action: String, on: On, at: At? = null, limit: Long? = null): WhoCan {
        val fields = Fields()
        fields.set("action", action)
        fields.set("on", on)
        fields.put("at", at)
        fields.put("limit", limit)
        val answer = acting.ask("access.who_can", fields)
        return WhoCan.read(answer)
    }

    /**
     * Compares what users may do in two states: of the users that are named everything, windows that opened or
     * closed by themselves included; without names, of everybody whom the commits between the states can concern.
     *
     * @param from One state.
     * @param limit Looks at so many users at most; the answer says whether there were more.
     * @param to The other; the present when absent.
     * @param users Of these users.
     */
    public suspend fun difference(
        from: At,
        limit: Long? = null,
        to: At? = null,
        users: List<UserId>? = null,
    ): AccessDifference {
        val fields = Fields()
        fields.set("from", from)
        fields.put("limit", limit)
        fields.put("to", to)
        fields.put("users", users)
        val answer = acting.ask("access.difference", fields)
        return AccessDifference.read(answer)
    }

    /**
     * Shows what a command would change in what users may do; nothing is written.
     *
     * @param change The command with its name in `command`, such as `{"command": "role.grant", …}`.
     * @param limit Looks at so many users at most; the answer says whether there were more.
     */
    public suspend fun preview(change: Value, limit: Long? = null): AccessDifference {
        val fields = Fields()
        fields.set("change", change)
        fields.put("limit", limit)
        val answer = acting.ask("access.preview", fields)
        return AccessDifference.read(answer)
    }

    /**
     * Looks for access that is probably not meant so: roles that nobody holds, rights that nobody has, privileges
     * that contradict, exclusions that are met, administrators who could become owners.
     */
    public suspend fun doctor(): List<AccessFinding> {
        val fields = Fields()
        val answer = acting.ask("access.doctor", fields)
        return answer.toList { x -> AccessFinding.read(x) }
    }

    /**
     * Reads what the provisioning roles of a user want in the targets: mapping, attributes, values.
     *
     * @param user The user.
     */
    public suspend fun wanted(user: UserId): WantedState {
        val fields = Fields()
        fields.set("user", user)
        val answer = acting.ask("access.wanted", fields)
        return WantedState.read(answer)
    }

    /**
     * Reads the risk index of a user: the highest of all roles and groups that they have.
     *
     * @param user The user.
     */
    public suspend fun risk(user: UserId): Double? {
        val fields = Fields()
        fields.set("user", user)
        val answer = acting.ask("access.risk", fields)
        return answer.orNull { x -> x.toNumber() }
    }

    /**
     * Tells who would come and go if a role or group had another condition; nothing is written.
     *
     * @param owner The role or group.
     * @param selects What the condition selects.
     * @param condition The condition.
     */
    public suspend fun ruleDifference(owner: EntityId, selects: Kind, condition: Filter): RuleDifference {
        val fields = Fields()
        fields.set("owner", owner)
        fields.set("selects", selects)
        fields.set("condition", condition)
        val answer = acting.ask("access.rule_difference", fields)
        return RuleDifference.read(answer)
    }

    /**
     * Tells what cloning would give a user, take from them and leave out, and why; nothing is written.
     *
     * @param from Who has it.
     * @param to Who is to get it.
     * @param mode What becomes of that which they have already.
     */
    public suspend fun clone(from: UserId, to: UserId, mode: CloneMode? = null): Cloned {
        val fields = Fields()
        fields.set("from", from)
        fields.set("to", to)
        fields.put("mode", mode)
        val answer = acting.ask("access.clone", fields)
        return Cloned.read(answer)
    }

    /**
     * Lists the administrators of the platform, apart from all other users: the direct holders of the roles whose
     * attribute `administrative` is set.
     */
    public suspend fun administrators(): List<Record> {
        val fields = Fields()
        val answer = acting.ask("access.administrators", fields)
        return answer.toList { x -> Record.read(x) }
    }
}

/** Realms. */
public val Acting.realms: RealmsNoun get() = RealmsNoun(this)

/** Users. */
public val Acting.users: UsersNoun get() = UsersNoun(this)

/** Devices. */
public val Acting.devices: DevicesNoun get() = DevicesNoun(this)

/** User types. */
public val Acting.userTypes: UserTypesNoun get() = UserTypesNoun(this)

/** Organizations. */
public val Acting.organizations: OrganizationsNoun get() = OrganizationsNoun(this)

/** Organization types. */
public val Acting.organizationTypes: OrganizationTypesNoun get() = OrganizationTypesNoun(this)

/** Positions. */
public val Acting.positions: PositionsNoun get() = PositionsNoun(this)

/** Groups. */
public val Acting.groups: GroupsNoun get() = GroupsNoun(this)

/** Templates. */
public val Acting.templates: TemplatesNoun get() = TemplatesNoun(this)

/** Attributes. */
public val Acting.attributes: AttributesNoun get() = AttributesNoun(this)

/** Roles. */
public val Acting.roles: RolesNoun get() = RolesNoun(this)

/** Assignments. */
public val Acting.assignments: AssignmentsNoun get() = AssignmentsNoun(this)

/** Rules. */
public val Acting.rules: RulesNoun get() = RulesNoun(this)

/** Credentials. */
public val Acting.credentials: CredentialsNoun get() = CredentialsNoun(this)

/** Policies. */
public val Acting.policies: PoliciesNoun get() = PoliciesNoun(this)

/** Sessions. */
public val Acting.sessions: SessionsNoun get() = SessionsNoun(this)

/** Links. */
public val Acting.links: LinksNoun get() = LinksNoun(this)

/** Counters. */
public val Acting.counters: CountersNoun get() = CountersNoun(this)

/** Sources. */
public val Acting.sources: SourcesNoun get() = SourcesNoun(this)

/** Shadows. */
public val Acting.shadows: ShadowsNoun get() = ShadowsNoun(this)

/** Sync runs. */
public val Acting.syncRuns: SyncRunsNoun get() = SyncRunsNoun(this)

/** Connectors. */
public val Acting.connectors: ConnectorsNoun get() = ConnectorsNoun(this)

/** Records. */
public val Acting.records: RecordsNoun get() = RecordsNoun(this)

/** Memberships. */
public val Acting.memberships: MembershipsNoun get() = MembershipsNoun(this)

/** Passwords. */
public val Acting.passwords: PasswordsNoun get() = PasswordsNoun(this)

/** Syncs. */
public val Acting.syncs: SyncsNoun get() = SyncsNoun(this)

/** Edges. */
public val Acting.edges: EdgesNoun get() = EdgesNoun(this)

/** Otps. */
public val Acting.otps: OtpsNoun get() = OtpsNoun(this)

/** Factors. */
public val Acting.factors: FactorsNoun get() = FactorsNoun(this)

/** Recovery codes. */
public val Acting.recoveryCodes: RecoveryCodesNoun get() = RecoveryCodesNoun(this)

/** Passcodes. */
public val Acting.passcodes: PasscodesNoun get() = PasscodesNoun(this)

/** Providers. */
public val Acting.providers: ProvidersNoun get() = ProvidersNoun(this)

/** Passkeys. */
public val Acting.passkeys: PasskeysNoun get() = PasskeysNoun(this)

/** History. */
public val Acting.history: HistoryNoun get() = HistoryNoun(this)

/** Audit. */
public val Acting.audit: AuditNoun get() = AuditNoun(this)

/** Schema. */
public val Acting.schema: SchemaNoun get() = SchemaNoun(this)

/** Chain. */
public val Acting.chain: ChainNoun get() = ChainNoun(this)

/** Access. */
public val Acting.access: AccessNoun get() = AccessNoun(this)

/**
 * Signs in with identifier and password. The session is open, or waits for another factor or an action.
 *
 * @param identifier Who one says to be: the value of any attribute that the realm takes as an identifier.
 * @param password The password.
 * @param assurance The level that the application asks for: 1 for one factor, 2 for two, 3 for two of which
 *     one is hardware.
 * @param origin Where the attempt comes from.
 * @param refresh Hand out a refresh token, too; then the session's token lives for minutes only.
 * @param risk What the host makes of the attempt: its hook into every sign-in.
 */
public suspend fun Acting.signIn(
    identifier: String,
    password: Secret,
    assurance: Long? = null,
    origin: SessionOrigin? = null,
    refresh: Boolean? = null,
    risk: Risk? = null,
): SignedIn =
    signInPlainly(identifier, password, assurance, origin, refresh, risk)

/**
 * Goes on with a sign-in that waits for a factor or an action.
 *
 * @param flowToken The flow token of the step before.
 * @param proof What is shown or done.
 */
public suspend fun Acting.continueSignIn(flowToken: Secret, proof: SignInProof): SignedIn {
    val fields = Fields()
    fields.set("flow_token", flowToken)
    fields.set("proof", proof)
    val answer = perform("continue_sign_in", fields.toValue())
    return SignedIn.read(answer)
}

/**
 * Reads who is signing in, and what the sign-in waits for.
 *
 * @param token The token.
 */
public suspend fun Acting.signInFlow(token: Secret): SignInFlow {
    val fields = Fields()
    fields.set("token", token)
    val answer = perform("sign_in_flow", fields.toValue())
    return SignInFlow.read(answer)
}

/**
 * Reads the session that a token names, when it is assured enough.
 *
 * @param token The token.
 * @param assurance The level that what is asked needs: 1 for one factor, 2 for two, 3 for two of which one is
 *     hardware.
 */
public suspend fun Acting.session(token: Secret, assurance: Long? = null): Session =
    sessionPlainly(token, assurance)

/**
 * Lists the open sessions of a user, the last used first.
 *
 * @param user The user.
 */
public suspend fun Acting.listSessions(user: UserId): List<Session> {
    val fields = Fields()
    fields.set("user", user)
    val answer = perform("sessions", fields.toValue())
    return answer.toList { x -> Session.read(x) }
}

/**
 * Takes a refresh token in exchange for fresh tokens.
 *
 * @param token The token.
 */
public suspend fun Acting.refreshSession(token: Secret): SessionTokens {
    val fields = Fields()
    fields.set("token", token)
    val answer = perform("refresh_session", fields.toValue())
    return SessionTokens.read(answer)
}

/**
 * Shows another proof in an open session, which rises to a higher level and gets a fresh token.
 *
 * @param token The session's token.
 * @param proof What is shown.
 */
public suspend fun Acting.stepUp(token: Secret, proof: SignInProof): SessionTokens {
    val fields = Fields()
    fields.set("token", token)
    fields.set("proof", proof)
    val answer = perform("step_up", fields.toValue())
    return SessionTokens.read(answer)
}

/**
 * Ends the session that a token names.
 *
 * @param token The token.
 */
public suspend fun Acting.signOut(token: Secret) {
    val fields = Fields()
    fields.set("token", token)
    perform("sign_out", fields.toValue())
}

/**
 * Reads the link that a token names, when it can be used. Nothing is changed.
 *
 * @param token The token.
 */
public suspend fun Acting.checkLink(token: Secret): Link {
    val fields = Fields()
    fields.set("token", token)
    val answer = perform("check_link", fields.toValue())
    return Link.read(answer)
}

/**
 * Completes the sign-up of a person who was invited.
 *
 * @param linkToken The token of the link.
 * @param password The password to sign in with from now on.
 * @param attributes Values of the profile that the person fills in.
 * @param terms The version of the terms that the person accepts.
 */
public suspend fun Acting.acceptInvitation(
    linkToken: Secret,
    password: Secret,
    attributes: Map<String, Value>? = null,
    terms: String? = null,
): UserId {
    val fields = Fields()
    fields.set("link_token", linkToken)
    fields.set("password", password)
    fields.put("attributes", attributes)
    fields.put("terms", terms)
    val answer = perform("accept_invitation", fields.toValue())
    return answer.toText()
}

/**
 * Sets a new password by a link that was sent for it.
 *
 * @param linkToken The token of the link.
 * @param password The new password.
 */
public suspend fun Acting.resetPassword(linkToken: Secret, password: Secret): UserId {
    val fields = Fields()
    fields.set("link_token", linkToken)
    fields.set("password", password)
    val answer = perform("reset_password", fields.toValue())
    return answer.toText()
}

/**
 * Takes a link as the proof that the e-mail address is the user's own.
 *
 * @param token The token.
 */
public suspend fun Acting.verifyEmail(token: Secret): UserId {
    val fields = Fields()
    fields.set("token", token)
    val answer = perform("verify_email", fields.toValue())
    return answer.toText()
}

/**
 * Asks for a password reset without being signed in. The answer does not tell whether there is such a user.
 *
 * @param identifier Who one says to be.
 * @param address The network address that it comes from: what is asked for from one address is counted, too,
 *     so that nobody fills the mailboxes of many.
 * @param language The language of the message; the user's preferred one when absent.
 */
public suspend fun Acting.requestPasswordReset(
    identifier: String,
    address: String? = null,
    language: String? = null,
) {
    val fields = Fields()
    fields.set("identifier", identifier)
    fields.put("address", address)
    fields.put("language", language)
    perform("request_password_reset", fields.toValue())
}

/** Reads the form by which people register by themselves, when they can. */
public suspend fun Acting.registrationForm(): List<FormField> {
    val fields = Fields()
    val answer = perform("registration_form", fields.toValue())
    return answer.toList { x -> FormField.read(x) }
}

/**
 * Registers a person who fills in the registration form.
 *
 * @param attributes The values by attribute: those of the form and no others.
 * @param password The password to sign in with.
 * @param terms The version of the terms that the person accepts.
 */
public suspend fun Acting.register(
    attributes: Map<String, Value>,
    password: Secret,
    terms: String? = null,
): UserId {
    val fields = Fields()
    fields.set("attributes", attributes)
    fields.set("password", password)
    fields.put("terms", terms)
    val answer = perform("register", fields.toValue())
    return answer.toText()
}

/**
 * Signs an access token for the session that a token names, for one audience and at most an hour.
 *
 * @param token The session's token.
 * @param audience For whom the signed token is.
 * @param seconds Seconds for which it holds, at most 3600; 300 when absent.
 */
public suspend fun Acting.signToken(token: Secret, audience: String, seconds: Long? = null): Secret {
    val fields = Fields()
    fields.set("token", token)
    fields.set("audience", audience)
    fields.put("seconds", seconds)
    val answer = perform("sign_token", fields.toValue())
    return answer.toText()
}

/**
 * Reads what a signed access token says, when it holds for the audience. The session is not looked up.
 *
 * @param token The signed token.
 * @param audience For whom it has to be.
 */
public suspend fun Acting.verifySignedToken(token: Secret, audience: String): SignedClaims {
    val fields = Fields()
    fields.set("token", token)
    fields.set("audience", audience)
    val answer = perform("verify_signed_token", fields.toValue())
    return SignedClaims.read(answer)
}

/** Reads the public keys by which others check signed access tokens, as a JSON Web Key Set. */
public suspend fun Acting.signingKeySet(): KeySet {
    val fields = Fields()
    val answer = perform("signing_key_set", fields.toValue())
    return KeySet.read(answer)
}

/**
 * Draws what a browser is asked with to show a passkey. Nothing is kept; it counts for five minutes and once.
 *
 * @param user The user, when that is known; absent: whoever has a passkey for the domain.
 */
public suspend fun Acting.passkeyChallenge(user: UserId? = null): PasskeyChallenge {
    val fields = Fields()
    fields.put("user", user)
    val answer = perform("passkey_challenge", fields.toValue())
    return PasskeyChallenge.read(answer)
}

/**
 * Signs in with a passkey alone. The session is open, or waits for an action.
 *
 * @param response What the browser answered to the challenge, as JSON text: `JSON.stringify(credential)`.
 * @param assurance The level that the application asks for, as for a sign-in with a password.
 * @param origin Where the attempt comes from.
 * @param refresh Hand out a refresh token, too; then the session's token lives for minutes only.
 * @param risk What the host makes of the attempt.
 */
public suspend fun Acting.signInWithPasskey(
    response: Secret,
    assurance: Long? = null,
    origin: SessionOrigin? = null,
    refresh: Boolean? = null,
    risk: Risk? = null,
): SignedIn {
    val fields = Fields()
    fields.set("response", response)
    fields.put("assurance", assurance)
    fields.put("origin", origin)
    fields.put("refresh", refresh)
    fields.put("risk", risk)
    val answer = perform("sign_in_with_passkey", fields.toValue())
    return SignedIn.read(answer)
}

/** The names of all queries. */
public object Queries {
    public val all: List<String> = listOf(
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
}
