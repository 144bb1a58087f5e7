//! Several processes on one database who want the same thing at the same moment: one link, one lock threshold, one
//! counter, the last factor; and processes that are killed while they refresh a session or reset a password. A child
//! process is this program once more; it says what was acknowledged.
//!
//! PostgreSQL takes part when `IAM_TEST_POSTGRES_URL` is set, MySQL or MariaDB when `IAM_TEST_MYSQL_URL` is.
//! `IAM_CRASH_ROUNDS` says how often is killed (6).
#![cfg(all(feature = "sqlite", feature = "postgres", feature = "mysql"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::expect_used
)]

mod access;
mod child;

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    process::{Child, Command as Process, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use iam_core::{
    command::{
        CreatePolicy, CreateUser, Delivery, EnrolOtp, Invitation, Registration, StartPasswordReset,
        UpdateRealm,
    },
    credential::{Argon2Cost, Hashing},
    model::{CredentialId, UserId},
    port::Storage,
    rules::link::LinkPurpose,
    service::{Acting, Iam, Options, ResetPasswordByLink, SignIn, SignedIn},
    testing::Random,
    wire::Code,
};
use iam_storage::{
    host,
    mysql::{MysqlOptions, MysqlStorage},
    postgres::{PostgresOptions, PostgresStorage},
    sqlite::{SqliteOptions, SqliteStorage},
};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

pub(crate) const PASSWORD: &str = "a staple of the battery horse";

async fn open(target: &str) -> Iam {
    let storage: Arc<dyn Storage> = if target.starts_with("mysql") {
        let options = MysqlOptions::new(target);
        Arc::new(MysqlStorage::connect(options).await.unwrap())
    } else if target.starts_with("postgres") {
        let options = PostgresOptions::new(target).wait(Duration::from_secs(60));
        Arc::new(PostgresStorage::connect(options).await.unwrap())
    } else {
        let options = SqliteOptions::default().wait(Duration::from_secs(60));
        Arc::new(SqliteStorage::open(target, options).unwrap())
    };
    let cheap = Options {
        hashing: Hashing {
            argon2: Argon2Cost {
                memory_kib: 8,
                passes: 1,
                lanes: 1,
            },
            ..Hashing::default()
        },
        ..Options::default()
    };
    Iam::with(storage, host::system([3; 32]), cheap).unwrap()
}

async fn acme(iam: &Iam) -> Acting<'static> {
    iam.realm("acme").await.unwrap().host("races")
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

/// Not a test by itself: what the child process runs.
#[test]
#[ignore = "started by the other tests"]
fn child_process() {
    let Ok(work) = std::env::var("IAM_RACE_WORK") else {
        return;
    };
    let target = std::env::var("IAM_RACE_TARGET").unwrap();
    let input = std::env::var("IAM_RACE_INPUT").unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let iam = open(&target).await;
        let acme = acme(&iam).await;
        match work.as_str() {
            "redeem" => child::redeem(&acme, &input).await,
            "guess" => child::guess(&acme, &input).await,
            "knock" => child::knock(&acme, &input).await,
            "remove" => child::remove(&acme, &input).await,
            "rotate" => child::rotate(&acme, &input).await,
            "reset" => child::reset(&acme, &input).await,
            "act" => child::act(&iam, &acme, &input).await,
            other => panic!("what is {other}?"),
        }
    });
}

fn start(target: &str, work: &str, input: &str) -> Child {
    Process::new(std::env::current_exe().unwrap())
        .args([
            "child_process",
            "--exact",
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ])
        .env("IAM_RACE_WORK", work)
        .env("IAM_RACE_TARGET", target)
        .env("IAM_RACE_INPUT", input)
        .stdout(Stdio::piped())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Lines of a child: those that end in a dot are complete.
fn lines(out: impl std::io::Read) -> impl Iterator<Item = String> {
    BufReader::new(out)
        .lines()
        .map_while(Result::ok)
        .filter_map(|line| line.strip_suffix(" .").map(str::to_owned))
}

/// Children that begin at the same moment; what each of them said.
fn race(target: &str, work: &str, input: &str, count: usize) -> Vec<Vec<String>> {
    let mut children: Vec<_> = (0..count)
        .map(|_| {
            let mut child = start(target, work, input);
            let mut out = lines(child.stdout.take().unwrap());
            assert_eq!(out.next().as_deref(), Some("ready"));
            (child, out)
        })
        .collect();
    for (child, _) in &mut children {
        use std::io::Write;
        child.stdin.take().unwrap().write_all(b"go\n").unwrap();
    }
    children
        .into_iter()
        .map(|(mut child, out)| {
            let said: Vec<String> = out.collect();
            assert!(child.wait().unwrap().success());
            said
        })
        .collect()
}

/// A child that is killed without warning after it has said so many lines and a little more; what it said.
fn killed(target: &str, work: &str, input: &str, heard: usize, micros: u64) -> Vec<String> {
    use std::io::Write;
    let mut child = start(target, work, input);
    let mut out = lines(child.stdout.take().unwrap());
    assert_eq!(out.next().as_deref(), Some("ready"));
    child.stdin.take().unwrap().write_all(b"go\n").unwrap();
    let mut said: Vec<String> = out.by_ref().take(heard).collect();
    std::thread::sleep(Duration::from_micros(micros));
    // SIGKILL: nothing is flushed, nothing is tidied up.
    child.kill().unwrap();
    said.extend(out);
    child.wait().unwrap();
    said
}

/// A database of its own on the server.
struct Database {
    server: String,
    name: String,
    url: String,
}

impl Database {
    async fn create(server: &str) -> Database {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let name = format!("iam_races_{}_{number}", std::process::id());
        let mut connection = PgConnection::connect(server).await.unwrap();
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&mut connection)
            .await
            .unwrap();
        let (base, _) = server.rsplit_once('/').unwrap();
        Database {
            server: server.to_owned(),
            url: format!("{base}/{name}"),
            name,
        }
    }

    async fn drop(self) {
        let mut connection = PgConnection::connect(&self.server).await.unwrap();
        sqlx::query(AssertSqlSafe(format!("DROP DATABASE {} WITH (FORCE)", self.name)))
            .execute(&mut connection)
            .await
            .unwrap();
    }
}

fn on_sqlite(test: impl Fn(&str)) {
    let folder = tempfile::tempdir().unwrap();
    test(folder.path().join("races.db").to_str().unwrap());
}

fn on_postgres(test: impl Fn(&str)) {
    let Ok(server) = std::env::var("IAM_TEST_POSTGRES_URL") else {
        eprintln!("NOT RUN: IAM_TEST_POSTGRES_URL is not set");
        return;
    };
    let database = runtime().block_on(Database::create(&server));
    test(&database.url);
    runtime().block_on(database.drop());
}

async fn person(acme: &Acting<'_>, name: &str) -> UserId {
    let create = CreateUser::new(name).set("email", format!("{name}@example.com"));
    let user: UserId = acme.execute(create).await.unwrap().id().unwrap();
    let start = StartPasswordReset {
        user,
        language: None,
        delivery: Delivery::Answer,
    };
    let mut done = acme.execute(start).await.unwrap();
    let reset = ResetPasswordByLink {
        link_token: done.disclosed.remove("link_token").unwrap().remove(0),
        password: PASSWORD.into(),
    };
    acme.reset_password(&reset).await.unwrap();
    user
}

async fn sound(iam: &Iam, acme: &Acting<'_>) {
    let diagnosis = acme.doctor().await.unwrap();
    assert!(diagnosis.is_healthy(), "{:#?}", diagnosis.findings);
    iam.seal_chain().await.unwrap();
    assert!(iam.verify_chain(&[]).await.unwrap().breaks.is_empty());
}

/// Three processes open one invitation at the same moment.
fn one_link(target: &str) {
    for round in 0..4 {
        let (user, token) = runtime().block_on(async {
            let acme = acme(&open(target).await).await;
            let mut create = CreateUser::default().set("email", format!("guest{round}@example.com"));
            create.registration = Registration::Invited;
            create.invitation = Some(Invitation {
                language: None,
                delivery: Delivery::Answer,
            });
            let done = acme.execute(create).await.unwrap();
            let user: UserId = done.id().unwrap();
            (user, done.disclosed["link_token"][0].expose().to_owned())
        });
        let said = race(target, "redeem", &token, 3);
        let won = said.iter().flatten().filter(|line| *line == "won").count();
        let lost = said
            .iter()
            .flatten()
            .filter(|line| *line == "lost link.used")
            .count();
        assert_eq!((won, lost), (1, 2), "{said:?}");
        runtime().block_on(async {
            let iam = open(target).await;
            let acme = acme(&iam).await;
            let links = acme.links(user).await.unwrap();
            assert_eq!(links.len(), 1);
            assert_eq!(links[0].text("purpose"), LinkPurpose::Invitation.name());
            assert_eq!(links[0].text("end"), "used");
            sound(&iam, &acme).await;
        });
    }
}

/// Three processes try passwords at the same moment: the user is locked after exactly so many failures, and no process
/// gets one attempt more than the policy allows.
fn one_threshold(target: &str) {
    let user = runtime().block_on(async {
        let acme = acme(&open(target).await).await;
        let free = r#"{"sign_in": {"identifier_limit": {"attempts": 0}, "realm_limit": {"attempts": 0}}}"#;
        let update = UpdateRealm {
            name: None,
            settings: serde_json::from_str(free).unwrap(),
        };
        acme.execute(update).await.unwrap();
        let policy = r#"{"attributes": {"name": "strict"},
            "rules": {"lock": {"attempts": 10, "delay_seconds": 0, "duration_minutes": 60}}}"#;
        let policy: CreatePolicy = serde_json::from_str(policy).unwrap();
        acme.execute(policy).await.unwrap();
        person(&acme, "alice").await
    });
    // Nine failures in all: not locked.
    assert_eq!(race(target, "guess", "alice 3", 3).concat().len(), 9);
    runtime().block_on(async {
        let iam = open(target).await;
        let acme = acme(&iam).await;
        assert!(!acme.get(user).await.unwrap().flag("locked"));
    });
    // The tenth locks; those after it are not even looked at.
    race(target, "guess", "alice 2", 3);
    runtime().block_on(async {
        let iam = open(target).await;
        let acme = acme(&iam).await;
        assert!(acme.get(user).await.unwrap().flag("locked"));
        let events = acme.events(iam_core::port::Revision(0), 1000).await.unwrap();
        let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
        for event in events.iter().flat_map(|(_, events)| events) {
            if event.name == "sign_in.failed" {
                let reason = event.details["reason"].as_text().unwrap().to_owned();
                *reasons.entry(reason).or_default() += 1;
            }
        }
        assert_eq!(reasons["wrong_password"], 10, "{reasons:?}");
        let locked = events.iter().flat_map(|(_, events)| events);
        assert_eq!(locked.filter(|event| event.name == "user.locked").count(), 1);
        sound(&iam, &acme).await;
    });
}

/// Three processes try names from one address at the same moment: all together get the attempts that the realm allows.
fn one_counter(target: &str) {
    runtime().block_on(async {
        let acme = acme(&open(target).await).await;
        let limits = r#"{"sign_in": {"realm_limit": {"attempts": 0},
            "address_limit": {"attempts": 7, "delay_seconds": 3600, "longest_delay_seconds": 3600}}}"#;
        let update = UpdateRealm {
            name: None,
            settings: serde_json::from_str(limits).unwrap(),
        };
        acme.execute(update).await.unwrap();
    });
    let said = race(target, "knock", "192.0.2.4 4", 3).concat();
    let count = |word: &str| said.iter().filter(|line| *line == word).count();
    assert_eq!((count("refused"), count("throttled")), (7, 5), "{said:?}");
}

/// Three processes remove the three factors of a user at the same moment: one is left, whichever it is.
fn one_factor_left(target: &str) {
    for round in 0..4 {
        let (user, factors) = runtime().block_on(async {
            let acme = acme(&open(target).await).await;
            let user = person(&acme, &format!("factors{round}")).await;
            let mut factors = Vec::new();
            for _ in 0..3 {
                let device = EnrolOtp {
                    confirmed: true,
                    ..EnrolOtp::new(user)
                };
                let id: CredentialId = acme.execute(device).await.unwrap().id().unwrap();
                factors.push(id.to_string());
            }
            (user, factors.join(" "))
        });
        let said = race(target, "remove", &factors, 3).concat();
        let removed = said.iter().filter(|line| *line == "removed").count();
        assert_eq!((said.len(), removed), (9, 2), "{said:?}");
        runtime().block_on(async {
            let iam = open(target).await;
            let acme = acme(&iam).await;
            let left = acme.credentials(user).await.unwrap();
            let devices = left
                .iter()
                .filter(|record| record.text("credential_type") == "totp");
            assert_eq!(devices.count(), 1);
            if round == 3 {
                sound(&iam, &acme).await;
            }
        });
    }
}

/// How often a process is killed.
fn rounds() -> u64 {
    let given = std::env::var("IAM_CRASH_ROUNDS").ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(6)
}

/// Microseconds from an answer to the kill: all along the way to the next one, however fast the machine is.
fn moment(round: u64) -> u64 {
    Random::new(round).below(9_000) as u64
}

/// A process is killed while it refreshes a session: the session is whole, and whoever got an answer goes on. An answer
/// that got lost is asked for again within the grace.
fn killed_while_rotating(target: &str) {
    for round in 0..rounds() {
        let name = format!("rotating{round}");
        let refresh = runtime().block_on(async {
            let acme = acme(&open(target).await).await;
            let grace = r#"{"sign_in": {"refresh_grace_seconds": 60}}"#;
            let update = UpdateRealm {
                name: None,
                settings: serde_json::from_str(grace).unwrap(),
            };
            acme.execute(update).await.unwrap();
            person(&acme, &name).await;
            let attempt = SignIn::new(name.as_str(), PASSWORD).with_refresh();
            let SignedIn::Open(tokens) = acme.sign_in(&attempt).await.unwrap() else {
                panic!("not open")
            };
            tokens.refresh_token.unwrap().expose().to_owned()
        });
        let said = killed(target, "rotate", &refresh, 3, moment(round));
        let latest = said.last().cloned().unwrap();
        runtime().block_on(async {
            let iam = open(target).await;
            let acme = acme(&iam).await;
            let tokens = acme.refresh_session(&latest).await.unwrap();
            acme.session(tokens.token.expose()).await.unwrap();
            assert!(
                acme.refresh_session(&said[0]).await.is_err(),
                "an older token ends the session"
            );
            assert!(acme.session(tokens.token.expose()).await.is_err());
            if round % 8 == 7 || round + 1 == rounds() {
                sound(&iam, &acme).await;
            }
        });
    }
    println!("killed {} times while a session was refreshed", rounds());
}

/// A process is killed while it resets a password again and again: the password is the new one if and only if the link is
/// used.
fn killed_while_resetting(target: &str) {
    for round in 0..rounds() {
        let name = format!("resetting{round}");
        let user = runtime().block_on(async {
            let acme = acme(&open(target).await).await;
            person(&acme, &name).await
        });
        let said = killed(target, "reset", &user.to_string(), 4, moment(round));
        let acknowledged = said.iter().filter(|line| line.starts_with("reset ")).count();
        runtime().block_on(async {
            let iam = open(target).await;
            let acme = acme(&iam).await;
            let links = acme.links(user).await.unwrap();
            // The first one set the password to begin with.
            let used = links.iter().filter(|link| link.text("end") == "used").count() - 1;
            assert!(
                used == acknowledged || used == acknowledged + 1,
                "{used} {acknowledged}"
            );
            let right = SignIn::new(name.as_str(), child::password(used));
            assert!(acme.sign_in(&right).await.is_ok());
            for other in [used + 1, used.saturating_sub(1)]
                .into_iter()
                .filter(|n| *n != used)
            {
                let wrong = SignIn::new(name.as_str(), child::password(other));
                assert_eq!(acme.sign_in(&wrong).await.unwrap_err().code, Code::SignInRefused);
            }
            if round % 8 == 7 || round + 1 == rounds() {
                sound(&iam, &acme).await;
            }
        });
    }
    println!("killed {} times while a password was reset", rounds());
}

/// S3-25, S3-89
#[test]
fn sqlite_gives_one_link_to_one_process() {
    on_sqlite(one_link);
}

/// S3-25, S3-89
#[test]
fn postgres_gives_one_link_to_one_process() {
    on_postgres(one_link);
}

/// S0-38
#[test]
fn sqlite_locks_at_one_threshold_for_all_processes() {
    on_sqlite(one_threshold);
}

/// S0-38
#[test]
fn postgres_locks_at_one_threshold_for_all_processes() {
    on_postgres(one_threshold);
}

#[test]
fn sqlite_counts_for_all_processes() {
    on_sqlite(one_counter);
}

#[test]
fn postgres_counts_for_all_processes() {
    on_postgres(one_counter);
}

/// S3-35
#[test]
fn sqlite_leaves_one_factor_to_all_processes() {
    on_sqlite(one_factor_left);
}

/// S3-35
#[test]
fn postgres_leaves_one_factor_to_all_processes() {
    on_postgres(one_factor_left);
}

#[test]
fn sqlite_survives_a_kill_while_rotating() {
    on_sqlite(killed_while_rotating);
}

#[test]
fn postgres_survives_a_kill_while_rotating() {
    on_postgres(killed_while_rotating);
}

/// S3-57
#[test]
fn sqlite_survives_a_kill_while_resetting() {
    on_sqlite(killed_while_resetting);
}

/// S3-57
#[test]
fn postgres_survives_a_kill_while_resetting() {
    on_postgres(killed_while_resetting);
}
