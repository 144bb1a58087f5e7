//! Many actors on one database: no lost update, no write skew over sets, no skipped revision, no effect done twice.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use iam_core::{
    command::{
        AddMembership, Command, CreateOrganization, CreateUser, DeleteOrganization, DisableUser, Disposition,
        EnableUser, JoinOrganization, RemoveMembership, UpdateUser,
    },
    model::{Kind, OrganizationId, UserId},
    plan::Direction,
    port::{AuditQuery, Clock, Outcome, Revision, Settled, Storage},
    service::{Acting, Iam},
    testing::Random,
    wire::{Code, Problem},
};
use iam_storage::{
    host::SystemClock,
    mysql::{MysqlOptions, MysqlStorage},
    postgres::{PostgresOptions, PostgresStorage},
    sqlite::{Durability, SqliteOptions, SqliteStorage},
};

use super::{named, realms, sound};

/// How many actors work at once.
pub fn actors() -> usize {
    std::env::var("IAM_TEST_CROWD")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(48)
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

/// The work: values that everybody changes, names that everybody wants, sets that grow while they are emptied.
pub async fn crowd(storages: &[Arc<dyn Storage>], actors: usize, rounds: usize) {
    let realms = realms(storages, "crowd").await;
    let (iam, acme): &(Iam, Acting<'static>) = &realms[0];
    let unit = async |name: String| {
        let done = acme.execute(CreateOrganization::new(name)).await.unwrap();
        done.id::<OrganizationId>().unwrap()
    };
    let mut units = Vec::new();
    for n in 0..6 {
        units.push(unit(format!("unit {n}")).await);
    }
    let shared: UserId = acme
        .execute(CreateUser::new("shared"))
        .await
        .unwrap()
        .id()
        .unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let done: Arc<Mutex<BTreeMap<u64, u32>>> = Arc::default();
    let followers: Vec<_> = realms
        .iter()
        .map(|(_, acting)| tokio::spawn(follow(acting.clone(), stop.clone())))
        .collect();
    let workers: Vec<_> = (0..4)
        .map(|n| {
            let storage = storages[n % storages.len()].clone();
            tokio::spawn(worker(storage, format!("worker {n}"), stop.clone(), done.clone()))
        })
        .collect();
    let changed = Arc::new(AtomicU64::new(0));
    let acknowledged: Arc<Mutex<Vec<Revision>>> = Arc::default();
    let tasks: Vec<_> = (0..actors)
        .map(|actor| {
            let acting = realms[actor % realms.len()].1.clone();
            let (units, changed, acknowledged) = (units.clone(), changed.clone(), acknowledged.clone());
            tokio::spawn(async move {
                let mut random = Random::new(actor as u64 + 1);
                let own = insist(&acting, CreateUser::new(format!("actor{actor}")).into())
                    .await
                    .unwrap();
                let me = acting
                    .find_by(Kind::User, "user_name", &format!("actor{actor}"))
                    .await
                    .unwrap()
                    .unwrap();
                let me: UserId = me.id.try_into().unwrap();
                acknowledged.lock().unwrap().extend(own);
                let mut names = 0;
                for round in 0..rounds {
                    let unit = *random.pick(&units).unwrap();
                    let command: Command = match random.below(8) {
                        0 | 1 => UpdateUser::new(shared)
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
                        5 if actor % 8 == 0 => DeleteOrganization {
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
                    let counts = matches!(&command, Command::UpdateUser(_));
                    let wants = matches!(&command, Command::CreateUser(_));
                    match insist(&acting, command).await {
                        Ok(Some(revision)) => {
                            acknowledged.lock().unwrap().push(revision);
                            changed.fetch_add(u64::from(counts), Ordering::SeqCst);
                            names += usize::from(wants);
                        }
                        Ok(None) => {}
                        Err(problem) => {
                            let kind = problem.kind();
                            let expected =
                                matches!(problem.code, Code::Taken | Code::NotFound | Code::Deleted)
                                    || matches!(
                                        kind,
                                        iam_core::wire::ProblemKind::Refused
                                            | iam_core::wire::ProblemKind::NotFound
                                    );
                            assert!(expected, "{problem}");
                        }
                    }
                }
                names
            })
        })
        .collect();
    let mut names = 0;
    for task in tasks {
        names += task.await.unwrap();
    }
    stop.store(true, Ordering::SeqCst);
    // No lost update: each change is one version.
    let record = acme.get(shared).await.unwrap();
    assert_eq!(
        record.version,
        1 + changed.load(Ordering::SeqCst),
        "updates were lost"
    );
    // Each name went to one.
    let mut wanted = BTreeSet::new();
    for user in acme
        .all(
            Kind::User,
            iam_core::search::Predicate::starts_with("user_name", "wanted"),
        )
        .await
        .unwrap()
    {
        assert!(wanted.insert(user.text("user_name").to_owned()));
    }
    assert_eq!(wanted.len(), names);
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
    let accepted: BTreeSet<Revision> = trail
        .iter()
        .filter(|row| row.outcome == Outcome::Accepted)
        .map(|row| row.revision)
        .collect();
    let acknowledged = acknowledged.lock().unwrap().clone();
    assert!(acknowledged.iter().all(|revision| accepted.contains(revision)));
    // No write skew: nobody is a member of what is gone.
    for unit in &units {
        if acme.get(*unit).await.is_err() {
            let relation = iam_core::model::Relation::MemberOf;
            let members = acme.edges(*unit, Direction::To, relation).await.unwrap();
            assert!(members.is_empty(), "{unit} is gone and has members");
        }
    }
    for worker in workers {
        worker.await.unwrap();
    }
    let done = done.lock().unwrap();
    let twice: Vec<_> = done.iter().filter(|(_, times)| **times > 1).collect();
    assert!(twice.is_empty(), "effects were given out twice: {twice:?}");
    println!(
        "{actors} actors: {} commits, {} changes of one record, {names} names, {} effects",
        trail.len(),
        record.version - 1,
        done.len()
    );
    sound(iam, acme).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let open = || {
        let options = SqliteOptions::default()
            .durability(Durability::Normal)
            .wait(Duration::from_secs(60));
        Arc::new(SqliteStorage::open(folder.path().join("iam.db"), options).unwrap()) as Arc<dyn Storage>
    };
    // Two handles: two writers that know nothing of each other.
    crowd(&[open(), open()], 4 * actors(), 6).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_on_postgres() {
    let Some(url) = named("IAM_TEST_POSTGRES_URL") else {
        return;
    };
    let mut storages: Vec<Arc<dyn Storage>> = Vec::new();
    for _ in 0..3 {
        let options = PostgresOptions::new(&url)
            .connections(12)
            .wait(Duration::from_secs(60));
        storages.push(Arc::new(PostgresStorage::connect(options).await.unwrap()));
    }
    crowd(&storages, actors(), 6).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_on_mysql() {
    let Some(url) = named("IAM_TEST_MYSQL_URL") else {
        return;
    };
    let mut storages: Vec<Arc<dyn Storage>> = Vec::new();
    for _ in 0..3 {
        let options = MysqlOptions::new(&url)
            .connections(12)
            .wait(Duration::from_secs(60));
        storages.push(Arc::new(MysqlStorage::connect(options).await.unwrap()));
    }
    crowd(&storages, actors(), 6).await;
}
