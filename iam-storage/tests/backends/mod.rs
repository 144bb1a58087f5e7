//! Fresh, empty storages of every backend that can be had here.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::sync::{Arc, Mutex};

use iam_core::{port::Storage, testing::Factory};
use iam_storage::{
    memory::MemoryStorage,
    mysql::{MysqlOptions, MysqlStorage},
    postgres::{PostgresOptions, PostgresStorage},
    sqlite::{Durability, SqliteOptions, SqliteStorage},
};
use sqlx::{AssertSqlSafe, Connection, Executor};

/// A backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    Memory,
    Sqlite,
    Postgres,
    Mysql,
}

fn url(variable: &str) -> String {
    std::env::var(variable).unwrap_or_default()
}

/// A name that no other test of this or another run has.
fn name() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    let (process, next) = (std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    format!("iam_test_{:x}_{process:x}_{next}", since.as_micros())
}

async fn postgres_execute(text: String) {
    let mut connection = sqlx::PgConnection::connect(&url("IAM_TEST_POSTGRES_URL"))
        .await
        .unwrap();
    connection.execute(AssertSqlSafe(text)).await.unwrap();
}

async fn mysql_execute(text: String) {
    let mut connection = sqlx::MySqlConnection::connect(&url("IAM_TEST_MYSQL_URL"))
        .await
        .unwrap();
    connection.execute(AssertSqlSafe(text)).await.unwrap();
}

impl Backend {
    /// Those that can be had here. What cannot is said loudly.
    pub fn ready() -> Vec<Backend> {
        let mut ready = vec![Backend::Memory, Backend::Sqlite];
        for (backend, variable) in [
            (Backend::Postgres, "IAM_TEST_POSTGRES_URL"),
            (Backend::Mysql, "IAM_TEST_MYSQL_URL"),
        ] {
            if url(variable).is_empty() {
                eprintln!("NOT RUN: the cases on {} ({variable} is not set)", backend.name());
            } else {
                ready.push(backend);
            }
        }
        ready
    }

    /// The name in the names of tests.
    pub fn name(self) -> &'static str {
        match self {
            Backend::Memory => "memory",
            Backend::Sqlite => "sqlite",
            Backend::Postgres => "postgres",
            Backend::Mysql => "mysql",
        }
    }

    /// Runs something on a factory of fresh storages, and clears away after it, also when it fails.
    pub fn run<F: Future<Output = ()>>(self, work: impl FnOnce(Factory) -> F) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(self.here(work));
    }

    /// The same on the runtime that is there.
    pub async fn here<F: Future<Output = ()>>(self, work: impl FnOnce(Factory) -> F) {
        match self {
            Backend::Memory => {
                let factory: Factory =
                    Arc::new(|| Box::pin(async { Arc::new(MemoryStorage::new()) as Arc<dyn Storage> }));
                work(factory).await;
            }
            Backend::Sqlite => {
                let folders: Arc<Mutex<Vec<tempfile::TempDir>>> = Arc::default();
                let kept = folders.clone();
                let factory: Factory = Arc::new(move || {
                    let folder = tempfile::tempdir().unwrap();
                    let options = SqliteOptions::default().durability(Durability::Normal);
                    let storage = SqliteStorage::open(folder.path().join("iam.db"), options).unwrap();
                    kept.lock().unwrap().push(folder);
                    Box::pin(async { Arc::new(storage) as Arc<dyn Storage> })
                });
                work(factory).await;
                drop(folders);
            }
            Backend::Postgres => {
                let made: Arc<Mutex<Vec<String>>> = Arc::default();
                let kept = made.clone();
                let factory: Factory = Arc::new(move || {
                    let name = name();
                    kept.lock().unwrap().push(name.clone());
                    Box::pin(async move {
                        postgres_execute(format!("CREATE SCHEMA {name}")).await;
                        let url = format!("{}?options[search_path]={name}", url("IAM_TEST_POSTGRES_URL"));
                        let options = PostgresOptions::new(url).connections(4);
                        Arc::new(PostgresStorage::connect(options).await.unwrap()) as Arc<dyn Storage>
                    })
                });
                work(factory).await;
                let made = std::mem::take(&mut *made.lock().unwrap());
                for name in made {
                    postgres_execute(format!("DROP SCHEMA {name} CASCADE")).await;
                }
            }
            Backend::Mysql => {
                let made: Arc<Mutex<Vec<String>>> = Arc::default();
                let kept = made.clone();
                let factory: Factory = Arc::new(move || {
                    let name = name();
                    kept.lock().unwrap().push(name.clone());
                    Box::pin(async move {
                        mysql_execute(format!("CREATE DATABASE {name}")).await;
                        let base = url("IAM_TEST_MYSQL_URL");
                        let server = base.rsplit_once('/').map_or(base.as_str(), |(server, _)| server);
                        let options = MysqlOptions::new(format!("{server}/{name}")).connections(4);
                        Arc::new(MysqlStorage::connect(options).await.unwrap()) as Arc<dyn Storage>
                    })
                });
                work(factory).await;
                let made = std::mem::take(&mut *made.lock().unwrap());
                for name in made {
                    mysql_execute(format!("DROP DATABASE {name}")).await;
                }
            }
        }
    }
}
