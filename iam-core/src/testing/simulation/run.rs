//! One run: a fresh storage, processes over it, everything that is noted about them, and the laws at the end.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    Action, Report, Simulation, World, laws,
    process::Process,
    storage::{drive, in_turns},
};
use crate::{
    model::{CommandId, EntityId, Moment, RealmId, UserId},
    plan::Plan,
    port::{Clock, LeasedEffect, Outcome, Revision, Settled, Stamp, Storage},
    service::Iam,
    testing::{Dump, Factory, VirtualClock, host},
};

/// When every run begins.
pub(super) const START: Moment = Moment::from_micros(1_767_225_600_000_000);

/// A law that does not hold.
#[derive(Debug, Clone)]
pub(super) struct Broken {
    pub law: String,
    pub message: String,
    pub trace: Vec<String>,
}

/// What the storage said it committed.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub accepted: bool,
    pub command_id: Option<CommandId>,
    pub changes: usize,
    /// Keys of the effects.
    pub effects: Vec<String>,
}

/// Everything that is noted.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub report: Report,
    pub trace: Vec<String>,
    pub acknowledged: Vec<(CommandId, Revision)>,
    pub refused: Vec<CommandId>,
    pub unknown: Vec<CommandId>,
    /// What each process read as events.
    pub followed: BTreeMap<usize, Vec<Revision>>,
    /// Number and key of each effect that was carried out, as often as it was.
    pub delivered: Vec<(u64, String)>,
    pub committed: BTreeMap<Revision, Told>,
    pub looks: Vec<(Revision, Dump)>,
    /// Answers that must not happen.
    pub faulty: Vec<String>,
    /// Names became unique while two records had them, and the remarks said so.
    pub doubtful: bool,
    /// The plan of the latest commit.
    pub latest: Option<Plan>,
    /// Decisions that are being made.
    asking: usize,
    /// The states since the first of them was asked for.
    states: Vec<Arc<Dump>>,
    leases: BTreeMap<u64, (String, Moment, EntityId)>,
    settled: BTreeSet<u64>,
    broken: Option<(String, String)>,
}

/// Sees every call that reaches the storage.
pub(super) struct Watch {
    realm: RealmId,
    looks: u64,
    laws: Vec<(String, super::Law)>,
    clock: Arc<VirtualClock>,
    ledger: Mutex<Ledger>,
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watch")
    }
}

impl Watch {
    pub(super) fn ledger<T>(&self, work: impl FnOnce(&mut Ledger) -> T) -> T {
        work(&mut self.ledger.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn say(&self, line: String) {
        self.ledger(|ledger| ledger.trace.push(line));
    }

    pub(super) fn fault(&self) {
        self.ledger(|ledger| ledger.report.faults += 1);
    }

    pub(super) fn remark(&self, remarks: &[String]) {
        let late = remarks.iter().any(|remark| remark.contains(" belongs to "));
        self.ledger(|ledger| ledger.doubtful |= late);
    }

    fn accuse(&self, law: &str, message: String) {
        self.ledger(|ledger| {
            ledger.broken.get_or_insert_with(|| (law.to_owned(), message));
        });
    }

    pub(super) fn committed(
        &self,
        storage: &dyn Storage,
        plan: &Plan,
        stamp: &Stamp,
        revision: Revision,
        look: u64,
    ) {
        let accepted = stamp.outcome == Outcome::Accepted;
        let told = Told {
            accepted,
            command_id: stamp.command_id,
            changes: if accepted { plan.changes.len() } else { 0 },
            effects: match accepted {
                true => plan.effects.iter().map(|effect| effect.key.clone()).collect(),
                false => Vec::new(),
            },
        };
        let twice = self.ledger(|ledger| {
            ledger.report.commits += 1;
            ledger.latest = accepted.then(|| plan.clone());
            ledger.committed.insert(revision, told)
        });
        if twice.is_some() {
            self.accuse("revisions", format!("revision {revision} was given twice"));
        }
        let asking = self.ledger(|ledger| ledger.asking > 0);
        let looks = look % 100 < self.looks;
        if !asking && !looks {
            return;
        }
        let dump = drive(Dump::take(storage, self.realm));
        if asking {
            self.ledger(|ledger| ledger.states.push(Arc::new(dump.clone())));
        }
        if looks {
            self.look(revision, &dump, self.clock.now());
            self.ledger(|ledger| {
                ledger.report.looks += 1;
                ledger.looks.push((revision, dump));
            });
        }
    }

    /// A decision is asked for: from here on every state counts. The number is where they begin.
    pub(super) fn ask(&self, storage: &dyn Storage) -> usize {
        let now = Arc::new(drive(Dump::take(storage, self.realm)));
        self.ledger(|ledger| {
            ledger.asking += 1;
            ledger.states.push(now);
            ledger.states.len() - 1
        })
    }

    /// It was made, or not: the states that there were meanwhile.
    pub(super) fn answered(&self, since: usize) -> Vec<Arc<Dump>> {
        self.ledger(|ledger| {
            let states = ledger.states.get(since..).unwrap_or_default().to_vec();
            ledger.asking -= 1;
            if ledger.asking == 0 {
                ledger.states.clear();
            }
            states
        })
    }

    /// Holds a decision against the states in which it may have been made.
    pub(super) fn decided(&self, user: UserId, on: EntityId, may: bool, now: Moment, states: &[Arc<Dump>]) {
        let says = |dump: &Arc<Dump>| {
            let revision = Revision(u64::MAX);
            World { dump, revision, now }.may_view(user, on)
        };
        let holds = states.iter().any(|dump| says(dump) == may);
        self.ledger(|ledger| {
            ledger.report.asked += 1;
            ledger.report.overtaken += usize::from(states.len() > 1);
        });
        if !holds {
            let message = format!(
                "{user} was told {may} about viewing {on}; none of the {} states while it was asked says so",
                states.len()
            );
            self.accuse("access", message);
        }
    }

    /// Holds the laws of the user against a state.
    pub(super) fn look(&self, revision: Revision, dump: &Dump, now: Moment) {
        for (name, law) in &self.laws {
            if let Err(message) = law(&World { dump, revision, now }) {
                self.accuse(name, format!("after revision {revision}: {message}"));
            }
        }
    }

    pub(super) fn leased(&self, worker: &str, now: Moment, until: Moment, leased: &[LeasedEffect]) {
        let wrong = self.ledger(|ledger| {
            let mut wrong = None;
            for effect in leased {
                if let Some((other, held, _)) = ledger.leases.get(&effect.number)
                    && *held > now
                    && !ledger.settled.contains(&effect.number)
                {
                    wrong = Some(format!(
                        "effect {} was given to {worker} while {other} held it",
                        effect.number
                    ));
                }
                if ledger.settled.contains(&effect.number) {
                    wrong = Some(format!("effect {} was done and given out again", effect.number));
                }
                let subject = effect.effect.subject;
                let earlier = ledger.leases.iter().find(|(number, (_, _, of))| {
                    **number < effect.number && *of == subject && !ledger.settled.contains(*number)
                });
                if let Some((number, _)) = earlier {
                    wrong = Some(format!("effect {} overtook effect {number}", effect.number));
                }
            }
            for effect in leased {
                let lease = (worker.to_owned(), until, effect.effect.subject);
                ledger.leases.insert(effect.number, lease);
            }
            wrong
        });
        if let Some(message) = wrong {
            self.accuse("outbox", message);
        }
    }

    pub(super) fn settled(&self, results: &[Settled]) {
        self.ledger(|ledger| {
            for result in results.iter().filter(|result| result.retry.is_none()) {
                let held = ledger.leases.get(&result.number);
                if held.is_some_and(|(worker, _, _)| *worker == result.worker) {
                    ledger.settled.insert(result.number);
                }
            }
        });
    }
}

/// Everything that a run leaves behind.
pub(super) struct Left {
    pub storage: Arc<dyn Storage>,
    pub realm: RealmId,
    pub clock: Arc<VirtualClock>,
    pub watch: Arc<Watch>,
    pub dump: Dump,
}

/// Makes the run twice; both have to be the same.
pub(super) fn twice(
    simulation: &Simulation,
    factory: &Factory,
    actions: &[Action],
) -> Result<Report, Broken> {
    let first = once(simulation, factory, actions)?;
    let second = once(simulation, factory, actions)?;
    let differs = first
        .trace
        .iter()
        .zip(&second.trace)
        .find(|(one, two)| one != two)
        .map(|(one, two)| format!("once “{one}”, once “{two}”"));
    let differs = differs.or_else(|| (first.dump != second.dump).then(|| "the states differ".to_owned()));
    match differs {
        None => Ok(Report {
            trace: first.trace,
            ..first.report
        }),
        Some(message) => Err(Broken {
            law: "repetition".to_owned(),
            message,
            trace: first.trace,
        }),
    }
}

struct Made {
    report: Report,
    trace: Vec<String>,
    dump: Dump,
}

fn once(simulation: &Simulation, factory: &Factory, actions: &[Action]) -> Result<Made, Broken> {
    let watch: Mutex<Option<Arc<Watch>>> = Mutex::new(None);
    let made = catch_unwind(AssertUnwindSafe(|| {
        let left = live(simulation, factory, actions, &watch);
        let result = match left.watch.ledger(|ledger| ledger.broken.take()) {
            Some(broken) => Err(broken),
            None => laws::hold(&left, actions),
        };
        // The laws look as well, and the user's laws with them.
        let result = match (result, left.watch.ledger(|ledger| ledger.broken.take())) {
            (Ok(()), Some(broken)) => Err(broken),
            (result, _) => result,
        };
        (result, left)
    }));
    let trace = |watch: &Watch| watch.ledger(|ledger| ledger.trace.clone());
    match made {
        Ok((Ok(()), left)) => Ok(Made {
            report: left.watch.ledger(|ledger| ledger.report.clone()),
            trace: trace(&left.watch),
            dump: left.dump,
        }),
        Ok((Err((law, message)), left)) => Err(Broken {
            law,
            message,
            trace: trace(&left.watch),
        }),
        Err(panic) => {
            let message = panic
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            let watch = watch.lock().unwrap_or_else(PoisonError::into_inner);
            Err(Broken {
                law: "no panic".to_owned(),
                message: message.unwrap_or_default(),
                trace: watch.as_ref().map(|watch| trace(watch)).unwrap_or_default(),
            })
        }
    }
}

/// Lets the processes live, to their end.
fn live(
    simulation: &Simulation,
    factory: &Factory,
    actions: &[Action],
    keep: &Mutex<Option<Arc<Watch>>>,
) -> Left {
    let storage = drive(factory());
    let (host, clock) = host(1);
    let iam = Iam::new(storage.clone(), host).expect("the vault gives its key");
    let realm = drive(iam.realm("simulated"))
        .expect("a fresh storage takes a realm")
        .id();
    let watch = Arc::new(Watch {
        realm,
        looks: simulation.looks,
        laws: simulation.laws.clone(),
        clock: clock.clone(),
        ledger: Mutex::default(),
    });
    *keep.lock().unwrap_or_else(PoisonError::into_inner) = Some(watch.clone());
    let processes = actions.iter().map(|action| action.process + 1).max().unwrap_or(0);
    let lives = (0..processes)
        .map(|number| {
            let process = Process::new(
                number,
                storage.clone(),
                realm,
                clock.clone(),
                watch.clone(),
                simulation.faults,
            );
            let own: Vec<(usize, Action)> = actions
                .iter()
                .cloned()
                .enumerate()
                .filter(|(_, action)| action.process == number)
                .collect();
            Box::pin(process.live(own)) as Pin<Box<dyn Future<Output = ()> + '_>>
        })
        .collect();
    in_turns(lives);
    let dump = drive(Dump::take(storage.as_ref(), realm));
    Left {
        storage,
        realm,
        clock,
        watch,
        dump,
    }
}
