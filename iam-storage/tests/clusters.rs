//! What happens between servers: many actors at once, a replica that is behind, a leader that is replaced or killed, two
//! nodes that both write. The clusters are started by `.ci/clusters` and named by `IAM_TEST_REPLICA_URLS`,
//! `IAM_TEST_PATRONI_URL` with `IAM_TEST_PATRONI_DIR`, and `IAM_TEST_GALERA_URLS`; what is not named is passed over, loudly.
//! `./test` does all of it. `IAM_TEST_CROWD` says how many actors work at once (200), most of them in processes of
//! their own.
#![cfg(all(feature = "sqlite", feature = "postgres", feature = "mysql"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::await_holding_lock,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests fail by panicking"
)]

#[path = "clusters/crowd.rs"]
mod crowd;
#[path = "clusters/failover.rs"]
mod failover;
#[path = "clusters/galera.rs"]
mod galera;
#[path = "clusters/pooler.rs"]
mod pooler;
#[path = "clusters/replica.rs"]
mod replica;

use std::sync::Arc;

use iam_core::{
    port::Storage,
    service::{Acting, Iam},
};
use iam_storage::host;

/// The value of a variable; loud when there is none.
fn named(variable: &str) -> Option<String> {
    let value = std::env::var(variable).ok().filter(|value| !value.is_empty());
    if value.is_none() {
        eprintln!("NOT RUN: {variable} is not set");
    }
    value
}

fn iam(storage: Arc<dyn Storage>) -> Iam {
    Iam::new(storage, host::system([3; 32])).unwrap()
}

/// A realm that nobody else uses, as several processes see it: each with its own engine.
async fn realms(storages: &[Arc<dyn Storage>], name: &str) -> Vec<(Iam, Acting<'static>)> {
    let mut random = [0; 8];
    getrandom::fill(&mut random).unwrap();
    let name = format!("{name} {:x}", u64::from_be_bytes(random));
    let mut realms = Vec::new();
    for storage in storages {
        let iam = iam(storage.clone());
        let acting = iam.realm(&name).await.unwrap().host("cluster");
        realms.push((iam, acting));
    }
    realms
}

/// The doctor finds nothing and the chain holds.
async fn sound(iam: &Iam, acting: &Acting<'_>) {
    let mut diagnosis = acting.doctor().await.unwrap();
    diagnosis
        .findings
        .retain(|finding| finding.code != "manager.circle");
    assert!(diagnosis.is_healthy(), "{:#?}", diagnosis.findings);
    iam.seal_chain().await.unwrap();
    let verified = iam.verify_chain(&[]).await.unwrap();
    assert!(verified.holds(), "{:?}", verified.breaks);
}
