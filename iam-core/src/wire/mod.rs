//! The names that other languages see: error codes, problems, the catalogue of commands and queries.

mod code;
mod problem;

pub use code::{Code, ProblemKind};
pub use problem::{FieldProblem, Problem};
