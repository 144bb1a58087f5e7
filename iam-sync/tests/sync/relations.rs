//! Managers, groups and memberships, in any order and of any size.

use iam_core::{
    model::{Kind, Relation, SyncKind},
    plan::Direction,
    port::SourceObject,
    search::{Predicate, Search},
};
use iam_sync::reconcile::run::RunState;

use crate::common::{Bench, organization, rules, user, with_memberships};

fn group(name: &str, members: &[String]) -> SourceObject {
    SourceObject::new(name)
        .with("name", name)
        .with("members", members.to_vec())
}

async fn members(bench: &Bench) -> usize {
    let group = bench
        .acting
        .search(&Search::new(Kind::Group))
        .await
        .unwrap()
        .items[0]
        .id;
    bench
        .acting
        .edges(group, Direction::To, Relation::InGroup)
        .await
        .unwrap()
        .len()
}

#[tokio::test]
async fn managers_in_a_circle_and_ahead_of_their_people() {
    let bench = Bench::new().await;
    let chain = ["a", "b", "c"].map(|name| {
        let boss = match name {
            "a" => "b",
            "b" => "c",
            _ => "a",
        };
        user(name).with("boss", boss)
    });
    bench.say(SyncKind::User, chain);
    let report = bench.run().await;
    assert_eq!(report.state, RunState::Succeeded, "{report:?}");
    for (name, boss) in [("a", "b"), ("b", "c"), ("c", "a")] {
        let (record, boss) = (bench.find(name).await.unwrap(), bench.find(boss).await.unwrap());
        let edges = bench
            .acting
            .edges(record.id, Direction::From, Relation::ReportsTo)
            .await
            .unwrap();
        assert_eq!(
            edges.iter().map(|edge| edge.key.to).collect::<Vec<_>>(),
            [boss.id]
        );
    }
    // A manager who is nowhere: a finding, and nothing else is lost.
    bench.say(
        SyncKind::User,
        [
            user("a").with("boss", "nobody"),
            user("b").with("boss", "c"),
            user("c"),
        ],
    );
    let report = bench.run().await;
    assert_eq!(
        (report.state, report.counts.of(SyncKind::User).incomplete),
        (RunState::Partial, 1),
        "{report:?}"
    );
    assert_eq!(report.findings[0].code, "record.not_found");
}

#[tokio::test]
async fn a_group_of_ten_thousand_shrinks_by_one_and_is_emptied_when_it_is_gone() {
    let mut rules = rules();
    rules.page_size = 1000;
    let bench = Bench::with(rules).await;
    let names: Vec<String> = (0..10_000).map(|number| format!("m{number}")).collect();
    bench.say(
        SyncKind::User,
        names
            .iter()
            .map(|name| SourceObject::new(name).with("login", name.as_str())),
    );
    bench.say(SyncKind::Group, [group("all", &names)]);
    let report = bench.run().await;
    assert_eq!(report.state, RunState::Succeeded, "{report:?}");
    assert_eq!(members(&bench).await, 10_000);
    bench.say(SyncKind::Group, [group("all", &names[1..])]);
    let report = bench.run().await;
    assert_eq!(
        (report.state, bench.journal(&report).await),
        (RunState::Succeeded, 2),
        "{report:?}"
    );
    assert_eq!(members(&bench).await, 9_999);
    bench.say(SyncKind::Group, []);
    let report = bench.run().await;
    assert_eq!(report.state, RunState::Succeeded, "{report:?}");
    assert_eq!(
        members(&bench).await,
        0,
        "nobody has access by a group that its source does not have"
    );
    assert_eq!(bench.count(Kind::Group, Predicate::All).await, 1);
}

#[tokio::test]
async fn memberships_are_objects_of_their_own_where_a_source_keeps_them_so() {
    let bench = Bench::with(with_memberships()).await;
    let pair = |who: &str, place: &str| {
        SourceObject::new(format!("{who}-{place}"))
            .with("who", who)
            .with("where", place)
    };
    bench.say(
        SyncKind::Organization,
        [organization("A", None), organization("B", None)],
    );
    bench.say(SyncKind::User, [user("x"), user("y")]);
    bench.say(
        SyncKind::Membership,
        [pair("x", "A"), pair("y", "A"), pair("y", "B")],
    );
    let report = bench.run().await;
    assert_eq!(report.state, RunState::Succeeded, "{report:?}");
    let of = async |name: &str| {
        let record = bench.find(name).await.unwrap();
        bench
            .acting
            .edges(record.id, Direction::From, Relation::MemberOf)
            .await
            .unwrap()
            .len()
    };
    assert_eq!((of("x").await, of("y").await), (1, 2));
    bench.say(SyncKind::Membership, [pair("x", "A"), pair("y", "B")]);
    bench.run().await;
    assert_eq!((of("x").await, of("y").await), (1, 1));
}

#[tokio::test]
async fn what_somebody_gave_by_hand_outlives_the_source() {
    let bench = Bench::new().await;
    bench.say(SyncKind::Organization, [organization("A", None)]);
    bench.say(
        SyncKind::User,
        [user("x").with("org", "A"), user("y"), user("z").with("boss", "y")],
    );
    bench.run().await;
    let (x, z) = (
        bench.find("x").await.unwrap().id,
        bench.find("z").await.unwrap().id,
    );
    let a = bench
        .acting
        .find_by(Kind::Organization, "code", "A")
        .await
        .unwrap()
        .unwrap()
        .id;
    let add = iam_core::command::AddMembership {
        member: x,
        organizations: vec![iam_core::command::JoinOrganization::new(a.try_into().unwrap())],
    };
    bench.acting.execute(add).await.unwrap();
    let set = iam_core::command::SetManager {
        user: z.try_into().unwrap(),
        manager: Some(x.try_into().unwrap()),
    };
    bench.acting.execute(set).await.unwrap();
    bench.say(
        SyncKind::User,
        [
            user("x"),
            user("y"),
            user("z").with("boss", "y").with("given", "Z"),
        ],
    );
    let report = bench.run().await;
    assert_eq!(report.state, RunState::Succeeded, "{report:?}");
    let edges = bench
        .acting
        .edges(x, Direction::From, Relation::MemberOf)
        .await
        .unwrap();
    assert_eq!(
        edges.len(),
        1,
        "the source took its own reason back; the other one stays"
    );
    let edges = bench
        .acting
        .edges(z, Direction::From, Relation::ReportsTo)
        .await
        .unwrap();
    assert_eq!(edges.iter().map(|edge| edge.key.to).collect::<Vec<_>>(), [x]);
}
