//! The first ten minutes: a company's people in one file.
//!
//! Imports an organization of four levels with its people, applies the next year's HR feed as a change set, takes one
//! change back, looks at the earlier state, moves a department, searches, and checks that nothing was tampered with.
//!
//! ```text
//! cargo run --example quickstart [FILE]      # with --release it takes longer to build and is some ten times faster
//! ```

use std::{path::PathBuf, time::Instant};

use iam_core::{
    command::{TransferOrganization, UpdateUser},
    model::{Kind, Moment, OrganizationId, Record, Relation, UserId},
    plan::{Difference, Step},
    rules::status::StatusView,
    search::{Predicate, Search, Sort, prefix_search},
    service::{Acting, At, Iam, OnConflict, TreeNode, Undo},
    wire::Problem,
};
use iam_examples::{FEEDS, Failure, organizations, people, positions};
use iam_storage::{
    host,
    sqlite::{SqliteOptions, SqliteStorage},
};
use iam_sync::import::{Import, Lists, Missing, MissingLimit, Report};

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let file = std::env::args_os()
        .nth(1)
        .map_or_else(|| std::env::temp_dir().join("iam-quickstart.db"), PathBuf::from);
    for name in ["", "-wal", "-shm"] {
        // The story starts from nothing each time.
        let mut part = file.clone().into_os_string();
        part.push(name);
        let _ = std::fs::remove_file(part);
    }

    title("Open a database");
    let started = Instant::now();
    // In production the key comes from where you keep secrets; see the manual on vaults.
    let iam = Iam::new(
        std::sync::Arc::new(SqliteStorage::open(&file, SqliteOptions::default()).map_err(Problem::from)?),
        host::system([7; 32]),
    )?;
    let acme = iam.realm("acme").await?.host("quickstart");
    println!(
        "{} in {:.1} ms",
        file.display(),
        started.elapsed().as_secs_f64() * 1e3
    );

    title("Import organizations, positions and people");
    let (table, mapping) = organizations();
    show(&Import::organizations(table).mapping(mapping).named("hr"), &acme).await?;
    let (table, mapping) = positions()?;
    show(&Import::positions(table).mapping(mapping).named("hr"), &acme).await?;
    show(&feed(FEEDS[0])?, &acme).await?;
    let before = acme.revision().await?;

    title("The tree, with everybody below each unit");
    let tree = acme.tree(None).await?;
    for root in &tree {
        branch(&acme, root, 0).await?;
    }

    title(&format!("Preview the HR feed of {}", FEEDS[1]));
    let next = feed(FEEDS[1])?;
    print!("{}", next.preview(&acme, &mut ()).await?);

    title("Apply it, and see what is different");
    let report = show(&next, &acme).await?;
    let difference = acme.difference(At::Revision(before), At::Now).await?;
    summary(&difference);

    title("Take one person's move back");
    let mover = mover(&acme, &difference).await?;
    let undo = Undo::Record {
        id: mover.into(),
        after: before,
    };
    let preview = acme.preview_rollback(&undo).await?;
    print!("{}", indented(&preview.difference));
    let done = acme
        .clone()
        .because("the transfer was agreed for next year")
        .rollback(&undo, OnConflict::Refuse)
        .await?;
    println!("done in revision {}", done.revision.unwrap_or_default());

    title("Somebody changed since is never overwritten");
    acme.execute(UpdateUser::new(mover).set("job", "Sabbatical"))
        .await?;
    match acme
        .rollback(&Undo::ChangeSet(report.change_set), OnConflict::Refuse)
        .await
    {
        Ok(_) => println!("nothing stood in the way"),
        Err(problem) => println!("refused: {}", first_lines(&problem, 3)),
    }

    title("The world as it was");
    let past = acme.clone().as_of(At::Revision(before));
    let enabled = Predicate::eq("administrative_status", "enabled");
    let below = |id: String| Predicate::eq("within_organization", id).and(enabled.clone());
    println!("{:<24} then   now", "people in");
    for unit in tree.iter().flat_map(|root| &root.children) {
        let id = unit.organization.id.to_string();
        let (then, now) = (
            past.count(Kind::User, below(id.clone())).await?,
            acme.count(Kind::User, below(id)).await?,
        );
        println!("{:<24} {then:>4} {now:>5}", unit.organization.text("name"));
    }

    title("Move a department");
    let (moved, target) = (
        organization(&acme, "Sls - West").await?,
        organization(&acme, "Marketing").await?,
    );
    let within = below(target.to_string());
    let transfer = TransferOrganization {
        organization: moved,
        parent: Some(target),
    };
    print!("{}", indented(&acme.preview(transfer.clone()).await?.difference));
    let started = Instant::now();
    acme.execute(transfer).await?;
    println!(
        "done in {:.1} ms; people in Marketing now: {}",
        started.elapsed().as_secs_f64() * 1e3,
        acme.count(Kind::User, within).await?
    );
    let circle = TransferOrganization {
        organization: target,
        parent: Some(moved),
    };
    if let Err(problem) = acme.execute(circle).await {
        println!("and back under itself: {problem}");
    }

    title("Find");
    let filter = r#"(job sw "product" or job eq "Attorney") and not (state eq "MS") and manager pr"#;
    let search = Search::new(Kind::User)
        .filter(Predicate::from_scim(filter)?)
        .sort([Sort::ascending("last_name")]);
    let page = acme.search(&search.limit(5).total(true)).await?;
    println!(
        "{filter}\n{} people, the first of them:",
        page.total.unwrap_or_default()
    );
    for user in &page.items {
        println!(
            "  {:<28} {:<20} {}",
            user.text("email"),
            user.text("job"),
            user.text("city")
        );
    }
    let page = acme.search(&prefix_search("an")?).await?;
    println!(
        "“an…” finds {} on the first page, beginning with {}",
        page.items.len(),
        page.items[0].text("email")
    );

    title("Who did what");
    for item in acme.history(mover, None, 4).await? {
        let names: Vec<_> = item
            .changes
            .iter()
            .map(|change| change.attribute.as_str())
            .collect();
        let what = item
            .edge
            .map_or_else(|| names.join(", "), |edge| edge.relation.name().replace('_', " "));
        let why = item
            .reason
            .map(|reason| format!(" ({reason})"))
            .unwrap_or_default();
        println!(
            "  revision {:>3}  {}  {:<10} {what}{why}",
            item.revision,
            short(item.at),
            item.command
        );
    }

    title("Nothing was tampered with, and everything agrees");
    let head = iam.seal_chain().await?;
    let verified = iam.verify_chain(head.as_slice()).await?;
    let diagnosis = acme.doctor().await?;
    println!(
        "audit chain: {} rows, {} breaks",
        verified.rows,
        verified.breaks.len()
    );
    println!(
        "doctor: {} records, {} names, {} edges, {} journal entries: {} findings",
        diagnosis.records,
        diagnosis.claims,
        diagnosis.edges,
        diagnosis.journal,
        diagnosis.findings.len()
    );
    for finding in &diagnosis.findings {
        println!("  {} {} {}", finding.code, finding.subject, finding.message);
    }
    Ok(())
}

/// The feed of a day: whoever it does not mention any more has left.
fn feed(day: &str) -> Result<Import, Failure> {
    let (table, mapping) = people(day)?;
    let limit = MissingLimit {
        count: 300,
        percent: 20,
    };
    Ok(Import::users(table)
        .mapping(mapping)
        .matching("user_number")
        .named("hr")
        .lists(Lists::Replace)
        .missing(Missing::Disable { among: None, limit }))
}

async fn show(import: &Import, acme: &Acting<'_>) -> Result<Report, Failure> {
    let started = Instant::now();
    let report = import.apply(acme, &mut ()).await?;
    let rate = report.rows as f64 / started.elapsed().as_secs_f64();
    print!("{report}");
    println!("  {rate:.0} rows a second");
    Ok(report)
}

/// Two levels of the tree with the number of people at or below each unit.
async fn branch(acme: &Acting<'_>, node: &TreeNode, depth: usize) -> Result<(), Failure> {
    let id = node.organization.id.to_string();
    let count = acme
        .count(Kind::User, Predicate::eq("within_organization", id))
        .await?;
    let name = format!("{}{}", "  ".repeat(depth), node.organization.text("name"));
    println!("{name:<32} {count:>5}   {} units below", node.children.len());
    if depth < 1 {
        for child in &node.children {
            Box::pin(branch(acme, child, depth + 1)).await?;
        }
    }
    Ok(())
}

/// Joiners, movers and leavers, and an example of each.
fn summary(difference: &Difference) {
    let (joined, changed, _) = difference.counts();
    let left = difference
        .records
        .iter()
        .filter(|record| is_leaver(record))
        .count();
    println!(
        "{joined} joined, {left} left, {} changed otherwise",
        changed - left
    );
    let joiner = difference
        .records
        .iter()
        .find(|record| record.step == Step::Create);
    let leaver = difference.records.iter().find(|record| is_leaver(record));
    let mover = difference.records.iter().find(|record| {
        record.changes.iter().any(|change| change.attribute == "job") && record.step == Step::Update
    });
    for example in [joiner, leaver, mover].into_iter().flatten() {
        let mut part = Difference {
            records: vec![example.clone()],
            labels: difference.labels.clone(),
            edges: Vec::new(),
        };
        part.edges = difference
            .edges
            .iter()
            .filter(|edge| edge.key.from == example.id)
            .cloned()
            .collect();
        part.records[0].changes.retain(|change| {
            !matches!(
                change.attribute.as_str(),
                "created_at" | "created_by" | "identity_type" | "registration" | "source" | "origin"
            ) && !change.attribute.starts_with("preference")
        });
        print!("{}", indented(&part));
    }
}

fn is_leaver(record: &iam_core::plan::RecordDifference) -> bool {
    record.changes.iter().any(|change| {
        change.attribute == "administrative_status"
            && change.before.is_some()
            && change.after.as_ref().and_then(|value| value.as_text()) == Some("disabled")
    })
}

/// Somebody whose job and unit changed.
async fn mover(acme: &Acting<'_>, difference: &Difference) -> Result<UserId, Failure> {
    for record in &difference.records {
        let promoted =
            record.step == Step::Update && record.changes.iter().any(|change| change.attribute == "job");
        let moved = difference
            .edges
            .iter()
            .any(|edge| edge.key.from == record.id && edge.key.relation == Relation::MemberOf);
        if promoted && moved {
            let user = acme.get(record.id).await?;
            println!(
                "{} ({})",
                record.label,
                acme.status(&user, StatusView::Lifecycle).await?
            );
            return Ok(record.id.try_into()?);
        }
    }
    Err("nobody moved".into())
}

async fn organization(acme: &Acting<'_>, name: &str) -> Result<OrganizationId, Failure> {
    let page = acme
        .search(
            &Search::new(Kind::Organization)
                .filter(Predicate::eq("name", name))
                .limit(1),
        )
        .await?;
    let found: Option<&std::sync::Arc<Record>> = page.items.first();
    Ok(found
        .ok_or_else(|| format!("there is no organization “{name}”"))?
        .id
        .try_into()?)
}

fn title(text: &str) {
    println!("\n\x1b[1m{text}\x1b[0m");
}

fn indented(difference: &Difference) -> String {
    difference
        .to_string()
        .lines()
        .map(|line| format!("  {line}\n"))
        .collect()
}

fn first_lines(problem: &Problem, count: usize) -> String {
    let mut lines: Vec<String> = problem
        .to_string()
        .lines()
        .take(count)
        .map(str::to_owned)
        .collect();
    if problem.details.len() >= count {
        lines.push(format!("  … and {} more", problem.details.len() + 1 - count));
    }
    lines.join("\n")
}

fn short(at: Moment) -> String {
    at.to_string().chars().take(19).collect()
}
