//! The people of a company flow in from their HR system: looked at first, applied, kept up with, undone.
//!
//! ```sh
//! cargo run -p iam-examples --example identity_source
//! ```
//!
//! The source is a folder with the exports of an HR system (`examples/data/hrsample`). A directory, a database or a service
//! is read the same way: only the name of the connector and its configuration are other ones.

use std::sync::Arc;

use iam_core::{
    command::{CreateSource, RequestSync, UpdateSource},
    model::{
        AttributeMapping, Kind, KindRules, ReferenceBy, SourceId, SourceMode, SourceRules, SyncAction,
        SyncKind, SyncRunId, Threshold, Tier, Value,
    },
    search::Predicate,
    service::{Acting, Iam},
};
use iam_examples::{FEEDS, Failure, folder};
use iam_storage::{
    host::{self, SystemClock},
    sqlite::{SqliteOptions, SqliteStorage},
};
use iam_sync::{
    connector::{Connectors, KnownSecrets},
    reconcile::run::{RunReport, Sources},
};

fn rules() -> SourceRules {
    let attribute = AttributeMapping::attribute;
    let organizations = KindRules {
        object_class: "org_units".into(),
        mappings: vec![
            attribute("org_name", "name"),
            attribute("org_id", "code"),
            attribute("parent_org_id", "parent"),
        ],
        ..KindRules::default()
    };
    let users = KindRules {
        object_class: "feed".into(),
        mappings: vec![
            AttributeMapping::expression(
                "ascii(source.first_name + '.' + source.last_name) + '.' + source.employee_id",
                "user_name",
            ),
            attribute("employee_id", "user_number"),
            attribute("first_name", "first_name"),
            attribute("last_name", "last_name"),
            attribute("job", "job"),
            attribute("org_id", "organizations").by(ReferenceBy::Attribute("code".into())),
            attribute("manager_id", "manager"),
        ],
        // Somebody who was entered by hand is found again by the number.
        correlation: vec![Tier::of("user_number")],
        // One of seven leaves in a year; anything beyond a fifth is a mistake.
        thresholds: [(
            SyncAction::Disable,
            Threshold {
                count: None,
                percent: Some(20),
            },
        )]
        .into(),
        ..KindRules::default()
    };
    SourceRules {
        kinds: [(SyncKind::Organization, organizations), (SyncKind::User, users)].into(),
        ..SourceRules::default()
    }
}

fn tell(what: &str, report: &RunReport) {
    let users = report.counts.of(SyncKind::User);
    println!(
        "{what:<28} {:?}: {} created, {} changed, {} unchanged, {} disabled",
        report.state, users.created, users.updated, users.unchanged, users.disabled
    );
}

async fn run(
    sources: &Sources,
    acting: &Acting<'_>,
    source: SourceId,
) -> Result<(SyncRunId, RunReport), Failure> {
    // A run is a job: any worker of any process may carry it out.
    let run = acting.execute(RequestSync::new(source)).await?.id()?;
    let report = sources
        .work(acting, "worker-1", &mut ())
        .await?
        .ok_or("another worker was faster")?;
    Ok((run, report))
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let work = tempfile::tempdir()?;
    let export = |day: &str| {
        std::fs::copy(
            folder().join(format!("hr_feed_{day}.csv")),
            work.path().join("feed.csv"),
        )
    };
    std::fs::copy(folder().join("org_units.csv"), work.path().join("org_units.csv"))?;
    export(FEEDS[0])?;

    let storage = SqliteStorage::open(work.path().join("iam.db"), SqliteOptions::default())?;
    let iam = Iam::new(Arc::new(storage), host::system([7; 32]))?;
    let acting = iam.realm("acme").await?.host("example");
    let sources = Sources::new(
        Connectors::builtin(),
        Arc::new(KnownSecrets::new()),
        Arc::new(SystemClock),
    );
    sources.connectors().install(&acting).await?;

    let path = work.path().to_string_lossy().into_owned();
    let identifiers = [("org_units".to_owned(), Value::from("org_id"))].into();
    let create = CreateSource::new("HR system", "folder")
        .configure("folder", path)
        .configure("identifier", "employee_id")
        .configure("identifiers", Value::Object(identifiers))
        .rules(rules());

    // What would the mapping make of the first records? Nothing is saved yet.
    let samples = sources
        .sample(
            &acting,
            "folder",
            &create.configuration,
            SyncKind::User,
            &rules().kinds[&SyncKind::User],
            2,
        )
        .await?;
    for sample in samples {
        println!(
            "{} → {}",
            sample.object.identifier,
            sample.mapped.text("user_name").unwrap_or("?")
        );
    }

    let source: SourceId = acting.execute(create).await?.id()?;
    tell(
        "a new source only looks",
        &sources.preview(&acting, source, &mut ()).await?,
    );
    acting
        .execute(UpdateSource::new(source).mode(SourceMode::Active))
        .await?;
    tell("2016-12-31", &run(&sources, &acting, source).await?.1);
    tell("the same once more", &run(&sources, &acting, source).await?.1);
    export(FEEDS[1])?;
    let (year, report) = run(&sources, &acting, source).await?;
    tell("2017-12-31", &report);

    // Somebody exports an empty file. Nobody is lost.
    std::fs::write(
        work.path().join("feed.csv"),
        "employee_id,first_name,last_name,job,org_id,manager_id\n",
    )?;
    let (_, report) = run(&sources, &acting, source).await?;
    tell("an empty export", &report);
    println!(
        "  {}",
        report.problem.map(|problem| problem.message).unwrap_or_default()
    );

    let undone = sources.undo(&acting, year).await?;
    println!("the year 2017 is undone: {} commits", undone.commits);
    let left = acting
        .count(Kind::User, Predicate::eq("administrative_status", "enabled"))
        .await?;
    println!("{left} people are enabled, as on 2016-12-31");
    Ok(())
}
