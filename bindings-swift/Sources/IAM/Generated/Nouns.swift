// Generated from the catalogue by `.ci/generate`; do not edit.

import Foundation

/// What can be done with and known about realms.
public struct RealmsNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.realm

    /// Creates the realm that the command is sent to. Its name is unique among all realms.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - id: The realm, when it is to be said twice; it is the one that the command is sent to.
    ///   - settings: The settings that differ from the defaults.
    @discardableResult
    public func create(name: String, id: RealmId? = nil, settings: [String: Value]? = nil) async throws -> Executed {
        try await acting.execute(Command.realms.create(name: name, id: id, settings: settings))
    }

    /// Changes the name or settings of the realm. Settings are merged: what is not named stays, `null` goes back to
    /// the default, a structure is merged line by line, a list is replaced.
    ///
    /// - Parameters:
    ///   - name: The new name.
    ///   - settings: The settings that change.
    @discardableResult
    public func update(name: String? = nil, settings: [String: Value]? = nil) async throws -> Executed {
        try await acting.execute(Command.realms.update(name: name, settings: settings))
    }

    /// Reads the settings of the realm.
    public func settings() async throws -> Settings {
        let fields = Fields()
        return try await acting.ask("realm.settings", fields)
    }

    /// Examines the realm: unique names, edges, tree and search keys against the records, all of it against the
    /// journal, audit trail and journal against the chain. What is wrong with the data is not an error but the
    /// answer.
    public func doctor() async throws -> Diagnosis {
        let fields = Fields()
        return try await acting.ask("realm.doctor", fields)
    }
}

/// What can be done with and known about users.
public struct UsersNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.user

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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.users.create(userName: userName, email: email, firstName: firstName, lastName: lastName, displayName: displayName, phone: phone, userNumber: userNumber, identityType: identityType, privileged: privileged, job: job, department: department, location: location, street: street, city: city, postalCode: postalCode, state: state, country: country, language: language, timeZone: timeZone, dateOfBirth: dateOfBirth, hiredOn: hiredOn, inPositionSince: inPositionSince, preferenceUpdates: preferenceUpdates, preferenceMarketing: preferenceMarketing, categories: categories, inheritServicePlans: inheritServicePlans, inheritSubscriptions: inheritSubscriptions, inheritAdministratorRoles: inheritAdministratorRoles, inheritGroups: inheritGroups, inheritOfficeGroups: inheritOfficeGroups, externalId: externalId, id: id, invitation: invitation, lawfulBasis: lawfulBasis, manager: manager, organizations: organizations, origin: origin, positions: positions, registration: registration, source: source, suppliedByUser: suppliedByUser, template: template, userType: userType, validFrom: validFrom, validUntil: validUntil, attributes: attributes))
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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.users.update(user, userName: userName, email: email, firstName: firstName, lastName: lastName, displayName: displayName, phone: phone, userNumber: userNumber, identityType: identityType, privileged: privileged, job: job, department: department, location: location, street: street, city: city, postalCode: postalCode, state: state, country: country, language: language, timeZone: timeZone, dateOfBirth: dateOfBirth, hiredOn: hiredOn, inPositionSince: inPositionSince, preferenceUpdates: preferenceUpdates, preferenceMarketing: preferenceMarketing, categories: categories, inheritServicePlans: inheritServicePlans, inheritSubscriptions: inheritSubscriptions, inheritAdministratorRoles: inheritAdministratorRoles, inheritGroups: inheritGroups, inheritOfficeGroups: inheritOfficeGroups, externalId: externalId, attributes: attributes))
    }

    /// Enables a disabled or suspended user.
    ///
    /// - Parameters:
    ///   - user: The user.
    @discardableResult
    public func enable(_ user: UserId) async throws -> Executed {
        try await acting.execute(Command.users.enable(user))
    }

    /// Disables a user; the lock is another axis and stays as it is.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - by: What asks for it.
    @discardableResult
    public func disable(_ user: UserId, by: DisabledBy? = nil) async throws -> Executed {
        try await acting.execute(Command.users.disable(user, by: by))
    }

    /// Suspends a user: like disabling, meant to be temporary.
    ///
    /// - Parameters:
    ///   - user: The user.
    @discardableResult
    public func suspend(_ user: UserId) async throws -> Executed {
        try await acting.execute(Command.users.suspend(user))
    }

    /// Archives a user: the end of the life cycle, from which only `user.restore` leads back.
    ///
    /// - Parameters:
    ///   - user: The user.
    @discardableResult
    public func archive(_ user: UserId) async throws -> Executed {
        try await acting.execute(Command.users.archive(user))
    }

    /// Brings an archived user back, disabled at first.
    ///
    /// - Parameters:
    ///   - user: The user.
    @discardableResult
    public func restore(_ user: UserId) async throws -> Executed {
        try await acting.execute(Command.users.restore(user))
    }

    /// Locks a user; whether the user is enabled is another axis and stays as it is.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - reason: Why.
    @discardableResult
    public func lock(_ user: UserId, reason: String? = nil) async throws -> Executed {
        try await acting.execute(Command.users.lock(user, reason: reason))
    }

    /// Unlocks a user.
    ///
    /// - Parameters:
    ///   - user: The user.
    @discardableResult
    public func unlock(_ user: UserId) async throws -> Executed {
        try await acting.execute(Command.users.unlock(user))
    }

    /// Disables a user whose validity has ended, unless the user type says `disable_on_expiry: false`. Does nothing
    /// before that moment, nothing to a user that is not enabled, and never enables.
    ///
    /// - Parameters:
    ///   - user: The user.
    @discardableResult
    public func expire(_ user: UserId) async throws -> Executed {
        try await acting.execute(Command.users.expire(user))
    }

    /// Sets from when until when a user is valid; half-open, open ends allowed.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - validFrom: From then on; open when absent.
    ///   - validUntil: Before then; open when absent.
    @discardableResult
    public func setValidity(
        _ user: UserId,
        validFrom: Date? = nil,
        validUntil: Date? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.users.setValidity(user, validFrom: validFrom, validUntil: validUntil))
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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.users.changeType(user, userName: userName, email: email, firstName: firstName, lastName: lastName, displayName: displayName, phone: phone, userNumber: userNumber, identityType: identityType, privileged: privileged, job: job, department: department, location: location, street: street, city: city, postalCode: postalCode, state: state, country: country, language: language, timeZone: timeZone, dateOfBirth: dateOfBirth, hiredOn: hiredOn, inPositionSince: inPositionSince, preferenceUpdates: preferenceUpdates, preferenceMarketing: preferenceMarketing, categories: categories, inheritServicePlans: inheritServicePlans, inheritSubscriptions: inheritSubscriptions, inheritAdministratorRoles: inheritAdministratorRoles, inheritGroups: inheritGroups, inheritOfficeGroups: inheritOfficeGroups, externalId: externalId, recomputeExpiry: recomputeExpiry, userType: userType, attributes: attributes))
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
    @discardableResult
    public func recordConsent(
        _ user: UserId,
        granted: Bool? = nil,
        lawfulBasis: String? = nil,
        purpose: String? = nil,
        textVersion: String? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.users.recordConsent(user, granted: granted, lawfulBasis: lawfulBasis, purpose: purpose, textVersion: textVersion))
    }

    /// Sets or removes the manager of a user. The direct reports of a manager are the inverse of the same edge and
    /// thus always consistent.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - manager: The manager; `None` for nobody.
    @discardableResult
    public func setManager(_ user: UserId, manager: UserId? = nil) async throws -> Executed {
        try await acting.execute(Command.users.setManager(user, manager: manager))
    }

    /// Names all identities that use a shared account. Only accounts of the type `shared` have several.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - users: The identities that use it.
    @discardableResult
    public func setSharedUsers(account: UserId, users: [UserId]) async throws -> Executed {
        try await acting.execute(Command.users.setSharedUsers(account: account, users: users))
    }

    /// Deletes a user. The unique names become free at once, also for a soft delete, unless the realm keeps them.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - mode: What deleting means.
    @discardableResult
    public func delete(_ user: UserId, mode: DeleteMode? = nil) async throws -> Executed {
        try await acting.execute(Command.users.delete(user, mode: mode))
    }

    /// Brings a soft-deleted user back with every membership, position and report. Refused after the retention
    /// period, after an erasure, and when somebody else took a unique name meanwhile, who is named.
    ///
    /// - Parameters:
    ///   - user: The user.
    @discardableResult
    public func undelete(_ user: UserId) async throws -> Executed {
        try await acting.execute(Command.users.undelete(user))
    }

    /// Lets a user stand in for another one for a time, with all of their roles or some of them. Whoever stands in
    /// acts under their own name. A deputy that is there already gets the new terms.
    ///
    /// - Parameters:
    ///   - user: Who is away.
    ///   - deputy: Who stands in.
    ///   - constraint: For how long; without an end until it is taken back.
    ///   - roles: With these roles only; empty for all of them.
    @discardableResult
    public func addDeputy(
        _ user: UserId,
        deputy: UserId,
        constraint: TimeConstraint? = nil,
        roles: [RoleId]? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.users.addDeputy(user, deputy: deputy, constraint: constraint, roles: roles))
    }

    /// Ends that a user stands in for another one.
    ///
    /// - Parameters:
    ///   - user: Who was away.
    ///   - deputy: Who stood in.
    @discardableResult
    public func removeDeputy(_ user: UserId, deputy: UserId) async throws -> Executed {
        try await acting.execute(Command.users.removeDeputy(user, deputy: deputy))
    }

    /// Ends every session of a user in the realm, in all applications.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - except: The session that stays, such as the one in which the user asks for it.
    @discardableResult
    public func endSessions(_ user: UserId, except: SessionId? = nil) async throws -> Executed {
        try await acting.execute(Command.users.endSessions(user, except: except))
    }

    /// Invites a user who has not completed the sign-up, for the first time or again; a newer invitation replaces
    /// the one before.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - delivery: How the link gets to the user.
    ///   - language: The language of the message, and of the sign-up to begin with; the user's preferred one when
    ///     absent.
    @discardableResult
    public func invite(_ user: UserId, delivery: Delivery? = nil, language: String? = nil) async throws -> Executed {
        try await acting.execute(Command.users.invite(user, delivery: delivery, language: language))
    }

    /// Sends a user a link to set a new password. The present password stays valid until then; a newer link
    /// replaces the one before.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - delivery: How the link gets to the user.
    ///   - language: The language of the message; the user's preferred one when absent.
    @discardableResult
    public func startPasswordReset(
        _ user: UserId,
        delivery: Delivery? = nil,
        language: String? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.users.startPasswordReset(user, delivery: delivery, language: language))
    }

    /// Sends a user a link that proves the e-mail address to be the user's own.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - delivery: How the link gets to the user.
    ///   - language: The language of the message; the user's preferred one when absent.
    @discardableResult
    public func startEmailVerification(
        _ user: UserId,
        delivery: Delivery? = nil,
        language: String? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.users.startEmailVerification(user, delivery: delivery, language: language))
    }

    /// Changes several users in one step, so that they can exchange unique values: each lets go of what it had
    /// before any of them takes what it gets. All of it happens, or nothing.
    ///
    /// - Parameters:
    ///   - updates: The changes, 1,000 at most, each user once.
    @discardableResult
    public func exchange(updates: [UpdateUser]) async throws -> Executed {
        try await acting.execute(Command.users.exchange(updates: updates))
    }

    /// Tells the named status of a user.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - at: The state to read.
    ///   - view: In which terms; the realm's setting `status_view` when absent.
    public func status(_ user: UserId, at: At? = nil, view: StatusView? = nil) async throws -> String {
        var fields = Fields()
        fields.set("user", user)
        fields.put("at", at)
        fields.put("view", view)
        return try await acting.ask("user.status", fields)
    }
}

/// What can be done with and known about devices.
public struct DevicesNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.device

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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.devices.create(name: name, deviceType: deviceType, serialNumber: serialNumber, model: model, address: address, owner: owner, externalId: externalId, id: id, organizations: organizations, origin: origin, source: source, attributes: attributes))
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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.devices.update(device, name: name, deviceType: deviceType, serialNumber: serialNumber, model: model, address: address, owner: owner, externalId: externalId, attributes: attributes))
    }

    /// Enables a device.
    ///
    /// - Parameters:
    ///   - device: Which one.
    @discardableResult
    public func enable(_ device: DeviceId) async throws -> Executed {
        try await acting.execute(Command.devices.enable(device))
    }

    /// Disables a device; what it has open outside ends.
    ///
    /// - Parameters:
    ///   - device: The device.
    @discardableResult
    public func disable(_ device: DeviceId) async throws -> Executed {
        try await acting.execute(Command.devices.disable(device))
    }

    /// Deletes a device physically, with its memberships.
    ///
    /// - Parameters:
    ///   - device: The device.
    @discardableResult
    public func delete(_ device: DeviceId) async throws -> Executed {
        try await acting.execute(Command.devices.delete(device))
    }
}

/// What can be done with and known about user types.
public struct UserTypesNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.userType

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
    @discardableResult
    public func create(
        name: String? = nil,
        description: String? = nil,
        form: [[String: Value]]? = nil,
        validityDays: Int? = nil,
        disableOnExpiry: Bool? = nil,
        externalId: String? = nil,
        id: UserTypeId? = nil,
        attributes: [String: Value] = [:]
    ) async throws -> Executed {
        try await acting.execute(Command.userTypes.create(name: name, description: description, form: form, validityDays: validityDays, disableOnExpiry: disableOnExpiry, externalId: externalId, id: id, attributes: attributes))
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
    @discardableResult
    public func update(
        _ userType: UserTypeId,
        name: String? = nil,
        description: String? = nil,
        form: [[String: Value]]? = nil,
        validityDays: Int? = nil,
        disableOnExpiry: Bool? = nil,
        externalId: String? = nil,
        attributes: [String: Value] = [:]
    ) async throws -> Executed {
        try await acting.execute(Command.userTypes.update(userType, name: name, description: description, form: form, validityDays: validityDays, disableOnExpiry: disableOnExpiry, externalId: externalId, attributes: attributes))
    }

    /// Deletes a type of users that no user has.
    ///
    /// - Parameters:
    ///   - userType: The type.
    @discardableResult
    public func delete(_ userType: UserTypeId) async throws -> Executed {
        try await acting.execute(Command.userTypes.delete(userType))
    }
}

/// What can be done with and known about organizations.
public struct OrganizationsNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.organization

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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.organizations.create(name: name, description: description, code: code, sortOrder: sortOrder, location: location, stopsInheritance: stopsInheritance, externalId: externalId, id: id, organizationType: organizationType, origin: origin, parent: parent, source: source, attributes: attributes))
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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.organizations.update(organization, name: name, description: description, code: code, sortOrder: sortOrder, location: location, stopsInheritance: stopsInheritance, externalId: externalId, attributes: attributes))
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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.organizations.changeType(organization, name: name, description: description, code: code, sortOrder: sortOrder, location: location, stopsInheritance: stopsInheritance, externalId: externalId, organizationType: organizationType, attributes: attributes))
    }

    /// Enables an organization.
    ///
    /// - Parameters:
    ///   - organization: Which one.
    @discardableResult
    public func enable(_ organization: OrganizationId) async throws -> Executed {
        try await acting.execute(Command.organizations.enable(organization))
    }

    /// Disables an organization. Users keep their status; what they have through the organization or anything below
    /// it is without effect until it is enabled again.
    ///
    /// - Parameters:
    ///   - organization: Which one.
    @discardableResult
    public func disable(_ organization: OrganizationId) async throws -> Executed {
        try await acting.execute(Command.organizations.disable(organization))
    }

    /// Moves an organization with everything below it under another one, or makes it a root. Under itself or a part
    /// of itself is refused.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - parent: The new parent; `None` for a root.
    @discardableResult
    public func transfer(_ organization: OrganizationId, parent: OrganizationId? = nil) async throws -> Executed {
        try await acting.execute(Command.organizations.transfer(organization, parent: parent))
    }

    /// Merges an organization into another one: its sub-organizations, members, positions, leads and group
    /// memberships, roles, owners and administrators go to the target, what the target has already is joined; then
    /// the source is removed.
    ///
    /// - Parameters:
    ///   - source: What disappears.
    ///   - target: What remains.
    ///   - nameClashes: What to do when sub-organizations of both have the same name.
    @discardableResult
    public func merge(
        source: OrganizationId,
        target: OrganizationId,
        nameClashes: NameClashes? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.organizations.merge(source: source, target: target, nameClashes: nameClashes))
    }

    /// Deletes an organization physically. With sub-organizations, members or positions it is refused, with a list
    /// of them, unless a disposition says what becomes of them.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - disposition: What becomes of that which hangs on it.
    @discardableResult
    public func delete(_ organization: OrganizationId, disposition: Disposition? = nil) async throws -> Executed {
        try await acting.execute(Command.organizations.delete(organization, disposition: disposition))
    }

    /// Makes a user a lead of an organization. The organizations that a user supervises are the other end of the
    /// same edges.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - user: The lead.
    ///   - window: When it holds.
    @discardableResult
    public func addLead(
        _ organization: OrganizationId,
        user: UserId,
        window: Window? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.organizations.addLead(organization, user: user, window: window))
    }

    /// Takes the lead of an organization from a user.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - user: The lead.
    @discardableResult
    public func removeLead(_ organization: OrganizationId, user: UserId) async throws -> Executed {
        try await acting.execute(Command.organizations.removeLead(organization, user: user))
    }

    /// Makes a user an owner of an organization, who has a say in everything below it as well. A member of it or of
    /// anything below it is refused, because its administrators would have a say over its owner, unless a reason is
    /// given; the reason is kept.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - user: The owner.
    ///   - overrideReason: Why a member may be owner all the same, at most 200 characters.
    @discardableResult
    public func addOwner(
        _ organization: OrganizationId,
        user: UserId,
        overrideReason: String? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.organizations.addOwner(organization, user: user, overrideReason: overrideReason))
    }

    /// Takes the ownership of an organization from a user. The last owner stays, unless somebody owns what the
    /// organization is below of: then it is theirs.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - user: The owner.
    @discardableResult
    public func removeOwner(_ organization: OrganizationId, user: UserId) async throws -> Executed {
        try await acting.execute(Command.organizations.removeOwner(organization, user: user))
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
    @discardableResult
    public func addAdministrator(
        _ organization: OrganizationId,
        user: UserId,
        overrideReason: String? = nil,
        window: Window? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.organizations.addAdministrator(organization, user: user, overrideReason: overrideReason, window: window))
    }

    /// Takes the administration of an organization from a user, who stays a member.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - user: The administrator.
    @discardableResult
    public func removeAdministrator(_ organization: OrganizationId, user: UserId) async throws -> Executed {
        try await acting.execute(Command.organizations.removeAdministrator(organization, user: user))
    }

    /// Lists an organization and everything above it, the organization first.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - at: The state to read.
    public func path(_ organization: OrganizationId, at: At? = nil) async throws -> [Record] {
        var fields = Fields()
        fields.set("organization", organization)
        fields.put("at", at)
        return try await acting.ask("organization.path", fields)
    }

    /// Reads the organization tree below an organization, or the whole forest; sorted, and with positions, as the
    /// realm's settings say.
    ///
    /// - Parameters:
    ///   - at: The state to read.
    ///   - organization: Where to start; the whole forest when absent.
    public func tree(at: At? = nil, organization: OrganizationId? = nil) async throws -> [TreeNode] {
        var fields = Fields()
        fields.put("at", at)
        fields.put("organization", organization)
        return try await acting.ask("organization.tree", fields)
    }

    /// Lists the members of an organization with their number there, sorted by the number that the realm's setting
    /// `member_sort` names: the user's own one, or the one in this organization.
    ///
    /// Sorting by the number in the organization reads all its members; the other order reads one page.
    ///
    /// - Parameters:
    ///   - organization: The organization.
    ///   - at: The state to read.
    ///   - cursor: Which page: `next` or `previous` of another one; the first one when absent.
    ///   - limit: Rows on a page, 1 to 1000.
    ///   - text: How one of the searched attributes starts; at least two characters, or empty for everybody.
    ///   - total: Count all members.
    ///   - view: In which terms the status of users is told; the realm's setting `status_view` when absent.
    public func members(
        _ organization: OrganizationId,
        at: At? = nil,
        cursor: Cursor? = nil,
        limit: Int? = nil,
        text: String? = nil,
        total: Bool? = nil,
        view: StatusView? = nil
    ) async throws -> ListPage {
        var fields = Fields()
        fields.set("organization", organization)
        fields.put("at", at)
        fields.put("cursor", cursor)
        fields.put("limit", limit)
        fields.put("text", text)
        fields.put("total", total)
        fields.put("view", view)
        return try await acting.ask("organization.members", fields)
    }
}

/// What can be done with and known about organization types.
public struct OrganizationTypesNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.organizationType

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
    @discardableResult
    public func create(
        name: String? = nil,
        description: String? = nil,
        form: [[String: Value]]? = nil,
        externalId: String? = nil,
        id: OrganizationTypeId? = nil,
        attributes: [String: Value] = [:]
    ) async throws -> Executed {
        try await acting.execute(Command.organizationTypes.create(name: name, description: description, form: form, externalId: externalId, id: id, attributes: attributes))
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
    @discardableResult
    public func update(
        _ organizationType: OrganizationTypeId,
        name: String? = nil,
        description: String? = nil,
        form: [[String: Value]]? = nil,
        externalId: String? = nil,
        attributes: [String: Value] = [:]
    ) async throws -> Executed {
        try await acting.execute(Command.organizationTypes.update(organizationType, name: name, description: description, form: form, externalId: externalId, attributes: attributes))
    }

    /// Deletes a type of organizations that no organization has.
    ///
    /// - Parameters:
    ///   - organizationType: The type.
    @discardableResult
    public func delete(_ organizationType: OrganizationTypeId) async throws -> Executed {
        try await acting.execute(Command.organizationTypes.delete(organizationType))
    }
}

/// What can be done with and known about positions.
public struct PositionsNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.position

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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.positions.create(name: name, description: description, code: code, job: job, sortOrder: sortOrder, externalId: externalId, id: id, organization: organization, origin: origin, reportsTo: reportsTo, source: source, attributes: attributes))
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
    @discardableResult
    public func update(
        _ position: PositionId,
        name: String? = nil,
        description: String? = nil,
        code: String? = nil,
        job: String? = nil,
        sortOrder: Int? = nil,
        externalId: String? = nil,
        attributes: [String: Value] = [:]
    ) async throws -> Executed {
        try await acting.execute(Command.positions.update(position, name: name, description: description, code: code, job: job, sortOrder: sortOrder, externalId: externalId, attributes: attributes))
    }

    /// Enables a position.
    ///
    /// - Parameters:
    ///   - position: Which one.
    @discardableResult
    public func enable(_ position: PositionId) async throws -> Executed {
        try await acting.execute(Command.positions.enable(position))
    }

    /// Disables a position: its holders keep it, without effect.
    ///
    /// - Parameters:
    ///   - position: Which one.
    @discardableResult
    public func disable(_ position: PositionId) async throws -> Executed {
        try await acting.execute(Command.positions.disable(position))
    }

    /// Moves a position to another organization, or takes it out of its own. Its holders stay.
    ///
    /// - Parameters:
    ///   - position: The position.
    ///   - organization: The organization; `None` for none.
    @discardableResult
    public func transfer(_ position: PositionId, organization: OrganizationId? = nil) async throws -> Executed {
        try await acting.execute(Command.positions.transfer(position, organization: organization))
    }

    /// Sets the position that a position reports to; circles are refused.
    ///
    /// - Parameters:
    ///   - position: The position.
    ///   - reportsTo: The superior position; `None` for none.
    @discardableResult
    public func setSuperior(_ position: PositionId, reportsTo: PositionId? = nil) async throws -> Executed {
        try await acting.execute(Command.positions.setSuperior(position, reportsTo: reportsTo))
    }

    /// Lets a user hold a position. A position that is held already gets the given time.
    ///
    /// - Parameters:
    ///   - position: The position.
    ///   - user: Who holds it.
    ///   - window: When it holds.
    @discardableResult
    public func assign(_ position: PositionId, user: UserId, window: Window? = nil) async throws -> Executed {
        try await acting.execute(Command.positions.assign(position, user: user, window: window))
    }

    /// Takes a position from a user.
    ///
    /// - Parameters:
    ///   - position: The position.
    ///   - user: Who holds it.
    @discardableResult
    public func unassign(_ position: PositionId, user: UserId) async throws -> Executed {
        try await acting.execute(Command.positions.unassign(position, user: user))
    }

    /// Deletes a position physically. Holders and groups lose it; positions that reported to it report to none.
    ///
    /// - Parameters:
    ///   - position: The position.
    @discardableResult
    public func delete(_ position: PositionId) async throws -> Executed {
        try await acting.execute(Command.positions.delete(position))
    }
}

/// What can be done with and known about groups.
public struct GroupsNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.group

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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.groups.create(name: name, description: description, riskIndex: riskIndex, categories: categories, inheritanceClass: inheritanceClass, externalId: externalId, condition: condition, conditionKind: conditionKind, id: id, memberKinds: memberKinds, origin: origin, source: source, attributes: attributes))
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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.groups.update(group, name: name, description: description, riskIndex: riskIndex, categories: categories, inheritanceClass: inheritanceClass, externalId: externalId, condition: condition, conditionKind: conditionKind, memberKinds: memberKinds, attributes: attributes))
    }

    /// Adds members to a group. Groups may contain each other, even in a circle: everybody in it is in all of them.
    ///
    /// - Parameters:
    ///   - group: The group.
    ///   - members: Users, organizations with everything below them, positions, groups.
    ///   - window: When it holds.
    @discardableResult
    public func addMembers(_ group: GroupId, members: [EntityId], window: Window? = nil) async throws -> Executed {
        try await acting.execute(Command.groups.addMembers(group, members: members, window: window))
    }

    /// Takes members out of a group. Only the direct origin goes: what a source or rule said stays.
    ///
    /// - Parameters:
    ///   - group: The group.
    ///   - members: Whom.
    @discardableResult
    public func removeMembers(_ group: GroupId, members: [EntityId]) async throws -> Executed {
        try await acting.execute(Command.groups.removeMembers(group, members: members))
    }

    /// Deletes a group physically. Its members lose nothing but the group, and it leaves the groups it is in.
    ///
    /// - Parameters:
    ///   - group: The group.
    @discardableResult
    public func delete(_ group: GroupId) async throws -> Executed {
        try await acting.execute(Command.groups.delete(group))
    }
}

/// What can be done with and known about templates.
public struct TemplatesNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.template

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
    @discardableResult
    public func create(
        name: String? = nil,
        description: String? = nil,
        whenJob: String? = nil,
        whenDepartment: String? = nil,
        values: [String: Value]? = nil,
        externalId: String? = nil,
        id: TemplateId? = nil,
        attributes: [String: Value] = [:]
    ) async throws -> Executed {
        try await acting.execute(Command.templates.create(name: name, description: description, whenJob: whenJob, whenDepartment: whenDepartment, values: values, externalId: externalId, id: id, attributes: attributes))
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
    @discardableResult
    public func update(
        _ template: TemplateId,
        name: String? = nil,
        description: String? = nil,
        whenJob: String? = nil,
        whenDepartment: String? = nil,
        values: [String: Value]? = nil,
        externalId: String? = nil,
        attributes: [String: Value] = [:]
    ) async throws -> Executed {
        try await acting.execute(Command.templates.update(template, name: name, description: description, whenJob: whenJob, whenDepartment: whenDepartment, values: values, externalId: externalId, attributes: attributes))
    }

    /// Deletes a template. Users made from it stay as they are.
    ///
    /// - Parameters:
    ///   - template: The template.
    @discardableResult
    public func delete(_ template: TemplateId) async throws -> Executed {
        try await acting.execute(Command.templates.delete(template))
    }
}

/// What can be done with and known about attributes.
public struct AttributesNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.attribute

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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.attributes.define(kind: kind, name: name, label: label, type: type, allowed: allowed, default: `default`, id: id, maximumLength: maximumLength, multiple: multiple, pattern: pattern, personal: personal, required: required, searchable: searchable, unique: unique))
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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.attributes.update(kind: kind, name: name, allowed: allowed, default: `default`, label: label, maximumLength: maximumLength, multiple: multiple, pattern: pattern, personal: personal, required: required, searchable: searchable, type: type, unique: unique))
    }

    /// Removes a custom attribute that no form, template or setting names.
    ///
    /// - Parameters:
    ///   - kind: The kind of record that carries it.
    ///   - name: Its name.
    @discardableResult
    public func remove(kind: Kind, name: String) async throws -> Executed {
        try await acting.execute(Command.attributes.remove(kind: kind, name: name))
    }
}

/// What can be done with and known about roles.
public struct RolesNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.role

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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.roles.create(name: name, description: description, level: level, administrative: administrative, minHolders: minHolders, maxHolders: maxHolders, riskIndex: riskIndex, categories: categories, inheritanceClass: inheritanceClass, externalId: externalId, assignments: assignments, condition: condition, conditionKind: conditionKind, constraint: constraint, id: id, privileges: privileges, roleType: roleType, attributes: attributes))
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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.roles.update(role, name: name, description: description, level: level, administrative: administrative, minHolders: minHolders, maxHolders: maxHolders, riskIndex: riskIndex, categories: categories, inheritanceClass: inheritanceClass, externalId: externalId, condition: condition, conditionKind: conditionKind, constraint: constraint, privileges: privileges, attributes: attributes))
    }

    /// Deletes a role physically. A role that somebody holds, or that another role includes or requires, is not
    /// deleted unless it is said what becomes of the grants.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - grants: What becomes of its grants.
    ///   - moveTo: The role that takes them over.
    @discardableResult
    public func delete(
        _ role: RoleId,
        grants: GrantDisposition? = nil,
        moveTo: RoleId? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.roles.delete(role, grants: grants, moveTo: moveTo))
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
    @discardableResult
    public func grant(
        _ role: RoleId,
        holders: [EntityId],
        constraint: TimeConstraint? = nil,
        inherit: Bool? = nil,
        within: [OrganizationId]? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.roles.grant(role, holders: holders, constraint: constraint, inherit: inherit, within: within))
    }

    /// Revokes a role from holders. Only the direct grant goes: what a rule or source gives stays.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - holders: Who loses it.
    @discardableResult
    public func revoke(_ role: RoleId, holders: [EntityId]) async throws -> Executed {
        try await acting.execute(Command.roles.revoke(role, holders: holders))
    }

    /// Lets a role include others: who holds it holds them. A circle is refused.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - roles: The roles that it includes.
    @discardableResult
    public func include(_ role: RoleId, roles: [RoleId]) async throws -> Executed {
        try await acting.execute(Command.roles.include(role, roles: roles))
    }

    /// Takes included roles out of a role.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - roles: The roles that it no longer includes.
    @discardableResult
    public func stopIncluding(_ role: RoleId, roles: [RoleId]) async throws -> Executed {
        try await acting.execute(Command.roles.stopIncluding(role, roles: roles))
    }

    /// Lets an external role carry assignments.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - assignments: The assignments.
    @discardableResult
    public func addAssignments(_ role: RoleId, assignments: [AssignmentId]) async throws -> Executed {
        try await acting.execute(Command.roles.addAssignments(role, assignments: assignments))
    }

    /// Takes assignments off an external role.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - assignments: The assignments.
    @discardableResult
    public func removeAssignments(_ role: RoleId, assignments: [AssignmentId]) async throws -> Executed {
        try await acting.execute(Command.roles.removeAssignments(role, assignments: assignments))
    }

    /// Keeps roles from having effect beside this one: whoever holds this one has the others without effect; the
    /// grants stay and come back by themselves. Directed, and never in a circle. With `separate` nobody is given
    /// both, in either order.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - roles: The roles that are not in effect beside this one.
    ///   - separate: Separation of duties: a grant that would give both to one person is refused.
    @discardableResult
    public func addExclusions(_ role: RoleId, roles: [RoleId], separate: Bool? = nil) async throws -> Executed {
        try await acting.execute(Command.roles.addExclusions(role, roles: roles, separate: separate))
    }

    /// Takes exclusions back.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - roles: The roles that are no longer excluded.
    @discardableResult
    public func removeExclusions(_ role: RoleId, roles: [RoleId]) async throws -> Executed {
        try await acting.execute(Command.roles.removeExclusions(role, roles: roles))
    }

    /// Lets a role be granted only to somebody who holds others.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - roles: The roles that have to be held.
    @discardableResult
    public func addPrerequisites(_ role: RoleId, roles: [RoleId]) async throws -> Executed {
        try await acting.execute(Command.roles.addPrerequisites(role, roles: roles))
    }

    /// Takes prerequisites back.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - roles: The roles that need not be held any more.
    @discardableResult
    public func removePrerequisites(_ role: RoleId, roles: [RoleId]) async throws -> Executed {
        try await acting.execute(Command.roles.removePrerequisites(role, roles: roles))
    }
}

/// What can be done with and known about assignments.
public struct AssignmentsNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.assignment

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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.assignments.create(name: name, mapping: mapping, description: description, externalId: externalId, events: events, id: id, onAssignment: onAssignment, onUnassignment: onUnassignment, values: values, attributes: attributes))
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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.assignments.update(assignment, name: name, description: description, mapping: mapping, externalId: externalId, events: events, onAssignment: onAssignment, onUnassignment: onUnassignment, values: values, attributes: attributes))
    }

    /// Deletes an assignment that no role carries.
    ///
    /// - Parameters:
    ///   - assignment: The assignment.
    ///   - detach: Takes it off the roles that carry it.
    @discardableResult
    public func delete(_ assignment: AssignmentId, detach: Bool? = nil) async throws -> Executed {
        try await acting.execute(Command.assignments.delete(assignment, detach: detach))
    }
}

/// What can be done with and known about rules.
public struct RulesNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.rule

    /// Evaluates the condition of a dynamic role or group again for some records and brings their membership into
    /// line. The library does it by itself after a rule changed and when time passes; asking for it never does
    /// harm.
    ///
    /// - Parameters:
    ///   - owner: The role or group.
    ///   - complete: Notes that everybody was looked at.
    ///   - subjects: The records to look at.
    @discardableResult
    public func apply(owner: EntityId, complete: Bool? = nil, subjects: [EntityId]? = nil) async throws -> Executed {
        try await acting.execute(Command.rules.apply(owner: owner, complete: complete, subjects: subjects))
    }
}

/// What can be done with and known about credentials.
public struct CredentialsNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.credential

    /// Removes a credential of a user; it can no longer be used. The last second factor stays. Removing a link to a
    /// provider removes what is stored here; the next sign-in with the provider makes it again.
    ///
    /// - Parameters:
    ///   - credential: The credential.
    @discardableResult
    public func remove(_ credential: CredentialId) async throws -> Executed {
        try await acting.execute(Command.credentials.remove(credential))
    }

    /// Lists what a user can sign in with: password, devices, recovery codes, links to providers. None of them
    /// shows its secret.
    ///
    /// - Parameters:
    ///   - user: The user.
    public func list(user: UserId) async throws -> [Record] {
        var fields = Fields()
        fields.set("user", user)
        return try await acting.ask("credential.list", fields)
    }
}

/// What can be done with and known about policies.
public struct PoliciesNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.policy

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
    @discardableResult
    public func create(
        name: String? = nil,
        description: String? = nil,
        externalId: String? = nil,
        appliesTo: [EntityId]? = nil,
        id: PolicyId? = nil,
        rules: PolicyParts? = nil,
        attributes: [String: Value] = [:]
    ) async throws -> Executed {
        try await acting.execute(Command.policies.create(name: name, description: description, externalId: externalId, appliesTo: appliesTo, id: id, rules: rules, attributes: attributes))
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
    @discardableResult
    public func update(
        _ policy: PolicyId,
        name: String? = nil,
        description: String? = nil,
        externalId: String? = nil,
        appliesTo: [EntityId]? = nil,
        rules: PolicyParts? = nil,
        attributes: [String: Value] = [:]
    ) async throws -> Executed {
        try await acting.execute(Command.policies.update(policy, name: name, description: description, externalId: externalId, appliesTo: appliesTo, rules: rules, attributes: attributes))
    }

    /// Deletes a policy; the others, and the defaults, count from now on.
    ///
    /// - Parameters:
    ///   - policy: The policy.
    @discardableResult
    public func delete(_ policy: PolicyId) async throws -> Executed {
        try await acting.execute(Command.policies.delete(policy))
    }

    /// Tells which policy counts for a user: of each rule the strictest of all that apply, and which policy decided
    /// it.
    ///
    /// - Parameters:
    ///   - user: The user.
    public func effective(user: UserId) async throws -> EffectivePolicy {
        var fields = Fields()
        fields.set("user", user)
        return try await acting.ask("policy.effective", fields)
    }
}

/// What can be done with and known about sessions.
public struct SessionsNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.session

    /// Signs a user in whom the host has authenticated by other means, such as a social or corporate sign-in.
    /// Discloses `token`, and `refresh_token` when asked for.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - assurance: How sure one may be of it: 1 for one factor, 2 for two, 3 for two of which one is hardware.
    ///   - methods: How the user proved to be the user, such as `social` or `certificate`.
    ///   - origin: Where the session comes from.
    ///   - refresh: Hand out a refresh token, too; then the session's token lives for minutes only.
    @discardableResult
    public func `open`(
        user: UserId,
        assurance: Int? = nil,
        methods: [String]? = nil,
        origin: SessionOrigin? = nil,
        refresh: Bool? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.sessions.`open`(user: user, assurance: assurance, methods: methods, origin: origin, refresh: refresh))
    }

    /// Ends one session: signs the user out there.
    ///
    /// - Parameters:
    ///   - session: The session.
    @discardableResult
    public func end(_ session: SessionId) async throws -> Executed {
        try await acting.execute(Command.sessions.end(session))
    }
}

/// What can be done with and known about links.
public struct LinksNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.link

    /// Revokes a link that was not used yet. An invitation that is revoked can be sent again.
    ///
    /// - Parameters:
    ///   - link: The link.
    @discardableResult
    public func revoke(_ link: LinkId) async throws -> Executed {
        try await acting.execute(Command.links.revoke(link))
    }
}

/// What can be done with and known about counters.
public struct CountersNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.counter
}

/// What can be done with and known about sources.
public struct SourcesNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.source

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
    @discardableResult
    public func create(
        name: String,
        connector: String,
        configuration: [String: Value]? = nil,
        id: SourceId? = nil,
        rules: SourceRules? = nil,
        schedule: String? = nil,
        timeZone: String? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.sources.create(name: name, connector: connector, configuration: configuration, id: id, rules: rules, schedule: schedule, timeZone: timeZone))
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
    @discardableResult
    public func update(
        _ source: SourceId,
        configuration: [String: Value]? = nil,
        mode: SourceMode? = nil,
        name: String? = nil,
        rules: SourceRules? = nil,
        schedule: String? = nil,
        timeZone: String? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.sources.update(source, configuration: configuration, mode: mode, name: name, rules: rules, schedule: schedule, timeZone: timeZone))
    }

    /// Enables an identity source: its schedule counts again.
    ///
    /// - Parameters:
    ///   - source: Which one.
    @discardableResult
    public func enable(_ source: SourceId) async throws -> Executed {
        try await acting.execute(Command.sources.enable(source))
    }

    /// Disables an identity source: no run starts.
    ///
    /// - Parameters:
    ///   - source: Which one.
    @discardableResult
    public func disable(_ source: SourceId) async throws -> Executed {
        try await acting.execute(Command.sources.disable(source))
    }

    /// Deletes an identity source. The records that came from it stay as they are.
    ///
    /// - Parameters:
    ///   - source: The source.
    @discardableResult
    public func delete(_ source: SourceId) async throws -> Executed {
        try await acting.execute(Command.sources.delete(source))
    }
}

/// What can be done with and known about shadows.
public struct ShadowsNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.shadow

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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.shadows.put(source: source, kind: kind, identifier: identifier, objectKey: objectKey, situation: situation, state: state, candidates: candidates, deleteAfter: deleteAfter, dependsOn: dependsOn, digest: digest, missingSince: missingSince, nameKey: nameKey, problem: problem, problemCode: problemCode, shadow: shadow, target: target, title: title))
    }

    /// Decides about an object of a source that waits in the review or remediation queue.
    ///
    /// - Parameters:
    ///   - shadow: The object.
    ///   - resolution: The decision.
    @discardableResult
    public func resolve(_ shadow: ShadowId, resolution: Resolution) async throws -> Executed {
        try await acting.execute(Command.shadows.resolve(shadow, resolution: resolution))
    }

    /// Forgets an object of a source. The record that it is linked to stays.
    ///
    /// - Parameters:
    ///   - shadow: The object.
    @discardableResult
    public func remove(_ shadow: ShadowId) async throws -> Executed {
        try await acting.execute(Command.shadows.remove(shadow))
    }
}

/// What can be done with and known about sync runs.
public struct SyncRunsNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.syncRun
}

/// What can be done with and known about connectors.
public struct ConnectorsNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.connector

    /// Registers a connector in the realm, or a later version of it. Hosts do it when they start.
    ///
    /// - Parameters:
    ///   - descriptor: The connector as it describes itself.
    @discardableResult
    public func install(descriptor: ConnectorDescriptor) async throws -> Executed {
        try await acting.execute(Command.connectors.install(descriptor: descriptor))
    }

    /// Takes a connector out of the realm. Sources that use it stay; their runs fail until it is back.
    ///
    /// - Parameters:
    ///   - connector: The connector.
    @discardableResult
    public func remove(_ connector: ConnectorId) async throws -> Executed {
        try await acting.execute(Command.connectors.remove(connector))
    }
}

/// What can be done with and known about records.
public struct RecordsNoun: Sendable {
    /// Who asks.
    public let acting: Acting

    /// Takes or releases the unique name that an attribute of a record gives, as the schema now says. A name that
    /// another record holds is refused, with its holder. Sent by the engine after the uniqueness of an attribute
    /// changed.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - attribute: The attribute.
    @discardableResult
    public func reindex(_ record: EntityId, attribute: String) async throws -> Executed {
        try await acting.execute(Command.records.reindex(record, attribute: attribute))
    }

    /// Reads a record that exists and is not deleted.
    ///
    /// - Parameters:
    ///   - id: The record.
    ///   - at: The state to read.
    public func get(_ id: EntityId, at: At? = nil) async throws -> Record {
        var fields = Fields()
        fields.set("id", id)
        fields.put("at", at)
        return try await acting.ask("record.get", fields)
    }

    /// Reads a record, a soft-deleted one too; answers nothing when there is none.
    ///
    /// - Parameters:
    ///   - id: The record.
    ///   - at: The state to read.
    public func find(_ id: EntityId, at: At? = nil) async throws -> Record? {
        var fields = Fields()
        fields.set("id", id)
        fields.put("at", at)
        return try await acting.ask("record.find", fields)
    }

    /// Reads several records at once, in the order asked for; those that do not exist are left out.
    ///
    /// - Parameters:
    ///   - ids: The records.
    ///   - at: The state to read.
    public func findAll(ids: [EntityId], at: At? = nil) async throws -> [Record] {
        var fields = Fields()
        fields.set("ids", ids)
        fields.put("at", at)
        return try await acting.ask("record.find_all", fields)
    }

    /// Reads the record that holds a unique name, such as the user with a `user_name`; answers nothing when nobody
    /// does.
    ///
    /// - Parameters:
    ///   - kind: The kind of the record.
    ///   - attribute: A unique attribute of the kind.
    ///   - value: Its value, in any letter case.
    ///   - at: The state to read.
    public func findBy(kind: Kind, attribute: String, value: String, at: At? = nil) async throws -> Record? {
        var fields = Fields()
        fields.set("kind", kind)
        fields.set("attribute", attribute)
        fields.set("value", value)
        fields.put("at", at)
        return try await acting.ask("record.find_by", fields)
    }

    /// Lists one page of the records that match.
    ///
    /// - Parameters:
    ///   - kind: What to list.
    ///   - at: The state to read.
    ///   - cursor: Which page: `next` or `previous` of another one; the first one when absent.
    ///   - deleted: Whether soft-deleted records are listed.
    ///   - filter: Which of them; everyone when absent.
    ///   - limit: Records on a page, 1 to 1000.
    ///   - sort: In which order; then by identifier.
    ///   - total: Count all records that match.
    public func search(
        kind: Kind,
        at: At? = nil,
        cursor: Cursor? = nil,
        deleted: Deleted? = nil,
        filter: Filter? = nil,
        limit: Int? = nil,
        sort: [Sort]? = nil,
        total: Bool? = nil
    ) async throws -> Page {
        var fields = Fields()
        fields.set("kind", kind)
        fields.put("at", at)
        fields.put("cursor", cursor)
        fields.put("deleted", deleted)
        fields.put("filter", filter)
        fields.put("limit", limit)
        fields.put("sort", sort)
        fields.put("total", total)
        return try await acting.ask("record.search", fields)
    }

    /// Counts the records that match.
    ///
    /// - Parameters:
    ///   - kind: What to count.
    ///   - at: The state to read.
    ///   - filter: Which of them; everyone when absent.
    public func count(kind: Kind, at: At? = nil, filter: Filter? = nil) async throws -> Int {
        var fields = Fields()
        fields.set("kind", kind)
        fields.put("at", at)
        fields.put("filter", filter)
        return try await acting.ask("record.count", fields)
    }

    /// Lists users any of whose names, addresses or numbers starts with a text, in any letter case, by e-mail. At
    /// least two characters; the empty text lists everyone.
    ///
    /// - Parameters:
    ///   - text: How it starts.
    ///   - at: The state to read.
    ///   - cursor: Which page; the first one when absent.
    ///   - limit: Records on a page, 1 to 1000.
    ///   - total: Count all users that match.
    public func prefixSearch(
        _ text: String,
        at: At? = nil,
        cursor: Cursor? = nil,
        limit: Int? = nil,
        total: Bool? = nil
    ) async throws -> Page {
        var fields = Fields()
        fields.set("text", text)
        fields.put("at", at)
        fields.put("cursor", cursor)
        fields.put("limit", limit)
        fields.put("total", total)
        return try await acting.ask("record.prefix_search", fields)
    }

    /// Lists records the way a screen shows them: with the columns that the realm displays for the kind, searched
    /// by a text at the start of the attributes that the realm searches, with names for what the columns refer to.
    /// Users come with their status, ordered by e-mail, other kinds by name.
    ///
    /// - Parameters:
    ///   - kind: What to list.
    ///   - at: The state to read.
    ///   - cursor: Which page: `next` or `previous` of another one; the first one when absent.
    ///   - filter: Which of them besides; everyone when absent.
    ///   - limit: Rows on a page, 1 to 1000.
    ///   - sort: In which order; by e-mail or name when empty.
    ///   - text: How one of the searched attributes starts, in any letter case; at least two characters, or empty
    ///     for everything.
    ///   - total: Count all rows.
    ///   - view: In which terms the status of users is told; the realm's setting `status_view` when absent.
    public func list(
        kind: Kind,
        at: At? = nil,
        cursor: Cursor? = nil,
        filter: Filter? = nil,
        limit: Int? = nil,
        sort: [Sort]? = nil,
        text: String? = nil,
        total: Bool? = nil,
        view: StatusView? = nil
    ) async throws -> ListPage {
        var fields = Fields()
        fields.set("kind", kind)
        fields.put("at", at)
        fields.put("cursor", cursor)
        fields.put("filter", filter)
        fields.put("limit", limit)
        fields.put("sort", sort)
        fields.put("text", text)
        fields.put("total", total)
        fields.put("view", view)
        return try await acting.ask("record.list", fields)
    }
}

/// What can be done with and known about memberships.
public struct MembershipsNoun: Sendable {
    /// Who asks.
    public let acting: Acting

    /// Adds a user or device to organizations, one or several in one step, from either side. A membership that is
    /// there already gets the given number and time.
    ///
    /// - Parameters:
    ///   - member: The user or device.
    ///   - organizations: Where to.
    @discardableResult
    public func add(member: EntityId, organizations: [JoinOrganization]) async throws -> Executed {
        try await acting.execute(Command.memberships.add(member: member, organizations: organizations))
    }

    /// Takes a user or device out of organizations. Only the direct origin goes: what a source or rule said stays.
    ///
    /// - Parameters:
    ///   - member: The user or device.
    ///   - organizations: From where.
    @discardableResult
    public func remove(member: EntityId, organizations: [OrganizationId]) async throws -> Executed {
        try await acting.execute(Command.memberships.remove(member: member, organizations: organizations))
    }
}

/// What can be done with and known about passwords.
public struct PasswordsNoun: Sendable {
    /// Who asks.
    public let acting: Acting

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
    @discardableResult
    public func set(
        user: UserId,
        password: Secret,
        confirmation: Secret? = nil,
        mustChange: Bool? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.passwords.set(user: user, password: password, confirmation: confirmation, mustChange: mustChange))
    }

    /// Changes one's own password, with the present one as proof (OWASP ASVS 5, 6.2.3). A wrong one counts as a
    /// failed attempt.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - current: The present password.
    ///   - password: The new one.
    ///   - confirmation: The new one again, where people type it; not compared when absent.
    @discardableResult
    public func change(
        user: UserId,
        current: Secret,
        password: Secret,
        confirmation: Secret? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.passwords.change(user: user, current: current, password: password, confirmation: confirmation))
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
    @discardableResult
    public func reset(user: UserId, send: Bool? = nil, to: ResetTo? = nil) async throws -> Executed {
        try await acting.execute(Command.passwords.reset(user: user, send: send, to: to))
    }

    /// Requires a user to change the password at the next sign-in, or takes the requirement back.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - required: Whether it is required.
    @discardableResult
    public func requireChange(user: UserId, required: Bool? = nil) async throws -> Executed {
        try await acting.execute(Command.passwords.requireChange(user: user, required: required))
    }

    /// Exempts a user from expiry, from strength or from all restrictions of passwords, as far as the policy
    /// allows.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - exemption: From what.
    @discardableResult
    public func exempt(user: UserId, exemption: Exemption) async throws -> Executed {
        try await acting.execute(Command.passwords.exempt(user: user, exemption: exemption))
    }

    /// Brings along a password as a hash of another program. It is checked in its own form and replaced by one of
    /// this engine at the first sign-in.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - hash: The hash, as the other program keeps it.
    ///   - mustChange: Whether it must be changed at the next sign-in.
    ///   - setAt: When it was set; not known when absent.
    @discardableResult
    public func `import`(
        user: UserId,
        hash: Secret,
        mustChange: Bool? = nil,
        setAt: Date? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.passwords.`import`(user: user, hash: hash, mustChange: mustChange, setAt: setAt))
    }

    /// Hands out the hashes of users' passwords, for a move to another program. The answer has one for each user
    /// that has a password, under the user's identifier; that they were handed out is noted with each of them.
    ///
    /// - Parameters:
    ///   - users: The users, at most 1000.
    @discardableResult
    public func export(users: [UserId]) async throws -> Executed {
        try await acting.execute(Command.passwords.export(users: users))
    }

    /// Checks a user's password, for a host that keeps sessions of its own. A hash of another program is replaced,
    /// a wrong one counts as a failed attempt. Whether the user may sign in at all is asked with `user.status`.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - password: The password.
    @discardableResult
    public func verify(user: UserId, password: Secret) async throws -> Executed {
        try await acting.execute(Command.passwords.verify(user: user, password: password))
    }

    /// Counts a failed attempt at a user's password: for a host that checks passwords in its own way.
    ///
    /// - Parameters:
    ///   - user: The user.
    @discardableResult
    public func noteFailure(user: UserId) async throws -> Executed {
        try await acting.execute(Command.passwords.noteFailure(user: user))
    }

    /// Tells whether a password would be accepted for a user, and every reason why not; empty: it would.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - password: The password.
    public func check(user: UserId, password: Secret) async throws -> [FieldProblem] {
        var fields = Fields()
        fields.set("user", user)
        fields.set("password", password)
        return try await acting.ask("password.check", fields)
    }
}

/// What can be done with and known about syncs.
public struct SyncsNoun: Sendable {
    /// Who asks.
    public let acting: Acting

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
    @discardableResult
    public func request(
        source: SourceId,
        dueAt: Date? = nil,
        filter: String? = nil,
        id: SyncRunId? = nil,
        lookOnly: Bool? = nil,
        mode: RunMode? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.syncs.request(source: source, dueAt: dueAt, filter: filter, id: id, lookOnly: lookOnly, mode: mode))
    }

    /// Leases a run that waits, or whose worker has not been heard of since its lease ended. Refused while another
    /// worker holds it.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - worker: Who leases it.
    ///   - until: Until when, unless the worker is heard of before.
    ///   - changeSet: The change set of the run; a run that goes on keeps the one it has.
    @discardableResult
    public func start(run: SyncRunId, worker: String, until: Date, changeSet: ChangeSetId) async throws -> Executed {
        try await acting.execute(Command.syncs.start(run: run, worker: worker, until: until, changeSet: changeSet))
    }

    /// Notes how far a run is, and keeps the lease. Refused when the worker has lost it.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - worker: Who holds the lease.
    ///   - until: Until when from now on.
    ///   - place: Where it would go on.
    ///   - counts: What it did so far, by name.
    @discardableResult
    public func note(
        run: SyncRunId,
        worker: String,
        until: Date,
        place: Value,
        counts: Value
    ) async throws -> Executed {
        try await acting.execute(Command.syncs.note(run: run, worker: worker, until: until, place: place, counts: counts))
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
    @discardableResult
    public func finish(
        run: SyncRunId,
        worker: String,
        state: String,
        counts: Value,
        findings: [Value]? = nil,
        problem: Value? = nil,
        tokens: Value? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.syncs.finish(run: run, worker: worker, state: state, counts: counts, findings: findings, problem: problem, tokens: tokens))
    }

    /// Asks a run to stop at the next page. A run that waits is over at once.
    ///
    /// - Parameters:
    ///   - run: The run.
    @discardableResult
    public func cancel(run: SyncRunId) async throws -> Executed {
        try await acting.execute(Command.syncs.cancel(run: run))
    }

    /// Forgets a run that is over, with its log. Its changes stay, and can still be undone by their change set.
    ///
    /// - Parameters:
    ///   - run: The run.
    @discardableResult
    public func forget(run: SyncRunId) async throws -> Executed {
        try await acting.execute(Command.syncs.forget(run: run))
    }
}

/// What can be done with and known about edges.
public struct EdgesNoun: Sendable {
    /// Who asks.
    public let acting: Acting

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
    @discardableResult
    public func synchronize(
        source: SourceId,
        record: EntityId,
        direction: Direction,
        relation: Relation,
        add: [EntityId]? = nil,
        exclusive: Bool? = nil,
        remove: [EntityId]? = nil
    ) async throws -> Executed {
        try await acting.execute(Command.edges.synchronize(source: source, record: record, direction: direction, relation: relation, add: add, exclusive: exclusive, remove: remove))
    }

    /// Lists the edges of a relation at a record, those without effect too: the organizations of a user, the
    /// members of a group, the reports of a manager.
    ///
    /// - Parameters:
    ///   - id: The record.
    ///   - direction: Which end of the edges it is.
    ///   - relation: The relation.
    ///   - at: The state to read.
    public func list(_ id: EntityId, direction: Direction, relation: Relation, at: At? = nil) async throws -> [Edge] {
        var fields = Fields()
        fields.set("id", id)
        fields.set("direction", direction)
        fields.set("relation", relation)
        fields.put("at", at)
        return try await acting.ask("edge.list", fields)
    }
}

/// What can be done with and known about otps.
public struct OtpsNoun: Sendable {
    /// Who asks.
    public let acting: Acting

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
    @discardableResult
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
    ) async throws -> Executed {
        try await acting.execute(Command.otps.enrol(user: user, algorithm: algorithm, confirmed: confirmed, counter: counter, digits: digits, issuer: issuer, label: label, period: period, secret: secret, type: type))
    }

    /// Begins the enrolment of an authenticator for many users at once and sends each of them a QR code. Users who
    /// have as many devices as allowed are left out and named in the remarks.
    ///
    /// - Parameters:
    ///   - users: The users, at most 1000.
    ///   - issuer: What the authenticator shows as the service; the realm's name when absent.
    @discardableResult
    public func sendEnrolments(users: [UserId], issuer: String? = nil) async throws -> Executed {
        try await acting.execute(Command.otps.sendEnrolments(users: users, issuer: issuer))
    }

    /// Confirms a device with a first code: from then on it counts as a factor. The code is used up with it.
    ///
    /// - Parameters:
    ///   - credential: The device.
    ///   - code: The code that it shows.
    @discardableResult
    public func confirm(credential: CredentialId, code: Secret) async throws -> Executed {
        try await acting.execute(Command.otps.confirm(credential: credential, code: code))
    }

    /// Brings a counter device back that was pressed too often: two codes in a row tell where it is (RFC 4226,
    /// 7.4).
    ///
    /// - Parameters:
    ///   - credential: The device.
    ///   - first: The code that it shows.
    ///   - second: The one that it shows next.
    @discardableResult
    public func resynchronise(credential: CredentialId, first: Secret, second: Secret) async throws -> Executed {
        try await acting.execute(Command.otps.resynchronise(credential: credential, first: first, second: second))
    }

    /// Draws the QR code of an enrolment.
    ///
    /// - Parameters:
    ///   - text: The text, such as the `uri` of an enrolment.
    ///   - scale: Pixels a module of the PNG, 1 to 32; 6 when absent.
    public func drawQr(_ text: Secret, scale: Int? = nil) async throws -> QrCode {
        var fields = Fields()
        fields.set("text", text)
        fields.put("scale", scale)
        return try await acting.ask("otp.draw_qr", fields)
    }
}

/// What can be done with and known about factors.
public struct FactorsNoun: Sendable {
    /// Who asks.
    public let acting: Acting

    /// Checks a second factor and uses it up: a code of a device, a passcode, or a recovery code. Refused with
    /// `credential.wrong` when it is none, or was used before.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - code: The code.
    @discardableResult
    public func verify(user: UserId, code: Secret) async throws -> Executed {
        try await acting.execute(Command.factors.verify(user: user, code: code))
    }

    /// Counts a failed attempt at a user's second factors: for a host that checks them in its own way.
    ///
    /// - Parameters:
    ///   - user: The user.
    @discardableResult
    public func noteFailure(user: UserId) async throws -> Executed {
        try await acting.execute(Command.factors.noteFailure(user: user))
    }
}

/// What can be done with and known about recovery codes.
public struct RecoveryCodesNoun: Sendable {
    /// Who asks.
    public let acting: Acting

    /// Makes a new set of recovery codes for a user, in the place of the one before. They are part of the answer as
    /// `recovery_codes`, this once.
    ///
    /// - Parameters:
    ///   - user: The user.
    @discardableResult
    public func create(user: UserId) async throws -> Executed {
        try await acting.execute(Command.recoveryCodes.create(user: user))
    }

    /// Revokes a user's recovery codes; always allowed, because they are no second factor of their own.
    ///
    /// - Parameters:
    ///   - user: The user.
    @discardableResult
    public func revoke(user: UserId) async throws -> Executed {
        try await acting.execute(Command.recoveryCodes.revoke(user: user))
    }
}

/// What can be done with and known about passcodes.
public struct PasscodesNoun: Sendable {
    /// Who asks.
    public let acting: Acting

    /// Sends a user a passcode of eight digits that counts once and for ten minutes at most. A newer one replaces
    /// the one before, 30 seconds after it at the earliest (`sign_in.throttled`): otherwise somebody could have
    /// passcodes sent until a guess is right. It counts as long as the address is the user's.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - channel: By e-mail or SMS; e-mail when absent.
    @discardableResult
    public func send(user: UserId, channel: PasscodeChannel? = nil) async throws -> Executed {
        try await acting.execute(Command.passcodes.send(user: user, channel: channel))
    }
}

/// What can be done with and known about providers.
public struct ProvidersNoun: Sendable {
    /// Who asks.
    public let acting: Acting

    /// Links a user with an identity at a provider. An identity belongs to one user at most.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - provider: The provider, such as `google`.
    ///   - subject: The identity's stable identifier there: `sub` of OpenID Connect.
    ///   - label: How people call it: the address or name that the provider gave.
    @discardableResult
    public func link(user: UserId, provider: String, subject: String, label: String? = nil) async throws -> Executed {
        try await acting.execute(Command.providers.link(user: user, provider: provider, subject: subject, label: label))
    }

    /// Finds the user who is linked with an identity at a provider; answers nothing when nobody is.
    ///
    /// - Parameters:
    ///   - provider: The provider.
    ///   - subject: The identity's stable identifier there.
    public func findUser(_ provider: String, subject: String) async throws -> EntityId? {
        var fields = Fields()
        fields.set("provider", provider)
        fields.set("subject", subject)
        return try await acting.ask("provider.find_user", fields)
    }
}

/// What can be done with and known about passkeys.
public struct PasskeysNoun: Sendable {
    /// Who asks.
    public let acting: Acting

    /// Begins the enrolment of a passkey. The answer has as `options`, this once, what the browser is asked with:
    /// JSON for `PublicKeyCredential.parseCreationOptionsFromJSON` and `navigator.credentials.create`. The passkey
    /// counts when the browser's answer was confirmed, within ten minutes. Refused with `feature.off` when the
    /// realm's settings name no relying party (`sign_in.passkeys`), or this build checks no passkeys.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - label: How people call the device.
    @discardableResult
    public func enrol(user: UserId, label: String? = nil) async throws -> Executed {
        try await acting.execute(Command.passkeys.enrol(user: user, label: label))
    }

    /// Confirms the enrolment of a passkey with the browser's answer: from then on it counts, as a second factor
    /// and for a sign-in without a password. Refused with `credential.wrong` when the answer does not hold.
    ///
    /// - Parameters:
    ///   - credential: The passkey whose enrolment was begun.
    ///   - response: What the browser answered, as JSON text: `JSON.stringify(credential)`.
    @discardableResult
    public func confirm(credential: CredentialId, response: Secret) async throws -> Executed {
        try await acting.execute(Command.passkeys.confirm(credential: credential, response: response))
    }
}

/// What can be done with and known about history.
public struct HistoryNoun: Sendable {
    /// Who asks.
    public let acting: Acting

    /// Lists what happened to a record and to the edges at it, the latest first.
    ///
    /// - Parameters:
    ///   - id: The record.
    ///   - before: Only what lies before this place.
    ///   - limit: Changes at most, up to 1000.
    public func of(_ id: EntityId, before: Place? = nil, limit: Int? = nil) async throws -> [HistoryItem] {
        var fields = Fields()
        fields.set("id", id)
        fields.put("before", before)
        fields.put("limit", limit)
        return try await acting.ask("history.of", fields)
    }

    /// Lists everything that was changed in the realm, in order.
    ///
    /// - Parameters:
    ///   - after: Only what lies after this place.
    ///   - limit: Changes at most, up to 1000.
    public func timeline(after: Place? = nil, limit: Int? = nil) async throws -> [HistoryItem] {
        var fields = Fields()
        fields.put("after", after)
        fields.put("limit", limit)
        return try await acting.ask("history.timeline", fields)
    }

    /// Tells what is different between two states: everything that was changed, and not changed back.
    ///
    /// - Parameters:
    ///   - from: From this state.
    ///   - to: To this one.
    public func difference(from: At, to: At? = nil) async throws -> Difference {
        var fields = Fields()
        fields.set("from", from)
        fields.put("to", to)
        return try await acting.ask("history.difference", fields)
    }
}

/// What can be done with and known about audit.
public struct AuditNoun: Sendable {
    /// Who asks.
    public let acting: Acting

    /// Lists the audit trail of the realm: every command, the refused ones too.
    ///
    /// - Parameters:
    ///   - actor: Only commands of this actor, such as `host:console`.
    ///   - after: Only commits after this revision.
    ///   - before: Only commands at or before this moment.
    ///   - changeSet: Only commands of this change set.
    ///   - commandId: Only the command with this identifier.
    ///   - limit: Commands at most, up to 1000.
    ///   - newestFirst: The latest first.
    ///   - since: Only commands at or after this moment.
    ///   - subject: Only commands about this record.
    ///   - until: Only commits up to this revision.
    public func list(
        actor: String? = nil,
        after: Int? = nil,
        before: Date? = nil,
        changeSet: ChangeSetId? = nil,
        commandId: CommandId? = nil,
        limit: Int? = nil,
        newestFirst: Bool? = nil,
        since: Date? = nil,
        subject: EntityId? = nil,
        until: Int? = nil
    ) async throws -> [AuditItem] {
        var fields = Fields()
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
        return try await acting.ask("audit.list", fields)
    }
}

/// What can be done with and known about schema.
public struct SchemaNoun: Sendable {
    /// Who asks.
    public let acting: Acting

    /// Lists the attributes of a kind: the built-in ones in the order of a form, then the realm's own by name.
    ///
    /// - Parameters:
    ///   - kind: The kind.
    public func attributes(kind: Kind) async throws -> [AttributeDefinition] {
        var fields = Fields()
        fields.set("kind", kind)
        return try await acting.ask("schema.attributes", fields)
    }
}

/// What can be done with and known about chain.
public struct ChainNoun: Sendable {
    /// Who asks.
    public let acting: Acting

    /// Verifies the tamper-evident chain of the whole storage, also against heads that were published elsewhere.
    ///
    /// - Parameters:
    ///   - published: Heads that were kept outside of the storage.
    public func verify(published: [ChainHead]? = nil) async throws -> Verified {
        var fields = Fields()
        fields.put("published", published)
        return try await acting.ask("chain.verify", fields)
    }
}

/// What can be done with and known about access.
public struct AccessNoun: Sendable {
    /// Who asks.
    public let acting: Acting

    /// Tells whether somebody may do something: an action such as `update` or `invoice:approve` on a record, on a
    /// resource of the host, or on anything of a kind.
    ///
    /// - Parameters:
    ///   - action: The action; with the kind and a colon before it where that is not the kind of the target.
    ///   - on: What it is about.
    ///   - at: The state to read.
    ///   - user: Who; the actor when absent. Asking about others needs the right to audit the realm.
    public func can(action: String, on: On, at: At? = nil, user: UserId? = nil) async throws -> Bool {
        var fields = Fields()
        fields.set("action", action)
        fields.set("on", on)
        fields.put("at", at)
        fields.put("user", user)
        return try await acting.ask("access.can", fields)
    }

    /// Explains a decision: yes with every path that leads to it, no with the facts that are missing, the nearest
    /// first.
    ///
    /// - Parameters:
    ///   - action: The action.
    ///   - on: What it is about.
    ///   - at: The state to read.
    ///   - user: Who; the actor when absent. Asking about others needs the right to audit the realm.
    public func explain(action: String, on: On, at: At? = nil, user: UserId? = nil) async throws -> Explanation {
        var fields = Fields()
        fields.set("action", action)
        fields.set("on", on)
        fields.put("at", at)
        fields.put("user", user)
        return try await acting.ask("access.explain", fields)
    }

    /// Reads everything that is linked to a user: roles and groups with every path, led, owned and administered
    /// organizations, and every right.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - at: The state to read.
    public func effective(user: UserId, at: At? = nil) async throws -> EffectiveAccess {
        var fields = Fields()
        fields.set("user", user)
        fields.put("at", at)
        return try await acting.ask("access.effective", fields)
    }

    /// Reads the filter that holds for exactly the things of a kind on which somebody may do something, as far as
    /// it does not depend on levels: for the host's own lists.
    ///
    /// - Parameters:
    ///   - action: The action.
    ///   - kind: The kind, one of the library's or of the host's own.
    ///   - at: The state to read.
    ///   - user: Who; the actor when absent. Asking about others needs the right to audit the realm.
    public func filter(
        action: String,
        kind: String,
        at: At? = nil,
        user: UserId? = nil
    ) async throws -> AllowedFilter {
        var fields = Fields()
        fields.set("action", action)
        fields.set("kind", kind)
        fields.put("at", at)
        fields.put("user", user)
        return try await acting.ask("access.filter", fields)
    }

    /// Lists the users who can do something.
    ///
    /// - Parameters:
    ///   - action: The action.
    ///   - on: What it is about.
    ///   - at: The state to read.
    ///   - limit: At most so many.
    public func whoCan(action: String, on: On, at: At? = nil, limit: Int? = nil) async throws -> WhoCan {
        var fields = Fields()
        fields.set("action", action)
        fields.set("on", on)
        fields.put("at", at)
        fields.put("limit", limit)
        return try await acting.ask("access.who_can", fields)
    }

    /// Compares what users may do in two states: of the users that are named everything, windows that opened or
    /// closed by themselves included; without names, of everybody whom the commits between the states can concern.
    ///
    /// - Parameters:
    ///   - from: One state.
    ///   - limit: Looks at so many users at most; the answer says whether there were more.
    ///   - to: The other; the present when absent.
    ///   - users: Of these users.
    public func difference(
        from: At,
        limit: Int? = nil,
        to: At? = nil,
        users: [UserId]? = nil
    ) async throws -> AccessDifference {
        var fields = Fields()
        fields.set("from", from)
        fields.put("limit", limit)
        fields.put("to", to)
        fields.put("users", users)
        return try await acting.ask("access.difference", fields)
    }

    /// Shows what a command would change in what users may do; nothing is written.
    ///
    /// - Parameters:
    ///   - change: The command with its name in `command`, such as `{"command": "role.grant", …}`.
    ///   - limit: Looks at so many users at most; the answer says whether there were more.
    public func preview(change: Value, limit: Int? = nil) async throws -> AccessDifference {
        var fields = Fields()
        fields.set("change", change)
        fields.put("limit", limit)
        return try await acting.ask("access.preview", fields)
    }

    /// Looks for access that is probably not meant so: roles that nobody holds, rights that nobody has, privileges
    /// that contradict, exclusions that are met, administrators who could become owners.
    public func doctor() async throws -> [AccessFinding] {
        let fields = Fields()
        return try await acting.ask("access.doctor", fields)
    }

    /// Reads what the provisioning roles of a user want in the targets: mapping, attributes, values.
    ///
    /// - Parameters:
    ///   - user: The user.
    public func wanted(user: UserId) async throws -> WantedState {
        var fields = Fields()
        fields.set("user", user)
        return try await acting.ask("access.wanted", fields)
    }

    /// Reads the risk index of a user: the highest of all roles and groups that they have.
    ///
    /// - Parameters:
    ///   - user: The user.
    public func risk(user: UserId) async throws -> Double? {
        var fields = Fields()
        fields.set("user", user)
        return try await acting.ask("access.risk", fields)
    }

    /// Tells who would come and go if a role or group had another condition; nothing is written.
    ///
    /// - Parameters:
    ///   - owner: The role or group.
    ///   - selects: What the condition selects.
    ///   - condition: The condition.
    public func ruleDifference(owner: EntityId, selects: Kind, condition: Filter) async throws -> RuleDifference {
        var fields = Fields()
        fields.set("owner", owner)
        fields.set("selects", selects)
        fields.set("condition", condition)
        return try await acting.ask("access.rule_difference", fields)
    }

    /// Tells what cloning would give a user, take from them and leave out, and why; nothing is written.
    ///
    /// - Parameters:
    ///   - from: Who has it.
    ///   - to: Who is to get it.
    ///   - mode: What becomes of that which they have already.
    public func clone(from: UserId, to: UserId, mode: CloneMode? = nil) async throws -> Cloned {
        var fields = Fields()
        fields.set("from", from)
        fields.set("to", to)
        fields.put("mode", mode)
        return try await acting.ask("access.clone", fields)
    }

    /// Lists the administrators of the platform, apart from all other users: the direct holders of the roles whose
    /// attribute `administrative` is set.
    public func administrators() async throws -> [Record] {
        let fields = Fields()
        return try await acting.ask("access.administrators", fields)
    }
}

extension Acting {
    /// Realms.
    public var realms: RealmsNoun { RealmsNoun(acting: self) }
    /// Users.
    public var users: UsersNoun { UsersNoun(acting: self) }
    /// Devices.
    public var devices: DevicesNoun { DevicesNoun(acting: self) }
    /// User types.
    public var userTypes: UserTypesNoun { UserTypesNoun(acting: self) }
    /// Organizations.
    public var organizations: OrganizationsNoun { OrganizationsNoun(acting: self) }
    /// Organization types.
    public var organizationTypes: OrganizationTypesNoun { OrganizationTypesNoun(acting: self) }
    /// Positions.
    public var positions: PositionsNoun { PositionsNoun(acting: self) }
    /// Groups.
    public var groups: GroupsNoun { GroupsNoun(acting: self) }
    /// Templates.
    public var templates: TemplatesNoun { TemplatesNoun(acting: self) }
    /// Attributes.
    public var attributes: AttributesNoun { AttributesNoun(acting: self) }
    /// Roles.
    public var roles: RolesNoun { RolesNoun(acting: self) }
    /// Assignments.
    public var assignments: AssignmentsNoun { AssignmentsNoun(acting: self) }
    /// Rules.
    public var rules: RulesNoun { RulesNoun(acting: self) }
    /// Credentials.
    public var credentials: CredentialsNoun { CredentialsNoun(acting: self) }
    /// Policies.
    public var policies: PoliciesNoun { PoliciesNoun(acting: self) }
    /// Sessions.
    public var sessions: SessionsNoun { SessionsNoun(acting: self) }
    /// Links.
    public var links: LinksNoun { LinksNoun(acting: self) }
    /// Counters.
    public var counters: CountersNoun { CountersNoun(acting: self) }
    /// Sources.
    public var sources: SourcesNoun { SourcesNoun(acting: self) }
    /// Shadows.
    public var shadows: ShadowsNoun { ShadowsNoun(acting: self) }
    /// Sync runs.
    public var syncRuns: SyncRunsNoun { SyncRunsNoun(acting: self) }
    /// Connectors.
    public var connectors: ConnectorsNoun { ConnectorsNoun(acting: self) }
    /// Records.
    public var records: RecordsNoun { RecordsNoun(acting: self) }
    /// Memberships.
    public var memberships: MembershipsNoun { MembershipsNoun(acting: self) }
    /// Passwords.
    public var passwords: PasswordsNoun { PasswordsNoun(acting: self) }
    /// Syncs.
    public var syncs: SyncsNoun { SyncsNoun(acting: self) }
    /// Edges.
    public var edges: EdgesNoun { EdgesNoun(acting: self) }
    /// Otps.
    public var otps: OtpsNoun { OtpsNoun(acting: self) }
    /// Factors.
    public var factors: FactorsNoun { FactorsNoun(acting: self) }
    /// Recovery codes.
    public var recoveryCodes: RecoveryCodesNoun { RecoveryCodesNoun(acting: self) }
    /// Passcodes.
    public var passcodes: PasscodesNoun { PasscodesNoun(acting: self) }
    /// Providers.
    public var providers: ProvidersNoun { ProvidersNoun(acting: self) }
    /// Passkeys.
    public var passkeys: PasskeysNoun { PasskeysNoun(acting: self) }
    /// History.
    public var history: HistoryNoun { HistoryNoun(acting: self) }
    /// Audit.
    public var audit: AuditNoun { AuditNoun(acting: self) }
    /// Schema.
    public var schema: SchemaNoun { SchemaNoun(acting: self) }
    /// Chain.
    public var chain: ChainNoun { ChainNoun(acting: self) }
    /// Access.
    public var access: AccessNoun { AccessNoun(acting: self) }

    /// Signs in with identifier and password. The session is open, or waits for another factor or an action.
    ///
    /// - Parameters:
    ///   - identifier: Who one says to be: the value of any attribute that the realm takes as an identifier.
    ///   - password: The password.
    ///   - assurance: The level that the application asks for: 1 for one factor, 2 for two, 3 for two of which
    ///     one is hardware.
    ///   - origin: Where the attempt comes from.
    ///   - refresh: Hand out a refresh token, too; then the session's token lives for minutes only.
    ///   - risk: What the host makes of the attempt: its hook into every sign-in.
    public func signIn(
        identifier: String,
        password: Secret,
        assurance: Int? = nil,
        origin: SessionOrigin? = nil,
        refresh: Bool? = nil,
        risk: Risk? = nil
    ) async throws -> SignedIn {
        try await signInPlainly(identifier, password, assurance, origin, refresh, risk)
    }

    /// Goes on with a sign-in that waits for a factor or an action.
    ///
    /// - Parameters:
    ///   - flowToken: The flow token of the step before.
    ///   - proof: What is shown or done.
    public func continueSignIn(flowToken: Secret, proof: SignInProof) async throws -> SignedIn {
        var fields = Fields()
        fields.set("flow_token", flowToken)
        fields.set("proof", proof)
        return try SignedIn(try await perform("continue_sign_in", fields.jsonValue))
    }

    /// Reads who is signing in, and what the sign-in waits for.
    ///
    /// - Parameters:
    ///   - token: The token.
    public func signInFlow(token: Secret) async throws -> SignInFlow {
        var fields = Fields()
        fields.set("token", token)
        return try SignInFlow(try await perform("sign_in_flow", fields.jsonValue))
    }

    /// Reads the session that a token names, when it is assured enough.
    ///
    /// - Parameters:
    ///   - token: The token.
    ///   - assurance: The level that what is asked needs: 1 for one factor, 2 for two, 3 for two of which one is
    ///     hardware.
    public func session(token: Secret, assurance: Int? = nil) async throws -> Session {
        try await sessionPlainly(token, assurance)
    }

    /// Lists the open sessions of a user, the last used first.
    ///
    /// - Parameters:
    ///   - user: The user.
    public func listSessions(user: UserId) async throws -> [Session] {
        var fields = Fields()
        fields.set("user", user)
        return try [Session](try await perform("sessions", fields.jsonValue))
    }

    /// Takes a refresh token in exchange for fresh tokens.
    ///
    /// - Parameters:
    ///   - token: The token.
    public func refreshSession(token: Secret) async throws -> SessionTokens {
        var fields = Fields()
        fields.set("token", token)
        return try SessionTokens(try await perform("refresh_session", fields.jsonValue))
    }

    /// Shows another proof in an open session, which rises to a higher level and gets a fresh token.
    ///
    /// - Parameters:
    ///   - token: The session's token.
    ///   - proof: What is shown.
    public func stepUp(token: Secret, proof: SignInProof) async throws -> SessionTokens {
        var fields = Fields()
        fields.set("token", token)
        fields.set("proof", proof)
        return try SessionTokens(try await perform("step_up", fields.jsonValue))
    }

    /// Ends the session that a token names.
    ///
    /// - Parameters:
    ///   - token: The token.
    public func signOut(token: Secret) async throws {
        var fields = Fields()
        fields.set("token", token)
        _ = try await perform("sign_out", fields.jsonValue)
    }

    /// Reads the link that a token names, when it can be used. Nothing is changed.
    ///
    /// - Parameters:
    ///   - token: The token.
    public func checkLink(token: Secret) async throws -> Link {
        var fields = Fields()
        fields.set("token", token)
        return try Link(try await perform("check_link", fields.jsonValue))
    }

    /// Completes the sign-up of a person who was invited.
    ///
    /// - Parameters:
    ///   - linkToken: The token of the link.
    ///   - password: The password to sign in with from now on.
    ///   - attributes: Values of the profile that the person fills in.
    ///   - terms: The version of the terms that the person accepts.
    public func acceptInvitation(
        linkToken: Secret,
        password: Secret,
        attributes: [String: Value]? = nil,
        terms: String? = nil
    ) async throws -> UserId {
        var fields = Fields()
        fields.set("link_token", linkToken)
        fields.set("password", password)
        fields.put("attributes", attributes)
        fields.put("terms", terms)
        return try UserId(try await perform("accept_invitation", fields.jsonValue))
    }

    /// Sets a new password by a link that was sent for it.
    ///
    /// - Parameters:
    ///   - linkToken: The token of the link.
    ///   - password: The new password.
    public func resetPassword(linkToken: Secret, password: Secret) async throws -> UserId {
        var fields = Fields()
        fields.set("link_token", linkToken)
        fields.set("password", password)
        return try UserId(try await perform("reset_password", fields.jsonValue))
    }

    /// Takes a link as the proof that the e-mail address is the user's own.
    ///
    /// - Parameters:
    ///   - token: The token.
    public func verifyEmail(token: Secret) async throws -> UserId {
        var fields = Fields()
        fields.set("token", token)
        return try UserId(try await perform("verify_email", fields.jsonValue))
    }

    /// Asks for a password reset without being signed in. The answer does not tell whether there is such a user.
    ///
    /// - Parameters:
    ///   - identifier: Who one says to be.
    ///   - address: The network address that it comes from: what is asked for from one address is counted, too,
    ///     so that nobody fills the mailboxes of many.
    ///   - language: The language of the message; the user's preferred one when absent.
    public func requestPasswordReset(
        identifier: String,
        address: String? = nil,
        language: String? = nil
    ) async throws {
        var fields = Fields()
        fields.set("identifier", identifier)
        fields.put("address", address)
        fields.put("language", language)
        _ = try await perform("request_password_reset", fields.jsonValue)
    }

    /// Reads the form by which people register by themselves, when they can.
    public func registrationForm() async throws -> [FormField] {
        let fields = Fields()
        return try [FormField](try await perform("registration_form", fields.jsonValue))
    }

    /// Registers a person who fills in the registration form.
    ///
    /// - Parameters:
    ///   - attributes: The values by attribute: those of the form and no others.
    ///   - password: The password to sign in with.
    ///   - terms: The version of the terms that the person accepts.
    public func register(attributes: [String: Value], password: Secret, terms: String? = nil) async throws -> UserId {
        var fields = Fields()
        fields.set("attributes", attributes)
        fields.set("password", password)
        fields.put("terms", terms)
        return try UserId(try await perform("register", fields.jsonValue))
    }

    /// Signs an access token for the session that a token names, for one audience and at most an hour.
    ///
    /// - Parameters:
    ///   - token: The session's token.
    ///   - audience: For whom the signed token is.
    ///   - seconds: Seconds for which it holds, at most 3600; 300 when absent.
    public func signToken(token: Secret, audience: String, seconds: Int? = nil) async throws -> Secret {
        var fields = Fields()
        fields.set("token", token)
        fields.set("audience", audience)
        fields.put("seconds", seconds)
        return try Secret(try await perform("sign_token", fields.jsonValue))
    }

    /// Reads what a signed access token says, when it holds for the audience. The session is not looked up.
    ///
    /// - Parameters:
    ///   - token: The signed token.
    ///   - audience: For whom it has to be.
    public func verifySignedToken(token: Secret, audience: String) async throws -> SignedClaims {
        var fields = Fields()
        fields.set("token", token)
        fields.set("audience", audience)
        return try SignedClaims(try await perform("verify_signed_token", fields.jsonValue))
    }

    /// Reads the public keys by which others check signed access tokens, as a JSON Web Key Set.
    public func signingKeySet() async throws -> KeySet {
        let fields = Fields()
        return try KeySet(try await perform("signing_key_set", fields.jsonValue))
    }

    /// Draws what a browser is asked with to show a passkey. Nothing is kept; it counts for five minutes and once.
    ///
    /// - Parameters:
    ///   - user: The user, when that is known; absent: whoever has a passkey for the domain.
    public func passkeyChallenge(user: UserId? = nil) async throws -> PasskeyChallenge {
        var fields = Fields()
        fields.put("user", user)
        return try PasskeyChallenge(try await perform("passkey_challenge", fields.jsonValue))
    }

    /// Signs in with a passkey alone. The session is open, or waits for an action.
    ///
    /// - Parameters:
    ///   - response: What the browser answered to the challenge, as JSON text: `JSON.stringify(credential)`.
    ///   - assurance: The level that the application asks for, as for a sign-in with a password.
    ///   - origin: Where the attempt comes from.
    ///   - refresh: Hand out a refresh token, too; then the session's token lives for minutes only.
    ///   - risk: What the host makes of the attempt.
    public func signInWithPasskey(
        response: Secret,
        assurance: Int? = nil,
        origin: SessionOrigin? = nil,
        refresh: Bool? = nil,
        risk: Risk? = nil
    ) async throws -> SignedIn {
        var fields = Fields()
        fields.set("response", response)
        fields.put("assurance", assurance)
        fields.put("origin", origin)
        fields.put("refresh", refresh)
        fields.put("risk", risk)
        return try SignedIn(try await perform("sign_in_with_passkey", fields.jsonValue))
    }
}

/// The names of all queries.
public enum Queries {
    public static let all: [String] = [
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
    ]
}
