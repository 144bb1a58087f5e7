//! Lists of what lies below some organizations, which is what somebody may see: how many, and a page, from the memberships
//! that are kept in memory.
//!
//! The page is one of two: few members are looked up by their identifiers and put in order; many are met soon by whoever
//! walks along the index of the order. Both are read in the snapshot whose state the memberships are; where that cannot be
//! told, the database answers alone, as for every other filter.

use std::{collections::HashMap, sync::Arc};

use iam_core::{
    model::{EntityId, Kind, Record, Relation},
    port::{Find, Standing, StorageError},
    search::{Boundary, Checked, CheckedSearch, Deleted, Page, Test, compare},
};
use uuid::Uuid;

use super::{
    Realms, Session, SqlValue, Statement,
    codec::RECORD,
    counts::{self, Below, Counts},
    filter::Compiler,
    layout::{is_sorted, table},
    search::{FEW, page_of},
    statement::LIST,
};
use crate::census::{Census, Parts};

/// To look a member up by its identifier costs as much as to pass so many on the way along the index.
const LOOK_UP: u64 = 5;
/// Keys of one statement on the way along the index.
const STEP: u64 = 4_096;
/// Whoever has passed so many on the way leaves the rest to the database.
const FAR: u64 = 50_000;

/// A search for what lies below some organizations, or is named by itself.
#[derive(Debug)]
pub(super) struct Within {
    pub(super) below: Below,
    /// The records that are named.
    pub(super) named: Vec<Uuid>,
}

/// How many there are.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) number: u64,
    /// The state of the database that was looked at.
    at: Standing,
    /// Live records that are named and lie elsewhere.
    beside: Vec<Uuid>,
}

/// Whether a search is one for what lies below some organizations, or is named by itself, and nothing else.
pub(super) fn asks_within(search: &CheckedSearch) -> bool {
    meant(search).is_some()
}

/// The organizations and the records that are named.
fn meant(search: &CheckedSearch) -> Option<(Vec<Uuid>, Vec<Uuid>)> {
    let leaves = match &search.filter {
        Checked::Or(list) => list.as_slice(),
        leaf => std::slice::from_ref(leaf),
    };
    let (mut organizations, mut named) = (Vec::new(), Vec::new());
    let mut within = false;
    for leaf in leaves {
        let Checked::Leaf {
            attribute,
            derived,
            test,
            ..
        } = leaf
        else {
            return None;
        };
        let keys: Vec<&String> = match test {
            Test::Equals(key) => vec![key],
            Test::OneOf(keys) => keys.iter().collect(),
            _ => return None,
        };
        let (kind, list) = match (attribute.as_str(), derived) {
            ("within_organization", true) => {
                within = true;
                (Kind::Organization, &mut organizations)
            }
            ("id", false) => (search.kind, &mut named),
            _ => return None,
        };
        let ids = keys.iter().filter_map(|key| key.parse::<EntityId>().ok());
        list.extend(ids.filter(|id| id.kind == kind).map(|id| id.uuid));
    }
    let kept = Relation::MemberOf.first().contains(&search.kind) && search.deleted == Deleted::Exclude;
    named.sort_unstable();
    named.dedup();
    (within && kept).then_some((organizations, named))
}

impl Within {
    /// What is asked for, when it is that.
    pub(super) fn of(realm: i64, find: &Find) -> Option<Within> {
        let (organizations, named) = meant(&find.search).filter(|_| !find.any_end)?;
        let below = Below {
            realm,
            kind: find.search.kind,
            organizations,
            now: find.now,
        };
        Some(Within { below, named })
    }

    /// How many there are, from what is kept, brought up to the snapshot of the session.
    pub(super) async fn follow<S: Session>(
        &self,
        session: &mut S,
        counts: &Counts,
    ) -> Result<Option<Known>, StorageError> {
        let Some((number, at)) = counts::follow(session, counts, &self.below).await? else {
            return Ok(None);
        };
        let outside = |census: &Census| {
            let parts = self.below.parts(census)?;
            let named = self.named.iter().filter(|id| !census.is_in(**id, &parts));
            Some(named.copied().collect::<Vec<_>>())
        };
        let outside = match self.named.is_empty() {
            true => Vec::new(),
            false => match counts.look(&self.below, &at, outside) {
                Some(outside) => outside,
                None => return Ok(None),
            },
        };
        let mut beside = Vec::new();
        for chunk in outside.chunks(LIST) {
            let text = format!("SELECT r.id FROM {} r WHERE r.realm = ", table(self.below.kind));
            let mut statement = Statement::new(session.dialect(), &text);
            statement
                .bind(self.below.realm)
                .text(" AND r.deleted = 0 AND r.id IN ")
                .list(chunk.iter().map(|id| SqlValue::Uuid(*id)));
            for row in session.query(&statement).await? {
                beside.push(row.uuid(0)?);
            }
        }
        Ok(Some(Known {
            number: number.saturating_add(beside.len() as u64),
            at,
            beside,
        }))
    }
}

/// The page, when what is kept tells who is on it.
pub(super) async fn page<S: Session>(
    session: &mut S,
    realms: &Realms,
    realm: i64,
    find: &Find,
) -> Result<Option<Page>, StorageError> {
    let search = &find.search;
    let Some(within) = Within::of(realm, find) else {
        return Ok(None);
    };
    let Some(known) = within.follow(session, &realms.counts).await? else {
        return Ok(None);
    };
    let mut reader = Reader {
        compiler: Compiler::new(session.dialect(), realm, find),
        session,
        counts: &realms.counts,
        search,
        within: &within,
        known: &known,
    };
    let look = |census: &Census| Some(census.size() as u64);
    let Some(size) = realms.counts.look(&within.below, &known.at, look) else {
        return Ok(None);
    };
    let (number, wanted) = (known.number, u64::from(search.fetch()));
    let few = number.saturating_mul(number).saturating_mul(LOOK_UP) <= wanted.saturating_mul(size);
    let ids = match number <= FEW as u64 && (few || number <= wanted) {
        true => reader.few().await?,
        false => reader.walk(size).await?,
    };
    let Some(ids) = ids else { return Ok(None) };
    let found = reader.records(&ids).await?;
    Ok(Some(page_of(search, found, search.total.then_some(number))))
}

struct Reader<'a, S> {
    session: &'a mut S,
    compiler: Compiler<'a>,
    counts: &'a Counts,
    search: &'a CheckedSearch,
    within: &'a Within,
    known: &'a Known,
}

impl<S: Session> Reader<'_, S> {
    fn look<T>(&self, look: impl FnOnce(&Census, &Parts) -> T) -> Option<T> {
        let below = &self.within.below;
        self.counts.look(below, &self.known.at, |census| {
            Some(look(census, &below.parts(census)?))
        })
    }

    /// `SELECT identifier, sort keys …`
    fn keys(&self) -> Statement {
        let mut statement = Statement::new(self.session.dialect(), "SELECT r.id");
        for sort in &self.search.sort {
            statement.text(", ");
            self.compiler.sort_key(&mut statement, &sort.attribute);
        }
        statement
            .text(&format!(" FROM {} r WHERE r.realm = ", table(self.search.kind)))
            .bind(self.within.below.realm);
        statement
    }

    async fn places(&mut self, statement: &Statement) -> Result<Vec<Boundary>, StorageError> {
        let place = |row: &super::Row| {
            let keys = (1..=self.search.sort.len()).map(|place| row.text(place).map(str::to_owned));
            Ok(Boundary {
                keys: keys.collect::<Result<_, StorageError>>()?,
                id: EntityId::new(self.search.kind, row.uuid(0)?),
            })
        };
        let rows = self.session.query(statement).await?;
        rows.iter().map(place).collect()
    }

    /// All of them are looked up.
    async fn few(&mut self) -> Result<Option<Vec<Uuid>>, StorageError> {
        let Some(mut ids) = self.look(Census::list) else {
            return Ok(None);
        };
        ids.extend(&self.known.beside);
        let mut places = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(LIST) {
            let mut statement = self.keys();
            statement
                .text(" AND r.id IN ")
                .list(chunk.iter().map(|id| SqlValue::Uuid(*id)));
            places.append(&mut self.places(&statement).await?);
        }
        places.retain(|place| self.search.beyond(&place.keys, place.id));
        let order = |a: &Boundary, b: &Boundary| {
            let order = compare(&self.search.sort, (&a.keys, a.id), (&b.keys, b.id));
            if self.search.backward() {
                order.reverse()
            } else {
                order
            }
        };
        places.sort_by(order);
        places.truncate(self.search.fetch() as usize);
        Ok(Some(places.into_iter().map(|place| place.id.uuid).collect()))
    }

    /// The index is walked along until enough of them are found; `None` when that is too far, or there is no such index.
    async fn walk(&mut self, size: u64) -> Result<Option<Vec<Uuid>>, StorageError> {
        let indexed = match self.search.sort.as_slice() {
            [] => true,
            [only] => is_sorted(self.search.kind, &only.attribute),
            _ => false,
        };
        if !indexed {
            return Ok(None);
        }
        let wanted = self.search.fetch() as usize;
        let mut found: Vec<Uuid> = Vec::with_capacity(wanted);
        let mut from = self.search.position.boundary.clone();
        let mut passed = 0;
        while passed < FAR {
            let missing = wanted.saturating_sub(found.len()) as u64;
            let expected = missing.saturating_mul(size) / self.known.number.max(1);
            let step = (expected + expected / 4 + 32).min(STEP);
            let mut statement = self.keys();
            if let Some(boundary) = &from {
                self.compiler.beyond(&mut statement, self.search, boundary);
            }
            self.compiler.order(&mut statement, self.search);
            statement
                .text(" LIMIT ")
                .bind(i64::try_from(step).unwrap_or(i64::MAX));
            let mut places = self.places(&statement).await?;
            let beside = &self.known.beside;
            let inside = self.look(|census, parts| {
                let mut inside = Vec::new();
                for place in &places {
                    let id = place.id.uuid;
                    if census.is_in(id, parts) || beside.contains(&id) {
                        inside.push(id);
                    }
                }
                inside
            });
            let Some(inside) = inside else { return Ok(None) };
            found.extend(inside);
            let last = (places.len() as u64) < step;
            if found.len() >= wanted || last {
                found.truncate(wanted);
                return Ok(Some(found));
            }
            passed += step;
            from = places.pop();
        }
        Ok(None)
    }

    /// The records, in this order.
    async fn records(&mut self, ids: &[Uuid]) -> Result<Vec<Arc<Record>>, StorageError> {
        let mut records = HashMap::with_capacity(ids.len());
        for chunk in ids.chunks(LIST) {
            let text = format!(
                "SELECT {RECORD} FROM {} r WHERE r.realm = ",
                table(self.search.kind)
            );
            let mut statement = Statement::new(self.session.dialect(), &text);
            statement
                .bind(self.within.below.realm)
                .text(" AND r.id IN ")
                .list(chunk.iter().map(|id| SqlValue::Uuid(*id)));
            for record in self.session.records(self.search.kind, &statement).await? {
                records.insert(record.id.uuid, record);
            }
        }
        Ok(ids.iter().filter_map(|id| records.remove(id)).collect())
    }
}
