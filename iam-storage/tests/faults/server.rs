//! What goes wrong below a server: its disk is full, it only takes questions for a while, one of its pages is damaged.
//!
//! The disk is a small file system of its own, which only root may mount on the machine of the server; what cannot be done
//! here is said loudly.

use std::{os::unix::fs::MetadataExt, path::Path, process::Command as Process, sync::Arc, time::Duration};

use iam_core::{
    command::CreateUser,
    model::Kind,
    port::Storage,
    search::Predicate,
    service::Acting,
    wire::{Code, Problem, ProblemKind},
};
use iam_storage::{
    mysql::{MysqlOptions, MysqlStorage},
    postgres::{PostgresOptions, PostgresStorage},
};
use sqlx::{AssertSqlSafe, Connection, Executor, MySqlConnection, PgConnection, Row};

use super::{Disk, engine, rand, sound};

fn named(variable: &str) -> Option<String> {
    let url = std::env::var(variable).ok().filter(|url| !url.is_empty());
    if url.is_none() {
        eprintln!("NOT RUN: {variable} is not set");
    }
    url
}

fn fresh_name(what: &str) -> String {
    format!("iam_{what}_{:x}", rand() as u64)
}

fn other_database(url: &str, name: &str) -> String {
    format!("{}/{name}", url.rsplit_once('/').unwrap().0)
}

async fn postgres(url: &str) -> Arc<dyn Storage> {
    let options = PostgresOptions::new(url)
        .connections(3)
        .wait(Duration::from_secs(30));
    Arc::new(PostgresStorage::connect(options).await.unwrap())
}

async fn mysql(url: &str) -> Arc<dyn Storage> {
    let options = MysqlOptions::new(url).connections(3).wait(Duration::from_secs(30));
    Arc::new(MysqlStorage::connect(options).await.unwrap())
}

/// The file belongs to the account of the server afterwards.
fn give(path: &Path, like: &Path) {
    let owner = std::fs::metadata(like).unwrap();
    std::os::unix::fs::chown(path, Some(owner.uid()), Some(owner.gid())).unwrap();
}

/// Creates users until the storage refuses: how many there are, and the refusal.
async fn fill(acme: &Acting<'_>) -> (u64, Problem) {
    let mut users = 0;
    loop {
        let create = CreateUser::new(format!("user{users}")).set("city", "x".repeat(200));
        match acme.execute(create).await {
            Ok(_) => users += 1,
            Err(problem) => return (users, problem),
        }
        assert!(users < 40_000, "the disk never gets full");
    }
}

/// A disk that gets full, and has room again: the same handle is used all the time.
async fn full(disk: &Disk, storage: Arc<dyn Storage>, larger: &str) {
    let (iam, acme) = engine(storage).await;
    let (users, problem) = fill(&acme).await;
    assert_eq!(problem.code, Code::Storage, "{problem}");
    assert!(problem.message.contains("disk is full"), "{problem}: {:?}", problem.source);
    assert!(users > 20, "{users}");
    // Reading goes on, and what is there is whole.
    assert_eq!(acme.count(Kind::User, Predicate::All).await.unwrap(), users);
    disk.remount(larger);
    acme.execute(CreateUser::new("room")).await.unwrap();
    sound(&iam, &acme, users + 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_of_postgres_refuses_and_room_helps() {
    let Some(url) = named("IAM_TEST_POSTGRES_URL") else { return };
    let mut server = PgConnection::connect(&url).await.unwrap();
    let folder: String = sqlx::query("SHOW data_directory").fetch_one(&mut server).await.unwrap().get(0);
    let folder = Path::new(&folder);
    if !folder.exists() {
        eprintln!("NOT RUN: PostgreSQL is not on this machine");
        return;
    }
    let Some(disk) = Disk::mount(24_000) else { return };
    give(disk.0.path(), folder);
    let name = fresh_name("full");
    for text in [
        format!("CREATE TABLESPACE {name} LOCATION '{}'", disk.0.path().display()),
        format!("CREATE DATABASE {name} TABLESPACE {name}"),
    ] {
        server.execute(AssertSqlSafe(text)).await.unwrap();
    }
    full(&disk, postgres(&other_database(&url, &name)).await, "size=60m").await;
    for text in [
        format!("DROP DATABASE {name} WITH (FORCE)"),
        format!("DROP TABLESPACE {name}"),
    ] {
        server.execute(AssertSqlSafe(text)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_of_mysql_refuses_and_room_helps() {
    let Some(url) = named("IAM_TEST_MYSQL_URL") else { return };
    let mut server = MySqlConnection::connect(&url).await.unwrap();
    let folder: String = sqlx::query("SELECT @@datadir").fetch_one(&mut server).await.unwrap().get(0);
    let name = fresh_name("full");
    let folder = Path::new(&folder).join(&name);
    let drop_database = format!("DROP DATABASE {name}");
    server.execute(AssertSqlSafe(format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"))).await.unwrap();
    if !folder.exists() {
        eprintln!("NOT RUN: MariaDB is not on this machine");
        server.execute(AssertSqlSafe(drop_database)).await.unwrap();
        return;
    }
    // The database's own folder becomes a disk.
    if let Some(disk) = Disk::mount_at(&folder, 12_000) {
        give(&folder, folder.parent().unwrap());
        full(&disk, mysql(&other_database(&url, &name)).await, "size=60m").await;
        // What is mounted cannot be removed, but emptied.
        drop(server.execute(AssertSqlSafe(drop_database.clone())).await);
        drop(disk);
    }
    drop(server.execute(AssertSqlSafe(drop_database)).await);
}

/// Until there is an answer: a connection that the server has ended is noticed by whoever uses it first.
async fn insist<T>(ask: impl AsyncFn() -> Result<T, Problem>) -> T {
    for _ in 0..20 {
        match ask().await {
            Ok(answer) => return answer,
            Err(problem) => assert!(problem.retry(), "{problem}: {:?}", problem.source),
        }
    }
    panic!("no answer")
}

/// While the server takes nothing, every command is refused with a problem that says so; the same handle goes on after it.
async fn read_only(storage: Arc<dyn Storage>, mut only: impl AsyncFnMut(bool)) {
    let (iam, acme) = engine(storage).await;
    acme.execute(CreateUser::new("ada")).await.unwrap();
    only(true).await;
    for n in 0..3 {
        let problem = acme.execute(CreateUser::new(format!("bob{n}"))).await.unwrap_err();
        assert!(problem.retry(), "{problem}");
        assert!(matches!(problem.kind(), ProblemKind::Storage | ProblemKind::Conflict), "{problem}");
    }
    assert_eq!(insist(async || acme.count(Kind::User, Predicate::All).await).await, 1);
    only(false).await;
    insist(async || acme.execute(CreateUser::new("bob")).await).await;
    sound(&iam, &acme, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_that_can_only_be_read_is_a_typed_error() {
    let Some(url) = named("IAM_TEST_POSTGRES_URL") else { return };
    let mut server = PgConnection::connect(&url).await.unwrap();
    let name = fresh_name("only");
    server.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    let storage = postgres(&other_database(&url, &name)).await;
    read_only(storage, async |only| {
        for text in [
            format!("ALTER DATABASE {name} SET default_transaction_read_only = {only}"),
            // As a standby that is promoted does: connections of before end.
            format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"),
        ] {
            server.execute(AssertSqlSafe(text)).await.unwrap();
        }
    })
    .await;
    server.execute(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mysql_that_can_only_be_read_is_a_typed_error() {
    let Some(url) = named("IAM_TEST_MYSQL_URL") else { return };
    let mut server = MySqlConnection::connect(&url).await.unwrap();
    let name = fresh_name("only");
    // An account that is not above it, as administrators are: nobody else is disturbed.
    for text in [
        format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"),
        format!("CREATE USER {name}@'127.0.0.1' IDENTIFIED BY '{name}'"),
        format!("GRANT ALL ON {name}.* TO {name}@'127.0.0.1'"),
    ] {
        server
            .execute(AssertSqlSafe(text))
            .await
            .expect("the account of the tests may create databases and accounts, and grant");
    }
    let (_, place) = url.split_once('@').unwrap();
    let own = format!("mysql://{name}:{name}@{}", other_database(place, &name));
    read_only(mysql(&own).await, async |only| {
        let text = format!("SET GLOBAL read_only = {}", u8::from(only));
        server.execute(AssertSqlSafe(text)).await.unwrap();
    })
    .await;
    for text in [format!("DROP DATABASE {name}"), format!("DROP USER {name}@'127.0.0.1'")] {
        server.execute(AssertSqlSafe(text)).await.unwrap();
    }
}

/// A page of a table is overwritten on the disk. Whoever reads it is told so, nothing is made up, and nothing else is
/// refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_page_of_postgres_is_a_typed_error() {
    let Some(url) = named("IAM_TEST_POSTGRES_URL") else { return };
    let mut server = PgConnection::connect(&url).await.unwrap();
    let ask = async |server: &mut PgConnection, text: &'static str| -> String {
        sqlx::query(text).fetch_one(server).await.unwrap().get(0)
    };
    let version: i32 = ask(&mut server, "SHOW server_version_num").await.parse().unwrap();
    let folder = ask(&mut server, "SHOW data_directory").await;
    if version < 150_000 || !Path::new(&folder).exists() || !is_root() {
        eprintln!("NOT RUN: it takes root, and PostgreSQL 15 on this machine");
        return;
    }
    let (whole, damaged) = (fresh_name("whole"), fresh_name("damaged"));
    server.execute(AssertSqlSafe(format!("CREATE DATABASE {whole}"))).await.unwrap();
    let ids = {
        let (_, acme) = engine(postgres(&other_database(&url, &whole)).await).await;
        let mut ids = Vec::new();
        for n in 0..60 {
            let create = CreateUser::new(format!("user{n}")).set("city", "Utica");
            ids.push(acme.execute(create).await.unwrap().id.unwrap());
        }
        ids
    };
    let place: String = {
        let mut inside = PgConnection::connect(&other_database(&url, &whole)).await.unwrap();
        ask(&mut inside, "SELECT pg_relation_filepath('iam_user')").await
    };
    for text in [
        format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{whole}'"),
        "CHECKPOINT".to_owned(),
    ] {
        server.execute(AssertSqlSafe(text)).await.unwrap();
    }
    let file = Path::new(&folder).join(place);
    let kept = std::fs::read(&file).unwrap();
    let mut bytes = kept.clone();
    bytes[..8_192].fill(0xA5);
    std::fs::write(&file, bytes).unwrap();
    // A copy file by file: what the server has in memory is not looked at.
    let copy = format!("CREATE DATABASE {damaged} TEMPLATE {whole} STRATEGY file_copy");
    server.execute(AssertSqlSafe(copy)).await.unwrap();
    std::fs::write(&file, kept).unwrap();
    {
        let (_, acme) = engine(postgres(&other_database(&url, &damaged)).await).await;
        let mut corrupt = 0;
        for problem in [
            acme.all(Kind::User, Predicate::eq("city", "Utica")).await.err(),
            acme.doctor().await.err(),
            acme.find_all(ids.iter().copied()).await.err(),
        ]
        .into_iter()
        .flatten()
        {
            assert_eq!(problem.code, Code::Corrupt, "{problem}: {:?}", problem.source);
            corrupt += 1;
        }
        assert!(corrupt > 0, "nobody noticed");
        // What is not damaged can be read.
        assert!(!acme.audit(Default::default()).await.unwrap().is_empty());
    }
    let (iam, acme) = engine(postgres(&other_database(&url, &whole)).await).await;
    sound(&iam, &acme, 60).await;
    drop((iam, acme));
    for name in [whole, damaged] {
        server.execute(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.unwrap();
    }
}

fn is_root() -> bool {
    let output = Process::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout == b"0\n")
}
