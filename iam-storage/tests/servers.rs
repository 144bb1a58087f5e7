//! PostgreSQL and MySQL or MariaDB, end to end. The servers are named by `IAM_TEST_POSTGRES_URL`,
//! `IAM_TEST_PGBOUNCER_URL` and `IAM_TEST_MYSQL_URL`; what is not named is passed over, loudly. Every test works in
//! realms of its own.
#![cfg(all(feature = "postgres", feature = "mysql"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;
#[path = "common/database.rs"]
mod database;
#[path = "common/device.rs"]
mod device;

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use common::*;
use iam_core::{
    command::{Command, CreateUser, UpdateUser, VerifyFactor},
    model::*,
    port::*,
    service::BatchMode,
};
use iam_storage::{
    mysql::{MysqlOptions, MysqlStorage},
    postgres::{PostgresOptions, PostgresStorage},
};
use sqlx::{Connection, Executor};

fn url(name: &str) -> Option<String> {
    let url = std::env::var(name).ok();
    if url.is_none() {
        eprintln!("NOT RUN: {name} is not set");
    }
    url
}

async fn postgres() -> Option<PostgresStorage> {
    let url = url("IAM_TEST_POSTGRES_URL")?;
    Some(PostgresStorage::connect(PostgresOptions::new(url)).await.unwrap())
}

async fn pooled() -> Option<PostgresStorage> {
    let url = url("IAM_TEST_PGBOUNCER_URL")?;
    Some(
        PostgresStorage::connect(PostgresOptions::new(url).pooler(true))
            .await
            .unwrap(),
    )
}

async fn mysql() -> Option<MysqlStorage> {
    let url = url("IAM_TEST_MYSQL_URL")?;
    Some(MysqlStorage::connect(MysqlOptions::new(url)).await.unwrap())
}

fn seed() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64 | 1
}

macro_rules! server_tests {
    ($name:ident) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread")]
            async fn answers_like_the_storage_in_memory() {
                let Some(storage) = super::$name().await else {
                    return;
                };
                for _ in 0..3 {
                    let seed = seed();
                    println!("seed {seed}");
                    walk(&storage, seed, 50).await;
                }
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn refuses_what_has_changed_meanwhile() {
                let Some(storage) = super::$name().await else {
                    return;
                };
                cases::refusals(&storage, seed()).await;
                cases::sets(&storage, seed()).await;
                cases::outbox(&storage, seed()).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn no_reader_skips_a_revision() {
                let Some(storage) = super::$name().await else {
                    return;
                };
                cases::crowd(Arc::new(storage), seed(), 8, 12).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn statements_do_not_grow_with_rows() {
                let Some(storage) = super::$name().await else {
                    return;
                };
                let (one, many) = cases::statements(&storage, seed(), &|| storage.statements()).await;
                assert!(many <= one + 2 && one <= 16, "{one} {many}");
            }
        }
    };
}
server_tests!(postgres);
server_tests!(pooled);
server_tests!(mysql);

/// Loading in one exchange, announcing, locking, writing; the statements that begin and end are not counted.
#[tokio::test(flavor = "multi_thread")]
async fn a_small_command_takes_few_exchanges_on_postgres() {
    let Some(storage) = postgres().await else { return };
    let storage = Arc::new(storage);
    let (host, clock) = iam_core::testing::host(seed());
    let iam = iam_core::service::Iam::new(storage.clone(), host).unwrap();
    let acme = iam.realm(&format!("few-{}", seed())).await.unwrap().host("test");
    let user = acme.execute(CreateUser::new("ada")).await.unwrap();
    let user: UserId = user.id().unwrap();
    acme.execute(device::enrol(user)).await.unwrap();
    for city in ["Utica", "Rome"] {
        let before = storage.statements();
        acme.execute(UpdateUser::new(user).set("city", city))
            .await
            .unwrap();
        let updated = storage.statements();
        let code = device::code(clock.now());
        acme.execute(VerifyFactor { user, code }).await.unwrap();
        clock.advance(30);
        assert_eq!((updated - before, storage.statements() - updated), (4, 4));
    }
}

/// How many rows of people a server has read, when it has heard of so many that were inserted: when its sessions end.
async fn read_of_people(connection: &mut sqlx::PgConnection, inserted: i64) -> i64 {
    let asked = "SELECT COALESCE(seq_tup_read, 0) + COALESCE(idx_tup_fetch, 0), n_tup_ins FROM pg_stat_user_tables \
                 WHERE relname = 'iam_user'";
    for _ in 0..100 {
        let told: (i64, i64) = sqlx::query_as(asked).fetch_one(&mut *connection).await.unwrap();
        if told.1 >= inserted {
            return told.0;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the server never heard of the import")
}

/// A database that was never analysed: what is read grows with what is asked for, not with what is there.
#[tokio::test(flavor = "multi_thread")]
async fn postgres_looks_up_many_without_statistics() {
    let Some(database) = database::OwnDatabase::create("young").await else {
        return;
    };
    let address = &database.address;
    let storage = async || {
        let options = PostgresOptions::new(address).connections(1);
        PostgresStorage::connect(options).await.unwrap()
    };
    drop(storage().await);
    let mut plain = sqlx::PgConnection::connect(address).await.unwrap();
    let young = "ALTER TABLE iam_user SET (autovacuum_enabled = false)";
    plain.execute(young).await.unwrap();
    let seed = seed();
    let mut read = 0;
    // While there is next to nobody the server reads everybody, which is as well. What it knew then is forgotten.
    for (from, until) in [(0, 4), (4, 8)] {
        plain.execute("SELECT pg_stat_reset()").await.unwrap();
        let (host, _) = iam_core::testing::host(seed + from);
        let iam = iam_core::service::Iam::new(Arc::new(storage().await), host).unwrap();
        let acme = iam
            .realm(&format!("young-{seed}-{from}"))
            .await
            .unwrap()
            .host("test");
        for batch in from..until {
            let commands: Vec<Command> = (0..500)
                .map(|n| CreateUser::new(format!("user-{batch}-{n}")).into())
                .collect();
            acme.batch(&commands, BatchMode::AllOrNothing).await.unwrap();
        }
        drop((acme, iam));
        read = read_of_people(&mut plain, 2_000).await;
    }
    assert!(read <= 500, "{read} rows of people were read for 2,000 new ones");
    plain.close().await.unwrap();
    database.drop_it().await;
}

macro_rules! host_test {
    ($test:ident, $open:ident, $variable:literal, $Connection:ty, $table:literal) => {
        #[tokio::test(flavor = "multi_thread")]
        async fn $test() {
            let Some(storage) = $open().await else { return };
            let mut host = <$Connection>::connect(&url($variable).unwrap())
                .await
                .unwrap();
            let mut dice = Dice(seed());
            let realm = RealmId(dice.uuid());
            let (ann, bob) = (dice.id(Kind::User), dice.id(Kind::User));
            host.execute("CREATE TABLE IF NOT EXISTS host_orders (id CHAR(36) PRIMARY KEY)")
                .await
                .unwrap();
            let there = async || {
                storage
                    .realms()
                    .await
                    .unwrap()
                    .iter()
                    .any(|r| r.id == realm.into())
            };
            assert!(
                storage
                    .joining(&mut host)
                    .commit(&plan(realm), &stamp("x", &plan(realm)))
                    .await
                    .is_err()
            );
            for keep in [false, true] {
                let mut transaction = host.begin().await.unwrap();
                sqlx::query($table)
                    .bind(realm.0.to_string())
                    .execute(&mut *transaction)
                    .await
                    .unwrap();
                {
                    let joined = storage.joining(&mut transaction);
                    make_realm(&joined, realm).await;
                    cases::create(&joined, realm, record(ann, &[("user_name", "ann".into())])).await;
                    let mut p = plan(realm);
                    put(&mut p, None, record(bob, &[("user_name", "ann".into())]));
                    assert!(matches!(
                        commit(&joined, &p).await,
                        Err(StorageError::Taken(_))
                    ));
                    assert!(
                        fetch(&joined, realm, ann).await.is_some(),
                        "its own writing is seen"
                    );
                    assert!(!there().await, "and by nobody else");
                    assert!(
                        storage.standing().await.unwrap().stable <= joined.standing().await.unwrap().latest
                    );
                }
                match keep {
                    true => transaction.commit().await.unwrap(),
                    false => transaction.rollback().await.unwrap(),
                }
                assert_eq!(there().await, keep);
            }
            assert!(fetch(&storage, realm, ann).await.is_some());
        }
    };
}
host_test!(
    the_hosts_transaction_decides_on_postgres,
    postgres,
    "IAM_TEST_POSTGRES_URL",
    sqlx::PgConnection,
    "INSERT INTO host_orders VALUES ($1)"
);
host_test!(
    the_hosts_transaction_decides_on_mysql,
    mysql,
    "IAM_TEST_MYSQL_URL",
    sqlx::MySqlConnection,
    "INSERT INTO host_orders VALUES (?)"
);
