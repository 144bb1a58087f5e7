//! Adding, removing and moving single edges.

use crate::{
    model::{Edge, EdgeKey, EntityId, Kind, Relation, Window},
    plan::{Cause, Direction, Draft, EdgesOf, Needs, Stop},
    rules::{
        grant::{self, Terms},
        tree,
    },
    wire::{Code, Problem},
};

/// Adds a direct edge, or gives the one that is there the direct origin and the time; returns whether anything changed.
pub(super) fn add(
    draft: &mut Draft<'_>,
    from: EntityId,
    relation: Relation,
    to: EntityId,
    window: Window,
) -> Result<bool, Stop> {
    if !window.is_possible() {
        return Err(Problem::new(Code::Window, "it would end before it starts")
            .about(to)
            .into());
    }
    let key = EdgeKey { from, relation, to };
    let seen = draft.edge(key)?;
    // What else the edge says, such as a number, stays.
    let attributes = seen
        .as_ref()
        .and_then(grant::direct_terms)
        .map(|terms| terms.attributes)
        .unwrap_or_default();
    let edge = grant::with_direct(seen, key, Terms { window, attributes });
    draft.put_edge(edge, Cause::Requested)
}

/// Takes the direct origin from an edge; returns whether the edge is gone. What a rule or source asked for stays.
pub(super) fn remove(
    draft: &mut Draft<'_>,
    from: EntityId,
    relation: Relation,
    to: EntityId,
) -> Result<bool, Stop> {
    let key = EdgeKey { from, relation, to };
    let Some(seen) = draft.edge(key)? else {
        let message = format!("there is no edge `{}` from {from}", relation.name());
        return Err(Problem::new(Code::NoEdge, message).about(to).into());
    };
    let Some(edge) = grant::without_direct(seen.clone()) else {
        draft.take_edge(seen, Cause::Requested)?;
        return Ok(true);
    };
    draft.put_edge(edge, Cause::Requested)?;
    draft.remark(format!(
        "`{}` from {from} to {to} remains: a rule or source asks for it",
        relation.name()
    ));
    Ok(false)
}

/// Gives an edge other ends and joins it with one that is there already (S0-96).
pub(super) fn redirect(draft: &mut Draft<'_>, moved: Edge, key: EdgeKey) -> Result<(), Stop> {
    let edge = match draft.edge(key)? {
        None => Edge { key, ..moved.clone() },
        Some(kept) => {
            let (edge, whole) = tree::join(&kept, &moved);
            if !whole {
                draft.remark(format!(
                    "`{}` from {} to {}: of two times with a gap between them the one there stays",
                    key.relation.name(),
                    key.from,
                    key.to
                ));
            }
            edge
        }
    };
    draft.take_edge(moved, Cause::Disposition)?;
    draft.put_edge(edge, Cause::Disposition)?;
    Ok(())
}

/// Every set of edges that a record of the kind may have.
fn ends(kind: Kind) -> impl Iterator<Item = (Direction, Relation)> {
    let from = Relation::ALL
        .iter()
        .filter(move |relation| relation.first().contains(&kind))
        .map(|relation| (Direction::From, *relation));
    let to = Relation::ALL
        .iter()
        .filter(move |relation| relation.second() == kind)
        .map(|relation| (Direction::To, *relation));
    from.chain(to)
}

/// Needs every edge at a record.
pub(super) fn need_all(needs: &mut Needs, id: EntityId) {
    needs
        .edges
        .extend(ends(id.kind).map(|(direction, relation)| EdgesOf {
            id,
            direction,
            relation,
        }));
}

/// Removes every edge at a record that goes.
pub(super) fn drop_all(draft: &mut Draft<'_>, id: EntityId) -> Result<(), Stop> {
    let mut needs = Needs::default();
    need_all(&mut needs, id);
    draft.need(needs)?;
    for (direction, relation) in ends(id.kind) {
        for edge in draft.edges(id, direction, relation)? {
            draft.take_edge(edge, Cause::Disposition)?;
        }
    }
    Ok(())
}
