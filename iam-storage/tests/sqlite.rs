//! SQLite: end to end.
#![cfg(feature = "sqlite")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use std::{path::Path, sync::Arc, time::Duration};

use common::*;
use iam_core::{model::*, port::*, wire::Code};
use iam_storage::sqlite::{Durability, SqliteOptions, SqliteStorage};
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};

fn memory() -> SqliteStorage {
    SqliteStorage::open(":memory:", SqliteOptions::default()).unwrap()
}

fn options() -> SqliteOptions {
    SqliteOptions::default().durability(Durability::Normal)
}

fn open(folder: &tempfile::TempDir) -> SqliteStorage {
    SqliteStorage::open(folder.path().join("iam.db"), options()).unwrap()
}

fn code(error: StorageError) -> Code {
    match error {
        StorageError::Failed(problem) => problem.code,
        other => panic!("{other}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_like_the_storage_in_memory() {
    for seed in 1..12 {
        walk(&memory(), seed * 7919, 60).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_answers_like_the_storage_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    walk(&open(&folder), 4711, 60).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_what_has_changed_meanwhile() {
    cases::refusals(&memory(), 5).await;
    cases::sets(&memory(), 6).await;
    cases::outbox(&memory(), 7).await;
    cases::seals(&memory()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_writers_are_committed_together() {
    let folder = tempfile::tempdir().unwrap();
    cases::crowd(Arc::new(open(&folder)), 8, 8, 40).await;
    cases::crowd(Arc::new(memory()), 9, 8, 40).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_handles_on_one_file_write_in_turn() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (Arc::new(open(&folder)), Arc::new(open(&folder)));
    let other = tokio::spawn(async move { cases::crowd(two, 10, 4, 20).await });
    cases::crowd(one, 11, 4, 20).await;
    other.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn statements_do_not_grow_with_rows() {
    let storage = memory();
    let (one, many) = cases::statements(&storage, 12, &|| storage.statements()).await;
    assert!(many <= one && one <= 14, "{one} {many}");
}

async fn host(path: &Path) -> sqlx::SqliteConnection {
    SqliteConnectOptions::new()
        .filename(path)
        .connect()
        .await
        .unwrap()
}

async fn ids(storage: &dyn Storage) -> usize {
    storage.realms().await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hosts_transaction_decides() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("iam.db");
    let storage = open(&folder);
    let mut host = host(&path).await;
    sqlx::query("CREATE TABLE orders (id INTEGER PRIMARY KEY)")
        .execute(&mut host)
        .await
        .unwrap();
    {
        let joined = storage.joining(&mut host);
        assert_eq!(
            code(joined.realms().await.unwrap_err()),
            Code::Storage,
            "there is no transaction to join"
        );
    }
    for keep in [false, true] {
        let mut transaction = host.begin().await.unwrap();
        sqlx::query("INSERT INTO orders DEFAULT VALUES")
            .execute(&mut *transaction)
            .await
            .unwrap();
        {
            let joined = storage.joining(&mut transaction);
            make_realm(&joined, realm(1)).await;
            cases::create(
                &joined,
                realm(1),
                record(Dice(3).id(Kind::User), &[("user_name", "ann".into())]),
            )
            .await;
            // A refused commit takes back its own writing only.
            let again = record(Dice(4).id(Kind::User), &[("user_name", "ann".into())]);
            let mut p = plan(realm(1));
            put(&mut p, None, again);
            assert!(matches!(commit(&joined, &p).await, Err(StorageError::Taken(_))));
            assert!(
                fetch(&joined, realm(1), Dice(3).id(Kind::User)).await.is_some(),
                "its own writing is seen"
            );
            assert_eq!(ids(&storage).await, 0, "and by nobody else");
        }
        match keep {
            true => transaction.commit().await.unwrap(),
            false => transaction.rollback().await.unwrap(),
        }
        let orders: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM orders")
            .fetch_one(&mut host)
            .await
            .unwrap();
        assert_eq!(
            (ids(&storage).await, orders),
            (usize::from(keep), i64::from(keep))
        );
        let ann = fetch(&storage, realm(1), Dice(3).id(Kind::User)).await;
        assert_eq!(ann.is_some(), keep);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_writer_makes_it_busy_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("iam.db");
    let storage = SqliteStorage::open(&path, options().wait(Duration::from_millis(50))).unwrap();
    make_realm(&storage, realm(1)).await;
    let mut host = host(&path).await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut host).await.unwrap();
    let user = record(Dice(3).id(Kind::User), &[("user_name", "ann".into())]);
    let mut p = plan(realm(1));
    put(&mut p, None, user.clone());
    let error = commit(&storage, &p).await.unwrap_err();
    assert_eq!(code(error), Code::Busy);
    assert!(
        fetch(&storage, realm(1), user.id).await.is_none(),
        "reading goes on"
    );
    sqlx::query("ROLLBACK").execute(&mut host).await.unwrap();
    commit(&storage, &p).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_can_only_be_read_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("iam.db");
    make_realm(&open(&folder), realm(1)).await;
    let storage = SqliteStorage::open(&path, options().read_only(true)).unwrap();
    assert_eq!(ids(&storage).await, 1);
    let mut p = plan(realm(1));
    put(
        &mut p,
        None,
        record(Dice(3).id(Kind::User), &[("user_name", "ann".into())]),
    );
    assert_eq!(code(commit(&storage, &p).await.unwrap_err()), Code::Storage);
}

#[tokio::test(flavor = "multi_thread")]
async fn later_databases_and_changed_migrations_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("iam.db");
    drop(open(&folder));
    let mut host = host(&path).await;
    let set = |text: &'static str| sqlx::query(text);
    // A migration that was begun and not finished is done again.
    set("UPDATE iam_migration SET finished_at = 0")
        .execute(&mut host)
        .await
        .unwrap();
    set("DROP TABLE iam_outbox").execute(&mut host).await.unwrap();
    let storage = open(&folder);
    cases::outbox(&storage, 7).await;
    drop(storage);
    let sum: String = sqlx::query_scalar("SELECT checksum FROM iam_migration WHERE number = 1")
        .fetch_one(&mut host)
        .await
        .unwrap();
    set("UPDATE iam_migration SET checksum = 'other' WHERE number = 1")
        .execute(&mut host)
        .await
        .unwrap();
    assert_eq!(
        code(SqliteStorage::open(&path, options()).unwrap_err()),
        Code::StorageVersion
    );
    sqlx::query("UPDATE iam_migration SET checksum = ? WHERE number = 1")
        .bind(sum)
        .execute(&mut host)
        .await
        .unwrap();
    drop(open(&folder));
    set("INSERT INTO iam_migration VALUES (99, 'later', 'x', 1, 1)")
        .execute(&mut host)
        .await
        .unwrap();
    assert_eq!(
        code(SqliteStorage::open(&path, options()).unwrap_err()),
        Code::StorageVersion
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handle_survives_a_full_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("iam.db");
    let storage = Arc::new(SqliteStorage::open(&path, options().most_pages(400)).unwrap());
    make_realm(&*storage, realm(1)).await;
    let mut tasks = Vec::new();
    for writer in 0..4u64 {
        let storage = storage.clone();
        tasks.push(tokio::spawn(async move {
            let mut dice = Dice(writer + 1);
            for n in 0..2000 {
                let user = record(
                    dice.id(Kind::User),
                    &[("user_name", format!("u {writer} {n}").into())],
                );
                let id = user.id;
                let mut p = plan(realm(1));
                put(&mut p, None, user);
                if let Err(error) = commit(&*storage, &p).await {
                    assert_eq!(code(error), Code::Storage);
                    assert!(
                        fetch(&*storage, realm(1), id).await.is_none(),
                        "nothing half done"
                    );
                    return n;
                }
            }
            panic!("the disk never got full");
        }));
    }
    for task in tasks {
        assert!(task.await.unwrap() > 0);
    }
    let closure = storage
        .inspect(realm(1), Inspection::Claims, None, 100_000)
        .await
        .unwrap()
        .len();
    let users = storage
        .inspect(realm(1), Inspection::Records(Kind::User), None, 100_000)
        .await
        .unwrap()
        .len();
    assert_eq!(closure, users);
    storage.set_most_pages(100_000).await.unwrap();
    let mut p = plan(realm(1));
    put(
        &mut p,
        None,
        record(Dice(99).id(Kind::User), &[("user_name", "room".into())]),
    );
    commit(&*storage, &p).await.unwrap();
}

/// What is kept in memory is brought up to what other processes committed, and to what they do meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn counts_follow_other_processes() {
    use iam_core::{
        command::{Command, CreateOrganization, CreateUser, TransferOrganization},
        search::Predicate,
        service::Iam,
        testing::host,
    };
    let folder = tempfile::tempdir().unwrap();
    let process = async |seed| {
        let (host, _) = host(seed);
        let iam = Iam::new(Arc::new(open(&folder)), host).unwrap();
        iam.realm("acme").await.unwrap().host("test")
    };
    let (one, two) = (process(1).await, process(2).await);
    let mut tops = Vec::new();
    for name in ["a", "b"] {
        let done = one.execute(CreateOrganization::new(name)).await.unwrap();
        tops.push(done.id.unwrap());
    }
    let headcount = one.headcount(Kind::User).await.unwrap();
    let organization = |id: EntityId| OrganizationId(id.uuid);
    let count = async |id: EntityId| {
        let within = Predicate::eq("within_organization", id.to_string());
        let counted = one.count(Kind::User, within.clone()).await.unwrap();
        assert_eq!(headcount.below(organization(id)), Some(counted));
        assert_eq!(two.count(Kind::User, within).await.unwrap(), counted);
        counted
    };
    assert_eq!((count(tops[0]).await, count(tops[1]).await), (0, 0));
    let mut users = Vec::new();
    for number in 0..5 {
        let create = CreateUser::new(format!("u{number}")).in_organization(organization(tops[0]));
        users.push(two.execute(create).await.unwrap().id.unwrap());
    }
    assert_eq!((count(tops[0]).await, count(tops[1]).await), (5, 0));
    let mut create = CreateOrganization::new("below");
    create.parent = Some(organization(tops[1]));
    let below = two.execute(create).await.unwrap().id.unwrap();
    let command = |value| serde_json::from_value::<Command>(value).unwrap();
    let add = serde_json::json!({"command": "membership.add", "member": users[0], "organizations": [{"organization": below}]});
    two.execute(command(add)).await.unwrap();
    assert_eq!(
        (count(tops[0]).await, count(tops[1]).await, count(below).await),
        (5, 1, 1)
    );
    let move_it = TransferOrganization {
        organization: organization(below),
        parent: Some(organization(tops[0])),
    };
    two.execute(move_it).await.unwrap();
    // One of them belongs to both, and counts once.
    assert_eq!(
        (count(tops[0]).await, count(tops[1]).await, count(below).await),
        (5, 0, 1)
    );
    let delete = serde_json::json!({"command": "user.delete", "user": users[0]});
    two.execute(command(delete)).await.unwrap();
    assert_eq!((count(tops[0]).await, count(below).await), (4, 0));
}
