//! The sources of a realm: checked, tried, scheduled, run.

use std::sync::Arc;

use iam_core::{
    command::{FinishSync, RequestSync, StartSync},
    model::{
        Configuration, EntityId, Kind, KindRules, Moment, Record, RunMode, SourceId, SourceRules, SyncKind,
        SyncRunId, Value,
    },
    port::{Clock, Connection, Connector, ObjectClass, Read, Secrets, SourceObject},
    rules::structure,
    search::{Predicate, Search, Sort},
    service::{Acting, BatchMode},
    wire::{Code, Problem},
};

use super::{Counts, LEASE, Lease, Observer, Order, Place, RunReport, RunState, Tokens, all, carry_out};
use crate::{
    connector::{Connectors, problem},
    reconcile::{Mapped, Mapper, key::fingerprint, schedule::Schedule},
};

/// The identity sources of a realm, with everything that is needed to run them.
///
/// ```no_run
/// # async fn example(acting: iam_core::service::Acting<'static>) -> Result<(), iam_core::wire::Problem> {
/// use std::sync::Arc;
/// use iam_core::{command::CreateSource, model::SourceId};
/// use iam_sync::{connector::{Connectors, KnownSecrets}, reconcile::run::Sources};
///
/// let sources = Sources::new(Connectors::builtin(), Arc::new(KnownSecrets::new()), Arc::new(iam_storage::host::SystemClock));
/// sources.connectors().install(&acting).await?;
/// // Some tasks do both again and again; any number of processes may.
/// sources.schedule(&acting).await?;
/// while let Some(report) = sources.work(&acting, "worker-1", &mut ()).await? {
///     println!("{:?}", report.counts);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Sources {
    connectors: Connectors,
    secrets: Arc<dyn Secrets>,
    clock: Arc<dyn Clock>,
}

/// An object of a source, and what the rules make of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// As the source gives it.
    pub object: SourceObject,
    /// What it asks for.
    pub mapped: Mapped,
}

impl Sources {
    /// With these connectors, secrets and clock.
    pub fn new(connectors: Connectors, secrets: Arc<dyn Secrets>, clock: Arc<dyn Clock>) -> Sources {
        Sources {
            connectors,
            secrets,
            clock,
        }
    }

    /// The connectors.
    pub fn connectors(&self) -> &Connectors {
        &self.connectors
    }

    fn connector(&self, name: &str) -> Result<&Arc<dyn Connector>, Problem> {
        self.connectors.find(name).ok_or_else(|| {
            Problem::new(
                Code::ConnectorMissing,
                format!("this process has no connector “{name}”"),
            )
            .about(name)
        })
    }

    async fn open(
        &self,
        connector: &str,
        configuration: &Configuration,
    ) -> Result<Box<dyn Connection>, Problem> {
        let connector = self.connector(connector)?;
        // What the source does not say, its connector's defaults say.
        let mut whole = configuration.clone();
        for field in connector.descriptor().fields {
            if let Some(default) = field.default {
                whole.entry(field.name).or_insert(default);
            }
        }
        connector
            .open(&whole, self.secrets.as_ref())
            .await
            .map_err(problem)
    }

    async fn open_source(&self, source: &Record) -> Result<Box<dyn Connection>, Problem> {
        let configuration = match source.value("configuration") {
            Some(Value::Object(configuration)) => configuration.clone(),
            _ => Configuration::new(),
        };
        self.open(source.text("connector"), &configuration).await
    }

    /// Connects with a configuration that is not saved yet, and tells what is there.
    ///
    /// # Errors
    /// [`Code::SourceFailed`] when it cannot be reached; [`Code::Invalid`] names the field that is wrong.
    pub async fn check(
        &self,
        connector: &str,
        configuration: &Configuration,
    ) -> Result<Vec<ObjectClass>, Problem> {
        let mut connection = self.open(connector, configuration).await?;
        let classes = connection.classes().await.map_err(problem);
        connection.close().await;
        classes
    }

    /// Tries rules that are not saved yet on the first objects of a source; nothing is written.
    ///
    /// # Errors
    /// Every mapping that is wrong, by name; or the source cannot be reached.
    pub async fn sample(
        &self,
        acting: &Acting<'_>,
        connector: &str,
        configuration: &Configuration,
        kind: SyncKind,
        rules: &KindRules,
        objects: u32,
    ) -> Result<Vec<Sample>, Problem> {
        let schema = acting.schema().await?;
        let mapper = Mapper::new(&schema, kind, rules, self.clock.now())?;
        let mut connection = self.open(connector, configuration).await?;
        let read = Read {
            kind,
            object_class: rules.object_class.clone(),
            filter: rules.filter.clone(),
            attributes: Vec::new(),
            since: None,
            page_size: objects.clamp(1, 100),
        };
        let page = connection.read(&read, None).await.map_err(problem);
        connection.close().await;
        let samples = page?
            .objects
            .into_iter()
            .take(objects as usize)
            .map(|object| Sample {
                mapped: mapper.map(&object),
                object,
            });
        Ok(samples.collect())
    }

    /// Looks what a full run would do now; nothing is written, not even that it was looked.
    ///
    /// # Errors
    /// When the source cannot be reached or its rules are wrong.
    pub async fn preview(
        &self,
        acting: &Acting<'_>,
        source: SourceId,
        observer: &mut dyn Observer,
    ) -> Result<RunReport, Problem> {
        let record = acting.get(source).await?;
        let mut connection = self.open_source(&record).await?;
        let order = Order {
            source: record,
            mode: RunMode::Full,
            filter: None,
            look_only: true,
            change_set: acting.new_change_set(),
            lease: None,
            place: Place::default(),
            clock: self.clock.clone(),
            observer,
        };
        let (report, _) = carry_out(acting, connection.as_mut(), false, order).await?;
        connection.close().await;
        Ok(report)
    }

    /// Asks for the runs that are due by the schedules of the sources; any number of processes may do it side by side.
    /// Answers with the runs that it asked for. A schedule or time zone that is wrong is told once, as a run that failed,
    /// with an alert of level 1; the other sources go on.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn schedule(&self, acting: &Acting<'_>) -> Result<Vec<SyncRunId>, Problem> {
        let now = self.clock.now();
        let filter = Predicate::eq("administrative_status", "enabled");
        let mut asked = Vec::new();
        for source in all(acting, Search::new(Kind::Source).filter(filter)).await? {
            // None: only by hand.
            if source.text("schedule").is_empty() {
                continue;
            }
            let schedule = match Schedule::new(source.text("schedule"), source.text("time_zone")) {
                Ok(schedule) => schedule,
                Err(problem) => {
                    self.tell_schedule(acting, &source, &problem).await?;
                    continue;
                }
            };
            let last = acting
                .search(
                    &Search::new(Kind::SyncRun)
                        .filter(Predicate::eq("identity_source", source.id.to_string()))
                        .sort([Sort::descending("due_at")])
                        .limit(1),
                )
                .await?
                .items
                .first()
                .and_then(|run| run.moment("due_at"));
            let begin = last.or_else(|| source.moment("created_at")).unwrap_or(now);
            let Some(due) = latest(&schedule, begin, now) else {
                continue;
            };
            let Ok(id) = SourceId::try_from(source.id) else {
                continue;
            };
            let run = slot(source.id, &due.to_string());
            let request = RequestSync {
                id: Some(run),
                mode: self.scheduled_mode(&source),
                due_at: Some(due),
                ..RequestSync::new(id)
            };
            match acting.execute(request).await {
                Ok(_) => asked.push(run),
                Err(problem) if matches!(problem.code, Code::Taken | Code::Conflict) => {}
                Err(problem) => return Err(problem),
            }
        }
        Ok(asked)
    }

    /// A source that will never run by itself: told once for each wrong schedule, however many processes find it.
    async fn tell_schedule(
        &self,
        acting: &Acting<'_>,
        source: &Record,
        problem: &Problem,
    ) -> Result<(), Problem> {
        let Ok(id) = SourceId::try_from(source.id) else {
            return Ok(());
        };
        let wrong = [source.text("schedule"), source.text("time_zone")].join("|");
        let run = slot(source.id, &wrong);
        if acting.find(run).await?.is_some() {
            return Ok(());
        }
        let now = self.clock.now();
        let worker = "schedule".to_owned();
        let commands = [
            RequestSync {
                id: Some(run),
                due_at: Some(now),
                look_only: true,
                ..RequestSync::new(id)
            }
            .into(),
            StartSync {
                run,
                worker: worker.clone(),
                until: now.plus_seconds(LEASE),
                change_set: acting.new_change_set(),
            }
            .into(),
            FinishSync {
                run,
                worker,
                state: RunState::Failed.name().to_owned(),
                counts: structure::to_value(&Counts::default()).unwrap_or(Value::Object(Default::default())),
                findings: Vec::new(),
                problem: structure::to_value(problem),
                tokens: None,
            }
            .into(),
        ];
        match acting.batch(&commands, BatchMode::AllOrNothing).await {
            Ok(_) => Ok(()),
            Err(problem) if matches!(problem.code, Code::Taken | Code::Conflict) => Ok(()),
            Err(problem) => Err(problem),
        }
    }

    /// Incremental where the source tells what was deleted, else full: who left must be found either way.
    fn scheduled_mode(&self, source: &Record) -> RunMode {
        let capable = self
            .connectors
            .find(source.text("connector"))
            .is_some_and(|connector| {
                let capabilities = connector.descriptor().capabilities;
                capabilities.incremental && capabilities.deletes
            });
        match capable && source.value("tokens").is_some() {
            true => RunMode::Incremental,
            false => RunMode::Full,
        }
    }

    /// Carries out the next run that waits, or whose worker went silent; `None`: there is none. One worker has a run at
    /// a time, in whichever process.
    ///
    /// # Errors
    /// When the storage fails, or the lease was lost on the way. What is wrong with the source is in the report.
    pub async fn work(
        &self,
        acting: &Acting<'_>,
        worker: &str,
        observer: &mut dyn Observer,
    ) -> Result<Option<RunReport>, Problem> {
        let now = self.clock.now();
        let due = |attribute: &str, state: &str| {
            Predicate::eq("state", state).and(Predicate::compare(
                attribute,
                iam_core::search::Operator::Le,
                now,
            ))
        };
        let filter = due("due_at", "requested").or(due("leased_until", "running"));
        let search = Search::new(Kind::SyncRun)
            .filter(filter)
            .sort([Sort::ascending("due_at")])
            .limit(20);
        for run in acting.search(&search).await?.items {
            let Ok(id) = SyncRunId::try_from(run.id) else {
                continue;
            };
            let source = run.reference("identity_source");
            if self.is_busy(acting, source, run.id).await? {
                continue;
            }
            let start = StartSync {
                run: id,
                worker: worker.to_owned(),
                until: now.plus_seconds(LEASE),
                change_set: acting.new_change_set(),
            };
            match acting.execute(start).await {
                Ok(_) => return self.run(acting, id, worker, observer).await.map(Some),
                Err(problem) if matches!(problem.code, Code::RunLease | Code::Conflict) => {}
                Err(problem) => return Err(problem),
            }
        }
        Ok(None)
    }

    /// Whether another run of the source is under way.
    async fn is_busy(
        &self,
        acting: &Acting<'_>,
        source: Option<EntityId>,
        run: EntityId,
    ) -> Result<bool, Problem> {
        let Some(source) = source else { return Ok(false) };
        let filter =
            Predicate::eq("identity_source", source.to_string()).and(Predicate::eq("state", "running"));
        let now = self.clock.now();
        let running = all(acting, Search::new(Kind::SyncRun).filter(filter)).await?;
        Ok(running
            .iter()
            .any(|other| other.id != run && other.moment("leased_until").is_some_and(|until| until > now)))
    }

    async fn run(
        &self,
        acting: &Acting<'_>,
        run: SyncRunId,
        worker: &str,
        observer: &mut dyn Observer,
    ) -> Result<RunReport, Problem> {
        let record = acting.get(run).await?;
        let started = self.clock.now();
        let change_set = record
            .text("change_set")
            .parse::<EntityId>()
            .and_then(iam_core::model::ChangeSetId::try_from)
            .unwrap_or_else(|_| acting.new_change_set());
        let done = self
            .attempt(acting, &record, run, worker, change_set, observer)
            .await;
        let (report, tokens) = match done {
            // Somebody else has the run: it is theirs to end.
            Err(problem) if problem.code == Code::RunLease => return Err(problem),
            Ok((report, tokens)) => (report, tokens),
            Err(problem) => (
                failed(problem, change_set, started, self.clock.now()),
                Tokens::new(),
            ),
        };
        if report
            .problem
            .as_ref()
            .is_some_and(|problem| problem.code == Code::RunLease)
        {
            return Ok(report);
        }
        let done =
            matches!(report.state, RunState::Succeeded | RunState::Partial) && report.problem.is_none();
        let object = || Value::Object(Default::default());
        let finish = FinishSync {
            run,
            worker: worker.to_owned(),
            state: report.state.name().to_owned(),
            counts: structure::to_value(&report.counts).unwrap_or_else(object),
            findings: report.findings.iter().filter_map(structure::to_value).collect(),
            problem: report.problem.as_ref().and_then(structure::to_value),
            tokens: (done && !report.look_only && !tokens.is_empty())
                .then(|| structure::to_value(&tokens))
                .flatten(),
        };
        acting.execute(finish).await?;
        Ok(report)
    }

    async fn attempt(
        &self,
        acting: &Acting<'_>,
        record: &Record,
        run: SyncRunId,
        worker: &str,
        change_set: iam_core::model::ChangeSetId,
        observer: &mut dyn Observer,
    ) -> Result<(RunReport, Tokens), Problem> {
        let source = record
            .reference("identity_source")
            .ok_or_else(|| Problem::new(Code::Corrupt, "the run is of no source").about(run))?;
        let source = acting.get(source).await?;
        let can_resume = self
            .connector(source.text("connector"))?
            .descriptor()
            .capabilities
            .resume;
        let mut connection = self.open_source(&source).await?;
        let order = Order {
            mode: RunMode::from_name(record.text("mode")),
            filter: Some(record.text("filter").to_owned()).filter(|filter| !filter.is_empty()),
            look_only: record.flag("look_only"),
            change_set,
            lease: Some(Lease {
                run,
                worker: worker.to_owned(),
            }),
            place: structure::from_record(record, "place").unwrap_or_default(),
            clock: self.clock.clone(),
            observer,
            source,
        };
        let done = carry_out(acting, connection.as_mut(), can_resume, order).await;
        connection.close().await;
        done
    }

    /// Forgets the runs that ended before a moment, with their logs: the retention of the log is the host's to choose.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn forget(&self, acting: &Acting<'_>, before: Moment) -> Result<u64, Problem> {
        let filter = Predicate::compare("finished_at", iam_core::search::Operator::Lt, before);
        let mut forgotten = 0;
        for run in all(acting, Search::new(Kind::SyncRun).filter(filter)).await? {
            if let Ok(run) = SyncRunId::try_from(run.id) {
                acting.execute(iam_core::command::ForgetSync { run }).await?;
                forgotten += 1;
            }
        }
        Ok(forgotten)
    }

    /// The rules of a source.
    ///
    /// # Errors
    /// When there is no such source.
    pub async fn rules(&self, acting: &Acting<'_>, source: SourceId) -> Result<SourceRules, Problem> {
        let record = acting.get(source).await?;
        Ok(structure::from_record(&record, "rules").unwrap_or_default())
    }
}

/// The same slot of a source has the same identifier in every process: it is asked for once.
fn slot(source: EntityId, what: &str) -> SyncRunId {
    let key = fingerprint(format!("{source}|{what}").as_bytes());
    SyncRunId(uuid::Uuid::from_u128(
        u128::from_str_radix(&key, 16).unwrap_or_default(),
    ))
}

/// The latest moment of a schedule that has passed; those before it that were missed are not made up for.
fn latest(schedule: &Schedule, after: Moment, now: Moment) -> Option<Moment> {
    let mut due = schedule.next(after).filter(|due| *due <= now)?;
    // A process that slept for years does not count every minute of them.
    for _ in 0..10_000 {
        match schedule.next(due).filter(|next| *next <= now && *next > due) {
            Some(next) => due = next,
            None => break,
        }
    }
    Some(due)
}

/// S0-142: the run failed before anything was done.
fn failed(
    problem: Problem,
    change_set: iam_core::model::ChangeSetId,
    started_at: Moment,
    finished_at: Moment,
) -> RunReport {
    RunReport {
        state: RunState::Failed,
        look_only: false,
        change_set,
        counts: Default::default(),
        findings: Vec::new(),
        problem: Some(problem),
        started_at,
        finished_at,
    }
}
