//! Commits under way, where several processes write: why no reader of the journal skips a revision.
//!
//! A revision is given when the audit row is inserted, and seen when the transaction ends, so a greater one may be
//! seen before a smaller one. Therefore each commit announces itself first, in a transaction of its own, with a
//! floor: the greatest revision that can be seen then. Its own revision is given later, so it is greater than its
//! floor. A reader takes the smallest floor of all announcements as what is stable; without any, the greatest
//! revision. The announcement disappears in the same transaction that writes the revision. See the decision record on
//! revisions for the proof.

#[cfg(any(feature = "postgres", feature = "mysql"))]
use std::time::{SystemTime, UNIX_EPOCH};

use iam_core::port::StorageError;

#[cfg(any(feature = "postgres", feature = "mysql"))]
use super::SqlValue;
use super::{Session, Statement};

/// An announcement whose commit has not begun within this time is taken for lost.
#[cfg(any(feature = "postgres", feature = "mysql"))]
const LIFETIME: i64 = 5_000_000;

#[cfg(any(feature = "postgres", feature = "mysql"))]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

/// The statement that announces a commit. To be executed outside of the commit's transaction, and committed before that
/// begins.
#[cfg(feature = "mysql")]
pub(crate) fn announcement() -> String {
    let expires = now().saturating_add(LIFETIME);
    format!(
        "INSERT INTO iam_inflight (floor, expires) SELECT COALESCE(MAX(revision), 0), {expires} FROM iam_audit"
    )
}

/// The same under a number that is drawn here, so that no answer has to be waited for. One that is taken is an error.
#[cfg(feature = "postgres")]
pub(crate) fn numbered_announcement() -> Result<(i64, String), StorageError> {
    let drawn = getrandom::u64()
        .map_err(|error| StorageError::failed("the operating system gives no randomness", error))?;
    let number = i64::try_from(drawn >> 1).unwrap_or_default();
    let expires = now().saturating_add(LIFETIME);
    let text = format!(
        "INSERT INTO iam_inflight (number, floor, expires) \
         SELECT {number}, COALESCE(MAX(revision), 0), {expires} FROM iam_audit"
    );
    Ok((number, text))
}

/// What takes an announcement back, before its number.
pub(crate) const DEPART: &str = "DELETE FROM iam_inflight WHERE number = ";

/// Takes the announcement back as the first act of the commit's transaction: the row stays locked, and visible to
/// others, until the transaction ends.
pub(crate) async fn depart<S: Session + ?Sized>(session: &mut S, number: i64) -> Result<(), StorageError> {
    let mut statement = Statement::new(session.dialect(), DEPART);
    statement.bind(number);
    match session.execute(&statement).await? {
        1 => Ok(()),
        // It took so long to begin that it was taken for lost: readers may have passed it.
        _ => Err(StorageError::Contention),
    }
}

/// Removes announcements whose process has disappeared before its commit began. Those of running commits are locked.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) async fn sweep<S: Session>(session: &mut S) -> Result<(), StorageError> {
    let mut statement = Statement::new(
        session.dialect(),
        "SELECT number FROM iam_inflight WHERE expires < ",
    );
    statement
        .bind(now())
        .text(" LIMIT 100")
        .text(session.dialect().skip_locked());
    let rows = session.query(&statement).await?;
    let numbers = rows
        .iter()
        .map(|row| row.int(0).map(SqlValue::Int))
        .collect::<Result<Vec<_>, _>>()?;
    if !numbers.is_empty() {
        let mut statement = Statement::new(session.dialect(), "DELETE FROM iam_inflight WHERE number IN ");
        statement.list(numbers);
        session.execute(&statement).await?;
    }
    Ok(())
}
