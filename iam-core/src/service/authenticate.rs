//! Signing in, as a host uses it: one call for the identifier and the password, one for each further step.
//!
//! ```text
//! sign_in ──► SignedIn::Open(tokens)
//!    └──────► SignedIn::Pending(step) ──► continue_sign_in ──► …
//! ```
//!
//! Whatever goes wrong with identifier and proof has one answer, [`Code::SignInRefused`], after the same work: the
//! precise reason is in the audit trail.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Acting,
    carry::Carried,
    session::{SessionTokens, ended, tokens},
};
use crate::{
    command::{
        SessionOrigin, credential,
        sign_in::{self, Attempt, Outcome, PasskeyAttempt, Proof, Step},
    },
    credential::passkey,
    model::{Moment, Record, Secret, Token, TokenKind, UserId},
    plan::{Needs, Work, Worked},
    rules::{
        session::{FACTOR, texts},
        sign_in::{RequiredAction, Risk},
    },
    wire::{Code, Problem},
};

/// An attempt to sign in with a password.
///
/// ```
/// use iam_core::service::SignIn;
///
/// let attempt = SignIn::new("alice@example.com", "correct horse").from("192.0.2.7").needs_assurance(2);
/// assert!(!format!("{attempt:?}").contains("horse"));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Who one says to be: the value of any attribute that the realm takes as an identifier.
    pub identifier: String,
    /// The password.
    pub password: Secret,
    /// Where the attempt comes from.
    #[serde(default)]
    pub origin: SessionOrigin,
    /// Hand out a refresh token, too; then the session's token lives for minutes only.
    #[serde(default)]
    pub refresh: bool,
    /// The level that the application asks for: 1 for one factor, 2 for two, 3 for two of which one is hardware.
    #[serde(default)]
    pub assurance: u8,
    /// What the host makes of the attempt: its hook into every sign-in.
    #[serde(default)]
    pub risk: Risk,
}

impl SignIn {
    /// An attempt with identifier and password.
    pub fn new(identifier: impl Into<String>, password: impl Into<Secret>) -> SignIn {
        SignIn {
            identifier: identifier.into(),
            password: password.into(),
            origin: SessionOrigin::default(),
            refresh: false,
            assurance: 0,
            risk: Risk::Normal,
        }
    }

    /// Where it comes from: the network address.
    #[must_use]
    pub fn from(mut self, address: impl Into<String>) -> SignIn {
        self.origin.address = Some(address.into());
        self
    }

    /// With which device or browser.
    #[must_use]
    pub fn with_agent(mut self, agent: impl Into<String>) -> SignIn {
        self.origin.agent = Some(agent.into());
        self
    }

    /// To which application.
    #[must_use]
    pub fn to_application(mut self, application: impl Into<String>) -> SignIn {
        self.origin.application = Some(application.into());
        self
    }

    /// With a refresh token.
    #[must_use]
    pub fn with_refresh(mut self) -> SignIn {
        self.refresh = true;
        self
    }

    /// At this level at least.
    #[must_use]
    pub fn needs_assurance(mut self, level: u8) -> SignIn {
        self.assurance = level;
        self
    }

    /// What the host makes of it.
    #[must_use]
    pub fn at_risk(mut self, risk: Risk) -> SignIn {
        self.risk = risk;
        self
    }
}

/// An attempt to sign in with a passkey and nothing else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PasskeySignIn {
    /// What the browser answered to the challenge, as JSON text: `JSON.stringify(credential)`.
    pub response: Secret,
    /// Where the attempt comes from.
    #[serde(default)]
    pub origin: SessionOrigin,
    /// Hand out a refresh token, too; then the session's token lives for minutes only.
    #[serde(default)]
    pub refresh: bool,
    /// The level that the application asks for, as for a sign-in with a password.
    #[serde(default)]
    pub assurance: u8,
    /// What the host makes of the attempt.
    #[serde(default)]
    pub risk: Risk,
}

impl PasskeySignIn {
    /// An attempt with a browser's answer.
    pub fn new(response: impl Into<Secret>) -> PasskeySignIn {
        PasskeySignIn {
            response: response.into(),
            origin: SessionOrigin::default(),
            refresh: false,
            assurance: 0,
            risk: Risk::Normal,
        }
    }

    /// Where it comes from.
    #[must_use]
    pub fn with_origin(mut self, origin: SessionOrigin) -> PasskeySignIn {
        self.origin = origin;
        self
    }
}

/// What a browser is asked with to show a passkey.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PasskeyChallenge {
    /// JSON for `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get`.
    pub options: String,
    /// Until when the answer counts.
    pub expires_at: Moment,
}

/// The next step of a sign-in that is under way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContinueSignIn {
    /// The flow token of the step before.
    pub flow_token: Secret,
    /// What is shown or done.
    pub proof: SignInProof,
}

/// What a user shows or does in the course of a sign-in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SignInProof {
    /// The code of a device (TOTP, HOTP).
    Code {
        /// The code.
        code: Secret,
    },
    /// A recovery code.
    RecoveryCode {
        /// The code.
        code: Secret,
    },
    /// A browser's answer to a challenge of [`Acting::passkey_challenge`].
    Passkey {
        /// The answer, as JSON text: `JSON.stringify(credential)`.
        response: Secret,
    },
    /// A new password instead of one that has to be changed.
    NewPassword {
        /// The new password.
        password: Secret,
    },
    /// The present terms are accepted.
    AcceptTerms,
    /// Something was done elsewhere: the e-mail address was verified, a factor was enrolled.
    Done,
}

impl From<&SignInProof> for Proof {
    fn from(proof: &SignInProof) -> Proof {
        match proof {
            SignInProof::Code { code } => Proof::Code(code.clone()),
            SignInProof::RecoveryCode { code } => Proof::RecoveryCode(code.clone()),
            SignInProof::Passkey { response } => Proof::Passkey(response.clone()),
            SignInProof::NewPassword { password } => Proof::NewPassword(password.clone()),
            SignInProof::AcceptTerms => Proof::AcceptTerms,
            SignInProof::Done => Proof::Done,
        }
    }
}

/// How far a sign-in has come.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SignedIn {
    /// The session is open.
    Open(SessionTokens),
    /// Something is still to be shown or done.
    Pending(PendingSignIn),
}

/// What a sign-in waits for.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PendingSignIn {
    /// Names the sign-in at the next step. It changes with every step.
    pub flow_token: Secret,
    /// The factors of which one has to be shown; empty when something has to be done instead.
    pub factors: Vec<String>,
    /// What has to be done before the session opens.
    pub actions: Vec<RequiredAction>,
    /// Until when the sign-in has to be finished.
    pub expires_at: Moment,
}

/// A sign-in under way, for the host that helps with its next step.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SignInFlow {
    /// Who is signing in: the identifier and the first proof were right.
    pub user: UserId,
    /// The factors of which one has to be shown.
    pub factors: Vec<String>,
    /// What has to be done.
    pub actions: Vec<RequiredAction>,
    /// Until when.
    pub expires_at: Moment,
}

fn refused() -> Problem {
    Problem::new(Code::SignInRefused, "the sign-in is refused")
}

fn over() -> Problem {
    Problem::new(Code::FlowEnded, "the sign-in is over")
}

fn waits_for(flow: &Record) -> (Vec<String>, Vec<RequiredAction>) {
    if flow.text("stage") == FACTOR {
        return (texts(flow, "offered"), Vec::new());
    }
    let actions = texts(flow, "pending");
    let actions = actions.iter().filter_map(|name| RequiredAction::from_name(name));
    (Vec::new(), actions.collect())
}

impl Acting<'_> {
    /// Signs in with identifier and password.
    ///
    /// The answer does not tell an unknown identifier from a wrong password, and takes the same work for both. An attempt
    /// that fails is counted for the identifier, the address and the realm, by all processes together, and for the user,
    /// who is locked when the policy says so (S0-38). A hash of another scheme is replaced by one of ours at the first
    /// success.
    ///
    /// # Errors
    /// [`Code::SignInRefused`]; [`Code::SignInBlocked`] when the proof is right and the user is blocked (S3-50);
    /// [`Code::Throttled`] when attempts have to wait, with the moment in the details.
    pub async fn sign_in(&self, attempt: &SignIn) -> Result<SignedIn, Problem> {
        let attempt = Attempt {
            identifier: attempt.identifier.clone(),
            password: attempt.password.clone(),
            origin: attempt.origin.clone(),
            refresh: attempt.refresh,
            assurance: attempt.assurance,
            risk: attempt.risk,
        };
        let needs = |schema: &crate::plan::Schema| {
            let mut needs = Needs::default();
            attempt.needs(schema, &mut needs);
            needs
        };
        let done = self
            .carry_out("session.sign_in", &needs, |draft| {
                sign_in::attempt(draft, &attempt)
            })
            .await?;
        answer(done)
    }

    /// What a browser is asked with to show a passkey: for a sign-in without a name, or, with the user, for the next step
    /// of a sign-in and for [`Acting::step_up`]. Nothing is kept of it; it is good for five minutes and for one answer.
    ///
    /// # Errors
    /// [`Code::FeatureOff`] when the realm's settings name no relying party, or this build checks no passkeys.
    pub async fn passkey_challenge(&self, user: Option<UserId>) -> Result<PasskeyChallenge, Problem> {
        let schema = self.shared.schema(self.storage(), self.realm).await?;
        let party = credential::relying_party(&schema.settings)?;
        let mut known = Vec::new();
        if let Some(user) = user {
            let credentials = self.credentials(user).await?;
            known.extend(credentials.iter().filter_map(|record| credential::known(record)));
        }
        let now = self.shared.host.clock.now();
        let work = Work::Seal {
            place: credential::challenge_place(self.realm),
            secret: credential::challenge(now, user),
        };
        let sealed = self.shared.worker.perform([work].into()).await?;
        let Some(Worked::Sealed(challenge)) = sealed.into_values().next() else {
            return Err(Problem::new(Code::Sealed, "the challenge cannot be sealed"));
        };
        Ok(PasskeyChallenge {
            options: passkey::request_options(party, &challenge, &known),
            expires_at: now.plus_seconds(credential::CHALLENGE_SECONDS),
        })
    }

    /// Signs in with a passkey alone: the passkey says who it is, and that the device has verified the person. So it is
    /// two factors, and the session opens at level 3 unless something has to be done first.
    ///
    /// # Errors
    /// As for [`Acting::sign_in`], and [`Code::FeatureOff`].
    pub async fn sign_in_with_passkey(&self, attempt: &PasskeySignIn) -> Result<SignedIn, Problem> {
        let attempt = PasskeyAttempt {
            response: attempt.response.clone(),
            origin: attempt.origin.clone(),
            refresh: attempt.refresh,
            assurance: attempt.assurance,
            risk: attempt.risk,
        };
        let needs = |schema: &crate::plan::Schema| {
            let mut needs = Needs::default();
            attempt.needs(schema, &mut needs);
            needs
        };
        let done = self
            .carry_out("session.sign_in_with_passkey", &needs, |draft| {
                sign_in::attempt_by_passkey(draft, &attempt)
            })
            .await?;
        answer(done)
    }

    /// Goes on with a sign-in that waits for a factor or an action.
    ///
    /// # Errors
    /// [`Code::SignInRefused`] when the proof is not right: the flow token stays valid, a few times;
    /// [`Code::FlowEnded`] when the sign-in is over; whatever is wrong with a new password.
    pub async fn continue_sign_in(&self, step: &ContinueSignIn) -> Result<SignedIn, Problem> {
        let flow = Token::parse(TokenKind::Flow, step.flow_token.expose()).ok_or_else(over)?;
        let step = Step {
            flow,
            proof: Proof::from(&step.proof),
        };
        let needs = |_: &crate::plan::Schema| {
            let mut needs = Needs::default();
            needs.record(step.flow.id());
            needs
        };
        let done = self
            .carry_out("session.continue", &needs, |draft| sign_in::step(draft, &step))
            .await?;
        answer(done)
    }

    /// The sign-in under way that a flow token names: for the host that sends a passcode or enrols a factor.
    ///
    /// # Errors
    /// [`Code::FlowEnded`] when it is over.
    pub async fn sign_in_flow(&self, flow_token: &str) -> Result<SignInFlow, Problem> {
        let token = Token::parse(TokenKind::Flow, flow_token).ok_or_else(over)?;
        let flow = self
            .presented(&token)
            .await
            .map_err(|problem| match problem.code {
                Code::SessionEnded => over(),
                _ => problem,
            })?;
        let now = self.shared.host.clock.now();
        let expires_at = flow
            .moment("expires_at")
            .filter(|until| now < *until)
            .ok_or_else(over)?;
        let (factors, actions) = waits_for(&flow);
        let user = flow
            .reference("user")
            .and_then(|id| id.try_into().ok())
            .ok_or_else(over)?;
        Ok(SignInFlow {
            user,
            factors,
            actions,
            expires_at,
        })
    }

    /// Shows another proof in an open session: it rises to a higher level and gets a fresh token; the one before counts
    /// no more.
    ///
    /// # Errors
    /// [`Code::SessionEnded`] when there is no such session; [`Code::SignInRefused`] when the proof is not right;
    /// [`Code::SignInBlocked`] when the user is kept out by now; [`Code::Throttled`] after too many wrong proofs.
    pub async fn step_up(&self, token: &str, proof: &SignInProof) -> Result<SessionTokens, Problem> {
        let token = Token::parse(TokenKind::Session, token).ok_or_else(ended)?;
        let proof = Proof::from(proof);
        let needs = |_: &crate::plan::Schema| {
            let mut needs = Needs::default();
            needs.record(token.id());
            needs
        };
        let done = self
            .carry_out("session.step_up", &needs, |draft| {
                sign_in::step_up(draft, &token, &proof)
            })
            .await?;
        match answer(done)? {
            SignedIn::Open(tokens) => Ok(tokens),
            SignedIn::Pending(_) => Err(refused()),
        }
    }
}

fn answer(mut done: Carried<Outcome>) -> Result<SignedIn, Problem> {
    let token = done.take("token");
    let refresh = done.take("refresh_token");
    let flow = done.take("flow_token");
    match done.outcome {
        Outcome::Open(session) => {
            let tokens = tokens(&session, token, refresh).ok_or_else(refused)?;
            Ok(SignedIn::Open(tokens))
        }
        Outcome::Pending(session) => {
            let (factors, actions) = waits_for(&session);
            Ok(SignedIn::Pending(PendingSignIn {
                flow_token: flow.ok_or_else(over)?,
                factors,
                actions,
                expires_at: session.moment("expires_at").ok_or_else(over)?,
            }))
        }
        Outcome::Refused => Err(refused()),
        Outcome::Blocked => Err(Problem::new(Code::SignInBlocked, "the user is blocked")),
        Outcome::Ended => Err(over()),
    }
}
