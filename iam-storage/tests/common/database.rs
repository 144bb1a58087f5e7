//! A database of a test's own on the server that `IAM_TEST_POSTGRES_URL` names.

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

/// A database that is there until [`OwnDatabase::drop_it`].
pub struct OwnDatabase {
    pub address: String,
    name: String,
    server: PgConnection,
}

impl OwnDatabase {
    /// `None`, loudly, where no server is named.
    pub async fn create(purpose: &str) -> Option<OwnDatabase> {
        let Ok(url) = std::env::var("IAM_TEST_POSTGRES_URL") else {
            eprintln!("NOT RUN: IAM_TEST_POSTGRES_URL does not name a server");
            return None;
        };
        let name = format!("iam_{purpose}_{}", std::process::id());
        let mut server = PgConnection::connect(&url).await.unwrap();
        let create = format!("CREATE DATABASE {name}");
        server.execute(AssertSqlSafe(create)).await.unwrap();
        let (base, _) = url.rsplit_once('/').unwrap();
        Some(OwnDatabase {
            address: format!("{base}/{name}"),
            name,
            server,
        })
    }

    pub async fn drop_it(mut self) {
        let drop = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        self.server.execute(AssertSqlSafe(drop)).await.unwrap();
    }
}
