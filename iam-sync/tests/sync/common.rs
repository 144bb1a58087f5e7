//! A source whose objects the test decides about, and what every test starts with.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use iam_core::{
    command::{CreateSource, RequestSync, UpdateSource},
    model::{
        AttributeMapping, Capabilities, Configuration, ConnectorDescriptor, Kind, KindRules, Record,
        ReferenceBy, SourceId, SourceMode, SourceRules, SyncKind, SyncRunId, Tier,
    },
    port::{
        Connection, Connector, ConnectorError, Cursor, ObjectClass, Objects, Presence, Read, Secrets,
        SourceObject,
    },
    search::{Deleted, Predicate, Search},
    service::{Acting, Iam},
    testing::{VirtualClock, host},
};
use iam_storage::memory::MemoryStorage;
use iam_sync::{
    connector::{Connectors, KnownSecrets},
    reconcile::run::{RunReport, Sources},
};

/// What the source says, and how it misbehaves.
#[derive(Debug, Default)]
pub struct World {
    pub objects: BTreeMap<SyncKind, Vec<SourceObject>>,
    /// Fails at this page of a kind.
    pub breaks_at: Option<(SyncKind, usize)>,
    /// Says that it is at the end although it is not sure to have named everything.
    pub unsure: bool,
    pub reads: usize,
}

/// A connector over a [`World`].
#[derive(Debug, Clone, Default)]
pub struct Fake(pub Arc<Mutex<World>>);

#[async_trait]
impl Connector for Fake {
    fn descriptor(&self) -> ConnectorDescriptor {
        ConnectorDescriptor {
            name: "fake".into(),
            title: "A source of the tests".into(),
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
        Ok(Box::new(self.clone()))
    }
}

#[async_trait]
impl Connection for Fake {
    async fn classes(&mut self) -> Result<Vec<ObjectClass>, ConnectorError> {
        Ok(Vec::new())
    }

    async fn read(&mut self, read: &Read, cursor: Option<&Cursor>) -> Result<Objects, ConnectorError> {
        if read.filter.is_some() {
            return Err(ConnectorError::Unsupported("it takes no filter".into()));
        }
        let mut world = self.0.lock().unwrap();
        world.reads += 1;
        let start: usize = cursor.map_or(0, |cursor| cursor.0.parse().unwrap());
        let page = start / read.page_size as usize;
        if world.breaks_at == Some((read.kind, page)) {
            return Err(ConnectorError::Unreachable("the network is gone".into()));
        }
        let all = world.objects.get(&read.kind).cloned().unwrap_or_default();
        let end = (start + read.page_size as usize).min(all.len());
        let more = end < all.len();
        Ok(Objects {
            objects: all[start..end].to_vec(),
            next: more.then(|| Cursor(end.to_string())),
            presence: if world.unsure {
                Presence::Changes
            } else {
                Presence::Everything
            },
            ..Objects::default()
        })
    }
}

pub struct Bench {
    pub acting: Acting<'static>,
    pub clock: Arc<VirtualClock>,
    pub sources: Sources,
    pub fake: Fake,
    pub source: SourceId,
}

/// How users and organizations of the tests are mapped.
pub fn rules() -> SourceRules {
    let attribute = AttributeMapping::attribute;
    SourceRules {
        kinds: [
            (
                SyncKind::Organization,
                KindRules {
                    mappings: vec![
                        attribute("name", "name"),
                        attribute("code", "code"),
                        attribute("parent", "parent").by(ReferenceBy::Attribute("code".into())),
                    ],
                    correlation: vec![Tier::of("code")],
                    ..KindRules::default()
                },
            ),
            (
                SyncKind::Group,
                KindRules {
                    mappings: vec![attribute("name", "name"), attribute("members", "members")],
                    correlation: vec![Tier::of("name")],
                    ..KindRules::default()
                },
            ),
            (
                SyncKind::User,
                KindRules {
                    mappings: vec![
                        attribute("login", "user_name"),
                        attribute("mail", "email"),
                        attribute("number", "user_number"),
                        attribute("given", "first_name"),
                        attribute("sn", "last_name"),
                        attribute("org", "organizations").by(ReferenceBy::Attribute("code".into())),
                        attribute("boss", "manager"),
                        attribute("status", "administrative_status")
                            .or("enabled")
                            .dictionary([("A", "enabled"), ("T", "disabled")]),
                    ],
                    correlation: vec![Tier::of("user_number"), Tier::of("email")],
                    ..KindRules::default()
                },
            ),
        ]
        .into(),
        page_size: 10,
        ..SourceRules::default()
    }
}

/// The same, and memberships are objects of their own.
pub fn with_memberships() -> SourceRules {
    let mut rules = rules();
    let memberships = KindRules {
        mappings: vec![
            AttributeMapping::attribute("who", "member"),
            AttributeMapping::attribute("where", "container").by(ReferenceBy::Attribute("code".into())),
        ],
        ..KindRules::default()
    };
    rules.kinds.insert(SyncKind::Membership, memberships);
    rules
}

pub fn user(id: &str) -> SourceObject {
    SourceObject::new(id)
        .with("login", id)
        .with("mail", format!("{id}@example.com"))
        .with("number", format!("n-{id}"))
        .with("sn", id)
        .with("status", "A")
}

pub fn organization(code: &str, parent: Option<&str>) -> SourceObject {
    let object = SourceObject::new(code).with("name", code).with("code", code);
    match parent {
        Some(parent) => object.with("parent", parent),
        None => object,
    }
}

impl Bench {
    pub async fn new() -> Bench {
        Bench::with(rules()).await
    }

    pub async fn with(rules: SourceRules) -> Bench {
        let (host, clock) = host(7);
        let iam = Iam::new(Arc::new(MemoryStorage::new()), host).unwrap();
        let acting = iam.realm("acme").await.unwrap().host("test");
        let fake = Fake::default();
        let sources = Sources::new(
            Connectors::builtin().with(fake.clone()),
            Arc::new(KnownSecrets::new()),
            clock.clone(),
        );
        sources.connectors().install(&acting).await.unwrap();
        let source: SourceId = acting
            .execute(CreateSource::new("HR", "fake").rules(rules))
            .await
            .unwrap()
            .id()
            .unwrap();
        acting
            .execute(UpdateSource::new(source).mode(SourceMode::Active))
            .await
            .unwrap();
        Bench {
            acting,
            clock,
            sources,
            fake,
            source,
        }
    }

    pub fn say(&self, kind: SyncKind, objects: impl IntoIterator<Item = SourceObject>) {
        self.fake
            .0
            .lock()
            .unwrap()
            .objects
            .insert(kind, objects.into_iter().collect());
    }

    pub async fn run(&self) -> RunReport {
        self.request(RequestSync::new(self.source)).await.1
    }

    pub async fn request(&self, request: RequestSync) -> (SyncRunId, RunReport) {
        self.clock.advance(1);
        let run = self.acting.execute(request).await.unwrap().id().unwrap();
        let report = self.sources.work(&self.acting, "w1", &mut ()).await.unwrap();
        (run, report.expect("the run was waiting"))
    }

    pub async fn find(&self, name: &str) -> Option<Arc<Record>> {
        self.acting.find_by(Kind::User, "user_name", name).await.unwrap()
    }

    pub async fn count(&self, kind: Kind, filter: Predicate) -> u64 {
        self.acting.count(kind, filter).await.unwrap()
    }

    pub async fn shadows(&self, state: &str) -> Vec<Arc<Record>> {
        let search = Search::new(Kind::Shadow)
            .filter(Predicate::eq("state", state))
            .deleted(Deleted::Include);
        self.acting.search(&search).await.unwrap().items
    }

    pub async fn journal(&self, report: &RunReport) -> usize {
        let query = iam_core::port::AuditQuery {
            change_set: Some(report.change_set),
            limit: 1000,
            ..Default::default()
        };
        let rows = self.acting.audit(query).await.unwrap();
        // What was refused changed nothing, and is in the audit trail all the same.
        let accepted = |row: &&iam_core::port::AuditRecord| row.outcome == iam_core::port::Outcome::Accepted;
        rows.iter().filter(accepted).count()
    }
}
