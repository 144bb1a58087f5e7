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
    search::{Predicate, Search},
    service::BatchMode,
    wire::Problem,
};
use rustix::time::{ClockId, clock_gettime};

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
    Ok(())
}
