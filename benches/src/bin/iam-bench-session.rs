//! Looking a session up by its token, next to the raw statement of a plain program that keeps the same sessions as JSON:
//! `SELECT body … WHERE realm = ? AND id = ?`, prepared, with the digest of the token computed and compared, and the body
//! read.
//!
//! ```text
//! cargo run --release -p iam-benches --bin iam-bench-session [-- SESSIONS]
//! ```
//!
//! The two are asked in turn, in short runs, so that a busy machine disturbs both alike; the ratio is that of the medians.
//! SQLite is measured in processor time, PostgreSQL, which works elsewhere, in time that passes.
//! PostgreSQL takes part when `IAM_TEST_POSTGRES_URL` is set.

use std::{sync::Arc, time::Instant};

use iam_benches::{measure::cpu, program::Failure, raw_postgres::RawPostgres};
use iam_core::{
    command::{Command, CreateUser, OpenSession, SessionOrigin},
    model::{Token, TokenKind, UserId},
    port::Storage,
    service::{Acting, BatchMode, Iam},
};
use iam_storage::{
    host,
    postgres::{PostgresOptions, PostgresStorage},
    sqlite::{SqliteOptions, SqliteStorage},
};
use rusqlite::Connection;
use sqlx::{Connection as _, PgConnection, Row};

/// Look-ups of one run.
const RUN: usize = 500;
/// Runs of each.
const RUNS: usize = 60;

async fn fill(storage: Arc<dyn Storage>, sessions: usize) -> Result<(Acting<'static>, Vec<String>), Failure> {
    let iam = Iam::new(storage, host::system([1; 32]))?;
    let acting = iam.realm("bench").await?.host("bench");
    let mut tokens = Vec::with_capacity(sessions);
    for part in 0..sessions.div_ceil(500) {
        let names = (0..500).map(|n| Command::from(CreateUser::new(format!("user-{part}-{n}"))));
        let commands: Vec<Command> = names.collect();
        let created = acting.batch(&commands, BatchMode::AllOrNothing).await?;
        let open: Vec<Command> = created
            .results
            .into_iter()
            .filter_map(|result| UserId::try_from(result.ok()??).ok())
            .map(|user| {
                Command::from(OpenSession {
                    user,
                    methods: vec!["password".into(), "totp".into()],
                    assurance: 2,
                    origin: SessionOrigin {
                        application: Some("shop".into()),
                        address: Some("192.0.2.1".into()),
                        agent: Some("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0".into()),
                    },
                    refresh: false,
                })
            })
            .collect();
        let mut opened = acting.batch(&open, BatchMode::AllOrNothing).await?;
        let fresh = opened.disclosed.remove("token").unwrap_or_default();
        tokens.extend(fresh.iter().map(|token| token.expose().to_owned()));
    }
    Ok((acting, tokens))
}

/// The sessions as the plain program keeps them.
async fn plain(acting: &Acting<'_>, tokens: &[String]) -> Result<Vec<(uuid::Uuid, String)>, Failure> {
    let mut rows = Vec::with_capacity(tokens.len());
    for token in tokens {
        let mut body = serde_json::to_value(acting.session(token).await?)?;
        let token = parsed(token)?;
        body["token_digest"] = token.digest().into();
        rows.push((token.id().uuid, body.to_string()));
    }
    Ok(rows)
}

/// What the plain program makes of a row: the right secret, and the body.
fn compare(token: &Token, body: &str) -> Result<String, Failure> {
    let json: serde_json::Value = serde_json::from_str(body)?;
    let kept = json["token_digest"].as_str().unwrap_or_default();
    if kept != token.digest() {
        return Err("another token".into());
    }
    Ok(json["user"].as_str().unwrap_or_default().to_owned())
}

fn parsed(token: &str) -> Result<Token, Failure> {
    Token::parse(TokenKind::Session, token).ok_or_else(|| "not a token".into())
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn report(name: &str, ours: Vec<f64>, raw: Vec<f64>) {
    let (ours, raw) = (median(ours), median(raw));
    println!(
        "{name:9} session look-up: ours {:7.1} µs, raw statement {:7.1} µs, ratio {:.2}",
        ours * 1e6 / RUN as f64,
        raw * 1e6 / RUN as f64,
        ours / raw
    );
}

async fn run_ours(acting: &Acting<'_>, tokens: &[String], run: usize) -> Result<(), Failure> {
    for n in 0..RUN {
        let token = &tokens[(run * 7_919 + n * 104_729) % tokens.len()];
        acting.session(token).await?;
    }
    Ok(())
}

async fn sqlite(sessions: usize) -> Result<(), Failure> {
    let folder = tempfile::tempdir_in(".")?;
    let storage = SqliteStorage::open(folder.path().join("ours.db"), SqliteOptions::default())?;
    let (acting, tokens) = fill(Arc::new(storage), sessions).await?;
    let raw = Connection::open(folder.path().join("raw.db"))?;
    raw.execute_batch(
        "PRAGMA journal_mode = WAL;
         CREATE TABLE session (realm INTEGER, id BLOB, body TEXT, PRIMARY KEY (realm, id)) WITHOUT ROWID; BEGIN;",
    )?;
    for (id, body) in plain(&acting, &tokens).await? {
        raw.prepare_cached("INSERT INTO session VALUES (1, ?, ?)")?
            .execute((id.as_bytes().as_slice(), body))?;
    }
    raw.execute_batch("COMMIT")?;
    let mut statement = raw.prepare("SELECT body FROM session WHERE realm = ? AND id = ?")?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for run in 0..RUNS {
        let started = cpu();
        run_ours(&acting, &tokens, run).await?;
        ours.push(cpu() - started);
        let started = cpu();
        for n in 0..RUN {
            let token = parsed(&tokens[(run * 7_919 + n * 104_729) % tokens.len()])?;
            let id = token.id().uuid;
            let body: String = statement.query_row((1, id.as_bytes().as_slice()), |row| row.get(0))?;
            compare(&token, &body)?;
        }
        theirs.push(cpu() - started);
    }
    report("SQLite", ours, theirs);
    Ok(())
}

async fn postgres(url: &str, sessions: usize) -> Result<(), Failure> {
    let (ours_at, raw_at) = RawPostgres::databases(url).await?;
    let storage = PostgresStorage::connect(PostgresOptions::new(&ours_at)).await?;
    let (acting, tokens) = fill(Arc::new(storage), sessions).await?;
    let mut raw = PgConnection::connect(&raw_at).await?;
    sqlx::query("CREATE TABLE session (realm BIGINT, id UUID, body TEXT, PRIMARY KEY (realm, id))")
        .execute(&mut raw)
        .await?;
    let mut filling = raw.begin().await?;
    for (id, body) in plain(&acting, &tokens).await? {
        sqlx::query("INSERT INTO session VALUES (1, $1, $2)")
            .bind(id)
            .bind(body)
            .execute(&mut *filling)
            .await?;
    }
    filling.commit().await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for run in 0..RUNS {
        let started = Instant::now();
        run_ours(&acting, &tokens, run).await?;
        ours.push(started.elapsed().as_secs_f64());
        let started = Instant::now();
        for n in 0..RUN {
            let token = parsed(&tokens[(run * 7_919 + n * 104_729) % tokens.len()])?;
            let row = sqlx::query("SELECT body FROM session WHERE realm = $1 AND id = $2")
                .bind(1_i64)
                .bind(token.id().uuid)
                .fetch_one(&mut raw)
                .await?;
            compare(&token, row.try_get(0)?)?;
        }
        theirs.push(started.elapsed().as_secs_f64());
    }
    report("PostgreSQL", ours, theirs);
    drop(raw);
    RawPostgres::clear(url).await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let sessions = std::env::args().nth(1).map_or(Ok(20_000), |text| text.parse())?;
    sqlite(sessions).await?;
    match std::env::var("IAM_TEST_POSTGRES_URL") {
        Ok(url) => postgres(&url, sessions).await,
        Err(_) => {
            eprintln!("NOT RUN: PostgreSQL, because IAM_TEST_POSTGRES_URL is not set");
            Ok(())
        }
    }
}
