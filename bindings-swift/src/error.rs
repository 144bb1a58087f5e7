//! Why something was not done: one case for each family.

use iam_core::wire::{Problem, ProblemKind};

/// What is wrong with one field of the input.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct FieldProblem {
    /// The attribute or parameter.
    pub field: String,
    /// A stable code, such as `value.too_long`.
    pub code: String,
    /// What was wrong and how to mend it.
    pub message: String,
}

macro_rules! families {
    ($($(#[$doc:meta])* $family:ident;)*) => {
        /// Why something was not done. Nothing of it was done.
        #[derive(Debug, Clone, PartialEq, thiserror::Error, uniffi::Error)]
        pub enum IamError {$(
            $(#[$doc])*
            #[error("{reason} ({code})")]
            $family {
                /// The stable code.
                code: String,
                /// One sentence for people.
                reason: String,
                /// What usually helps; empty when there is nothing to say.
                hint: String,
                /// What it is about: an identifier or a name.
                subject: Option<String>,
                /// Every wrong field, when the input is wrong.
                fields: Vec<FieldProblem>,
                /// More, one line each.
                details: Vec<String>,
                /// Whether the same call may succeed when it is tried again.
                retry: bool,
            },
        )*}

        impl From<Problem> for IamError {
            fn from(problem: Problem) -> Self {
                let (kind, code) = (problem.kind(), problem.code.name().to_owned());
                let (hint, retry) = (problem.hint().to_owned(), problem.retry());
                let fields = problem
                    .fields
                    .into_iter()
                    .map(|field| FieldProblem { field: field.field, code: field.code, message: field.message })
                    .collect();
                let (reason, subject, details) = (problem.message, problem.subject, problem.details);
                match kind {
                    $(ProblemKind::$family => IamError::$family {
                        code, reason, hint, subject, fields, details, retry,
                    },)*
                }
            }
        }
    };
}

families! {
    /// The input is wrong; the fields say where.
    Invalid;
    /// The thing asked for does not exist in this realm.
    NotFound;
    /// The state of things forbids it.
    Refused;
    /// Somebody else changed it meanwhile; asking again may work.
    Conflict;
    /// The actor may not.
    Denied;
    /// A documented limit was reached.
    Limit;
    /// The storage failed or cannot be reached.
    Storage;
    /// What is stored contradicts itself.
    Corrupt;
}
