//! What can be wrong with a search, and how much of one is accepted.

use std::fmt;

/// Why a filter, a sort or a cursor was refused, and how to fix it.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FilterProblem {
    /// A stable code such as `search.unknown_attribute`.
    pub code: &'static str,
    /// What was wrong and how to fix it; quotes at most 40 characters of the input.
    pub message: String,
    /// The attribute that it is about.
    pub attribute: Option<String>,
    /// The byte of the filter text where it was found.
    pub position: Option<usize>,
}

impl FilterProblem {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        FilterProblem {
            code,
            message: message.into(),
            attribute: None,
            position: None,
        }
    }

    pub(crate) fn about(mut self, attribute: &str) -> Self {
        self.attribute = Some(attribute.chars().take(100).collect());
        self
    }

    pub(crate) fn at(mut self, position: usize) -> Self {
        self.message = format!("at byte {position}: {}", self.message);
        self.position = Some(position);
        self
    }

    pub(crate) fn too_deep(limits: &Limits) -> Self {
        FilterProblem::new(
            "search.too_deep",
            format!(
                "conditions are nested deeper than {} levels; make the filter flatter",
                limits.levels()
            ),
        )
    }

    pub(crate) fn too_many_terms(limits: &Limits) -> Self {
        FilterProblem::new(
            "search.too_many_terms",
            format!(
                "more than {} conditions; split the filter or use a group",
                limits.terms
            ),
        )
    }
}

/// The message may quote a personal value: `Debug` leaves it out.
impl fmt::Debug for FilterProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FilterProblem({}", self.code)?;
        if let Some(position) = self.position {
            write!(f, " at {position}")?;
        }
        f.write_str(")")
    }
}

/// How much of a filter is accepted; nothing hostile may hang or overflow the stack.
///
/// ```
/// use iam_core::search::{Limits, Predicate};
///
/// let limits = Limits { terms: 2, ..Limits::default() };
/// let text = "a pr and b pr and c pr";
/// let problem = iam_core::search::parse_scim(text, &limits, &|_| None).unwrap_err();
/// assert_eq!(problem.code, "search.too_many_terms");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a filter text.
    pub text: usize,
    /// Levels of nesting; more than 100 count as 100.
    pub depth: usize,
    /// Conditions in total; a list of values counts as one.
    pub terms: usize,
    /// Values in all lists together.
    pub values: usize,
}

impl Default for Limits {
    /// 16 KiB of text, 50 levels, 500 conditions, 1000 values in lists.
    fn default() -> Self {
        Limits {
            text: 16 << 10,
            depth: 50,
            terms: 500,
            values: 1000,
        }
    }
}

impl Limits {
    /// The deepest nesting that any configuration allows.
    pub(crate) const DEEPEST: usize = 100;

    pub(crate) fn levels(&self) -> usize {
        self.depth.min(Self::DEEPEST)
    }
}

/// What is left of the limits while a filter is read.
pub(crate) struct Budget<'a> {
    pub(crate) limits: &'a Limits,
    terms: usize,
    values: usize,
}

impl<'a> Budget<'a> {
    pub(crate) fn new(limits: &'a Limits) -> Self {
        Budget {
            limits,
            terms: limits.terms,
            values: limits.values,
        }
    }

    /// Takes one condition at this level.
    pub(crate) fn term(&mut self, depth: usize) -> Result<(), FilterProblem> {
        if depth > self.limits.levels() {
            return Err(FilterProblem::too_deep(self.limits));
        }
        self.terms = self
            .terms
            .checked_sub(1)
            .ok_or_else(|| FilterProblem::too_many_terms(self.limits))?;
        Ok(())
    }

    /// Takes the values of a list.
    pub(crate) fn list(&mut self, values: usize, attribute: &str) -> Result<(), FilterProblem> {
        self.values = self.values.checked_sub(values).ok_or_else(|| {
            FilterProblem::new(
                "search.too_many_values",
                format!("more than {} values in lists; use a group", self.limits.values),
            )
            .about(attribute)
        })?;
        Ok(())
    }
}
