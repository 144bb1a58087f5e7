//! What hangs on an organization, and where it goes when the organization goes.

use std::collections::{BTreeMap, BTreeSet};

use super::super::edge;
use crate::{
    model::{Edge, EdgeKey, EntityId, Kind, OrganizationId, Relation, fold},
    plan::{Cause, Direction, Draft, Needs, Stop},
};

/// Everything that names an organization.
pub(super) struct Content {
    pub(super) children: Vec<EntityId>,
    pub(super) positions: Vec<EntityId>,
    pub(super) members: Vec<Edge>,
    pub(super) leads: Vec<Edge>,
    pub(super) groups: Vec<Edge>,
    /// Roles that its members have by it.
    pub(super) grants: Vec<Edge>,
    pub(super) owners: Vec<Edge>,
    pub(super) administrators: Vec<Edge>,
}

impl Content {
    pub(super) fn needs(needs: &mut Needs, organization: impl Into<EntityId>) {
        let id = organization.into();
        needs
            .record(id)
            .referring(Kind::Organization, "parent", id)
            .referring(Kind::Position, "organization", id)
            .edges(id, Direction::To, Relation::MemberOf)
            .edges(id, Direction::To, Relation::Leads)
            .edges(id, Direction::From, Relation::InGroup)
            .edges(id, Direction::From, Relation::HasRole)
            .edges(id, Direction::To, Relation::Owns)
            .edges(id, Direction::To, Relation::Administers);
    }

    pub(super) fn read(draft: &mut Draft<'_>, id: EntityId) -> Result<Content, Stop> {
        Ok(Content {
            children: draft.referring(Kind::Organization, "parent", Some(id))?,
            positions: draft.referring(Kind::Position, "organization", Some(id))?,
            members: draft.edges(id, Direction::To, Relation::MemberOf)?,
            leads: draft.edges(id, Direction::To, Relation::Leads)?,
            groups: draft.edges(id, Direction::From, Relation::InGroup)?,
            grants: draft.edges(id, Direction::From, Relation::HasRole)?,
            owners: draft.edges(id, Direction::To, Relation::Owns)?,
            administrators: draft.edges(id, Direction::To, Relation::Administers)?,
        })
    }

    /// The records and edges that change when all of it gets another organization.
    pub(super) fn records(&self, needs: &mut Needs) {
        needs
            .records
            .extend(self.children.iter().chain(&self.positions).copied());
    }

    /// The edges that may be met at the new ends.
    pub(super) fn counterparts(&self, needs: &mut Needs) {
        for edge in self
            .members
            .iter()
            .chain(&self.leads)
            .chain(&self.owners)
            .chain(&self.administrators)
        {
            needs.edges(edge.key.from, Direction::From, edge.key.relation);
        }
    }
}

/// Points the attribute of records to another organization, or to none.
pub(super) fn point(
    draft: &mut Draft<'_>,
    records: &[EntityId],
    attribute: &str,
    target: Option<EntityId>,
) -> Result<(), Stop> {
    for id in records {
        let mut record = (*draft.existing(*id)?).clone();
        record.set(attribute, target.map(Into::into));
        draft.put(record, Cause::Disposition)?;
    }
    Ok(())
}

/// Lets edges that end at one organization end at another one.
pub(super) fn redirect_to(
    draft: &mut Draft<'_>,
    edges: Vec<Edge>,
    target: OrganizationId,
) -> Result<(), Stop> {
    for edge in edges {
        let key = EdgeKey {
            to: target.into(),
            ..edge.key
        };
        edge::redirect(draft, edge, key)?;
    }
    Ok(())
}

/// Removes edges.
pub(super) fn drop_edges(draft: &mut Draft<'_>, edges: Vec<Edge>) -> Result<(), Stop> {
    for edge in edges {
        draft.take_edge(edge, Cause::Disposition)?;
    }
    Ok(())
}

/// Children of two organizations that have the same name, letter case aside (S0-96).
pub(super) fn name_clashes(
    draft: &mut Draft<'_>,
    moved: &[EntityId],
    there: &[EntityId],
) -> Result<Vec<String>, Stop> {
    let moving: BTreeSet<_> = moved.iter().collect();
    let mut names: BTreeMap<String, EntityId> = BTreeMap::new();
    for id in there.iter().filter(|id| !moving.contains(id)) {
        let name = draft.existing(*id)?.text("name").to_owned();
        names.entry(fold(&name).into_owned()).or_insert(*id);
    }
    let mut clashes = Vec::new();
    for id in moved {
        let name = draft.existing(*id)?.text("name").to_owned();
        if let Some(other) = names.get(fold(&name).as_ref()) {
            clashes.push(format!("{id} and {other} are both called “{name}”"));
        }
    }
    Ok(clashes)
}
