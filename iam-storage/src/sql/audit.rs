//! Audit rows, and where the storage stands.

use iam_core::{
    model::{ChangeSetId, CommandId, Moment, RealmId},
    port::{AuditQuery, AuditRecord, Outcome, Revision, Standing, StorageError},
};

use super::{Realms, Session, SqlValue, Statement, codec};

/// The latest revision that can be seen, and up to where nothing is under way any more. One statement, so that both
/// are read from one state.
pub(crate) async fn standing<S: Session>(session: &mut S) -> Result<Standing, StorageError> {
    let statement = Statement::new(
        session.dialect(),
        "SELECT (SELECT MAX(revision) FROM iam_audit), (SELECT MIN(floor) FROM iam_inflight)",
    );
    let rows = session.query(&statement).await?;
    let row = rows
        .first()
        .ok_or_else(|| StorageError::corrupt("an answer is missing"))?;
    let revision = |value: i64| Revision(u64::try_from(value).unwrap_or_default());
    let latest = row.maybe_int(0)?.unwrap_or_default();
    Ok(Standing {
        latest: revision(latest),
        stable: revision(row.maybe_int(1)?.unwrap_or(latest)),
    })
}

/// Audit rows.
pub(crate) async fn audit<S: Session>(
    session: &mut S,
    realms: &Realms,
    settled: bool,
    query: &AuditQuery,
) -> Result<Vec<AuditRecord>, StorageError> {
    let mut statement = Statement::new(
        session.dialect(),
        "SELECT a.revision, k.id, a.at, a.actor, a.channel, a.reason, a.command, a.command_id, a.digest, \
         a.change_set, a.outcome, a.subject_kind, a.subject_id, a.events \
         FROM iam_audit a JOIN iam_realm_key k ON k.number = a.realm WHERE ",
    );
    match query.realm {
        Some(realm) => match realms.number(session, realm, settled).await? {
            Some(number) => statement.text("a.realm = ").bind(number),
            None => return Ok(Vec::new()),
        },
        None => statement.text("1 = 1"),
    };
    let limit = super::history::limit(query.limit);
    if let Some(after) = query.after {
        statement.text(" AND a.revision > ").bind(after.0);
    }
    let mut until = query.until;
    if query.realm.is_none() && !query.newest_first {
        let stable = standing(session).await?.stable;
        until = Some(until.map_or(stable, |until| until.min(stable)));
    }
    if let Some(until) = until {
        statement.text(" AND a.revision <= ").bind(until.0);
    }
    if let Some(revisions) = &query.revisions {
        if revisions.is_empty() {
            return Ok(Vec::new());
        }
        statement
            .text(" AND a.revision IN ")
            .list(revisions.iter().map(|revision| SqlValue::from(revision.0)));
    }
    if let Some(subject) = query.subject {
        statement.text(" AND a.subject_kind = ").bind(subject.kind as i64);
        statement.text(" AND a.subject_id = ").bind(subject.uuid);
    }
    if let Some(actor) = &query.actor {
        statement.text(" AND a.actor = ").bind(actor.as_str());
    }
    if let Some(change_set) = query.change_set {
        statement.text(" AND a.change_set = ").bind(change_set.0);
    }
    if let Some(command) = query.command_id {
        statement.text(" AND a.command_id = ").bind(command.0);
    }
    if let Some(since) = query.since {
        statement.text(" AND a.at >= ").bind(since.micros());
    }
    if let Some(before) = query.before {
        statement.text(" AND a.at <= ").bind(before.micros());
    }
    statement.text(if query.newest_first {
        " ORDER BY a.revision DESC"
    } else {
        " ORDER BY a.revision"
    });
    statement.text(" LIMIT ").bind(limit);
    let mut records = Vec::new();
    for row in session.query(&statement).await? {
        records.push(AuditRecord {
            revision: Revision(row.unsigned(0)?),
            realm: RealmId(row.uuid(1)?),
            at: Moment::from_micros(row.int(2)?),
            actor: row.text(3)?.to_owned(),
            channel: row.text(4)?.to_owned(),
            reason: row.maybe_text(5)?,
            command: row.text(6)?.to_owned(),
            command_id: row.maybe_uuid(7)?.map(CommandId),
            digest: row.text(8)?.to_owned(),
            change_set: row.maybe_uuid(9)?.map(ChangeSetId),
            outcome: Outcome::from_code(row.text(10)?),
            subject: codec::maybe_entity(&row, 11)?,
            events: codec::trail(&row, 13)?,
        });
    }
    Ok(records)
}
