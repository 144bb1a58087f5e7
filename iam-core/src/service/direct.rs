//! For tests: decisions that are no command, on the same way as every command.

use super::{
    Acting, Executed,
    driver::{self, BatchMode, Label, Step},
};
use crate::{
    plan::{Draft, Needs, Stop},
    wire::Problem,
};

impl Acting<'_> {
    /// Decides and commits anything that can be written on a draft.
    ///
    /// # Errors
    /// As for [`Acting::execute`].
    pub async fn write(
        &self,
        name: &str,
        step: impl Fn(&mut Draft<'_>) -> Result<(), Stop> + Send + Sync,
    ) -> Result<Executed, Problem> {
        let steps: [Step<'_>; 1] = [&step];
        let label = Label {
            command: name.to_owned(),
            digest: String::new(),
            noted: false,
            commands: Vec::new(),
            mentioned: Default::default(),
        };
        let mut done = driver::Job {
            shared: &self.shared,
            storage: self.storage(),
            context: &self.context(),
            steps: &steps,
            needs: &|_| Needs::default(),
            mode: BatchMode::AllOrNothing,
            label: &label,
            known: &[],
        }
        .run(&mut Default::default())
        .await?;
        Ok(Executed {
            revision: done.revision,
            id: done.decided.plan.subject,
            replayed: done.replayed.is_some(),
            disclosed: driver::disclosed(&mut done),
            events: done.decided.plan.events,
            remarks: done.decided.plan.remarks,
        })
    }
}
