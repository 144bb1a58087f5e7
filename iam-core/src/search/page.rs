//! A search: what to list, in which order, and which page of it.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    Boundary, Catalog, Checked, Cursor, Direction, FilterProblem, Limits, Position, Predicate, Sort, Subject,
    check, check_sort, compare,
};
use crate::model::{EntityId, Kind, Record};

/// Records on a page when the search does not say (S3-5).
pub const DEFAULT_LIMIT: u32 = 20;
/// Records on a page at most.
pub const MAXIMUM_LIMIT: u32 = 1000;

/// Whether soft-deleted records are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Deleted {
    /// Live records only.
    #[default]
    Exclude,
    /// Live and deleted records.
    Include,
    /// Deleted records only.
    Only,
}

/// A search for records of one kind.
///
/// ```
/// use iam_core::{model::Kind, search::{Predicate, Search, Sort}};
///
/// let search = Search::new(Kind::User)
///     .filter(Predicate::eq("city", "Berlin"))
///     .sort([Sort::ascending("last_name"), Sort::descending("created_at")])
///     .limit(50)
///     .total(true);
/// let json = serde_json::to_string(&search).unwrap();
/// assert_eq!(serde_json::from_str::<Search>(&json).unwrap(), search);
/// assert_eq!(serde_json::from_str::<Search>(r#"{"kind":"user"}"#).unwrap(), Search::new(Kind::User));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// What to list.
    pub kind: Kind,
    /// Which of them.
    #[serde(default)]
    pub filter: Predicate,
    /// In which order; then by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sort: Vec<Sort>,
    /// Records on a page, 1 to 1000.
    #[serde(default = "default_limit")]
    pub limit: u32,
    /// Which page: `next` or `previous` of another one, or [`Cursor::last`]; the first one when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
    /// Count all records that match.
    #[serde(default)]
    pub total: bool,
    /// Whether soft-deleted records are listed.
    #[serde(default)]
    pub deleted: Deleted,
}

fn default_limit() -> u32 {
    DEFAULT_LIMIT
}

impl Search {
    /// The first page of all live records of a kind, by id.
    pub fn new(kind: Kind) -> Search {
        Search {
            kind,
            filter: Predicate::All,
            sort: Vec::new(),
            limit: DEFAULT_LIMIT,
            cursor: None,
            total: false,
            deleted: Deleted::Exclude,
        }
    }

    /// With this filter.
    #[must_use]
    pub fn filter(self, filter: Predicate) -> Search {
        Search { filter, ..self }
    }

    /// In this order.
    #[must_use]
    pub fn sort(self, sort: impl IntoIterator<Item = Sort>) -> Search {
        Search {
            sort: sort.into_iter().collect(),
            ..self
        }
    }

    /// With so many records on a page.
    #[must_use]
    pub fn limit(self, limit: u32) -> Search {
        Search { limit, ..self }
    }

    /// The page at this cursor; `None` is the first one.
    #[must_use]
    pub fn cursor(self, cursor: impl Into<Option<Cursor>>) -> Search {
        Search {
            cursor: cursor.into(),
            ..self
        }
    }

    /// Counting all records that match, or not.
    #[must_use]
    pub fn total(self, total: bool) -> Search {
        Search { total, ..self }
    }

    /// With or without soft-deleted records.
    #[must_use]
    pub fn deleted(self, deleted: Deleted) -> Search {
        Search { deleted, ..self }
    }

    /// What makes two pages parts of one list.
    fn fingerprint(&self) -> [u8; 8] {
        // A filter too deep to be written has no pages: its check fails.
        let filter = serde_json::to_vec(&self.filter).unwrap_or_default();
        let rest = serde_json::to_vec(&(self.kind, &self.sort, self.deleted)).unwrap_or_default();
        let mut hash = Sha256::new();
        hash.update(b"search cursor 1\0");
        hash.update(rest);
        hash.update(b"\0");
        hash.update(filter);
        hash.finalize().first_chunk::<8>().copied().unwrap_or_default()
    }

    /// Checks all of it: filter, sort, limit and cursor.
    ///
    /// ```
    /// use iam_core::{model::Kind, search::{Limits, Search, builtin_catalog}};
    ///
    /// let checked = Search::new(Kind::User).check(&builtin_catalog(Kind::User), &Limits::default())?;
    /// assert_eq!(checked.fetch(), 21);
    /// # Ok::<(), iam_core::search::FilterProblem>(())
    /// ```
    pub fn check(&self, catalog: Catalog<'_, '_>, limits: &Limits) -> Result<CheckedSearch, FilterProblem> {
        if !(1..=MAXIMUM_LIMIT).contains(&self.limit) {
            return Err(FilterProblem::new(
                "search.limit",
                format!("a page holds 1 to {MAXIMUM_LIMIT} records"),
            ));
        }
        let filter = check(&self.filter, catalog, limits)?;
        let sort = check_sort(&self.sort, catalog)?;
        let fingerprint = self.fingerprint();
        let position = match &self.cursor {
            Some(cursor) => cursor.decode(fingerprint, self.kind, sort.len())?,
            None => Position {
                direction: Direction::Forward,
                boundary: None,
            },
        };
        Ok(CheckedSearch {
            kind: self.kind,
            filter,
            sort,
            limit: self.limit,
            position,
            total: self.total,
            deleted: self.deleted,
            fingerprint,
        })
    }
}

impl Cursor {
    /// The last page of a search (S3-6).
    ///
    /// ```
    /// use iam_core::{model::Kind, search::{Cursor, Search}};
    ///
    /// let search = Search::new(Kind::User);
    /// let last = search.clone().cursor(Cursor::last(&search));
    /// ```
    pub fn last(search: &Search) -> Cursor {
        let position = Position {
            direction: Direction::Backward,
            boundary: None,
        };
        Cursor::encode(&position, search.fingerprint())
    }
}

/// A search that fits the catalogue: what a backend executes.
#[derive(Clone, PartialEq, Eq)]
pub struct CheckedSearch {
    /// What to list.
    pub kind: Kind,
    /// Which of them. A permission scope is added with [`Checked::and`].
    pub filter: Checked,
    /// In which order; then by id, ascending.
    pub sort: Vec<Sort>,
    /// Records on a page.
    pub limit: u32,
    /// Where the page starts.
    pub position: Position,
    /// Count all records that match.
    pub total: bool,
    /// Whether soft-deleted records are listed.
    pub deleted: Deleted,
    fingerprint: [u8; 8],
}

impl fmt::Debug for CheckedSearch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckedSearch")
            .field("kind", &self.kind)
            .field("filter", &self.filter)
            .field("sort", &self.sort)
            .field("limit", &self.limit)
            .field("position", &self.position)
            .field("deleted", &self.deleted)
            .finish_non_exhaustive()
    }
}

/// A record with its sort keys, one for each [`Sort`].
pub type Row = (Vec<String>, Arc<Record>);

impl CheckedSearch {
    /// How many rows to read: one more than a page, to see whether there is another one.
    pub fn fetch(&self) -> u32 {
        self.limit.saturating_add(1)
    }

    /// Whether the list is read against its order.
    pub fn backward(&self) -> bool {
        self.position.direction == Direction::Backward
    }

    /// Whether the record is part of the list, whatever the page. `subject` answers for the record's attributes, the
    /// derived ones included.
    pub fn admits(&self, record: &Record, subject: &dyn Subject) -> bool {
        let kept = match self.deleted {
            Deleted::Exclude => !record.is_deleted(),
            Deleted::Include => true,
            Deleted::Only => record.is_deleted(),
        };
        record.kind() == self.kind && kept && self.filter.matches(subject)
    }

    /// Whether a place lies beyond the boundary in reading direction, so that its record may be on the page.
    pub fn beyond(&self, keys: &[String], id: EntityId) -> bool {
        let Some(boundary) = &self.position.boundary else {
            return true;
        };
        let order = compare(&self.sort, (keys, id), (&boundary.keys, boundary.id));
        match self.position.direction {
            Direction::Forward => order.is_gt(),
            Direction::Backward => order.is_lt(),
        }
    }

    /// The page of up to [`fetch`](Self::fetch) rows beyond the boundary, given in reading direction.
    pub fn page(&self, mut rows: Vec<Row>, total: Option<u64>) -> Page {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let bounded = self.position.boundary.is_some();
        let backward = self.backward();
        if backward {
            rows.reverse();
        }
        let cursor = |direction, row: Option<&Row>| {
            // An empty page lies beyond one end of the list: the way back starts at that end.
            let boundary = row.map(|(keys, record)| Boundary {
                keys: keys.clone(),
                id: record.id,
            });
            Cursor::encode(&Position { direction, boundary }, self.fingerprint)
        };
        let (has_next, has_previous) = if backward {
            (bounded, more)
        } else {
            (more, bounded)
        };
        Page {
            next: has_next.then(|| cursor(Direction::Forward, rows.last())),
            previous: has_previous.then(|| cursor(Direction::Backward, rows.first())),
            items: rows.into_iter().map(|(_, record)| record).collect(),
            total,
        }
    }
}

/// One page of a list, in the order of the list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// The records.
    pub items: Vec<Arc<Record>>,
    /// The cursor of the page after this one. Having come backward from a page, there is always one.
    pub next: Option<Cursor>,
    /// The cursor of the page before this one. Having come forward from a page, there is always one.
    pub previous: Option<Cursor>,
    /// How many records match, when the search asked for it.
    pub total: Option<u64>,
}

/// The page of a search out of all rows that it [admits](CheckedSearch::admits), in any order: the oracle of every
/// backend.
///
/// ```
/// use std::sync::Arc;
/// use iam_core::{model::{Kind, Record}, search::{Limits, Search, Sort, builtin_catalog, paginate, sort_keys}};
///
/// let search = Search::new(Kind::User).sort([Sort::ascending("email")]).limit(1).total(true);
/// let checked = search.check(&builtin_catalog(Kind::User), &Limits::default())?;
/// let rows = ["user_00000000000000000000000001", "user_00000000000000000000000002"]
///     .map(|id| Arc::new(Record::new(id.parse().unwrap())))
///     .map(|record| (sort_keys(&record, &checked.sort), record));
/// let page = paginate(rows.to_vec(), &checked);
/// assert_eq!((page.items.len(), page.total), (1, Some(2)));
/// assert!(page.next.is_some() && page.previous.is_none());
/// # Ok::<(), iam_core::search::FilterProblem>(())
/// ```
pub fn paginate(mut all: Vec<Row>, search: &CheckedSearch) -> Page {
    let total = search.total.then(|| u64::try_from(all.len()).unwrap_or(u64::MAX));
    all.retain(|(keys, record)| search.beyond(keys, record.id));
    all.sort_by(|a, b| {
        let order = compare(&search.sort, (&a.0, a.1.id), (&b.0, b.1.id));
        if search.backward() { order.reverse() } else { order }
    });
    all.truncate(usize::try_from(search.fetch()).unwrap_or(usize::MAX));
    search.page(all, total)
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;
