//! A planned switchover and the crash of a leader, in the middle of writing: what was acknowledged survives, what was
//! interrupted is sent again under its identifier and carried out once.

use std::{
    path::Path,
    process::Command as Process,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use iam_core::{
    command::{CreateUser, UpdateUser},
    model::{CommandId, Kind, UserId},
    port::{Outcome, Revision, Storage},
    search::Predicate,
    service::Acting,
    wire::Problem,
};
use iam_storage::postgres::{PostgresOptions, PostgresStorage};

use super::{
    crowd::{follow, trail},
    named, realms, sound,
};

fn control(verb: &str, folder: &str) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.ci/clusters");
    let output = Process::new(script).args([verb, folder]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{verb}: {said}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

type Acknowledged = Arc<Mutex<Vec<(CommandId, Revision)>>>;

/// Until a minute has passed; the longest time without an answer is noted by whoever asked.
async fn insist(
    acting: &Acting<'_>,
    command: impl Into<iam_core::command::Command>,
    retried: &AtomicUsize,
) -> (CommandId, Revision) {
    let (command, id) = (command.into(), acting.new_command_id());
    let acting = acting.clone().with_command_id(id);
    let started = Instant::now();
    loop {
        let problem: Problem = match acting.execute(command.clone()).await {
            Ok(done) => return (id, done.revision.unwrap()),
            Err(problem) => problem,
        };
        assert!(problem.retry(), "{problem}: {:?}", problem.source);
        assert!(
            started.elapsed() < Duration::from_secs(90),
            "{problem}: {:?}",
            problem.source
        );
        retried.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn writer(
    acting: Acting<'static>,
    name: String,
    stop: Arc<AtomicBool>,
    acknowledged: Acknowledged,
    retried: Arc<AtomicUsize>,
) -> u64 {
    let mut users = 0;
    while !stop.load(Ordering::SeqCst) {
        let user_name = format!("{name}-{users}");
        let done = insist(&acting, CreateUser::new(user_name.clone()), &retried).await;
        acknowledged.lock().unwrap().push(done);
        users += 1;
        let found = loop {
            match acting.find_by(Kind::User, "user_name", &user_name).await {
                Ok(found) => break found.expect("what was acknowledged is there"),
                Err(problem) => assert!(problem.retry(), "{problem}"),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        let user: UserId = found.id.try_into().unwrap();
        let done = insist(&acting, UpdateUser::new(user).set("city", "Utica"), &retried).await;
        acknowledged.lock().unwrap().push(done);
    }
    users
}

/// So many more acknowledgements.
async fn go_on(acknowledged: &Acknowledged, more: usize) -> Duration {
    let count = || acknowledged.lock().unwrap().len();
    let (before, started) = (count(), Instant::now());
    while count() < before + more {
        assert!(
            started.elapsed() < Duration::from_secs(120),
            "nothing is acknowledged any more"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    started.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn acknowledged_commands_survive_their_leader() {
    let (Some(url), Some(folder)) = (named("IAM_TEST_PATRONI_URL"), named("IAM_TEST_PATRONI_DIR")) else {
        return;
    };
    let options = PostgresOptions::new(url)
        .connections(8)
        .wait(Duration::from_secs(3));
    let storage: Arc<dyn Storage> = Arc::new(PostgresStorage::connect(options).await.unwrap());
    let realms = realms(&[storage], "failover").await;
    let (iam, acme) = &realms[0];
    let stop = Arc::new(AtomicBool::new(false));
    let acknowledged = Acknowledged::default();
    let retried = Arc::new(AtomicUsize::new(0));
    // What a writer has begun when it is told to stop is followed, too.
    let written = Arc::new(AtomicBool::new(false));
    let follower = tokio::spawn(follow(acme.clone(), written.clone()));
    let writers: Vec<_> = (0..6)
        .map(|n| {
            let name = format!("writer{n}");
            tokio::spawn(writer(
                acme.clone(),
                name,
                stop.clone(),
                acknowledged.clone(),
                retried.clone(),
            ))
        })
        .collect();
    go_on(&acknowledged, 60).await;

    let first = control("leader", &folder);
    when_ready("switch", &folder).await;
    let planned = go_on(&acknowledged, 60).await;
    let second = control("leader", &folder);
    assert_ne!(first, second, "there was no switchover");
    let by_switchover = retried.swap(0, Ordering::SeqCst);

    let killed = when_ready("kill", &folder).await;
    assert_eq!(killed, second);
    let crashed = go_on(&acknowledged, 60).await;
    let third = control("leader", &folder);
    assert_ne!(third, killed);
    control("up", &folder);
    go_on(&acknowledged, 30).await;
    stop.store(true, Ordering::SeqCst);
    let mut users = 0;
    for writer in writers {
        users += writer.await.unwrap();
    }
    written.store(true, Ordering::SeqCst);
    let seen = follower.await.unwrap();

    assert_eq!(
        acme.count(Kind::User, Predicate::All).await.unwrap(),
        users,
        "each user is there once"
    );
    let trail = trail(acme).await;
    let acknowledged = acknowledged.lock().unwrap().clone();
    for (id, revision) in &acknowledged {
        let rows: Vec<_> = trail.iter().filter(|row| row.command_id == Some(*id)).collect();
        assert_eq!(rows.len(), 1, "{id} is there {} times", rows.len());
        assert_eq!(
            (rows[0].revision, &rows[0].outcome),
            (*revision, &Outcome::Accepted)
        );
    }
    let revisions: Vec<Revision> = trail.iter().map(|row| row.revision).collect();
    assert_eq!(seen, revisions, "the follower skipped something");
    sound(iam, acme).await;
    println!(
        "{} acknowledged, all there once; switchover {planned:?} for 60 more ({by_switchover} sent again), crash \
         {crashed:?} ({} sent again); leaders {first}, {second}, {third}",
        acknowledged.len(),
        retried.load(Ordering::SeqCst)
    );
}

/// Does it when the standby is there: with nobody to follow there is no way to go on.
async fn when_ready(what: &'static str, folder: &str) -> String {
    let folder = folder.to_owned();
    let done = tokio::task::spawn_blocking(move || {
        let started = Instant::now();
        while !ready(&folder) {
            assert!(
                started.elapsed() < Duration::from_secs(90),
                "the standby does not come (back)"
            );
            std::thread::sleep(Duration::from_millis(500));
        }
        control(what, &folder)
    });
    done.await.unwrap()
}

/// Whether a synchronous standby follows the leader.
fn ready(folder: &str) -> bool {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.ci/clusters");
    Process::new(script)
        .args(["standby", folder])
        .output()
        .is_ok_and(|output| output.status.success())
}
