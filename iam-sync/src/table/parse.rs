//! From text to records: RFC 4180 as it is found in the wild.

use std::io::Read;

use iam_core::wire::Problem;

use super::{RowNumber, decode::Decode};

/// What is wrong with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The cell is larger than allowed.
    TooLarge { column: usize },
    /// There are more cells than allowed.
    TooMany,
    /// Text follows a closing quote.
    AfterQuote { column: usize },
    /// A quote is never closed; what follows it in the file cannot be told apart.
    Unclosed { column: usize, line: u64 },
}

/// A record, or why it is none. Records without any character are left out, but counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parsed {
    pub(super) number: RowNumber,
    pub(super) cells: Vec<String>,
    pub(super) fault: Option<Fault>,
    /// A quote stands inside of a cell without quotes: allowed, but a sign that the delimiter is another one.
    pub(super) stray_quote: bool,
}

/// The limits of a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) cell_bytes: usize,
    pub(super) columns: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the first character of a cell.
    Start,
    /// In a cell without quotes.
    Plain,
    /// Between quotes.
    Quoted,
    /// After a quote between quotes: the end, or the first half of a doubled quote.
    Closed,
    /// After a fault that only the next line break ends.
    Skip,
}

/// Splits text into records.
pub(super) struct Parse<R> {
    decode: Decode<R>,
    chunk: String,
    at: usize,
    delimiter: u8,
    limits: Limits,
    row: u64,
    line: u64,
    /// The last byte was a CR: an LF now belongs to the same line break.
    after_cr: bool,
}

/// The record under work.
struct Record {
    number: RowNumber,
    cells: Vec<String>,
    /// Counts the cells, also of a record that is no longer kept.
    column: usize,
    cell: String,
    cell_line: u64,
    state: State,
    fault: Option<Fault>,
    stray_quote: bool,
    limits: Limits,
}

impl Record {
    fn push(&mut self, text: &str) {
        if self.fault.is_none() {
            if self.cell.len() + text.len() > self.limits.cell_bytes {
                self.fail(Fault::TooLarge { column: self.column });
            } else {
                self.cell.push_str(text);
            }
        }
    }

    fn end_cell(&mut self) {
        self.state = State::Start;
        if self.fault.is_none() {
            if self.cells.len() >= self.limits.columns {
                self.fail(Fault::TooMany);
            } else {
                self.cells.push(std::mem::take(&mut self.cell));
            }
        }
        self.column += 1;
    }

    /// Nothing is kept from here on; the record is only followed to its end.
    fn fail(&mut self, fault: Fault) {
        self.fault = Some(fault);
        self.cells = Vec::new();
        self.cell = String::new();
    }
}

impl<R: Read> Parse<R> {
    pub(super) fn new(decode: Decode<R>, limits: Limits) -> Self {
        Parse {
            decode,
            chunk: String::new(),
            at: 0,
            delimiter: b',',
            limits,
            row: 0,
            line: 1,
            after_cr: false,
        }
    }

    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    pub(super) fn decode(&self) -> &Decode<R> {
        &self.decode
    }

    /// Text that was not parsed yet: at the very beginning the start of the file.
    pub(super) fn ahead(&mut self) -> Result<&str, Problem> {
        if self.at >= self.chunk.len() {
            self.at = 0;
            self.decode.next_chunk(&mut self.chunk)?;
        }
        Ok(self.chunk.get(self.at..).unwrap_or_default())
    }

    pub(super) fn set_delimiter(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    /// Steps over a first line that is meant for spreadsheets and that they do not count.
    pub(super) fn skip_line(&mut self) -> Result<(), Problem> {
        self.next()?;
        self.row = 0;
        Ok(())
    }

    /// The next record that is not blank; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Parsed>, Problem> {
        loop {
            self.row += 1;
            let mut record = Record {
                number: RowNumber {
                    row: self.row,
                    line: self.line,
                },
                cells: Vec::new(),
                column: 0,
                cell: String::new(),
                cell_line: self.line,
                state: State::Start,
                fault: None,
                stray_quote: false,
                limits: self.limits,
            };
            let Some(blank) = self.record(&mut record)? else {
                return Ok(None);
            };
            if !blank {
                return Ok(Some(Parsed {
                    number: record.number,
                    cells: record.cells,
                    fault: record.fault,
                    stray_quote: record.stray_quote,
                }));
            }
        }
    }

    /// Reads to the end of a record: whether it is blank, or `None` when there is no record any more.
    fn record(&mut self, record: &mut Record) -> Result<Option<bool>, Problem> {
        let mut untouched = true;
        loop {
            if self.at >= self.chunk.len() {
                self.at = 0;
                if !self.decode.next_chunk(&mut self.chunk)? {
                    if untouched {
                        return Ok(None);
                    }
                    if record.state == State::Quoted {
                        record.fail(Fault::Unclosed {
                            column: record.column,
                            line: record.cell_line,
                        });
                    }
                    record.end_cell();
                    return Ok(Some(false));
                }
            }
            let Some(byte) = self.chunk.as_bytes().get(self.at).copied() else {
                continue;
            };
            let after_cr = std::mem::take(&mut self.after_cr);
            match (record.state, byte) {
                // The second half of a line break that ended the last record.
                (_, b'\n') if after_cr && untouched => {
                    self.at += 1;
                    continue;
                }
                (State::Quoted, b'"') => {
                    record.state = State::Closed;
                    self.at += 1;
                }
                (State::Quoted, b'\r' | b'\n') => {
                    record.push(if byte == b'\r' { "\r" } else { "\n" });
                    self.break_line(byte, after_cr);
                }
                (State::Closed, b'"') => {
                    record.push("\"");
                    record.state = State::Quoted;
                    self.at += 1;
                }
                (State::Start, b'"') => {
                    record.state = State::Quoted;
                    record.cell_line = self.line;
                    self.at += 1;
                }
                (_, b'\r' | b'\n') => {
                    self.break_line(byte, after_cr);
                    if record.state == State::Start && untouched {
                        return Ok(Some(true));
                    }
                    record.end_cell();
                    return Ok(Some(false));
                }
                (State::Start | State::Plain | State::Closed, byte) if byte == self.delimiter => {
                    record.end_cell();
                    self.at += 1;
                }
                (State::Closed, _) => {
                    if record.fault.is_none() {
                        record.fail(Fault::AfterQuote {
                            column: record.column,
                        });
                    }
                    record.state = State::Skip;
                }
                (state, _) => {
                    if state == State::Start {
                        record.state = State::Plain;
                    }
                    self.take_run(record);
                }
            }
            untouched = false;
        }
    }

    /// Takes everything up to the next character that means something in this state.
    fn take_run(&mut self, record: &mut Record) {
        let rest = self.chunk.get(self.at..).unwrap_or_default();
        let (quoted, skip) = (record.state == State::Quoted, record.state == State::Skip);
        let length = rest
            .bytes()
            .position(|byte| match byte {
                b'\r' | b'\n' => true,
                b'"' => quoted,
                byte => !quoted && !skip && byte == self.delimiter,
            })
            .unwrap_or(rest.len());
        let run = rest.get(..length).unwrap_or_default();
        record.stray_quote |= record.state == State::Plain && run.contains('"');
        record.push(run);
        self.at += length;
    }

    fn break_line(&mut self, byte: u8, after_cr: bool) {
        self.at += 1;
        self.after_cr = byte == b'\r';
        if byte == b'\r' || !after_cr {
            self.line += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Vec<Parsed> {
        let limits = Limits {
            cell_bytes: 10,
            columns: 3,
        };
        let mut parse = Parse::new(Decode::new(text.as_bytes(), None), limits);
        let mut all = Vec::new();
        while let Some(record) = parse.next().unwrap() {
            all.push(record);
        }
        all
    }

    fn cells(text: &str) -> Vec<(u64, u64, Vec<String>)> {
        parse(text)
            .into_iter()
            .map(|parsed| {
                assert_eq!(parsed.fault, None);
                (parsed.number.row, parsed.number.line, parsed.cells)
            })
            .collect()
    }

    fn row(row: u64, line: u64, cells: &[&str]) -> (u64, u64, Vec<String>) {
        (row, line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn quotes_line_breaks_and_blank_lines() {
        let expected = [
            row(1, 1, &["a", "b\"c", ""]),
            row(3, 3, &["x\ny", "z"]),
            row(4, 5, &["", ""]),
            row(5, 6, &[""]),
            row(6, 7, &["e"]),
        ];
        let text = "a,\"b\"\"c\",\n\n\"x\ny\",z\n,\n\"\"\ne";
        assert_eq!(cells(text), expected);
        // The line breaks inside of quotes are kept as they are.
        let crlf = cells(&text.replace('\n', "\r\n"));
        assert_eq!(crlf[1], row(3, 3, &["x\r\ny", "z"]));
        assert_eq!(crlf[2..], expected[2..]);
        let cr = cells(&text.replace('\n', "\r"));
        assert_eq!(cr[1], row(3, 3, &["x\ry", "z"]));
        assert_eq!(cr[2..], expected[2..]);
    }

    #[test]
    fn a_quote_inside_of_a_plain_cell_is_a_character() {
        assert_eq!(cells("3\" pipe,x"), [row(1, 1, &["3\" pipe", "x"])]);
    }

    #[test]
    fn faults_cost_one_record_and_name_the_column() {
        let faults = |text: &str| {
            parse(text)
                .iter()
                .map(|parsed| (parsed.number.row, parsed.fault))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            faults("ok\na,\"b\" c,d\nok"),
            [(1, None), (2, Some(Fault::AfterQuote { column: 1 })), (3, None)]
        );
        assert_eq!(
            faults("a,\"12345\n678901\",b\nok"),
            [(1, Some(Fault::TooLarge { column: 1 })), (2, None)]
        );
        assert_eq!(faults("1,2,3,4\nok"), [(1, Some(Fault::TooMany)), (2, None)]);
        assert_eq!(
            faults("ok\na,\nb,\"c\nd"),
            [
                (1, None),
                (2, None),
                (3, Some(Fault::Unclosed { column: 1, line: 3 }))
            ]
        );
    }
}
