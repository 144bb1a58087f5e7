//! Signing in and looking a session up, which is done at every request: plain arguments, plain answers, no tree of values.

use std::sync::Arc;

use iam_core::{
    model::{Moment, Secret},
    service::{SessionView, SignIn, SignedIn},
    wire::{Code, Problem, json},
};

use crate::{Acting, Cancellation, IamError, Value, run::run};

/// A session; moments are microseconds since 1970.
#[derive(uniffi::Record)]
pub struct PlainSession {
    pub id: String,
    pub user: String,
    pub assurance: i64,
    pub methods: Vec<String>,
    pub opened_at: i64,
    pub authenticated_at: i64,
    pub used_at: i64,
    pub expires_at: i64,
    pub application: Option<String>,
    pub address: Option<String>,
    pub agent: Option<String>,
}

/// How far a sign-in has come: open with a session, or waiting with a flow token.
#[derive(uniffi::Record)]
pub struct PlainSignedIn {
    pub session: Option<PlainSession>,
    pub token: Option<String>,
    pub token_until: Option<i64>,
    pub refresh_token: Option<String>,
    pub flow_token: Option<String>,
    pub factors: Option<Vec<String>>,
    pub actions: Option<Value>,
    pub expires_at: Option<i64>,
}

impl From<SessionView> for PlainSession {
    fn from(view: SessionView) -> Self {
        PlainSession {
            id: view.id.to_string(),
            user: view.user.to_string(),
            assurance: view.assurance,
            methods: view.methods,
            opened_at: view.opened_at.micros(),
            authenticated_at: view.authenticated_at.micros(),
            used_at: view.used_at.micros(),
            expires_at: view.expires_at.micros(),
            application: view.application,
            address: view.address,
            agent: view.agent,
        }
    }
}

fn text(secret: &Secret) -> String {
    secret.expose().to_owned()
}

fn signed_in(answer: SignedIn) -> Result<PlainSignedIn, Problem> {
    let nothing = PlainSignedIn {
        session: None,
        token: None,
        token_until: None,
        refresh_token: None,
        flow_token: None,
        factors: None,
        actions: None,
        expires_at: None,
    };
    Ok(match answer {
        SignedIn::Open(tokens) => PlainSignedIn {
            token: Some(text(&tokens.token)),
            token_until: tokens.token_until.map(Moment::micros),
            refresh_token: tokens.refresh_token.as_ref().map(text),
            session: Some(tokens.session.into()),
            ..nothing
        },
        SignedIn::Pending(pending) => PlainSignedIn {
            flow_token: Some(text(&pending.flow_token)),
            factors: Some(pending.factors),
            actions: Some(json::value(&pending.actions)?.into()),
            expires_at: Some(pending.expires_at.micros()),
            ..nothing
        },
    })
}

fn level(assurance: i64) -> Result<u8, Problem> {
    let wrong = |_| Problem::new(Code::Malformed, "an assurance is a level from 0 to 3").about("assurance");
    u8::try_from(assurance).map_err(wrong)
}

#[uniffi::export]
impl Acting {
    /// The session that a token names, when it is assured enough.
    ///
    /// # Errors
    /// The problem.
    pub async fn plain_session(
        &self,
        token: String,
        assurance: i64,
        cancellation: Option<Arc<Cancellation>>,
    ) -> Result<PlainSession, IamError> {
        json::may_call(&self.0, "session")?;
        let (acting, assurance) = (self.0.clone(), level(assurance)?);
        let answer = run(
            cancellation,
            async move { acting.session_at(&token, assurance).await },
        );
        Ok(answer.await?.into())
    }

    /// Signs in with identifier and password.
    ///
    /// # Errors
    /// The problem.
    #[allow(
        clippy::too_many_arguments,
        reason = "plain arguments, no structure to take apart"
    )]
    pub async fn plain_sign_in(
        &self,
        identifier: String,
        password: String,
        assurance: i64,
        refresh: bool,
        risk: Option<Value>,
        address: Option<String>,
        agent: Option<String>,
        application: Option<String>,
        cancellation: Option<Arc<Cancellation>>,
    ) -> Result<PlainSignedIn, IamError> {
        json::may_call(&self.0, "sign_in")?;
        let mut attempt = SignIn::new(identifier, password).needs_assurance(level(assurance)?);
        attempt.refresh = refresh;
        attempt.origin.address = address;
        attempt.origin.agent = agent;
        attempt.origin.application = application;
        if let Some(risk) = risk {
            let risk = serde_json::from_value(risk.into_json(0)?);
            attempt.risk =
                risk.map_err(|error| Problem::new(Code::Malformed, error.to_string()).about("risk"))?;
        }
        let acting = self.0.clone();
        let answer = run(
            cancellation,
            async move { signed_in(acting.sign_in(&attempt).await?) },
        );
        Ok(answer.await?)
    }
}
