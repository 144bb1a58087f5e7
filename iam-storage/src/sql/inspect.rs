//! Derived data as it is stored, for the doctor.

use std::collections::BTreeMap;

use iam_core::{
    model::{EntityId, Kind, RealmId},
    plan::ClaimKey,
    port::{Inspected, Inspection, StorageError},
};
use uuid::Uuid;

use super::{
    Realms, Row, Session, SqlValue, Statement,
    codec::{self, EDGE_COLUMNS, RECORD},
    history::limit as most,
    layout::{kinds, promoted, table},
    statement::LIST,
};

fn wrong(place: &str) -> StorageError {
    StorageError::corrupt(format!("“{place}” is not a place to go on from"))
}

fn id(text: &str, place: &str) -> Result<EntityId, StorageError> {
    text.parse().map_err(|_| wrong(place))
}

/// Derived data in the order of [`Inspected::place`], after a place.
pub(crate) async fn inspect<S: Session>(
    session: &mut S,
    realms: &Realms,
    settled: bool,
    realm: RealmId,
    inspection: Inspection,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<Inspected>, StorageError> {
    let Some(number) = realms.number(session, realm, settled).await? else {
        return Ok(Vec::new());
    };
    match inspection {
        Inspection::Records(Kind::ChangeSet | Kind::Command) => Ok(Vec::new()),
        Inspection::Records(kind) => records(session, number, kind, after, limit).await,
        Inspection::Claims => claims(session, number, after, limit).await,
        Inspection::Edges => edges(session, number, after, limit).await,
        Inspection::Closure => closure(session, number, after, limit).await,
    }
}

async fn records<S: Session>(
    session: &mut S,
    realm: i64,
    kind: Kind,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<Inspected>, StorageError> {
    let columns: String = promoted(kind).map(|name| format!(", r.k_{name}")).collect();
    let mut statement = Statement::new(
        session.dialect(),
        &format!("SELECT {RECORD}{columns} FROM {} r WHERE r.realm = ", table(kind)),
    );
    statement.bind(realm);
    if let Some(after) = after {
        statement.text(" AND r.id > ").bind(id(after, after)?.uuid);
    }
    statement.text(" ORDER BY r.id LIMIT ").bind(most(limit));
    let mut found = Vec::new();
    for row in session.query(&statement).await? {
        let record = codec::record(kind, &row, 0)?;
        let mut keys = Vec::new();
        for (place, name) in promoted(kind).enumerate() {
            let key = row.text(4 + place)?;
            if !key.is_empty() {
                keys.push((name.to_owned(), key.to_owned()));
            }
        }
        found.push((record, keys));
    }
    let ids: Vec<Uuid> = found.iter().map(|(record, _)| record.id.uuid).collect();
    let mut more: BTreeMap<Uuid, Vec<(String, String)>> = BTreeMap::new();
    for chunk in ids.chunks(LIST) {
        let mut statement = Statement::new(
            session.dialect(),
            "SELECT id, attribute, search_key FROM iam_attribute_key WHERE realm = ",
        );
        statement.bind(realm).text(" AND kind = ").bind(kind as i64);
        statement
            .text(" AND id IN ")
            .list(chunk.iter().map(|id| SqlValue::Uuid(*id)));
        for row in session.query(&statement).await? {
            more.entry(row.uuid(0)?)
                .or_default()
                .push((row.text(1)?.to_owned(), row.text(2)?.to_owned()));
        }
    }
    Ok(found
        .into_iter()
        .map(|(record, mut keys)| {
            keys.extend(more.remove(&record.id.uuid).unwrap_or_default());
            keys.sort();
            Inspected::Record { record, keys }
        })
        .collect())
}

/// Names within the realm; those of realms themselves belong to none.
async fn claims<S: Session>(
    session: &mut S,
    realm: i64,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<Inspected>, StorageError> {
    let mut statement = Statement::new(
        session.dialect(),
        "SELECT kind, attribute, search_key, holder FROM iam_claim WHERE realm = ",
    );
    statement.bind(realm);
    if let Some(after) = after {
        let mut parts = after.splitn(3, '|');
        let (kind, attribute, key) = (parts.next(), parts.next(), parts.next());
        let kind: i64 = kind
            .and_then(|kind| kind.parse().ok())
            .ok_or_else(|| wrong(after))?;
        let attribute = format!("{}|", attribute.ok_or_else(|| wrong(after))?);
        let key = key.ok_or_else(|| wrong(after))?.as_bytes().to_vec();
        statement
            .text(" AND (kind > ")
            .bind(kind)
            .text(" OR (kind = ")
            .bind(kind);
        statement
            .text(" AND (attribute > ")
            .bind(attribute.as_str())
            .text(" OR (attribute = ")
            .bind(attribute);
        statement.text(" AND search_key > ").bind(key).text("))))");
    }
    statement
        .text(" ORDER BY kind, attribute, search_key LIMIT ")
        .bind(most(limit));
    let piece = |row: &Row| {
        let kind = codec::kind_at(row, 0)?;
        let key = ClaimKey {
            kind,
            attribute: row.text(1)?.trim_end_matches('|').into(),
            key: row.text(2)?.into(),
        };
        let holder = EntityId::new(kind, row.uuid(3)?);
        Ok(Inspected::Claim { key, holder })
    };
    session.query(&statement).await?.iter().map(piece).collect()
}

async fn edges<S: Session>(
    session: &mut S,
    realm: i64,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<Inspected>, StorageError> {
    // The place begins with the name of a kind, so the kinds come by their names, as they are in identifiers.
    let mut kinds: Vec<Kind> = kinds().collect();
    kinds.sort_by_key(|kind| format!("{kind}_"));
    let start = match after {
        None => None,
        Some(after) => {
            let parts: Vec<&str> = after.split('|').collect();
            let [from, relation, to] = parts.as_slice() else {
                return Err(wrong(after));
            };
            let relation: i64 = relation.parse().map_err(|_| wrong(after))?;
            Some((id(from, after)?, relation, id(to, after)?))
        }
    };
    let mut found = Vec::new();
    for kind in kinds {
        if start.is_some_and(|(from, ..)| format!("{kind}_") < format!("{}_", from.kind)) {
            continue;
        }
        let text = format!("SELECT {EDGE_COLUMNS}, e.from_live, e.to_live FROM iam_edge e WHERE e.realm = ");
        let mut statement = Statement::new(session.dialect(), &text);
        statement
            .bind(realm)
            .text(" AND e.from_kind = ")
            .bind(kind as i64);
        if let Some((from, relation, to)) = start.filter(|(from, ..)| from.kind == kind) {
            statement
                .text(" AND (e.from_id > ")
                .bind(from.uuid)
                .text(" OR (e.from_id = ")
                .bind(from.uuid);
            statement
                .text(" AND (e.relation > ")
                .bind(relation)
                .text(" OR (e.relation = ")
                .bind(relation);
            statement.text(" AND e.to_id > ").bind(to.uuid).text("))))");
        }
        statement.text(" ORDER BY e.from_id, e.relation, e.to_kind, e.to_id LIMIT ");
        statement.bind(most(limit.saturating_sub(found.len())));
        for row in session.query(&statement).await? {
            found.push(Inspected::Edge {
                edge: codec::edge(&row)?.0,
                from_live: row.int(11)? != 0,
                to_live: row.int(12)? != 0,
            });
        }
        if found.len() >= limit {
            break;
        }
    }
    Ok(found)
}

async fn closure<S: Session>(
    session: &mut S,
    realm: i64,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<Inspected>, StorageError> {
    let mut statement = Statement::new(
        session.dialect(),
        "SELECT ancestor, descendant, depth FROM iam_closure WHERE realm = ",
    );
    statement.bind(realm);
    if let Some(after) = after {
        let (ancestor, descendant) = after.split_once('|').ok_or_else(|| wrong(after))?;
        let (ancestor, descendant) = (id(ancestor, after)?.uuid, id(descendant, after)?.uuid);
        statement
            .text(" AND (ancestor > ")
            .bind(ancestor)
            .text(" OR (ancestor = ")
            .bind(ancestor);
        statement.text(" AND descendant > ").bind(descendant).text("))");
    }
    statement
        .text(" ORDER BY ancestor, descendant LIMIT ")
        .bind(most(limit));
    let organization = |uuid| EntityId::new(Kind::Organization, uuid);
    session
        .query(&statement)
        .await?
        .iter()
        .map(|row| {
            Ok(Inspected::Closure {
                ancestor: organization(row.uuid(0)?),
                descendant: organization(row.uuid(1)?),
                depth: u32::try_from(row.unsigned(2)?).unwrap_or(u32::MAX),
            })
        })
        .collect()
}
