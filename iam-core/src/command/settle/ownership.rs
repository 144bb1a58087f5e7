//! Owners are not members, administrators are, and the last owner is never silently lost (S2-68, S2-75, S2-85; X7).

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    command::organization::{OVERRIDE, at_or_above, belongs_to, owner_is_member},
    model::{Edge, EdgeKey, EntityId, Kind, Relation},
    plan::{Cause, Direction, Draft, Needs, Savepoint, Stop},
    rules::tree,
    wire::{Code, Problem},
};

type Edges = BTreeMap<EdgeKey, (Option<Edge>, Option<Edge>, Cause)>;

/// Looks at what was written since the savepoint.
pub(super) fn settle(draft: &mut Draft<'_>, start: Savepoint) -> Result<(), Stop> {
    let edges = draft.edge_changes_since(start);
    joined(draft, &edges)?;
    left(draft, &edges)?;
    let mut lost: BTreeSet<EntityId> = edges
        .iter()
        .filter(|(key, (before, after, _))| {
            key.relation == Relation::Owns && before.is_some() && after.is_none()
        })
        .map(|(key, _)| key.to)
        .collect();
    lost.extend(of_deleted(draft, start)?);
    lost.retain(|organization| draft.is_here(*organization));
    let up = moved_up(draft, start)?;
    let mut needs = Needs::default();
    needs.ancestors.extend(lost.iter().copied());
    draft.need(needs)?;
    load_owners(draft, start, &lost, &up)?;
    for organization in lost {
        let chain = at_or_above(draft, organization)?;
        match owner_of(draft, &chain)? {
            Some(place) if place == organization => {}
            Some(above) => {
                draft.remark(format!("{organization} belongs to the owners of {above} now"));
                draft.event(
                    "organization.ownership_passed",
                    organization,
                    [("to", above.into())],
                );
            }
            None => return Err(last_owner(organization).into()),
        }
    }
    for (organization, old_parent) in up {
        let owned_before = match old_parent {
            Some(parent) => {
                let chain = chain_before(draft, start, parent)?;
                let dropped = edges.iter().any(|(key, (before, after, _))| {
                    key.relation == Relation::Owns
                        && before.is_some()
                        && after.is_none()
                        && chain.contains(&key.to)
                });
                dropped || owner_of(draft, &chain)?.is_some()
            }
            None => false,
        };
        let chain = at_or_above(draft, organization)?;
        if owned_before && owner_of(draft, &chain)?.is_none() {
            return Err(last_owner(organization).into());
        }
    }
    Ok(())
}

fn last_owner(organization: EntityId) -> Problem {
    Problem::new(Code::LastOwner, "nobody would own the organization any more").about(organization)
}

/// Memberships that somebody asked for, of people who own what they join.
fn joined(draft: &mut Draft<'_>, edges: &Edges) -> Result<(), Stop> {
    let new: Vec<EdgeKey> = edges
        .iter()
        .filter(|(key, (before, after, cause))| {
            key.relation == Relation::MemberOf
                && key.from.kind == Kind::User
                && before.is_none()
                && after.is_some()
                && *cause == Cause::Requested
        })
        .map(|(key, _)| *key)
        .collect();
    let mut needs = Needs::default();
    for key in &new {
        needs.edges(key.from, Direction::From, Relation::Owns);
    }
    draft.need(needs)?;
    for key in new {
        let owned: BTreeSet<EntityId> = draft
            .edges(key.from, Direction::From, Relation::Owns)?
            .into_iter()
            .filter(|edge| !edge.attributes.contains_key(OVERRIDE))
            .map(|edge| edge.key.to)
            .collect();
        if owned.is_empty() {
            continue;
        }
        if let Some(organization) = at_or_above(draft, key.to)?.iter().find(|id| owned.contains(id)) {
            return Err(owner_is_member(key.from, *organization).into());
        }
    }
    Ok(())
}

/// Who leaves an organization administers it no longer.
fn left(draft: &mut Draft<'_>, edges: &Edges) -> Result<(), Stop> {
    let gone: BTreeSet<EntityId> = edges
        .iter()
        .filter(|(key, (before, after, cause))| {
            key.relation == Relation::MemberOf
                && key.from.kind == Kind::User
                && before.is_some()
                && after.is_none()
                && *cause == Cause::Requested
        })
        .map(|(key, _)| key.from)
        .filter(|user| draft.is_here(*user))
        .collect();
    let mut needs = Needs::default();
    for user in &gone {
        needs.edges(*user, Direction::From, Relation::Administers);
        needs.edges(*user, Direction::From, Relation::MemberOf);
    }
    draft.need(needs)?;
    for user in gone {
        for edge in draft.edges(user, Direction::From, Relation::Administers)? {
            let organization = edge.key.to;
            if !edge.attributes.contains_key(OVERRIDE) && belongs_to(draft, user, organization)?.is_empty() {
                draft.take_edge(edge, Cause::Disposition)?;
                draft.remark(format!(
                    "{user} does not belong to {organization} and administers it no longer"
                ));
                draft.event(
                    "organization.administrator_removed",
                    organization,
                    [("user", user.into())],
                );
            }
        }
    }
    Ok(())
}

/// The organizations owned by users who were just deleted but are kept.
fn of_deleted(draft: &mut Draft<'_>, start: Savepoint) -> Result<Vec<EntityId>, Stop> {
    let deleted: Vec<EntityId> = draft
        .records_since(start)
        .into_iter()
        .filter(|(id, (before, after))| {
            id.kind == Kind::User
                && before.as_ref().is_some_and(|record| !record.is_deleted())
                && after.as_ref().is_some_and(|record| record.is_deleted())
        })
        .map(|(id, _)| id)
        .collect();
    let mut needs = Needs::default();
    for user in &deleted {
        needs.edges(*user, Direction::From, Relation::Owns);
    }
    draft.need(needs)?;
    let mut owned = Vec::new();
    for user in deleted {
        let edges = draft.edges(user, Direction::From, Relation::Owns)?;
        owned.extend(edges.into_iter().map(|edge| edge.key.to));
    }
    Ok(owned)
}

/// Organizations that got another parent, with the one before.
fn moved_up(draft: &mut Draft<'_>, start: Savepoint) -> Result<Vec<(EntityId, Option<EntityId>)>, Stop> {
    let moved: Vec<(EntityId, Option<EntityId>)> = draft
        .records_since(start)
        .into_iter()
        .filter(|(id, _)| id.kind == Kind::Organization)
        .filter_map(|(id, (before, after))| {
            let (before, after) = (before?, after?);
            let old = before.reference("parent");
            (old.is_some() && old != after.reference("parent")).then_some((id, old))
        })
        .collect();
    let mut needs = Needs::default();
    needs
        .ancestors
        .extend(moved.iter().flat_map(|(id, old)| [Some(*id), *old]).flatten());
    for (id, old) in &moved {
        needs.edges(*id, Direction::To, Relation::Owns);
        if let Some(old) = old {
            needs.edges(*old, Direction::To, Relation::Owns);
        }
    }
    draft.need(needs)?;
    Ok(moved)
}

/// Loads the owners of everything that will be looked at, at once: rounds do not grow with what moves.
fn load_owners(
    draft: &mut Draft<'_>,
    start: Savepoint,
    lost: &BTreeSet<EntityId>,
    up: &[(EntityId, Option<EntityId>)],
) -> Result<(), Stop> {
    let mut all: BTreeSet<EntityId> = BTreeSet::new();
    for organization in lost.iter().chain(up.iter().map(|(organization, _)| organization)) {
        all.extend(at_or_above(draft, *organization)?);
    }
    for parent in up.iter().filter_map(|(_, parent)| *parent) {
        all.extend(chain_before(draft, start, parent)?);
    }
    let mut needs = Needs::default();
    for id in &all {
        needs.edges(*id, Direction::To, Relation::Owns);
    }
    draft.need(needs)?;
    let mut needs = Needs::default();
    for id in all {
        needs.records.extend(
            draft
                .edges(id, Direction::To, Relation::Owns)?
                .iter()
                .map(|edge| edge.key.from),
        );
    }
    draft.need(needs)
}

/// An organization and everything above it, as it was at the savepoint.
fn chain_before(draft: &mut Draft<'_>, start: Savepoint, from: EntityId) -> Result<Vec<EntityId>, Stop> {
    let changed = draft.records_since(start);
    tree::above(from, |id| match changed.get(&id) {
        Some((before, _)) => Ok(before.as_ref().and_then(|record| record.reference("parent"))),
        None => Ok(draft.record(id)?.and_then(|record| record.reference("parent"))),
    })
}

/// The nearest of these organizations that a live user owns; [`load_owners`] has brought what it asks for.
fn owner_of(draft: &mut Draft<'_>, chain: &[EntityId]) -> Result<Option<EntityId>, Stop> {
    for id in chain {
        for edge in draft.edges(*id, Direction::To, Relation::Owns)? {
            if draft
                .record(edge.key.from)?
                .is_some_and(|record| !record.is_deleted())
            {
                return Ok(Some(*id));
            }
        }
    }
    Ok(None)
}
