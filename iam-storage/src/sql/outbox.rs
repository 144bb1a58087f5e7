//! The outbox: effects wait here until a worker has carried them out.

use std::collections::BTreeMap;

use iam_core::{
    model::{Moment, RealmId},
    plan::Effect,
    port::{LeasedEffect, Revision, Settled, StorageError},
};

use super::{Session, SqlValue, Statement, codec, statement::LIST};

/// Gives a worker effects to carry out. Of one subject only the first that waits is given, so that they are done in
/// order.
pub(crate) async fn lease<S: Session>(
    session: &mut S,
    worker: &str,
    now: Moment,
    until: Moment,
    limit: usize,
) -> Result<Vec<LeasedEffect>, StorageError> {
    let mut statement = Statement::new(
        session.dialect(),
        "SELECT o.number FROM iam_outbox o WHERE o.not_before <= ",
    );
    statement
        .bind(now.micros())
        .text(" AND o.leased_until <= ")
        .bind(now.micros());
    statement.text(
        " AND NOT EXISTS (SELECT 1 FROM iam_outbox p WHERE p.realm = o.realm AND p.subject_kind = o.subject_kind \
         AND p.subject_id = o.subject_id AND p.number < o.number) ORDER BY o.number LIMIT ",
    );
    statement
        .bind(super::history::limit(limit.min(LIST)))
        .text(session.dialect().skip_locked());
    let rows = session.query(&statement).await?;
    let numbers = rows
        .iter()
        .map(|row| row.int(0).map(SqlValue::Int))
        .collect::<Result<Vec<_>, _>>()?;
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = Statement::new(
        session.dialect(),
        "SELECT k.id, o.number, o.revision, o.name, o.subject_kind, o.subject_id, o.details, o.idempotency, \
         o.attempts FROM iam_outbox o JOIN iam_realm_key k ON k.number = o.realm WHERE o.number IN ",
    );
    statement.list(numbers.iter().cloned()).text(" ORDER BY o.number");
    let rows = session.query(&statement).await?;
    let mut statement = Statement::new(session.dialect(), "UPDATE iam_outbox SET leased_by = ");
    statement
        .bind(worker)
        .text(", leased_until = ")
        .bind(until.micros());
    statement.text(" WHERE number IN ").list(numbers);
    session.execute(&statement).await?;
    rows.iter()
        .map(|row| {
            Ok(LeasedEffect {
                realm: RealmId(row.uuid(0)?),
                number: row.unsigned(1)?,
                revision: Revision(row.unsigned(2)?),
                effect: Effect {
                    name: row.text(3)?.to_owned(),
                    subject: codec::entity(row, 4)?,
                    details: serde_json::from_str(row.text(6)?).map_err(|error| {
                        StorageError::corrupt(format!("an effect cannot be read: {error}"))
                    })?,
                    key: row.text(7)?.to_owned(),
                },
                attempts: u32::try_from(row.unsigned(8)?).unwrap_or(u32::MAX),
            })
        })
        .collect()
}

/// Notes what became of effects. What is done leaves the outbox: the audit trail remembers that it was asked for.
pub(crate) async fn settle<S: Session>(session: &mut S, results: &[Settled]) -> Result<(), StorageError> {
    let mut done: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for result in results {
        match &result.retry {
            None => done.entry(&result.worker).or_default().push(result.number),
            Some((not_before, error)) => {
                let mut statement = Statement::new(
                    session.dialect(),
                    "UPDATE iam_outbox SET attempts = attempts + 1, leased_by = '', leased_until = ",
                );
                statement
                    .bind(i64::MIN)
                    .text(", not_before = ")
                    .bind(not_before.micros());
                statement.text(", last_error = ").bind(error.as_str());
                statement.text(" WHERE number = ").bind(result.number);
                statement.text(" AND leased_by = ").bind(result.worker.as_str());
                session.execute(&statement).await?;
            }
        }
    }
    for (worker, numbers) in done {
        for chunk in numbers.chunks(LIST) {
            let mut statement =
                Statement::new(session.dialect(), "DELETE FROM iam_outbox WHERE leased_by = ");
            statement.bind(worker).text(" AND number IN ");
            statement.list(chunk.iter().map(|number| SqlValue::from(*number)));
            session.execute(&statement).await?;
        }
    }
    Ok(())
}
