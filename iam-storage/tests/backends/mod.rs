//! Fresh, empty storages of every backend that can be had here.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use iam_core::{port::Storage, testing::Factory};
use iam_storage::{
    memory::MemoryStorage,
    mysql::{MysqlOptions, MysqlStorage},
    postgres::{PostgresOptions, PostgresStorage},
    sqlite::{Durability, SqliteOptions, SqliteStorage},
};
use sqlx::{Connection, Executor};

/// A backend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Backend {
    Memory,
    Sqlite,
    /// A server, and where it is.
    Postgres(String),
    /// MySQL or MariaDB, and where it is.
    Mysql(String),
}

/// What is to be cleared away after a test.
#[derive(Debug, Default)]
struct Litter {
    folders: Vec<tempfile::TempDir>,
    databases: Vec<String>,
}

impl Backend {
    /// Those that can be had here. What cannot is said loudly.
    pub fn ready() -> Vec<Backend> {
        let server = |name: &str, variable: &str, backend: fn(String) -> Backend| {
            let url = std::env::var(variable).ok().filter(|url| !url.is_empty());
            if url.is_none() {
                eprintln!("NOT RUN: {name} ({variable} is not set)");
            }
            url.map(backend)
        };
        let mut ready = vec![Backend::Memory, Backend::Sqlite];
        ready.extend(server("postgres", "IAM_TEST_POSTGRES_URL", Backend::Postgres));
        ready.extend(server("mysql", "IAM_TEST_MYSQL_URL", Backend::Mysql));
        ready
    }

    /// The name in the names of tests.
    pub fn name(&self) -> &'static str {
        match self {
            Backend::Memory => "memory",
            Backend::Sqlite => "sqlite",
            Backend::Postgres(_) => "postgres",
            Backend::Mysql(_) => "mysql",
        }
    }

    /// Runs something on a factory of fresh storages, and clears away after it, also when it fails.
    pub fn run<F: Future<Output = ()>>(&self, work: impl FnOnce(Factory) -> F) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let litter: Arc<Mutex<Litter>> = Arc::default();
        let factory = self.factory(litter.clone());
        let result = catch_unwind(AssertUnwindSafe(|| runtime.block_on(work(factory))));
        let databases = std::mem::take(&mut litter.lock().unwrap().databases);
        runtime.block_on(async {
            for name in databases {
                self.execute(&match self {
                    Backend::Postgres(_) => format!("DROP DATABASE {name} WITH (FORCE)"),
                    _ => format!("DROP DATABASE {name}"),
                })
                .await;
            }
        });
        if let Err(panic) = result {
            resume_unwind(panic);
        }
    }

    fn factory(&self, litter: Arc<Mutex<Litter>>) -> Factory {
        match self.clone() {
            Backend::Memory => {
                Arc::new(|| Box::pin(async { Arc::new(MemoryStorage::new()) as Arc<dyn Storage> }))
            }
            Backend::Sqlite => Arc::new(move || {
                let folder = tempfile::tempdir().unwrap();
                let options = SqliteOptions::default().durability(Durability::Normal);
                let storage = SqliteStorage::open(folder.path().join("iam.db"), options).unwrap();
                litter.lock().unwrap().folders.push(folder);
                Box::pin(async { Arc::new(storage) as Arc<dyn Storage> })
            }),
            server => Arc::new(move || {
                let (server, litter) = (server.clone(), litter.clone());
                Box::pin(async move { server.fresh(&litter).await })
            }),
        }
    }

    /// A storage in a database of its own.
    async fn fresh(&self, litter: &Mutex<Litter>) -> Arc<dyn Storage> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let name = format!("iam_test_{}_{:x}_{number}", std::process::id(), since.as_micros());
        self.execute(&match self {
            Backend::Mysql(_) => format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"),
            _ => format!("CREATE DATABASE {name}"),
        })
        .await;
        litter.lock().unwrap().databases.push(name.clone());
        match self {
            Backend::Postgres(url) => {
                let options = PostgresOptions::new(database(url, &name)).connections(4);
                Arc::new(PostgresStorage::connect(options).await.unwrap())
            }
            Backend::Mysql(url) => {
                let options = MysqlOptions::new(database(url, &name)).connections(4);
                Arc::new(MysqlStorage::connect(options).await.unwrap())
            }
            _ => Arc::new(MemoryStorage::new()),
        }
    }

    /// One statement on the server itself.
    async fn execute(&self, statement: &str) {
        let statement = sqlx::AssertSqlSafe(statement.to_owned());
        match self {
            Backend::Postgres(url) => {
                let mut connection = sqlx::PgConnection::connect(url).await.unwrap();
                connection.execute(statement).await.unwrap();
            }
            Backend::Mysql(url) => {
                let mut connection = sqlx::MySqlConnection::connect(url).await.unwrap();
                connection.execute(statement).await.unwrap();
            }
            _ => {}
        }
    }
}

/// The URL of another database on the same server.
fn database(url: &str, name: &str) -> String {
    let (rest, parameters) = url
        .split_once('?')
        .map_or((url, None), |(rest, more)| (rest, Some(more)));
    let after_host = rest.find("://").map_or(0, |place| place + 3);
    let host = rest[after_host..]
        .find('/')
        .map_or(rest, |place| &rest[..after_host + place]);
    match parameters {
        Some(parameters) => format!("{host}/{name}?{parameters}"),
        None => format!("{host}/{name}"),
    }
}
