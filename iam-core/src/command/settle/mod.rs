//! What follows from a command beyond itself: dynamic membership, exclusions, and what no command may leave behind.
//!
//! Every command is settled before the next one is decided, in the plan that causes it, so a preview shows what follows.

mod around;
mod dynamic;
mod ownership;

use crate::plan::{Draft, Savepoint, Stop};

pub(super) use dynamic::{evaluate, prefetch};

/// Settles only who is selected by rules: an undo restores what was, and rules may have changed since.
pub(crate) fn settle_rules(draft: &mut Draft<'_>, start: Savepoint) -> Result<(), Stop> {
    dynamic::settle(draft, start, true)
}

/// Settles what was written since the savepoint.
pub(crate) fn settle(draft: &mut Draft<'_>, start: Savepoint) -> Result<(), Stop> {
    dynamic::settle(draft, start, false)?;
    ownership::settle(draft, start)
}
