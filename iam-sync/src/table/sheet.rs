//! The first sheet of a spreadsheet as a table (S1-4). Cells that a formula calculates are refused: what they show is
//! not what is in the file.

use std::{
    fmt::Debug,
    io::{Read, Seek},
    path::{Path, PathBuf},
};

use calamine::{Data, Range, Reader as _, Xlsx, open_workbook};
use iam_core::wire::{Code, Problem};

use super::{Headers, Row, RowNumber, RowProblem, Rows, Source};

/// The largest file that is opened, in bytes: a spreadsheet is read as a whole.
const LARGEST: u64 = 64 * 1024 * 1024;
/// The most places between the first and the last cell: two cells in opposite corners would take hundreds of gigabytes.
const PLACES: u64 = 20_000_000;

/// The first sheet of an XLSX file.
#[derive(Debug, Clone)]
pub struct Sheet {
    path: PathBuf,
    name: Option<String>,
}

impl Sheet {
    /// A file on disk, of at most 64 MiB.
    pub fn path(path: impl AsRef<Path>) -> Sheet {
        Sheet {
            path: path.as_ref().to_owned(),
            name: None,
        }
    }

    /// Another sheet than the first.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Sheet {
        self.name = Some(name.into());
        self
    }

    /// The table from its first row on, independent of this value.
    pub(crate) fn open(&self) -> Result<Box<dyn Rows + Send>, Problem> {
        let wrong = |message: &str| Problem::new(Code::File, message).about(self.path.display());
        let size = std::fs::metadata(&self.path)
            .map_err(|error| wrong("the file cannot be opened").caused_by(error))?
            .len();
        if size > LARGEST {
            return Err(wrong("the spreadsheet is larger than 64 MiB; save it as CSV"));
        }
        let mut workbook: Xlsx<_> = open_workbook(&self.path)
            .map_err(|error: calamine::XlsxError| wrong("the file is no spreadsheet").caused_by(error))?;
        let name = match &self.name {
            Some(name) => name.clone(),
            None => workbook
                .sheet_names()
                .into_iter()
                .next()
                .ok_or_else(|| wrong("the spreadsheet has no sheet"))?,
        };
        let unreadable = |error: calamine::XlsxError| wrong("the sheet cannot be read").caused_by(error);
        if places(&mut workbook, &name).map_err(unreadable)? > PLACES {
            return Err(wrong("the cells of the sheet are too far apart; save it as CSV"));
        }
        let values = workbook.worksheet_range(&name).map_err(unreadable)?;
        let formulas = workbook.worksheet_formula(&name).map_err(unreadable)?;
        let first = values.rows().next().map(<[Data]>::to_vec).unwrap_or_default();
        let headers = Headers::new(first.iter().map(|cell| text(cell).unwrap_or_default()))
            .map_err(|problem| problem.about(self.path.display()))?;
        Ok(Box::new(SheetRows {
            headers,
            values,
            formulas,
            at: 1,
        }))
    }
}

impl Source for Sheet {
    fn open(&self) -> Result<Box<dyn Rows + Send + '_>, Problem> {
        Sheet::open(self).map(|rows| rows as Box<dyn Rows + Send + '_>)
    }
}

/// How many places there are between the outermost cells of a sheet.
fn places<R: Read + Seek>(workbook: &mut Xlsx<R>, name: &str) -> Result<u64, calamine::XlsxError> {
    let mut cells = workbook.worksheet_cells_reader(name)?;
    let (mut first, mut last) = ((u32::MAX, u32::MAX), (0, 0));
    while let Some(cell) = cells.next_cell()? {
        let (row, column) = cell.get_position();
        first = (first.0.min(row), first.1.min(column));
        last = (last.0.max(row), last.1.max(column));
    }
    let side = |from: u32, to: u32| u64::from(to.saturating_sub(from)) + 1;
    Ok(side(first.0, last.0).saturating_mul(side(first.1, last.1)))
}

struct SheetRows {
    headers: Headers,
    values: Range<Data>,
    formulas: Range<String>,
    at: usize,
}

/// What a cell says, as text; what it is wrong with it otherwise.
fn text(cell: &Data) -> Result<String, String> {
    Ok(match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Bool(value) => value.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => format!("{number:.0}"),
        Data::Float(number) => number.to_string(),
        Data::DateTime(time) => match time.as_datetime() {
            Some(time) if time.time() == chrono::NaiveTime::MIN => time.date().to_string(),
            Some(time) => time.and_utc().to_rfc3339(),
            None => return Err("is no day that can be told".to_owned()),
        },
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Error(error) => return Err(format!("shows the error {error}")),
    })
}

impl Rows for SheetRows {
    fn headers(&self) -> &Headers {
        &self.headers
    }

    fn next_row(&mut self) -> Result<Option<Result<Row, RowProblem>>, Problem> {
        if self.at >= self.values.height() {
            return Ok(None);
        }
        let (top, left) = self.values.start().unwrap_or_default();
        let row = u32::try_from(self.at).unwrap_or(u32::MAX).saturating_add(top);
        let number = RowNumber {
            row: u64::from(row) + 1,
            line: u64::from(row) + 1,
        };
        let place = self.at;
        self.at += 1;
        let mut cells = Vec::with_capacity(self.headers.len());
        for column in 0..self.headers.len() {
            let at = (
                row,
                left.saturating_add(u32::try_from(column).unwrap_or(u32::MAX)),
            );
            let wrong = |code: &str, message: String| {
                Ok(Some(Err(
                    RowProblem::new(number, code, message).in_column(self.headers.name(column))
                )))
            };
            if self
                .formulas
                .get_value(at)
                .is_some_and(|formula| !formula.is_empty())
            {
                return wrong(
                    "cell.formula",
                    "is calculated; put in the value instead".to_owned(),
                );
            }
            match self
                .values
                .get((place, column))
                .map_or_else(|| Ok(String::new()), text)
            {
                Ok(text) => cells.push(text),
                Err(message) => return wrong("cell.unreadable", message),
            }
        }
        Ok(Some(Ok(Row { number, cells })))
    }
}
