//! Roles, grants, dynamic membership, owners, on every backend.

use std::collections::BTreeSet;

use super::{ground::Ground, words::definitions};
use crate::{
    command::{
        AddAdministrator, AddMembership, AddOwner, AddRoleAssignments, AddRoleExclusions, CreateAssignment,
        CreateGroup, CreateRole, CreateUser, DeleteMode, DeleteRole, DeleteUser, GrantDisposition, GrantRole,
        JoinOrganization, RevokeRole, TransferOrganization, UpdateRole, UpdateUser,
    },
    model::{
        AssignmentId, EdgeOrigin, EntityId, GroupId, Kind, OrganizationId, Relation, RoleId, UserId, Window,
    },
    plan::{Cause, Change, Direction},
    query::Filter,
    rules::Rule,
    search::{Deleted, Predicate, Search},
    service::{CloneMode, Undo},
    testing::{Random, oracle::Oracle},
    wire::Code,
};

async fn made<T: TryFrom<EntityId>>(ground: &Ground, command: impl Into<crate::command::Command>) -> T {
    ground.acme.execute(command).await.unwrap().id().unwrap()
}

async fn user(ground: &Ground, name: &str, city: &str) -> UserId {
    made(ground, CreateUser::new(name).set("city", city)).await
}

/// Who has it by rule, by the search and by the edges.
async fn ruled(ground: &Ground, owner: impl Into<EntityId>) -> BTreeSet<EntityId> {
    let owner = owner.into();
    let (mark, relation) = match owner.kind {
        Kind::Group => ("groups_by_rule", Relation::InGroup),
        _ => ("roles_by_rule", Relation::HasRole),
    };
    let search = Search::new(Kind::User)
        .filter(Predicate::eq(mark, owner))
        .deleted(Deleted::Exclude)
        .limit(1_000);
    let found: BTreeSet<EntityId> = ground
        .acme
        .search(&search)
        .await
        .unwrap()
        .items
        .iter()
        .map(|record| record.id)
        .collect();
    let edges = ground.acme.edges(owner, Direction::To, relation).await.unwrap();
    let by_edge: BTreeSet<EntityId> = edges
        .iter()
        .filter(|edge| edge.origins.contains(&EdgeOrigin::Rule))
        .map(|edge| edge.key.from)
        .collect();
    assert_eq!(found, by_edge);
    found
}

/// S2-25, S2-26, S2-31, S0-118: membership follows each change, a preview shows it, an undo takes it back.
pub(super) async fn dynamic_roles_follow(ground: &Ground) {
    let (alice, bob) = (
        user(ground, "alice", "Utica").await,
        user(ground, "bob", "Rome").await,
    );
    let role: RoleId = made(ground, CreateRole::internal("r").when(r#"user.city == "Utica""#)).await;
    let group: GroupId = made(ground, CreateGroup::new("g").when(r#"city eq "Rome""#)).await;
    assert_eq!(ruled(ground, role).await, [alice.into()].into());
    assert_eq!(ruled(ground, group).await, [bob.into()].into());
    let update = UpdateUser::new(bob).set("city", "utica");
    let preview = ground.acme.preview(update.clone()).await.unwrap();
    let derived = preview.plan.changes.iter().filter(|change| {
        matches!(
            change,
            Change::Edge {
                cause: Cause::Rule,
                ..
            }
        )
    });
    assert_eq!(derived.count(), 2);
    assert_eq!(ruled(ground, role).await, [alice.into()].into());
    let done = ground.acme.execute(update).await.unwrap();
    assert_eq!(ruled(ground, role).await, [alice.into(), bob.into()].into());
    assert!(ruled(ground, group).await.is_empty());
    // A direct grant beside the rule.
    ground
        .acme
        .execute(GrantRole::new(role, [bob.into()]))
        .await
        .unwrap();
    let undo = Undo::Revision(done.revision.unwrap());
    ground.acme.rollback(&undo, Default::default()).await.unwrap();
    assert_eq!(ruled(ground, role).await, [alice.into()].into());
    assert_eq!(ruled(ground, group).await, [bob.into()].into());
    let held = ground
        .acme
        .edges(bob, Direction::From, Relation::HasRole)
        .await
        .unwrap();
    assert_eq!(held[0].origins, [EdgeOrigin::Direct].into());
    // The journal says why.
    let history = ground.acme.history(alice, None, 100).await.unwrap();
    assert!(history.iter().any(|item| item.cause == Cause::Rule));
}

/// More members than a plan moves: they follow in steps, under one change set, and a second time finds nothing to do.
pub(super) async fn large_rules_follow_in_steps(ground: &Ground) {
    let commands: Vec<crate::command::Command> = (0..620)
        .map(|n| {
            CreateUser::new(format!("u{n}"))
                .set("city", if n % 2 == 0 { "Utica" } else { "Rome" })
                .into()
        })
        .collect();
    ground.acme.batch(&commands, Default::default()).await.unwrap();
    let difference = ground
        .acme
        .rule_difference(ground.fresh(Kind::Role), Kind::User, &Filter::scim("1==1"))
        .await
        .unwrap();
    assert_eq!((difference.gainers, difference.losers), (620, 0));
    let done = ground
        .acme
        .execute(CreateRole::internal("r").when("1==1"))
        .await
        .unwrap();
    let role: RoleId = done.id().unwrap();
    assert!(
        done.remarks.iter().any(|remark| remark.contains("620")),
        "{:?}",
        done.remarks
    );
    assert_eq!(ruled(ground, role).await.len(), 620);
    let narrow = Filter::scim(r#"city eq "Utica""#);
    let difference = ground
        .acme
        .rule_difference(role.into(), Kind::User, &narrow)
        .await
        .unwrap();
    assert_eq!((difference.gainers, difference.losers), (0, 310));
    let update = UpdateRole {
        condition: Some(Some(narrow)),
        ..UpdateRole::new(role)
    };
    // What fits a plan is in the plan.
    let preview = ground.acme.preview(update.clone()).await.unwrap();
    let gone = preview
        .plan
        .changes
        .iter()
        .filter(|change| matches!(change, Change::Edge { .. }));
    assert_eq!(gone.count(), 310);
    ground.acme.execute(update).await.unwrap();
    assert_eq!(ruled(ground, role).await.len(), 310);
    assert_eq!(ground.acme.upkeep().await.unwrap().ruled, 0);
    // Several rules at once that ask for values of one attribute: the members of each are those of its condition.
    let conditions = [
        r#"city eq "Utica""#,
        r#"city eq "Rome" and user_name sw "u1""#,
        r#"city eq "Rome" and not (user_name sw "u1")"#,
        r#"city eq "Utica" and user_name ew "4""#,
        r#"city eq "Troy""#,
    ];
    let commands: [crate::command::Command; 5] =
        conditions.map(|condition| CreateGroup::new(condition).when(condition).into());
    let made = ground.acme.batch(&commands, Default::default()).await.unwrap();
    assert_eq!(made.results.len(), conditions.len());
    for (condition, made) in conditions.into_iter().zip(made.results) {
        let mark = Predicate::eq("groups_by_rule", made.unwrap().unwrap());
        let [members, selected] = [
            ground.acme.count(Kind::User, mark).await.unwrap(),
            ground
                .acme
                .count(Kind::User, Predicate::from_scim(condition).unwrap())
                .await
                .unwrap(),
        ];
        assert_eq!(members, selected, "{condition}");
    }
    assert_eq!(ground.acme.upkeep().await.unwrap().ruled, 0);
    ground
        .acme
        .execute(UpdateRole {
            condition: Some(None),
            ..UpdateRole::new(role)
        })
        .await
        .unwrap();
    assert!(ruled(ground, role).await.is_empty());
}

/// Conditions that depend on time are carried out by the upkeep.
pub(super) async fn timed_rules_follow_the_clock(ground: &Ground) {
    let now = ground.acme.context().now;
    let day = |days| {
        now.plus_days(days)
            .to_string()
            .chars()
            .take(10)
            .collect::<String>()
    };
    let alice: UserId = made(ground, CreateUser::new("alice").set("hired_on", day(-9))).await;
    let bob: UserId = made(ground, CreateUser::new("bob").set("hired_on", day(-12))).await;
    let role: RoleId = made(
        ground,
        CreateRole::internal("old").when(r#"hired_on <= now - duration("240h")"#),
    )
    .await;
    assert_eq!(ruled(ground, role).await, [bob.into()].into());
    ground.clock.advance_days(3);
    assert_eq!(ground.acme.upkeep().await.unwrap().ruled, 1);
    assert_eq!(ruled(ground, role).await, [alice.into(), bob.into()].into());
    assert_eq!(ground.acme.upkeep().await.unwrap().ruled, 0);
    // A membership that begins later.
    let organization: OrganizationId = ground.organization("o", None).await.try_into().unwrap();
    let within: RoleId = made(
        ground,
        CreateRole::internal("in").when(format!(r#"organizations eq "{organization}""#)),
    )
    .await;
    let join = JoinOrganization {
        window: Window {
            from: Some(ground.acme.context().now.plus_days(1)),
            until: None,
        },
        ..JoinOrganization::new(organization)
    };
    let add = AddMembership {
        member: alice.into(),
        organizations: vec![join],
    };
    ground.acme.execute(add).await.unwrap();
    assert!(ruled(ground, within).await.is_empty());
    ground.clock.advance_days(2);
    ground.acme.upkeep().await.unwrap();
    assert_eq!(ruled(ground, within).await, [alice.into()].into());
}

/// S2-25, S0-120: random conditions over random people: whom the engine selects are those whom the naive evaluation of
/// the oracle selects, after every change, on every backend.
pub(super) async fn rules_agree_with_the_naive_twin(ground: &Ground) {
    let mut random = Random::new(5);
    let top = ground.organization("top", None).await;
    let low: OrganizationId = ground.organization("low", Some(top)).await.try_into().unwrap();
    let other: OrganizationId = ground.organization("other", None).await.try_into().unwrap();
    let mut users = Vec::new();
    for n in 0..12 {
        users.push(
            user(
                ground,
                &format!("u{n}"),
                if n % 3 == 0 { "Utica" } else { "Rome" },
            )
            .await,
        );
    }
    let conditions = [
        r#"city eq "utica""#.to_owned(),
        r#"city eq "Rome" and not (job sw "N")"#.to_owned(),
        r#"job in ["Nurse", "Doctor"] || privileged"#.to_owned(),
        "phone pr".to_owned(),
        format!(r#"within_organization eq "{top}""#),
        format!(r#""{other}" in organizations && city == "Rome""#),
        "1==1".to_owned(),
        "1==0".to_owned(),
    ];
    let mut roles: Vec<RoleId> = Vec::new();
    for n in 0..4 {
        roles.push(made(ground, CreateRole::internal(format!("r{n}"))).await);
    }
    for _ in 0..60 {
        let who = *random.pick(&users).unwrap();
        let role = *random.pick(&roles).unwrap();
        let organization = if random.percent(50) { low } else { other };
        let command: crate::command::Command = match random.below(8) {
            0 => UpdateUser::new(who)
                .set("city", if random.percent(50) { "Utica" } else { "Rome" })
                .into(),
            1 => UpdateUser::new(who)
                .set("job", *random.pick(&["Nurse", "Doctor", "Clerk"]).unwrap())
                .into(),
            2 => UpdateUser::new(who).set("privileged", random.percent(50)).into(),
            3 => AddMembership {
                member: who.into(),
                organizations: vec![JoinOrganization::new(organization)],
            }
            .into(),
            4 => TransferOrganization {
                organization: low,
                parent: if random.percent(50) {
                    Some(other)
                } else {
                    top.try_into().ok()
                },
            }
            .into(),
            5 => GrantRole::new(role, [who.into()]).into(),
            6 => RevokeRole {
                role,
                holders: [who.into()].into(),
            }
            .into(),
            _ => UpdateRole {
                condition: Some(Some(Filter::scim(random.pick(&conditions).unwrap().clone()))),
                ..UpdateRole::new(role)
            }
            .into(),
        };
        drop(ground.acme.execute(command).await);
        let dump = ground.dump().await;
        let schema = ground.acme.schema().await.unwrap();
        let oracle = Oracle {
            dump: &dump,
            now: ground.acme.context().now,
            definitions: &definitions,
        };
        for role in &roles {
            let text = dump.records[&(*role).into()].text("condition").to_owned();
            let mut expected = BTreeSet::new();
            if !text.is_empty() {
                let rule =
                    Rule::compile(&schema, (*role).into(), Kind::User, &Filter::from_text(&text)).unwrap();
                for record in dump.records.values().filter(|record| record.kind() == Kind::User) {
                    if oracle.holds(&rule.predicate, record) {
                        expected.insert(record.id);
                    }
                }
            }
            assert_eq!(ruled(ground, *role).await, expected, "{text}");
        }
    }
}

/// S2-32, S2-17, S2-5: names are unique, grants have a time, administrators of the platform are listed apart, a
/// granted role is not deleted.
pub(super) async fn roles_and_grants(ground: &Ground) {
    let (alice, bob) = (user(ground, "alice", "x").await, user(ground, "bob", "x").await);
    let role: RoleId = made(ground, CreateRole::internal("Boss").set("administrative", true)).await;
    let taken = ground
        .acme
        .execute(CreateRole::internal("BOSS"))
        .await
        .unwrap_err();
    assert_eq!(taken.code, Code::Taken);
    let start = ground.acme.context().now.plus_days(1).to_string();
    let later = GrantRole::new(role, [bob.into()]).from(start);
    ground.acme.execute(later).await.unwrap();
    ground
        .acme
        .execute(GrantRole::new(role, [alice.into()]))
        .await
        .unwrap();
    let listed = async || -> BTreeSet<EntityId> {
        let found = ground.acme.platform_administrators().await.unwrap();
        found.iter().map(|record| record.id).collect()
    };
    assert_eq!(listed().await, [alice.into()].into());
    ground.clock.advance_days(2);
    assert_eq!(listed().await, [alice.into(), bob.into()].into());
    let refused = ground.acme.execute(DeleteRole::new(role)).await.unwrap_err();
    assert_eq!(refused.code, Code::InUse);
    let delete = DeleteRole {
        grants: Some(GrantDisposition::Revoke),
        ..DeleteRole::new(role)
    };
    ground.acme.execute(delete).await.unwrap();
    assert!(listed().await.is_empty());
}

/// S2-68, S2-75, S2-85
pub(super) async fn owners_and_administrators(ground: &Ground) {
    let (alice, bob) = (user(ground, "alice", "x").await, user(ground, "bob", "x").await);
    let organization: OrganizationId = ground.organization("o", None).await.try_into().unwrap();
    let own = AddOwner {
        organization,
        user: alice,
        override_reason: None,
    };
    ground.acme.execute(own).await.unwrap();
    let join = |user: UserId| AddMembership {
        member: user.into(),
        organizations: vec![JoinOrganization::new(organization)],
    };
    let refused = ground.acme.execute(join(alice)).await.unwrap_err();
    assert_eq!(refused.code, Code::OwnerIsMember);
    let administer = AddAdministrator {
        organization,
        user: bob,
        window: Window::default(),
        override_reason: None,
    };
    let refused = ground.acme.execute(administer.clone()).await.unwrap_err();
    assert_eq!(refused.code, Code::AdministratorNotMember);
    ground.acme.execute(join(bob)).await.unwrap();
    ground.acme.execute(administer).await.unwrap();
    let delete = DeleteUser {
        user: alice,
        mode: DeleteMode::Soft,
    };
    assert_eq!(
        ground.acme.execute(delete).await.unwrap_err().code,
        Code::LastOwner
    );
    let owned = Predicate::eq("owns", EntityId::from(organization));
    let found = ground
        .acme
        .search(&Search::new(Kind::User).filter(owned))
        .await
        .unwrap();
    assert_eq!(found.items[0].id, alice.into());
}

/// S0-55, S0-56
pub(super) async fn access_is_cloned(ground: &Ground) {
    let (alice, bob) = (
        user(ground, "alice", "Utica").await,
        user(ground, "bob", "Rome").await,
    );
    let [one, two, old]: [RoleId; 3] = [
        made(ground, CreateRole::internal("one")).await,
        made(ground, CreateRole::internal("two")).await,
        made(ground, CreateRole::internal("old")).await,
    ];
    let ruled_role: RoleId = made(ground, CreateRole::internal("ruled").when(r#"city eq "Utica""#)).await;
    let apart: RoleId = made(ground, CreateRole::internal("apart")).await;
    let exclude = AddRoleExclusions {
        role: old,
        roles: [apart].into(),
        separate: true,
    };
    ground.acme.execute(exclude).await.unwrap();
    for role in [one, two, apart] {
        ground
            .acme
            .execute(GrantRole::new(role, [alice.into()]))
            .await
            .unwrap();
    }
    for role in [two, old] {
        ground
            .acme
            .execute(GrantRole::new(role, [bob.into()]))
            .await
            .unwrap();
    }
    let preview = ground
        .acme
        .preview_clone(alice, bob, CloneMode::Union)
        .await
        .unwrap();
    assert_eq!(preview.copied, [one.into()]);
    let skipped: BTreeSet<(EntityId, String)> = preview
        .skipped
        .into_iter()
        .map(|skipped| (skipped.id, skipped.code))
        .collect();
    assert_eq!(
        skipped,
        BTreeSet::from([
            (ruled_role.into(), "inherited".to_owned()),
            (two.into(), "held".to_owned()),
            (apart.into(), "role.separation".to_owned()),
        ])
    );
    let held = async || -> BTreeSet<EntityId> {
        let edges = ground
            .acme
            .edges(bob, Direction::From, Relation::HasRole)
            .await
            .unwrap();
        edges.iter().map(|edge| edge.key.to).collect()
    };
    assert_eq!(held().await, [two.into(), old.into()].into());
    ground
        .acme
        .clone_access(alice, bob, CloneMode::Union)
        .await
        .unwrap();
    assert_eq!(held().await, [one.into(), two.into(), old.into()].into());
    let replaced = ground
        .acme
        .clone_access(alice, bob, CloneMode::Replace)
        .await
        .unwrap();
    assert_eq!(replaced.removed, [old.into()]);
    // With the old role gone the other is free; it is taken in the next run.
    ground
        .acme
        .clone_access(alice, bob, CloneMode::Replace)
        .await
        .unwrap();
    assert_eq!(held().await, [one.into(), two.into(), apart.into()].into());
}

/// S2-48, S2-57, S4-49, S4-50, S4-64: what roles in effect want, on every path; a switch takes what is inherited and
/// leaves what is direct.
pub(super) async fn wanted_state_of_a_person(ground: &Ground) {
    let alice = user(ground, "alice", "x").await;
    let mailbox: AssignmentId = made(
        ground,
        CreateAssignment::new("mail", "directory").value("memberOf", "cn=mail"),
    )
    .await;
    let phone: AssignmentId = made(
        ground,
        CreateAssignment::new("phone", "directory").value("memberOf", "cn=phone"),
    )
    .await;
    let direct: RoleId = made(
        ground,
        CreateRole::external("direct")
            .set("inheritance_class", "subscription")
            .set("risk_index", crate::model::Value::Number(0.25)),
    )
    .await;
    let inherited: RoleId = made(
        ground,
        CreateRole::external("inherited")
            .set("inheritance_class", "subscription")
            .set("risk_index", crate::model::Value::Number(0.75)),
    )
    .await;
    for (role, assignment) in [(direct, mailbox), (inherited, phone)] {
        let add = AddRoleAssignments {
            role,
            assignments: [assignment].into(),
        };
        ground.acme.execute(add).await.unwrap();
    }
    let top = ground.organization("top", None).await;
    let low: OrganizationId = ground.organization("low", Some(top)).await.try_into().unwrap();
    ground
        .acme
        .execute(GrantRole::new(direct, [alice.into()]))
        .await
        .unwrap();
    ground
        .acme
        .execute(GrantRole::new(inherited, [top]))
        .await
        .unwrap();
    let join = AddMembership {
        member: alice.into(),
        organizations: vec![JoinOrganization::new(low)],
    };
    let preview = ground.acme.preview(join.clone()).await.unwrap();
    let steps = ground.acme.wanted_after(alice, &preview.plan).await.unwrap();
    assert_eq!(steps["directory"].attributes["memberOf"].add, ["cn=phone".into()]);
    ground.acme.execute(join).await.unwrap();
    let values = async || {
        let state = ground.acme.wanted_state(alice).await.unwrap();
        state.wanted["directory"]["memberOf"].values.len()
    };
    assert_eq!(values().await, 2);
    assert_eq!(ground.acme.risk_index(alice).await.unwrap(), Some(0.75));
    let off = UpdateUser::new(alice).set("inherit_subscriptions", false);
    let preview = ground.acme.preview(off.clone()).await.unwrap();
    let steps = ground.acme.wanted_after(alice, &preview.plan).await.unwrap();
    assert_eq!(
        steps["directory"].attributes["memberOf"].remove,
        ["cn=phone".into()]
    );
    ground.acme.execute(off).await.unwrap();
    assert_eq!(values().await, 1);
    assert_eq!(ground.acme.risk_index(alice).await.unwrap(), Some(0.25));
    // The same for an approved request, which is no direct grant.
    let mut request = crate::model::Edge::direct(alice.into(), Relation::HasRole, inherited.into());
    request.origins = [EdgeOrigin::Request].into();
    ground.link_edge(request).await;
    assert_eq!(values().await, 1);
    ground
        .acme
        .execute(UpdateUser::new(alice).set("inherit_subscriptions", true))
        .await
        .unwrap();
    assert_eq!(values().await, 2);
}
