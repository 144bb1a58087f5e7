use super::*;
use crate::{
    command::{
        ExchangeUsers, FinishSync, InstallConnector, PutShadow, RemoveConnector, RequestSync, ShadowState,
        StartSync, UpdateUser,
    },
    model::{ConnectorDescriptor, ConnectorId, EntityId, ShadowId, Situation, SourceId, SyncKind, SyncRunId},
    wire::Code,
};

fn source(world: &mut World) -> SourceId {
    let descriptor = ConnectorDescriptor {
        name: "files".to_owned(),
        title: "Files".to_owned(),
        version: "1".to_owned(),
        ..ConnectorDescriptor::default()
    };
    world.ok(InstallConnector { descriptor });
    world.made(crate::command::CreateSource::new("HR", "files"))
}

/// S0-122: without its connector no source can be configured.
#[test]
fn a_connector_comes_first_and_a_later_version_takes_its_place() {
    let mut world = World::new();
    world.refused_as(
        Code::ConnectorMissing,
        crate::command::CreateSource::new("HR", "files"),
    );
    let descriptor = |version: &str| ConnectorDescriptor {
        name: "files".to_owned(),
        title: "Files".to_owned(),
        version: version.to_owned(),
        ..ConnectorDescriptor::default()
    };
    let first: ConnectorId = world.made(InstallConnector {
        descriptor: descriptor("1"),
    });
    let plan = world.ok(InstallConnector {
        descriptor: descriptor("1"),
    });
    assert!(plan.is_empty());
    world.ok(InstallConnector {
        descriptor: descriptor("2"),
    });
    assert_eq!(world.record(first).version, 2);
    world.ok(RemoveConnector { connector: first });
    world.refused_as(
        Code::ConnectorMissing,
        crate::command::CreateSource::new("HR", "files"),
    );
}

/// S0-126, S0-142, S0-143: who should know is told, once, with the counts; not when alerts are off.
#[test]
fn a_run_that_failed_raises_an_alert_of_its_level() {
    for (state, level, alerts) in [
        ("succeeded", None, true),
        ("partial", Some(2), true),
        ("failed", Some(1), true),
        ("failed", Some(1), false),
    ] {
        let mut world = World::new();
        let source = source(&mut world);
        let rules = crate::model::SourceRules {
            alerts,
            ..Default::default()
        };
        let mut update = crate::command::UpdateSource::new(source);
        update.rules = Some(rules);
        world.ok(update);
        let run: SyncRunId = world.made(RequestSync::new(source));
        world.ok(StartSync {
            run,
            worker: "w".to_owned(),
            until: world.now.plus_seconds(60),
            change_set: crate::model::ChangeSetId(uuid::Uuid::from_u128(1)),
        });
        let finish = FinishSync {
            run,
            worker: "w".to_owned(),
            state: state.to_owned(),
            counts: json(r#"{"user": {"created": 10, "failed": 20}}"#),
            findings: Vec::new(),
            problem: None,
            tokens: Some(json(r#"{"user": "cookie"}"#)),
        };
        world.refused_as(
            Code::RunLease,
            FinishSync {
                worker: "other".to_owned(),
                ..finish.clone()
            },
        );
        let plan = world.ok(finish);
        let told: Vec<_> = plan
            .effects
            .iter()
            .filter(|effect| effect.name == "sync.alert")
            .collect();
        assert_eq!(told.len(), usize::from(level.is_some() && alerts), "{state}");
        assert_eq!(
            world.record(run).value("alert_level").and_then(Value::as_integer),
            level
        );
        assert!(world.record(source).value("tokens").is_some());
    }
}

#[test]
fn users_exchange_values_and_a_stranger_keeps_his() {
    let mut world = World::new();
    let named = |world: &mut World, name: &str| -> UserId {
        world.made(crate::command::CreateUser::new(name).set("email", format!("{name}@x.org")))
    };
    let (a, b, c) = (
        named(&mut world, "a"),
        named(&mut world, "b"),
        named(&mut world, "c"),
    );
    let update = |user, mail: &str| UpdateUser::new(user).set("email", mail);
    world.refused_as(
        Code::Taken,
        ExchangeUsers {
            updates: vec![update(a, "b@x.org"), update(b, "c@x.org")],
        },
    );
    world.refused_as(
        Code::Malformed,
        ExchangeUsers {
            updates: vec![update(a, "1@x.org"), update(a, "2@x.org")],
        },
    );
    world.ok(ExchangeUsers {
        updates: vec![update(a, "b@x.org"), update(b, "c@x.org"), update(c, "a@x.org")],
    });
    assert_eq!(world.record(c).text("email"), "a@x.org");
}

/// S0-22
#[test]
fn a_link_leads_to_a_live_record_of_its_kind() {
    let mut world = World::new();
    let source = source(&mut world);
    let (ann, office) = (user(&mut world, "ann"), organization(&mut world, "Office", None));
    let put = |target: EntityId| PutShadow {
        shadow: None,
        source,
        kind: SyncKind::User,
        identifier: "7".to_owned(),
        title: Some("Ann".to_owned()),
        object_key: "07".to_owned(),
        name_key: None,
        target: Some(target),
        digest: None,
        depends_on: Default::default(),
        situation: Situation::Confirmed,
        state: ShadowState::Linked,
        problem: None,
        problem_code: None,
        candidates: Default::default(),
        missing_since: None,
        delete_after: None,
    };
    world.refused_as(Code::Relation, put(office.into()));
    world.refused_as(
        Code::NotFound,
        put(EntityId::new(crate::model::Kind::User, uuid::Uuid::from_u128(77))),
    );
    let shadow: ShadowId = world.made(put(ann.into()));
    assert!(
        world.record(shadow).salt.is_some(),
        "names of people are sealed in the journal"
    );
    world.refused_as(Code::Taken, put(ann.into()));
    let again = PutShadow {
        shadow: Some(shadow),
        ..put(ann.into())
    };
    assert!(world.ok(again).is_empty(), "nothing new is nothing written");
}

/// What names somebody who is not there is looked at again: the digest that would say otherwise is not kept.
#[test]
fn a_digest_holds_only_with_the_records_that_it_depends_on() {
    let mut world = World::new();
    let source = source(&mut world);
    let (ann, ben) = (user(&mut world, "ann"), user(&mut world, "ben"));
    let nobody = EntityId::new(crate::model::Kind::User, uuid::Uuid::from_u128(77));
    for (key, depends_on, kept) in [
        ("0a", vec![], "1234"),
        ("0b", vec![ben.into()], "1234"),
        ("0c", vec![ben.into(), nobody], ""),
    ] {
        let shadow: ShadowId = world.made(PutShadow {
            shadow: None,
            source,
            kind: SyncKind::User,
            identifier: key.to_owned(),
            title: None,
            object_key: key.to_owned(),
            name_key: None,
            target: Some(ann.into()),
            digest: Some("1234".to_owned()),
            depends_on: depends_on.into_iter().collect(),
            situation: Situation::Confirmed,
            state: ShadowState::Linked,
            problem: None,
            problem_code: None,
            candidates: Default::default(),
            missing_since: None,
            delete_after: None,
        });
        assert_eq!(world.record(shadow).text("digest"), kept);
    }
}

/// A filter that nothing would look at is refused, and a filtered run without a filter.
#[test]
fn nobody_believes_in_a_filter_that_does_not_hold() {
    let mut world = World::new();
    let source = source(&mut world);
    let rules = crate::model::SourceRules {
        kinds: [(
            SyncKind::User,
            crate::model::KindRules {
                filter: Some("active = 1".to_owned()),
                ..Default::default()
            },
        )]
        .into(),
        ..Default::default()
    };
    let mut update = crate::command::UpdateSource::new(source);
    update.rules = Some(rules.clone());
    world.refused_as(Code::Invalid, update);
    world.refused_as(
        Code::Invalid,
        crate::command::CreateSource::new("Other", "files").rules(rules),
    );
    let filtered = RequestSync {
        mode: crate::model::RunMode::Filtered,
        ..RequestSync::new(source)
    };
    world.refused_as(Code::Invalid, filtered);
}
