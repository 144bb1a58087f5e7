//! The links of the tamper-evident chain.

use iam_core::{
    model::Moment,
    port::{Revision, Seal, StorageError},
};

use super::{Insert, Session, Statement};

const COLUMNS: &[&str] = &[
    "number",
    "after_revision",
    "until_revision",
    "audit_rows",
    "head",
    "digests",
    "at",
];

/// The links after a number.
pub(crate) async fn seals<S: Session>(
    session: &mut S,
    after: u64,
    limit: usize,
) -> Result<Vec<Seal>, StorageError> {
    let text = format!("SELECT {} FROM iam_seal WHERE number > ", COLUMNS.join(", "));
    let mut statement = Statement::new(session.dialect(), &text);
    statement
        .bind(after)
        .text(" ORDER BY number LIMIT ")
        .bind(super::history::limit(limit));
    session
        .query(&statement)
        .await?
        .iter()
        .map(|row| {
            Ok(Seal {
                number: row.unsigned(0)?,
                after: Revision(row.unsigned(1)?),
                until: Revision(row.unsigned(2)?),
                rows: row.unsigned(3)?,
                head: row.text(4)?.to_owned(),
                digests: row.bytes(5)?.to_vec(),
                at: Moment::from_micros(row.int(6)?),
            })
        })
        .collect()
}

/// Appends a link to the last one; if that is another one by now, it is a contention.
pub(crate) async fn append_seal<S: Session>(session: &mut S, seal: &Seal) -> Result<(), StorageError> {
    let statement = Statement::new(session.dialect(), "SELECT MAX(number) FROM iam_seal");
    let last = session
        .query(&statement)
        .await?
        .first()
        .map(|row| row.maybe_int(0))
        .transpose()?
        .flatten();
    if i64::try_from(seal.number).ok() != Some(last.unwrap_or_default() + 1) {
        return Err(StorageError::Contention);
    }
    let row = vec![
        seal.number.into(),
        seal.after.0.into(),
        seal.until.0.into(),
        seal.rows.into(),
        seal.head.as_str().into(),
        seal.digests.clone().into(),
        seal.at.micros().into(),
    ];
    session.insert(&Insert::new("iam_seal", COLUMNS), &[row]).await?;
    Ok(())
}
