//! Decisions whose answer is more than a plan: a step that is decided and committed like every command, and says what
//! it came to.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use super::{
    Acting,
    driver::{self, BatchMode, Label, Step},
};
use crate::{
    model::Secret,
    plan::{Draft, Needs, Schema, Stop},
    wire::{Code, Problem},
};

/// What a step came to.
#[derive(Debug)]
pub(crate) struct Carried<T> {
    /// What the step answered in the round that was committed.
    pub outcome: T,
    /// Secrets for the caller, by name.
    pub disclosed: BTreeMap<String, Vec<Secret>>,
}

impl<T> Carried<T> {
    /// The only secret of a name.
    pub(crate) fn take(&mut self, name: &str) -> Option<Secret> {
        self.disclosed.remove(name)?.pop()
    }
}

impl Acting<'_> {
    /// Decides a step and commits it, again while others are faster; its answer is that of the round that counted.
    pub(crate) async fn carry_out<T: Send>(
        &self,
        name: &str,
        needs: &(dyn Fn(&Schema) -> Needs + Send + Sync),
        step: impl Fn(&mut Draft<'_>) -> Result<T, Stop> + Send + Sync,
    ) -> Result<Carried<T>, Problem> {
        let answer: Mutex<Option<T>> = Mutex::new(None);
        let step = |draft: &mut Draft<'_>| {
            let outcome = step(draft)?;
            *answer.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
            Ok(())
        };
        let steps: [Step<'_>; 1] = [&step];
        let mut context = self.context();
        // The identifier is for commands that can be sent twice; a proof is shown once.
        context.command_id = None;
        let label = Label {
            command: name.to_owned(),
            digest: String::new(),
            noted: true,
            commands: Vec::new(),
            mentioned: Default::default(),
        };
        let mut done = driver::Job {
            shared: &self.shared,
            storage: self.storage(),
            context: &context,
            steps: &steps,
            needs,
            mode: BatchMode::AllOrNothing,
            label: &label,
            known: &[],
        }
        .run(&mut Default::default())
        .await?;
        let outcome = answer.lock().unwrap_or_else(PoisonError::into_inner).take();
        let outcome = outcome.ok_or_else(|| Problem::new(Code::Conflict, "the decision came to nothing"))?;
        Ok(Carried {
            outcome,
            disclosed: driver::disclosed(&mut done),
        })
    }
}
