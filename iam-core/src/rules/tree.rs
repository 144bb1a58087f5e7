//! Trees kept as parent references: walking up and down, circles, effective status, and joining two edges into one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::model::{Edge, EntityId, Window};

/// The node and everything above it, nearest first. Ends at a node that was met before, so that even a damaged tree
/// is walked in finite time.
///
/// ```
/// use iam_core::model::{EntityId, Kind};
/// use iam_core::rules::tree;
///
/// let id = |n: u128| EntityId::new(Kind::Organization, uuid::Uuid::from_u128(n));
/// let parents = std::collections::BTreeMap::from([(id(3), id(2)), (id(2), id(1))]);
/// let chain = tree::above(id(3), |id| Ok::<_, ()>(parents.get(&id).copied()));
/// assert_eq!(chain, Ok(vec![id(3), id(2), id(1)]));
/// ```
///
/// # Errors
/// Whatever the question for a parent answers.
pub fn above<E>(
    start: EntityId,
    mut parent_of: impl FnMut(EntityId) -> Result<Option<EntityId>, E>,
) -> Result<Vec<EntityId>, E> {
    let mut seen = BTreeSet::new();
    let mut chain = Vec::new();
    let mut next = Some(start);
    while let Some(id) = next {
        if !seen.insert(id) {
            break;
        }
        chain.push(id);
        next = parent_of(id)?;
    }
    Ok(chain)
}

/// The node and everything below it, level by level; each node once, even in a damaged tree.
///
/// # Errors
/// Whatever the question for the children answers.
pub fn below<E>(
    start: EntityId,
    mut children_of: impl FnMut(EntityId) -> Result<Vec<EntityId>, E>,
) -> Result<Vec<EntityId>, E> {
    let mut seen = BTreeSet::from([start]);
    let mut all = Vec::new();
    let mut open = VecDeque::from([start]);
    while let Some(id) = open.pop_front() {
        all.push(id);
        open.extend(children_of(id)?.into_iter().filter(|child| seen.insert(*child)));
    }
    Ok(all)
}

/// Whether putting a node under another one would make a circle (S0-94).
pub fn would_cycle(parents: &BTreeMap<EntityId, EntityId>, moved: EntityId, under: EntityId) -> bool {
    above(under, |id| {
        Ok::<_, std::convert::Infallible>(parents.get(&id).copied())
    })
    .is_ok_and(|chain| chain.contains(&moved))
}

/// Whether a node of the tree is in effect: enabled itself, and so is everything above it (S0-88). Nothing of this is
/// stored: enabling the top brings everything back as it was.
///
/// # Errors
/// Whatever the question for the parent or the status answers.
pub fn is_effective<E>(
    node: EntityId,
    parent_of: impl FnMut(EntityId) -> Result<Option<EntityId>, E>,
    mut is_enabled: impl FnMut(EntityId) -> Result<bool, E>,
) -> Result<bool, E> {
    for id in above(node, parent_of)? {
        if !is_enabled(id)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Joins the edge that is there already with one that moves to the same ends (S0-96).
///
/// The origins add up; what the edge that is there says about itself stays, the other fills the gaps; it is without
/// effect only when both are. Windows that meet become one. Of two windows with a gap between them the one that is
/// there stays, for one edge has one window: the second value is then `false`.
pub fn join(kept: &Edge, moved: &Edge) -> (Edge, bool) {
    let mut edge = kept.clone();
    edge.origins.extend(&moved.origins);
    for (name, value) in &moved.attributes {
        if !edge.attributes.contains_key(name) {
            edge.attributes.insert(name, value.clone());
        }
    }
    if moved.suspended.is_none() {
        edge.suspended = None;
    }
    match hull(kept.window, moved.window) {
        Some(window) => {
            edge.window = window;
            (edge, true)
        }
        None => (edge, false),
    }
}

/// The one window that holds exactly when one of two does; `None` when there is a gap between them.
fn hull(a: Window, b: Window) -> Option<Window> {
    let apart = |first: Window, second: Window| matches!((first.until, second.from), (Some(until), Some(from)) if until < from);
    if apart(a, b) || apart(b, a) {
        return None;
    }
    Some(Window {
        from: a.from.zip(b.from).map(|(a, b)| a.min(b)),
        until: a.until.zip(b.until).map(|(a, b)| a.max(b)),
    })
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::model::{EdgeOrigin, Kind, Moment, Relation};

    fn id(n: u8) -> EntityId {
        EntityId::new(Kind::Organization, Uuid::from_u128(n.into()))
    }

    fn moment(n: i64) -> Option<Moment> {
        Some(Moment::from_micros(n))
    }

    /// The naive twin: follow parents as often as there are nodes.
    fn is_tree(parents: &BTreeMap<EntityId, EntityId>) -> bool {
        parents.keys().all(|start| {
            let mut at = Some(*start);
            for _ in 0..=parents.len() {
                at = at.and_then(|id| parents.get(&id).copied());
            }
            at.is_none()
        })
    }

    fn window() -> impl Strategy<Value = Window> {
        (proptest::option::of(0i64..8), proptest::option::of(0i64..8))
            .prop_map(|(from, until)| Window {
                from: from.and_then(moment),
                until: until.and_then(moment),
            })
            .prop_filter("possible", Window::is_possible)
    }

    proptest! {
        /// S0-94
        #[test]
        fn a_tree_stays_a_tree_exactly_when_no_circle_is_foretold(
            moves in prop::collection::vec((0u8..10, 0u8..10), 0..40),
        ) {
            let mut parents = BTreeMap::new();
            for (moved, under) in moves {
                let mut next = parents.clone();
                next.insert(id(moved), id(under));
                prop_assert_eq!(would_cycle(&parents, id(moved), id(under)), !is_tree(&next));
                if is_tree(&next) {
                    parents = next;
                }
            }
        }

        #[test]
        fn below_is_the_inverse_of_above_also_in_a_damaged_tree(
            parents in prop::collection::btree_map(0u8..10, 0u8..10, 0..10),
        ) {
            let parents: BTreeMap<_, _> = parents.into_iter().map(|(a, b)| (id(a), id(b))).collect();
            for top in (0..10).map(id) {
                let under = below(top, |at| {
                    Ok::<_, Infallible>(parents.iter().filter(|(_, p)| **p == at).map(|(c, _)| *c).collect())
                }).unwrap();
                for node in (0..10).map(id) {
                    let over = above(node, |at| Ok::<_, Infallible>(parents.get(&at).copied())).unwrap();
                    prop_assert_eq!(under.contains(&node), over.contains(&top));
                }
            }
        }

        /// S0-96
        #[test]
        fn a_joined_window_holds_exactly_when_one_of_the_two_does(a in window(), b in window()) {
            let holds = |w: Window, n: i64| w.contains(Moment::from_micros(n));
            match hull(a, b) {
                Some(hull) => for n in -1..10 {
                    prop_assert_eq!(holds(hull, n), holds(a, n) || holds(b, n));
                },
                None => prop_assert!((-1..10).all(|n| !(holds(a, n) && holds(b, n)))),
            }
        }
    }

    /// S0-96
    #[test]
    fn joined_edges_keep_every_origin_and_the_numbers_that_are_there() {
        let user = EntityId::new(Kind::User, Uuid::from_u128(1));
        let mut kept = Edge::direct(user, Relation::MemberOf, id(1));
        kept.attributes.insert("number", "7".into());
        let mut moved = Edge::direct(user, Relation::MemberOf, id(2));
        moved.origins = BTreeSet::from([EdgeOrigin::Sync]);
        moved.attributes.insert("number", "8".into());
        moved.attributes.insert("note", "x".into());
        let (edge, whole) = join(&kept, &moved);
        assert!(whole);
        assert_eq!(edge.key, kept.key);
        assert_eq!(
            edge.origins,
            BTreeSet::from([EdgeOrigin::Direct, EdgeOrigin::Sync])
        );
        assert_eq!(edge.attributes["number"], "7".into());
        assert_eq!(edge.attributes["note"], "x".into());

        kept.window.until = moment(5);
        moved.window.from = moment(9);
        let (edge, whole) = join(&kept, &moved);
        assert!(!whole && edge.window == kept.window);
    }

    /// S0-88
    #[test]
    fn a_node_is_in_effect_when_everything_above_it_is() {
        let parents = BTreeMap::from([(id(3), id(2)), (id(2), id(1))]);
        let effective = |node: EntityId, off: EntityId| {
            is_effective(
                node,
                |id| Ok::<_, Infallible>(parents.get(&id).copied()),
                |id| Ok(id != off),
            )
            .unwrap()
        };
        assert!(!effective(id(3), id(1)));
        assert!(!effective(id(1), id(1)));
        assert!(effective(id(1), id(3)));
        assert!(effective(id(3), id(9)));
    }
}
