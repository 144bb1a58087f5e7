//! The same operations under criterion, for a look at one of them: `cargo bench -p iam-benches -- 'sqlite/get'`.
//!
//! `IAM_BENCH_USERS` says how large the company is (2,000 by default); PostgreSQL takes part when
//! `IAM_TEST_POSTGRES_URL` is set. The figures that are quoted come from the program beside this one, which asks both in
//! turn.
#![allow(missing_docs, reason = "criterion's macros write functions without them")]

use std::{sync::Arc, time::Duration, time::Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use iam_benches::{
    measure,
    ours::Ours,
    program::{BATCH, Failure, Operation, Program, Subject},
    raw_postgres::RawPostgres,
    raw_sqlite::RawSqlite,
    world::World,
};
use iam_storage::{
    memory::MemoryStorage,
    postgres::{PostgresOptions, PostgresStorage},
    sqlite::{SqliteOptions, SqliteStorage},
};

type Programs = Vec<(&'static str, Arc<dyn Program>)>;

async fn programs(folder: &tempfile::TempDir, postgres: Option<&str>) -> Result<Programs, Failure> {
    let sqlite = SqliteStorage::open(folder.path().join("ours.db"), SqliteOptions::default())?;
    let mut programs: Programs = vec![
        (
            "memory",
            Arc::new(Ours::new(Arc::new(MemoryStorage::new())).await?),
        ),
        ("sqlite", Arc::new(Ours::new(Arc::new(sqlite)).await?)),
        (
            "sqlite-raw",
            Arc::new(RawSqlite::new(&folder.path().join("raw.db"))?),
        ),
    ];
    if let Some(url) = postgres {
        let (ours, raw) = RawPostgres::databases(url).await?;
        let storage = PostgresStorage::connect(PostgresOptions::new(ours)).await?;
        programs.push(("postgres", Arc::new(Ours::new(Arc::new(storage)).await?)));
        programs.push(("postgres-raw", Arc::new(RawPostgres::connect(&raw).await?)));
    }
    Ok(programs)
}

fn all(criterion: &mut Criterion) -> Result<(), Failure> {
    let users = std::env::var("IAM_BENCH_USERS")
        .ok()
        .map_or(Ok(2_000), |text| text.parse())?;
    let postgres = std::env::var("IAM_TEST_POSTGRES_URL").ok();
    let world = Arc::new(World::new(users, 42));
    let folder = tempfile::tempdir_in(".")?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    for (name, program) in runtime.block_on(programs(&folder, postgres.as_deref()))? {
        let mut subject = Subject::new(program, &world);
        runtime.block_on(measure::import(&world, &subject, None))?;
        runtime.block_on(subject.settle(&world))?;
        let mut group = criterion.benchmark_group(name);
        group
            .sample_size(10)
            .warm_up_time(Duration::from_millis(200))
            .measurement_time(Duration::from_secs(1));
        for operation in Operation::ALL {
            group.bench_function(format!("{operation:?}").to_lowercase(), |bencher| {
                bencher.iter_custom(|times| {
                    let started = Instant::now();
                    let done = runtime.block_on(subject.run(&world, operation, times as usize));
                    assert!(done.is_ok(), "{done:?}");
                    started.elapsed()
                });
            });
        }
        let mut next = world.users * 1_000;
        group.bench_function("import", |bencher| {
            bencher.iter_custom(|times| {
                let started = Instant::now();
                for _ in 0..times {
                    let done = runtime.block_on(subject.program.import(&world, next..next + BATCH));
                    assert!(done.is_ok(), "{done:?}");
                    next += BATCH;
                }
                started.elapsed()
            });
        });
        group.finish();
    }
    // The doctor of the memory backend: its time belongs to the number of people, not to its square.
    let mut group = criterion.benchmark_group("memory");
    group.sample_size(10).measurement_time(Duration::from_secs(1));
    for users in [users / 2, users] {
        let world = World::new(users, 42);
        let ours = runtime.block_on(Ours::new(Arc::new(MemoryStorage::new())))?;
        runtime.block_on(async {
            ours.found(&world).await?;
            for from in (0..users).step_by(BATCH) {
                ours.import(&world, from..users.min(from + BATCH)).await?;
            }
            Ok::<(), Failure>(())
        })?;
        group.bench_function(format!("examine {users}"), |bencher| {
            bencher.iter(|| {
                let healthy = runtime.block_on(ours.examine());
                assert!(healthy.is_ok(), "{healthy:?}");
            });
        });
    }
    group.finish();
    if let Some(url) = postgres {
        runtime.block_on(RawPostgres::clear(&url))?;
    }
    Ok(())
}

fn benches(criterion: &mut Criterion) {
    if let Err(error) = all(criterion) {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

criterion_group!(group, benches);
criterion_main!(group);
