//! A backup that was made while others write opens, is whole, and holds everything up to its revision.
//!
//! PostgreSQL and MariaDB are backed up with their own programs, as `iam-core/docs/operations.md` says.
#![cfg(all(feature = "sqlite", feature = "postgres", feature = "mysql"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests fail by panicking"
)]

use std::{
    process::{Command as Process, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use iam_core::{
    command::{Command, CreateOrganization, CreateUser},
    model::{Kind, OrganizationId},
    port::{AuditQuery, Outcome, Storage},
    search::Predicate,
    service::{Acting, BatchMode, Iam},
};
use iam_storage::{
    host,
    mysql::{MysqlOptions, MysqlStorage},
    postgres::{PostgresOptions, PostgresStorage},
    sqlite::{SqliteOptions, SqliteStorage},
};

async fn engine(storage: Arc<dyn Storage>) -> (Iam, Acting<'static>) {
    let iam = Iam::new(storage, host::system([3; 32])).unwrap();
    let acme = iam.realm("acme").await.unwrap().host("backup");
    (iam, acme)
}

/// Writes whole organizations with five members each, until it is told to stop.
async fn write(acme: Acting<'static>, name: &'static str, stop: Arc<AtomicBool>) -> u64 {
    let mut written = 0;
    while !stop.load(Ordering::SeqCst) {
        let unit = acme
            .execute(CreateOrganization::new(format!("{name} {written}")))
            .await
            .unwrap();
        let unit: OrganizationId = unit.id().unwrap();
        let commands: Vec<Command> = (0..5)
            .map(|n| {
                CreateUser::new(format!("{name}-{written}-{n}"))
                    .set("job", format!("{name}-{written}"))
                    .in_organization(unit)
                    .into()
            })
            .collect();
        acme.batch(&commands, BatchMode::AllOrNothing).await.unwrap();
        written += 1;
        tokio::task::yield_now().await;
    }
    written
}

/// A backup is whole: what the audit trail has is there, and groups of five are there as five.
async fn whole(storage: Arc<dyn Storage>) -> u64 {
    let (iam, acme) = engine(storage).await;
    let diagnosis = acme.doctor().await.unwrap();
    assert!(diagnosis.is_healthy(), "{:#?}", diagnosis.findings);
    let head = iam.seal_chain().await.unwrap();
    assert!(iam.verify_chain(head.as_slice()).await.unwrap().holds());
    let users = acme.all(Kind::User, Predicate::All).await.unwrap();
    let mut sizes = std::collections::BTreeMap::<String, usize>::new();
    for user in &users {
        *sizes.entry(user.text("job").to_owned()).or_default() += 1;
    }
    assert!(sizes.values().all(|size| *size == 5), "{sizes:?}");
    let mut batches = 0;
    let mut query = AuditQuery {
        limit: 1_000,
        ..AuditQuery::default()
    };
    loop {
        let rows = acme.audit(query.clone()).await.unwrap();
        let Some(last) = rows.last() else { break };
        query.after = Some(last.revision);
        let accepted =
            |row: &&iam_core::port::AuditRecord| row.command == "batch" && row.outcome == Outcome::Accepted;
        batches += rows.iter().filter(accepted).count();
    }
    assert_eq!(batches * 5, users.len());
    // And it goes on from there.
    acme.execute(CreateUser::new("after.the.restoration"))
        .await
        .unwrap();
    users.len() as u64
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_is_backed_up_while_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let storage =
        Arc::new(SqliteStorage::open(folder.path().join("iam.db"), SqliteOptions::default()).unwrap());
    let (_iam, acme) = engine(storage.clone()).await;
    let stop = Arc::new(AtomicBool::new(false));
    let writers = ["red", "blue"].map(|name| tokio::spawn(write(acme.clone(), name, stop.clone())));
    let mut before = 0;
    for n in 0..4 {
        tokio::time::sleep(std::time::Duration::from_millis(80)).await;
        let place = folder.path().join(format!("backup {n}.db"));
        let acknowledged = storage.standing().await.unwrap().latest;
        let revision = storage.backup(&place).await.unwrap();
        assert!(revision >= acknowledged, "what was acknowledged before is in it");
        let copy = SqliteStorage::open(&place, SqliteOptions::default()).unwrap();
        assert_eq!(copy.standing().await.unwrap().latest, revision);
        let users = whole(Arc::new(copy)).await;
        assert!(users >= before);
        before = users;
        assert!(
            storage.backup(&place).await.is_err(),
            "a backup is never written over"
        );
    }
    stop.store(true, Ordering::SeqCst);
    for writer in writers {
        assert!(writer.await.unwrap() > 0);
    }
}

/// `scheme://user:password@host:port/database`
struct Url {
    user: String,
    password: String,
    host: String,
    port: String,
    start: String,
}

fn url(variable: &str) -> Option<Url> {
    let Ok(url) = std::env::var(variable) else {
        eprintln!("NOT RUN: {variable} is not set");
        return None;
    };
    let (scheme, rest) = url.split_once("://").unwrap();
    let (account, place) = rest.split_once('@').unwrap();
    let (user, password) = account.split_once(':').unwrap();
    let (server, _) = place.split_once('/').unwrap();
    let (host, port) = server.split_once(':').unwrap();
    Some(Url {
        user: user.to_owned(),
        password: password.to_owned(),
        host: host.to_owned(),
        port: port.to_owned(),
        start: format!("{scheme}://{account}@{server}"),
    })
}

impl Url {
    fn name(&self, what: &str) -> String {
        format!("iam_backup_{what}_{}", std::process::id())
    }

    /// A program of the server's package; `false` when it is not installed.
    fn run(&self, program: &str, arguments: &[&str], input: Option<&std::path::Path>) -> bool {
        let mut process = Process::new(program);
        process
            .args(arguments)
            .env("PGPASSWORD", &self.password)
            .env("MYSQL_PWD", &self.password);
        if let Some(input) = input {
            process.stdin(Stdio::from(std::fs::File::open(input).unwrap()));
        }
        match process.output() {
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stderr);
                assert!(output.status.success(), "{program}: {said}");
                true
            }
            Err(error) => {
                eprintln!("NOT RUN: {program}: {error}");
                false
            }
        }
    }
}

async fn write_for_a_while(storage: Arc<dyn Storage>, meanwhile: impl AsyncFnOnce()) {
    let (_iam, acme) = engine(storage).await;
    let stop = Arc::new(AtomicBool::new(false));
    let writers = ["red", "blue"].map(|name| tokio::spawn(write(acme.clone(), name, stop.clone())));
    while acme.count(Kind::User, Predicate::All).await.unwrap() < 10 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    meanwhile().await;
    stop.store(true, Ordering::SeqCst);
    for writer in writers {
        assert!(writer.await.unwrap() > 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_is_dumped_while_it_is_written() {
    let Some(url) = url("IAM_TEST_POSTGRES_URL") else {
        return;
    };
    let (one, two) = (url.name("one"), url.name("two"));
    let place = ["-h", &url.host, "-p", &url.port, "-U", &url.user];
    let with = |more: &[&'static str], name: &str| -> Vec<String> {
        let all = place.iter().copied().chain(more.iter().copied()).chain([name]);
        all.map(str::to_owned).collect()
    };
    let run = |program: &str, arguments: Vec<String>, input: Option<&std::path::Path>| {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        url.run(program, &arguments, input)
    };
    if !run("createdb", with(&[], &one), None) {
        return;
    }
    run("createdb", with(&[], &two), None);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dump.sql");
    let open = async |name: &str| {
        let options = PostgresOptions::new(format!("{}/{name}", url.start)).connections(4);
        Arc::new(PostgresStorage::connect(options).await.unwrap())
    };
    write_for_a_while(open(&one).await, async || {
        let mut arguments = with(&["-f"], file.to_str().unwrap());
        arguments.push(one.clone());
        tokio::task::block_in_place(|| run("pg_dump", arguments, None));
    })
    .await;
    let mut arguments = with(
        &["-q", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-f"],
        file.to_str().unwrap(),
    );
    arguments.push(two.clone());
    run("psql", arguments, None);
    assert!(whole(open(&two).await).await > 0);
    for name in [&one, &two] {
        run("dropdb", with(&["--force"], name), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mariadb_is_dumped_while_it_is_written() {
    let Some(url) = url("IAM_TEST_MYSQL_URL") else {
        return;
    };
    let (one, two) = (url.name("one"), url.name("two"));
    let place = ["--no-defaults", "-h", &url.host, "-P", &url.port, "-u", &url.user];
    let run = |program: &str, more: &[&str], input: Option<&std::path::Path>| {
        let all: Vec<&str> = place.iter().copied().chain(more.iter().copied()).collect();
        url.run(program, &all, input)
    };
    let create = format!("CREATE DATABASE {one}; CREATE DATABASE {two}");
    if !run("mariadb", &["-e", &create], None) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dump.sql");
    let open = async |name: &str| {
        let options = MysqlOptions::new(format!("{}/{name}", url.start)).connections(4);
        Arc::new(MysqlStorage::connect(options).await.unwrap())
    };
    write_for_a_while(open(&one).await, async || {
        let result = format!("--result-file={}", file.display());
        let more = [
            "--single-transaction",
            "--hex-blob",
            "--skip-lock-tables",
            &result,
            &one,
        ];
        tokio::task::block_in_place(|| run("mariadb-dump", &more, None));
    })
    .await;
    run("mariadb", &[&two], Some(&file));
    assert!(whole(open(&two).await).await > 0);
    run(
        "mariadb",
        &["-e", &format!("DROP DATABASE {one}; DROP DATABASE {two}")],
        None,
    );
}
