//! The passes of an import over its table.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use iam_core::{
    model::{ChangeSetId, EntityId, Moment},
    plan::{Change, Channel, Plan, Schema, Seed},
    service::Acting,
    wire::{Code, FieldProblem, Problem},
};
use sha2::{Digest, Sha256};

use super::{
    Action, Decision, Import, Missing, Observer, Phase, Progress, Report,
    chunk::Entry,
    lookup::{Distinct, References, key_of},
};
use crate::table::{
    RowProblem, Rows,
    mapping::{Compiled, Mapped},
};

/// What is known to a run.
pub(super) struct Run<'a> {
    pub(super) import: &'a Import,
    pub(super) acting: Acting<'a>,
    pub(super) observer: &'a mut dyn Observer,
    pub(super) preview: bool,
    pub(super) change_set: ChangeSetId,
    pub(super) schema: Arc<Schema>,
    pub(super) compiled: Compiled,
    /// The place of the field by which rows are matched.
    pub(super) matching: usize,
    pub(super) report: Report,
    pub(super) references: References,
    pub(super) distinct: Distinct,
    pub(super) ahead: Ahead,
    /// Rows whose references to other rows wait for the second pass, with what was decided so far.
    pub(super) open: BTreeMap<u64, Decision>,
    /// Rows that can only move when others have moved.
    pub(super) waiting: BTreeSet<u64>,
    /// Waiting has no point any more.
    pub(super) last_chance: bool,
    /// The records that the table mentions.
    pub(super) seen: Option<HashSet<EntityId>>,
    /// Where each match value stands.
    matched: HashMap<String, u64>,
    /// Some rows could not even be matched: who is missing cannot be told.
    pub(super) unread: u64,
    phase: Phase,
    done: u64,
    total: Option<u64>,
}

/// What a preview would have written, as far as later rows can see it.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    /// Records by what rows may call them: kind of value and search key.
    pub(super) ids: HashMap<(String, String), EntityId>,
    /// New records.
    pub(super) records: HashMap<EntityId, Change>,
    /// Everything, where decisions depend on more than the records named: the tree of organizations.
    pub(super) plan: Option<Plan>,
}

/// A chunk of the table.
struct Piece {
    entries: Vec<Entry>,
    last: Option<u64>,
    ended: bool,
}

/// Looks at everything, or does everything.
pub(super) async fn run(
    import: &Import,
    acting: &Acting<'_>,
    observer: &mut dyn Observer,
    preview: bool,
) -> Result<Report, Problem> {
    let started = import.clock.as_ref().map(|clock| clock.now());
    let change_set = import.change_set.unwrap_or_else(|| acting.new_change_set());
    let acting = acting.clone().through(Channel::Import).in_change_set(change_set);
    let mut report = None;
    if import.all_or_nothing && !preview {
        let mut quiet = Quiet(observer);
        let mut validation = Run::new(import, &acting, &mut quiet, true, change_set, Phase::Validate).await?;
        validation.passes().await;
        if !validation.report.succeeded() {
            let mut found = validation.report;
            if found.stopped.is_none() {
                let message = format!(
                    "nothing was written, because {} rows are wrong",
                    found.failed + found.incomplete
                );
                found.stopped = Some(Problem::new(Code::Invalid, message));
            }
            found.resume_after_row = None;
            report = Some(found);
        }
    }
    let mut report = match report {
        Some(report) => report,
        None => {
            let mut run = Run::new(import, &acting, observer, preview, change_set, Phase::Rows).await?;
            run.passes().await;
            run.report
        }
    };
    report.problems.sort_by_key(|problem| problem.number);
    report.milliseconds = import.clock.as_ref().zip(started).map(|(clock, started)| {
        let micros = clock.now().micros().saturating_sub(started.micros());
        u64::try_from(micros / 1000).unwrap_or_default()
    });
    Ok(report)
}

/// While everything is looked through, only progress is told: the decisions follow when they are made.
struct Quiet<'a>(&'a mut dyn Observer);

impl Observer for Quiet<'_> {
    fn progress(&mut self, progress: &Progress) {
        self.0.progress(&Progress {
            phase: Phase::Validate,
            ..*progress
        });
    }
    fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}

impl<'a> Run<'a> {
    async fn new(
        import: &'a Import,
        acting: &Acting<'a>,
        observer: &'a mut dyn Observer,
        preview: bool,
        change_set: ChangeSetId,
        phase: Phase,
    ) -> Result<Run<'a>, Problem> {
        let schema = acting.schema().await?;
        let compiled = import
            .mapping
            .compile(import.source.open()?.headers(), &schema, import.kind)?;
        let matching = matching(import, &compiled)?;
        let mut report = Report::new(import.kind, preview, change_set);
        report.unused_columns = compiled.unused.clone();
        Ok(Run {
            import,
            acting: acting.clone(),
            observer,
            preview,
            change_set,
            schema,
            compiled,
            matching,
            report,
            references: References::default(),
            distinct: Distinct::default(),
            ahead: Ahead::default(),
            open: BTreeMap::new(),
            waiting: BTreeSet::new(),
            last_chance: false,
            seen: matches!(import.missing, Missing::Disable { .. }).then(HashSet::new),
            matched: HashMap::new(),
            unread: 0,
            phase,
            done: 0,
            total: None,
        })
    }

    /// All passes; what stops them is in the report.
    async fn passes(&mut self) {
        if let Err(problem) = self.try_passes().await {
            self.report.stopped = Some(problem);
            // These rows are written; only what they name is not.
            for decision in std::mem::take(&mut self.open).into_values() {
                self.report.incomplete += 1;
                self.decide(decision);
            }
        }
    }

    async fn try_passes(&mut self) -> Result<(), Problem> {
        self.total = Some(self.count()?);
        self.first_pass().await?;
        self.second_pass().await?;
        if let Missing::Disable { among, limit } = &self.import.missing {
            self.step(Phase::Missing)?;
            self.disable_missing(among.clone(), *limit).await?;
        }
        self.report.resume_after_row = None;
        Ok(())
    }

    fn count(&self) -> Result<u64, Problem> {
        let mut rows = self.import.source.open()?;
        let mut count = 0;
        while rows.next_row()?.is_some() {
            count += 1;
        }
        Ok(count)
    }

    /// Begins a phase.
    fn step(&mut self, phase: Phase) -> Result<(), Problem> {
        if self.phase != Phase::Validate {
            self.phase = phase;
        }
        self.done = 0;
        self.go_on()
    }

    fn go_on(&mut self) -> Result<(), Problem> {
        let progress = Progress {
            phase: self.phase,
            done: self.done,
            total: self.total,
        };
        self.observer.progress(&progress);
        if self.observer.is_cancelled() {
            return Err(Problem::new(Code::Cancelled, "the import was cancelled"));
        }
        Ok(())
    }

    /// The last row that an interrupted run has written. Who is missing is only known when every row was matched:
    /// then none is stepped over.
    fn stepped_over(&self) -> u64 {
        self.import
            .resume_after
            .filter(|_| self.seen.is_none())
            .unwrap_or_default()
    }

    /// Creates and updates.
    async fn first_pass(&mut self) -> Result<(), Problem> {
        self.step(Phase::Rows)?;
        let import = self.import;
        let mut rows = import.source.open()?;
        let after = self.stepped_over();
        loop {
            let piece = self.read(&mut *rows, after, true)?;
            if !piece.entries.is_empty() {
                self.write(piece.entries, false).await?;
            }
            if piece.last > self.report.resume_after_row {
                self.report.resume_after_row = piece.last;
            }
            self.go_on()?;
            if piece.ended {
                return Ok(());
            }
        }
    }

    /// Connects rows with rows that came later. What an interrupted run left open is not known: the rows that were
    /// stepped over are all looked at.
    async fn second_pass(&mut self) -> Result<(), Problem> {
        let stepped_over = self.stepped_over();
        let has_references = self
            .compiled
            .fields
            .iter()
            .any(|field| field.references() == Some(self.import.kind));
        if !has_references || (self.open.is_empty() && stepped_over == 0) {
            return Ok(());
        }
        self.pass_over(|run, row| row <= stepped_over || run.open.contains_key(&row))
            .await?;
        while !self.waiting.is_empty() {
            let before = std::mem::take(&mut self.waiting);
            self.pass_over(|_, row| before.contains(&row)).await?;
            self.last_chance = self.waiting.len() == before.len();
        }
        Ok(())
    }

    /// Sets references to other rows, of the rows asked for.
    async fn pass_over(&mut self, wanted: impl Fn(&Self, u64) -> bool + Send) -> Result<(), Problem> {
        self.step(Phase::References)?;
        let import = self.import;
        let mut rows = import.source.open()?;
        loop {
            let mut piece = self.read(&mut *rows, 0, false)?;
            piece.entries.retain(|entry| wanted(self, entry.number.row));
            if !piece.entries.is_empty() {
                self.write(piece.entries, true).await?;
            }
            self.go_on()?;
            if piece.ended {
                return Ok(());
            }
        }
    }

    /// Reads a chunk and maps its rows. The second pass meets the problems of the first one again, and is silent.
    fn read(&mut self, rows: &mut (dyn Rows + Send), after: u64, first: bool) -> Result<Piece, Problem> {
        let mut piece = Piece {
            entries: Vec::new(),
            last: None,
            ended: false,
        };
        while piece.entries.len() < self.import.chunk {
            let Some(row) = rows.next_row()? else {
                piece.ended = true;
                break;
            };
            self.done += 1;
            let row = match row {
                Ok(row) if row.is_blank() => continue,
                Ok(row) => row,
                Err(problem) => {
                    if first {
                        self.report.rows += 1;
                        self.unread += 1;
                        self.fail(problem.number, vec![problem]);
                    }
                    continue;
                }
            };
            piece.last = Some(row.number.row);
            let entry = self.entry(&row);
            if !first {
                piece.entries.extend(entry.ok());
            } else if row.number.row <= after {
                self.report.skipped += 1;
            } else {
                self.report.rows += 1;
                match entry {
                    Ok(entry) => piece.entries.push(entry),
                    Err(problems) => {
                        self.unread += 1;
                        self.fail(row.number, problems);
                    }
                }
            }
        }
        Ok(piece)
    }

    /// A row with its match value. The error says why it cannot even be matched.
    fn entry(&mut self, row: &crate::table::Row) -> Result<Entry, Vec<RowProblem>> {
        let column = self
            .compiled
            .fields
            .get(self.matching)
            .map(|field| field.column.clone())
            .unwrap_or_default();
        let value = match self.compiled.value(self.matching, row) {
            Ok(Some(Mapped::Value(value))) => value,
            Ok(_) => {
                let message = "the cell is empty by which rows are matched";
                return Err(vec![
                    RowProblem::new(row.number, "match.empty", message).in_column(column),
                ]);
            }
            Err(problem) => return Err(vec![problem]),
        };
        let Some(key) = key_of(&value) else {
            let message = "rows are not matched by several values";
            return Err(vec![
                RowProblem::new(row.number, "match.several", message).in_column(column),
            ]);
        };
        let mut problems = Vec::new();
        let values = self.compiled.apply(row).unwrap_or_else(|wrong| {
            problems = wrong;
            Vec::new()
        });
        let earlier = *self.matched.entry(key.clone()).or_insert(row.number.row);
        if earlier != row.number.row {
            let message = format!("the value by which rows are matched stands in row {earlier} already");
            problems.push(RowProblem::new(row.number, "match.duplicate", message).in_column(column));
        }
        Ok(Entry {
            number: row.number,
            value,
            key,
            values,
            problems,
        })
    }

    /// Notes a row that is wrong.
    pub(super) fn fail(&mut self, number: crate::table::RowNumber, problems: Vec<RowProblem>) {
        self.problems(problems);
        self.decide(Decision {
            number,
            action: Action::Fail,
            id: None,
            changes: Vec::new(),
        });
    }

    pub(super) fn problems(&mut self, problems: Vec<RowProblem>) {
        for problem in problems {
            self.report.problems_total += 1;
            if self.report.problems.len() < self.import.problems_kept {
                self.report.problems.push(problem);
            }
        }
    }

    /// Notes what was decided about a row.
    pub(super) fn decide(&mut self, decision: Decision) {
        self.report.count(decision.action);
        self.observer.row(&decision);
    }

    /// 32 bytes that only this import has, for a purpose.
    pub(super) fn derive(&self, purpose: &str, parts: &[&[u8]]) -> Seed {
        let mut hash = Sha256::new();
        hash.update(purpose);
        hash.update(EntityId::from(self.change_set).uuid.as_bytes());
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Seed(hash.finalize().into())
    }

    /// When the change set was begun, by its identifier: what is derived from it is the same in a later run.
    pub(super) fn begun(&self) -> Moment {
        let bytes = EntityId::from(self.change_set).uuid.as_u128();
        let millis = i64::try_from(bytes >> 80).unwrap_or_default();
        Moment::from_micros(millis.saturating_mul(1000))
    }
}

/// The field by which rows are matched (S2-60).
fn matching(import: &Import, compiled: &Compiled) -> Result<usize, Problem> {
    let attribute = import.matching.as_str();
    let wrong =
        |code: &str, message: String| Problem::fields(vec![FieldProblem::new(attribute, code, message)]);
    let place = compiled
        .fields
        .iter()
        .position(|field| field.definition.name == attribute)
        .ok_or_else(|| {
            wrong(
                "match.unmapped",
                "no column sets the attribute by which rows are to be matched".to_owned(),
            )
        })?;
    let Some(field) = compiled.fields.get(place) else {
        return Err(wrong("match.unmapped", String::new()));
    };
    let definition = &field.definition;
    if !definition.searchable || definition.multiple || definition.derived || field.is_distinct() {
        let message = "rows cannot be matched by it: it must be searchable, single and stand in the table";
        return Err(wrong("match.unfit", message.to_owned()));
    }
    Ok(place)
}
