//! Who has a value of an attribute whose column has no index, from memory: for searches that go through everybody, such as
//! those of rules. The first one is a pass over the table; the second one keeps what it reads.
//!
//! What is kept names at least everybody who had the value in any state since it was read, so it is a list of those to be
//! tested, and nothing more: whoever had the value once stays in it. Before each answer those are added who changed since;
//! where commits overlap (see the decision record on revisions), all that changed since the last settled revision.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
};

use iam_core::{
    model::Kind,
    port::{Standing, StorageError},
    search::{Checked, CheckedSearch, Test},
};
use uuid::Uuid;

use super::{
    Row, Session, SqlValue, Statement,
    layout::{scanned, table},
    search::FEW,
    standing,
};

/// Searches for fewer records than these end somewhere in the list: to go through everybody is not what they cost.
const BULK: u32 = 200;
/// Passes of the database before anything is kept.
const PASSES: u32 = 1;
/// Nothing is kept of more records: some 30 bytes each.
const MOST: usize = 2_000_000;
/// Rows of one statement.
const ROWS: u32 = 10_000;
/// Changed records that are followed; after more than these the column is read anew when it pays again.
const FOLLOWED: u32 = 20_000;

/// A column.
type Key = (i64, Kind, &'static str);

/// What is kept of each column.
#[derive(Debug, Default)]
pub(crate) struct Columns(Mutex<HashMap<Key, Slot>>);

#[derive(Debug, Default)]
struct Slot {
    passes: u32,
    /// It tells too few apart, or is too long.
    useless: bool,
    /// Somebody is reading it, or bringing it up to date.
    taken: bool,
    kept: Option<Kept>,
}

#[derive(Debug)]
struct Kept {
    /// When it was read: earlier states may have others.
    since: u64,
    at: Standing,
    holders: HashMap<Box<[u8]>, BTreeSet<Uuid>>,
    size: usize,
    /// How large it may become by those who changed.
    most: usize,
}

/// A part of a filter that every match has to satisfy and that asks for values of a column without an index.
pub(super) struct Wanted<'a> {
    pub(super) node: &'a Checked,
    attribute: &'static str,
    values: Vec<&'a str>,
}

impl<'a> Wanted<'a> {
    /// Such a part of a search that goes through everybody: no other part can be found by an index.
    pub(super) fn of(search: &'a CheckedSearch) -> Option<Wanted<'a>> {
        if search.limit < BULK {
            return None;
        }
        let parts = match &search.filter {
            Checked::And(list) => list.as_slice(),
            one => std::slice::from_ref(one),
        };
        if parts.iter().any(|node| is_indexed(search.kind, node)) {
            return None;
        }
        parts.iter().find_map(|node| match node {
            Checked::Leaf {
                attribute,
                derived: false,
                test,
                ..
            } => {
                let values: Vec<&str> = match test {
                    Test::Equals(value) => vec![value],
                    Test::OneOf(values) => values.iter().map(String::as_str).collect(),
                    _ => return None,
                };
                let attribute = scanned(search.kind, attribute)?;
                Some(Wanted {
                    node,
                    attribute,
                    values,
                })
            }
            _ => None,
        })
    }
}

/// Whether an index leads to those who pass a test.
fn is_indexed(kind: Kind, node: &Checked) -> bool {
    match node {
        Checked::Leaf {
            attribute,
            derived: false,
            test: Test::Equals(_) | Test::OneOf(_) | Test::Range { .. } | Test::StartsWith(_),
            ..
        } => scanned(kind, attribute).is_none(),
        _ => false,
    }
}

/// Gives back what was taken.
struct Taken<'a> {
    columns: &'a Columns,
    key: Key,
    useless: bool,
    kept: Option<Kept>,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut slots = self.columns.slots();
        let slot = slots.entry(self.key).or_default();
        slot.taken = false;
        slot.passes = 0;
        slot.useless = self.useless;
        slot.kept = self.kept.take();
    }
}

impl Columns {
    fn slots(&self) -> MutexGuard<'_, HashMap<Key, Slot>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what is kept, or the right to read it; notes that the database has to go through everybody otherwise.
    fn take(&self, key: Key) -> Option<Taken<'_>> {
        let mut slots = self.slots();
        let slot = slots.entry(key).or_default();
        if slot.taken || slot.useless {
            return None;
        }
        if slot.kept.is_none() && slot.passes < PASSES {
            slot.passes += 1;
            return None;
        }
        slot.taken = true;
        Some(Taken {
            columns: self,
            key,
            useless: false,
            kept: slot.kept.take(),
        })
    }
}

/// Those who may have one of the values, few enough to look at each; `None` when everybody has to be gone through.
pub(super) async fn holders<S: Session>(
    session: &mut S,
    columns: &Columns,
    realm: i64,
    kind: Kind,
    wanted: &Wanted<'_>,
) -> Result<Option<Vec<Uuid>>, StorageError> {
    let Some(mut taken) = columns.take((realm, kind, wanted.attribute)) else {
        return Ok(None);
    };
    let at = standing(session).await?;
    let mut read = Read {
        session,
        realm,
        kind,
        column: format!("k_{}", wanted.attribute),
    };
    let kept = match taken.kept.take() {
        // Somebody with a later snapshot was faster, or the database was set back.
        Some(kept) if at.latest.0 < kept.since => None,
        Some(kept) if at.latest <= kept.at.latest && kept.at.latest == kept.at.stable => Some(kept),
        Some(kept) => read.changes(kept, at).await?,
        None => {
            let kept = read.all(at).await?;
            taken.useless = kept.is_none();
            kept
        }
    };
    let Some(kept) = kept else { return Ok(None) };
    let few = FEW as usize;
    let mut found = BTreeSet::new();
    for value in &wanted.values {
        if let Some(ids) = kept.holders.get(value.as_bytes()) {
            if ids.len() + found.len() > few {
                taken.kept = Some(kept);
                return Ok(None);
            }
            found.extend(ids.iter().copied());
        }
    }
    taken.kept = Some(kept);
    Ok(Some(found.into_iter().collect()))
}

struct Read<'a, S> {
    session: &'a mut S,
    realm: i64,
    kind: Kind,
    column: String,
}

impl<S: Session> Read<'_, S> {
    fn select(&self) -> Statement {
        let (column, table) = (&self.column, table(self.kind));
        let text = format!("SELECT r.id, r.{column} FROM {table} r WHERE r.realm = ");
        let mut statement = Statement::new(self.session.dialect(), &text);
        statement.bind(self.realm);
        statement
    }

    /// All of it; `None` when it is not worth keeping.
    async fn all(&mut self, at: Standing) -> Result<Option<Kept>, StorageError> {
        let mut kept = Kept {
            since: at.latest.0,
            at,
            holders: HashMap::new(),
            size: 0,
            most: 0,
        };
        let mut after = Uuid::nil();
        loop {
            let mut statement = self.select();
            statement.text(" AND r.id > ").bind(after);
            statement
                .text(&format!(
                    " AND r.{} <> {}",
                    self.column,
                    self.session.dialect().empty()
                ))
                .text(" ORDER BY r.id LIMIT ")
                .bind(i64::from(ROWS));
            let rows = self.session.query(&statement).await?;
            let Some(last) = rows.last() else { break };
            after = last.uuid(0)?;
            kept.add(&rows)?;
            if kept.size > MOST {
                return Ok(None);
            }
            if rows.len() < ROWS as usize {
                break;
            }
        }
        kept.most = kept.size + kept.size / 2 + FOLLOWED as usize;
        let telling = kept.size <= kept.holders.len().saturating_mul(FEW as usize);
        Ok(telling.then_some(kept))
    }

    /// With those who changed since; `None` when these are too many.
    async fn changes(&mut self, mut kept: Kept, at: Standing) -> Result<Option<Kept>, StorageError> {
        let mut statement = self.select();
        statement
            .text(" AND r.revision > ")
            .bind(SqlValue::from(kept.at.stable.0))
            .text(" LIMIT ")
            .bind(i64::from(FOLLOWED) + 1);
        let rows = self.session.query(&statement).await?;
        if rows.len() > FOLLOWED as usize {
            return Ok(None);
        }
        kept.add(&rows)?;
        if at.latest > kept.at.latest {
            kept.at = at;
        }
        Ok((kept.size <= kept.most).then_some(kept))
    }
}

impl Kept {
    fn add(&mut self, rows: &[Row]) -> Result<(), StorageError> {
        for row in rows {
            let (id, value) = (row.uuid(0)?, row.bytes(1)?);
            if value.is_empty() {
                continue;
            }
            let ids = match self.holders.get_mut(value) {
                Some(ids) => ids,
                None => self.holders.entry(value.into()).or_default(),
            };
            self.size += usize::from(ids.insert(id));
        }
        Ok(())
    }
}
