//! Four exports of an HR system, one after the other; the end state is compared with the truth in the data.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use iam_core::{
    command::{CreateSource, RequestSync, UpdateSource},
    model::{
        AttributeMapping, KindRules, ReferenceBy, Relation, SourceId, SourceMode, SourceRules, SyncAction,
        SyncKind, Threshold, Tier,
    },
    plan::Direction,
    port::{AuditQuery, Storage},
    search::{Deleted, Search},
    service::Iam,
    testing::host,
};
use iam_storage::{
    memory::MemoryStorage,
    sqlite::{SqliteOptions, SqliteStorage},
};
use iam_sync::{
    connector::{Connectors, KnownSecrets},
    reconcile::run::{RunState, Sources},
    table::{Csv, Source as _},
};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/data/hrsample")
}

const FEEDS: [&str; 4] = ["2016-12-31", "2017-12-31", "2018-06-30", "2018-12-31"];

fn rules() -> SourceRules {
    let attribute = AttributeMapping::attribute;
    SourceRules {
        kinds: [
            (
                SyncKind::Organization,
                KindRules {
                    object_class: "org_units".into(),
                    mappings: vec![
                        attribute("org_name", "name"),
                        attribute("org_id", "code"),
                        attribute("parent_org_id", "parent"),
                    ],
                    correlation: vec![Tier::of("code")],
                    ..KindRules::default()
                },
            ),
            (
                SyncKind::User,
                KindRules {
                    object_class: "feed".into(),
                    mappings: vec![
                        AttributeMapping::expression("'e' + source.employee_id", "user_name"),
                        attribute("employee_id", "user_number"),
                        attribute("first_name", "first_name"),
                        attribute("last_name", "last_name"),
                        AttributeMapping::expression("phone(source.work_phone, '+1')", "phone"),
                        attribute("job", "job"),
                        attribute("city", "city"),
                        attribute("state", "state"),
                        attribute("in_position_since", "in_position_since"),
                        attribute("org_id", "organizations").by(ReferenceBy::Attribute("code".into())),
                        attribute("manager_id", "manager"),
                    ],
                    correlation: vec![Tier::of("user_number")],
                    // One person of seven leaves in a year.
                    thresholds: [(
                        SyncAction::Disable,
                        Threshold {
                            count: None,
                            percent: Some(20),
                        },
                    )]
                    .into(),
                    ..KindRules::default()
                },
            ),
        ]
        .into(),
        ..SourceRules::default()
    }
}

fn rows(file: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let csv = Csv::path(data().join(file));
    let mut rows = csv.open().unwrap();
    let names = rows.headers().names().to_vec();
    let mut all = BTreeMap::new();
    while let Some(row) = rows.next_row().unwrap() {
        let row = row.unwrap();
        let named: BTreeMap<String, String> = names.iter().cloned().zip(row.cells).collect();
        all.entry(named["employee_id"].clone()).or_insert(named);
    }
    all
}

async fn four_feeds(storage: Arc<dyn Storage>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(data().join("org_units.csv"), folder.path().join("org_units.csv")).unwrap();
    let (host, clock) = host(5);
    let iam = Iam::new(storage, host).unwrap();
    let acting = iam.realm("acme").await.unwrap().host("hr");
    let sources = Sources::new(
        Connectors::builtin(),
        Arc::new(KnownSecrets::new()),
        clock.clone(),
    );
    sources.connectors().install(&acting).await.unwrap();
    let identifiers = [("org_units".to_owned(), "org_id".into())].into();
    let create = CreateSource::new("HR", "folder")
        .configure("folder", folder.path().to_str().unwrap())
        .configure("identifier", "employee_id")
        .configure("identifiers", iam_core::model::Value::Object(identifiers))
        .rules(rules());
    let source: SourceId = acting.execute(create).await.unwrap().id().unwrap();
    acting
        .execute(UpdateSource::new(source).mode(SourceMode::Active))
        .await
        .unwrap();
    let mut ever: BTreeSet<String> = BTreeSet::new();
    for day in FEEDS {
        let file = format!("hr_feed_{day}.csv");
        std::fs::copy(data().join(&file), folder.path().join("feed.csv")).unwrap();
        let truth = rows(&file);
        let before = ever.clone();
        ever.extend(truth.keys().cloned());
        clock.advance_days(180);
        acting.execute(RequestSync::new(source)).await.unwrap();
        let report = sources.work(&acting, "w", &mut ()).await.unwrap().unwrap();
        let counts = report.counts.of(SyncKind::User);
        // A row without somebody's phone, or that names somebody twice, is a finding; nothing else is.
        assert!(
            matches!(report.state, RunState::Succeeded | RunState::Partial),
            "{day}: {report:#?}"
        );
        assert_eq!(
            counts.created,
            (ever.len() - before.len()) as u64,
            "{day}: {:?}",
            &report.findings[..report.findings.len().min(5)]
        );

        let mut search = Search::new(iam_core::model::Kind::User)
            .limit(1000)
            .deleted(Deleted::Include);
        let mut here = BTreeMap::new();
        loop {
            let page = acting.search(&search).await.unwrap();
            here.extend(
                page.items
                    .into_iter()
                    .map(|user| (user.text("user_number").to_owned(), user)),
            );
            match page.next {
                Some(next) => search = search.cursor(next),
                None => break,
            }
        }
        assert_eq!(
            here.keys().collect::<Vec<_>>(),
            ever.iter().collect::<Vec<_>>(),
            "{day}"
        );
        for (number, user) in &here {
            let Some(row) = truth.get(number) else {
                assert_eq!(
                    user.text("administrative_status"),
                    "disabled",
                    "{number} left before {day}"
                );
                continue;
            };
            assert_eq!(
                user.text("administrative_status"),
                "enabled",
                "{number} works there on {day}"
            );
            for name in [
                "first_name",
                "last_name",
                "job",
                "city",
                "state",
                "in_position_since",
            ] {
                assert_eq!(user.text(name), row[name], "{number}: {name}");
            }
            let ends = async |relation| {
                let edges = acting.edges(user.id, Direction::From, relation).await.unwrap();
                edges.into_iter().map(|edge| edge.key.to).collect::<Vec<_>>()
            };
            let organization = acting
                .find_by(iam_core::model::Kind::Organization, "code", &row["org_id"])
                .await
                .unwrap()
                .unwrap();
            assert_eq!(ends(Relation::MemberOf).await, [organization.id], "{number}");
            let manager: Vec<_> = here
                .get(&row["manager_id"])
                .map(|manager| manager.id)
                .into_iter()
                .collect();
            assert_eq!(ends(Relation::ReportsTo).await, manager, "{number}");
        }
        // Once more: nothing is written.
        clock.advance(60);
        acting.execute(RequestSync::new(source)).await.unwrap();
        let again = sources.work(&acting, "w", &mut ()).await.unwrap().unwrap();
        let written = acting
            .audit(AuditQuery {
                change_set: Some(again.change_set),
                limit: 10,
                ..AuditQuery::default()
            })
            .await
            .unwrap();
        assert!(written.is_empty(), "{day}: {again:#?}");
    }
}

/// S1-5, S1-42, S1-66, S1-76
#[tokio::test]
async fn joiners_movers_and_leavers_in_memory() {
    four_feeds(Arc::new(MemoryStorage::new())).await;
}

/// S1-66
#[tokio::test]
async fn joiners_movers_and_leavers_in_sqlite() {
    four_feeds(Arc::new(
        SqliteStorage::open(":memory:", SqliteOptions::default()).unwrap(),
    ))
    .await;
}
