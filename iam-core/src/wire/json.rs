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
    model::{ChangeSetId, CommandId},
    plan::{Actor, Channel, Event},
    port::Revision,
    query::{Batched, Previewed, Query, RollbackPreviewed},
    service::{
        Acting, At, BatchMode, ChainHead, Executed, Failure, Iam, OnConflict, Undo, Upkeep, Work, minute,
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
}

/// [`call`] with texts on both sides; a problem becomes the text of a [`ProblemView`].
///
/// # Errors
/// The problem as JSON.
pub async fn call_text(acting: &Acting<'_>, operation: &str, input: &str) -> Result<String, String> {
    let answer = async {
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
    serde_json::from_value(input).map_err(|error| malformed(name, &error))
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
