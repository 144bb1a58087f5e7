//! Walking up and down the trees of organizations and positions on a draft.

use std::collections::BTreeSet;

use crate::{
    model::{EntityId, Kind},
    plan::{Draft, Needs, Stop},
    rules::tree,
    wire::{Code, Problem},
};

/// Refuses to put a node under itself or under anything below it (S0-94). Every node on the way is guarded by its
/// version, so that two moves that make a circle only together cannot both be committed.
pub(super) fn refuse_circle(
    draft: &mut Draft<'_>,
    moved: EntityId,
    under: EntityId,
    attribute: &str,
) -> Result<(), Stop> {
    let chain = tree::above(under, |id| match draft.record(id) {
        Ok(record) => Ok(record.and_then(|record| record.reference(attribute))),
        // Everything above in one round, however deep.
        Err(Stop::Missing(_)) => Err(Needs {
            ancestors: BTreeSet::from([id]),
            ..Needs::default()
        }
        .into()),
        Err(stop) => Err(stop),
    })?;
    let Some(end) = chain.iter().position(|id| *id == moved) else {
        return Ok(());
    };
    let way = chain.iter().take(end + 1).map(ToString::to_string);
    let message = format!(
        "{} cannot come under itself or under a part of itself",
        moved.kind.with_article()
    );
    Err(Problem::new(Code::Cycle, message)
        .about(moved)
        .with_details(way)
        .into())
}

/// An organization and everything below it, level by level.
pub(super) fn below(draft: &mut Draft<'_>, top: EntityId) -> Result<Vec<EntityId>, Stop> {
    let mut missing = Needs::default();
    let found = tree::below(top, |id| {
        match draft.referring(Kind::Organization, "parent", Some(id)) {
            Ok(children) => Ok(children),
            Err(Stop::Missing(_)) => {
                missing.subtrees.insert(id);
                Ok(Vec::new())
            }
            Err(stop) => Err(stop),
        }
    })?;
    if missing.is_empty() {
        Ok(found)
    } else {
        Err(missing.into())
    }
}
