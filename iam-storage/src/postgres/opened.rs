//! The transaction of a commit, begun together with its announcement.

use std::ops::{Deref, DerefMut};

use iam_core::port::StorageError;
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Postgres, pool::PoolConnection};

use super::{WRITE, session::error};

/// An open transaction. One that is not ended, because whoever wanted it went away, takes its connection with it.
pub(super) struct Opened {
    connection: PoolConnection<Postgres>,
    ended: bool,
}

impl Opened {
    /// Commits an announcement and begins a transaction, in one exchange. The announcement need not be on the disk: if the
    /// server falls, nothing that came after it is there either.
    pub(super) async fn begin(pool: &PgPool, announcement: &str) -> Result<Opened, sqlx::Error> {
        let connection = pool.acquire().await?;
        // From here on whatever goes wrong may leave a transaction open.
        let mut opened = Opened {
            connection,
            ended: false,
        };
        let text = format!("BEGIN; SET LOCAL synchronous_commit TO off; {announcement}; COMMIT; {WRITE}");
        sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut *opened).await?;
        Ok(opened)
    }

    /// Ends it the way its work ended.
    pub(super) async fn end<T>(mut self, result: Result<T, StorageError>) -> Result<T, StorageError> {
        let text = if result.is_ok() { "COMMIT" } else { "ROLLBACK" };
        match sqlx::raw_sql(text).execute(&mut *self).await {
            // Only now may another have the connection.
            Ok(_) => self.ended = true,
            Err(failure) if result.is_ok() => return Err(error(failure).into()),
            // The connection is lost, and the server rolls back by itself.
            Err(_) => {}
        }
        result
    }
}

impl Deref for Opened {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.connection
    }
}

impl DerefMut for Opened {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.connection
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        if !self.ended {
            self.connection.close_on_drop();
        }
    }
}
