//! Runs: a source is read page by page, every page is decided and committed as a whole, and what vanished is looked at
//! when, and only when, everything was read.
//!
//! A run is a change set. A source that [looks only](iam_core::model::SourceMode::LookOnly) goes the same way up to the
//! commit. A full run that was interrupted is read again from the start: what it applied is unchanged by then and is not
//! written again, and only a read from start to end may say who is gone. Other runs go on at the page they were at,
//! where the connector can.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use iam_core::{
    command::NoteSync,
    model::{
        ChangeSetId, EntityId, Kind, Moment, Record, ReferenceBy, RunMode, SourceId, SourceRules, SyncAction,
        SyncKind, SyncRunId,
    },
    plan::Schema,
    port::{Clock, Connection, ConnectorError, Cursor, Objects, Read},
    rules::structure,
    search::{Predicate, Search},
    service::Acting,
    wire::{Code, Problem},
};

use super::{
    Mapper,
    key::{ByKey, Keys},
    mapping::leads_to,
};

mod ahead;
mod apply;
mod build;
mod edges;
mod page;
mod pages;
mod refs;
mod report;
mod source;
mod steps;
mod undo;
mod vanish;
mod wish;

pub use report::{Counts, Finding, KindCounts, Observer, RunReport, RunState};
pub use source::{Sample, Sources};
pub use undo::Undone;

/// How long a worker may be silent, in seconds.
const LEASE: i64 = 120;
/// How often it is heard of, in seconds.
const NOTE: i64 = 15;
/// How often a page is asked for again.
const ATTEMPTS: u32 = 4;
/// Findings kept.
const FINDINGS: usize = 500;
/// Records that wait for values that others hold.
const WAITING: usize = 10_000;

/// The lease that a run holds; none for a preview.
#[derive(Debug, Clone)]
struct Lease {
    run: SyncRunId,
    worker: String,
}

/// One kind of a run.
struct KindState {
    mapper: Arc<Mapper>,
    /// Linked when the run started.
    linked: u64,
    /// Objects that were known when the run started, whatever their state.
    known: u64,
    /// Of these, how many the source named again.
    met: u64,
    /// Keys of what the source has.
    seen: Keys,
    /// Everything that the source has was named.
    complete: bool,
    /// Objects gone, by what the source says.
    deleted: Vec<String>,
    token: Option<String>,
}

/// Everything that is known to a run.
struct Run<'a> {
    acting: Acting<'a>,
    clock: Arc<dyn Clock>,
    source: SourceId,
    name: String,
    rules: SourceRules,
    schema: Arc<Schema>,
    mode: RunMode,
    look_only: bool,
    lease: Option<Lease>,
    observer: &'a mut dyn Observer,
    kinds: BTreeMap<SyncKind, KindState>,
    /// Records by the keys under which the source names them.
    known: ByKey<EntityId>,
    named_by: NamedBy,
    /// Keys of names that were asked for lately.
    names: HashMap<String, u128>,
    /// Records by their own attributes.
    by_attribute: HashMap<Box<refs::Named>, Option<EntityId>>,
    /// Records that the steps under way create.
    foreseen: HashSet<EntityId>,
    /// Records that a preview would have created.
    planned: HashSet<EntityId>,
    /// Edges to be followed when everything is there.
    open: Vec<edges::Open>,
    /// Pairs of memberships that the source names.
    pairs: Vec<(refs::RefKey, refs::RefKey)>,
    /// Objects that wait until others have let go of a value.
    waiting: Vec<page::Item>,
    /// Of a run that looks only: attributes that no object had so far, and what each would become.
    unheard: BTreeMap<SyncKind, Vec<(String, String)>>,
    counts: Counts,
    findings: Vec<Finding>,
    /// How much of each action was done, and of what was emptied by attribute.
    actions: BTreeMap<(SyncKind, SyncAction, Box<str>), u64>,
    noted: Moment,
    pages: u64,
    /// Where the run was.
    place: Place,
}

/// By which keys of its own a source names records.
#[derive(Debug, Clone, Copy, Default)]
struct NamedBy {
    identifier: bool,
    name: bool,
}

impl NamedBy {
    fn of(rules: &SourceRules) -> NamedBy {
        let mut by = NamedBy {
            // A complete list of memberships is compared with all that the source has.
            identifier: rules.kinds.contains_key(&SyncKind::Membership),
            name: false,
        };
        for (kind, rules) in &rules.kinds {
            for mapping in rules
                .mappings
                .iter()
                .filter(|mapping| leads_to(*kind, &mapping.to).is_some())
            {
                match &mapping.reference {
                    None | Some(ReferenceBy::Identifier) => by.identifier = true,
                    Some(ReferenceBy::Name) => by.name = true,
                    Some(ReferenceBy::Attribute(_)) => {}
                }
            }
        }
        by
    }
}

/// Where a run is.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
struct Place {
    kind: Option<SyncKind>,
    cursor: Option<Cursor>,
    page: u64,
}

/// What is asked for.
struct Order<'a> {
    source: Arc<Record>,
    mode: RunMode,
    filter: Option<String>,
    look_only: bool,
    change_set: ChangeSetId,
    lease: Option<Lease>,
    place: Place,
    clock: Arc<dyn Clock>,
    observer: &'a mut dyn Observer,
}

/// The tokens of a source by kind.
type Tokens = BTreeMap<SyncKind, String>;

/// The first 16 bytes of a key as a number: smaller, and as good.
fn compact(key: &str) -> u128 {
    u128::from_str_radix(key.get(..32).unwrap_or(key), 16).unwrap_or_default()
}

/// Carries out a run over an open connection.
async fn carry_out(
    acting: &Acting<'_>,
    connection: &mut dyn Connection,
    can_resume: bool,
    order: Order<'_>,
) -> Result<(RunReport, Tokens), Problem> {
    let rules: SourceRules = structure::from_record(&order.source, "rules").unwrap_or_default();
    let tokens: Tokens = match order.mode {
        RunMode::Incremental => structure::from_record(&order.source, "tokens").unwrap_or_default(),
        _ => Tokens::new(),
    };
    let schema = acting.schema().await?;
    let now = order.clock.now();
    let source = SourceId::try_from(order.source.id)
        .map_err(|error| Problem::new(Code::Corrupt, "the run is of no source").caused_by(error))?;
    let mut kinds = BTreeMap::new();
    for (kind, kind_rules) in &rules.kinds {
        let mapper = Mapper::new(&schema, *kind, kind_rules, now)?;
        let of_kind = || {
            Predicate::eq("identity_source", order.source.id.to_string())
                .and(Predicate::eq("object_kind", kind.name()))
        };
        let known = match kind.record_kind() {
            Some(_) => acting.count(Kind::Shadow, of_kind()).await?,
            None => 0,
        };
        let linked = match known {
            0 => 0,
            _ => {
                let filter = of_kind().and(Predicate::eq("state", "linked"));
                acting.count(Kind::Shadow, filter).await?
            }
        };
        kinds.insert(
            *kind,
            KindState {
                mapper: Arc::new(mapper),
                linked,
                known,
                met: 0,
                seen: Keys::default(),
                complete: false,
                deleted: Vec::new(),
                token: tokens.get(kind).cloned(),
            },
        );
    }
    let named_by = NamedBy::of(&rules);
    let listens = order.look_only && order.mode == RunMode::Full;
    let taken = |state: &KindState| {
        let taken = state.mapper.taken();
        taken.map(|(from, to)| (from.to_owned(), to.to_owned())).collect()
    };
    let unheard = kinds.iter().filter(|_| listens);
    let unheard = unheard.map(|(kind, state)| (*kind, taken(state))).collect();
    let mut run = Run {
        acting: acting
            .clone()
            .through(iam_core::plan::Channel::Sync)
            .in_change_set(order.change_set),
        clock: order.clock.clone(),
        source,
        name: order.source.text("name").to_owned(),
        rules,
        schema,
        mode: order.mode,
        look_only: order.look_only,
        lease: order.lease,
        observer: order.observer,
        kinds,
        known: ByKey::default(),
        named_by,
        names: HashMap::new(),
        by_attribute: HashMap::new(),
        foreseen: HashSet::new(),
        planned: HashSet::new(),
        open: Vec::new(),
        pairs: Vec::new(),
        waiting: Vec::new(),
        unheard,
        counts: Counts::default(),
        findings: Vec::new(),
        actions: BTreeMap::new(),
        noted: now,
        pages: 0,
        place: match can_resume && order.mode != RunMode::Full {
            true => order.place,
            false => Place::default(),
        },
    };
    let ended = run.phases(connection, order.filter.as_deref()).await;
    if ended.is_ok() {
        run.tell_unheard();
    }
    let tokens = run
        .kinds
        .iter()
        .filter_map(|(kind, state)| Some((*kind, state.token.clone()?)))
        .collect();
    let report = run.report(order.change_set, now, ended);
    Ok((report, tokens))
}

impl Run<'_> {
    async fn phases(&mut self, connection: &mut dyn Connection, filter: Option<&str>) -> Result<(), Problem> {
        let resumed = std::mem::take(&mut self.place);
        for kind in SyncKind::ALL {
            if !self.kinds.contains_key(&kind) || resumed.kind.is_some_and(|at| kind < at) {
                continue;
            }
            let from = (resumed.kind == Some(kind))
                .then(|| resumed.cursor.clone())
                .flatten();
            self.read_kind(connection, kind, filter, from).await?;
            self.retry_waiting(kind).await?;
        }
        self.follow_edges().await?;
        self.vanished().await?;
        Ok(())
    }

    fn order(&self, kind: SyncKind, filter: Option<&str>) -> Read {
        let rules = self.rules.kinds.get(&kind);
        let own = rules.and_then(|rules| rules.filter.clone());
        Read {
            kind,
            object_class: rules.map(|rules| rules.object_class.clone()).unwrap_or_default(),
            filter: match (self.mode, filter) {
                (RunMode::Filtered, Some(filter)) => Some(filter.to_owned()),
                _ => own,
            },
            attributes: self
                .kinds
                .get(&kind)
                .map(|state| state.mapper.attributes())
                .unwrap_or_default(),
            since: self.kinds.get(&kind).and_then(|state| state.token.clone()),
            page_size: self.rules.page_size.clamp(1, 5000),
        }
    }

    /// Is heard of, and hears whether it is to stop.
    async fn note(&mut self) -> Result<(), Problem> {
        self.observer.progress(&self.counts);
        if self.observer.is_cancelled() {
            return Err(Problem::new(Code::Cancelled, "the run was cancelled"));
        }
        let now = self.clock.now();
        let Some(lease) = &self.lease else { return Ok(()) };
        if now < self.noted.plus_seconds(NOTE) {
            return Ok(());
        }
        let run = self.acting.get(lease.run).await?;
        if run.flag("cancel_requested") {
            return Err(Problem::new(Code::Cancelled, "the run was cancelled"));
        }
        let value = |value: Option<iam_core::model::Value>| {
            value.unwrap_or_else(|| iam_core::model::Value::Object(BTreeMap::new()))
        };
        let note = NoteSync {
            run: lease.run,
            worker: lease.worker.clone(),
            until: now.plus_seconds(LEASE),
            place: value(structure::to_value(&self.place)),
            counts: value(structure::to_value(&self.counts)),
        };
        // Not part of the change set: undoing the run must not undo that it happened.
        let outside = self.acting.clone().outside_change_set();
        outside.execute(note).await?;
        self.noted = now;
        Ok(())
    }

    /// Keeps a finding.
    pub(super) fn find(&mut self, finding: Finding) {
        self.observer.finding(&finding);
        if self.findings.len() < FINDINGS {
            self.findings.push(finding);
        }
        self.counts.findings += 1;
    }

    /// The counts of a kind.
    pub(super) fn count(&mut self, kind: SyncKind) -> &mut KindCounts {
        self.counts.kinds.entry(kind).or_default()
    }

    /// Refuses what would be too much of one action, before any of it is done. What is emptied is counted by attribute.
    pub(super) fn allow(
        &mut self,
        kind: SyncKind,
        action: SyncAction,
        attribute: &str,
        more: u64,
    ) -> Result<(), Problem> {
        let linked = self.kinds.get(&kind).map_or(0, |state| state.linked);
        let key = (kind, action, Box::from(attribute));
        let done = self.actions.entry(key).or_default();
        let would = done.saturating_add(more);
        let before = std::mem::replace(done, would);
        self.bounded(kind, action, attribute, [before, would], linked)
    }

    /// The same for so many of so many: what was done before, and what would be done.
    pub(super) fn bounded(
        &mut self,
        kind: SyncKind,
        action: SyncAction,
        attribute: &str,
        [before, would]: [u64; 2],
        of: u64,
    ) -> Result<(), Problem> {
        let rules = self.rules.kinds.get(&kind);
        let threshold = rules.and_then(|rules| rules.threshold(action));
        let exceeded = |done| threshold.is_some_and(|threshold| threshold.is_exceeded(done, of));
        if would == before || !exceeded(would) {
            return Ok(());
        }
        let (kind, action) = (kind.name(), action.name().replace('_', " "));
        let what = match attribute {
            "" => action,
            attribute => format!("{action} `{attribute}` of"),
        };
        let message = format!("the run would {what} {would} of {of} {kind}s, more than it may");
        let problem = Problem::new(Code::Threshold, message).about(kind);
        if !self.look_only {
            return Err(problem);
        }
        // Whoever looks only is told once.
        if !exceeded(before) {
            self.find(Finding::of_run(problem.code.name(), &problem.message));
        }
        Ok(())
    }
}

/// One page, asked for again when the source asks for time or does not answer for a moment.
async fn read_page(
    connection: &mut dyn Connection,
    read: &Read,
    cursor: Option<&Cursor>,
) -> Result<Objects, ConnectorError> {
    let mut attempt = 0;
    loop {
        attempt += 1;
        match connection.read(read, cursor).await {
            Err(ConnectorError::Throttled { seconds }) if attempt < ATTEMPTS => {
                tokio::time::sleep(std::time::Duration::from_secs(seconds.min(60))).await;
            }
            other => return other,
        }
    }
}

/// Everything that matches, page by page.
async fn all(acting: &Acting<'_>, search: Search) -> Result<Vec<Arc<Record>>, Problem> {
    let mut search = search.limit(iam_core::search::MAXIMUM_LIMIT);
    let mut found = Vec::new();
    loop {
        let page = acting.search(&search).await?;
        found.extend(page.items);
        match page.next {
            Some(next) => search = search.cursor(next),
            None => return Ok(found),
        }
    }
}
