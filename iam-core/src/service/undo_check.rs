//! What an undo may not leave behind: edges and references to nothing, circles in the tree, two managers.

use std::collections::BTreeSet;

use crate::{
    model::{EdgeKey, EntityId, Kind, Record, Relation},
    plan::{Direction, Draft, EdgesOf, Needs, Referring, Stop},
};

/// Something that an undo touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Thing {
    /// A record.
    Record(EntityId),
    /// An edge.
    Edge(EdgeKey),
}

/// The reference attributes that must name something that is there.
const REFERENCES: [(Kind, &str, Kind); 5] = [
    (Kind::Organization, "parent", Kind::Organization),
    (Kind::Organization, "organization_type", Kind::OrganizationType),
    (Kind::Position, "organization", Kind::Organization),
    (Kind::Position, "reports_to", Kind::Position),
    (Kind::User, "user_type", Kind::UserType),
];

/// What the draft would leave in a state that no command leaves behind; each with a line for people.
pub(super) fn violations(
    draft: &mut Draft<'_>,
    touched: &BTreeSet<Thing>,
) -> Result<Vec<(Thing, String)>, Stop> {
    let mut needs = Needs::default();
    for thing in touched {
        match thing {
            Thing::Record(id) => match draft.record(*id)? {
                None => {
                    needs.edges.extend(ends(*id));
                    needs.referring.extend(referrers(*id));
                }
                Some(record) => {
                    needs
                        .records
                        .extend(references(&record).into_iter().map(|(_, target)| target));
                    needs.ancestors.extend(above(&record));
                }
            },
            Thing::Edge(key) => {
                needs.records.extend([key.from, key.to]);
                if key.relation == Relation::ReportsTo {
                    needs.edges(key.from, Direction::From, key.relation);
                }
            }
        }
    }
    draft.need(needs)?;
    let mut found = Vec::new();
    for thing in touched {
        let line = match thing {
            Thing::Record(id) => record(draft, *id)?,
            Thing::Edge(key) => edge(draft, *key)?,
        };
        found.extend(line.map(|line| (*thing, line)));
    }
    Ok(found)
}

fn ends(id: EntityId) -> impl Iterator<Item = EdgesOf> {
    [Direction::From, Direction::To]
        .into_iter()
        .flat_map(move |direction| {
            Relation::ALL.iter().map(move |relation| EdgesOf {
                id,
                direction,
                relation: *relation,
            })
        })
}

fn referrers(id: EntityId) -> impl Iterator<Item = Referring> {
    REFERENCES
        .into_iter()
        .filter(move |(_, _, target)| *target == id.kind)
        .map(move |(kind, attribute, _)| Referring {
            kind,
            attribute: attribute.to_owned(),
            target: Some(id),
        })
}

fn references(record: &Record) -> Vec<(&'static str, EntityId)> {
    REFERENCES
        .into_iter()
        .filter(|(kind, _, _)| *kind == record.kind())
        .filter_map(|(_, attribute, _)| Some((attribute, record.reference(attribute)?)))
        .collect()
}

/// What lies directly above in a tree.
fn above(record: &Record) -> Option<EntityId> {
    match record.kind() {
        Kind::Organization => record.reference("parent"),
        Kind::Position => record.reference("reports_to"),
        _ => None,
    }
}

fn record(draft: &mut Draft<'_>, id: EntityId) -> Result<Option<String>, Stop> {
    let Some(record) = draft.record(id)? else {
        for set in ends(id) {
            if let Some(edge) = draft.edges(set.id, set.direction, set.relation)?.first() {
                let other = if edge.key.from == id {
                    edge.key.to
                } else {
                    edge.key.from
                };
                let relation = edge.key.relation.name();
                return Ok(Some(format!(
                    "{id}: it is connected with {other} since ({relation})"
                )));
            }
        }
        for set in referrers(id) {
            if let Some(other) = draft.referring(set.kind, &set.attribute, set.target)?.first() {
                return Ok(Some(format!(
                    "{id}: {other} names it as `{}` since",
                    set.attribute
                )));
            }
        }
        return Ok(None);
    };
    for (attribute, target) in references(&record) {
        if draft.record(target)?.is_none() {
            return Ok(Some(format!(
                "{id}: its `{attribute}` {target} was removed since"
            )));
        }
    }
    let mut path = vec![id];
    let mut place = above(&record);
    while let Some(next) = place {
        if next == id {
            return Ok(Some(format!("{id}: it would come below itself")));
        }
        if path.contains(&next) {
            break;
        }
        path.push(next);
        place = match draft.record(next) {
            Ok(record) => record.as_deref().and_then(above),
            Err(Stop::Missing(_)) => {
                // The rest of the way in one round.
                return Err(Needs {
                    ancestors: BTreeSet::from([next]),
                    ..Needs::default()
                }
                .into());
            }
            Err(stop) => return Err(stop),
        };
    }
    Ok(None)
}

fn edge(draft: &mut Draft<'_>, key: EdgeKey) -> Result<Option<String>, Stop> {
    let EdgeKey { from, relation, to } = key;
    let what = format!("{from} {} {to}", relation.name());
    for end in [from, to] {
        if draft.record(end)?.is_none() {
            return Ok(Some(format!("{what}: {end} was removed since")));
        }
    }
    if relation == Relation::ReportsTo && draft.edges(from, Direction::From, relation)?.len() > 1 {
        return Ok(Some(format!("{what}: there is another manager since")));
    }
    Ok(None)
}
