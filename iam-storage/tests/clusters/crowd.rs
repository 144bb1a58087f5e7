//! Many actors on one database: no lost update, no write skew over sets, no skipped revision, no effect done twice.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::{Command as Process, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use iam_core::{
    command::{
        AddMembership, Command, CreateOrganization, CreateUser, DeleteOrganization, DisableUser, Disposition,
        EnableUser, JoinOrganization, RemoveMembership, UpdateUser,
    },
    model::{Kind, OrganizationId, RealmId, UserId},
    plan::Direction,
    port::{AuditQuery, Clock, Outcome, Revision, Settled, Storage},
    search::Predicate,
    service::{Acting, Iam},
    testing::Random,
    wire::{Code, Problem, ProblemKind},
};
use iam_storage::{
    host::SystemClock,
    mysql::{MysqlOptions, MysqlStorage},
    postgres::{PostgresOptions, PostgresStorage},
    sqlite::{Durability, SqliteOptions, SqliteStorage},
};

use serde::{Deserialize, Serialize};

use super::{iam, named, realms, sound};

/// How many actors work at once.
pub fn actors() -> usize {
    std::env::var("IAM_TEST_CROWD")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(200)
}

/// Sends a command until there is an answer, always under the same identifier.
pub async fn insist(acting: &Acting<'_>, command: Command) -> Result<Option<Revision>, Problem> {
    let acting = acting.clone().with_command_id(acting.new_command_id());
    let mut wait = Duration::from_millis(2);
    for _ in 0..400 {
        match acting.execute(command.clone()).await {
            Ok(done) => return Ok(done.revision),
            Err(problem) if problem.retry() => {
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(Duration::from_millis(150));
            }
            Err(problem) => return Err(problem),
        }
    }
    panic!("no answer to {} after 400 attempts", command.name());
}

/// Follows the events until it is told that there will be no more; every revision that it sees, in its order.
pub async fn follow(acting: Acting<'static>, stop: Arc<AtomicBool>) -> Vec<Revision> {
    let mut seen: Vec<Revision> = Vec::new();
    loop {
        let last = stop.load(Ordering::SeqCst);
        let after = seen.last().copied().unwrap_or_default();
        match acting.events(after, 1_000).await {
            Ok(page) if page.is_empty() && last => {
                // An announcement of a commit that never was holds readers back for some seconds, not for ever.
                let standing = acting.revision().await.unwrap();
                let newest = AuditQuery {
                    newest_first: true,
                    limit: 1,
                    ..AuditQuery::default()
                };
                let newest = acting.audit(newest).await.unwrap();
                if newest.first().is_none_or(|row| row.revision <= standing) {
                    return seen;
                }
            }
            Ok(page) => seen.extend(page.into_iter().map(|(revision, _)| revision)),
            Err(problem) => assert!(problem.retry(), "{problem}"),
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Every audit row of the realm.
pub async fn trail(acting: &Acting<'_>) -> Vec<iam_core::port::AuditRecord> {
    let mut all: Vec<iam_core::port::AuditRecord> = Vec::new();
    loop {
        let query = AuditQuery {
            after: all.last().map(|row| row.revision),
            limit: 1_000,
            ..AuditQuery::default()
        };
        let page = acting.audit(query).await.unwrap();
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

/// A worker of the outbox. What it has carried out is noted before it settles.
async fn worker(
    storage: Arc<dyn Storage>,
    name: String,
    stop: Arc<AtomicBool>,
    done: Arc<Mutex<BTreeMap<u64, u32>>>,
) {
    let mut idle = 0;
    while idle < 3 || !stop.load(Ordering::SeqCst) {
        let now = SystemClock.now();
        let leased = match storage.lease(&name, now, now.plus_seconds(120), 5).await {
            Ok(leased) => leased,
            // Another one was faster.
            Err(_) => continue,
        };
        idle = if leased.is_empty() { idle + 1 } else { 0 };
        if leased.is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        }
        {
            let mut done = done.lock().unwrap();
            leased
                .iter()
                .for_each(|effect| *done.entry(effect.number).or_default() += 1);
        }
        let results: Vec<Settled> = leased
            .iter()
            .map(|effect| Settled {
                number: effect.number,
                worker: name.clone(),
                retry: None,
            })
            .collect();
        while storage.settle(&results).await.is_err() {}
    }
}

/// What came of the work of some actors.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Done {
    acknowledged: Vec<u64>,
    /// Of the record that everybody changes.
    changes: u64,
    /// Names that everybody wanted and these got.
    names: usize,
}

impl Done {
    fn add(&mut self, other: Done) {
        self.acknowledged.extend(other.acknowledged);
        self.changes += other.changes;
        self.names += other.names;
    }
}

/// Where the crowd works.
#[derive(Debug, Clone)]
struct Ground {
    units: Vec<OrganizationId>,
    shared: UserId,
}

impl Ground {
    async fn make(acme: &Acting<'_>) -> Ground {
        let mut units = Vec::new();
        for n in 0..UNITS {
            let unit = CreateOrganization::new(format!("unit {n}"));
            units.push(acme.execute(unit).await.unwrap().id().unwrap());
        }
        let shared = acme.execute(CreateUser::new("shared")).await.unwrap();
        Ground {
            units,
            shared: shared.id().unwrap(),
        }
    }

    /// As another process finds it.
    async fn find(acme: &Acting<'_>) -> Ground {
        let units = acme
            .all(Kind::Organization, Predicate::present("name"))
            .await
            .unwrap();
        let shared = acme.find_by(Kind::User, "user_name", "shared").await.unwrap();
        Ground {
            units: units.iter().map(|unit| unit.id.try_into().unwrap()).collect(),
            shared: shared.unwrap().id.try_into().unwrap(),
        }
    }
}

const UNITS: usize = 6;

/// One actor: values that everybody changes, names that everybody wants, sets that grow while they are emptied.
async fn work(acting: Acting<'static>, ground: Ground, actor: usize, rounds: usize) -> Done {
    let mut random = Random::new(actor as u64 + 1);
    let mut done = Done::default();
    let name = format!("actor{actor}");
    let own = insist(&acting, CreateUser::new(name.clone()).into())
        .await
        .unwrap();
    done.acknowledged.extend(own.map(|revision| revision.0));
    let me = acting.find_by(Kind::User, "user_name", &name).await.unwrap();
    let me: UserId = me.unwrap().id.try_into().unwrap();
    for round in 0..rounds {
        let unit = *random.pick(&ground.units).unwrap();
        let command: Command = match random.below(8) {
            0 | 1 => UpdateUser::new(ground.shared)
                .set("city", format!("{actor} {round}"))
                .into(),
            2 => CreateUser::new(format!("wanted{round}")).into(),
            3 => AddMembership {
                member: me.into(),
                organizations: vec![JoinOrganization::new(unit)],
            }
            .into(),
            4 => RemoveMembership {
                member: me.into(),
                organizations: vec![unit],
            }
            .into(),
            5 if actor.is_multiple_of(8) => DeleteOrganization {
                organization: unit,
                disposition: Some(Disposition::Detach),
            }
            .into(),
            6 => DisableUser {
                user: me,
                by: Default::default(),
            }
            .into(),
            _ => EnableUser { user: me }.into(),
        };
        let changes = matches!(&command, Command::UpdateUser(_));
        let wants = matches!(&command, Command::CreateUser(_));
        match insist(&acting, command).await {
            Ok(Some(revision)) => {
                done.acknowledged.push(revision.0);
                done.changes += u64::from(changes);
                done.names += usize::from(wants);
            }
            Ok(None) => {}
            Err(problem) => {
                let expected = matches!(problem.code, Code::Taken | Code::NotFound | Code::Deleted)
                    || matches!(problem.kind(), ProblemKind::Refused | ProblemKind::NotFound);
                assert!(expected, "{problem}");
            }
        }
    }
    done
}

/// Some actors at once, taking turns on several engines.
async fn work_together(
    actings: &[Acting<'static>],
    ground: &Ground,
    actors: std::ops::Range<usize>,
    rounds: usize,
) -> Done {
    let tasks: Vec<_> = actors
        .map(|actor| {
            let acting = actings[actor % actings.len()].clone();
            tokio::spawn(work(acting, ground.clone(), actor, rounds))
        })
        .collect();
    let mut all = Done::default();
    for task in tasks {
        all.add(task.await.unwrap());
    }
    all
}

/// A crowd: how many actors, and how much each of them does.
#[derive(Debug, Clone, Copy)]
pub struct Crowd<'a> {
    pub actors: usize,
    pub rounds: usize,
    /// The database, by which three more processes open it: then three quarters of the actors are theirs.
    pub target: Option<&'a str>,
}

/// Another process with its part of the actors.
fn process(target: &str, realm: RealmId, actors: std::ops::Range<usize>, rounds: usize) -> Done {
    let output = Process::new(std::env::current_exe().unwrap())
        .args([
            "crowd::child_process",
            "--exact",
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ])
        .env("IAM_CROWD_TARGET", target)
        .env("IAM_CROWD_REALM", realm.0.to_string())
        .env(
            "IAM_CROWD_ACTORS",
            format!("{} {} {rounds}", actors.start, actors.end),
        )
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "a process of the crowd failed: {said}");
    let line = said.lines().find_map(|line| line.strip_prefix("done "));
    serde_json::from_str(line.expect("a process says what it has done")).unwrap()
}

/// Not a test by itself: what the other processes run.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the other tests"]
async fn child_process() {
    let Ok(target) = std::env::var("IAM_CROWD_TARGET") else {
        return;
    };
    let realm = RealmId(std::env::var("IAM_CROWD_REALM").unwrap().parse().unwrap());
    let numbers: Vec<usize> = std::env::var("IAM_CROWD_ACTORS")
        .unwrap()
        .split(' ')
        .map(|number| number.parse().unwrap())
        .collect();
    let iam = iam(open(&target).await);
    let acting = iam.in_realm(realm).host("crowd");
    let ground = Ground::find(&acting).await;
    let done = work_together(&[acting], &ground, numbers[0]..numbers[1], numbers[2]).await;
    println!("\ndone {}", serde_json::to_string(&done).unwrap());
}

async fn open(target: &str) -> Arc<dyn Storage> {
    let wait = Duration::from_secs(90);
    match target.split_once(':') {
        Some(("postgres", _)) => {
            let options = PostgresOptions::new(target).connections(12).wait(wait);
            Arc::new(PostgresStorage::connect(options).await.unwrap())
        }
        Some(("mysql", _)) => {
            let options = MysqlOptions::new(target).connections(12).wait(wait);
            Arc::new(MysqlStorage::connect(options).await.unwrap())
        }
        _ => {
            let options = SqliteOptions::default().durability(Durability::Normal).wait(wait);
            Arc::new(SqliteStorage::open(target, options).unwrap())
        }
    }
}

/// Lets the crowd work while others follow and deliver, and looks at what is left.
pub async fn crowd(storages: &[Arc<dyn Storage>], crowd: Crowd<'_>) {
    let realms = realms(storages, "crowd").await;
    let (iam, acme): &(Iam, Acting<'static>) = &realms[0];
    let ground = Ground::make(acme).await;
    let stop = Arc::new(AtomicBool::new(false));
    let delivered: Arc<Mutex<BTreeMap<u64, u32>>> = Arc::default();
    let followers: Vec<_> = realms
        .iter()
        .map(|(_, acting)| tokio::spawn(follow(acting.clone(), stop.clone())))
        .collect();
    let workers: Vec<_> = (0..4)
        .map(|n| {
            let storage = storages[n % storages.len()].clone();
            tokio::spawn(worker(
                storage,
                format!("worker {n}"),
                stop.clone(),
                delivered.clone(),
            ))
        })
        .collect();
    let Crowd { actors, rounds, .. } = crowd;
    let quarter = actors / 4;
    let own = match crowd.target {
        Some(_) => 3 * quarter..actors,
        None => 0..actors,
    };
    let processes: Vec<_> = (0..3)
        .filter_map(|n| Some((n, crowd.target?.to_owned())))
        .map(|(n, target)| {
            let realm = acme.realm();
            tokio::task::spawn_blocking(move || {
                process(&target, realm, n * quarter..(n + 1) * quarter, rounds)
            })
        })
        .collect();
    let actings: Vec<_> = realms.iter().map(|(_, acting)| acting.clone()).collect();
    let mut done = work_together(&actings, &ground, own, rounds).await;
    let several = processes.len() + 1;
    for process in processes {
        done.add(process.await.unwrap());
    }
    stop.store(true, Ordering::SeqCst);
    // No lost update: each change is one version.
    let record = acme.get(ground.shared).await.unwrap();
    assert_eq!(record.version, 1 + done.changes, "updates were lost");
    // Each name went to one.
    let mut wanted = BTreeSet::new();
    for user in acme
        .all(Kind::User, Predicate::starts_with("user_name", "wanted"))
        .await
        .unwrap()
    {
        assert!(wanted.insert(user.text("user_name").to_owned()));
    }
    assert_eq!(wanted.len(), done.names);
    // Nobody skipped a revision.
    let trail = trail(acme).await;
    let revisions: Vec<Revision> = trail.iter().map(|row| row.revision).collect();
    for follower in followers {
        let seen = follower.await.unwrap();
        let missed: Vec<_> = revisions
            .iter()
            .filter(|revision| !seen.contains(revision))
            .collect();
        assert!(seen == revisions, "a follower missed {missed:?}");
    }
    let accepted: BTreeSet<u64> = trail
        .iter()
        .filter(|row| row.outcome == Outcome::Accepted)
        .map(|row| row.revision.0)
        .collect();
    let lost = done
        .acknowledged
        .iter()
        .find(|revision| !accepted.contains(revision));
    assert_eq!(lost, None, "an acknowledged commit is missing");
    // No write skew: nobody is a member of what is gone.
    for unit in &ground.units {
        if acme.get(*unit).await.is_err() {
            let relation = iam_core::model::Relation::MemberOf;
            let members = acme.edges(*unit, Direction::To, relation).await.unwrap();
            assert!(members.is_empty(), "{unit} is gone and has members");
        }
    }
    for worker in workers {
        worker.await.unwrap();
    }
    let delivered = delivered.lock().unwrap();
    let twice: Vec<_> = delivered.iter().filter(|(_, times)| **times > 1).collect();
    assert!(twice.is_empty(), "effects were given out twice: {twice:?}");
    println!(
        "{actors} actors in {several} processes: {} commits, {} changes of one record, {} names, {} effects",
        trail.len(),
        done.changes,
        done.names,
        delivered.len()
    );
    sound(iam, acme).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("iam.db").to_str().unwrap().to_owned();
    // Two handles: two writers that know nothing of each other, beside three more processes.
    let storages = [open(&target).await, open(&target).await];
    on(&storages, &target, 6).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_on_postgres() {
    let Some(url) = named("IAM_TEST_POSTGRES_URL") else {
        return;
    };
    on(&[open(&url).await], &url, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_on_mysql() {
    let Some(url) = named("IAM_TEST_MYSQL_URL") else {
        return;
    };
    on(&[open(&url).await], &url, 2).await;
}

async fn on(storages: &[Arc<dyn Storage>], target: &str, rounds: usize) {
    let all = Crowd {
        actors: actors(),
        rounds,
        target: Some(target),
    };
    crowd(storages, all).await;
}
