//! Owners and administrators of organizations (S2-67 … S2-78, S2-85; A.6 X7).

use serde::{Deserialize, Serialize};

use super::super::{Decide, declared, edge};
use crate::{
    model::{Edge, EdgeKey, EntityId, OrganizationId, Relation, UserId, Window},
    plan::{Cause, Direction, Draft, Needs, Stop},
    rules::tree,
    wire::{Code, Problem},
};

/// The attribute of an edge that says why a rule about it does not hold.
pub(in crate::command) const OVERRIDE: &str = "override_reason";
/// Characters of a reason at most.
const REASON: usize = 200;

/// Makes a user an owner of an organization (S2-67), who has a say in everything below it as well. A member of it or of
/// anything below it is refused, because its administrators would have a say over its owner (S2-68), unless a reason
/// is given; the reason is kept.
///
/// ```
/// use iam_core::command::AddOwner;
///
/// let command: AddOwner = serde_json::from_str(
///     r#"{"organization": "organization_00000000000000000000000001", "user": "user_00000000000000000000000002"}"#,
/// )?;
/// assert!(command.override_reason.is_none());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddOwner {
    /// The organization.
    pub organization: OrganizationId,
    /// The owner.
    pub user: UserId,
    /// Why a member may be owner all the same, at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<String>,
}

/// Takes the ownership of an organization from a user. The last owner stays, unless somebody owns what the organization is
/// below of: then it is theirs (S2-85).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveOwner {
    /// The organization.
    pub organization: OrganizationId,
    /// The owner.
    pub user: UserId,
}

/// Makes a user an administrator of an organization (S2-76), who must belong to it or to something below it (S2-75),
/// unless a reason is given. Being administrator does not replace the membership.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddAdministrator {
    /// The organization.
    pub organization: OrganizationId,
    /// The administrator.
    pub user: UserId,
    /// When it holds.
    #[serde(default)]
    pub window: Window,
    /// Why somebody who is no member may be administrator all the same, at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<String>,
}

/// Takes the administration of an organization from a user, who stays a member.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveAdministrator {
    /// The organization.
    pub organization: OrganizationId,
    /// The administrator.
    pub user: UserId,
}

/// The organizations of a user that are the given one or lie below it.
pub(in crate::command) fn belongs_to(
    draft: &mut Draft<'_>,
    user: EntityId,
    organization: EntityId,
) -> Result<Vec<EntityId>, Stop> {
    let memberships = draft.edges(user, Direction::From, Relation::MemberOf)?;
    let mut needs = Needs::default();
    needs.ancestors.extend(memberships.iter().map(|edge| edge.key.to));
    draft.need(needs)?;
    let mut found = Vec::new();
    for edge in memberships {
        if at_or_above(draft, edge.key.to)?.contains(&organization) {
            found.push(edge.key.to);
        }
    }
    Ok(found)
}

/// An organization and everything above it.
pub(in crate::command) fn at_or_above(
    draft: &mut Draft<'_>,
    organization: EntityId,
) -> Result<Vec<EntityId>, Stop> {
    tree::above(organization, |id| match draft.record(id) {
        Ok(record) => Ok(record.and_then(|record| record.reference("parent"))),
        Err(Stop::Missing(_)) => {
            let mut needs = Needs::default();
            needs.ancestors.insert(id);
            Err(needs.into())
        }
        Err(stop) => Err(stop),
    })
}

fn needs_of(needs: &mut Needs, organization: OrganizationId, user: UserId, relation: Relation) {
    needs
        .record(organization)
        .record(user)
        .edges(user, Direction::From, Relation::MemberOf)
        .edges(user, Direction::From, relation);
}

/// Writes the edge; notes the reason when a rule is overridden.
fn put(
    draft: &mut Draft<'_>,
    key: EdgeKey,
    window: Window,
    overridden: Option<&str>,
    event: &str,
) -> Result<(), Stop> {
    if !window.is_possible() {
        return Err(Problem::new(Code::Window, "it would end before it starts")
            .about(key.to)
            .into());
    }
    let mut edge = Edge::direct(key.from, key.relation, key.to);
    edge.window = window;
    if let Some(reason) = overridden {
        edge.attributes.insert(OVERRIDE.to_owned(), reason.into());
    }
    if draft.put_edge(edge, Cause::Requested)? {
        draft.event(
            event,
            key.to,
            [
                ("user", key.from.into()),
                ("overridden", overridden.is_some().into()),
            ],
        );
    }
    Ok(())
}

/// A reason that can be kept; what is blank is none.
fn reason(text: &Option<String>) -> Result<Option<&str>, Stop> {
    let reason = text.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    if reason.is_some_and(|reason| reason.chars().count() > REASON) {
        let message = format!("a reason has at most {REASON} characters");
        let field = crate::wire::FieldProblem::new("override_reason", "value.too_long", message);
        return Err(Problem::fields(vec![field]).into());
    }
    Ok(reason)
}

impl Decide for AddOwner {
    fn needs(&self, needs: &mut Needs) {
        needs_of(needs, self.organization, self.user, Relation::Owns);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let (user, organization) = (EntityId::from(self.user), EntityId::from(self.organization));
        let reason = reason(&self.override_reason)?;
        draft.live(organization)?;
        draft.live(user)?;
        draft.subject(organization);
        if reason.is_none() && !belongs_to(draft, user, organization)?.is_empty() {
            return Err(owner_is_member(user, organization).into());
        }
        let key = EdgeKey {
            from: user,
            relation: Relation::Owns,
            to: organization,
        };
        put(draft, key, Window::default(), reason, "organization.owner_added")
    }
}

/// S2-68
pub(in crate::command) fn owner_is_member(user: EntityId, organization: EntityId) -> Problem {
    let message =
        format!("{user} would be owner and member: its administrators would have a say over its owner");
    Problem::new(Code::OwnerIsMember, message).about(organization)
}

impl Decide for RemoveOwner {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.organization)
            .edges(self.user, Direction::From, Relation::Owns);
        needs.ancestors.insert(self.organization.into());
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let (user, organization) = (EntityId::from(self.user), EntityId::from(self.organization));
        draft.existing(organization)?;
        draft.subject(organization);
        // Whether somebody is left is looked at when everything is settled.
        if edge::remove(draft, user, Relation::Owns, organization)? {
            draft.event(
                "organization.owner_removed",
                organization,
                [("user", user.into())],
            );
        }
        Ok(())
    }
}

impl Decide for AddAdministrator {
    fn needs(&self, needs: &mut Needs) {
        needs_of(needs, self.organization, self.user, Relation::Administers);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let (user, organization) = (EntityId::from(self.user), EntityId::from(self.organization));
        let reason = reason(&self.override_reason)?;
        draft.live(organization)?;
        draft.live(user)?;
        draft.subject(organization);
        if reason.is_none() && belongs_to(draft, user, organization)?.is_empty() {
            let message = format!("{user} does not belong to the organization");
            return Err(Problem::new(Code::AdministratorNotMember, message)
                .about(organization)
                .into());
        }
        let key = EdgeKey {
            from: user,
            relation: Relation::Administers,
            to: organization,
        };
        put(
            draft,
            key,
            self.window,
            reason,
            "organization.administrator_added",
        )
    }
}

impl Decide for RemoveAdministrator {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.organization)
            .edges(self.user, Direction::From, Relation::Administers);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let (user, organization) = (EntityId::from(self.user), EntityId::from(self.organization));
        draft.existing(organization)?;
        draft.subject(organization);
        if edge::remove(draft, user, Relation::Administers, organization)? {
            draft.event(
                "organization.administrator_removed",
                organization,
                [("user", user.into())],
            );
        }
        Ok(())
    }
}
