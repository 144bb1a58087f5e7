//! Granting and revoking roles.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    super::{Decide, declared, profile},
    separation,
};
use crate::{
    model::{EdgeKey, EntityId, Kind, OrganizationId, Relation, RoleId, TimeConstraint, Value},
    plan::{Cause, Direction, Draft, Needs, Stop},
    rules::grant::{self, Terms},
    wire::{Code, FieldProblem, Problem},
};

/// What may hold a role.
const HOLDERS: [Kind; 6] = [
    Kind::User,
    Kind::Device,
    Kind::Group,
    Kind::Organization,
    Kind::Position,
    Kind::UserType,
];

/// Grants a role to one or several holders (S2-16, S2-18, S2-29, S2-44): users, devices, groups, organizations,
/// positions, types of users. A direct grant that is there already gets the new terms.
///
/// ```
/// use iam_core::{command::GrantRole, model::{EntityId, RoleId}};
///
/// let role: RoleId = "role_00000000000000000000000001".parse()?;
/// let alice: EntityId = "user_00000000000000000000000002".parse()?;
/// let command = GrantRole::new(role, [alice]).until("2027-01-01T00:00:00Z");
/// assert!(command.constraint.is_some());
/// # Ok::<(), iam_core::model::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantRole {
    /// The role.
    pub role: RoleId,
    /// Who gets it.
    pub holders: BTreeSet<EntityId>,
    /// The time in which the grant holds (S2-17); the role's own must hold as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<TimeConstraint>,
    /// The role acts on these organizations and what is below them only; empty for everywhere.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub within: BTreeSet<OrganizationId>,
    /// For organizations: whether members of everything below hold it as well, up to where inheritance stops.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub inherit: bool,
}

fn yes() -> bool {
    true
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_yes(flag: &bool) -> bool {
    *flag
}

/// Revokes a role from holders. Only the direct grant goes: what a rule or source gives stays (S2-31).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevokeRole {
    /// The role.
    pub role: RoleId,
    /// Who loses it.
    pub holders: BTreeSet<EntityId>,
}

impl GrantRole {
    /// A grant without a time limit.
    pub fn new(role: RoleId, holders: impl IntoIterator<Item = EntityId>) -> Self {
        GrantRole {
            role,
            holders: holders.into_iter().collect(),
            constraint: None,
            within: BTreeSet::new(),
            inherit: true,
        }
    }

    /// Holds from then on.
    #[must_use]
    pub fn from(mut self, start: impl Into<String>) -> Self {
        self.constraint.get_or_insert_default().start = Some(start.into());
        self
    }

    /// Holds before then.
    #[must_use]
    pub fn until(mut self, end: impl Into<String>) -> Self {
        self.constraint.get_or_insert_default().end = Some(end.into());
        self
    }

    /// Acts on these organizations and what is below them only.
    #[must_use]
    pub fn within(mut self, organizations: impl IntoIterator<Item = OrganizationId>) -> Self {
        self.within.extend(organizations);
        self
    }
}

impl Decide for GrantRole {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.role);
        separation::needs(needs, self.role.into());
        needs
            .records
            .extend(self.within.iter().map(|id| EntityId::from(*id)));
        for holder in &self.holders {
            needs
                .record(*holder)
                .edges(*holder, Direction::From, Relation::HasRole);
        }
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let role = EntityId::from(self.role);
        let record = draft.live(role)?;
        draft.subject(role);
        separation::check(draft, role, &self.holders)?;
        let terms = self.terms(draft)?;
        for holder in &self.holders {
            if !HOLDERS.contains(&holder.kind) {
                let message = format!("{} holds no roles", holder.kind.with_article());
                return Err(Problem::new(Code::Relation, message).about(holder).into());
            }
            profile::live_reference(draft, "holders", *holder)?;
            let key = EdgeKey {
                from: *holder,
                relation: Relation::HasRole,
                to: role,
            };
            let seen = draft.edge(key)?;
            let is_new = seen.is_none();
            let mut terms = terms.clone();
            if holder.kind == Kind::Organization && !self.inherit {
                terms.attributes.insert("inherit".to_owned(), false.into());
            }
            let edge = grant::with_direct(seen, key, terms);
            if draft.put_edge(edge, Cause::Requested)? {
                let name = if is_new {
                    "role.granted"
                } else {
                    "role.grant_changed"
                };
                draft.event(name, *holder, [("role", role.into())]);
            }
        }
        separation::refuse_too_many(draft, &record)
    }
}

impl GrantRole {
    fn terms(&self, draft: &mut Draft<'_>) -> Result<Terms, Stop> {
        let mut terms = Terms::default();
        if let Some(constraint) = &self.constraint {
            let (window, zone) = constraint.resolve().map_err(|(field, message)| {
                Problem::fields(vec![FieldProblem::new(
                    format!("constraint.{field}"),
                    "value.time",
                    message,
                )])
            })?;
            if !window.is_possible() {
                return Err(Problem::new(Code::Window, "it would end before it starts")
                    .about(self.role)
                    .into());
            }
            terms.window = window;
            if let Some(zone) = zone {
                terms.attributes.insert("time_zone".to_owned(), zone.into());
            }
        }
        if !self.within.is_empty() {
            for organization in &self.within {
                profile::live_reference(draft, "within", (*organization).into())?;
            }
            let list = self.within.iter().map(|id| Value::from(EntityId::from(*id)));
            terms
                .attributes
                .insert("within".to_owned(), Value::List(list.collect()));
        }
        Ok(terms)
    }
}

impl Decide for RevokeRole {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.role);
        for holder in &self.holders {
            needs.edges(*holder, Direction::From, Relation::HasRole);
        }
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let role = EntityId::from(self.role);
        let record = draft.existing(role)?;
        draft.subject(role);
        for holder in &self.holders {
            revoke(draft, *holder, role, Cause::Requested)?;
        }
        separation::refuse_too_few(draft, &record)
    }
}

/// Takes the direct grant away; returns whether nothing is left of it.
pub(in super::super) fn revoke(
    draft: &mut Draft<'_>,
    holder: EntityId,
    role: EntityId,
    cause: Cause,
) -> Result<bool, Stop> {
    let key = EdgeKey {
        from: holder,
        relation: Relation::HasRole,
        to: role,
    };
    let Some(seen) = draft.edge(key)? else {
        let message = format!("{holder} does not hold the role");
        return Err(Problem::new(Code::NoEdge, message).about(role).into());
    };
    match grant::without_direct(seen.clone()) {
        None => {
            draft.take_edge(seen, cause)?;
            draft.event("role.revoked", holder, [("role", role.into())]);
            Ok(true)
        }
        Some(left) => {
            draft.put_edge(left, cause)?;
            draft.remark(format!(
                "{holder} still holds {role}: a rule or source asks for it"
            ));
            Ok(false)
        }
    }
}
