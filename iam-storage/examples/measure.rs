//! Quick numbers of a storage: `cargo run --release -p iam-storage --example measure [users]`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::{sync::Arc, time::Instant};

use common::*;
use iam_core::{model::*, plan::*, port::*, search::*};
use iam_storage::sqlite::{SqliteOptions, SqliteStorage};

const NAMES: &[&str] = &[
    "ada", "berta", "carl", "dora", "emil", "frieda", "gustav", "heinz",
];

fn person(dice: &mut Dice, n: usize) -> Record {
    let (a, b) = (NAMES[dice.roll(8)], NAMES[dice.roll(8)]);
    let mut user = record(
        EntityId::new(Kind::User, uuid_v7(n)),
        &[
            ("user_name", format!("{a}.{b}{n}").into()),
            ("email", format!("{a}.{b}{n}@example.com").into()),
            ("first_name", a.into()),
            ("last_name", format!("{b}{}", dice.roll(5000)).into()),
            ("display_name", format!("{a} {b}").into()),
            ("user_number", format!("{n:08}").into()),
            ("job", format!("job {}", dice.roll(200)).into()),
            ("department", format!("department {}", dice.roll(50)).into()),
            ("city", format!("city {}", dice.roll(300)).into()),
            ("country", "DE".into()),
            ("administrative_status", "enabled".into()),
            ("created_at", NOW.into()),
            ("changed_at", NOW.into()),
            ("origin", "import".into()),
            ("identity_type", "primary".into()),
        ],
    );
    user.salt = Some(KeySalt([1; 16]));
    user
}

fn uuid_v7(n: usize) -> uuid::Uuid {
    uuid::Uuid::from_u64_pair(
        0x0193_4f3c_8a00_7000 + ((n as u64) >> 10),
        0x8000_0000_0000_0000 | ((n as u64) << 20),
    )
}

fn rate(what: &str, count: usize, start: Instant) {
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{what:<60} {:>10.0}/s   {:>9.1} µs each",
        count as f64 / seconds,
        seconds * 1e6 / count as f64
    );
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let users: usize = std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(100_000);
    let folder = tempfile::tempdir_in(".").unwrap();
    let storage =
        Arc::new(SqliteStorage::open(folder.path().join("iam.db"), SqliteOptions::default()).unwrap());
    let realm = realm(1);
    make_realm(&*storage, realm).await;
    let mut dice = Dice(7);
    let root = record(dice.id(Kind::Organization), &[("name", "root".into())]);
    cases::create(&*storage, realm, root.clone()).await;
    let mut units = Vec::new();
    for chunk in 0..4 {
        let mut p = plan(realm);
        let above = units.clone();
        for n in 0..50 {
            let mut unit = record(
                dice.id(Kind::Organization),
                &[("name", format!("unit {chunk} {n}").into())],
            );
            let parent = dice.pick(&above).copied().unwrap_or(root.id);
            unit.set("parent", Some(parent.into()));
            units.push(unit.id);
            put(&mut p, None, unit);
        }
        commit(&*storage, &p).await.unwrap();
    }
    let start = Instant::now();
    for chunk in 0..users / 500 {
        let mut p = plan(realm);
        p.guards.push(Guard::Record {
            id: realm.into(),
            version: Some(1),
        });
        for n in chunk * 500..chunk * 500 + 500 {
            let user = person(&mut dice, n);
            let id = user.id;
            put(&mut p, None, user);
            p.changes.push(Change::Edge {
                before: None,
                after: Some(Edge::direct(
                    id,
                    Relation::MemberOf,
                    units[dice.roll(units.len())],
                )),
                cause: Cause::Requested,
            });
        }
        commit(&*storage, &p).await.unwrap();
    }
    rate(
        "create: plans of 500 users with a membership each (users)",
        users,
        start,
    );

    let start = Instant::now();
    for n in 0..2_000 {
        let mut p = plan(realm);
        p.guards.push(Guard::Record {
            id: realm.into(),
            version: Some(1),
        });
        put(&mut p, None, person(&mut dice, users + n));
        commit(&*storage, &p).await.unwrap();
    }
    rate("create: one by one, one caller", 2_000, start);

    let start = Instant::now();
    let tasks: Vec<_> = (0..32)
        .map(|task| {
            let storage = storage.clone();
            tokio::spawn(async move {
                let mut dice = Dice(task as u64 + 99);
                for n in 0..250 {
                    let mut p = plan(realm);
                    p.guards.push(Guard::Record {
                        id: realm.into(),
                        version: Some(1),
                    });
                    put(&mut p, None, person(&mut dice, users + 10_000 + task * 1000 + n));
                    commit(&*storage, &p).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    rate("create: one by one, 32 callers", 8_000, start);

    let gets = 100_000;
    let start = Instant::now();
    for _ in 0..gets {
        let id = EntityId::new(Kind::User, uuid_v7(dice.roll(users)));
        assert!(fetch(&*storage, realm, id).await.is_some());
    }
    rate("get by id", gets, start);

    let start = Instant::now();
    let updates = 2_000;
    for n in 0..updates {
        let id = EntityId::new(Kind::User, uuid_v7(dice.roll(users)));
        let before = fetch(&*storage, realm, id).await.unwrap();
        let mut user = (*before).clone();
        user.set("city", Some(format!("moved {n}").into()));
        let mut p = plan(realm);
        put(&mut p, Some(before), user);
        commit(&*storage, &p).await.unwrap();
    }
    rate("update one attribute, one caller", updates, start);

    let unit = units[150].to_string();
    let top = root.id.to_string();
    let searches: Vec<(&str, Search)> = vec![
        (
            "prefix of last_name, sorted",
            Search::new(Kind::User)
                .filter(Predicate::starts_with("last_name", "emil12"))
                .sort([Sort::ascending("last_name")]),
        ),
        (
            "first page by last_name",
            Search::new(Kind::User).sort([Sort::ascending("last_name")]),
        ),
        (
            "department eq, by last_name",
            Search::new(Kind::User)
                .filter(Predicate::eq("department", "department 7"))
                .sort([Sort::ascending("last_name")]),
        ),
        (
            "contains in display_name",
            Search::new(Kind::User)
                .filter(Predicate::contains("display_name", "rta em"))
                .sort([Sort::ascending("last_name")]),
        ),
        (
            "members of a unit by name",
            Search::new(Kind::User)
                .filter(Predicate::eq("organizations", unit.clone()))
                .sort([Sort::ascending("last_name")]),
        ),
        (
            "everybody below the root by name",
            Search::new(Kind::User)
                .filter(Predicate::eq("within_organization", top))
                .sort([Sort::ascending("last_name")]),
        ),
        (
            "below a unit by name",
            Search::new(Kind::User)
                .filter(Predicate::eq("within_organization", unit))
                .sort([Sort::ascending("last_name")]),
        ),
        (
            "not locked and city",
            Search::new(Kind::User)
                .filter(Predicate::eq("city", "city 7").and(Predicate::eq("locked", true).negate())),
        ),
    ];
    for (name, search) in &searches {
        let find = find(realm, search);
        let times = 20;
        let start = Instant::now();
        for _ in 0..times {
            storage.search(&find).await.unwrap();
        }
        rate(&format!("search: {name}"), times, start);
    }
    // A page deep inside of the list.
    let mut search = searches[1].1.clone().limit(1000);
    for _ in 0..20 {
        search.cursor = storage.search(&find(realm, &search)).await.unwrap().next;
    }
    let deep = find(realm, &search.limit(1000));
    let start = Instant::now();
    for _ in 0..20 {
        storage.search(&deep).await.unwrap();
    }
    rate("search: page 21 of 1000", 20, start);
    let mut needs = Needs::default();
    needs.subtrees.insert(root.id);
    let start = Instant::now();
    for _ in 0..50 {
        storage.load(realm, &needs).await.unwrap();
    }
    rate("load: the whole tree of 201", 50, start);
    let size = std::fs::metadata(folder.path().join("iam.db")).unwrap().len();
    println!("{size} bytes, {} a user", size / (users as u64 + 10_000));
}
