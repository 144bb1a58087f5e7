//! Undoing, deleting, erasing.

use super::ground::Ground;
use crate::{
    command::{
        Command, CreateRole, CreateUser, DeleteMode, DeleteUser, DisableUser, SetManager, UndeleteUser,
        UpdateUser,
    },
    model::{EntityId, Kind, Relation, RoleId, UserId},
    plan::{Actor, Direction, Step},
    port::{HistoryQuery, Revision, Subjects},
    service::{Iam, OnConflict, Undo},
    testing::Dump,
    wire::Code,
};

/// The state without the notes of who touched a record last, and how often.
fn essence(mut dump: Dump) -> Dump {
    for record in dump.records.values_mut() {
        let mut plain = (**record).clone();
        plain.version = 0;
        plain.set("changed_at", None);
        plain.set("changed_by", None);
        *record = plain.shared();
    }
    dump
}

async fn user(ground: &Ground, name: &str) -> UserId {
    ground.user(name).await.try_into().unwrap()
}

async fn set(ground: &Ground, user: UserId, name: &str, value: &str) -> Revision {
    let done = ground
        .acme
        .execute(UpdateUser::new(user).set(name, value))
        .await
        .unwrap();
    done.revision.unwrap()
}

/// One commit and all that it did is taken back: values, edges, names.
pub(super) async fn rollback_of_a_revision(ground: &Ground) {
    let boss = user(ground, "boss").await;
    let alice = user(ground, "alice").await;
    let organization = ground.organization("o", None).await;
    ground.link(alice.into(), Relation::MemberOf, organization).await;
    let manager = SetManager {
        user: alice,
        manager: Some(boss),
    };
    let commands: Vec<crate::command::Command> = vec![
        manager.into(),
        UpdateUser::new(alice)
            .set("user_name", "alicia")
            .set("city", "Utica")
            .into(),
        DisableUser {
            user: alice,
            by: Default::default(),
        }
        .into(),
        DeleteUser {
            user: alice,
            mode: DeleteMode::Soft,
        }
        .into(),
    ];
    for command in commands {
        let before = essence(ground.dump().await);
        let done = ground.acme.execute(command.clone()).await.unwrap();
        assert_ne!(essence(ground.dump().await), before);
        let undo = Undo::Revision(done.revision.unwrap());
        let preview = ground.acme.preview_rollback(&undo).await.unwrap();
        assert!(preview.conflicts.is_empty() && !preview.difference.is_empty());
        ground.acme.rollback(&undo, OnConflict::Refuse).await.unwrap();
        assert_eq!(essence(ground.dump().await), before, "after {}", command.name());
    }
    let rows = ground
        .acme
        .audit(crate::port::AuditQuery {
            newest_first: true,
            limit: 1,
            ..Default::default()
        })
        .await;
    let row = rows.unwrap().remove(0);
    assert_eq!(
        (row.command.as_str(), row.channel.as_str()),
        ("rollback", "rollback")
    );
    // A creation is taken back, too: the person is put aside.
    let done = ground.acme.execute(CreateUser::new("new")).await.unwrap();
    ground
        .acme
        .rollback(&Undo::Revision(done.revision.unwrap()), OnConflict::Refuse)
        .await
        .unwrap();
    assert_eq!(
        ground.acme.get(done.id.unwrap()).await.unwrap_err().code,
        Code::Deleted
    );
    let nothing = Undo::Revision(Revision(1_000_000));
    let problem = ground
        .acme
        .rollback(&nothing, OnConflict::Refuse)
        .await
        .unwrap_err();
    assert_eq!(problem.code, Code::Revision);
}

/// S1-26: everything of a change set, many commits of the same records, in one go.
pub(super) async fn rollback_of_a_change_set(ground: &Ground) {
    let (a, b) = (user(ground, "a").await, user(ground, "b").await);
    let before = essence(ground.dump().await);
    let set = ground.acme.new_change_set();
    let import = ground.acme.clone().in_change_set(set);
    for city in ["Utica", "Berlin", "Zürich"] {
        import
            .execute(UpdateUser::new(a).set("city", city))
            .await
            .unwrap();
        import.execute(UpdateUser::new(b).set("job", city)).await.unwrap();
        import
            .execute(SetManager {
                user: a,
                manager: (city != "Berlin").then_some(b),
            })
            .await
            .unwrap();
    }
    import.execute(CreateUser::new("b")).await.unwrap_err();
    let outside = user(ground, "outside").await;
    ground
        .acme
        .rollback(&Undo::ChangeSet(set), OnConflict::Refuse)
        .await
        .unwrap();
    let mut after = ground.dump().await;
    after.records.remove(&outside.into());
    after.claims.retain(|_, holder| *holder != outside.into());
    assert_eq!(essence(after), before);
}

/// Everything that an actor did since a moment, and nothing else.
pub(super) async fn rollback_of_an_actor(ground: &Ground) {
    let (a, b) = (user(ground, "a").await, user(ground, "b").await);
    let mut everything = crate::rules::Privilege::allow("user", ["*"]);
    everything
        .attributes
        .insert("*".to_owned(), crate::rules::AttributeAccess::Write);
    let role = ground.role("Everything", [everything]).await;
    ground.grant(role, b.into()).await;
    let intruder = ground.iam.in_realm(ground.realm()).act_as(Actor::User(b));
    intruder
        .execute(UpdateUser::new(a).set("city", "early"))
        .await
        .unwrap();
    ground.clock.advance(60);
    let since = ground.acme.context().now;
    let before = essence(ground.dump().await);
    intruder
        .execute(UpdateUser::new(a).set("city", "late").set("job", "x"))
        .await
        .unwrap();
    set(ground, b, "job", "mine").await;
    ground.clock.advance(60);
    intruder
        .execute(DeleteUser {
            user: a,
            mode: DeleteMode::Soft,
        })
        .await
        .unwrap();
    let undo = Undo::Actor {
        actor: b.to_string(),
        since,
    };
    ground.acme.rollback(&undo, OnConflict::Refuse).await.unwrap();
    let after = essence(ground.dump().await);
    assert_eq!(after.records[&a.into()], before.records[&a.into()]);
    assert_eq!(after.records[&b.into()].text("job"), "mine");
}

/// S1-27: whoever changed the thing since is named, and nothing is undone.
pub(super) async fn rollback_names_conflicts(ground: &Ground) {
    let (a, b) = (user(ground, "a").await, user(ground, "b").await);
    let change_set = ground.acme.new_change_set();
    let import = ground.acme.clone().in_change_set(change_set);
    import
        .execute(UpdateUser::new(a).set("city", "Utica"))
        .await
        .unwrap();
    import
        .execute(UpdateUser::new(b).set("city", "Utica"))
        .await
        .unwrap();
    import
        .execute(SetManager {
            user: a,
            manager: Some(b),
        })
        .await
        .unwrap();
    set(ground, a, "city", "Berlin").await;
    ground
        .acme
        .execute(SetManager {
            user: a,
            manager: None,
        })
        .await
        .unwrap();
    let before = ground.dump().await;
    let undo = Undo::ChangeSet(change_set);
    let problem = ground.acme.rollback(&undo, OnConflict::Refuse).await.unwrap_err();
    assert_eq!((problem.code, problem.details.len()), (Code::RollbackConflict, 2));
    assert!(
        problem
            .details
            .iter()
            .any(|line| line.contains(&a.to_string()) && line.contains("city"))
    );
    assert!(problem.details.iter().any(|line| line.contains("reports_to")));
    assert_eq!(ground.dump().await, before);
    assert_eq!(
        ground.acme.preview_rollback(&undo).await.unwrap().conflicts,
        problem.details
    );
    // A name that somebody else has by now is a conflict as well.
    let renamed = set(ground, b, "user_name", "c").await;
    user(ground, "b").await;
    let problem = ground
        .acme
        .rollback(&Undo::Revision(renamed), OnConflict::Refuse)
        .await
        .unwrap_err();
    assert_eq!(problem.code, Code::RollbackConflict);
}

/// S1-27: or what was changed since stays, the rest is undone, and the remarks say so.
pub(super) async fn rollback_skips_conflicts(ground: &Ground) {
    let (a, b) = (user(ground, "a").await, user(ground, "b").await);
    let change_set = ground.acme.new_change_set();
    let import = ground.acme.clone().in_change_set(change_set);
    import
        .execute(UpdateUser::new(a).set("city", "Utica"))
        .await
        .unwrap();
    import
        .execute(UpdateUser::new(b).set("city", "Utica"))
        .await
        .unwrap();
    set(ground, a, "city", "Berlin").await;
    // Another attribute is no conflict.
    set(ground, b, "job", "Nurse").await;
    let done = ground
        .acme
        .rollback(&Undo::ChangeSet(change_set), OnConflict::Skip)
        .await
        .unwrap();
    assert_eq!(done.remarks.len(), 1);
    assert_eq!(ground.acme.get(a).await.unwrap().text("city"), "Berlin");
    let b = ground.acme.get(b).await.unwrap();
    assert_eq!((b.text("city"), b.text("job")), ("", "Nurse"));
}

/// Records that swapped their unique names swap them back.
pub(super) async fn rollback_of_swapped_names(ground: &Ground) {
    let (a, b) = (user(ground, "a").await, user(ground, "b").await);
    let before = essence(ground.dump().await);
    let commands =
        [(a, "x"), (b, "a"), (a, "b")].map(|(id, name)| UpdateUser::new(id).set("user_name", name).into());
    let done = ground
        .acme
        .batch(&commands, crate::service::BatchMode::AllOrNothing)
        .await
        .unwrap();
    assert_ne!(essence(ground.dump().await), before);
    ground
        .acme
        .rollback(&Undo::Revision(done.revision.unwrap()), OnConflict::Refuse)
        .await
        .unwrap();
    assert_eq!(essence(ground.dump().await), before);
}

/// An undo is a commit like any other: it can be undone.
pub(super) async fn rollback_of_a_rollback(ground: &Ground) {
    let a = user(ground, "a").await;
    let changed = set(ground, a, "city", "Utica").await;
    let before = essence(ground.dump().await);
    let undone = ground
        .acme
        .rollback(&Undo::Revision(changed), OnConflict::Refuse)
        .await
        .unwrap();
    assert_eq!(ground.acme.get(a).await.unwrap().text("city"), "");
    let again = Undo::Revision(undone.revision.unwrap());
    ground.acme.rollback(&again, OnConflict::Refuse).await.unwrap();
    assert_eq!(essence(ground.dump().await), before);
}

/// S1-62: what was personal is gone from the state, from the history and from every search; the chain still holds.
pub(super) async fn erased_persons_are_unreadable(ground: &Ground) {
    let secret = "Ünverwechselbar";
    let command = CreateUser::new("alice")
        .set("first_name", secret)
        .set("email", "secret@x.org");
    let id: UserId = ground.acme.execute(command).await.unwrap().id().unwrap();
    set(ground, id, "city", secret).await;
    let readable = ground.acme.history(id, None, 10).await.unwrap();
    assert!(serde_json::to_string(&readable).unwrap().contains(secret));
    let head = ground.iam.seal_chain().await.unwrap().unwrap();
    let query = HistoryQuery {
        realm: None,
        subjects: Subjects::All,
        after: None,
        until: None,
        newest_first: false,
        limit: 1_000,
    };
    // The journal never held it in the clear.
    let stored = ground.storage.history(&query).await.unwrap();
    assert!(
        stored
            .iter()
            .all(|recorded| !String::from_utf8_lossy(&recorded.entry.delta).contains(secret))
    );
    let done = ground
        .acme
        .execute(DeleteUser {
            user: id,
            mode: DeleteMode::Erase,
        })
        .await
        .unwrap();
    let record = ground.record(id.into()).await.unwrap();
    assert_eq!(
        (record.salt, record.value("first_name"), record.value("city")),
        (None, None, None)
    );
    let history = ground.acme.history(id, None, 10).await.unwrap();
    assert!(!serde_json::to_string(&history).unwrap().contains(secret));
    let created = history.iter().find(|item| item.step == Step::Create).unwrap();
    assert!(created.sealed);
    let audit = crate::port::AuditQuery {
        limit: 1_000,
        ..Default::default()
    };
    let rows = format!("{:?}", ground.storage.audit(&audit).await.unwrap());
    assert!(!rows.contains(secret) && !rows.contains("secret@x.org"));
    let found = ground
        .acme
        .find_by(Kind::User, "email", "secret@x.org")
        .await
        .unwrap();
    assert!(found.is_none());
    let erased = ground.acme.execute(UndeleteUser { user: id }).await.unwrap_err();
    assert_eq!(erased.code, Code::Irrevocable);
    let undo = Undo::Revision(done.revision.unwrap());
    let problem = ground.acme.rollback(&undo, OnConflict::Refuse).await.unwrap_err();
    assert_eq!(problem.code, Code::RollbackConflict);
    // The name is free again, and what was sealed before still verifies.
    user(ground, "alice").await;
    let verified = ground.iam.verify_chain(&[head]).await.unwrap();
    assert!(verified.holds(), "{:?}", verified.breaks);
}

/// S1-60, S1-61: a soft delete keeps everything, and undeleting brings all of it back, the references as well.
pub(super) async fn undelete_brings_edges_back(ground: &Ground) {
    let (a, boss, report) = (
        user(ground, "a").await,
        user(ground, "boss").await,
        user(ground, "report").await,
    );
    let organization = ground.organization("o", None).await;
    ground.link(a.into(), Relation::MemberOf, organization).await;
    ground
        .acme
        .execute(SetManager {
            user: a,
            manager: Some(boss),
        })
        .await
        .unwrap();
    ground
        .acme
        .execute(SetManager {
            user: report,
            manager: Some(a),
        })
        .await
        .unwrap();
    let before = essence(ground.dump().await);
    ground
        .acme
        .execute(DeleteUser {
            user: a,
            mode: DeleteMode::Soft,
        })
        .await
        .unwrap();
    let problem = ground
        .acme
        .execute(UpdateUser::new(a).set("city", "x"))
        .await
        .unwrap_err();
    assert_eq!(problem.code, Code::Deleted);
    ground.clock.advance_days(29);
    ground.acme.execute(UndeleteUser { user: a }).await.unwrap();
    assert_eq!(essence(ground.dump().await), before);
    ground
        .acme
        .execute(DeleteUser {
            user: a,
            mode: DeleteMode::Soft,
        })
        .await
        .unwrap();
    ground.clock.advance_days(30);
    let problem = ground.acme.execute(UndeleteUser { user: a }).await.unwrap_err();
    assert_eq!(problem.code, Code::Irrevocable);
}

/// S0-43, S2-22, S3-64: a purged user is gone with all edges; nothing dangles.
pub(super) async fn purge_leaves_no_trace(ground: &Ground) {
    let (a, report) = (user(ground, "a").await, user(ground, "report").await);
    let organization = ground.organization("o", None).await;
    ground.link(a.into(), Relation::MemberOf, organization).await;
    ground
        .acme
        .execute(SetManager {
            user: report,
            manager: Some(a),
        })
        .await
        .unwrap();
    ground
        .acme
        .execute(DeleteUser {
            user: a,
            mode: DeleteMode::Purge,
        })
        .await
        .unwrap();
    let dump = ground.dump().await;
    assert!(!dump.records.contains_key(&EntityId::from(a)) && dump.edges.is_empty());
    assert!(
        ground
            .acme
            .edges(report, Direction::From, Relation::ReportsTo)
            .await
            .unwrap()
            .is_empty()
    );
    let history = ground.acme.history(a, None, 10).await.unwrap();
    assert!(history.iter().any(|item| item.step == Step::Remove));
    let again = ground
        .acme
        .execute(DeleteUser {
            user: a,
            mode: DeleteMode::Purge,
        })
        .await
        .unwrap_err();
    assert_eq!(again.code, Code::NotFound);
}

/// What was removed and comes back was created when it was, is read in the past with the version it had, and has a
/// version that nobody relies on.
pub(super) async fn rollback_of_a_removal(ground: &Ground) {
    let device = ground
        .acme
        .execute(crate::command::CreateDevice::new("laptop"))
        .await
        .unwrap();
    let (id, created) = (device.id.unwrap(), device.revision.unwrap());
    let before = ground.record(id).await.unwrap();
    ground.clock.advance_days(1);
    let undo = |revision| Undo::Revision(revision);
    let removed = ground
        .acme
        .rollback(&undo(created), OnConflict::Refuse)
        .await
        .unwrap();
    assert!(ground.record(id).await.is_none());
    ground.clock.advance_days(1);
    let revision = removed.revision.unwrap();
    ground
        .acme
        .rollback(&undo(revision), OnConflict::Refuse)
        .await
        .unwrap();
    let after = ground.record(id).await.unwrap();
    assert_eq!(after.value("created_at"), before.value("created_at"));
    assert_eq!(after.value("created_by"), before.value("created_by"));
    assert!(
        after.version > before.version + 1,
        "{} {}",
        after.version,
        before.version
    );
    let then = ground.acme.clone().as_of(crate::service::At::Revision(created));
    assert_eq!(then.find(id).await.unwrap(), Some(before));
}

/// What makes up the schema goes back for everybody: this process and those that knew the schema before work with what
/// is stored.
pub(super) async fn rollback_of_the_schema_is_known_everywhere(ground: &Ground) {
    let (host, _) = crate::testing::host(2);
    let other = Iam::new(ground.storage.clone(), host).unwrap();
    let other = other.in_realm(ground.realm()).host("another process");
    let shoe =
        r#"{"command": "attribute.define", "kind": "user", "name": "shoe", "label": "Shoe", "type": "text"}"#;
    let shoe: Command = serde_json::from_str(shoe).unwrap();
    let defined = ground.acme.execute(shoe).await.unwrap().revision.unwrap();
    let shod = |name: &str| CreateUser::new(name).set("shoe", "41");
    other.preview(shod("first")).await.unwrap();
    let undo = Undo::Revision(defined);
    ground.acme.rollback(&undo, OnConflict::Refuse).await.unwrap();
    for acting in [&ground.acme, &other] {
        let refused = acting.execute(shod("second")).await.unwrap_err();
        assert_eq!(refused.code, Code::Invalid, "{refused}");
    }

    // A rule: what it selects stays selected when its deletion is taken back.
    let alice = user(ground, "alice").await;
    let created = ground
        .acme
        .execute(CreateRole::internal("everybody").when("1==1"));
    let role: RoleId = created.await.unwrap().id().unwrap();
    other.preview(CreateUser::new("bob")).await.unwrap();
    let delete = format!(r#"{{"command": "role.delete", "role": "{role}", "grants": "revoke"}}"#);
    let delete: Command = serde_json::from_str(&delete).unwrap();
    let deleted = ground.acme.execute(delete).await.unwrap().revision.unwrap();
    let nobody = ground.acme.edges(alice, Direction::From, Relation::HasRole).await;
    assert!(nobody.unwrap().is_empty());
    let undo = Undo::Revision(deleted);
    ground.acme.rollback(&undo, OnConflict::Refuse).await.unwrap();
    let bob = other.execute(CreateUser::new("bob")).await.unwrap().id.unwrap();
    for person in [alice.into(), bob] {
        let held = ground
            .acme
            .edges(person, Direction::From, Relation::HasRole)
            .await;
        assert_eq!(held.unwrap().len(), 1, "{person}");
    }
}
