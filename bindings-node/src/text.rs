//! JSON texts for JavaScript. Whole numbers that a JavaScript number cannot hold are written as
//! `{"$bigint": "9007199254740993"}`, and the text then starts with `~`, so that nobody has to look for them otherwise.

use std::io;

use iam_core::wire::{Code, Problem};
use serde::Serialize;
use serde_json::{Serializer, ser::Formatter};

/// The largest whole number that a double holds together with all that are smaller.
const SAFE: u64 = (1 << 53) - 1;

#[derive(Default)]
struct Big {
    met: bool,
}

impl Big {
    fn write<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        number: impl std::fmt::Display,
        size: u64,
    ) -> io::Result<()> {
        if size <= SAFE {
            return write!(writer, "{number}");
        }
        self.met = true;
        write!(writer, r#"{{"$bigint":"{number}"}}"#)
    }
}

impl Formatter for &mut Big {
    fn write_i64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: i64) -> io::Result<()> {
        self.write(writer, value, value.unsigned_abs())
    }

    fn write_u64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: u64) -> io::Result<()> {
        self.write(writer, value, value)
    }
}

/// The text of an answer.
pub fn text<T: Serialize>(answer: &T) -> Result<String, Problem> {
    let mut big = Big::default();
    let mut bytes = vec![b'~'];
    answer
        .serialize(&mut Serializer::with_formatter(&mut bytes, &mut big))
        .map_err(|error| {
            Problem::new(Code::Corrupt, "the answer cannot be written as JSON").caused_by(error)
        })?;
    if !big.met {
        bytes.remove(0);
    }
    String::from_utf8(bytes)
        .map_err(|error| Problem::new(Code::Corrupt, "the answer is not Unicode").caused_by(error))
}
