//! Answers as texts for JavaScript. What holds a whole number that is too large for it starts with `~`, so that nobody has
//! to look for them otherwise.
//!
//! A record is two lines: what it is, and its attributes, which JavaScript reads when somebody looks at one. No JSON text has a
//! line break in it. A page is a text for what all of its records are, and their attributes in the packed form in which
//! they are stored: [`attributes`] makes JSON of one of them that somebody looks at, [`all_attributes`] of all.

use iam_core::{
    model::{Attributes, EntityId, Record, packed},
    query::Answered,
    search::{Cursor, Page},
    wire::{Code, Problem},
};
use napi::bindgen_prelude::{Either, Uint8Array};
use napi_derive::napi;
use serde::Serialize;

use crate::{raised, writer};

/// What the attributes of a record take, about.
const USUAL: usize = 512;

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
    /// Where the attributes of each end.
    ends: Vec<usize>,
    next: Option<&'a Cursor>,
    previous: Option<&'a Cursor>,
    total: Option<u64>,
}

/// Records, and where they stand in a list.
#[napi(object, object_from_js = false)]
pub struct Records {
    /// What all of them are, as JSON.
    pub head: String,
    /// The attributes of one after the other, packed.
    pub bodies: Uint8Array,
}

fn records(page: &Page) -> Result<Records, Problem> {
    let items = &page.items;
    let mut bodies = Vec::with_capacity(USUAL / 2 * items.len());
    let ends = items.iter().map(|record| {
        packed::attributes(&mut bodies, &record.attributes);
        bodies.len()
    });
    let head = Head {
        ends: ends.collect(),
        ids: items.iter().map(|record| record.id).collect(),
        versions: items.iter().map(|record| record.version).collect(),
        next: page.next.as_ref(),
        previous: page.previous.as_ref(),
        total: page.total,
    };
    Ok(Records {
        head: text(&head)?,
        bodies: bodies.into(),
    })
}

/// The attributes of one of them, as JSON.
#[napi]
pub fn attributes(bodies: &[u8], start: u32, end: u32) -> napi::Result<String> {
    let place = bodies.get(start as usize..end as usize);
    let read = place.and_then(Attributes::stored);
    raised(read.ok_or_else(broken).and_then(|read| text(&read)))
}

/// The attributes of all of them, as a list of JSON: whoever looks at several records of a page looks at many.
#[napi]
pub fn all_attributes(bodies: &[u8], ends: &[u32]) -> napi::Result<String> {
    let mut start = 0;
    let read = ends.iter().map(|end| {
        let place = bodies.get(start..*end as usize)?;
        start = *end as usize;
        Attributes::stored(place)
    });
    let read: Option<Vec<Attributes>> = read.collect();
    raised(read.ok_or_else(broken).and_then(|read| text(&read)))
}

fn broken() -> Problem {
    Problem::new(Code::Corrupt, "the attributes of a record cannot be read")
}

/// What a query answers: a text, or records.
pub fn answered(answer: Answered) -> Result<Either<String, Records>, Problem> {
    Ok(match answer {
        Answered::Record(found) => Either::A(record(found.as_deref())?),
        Answered::Records(items) => Either::B(records(&Page {
            items,
            ..Page::default()
        })?),
        Answered::Page(page) => Either::B(records(&page)?),
        Answered::Json(json) => Either::A(text(&json)?),
    })
}
