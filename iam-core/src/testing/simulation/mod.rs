//! Simulation: whole runs of concurrent processes over a storage that fails, out of one number.
//!
//! From a seed come a workload (commands of every kind, batches, undoing, workers of the outbox, time that goes on and
//! sometimes back), the processes that carry it out side by side, the places where they are interrupted, and the faults of
//! the storage: it is away before a commit, it commits and the answer is lost, transactions lose against others, a
//! worker dies with its lease. The processes behave as good hosts do: what failed is sent again under its command
//! identifier.
//!
//! Afterwards [laws](#laws) must hold, whatever happened. Every run is made twice and must be the same. A run that breaks
//! a law is made shorter until nothing can be left out, and printed as a test:
//!
//! ```
//! # use std::sync::Arc;
//! use iam_core::{command::CreateUser, testing::simulation::Simulation};
//! # fn factory() -> iam_core::testing::Factory { unimplemented!() }
//!
//! let simulation = Simulation::new()
//!     .actions(40)
//!     // What is there from the beginning.
//!     .given([CreateUser::new("ada").into()])
//!     // A policy of your own, looked at after every few commits and at the end.
//!     .law("everybody has a name", |world| {
//!         let nameless = world.dump.of_kind(iam_core::model::Kind::User).find(|user| user.text("user_name").is_empty());
//!         nameless.map_or(Ok(()), |user| Err(format!("{} has none", user.id)))
//!     });
//! # if false {
//! simulation.check(&factory(), 4711);
//! # }
//! ```
//!
//! The page [`simulating`](crate::manual::simulating) of the manual shows the test of a policy.
//!
//! # Laws
//!
//! | Law | Says |
//! | --- | --- |
//! | `answers` | nobody was told that what is stored contradicts itself |
//! | `doctor` | derived data is what follows from the records |
//! | `acknowledged` | what was acknowledged is in the audit trail under its command identifier |
//! | `once` | nothing was carried out twice, and nothing that was refused |
//! | `whole` | each commit has all of its journal |
//! | `no lost update` | each version of a record was written once |
//! | `past` | an earlier state is read as it was seen then |
//! | `search` | a search finds what a look at everything finds |
//! | `chain` | the sealed audit trail verifies |
//! | `events` | a follower gets every commit once and in order |
//! | `outbox` | every effect is delivered, of each subject in order, by one worker at a time |
//! | `undo` | what is undone, newest first, leads back to what was seen |
//! | `preview` | a preview is what the execution does |
//! | `access` | a decision is what some state said while it was asked: never half a change, never an old one |
//! | `repetition` | the same run twice is the same |
//! | `revisions`, `no panic` | no number is given twice; nothing panics |
//!
//! The storage has to answer without a runtime of its own: memory and SQLite do.

mod action;
mod laws;
mod process;
mod run;
mod shrink;
mod storage;

use std::{fmt, sync::Arc};

pub use action::{Action, Deed};
pub use storage::Faults;

use super::{Dump, Factory, naive_access::NaiveAccess};
use crate::{
    command::Command,
    model::{EntityId, Moment, UserId},
    port::Revision,
};

/// What a law looks at.
#[derive(Debug)]
pub struct World<'a> {
    /// Everything in the realm.
    pub dump: &'a Dump,
    /// The commit after which it was like that.
    pub revision: Revision,
    /// When it is looked at.
    pub now: Moment,
}

impl World<'_> {
    /// Whether a user may view a record, worked out the slow way from everything that is there: for laws about who sees
    /// what. Privileges whose conditions name attributes of the realm's own are beyond it.
    pub fn may_view(&self, user: UserId, target: impl Into<EntityId>) -> bool {
        let twin = NaiveAccess {
            dump: self.dump,
            now: self.now,
            definitions: &definition,
        };
        twin.can_view(user.into(), target.into())
    }
}

/// The definition of an attribute that every realm has.
fn definition(kind: crate::model::Kind, name: &str) -> Option<crate::model::AttributeDefinition> {
    crate::model::builtin(kind)
        .iter()
        .find(|definition| definition.name == name)
        .cloned()
}

/// A law of the user's own: what is wrong, in words.
pub type Law = Arc<dyn Fn(&World<'_>) -> Result<(), String> + Send + Sync>;

/// How runs are made.
#[derive(Clone)]
pub struct Simulation {
    processes: usize,
    actions: usize,
    faults: Faults,
    /// Of a hundred commits so many are looked at.
    looks: u64,
    laws: Vec<(String, Law)>,
    given: Vec<Command>,
    /// Of a hundred actions so many give rights, take them, or ask for decisions.
    access: u64,
}

impl fmt::Debug for Simulation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulation")
            .field("processes", &self.processes)
            .field("actions", &self.actions)
            .field("faults", &self.faults)
            .finish_non_exhaustive()
    }
}

impl Default for Simulation {
    fn default() -> Self {
        Simulation::new()
    }
}

impl Simulation {
    /// Three processes, 100 actions, and faults of every kind.
    pub fn new() -> Simulation {
        Simulation {
            processes: 3,
            actions: 100,
            faults: Faults::default(),
            looks: 10,
            laws: Vec::new(),
            given: Vec::new(),
            access: 20,
        }
    }

    /// Of a hundred actions so many (20) give rights, take them, swap them in one commit, or ask for decisions meanwhile.
    #[must_use]
    pub fn access(self, percent: u64) -> Simulation {
        Simulation {
            access: percent,
            ..self
        }
    }

    /// What is there before everything else: roles, policies, people of your own. The runs work on what these commands
    /// create as they do on their own records, and a shortened run keeps of them what it needs.
    #[must_use]
    pub fn given(mut self, commands: impl IntoIterator<Item = Command>) -> Simulation {
        self.given.extend(commands);
        self
    }

    /// How many processes work side by side.
    #[must_use]
    pub fn processes(self, processes: usize) -> Simulation {
        Simulation {
            processes: processes.max(1),
            ..self
        }
    }

    /// How many actions they carry out together.
    #[must_use]
    pub fn actions(self, actions: usize) -> Simulation {
        Simulation { actions, ..self }
    }

    /// How often the storage fails.
    #[must_use]
    pub fn faults(self, faults: Faults) -> Simulation {
        Simulation { faults, ..self }
    }

    /// Of how many commits in a hundred the whole state is looked at: to hold the laws of the user, and to be compared
    /// with what is later said to have been.
    #[must_use]
    pub fn looks(self, percent: u64) -> Simulation {
        Simulation {
            looks: percent,
            ..self
        }
    }

    /// Another law, beside those that always hold.
    #[must_use]
    pub fn law(
        mut self,
        name: impl Into<String>,
        law: impl Fn(&World<'_>) -> Result<(), String> + Send + Sync + 'static,
    ) -> Simulation {
        self.laws.push((name.into(), Arc::new(law)));
        self
    }

    /// The actions that follow from a seed.
    pub fn plan(&self, seed: u64) -> Vec<Action> {
        action::plan(seed, self)
    }

    /// Makes the run of a seed, twice, and a shorter one when it breaks a law.
    ///
    /// # Errors
    /// The law that is broken, by the shortest run that breaks it.
    pub fn run(&self, factory: &Factory, seed: u64) -> Result<Report, Box<Failure>> {
        let actions = self.plan(seed);
        match run::twice(self, factory, &actions) {
            Ok(report) => Ok(Report { seed, ..report }),
            Err(broken) => {
                let (actions, broken) = shrink::shorter(self, factory, actions, broken);
                Err(Box::new(Failure {
                    seed,
                    law: broken.law,
                    message: broken.message,
                    actions,
                    trace: broken.trace,
                }))
            }
        }
    }

    /// The same for a test: panics with everything that is needed to repeat it.
    ///
    /// # Panics
    /// When a law is broken.
    pub fn check(&self, factory: &Factory, seed: u64) -> Report {
        match self.run(factory, seed) {
            Ok(report) => report,
            Err(failure) => panic!("{failure}"),
        }
    }

    /// Makes a run of given actions, as a printed test does.
    ///
    /// # Panics
    /// When a law is broken, or a line is no action.
    pub fn replay(&self, factory: &Factory, actions: &[&str]) -> Report {
        let actions: Vec<Action> = actions
            .iter()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
            .collect();
        match run::twice(self, factory, &actions) {
            Ok(report) => report,
            Err(broken) => panic!("{}: {}\n{}", broken.law, broken.message, broken.trace.join("\n")),
        }
    }
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The seed.
    pub seed: u64,
    /// Commits, refused ones included.
    pub commits: usize,
    /// Faults that the storage had.
    pub faults: usize,
    /// Commands that were acknowledged.
    pub acknowledged: usize,
    /// Commands that were refused.
    pub refused: usize,
    /// Commands that were sent again and had been carried out before.
    pub replayed: usize,
    /// Effects that workers delivered, repeated ones included.
    pub delivered: usize,
    /// States that were looked at.
    pub looks: usize,
    /// Decisions that were asked for.
    pub asked: usize,
    /// Of these, how many were asked for while somebody else committed.
    pub overtaken: usize,
    /// What happened, line by line.
    pub trace: Vec<String>,
}

/// A run that broke a law, as short as it could be made.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The seed of the run it was found by.
    pub seed: u64,
    /// The law.
    pub law: String,
    /// What was wrong.
    pub message: String,
    /// What is left of the actions.
    pub actions: Vec<Action>,
    /// What happened, line by line.
    pub trace: Vec<String>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "seed {} breaks the law “{}”: {}",
            self.seed, self.law, self.message
        )?;
        writeln!(f, "\nwhat happened:")?;
        for line in &self.trace {
            writeln!(f, "  {line}")?;
        }
        writeln!(f, "\nas a test:\n\n#[test]\nfn seed_{}() {{", self.seed)?;
        writeln!(f, "    Simulation::new().replay(&factory(), &[")?;
        for action in &self.actions {
            let line = serde_json::to_string(action).map_err(|_| fmt::Error)?;
            let mut fence = "#".to_owned();
            while line.contains(&format!("\"{fence}")) {
                fence.push('#');
            }
            writeln!(f, "        r{fence}\"{line}\"{fence},")?;
        }
        write!(f, "    ]);\n}}")
    }
}
