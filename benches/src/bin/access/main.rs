//! Decisions beside a hand-written check, other engines and plain SQL; dynamic membership beside plain SQL.
//!
//! ```text
//! cargo run --release -p iam-benches --features rivals --bin access -- [--users 10000] [--backend memory|sqlite]
//!   [--rounds 5] [--part decisions|rules] [--database FILE]
//! ```
//!
//! The world: people in a tree of units, 200 roles, administrators who hold some of them within a unit. Every answer is
//! compared with that of the hand-written check. A file that is named is filled when it is not there, and kept.

mod company;
mod lists;
#[cfg(feature = "rivals")]
mod rivals;
mod rules;

use std::{path::PathBuf, sync::Arc, time::Instant};

use company::{ACTIONS, ByHand, Company, ROLES, fill, granting, pick, questions};
use iam_benches::{measure, program::Failure, world::Dice};
use iam_core::{
    access::On,
    command::RevokeRole,
    model::{EntityId, Kind, RoleId, UserId},
    plan::Actor,
    port::Storage,
    service::{Acting, Decider, Iam},
};
use iam_storage::{
    host::system,
    memory::MemoryStorage,
    sqlite::{SqliteOptions, SqliteStorage},
};

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

struct Asked {
    users: usize,
    backend: String,
    rounds: usize,
    part: String,
    database: Option<PathBuf>,
}

fn options() -> Result<Asked, Failure> {
    let mut asked = Asked {
        users: 10_000,
        backend: "memory".to_owned(),
        rounds: 5,
        part: "decisions".to_owned(),
        database: None,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or("an option wants a value")?;
        match word.as_str() {
            "--users" => asked.users = value.replace('_', "").parse()?,
            "--backend" => asked.backend = value,
            "--rounds" => asked.rounds = value.parse()?,
            "--part" => asked.part = value,
            "--database" => asked.database = Some(value.into()),
            _ => return Err("see the beginning of benches/src/bin/access/main.rs".into()),
        }
    }
    Ok(asked)
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let options = options()?;
    let folder = tempfile::tempdir_in(".")?;
    let file = options
        .database
        .clone()
        .unwrap_or(folder.path().join("access.db"));
    let filled = file.exists();
    let storage: Arc<dyn Storage> = match options.backend.as_str() {
        "memory" => Arc::new(MemoryStorage::new()),
        _ => Arc::new(SqliteStorage::open(&file, SqliteOptions::default())?),
    };
    if options.part == "rules" {
        return rules::measure(storage, options.users, folder.path()).await;
    }
    decisions(&options, storage, filled, folder.path()).await
}

async fn decisions(
    options: &Asked,
    storage: Arc<dyn Storage>,
    filled: bool,
    folder: &std::path::Path,
) -> Result<(), Failure> {
    let (users, rounds) = (options.users, options.rounds);
    // The same grant twice would be one edge for us and two for the plain check.
    let mut company = Company::new(users);
    company.grants.sort_by_key(|grant| (grant.0, grant.1));
    company.grants.dedup_by_key(|grant| (grant.0, grant.1));
    let iam = Iam::new(storage.clone(), system([7; 32]))?;
    let realm = iam.realm("bench").await?;
    let acting = realm.host("bench");
    let started = Instant::now();
    if !filled {
        fill(&acting, &company).await?;
    }
    println!(
        "{users} users, {} units, {ROLES} roles, {} grants on {}; filled in {:.1} s; load {}",
        company.units.len(),
        company.grants.len(),
        options.backend,
        started.elapsed().as_secs_f64(),
        measure::load()
    );
    let by_hand = ByHand::new(&company);
    let asked = questions(&company, 1, 200_000);

    // Cold: an engine that knows nothing yet.
    let cold = Iam::new(storage.clone(), system([7; 32]))?;
    let before = measure::memory();
    let started = Instant::now();
    for (place, question) in asked.iter().take(1_000).enumerate() {
        let actor = UserId::try_from(pick(&company.users, question.who)?)?;
        let there = cold.in_realm(realm.id()).act_as(Actor::User(actor));
        let action = ACTIONS.get(question.action).copied().unwrap_or_default();
        let target = On::Record(pick(&company.users, question.target)?);
        if there.can(action, target).await?
            != by_hand.can(
                &pick(&company.users, question.who)?,
                question.action,
                &pick(&company.users, question.target)?,
            )
        {
            return Err("a cold answer is wrong".into());
        }
        if place == 0 || place == 999 {
            println!(
                "| cold start to the answer number {} | {:.1} ms, {} MiB more |",
                place + 1,
                started.elapsed().as_secs_f64() * 1e3,
                measure::memory().unwrap_or(0).saturating_sub(before.unwrap_or(0))
            );
        }
    }
    drop(cold);

    let decider = acting.decider().await?;
    let before = measure::memory();
    let started = Instant::now();
    decider.warm_all(Kind::User).await?;
    println!(
        "| everybody in memory ({} records) | {:.2} s, {} MiB more than before |",
        decider.resident(),
        started.elapsed().as_secs_f64(),
        measure::memory().unwrap_or(0).saturating_sub(before.unwrap_or(0))
    );
    let holders: Vec<EntityId> = company
        .grants
        .iter()
        .filter_map(|grant| company.users.get(grant.0).copied())
        .collect();
    decider.warm(&holders).await?;
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
    #[cfg(feature = "rivals")]
    rivals(&company, &by_hand, rounds, ids).await?;
    lists::all(
        &decider,
        &company,
        &by_hand,
        asked.get(..500).unwrap_or(&asked),
        rounds,
    )?;
    if options.backend == "sqlite" {
        let plain = lists::Plain::new(&folder.join("plain.db"), &company, &by_hand)?;
        lists::pages(
            &realm,
            &company,
            &plain,
            asked.get(..200).unwrap_or(&asked),
            rounds,
        )
        .await?;
    }
    let [alone, floor_alone] = pieces(&decider, &flat, &asked, &by_hand);
    let [mixed, floor_mixed] = mixed(&acting, &decider, &company, (&flat, &asked), by_hand).await?;
    println!("| ours, public identifiers, 99 at a time | {alone:.0} |");
    println!(
        "| ours, public identifiers, 1 % writes (decisions only) | {mixed:.0}, {:.2} of without |",
        mixed / alone
    );
    println!("| by hand, public identifiers, 99 at a time | {floor_alone:.0} |");
    println!(
        "| by hand, public identifiers, after the same writes | {floor_mixed:.0}, {:.2} of without |",
        floor_mixed / floor_alone
    );
    println!("({}; load {})", sink % 7, measure::load());
    Ok(())
}

/// The same questions to other engines.
#[cfg(feature = "rivals")]
async fn rivals(company: &Company, by_hand: &ByHand, rounds: usize, ours: f64) -> Result<(), Failure> {
    let asked = questions(company, 5, 400);
    let cedar = rivals::Cedar::new(company, &asked)?;
    let casbin = rivals::Casbin::new(company, &asked).await?;
    let answers = cedar.answers().zip(casbin.answers());
    for (question, (cedar, casbin)) in asked.iter().zip(answers) {
        let expected = by_hand.can_by_number(question.who, question.action, question.target);
        if cedar != expected || casbin? != expected {
            return Err("the other engines do not agree".into());
        }
    }
    let mut sink = 0;
    let cedar = rate(rounds, asked.len() * 10, || {
        for _ in 0..10 {
            sink += cedar.answers().filter(|yes| *yes).count();
        }
    });
    let casbin = rate(rounds, asked.len() * 10, || {
        for _ in 0..10 {
            sink += casbin.answers().filter(|yes| matches!(yes, Ok(true))).count();
        }
    });
    println!(
        "| cedar-policy, the slice of each check only | {cedar:.0} (ours {:.0} ×) |",
        ours / cedar
    );
    println!(
        "| casbin, the slice of each check only | {casbin:.0} (ours {:.0} ×) |",
        ours / casbin
    );
    std::hint::black_box(sink);
    Ok(())
}

/// Decisions 99 at a time, as they are measured between writes, without any: ours and by hand.
fn pieces(decider: &Decider, flat: &[Flat], asked: &[company::Question], by_hand: &ByHand) -> [f64; 2] {
    let (mut busy, mut decided) = ([0.0; 2], [0usize; 2]);
    for (round, (part, questions)) in flat.chunks(99).zip(asked.chunks(99)).enumerate() {
        let side = round % 2;
        let started = measure::own_cpu();
        decided[side] += match side {
            0 => ask(decider, part),
            _ => ask_by_hand(by_hand, part, questions),
        };
        busy[side] += measure::own_cpu() - started;
    }
    [0, 1].map(|side| decided[side] as f64 / busy[side].max(1e-9))
}

/// A decision: who, what, whom.
type Flat = (EntityId, iam_core::access::Ability, EntityId);

fn ask(decider: &Decider, part: &[Flat]) -> usize {
    part.iter()
        .filter(|(who, action, target)| decider.can(*who, *action, *target).is_some())
        .count()
}

fn ask_by_hand(by_hand: &ByHand, part: &[Flat], questions: &[company::Question]) -> usize {
    let mut yes = 0;
    for ((who, _, target), question) in part.iter().zip(questions) {
        yes += usize::from(std::hint::black_box(by_hand.can(who, question.action, target)));
    }
    std::hint::black_box(yes);
    part.len()
}

/// A write after every 99 decisions, ours and by hand in turn; after each the answer for the one who is concerned is the new one.
async fn mixed(
    acting: &Acting<'static>,
    decider: &Decider,
    company: &Company,
    (flat, asked): (&[Flat], &[company::Question]),
    by_hand: ByHand,
) -> Result<[f64; 2], Failure> {
    let (mut busy, mut decided, mut dice) = ([0.0; 2], [0usize; 2], Dice::at(3, 3));
    for (round, (part, questions)) in flat.chunks(99).zip(asked.chunks(99)).take(600).enumerate() {
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
        let side = round / 2 % 2;
        let started = measure::own_cpu();
        decided[side] += match side {
            0 => ask(decider, part),
            _ => ask_by_hand(&by_hand, part, questions),
        };
        busy[side] += measure::own_cpu() - started;
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
    Ok([0, 1].map(|side| decided[side] as f64 / busy[side].max(1e-9)))
}
