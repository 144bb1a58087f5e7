//! Searches as SQL: bound parameters only, pages by key.

use std::sync::Arc;

use iam_core::{
    model::{EntityId, Kind, Moment, RealmId, Record, Relation},
    port::{Find, StorageError},
    search::{Checked, CheckedSearch, Page, sort_keys},
};

use super::{
    Realms, Session, Statement,
    codec::RECORD,
    columns::{self, Wanted},
    counts::{self, Below},
    filter::{Compiler, Ways},
    within::{self, Within, asks_within},
};

/// Up to so many records are looked up one by one; beyond, the list is walked in its order and each record is tested.
pub(super) const FEW: i64 = 2_000;

/// One page of what matches.
pub(crate) async fn search<S: Session>(
    session: &mut S,
    realms: &Realms,
    settled: bool,
    find: &Find,
) -> Result<Page, StorageError> {
    let search = &find.search;
    let empty = || search.page(Vec::new(), search.total.then_some(0));
    if matches!(search.kind, Kind::ChangeSet | Kind::Command) {
        return Ok(empty());
    }
    let Some(realm) = realms.number(session, find.realm, settled).await? else {
        return Ok(empty());
    };
    if settled && let Some(page) = within::page(session, realms, realm, find).await? {
        return Ok(page);
    }
    let mut compiler = Compiler::new(session.dialect(), realm, find);
    let mut total = None;
    if search.total {
        total = Some(count_all(session, realms, settled, &mut compiler, find).await?);
    } else {
        compiler.few = few(session, &compiler, search).await?;
    }
    if settled
        && compiler.few.is_none()
        && let Some(wanted) = Wanted::of(search)
    {
        let ids = columns::holders(session, &realms.columns, realm, search.kind, &wanted).await?;
        compiler.known = ids.map(|ids| (wanted.node, ids));
    }
    let mut statement = Statement::new(session.dialect(), &format!("SELECT {RECORD} FROM "));
    compiler.matching(&mut statement, search)?;
    if let Some(boundary) = &search.position.boundary {
        compiler.beyond(&mut statement, search, boundary);
    }
    compiler.order(&mut statement, search);
    statement.text(" LIMIT ").bind(i64::from(search.fetch()));
    let found = session.records(search.kind, &statement).await?;
    Ok(page_of(search, found, total))
}

/// The page of the records that were found, in reading direction.
pub(super) fn page_of(search: &CheckedSearch, found: Vec<Arc<Record>>, total: Option<u64>) -> Page {
    let last = found
        .len()
        .min(search.fetch().saturating_sub(1) as usize)
        .saturating_sub(1);
    // A cursor is made of the first or of the last one on the page; nobody asks for the others' keys.
    let keys = |place: usize, record: &Record| match place == 0 || place == last {
        true => sort_keys(record, &search.sort),
        false => Vec::new(),
    };
    let rows = found.into_iter().enumerate();
    let rows = rows
        .map(|(place, record)| (keys(place, &record), record))
        .collect();
    search.page(rows, total)
}

/// How many match.
pub(crate) async fn count<S: Session>(
    session: &mut S,
    realms: &Realms,
    settled: bool,
    find: &Find,
) -> Result<u64, StorageError> {
    if matches!(find.search.kind, Kind::ChangeSet | Kind::Command) {
        return Ok(0);
    }
    let Some(realm) = realms.number(session, find.realm, settled).await? else {
        return Ok(0);
    };
    let mut compiler = Compiler::new(session.dialect(), realm, find);
    count_all(session, realms, settled, &mut compiler, find).await
}

/// How many match, when one statement is enough to know. For what is committed only.
pub(crate) async fn count_at_hand<S: Session>(
    session: &mut S,
    realms: &Realms,
    find: &Find,
) -> Result<Option<u64>, StorageError> {
    match realms.known(find.realm).and_then(|realm| Within::of(realm, find)) {
        Some(within) if within.named.is_empty() => {
            counts::at_hand(session, &realms.counts, &within.below).await
        }
        _ => Ok(None),
    }
}

/// Keeps counts in memory, or brings them up to the snapshot of the session.
pub(crate) async fn keep_counts<S: Session>(
    session: &mut S,
    realms: &Realms,
    realm: RealmId,
    kind: Kind,
    now: Moment,
) -> Result<bool, StorageError> {
    if !Relation::MemberOf.first().contains(&kind) {
        return Ok(false);
    }
    let Some(number) = realms.number(session, realm, true).await? else {
        return Ok(false);
    };
    let below = Below {
        realm: number,
        kind,
        organizations: Vec::new(),
        now,
    };
    counts::keep(session, &realms.counts, &below).await
}

/// What is kept in memory of it, without asking anybody.
pub(crate) fn kept_count(
    realms: &Realms,
    realm: RealmId,
    kind: Kind,
    organization: EntityId,
    now: Moment,
) -> Option<u64> {
    let realm = realms.known(realm)?;
    realms.counts.kept(realm, kind, organization.uuid, now)
}

/// How many match; on the way it is found out whether few records satisfy some leaf.
async fn count_all<'a, S: Session>(
    session: &mut S,
    realms: &Realms,
    settled: bool,
    compiler: &mut Compiler<'a>,
    find: &'a Find,
) -> Result<u64, StorageError> {
    let search = &find.search;
    let within = Within::of(compiler.realm, find).filter(|_| settled);
    if let Some(within) = &within
        && let Some(known) = within.follow(session, &realms.counts).await?
    {
        if known.number <= FEW as u64 {
            compiler.few = Ways::of(search.kind, &search.filter).map(|ways| ways.node);
        }
        return Ok(known.number);
    }
    let mut statement = Statement::new(session.dialect(), "SELECT COUNT(*) FROM ");
    let ways = compiler.edges_alone(search);
    if let Some(ways) = &ways {
        // The edges know whether they start at a live record: the records need not be looked at.
        statement.text("(");
        for (place, leaf) in ways.leaves.iter().enumerate() {
            statement.text(if place == 0 { "" } else { " UNION " });
            if leaf.derived {
                statement.text("SELECT DISTINCT h.from_id FROM (");
                compiler.holders(&mut statement, *leaf)?;
                statement.text(" AND e.from_live = 1) h");
            } else {
                compiler.holders(&mut statement, *leaf)?;
                statement.text(" AND v.deleted = 0");
            }
        }
        statement.text(") q");
    } else {
        compiler.few = few(session, compiler, search).await?;
        compiler.matching(&mut statement, search)?;
    }
    let rows = session.query(&statement).await?;
    let number = rows.first().map_or(Ok(0), |row| row.unsigned(0))?;
    if let Some(ways) = ways.filter(|_| number <= FEW as u64) {
        compiler.few = Some(ways.node);
    }
    if let Some(within) = within {
        counts::counted(session, &realms.counts, &within.below, number).await?;
    }
    Ok(number)
}

/// The part of the filter that few records satisfy, when there is one.
async fn few<'a, S: Session>(
    session: &mut S,
    compiler: &Compiler<'a>,
    search: &'a CheckedSearch,
) -> Result<Option<&'a Checked>, StorageError> {
    let Some(ways) = Ways::of(search.kind, &search.filter) else {
        return Ok(None);
    };
    let mut statement = Statement::new(session.dialect(), "SELECT COUNT(*) FROM (");
    compiler.any_of(&mut statement, &ways)?;
    statement.text(" LIMIT ").bind(FEW + 1).text(") q");
    let rows = session.query(&statement).await?;
    let count = rows.first().map(|row| row.int(0)).transpose()?;
    Ok(count.is_some_and(|count| count <= FEW).then_some(ways.node))
}

/// Whether one statement answers it, so that a driver needs no snapshot.
pub(crate) fn is_one_statement(search: &CheckedSearch) -> bool {
    !search.total
        && Ways::of(search.kind, &search.filter).is_none()
        && Wanted::of(search).is_none()
        && !asks_within(search)
}
