//! Everything about a person in one place, and that nobody gets at it by another door.

use super::{
    Ground,
    access::{denied, organization, user, writing},
};
use crate::{
    access::On,
    command::{
        AddMembership, CreateAssignment, CreateRole, CreateSource, DisableSource, EnableSource, GrantRole,
        InstallConnector, JoinOrganization, LinkProvider, RevokeRole, UpdateRealm, UpdateSource, UpdateUser,
    },
    model::{AssignmentId, ConnectorDescriptor, EntityId, Kind, Relation, RoleId, SourceId, SourceMode},
    plan::Direction,
    port::AuditQuery,
    query::{Filter, Query},
    rules::Privilege,
    search::{Predicate, Search, Sort},
    service::At,
    wire::Code,
};

/// One view with its sections: application accounts, roles, groups, linked accounts, led organizations: S0-57, S0-58,
/// S0-61. The dashboard reads the rest beside it: basic facts, changes of the account, what was done by and to it: S0-65,
/// S0-66.
pub(super) async fn one_view_of_everything(ground: &Ground) {
    let alice = ground.user("alice").await;
    let other = ground.user("other").await;
    let team = ground.organization("Team", None).await;
    let group = ground.put(Kind::Group, [("name", "Staff".into())]).await;
    let role = ground.role("Reader", [Privilege::allow("user", ["view"])]).await;
    ground.link(alice, Relation::Leads, team).await;
    ground.link(alice, Relation::InGroup, group).await;
    ground.grant(role, alice).await;
    let source = ground.put(Kind::Source, [("name", "Directory".into())]).await;
    for (target, name, key) in [(alice, "cn=alice", "1"), (other, "cn=other", "2")] {
        ground
            .put(
                Kind::Shadow,
                [
                    ("identity_source", source.into()),
                    ("object_kind", "user".into()),
                    ("object_key", key.into()),
                    ("title", name.into()),
                    ("target", target.into()),
                ],
            )
            .await;
    }
    let link = LinkProvider {
        user: user(alice),
        provider: "google".into(),
        subject: "4711".into(),
        label: Some("alice@example.com".into()),
    };
    ground.acme.execute(link).await.unwrap();
    let before = ground.acme.revision().await.unwrap();
    ground
        .acme
        .execute(UpdateUser::new(user(alice)).set("job", "Head"))
        .await
        .unwrap();
    let view = ground.acme.effective_access(alice).await.unwrap();
    assert_eq!(view.roles.iter().map(|held| held.id).collect::<Vec<_>>(), [role]);
    assert_eq!((view.groups, view.leads), (vec![group], vec![team]));
    let [application] = &view.applications[..] else {
        panic!("{:?}", view.applications)
    };
    assert_eq!(
        (application.at.as_str(), application.name.as_str()),
        (source.to_string().as_str(), "cn=alice")
    );
    let [linked] = &view.linked[..] else {
        panic!("{:?}", view.linked)
    };
    assert_eq!(
        (linked.at.as_str(), linked.name.as_str()),
        ("google", "alice@example.com")
    );
    let then = ground
        .acme
        .clone()
        .as_of(At::Revision(before))
        .effective_access(alice)
        .await
        .unwrap();
    assert_eq!(then.leads, [team]);
    // The rest of a dashboard.
    assert_eq!(ground.acme.get(alice).await.unwrap().text("job"), "Head");
    let changes = ground.acme.history(alice, None, 100).await.unwrap();
    assert!(changes.iter().any(|item| item.command == "user.update"));
    let own = ground.as_user(alice);
    own.execute(UpdateUser::new(user(alice)).set("city", "Rome"))
        .await
        .unwrap();
    let query = AuditQuery {
        actor: Some(own.actor().to_string()),
        limit: 10,
        ..AuditQuery::default()
    };
    assert_eq!(ground.acme.audit(query).await.unwrap().len(), 1);
    // Oneself, and whoever may read somebody's history; nobody else.
    assert!(own.effective_access(alice).await.is_ok());
    assert!(denied(ground.as_user(other).effective_access(alice).await));
}

/// Roles of a user are viewed and managed, from the member's profile and from the role's list of members: S3-42, S2-30.
pub(super) async fn roles_are_managed_from_either_side(ground: &Ground) {
    let (desk, member) = (ground.user("desk").await, ground.user("member").await);
    let rights = [
        writing("user", &["view", "update", "grant", "history"]),
        writing("role", &["view", "grant"]),
    ];
    let desks = ground.role("Desk", rights).await;
    ground.grant(desks, desk).await;
    let readers = ground.role("Readers", [Privilege::allow("user", ["view"])]).await;
    let acting = ground.as_user(desk);
    acting
        .execute(GrantRole::new(RoleId(readers.uuid), [member]))
        .await
        .unwrap();
    // From the role to its members, and from a member to the profile, which is edited.
    let of_role = acting
        .edges(readers, Direction::To, Relation::HasRole)
        .await
        .unwrap();
    let found: Vec<EntityId> = of_role.iter().map(|edge| edge.key.from).collect();
    assert_eq!(found, [member]);
    let profile = acting.get(found[0]).await.unwrap();
    assert_eq!(profile.text("user_name"), "member");
    acting
        .execute(UpdateUser::new(user(found[0])).set("job", "Nurse"))
        .await
        .unwrap();
    // From the user to the roles, which are taken and given.
    let of_user = acting
        .edges(member, Direction::From, Relation::HasRole)
        .await
        .unwrap();
    assert_eq!(of_user.len(), 1);
    let revoke = RevokeRole {
        role: RoleId(readers.uuid),
        holders: [member].into(),
    };
    acting.execute(revoke).await.unwrap();
    assert!(
        acting
            .edges(member, Direction::From, Relation::HasRole)
            .await
            .unwrap()
            .is_empty()
    );
}

/// Roles and assignments decide what people and devices get: S2-2, S2-3. A device holds roles as a person does, by itself
/// and by its organization.
pub(super) async fn roles_and_assignments_decide(ground: &Ground) {
    let assignment: AssignmentId = ground
        .acme
        .execute(CreateAssignment::new("network", "directory").value("memberOf", "cn=network"))
        .await
        .unwrap()
        .id()
        .unwrap();
    let mut create = CreateRole::external("Connected");
    create.assignments = [assignment].into();
    let connected: RoleId = ground.acme.execute(create).await.unwrap().id().unwrap();
    let place = ground.organization("Place", None).await;
    let person = ground.member("person", place).await;
    let printer = ground.put(Kind::Device, [("name", "printer".into())]).await;
    let join = AddMembership {
        member: printer,
        organizations: vec![JoinOrganization::new(organization(place))],
    };
    ground.acme.execute(join).await.unwrap();
    // What the profile is provisioned with follows the role.
    let wanted = async || ground.acme.wanted_state(user(person)).await.unwrap().wanted.len();
    assert_eq!(wanted().await, 0);
    ground
        .acme
        .execute(GrantRole::new(connected, [place]))
        .await
        .unwrap();
    assert_eq!(wanted().await, 1);
    // What a device may do follows its roles.
    let seers = ground.role("Seers", [Privilege::allow("user", ["view"])]).await;
    let decider = ground.acme.decider().await.unwrap();
    let view = decider.ability("user", "view");
    let may = async || {
        decider.warm(&[printer, person]).await.unwrap();
        decider.can(printer, view, person)
    };
    assert_eq!(may().await, Some(false));
    ground.grant(seers, place).await;
    assert_eq!(may().await, Some(true));
}

/// What may not be seen is not told by any other door: by filters, orders, counts, conditions, wanted states, risks,
/// passwords of others, lists, history and earlier states.
pub(super) async fn no_door_tells_what_is_masked(ground: &Ground) {
    let (clerk, target) = (ground.user("clerk").await, ground.user("target").await);
    ground
        .acme
        .execute(UpdateUser::new(user(target)).set("phone", "+49301234567"))
        .await
        .unwrap();
    let mut privilege = Privilege::allow("user", ["view", "history"]);
    privilege
        .attributes
        .insert("phone".into(), crate::rules::AttributeAccess::None);
    let role = ground.role("Clerk", [privilege]).await;
    ground.grant(role, clerk).await;
    let acting = ground.as_user(clerk);
    let secret = "+49301234567";
    for search in [
        Search::new(Kind::User).filter(Predicate::eq("phone", secret)),
        Search::new(Kind::User).filter(Predicate::eq("phone", secret).negate()),
        Search::new(Kind::User).filter(Predicate::Present {
            attribute: "phone".into(),
        }),
        Search::new(Kind::User).sort([Sort::ascending("phone")]),
    ] {
        assert_eq!(acting.search(&search).await.unwrap_err().code, Code::Denied);
    }
    assert!(denied(
        acting.count(Kind::User, Predicate::eq("phone", secret)).await
    ));
    // Straight questions.
    let condition = Filter::scim(format!("phone eq \"{secret}\""));
    assert!(denied(acting.rule_difference(role, Kind::User, &condition).await));
    assert!(denied(acting.wanted_state(user(target)).await));
    assert!(denied(acting.risk_index(user(target)).await));
    assert!(denied(
        acting.check_password(user(target), &"a guess".into()).await
    ));
    assert!(denied(
        ground
            .as_user(target)
            .check_password(user(clerk), &"a guess".into())
            .await
    ));
    assert!(denied(ground.as_user(target).effective_policy(user(clerk)).await));
    // Everything that can be asked about the record, now and earlier.
    let now = ground.acme.revision().await.unwrap();
    for at in [None, Some(now)] {
        for (name, mut input) in [
            ("record.get", serde_json::json!({ "id": target })),
            (
                "record.find_by",
                serde_json::json!({"kind": "user", "attribute": "user_name", "value": "target"}),
            ),
            ("record.search", serde_json::json!({"kind": "user"})),
            ("record.list", serde_json::json!({"kind": "user"})),
            ("history.of", serde_json::json!({"id": target, "limit": 100})),
            (
                "edge.list",
                serde_json::json!({"id": target, "direction": "from", "relation": "member_of"}),
            ),
        ] {
            if let (Some(at), Some(map)) = (at, input.as_object_mut())
                && !matches!(name, "history.of" | "record.find_by" | "record.list")
            {
                map.insert("at".into(), serde_json::json!({ "revision": at }));
            }
            let query = Query::from_input(name, input.clone()).unwrap();
            let query = query.unwrap_or_else(|error| panic!("{name} {input}: {error}"));
            let text = match acting.ask(query).await {
                Ok(answer) => answer.to_string(),
                Err(problem) => format!("{problem:?}"),
            };
            assert!(!text.contains("301234567"), "{name}: {text}");
        }
    }
    let difference = serde_json::json!({"from": {"revision": 0}, "to": {"revision": now}});
    if let Ok(query) = Query::from_input("history.difference", difference).unwrap() {
        assert!(denied(acting.ask(query).await));
    }
    assert!(acting.can("view", On::Record(target)).await.unwrap());
}

/// S0-62: accounts of operating systems are a section of their own, while authentication there is on and the system is
/// both collected from and managed; they are never among the applications.
pub(super) async fn accounts_of_operating_systems(ground: &Ground) {
    let install = |name: &str, operating_system: bool| InstallConnector {
        descriptor: ConnectorDescriptor {
            name: name.to_owned(),
            title: name.to_owned(),
            version: "1".to_owned(),
            operating_system,
            ..ConnectorDescriptor::default()
        },
    };
    ground.acme.execute(install("hosts", true)).await.unwrap();
    ground.acme.execute(install("files", false)).await.unwrap();
    let alice = ground.user("alice").await;
    let source = async |name: &str, connector: &str| -> SourceId {
        let create = CreateSource::new(name, connector);
        ground.acme.execute(create).await.unwrap().id().unwrap()
    };
    let servers = source("Servers", "hosts").await;
    let files = source("Files", "files").await;
    for (number, at) in [servers, files].into_iter().enumerate() {
        let shadow = [
            ("identity_source", EntityId::from(at).into()),
            ("object_kind", "user".into()),
            ("object_key", number.to_string().into()),
            ("title", format!("alice{number}").into()),
            ("target", alice.into()),
        ];
        ground.put(Kind::Shadow, shadow).await;
    }
    let view = async || {
        let view = ground.acme.effective_access(alice).await.unwrap();
        let names = |list: Vec<crate::access::AccountElsewhere>| -> Vec<String> {
            list.into_iter().map(|account| account.name).collect()
        };
        (names(view.applications), names(view.systems))
    };
    let (app, none, system) = (vec!["alice1".to_owned()], Vec::new(), vec!["alice0".to_owned()]);
    // Nothing is managed by a source that only looks.
    assert_eq!(view().await, (app.clone(), none.clone()));
    let active = UpdateSource::new(servers).mode(SourceMode::Active);
    ground.acme.execute(active).await.unwrap();
    assert_eq!(view().await, (app.clone(), system.clone()));
    ground
        .acme
        .execute(DisableSource { source: servers })
        .await
        .unwrap();
    assert_eq!(view().await, (app.clone(), none.clone()));
    ground
        .acme
        .execute(EnableSource { source: servers })
        .await
        .unwrap();
    assert_eq!(view().await, (app.clone(), system));
    let settings = serde_json::json!({"features_off": ["operating_systems"]});
    let update = UpdateRealm {
        name: None,
        settings: serde_json::from_value(settings).unwrap(),
    };
    ground.acme.execute(update).await.unwrap();
    assert_eq!(view().await, (app, none));
}
