//! Journal entries.

use iam_core::{
    model::{EdgeKey, EntityId, RealmId},
    plan::{Cause, JournalEntry, Step},
    port::{HistoryQuery, Recorded, Revision, StorageError, Subjects},
};

use super::{
    Realms, Row, Session, SqlValue, Statement, audit::standing, codec, session::ORDINAL_BITS, statement::LIST,
};

/// The most rows of one answer; a caller that wants more asks again.
pub(crate) fn limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

fn place(revision: Revision, ordinal: u32) -> i64 {
    let revision = i64::try_from(revision.0)
        .unwrap_or(i64::MAX)
        .min(i64::MAX >> ORDINAL_BITS);
    // Callers ask for what comes after all of a commit by an ordinal that no entry has.
    (revision << ORDINAL_BITS) | i64::from(ordinal).min((1 << ORDINAL_BITS) - 1)
}

/// Journal entries in order of their places, or the other way round.
pub(crate) async fn history<S: Session>(
    session: &mut S,
    realms: &Realms,
    settled: bool,
    query: &HistoryQuery,
) -> Result<Vec<Recorded>, StorageError> {
    let realm = match query.realm {
        Some(realm) => match realms.number(session, realm, settled).await? {
            Some(number) => Some(number),
            None => return Ok(Vec::new()),
        },
        None => None,
    };
    let mut until = query.until;
    if query.subjects == Subjects::All && !query.newest_first {
        let stable = standing(session).await?.stable;
        until = Some(until.map_or(stable, |until| until.min(stable)));
    }
    let ask = |condition: &mut Statement| {
        if let Some(realm) = realm {
            condition.text(" AND j.realm = ").bind(realm);
        }
        if let Some((revision, ordinal)) = query.after {
            condition
                .text(if query.newest_first {
                    " AND j.place < "
                } else {
                    " AND j.place > "
                })
                .bind(place(revision, ordinal));
        }
        if let Some(until) = until {
            condition
                .text(" AND j.place <= ")
                .bind(place(until, (1 << ORDINAL_BITS) - 1));
        }
    };
    let order = if query.newest_first {
        " ORDER BY place DESC LIMIT "
    } else {
        " ORDER BY place LIMIT "
    };
    let text = "SELECT j.place, k.id, j.step, j.subject_kind, j.subject_id, j.relation, j.other_kind, j.other_id, \
                j.version, j.delta, j.cause FROM iam_journal j JOIN iam_realm_key k ON k.number = j.realm WHERE ";
    let mut statements = Vec::new();
    let start = || Statement::new(session.dialect(), text);
    match &query.subjects {
        Subjects::All => {
            let mut statement = start();
            statement.text("1 = 1");
            ask(&mut statement);
            statements.push(statement);
        }
        Subjects::Kind(kind) => {
            let mut statement = start();
            statement.text("j.subject_kind = ").bind(*kind as i64);
            ask(&mut statement);
            statements.push(statement);
        }
        Subjects::Of(ids) => {
            for chunk in ids.chunks(LIST) {
                let list = || chunk.iter().map(|id| SqlValue::Uuid(id.uuid));
                let mut statement = start();
                statement.text("j.subject_id IN ").list(list());
                ask(&mut statement);
                // Two halves, so that each finds its index; an entry may be in both.
                statement
                    .text(&format!(" UNION {text}j.other_id IN "))
                    .list(list());
                ask(&mut statement);
                statements.push(statement);
            }
        }
        Subjects::Revisions(revisions) => {
            for chunk in revisions.chunks(LIST) {
                let mut statement = start();
                statement.text("(");
                for (number, revision) in chunk.iter().enumerate() {
                    statement.text(if number == 0 {
                        "j.place BETWEEN "
                    } else {
                        " OR j.place BETWEEN "
                    });
                    statement.bind(place(*revision, 0)).text(" AND ");
                    statement.bind(place(*revision, (1 << ORDINAL_BITS) - 1));
                }
                statement.text(")");
                ask(&mut statement);
                statements.push(statement);
            }
        }
    }
    let mut found = Vec::new();
    for mut statement in statements {
        statement.text(order).bind(limit(query.limit));
        for row in session.query(&statement).await? {
            found.push(recorded(&row)?);
        }
    }
    if let Subjects::Of(ids) = &query.subjects {
        // Identifiers of two kinds may share a UUID.
        found.retain(|recorded| {
            let other = recorded.entry.edge.map(|key| key.to);
            ids.iter()
                .any(|id| *id == recorded.entry.subject || Some(*id) == other)
        });
    }
    found.sort_by_key(|recorded| (recorded.revision, recorded.ordinal));
    found.dedup_by_key(|recorded| (recorded.revision, recorded.ordinal));
    if query.newest_first {
        found.reverse();
    }
    found.truncate(query.limit);
    Ok(found)
}

fn recorded(row: &Row) -> Result<Recorded, StorageError> {
    let place = row.int(0)?;
    let subject = codec::entity(row, 3)?;
    let edge = match row.maybe_uuid(7)? {
        None => None,
        Some(uuid) => Some(EdgeKey {
            from: subject,
            relation: codec::relation_at(row, 5)?,
            to: EntityId::new(codec::kind_at(row, 6)?, uuid),
        }),
    };
    Ok(Recorded {
        revision: Revision(u64::try_from(place >> ORDINAL_BITS).unwrap_or_default()),
        ordinal: u32::try_from(place & ((1 << ORDINAL_BITS) - 1)).unwrap_or_default(),
        realm: RealmId(row.uuid(1)?),
        entry: JournalEntry {
            step: Step::from_code(row.byte(2)?)
                .ok_or_else(|| StorageError::corrupt("a journal entry is of no known step"))?,
            subject,
            edge,
            version: row.unsigned(8)?,
            delta: row.bytes(9)?.to_vec(),
            cause: Cause::from_name(row.text(10)?)
                .ok_or_else(|| StorageError::corrupt("a journal entry is of no known cause"))?,
        },
    })
}
