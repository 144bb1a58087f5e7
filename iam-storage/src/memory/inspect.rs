//! What the doctor wants to see, in order: a page costs what is on it, wherever it begins.

use std::ops::Bound;

use iam_core::{
    model::{EdgeKey, EntityId, Kind, Record, Relation},
    plan::ClaimKey,
    port::{Inspected, Inspection, StorageError},
    search::Subject,
};

use super::world::RealmWorld;

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
                let after = match after {
                    Some(place) => Bound::Excluded(edge(place).ok_or_else(unknown)?),
                    None => Bound::Unbounded,
                };
                Ok(self
                    .edges
                    .range((after, Bound::Unbounded))
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

    /// The pairs of the tree by the lower one, from the lower one up; those after a pair.
    fn closure(&self, after: Option<(EntityId, EntityId)>) -> impl Iterator<Item = Inspected> {
        let above = |id: EntityId| {
            (0..)
                .zip(self.at_or_above(id))
                .map(move |(depth, ancestor)| Inspected::Closure {
                    ancestor,
                    descendant: id,
                    depth,
                })
        };
        let rest = after.into_iter().flat_map(move |(upper, lower)| {
            above(lower)
                .skip_while(
                    move |piece| !matches!(piece, Inspected::Closure { ancestor, .. } if *ancestor == upper),
                )
                .skip(1)
        });
        let others = self
            .records
            .table(Kind::Organization)
            .into_iter()
            .flat_map(move |table| table.ids(after.map(|(_, lower)| lower.uuid)));
        rest.chain(others.flat_map(move |id| above(EntityId::new(Kind::Organization, *id))))
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
