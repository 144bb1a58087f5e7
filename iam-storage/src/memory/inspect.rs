//! What the doctor wants to see, in order: a page costs what is on it, wherever it begins.

use std::ops::Bound;

use iam_core::{
    model::{EdgeKey, EntityId, Kind, Record, Relation},
    plan::ClaimKey,
    port::{Inspected, Inspection, StorageError},
    search::Subject,
};
use uuid::Uuid;

use super::{link::Link, world::RealmWorld};

impl RealmWorld {
    pub(super) fn inspect(
        &self,
        inspection: Inspection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Inspected>, StorageError> {
        let unknown = || StorageError::corrupt("an inspection goes on at a place that there is not");
        match inspection {
            Inspection::Records(kind) => {
                let after = after.map(|place| entity(place).ok_or_else(unknown)).transpose()?;
                let Some(table) = self.records.table(kind) else {
                    return Ok(Vec::new());
                };
                let mut pieces = Vec::new();
                for id in table.ids(after.map(|id| id.uuid)).take(limit) {
                    if let Some(record) = table.record(*id)? {
                        pieces.push(Inspected::Record {
                            keys: keys(&record),
                            record,
                        });
                    }
                }
                Ok(pieces)
            }
            Inspection::Claims => {
                let after = after.map(|place| claim(place).ok_or_else(unknown)).transpose()?;
                Ok(self
                    .claims
                    .after(after.as_ref())
                    .take(limit)
                    .map(|(key, holder)| Inspected::Claim { key, holder })
                    .collect())
            }
            Inspection::Edges => {
                let after = after.map(|place| edge(place).ok_or_else(unknown)).transpose()?;
                Ok(self
                    .edges_after(after)
                    .take(limit)
                    .map(|(key, link)| Inspected::Edge {
                        edge: link.edge(*key),
                        from_live: self.is_live(key.from),
                        to_live: self.is_live(key.to),
                    })
                    .collect())
            }
            Inspection::Closure => {
                let after = after.map(|place| pair(place).ok_or_else(unknown)).transpose()?;
                Ok(self.closure(after).take(limit).collect())
            }
        }
    }

    /// The edges after one in the order of their places, which begin with the name of a kind.
    fn edges_after(&self, after: Option<EdgeKey>) -> impl Iterator<Item = (&EdgeKey, &Link)> {
        let mut kinds = Kind::ALL.to_vec();
        kinds.sort_by_key(|kind| kind.name());
        kinds.retain(|kind| after.is_none_or(|after| kind.name() >= after.from.kind.name()));
        kinds.into_iter().flat_map(move |kind| {
            let least = EntityId::new(kind, Uuid::nil());
            let first = EdgeKey {
                from: least,
                relation: Relation::MemberOf,
                to: EntityId::new(Kind::Realm, Uuid::nil()),
            };
            let from = match after.filter(|after| after.from.kind == kind) {
                Some(after) => Bound::Excluded(after),
                None => Bound::Included(first),
            };
            self.edges
                .range((from, Bound::Unbounded))
                .take_while(move |(key, _)| key.from.kind == kind)
        })
    }

    /// The pairs of the tree by the upper one, then by the lower one; those after a pair.
    fn closure(&self, after: Option<(EntityId, EntityId)>) -> impl Iterator<Item = Inspected> {
        let uppers = self
            .records
            .table(Kind::Organization)
            .into_iter()
            .flat_map(move |table| match after {
                Some((upper, _)) => table.ids_from(upper.uuid),
                None => table.ids_from(Uuid::nil()),
            });
        uppers.flat_map(move |id| {
            let ancestor = EntityId::new(Kind::Organization, *id);
            let after = after.filter(|(upper, _)| *upper == ancestor);
            self.at_or_below(ancestor)
                .into_iter()
                .filter(move |(lower, _)| after.is_none_or(|(_, after)| *lower > after))
                .map(move |(descendant, depth)| Inspected::Closure {
                    ancestor,
                    descendant,
                    depth,
                })
        })
    }
}

/// There are no stored keys here: searches read the records themselves, or lists that are made of them.
fn keys(record: &Record) -> Vec<(String, String)> {
    let mut keys = Vec::new();
    for name in record.attributes.keys() {
        record.any_key(name, &mut |key| {
            keys.push((name.to_string(), key.to_owned()));
            false
        });
    }
    keys
}

// The places as they are written by `Inspected::place`.

fn entity(place: &str) -> Option<EntityId> {
    place.parse().ok()
}

fn claim(place: &str) -> Option<ClaimKey> {
    let mut parts = place.splitn(3, '|');
    Some(ClaimKey {
        kind: Kind::from_code(parts.next()?.parse().ok()?)?,
        attribute: parts.next()?.into(),
        key: parts.next()?.into(),
    })
}

fn edge(place: &str) -> Option<EdgeKey> {
    let mut parts = place.splitn(3, '|');
    Some(EdgeKey {
        from: entity(parts.next()?)?,
        relation: Relation::from_code(parts.next()?.parse().ok()?)?,
        to: entity(parts.next()?)?,
    })
}

fn pair(place: &str) -> Option<(EntityId, EntityId)> {
    let (upper, lower) = place.split_once('|')?;
    Some((entity(upper)?, entity(lower)?))
}
