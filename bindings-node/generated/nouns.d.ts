// Generated from the catalogue by `.ci/generate`; do not edit.
import type { At, AttributeValue, Commands, Filter, KindReads, Page, Record } from "../index.cjs";
import type {
  AccessDifference,
  AccessFinding,
  AccountElsewhere,
  AllowedFilter,
  AssignmentEvent,
  AssignmentId,
  AssignmentValue,
  Assurance,
  AttemptLimit,
  AttributeAccess,
  AttributeDefinition,
  AttributeDifference,
  AttributeId,
  AttributeMapping,
  AttributeType,
  AuditItem,
  Batch,
  BatchMode,
  BatchResult,
  Capabilities,
  Cause,
  ChainBreak,
  ChainHead,
  ChangeSetId,
  CloneMode,
  Cloned,
  Column,
  CommandId,
  Commit,
  ConfigurationField,
  ConnectorDescriptor,
  ConnectorId,
  Correlator,
  CredentialId,
  Cursor,
  DeleteMode,
  Deleted,
  Delivery,
  DeviceId,
  Diagnosis,
  Difference,
  Direction,
  DisabledBy,
  Disposition,
  Edge,
  EdgeDifference,
  EdgeKey,
  EdgeOrigin,
  EditableBy,
  Effect,
  EffectiveAccess,
  EffectivePolicy,
  EntityId,
  Event,
  Executed,
  Exemption,
  Explanation,
  FactorPolicy,
  FactorRules,
  Failure,
  FieldIs,
  FieldProblem,
  FieldType,
  Finding,
  FormField,
  GrantDisposition,
  GroupId,
  Held,
  HistoryItem,
  How,
  InitialPolicy,
  InitialRules,
  Invitation,
  JoinOrganization,
  KeySet,
  Kind,
  KindRules,
  Link,
  LinkId,
  LinkPolicy,
  LinkPurpose,
  LinkRules,
  ListPage,
  ListRow,
  LockPolicy,
  LockRules,
  MapFrom,
  MessageTemplate,
  NameClashes,
  On,
  OnAssignment,
  OnConflict,
  OnUnassignment,
  OrganizationId,
  OrganizationTypeId,
  OtpAlgorithm,
  OtpType,
  PasscodeChannel,
  PasskeyChallenge,
  PasswordPolicy,
  PasswordRules,
  PathStep,
  Place,
  PolicyId,
  PolicyParts,
  PositionId,
  Preview,
  Privilege,
  PrivilegeEffect,
  Problem,
  ProblemKind,
  PublicKey,
  QrCode,
  RealmId,
  RecordDifference,
  ReferenceBy,
  Registration,
  Relation,
  RelyingParty,
  Required,
  RequiredAction,
  ResetTo,
  Resolution,
  Resource,
  Right,
  RightSource,
  Risk,
  RoleId,
  RoleType,
  RollbackPreview,
  RuleDifference,
  RunMode,
  Secret,
  SelfRegistration,
  Session,
  SessionId,
  SessionOrigin,
  SessionPolicy,
  SessionRules,
  SessionTokens,
  Settings,
  ShadowId,
  ShadowState,
  SignInFlow,
  SignInProof,
  SignInSettings,
  SignedClaims,
  SignedIn,
  Situation,
  Skipped,
  Sort,
  Source,
  SourceId,
  SourceMode,
  SourceRules,
  StatusEffect,
  StatusView,
  Step,
  Strength,
  SyncAction,
  SyncKind,
  SyncRunId,
  TargetRules,
  TemplateId,
  Threshold,
  Tier,
  TimeConstraint,
  TreeNode,
  Undo,
  Unlisted,
  Unmet,
  UpdateUser,
  Upkeep,
  UserAccessDifference,
  UserId,
  UserTypeId,
  Verified,
  WantedAttribute,
  WantedState,
  WhoCan,
  Window,
  Work,
} from "./types.js";

/** Commands about realms. */
export interface RealmCommands<R> extends Commands<R> {
  /**
   * Creates the realm that the command is sent to. Its name is unique among all realms.
   * @param name The name.
   */
  create(name: string, options?: {
      /** The realm, when it is to be said twice; it is the one that the command is sent to. */
      id?: RealmId | null;
      /** The settings that differ from the defaults. */
      settings?: { readonly [name: string]: any };
    }): R;
  /**
   * Changes the name or settings of the realm. Settings are merged: what is not named stays, `null` goes back to the
   * default, a structure is merged line by line, a list is replaced.
   */
  update(options?: {
      /** The new name. */
      name?: string | null;
      /** The settings that change. */
      settings?: { readonly [name: string]: any };
    }): R;
}

/** What can be done with and known about realms. */
export interface Realms extends RealmCommands<Promise<Executed>>, KindReads {
  /** Reads the settings of the realm. */
  settings(): Promise<Settings>;
  /**
   * Examines the realm: unique names, edges, tree and search keys against the records, all of it against the journal,
   * audit trail and journal against the chain. What is wrong with the data is not an error but the answer.
   */
  doctor(): Promise<Diagnosis>;
}

/** Commands about users. */
export interface UserCommands<R> extends Commands<R> {
  /**
   * Creates a user.
   *
   * Values come, in this order, from the command, the template, the attribute's default. With `template` left out,
   * templates whose job or department fits are applied by themselves, the job's first. The validity of the user type
   * sets `valid_until` unless the command does.
   */
  create(options?: {
      /** An identifier brought along; drawn when absent. */
      id?: UserId | null;
      /** How the invitation goes out, with `registration: invited`. */
      invitation?: Invitation | null;
      /** The lawful basis of processing, one of those of GDPR article 6. */
      lawful_basis?: string | null;
      /** The manager. */
      manager?: UserId | null;
      /** Organizations to join, several at once. */
      organizations?: readonly (JoinOrganization)[];
      /**
       * `manual`, `import`, `orphan_account`, `sync` or `self_registration`; without a word about it the door tells:
       * an identity source, an import, else by hand.
       */
      origin?: string | null;
      /** Positions to hold. */
      positions?: readonly (PositionId)[];
      /** How far the sign-up is. */
      registration?: Registration;
      /** The file, identity source or form that the user came from. */
      source?: string | null;
      /** The attributes whose values the person supplied; the others came from whoever asked. */
      supplied_by_user?: Iterable<string>;
      /** The template to pre-fill from. */
      template?: TemplateId | null;
      /** The user type. */
      user_type?: UserTypeId | null;
      /** Not valid before. */
      valid_from?: Date | string | null;
      /** Not valid from then on; overrides the user type's validity. */
      valid_until?: Date | string | null;
      /** User name. */
      user_name?: string | null;
      /** E-mail. */
      email?: string | null;
      /** First name. */
      first_name?: string | null;
      /** Last name. */
      last_name?: string | null;
      /** Display name. */
      display_name?: string | null;
      /** Phone. */
      phone?: string | null;
      /** User number. */
      user_number?: string | null;
      /** Identity type. */
      identity_type?: string | null;
      /** Privileged account. */
      privileged?: boolean | null;
      /** Job. */
      job?: string | null;
      /** Department. */
      department?: string | null;
      /** Location. */
      location?: string | null;
      /** Street. */
      street?: string | null;
      /** City. */
      city?: string | null;
      /** Postal code. */
      postal_code?: string | null;
      /** State or province. */
      state?: string | null;
      /** Country. */
      country?: string | null;
      /** Preferred language. */
      language?: string | null;
      /** Time zone. */
      time_zone?: string | null;
      /** Date of birth. */
      date_of_birth?: string | null;
      /** Hired on. */
      hired_on?: string | null;
      /** In position since. */
      in_position_since?: string | null;
      /** News and updates. */
      preference_updates?: boolean | null;
      /** Special offers and services. */
      preference_marketing?: boolean | null;
      /** Categories. */
      categories?: readonly (string)[] | null;
      /** Inherits disabled service plans. */
      inherit_service_plans?: boolean | null;
      /** Inherits subscriptions. */
      inherit_subscriptions?: boolean | null;
      /** Inherits administrator roles. */
      inherit_administrator_roles?: boolean | null;
      /** Inherits groups. */
      inherit_groups?: boolean | null;
      /** Inherits Office 365 groups. */
      inherit_office_groups?: boolean | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Changes attributes of a user. Read-only attributes and those with a command of their own are refused by name.
   * @param user The user.
   */
  update(user: UserId, options?: {
      /** User name. */
      user_name?: string | null;
      /** E-mail. */
      email?: string | null;
      /** First name. */
      first_name?: string | null;
      /** Last name. */
      last_name?: string | null;
      /** Display name. */
      display_name?: string | null;
      /** Phone. */
      phone?: string | null;
      /** User number. */
      user_number?: string | null;
      /** Identity type. */
      identity_type?: string | null;
      /** Privileged account. */
      privileged?: boolean | null;
      /** Job. */
      job?: string | null;
      /** Department. */
      department?: string | null;
      /** Location. */
      location?: string | null;
      /** Street. */
      street?: string | null;
      /** City. */
      city?: string | null;
      /** Postal code. */
      postal_code?: string | null;
      /** State or province. */
      state?: string | null;
      /** Country. */
      country?: string | null;
      /** Preferred language. */
      language?: string | null;
      /** Time zone. */
      time_zone?: string | null;
      /** Date of birth. */
      date_of_birth?: string | null;
      /** Hired on. */
      hired_on?: string | null;
      /** In position since. */
      in_position_since?: string | null;
      /** News and updates. */
      preference_updates?: boolean | null;
      /** Special offers and services. */
      preference_marketing?: boolean | null;
      /** Categories. */
      categories?: readonly (string)[] | null;
      /** Inherits disabled service plans. */
      inherit_service_plans?: boolean | null;
      /** Inherits subscriptions. */
      inherit_subscriptions?: boolean | null;
      /** Inherits administrator roles. */
      inherit_administrator_roles?: boolean | null;
      /** Inherits groups. */
      inherit_groups?: boolean | null;
      /** Inherits Office 365 groups. */
      inherit_office_groups?: boolean | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Enables a disabled or suspended user.
   * @param user The user.
   */
  enable(user: UserId): R;
  /**
   * Disables a user; the lock is another axis and stays as it is.
   * @param user The user.
   */
  disable(user: UserId, options?: {
      /** What asks for it. */
      by?: DisabledBy;
    }): R;
  /**
   * Suspends a user: like disabling, meant to be temporary.
   * @param user The user.
   */
  suspend(user: UserId): R;
  /**
   * Archives a user: the end of the life cycle, from which only `user.restore` leads back.
   * @param user The user.
   */
  archive(user: UserId): R;
  /**
   * Brings an archived user back, disabled at first.
   * @param user The user.
   */
  restore(user: UserId): R;
  /**
   * Locks a user; whether the user is enabled is another axis and stays as it is.
   * @param user The user.
   */
  lock(user: UserId, options?: {
      /** Why. */
      reason?: string | null;
    }): R;
  /**
   * Unlocks a user.
   * @param user The user.
   */
  unlock(user: UserId): R;
  /**
   * Disables a user whose validity has ended, unless the user type says `disable_on_expiry: false`. Does nothing
   * before that moment, nothing to a user that is not enabled, and never enables.
   * @param user The user.
   */
  expire(user: UserId): R;
  /**
   * Sets from when until when a user is valid; half-open, open ends allowed.
   * @param user The user.
   */
  setValidity(user: UserId, options?: {
      /** From then on; open when absent. */
      valid_from?: Date | string | null;
      /** Before then; open when absent. */
      valid_until?: Date | string | null;
    }): R;
  /**
   * Gives a user another type: attributes that only the old type's form has are kept but inactive, mandatory ones of
   * the new form must be there or be given now, the expiry is recomputed on request.
   * @param user The user.
   */
  changeType(user: UserId, options?: {
      /** Set `valid_until` from the new type's validity, counted from now. */
      recompute_expiry?: boolean;
      /** The new type; `None` for no type. */
      user_type?: UserTypeId | null;
      /** User name. */
      user_name?: string | null;
      /** E-mail. */
      email?: string | null;
      /** First name. */
      first_name?: string | null;
      /** Last name. */
      last_name?: string | null;
      /** Display name. */
      display_name?: string | null;
      /** Phone. */
      phone?: string | null;
      /** User number. */
      user_number?: string | null;
      /** Identity type. */
      identity_type?: string | null;
      /** Privileged account. */
      privileged?: boolean | null;
      /** Job. */
      job?: string | null;
      /** Department. */
      department?: string | null;
      /** Location. */
      location?: string | null;
      /** Street. */
      street?: string | null;
      /** City. */
      city?: string | null;
      /** Postal code. */
      postal_code?: string | null;
      /** State or province. */
      state?: string | null;
      /** Country. */
      country?: string | null;
      /** Preferred language. */
      language?: string | null;
      /** Time zone. */
      time_zone?: string | null;
      /** Date of birth. */
      date_of_birth?: string | null;
      /** Hired on. */
      hired_on?: string | null;
      /** In position since. */
      in_position_since?: string | null;
      /** News and updates. */
      preference_updates?: boolean | null;
      /** Special offers and services. */
      preference_marketing?: boolean | null;
      /** Categories. */
      categories?: readonly (string)[] | null;
      /** Inherits disabled service plans. */
      inherit_service_plans?: boolean | null;
      /** Inherits subscriptions. */
      inherit_subscriptions?: boolean | null;
      /** Inherits administrator roles. */
      inherit_administrator_roles?: boolean | null;
      /** Inherits groups. */
      inherit_groups?: boolean | null;
      /** Inherits Office 365 groups. */
      inherit_office_groups?: boolean | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Records that a person gave or withdrew consent to a purpose, or on which lawful basis the person's data are
   * processed (GDPR articles 6 and 7). Earlier records are kept: the latest for a purpose counts.
   * @param user The user.
   */
  recordConsent(user: UserId, options?: {
      /** Given or withdrawn. */
      granted?: boolean;
      /** The lawful basis from now on. */
      lawful_basis?: string | null;
      /** What the consent is for, such as `newsletter`; may be absent when only the basis is recorded. */
      purpose?: string | null;
      /** The text the person saw, or its version. */
      text_version?: string | null;
    }): R;
  /**
   * Sets or removes the manager of a user. The direct reports of a manager are the inverse of the same edge and thus
   * always consistent.
   * @param user The user.
   */
  setManager(user: UserId, options?: {
      /** The manager; `None` for nobody. */
      manager?: UserId | null;
    }): R;
  /**
   * Names all identities that use a shared account. Only accounts of the type `shared` have several.
   * @param account The account.
   * @param users The identities that use it.
   */
  setSharedUsers(account: UserId, users: Iterable<UserId>): R;
  /**
   * Deletes a user. The unique names become free at once, also for a soft delete, unless the realm keeps them.
   * @param user The user.
   */
  delete(user: UserId, options?: {
      /** What deleting means. */
      mode?: DeleteMode;
    }): R;
  /**
   * Brings a soft-deleted user back with every membership, position and report. Refused after the retention period,
   * after an erasure, and when somebody else took a unique name meanwhile, who is named.
   * @param user The user.
   */
  undelete(user: UserId): R;
  /**
   * Lets a user stand in for another one for a time, with all of their roles or some of them. Whoever stands in acts
   * under their own name. A deputy that is there already gets the new terms.
   * @param user Who is away.
   * @param deputy Who stands in.
   */
  addDeputy(user: UserId, deputy: UserId, options?: {
      /** For how long; without an end until it is taken back. */
      constraint?: TimeConstraint;
      /** With these roles only; empty for all of them. */
      roles?: Iterable<RoleId>;
    }): R;
  /**
   * Ends that a user stands in for another one.
   * @param user Who was away.
   * @param deputy Who stood in.
   */
  removeDeputy(user: UserId, deputy: UserId): R;
  /**
   * Ends every session of a user in the realm, in all applications.
   * @param user The user.
   */
  endSessions(user: UserId, options?: {
      /** The session that stays, such as the one in which the user asks for it. */
      except?: SessionId | null;
    }): R;
  /**
   * Invites a user who has not completed the sign-up, for the first time or again; a newer invitation replaces the
   * one before.
   * @param user The user.
   */
  invite(user: UserId, options?: {
      /** How the link gets to the user. */
      delivery?: Delivery;
      /** The language of the message, and of the sign-up to begin with; the user's preferred one when absent. */
      language?: string | null;
    }): R;
  /**
   * Sends a user a link to set a new password. The present password stays valid until then; a newer link replaces the
   * one before.
   * @param user The user.
   */
  startPasswordReset(user: UserId, options?: {
      /** How the link gets to the user. */
      delivery?: Delivery;
      /** The language of the message; the user's preferred one when absent. */
      language?: string | null;
    }): R;
  /**
   * Sends a user a link that proves the e-mail address to be the user's own.
   * @param user The user.
   */
  startEmailVerification(user: UserId, options?: {
      /** How the link gets to the user. */
      delivery?: Delivery;
      /** The language of the message; the user's preferred one when absent. */
      language?: string | null;
    }): R;
  /**
   * Changes several users in one step, so that they can exchange unique values: each lets go of what it had before
   * any of them takes what it gets. All of it happens, or nothing.
   * @param updates The changes, 1,000 at most, each user once.
   */
  exchange(updates: readonly (UpdateUser)[]): R;
}

/** What can be done with and known about users. */
export interface Users extends UserCommands<Promise<Executed>>, KindReads {
  /**
   * Tells the named status of a user.
   * @param user The user.
   */
  status(user: UserId, options?: {
      /** The state to read. */
      at?: At;
      /** In which terms; the realm's setting `status_view` when absent. */
      view?: StatusView | null;
    }): Promise<string>;
}

/** Commands about devices. */
export interface DeviceCommands<R> extends Commands<R> {
  /** Creates a device: a phone, a printer. */
  create(options?: {
      /** An identifier brought along; drawn when absent. */
      id?: DeviceId | null;
      /** Organizations to join. */
      organizations?: readonly (JoinOrganization)[];
      /** `manual`, `import` or `sync`; without a word about it the door tells. */
      origin?: string | null;
      /** The file or identity source. */
      source?: string | null;
      /** Name. */
      name?: string | null;
      /** Device type. */
      device_type?: string | null;
      /** Serial number. */
      serial_number?: string | null;
      /** Model. */
      model?: string | null;
      /** Network address. */
      address?: string | null;
      /** Owner. */
      owner?: string | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Changes attributes of a device.
   * @param device The device.
   */
  update(device: DeviceId, options?: {
      /** Name. */
      name?: string | null;
      /** Device type. */
      device_type?: string | null;
      /** Serial number. */
      serial_number?: string | null;
      /** Model. */
      model?: string | null;
      /** Network address. */
      address?: string | null;
      /** Owner. */
      owner?: string | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Enables a device.
   * @param device Which one.
   */
  enable(device: DeviceId): R;
  /**
   * Disables a device; what it has open outside ends.
   * @param device The device.
   */
  disable(device: DeviceId): R;
  /**
   * Deletes a device physically, with its memberships.
   * @param device The device.
   */
  delete(device: DeviceId): R;
}

/** What can be done with and known about devices. */
export interface Devices extends DeviceCommands<Promise<Executed>>, KindReads {
}

/** Commands about user types. */
export interface UserTypeCommands<R> extends Commands<R> {
  /**
   * Creates a type of users with its form, validity and what happens at the end of it. Comes from the back end only,
   * never from an identity source.
   */
  create(options?: {
      /** An identifier brought along; drawn when absent. */
      id?: UserTypeId | null;
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** Form. */
      form?: readonly ({ readonly [name: string]: any })[] | null;
      /** Validity in days. */
      validity_days?: number | bigint | null;
      /** Disable on expiry. */
      disable_on_expiry?: boolean | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Changes a type of users. What users have stays as it is until they are written again.
   * @param userType The type.
   */
  update(userType: UserTypeId, options?: {
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** Form. */
      form?: readonly ({ readonly [name: string]: any })[] | null;
      /** Validity in days. */
      validity_days?: number | bigint | null;
      /** Disable on expiry. */
      disable_on_expiry?: boolean | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Deletes a type of users that no user has.
   * @param userType The type.
   */
  delete(userType: UserTypeId): R;
}

/** What can be done with and known about user types. */
export interface UserTypes extends UserTypeCommands<Promise<Executed>>, KindReads {
}

/** Commands about organizations. */
export interface OrganizationCommands<R> extends Commands<R> {
  /**
   * Creates an organization. Without a parent it is a root; the parent can be set in a second step by
   * `organization.transfer`. Names are free and need not be unique; a `code` is.
   */
  create(options?: {
      /** An identifier brought along; drawn when absent. */
      id?: OrganizationId | null;
      /** The type, whose form is filled in. */
      organization_type?: OrganizationTypeId | null;
      /** `manual`, `import` or `sync`; without a word about it the door tells. */
      origin?: string | null;
      /** One level up. */
      parent?: OrganizationId | null;
      /** The file or identity source. */
      source?: string | null;
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** Code. */
      code?: string | null;
      /** Sort order. */
      sort_order?: number | bigint | null;
      /** Location. */
      location?: string | null;
      /** Grants from above stop here. */
      stops_inheritance?: boolean | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Changes attributes of an organization.
   * @param organization The organization.
   */
  update(organization: OrganizationId, options?: {
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** Code. */
      code?: string | null;
      /** Sort order. */
      sort_order?: number | bigint | null;
      /** Location. */
      location?: string | null;
      /** Grants from above stop here. */
      stops_inheritance?: boolean | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Gives an organization another type: attributes that only the old type's form has are kept but inactive, mandatory
   * ones of the new form must be there or be given now.
   * @param organization The organization.
   */
  changeType(organization: OrganizationId, options?: {
      /** The new type; `None` for no type. */
      organization_type?: OrganizationTypeId | null;
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** Code. */
      code?: string | null;
      /** Sort order. */
      sort_order?: number | bigint | null;
      /** Location. */
      location?: string | null;
      /** Grants from above stop here. */
      stops_inheritance?: boolean | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Enables an organization.
   * @param organization Which one.
   */
  enable(organization: OrganizationId): R;
  /**
   * Disables an organization. Users keep their status; what they have through the organization or anything below it
   * is without effect until it is enabled again.
   * @param organization Which one.
   */
  disable(organization: OrganizationId): R;
  /**
   * Moves an organization with everything below it under another one, or makes it a root. Under itself or a part of
   * itself is refused.
   * @param organization The organization.
   */
  transfer(organization: OrganizationId, options?: {
      /** The new parent; `None` for a root. */
      parent?: OrganizationId | null;
    }): R;
  /**
   * Merges an organization into another one: its sub-organizations, members, positions, leads and group memberships,
   * roles, owners and administrators go to the target, what the target has already is joined; then the source is
   * removed.
   * @param source What disappears.
   * @param target What remains.
   */
  merge(source: OrganizationId, target: OrganizationId, options?: {
      /** What to do when sub-organizations of both have the same name. */
      name_clashes?: NameClashes;
    }): R;
  /**
   * Deletes an organization physically. With sub-organizations, members or positions it is refused, with a list of
   * them, unless a disposition says what becomes of them.
   * @param organization The organization.
   */
  delete(organization: OrganizationId, options?: {
      /** What becomes of that which hangs on it. */
      disposition?: Disposition | null;
    }): R;
  /**
   * Makes a user a lead of an organization. The organizations that a user supervises are the other end of the same
   * edges.
   * @param organization The organization.
   * @param user The lead.
   */
  addLead(organization: OrganizationId, user: UserId, options?: {
      /** When it holds. */
      window?: Window;
    }): R;
  /**
   * Takes the lead of an organization from a user.
   * @param organization The organization.
   * @param user The lead.
   */
  removeLead(organization: OrganizationId, user: UserId): R;
  /**
   * Makes a user an owner of an organization, who has a say in everything below it as well. A member of it or of
   * anything below it is refused, because its administrators would have a say over its owner, unless a reason is
   * given; the reason is kept.
   * @param organization The organization.
   * @param user The owner.
   */
  addOwner(organization: OrganizationId, user: UserId, options?: {
      /** Why a member may be owner all the same, at most 200 characters. */
      override_reason?: string | null;
    }): R;
  /**
   * Takes the ownership of an organization from a user. The last owner stays, unless somebody owns what the
   * organization is below of: then it is theirs.
   * @param organization The organization.
   * @param user The owner.
   */
  removeOwner(organization: OrganizationId, user: UserId): R;
  /**
   * Makes a user an administrator of an organization, who must belong to it or to something below it, unless a reason
   * is given. Being administrator does not replace the membership.
   * @param organization The organization.
   * @param user The administrator.
   */
  addAdministrator(organization: OrganizationId, user: UserId, options?: {
      /** Why somebody who is no member may be administrator all the same, at most 200 characters. */
      override_reason?: string | null;
      /** When it holds. */
      window?: Window;
    }): R;
  /**
   * Takes the administration of an organization from a user, who stays a member.
   * @param organization The organization.
   * @param user The administrator.
   */
  removeAdministrator(organization: OrganizationId, user: UserId): R;
}

/** What can be done with and known about organizations. */
export interface Organizations extends OrganizationCommands<Promise<Executed>>, KindReads {
  /**
   * Lists an organization and everything above it, the organization first.
   * @param organization The organization.
   */
  path(organization: OrganizationId, options?: {
      /** The state to read. */
      at?: At;
    }): Promise<readonly Record[]>;
  /**
   * Reads the organization tree below an organization, or the whole forest; sorted, and with positions, as the
   * realm's settings say.
   */
  tree(options?: {
      /** The state to read. */
      at?: At;
      /** Where to start; the whole forest when absent. */
      organization?: OrganizationId | null;
    }): Promise<readonly TreeNode[]>;
  /**
   * Lists the members of an organization with their number there, sorted by the number that the realm's setting
   * `member_sort` names: the user's own one, or the one in this organization.
   *
   * Sorting by the number in the organization reads all its members; the other order reads one page.
   * @param organization The organization.
   */
  members(organization: OrganizationId, options?: {
      /** The state to read. */
      at?: At;
      /** Which page: `next` or `previous` of another one; the first one when absent. */
      cursor?: Cursor | null;
      /** Rows on a page, 1 to 1000. */
      limit?: number;
      /** How one of the searched attributes starts; at least two characters, or empty for everybody. */
      text?: string;
      /** Count all members. */
      total?: boolean;
      /** In which terms the status of users is told; the realm's setting `status_view` when absent. */
      view?: StatusView | null;
    }): Promise<ListPage>;
}

/** Commands about organization types. */
export interface OrganizationTypeCommands<R> extends Commands<R> {
  /** Creates a type of organizations with its form. Made by hand only, by no import and no identity source. */
  create(options?: {
      /** An identifier brought along; drawn when absent. */
      id?: OrganizationTypeId | null;
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** Form. */
      form?: readonly ({ readonly [name: string]: any })[] | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Changes a type of organizations. What organizations have stays as it is until they are written again.
   * @param organizationType The type.
   */
  update(organizationType: OrganizationTypeId, options?: {
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** Form. */
      form?: readonly ({ readonly [name: string]: any })[] | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Deletes a type of organizations that no organization has.
   * @param organizationType The type.
   */
  delete(organizationType: OrganizationTypeId): R;
}

/** What can be done with and known about organization types. */
export interface OrganizationTypes extends OrganizationTypeCommands<Promise<Executed>>, KindReads {
}

/** Commands about positions. */
export interface PositionCommands<R> extends Commands<R> {
  /** Creates a position, in an organization and under another position when these are given. */
  create(options?: {
      /** An identifier brought along; drawn when absent. */
      id?: PositionId | null;
      /** The organization it belongs to. */
      organization?: OrganizationId | null;
      /** `manual`, `import` or `sync`; without a word about it the door tells. */
      origin?: string | null;
      /** The position it reports to. */
      reports_to?: PositionId | null;
      /** The file or identity source. */
      source?: string | null;
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** Code. */
      code?: string | null;
      /** Job. */
      job?: string | null;
      /** Sort order. */
      sort_order?: number | bigint | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Changes attributes of a position.
   * @param position The position.
   */
  update(position: PositionId, options?: {
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** Code. */
      code?: string | null;
      /** Job. */
      job?: string | null;
      /** Sort order. */
      sort_order?: number | bigint | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Enables a position.
   * @param position Which one.
   */
  enable(position: PositionId): R;
  /**
   * Disables a position: its holders keep it, without effect.
   * @param position Which one.
   */
  disable(position: PositionId): R;
  /**
   * Moves a position to another organization, or takes it out of its own. Its holders stay.
   * @param position The position.
   */
  transfer(position: PositionId, options?: {
      /** The organization; `None` for none. */
      organization?: OrganizationId | null;
    }): R;
  /**
   * Sets the position that a position reports to; circles are refused.
   * @param position The position.
   */
  setSuperior(position: PositionId, options?: {
      /** The superior position; `None` for none. */
      reports_to?: PositionId | null;
    }): R;
  /**
   * Lets a user hold a position. A position that is held already gets the given time.
   * @param position The position.
   * @param user Who holds it.
   */
  assign(position: PositionId, user: UserId, options?: {
      /** When it holds. */
      window?: Window;
    }): R;
  /**
   * Takes a position from a user.
   * @param position The position.
   * @param user Who holds it.
   */
  unassign(position: PositionId, user: UserId): R;
  /**
   * Deletes a position physically. Holders and groups lose it; positions that reported to it report to none.
   * @param position The position.
   */
  delete(position: PositionId): R;
}

/** What can be done with and known about positions. */
export interface Positions extends PositionCommands<Promise<Executed>>, KindReads {
}

/** Commands about groups. */
export interface GroupCommands<R> extends Commands<R> {
  /**
   * Creates a group of users, organizations, positions or groups, whose members are added by hand or chosen by a
   * condition.
   */
  create(options?: {
      /** Who is a member without being told: a condition, `1==1` for everyone and `1==0` for no one. */
      condition?: Filter | null;
      /** What the condition selects: `user`, `organization` or `position`. */
      condition_kind?: string | null;
      /** An identifier brought along; drawn when absent. */
      id?: GroupId | null;
      /** The kinds of members it may have; empty for `user`, `organization`, `position` and `group`. */
      member_kinds?: Iterable<Kind>;
      /** `manual`, `import` or `sync`; without a word about it the door tells. */
      origin?: string | null;
      /** The file or identity source. */
      source?: string | null;
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** Risk index. */
      risk_index?: number | null;
      /** Categories. */
      categories?: readonly (string)[] | null;
      /** Inherited by the switch of. */
      inheritance_class?: string | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Changes attributes of a group, or the kinds of members it may have.
   * @param group The group.
   */
  update(group: GroupId, options?: {
      /** The condition from now on; `null` removes it, and members added by hand stay. */
      condition?: Filter | null;
      /** What the condition selects: `user`, `organization` or `position`. */
      condition_kind?: string | null;
      /** The kinds of members from now on; empty for all four. Refused while it has members of another kind. */
      member_kinds?: Iterable<Kind> | null;
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** Risk index. */
      risk_index?: number | null;
      /** Categories. */
      categories?: readonly (string)[] | null;
      /** Inherited by the switch of. */
      inheritance_class?: string | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Adds members to a group. Groups may contain each other, even in a circle: everybody in it is in all of them.
   * @param group The group.
   * @param members Users, organizations with everything below them, positions, groups.
   */
  addMembers(group: GroupId, members: Iterable<EntityId>, options?: {
      /** When it holds. */
      window?: Window;
    }): R;
  /**
   * Takes members out of a group. Only the direct origin goes: what a source or rule said stays.
   * @param group The group.
   * @param members Whom.
   */
  removeMembers(group: GroupId, members: Iterable<EntityId>): R;
  /**
   * Deletes a group physically. Its members lose nothing but the group, and it leaves the groups it is in.
   * @param group The group.
   */
  delete(group: GroupId): R;
}

/** What can be done with and known about groups. */
export interface Groups extends GroupCommands<Promise<Executed>>, KindReads {
}

/** Commands about templates. */
export interface TemplateCommands<R> extends Commands<R> {
  /**
   * Creates a template. It is applied to new users whose `job` is `when_job` or whose `department` is
   * `when_department`, or that name it.
   */
  create(options?: {
      /** An identifier brought along; drawn when absent. */
      id?: TemplateId | null;
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** Applies to job. */
      when_job?: string | null;
      /** Applies to department. */
      when_department?: string | null;
      /** Values. */
      values?: { readonly [name: string]: any } | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Changes a template. Users made from it stay as they are.
   * @param template The template.
   */
  update(template: TemplateId, options?: {
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** Applies to job. */
      when_job?: string | null;
      /** Applies to department. */
      when_department?: string | null;
      /** Values. */
      values?: { readonly [name: string]: any } | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Deletes a template. Users made from it stay as they are.
   * @param template The template.
   */
  delete(template: TemplateId): R;
}

/** What can be done with and known about templates. */
export interface Templates extends TemplateCommands<Promise<Executed>>, KindReads {
}

/** Commands about attributes. */
export interface AttributeCommands<R> extends Commands<R> {
  /**
   * Declares an attribute of a kind. Whether it can be searched, whether it is unique, its type and whether it holds
   * several values are decided here and stay.
   * @param kind The kind of record that carries it.
   * @param name The stable name.
   * @param label The name people see.
   * @param type The type of a single value.
   */
  define(kind: Kind, name: string, label: string, type: AttributeType, options?: {
      /** The values allowed, when not any. */
      allowed?: readonly (AttributeValue)[];
      /** Filled in at creation when nothing else gives a value. */
      default?: AttributeValue | null;
      /** An identifier brought along; drawn when absent. */
      id?: AttributeId | null;
      /** Code points at most. */
      maximum_length?: number | null;
      /** Several values allowed. */
      multiple?: boolean;
      /** The whole text must match. */
      pattern?: string | null;
      /** Personal data. */
      personal?: boolean;
      /** Must be set. */
      required?: boolean;
      /** Filters and sorts may name it. */
      searchable?: boolean;
      /** No two live records share the folded value. */
      unique?: boolean;
    }): R;
  /**
   * Changes a custom attribute. New limits hold for what is written from then on; what is stored stays as it is.
   * Type, number of values, uniqueness and searchability cannot change.
   * @param kind The kind of record that carries it.
   * @param name Its name.
   */
  update(kind: Kind, name: string, options?: {
      /** The new list of allowed values; empty for any. */
      allowed?: readonly (AttributeValue)[] | null;
      /** The new default; `null` for none. */
      default?: AttributeValue | null;
      /** The new label. */
      label?: string | null;
      /** The new maximum length; `null` for the default. */
      maximum_length?: number | null;
      /** Cannot change; may be given when it is what it was. */
      multiple?: boolean | null;
      /** The new pattern; `null` for none. */
      pattern?: string | null;
      /** Whether it is personal data. What was journaled before stays as it was journaled. */
      personal?: boolean | null;
      /** Whether it must be set from now on. */
      required?: boolean | null;
      /** Cannot change; may be given when it is what it was. */
      searchable?: boolean | null;
      /** Cannot change; may be given when it is what it was. */
      type?: AttributeType | null;
      /** Cannot change; may be given when it is what it was. */
      unique?: boolean | null;
    }): R;
  /**
   * Removes a custom attribute that no form, template or setting names.
   * @param kind The kind of record that carries it.
   * @param name Its name.
   */
  remove(kind: Kind, name: string): R;
}

/** What can be done with and known about attributes. */
export interface Attributes extends AttributeCommands<Promise<Executed>>, KindReads {
}

/** Commands about roles. */
export interface RoleCommands<R> extends Commands<R> {
  /**
   * Creates a role. An external role may carry assignments from the beginning; an internal one has privileges.
   * Without privileges it allows nothing.
   */
  create(options?: {
      /** The assignments of an external role. */
      assignments?: readonly (AssignmentId)[];
      /** Who gets the role without being told: a condition over their attributes, `1==1` for everyone. */
      condition?: Filter | null;
      /** What the condition selects: `user` or `device`. */
      condition_kind?: string | null;
      /** The time in which the role is in effect at all. */
      constraint?: TimeConstraint | null;
      /** An identifier brought along; drawn when absent. */
      id?: RoleId | null;
      /** What an internal role allows and denies. */
      privileges?: readonly (Privilege)[];
      /** `internal` or `external`; it cannot be changed later. */
      role_type?: RoleType;
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** Level. */
      level?: number | bigint | null;
      /** Administers the platform. */
      administrative?: boolean | null;
      /** Holders at least. */
      min_holders?: number | bigint | null;
      /** Holders at most. */
      max_holders?: number | bigint | null;
      /** Risk index. */
      risk_index?: number | null;
      /** Categories. */
      categories?: readonly (string)[] | null;
      /** Inherited by the switch of. */
      inheritance_class?: string | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Changes a role. What is not named stays.
   * @param role The role.
   */
  update(role: RoleId, options?: {
      /** The condition from now on; `null` removes it, and direct grants stay. */
      condition?: Filter | null;
      /** What the condition selects: `user` or `device`. */
      condition_kind?: string | null;
      /** The time in which the role is in effect at all; `null` removes it. */
      constraint?: TimeConstraint | null;
      /** Its privileges from now on. */
      privileges?: readonly (Privilege)[] | null;
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** Level. */
      level?: number | bigint | null;
      /** Administers the platform. */
      administrative?: boolean | null;
      /** Holders at least. */
      min_holders?: number | bigint | null;
      /** Holders at most. */
      max_holders?: number | bigint | null;
      /** Risk index. */
      risk_index?: number | null;
      /** Categories. */
      categories?: readonly (string)[] | null;
      /** Inherited by the switch of. */
      inheritance_class?: string | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Deletes a role physically. A role that somebody holds, or that another role includes or requires, is not deleted
   * unless it is said what becomes of the grants.
   * @param role The role.
   */
  delete(role: RoleId, options?: {
      /** What becomes of its grants. */
      grants?: GrantDisposition | null;
      /** The role that takes them over. */
      move_to?: RoleId | null;
    }): R;
  /**
   * Grants a role to one or several holders: users, devices, groups, organizations, positions, types of users. A
   * direct grant that is there already gets the new terms.
   * @param role The role.
   * @param holders Who gets it.
   */
  grant(role: RoleId, holders: Iterable<EntityId>, options?: {
      /** The time in which the grant holds; the role's own must hold as well. */
      constraint?: TimeConstraint | null;
      /** For organizations: whether members of everything below hold it as well, up to where inheritance stops. */
      inherit?: boolean;
      /** The role acts on these organizations and what is below them only; empty for everywhere. */
      within?: Iterable<OrganizationId>;
    }): R;
  /**
   * Revokes a role from holders. Only the direct grant goes: what a rule or source gives stays.
   * @param role The role.
   * @param holders Who loses it.
   */
  revoke(role: RoleId, holders: Iterable<EntityId>): R;
  /**
   * Lets a role include others: who holds it holds them. A circle is refused.
   * @param role The role.
   * @param roles The roles that it includes.
   */
  include(role: RoleId, roles: Iterable<RoleId>): R;
  /**
   * Takes included roles out of a role.
   * @param role The role.
   * @param roles The roles that it no longer includes.
   */
  stopIncluding(role: RoleId, roles: Iterable<RoleId>): R;
  /**
   * Lets an external role carry assignments.
   * @param role The role.
   * @param assignments The assignments.
   */
  addAssignments(role: RoleId, assignments: Iterable<AssignmentId>): R;
  /**
   * Takes assignments off an external role.
   * @param role The role.
   * @param assignments The assignments.
   */
  removeAssignments(role: RoleId, assignments: Iterable<AssignmentId>): R;
  /**
   * Keeps roles from having effect beside this one: whoever holds this one has the others without effect; the grants
   * stay and come back by themselves. Directed, and never in a circle. With `separate` nobody is given both, in
   * either order.
   * @param role The role.
   * @param roles The roles that are not in effect beside this one.
   */
  addExclusions(role: RoleId, roles: Iterable<RoleId>, options?: {
      /** Separation of duties: a grant that would give both to one person is refused. */
      separate?: boolean;
    }): R;
  /**
   * Takes exclusions back.
   * @param role The role.
   * @param roles The roles that are no longer excluded.
   */
  removeExclusions(role: RoleId, roles: Iterable<RoleId>): R;
  /**
   * Lets a role be granted only to somebody who holds others.
   * @param role The role.
   * @param roles The roles that have to be held.
   */
  addPrerequisites(role: RoleId, roles: Iterable<RoleId>): R;
  /**
   * Takes prerequisites back.
   * @param role The role.
   * @param roles The roles that need not be held any more.
   */
  removePrerequisites(role: RoleId, roles: Iterable<RoleId>): R;
}

/** What can be done with and known about roles. */
export interface Roles extends RoleCommands<Promise<Executed>>, KindReads {
}

/** Commands about assignments. */
export interface AssignmentCommands<R> extends Commands<R> {
  /** Creates an assignment: attribute values for one source-target mapping. */
  create(options?: {
      /** What is evaluated when the assignment comes or goes. */
      events?: readonly (AssignmentEvent)[];
      /** An identifier brought along; drawn when absent. */
      id?: AssignmentId | null;
      /** How they meet the values of the target. */
      on_assignment?: OnAssignment;
      /** What becomes of them when the assignment is lost. */
      on_unassignment?: OnUnassignment;
      /** The target's attributes and their values. */
      values?: readonly (AssignmentValue)[];
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** Mapping. */
      mapping?: string | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Changes an assignment. What is not named stays; the mapping cannot be changed.
   * @param assignment The assignment.
   */
  update(assignment: AssignmentId, options?: {
      /** What is evaluated from now on. */
      events?: readonly (AssignmentEvent)[] | null;
      /** How they meet the values of the target. */
      on_assignment?: OnAssignment | null;
      /** What becomes of them when the assignment is lost. */
      on_unassignment?: OnUnassignment | null;
      /** The target's attributes and their values from now on. */
      values?: readonly (AssignmentValue)[] | null;
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** Mapping. */
      mapping?: string | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Deletes an assignment that no role carries.
   * @param assignment The assignment.
   */
  delete(assignment: AssignmentId, options?: {
      /** Takes it off the roles that carry it. */
      detach?: boolean;
    }): R;
}

/** What can be done with and known about assignments. */
export interface Assignments extends AssignmentCommands<Promise<Executed>>, KindReads {
}

/** Commands about rules. */
export interface RuleCommands<R> extends Commands<R> {
  /**
   * Evaluates the condition of a dynamic role or group again for some records and brings their membership into line.
   * The library does it by itself after a rule changed and when time passes; asking for it never does harm.
   * @param owner The role or group.
   */
  apply(owner: EntityId, options?: {
      /** Notes that everybody was looked at. */
      complete?: boolean;
      /** The records to look at. */
      subjects?: Iterable<EntityId>;
    }): R;
}

/** What can be done with and known about rules. */
export interface Rules extends RuleCommands<Promise<Executed>>, KindReads {
}

/** Commands about credentials. */
export interface CredentialCommands<R> extends Commands<R> {
  /**
   * Removes a credential of a user; it can no longer be used. The last second factor stays. Removing a link to a
   * provider removes what is stored here; the next sign-in with the provider makes it again.
   * @param credential The credential.
   */
  remove(credential: CredentialId): R;
}

/** What can be done with and known about credentials. */
export interface Credentials extends CredentialCommands<Promise<Executed>>, KindReads {
  /**
   * Lists what a user can sign in with: password, devices, recovery codes, links to providers. None of them shows its
   * secret.
   * @param user The user.
   */
  list(user: UserId): Promise<readonly Record[]>;
}

/** Commands about policies. */
export interface PolicyCommands<R> extends Commands<R> {
  /**
   * Creates a policy for the whole realm, or for the organizations, user types, groups and users that it is attached
   * to. Of several policies the strictest counts, rule by rule.
   */
  create(options?: {
      /**
       * To whom it applies: organizations with everything below them, user types, groups with everything in them,
       * users. Empty: to everybody in the realm.
       */
      applies_to?: Iterable<EntityId>;
      /** An identifier brought along; drawn when absent. */
      id?: PolicyId | null;
      /** What it says. */
      rules?: PolicyParts;
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Changes a policy. Passwords that were set before stay as they are until they are set again.
   * @param policy The policy.
   */
  update(policy: PolicyId, options?: {
      /** To whom it applies from now on; as before when absent. */
      applies_to?: Iterable<EntityId> | null;
      /** What it says from now on, all of it; as before when absent. */
      rules?: PolicyParts | null;
      /** Name. */
      name?: string | null;
      /** Description. */
      description?: string | null;
      /** External identifier. */
      external_id?: string | null;
      /** More attributes by name, those that the realm declared among them; `null` removes a value. */
      attributes?: { readonly [name: string]: AttributeValue };
    }): R;
  /**
   * Deletes a policy; the others, and the defaults, count from now on.
   * @param policy The policy.
   */
  delete(policy: PolicyId): R;
}

/** What can be done with and known about policies. */
export interface Policies extends PolicyCommands<Promise<Executed>>, KindReads {
  /**
   * Tells which policy counts for a user: of each rule the strictest of all that apply, and which policy decided it.
   * @param user The user.
   */
  effective(user: UserId): Promise<EffectivePolicy>;
}

/** Commands about sessions. */
export interface SessionCommands<R> extends Commands<R> {
  /**
   * Signs a user in whom the host has authenticated by other means, such as a social or corporate sign-in. Discloses
   * `token`, and `refresh_token` when asked for.
   * @param user The user.
   */
  open(user: UserId, options?: {
      /** How sure one may be of it: 1 for one factor, 2 for two, 3 for two of which one is hardware. */
      assurance?: number;
      /** How the user proved to be the user, such as `social` or `certificate`. */
      methods?: readonly (string)[];
      /** Where the session comes from. */
      origin?: SessionOrigin;
      /** Hand out a refresh token, too; then the session's token lives for minutes only. */
      refresh?: boolean;
    }): R;
  /**
   * Ends one session: signs the user out there.
   * @param session The session.
   */
  end(session: SessionId): R;
}

/** What can be done with and known about sessions. */
export interface Sessions extends SessionCommands<Promise<Executed>>, KindReads {
}

/** Commands about links. */
export interface LinkCommands<R> extends Commands<R> {
  /**
   * Revokes a link that was not used yet. An invitation that is revoked can be sent again.
   * @param link The link.
   */
  revoke(link: LinkId): R;
}

/** What can be done with and known about links. */
export interface Links extends LinkCommands<Promise<Executed>>, KindReads {
}

/** What can be done with and known about counters. */
export interface Counters extends KindReads {
}

/** Commands about sources. */
export interface SourceCommands<R> extends Commands<R> {
  /**
   * Configures an identity source. Refused while its connector is not registered, and by name for every required
   * field that is missing. A new source looks only: its runs show what they would do.
   * @param name Its name, for whoever administers it.
   * @param connector The name of the connector.
   */
  create(name: string, connector: string, options?: {
      /** The connector's configuration. Secrets are named, `vault:…`, never given. */
      configuration?: { readonly [name: string]: AttributeValue };
      /** An identifier brought along; drawn when absent. */
      id?: SourceId | null;
      /** How what it says becomes records. */
      rules?: SourceRules;
      /** A cron expression; 02:00 every day when absent, never when empty. */
      schedule?: string | null;
      /** The time zone of the schedule, such as `Europe/Vienna`; UTC when absent. */
      time_zone?: string | null;
    }): R;
  /**
   * Changes an identity source. What is not given stays. Other rules or another configuration make the next run a
   * full one.
   * @param source The source.
   */
  update(source: SourceId, options?: {
      /** Another configuration, as a whole. */
      configuration?: { readonly [name: string]: AttributeValue } | null;
      /** Whether its runs change anything. */
      mode?: SourceMode | null;
      /** Another name. */
      name?: string | null;
      /** Other rules, as a whole. */
      rules?: SourceRules | null;
      /** Another schedule; empty for none. */
      schedule?: string | null;
      /** Another time zone. */
      time_zone?: string | null;
    }): R;
  /**
   * Enables an identity source: its schedule counts again.
   * @param source Which one.
   */
  enable(source: SourceId): R;
  /**
   * Disables an identity source: no run starts.
   * @param source Which one.
   */
  disable(source: SourceId): R;
  /**
   * Deletes an identity source. The records that came from it stay as they are.
   * @param source The source.
   */
  delete(source: SourceId): R;
}

/** What can be done with and known about sources. */
export interface Sources extends SourceCommands<Promise<Executed>>, KindReads {
}

/** Commands about shadows. */
export interface ShadowCommands<R> extends Commands<R> {
  /**
   * Notes what is known of an object of a source, and which record it is linked to.
   * @param source The source.
   * @param kind What kind of object it is.
   * @param identifier The identifier that the source gives it.
   * @param objectKey The key of the identifier: no two objects of a source share one.
   * @param situation The situation that was found.
   * @param state How it stands.
   */
  put(source: SourceId, kind: SyncKind, identifier: string, objectKey: string, situation: Situation, state: ShadowState, options?: {
      /** The records that it may be. */
      candidates?: Iterable<EntityId>;
      /** After which moment the record may be deleted. */
      delete_after?: Date | string | null;
      /**
       * Records without which the digest does not hold: when one of them is not there, it is left out, and the object
       * is looked at again.
       */
      depends_on?: Iterable<EntityId>;
      /** The digest of the mapped values. */
      digest?: string | null;
      /** Since when it is gone at the source. */
      missing_since?: Date | string | null;
      /** The key of the name, by which others name it. */
      name_key?: string | null;
      /** What is wrong. */
      problem?: AttributeValue | null;
      /** The code of what is wrong. */
      problem_code?: string | null;
      /** The one to be written again; a new one when absent. */
      shadow?: ShadowId | null;
      /** The record that it is linked to. */
      target?: EntityId | null;
      /** The name that the source gives it. */
      title?: string | null;
    }): R;
  /**
   * Decides about an object of a source that waits in the review or remediation queue.
   * @param shadow The object.
   * @param resolution The decision.
   */
  resolve(shadow: ShadowId, resolution: Resolution): R;
  /**
   * Forgets an object of a source. The record that it is linked to stays.
   * @param shadow The object.
   */
  remove(shadow: ShadowId): R;
}

/** What can be done with and known about shadows. */
export interface Shadows extends ShadowCommands<Promise<Executed>>, KindReads {
}

/** What can be done with and known about sync runs. */
export interface SyncRuns extends KindReads {
}

/** Commands about connectors. */
export interface ConnectorCommands<R> extends Commands<R> {
  /**
   * Registers a connector in the realm, or a later version of it. Hosts do it when they start.
   * @param descriptor The connector as it describes itself.
   */
  install(descriptor: ConnectorDescriptor): R;
  /**
   * Takes a connector out of the realm. Sources that use it stay; their runs fail until it is back.
   * @param connector The connector.
   */
  remove(connector: ConnectorId): R;
}

/** What can be done with and known about connectors. */
export interface Connectors extends ConnectorCommands<Promise<Executed>>, KindReads {
}

/** Commands about records. */
export interface RecordCommands<R> extends Commands<R> {
  /**
   * Takes or releases the unique name that an attribute of a record gives, as the schema now says. A name that
   * another record holds is refused, with its holder. Sent by the engine after the uniqueness of an attribute
   * changed.
   * @param record The record.
   * @param attribute The attribute.
   */
  reindex(record: EntityId, attribute: string): R;
}

/** What can be done with and known about records. */
export interface Records extends RecordCommands<Promise<Executed>> {
  /**
   * Reads a record that exists and is not deleted.
   * @param id The record.
   */
  get(id: EntityId, options?: {
      /** The state to read. */
      at?: At;
    }): Promise<Record>;
  /**
   * Reads a record, a soft-deleted one too; answers nothing when there is none.
   * @param id The record.
   */
  find(id: EntityId, options?: {
      /** The state to read. */
      at?: At;
    }): Promise<Record | null>;
  /**
   * Reads several records at once, in the order asked for; those that do not exist are left out.
   * @param ids The records.
   */
  findAll(ids: readonly (EntityId)[], options?: {
      /** The state to read. */
      at?: At;
    }): Promise<readonly Record[]>;
  /**
   * Reads the record that holds a unique name, such as the user with a `user_name`; answers nothing when nobody does.
   * @param kind The kind of the record.
   * @param attribute A unique attribute of the kind.
   * @param value Its value, in any letter case.
   */
  findBy(kind: Kind, attribute: string, value: string, options?: {
      /** The state to read. */
      at?: At;
    }): Promise<Record | null>;
  /**
   * Lists one page of the records that match.
   * @param kind What to list.
   */
  search(kind: Kind, options?: {
      /** The state to read. */
      at?: At;
      /** Which page: `next` or `previous` of another one; the first one when absent. */
      cursor?: Cursor | null;
      /** Whether soft-deleted records are listed. */
      deleted?: Deleted;
      /** Which of them; everyone when absent. */
      filter?: Filter;
      /** Records on a page, 1 to 1000. */
      limit?: number;
      /** In which order; then by identifier. */
      sort?: readonly (Sort)[];
      /** Count all records that match. */
      total?: boolean;
    }): Promise<Page>;
  /**
   * Counts the records that match.
   * @param kind What to count.
   */
  count(kind: Kind, options?: {
      /** The state to read. */
      at?: At;
      /** Which of them; everyone when absent. */
      filter?: Filter;
    }): Promise<number>;
  /**
   * Lists users any of whose names, addresses or numbers starts with a text, in any letter case, by e-mail. At least
   * two characters; the empty text lists everyone.
   * @param text How it starts.
   */
  prefixSearch(text: string, options?: {
      /** The state to read. */
      at?: At;
      /** Which page; the first one when absent. */
      cursor?: Cursor | null;
      /** Records on a page, 1 to 1000. */
      limit?: number;
      /** Count all users that match. */
      total?: boolean;
    }): Promise<Page>;
  /**
   * Lists records the way a screen shows them: with the columns that the realm displays for the kind, searched by a
   * text at the start of the attributes that the realm searches, with names for what the columns refer to. Users come
   * with their status, ordered by e-mail, other kinds by name.
   * @param kind What to list.
   */
  list(kind: Kind, options?: {
      /** The state to read. */
      at?: At;
      /** Which page: `next` or `previous` of another one; the first one when absent. */
      cursor?: Cursor | null;
      /** Which of them besides; everyone when absent. */
      filter?: Filter;
      /** Rows on a page, 1 to 1000. */
      limit?: number;
      /** In which order; by e-mail or name when empty. */
      sort?: readonly (Sort)[];
      /**
       * How one of the searched attributes starts, in any letter case; at least two characters, or empty for
       * everything.
       */
      text?: string;
      /** Count all rows. */
      total?: boolean;
      /** In which terms the status of users is told; the realm's setting `status_view` when absent. */
      view?: StatusView | null;
    }): Promise<ListPage>;
}

/** Commands about memberships. */
export interface MembershipCommands<R> extends Commands<R> {
  /**
   * Adds a user or device to organizations, one or several in one step, from either side. A membership that is there
   * already gets the given number and time.
   * @param member The user or device.
   * @param organizations Where to.
   */
  add(member: EntityId, organizations: readonly (JoinOrganization)[]): R;
  /**
   * Takes a user or device out of organizations. Only the direct origin goes: what a source or rule said stays.
   * @param member The user or device.
   * @param organizations From where.
   */
  remove(member: EntityId, organizations: readonly (OrganizationId)[]): R;
}

/** What can be done with and known about memberships. */
export interface Memberships extends MembershipCommands<Promise<Executed>> {
}

/** Commands about passwords. */
export interface PasswordCommands<R> extends Commands<R> {
  /**
   * Sets a user's password, as an administrator does. It has to satisfy the user's policy, must be changed at the
   * next sign-in, and counts for the hours that the policy gives it.
   * @param user The user.
   * @param password The new password.
   */
  set(user: UserId, password: Secret, options?: {
      /** The same again, where people type it; not compared when absent. */
      confirmation?: Secret | null;
      /**
       * Whether it must be changed at the next sign-in; yes when absent. Without it nobody but the user may know the
       * password: for what a person typed, on the way through the host, and refused for everybody else.
       */
      must_change?: boolean;
    }): R;
  /**
   * Changes one's own password, with the present one as proof (OWASP ASVS 5, 6.2.3). A wrong one counts as a failed
   * attempt.
   * @param user The user.
   * @param current The present password.
   * @param password The new one.
   */
  change(user: UserId, current: Secret, password: Secret, options?: {
      /** The new one again, where people type it; not compared when absent. */
      confirmation?: Secret | null;
    }): R;
  /**
   * Gives a user an initial or random password that must be changed at the next sign-in. It is part of the answer as
   * `password`, this once, or with `send` goes to the user by message. Where the policy allows no administrator to
   * know a password (`administrator_allowed`), only a random one can be given, and only by message.
   * @param user The user.
   */
  reset(user: UserId, options?: {
      /** Whether the password is sent to the user; then the answer does not have it. */
      send?: boolean;
      /** To what. */
      to?: ResetTo;
    }): R;
  /**
   * Requires a user to change the password at the next sign-in, or takes the requirement back.
   * @param user The user.
   */
  requireChange(user: UserId, options?: {
      /** Whether it is required. */
      required?: boolean;
    }): R;
  /**
   * Exempts a user from expiry, from strength or from all restrictions of passwords, as far as the policy allows.
   * @param user The user.
   * @param exemption From what.
   */
  exempt(user: UserId, exemption: Exemption): R;
  /**
   * Brings along a password as a hash of another program. It is checked in its own form and replaced by one of this
   * engine at the first sign-in.
   * @param user The user.
   * @param hash The hash, as the other program keeps it.
   */
  import(user: UserId, hash: Secret, options?: {
      /** Whether it must be changed at the next sign-in. */
      must_change?: boolean;
      /** When it was set; not known when absent. */
      set_at?: Date | string | null;
    }): R;
  /**
   * Hands out the hashes of users' passwords, for a move to another program. The answer has one for each user that
   * has a password, under the user's identifier; that they were handed out is noted with each of them.
   * @param users The users, at most 1000.
   */
  export(users: readonly (UserId)[]): R;
  /**
   * Checks a user's password, for a host that keeps sessions of its own. A hash of another program is replaced, a
   * wrong one counts as a failed attempt. Whether the user may sign in at all is asked with `user.status`.
   * @param user The user.
   * @param password The password.
   */
  verify(user: UserId, password: Secret): R;
  /**
   * Counts a failed attempt at a user's password: for a host that checks passwords in its own way.
   * @param user The user.
   */
  noteFailure(user: UserId): R;
}

/** What can be done with and known about passwords. */
export interface Passwords extends PasswordCommands<Promise<Executed>> {
  /**
   * Tells whether a password would be accepted for a user, and every reason why not; empty: it would.
   * @param user The user.
   * @param password The password.
   */
  check(user: UserId, password: Secret): Promise<readonly FieldProblem[]>;
}

/** Commands about syncs. */
export interface SyncCommands<R> extends Commands<R> {
  /**
   * Asks for a run of an identity source. It is carried out by whichever worker leases it first, not by the caller.
   * Refused while the source is disabled.
   * @param source The source.
   */
  request(source: SourceId, options?: {
      /** Not before then; at once when absent. */
      due_at?: Date | string | null;
      /** For a filtered run: which objects, in the connector's own syntax. */
      filter?: string | null;
      /** An identifier brought along; drawn when absent. */
      id?: SyncRunId | null;
      /** Only show what it would do, also when the source is active. */
      look_only?: boolean;
      /** What it reads. */
      mode?: RunMode;
    }): R;
  /**
   * Leases a run that waits, or whose worker has not been heard of since its lease ended. Refused while another
   * worker holds it.
   * @param run The run.
   * @param worker Who leases it.
   * @param until Until when, unless the worker is heard of before.
   * @param changeSet The change set of the run; a run that goes on keeps the one it has.
   */
  start(run: SyncRunId, worker: string, until: Date | string, changeSet: ChangeSetId): R;
  /**
   * Notes how far a run is, and keeps the lease. Refused when the worker has lost it.
   * @param run The run.
   * @param worker Who holds the lease.
   * @param until Until when from now on.
   * @param place Where it would go on.
   * @param counts What it did so far, by name.
   */
  note(run: SyncRunId, worker: string, until: Date | string, place: AttributeValue, counts: AttributeValue): R;
  /**
   * Ends a run with its counts and findings; a run that failed or succeeded in part tells whoever should know when
   * the source has alerts on.
   * @param run The run.
   * @param worker Who holds the lease.
   * @param state `succeeded`, `partial`, `failed`, `stopped` or `cancelled`.
   * @param counts What it did, by name.
   */
  finish(run: SyncRunId, worker: string, state: string, counts: AttributeValue, options?: {
      /** What somebody should look at, one structure each; 500 at most are kept. */
      findings?: readonly (AttributeValue)[];
      /** Why it ended early. */
      problem?: AttributeValue | null;
      /** Where the next incremental run goes on, by kind; absent: where it went on before. */
      tokens?: AttributeValue | null;
    }): R;
  /**
   * Asks a run to stop at the next page. A run that waits is over at once.
   * @param run The run.
   */
  cancel(run: SyncRunId): R;
  /**
   * Forgets a run that is over, with its log. Its changes stay, and can still be undone by their change set.
   * @param run The run.
   */
  forget(run: SyncRunId): R;
}

/** What can be done with and known about syncs. */
export interface Syncs extends SyncCommands<Promise<Executed>> {
}

/** Commands about edges. */
export interface EdgeCommands<R> extends Commands<R> {
  /**
   * Adds and removes edges in the name of a source. What somebody else says stays: an edge goes when the last of
   * those who asked for it takes it back.
   * @param source The source.
   * @param record The record at one end.
   * @param direction Which end it is.
   * @param relation The meaning of the edges.
   */
  synchronize(source: SourceId, record: EntityId, direction: Direction, relation: Relation, options?: {
      /** Other ends that the source names. */
      add?: Iterable<EntityId>;
      /** Only one edge may be left: others go, whoever asked for them. */
      exclusive?: boolean;
      /** Other ends that the source does not name any more. */
      remove?: Iterable<EntityId>;
    }): R;
}

/** What can be done with and known about edges. */
export interface Edges extends EdgeCommands<Promise<Executed>> {
  /**
   * Lists the edges of a relation at a record, those without effect too: the organizations of a user, the members of
   * a group, the reports of a manager.
   * @param id The record.
   * @param direction Which end of the edges it is.
   * @param relation The relation.
   */
  list(id: EntityId, direction: Direction, relation: Relation, options?: {
      /** The state to read. */
      at?: At;
    }): Promise<readonly Edge[]>;
}

/** Commands about otps. */
export interface OtpCommands<R> extends Commands<R> {
  /**
   * Begins the enrolment of a device that shows one-time passwords. The answer has its key as `secret` and as `uri`
   * for a QR code, this once. The device counts when a first code of it was confirmed, within the time that the
   * policy gives; a user has so many devices as the policy allows.
   * @param user The user.
   */
  enrol(user: UserId, options?: {
      /** The hash; SHA-1 when absent, because some authenticators know no other. */
      algorithm?: OtpAlgorithm;
      /** Whether the device is in use elsewhere and needs no first code to count. */
      confirmed?: boolean;
      /** For counter devices: the next counter. */
      counter?: number;
      /** Digits of a code, 6 to 8; 6 when absent. */
      digits?: number;
      /** What the authenticator shows as the service; the realm's name when absent. */
      issuer?: string | null;
      /** How people call the device. */
      label?: string | null;
      /** Seconds of a step, 15 to 60; 30 when absent (OWASP ASVS 5, 6.5.5: at most 30 is advised). */
      period?: number;
      /** A key that is there already, in base 32: of a hardware token, or from another system. Drawn when absent. */
      secret?: Secret | null;
      /** By time or by counter. */
      type?: OtpType;
    }): R;
  /**
   * Begins the enrolment of an authenticator for many users at once and sends each of them a QR code. Users who have
   * as many devices as allowed are left out and named in the remarks.
   * @param users The users, at most 1000.
   */
  sendEnrolments(users: Iterable<UserId>, options?: {
      /** What the authenticator shows as the service; the realm's name when absent. */
      issuer?: string | null;
    }): R;
  /**
   * Confirms a device with a first code: from then on it counts as a factor. The code is used up with it.
   * @param credential The device.
   * @param code The code that it shows.
   */
  confirm(credential: CredentialId, code: Secret): R;
  /**
   * Brings a counter device back that was pressed too often: two codes in a row tell where it is (RFC 4226, 7.4).
   * @param credential The device.
   * @param first The code that it shows.
   * @param second The one that it shows next.
   */
  resynchronise(credential: CredentialId, first: Secret, second: Secret): R;
}

/** What can be done with and known about otps. */
export interface Otps extends OtpCommands<Promise<Executed>> {
  /**
   * Draws the QR code of an enrolment.
   * @param text The text, such as the `uri` of an enrolment.
   */
  drawQr(text: Secret, options?: {
      /** Pixels a module of the PNG, 1 to 32; 6 when absent. */
      scale?: number;
    }): Promise<QrCode>;
}

/** Commands about factors. */
export interface FactorCommands<R> extends Commands<R> {
  /**
   * Checks a second factor and uses it up: a code of a device, a passcode, or a recovery code. Refused with
   * `credential.wrong` when it is none, or was used before.
   * @param user The user.
   * @param code The code.
   */
  verify(user: UserId, code: Secret): R;
  /**
   * Counts a failed attempt at a user's second factors: for a host that checks them in its own way.
   * @param user The user.
   */
  noteFailure(user: UserId): R;
}

/** What can be done with and known about factors. */
export interface Factors extends FactorCommands<Promise<Executed>> {
}

/** Commands about recovery codes. */
export interface RecoveryCodesCommands<R> extends Commands<R> {
  /**
   * Makes a new set of recovery codes for a user, in the place of the one before. They are part of the answer as
   * `recovery_codes`, this once.
   * @param user The user.
   */
  create(user: UserId): R;
  /**
   * Revokes a user's recovery codes; always allowed, because they are no second factor of their own.
   * @param user The user.
   */
  revoke(user: UserId): R;
}

/** What can be done with and known about recovery codes. */
export interface RecoveryCodes extends RecoveryCodesCommands<Promise<Executed>> {
}

/** Commands about passcodes. */
export interface PasscodeCommands<R> extends Commands<R> {
  /**
   * Sends a user a passcode of eight digits that counts once and for ten minutes at most. A newer one replaces the
   * one before, 30 seconds after it at the earliest (`sign_in.throttled`): otherwise somebody could have passcodes
   * sent until a guess is right. It counts as long as the address is the user's.
   * @param user The user.
   */
  send(user: UserId, options?: {
      /** By e-mail or SMS; e-mail when absent. */
      channel?: PasscodeChannel;
    }): R;
}

/** What can be done with and known about passcodes. */
export interface Passcodes extends PasscodeCommands<Promise<Executed>> {
}

/** Commands about providers. */
export interface ProviderCommands<R> extends Commands<R> {
  /**
   * Links a user with an identity at a provider. An identity belongs to one user at most.
   * @param user The user.
   * @param provider The provider, such as `google`.
   * @param subject The identity's stable identifier there: `sub` of OpenID Connect.
   */
  link(user: UserId, provider: string, subject: string, options?: {
      /** How people call it: the address or name that the provider gave. */
      label?: string | null;
    }): R;
}

/** What can be done with and known about providers. */
export interface Providers extends ProviderCommands<Promise<Executed>> {
  /**
   * Finds the user who is linked with an identity at a provider; answers nothing when nobody is.
   * @param provider The provider.
   * @param subject The identity's stable identifier there.
   */
  findUser(provider: string, subject: string): Promise<EntityId | null>;
}

/** Commands about passkeys. */
export interface PasskeyCommands<R> extends Commands<R> {
  /**
   * Begins the enrolment of a passkey. The answer has as `options`, this once, what the browser is asked with: JSON
   * for `PublicKeyCredential.parseCreationOptionsFromJSON` and `navigator.credentials.create`. The passkey counts
   * when the browser's answer was confirmed, within ten minutes. Refused with `feature.off` when the realm's settings
   * name no relying party (`sign_in.passkeys`), or this build checks no passkeys.
   * @param user The user.
   */
  enrol(user: UserId, options?: {
      /** How people call the device. */
      label?: string | null;
    }): R;
  /**
   * Confirms the enrolment of a passkey with the browser's answer: from then on it counts, as a second factor and for
   * a sign-in without a password. Refused with `credential.wrong` when the answer does not hold.
   * @param credential The passkey whose enrolment was begun.
   * @param response What the browser answered, as JSON text: `JSON.stringify(credential)`.
   */
  confirm(credential: CredentialId, response: Secret): R;
}

/** What can be done with and known about passkeys. */
export interface Passkeys extends PasskeyCommands<Promise<Executed>> {
}

/** What can be done with and known about history. */
export interface History {
  /**
   * Lists what happened to a record and to the edges at it, the latest first.
   * @param id The record.
   */
  of(id: EntityId, options?: {
      /** Only what lies before this place. */
      before?: Place | null;
      /** Changes at most, up to 1000. */
      limit?: number;
    }): Promise<readonly HistoryItem[]>;
  /** Lists everything that was changed in the realm, in order. */
  timeline(options?: {
      /** Only what lies after this place. */
      after?: Place | null;
      /** Changes at most, up to 1000. */
      limit?: number;
    }): Promise<readonly HistoryItem[]>;
  /**
   * Tells what is different between two states: everything that was changed, and not changed back.
   * @param from_ From this state.
   */
  difference(from_: At, options?: {
      /** To this one. */
      to?: At;
    }): Promise<Difference>;
}

/** What can be done with and known about audit. */
export interface Audit {
  /** Lists the audit trail of the realm: every command, the refused ones too. */
  list(options?: {
      /** Only commands of this actor, such as `host:console`. */
      actor?: string | null;
      /** Only commits after this revision. */
      after?: number | null;
      /** Only commands at or before this moment. */
      before?: Date | string | null;
      /** Only commands of this change set. */
      change_set?: ChangeSetId | null;
      /** Only the command with this identifier. */
      command_id?: CommandId | null;
      /** Commands at most, up to 1000. */
      limit?: number;
      /** The latest first. */
      newest_first?: boolean;
      /** Only commands at or after this moment. */
      since?: Date | string | null;
      /** Only commands about this record. */
      subject?: EntityId | null;
      /** Only commits up to this revision. */
      until?: number | null;
    }): Promise<readonly AuditItem[]>;
}

/** What can be done with and known about schema. */
export interface Schema {
  /**
   * Lists the attributes of a kind: the built-in ones in the order of a form, then the realm's own by name.
   * @param kind The kind.
   */
  attributes(kind: Kind): Promise<readonly AttributeDefinition[]>;
}

/** What can be done with and known about chain. */
export interface Chain {
  /** Verifies the tamper-evident chain of the whole storage, also against heads that were published elsewhere. */
  verify(options?: {
      /** Heads that were kept outside of the storage. */
      published?: readonly (ChainHead)[];
    }): Promise<Verified>;
}

/** What can be done with and known about access. */
export interface Access {
  /**
   * Tells whether somebody may do something: an action such as `update` or `invoice:approve` on a record, on a
   * resource of the host, or on anything of a kind.
   * @param action The action; with the kind and a colon before it where that is not the kind of the target.
   * @param on What it is about.
   */
  can(action: string, on: On, options?: {
      /** The state to read. */
      at?: At;
      /** Who; the actor when absent. Asking about others needs the right to audit the realm. */
      user?: UserId | null;
    }): Promise<boolean>;
  /**
   * Explains a decision: yes with every path that leads to it, no with the facts that are missing, the nearest first.
   * @param action The action.
   * @param on What it is about.
   */
  explain(action: string, on: On, options?: {
      /** The state to read. */
      at?: At;
      /** Who; the actor when absent. Asking about others needs the right to audit the realm. */
      user?: UserId | null;
    }): Promise<Explanation>;
  /**
   * Reads everything that is linked to a user: roles and groups with every path, led, owned and administered
   * organizations, and every right.
   * @param user The user.
   */
  effective(user: UserId, options?: {
      /** The state to read. */
      at?: At;
    }): Promise<EffectiveAccess>;
  /**
   * Reads the filter that holds for exactly the things of a kind on which somebody may do something, as far as it
   * does not depend on levels: for the host's own lists.
   * @param action The action.
   * @param kind The kind, one of the library's or of the host's own.
   */
  filter(action: string, kind: string, options?: {
      /** The state to read. */
      at?: At;
      /** Who; the actor when absent. Asking about others needs the right to audit the realm. */
      user?: UserId | null;
    }): Promise<AllowedFilter>;
  /**
   * Lists the users who can do something.
   * @param action The action.
   * @param on What it is about.
   */
  whoCan(action: string, on: On, options?: {
      /** The state to read. */
      at?: At;
      /** At most so many. */
      limit?: number;
    }): Promise<WhoCan>;
  /**
   * Compares what users may do in two states: of the users that are named everything, windows that opened or closed
   * by themselves included; without names, of everybody whom the commits between the states can concern.
   * @param from_ One state.
   */
  difference(from_: At, options?: {
      /** Looks at so many users at most; the answer says whether there were more. */
      limit?: number;
      /** The other; the present when absent. */
      to?: At;
      /** Of these users. */
      users?: readonly (UserId)[] | null;
    }): Promise<AccessDifference>;
  /**
   * Shows what a command would change in what users may do; nothing is written.
   * @param change The command with its name in `command`, such as `{"command": "role.grant", …}`.
   */
  preview(change: any, options?: {
      /** Looks at so many users at most; the answer says whether there were more. */
      limit?: number;
    }): Promise<AccessDifference>;
  /**
   * Looks for access that is probably not meant so: roles that nobody holds, rights that nobody has, privileges that
   * contradict, exclusions that are met, administrators who could become owners.
   */
  doctor(): Promise<readonly AccessFinding[]>;
  /**
   * Reads what the provisioning roles of a user want in the targets: mapping, attributes, values.
   * @param user The user.
   */
  wanted(user: UserId): Promise<WantedState>;
  /**
   * Reads the risk index of a user: the highest of all roles and groups that they have.
   * @param user The user.
   */
  risk(user: UserId): Promise<number | null>;
  /**
   * Tells who would come and go if a role or group had another condition; nothing is written.
   * @param owner The role or group.
   * @param selects What the condition selects.
   * @param condition The condition.
   */
  ruleDifference(owner: EntityId, selects: Kind, condition: Filter): Promise<RuleDifference>;
  /**
   * Tells what cloning would give a user, take from them and leave out, and why; nothing is written.
   * @param from_ Who has it.
   * @param to Who is to get it.
   */
  clone(from_: UserId, to: UserId, options?: {
      /** What becomes of that which they have already. */
      mode?: CloneMode;
    }): Promise<Cloned>;
  /**
   * Lists the administrators of the platform, apart from all other users: the direct holders of the roles whose
   * attribute `administrative` is set.
   */
  administrators(): Promise<readonly Record[]>;
}

/** Every noun that has commands. */
export interface CommandNouns<R> {
  readonly realms: RealmCommands<R>;
  readonly users: UserCommands<R>;
  readonly devices: DeviceCommands<R>;
  readonly userTypes: UserTypeCommands<R>;
  readonly organizations: OrganizationCommands<R>;
  readonly organizationTypes: OrganizationTypeCommands<R>;
  readonly positions: PositionCommands<R>;
  readonly groups: GroupCommands<R>;
  readonly templates: TemplateCommands<R>;
  readonly attributes: AttributeCommands<R>;
  readonly roles: RoleCommands<R>;
  readonly assignments: AssignmentCommands<R>;
  readonly rules: RuleCommands<R>;
  readonly credentials: CredentialCommands<R>;
  readonly policies: PolicyCommands<R>;
  readonly sessions: SessionCommands<R>;
  readonly links: LinkCommands<R>;
  readonly sources: SourceCommands<R>;
  readonly shadows: ShadowCommands<R>;
  readonly connectors: ConnectorCommands<R>;
  readonly records: RecordCommands<R>;
  readonly memberships: MembershipCommands<R>;
  readonly passwords: PasswordCommands<R>;
  readonly syncs: SyncCommands<R>;
  readonly edges: EdgeCommands<R>;
  readonly otps: OtpCommands<R>;
  readonly factors: FactorCommands<R>;
  readonly recoveryCodes: RecoveryCodesCommands<R>;
  readonly passcodes: PasscodeCommands<R>;
  readonly providers: ProviderCommands<R>;
  readonly passkeys: PasskeyCommands<R>;
}

/** Every noun. */
export interface Nouns {
  readonly realms: Realms;
  readonly users: Users;
  readonly devices: Devices;
  readonly userTypes: UserTypes;
  readonly organizations: Organizations;
  readonly organizationTypes: OrganizationTypes;
  readonly positions: Positions;
  readonly groups: Groups;
  readonly templates: Templates;
  readonly attributes: Attributes;
  readonly roles: Roles;
  readonly assignments: Assignments;
  readonly rules: Rules;
  readonly credentials: Credentials;
  readonly policies: Policies;
  readonly sessions: Sessions;
  readonly links: Links;
  readonly counters: Counters;
  readonly sources: Sources;
  readonly shadows: Shadows;
  readonly syncRuns: SyncRuns;
  readonly connectors: Connectors;
  readonly records: Records;
  readonly memberships: Memberships;
  readonly passwords: Passwords;
  readonly syncs: Syncs;
  readonly edges: Edges;
  readonly otps: Otps;
  readonly factors: Factors;
  readonly recoveryCodes: RecoveryCodes;
  readonly passcodes: Passcodes;
  readonly providers: Providers;
  readonly passkeys: Passkeys;
  readonly history: History;
  readonly audit: Audit;
  readonly schema: Schema;
  readonly chain: Chain;
  readonly access: Access;
}

/** What an actor does besides commands and questions. */
export interface Operations {
  /**
   * Signs in with identifier and password. The session is open, or waits for another factor or an action.
   * @param identifier Who one says to be: the value of any attribute that the realm takes as an identifier.
   * @param password The password.
   */
  signIn(identifier: string, password: Secret, options?: {
      /** The level that the application asks for: 1 for one factor, 2 for two, 3 for two of which one is hardware. */
      assurance?: number;
      /** Where the attempt comes from. */
      origin?: SessionOrigin;
      /** Hand out a refresh token, too; then the session's token lives for minutes only. */
      refresh?: boolean;
      /** What the host makes of the attempt: its hook into every sign-in. */
      risk?: Risk;
    }): Promise<SignedIn>;
  /**
   * Goes on with a sign-in that waits for a factor or an action.
   * @param flowToken The flow token of the step before.
   * @param proof What is shown or done.
   */
  continueSignIn(flowToken: Secret, proof: SignInProof): Promise<SignedIn>;
  /**
   * Reads who is signing in, and what the sign-in waits for.
   * @param token The token.
   */
  signInFlow(token: Secret): Promise<SignInFlow>;
  /**
   * Reads the session that a token names, when it is assured enough.
   * @param token The token.
   */
  session(token: Secret, options?: {
      /** The level that what is asked needs: 1 for one factor, 2 for two, 3 for two of which one is hardware. */
      assurance?: number;
    }): Promise<Session>;
  /**
   * Lists the open sessions of a user, the last used first.
   * @param user The user.
   */
  listSessions(user: UserId): Promise<readonly Session[]>;
  /**
   * Takes a refresh token in exchange for fresh tokens.
   * @param token The token.
   */
  refreshSession(token: Secret): Promise<SessionTokens>;
  /**
   * Shows another proof in an open session, which rises to a higher level and gets a fresh token.
   * @param token The session's token.
   * @param proof What is shown.
   */
  stepUp(token: Secret, proof: SignInProof): Promise<SessionTokens>;
  /**
   * Ends the session that a token names.
   * @param token The token.
   */
  signOut(token: Secret): Promise<void>;
  /**
   * Reads the link that a token names, when it can be used. Nothing is changed.
   * @param token The token.
   */
  checkLink(token: Secret): Promise<Link>;
  /**
   * Completes the sign-up of a person who was invited.
   * @param linkToken The token of the link.
   * @param password The password to sign in with from now on.
   */
  acceptInvitation(linkToken: Secret, password: Secret, options?: {
      /** Values of the profile that the person fills in. */
      attributes?: { readonly [name: string]: AttributeValue | null };
      /** The version of the terms that the person accepts. */
      terms?: string | null;
    }): Promise<UserId>;
  /**
   * Sets a new password by a link that was sent for it.
   * @param linkToken The token of the link.
   * @param password The new password.
   */
  resetPassword(linkToken: Secret, password: Secret): Promise<UserId>;
  /**
   * Takes a link as the proof that the e-mail address is the user's own.
   * @param token The token.
   */
  verifyEmail(token: Secret): Promise<UserId>;
  /**
   * Asks for a password reset without being signed in. The answer does not tell whether there is such a user.
   * @param identifier Who one says to be.
   */
  requestPasswordReset(identifier: string, options?: {
      /**
       * The network address that it comes from: what is asked for from one address is counted, too, so that nobody
       * fills the mailboxes of many.
       */
      address?: string | null;
      /** The language of the message; the user's preferred one when absent. */
      language?: string | null;
    }): Promise<void>;
  /** Reads the form by which people register by themselves, when they can. */
  registrationForm(): Promise<readonly FormField[]>;
  /**
   * Registers a person who fills in the registration form.
   * @param attributes The values by attribute: those of the form and no others.
   * @param password The password to sign in with.
   */
  register(attributes: { readonly [name: string]: AttributeValue | null }, password: Secret, options?: {
      /** The version of the terms that the person accepts. */
      terms?: string | null;
    }): Promise<UserId>;
  /**
   * Signs an access token for the session that a token names, for one audience and at most an hour.
   * @param token The session's token.
   * @param audience For whom the signed token is.
   */
  signToken(token: Secret, audience: string, options?: {
      /** Seconds for which it holds, at most 3600; 300 when absent. */
      seconds?: number;
    }): Promise<Secret>;
  /**
   * Reads what a signed access token says, when it holds for the audience. The session is not looked up.
   * @param token The signed token.
   * @param audience For whom it has to be.
   */
  verifySignedToken(token: Secret, audience: string): Promise<SignedClaims>;
  /** Reads the public keys by which others check signed access tokens, as a JSON Web Key Set. */
  signingKeySet(): Promise<KeySet>;
  /** Draws what a browser is asked with to show a passkey. Nothing is kept; it counts for five minutes and once. */
  passkeyChallenge(options?: {
      /** The user, when that is known; absent: whoever has a passkey for the domain. */
      user?: UserId | null;
    }): Promise<PasskeyChallenge>;
  /**
   * Signs in with a passkey alone. The session is open, or waits for an action.
   * @param response What the browser answered to the challenge, as JSON text: `JSON.stringify(credential)`.
   */
  signInWithPasskey(response: Secret, options?: {
      /** The level that the application asks for, as for a sign-in with a password. */
      assurance?: number;
      /** Where the attempt comes from. */
      origin?: SessionOrigin;
      /** Hand out a refresh token, too; then the session's token lives for minutes only. */
      refresh?: boolean;
      /** What the host makes of the attempt. */
      risk?: Risk;
    }): Promise<SignedIn>;
}
