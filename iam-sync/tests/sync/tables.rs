//! Tables of a database and files of a folder as sources, and the suite that every connector passes.

use std::sync::Arc;

use iam_core::{
    command::{CreateSource, RequestSync, UpdateSource},
    model::{
        AttributeMapping, Configuration, Kind, KindRules, SourceId, SourceMode, SourceRules, SyncKind, Value,
    },
    port::{ConnectorError, Presence, Read},
    search::Predicate,
    testing::connector_suite,
};
use iam_sync::{
    connector::{Connectors, KnownSecrets, folder::Folder, sql::Tables},
    reconcile::run::{RunState, Sources},
};

use crate::common::{Bench, Fake, user};

fn read() -> Read {
    Read {
        kind: SyncKind::User,
        object_class: "staff".into(),
        filter: None,
        attributes: Vec::new(),
        since: None,
        page_size: 100,
    }
}

/// The databases that can be had here, with their addresses. What cannot is said loudly.
fn databases(folder: &tempfile::TempDir) -> Vec<(&'static str, String)> {
    let file = format!("sqlite://{}?mode=rwc", folder.path().join("hr.db").display());
    let mut urls = vec![("sqlite", file)];
    for (name, variable) in [
        ("postgres", "IAM_TEST_POSTGRES_URL"),
        ("mysql", "IAM_TEST_MYSQL_URL"),
    ] {
        match std::env::var(variable) {
            Ok(url) => urls.push((name, url)),
            Err(_) => eprintln!("NOT RUN: {name} as a source, because {variable} is not set"),
        }
    }
    urls
}

/// S0-121
#[tokio::test]
async fn tables_of_databases_are_sources() {
    let folder = tempfile::tempdir().unwrap();
    for (name, url) in databases(&folder) {
        let quote = if name == "mysql" { "`" } else { "\"" };
        let statements = [
            "DROP TABLE IF EXISTS staff".to_owned(),
            format!(
                "CREATE TABLE staff (id INTEGER, login VARCHAR(40), mail VARCHAR(80), active BOOLEAN, hired DATE, {quote}last name{quote} VARCHAR(80))"
            ),
        ];
        let rows: Vec<String> = (0..42)
            .map(|n| {
                format!(
                    "({n}, 'u{n}', 'u{n}@x', {}, '2024-02-0{}', 'Łovelace {n}')",
                    n % 2 == 0,
                    n % 9 + 1
                )
            })
            .collect();
        let insert = format!("INSERT INTO staff VALUES {}", rows.join(", "));
        macro_rules! prepare {
            ($connection:ty) => {{
                use sqlx::{AssertSqlSafe, Connection, Executor};
                let mut connection = <$connection>::connect(&url).await.unwrap();
                for statement in statements.into_iter().chain([insert]) {
                    connection.execute(AssertSqlSafe(statement)).await.unwrap();
                }
            }};
        }
        match name {
            "sqlite" => prepare!(sqlx::SqliteConnection),
            "postgres" => prepare!(sqlx::PgConnection),
            _ => prepare!(sqlx::MySqlConnection),
        }
        let known = KnownSecrets::new().with("db", &url);
        let configuration: Configuration = [
            ("url".to_owned(), "vault:db".into()),
            ("identifier".to_owned(), "id".into()),
        ]
        .into();
        let subject = connector_suite::Subject {
            configuration: configuration.clone(),
            secrets: &known,
            kind: SyncKind::User,
            object_class: "staff",
            least: 42,
        };
        let faults = connector_suite::faults(&Tables, &subject).await;
        assert!(faults.is_empty(), "{name}: {faults:#?}");
        let connectors = Connectors::builtin();
        let mut connection = connectors
            .find("sql")
            .unwrap()
            .open(&configuration, &known)
            .await
            .unwrap();
        let page = connection.read(&read(), None).await.unwrap();
        assert_eq!((page.objects.len(), page.presence), (42, Presence::Everything));
        let seven = page
            .objects
            .iter()
            .find(|object| object.identifier == "7")
            .unwrap();
        assert_eq!(seven.attributes["last name"], Value::from("Łovelace 7"), "{name}");
        assert!(
            seven.attributes["hired"]
                .as_text()
                .unwrap()
                .starts_with("2024-02-08")
        );
        let classes = connection.classes().await.unwrap();
        assert!(
            classes
                .iter()
                .any(|class| class.name.ends_with("staff") && class.attributes.len() == 6)
        );
        let evil = Read {
            object_class: "staff\"; DROP TABLE staff; --".into(),
            ..read()
        };
        assert!(matches!(
            connection.read(&evil, None).await,
            Err(ConnectorError::Configuration { .. })
        ));
        let missing = Read {
            object_class: "nothing".into(),
            ..read()
        };
        assert!(connection.read(&missing, None).await.is_err());
    }
}

/// Carries out statements on a database of one of the kinds.
async fn change(name: &str, url: &str, statements: &[String]) {
    use sqlx::{AssertSqlSafe, Connection as _, Executor};
    macro_rules! each {
        ($connection:ty) => {{
            let mut connection = <$connection>::connect(url).await.unwrap();
            for statement in statements {
                connection
                    .execute(AssertSqlSafe(statement.clone()))
                    .await
                    .unwrap();
            }
        }};
    }
    match name {
        "sqlite" => each!(sqlx::SqliteConnection),
        "postgres" => each!(sqlx::PgConnection),
        _ => each!(sqlx::MySqlConnection),
    }
}

/// People of a table and of a view become users; what is changed there follows; an emptied table takes nobody away.
///
/// S0-19, S0-121
#[tokio::test]
async fn a_view_flows_in_and_an_empty_one_takes_nobody_away() {
    let folder = tempfile::tempdir().unwrap();
    for (name, url) in databases(&folder) {
        let (table, view) = (
            format!("hires_{}", std::process::id()),
            format!("here_{}", std::process::id()),
        );
        let rows: Vec<String> = (0..40)
            .map(|n| format!("({n}, 'u{n}', 'u{n}@example.com', 'Clerk', NULL)"))
            .collect();
        let make = [
            format!(
                "CREATE TABLE {table} (id INTEGER PRIMARY KEY, login VARCHAR(40), mail VARCHAR(80), job VARCHAR(40), gone DATE)"
            ),
            format!("INSERT INTO {table} VALUES {}", rows.join(", ")),
            format!("CREATE VIEW {view} AS SELECT id, login, mail, job FROM {table} WHERE gone IS NULL"),
        ];
        change(name, &url, &make).await;
        let (host, clock) = iam_core::testing::host(5);
        let storage = Arc::new(iam_storage::memory::MemoryStorage::new());
        let iam = iam_core::service::Iam::new(storage, host).unwrap();
        let acting = iam.realm("acme").await.unwrap().host("test");
        let secrets = KnownSecrets::new().with("db", &url);
        let sources = Sources::new(Connectors::builtin(), Arc::new(secrets), clock.clone());
        sources.connectors().install(&acting).await.unwrap();
        let attribute = AttributeMapping::attribute;
        let users = KindRules {
            object_class: view.clone(),
            mappings: vec![
                attribute("login", "user_name"),
                attribute("mail", "email"),
                attribute("job", "job"),
            ],
            ..KindRules::default()
        };
        let create = CreateSource::new("HR", "sql")
            .configure("url", "vault:db")
            .configure("identifier", "id")
            .rules(SourceRules {
                kinds: [(SyncKind::User, users)].into(),
                ..SourceRules::default()
            });
        let source: SourceId = acting.execute(create).await.unwrap().id().unwrap();
        let look = sources.preview(&acting, source, &mut ()).await.unwrap();
        assert_eq!(look.counts.of(SyncKind::User).created, 40, "{name}");
        let active = UpdateSource::new(source).mode(SourceMode::Active);
        acting.execute(active).await.unwrap();
        let run = async || {
            clock.advance(1);
            acting.execute(RequestSync::new(source)).await.unwrap();
            sources.work(&acting, "w", &mut ()).await.unwrap().unwrap()
        };
        let enabled = async || {
            let enabled = Predicate::eq("administrative_status", "enabled");
            acting.count(Kind::User, enabled).await.unwrap()
        };
        let first = run().await;
        assert_eq!(first.state, RunState::Succeeded, "{name}: {first:#?}");
        assert_eq!(enabled().await, 40);
        let some = [
            format!("UPDATE {table} SET job = 'Boss' WHERE id = 7"),
            format!("UPDATE {table} SET gone = '2026-01-01' WHERE id IN (3, 4)"),
        ];
        change(name, &url, &some).await;
        let report = run().await;
        let counts = report.counts.of(SyncKind::User);
        assert_eq!(
            (counts.updated, counts.disabled, counts.unchanged),
            (1, 2, 37),
            "{name}"
        );
        assert_eq!(enabled().await, 38);
        change(name, &url, &[format!("UPDATE {table} SET gone = '2026-01-01'")]).await;
        let report = run().await;
        assert_eq!(report.state, RunState::Stopped, "{name}: {report:#?}");
        assert_eq!(enabled().await, 38);
        // The view is gone: that is no empty one.
        change(
            name,
            &url,
            &[format!("DROP VIEW {view}"), format!("DROP TABLE {table}")],
        )
        .await;
        let report = run().await;
        assert_eq!(report.state, RunState::Failed, "{name}: {report:#?}");
        assert_eq!(enabled().await, 38);
    }
}

/// S1-4
#[tokio::test]
async fn folders_and_spreadsheets_pass_the_suite_and_formulas_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::from("id,mail\n");
    for n in 0..30 {
        text += &format!("{n},u{n}@x\n");
    }
    std::fs::write(folder.path().join("users.csv"), text).unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in ["id", "mail", "hired"].iter().enumerate() {
        sheet.write(0, column as u16, *name).unwrap();
    }
    for n in 0..5u32 {
        sheet.write(n + 1, 0, n).unwrap();
        sheet.write(n + 1, 1, format!("u{n}@x")).unwrap();
    }
    sheet.write_formula(3, 1, "=CONCATENATE(\"a\",\"b\")").unwrap();
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2024, 2, 29).unwrap();
    sheet
        .write_with_format(
            1,
            2,
            &day,
            &rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd"),
        )
        .unwrap();
    book.save(folder.path().join("staff.xlsx")).unwrap();
    let known = KnownSecrets::new();
    let configuration: Configuration = [
        ("folder".to_owned(), folder.path().to_str().unwrap().into()),
        ("identifier".to_owned(), "id".into()),
    ]
    .into();
    let subject = connector_suite::Subject {
        configuration: configuration.clone(),
        secrets: &known,
        kind: SyncKind::User,
        object_class: "",
        least: 30,
    };
    let faults = connector_suite::faults(&Folder, &subject).await;
    assert!(faults.is_empty(), "{faults:#?}");
    let connectors = Connectors::builtin();
    let mut connection = connectors
        .find("folder")
        .unwrap()
        .open(&configuration, &known)
        .await
        .unwrap();
    let page = connection.read(&read(), None).await.unwrap();
    assert_eq!((page.objects.len(), page.unreadable.len()), (4, 1), "{page:?}");
    assert!(
        page.unreadable[0].contains("cell.formula"),
        "{:?}",
        page.unreadable
    );
    assert_eq!(page.objects[0].attributes["hired"], "2024-02-29".into());
    let outside = Read {
        object_class: "../etc/passwd".into(),
        ..read()
    };
    assert!(connection.read(&outside, None).await.is_err());
    // The suite finds what is wrong, too: a connector that is not sure to have named everybody.
    let bench = Bench::new().await;
    bench.say(SyncKind::User, (0..9).map(|n| user(&format!("u{n}"))));
    let subject = connector_suite::Subject {
        configuration: Configuration::new(),
        secrets: &known,
        kind: SyncKind::User,
        object_class: "",
        least: 9,
    };
    assert_eq!(
        connector_suite::faults(&bench.fake, &subject).await,
        Vec::<String>::new()
    );
    let unsure = Fake(Arc::default());
    unsure.0.lock().unwrap().unsure = true;
    assert_eq!(connector_suite::faults(&unsure, &subject).await.len(), 2);
}
