//! One predicate, everywhere: lists, dynamic groups, permission scopes, saved searches and reports read the same tree.
//!
//! A [`Predicate`] is what people and programs write: as SCIM filter text, as a JSON tree, or with its builder methods.
//! [`check()`] types it against the attribute catalogue and returns a [`Checked`] tree over search keys, which backends
//! compile and the in-memory evaluator reads. A [`Search`] adds order, pages and cursors.
//!
//! ```
//! use iam_core::model::{Kind, Record, EntityId};
//! use iam_core::search::{Limits, Predicate, builtin_catalog, check};
//!
//! let limits = Limits::default();
//! let predicate = Predicate::from_scim(r#"city eq "Berlin" and not (job sw "Temp")"#)?;
//! assert_eq!(predicate, Predicate::eq("city", "Berlin").and(Predicate::starts_with("job", "Temp").negate()));
//!
//! let checked = check(&predicate, &builtin_catalog(Kind::User), &limits)?;
//! let mut record = Record::new("user_00000000000000000000000001".parse::<EntityId>().unwrap());
//! record.set("city", Some("BERLIN".into()));
//! assert!(checked.matches(&record));
//! # Ok::<(), iam_core::search::FilterProblem>(())
//! ```

mod cel;
mod check;
mod checked;
mod cursor;
mod evaluate;
mod json;
mod order;
mod page;
mod predicate;
mod preset;
mod problem;
mod scim;

pub use cel::{check_cel, parse_cel, with_room};
pub use check::{Catalog, builtin_catalog, check};
pub use checked::{Checked, Test, prefix_end};
pub use cursor::{Boundary, Cursor, Direction, Position};
pub use evaluate::Subject;
pub use order::{Sort, check_sort, compare, sort_keys};
pub use page::{CheckedSearch, DEFAULT_LIMIT, Deleted, MAXIMUM_LIMIT, Page, Row, Search, paginate};
pub use predicate::{Operator, Predicate};
pub use preset::{PREFIX_ATTRIBUTES, prefix_search, prefix_search_over};
pub use problem::{FilterProblem, Limits};
pub use scim::{parse_scim, scim_name, write_scim};

#[cfg(test)]
mod fixture;
