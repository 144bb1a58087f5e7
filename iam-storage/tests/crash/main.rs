//! Processes that are killed while they write. A child process (this program once more) carries out commands and
//! imports on several tasks and prints what was acknowledged; the parent kills it without warning, opens the database again and
//! looks: everything acknowledged is there, nothing is there by half, the doctor finds nothing, the audit chain holds.
//!
//! `IAM_CRASH_ROUNDS` says how often (25 by default), `IAM_CRASH_SEED` from which seed, `IAM_CRASH_LANES` in how many
//! databases at once (1). PostgreSQL takes part when `IAM_TEST_POSTGRES_URL` is set.
#![cfg(all(feature = "sqlite", feature = "postgres"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::expect_used
)]

mod child;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead, BufReader},
    process::{Child, Command as Process, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use child::IMPORT;
use iam_core::{
    command::CreateUser,
    model::{EntityId, Kind},
    port::Storage,
    search::{Predicate, Search},
    service::{Acting, Iam},
    testing::Random,
};
use iam_storage::{
    host,
    postgres::{PostgresOptions, PostgresStorage},
    sqlite::{SqliteOptions, SqliteStorage},
};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

async fn open(target: &str) -> Iam {
    let storage: Arc<dyn Storage> = if target.starts_with("postgres") {
        // The machine may be busy with other tests.
        let options = PostgresOptions::new(target).wait(Duration::from_secs(60));
        Arc::new(PostgresStorage::connect(options).await.unwrap())
    } else {
        let options = SqliteOptions::default().wait(Duration::from_secs(60));
        Arc::new(SqliteStorage::open(target, options).unwrap())
    };
    Iam::new(storage, host::system([3; 32])).unwrap()
}

async fn acme(iam: &Iam) -> Acting<'static> {
    iam.realm("acme").await.unwrap().host("crash")
}

/// Not a test by itself: what the child process runs.
#[test]
#[ignore = "started by the other tests"]
fn child_process() {
    let Ok(work) = std::env::var("IAM_CRASH_WORK") else {
        return;
    };
    let target = std::env::var("IAM_CRASH_TARGET").unwrap();
    let seed: u64 = std::env::var("IAM_CRASH_CHILD_SEED").unwrap().parse().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let iam = open(&target).await;
        match work.as_str() {
            "write" => child::write(&iam, seed).await,
            "count" => child::count(&acme(&iam).await, seed).await,
            other => panic!("what is {other}?"),
        }
    });
}

fn start(target: &str, work: &str, seed: u64) -> Child {
    Process::new(std::env::current_exe().unwrap())
        .args([
            "child_process",
            "--exact",
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ])
        .env("IAM_CRASH_WORK", work)
        .env("IAM_CRASH_TARGET", target)
        .env("IAM_CRASH_CHILD_SEED", seed.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// How long a child lives: so many acknowledgements, and a moment more. So the kill falls into the middle of something,
/// on a busy machine too.
#[derive(Clone, Copy)]
struct Life {
    acknowledgements: usize,
    more: Duration,
}

/// What a child says, killed at the end of its life; without one it is waited for.
fn listen(mut child: Child, life: Option<Life>) -> Vec<String> {
    let out = BufReader::new(child.stdout.take().unwrap());
    let (ready, is_ready) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut lines = Vec::new();
        for line in out.lines() {
            let Ok(line) = line else { break };
            if let Some(line) = line.strip_suffix(" .") {
                let _ = ready.send(());
                lines.push(line.to_owned());
            }
        }
        lines
    });
    if let Some(life) = life {
        is_ready
            .recv_timeout(Duration::from_secs(60))
            .expect("the child is not ready");
        for _ in 0..life.acknowledgements {
            is_ready
                .recv_timeout(Duration::from_secs(60))
                .expect("the child says nothing any more");
        }
        std::thread::sleep(life.more);
        // SIGKILL: nothing is flushed, nothing is tidied up.
        child.kill().unwrap();
    }
    let status = child.wait().unwrap();
    assert_eq!(
        status.success(),
        life.is_none(),
        "the child ended in its own way: {status}"
    );
    reader.join().unwrap()
}

/// What was acknowledged.
#[derive(Default)]
struct Acknowledged {
    users: BTreeMap<EntityId, String>,
    cities: BTreeMap<EntityId, String>,
    gone: BTreeSet<EntityId>,
    imports: BTreeSet<String>,
    revision: u64,
}

impl Acknowledged {
    fn note(&mut self, lines: &[String]) {
        for line in lines {
            let words: Vec<&str> = line.split(' ').collect();
            let id = || words[1].parse::<EntityId>().unwrap();
            let mut revision = None;
            match words[0] {
                "user" => {
                    self.users.insert(id(), words[2].to_owned());
                    revision = Some(words[3]);
                }
                "city" => drop(self.cities.insert(id(), words[2].to_owned())),
                "gone" => drop(self.gone.insert(id())),
                "import" => {
                    self.imports.insert(words[1].to_owned());
                    revision = Some(words[2]);
                }
                _ => {}
            }
            if let Some(revision) = revision {
                self.revision = self.revision.max(revision.parse().unwrap());
            }
        }
    }

    /// Everything of it is there, and whatever else is there is there as a whole.
    async fn verify(&self, iam: &Iam, recent: &[String]) {
        let acme = acme(iam).await;
        // On a server readers may be held back a few seconds by what the dead process had announced; nothing is lost.
        let standing = iam.storage().standing().await.unwrap();
        assert!(standing.latest.0 >= self.revision, "revisions went back");
        let records = acme.find_all(self.users.keys().copied()).await.unwrap();
        assert_eq!(records.len(), self.users.len(), "acknowledged users are missing");
        for record in &records {
            assert_eq!(record.text("user_name"), self.users[&record.id]);
            if let Some(city) = self.cities.get(&record.id) {
                // What was under way when the process was killed may have come through as well.
                assert!(
                    record.text("city") >= city.as_str(),
                    "an acknowledged change is missing"
                );
            }
            assert!(
                record.is_deleted() || !self.gone.contains(&record.id),
                "an acknowledged deletion is missing"
            );
        }
        // The latest ones have their journal as well.
        let ids = recent
            .iter()
            .filter_map(|line| line.strip_prefix("user ")?.split(' ').next()?.parse().ok());
        for id in ids.collect::<Vec<EntityId>>().into_iter().rev().take(5) {
            assert!(
                !acme.history(id, None, 10).await.unwrap().is_empty(),
                "no journal of {id}"
            );
        }
        // Imports are there as a whole, acknowledged or not.
        let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
        let imported = Search::new(Kind::User).filter(Predicate::starts_with("job", "import-"));
        let mut cursor = None;
        loop {
            let page = acme
                .search(&imported.clone().limit(500).cursor(cursor))
                .await
                .unwrap();
            for record in &page.items {
                *sizes.entry(record.text("job").to_owned()).or_default() += 1;
            }
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        for (tag, size) in &sizes {
            assert_eq!(*size, IMPORT, "{tag} is there by half");
        }
        for tag in &self.imports {
            assert!(sizes.contains_key(tag), "the acknowledged {tag} is missing");
        }
        let diagnosis = acme.doctor().await.unwrap();
        assert!(diagnosis.is_healthy(), "{:#?}", diagnosis.findings);
        let head = iam.seal_chain().await.unwrap();
        let verified = iam.verify_chain(head.as_slice()).await.unwrap();
        assert!(verified.breaks.is_empty(), "{:#?}", verified.breaks);
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

fn rounds() -> u64 {
    number("IAM_CRASH_ROUNDS").unwrap_or(25)
}

fn seed() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let seed = number("IAM_CRASH_SEED").unwrap_or(now.as_secs() % 1_000_000);
    println!("IAM_CRASH_SEED={seed}");
    seed
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

/// Rounds of killing, in several databases side by side: on a server the dead hold back readers for some seconds, in
/// which others can die.
fn kill_again_and_again(fresh: &(dyn Fn() -> String + Sync), rounds: u64) {
    let seed = seed();
    let lanes = number("IAM_CRASH_LANES").unwrap_or(1).clamp(1, rounds.max(1));
    let started = Instant::now();
    let total: usize = std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..lanes)
            .map(|lane| {
                scope.spawn(move || kill_in_one_lane(fresh, seed, (lane..rounds).step_by(lanes as usize)))
            })
            .collect();
        lanes.into_iter().map(|lane| lane.join().unwrap()).sum()
    });
    println!(
        "killed {rounds} times, {total} acknowledgements kept, {:.1} s",
        started.elapsed().as_secs_f64()
    );
    assert!(total > rounds as usize, "nothing was written before the kills");
}

/// A fresh database every few rounds, so that looking through all of it stays quick.
fn kill_in_one_lane(fresh: &dyn Fn() -> String, seed: u64, rounds: impl Iterator<Item = u64>) -> usize {
    let (mut target, mut acknowledged, mut total) = (String::new(), Acknowledged::default(), 0);
    for (turn, round) in rounds.enumerate() {
        if turn % 8 == 0 {
            target = fresh();
            acknowledged = Acknowledged::default();
        }
        let mut random = Random::new(seed * 10_000 + round);
        let life = Life {
            acknowledgements: random.below(25),
            more: Duration::from_millis(random.below(40) as u64),
        };
        let lines = listen(start(&target, "write", seed * 10_000 + round), Some(life));
        total += lines.len();
        acknowledged.note(&lines);
        runtime().block_on(async {
            let iam = open(&target).await;
            acknowledged.verify(&iam, &lines).await;
        });
    }
    total
}

#[test]
fn sqlite_keeps_what_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let files = AtomicUsize::new(0);
    let fresh = || {
        let file = folder
            .path()
            .join(format!("{}.db", files.fetch_add(1, Ordering::Relaxed)));
        file.to_str().unwrap().to_owned()
    };
    kill_again_and_again(&fresh, rounds());
}

/// A database of its own on the server.
struct Database {
    server: String,
    name: String,
    url: String,
}

impl Database {
    async fn create(server: &str, name: &str) -> Database {
        let name = format!("iam_crash_{}_{name}", std::process::id());
        let mut connection = PgConnection::connect(server).await.unwrap();
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&mut connection)
            .await
            .unwrap();
        let (start, _) = server.rsplit_once('/').unwrap();
        Database {
            server: server.to_owned(),
            url: format!("{start}/{name}"),
            name,
        }
    }

    async fn drop(self) {
        let mut connection = PgConnection::connect(&self.server).await.unwrap();
        let text = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        sqlx::query(AssertSqlSafe(text))
            .execute(&mut connection)
            .await
            .unwrap();
    }
}

fn postgres() -> Option<String> {
    let url = std::env::var("IAM_TEST_POSTGRES_URL").ok();
    if url.is_none() {
        eprintln!("NOT RUN: IAM_TEST_POSTGRES_URL is not set");
    }
    url
}

#[test]
fn postgres_keeps_what_it_acknowledged() {
    let Some(server) = postgres() else { return };
    let databases: Mutex<Vec<Database>> = Mutex::default();
    let count = AtomicUsize::new(0);
    let fresh = || {
        let name = count.fetch_add(1, Ordering::Relaxed).to_string();
        let database = runtime().block_on(Database::create(&server, &name));
        let url = database.url.clone();
        databases.lock().unwrap().push(database);
        url
    };
    kill_again_and_again(&fresh, rounds());
    for database in databases.into_inner().unwrap() {
        runtime().block_on(database.drop());
    }
}

/// Two processes at once on one database. `killed` is the life of the one that is killed.
fn two_processes(target: &str, killed: Option<Life>) {
    let first = runtime().block_on(async {
        let iam = open(target).await;
        let acme = acme(&iam).await;
        let before = acme.find_by(Kind::User, "user_name", "shared").await.unwrap();
        match before {
            Some(record) => record.version,
            None => {
                acme.execute(CreateUser::new("shared")).await.unwrap();
                1
            }
        }
    });
    let children = [start(target, "count", 1), start(target, "count", 2)];
    let threads: Vec<_> = children
        .into_iter()
        .zip([None, killed])
        .map(|(child, life)| std::thread::spawn(move || listen(child, life)))
        .collect();
    let said: Vec<String> = threads
        .into_iter()
        .flat_map(|thread| thread.join().unwrap())
        .collect();
    runtime().block_on(async {
        let iam = open(target).await;
        let acme = acme(&iam).await;
        let changes = said.iter().filter(|line| *line == "changed").count() as u64;
        let shared = acme
            .find_by(Kind::User, "user_name", "shared")
            .await
            .unwrap()
            .unwrap();
        // Each change is one version: a lost one would be missing. One may have come through unacknowledged.
        let unheard = shared.version - first - changes;
        assert!(
            unheard <= u64::from(killed.is_some()),
            "{unheard} changes too many"
        );
        let mut holders: BTreeMap<&str, &str> = BTreeMap::new();
        for line in said.iter().filter_map(|line| line.strip_prefix("got ")) {
            let (name, id) = line.split_once(' ').unwrap();
            assert_eq!(holders.insert(name, id), None, "“wanted {name}” was given twice");
        }
        for (name, id) in holders {
            let record = acme
                .find_by(Kind::User, "user_name", &format!("wanted {name}"))
                .await
                .unwrap();
            assert_eq!(record.unwrap().id.to_string(), id);
        }
        let diagnosis = acme.doctor().await.unwrap();
        assert!(diagnosis.is_healthy(), "{:#?}", diagnosis.findings);
        iam.seal_chain().await.unwrap();
        assert!(iam.verify_chain(&[]).await.unwrap().breaks.is_empty());
    });
}

#[test]
fn two_processes_share_a_sqlite_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shared.db");
    two_processes(file.to_str().unwrap(), None);
}

#[test]
fn two_processes_share_a_sqlite_file_and_one_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shared.db");
    let life = Life {
        acknowledgements: 3,
        more: Duration::from_millis(5),
    };
    two_processes(file.to_str().unwrap(), Some(life));
}

#[test]
fn two_processes_share_a_postgres_database() {
    let Some(server) = postgres() else { return };
    let database = runtime().block_on(Database::create(&server, "shared"));
    two_processes(&database.url, None);
    runtime().block_on(database.drop());
}
