//! The one error type that a host sees.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{Code, ProblemKind};

/// What is wrong with one field of the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FieldProblem {
    /// The attribute or parameter.
    pub field: String,
    /// A stable code, such as `value.too_long`.
    pub code: String,
    /// What was wrong and how to mend it.
    pub message: String,
}

impl FieldProblem {
    /// A problem with a field.
    pub fn new(field: impl Into<String>, code: impl Into<String>, message: impl Into<String>) -> Self {
        FieldProblem {
            field: field.into(),
            code: code.into(),
            message: message.into(),
        }
    }
}

/// Why something was not done. Nothing of it was done.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Problem {
    /// The stable code.
    pub code: Code,
    /// One sentence for people.
    pub message: String,
    /// What it is about: an identifier or a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Every wrong field, when the input is wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// More, one line each: conflicting records, remaining members.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<String>,
    /// The cause below, when there is one.
    #[serde(skip)]
    pub source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl Problem {
    /// A problem with a code and a sentence.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Problem {
            code,
            message: message.into(),
            subject: None,
            fields: Vec::new(),
            details: Vec::new(),
            source: None,
        }
    }

    /// Names what it is about.
    #[must_use]
    pub fn about(mut self, subject: impl fmt::Display) -> Self {
        self.subject = Some(subject.to_string());
        self
    }

    /// Adds lines of detail.
    #[must_use]
    pub fn with_details(mut self, details: impl IntoIterator<Item = String>) -> Self {
        self.details.extend(details);
        self
    }

    /// Keeps the cause.
    #[must_use]
    pub fn caused_by(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.source = Some(Arc::new(source));
        self
    }

    /// All wrong fields at once.
    pub fn fields(fields: Vec<FieldProblem>) -> Self {
        let message = match fields.as_slice() {
            [one] => format!("{}: {}", one.field, one.message),
            many => format!("{} fields are wrong", many.len()),
        };
        Problem {
            fields,
            ..Problem::new(Code::Invalid, message)
        }
    }

    /// The family of the code.
    pub fn kind(&self) -> ProblemKind {
        self.code.kind()
    }

    /// What usually helps.
    pub fn hint(&self) -> &'static str {
        self.code.hint()
    }

    /// Whether the same call may succeed when it is tried again.
    pub fn retry(&self) -> bool {
        matches!(
            self.code,
            Code::Conflict | Code::Busy | Code::Storage | Code::Overloaded
        )
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.code)?;
        if self.fields.len() > 1 {
            for field in &self.fields {
                write!(f, "\n  {}: {}", field.field, field.message)?;
            }
        }
        for detail in &self.details {
            write!(f, "\n  {detail}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
