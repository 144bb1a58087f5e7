//! Signing in: one answer for everything that is wrong, the same work for nobody, precise reasons in the audit trail.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{ground::Ground, link::PASSWORD, session::events};
use crate::{
    command::{
        ConfirmOtp, CreateUser, Delivery, DisableUser, EnrolOtp, LockUser, SetPassword, StartPasswordReset,
        UnlockUser, UpdateRealm,
    },
    credential::otp,
    model::{EntityId, UserId},
    plan::{OtpAlgorithm, OtpShape},
    port::Clock,
    rules::{
        sign_in::{RequiredAction, Risk},
        status::is_locked,
    },
    service::{
        ContinueSignIn, PendingSignIn, ResetPasswordByLink, SessionTokens, SignIn, SignInProof, SignedIn,
    },
    testing::join_all,
    wire::{Code, Problem},
};

pub(super) async fn person(ground: &Ground, name: &str) -> UserId {
    let command = CreateUser::new(name).set("email", format!("{name}@example.com"));
    let user: UserId = ground.acme.execute(command).await.unwrap().id().unwrap();
    choose(ground, user, PASSWORD).await;
    user
}

/// A password that the user has chosen: nobody else knows it, so it need not be changed.
pub(super) async fn choose(ground: &Ground, user: UserId, password: &str) {
    let start = StartPasswordReset {
        user,
        language: None,
        delivery: Delivery::Answer,
    };
    let mut done = ground.acme.execute(start).await.unwrap();
    let reset = ResetPasswordByLink {
        link_token: done.disclosed.remove("link_token").unwrap().remove(0),
        password: password.into(),
    };
    ground.acme.reset_password(&reset).await.unwrap();
}

pub(super) async fn set(ground: &Ground, settings: serde_json::Value) {
    let serde_json::Value::Object(settings) = settings else {
        panic!()
    };
    let update = UpdateRealm { name: None, settings };
    ground.acme.execute(update).await.unwrap();
}

async fn try_with(ground: &Ground, identifier: &str, password: &str) -> Result<SignedIn, Problem> {
    ground.acme.sign_in(&SignIn::new(identifier, password)).await
}

pub(super) async fn code(ground: &Ground, identifier: &str, password: &str) -> Option<Code> {
    try_with(ground, identifier, password)
        .await
        .err()
        .map(|problem| problem.code)
}

pub(super) fn opened(signed_in: SignedIn) -> SessionTokens {
    match signed_in {
        SignedIn::Open(tokens) => tokens,
        SignedIn::Pending(pending) => panic!("still waiting for {pending:?}"),
    }
}

pub(super) fn pending(signed_in: SignedIn) -> PendingSignIn {
    match signed_in {
        SignedIn::Pending(pending) => pending,
        SignedIn::Open(_) => panic!("open already"),
    }
}

pub(super) async fn go_on(
    ground: &Ground,
    pending: &PendingSignIn,
    proof: SignInProof,
) -> Result<SignedIn, Problem> {
    let step = ContinueSignIn {
        flow_token: pending.flow_token.clone(),
        proof,
    };
    ground.acme.continue_sign_in(&step).await
}

/// One answer for every wrong attempt, the reason in the audit trail; any declared identifier will do.
pub(super) async fn sign_in_says_one_thing(ground: &Ground) {
    let alice = person(ground, "alice").await;
    ground.user("empty").await;
    for identifier in ["alice", "ALICE", " alice@Example.com "] {
        let tokens = opened(try_with(ground, identifier, PASSWORD).await.unwrap());
        assert_eq!(tokens.session.user, alice);
        assert_eq!(tokens.session.methods, ["password"]);
        ground.acme.session(tokens.token.expose()).await.unwrap();
    }
    let long = "x".repeat(100_000);
    let mut answers = Vec::new();
    for (identifier, password) in [
        ("alice", "wrong"),
        ("nobody", PASSWORD),
        ("empty", PASSWORD),
        (long.as_str(), PASSWORD),
        ("", ""),
    ] {
        let problem = try_with(ground, identifier, password).await.unwrap_err();
        answers.push(serde_json::to_string(&crate::wire::json::ProblemView::from(&problem)).unwrap());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert!(answers[0].contains("sign_in.refused"));
    let risky = SignIn::new("alice", PASSWORD).at_risk(Risk::Refused);
    assert_eq!(
        ground.acme.sign_in(&risky).await.unwrap_err().code,
        Code::SignInRefused
    );
    let reasons = events(ground, "sign_in.failed", "reason").await;
    assert_eq!(
        reasons,
        [
            "wrong_password",
            "unknown_identifier",
            "no_password",
            "unknown_identifier",
            "unknown_identifier",
            "risk"
        ]
    );
    // Which attributes are identifiers is for the realm to say.
    set(
        ground,
        serde_json::json!({"sign_in": {"identifiers": ["user_number"]}}),
    )
    .await;
    assert_eq!(code(ground, "alice", PASSWORD).await, Some(Code::SignInRefused));
    let update = crate::command::UpdateUser::new(alice).set("user_number", "4711");
    ground.acme.execute(update).await.unwrap();
    opened(try_with(ground, "4711", PASSWORD).await.unwrap());
    let wrong = UpdateRealm {
        name: None,
        settings: serde_json::from_str(r#"{"sign_in": {"identifiers": ["city"]}}"#).unwrap(),
    };
    assert_eq!(ground.acme.execute(wrong).await.unwrap_err().code, Code::Invalid);
}

/// Attempts wait after too many failures: for an identifier whether somebody has it or not, for an address, and for all
/// processes together.
pub(super) async fn sign_in_is_throttled(ground: &Ground) {
    let limits = serde_json::json!({"sign_in": {
        "identifier_limit": {"attempts": 3, "delay_seconds": 5},
        "address_limit": {"attempts": 4, "delay_seconds": 60},
    }});
    set(ground, limits).await;
    person(ground, "alice").await;
    for identifier in ["alice", "nobody"] {
        for _ in 0..3 {
            assert_eq!(code(ground, identifier, "wrong").await, Some(Code::SignInRefused));
        }
        let problem = try_with(ground, identifier, PASSWORD).await.unwrap_err();
        assert_eq!(problem.code, Code::Throttled);
        let until = ground.clock.now().plus_seconds(5);
        assert_eq!(problem.details, [format!("not before {until}")]);
    }
    ground.clock.advance(5);
    opened(try_with(ground, "alice", PASSWORD).await.unwrap());
    // A success is forgiven everything.
    for _ in 0..2 {
        assert_eq!(code(ground, "alice", "wrong").await, Some(Code::SignInRefused));
    }
    opened(try_with(ground, "alice", PASSWORD).await.unwrap());
    // From one address with many names.
    let attempt = |n: usize| SignIn::new(format!("name {n}"), PASSWORD).from("192.0.2.9");
    for n in 0..4 {
        assert_eq!(
            ground.acme.sign_in(&attempt(n)).await.unwrap_err().code,
            Code::SignInRefused
        );
    }
    assert_eq!(
        ground.acme.sign_in(&attempt(9)).await.unwrap_err().code,
        Code::Throttled
    );
    assert_eq!(
        ground
            .acme
            .sign_in(&SignIn::new("name 9", PASSWORD).from("192.0.2.10"))
            .await
            .unwrap_err()
            .code,
        Code::SignInRefused
    );
    ground.clock.advance_days(1);
    assert!(ground.acme.upkeep().await.unwrap().swept > 0);
}

/// S0-37, S0-38, S0-41: the policy locks after so many failures, exactly, also when they come at once; the lock ends by
/// itself or by hand.
pub(super) async fn sign_in_locks_by_policy(ground: &Ground) {
    let free = serde_json::json!({"sign_in": {"identifier_limit": {"attempts": 0}}});
    set(ground, free).await;
    let policy = serde_json::json!({"attributes": {"name": "strict"},
        "rules": {"lock": {"attempts": 5, "delay_seconds": 0, "duration_minutes": 30}}});
    let policy: crate::command::CreatePolicy = serde_json::from_value(policy).unwrap();
    ground.acme.execute(policy).await.unwrap();
    let alice = person(ground, "alice").await;
    let locked = async || {
        let record = ground.record(alice.into()).await.unwrap();
        is_locked(&record, ground.clock.now())
    };
    let session = SignIn::new("alice", PASSWORD).with_refresh();
    let session = opened(ground.acme.sign_in(&session).await.unwrap());
    let attempts = (0..4).map(|_| try_with(ground, "alice", "wrong"));
    for result in join_all(attempts.collect()).await {
        assert_eq!(result.unwrap_err().code, Code::SignInRefused);
    }
    assert!(!locked().await);
    assert_eq!(code(ground, "alice", "wrong").await, Some(Code::SignInRefused));
    assert!(locked().await);
    // What is open stays open: else whoever knows a name could end its sessions.
    ground.acme.session(session.token.expose()).await.unwrap();
    let refresh = session.refresh_token.unwrap();
    let session = ground.acme.refresh_session(refresh.expose()).await.unwrap();
    ground.acme.session(session.token.expose()).await.unwrap();
    // Whoever finds the password now is not told so.
    assert_eq!(code(ground, "alice", PASSWORD).await, Some(Code::SignInRefused));
    ground.clock.advance(30 * 60 - 1);
    assert_eq!(code(ground, "alice", PASSWORD).await, Some(Code::SignInRefused));
    ground.clock.advance(1);
    assert!(!locked().await);
    opened(try_with(ground, "alice", PASSWORD).await.unwrap());
    let record = ground.record(alice.into()).await.unwrap();
    assert!(!record.flag("locked") && record.value("locked_until").is_none());
    // By hand.
    for _ in 0..5 {
        assert_eq!(code(ground, "alice", "wrong").await, Some(Code::SignInRefused));
    }
    assert!(locked().await);
    ground.acme.execute(UnlockUser { user: alice }).await.unwrap();
    opened(try_with(ground, "alice", PASSWORD).await.unwrap());
}

/// S3-2, S3-3: empty until the first attempt; failed attempts count; who edited the user last stays as it is.
pub(super) async fn sign_in_notes_activity(ground: &Ground) {
    let alice = person(ground, "alice").await;
    let read = async || {
        let record = ground.record(alice.into()).await.unwrap();
        (
            record.moment("last_attempt_at"),
            record.moment("last_sign_in_at"),
            record.moment("changed_at"),
        )
    };
    let (attempt, success, changed) = read().await;
    assert_eq!((attempt, success), (None, None));
    ground.clock.advance(10);
    let failed = ground.clock.now();
    assert_eq!(code(ground, "alice", "wrong").await, Some(Code::SignInRefused));
    assert_eq!(read().await, (Some(failed), None, changed));
    ground.clock.advance(10);
    let signed_in = ground.clock.now();
    opened(try_with(ground, "alice", PASSWORD).await.unwrap());
    assert_eq!(read().await, (Some(signed_in), Some(signed_in), changed));
    ground.clock.advance(10);
    assert_eq!(code(ground, "alice", "wrong").await, Some(Code::SignInRefused));
    assert_eq!(read().await, (Some(ground.clock.now()), Some(signed_in), changed));
}

/// S0-35, S0-41, S3-44, S3-50: the blocked are told so once they have proved who they are, and nobody else is.
pub(super) async fn sign_in_tells_the_blocked(ground: &Ground) {
    let alice = person(ground, "alice").await;
    let disable = DisableUser {
        user: alice,
        by: Default::default(),
    };
    ground.acme.execute(disable).await.unwrap();
    assert_eq!(code(ground, "alice", PASSWORD).await, Some(Code::SignInBlocked));
    assert_eq!(code(ground, "alice", "wrong").await, Some(Code::SignInRefused));
    let bob = person(ground, "bob").await;
    ground
        .acme
        .execute(LockUser {
            user: bob,
            reason: None,
        })
        .await
        .unwrap();
    assert_eq!(code(ground, "bob", PASSWORD).await, Some(Code::SignInBlocked));
    set(ground, serde_json::json!({"sign_in": {"answer_blocked": false}})).await;
    assert_eq!(code(ground, "alice", PASSWORD).await, Some(Code::SignInRefused));
    let reasons = events(ground, "sign_in.failed", "reason").await;
    assert_eq!(reasons, ["blocked", "wrong_password", "locked", "blocked"]);
    assert!(ground.acme.sessions(alice).await.unwrap().is_empty());
}

/// A.6 X5, S4-46: a password that somebody else gave is good for its time and not a second longer; one that is too old has
/// to be changed.
async fn passwords_run_out(ground: &Ground) {
    let policy =
        serde_json::json!({"attributes": {"name": "age"}, "rules": {"password": {"maximum_age_days": 90}}});
    let policy: crate::command::CreatePolicy = serde_json::from_value(policy).unwrap();
    ground.acme.execute(policy).await.unwrap();
    let erin = person(ground, "erin").await;
    ground.clock.advance(90 * 86_400 - 1);
    opened(try_with(ground, "erin", PASSWORD).await.unwrap());
    ground.clock.advance(1);
    let old = pending(try_with(ground, "erin", PASSWORD).await.unwrap());
    assert_eq!(old.actions, [RequiredAction::ChangePassword]);
    let proof = SignInProof::NewPassword {
        password: "another staple of the battery".into(),
    };
    opened(go_on(ground, &old, proof).await.unwrap());
    let given = SetPassword::new(erin, "a password of the administrator");
    ground.acme.execute(given).await.unwrap();
    ground.clock.advance(72 * 3_600 - 1);
    let found = try_with(ground, "erin", "a password of the administrator").await;
    assert_eq!(pending(found.unwrap()).actions, [RequiredAction::ChangePassword]);
    ground.clock.advance(1);
    let late = code(ground, "erin", "a password of the administrator").await;
    assert_eq!(late, Some(Code::SignInRefused));
    let reasons = events(ground, "sign_in.failed", "reason").await;
    assert_eq!(reasons.last().map(String::as_str), Some("password_expired"));
}

/// Required actions come before the session: a new password, a verified address, accepted terms.
pub(super) async fn sign_in_with_actions(ground: &Ground) {
    passwords_run_out(ground).await;
    set(
        ground,
        serde_json::json!({"sign_in": {"terms": "2026-01", "require_verified_email": true}}),
    )
    .await;
    let alice = person(ground, "alice").await;
    let initial = "a password of the administrator";
    ground
        .acme
        .execute(SetPassword::new(alice, initial))
        .await
        .unwrap();
    let first = pending(try_with(ground, "alice", initial).await.unwrap());
    assert!(first.factors.is_empty());
    assert_eq!(
        first.actions,
        [
            RequiredAction::ChangePassword,
            RequiredAction::VerifyEmail,
            RequiredAction::AcceptTerms
        ]
    );
    // A flow is no session, and a session token no flow.
    assert!(ground.acme.session(first.flow_token.expose()).await.is_err());
    assert!(ground.acme.sessions(alice).await.unwrap().is_empty());
    assert_eq!(
        ground
            .acme
            .sign_in_flow(first.flow_token.expose())
            .await
            .unwrap()
            .user,
        alice
    );
    let code = SignInProof::Code {
        code: "123456".into(),
    };
    assert_eq!(
        go_on(ground, &first, code).await.unwrap_err().code,
        Code::Malformed
    );
    let password = "another staple of the battery";
    let proof = SignInProof::NewPassword {
        password: password.into(),
    };
    let second = pending(go_on(ground, &first, proof).await.unwrap());
    assert_eq!(
        second.actions,
        [RequiredAction::VerifyEmail, RequiredAction::AcceptTerms]
    );
    assert_eq!(
        go_on(ground, &first, SignInProof::Done).await.unwrap_err().code,
        Code::FlowEnded,
        "a flow token counts for one step"
    );
    let third = pending(go_on(ground, &second, SignInProof::AcceptTerms).await.unwrap());
    assert_eq!(third.actions, [RequiredAction::VerifyEmail]);
    let start = crate::command::StartEmailVerification {
        user: alice,
        language: None,
        delivery: crate::command::Delivery::Answer,
    };
    let done = ground.acme.execute(start).await.unwrap();
    ground
        .acme
        .verify_email(done.disclosed["link_token"][0].expose())
        .await
        .unwrap();
    let tokens = opened(go_on(ground, &third, SignInProof::Done).await.unwrap());
    assert_eq!(tokens.session.user, alice);
    // Next time nothing is left to do.
    opened(try_with(ground, "alice", password).await.unwrap());
}

/// A sign-in under way ends after ten minutes, and with its user's access.
pub(super) async fn sign_in_flows_end(ground: &Ground) {
    set(ground, serde_json::json!({"sign_in": {"terms": "1"}})).await;
    let alice = person(ground, "alice").await;
    let late = pending(try_with(ground, "alice", PASSWORD).await.unwrap());
    ground.clock.advance(600);
    assert_eq!(
        go_on(ground, &late, SignInProof::AcceptTerms)
            .await
            .unwrap_err()
            .code,
        Code::FlowEnded
    );
    let cut = pending(try_with(ground, "alice", PASSWORD).await.unwrap());
    ground
        .acme
        .execute(LockUser {
            user: alice,
            reason: None,
        })
        .await
        .unwrap();
    assert_eq!(
        go_on(ground, &cut, SignInProof::AcceptTerms)
            .await
            .unwrap_err()
            .code,
        Code::FlowEnded
    );
    assert!(ground.acme.sessions(alice).await.unwrap().is_empty());
    assert_eq!(EntityId::from(alice).kind, crate::model::Kind::User);
}

/// Signed tokens hold for one audience, one realm and some minutes; keys rotate without a break.
pub(super) async fn signed_tokens_and_their_keys(ground: &Ground) {
    let alice = person(ground, "alice").await;
    let session = opened(try_with(ground, "alice", PASSWORD).await.unwrap()).session;
    assert_eq!(
        ground
            .acme
            .sign_token(&session, "shop", 60)
            .await
            .unwrap_err()
            .code,
        Code::FeatureOff
    );
    set(
        ground,
        serde_json::json!({"sign_in": {"signing_keys": ["2026-a"]}}),
    )
    .await;
    let token = ground.acme.sign_token(&session, "shop", 60).await.unwrap();
    let token = token.expose();
    let claims = ground.acme.verify_signed_token(token, "shop").await.unwrap();
    assert_eq!(
        (claims.sub, claims.sid, claims.acr.as_str()),
        (alice, session.id, "1")
    );
    assert!(ground.acme.verify_signed_token(token, "bank").await.is_err());
    let other = ground.iam.realm("other").await.unwrap().host("suite");
    assert!(other.verify_signed_token(token, "shop").await.is_err());
    // Not one bit may be another one, and nobody talks us into another algorithm.
    for place in (0..token.len()).step_by(7) {
        let mut bytes = token.as_bytes().to_vec();
        bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        assert!(
            ground.acme.verify_signed_token(&changed, "shop").await.is_err(),
            "{place}"
        );
    }
    let none = format!(
        "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{}.",
        token.split('.').nth(1).unwrap()
    );
    for nonsense in [none.as_str(), "", "..", "a.b.c", &"x".repeat(100_000)] {
        assert!(ground.acme.verify_signed_token(nonsense, "shop").await.is_err());
    }
    set(
        ground,
        serde_json::json!({"sign_in": {"signing_keys": ["2026-b", "2026-a"]}}),
    )
    .await;
    assert_eq!(ground.acme.signing_key_set().await.unwrap().keys.len(), 2);
    ground.acme.verify_signed_token(token, "shop").await.unwrap();
    let fresh = ground.acme.sign_token(&session, "shop", 60).await.unwrap();
    set(
        ground,
        serde_json::json!({"sign_in": {"signing_keys": ["2026-b"]}}),
    )
    .await;
    assert!(ground.acme.verify_signed_token(token, "shop").await.is_err());
    ground
        .acme
        .verify_signed_token(fresh.expose(), "shop")
        .await
        .unwrap();
    // A rotation from one algorithm to the other and back.
    let names = ["ES256:2027", "2026-b"];
    set(ground, serde_json::json!({"sign_in": {"signing_keys": names}})).await;
    let keys = ground.acme.signing_key_set().await.unwrap().keys;
    assert_eq!((keys[0].alg, keys[1].alg), ("ES256", "EdDSA"));
    assert_ne!(keys[0].kid, keys[1].kid);
    let other = ground.acme.sign_token(&session, "shop", 60).await.unwrap();
    for token in [other.expose(), fresh.expose()] {
        ground.acme.verify_signed_token(token, "shop").await.unwrap();
    }
    // A token of one key with the other one's name in its header.
    let [header, claims, signature] = other.expose().split('.').collect::<Vec<_>>()[..] else {
        panic!()
    };
    let header = String::from_utf8(URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
    for (from, to) in [("ES256", "EdDSA"), (keys[0].kid.as_str(), keys[1].kid.as_str())] {
        let forged = URL_SAFE_NO_PAD.encode(header.replace(from, to));
        let forged = format!("{forged}.{claims}.{signature}");
        assert!(ground.acme.verify_signed_token(&forged, "shop").await.is_err());
    }
    set(
        ground,
        serde_json::json!({"sign_in": {"signing_keys": ["2026-b"]}}),
    )
    .await;
    assert!(
        ground
            .acme
            .verify_signed_token(other.expose(), "shop")
            .await
            .is_err()
    );
    ground.clock.advance(59);
    ground
        .acme
        .verify_signed_token(fresh.expose(), "shop")
        .await
        .unwrap();
    ground.clock.advance(1);
    assert!(
        ground
            .acme
            .verify_signed_token(fresh.expose(), "shop")
            .await
            .is_err()
    );
}

const SHAPE: OtpShape = OtpShape {
    algorithm: OtpAlgorithm::Sha1,
    digits: 6,
};

/// A device that shows codes, enrolled and confirmed; its key.
async fn device(ground: &Ground, user: UserId) -> Vec<u8> {
    let mut begun = ground.acme.execute(EnrolOtp::new(user)).await.unwrap();
    let secret = begun.disclosed.remove("secret").unwrap().remove(0);
    let key = otp::key_from_text(secret.expose()).unwrap();
    let confirm = ConfirmOtp {
        credential: begun.id().unwrap(),
        code: code_now(ground, &key).into(),
    };
    ground.acme.execute(confirm).await.unwrap();
    key.to_vec()
}

fn code_now(ground: &Ground, key: &[u8]) -> String {
    let step = otp::step(ground.clock.now().micros().div_euclid(1_000_000), 30);
    otp::code(key, SHAPE, u64::try_from(step).unwrap())
}

fn shown(code: impl Into<crate::model::Secret>) -> SignInProof {
    SignInProof::Code { code: code.into() }
}

/// S1-73: whoever has a second factor is asked for it; a code counts once; too many wrong ones end the sign-in.
pub(super) async fn sign_in_with_a_second_factor(ground: &Ground) {
    let alice = person(ground, "alice").await;
    let key = device(ground, alice).await;
    let used = code_now(ground, &key);
    let first = pending(try_with(ground, "alice", PASSWORD).await.unwrap());
    assert_eq!(first.factors, ["totp"]);
    assert_eq!(
        go_on(ground, &first, shown(used)).await.unwrap_err().code,
        Code::SignInRefused,
        "a code counts once"
    );
    ground.clock.advance(30);
    let code = code_now(ground, &key);
    let tokens = opened(go_on(ground, &first, shown(code.clone())).await.unwrap());
    assert_eq!(tokens.session.assurance, 2);
    assert_eq!(tokens.session.methods, ["password", "totp"]);
    ground.acme.session_at(tokens.token.expose(), 2).await.unwrap();
    assert_eq!(
        ground
            .acme
            .session_at(tokens.token.expose(), 3)
            .await
            .unwrap_err()
            .code,
        Code::StepUpNeeded
    );
    // Nobody tries codes for long.
    ground.clock.advance(30);
    let second = pending(try_with(ground, "alice", PASSWORD).await.unwrap());
    let mut last = None;
    for _ in 0..5 {
        ground.clock.advance(60);
        last = go_on(ground, &second, shown("000000")).await.err();
    }
    assert_eq!(last.unwrap().code, Code::FlowEnded);
    assert_eq!(
        go_on(ground, &second, shown(code_now(ground, &key)))
            .await
            .unwrap_err()
            .code,
        Code::FlowEnded
    );
}

/// A session rises when another factor is shown; where the policy asks for one, it is enrolled at the sign-in.
pub(super) async fn sign_in_steps_up_and_enrols(ground: &Ground) {
    let alice = person(ground, "alice").await;
    let low = opened(try_with(ground, "alice", PASSWORD).await.unwrap());
    let key = device(ground, alice).await;
    assert_eq!(
        ground
            .acme
            .step_up(low.token.expose(), &shown("000000"))
            .await
            .unwrap_err()
            .code,
        Code::SignInRefused
    );
    ground.clock.advance(60);
    let high = ground
        .acme
        .step_up(low.token.expose(), &shown(code_now(ground, &key)))
        .await
        .unwrap();
    assert_eq!((high.session.id, high.session.assurance), (low.session.id, 2));
    assert!(ground.acme.session(low.token.expose()).await.is_err());
    ground.acme.session_at(high.token.expose(), 2).await.unwrap();
    let policy = serde_json::json!({"attributes": {"name": "two"}, "rules": {"factor": {"required": true}}});
    let policy: crate::command::CreatePolicy = serde_json::from_value(policy).unwrap();
    ground.acme.execute(policy).await.unwrap();
    let bob = person(ground, "bob").await;
    let waiting = pending(try_with(ground, "bob", PASSWORD).await.unwrap());
    assert_eq!(waiting.actions, [RequiredAction::EnrolFactor]);
    let still = pending(go_on(ground, &waiting, SignInProof::Done).await.unwrap());
    device(ground, bob).await;
    let tokens = opened(go_on(ground, &still, SignInProof::Done).await.unwrap());
    assert_eq!((tokens.session.user, tokens.session.assurance), (bob, 2));
    // What its owner enrols in the meantime does not let in whoever knows the password alone.
    let stranger = pending(try_with(ground, "alice", PASSWORD).await.unwrap());
    assert_eq!(stranger.factors, ["totp"]);
    device(ground, alice).await;
    let still = pending(go_on(ground, &stranger, SignInProof::Done).await.unwrap());
    assert_eq!(still.factors, ["totp"]);
    // A risky sign-in is no time to enrol anything.
    person(ground, "carol").await;
    let risky = SignIn::new("carol", PASSWORD).at_risk(Risk::Elevated);
    assert_eq!(
        ground.acme.sign_in(&risky).await.unwrap_err().code,
        Code::SignInRefused
    );
}
