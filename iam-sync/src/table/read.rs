//! Reading a table: which dialect it is written in, its header row, its rows.

use std::io::Read;

use iam_core::wire::{Code, Problem};
use serde::{Deserialize, Serialize};

use super::{
    Encoding, Headers, Row, RowProblem, decode::Decode, guard, parse::Fault, parse::Limits, parse::Parse,
    parse::Parsed,
};

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`, where the comma is the decimal point.
    Semicolon,
    /// A tabulator.
    Tab,
    /// `|`
    Pipe,
}

impl Delimiter {
    /// Every delimiter. Where a file could be either, the earlier one is meant: commas appear inside of cells (in
    /// decimal numbers, in “Smith, Jane”) more often than the others.
    pub const ALL: [Delimiter; 4] = [
        Delimiter::Tab,
        Delimiter::Semicolon,
        Delimiter::Pipe,
        Delimiter::Comma,
    ];

    /// The character.
    pub const fn byte(self) -> u8 {
        match self {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
            Delimiter::Pipe => b'|',
        }
    }
}

/// How to read. What is not given is found out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReadOptions {
    /// The encoding; `None`: by the byte order mark, else by the first character beyond ASCII (UTF-8, or
    /// Windows-1252 where it is not UTF-8).
    pub encoding: Option<Encoding>,
    /// The delimiter; `None`: the first line `sep=;` if there is one, else the one that splits the first rows evenly.
    pub delimiter: Option<Delimiter>,
    /// The most bytes of one cell.
    pub cell_bytes: usize,
    /// The most columns.
    pub columns: usize,
    /// Whether to take away the apostrophe that [`Writer`](super::Writer) puts before cells that a spreadsheet
    /// would calculate.
    pub unguard: bool,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions {
            encoding: None,
            delimiter: None,
            cell_bytes: 64 * 1024,
            columns: 1000,
            unguard: true,
        }
    }
}

/// Reads a table row by row; it never holds more than one row and one chunk of the file.
///
/// ```
/// use iam_sync::table::Reader;
///
/// let file = "Name;Phone\nAlice;'+4930123456\nBob;1;2\n";
/// let mut reader = Reader::new(file.as_bytes())?;
/// assert_eq!(reader.headers().names(), ["Name", "Phone"]);
/// let alice = reader.next_row()?.unwrap().unwrap();
/// assert_eq!(alice.cells, ["Alice", "+4930123456"]);
/// let bob = reader.next_row()?.unwrap().unwrap_err();
/// assert_eq!(bob.to_string(), "row 3: 3 cells, but the header row has 2 columns (row.too_many_cells)");
/// assert!(reader.next_row()?.is_none());
/// # Ok::<(), iam_core::wire::Problem>(())
/// ```
pub struct Reader<R> {
    parse: Parse<R>,
    headers: Headers,
    delimiter: Delimiter,
    unguard: bool,
}

impl<R> std::fmt::Debug for Reader<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader")
            .field("headers", &self.headers)
            .field("delimiter", &self.delimiter)
            .finish_non_exhaustive()
    }
}

impl<R: Read> Reader<R> {
    /// Opens a table and reads its header row.
    ///
    /// # Errors
    /// [`Code::File`] when the file cannot be read, is not text, or has no usable header row.
    pub fn new(read: R) -> Result<Self, Problem> {
        Reader::with(read, &ReadOptions::default())
    }

    /// Opens a table with options.
    ///
    /// # Errors
    /// As [`Reader::new`].
    pub fn with(read: R, options: &ReadOptions) -> Result<Self, Problem> {
        let limits = Limits {
            cell_bytes: options.cell_bytes,
            columns: options.columns,
        };
        let mut parse = Parse::new(Decode::new(read, options.encoding), limits);
        let sample = parse.ahead()?;
        let announced = announced(sample);
        let delimiter = options
            .delimiter
            .or(announced)
            .unwrap_or_else(|| detect(sample, limits));
        parse.set_delimiter(delimiter.byte());
        if announced.is_some() {
            parse.skip_line()?;
        }
        let Some(first) = parse.next()? else {
            return Err(Problem::new(
                Code::File,
                "the file is empty: a header row is expected",
            ));
        };
        if let Some(fault) = first.fault {
            let problem = problem_of(&first, fault, &Headers::default(), limits);
            return Err(Problem::new(
                Code::File,
                format!("the header row is wrong: {}", problem.message),
            ));
        }
        let unguard = |cell: String| match options.unguard {
            true => guard::remove(cell),
            false => cell,
        };
        Ok(Reader {
            parse,
            headers: Headers::new(first.cells.into_iter().map(unguard))?,
            delimiter,
            unguard: options.unguard,
        })
    }

    /// The names of the columns.
    pub fn headers(&self) -> &Headers {
        &self.headers
    }

    /// The delimiter in use.
    pub fn delimiter(&self) -> Delimiter {
        self.delimiter
    }

    /// The encoding as far as it is known by now: until the first character beyond ASCII it is taken for UTF-8.
    pub fn encoding(&self) -> Encoding {
        self.parse.decode().encoding()
    }

    /// The next row, or what is wrong with it; `None` at the end. Lines without any character are left out.
    ///
    /// # Errors
    /// [`Code::File`] when reading cannot go on: the file is gone, or its bytes contradict its encoding.
    pub fn next_row(&mut self) -> Result<Option<Result<Row, RowProblem>>, Problem> {
        let Some(parsed) = self.parse.next()? else {
            return Ok(None);
        };
        if let Some(fault) = parsed.fault {
            let limits = self.parse.limits();
            return Ok(Some(Err(problem_of(&parsed, fault, &self.headers, limits))));
        }
        let Parsed {
            number, mut cells, ..
        } = parsed;
        let columns = self.headers.len();
        // Spreadsheets fill rows up with empty cells.
        while cells.len() > columns && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if cells.len() > columns {
            return Ok(Some(Err(RowProblem::new(
                number,
                "row.too_many_cells",
                format!("{} cells, but the header row has {columns} columns", cells.len()),
            ))));
        }
        if self.unguard {
            cells = cells.into_iter().map(guard::remove).collect();
        }
        Ok(Some(Ok(Row { number, cells })))
    }
}

fn problem_of(parsed: &Parsed, fault: Fault, headers: &Headers, limits: Limits) -> RowProblem {
    let problem = |code: &str, message: String| RowProblem::new(parsed.number, code, message);
    match fault {
        Fault::TooLarge { column } => problem(
            "cell.too_large",
            format!("the cell is larger than {} bytes", limits.cell_bytes),
        )
        .in_column(headers.name(column)),
        Fault::TooMany => problem(
            "row.too_many_cells",
            format!("more than {} cells", limits.columns),
        ),
        Fault::AfterQuote { column } => problem(
            "cell.text_after_quote",
            "text after the closing quote; a quote inside of a quoted cell is written twice".to_owned(),
        )
        .in_column(headers.name(column)),
        Fault::Unclosed { column, line } => problem(
            "cell.unclosed_quote",
            format!("the quote that opens in line {line} is never closed; everything after it is not read"),
        )
        .in_column(headers.name(column)),
    }
}

/// Excel's own way to say which delimiter follows: a first line `sep=;`.
fn announced(sample: &str) -> Option<Delimiter> {
    let line = sample.split(['\r', '\n']).next()?.trim_matches('"');
    let (word, delimiter) = line.split_at_checked(4)?;
    let byte = match delimiter.as_bytes() {
        [byte] => *byte,
        _ => return None,
    };
    Delimiter::ALL
        .into_iter()
        .find(|known| word.eq_ignore_ascii_case("sep=") && known.byte() == byte)
}

/// The delimiter that splits the header row, and the most of the first rows into the same number of cells.
fn detect(sample: &str, limits: Limits) -> Delimiter {
    const ROWS: usize = 50;
    let mut best = (Delimiter::Comma, 0, 1);
    for delimiter in Delimiter::ALL {
        let mut parse = Parse::new(Decode::new(sample.as_bytes(), Some(Encoding::UTF_8)), limits);
        parse.set_delimiter(delimiter.byte());
        let mut widths = Vec::new();
        while let (true, Ok(Some(parsed))) = (widths.len() < ROWS, parse.next()) {
            widths.push(match parsed.fault {
                None if !parsed.stray_quote => parsed.cells.len(),
                _ => 0,
            });
        }
        // The sample may end in the middle of a row.
        if widths.len() > 2 && widths.len() < ROWS {
            widths.pop();
        }
        let Some(columns) = widths.first().copied().filter(|columns| *columns > 1) else {
            continue;
        };
        // In thousandths of the rows, since the readings may differ in how many rows they see.
        let even = widths.iter().filter(|width| **width == columns).count() * 1000 / widths.len();
        if (even, columns) > (best.1, best.2) {
            best = (delimiter, even, columns);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::RowNumber;

    fn delimiter(text: &str) -> Delimiter {
        Reader::new(text.as_bytes()).unwrap().delimiter()
    }

    /// S1-3
    #[test]
    fn dialects_are_recognised() {
        assert_eq!(delimiter("a,b\n1,2\n"), Delimiter::Comma);
        assert_eq!(delimiter("a;b\n1,5;2\n"), Delimiter::Semicolon);
        assert_eq!(delimiter("a;b, c;d, e\n1,5;2,5;x\n"), Delimiter::Semicolon);
        assert_eq!(delimiter("a\tb, c\n1\t2\n"), Delimiter::Tab);
        assert_eq!(delimiter("a|b\n1|2\n"), Delimiter::Pipe);
        assert_eq!(delimiter("only\nx,y\n"), Delimiter::Comma);
        assert_eq!(
            delimiter("name,groups\nBob,\"a;b;c\"\nEve,a;b\n"),
            Delimiter::Comma
        );
        assert_eq!(delimiter("\"a;b;c\",d\n1,2\n"), Delimiter::Comma);
    }

    #[test]
    fn the_line_that_names_the_separator_is_not_a_row() {
        let mut reader = Reader::new("\u{feff}sep=|\r\na|b;c\r\n1;2|x\r\n".as_bytes()).unwrap();
        assert_eq!(reader.headers().names(), ["a", "b;c"]);
        let row = reader.next_row().unwrap().unwrap().unwrap();
        // A spreadsheet shows the header in row 1; an editor shows it in line 2.
        assert_eq!(row.number, RowNumber { row: 2, line: 3 });
        assert_eq!(row.cells, ["1;2", "x"]);
    }

    /// S2-59
    #[test]
    fn ragged_rows_and_trailing_delimiters() {
        let mut reader = Reader::new("a,b,c\n1\n1,2,3,,\n1,2,3,4\n".as_bytes()).unwrap();
        let short = reader.next_row().unwrap().unwrap().unwrap();
        assert_eq!((short.cell(0), short.cell(1)), (Some("1"), None));
        assert_eq!(
            reader.next_row().unwrap().unwrap().unwrap().cells,
            ["1", "2", "3"]
        );
        let long = reader.next_row().unwrap().unwrap().unwrap_err();
        assert_eq!((long.number.row, long.code.as_str()), (4, "row.too_many_cells"));
    }

    /// S2-59
    #[test]
    fn a_huge_cell_is_refused_with_its_row_and_column_and_reading_goes_on() {
        let huge = "x".repeat(10 * 1024 * 1024);
        for text in [
            format!("id,note\n1,{huge}\n2,ok\n"),
            format!("id,note\r1,\"{huge}\"\r2,ok\r"),
        ] {
            let mut reader = Reader::new(text.as_bytes()).unwrap();
            let problem = reader.next_row().unwrap().unwrap().unwrap_err();
            assert_eq!(problem.number, RowNumber { row: 2, line: 2 });
            assert_eq!(problem.column.as_deref(), Some("note"));
            assert_eq!(problem.code, "cell.too_large");
            let row = reader.next_row().unwrap().unwrap().unwrap();
            assert_eq!(row.cells, ["2", "ok"]);
        }
        assert!(Reader::new(format!("{huge},b\n").as_bytes()).is_err());
    }

    #[test]
    fn files_without_header_are_refused() {
        for text in ["", "\n\n", "\u{feff}", "sep=;", "a,a\n", "a,,b\n", "\"a"] {
            let problem = Reader::new(text.as_bytes()).unwrap_err();
            assert_eq!(problem.code, Code::File, "{text:?}");
        }
        let columns = vec!["x"; 1001].join(",");
        assert!(Reader::new(columns.as_bytes()).is_err());
    }
}
