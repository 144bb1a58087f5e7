// Generated from the catalogue by `.ci/generate`; do not edit.
import type { At, AttributeValue, Commands, Filter, KindReads, Page, Record } from "../index.cjs";
import type {
  AssignmentEvent,
  AssignmentId,
  AssignmentValue,
  Assurance,
  AttributeAccess,
  AttributeDefinition,
  AttributeDifference,
  AttributeId,
  AttributeType,
  AuditItem,
  Batch,
  BatchMode,
  BatchResult,
  Cause,
  ChainBreak,
  ChainHead,
  ChangeSetId,
  Column,
  CommandId,
  Commit,
  Cursor,
  DeleteMode,
  Deleted,
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
  EntityId,
  Event,
  Executed,
  FactorPolicy,
  Failure,
  FieldProblem,
  Finding,
  FormField,
  GrantDisposition,
  GroupId,
  HistoryItem,
  InitialPolicy,
  JoinOrganization,
  Kind,
  LinkPolicy,
  ListPage,
  ListRow,
  LockPolicy,
  NameClashes,
  OnAssignment,
  OnConflict,
  OnUnassignment,
  OrganizationId,
  OrganizationTypeId,
  PasswordPolicy,
  Place,
  PolicyId,
  PolicyParts,
  PositionId,
  Preview,
  Privilege,
  PrivilegeEffect,
  Problem,
  ProblemKind,
  RealmId,
  RecordDifference,
  Registration,
  Relation,
  RoleId,
  RoleType,
  RollbackPreview,
  Secret,
  SessionPolicy,
  Settings,
  Sort,
  Source,
  StatusEffect,
  StatusView,
  Step,
  TargetRules,
  TemplateId,
  TimeConstraint,
  TreeNode,
  Undo,
  Upkeep,
  UserId,
  UserTypeId,
  Verified,
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
   * Examines the realm: unique names, edges, tree and search keys against the records. What is wrong with the data is
   * not an error but the answer.
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
      /** In which terms. */
      view?: StatusView;
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
      /** In which terms the status of users is told. */
      view?: StatusView;
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
  /** Creates a group of users, organizations, positions or groups, whose members are added by hand. */
  create(options?: {
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
   * Makes roles ineffective for whoever holds this one: the grants stay and come back by themselves. Directed; say it
   * of both roles for separation in both directions.
   * @param role The role.
   * @param roles The roles that are not in effect beside this one.
   */
  addExclusions(role: RoleId, roles: Iterable<RoleId>): R;
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

/** What can be done with and known about rules. */
export interface Rules extends KindReads {
}

/** What can be done with and known about credentials. */
export interface Credentials extends KindReads {
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
      /** In which terms the status of users is told. */
      view?: StatusView;
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
   * Sets a user's password, as an administrator does. It has to satisfy the user's policy, and must be changed at the
   * next sign-in.
   * @param user The user.
   * @param password The new password.
   */
  set(user: UserId, password: Secret, options?: {
      /** Whether it must be changed at the next sign-in; yes when absent. */
      must_change?: boolean;
    }): R;
}

/** What can be done with and known about passwords. */
export interface Passwords extends PasswordCommands<Promise<Executed>> {
}

/** What can be done with and known about edges. */
export interface Edges {
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
  readonly policies: PolicyCommands<R>;
  readonly records: RecordCommands<R>;
  readonly memberships: MembershipCommands<R>;
  readonly passwords: PasswordCommands<R>;
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
  readonly records: Records;
  readonly memberships: Memberships;
  readonly passwords: Passwords;
  readonly edges: Edges;
  readonly history: History;
  readonly audit: Audit;
  readonly schema: Schema;
  readonly chain: Chain;
}

/** What an actor does besides commands and questions. */
export interface Operations {
}
