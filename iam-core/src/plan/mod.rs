//! The answer as a value: what was read, what changes, what happened, what is to be done.

mod change;
mod context;
pub(crate) mod delta;
mod difference;
mod draft;
mod facts;
mod names;
mod need;
mod schema;
mod work;

pub use change::{Cause, Change, Claim, Effect, Event, Guard, JournalEntry, Plan, Step};
pub use context::{Actor, Channel, Context, Seed};
pub use delta::{Delta, EdgeBody};
pub use difference::{AttributeDifference, Difference, EdgeDifference, RecordDifference, label};
pub use draft::{Draft, MAXIMUM_CHANGES, Savepoint, Stop};
pub use facts::{EdgeSet, Facts, Fingerprint, ReferringSet};
pub(crate) use names::claims_of;
pub use need::{ClaimKey, Direction, EdgesOf, Matching, Needs, Referring};
pub use schema::{
    AttemptLimit, FormField, SCHEMA_KINDS, Schema, SelfRegistration, Settings, SignInSettings, StatusEffect,
};
pub use work::{OtpAlgorithm, OtpShape, PasskeyState, Place, Work, Worked};
