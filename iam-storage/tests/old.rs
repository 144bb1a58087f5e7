//! Databases of earlier layouts open, are brought up to date, and are whole. `tests/fixtures` has one of each layout that
//! was ever released, and one of the present; `.ci/fixture` writes the latter.
#![cfg(all(feature = "sqlite", feature = "postgres", feature = "mysql"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests fail by panicking"
)]

#[path = "common/device.rs"]
mod device;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use iam_core::{
    command::{CreateUser, DefineAttribute, DeleteMode, DeleteUser, VerifyFactor},
    model::{Kind, UserId},
    port::{Revision, Storage},
    search::Predicate,
    service::{Acting, At, ChainHead, Iam},
    testing::{Dump, Stream, host},
};
use iam_storage::{
    mysql::{MysqlOptions, MysqlStorage},
    postgres::{PostgresOptions, PostgresStorage},
    sqlite::{SqliteOptions, SqliteStorage},
};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, Connection, Executor, MySqlConnection, PgConnection, Row};

/// What is known about a fixture.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Known {
    /// The latest commit.
    revision: Revision,
    /// The head of the sealed chain.
    head: ChainHead,
    /// Records of each kind, deleted ones included.
    records: BTreeMap<String, usize>,
    edges: usize,
    /// The city of the user `witness` at the end, and earlier.
    city: String,
    earlier: (Revision, String),
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures"))
}

fn engine(storage: impl Storage + 'static) -> Iam {
    let (host, clock) = host(1);
    clock.advance_days(100);
    Iam::new(Arc::new(storage), host).unwrap()
}

async fn witness(acme: &Acting<'_>) -> UserId {
    let found = acme.find_by(Kind::User, "user_name", "witness").await.unwrap();
    found.unwrap().id.try_into().unwrap()
}

async fn count(iam: &Iam, acme: &Acting<'_>) -> (BTreeMap<String, usize>, usize) {
    let dump = Dump::take(iam.storage().as_ref(), acme.realm()).await;
    let mut records: BTreeMap<String, usize> = BTreeMap::new();
    for record in dump.records.values() {
        *records.entry(record.kind().to_string()).or_default() += 1;
    }
    (records, dump.edges.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn old_databases_open_and_are_whole() {
    let mut opened = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "db") {
            continue;
        }
        let known = std::fs::read_to_string(path.with_extension("json")).unwrap();
        let known: Known = serde_json::from_str(&known).unwrap();
        let place = tempfile::tempdir().unwrap();
        let copy = place.path().join("iam.db");
        std::fs::copy(&path, &copy).unwrap();
        let storage = SqliteStorage::open(&copy, SqliteOptions::default()).unwrap_or_else(|error| {
            panic!(
                "{} does not open: {error}. A finished migration must not change; before the first release, write \
                 the fixture anew with .ci/fixture",
                path.display()
            )
        });
        assert_eq!(storage.standing().await.unwrap().latest, known.revision);
        let iam = engine(storage);
        let acme = iam.realm("acme").await.unwrap().host("old");
        assert_eq!(
            count(&iam, &acme).await,
            (known.records.clone(), known.edges),
            "{}",
            path.display()
        );
        let ada = witness(&acme).await;
        assert_eq!(acme.get(ada).await.unwrap().text("city"), known.city);
        let then = acme.clone().as_of(At::Revision(known.earlier.0));
        assert_eq!(then.get(ada).await.unwrap().text("city"), known.earlier.1);
        let verified = iam.verify_chain(std::slice::from_ref(&known.head)).await.unwrap();
        assert!(verified.holds(), "{:?}", verified.breaks);
        let mut diagnosis = acme.doctor().await.unwrap();
        diagnosis
            .findings
            .retain(|finding| finding.code != "manager.circle");
        assert!(diagnosis.is_healthy(), "{:#?}", diagnosis.findings);
        // And life goes on.
        acme.execute(CreateUser::new("newcomer")).await.unwrap();
        assert!(iam.seal_chain().await.unwrap().unwrap().until > known.revision);
        opened += 1;
    }
    assert!(opened > 0, "there is no fixture: write one with .ci/fixture");
}

/// The columns that migration 11 added: the table, the number of its kind, the attributes.
const ADDED: &[(&str, Kind, &[&str])] = &[
    ("iam_user", Kind::User, &["registered_at", "in_position_since"]),
    (
        "iam_credential",
        Kind::Credential,
        &["used_at", "scheme", "exported_at", "must_change", "assurance"],
    ),
    (
        "iam_session",
        Kind::Session,
        &["used_at", "stage", "assurance", "application", "address"],
    ),
    ("iam_link", Kind::Link, &["purpose", "ended_at", "end"]),
    ("iam_counter", Kind::Counter, &["purpose"]),
];

/// A connection beside the library.
enum Beside {
    Postgres(PgConnection),
    Mysql(MySqlConnection),
}

impl Beside {
    async fn open(url: &str) -> Beside {
        match url.starts_with("postgres") {
            true => Beside::Postgres(PgConnection::connect(url).await.unwrap()),
            false => Beside::Mysql(MySqlConnection::connect(url).await.unwrap()),
        }
    }

    async fn execute(&mut self, statement: impl Into<String>) {
        let statement = AssertSqlSafe(statement.into());
        match self {
            Beside::Postgres(connection) => drop(connection.execute(statement).await.unwrap()),
            Beside::Mysql(connection) => drop(connection.execute(statement).await.unwrap()),
        }
    }

    /// How many keys of attributes are kept in rows.
    async fn keys(&mut self) -> i64 {
        let statement = "SELECT COUNT(*) FROM iam_attribute_key";
        match self {
            Beside::Postgres(connection) => connection.fetch_one(statement).await.unwrap().get(0),
            Beside::Mysql(connection) => connection.fetch_one(statement).await.unwrap().get(0),
        }
    }
}

/// A database of a server that lacks the columns of migration 11 gets them, filled from the rows that held the keys; a
/// migration that stopped in between is done again.
async fn a_server_gains_columns(variable: &str, open: impl AsyncFn(&str) -> Iam) {
    let Ok(server) = std::env::var(variable) else {
        eprintln!("NOT RUN: {variable} does not name a server");
        return;
    };
    let name = format!("iam_columns_{}", std::process::id());
    let mut control = Beside::open(&server).await;
    let mysql = !server.starts_with("postgres");
    let characters = if mysql { " CHARACTER SET utf8mb4" } else { "" };
    control
        .execute(format!("CREATE DATABASE {name}{characters}"))
        .await;
    let (base, _) = server.rsplit_once('/').unwrap();
    let url = format!("{base}/{name}");
    let iam = open(&url).await;
    let acme = iam.realm("acme").await.unwrap().host("old");
    for number in 0..5 {
        let user = CreateUser::new(format!("user-{number}")).set("in_position_since", "2020-02-02");
        let user: UserId = acme.execute(user).await.unwrap().id().unwrap();
        acme.execute(device::enrol(user)).await.unwrap();
        let code = device::code(iam.clock().now());
        acme.execute(VerifyFactor { user, code }).await.unwrap();
    }
    let expected = Dump::take(iam.storage().as_ref(), acme.realm()).await;
    drop(iam);

    for stopped in [false, true] {
        let mut database = Beside::open(&url).await;
        let before = database.keys().await;
        for (table, kind, names) in ADDED {
            for (place, name) in names.iter().enumerate() {
                let kind = *kind as i64;
                let rows = format!(
                    "INSERT INTO iam_attribute_key (realm, kind, id, attribute, search_key)
                     SELECT realm, {kind}, id, '{name}', k_{name} FROM {table} WHERE LENGTH(k_{name}) > 0"
                );
                database.execute(rows).await;
                // Where it stopped, the first column of each table is there already.
                if !(stopped && mysql && place == 0) {
                    database
                        .execute(format!("ALTER TABLE {table} DROP COLUMN k_{name}"))
                        .await;
                }
            }
        }
        // Who is registered, where somebody is, what was used.
        assert!(database.keys().await >= before + 15);
        let undone = if stopped && mysql {
            "UPDATE iam_migration SET finished_at = 0 WHERE number = 11"
        } else {
            "DELETE FROM iam_migration WHERE number = 11"
        };
        database.execute(undone).await;
        let iam = open(&url).await;
        assert_eq!(database.keys().await, before);
        let acme = iam.realm("acme").await.unwrap().host("old");
        assert_eq!(Dump::take(iam.storage().as_ref(), acme.realm()).await, expected);
        // The doctor compares every key with its record.
        let diagnosis = acme.doctor().await.unwrap();
        assert!(diagnosis.is_healthy(), "{:#?}", diagnosis.findings);
    }
    let forced = if mysql { "" } else { " WITH (FORCE)" };
    control.execute(format!("DROP DATABASE {name}{forced}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_gains_columns_on_postgres() {
    a_server_gains_columns("IAM_TEST_POSTGRES_URL", async |url| {
        engine(PostgresStorage::connect(PostgresOptions::new(url)).await.unwrap())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_gains_columns_on_mysql() {
    a_server_gains_columns("IAM_TEST_MYSQL_URL", async |url| {
        engine(MysqlStorage::connect(MysqlOptions::new(url)).await.unwrap())
    })
    .await;
}

/// Writes the fixture of the present layout. Not a test.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "writes tests/fixtures, started by .ci/fixture"]
async fn write_fixture() {
    let storage = Arc::new(SqliteStorage::open(":memory:", SqliteOptions::default()).unwrap());
    let (host, clock) = host(7);
    let iam = Iam::new(storage.clone(), host).unwrap();
    let acme = iam.realm("acme").await.unwrap().host("fixture");
    let shoe = r#"{"kind": "user", "name": "shoe", "label": "Shoe", "type": "integer", "searchable": true}"#;
    let shoe: DefineAttribute = serde_json::from_str(shoe).unwrap();
    acme.execute(shoe).await.unwrap();
    let first = acme
        .execute(CreateUser::new("witness").set("city", "Utica").set("shoe", 42))
        .await
        .unwrap();
    let ada: UserId = first.id().unwrap();
    let gone = acme
        .execute(CreateUser::new("erased").set("city", "Lima"))
        .await
        .unwrap();
    let mut stream = Stream::new(11, iam_core::port::Clock::now(clock.as_ref()));
    for _ in 0..400 {
        let command = stream.next_command();
        // What may leave names in doubt is no ground for a fixture.
        if command.name().starts_with("realm.") || command.name() == "record.reindex" {
            continue;
        }
        if let Ok(done) = acme.execute(command.clone()).await {
            stream.learn(&command, &done);
        }
        clock.advance(600);
    }
    let erase = DeleteUser {
        user: gone.id().unwrap(),
        mode: DeleteMode::Erase,
    };
    acme.execute(erase).await.unwrap();
    iam.seal_chain().await.unwrap();
    let change = iam_core::command::UpdateUser::new(ada).set("city", "Zürich");
    acme.execute(change).await.unwrap();
    let head = iam.seal_chain().await.unwrap().unwrap();
    assert!(acme.count(Kind::User, Predicate::All).await.unwrap() > 3);
    let (records, edges) = count(&iam, &acme).await;
    let known = Known {
        revision: storage.standing().await.unwrap().latest,
        head,
        records,
        edges,
        city: "Zürich".to_owned(),
        earlier: (first.revision.unwrap(), "Utica".to_owned()),
    };
    let name = std::env::var("IAM_FIXTURE").unwrap_or_else(|_| "sqlite-present".to_owned());
    let path = folder().join(format!("{name}.db"));
    std::fs::create_dir_all(folder()).unwrap();
    drop(std::fs::remove_file(&path));
    storage.backup(&path).await.unwrap();
    let mut json = serde_json::to_string_pretty(&known).unwrap();
    json.push('\n');
    std::fs::write(path.with_extension("json"), json).unwrap();
}
