//! Signing in, next to what it is made of: the bare `argon2` crate for hashes, and for one-time passwords the statements
//! that a plain program would send.
//!
//! ```text
//! cargo run --release -p iam-benches --bin iam-bench-sign-in
//! ```
//!
//! The two are asked in turn, in short runs, so that a busy machine disturbs both alike; the figures are medians. Hashes are
//! measured in processor time, SQLite in processor time and in time that passes, PostgreSQL, which works elsewhere, in the
//! latter. It takes part when `IAM_TEST_POSTGRES_URL` is set.
//!
//! A hash fills 19 MiB and leaves the caches empty, so what comes after it is slower than it would be by itself: what a
//! sign-in costs beside its hash is told both ways, as the difference, and with a hash that costs nothing.
//!
//! The plain program keeps a step beside each secret: it reads both in a transaction, computes the code, writes the step, and
//! a row that says so. It seals nothing, counts no attempts and knows no policy. A second one, as plain, also writes the rows
//! that the library writes: what the step was before, so that it can be undone and told, when the device was used, so that
//! unused ones can be found, and by whom.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Instant,
};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use hmac::{Hmac, KeyInit, Mac};
use iam_benches::{measure::cpu, program::Failure, raw_postgres::RawPostgres};
use iam_core::{
    command::{Command, CreateUser, Delivery, EnrolOtp, StartPasswordReset, VerifyFactor},
    credential::{self, Argon2Cost, Hashing, otp},
    model::{Moment, Secret, UserId},
    plan::{OtpAlgorithm, OtpShape},
    port::{Clock, Storage},
    service::{Acting, BatchMode, Iam, Options, ResetPasswordByLink, SignIn, SignedIn},
};
use iam_storage::{
    host,
    memory::MemoryStorage,
    postgres::{PostgresOptions, PostgresStorage},
    sqlite::{SqliteOptions, SqliteStorage},
};
use rusqlite::Connection;
use sqlx::{Connection as _, PgConnection, Row};
use uuid::Uuid;

const PASSWORD: &str = "a staple of the battery horse";
/// Users with a device: one verification of each in a run.
const USERS: usize = 100;
/// Runs of each program.
const RUNS: usize = 15;
/// Hashes and sign-ins of each kind.
const HASHES: usize = 40;
const KEY: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// A clock that is set by hand: a code counts once in its 30 seconds, and nobody wants to wait for the next.
#[derive(Debug)]
struct Hand(AtomicI64);

impl Clock for Hand {
    fn now(&self) -> Moment {
        Moment::from_micros(self.0.fetch_add(1, Ordering::Relaxed))
    }
}

impl Hand {
    fn step(&self) -> i64 {
        self.0.load(Ordering::Relaxed) / 30_000_000
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Seconds of processor time that something takes.
fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let started = cpu();
    let done = work();
    (cpu() - started, done)
}

/// The bare crate with its work memory kept, and ours, in turn; seconds a hash.
fn hashes() -> Result<(f64, f64), Failure> {
    let hashing = Hashing::default();
    let cost = hashing.argon2;
    let params =
        Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).map_err(|e| e.to_string())?;
    let mut memory = vec![Block::default(); params.block_count()];
    let bare = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for n in 0..HASHES {
        let salt = [u8::try_from(n)?; 16];
        let raw = |theirs: &mut Vec<f64>, memory: &mut Vec<Block>| -> Result<(), Failure> {
            let mut out = [0; 32];
            let (time, done) =
                timed(|| bare.hash_password_into_with_memory(PASSWORD.as_bytes(), &salt, &mut out, memory));
            done.map_err(|e| e.to_string())?;
            theirs.push(time);
            Ok(())
        };
        if n % 2 == 0 {
            raw(&mut theirs, &mut memory)?;
        }
        let (time, hash) = timed(|| credential::hash(PASSWORD, &salt, &hashing, None));
        hash?;
        ours.push(time);
        if n % 2 == 1 {
            raw(&mut theirs, &mut memory)?;
        }
    }
    Ok((median(ours), median(theirs)))
}

async fn open(storage: Arc<dyn Storage>, clock: Option<Arc<Hand>>) -> Result<Acting<'static>, Failure> {
    let mut host = host::system([1; 32]);
    if let Some(clock) = clock {
        host.clock = clock;
    }
    let iam = Iam::new(storage, host)?;
    Ok(iam.realm("bench").await?.host("bench"))
}

/// People with a password of their own.
async fn people(acting: &Acting<'_>) -> Result<(), Failure> {
    for n in 0..HASHES {
        let create = CreateUser::new(format!("user-{n}")).set("email", format!("user-{n}@example.com"));
        let user: UserId = acting.execute(create).await?.id()?;
        let start = StartPasswordReset {
            user,
            language: None,
            delivery: Delivery::Answer,
        };
        let mut done = acting.execute(start).await?;
        let token = done.disclosed.remove("link_token").and_then(|mut all| all.pop());
        let reset = ResetPasswordByLink {
            link_token: token.ok_or("no link")?,
            password: PASSWORD.into(),
        };
        acting.reset_password(&reset).await?;
    }
    Ok(())
}

/// What is left of a sign-in when its hash costs next to nothing, and so leaves the caches as they were.
async fn warm(name: &str, storage: Arc<dyn Storage>, hash: f64) -> Result<(), Failure> {
    let hashing = Hashing {
        argon2: Argon2Cost {
            memory_kib: 8,
            passes: 1,
            lanes: 1,
        },
        ..Hashing::default()
    };
    let options = Options {
        hashing,
        ..Options::default()
    };
    let iam = Iam::with(storage, host::system([1; 32]), options)?;
    let acting = iam.realm("warm").await?.host("bench");
    people(&acting).await?;
    let (mut whole, mut hashed) = (Vec::new(), Vec::new());
    let kept = credential::hash(PASSWORD, &[7; 16], &hashing, None)?;
    for n in 0..HASHES * 5 {
        let attempt = SignIn::new(format!("user-{}", n % HASHES), PASSWORD).from("192.0.2.1");
        let (time, done) = {
            let started = cpu();
            let done = acting.sign_in(&attempt).await?;
            (cpu() - started, done)
        };
        if !matches!(done, SignedIn::Open(_)) {
            return Err("the sign-in did not open a session".into());
        }
        whole.push(time);
        hashed.push(timed(|| credential::verify(&kept, PASSWORD, &hashing, None)).0);
    }
    let rest = median(whole) - median(hashed);
    println!(
        "{name:10} sign-in with a hash that costs nothing: {:5.2} ms of processor time = {:4.1} % of a hash",
        rest * 1e3,
        rest / hash * 100.0
    );
    Ok(())
}

/// What a sign-in costs beside its hash.
async fn sign_in(name: &str, storage: Arc<dyn Storage>, hash: f64) -> Result<(), Failure> {
    warm(name, storage.clone(), hash).await?;
    let acting = open(storage, None).await?;
    people(&acting).await?;
    let (mut whole, mut hashed, mut wall, mut bare) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let hashing = Hashing::default();
    let kept = credential::hash(PASSWORD, &[7; 16], &hashing, None)?;
    for n in 0..HASHES {
        let attempt = SignIn::new(format!("user-{n}"), PASSWORD).from("192.0.2.1");
        let (started, passed) = (cpu(), Instant::now());
        let done = acting.sign_in(&attempt).await?;
        whole.push(cpu() - started);
        wall.push(passed.elapsed().as_secs_f64());
        if !matches!(done, SignedIn::Open(_)) {
            return Err("the sign-in did not open a session".into());
        }
        let passed = Instant::now();
        let (time, right) = timed(|| credential::verify(&kept, PASSWORD, &hashing, None));
        hashed.push(time);
        bare.push(passed.elapsed().as_secs_f64());
        if !right? {
            return Err("the hash does not match".into());
        }
    }
    let (whole, hashed) = (median(whole), median(hashed));
    let (wall, bare) = (median(wall), median(bare));
    println!(
        "{name:10} sign-in: {:6.2} ms of processor time, of which the hash {:6.2} ms; beside it {:5.2} ms = {:4.1} % \
         (time that passes: {:6.2} ms, the hash {:6.2} ms; a new hash takes {:6.2} ms)",
        whole * 1e3,
        hashed * 1e3,
        (whole - hashed) * 1e3,
        (whole - hashed) / hashed * 100.0,
        wall * 1e3,
        bare * 1e3,
        hash * 1e3
    );
    Ok(())
}

const SHAPE: OtpShape = OtpShape {
    algorithm: OtpAlgorithm::Sha1,
    digits: 6,
};

/// Users with a device each.
async fn devices(acting: &Acting<'_>) -> Result<Vec<UserId>, Failure> {
    let names = (0..USERS).map(|n| Command::from(CreateUser::new(format!("user-{n}"))));
    let created = acting
        .batch(&names.collect::<Vec<_>>(), BatchMode::AllOrNothing)
        .await?;
    let mut users = Vec::new();
    for result in created.results {
        let user = UserId::try_from(result?.ok_or("no user")?).map_err(|_| "not a user")?;
        let enrol = EnrolOtp {
            secret: Some(Secret::new(KEY)),
            confirmed: true,
            ..EnrolOtp::new(user)
        };
        acting.execute(enrol).await?;
        users.push(user);
    }
    Ok(users)
}

fn code(key: &[u8], step: i64) -> Result<String, Failure> {
    Ok(otp::code(key, SHAPE, u64::try_from(step)?))
}

/// The plain program's key for the device of a user.
fn device_of(user: UserId) -> Uuid {
    Uuid::from_u128(!user.0.as_u128())
}

/// Verifies one code of each user.
async fn run_ours(acting: &Acting<'_>, users: &[UserId], code: &str) -> Result<(), Failure> {
    for user in users {
        let code = Secret::new(code);
        acting.execute(VerifyFactor { user: *user, code }).await?;
    }
    Ok(())
}

/// RFC 4226 as the plain program has it: three steps are tried.
fn plainly_found(key: &[u8], step: i64, wanted: &str) -> Result<i64, Failure> {
    for step in step - 1..=step + 1 {
        let mut mac = <Hmac<sha1::Sha1> as KeyInit>::new_from_slice(key)?;
        mac.update(&step.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let at = usize::from(digest[19] & 15);
        let number = u32::from_be_bytes(digest[at..at + 4].try_into()?) & 0x7fff_ffff;
        if format!("{:06}", number % 1_000_000) == wanted {
            return Ok(step);
        }
    }
    Err("not a code".into())
}

fn report(name: &str, ours: Vec<f64>, raw: Vec<f64>, same: Vec<f64>) {
    let each = |times| median(times) / USERS as f64;
    let (ours, raw, same) = (each(ours), each(raw), each(same));
    println!(
        "{name:17} one-time password: ours {:7.1} µs, plain program {:7.1} µs, ratio {:.2}; plain, the same rows {:7.1} µs, \
         ratio {:.2}",
        ours * 1e6,
        raw * 1e6,
        ours / raw,
        same * 1e6,
        ours / same
    );
}

/// What the second plain program writes besides, in both dialects: parameters `?1`, `?2`, … of SQLite, `$1`, `$2`, … of
/// PostgreSQL.
const HISTORY: &str = "INSERT INTO journal (at, person, delta) VALUES ($1, $2, $3)";
const NO_LONGER: &str = "DELETE FROM last_used WHERE person = $1 AND at = $2";
const LAST_USED: &str = "INSERT INTO last_used (person, at) VALUES ($1, $2)";

fn delta(used: Option<i64>, found: i64) -> String {
    serde_json::json!({"used_step": {"from": used, "to": found}, "used_at": {"to": found * 30}}).to_string()
}

/// One verification of the plain programs.
fn plain_sqlite(raw: &Connection, user: UserId, step: i64, code: &str, all: bool) -> Result<(), Failure> {
    let person = user.0.as_bytes();
    raw.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    let (id, body, used) = raw
        .prepare_cached("SELECT id, body, used FROM device WHERE person = ?")?
        .query_row([person], |row| {
            Ok((
                row.get::<_, Vec<u8>>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, Option<i64>>(2)?,
            ))
        })?;
    let found = plainly(&body, used, step, code)?;
    raw.prepare_cached("UPDATE device SET used = ? WHERE id = ?")?
        .execute((found, &id))?;
    raw.prepare_cached("INSERT INTO audit (at, person, what) VALUES (?, ?, 'factor.verified')")?
        .execute((step, person))?;
    if all {
        raw.prepare_cached(HISTORY)?
            .execute((step, person, delta(used, found)))?;
        raw.prepare_cached(NO_LONGER)?.execute((person, used))?;
        raw.prepare_cached(LAST_USED)?.execute((person, found))?;
    }
    raw.prepare_cached("COMMIT")?.execute([])?;
    Ok(())
}

async fn totp_sqlite() -> Result<(), Failure> {
    let folder = tempfile::tempdir_in(".")?;
    let clock = Arc::new(Hand(AtomicI64::new(1_800_000_000_000_000)));
    let storage = SqliteStorage::open(folder.path().join("ours.db"), SqliteOptions::default())?;
    let acting = open(Arc::new(storage), Some(clock.clone())).await?;
    let users = devices(&acting).await?;
    let raw = Connection::open(folder.path().join("raw.db"))?;
    raw.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE device (id BLOB PRIMARY KEY, person BLOB NOT NULL, body TEXT NOT NULL, used INTEGER) WITHOUT ROWID;
         CREATE INDEX device_by_person ON device (person);
         CREATE TABLE audit (number INTEGER PRIMARY KEY, at INTEGER, person BLOB, what TEXT);
         CREATE INDEX audit_by_person ON audit (person, number);
         CREATE TABLE journal (number INTEGER PRIMARY KEY, at INTEGER, person BLOB, delta TEXT);
         CREATE INDEX journal_by_person ON journal (person, number);
         CREATE TABLE last_used (person BLOB, at INTEGER, PRIMARY KEY (person, at)) WITHOUT ROWID;
         CREATE INDEX last_used_at ON last_used (at, person);",
    )?;
    for user in &users {
        let body = format!(r#"{{"type":"totp","digits":6,"period":30,"secret":"{KEY}"}}"#);
        raw.execute(
            "INSERT INTO device VALUES (?, ?, ?, NULL)",
            (device_of(*user).as_bytes(), user.0.as_bytes(), body),
        )?;
    }
    let key = otp::key_from_text(KEY)?;
    let mut programs = [const { [Vec::new(), Vec::new()] }; 3];
    for _ in 0..RUNS {
        clock.0.fetch_add(30_000_000, Ordering::Relaxed);
        let step = clock.step();
        // Each program needs a code of its own: one that was used is refused.
        let codes = [step, step * 2, step * 2 + 1];
        for (place, (times, step)) in programs.iter_mut().zip(codes).enumerate() {
            let code = code(&key, step)?;
            let (busy, clock) = (cpu(), Instant::now());
            match place {
                0 => run_ours(&acting, &users, &code).await?,
                _ => users
                    .iter()
                    .try_for_each(|user| plain_sqlite(&raw, *user, step, &code, place == 2))?,
            }
            let [busy_times, wall_times] = times;
            busy_times.push(cpu() - busy);
            wall_times.push(clock.elapsed().as_secs_f64());
        }
    }
    let [[ours, ours_wall], [theirs, theirs_wall], [same, same_wall]] = programs;
    report("SQLite, processor", ours, theirs, same);
    report("SQLite, passes", ours_wall, theirs_wall, same_wall);
    Ok(())
}

/// What the plain program makes of a row.
fn plainly(body: &str, used: Option<i64>, step: i64, code: &str) -> Result<i64, Failure> {
    let body: serde_json::Value = serde_json::from_str(body)?;
    let key = otp::key_from_text(body["secret"].as_str().unwrap_or_default())?;
    let found = plainly_found(&key, step, code)?;
    match used {
        Some(used) if used >= found => Err("used before".into()),
        _ => Ok(found),
    }
}

/// One verification of the plain programs.
async fn plain_postgres(
    raw: &mut PgConnection,
    user: UserId,
    step: i64,
    code: &str,
    all: bool,
) -> Result<(), Failure> {
    let mut transaction = raw.begin().await?;
    let row = sqlx::query("SELECT id, body, used FROM device WHERE person = $1 FOR UPDATE")
        .bind(user.0)
        .fetch_one(&mut *transaction)
        .await?;
    let used: Option<i64> = row.try_get("used")?;
    let found = plainly(row.try_get("body")?, used, step, code)?;
    sqlx::query("UPDATE device SET used = $1 WHERE id = $2")
        .bind(found)
        .bind(row.try_get::<Uuid, _>("id")?)
        .execute(&mut *transaction)
        .await?;
    sqlx::query("INSERT INTO audit (at, person, what) VALUES ($1, $2, 'factor.verified')")
        .bind(step)
        .bind(user.0)
        .execute(&mut *transaction)
        .await?;
    if all {
        sqlx::query(HISTORY)
            .bind(step)
            .bind(user.0)
            .bind(delta(used, found))
            .execute(&mut *transaction)
            .await?;
        for (statement, at) in [(NO_LONGER, used), (LAST_USED, Some(found))] {
            sqlx::query(statement)
                .bind(user.0)
                .bind(at)
                .execute(&mut *transaction)
                .await?;
        }
    }
    transaction.commit().await?;
    Ok(())
}

async fn totp_postgres(url: &str) -> Result<(), Failure> {
    let (ours_at, raw_at) = RawPostgres::databases(url).await?;
    let clock = Arc::new(Hand(AtomicI64::new(1_800_000_000_000_000)));
    let storage = PostgresStorage::connect(PostgresOptions::new(&ours_at)).await?;
    let acting = open(Arc::new(storage), Some(clock.clone())).await?;
    let users = devices(&acting).await?;
    let mut raw = PgConnection::connect(&raw_at).await?;
    for statement in [
        "CREATE TABLE device (id UUID PRIMARY KEY, person UUID NOT NULL, body TEXT NOT NULL, used BIGINT)",
        "CREATE INDEX device_by_person ON device (person)",
        "CREATE TABLE audit (number BIGSERIAL PRIMARY KEY, at BIGINT, person UUID, what TEXT)",
        "CREATE INDEX audit_by_person ON audit (person, number)",
        "CREATE TABLE journal (number BIGSERIAL PRIMARY KEY, at BIGINT, person UUID, delta TEXT)",
        "CREATE INDEX journal_by_person ON journal (person, number)",
        "CREATE TABLE last_used (person UUID, at BIGINT, PRIMARY KEY (person, at))",
        "CREATE INDEX last_used_at ON last_used (at, person)",
    ] {
        sqlx::query(statement).execute(&mut raw).await?;
    }
    for user in &users {
        let body = format!(r#"{{"type":"totp","digits":6,"period":30,"secret":"{KEY}"}}"#);
        sqlx::query("INSERT INTO device VALUES ($1, $2, $3, NULL)")
            .bind(device_of(*user))
            .bind(user.0)
            .bind(body)
            .execute(&mut raw)
            .await?;
    }
    let key = otp::key_from_text(KEY)?;
    let (mut ours, mut theirs, mut same) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        clock.0.fetch_add(30_000_000, Ordering::Relaxed);
        let step = clock.step();
        let code = code(&key, step)?;
        let started = Instant::now();
        run_ours(&acting, &users, &code).await?;
        ours.push(started.elapsed().as_secs_f64());
        for (times, all, code_step) in [(&mut theirs, false, step * 2), (&mut same, true, step * 2 + 1)] {
            let code = self::code(&key, code_step)?;
            let started = Instant::now();
            for user in &users {
                plain_postgres(&mut raw, *user, code_step, &code, all).await?;
            }
            times.push(started.elapsed().as_secs_f64());
        }
    }
    report("PostgreSQL", ours, theirs, same);
    drop((raw, acting));
    RawPostgres::clear(url).await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let (ours, bare) = hashes()?;
    println!(
        "argon2id: ours {:.2} ms, the bare crate {:.2} ms: {:.1} and {:.1} hashes a second and core, ratio {:.3}",
        ours * 1e3,
        bare * 1e3,
        1.0 / ours,
        1.0 / bare,
        bare / ours
    );
    sign_in("memory", Arc::new(MemoryStorage::new()), ours).await?;
    let folder = tempfile::tempdir_in(".")?;
    let storage = SqliteStorage::open(folder.path().join("sign_in.db"), SqliteOptions::default())?;
    sign_in("SQLite", Arc::new(storage), ours).await?;
    totp_sqlite().await?;
    match std::env::var("IAM_TEST_POSTGRES_URL") {
        Ok(url) => {
            let (at, _) = RawPostgres::databases(&url).await?;
            let storage = PostgresStorage::connect(PostgresOptions::new(&at)).await?;
            sign_in("PostgreSQL", Arc::new(storage), ours).await?;
            RawPostgres::clear(&url).await?;
            totp_postgres(&url).await
        }
        Err(_) => {
            eprintln!("NOT RUN: PostgreSQL, because IAM_TEST_POSTGRES_URL is not set");
            Ok(())
        }
    }
}
