//! Sessions as a host uses them at each request: who asks, for how long, how sure one may be of it.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::Acting;
use crate::{
    command::session::{Refreshed, methods, refresh},
    model::{EntityId, Kind, Moment, Record, Secret, SessionId, Token, TokenKind, UserId, same_digest},
    plan::{Cause, Draft, Needs, Referring},
    rules::session::{SessionState, is_due, number, session_state},
    wire::{Code, Problem},
};

/// A session that is open, or a sign-in under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Session")]
pub struct SessionView {
    /// The session.
    pub id: SessionId,
    /// Who is signed in.
    pub user: UserId,
    /// How sure one may be of it: 1 for one factor, 2 for two, 3 for two of which one is hardware.
    pub assurance: i64,
    /// How the user proved to be the user.
    pub methods: Vec<String>,
    /// When the session began.
    pub opened_at: Moment,
    /// When the user last showed a proof.
    pub authenticated_at: Moment,
    /// When it was last used, within a tenth of the idle time.
    pub used_at: Moment,
    /// When it ends at the latest.
    pub expires_at: Moment,
    /// The application.
    pub application: Option<String>,
    /// The network address that it was opened from.
    pub address: Option<String>,
    /// The device or browser, in its own words.
    pub agent: Option<String>,
}

/// The tokens of a session. This is the only time that they are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SessionTokens {
    /// The session.
    pub session: SessionView,
    /// What names the session at each request: for a cookie or an `Authorization` header.
    pub token: Secret,
    /// When the token runs out, where a refresh token goes with it.
    pub token_until: Option<Moment>,
    /// What fetches the next tokens, once.
    pub refresh_token: Option<Secret>,
}

impl SessionView {
    pub(crate) fn of(record: &Record) -> Option<SessionView> {
        let text = |name: &str| Some(record.text(name).to_owned()).filter(|text| !text.is_empty());
        Some(SessionView {
            id: record.id.try_into().ok()?,
            user: record.reference("user")?.try_into().ok()?,
            assurance: number(record, "assurance"),
            methods: methods(record),
            opened_at: record.moment("created_at")?,
            authenticated_at: record
                .moment("authenticated_at")
                .or(record.moment("created_at"))?,
            used_at: record.moment("used_at")?,
            expires_at: record.moment("expires_at")?,
            application: text("application"),
            address: text("address"),
            agent: text("agent"),
        })
    }
}

pub(crate) fn ended() -> Problem {
    Problem::new(Code::SessionEnded, "the session is unknown or has ended")
}

impl Acting<'_> {
    /// The session that a token names: who asks. One read by primary key; now and then the use is noted, so that idle
    /// time can be measured.
    ///
    /// What happens to the user afterwards is seen at once: with the usual settings, whoever is disabled, locked or
    /// deleted has no session any more (S1-7).
    ///
    /// # Errors
    /// [`Code::SessionEnded`] for everything that is not the token of an open session; [`Code::TokenExpired`] when the
    /// session has to be refreshed first.
    pub async fn session(&self, token: &str) -> Result<SessionView, Problem> {
        let token = Token::parse(TokenKind::Session, token).ok_or_else(ended)?;
        let record = self.presented(&token).await?;
        let now = self.shared.host.clock.now();
        match session_state(&record, now) {
            SessionState::Open => {}
            SessionState::TokenExpired => {
                return Err(Problem::new(
                    Code::TokenExpired,
                    "the session's token has run out",
                ));
            }
            SessionState::Pending | SessionState::Idle | SessionState::Expired => return Err(ended()),
        }
        if is_due(&record, now) {
            self.touch(record.id, &token).await?;
        }
        SessionView::of(&record).ok_or_else(ended)
    }

    /// The session that a token names, when it is assured enough.
    ///
    /// # Errors
    /// As for [`Acting::session`]; [`Code::StepUpNeeded`] when its level is lower.
    pub async fn session_at(&self, token: &str, assurance: u8) -> Result<SessionView, Problem> {
        let session = self.session(token).await?;
        if session.assurance < i64::from(assurance) {
            let message = format!(
                "the session is at level {}, what is asked needs level {assurance}",
                session.assurance
            );
            return Err(Problem::new(Code::StepUpNeeded, message));
        }
        Ok(session)
    }

    /// The record that a token names; its secret is the right one.
    pub(crate) async fn presented(&self, token: &Token) -> Result<Arc<Record>, Problem> {
        let record = self
            .storage()
            .find(self.realm, token.id())
            .await?
            .ok_or_else(ended)?;
        if same_digest(record.text("token_digest"), &token.digest()) {
            Ok(record)
        } else {
            Err(ended())
        }
    }

    async fn touch(&self, id: EntityId, token: &Token) -> Result<(), Problem> {
        let needs = |_: &crate::plan::Schema| {
            let mut needs = Needs::default();
            needs.record(id);
            needs
        };
        let step = |draft: &mut Draft<'_>| {
            let Some(session) = draft.record(id)? else {
                return Ok(());
            };
            // Another request may have noted it meanwhile, or other tokens were handed out.
            let now = draft.context.now;
            if is_due(&session, now) && same_digest(session.text("token_digest"), &token.digest()) {
                let mut session = (*session).clone();
                session.set("used_at", Some(now.into()));
                draft.subject(id);
                draft.note(session, Cause::Requested)?;
            }
            Ok(())
        };
        match self.carry_out("session.use", &needs, step).await {
            // Several requests at once: one of them noted it.
            Err(problem) if problem.code == Code::Conflict => Ok(()),
            other => other.map(drop),
        }
    }

    /// Takes a refresh token in exchange for fresh tokens. A refresh token is taken once: one that is shown again ends
    /// the session with all of its tokens, because two hold what one was given.
    ///
    /// # Errors
    /// [`Code::SessionEnded`] when the session has ended, its user is kept out (S3-45), or the token was taken before.
    pub async fn refresh_session(&self, refresh_token: &str) -> Result<SessionTokens, Problem> {
        let token = Token::parse(TokenKind::Refresh, refresh_token).ok_or_else(ended)?;
        let needs = |_: &crate::plan::Schema| {
            let mut needs = Needs::default();
            needs.record(token.id());
            needs
        };
        let mut done = self
            .carry_out("session.refresh", &needs, |draft| {
                let outcome = refresh(draft, &token)?;
                let session = match outcome {
                    Refreshed::Done => draft.record(token.id())?,
                    Refreshed::Reused | Refreshed::Ended(_) => None,
                };
                Ok((outcome, session))
            })
            .await?;
        let session = done.outcome.1.take().ok_or_else(ended)?;
        let tokens = tokens(&session, done.take("token"), done.take("refresh_token"));
        tokens.ok_or_else(ended)
    }

    /// Signs out: ends the session that a token names. A token that names none is no error.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn sign_out(&self, token: &str) -> Result<(), Problem> {
        let Some(token) = Token::parse(TokenKind::Session, token) else {
            return Ok(());
        };
        match self.presented(&token).await {
            Ok(record) => {
                let session = SessionId(record.id.uuid);
                match self.execute(crate::command::EndSession { session }).await {
                    Err(problem) if problem.code == Code::NotFound => Ok(()),
                    other => other.map(drop),
                }
            }
            Err(problem) if problem.code == Code::SessionEnded => Ok(()),
            Err(problem) => Err(problem),
        }
    }

    /// The open sessions of a user, the last used first (S2-21).
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn sessions(&self, user: UserId) -> Result<Vec<SessionView>, Problem> {
        self.require("end_sessions", user).await?;
        let now = self.shared.host.clock.now();
        let records = self.referring_records(Kind::Session, user.into()).await?;
        let mut open: Vec<SessionView> = records
            .into_iter()
            .filter(|record| {
                matches!(
                    session_state(record, now),
                    SessionState::Open | SessionState::TokenExpired
                )
            })
            .filter_map(|record| SessionView::of(&record))
            .collect();
        open.sort_by_key(|session| (std::cmp::Reverse(session.used_at), session.id));
        Ok(open)
    }

    /// The records of a kind that name a user.
    pub(crate) async fn referring_records(
        &self,
        kind: Kind,
        user: EntityId,
    ) -> Result<Vec<Arc<Record>>, Problem> {
        let set = Referring {
            kind,
            attribute: "user".to_owned(),
            target: Some(user),
        };
        let needs = Needs {
            referring: [set.clone()].into(),
            ..Needs::default()
        };
        let facts = self.storage().load(self.realm, &needs).await?;
        let ids = facts
            .referring
            .get(&set)
            .map(|set| set.ids.clone())
            .unwrap_or_default();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let needs = Needs {
            records: ids.into_iter().collect(),
            ..Needs::default()
        };
        let facts = self.storage().load(self.realm, &needs).await?;
        Ok(facts.records.into_values().flatten().collect())
    }
}

/// The answer of whatever opened or refreshed a session.
pub(crate) fn tokens(
    session: &Record,
    token: Option<Secret>,
    refresh_token: Option<Secret>,
) -> Option<SessionTokens> {
    Some(SessionTokens {
        session: SessionView::of(session)?,
        token: token?,
        token_until: session.moment("token_until"),
        refresh_token,
    })
}
