//! THE access table: what each command and query asks of whoever is not the host.
//!
//! A command without a row is for the host alone, and so is a query.

/// What has to be held for a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommandRow {
    /// The command.
    pub command: &'static str,
    /// The kind that it is about.
    pub kind: &'static str,
    /// The action that it needs on what it is about.
    pub action: &'static str,
}

macro_rules! rows {
    ($($command:literal $kind:ident $action:ident;)*) => {
        /// Every command that others than the host may be allowed to send.
        pub const COMMANDS: &[CommandRow] = &[$(CommandRow {
            command: $command,
            kind: stringify!($kind),
            action: stringify!($action),
        },)*];
    };
}

rows! {
    "realm.update" realm update;
    "attribute.define" attribute create;
    "attribute.update" attribute update;
    "attribute.remove" attribute delete;
    "user_type.create" user_type create;
    "user_type.update" user_type update;
    "user_type.delete" user_type delete;
    "organization_type.create" organization_type create;
    "organization_type.update" organization_type update;
    "organization_type.delete" organization_type delete;
    "template.create" template create;
    "template.update" template update;
    "template.delete" template delete;
    "user.create" user create;
    "user.update" user update;
    "user.enable" user enable;
    "user.disable" user disable;
    "user.suspend" user suspend;
    "user.archive" user archive;
    "user.restore" user restore;
    "user.lock" user lock;
    "user.unlock" user unlock;
    "user.expire" user expire;
    "user.set_validity" user set_validity;
    "user.change_type" user change_type;
    "user.record_consent" user record_consent;
    "user.set_manager" user set_manager;
    "user.set_shared_users" user set_shared_users;
    "user.delete" user delete;
    "user.undelete" user undelete;
    "organization.create" organization create;
    "organization.update" organization update;
    "organization.change_type" organization change_type;
    "organization.enable" organization enable;
    "organization.disable" organization disable;
    "organization.transfer" organization transfer;
    "organization.merge" organization merge;
    "organization.delete" organization delete;
    "organization.add_lead" organization set_lead;
    "organization.remove_lead" organization set_lead;
    "position.create" position create;
    "position.update" position update;
    "position.enable" position enable;
    "position.disable" position disable;
    "position.transfer" position transfer;
    "position.set_superior" position set_superior;
    "position.assign" position assign;
    "position.unassign" position assign;
    "position.delete" position delete;
    "group.create" group create;
    "group.update" group update;
    "group.add_members" group add_member;
    "group.remove_members" group remove_member;
    "group.delete" group delete;
    "device.create" device create;
    "device.update" device update;
    "device.enable" device enable;
    "device.disable" device disable;
    "device.delete" device delete;
    "membership.add" organization add_member;
    "membership.remove" organization add_member;
    "rollback" realm rollback;
    "role.create" role create;
    "role.update" role update;
    "role.delete" role delete;
    "role.grant" role grant;
    "role.revoke" role grant;
    "role.include" role update;
    "role.stop_including" role update;
    "role.add_assignments" role update;
    "role.remove_assignments" role update;
    "role.add_exclusions" role update;
    "role.remove_exclusions" role update;
    "role.add_prerequisites" role update;
    "role.remove_prerequisites" role update;
    "assignment.create" assignment create;
    "assignment.update" assignment update;
    "assignment.delete" assignment delete;
    "organization.add_owner" organization own;
    "organization.remove_owner" organization own;
    "organization.add_administrator" organization administer;
    "organization.remove_administrator" organization administer;
    "user.add_deputy" user delegate;
    "user.remove_deputy" user delegate;
    "policy.create" policy create;
    "policy.update" policy update;
    "policy.delete" policy delete;
    "password.set" user reset_password;
    "password.change" user security;
    "password.reset" user reset_password;
    "password.require_change" user reset_password;
    "password.exempt" user reset_password;
    "otp.enrol" user security;
    "otp.send_enrolments" user reset_password;
    "otp.confirm" user security;
    "otp.resynchronise" user security;
    "recovery_codes.create" user security;
    "recovery_codes.revoke" user security;
    "provider.link" user security;
    "credential.remove" user security;
    "passkey.enrol" user security;
    "passkey.confirm" user security;
    "session.end" user end_sessions;
    "user.end_sessions" user end_sessions;
    "user.invite" user invite;
    "user.start_password_reset" user reset_password;
    "user.start_email_verification" user update;
    "link.revoke" user invite;
    "source.create" source create;
    "source.update" source update;
    "source.enable" source update;
    "source.disable" source update;
    "source.delete" source delete;
    "sync.request" source sync;
    "sync.cancel" source sync;
}

/// Commands for the host alone: what makes realms, what the library does in nobody's name, what hands out secrets.
pub const HOST_COMMANDS: &[&str] = &[
    "realm.create",
    "record.reindex",
    "rule.apply",
    "password.import",
    "password.export",
    "password.note_failure",
    "password.verify",
    "factor.verify",
    "factor.note_failure",
    "passcode.send",
    "session.open",
    "user.exchange",
    "connector.install",
    "connector.remove",
    "sync.start",
    "sync.note",
    "sync.finish",
    "sync.forget",
    "shadow.put",
    "shadow.resolve",
    "shadow.remove",
    "edge.synchronize",
];

/// The row of a command.
pub fn command_row(command: &str) -> Option<&'static CommandRow> {
    COMMANDS.iter().find(|row| row.command == command)
}

/// How a query is kept within what the one who asks may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryRow {
    /// What is found is filtered and masked, record by record.
    Filtered,
    /// The query asks for the right itself, on what it is about.
    Itself,
    /// Everybody of the realm may ask.
    Everybody,
    /// Needs an action on the realm.
    Realm(&'static str),
}

/// Every query that others than the host may be allowed to ask.
pub const QUERIES: &[(&str, QueryRow)] = &[
    ("record.get", QueryRow::Filtered),
    ("record.find", QueryRow::Filtered),
    ("record.find_all", QueryRow::Filtered),
    ("record.find_by", QueryRow::Filtered),
    ("record.search", QueryRow::Filtered),
    ("record.count", QueryRow::Filtered),
    ("record.prefix_search", QueryRow::Filtered),
    ("user.status", QueryRow::Filtered),
    ("edge.list", QueryRow::Filtered),
    ("organization.path", QueryRow::Filtered),
    ("organization.tree", QueryRow::Filtered),
    ("record.list", QueryRow::Filtered),
    ("organization.members", QueryRow::Filtered),
    ("history.of", QueryRow::Itself),
    ("history.timeline", QueryRow::Realm("audit")),
    ("history.difference", QueryRow::Realm("audit")),
    ("audit.list", QueryRow::Realm("audit")),
    ("schema.attributes", QueryRow::Everybody),
    ("realm.settings", QueryRow::Realm("view")),
    ("realm.doctor", QueryRow::Realm("audit")),
    ("chain.verify", QueryRow::Realm("audit")),
    ("otp.draw_qr", QueryRow::Everybody),
    ("access.can", QueryRow::Itself),
    ("access.explain", QueryRow::Itself),
    ("access.effective", QueryRow::Itself),
    ("access.filter", QueryRow::Itself),
    ("access.who_can", QueryRow::Realm("audit")),
    ("access.difference", QueryRow::Realm("audit")),
    ("access.preview", QueryRow::Itself),
    ("access.doctor", QueryRow::Realm("audit")),
    ("access.wanted", QueryRow::Realm("audit")),
    ("access.risk", QueryRow::Realm("audit")),
    ("access.rule_difference", QueryRow::Realm("audit")),
    ("access.clone", QueryRow::Realm("audit")),
    ("access.administrators", QueryRow::Realm("audit")),
    ("policy.effective", QueryRow::Everybody),
    ("password.check", QueryRow::Everybody),
    ("credential.list", QueryRow::Realm("audit")),
    ("provider.find_user", QueryRow::Realm("audit")),
];

/// The row of a query.
pub fn query_row(query: &str) -> Option<QueryRow> {
    QUERIES
        .iter()
        .find(|(name, _)| *name == query)
        .map(|(_, row)| *row)
}

/// The action that contains an action: whoever may update may also enable, disable, lock …; whoever may delete may
/// also bring back. A denial of either denies.
pub fn implied_by(action: &str) -> Option<&'static str> {
    Some(match action {
        "enable" | "disable" | "suspend" | "archive" | "restore" | "lock" | "unlock" | "expire"
        | "set_validity" | "change_type" | "record_consent" | "set_manager" | "set_shared_users"
        | "set_lead" | "set_superior" | "transfer" | "assign" | "add_member" | "remove_member" => "update",
        "undelete" | "merge" => "delete",
        // Whoever may reset a password may help with the other factors.
        "security" => "reset_password",
        _ => return None,
    })
}

/// Names that rules are made of, in the order of their numbers: the most used first.
pub(super) const WORDS: &[&str] = &[
    "view",
    "create",
    "update",
    "delete",
    "enable",
    "disable",
    "suspend",
    "archive",
    "restore",
    "lock",
    "unlock",
    "expire",
    "set_validity",
    "change_type",
    "record_consent",
    "set_manager",
    "set_shared_users",
    "set_lead",
    "set_superior",
    "transfer",
    "merge",
    "assign",
    "add_member",
    "remove_member",
    "undelete",
    "grant",
    "grant_any",
    "outrank",
    "own",
    "administer",
    "delegate",
    "security",
    "reset_password",
    "end_sessions",
    "history",
    "audit",
    "rollback",
    "invite",
    "sync",
];
