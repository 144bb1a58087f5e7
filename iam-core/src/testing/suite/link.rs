//! Links: invitations, resets, verifications; one use, replaced by the next, exact to the second.

use super::{
    ground::Ground,
    session::{events, open},
    sign_in::set,
};
use crate::{
    command::{
        CreateUser, DeleteMode, DeleteUser, Delivery, DisableUser, Invitation, InviteUser, LockUser,
        Registration, RevokeLink, StartEmailVerification, StartPasswordReset, SuspendUser, UpdateUser,
    },
    model::{EntityId, LinkId, Moment, UserId},
    port::{Clock, LeasedEffect},
    rules::status::{StatusView, status},
    service::{AcceptInvitation, Executed, RequestPasswordReset, ResetPasswordByLink, SignIn, SignedIn},
    wire::{Code, Problem},
};

pub(super) const PASSWORD: &str = "a staple of the battery horse";

fn answered() -> Delivery {
    Delivery::Answer
}

fn token(done: &Executed) -> String {
    done.disclosed["link_token"][0].expose().to_owned()
}

async fn invited(ground: &Ground, name: &str) -> (UserId, String) {
    let mut command = CreateUser::default().set("email", format!("{name}@example.com"));
    command.registration = Registration::Invited;
    command.invitation = Some(Invitation {
        language: Some("de".into()),
        delivery: answered(),
    });
    let done = ground.acme.execute(command).await.unwrap();
    (done.id().unwrap(), token(&done))
}

fn accept(token: &str) -> AcceptInvitation {
    AcceptInvitation {
        link_token: token.into(),
        password: PASSWORD.into(),
        attributes: Default::default(),
        terms: None,
    }
}

fn reset(token: &str) -> ResetPasswordByLink {
    ResetPasswordByLink {
        link_token: token.into(),
        password: PASSWORD.into(),
    }
}

async fn state(ground: &Ground, user: UserId) -> &'static str {
    let record = ground.record(user.into()).await.unwrap();
    status(&record, StatusView::Customer, ground.clock.now())
}

async fn invite(ground: &Ground, user: UserId) -> Result<String, Problem> {
    let command = InviteUser {
        user,
        language: None,
        delivery: answered(),
    };
    ground.acme.execute(command).await.map(|done| token(&done))
}

fn refused<T: std::fmt::Debug>(result: Result<T, Problem>) -> Code {
    result.unwrap_err().code
}

pub(super) async fn lease(ground: &Ground) -> Vec<LeasedEffect> {
    let now = ground.clock.now();
    ground
        .storage
        .lease("suite", now, now.plus_seconds(60), 100)
        .await
        .unwrap()
}

/// S3-14, S3-15, S3-16, S3-17, S3-20, S3-21, S3-29: from the invitation to the first sign-in.
pub(super) async fn invitation_to_sign_in(ground: &Ground) {
    let nobody = CreateUser {
        registration: Registration::Invited,
        ..CreateUser::new("nobody")
    };
    assert_eq!(refused(ground.acme.execute(nobody).await), Code::Invalid);
    let (alice, link) = invited(ground, "alice").await;
    let record = ground.record(alice.into()).await.unwrap();
    assert_eq!(record.text("user_name"), "alice@example.com");
    assert_eq!(state(ground, alice).await, "pending_invitation");
    let twice = CreateUser {
        registration: Registration::NotInvited,
        ..CreateUser::default().set("email", "Alice@Example.com")
    };
    assert_eq!(refused(ground.acme.execute(twice).await), Code::Taken);
    // Nobody gets in before.
    let attempt = SignIn::new("alice@example.com", PASSWORD);
    assert_eq!(refused(ground.acme.sign_in(&attempt).await), Code::SignInRefused);
    let view = ground.acme.check_link(&link).await.unwrap();
    assert_eq!((view.user, view.language.as_deref()), (alice, Some("de")));
    let mut filled = accept(&link);
    filled
        .attributes
        .insert("first_name".into(), Some("Alice".into()));
    filled.terms = Some("2026-01".into());
    assert_eq!(ground.acme.accept_invitation(&filled).await.unwrap(), alice);
    assert_eq!(state(ground, alice).await, "active");
    let record = ground.record(alice.into()).await.unwrap();
    assert_eq!(record.text("first_name"), "Alice");
    let SignedIn::Open(tokens) = ground.acme.sign_in(&attempt).await.unwrap() else {
        panic!("the sign-in is not complete")
    };
    assert_eq!(tokens.session.user, alice);
}

/// S3-18, S3-19, S3-26: the language of the invitation is the one of the sign-up; somebody may be invited later.
pub(super) async fn invitation_later_and_its_language(ground: &Ground) {
    let mut command = CreateUser::default()
        .set("email", "bob@example.com")
        .set("language", "fr");
    command.registration = Registration::NotInvited;
    let bob: UserId = ground.acme.execute(command).await.unwrap().id().unwrap();
    assert_eq!(state(ground, bob).await, "not_invited");
    assert!(ground.acme.links(bob).await.unwrap().is_empty());
    assert!(lease(ground).await.is_empty());
    let wrong = InviteUser {
        user: bob,
        language: Some("not a language!".into()),
        delivery: Delivery::Message,
    };
    assert_eq!(refused(ground.acme.execute(wrong).await), Code::Invalid);
    let command = InviteUser {
        user: bob,
        language: Some("pt-br".into()),
        delivery: Delivery::Message,
    };
    let done = ground.acme.execute(command).await.unwrap();
    assert!(
        done.disclosed.is_empty(),
        "a message carries the link, nobody else sees it"
    );
    assert_eq!(state(ground, bob).await, "pending_invitation");
    let effects = lease(ground).await;
    assert_eq!(effects.len(), 1);
    let details = &effects[0].effect.details;
    assert_eq!(details["template"].as_text(), Some("user.invited"));
    assert_eq!(details["language"].as_text(), Some("pt-BR"));
    let sealed = details["sealed"].as_text().unwrap();
    assert!(sealed.starts_with("sealed:"));
    // Whoever delivers the message opens it; it opens what it should.
    let opened = ground.iam.open_effect(&effects[0]).unwrap().unwrap();
    assert_eq!(ground.acme.check_link(opened.expose()).await.unwrap().user, bob);
    let mut elsewhere = effects[0].clone();
    elsewhere.effect.subject = ground.acme.realm().into();
    assert_eq!(ground.iam.open_effect(&elsewhere).unwrap_err().code, Code::Sealed);
    let link: LinkId = done.id().unwrap();
    let shown = format!("{effects:?} {:?}", ground.record(link.into()).await);
    assert!(!shown.contains("iam_lt_"), "the token is nowhere in the clear");
}

/// S3-24, S3-89, S3-77: 168 hours to the microsecond, by the clock alone.
pub(super) async fn link_ends_to_the_second(ground: &Ground) {
    let (alice, link) = invited(ground, "alice").await;
    let (bob, late) = invited(ground, "bob").await;
    let issued = ground.clock.now();
    ground
        .clock
        .set(Moment::from_micros(issued.plus_seconds(168 * 3600).micros() - 1));
    assert_eq!(state(ground, bob).await, "pending_invitation");
    ground.acme.accept_invitation(&accept(&link)).await.unwrap();
    assert_eq!(state(ground, alice).await, "active");
    ground.clock.set(issued.plus_seconds(168 * 3600));
    assert_eq!(state(ground, bob).await, "expired_invitation");
    let before = ground.dump().await;
    assert_eq!(refused(ground.acme.check_link(&late).await), Code::LinkExpired);
    assert_eq!(
        refused(ground.acme.accept_invitation(&accept(&late)).await),
        Code::LinkExpired
    );
    assert_eq!(ground.dump().await, before);
}

/// S3-23, S3-25, S3-27, S3-28, S3-30: a newer link replaces the one before; why a link cannot be used is told apart,
/// and changes nothing.
pub(super) async fn links_are_used_once_and_replaced(ground: &Ground) {
    let (alice, first) = invited(ground, "alice").await;
    let second = invite(ground, alice).await.unwrap();
    ground.clock.advance_days(8);
    let third = invite(ground, alice).await.unwrap();
    assert_eq!(state(ground, alice).await, "pending_invitation");
    let before = ground.dump().await;
    for (link, code) in [
        (&first, Code::LinkReplaced),
        (&second, Code::LinkReplaced),
        (&first.replace("iam_lt_", "iam_st_"), Code::LinkUnknown),
        (&"nonsense".to_owned(), Code::LinkUnknown),
    ] {
        assert_eq!(refused(ground.acme.check_link(link).await), code);
        assert_eq!(refused(ground.acme.accept_invitation(&accept(link)).await), code);
    }
    // A link opens what it is for, and nothing else.
    assert_eq!(
        refused(ground.acme.reset_password(&reset(&third)).await),
        Code::LinkUnknown
    );
    assert_eq!(refused(ground.acme.verify_email(&third).await), Code::LinkUnknown);
    assert_eq!(ground.dump().await, before);
    ground.acme.accept_invitation(&accept(&third)).await.unwrap();
    assert_eq!(
        refused(ground.acme.accept_invitation(&accept(&third)).await),
        Code::LinkUsed
    );
    assert_eq!(refused(invite(ground, alice).await), Code::RegistrationComplete);
    let ends: Vec<String> = ground
        .acme
        .links(alice)
        .await
        .unwrap()
        .iter()
        .map(|link| link.text("end").to_owned())
        .collect();
    assert_eq!(ends, ["used", "replaced", "replaced"]);
    // Revoked ones are told apart, too.
    let (_, link) = invited(ground, "carol").await;
    let id = ground.acme.check_link(&link).await.unwrap().id;
    ground.acme.execute(RevokeLink { link: id }).await.unwrap();
    assert_eq!(refused(ground.acme.check_link(&link).await), Code::LinkRevoked);
}

/// S3-25, S3-56, S3-89: of many uses at the same moment exactly one wins.
pub(super) async fn one_of_many_uses_wins(ground: &Ground) {
    let (alice, link) = invited(ground, "alice").await;
    let accept = accept(&link);
    let attempts = (0..6).map(|_| ground.acme.accept_invitation(&accept));
    let results = crate::testing::join_all(attempts.collect()).await;
    let won = results.iter().filter(|result| result.is_ok()).count();
    assert_eq!(won, 1);
    for result in results {
        if let Err(problem) = result {
            assert_eq!(problem.code, Code::LinkUsed, "{problem}");
        }
    }
    assert_eq!(state(ground, alice).await, "active");
}

/// S3-53, S3-54, S3-55, S3-56, S3-57, S3-58, S3-59: from the trigger to the new password.
pub(super) async fn password_reset_by_link(ground: &Ground) {
    let mut command = CreateUser::new("alice").set("email", "alice@example.com");
    command.attributes.insert("language".into(), Some("sv".into()));
    let alice: UserId = ground.acme.execute(command).await.unwrap().id().unwrap();
    let old = "the former pass phrase";
    super::sign_in::choose(ground, alice, old).await;
    let start = |delivery| StartPasswordReset {
        user: alice,
        language: None,
        delivery,
    };
    let first = token(&ground.acme.execute(start(answered())).await.unwrap());
    ground.acme.execute(start(Delivery::Message)).await.unwrap();
    let effects = lease(ground).await;
    assert_eq!(
        effects[0].effect.details["template"].as_text(),
        Some("user.password_reset")
    );
    assert_eq!(effects[0].effect.details["language"].as_text(), Some("sv"));
    assert_eq!(
        refused(ground.acme.reset_password(&reset(&first)).await),
        Code::LinkReplaced
    );
    // The present password goes on to work, and a blocked user can be reset.
    assert!(ground.acme.sign_in(&SignIn::new("alice", old)).await.is_ok());
    let session = open(ground, alice.into(), false).await;
    ground.acme.execute(SuspendUser { user: alice }).await.unwrap();
    let blocked = token(&ground.acme.execute(start(answered())).await.unwrap());
    ground.acme.check_link(&blocked).await.unwrap();
    ground
        .acme
        .execute(crate::command::EnableUser { user: alice })
        .await
        .unwrap();
    ground.clock.advance_days(7);
    assert_eq!(
        refused(ground.acme.reset_password(&reset(&blocked)).await),
        Code::LinkExpired
    );
    let link = token(&ground.acme.execute(start(answered())).await.unwrap());
    ground.acme.reset_password(&reset(&link)).await.unwrap();
    assert_eq!(
        refused(ground.acme.reset_password(&reset(&link)).await),
        Code::LinkUsed
    );
    assert!(ground.acme.session(&session.token).await.is_err());
    assert_eq!(
        refused(ground.acme.sign_in(&SignIn::new("alice", old)).await),
        Code::SignInRefused
    );
    assert!(ground.acme.sign_in(&SignIn::new("alice", PASSWORD)).await.is_ok());
}

/// S3-43, S3-53, S3-88: who has not completed the sign-up is neither blocked nor reset; links die with their user.
pub(super) async fn incomplete_sign_ups(ground: &Ground) {
    let (alice, link) = invited(ground, "alice").await;
    let start = StartPasswordReset {
        user: alice,
        language: None,
        delivery: answered(),
    };
    assert_eq!(
        refused(ground.acme.execute(start).await),
        Code::RegistrationIncomplete
    );
    let disable = DisableUser {
        user: alice,
        by: Default::default(),
    };
    assert_eq!(
        refused(ground.acme.execute(disable).await),
        Code::RegistrationIncomplete
    );
    let lock = LockUser {
        user: alice,
        reason: None,
    };
    assert_eq!(
        refused(ground.acme.execute(lock).await),
        Code::RegistrationIncomplete
    );
    for mode in [DeleteMode::Soft, DeleteMode::Purge] {
        ground
            .acme
            .execute(DeleteUser { user: alice, mode })
            .await
            .unwrap();
        let code = refused(ground.acme.accept_invitation(&accept(&link)).await);
        let expected = if mode == DeleteMode::Soft {
            Code::LinkRevoked
        } else {
            Code::LinkUnknown
        };
        assert_eq!(code, expected);
    }
    assert!(ground.acme.links(alice).await.unwrap().is_empty());
}

/// S1-72: whoever asks for a reset learns nothing; for nobody as much is written as for somebody.
pub(super) async fn reset_without_telling_who_exists(ground: &Ground) {
    let alice = CreateUser::new("alice").set("email", "alice@example.com");
    let alice: UserId = ground.acme.execute(alice).await.unwrap().id().unwrap();
    let request = |identifier: &str| RequestPasswordReset {
        identifier: identifier.into(),
        address: None,
        language: Some("not a language!".into()),
    };
    for identifier in ["alice", "Alice@Example.com", "nobody", "", "\u{0}"] {
        ground
            .acme
            .request_password_reset(&request(identifier))
            .await
            .unwrap();
    }
    let asked = events(ground, "user.password_reset_requested", "link").await;
    assert_eq!(asked.iter().filter(|link| !link.is_empty()).count(), 2);
    let count = |records: Vec<_>| records.len();
    assert_eq!(count(ground.acme.links(alice).await.unwrap()), 2);
    // Decoys open nothing, and go by themselves.
    let effects = lease(ground).await;
    assert_eq!(effects.iter().filter(|e| e.effect.name == "message").count(), 1);
    assert_eq!(effects.iter().filter(|e| e.effect.name == "decoy").count(), 3);
    // Nobody's mailbox is flooded: the same wait for those who exist and those who do not.
    for identifier in ["alice", "nobody"] {
        let mut last = Ok(());
        for _ in 0..6 {
            last = ground.acme.request_password_reset(&request(identifier)).await;
        }
        assert_eq!(refused(last), Code::Throttled);
    }
    // Nor are those of many from one place.
    set(
        ground,
        serde_json::json!({"sign_in": {"address_limit": {"attempts": 3, "delay_seconds": 60}}}),
    )
    .await;
    for (n, expected) in [None, None, None, Some(Code::Throttled)].into_iter().enumerate() {
        let request = RequestPasswordReset {
            address: Some("192.0.2.7".into()),
            ..request(&format!("person {n}"))
        };
        let found = ground.acme.request_password_reset(&request).await;
        assert_eq!(found.err().map(|problem| problem.code), expected, "{n}");
    }
    assert!(asked.len() == 5 && EntityId::from(alice).kind == crate::model::Kind::User);
}

/// An address is verified by a link that was sent there, and is not verified any more once it is another.
pub(super) async fn email_is_verified_by_link(ground: &Ground) {
    let alice = CreateUser::new("alice").set("email", "alice@example.com");
    let alice: UserId = ground.acme.execute(alice).await.unwrap().id().unwrap();
    let start = || StartEmailVerification {
        user: alice,
        language: None,
        delivery: answered(),
    };
    let link = token(&ground.acme.execute(start()).await.unwrap());
    ground.acme.verify_email(&link).await.unwrap();
    let record = ground.record(alice.into()).await.unwrap();
    assert_eq!(record.text("verified_email"), "alice@example.com");
    let link = token(&ground.acme.execute(start()).await.unwrap());
    ground
        .acme
        .execute(UpdateUser::new(alice).set("email", "other@example.com"))
        .await
        .unwrap();
    assert_eq!(refused(ground.acme.verify_email(&link).await), Code::LinkRevoked);
}
