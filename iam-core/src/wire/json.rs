//! The neutral interface: JSON in, JSON out. Bindings, servers and scenarios use it, so that all of them ask and answer
//! in the same words.
//!
//! ```text
//! call(acting, "execute", {"command": "user.create", "attributes": {"user_name": "alice"}})
//! call(acting, "ask",     {"query": "record.get", "id": "user_…"})
//! ```
//!
//! The text form is the same byte for byte wherever it is made: keys are in order, there is no white space.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{Code, FieldProblem, Problem, ProblemKind};
use crate::{
    command::Command,
    model::{ChangeSetId, CommandId, Secret, UserId},
    plan::{Actor, Channel, Event, FormField},
    port::Revision,
    query::{Batched, Previewed, Query, RollbackPreviewed},
    service::{
        AcceptInvitation, Acting, At, BatchMode, ChainHead, ContinueSignIn, Executed, Failure, Iam, KeySet,
        LinkView, OnConflict, PasskeyChallenge, PasskeySignIn, Register, RequestPasswordReset,
        ResetPasswordByLink, SessionTokens, SessionView, SignIn, SignInFlow, SignInProof, SignedClaims,
        SignedIn, Undo, Upkeep, Work, minute,
    },
};

/// A problem with everything that a caller may want to know, whether it is empty or not.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub struct ProblemView {
    /// The stable code.
    pub code: String,
    /// The family.
    pub kind: ProblemKind,
    /// One sentence for people.
    pub message: String,
    /// What usually helps; empty when there is nothing to say.
    pub hint: String,
    /// What it is about: an identifier or a name.
    pub subject: Option<String>,
    /// Every wrong field, when the input is wrong.
    pub fields: Vec<FieldProblem>,
    /// More, one line each: conflicting records, remaining members.
    pub details: Vec<String>,
    /// Whether the same call may succeed when it is tried again.
    pub retry: bool,
}

impl From<&Problem> for ProblemView {
    fn from(problem: &Problem) -> Self {
        ProblemView {
            code: problem.code.name().to_owned(),
            kind: problem.kind(),
            message: problem.message.clone(),
            hint: problem.hint().to_owned(),
            subject: problem.subject.clone(),
            fields: problem.fields.clone(),
            details: problem.details.clone(),
            retry: problem.retry(),
        }
    }
}

/// Commands to carry out or to look at together.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchInput {
    /// The commands, each with its name under `command` beside its input.
    #[schemars(with = "Vec<std::collections::BTreeMap<String, Value>>")]
    pub commands: Vec<Value>,
    /// What refused commands mean for the others.
    #[serde(default)]
    pub mode: BatchMode,
}

/// What to undo.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RollbackInput {
    /// What is to be undone.
    pub undo: Undo,
    /// What happens to things that were changed since.
    #[serde(default)]
    pub on_conflict: OnConflict,
}

/// From where to read events.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventsInput {
    /// The last revision that was seen; 0 to begin with.
    #[serde(default)]
    pub after: Revision,
    /// Commits at most, up to 1000.
    #[serde(default = "hundred")]
    pub limit: u32,
}

fn hundred() -> u32 {
    100
}

/// Who wants work from the outbox, and how much.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaseInput {
    /// The worker's name; each worker has its own.
    pub worker: String,
    /// Effects at most, up to 1000.
    #[serde(default = "hundred")]
    pub limit: u32,
    /// How long nobody else gets them.
    #[serde(default = "minute")]
    pub seconds: u32,
}

/// What became of leased work.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleInput {
    /// The worker that leased it.
    pub worker: String,
    /// The numbers of what was done.
    #[serde(default)]
    pub done: Vec<u64>,
    /// What did not succeed.
    #[serde(default)]
    pub failed: Vec<Failure>,
}

/// What happened in one commit.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Commit {
    /// The commit.
    pub revision: Revision,
    /// What happened.
    pub events: Vec<Event>,
}

/// No input.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// A token in the clear.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenInput {
    /// The token.
    pub token: Secret,
}

/// A session's token, and how sure one has to be of the session.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionInput {
    /// The token.
    pub token: Secret,
    /// The level that what is asked needs: 1 for one factor, 2 for two, 3 for two of which one is hardware.
    #[serde(default)]
    pub assurance: u8,
}

/// For whom a token is signed.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignTokenInput {
    /// The session's token.
    pub token: Secret,
    /// For whom the signed token is.
    pub audience: String,
    /// Seconds for which it holds, at most 3600; 300 when absent.
    #[serde(default = "five_minutes")]
    pub seconds: u32,
}

fn five_minutes() -> u32 {
    300
}

/// A signed token to check.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifySignedTokenInput {
    /// The signed token.
    pub token: Secret,
    /// For whom it has to be.
    pub audience: String,
}

/// A user.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserInput {
    /// The user.
    pub user: UserId,
}

/// For whom a browser is asked for a passkey.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PasskeyChallengeInput {
    /// The user, when that is known; absent: whoever has a passkey for the domain.
    #[serde(default)]
    pub user: Option<UserId>,
}

/// Another proof for a session.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepUpInput {
    /// The session's token.
    pub token: Secret,
    /// What is shown.
    pub proof: SignInProof,
}

/// A command with its name under `command`.
struct CommandInput;

/// A query with its name under `query`.
struct QueryInput;

macro_rules! tagged {
    ($input:ident $key:literal $names:expr) => {
        impl JsonSchema for $input {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($input).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "object",
                    "description": concat!("The input of a ", $key, ", and its name."),
                    "properties": {$key: {"type": "string", "enum": $names}},
                    "required": [$key],
                })
            }
        }
    };
}
/// What a user may ask for in the own name; each of these looks at what the user may do. Everything else is the host's:
/// tokens, links, the outbox, upkeep.
const FOR_USERS: [&str; 11] = [
    "execute",
    "preview",
    "validate",
    "batch",
    "preview_batch",
    "ask",
    "rollback",
    "preview_rollback",
    "new_change_set",
    "new_command_id",
    "sessions",
];

tagged!(CommandInput "command" Command::NAMES);
tagged!(QueryInput "query" Query::NAMES);

macro_rules! operations {
    ($($(#[doc = $doc:literal])* $name:literal $input:ty => $output:ty, |$acting:ident, $value:ident| $body:expr;)*) => {
        /// The names of all operations.
        pub const OPERATIONS: &[&str] = &[$($name,)*];

        pub(super) fn operation_doc(name: &str) -> String {
            match name {
                $($name => concat!($($doc, "\n"),*).trim().replace("\n ", "\n"),)*
                _ => String::new(),
            }
        }

        pub(super) fn operation_inputs(
            generator: &mut schemars::SchemaGenerator,
        ) -> Vec<(&'static str, schemars::Schema)> {
            vec![$(($name, generator.subschema_for::<$input>()),)*]
        }

        pub(super) fn operation_answers(
            generator: &mut schemars::SchemaGenerator,
        ) -> Vec<(&'static str, schemars::Schema)> {
            vec![$(($name, generator.subschema_for::<$output>()),)*]
        }

        /// Performs an operation: one of [`OPERATIONS`], with the input that the catalogue describes.
        ///
        /// # Errors
        /// [`Code::Malformed`] when the operation or its input is not known; else what the engine says.
        pub async fn call(acting: &Acting<'_>, operation: &str, input: Value) -> Result<Value, Problem> {
            may_call(acting, operation)?;
            match operation {
                $($name => {
                    let ($acting, $value) = (acting, input);
                    let answer: $output = Box::pin(async move { $body }).await?;
                    value(&answer)
                })*
                _ => Err(unknown("operation", operation)),
            }
        }
    };
}

operations! {
    /// Carries out a command.
    "execute" CommandInput => Executed, |acting, input| acting.execute(command(input)?).await;
    /// Shows what a command would do; nothing is written.
    "preview" CommandInput => Previewed, |acting, input| {
        acting.preview(command(input)?).await.map(Previewed::from)
    };
    /// Lists every field that a command would be refused for; empty when it would pass. Nothing is written.
    "validate" CommandInput => Vec<FieldProblem>, |acting, input| acting.validate(command(input)?).await;
    /// Carries out commands in one commit, each seeing what those before it did.
    "batch" BatchInput => Batched, |acting, input| {
        let input: BatchInput = read("batch", input)?;
        acting.batch(&commands(input.commands)?, input.mode).await.map(Batched::from)
    };
    /// Shows what commands would do in one commit, each seeing what those before it did; nothing is written. Refused
    /// commands are among the results.
    "preview_batch" BatchInput => Batched, |acting, input| {
        let input: BatchInput = read("preview_batch", input)?;
        acting.preview_batch(&commands(input.commands)?, None).await.map(Batched::from)
    };
    /// Answers a query.
    "ask" QueryInput => Value, |acting, input| acting.ask(query(input)?).await;
    /// Undoes commits, a change set or what an actor did, in one commit.
    "rollback" RollbackInput => Executed, |acting, input| {
        let input: RollbackInput = read("rollback", input)?;
        acting.rollback(&input.undo, input.on_conflict).await
    };
    /// Shows what undoing would do; nothing is written.
    "preview_rollback" RollbackInput => RollbackPreviewed, |acting, input| {
        let input: RollbackInput = read("preview_rollback", input)?;
        acting.preview_rollback(&input.undo).await.map(RollbackPreviewed::from)
    };
    /// Lists what happened after a revision, in order: no event is ever skipped, however many processes write.
    "events" EventsInput => Vec<Commit>, |acting, input| {
        let input: EventsInput = read("events", input)?;
        let commits = acting.events(input.after, input.limit as usize).await?;
        Ok::<_, Problem>(commits.into_iter().map(|(revision, events)| Commit { revision, events }).collect())
    };
    /// Does what has fallen due: validities that end, retention periods that are over.
    "upkeep" Nothing => Upkeep, |acting, input| {
        let Nothing {} = read("upkeep", input)?;
        acting.upkeep().await
    };
    /// Seals the audit trail up to now; answers the latest head, to keep elsewhere.
    "seal_chain" Nothing => Option<ChainHead>, |acting, input| {
        let Nothing {} = read("seal_chain", input)?;
        Iam { shared: acting.shared.clone() }.seal_chain().await
    };
    /// Draws a fresh identifier for a change set.
    "new_change_set" Nothing => ChangeSetId, |acting, input| {
        let Nothing {} = read("new_change_set", input)?;
        Ok::<_, Problem>(acting.new_change_set())
    };
    /// Draws a fresh identifier for a command: sent twice under it, it is carried out once.
    "new_command_id" Nothing => CommandId, |acting, input| {
        let Nothing {} = read("new_command_id", input)?;
        Ok::<_, Problem>(acting.new_command_id())
    };
    /// Signs in with identifier and password. The session is open, or waits for another factor or an action.
    "sign_in" SignIn => SignedIn, |acting, input| {
        let input: SignIn = read("sign_in", input)?;
        acting.sign_in(&input).await
    };
    /// Goes on with a sign-in that waits for a factor or an action.
    "continue_sign_in" ContinueSignIn => SignedIn, |acting, input| {
        let input: ContinueSignIn = read("continue_sign_in", input)?;
        acting.continue_sign_in(&input).await
    };
    /// Reads who is signing in, and what the sign-in waits for.
    "sign_in_flow" TokenInput => SignInFlow, |acting, input| {
        let input: TokenInput = read("sign_in_flow", input)?;
        acting.sign_in_flow(input.token.expose()).await
    };
    /// Reads the session that a token names, when it is assured enough.
    "session" SessionInput => SessionView, |acting, input| {
        let input: SessionInput = read("session", input)?;
        acting.session_at(input.token.expose(), input.assurance).await
    };
    /// Lists the open sessions of a user, the last used first.
    "sessions" UserInput => Vec<SessionView>, |acting, input| {
        let input: UserInput = read("sessions", input)?;
        acting.sessions(input.user).await
    };
    /// Takes a refresh token in exchange for fresh tokens.
    "refresh_session" TokenInput => SessionTokens, |acting, input| {
        let input: TokenInput = read("refresh_session", input)?;
        acting.refresh_session(input.token.expose()).await
    };
    /// Shows another proof in an open session, which rises to a higher level and gets a fresh token.
    "step_up" StepUpInput => SessionTokens, |acting, input| {
        let input: StepUpInput = read("step_up", input)?;
        acting.step_up(input.token.expose(), &input.proof).await
    };
    /// Ends the session that a token names.
    "sign_out" TokenInput => (), |acting, input| {
        let input: TokenInput = read("sign_out", input)?;
        acting.sign_out(input.token.expose()).await
    };
    /// Reads the link that a token names, when it can be used. Nothing is changed.
    "check_link" TokenInput => LinkView, |acting, input| {
        let input: TokenInput = read("check_link", input)?;
        acting.check_link(input.token.expose()).await
    };
    /// Completes the sign-up of a person who was invited.
    "accept_invitation" AcceptInvitation => UserId, |acting, input| {
        let input: AcceptInvitation = read("accept_invitation", input)?;
        acting.accept_invitation(&input).await
    };
    /// Sets a new password by a link that was sent for it.
    "reset_password" ResetPasswordByLink => UserId, |acting, input| {
        let input: ResetPasswordByLink = read("reset_password", input)?;
        acting.reset_password(&input).await
    };
    /// Takes a link as the proof that the e-mail address is the user's own.
    "verify_email" TokenInput => UserId, |acting, input| {
        let input: TokenInput = read("verify_email", input)?;
        acting.verify_email(input.token.expose()).await
    };
    /// Asks for a password reset without being signed in. The answer does not tell whether there is such a user.
    "request_password_reset" RequestPasswordReset => (), |acting, input| {
        let input: RequestPasswordReset = read("request_password_reset", input)?;
        acting.request_password_reset(&input).await
    };
    /// Reads the form by which people register by themselves, when they can.
    "registration_form" Nothing => Vec<FormField>, |acting, input| {
        let Nothing {} = read("registration_form", input)?;
        acting.registration_form().await
    };
    /// Registers a person who fills in the registration form.
    "register" Register => UserId, |acting, input| {
        let input: Register = read("register", input)?;
        acting.register(&input).await
    };
    /// Signs an access token for the session that a token names, for one audience and at most an hour.
    "sign_token" SignTokenInput => Secret, |acting, input| {
        let input: SignTokenInput = read("sign_token", input)?;
        let session = acting.session(input.token.expose()).await?;
        acting.sign_token(&session, &input.audience, input.seconds).await
    };
    /// Reads what a signed access token says, when it holds for the audience. The session is not looked up.
    "verify_signed_token" VerifySignedTokenInput => SignedClaims, |acting, input| {
        let input: VerifySignedTokenInput = read("verify_signed_token", input)?;
        acting.verify_signed_token(input.token.expose(), &input.audience).await
    };
    /// Reads the public keys by which others check signed access tokens, as a JSON Web Key Set.
    "signing_key_set" Nothing => KeySet, |acting, input| {
        let Nothing {} = read("signing_key_set", input)?;
        acting.signing_key_set().await
    };
    /// Gives a worker what is to be done outside, over all realms: of each subject one thing at a time, in order. Nobody
    /// else gets it before the lease ends; what is not settled by then is given out again.
    "lease" LeaseInput => Vec<Work>, |acting, input| {
        let input: LeaseInput = read("lease", input)?;
        let iam = Iam { shared: acting.shared.clone() };
        iam.lease(&input.worker, input.limit as usize, input.seconds).await
    };
    /// Notes what became of leased work: done, or when to try again and why.
    "settle" SettleInput => (), |acting, input| {
        let input: SettleInput = read("settle", input)?;
        let iam = Iam { shared: acting.shared.clone() };
        iam.settle(&input.worker, &input.done, &input.failed).await
    };
    /// Draws what a browser is asked with to show a passkey. Nothing is kept; it counts for five minutes and once.
    "passkey_challenge" PasskeyChallengeInput => PasskeyChallenge, |acting, input| {
        let input: PasskeyChallengeInput = read("passkey_challenge", input)?;
        acting.passkey_challenge(input.user).await
    };
    /// Signs in with a passkey alone. The session is open, or waits for an action.
    "sign_in_with_passkey" PasskeySignIn => SignedIn, |acting, input| {
        let input: PasskeySignIn = read("sign_in_with_passkey", input)?;
        acting.sign_in_with_passkey(&input).await
    };
}

/// Refuses what is for the host to an actor who is one of its users.
///
/// # Errors
/// [`Code::Denied`].
pub fn may_call(acting: &Acting<'_>, operation: &str) -> Result<(), Problem> {
    let is_for_host = OPERATIONS.contains(&operation) && !FOR_USERS.contains(&operation);
    if is_for_host && matches!(acting.actor(), Actor::User(_)) {
        let message = format!("`{operation}` is for the host, not for one of its users");
        return Err(Problem::new(Code::Denied, message));
    }
    Ok(())
}

/// [`call`] with texts on both sides; a problem becomes the text of a [`ProblemView`].
///
/// # Errors
/// The problem as JSON.
pub async fn call_text(acting: &Acting<'_>, operation: &str, input: &str) -> Result<String, String> {
    let answer = async {
        acting.shared.limits.input(operation, input)?;
        let input = serde_json::from_str(input).map_err(|error| malformed(operation, &error))?;
        call(acting, operation, input).await
    };
    answer.await.map(text).map_err(|problem| self::problem(&problem))
}

/// Carries out a command given as JSON.
///
/// # Errors
/// The problem as JSON.
pub async fn execute(acting: &Acting<'_>, command: &str) -> Result<String, String> {
    call_text(acting, "execute", command).await
}

/// Shows what a command given as JSON would do.
///
/// # Errors
/// The problem as JSON.
pub async fn preview(acting: &Acting<'_>, command: &str) -> Result<String, String> {
    call_text(acting, "preview", command).await
}

/// Carries out commands given as JSON in one commit.
///
/// # Errors
/// The problem as JSON.
pub async fn batch(acting: &Acting<'_>, commands: &str) -> Result<String, String> {
    call_text(acting, "batch", commands).await
}

/// Answers a query given as JSON.
///
/// # Errors
/// The problem as JSON.
pub async fn ask(acting: &Acting<'_>, query: &str) -> Result<String, String> {
    call_text(acting, "ask", query).await
}

/// How an actor goes about it: why, through which door, as part of what, looking at which state.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manner {
    /// Why, for the audit trail.
    #[serde(default)]
    pub reason: Option<String>,
    /// Through which door.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Puts all that follows into a change set.
    #[serde(default)]
    pub change_set: Option<ChangeSetId>,
    /// The next command's identifier: sent twice, it is carried out once.
    #[serde(default)]
    pub command_id: Option<CommandId>,
    /// The state that is read.
    #[serde(default)]
    pub at: Option<At>,
}

/// The same handle with another [`Manner`]; what is not said stays.
///
/// # Errors
/// [`Code::Malformed`] when the manner is not well formed.
pub fn with_manner<'s>(acting: &Acting<'s>, manner: Value) -> Result<Acting<'s>, Problem> {
    let manner: Manner = read("manner", manner)?;
    let mut acting = acting.clone();
    if let Some(reason) = manner.reason {
        acting = acting.because(reason);
    }
    if let Some(channel) = manner.channel {
        acting = acting.through(channel);
    }
    if let Some(change_set) = manner.change_set {
        acting = acting.in_change_set(change_set);
    }
    if let Some(command_id) = manner.command_id {
        acting = acting.with_command_id(command_id);
    }
    if let Some(at) = manner.at {
        acting = acting.as_of(at);
    }
    Ok(acting)
}

/// An actor as the audit trail writes it: `system`, `host:` and a name, or the identifier of a user.
///
/// ```
/// use iam_core::{plan::Actor, wire::json::actor};
/// assert_eq!(actor("host:console")?, Actor::Host("console".to_owned()));
/// # Ok::<(), iam_core::wire::Problem>(())
/// ```
///
/// # Errors
/// [`Code::Malformed`] when it is none of them.
pub fn actor(text: &str) -> Result<Actor, Problem> {
    match (text, text.strip_prefix("host:")) {
        ("system", _) => Ok(Actor::System),
        (_, Some(name)) if !name.is_empty() => Ok(Actor::Host(name.to_owned())),
        _ => text.parse().map(Actor::User).map_err(|_| {
            let message = "an actor is `system`, `host:` with a name, or the identifier of a user";
            Problem::new(Code::Malformed, message)
        }),
    }
}

/// The problem as JSON.
pub fn problem(problem: &Problem) -> String {
    serde_json::to_value(ProblemView::from(problem))
        .map(text)
        .unwrap_or_default()
}

/// The text form: keys in order, no white space.
pub fn text(mut value: Value) -> String {
    // Nothing to do unless some other part of the program switches `preserve_order` on.
    value.sort_all_objects();
    value.to_string()
}

/// An answer as JSON.
///
/// # Errors
/// When it has no such form, which would be a fault of ours.
pub fn value<T: Serialize>(answer: &T) -> Result<Value, Problem> {
    serde_json::to_value(answer)
        .map_err(|error| Problem::new(Code::Corrupt, "the answer cannot be written as JSON").caused_by(error))
}

/// A command from JSON with its name under `command`.
///
/// # Errors
/// [`Code::Malformed`] when there is no such command, or the input is not what it takes.
pub fn command(input: Value) -> Result<Command, Problem> {
    let (name, input) = named("command", input)?;
    command_from(&name, input)
}

/// A command from its name and its input.
///
/// # Errors
/// [`Code::Malformed`] when there is no such command, or the input is not what it takes.
pub fn command_from(name: &str, input: Value) -> Result<Command, Problem> {
    match Command::from_input(name, input) {
        Some(command) => command.map_err(|error| malformed(name, &error)),
        None => Err(unknown("command", name)),
    }
}

/// A query from JSON with its name under `query`.
///
/// # Errors
/// [`Code::Malformed`] when there is no such query, or the input is not what it takes.
pub fn query(input: Value) -> Result<Query, Problem> {
    let (name, input) = named("query", input)?;
    query_from(&name, input)
}

/// A query from its name and its input.
///
/// # Errors
/// [`Code::Malformed`] when there is no such query, or the input is not what it takes.
pub fn query_from(name: &str, input: Value) -> Result<Query, Problem> {
    match Query::from_input(name, input) {
        Some(query) => query.map_err(|error| malformed(name, &error)),
        None => Err(unknown("query", name)),
    }
}

/// What has its name under `key` beside its input, as serde has it for a tagged enum.
pub(crate) fn tagged<'de, T, D: serde::Deserializer<'de>>(
    deserializer: D,
    key: &'static str,
    names: &'static [&'static str],
    from_input: fn(&str, Value) -> Option<Result<T, serde_json::Error>>,
) -> Result<T, D::Error> {
    use serde::de::Error;
    let mut input = serde_json::Map::deserialize(deserializer)?;
    let Some(name) = input.remove(key) else {
        return Err(D::Error::missing_field(key));
    };
    let name = name.as_str().unwrap_or_default();
    match from_input(name, Value::Object(input)) {
        Some(read) => read.map_err(D::Error::custom),
        None => Err(D::Error::unknown_variant(name, names)),
    }
}

fn commands(list: Vec<Value>) -> Result<Vec<Command>, Problem> {
    list.into_iter().map(command).collect()
}

fn named(key: &str, mut input: Value) -> Result<(String, Value), Problem> {
    match input.as_object_mut().and_then(|map| map.remove(key)) {
        Some(Value::String(name)) => Ok((name, input)),
        _ => Err(Problem::new(
            Code::Malformed,
            format!("expected an object with the name of a {key} under `{key}`"),
        )),
    }
}

fn read<T: DeserializeOwned>(name: &str, input: Value) -> Result<T, Problem> {
    crate::model::from_json(input).map_err(|error| malformed(name, &error))
}

fn unknown(what: &str, name: &str) -> Problem {
    let shown: String = name.chars().take(60).collect();
    Problem::new(Code::Malformed, format!("there is no {what} named “{shown}”"))
}

fn malformed(name: &str, error: &serde_json::Error) -> Problem {
    // The whole text of a wrong value may be quoted in there; a caller needs to recognise it, no more.
    let message: String = error.to_string().chars().take(300).collect();
    Problem::new(Code::Malformed, format!("{name}: {message}")).about(name)
}
