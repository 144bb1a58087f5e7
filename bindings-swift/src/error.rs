//! Why something was not done: one case for each family.

use iam_core::wire;

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

/// Why something was not done, in full.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Problem {
    /// The stable code, the same in every language.
    pub code: String,
    /// The family.
    pub kind: String,
    /// One sentence for people.
    pub message: String,
    /// What usually helps; empty when there is nothing to say.
    pub hint: String,
    /// What it is about: an identifier or a name.
    pub subject: Option<String>,
    /// Every wrong field, when the input is wrong.
    pub fields: Vec<FieldProblem>,
    /// More, one line each: conflicting records, remaining members.
    pub details: Vec<String>,
    /// Whether the same call may succeed when it is tried again.
    pub retry: bool,
}

macro_rules! families {
    ($($(#[$doc:meta])* $family:ident $name:literal;)*) => {
        /// Why something was not done. Nothing of it was done.
        #[derive(Debug, Clone, PartialEq, thiserror::Error, uniffi::Error)]
        #[uniffi::export(Display)]
        pub enum IamError {$(
            $(#[$doc])*
            #[error("{} ({})", problem.message, problem.code)]
            $family {
                /// What it was.
                problem: Problem,
            },
        )*}

        impl From<wire::Problem> for IamError {
            fn from(found: wire::Problem) -> Self {
                let kind = found.kind();
                let problem = |name: &str| Problem {
                    code: found.code.name().to_owned(),
                    kind: name.to_owned(),
                    hint: found.hint().to_owned(),
                    retry: found.retry(),
                    fields: found
                        .fields
                        .iter()
                        .map(|field| FieldProblem {
                            field: field.field.clone(),
                            code: field.code.clone(),
                            message: field.message.clone(),
                        })
                        .collect(),
                    message: found.message.clone(),
                    subject: found.subject.clone(),
                    details: found.details.clone(),
                };
                match kind {
                    $(wire::ProblemKind::$family => IamError::$family { problem: problem($name) },)*
                }
            }
        }
    };
}

families! {
    /// The input is wrong; the fields say where.
    Invalid "invalid";
    /// The thing asked for does not exist in this realm.
    NotFound "not_found";
    /// The state of things forbids it.
    Refused "refused";
    /// Somebody else changed it meanwhile; asking again may work.
    Conflict "conflict";
    /// The actor may not.
    Denied "denied";
    /// A documented limit was reached.
    Limit "limit";
    /// The storage failed or cannot be reached.
    Storage "storage";
    /// What is stored contradicts itself.
    Corrupt "corrupt";
}
