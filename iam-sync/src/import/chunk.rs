//! One chunk of rows: matched, turned into commands, decided, committed.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use iam_core::{
    command::Command,
    model::{CommandId, Edge, EntityId, Kind, Record, Value},
    plan::{Change, Direction, EdgesOf, Plan},
    search::Deleted,
    service::BatchMode,
    wire::{Code, Problem, ProblemKind},
};

use super::{
    Action, Decision,
    commands::relation_of,
    lookup::{having, key_of},
    run::Run,
    touched::touched,
};
use crate::table::{
    RowNumber, RowProblem,
    mapping::{Mapped, When},
};

/// How often a commit is tried again when others change things at the same time.
const ATTEMPTS: usize = 5;

/// A row that can be matched.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) number: RowNumber,
    /// The value by which it is matched, and its search key.
    pub(super) value: Value,
    pub(super) key: String,
    /// What it says, field by field; empty when something is wrong with it.
    pub(super) values: Vec<Option<Mapped>>,
    pub(super) problems: Vec<RowProblem>,
}

/// A row and the record it is about.
pub(super) struct Item {
    pub(super) entry: Entry,
    pub(super) id: EntityId,
    pub(super) existing: Option<Arc<Record>>,
    pub(super) edges: Vec<Edge>,
    /// Values made distinct, by field.
    pub(super) distinct: BTreeMap<usize, String>,
    /// Its reference to another row waits for the second pass.
    pub(super) deferred: bool,
}

impl Item {
    pub(super) fn creates(&self, second: bool) -> bool {
        self.existing.is_none() && !second
    }
}

impl Run<'_> {
    /// Decides and writes a chunk. The second pass only sets references to other rows.
    pub(super) async fn write(&mut self, entries: Vec<Entry>, second: bool) -> Result<(), Problem> {
        let mut items = self.items(entries, second).await?;
        self.look_up(&items, second).await?;
        if second {
            self.sort(&mut items);
        } else {
            self.read_edges(&mut items).await?;
            self.make_distinct(&mut items).await?;
        }
        for attempt in 1.. {
            let (plan, open) = self.settle(&mut items, second).await?;
            if items.is_empty() {
                break;
            }
            let touched = match self.commit(&items, plan, second).await {
                Ok(touched) => touched,
                // Somebody else changed something between looking and writing.
                Err(problem) if attempt < ATTEMPTS && problem.kind() != ProblemKind::Storage => continue,
                Err(problem) => return Err(problem),
            };
            self.note(items, &touched, &open, second);
            break;
        }
        Ok(())
    }

    /// The rows with their records. Rows that are wrong end here.
    async fn items(&mut self, entries: Vec<Entry>, second: bool) -> Result<Vec<Item>, Problem> {
        let kind = self.import.kind;
        let matching = self.import.matching.clone();
        let values: Vec<Value> = entries.iter().map(|entry| entry.value.clone()).collect();
        let mut records: HashMap<String, Vec<Arc<Record>>> = HashMap::new();
        for record in having(&self.acting, kind, &matching, &values, Deleted::Exclude).await? {
            if let Some(key) = record.value(&matching).and_then(key_of) {
                records.entry(key).or_default().push(record);
            }
        }
        let mut items = Vec::with_capacity(entries.len());
        for mut entry in entries {
            let found = records.remove(&entry.key).unwrap_or_default();
            if let Some(seen) = &mut self.seen {
                seen.extend(found.iter().map(|record| record.id));
            }
            if found.len() > 1 {
                let message = format!(
                    "{} records have this value; a row can be one of them only",
                    found.len()
                );
                let column = self
                    .compiled
                    .fields
                    .get(self.matching)
                    .map(|field| field.column.clone());
                entry.problems.push(
                    RowProblem::new(entry.number, "match.ambiguous", message)
                        .in_column(column.unwrap_or_default()),
                );
            }
            if !entry.problems.is_empty() {
                if !second {
                    self.fail(entry.number, std::mem::take(&mut entry.problems));
                }
                continue;
            }
            let existing = found.into_iter().next();
            let ahead = || {
                self.ahead
                    .ids
                    .get(&(matching.clone(), entry.key.clone()))
                    .copied()
            };
            let id = match (&existing, second) {
                (Some(record), _) => record.id,
                (None, false) => self.new_id(&entry),
                (None, true) => match ahead() {
                    Some(id) => id,
                    // It failed in the first pass.
                    None => continue,
                },
            };
            items.push(Item {
                entry,
                id,
                existing,
                edges: Vec::new(),
                distinct: BTreeMap::new(),
                deferred: false,
            });
        }
        Ok(items)
    }

    /// The identifier of a new record: the same in a preview, in the import, and when the import is repeated.
    fn new_id(&self, entry: &Entry) -> EntityId {
        let ordinal = u32::try_from(entry.number.row).unwrap_or(u32::MAX);
        self.derive("record", &[entry.key.as_bytes()])
            .id(self.import.kind, self.begun(), ordinal)
    }

    /// Looks up what the cells name.
    async fn look_up(&mut self, items: &[Item], second: bool) -> Result<(), Problem> {
        let own = self.import.kind;
        let mut keys = Vec::new();
        for item in items {
            for (value, field) in item.entry.values.iter().zip(&self.compiled.fields) {
                if let Some(Mapped::References(named)) = value
                    && (!second || field.references() == Some(own))
                {
                    keys.extend(named);
                }
            }
        }
        self.references.look_up(&self.acting, &keys).await
    }

    /// The edges that cells speak of, of records that exist.
    async fn read_edges(&mut self, items: &mut [Item]) -> Result<(), Problem> {
        let relations: Vec<(usize, _)> = self
            .compiled
            .fields
            .iter()
            .enumerate()
            .filter(|(_, field)| field.definition.multiple || field.when == When::Unset)
            .filter_map(|(place, field)| {
                relation_of(&field.definition.name).map(|relation| (place, relation))
            })
            .collect();
        let asked = |item: &Item| -> Vec<EdgesOf> {
            relations
                .iter()
                .filter(|(place, _)| item.entry.values.get(*place).is_some_and(Option::is_some))
                .map(|(_, relation)| EdgesOf {
                    id: item.id,
                    direction: Direction::From,
                    relation: *relation,
                })
                .collect()
        };
        let known = |item: &&mut Item| item.existing.is_some();
        let sets: Vec<EdgesOf> = items
            .iter()
            .filter(|item| item.existing.is_some())
            .flat_map(asked)
            .collect();
        if sets.is_empty() {
            return Ok(());
        }
        let mut found = self.acting.edges_of(sets).await?;
        for item in items.iter_mut().filter(known) {
            for set in asked(item) {
                item.edges.extend(found.remove(&set).unwrap_or_default());
            }
        }
        Ok(())
    }

    async fn make_distinct(&mut self, items: &mut [Item]) -> Result<(), Problem> {
        let deleted = match self.schema.settings.deleted_keep_names {
            true => Deleted::Include,
            false => Deleted::Exclude,
        };
        for (place, field) in self
            .compiled
            .fields
            .iter()
            .enumerate()
            .filter(|(_, field)| field.is_distinct())
        {
            let name = field.definition.name.as_str();
            let (mut places, mut bases) = (Vec::new(), Vec::new());
            for (at, item) in items.iter().enumerate() {
                let has = item
                    .existing
                    .as_ref()
                    .is_some_and(|record| record.value(name).is_some());
                if let (false, Some(Some(Mapped::Distinct(base)))) = (has, item.entry.values.get(place)) {
                    places.push(at);
                    bases.push(base.clone());
                }
            }
            let values = self
                .distinct
                .assign(&self.acting, self.import.kind, name, &bases, deleted)
                .await?;
            for (at, value) in places.into_iter().zip(values) {
                if let Some(item) = items.get_mut(at) {
                    item.distinct.insert(place, value);
                }
            }
        }
        Ok(())
    }

    /// Decides until no row is refused any more; refused rows are reported and taken out. Answers with the commands
    /// as they can be committed, and which rows wait for the second pass.
    async fn settle(&mut self, items: &mut Vec<Item>, second: bool) -> Result<(Decided, Vec<bool>), Problem> {
        loop {
            let built = self.build_all(items, second);
            let mut wrong: BTreeMap<usize, Vec<RowProblem>> = BTreeMap::new();
            for (at, built) in built.iter().enumerate() {
                if !built.problems.is_empty() {
                    wrong.insert(at, built.problems.clone());
                }
            }
            if !wrong.is_empty() {
                self.take_out(items, wrong, second);
                continue;
            }
            let commands: Vec<Command> = built
                .iter()
                .flat_map(|built| built.commands.iter().cloned())
                .collect();
            let base = self.base(&commands, items);
            let outcome = self.acting.preview_batch(&commands, base.as_ref()).await?;
            let mut results = outcome.results.into_iter();
            let mut deferred = false;
            let mut waiting = BTreeSet::new();
            let mut refused: BTreeMap<usize, Problem> = BTreeMap::new();
            for (at, built) in built.iter().enumerate() {
                for place in 0..built.commands.len() {
                    let Some(Err(problem)) = results.next() else {
                        continue;
                    };
                    let own = built.own == Some(place) && problem.code == Code::Cycle;
                    // Rows that change places in a tree may need the others to move first.
                    if own && !second {
                        if let Some(item) = items.get_mut(at) {
                            item.deferred = true;
                            deferred = true;
                        }
                    } else if own && !self.last_chance {
                        waiting.insert(at);
                    } else {
                        refused.entry(at).or_insert(problem);
                    }
                }
            }
            if !waiting.is_empty() {
                let mut at = 0;
                items.retain(|item| {
                    let waits = waiting.contains(&at);
                    at += 1;
                    if waits {
                        self.waiting.insert(item.entry.number.row);
                    }
                    !waits
                });
                continue;
            }
            if refused.is_empty() && !deferred {
                let open = built.iter().map(|built| built.open).collect();
                return Ok((
                    Decided {
                        commands,
                        plan: outcome.plan,
                        base,
                    },
                    open,
                ));
            }
            // A row that relies on a refused one gets another chance without it.
            let first_hand = |at: &usize| {
                built
                    .get(*at)
                    .is_none_or(|built| !built.leans_on.iter().any(|row| refused.contains_key(row)))
            };
            let wrong: BTreeMap<usize, Vec<RowProblem>> = refused
                .iter()
                .filter(|(at, _)| first_hand(at))
                .filter_map(|(at, problem)| {
                    let number = items.get(*at)?.entry.number;
                    Some((*at, self.problems_of(number, problem)))
                })
                .collect();
            self.take_out(items, wrong, second);
        }
    }

    fn take_out(&mut self, items: &mut Vec<Item>, mut wrong: BTreeMap<usize, Vec<RowProblem>>, second: bool) {
        let mut at = 0;
        let mut out = Vec::new();
        items.retain(|item| {
            let problems = wrong.remove(&at);
            at += 1;
            let stays = problems.is_none();
            out.extend(problems.map(|problems| (item.entry.number, problems)));
            stays
        });
        for (number, problems) in out {
            if second {
                // The row itself was written; only its reference was not.
                self.problems(problems);
                self.report.incomplete += 1;
                if let Some(decision) = self.open.remove(&number.row) {
                    self.decide(decision);
                }
            } else {
                self.fail(number, problems);
            }
        }
    }

    /// A refusal, told in the words of the table.
    fn problems_of(&self, number: RowNumber, problem: &Problem) -> Vec<RowProblem> {
        if problem.fields.is_empty() {
            return vec![RowProblem::new(
                number,
                problem.code.name(),
                problem.message.clone(),
            )];
        }
        let told = |field: &iam_core::wire::FieldProblem| {
            let found = RowProblem::new(number, field.code.as_str(), field.message.as_str());
            match self.compiled.field(&field.field) {
                Some(mapped) => found.in_column(mapped.column.as_str()),
                None => found.in_column(field.field.as_str()),
            }
        };
        problem.fields.iter().map(told).collect()
    }

    /// What a preview decides on top of.
    fn base(&self, commands: &[Command], items: &[Item]) -> Option<Plan> {
        if !self.preview {
            return None;
        }
        if self.import.kind != Kind::User {
            return self.ahead.plan.clone();
        }
        // Decisions about users depend on the users named, not on all that were created so far.
        let mut named: BTreeSet<EntityId> = items.iter().map(|item| item.id).collect();
        for command in commands {
            match command {
                Command::CreateUser(create) => named.extend(create.manager.map(EntityId::from)),
                Command::SetManager(set) => named.extend(set.manager.map(EntityId::from)),
                _ => {}
            }
        }
        let changes: Vec<Change> = named
            .iter()
            .filter_map(|id| self.ahead.records.get(id).cloned())
            .collect();
        (!changes.is_empty()).then(|| Plan {
            changes,
            ..Plan::empty(self.acting.realm())
        })
    }

    /// Commits, or keeps in mind what would have been committed. Answers with what changes at which record.
    async fn commit(
        &mut self,
        items: &[Item],
        decided: Decided,
        second: bool,
    ) -> Result<HashMap<EntityId, BTreeSet<String>>, Problem> {
        let touched = touched(&decided.plan, decided.base.as_ref());
        if self.preview {
            if !second {
                for item in items.iter().filter(|item| item.creates(second)) {
                    let names = self.names(item);
                    self.ahead
                        .ids
                        .extend(names.into_iter().map(|name| (name, item.id)));
                }
            }
            if self.import.kind == Kind::User {
                for change in decided.plan.changes {
                    if let Change::Record {
                        before: None,
                        after: Some(record),
                        ..
                    } = &change
                    {
                        self.ahead.records.insert(record.id, change);
                    }
                }
            } else {
                self.ahead.plan = Some(decided.plan);
            }
            return Ok(touched);
        }
        if !decided.commands.is_empty() {
            let text = serde_json::to_vec(&decided.commands).map_err(|error| {
                Problem::new(Code::Malformed, "the commands cannot be written as JSON").caused_by(error)
            })?;
            // The same rows under the same change set are the same command: it is carried out once.
            let uuid = self
                .derive("commands", &[&text])
                .id(Kind::Command, self.begun(), 0)
                .uuid;
            self.acting
                .clone()
                .with_command_id(CommandId(uuid))
                .batch(&decided.commands, BatchMode::AllOrNothing)
                .await?;
        }
        Ok(touched)
    }

    /// Notes what became of the rows.
    fn note(
        &mut self,
        items: Vec<Item>,
        touched: &HashMap<EntityId, BTreeSet<String>>,
        open: &[bool],
        second: bool,
    ) {
        for (item, open) in items.into_iter().zip(open) {
            if let Some(seen) = &mut self.seen {
                seen.insert(item.id);
            }
            let changes: BTreeSet<String> = touched.get(&item.id).cloned().unwrap_or_default();
            let action = match (item.creates(second), changes.is_empty()) {
                (true, _) => Action::Create,
                (false, false) => Action::Update,
                (false, true) => Action::Unchanged,
            };
            let mut decision = Decision {
                number: item.entry.number,
                action,
                id: Some(item.id),
                changes: changes.into_iter().collect(),
            };
            if !second && *open {
                self.open.insert(decision.number.row, decision);
                continue;
            }
            if second {
                // Rows that were stepped over are counted as skipped.
                let Some(mut first) = self.open.remove(&decision.number.row) else {
                    continue;
                };
                if first.action == Action::Unchanged {
                    first.action = decision.action;
                }
                first.changes.append(&mut decision.changes);
                decision = first;
            }
            self.decide(decision);
        }
    }
}

/// Commands that no row is refused for any more.
struct Decided {
    commands: Vec<Command>,
    plan: Plan,
    base: Option<Plan>,
}
