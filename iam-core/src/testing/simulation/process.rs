//! One process: its own engine with its own memory of the schema, behaving as a good host does.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    Action, Deed, Faults,
    run::{Ledger, Watch},
    storage::{Mood, Troubled},
};
use crate::{
    command::Command,
    model::{ChangeSetId, CommandId, EntityId, RealmId, UserId},
    plan::Actor,
    port::{Entropy, Revision, Settled, Storage},
    service::{Acting, BatchMode, Host, Iam, OnConflict, Undo},
    testing::{AtOnce, FixedVault, Random, VirtualClock},
    wire::{Code, Problem},
};

/// How often a process sends what failed again. After that it does not know, as a host that ended would not.
const PATIENCE: usize = 6;
/// Seconds for which a worker leases.
const LEASE: i64 = 60;

/// Draws that depend on the action and on nothing before it.
#[derive(Debug, Default)]
pub(super) struct Drawer {
    seed: AtomicU64,
    drawn: AtomicU64,
}

impl Drawer {
    pub(super) fn start(&self, seed: u64) {
        self.seed.store(seed, Ordering::SeqCst);
        self.drawn.store(0, Ordering::SeqCst);
    }
}

impl Entropy for Drawer {
    fn seed(&self) -> [u8; 32] {
        Sha256::new()
            .chain_update(self.seed.load(Ordering::SeqCst).to_be_bytes())
            .chain_update(self.drawn.fetch_add(1, Ordering::SeqCst).to_be_bytes())
            .finalize()
            .into()
    }
}

pub(super) struct Process {
    number: usize,
    /// Without faults and interruptions.
    storage: Arc<dyn Storage>,
    realm: RealmId,
    iam: Iam,
    acting: Acting<'static>,
    clock: Arc<VirtualClock>,
    entropy: Arc<Drawer>,
    mood: Arc<Mutex<Mood>>,
    watch: Arc<Watch>,
    faults: Faults,
    /// Its accepted commits.
    own: Vec<Revision>,
    /// How far it has read the events.
    seen: Revision,
}

impl Process {
    pub(super) fn new(
        number: usize,
        inner: Arc<dyn Storage>,
        realm: RealmId,
        clock: Arc<VirtualClock>,
        watch: Arc<Watch>,
        faults: Faults,
    ) -> Process {
        let entropy = Arc::new(Drawer::default());
        let mood = Arc::new(Mutex::new(Mood {
            random: Random::new(0),
            faults: Faults::NONE,
        }));
        let storage = Arc::new(Troubled {
            inner: inner.clone(),
            mood: mood.clone(),
            watch: watch.clone(),
        });
        let host = Host {
            clock: clock.clone(),
            entropy: entropy.clone(),
            vault: Arc::new(FixedVault),
            compute: Arc::new(AtOnce),
        };
        let iam = Iam::new(storage, host).expect("the vault gives its key");
        Process {
            number,
            storage: inner,
            realm,
            acting: iam.in_realm(realm).host(format!("process {number}")),
            iam,
            clock,
            entropy,
            mood,
            watch,
            faults,
            own: Vec::new(),
            seen: Revision(0),
        }
    }

    /// Everything that this process has to do.
    pub(super) async fn live(mut self, actions: Vec<(usize, Action)>) {
        for (number, action) in actions {
            self.entropy.start(action.seed);
            {
                let mut mood = self.mood.lock().unwrap_or_else(PoisonError::into_inner);
                mood.random = Random::new(action.seed);
                mood.faults = match action.calm {
                    true => Faults::NONE,
                    false => self.faults,
                };
            }
            let what = self.act(&action).await;
            self.watch
                .say(format!("{number:3} process {}: {what}", self.number));
        }
    }

    async fn act(&mut self, action: &Action) -> String {
        let seed = action.seed;
        match &action.deed {
            Deed::Execute(command) => {
                let text = serde_json::to_string(command).unwrap_or_default();
                let answer = self.execute(command, seed).await;
                format!("{text} ⇒ {answer}")
            }
            Deed::Batch(mode, commands) => {
                let answer = self.batch(*mode, commands, seed).await;
                format!("batch of {} ⇒ {answer}", commands.len())
            }
            Deed::Undo(back) => self.undo(*back, seed).await,
            Deed::Ask { user, on } => self.ask(*user, *on).await,
            Deed::Follow => self.follow().await,
            Deed::Deliver { limit, dies } => self.deliver(*limit, *dies).await,
            Deed::Time(seconds) => {
                self.clock.advance(*seconds);
                format!("time goes by {seconds} s")
            }
            Deed::Upkeep => match self.acting.upkeep().await {
                Ok(done) => format!("upkeep: {done:?}"),
                Err(problem) => self.trouble("upkeep", &problem),
            },
            Deed::Seal => match self.iam.seal_chain().await {
                Ok(head) => format!("sealed up to {:?}", head.map(|head| head.until)),
                Err(problem) => self.trouble("seal", &problem),
            },
        }
    }

    fn id(&self, seed: u64) -> CommandId {
        CommandId(Uuid::from_u64_pair(seed, seed ^ 0x7000_0000))
    }

    /// Sends it until there is an answer, always under the same identifier.
    async fn execute(&mut self, command: &Command, seed: u64) -> String {
        let acting = self.acting.clone().with_command_id(self.id(seed));
        for _ in 0..PATIENCE {
            match acting.execute(command.clone()).await {
                Ok(done) => {
                    self.watch.remark(&done.remarks);
                    return self.acknowledge(seed, done.revision, done.replayed);
                }
                Err(problem) if problem.retry() => {}
                Err(problem) => return self.refuse(seed, &problem),
            }
        }
        self.unknown(seed)
    }

    async fn batch(&mut self, mode: BatchMode, commands: &[Command], seed: u64) -> String {
        let acting = self.acting.clone().with_command_id(self.id(seed));
        for _ in 0..PATIENCE {
            match acting.batch(commands, mode).await {
                Ok(done) => {
                    self.watch.remark(&done.plan.remarks);
                    return self.acknowledge(seed, done.revision, false);
                }
                Err(problem) if problem.retry() => {}
                Err(problem) => return self.refuse(seed, &problem),
            }
        }
        self.unknown(seed)
    }

    async fn undo(&mut self, back: usize, seed: u64) -> String {
        let Some(revision) = self
            .own
            .len()
            .checked_sub(back)
            .and_then(|place| self.own.get(place))
        else {
            return "nothing to undo".to_owned();
        };
        let revision = *revision;
        let acting = self.acting.clone().with_command_id(self.id(seed));
        let on_conflict = match seed % 2 {
            0 => OnConflict::Skip,
            _ => OnConflict::Refuse,
        };
        for _ in 0..PATIENCE {
            match acting.rollback(&Undo::Revision(revision), on_conflict).await {
                Ok(done) => {
                    self.watch.remark(&done.remarks);
                    let answer = self.acknowledge(seed, done.revision, done.replayed);
                    return format!("undo of {revision} ⇒ {answer}");
                }
                Err(problem) if problem.retry() => {}
                Err(problem) => {
                    let answer = self.refuse(seed, &problem);
                    return format!("undo of {revision} ⇒ {answer}");
                }
            }
        }
        self.unknown(seed)
    }

    fn acknowledge(&mut self, seed: u64, revision: Option<Revision>, replayed: bool) -> String {
        let Some(revision) = revision else {
            return "nothing to change".to_owned();
        };
        self.own.push(revision);
        self.watch.ledger(|ledger| {
            ledger.acknowledged.push((self.id(seed), revision));
            ledger.report.acknowledged += 1;
            ledger.report.replayed += usize::from(replayed);
        });
        match replayed {
            true => format!("revision {revision}, carried out before"),
            false => format!("revision {revision}"),
        }
    }

    fn refuse(&self, seed: u64, problem: &Problem) -> String {
        let id = self.id(seed);
        self.watch.ledger(|ledger| {
            ledger.report.refused += 1;
            ledger.refused.push(id);
        });
        self.trouble("refused", problem)
    }

    fn unknown(&self, seed: u64) -> String {
        let id = self.id(seed);
        self.watch.ledger(|ledger| ledger.unknown.push(id));
        "no answer".to_owned()
    }

    /// What must not happen at all is noted for the laws.
    fn trouble(&self, what: &str, problem: &Problem) -> String {
        if matches!(
            problem.code,
            Code::Corrupt | Code::Sealed | Code::Malformed | Code::CommandReused
        ) {
            self.watch
                .ledger(|ledger| ledger.faulty.push(format!("{what}: {problem}")));
        }
        format!("{what}: {}", problem.code)
    }

    /// Asks until there is an answer, and holds it against the states that there were meanwhile.
    async fn ask(&self, user: UserId, on: EntityId) -> String {
        let acting = self.iam.in_realm(self.realm).act_as(Actor::User(user));
        for _ in 0..PATIENCE {
            let now = crate::port::Clock::now(self.clock.as_ref());
            let since = self.watch.ask(self.storage.as_ref());
            let answer = acting.can("view", on).await;
            let states = self.watch.answered(since);
            match answer {
                Ok(may) => {
                    self.watch.decided(user, on, may, now, &states);
                    return format!("may {user} view {on}? {may}");
                }
                Err(problem) if problem.retry() => {}
                Err(problem) => return self.trouble("ask", &problem),
            }
        }
        format!("may {user} view {on}? no answer")
    }

    async fn follow(&mut self) -> String {
        match self.acting.events(self.seen, 10).await {
            Ok(found) => {
                let count = found.len();
                if let Some((revision, _)) = found.last() {
                    self.seen = *revision;
                }
                let number = self.number;
                self.watch.ledger(|ledger: &mut Ledger| {
                    let list = ledger.followed.entry(number).or_default();
                    list.extend(found.iter().map(|(revision, _)| *revision));
                });
                format!("{count} commits read, up to {}", self.seen)
            }
            Err(problem) => self.trouble("follow", &problem),
        }
    }

    async fn deliver(&mut self, limit: usize, dies: bool) -> String {
        let now = crate::port::Clock::now(self.clock.as_ref());
        let worker = format!("worker {}", self.number);
        let storage = self.iam.storage().clone();
        let leased = match storage.lease(&worker, now, now.plus_seconds(LEASE), limit).await {
            Ok(leased) => leased,
            Err(error) => return format!("no lease: {error}"),
        };
        // The work itself: somebody outside sees it before the storage knows.
        self.watch.ledger(|ledger| {
            for effect in &leased {
                ledger.delivered.push((effect.number, effect.effect.key.clone()));
                ledger.report.delivered += 1;
            }
        });
        if dies {
            return format!("died with {} effects", leased.len());
        }
        let results: Vec<Settled> = leased
            .iter()
            .map(|effect| Settled {
                number: effect.number,
                worker: worker.clone(),
                retry: None,
            })
            .collect();
        match storage.settle(&results).await {
            Ok(()) => format!("{} effects delivered", results.len()),
            Err(error) => format!("{} effects delivered, not settled: {error}", results.len()),
        }
    }
}

/// A change set of a seed, for laws that undo.
pub(super) fn change_set(seed: u64) -> ChangeSetId {
    ChangeSetId(Uuid::from_u64_pair(seed, 1))
}
