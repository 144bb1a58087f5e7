//! What an import tells while it runs and when it is done.

use std::fmt;

use iam_core::{
    model::{ChangeSetId, EntityId, Kind},
    wire::Problem,
};
use serde::{Deserialize, Serialize};

use crate::table::{RowNumber, RowProblem};

/// What became of a row, or would become of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// No record matches: one is created.
    Create,
    /// A record matches and differs.
    Update,
    /// A record matches and is as the row says.
    Unchanged,
    /// The row is wrong; nothing of it is written.
    Fail,
}

/// The decision about a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Where the row is.
    #[serde(flatten)]
    pub number: RowNumber,
    /// What happens.
    pub action: Action,
    /// To which record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<EntityId>,
    /// The attributes that change; for a new record those that are set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<String>,
}

/// What an import is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Looking through all rows before anything is written.
    Validate,
    /// Creating and updating.
    Rows,
    /// Connecting rows with rows that come later in the file.
    References,
    /// Looking for records that the file no longer mentions.
    Missing,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What it is doing.
    pub phase: Phase,
    /// Rows behind it in this phase.
    pub done: u64,
    /// Rows in total, when that is known.
    pub total: Option<u64>,
}

/// Watches an import. Every method has a default that does nothing.
///
/// ```
/// use iam_sync::import::{Observer, Progress};
///
/// struct Bar;
/// impl Observer for Bar {
///     fn progress(&mut self, progress: &Progress) {
///         println!("{} rows", progress.done);
///     }
/// }
/// ```
pub trait Observer: Send {
    /// Another chunk is done.
    fn progress(&mut self, _progress: &Progress) {}

    /// A row was decided.
    fn row(&mut self, _decision: &Decision) {}

    /// Whether to stop; asked between chunks. What is written stays, and the report says where to go on.
    fn is_cancelled(&self) -> bool {
        false
    }
}

impl Observer for () {}

/// What an import did, or in a preview would do (S2-61).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Report {
    /// What was imported.
    pub kind: Kind,
    /// Whether it was a preview: then nothing was written.
    pub preview: bool,
    /// All commits of this import; with it the import can be continued, found in the audit trail and undone.
    pub change_set: ChangeSetId,
    /// Rows that were looked at.
    pub rows: u64,
    /// Rows that became a new record.
    pub created: u64,
    /// Rows that changed a record.
    pub updated: u64,
    /// Rows whose record was already as the row says.
    pub unchanged: u64,
    /// Rows of which nothing was written.
    pub failed: u64,
    /// Rows that were written without a reference to another row that could not be followed.
    pub incomplete: u64,
    /// Rows before the place where the import went on.
    pub skipped: u64,
    /// Records that the file no longer mentions.
    pub missing: u64,
    /// Those of them that were disabled.
    pub disabled: u64,
    /// What was wrong with rows; only the first ones of many.
    pub problems: Vec<RowProblem>,
    /// How many problems there were.
    pub problems_total: u64,
    /// Columns that are not used.
    pub unused_columns: Vec<String>,
    /// Why the import stopped or left something out, when it did: cancelled, too many missing records, rows that
    /// are wrong in an import of all or nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Problem>,
    /// Everything up to this row is written; give it to
    /// [`Import::resume_after`](super::Import::resume_after) to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resume_after_row: Option<u64>,
    /// How long it took by the caller's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub milliseconds: Option<u64>,
}

impl Report {
    pub(super) fn new(kind: Kind, preview: bool, change_set: ChangeSetId) -> Report {
        Report {
            kind,
            preview,
            change_set,
            rows: 0,
            created: 0,
            updated: 0,
            unchanged: 0,
            failed: 0,
            incomplete: 0,
            skipped: 0,
            missing: 0,
            disabled: 0,
            problems: Vec::new(),
            problems_total: 0,
            unused_columns: Vec::new(),
            stopped: None,
            resume_after_row: None,
            milliseconds: None,
        }
    }

    /// Whether everything went as the file says.
    pub fn succeeded(&self) -> bool {
        self.problems_total == 0 && self.stopped.is_none()
    }

    pub(super) fn count(&mut self, action: Action) {
        match action {
            Action::Create => self.created += 1,
            Action::Update => self.updated += 1,
            Action::Unchanged => self.unchanged += 1,
            Action::Fail => self.failed += 1,
        }
    }
}

/// Problems shown when a report is printed.
const SHOWN: usize = 20;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outcome = match (&self.stopped, self.problems_total) {
            (Some(_), _) => "stopped",
            (None, 0) => "succeeded",
            (None, _) => "completed with problems",
        };
        let what = if self.preview {
            "Preview of an import"
        } else {
            "Import"
        };
        write!(
            f,
            "{what} of {}s {outcome}: {} rows",
            self.kind.name().replace('_', " "),
            self.rows
        )?;
        if let Some(milliseconds) = self.milliseconds {
            write!(f, " in {}.{:03} s", milliseconds / 1000, milliseconds % 1000)?;
        }
        let lines = [
            ("created", self.created),
            ("updated", self.updated),
            ("unchanged", self.unchanged),
            ("failed", self.failed),
            ("incomplete", self.incomplete),
            ("skipped", self.skipped),
            ("missing", self.missing),
            ("disabled", self.disabled),
        ];
        for (place, (name, count)) in lines.into_iter().enumerate() {
            // The first four are always told, the others when there is something to tell.
            if place < 4 || count > 0 {
                write!(f, "\n  {name:<11}{count:>8}")?;
            }
        }
        if !self.unused_columns.is_empty() {
            write!(f, "\nColumns not used: {}", self.unused_columns.join(", "))?;
        }
        if let Some(problem) = &self.stopped {
            write!(f, "\n{problem}")?;
        }
        if let Some(row) = self.resume_after_row.filter(|_| self.stopped.is_some()) {
            write!(f, "\nTo go on: change set {}, after row {row}", self.change_set)?;
        }
        if self.problems_total > 0 {
            write!(f, "\nProblems:")?;
            for problem in self.problems.iter().take(SHOWN) {
                write!(f, "\n  {problem}")?;
            }
            let shown = self.problems.len().min(SHOWN) as u64;
            if self.problems_total > shown {
                write!(f, "\n  … and {} more", self.problems_total - shown)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// S2-61
    #[test]
    fn a_report_says_whether_it_succeeded_and_travels_as_json() {
        let change_set = "change_set_00000000000000000000000001".parse().unwrap();
        let mut report = Report::new(Kind::User, false, change_set);
        report.rows = 100;
        report.created = 100;
        report.milliseconds = Some(1_042);
        assert!(report.succeeded());
        assert_eq!(
            report.to_string(),
            "Import of users succeeded: 100 rows in 1.042 s\n  created         100\n  updated           0\n  \
             unchanged         0\n  failed            0"
        );
        report.created = 99;
        report.failed = 1;
        report.problems_total = 1;
        let number = RowNumber { row: 7, line: 7 };
        report
            .problems
            .push(RowProblem::new(number, "value.taken", "the value is taken").in_column("email"));
        assert!(!report.succeeded());
        let text = report.to_string();
        assert!(
            text.starts_with("Import of users completed with problems: 100 rows"),
            "{text}"
        );
        assert!(
            text.ends_with("\nProblems:\n  row 7, column “email”: the value is taken (value.taken)"),
            "{text}"
        );
        let json = serde_json::to_string(&report).unwrap();
        let again: Report = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_string(&again).unwrap(), json);
    }
}
