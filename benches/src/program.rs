//! What is measured, as one list that the library and a plain program both answer.

use std::{error::Error, ops::Range, sync::Arc};

use async_trait::async_trait;
use uuid::Uuid;

use crate::world::{Dice, World};

/// Whatever went wrong; a benchmark ends then.
pub type Failure = Box<dyn Error + Send + Sync>;

/// People that are imported by one commit.
pub const BATCH: usize = 500;
/// Callers of the operation with several of them.
pub const CALLERS: usize = 8;
/// Items on a page.
pub const PAGE: usize = 20;

/// A page: how many there are in all, when that was asked for, and who is on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// How many match.
    pub total: Option<u64>,
    /// The identifiers on the page.
    pub ids: Vec<Uuid>,
}

/// A program that keeps a company's people: the library, or a plain one.
#[async_trait]
pub trait Program: Send + Sync {
    /// Everything but the people: the tree, positions.
    async fn found(&self, world: &World) -> Result<(), Failure>;
    /// People, [`BATCH`] of them in a commit.
    async fn import(&self, world: &World, people: Range<usize>) -> Result<(), Failure>;
    /// One person, durable when it returns.
    async fn create(&self, world: &World, person: usize) -> Result<(), Failure>;
    /// A person's last change: version and user name.
    async fn get(&self, id: Uuid) -> Result<Option<(u64, String)>, Failure>;
    /// A person by the name to sign in with, in any letter case.
    async fn login(&self, name: &str) -> Result<Option<Uuid>, Failure>;
    /// Enabled people of a department, by last name, with their number.
    async fn page(&self, department: &str) -> Result<Page, Failure>;
    /// All people by last name: the page after a person, or the first one.
    async fn list(&self, after: Option<&Place>) -> Result<Page, Failure>;
    /// People whose last name begins with a text, in any letter case, by last name.
    async fn prefix(&self, text: &str) -> Result<Page, Failure>;
    /// People with any name, address or number that begins with a text, by address.
    async fn preset(&self, text: &str) -> Result<Page, Failure>;
    /// How many people belong to a unit or to one below it.
    async fn count(&self, unit: Uuid) -> Result<u64, Failure>;
    /// The same from what is kept in memory, where something is.
    async fn kept(&self, unit: Uuid) -> Result<u64, Failure> {
        self.count(unit).await
    }
    /// Moves a branch of the tree.
    async fn transfer(&self, unit: Uuid, parent: Uuid) -> Result<(), Failure>;
    /// Prepares for [`Program::list`]: the place in the middle of all people.
    async fn middle(&self, world: &World) -> Result<Place, Failure>;
}

/// A place in the list of all people, in the form that a program understands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A cursor of the library.
    Cursor(String),
    /// The last name and identifier of the last person before it.
    Key(String, Uuid),
}

/// One thing that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// By identifier.
    Get,
    /// By user name.
    Login,
    /// Filtered, sorted, with the total.
    Page,
    /// The first page of all.
    First,
    /// A page in the middle of all.
    Deep,
    /// By the beginning of the last name.
    Prefix,
    /// By the beginning of anything.
    Preset,
    /// One durable command.
    Command,
    /// Durable commands of several callers at once.
    Crowd,
    /// A branch of 1,000 nodes.
    Move,
    /// Everybody below the root.
    Count,
    /// The same without asking the storage.
    Kept,
    /// A branch is moved, and everybody below its new place is counted.
    MoveAndCount,
}

impl Operation {
    /// All of them, those that change nothing first.
    pub const ALL: [Operation; 13] = [
        Operation::Get,
        Operation::Login,
        Operation::Page,
        Operation::First,
        Operation::Deep,
        Operation::Prefix,
        Operation::Preset,
        Operation::Count,
        Operation::Kept,
        Operation::Command,
        Operation::Crowd,
        Operation::Move,
        Operation::MoveAndCount,
    ];

    /// Whether it changes nothing, so that one program may carry it out more often than the other.
    pub fn reads(self) -> bool {
        !matches!(
            self,
            Operation::Command | Operation::Crowd | Operation::Move | Operation::MoveAndCount
        )
    }

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Operation::Get => "get by id",
            Operation::Login => "get by login",
            Operation::Page => "page of 20, filter, sort, total",
            Operation::First => "first page of all by name",
            Operation::Deep => "page in the middle of all",
            Operation::Prefix => "prefix of the last name",
            Operation::Preset => "prefix preset, 7 attributes",
            Operation::Command => "one durable command",
            Operation::Crowd => "durable commands, 8 callers",
            Operation::Move => "move of 1,000 nodes",
            Operation::Count => "count below the root",
            Operation::Kept => "count below the root, kept",
            Operation::MoveAndCount => "move of 1,000 nodes, then count",
        }
    }
}

/// A program with what it needs to be asked.
pub struct Subject {
    /// The program.
    pub program: Arc<dyn Program>,
    middle: Option<Place>,
    /// The next person who joins.
    joining: usize,
    moves: usize,
    turn: u64,
}

impl Subject {
    /// A program that has nobody yet.
    pub fn new(program: Arc<dyn Program>, world: &World) -> Subject {
        Subject {
            program,
            middle: None,
            joining: world.users,
            moves: 0,
            turn: 0,
        }
    }

    /// Looks up what later questions refer to.
    ///
    /// # Errors
    /// When the program fails.
    pub async fn settle(&mut self, world: &World) -> Result<(), Failure> {
        self.middle = Some(self.program.middle(world).await?);
        Ok(())
    }

    /// The next run asks what the last one did.
    pub fn again(&mut self) {
        self.turn -= 1;
    }

    /// Goes on in a database that was filled before.
    ///
    /// # Errors
    /// When the program fails.
    pub async fn resume(&mut self, world: &World) -> Result<(), Failure> {
        let root = world.units.first().map_or(Uuid::nil(), |unit| unit.id);
        self.joining = usize::try_from(self.program.count(root).await?)?;
        Ok(())
    }

    /// Takes on the people whom another program has and this one has not yet.
    ///
    /// # Errors
    /// When the program fails.
    pub async fn catch_up(&mut self, world: &World, other: &Subject) -> Result<(), Failure> {
        while self.joining < other.joining {
            self.program.create(world, self.joining).await?;
            self.joining += 1;
        }
        Ok(())
    }

    /// Carries out an operation so many times, and answers with a number made of all answers: two programs that are
    /// asked the same give the same.
    ///
    /// # Errors
    /// When the program fails.
    pub async fn run(
        &mut self,
        world: &Arc<World>,
        operation: Operation,
        times: usize,
    ) -> Result<u64, Failure> {
        self.turn += 1;
        let mut dice = Dice::at(operation as u64 + 1, self.turn);
        let mut sum = Sum(0);
        let program = &self.program;
        match operation {
            Operation::Get => {
                for _ in 0..times {
                    let (version, name) = program
                        .get(world.user_id(dice.below(world.users)))
                        .await?
                        .ok_or("a person is missing")?;
                    sum.add(version).add(name.len() as u64);
                }
            }
            Operation::Login => {
                for _ in 0..times {
                    let name = world.user_name(dice.below(world.users)).to_lowercase();
                    let id = program.login(&name).await?.ok_or("a name is missing")?;
                    sum.add(id.as_u64_pair().1);
                }
            }
            Operation::Page => {
                for _ in 0..times {
                    sum.page(&program.page(&world.department(&mut dice)).await?);
                }
            }
            Operation::First => {
                for _ in 0..times {
                    sum.page(&program.list(None).await?);
                }
            }
            Operation::Deep => {
                for _ in 0..times {
                    sum.page(&program.list(self.middle.as_ref()).await?);
                }
            }
            Operation::Prefix => {
                for _ in 0..times {
                    sum.page(&program.prefix(&world.prefix(&mut dice)).await?);
                }
            }
            Operation::Preset => {
                for _ in 0..times {
                    sum.page(&program.preset(&world.prefix(&mut dice)).await?);
                }
            }
            Operation::Count => {
                let root = world.units.first().map_or(Uuid::nil(), |unit| unit.id);
                for _ in 0..times {
                    sum.add(program.count(root).await?);
                }
            }
            Operation::Kept => {
                let root = world.units.first().map_or(Uuid::nil(), |unit| unit.id);
                for _ in 0..times {
                    sum.add(program.kept(root).await?);
                }
            }
            Operation::Command => {
                for _ in 0..times {
                    program.create(world, self.joining).await?;
                    self.joining += 1;
                    sum.add(1);
                }
            }
            Operation::Crowd => {
                let each = times.div_ceil(CALLERS);
                let callers: Vec<_> = (0..CALLERS)
                    .map(|caller| {
                        let (program, world) = (program.clone(), world.clone());
                        let from = self.joining + caller * each;
                        tokio::spawn(async move {
                            for n in from..from + each {
                                program.create(&world, n).await?;
                            }
                            Ok::<(), Failure>(())
                        })
                    })
                    .collect();
                self.joining += CALLERS * each;
                for caller in callers {
                    caller.await??;
                }
                sum.add(self.joining as u64);
            }
            Operation::Move => {
                let (top, places) = world.branch();
                for _ in 0..times {
                    self.moves += 1;
                    let to = places.get(self.moves % 2).copied().unwrap_or_default();
                    program.transfer(top, to).await?;
                    sum.add(1);
                }
            }
            Operation::MoveAndCount => {
                let (top, places) = world.branch();
                for _ in 0..times {
                    self.moves += 1;
                    let to = places.get(self.moves % 2).copied().unwrap_or_default();
                    program.transfer(top, to).await?;
                    sum.add(program.count(to).await?);
                }
            }
        }
        Ok(sum.0)
    }
}

struct Sum(u64);

impl Sum {
    fn add(&mut self, value: u64) -> &mut Sum {
        self.0 = self
            .0
            .rotate_left(5)
            .wrapping_add(value)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self
    }

    fn page(&mut self, page: &Page) {
        self.add(page.total.unwrap_or(u64::MAX));
        for id in &page.ids {
            self.add(id.as_u64_pair().1);
        }
    }
}
