//! Rules while others write: whoever changes between the search of a changed rule and its commit has the role when the
//! condition selects them as they are, and does not have it otherwise.

use std::collections::{BTreeMap, BTreeSet};

use super::{Ground, access_race::Process};
use crate::{
    command::{
        ApplyRule, Command, CreateGroup, CreateRole, CreateUser, DeleteUser, GrantRole, RevokeRole,
        UndeleteUser, UpdateGroup, UpdateRole, UpdateUser,
    },
    model::{EdgeOrigin, EntityId, GroupId, Kind, Record, Relation, RoleId, UserId},
    plan::{Cause, Direction},
    port::Revision,
    query::Filter,
    rules::Rule,
    search::{Deleted, Predicate, Search},
    service::At,
};

fn user(id: EntityId) -> UserId {
    UserId(id.uuid)
}

async fn person(ground: &Ground, name: &str, city: &str) -> UserId {
    let create = CreateUser::new(name).set("city", city);
    ground.acme.execute(create).await.unwrap().id().unwrap()
}

fn deletes(user: UserId) -> Command {
    DeleteUser {
        user,
        mode: Default::default(),
    }
    .into()
}

fn moves(who: UserId, city: &str) -> Command {
    UpdateUser::new(who).set("city", city).into()
}

/// Everybody, deleted ones too.
async fn everybody(ground: &Ground) -> Vec<std::sync::Arc<Record>> {
    let mut search = Search::new(Kind::User).deleted(Deleted::Include).limit(1_000);
    let mut all = Vec::new();
    loop {
        let page = ground.acme.search(&search).await.unwrap();
        all.extend(page.items.iter().cloned());
        match page.next {
            Some(next) => search = search.cursor(next),
            None => return all,
        }
    }
}

/// Those who have it by rule.
async fn ruled(ground: &Ground, owner: EntityId) -> BTreeSet<EntityId> {
    let relation = match owner.kind {
        Kind::Group => Relation::InGroup,
        _ => Relation::HasRole,
    };
    let edges = ground.acme.edges(owner, Direction::To, relation).await.unwrap();
    edges
        .iter()
        .filter(|edge| edge.origins.contains(&EdgeOrigin::Rule))
        .map(|edge| edge.key.from)
        .collect()
}

/// The naive twin: everybody is looked at. Nothing is left to be done, and the answer of the decisions is the same.
async fn selects_the_city(ground: &Ground, owner: EntityId, city: &str, when: &str) {
    let lives = |record: &&std::sync::Arc<Record>| !record.is_deleted() && record.text("city") == city;
    let all = everybody(ground).await;
    let expected: BTreeSet<EntityId> = all.iter().filter(lives).map(|record| record.id).collect();
    let live: BTreeSet<EntityId> = all
        .iter()
        .filter(|record| !record.is_deleted())
        .map(|record| record.id)
        .collect();
    let found: BTreeSet<EntityId> = ruled(ground, owner).await.intersection(&live).copied().collect();
    assert_eq!(found, expected, "{when}");
    let rule = ground.acme.find(Rule::id(owner)).await.unwrap().unwrap();
    assert!(!rule.flag("pending"), "{when}");
    assert_eq!(ground.acme.upkeep().await.unwrap().ruled, 0, "{when}");
    if owner.kind == Kind::Role {
        let edges = ground.acme.edges(owner, Direction::To, Relation::HasRole).await;
        let by_hand = |id: EntityId| {
            let edges = edges.iter().flatten();
            edges
                .filter(|edge| edge.key.from == id)
                .any(|edge| edge.origins.contains(&EdgeOrigin::Direct))
        };
        for record in all.iter().filter(|record| live.contains(&record.id)) {
            let held = ground.acme.effective_access(record.id).await.unwrap();
            let holds = held.roles.iter().any(|role| role.id == owner);
            assert_eq!(
                holds,
                expected.contains(&record.id) || by_hand(record.id),
                "{when}: {}",
                record.text("user_name")
            );
        }
    }
}

/// S2-25, S2-26: a rule is made and changed while people come, go, move, are deleted and come back, once or twice in a row:
/// before a commit that moves everybody in its plan, and before the one that is made when that was not possible.
pub(super) async fn whoever_changes_before_a_rule_is_committed(ground: &Ground) {
    let process = Process::overtaken_always(ground);
    for owner in [Kind::Role, Kind::Group] {
        let tag = owner.name();
        let name = |who: &str| format!("{who}_{tag}");
        let stays = person(ground, &name("stays"), "Utica").await;
        let leaves = person(ground, &name("leaves"), "Utica").await;
        let comes = person(ground, &name("comes"), "Rome").await;
        let dies = person(ground, &name("dies"), "Utica").await;
        let returns = person(ground, &name("returns"), "Troy").await;
        ground.acme.execute(deletes(returns)).await.unwrap();
        let create = |number: usize| -> Command {
            let name = format!("Rule {number}");
            match owner {
                Kind::Role => CreateRole::internal(name).when(r#"city eq "Utica""#).into(),
                _ => CreateGroup::new(name).when(r#"city eq "Utica""#).into(),
            }
        };
        let meanwhile: Vec<(&str, Vec<Command>)> = vec![
            ("somebody leaves", vec![moves(leaves, "Rome")]),
            ("somebody comes", vec![moves(comes, "Utica")]),
            (
                "somebody is new",
                vec![CreateUser::new(name("new")).set("city", "Utica").into()],
            ),
            ("somebody is deleted", vec![deletes(dies)]),
            (
                "somebody else does something else",
                vec![UpdateUser::new(stays).set("job", "Clerk").into()],
            ),
            (
                "first one comes, then another",
                vec![
                    moves(leaves, "Utica"),
                    moves(comes, "Rome"),
                    moves(comes, "Utica"),
                ],
            ),
            (
                "one who is deleted comes back",
                vec![moves(leaves, "Rome"), UndeleteUser { user: returns }.into()],
            ),
            (
                "one leaves in the last moment",
                vec![
                    UpdateUser::new(comes).set("job", "Judge").into(),
                    moves(stays, "Rome"),
                ],
            ),
        ];
        for (number, (when, commands)) in meanwhile.into_iter().enumerate() {
            let done = process
                .overtaken_again(ground, create(number), commands)
                .await
                .unwrap();
            let made = done.id.unwrap();
            selects_the_city(ground, made, "Utica", &format!("{tag}, made: {when}")).await;
        }
        // The same with one that changes: to where half of them are, and back.
        let made = ground.acme.execute(create(100)).await.unwrap().id.unwrap();
        let change = |city: &str| -> Command {
            let condition = Some(Some(Filter::scim(format!("city eq \"{city}\""))));
            match owner {
                Kind::Role => UpdateRole {
                    condition,
                    ..UpdateRole::new(RoleId(made.uuid))
                }
                .into(),
                _ => UpdateGroup {
                    group: GroupId(made.uuid),
                    attributes: Default::default(),
                    member_kinds: None,
                    condition,
                    condition_kind: None,
                }
                .into(),
            }
        };
        let steps: Vec<(&str, &str, Vec<Command>)> = vec![
            ("Rome", "a gainer goes", vec![moves(leaves, "Troy")]),
            ("Utica", "a loser stays", vec![moves(leaves, "Utica")]),
            (
                "Rome",
                "both, one after the other",
                vec![moves(leaves, "Rome"), moves(stays, "Utica"), moves(comes, "Rome")],
            ),
            (
                "Utica",
                "somebody comes who was seen elsewhere",
                vec![
                    UpdateUser::new(stays).set("job", "Cook").into(),
                    moves(comes, "Utica"),
                ],
            ),
        ];
        for (city, when, commands) in steps {
            process
                .overtaken_again(ground, change(city), commands)
                .await
                .unwrap();
            selects_the_city(ground, made, city, &format!("{tag}, changed: {when}")).await;
        }
        // A grant by hand that comes or goes meanwhile is the business of whoever made it.
        if owner == Kind::Role {
            let role = RoleId(made.uuid);
            let grant = GrantRole::new(role, [stays.into()]);
            process
                .overtaken_again(ground, change("Troy"), [grant.into()])
                .await
                .unwrap();
            selects_the_city(ground, made, "Troy", "a grant by hand").await;
            let held = ground
                .acme
                .edges(stays, Direction::From, Relation::HasRole)
                .await
                .unwrap();
            let edge = held.iter().find(|edge| edge.key.to == made).unwrap();
            assert_eq!(edge.origins, [EdgeOrigin::Direct].into());
            let revoke = RevokeRole {
                role,
                holders: [stays.into()].into(),
            };
            process
                .overtaken_again(ground, change("Utica"), [revoke.into(), moves(stays, "Troy")])
                .await
                .unwrap();
            selects_the_city(ground, made, "Utica", "a grant by hand is withdrawn").await;
        }
    }
}

/// A planted fault is seen: where nobody looks whether somebody came between, whoever came is missing.
pub(super) async fn whoever_comes_is_missing_when_nobody_looks(ground: &Ground) {
    let comes = person(ground, "comes", "Rome").await;
    for (process, noticed) in [
        (Process::overtaken_always(ground), true),
        (Process::overtaken_blindly(ground), false),
    ] {
        ground.acme.execute(moves(comes, "Rome")).await.unwrap();
        let create = CreateGroup::new(format!("noticed {noticed}")).when(r#"city eq "Utica""#);
        let meanwhile = [moves(comes, "Utica")];
        let group = process.overtaken_again(ground, create, meanwhile).await.unwrap();
        let owner = group.id.unwrap();
        assert_eq!(ruled(ground, owner).await.contains(&comes.into()), noticed);
        let again = ApplyRule {
            owner,
            subjects: [comes.into()].into(),
            complete: false,
        };
        ground.acme.execute(again).await.unwrap();
        assert!(ruled(ground, owner).await.contains(&comes.into()));
    }
}

/// People made in one commit, and that commit.
async fn people(ground: &Ground, commands: &[Command]) -> (Vec<UserId>, Revision) {
    let created = ground.acme.batch(commands, Default::default()).await.unwrap();
    let ids = created.results.into_iter();
    let ids = ids.map(|id| user(id.unwrap().unwrap())).collect();
    (ids, created.revision.unwrap())
}

/// S2-26: the same between the steps in which more members follow than fit a plan; and what was before is what was before.
pub(super) async fn whoever_changes_before_members_follow(ground: &Ground) {
    let commands: Vec<Command> = (0..560)
        .map(|n| {
            CreateUser::new(format!("u{n:03}"))
                .set("city", if n < 540 { "Utica" } else { "Rome" })
                .into()
        })
        .collect();
    let (people, before) = people(ground, &commands).await;
    let process = Process::overtaken_always(ground);
    let create = CreateGroup::new("g").when(r#"city eq "Utica""#);
    // Before the commit of the rule, before that of its members, and before the note that all is done.
    let meanwhile = [
        moves(people[0], "Rome"),
        moves(people[550], "Utica"),
        moves(people[1], "Rome"),
    ];
    let group = process
        .overtaken_again(ground, create, meanwhile)
        .await
        .unwrap()
        .id
        .unwrap();
    let lives = async |city: &str| -> BTreeSet<EntityId> {
        let all = everybody(ground).await;
        all.iter()
            .filter(|record| record.text("city") == city)
            .map(|record| record.id)
            .collect()
    };
    assert_eq!(ruled(ground, group).await, lives("Utica").await);
    assert_eq!(ground.acme.upkeep().await.unwrap().ruled, 0);
    let update = UpdateGroup {
        group: GroupId(group.uuid),
        attributes: Default::default(),
        member_kinds: None,
        condition: Some(Some(Filter::scim(r#"city eq "Rome""#))),
        condition_kind: None,
    };
    let grown = ground
        .acme
        .execute(moves(people[2], "Rome"))
        .await
        .unwrap()
        .revision
        .unwrap();
    let meanwhile = [moves(people[551], "Utica"), moves(people[3], "Rome")];
    process.overtaken_again(ground, update, meanwhile).await.unwrap();
    assert_eq!(ruled(ground, group).await, lives("Rome").await);
    // Earlier states are what they were, be it that an edge came and nothing else of its start changed.
    let then = ground.acme.clone().as_of(At::Revision(grown));
    let members = Search::new(Kind::User)
        .filter(Predicate::eq("groups_by_rule", group.to_string()))
        .limit(1_000);
    let page = then.search(&members).await.unwrap();
    let mut expected: BTreeSet<EntityId> = people[3..540].iter().map(|id| (*id).into()).collect();
    expected.insert(people[550].into());
    assert_eq!(
        page.items.iter().map(|record| record.id).collect::<BTreeSet<_>>(),
        expected
    );
    let first = ground.acme.clone().as_of(At::Revision(before));
    let everyone = Search::new(Kind::User)
        .filter(Predicate::eq("city", "Utica"))
        .limit(1_000)
        .total(true);
    assert_eq!(first.search(&everyone).await.unwrap().total, Some(540));
    assert_eq!(first.search(&members).await.unwrap().items.len(), 0);
}

/// What a process takes along of the schema when it commits is what it would read.
pub(super) async fn rules_are_taken_along_as_they_are_stored(ground: &Ground) {
    let acting = &ground.acme;
    let same = async |when: &str| {
        let shared = &acting.shared;
        let kept = shared.schema(acting.storage(), ground.realm()).await.unwrap();
        let stored = shared
            .reload_schema(acting.storage(), ground.realm())
            .await
            .unwrap();
        assert_eq!(kept.version, stored.version, "{when}");
        assert_eq!(kept.rule_book(), stored.rule_book(), "{when}");
        // What is noted about a rule beside its condition is nothing that decisions read.
        let names = |schema: &crate::plan::Schema| -> BTreeSet<EntityId> {
            schema.records(Kind::Rule).map(|record| record.id).collect()
        };
        assert_eq!(names(&kept), names(&stored), "{when}");
        assert_eq!(kept.settings, stored.settings, "{when}");
    };
    person(ground, "somebody", "Utica").await;
    let create = CreateRole::internal("r").when(r#"city eq "Utica""#);
    let role: RoleId = acting.execute(create).await.unwrap().id().unwrap();
    same("a rule is made").await;
    let change = |condition: Option<&str>| UpdateRole {
        condition: Some(condition.map(Filter::scim)),
        ..UpdateRole::new(role)
    };
    acting
        .execute(change(Some(r#"job pr and city sw "U""#)))
        .await
        .unwrap();
    same("a rule is changed").await;
    acting
        .execute(change(Some(r#"hired_on le "now-864000s""#)))
        .await
        .unwrap();
    same("a rule reads the time").await;
    let group = CreateGroup::new("g").when(r#"city eq "Rome""#);
    acting.execute(group).await.unwrap();
    same("another rule is made").await;
    let undone = acting.execute(change(None)).await.unwrap();
    same("a rule is gone").await;
    let undo = crate::service::Undo::Revision(undone.revision.unwrap());
    acting.rollback(&undo, Default::default()).await.unwrap();
    same("a rule comes back").await;
    let causes = acting.history(role, None, 100).await.unwrap();
    assert!(causes.iter().any(|item| item.cause == Cause::Rollback));
}

/// S0-12: searches that go through everybody find who has the value now, whatever they had before and whoever keeps what in
/// memory.
pub(super) async fn searches_for_everybody_follow_changes(ground: &Ground) {
    let cities = ["Utica", "Rome", "Troy"];
    let commands: Vec<Command> = (0..60)
        .map(|n| {
            CreateUser::new(format!("u{n}"))
                .set("city", cities[n % 3])
                .set("job", format!("Job {}", n % 4))
                .into()
        })
        .collect();
    let (people, _) = people(ground, &commands).await;
    let agree = async |when: &str| {
        let mut expected: BTreeMap<String, BTreeSet<EntityId>> = BTreeMap::new();
        for record in everybody(ground).await {
            if !record.is_deleted() && record.text("job") != "Job 1" {
                expected
                    .entry(record.text("city").to_owned())
                    .or_default()
                    .insert(record.id);
            }
        }
        for _ in 0..3 {
            for city in ["Utica", "Rome", "Troy", "Ilion"] {
                let filter = Predicate::eq("city", city).and(Predicate::eq("job", "Job 1").negate());
                let search = Search::new(Kind::User).filter(filter).limit(500);
                let page = ground.acme.search(&search).await.unwrap();
                let found: BTreeSet<EntityId> = page.items.iter().map(|record| record.id).collect();
                assert_eq!(
                    found,
                    expected.get(city).cloned().unwrap_or_default(),
                    "{when}: {city}"
                );
            }
            let either = Search::new(Kind::User)
                .filter(Predicate::any_of("city", ["Utica", "Ilion"]))
                .limit(500);
            let found = ground.acme.search(&either).await.unwrap().items.len();
            let all = everybody(ground).await;
            let lives = |record: &&std::sync::Arc<Record>| {
                !record.is_deleted() && ["Utica", "Ilion"].contains(&record.text("city"))
            };
            assert_eq!(found, all.iter().filter(lives).count(), "{when}");
        }
    };
    agree("at first").await;
    ground.acme.execute(moves(people[0], "Rome")).await.unwrap();
    ground.acme.execute(moves(people[1], "Ilion")).await.unwrap();
    agree("two moved").await;
    ground.acme.execute(moves(people[0], "Utica")).await.unwrap();
    ground.acme.execute(deletes(people[3])).await.unwrap();
    ground
        .acme
        .execute(UpdateUser::new(people[6]).unset("city"))
        .await
        .unwrap();
    agree("one came back, one is deleted, one has none").await;
    ground
        .acme
        .execute(UndeleteUser { user: people[3] })
        .await
        .unwrap();
    person(ground, "late", "Ilion").await;
    agree("one is undeleted, one is new").await;
}
