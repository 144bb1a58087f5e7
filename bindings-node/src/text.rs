//! Answers as texts for JavaScript. What holds a whole number that is too large for it starts with `~`, so that nobody has
//! to look for them otherwise.
//!
//! A record is two lines: what it is, and its attributes, which JavaScript reads when somebody looks at one. A page is a
//! line for what all of its records are, and a line for the attributes of each. No JSON text has a line break in it.

use iam_core::{
    model::{EntityId, Record},
    query::Answered,
    search::{Cursor, Page},
    wire::{Code, Problem},
};
use napi::bindgen_prelude::Either;
use serde::Serialize;

use crate::writer;

/// What the attributes of a record take, about.
const USUAL: usize = 512;

/// A page is cut into texts of this size: for larger ones V8 asks the system for memory each time, and whoever keeps a
/// record that was never looked at keeps the text in which it lies.
const PIECE: usize = 1 << 16;

/// Writes an answer behind what is there.
fn write<T: Serialize + ?Sized>(out: &mut String, answer: &T) -> Result<(), Problem> {
    let start = out.len();
    let large = writer::write(out, answer).map_err(|error| {
        Problem::new(Code::Corrupt, "the answer cannot be written as JSON").caused_by(error)
    })?;
    if large {
        out.insert(start, '~');
    }
    Ok(())
}

/// The text of an answer.
pub fn text<T: Serialize>(answer: &T) -> Result<String, Problem> {
    let mut out = String::new();
    write(&mut out, answer)?;
    Ok(out)
}

/// The text of a record; that of nothing when there is none.
pub fn record(found: Option<&Record>) -> Result<String, Problem> {
    let Some(record) = found else {
        return Ok("null".to_owned());
    };
    let mut out = String::with_capacity(USUAL);
    write(&mut out, &(record.id, record.version))?;
    out.push('\n');
    write(&mut out, &record.attributes)?;
    Ok(out)
}

/// What all records of a page are.
#[derive(Serialize)]
struct Head<'a> {
    ids: Vec<EntityId>,
    versions: Vec<u64>,
    next: Option<&'a Cursor>,
    previous: Option<&'a Cursor>,
    total: Option<u64>,
}

/// The lines of a page, some in each text.
fn lines(page: &Page) -> Result<Vec<String>, Problem> {
    let records = &page.items;
    let head = Head {
        ids: records.iter().map(|record| record.id).collect(),
        versions: records.iter().map(|record| record.version).collect(),
        next: page.next.as_ref(),
        previous: page.previous.as_ref(),
        total: page.total,
    };
    let mut texts = vec![text(&head)?];
    let mut piece = String::new();
    for record in records {
        if piece.is_empty() {
            piece.reserve(PIECE.min(USUAL * records.len()));
        } else {
            piece.push('\n');
        }
        write(&mut piece, &record.attributes)?;
        if piece.len() > PIECE - USUAL {
            texts.push(std::mem::take(&mut piece));
        }
    }
    if !piece.is_empty() {
        texts.push(piece);
    }
    Ok(texts)
}

/// What a query answers: one text, or those of a page.
pub fn answered(answer: Answered) -> Result<Either<String, Vec<String>>, Problem> {
    Ok(match answer {
        Answered::Record(found) => Either::A(record(found.as_deref())?),
        Answered::Records(items) => Either::B(lines(&Page {
            items,
            ..Page::default()
        })?),
        Answered::Page(page) => Either::B(lines(&page)?),
        Answered::Json(json) => Either::A(text(&json)?),
    })
}
