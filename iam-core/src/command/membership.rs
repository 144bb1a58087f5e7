//! Membership of users and devices in organizations.

use serde::{Deserialize, Serialize};

use super::{Decide, profile::live_reference};
use crate::{
    model::{Edge, EdgeKey, EntityId, Kind, OrganizationId, Relation, Value, Window},
    plan::{Cause, Direction, Draft, Needs, Stop},
    wire::{Code, Problem},
};

/// An organization to join, with the number there and the time (S0-27).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinOrganization {
    /// The organization.
    pub organization: OrganizationId,
    /// The member's number in this organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// When the membership holds.
    #[serde(default)]
    pub window: Window,
}

impl JoinOrganization {
    /// Without a number or a time limit.
    pub fn new(organization: OrganizationId) -> Self {
        JoinOrganization {
            organization,
            number: None,
            window: Window::default(),
        }
    }
}

/// Adds a user or device to organizations, one or several in one step, from either side (S2-79, S2-81, S2-84).
/// A membership that is there already gets the given number and time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddMembership {
    /// The user or device.
    pub member: EntityId,
    /// Where to.
    pub organizations: Vec<JoinOrganization>,
}

/// Takes a user or device out of organizations. Only the direct origin goes: what a source or rule said stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveMembership {
    /// The user or device.
    pub member: EntityId,
    /// From where.
    pub organizations: Vec<OrganizationId>,
}

impl Decide for AddMembership {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.member)
            .edges(self.member, Direction::From, Relation::MemberOf);
        if self.member.kind == Kind::User {
            needs.edges(self.member, Direction::From, Relation::Owns);
        }
        needs.records.extend(
            self.organizations
                .iter()
                .map(|join| EntityId::from(join.organization)),
        );
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let mut needs = Needs::default();
        self.needs(&mut needs);
        draft.need(needs)?;
        draft.live(self.member)?;
        draft.subject(self.member);
        for organization in &self.organizations {
            join(draft, self.member, organization)?;
        }
        Ok(())
    }
}

/// Adds or renews one membership.
pub(super) fn join(draft: &mut Draft<'_>, member: EntityId, join: &JoinOrganization) -> Result<bool, Stop> {
    if !matches!(member.kind, Kind::User | Kind::Device) {
        return Err(Problem::new(
            Code::Relation,
            format!("{} is not a member of organizations", member.kind.with_article()),
        )
        .about(member)
        .into());
    }
    if !join.window.is_possible() {
        return Err(
            Problem::new(Code::Window, "the membership would end before it starts")
                .about(join.organization)
                .into(),
        );
    }
    if join
        .number
        .as_ref()
        .is_some_and(|number| number.chars().count() > 40)
    {
        return Err(Problem::new(
            Code::Invalid,
            "the number in an organization has at most 40 characters",
        )
        .about(join.organization)
        .into());
    }
    live_reference(draft, "organizations", join.organization.into())?;
    let key = EdgeKey {
        from: member,
        relation: Relation::MemberOf,
        to: join.organization.into(),
    };
    let seen = draft.edge(key)?;
    let is_new = seen.is_none();
    let mut edge = seen.unwrap_or_else(|| Edge::direct(key.from, key.relation, key.to));
    edge.origins.insert(crate::model::EdgeOrigin::Direct);
    edge.window = join.window;
    match &join.number {
        Some(number) => drop(
            edge.attributes
                .insert("number".to_owned(), Value::from(number.as_str())),
        ),
        None => drop(edge.attributes.remove("number")),
    }
    let changed = draft.put_edge(edge, Cause::Requested)?;
    if is_new {
        draft.event(
            "membership.added",
            member,
            [("organization", EntityId::from(join.organization).into())],
        );
    }
    Ok(changed)
}

impl Decide for RemoveMembership {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.member)
            .edges(self.member, Direction::From, Relation::MemberOf);
        if self.member.kind == Kind::User {
            needs.edges(self.member, Direction::From, Relation::Administers);
        }
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let mut needs = Needs::default();
        self.needs(&mut needs);
        draft.need(needs)?;
        draft.existing(self.member)?;
        draft.subject(self.member);
        for organization in &self.organizations {
            let key = EdgeKey {
                from: self.member,
                relation: Relation::MemberOf,
                to: (*organization).into(),
            };
            let Some(mut edge) = draft.edge(key)? else {
                return Err(Problem::new(Code::NoEdge, "there is no such membership")
                    .about(organization)
                    .into());
            };
            edge.origins.remove(&crate::model::EdgeOrigin::Direct);
            if edge.origins.is_empty() {
                draft.remove_edge(key, Cause::Requested)?;
                draft.event(
                    "membership.removed",
                    self.member,
                    [("organization", EntityId::from(*organization).into())],
                );
            } else {
                draft.put_edge(edge, Cause::Requested)?;
                draft.remark(format!(
                    "the membership in {organization} remains: a rule or source asks for it"
                ));
            }
        }
        Ok(())
    }
}
