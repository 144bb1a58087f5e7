//! pgbouncer in transaction mode: every statement gets its own answer, and never that of another one.
//!
//! All tasks ask statements of one shape whose answers differ, which is what shows an answer that went astray. Two
//! controls show that the danger is real: plain statements of the driver, and our own storage without
//! [`PostgresOptions::pooler`].

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use iam_core::{
    command::{CreateUser, UpdateUser},
    model::{EntityId, Kind, UserId},
    port::Storage,
    search::{Predicate, Search},
    service::Acting,
    wire::Problem,
};
use iam_storage::postgres::{PostgresOptions, PostgresStorage};
use sqlx::Row;

use super::{iam, named, realms};

const TASKS: usize = 24;
const TIME: Duration = Duration::from_secs(4);

/// What came back.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Answers {
    right: usize,
    /// Of another statement, without an error.
    wrong: usize,
    errors: usize,
}

impl Answers {
    fn add(mut self, other: Answers) -> Answers {
        self.right += other.right;
        self.wrong += other.wrong;
        self.errors += other.errors;
        self
    }

    fn note<E>(&mut self, answer: Result<bool, E>) {
        match answer {
            Ok(true) => self.right += 1,
            Ok(false) => self.wrong += 1,
            Err(_) => self.errors += 1,
        }
    }
}

/// One user asked for in many ways, each with an answer that only this user gives.
async fn question(acting: &Acting<'_>, number: usize, way: usize, id: EntityId) -> Result<bool, Problem> {
    let (name, city) = (format!("user{number}"), format!("city {number}"));
    let mine = Predicate::eq("city", city.clone());
    Ok(match way {
        0 => acting.get(id).await?.text("user_name") == name,
        1 => {
            let found = acting.find_by(Kind::User, "user_name", &name).await?;
            found.is_some_and(|record| record.id == id)
        }
        2 => {
            let page = acting
                .search(&Search::new(Kind::User).filter(mine).limit(5))
                .await?;
            page.items.len() == 1 && page.items[0].id == id
        }
        // As many as the number says have this job.
        3 => {
            let job = Predicate::eq("job", format!("job {}", number % 5));
            acting.count(Kind::User, job).await? == per_job(number % 5)
        }
        4 => {
            let history = acting.history(id, None, 10).await?;
            history.iter().all(|entry| entry.subject == id) && !history.is_empty()
        }
        _ => {
            let user: UserId = id.try_into().expect("a user");
            let update = UpdateUser::new(user).set("last_name", format!("name {number}"));
            acting.execute(update).await?;
            acting.get(id).await?.text("last_name") == format!("name {number}")
        }
    })
}

fn per_job(job: usize) -> u64 {
    (0..TASKS).filter(|number| number % 5 == job).count() as u64
}

/// All tasks ask at once for a while. Errors are counted where they are expected, and told where they are not.
async fn ask(acting: &Acting<'static>, ids: &[EntityId], tolerant: bool) -> Answers {
    let until = Instant::now() + TIME;
    let tasks: Vec<_> = ids
        .iter()
        .copied()
        .enumerate()
        .map(|(number, id)| {
            let acting = acting.clone();
            tokio::spawn(async move {
                let mut answers = Answers::default();
                for way in (0..6).cycle() {
                    if Instant::now() > until {
                        break;
                    }
                    let answer = question(&acting, number, way, id).await;
                    if let Err(problem) = &answer {
                        assert!(tolerant, "{problem}: {:?}", problem.source);
                    }
                    answers.note(answer);
                }
                answers
            })
        })
        .collect();
    let mut all = Answers::default();
    for task in tasks {
        // A wrong answer may also look like damage to whoever reads it.
        all = match task.await {
            Ok(answers) => all.add(answers),
            Err(error) => {
                assert!(tolerant, "{error}");
                all.add(Answers {
                    errors: 1,
                    ..Answers::default()
                })
            }
        };
    }
    all
}

/// The driver's own way through the same pooler: two statements of one shape.
async fn plain(url: &str) -> Answers {
    let pool = sqlx::postgres::PgPoolOptions::new()
        .max_connections(4)
        .connect(url)
        .await
        .unwrap();
    let until = Instant::now() + TIME;
    let tasks: Vec<_> = (0..16_i64)
        .map(|number| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let mut answers = Answers::default();
                for value in (number * 1_000 + 7).. {
                    if Instant::now() > until {
                        break;
                    }
                    let (text, expected) = match number % 2 {
                        0 => ("SELECT $1::bigint + 1", value + 1),
                        _ => ("SELECT $1::bigint * 2", value * 2),
                    };
                    let answer = sqlx::query(text).bind(value).fetch_one(&pool).await;
                    answers.note(answer.map(|row| row.get::<i64, _>(0) == expected));
                }
                answers
            })
        })
        .collect();
    let mut all = Answers::default();
    for task in tasks {
        all = all.add(task.await.unwrap());
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn pgbouncer_gives_every_statement_its_own_answer() {
    let Some(url) = named("IAM_TEST_PGBOUNCER_URL") else {
        return;
    };
    let options = PostgresOptions::new(&url)
        .pooler(true)
        .connections(12)
        .wait(Duration::from_secs(30));
    let storage: Arc<dyn Storage> = Arc::new(PostgresStorage::connect(options).await.unwrap());
    let realms = realms(std::slice::from_ref(&storage), "pooler").await;
    let acme = &realms[0].1;
    let mut ids = Vec::new();
    for number in 0..TASKS {
        let create = CreateUser::new(format!("user{number}"))
            .set("city", format!("city {number}"))
            .set("job", format!("job {}", number % 5));
        ids.push(acme.execute(create).await.unwrap().id.unwrap());
    }
    let ours = ask(acme, &ids, false).await;
    assert_eq!((ours.wrong, ours.errors), (0, 0), "{ours:?}");
    assert!(ours.right > 10 * TASKS, "hardly anything was asked: {ours:?}");

    // The danger is real, or nothing was proved: answers to other questions, or statements that nobody knows.
    let plain = plain(&url).await;
    assert!(
        plain.wrong + plain.errors > 0,
        "the pooler harms nobody: {plain:?}"
    );
    // And it is the switch that keeps it away from us.
    let options = PostgresOptions::new(&url)
        .connections(12)
        .wait(Duration::from_secs(5));
    let careless = match PostgresStorage::connect(options).await {
        Ok(storage) => {
            let acting = iam(Arc::new(storage)).in_realm(acme.realm()).host("careless");
            ask(&acting, &ids, true).await
        }
        Err(_) => Answers {
            errors: 1,
            ..Answers::default()
        },
    };
    assert!(
        careless.wrong + careless.errors > 0,
        "without the switch nothing happens: {careless:?}"
    );
    println!("ours {ours:?}; statements of the driver {plain:?}; ours without the switch {careless:?}");
}
