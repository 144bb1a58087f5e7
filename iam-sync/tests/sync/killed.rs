//! A run whose process is killed: what was committed stays, another worker goes on, and nothing is done twice.

use std::{path::Path, process::Stdio, sync::Arc};

use iam_core::{
    command::{CreateSource, RequestSync, UpdateSource},
    model::{AttributeMapping, Kind, KindRules, SourceId, SourceMode, SourceRules, SyncKind, SyncRunId},
    port::Clock,
    search::Predicate,
    service::{Acting, Iam},
};
use iam_storage::{
    host::{self, SystemClock},
    sqlite::{SqliteOptions, SqliteStorage},
};
use iam_sync::{
    connector::{Connectors, KnownSecrets},
    reconcile::run::{Counts, Observer, RunState, Sources},
};

const PEOPLE: usize = 300;

/// The clock of a worker that looks for work after the lease of the dead one.
#[derive(Debug)]
struct Later;

impl Clock for Later {
    fn now(&self) -> iam_core::model::Moment {
        SystemClock.now().plus_seconds(300)
    }
}

async fn open(folder: &Path, clock: Arc<dyn Clock>) -> (Acting<'static>, Sources) {
    let storage = SqliteStorage::open(folder.join("iam.db"), SqliteOptions::default()).unwrap();
    let mut ports = host::system([3; 32]);
    ports.clock = clock.clone();
    let iam = Iam::new(Arc::new(storage), ports).unwrap();
    let acting = iam.realm("acme").await.unwrap().host("sync");
    let sources = Sources::new(Connectors::builtin(), Arc::new(KnownSecrets::new()), clock);
    (acting, sources)
}

/// Dies as a machine without power does, on a page.
struct Dies(u64);

impl Observer for Dies {
    fn progress(&mut self, counts: &Counts) {
        if counts.of(SyncKind::User).read >= self.0 {
            std::process::abort();
        }
    }
}

/// What the child process does. Not a test by itself.
#[tokio::test]
#[ignore = "started by the other test"]
async fn child_process() {
    let Ok(folder) = std::env::var("IAM_KILLED_RUN") else {
        return;
    };
    let at = std::env::var("IAM_KILLED_AT").unwrap().parse().unwrap();
    let (acting, sources) = open(Path::new(&folder), Arc::new(SystemClock)).await;
    let _ = sources.work(&acting, "dies", &mut Dies(at)).await;
}

/// S0-140
#[tokio::test]
async fn a_run_that_was_killed_is_carried_on_by_another_worker() {
    let folder = tempfile::tempdir().unwrap();
    let mut table = "number;login;city;boss\n".to_owned();
    for number in 0..PEOPLE {
        table += &format!("{number};user{number};Utica;{}\n", (number * 7 + 3) % PEOPLE);
    }
    std::fs::write(folder.path().join("users.csv"), table).unwrap();
    let attribute = AttributeMapping::attribute;
    let rules = SourceRules {
        kinds: [(
            SyncKind::User,
            KindRules {
                mappings: vec![
                    attribute("login", "user_name"),
                    attribute("city", "city"),
                    attribute("number", "user_number"),
                    attribute("boss", "manager"),
                ],
                ..KindRules::default()
            },
        )]
        .into(),
        page_size: 20,
        ..SourceRules::default()
    };
    let (acting, sources) = open(folder.path(), Arc::new(SystemClock)).await;
    sources.connectors().install(&acting).await.unwrap();
    let create = CreateSource::new("HR", "folder")
        .configure("folder", folder.path().to_str().unwrap())
        .configure("identifier", "number")
        .rules(rules);
    let source: SourceId = acting.execute(create).await.unwrap().id().unwrap();
    acting
        .execute(UpdateSource::new(source).mode(SourceMode::Active))
        .await
        .unwrap();
    let run: SyncRunId = acting
        .execute(RequestSync::new(source))
        .await
        .unwrap()
        .id()
        .unwrap();
    drop((acting, sources));

    let status = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["killed::child_process", "--exact", "--ignored"])
        .env("IAM_KILLED_RUN", folder.path())
        .env("IAM_KILLED_AT", "140")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(!status.success(), "the child was to die");

    // Its lease is still good: nobody else touches the run.
    let (acting, sources) = open(folder.path(), Arc::new(SystemClock)).await;
    let there = acting.count(Kind::User, Predicate::All).await.unwrap();
    assert!(
        (100..=160).contains(&there),
        "{there} were committed before it died"
    );
    assert!(sources.work(&acting, "other", &mut ()).await.unwrap().is_none());
    drop((acting, sources));

    let (acting, sources) = open(folder.path(), Arc::new(Later)).await;
    let report = sources.work(&acting, "other", &mut ()).await.unwrap().unwrap();
    assert_eq!(report.state, RunState::Succeeded, "{report:#?}");
    let counts = report.counts.of(SyncKind::User);
    assert_eq!(counts.created, PEOPLE as u64 - there, "{report:#?}");
    assert_eq!(
        acting.count(Kind::User, Predicate::All).await.unwrap(),
        PEOPLE as u64
    );
    let diagnosis = acting.doctor().await.unwrap();
    let odd: Vec<_> = diagnosis
        .findings
        .iter()
        .filter(|finding| finding.code != "manager.circle")
        .collect();
    assert!(odd.is_empty(), "{odd:#?}");
    // Both halves are one change set: one call takes back all of it.
    let undone = sources.undo(&acting, run).await.unwrap();
    assert!(undone.kept.is_empty(), "{:?}", undone.kept);
    assert_eq!(acting.count(Kind::User, Predicate::All).await.unwrap(), 0);
}
