//! Adding, removing and moving single edges.

use crate::{
    model::{Edge, EdgeKey, EdgeOrigin, EntityId, Relation, Window},
    plan::{Cause, Draft, Stop},
    rules::tree,
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
    let mut edge = draft
        .edge(key)?
        .unwrap_or_else(|| Edge::direct(from, relation, to));
    edge.origins.insert(EdgeOrigin::Direct);
    edge.window = window;
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
    let mut edge = seen.clone();
    edge.origins.remove(&EdgeOrigin::Direct);
    if edge.origins.is_empty() {
        draft.take_edge(seen, Cause::Requested)?;
        return Ok(true);
    }
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
