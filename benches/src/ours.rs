//! The library.

use std::{
    ops::Range,
    sync::{Arc, OnceLock},
};

use async_trait::async_trait;
use iam_core::{
    command::{Command, TransferOrganization},
    model::{EntityId, Kind, OrganizationId, UserId},
    port::Storage,
    search::{Cursor, Predicate, Search, Sort, prefix_search},
    service::{Acting, BatchMode, BatchOutcome, Headcount, Iam},
};
use iam_storage::host;
use uuid::Uuid;

use crate::{
    program::{BATCH, Failure, PAGE, Page, Place, Program},
    world::World,
};

/// The library over a storage.
pub struct Ours {
    acme: Acting<'static>,
    /// The engine, for the checks that only it has.
    pub iam: Iam,
    headcount: OnceLock<Headcount>,
}

impl Ours {
    /// With a realm that is empty.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn new(storage: Arc<dyn Storage>) -> Result<Ours, Failure> {
        let iam = Iam::new(storage, host::system([7; 32]))?;
        let acme = iam.realm("acme").await?.host("benches");
        Ok(Ours {
            acme,
            iam,
            headcount: OnceLock::new(),
        })
    }

    /// Ends with an error when the doctor finds something or the audit chain does not hold.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn examine(&self) -> Result<(), Failure> {
        let head = self.iam.seal_chain().await?;
        let verified = self.iam.verify_chain(head.as_slice()).await?;
        let diagnosis = self.acme.doctor().await?;
        match verified.breaks.len() + diagnosis.findings.len() {
            0 => Ok(()),
            found => Err(format!("{found} findings").into()),
        }
    }

    async fn batch(&self, commands: impl Iterator<Item = Command>) -> Result<(), Failure> {
        self.batches(commands, |outcome| {
            match outcome.results.into_iter().find_map(Result::err) {
                Some(problem) => Err(problem.into()),
                None => Ok(()),
            }
        })
        .await
    }

    async fn batches(
        &self,
        mut commands: impl Iterator<Item = Command>,
        mut ended: impl FnMut(BatchOutcome) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut batches = self.acme.batches(BatchMode::Each);
        loop {
            let part: Vec<Command> = commands.by_ref().take(BATCH).collect();
            let outcome = match part.is_empty() {
                true => return batches.finish().await?.map_or(Ok(()), ended),
                false => batches.push(part).await?,
            };
            outcome.map_or(Ok(()), &mut ended)?;
        }
    }

    /// Imports people of whom every hundredth has an address that is none, and answers with how many were refused.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn import_dirty(&self, world: &World, people: Range<usize>) -> Result<usize, Failure> {
        let commands = people.map(|n| {
            let mut command = world.create_user(n);
            // Whoever would report to one of them would be refused, too.
            if n / 10 % 100 == 99 {
                command.manager = None;
            }
            match n % 100 {
                99 => command.set("email", "nobody").into(),
                _ => command.into(),
            }
        });
        let mut refused = 0;
        self.batches(commands, |outcome| {
            refused += outcome.results.iter().filter(|result| result.is_err()).count();
            Ok(())
        })
        .await?;
        Ok(refused)
    }

    async fn search(&self, search: Search) -> Result<Page, Failure> {
        let page = self.acme.search(&search.limit(PAGE as u32)).await?;
        Ok(Page {
            total: page.total,
            ids: page.items.iter().map(|record| record.id.uuid).collect(),
        })
    }
}

fn by_name() -> Search {
    Search::new(Kind::User).sort([Sort::ascending("last_name")])
}

#[async_trait]
impl Program for Ours {
    async fn found(&self, world: &World) -> Result<(), Failure> {
        self.batch(world.organizations()).await?;
        self.batch(world.positions()).await
    }

    async fn import(&self, world: &World, people: Range<usize>) -> Result<(), Failure> {
        self.batch(world.people(people)).await
    }

    async fn create(&self, world: &World, person: usize) -> Result<(), Failure> {
        self.acme.execute(world.create_user(person)).await?;
        Ok(())
    }

    async fn get(&self, id: Uuid) -> Result<Option<(u64, String)>, Failure> {
        let record = self.acme.find(UserId(id)).await?;
        Ok(record.map(|record| (record.version, record.text("user_name").to_owned())))
    }

    async fn login(&self, name: &str) -> Result<Option<Uuid>, Failure> {
        let record = self.acme.find_by(Kind::User, "user_name", name).await?;
        Ok(record.map(|record| record.id.uuid))
    }

    async fn page(&self, department: &str) -> Result<Page, Failure> {
        let filter =
            Predicate::eq("department", department).and(Predicate::eq("administrative_status", "enabled"));
        self.search(by_name().filter(filter).total(true)).await
    }

    async fn list(&self, after: Option<&Place>) -> Result<Page, Failure> {
        let cursor = match after {
            Some(Place::Cursor(text)) => Some(Cursor::from(text.clone())),
            _ => None,
        };
        self.search(by_name().cursor(cursor)).await
    }

    async fn prefix(&self, text: &str) -> Result<Page, Failure> {
        self.search(by_name().filter(Predicate::starts_with("last_name", text)))
            .await
    }

    async fn preset(&self, text: &str) -> Result<Page, Failure> {
        self.search(prefix_search(text)?).await
    }

    async fn count(&self, unit: Uuid) -> Result<u64, Failure> {
        let unit = EntityId::new(Kind::Organization, unit);
        let filter = Predicate::eq("within_organization", unit.to_string());
        Ok(self.acme.count(Kind::User, filter).await?)
    }

    async fn kept(&self, unit: Uuid) -> Result<u64, Failure> {
        match self.headcount.get() {
            Some(headcount) => match headcount.below(OrganizationId(unit)) {
                Some(number) => Ok(number),
                None => self.count(unit).await,
            },
            None => {
                let headcount = self.acme.headcount(Kind::User).await?;
                drop(self.headcount.set(headcount));
                self.count(unit).await
            }
        }
    }

    async fn transfer(&self, unit: Uuid, parent: Uuid) -> Result<(), Failure> {
        let command = TransferOrganization {
            organization: OrganizationId(unit),
            parent: Some(OrganizationId(parent)),
        };
        self.acme.execute(command).await?;
        Ok(())
    }

    async fn middle(&self, world: &World) -> Result<Place, Failure> {
        let mut search = by_name();
        let mut left = world.users / 2;
        while left > 0 {
            let step = left.min(1_000);
            let page = self.acme.search(&search.clone().limit(step as u32)).await?;
            search = search.cursor(page.next);
            left -= step;
        }
        Ok(Place::Cursor(
            search.cursor.map(|cursor| cursor.to_string()).unwrap_or_default(),
        ))
    }
}
