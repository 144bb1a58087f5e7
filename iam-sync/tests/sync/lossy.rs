//! A company that changes every day, read through a source that fails in every way it can. Whatever goes wrong, nobody
//! who is there is ever taken away; and as soon as the source is well again, everything is as it says.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use iam_core::{
    command::{CreateSource, RequestSync, UpdateSource},
    model::{
        Capabilities, Configuration, ConnectorDescriptor, Kind, RunMode, SourceMode, SyncAction, SyncKind,
        Threshold,
    },
    port::{
        Connection, Connector, ConnectorError, Cursor, ObjectClass, Objects, Presence, Read, Secrets,
        SourceObject,
    },
    search::{Deleted, Search},
    service::Iam,
    testing::{Random, host},
};
use iam_storage::memory::MemoryStorage;
use iam_sync::{
    connector::{Connectors, KnownSecrets},
    reconcile::run::{RunState, Sources},
};

use crate::common::{rules, user};

/// The truth, and the ways in which it is not told.
#[derive(Debug, Default)]
struct Company {
    people: BTreeMap<u32, u32>,
    dice: u64,
    /// So many of a hundred answers are wrong.
    loss: u64,
}

#[derive(Debug, Clone, Default)]
struct Lossy(Arc<std::sync::Mutex<Company>>);

#[async_trait]
impl Connector for Lossy {
    fn descriptor(&self) -> ConnectorDescriptor {
        ConnectorDescriptor {
            name: "lossy".into(),
            title: "A source that fails".into(),
            version: "1".into(),
            fields: Vec::new(),
            capabilities: Capabilities {
                resume: true,
                ..Capabilities::default()
            },
            operating_system: false,
        }
    }

    async fn open(&self, _: &Configuration, _: &dyn Secrets) -> Result<Box<dyn Connection>, ConnectorError> {
        let mut company = self.0.lock().unwrap();
        match company.luck() {
            Some(2) => Err(ConnectorError::Denied("the password is wrong tonight".into())),
            Some(5) => Err(ConnectorError::Unreachable("nobody is at home".into())),
            _ => Ok(Box::new(self.clone())),
        }
    }
}

impl Company {
    /// What goes wrong with the next answer, if anything.
    fn luck(&mut self) -> Option<usize> {
        self.dice += 1;
        let mut random = Random::new(self.dice);
        random.percent(self.loss).then(|| random.below(8))
    }

    fn object(number: u32, version: u32) -> SourceObject {
        let mut object = user(&format!("u{number}"));
        object
            .attributes
            .insert("given".into(), format!("v{version}").into());
        object
    }
}

#[async_trait]
impl Connection for Lossy {
    async fn classes(&mut self) -> Result<Vec<ObjectClass>, ConnectorError> {
        Ok(Vec::new())
    }

    async fn read(&mut self, read: &Read, cursor: Option<&Cursor>) -> Result<Objects, ConnectorError> {
        if read.filter.is_some() {
            return Err(ConnectorError::Unsupported("it takes no filter".into()));
        }
        let mut company = self.0.lock().unwrap();
        if read.kind != SyncKind::User {
            return Ok(Objects {
                presence: Presence::Everything,
                ..Objects::default()
            });
        }
        let start: usize = cursor.map_or(0, |cursor| cursor.0.parse().unwrap());
        let mut all = company
            .people
            .iter()
            .map(|(number, version)| Company::object(*number, *version));
        let objects: Vec<SourceObject> = all.by_ref().skip(start).take(read.page_size as usize).collect();
        let end = start + objects.len();
        let more = all.next().is_some();
        drop(all);
        let mut page = Objects {
            objects,
            next: more.then(|| Cursor(end.to_string())),
            presence: Presence::Everything,
            ..Objects::default()
        };
        match company.luck() {
            None => {}
            Some(0) => return Err(ConnectorError::Unreachable("the network is gone".into())),
            Some(1) => return Err(ConnectorError::Throttled { seconds: 0 }),
            Some(2) => return Err(ConnectorError::Protocol("half an answer".into())),
            Some(3) => return Err(ConnectorError::Incomplete("so many and no more".into())),
            // One is there and cannot be read.
            Some(4) => {
                if let Some(lost) = page.objects.pop() {
                    page.unreadable.push(format!("{} is damaged", lost.identifier));
                }
            }
            // The same one twice, and one with a value that does not fit.
            Some(5) => {
                page.objects.extend(page.objects.first().cloned());
                if let Some(object) = page.objects.get_mut(1) {
                    object.attributes.insert("mail".into(), "no address".into());
                }
            }
            // It is not sure any more to have named everybody, and forgets some.
            Some(6) => {
                page.next = None;
                page.presence = Presence::Changes;
            }
            // It believes what its own filter says: nobody is there.
            Some(_) if start == 0 => {
                page.objects.clear();
                page.next = None;
            }
            Some(_) => return Err(ConnectorError::TokenExpired),
        }
        Ok(page)
    }
}

async fn years(seed: u64) {
    let mut random = Random::new(seed);
    let (host, clock) = host(seed);
    let iam = Iam::new(Arc::new(MemoryStorage::new()), host).unwrap();
    let acting = iam.realm("acme").await.unwrap().host("test");
    let lossy = Lossy::default();
    lossy.0.lock().unwrap().dice = seed << 20;
    let sources = Sources::new(
        Connectors::new().with(lossy.clone()),
        Arc::new(KnownSecrets::new()),
        clock.clone(),
    );
    sources.connectors().install(&acting).await.unwrap();
    let mut rules = rules();
    rules.kinds.retain(|kind, _| *kind == SyncKind::User);
    let kind = rules.kinds.get_mut(&SyncKind::User).unwrap();
    kind.thresholds.insert(
        SyncAction::Disable,
        Threshold {
            count: None,
            percent: Some(15),
        },
    );
    let source = acting
        .execute(CreateSource::new("HR", "lossy").rules(rules))
        .await
        .unwrap()
        .id()
        .unwrap();
    acting
        .execute(UpdateSource::new(source).mode(SourceMode::Active))
        .await
        .unwrap();
    let (mut next, mut failures) = (0, 0);
    for day in 0..40 {
        {
            let mut company = lossy.0.lock().unwrap();
            let joins = if day == 0 { 45 } else { random.below(3) };
            for _ in 0..joins {
                company.people.insert(next, 0);
                next += 1;
            }
            for _ in 0..random.below(3) {
                let place = random.below(company.people.len());
                let number = *company.people.keys().nth(place).unwrap();
                match random.below(3) {
                    0 if company.people.len() > 40 => {
                        company.people.remove(&number);
                    }
                    _ => *company.people.get_mut(&number).unwrap() += 1,
                }
            }
            // Every fourth day it is well; one more day heals what the threshold held up.
            company.loss = if day % 4 == 3 { 0 } else { 25 };
        }
        clock.advance_days(1);
        acting
            .execute(RequestSync {
                mode: if random.percent(20) {
                    RunMode::Incremental
                } else {
                    RunMode::Full
                },
                ..RequestSync::new(source)
            })
            .await
            .unwrap();
        let report = sources.work(&acting, "w", &mut ()).await.unwrap().unwrap();
        let well = lossy.0.lock().unwrap().loss == 0;
        failures += usize::from(report.state != RunState::Succeeded);
        let truth = lossy.0.lock().unwrap().people.clone();
        let search = Search::new(Kind::User).limit(1000).deleted(Deleted::Include);
        let here = acting.search(&search).await.unwrap().items;
        for user in &here {
            let number: u32 = user.text("user_name")[1..].parse().unwrap();
            let is_enabled = user.text("administrative_status") == "enabled";
            let version = truth.get(&number).map(|version| format!("v{version}"));
            assert!(
                is_enabled || version.is_none(),
                "seed {seed}, day {day}: u{number} is there and was taken away: {report:#?}"
            );
            if well {
                assert_eq!(
                    (is_enabled, is_enabled.then(|| user.text("first_name").to_owned())),
                    (version.is_some(), version.clone()),
                    "seed {seed}, day {day}: {report:#?}"
                );
            }
        }
        if well {
            assert_eq!(
                report.state,
                RunState::Succeeded,
                "seed {seed}, day {day}: {report:#?}"
            );
            let enabled = here
                .iter()
                .filter(|user| user.text("administrative_status") == "enabled");
            assert_eq!(enabled.count(), truth.len(), "seed {seed}, day {day}");
        }
    }
    assert!(
        failures > 5,
        "seed {seed}: the source failed {failures} times only"
    );
    assert!(acting.doctor().await.unwrap().is_healthy());
}

#[tokio::test]
async fn whoever_is_there_is_never_taken_away_by_a_source_that_fails() {
    let seeds = std::env::var("IAM_SIMULATION_SEEDS")
        .ok()
        .and_then(|text| text.parse().ok());
    for seed in 1..=seeds.unwrap_or(6) {
        years(seed).await;
    }
}
