//! Every way to a right: owners, administrators, roles in all their ways, deputies; and how soon it counts.

use super::{
    Ground,
    access::{denied, organization, user},
};
use crate::{
    access::{On, Resource, Unmet},
    command::{
        AddMembership, CreateOrganization, CreateUser, DeleteOrganization, DisableUser, GrantRole,
        JoinOrganization, LockUser, RevokeRole, TransferOrganization, UpdateOrganization, UpdateRole,
        UpdateUser,
    },
    model::{Edge, EntityId, Kind, Relation, RoleId, Window},
    plan::Actor,
    query::Filter,
    rules::Privilege,
    search::Search,
    service::{At, Iam},
    testing::host,
};

/// The area of owners and administrators: S2-67, S2-69, S2-70, S2-71, S2-72, S2-73, S2-77, S2-82.
pub(super) async fn owners_rule_what_they_own(ground: &Ground) {
    let top = ground.organization("Top", None).await;
    let area = ground.organization("Area", Some(top)).await;
    let team = ground.organization("Team", Some(area)).await;
    let elsewhere = ground.organization("Elsewhere", Some(top)).await;
    let owner = ground.user("owner").await;
    ground.link(owner, Relation::Owns, area).await;
    let (member, foreign) = (
        ground.member("member", team).await,
        ground.member("foreign", elsewhere).await,
    );
    let acting = ground.as_user(owner);
    // S2-77: members of what they own, and nobody else.
    assert!(acting.can("update", member).await.unwrap());
    assert!(!acting.can("view", foreign).await.unwrap());
    let page = acting.search(&Search::new(Kind::User).total(true)).await.unwrap();
    assert_eq!(page.total, Some(2));
    acting
        .execute(UpdateUser::new(user(member)).set("job", "Clerk"))
        .await
        .unwrap();
    assert!(denied(
        acting
            .execute(UpdateUser::new(user(foreign)).set("job", "Clerk"))
            .await
    ));
    // S2-69, S2-71: sub-organizations inside of what they own only.
    let below = |name: &str, parent: Option<EntityId>| {
        let mut create = CreateOrganization::new(name);
        create.parent = parent.map(organization);
        create
    };
    acting.execute(below("Sub", Some(team))).await.unwrap();
    for parent in [Some(top), Some(elsewhere), None] {
        assert!(denied(acting.execute(below("Wild", parent)).await), "{parent:?}");
    }
    // S2-72: no parent for what they own, and no way out of it.
    let transfer = |id, parent: Option<EntityId>| TransferOrganization {
        organization: organization(id),
        parent: parent.map(organization),
    };
    for parent in [Some(top), Some(elsewhere), None] {
        assert!(
            acting.execute(transfer(team, parent)).await.is_err(),
            "{parent:?}"
        );
    }
    assert!(denied(acting.execute(transfer(area, Some(elsewhere))).await));
    acting
        .execute(UpdateOrganization {
            organization: organization(team),
            attributes: [("location".to_owned(), Some("Rome".into()))].into(),
        })
        .await
        .unwrap();
    // S2-80: they create users in their area only.
    let create = |name: &str, of| CreateUser::new(name).in_organization(organization(of));
    acting.execute(create("mine", team)).await.unwrap();
    assert!(denied(acting.execute(create("theirs", elsewhere)).await));
    assert!(denied(acting.execute(CreateUser::new("nowhere")).await));
    assert!(denied(
        acting
            .execute(create("both", team).in_organization(organization(elsewhere)))
            .await
    ));
    // Nobody is pulled in from outside.
    let join = AddMembership {
        member: foreign,
        organizations: vec![JoinOrganization::new(organization(team))],
    };
    assert!(denied(acting.execute(join).await));
    // S2-73: ownership is not theirs to change.
    assert!(!acting.can("own", area).await.unwrap());
    assert!(!acting.can("own", team).await.unwrap());
    // S2-82: an owner may delete.
    assert!(acting.can("delete", team).await.unwrap());
    assert!(!acting.can("delete", elsewhere).await.unwrap());
    let empty = ground.organization("Empty", Some(area)).await;
    acting
        .execute(
            serde_json::from_value::<DeleteOrganization>(serde_json::json!({ "organization": empty }))
                .unwrap(),
        )
        .await
        .unwrap();
}

/// S2-78, S2-80, S2-82, S2-68: members in their area; no owner, no equal, no organization.
pub(super) async fn administrators_stay_in_their_area(ground: &Ground) {
    let top = ground.organization("Top", None).await;
    let area = ground.organization("Area", Some(top)).await;
    let team = ground.organization("Team", Some(area)).await;
    let administrator = ground.member("administrator", area).await;
    ground.link(administrator, Relation::Administers, area).await;
    let equal = ground.member("equal", area).await;
    ground.link(equal, Relation::Administers, area).await;
    let lower = ground.member("lower", team).await;
    ground.link(lower, Relation::Administers, team).await;
    // An owner who is a member, against S2-68: still not under the administrators' hand.
    let owner = ground.member("owner", area).await;
    ground.link(owner, Relation::Owns, top).await;
    let member = ground.member("member", team).await;
    let foreign = ground.member("foreign", top).await;
    let acting = ground.as_user(administrator);
    for (id, expected) in [
        (member, true),
        (lower, true),
        (equal, false),
        (owner, false),
        (foreign, false),
    ] {
        assert_eq!(acting.can("disable", id).await.unwrap(), expected, "{id}");
        let disable = DisableUser {
            user: user(id),
            by: Default::default(),
        };
        assert_eq!(acting.preview(disable).await.is_ok(), expected, "{id}");
    }
    assert!(acting.can("view", owner).await.unwrap());
    assert!(!acting.can("view", foreign).await.unwrap());
    assert!(acting.can("view", team).await.unwrap());
    for action in ["delete", "update", "create", "own", "administer"] {
        assert!(!acting.can(action, team).await.unwrap(), "{action}");
    }
    let create = CreateUser::new("new").in_organization(organization(team));
    acting.execute(create).await.unwrap();
    assert!(denied(
        acting
            .execute(CreateUser::new("out").in_organization(organization(top)))
            .await
    ));
    let why = acting.explain_access("disable", equal).await.unwrap();
    assert!(
        why.nearest
            .iter()
            .any(|right| right.missing.contains(&Unmet::SameRank { organization: area })),
        "{why:#?}"
    );
}

/// Windows of grant and role, both half-open; down the tree, stoppable; by group, position and type; contained roles:
/// S2-43.
pub(super) async fn every_way_to_a_role(ground: &Ground) {
    let top = ground.organization("Top", None).await;
    let middle = ground.organization("Middle", Some(top)).await;
    let low = ground.organization("Low", Some(middle)).await;
    let role = ground
        .role("Reader", [Privilege::allow("device", ["view"])])
        .await;
    let device = ground.put(Kind::Device, [("name", "printer".into())]).await;
    let reader = ground.member("reader", low).await;
    let acting = ground.as_user(reader);
    let can = async || acting.can("view", device).await.unwrap();
    assert!(!can().await);
    // From above, down the tree.
    ground.grant(role, top).await;
    assert!(can().await);
    ground
        .set(middle, [("stops_inheritance", Some(true.into()))])
        .await;
    assert!(!can().await);
    let why = acting.explain_access("view", device).await.unwrap();
    assert!(matches!(
        why.nearest[0].missing[..],
        [Unmet::NotInherited { stopped_by: Some(by), .. }] if by == middle
    ));
    ground.set(middle, [("stops_inheritance", None)]).await;
    let mut stays = GrantRole::new(RoleId(role.uuid), [top]);
    stays.inherit = false;
    ground.acme.execute(stays).await.unwrap();
    assert!(!can().await);
    let top_member = ground.member("top", top).await;
    assert!(ground.as_user(top_member).can("view", device).await.unwrap());
    // By a group in a group, by a position, by the type.
    let (inner, outer) = (
        ground.put(Kind::Group, [("name", "Inner".into())]).await,
        ground.put(Kind::Group, [("name", "Outer".into())]).await,
    );
    ground.link(inner, Relation::InGroup, outer).await;
    ground.link(reader, Relation::InGroup, inner).await;
    ground.grant(role, outer).await;
    assert!(can().await);
    ground.unlink(inner, Relation::InGroup, outer).await;
    assert!(!can().await);
    ground.link(low, Relation::InGroup, outer).await;
    assert!(can().await);
    ground.unlink(low, Relation::InGroup, outer).await;
    let position = ground.put(Kind::Position, [("name", "Clerk".into())]).await;
    ground.grant(role, position).await;
    ground.link(reader, Relation::Holds, position).await;
    assert!(can().await);
    let now = ground.acme.context().now;
    ground.set(position, [("deleted_at", Some(now.into()))]).await;
    assert!(!can().await);
    // S2-27, S2-28: a window on the grant and one on the role; both must hold.
    let now = ground.acme.context().now;
    let (soon, later) = (now.plus_seconds(100), now.plus_seconds(200));
    let window = |from, until| Window { from, until };
    ground
        .link_for(reader, Relation::HasRole, role, window(Some(soon), Some(later)))
        .await;
    assert!(!can().await);
    let why = acting.explain_access("view", device).await.unwrap();
    assert!(
        matches!(why.nearest[0].missing[..], [Unmet::Window { .. }]),
        "{why:#?}"
    );
    ground.clock.advance(100);
    assert!(can().await);
    ground
        .set(role, [("valid_until", Some(soon.plus_seconds(50).into()))])
        .await;
    assert!(can().await);
    ground.clock.advance(50);
    assert!(!can().await);
    ground.set(role, [("valid_until", None)]).await;
    assert!(can().await);
    ground.clock.advance(50);
    assert!(!can().await);
    // Earlier states have their own answers.
    for (moment, expected) in [(soon, true), (soon.plus_seconds(-1), false)] {
        let then = acting.clone().as_of(At::Moment(moment));
        assert_eq!(then.can("view", device).await.unwrap(), expected);
    }
    // Contained roles, and what another role excludes.
    let chief = ground.role("Chief", []).await;
    ground.link(chief, Relation::IncludesRole, role).await;
    ground.grant(chief, reader).await;
    assert!(can().await);
    let auditor = ground.role("Auditor", []).await;
    ground.link(auditor, Relation::Excludes, role).await;
    assert!(can().await);
    ground.grant(auditor, reader).await;
    assert!(!can().await);
    let why = acting.explain_access("view", device).await.unwrap();
    assert!(
        why.nearest[0]
            .missing
            .iter()
            .any(|unmet| matches!(unmet, Unmet::Excluded { by, .. } if *by == auditor)),
        "{why:#?}"
    );
}

/// A grant may act within organizations only; the host's own kinds are asked in the same way.
pub(super) async fn grants_act_within_organizations(ground: &Ground) {
    let top = ground.organization("Top", None).await;
    let area = ground.organization("Area", Some(top)).await;
    let elsewhere = ground.organization("Elsewhere", Some(top)).await;
    let (inside, outside) = (
        ground.member("inside", area).await,
        ground.member("outside", elsewhere).await,
    );
    let mut approve = Privilege::allow("invoice", ["approve"]);
    approve.target = Some(Filter::scim(r#"amount lt 1000 and state eq "open""#));
    let role = ground
        .role("Approver", [Privilege::allow("user", ["view"]), approve])
        .await;
    let holder = ground.user("holder").await;
    let grant = GrantRole::new(RoleId(role.uuid), [holder]).within([organization(area)]);
    ground.acme.execute(grant).await.unwrap();
    let acting = ground.as_user(holder);
    assert!(acting.can("view", inside).await.unwrap() && !acting.can("view", outside).await.unwrap());
    let invoice = |amount: i64, of| {
        Resource::new("invoice")
            .set("amount", amount)
            .set("state", "Open")
            .within(organization(of))
    };
    assert!(acting.can("invoice:approve", invoice(999, area)).await.unwrap());
    assert!(!acting.can("approve", invoice(1000, area)).await.unwrap());
    assert!(!acting.can("approve", invoice(999, elsewhere)).await.unwrap());
    assert!(!acting.can("delete", invoice(1, area)).await.unwrap());
    let filter = acting.allowed("approve", "invoice").await.unwrap();
    assert_eq!(
        filter.to_scim().unwrap(),
        format!(r#"within_organization eq "{area}" and (amount lt 1000 and state eq "open")"#)
    );
    assert!(acting.can("approve", On::Kind("invoice".into())).await.unwrap());
    let moved = ground.organization("Moved", Some(elsewhere)).await;
    assert!(!acting.can("approve", invoice(1, moved)).await.unwrap());
    ground.set(moved, [("parent", Some(area.into()))]).await;
    assert!(acting.can("approve", invoice(1, moved)).await.unwrap());
}

/// A deputy has what the other has, for a time, with some roles when it is said so; not what the other stands in for.
pub(super) async fn deputies_stand_in_for_a_time(ground: &Ground) {
    let (boss, deputy, third) = (
        ground.user("boss").await,
        ground.user("deputy").await,
        ground.user("third").await,
    );
    let device = ground.put(Kind::Device, [("name", "printer".into())]).await;
    let readers = ground
        .role("Readers", [Privilege::allow("device", ["view"])])
        .await;
    let writers = ground
        .role("Writers", [Privilege::allow("device", ["update"])])
        .await;
    ground.grant(readers, boss).await;
    ground.grant(writers, boss).await;
    let now = ground.acme.context().now;
    let mut edge = Edge::direct(deputy, Relation::Deputizes, boss);
    edge.window.until = Some(now.plus_seconds(60));
    edge.attributes.insert("roles", vec![readers.to_string()].into());
    ground.link_edge(edge).await;
    ground.link(third, Relation::Deputizes, deputy).await;
    let can = async |who: EntityId, action: &str| ground.as_user(who).can(action, device).await.unwrap();
    assert!(can(deputy, "view").await && !can(deputy, "update").await);
    assert!(!can(third, "view").await);
    let effective = ground.acme.effective_access(deputy).await.unwrap();
    assert_eq!(effective.roles.len(), 1);
    assert_eq!(effective.roles[0].paths[0].len(), 2);
    ground
        .acme
        .execute(RevokeRole {
            role: RoleId(readers.uuid),
            holders: [boss].into(),
        })
        .await
        .unwrap();
    assert!(!can(deputy, "view").await);
    ground.grant(readers, boss).await;
    assert!(can(deputy, "view").await);
    ground.clock.advance(60);
    assert!(!can(deputy, "view").await);
}

/// A revocation in one process counts in the next decision of every other one.
pub(super) async fn revocations_count_everywhere_at_once(ground: &Ground) {
    let holder = ground.user("holder").await;
    let target = ground.user("target").await;
    let role = ground.role("Reader", [Privilege::allow("user", ["view"])]).await;
    let (other, clock) = host(2);
    clock.set(ground.acme.context().now);
    let other = Iam::new(ground.storage.clone(), other).unwrap();
    let there = other.in_realm(ground.realm()).act_as(Actor::User(user(holder)));
    let here = ground.as_user(holder);
    for round in 0..3 {
        assert!(!there.can("view", target).await.unwrap() && !here.can("view", target).await.unwrap());
        ground.grant(role, holder).await;
        assert!(there.can("view", target).await.unwrap() && here.can("view", target).await.unwrap());
        let revoke = RevokeRole {
            role: RoleId(role.uuid),
            holders: [holder].into(),
        };
        // In turn by either process.
        let by = if round % 2 == 0 { &ground.iam } else { &other };
        by.in_realm(ground.realm())
            .host("admin")
            .execute(revoke)
            .await
            .unwrap();
    }
    // What the role gives, and whom it reaches, is followed as well.
    ground.grant(role, holder).await;
    assert!(there.can("view", target).await.unwrap());
    let mut nothing = UpdateRole::new(RoleId(role.uuid));
    nothing.privileges = Some(Vec::new());
    ground.acme.execute(nothing).await.unwrap();
    assert!(!there.can("view", target).await.unwrap());
    let lock = LockUser {
        user: user(holder),
        reason: None,
    };
    assert!(there.can("view", holder).await.unwrap());
    ground.acme.execute(lock).await.unwrap();
    assert!(!there.can("view", holder).await.unwrap());
}

/// Decisions without waiting answer from memory, and say when they cannot.
pub(super) async fn decisions_without_waiting(ground: &Ground) {
    let (holder, target) = (ground.user("holder").await, ground.user("target").await);
    let role = ground.role("Reader", [Privilege::allow("user", ["view"])]).await;
    ground.grant(role, holder).await;
    let decider = ground.acme.decider().await.unwrap();
    let view = decider.ability("user", "view");
    assert_eq!(decider.can(holder, view, target), None);
    decider.warm(&[holder, target]).await.unwrap();
    assert_eq!(decider.can(holder, view, target), Some(true));
    let (who, whom) = (decider.who(holder), decider.who(target));
    assert_eq!(decider.can_by_number(who, view, whom), Some(true));
    assert_eq!(decider.can_by_number(whom, view, who), Some(false));
    let revoke = RevokeRole {
        role: RoleId(role.uuid),
        holders: [holder].into(),
    };
    ground.acme.execute(revoke).await.unwrap();
    assert_eq!(decider.can_by_number(who, view, whom), Some(false));
    assert!(decider.resident() >= 3);
}

/// Who can, what is different between two moments and after a preview, what is wrong: S0-59, S0-60, S0-63.
pub(super) async fn reports_about_access(ground: &Ground) {
    let top = ground.organization("Top", None).await;
    let team = ground.organization("Team", Some(top)).await;
    let (holder, member, owner) = (
        ground.user("holder").await,
        ground.member("member", team).await,
        ground.user("owner").await,
    );
    let role = ground.role("Reader", [Privilege::allow("user", ["view"])]).await;
    ground.link(owner, Relation::Owns, top).await;
    let before = ground.acme.revision().await.unwrap();
    let grant = GrantRole::new(RoleId(role.uuid), [holder]);
    let preview = ground.acme.preview(grant.clone()).await.unwrap();
    let gains = ground.acme.access_after(&preview.plan, 100).await.unwrap();
    assert!(gains.complete);
    assert_eq!(gains.users.len(), 1);
    assert_eq!((gains.users[0].user, gains.users[0].gained.len()), (holder, 1));
    assert!(!ground.as_user(holder).can("view", member).await.unwrap());
    ground.acme.execute(grant).await.unwrap();
    let can = ground.acme.who_can("view", member, 100).await.unwrap();
    let mut expected = vec![holder, member, owner];
    expected.sort();
    assert_eq!((can.users, can.complete), (expected, true));
    let difference = ground
        .acme
        .access_difference(At::Revision(before), At::Now, None, 100)
        .await
        .unwrap();
    assert_eq!(difference.users, gains.users);
    let back = ground
        .acme
        .access_difference(At::Now, At::Revision(before), Some(vec![holder, owner]), 100)
        .await
        .unwrap();
    assert_eq!(back.users.len(), 1);
    assert_eq!(back.users[0].lost, gains.users[0].gained);
    // The whole of one user.
    let group = ground.put(Kind::Group, [("name", "Staff".into())]).await;
    ground.link(team, Relation::InGroup, group).await;
    ground.link(member, Relation::Leads, team).await;
    ground.grant(role, group).await;
    let effective = ground.acme.effective_access(member).await.unwrap();
    assert_eq!(effective.groups, [group]);
    assert_eq!(effective.leads, [team]);
    assert_eq!(effective.roles[0].id, role);
    assert!(effective.active && !effective.rights.is_empty());
    // The doctor.
    let lost = ground.role("Lost", [Privilege::allow("device", ["view"])]).await;
    let odd = ground
        .role(
            "Odd",
            [
                Privilege::allow("device", ["update"]),
                Privilege::deny("device", ["*"]),
            ],
        )
        .await;
    ground.grant(odd, holder).await;
    let auditor = ground.role("Auditor", []).await;
    ground.link(auditor, Relation::Excludes, role).await;
    ground.link(member, Relation::HasRole, auditor).await;
    let own = ground
        .role("Own", [Privilege::allow("organization", ["own"])])
        .await;
    ground.grant(own, member).await;
    ground.link(member, Relation::Administers, team).await;
    let findings = ground.acme.access_doctor().await.unwrap();
    let found = |check: &str, id: EntityId| {
        findings
            .iter()
            .any(|finding| finding.check == check && finding.subjects.contains(&id))
    };
    for (check, id) in [
        ("access.role_unreachable", lost),
        ("access.right_unheld", lost),
        ("access.contradiction", odd),
        ("access.exclusion_met", member),
        ("access.administrator_could_own", member),
    ] {
        assert!(found(check, id), "{check}: {findings:#?}");
    }
    assert!(!found("access.role_unreachable", role));
    ground.unlink(member, Relation::HasRole, auditor).await;
}
