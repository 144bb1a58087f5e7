//! Passwords and the policies over them.

use super::{World, json, organization, user};
use crate::{
    command::{
        AddGroupMembers, ChangePassword, Command, CreateGroup, CreatePolicy, CreateUser, DeletePolicy,
        ExemptPassword, ExportPasswords, ImportPassword, JoinOrganization, NotePasswordFailure,
        RequirePasswordChange, ResetPassword, ResetTo, SetPassword, UpdatePolicy,
        credential::{Verdict, password_of, verify_password},
    },
    model::{EntityId, PolicyId, Record, Secret, UserId, is_sealed},
    plan::{Difference, Plan},
    rules::{
        password::Exemption,
        policy::{EffectivePolicy, PolicyParts},
    },
    wire::{Code, Problem},
};

const GOOD: &str = "wandering teapot over zinc";
const OTHER: &str = "seventeen quiet harbours";

fn password(world: &World, user: UserId) -> Record {
    (*world.records[&EntityId::from(password_of(user))]).clone()
}

fn policy(world: &mut World, name: &str, applies_to: &[EntityId], rules: &str) -> PolicyId {
    let rules: PolicyParts = serde_json::from_str(rules).unwrap();
    world.made(
        CreatePolicy {
            applies_to: applies_to.iter().copied().collect(),
            rules,
            ..CreatePolicy::default()
        }
        .set("name", name),
    )
}

fn effective(world: &mut World, user: UserId) -> EffectivePolicy {
    let mut found = None;
    world.look(|draft| {
        found = Some(crate::command::policy::effective(draft, user)?);
        Ok(())
    });
    found.unwrap()
}

fn is_right(world: &mut World, user: UserId, password: &str) -> bool {
    let mut right = None;
    world.look(|draft| {
        let verdict = verify_password(draft, Some(user), &Secret::new(password))?;
        right = Some(matches!(verdict, Verdict::Right { .. }));
        Ok(())
    });
    right.unwrap()
}

#[track_caller]
fn refused(world: &mut World, command: impl Into<Command>) -> Box<Problem> {
    world.decide(command).expect_err("refused")
}

fn codes(problem: &Problem) -> Vec<&str> {
    problem.fields.iter().map(|field| field.code.as_str()).collect()
}

/// A.6 X5, S2-19: what an administrator sets is for one time and for three days.
#[test]
fn an_administrator_sets_a_password_that_must_be_changed_and_expires() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    let plan = world.ok(SetPassword::new(ada, GOOD));
    let record = password(&world, ada);
    assert!(is_sealed(record.text("secret")) && record.flag("must_change"));
    assert_eq!(record.moment("expires_at"), Some(world.now.plus_days(3)));
    assert!(is_right(&mut world, ada, GOOD) && !is_right(&mut world, ada, OTHER));
    // House rule 4: neither plan nor preview show anything of it.
    let shown = format!("{plan:?}{}", Difference::of_plan(&plan));
    assert!(
        !shown.contains("teapot") && !shown.contains("$argon2") && !shown.contains("sealed:"),
        "{shown}"
    );
    assert!(
        Difference::of_plan(&plan)
            .to_string()
            .contains("secret: (secret)")
    );
}

/// A.6 X5
#[test]
fn a_policy_can_forbid_that_administrators_choose_passwords() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    policy(
        &mut world,
        "strict",
        &[],
        r#"{"password": {"administrator_allowed": false}}"#,
    );
    assert_eq!(
        refused(&mut world, SetPassword::new(ada, GOOD)).code,
        Code::Policy
    );
    // Nor see one, whoever drew it; what goes to the user alone is known to nobody else.
    let reset = |to, send| ResetPassword { user: ada, to, send };
    for to in [ResetTo::Random, ResetTo::Initial] {
        assert_eq!(refused(&mut world, reset(to, false)).code, Code::Policy);
        world.ok(reset(to, true));
    }
    // A pattern gives away what it makes.
    policy(
        &mut world,
        "pattern",
        &[],
        r#"{"initial": {"pattern": "Start-{user_name}-now"}}"#,
    );
    assert_eq!(
        refused(&mut world, reset(ResetTo::Initial, true)).code,
        Code::Policy
    );
    world.ok(reset(ResetTo::Random, true));
}

/// A.6 X5: whatever the policy says of initial passwords, what somebody else has seen is good for one time.
#[test]
fn what_was_shown_must_be_changed() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    policy(&mut world, "lax", &[], r#"{"initial": {"must_change": false}}"#);
    for (send, must) in [(false, true), (true, false)] {
        world.ok(ResetPassword {
            user: ada,
            to: ResetTo::Initial,
            send,
        });
        assert_eq!(password(&world, ada).flag("must_change"), must);
    }
}

/// A.6 X5: who is not the host neither sets a password for good, nor gets hold of a link that does.
#[test]
fn administrators_get_no_password_for_good() {
    use crate::command::{Delivery, InviteUser, StartEmailVerification, StartPasswordReset};
    let mut world = World::new();
    let ada = world.made(CreateUser::new("ada").set("email", "ada@acme.example"));
    let boss = user(&mut world, "boss");
    let lasting = SetPassword {
        must_change: false,
        ..SetPassword::new(ada, GOOD)
    };
    let reset = StartPasswordReset {
        user: ada,
        language: None,
        delivery: Delivery::Answer,
    };
    let verification = StartEmailVerification {
        user: ada,
        language: None,
        delivery: Delivery::Answer,
    };
    let guest = {
        let mut guest = CreateUser::default().set("email", "guest@acme.example");
        guest.registration = crate::command::Registration::NotInvited;
        world.made(guest)
    };
    let invitation = InviteUser {
        user: guest,
        language: None,
        delivery: Delivery::Answer,
    };
    let host = std::mem::replace(&mut world.actor, crate::plan::Actor::User(boss));
    for command in [
        Command::from(lasting.clone()),
        reset.clone().into(),
        verification.into(),
        invitation.into(),
    ] {
        assert_eq!(refused(&mut world, command).code, Code::Denied);
    }
    world.ok(SetPassword::new(ada, OTHER));
    world.ok(StartPasswordReset {
        delivery: Delivery::Message,
        ..reset.clone()
    });
    world.actor = host;
    world.ok(lasting);
    world.ok(reset);
}

/// S4-44, S4-45
#[test]
fn every_reason_for_a_refusal_is_said() {
    let mut world = World::new();
    let ada = user(&mut world, "ada.lovelace");
    let problem = refused(&mut world, SetPassword::new(ada, "short"));
    assert_eq!(problem.code, Code::Weak);
    assert_eq!(codes(&problem), ["password.too_short", "password.weak"]);
    let mut twice = SetPassword::new(ada, GOOD);
    twice.confirmation = Some(Secret::new(OTHER));
    assert_eq!(
        codes(&refused(&mut world, twice.clone())),
        ["password.confirmation"]
    );
    twice.confirmation = Some(Secret::new(GOOD));
    world.ok(twice);
    assert_eq!(
        codes(&refused(&mut world, SetPassword::new(ada, "Ada_Lovelace-4"))),
        ["password.too_short", "password.context"]
    );
}

#[test]
fn changing_asks_for_the_present_password() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    let change = |current: &str, password: &str| ChangePassword {
        user: ada,
        current: Secret::new(current),
        password: Secret::new(password),
        confirmation: None,
    };
    assert_eq!(refused(&mut world, change("x", GOOD)).code, Code::NoCredential);
    world.ok(SetPassword::new(ada, GOOD));
    assert_eq!(refused(&mut world, change("wrong", OTHER)).code, Code::Wrong);
    assert_eq!(
        codes(&refused(&mut world, change(GOOD, GOOD))),
        ["password.used_before"]
    );
    world.ok(change(GOOD, OTHER));
    let record = password(&world, ada);
    assert!(!record.flag("must_change") && record.moment("expires_at").is_none());
    assert!(is_right(&mut world, ada, OTHER));
}

/// A.6 X5: what an administrator set is worth nothing once its time is over, not even as the proof of who changes it.
#[test]
fn what_was_not_used_in_time_changes_nothing() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    world.ok(SetPassword::new(ada, GOOD));
    let change = ChangePassword {
        user: ada,
        current: Secret::new(GOOD),
        password: Secret::new(OTHER),
        confirmation: None,
    };
    world.now = world.now.plus_days(3);
    assert_eq!(refused(&mut world, change.clone()).code, Code::Expired);
    world.now = world.now.plus_seconds(-1);
    world.ok(change);
}

/// S4-46
#[test]
fn change_at_the_next_sign_in_can_be_required() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    world.ok(SetPassword {
        must_change: false,
        ..SetPassword::new(ada, GOOD)
    });
    assert!(!password(&world, ada).flag("must_change"));
    world.ok(RequirePasswordChange {
        user: ada,
        required: true,
    });
    assert!(password(&world, ada).flag("must_change"));
    // What must be changed is changed to something else.
    let same = ChangePassword {
        user: ada,
        current: Secret::new(GOOD),
        password: Secret::new(GOOD),
        confirmation: None,
    };
    assert_eq!(codes(&refused(&mut world, same)), ["password.used_before"]);
    world.ok(RequirePasswordChange {
        user: ada,
        required: false,
    });
    assert!(!password(&world, ada).flag("must_change"));
}

#[test]
fn former_passwords_do_not_come_back_and_young_ones_stay() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    policy(
        &mut world,
        "history",
        &[],
        r#"{"password": {"history": 2, "minimum_age_hours": 24}}"#,
    );
    let set = |world: &mut World, text: &str| {
        world.run(SetPassword {
            must_change: false,
            ..SetPassword::new(ada, text)
        })
    };
    let texts = [
        GOOD,
        OTHER,
        "purple lantern by the river",
        "eleven slow trains to nowhere",
    ];
    for text in texts {
        set(&mut world, text).unwrap();
    }
    assert_eq!(password(&world, ada).value("former").unwrap().elements().len(), 2);
    for text in &texts[1..] {
        assert_eq!(
            codes(&set(&mut world, text).unwrap_err()),
            ["password.used_before"],
            "{text}"
        );
    }
    set(&mut world, GOOD).unwrap();
    let change = ChangePassword {
        user: ada,
        current: Secret::new(GOOD),
        password: Secret::new("a fourth harbour without boats"),
        confirmation: None,
    };
    assert_eq!(refused(&mut world, change.clone()).code, Code::Policy);
    world.now = world.now.plus_days(1);
    world.ok(change);
}

/// S0-49
#[test]
fn a_reset_gives_what_the_policy_for_initial_passwords_produces() {
    let mut world = World::new();
    let ada = world.made(CreateUser::new("ada").set("user_number", "4711"));
    let reset = ResetPassword {
        user: ada,
        to: ResetTo::Initial,
        send: false,
    };
    let (_, disclosed) = world.disclosed(reset.clone());
    assert_eq!(disclosed[0].1.expose().len(), 20);
    policy(
        &mut world,
        "initial",
        &[],
        r#"{"initial": {"pattern": "Start-{user_number}-now", "valid_hours": 1}}"#,
    );
    let (_, disclosed) = world.disclosed(reset.clone());
    assert_eq!(disclosed[0].1.expose(), "Start-4711-now");
    assert!(is_right(&mut world, ada, "Start-4711-now"));
    let record = password(&world, ada);
    assert!(record.flag("must_change"));
    assert_eq!(record.moment("expires_at"), Some(world.now.plus_seconds(3_600)));
    let bob = user(&mut world, "bob");
    assert_eq!(
        refused(&mut world, ResetPassword { user: bob, ..reset }).code,
        Code::Invalid
    );
}

/// S4-48: when a password was last changed is read, and written by nothing but a change.
#[test]
fn the_last_change_is_read_only() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    world.ok(SetPassword::new(ada, GOOD));
    let first = world.now;
    assert_eq!(password(&world, ada).moment("set_at"), Some(first));
    world.now = first.plus_seconds(60);
    assert!(is_right(&mut world, ada, GOOD));
    assert_eq!(password(&world, ada).moment("set_at"), Some(first));
    world.ok(SetPassword::new(ada, OTHER));
    assert_eq!(password(&world, ada).moment("set_at"), Some(world.now));
    let definition = crate::model::builtin(crate::model::Kind::Credential)
        .iter()
        .find(|definition| definition.name == "set_at");
    assert_eq!(
        definition.map(|definition| definition.editable),
        Some(crate::model::EditableBy::Nobody)
    );
}

/// S0-50
#[test]
fn a_random_password_is_part_of_the_answer_and_of_nothing_else() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    let (plan, disclosed) = world.disclosed(ResetPassword {
        user: ada,
        to: ResetTo::Random,
        send: false,
    });
    let (name, secret) = &disclosed[0];
    assert_eq!((name.as_str(), secret.expose().chars().count()), ("password", 20));
    assert!(is_right(&mut world, ada, secret.expose()));
    assert!(!serde_json::to_string(&plan).unwrap().contains(secret.expose()));
    // Sent instead: sealed, for a while only, and not part of the answer.
    let (plan, disclosed) = world.disclosed(ResetPassword {
        user: ada,
        to: ResetTo::Random,
        send: true,
    });
    assert!(disclosed.is_empty());
    let effect = plan
        .effects
        .iter()
        .find(|effect| effect.name == "message")
        .unwrap();
    assert!(is_sealed(effect.details["sealed"].as_text().unwrap()));
    assert!(effect.details.contains_key("expires_at"));
}

/// S0-51
#[test]
fn messages_about_passwords_are_switchable() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    let messages = |plan: &Plan| {
        plan.effects
            .iter()
            .filter(|effect| effect.name == "message")
            .count()
    };
    let reset = ResetPassword {
        user: ada,
        to: ResetTo::Random,
        send: false,
    };
    assert_eq!(messages(&world.ok(reset.clone())), 0);
    world.ok(super::command(
        r#"{"command": "realm.update", "settings": {"messages": {"password.reset": true}}}"#,
    ));
    assert_eq!(messages(&world.ok(reset)), 1);
}

/// S4-47
#[test]
fn single_users_are_exempt_as_far_as_the_policy_allows() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    world.ok(ExemptPassword {
        user: ada,
        exemption: Exemption::Strength,
    });
    world.ok(SetPassword::new(ada, "1234"));
    let strict = policy(
        &mut world,
        "strict",
        &[],
        r#"{"password": {"exemptions_allowed": false}}"#,
    );
    assert_eq!(
        refused(&mut world, SetPassword::new(ada, "12345")).code,
        Code::Weak
    );
    assert_eq!(
        refused(
            &mut world,
            ExemptPassword {
                user: ada,
                exemption: Exemption::Everything
            }
        )
        .code,
        Code::Policy
    );
    world.ok(ExemptPassword {
        user: ada,
        exemption: Exemption::None,
    });
    world.ok(DeletePolicy { policy: strict });
    assert_eq!(
        refused(&mut world, SetPassword::new(ada, "12345")).code,
        Code::Weak
    );
}

/// S4-44
#[test]
fn policies_come_from_everywhere_and_the_strictest_counts() {
    let mut world = World::new();
    let company = organization(&mut world, "company", None);
    let office = organization(&mut world, "office", Some(company));
    let mut create = CreateUser::new("ada");
    create.organizations = vec![JoinOrganization::new(office)];
    let ada: UserId = world.made(create);
    let bob = user(&mut world, "bob");
    let inner = world.made(CreateGroup::new("inner"));
    let outer = world.made(CreateGroup::new("outer"));
    world.ok(AddGroupMembers {
        group: inner,
        members: [bob.into()].into(),
        window: Default::default(),
    });
    world.ok(AddGroupMembers {
        group: outer,
        members: [inner.into()].into(),
        window: Default::default(),
    });
    policy(
        &mut world,
        "realm",
        &[],
        r#"{"password": {"minimum_length": 16}}"#,
    );
    let of_company = policy(
        &mut world,
        "company",
        &[company.into()],
        r#"{"password": {"minimum_length": 18}}"#,
    );
    policy(
        &mut world,
        "outer",
        &[outer.into()],
        r#"{"lock": {"attempts": 3}, "password": {"minimum_length": 17}}"#,
    );
    policy(
        &mut world,
        "ada",
        &[ada.into()],
        r#"{"session": {"idle_minutes": 5}}"#,
    );
    let (of_ada, of_bob) = (effective(&mut world, ada), effective(&mut world, bob));
    assert_eq!(
        (of_ada.password.minimum_length, of_bob.password.minimum_length),
        (18, 17)
    );
    assert_eq!(of_ada.decided_by["password.minimum_length"], of_company);
    assert_eq!((of_ada.lock.attempts, of_bob.lock.attempts), (10, 3));
    assert_eq!(
        (of_ada.session.idle_minutes, of_bob.session.idle_minutes),
        (5, 60)
    );
    world.ok(UpdatePolicy {
        policy: of_company,
        attributes: Default::default(),
        applies_to: Some([EntityId::from(bob)].into()),
        rules: None,
    });
    assert_eq!(effective(&mut world, ada).password.minimum_length, 16);
    assert_eq!(effective(&mut world, bob).password.minimum_length, 18);
}

/// S4-44
#[test]
fn a_policy_that_no_password_satisfies_is_refused_where_it_is_made() {
    let mut world = World::new();
    let problem = refused(
        &mut world,
        super::command(
            r#"{"command": "policy.create", "attributes": {"name": "mainframe"}, "rules": {
                "password": {"minimum_length": 12}, "targets": [{"target": "mainframe", "maximum_length": 8}]}}"#,
        ),
    );
    assert_eq!(codes(&problem), ["policy.empty"]);
    let plan = world.ok(super::command(
        r#"{"command": "policy.create", "attributes": {"name": "erp"}, "rules": {
            "targets": [{"target": "erp", "upper_case": 1, "publish": true}]}}"#,
    ));
    assert!(plan.remarks[0].contains("composition"), "{:?}", plan.remarks);
    let ada = user(&mut world, "ada");
    assert_eq!(
        codes(&refused(&mut world, SetPassword::new(ada, GOOD))),
        ["password.target_upper_case"]
    );
}

/// S4-41, S4-42
#[test]
fn a_password_goes_to_its_targets_sealed_and_for_a_while_only() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    policy(
        &mut world,
        "ldap",
        &[],
        r#"{"targets": [{"target": "ldap", "publish": true, "publish_minutes": 5}]}"#,
    );
    let plan = world.ok(SetPassword::new(ada, GOOD));
    let effect = plan
        .effects
        .iter()
        .find(|effect| effect.name == "password.publish")
        .unwrap();
    assert_eq!(effect.details["target"].as_text(), Some("ldap"));
    assert!(is_sealed(effect.details["sealed"].as_text().unwrap()));
    assert_eq!(effect.details["expires_at"], world.now.plus_seconds(300).into());
    // A generated initial password goes there as well.
    let plan = world.ok(ResetPassword {
        user: ada,
        to: ResetTo::Random,
        send: false,
    });
    assert!(
        plan.effects
            .iter()
            .any(|effect| effect.name == "password.publish")
    );
}

#[test]
fn hashes_are_brought_along_and_handed_out() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    let import = |hash: &str| ImportPassword {
        user: ada,
        hash: Secret::new(hash),
        set_at: None,
        must_change: false,
    };
    world.ok(import(
        "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
    ));
    assert_eq!(password(&world, ada).text("scheme"), "bcrypt");
    assert!(is_right(&mut world, ada, "U*U"));
    for hash in [
        "hunter2",
        "$2a$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$NT$8846f7eaee8fb117ad06bdd830b7586c",
    ] {
        assert_eq!(
            codes(&refused(&mut world, import(hash))),
            ["credential.hash"],
            "{hash}"
        );
    }
    let bob = user(&mut world, "bob");
    let (_, disclosed) = world.disclosed(ExportPasswords {
        users: vec![ada, bob],
    });
    assert_eq!(disclosed.len(), 1);
    assert_eq!(disclosed[0].0, ada.to_string());
    assert!(disclosed[0].1.expose().starts_with("$2a$05$"));
    assert!(password(&world, ada).moment("exported_at").is_some());
}

/// S0-38, S0-39, S0-42: a policy locks by itself.
#[test]
fn failures_lock_and_locking_provisions_nothing() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    world.ok(SetPassword::new(ada, GOOD));
    policy(
        &mut world,
        "lock",
        &[],
        r#"{"lock": {"attempts": 3, "delay_seconds": 0}}"#,
    );
    let mut effects = Vec::new();
    for failure in 1..=3 {
        let plan = world.ok(NotePasswordFailure { user: ada });
        effects.extend(plan.effects);
        let locked = world.records[&EntityId::from(ada)].flag("locked");
        assert_eq!(locked, failure == 3);
    }
    assert!(
        effects.iter().all(|effect| !effect.name.contains("provision")),
        "{effects:?}"
    );
    // Blocked: the right one is not even looked at.
    assert!(!is_right(&mut world, ada, GOOD));
    world.now = world.now.plus_seconds(15 * 60);
    assert!(is_right(&mut world, ada, GOOD));
}

#[test]
fn commands_with_secrets_show_nothing() {
    let command = super::command(
        r#"{"command": "password.set", "user": "user_00000000000000000000000000", "password": "teapot"}"#,
    );
    assert!(!format!("{command:?}").contains("teapot"));
    assert_eq!(json(r#""x""#).as_text(), Some("x"));
}
