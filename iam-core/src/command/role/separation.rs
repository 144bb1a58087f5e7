//! What a grant may not do: give two roles that are kept apart, give a role whose prerequisites are missing, give a role
//! to more than may hold it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    command::held::{When, held, included},
    model::{EntityId, Kind, Record, Relation, Value},
    plan::{Direction, Draft, Needs, Stop},
    wire::{Code, Problem},
};

/// The attribute of an exclusion that refuses grants instead of leaving one of the roles without effect.
pub(super) const SEPARATE: &str = "separate";

/// What is needed of a role that is granted.
pub(super) fn needs(needs: &mut Needs, role: EntityId) {
    needs
        .edges(role, Direction::From, Relation::IncludesRole)
        .edges(role, Direction::From, Relation::Excludes)
        .edges(role, Direction::To, Relation::Excludes)
        .edges(role, Direction::From, Relation::Requires);
}

/// Refuses grants of a role to users who hold what is kept apart from it, or who lack what it requires.
pub(super) fn check(draft: &mut Draft<'_>, role: EntityId, holders: &BTreeSet<EntityId>) -> Result<(), Stop> {
    let given = included(draft, BTreeSet::from([role]))?;
    let mut needs = Needs::default();
    for id in &given {
        self::needs(&mut needs, *id);
    }
    draft.need(needs)?;
    let mut apart: BTreeMap<EntityId, EntityId> = BTreeMap::new();
    for id in &given {
        for (direction, other) in [(Direction::From, true), (Direction::To, false)] {
            for edge in draft.edges(*id, direction, Relation::Excludes)? {
                if edge.attributes.get(SEPARATE).and_then(Value::as_boolean) == Some(true) {
                    let other = if other { edge.key.to } else { edge.key.from };
                    apart.insert(other, *id);
                }
            }
        }
    }
    if let Some((one, other)) = apart.iter().find(|(one, _)| given.contains(one)) {
        let message = format!("{one} and {other} come with the role and are kept apart");
        return Err(Problem::new(Code::Separation, message).about(role).into());
    }
    let required: BTreeSet<EntityId> = draft
        .edges(role, Direction::From, Relation::Requires)?
        .into_iter()
        .map(|edge| edge.key.to)
        .collect();
    if apart.is_empty() && required.is_empty() {
        return Ok(());
    }
    for holder in holders.iter().filter(|holder| holder.kind == Kind::User) {
        let held = held(draft, *holder, When::Lasting(draft.context.now))?.roles;
        if let Some((one, other)) = apart.iter().find(|(one, _)| held.contains(one)) {
            let message = format!("{holder} holds {one}, which is kept apart from {other}");
            return Err(Problem::new(Code::Separation, message).about(role).into());
        }
        if let Some(missing) = required.iter().find(|id| !held.contains(id)) {
            let message = format!("{holder} does not hold {missing}, which the role requires");
            return Err(Problem::new(Code::Prerequisite, message).about(role).into());
        }
    }
    Ok(())
}

/// How many hold a role, whose grants are not over.
pub(super) fn count(draft: &mut Draft<'_>, role: EntityId) -> Result<i64, Stop> {
    let now = draft.context.now;
    let holders = draft.edges(role, Direction::To, Relation::HasRole)?;
    let lasting = holders
        .iter()
        .filter(|edge| edge.window.until.is_none_or(|until| now < until))
        .count();
    Ok(i64::try_from(lasting).unwrap_or(i64::MAX))
}

/// Refuses when more hold a role than may.
pub(super) fn refuse_too_many(draft: &mut Draft<'_>, role: &Record) -> Result<(), Stop> {
    let Some(most) = role.value("max_holders").and_then(Value::as_integer) else {
        return Ok(());
    };
    let held = count(draft, role.id)?;
    if held > most {
        let message = format!("{held} would hold the role; at most {most} may");
        return Err(Problem::new(Code::Holders, message).about(role.id).into());
    }
    Ok(())
}

/// Refuses when fewer hold a role than must.
pub(super) fn refuse_too_few(draft: &mut Draft<'_>, role: &Record) -> Result<(), Stop> {
    let Some(least) = role.value("min_holders").and_then(Value::as_integer) else {
        return Ok(());
    };
    let held = count(draft, role.id)?;
    if held < least {
        let message = format!("{held} would hold the role; at least {least} must");
        return Err(Problem::new(Code::Holders, message).about(role.id).into());
    }
    Ok(())
}
