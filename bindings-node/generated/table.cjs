// Generated from the catalogue by `.ci/generate`; do not edit.
"use strict";

/** Noun -> its kind, its commands and its queries, each with its parameters. */
exports.nouns = {
  realms: {
    kind: "realm",
    commands: {
      create: {"name": "realm.create", "required": ["name"], "optional": ["id", "settings"]},
      update: {"name": "realm.update", "required": [], "optional": ["name", "settings"]},
    },
    queries: {
      settings: {"name": "realm.settings", "required": [], "optional": []},
      doctor: {"name": "realm.doctor", "required": [], "optional": []},
    },
  },
  users: {
    kind: "user",
    commands: {
      create: {"name": "user.create", "required": [], "optional": ["attributes", "id", "invitation", "lawful_basis", "manager", "organizations", "origin", "positions", "registration", "source", "supplied_by_user", "template", "user_type", "valid_from", "valid_until"], "attributes": ["user_name", "email", "first_name", "last_name", "display_name", "phone", "user_number", "identity_type", "privileged", "job", "department", "location", "street", "city", "postal_code", "state", "country", "language", "time_zone", "date_of_birth", "hired_on", "in_position_since", "preference_updates", "preference_marketing", "categories", "inherit_service_plans", "inherit_subscriptions", "inherit_administrator_roles", "inherit_groups", "inherit_office_groups", "external_id"]},
      update: {"name": "user.update", "required": ["user"], "optional": ["attributes"], "attributes": ["user_name", "email", "first_name", "last_name", "display_name", "phone", "user_number", "identity_type", "privileged", "job", "department", "location", "street", "city", "postal_code", "state", "country", "language", "time_zone", "date_of_birth", "hired_on", "in_position_since", "preference_updates", "preference_marketing", "categories", "inherit_service_plans", "inherit_subscriptions", "inherit_administrator_roles", "inherit_groups", "inherit_office_groups", "external_id"]},
      enable: {"name": "user.enable", "required": ["user"], "optional": []},
      disable: {"name": "user.disable", "required": ["user"], "optional": ["by"]},
      suspend: {"name": "user.suspend", "required": ["user"], "optional": []},
      archive: {"name": "user.archive", "required": ["user"], "optional": []},
      restore: {"name": "user.restore", "required": ["user"], "optional": []},
      lock: {"name": "user.lock", "required": ["user"], "optional": ["reason"]},
      unlock: {"name": "user.unlock", "required": ["user"], "optional": []},
      expire: {"name": "user.expire", "required": ["user"], "optional": []},
      setValidity: {"name": "user.set_validity", "required": ["user"], "optional": ["valid_from", "valid_until"]},
      changeType: {"name": "user.change_type", "required": ["user"], "optional": ["attributes", "recompute_expiry", "user_type"], "attributes": ["user_name", "email", "first_name", "last_name", "display_name", "phone", "user_number", "identity_type", "privileged", "job", "department", "location", "street", "city", "postal_code", "state", "country", "language", "time_zone", "date_of_birth", "hired_on", "in_position_since", "preference_updates", "preference_marketing", "categories", "inherit_service_plans", "inherit_subscriptions", "inherit_administrator_roles", "inherit_groups", "inherit_office_groups", "external_id"]},
      recordConsent: {"name": "user.record_consent", "required": ["user"], "optional": ["granted", "lawful_basis", "purpose", "text_version"]},
      setManager: {"name": "user.set_manager", "required": ["user"], "optional": ["manager"]},
      setSharedUsers: {"name": "user.set_shared_users", "required": ["account", "users"], "optional": []},
      delete: {"name": "user.delete", "required": ["user"], "optional": ["mode"]},
      undelete: {"name": "user.undelete", "required": ["user"], "optional": []},
      addDeputy: {"name": "user.add_deputy", "required": ["user", "deputy"], "optional": ["constraint", "roles"]},
      removeDeputy: {"name": "user.remove_deputy", "required": ["user", "deputy"], "optional": []},
      endSessions: {"name": "user.end_sessions", "required": ["user"], "optional": ["except"]},
      invite: {"name": "user.invite", "required": ["user"], "optional": ["delivery", "language"]},
      startPasswordReset: {"name": "user.start_password_reset", "required": ["user"], "optional": ["delivery", "language"]},
      startEmailVerification: {"name": "user.start_email_verification", "required": ["user"], "optional": ["delivery", "language"]},
      exchange: {"name": "user.exchange", "required": ["updates"], "optional": []},
    },
    queries: {
      status: {"name": "user.status", "required": ["user"], "optional": ["at", "view"], "states": ["at"]},
    },
  },
  devices: {
    kind: "device",
    commands: {
      create: {"name": "device.create", "required": [], "optional": ["attributes", "id", "organizations", "origin", "source"], "attributes": ["name", "device_type", "serial_number", "model", "address", "owner", "external_id"]},
      update: {"name": "device.update", "required": ["device"], "optional": ["attributes"], "attributes": ["name", "device_type", "serial_number", "model", "address", "owner", "external_id"]},
      enable: {"name": "device.enable", "required": ["device"], "optional": []},
      disable: {"name": "device.disable", "required": ["device"], "optional": []},
      delete: {"name": "device.delete", "required": ["device"], "optional": []},
    },
    queries: {
    },
  },
  userTypes: {
    kind: "user_type",
    commands: {
      create: {"name": "user_type.create", "required": [], "optional": ["attributes", "id"], "attributes": ["name", "description", "form", "validity_days", "disable_on_expiry", "external_id"]},
      update: {"name": "user_type.update", "required": ["user_type"], "optional": ["attributes"], "attributes": ["name", "description", "form", "validity_days", "disable_on_expiry", "external_id"]},
      delete: {"name": "user_type.delete", "required": ["user_type"], "optional": []},
    },
    queries: {
    },
  },
  organizations: {
    kind: "organization",
    commands: {
      create: {"name": "organization.create", "required": [], "optional": ["attributes", "id", "organization_type", "origin", "parent", "source"], "attributes": ["name", "description", "code", "sort_order", "location", "stops_inheritance", "external_id"]},
      update: {"name": "organization.update", "required": ["organization"], "optional": ["attributes"], "attributes": ["name", "description", "code", "sort_order", "location", "stops_inheritance", "external_id"]},
      changeType: {"name": "organization.change_type", "required": ["organization"], "optional": ["attributes", "organization_type"], "attributes": ["name", "description", "code", "sort_order", "location", "stops_inheritance", "external_id"]},
      enable: {"name": "organization.enable", "required": ["organization"], "optional": []},
      disable: {"name": "organization.disable", "required": ["organization"], "optional": []},
      transfer: {"name": "organization.transfer", "required": ["organization"], "optional": ["parent"]},
      merge: {"name": "organization.merge", "required": ["source", "target"], "optional": ["name_clashes"]},
      delete: {"name": "organization.delete", "required": ["organization"], "optional": ["disposition"]},
      addLead: {"name": "organization.add_lead", "required": ["organization", "user"], "optional": ["window"]},
      removeLead: {"name": "organization.remove_lead", "required": ["organization", "user"], "optional": []},
      addOwner: {"name": "organization.add_owner", "required": ["organization", "user"], "optional": ["override_reason"]},
      removeOwner: {"name": "organization.remove_owner", "required": ["organization", "user"], "optional": []},
      addAdministrator: {"name": "organization.add_administrator", "required": ["organization", "user"], "optional": ["override_reason", "window"]},
      removeAdministrator: {"name": "organization.remove_administrator", "required": ["organization", "user"], "optional": []},
    },
    queries: {
      path: {"name": "organization.path", "required": ["organization"], "optional": ["at"], "states": ["at"]},
      tree: {"name": "organization.tree", "required": [], "optional": ["at", "organization"], "states": ["at"]},
      members: {"name": "organization.members", "required": ["organization"], "optional": ["at", "cursor", "limit", "text", "total", "view"], "states": ["at"]},
    },
  },
  organizationTypes: {
    kind: "organization_type",
    commands: {
      create: {"name": "organization_type.create", "required": [], "optional": ["attributes", "id"], "attributes": ["name", "description", "form", "external_id"]},
      update: {"name": "organization_type.update", "required": ["organization_type"], "optional": ["attributes"], "attributes": ["name", "description", "form", "external_id"]},
      delete: {"name": "organization_type.delete", "required": ["organization_type"], "optional": []},
    },
    queries: {
    },
  },
  positions: {
    kind: "position",
    commands: {
      create: {"name": "position.create", "required": [], "optional": ["attributes", "id", "organization", "origin", "reports_to", "source"], "attributes": ["name", "description", "code", "job", "sort_order", "external_id"]},
      update: {"name": "position.update", "required": ["position"], "optional": ["attributes"], "attributes": ["name", "description", "code", "job", "sort_order", "external_id"]},
      enable: {"name": "position.enable", "required": ["position"], "optional": []},
      disable: {"name": "position.disable", "required": ["position"], "optional": []},
      transfer: {"name": "position.transfer", "required": ["position"], "optional": ["organization"]},
      setSuperior: {"name": "position.set_superior", "required": ["position"], "optional": ["reports_to"]},
      assign: {"name": "position.assign", "required": ["position", "user"], "optional": ["window"]},
      unassign: {"name": "position.unassign", "required": ["position", "user"], "optional": []},
      delete: {"name": "position.delete", "required": ["position"], "optional": []},
    },
    queries: {
    },
  },
  groups: {
    kind: "group",
    commands: {
      create: {"name": "group.create", "required": [], "optional": ["attributes", "condition", "condition_kind", "id", "member_kinds", "origin", "source"], "attributes": ["name", "description", "risk_index", "categories", "inheritance_class", "external_id"]},
      update: {"name": "group.update", "required": ["group"], "optional": ["attributes", "condition", "condition_kind", "member_kinds"], "attributes": ["name", "description", "risk_index", "categories", "inheritance_class", "external_id"]},
      addMembers: {"name": "group.add_members", "required": ["group", "members"], "optional": ["window"]},
      removeMembers: {"name": "group.remove_members", "required": ["group", "members"], "optional": []},
      delete: {"name": "group.delete", "required": ["group"], "optional": []},
    },
    queries: {
    },
  },
  templates: {
    kind: "template",
    commands: {
      create: {"name": "template.create", "required": [], "optional": ["attributes", "id"], "attributes": ["name", "description", "when_job", "when_department", "values", "external_id"]},
      update: {"name": "template.update", "required": ["template"], "optional": ["attributes"], "attributes": ["name", "description", "when_job", "when_department", "values", "external_id"]},
      delete: {"name": "template.delete", "required": ["template"], "optional": []},
    },
    queries: {
    },
  },
  attributes: {
    kind: "attribute",
    commands: {
      define: {"name": "attribute.define", "required": ["kind", "name", "label", "type"], "optional": ["allowed", "default", "id", "maximum_length", "multiple", "pattern", "personal", "required", "searchable", "unique"]},
      update: {"name": "attribute.update", "required": ["kind", "name"], "optional": ["allowed", "default", "label", "maximum_length", "multiple", "pattern", "personal", "required", "searchable", "type", "unique"]},
      remove: {"name": "attribute.remove", "required": ["kind", "name"], "optional": []},
    },
    queries: {
    },
  },
  roles: {
    kind: "role",
    commands: {
      create: {"name": "role.create", "required": [], "optional": ["attributes", "assignments", "condition", "condition_kind", "constraint", "id", "privileges", "role_type"], "attributes": ["name", "description", "level", "administrative", "min_holders", "max_holders", "risk_index", "categories", "inheritance_class", "external_id"]},
      update: {"name": "role.update", "required": ["role"], "optional": ["attributes", "condition", "condition_kind", "constraint", "privileges"], "attributes": ["name", "description", "level", "administrative", "min_holders", "max_holders", "risk_index", "categories", "inheritance_class", "external_id"]},
      delete: {"name": "role.delete", "required": ["role"], "optional": ["grants", "move_to"]},
      grant: {"name": "role.grant", "required": ["role", "holders"], "optional": ["constraint", "inherit", "within"]},
      revoke: {"name": "role.revoke", "required": ["role", "holders"], "optional": []},
      include: {"name": "role.include", "required": ["role", "roles"], "optional": []},
      stopIncluding: {"name": "role.stop_including", "required": ["role", "roles"], "optional": []},
      addAssignments: {"name": "role.add_assignments", "required": ["role", "assignments"], "optional": []},
      removeAssignments: {"name": "role.remove_assignments", "required": ["role", "assignments"], "optional": []},
      addExclusions: {"name": "role.add_exclusions", "required": ["role", "roles"], "optional": ["separate"]},
      removeExclusions: {"name": "role.remove_exclusions", "required": ["role", "roles"], "optional": []},
      addPrerequisites: {"name": "role.add_prerequisites", "required": ["role", "roles"], "optional": []},
      removePrerequisites: {"name": "role.remove_prerequisites", "required": ["role", "roles"], "optional": []},
    },
    queries: {
    },
  },
  assignments: {
    kind: "assignment",
    commands: {
      create: {"name": "assignment.create", "required": [], "optional": ["attributes", "events", "id", "on_assignment", "on_unassignment", "values"], "attributes": ["name", "description", "mapping", "external_id"]},
      update: {"name": "assignment.update", "required": ["assignment"], "optional": ["attributes", "events", "on_assignment", "on_unassignment", "values"], "attributes": ["name", "description", "mapping", "external_id"]},
      delete: {"name": "assignment.delete", "required": ["assignment"], "optional": ["detach"]},
    },
    queries: {
    },
  },
  rules: {
    kind: "rule",
    commands: {
      apply: {"name": "rule.apply", "required": ["owner"], "optional": ["complete", "subjects"]},
    },
    queries: {
    },
  },
  credentials: {
    kind: "credential",
    commands: {
      remove: {"name": "credential.remove", "required": ["credential"], "optional": []},
    },
    queries: {
      list: {"name": "credential.list", "required": ["user"], "optional": []},
    },
  },
  policies: {
    kind: "policy",
    commands: {
      create: {"name": "policy.create", "required": [], "optional": ["attributes", "applies_to", "id", "rules"], "attributes": ["name", "description", "external_id"]},
      update: {"name": "policy.update", "required": ["policy"], "optional": ["applies_to", "attributes", "rules"], "attributes": ["name", "description", "external_id"]},
      delete: {"name": "policy.delete", "required": ["policy"], "optional": []},
    },
    queries: {
      effective: {"name": "policy.effective", "required": ["user"], "optional": []},
    },
  },
  sessions: {
    kind: "session",
    commands: {
      open: {"name": "session.open", "required": ["user"], "optional": ["assurance", "methods", "origin", "refresh"]},
      end: {"name": "session.end", "required": ["session"], "optional": []},
    },
    queries: {
    },
  },
  links: {
    kind: "link",
    commands: {
      revoke: {"name": "link.revoke", "required": ["link"], "optional": []},
    },
    queries: {
    },
  },
  counters: {
    kind: "counter",
    commands: {
    },
    queries: {
    },
  },
  sources: {
    kind: "source",
    commands: {
      create: {"name": "source.create", "required": ["name", "connector"], "optional": ["configuration", "id", "rules", "schedule", "time_zone"]},
      update: {"name": "source.update", "required": ["source"], "optional": ["configuration", "mode", "name", "rules", "schedule", "time_zone"]},
      enable: {"name": "source.enable", "required": ["source"], "optional": []},
      disable: {"name": "source.disable", "required": ["source"], "optional": []},
      delete: {"name": "source.delete", "required": ["source"], "optional": []},
    },
    queries: {
    },
  },
  shadows: {
    kind: "shadow",
    commands: {
      put: {"name": "shadow.put", "required": ["source", "kind", "identifier", "object_key", "situation", "state"], "optional": ["candidates", "delete_after", "depends_on", "digest", "missing_since", "name_key", "problem", "problem_code", "shadow", "target", "title"]},
      resolve: {"name": "shadow.resolve", "required": ["shadow", "resolution"], "optional": []},
      remove: {"name": "shadow.remove", "required": ["shadow"], "optional": []},
    },
    queries: {
    },
  },
  syncRuns: {
    kind: "sync_run",
    commands: {
    },
    queries: {
    },
  },
  connectors: {
    kind: "connector",
    commands: {
      install: {"name": "connector.install", "required": ["descriptor"], "optional": []},
      remove: {"name": "connector.remove", "required": ["connector"], "optional": []},
    },
    queries: {
    },
  },
  records: {
    kind: null,
    commands: {
      reindex: {"name": "record.reindex", "required": ["record", "attribute"], "optional": []},
    },
    queries: {
      get: {"name": "record.get", "required": ["id"], "optional": ["at"], "states": ["at"]},
      find: {"name": "record.find", "required": ["id"], "optional": ["at"], "states": ["at"]},
      findAll: {"name": "record.find_all", "required": ["ids"], "optional": ["at"], "states": ["at"]},
      findBy: {"name": "record.find_by", "required": ["kind", "attribute", "value"], "optional": ["at"], "states": ["at"]},
      search: {"name": "record.search", "required": ["kind"], "optional": ["at", "cursor", "deleted", "filter", "limit", "sort", "total"], "states": ["at"]},
      count: {"name": "record.count", "required": ["kind"], "optional": ["at", "filter"], "states": ["at"]},
      prefixSearch: {"name": "record.prefix_search", "required": ["text"], "optional": ["at", "cursor", "limit", "total"], "states": ["at"]},
      list: {"name": "record.list", "required": ["kind"], "optional": ["at", "cursor", "filter", "limit", "sort", "text", "total", "view"], "states": ["at"]},
    },
  },
  memberships: {
    kind: null,
    commands: {
      add: {"name": "membership.add", "required": ["member", "organizations"], "optional": []},
      remove: {"name": "membership.remove", "required": ["member", "organizations"], "optional": []},
    },
    queries: {
    },
  },
  passwords: {
    kind: null,
    commands: {
      set: {"name": "password.set", "required": ["user", "password"], "optional": ["confirmation", "must_change"]},
      change: {"name": "password.change", "required": ["user", "current", "password"], "optional": ["confirmation"]},
      reset: {"name": "password.reset", "required": ["user"], "optional": ["send", "to"]},
      requireChange: {"name": "password.require_change", "required": ["user"], "optional": ["required"]},
      exempt: {"name": "password.exempt", "required": ["user", "exemption"], "optional": []},
      import: {"name": "password.import", "required": ["user", "hash"], "optional": ["must_change", "set_at"]},
      export: {"name": "password.export", "required": ["users"], "optional": []},
      verify: {"name": "password.verify", "required": ["user", "password"], "optional": []},
      noteFailure: {"name": "password.note_failure", "required": ["user"], "optional": []},
    },
    queries: {
      check: {"name": "password.check", "required": ["user", "password"], "optional": []},
    },
  },
  syncs: {
    kind: null,
    commands: {
      request: {"name": "sync.request", "required": ["source"], "optional": ["due_at", "filter", "id", "look_only", "mode"]},
      start: {"name": "sync.start", "required": ["run", "worker", "until", "change_set"], "optional": []},
      note: {"name": "sync.note", "required": ["run", "worker", "until", "place", "counts"], "optional": []},
      finish: {"name": "sync.finish", "required": ["run", "worker", "state", "counts"], "optional": ["findings", "problem", "tokens"]},
      cancel: {"name": "sync.cancel", "required": ["run"], "optional": []},
      forget: {"name": "sync.forget", "required": ["run"], "optional": []},
    },
    queries: {
    },
  },
  edges: {
    kind: null,
    commands: {
      synchronize: {"name": "edge.synchronize", "required": ["source", "record", "direction", "relation"], "optional": ["add", "exclusive", "remove"]},
    },
    queries: {
      list: {"name": "edge.list", "required": ["id", "direction", "relation"], "optional": ["at"], "states": ["at"]},
    },
  },
  otps: {
    kind: null,
    commands: {
      enrol: {"name": "otp.enrol", "required": ["user"], "optional": ["algorithm", "confirmed", "counter", "digits", "issuer", "label", "period", "secret", "type"]},
      sendEnrolments: {"name": "otp.send_enrolments", "required": ["users"], "optional": ["issuer"]},
      confirm: {"name": "otp.confirm", "required": ["credential", "code"], "optional": []},
      resynchronise: {"name": "otp.resynchronise", "required": ["credential", "first", "second"], "optional": []},
    },
    queries: {
      drawQr: {"name": "otp.draw_qr", "required": ["text"], "optional": ["scale"]},
    },
  },
  factors: {
    kind: null,
    commands: {
      verify: {"name": "factor.verify", "required": ["user", "code"], "optional": []},
      noteFailure: {"name": "factor.note_failure", "required": ["user"], "optional": []},
    },
    queries: {
    },
  },
  recoveryCodes: {
    kind: null,
    commands: {
      create: {"name": "recovery_codes.create", "required": ["user"], "optional": []},
      revoke: {"name": "recovery_codes.revoke", "required": ["user"], "optional": []},
    },
    queries: {
    },
  },
  passcodes: {
    kind: null,
    commands: {
      send: {"name": "passcode.send", "required": ["user"], "optional": ["channel"]},
    },
    queries: {
    },
  },
  providers: {
    kind: null,
    commands: {
      link: {"name": "provider.link", "required": ["user", "provider", "subject"], "optional": ["label"]},
    },
    queries: {
      findUser: {"name": "provider.find_user", "required": ["provider", "subject"], "optional": []},
    },
  },
  passkeys: {
    kind: null,
    commands: {
      enrol: {"name": "passkey.enrol", "required": ["user"], "optional": ["label"]},
      confirm: {"name": "passkey.confirm", "required": ["credential", "response"], "optional": []},
    },
    queries: {
    },
  },
  history: {
    kind: null,
    commands: {
    },
    queries: {
      of: {"name": "history.of", "required": ["id"], "optional": ["before", "limit"]},
      timeline: {"name": "history.timeline", "required": [], "optional": ["after", "limit"]},
      difference: {"name": "history.difference", "required": ["from"], "optional": ["to"], "states": ["from", "to"]},
    },
  },
  audit: {
    kind: null,
    commands: {
    },
    queries: {
      list: {"name": "audit.list", "required": [], "optional": ["actor", "after", "before", "change_set", "command_id", "limit", "newest_first", "since", "subject", "until"]},
    },
  },
  schema: {
    kind: null,
    commands: {
    },
    queries: {
      attributes: {"name": "schema.attributes", "required": ["kind"], "optional": []},
    },
  },
  chain: {
    kind: null,
    commands: {
    },
    queries: {
      verify: {"name": "chain.verify", "required": [], "optional": ["published"]},
    },
  },
  access: {
    kind: null,
    commands: {
    },
    queries: {
      can: {"name": "access.can", "required": ["action", "on"], "optional": ["at", "user"], "states": ["at"]},
      explain: {"name": "access.explain", "required": ["action", "on"], "optional": ["at", "user"], "states": ["at"]},
      effective: {"name": "access.effective", "required": ["user"], "optional": ["at"], "states": ["at"]},
      filter: {"name": "access.filter", "required": ["action", "kind"], "optional": ["at", "user"], "states": ["at"]},
      whoCan: {"name": "access.who_can", "required": ["action", "on"], "optional": ["at", "limit"], "states": ["at"]},
      difference: {"name": "access.difference", "required": ["from"], "optional": ["limit", "to", "users"], "states": ["from", "to"]},
      preview: {"name": "access.preview", "required": ["change"], "optional": ["limit"]},
      doctor: {"name": "access.doctor", "required": [], "optional": []},
      wanted: {"name": "access.wanted", "required": ["user"], "optional": []},
      risk: {"name": "access.risk", "required": ["user"], "optional": []},
      ruleDifference: {"name": "access.rule_difference", "required": ["owner", "selects", "condition"], "optional": []},
      clone: {"name": "access.clone", "required": ["from", "to"], "optional": ["mode"]},
      administrators: {"name": "access.administrators", "required": [], "optional": []},
    },
  },
};

/** How the values of each type are read: moments become dates, absent lists and flags get their defaults. */
exports.types = {
  AccessDifference: [["users", ["UserAccessDifference"], null]],
  AccessFinding: [],
  AccountElsewhere: [],
  AllowedFilter: [["text", null, "null"]],
  AssignmentEvent: [["variables", null, "{}"]],
  AssignmentValue: [],
  AttemptLimit: [],
  AttributeDefinition: [["maximum_length", null, "null"], ["pattern", null, "null"], ["allowed", null, "[]"], ["default", null, "null"]],
  AttributeDifference: [["after", null, "null"], ["before", null, "null"]],
  AttributeMapping: [["condition", null, "null"], ["default", null, "null"], ["dictionary", null, "{}"], ["reference", null, "null"], ["split", null, "null"], ["strength", null, "\"normal\""], ["unlisted", null, "\"refuse\""]],
  AuditItem: [["at", "moment", null], ["reason", null, "null"], ["command_id", null, "null"], ["change_set", null, "null"], ["refused", null, "null"], ["subject", null, "null"], ["events", ["Event"], null]],
  Batch: [["revision", null, "null"], ["results", ["BatchResult"], null], ["difference", "Difference", null]],
  BatchResult: [["id", null, "null"], ["problem", "Problem", "null"]],
  Capabilities: [["deletes", null, "false"], ["filter", null, "false"], ["incremental", null, "false"], ["resume", null, "false"]],
  ChainBreak: [["revision", null, "null"], ["number", null, "null"]],
  ChainHead: [],
  Cloned: [["skipped", ["Skipped"], null]],
  Column: [],
  Commit: [["events", ["Event"], null]],
  ConfigurationField: [["allowed", null, "[]"], ["default", null, "null"], ["required", null, "\"never\""], ["type", null, "\"text\""]],
  ConnectorDescriptor: [["capabilities", "Capabilities", "{\"deletes\": false, \"filter\": false, \"incremental\": false, \"resume\": false}"], ["fields", ["ConfigurationField"], "[]"], ["operating_system", null, "false"]],
  Correlator: [["weight", null, "1.0"]],
  Diagnosis: [["findings", ["Finding"], null]],
  Difference: [["records", ["RecordDifference"], null], ["edges", ["EdgeDifference"], null], ["labels", null, "{}"]],
  Edge: [["window", "Window", null], ["attributes", null, "{}"], ["suspended", null, "null"]],
  EdgeDifference: [["after", "Edge", "null"], ["before", "Edge", "null"]],
  EdgeKey: [],
  Effect: [["details", null, "{}"]],
  EffectiveAccess: [["roles", ["Held"], null], ["rights", ["Right"], null], ["applications", ["AccountElsewhere"], null], ["systems", ["AccountElsewhere"], null], ["linked", ["AccountElsewhere"], null]],
  EffectivePolicy: [["password", "PasswordRules", null], ["initial", "InitialRules", null], ["lock", "LockRules", null], ["session", "SessionRules", null], ["factor", "FactorRules", null], ["link", "LinkRules", null], ["targets", ["TargetRules"], null]],
  Event: [["details", null, "{}"]],
  Executed: [["revision", null, "null"], ["id", null, "null"], ["events", ["Event"], null], ["disclosed", null, "{}"], ["remarks", null, "[]"]],
  Explanation: [["because", ["Right"], null], ["nearest", ["Right"], null], ["facts", ["Unmet"], null]],
  FactorPolicy: [["allowed", null, "null"], ["device_limit", null, "null"], ["enrolment_minutes", null, "null"], ["minimum_assurance", null, "null"], ["passcode_attempts", null, "null"], ["passcode_minutes", null, "null"], ["passkey_limit", null, "null"], ["recovery_codes", null, "null"], ["required", null, "null"]],
  FactorRules: [],
  Failure: [["again_in", null, "60"]],
  FieldIs: [["value", null, "null"]],
  FieldProblem: [],
  Finding: [],
  FormField: [],
  Held: [["paths", [["PathStep"]], null]],
  HistoryItem: [["at", "moment", null], ["changes", ["AttributeDifference"], "[]"], ["edge", "EdgeKey", "null"], ["edge_change", ["Edge"], "null"], ["reason", null, "null"]],
  InitialPolicy: [["length", null, "null"], ["must_change", null, "null"], ["pattern", null, "null"], ["valid_hours", null, "null"]],
  InitialRules: [],
  Invitation: [["delivery", null, "\"message\""], ["language", null, "null"]],
  JoinOrganization: [["number", null, "null"], ["window", "Window", "{}"]],
  KeySet: [["keys", ["PublicKey"], null]],
  KindRules: [["actions", null, "{}"], ["correlation", ["Tier"], "[]"], ["delete_after_days", null, "null"], ["filter", null, "null"], ["mappings", ["AttributeMapping"], "[]"], ["object_class", null, "\"\""], ["orphans", null, "false"], ["qualifies", null, "null"], ["thresholds", {"each": "Threshold"}, "{}"]],
  Link: [["language", null, "null"], ["expires_at", "moment", null]],
  LinkPolicy: [["invitation_hours", null, "null"], ["reset_hours", null, "null"], ["self_reset", null, "null"], ["verification_hours", null, "null"]],
  LinkRules: [],
  ListPage: [["columns", ["Column"], null], ["rows", ["ListRow"], null], ["next", null, "null"], ["previous", null, "null"], ["total", null, "null"]],
  ListRow: [["status", null, "null"], ["number", null, "null"]],
  LockPolicy: [["attempts", null, "null"], ["delay_seconds", null, "null"], ["duration_minutes", null, "null"], ["maximum_minutes", null, "null"], ["window_minutes", null, "null"]],
  LockRules: [],
  MessageTemplate: [["html", null, "null"]],
  PasskeyChallenge: [["expires_at", "moment", null]],
  PasswordPolicy: [["administrator_allowed", null, "null"], ["administrator_hours", null, "null"], ["blocked", null, "null"], ["common_refused", null, "null"], ["context_words", null, "null"], ["exemptions_allowed", null, "null"], ["history", null, "null"], ["maximum_age_days", null, "null"], ["maximum_length", null, "null"], ["minimum_age_hours", null, "null"], ["minimum_length", null, "null"], ["minimum_length_with_factor", null, "null"], ["minimum_score", null, "null"]],
  PasswordRules: [],
  PathStep: [],
  Place: [["ordinal", null, "0"]],
  PolicyParts: [["factor", "FactorPolicy", "{}"], ["initial", "InitialPolicy", "{}"], ["link", "LinkPolicy", "{}"], ["lock", "LockPolicy", "{}"], ["password", "PasswordPolicy", "{}"], ["session", "SessionPolicy", "{}"], ["targets", ["TargetRules"], "[]"]],
  Preview: [["difference", "Difference", null], ["events", ["Event"], null], ["effects", ["Effect"], null], ["id", null, "null"]],
  Privilege: [["actions", null, "[]"], ["attributes", null, "{}"], ["effect", null, "\"allow\""], ["holder", null, "null"], ["target", null, "null"]],
  Problem: [["subject", null, "null"], ["fields", ["FieldProblem"], null]],
  PublicKey: [["y", null, "null"]],
  QrCode: [],
  RecordDifference: [["changes", ["AttributeDifference"], null], ["cause", null, "null"]],
  RelyingParty: [["rp_name", null, "null"]],
  Resource: [["attributes", null, "{}"], ["organizations", null, "[]"]],
  Right: [["source", "RightSource", null], ["path", ["PathStep"], null], ["missing", ["Unmet"], null]],
  RightSource: [["role", null, "null"], ["privilege", null, "null"], ["organization", null, "null"]],
  RollbackPreview: [["difference", "Difference", null]],
  RuleDifference: [],
  SelfRegistration: [["form", ["FormField"], null], ["user_type", null, "null"]],
  Session: [["opened_at", "moment", null], ["authenticated_at", "moment", null], ["used_at", "moment", null], ["expires_at", "moment", null], ["application", null, "null"], ["address", null, "null"], ["agent", null, "null"]],
  SessionOrigin: [["address", null, "null"], ["agent", null, "null"], ["application", null, "null"]],
  SessionPolicy: [["absolute_minutes", null, "null"], ["access_minutes", null, "null"], ["fresh_minutes", null, "null"], ["idle_minutes", null, "null"], ["maximum", null, "null"]],
  SessionRules: [],
  SessionTokens: [["session", "Session", null], ["token_until", "moment", "null"], ["refresh_token", null, "null"]],
  Settings: [["position_form", ["FormField"], null], ["message_templates", {"each": {"each": "MessageTemplate"}}, null], ["sign_in", "SignInSettings", null], ["self_registration", "SelfRegistration", null]],
  SignInFlow: [["expires_at", "moment", null]],
  SignInProof: [["code", null, "null"], ["response", null, "null"], ["password", null, "null"]],
  SignInSettings: [["identifier_limit", "AttemptLimit", null], ["address_limit", "AttemptLimit", null], ["realm_limit", "AttemptLimit", null], ["terms", null, "null"], ["passkeys", "RelyingParty", "null"]],
  SignedClaims: [],
  SignedIn: [["session", "Session", "null"], ["token", null, "null"], ["token_until", "moment", "null"], ["refresh_token", null, "null"], ["flow_token", null, "null"], ["factors", null, "null"], ["actions", null, "null"], ["expires_at", "moment", "null"]],
  Skipped: [],
  Sort: [["descending", null, "false"]],
  SourceRules: [["alerts", null, "true"], ["kinds", {"each": "KindRules"}, "{}"], ["only_changes", null, "true"], ["page_size", null, "500"]],
  TargetRules: [["ascii_only", null, "false"], ["digits", null, "0"], ["forbidden", null, "[]"], ["lower_case", null, "0"], ["maximum_length", null, "0"], ["minimum_length", null, "0"], ["publish", null, "false"], ["publish_minutes", null, "60"], ["symbols", null, "0"], ["symbols_allowed", null, "[]"], ["target", null, "\"\""], ["upper_case", null, "0"]],
  Threshold: [["count", null, "null"], ["percent", null, "null"]],
  Tier: [["correlators", ["Correlator"], null], ["certain", null, "1.0"]],
  TimeConstraint: [["end", null, "null"], ["start", null, "null"], ["time_zone", null, "null"]],
  TreeNode: [["organization", "Record", null], ["positions", ["Record"], null], ["children", ["TreeNode"], null]],
  Unmet: [["user", null, "null"], ["step", "PathStep", "null"], ["from", "moment", "null"], ["until", "moment", "null"], ["reason", null, "null"], ["role", null, "null"], ["by", null, "null"], ["organization", null, "null"], ["stopped_by", null, "null"], ["thing", null, "null"], ["privilege", null, "null"], ["organizations", null, "null"], ["actor", null, "null"], ["target", null, "null"], ["attribute", null, "null"]],
  UpdateUser: [],
  Upkeep: [["ruled", null, "0"]],
  UserAccessDifference: [["gained", ["Right"], null], ["lost", ["Right"], null]],
  Verified: [["breaks", ["ChainBreak"], null]],
  WantedAttribute: [],
  WantedState: [["wanted", {"each": {"each": "WantedAttribute"}}, null]],
  WhoCan: [],
  Window: [["from", "moment", "null"], ["until", "moment", "null"]],
  Work: [["effect", "Effect", null]],
};

/** What queries and operations answer. */
exports.answers = {
  "record.get": "Record",
  "record.find": "Record",
  "record.find_all": ["Record"],
  "record.find_by": "Record",
  "record.search": "Page",
  "record.count": null,
  "record.prefix_search": "Page",
  "user.status": null,
  "edge.list": ["Edge"],
  "organization.path": ["Record"],
  "organization.tree": ["TreeNode"],
  "history.of": ["HistoryItem"],
  "history.timeline": ["HistoryItem"],
  "history.difference": "Difference",
  "audit.list": ["AuditItem"],
  "schema.attributes": ["AttributeDefinition"],
  "realm.settings": "Settings",
  "realm.doctor": "Diagnosis",
  "chain.verify": "Verified",
  "record.list": "ListPage",
  "organization.members": "ListPage",
  "access.can": null,
  "access.explain": "Explanation",
  "access.effective": "EffectiveAccess",
  "access.filter": "AllowedFilter",
  "access.who_can": "WhoCan",
  "access.difference": "AccessDifference",
  "access.preview": "AccessDifference",
  "access.doctor": ["AccessFinding"],
  "policy.effective": "EffectivePolicy",
  "password.check": ["FieldProblem"],
  "credential.list": ["Record"],
  "provider.find_user": null,
  "otp.draw_qr": "QrCode",
  "access.wanted": "WantedState",
  "access.risk": null,
  "access.rule_difference": "RuleDifference",
  "access.clone": "Cloned",
  "access.administrators": ["Record"],
  "execute": "Executed",
  "preview": "Preview",
  "validate": ["FieldProblem"],
  "batch": "Batch",
  "preview_batch": "Batch",
  "ask": null,
  "rollback": "Executed",
  "preview_rollback": "RollbackPreview",
  "events": ["Commit"],
  "upkeep": "Upkeep",
  "seal_chain": "ChainHead",
  "new_change_set": null,
  "new_command_id": null,
  "sign_in": "SignedIn",
  "continue_sign_in": "SignedIn",
  "sign_in_flow": "SignInFlow",
  "session": "Session",
  "sessions": ["Session"],
  "refresh_session": "SessionTokens",
  "step_up": "SessionTokens",
  "sign_out": null,
  "check_link": "Link",
  "accept_invitation": null,
  "reset_password": null,
  "verify_email": null,
  "request_password_reset": null,
  "registration_form": ["FormField"],
  "register": null,
  "sign_token": null,
  "verify_signed_token": "SignedClaims",
  "signing_key_set": "KeySet",
  "lease": ["Work"],
  "settle": null,
  "passkey_challenge": "PasskeyChallenge",
  "sign_in_with_passkey": "SignedIn",
};

/** What an actor does besides commands and questions. */
exports.operations = {
  signIn: {"name": "sign_in", "required": ["identifier", "password"], "optional": ["assurance", "origin", "refresh", "risk"]},
  continueSignIn: {"name": "continue_sign_in", "required": ["flow_token", "proof"], "optional": []},
  signInFlow: {"name": "sign_in_flow", "required": ["token"], "optional": []},
  session: {"name": "session", "required": ["token"], "optional": ["assurance"]},
  listSessions: {"name": "sessions", "required": ["user"], "optional": []},
  refreshSession: {"name": "refresh_session", "required": ["token"], "optional": []},
  stepUp: {"name": "step_up", "required": ["token", "proof"], "optional": []},
  signOut: {"name": "sign_out", "required": ["token"], "optional": []},
  checkLink: {"name": "check_link", "required": ["token"], "optional": []},
  acceptInvitation: {"name": "accept_invitation", "required": ["link_token", "password"], "optional": ["attributes", "terms"]},
  resetPassword: {"name": "reset_password", "required": ["link_token", "password"], "optional": []},
  verifyEmail: {"name": "verify_email", "required": ["token"], "optional": []},
  requestPasswordReset: {"name": "request_password_reset", "required": ["identifier"], "optional": ["address", "language"]},
  registrationForm: {"name": "registration_form", "required": [], "optional": []},
  register: {"name": "register", "required": ["attributes", "password"], "optional": ["terms"]},
  signToken: {"name": "sign_token", "required": ["token", "audience"], "optional": ["seconds"]},
  verifySignedToken: {"name": "verify_signed_token", "required": ["token", "audience"], "optional": []},
  signingKeySet: {"name": "signing_key_set", "required": [], "optional": []},
  passkeyChallenge: {"name": "passkey_challenge", "required": [], "optional": ["user"]},
  signInWithPasskey: {"name": "sign_in_with_passkey", "required": ["response"], "optional": ["assurance", "origin", "refresh", "risk"]},
};

/** Family -> the codes that belong to it. */
exports.codes = {
  invalid: ["input.invalid", "input.malformed", "window.empty", "search.filter", "search.cursor", "history.revision", "file.unreadable", "password.weak"],
  not_found: ["record.not_found", "edge.not_found", "credential.none"],
  refused: ["record.deleted", "record.not_deleted", "record.irrevocable", "value.taken", "status.transition", "tree.cycle", "record.in_use", "edge.not_allowed", "realm.refused", "feature.off", "rollback.conflict", "command.reused", "operation.cancelled", "policy.forbids", "credential.last_factor", "credential.expired", "credential.blocked", "organization.owner_is_member", "organization.administrator_not_member", "organization.last_owner", "role.separation", "role.prerequisite", "role.holders", "link.unknown", "link.used", "link.replaced", "link.expired", "link.revoked", "registration.incomplete", "registration.complete", "registration.closed", "connector.missing", "sync.lease"],
  limit: ["plan.too_large", "credential.overloaded", "credential.too_many", "sign_in.throttled", "sync.threshold"],
  denied: ["access.denied", "credential.wrong", "sign_in.refused", "sign_in.blocked", "sign_in.ended", "session.ended", "session.token_expired", "session.step_up_needed"],
  conflict: ["commit.conflict"],
  storage: ["storage.failed", "storage.version", "storage.busy", "seal.unreadable", "source.failed"],
  corrupt: ["storage.corrupt", "credential.hash"],
};
