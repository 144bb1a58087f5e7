//! Escalations as attacks: a desk with wide but ordinary rights tries everything to reach what it does not hold.

use super::{
    Ground,
    access::{user, writing},
};
use crate::{
    access::On,
    command::{
        AddGroupMembers, AssignPosition, ChangeUserType, Command, CreateRole, CreateUser, DisableUser,
        GrantRole, LockUser, RevokeRole, TransferOrganization, UpdateRole, UpdateUser,
    },
    model::{EntityId, GroupId, Kind, OrganizationId, PositionId, Relation, RoleId, UserTypeId, Window},
    query::Filter,
    rules::Privilege,
    service::{Acting, BatchMode, OnConflict, Undo},
    wire::Code,
};

/// What the desk holds: it manages users, groups, positions, organizations and roles, and may grant.
fn desk_rights() -> Vec<Privilege> {
    vec![
        writing("user", &["view", "create", "update", "grant"]),
        writing("role", &["view", "create", "update", "grant"]),
        writing("group", &["view", "create", "update", "grant"]),
        writing("position", &["view", "create", "update", "grant"]),
        writing(
            "organization",
            &["view", "create", "update", "grant", "administer"],
        ),
        writing("user_type", &["view", "update", "grant"]),
        writing("device", &["view"]),
    ]
}

struct Scene<'a> {
    ground: &'a Ground,
    desk: Acting<'static>,
    me: EntityId,
    puppet: EntityId,
    boss: EntityId,
    payroll: EntityId,
    mine: EntityId,
}

impl<'a> Scene<'a> {
    async fn open(ground: &'a Ground) -> Scene<'a> {
        let (me, puppet, boss) = (
            ground.user("desk").await,
            ground.user("puppet").await,
            ground.user("boss").await,
        );
        let mine = ground.role("Desk", desk_rights()).await;
        let payroll = ground
            .role("Payroll", [Privilege::allow("payroll", ["pay"])])
            .await;
        ground.grant(mine, me).await;
        ground.grant(payroll, boss).await;
        Scene {
            ground,
            desk: ground.as_user(me),
            me,
            puppet,
            boss,
            payroll,
            mine,
        }
    }

    async fn pays(&self, id: EntityId) -> bool {
        let acting = self.ground.as_user(id);
        acting.can("pay", On::Kind("payroll".into())).await.unwrap()
    }

    /// The attack is refused, nothing is changed, and neither the desk nor its puppet can pay, then or later.
    async fn repels(&self, what: &str, command: impl Into<Command>) {
        let command = command.into();
        let before = self.ground.dump().await;
        let result = self.desk.execute(command.clone()).await;
        let problem = result.expect_err(what);
        assert!(
            matches!(problem.code, Code::Denied | Code::NotFound),
            "{what} was refused for another reason: {problem}"
        );
        assert!(self.desk.preview(command.clone()).await.is_err(), "{what}");
        let batch = self.desk.batch(&[command], BatchMode::Each).await;
        assert!(
            batch.is_err() || batch.unwrap().accepted() == 0,
            "{what} in a batch"
        );
        assert_eq!(self.ground.dump().await, before, "{what}");
        self.ground.clock.advance(3_600);
        assert!(
            !self.pays(self.me).await && !self.pays(self.puppet).await,
            "{what}"
        );
        self.ground.clock.advance(-3_600);
    }
}

fn role(id: EntityId) -> RoleId {
    id.try_into().unwrap()
}

fn updating(id: EntityId, privileges: Vec<Privilege>) -> UpdateRole {
    let mut update = UpdateRole::new(role(id));
    update.privileges = Some(privileges);
    update
}

/// Nobody gives what they do not hold: by grants, in time, in groups, positions, organizations, types, contained roles.
pub(super) async fn nobody_grants_what_they_do_not_hold(ground: &Ground) {
    let scene = Scene::open(ground).await;
    let Scene {
        me,
        puppet,
        payroll,
        mine,
        ..
    } = scene;
    for whom in [me, puppet] {
        scene
            .repels("a grant", GrantRole::new(role(payroll), [whom]))
            .await;
    }
    let later = ground.acme.context().now.plus_seconds(60).to_string();
    scene
        .repels(
            "a grant for later",
            GrantRole::new(role(payroll), [me]).from(later),
        )
        .await;
    let everything = ground.role("Everything", [writing("*", &["*"])]).await;
    scene
        .repels("the role over everything", GrantRole::new(role(everything), [me]))
        .await;
    // Groups, positions, organizations and types that hold it.
    let group = ground.put(Kind::Group, [("name", "Payers".into())]).await;
    ground.grant(payroll, group).await;
    let joining = |members: &[EntityId]| AddGroupMembers {
        group: GroupId(group.uuid),
        members: members.iter().copied().collect(),
        window: Window::default(),
    };
    scene.repels("a group", joining(&[me])).await;
    let empty = ground.put(Kind::Group, [("name", "Empty".into())]).await;
    ground.link(puppet, Relation::InGroup, empty).await;
    scene.repels("a group in a group", joining(&[empty])).await;
    scene
        .repels("a grant to a group", GrantRole::new(role(payroll), [empty]))
        .await;
    let condition: Command = serde_json::from_value(serde_json::json!({
        "command": "group.update", "group": group, "attributes": {}, "condition": r#"user_name eq "desk""#,
    }))
    .unwrap();
    scene.repels("a condition that selects oneself", condition).await;
    let position = ground.put(Kind::Position, [("name", "Payer".into())]).await;
    ground.grant(payroll, position).await;
    scene
        .repels(
            "a position",
            AssignPosition {
                position: PositionId(position.uuid),
                user: user(puppet),
                window: Window::default(),
            },
        )
        .await;
    let create: Command = serde_json::from_value(serde_json::json!({
        "command": "user_type.create", "attributes": {"name": "Payer"},
    }))
    .unwrap();
    let types = ground.acme.execute(create).await.unwrap().id.unwrap();
    ground.grant(payroll, types).await;
    scene
        .repels(
            "a type",
            ChangeUserType {
                user: user(me),
                user_type: Some(UserTypeId(types.uuid)),
                attributes: Default::default(),
                recompute_expiry: false,
            },
        )
        .await;
    let mut create = CreateUser::new("fresh");
    create.user_type = Some(UserTypeId(types.uuid));
    scene.repels("a new user of a type", create).await;
    let top = ground.organization("Payers", None).await;
    ground.grant(payroll, top).await;
    let team = ground.organization("Team", None).await;
    ground.link(puppet, Relation::MemberOf, team).await;
    scene
        .repels(
            "a move below what holds it",
            TransferOrganization {
                organization: OrganizationId(team.uuid),
                parent: Some(OrganizationId(top.uuid)),
            },
        )
        .await;
    scene
        .repels(
            "a new user in what holds it",
            CreateUser::new("fresh").in_organization(OrganizationId(top.uuid)),
        )
        .await;
    // Roles: more privileges, a new role, a contained one.
    let mut more = desk_rights();
    more.push(Privilege::allow("payroll", ["pay"]));
    scene
        .repels("more privileges for a role that is held", updating(mine, more))
        .await;
    scene
        .repels("fewer limits", updating(mine, vec![writing("*", &["*"])]))
        .await;
    let include: Command = serde_json::from_value(serde_json::json!({
        "command": "role.include", "role": mine, "roles": [payroll],
    }))
    .unwrap();
    scene.repels("a contained role", include).await;
    let created = CreateRole::internal("New").privilege(Privilege::allow("payroll", ["pay"]));
    scene.repels("a role of one's own making", created).await;
    // What the desk holds it may give, to others as well.
    let half = scene
        .desk
        .execute(CreateRole::internal("Half").privilege(Privilege::allow("user", ["view"])))
        .await
        .unwrap()
        .id
        .unwrap();
    scene
        .desk
        .execute(GrantRole::new(role(half), [puppet]))
        .await
        .unwrap();
    assert!(ground.as_user(puppet).can("view", me).await.unwrap());
    // And more when it is told so in so many words.
    let told = ground
        .role("Told", [Privilege::allow("role", ["grant_any"])])
        .await;
    ground.grant(told, me).await;
    scene
        .desk
        .execute(GrantRole::new(role(payroll), [puppet]))
        .await
        .unwrap();
    assert!(scene.pays(puppet).await);
}

/// Nobody gets around a limit: within an area, a denial, an exclusion, the own record, somebody else's rights.
pub(super) async fn nobody_gets_around_limits(ground: &Ground) {
    let scene = Scene::open(ground).await;
    let Scene { me, puppet, boss, .. } = scene;
    // A denial is not lifted by revoking it, nor by rolling back.
    let no = ground.role("No", [Privilege::deny("payroll", ["pay"])]).await;
    ground.grant(no, me).await;
    ground.grant(scene.payroll, me).await;
    assert!(!scene.pays(me).await);
    scene
        .repels(
            "the revocation of a denial",
            RevokeRole {
                role: role(no),
                holders: [me].into(),
            },
        )
        .await;
    scene.repels("an emptied denial", updating(no, Vec::new())).await;
    let revision = ground.acme.revision().await.unwrap();
    let undone = scene
        .desk
        .rollback(&Undo::Revision(revision), OnConflict::Refuse)
        .await;
    assert_eq!(undone.unwrap_err().code, Code::Denied);
    // The desk's rights in an area only.
    let area = ground.organization("Area", None).await;
    let outside = ground.organization("Outside", None).await;
    let chief = ground.member("chief", area).await;
    let local = GrantRole::new(role(scene.mine), [chief]).within([OrganizationId(area.uuid)]);
    ground.acme.execute(local).await.unwrap();
    let there = ground.member("there", area).await;
    let foreign = ground.member("foreign", outside).await;
    let acting = ground.as_user(chief);
    let set = |id| UpdateUser::new(user(id)).set("job", "x");
    acting.execute(set(there)).await.unwrap();
    assert_eq!(
        acting.execute(set(foreign)).await.unwrap_err().code,
        Code::NotFound
    );
    let pull = serde_json::json!({
        "command": "membership.add", "member": foreign, "organizations": [{"organization": area}],
    });
    let pull: Command = serde_json::from_value(pull).unwrap();
    assert!(acting.execute(pull).await.is_err());
    let mover = serde_json::json!({
        "command": "membership.add", "member": there, "organizations": [{"organization": outside}],
    });
    let mover: Command = serde_json::from_value(mover).unwrap();
    assert!(acting.execute(mover).await.is_err());
    // Attributes that a holder condition reads are not one's own to set.
    let mut conditional = Privilege::allow("payroll", ["pay"]);
    conditional.holder = Some(Filter::scim(r#"job eq "Payer""#));
    let conditional = ground.role("Conditional", [conditional]).await;
    ground.grant(conditional, puppet).await;
    let own = ground.as_user(puppet);
    assert!(
        own.execute(UpdateUser::new(user(puppet)).set("job", "Payer"))
            .await
            .is_err()
    );
    assert!(!scene.pays(puppet).await);
    // Nobody becomes somebody's deputy, owner or administrator by their own hand.
    for (relation, to) in [
        (Relation::Deputizes, boss),
        (Relation::Owns, area),
        (Relation::Administers, area),
    ] {
        assert!(!own.can("own", area).await.unwrap());
        let _ = (relation, to);
    }
    assert!(!own.can("delegate", boss).await.unwrap() && own.can("delegate", puppet).await.unwrap());
}

/// Nobody acts on users, or gives roles, of the own or a higher level, unless told so.
pub(super) async fn levels_are_respected(ground: &Ground) {
    let manage = |level: i64, name: &str| {
        let mut create = CreateRole::internal(name)
            .privilege(writing("user", &["view", "update", "grant"]))
            .privilege(Privilege::allow("role", ["view", "grant"]));
        create.attributes.insert("level".into(), Some(level.into()));
        create
    };
    let high = ground.acme.execute(manage(10, "High")).await.unwrap().id.unwrap();
    let low = ground.acme.execute(manage(5, "Low")).await.unwrap().id.unwrap();
    let (chief, equal, clerk, nobody) = (
        ground.user("chief").await,
        ground.user("equal").await,
        ground.user("clerk").await,
        ground.user("nobody").await,
    );
    ground.grant(high, chief).await;
    ground.grant(high, equal).await;
    ground.grant(low, clerk).await;
    let lock = |id| LockUser {
        user: user(id),
        reason: None,
    };
    let preview = async |actor, target| ground.as_user(actor).preview(lock(target)).await.is_ok();
    assert!(preview(chief, clerk).await && preview(chief, nobody).await && preview(clerk, nobody).await);
    assert!(!preview(chief, equal).await && !preview(clerk, chief).await);
    assert!(ground.as_user(clerk).can("view", chief).await.unwrap());
    let give = |id| GrantRole::new(role(id), [nobody]);
    assert!(ground.as_user(chief).preview(give(low)).await.is_ok());
    assert!(ground.as_user(chief).preview(give(high)).await.is_err());
    assert!(ground.as_user(clerk).preview(give(low)).await.is_err());
    let disable = DisableUser {
        user: user(chief),
        by: Default::default(),
    };
    assert!(ground.as_user(equal).execute(disable).await.is_err());
    let told = ground.role("Told", [Privilege::allow("user", ["outrank"])]).await;
    ground.grant(told, chief).await;
    assert!(preview(chief, equal).await);
}

/// Grants and revocations race with what they allow: a command is carried out only by whoever may at that time.
pub(super) async fn revocations_race_with_use(ground: &Ground) {
    let (actor, target) = (ground.user("actor").await, ground.user("target").await);
    let writers = ground
        .role("Writers", [writing("user", &["view", "update"])])
        .await;
    let acting = ground.as_user(actor);
    for round in 0..8 {
        ground.grant(writers, actor).await;
        let write = acting.execute(UpdateUser::new(user(target)).set("job", format!("job {round}")));
        let revoke = ground.acme.execute(RevokeRole {
            role: role(writers),
            holders: [actor].into(),
        });
        let (written, revoked) = futures_both(write, revoke).await;
        revoked.unwrap();
        if let Err(problem) = written {
            assert!(
                matches!(problem.code, Code::Denied | Code::NotFound | Code::Conflict),
                "{problem}"
            );
        }
        // After the revocation nothing goes any more.
        let late = acting
            .execute(UpdateUser::new(user(target)).set("job", "late"))
            .await;
        assert!(late.is_err(), "round {round}");
    }
    assert_ne!(ground.record(target).await.unwrap().text("job"), "late");
}

async fn futures_both<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (mut a, mut b) = (Box::pin(a), Box::pin(b));
    let (mut first, mut second) = (None, None);
    std::future::poll_fn(|context| {
        if first.is_none()
            && let std::task::Poll::Ready(value) = a.as_mut().poll(context)
        {
            first = Some(value);
        }
        if second.is_none()
            && let std::task::Poll::Ready(value) = b.as_mut().poll(context)
        {
            second = Some(value);
        }
        match (first.is_some(), second.is_some()) {
            (true, true) => std::task::Poll::Ready(()),
            _ => std::task::Poll::Pending,
        }
    })
    .await;
    (first.unwrap(), second.unwrap())
}
