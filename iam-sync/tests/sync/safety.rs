//! No misconfiguration, outage or typing error wipes anybody out.

use iam_core::{
    command::{
        CancelSync, CreateUser, DisableUser, DisabledBy, RequestSync, Resolution, ResolveShadow, UpdateSource,
    },
    model::{EntityId, Kind, Situation, Strength, SyncAction, SyncKind, Threshold, UserId},
    port::SourceObject,
    search::Predicate,
    wire::Code,
};
use iam_sync::reconcile::run::RunState;

use crate::common::{Bench, organization, rules, user};

fn people(count: usize) -> Vec<SourceObject> {
    (0..count).map(|number| user(&format!("u{number}"))).collect()
}

async fn enabled(bench: &Bench) -> u64 {
    bench
        .count(Kind::User, Predicate::eq("administrative_status", "enabled"))
        .await
}

/// S0-142
#[tokio::test]
async fn a_filter_that_makes_everybody_disappear_changes_nothing() {
    let bench = Bench::new().await;
    bench.say(SyncKind::User, people(40));
    assert_eq!(bench.run().await.counts.of(SyncKind::User).created, 40);
    bench.say(SyncKind::User, []);
    let report = bench.run().await;
    assert_eq!(report.state, RunState::Stopped);
    assert_eq!(report.problem.unwrap().code, Code::Threshold);
    assert_eq!(enabled(&bench).await, 40);
    // Half of them: still more than a run may.
    bench.say(SyncKind::User, people(20));
    assert_eq!(bench.run().await.state, RunState::Stopped);
    assert_eq!(enabled(&bench).await, 40);
    // A few may leave.
    bench.say(SyncKind::User, people(37));
    let report = bench.run().await;
    assert_eq!(
        (report.state, report.counts.of(SyncKind::User).disabled),
        (RunState::Succeeded, 3)
    );
    assert_eq!(enabled(&bench).await, 37);
}

/// S0-126, S0-142, S0-143
#[tokio::test]
async fn an_outage_in_the_middle_of_the_read_takes_nobody_for_gone() {
    let bench = Bench::new().await;
    bench.say(SyncKind::User, people(40));
    bench.run().await;
    bench.fake.0.lock().unwrap().breaks_at = Some((SyncKind::User, 2));
    let report = bench.run().await;
    assert_eq!(report.problem.as_ref().unwrap().code, Code::SourceFailed);
    assert_eq!(enabled(&bench).await, 40);
    bench.fake.0.lock().unwrap().breaks_at = Some((SyncKind::User, 0));
    let report = bench.run().await;
    assert_eq!(report.state, RunState::Failed);
    assert_eq!(enabled(&bench).await, 40);
    // A source that is not sure to have named everybody.
    let mut world = bench.fake.0.lock().unwrap();
    world.breaks_at = None;
    world.unsure = true;
    world.objects.insert(SyncKind::User, people(5));
    drop(world);
    assert_eq!(bench.run().await.state, RunState::Succeeded);
    assert_eq!(enabled(&bench).await, 40);
    let alerts = bench
        .acting
        .search(&iam_core::search::Search::new(Kind::SyncRun).filter(Predicate::present("alert_level")))
        .await
        .unwrap()
        .items;
    let mut levels: Vec<i64> = alerts
        .iter()
        .filter_map(|run| run.value("alert_level")?.as_integer())
        .collect();
    levels.sort_unstable();
    assert_eq!(levels, [1, 2]);
}

/// S0-143
#[tokio::test]
async fn one_bad_record_does_not_stop_the_others_and_waits_for_somebody() {
    let bench = Bench::new().await;
    let mut all = people(12);
    all[3] = all[3].clone().with("mail", "no address");
    all[5] = all[5].clone().with("number", "n-u4");
    bench.say(SyncKind::User, all.clone());
    let report = bench.run().await;
    let counts = report.counts.of(SyncKind::User);
    // Who has no address is written without it; who has somebody else's number is not written.
    assert_eq!(
        (report.state, counts.created),
        (RunState::Partial, 11),
        "{report:?}"
    );
    assert_eq!((counts.incomplete, counts.failed), (1, 1));
    assert_eq!(bench.shadows("failed").await.len(), 1);
    assert_eq!(
        bench
            .count(Kind::Shadow, Predicate::present("problem_code"))
            .await,
        2
    );
    // Mended at the source: the next run writes them.
    bench.say(SyncKind::User, people(12));
    let report = bench.run().await;
    let counts = report.counts.of(SyncKind::User);
    assert_eq!(
        (report.state, counts.created, counts.updated),
        (RunState::Succeeded, 1, 1),
        "{report:?}"
    );
    assert_eq!(
        bench
            .count(Kind::Shadow, Predicate::present("problem_code"))
            .await,
        0
    );
    assert_eq!(bench.shadows("linked").await.len(), 12);
}

/// S0-125
#[tokio::test]
async fn a_second_run_over_the_same_objects_writes_nothing() {
    let bench = Bench::new().await;
    bench.say(
        SyncKind::Organization,
        [organization("HQ", None), organization("SA", Some("HQ"))],
    );
    bench.say(
        SyncKind::User,
        people(25)
            .into_iter()
            .map(|user| user.with("org", "SA").with("boss", "u3")),
    );
    let first = bench.run().await;
    assert!(bench.journal(&first).await > 0);
    let second = bench.run().await;
    assert_eq!(bench.journal(&second).await, 0, "{second:?}");
    let third = bench.run().await;
    assert_eq!(
        (third.state, bench.journal(&third).await),
        (RunState::Partial, 0),
        "u3 is their own manager"
    );
}

#[tokio::test]
async fn addresses_and_names_are_exchanged_in_one_run() {
    let bench = Bench::new().await;
    bench.say(SyncKind::User, people(5));
    bench.run().await;
    let (a, b, c) = ("u1@example.com", "u2@example.com", "u3@example.com");
    let mut all = people(5);
    all[1] = all[1].clone().with("mail", b);
    all[2] = all[2].clone().with("mail", c);
    all[3] = all[3].clone().with("mail", a);
    // A chain: one follows into what the other leaves.
    all[4] = all[4].clone().with("mail", "u0@example.com");
    all[0] = all[0].clone().with("mail", "new@example.com");
    bench.say(SyncKind::User, all);
    let report = bench.run().await;
    assert_eq!(report.state, RunState::Succeeded, "{report:?}");
    for (name, mail) in [
        ("u1", b),
        ("u2", c),
        ("u3", a),
        ("u4", "u0@example.com"),
        ("u0", "new@example.com"),
    ] {
        assert_eq!(bench.find(name).await.unwrap().text("email"), mail);
    }
}

/// S0-22, S0-30
#[tokio::test]
async fn what_somebody_decided_here_stays() {
    let bench = Bench::new().await;
    bench.say(SyncKind::User, people(3));
    bench.run().await;
    let id: UserId = bench.find("u1").await.unwrap().id.try_into().unwrap();
    bench
        .acting
        .execute(DisableUser {
            user: id,
            by: DisabledBy::Administrator,
        })
        .await
        .unwrap();
    let mut all = people(3);
    all[1] = all[1].clone().with("given", "Changed");
    bench.say(SyncKind::User, all);
    bench.run().await;
    let u1 = bench.find("u1").await.unwrap();
    assert_eq!(
        (u1.text("administrative_status"), u1.text("first_name")),
        ("disabled", "Changed")
    );
}

#[tokio::test]
async fn who_is_known_by_hand_is_linked_and_who_is_unclear_waits_for_a_person() {
    let bench = Bench::new().await;
    for (name, number, mail) in [
        ("by.hand", "n-u0", "x@example.com"),
        ("other", "n-x", "u1@example.com"),
    ] {
        let create = CreateUser::new(name)
            .set("user_number", number)
            .set("email", mail);
        bench.acting.execute(create).await.unwrap();
    }
    bench.say(SyncKind::User, people(3));
    let report = bench.run().await;
    let counts = report.counts.of(SyncKind::User);
    assert_eq!((counts.linked, counts.created), (2, 1), "{report:?}");
    assert!(
        bench.find("by.hand").await.is_none(),
        "the source says what the name is"
    );
    // Two objects that mean one record: the second waits.
    bench.say(
        SyncKind::User,
        people(3).into_iter().chain([user("u9").with("number", "n-u0")]),
    );
    let report = bench.run().await;
    assert_eq!(report.counts.of(SyncKind::User).review, 1, "{report:?}");
    let waiting = bench.shadows("review").await;
    assert_eq!(waiting[0].text("situation"), Situation::FoundAlreadyLinked.name());
    let shadow = waiting[0].id.try_into().unwrap();
    bench
        .acting
        .execute(ResolveShadow {
            shadow,
            resolution: Resolution::Ignore,
        })
        .await
        .unwrap();
    let report = bench.run().await;
    assert_eq!(
        (
            report.counts.of(SyncKind::User).review,
            report.counts.of(SyncKind::User).ignored
        ),
        (0, 1)
    );
}

/// S1-66
#[tokio::test]
async fn who_leaves_is_disabled_then_deleted_and_comes_back_as_the_same_person() {
    let mut rules = rules();
    let user_rules = rules.kinds.get_mut(&SyncKind::User).unwrap();
    user_rules
        .actions
        .insert(Situation::SourceMissing, SyncAction::DisableThenDelete);
    user_rules.delete_after_days = Some(5);
    let bench = Bench::with(rules).await;
    bench.say(SyncKind::User, people(20));
    bench.run().await;
    let before = bench.find("u7").await.unwrap();
    let without: Vec<SourceObject> = people(20)
        .into_iter()
        .filter(|object| object.identifier != "u7")
        .collect();
    bench.say(SyncKind::User, without.clone());
    assert_eq!(bench.run().await.counts.of(SyncKind::User).disabled, 1);
    bench.clock.advance_days(4);
    assert_eq!(bench.run().await.counts.of(SyncKind::User).deleted, 0);
    bench.clock.advance_days(2);
    assert_eq!(bench.run().await.counts.of(SyncKind::User).deleted, 1);
    assert!(bench.find("u7").await.is_none());
    assert_eq!(
        bench.run().await.counts.of(SyncKind::User).missing,
        0,
        "told once"
    );
    // Hired again.
    bench.say(SyncKind::User, people(20));
    let report = bench.run().await;
    assert_eq!(report.state, RunState::Succeeded, "{report:?}");
    let after = bench.find("u7").await.unwrap();
    assert_eq!(
        (after.id, after.text("administrative_status")),
        (before.id, "enabled")
    );
}

#[tokio::test]
async fn one_call_undoes_a_run() {
    let bench = Bench::new().await;
    bench.say(SyncKind::Organization, [organization("HQ", None)]);
    bench.say(SyncKind::User, people(25));
    bench.run().await;
    bench.say(
        SyncKind::User,
        people(30)
            .into_iter()
            .map(|user| user.with("given", "Wrong").with("org", "HQ")),
    );
    let (run, report) = bench.request(RequestSync::new(bench.source)).await;
    assert_eq!(report.counts.of(SyncKind::User).updated, 25);
    let undone = bench.sources.undo(&bench.acting, run).await.unwrap();
    assert!(undone.commits > 0 && undone.kept.is_empty(), "{undone:?}");
    assert_eq!(
        bench
            .count(Kind::User, Predicate::eq("first_name", "Wrong"))
            .await,
        0
    );
    assert_eq!(bench.count(Kind::User, Predicate::All).await, 25);
    let source = bench.acting.get(bench.source).await.unwrap();
    assert_eq!(
        source.text("mode"),
        "look_only",
        "it does not do it again by itself"
    );
}

#[tokio::test]
async fn a_threshold_stops_a_run_before_the_page_that_is_too_much() {
    let mut rules = rules();
    rules.kinds.get_mut(&SyncKind::User).unwrap().thresholds.insert(
        SyncAction::Update,
        Threshold {
            count: Some(12),
            percent: None,
        },
    );
    let bench = Bench::with(rules).await;
    bench.say(SyncKind::User, people(30));
    bench.run().await;
    bench.say(
        SyncKind::User,
        people(30).into_iter().map(|user| user.with("given", "New")),
    );
    let report = bench.run().await;
    assert_eq!(
        (report.state, report.counts.of(SyncKind::User).updated),
        (RunState::Stopped, 10)
    );
}

#[tokio::test]
async fn strong_mappings_bring_back_what_was_changed_here_and_weak_ones_only_fill_in() {
    let mut rules = rules();
    rules.only_changes = false;
    for mapping in &mut rules.kinds.get_mut(&SyncKind::User).unwrap().mappings {
        match mapping.to.as_str() {
            "last_name" => mapping.strength = Strength::Strong,
            "first_name" => mapping.strength = Strength::Weak,
            _ => {}
        }
    }
    let bench = Bench::with(rules).await;
    bench.say(
        SyncKind::User,
        [user("a").with("given", "Ada"), user("b").with("given", "Bob")],
    );
    bench.run().await;
    let a: UserId = bench.find("a").await.unwrap().id.try_into().unwrap();
    let change = iam_core::command::UpdateUser::new(a)
        .set("last_name", "Changed")
        .set("first_name", "Augusta")
        .set("email", "mine@example.com");
    bench.acting.execute(change).await.unwrap();
    bench.run().await;
    let a = bench.find("a").await.unwrap();
    assert_eq!(
        (a.text("last_name"), a.text("first_name"), a.text("email")),
        ("a", "Augusta", "mine@example.com")
    );
}

/// S0-140
#[tokio::test]
async fn runs_are_leased_by_one_worker_and_taken_over_when_it_is_silent() {
    let bench = Bench::new().await;
    bench.say(SyncKind::User, people(3));
    let run = bench
        .acting
        .execute(RequestSync::new(bench.source))
        .await
        .unwrap()
        .id
        .unwrap();
    let start = |worker: &str, until: i64| iam_core::command::StartSync {
        run: run.try_into().unwrap(),
        worker: worker.into(),
        until: bench.clock_now().plus_seconds(until),
        change_set: bench.acting.new_change_set(),
    };
    bench.acting.execute(start("dead", 60)).await.unwrap();
    assert_eq!(
        bench.acting.execute(start("w2", 60)).await.unwrap_err().code,
        Code::RunLease
    );
    assert!(
        bench
            .sources
            .work(&bench.acting, "w2", &mut ())
            .await
            .unwrap()
            .is_none()
    );
    bench.clock.advance(61);
    let report = bench
        .sources
        .work(&bench.acting, "w2", &mut ())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(report.counts.of(SyncKind::User).created, 3);
    let cancelled = bench
        .acting
        .execute(RequestSync::new(bench.source))
        .await
        .unwrap()
        .id
        .unwrap();
    bench
        .acting
        .execute(CancelSync {
            run: cancelled.try_into().unwrap(),
        })
        .await
        .unwrap();
    assert!(
        bench
            .sources
            .work(&bench.acting, "w2", &mut ())
            .await
            .unwrap()
            .is_none()
    );
}

/// S0-124
#[tokio::test]
async fn a_source_is_due_at_two_in_the_morning_once_for_all_processes() {
    let bench = Bench::new().await;
    bench.say(SyncKind::User, people(3));
    assert!(bench.sources.schedule(&bench.acting).await.unwrap().is_empty());
    bench.clock.advance_days(3);
    let other = bench.sources.clone();
    assert_eq!(
        bench.sources.schedule(&bench.acting).await.unwrap().len(),
        1,
        "what was missed is not made up for"
    );
    assert!(other.schedule(&bench.acting).await.unwrap().is_empty());
    assert!(
        bench
            .sources
            .work(&bench.acting, "w1", &mut ())
            .await
            .unwrap()
            .is_some()
    );
    assert!(bench.sources.schedule(&bench.acting).await.unwrap().is_empty());
    let mut never = UpdateSource::new(bench.source);
    never.schedule = Some(String::new());
    bench.acting.execute(never).await.unwrap();
    bench.clock.advance_days(3);
    assert!(bench.sources.schedule(&bench.acting).await.unwrap().is_empty());
}

/// S0-124, S0-126
#[tokio::test]
async fn a_schedule_that_will_never_be_due_is_told_once_and_costs_nobody_else() {
    let bench = Bench::new().await;
    let runs = async || {
        let all = iam_core::search::Search::new(Kind::SyncRun);
        bench.acting.search(&all).await.unwrap().items
    };
    let mut wrong = UpdateSource::new(bench.source);
    wrong.time_zone = Some("Europe/Wien".to_owned());
    bench.acting.execute(wrong).await.unwrap();
    for _ in 0..3 {
        bench.clock.advance_days(1);
        assert!(bench.sources.schedule(&bench.acting).await.unwrap().is_empty());
        assert!(
            bench
                .sources
                .clone()
                .schedule(&bench.acting)
                .await
                .unwrap()
                .is_empty()
        );
    }
    let told = runs().await;
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0].text("state"), "failed");
    assert_eq!(
        told[0].value("alert_level").and_then(|level| level.as_integer()),
        Some(1)
    );
    let problem = serde_json::to_string(&told[0].value("problem")).unwrap();
    assert!(
        problem.contains("time_zone") && problem.contains("Europe/Vienna"),
        "{problem}"
    );
    // Mended, it is due like any other; other mistakes are told for themselves.
    let mut right = UpdateSource::new(bench.source);
    right.time_zone = Some("Europe/Vienna".to_owned());
    bench.acting.execute(right).await.unwrap();
    bench.clock.advance_days(1);
    assert_eq!(bench.sources.schedule(&bench.acting).await.unwrap().len(), 1);
    let mut wrong = UpdateSource::new(bench.source);
    wrong.schedule = Some("61 2 * * *".to_owned());
    bench.acting.execute(wrong).await.unwrap();
    bench.sources.schedule(&bench.acting).await.unwrap();
    assert_eq!(runs().await.len(), 3);
}

/// S0-93, S0-107
#[tokio::test]
async fn organizations_come_in_any_order_and_move() {
    let bench = Bench::new().await;
    bench.say(
        SyncKind::Organization,
        [
            organization("C", Some("B")),
            organization("B", Some("A")),
            organization("A", None),
        ],
    );
    let report = bench.run().await;
    assert_eq!(report.state, RunState::Succeeded, "{report:?}");
    let parent = |code: &'static str| {
        let acting = bench.acting.clone();
        async move {
            let record = acting
                .find_by(Kind::Organization, "code", code)
                .await
                .unwrap()
                .unwrap();
            (record.id, record.reference("parent"))
        }
    };
    let (a, none) = parent("A").await;
    let (b, of_b) = parent("B").await;
    assert_eq!((none, of_b, parent("C").await.1), (None, Some(a), Some(b)));
    bench.say(
        SyncKind::Organization,
        [
            organization("C", Some("A")),
            organization("B", Some("C")),
            organization("A", None),
        ],
    );
    let report = bench.run().await;
    assert_eq!(report.state, RunState::Succeeded, "{report:?}");
    let (c, of_c) = parent("C").await;
    assert_eq!((of_c, parent("B").await.1), (Some(a), Some(c)));
    let _: EntityId = c;
}

impl Bench {
    fn clock_now(&self) -> iam_core::model::Moment {
        use iam_core::port::Clock;
        self.clock.now()
    }
}
