//! Reconciliation: what a source says and what is here are brought together, record by record.
//!
//! The pure part needs no source and no storage: a [`Mapper`] turns an object into the values it asks for,
//! [`correlate`] finds out which record is meant, [`decide`] says what is to be done about it. [`run`] does it.

pub mod correlate;
pub mod decide;
mod expression;
pub mod key;
pub mod mapping;
pub mod run;
pub mod schedule;

pub use correlate::{Candidate, Evidence, Verdict, correlate};
pub use decide::{Decision, Link, Sight, Target, decide};
pub use expression::{Expression, Scope};
pub use mapping::{Mapped, Mapper, Reference, Wanted};
