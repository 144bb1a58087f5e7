//! Where the rows of an import come from.

use std::{
    fmt::Debug,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    sync::Arc,
};

use iam_core::wire::{Code, Problem};

use super::{Headers, ReadOptions, Reader, Row, RowProblem};

/// A table that is read from its first row to its last.
pub trait Rows {
    /// The names of the columns.
    fn headers(&self) -> &Headers;

    /// The next row, or what is wrong with it; `None` at the end.
    ///
    /// # Errors
    /// When reading cannot go on.
    fn next_row(&mut self) -> Result<Option<Result<Row, RowProblem>>, Problem>;
}

impl<R: Read> Rows for Reader<R> {
    fn headers(&self) -> &Headers {
        Reader::headers(self)
    }

    fn next_row(&mut self) -> Result<Option<Result<Row, RowProblem>>, Problem> {
        Reader::next_row(self)
    }
}

/// A table that can be read from the start again: an import looks at it more than once instead of keeping it in
/// memory.
pub trait Source: Debug + Send + Sync {
    /// The table from its first row on.
    ///
    /// # Errors
    /// When it cannot be opened or is no table.
    fn open(&self) -> Result<Box<dyn Rows + Send + '_>, Problem>;
}

/// A CSV file in memory or on disk.
///
/// ```
/// use iam_sync::table::{Csv, Source};
///
/// let csv = Csv::bytes("name\nAlice\n");
/// assert_eq!(csv.open()?.headers().names(), ["name"]);
/// # Ok::<(), iam_core::wire::Problem>(())
/// ```
#[derive(Clone)]
pub struct Csv {
    place: Place,
    options: ReadOptions,
}

#[derive(Clone)]
enum Place {
    Bytes(Arc<[u8]>),
    Path(PathBuf),
}

impl Debug for Csv {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.place {
            Place::Bytes(bytes) => write!(f, "Csv({} bytes)", bytes.len()),
            Place::Path(path) => write!(f, "Csv({})", path.display()),
        }
    }
}

impl Csv {
    /// A file whose content is at hand.
    pub fn bytes(bytes: impl AsRef<[u8]>) -> Csv {
        Csv {
            place: Place::Bytes(bytes.as_ref().into()),
            options: ReadOptions::default(),
        }
    }

    /// A file on disk.
    pub fn path(path: impl AsRef<Path>) -> Csv {
        Csv {
            place: Place::Path(path.as_ref().to_owned()),
            options: ReadOptions::default(),
        }
    }

    /// The table from its first row on, independent of this value.
    pub(crate) fn open_owned(&self) -> Result<Box<dyn Rows + Send>, Problem> {
        match &self.place {
            Place::Bytes(bytes) => Ok(Box::new(Reader::with(
                std::io::Cursor::new(bytes.to_vec()),
                &self.options,
            )?)),
            Place::Path(path) => {
                let file = File::open(path).map_err(|error| {
                    Problem::new(Code::File, "the file cannot be opened")
                        .about(path.display())
                        .caused_by(error)
                })?;
                let reader =
                    Reader::with(file, &self.options).map_err(|problem| problem.about(path.display()))?;
                Ok(Box::new(reader))
            }
        }
    }

    /// How to read it.
    #[must_use]
    pub fn options(mut self, options: ReadOptions) -> Csv {
        self.options = options;
        self
    }
}

impl Source for Csv {
    fn open(&self) -> Result<Box<dyn Rows + Send + '_>, Problem> {
        match &self.place {
            Place::Bytes(bytes) => Ok(Box::new(Reader::with(bytes.as_ref(), &self.options)?)),
            Place::Path(_) => self.open_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let problem = Csv::path("/no/such/file.csv").open().err().unwrap();
        assert_eq!(problem.code, Code::File);
        assert_eq!(problem.subject.as_deref(), Some("/no/such/file.csv"));
    }
}
