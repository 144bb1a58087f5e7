//! Tables of text as people and other systems hand them over: read with tolerance, written without traps, mapped
//! to attributes.
//!
//! The reading and writing of CSV is ours rather than a crate's, because of what an import has to promise: a row is
//! named by the line it starts in (also when lines end with a bare CR), a quote that is never closed is reported
//! instead of swallowing the rest of the file, a cell beyond the limit is refused before it is in memory, and what
//! [`Writer`] writes is recognised by [`Reader`] whatever the cells contain.

use std::fmt;

use iam_core::{model::fold, wire::Code, wire::Problem};
use serde::{Deserialize, Serialize};

mod decode;
mod guard;
pub mod mapping;
mod parse;
mod read;
#[cfg(feature = "xlsx")]
mod sheet;
mod source;
mod write;

pub use decode::Encoding;
pub use mapping::{Column, Input, Mapping, Transform};
pub use read::{Delimiter, ReadOptions, Reader};
#[cfg(feature = "xlsx")]
pub use sheet::Sheet;
pub use source::{Csv, Rows, Source};
pub use write::{LineEnd, WriteOptions, Writer};

/// Where a row is: as a spreadsheet counts, and as a text editor counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct RowNumber {
    /// The number at the left edge of a spreadsheet: the header is row 1, blank rows count, a row with line breaks
    /// in its cells counts once.
    pub row: u64,
    /// The line of the file in which the row starts.
    pub line: u64,
}

impl fmt::Display for RowNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}", self.row)?;
        if self.line != self.row {
            write!(f, " (line {})", self.line)?;
        }
        Ok(())
    }
}

/// A row of cells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Where it is.
    pub number: RowNumber,
    /// Its cells; fewer than there are columns when the row ends early.
    pub cells: Vec<String>,
}

impl Row {
    /// The cell of a column; `None` when the row ends before it.
    pub fn cell(&self, column: usize) -> Option<&str> {
        self.cells.get(column).map(String::as_str)
    }

    /// Whether nothing is in it: spreadsheets leave such rows behind where something was deleted.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// What is wrong with one row, as data for a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// Where.
    #[serde(flatten)]
    pub number: RowNumber,
    /// The column's header, when one cell is to blame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// A stable code, such as `row.too_many_cells` or the code of the refusal.
    pub code: String,
    /// What was wrong and how to mend it.
    pub message: String,
}

impl RowProblem {
    /// A problem with a row.
    pub fn new(number: RowNumber, code: impl Into<String>, message: impl Into<String>) -> Self {
        RowProblem {
            number,
            column: None,
            code: code.into(),
            message: message.into(),
        }
    }

    /// Names the column.
    #[must_use]
    pub fn in_column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.number)?;
        if let Some(column) = &self.column {
            write!(f, ", column “{column}”")?;
        }
        write!(f, ": {} ({})", self.message, self.code)
    }
}

/// The names of the columns: trimmed, none empty, none twice (letter case does not count).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Headers {
    names: Vec<String>,
}

impl Headers {
    /// Headers from the first row.
    ///
    /// # Errors
    /// [`Code::File`] names the columns that have no name, or the same one.
    pub fn new(names: impl IntoIterator<Item = String>) -> Result<Headers, Problem> {
        let names: Vec<String> = names.into_iter().map(|name| name.trim().to_owned()).collect();
        let mut seen: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
        let mut wrong = Vec::new();
        for (place, name) in names.iter().enumerate() {
            if name.is_empty() {
                wrong.push(format!("column {} has no name", column_letters(place)));
            } else if let Some(first) = seen.insert(fold(name).into_owned(), place) {
                wrong.push(format!(
                    "columns {} and {} are both called “{name}”",
                    column_letters(first),
                    column_letters(place)
                ));
            }
        }
        match wrong.as_slice() {
            [] if names.is_empty() => Err(Problem::new(Code::File, "the file has no header row")),
            [] => Ok(Headers { names }),
            [one] => Err(Problem::new(
                Code::File,
                format!("the header row is wrong: {one}"),
            )),
            _ => Err(Problem::new(Code::File, "the header row is wrong").with_details(wrong)),
        }
    }

    /// The names in order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many columns there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none; never so for headers of a file.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The place of a column, found by its name; letter case does not count.
    pub fn place(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        self.names
            .iter()
            .position(|known| known == name)
            .or_else(|| self.names.iter().position(|known| fold(known) == fold(name)))
    }

    /// The name of a column; its letters when it has none.
    pub fn name(&self, place: usize) -> String {
        self.names
            .get(place)
            .cloned()
            .unwrap_or_else(|| column_letters(place))
    }
}

/// The letters over a column in a spreadsheet: `A`, `Z`, `AA`.
fn column_letters(place: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = place;
    loop {
        letters.push(char::from(b'A' + (rest % 26) as u8));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        let letters: Vec<_> = [0, 25, 26, 51, 52, 701, 702].map(column_letters).into();
        assert_eq!(letters, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    /// S2-59
    #[test]
    fn headers_without_name_and_headers_twice_are_named() {
        let headers = |names: &[&str]| Headers::new(names.iter().map(|name| (*name).to_owned()));
        let problem = headers(&["id", " ", "Name", "name"]).unwrap_err();
        assert_eq!(problem.code, Code::File);
        assert_eq!(
            problem.details,
            ["column B has no name", "columns C and D are both called “name”"]
        );
        assert!(headers(&[]).is_err());
        let headers = headers(&[" id ", "Straße"]).unwrap();
        assert_eq!(headers.names(), ["id", "Straße"]);
        assert_eq!(headers.place("STRASSE"), Some(1));
    }

    #[test]
    fn problems_read_well_and_travel_as_json() {
        let number = RowNumber { row: 7, line: 9 };
        let problem = RowProblem::new(number, "value.taken", "the value is taken").in_column("email");
        assert_eq!(
            problem.to_string(),
            "row 7 (line 9), column “email”: the value is taken (value.taken)"
        );
        let json = serde_json::to_string(&problem).unwrap();
        assert_eq!(serde_json::from_str::<RowProblem>(&json).unwrap(), problem);
    }
}
