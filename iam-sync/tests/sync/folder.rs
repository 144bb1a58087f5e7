//! A folder of tables as a source, from configuration to the log.

use std::sync::Arc;

use iam_core::{
    command::{CreateSource, RequestSync, UpdateSource},
    model::{Configuration, Kind, SourceId, SourceMode, SyncAction, SyncKind, Threshold},
    search::{Predicate, Search},
    service::Iam,
    testing::host,
    wire::Code,
};
use iam_storage::memory::MemoryStorage;
use iam_sync::{
    connector::{Connectors, KnownSecrets},
    reconcile::run::{RunState, Sources},
};

use crate::common::rules;

/// S0-121, S0-122, S0-123, S0-127
#[tokio::test]
async fn a_source_needs_its_connector_and_its_required_fields() {
    let (host, clock) = host(1);
    let iam = Iam::new(Arc::new(MemoryStorage::new()), host).unwrap();
    let acting = iam.realm("acme").await.unwrap().host("test");
    let sources = Sources::new(Connectors::builtin(), Arc::new(KnownSecrets::new()), clock);
    let create = || CreateSource::new("Beisen, head office", "folder").configure("folder", "/tmp");
    let refused = acting.execute(create()).await.unwrap_err();
    assert_eq!(refused.code, Code::ConnectorMissing);
    assert!(sources.connectors().install(&acting).await.unwrap() > 0);
    assert_eq!(
        sources.connectors().install(&acting).await.unwrap(),
        0,
        "once is enough"
    );
    let refused = acting.execute(create()).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "configuration.identifier");
    let id = acting
        .execute(create().configure("identifier", "id"))
        .await
        .unwrap()
        .id
        .unwrap();
    let source = acting.get(id).await.unwrap();
    assert_eq!(source.text("name"), "Beisen, head office");
    assert_eq!(source.text("mode"), "look_only");
    assert_eq!(source.text("schedule"), "0 2 * * *");
}

/// S0-2, S0-19, S0-30, S0-44, S0-82, S0-140, S0-141, S1-5
#[tokio::test]
async fn a_folder_of_tables_becomes_people_and_organizations() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "organizations.csv",
        "id,name,code,parent\n2,Sales,SA,HQ\n1,Head office,HQ,\n",
    );
    write("groups.csv", "id,name,members\ng1,Everybody,7\n");
    write(
        "users.csv",
        "id,login,mail,number,given,sn,org,boss,status\n\
         7,ada,ada@example.com,n7,Ada,Lovelace,SA,9,A\n\
         9,grace,grace@example.com,n9,Grace,Hopper,HQ,,A\n",
    );
    let (host, clock) = host(1);
    let iam = Iam::new(Arc::new(MemoryStorage::new()), host).unwrap();
    let acting = iam.realm("acme").await.unwrap().host("test");
    let sources = Sources::new(
        Connectors::builtin(),
        Arc::new(KnownSecrets::new()),
        clock.clone(),
    );
    sources.connectors().install(&acting).await.unwrap();
    let configuration: Configuration = [
        ("folder".to_owned(), folder.path().to_str().unwrap().into()),
        ("identifier".to_owned(), "id".into()),
    ]
    .into();
    let classes = sources.check("folder", &configuration).await.unwrap();
    assert_eq!(classes.len(), 3);
    let user_rules = rules().kinds[&SyncKind::User].clone();
    let samples = sources
        .sample(&acting, "folder", &configuration, SyncKind::User, &user_rules, 1)
        .await
        .unwrap();
    assert_eq!(samples[0].mapped.text("user_name"), Some("ada"));
    let source: SourceId = acting
        .execute(CreateSource {
            configuration,
            ..CreateSource::new("HR", "folder").rules(rules())
        })
        .await
        .unwrap()
        .id()
        .unwrap();

    // Where two people work, both leave at the end.
    let mut rules = rules();
    let bound = Threshold {
        count: Some(2),
        percent: None,
    };
    let users = rules.kinds.get_mut(&SyncKind::User).unwrap();
    users.thresholds.insert(SyncAction::Disable, bound);
    let update = UpdateSource {
        rules: Some(rules),
        ..UpdateSource::new(source)
    };
    acting.execute(update).await.unwrap();

    // A new source looks, and writes nothing but that it looked.
    let look = sources.preview(&acting, source, &mut ()).await.unwrap();
    assert_eq!(look.state, RunState::Succeeded, "{look:?}");
    assert_eq!(look.counts.of(SyncKind::User).created, 2);
    let run = acting
        .execute(RequestSync::new(source))
        .await
        .unwrap()
        .id
        .unwrap();
    assert_eq!(
        acting.get(run).await.unwrap().text("state"),
        "requested",
        "not inline"
    );
    let report = sources.work(&acting, "w1", &mut ()).await.unwrap().unwrap();
    assert!(
        report.look_only && report.counts.of(SyncKind::Organization).created == 2,
        "{report:?}"
    );
    assert_eq!(acting.count(Kind::User, Predicate::All).await.unwrap(), 0);

    acting
        .execute(UpdateSource::new(source).mode(SourceMode::Active))
        .await
        .unwrap();
    acting.execute(RequestSync::new(source)).await.unwrap();
    let report = sources.work(&acting, "w1", &mut ()).await.unwrap().unwrap();
    assert_eq!(report.state, RunState::Succeeded, "{report:?}");
    let ada = acting
        .find_by(Kind::User, "user_name", "ada")
        .await
        .unwrap()
        .unwrap();
    let grace = acting
        .find_by(Kind::User, "user_name", "grace")
        .await
        .unwrap()
        .unwrap();
    assert_eq!((ada.text("origin"), ada.text("source")), ("sync", "HR"));
    let found = |filter: Predicate| {
        let acting = acting.clone();
        async move {
            acting
                .search(&Search::new(Kind::User).filter(filter))
                .await
                .unwrap()
                .items
                .len()
        }
    };
    assert_eq!(found(Predicate::eq("manager", grace.id.to_string())).await, 1);
    let head = acting
        .find_by(Kind::Organization, "code", "HQ")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        found(Predicate::eq("within_organization", head.id.to_string())).await,
        2
    );
    let everybody = acting
        .find_by(Kind::Group, "name", "everybody")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found(Predicate::eq("groups", everybody.id.to_string())).await, 1);

    // Nothing changed: nothing is written. Somebody left: they are disabled.
    acting.execute(RequestSync::new(source)).await.unwrap();
    let report = sources.work(&acting, "w1", &mut ()).await.unwrap().unwrap();
    assert_eq!(report.counts.of(SyncKind::User).unchanged, 2, "{report:?}");
    write(
        "users.csv",
        "id,login,mail,number,given,sn,org,boss,status\n9,grace,grace@example.com,n9,Grace,Hopper,HQ,,T\n",
    );
    acting.execute(RequestSync::new(source)).await.unwrap();
    let report = sources.work(&acting, "w1", &mut ()).await.unwrap().unwrap();
    assert_eq!(report.state, RunState::Succeeded, "{report:?}");
    for name in ["ada", "grace"] {
        let record = acting
            .find_by(Kind::User, "user_name", name)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (record.text("administrative_status"), record.text("disabled_by")),
            ("disabled", "source"),
            "{name}"
        );
    }
    let log = acting.search(&Search::new(Kind::SyncRun)).await.unwrap().items;
    assert_eq!(log.len(), 4);
}
