//! A person as those see it who look after people, and as the person sees it.

use std::sync::Arc;

use super::{
    access::user,
    credential::{Mailbox, Targets, settings, worker},
    ground::Ground,
    link::PASSWORD,
    sign_in::{choose, opened, person},
};
use crate::{
    command::{
        ChangePassword, Command, CreateRecoveryCodes, CreateUser, DisableUser, EnableUser, EnrolOtp,
        RemoveCredential, ResetPassword, ResetTo, RevokeRole, SendOtpEnrolments, SendPasscode, UpdateUser,
    },
    model::{CredentialId, EntityId, RoleId, UserId},
    query::Query,
    service::SignIn,
    wire::Code,
};

async fn ask(ground: &Ground, query: serde_json::Value) -> serde_json::Value {
    let query: Query = serde_json::from_value(query).unwrap();
    ground.acme.ask(query).await.unwrap()
}

/// S0-4: a password is reset, a code for an authenticator and a passcode are sent, each by one command; what the user
/// gets is a message with what is needed.
pub(super) async fn a_user_is_helped_along(ground: &Ground) {
    let ada = person(ground, "ada").await;
    settings(ground, r#"{"messages": {"password.reset": true}}"#).await;
    let help: [Command; 3] = [
        ResetPassword {
            user: ada,
            to: ResetTo::Random,
            send: true,
        }
        .into(),
        SendOtpEnrolments {
            users: [ada].into(),
            issuer: None,
        }
        .into(),
        SendPasscode {
            user: ada,
            channel: Default::default(),
        }
        .into(),
    ];
    let (mailbox, targets) = (Arc::<Mailbox>::default(), Arc::<Targets>::default());
    let worker = worker(&mailbox, &targets);
    for command in help {
        ground.acme.execute(command).await.unwrap();
        while !ground.iam.work_outbox(&worker, 100).await.unwrap().is_empty() {}
    }
    let messages = mailbox.messages.lock().unwrap();
    let of = |template: &str| {
        let found = messages.iter().find(|message| message.template == template);
        found.unwrap_or_else(|| panic!("no message {template}"))
    };
    assert!(
        messages
            .iter()
            .all(|message| message.address == "ada@example.com")
    );
    let code = &of("otp.enrolment").attachments[0];
    assert_eq!(code.media_type, "image/png");
    assert!(code.content.starts_with(b"\x89PNG"));
    let digits = of("passcode").text.split(|c: char| !c.is_ascii_digit());
    assert!(
        digits.into_iter().any(|word| word.len() == 8),
        "the passcode itself"
    );
    assert!(of("password.initial").text.len() > 20);
}

/// S1-18: users change their own password, bind and remove their own factors, and end their own sessions; nobody else's,
/// and they neither choose nor reset a password.
pub(super) async fn users_care_for_their_own_security(ground: &Ground) {
    let (ada, bob) = (person(ground, "ada").await, person(ground, "bob").await);
    opened(ground.acme.sign_in(&SignIn::new("ada", PASSWORD)).await.unwrap());
    let acting = ground.as_user(ada.into());
    let change = ChangePassword {
        user: ada,
        current: PASSWORD.into(),
        password: "another staple of the horse".into(),
        confirmation: None,
    };
    acting.execute(change).await.unwrap();
    let enrol = |of| EnrolOtp {
        confirmed: true,
        ..EnrolOtp::new(of)
    };
    let first: CredentialId = acting.execute(enrol(ada)).await.unwrap().id().unwrap();
    acting.execute(enrol(ada)).await.unwrap();
    acting.execute(CreateRecoveryCodes { user: ada }).await.unwrap();
    acting
        .execute(RemoveCredential { credential: first })
        .await
        .unwrap();
    let theirs: CredentialId = ground.acme.execute(enrol(bob)).await.unwrap().id().unwrap();
    let forbidden: [Command; 5] = [
        enrol(bob).into(),
        CreateRecoveryCodes { user: bob }.into(),
        RemoveCredential { credential: theirs }.into(),
        ResetPassword {
            user: bob,
            to: ResetTo::Random,
            send: false,
        }
        .into(),
        crate::command::SetPassword::new(ada, PASSWORD).into(),
    ];
    for command in forbidden {
        let name = command.name();
        let refused = acting.execute(command).await.unwrap_err();
        // Who may not even see somebody is not told that there is anybody.
        assert!(
            matches!(refused.code, Code::Denied | Code::NotFound),
            "{name}: {refused}"
        );
    }
}

/// S3-12, S3-13, S3-42: personal data, ways to sign in, those among them that are switched off, and roles, which are
/// granted and taken from here.
pub(super) async fn a_user_in_detail(ground: &Ground) {
    let ada = person(ground, "ada").await;
    let device: CredentialId = ground
        .acme
        .execute(EnrolOtp {
            confirmed: true,
            ..EnrolOtp::new(ada)
        })
        .await
        .unwrap()
        .id()
        .unwrap();
    let off = r#"{"command": "policy.create", "attributes": {"name": "no codes"}, "rules": {"factor": {"allowed": ["passkey"]}}}"#;
    ground
        .acme
        .execute(serde_json::from_str::<Command>(off).unwrap())
        .await
        .unwrap();
    let record = ask(ground, serde_json::json!({"query": "record.get", "id": ada})).await;
    assert_eq!(record["attributes"]["email"], "ada@example.com");
    let listed = ask(
        ground,
        serde_json::json!({"query": "credential.list", "user": ada}),
    )
    .await;
    let types: Vec<&str> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["attributes"]["credential_type"].as_str().unwrap())
        .collect();
    assert!(types.contains(&"password") && types.contains(&"totp"), "{listed}");
    assert!(
        listed
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["id"] == EntityId::from(device).to_string())
    );
    let role = ground.role("Clerk", []).await;
    let held = async || {
        let asked =
            serde_json::json!({"query": "edge.list", "id": ada, "direction": "from", "relation": "has_role"});
        ask(ground, asked).await.to_string().contains(&role.to_string())
    };
    assert!(!held().await);
    ground.grant(role, ada.into()).await;
    assert!(held().await);
    let revoke = RevokeRole {
        role: RoleId(role.uuid),
        holders: [ada.into()].into(),
    };
    ground.acme.execute(revoke).await.unwrap();
    assert!(!held().await);
}

/// S3-31, S3-32: what is not read-only is edited; after a change only the new address signs in.
pub(super) async fn the_new_address_signs_in(ground: &Ground) {
    let ada = person(ground, "ada").await;
    let update = UpdateUser::new(ada)
        .set("email", "countess@example.com")
        .set("first_name", "Ada")
        .set("phone", "+41791112233");
    ground.acme.execute(update).await.unwrap();
    let record = ground.acme.get(EntityId::from(ada)).await.unwrap();
    assert_eq!(
        (record.text("first_name"), record.text("phone")),
        ("Ada", "+41791112233")
    );
    let read_only = UpdateUser::new(ada).set("last_sign_in_at", "2026-01-01T00:00:00Z");
    let refused = ground.acme.execute(read_only).await.unwrap_err();
    assert_eq!(refused.code, Code::Invalid);
    let before = SignIn::new("ada@example.com", PASSWORD);
    let refused = ground.acme.sign_in(&before).await.unwrap_err();
    assert_eq!(refused.code, Code::SignInRefused);
    let now = SignIn::new("Countess@Example.com", PASSWORD);
    opened(ground.acme.sign_in(&now).await.unwrap());
}

/// S3-51: only who is blocked is unblocked, and is active then.
pub(super) async fn only_the_blocked_are_unblocked(ground: &Ground) {
    let ada = person(ground, "ada").await;
    let state = async |of: UserId| {
        let asked = serde_json::json!({"query": "user.status", "user": of, "view": "customer"});
        ask(ground, asked).await.as_str().unwrap().to_owned()
    };
    let enable = EnableUser { user: ada };
    let nothing = ground.acme.execute(enable.clone()).await.unwrap();
    assert_eq!((nothing.events.len(), state(ada).await.as_str()), (0, "active"));
    let disable = DisableUser {
        user: ada,
        by: Default::default(),
    };
    ground.acme.execute(disable).await.unwrap();
    assert_eq!(state(ada).await, "blocked");
    ground.acme.execute(enable).await.unwrap();
    assert_eq!(state(ada).await, "active");
    // Whoever was never in is not let in this way.
    let invited = CreateUser {
        registration: crate::command::Registration::Invited,
        ..CreateUser::new("guest").set("email", "guest@example.com")
    };
    let guest = user(ground.acme.execute(invited).await.unwrap().id.unwrap());
    ground.acme.execute(EnableUser { user: guest }).await.unwrap();
    assert_eq!(state(guest).await, "pending_invitation");
    choose(ground, ada, "another staple of the horse").await;
}
