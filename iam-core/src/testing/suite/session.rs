//! Sessions: opened, used, refreshed, ended; what a change of status does to them.

use super::ground::Ground;
use crate::{
    command::{
        ArchiveUser, DeleteMode, DeleteUser, DisableUser, EnableUser, EndSession, EndSessions, LockUser,
        OpenSession, SessionOrigin, SetValidity, SuspendUser, UnlockUser, UpdateRealm,
    },
    model::{EntityId, SessionId, UserId},
    plan::StatusEffect,
    port::{HistoryQuery, Revision, Subjects},
    service::{At, OnConflict, SignInProof, Undo},
    wire::Code,
};

pub(super) struct Opened {
    pub id: SessionId,
    pub token: String,
    pub refresh: Option<String>,
}

pub(super) async fn open(ground: &Ground, user: EntityId, refresh: bool) -> Opened {
    let command = OpenSession {
        user: user.try_into().unwrap(),
        methods: vec!["social".into()],
        assurance: 1,
        origin: SessionOrigin {
            application: Some("shop".into()),
            address: Some("192.0.2.1".into()),
            agent: Some("browser".into()),
        },
        refresh,
    };
    let mut done = ground.acme.execute(command).await.unwrap();
    let mut take = |name: &str| done.disclosed.remove(name)?.pop();
    Opened {
        token: take("token").unwrap().expose().to_owned(),
        refresh: take("refresh_token").map(|token| token.expose().to_owned()),
        id: done.id().unwrap(),
    }
}

async fn code(ground: &Ground, token: &str) -> Option<Code> {
    ground.acme.session(token).await.err().map(|problem| problem.code)
}

async fn settings(ground: &Ground, settings: serde_json::Value) {
    let serde_json::Value::Object(settings) = settings else {
        panic!()
    };
    let update = UpdateRealm { name: None, settings };
    ground.acme.execute(update).await.unwrap();
}

/// S2-21: who asks, from where, since when; a token is nothing but the one that was handed out, in its own realm.
pub(super) async fn session_is_found_by_its_token(ground: &Ground) {
    let alice = ground.user("alice").await;
    let opened = open(ground, alice, false).await;
    assert!(opened.refresh.is_none());
    let session = ground.acme.session(&opened.token).await.unwrap();
    assert_eq!(EntityId::from(session.user), alice);
    assert_eq!(session.id, opened.id);
    assert_eq!(session.application.as_deref(), Some("shop"));
    assert_eq!(session.address.as_deref(), Some("192.0.2.1"));
    assert_eq!(
        (session.assurance, session.methods),
        (1, vec!["social".to_owned()])
    );
    let user = ground.record(alice).await.unwrap();
    assert_eq!(user.moment("last_sign_in_at"), Some(session.opened_at));
    // One character less, more or other, another kind of token, nothing at all.
    let mut other = opened.token.clone();
    let last = if other.ends_with('A') { 'B' } else { 'A' };
    other.pop();
    for wrong in [
        other.clone(),
        format!("{other}{last}"),
        format!("{}A", opened.token),
        opened.token.replace("iam_st_", "iam_rt_"),
        String::new(),
        opened.id.to_string(),
    ] {
        assert_eq!(code(ground, &wrong).await, Some(Code::SessionEnded), "{wrong}");
    }
    let other = ground.iam.realm("other").await.unwrap().host("suite");
    assert_eq!(
        other.session(&opened.token).await.unwrap_err().code,
        Code::SessionEnded
    );
    // What is kept does not let anybody in.
    let kept = ground.record(opened.id.into()).await.unwrap();
    assert!(!format!("{:?}", kept.attributes).contains(&opened.token));
    assert!(!opened.token.contains(kept.text("token_digest")));
}

/// Idle time and the end of a session; whoever uses it stays in.
pub(super) async fn session_ends_idle_and_at_last(ground: &Ground) {
    let alice = ground.user("alice").await;
    let idle = open(ground, alice, false).await;
    let used = open(ground, alice, false).await;
    for _ in 0..3 {
        ground.clock.advance(59 * 60);
        ground.acme.session(&used.token).await.unwrap();
    }
    assert_eq!(code(ground, &idle.token).await, Some(Code::SessionEnded));
    assert_eq!(
        ground
            .acme
            .sessions(alice.try_into().unwrap())
            .await
            .unwrap()
            .len(),
        1
    );
    // Uses within a tenth of the idle time are not written down each.
    let before = ground.standing().await.latest;
    for _ in 0..5 {
        ground.acme.session(&used.token).await.unwrap();
    }
    assert_eq!(ground.standing().await.latest, before);
    for _ in 0..30 {
        ground.clock.advance(59 * 60);
        drop(ground.acme.session(&used.token).await);
    }
    assert_eq!(code(ground, &used.token).await, Some(Code::SessionEnded));
    assert!(ground.record(idle.id.into()).await.is_some());
    let upkeep = ground.acme.upkeep().await.unwrap();
    assert_eq!(upkeep.swept, 2);
    assert!(ground.record(idle.id.into()).await.is_none());
}

/// Refresh tokens are taken once; one that comes back ends the session with everything that it handed out.
pub(super) async fn refresh_rotates_and_reuse_ends_the_family(ground: &Ground) {
    let alice = ground.user("alice").await;
    let opened = open(ground, alice, true).await;
    let first = opened.refresh.unwrap();
    ground.clock.advance(10 * 60);
    assert_eq!(code(ground, &opened.token).await, Some(Code::TokenExpired));
    let second = ground.acme.refresh_session(&first).await.unwrap();
    assert_eq!(second.session.id, opened.id);
    assert_eq!(code(ground, &opened.token).await, Some(Code::SessionEnded));
    ground.acme.session(second.token.expose()).await.unwrap();
    let refresh = second.refresh_token.unwrap();
    let third = ground.acme.refresh_session(refresh.expose()).await.unwrap();
    ground.acme.session(third.token.expose()).await.unwrap();
    // Somebody who saw the session's identifier, but never a token, ends nothing.
    let forged = {
        let kept = crate::model::Token::parse(crate::model::TokenKind::Refresh, &first).unwrap();
        ground
            .iam
            .fresh_seed()
            .token(crate::model::TokenKind::Refresh, kept.id())
            .reveal()
    };
    assert_eq!(
        ground.acme.refresh_session(&forged).await.unwrap_err().code,
        Code::SessionEnded
    );
    ground.acme.session(third.token.expose()).await.unwrap();
    // The first token comes back.
    assert_eq!(
        ground.acme.refresh_session(&first).await.unwrap_err().code,
        Code::SessionEnded
    );
    assert_eq!(code(ground, third.token.expose()).await, Some(Code::SessionEnded));
    let latest = third.refresh_token.unwrap();
    assert_eq!(
        ground
            .acme
            .refresh_session(latest.expose())
            .await
            .unwrap_err()
            .code,
        Code::SessionEnded
    );
    let reasons = events(ground, "session.ended", "reason").await;
    assert_eq!(reasons, ["refresh_reused"]);
}

/// A realm may take an old refresh token once more for a few seconds: answers get lost.
pub(super) async fn refresh_within_the_grace(ground: &Ground) {
    settings(
        ground,
        serde_json::json!({"sign_in": {"refresh_grace_seconds": 10}}),
    )
    .await;
    let alice = ground.user("alice").await;
    let first = open(ground, alice, true).await.refresh.unwrap();
    ground.acme.refresh_session(&first).await.unwrap();
    ground.clock.advance(9);
    let again = ground.acme.refresh_session(&first).await.unwrap();
    ground.acme.session(again.token.expose()).await.unwrap();
    ground.clock.advance(20);
    let latest = ground
        .acme
        .refresh_session(again.refresh_token.unwrap().expose())
        .await
        .unwrap();
    ground.clock.advance(10);
    assert!(ground.acme.refresh_session(&first).await.is_err());
    assert_eq!(
        code(ground, latest.token.expose()).await,
        Some(Code::SessionEnded)
    );
}

/// Values of a detail of the events of a name, in order.
pub(super) async fn events(ground: &Ground, name: &str, detail: &str) -> Vec<String> {
    let commits = ground.acme.events(Revision(0), 1000).await.unwrap();
    commits
        .into_iter()
        .flat_map(|(_, events)| events)
        .filter(|event| event.name == name)
        .map(|event| {
            let value = event.details.get(detail);
            value
                .and_then(|value| value.as_text())
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

/// S0-64, S2-20: one session, all but one, all in the realm and in every application.
pub(super) async fn sessions_are_ended(ground: &Ground) {
    let alice = ground.user("alice").await;
    let bob = ground.user("bob").await;
    let user: UserId = alice.try_into().unwrap();
    let mut mine = Vec::new();
    for _ in 0..4 {
        mine.push(open(ground, alice, true).await);
    }
    let other = open(ground, bob, false).await;
    ground.acme.sign_out(&mine[0].token).await.unwrap();
    ground.acme.sign_out(&mine[0].token).await.unwrap();
    ground.acme.sign_out("nonsense").await.unwrap();
    ground
        .acme
        .execute(EndSession { session: mine[1].id })
        .await
        .unwrap();
    assert_eq!(ground.acme.sessions(user).await.unwrap().len(), 2);
    let end = EndSessions {
        user,
        except: Some(mine[2].id),
    };
    ground.acme.execute(end).await.unwrap();
    let left = ground.acme.sessions(user).await.unwrap();
    assert_eq!(
        left.iter().map(|session| session.id).collect::<Vec<_>>(),
        [mine[2].id]
    );
    ground
        .acme
        .execute(EndSessions { user, except: None })
        .await
        .unwrap();
    for session in &mine {
        assert_eq!(code(ground, &session.token).await, Some(Code::SessionEnded));
        let refresh = session.refresh.as_ref().unwrap();
        assert!(ground.acme.refresh_session(refresh).await.is_err());
    }
    ground.acme.session(&other.token).await.unwrap();
}

/// S0-35, S0-41, S1-7, S1-8: whoever is kept out is signed out in the same commit, with every token.
pub(super) async fn status_changes_revoke_sessions(ground: &Ground) {
    let alice = ground.user("alice").await;
    let user: UserId = alice.try_into().unwrap();
    let disable = DisableUser {
        user,
        by: Default::default(),
    };
    let lock = LockUser { user, reason: None };
    for (out, back) in [
        (
            crate::command::Command::from(disable),
            vec![crate::command::Command::from(EnableUser { user })],
        ),
        (lock.into(), vec![UnlockUser { user }.into()]),
        (SuspendUser { user }.into(), vec![EnableUser { user }.into()]),
    ] {
        let opened = open(ground, alice, true).await;
        ground.acme.session(&opened.token).await.unwrap();
        let preview = ground.acme.preview(out.clone()).await.unwrap();
        assert!(
            preview
                .plan
                .changes
                .iter()
                .any(|change| change.subject() == Some(opened.id.into()))
        );
        ground.acme.execute(out).await.unwrap();
        assert_eq!(code(ground, &opened.token).await, Some(Code::SessionEnded));
        assert!(
            ground
                .acme
                .refresh_session(&opened.refresh.unwrap())
                .await
                .is_err()
        );
        assert!(ground.record(opened.id.into()).await.is_none());
        for command in back {
            ground.acme.execute(command).await.unwrap();
        }
    }
    let opened = open(ground, alice, false).await;
    ground.acme.execute(ArchiveUser { user }).await.unwrap();
    assert_eq!(code(ground, &opened.token).await, Some(Code::SessionEnded));
    for mode in [DeleteMode::Soft, DeleteMode::Erase, DeleteMode::Purge] {
        let bob = ground.user("bob").await;
        let opened = open(ground, bob, false).await;
        let user = bob.try_into().unwrap();
        ground.acme.execute(DeleteUser { user, mode }).await.unwrap();
        assert_eq!(code(ground, &opened.token).await, Some(Code::SessionEnded));
    }
}

/// S3-44, S3-45, S3-46, S3-47, X3: the lenient preset leaves sessions open and refuses to refresh them.
pub(super) async fn lenient_blocks_keep_sessions(ground: &Ground) {
    let lenient = serde_json::to_value(StatusEffect::LENIENT).unwrap();
    settings(
        ground,
        serde_json::json!({"status_effects": {"user.disable": lenient}}),
    )
    .await;
    let alice = ground.user("alice").await;
    let user: UserId = alice.try_into().unwrap();
    let opened = open(ground, alice, true).await;
    let disable = DisableUser {
        user,
        by: Default::default(),
    };
    ground.acme.execute(disable.clone()).await.unwrap();
    ground.acme.session(&opened.token).await.unwrap();
    let refresh = opened.refresh.unwrap();
    assert_eq!(
        ground.acme.refresh_session(&refresh).await.unwrap_err().code,
        Code::SessionEnded
    );
    // Nor does it rise, whatever is shown.
    let proof = SignInProof::Code {
        code: "123456".into(),
    };
    assert_eq!(
        ground.acme.step_up(&opened.token, &proof).await.unwrap_err().code,
        Code::SignInBlocked
    );
    // The refusal used nothing up: unblocked, the session goes on (S3-48).
    ground.acme.execute(EnableUser { user }).await.unwrap();
    let fresh = ground.acme.refresh_session(&refresh).await.unwrap();
    // Tokens alone can be revoked, too.
    let tokens = serde_json::json!({"status_effects": {"user.disable": ["refuse_sign_in", "revoke_tokens"]}});
    settings(ground, tokens).await;
    ground.acme.execute(disable).await.unwrap();
    ground.acme.execute(EnableUser { user }).await.unwrap();
    ground.acme.session(fresh.token.expose()).await.unwrap();
    assert!(
        ground
            .acme
            .refresh_session(fresh.refresh_token.unwrap().expose())
            .await
            .is_err()
    );
}

/// Nobody is signed in for longer than valid, whenever that is said.
pub(super) async fn sessions_end_with_the_validity(ground: &Ground) {
    let alice = ground.user("alice").await;
    let user: UserId = alice.try_into().unwrap();
    let now = ground
        .acme
        .session(&open(ground, alice, false).await.token)
        .await
        .unwrap()
        .used_at;
    let validity = |seconds: i64| SetValidity {
        user,
        valid_from: None,
        valid_until: Some(now.plus_seconds(seconds)),
    };
    let before = open(ground, alice, false).await;
    ground.acme.execute(validity(600)).await.unwrap();
    let after = open(ground, alice, false).await;
    ground.clock.advance(599);
    for session in [&before, &after] {
        ground.acme.session(&session.token).await.unwrap();
    }
    ground.clock.advance(1);
    for session in [&before, &after] {
        assert_eq!(code(ground, &session.token).await, Some(Code::SessionEnded));
    }
}

/// A policy limits sessions at the same time: one more ends the one that was not used for longest.
pub(super) async fn sessions_have_a_limit(ground: &Ground) {
    let policy = serde_json::json!({"attributes": {"name": "few"}, "rules": {"session": {"maximum": 2}}});
    let policy: crate::command::CreatePolicy = serde_json::from_value(policy).unwrap();
    ground.acme.execute(policy).await.unwrap();
    let alice = ground.user("alice").await;
    let mut tokens = Vec::new();
    for _ in 0..4 {
        ground.clock.advance(1);
        tokens.push(open(ground, alice, false).await.token);
    }
    let mut alive = Vec::new();
    for token in &tokens {
        alive.push(ground.acme.session(token).await.is_ok());
    }
    assert_eq!(alive, [false, false, true, true]);
}

/// Sessions have no journal and no past; undoing what was done to their user does not bring them back, and undoing
/// signs out like everything else.
pub(super) async fn sessions_have_no_past(ground: &Ground) {
    let alice = ground.user("alice").await;
    let user: UserId = alice.try_into().unwrap();
    let opened = open(ground, alice, false).await;
    let query = HistoryQuery {
        realm: Some(ground.realm()),
        subjects: Subjects::Of(vec![opened.id.into()]),
        after: None,
        until: None,
        newest_first: false,
        limit: 10,
    };
    assert!(ground.storage.history(&query).await.unwrap().is_empty());
    let past = ground
        .acme
        .clone()
        .as_of(At::Revision(ground.standing().await.latest));
    assert_eq!(past.find(opened.id).await.unwrap_err().code, Code::Revision);
    let lock = LockUser { user, reason: None };
    let locked = ground.acme.execute(lock).await.unwrap().revision.unwrap();
    ground
        .acme
        .rollback(&Undo::Revision(locked), OnConflict::Refuse)
        .await
        .unwrap();
    assert_eq!(code(ground, &opened.token).await, Some(Code::SessionEnded));
    // The undoing of an unlocking locks.
    let opened = {
        ground
            .acme
            .execute(LockUser { user, reason: None })
            .await
            .unwrap();
        let unlocked = ground
            .acme
            .execute(UnlockUser { user })
            .await
            .unwrap()
            .revision
            .unwrap();
        let opened = open(ground, alice, false).await;
        ground
            .acme
            .rollback(&Undo::Revision(unlocked), OnConflict::Refuse)
            .await
            .unwrap();
        opened
    };
    assert_eq!(code(ground, &opened.token).await, Some(Code::SessionEnded));
}
