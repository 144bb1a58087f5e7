//! Commands: carried out once, refused with a trace, shown before they happen.

use super::ground::Ground;
use crate::{
    command::{
        Command, CreateUser, DeleteMode, DeleteUser, DisableUser, EnableUser, LockUser, SetManager,
        SetValidity, UpdateUser,
    },
    model::{Kind, UserId},
    plan::{Actor, Change, Channel, Event, Plan},
    port::{AuditQuery, Outcome, Revision},
    service::BatchMode,
    wire::Code,
};

fn audit(after: Revision) -> AuditQuery {
    AuditQuery {
        after: Some(after),
        limit: 100,
        ..AuditQuery::default()
    }
}

/// The same command under the same identifier is carried out once; the answer is the same.
pub(super) async fn command_replayed(ground: &Ground) {
    let id = ground.acme.new_command_id();
    let acme = ground.acme.clone().with_command_id(id);
    let send = async || acme.execute(CreateUser::new("alice").set("city", "Utica")).await;
    let first = send().await.unwrap();
    let second = send().await.unwrap();
    assert!(!first.replayed && second.replayed);
    assert_eq!((first.revision, first.id), (second.revision, second.id));
    assert_eq!(ground.standing().await.latest, first.revision.unwrap());
    // Even where the command would be refused by now.
    let user: UserId = first.id().unwrap();
    ground
        .acme
        .execute(UpdateUser::new(user).set("user_name", "bob"))
        .await
        .unwrap();
    ground.user("somebody").await;
    let third = send().await.unwrap();
    assert!(third.replayed);
    assert_eq!(
        ground
            .dump()
            .await
            .records
            .values()
            .filter(|record| record.text("city") == "Utica")
            .count(),
        1
    );
}

/// Another command under a known identifier is refused; in another realm it is another identifier.
pub(super) async fn command_identifier_reused(ground: &Ground) {
    let id = ground.acme.new_command_id();
    let acme = ground.acme.clone().with_command_id(id);
    acme.execute(CreateUser::new("alice")).await.unwrap();
    let problem = acme.execute(CreateUser::new("bob")).await.unwrap_err();
    assert_eq!(problem.code, Code::CommandReused);
    let other = ground
        .iam
        .realm("other")
        .await
        .unwrap()
        .host("suite")
        .with_command_id(id);
    assert!(!other.execute(CreateUser::new("alice")).await.unwrap().replayed);
    // A refused command does not use up its identifier.
    let id = ground.acme.new_command_id();
    let acme = ground.acme.clone().with_command_id(id);
    acme.execute(CreateUser::new("alice")).await.unwrap_err();
    acme.execute(CreateUser::new("carol")).await.unwrap();
}

/// S1-12: who tried what, and why it was refused, is in the audit trail.
pub(super) async fn refused_attempts_are_audited(ground: &Ground) {
    let alice = ground.user("alice").await;
    let start = ground.standing().await.latest;
    let before = ground.dump().await;
    let import = ground.acme.clone().because("first try").through(Channel::Import);
    import.execute(CreateUser::new("Alice")).await.unwrap_err();
    ground
        .acme
        .execute(CreateUser::new("b b").set("nope", 1))
        .await
        .unwrap_err();
    let rows = ground.acme.audit(audit(start)).await.unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].outcome, Outcome::Refused("value.taken".to_owned()));
    assert_eq!(rows[0].reason.as_deref(), Some("first try"));
    assert_eq!(
        (rows[0].channel.as_str(), rows[0].actor.as_str()),
        ("import", "host:suite")
    );
    assert_eq!(
        (rows[0].command.as_str(), rows[0].subject),
        ("user.create", Some(alice))
    );
    assert_eq!(rows[1].outcome, Outcome::Refused("input.invalid".to_owned()));
    assert!(rows[0].revision < rows[1].revision && rows[0].revision > start);
    assert_eq!(ground.dump().await, before);
    has_no_journal(ground, start).await;
    // Of a batch whose commands stand for themselves one row names all that were refused.
    let commands = [
        CreateUser::new("alice").into(),
        CreateUser::new("bob").into(),
        CreateUser::new("c c").set("nope", 1).into(),
    ];
    let start = ground.standing().await.latest;
    let done = ground.acme.batch(&commands, BatchMode::Each).await.unwrap();
    assert_eq!(done.accepted(), 1);
    let rows = ground.acme.audit(audit(start)).await.unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].outcome, Outcome::Accepted);
    assert_eq!(rows[1].outcome, Outcome::Refused("value.taken".to_owned()));
    let events: Vec<Event> = serde_json::from_str(&rows[1].events).unwrap();
    let told: Vec<(&str, &str, Option<i64>)> = events
        .iter()
        .map(|event| {
            (
                event.name.as_str(),
                event.details["code"].as_text().unwrap(),
                event.details["place"].as_integer(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("command.refused", "value.taken", Some(0)),
            ("command.refused", "input.invalid", Some(2))
        ]
    );
    assert_eq!(events[0].subject, alice);
    // A user without rights is told no, and that is known, too.
    let user = UserId::try_from(done.results[1].clone().unwrap().unwrap()).unwrap();
    let start = ground.standing().await.latest;
    let bob = ground.acme.clone().by(Actor::User(user));
    let done = bob.batch(&commands, BatchMode::Each).await.unwrap();
    assert_eq!(done.accepted(), 0);
    let rows = ground.acme.audit(audit(start)).await.unwrap();
    assert_eq!((rows.len(), rows[0].outcome.code()), (1, "access.denied"));
    has_no_journal(ground, start).await;
}

async fn has_no_journal(ground: &Ground, start: Revision) {
    let query = crate::port::HistoryQuery {
        realm: None,
        subjects: crate::port::Subjects::All,
        after: Some((start, u32::MAX)),
        until: None,
        newest_first: false,
        limit: 10,
    };
    assert!(ground.storage.history(&query).await.unwrap().is_empty());
}

/// A preview shows all and writes nothing: no state, no journal, no audit row, nothing in the outbox.
pub(super) async fn preview_writes_nothing(ground: &Ground) {
    let user: UserId = ground.user("alice").await.try_into().unwrap();
    let (before, standing) = (ground.dump().await, ground.standing().await);
    let preview = ground
        .acme
        .preview(DisableUser {
            user,
            by: Default::default(),
        })
        .await
        .unwrap();
    assert_eq!(preview.difference.records.len(), 1);
    assert!(preview.difference.to_string().contains("enabled → disabled"));
    assert_eq!(preview.plan.effects.len(), 2);
    ground.acme.preview(CreateUser::new("ALICE")).await.unwrap_err();
    let preview = ground
        .acme
        .preview(DeleteUser {
            user,
            mode: DeleteMode::Purge,
        })
        .await
        .unwrap();
    assert_eq!(preview.difference.counts(), (0, 0, 1));
    assert_eq!(ground.dump().await, before);
    assert_eq!(ground.standing().await, standing);
    let now = crate::model::Moment::MAX;
    assert!(ground.storage.lease("w", now, now, 10).await.unwrap().is_empty());
}

/// What a plan leaves behind, by record and edge.
fn outcome(plan: &Plan) -> Vec<(String, Option<String>)> {
    plan.changes
        .iter()
        .map(|change| match change {
            Change::Record { after, .. } => {
                let text = after
                    .as_ref()
                    .map(|record| serde_json::to_string(&record.attributes).unwrap());
                (change.subject().unwrap().to_string(), text)
            }
            Change::Edge { before, after, .. } => {
                let key = after.as_ref().or(before.as_ref()).unwrap().key;
                (
                    format!("{key:?}"),
                    after.as_ref().map(|edge| serde_json::to_string(edge).unwrap()),
                )
            }
        })
        .collect()
}

/// What-if over what-if gives what carrying out one after the other gives.
pub(super) async fn what_if_stacked_is_execute_in_turn(ground: &Ground) {
    let boss: UserId = ground.user("boss").await.try_into().unwrap();
    let user: UserId = ground.user("user").await.try_into().unwrap();
    let newcomer = UserId(ground.fresh(Kind::User).uuid);
    let mut create = CreateUser::new("new").set("city", "Utica");
    create.id = Some(newcomer);
    create.manager = Some(boss);
    let commands: Vec<Command> = vec![
        create.into(),
        UpdateUser::new(newcomer)
            .set("city", "Berlin")
            .set("job", "Nurse")
            .into(),
        SetManager {
            user,
            manager: Some(newcomer),
        }
        .into(),
        UpdateUser::new(boss).set("user_name", "chief").into(),
        UpdateUser::new(user).set("user_name", "boss").into(),
        LockUser { user, reason: None }.into(),
        SetManager {
            user: newcomer,
            manager: None,
        }
        .into(),
    ];
    let mut preview = ground.acme.preview(commands[0].clone()).await.unwrap();
    for command in &commands[1..] {
        preview = ground.acme.what_if(&preview.plan, command.clone()).await.unwrap();
    }
    let before = ground.dump().await;
    for command in &commands {
        ground.acme.execute(command.clone()).await.unwrap();
    }
    let after = ground.dump().await;
    let mut expected = Vec::new();
    for (id, record) in &after.records {
        if before.records.get(id) != Some(record) {
            expected.push((
                id.to_string(),
                Some(serde_json::to_string(&record.attributes).unwrap()),
            ));
        }
    }
    for (key, edge) in &after.edges {
        if before.edges.get(key) != Some(edge) {
            expected.push((format!("{key:?}"), Some(serde_json::to_string(edge).unwrap())));
        }
    }
    let mut planned = outcome(&preview.plan);
    // An edge that came and went again is no change.
    planned.retain(|(name, _)| !name.contains(&boss.to_string()) || name == &boss.to_string());
    assert_eq!(planned, expected);
}

/// What-if over a plan in which names change hands knows who has which name then.
pub(super) async fn what_if_after_names_changed_hands(ground: &Ground) {
    let ids: Vec<UserId> = [ground.user("a").await, ground.user("b").await]
        .into_iter()
        .map(|id| id.try_into().unwrap())
        .collect();
    for (first, second) in [(ids[0], ids[1]), (ids[1], ids[0])] {
        let own = if first == ids[0] { ["a", "b"] } else { ["b", "a"] };
        let commands = [(first, "x"), (second, own[0]), (first, own[1])]
            .map(|(id, name)| UpdateUser::new(id).set("user_name", name).into());
        let swap = ground.acme.preview_batch(&commands, None).await.unwrap();
        assert_eq!(swap.accepted(), 3);
        for name in ["a", "b"] {
            let problem = ground
                .acme
                .what_if(&swap.plan, CreateUser::new(name))
                .await
                .unwrap_err();
            assert_eq!(problem.code, Code::Taken, "{name}");
        }
        ground
            .acme
            .what_if(&swap.plan, CreateUser::new("x"))
            .await
            .unwrap();
    }
}

/// One refusal refuses all; nothing of the others stays.
pub(super) async fn batch_all_or_nothing(ground: &Ground) {
    let before = ground.dump().await;
    let commands: Vec<Command> = ["a", "b", "A"]
        .into_iter()
        .map(|name| CreateUser::new(name).into())
        .collect();
    let problem = ground
        .acme
        .batch(&commands, BatchMode::AllOrNothing)
        .await
        .unwrap_err();
    assert_eq!(problem.code, Code::Taken);
    assert_eq!(ground.dump().await, before);
    let done = ground
        .acme
        .batch(&commands[..2], BatchMode::AllOrNothing)
        .await
        .unwrap();
    assert_eq!((done.accepted(), done.changes().len()), (2, 2));
    assert_eq!(
        ground
            .acme
            .audit(audit(Revision(0)))
            .await
            .unwrap()
            .last()
            .unwrap()
            .command,
        "batch"
    );
}

/// S2-62: each command for itself, all that are not refused in one commit.
pub(super) async fn batch_each(ground: &Ground) {
    let commands: Vec<Command> = ["a", "b", "A", "b b", "c"]
        .into_iter()
        .map(|name| CreateUser::new(name).into())
        .collect();
    let preview = ground.acme.preview_batch(&commands, None).await.unwrap();
    assert_eq!(preview.accepted(), 3);
    let standing = ground.standing().await;
    let done = ground.acme.batch(&commands, BatchMode::Each).await.unwrap();
    let codes: Vec<_> = done
        .results
        .iter()
        .map(|result| result.as_ref().map(drop).map_err(|p| p.code))
        .collect();
    assert_eq!(
        codes,
        [Ok(()), Ok(()), Err(Code::Taken), Err(Code::Invalid), Ok(())]
    );
    assert_eq!(ground.dump().await.of_kind(Kind::User).count(), 3);
    // One commit, and one row about what was refused.
    let rows = ground.acme.audit(audit(standing.latest)).await.unwrap();
    let outcomes: Vec<&str> = rows.iter().map(|row| row.outcome.code()).collect();
    assert_eq!(outcomes, ["", "value.taken"]);
}

/// A command that changes nothing commits nothing.
pub(super) async fn nothing_to_change_is_no_commit(ground: &Ground) {
    let user: UserId = ground.user("alice").await.try_into().unwrap();
    let standing = ground.standing().await;
    for command in [
        EnableUser { user }.into(),
        UpdateUser::new(user).set("user_name", "alice").into(),
        SetManager { user, manager: None }.into(),
    ] {
        let command: Command = command;
        assert_eq!(ground.acme.execute(command).await.unwrap().revision, None);
    }
    assert_eq!(ground.standing().await, standing);
}

/// S1-2: every wrong field at once, nothing saved.
pub(super) async fn validation_saves_nothing(ground: &Ground) {
    ground.user("alice").await;
    let standing = ground.standing().await;
    let wrong = CreateUser::new("Alice")
        .set("email", "nowhere")
        .set("phone", "12")
        .set("nope", 1);
    let mut fields: Vec<String> = ground
        .acme
        .validate(wrong)
        .await
        .unwrap()
        .into_iter()
        .map(|field| field.field)
        .collect();
    fields.sort();
    assert_eq!(fields, ["email", "nope", "phone", "user_name"]);
    assert!(
        ground
            .acme
            .validate(CreateUser::new("bob"))
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(ground.standing().await, standing);
}

/// S0-26, S1-60: what falls due is done once, at its time.
pub(super) async fn validity_ends_and_retention_ends(ground: &Ground) {
    let now = ground.acme.context().now;
    let user: UserId = ground.user("guest").await.try_into().unwrap();
    let gone: UserId = ground.user("gone").await.try_into().unwrap();
    let kept: UserId = ground.user("kept").await.try_into().unwrap();
    let validity = SetValidity {
        user,
        valid_from: None,
        valid_until: Some(now.plus_days(10)),
    };
    ground.acme.execute(validity).await.unwrap();
    ground
        .acme
        .execute(DeleteUser {
            user: gone,
            mode: DeleteMode::Soft,
        })
        .await
        .unwrap();
    ground.clock.advance_days(9);
    assert_eq!(ground.acme.upkeep().await.unwrap(), Default::default());
    ground.clock.advance_days(1);
    assert_eq!(ground.acme.upkeep().await.unwrap().expired, 1);
    let record = ground.acme.get(user).await.unwrap();
    assert_eq!(
        (record.text("administrative_status"), record.text("disabled_by")),
        ("disabled", "expiry")
    );
    ground.clock.advance_days(20);
    let done = ground.acme.upkeep().await.unwrap();
    assert_eq!((done.expired, done.purged), (0, 1));
    assert_eq!(ground.acme.upkeep().await.unwrap(), Default::default());
    assert!(ground.record(gone.into()).await.is_none() && ground.record(kept.into()).await.is_some());
}

/// A command that changes which values are unique goes on in commits of its own: under its identifier it is still one
/// command, and sent again it finishes what was left.
pub(super) async fn command_identifier_of_a_change_of_the_schema(ground: &Ground) {
    let deleted = ground.user("alice").await;
    let delete = DeleteUser {
        user: deleted.try_into().unwrap(),
        mode: DeleteMode::Soft,
    };
    ground.acme.execute(delete).await.unwrap();
    let settings = serde_json::json!({"command": "realm.update", "settings": {"deleted_keep_names": true}});
    let command: Command = serde_json::from_value(settings).unwrap();
    let acting = ground.acme.clone().with_command_id(ground.acme.new_command_id());
    let first = acting.execute(command.clone()).await.unwrap();
    let again = acting.execute(command).await.unwrap();
    assert!(!first.replayed && again.replayed);
    assert_eq!(first.revision, again.revision);
    let problem = ground.acme.execute(CreateUser::new("alice")).await.unwrap_err();
    assert_eq!(
        problem.fields.first().map(|field| field.code.as_str()),
        Some("value.taken"),
        "{problem}"
    );
}

/// Batches in a row are what the same batches one after the other are, although each is decided while the one before
/// it is written.
pub(super) async fn batches_in_a_row(ground: &Ground) {
    let acme = &ground.acme;
    let user = |name: &str| CreateUser::new(name).set("email", format!("{name}@example.com").as_str());
    let mut row = acme.batches(BatchMode::Each);
    let boss = UserId(acme.context().seed.id(Kind::User, acme.context().now, 1).uuid);
    let first = CreateUser {
        id: Some(boss),
        ..user("boss")
    };
    assert!(row.push(vec![first.into()]).await.unwrap().is_none());
    // Built on what is just being written: the manager is there, the name is taken.
    let second = vec![
        CreateUser {
            manager: Some(boss),
            ..user("alice")
        }
        .into(),
        user("BOSS").into(),
        UpdateUser::new(boss).set("city", "Utica").into(),
    ];
    let done = row.push(second).await.unwrap().unwrap();
    assert_eq!((done.accepted(), done.revision.is_some()), (1, true));
    // The third sees what the second changed.
    let third = vec![
        UpdateUser::new(boss).set("city", "Delft").into(),
        user("bob").into(),
    ];
    let done = row.push(third).await.unwrap().unwrap();
    assert_eq!(done.results[1].clone().unwrap_err().code, Code::Taken);
    assert_eq!(done.accepted(), 2);
    let done = row.finish().await.unwrap().unwrap();
    assert_eq!(done.accepted(), 2);
    assert!(row.finish().await.unwrap().is_none());
    assert_eq!(row.decided_ahead(), 2);
    let kept = acme.get(boss).await.unwrap();
    assert_eq!((kept.text("city"), kept.version), ("Delft", 3));
    // A question about a set that is just being changed waits until it was.
    let alice = acme
        .find_by(Kind::User, "user_name", "alice")
        .await
        .unwrap()
        .unwrap();
    let alice = UserId::try_from(alice.id).unwrap();
    let managed =
        |manager: Option<UserId>| -> Vec<Command> { vec![SetManager { user: alice, manager }.into()] };
    let mut row = acme.batches(BatchMode::Each);
    row.push(managed(None)).await.unwrap();
    row.push(managed(Some(boss))).await.unwrap();
    row.push(managed(None)).await.unwrap();
    let last = row.finish().await.unwrap().unwrap();
    assert_eq!(
        (last.accepted(), last.changes().len(), row.decided_ahead()),
        (1, 1, 0)
    );
    // What is refused as a whole leaves nothing, and what was handed over after it is not carried out.
    let mut row = acme.batches(BatchMode::AllOrNothing);
    assert!(
        row.push(vec![user("carol").into(), user("alice").into()])
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(
        row.push(vec![user("dave").into()]).await.unwrap_err().code,
        Code::Taken
    );
    assert!(row.finish().await.unwrap().is_none());
    for name in ["carol", "dave"] {
        assert!(
            acme.find_by(Kind::User, "user_name", name)
                .await
                .unwrap()
                .is_none()
        );
    }
    // Other work beside it, however long, takes nothing away from it.
    let mut row = acme.batches(BatchMode::Each);
    row.push(vec![user("frank").into()]).await.unwrap();
    for number in 0..3 {
        assert_eq!(row.beside(async { number }).await, number);
        acme.find_by(Kind::User, "user_name", "frank").await.unwrap();
    }
    assert_eq!(row.finish().await.unwrap().unwrap().accepted(), 1);
    // The same batch under the same identifier is carried out once.
    let again = acme.clone().with_command_id(acme.new_command_id());
    let mut row = acme.batches(BatchMode::AllOrNothing);
    row.push_as(&again, vec![user("erin").into()]).await.unwrap();
    let one = row
        .push_as(&again, vec![user("erin").into()])
        .await
        .unwrap()
        .unwrap();
    let other = row.finish().await.unwrap().unwrap();
    assert_eq!(one.revision, other.revision);
    assert!(acme.doctor().await.unwrap().is_healthy());
}
