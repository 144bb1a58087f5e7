//! The pure core of an embeddable identity library.
//!
//! Every change is a pure function from facts and a command to a plan; the plan is a value that can be previewed,
//! stacked, committed, explained and undone.
//!
//! Start with the [`manual`].

pub mod access;
pub mod command;
pub mod credential;
#[cfg(doc)]
pub mod manual;
pub mod model;
pub mod plan;
pub mod port;
pub mod query;
pub mod rules;
pub mod search;
pub mod service;
#[cfg(feature = "testing")]
pub mod testing;
pub mod wire;
