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

    /// Examines the realm: unique names, edges, tree and search keys against the records. What is wrong with the
    /// data is not an error but the answer.
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
        try await acting.execute(Command.users.create(userName: userName, email: email, firstName: firstName, lastName: lastName, displayName: displayName, phone: phone, userNumber: userNumber, identityType: identityType, privileged: privileged, job: job, department: department, location: location, street: street, city: city, postalCode: postalCode, state: state, country: country, language: language, timeZone: timeZone, dateOfBirth: dateOfBirth, hiredOn: hiredOn, inPositionSince: inPositionSince, preferenceUpdates: preferenceUpdates, preferenceMarketing: preferenceMarketing, categories: categories, inheritServicePlans: inheritServicePlans, inheritSubscriptions: inheritSubscriptions, inheritAdministratorRoles: inheritAdministratorRoles, inheritGroups: inheritGroups, inheritOfficeGroups: inheritOfficeGroups, externalId: externalId, id: id, lawfulBasis: lawfulBasis, manager: manager, organizations: organizations, origin: origin, positions: positions, registration: registration, source: source, suppliedByUser: suppliedByUser, template: template, userType: userType, validFrom: validFrom, validUntil: validUntil, attributes: attributes))
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

    /// Tells the named status of a user.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - at: The state to read.
    ///   - view: In which terms.
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
    ///   - view: In which terms the status of users is told.
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

    /// Creates a group of users, organizations, positions or groups, whose members are added by hand.
    ///
    /// - Parameters:
    ///   - name: Name.
    ///   - description: Description.
    ///   - riskIndex: Risk index.
    ///   - categories: Categories.
    ///   - inheritanceClass: Inherited by the switch of.
    ///   - externalId: External identifier.
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
        id: GroupId? = nil,
        memberKinds: [Kind]? = nil,
        origin: String? = nil,
        source: String? = nil,
        attributes: [String: Value] = [:]
    ) async throws -> Executed {
        try await acting.execute(Command.groups.create(name: name, description: description, riskIndex: riskIndex, categories: categories, inheritanceClass: inheritanceClass, externalId: externalId, id: id, memberKinds: memberKinds, origin: origin, source: source, attributes: attributes))
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
        memberKinds: [Kind]? = nil,
        attributes: [String: Value] = [:]
    ) async throws -> Executed {
        try await acting.execute(Command.groups.update(group, name: name, description: description, riskIndex: riskIndex, categories: categories, inheritanceClass: inheritanceClass, externalId: externalId, memberKinds: memberKinds, attributes: attributes))
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
        try await acting.execute(Command.roles.create(name: name, description: description, level: level, minHolders: minHolders, maxHolders: maxHolders, riskIndex: riskIndex, categories: categories, inheritanceClass: inheritanceClass, externalId: externalId, assignments: assignments, condition: condition, conditionKind: conditionKind, constraint: constraint, id: id, privileges: privileges, roleType: roleType, attributes: attributes))
    }

    /// Changes a role. What is not named stays.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - name: Name.
    ///   - description: Description.
    ///   - level: Level.
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
        try await acting.execute(Command.roles.update(role, name: name, description: description, level: level, minHolders: minHolders, maxHolders: maxHolders, riskIndex: riskIndex, categories: categories, inheritanceClass: inheritanceClass, externalId: externalId, condition: condition, conditionKind: conditionKind, constraint: constraint, privileges: privileges, attributes: attributes))
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

    /// Makes roles ineffective for whoever holds this one: the grants stay and come back by themselves. Directed;
    /// say it of both roles for separation in both directions.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - roles: The roles that are not in effect beside this one.
    @discardableResult
    public func addExclusions(_ role: RoleId, roles: [RoleId]) async throws -> Executed {
        try await acting.execute(Command.roles.addExclusions(role, roles: roles))
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
}

/// What can be done with and known about credentials.
public struct CredentialsNoun: KindReads {
    /// Who asks.
    public let acting: Acting
    /// The kind of the records.
    public static let kind = Kind.credential
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
    ///   - view: In which terms the status of users is told.
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

    /// Sets a user's password, as an administrator does. It has to satisfy the user's policy, and must be changed
    /// at the next sign-in.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - password: The new password.
    ///   - mustChange: Whether it must be changed at the next sign-in; yes when absent.
    @discardableResult
    public func set(user: UserId, password: Secret, mustChange: Bool? = nil) async throws -> Executed {
        try await acting.execute(Command.passwords.set(user: user, password: password, mustChange: mustChange))
    }
}

/// What can be done with and known about edges.
public struct EdgesNoun: Sendable {
    /// Who asks.
    public let acting: Acting

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
    /// Records.
    public var records: RecordsNoun { RecordsNoun(acting: self) }
    /// Memberships.
    public var memberships: MembershipsNoun { MembershipsNoun(acting: self) }
    /// Passwords.
    public var passwords: PasswordsNoun { PasswordsNoun(acting: self) }
    /// Edges.
    public var edges: EdgesNoun { EdgesNoun(acting: self) }
    /// History.
    public var history: HistoryNoun { HistoryNoun(acting: self) }
    /// Audit.
    public var audit: AuditNoun { AuditNoun(acting: self) }
    /// Schema.
    public var schema: SchemaNoun { SchemaNoun(acting: self) }
    /// Chain.
    public var chain: ChainNoun { ChainNoun(acting: self) }
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
    ]
}
