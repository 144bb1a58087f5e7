//! A directory that flows in, beside a paged dump of it and a plain program's import of the same rows.
//!
//! ```text
//! cargo run --release -p iam-benches --features sync --bin sync -- ldif --users 100000 > people.ldif
//! eval "$(.ci/directory start DIR slapd)" && .ci/directory load DIR people.ldif
//! cargo run --release -p iam-benches --features sync --bin sync -- run --users 100000 [--folder DIR] [--only ours|raw]
//! .ci/directory stop DIR
//! ```
//!
//! `run` starts nothing: it reads the directory on the port of `IAM_TEST_LDAP_PORT`, and changes entries of it for the
//! rows “1 % changed” and “100 changes”. The directory has a tree of 2,000 units. A database is thrown away afterwards.

use std::{
    collections::{BTreeMap, HashSet},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use iam_benches::{
    measure,
    program::{Failure, Program as _},
    raw_sqlite::RawSqlite,
    world::{BRANCH, World},
};
use iam_core::{
    command::{CreateSource, RequestSync, UpdateSource},
    model::{
        AttributeMapping, Configuration, KindRules, ReferenceBy, RunMode, SourceId, SourceMode, SourceRules,
        SyncKind,
    },
    service::{Acting, Iam},
};
use iam_storage::{
    host::{self, SystemClock},
    sqlite::{SqliteOptions, SqliteStorage},
};
use iam_sync::{
    connector::{Connectors, KnownSecrets},
    reconcile::run::{RunReport, RunState, Sources},
};
use ldap3::{
    LdapConnAsync, Mod, Scope, SearchEntry,
    adapters::{Adapter, EntriesOnly, PagedResults},
};

const SUFFIX: &str = "dc=example,dc=test";
/// Units of the directory; half of them have people.
const UNITS: usize = 2_000;
/// By attribute of an entry the attribute of the library.
const ATTRIBUTES: [(&str, &str); 11] = [
    ("uid", "user_name"),
    ("mail", "email"),
    ("givenName", "first_name"),
    ("sn", "last_name"),
    ("displayName", "display_name"),
    ("employeeNumber", "user_number"),
    ("title", "job"),
    ("departmentNumber", "department"),
    ("l", "city"),
    ("st", "country"),
    ("employeeType", "hired_on"),
];

struct Options {
    users: usize,
    folder: PathBuf,
    ours: bool,
    raw: bool,
    dialect: String,
    page_size: u32,
    steps: usize,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let mut words = std::env::args().skip(1);
    let what = words.next().unwrap_or_default();
    let mut options = Options {
        users: 100_000,
        folder: PathBuf::from("."),
        ours: true,
        raw: true,
        dialect: "openldap".to_owned(),
        page_size: SourceRules::default().page_size,
        steps: 4,
    };
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} wants a value"))?;
        match word.as_str() {
            "--users" => options.users = value.replace('_', "").parse()?,
            "--folder" => options.folder = value.into(),
            "--only" => (options.ours, options.raw) = (value == "ours", value == "raw"),
            "--dialect" => options.dialect = value,
            "--page" => options.page_size = value.parse()?,
            "--steps" => options.steps = value.parse()?,
            _ => return Err(format!("what is {word}? See the beginning of benches/src/bin/sync.rs").into()),
        }
    }
    let world = World::with_units(options.users, UNITS - BRANCH, 42);
    match what.as_str() {
        "ldif" => Ok(write(&world, &mut BufWriter::new(std::io::stdout().lock()))?),
        "run" => run(&options, &world).await,
        _ => Err("ldif or run? See the beginning of benches/src/bin/sync.rs".into()),
    }
}

/// The distinguished name of a unit.
fn unit_name(world: &World, mut place: usize) -> String {
    let mut name = String::new();
    while let Some(unit) = world.units.get(place) {
        name += &format!("ou={},", unit.name);
        match unit.parent {
            Some(parent) => place = parent,
            None => break,
        }
    }
    name + SUFFIX
}

fn person_name(units: &[String], world: &World, n: usize) -> String {
    let unit = units.get(world.person(n).unit).map_or(SUFFIX, String::as_str);
    format!("employeeNumber={n:07},{unit}")
}

/// The directory as LDIF.
fn write(world: &World, to: &mut impl Write) -> std::io::Result<()> {
    let line = |to: &mut dyn Write, name: &str, value: &str| match value.is_ascii() {
        true => writeln!(to, "{name}: {value}"),
        false => writeln!(to, "{name}:: {}", STANDARD.encode(value)),
    };
    let units: Vec<String> = (0..world.units.len())
        .map(|place| unit_name(world, place))
        .collect();
    for (unit, name) in world.units.iter().zip(&units) {
        line(to, "dn", name)?;
        line(to, "objectClass", "organizationalUnit")?;
        line(to, "ou", &unit.name)?;
        writeln!(to)?;
    }
    for n in 0..world.users {
        let person = world.person(n);
        line(to, "dn", &person_name(&units, world, n))?;
        line(to, "objectClass", "inetOrgPerson")?;
        line(to, "cn", &person.display_name)?;
        if let Some(boss) = person.manager {
            line(to, "manager", &person_name(&units, world, boss))?;
        }
        let values = [
            &person.user_name,
            &person.email,
            &person.first_name,
            &person.last_name,
            &person.display_name,
            &person.number,
            &person.job,
            &person.department,
            &person.city,
            &person.country,
            &person.hired_on,
        ];
        for ((name, _), value) in ATTRIBUTES.iter().zip(values) {
            line(to, name, value)?;
        }
        writeln!(to)?;
    }
    to.flush()
}

fn rules(page_size: u32) -> SourceRules {
    let attribute = AttributeMapping::attribute;
    let mut mappings: Vec<AttributeMapping> =
        ATTRIBUTES.iter().map(|(from, to)| attribute(from, to)).collect();
    mappings.push(attribute("parent_dn", "organizations").by(ReferenceBy::Name));
    mappings.push(attribute("manager", "manager").by(ReferenceBy::Name));
    SourceRules {
        kinds: [
            (
                SyncKind::Organization,
                KindRules {
                    mappings: vec![
                        attribute("ou", "name"),
                        attribute("parent_dn", "parent").by(ReferenceBy::Name),
                    ],
                    ..KindRules::default()
                },
            ),
            (
                SyncKind::User,
                KindRules {
                    mappings,
                    ..KindRules::default()
                },
            ),
        ]
        .into(),
        page_size,
        ..SourceRules::default()
    }
}

/// What a step took.
#[derive(Clone, Copy)]
struct Took {
    wall: f64,
    cpu: f64,
}

impl Took {
    fn since(clock: Instant, busy: f64) -> Took {
        Took {
            wall: clock.elapsed().as_secs_f64(),
            cpu: measure::cpu() - busy,
        }
    }

    fn tell(self, name: &str, rows: usize) {
        let (wall, cpu) = (self.wall, self.cpu);
        println!(
            "| {name:<26} | {rows:>7} | {wall:>7.2} | {cpu:>7.2} | {:>9.0} |",
            rows as f64 / wall
        );
    }
}

async fn connect() -> Result<ldap3::Ldap, Failure> {
    let (connection, mut ldap) = LdapConnAsync::new(&format!("ldap://127.0.0.1:{}", port()?)).await?;
    ldap3::drive!(connection);
    ldap.simple_bind(&format!("cn=admin,{SUFFIX}"), "secret")
        .await?
        .success()?;
    Ok(ldap)
}

fn port() -> Result<u16, Failure> {
    let port = std::env::var("IAM_TEST_LDAP_PORT").map_err(|_| "IAM_TEST_LDAP_PORT is not set")?;
    Ok(port.parse()?)
}

/// Everything, page by page, with the attributes that the library asks for; nothing is done with it.
async fn dump(world: &World) -> Result<Took, Failure> {
    let mut ldap = connect().await?;
    let (clock, busy) = (Instant::now(), measure::cpu());
    let mut attributes: Vec<&str> = ATTRIBUTES.iter().map(|(from, _)| *from).collect();
    attributes.extend(["manager", "entryUUID"]);
    let mut found = 0;
    for (filter, attributes) in [
        ("(objectClass=organizationalUnit)", vec!["ou", "entryUUID"]),
        ("(objectClass=inetOrgPerson)", attributes),
    ] {
        let adapters: Vec<Box<dyn Adapter<_, _>>> =
            vec![Box::new(EntriesOnly::new()), Box::new(PagedResults::new(1000))];
        let mut stream = ldap
            .streaming_search_with(adapters, SUFFIX, Scope::Subtree, filter, attributes)
            .await?;
        while let Some(entry) = stream.next().await? {
            let entry = SearchEntry::construct(entry);
            found += usize::from(entry.attrs.contains_key("entryUUID"));
        }
        stream.finish().await.success()?;
    }
    let took = Took::since(clock, busy);
    ldap.unbind().await?;
    let expected = world.users + world.units.len();
    match found == expected {
        true => Ok(took),
        false => Err(format!("the directory has {found} entries, not {expected}: load it anew").into()),
    }
}

/// Gives every so many-th person another job.
async fn change(world: &World, every: usize, job: &str) -> Result<usize, Failure> {
    let mut ldap = connect().await?;
    let units: Vec<String> = (0..world.units.len())
        .map(|place| unit_name(world, place))
        .collect();
    let mut changed = 0;
    for n in (0..world.users).step_by(every) {
        let change = Mod::Replace("title", HashSet::from([job]));
        ldap.modify(&person_name(&units, world, n), vec![change])
            .await?
            .success()?;
        changed += 1;
    }
    ldap.unbind().await?;
    Ok(changed)
}

async fn raw_import(world: &World, file: &Path) -> Result<Took, Failure> {
    let raw = RawSqlite::new(file)?;
    let (clock, busy) = (Instant::now(), measure::cpu());
    raw.found(world).await?;
    raw.import(world, 0..world.users).await?;
    Ok(Took::since(clock, busy))
}

struct Ours {
    acting: Acting<'static>,
    sources: Sources,
    source: SourceId,
}

impl Ours {
    async fn new(file: &Path, options: &Options) -> Result<Ours, Failure> {
        let storage = SqliteStorage::open(file, SqliteOptions::default())?;
        let iam = Iam::new(Arc::new(storage), host::system([7; 32]))?;
        let acting = iam.realm("acme").await?.host("benches");
        let secrets = KnownSecrets::new().with("directory", "secret");
        let sources = Sources::new(Connectors::builtin(), Arc::new(secrets), Arc::new(SystemClock));
        sources.connectors().install(&acting).await?;
        let mut configuration: Configuration = BTreeMap::new();
        let bind = format!("cn=admin,{SUFFIX}");
        for (name, value) in [
            ("host", "127.0.0.1"),
            ("base_dn", SUFFIX),
            ("bind_user", bind.as_str()),
            ("bind_password", "vault:directory"),
            ("dialect", options.dialect.as_str()),
        ] {
            configuration.insert(name.to_owned(), value.into());
        }
        configuration.insert("port".to_owned(), i64::from(port()?).into());
        let create = CreateSource {
            configuration,
            ..CreateSource::new("Directory", "ldap").rules(rules(options.page_size))
        };
        let source: SourceId = acting.execute(create).await?.id()?;
        acting
            .execute(UpdateSource::new(source).mode(SourceMode::Active))
            .await?;
        Ok(Ours {
            acting,
            sources,
            source,
        })
    }

    async fn run(&self, mode: RunMode) -> Result<(RunReport, Took), Failure> {
        let request = RequestSync {
            mode,
            ..RequestSync::new(self.source)
        };
        self.acting.execute(request).await?;
        let (clock, busy) = (Instant::now(), measure::cpu());
        let report = self.sources.work(&self.acting, "benches", &mut ()).await?;
        let took = Took::since(clock, busy);
        let report = report.ok_or("no run was waiting")?;
        match report.state {
            RunState::Succeeded => Ok((report, took)),
            _ => Err(format!("the run did not succeed: {report:#?}").into()),
        }
    }
}

/// Ends with an error when something else was written than what is meant to be.
fn expect(report: &RunReport, created: usize, updated: usize) -> Result<(), Failure> {
    let people = report.counts.of(SyncKind::User);
    match people.created == created as u64 && people.updated == updated as u64 {
        true => Ok(()),
        false => Err(format!("{created} created, {updated} updated? {:?}", report.counts).into()),
    }
}

async fn run(options: &Options, world: &World) -> Result<(), Failure> {
    let folder = tempfile::tempdir_in(&options.folder)?;
    let (rows, units) = (world.users + world.units.len(), world.units.len());
    println!(
        "{} people in {units} units; load {} at the start\n",
        world.users,
        measure::load()
    );
    println!("| step                       |    rows | seconds | cpu-sec |     a sec |");
    println!("| -------------------------- | ------: | ------: | ------: | --------: |");
    let mut dumps = Vec::new();
    for _ in 0..3 {
        let took = dump(world).await?;
        took.tell("paged dump", rows);
        dumps.push(took.wall);
    }
    let dump = measure::median(dumps.into_iter());
    let mut first = None;
    let mut ratios = Vec::new();
    if options.ours {
        let ours = Ours::new(&folder.path().join("ours.db"), options).await?;
        let (report, took) = ours.run(RunMode::Full).await?;
        expect(&report, world.users, 0)?;
        took.tell("first full run", rows);
        first = Some(took.wall);
        println!(
            "resident: {:?} MiB, peak {:?} MiB",
            measure::memory(),
            measure::peak_memory()
        );
        if options.steps > 1 {
            let before = ours.acting.revision().await?;
            let (report, took) = ours.run(RunMode::Full).await?;
            expect(&report, 0, 0)?;
            took.tell("second, nothing changed", rows);
            ratios.push(format!(
                "nothing changed: {:.2} × the dump (at most 1.3)",
                took.wall / dump
            ));
            // What was asked for, started and ended: the run itself is written, and nothing else.
            let after = ours.acting.revision().await?;
            println!("revisions written: {before:?} → {after:?}");
        }
        if options.steps > 2 {
            let changed = change(world, 100, &format!("Job of {:?}", Instant::now())).await?;
            let (report, took) = ours.run(RunMode::Full).await?;
            expect(&report, 0, changed)?;
            took.tell("1 % changed", rows);
            ratios.push(format!(
                "1 % changed: {:.2} × the dump (at most 1.5)",
                took.wall / dump
            ));
        }
        if options.steps > 3 && options.dialect != "generic" {
            let changed = change(world, world.users / 100, &format!("Task of {:?}", Instant::now())).await?;
            let (report, took) = ours.run(RunMode::Incremental).await?;
            expect(&report, 0, changed)?;
            took.tell("incremental", changed);
            ratios.push(format!("100 changes: {:.2} s (under 1)", took.wall));
        }
        println!(
            "resident: {:?} MiB, peak {:?} MiB (under 200); database {:.1} MiB",
            measure::memory(),
            measure::peak_memory(),
            measure::size(&folder.path().join("ours.db"))
        );
    }
    if options.raw {
        let took = raw_import(world, &folder.path().join("raw.db")).await?;
        took.tell("plain import of the rows", rows);
        if let Some(first) = first {
            let ratio = first / (dump + took.wall);
            ratios.insert(
                0,
                format!("first full run: {ratio:.2} × dump and import (at most 1.5)"),
            );
        }
    }
    println!();
    for ratio in ratios {
        println!("{ratio}");
    }
    println!("load {} at the end", measure::load());
    Ok(())
}
