use serde::{Deserialize, Serialize};

use super::{
    super::{Decide, profile},
    UpdateUser,
    create::user_name_problems,
};
use crate::{
    plan::{Draft, Needs, Schema, Stop},
    wire::{Code, Problem},
};

/// The most users that exchange values in one step.
const MAXIMUM: usize = 1000;

/// Changes several users in one step, so that they can exchange unique values: each lets go of what it had before any
/// of them takes what it gets. All of it happens, or nothing.
///
/// ```
/// use iam_core::{command::{ExchangeUsers, UpdateUser}, model::UserId};
/// use uuid::Uuid;
///
/// let (ann, bob) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
/// let swap = ExchangeUsers { updates: vec![
///     UpdateUser::new(ann).set("email", "bob@example.com"),
///     UpdateUser::new(bob).set("email", "ann@example.com"),
/// ] };
/// assert_eq!(swap.updates.len(), 2);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExchangeUsers {
    /// The changes, 1,000 at most, each user once.
    pub updates: Vec<UpdateUser>,
}

impl Decide for ExchangeUsers {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        for update in &self.updates {
            update.names(schema, needs);
        }
    }

    fn needs(&self, needs: &mut Needs) {
        for update in &self.updates {
            update.needs(needs);
        }
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        super::super::declared(self, draft)?;
        if self.updates.len() > MAXIMUM {
            let message = format!("at most {MAXIMUM} users change in one step");
            return Err(Problem::new(Code::TooLarge, message).into());
        }
        let mut seen = std::collections::BTreeSet::new();
        for update in &self.updates {
            if !seen.insert(update.user) {
                let message = "a user changes once in one step";
                return Err(Problem::new(Code::Malformed, message).about(update.user).into());
            }
            profile::refuse(user_name_problems(&update.attributes).into_iter().collect())?;
            let mut after = (*draft.live(update.user)?).clone();
            profile::refuse(profile::apply(draft.schema, &mut after, &update.attributes))?;
            draft.let_go(update.user.into(), Some(&after))?;
        }
        for update in &self.updates {
            update.decide(draft)?;
        }
        if let Some(first) = self.updates.first() {
            draft.subject(first.user);
        }
        Ok(())
    }
}
