//! The names that other languages see: error codes, problems, the catalogue of commands and queries.

pub mod catalogue;
mod code;
mod decider;
pub mod json;
mod problem;

pub use code::{Code, ProblemKind};
pub use decider::{TextDecider, identifier};
pub use problem::{FieldProblem, Problem};

/// Bytes as lower-case hexadecimal text.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
