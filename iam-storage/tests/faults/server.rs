//! What goes wrong below a server: its disk is full, it only takes questions for a while, one of its pages is damaged.
//!
//! Each test has a server of its own, started by `.ci/servers`: what is done to it would harm other tests. The disk is a small
//! file system, which only root may mount; what cannot be done here is said loudly.

use std::{
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::Command as Process,
    sync::Arc,
    time::Duration,
};

use iam_core::{
    command::{Command, CreateUser},
    model::Kind,
    port::Storage,
    search::Predicate,
    service::{Acting, BatchMode},
    wire::{Code, Problem, ProblemKind},
};
use iam_storage::{
    mysql::{MysqlOptions, MysqlStorage},
    postgres::{PostgresOptions, PostgresStorage},
};
use sqlx::{AssertSqlSafe, Connection, Executor, MySqlConnection, PgConnection, Row};

use super::{Disk, engine, sound};

/// A server of its own.
struct Server {
    folder: tempfile::TempDir,
    url: String,
}

impl Server {
    /// Where servers are tested at all, and this one is installed.
    fn start(name: &str, variable: &str) -> Option<Server> {
        if std::env::var(variable).map_or(true, |url| url.is_empty()) {
            eprintln!("NOT RUN: {variable} is not set");
            return None;
        }
        // Root's own temporary folder may be closed to the account of the server.
        let folder = tempfile::Builder::new()
            .prefix("iam-faults")
            .tempdir_in("/tmp")
            .unwrap();
        let output = Process::new(script())
            .arg("start")
            .arg(folder.path())
            .arg(name)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let url = said
            .lines()
            .find_map(|line| line.strip_prefix(&format!("export {variable}=")));
        match url {
            Some(url) => Some(Server {
                url: url.to_owned(),
                folder,
            }),
            None => {
                eprintln!(
                    "NOT RUN: {name} did not start: {}",
                    String::from_utf8_lossy(&output.stderr)
                );
                None
            }
        }
    }

    fn data(&self, place: &str) -> PathBuf {
        self.folder.path().join(place)
    }

    async fn postgres(&self) -> PgConnection {
        PgConnection::connect(&self.url).await.unwrap()
    }

    async fn mysql(&self) -> MySqlConnection {
        MySqlConnection::connect(&self.url).await.unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(
            Process::new(script())
                .arg("stop")
                .arg(self.folder.path())
                .output(),
        );
    }
}

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../.ci/servers")
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
    let options = MysqlOptions::new(url)
        .connections(3)
        .wait(Duration::from_secs(30));
    Arc::new(MysqlStorage::connect(options).await.unwrap())
}

/// The file belongs to the account of the server afterwards.
fn give(path: &Path, like: &Path) {
    let owner = std::fs::metadata(like).unwrap();
    std::os::unix::fs::chown(path, Some(owner.uid()), Some(owner.gid())).unwrap();
}

/// Creates users until the storage refuses: how many there are, and the refusal.
async fn fill(acme: &Acting<'_>) -> (u64, Problem) {
    const AT_ONCE: u64 = 50;
    let mut users = 0;
    loop {
        let commands: Vec<Command> = (users..users + AT_ONCE)
            .map(|n| {
                let user = CreateUser::new(format!("user{n}")).set("city", "x".repeat(200));
                user.set("job", "y".repeat(200)).into()
            })
            .collect();
        match acme.batch(&commands, BatchMode::AllOrNothing).await {
            Ok(_) => users += AT_ONCE,
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
    assert!(
        problem.message.contains("disk is full"),
        "{problem}: {:?}",
        problem.source
    );
    assert!(users >= 50, "{users}");
    // Reading goes on, and what is there is whole.
    assert_eq!(acme.count(Kind::User, Predicate::All).await.unwrap(), users);
    disk.remount(larger);
    acme.execute(CreateUser::new("room")).await.unwrap();
    sound(&iam, &acme, users + 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_of_postgres_refuses_and_room_helps() {
    let Some(disk) = Disk::mount(10_000) else { return };
    let Some(server) = Server::start("postgres", "IAM_TEST_POSTGRES_URL") else {
        return;
    };
    give(disk.0.path(), &server.data("postgres/data"));
    let mut control = server.postgres().await;
    for text in [
        format!("CREATE TABLESPACE small LOCATION '{}'", disk.0.path().display()),
        "CREATE DATABASE small TABLESPACE small".to_owned(),
    ] {
        control.execute(AssertSqlSafe(text)).await.unwrap();
    }
    full(
        &disk,
        postgres(&other_database(&server.url, "small")).await,
        "size=60m",
    )
    .await;
    // The server goes before its disk.
    drop(server);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_of_mysql_refuses_and_room_helps() {
    let Some(server) = Server::start("mariadb", "IAM_TEST_MYSQL_URL") else {
        return;
    };
    let mut control = server.mysql().await;
    control
        .execute("CREATE DATABASE small CHARACTER SET utf8mb4")
        .await
        .unwrap();
    // The database's own folder becomes a disk.
    let folder = server.data("mariadb/data/small");
    let Some(disk) = Disk::mount_at(&folder, 12_000) else {
        return;
    };
    give(&folder, folder.parent().unwrap());
    full(
        &disk,
        mysql(&other_database(&server.url, "small")).await,
        "size=60m",
    )
    .await;
    drop(server);
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
        let problem = acme
            .execute(CreateUser::new(format!("bob{n}")))
            .await
            .unwrap_err();
        assert!(problem.retry(), "{problem}");
        assert!(
            matches!(problem.kind(), ProblemKind::Storage | ProblemKind::Conflict),
            "{problem}"
        );
    }
    assert_eq!(
        insist(async || acme.count(Kind::User, Predicate::All).await).await,
        1
    );
    only(false).await;
    insist(async || acme.execute(CreateUser::new("bob")).await).await;
    sound(&iam, &acme, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_that_can_only_be_read_is_a_typed_error() {
    let Some(server) = Server::start("postgres", "IAM_TEST_POSTGRES_URL") else {
        return;
    };
    let mut control = server.postgres().await;
    control.execute("CREATE DATABASE other").await.unwrap();
    read_only(
        postgres(&other_database(&server.url, "other")).await,
        async |only| {
            for text in [
                format!("ALTER DATABASE other SET default_transaction_read_only = {only}"),
                // As a standby that is promoted does: connections of before end.
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'other'".to_owned(),
            ] {
                control.execute(AssertSqlSafe(text)).await.unwrap();
            }
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mysql_that_can_only_be_read_is_a_typed_error() {
    let Some(server) = Server::start("mariadb", "IAM_TEST_MYSQL_URL") else {
        return;
    };
    let mut control = server.mysql().await;
    // An account that is not above it, as administrators are.
    for text in [
        "CREATE DATABASE other CHARACTER SET utf8mb4",
        "CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'reader'",
        "GRANT ALL ON other.* TO reader@'127.0.0.1'",
    ] {
        control.execute(text).await.unwrap();
    }
    let (_, place) = server.url.split_once('@').unwrap();
    let own = format!("mysql://reader:reader@{}", other_database(place, "other"));
    read_only(mysql(&own).await, async |only| {
        let text = format!("SET GLOBAL read_only = {}", u8::from(only));
        control.execute(AssertSqlSafe(text)).await.unwrap();
    })
    .await;
}

/// A page of a table is overwritten on the disk. Whoever reads it is told so, nothing is made up, and nothing else is
/// refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_page_of_postgres_is_a_typed_error() {
    let Some(server) = Server::start("postgres", "IAM_TEST_POSTGRES_URL") else {
        return;
    };
    let url = &server.url;
    let mut control = server.postgres().await;
    let ask = async |connection: &mut PgConnection, text: &'static str| -> String {
        sqlx::query(text).fetch_one(connection).await.unwrap().get(0)
    };
    let version: i32 = ask(&mut control, "SHOW server_version_num")
        .await
        .parse()
        .unwrap();
    if version < 150_000 {
        eprintln!("NOT RUN: it takes PostgreSQL 15");
        return;
    }
    control.execute("CREATE DATABASE whole").await.unwrap();
    let ids = {
        let (_, acme) = engine(postgres(&other_database(url, "whole")).await).await;
        let mut ids = Vec::new();
        for n in 0..60 {
            let create = CreateUser::new(format!("user{n}")).set("city", "Utica");
            ids.push(acme.execute(create).await.unwrap().id.unwrap());
        }
        ids
    };
    let place: String = {
        let mut inside = PgConnection::connect(&other_database(url, "whole"))
            .await
            .unwrap();
        ask(&mut inside, "SELECT pg_relation_filepath('iam_user')").await
    };
    for text in [
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'whole'",
        "CHECKPOINT",
    ] {
        control.execute(text).await.unwrap();
    }
    let file = server.data("postgres/data").join(place);
    let kept = std::fs::read(&file).unwrap();
    let mut bytes = kept.clone();
    bytes[..8_192].fill(0xA5);
    std::fs::write(&file, bytes).unwrap();
    // A copy file by file: what the server has in memory is not looked at.
    control
        .execute("CREATE DATABASE damaged TEMPLATE whole STRATEGY file_copy")
        .await
        .unwrap();
    std::fs::write(&file, kept).unwrap();
    {
        let (_, acme) = engine(postgres(&other_database(url, "damaged")).await).await;
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
    let (iam, acme) = engine(postgres(&other_database(url, "whole")).await).await;
    sound(&iam, &acme, 60).await;
}
