//! The revision of the last change of a record or of an edge that starts at it, as SQL.
//!
//! An edge that is written carries its revision, and the record at its start is left alone: writing that, too, would cost
//! more than the edge. Only an edge that disappears leaves its revision at the record. So the last change is the greater
//! one of the record's revision and those of its edges.

use std::ops::Bound;

use iam_core::{
    model::{Kind, Relation},
    port::StorageError,
    search::Test,
};

use super::{SqlValue, Statement, filter::bound, session::ORDINAL_BITS};

/// The bounds of a test of the leaf `revision`.
pub(super) struct Changed {
    lower: Bound<i64>,
    upper: Bound<i64>,
}

impl Changed {
    /// Reads the 20 digits.
    pub(super) fn of(test: &Test) -> Result<Changed, StorageError> {
        let Test::Range { lower, upper } = test else {
            return Err(StorageError::corrupt("revisions are compared as a range only"));
        };
        let end = |end: &Bound<String>| {
            let number = |key: &String| {
                let number = key.parse::<u64>().ok();
                number
                    .map(|number| i64::try_from(number).unwrap_or(i64::MAX))
                    .ok_or_else(|| StorageError::corrupt("a revision is a number"))
            };
            Ok::<_, StorageError>(match end {
                Bound::Included(key) => Bound::Included(number(key)?),
                Bound::Excluded(key) => Bound::Excluded(number(key)?),
                Bound::Unbounded => Bound::Unbounded,
            })
        };
        Ok(Changed {
            lower: end(lower)?,
            upper: end(upper)?,
        })
    }

    /// ` AND column …`: a revision within the bounds.
    pub(super) fn between(&self, statement: &mut Statement, column: &str) {
        bound(statement, column, [" > ", " >= "], self.lower.map(SqlValue::Int));
        bound(statement, column, [" < ", " <= "], self.upper.map(SqlValue::Int));
    }

    /// ` UNION ALL SELECT …`: the records of a kind at which edges start that were written or removed within the bounds, by
    /// the journal, which lies in the order of revisions. Where there is no lower bound their own revision is within the
    /// bounds, too.
    pub(super) fn edges_written(&self, statement: &mut Statement, realm: i64, kind: Kind) {
        if self.lower == Bound::Unbounded || !starts_edges(kind) {
            return;
        }
        let first = |revision: i64| revision.saturating_mul(1 << ORDINAL_BITS);
        let after = |revision: i64| first(revision.saturating_add(1));
        let from = match self.lower {
            Bound::Included(revision) => first(revision),
            Bound::Excluded(revision) => after(revision),
            Bound::Unbounded => 0,
        };
        statement
            .text(" UNION ALL SELECT j.subject_id FROM iam_journal j WHERE j.realm = ")
            .bind(realm);
        statement.text(" AND j.place >= ").bind(from);
        let until = match self.upper {
            Bound::Included(revision) => Some(after(revision)),
            Bound::Excluded(revision) => Some(first(revision)),
            Bound::Unbounded => None,
        };
        if let Some(until) = until {
            statement.text(" AND j.place < ").bind(until);
        }
        statement.text(" AND j.subject_kind = ").bind(kind as i64);
        statement.text(" AND j.relation <> 0");
    }

    /// Whether the last change of the record `r` lies within the bounds.
    pub(super) fn last(&self, statement: &mut Statement, realm: i64, kind: Kind) {
        let edge = |statement: &mut Statement, word: &str, value: i64| {
            statement
                .text("EXISTS (SELECT 1 FROM iam_edge v WHERE v.realm = ")
                .bind(realm);
            statement.text(" AND v.from_kind = ").bind(kind as i64);
            statement.text(" AND v.from_id = r.id AND v.revision").text(word);
            statement.bind(value).text(")");
        };
        statement.text("1 = 1");
        let (word, value) = match self.lower {
            Bound::Included(value) => (" >= ", Some(value)),
            Bound::Excluded(value) => (" > ", Some(value)),
            Bound::Unbounded => ("", None),
        };
        if let Some(value) = value {
            statement.text(" AND (r.revision").text(word).bind(value);
            if starts_edges(kind) {
                statement.text(" OR ");
                edge(statement, word, value);
            }
            statement.text(")");
        }
        let (word, beyond, value) = match self.upper {
            Bound::Included(value) => (" <= ", " > ", Some(value)),
            Bound::Excluded(value) => (" < ", " >= ", Some(value)),
            Bound::Unbounded => ("", "", None),
        };
        if let Some(value) = value {
            statement.text(" AND r.revision").text(word).bind(value);
            if starts_edges(kind) {
                statement.text(" AND NOT ");
                edge(statement, beyond, value);
            }
        }
    }
}

/// Whether edges may start at records of a kind.
pub(super) fn starts_edges(kind: Kind) -> bool {
    Relation::ALL
        .iter()
        .any(|relation| relation.first().contains(&kind))
}
