//! What goes wrong below a storage: a full disk, a disk that can only be read, damaged pages, a clock that goes back, a
//! server that disappears between two bytes of an answer. There is a typed error, nothing is half done, and the handle
//! works again when the cause is gone.
//!
//! The full and the read-only disk are small file systems in memory, which only root may mount; elsewhere those tests say
//! loudly that they did not run.
#![cfg(all(feature = "sqlite", feature = "postgres", feature = "mysql"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests fail by panicking"
)]

#[path = "backends/mod.rs"]
mod backends;
#[path = "faults/gate.rs"]
mod gate;
#[path = "faults/server.rs"]
mod server;

use std::{
    path::{Path, PathBuf},
    process::Command as Process,
    sync::Arc,
    time::Duration,
};

use gate::Gate;
use iam_core::{
    command::{CreateUser, LockUser, UpdateUser},
    model::{Kind, UserId},
    port::{Clock, Storage},
    search::Predicate,
    service::{Acting, At, Iam},
    testing::host as testing_host,
    wire::{Code, ProblemKind},
};
use iam_storage::{
    host,
    mysql::{MysqlOptions, MysqlStorage},
    postgres::{PostgresOptions, PostgresStorage},
    sqlite::{SqliteOptions, SqliteStorage},
};

async fn engine(storage: Arc<dyn Storage>) -> (Iam, Acting<'static>) {
    let iam = Iam::new(storage, host::system([3; 32])).unwrap();
    let acme = iam.realm("acme").await.unwrap().host("faults");
    (iam, acme)
}

/// The doctor finds nothing, the chain holds, and there are so many users.
async fn sound(iam: &Iam, acme: &Acting<'_>, users: u64) {
    let diagnosis = acme.doctor().await.unwrap();
    assert!(diagnosis.is_healthy(), "{:#?}", diagnosis.findings);
    iam.seal_chain().await.unwrap();
    assert!(iam.verify_chain(&[]).await.unwrap().holds());
    assert_eq!(acme.count(Kind::User, Predicate::All).await.unwrap(), users);
}

/// A small file system of its own, in memory.
struct Disk(Place);

/// Where it is: a folder of its own, or one that is there already.
enum Place {
    Own(tempfile::TempDir),
    Given(PathBuf),
}

impl Place {
    fn path(&self) -> &Path {
        match self {
            Place::Own(folder) => folder.path(),
            Place::Given(path) => path,
        }
    }
}

impl Disk {
    fn mount(kilobytes: usize) -> Option<Disk> {
        Disk::at(Place::Own(tempfile::tempdir().unwrap()), kilobytes)
    }

    /// The folder is emptied as long as the disk is there.
    fn mount_at(folder: &Path, kilobytes: usize) -> Option<Disk> {
        Disk::at(Place::Given(folder.to_owned()), kilobytes)
    }

    fn at(place: Place, kilobytes: usize) -> Option<Disk> {
        let disk = Disk(place);
        let mounted = disk.run(&["-t", "tmpfs", "-o", &format!("size={kilobytes}k"), "tmpfs"]);
        if !mounted {
            eprintln!("NOT RUN: a disk of its own cannot be mounted here");
        }
        mounted.then_some(disk)
    }

    fn run(&self, arguments: &[&str]) -> bool {
        let output = Process::new("mount").args(arguments).arg(self.0.path()).output();
        output.is_ok_and(|output| output.status.success())
    }

    fn remount(&self, options: &str) {
        assert!(self.run(&["-o", &format!("remount,{options}")]), "{options}");
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("iam.db")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        drop(Process::new("umount").arg("-l").arg(self.0.path()).output());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_and_room_helps() {
    let Some(disk) = Disk::mount(6_000) else { return };
    let storage = Arc::new(SqliteStorage::open(disk.file(), SqliteOptions::default()).unwrap());
    let (iam, acme) = engine(storage.clone()).await;
    let mut users = 0;
    let problem = loop {
        let create = CreateUser::new(format!("user{users}")).set("city", "x".repeat(200));
        match acme.execute(create).await {
            Ok(_) => users += 1,
            Err(problem) => break problem,
        }
        assert!(users < 20_000, "the disk never gets full");
    };
    assert_eq!(problem.code, Code::Storage, "{problem}");
    assert!(users > 20, "{users}");
    // Reading goes on, and what is there is whole.
    assert_eq!(acme.count(Kind::User, Predicate::All).await.unwrap(), users);
    assert!(
        storage.backup(disk.0.path().join("copy.db")).await.is_err(),
        "no room for a backup"
    );
    assert!(!disk.0.path().join("copy.db").exists(), "half a backup");
    disk.remount("size=40m");
    acme.execute(CreateUser::new("room")).await.unwrap();
    sound(&iam, &acme, users + 1).await;
    drop((iam, acme, storage));
    // And from a fresh process.
    let storage = SqliteStorage::open(disk.file(), SqliteOptions::default()).unwrap();
    let (iam, acme) = engine(Arc::new(storage)).await;
    sound(&iam, &acme, users + 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_can_only_be_read_is_a_typed_error() {
    let Some(disk) = Disk::mount(20_000) else { return };
    let open = || SqliteStorage::open(disk.file(), SqliteOptions::default());
    {
        let (_, acme) = engine(Arc::new(open().unwrap())).await;
        acme.execute(CreateUser::new("ada")).await.unwrap();
    }
    disk.remount("ro");
    match open() {
        // Where SQLite can read it at all, it is read and not written.
        Ok(storage) => {
            let (_, acme) = engine(Arc::new(storage)).await;
            let problem = acme.execute(CreateUser::new("bob")).await.unwrap_err();
            assert_eq!(problem.kind(), ProblemKind::Storage, "{problem}");
        }
        Err(error) => {
            let problem = iam_core::wire::Problem::from(error);
            assert_eq!(problem.kind(), ProblemKind::Storage, "{problem}");
        }
    }
    disk.remount("rw");
    let (iam, acme) = engine(Arc::new(open().unwrap())).await;
    acme.execute(CreateUser::new("bob")).await.unwrap();
    sound(&iam, &acme, 2).await;
}

/// A whole page is overwritten, one after the other: whatever is read, it is an answer or a typed error, and with the
/// page put back everything is sound.
#[tokio::test(flavor = "multi_thread")]
async fn damaged_pages_are_typed_errors() {
    const PAGE: usize = 4_096;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("iam.db");
    let fresh = folder.path().join("fresh.db");
    {
        let storage = Arc::new(SqliteStorage::open(&fresh, SqliteOptions::default()).unwrap());
        let (iam, acme) = engine(storage.clone()).await;
        for n in 0..60 {
            let create = CreateUser::new(format!("user{n}")).set("city", "Utica");
            acme.execute(create).await.unwrap();
        }
        iam.seal_chain().await.unwrap();
        storage.backup(&file).await.unwrap();
    }
    let whole = std::fs::read(&file).unwrap();
    let open = |path: &Path| SqliteStorage::open(path, SqliteOptions::default().read_only(true));
    let (mut corrupt, mut noticed) = (0, 0);
    let pages = whole.len() / PAGE;
    for page in (0..pages).step_by(1 + pages / 60) {
        let mut damaged = whole.clone();
        damaged[page * PAGE..(page + 1) * PAGE].fill(0xA5);
        let place = folder.path().join(format!("{page}.db"));
        std::fs::write(&place, damaged).unwrap();
        let problem = async {
            let storage = open(&place)?;
            let iam = Iam::new(Arc::new(storage), host::system([3; 32]))?;
            let acme = iam.realm("acme").await?.host("faults");
            let diagnosis = acme.doctor().await?;
            let all = acme.all(Kind::User, Predicate::present("city")).await?;
            let verified = iam.verify_chain(&[]).await?;
            Ok::<bool, iam_core::wire::Problem>(diagnosis.is_healthy() && all.len() == 60 && verified.holds())
        };
        match problem.await {
            Ok(true) => {}
            Ok(false) => noticed += 1,
            Err(problem) => {
                let kind = problem.kind();
                assert!(
                    matches!(kind, ProblemKind::Corrupt | ProblemKind::Storage),
                    "{problem}"
                );
                corrupt += usize::from(kind == ProblemKind::Corrupt);
                noticed += 1;
            }
        }
        std::fs::remove_file(&place).unwrap();
    }
    assert!(
        corrupt > 5 && noticed >= corrupt,
        "{corrupt} {noticed} of {pages}"
    );
    // A file that never was a database.
    let other = folder.path().join("notes.txt");
    std::fs::write(&other, "dear diary, ".repeat(1_000)).unwrap();
    let problem = iam_core::wire::Problem::from(open(&other).unwrap_err());
    assert_eq!(problem.code, Code::Corrupt, "{problem}");
}

/// The clock goes back by a day: revisions go on, nothing is refused, what was leased stays leased.
async fn clock_goes_back(storage: Arc<dyn Storage>) {
    let (host, clock) = testing_host(1);
    let iam = Iam::new(storage.clone(), host).unwrap();
    let acme = iam.realm("acme").await.unwrap().host("faults");
    let ada: UserId = acme.execute(CreateUser::new("ada")).await.unwrap().id().unwrap();
    let first = acme
        .execute(UpdateUser::new(ada).set("city", "Utica"))
        .await
        .unwrap();
    acme.execute(LockUser {
        user: ada,
        reason: None,
    })
    .await
    .unwrap();
    let now = clock.now();
    let leased = storage.lease("one", now, now.plus_seconds(60), 10).await.unwrap();
    clock.advance_days(-1);
    let second = acme
        .execute(UpdateUser::new(ada).set("city", "Lima"))
        .await
        .unwrap();
    assert!(second.revision > first.revision);
    let then = acme.clone().as_of(At::Revision(first.revision.unwrap()));
    assert_eq!(then.get(ada).await.unwrap().text("city"), "Utica");
    assert_eq!(acme.get(ada).await.unwrap().text("city"), "Lima");
    let history = acme.history(ada, None, 10).await.unwrap();
    assert!(
        history.is_sorted_by(|a, b| a.revision >= b.revision),
        "the latest first, by revision"
    );
    let early = clock.now();
    let again = storage
        .lease("two", early, early.plus_seconds(60), 10)
        .await
        .unwrap();
    assert!(
        again
            .iter()
            .all(|effect| leased.iter().all(|held| held.number != effect.number)),
        "given out twice"
    );
    sound(&iam, &acme, 1).await;
}

#[test]
fn a_clock_that_goes_back_on_sqlite_postgres_or_mysql() {
    for backend in backends::Backend::ready() {
        backend.run(async |factory| clock_goes_back(factory().await).await);
    }
}

/// The connection breaks after so many bytes of answers, again and again, in the middle of whatever is under way. Each
/// command is sent until it is answered, under one identifier: it is carried out once.
async fn breaks<S: Storage + 'static>(variable: &str, open: impl AsyncFn(String) -> S) {
    let Ok(url) = std::env::var(variable) else {
        eprintln!("NOT RUN: {variable} is not set");
        return;
    };
    let (gate, through) = Gate::open(&url).await;
    let storage = Arc::new(open(through).await);
    let iam = Iam::new(storage, host::system([3; 32])).unwrap();
    let name = format!("gate {}", uuid::Uuid::from_u128(rand()));
    let acme = iam.realm(&name).await.unwrap().host("faults");
    let (mut broken, mut users, mut replayed) = (0, 0, 0);
    // How many bytes the answers to one command have, once everything is prepared.
    let mut full = 0;
    for n in 0..4 {
        let command = CreateUser::new(format!("first{n}")).set("city", "Utica");
        let acting = acme.clone().with_command_id(acme.new_command_id());
        gate.heal();
        acting.execute(command).await.unwrap();
        full = gate.passed();
        users += 1;
    }
    for bytes in (20..full).step_by(usize::try_from(full / 16).unwrap().max(1)) {
        let name = format!("user{users}");
        let command = CreateUser::new(name.clone()).set("city", "Utica");
        let acting = acme.clone().with_command_id(acme.new_command_id());
        gate.break_after(bytes);
        let mut tries = 0;
        loop {
            tries += 1;
            assert!(tries < 20, "no answer after {bytes} bytes");
            match acting.execute(command.clone()).await {
                Ok(done) => {
                    replayed += usize::from(done.replayed);
                    break;
                }
                Err(problem) => {
                    assert!(problem.retry(), "{problem}: {:?}", problem.source);
                    broken += 1;
                    gate.heal();
                }
            }
        }
        gate.heal();
        users += 1;
        // The next one meets a connection that has seen everything.
        acme.execute(CreateUser::new(format!("between{users}")))
            .await
            .unwrap();
        users += 1;
        let found = acme.find_by(Kind::User, "user_name", &name).await;
        assert!(found.unwrap().is_some());
    }
    assert!(broken > 5, "the connection broke {broken} times");
    // The server commits and the answer is lost: sent again under its identifier, the command is found to be done. The
    // commit that nobody hears of may be another one: every two seconds what lost commits left is cleared away first.
    let beside = Iam::new(Arc::new(open(url.clone()).await), host::system([3; 32])).unwrap();
    let beside = beside.realm(&name).await.unwrap().host("beside");
    let mut unheard = 0;
    for n in 0..5 {
        let user = format!("unheard{n}");
        let command = CreateUser::new(user.clone()).set("city", "Utica");
        let acting = acme.clone().with_command_id(acme.new_command_id());
        gate.swallow_the_answer_to_a_commit();
        let problem = acting.execute(command.clone()).await.unwrap_err();
        assert!(problem.retry(), "{problem}: {:?}", problem.source);
        let there = beside.find_by(Kind::User, "user_name", &user).await;
        let there = there.unwrap().is_some();
        gate.heal();
        let done = acting.execute(command).await.unwrap();
        assert_eq!(done.replayed, there, "it was carried out, and again");
        unheard += usize::from(there);
        users += 1;
    }
    assert!(unheard >= 3, "{unheard} commits were not heard of");
    replayed += unheard;
    // Reads, in their middle: an answer or a typed error, and the next one is right.
    let mut lost = 0;
    for bytes in (1..full).step_by(usize::try_from(full / 12).unwrap().max(1)) {
        gate.break_after(bytes);
        let everything = Predicate::eq("city", "Utica");
        for _ in 0..2 {
            match acme.all(Kind::User, everything.clone()).await {
                Ok(found) => assert!(found.len() as u64 <= users && found.len() > 10),
                Err(problem) => {
                    assert!(
                        problem.retry() && problem.code != Code::Corrupt,
                        "{problem}: {:?}",
                        problem.source
                    );
                    lost += 1;
                }
            }
        }
        gate.heal();
        assert_eq!(acme.count(Kind::User, Predicate::All).await.unwrap(), users);
    }
    assert!(lost > 5, "reads were never interrupted: {lost}");
    println!("{variable}: {users} commands, broken {broken} times, {replayed} found to be done");
    sound(&iam, &acme, users).await;
}

fn rand() -> u128 {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).unwrap();
    u128::from_be_bytes(bytes)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_server_that_disappears_in_the_middle() {
    breaks("IAM_TEST_POSTGRES_URL", async |url| {
        let options = PostgresOptions::new(url)
            .connections(2)
            .wait(Duration::from_secs(5));
        PostgresStorage::connect(options).await.unwrap()
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mysql_server_that_disappears_in_the_middle() {
    breaks("IAM_TEST_MYSQL_URL", async |url| {
        let options = MysqlOptions::new(url).connections(2).wait(Duration::from_secs(5));
        MysqlStorage::connect(options).await.unwrap()
    })
    .await;
}
