//! What the calls of `benches/border` cost without a border: nanoseconds of processor time.
//!
//! ```text
//! cargo run --release -p iam-benches --example border -- FOLDER
//! ```
#![allow(clippy::print_stdout, reason = "prints figures")]

use std::{path::Path, sync::Arc};

use iam_core::{
    command::{Command, CreateUser},
    model::{Kind, UserId},
    search::{Predicate, Search, Sort},
    service::{Acting, BatchMode},
    wire::{Problem, TextDecider, json},
};
use rustix::time::{ClockId, clock_gettime};
use serde_json::Value;

/// Processor time of this process so far, in nanoseconds.
fn spent() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e9 + time.tv_nsec as f64
}

/// The best of five rounds.
async fn measured<F: Future<Output = Result<(), Problem>>>(
    name: &str,
    count: usize,
    mut work: impl FnMut() -> F,
) -> Result<(), Problem> {
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let before = spent();
        work().await?;
        best = best.min((spent() - before) / count as f64);
    }
    println!("rust {name} {best:.0}");
    Ok(())
}

fn user(name: String) -> CreateUser {
    CreateUser::new(&*name)
        .set("email", format!("{name}@example.com"))
        .set("city", "Utica")
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args_os().nth(1).ok_or("give a folder")?;
    let file = Path::new(&folder).join("rust.db");
    let iam = iam_storage::open(&file.to_string_lossy(), None).await?;
    let acme = Arc::new(iam.realm("acme").await?.host("bench"));
    let number = std::sync::atomic::AtomicUsize::new(0);
    let one = || {
        let n = number.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        acme.execute(
            user(format!("u{n}"))
                .set("first_name", "Ada")
                .set("last_name", "Lovelace"),
        )
    };
    measured("create", 200, || async {
        for _ in 0..200 {
            one().await?;
        }
        Ok(())
    })
    .await?;
    let commands: Vec<Command> = (0..1_000).map(|n| user(format!("v{n}")).into()).collect();
    acme.batch(&commands, BatchMode::AllOrNothing).await?;
    let id: UserId = one().await?.id()?;
    measured("get", 5_000, || async {
        for _ in 0..5_000 {
            acme.get(id).await?;
        }
        Ok(())
    })
    .await?;
    measured("find_by", 5_000, || async {
        for _ in 0..5_000 {
            acme.find_by(Kind::User, "user_name", "v7").await?;
        }
        Ok(())
    })
    .await?;
    let search = Search::new(Kind::User)
        .filter(Predicate::from_scim("user_name pr")?)
        .limit(1_000);
    measured("list_1000_each", 10_000, || async {
        for _ in 0..10 {
            acme.search(&search).await?;
        }
        Ok(())
    })
    .await?;
    measured("list_read_each", 10_000, || async {
        for _ in 0..10 {
            for user in acme.search(&search).await?.items {
                std::hint::black_box(user.text("user_name"));
            }
        }
        Ok(())
    })
    .await?;
    let page = Search::new(Kind::User)
        .filter(Predicate::from_scim("city eq \"Utica\"")?)
        .sort([Sort::ascending("user_name")])
        .limit(50);
    measured("page_50", 200, || async {
        for _ in 0..200 {
            acme.search(&page).await?;
        }
        Ok(())
    })
    .await?;
    let round = std::sync::atomic::AtomicUsize::new(0);
    measured("import_each", 1_000, || async {
        let round = round.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let commands: Vec<Command> = (0..1_000).map(|n| user(format!("w{round}-{n}")).into()).collect();
        acme.batch(&commands, BatchMode::AllOrNothing).await?;
        Ok(())
    })
    .await?;
    decisions(&acme, id).await
}

/// Decisions from memory, and looking a session up.
async fn decisions(acme: &Acting<'static>, other: UserId) -> Result<(), Box<dyn std::error::Error>> {
    let done = async |command: Value| acme.execute(json::command(command)?).await;
    let created = async |command: Value| {
        let id = done(command).await?.id;
        id.ok_or_else(|| Problem::new(iam_core::wire::Code::NotFound, "nothing was created"))
    };
    let named = |name: &str| serde_json::json!({"command": "user.create", "attributes": {"user_name": name}});
    let desk = created(named("desk")).await?;
    let area = serde_json::json!({"command": "organization.create", "attributes": {"name": "Area"}});
    let area = created(area).await?;
    let mut people = Vec::new();
    for n in 0..1_000 {
        let mut person = named(&format!("p{n}"));
        person["organizations"] = serde_json::json!([{"organization": area}]);
        people.push(created(person).await?);
    }
    let role = serde_json::json!({"command": "role.create", "attributes": {"name": "Desk"},
        "privileges": [{"kind": "user", "actions": ["view", "update"]}]});
    let role = created(role).await?;
    done(serde_json::json!({"command": "role.grant", "role": role, "holders": [desk], "within": [area]}))
        .await?;
    let decider = acme.decider().await?;
    decider.warm(&people).await?;
    decider.warm(&[desk, other.into()]).await?;
    let view = decider.ability("user", "view");
    if people
        .iter()
        .any(|person| decider.can(desk, view, *person) != Some(true))
        || decider.can(desk, view, other) != Some(false)
    {
        return Err("the decisions are wrong".into());
    }
    measured("can", 100_000, || async {
        for _ in 0..100 {
            for person in &people {
                std::hint::black_box(decider.can(desk, view, *person));
            }
        }
        Ok(())
    })
    .await?;
    // As other languages ask: with texts, many targets in one call.
    let texts = TextDecider::new(acme).await?;
    let (user, named): (String, Vec<String>) =
        (desk.to_string(), people.iter().map(ToString::to_string).collect());
    texts.can_all(&user, "view", &named).await?;
    measured("can_all_each", 100_000, || async {
        for _ in 0..100 {
            std::hint::black_box(texts.known_all(&user, "view", named.iter().map(String::as_str))?);
        }
        Ok(())
    })
    .await?;
    let opened = done(serde_json::json!({"command": "session.open", "user": desk})).await?;
    let token = opened
        .disclosed
        .get("token")
        .and_then(|tokens| tokens.first())
        .ok_or("no token")?;
    measured("session", 5_000, || async {
        for _ in 0..5_000 {
            acme.session(token.expose()).await?;
        }
        Ok(())
    })
    .await?;
    Ok(())
}
