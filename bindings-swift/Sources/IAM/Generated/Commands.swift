// Generated from the catalogue by `.ci/generate`; do not edit.

import Foundation

/// Commands about realms, as values: `.realms.…` wherever a `Command` is expected.
public struct RealmCommands: Sendable {
    /// Creates the realm that the command is sent to. Its name is unique among all realms.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - id: The realm, when it is to be said twice; it is the one that the command is sent to.
    ///   - settings: The settings that differ from the defaults.
    public func create(name: String, id: RealmId? = nil, settings: [String: Value]? = nil) -> Command {
        var fields = Fields()
        fields.set("name", name)
        fields.put("id", id)
        fields.put("settings", settings)
        return Command(name: "realm.create", input: fields)
    }

    /// Changes the name or settings of the realm. Settings are merged: what is not named stays, `null` goes back to
    /// the default, a structure is merged line by line, a list is replaced.
    ///
    /// - Parameters:
    ///   - name: The new name.
    ///   - settings: The settings that change.
    public func update(name: String? = nil, settings: [String: Value]? = nil) -> Command {
        var fields = Fields()
        fields.put("name", name)
        fields.put("settings", settings)
        return Command(name: "realm.update", input: fields)
    }
}

/// Commands about users, as values: `.users.…` wherever a `Command` is expected.
public struct UserCommands: Sendable {
    /// Creates a user.
    ///
    /// Values come, in this order, from the command, the template, the attribute's default. With `template` left
    /// out, templates whose job or department fits are applied by themselves, the job's first. The validity of the
    /// user type sets `valid_until` unless the command does.
    ///
    /// - Parameters:
    ///   - userName: User name.
    ///   - email: E-mail.
    ///   - firstName: First name.
    ///   - lastName: Last name.
    ///   - displayName: Display name.
    ///   - phone: Phone.
    ///   - userNumber: User number.
    ///   - identityType: Identity type.
    ///   - privileged: Privileged account.
    ///   - job: Job.
    ///   - department: Department.
    ///   - location: Location.
    ///   - street: Street.
    ///   - city: City.
    ///   - postalCode: Postal code.
    ///   - state: State or province.
    ///   - country: Country.
    ///   - language: Preferred language.
    ///   - timeZone: Time zone.
    ///   - dateOfBirth: Date of birth.
    ///   - hiredOn: Hired on.
    ///   - inPositionSince: In position since.
    ///   - preferenceUpdates: News and updates.
    ///   - preferenceMarketing: Special offers and services.
    ///   - categories: Categories.
    ///   - inheritServicePlans: Inherits disabled service plans.
    ///   - inheritSubscriptions: Inherits subscriptions.
    ///   - inheritAdministratorRoles: Inherits administrator roles.
    ///   - inheritGroups: Inherits groups.
    ///   - inheritOfficeGroups: Inherits Office 365 groups.
    ///   - externalId: External identifier.
    ///   - id: An identifier brought along; drawn when absent.
    ///   - invitation: How the invitation goes out, with `registration: invited`.
    ///   - lawfulBasis: The lawful basis of processing, one of those of GDPR article 6.
    ///   - manager: The manager.
    ///   - organizations: Organizations to join, several at once.
    ///   - origin: `manual`, `import`, `orphan_account`, `sync` or `self_registration`; without a word about it
    ///     the door tells: an identity source, an import, else by hand.
    ///   - positions: Positions to hold.
    ///   - registration: How far the sign-up is.
    ///   - source: The file, identity source or form that the user came from.
    ///   - suppliedByUser: The attributes whose values the person supplied; the others came from whoever asked.
    ///   - template: The template to pre-fill from.
    ///   - userType: The user type.
    ///   - validFrom: Not valid before.
    ///   - validUntil: Not valid from then on; overrides the user type's validity.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func create(
        userName: String? = nil,
        email: String? = nil,
        firstName: String? = nil,
        lastName: String? = nil,
        displayName: String? = nil,
        phone: String? = nil,
        userNumber: String? = nil,
        identityType: String? = nil,
        privileged: Bool? = nil,
        job: String? = nil,
        department: String? = nil,
        location: String? = nil,
        street: String? = nil,
        city: String? = nil,
        postalCode: String? = nil,
        state: String? = nil,
        country: String? = nil,
        language: String? = nil,
        timeZone: String? = nil,
        dateOfBirth: String? = nil,
        hiredOn: String? = nil,
        inPositionSince: String? = nil,
        preferenceUpdates: Bool? = nil,
        preferenceMarketing: Bool? = nil,
        categories: [String]? = nil,
        inheritServicePlans: Bool? = nil,
        inheritSubscriptions: Bool? = nil,
        inheritAdministratorRoles: Bool? = nil,
        inheritGroups: Bool? = nil,
        inheritOfficeGroups: Bool? = nil,
        externalId: String? = nil,
        id: UserId? = nil,
        invitation: Invitation? = nil,
        lawfulBasis: String? = nil,
        manager: UserId? = nil,
        organizations: [JoinOrganization]? = nil,
        origin: String? = nil,
        positions: [PositionId]? = nil,
        registration: Registration? = nil,
        source: String? = nil,
        suppliedByUser: [String]? = nil,
        template: TemplateId? = nil,
        userType: UserTypeId? = nil,
        validFrom: Date? = nil,
        validUntil: Date? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
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
        var named = Fields(attributes)
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
        fields.set("attributes", named.jsonValue)
        return Command(name: "user.create", input: fields)
    }

    /// Changes attributes of a user. Read-only attributes and those with a command of their own are refused by
    /// name.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - userName: User name.
    ///   - email: E-mail.
    ///   - firstName: First name.
    ///   - lastName: Last name.
    ///   - displayName: Display name.
    ///   - phone: Phone.
    ///   - userNumber: User number.
    ///   - identityType: Identity type.
    ///   - privileged: Privileged account.
    ///   - job: Job.
    ///   - department: Department.
    ///   - location: Location.
    ///   - street: Street.
    ///   - city: City.
    ///   - postalCode: Postal code.
    ///   - state: State or province.
    ///   - country: Country.
    ///   - language: Preferred language.
    ///   - timeZone: Time zone.
    ///   - dateOfBirth: Date of birth.
    ///   - hiredOn: Hired on.
    ///   - inPositionSince: In position since.
    ///   - preferenceUpdates: News and updates.
    ///   - preferenceMarketing: Special offers and services.
    ///   - categories: Categories.
    ///   - inheritServicePlans: Inherits disabled service plans.
    ///   - inheritSubscriptions: Inherits subscriptions.
    ///   - inheritAdministratorRoles: Inherits administrator roles.
    ///   - inheritGroups: Inherits groups.
    ///   - inheritOfficeGroups: Inherits Office 365 groups.
    ///   - externalId: External identifier.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func update(
        _ user: UserId,
        userName: String? = nil,
        email: String? = nil,
        firstName: String? = nil,
        lastName: String? = nil,
        displayName: String? = nil,
        phone: String? = nil,
        userNumber: String? = nil,
        identityType: String? = nil,
        privileged: Bool? = nil,
        job: String? = nil,
        department: String? = nil,
        location: String? = nil,
        street: String? = nil,
        city: String? = nil,
        postalCode: String? = nil,
        state: String? = nil,
        country: String? = nil,
        language: String? = nil,
        timeZone: String? = nil,
        dateOfBirth: String? = nil,
        hiredOn: String? = nil,
        inPositionSince: String? = nil,
        preferenceUpdates: Bool? = nil,
        preferenceMarketing: Bool? = nil,
        categories: [String]? = nil,
        inheritServicePlans: Bool? = nil,
        inheritSubscriptions: Bool? = nil,
        inheritAdministratorRoles: Bool? = nil,
        inheritGroups: Bool? = nil,
        inheritOfficeGroups: Bool? = nil,
        externalId: String? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.set("user", user)
        var named = Fields(attributes)
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
        fields.set("attributes", named.jsonValue)
        return Command(name: "user.update", input: fields)
    }

    /// Enables a disabled or suspended user.
    ///
    /// - Parameters:
    ///   - user: The user.
    public func enable(_ user: UserId) -> Command {
        var fields = Fields()
        fields.set("user", user)
        return Command(name: "user.enable", input: fields)
    }

    /// Disables a user; the lock is another axis and stays as it is.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - by: What asks for it.
    public func disable(_ user: UserId, by: DisabledBy? = nil) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.put("by", by)
        return Command(name: "user.disable", input: fields)
    }

    /// Suspends a user: like disabling, meant to be temporary.
    ///
    /// - Parameters:
    ///   - user: The user.
    public func suspend(_ user: UserId) -> Command {
        var fields = Fields()
        fields.set("user", user)
        return Command(name: "user.suspend", input: fields)
    }

    /// Archives a user: the end of the life cycle, from which only `user.restore` leads back.
    ///
    /// - Parameters:
    ///   - user: The user.
    public func archive(_ user: UserId) -> Command {
        var fields = Fields()
        fields.set("user", user)
        return Command(name: "user.archive", input: fields)
    }

    /// Brings an archived user back, disabled at first.
    ///
    /// - Parameters:
    ///   - user: The user.
    public func restore(_ user: UserId) -> Command {
        var fields = Fields()
        fields.set("user", user)
        return Command(name: "user.restore", input: fields)
    }

    /// Locks a user; whether the user is enabled is another axis and stays as it is.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - reason: Why.
    public func lock(_ user: UserId, reason: String? = nil) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.put("reason", reason)
        return Command(name: "user.lock", input: fields)
    }

    /// Unlocks a user.
    ///
    /// - Parameters:
    ///   - user: The user.
    public func unlock(_ user: UserId) -> Command {
        var fields = Fields()
        fields.set("user", user)
        return Command(name: "user.unlock", input: fields)
    }

    /// Disables a user whose validity has ended, unless the user type says `disable_on_expiry: false`. Does nothing
    /// before that moment, nothing to a user that is not enabled, and never enables.
    ///
    /// - Parameters:
    ///   - user: The user.
    public func expire(_ user: UserId) -> Command {
        var fields = Fields()
        fields.set("user", user)
        return Command(name: "user.expire", input: fields)
    }

    /// Sets from when until when a user is valid; half-open, open ends allowed.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - validFrom: From then on; open when absent.
    ///   - validUntil: Before then; open when absent.
    public func setValidity(_ user: UserId, validFrom: Date? = nil, validUntil: Date? = nil) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.put("valid_from", validFrom)
        fields.put("valid_until", validUntil)
        return Command(name: "user.set_validity", input: fields)
    }

    /// Gives a user another type: attributes that only the old type's form has are kept but inactive, mandatory
    /// ones of the new form must be there or be given now, the expiry is recomputed on request.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - userName: User name.
    ///   - email: E-mail.
    ///   - firstName: First name.
    ///   - lastName: Last name.
    ///   - displayName: Display name.
    ///   - phone: Phone.
    ///   - userNumber: User number.
    ///   - identityType: Identity type.
    ///   - privileged: Privileged account.
    ///   - job: Job.
    ///   - department: Department.
    ///   - location: Location.
    ///   - street: Street.
    ///   - city: City.
    ///   - postalCode: Postal code.
    ///   - state: State or province.
    ///   - country: Country.
    ///   - language: Preferred language.
    ///   - timeZone: Time zone.
    ///   - dateOfBirth: Date of birth.
    ///   - hiredOn: Hired on.
    ///   - inPositionSince: In position since.
    ///   - preferenceUpdates: News and updates.
    ///   - preferenceMarketing: Special offers and services.
    ///   - categories: Categories.
    ///   - inheritServicePlans: Inherits disabled service plans.
    ///   - inheritSubscriptions: Inherits subscriptions.
    ///   - inheritAdministratorRoles: Inherits administrator roles.
    ///   - inheritGroups: Inherits groups.
    ///   - inheritOfficeGroups: Inherits Office 365 groups.
    ///   - externalId: External identifier.
    ///   - recomputeExpiry: Set `valid_until` from the new type's validity, counted from now.
    ///   - userType: The new type; `None` for no type.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func changeType(
        _ user: UserId,
        userName: String? = nil,
        email: String? = nil,
        firstName: String? = nil,
        lastName: String? = nil,
        displayName: String? = nil,
        phone: String? = nil,
        userNumber: String? = nil,
        identityType: String? = nil,
        privileged: Bool? = nil,
        job: String? = nil,
        department: String? = nil,
        location: String? = nil,
        street: String? = nil,
        city: String? = nil,
        postalCode: String? = nil,
        state: String? = nil,
        country: String? = nil,
        language: String? = nil,
        timeZone: String? = nil,
        dateOfBirth: String? = nil,
        hiredOn: String? = nil,
        inPositionSince: String? = nil,
        preferenceUpdates: Bool? = nil,
        preferenceMarketing: Bool? = nil,
        categories: [String]? = nil,
        inheritServicePlans: Bool? = nil,
        inheritSubscriptions: Bool? = nil,
        inheritAdministratorRoles: Bool? = nil,
        inheritGroups: Bool? = nil,
        inheritOfficeGroups: Bool? = nil,
        externalId: String? = nil,
        recomputeExpiry: Bool? = nil,
        userType: UserTypeId? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.put("recompute_expiry", recomputeExpiry)
        fields.put("user_type", userType)
        var named = Fields(attributes)
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
        fields.set("attributes", named.jsonValue)
        return Command(name: "user.change_type", input: fields)
    }

    /// Records that a person gave or withdrew consent to a purpose, or on which lawful basis the person's data are
    /// processed (GDPR articles 6 and 7). Earlier records are kept: the latest for a purpose counts.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - granted: Given or withdrawn.
    ///   - lawfulBasis: The lawful basis from now on.
    ///   - purpose: What the consent is for, such as `newsletter`; may be absent when only the basis is recorded.
    ///   - textVersion: The text the person saw, or its version.
    public func recordConsent(
        _ user: UserId,
        granted: Bool? = nil,
        lawfulBasis: String? = nil,
        purpose: String? = nil,
        textVersion: String? = nil
    ) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.put("granted", granted)
        fields.put("lawful_basis", lawfulBasis)
        fields.put("purpose", purpose)
        fields.put("text_version", textVersion)
        return Command(name: "user.record_consent", input: fields)
    }

    /// Sets or removes the manager of a user. The direct reports of a manager are the inverse of the same edge and
    /// thus always consistent.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - manager: The manager; `None` for nobody.
    public func setManager(_ user: UserId, manager: UserId? = nil) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.put("manager", manager)
        return Command(name: "user.set_manager", input: fields)
    }

    /// Names all identities that use a shared account. Only accounts of the type `shared` have several.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - users: The identities that use it.
    public func setSharedUsers(account: UserId, users: [UserId]) -> Command {
        var fields = Fields()
        fields.set("account", account)
        fields.set("users", users)
        return Command(name: "user.set_shared_users", input: fields)
    }

    /// Deletes a user. The unique names become free at once, also for a soft delete, unless the realm keeps them.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - mode: What deleting means.
    public func delete(_ user: UserId, mode: DeleteMode? = nil) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.put("mode", mode)
        return Command(name: "user.delete", input: fields)
    }

    /// Brings a soft-deleted user back with every membership, position and report. Refused after the retention
    /// period, after an erasure, and when somebody else took a unique name meanwhile, who is named.
    ///
    /// - Parameters:
    ///   - user: The user.
    public func undelete(_ user: UserId) -> Command {
        var fields = Fields()
        fields.set("user", user)
        return Command(name: "user.undelete", input: fields)
    }

    /// Lets a user stand in for another one for a time, with all of their roles or some of them. Whoever stands in
    /// acts under their own name. A deputy that is there already gets the new terms.
    ///
    /// - Parameters:
    ///   - user: Who is away.
    ///   - deputy: Who stands in.
    ///   - constraint: For how long; without an end until it is taken back.
    ///   - roles: With these roles only; empty for all of them.
    public func addDeputy(
        _ user: UserId,
        deputy: UserId,
        constraint: TimeConstraint? = nil,
        roles: [RoleId]? = nil
    ) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.set("deputy", deputy)
        fields.put("constraint", constraint)
        fields.put("roles", roles)
        return Command(name: "user.add_deputy", input: fields)
    }

    /// Ends that a user stands in for another one.
    ///
    /// - Parameters:
    ///   - user: Who was away.
    ///   - deputy: Who stood in.
    public func removeDeputy(_ user: UserId, deputy: UserId) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.set("deputy", deputy)
        return Command(name: "user.remove_deputy", input: fields)
    }

    /// Ends every session of a user in the realm, in all applications.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - except: The session that stays, such as the one in which the user asks for it.
    public func endSessions(_ user: UserId, except: SessionId? = nil) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.put("except", except)
        return Command(name: "user.end_sessions", input: fields)
    }

    /// Invites a user who has not completed the sign-up, for the first time or again; a newer invitation replaces
    /// the one before.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - delivery: How the link gets to the user.
    ///   - language: The language of the message, and of the sign-up to begin with; the user's preferred one when
    ///     absent.
    public func invite(_ user: UserId, delivery: Delivery? = nil, language: String? = nil) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.put("delivery", delivery)
        fields.put("language", language)
        return Command(name: "user.invite", input: fields)
    }

    /// Sends a user a link to set a new password. The present password stays valid until then; a newer link
    /// replaces the one before.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - delivery: How the link gets to the user.
    ///   - language: The language of the message; the user's preferred one when absent.
    public func startPasswordReset(_ user: UserId, delivery: Delivery? = nil, language: String? = nil) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.put("delivery", delivery)
        fields.put("language", language)
        return Command(name: "user.start_password_reset", input: fields)
    }

    /// Sends a user a link that proves the e-mail address to be the user's own.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - delivery: How the link gets to the user.
    ///   - language: The language of the message; the user's preferred one when absent.
    public func startEmailVerification(
        _ user: UserId,
        delivery: Delivery? = nil,
        language: String? = nil
    ) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.put("delivery", delivery)
        fields.put("language", language)
        return Command(name: "user.start_email_verification", input: fields)
    }

    /// Changes several users in one step, so that they can exchange unique values: each lets go of what it had
    /// before any of them takes what it gets. All of it happens, or nothing.
    ///
    /// - Parameters:
    ///   - updates: The changes, 1,000 at most, each user once.
    public func exchange(updates: [UpdateUser]) -> Command {
        var fields = Fields()
        fields.set("updates", updates)
        return Command(name: "user.exchange", input: fields)
    }
}

/// Commands about devices, as values: `.devices.…` wherever a `Command` is expected.
public struct DeviceCommands: Sendable {
    /// Creates a device: a phone, a printer.
    ///
    /// - Parameters:
    ///   - name: Name.
    ///   - deviceType: Device type.
    ///   - serialNumber: Serial number.
    ///   - model: Model.
    ///   - address: Network address.
    ///   - owner: Owner.
    ///   - externalId: External identifier.
    ///   - id: An identifier brought along; drawn when absent.
    ///   - organizations: Organizations to join.
    ///   - origin: `manual`, `import` or `sync`; without a word about it the door tells.
    ///   - source: The file or identity source.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func create(
        name: String? = nil,
        deviceType: String? = nil,
        serialNumber: String? = nil,
        model: String? = nil,
        address: String? = nil,
        owner: String? = nil,
        externalId: String? = nil,
        id: DeviceId? = nil,
        organizations: [JoinOrganization]? = nil,
        origin: String? = nil,
        source: String? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.put("id", id)
        fields.put("organizations", organizations)
        fields.put("origin", origin)
        fields.put("source", source)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("device_type", deviceType)
        named.put("serial_number", serialNumber)
        named.put("model", model)
        named.put("address", address)
        named.put("owner", owner)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "device.create", input: fields)
    }

    /// Changes attributes of a device.
    ///
    /// - Parameters:
    ///   - device: The device.
    ///   - name: Name.
    ///   - deviceType: Device type.
    ///   - serialNumber: Serial number.
    ///   - model: Model.
    ///   - address: Network address.
    ///   - owner: Owner.
    ///   - externalId: External identifier.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func update(
        _ device: DeviceId,
        name: String? = nil,
        deviceType: String? = nil,
        serialNumber: String? = nil,
        model: String? = nil,
        address: String? = nil,
        owner: String? = nil,
        externalId: String? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.set("device", device)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("device_type", deviceType)
        named.put("serial_number", serialNumber)
        named.put("model", model)
        named.put("address", address)
        named.put("owner", owner)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "device.update", input: fields)
    }

    /// Enables a device.
    ///
    /// - Parameters:
    ///   - device: Which one.
    public func enable(_ device: DeviceId) -> Command {
        var fields = Fields()
        fields.set("device", device)
        return Command(name: "device.enable", input: fields)
    }

    /// Disables a device; what it has open outside ends.
    ///
    /// - Parameters:
    ///   - device: The device.
    public func disable(_ device: DeviceId) -> Command {
        var fields = Fields()
        fields.set("device", device)
        return Command(name: "device.disable", input: fields)
    }

    /// Deletes a device physically, with its memberships.
    ///
    /// - Parameters:
    ///   - device: The device.
    public func delete(_ device: DeviceId) -> Command {
        var fields = Fields()
        fields.set("device", device)
        return Command(name: "device.delete", input: fields)
    }
}

/// Commands about user types, as values: `.userTypes.…` wherever a `Command` is expected.
public struct UserTypeCommands: Sendable {
    /// Creates a type of users with its form, validity and what happens at the end of it. Comes from the back end
    /// only, never from an identity source.
    ///
    /// - Parameters:
    ///   - name: Name.
    ///   - description: Description.
    ///   - form: Form.
    ///   - validityDays: Validity in days.
    ///   - disableOnExpiry: Disable on expiry.
    ///   - externalId: External identifier.
    ///   - id: An identifier brought along; drawn when absent.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func create(
        name: String? = nil,
        description: String? = nil,
        form: [[String: Value]]? = nil,
        validityDays: Int? = nil,
        disableOnExpiry: Bool? = nil,
        externalId: String? = nil,
        id: UserTypeId? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.put("id", id)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("form", form)
        named.put("validity_days", validityDays)
        named.put("disable_on_expiry", disableOnExpiry)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "user_type.create", input: fields)
    }

    /// Changes a type of users. What users have stays as it is until they are written again.
    ///
    /// - Parameters:
    ///   - userType: The type.
    ///   - name: Name.
    ///   - description: Description.
    ///   - form: Form.
    ///   - validityDays: Validity in days.
    ///   - disableOnExpiry: Disable on expiry.
    ///   - externalId: External identifier.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func update(
        _ userType: UserTypeId,
        name: String? = nil,
        description: String? = nil,
        form: [[String: Value]]? = nil,
        validityDays: Int? = nil,
        disableOnExpiry: Bool? = nil,
        externalId: String? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.set("user_type", userType)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("form", form)
        named.put("validity_days", validityDays)
        named.put("disable_on_expiry", disableOnExpiry)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "user_type.update", input: fields)
    }

    /// Deletes a type of users that no user has.
    ///
    /// - Parameters:
    ///   - userType: The type.
    public func delete(_ userType: UserTypeId) -> Command {
        var fields = Fields()
        fields.set("user_type", userType)
        return Command(name: "user_type.delete", input: fields)
    }
}

/// Commands about organizations, as values: `.organizations.…` wherever a `Command` is expected.
public struct OrganizationCommands: Sendable {
    /// Creates an organization. Without a parent it is a root; the parent can be set in a second step by
    /// `organization.transfer`. Names are free and need not be unique; a `code` is.
    ///
    /// - Parameters:
    ///   - name: Name.
    ///   - description: Description.
    ///   - code: Code.
    ///   - sortOrder: Sort order.
    ///   - location: Location.
    ///   - stopsInheritance: Grants from above stop here.
    ///   - externalId: External identifier.
    ///   - id: An identifier brought along; drawn when absent.
    ///   - organizationType: The type, whose form is filled in.
    ///   - origin: `manual`, `import` or `sync`; without a word about it the door tells.
    ///   - parent: One level up.
    ///   - source: The file or identity source.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func create(
        name: String? = nil,
        description: String? = nil,
        code: String? = nil,
        sortOrder: Int? = nil,
        location: String? = nil,
        stopsInheritance: Bool? = nil,
        externalId: String? = nil,
        id: OrganizationId? = nil,
        organizationType: OrganizationTypeId? = nil,
        origin: String? = nil,
        parent: OrganizationId? = nil,
        source: String? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.put("id", id)
        fields.put("organization_type", organizationType)
        fields.put("origin", origin)
        fields.put("parent", parent)
        fields.put("source", source)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("code", code)
        named.put("sort_order", sortOrder)
        named.put("location", location)
        named.put("stops_inheritance", stopsInheritance)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "organization.create", input: fields)
    }

    /// Changes attributes of an organization.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - name: Name.
    ///   - description: Description.
    ///   - code: Code.
    ///   - sortOrder: Sort order.
    ///   - location: Location.
    ///   - stopsInheritance: Grants from above stop here.
    ///   - externalId: External identifier.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func update(
        _ organization: OrganizationId,
        name: String? = nil,
        description: String? = nil,
        code: String? = nil,
        sortOrder: Int? = nil,
        location: String? = nil,
        stopsInheritance: Bool? = nil,
        externalId: String? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.set("organization", organization)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("code", code)
        named.put("sort_order", sortOrder)
        named.put("location", location)
        named.put("stops_inheritance", stopsInheritance)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "organization.update", input: fields)
    }

    /// Gives an organization another type: attributes that only the old type's form has are kept but inactive,
    /// mandatory ones of the new form must be there or be given now.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - name: Name.
    ///   - description: Description.
    ///   - code: Code.
    ///   - sortOrder: Sort order.
    ///   - location: Location.
    ///   - stopsInheritance: Grants from above stop here.
    ///   - externalId: External identifier.
    ///   - organizationType: The new type; `None` for no type.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func changeType(
        _ organization: OrganizationId,
        name: String? = nil,
        description: String? = nil,
        code: String? = nil,
        sortOrder: Int? = nil,
        location: String? = nil,
        stopsInheritance: Bool? = nil,
        externalId: String? = nil,
        organizationType: OrganizationTypeId? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.set("organization", organization)
        fields.put("organization_type", organizationType)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("code", code)
        named.put("sort_order", sortOrder)
        named.put("location", location)
        named.put("stops_inheritance", stopsInheritance)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "organization.change_type", input: fields)
    }

    /// Enables an organization.
    ///
    /// - Parameters:
    ///   - organization: Which one.
    public func enable(_ organization: OrganizationId) -> Command {
        var fields = Fields()
        fields.set("organization", organization)
        return Command(name: "organization.enable", input: fields)
    }

    /// Disables an organization. Users keep their status; what they have through the organization or anything below
    /// it is without effect until it is enabled again.
    ///
    /// - Parameters:
    ///   - organization: Which one.
    public func disable(_ organization: OrganizationId) -> Command {
        var fields = Fields()
        fields.set("organization", organization)
        return Command(name: "organization.disable", input: fields)
    }

    /// Moves an organization with everything below it under another one, or makes it a root. Under itself or a part
    /// of itself is refused.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - parent: The new parent; `None` for a root.
    public func transfer(_ organization: OrganizationId, parent: OrganizationId? = nil) -> Command {
        var fields = Fields()
        fields.set("organization", organization)
        fields.put("parent", parent)
        return Command(name: "organization.transfer", input: fields)
    }

    /// Merges an organization into another one: its sub-organizations, members, positions, leads and group
    /// memberships, roles, owners and administrators go to the target, what the target has already is joined; then
    /// the source is removed.
    ///
    /// - Parameters:
    ///   - source: What disappears.
    ///   - target: What remains.
    ///   - nameClashes: What to do when sub-organizations of both have the same name.
    public func merge(source: OrganizationId, target: OrganizationId, nameClashes: NameClashes? = nil) -> Command {
        var fields = Fields()
        fields.set("source", source)
        fields.set("target", target)
        fields.put("name_clashes", nameClashes)
        return Command(name: "organization.merge", input: fields)
    }

    /// Deletes an organization physically. With sub-organizations, members or positions it is refused, with a list
    /// of them, unless a disposition says what becomes of them.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - disposition: What becomes of that which hangs on it.
    public func delete(_ organization: OrganizationId, disposition: Disposition? = nil) -> Command {
        var fields = Fields()
        fields.set("organization", organization)
        fields.put("disposition", disposition)
        return Command(name: "organization.delete", input: fields)
    }

    /// Makes a user a lead of an organization. The organizations that a user supervises are the other end of the
    /// same edges.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - user: The lead.
    ///   - window: When it holds.
    public func addLead(_ organization: OrganizationId, user: UserId, window: Window? = nil) -> Command {
        var fields = Fields()
        fields.set("organization", organization)
        fields.set("user", user)
        fields.put("window", window)
        return Command(name: "organization.add_lead", input: fields)
    }

    /// Takes the lead of an organization from a user.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - user: The lead.
    public func removeLead(_ organization: OrganizationId, user: UserId) -> Command {
        var fields = Fields()
        fields.set("organization", organization)
        fields.set("user", user)
        return Command(name: "organization.remove_lead", input: fields)
    }

    /// Makes a user an owner of an organization, who has a say in everything below it as well. A member of it or of
    /// anything below it is refused, because its administrators would have a say over its owner, unless a reason is
    /// given; the reason is kept.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - user: The owner.
    ///   - overrideReason: Why a member may be owner all the same, at most 200 characters.
    public func addOwner(_ organization: OrganizationId, user: UserId, overrideReason: String? = nil) -> Command {
        var fields = Fields()
        fields.set("organization", organization)
        fields.set("user", user)
        fields.put("override_reason", overrideReason)
        return Command(name: "organization.add_owner", input: fields)
    }

    /// Takes the ownership of an organization from a user. The last owner stays, unless somebody owns what the
    /// organization is below of: then it is theirs.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - user: The owner.
    public func removeOwner(_ organization: OrganizationId, user: UserId) -> Command {
        var fields = Fields()
        fields.set("organization", organization)
        fields.set("user", user)
        return Command(name: "organization.remove_owner", input: fields)
    }

    /// Makes a user an administrator of an organization, who must belong to it or to something below it, unless a
    /// reason is given. Being administrator does not replace the membership.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - user: The administrator.
    ///   - overrideReason: Why somebody who is no member may be administrator all the same, at most 200
    ///     characters.
    ///   - window: When it holds.
    public func addAdministrator(
        _ organization: OrganizationId,
        user: UserId,
        overrideReason: String? = nil,
        window: Window? = nil
    ) -> Command {
        var fields = Fields()
        fields.set("organization", organization)
        fields.set("user", user)
        fields.put("override_reason", overrideReason)
        fields.put("window", window)
        return Command(name: "organization.add_administrator", input: fields)
    }

    /// Takes the administration of an organization from a user, who stays a member.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - user: The administrator.
    public func removeAdministrator(_ organization: OrganizationId, user: UserId) -> Command {
        var fields = Fields()
        fields.set("organization", organization)
        fields.set("user", user)
        return Command(name: "organization.remove_administrator", input: fields)
    }
}

/// Commands about organization types, as values: `.organizationTypes.…` wherever a `Command` is expected.
public struct OrganizationTypeCommands: Sendable {
    /// Creates a type of organizations with its form. Made by hand only, by no import and no identity source.
    ///
    /// - Parameters:
    ///   - name: Name.
    ///   - description: Description.
    ///   - form: Form.
    ///   - externalId: External identifier.
    ///   - id: An identifier brought along; drawn when absent.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func create(
        name: String? = nil,
        description: String? = nil,
        form: [[String: Value]]? = nil,
        externalId: String? = nil,
        id: OrganizationTypeId? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.put("id", id)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("form", form)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "organization_type.create", input: fields)
    }

    /// Changes a type of organizations. What organizations have stays as it is until they are written again.
    ///
    /// - Parameters:
    ///   - organizationType: The type.
    ///   - name: Name.
    ///   - description: Description.
    ///   - form: Form.
    ///   - externalId: External identifier.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func update(
        _ organizationType: OrganizationTypeId,
        name: String? = nil,
        description: String? = nil,
        form: [[String: Value]]? = nil,
        externalId: String? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.set("organization_type", organizationType)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("form", form)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "organization_type.update", input: fields)
    }

    /// Deletes a type of organizations that no organization has.
    ///
    /// - Parameters:
    ///   - organizationType: The type.
    public func delete(_ organizationType: OrganizationTypeId) -> Command {
        var fields = Fields()
        fields.set("organization_type", organizationType)
        return Command(name: "organization_type.delete", input: fields)
    }
}

/// Commands about positions, as values: `.positions.…` wherever a `Command` is expected.
public struct PositionCommands: Sendable {
    /// Creates a position, in an organization and under another position when these are given.
    ///
    /// - Parameters:
    ///   - name: Name.
    ///   - description: Description.
    ///   - code: Code.
    ///   - job: Job.
    ///   - sortOrder: Sort order.
    ///   - externalId: External identifier.
    ///   - id: An identifier brought along; drawn when absent.
    ///   - organization: The organization it belongs to.
    ///   - origin: `manual`, `import` or `sync`; without a word about it the door tells.
    ///   - reportsTo: The position it reports to.
    ///   - source: The file or identity source.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func create(
        name: String? = nil,
        description: String? = nil,
        code: String? = nil,
        job: String? = nil,
        sortOrder: Int? = nil,
        externalId: String? = nil,
        id: PositionId? = nil,
        organization: OrganizationId? = nil,
        origin: String? = nil,
        reportsTo: PositionId? = nil,
        source: String? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.put("id", id)
        fields.put("organization", organization)
        fields.put("origin", origin)
        fields.put("reports_to", reportsTo)
        fields.put("source", source)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("code", code)
        named.put("job", job)
        named.put("sort_order", sortOrder)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "position.create", input: fields)
    }

    /// Changes attributes of a position.
    ///
    /// - Parameters:
    ///   - position: The position.
    ///   - name: Name.
    ///   - description: Description.
    ///   - code: Code.
    ///   - job: Job.
    ///   - sortOrder: Sort order.
    ///   - externalId: External identifier.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func update(
        _ position: PositionId,
        name: String? = nil,
        description: String? = nil,
        code: String? = nil,
        job: String? = nil,
        sortOrder: Int? = nil,
        externalId: String? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.set("position", position)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("code", code)
        named.put("job", job)
        named.put("sort_order", sortOrder)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "position.update", input: fields)
    }

    /// Enables a position.
    ///
    /// - Parameters:
    ///   - position: Which one.
    public func enable(_ position: PositionId) -> Command {
        var fields = Fields()
        fields.set("position", position)
        return Command(name: "position.enable", input: fields)
    }

    /// Disables a position: its holders keep it, without effect.
    ///
    /// - Parameters:
    ///   - position: Which one.
    public func disable(_ position: PositionId) -> Command {
        var fields = Fields()
        fields.set("position", position)
        return Command(name: "position.disable", input: fields)
    }

    /// Moves a position to another organization, or takes it out of its own. Its holders stay.
    ///
    /// - Parameters:
    ///   - position: The position.
    ///   - organization: The organization; `None` for none.
    public func transfer(_ position: PositionId, organization: OrganizationId? = nil) -> Command {
        var fields = Fields()
        fields.set("position", position)
        fields.put("organization", organization)
        return Command(name: "position.transfer", input: fields)
    }

    /// Sets the position that a position reports to; circles are refused.
    ///
    /// - Parameters:
    ///   - position: The position.
    ///   - reportsTo: The superior position; `None` for none.
    public func setSuperior(_ position: PositionId, reportsTo: PositionId? = nil) -> Command {
        var fields = Fields()
        fields.set("position", position)
        fields.put("reports_to", reportsTo)
        return Command(name: "position.set_superior", input: fields)
    }

    /// Lets a user hold a position. A position that is held already gets the given time.
    ///
    /// - Parameters:
    ///   - position: The position.
    ///   - user: Who holds it.
    ///   - window: When it holds.
    public func assign(_ position: PositionId, user: UserId, window: Window? = nil) -> Command {
        var fields = Fields()
        fields.set("position", position)
        fields.set("user", user)
        fields.put("window", window)
        return Command(name: "position.assign", input: fields)
    }

    /// Takes a position from a user.
    ///
    /// - Parameters:
    ///   - position: The position.
    ///   - user: Who holds it.
    public func unassign(_ position: PositionId, user: UserId) -> Command {
        var fields = Fields()
        fields.set("position", position)
        fields.set("user", user)
        return Command(name: "position.unassign", input: fields)
    }

    /// Deletes a position physically. Holders and groups lose it; positions that reported to it report to none.
    ///
    /// - Parameters:
    ///   - position: The position.
    public func delete(_ position: PositionId) -> Command {
        var fields = Fields()
        fields.set("position", position)
        return Command(name: "position.delete", input: fields)
    }
}

/// Commands about groups, as values: `.groups.…` wherever a `Command` is expected.
public struct GroupCommands: Sendable {
    /// Creates a group of users, organizations, positions or groups, whose members are added by hand or chosen by a
    /// condition.
    ///
    /// - Parameters:
    ///   - name: Name.
    ///   - description: Description.
    ///   - riskIndex: Risk index.
    ///   - categories: Categories.
    ///   - inheritanceClass: Inherited by the switch of.
    ///   - externalId: External identifier.
    ///   - condition: Who is a member without being told: a condition, `1==1` for everyone and `1==0` for no one.
    ///   - conditionKind: What the condition selects: `user`, `organization` or `position`.
    ///   - id: An identifier brought along; drawn when absent.
    ///   - memberKinds: The kinds of members it may have; empty for `user`, `organization`, `position` and
    ///     `group`.
    ///   - origin: `manual`, `import` or `sync`; without a word about it the door tells.
    ///   - source: The file or identity source.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func create(
        name: String? = nil,
        description: String? = nil,
        riskIndex: Double? = nil,
        categories: [String]? = nil,
        inheritanceClass: String? = nil,
        externalId: String? = nil,
        condition: Filter? = nil,
        conditionKind: String? = nil,
        id: GroupId? = nil,
        memberKinds: [Kind]? = nil,
        origin: String? = nil,
        source: String? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.put("condition", condition)
        fields.put("condition_kind", conditionKind)
        fields.put("id", id)
        fields.put("member_kinds", memberKinds)
        fields.put("origin", origin)
        fields.put("source", source)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("risk_index", riskIndex)
        named.put("categories", categories)
        named.put("inheritance_class", inheritanceClass)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "group.create", input: fields)
    }

    /// Changes attributes of a group, or the kinds of members it may have.
    ///
    /// - Parameters:
    ///   - group: The group.
    ///   - name: Name.
    ///   - description: Description.
    ///   - riskIndex: Risk index.
    ///   - categories: Categories.
    ///   - inheritanceClass: Inherited by the switch of.
    ///   - externalId: External identifier.
    ///   - condition: The condition from now on; `null` removes it, and members added by hand stay.
    ///   - conditionKind: What the condition selects: `user`, `organization` or `position`.
    ///   - memberKinds: The kinds of members from now on; empty for all four. Refused while it has members of
    ///     another kind.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func update(
        _ group: GroupId,
        name: String? = nil,
        description: String? = nil,
        riskIndex: Double? = nil,
        categories: [String]? = nil,
        inheritanceClass: String? = nil,
        externalId: String? = nil,
        condition: Filter? = nil,
        conditionKind: String? = nil,
        memberKinds: [Kind]? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.set("group", group)
        fields.put("condition", condition)
        fields.put("condition_kind", conditionKind)
        fields.put("member_kinds", memberKinds)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("risk_index", riskIndex)
        named.put("categories", categories)
        named.put("inheritance_class", inheritanceClass)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "group.update", input: fields)
    }

    /// Adds members to a group. Groups may contain each other, even in a circle: everybody in it is in all of them.
    ///
    /// - Parameters:
    ///   - group: The group.
    ///   - members: Users, organizations with everything below them, positions, groups.
    ///   - window: When it holds.
    public func addMembers(_ group: GroupId, members: [EntityId], window: Window? = nil) -> Command {
        var fields = Fields()
        fields.set("group", group)
        fields.set("members", members)
        fields.put("window", window)
        return Command(name: "group.add_members", input: fields)
    }

    /// Takes members out of a group. Only the direct origin goes: what a source or rule said stays.
    ///
    /// - Parameters:
    ///   - group: The group.
    ///   - members: Whom.
    public func removeMembers(_ group: GroupId, members: [EntityId]) -> Command {
        var fields = Fields()
        fields.set("group", group)
        fields.set("members", members)
        return Command(name: "group.remove_members", input: fields)
    }

    /// Deletes a group physically. Its members lose nothing but the group, and it leaves the groups it is in.
    ///
    /// - Parameters:
    ///   - group: The group.
    public func delete(_ group: GroupId) -> Command {
        var fields = Fields()
        fields.set("group", group)
        return Command(name: "group.delete", input: fields)
    }
}

/// Commands about templates, as values: `.templates.…` wherever a `Command` is expected.
public struct TemplateCommands: Sendable {
    /// Creates a template. It is applied to new users whose `job` is `when_job` or whose `department` is
    /// `when_department`, or that name it.
    ///
    /// - Parameters:
    ///   - name: Name.
    ///   - description: Description.
    ///   - whenJob: Applies to job.
    ///   - whenDepartment: Applies to department.
    ///   - values: Values.
    ///   - externalId: External identifier.
    ///   - id: An identifier brought along; drawn when absent.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func create(
        name: String? = nil,
        description: String? = nil,
        whenJob: String? = nil,
        whenDepartment: String? = nil,
        values: [String: Value]? = nil,
        externalId: String? = nil,
        id: TemplateId? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.put("id", id)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("when_job", whenJob)
        named.put("when_department", whenDepartment)
        named.put("values", values)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "template.create", input: fields)
    }

    /// Changes a template. Users made from it stay as they are.
    ///
    /// - Parameters:
    ///   - template: The template.
    ///   - name: Name.
    ///   - description: Description.
    ///   - whenJob: Applies to job.
    ///   - whenDepartment: Applies to department.
    ///   - values: Values.
    ///   - externalId: External identifier.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func update(
        _ template: TemplateId,
        name: String? = nil,
        description: String? = nil,
        whenJob: String? = nil,
        whenDepartment: String? = nil,
        values: [String: Value]? = nil,
        externalId: String? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.set("template", template)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("when_job", whenJob)
        named.put("when_department", whenDepartment)
        named.put("values", values)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "template.update", input: fields)
    }

    /// Deletes a template. Users made from it stay as they are.
    ///
    /// - Parameters:
    ///   - template: The template.
    public func delete(_ template: TemplateId) -> Command {
        var fields = Fields()
        fields.set("template", template)
        return Command(name: "template.delete", input: fields)
    }
}

/// Commands about attributes, as values: `.attributes.…` wherever a `Command` is expected.
public struct AttributeCommands: Sendable {
    /// Declares an attribute of a kind. Whether it can be searched, whether it is unique, its type and whether it
    /// holds several values are decided here and stay.
    ///
    /// - Parameters:
    ///   - kind: The kind of record that carries it.
    ///   - name: The stable name.
    ///   - label: The name people see.
    ///   - type: The type of a single value.
    ///   - allowed: The values allowed, when not any.
    ///   - default: Filled in at creation when nothing else gives a value.
    ///   - id: An identifier brought along; drawn when absent.
    ///   - maximumLength: Code points at most.
    ///   - multiple: Several values allowed.
    ///   - pattern: The whole text must match.
    ///   - personal: Personal data.
    ///   - required: Must be set.
    ///   - searchable: Filters and sorts may name it.
    ///   - unique: No two live records share the folded value.
    public func define(
        kind: Kind,
        name: String,
        label: String,
        type: AttributeType,
        allowed: [Value]? = nil,
        `default`: Value? = nil,
        id: AttributeId? = nil,
        maximumLength: Int? = nil,
        multiple: Bool? = nil,
        pattern: String? = nil,
        personal: Bool? = nil,
        required: Bool? = nil,
        searchable: Bool? = nil,
        unique: Bool? = nil
    ) -> Command {
        var fields = Fields()
        fields.set("kind", kind)
        fields.set("name", name)
        fields.set("label", label)
        fields.set("type", type)
        fields.put("allowed", allowed)
        fields.put("default", `default`)
        fields.put("id", id)
        fields.put("maximum_length", maximumLength)
        fields.put("multiple", multiple)
        fields.put("pattern", pattern)
        fields.put("personal", personal)
        fields.put("required", required)
        fields.put("searchable", searchable)
        fields.put("unique", unique)
        return Command(name: "attribute.define", input: fields)
    }

    /// Changes a custom attribute. New limits hold for what is written from then on; what is stored stays as it is.
    /// Type, number of values, uniqueness and searchability cannot change.
    ///
    /// - Parameters:
    ///   - kind: The kind of record that carries it.
    ///   - name: Its name.
    ///   - allowed: The new list of allowed values; empty for any.
    ///   - default: The new default; `null` for none.
    ///   - label: The new label.
    ///   - maximumLength: The new maximum length; `null` for the default.
    ///   - multiple: Cannot change; may be given when it is what it was.
    ///   - pattern: The new pattern; `null` for none.
    ///   - personal: Whether it is personal data. What was journaled before stays as it was journaled.
    ///   - required: Whether it must be set from now on.
    ///   - searchable: Cannot change; may be given when it is what it was.
    ///   - type: Cannot change; may be given when it is what it was.
    ///   - unique: Cannot change; may be given when it is what it was.
    public func update(
        kind: Kind,
        name: String,
        allowed: [Value]? = nil,
        `default`: Value? = nil,
        label: String? = nil,
        maximumLength: Int? = nil,
        multiple: Bool? = nil,
        pattern: String? = nil,
        personal: Bool? = nil,
        required: Bool? = nil,
        searchable: Bool? = nil,
        type: AttributeType? = nil,
        unique: Bool? = nil
    ) -> Command {
        var fields = Fields()
        fields.set("kind", kind)
        fields.set("name", name)
        fields.put("allowed", allowed)
        fields.put("default", `default`)
        fields.put("label", label)
        fields.put("maximum_length", maximumLength)
        fields.put("multiple", multiple)
        fields.put("pattern", pattern)
        fields.put("personal", personal)
        fields.put("required", required)
        fields.put("searchable", searchable)
        fields.put("type", type)
        fields.put("unique", unique)
        return Command(name: "attribute.update", input: fields)
    }

    /// Removes a custom attribute that no form, template or setting names.
    ///
    /// - Parameters:
    ///   - kind: The kind of record that carries it.
    ///   - name: Its name.
    public func remove(kind: Kind, name: String) -> Command {
        var fields = Fields()
        fields.set("kind", kind)
        fields.set("name", name)
        return Command(name: "attribute.remove", input: fields)
    }
}

/// Commands about roles, as values: `.roles.…` wherever a `Command` is expected.
public struct RoleCommands: Sendable {
    /// Creates a role. An external role may carry assignments from the beginning; an internal one has privileges.
    /// Without privileges it allows nothing.
    ///
    /// - Parameters:
    ///   - name: Name.
    ///   - description: Description.
    ///   - level: Level.
    ///   - administrative: Administers the platform.
    ///   - minHolders: Holders at least.
    ///   - maxHolders: Holders at most.
    ///   - riskIndex: Risk index.
    ///   - categories: Categories.
    ///   - inheritanceClass: Inherited by the switch of.
    ///   - externalId: External identifier.
    ///   - assignments: The assignments of an external role.
    ///   - condition: Who gets the role without being told: a condition over their attributes, `1==1` for
    ///     everyone.
    ///   - conditionKind: What the condition selects: `user` or `device`.
    ///   - constraint: The time in which the role is in effect at all.
    ///   - id: An identifier brought along; drawn when absent.
    ///   - privileges: What an internal role allows and denies.
    ///   - roleType: `internal` or `external`; it cannot be changed later.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func create(
        name: String? = nil,
        description: String? = nil,
        level: Int? = nil,
        administrative: Bool? = nil,
        minHolders: Int? = nil,
        maxHolders: Int? = nil,
        riskIndex: Double? = nil,
        categories: [String]? = nil,
        inheritanceClass: String? = nil,
        externalId: String? = nil,
        assignments: [AssignmentId]? = nil,
        condition: Filter? = nil,
        conditionKind: String? = nil,
        constraint: TimeConstraint? = nil,
        id: RoleId? = nil,
        privileges: [Privilege]? = nil,
        roleType: RoleType? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.put("assignments", assignments)
        fields.put("condition", condition)
        fields.put("condition_kind", conditionKind)
        fields.put("constraint", constraint)
        fields.put("id", id)
        fields.put("privileges", privileges)
        fields.put("role_type", roleType)
        var named = Fields(attributes)
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
        fields.set("attributes", named.jsonValue)
        return Command(name: "role.create", input: fields)
    }

    /// Changes a role. What is not named stays.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - name: Name.
    ///   - description: Description.
    ///   - level: Level.
    ///   - administrative: Administers the platform.
    ///   - minHolders: Holders at least.
    ///   - maxHolders: Holders at most.
    ///   - riskIndex: Risk index.
    ///   - categories: Categories.
    ///   - inheritanceClass: Inherited by the switch of.
    ///   - externalId: External identifier.
    ///   - condition: The condition from now on; `null` removes it, and direct grants stay.
    ///   - conditionKind: What the condition selects: `user` or `device`.
    ///   - constraint: The time in which the role is in effect at all; `null` removes it.
    ///   - privileges: Its privileges from now on.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func update(
        _ role: RoleId,
        name: String? = nil,
        description: String? = nil,
        level: Int? = nil,
        administrative: Bool? = nil,
        minHolders: Int? = nil,
        maxHolders: Int? = nil,
        riskIndex: Double? = nil,
        categories: [String]? = nil,
        inheritanceClass: String? = nil,
        externalId: String? = nil,
        condition: Filter? = nil,
        conditionKind: String? = nil,
        constraint: TimeConstraint? = nil,
        privileges: [Privilege]? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.set("role", role)
        fields.put("condition", condition)
        fields.put("condition_kind", conditionKind)
        fields.put("constraint", constraint)
        fields.put("privileges", privileges)
        var named = Fields(attributes)
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
        fields.set("attributes", named.jsonValue)
        return Command(name: "role.update", input: fields)
    }

    /// Deletes a role physically. A role that somebody holds, or that another role includes or requires, is not
    /// deleted unless it is said what becomes of the grants.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - grants: What becomes of its grants.
    ///   - moveTo: The role that takes them over.
    public func delete(_ role: RoleId, grants: GrantDisposition? = nil, moveTo: RoleId? = nil) -> Command {
        var fields = Fields()
        fields.set("role", role)
        fields.put("grants", grants)
        fields.put("move_to", moveTo)
        return Command(name: "role.delete", input: fields)
    }

    /// Grants a role to one or several holders: users, devices, groups, organizations, positions, types of users. A
    /// direct grant that is there already gets the new terms.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - holders: Who gets it.
    ///   - constraint: The time in which the grant holds; the role's own must hold as well.
    ///   - inherit: For organizations: whether members of everything below hold it as well, up to where
    ///     inheritance stops.
    ///   - within: The role acts on these organizations and what is below them only; empty for everywhere.
    public func grant(
        _ role: RoleId,
        holders: [EntityId],
        constraint: TimeConstraint? = nil,
        inherit: Bool? = nil,
        within: [OrganizationId]? = nil
    ) -> Command {
        var fields = Fields()
        fields.set("role", role)
        fields.set("holders", holders)
        fields.put("constraint", constraint)
        fields.put("inherit", inherit)
        fields.put("within", within)
        return Command(name: "role.grant", input: fields)
    }

    /// Revokes a role from holders. Only the direct grant goes: what a rule or source gives stays.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - holders: Who loses it.
    public func revoke(_ role: RoleId, holders: [EntityId]) -> Command {
        var fields = Fields()
        fields.set("role", role)
        fields.set("holders", holders)
        return Command(name: "role.revoke", input: fields)
    }

    /// Lets a role include others: who holds it holds them. A circle is refused.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - roles: The roles that it includes.
    public func include(_ role: RoleId, roles: [RoleId]) -> Command {
        var fields = Fields()
        fields.set("role", role)
        fields.set("roles", roles)
        return Command(name: "role.include", input: fields)
    }

    /// Takes included roles out of a role.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - roles: The roles that it no longer includes.
    public func stopIncluding(_ role: RoleId, roles: [RoleId]) -> Command {
        var fields = Fields()
        fields.set("role", role)
        fields.set("roles", roles)
        return Command(name: "role.stop_including", input: fields)
    }

    /// Lets an external role carry assignments.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - assignments: The assignments.
    public func addAssignments(_ role: RoleId, assignments: [AssignmentId]) -> Command {
        var fields = Fields()
        fields.set("role", role)
        fields.set("assignments", assignments)
        return Command(name: "role.add_assignments", input: fields)
    }

    /// Takes assignments off an external role.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - assignments: The assignments.
    public func removeAssignments(_ role: RoleId, assignments: [AssignmentId]) -> Command {
        var fields = Fields()
        fields.set("role", role)
        fields.set("assignments", assignments)
        return Command(name: "role.remove_assignments", input: fields)
    }

    /// Keeps roles from having effect beside this one: whoever holds this one has the others without effect; the
    /// grants stay and come back by themselves. Directed, and never in a circle. With `separate` nobody is given
    /// both, in either order.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - roles: The roles that are not in effect beside this one.
    ///   - separate: Separation of duties: a grant that would give both to one person is refused.
    public func addExclusions(_ role: RoleId, roles: [RoleId], separate: Bool? = nil) -> Command {
        var fields = Fields()
        fields.set("role", role)
        fields.set("roles", roles)
        fields.put("separate", separate)
        return Command(name: "role.add_exclusions", input: fields)
    }

    /// Takes exclusions back.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - roles: The roles that are no longer excluded.
    public func removeExclusions(_ role: RoleId, roles: [RoleId]) -> Command {
        var fields = Fields()
        fields.set("role", role)
        fields.set("roles", roles)
        return Command(name: "role.remove_exclusions", input: fields)
    }

    /// Lets a role be granted only to somebody who holds others.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - roles: The roles that have to be held.
    public func addPrerequisites(_ role: RoleId, roles: [RoleId]) -> Command {
        var fields = Fields()
        fields.set("role", role)
        fields.set("roles", roles)
        return Command(name: "role.add_prerequisites", input: fields)
    }

    /// Takes prerequisites back.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - roles: The roles that need not be held any more.
    public func removePrerequisites(_ role: RoleId, roles: [RoleId]) -> Command {
        var fields = Fields()
        fields.set("role", role)
        fields.set("roles", roles)
        return Command(name: "role.remove_prerequisites", input: fields)
    }
}

/// Commands about assignments, as values: `.assignments.…` wherever a `Command` is expected.
public struct AssignmentCommands: Sendable {
    /// Creates an assignment: attribute values for one source-target mapping.
    ///
    /// - Parameters:
    ///   - name: Name.
    ///   - mapping: Mapping.
    ///   - description: Description.
    ///   - externalId: External identifier.
    ///   - events: What is evaluated when the assignment comes or goes.
    ///   - id: An identifier brought along; drawn when absent.
    ///   - onAssignment: How they meet the values of the target.
    ///   - onUnassignment: What becomes of them when the assignment is lost.
    ///   - values: The target's attributes and their values.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func create(
        name: String? = nil,
        mapping: String? = nil,
        description: String? = nil,
        externalId: String? = nil,
        events: [AssignmentEvent]? = nil,
        id: AssignmentId? = nil,
        onAssignment: OnAssignment? = nil,
        onUnassignment: OnUnassignment? = nil,
        values: [AssignmentValue]? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.put("events", events)
        fields.put("id", id)
        fields.put("on_assignment", onAssignment)
        fields.put("on_unassignment", onUnassignment)
        fields.put("values", values)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("mapping", mapping)
        named.put("description", description)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "assignment.create", input: fields)
    }

    /// Changes an assignment. What is not named stays; the mapping cannot be changed.
    ///
    /// - Parameters:
    ///   - assignment: The assignment.
    ///   - name: Name.
    ///   - description: Description.
    ///   - mapping: Mapping.
    ///   - externalId: External identifier.
    ///   - events: What is evaluated from now on.
    ///   - onAssignment: How they meet the values of the target.
    ///   - onUnassignment: What becomes of them when the assignment is lost.
    ///   - values: The target's attributes and their values from now on.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func update(
        _ assignment: AssignmentId,
        name: String? = nil,
        description: String? = nil,
        mapping: String? = nil,
        externalId: String? = nil,
        events: [AssignmentEvent]? = nil,
        onAssignment: OnAssignment? = nil,
        onUnassignment: OnUnassignment? = nil,
        values: [AssignmentValue]? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.set("assignment", assignment)
        fields.put("events", events)
        fields.put("on_assignment", onAssignment)
        fields.put("on_unassignment", onUnassignment)
        fields.put("values", values)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("mapping", mapping)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "assignment.update", input: fields)
    }

    /// Deletes an assignment that no role carries.
    ///
    /// - Parameters:
    ///   - assignment: The assignment.
    ///   - detach: Takes it off the roles that carry it.
    public func delete(_ assignment: AssignmentId, detach: Bool? = nil) -> Command {
        var fields = Fields()
        fields.set("assignment", assignment)
        fields.put("detach", detach)
        return Command(name: "assignment.delete", input: fields)
    }
}

/// Commands about rules, as values: `.rules.…` wherever a `Command` is expected.
public struct RuleCommands: Sendable {
    /// Evaluates the condition of a dynamic role or group again for some records and brings their membership into
    /// line. The library does it by itself after a rule changed and when time passes; asking for it never does
    /// harm.
    ///
    /// - Parameters:
    ///   - owner: The role or group.
    ///   - complete: Notes that everybody was looked at.
    ///   - subjects: The records to look at.
    public func apply(owner: EntityId, complete: Bool? = nil, subjects: [EntityId]? = nil) -> Command {
        var fields = Fields()
        fields.set("owner", owner)
        fields.put("complete", complete)
        fields.put("subjects", subjects)
        return Command(name: "rule.apply", input: fields)
    }
}

/// Commands about credentials, as values: `.credentials.…` wherever a `Command` is expected.
public struct CredentialCommands: Sendable {
    /// Removes a credential of a user; it can no longer be used. The last second factor stays. Removing a link to a
    /// provider removes what is stored here; the next sign-in with the provider makes it again.
    ///
    /// - Parameters:
    ///   - credential: The credential.
    public func remove(_ credential: CredentialId) -> Command {
        var fields = Fields()
        fields.set("credential", credential)
        return Command(name: "credential.remove", input: fields)
    }
}

/// Commands about policies, as values: `.policies.…` wherever a `Command` is expected.
public struct PolicyCommands: Sendable {
    /// Creates a policy for the whole realm, or for the organizations, user types, groups and users that it is
    /// attached to. Of several policies the strictest counts, rule by rule.
    ///
    /// - Parameters:
    ///   - name: Name.
    ///   - description: Description.
    ///   - externalId: External identifier.
    ///   - appliesTo: To whom it applies: organizations with everything below them, user types, groups with
    ///     everything in them, users. Empty: to everybody in the realm.
    ///   - id: An identifier brought along; drawn when absent.
    ///   - rules: What it says.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func create(
        name: String? = nil,
        description: String? = nil,
        externalId: String? = nil,
        appliesTo: [EntityId]? = nil,
        id: PolicyId? = nil,
        rules: PolicyParts? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.put("applies_to", appliesTo)
        fields.put("id", id)
        fields.put("rules", rules)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "policy.create", input: fields)
    }

    /// Changes a policy. Passwords that were set before stay as they are until they are set again.
    ///
    /// - Parameters:
    ///   - policy: The policy.
    ///   - name: Name.
    ///   - description: Description.
    ///   - externalId: External identifier.
    ///   - appliesTo: To whom it applies from now on; as before when absent.
    ///   - rules: What it says from now on, all of it; as before when absent.
    ///   - attributes: More attributes by name, those that the realm declared among them; `.null` removes a
    ///     value.
    public func update(
        _ policy: PolicyId,
        name: String? = nil,
        description: String? = nil,
        externalId: String? = nil,
        appliesTo: [EntityId]? = nil,
        rules: PolicyParts? = nil,
        attributes: [String: Value] = [:]
    ) -> Command {
        var fields = Fields()
        fields.set("policy", policy)
        fields.put("applies_to", appliesTo)
        fields.put("rules", rules)
        var named = Fields(attributes)
        named.put("name", name)
        named.put("description", description)
        named.put("external_id", externalId)
        fields.set("attributes", named.jsonValue)
        return Command(name: "policy.update", input: fields)
    }

    /// Deletes a policy; the others, and the defaults, count from now on.
    ///
    /// - Parameters:
    ///   - policy: The policy.
    public func delete(_ policy: PolicyId) -> Command {
        var fields = Fields()
        fields.set("policy", policy)
        return Command(name: "policy.delete", input: fields)
    }
}

/// Commands about sessions, as values: `.sessions.…` wherever a `Command` is expected.
public struct SessionCommands: Sendable {
    /// Signs a user in whom the host has authenticated by other means, such as a social or corporate sign-in.
    /// Discloses `token`, and `refresh_token` when asked for.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - assurance: How sure one may be of it: 1 for one factor, 2 for two, 3 for two of which one is hardware.
    ///   - methods: How the user proved to be the user, such as `social` or `certificate`.
    ///   - origin: Where the session comes from.
    ///   - refresh: Hand out a refresh token, too; then the session's token lives for minutes only.
    public func `open`(
        user: UserId,
        assurance: Int? = nil,
        methods: [String]? = nil,
        origin: SessionOrigin? = nil,
        refresh: Bool? = nil
    ) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.put("assurance", assurance)
        fields.put("methods", methods)
        fields.put("origin", origin)
        fields.put("refresh", refresh)
        return Command(name: "session.open", input: fields)
    }

    /// Ends one session: signs the user out there.
    ///
    /// - Parameters:
    ///   - session: The session.
    public func end(_ session: SessionId) -> Command {
        var fields = Fields()
        fields.set("session", session)
        return Command(name: "session.end", input: fields)
    }
}

/// Commands about links, as values: `.links.…` wherever a `Command` is expected.
public struct LinkCommands: Sendable {
    /// Revokes a link that was not used yet. An invitation that is revoked can be sent again.
    ///
    /// - Parameters:
    ///   - link: The link.
    public func revoke(_ link: LinkId) -> Command {
        var fields = Fields()
        fields.set("link", link)
        return Command(name: "link.revoke", input: fields)
    }
}

/// Commands about sources, as values: `.sources.…` wherever a `Command` is expected.
public struct SourceCommands: Sendable {
    /// Configures an identity source. Refused while its connector is not registered, and by name for every required
    /// field that is missing. A new source looks only: its runs show what they would do.
    ///
    /// - Parameters:
    ///   - name: Its name, for whoever administers it.
    ///   - connector: The name of the connector.
    ///   - configuration: The connector's configuration. Secrets are named, `vault:…`, never given.
    ///   - id: An identifier brought along; drawn when absent.
    ///   - rules: How what it says becomes records.
    ///   - schedule: A cron expression; 02:00 every day when absent, never when empty.
    ///   - timeZone: The time zone of the schedule, such as `Europe/Vienna`; UTC when absent.
    public func create(
        name: String,
        connector: String,
        configuration: [String: Value]? = nil,
        id: SourceId? = nil,
        rules: SourceRules? = nil,
        schedule: String? = nil,
        timeZone: String? = nil
    ) -> Command {
        var fields = Fields()
        fields.set("name", name)
        fields.set("connector", connector)
        fields.put("configuration", configuration)
        fields.put("id", id)
        fields.put("rules", rules)
        fields.put("schedule", schedule)
        fields.put("time_zone", timeZone)
        return Command(name: "source.create", input: fields)
    }

    /// Changes an identity source. What is not given stays. Other rules or another configuration make the next run
    /// a full one.
    ///
    /// - Parameters:
    ///   - source: The source.
    ///   - configuration: Another configuration, as a whole.
    ///   - mode: Whether its runs change anything.
    ///   - name: Another name.
    ///   - rules: Other rules, as a whole.
    ///   - schedule: Another schedule; empty for none.
    ///   - timeZone: Another time zone.
    public func update(
        _ source: SourceId,
        configuration: [String: Value]? = nil,
        mode: SourceMode? = nil,
        name: String? = nil,
        rules: SourceRules? = nil,
        schedule: String? = nil,
        timeZone: String? = nil
    ) -> Command {
        var fields = Fields()
        fields.set("source", source)
        fields.put("configuration", configuration)
        fields.put("mode", mode)
        fields.put("name", name)
        fields.put("rules", rules)
        fields.put("schedule", schedule)
        fields.put("time_zone", timeZone)
        return Command(name: "source.update", input: fields)
    }

    /// Enables an identity source: its schedule counts again.
    ///
    /// - Parameters:
    ///   - source: Which one.
    public func enable(_ source: SourceId) -> Command {
        var fields = Fields()
        fields.set("source", source)
        return Command(name: "source.enable", input: fields)
    }

    /// Disables an identity source: no run starts.
    ///
    /// - Parameters:
    ///   - source: Which one.
    public func disable(_ source: SourceId) -> Command {
        var fields = Fields()
        fields.set("source", source)
        return Command(name: "source.disable", input: fields)
    }

    /// Deletes an identity source. The records that came from it stay as they are.
    ///
    /// - Parameters:
    ///   - source: The source.
    public func delete(_ source: SourceId) -> Command {
        var fields = Fields()
        fields.set("source", source)
        return Command(name: "source.delete", input: fields)
    }
}

/// Commands about shadows, as values: `.shadows.…` wherever a `Command` is expected.
public struct ShadowCommands: Sendable {
    /// Notes what is known of an object of a source, and which record it is linked to.
    ///
    /// - Parameters:
    ///   - source: The source.
    ///   - kind: What kind of object it is.
    ///   - identifier: The identifier that the source gives it.
    ///   - objectKey: The key of the identifier: no two objects of a source share one.
    ///   - situation: The situation that was found.
    ///   - state: How it stands.
    ///   - candidates: The records that it may be.
    ///   - deleteAfter: After which moment the record may be deleted.
    ///   - dependsOn: Records without which the digest does not hold: when one of them is not there, it is left
    ///     out, and the object is looked at again.
    ///   - digest: The digest of the mapped values.
    ///   - missingSince: Since when it is gone at the source.
    ///   - nameKey: The key of the name, by which others name it.
    ///   - problem: What is wrong.
    ///   - problemCode: The code of what is wrong.
    ///   - shadow: The one to be written again; a new one when absent.
    ///   - target: The record that it is linked to.
    ///   - title: The name that the source gives it.
    public func put(
        source: SourceId,
        kind: SyncKind,
        identifier: String,
        objectKey: String,
        situation: Situation,
        state: ShadowState,
        candidates: [EntityId]? = nil,
        deleteAfter: Date? = nil,
        dependsOn: [EntityId]? = nil,
        digest: String? = nil,
        missingSince: Date? = nil,
        nameKey: String? = nil,
        problem: Value? = nil,
        problemCode: String? = nil,
        shadow: ShadowId? = nil,
        target: EntityId? = nil,
        title: String? = nil
    ) -> Command {
        var fields = Fields()
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
        return Command(name: "shadow.put", input: fields)
    }

    /// Decides about an object of a source that waits in the review or remediation queue.
    ///
    /// - Parameters:
    ///   - shadow: The object.
    ///   - resolution: The decision.
    public func resolve(_ shadow: ShadowId, resolution: Resolution) -> Command {
        var fields = Fields()
        fields.set("shadow", shadow)
        fields.set("resolution", resolution)
        return Command(name: "shadow.resolve", input: fields)
    }

    /// Forgets an object of a source. The record that it is linked to stays.
    ///
    /// - Parameters:
    ///   - shadow: The object.
    public func remove(_ shadow: ShadowId) -> Command {
        var fields = Fields()
        fields.set("shadow", shadow)
        return Command(name: "shadow.remove", input: fields)
    }
}

/// Commands about connectors, as values: `.connectors.…` wherever a `Command` is expected.
public struct ConnectorCommands: Sendable {
    /// Registers a connector in the realm, or a later version of it. Hosts do it when they start.
    ///
    /// - Parameters:
    ///   - descriptor: The connector as it describes itself.
    public func install(descriptor: ConnectorDescriptor) -> Command {
        var fields = Fields()
        fields.set("descriptor", descriptor)
        return Command(name: "connector.install", input: fields)
    }

    /// Takes a connector out of the realm. Sources that use it stay; their runs fail until it is back.
    ///
    /// - Parameters:
    ///   - connector: The connector.
    public func remove(_ connector: ConnectorId) -> Command {
        var fields = Fields()
        fields.set("connector", connector)
        return Command(name: "connector.remove", input: fields)
    }
}

/// Commands about records, as values: `.records.…` wherever a `Command` is expected.
public struct RecordCommands: Sendable {
    /// Takes or releases the unique name that an attribute of a record gives, as the schema now says. A name that
    /// another record holds is refused, with its holder. Sent by the engine after the uniqueness of an attribute
    /// changed.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - attribute: The attribute.
    public func reindex(_ record: EntityId, attribute: String) -> Command {
        var fields = Fields()
        fields.set("record", record)
        fields.set("attribute", attribute)
        return Command(name: "record.reindex", input: fields)
    }
}

/// Commands about memberships, as values: `.memberships.…` wherever a `Command` is expected.
public struct MembershipCommands: Sendable {
    /// Adds a user or device to organizations, one or several in one step, from either side. A membership that is
    /// there already gets the given number and time.
    ///
    /// - Parameters:
    ///   - member: The user or device.
    ///   - organizations: Where to.
    public func add(member: EntityId, organizations: [JoinOrganization]) -> Command {
        var fields = Fields()
        fields.set("member", member)
        fields.set("organizations", organizations)
        return Command(name: "membership.add", input: fields)
    }

    /// Takes a user or device out of organizations. Only the direct origin goes: what a source or rule said stays.
    ///
    /// - Parameters:
    ///   - member: The user or device.
    ///   - organizations: From where.
    public func remove(member: EntityId, organizations: [OrganizationId]) -> Command {
        var fields = Fields()
        fields.set("member", member)
        fields.set("organizations", organizations)
        return Command(name: "membership.remove", input: fields)
    }
}

/// Commands about passwords, as values: `.passwords.…` wherever a `Command` is expected.
public struct PasswordCommands: Sendable {
    /// Sets a user's password, as an administrator does. It has to satisfy the user's policy, must be changed at
    /// the next sign-in, and counts for the hours that the policy gives it.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - password: The new password.
    ///   - confirmation: The same again, where people type it; not compared when absent.
    ///   - mustChange: Whether it must be changed at the next sign-in; yes when absent. Without it nobody but the
    ///     user may know the password: for what a person typed, on the way through the host, and refused for
    ///     everybody else.
    public func set(user: UserId, password: Secret, confirmation: Secret? = nil, mustChange: Bool? = nil) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.set("password", password)
        fields.put("confirmation", confirmation)
        fields.put("must_change", mustChange)
        return Command(name: "password.set", input: fields)
    }

    /// Changes one's own password, with the present one as proof (OWASP ASVS 5, 6.2.3). A wrong one counts as a
    /// failed attempt.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - current: The present password.
    ///   - password: The new one.
    ///   - confirmation: The new one again, where people type it; not compared when absent.
    public func change(user: UserId, current: Secret, password: Secret, confirmation: Secret? = nil) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.set("current", current)
        fields.set("password", password)
        fields.put("confirmation", confirmation)
        return Command(name: "password.change", input: fields)
    }

    /// Gives a user an initial or random password that must be changed at the next sign-in. It is part of the
    /// answer as `password`, this once, or with `send` goes to the user by message. Where the policy allows no
    /// administrator to know a password (`administrator_allowed`), only a random one can be given, and only by
    /// message.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - send: Whether the password is sent to the user; then the answer does not have it.
    ///   - to: To what.
    public func reset(user: UserId, send: Bool? = nil, to: ResetTo? = nil) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.put("send", send)
        fields.put("to", to)
        return Command(name: "password.reset", input: fields)
    }

    /// Requires a user to change the password at the next sign-in, or takes the requirement back.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - required: Whether it is required.
    public func requireChange(user: UserId, required: Bool? = nil) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.put("required", required)
        return Command(name: "password.require_change", input: fields)
    }

    /// Exempts a user from expiry, from strength or from all restrictions of passwords, as far as the policy
    /// allows.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - exemption: From what.
    public func exempt(user: UserId, exemption: Exemption) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.set("exemption", exemption)
        return Command(name: "password.exempt", input: fields)
    }

    /// Brings along a password as a hash of another program. It is checked in its own form and replaced by one of
    /// this engine at the first sign-in.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - hash: The hash, as the other program keeps it.
    ///   - mustChange: Whether it must be changed at the next sign-in.
    ///   - setAt: When it was set; not known when absent.
    public func `import`(user: UserId, hash: Secret, mustChange: Bool? = nil, setAt: Date? = nil) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.set("hash", hash)
        fields.put("must_change", mustChange)
        fields.put("set_at", setAt)
        return Command(name: "password.import", input: fields)
    }

    /// Hands out the hashes of users' passwords, for a move to another program. The answer has one for each user
    /// that has a password, under the user's identifier; that they were handed out is noted with each of them.
    ///
    /// - Parameters:
    ///   - users: The users, at most 1000.
    public func export(users: [UserId]) -> Command {
        var fields = Fields()
        fields.set("users", users)
        return Command(name: "password.export", input: fields)
    }

    /// Checks a user's password, for a host that keeps sessions of its own. A hash of another program is replaced,
    /// a wrong one counts as a failed attempt. Whether the user may sign in at all is asked with `user.status`.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - password: The password.
    public func verify(user: UserId, password: Secret) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.set("password", password)
        return Command(name: "password.verify", input: fields)
    }

    /// Counts a failed attempt at a user's password: for a host that checks passwords in its own way.
    ///
    /// - Parameters:
    ///   - user: The user.
    public func noteFailure(user: UserId) -> Command {
        var fields = Fields()
        fields.set("user", user)
        return Command(name: "password.note_failure", input: fields)
    }
}

/// Commands about syncs, as values: `.syncs.…` wherever a `Command` is expected.
public struct SyncCommands: Sendable {
    /// Asks for a run of an identity source. It is carried out by whichever worker leases it first, not by the
    /// caller. Refused while the source is disabled.
    ///
    /// - Parameters:
    ///   - source: The source.
    ///   - dueAt: Not before then; at once when absent.
    ///   - filter: For a filtered run: which objects, in the connector's own syntax.
    ///   - id: An identifier brought along; drawn when absent.
    ///   - lookOnly: Only show what it would do, also when the source is active.
    ///   - mode: What it reads.
    public func request(
        source: SourceId,
        dueAt: Date? = nil,
        filter: String? = nil,
        id: SyncRunId? = nil,
        lookOnly: Bool? = nil,
        mode: RunMode? = nil
    ) -> Command {
        var fields = Fields()
        fields.set("source", source)
        fields.put("due_at", dueAt)
        fields.put("filter", filter)
        fields.put("id", id)
        fields.put("look_only", lookOnly)
        fields.put("mode", mode)
        return Command(name: "sync.request", input: fields)
    }

    /// Leases a run that waits, or whose worker has not been heard of since its lease ended. Refused while another
    /// worker holds it.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - worker: Who leases it.
    ///   - until: Until when, unless the worker is heard of before.
    ///   - changeSet: The change set of the run; a run that goes on keeps the one it has.
    public func start(run: SyncRunId, worker: String, until: Date, changeSet: ChangeSetId) -> Command {
        var fields = Fields()
        fields.set("run", run)
        fields.set("worker", worker)
        fields.set("until", until)
        fields.set("change_set", changeSet)
        return Command(name: "sync.start", input: fields)
    }

    /// Notes how far a run is, and keeps the lease. Refused when the worker has lost it.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - worker: Who holds the lease.
    ///   - until: Until when from now on.
    ///   - place: Where it would go on.
    ///   - counts: What it did so far, by name.
    public func note(run: SyncRunId, worker: String, until: Date, place: Value, counts: Value) -> Command {
        var fields = Fields()
        fields.set("run", run)
        fields.set("worker", worker)
        fields.set("until", until)
        fields.set("place", place)
        fields.set("counts", counts)
        return Command(name: "sync.note", input: fields)
    }

    /// Ends a run with its counts and findings; a run that failed or succeeded in part tells whoever should know
    /// when the source has alerts on.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - worker: Who holds the lease.
    ///   - state: `succeeded`, `partial`, `failed`, `stopped` or `cancelled`.
    ///   - counts: What it did, by name.
    ///   - findings: What somebody should look at, one structure each; 500 at most are kept.
    ///   - problem: Why it ended early.
    ///   - tokens: Where the next incremental run goes on, by kind; absent: where it went on before.
    public func finish(
        run: SyncRunId,
        worker: String,
        state: String,
        counts: Value,
        findings: [Value]? = nil,
        problem: Value? = nil,
        tokens: Value? = nil
    ) -> Command {
        var fields = Fields()
        fields.set("run", run)
        fields.set("worker", worker)
        fields.set("state", state)
        fields.set("counts", counts)
        fields.put("findings", findings)
        fields.put("problem", problem)
        fields.put("tokens", tokens)
        return Command(name: "sync.finish", input: fields)
    }

    /// Asks a run to stop at the next page. A run that waits is over at once.
    ///
    /// - Parameters:
    ///   - run: The run.
    public func cancel(run: SyncRunId) -> Command {
        var fields = Fields()
        fields.set("run", run)
        return Command(name: "sync.cancel", input: fields)
    }

    /// Forgets a run that is over, with its log. Its changes stay, and can still be undone by their change set.
    ///
    /// - Parameters:
    ///   - run: The run.
    public func forget(run: SyncRunId) -> Command {
        var fields = Fields()
        fields.set("run", run)
        return Command(name: "sync.forget", input: fields)
    }
}

/// Commands about edges, as values: `.edges.…` wherever a `Command` is expected.
public struct EdgeCommands: Sendable {
    /// Adds and removes edges in the name of a source. What somebody else says stays: an edge goes when the last of
    /// those who asked for it takes it back.
    ///
    /// - Parameters:
    ///   - source: The source.
    ///   - record: The record at one end.
    ///   - direction: Which end it is.
    ///   - relation: The meaning of the edges.
    ///   - add: Other ends that the source names.
    ///   - exclusive: Only one edge may be left: others go, whoever asked for them.
    ///   - remove: Other ends that the source does not name any more.
    public func synchronize(
        source: SourceId,
        record: EntityId,
        direction: Direction,
        relation: Relation,
        add: [EntityId]? = nil,
        exclusive: Bool? = nil,
        remove: [EntityId]? = nil
    ) -> Command {
        var fields = Fields()
        fields.set("source", source)
        fields.set("record", record)
        fields.set("direction", direction)
        fields.set("relation", relation)
        fields.put("add", add)
        fields.put("exclusive", exclusive)
        fields.put("remove", remove)
        return Command(name: "edge.synchronize", input: fields)
    }
}

/// Commands about otps, as values: `.otps.…` wherever a `Command` is expected.
public struct OtpCommands: Sendable {
    /// Begins the enrolment of a device that shows one-time passwords. The answer has its key as `secret` and as
    /// `uri` for a QR code, this once. The device counts when a first code of it was confirmed, within the time
    /// that the policy gives; a user has so many devices as the policy allows.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - algorithm: The hash; SHA-1 when absent, because some authenticators know no other.
    ///   - confirmed: Whether the device is in use elsewhere and needs no first code to count.
    ///   - counter: For counter devices: the next counter.
    ///   - digits: Digits of a code, 6 to 8; 6 when absent.
    ///   - issuer: What the authenticator shows as the service; the realm's name when absent.
    ///   - label: How people call the device.
    ///   - period: Seconds of a step, 15 to 60; 30 when absent (OWASP ASVS 5, 6.5.5: at most 30 is advised).
    ///   - secret: A key that is there already, in base 32: of a hardware token, or from another system. Drawn
    ///     when absent.
    ///   - type: By time or by counter.
    public func enrol(
        user: UserId,
        algorithm: OtpAlgorithm? = nil,
        confirmed: Bool? = nil,
        counter: Int? = nil,
        digits: Int? = nil,
        issuer: String? = nil,
        label: String? = nil,
        period: Int? = nil,
        secret: Secret? = nil,
        type: OtpType? = nil
    ) -> Command {
        var fields = Fields()
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
        return Command(name: "otp.enrol", input: fields)
    }

    /// Begins the enrolment of an authenticator for many users at once and sends each of them a QR code. Users who
    /// have as many devices as allowed are left out and named in the remarks.
    ///
    /// - Parameters:
    ///   - users: The users, at most 1000.
    ///   - issuer: What the authenticator shows as the service; the realm's name when absent.
    public func sendEnrolments(users: [UserId], issuer: String? = nil) -> Command {
        var fields = Fields()
        fields.set("users", users)
        fields.put("issuer", issuer)
        return Command(name: "otp.send_enrolments", input: fields)
    }

    /// Confirms a device with a first code: from then on it counts as a factor. The code is used up with it.
    ///
    /// - Parameters:
    ///   - credential: The device.
    ///   - code: The code that it shows.
    public func confirm(credential: CredentialId, code: Secret) -> Command {
        var fields = Fields()
        fields.set("credential", credential)
        fields.set("code", code)
        return Command(name: "otp.confirm", input: fields)
    }

    /// Brings a counter device back that was pressed too often: two codes in a row tell where it is (RFC 4226,
    /// 7.4).
    ///
    /// - Parameters:
    ///   - credential: The device.
    ///   - first: The code that it shows.
    ///   - second: The one that it shows next.
    public func resynchronise(credential: CredentialId, first: Secret, second: Secret) -> Command {
        var fields = Fields()
        fields.set("credential", credential)
        fields.set("first", first)
        fields.set("second", second)
        return Command(name: "otp.resynchronise", input: fields)
    }
}

/// Commands about factors, as values: `.factors.…` wherever a `Command` is expected.
public struct FactorCommands: Sendable {
    /// Checks a second factor and uses it up: a code of a device, a passcode, or a recovery code. Refused with
    /// `credential.wrong` when it is none, or was used before.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - code: The code.
    public func verify(user: UserId, code: Secret) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.set("code", code)
        return Command(name: "factor.verify", input: fields)
    }

    /// Counts a failed attempt at a user's second factors: for a host that checks them in its own way.
    ///
    /// - Parameters:
    ///   - user: The user.
    public func noteFailure(user: UserId) -> Command {
        var fields = Fields()
        fields.set("user", user)
        return Command(name: "factor.note_failure", input: fields)
    }
}

/// Commands about recovery codes, as values: `.recoveryCodes.…` wherever a `Command` is expected.
public struct RecoveryCodesCommands: Sendable {
    /// Makes a new set of recovery codes for a user, in the place of the one before. They are part of the answer as
    /// `recovery_codes`, this once.
    ///
    /// - Parameters:
    ///   - user: The user.
    public func create(user: UserId) -> Command {
        var fields = Fields()
        fields.set("user", user)
        return Command(name: "recovery_codes.create", input: fields)
    }

    /// Revokes a user's recovery codes; always allowed, because they are no second factor of their own.
    ///
    /// - Parameters:
    ///   - user: The user.
    public func revoke(user: UserId) -> Command {
        var fields = Fields()
        fields.set("user", user)
        return Command(name: "recovery_codes.revoke", input: fields)
    }
}

/// Commands about passcodes, as values: `.passcodes.…` wherever a `Command` is expected.
public struct PasscodeCommands: Sendable {
    /// Sends a user a passcode of eight digits that counts once and for ten minutes at most. A newer one replaces
    /// the one before, 30 seconds after it at the earliest (`sign_in.throttled`): otherwise somebody could have
    /// passcodes sent until a guess is right. It counts as long as the address is the user's.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - channel: By e-mail or SMS; e-mail when absent.
    public func send(user: UserId, channel: PasscodeChannel? = nil) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.put("channel", channel)
        return Command(name: "passcode.send", input: fields)
    }
}

/// Commands about providers, as values: `.providers.…` wherever a `Command` is expected.
public struct ProviderCommands: Sendable {
    /// Links a user with an identity at a provider. An identity belongs to one user at most.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - provider: The provider, such as `google`.
    ///   - subject: The identity's stable identifier there: `sub` of OpenID Connect.
    ///   - label: How people call it: the address or name that the provider gave.
    public func link(user: UserId, provider: String, subject: String, label: String? = nil) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.set("provider", provider)
        fields.set("subject", subject)
        fields.put("label", label)
        return Command(name: "provider.link", input: fields)
    }
}

/// Commands about passkeys, as values: `.passkeys.…` wherever a `Command` is expected.
public struct PasskeyCommands: Sendable {
    /// Begins the enrolment of a passkey. The answer has as `options`, this once, what the browser is asked with:
    /// JSON for `PublicKeyCredential.parseCreationOptionsFromJSON` and `navigator.credentials.create`. The passkey
    /// counts when the browser's answer was confirmed, within ten minutes. Refused with `feature.off` when the
    /// realm's settings name no relying party (`sign_in.passkeys`), or this build checks no passkeys.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - label: How people call the device.
    public func enrol(user: UserId, label: String? = nil) -> Command {
        var fields = Fields()
        fields.set("user", user)
        fields.put("label", label)
        return Command(name: "passkey.enrol", input: fields)
    }

    /// Confirms the enrolment of a passkey with the browser's answer: from then on it counts, as a second factor
    /// and for a sign-in without a password. Refused with `credential.wrong` when the answer does not hold.
    ///
    /// - Parameters:
    ///   - credential: The passkey whose enrolment was begun.
    ///   - response: What the browser answered, as JSON text: `JSON.stringify(credential)`.
    public func confirm(credential: CredentialId, response: Secret) -> Command {
        var fields = Fields()
        fields.set("credential", credential)
        fields.set("response", response)
        return Command(name: "passkey.confirm", input: fields)
    }
}

extension Command {
    /// Commands about realms.
    public static var realms: RealmCommands { RealmCommands() }
    /// Commands about users.
    public static var users: UserCommands { UserCommands() }
    /// Commands about devices.
    public static var devices: DeviceCommands { DeviceCommands() }
    /// Commands about user types.
    public static var userTypes: UserTypeCommands { UserTypeCommands() }
    /// Commands about organizations.
    public static var organizations: OrganizationCommands { OrganizationCommands() }
    /// Commands about organization types.
    public static var organizationTypes: OrganizationTypeCommands { OrganizationTypeCommands() }
    /// Commands about positions.
    public static var positions: PositionCommands { PositionCommands() }
    /// Commands about groups.
    public static var groups: GroupCommands { GroupCommands() }
    /// Commands about templates.
    public static var templates: TemplateCommands { TemplateCommands() }
    /// Commands about attributes.
    public static var attributes: AttributeCommands { AttributeCommands() }
    /// Commands about roles.
    public static var roles: RoleCommands { RoleCommands() }
    /// Commands about assignments.
    public static var assignments: AssignmentCommands { AssignmentCommands() }
    /// Commands about rules.
    public static var rules: RuleCommands { RuleCommands() }
    /// Commands about credentials.
    public static var credentials: CredentialCommands { CredentialCommands() }
    /// Commands about policies.
    public static var policies: PolicyCommands { PolicyCommands() }
    /// Commands about sessions.
    public static var sessions: SessionCommands { SessionCommands() }
    /// Commands about links.
    public static var links: LinkCommands { LinkCommands() }
    /// Commands about sources.
    public static var sources: SourceCommands { SourceCommands() }
    /// Commands about shadows.
    public static var shadows: ShadowCommands { ShadowCommands() }
    /// Commands about connectors.
    public static var connectors: ConnectorCommands { ConnectorCommands() }
    /// Commands about records.
    public static var records: RecordCommands { RecordCommands() }
    /// Commands about memberships.
    public static var memberships: MembershipCommands { MembershipCommands() }
    /// Commands about passwords.
    public static var passwords: PasswordCommands { PasswordCommands() }
    /// Commands about syncs.
    public static var syncs: SyncCommands { SyncCommands() }
    /// Commands about edges.
    public static var edges: EdgeCommands { EdgeCommands() }
    /// Commands about otps.
    public static var otps: OtpCommands { OtpCommands() }
    /// Commands about factors.
    public static var factors: FactorCommands { FactorCommands() }
    /// Commands about recovery codes.
    public static var recoveryCodes: RecoveryCodesCommands { RecoveryCodesCommands() }
    /// Commands about passcodes.
    public static var passcodes: PasscodeCommands { PasscodeCommands() }
    /// Commands about providers.
    public static var providers: ProviderCommands { ProviderCommands() }
    /// Commands about passkeys.
    public static var passkeys: PasskeyCommands { PasskeyCommands() }

    /// The names of all commands.
    public static let all: [String] = [
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
    ]
}
