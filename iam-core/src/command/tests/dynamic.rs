//! Dynamic roles and groups.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::{
    command::{
        AddGroupMembers, AddMembership, CreateGroup, CreateRole, CreateUser, DeleteGroup, DeleteMode,
        DeleteRole, DeleteUser, DisableUser, GrantDisposition, GrantRole, JoinOrganization, RemoveAttribute,
        RemoveMembership, RevokeRole, SetManager, TransferOrganization, UndeleteUser, UpdateGroup,
        UpdateRole, UpdateUser,
    },
    model::{EdgeKey, EdgeOrigin, EntityId, GroupId, Kind, Relation, RoleId, Window},
    plan::{Cause, Change, Direction},
    query::Filter,
    rules::{Rule, subject::Surrounded},
    wire::Code,
};

/// A change of a rule takes a few rounds more: the rule, whom it selects, their edges.
fn world() -> World {
    let mut world = World::new();
    world.limit = 6;
    world
}

fn holders(world: &World, role: RoleId) -> BTreeSet<EntityId> {
    world.ends(role, Direction::To, Relation::HasRole)
}

fn members(world: &World, group: GroupId) -> BTreeSet<EntityId> {
    world.ends(group, Direction::To, Relation::InGroup)
}

fn in_city(world: &mut World, name: &str, city: &str) -> UserId {
    world.made(CreateUser::new(name).set("city", city))
}

fn set<const N: usize>(ids: [UserId; N]) -> BTreeSet<EntityId> {
    ids.into_iter().map(EntityId::from).collect()
}

/// S2-25, S2-26, S0-118: by filter text, by CEL, by a tree; membership follows in the plan that causes it.
#[test]
fn membership_follows_in_the_plan_that_causes_it() {
    let mut world = world();
    let alice = in_city(&mut world, "alice", "Utica");
    let bob = in_city(&mut world, "bob", "Rome");
    let role: RoleId = world.made(CreateRole::internal("Utica").when(r#"city eq "utica""#));
    assert_eq!(holders(&world, role), set([alice]));
    let group: GroupId = world.made(CreateGroup::new("Rome").when(r#"user.city == "Rome" || job == "Any""#));
    assert_eq!(members(&world, group), set([bob]));
    // A preview shows the edges.
    let plan = world.decide(UpdateUser::new(bob).set("city", "Utica")).unwrap();
    let edges: Vec<_> = plan
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Edge { before, after, cause } => Some((before.is_some(), after.is_some(), *cause)),
            Change::Record { .. } => None,
        })
        .collect();
    assert_eq!(edges.len(), 2);
    assert!(edges.contains(&(true, false, Cause::Rule)) && edges.contains(&(false, true, Cause::Rule)));
    world.apply(&plan);
    assert_eq!(holders(&world, role), set([alice, bob]));
    assert!(members(&world, group).is_empty());
    // New people, people who go and come back.
    let carol = in_city(&mut world, "carol", "UTICA");
    assert_eq!(holders(&world, role), set([alice, bob, carol]));
    world.ok(DeleteUser {
        user: carol,
        mode: DeleteMode::Soft,
    });
    world.ok(UpdateRole {
        condition: Some(Some(Filter::scim(r#"city eq "Rome""#))),
        ..UpdateRole::new(role)
    });
    world.ok(UndeleteUser { user: carol });
    assert!(holders(&world, role).is_empty());
}

/// S0-119
#[test]
fn everyone_and_no_one_verbatim() {
    let mut world = world();
    let (alice, bob) = (user(&mut world, "alice"), user(&mut world, "bob"));
    let group: GroupId = world.made(CreateGroup::new("all").when("1==1"));
    assert_eq!(members(&world, group), set([alice, bob]));
    let carol = user(&mut world, "carol");
    assert_eq!(members(&world, group), set([alice, bob, carol]));
    assert_eq!(world.record(group).text("condition"), "1==1");
    world.ok(UpdateGroup {
        condition: Some(Some(Filter::scim("1==0"))),
        ..update(group)
    });
    assert!(members(&world, group).is_empty());
    assert_eq!(world.record(group).text("condition"), "1==0");
}

fn update(group: GroupId) -> UpdateGroup {
    serde_json::from_value(serde_json::json!({"group": group})).unwrap()
}

/// S2-31: losing the condition keeps the direct grant, with its own terms.
#[test]
fn a_direct_grant_survives_the_rule() {
    let mut world = world();
    let alice = in_city(&mut world, "alice", "Utica");
    let role: RoleId = world.made(CreateRole::internal("Utica").when(r#"city eq "Utica""#));
    world.ok(GrantRole::new(role, [alice.into()]).until("2026-11-22T00:00:00Z"));
    let key = EdgeKey {
        from: alice.into(),
        relation: Relation::HasRole,
        to: role.into(),
    };
    let both = world.edges[&key].clone();
    assert_eq!(both.origins, [EdgeOrigin::Direct, EdgeOrigin::Rule].into());
    assert!(both.window == Window::default());
    world.ok(UpdateUser::new(alice).set("city", "Rome"));
    let direct = world.edges[&key].clone();
    assert_eq!(direct.origins, [EdgeOrigin::Direct].into());
    assert!(direct.window.until.is_some());
    world.ok(UpdateUser::new(alice).set("city", "Utica"));
    assert_eq!(world.edges[&key], both);
    world.ok(RevokeRole {
        role,
        holders: set([alice]),
    });
    assert_eq!(world.edges[&key].origins, [EdgeOrigin::Rule].into());
    world.ok(UpdateRole {
        condition: Some(None),
        ..UpdateRole::new(role)
    });
    assert!(world.edges.is_empty() && !world.has(Rule::id(role.into())));
    // The same for groups.
    let group: GroupId = world.made(CreateGroup::new("g").when("1==1"));
    world.ok(AddGroupMembers {
        group,
        members: set([alice]),
        window: Window::default(),
    });
    world.ok(UpdateGroup {
        condition: Some(None),
        ..update(group)
    });
    assert_eq!(members(&world, group), set([alice]));
}

#[test]
fn conditions_read_memberships_managers_and_the_tree() {
    let mut world = world();
    let top = organization(&mut world, "top", None);
    let low = organization(&mut world, "low", None);
    let (alice, bob) = (user(&mut world, "alice"), user(&mut world, "bob"));
    let within: RoleId =
        world.made(CreateRole::internal("within").when(format!(r#"within_organization eq "{top}""#)));
    let direct: RoleId =
        world.made(CreateRole::internal("direct").when(format!(r#""{low}" in organizations"#)));
    let reports: RoleId = world.made(CreateRole::internal("reports").when(format!(r#"manager eq "{bob}""#)));
    world.ok(AddMembership {
        member: alice.into(),
        organizations: vec![JoinOrganization::new(low)],
    });
    assert_eq!(
        (holders(&world, direct), holders(&world, within)),
        (set([alice]), set([]))
    );
    world.ok(TransferOrganization {
        organization: low,
        parent: Some(top),
    });
    assert_eq!(holders(&world, within), set([alice]));
    world.ok(SetManager {
        user: alice,
        manager: Some(bob),
    });
    assert_eq!(holders(&world, reports), set([alice]));
    // A manager who is deleted manages nobody, and does again when undeleted.
    world.ok(DeleteUser {
        user: bob,
        mode: DeleteMode::Soft,
    });
    assert_eq!(holders(&world, reports), set([]));
    world.ok(UndeleteUser { user: bob });
    assert_eq!(holders(&world, reports), set([alice]));
    world.ok(RemoveMembership {
        member: alice.into(),
        organizations: vec![low],
    });
    assert_eq!(
        (holders(&world, direct), holders(&world, within)),
        (set([]), set([]))
    );
}

#[test]
fn groups_select_organizations_and_positions_too() {
    let mut world = world();
    let sales = organization(&mut world, "Sales", None);
    let mut create = CreateGroup::new("s")
        .of([Kind::Organization])
        .when(r#"name sw "S""#);
    create.condition_kind = Some("user".into());
    assert_eq!(world.wrong(create.clone())["condition_kind"], "value.not_allowed");
    create.condition_kind = None;
    let group: GroupId = world.made(create);
    assert_eq!(members(&world, group), [sales.into()].into());
    let support = organization(&mut world, "Support", None);
    assert_eq!(members(&world, group), [sales.into(), support.into()].into());
    assert_eq!(world.record(group).text("condition_kind"), "organization");
}

/// S0-120: what does not map, is unknown, or would make rules depend on each other is refused when it is written.
#[test]
fn wrong_conditions_are_refused_when_they_are_written() {
    let mut world = world();
    for condition in [
        "shoe_size gt 4",
        "street pr",
        "city eq",
        "size(city) > 3",
        "'; DROP TABLE users",
        r#"groups eq "group_00000000000000000000000001""#,
        r#"roles eq "role_00000000000000000000000001""#,
        "roles_by_rule pr",
        r#"privileged gt true"#,
    ] {
        let wrong = world.wrong(CreateRole::internal("w").when(condition));
        assert_eq!(wrong["condition"], "search.filter", "{condition}");
    }
    let mut device = CreateRole::internal("d").when(r#"model eq "x""#);
    device.condition_kind = Some("device".into());
    world.ok(device);
    let define = command(
        r#"{"command": "attribute.define", "kind": "user", "name": "shoe_size", "label": "Shoe size",
            "type": "integer", "searchable": true}"#,
    );
    world.ok(define);
    let role: RoleId = world.made(CreateRole::internal("w").when("shoe_size gt 40"));
    let big = world.made::<UserId>(CreateUser::new("big").set("shoe_size", 45));
    assert_eq!(holders(&world, role), set([big]));
    // An attribute that a condition reads stays.
    let remove = RemoveAttribute {
        kind: Kind::User,
        name: "shoe_size".into(),
    };
    let problem = world.refused_as(Code::InUse, remove.clone());
    assert!(problem.details[0].contains(&role.to_string()));
    world.ok(DeleteRole {
        grants: Some(GrantDisposition::Revoke),
        ..DeleteRole::new(role)
    });
    world.ok(remove);
    assert!(world.edges.is_empty());
}

/// Conditions that depend on time are evaluated at the moment of the decision.
#[test]
fn now_is_the_moment_of_the_decision() {
    let mut world = world();
    let role: RoleId =
        world.made(CreateRole::internal("old hands").when(r#"hired_on <= now - duration("240h")"#));
    let alice: UserId = world.made(CreateUser::new("alice").set("hired_on", "2026-11-11"));
    let bob: UserId = world.made(CreateUser::new("bob").set("hired_on", "2026-11-12"));
    assert_eq!(holders(&world, role), set([alice]));
    assert!(world.schema().rule_of(role.into()).unwrap().timed);
    world.now = world.now.plus_days(1);
    world.ok(crate::command::ApplyRule {
        owner: role.into(),
        subjects: set([alice, bob]),
        complete: true,
    });
    assert_eq!(holders(&world, role), set([alice, bob]));
    assert!(!world.record(Rule::id(role.into())).flag("pending"));
}

/// Only rules that read what changed are run: the others' edges are not even asked for.
#[test]
fn rules_that_do_not_read_what_changed_are_not_run() {
    let mut world = world();
    let alice = in_city(&mut world, "alice", "Utica");
    world.ok(CreateRole::internal("r").when(r#"city eq "Utica""#));
    let plan = world.decide(UpdateUser::new(alice).set("job", "Nurse")).unwrap();
    assert!(
        plan.changes
            .iter()
            .all(|change| matches!(change, Change::Record { .. }))
    );
    let plan = world.decide(DisableUser {
        user: alice,
        by: Default::default(),
    });
    assert_eq!(plan.unwrap().changes.len(), 1);
}

#[test]
fn a_deleted_dynamic_group_leaves_nothing() {
    let mut world = world();
    user(&mut world, "alice");
    let group: GroupId = world.made(CreateGroup::new("g").when("1==1"));
    world.ok(DeleteGroup { group });
    assert!(world.edges.is_empty() && !world.has(Rule::id(group.into())));
    user(&mut world, "bob");
    assert!(world.edges.is_empty());
}

/// A rule and those whom it concerns in one plan.
#[test]
fn a_stack_sees_its_own_rules() {
    let mut world = world();
    let id: RoleId = "role_00000000000000000000000007".parse().unwrap();
    let mut create = CreateRole::internal("r").when("1==1");
    create.id = Some(id);
    let commands = [
        CreateUser::new("before").into(),
        create.into(),
        CreateUser::new("after").into(),
    ];
    let plan = world.stack(&commands).unwrap();
    world.apply(&plan);
    assert_eq!(holders(&world, id).len(), 2);
}

fn condition() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        (0..3u8).prop_map(|n| format!("city eq \"c{n}\"")),
        (0..3u8).prop_map(|n| format!("job sw \"j{n}\"")),
        Just("phone pr".to_owned()),
        Just("privileged eq true".to_owned()),
        Just("1==1".to_owned()),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) and ({b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) or ({b})")),
            inner.prop_map(|a| format!("not ({a})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    /// S2-25, S2-31: after any stream of changes everybody is where a naive evaluation of every rule puts them.
    #[test]
    fn members_are_those_of_the_naive_twin(
        steps in prop::collection::vec((0..6u8, 0..4usize, 0..3u8, condition()), 1..25),
    ) {
        let mut world = world();
            let users: Vec<UserId> = (0..4).map(|n| user(&mut world, &format!("u{n}"))).collect();
        let roles: Vec<RoleId> = (0..4)
            .map(|n| world.made(CreateRole::internal(format!("r{n}"))))
            .collect();
        for (what, at, n, condition) in steps {
            let _ = match what {
                0 => world.run(UpdateUser::new(users[at]).set("city", format!("c{n}"))),
                1 => world.run(UpdateUser::new(users[at]).set("job", format!("j{n}x"))),
                2 => world.run(UpdateRole {
                    condition: Some(Some(Filter::scim(condition))),
                    ..UpdateRole::new(roles[at])
                }),
                3 => world.run(UpdateRole {
                    condition: Some(None),
                    ..UpdateRole::new(roles[at])
                }),
                4 => world.run(GrantRole::new(roles[at], [users[n as usize].into()])),
                _ => world.run(UpdateUser::new(users[at]).set("privileged", n == 0)),
            };
            let schema = world.schema();
            for role in &roles {
                let text = world.record(*role).text("condition").to_owned();
                let expected: BTreeSet<EntityId> = if text.is_empty() {
                    BTreeSet::new()
                } else {
                    let rule =
                        Rule::compile(&schema, (*role).into(), Kind::User, &Filter::from_text(&text)).unwrap();
                    let checked = rule.at(&schema, world.now).unwrap();
                    let selected = users.iter().filter(|id| {
                        checked.matches(&Surrounded { record: world.record(**id), surroundings: &world })
                    });
                    selected.map(|id| EntityId::from(*id)).collect()
                };
                let ruled: BTreeSet<EntityId> = world
                    .edges
                    .values()
                    .filter(|edge| edge.key.to == (*role).into() && edge.origins.contains(&EdgeOrigin::Rule))
                    .map(|edge| edge.key.from)
                    .collect();
                prop_assert_eq!(ruled, expected);
            }
        }
    }
}
