//! Checking, at commit, that what a plan relied on still holds.

use std::collections::{BTreeMap, BTreeSet};

use iam_core::{
    model::{EntityId, Kind},
    plan::{Direction, EdgesOf, Guard},
    port::StorageError,
};
use uuid::Uuid;

use super::{
    Dialect, Prepared, Row, Session, SqlValue, Statement, codec,
    layout::table,
    sets::{by_attribute, count_and_latest, referring, target_key},
    statement::LIST,
};

fn conflict(guard: Guard) -> StorageError {
    StorageError::Conflict(Box::new(guard))
}

/// Locks what was read in the order of its keys, so that two commits never wait for each other, and compares it.
/// Answers with the records that are there and live.
pub(crate) async fn check<S: Session>(
    session: &mut S,
    realm: i64,
    plan: &Prepared,
) -> Result<BTreeSet<EntityId>, StorageError> {
    let mut living = BTreeSet::new();
    for (kind, rows) in &plan.rows {
        if matches!(kind, Kind::ChangeSet | Kind::Command) {
            continue;
        }
        let lock = session.dialect().lock(plan.exclusive.contains(kind));
        let ids: Vec<Uuid> = rows.keys().copied().collect();
        let mut found: BTreeMap<Uuid, (u64, u64)> = BTreeMap::new();
        let text = format!(
            "SELECT r.id, r.version, r.deleted, r.revision FROM {} r WHERE r.realm = ",
            table(*kind)
        );
        let mut note = |row: &Row| -> Result<(), StorageError> {
            let id = row.uuid(0)?;
            found.insert(id, (row.unsigned(1)?, row.unsigned(3)?));
            if row.int(2)? == 0 {
                living.insert(EntityId::new(*kind, id));
            }
            Ok(())
        };
        if session.dialect() == Dialect::Sqlite {
            let rows: Vec<_> = ids.iter().map(|id| vec![realm.into(), (*id).into()]).collect();
            let each = format!("{text}? AND r.id = ?");
            let answers = session.query_each(&each, &rows).await?;
            answers.iter().try_for_each(&mut note)?;
        }
        let lists = if session.dialect() == Dialect::Sqlite {
            &[]
        } else {
            ids.as_slice()
        };
        for chunk in lists.chunks(LIST) {
            let mut statement = Statement::new(session.dialect(), &text);
            statement.bind(realm);
            match chunk {
                [one] => statement.text(" AND r.id = ").bind(*one),
                many => statement
                    .text(" AND r.id IN ")
                    .list(many.iter().map(|id| SqlValue::Uuid(*id))),
            };
            if !lock.is_empty() {
                statement.text(" ORDER BY r.id").text(lock);
            }
            session.query(&statement).await?.iter().try_for_each(&mut note)?;
        }
        for (id, seen) in rows {
            let (now, id) = (found.get(id).copied(), EntityId::new(*kind, *id));
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
    edges(session, realm, plan).await?;
    referring_sets(session, realm, plan).await?;
    Ok(living)
}

async fn edges<S: Session>(session: &mut S, realm: i64, plan: &Prepared) -> Result<(), StorageError> {
    let mut groups: BTreeMap<_, Vec<EdgesOf>> = BTreeMap::new();
    for set in plan.edge_guards.keys() {
        groups.entry((set.direction, set.id.kind)).or_default().push(*set);
    }
    for ((direction, kind), sets) in groups {
        let end = match direction {
            Direction::From => "from",
            Direction::To => "to",
        };
        let relations: BTreeSet<i64> = sets.iter().map(|set| set.relation as i64).collect();
        let ids: Vec<Uuid> = sets
            .iter()
            .map(|set| set.id.uuid)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let mut found = BTreeMap::new();
        for chunk in ids.chunks(LIST) {
            let mut statement = Statement::new(
                session.dialect(),
                &format!(
                    "SELECT e.{end}_id, e.relation, COUNT(*), MAX(e.revision) FROM iam_edge e WHERE e.realm = "
                ),
            );
            statement.bind(realm);
            statement.text(&format!(" AND e.{end}_kind = ")).bind(kind as i64);
            statement
                .text(&format!(" AND e.{end}_id IN "))
                .list(chunk.iter().map(|id| SqlValue::Uuid(*id)));
            statement
                .text(" AND e.relation IN ")
                .list(relations.iter().map(|code| SqlValue::Int(*code)));
            statement.text(&format!(" GROUP BY e.{end}_id, e.relation"));
            for row in session.query(&statement).await? {
                let set = EdgesOf {
                    id: EntityId::new(kind, row.uuid(0)?),
                    direction,
                    relation: codec::relation_at(&row, 1)?,
                };
                found.insert(set, count_and_latest(&row, 2)?);
            }
        }
        for set in sets {
            let now = found.remove(&set).unwrap_or_else(|| codec::fingerprint(0, 0));
            let then = plan.edge_guards.get(&set);
            if !same(then, &now) {
                let fingerprint = then.cloned().unwrap_or_default();
                return Err(conflict(Guard::Edges { set, fingerprint }));
            }
        }
    }
    Ok(())
}

async fn referring_sets<S: Session>(
    session: &mut S,
    realm: i64,
    plan: &Prepared,
) -> Result<(), StorageError> {
    for ((kind, attribute), sets) in by_attribute(plan.referring_guards.keys()) {
        for chunk in sets.chunks(LIST) {
            let statement = referring(
                Statement::new(session.dialect(), ""),
                realm,
                kind,
                attribute,
                chunk,
                true,
            );
            let mut found = BTreeMap::new();
            for row in session.query(&statement).await? {
                found.insert(row.bytes(0)?.to_vec(), count_and_latest(&row, 1)?);
            }
            for &set in chunk {
                let now = found
                    .remove(&target_key(set))
                    .unwrap_or_else(|| codec::fingerprint(0, 0));
                let then = plan.referring_guards.get(set);
                if !same(then, &now) {
                    return Err(conflict(Guard::Referring {
                        set: set.clone(),
                        fingerprint: then.cloned().unwrap_or_default(),
                    }));
                }
            }
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
