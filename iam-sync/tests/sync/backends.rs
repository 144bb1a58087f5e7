//! One story of two sources on every storage: what one of them names comes with the other, what a page names on the same
//! page does not come at all, and a run is taken back.

use std::sync::Arc;

use async_trait::async_trait;
use iam_core::{
    command::{CreateSource, CreateUser, RequestSync, UpdateSource},
    model::{
        AttributeMapping, Configuration, ConnectorDescriptor, EntityId, Kind, KindRules, ReferenceBy,
        Relation, SourceId, SourceMode, SourceRules, SyncKind, SyncRunId, Tier,
    },
    plan::Direction,
    port::{Connection, Connector, ConnectorError, Secrets, SourceObject, Storage},
    search::{Predicate, Search},
    service::{Acting, Iam},
    testing::host,
};
use iam_storage::{
    memory::MemoryStorage,
    mysql::{MysqlOptions, MysqlStorage},
    postgres::{PostgresOptions, PostgresStorage},
    sqlite::{SqliteOptions, SqliteStorage},
};
use iam_sync::{
    connector::{Connectors, KnownSecrets},
    reconcile::run::{RunReport, RunState, Sources},
};
use sqlx::{AssertSqlSafe, Connection as _, Executor};

use crate::common::{Fake, organization, rules, user};

/// A source of a name of its own.
#[derive(Debug, Clone)]
struct Named(&'static str, Fake);

#[async_trait]
impl Connector for Named {
    fn descriptor(&self) -> ConnectorDescriptor {
        ConnectorDescriptor {
            name: self.0.into(),
            ..self.1.descriptor()
        }
    }

    async fn open(
        &self,
        configuration: &Configuration,
        secrets: &dyn Secrets,
    ) -> Result<Box<dyn Connection>, ConnectorError> {
        self.1.open(configuration, secrets).await
    }
}

struct Company {
    acting: Acting<'static>,
    clock: Arc<iam_core::testing::VirtualClock>,
    sources: Sources,
    hr: (SourceId, Fake),
    directory: (SourceId, Fake),
}

/// Accounts of a directory: it names managers and units by what HR calls them.
fn accounts() -> SourceRules {
    let attribute = AttributeMapping::attribute;
    SourceRules {
        kinds: [(
            SyncKind::User,
            KindRules {
                mappings: vec![
                    attribute("login", "user_name"),
                    attribute("number", "user_number"),
                    attribute("sn", "last_name"),
                    attribute("unit", "organizations").by(ReferenceBy::Attribute("code".into())),
                    attribute("boss", "manager").by(ReferenceBy::Attribute("user_number".into())),
                ],
                correlation: vec![Tier::of("user_number")],
                ..KindRules::default()
            },
        )]
        .into(),
        page_size: 10,
        ..SourceRules::default()
    }
}

impl Company {
    async fn new(storage: Arc<dyn Storage>) -> Company {
        let (host, clock) = host(11);
        let iam = Iam::new(storage, host).unwrap();
        let acting = iam.realm("acme").await.unwrap().host("test");
        let (hr, directory) = (Fake::default(), Fake::default());
        let connectors = Connectors::builtin()
            .with(Named("hr", hr.clone()))
            .with(Named("directory", directory.clone()));
        let sources = Sources::new(connectors, Arc::new(KnownSecrets::new()), clock.clone());
        sources.connectors().install(&acting).await.unwrap();
        let mut made = Vec::new();
        for (name, rules) in [("hr", rules()), ("directory", accounts())] {
            let create = CreateSource::new(name, name).rules(rules);
            let source: SourceId = acting.execute(create).await.unwrap().id().unwrap();
            let update = UpdateSource::new(source).mode(SourceMode::Active);
            acting.execute(update).await.unwrap();
            made.push(source);
        }
        Company {
            acting,
            clock,
            sources,
            hr: (made[0], hr),
            directory: (made[1], directory),
        }
    }

    async fn run(&self, source: &(SourceId, Fake), users: Vec<SourceObject>) -> (SyncRunId, RunReport) {
        source.1.0.lock().unwrap().objects.insert(SyncKind::User, users);
        self.clock.advance(1);
        let request = RequestSync::new(source.0);
        let run = self.acting.execute(request).await.unwrap().id().unwrap();
        let report = self.sources.work(&self.acting, "w1", &mut ()).await.unwrap();
        (run, report.expect("the run was waiting"))
    }

    async fn user(&self, name: &str) -> EntityId {
        let found = self.acting.find_by(Kind::User, "user_name", name).await.unwrap();
        found.unwrap_or_else(|| panic!("nobody is called {name}")).id
    }

    async fn to(&self, user: &str, relation: Relation) -> Vec<EntityId> {
        let id = self.user(user).await;
        let edges = self.acting.edges(id, Direction::From, relation).await.unwrap();
        edges.iter().map(|edge| edge.key.to).collect()
    }

    async fn digest(&self, title: &str) -> Option<String> {
        let id = self.user(title).await;
        let filter = Predicate::eq("target", id.to_string()).and(Predicate::eq(
            "identity_source",
            EntityId::from(self.directory.0).to_string(),
        ));
        let found = self
            .acting
            .search(&Search::new(Kind::Shadow).filter(filter))
            .await
            .unwrap();
        found.items[0].value("digest")?.as_text().map(str::to_owned)
    }
}

async fn story(storage: Arc<dyn Storage>) {
    let company = Company::new(storage).await;
    let account = |name: &str| user(name).with("login", name);
    let accounts = || {
        vec![
            account("u1").with("boss", "n-chief").with("unit", "SA"),
            account("u2").with("boss", "n-u1"),
        ]
    };
    // The directory is first: who is named there and not here is a finding, and nothing else is lost.
    let (_, report) = company.run(&company.directory, accounts()).await;
    let counts = report.counts.of(SyncKind::User);
    assert_eq!(
        (report.state, counts.created),
        (RunState::Partial, 2),
        "{report:#?}"
    );
    assert_eq!(
        company.to("u2", Relation::ReportsTo).await,
        [company.user("u1").await]
    );
    assert_eq!(
        company.digest("u1").await,
        None,
        "what is open is looked at again"
    );
    // HR brings those who are missing, and knows the others by their numbers.
    let units = vec![organization("HQ", None), organization("SA", Some("HQ"))];
    company
        .hr
        .1
        .0
        .lock()
        .unwrap()
        .objects
        .insert(SyncKind::Organization, units);
    let staff = ["chief", "u1", "u2"].map(user).to_vec();
    let (_, report) = company.run(&company.hr, staff).await;
    let counts = report.counts.of(SyncKind::User);
    assert_eq!(report.state, RunState::Succeeded, "{report:#?}");
    assert_eq!((counts.created, counts.linked), (1, 2));
    // Nothing changed in the directory; what it said before leads somewhere now.
    let (_, report) = company.run(&company.directory, accounts()).await;
    assert_eq!(report.state, RunState::Succeeded, "{report:#?}");
    assert_eq!(
        company.to("u1", Relation::ReportsTo).await,
        [company.user("chief").await]
    );
    assert_eq!(company.to("u1", Relation::MemberOf).await.len(), 1);
    let before = company.digest("u1").await;
    assert!(before.is_some());
    let (_, report) = company.run(&company.directory, accounts()).await;
    let counts = report.counts.of(SyncKind::User);
    assert_eq!((report.state, counts.unchanged), (RunState::Succeeded, 2));
    assert_eq!(company.digest("u1").await, before);

    // Two of one page, one of which cannot come to be: the other one's link does not say that all is well.
    company.acting.execute(CreateUser::new("boss")).await.unwrap();
    let with = |boss: &str| {
        let mut all = accounts();
        all.push(account("w1").with("boss", "n-w2"));
        all.push(account("w2").with("login", boss));
        all
    };
    let (_, report) = company.run(&company.directory, with("boss")).await;
    let counts = report.counts.of(SyncKind::User);
    assert_eq!(
        (report.state, counts.created, counts.failed, counts.incomplete),
        (RunState::Partial, 1, 1, 1),
        "{report:#?}"
    );
    assert_eq!(company.digest("w1").await, None);
    let (run, report) = company.run(&company.directory, with("w2")).await;
    assert_eq!(report.state, RunState::Succeeded, "{report:#?}");
    assert_eq!(
        company.to("w1", Relation::ReportsTo).await,
        [company.user("w2").await]
    );
    assert!(company.digest("w1").await.is_some());

    // And taken back.
    let undone = company.sources.undo(&company.acting, run).await.unwrap();
    assert!(undone.kept.is_empty(), "{undone:?}");
    assert_eq!(company.to("w1", Relation::ReportsTo).await, []);
    let found = company
        .acting
        .find_by(Kind::User, "user_name", "w2")
        .await
        .unwrap();
    assert!(found.is_none());
}

#[tokio::test]
async fn two_sources_in_memory() {
    story(Arc::new(MemoryStorage::new())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_sources_in_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("iam.db");
    story(Arc::new(
        SqliteStorage::open(&file, SqliteOptions::default()).unwrap(),
    ))
    .await;
}

/// The server of a variable, and a database of our own there.
fn database(variable: &str) -> Option<(String, String, String)> {
    let Ok(server) = std::env::var(variable) else {
        eprintln!("NOT RUN: {variable} does not name a server");
        return None;
    };
    let name = format!("iam_sources_{}", std::process::id());
    let (base, _) = server.rsplit_once('/').unwrap();
    Some((server.clone(), format!("{base}/{name}"), name))
}

#[tokio::test(flavor = "multi_thread")]
async fn two_sources_in_postgres() {
    let Some((server, url, name)) = database("IAM_TEST_POSTGRES_URL") else {
        return;
    };
    let mut control = sqlx::PgConnection::connect(&server).await.unwrap();
    let create = format!("CREATE DATABASE {name}");
    control.execute(AssertSqlSafe(create)).await.unwrap();
    let storage = PostgresStorage::connect(PostgresOptions::new(url)).await.unwrap();
    story(Arc::new(storage)).await;
    let drop = format!("DROP DATABASE {name} WITH (FORCE)");
    control.execute(AssertSqlSafe(drop)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_sources_in_mysql() {
    let Some((server, url, name)) = database("IAM_TEST_MYSQL_URL") else {
        return;
    };
    let mut control = sqlx::MySqlConnection::connect(&server).await.unwrap();
    let create = format!("CREATE DATABASE {name} CHARACTER SET utf8mb4");
    control.execute(AssertSqlSafe(create)).await.unwrap();
    let storage = MysqlStorage::connect(MysqlOptions::new(url)).await.unwrap();
    story(Arc::new(storage)).await;
    control
        .execute(AssertSqlSafe(format!("DROP DATABASE {name}")))
        .await
        .unwrap();
}
