//! What the child process does, and says.

use std::io::Write;

use iam_core::{
    command::{
        Command, CreateOrganization, CreateUser, DeleteMode, DeleteUser, TransferOrganization, UpdateUser,
    },
    model::{EntityId, Kind, OrganizationId, UserId},
    service::{Acting, BatchMode, Iam},
    testing::Random,
    wire::Code,
};

use super::acme;

/// Users of one import.
pub const IMPORT: usize = 40;
/// Tasks that write at once.
const TASKS: usize = 3;

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // One write, so that a line is there or not; the dot says that it is complete.
    out.write_all(format!("\n{line} .\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

/// Writes until it is killed.
pub async fn write(iam: &Iam, seed: u64) {
    let acme = acme(iam).await;
    let root = acme
        .execute(CreateOrganization::new(format!("root {seed}")))
        .await
        .unwrap();
    let root: OrganizationId = root.id().unwrap();
    let mut units = vec![root];
    for n in 0..6 {
        let parent = units[n / 2];
        let unit = acme
            .execute(CreateOrganization::new(format!("unit {seed} {n}")).under(parent))
            .await;
        units.push(unit.unwrap().id().unwrap());
    }
    say("ready");
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            let (iam, acme, units) = (iam.clone(), acme.clone(), units.clone());
            tokio::spawn(async move {
                let name = format!("{seed}-{task}");
                let mut random = Random::new(seed * 31 + task as u64);
                writer(&iam, &acme, &units, &name, &mut random).await;
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

async fn writer(iam: &Iam, acme: &Acting<'_>, units: &[OrganizationId], name: &str, random: &mut Random) {
    let mut mine: Vec<UserId> = Vec::new();
    for n in 0_u64.. {
        let unit = *random.pick(units).unwrap();
        let user = random.pick(&mine).copied();
        match (random.below(10), user) {
            (0, _) => {
                let tag = format!("import-{name}-{n}");
                let commands: Vec<Command> = (0..IMPORT)
                    .map(|k| {
                        let mut user = CreateUser::new(format!("{tag}-{k}"))
                            .set("email", format!("{tag}-{k}@x.org"))
                            .set("job", tag.clone())
                            .in_organization(unit);
                        user.manager = mine.first().copied();
                        user.into()
                    })
                    .collect();
                let outcome = acme.batch(&commands, BatchMode::AllOrNothing).await.unwrap();
                say(&format!("import {tag} {}", outcome.revision.unwrap()));
            }
            (1, Some(user)) => {
                let delete = DeleteUser {
                    user,
                    mode: DeleteMode::default(),
                };
                acme.execute(delete).await.unwrap();
                mine.retain(|id| *id != user);
                say(&format!("gone {}", EntityId::from(user)));
            }
            (2, _) => {
                let (moved, parent) = (units[1 + random.below(units.len() - 1)], unit);
                let transfer = TransferOrganization {
                    organization: moved,
                    parent: Some(parent),
                };
                match acme.execute(transfer).await {
                    Ok(_) => {}
                    // Below itself, or too often in the way of the other tasks.
                    Err(problem) if problem.code != Code::Storage && problem.code != Code::Corrupt => {}
                    Err(problem) => panic!("{problem}"),
                }
            }
            (3, _) if n % 7 == 0 => drop(iam.seal_chain().await.unwrap()),
            (4..7, Some(user)) => {
                acme.execute(UpdateUser::new(user).set("city", format!("{n:09}")))
                    .await
                    .unwrap();
                say(&format!("city {} {n:09}", EntityId::from(user)));
            }
            _ => {
                let user_name = format!("user-{name}-{n}");
                let mut command = CreateUser::new(user_name.clone())
                    .set("job", "single")
                    .in_organization(unit);
                command.manager = user;
                let done = acme.execute(command).await.unwrap();
                let id: UserId = done.id().unwrap();
                mine.push(id);
                say(&format!(
                    "user {} {user_name} {}",
                    EntityId::from(id),
                    done.revision.unwrap()
                ));
            }
        }
    }
}

/// Changes one user that another process changes, too, and wants the same names.
pub async fn count(acme: &Acting<'_>, seed: u64) {
    let shared = acme
        .find_by(Kind::User, "user_name", "shared")
        .await
        .unwrap()
        .unwrap();
    let shared: UserId = shared.id.try_into().unwrap();
    say("ready");
    for n in 0..40 {
        let update = UpdateUser::new(shared).set("city", format!("{seed} {n}"));
        match acme.execute(update).await {
            Ok(_) => say("changed"),
            Err(problem) if problem.code == Code::Conflict => {}
            Err(problem) => panic!("{problem}"),
        }
        match acme.execute(CreateUser::new(format!("wanted {n}"))).await {
            Ok(done) => say(&format!("got {n} {}", done.id.unwrap())),
            Err(problem) if matches!(problem.code, Code::Taken | Code::Conflict | Code::Invalid) => {}
            Err(problem) => panic!("{problem}"),
        }
    }
    say("done");
}
