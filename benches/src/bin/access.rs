//! Decisions beside a hand-written check.
//!
//! ```text
//! cargo run --release -p iam-benches --bin access -- [--users 10000] [--backend memory|sqlite] [--rounds 5]
//! ```
//!
//! The world: people in a tree of units, 200 roles, administrators who hold some of them within a unit. Every answer is
//! compared with that of the hand-written check.

use std::{collections::HashMap, sync::Arc, time::Instant};

use iam_benches::{measure, program::Failure, world::Dice};
use iam_core::{
    access::On,
    command::{Command, CreateOrganization, CreateRole, CreateUser, GrantRole, RevokeRole},
    model::{EntityId, Kind, OrganizationId, RoleId, UserId},
    plan::Actor,
    port::Storage,
    rules::Privilege,
    search::{Search, Sort},
    service::{Acting, BatchMode, Decider, Iam},
};
use iam_storage::{
    host::system,
    memory::MemoryStorage,
    sqlite::{SqliteOptions, SqliteStorage},
};

const ACTIONS: [&str; 8] = [
    "view",
    "update",
    "delete",
    "reset_password",
    "end_sessions",
    "export",
    "grant",
    "assign",
];
const ROLES: usize = 200;

/// Who holds what where, in numbers.
struct Company {
    users: Vec<EntityId>,
    homes: Vec<usize>,
    units: Vec<EntityId>,
    parents: Vec<Option<usize>>,
    roles: Vec<(EntityId, Vec<usize>)>,
    /// Administrator, role, unit.
    grants: Vec<(usize, usize, usize)>,
}

fn id(kind: Kind, number: usize) -> EntityId {
    let mut dice = Dice::at(kind as u64, number as u64);
    let (high, low) = (dice.bits(), dice.bits());
    EntityId::new(
        kind,
        uuid::Builder::from_u128((u128::from(high) << 64) | u128::from(low))
            .with_version(uuid::Version::Random)
            .into_uuid(),
    )
}

impl Company {
    fn new(users: usize) -> Company {
        let units = (users / 50).max(20);
        let mut dice = Dice::at(7, 7);
        let parents: Vec<Option<usize>> = (0..units)
            .map(|unit| (unit > 0).then(|| (unit - 1) / 6))
            .collect();
        let grants = 20 + users / 240;
        Company {
            users: (0..users).map(|number| id(Kind::User, number)).collect(),
            homes: (0..users).map(|_| dice.below(units)).collect(),
            units: (0..units).map(|number| id(Kind::Organization, number)).collect(),
            parents,
            roles: (0..ROLES)
                .map(|number| {
                    let actions = (0..ACTIONS.len()).filter(|_| dice.below(3) == 0).collect();
                    (id(Kind::Role, number), actions)
                })
                .collect(),
            grants: (0..grants)
                .map(|_| (dice.below(grants / 2), dice.below(ROLES), dice.skewed(units)))
                .collect(),
        }
    }

    fn commands(&self) -> impl Iterator<Item = Command> + '_ {
        let units = (0..self.units.len()).map(|number| {
            let mut create = CreateOrganization::new(format!("Unit {number}"));
            create.id = self
                .units
                .get(number)
                .and_then(|id| OrganizationId::try_from(*id).ok());
            let parent = self.parents.get(number).copied().flatten();
            create.parent = parent
                .and_then(|parent| self.units.get(parent))
                .and_then(|id| OrganizationId::try_from(*id).ok());
            Command::from(create)
        });
        let roles = self.roles.iter().enumerate().map(|(number, (id, actions))| {
            let actions = actions.iter().filter_map(|action| ACTIONS.get(*action).copied());
            let mut create =
                CreateRole::internal(format!("Role {number}")).privilege(Privilege::allow("user", actions));
            create.id = RoleId::try_from(*id).ok();
            Command::from(create)
        });
        let users = self
            .users
            .iter()
            .zip(&self.homes)
            .enumerate()
            .map(|(number, (id, home))| {
                let mut create = CreateUser::new(format!("user{number}"))
                    .set("email", format!("user{number}@example.com"));
                create.id = UserId::try_from(*id).ok();
                if let Some(home) = self
                    .units
                    .get(*home)
                    .and_then(|id| OrganizationId::try_from(*id).ok())
                {
                    create = create.in_organization(home);
                }
                Command::from(create)
            });
        units.chain(roles).chain(users)
    }
}

/// The floor: role masks and tree intervals in plain vectors.
struct ByHand {
    index: HashMap<EntityId, usize>,
    homes: Vec<usize>,
    spans: Vec<(u32, u32)>,
    grants: Vec<Vec<(u64, u32, u32)>>,
    masks: Vec<u64>,
}

impl ByHand {
    fn new(company: &Company) -> ByHand {
        let mut children = vec![Vec::new(); company.units.len()];
        for (unit, parent) in company.parents.iter().enumerate() {
            if let Some(list) = parent.and_then(|parent| children.get_mut(parent)) {
                list.push(unit);
            }
        }
        let mut spans = vec![(0, 0); company.units.len()];
        let mut place = 0;
        number(0, &children, &mut spans, &mut place);
        let masks: Vec<u64> = company
            .roles
            .iter()
            .map(|(_, actions)| actions.iter().fold(0, |mask, action| mask | 1 << action))
            .collect();
        let mut by_hand = ByHand {
            index: company.users.iter().copied().zip(0..).collect(),
            homes: company.homes.clone(),
            spans,
            grants: vec![Vec::new(); company.users.len()],
            masks,
        };
        for (who, role, unit) in &company.grants {
            by_hand.grant(*who, *role, *unit);
        }
        by_hand
    }

    fn grant(&mut self, who: usize, role: usize, unit: usize) {
        let (Some(mask), Some(span)) = (self.masks.get(role), self.spans.get(unit)) else {
            return;
        };
        if let Some(grants) = self.grants.get_mut(who) {
            grants.push((*mask, span.0, span.1));
        }
    }

    fn can(&self, who: &EntityId, action: usize, target: &EntityId) -> bool {
        let (Some(who), Some(target)) = (self.index.get(who), self.index.get(target)) else {
            return false;
        };
        self.can_by_number(*who, action, *target)
    }

    fn can_by_number(&self, who: usize, action: usize, target: usize) -> bool {
        // Everybody sees and edits the own record.
        if who == target && action < 2 {
            return true;
        }
        let place = self
            .homes
            .get(target)
            .and_then(|home| self.spans.get(*home))
            .map_or(0, |span| span.0);
        self.grants.get(who).is_some_and(|grants| {
            grants
                .iter()
                .any(|(mask, from, until)| mask >> action & 1 == 1 && (*from..*until).contains(&place))
        })
    }
}

fn number(unit: usize, children: &[Vec<usize>], spans: &mut [(u32, u32)], place: &mut u32) {
    let from = *place;
    *place += 1;
    for child in children.get(unit).into_iter().flatten() {
        number(*child, children, spans, place);
    }
    if let Some(span) = spans.get_mut(unit) {
        *span = (from, *place);
    }
}

/// Operations a second of processor time; the best of the rounds.
fn rate(rounds: usize, times: usize, mut work: impl FnMut()) -> f64 {
    (0..rounds)
        .map(|_| {
            let started = measure::cpu();
            work();
            times as f64 / (measure::cpu() - started).max(1e-9)
        })
        .fold(0.0, f64::max)
}

struct Question {
    who: usize,
    action: usize,
    target: usize,
}

fn questions(company: &Company, seed: u64, times: usize) -> Vec<Question> {
    let mut dice = Dice::at(seed, 11);
    (0..times)
        .map(|_| {
            let grant = dice.below(company.grants.len());
            Question {
                who: company.grants.get(grant).map_or(0, |grant| grant.0),
                action: dice.below(ACTIONS.len()),
                target: dice.below(company.users.len()),
            }
        })
        .collect()
}

fn pick(list: &[EntityId], place: usize) -> Result<EntityId, Failure> {
    list.get(place)
        .copied()
        .ok_or_else(|| "out of the company".into())
}

async fn fill(acting: &Acting<'static>, company: &Company) -> Result<(), Failure> {
    let mut commands = company.commands().peekable();
    while commands.peek().is_some() {
        let part: Vec<Command> = commands.by_ref().take(500).collect();
        acting.batch(&part, BatchMode::AllOrNothing).await?;
    }
    for (who, role, unit) in &company.grants {
        acting.execute(granting(company, *who, *role, *unit)?).await?;
    }
    Ok(())
}

fn granting(company: &Company, who: usize, role: usize, unit: usize) -> Result<GrantRole, Failure> {
    let role = company.roles.get(role).ok_or("no such role")?.0;
    let unit = OrganizationId::try_from(pick(&company.units, unit)?)?;
    Ok(GrantRole::new(RoleId::try_from(role)?, [pick(&company.users, who)?]).within([unit]))
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let (mut users, mut backend, mut rounds) = (10_000, "memory".to_owned(), 5);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or("an option wants a value")?;
        match word.as_str() {
            "--users" => users = value.replace('_', "").parse()?,
            "--backend" => backend = value,
            "--rounds" => rounds = value.parse()?,
            _ => return Err("see the beginning of benches/src/bin/access.rs".into()),
        }
    }
    let folder = tempfile::tempdir_in(".")?;
    let storage: Arc<dyn Storage> = match backend.as_str() {
        "memory" => Arc::new(MemoryStorage::new()),
        _ => Arc::new(SqliteStorage::open(
            folder.path().join("access.db"),
            SqliteOptions::default(),
        )?),
    };
    // The same grant twice would be one edge for us and two for the plain check.
    let mut company = Company::new(users);
    company.grants.sort_by_key(|grant| (grant.0, grant.1));
    company.grants.dedup_by_key(|grant| (grant.0, grant.1));
    let iam = Iam::new(storage.clone(), system([7; 32]))?;
    let realm = iam.realm("bench").await?;
    let acting = realm.host("bench");
    let started = Instant::now();
    fill(&acting, &company).await?;
    println!(
        "{users} users, {} units, {ROLES} roles, {} grants on {backend}; filled in {:.1} s; load {}",
        company.units.len(),
        company.grants.len(),
        started.elapsed().as_secs_f64(),
        measure::load()
    );
    let by_hand = ByHand::new(&company);
    let asked = questions(&company, 1, 200_000);

    // Cold: an engine that knows nothing yet.
    let cold = Iam::new(storage.clone(), system([7; 32]))?;
    let before = measure::memory();
    let started = Instant::now();
    let first = asked.first().ok_or("nothing is asked")?;
    let actor = UserId::try_from(pick(&company.users, first.who)?)?;
    let there = cold.in_realm(realm.id()).act_as(Actor::User(actor));
    let action = ACTIONS.get(first.action).copied().unwrap_or_default();
    there
        .can(action, On::Record(pick(&company.users, first.target)?))
        .await?;
    println!(
        "cold start to the first answer: {:.1} ms",
        started.elapsed().as_secs_f64() * 1e3
    );

    let decider = acting.decider().await?;
    let started = Instant::now();
    decider.warm(&company.users).await?;
    let after = measure::memory();
    println!(
        "everything in memory: {} records in {:.1} s, {} MiB more than before",
        decider.resident(),
        started.elapsed().as_secs_f64(),
        after.unwrap_or(0).saturating_sub(before.unwrap_or(0))
    );
    let abilities: Vec<_> = ACTIONS
        .iter()
        .map(|action| decider.ability("user", action))
        .collect();
    let ability = |place: usize| abilities.get(place).copied().ok_or("no such action");

    // The answers first.
    let mut yes = 0;
    for question in &asked {
        let (who, target) = (
            pick(&company.users, question.who)?,
            pick(&company.users, question.target)?,
        );
        let expected = by_hand.can(&who, question.action, &target);
        let answer = decider.can(who, ability(question.action)?, target);
        if answer != Some(expected) {
            return Err(format!(
                "{who} {} {target}: {answer:?}, expected {expected}",
                question.action
            )
            .into());
        }
        yes += usize::from(expected);
    }
    println!(
        "{} answers agree with the hand-written check, {yes} of them yes",
        asked.len()
    );

    let mut flat = Vec::new();
    let mut numbers = Vec::new();
    for question in &asked {
        let (who, target) = (
            pick(&company.users, question.who)?,
            pick(&company.users, question.target)?,
        );
        let action = ability(question.action)?;
        flat.push((who, action, target));
        numbers.push((decider.who(who), action, decider.who(target)));
    }
    let times = asked.len();
    let mut sink = 0usize;
    let ids = rate(rounds, times, || {
        for (who, action, target) in &flat {
            sink += usize::from(decider.can(*who, *action, *target) == Some(true));
        }
    });
    let handles = rate(rounds, times, || {
        for (who, action, target) in &numbers {
            sink += usize::from(decider.can_by_number(*who, *action, *target) == Some(true));
        }
    });
    let floor = rate(rounds, times, || {
        for ((who, _, target), question) in flat.iter().zip(&asked) {
            sink += usize::from(by_hand.can(who, question.action, target));
        }
    });
    let floor_numbers = rate(rounds, times, || {
        for question in &asked {
            sink += usize::from(by_hand.can_by_number(question.who, question.action, question.target));
        }
    });
    println!("| decision | a CPU second |\n|---|---|");
    println!("| ours, public identifiers | {ids:.0} |");
    println!("| ours, numbers | {handles:.0} |");
    println!("| by hand, public identifiers | {floor:.0} |");
    println!("| by hand, numbers | {floor_numbers:.0} |");
    let mixed = mixed(&acting, &decider, &company, &flat, by_hand).await?;
    println!("| ours, public identifiers, 1 % writes (decisions only) | {mixed:.0} |");

    let mut lists = 0;
    let (started, count) = (measure::cpu(), 200);
    for question in asked.iter().take(count) {
        let actor = UserId::try_from(pick(&company.users, question.who)?)?;
        let search = Search::new(Kind::User)
            .sort([Sort::ascending("email")])
            .limit(20)
            .total(true);
        lists += realm
            .act_as(Actor::User(actor))
            .search(&search)
            .await?
            .items
            .len();
    }
    println!(
        "| first page of what may be seen, sorted, with total | {:.0} |",
        count as f64 / (measure::cpu() - started)
    );
    println!("({} {lists}; load {})", sink % 7, measure::load());
    Ok(())
}

/// A write after every 99 decisions; after each the answer for the one who is concerned is the new one.
async fn mixed(
    acting: &Acting<'static>,
    decider: &Decider,
    company: &Company,
    asked: &[(EntityId, iam_core::access::Ability, EntityId)],
    by_hand: ByHand,
) -> Result<f64, Failure> {
    let (mut busy, mut decided, mut dice) = (0.0, 0, Dice::at(3, 3));
    for (round, part) in asked.chunks(99).take(300).enumerate() {
        let (who, role, unit) = (
            company.users.len() - 1 - dice.below(100),
            dice.below(ROLES),
            dice.below(company.units.len()),
        );
        let holder = pick(&company.users, who)?;
        let role_id = RoleId::try_from(company.roles.get(role).ok_or("no such role")?.0)?;
        let grants = round % 2 == 0;
        if grants {
            acting.execute(granting(company, who, role, unit)?).await?;
        } else {
            let all: Vec<EntityId> = (0..100)
                .filter_map(|back| company.users.get(company.users.len() - 1 - back).copied())
                .collect();
            acting
                .execute(RevokeRole {
                    role: role_id,
                    holders: [holder].into(),
                })
                .await
                .map_or_else(
                    // Who does not hold it loses nothing.
                    |problem| drop((problem, all.len())),
                    drop,
                );
        }
        let started = measure::cpu();
        for (who, action, target) in part {
            decided += usize::from(decider.can(*who, *action, *target).is_some());
        }
        busy += measure::cpu() - started;
        if grants {
            let member = company.homes.iter().position(|home| *home == unit);
            if let Some(member) = member {
                let target = pick(&company.users, member)?;
                let mask = by_hand.masks.get(role).copied().unwrap_or_default();
                let action = mask.trailing_zeros() as usize;
                if let Some(action) = ACTIONS.get(action) {
                    decider.warm(&[holder, target]).await?;
                    let answer = decider.can(holder, decider.ability("user", action), target);
                    if answer != Some(true) {
                        return Err("a grant did not count at once".into());
                    }
                }
            }
        }
    }
    Ok(decided as f64 / busy.max(1e-9))
}
