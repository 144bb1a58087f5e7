//! Rights that are taken away while others act by them.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    time::Duration,
};

use iam_core::{
    command::{
        AddGroupMembers, Command, CreateGroup, CreateRole, CreateUser, GrantRole, LockUser,
        RemoveGroupMembers, RevokeRole, UnlockUser,
    },
    model::{EntityId, GroupId, RoleId, UserId},
    plan::Actor,
    port::{AuditQuery, Outcome},
    rules::{AttributeAccess, Privilege},
};
use sqlx::{AssertSqlSafe, Connection, MySqlConnection};

use super::{acme, lines, on_postgres, on_sqlite, open, runtime, sound, start};

fn on_mysql(test: impl Fn(&str)) {
    let Ok(server) = std::env::var("IAM_TEST_MYSQL_URL") else {
        eprintln!("NOT RUN: IAM_TEST_MYSQL_URL is not set");
        return;
    };
    let name = format!("iam_races_{}", std::process::id());
    let (base, _) = server.rsplit_once('/').unwrap();
    let ask = async |text: String| {
        let mut connection = MySqlConnection::connect(&server).await.unwrap();
        sqlx::query(AssertSqlSafe(text))
            .execute(&mut connection)
            .await
            .unwrap();
    };
    runtime().block_on(ask(format!("CREATE DATABASE {name}")));
    test(&format!("{base}/{name}"));
    runtime().block_on(ask(format!("DROP DATABASE {name}")));
}

/// Two processes act in the name of a user, and a third one gives and takes what they act by, in every way in which it can
/// be taken. In the order of the commits none of theirs lies between a withdrawal and the next grant.
fn nobody_acts_on_what_was_taken_away(target: &str) {
    let (actor, victim, role, group) = runtime().block_on(async {
        let acme = acme(&open(target).await).await;
        let actor: UserId = acme
            .execute(CreateUser::new("actor"))
            .await
            .unwrap()
            .id()
            .unwrap();
        let victim: UserId = acme
            .execute(CreateUser::new("victim"))
            .await
            .unwrap()
            .id()
            .unwrap();
        let mut writing = Privilege::allow("user", ["view", "update"]);
        writing.attributes.insert("*".to_owned(), AttributeAccess::Write);
        let create = CreateRole::internal("Writers").privilege(writing);
        let role: RoleId = acme.execute(create).await.unwrap().id().unwrap();
        let group: GroupId = acme
            .execute(CreateGroup::new("Writers"))
            .await
            .unwrap()
            .id()
            .unwrap();
        acme.execute(GrantRole::new(role, [group.into()])).await.unwrap();
        (actor, victim, role, group)
    });
    let input = format!("{actor} {victim} 60");
    let mut children: Vec<_> = (0..2)
        .map(|_| {
            let mut child = start(target, "act", &input);
            let mut out = lines(child.stdout.take().unwrap());
            assert_eq!(out.next().as_deref(), Some("ready"));
            child.stdin.take().unwrap().write_all(b"go\n").unwrap();
            let heard = std::thread::spawn(move || out.collect::<Vec<String>>());
            (child, heard)
        })
        .collect();
    let changes = runtime().block_on(async {
        let acme = acme(&open(target).await).await;
        let mut changes: BTreeMap<u64, bool> = BTreeMap::new();
        let members = || BTreeSet::from([EntityId::from(actor)]);
        let mut round = 0;
        while children
            .iter_mut()
            .any(|(child, _)| child.try_wait().unwrap().is_none())
        {
            let (give, take): (Command, Command) = match round % 4 {
                0 => (
                    GrantRole::new(role, [actor.into()]).into(),
                    RevokeRole {
                        role,
                        holders: members(),
                    }
                    .into(),
                ),
                1 => (
                    AddGroupMembers {
                        group,
                        members: members(),
                        window: Default::default(),
                    }
                    .into(),
                    RemoveGroupMembers {
                        group,
                        members: members(),
                    }
                    .into(),
                ),
                // The group keeps its member and loses its role.
                2 => (
                    AddGroupMembers {
                        group,
                        members: members(),
                        window: Default::default(),
                    }
                    .into(),
                    RevokeRole {
                        role,
                        holders: [EntityId::from(group)].into(),
                    }
                    .into(),
                ),
                // The role comes back to the group; then the actor is locked out.
                _ => (
                    GrantRole::new(role, [group.into()]).into(),
                    LockUser {
                        user: actor,
                        reason: None,
                    }
                    .into(),
                ),
            };
            for (command, allowed) in [(give, true), (take, false)] {
                let done = acme.execute(command).await.unwrap();
                changes.insert(done.revision.unwrap().0, allowed);
                tokio::time::sleep(Duration::from_millis(3 + round % 5)).await;
            }
            if round % 4 == 3 {
                let out = RemoveGroupMembers {
                    group,
                    members: members(),
                };
                acme.execute(out).await.unwrap();
                acme.execute(UnlockUser { user: actor }).await.unwrap();
            }
            round += 1;
        }
        changes
    });
    let mut said: BTreeMap<String, usize> = BTreeMap::new();
    for (mut child, heard) in children {
        for line in heard.join().unwrap() {
            *said.entry(line).or_default() += 1;
        }
        assert!(child.wait().unwrap().success());
    }
    runtime().block_on(async {
        let iam = open(target).await;
        let acme = acme(&iam).await;
        let query = AuditQuery {
            actor: Some(Actor::User(actor).to_string()),
            limit: 1_000,
            ..AuditQuery::default()
        };
        let accepted: Vec<u64> = acme
            .audit(query)
            .await
            .unwrap()
            .into_iter()
            .filter(|row| row.outcome == Outcome::Accepted)
            .map(|row| row.revision.0)
            .collect();
        for revision in &accepted {
            let last = changes.range(..revision).next_back();
            assert_eq!(
                last.map(|(_, allowed)| *allowed),
                Some(true),
                "{revision} was committed after {last:?}: {said:?}"
            );
        }
        assert_eq!(said.get("done").copied().unwrap_or(0), accepted.len());
        assert!(
            !accepted.is_empty() && said.len() > 1,
            "there was no race: {said:?}"
        );
        sound(&iam, &acme).await;
    });
}

#[test]
fn sqlite_nobody_acts_on_what_was_taken_away() {
    on_sqlite(nobody_acts_on_what_was_taken_away);
}

#[test]
fn postgres_nobody_acts_on_what_was_taken_away() {
    on_postgres(nobody_acts_on_what_was_taken_away);
}

#[test]
fn mysql_nobody_acts_on_what_was_taken_away() {
    on_mysql(nobody_acts_on_what_was_taken_away);
}
