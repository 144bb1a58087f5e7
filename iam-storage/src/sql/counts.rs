//! How many belong to a part of the tree, from memory: loaded once it pays, and brought up to the database before each
//! answer.
//!
//! What is kept is right for one state of the database. A question looks which state that is now: one short statement.
//! When nothing was committed since, the answer is in memory. Otherwise the journal names whose memberships and which
//! organizations changed, and their present state is read, in the same snapshot. Where commits overlap (see the
//! decision record on revisions) everything beyond the last settled revision is read again the next time; being told
//! a state twice does no harm.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
};

use iam_core::{
    model::{EntityId, Kind, Moment, Relation},
    port::{Standing, StorageError},
};
use uuid::Uuid;

use super::{
    Dialect, Row, Session, SqlValue, Statement, layout::table, session::ORDINAL_BITS, standing,
    statement::LIST,
};
use crate::census::{Census, Membership, Memberships, Parts};

/// Journal entries that are followed; after more than these everything is loaded anew, once that pays again.
const FOLLOWED: usize = 20_000;
/// Rows of one statement while everything is loaded.
const ROWS: usize = 10_000;
/// Nothing is kept for more records than these: some 70 bytes each.
const MOST: i64 = 5_000_000;
/// So many members counted by the database are no reason to think of loading.
const LITTLE: u64 = 10_000;
/// So many questions in a row from before what is kept: the database itself was set back.
const BEHIND: u32 = 100;

/// What is kept of each realm and kind.
#[derive(Debug, Default)]
pub(crate) struct Counts(Mutex<HashMap<(i64, Kind), Slot>>);

#[derive(Debug, Default)]
struct Slot {
    kept: Option<Box<Kept>>,
    /// Somebody is bringing it up to date.
    taken: bool,
    /// How many members the database has counted for us, which is what loading would have spared.
    counted: u64,
    /// Loading is thought of again when it is so many.
    enough: u64,
    behind: u32,
}

#[derive(Debug)]
struct Kept {
    census: Census,
    standing: Standing,
}

/// Gives back what was taken; when its holder gives up half-way there is nothing to give back.
struct Taken<'a> {
    counts: &'a Counts,
    key: (i64, Kind),
    kept: Option<Box<Kept>>,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut slots = self.counts.slots();
        let slot = slots.entry(self.key).or_default();
        slot.taken = false;
        slot.kept = self.kept.take();
        if slot.kept.is_none() {
            slot.counted = 0;
            slot.enough = 0;
        }
    }
}

impl Counts {
    fn slots(&self) -> MutexGuard<'_, HashMap<(i64, Kind), Slot>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number from memory, as of the last time that the database was asked.
    pub(crate) fn kept(&self, realm: i64, kind: Kind, organization: Uuid, now: Moment) -> Option<u64> {
        let slots = self.slots();
        let kept = slots.get(&(realm, kind))?.kept.as_ref()?;
        kept.census.below(organization, now.micros())
    }

    /// Looks at what is kept, when it is the database's state at this standing and nothing else can be.
    pub(crate) fn look<T>(
        &self,
        below: &Below,
        at: &Standing,
        look: impl FnOnce(&Census) -> Option<T>,
    ) -> Option<T> {
        let slots = self.slots();
        let kept = slots.get(&below.key())?.kept.as_ref()?;
        let same = kept.standing == *at && at.latest == at.stable;
        same.then(|| look(&kept.census)).flatten()
    }

    /// Whether anything is kept.
    fn keeps(&self, below: &Below) -> bool {
        self.slots()
            .get(&below.key())
            .is_some_and(|slot| slot.kept.is_some())
    }

    /// Takes what is kept, to bring it up to this standing.
    fn take(&self, key: (i64, Kind), at: &Standing) -> Option<Taken<'_>> {
        let mut slots = self.slots();
        let slot = slots.get_mut(&key)?;
        let known = slot.kept.as_ref()?.standing;
        if at.latest < known.latest {
            // Somebody with a later snapshot was faster; or the database was set back to an earlier state.
            slot.behind += 1;
            if slot.behind > BEHIND {
                *slot = Slot::default();
            }
            return None;
        }
        slot.behind = 0;
        slot.taken = true;
        Some(Taken {
            counts: self,
            key,
            kept: slot.kept.take(),
        })
    }

    /// Notes that the database has counted; says whether it is time to think of loading.
    fn note(&self, key: (i64, Kind), members: u64) -> bool {
        let mut slots = self.slots();
        let slot = slots.entry(key).or_default();
        slot.counted = slot.counted.saturating_add(members.saturating_add(1));
        !slot.taken && slot.kept.is_none() && slot.counted >= slot.enough.max(LITTLE)
    }

    /// Begins to load, unless it does not pay yet.
    fn begin(&self, key: (i64, Kind), records: i64, asked_for: bool) -> Option<Taken<'_>> {
        let mut slots = self.slots();
        let slot = slots.entry(key).or_default();
        // To load costs about as much as to count all of them.
        slot.enough = u64::try_from(records).unwrap_or_default();
        let pays = asked_for || (slot.counted >= slot.enough && records <= MOST);
        if slot.taken || !pays {
            return None;
        }
        slot.taken = true;
        Some(Taken {
            counts: self,
            key,
            kept: None,
        })
    }
}

/// A question: how many of a kind belong to some organizations or to any below them.
#[derive(Debug, Clone)]
pub(crate) struct Below {
    pub(crate) realm: i64,
    pub(crate) kind: Kind,
    pub(crate) organizations: Vec<Uuid>,
    pub(crate) now: Moment,
}

impl Below {
    fn key(&self) -> (i64, Kind) {
        (self.realm, self.kind)
    }

    /// The parts of the tree that are meant.
    pub(crate) fn parts(&self, census: &Census) -> Option<Parts> {
        census.parts(&self.organizations, self.now.micros())
    }

    fn count(&self, census: &Census) -> Option<u64> {
        census.number(&self.parts(census)?)
    }
}

/// The answer in one statement, when nothing changed since the last one.
pub(crate) async fn at_hand<S: Session>(
    session: &mut S,
    counts: &Counts,
    below: &Below,
) -> Result<Option<u64>, StorageError> {
    if !counts.keeps(below) {
        return Ok(None);
    }
    let at = standing(session).await?;
    Ok(counts.look(below, &at, |census| below.count(census)))
}

/// The answer from what is kept, brought up to the snapshot of the session, and where that is; `None` when the database has
/// to count.
pub(crate) async fn follow<S: Session>(
    session: &mut S,
    counts: &Counts,
    below: &Below,
) -> Result<Option<(u64, Standing)>, StorageError> {
    if !counts.keeps(below) {
        return Ok(None);
    }
    let at = standing(session).await?;
    if let Some(number) = counts.look(below, &at, |census| below.count(census)) {
        return Ok(Some((number, at)));
    }
    let Some(mut taken) = counts.take(below.key(), &at) else {
        return Ok(None);
    };
    let Some(mut kept) = taken.kept.take() else {
        return Ok(None);
    };
    let mut read = Read { session, below };
    if !read.changes(&mut kept, at).await? {
        return Ok(None);
    }
    kept.standing = at;
    kept.census.arrange(below.now.micros());
    let number = below.count(&kept.census);
    taken.kept = Some(kept);
    Ok(number.map(|number| (number, at)))
}

/// Notes a number that the database counted; loads everything when that pays from now on.
pub(crate) async fn counted<S: Session>(
    session: &mut S,
    counts: &Counts,
    below: &Below,
    number: u64,
) -> Result<(), StorageError> {
    if !counts.note(below.key(), number) {
        return Ok(());
    }
    build(session, counts, below, false).await.map(drop)
}

/// Loads everything unless it is there, and brings it up to the snapshot of the session; `false` while somebody else does.
pub(crate) async fn keep<S: Session>(
    session: &mut S,
    counts: &Counts,
    below: &Below,
) -> Result<bool, StorageError> {
    match follow(session, counts, below).await? {
        Some(_) => Ok(true),
        None => build(session, counts, below, true).await,
    }
}

async fn build<S: Session>(
    session: &mut S,
    counts: &Counts,
    below: &Below,
    asked_for: bool,
) -> Result<bool, StorageError> {
    let mut read = Read { session, below };
    let records = read.records().await?;
    let Some(mut taken) = counts.begin(below.key(), records, asked_for) else {
        return Ok(false);
    };
    let at = standing(read.session).await?;
    let mut kept = Kept {
        census: Census::new(),
        standing: at,
    };
    read.all(&mut kept).await?;
    kept.census.arrange(below.now.micros());
    taken.kept = Some(Box::new(kept));
    Ok(true)
}

struct Read<'a, S> {
    session: &'a mut S,
    below: &'a Below,
}

const MEMBERSHIP: &str =
    "SELECT e.from_id, e.to_id, e.valid_from, e.valid_until FROM iam_edge e WHERE e.realm = ";
const ORGANIZATION: &str = "SELECT r.id, r.k_parent, r.deleted FROM iam_organization r WHERE r.realm = ";

/// What makes a membership count, whatever the time.
fn effective() -> String {
    format!(
        " AND e.relation = {} AND e.to_kind = {} AND e.from_live = 1 AND e.suspended IS NULL",
        Relation::MemberOf as i64,
        Kind::Organization as i64
    )
}

impl<S: Session> Read<'_, S> {
    fn select(&self, text: &str) -> Statement {
        let mut statement = Statement::new(self.session.dialect(), text);
        statement.bind(self.below.realm);
        statement
    }

    async fn records(&mut self) -> Result<i64, StorageError> {
        let statement = self.select(&format!(
            "SELECT COUNT(*) FROM {} r WHERE r.realm = ",
            table(self.below.kind)
        ));
        let rows = self.session.query(&statement).await?;
        rows.first().map_or(Ok(0), |row| row.int(0))
    }

    /// Everything.
    async fn all(&mut self, kept: &mut Kept) -> Result<(), StorageError> {
        let limit = ROWS as i64;
        let mut after = Uuid::nil();
        loop {
            let mut statement = self.select(ORGANIZATION);
            statement.text(" AND r.id > ").bind(after);
            statement.text(" ORDER BY r.id LIMIT ").bind(limit);
            let rows = self.session.query(&statement).await?;
            for row in &rows {
                after = organization(&mut kept.census, row)?;
            }
            if rows.len() < ROWS {
                break;
            }
        }
        let now = self.below.now.micros();
        let mut found = Memberships::default();
        let mut after = (Uuid::nil(), Uuid::nil());
        loop {
            let mut statement = self.select(MEMBERSHIP);
            statement
                .text(" AND e.from_kind = ")
                .bind(self.below.kind as i64)
                .text(&effective());
            statement.text(" AND e.from_id >= ").bind(after.0);
            statement.text(" AND (e.from_id > ").bind(after.0);
            statement.text(" OR e.to_id > ").bind(after.1).text(")");
            statement.text(" ORDER BY e.from_id, e.to_id LIMIT ").bind(limit);
            let rows = self.session.query(&statement).await?;
            for row in &rows {
                let (member, membership) = membership(row)?;
                after = (member, membership.organization);
                found.add(member, membership);
            }
            let last = rows.len() < ROWS;
            found.tell(&mut kept.census, now, last);
            if last {
                return Ok(());
            }
        }
    }

    /// What changed since; `false` when that is too much.
    async fn changes(&mut self, kept: &mut Kept, at: Standing) -> Result<bool, StorageError> {
        let since = kept.standing.stable.0;
        if since == at.latest.0 {
            return Ok(true);
        }
        let place = (since << ORDINAL_BITS) | ((1 << ORDINAL_BITS) - 1);
        let mut statement = Statement::new(
            self.session.dialect(),
            "SELECT j.subject_kind, j.subject_id FROM iam_journal j WHERE j.place > ",
        );
        statement
            .bind(place)
            .text(" AND j.realm = ")
            .bind(self.below.realm);
        statement.text(&format!(
            " AND (j.relation = {} OR j.relation = 0) AND j.subject_kind IN ({}, {})",
            Relation::MemberOf as i64,
            Kind::Organization as i64,
            self.below.kind as i64
        ));
        statement.text(" ORDER BY j.place LIMIT ").bind(FOLLOWED as i64);
        let rows = self.session.query(&statement).await?;
        if rows.len() >= FOLLOWED {
            return Ok(false);
        }
        let (mut organizations, mut members) = (BTreeSet::new(), BTreeSet::new());
        for row in &rows {
            let id = row.uuid(1)?;
            match row.int(0)? == Kind::Organization as i64 {
                true => organizations.insert(id),
                false => members.insert(id),
            };
        }
        self.organizations(kept, organizations).await?;
        self.members(kept, members).await?;
        Ok(true)
    }

    /// The state of some organizations.
    async fn organizations(&mut self, kept: &mut Kept, ids: BTreeSet<Uuid>) -> Result<(), StorageError> {
        let mut gone = ids.clone();
        for row in self.each(ORGANIZATION, " AND r.id", "", &ids).await? {
            gone.remove(&organization(&mut kept.census, &row)?);
        }
        for id in gone {
            kept.census.organization(id, None);
        }
        Ok(())
    }

    /// The memberships of some members.
    async fn members(&mut self, kept: &mut Kept, ids: BTreeSet<Uuid>) -> Result<(), StorageError> {
        let more = format!(" AND e.from_kind = {}{}", self.below.kind as i64, effective());
        let mut found = Memberships::of(ids.iter().copied());
        for row in self.each(MEMBERSHIP, " AND e.from_id", &more, &ids).await? {
            let (member, membership) = membership(&row)?;
            found.add(member, membership);
        }
        found.tell(&mut kept.census, self.below.now.micros(), true);
        Ok(())
    }

    /// A select for each of the identifiers, in as few exchanges as the database likes.
    async fn each(
        &mut self,
        text: &str,
        column: &str,
        more: &str,
        ids: &BTreeSet<Uuid>,
    ) -> Result<Vec<Row>, StorageError> {
        let ids: Vec<Uuid> = ids.iter().copied().collect();
        if self.session.dialect() == Dialect::Sqlite {
            let rows: Vec<_> = ids
                .iter()
                .map(|id| vec![self.below.realm.into(), (*id).into()])
                .collect();
            let text = format!("{text}?{column} = ?{more}");
            return Ok(self.session.query_each(&text, &rows).await?);
        }
        let mut found = Vec::new();
        for chunk in ids.chunks(LIST) {
            let mut statement = self.select(text);
            statement
                .text(column)
                .text(" IN ")
                .list(chunk.iter().map(|id| SqlValue::Uuid(*id)))
                .text(more);
            found.append(&mut self.session.query(&statement).await?);
        }
        Ok(found)
    }
}

/// Tells the state of an organization; answers with its identifier.
fn organization(census: &mut Census, row: &Row) -> Result<Uuid, StorageError> {
    let id = row.uuid(0)?;
    let parent = match row.text(1)? {
        "" => None,
        text => text.parse::<EntityId>().ok().map(|parent| parent.uuid),
    };
    census.organization(id, Some((parent, row.int(2)? == 0)));
    Ok(id)
}

fn membership(row: &Row) -> Result<(Uuid, Membership), StorageError> {
    let membership = Membership {
        organization: row.uuid(1)?,
        from: row.int(2)?,
        until: row.int(3)?,
    };
    Ok((row.uuid(0)?, membership))
}
