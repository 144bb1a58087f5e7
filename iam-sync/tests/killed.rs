//! An import that is killed in its middle, and goes on: under the same change set every row is there once, in a new one
//! nothing is changed twice, and what is derived from the rows is whole all the time.
//!
//! `IAM_CRASH_ROUNDS` says how often (6), `IAM_CRASH_SEED` from which seed. PostgreSQL takes part when
//! `IAM_TEST_POSTGRES_URL` is set.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::{
    process::{Command as Process, Stdio},
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use iam_core::{
    model::{ChangeSetId, Kind},
    port::Storage,
    search::Predicate,
    service::{Acting, Iam},
    testing::Random,
};
use iam_storage::{
    host,
    postgres::{PostgresOptions, PostgresStorage},
    sqlite::{SqliteOptions, SqliteStorage},
};
use iam_sync::{import::Import, table::Csv};

const ROWS: usize = 300;

async fn open(target: &str) -> (Iam, Acting<'static>) {
    let (storage, realm): (Arc<dyn Storage>, &str) = match target.split_once('#') {
        Some((url, realm)) => {
            let options = PostgresOptions::new(url).wait(Duration::from_secs(60));
            (Arc::new(PostgresStorage::connect(options).await.unwrap()), realm)
        }
        None => {
            let options = SqliteOptions::default().wait(Duration::from_secs(60));
            (Arc::new(SqliteStorage::open(target, options).unwrap()), "acme")
        }
    };
    let iam = Iam::new(storage, host::system([3; 32])).unwrap();
    let acting = iam.realm(realm).await.unwrap().host("import");
    (iam, acting)
}

fn table() -> String {
    let mut text = "external_id,user_name,city,manager\n".to_owned();
    for n in 0..ROWS {
        // Managers come before and after their reports, so that rows wait for each other.
        let manager = (n * 7 + 3) % ROWS;
        text.push_str(&format!("{n},user{n},Utica,user{manager}\n"));
    }
    text
}

fn import(set: ChangeSetId) -> Import {
    Import::users(Csv::bytes(table())).chunk(20).in_change_set(set)
}

/// What the child process does. Not a test by itself.
#[test]
#[ignore = "started by the other tests"]
fn child_process() {
    let Ok(target) = std::env::var("IAM_KILLED_TARGET") else {
        return;
    };
    let set = std::env::var("IAM_KILLED_SET").unwrap().parse().unwrap();
    runtime().block_on(async {
        let (_, acting) = open(&target).await;
        println!("\nready .");
        let report = import(set).apply(&acting, &mut ()).await.unwrap();
        assert!(report.stopped.is_none(), "{:?}", report.stopped);
    });
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

fn kill_again_and_again(fresh: &dyn Fn(u64) -> String) {
    let rounds = number("IAM_CRASH_ROUNDS").unwrap_or(6);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let seed = number("IAM_CRASH_SEED").unwrap_or(now.as_secs() % 1_000_000);
    println!("IAM_CRASH_SEED={seed}");
    let mut random = Random::new(seed);
    let (mut killed, mut kept) = (0, 0);
    for round in 0..rounds {
        let target = fresh(round);
        let runtime = runtime();
        let set = runtime.block_on(async { open(&target).await.1.new_change_set() });
        // Killed several times on its way.
        for _ in 0..3 {
            let mut child = Process::new(std::env::current_exe().unwrap())
                .args(["child_process", "--exact", "--ignored", "--nocapture"])
                .env("IAM_KILLED_TARGET", &target)
                .env("IAM_KILLED_SET", set.to_string())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let mut out = std::io::BufReader::new(child.stdout.take().unwrap());
            let mut line = String::new();
            while !line.contains("ready .") {
                line.clear();
                let read = std::io::BufRead::read_line(&mut out, &mut line).unwrap();
                assert!(read > 0, "the child is not ready");
            }
            std::thread::sleep(Duration::from_millis(random.below(500) as u64));
            child.kill().unwrap();
            killed += usize::from(!child.wait().unwrap().success());
            runtime.block_on(async {
                let (iam, acting) = open(&target).await;
                kept += usize::try_from(sound(&iam, &acting).await).unwrap();
            });
        }
        runtime.block_on(async {
            let (iam, acting) = open(&target).await;
            let report = import(set).apply(&acting, &mut ()).await.unwrap();
            assert!(report.stopped.is_none() && report.failed == 0, "{report:?}");
            assert_eq!(sound(&iam, &acting).await, ROWS as u64);
            let again = import(acting.new_change_set())
                .apply(&acting, &mut ())
                .await
                .unwrap();
            assert_eq!(
                (again.created, again.updated, again.unchanged),
                (0, 0, ROWS as u64),
                "{again:?}"
            );
        });
    }
    println!(
        "killed {killed} times in {rounds} imports; {kept} rows were there after the kills, none by half"
    );
    assert!(killed > 0, "every import was faster than its end");
}

/// The doctor finds nothing, the chain holds; answers with the number of users.
async fn sound(iam: &Iam, acting: &Acting<'_>) -> u64 {
    let mut diagnosis = acting.doctor().await.unwrap();
    diagnosis
        .findings
        .retain(|finding| finding.code != "manager.circle");
    assert!(diagnosis.is_healthy(), "{:#?}", diagnosis.findings);
    iam.seal_chain().await.unwrap();
    assert!(iam.verify_chain(&[]).await.unwrap().holds());
    acting.count(Kind::User, Predicate::All).await.unwrap()
}

#[test]
fn an_import_into_sqlite_goes_on_after_its_end() {
    let folder = tempfile::tempdir().unwrap();
    kill_again_and_again(&|round| {
        folder
            .path()
            .join(format!("{round}.db"))
            .to_str()
            .unwrap()
            .to_owned()
    });
}

#[test]
fn an_import_into_postgres_goes_on_after_its_end() {
    let Ok(url) = std::env::var("IAM_TEST_POSTGRES_URL") else {
        eprintln!("NOT RUN: IAM_TEST_POSTGRES_URL is not set");
        return;
    };
    let process = std::process::id();
    kill_again_and_again(&|round| format!("{url}#killed {process} {round}"));
}
