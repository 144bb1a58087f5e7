//! What an administrator may see: all identifiers, and the first page, beside plain SQL with the same predicate.

use std::path::Path;

use iam_benches::{measure, program::Failure};
use iam_core::{
    model::{EntityId, Kind, UserId},
    plan::Actor,
    search::{Search, Sort},
    service::{Decider, Realm},
};
use rusqlite::{Connection, params};

use crate::company::{ByHand, Company, Question, pick};

/// The same people in plain tables.
pub struct Plain {
    connection: Connection,
}

const COUNT: &str = "SELECT COUNT(*) FROM user WHERE unit IN
  (WITH RECURSIVE below(id) AS (SELECT unit FROM granted WHERE who = ?1 AND mask & 1
     UNION SELECT u.id FROM unit u JOIN below b ON u.parent = b.id) SELECT id FROM below) OR id = ?1";
const PAGE: &str = "SELECT id, email FROM user WHERE unit IN
  (WITH RECURSIVE below(id) AS (SELECT unit FROM granted WHERE who = ?1 AND mask & 1
     UNION SELECT u.id FROM unit u JOIN below b ON u.parent = b.id) SELECT id FROM below) OR id = ?1
  ORDER BY email, id LIMIT 20";

impl Plain {
    pub fn new(file: &Path, company: &Company, by_hand: &ByHand) -> Result<Plain, Failure> {
        let mut connection = Connection::open(file)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL;
             CREATE TABLE unit (id INTEGER PRIMARY KEY, parent INTEGER);
             CREATE INDEX unit_by_parent ON unit (parent);
             CREATE TABLE user (id INTEGER PRIMARY KEY, email TEXT NOT NULL, unit INTEGER NOT NULL);
             CREATE INDEX user_by_unit ON user (unit);
             CREATE INDEX user_by_email ON user (email, id);
             CREATE TABLE granted (who INTEGER NOT NULL, mask INTEGER NOT NULL, unit INTEGER NOT NULL);
             CREATE INDEX granted_by_who ON granted (who);",
        )?;
        let transaction = connection.transaction()?;
        for (unit, parent) in company.parents.iter().enumerate() {
            transaction.execute(
                "INSERT INTO unit VALUES (?, ?)",
                params![unit as i64, parent.map(|p| p as i64)],
            )?;
        }
        for (user, home) in company.homes.iter().enumerate() {
            transaction
                .prepare_cached("INSERT INTO user VALUES (?, ?, ?)")?
                .execute(params![
                    user as i64,
                    format!("user{user}@example.com"),
                    *home as i64
                ])?;
        }
        for (who, role, unit) in &company.grants {
            let mask = by_hand.masks.get(*role).copied().unwrap_or_default();
            transaction.execute(
                "INSERT INTO granted VALUES (?, ?, ?)",
                params![*who as i64, mask as i64, *unit as i64],
            )?;
        }
        transaction.commit()?;
        Ok(Plain { connection })
    }

    fn page(&self, who: usize) -> Result<(u64, Vec<i64>), Failure> {
        let total: i64 = self
            .connection
            .prepare_cached(COUNT)?
            .query_row([who as i64], |row| row.get(0))?;
        let mut statement = self.connection.prepare_cached(PAGE)?;
        let ids = statement.query_map([who as i64], |row| row.get(0))?;
        Ok((u64::try_from(total)?, ids.collect::<Result<_, _>>()?))
    }
}

fn search() -> Search {
    Search::new(Kind::User)
        .sort([Sort::ascending("email")])
        .limit(20)
        .total(true)
}

/// First pages of 20, sorted, with total.
pub async fn pages(
    realm: &Realm,
    company: &Company,
    plain: &Plain,
    asked: &[Question],
    rounds: usize,
) -> Result<(), Failure> {
    let started = measure::cpu();
    // Loads who is in which unit, which the engine does by itself once it has counted as many.
    let host = realm.host("bench");
    host.headcount(Kind::User).await?;
    println!(
        "| who is in which unit, loaded | {:.0} ms of processor time |",
        (measure::cpu() - started) * 1e3
    );
    let (mut ours, mut theirs) = (0.0, 0.0);
    let again = std::iter::repeat_n(asked, rounds).flatten();
    for question in again {
        let actor = UserId::try_from(pick(&company.users, question.who)?)?;
        let acting = realm.act_as(Actor::User(actor));
        let started = measure::cpu();
        let page = acting.search(&search()).await?;
        ours += measure::cpu() - started;
        let started = measure::cpu();
        let (total, ids) = plain.page(question.who)?;
        theirs += measure::cpu() - started;
        let expected: Vec<EntityId> = ids
            .iter()
            .filter_map(|id| company.users.get(*id as usize).copied())
            .collect();
        let found: Vec<EntityId> = page.items.iter().map(|record| record.id).collect();
        if page.total != Some(total) || found != expected {
            return Err(format!(
                "{actor}: {:?} of {total}, {found:?}, expected {expected:?}",
                page.total
            )
            .into());
        }
    }
    let times = (asked.len() * rounds) as f64;
    let (ours, theirs) = (times / ours, times / theirs);
    println!("| first page of 20, sorted, with total: ours | {ours:.0} |");
    println!("| the same in plain SQL | {theirs:.0} |");
    println!("| ours/plain | {:.2} |", ours / theirs);
    Ok(())
}

/// All identifiers that somebody may see.
pub fn all(
    decider: &Decider,
    company: &Company,
    by_hand: &ByHand,
    asked: &[Question],
    rounds: usize,
) -> Result<(), Failure> {
    let members = by_hand.members(company);
    let view = decider.ability("user", "view");
    let mut numbers = Vec::new();
    let mut length = 0;
    for question in asked {
        let who = pick(&company.users, question.who)?;
        let mut found = decider.visible(who, view).ok_or("not everything is in memory")?;
        let mut expected = by_hand.visible(question.who, &members);
        if !expected.contains(&who) {
            expected.push(who);
        }
        found.sort_unstable();
        expected.sort_unstable();
        if found != expected {
            return Err(format!("{who} sees {} and not {}", found.len(), expected.len()).into());
        }
        length += found.len();
        numbers.push((who, question.who));
    }
    let mut sink = 0;
    let ours = crate::rate(rounds, numbers.len(), || {
        for (who, _) in &numbers {
            sink += decider.visible(*who, view).map_or(0, |list| list.len());
        }
    });
    let floor = crate::rate(rounds, numbers.len(), || {
        for (_, who) in &numbers {
            sink += by_hand.visible(*who, &members).len();
        }
    });
    println!(
        "| all that somebody may see ({} on average) | {ours:.0} |",
        length / numbers.len().max(1)
    );
    println!("| the same by hand | {floor:.0} |");
    println!("| ours/by hand | {:.2} |", ours / floor);
    std::hint::black_box(sink);
    Ok(())
}
