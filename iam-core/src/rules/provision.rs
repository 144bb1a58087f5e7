//! What applications downstream have to be told: an operation for each user, organization and position that a plan
//! changes. Carrying it out is the work of whoever leases the effect; here only what is due is worked out, from the changes
//! alone, so a preview shows it and a rollback produces what takes it back.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{EntityId, Kind, Record, Relation, is_secret},
    plan::{Change, Settings},
};

/// The effects of provisioning begin with this.
pub const PREFIX: &str = "provision.";

/// The module that has to be on (S0-29, S0-158).
const MODULE: &str = "lifecycle";

/// What becomes of something downstream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// It appears there, for the first time or again.
    Create,
    /// Some of its values change.
    Update,
    /// It can be used there.
    Enable,
    /// It cannot be used there.
    Disable,
    /// It can be used again; only where locks are passed on.
    Unlock,
    /// It cannot be used for the time being; only where locks are passed on.
    Lock,
    /// It goes.
    Delete,
    /// It goes, and every personal value with it (GDPR articles 17 and 19).
    Erase,
}

impl Operation {
    /// The name of the effect.
    pub const fn effect(self) -> &'static str {
        match self {
            Operation::Create => "provision.create",
            Operation::Update => "provision.update",
            Operation::Enable => "provision.enable",
            Operation::Disable => "provision.disable",
            Operation::Lock => "provision.lock",
            Operation::Unlock => "provision.unlock",
            Operation::Delete => "provision.delete",
            Operation::Erase => "provision.erase",
        }
    }
}

/// One thing to be told about: the operation and the attributes and relations that are different. Names only; whoever
/// carries it out reads the values.
pub type Due = (EntityId, Operation, BTreeSet<String>);

/// What is due downstream after these changes, in the order of the identifiers; nothing while the module is off or nobody is
/// downstream.
///
/// Users by S0-29, S0-36, S0-47; organizations by S0-85, S0-87, S0-91; positions by S0-110, S0-112, S0-115. A lock is
/// not passed on unless the realm says so (S0-42).
pub fn due(settings: &Settings, changes: &[Change]) -> Vec<Due> {
    if settings.downstream.is_empty() || settings.features_off.contains(MODULE) {
        return Vec::new();
    }
    let mut records: Vec<Due> = Vec::new();
    let mut edges: BTreeMap<EntityId, BTreeSet<String>> = BTreeMap::new();
    for change in changes {
        match change {
            Change::Record { before, after, .. } => {
                let (before, after) = (before.as_deref(), after.as_deref());
                let Some(id) = after
                    .or(before)
                    .map(|record| record.id)
                    .filter(|id| is_told(id.kind))
                else {
                    continue;
                };
                let fields = different(before, after);
                let found = operations(settings, before, after, &fields);
                records.extend(found.into_iter().map(|operation| {
                    let told = if operation == Operation::Update {
                        fields.clone()
                    } else {
                        BTreeSet::new()
                    };
                    (id, operation, told)
                }));
            }
            Change::Edge { before, after, .. } => {
                if let Some(key) = after.as_ref().or(before.as_ref()).map(|edge| edge.key)
                    && is_told(key.from.kind)
                    && is_told_of(key.relation)
                {
                    edges
                        .entry(key.from)
                        .or_default()
                        .insert(key.relation.name().to_owned());
                }
            }
        }
    }
    for (id, relations) in edges {
        let known = records.iter_mut().filter(|(of, _, _)| *of == id);
        let mut covered = false;
        for (_, operation, fields) in known {
            match operation {
                // Whoever creates or removes it reads or drops all of it.
                Operation::Create | Operation::Delete | Operation::Erase => covered = true,
                Operation::Update => {
                    covered = true;
                    fields.extend(relations.iter().cloned());
                }
                _ => {}
            }
        }
        if !covered {
            records.push((id, Operation::Update, relations));
        }
    }
    records.sort();
    records
}

const fn is_told(kind: Kind) -> bool {
    matches!(kind, Kind::User | Kind::Organization | Kind::Position)
}

const fn is_told_of(relation: Relation) -> bool {
    matches!(
        relation,
        Relation::MemberOf
            | Relation::InGroup
            | Relation::ReportsTo
            | Relation::Leads
            | Relation::Holds
            | Relation::HasRole
    )
}

/// What concerns this side only.
fn is_internal(kind: Kind, name: &str) -> bool {
    is_secret(kind, name)
        || matches!(
            name,
            "changed_at"
                | "changed_by"
                | "created_at"
                | "created_by"
                | "origin"
                | "source"
                | "supplied_by"
                | "deleted_at"
                | "erased_at"
                | "administrative_status"
                | "disabled_by"
                | "locked"
                | "lock_reason"
                | "registration"
                | "registered_at"
                | "registration_until"
                | "last_attempt_at"
                | "last_sign_in_at"
        )
}

fn different(before: Option<&Record>, after: Option<&Record>) -> BTreeSet<String> {
    let (Some(before), Some(after)) = (before, after) else {
        return BTreeSet::new();
    };
    let mut names = BTreeSet::new();
    for name in before.attributes.keys().chain(after.attributes.keys()) {
        if before.attributes.get(name) != after.attributes.get(name) && !is_internal(after.kind(), name) {
            names.insert(name.to_string());
        }
    }
    names
}

fn is_enabled(record: &Record) -> bool {
    matches!(record.text("administrative_status"), "" | "enabled")
}

fn operations(
    settings: &Settings,
    before: Option<&Record>,
    after: Option<&Record>,
    fields: &BTreeSet<String>,
) -> Vec<Operation> {
    let live = |record: &&Record| !record.is_deleted();
    match (before.filter(live), after.filter(live)) {
        (None, Some(_)) => vec![Operation::Create],
        (Some(_), None) if after.is_some_and(|after| after.moment("erased_at").is_some()) => {
            vec![Operation::Erase]
        }
        (Some(_), None) => vec![Operation::Delete],
        (None, None) => {
            let erased = |record: Option<&Record>| record.is_some_and(|r| r.moment("erased_at").is_some());
            if erased(after) && !erased(before) {
                vec![Operation::Erase]
            } else {
                Vec::new()
            }
        }
        (Some(before), Some(after)) => {
            let mut found = Vec::new();
            if !fields.is_empty() {
                found.push(Operation::Update);
            }
            match (is_enabled(before), is_enabled(after)) {
                (true, false) => found.push(Operation::Disable),
                (false, true) => found.push(Operation::Enable),
                _ => {}
            }
            if settings.provision_locks && before.flag("locked") != after.flag("locked") {
                found.push(if after.flag("locked") {
                    Operation::Lock
                } else {
                    Operation::Unlock
                });
            }
            found
        }
    }
}
