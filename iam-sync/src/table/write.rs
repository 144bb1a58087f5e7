//! Writing a table that neither breaks nor attacks the program that opens it.

use std::io::Write;

use iam_core::wire::{Code, Problem};
use serde::{Deserialize, Serialize};

use super::{Delimiter, Headers, guard};

/// What ends a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineEnd {
    /// CR and LF, as RFC 4180 says.
    CrLf,
    /// LF alone.
    Lf,
}

/// How to write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WriteOptions {
    /// The delimiter.
    pub delimiter: Delimiter,
    /// Whether a byte order mark comes first; Excel needs it to recognise UTF-8.
    pub byte_order_mark: bool,
    /// What ends a row.
    pub line_end: LineEnd,
    /// Whether cells that a spreadsheet would calculate get an apostrophe in front. Switch it off only for programs
    /// that are known to take every cell as text.
    pub guard: bool,
}

impl Default for WriteOptions {
    fn default() -> Self {
        WriteOptions {
            delimiter: Delimiter::Comma,
            byte_order_mark: false,
            line_end: LineEnd::CrLf,
            guard: true,
        }
    }
}

/// Writes a table row by row, in UTF-8.
///
/// ```
/// use iam_sync::table::Writer;
///
/// let mut writer = Writer::new(Vec::new(), ["name", "phone"])?;
/// writer.write(["=HYPERLINK(\"http://evil.example\")", "+4930123456"])?;
/// let text = String::from_utf8(writer.finish()?).unwrap();
/// assert_eq!(text, "name,phone\r\n\"'=HYPERLINK(\"\"http://evil.example\"\")\",'+4930123456\r\n");
/// # Ok::<(), iam_core::wire::Problem>(())
/// ```
#[derive(Debug)]
pub struct Writer<W> {
    write: W,
    options: WriteOptions,
    columns: usize,
    row: String,
}

impl<W: Write> Writer<W> {
    /// Starts a table with a header row.
    ///
    /// # Errors
    /// [`Code::File`] when headers are empty or appear twice, or when writing fails.
    pub fn new<S: AsRef<str>>(write: W, headers: impl IntoIterator<Item = S>) -> Result<Self, Problem> {
        Writer::with(write, headers, WriteOptions::default())
    }

    /// Starts a table with options.
    ///
    /// # Errors
    /// As [`Writer::new`].
    pub fn with<S: AsRef<str>>(
        write: W,
        headers: impl IntoIterator<Item = S>,
        options: WriteOptions,
    ) -> Result<Self, Problem> {
        let headers = Headers::new(headers.into_iter().map(|header| header.as_ref().to_owned()))?;
        let mut writer = Writer {
            write,
            columns: headers.len(),
            row: String::new(),
            options,
        };
        if writer.options.byte_order_mark {
            writer.row.push('\u{feff}');
        }
        writer.put(headers.names())?;
        Ok(writer)
    }

    /// Writes a row.
    ///
    /// # Errors
    /// [`Code::Malformed`] when the row has not as many cells as there are columns; [`Code::File`] when writing
    /// fails.
    pub fn write<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) -> Result<(), Problem> {
        self.row.clear();
        self.put(cells)
    }

    /// Writes out what is still held back, and gives the target back.
    ///
    /// # Errors
    /// [`Code::File`] when writing fails.
    pub fn finish(mut self) -> Result<W, Problem> {
        self.write.flush().map_err(failed)?;
        Ok(self.write)
    }

    fn put<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) -> Result<(), Problem> {
        let mut count = 0;
        for cell in cells {
            if count > 0 {
                self.row.push(char::from(self.options.delimiter.byte()));
            }
            count += 1;
            let cell = cell.as_ref();
            let cell = match self.options.guard {
                true => guard::add(cell),
                false => cell.into(),
            };
            // An empty row of one column would be a blank line, which readers leave out.
            if wants_quotes(&cell) || (cell.is_empty() && self.columns == 1) {
                self.row.push('"');
                self.row.push_str(&cell.replace('"', "\"\""));
                self.row.push('"');
            } else {
                self.row.push_str(&cell);
            }
        }
        if count != self.columns {
            return Err(Problem::new(
                Code::Malformed,
                format!("a row of {count} cells in a table of {} columns", self.columns),
            ));
        }
        self.row.push_str(match self.options.line_end {
            LineEnd::CrLf => "\r\n",
            LineEnd::Lf => "\n",
        });
        self.write.write_all(self.row.as_bytes()).map_err(failed)
    }
}

/// Every delimiter asks for quotes, not only the one in use, so that a reader cannot take it for another one. Spaces
/// at the ends would be cut off by some readers; the last one is what some readers take for a byte order mark.
fn wants_quotes(cell: &str) -> bool {
    cell.contains(['"', '\r', '\n', ',', ';', '\t', '|', '\u{feff}'])
        || cell.starts_with(char::is_whitespace)
        || cell.ends_with(char::is_whitespace)
}

fn failed(error: std::io::Error) -> Problem {
    Problem::new(Code::File, "the file cannot be written").caused_by(error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Reader;
    use proptest::prelude::*;

    /// S0-2
    #[test]
    fn rows_of_another_width_and_wrong_headers_are_refused() {
        let mut writer = Writer::new(Vec::new(), ["a", "b"]).unwrap();
        assert_eq!(writer.write(["1"]).unwrap_err().code, Code::Malformed);
        assert_eq!(writer.write(["1", "2", "3"]).unwrap_err().code, Code::Malformed);
        writer.write(["1", "2"]).unwrap();
        assert_eq!(writer.finish().unwrap(), b"a,b\r\n1,2\r\n");
        assert!(Writer::new(Vec::new(), ["a", "A"]).is_err());
        assert!(Writer::new(Vec::new(), Vec::<String>::new()).is_err());
    }

    fn nasty() -> impl Strategy<Value = String> {
        prop_oneof![
            "['=+\\-@\",;|\t\r\n a-c\u{feff}é😀0]{0,8}",
            "\\PC{0,6}",
            any::<String>(),
        ]
    }

    proptest! {
        /// S0-2
        #[test]
        fn what_is_written_is_read_back(
            (headers, rows) in (1usize..5).prop_flat_map(|columns| (
                prop::collection::btree_set("[a-z=+\"',;|é][a-z]{0,3}", columns),
                prop::collection::vec(prop::collection::vec(nasty(), columns), 0..6),
            )),
            delimiter in prop::sample::select(&Delimiter::ALL[..]),
            byte_order_mark: bool,
            lf: bool,
        ) {
            let line_end = if lf { LineEnd::Lf } else { LineEnd::CrLf };
            let options = WriteOptions { delimiter, byte_order_mark, line_end, guard: true };
            let mut writer = Writer::with(Vec::new(), &headers, options).unwrap();
            for row in &rows {
                writer.write(row).unwrap();
            }
            let bytes = writer.finish().unwrap();
            let mut reader = Reader::new(bytes.as_slice()).unwrap();
            prop_assert_eq!(reader.headers().names(), headers.into_iter().collect::<Vec<_>>());
            for row in rows {
                prop_assert_eq!(reader.next_row().unwrap().unwrap().unwrap().cells, row);
            }
            prop_assert!(reader.next_row().unwrap().is_none());
        }

        /// Whatever the bytes are, there is an answer.
        #[test]
        fn reading_never_panics(
            bytes in prop_oneof![
                prop::collection::vec(any::<u8>(), 0..200),
                prop::collection::vec(prop::sample::select(&b"a,;\"\r\n\t|'=\xEF\xBB\xBF\xFF\xFE\0\xE9 "[..]), 0..60),
            ],
        ) {
            if let Ok(mut reader) = Reader::new(bytes.as_slice()) {
                let mut last = 0;
                while let Ok(Some(row)) = reader.next_row() {
                    let number = match row { Ok(row) => row.number, Err(problem) => problem.number };
                    prop_assert!(number.row > last);
                    last = number.row;
                }
            }
        }
    }
}
