//! The journal: a piece of memory for each commit, because there is far more of it than of anything else.

use iam_core::{
    model::{EdgeKey, EntityId, Kind, RealmId, Relation},
    plan::{Cause, JournalEntry, Step},
    port::{HistoryQuery, Recorded, Revision, StorageError, Subjects},
};
use uuid::Uuid;

/// All entries in the order of their commits.
#[derive(Debug, Default)]
pub(super) struct Journal(Vec<Logged>);

/// The entries of a commit.
#[derive(Debug)]
struct Logged {
    revision: Revision,
    realm: RealmId,
    entries: Box<[u8]>,
}

const CAUSES: [Cause; 6] = [
    Cause::Requested,
    Cause::Form,
    Cause::Disposition,
    Cause::Timer,
    Cause::Rollback,
    Cause::Rule,
];

impl Journal {
    /// Writes the entries of a commit.
    pub fn append(&mut self, revision: Revision, realm: RealmId, entries: &[JournalEntry]) {
        let mut bytes = Vec::with_capacity(entries.iter().map(|entry| entry.delta.len() + 56).sum());
        for entry in entries {
            let cause = CAUSES.iter().position(|cause| *cause == entry.cause);
            let relation = entry.edge.map_or(0, |key| key.relation as u8);
            bytes.extend_from_slice(&[entry.step.code(), cause.unwrap_or_default() as u8, relation]);
            write_id(&mut bytes, entry.subject);
            if let Some(key) = entry.edge {
                write_id(&mut bytes, key.to);
            }
            bytes.extend_from_slice(&entry.version.to_le_bytes());
            bytes.extend_from_slice(&(entry.delta.len() as u64).to_le_bytes());
            bytes.extend_from_slice(&entry.delta);
        }
        if !entries.is_empty() {
            self.0.push(Logged {
                revision,
                realm,
                entries: bytes.into(),
            });
        }
    }

    /// The entries that a query asks for.
    pub fn history(&self, query: &HistoryQuery) -> Result<Vec<Recorded>, StorageError> {
        let end = match query.until {
            Some(until) => self.0.partition_point(|logged| logged.revision <= until),
            None => self.0.len(),
        };
        let all = self.0.get(..end).unwrap_or_default();
        let mut found = Vec::new();
        if query.newest_first {
            let end = query.after.map_or(all.len(), |(after, _)| {
                all.partition_point(|logged| logged.revision <= after)
            });
            for logged in all.iter().take(end).rev() {
                let mut entries = logged.wanted(query)?;
                entries.reverse();
                found.extend(entries);
                if found.len() >= query.limit {
                    break;
                }
            }
        } else {
            let start = query.after.map_or(0, |(after, _)| {
                all.partition_point(|logged| logged.revision < after)
            });
            for logged in all.iter().skip(start) {
                found.extend(logged.wanted(query)?);
                if found.len() >= query.limit {
                    break;
                }
            }
        }
        found.truncate(query.limit);
        Ok(found)
    }
}

impl Logged {
    /// Those of its entries that a query asks for, in order.
    fn wanted(&self, query: &HistoryQuery) -> Result<Vec<Recorded>, StorageError> {
        let asked = query.realm.is_none_or(|realm| realm == self.realm)
            && match &query.subjects {
                Subjects::Revisions(revisions) => revisions.contains(&self.revision),
                _ => true,
            };
        let mut found = Vec::new();
        if !asked {
            return Ok(found);
        }
        let mut rest: &[u8] = &self.entries;
        let mut ordinal = 0;
        while !rest.is_empty() {
            let entry = Entry::read(&mut rest)
                .ok_or_else(|| StorageError::corrupt("an entry of the journal is damaged"))?;
            let place = (self.revision, ordinal);
            let reached = query.after.is_none_or(|after| {
                if query.newest_first {
                    place < after
                } else {
                    place > after
                }
            });
            if reached && entry.is_of(&query.subjects) {
                found.push(Recorded {
                    revision: self.revision,
                    ordinal,
                    realm: self.realm,
                    entry: JournalEntry {
                        step: entry.step,
                        subject: entry.subject,
                        edge: entry.edge,
                        version: entry.version,
                        delta: entry.delta.to_vec(),
                        cause: entry.cause,
                    },
                });
            }
            ordinal += 1;
        }
        Ok(found)
    }
}

/// An entry as it lies there.
struct Entry<'a> {
    step: Step,
    cause: Cause,
    subject: EntityId,
    edge: Option<EdgeKey>,
    version: u64,
    delta: &'a [u8],
}

impl<'a> Entry<'a> {
    fn read(rest: &mut &'a [u8]) -> Option<Entry<'a>> {
        let ([step, cause, relation], after) = rest.split_first_chunk::<3>()?;
        *rest = after;
        let subject = read_id(rest)?;
        let edge = match relation {
            0 => None,
            code => Some(EdgeKey {
                from: subject,
                relation: Relation::from_code(*code)?,
                to: read_id(rest)?,
            }),
        };
        let version = read_number(rest)?;
        let length = usize::try_from(read_number(rest)?).ok()?;
        let (delta, after) = rest.split_at_checked(length)?;
        *rest = after;
        Some(Entry {
            step: Step::from_code(*step)?,
            cause: *CAUSES.get(usize::from(*cause))?,
            subject,
            edge,
            version,
            delta,
        })
    }

    fn is_of(&self, subjects: &Subjects) -> bool {
        match subjects {
            Subjects::All | Subjects::Revisions(_) => true,
            Subjects::Of(ids) => {
                let other = self.edge.map(|edge| edge.to);
                ids.iter().any(|id| *id == self.subject || Some(*id) == other)
            }
            Subjects::Kind(kind) => self.subject.kind == *kind,
        }
    }
}

fn write_id(bytes: &mut Vec<u8>, id: EntityId) {
    bytes.push(id.kind as u8);
    bytes.extend_from_slice(id.uuid.as_bytes());
}

fn read_id(rest: &mut &[u8]) -> Option<EntityId> {
    let ([kind, uuid @ ..], after) = rest.split_first_chunk::<17>()?;
    *rest = after;
    Some(EntityId::new(Kind::from_code(*kind)?, Uuid::from_bytes(*uuid)))
}

fn read_number(rest: &mut &[u8]) -> Option<u64> {
    let (number, after) = rest.split_first_chunk::<8>()?;
    *rest = after;
    Some(u64::from_le_bytes(*number))
}
