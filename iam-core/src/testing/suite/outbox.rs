//! The outbox: at least once, in order for each subject, by one worker at a time.

use std::collections::BTreeSet;

use super::ground::{Ground, stamp};
use crate::{
    command::{DisableUser, LockUser, UnlockUser},
    model::{EntityId, Kind, Moment, UserId},
    plan::Effect,
    port::{LeasedEffect, Settled},
};

const SECOND: i64 = 1_000_000;

fn at(second: i64) -> Moment {
    Moment::from_micros(1_800_000_000 * SECOND + second * SECOND)
}

/// One commit with effects for these subjects, in this order.
async fn ask(ground: &Ground, subjects: &[EntityId]) {
    let mut plan = ground.plan(vec![], vec![]);
    for (number, subject) in subjects.iter().enumerate() {
        plan.effects.push(Effect {
            name: format!("effect.{number}"),
            subject: *subject,
            details: [("ß", "ä".into())].into(),
            key: ground.fresh(Kind::Command).to_string(),
        });
    }
    ground
        .storage
        .commit(&plan, &stamp(&plan, "test.ask"))
        .await
        .unwrap();
}

async fn lease(ground: &Ground, worker: &str, second: i64, limit: usize) -> Vec<LeasedEffect> {
    ground
        .storage
        .lease(worker, at(second), at(second + 60), limit)
        .await
        .unwrap()
}

async fn settle(ground: &Ground, worker: &str, effect: &LeasedEffect, retry: Option<i64>) {
    let result = Settled {
        number: effect.number,
        worker: worker.to_owned(),
        retry: retry.map(|second| (at(second), "it is raining".to_owned())),
    };
    ground.storage.settle(&[result]).await.unwrap();
}

fn subjects(leased: &[LeasedEffect]) -> Vec<EntityId> {
    leased.iter().map(|leased| leased.effect.subject).collect()
}

/// Of each subject one at a time, the earliest first; other subjects do not wait.
pub(super) async fn outbox_in_order_of_each_subject(ground: &Ground) {
    let (a, b) = (ground.fresh(Kind::User), ground.fresh(Kind::User));
    ask(ground, &[a, a, b]).await;
    ask(ground, &[a]).await;
    let first = lease(ground, "w", 0, 10).await;
    assert_eq!(subjects(&first), [a, b]);
    assert_eq!(first[0].effect.name, "effect.0");
    assert_eq!(first[0].effect.details["ß"].as_text(), Some("ä"));
    assert_eq!((first[0].attempts, first[0].realm), (0, ground.realm()));
    assert!(lease(ground, "w", 1, 10).await.is_empty());
    settle(ground, "w", &first[0], None).await;
    let second = lease(ground, "w", 2, 10).await;
    assert_eq!(subjects(&second), [a]);
    assert_eq!(second[0].effect.name, "effect.1");
    settle(ground, "w", &second[0], None).await;
    let third = lease(ground, "w", 3, 10).await;
    assert_eq!(subjects(&third), [a]);
    assert!(third[0].revision > second[0].revision && third[0].number > second[0].number);
    settle(ground, "w", &third[0], None).await;
    settle(ground, "w", &first[1], None).await;
    assert!(lease(ground, "w", 1_000, 10).await.is_empty());
}

/// What a worker did not settle in time is given to the next one.
pub(super) async fn outbox_lease_expires(ground: &Ground) {
    let a = ground.fresh(Kind::User);
    ask(ground, &[a, a]).await;
    let first = lease(ground, "one", 0, 10).await;
    assert!(lease(ground, "two", 59, 10).await.is_empty());
    let second = lease(ground, "two", 60, 10).await;
    assert_eq!(first[0].number, second[0].number);
    assert_eq!(first[0].effect.key, second[0].effect.key);
    settle(ground, "two", &second[0], None).await;
    assert_eq!(lease(ground, "two", 61, 10).await.len(), 1);
}

/// A worker that lost its lease settles nothing, neither as done nor as to be tried again.
pub(super) async fn outbox_lost_lease_settles_nothing(ground: &Ground) {
    let a = ground.fresh(Kind::User);
    ask(ground, &[a]).await;
    let lost = lease(ground, "one", 0, 10).await;
    let held = lease(ground, "two", 100, 10).await;
    settle(ground, "one", &lost[0], None).await;
    settle(ground, "one", &lost[0], Some(0)).await;
    settle(ground, "three", &lost[0], None).await;
    assert!(
        lease(ground, "one", 150, 10).await.is_empty(),
        "the second worker still holds it"
    );
    settle(ground, "two", &held[0], Some(0)).await;
    let again = lease(ground, "two", 151, 10).await;
    assert_eq!(again[0].attempts, 1);
    settle(ground, "two", &again[0], None).await;
    settle(ground, "two", &again[0], Some(0)).await;
    assert!(
        lease(ground, "two", 10_000, 10).await.is_empty(),
        "what is done is done"
    );
    // A number that is not there does no harm.
    let unknown = LeasedEffect {
        number: 1_000_000,
        ..again[0].clone()
    };
    settle(ground, "two", &unknown, None).await;
}

/// What failed waits until its time, and so does everything of the same subject behind it.
pub(super) async fn outbox_retry(ground: &Ground) {
    let (a, b) = (ground.fresh(Kind::User), ground.fresh(Kind::User));
    ask(ground, &[a, a, b]).await;
    for attempt in 0..3 {
        let leased = lease(ground, "w", i64::from(attempt) * 100, 1).await;
        assert_eq!((leased[0].effect.subject, leased[0].attempts), (a, attempt));
        settle(ground, "w", &leased[0], Some(i64::from(attempt) * 100 + 50)).await;
        let meanwhile = lease(ground, "w", i64::from(attempt) * 100 + 49, 10).await;
        assert!(!subjects(&meanwhile).contains(&a));
        for other in meanwhile {
            settle(ground, "w", &other, Some(0)).await;
        }
    }
    let leased = lease(ground, "w", 250, 10).await;
    assert_eq!(subjects(&leased), [a, b]);
    assert_eq!(leased[0].effect.name, "effect.0");
}

/// Two workers never hold the same effect; a limit is kept.
pub(super) async fn outbox_for_several_workers(ground: &Ground) {
    let all: Vec<EntityId> = (0..20).map(|_| ground.fresh(Kind::User)).collect();
    ask(ground, &all).await;
    let (mut seen, mut order) = (BTreeSet::new(), Vec::new());
    for round in 0..7 {
        let worker = if round % 2 == 0 { "one" } else { "two" };
        let leased = lease(ground, worker, round, 3).await;
        assert_eq!(leased.len(), if round == 6 { 2 } else { 3 });
        for effect in leased {
            assert!(seen.insert(effect.number), "{} was given twice", effect.number);
            order.push(effect.effect.subject);
        }
    }
    assert_eq!(order, all);
    assert!(lease(ground, "one", 8, 3).await.is_empty());
}

/// S1-7, S1-8, A.6 X3: what a command asks for outside is there exactly when the command was committed.
pub(super) async fn outbox_writes_with_the_commit(ground: &Ground) {
    let user: UserId = ground.user("alice").await.try_into().unwrap();
    let far = 100_000_000;
    assert!(lease(ground, "w", far, 10).await.is_empty());
    ground
        .acme
        .preview(DisableUser {
            user,
            by: Default::default(),
        })
        .await
        .unwrap();
    assert!(lease(ground, "w", far, 10).await.is_empty());
    let done = ground
        .acme
        .execute(DisableUser {
            user,
            by: Default::default(),
        })
        .await
        .unwrap();
    ground
        .acme
        .execute(LockUser { user, reason: None })
        .await
        .unwrap();
    ground.acme.execute(UnlockUser { user }).await.unwrap();
    let mut names = Vec::new();
    for second in 0..4 {
        let leased = lease(ground, "w", far + second, 10).await;
        assert_eq!(leased.len(), 1);
        if second < 2 {
            assert_eq!(Some(leased[0].revision), done.revision);
        }
        names.push(leased[0].effect.name.clone());
        settle(ground, "w", &leased[0], None).await;
    }
    assert_eq!(
        names,
        [
            "sessions.revoke",
            "tokens.revoke",
            "sessions.revoke",
            "tokens.revoke"
        ]
    );
    assert!(lease(ground, "w", far + 10, 10).await.is_empty());
}
