//! Signing in and looking a session up: plain arguments, plain objects.

use iam_core::{
    model::{Moment, Secret},
    service::{SessionView, SignIn, SignedIn},
    wire::{Code, Problem, json},
};
use napi_derive::napi;

use crate::{Acting, now, raised};

/// A session; moments are milliseconds since 1970.
#[napi(object, object_from_js = false)]
pub struct Session {
    pub id: String,
    pub user: String,
    pub assurance: i64,
    pub methods: Vec<String>,
    pub opened_at: f64,
    pub authenticated_at: f64,
    pub used_at: f64,
    pub expires_at: f64,
    pub application: Option<String>,
    pub address: Option<String>,
    pub agent: Option<String>,
}

/// How far a sign-in has come.
#[napi(object, object_from_js = false)]
pub struct Signed {
    pub state: String,
    pub session: Option<Session>,
    pub token: Option<String>,
    pub token_until: Option<f64>,
    pub refresh_token: Option<String>,
    pub flow_token: Option<String>,
    pub factors: Option<Vec<String>>,
    /// As JSON.
    pub actions: Option<String>,
    pub expires_at: Option<f64>,
}

fn milliseconds(moment: Moment) -> f64 {
    moment.micros().div_euclid(1_000) as f64
}

impl From<SessionView> for Session {
    fn from(view: SessionView) -> Self {
        Session {
            id: view.id.to_string(),
            user: view.user.to_string(),
            assurance: view.assurance,
            methods: view.methods,
            opened_at: milliseconds(view.opened_at),
            authenticated_at: milliseconds(view.authenticated_at),
            used_at: milliseconds(view.used_at),
            expires_at: milliseconds(view.expires_at),
            application: view.application,
            address: view.address,
            agent: view.agent,
        }
    }
}

fn text(secret: &Secret) -> String {
    secret.expose().to_owned()
}

impl From<SignedIn> for Signed {
    fn from(signed_in: SignedIn) -> Self {
        let nothing = Signed {
            state: String::new(),
            session: None,
            token: None,
            token_until: None,
            refresh_token: None,
            flow_token: None,
            factors: None,
            actions: None,
            expires_at: None,
        };
        match signed_in {
            SignedIn::Open(tokens) => Signed {
                state: "open".to_owned(),
                session: Some(tokens.session.into()),
                token: Some(text(&tokens.token)),
                token_until: tokens.token_until.map(milliseconds),
                refresh_token: tokens.refresh_token.as_ref().map(text),
                ..nothing
            },
            SignedIn::Pending(pending) => Signed {
                state: "pending".to_owned(),
                flow_token: Some(text(&pending.flow_token)),
                factors: Some(pending.factors),
                actions: serde_json::to_string(&pending.actions).ok(),
                expires_at: Some(milliseconds(pending.expires_at)),
                ..nothing
            },
        }
    }
}

#[napi]
impl Acting {
    /// The session that a token names, when it is assured enough.
    #[napi]
    pub async fn session(&self, token: String, assurance: u8) -> napi::Result<Session> {
        raised(json::may_call(&self.0, "session"))?;
        raised(self.0.session_at(&token, assurance).await).map(Session::from)
    }

    /// The same at once, or not at all. The use of the session is noted when it is asked for again.
    #[napi]
    pub fn session_now(&self, token: String, assurance: u8) -> napi::Result<Option<Session>> {
        raised(json::may_call(&self.0, "session"))?;
        Ok(now(self.0.session_at(&token, assurance))?.map(Session::from))
    }

    /// Signs in with identifier and password.
    #[napi]
    // Not `expect`: the generated code carries the attribute, too, and has nothing to complain about.
    #[allow(
        clippy::too_many_arguments,
        reason = "plain arguments, no structure to take apart"
    )]
    pub async fn sign_in(
        &self,
        identifier: String,
        password: String,
        assurance: u8,
        refresh: bool,
        risk: Option<String>,
        address: Option<String>,
        agent: Option<String>,
        application: Option<String>,
    ) -> napi::Result<Signed> {
        let mut attempt = SignIn::new(identifier, password).needs_assurance(assurance);
        attempt.refresh = refresh;
        attempt.origin.address = address;
        attempt.origin.agent = agent;
        attempt.origin.application = application;
        if let Some(risk) = risk {
            let risk = serde_json::from_value(risk.into());
            attempt.risk =
                raised(risk.map_err(|error| Problem::new(Code::Malformed, error.to_string()).about("risk")))?;
        }
        raised(json::may_call(&self.0, "sign_in"))?;
        raised(self.0.sign_in(&attempt).await).map(Signed::from)
    }
}
