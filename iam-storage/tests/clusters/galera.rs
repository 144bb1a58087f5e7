//! A Galera cluster: two nodes that both write, on one record and on one set.

use std::{sync::Arc, time::Duration};

use iam_core::port::{Revision, Storage};
use iam_storage::mysql::{MysqlOptions, MysqlStorage};
use sqlx::{Connection, MySqlConnection, Row};

use super::{
    crowd::{Crowd, actors, crowd, trail},
    named, realms,
};

/// How often a transaction of this node lost in the certification.
async fn lost(url: &str) -> u64 {
    let mut connection = MySqlConnection::connect(url).await.unwrap();
    let text = "SHOW STATUS WHERE Variable_name IN ('wsrep_local_cert_failures', 'wsrep_local_bf_aborts')";
    let rows = sqlx::raw_sql(text).fetch_all(&mut connection).await.unwrap();
    rows.iter()
        .map(|row| row.get_unchecked::<String, _>(1).parse::<u64>().unwrap())
        .sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_of_galera_write_side_by_side() {
    let Some(urls) = named("IAM_TEST_GALERA_URLS") else {
        return;
    };
    let urls: Vec<&str> = urls.split(',').collect();
    let mut storages: Vec<Arc<dyn Storage>> = Vec::new();
    for url in &urls {
        let options = MysqlOptions::new(*url)
            .connections(12)
            .wait(Duration::from_secs(60));
        storages.push(Arc::new(MysqlStorage::connect(options).await.unwrap()));
    }
    let before = [lost(urls[0]).await, lost(urls[1]).await];
    let all = Crowd {
        actors: (actors() / 4).max(4),
        rounds: 4,
        target: None,
    };
    crowd(&storages, all).await;
    let after = [lost(urls[0]).await, lost(urls[1]).await];
    println!(
        "lost against the other node: {} and {}",
        after[0] - before[0],
        after[1] - before[1]
    );
    assert!(after > before, "the nodes never met: nothing was proved");
    // Revisions have no gaps in the database as a whole, and both nodes show the same.
    let realms = realms(&storages, "galera").await;
    let latest = |storage: Arc<dyn Storage>| async move { storage.standing().await.unwrap() };
    let (one, two) = (
        latest(storages[0].clone()).await,
        latest(storages[1].clone()).await,
    );
    assert_eq!(one, two);
    assert_eq!(one.latest, one.stable);
    let done = realms[0]
        .1
        .execute(iam_core::command::CreateUser::new("on.one"))
        .await
        .unwrap();
    // The other node shows it at once.
    let there = realms[1]
        .1
        .find_by(iam_core::model::Kind::User, "user_name", "on.one")
        .await
        .unwrap();
    assert_eq!(there.unwrap().id, done.id.unwrap());
    let (left, right) = (trail(&realms[0].1).await, trail(&realms[1].1).await);
    assert_eq!(left, right);
    assert_eq!(done.revision.unwrap(), Revision(one.latest.0 + 1));
}
