//! What a run says about small worlds in which something is wrong, word by word (`findings.txt`; written anew with
//! `IAM_WRITE_GOLDEN=1`).

use std::fmt::Write as _;

use iam_core::{
    command::{CreateUser, DeleteUser},
    model::{Kind, SyncKind},
    port::SourceObject,
};
use iam_sync::reconcile::run::RunReport;

use crate::common::{Bench, organization, user};

fn tell(text: &mut String, world: &str, report: &RunReport) {
    let _ = writeln!(text, "## {world}\n{}", report.state.name());
    for (kind, counts) in &report.counts.kinds {
        let counts = serde_json::to_value(counts).unwrap();
        let named: Vec<String> = counts
            .as_object()
            .unwrap()
            .iter()
            .filter(|(_, count)| **count != 0)
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        let _ = writeln!(text, "{}: {}", kind.name(), named.join(", "));
    }
    if let Some(problem) = &report.problem {
        let _ = writeln!(text, "! {} {}", problem.code.name(), problem.message);
    }
    for finding in &report.findings {
        let _ = writeln!(
            text,
            "- {} {} [{}] {}: {}",
            finding.kind.map_or("run", SyncKind::name),
            finding.object.as_deref().unwrap_or("-"),
            finding.situation.map_or("-", |situation| situation.name()),
            finding.code,
            without_identifiers(&finding.message)
        );
    }
    text.push('\n');
}

/// Identifiers are drawn: they are not part of what is said.
fn without_identifiers(message: &str) -> String {
    let words = message.split(' ').map(|word| match word.split_once('_') {
        Some((kind, id)) if id.len() > 20 => format!("{kind}_…"),
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn small_worlds_have_the_findings_that_they_should_have() {
    let mut text = String::new();
    let object = |id: &str, attribute: &str, value: &str| -> SourceObject { user(id).with(attribute, value) };

    let bench = Bench::new().await;
    bench.say(
        SyncKind::User,
        [
            user("ada"),
            object("bob", "mail", "no address"),
            object("eve", "status", "asleep"),
            user("ada"),
        ],
    );
    tell(
        &mut text,
        "a wrong address, an unknown status, one twice",
        &bench.run().await,
    );

    let bench = Bench::new().await;
    bench.say(
        SyncKind::User,
        [
            object("ada", "boss", "bob"),
            object("bob", "boss", "nobody"),
            object("eve", "org", "X"),
        ],
    );
    tell(
        &mut text,
        "a manager and a unit that are not there",
        &bench.run().await,
    );

    let bench = Bench::new().await;
    bench.say(
        SyncKind::User,
        [object("ada", "number", "7"), object("bob", "number", "7")],
    );
    tell(
        &mut text,
        "two people with one employee number",
        &bench.run().await,
    );

    let bench = Bench::new().await;
    for (name, number, mail) in [("a", "n-ada", "x@example.com"), ("b", "n-b", "ada@example.com")] {
        let known = CreateUser::new(name)
            .set("user_number", number)
            .set("email", mail);
        bench.acting.execute(known).await.unwrap();
    }
    bench.say(SyncKind::User, [object("ada", "number", "n-other"), user("bob")]);
    tell(&mut text, "found by the address alone", &bench.run().await);
    bench.say(
        SyncKind::User,
        [object("eve", "mail", "ada@example.com"), user("bob")],
    );
    tell(
        &mut text,
        "found, and linked to somebody else already",
        &bench.run().await,
    );

    let bench = Bench::new().await;
    bench.say(SyncKind::User, ["ada", "bob", "eve"].map(user));
    bench.run().await;
    let bob = bench
        .acting
        .find_by(Kind::User, "user_name", "bob")
        .await
        .unwrap()
        .unwrap();
    bench
        .acting
        .execute(DeleteUser {
            user: bob.id.try_into().unwrap(),
            mode: Default::default(),
        })
        .await
        .unwrap();
    bench.say(
        SyncKind::User,
        ["ada", "bob"].map(|id| object(id, "given", "new")),
    );
    tell(&mut text, "one deleted here, one gone there", &bench.run().await);

    let bench = Bench::new().await;
    bench.say(
        SyncKind::Organization,
        [
            organization("A", Some("B")),
            organization("B", Some("A")),
            organization("C", Some("?")),
        ],
    );
    tell(
        &mut text,
        "units in a circle, and one below nothing",
        &bench.run().await,
    );

    let bench = Bench::new().await;
    bench.say(SyncKind::User, (0..30).map(|number| user(&format!("u{number}"))));
    bench.run().await;
    bench.say(SyncKind::User, [user("u1")]);
    tell(&mut text, "almost everybody gone", &bench.run().await);
    bench.fake.0.lock().unwrap().breaks_at = Some((SyncKind::User, 0));
    tell(&mut text, "no answer", &bench.run().await);

    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sync/findings.txt");
    if std::env::var_os("IAM_WRITE_GOLDEN").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let golden = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(
        text, golden,
        "findings have changed; when that is meant, write {path} anew"
    );
}
