//! Dynamic membership: all rules over everybody, one changed user with and without rules, one changed rule beside
//! `INSERT … SELECT` in plain tables.

use std::{path::Path, sync::Arc, time::Instant};

use iam_benches::{measure, program::Failure, world::Dice};
use iam_core::{
    command::{Command, CreateGroup, CreateUser, UpdateGroup, UpdateUser},
    model::{GroupId, UserId},
    port::Storage,
    query::Filter,
    service::{Acting, BatchMode, Iam},
};
use iam_storage::host::system;
use rusqlite::{Connection, params};

const CITIES: usize = 500;

async fn people(acting: &Acting<'static>, users: usize) -> Result<Vec<UserId>, Failure> {
    let mut ids = Vec::with_capacity(users);
    for start in (0..users).step_by(500) {
        let part: Vec<Command> = (start..users.min(start + 500))
            .map(|n| {
                CreateUser::new(format!("person{n}"))
                    .set("city", format!("City {}", n % CITIES))
                    .set("job", format!("Job {}", n % 7))
                    .into()
            })
            .collect();
        for result in acting.batch(&part, BatchMode::AllOrNothing).await?.results {
            ids.push(UserId::try_from(result?.ok_or("nobody was created")?)?);
        }
    }
    Ok(ids)
}

fn rule(place: usize) -> CreateGroup {
    CreateGroup::new(format!("Rule {place}")).when(format!("city eq \"City {}\"", place % CITIES))
}

/// One changed user, `count` times; seconds of processor time each.
async fn changes(
    acting: &Acting<'static>,
    ids: &[UserId],
    round: usize,
    count: usize,
) -> Result<f64, Failure> {
    let started = measure::cpu();
    for (n, id) in ids.iter().take(count).enumerate() {
        // Into a city without a rule: what is measured is the looking, not the moving.
        let update = UpdateUser::new(*id).set("city", format!("Town {round} {n}"));
        acting.execute(update).await?;
    }
    Ok((measure::cpu() - started) / count as f64)
}

async fn realm(storage: Arc<dyn Storage>, name: &str) -> Result<(Iam, Acting<'static>), Failure> {
    let iam = Iam::new(storage, system([7; 32]))?;
    let acting = iam.realm(name).await?.host("bench");
    Ok((iam, acting))
}

pub async fn measure(storage: Arc<dyn Storage>, users: usize, folder: &Path) -> Result<(), Failure> {
    let (_iam, acting) = realm(storage, "rules").await?;
    let ids = people(&acting, users).await?;
    let count = 300.min(users / 10);
    let none = changes(&acting, ids.get(users / 2..).unwrap_or_default(), 0, count).await?;
    let started = Instant::now();
    let cpu = measure::cpu();
    for place in 0..50 {
        acting.execute(rule(place)).await?;
    }
    println!(
        "| 50 rules over {users} people, made one after the other | {:.0} ms ({:.0} ms of processor time) |",
        started.elapsed().as_secs_f64() * 1e3,
        (measure::cpu() - cpu) * 1e3
    );
    let fifty = changes(&acting, ids.get(users / 2..).unwrap_or_default(), 1, count).await?;
    // The same once more, all at once, in the cities after those.
    let all: Vec<Command> = (50..100).map(|place| rule(place).into()).collect();
    let started = Instant::now();
    let cpu = measure::cpu();
    for result in acting.batch(&all, BatchMode::AllOrNothing).await?.results {
        result?;
    }
    println!(
        "| 50 rules over {users} people, made in one batch | {:.0} ms ({:.0} ms of processor time) |",
        started.elapsed().as_secs_f64() * 1e3,
        (measure::cpu() - cpu) * 1e3
    );
    for place in 50..100 {
        let members = acting
            .count(
                iam_core::model::Kind::User,
                iam_core::search::Predicate::eq("groups_by_rule", named(&acting, place).await?),
            )
            .await?;
        // Those whose changes were measured have moved away.
        let moved = users / 2..users / 2 + count;
        let expected = (place..users).step_by(CITIES).filter(|n| !moved.contains(n));
        if members != expected.count() as u64 {
            return Err(format!("rule {place} has {members} members").into());
        }
    }
    let more: Vec<Command> = (100..CITIES).map(|place| rule(place).into()).collect();
    for part in more.chunks(50) {
        for command in part {
            acting.execute(command.clone()).await?;
        }
    }
    let many = changes(&acting, ids.get(users / 2..).unwrap_or_default(), 2, count).await?;
    println!("| one changed person, no rules | {:.0} µs |", none * 1e6);
    println!(
        "| with 50 rules that read the attribute | {:.2} × |",
        fifty / none
    );
    println!(
        "| with 500 rules that read the attribute | {:.2} × of 50 |",
        many / fifty
    );
    let group = GroupId::try_from(named(&acting, 0).await?)?;
    // One changed rule: a seventh of all come, a five-hundredth go.
    let update = UpdateGroup {
        group,
        attributes: Default::default(),
        member_kinds: None,
        condition: Some(Some(Filter::scim("job eq \"Job 1\""))),
        condition_kind: None,
    };
    let started = Instant::now();
    let difference = acting
        .rule_difference(
            group.into(),
            iam_core::model::Kind::User,
            &Filter::scim("job eq \"Job 1\""),
        )
        .await?;
    println!(
        "| who would come ({}) and go ({}) | {:.1} ms |",
        difference.gainers,
        difference.losers,
        started.elapsed().as_secs_f64() * 1e3
    );
    let started = Instant::now();
    acting.execute(update).await?;
    let ours = started.elapsed().as_secs_f64();
    let plain = plain(folder, users)?;
    println!("| one rule changed | {:.0} ms |", ours * 1e3);
    println!(
        "| plain INSERT … SELECT of the difference, with journal rows | {:.0} ms |",
        plain * 1e3
    );
    println!("| ours/plain | {:.1} × |", ours / plain);
    Ok(())
}

async fn named(acting: &Acting<'static>, place: usize) -> Result<iam_core::model::EntityId, Failure> {
    let name = format!("Rule {place}");
    let found = acting
        .find_by(iam_core::model::Kind::Group, "name", &name)
        .await?;
    Ok(found.ok_or("no group")?.id)
}

/// The same difference in plain tables: edges and a journal row each, one transaction, durable.
fn plain(folder: &Path, users: usize) -> Result<f64, Failure> {
    let mut connection = Connection::open(folder.join("plain-rules.db"))?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE person (id BLOB PRIMARY KEY, city TEXT, job TEXT);
         CREATE INDEX person_by_job ON person (job);
         CREATE INDEX person_by_city ON person (city);
         CREATE TABLE member (person BLOB NOT NULL, grp BLOB NOT NULL, revision INTEGER NOT NULL,
           PRIMARY KEY (person, grp)) WITHOUT ROWID;
         CREATE INDEX member_back ON member (grp, person);
         CREATE TABLE journal (place INTEGER PRIMARY KEY, subject BLOB NOT NULL, delta TEXT NOT NULL);
         CREATE INDEX journal_by_subject ON journal (subject, place);",
    )?;
    let transaction = connection.transaction()?;
    for n in 0..users {
        let mut dice = Dice::at(9, n as u64);
        let id = uuid::Uuid::from_u64_pair(dice.bits(), dice.bits());
        transaction
            .prepare_cached("INSERT INTO person VALUES (?, ?, ?)")?
            .execute(params![
                id.as_bytes().as_slice(),
                format!("City {}", n % CITIES),
                format!("Job {}", n % 7)
            ])?;
    }
    transaction.execute_batch("INSERT INTO member SELECT id, x'01', 1 FROM person WHERE city = 'City 0'")?;
    transaction.commit()?;
    let started = Instant::now();
    let transaction = connection.transaction()?;
    transaction.execute_batch(
        "INSERT INTO journal (subject, delta)
           SELECT m.person, '{\"edge\":\"gone\"}' FROM member m JOIN person p ON p.id = m.person
           WHERE m.grp = x'01' AND p.job <> 'Job 1';
         DELETE FROM member WHERE grp = x'01' AND person IN (SELECT id FROM person WHERE job <> 'Job 1');
         INSERT INTO journal (subject, delta)
           SELECT id, '{\"edge\":\"new\"}' FROM person p WHERE job = 'Job 1'
           AND NOT EXISTS (SELECT 1 FROM member m WHERE m.person = p.id AND m.grp = x'01');
         INSERT INTO member SELECT id, x'01', 2 FROM person p WHERE job = 'Job 1'
           AND NOT EXISTS (SELECT 1 FROM member m WHERE m.person = p.id AND m.grp = x'01');",
    )?;
    transaction.commit()?;
    Ok(started.elapsed().as_secs_f64())
}
