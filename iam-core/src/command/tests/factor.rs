//! Second factors.

use super::{World, json, user};
use crate::{
    command::{
        Command, ConfirmOtp, CreatePolicy, CreateRecoveryCodes, CreateUser, DeleteMode, DeleteUser, EnrolOtp,
        LinkProvider, NoteFactorFailure, OtpType, PasscodeChannel, RemoveCredential, ResynchroniseOtp,
        RevokeRecoveryCodes, SendOtpEnrolments, SendPasscode, UpdateUser, VerifyFactor,
    },
    credential::otp,
    model::{CredentialId, EntityId, Kind, Secret, UserId, is_sealed},
    plan::{OtpAlgorithm, OtpShape},
    rules::policy::PolicyParts,
    wire::{Code, Problem},
};

const SHAPE: OtpShape = OtpShape {
    algorithm: OtpAlgorithm::Sha1,
    digits: 6,
};

struct Device {
    id: CredentialId,
    key: Vec<u8>,
}

fn enrol(world: &mut World, command: EnrolOtp) -> Device {
    let (plan, disclosed) = world.disclosed(command);
    let id = CredentialId::try_from(plan.subject.unwrap()).unwrap();
    let names: Vec<&str> = disclosed.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["secret", "uri"]);
    let key = otp::key_from_text(disclosed[0].1.expose()).unwrap().to_vec();
    assert!(disclosed[1].1.expose().contains(disclosed[0].1.expose()));
    Device { id, key }
}

impl Device {
    /// What the device shows some steps from now.
    fn shows(&self, world: &World, steps: i64) -> Secret {
        let step = otp::step(world.now.micros() / 1_000_000, 30) + steps;
        Secret::new(otp::code(&self.key, SHAPE, u64::try_from(step).unwrap()))
    }
}

/// A device that counts.
fn active(world: &mut World, user: UserId) -> Device {
    let device = enrol(world, EnrolOtp::new(user));
    let code = device.shows(world, -1);
    world.ok(ConfirmOtp {
        credential: device.id,
        code,
    });
    device
}

#[track_caller]
fn refused(world: &mut World, command: impl Into<Command>) -> Box<Problem> {
    world.decide(command).expect_err("refused")
}

fn policy(world: &mut World, rules: &str) {
    let rules: PolicyParts = serde_json::from_str(rules).unwrap();
    world.ok(CreatePolicy {
        rules,
        ..CreatePolicy::default()
    }
    .set("name", format!("{rules:?}", rules = world.records.len())));
}

/// S1-73
#[test]
fn a_device_counts_after_its_first_code_and_each_code_once() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    let verify = |code: Secret| VerifyFactor { user: ada, code };
    let device = enrol(&mut world, EnrolOtp::new(ada));
    let code = device.shows(&world, 0);
    assert_eq!(
        refused(&mut world, verify(code.clone())).code,
        Code::NoCredential,
        "not confirmed yet"
    );
    assert_eq!(
        refused(
            &mut world,
            ConfirmOtp {
                credential: device.id,
                code: Secret::new("000000")
            }
        )
        .code,
        Code::Wrong
    );
    world.ok(ConfirmOtp {
        credential: device.id,
        code: code.clone(),
    });
    assert_eq!(
        refused(&mut world, verify(code)).code,
        Code::Wrong,
        "used up with the confirmation"
    );
    // One step of drift to either side, no more, and nothing before what was used.
    let (next, beyond) = (device.shows(&world, 1), device.shows(&world, 2));
    assert_eq!(refused(&mut world, verify(beyond)).code, Code::Wrong);
    world.ok(verify(next.clone()));
    assert_eq!(refused(&mut world, verify(next)).code, Code::Wrong);
    world.now = world.now.plus_seconds(60);
    let late = device.shows(&world, -1);
    assert_eq!(
        refused(&mut world, verify(late)).code,
        Code::Wrong,
        "the step was used before"
    );
    let now = device.shows(&world, 0);
    world.ok(verify(now));
    let record = &world.records[&EntityId::from(device.id)];
    assert!(is_sealed(record.text("secret")));
    assert_eq!(record.text("assurance"), "substantial");
}

/// S0-53
#[test]
fn an_enrolment_has_to_be_finished_in_time() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    policy(&mut world, r#"{"factor": {"enrolment_minutes": 10}}"#);
    let device = enrol(&mut world, EnrolOtp::new(ada));
    world.now = world.now.plus_seconds(599);
    let code = device.shows(&world, 0);
    assert!(
        world
            .decide(ConfirmOtp {
                credential: device.id,
                code: code.clone()
            })
            .is_ok()
    );
    world.now = world.now.plus_seconds(1);
    assert_eq!(
        refused(
            &mut world,
            ConfirmOtp {
                credential: device.id,
                code
            }
        )
        .code,
        Code::Expired
    );
}

/// S0-54
#[test]
fn one_device_more_than_allowed_is_refused() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    policy(
        &mut world,
        r#"{"factor": {"device_limit": 2, "enrolment_minutes": 10}}"#,
    );
    active(&mut world, ada);
    enrol(&mut world, EnrolOtp::new(ada));
    assert_eq!(refused(&mut world, EnrolOtp::new(ada)).code, Code::TooManyDevices);
    // What was never finished makes room.
    world.now = world.now.plus_seconds(600);
    enrol(&mut world, EnrolOtp::new(ada));
    let count = world
        .records
        .keys()
        .filter(|id| id.kind == Kind::Credential)
        .count();
    assert_eq!(count, 2);
}

/// S0-52
#[test]
fn many_users_are_sent_their_codes_in_one_operation() {
    let mut world = World::new();
    policy(&mut world, r#"{"factor": {"device_limit": 1}}"#);
    let users: Vec<UserId> = (0..40)
        .map(|number| user(&mut world, &format!("user{number}")))
        .collect();
    active(&mut world, users[7]);
    let plan = world.ok(SendOtpEnrolments {
        users: users.iter().copied().collect(),
        issuer: Some("Acme".into()),
    });
    let messages: Vec<_> = plan
        .effects
        .iter()
        .filter(|effect| effect.name == "message")
        .collect();
    assert_eq!(messages.len(), 39);
    assert!(
        messages
            .iter()
            .all(|effect| is_sealed(effect.details["sealed"].as_text().unwrap()))
    );
    assert_eq!(plan.remarks.len(), 1);
    assert!(
        plan.remarks[0].contains(&users[7].to_string()),
        "{:?}",
        plan.remarks
    );
}

#[test]
fn counter_devices_go_on_and_are_brought_back() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    let key = Secret::new("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    let device = enrol(
        &mut world,
        EnrolOtp {
            otp_type: OtpType::Hotp,
            secret: Some(key),
            confirmed: true,
            ..EnrolOtp::new(ada)
        },
    );
    let code = |counter| Secret::new(otp::code(&device.key, SHAPE, counter));
    let verify = |code: Secret| VerifyFactor { user: ada, code };
    world.ok(verify(code(0)));
    world.ok(verify(code(4)));
    assert_eq!(refused(&mut world, verify(code(3))).code, Code::Wrong);
    assert_eq!(
        refused(&mut world, verify(code(40))).code,
        Code::Wrong,
        "too far ahead"
    );
    let resynchronise = |first, second| ResynchroniseOtp {
        credential: device.id,
        first,
        second,
    };
    assert_eq!(
        refused(&mut world, resynchronise(code(40), code(42))).code,
        Code::Wrong
    );
    world.ok(resynchronise(code(40), code(41)));
    assert_eq!(refused(&mut world, verify(code(41))).code, Code::Wrong);
    world.ok(verify(code(42)));
}

#[test]
fn recovery_codes_are_shown_once_and_count_once() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    let (plan, disclosed) = world.disclosed(CreateRecoveryCodes { user: ada });
    let codes: Vec<Secret> = disclosed.into_iter().map(|(_, code)| code).collect();
    assert_eq!(codes.len(), 10);
    let shown = serde_json::to_string(&plan).unwrap();
    assert!(codes.iter().all(|code| !shown.contains(code.expose())));
    let verify = |code: &Secret| VerifyFactor {
        user: ada,
        code: code.clone(),
    };
    world.ok(verify(&codes[3]));
    assert_eq!(refused(&mut world, verify(&codes[3])).code, Code::Wrong);
    let set = world.records[&plan.subject.unwrap()].clone();
    assert_eq!(set.value("remaining").and_then(|left| left.as_integer()), Some(9));
    // A new set takes the place of the one before.
    let (again, _) = world.disclosed(CreateRecoveryCodes { user: ada });
    assert_eq!(again.subject, plan.subject);
    assert!(world.decide(verify(&codes[4])).is_err());
}

/// S3-34
#[test]
fn a_removed_factor_can_no_longer_be_used() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    let (first, second) = (active(&mut world, ada), active(&mut world, ada));
    world.now = world.now.plus_seconds(120);
    world.ok(RemoveCredential { credential: first.id });
    let code = first.shows(&world, 0);
    assert_eq!(
        refused(&mut world, VerifyFactor { user: ada, code }).code,
        Code::Wrong
    );
    let code = second.shows(&world, 0);
    world.ok(VerifyFactor { user: ada, code });
}

/// S3-35
#[test]
fn the_last_second_factor_stays() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    let only = active(&mut world, ada);
    // What was never confirmed is none.
    enrol(&mut world, EnrolOtp::new(ada));
    let problem = refused(&mut world, RemoveCredential { credential: only.id });
    assert_eq!(problem.code, Code::LastFactor);
    let other = active(&mut world, ada);
    world.ok(RemoveCredential { credential: only.id });
    assert_eq!(
        refused(&mut world, RemoveCredential { credential: other.id }).code,
        Code::LastFactor
    );
}

/// S3-40, S3-87
#[test]
fn recovery_codes_are_no_second_factor_and_can_always_be_revoked() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    world.ok(CreateRecoveryCodes { user: ada });
    let only = active(&mut world, ada);
    assert_eq!(
        refused(&mut world, RemoveCredential { credential: only.id }).code,
        Code::LastFactor
    );
    world.ok(RevokeRecoveryCodes { user: ada });
    assert_eq!(
        refused(&mut world, RevokeRecoveryCodes { user: ada }).code,
        Code::NoCredential
    );
}

/// S3-36
#[test]
fn whoever_has_only_recovery_codes_may_enrol_a_factor() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    policy(&mut world, r#"{"factor": {"required": true}}"#);
    world.ok(CreateRecoveryCodes { user: ada });
    active(&mut world, ada);
}

/// S3-41
#[test]
fn removal_and_revocation_are_commands_of_their_own() {
    for name in ["credential.remove", "recovery_codes.revoke"] {
        assert!(Command::NAMES.contains(&name));
    }
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    let device = active(&mut world, ada);
    let problem = refused(&mut world, UpdateUser::new(ada).set("credentials", json("[]")));
    assert_eq!(problem.fields[0].code, "attribute.unknown");
    assert!(world.records.contains_key(&EntityId::from(device.id)));
}

/// S0-61, S3-37, S3-38, S3-39
#[test]
fn links_to_providers_come_and_go() {
    let mut world = World::new();
    let (ada, bob) = (user(&mut world, "ada"), user(&mut world, "bob"));
    let link = |user, provider: &str| LinkProvider {
        user,
        provider: provider.to_owned(),
        subject: "000123.abc".to_owned(),
        label: Some("ada@private.example".to_owned()),
    };
    let linked: CredentialId = world.made(link(ada, "google"));
    assert_eq!(refused(&mut world, link(bob, "google")).code, Code::Taken);
    let plan = world.ok(RemoveCredential { credential: linked });
    assert!(plan.remarks.is_empty());
    // The next sign-in with the provider makes it again.
    let _: CredentialId = world.made(link(ada, "google"));
    let apple: CredentialId = world.made(link(ada, "apple"));
    let plan = world.ok(RemoveCredential { credential: apple });
    assert!(plan.remarks[0].contains("Apple"), "{:?}", plan.remarks);
}

/// S0-67
#[test]
fn a_passcode_by_mail_counts_once_and_for_ten_minutes() {
    let mut world = World::new();
    let ada = world.made(CreateUser::new("ada").set("email", "ada@acme.example"));
    let send = SendPasscode {
        user: ada,
        channel: PasscodeChannel::Email,
    };
    let plan = world.ok(send.clone());
    let effect = plan
        .effects
        .iter()
        .find(|effect| effect.name == "message")
        .unwrap();
    assert_eq!(effect.details["template"].as_text(), Some("passcode"));
    assert_eq!(effect.details["expires_at"], world.now.plus_seconds(600).into());
    let code = world.opened(effect);
    assert_eq!(code.expose().len(), 8);
    let verify = VerifyFactor { user: ada, code };
    let wrong = VerifyFactor {
        user: ada,
        code: Secret::new("12345678"),
    };
    assert_eq!(refused(&mut world, wrong).code, Code::Wrong);
    world.now = world.now.plus_seconds(599);
    let plan = world.ok(verify.clone());
    let event = plan
        .events
        .iter()
        .find(|event| event.name == "factor.verified")
        .unwrap();
    assert_eq!(event.details["assurance"].as_text(), Some("low"));
    assert_eq!(refused(&mut world, verify).code, Code::NoCredential);
    // After ten minutes it is over, whatever the policy says.
    policy(&mut world, r#"{"factor": {"passcode_minutes": 9}}"#);
    let plan = world.ok(send);
    let code = world.opened(
        plan.effects
            .iter()
            .find(|effect| effect.name == "message")
            .unwrap(),
    );
    world.now = world.now.plus_seconds(540);
    assert_eq!(
        refused(&mut world, VerifyFactor { user: ada, code }).code,
        Code::NoCredential
    );
}

/// A.6 X6
#[test]
fn policies_can_exclude_weak_factors() {
    let mut world = World::new();
    let ada = world.made(CreateUser::new("ada").set("email", "ada@acme.example"));
    let device = active(&mut world, ada);
    policy(&mut world, r#"{"factor": {"minimum_assurance": "substantial"}}"#);
    let send = SendPasscode {
        user: ada,
        channel: PasscodeChannel::Email,
    };
    assert_eq!(refused(&mut world, send).code, Code::Policy);
    let code = device.shows(&world, 0);
    world.ok(VerifyFactor { user: ada, code });
    let problem = refused(
        &mut world,
        super::command(
            r#"{"command": "policy.create", "attributes": {"name": "slow"}, "rules": {"factor": {"passcode_minutes": 60}}}"#,
        ),
    );
    assert_eq!(problem.fields[0].code, "policy.passcode");
}

/// S3-33
#[test]
fn only_the_new_phone_works_after_a_change() {
    let mut world = World::new();
    let ada = world.made(CreateUser::new("ada").set("phone", "+41791112233"));
    let plan = world.ok(SendPasscode {
        user: ada,
        channel: PasscodeChannel::Sms,
    });
    let code = world.opened(
        plan.effects
            .iter()
            .find(|effect| effect.name == "message")
            .unwrap(),
    );
    world.ok(UpdateUser::new(ada).set("phone", "+41794445566"));
    assert_eq!(
        refused(&mut world, VerifyFactor { user: ada, code }).code,
        Code::NoCredential
    );
}

#[test]
fn wrong_codes_make_devices_wait_and_passcodes_void() {
    let mut world = World::new();
    let ada = world.made(CreateUser::new("ada").set("email", "ada@acme.example"));
    let device = active(&mut world, ada);
    world.now = world.now.plus_seconds(60);
    world.ok(SendPasscode {
        user: ada,
        channel: PasscodeChannel::Email,
    });
    for _ in 0..4 {
        world.ok(NoteFactorFailure { user: ada });
    }
    let code = device.shows(&world, 0);
    assert_eq!(
        refused(
            &mut world,
            VerifyFactor {
                user: ada,
                code: code.clone()
            }
        )
        .code,
        Code::Wrong,
        "has to wait"
    );
    world.ok(NoteFactorFailure { user: ada });
    let passcodes = world
        .records
        .values()
        .filter(|record| record.text("credential_type") == "email" && record.value("secret").is_some())
        .count();
    assert_eq!(passcodes, 0, "void after five");
    // Guessing goes no faster with one that is sent anew.
    let send = SendPasscode {
        user: ada,
        channel: PasscodeChannel::Email,
    };
    assert_eq!(refused(&mut world, send.clone()).code, Code::Throttled);
    world.now = world.now.plus_seconds(30);
    world.ok(send);
    world.now = world.now.plus_seconds(60);
    let code = device.shows(&world, 0);
    world.ok(VerifyFactor { user: ada, code });
    assert!(
        world.records[&EntityId::from(device.id)]
            .value("failures")
            .is_none()
    );
}

/// S0-38: a lock without an end is no less strict for codes: the user is locked, and nobody goes on guessing.
#[test]
fn wrong_codes_lock_for_good_where_the_policy_does() {
    let mut world = World::new();
    let ada = user(&mut world, "ada");
    active(&mut world, ada);
    policy(
        &mut world,
        r#"{"lock": {"attempts": 3, "delay_seconds": 0, "duration_minutes": 0}}"#,
    );
    for failures in 1..=3 {
        world.ok(NoteFactorFailure { user: ada });
        let record = &world.records[&EntityId::from(ada)];
        assert_eq!(record.flag("locked"), failures == 3, "{failures}");
    }
    assert_eq!(world.records[&EntityId::from(ada)].text("locked_by"), "policy");
}

/// S3-63, S3-65
#[test]
fn credentials_go_with_their_user() {
    for mode in [DeleteMode::Erase, DeleteMode::Purge] {
        let mut world = World::new();
        let ada = user(&mut world, "ada");
        active(&mut world, ada);
        world.ok(CreateRecoveryCodes { user: ada });
        world.ok(DeleteUser { user: ada, mode });
        assert!(world.records.keys().all(|id| id.kind != Kind::Credential));
    }
}
