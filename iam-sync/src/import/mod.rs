//! Importing tables of users, organizations and positions.
//!
//! An import reads its table twice at most and holds one chunk of it: rows are matched with records, turned into
//! commands and committed chunk by chunk under one change set. What a row would do is decided by the same engine that
//! does it, so a [preview](Import::preview) shows the decisions that [apply](Import::apply) makes.

use std::sync::Arc;

use iam_core::{
    model::{ChangeSetId, Kind},
    port::Clock,
    search::Predicate,
    service::Acting,
    wire::{Code, Problem},
};
use serde::{Deserialize, Serialize};

use crate::table::{Mapping, Source};

mod build;
mod chunk;
mod commands;
mod lookup;
mod missing;
mod report;
mod run;
mod touched;

pub(crate) use commands::relation_of;
pub use report::{Action, Decision, Observer, Phase, Progress, Report};

/// What a cell with several references means for a record that has some already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lists {
    /// They are added: memberships that somebody else gave stay.
    #[default]
    Add,
    /// The cell is the whole list: others are taken away. For sources that are authoritative.
    Replace,
}

/// What becomes of records that the table does not mention.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Nothing.
    #[default]
    Ignore,
    /// They are disabled, unless they are more than the limit allows. Never when rows could not be read, or the
    /// table has none: a source that cannot be reached is not an empty source.
    Disable {
        /// Whom the table should mention: without a filter the enabled records that an import of the same
        /// [name](Import::named) created.
        #[serde(default)]
        among: Option<Predicate>,
        /// How many it may be.
        #[serde(default)]
        limit: MissingLimit,
    },
}

/// How many records one import may disable: both bounds hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingLimit {
    /// So many at most.
    pub count: u64,
    /// So many of a hundred at most.
    pub percent: u8,
}

impl Default for MissingLimit {
    fn default() -> Self {
        MissingLimit {
            count: 1000,
            percent: 10,
        }
    }
}

impl MissingLimit {
    /// Whether so many of so many are too many.
    pub fn is_exceeded(&self, missing: u64, of: u64) -> bool {
        missing > self.count || missing.saturating_mul(100) > of.saturating_mul(u64::from(self.percent))
    }
}

/// An import: where the rows come from, how they become records, what is allowed.
///
/// ```
/// # use std::sync::Arc;
/// # use iam_core::service::Iam;
/// # use iam_storage::{host, memory::MemoryStorage};
/// use iam_sync::{import::Import, table::{Column, Csv, Mapping}};
///
/// # pollster::block_on(async {
/// # let iam = Iam::new(Arc::new(MemoryStorage::new()), host::system([1; 32]))?;
/// # let acting = iam.realm("acme").await?.host("docs");
/// let file = "Employee,First name,Last name,Manager\n\
///             7,Grace,Hopper,9\n\
///             9,Ada,Lovelace,\n";
/// let import = Import::users(Csv::bytes(file))
///     .mapping(Mapping::new([
///         Column::named("Employee").to("external_id"),
///         Column::template("{First name}.{Last name}").ascii().distinct().to("user_name"),
///         Column::named("Manager").references("external_id").to("manager"),
///     ]))
///     .matching("external_id")
///     .named("hr");
///
/// let preview = import.preview(&acting, &mut ()).await?;
/// assert_eq!((preview.created, preview.succeeded()), (2, true));
/// let report = import.apply(&acting, &mut ()).await?;
/// assert_eq!(report.created, 2);
/// let again = import.apply(&acting, &mut ()).await?;
/// assert_eq!(again.unchanged, 2);
/// # Ok::<(), iam_core::wire::Problem>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone)]
pub struct Import {
    kind: Kind,
    source: Arc<dyn Source>,
    mapping: Mapping,
    matching: String,
    name: Option<String>,
    chunk: usize,
    all_or_nothing: bool,
    lists: Lists,
    missing: Missing,
    change_set: Option<ChangeSetId>,
    resume_after: Option<u64>,
    problems_kept: usize,
    clock: Option<Arc<dyn Clock>>,
}

impl Import {
    /// Users, matched by `user_name` unless [`matching`](Import::matching) says otherwise (S0-21, S1-3, S2-59).
    pub fn users(source: impl Source + 'static) -> Import {
        Import::new(Kind::User, "user_name", source)
    }

    /// Organizations, matched by `code` unless [`matching`](Import::matching) says otherwise (S0-75, S0-84).
    pub fn organizations(source: impl Source + 'static) -> Import {
        Import::new(Kind::Organization, "code", source)
    }

    /// Positions, matched by `code` unless [`matching`](Import::matching) says otherwise (S0-103, S0-109).
    pub fn positions(source: impl Source + 'static) -> Import {
        Import::new(Kind::Position, "code", source)
    }

    /// Records of a kind that is only known at run time (S2-59).
    ///
    /// # Errors
    /// [`Code::Invalid`] when the kind cannot be imported.
    pub fn of(kind: Kind, source: impl Source + 'static) -> Result<Import, Problem> {
        match kind {
            Kind::User => Ok(Import::users(source)),
            Kind::Organization => Ok(Import::organizations(source)),
            Kind::Position => Ok(Import::positions(source)),
            other => Err(Problem::new(
                Code::Invalid,
                format!("a {other} cannot be imported; users, organizations and positions can"),
            )),
        }
    }

    fn new(kind: Kind, matching: &str, source: impl Source + 'static) -> Import {
        Import {
            kind,
            source: Arc::new(source),
            mapping: Mapping::default(),
            matching: matching.to_owned(),
            name: None,
            chunk: 500,
            all_or_nothing: false,
            lists: Lists::Add,
            missing: Missing::Ignore,
            change_set: None,
            resume_after: None,
            problems_kept: 1000,
            clock: None,
        }
    }

    /// Which column becomes which attribute; without it, columns go by their names.
    #[must_use]
    pub fn mapping(mut self, mapping: Mapping) -> Import {
        self.mapping = mapping;
        self
    }

    /// The attribute whose value says whether a row is a new record or an existing one (S2-60). It must be
    /// searchable, and a column must set it.
    #[must_use]
    pub fn matching(mut self, attribute: impl Into<String>) -> Import {
        self.matching = attribute.into();
        self
    }

    /// The name of where the rows come from; new records keep it as their `source`.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Import {
        self.name = Some(name.into());
        self
    }

    /// How many rows go into one commit; 500 when nothing is said, 1000 at most.
    #[must_use]
    pub fn chunk(mut self, rows: usize) -> Import {
        self.chunk = rows.clamp(1, 1000);
        self
    }

    /// Looks through all rows first, and writes nothing when one of them is wrong.
    #[must_use]
    pub fn all_or_nothing(mut self) -> Import {
        self.all_or_nothing = true;
        self
    }

    /// What a cell with several references means.
    #[must_use]
    pub fn lists(mut self, lists: Lists) -> Import {
        self.lists = lists;
        self
    }

    /// What becomes of records that the table does not mention.
    #[must_use]
    pub fn missing(mut self, missing: Missing) -> Import {
        self.missing = missing;
        self
    }

    /// Goes on with an earlier import, or chooses the name of this one. Rows that were applied under the same change
    /// set are not applied again.
    #[must_use]
    pub fn in_change_set(mut self, change_set: ChangeSetId) -> Import {
        self.change_set = Some(change_set);
        self
    }

    /// Steps over the rows that an interrupted import has written, as its report says.
    #[must_use]
    pub fn resume_after(mut self, row: u64) -> Import {
        self.resume_after = Some(row);
        self
    }

    /// How many problems the report lists; it counts all of them.
    #[must_use]
    pub fn keep_problems(mut self, count: usize) -> Import {
        self.problems_kept = count;
        self
    }

    /// By which clock the report says how long it took.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Import {
        self.clock = Some(clock);
        self
    }

    /// Shows what the import would do; nothing is written.
    ///
    /// It keeps in mind what the rows before would have created, so that it needs some memory for each new record.
    ///
    /// # Errors
    /// When the file is no table, the mapping does not fit it, or the storage fails at the start.
    pub async fn preview(&self, acting: &Acting<'_>, observer: &mut dyn Observer) -> Result<Report, Problem> {
        run::run(self, acting, observer, true).await
    }

    /// Imports. What went wrong with rows, and why the import stopped when it did, is in the report.
    ///
    /// # Errors
    /// When the file is no table, the mapping does not fit it, or the storage fails at the start.
    pub async fn apply(&self, acting: &Acting<'_>, observer: &mut dyn Observer) -> Result<Report, Problem> {
        run::run(self, acting, observer, false).await
    }
}

#[cfg(test)]
mod tests;
