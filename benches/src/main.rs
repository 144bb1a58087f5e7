//! Paired rounds of the library and a plain program.
//!
//! ```text
//! cargo run --release -p iam-benches -- [--users 10000] [--short] [--only ours|raw] [--backend memory,sqlite]
//!                                       [--postgres URL] [--folder DIR] [--operations get,login,…] [--no-examination]
//!                                       [--keep] [--figures FILE] [--page-cache KIB]
//! ```
//!
//! With `--keep` the files of SQLite lie in the folder itself and stay there; a later run goes on with them and imports
//! nobody. `--figures` appends what was measured to a file, for the chart.

use std::{io::Write as _, path::PathBuf, sync::Arc, time::Duration, time::Instant};

use iam_benches::{
    measure::{self, Effort, HEAD},
    ours::Ours,
    program::{Failure, Operation, Program, Subject},
    raw_postgres::RawPostgres,
    raw_sqlite::RawSqlite,
    same_rows,
    world::World,
};
use iam_core::port::Storage;
use iam_storage::{
    memory::MemoryStorage,
    postgres::{PostgresOptions, PostgresStorage},
    sqlite::{SqliteOptions, SqliteStorage},
};

struct Options {
    users: usize,
    effort: Effort,
    backends: Vec<String>,
    postgres: Option<String>,
    folder: PathBuf,
    operations: Option<Vec<String>>,
    only: Option<String>,
    examine: bool,
    keep: bool,
    figures: Option<PathBuf>,
    page_cache: Option<u32>,
}

fn options() -> Result<Options, Failure> {
    let mut options = Options {
        users: 10_000,
        effort: Effort {
            rounds: 7,
            round: Duration::from_millis(400),
        },
        backends: vec!["memory".to_owned(), "sqlite".to_owned()],
        postgres: std::env::var("IAM_TEST_POSTGRES_URL").ok(),
        folder: PathBuf::from("."),
        operations: None,
        only: None,
        examine: true,
        keep: false,
        figures: None,
        page_cache: None,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} wants a value"));
        let list = |text: String| text.split(',').map(str::to_owned).collect::<Vec<_>>();
        match word.as_str() {
            "--users" => options.users = value()?.replace('_', "").parse()?,
            "--postgres" => options.postgres = Some(value()?),
            "--folder" => options.folder = value()?.into(),
            "--backend" => options.backends = list(value()?),
            "--operations" => options.operations = Some(list(value()?)),
            "--only" => options.only = Some(value()?),
            "--rounds" => options.effort.rounds = value()?.parse()?,
            "--keep" => options.keep = true,
            "--figures" => options.figures = Some(value()?.into()),
            "--page-cache" => options.page_cache = Some(value()?.parse()?),
            "--no-examination" => options.examine = false,
            "--short" => {
                options.users = 2_000;
                options.effort = Effort {
                    rounds: 3,
                    round: Duration::from_millis(60),
                };
            }
            _ => return Err(format!("what is {word}? See the beginning of benches/src/main.rs").into()),
        }
    }
    if options.postgres.is_some() && !options.backends.iter().any(|name| name == "postgres") {
        options.backends.push("postgres".to_owned());
    }
    Ok(options)
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let options = options()?;
    let world = Arc::new(World::new(options.users, 42));
    println!(
        "{} users, {} units, {} rounds of {} ms; load {} at the start",
        world.users,
        world.units.len(),
        options.effort.rounds,
        options.effort.round.as_millis(),
        measure::load()
    );
    for backend in &options.backends {
        println!("\n## {backend}\n");
        run(&options, &world, backend).await?;
    }
    println!("\nload {} at the end", measure::load());
    Ok(())
}

async fn run(options: &Options, world: &Arc<World>, backend: &str) -> Result<(), Failure> {
    let temporary = tempfile::tempdir_in(&options.folder)?;
    let folder = match options.keep {
        true => options.folder.as_path(),
        false => temporary.path(),
    };
    let (ours_file, raw_file) = (folder.join("ours.db"), folder.join("raw.db"));
    let filled = backend == "sqlite" && (ours_file.exists() || raw_file.exists());
    let mut sqlite = SqliteOptions::default();
    if let Some(kib) = options.page_cache {
        sqlite = sqlite.page_cache(kib);
    }
    let mut raw: Option<Arc<dyn iam_benches::program::Program>> = None;
    let storage: Arc<dyn Storage> = match backend {
        "memory" => Arc::new(MemoryStorage::new()),
        "sqlite" => {
            if options.only.as_deref() != Some("ours") {
                raw = Some(Arc::new(RawSqlite::new(&raw_file)?));
            }
            Arc::new(SqliteStorage::open(&ours_file, sqlite.clone())?)
        }
        "postgres" => {
            let url = options.postgres.as_deref().ok_or("--postgres URL is missing")?;
            let (ours_url, raw_url) = RawPostgres::databases(url).await?;
            raw = Some(Arc::new(RawPostgres::connect(&raw_url).await?));
            Arc::new(PostgresStorage::connect(PostgresOptions::new(ours_url)).await?)
        }
        other => return Err(format!("there is no backend {other}").into()),
    };
    let program = Arc::new(Ours::new(storage).await?);
    let (mut ours, mut raw) = match options.only.as_deref() {
        None => (
            Subject::new(program.clone(), world),
            raw.map(|raw| Subject::new(raw, world)),
        ),
        Some("ours") => (Subject::new(program.clone(), world), None),
        Some(_) => (Subject::new(raw.ok_or("there is no plain program")?, world), None),
    };
    println!("{HEAD}");
    let before = measure::memory();
    let mut records = Vec::new();
    if filled {
        ours.resume(world).await?;
        if let Some(raw) = &mut raw {
            raw.resume(world).await?;
        }
    } else {
        let figures = measure::import(world, &ours, raw.as_ref()).await?;
        println!("{}", figures.line());
        records.push(figures.record(backend, world.users));
    }
    let after = measure::memory();
    ours.settle(world).await?;
    if let Some(raw) = &mut raw {
        raw.settle(world).await?;
    }
    for operation in Operation::ALL {
        let wanted = |list: &Vec<String>| {
            list.iter()
                .any(|name| format!("{operation:?}").eq_ignore_ascii_case(name))
        };
        if options.operations.as_ref().is_none_or(wanted) {
            let figures = measure::compare(world, operation, &mut ours, raw.as_mut(), options.effort).await?;
            println!("{}", figures.line());
            records.push(figures.record(backend, world.users));
            if operation == Operation::Command && backend == "sqlite" && raw.is_some() {
                let copy = folder.join("same.db");
                let figures = same_rows::compare(world, &mut ours, &ours_file, &copy, options.effort).await?;
                println!("{}", figures.line());
                if let Some(raw) = &mut raw {
                    raw.catch_up(world, &ours).await?;
                }
            }
        }
    }
    if let Some(path) = &options.figures {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path)?;
        for record in records {
            writeln!(file, "{record}")?;
        }
    }
    let mib = |size: Option<u64>| size.map_or("?".to_owned(), |size| size.to_string());
    println!(
        "\nresident {} MiB before the import, {} MiB after it; peak {} MiB",
        mib(before),
        mib(after),
        mib(measure::peak_memory())
    );
    if backend == "sqlite" {
        println!(
            "database: ours {:.1} MiB, raw {:.1} MiB",
            measure::size(&ours_file),
            measure::size(&raw_file)
        );
    }
    if options.examine && options.only.as_deref() != Some("raw") {
        let started = Instant::now();
        program.examine().await?;
        println!(
            "doctor and audit chain: nothing found, in {:.1} s",
            started.elapsed().as_secs_f64()
        );
    }
    if backend == "memory" {
        let fresh = || async { Ours::new(Arc::new(MemoryStorage::new())).await };
        let ratio = measure::dirty(world, &fresh().await?, &fresh().await?).await?;
        println!("1 % of the rows wrong: {ratio:.2} of the processor time without them");
    }
    drop((ours, raw, program));
    if backend == "sqlite" && options.only.as_deref() != Some("raw") {
        let clock = Instant::now();
        let storage = SqliteStorage::open(&ours_file, sqlite)?;
        let again = Ours::new(Arc::new(storage)).await?;
        again.get(world.user_id(0)).await?.ok_or("a person is missing")?;
        let took = clock.elapsed().as_secs_f64() * 1e3;
        println!("opened again, the first person read after {took:.1} ms");
    }
    if backend == "postgres"
        && let Some(url) = &options.postgres
    {
        RawPostgres::clear(url).await?;
    }
    Ok(())
}
