//! A streaming replica: reads wait for what they have to show, or the primary answers.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use iam_core::{
    command::{CreateUser, UpdateUser},
    model::UserId,
    port::{Revision, Storage},
};
use iam_storage::postgres::{PostgresOptions, PostgresStorage};
use sqlx::{Connection, Executor, PgConnection};

use super::{named, realms, sound};

#[tokio::test(flavor = "multi_thread")]
async fn reads_on_a_replica_show_what_was_written() {
    let Some(urls) = named("IAM_TEST_REPLICA_URLS") else {
        return;
    };
    let (primary, standby) = urls.split_once(',').unwrap();
    let options = PostgresOptions::new(primary)
        .replica(standby)
        // One that is away harms nobody.
        .replica("postgres://iam:x@127.0.0.1:9/iam")
        .patience(Duration::from_millis(400));
    let storage: Arc<dyn Storage> = Arc::new(PostgresStorage::connect(options).await.unwrap());
    let realms = realms(&[storage.clone()], "replica").await;
    let (iam, acme) = &realms[0];
    let ada: UserId = acme.execute(CreateUser::new("ada")).await.unwrap().id().unwrap();
    // The tables have to arrive there first.
    let started = Instant::now();
    while storage.reading(Revision(1)).await.unwrap().is_none() {
        assert!(
            started.elapsed() < Duration::from_secs(30),
            "the replica does not come"
        );
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let mut from_replica = 0;
    for n in 0..30 {
        let done = acme
            .execute(UpdateUser::new(ada).set("city", format!("{n}")))
            .await
            .unwrap();
        let revision = done.revision.unwrap();
        let reading = acme.reading(revision).await.unwrap();
        from_replica += usize::from(storage.reading(revision).await.unwrap().is_some());
        assert_eq!(reading.get(ada).await.unwrap().text("city"), format!("{n}"));
    }
    assert!(from_replica > 15, "the replica answered {from_replica} of 30");
    // The replica stands still: whoever has seen nothing yet reads there, whoever has written reads from the primary.
    let mut control = PgConnection::connect(standby).await.unwrap();
    control.execute("SELECT pg_wal_replay_pause()").await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let done = acme
        .execute(UpdateUser::new(ada).set("city", "now"))
        .await
        .unwrap();
    let started = Instant::now();
    let reading = acme.reading(done.revision.unwrap()).await.unwrap();
    assert_eq!(reading.get(ada).await.unwrap().text("city"), "now");
    assert!(
        started.elapsed() >= Duration::from_millis(400),
        "it was not waited for"
    );
    assert!(
        started.elapsed() < Duration::from_secs(5),
        "{:?}",
        started.elapsed()
    );
    let early = acme.reading(Revision(0)).await.unwrap();
    assert_ne!(
        early.get(ada).await.unwrap().text("city"),
        "now",
        "the primary answered"
    );
    // Nothing is written by way of a replica.
    let problem = early
        .execute(UpdateUser::new(ada).set("city", "there"))
        .await
        .unwrap_err();
    assert!(problem.message.contains("only be read"), "{problem}");
    // While a reader waits, the replica goes on.
    let revision = done.revision.unwrap();
    let patient: Arc<dyn Storage> = {
        let options = PostgresOptions::new(primary)
            .replica(standby)
            .patience(Duration::from_secs(20));
        Arc::new(PostgresStorage::connect(options).await.unwrap())
    };
    let waiting = tokio::spawn(async move { patient.reading(revision).await.unwrap().is_some() });
    tokio::time::sleep(Duration::from_millis(300)).await;
    control.execute("SELECT pg_wal_replay_resume()").await.unwrap();
    assert!(waiting.await.unwrap(), "it was waited for, and came");
    sound(iam, acme).await;
}
