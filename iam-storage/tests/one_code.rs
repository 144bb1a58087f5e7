//! Processes that show the same one-time password, or the same recovery code, at the same time: one of them gets in.
//!
//! Each child process (this program once more) opens the database for itself, waits for the moment that all of them were
//! given, and tries every code. PostgreSQL takes part when `IAM_TEST_POSTGRES_URL` is set.
#![cfg(all(feature = "sqlite", feature = "postgres"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::expect_used
)]

use std::{
    process::{Command as Process, Stdio},
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use iam_core::{
    command::{CreateRecoveryCodes, CreateUser, EnrolOtp, OtpType, VerifyFactor},
    credential::otp,
    model::{EntityId, Kind, Secret, UserId},
    plan::{OtpAlgorithm, OtpShape},
    port::Storage,
    service::Iam,
    wire::Code,
};
use iam_storage::{
    host,
    postgres::{PostgresOptions, PostgresStorage},
    sqlite::{SqliteOptions, SqliteStorage},
};

#[path = "common/database.rs"]
mod database;

const PROCESSES: usize = 3;
const CODES: usize = 6;

async fn open(target: &str) -> Iam {
    let storage: Arc<dyn Storage> = if target.starts_with("postgres") {
        Arc::new(
            PostgresStorage::connect(PostgresOptions::new(target))
                .await
                .unwrap(),
        )
    } else {
        let options = SqliteOptions::default().wait(Duration::from_secs(60));
        Arc::new(SqliteStorage::open(target, options).unwrap())
    };
    Iam::new(storage, host::system([4; 32])).unwrap()
}

fn millis() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()
}

/// Not a test by itself: what a child process runs. Prints the number of each code with which it got in.
#[test]
#[ignore = "started by the other tests"]
fn child_process() {
    let Ok(target) = std::env::var("IAM_RACE_TARGET") else {
        return;
    };
    let user: UserId = std::env::var("IAM_RACE_USER").unwrap().parse().unwrap();
    let codes = std::env::var("IAM_RACE_CODES").unwrap();
    let start: u128 = std::env::var("IAM_RACE_START").unwrap().parse().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let iam = open(&target).await;
        let acme = iam.realm("acme").await.unwrap().host("race");
        for (number, code) in codes.split(',').enumerate() {
            // All of them at the same moment, code by code.
            let at = start + 1_500 * number as u128;
            let wait = at.saturating_sub(millis());
            tokio::time::sleep(Duration::from_millis(u64::try_from(wait).unwrap())).await;
            let attempt = VerifyFactor {
                user,
                code: Secret::new(code),
            };
            match acme.execute(attempt).await {
                Ok(_) => println!("\naccepted {number} ."),
                Err(problem) => assert!(
                    matches!(problem.code, Code::Wrong | Code::NoCredential),
                    "{problem}"
                ),
            }
        }
    });
}

async fn race(target: &str) {
    let iam = open(target).await;
    let acme = iam.realm("acme").await.unwrap().host("race");
    // Failures of those who come second must not make the device wait.
    let policy = r#"{"command": "policy.create", "attributes": {"name": "race"}, "rules": {"lock": {"attempts": 0, "delay_seconds": 0}}}"#;
    let policy: iam_core::command::Command = serde_json::from_str(policy).unwrap();
    acme.execute(policy).await.unwrap();
    let user: UserId = acme.execute(CreateUser::new("ada")).await.unwrap().id().unwrap();
    let device = EnrolOtp {
        otp_type: OtpType::Hotp,
        secret: Some(Secret::new("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")),
        confirmed: true,
        ..EnrolOtp::new(user)
    };
    acme.execute(device).await.unwrap();
    let recovery = acme.execute(CreateRecoveryCodes { user }).await.unwrap();
    let key = otp::key_from_text("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
    let shape = OtpShape {
        algorithm: OtpAlgorithm::Sha1,
        digits: 6,
    };
    let mut codes: Vec<String> = (0..CODES as u64)
        .map(|counter| otp::code(&key, shape, counter))
        .collect();
    codes.extend(
        recovery.disclosed["recovery_codes"]
            .iter()
            .take(CODES)
            .map(|code| code.expose().to_owned()),
    );
    let start = millis() + 3_000;
    let children: Vec<_> = (0..PROCESSES)
        .map(|_| {
            Process::new(std::env::current_exe().unwrap())
                .args([
                    "child_process",
                    "--exact",
                    "--ignored",
                    "--nocapture",
                    "--test-threads=1",
                ])
                .env("IAM_RACE_TARGET", target)
                .env("IAM_RACE_USER", EntityId::from(user).to_string())
                .env("IAM_RACE_CODES", codes.join(","))
                .env("IAM_RACE_START", start.to_string())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let mut accepted = vec![0; codes.len()];
    for child in children {
        let out = child.wait_with_output().unwrap();
        assert!(out.status.success());
        for line in String::from_utf8_lossy(&out.stdout).lines() {
            if let Some(number) = line
                .strip_prefix("accepted ")
                .and_then(|line| line.strip_suffix(" ."))
            {
                accepted[number.parse::<usize>().unwrap()] += 1;
            }
        }
    }
    assert_eq!(accepted, vec![1; codes.len()], "each code once, in one process");
    let left = acme.credentials(user).await.unwrap();
    let set = left
        .iter()
        .find(|record| record.text("credential_type") == "recovery_codes")
        .unwrap();
    assert_eq!(
        set.value("remaining").and_then(|left| left.as_integer()),
        Some(10 - CODES as i64)
    );
    assert_eq!(set.kind(), Kind::Credential);
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_race_for_a_code_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("race.db");
    race(file.to_str().unwrap()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_race_for_a_code_on_postgres() {
    let Some(database) = database::OwnDatabase::create("race").await else {
        return;
    };
    race(&database.address).await;
    database.drop_it().await;
}
