//! Who may: strangers, owners, administrators, roles in every way of holding them.

use std::collections::BTreeSet;

use super::Ground;
use crate::{
    access::{COMMANDS, HOST_COMMANDS, QUERIES},
    command::{Command, CreateRole, CreateUser, DeleteMode, DeleteUser, GrantRole, LockUser, UpdateUser},
    model::{EntityId, Kind, OrganizationId, RoleId, UserId},
    plan::Actor,
    port::AuditQuery,
    query::{Filter, Query},
    rules::{AttributeAccess, Privilege},
    search::{Predicate, Search, Sort},
    service::Acting,
    testing::Sampler,
    wire::Code,
};

pub(super) fn organization(id: EntityId) -> OrganizationId {
    id.try_into().unwrap()
}

pub(super) fn user(id: EntityId) -> UserId {
    id.try_into().unwrap()
}

impl Ground {
    /// The realm in the name of a user.
    pub fn as_user(&self, id: EntityId) -> Acting<'static> {
        self.iam.in_realm(self.realm()).act_as(Actor::User(user(id)))
    }

    /// A role with privileges.
    pub async fn role(&self, name: &str, privileges: impl IntoIterator<Item = Privilege>) -> EntityId {
        let create = privileges
            .into_iter()
            .fold(CreateRole::internal(name), CreateRole::privilege);
        self.acme.execute(create).await.unwrap().id.unwrap()
    }

    /// Grants a role.
    pub async fn grant(&self, role: EntityId, holder: EntityId) {
        let grant = GrantRole::new(RoleId(role.uuid), [holder]);
        self.acme.execute(grant).await.unwrap();
    }

    /// A user in an organization.
    pub async fn member(&self, name: &str, of: EntityId) -> EntityId {
        let create = CreateUser::new(name).in_organization(organization(of));
        self.acme.execute(create).await.unwrap().id.unwrap()
    }
}

/// A privilege that lets write every attribute.
pub(super) fn writing(kind: &str, actions: &[&str]) -> Privilege {
    let mut privilege = Privilege::allow(kind, actions.iter().copied());
    privilege
        .attributes
        .insert("*".to_owned(), AttributeAccess::Write);
    privilege
}

pub(super) fn denied<T: std::fmt::Debug>(result: Result<T, crate::wire::Problem>) -> bool {
    match result {
        Err(problem) => {
            assert!(
                matches!(problem.code, Code::Denied | Code::NotFound),
                "refused for another reason: {problem}"
            );
            true
        }
        Ok(_) => false,
    }
}

/// Something of every kind that commands name.
async fn one_of_each(ground: &Ground) -> Vec<EntityId> {
    let mut all = vec![
        ground.user("target").await,
        ground.organization("Target", None).await,
        ground.role("Target", []).await,
    ];
    for kind in Kind::ALL {
        let has_name = crate::model::builtin(*kind)
            .iter()
            .any(|definition| definition.name == "name");
        if has_name
            && !matches!(
                kind,
                Kind::Organization | Kind::Role | Kind::Realm | Kind::Attribute
            )
        {
            all.push(ground.put(*kind, [("name", "Target".into())]).await);
        }
    }
    all
}

fn pick(all: &[EntityId], kind: Kind) -> String {
    all.iter()
        .find(|id| id.kind == kind)
        .copied()
        .unwrap_or(EntityId::new(kind, uuid::Uuid::from_u128(7)))
        .to_string()
}

/// Default deny: a user without rights is refused every command, and each attempt is in the audit trail; no row means
/// nobody.
pub(super) async fn strangers_are_refused_every_command(ground: &Ground) {
    let all = one_of_each(ground).await;
    let stranger = ground.user("stranger").await;
    let before = ground.dump().await;
    let identifier = |kind| pick(&all, kind);
    let inputs = Sampler::new(&identifier).commands();
    let acting = ground.as_user(stranger);
    for name in Command::NAMES {
        let input = inputs.get(name).cloned().unwrap();
        let command = Command::from_input(name, input.clone()).unwrap();
        let command = command.unwrap_or_else(|error| panic!("{name} {input}: {error}"));
        assert!(denied(acting.execute(command.clone()).await), "{name}");
        assert!(denied(acting.preview(command).await), "preview of {name}");
    }
    assert_eq!(ground.dump().await, before);
    let query = AuditQuery {
        actor: Some(stranger.to_string()),
        limit: 1_000,
        ..AuditQuery::default()
    };
    let tried: BTreeSet<String> = ground
        .acme
        .audit(query)
        .await
        .unwrap()
        .into_iter()
        .map(|row| {
            assert_ne!(row.outcome.code(), "");
            row.command
        })
        .collect();
    let expected: BTreeSet<String> = Command::NAMES.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(tried, expected);
}

/// A user, and the host, of one realm reach nothing in another one.
pub(super) async fn no_command_reaches_another_realm(ground: &Ground) {
    let all = one_of_each(ground).await;
    let chief = ground.user("chief").await;
    let everything = ground.role("Everything", [writing("*", &["*"])]).await;
    ground.grant(everything, chief).await;
    let other = ground.iam.realm("other").await.unwrap();
    let before = ground.dump().await;
    let identifier = |kind| pick(&all, kind);
    let sampler = Sampler::new(&identifier);
    for (name, input) in sampler.commands() {
        let command = Command::from_input(name, input).unwrap().unwrap();
        // The realm's own record is that of the realm that is asked.
        if name.starts_with("realm.") {
            continue;
        }
        assert!(
            denied(
                other
                    .act_as(Actor::User(user(chief)))
                    .execute(command.clone())
                    .await
            ),
            "{name} as a user of another realm"
        );
        // The host of the other realm finds nothing of this one; what it creates is its own.
        let _ = other.host("other").execute(command).await;
    }
    for (name, input) in sampler.queries() {
        let query = Query::from_input(name, input).unwrap();
        let Ok(query) = query else { continue };
        if let Ok(answer) = other.act_as(Actor::User(user(chief))).ask(query).await {
            let text = answer.to_string();
            for id in &all {
                assert!(!text.contains(&id.to_string()), "{name} shows {id}: {text}");
            }
        }
    }
    assert_eq!(ground.dump().await, before);
}

/// Whoever has no rights sees nothing but the own record.
pub(super) async fn strangers_see_nothing(ground: &Ground) {
    let all = one_of_each(ground).await;
    let stranger = ground.user("stranger").await;
    let acting = ground.as_user(stranger);
    let identifier = |kind| pick(&all, kind);
    for (name, input) in Sampler::new(&identifier).queries() {
        let query = Query::from_input(name, input.clone()).unwrap();
        let query = query.unwrap_or_else(|error| panic!("{name} {input}: {error}"));
        if let Ok(answer) = acting.ask(query).await {
            let text = answer.to_string();
            for id in &all {
                assert!(!text.contains(&id.to_string()), "{name} shows {id}: {text}");
            }
        }
    }
    let page = acting.search(&Search::new(Kind::User).total(true)).await.unwrap();
    assert_eq!(page.total, Some(1));
    assert_eq!(page.items[0].id, stranger);
    // Whoever is locked sees not even that.
    ground
        .acme
        .execute(LockUser {
            user: user(stranger),
            reason: None,
        })
        .await
        .unwrap();
    assert!(acting.find(stranger).await.unwrap().is_none());
    assert!(!acting.can("view", stranger).await.unwrap());
}

/// S1-16, S1-17: the own contact data and preferences, nothing else, as far as the realm says.
pub(super) async fn users_edit_their_own_contact_data(ground: &Ground) {
    let (me, other) = (ground.user("me").await, ground.user("other").await);
    let acting = ground.as_user(me);
    // Nobody prolongs, unlocks, retypes or deletes themselves.
    for action in [
        "set_validity",
        "unlock",
        "enable",
        "change_type",
        "set_manager",
        "delete",
        "grant",
    ] {
        assert!(!acting.can(action, me).await.unwrap(), "{action}");
    }
    let update = |id, name: &str| UpdateUser::new(user(id)).set(name, "Berlin");
    acting.execute(update(me, "city")).await.unwrap();
    acting
        .execute(UpdateUser::new(user(me)).set("preference_updates", true))
        .await
        .unwrap();
    let refused = acting
        .execute(update(me, "job").set("city", "x"))
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::Denied);
    assert_eq!(refused.fields.len(), 1);
    assert_eq!(refused.fields[0].field, "job");
    assert!(denied(acting.execute(update(other, "city")).await));
    let narrow = crate::command::UpdateRealm {
        name: None,
        settings: serde_json::from_str(r#"{"self_service": ["language"]}"#).unwrap(),
    };
    ground.acme.execute(narrow).await.unwrap();
    let moved = UpdateUser::new(user(me)).set("city", "Rome");
    assert!(denied(acting.execute(moved).await));
}

/// S2-35, S2-36, S2-37, S2-38: four permissions; attributes are read-only until they are raised, and hidden when lowered.
pub(super) async fn attributes_are_read_only_until_raised(ground: &Ground) {
    let (clerk, target) = (ground.user("clerk").await, ground.user("target").await);
    ground
        .acme
        .execute(
            UpdateUser::new(user(target))
                .set("phone", "+49301234567")
                .set("city", "Utica")
                .set("job", "Nurse"),
        )
        .await
        .unwrap();
    let mut privilege = Privilege::allow("user", ["view", "update"]);
    privilege.attributes.insert("phone".into(), AttributeAccess::None);
    privilege.attributes.insert("city".into(), AttributeAccess::Write);
    let role = ground.role("Clerk", [privilege]).await;
    ground.grant(role, clerk).await;
    let acting = ground.as_user(clerk);
    let seen = acting.get(target).await.unwrap();
    assert_eq!(seen.text("job"), "Nurse");
    assert!(seen.value("phone").is_none());
    let page = acting.search(&Search::new(Kind::User)).await.unwrap();
    assert!(page.items.iter().all(|record| record.value("phone").is_none()));
    let set = |name: &str, value: &str| UpdateUser::new(user(target)).set(name, value);
    acting.execute(set("city", "Rome")).await.unwrap();
    assert!(denied(acting.execute(set("job", "Chief")).await));
    assert!(denied(acting.execute(set("phone", "+49309999999")).await));
    // S2-35: what is not given is denied.
    assert!(denied(
        acting
            .execute(DeleteUser {
                user: user(target),
                mode: DeleteMode::Soft
            })
            .await
    ));
    assert!(denied(acting.execute(CreateUser::new("new")).await));
    // What may not be seen is not found by, nor sorted by.
    for search in [
        Search::new(Kind::User).filter(Predicate::eq("phone", "+49301234567")),
        Search::new(Kind::User).sort([Sort::ascending("phone")]),
    ] {
        assert_eq!(acting.search(&search).await.unwrap_err().code, Code::Denied);
    }
    assert_eq!(
        acting.attribute_access("update", target, "city").await.unwrap(),
        AttributeAccess::Write
    );
    assert_eq!(
        acting.attribute_access("view", target, "phone").await.unwrap(),
        AttributeAccess::None
    );
}

/// S2-39, S2-41, S2-42: a target filter overrides the plain options of the role; the holder condition is another thing.
pub(super) async fn a_target_filter_overrides_the_options(ground: &Ground) {
    let (nurse, clerk) = (ground.user("nurse").await, ground.user("clerk").await);
    for (id, job) in [(nurse, "Nurse"), (clerk, "Clerk")] {
        ground.set(id, [("job", Some(job.into()))]).await;
    }
    let holder = ground.user("holder").await;
    let mut filtered = Privilege::allow("user", ["view"]);
    filtered.target = Some(Filter::scim(r#"job eq "Nurse""#));
    let role = ground
        .role(
            "Filtered",
            [Privilege::allow("user", ["view", "update"]), filtered],
        )
        .await;
    ground.grant(role, holder).await;
    let acting = ground.as_user(holder);
    assert!(acting.can("view", nurse).await.unwrap());
    assert!(!acting.can("view", clerk).await.unwrap());
    assert!(!acting.can("update", nurse).await.unwrap());
    // The filter follows the target.
    ground.set(clerk, [("job", Some("Nurse".into()))]).await;
    assert!(acting.can("view", clerk).await.unwrap());
    let mut serving = Privilege::allow("device", ["view"]);
    serving.holder = Some(Filter::scim(r#"city eq "Utica""#));
    let devices = ground.role("Devices", [serving]).await;
    ground.grant(devices, holder).await;
    let device = ground.put(Kind::Device, [("name", "printer".into())]).await;
    assert!(!acting.can("view", device).await.unwrap());
    ground.set(holder, [("city", Some("Utica".into()))]).await;
    assert!(acting.can("view", device).await.unwrap());
}

/// A denial overrides whatever allows, in checks, lists and masks alike.
pub(super) async fn denials_override(ground: &Ground) {
    let holder = ground.user("holder").await;
    let (a, b) = (ground.user("a").await, ground.user("b").await);
    ground.set(b, [("privileged", Some(true.into()))]).await;
    let mut no = Privilege::deny("user", ["view"]);
    no.target = Some(Filter::scim("privileged eq true"));
    let mut cap = Privilege::deny("user", ["view"]);
    cap.attributes.insert("user_name".into(), AttributeAccess::None);
    cap.attributes.insert("*".into(), AttributeAccess::Write);
    let (yes, no) = (
        ground.role("Yes", [Privilege::allow("user", ["*"])]).await,
        ground.role("No", [no, cap]).await,
    );
    ground.grant(yes, holder).await;
    let acting = ground.as_user(holder);
    assert!(acting.can("view", b).await.unwrap());
    ground.grant(no, holder).await;
    assert!(acting.can("view", a).await.unwrap() && !acting.can("view", b).await.unwrap());
    assert_eq!(acting.count(Kind::User, Predicate::All).await.unwrap(), 2);
    assert!(acting.get(a).await.unwrap().value("user_name").is_none());
    let why = acting.explain_access("view", b).await.unwrap();
    assert!(!why.allowed && why.because.len() == 1);
    assert_eq!(why.because[0].path.last().unwrap().to, no);
}

/// Every command and every query has its row in the access table.
pub(super) async fn the_access_table_is_complete(_: &Ground) {
    for name in Command::NAMES {
        let host_only = HOST_COMMANDS.contains(name);
        let row = COMMANDS.iter().any(|row| row.command == *name);
        assert_ne!(
            row, host_only,
            "{name} needs a row in access/table.rs, or is for the host alone"
        );
    }
    for name in Query::NAMES {
        assert!(
            QUERIES.iter().any(|(query, _)| query == name),
            "{name} needs a row in access/table.rs"
        );
    }
}

/// What is read straight from the storage passes the same eyes as everything else: by identifier, by unique name, one or
/// several; and what only the host does is refused to its users.
pub(super) async fn fast_reads_are_masked(ground: &Ground) {
    let other = ground.user("other").await;
    ground
        .acme
        .execute(UpdateUser::new(user(other)).set("phone", "+4930123456"))
        .await
        .unwrap();
    let stranger = ground.as_user(ground.user("stranger").await);
    assert!(stranger.find(other).await.unwrap().is_none());
    assert!(
        stranger
            .find_by(Kind::User, "user_name", "other")
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        stranger
            .find_all_by(Kind::User, "user_name", ["other"])
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        stranger.sessions(user(other)).await.unwrap_err().code,
        Code::Denied
    );
    for (operation, input) in [
        (
            "lease",
            serde_json::json!({"worker": "w", "limit": 1, "seconds": 1}),
        ),
        ("upkeep", serde_json::json!({})),
        ("seal_chain", serde_json::json!({})),
    ] {
        let refused = crate::wire::json::call(&stranger, operation, input)
            .await
            .unwrap_err();
        assert_eq!(refused.code, Code::Denied, "{operation}");
    }
}
