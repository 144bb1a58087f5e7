//! Checking, at commit, that what a plan relied on still holds.

use std::collections::{BTreeMap, BTreeSet};

use iam_core::{
    model::{EntityId, Kind},
    plan::{Direction, EdgesOf, Guard, Referring},
    port::StorageError,
};
use uuid::Uuid;

use super::{
    Dialect, Prepared, Row, Session, SqlValue, Statement,
    changed::starts_edges,
    codec,
    layout::table,
    sets::{About, by_attribute, count_and_latest, referring, target_key},
    statement::{LIST, uuids},
};

fn conflict(guard: Guard) -> StorageError {
    StorageError::Conflict(Box::new(guard))
}

/// What is known when everything that a plan depends on is locked.
pub(crate) struct Checked {
    /// The records that are there and live.
    pub(crate) living: BTreeSet<EntityId>,
    /// The revision of the commit, where the database has drawn it after the locks.
    pub(crate) revision: Option<i64>,
}

/// Locks what was read in the order of its keys, so that two commits never wait for each other, then the tree, and
/// compares the records. The sets are asked for later, by [`questions`]: only a statement that begins when the locks are
/// held sees what was waited for.
pub(crate) async fn lock<S: Session>(
    session: &mut S,
    realm: i64,
    plan: &Prepared,
    announced: Option<i64>,
) -> Result<Checked, StorageError> {
    let dialect = session.dialect();
    let (mut kinds, mut statements, mut answers) = (Vec::new(), Vec::new(), Vec::new());
    let stored = || {
        let rows = plan.rows.iter();
        rows.filter(|(kind, _)| !matches!(kind, Kind::ChangeSet | Kind::Command))
    };
    for (kind, rows) in stored() {
        let ids: Vec<Uuid> = rows.keys().copied().collect();
        let text = "SELECT r.id, r.version, r.deleted, r.revision FROM ";
        let table = table(*kind);
        if dialect == Dialect::Sqlite {
            let rows: Vec<_> = ids.iter().map(|id| vec![realm.into(), (*id).into()]).collect();
            kinds.push(*kind);
            answers.push(
                session
                    .query_each(&format!("{text}{table} r WHERE r.realm = ? AND r.id = ?"), &rows)
                    .await?,
            );
            continue;
        }
        for chunk in ids.chunks(LIST) {
            let mut statement = Statement::new(dialect, text);
            let lock = dialect.lock(plan.exclusive.contains(kind));
            let fixed: &[_] = &[("realm", &[realm.into()][..])];
            statement.rows(table, "r", fixed, "id", uuids(chunk), Some(lock));
            kinds.push(*kind);
            statements.push(statement);
        }
    }
    statements.extend(tree_lock(dialect, realm, plan));
    let locked = session.lock(announced, &statements).await?;
    answers.extend(locked.rows);
    let mut living = BTreeSet::new();
    let mut found: BTreeMap<EntityId, (u64, u64)> = BTreeMap::new();
    // The answer about the tree comes last, and says nothing but that it is locked.
    for (kind, rows) in kinds.iter().zip(&answers) {
        for row in rows {
            let id = EntityId::new(*kind, row.uuid(0)?);
            found.insert(id, (row.unsigned(1)?, row.unsigned(3)?));
            if row.int(2)? == 0 {
                living.insert(id);
            }
        }
    }
    for (kind, rows) in stored() {
        for (id, seen) in rows {
            let id = EntityId::new(*kind, *id);
            let now = found.get(&id).copied();
            if let Some(version) = seen.version
                && now.map(|(version, _)| version) != version
            {
                return Err(conflict(Guard::Record { id, version }));
            }
            if let Some(revision) = seen.revision
                && now.is_none_or(|(_, changed)| changed > revision)
            {
                return Err(conflict(Guard::Unchanged { id, revision }));
            }
        }
    }
    Ok(Checked {
        living,
        revision: locked.revision,
    })
}

/// Organizations may appear side by side; whoever moves or removes some has the tree alone.
fn tree_lock(dialect: Dialect, realm: i64, plan: &Prepared) -> Option<Statement> {
    if plan.tree.is_empty() || !dialect.concurrent() {
        return None;
    }
    let mut statement = Statement::new(
        dialect,
        "SELECT r.id, r.number, 0, 0 FROM iam_realm_key r WHERE r.number = ",
    );
    statement.bind(realm).text(dialect.lock(plan.tree.restructures()));
    Some(statement)
}

/// The sets that a question asks for.
pub(crate) enum Asked<'a> {
    /// Edges at one end of records.
    Edges(Vec<EdgesOf>),
    /// All edges that start at records.
    Starting(Vec<EntityId>),
    /// Records that name records.
    Referring(Vec<&'a Referring>),
    /// Commits in the realm after a revision.
    Later(u64),
}

/// Asks how many members the sets have that a plan relied on, and which of them changed last. The columns are the bytes
/// by which a set is found, the relation or 0, the number and the latest revision. Answered as of before the commit's own
/// rows, the audit row among them.
pub(crate) fn questions<'a>(
    dialect: Dialect,
    realm: i64,
    plan: &'a Prepared,
) -> (Vec<Asked<'a>>, Vec<Statement>) {
    let (mut asked, mut statements) = (Vec::new(), Vec::new());
    let mut groups: BTreeMap<_, BTreeMap<Uuid, Vec<EdgesOf>>> = BTreeMap::new();
    for set in plan.edge_guards.keys() {
        let group = groups.entry((set.direction, set.id.kind)).or_default();
        group.entry(set.id.uuid).or_default().push(*set);
    }
    for ((direction, kind), group) in groups {
        let end = match direction {
            Direction::From => "from",
            Direction::To => "to",
        };
        let ids: Vec<Uuid> = group.keys().copied().collect();
        for chunk in ids.chunks(LIST) {
            let sets: Vec<EdgesOf> = chunk
                .iter()
                .filter_map(|id| group.get(id))
                .flatten()
                .copied()
                .collect();
            let relations: BTreeSet<i64> = sets.iter().map(|set| set.relation as i64).collect();
            let relations: Vec<SqlValue> = relations.into_iter().map(SqlValue::Int).collect();
            let key = dialect.uuid_bytes(&format!("e.{end}_id"));
            let mut statement = Statement::new(
                dialect,
                &format!("SELECT {key}, e.relation, COUNT(*), MAX(e.revision) FROM "),
            );
            statement.rows(
                "iam_edge",
                "e",
                &[
                    ("realm", &[realm.into()]),
                    (&format!("{end}_kind"), &[(kind as i64).into()]),
                    ("relation", &relations),
                ],
                &format!("{end}_id"),
                uuids(chunk),
                None,
            );
            statement.text(&format!(" GROUP BY e.{end}_id, e.relation"));
            asked.push(Asked::Edges(sets));
            statements.push(statement);
        }
    }
    if let Some(latest) = plan.latest {
        let empty = dialect.empty();
        let mut statement = Statement::new(
            dialect,
            &format!(
                "SELECT {empty}, 0, COUNT(*), COALESCE(MAX(a.revision), 0) FROM iam_audit a WHERE a.realm = "
            ),
        );
        statement
            .bind(realm)
            .text(" AND a.revision > ")
            .bind(SqlValue::from(latest))
            .text(" AND a.outcome = ''");
        asked.push(Asked::Later(latest));
        statements.push(statement);
    }
    for (kind, ids) in unchanged(plan) {
        for chunk in ids.chunks(LIST) {
            let key = dialect.uuid_bytes("e.from_id");
            let mut statement = Statement::new(
                dialect,
                &format!("SELECT {key}, 0, COUNT(*), MAX(e.revision) FROM "),
            );
            statement.rows(
                "iam_edge",
                "e",
                &[("realm", &[realm.into()]), ("from_kind", &[(kind as i64).into()])],
                "from_id",
                uuids(chunk),
                None,
            );
            statement.text(" GROUP BY e.from_id");
            let ids = chunk.iter().map(|id| EntityId::new(kind, *id)).collect();
            asked.push(Asked::Starting(ids));
            statements.push(statement);
        }
    }
    for ((kind, attribute), sets) in by_attribute(plan.referring_guards.keys()) {
        for chunk in sets.chunks(LIST) {
            let statement = Statement::new(dialect, "");
            statements.push(referring(statement, realm, kind, attribute, chunk, About::Count));
            asked.push(Asked::Referring(chunk.to_vec()));
        }
    }
    (asked, statements)
}

/// The records that must not have changed and at which edges may start: an edge that was written carries its revision,
/// and only one that is gone has left it at the record.
fn unchanged(plan: &Prepared) -> BTreeMap<Kind, Vec<Uuid>> {
    let mut kinds = BTreeMap::new();
    for (kind, rows) in &plan.rows {
        let ids: Vec<Uuid> = rows
            .iter()
            .filter(|(_, seen)| seen.revision.is_some())
            .map(|(id, _)| *id)
            .collect();
        if !ids.is_empty() && starts_edges(*kind) {
            kinds.insert(*kind, ids);
        }
    }
    kinds
}

/// Compares the sets with what the plan relied on.
pub(crate) fn judge(asked: &[Asked<'_>], plan: &Prepared, answers: &[Vec<Row>]) -> Result<(), StorageError> {
    for (asked, rows) in asked.iter().zip(answers) {
        match asked {
            Asked::Starting(ids) => {
                still(ids, plan, rows)?;
                continue;
            }
            Asked::Later(revision) => {
                if rows.first().map_or(Ok(0), |row| row.int(2))? > 0 {
                    let revision = *revision;
                    return Err(conflict(Guard::Latest { revision }));
                }
                continue;
            }
            Asked::Edges(_) | Asked::Referring(_) => {}
        }
        let mut found: BTreeMap<(&[u8], i64), String> = BTreeMap::new();
        for row in rows {
            found.insert((row.bytes(0)?, row.int(1)?), count_and_latest(row, 2)?);
        }
        let now = |key: &[u8], relation: i64| {
            let now = found.get(&(key, relation)).cloned();
            now.unwrap_or_else(|| codec::fingerprint(0, 0))
        };
        match asked {
            Asked::Edges(sets) => {
                for set in sets {
                    let then = plan.edge_guards.get(set);
                    if !same(then, &now(set.id.uuid.as_bytes(), set.relation as i64)) {
                        let (set, fingerprint) = (*set, then.cloned().unwrap_or_default());
                        return Err(conflict(Guard::Edges { set, fingerprint }));
                    }
                }
            }
            Asked::Starting(_) | Asked::Later(_) => {}
            Asked::Referring(sets) => {
                for set in sets {
                    let then = plan.referring_guards.get(*set);
                    if !same(then, &now(&target_key(set), 0)) {
                        let (set, fingerprint) = ((*set).clone(), then.cloned().unwrap_or_default());
                        return Err(conflict(Guard::Referring { set, fingerprint }));
                    }
                }
            }
        }
    }
    Ok(())
}

/// Whether no edge that starts at the records was written after the revision up to which they were known.
fn still(ids: &[EntityId], plan: &Prepared, rows: &[Row]) -> Result<(), StorageError> {
    let mut latest: BTreeMap<&[u8], u64> = BTreeMap::new();
    for row in rows {
        latest.insert(row.bytes(0)?, row.unsigned(3)?);
    }
    for id in ids {
        let seen = plan.rows.get(&id.kind).and_then(|rows| rows.get(&id.uuid));
        let known = seen.and_then(|seen| seen.revision).unwrap_or(u64::MAX);
        let changed = latest.get(id.uuid.as_bytes().as_slice());
        if changed.is_some_and(|changed| *changed > known) {
            return Err(conflict(Guard::Unchanged {
                id: *id,
                revision: known,
            }));
        }
    }
    Ok(())
}

/// An empty set may have been noted without a fingerprint.
fn same(then: Option<&String>, now: &str) -> bool {
    match then.map(String::as_str) {
        None | Some("") => now == codec::fingerprint(0, 0),
        Some(then) => then == now,
    }
}
