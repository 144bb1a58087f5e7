use super::*;
use crate::{
    command::{
        CreateUser, Delivery, Invitation, InviteUser, Registration, RevokeLink, StartEmailVerification,
        StartPasswordReset, UpdateUser,
    },
    model::{LinkId, SEALED},
    plan::Plan,
    wire::Code,
};

fn person(world: &mut World, registration: Registration) -> UserId {
    let create = CreateUser {
        registration,
        ..CreateUser::default()
            .set("email", "alice@example.com")
            .set("user_name", "alice")
    };
    world.made(create)
}

fn sealed(plan: &Plan) -> String {
    let details = &plan.effects[0].details;
    details["sealed"].as_text().unwrap().to_owned()
}

/// S3-17, S3-18, S3-54: the message carries the link sealed, in the language that was chosen or preferred.
#[test]
fn a_link_leaves_sealed() {
    let mut world = World::new();
    let alice = person(&mut world, Registration::NotInvited);
    let invite = InviteUser {
        user: alice,
        language: Some("de".into()),
        delivery: Delivery::Message,
    };
    let plan = world.ok(invite);
    assert!(sealed(&plan).starts_with(SEALED));
    assert_eq!(plan.effects[0].details["language"].as_text(), Some("de"));
    assert_eq!(plan.effects[0].subject, alice.into());
    let written = serde_json::to_string(&plan).unwrap() + &format!("{plan:?}");
    assert!(!written.contains("iam_lt_"));
    let link = world.record(plan.subject.unwrap());
    assert_eq!(link.text("purpose"), "invitation");
    assert_eq!(
        link.moment("expires_at"),
        Some(world.now.plus_seconds(168 * 3_600))
    );
}

/// S3-20: created and invited in one plan.
#[test]
fn creation_and_invitation_are_one_plan() {
    let mut world = World::new();
    let create = CreateUser {
        registration: Registration::Invited,
        invitation: Some(Invitation {
            language: Some("sv".into()),
            delivery: Delivery::Message,
        }),
        ..CreateUser::default().set("email", "bob@example.com")
    };
    let plan = world.ok(create);
    let names: Vec<&str> = plan.events.iter().map(|event| event.name.as_str()).collect();
    assert_eq!(names, ["user.created", "user.invited"]);
    assert_eq!(plan.effects.len(), 1);
    assert!(!world.has(LinkId(uuid::Uuid::nil())));
}

/// S3-27, S3-59: one open link for each purpose.
#[test]
fn a_new_link_replaces_the_one_before() {
    let mut world = World::new();
    let alice = person(&mut world, Registration::Complete);
    let reset = StartPasswordReset {
        user: alice,
        language: None,
        delivery: Delivery::Message,
    };
    let verify = StartEmailVerification {
        user: alice,
        language: None,
        delivery: Delivery::Answer,
    };
    let first: LinkId = world.made(reset.clone());
    let other: LinkId = world.made(verify);
    let second: LinkId = world.made(reset);
    assert_eq!(world.record(first).text("end"), "replaced");
    assert_eq!(world.record(other).text("end"), "");
    assert_eq!(world.record(second).text("end"), "");
    world.ok(RevokeLink { link: second });
    assert!(world.ok(RevokeLink { link: second }).is_empty());
    world.ok(UpdateUser::new(alice).unset("email"));
    let reset = StartPasswordReset {
        user: alice,
        language: None,
        delivery: Delivery::Message,
    };
    assert_eq!(world.wrong(reset)["email"], "value.required");
}

/// S3-23, S3-53, S3-88
#[test]
fn an_invitation_is_for_those_who_have_not_signed_up() {
    let mut world = World::new();
    let alice = person(&mut world, Registration::Complete);
    let invite = InviteUser {
        user: alice,
        language: None,
        delivery: Delivery::Message,
    };
    world.refused_as(Code::RegistrationComplete, invite);
    let bob = CreateUser {
        registration: Registration::NotInvited,
        ..CreateUser::default().set("email", "bob@example.com")
    };
    let bob: UserId = world.made(bob);
    let reset = StartPasswordReset {
        user: bob,
        language: None,
        delivery: Delivery::Message,
    };
    world.refused_as(Code::RegistrationIncomplete, reset);
}
