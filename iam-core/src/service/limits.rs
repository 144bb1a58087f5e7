//! How much the engine accepts at once.

use super::driver::Label;
use crate::{
    plan::{Context, MAXIMUM_CHANGES, Plan},
    search,
    wire::{Code, Problem},
};

/// How much the engine accepts at once: nothing hostile may hang it, exhaust its memory, or be refused by one database
/// and taken by another. Handed over with [`Options`](super::Options).
///
/// What is not listed here follows from the attribute catalogue or is fixed:
///
/// | What | Limit |
/// | --- | --- |
/// | a text | as its definition says; without one 256 characters when it is searched, else 1,000 |
/// | a search key | [`MAXIMUM_KEY`](crate::rules::MAXIMUM_KEY) bytes |
/// | values of one attribute | [`MAXIMUM_VALUES`](crate::rules::MAXIMUM_VALUES) |
/// | a structure | 16 levels, 256 KiB |
/// | a regular expression | 1,000 bytes, 8 MiB compiled, linear time |
/// | nesting of JSON | 128 levels |
/// | a page | [`MAXIMUM_LIMIT`](crate::search::MAXIMUM_LIMIT) records, 8 sort attributes, a cursor of 64 KiB |
/// | a decision | 16 rounds of loading, 12 attempts |
/// | a table to import | `cell_bytes` and `columns` of its read options: 64 KiB and 1,000 |
///
/// ```
/// use iam_core::service::Limits;
///
/// let limits = Limits { commands: 100, ..Limits::default() };
/// assert_eq!(limits.input, 16 << 20);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Filters: text, nesting, conditions, values in lists.
    pub filter: search::Limits,
    /// Bytes of the JSON text of one call of the [neutral interface](crate::wire::json::call_text).
    pub input: usize,
    /// Commands of one batch.
    pub commands: usize,
    /// Changes of one commit; more than [`MAXIMUM_CHANGES`] count as that.
    pub changes: usize,
    /// Characters of the reason in the audit trail.
    pub reason: usize,
    /// Characters of the host's name in the audit trail.
    pub actor: usize,
}

impl Default for Limits {
    /// 16 MiB of JSON, 10,000 commands in a batch, 50,000 changes in a commit, 4,000 characters of a reason, 200 of
    /// a host's name, and the default [limits of filters](search::Limits).
    fn default() -> Self {
        Limits {
            filter: search::Limits::default(),
            input: 16 << 20,
            commands: 10_000,
            changes: MAXIMUM_CHANGES,
            reason: 4_000,
            actor: 200,
        }
    }
}

fn too_large(message: String, subject: &str) -> Problem {
    Problem::new(Code::TooLarge, message).about(subject)
}

/// Counting a text that is far too long would be work for nothing.
fn longer(text: &str, characters: usize) -> bool {
    text.len() > characters && text.chars().nth(characters).is_some()
}

impl Limits {
    /// Refuses a text that is too long to be read.
    pub(crate) fn input(&self, operation: &str, text: &str) -> Result<(), Problem> {
        match text.len() > self.input {
            true => {
                let message = format!("the input is longer than {} bytes", self.input);
                Err(too_large(message, operation))
            }
            false => Ok(()),
        }
    }

    /// Refuses a batch of too many commands.
    pub(crate) fn commands(&self, count: usize) -> Result<(), Problem> {
        match count > self.commands {
            true => {
                let message = format!("the batch has more than {} commands", self.commands);
                Err(too_large(message, "commands"))
            }
            false => Ok(()),
        }
    }

    /// Refuses what the audit trail would have to keep about it.
    pub(crate) fn context(&self, context: &Context, label: Option<&Label>) -> Result<(), Problem> {
        if context
            .reason
            .as_ref()
            .is_some_and(|text| longer(text, self.reason))
        {
            let message = format!("the reason is longer than {} characters", self.reason);
            return Err(too_large(message, "reason"));
        }
        if longer(&context.actor.to_string(), self.actor) {
            let message = format!("the actor's name is longer than {} characters", self.actor);
            return Err(too_large(message, "actor"));
        }
        if label.is_some_and(|label| longer(&label.command, 200)) {
            let message = "the command's name is longer than 200 characters".to_owned();
            return Err(too_large(message, "command"));
        }
        Ok(())
    }

    /// Refuses a plan of too many changes.
    pub(crate) fn plan(&self, plan: &Plan) -> Result<(), Problem> {
        let most = self.changes.min(MAXIMUM_CHANGES);
        match plan.changes.len() > most {
            true => {
                let message = format!("the plan has more than {most} changes");
                Err(Problem::new(Code::TooLarge, message))
            }
            false => Ok(()),
        }
    }
}
