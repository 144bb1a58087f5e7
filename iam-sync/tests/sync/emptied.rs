//! What a source does not say any more is not taken away from everybody: a column that is missing, an attribute that the
//! account may not read, a dictionary that is upside down, an empty list of memberships.

use iam_core::{
    command::UpdateSource,
    model::{Kind, Relation, SourceRules, SyncAction, SyncKind, Threshold},
    plan::Direction,
    port::SourceObject,
    search::Predicate,
    wire::Code,
};
use iam_sync::reconcile::run::{RunReport, RunState};

use crate::common::{Bench, organization, user, with_memberships};

fn people(count: usize) -> Vec<SourceObject> {
    (0..count)
        .map(|number| user(&format!("u{number}")).with("org", "HQ"))
        .collect()
}

/// The first so many lack an attribute.
fn lacking(attribute: &str, few: usize) -> Vec<SourceObject> {
    let mut all = people(40);
    for object in all.iter_mut().take(few) {
        object.attributes.remove(attribute);
    }
    all
}

async fn filled() -> Bench {
    let bench = Bench::new().await;
    bench.say(SyncKind::Organization, [organization("HQ", None)]);
    bench.say(SyncKind::User, people(40));
    let report = bench.run().await;
    assert_eq!(report.state, RunState::Succeeded, "{report:#?}");
    bench
}

fn stopped(report: &RunReport, word: &str) {
    assert_eq!(report.state, RunState::Stopped, "{report:#?}");
    let problem = report.problem.as_ref().unwrap();
    assert_eq!(problem.code, Code::Threshold);
    assert!(problem.message.contains(word), "{problem}");
}

async fn members(bench: &Bench) -> usize {
    let unit = bench
        .acting
        .find_by(Kind::Organization, "code", "HQ")
        .await
        .unwrap();
    let id = unit.unwrap().id;
    let edges = bench.acting.edges(id, Direction::To, Relation::MemberOf).await;
    edges.unwrap().len()
}

#[tokio::test]
async fn an_attribute_that_nobody_has_any_more_is_not_emptied_for_everybody() {
    let bench = filled().await;
    let addresses = async || bench.count(Kind::User, Predicate::present("email")).await;
    bench.say(SyncKind::User, lacking("mail", 40));
    stopped(&bench.run().await, "`email`");
    assert_eq!(addresses().await, 40);
    // Whoever only looks is told once, and sees all that would be done.
    let look = bench
        .sources
        .preview(&bench.acting, bench.source, &mut ())
        .await
        .unwrap();
    let told = look
        .findings
        .iter()
        .filter(|finding| finding.code == "sync.threshold");
    assert_eq!((told.count(), look.counts.of(SyncKind::User).updated), (1, 40));
    // A few may lose theirs.
    bench.say(SyncKind::User, lacking("mail", 3));
    assert_eq!(bench.run().await.state, RunState::Succeeded);
    assert_eq!(addresses().await, 37);
    // Whoever means it says so.
    let mut rules: SourceRules = bench.sources.rules(&bench.acting, bench.source).await.unwrap();
    let bound = Threshold {
        count: Some(40),
        percent: None,
    };
    let users = rules.kinds.get_mut(&SyncKind::User).unwrap();
    users.thresholds.insert(SyncAction::Clear, bound);
    let update = UpdateSource {
        rules: Some(rules),
        ..UpdateSource::new(bench.source)
    };
    bench.acting.execute(update).await.unwrap();
    bench.say(SyncKind::User, lacking("mail", 40));
    assert_eq!(bench.run().await.state, RunState::Succeeded);
    assert_eq!(addresses().await, 0);
}

#[tokio::test]
async fn references_that_nobody_has_any_more_are_not_taken_from_everybody() {
    let bench = filled().await;
    assert_eq!(members(&bench).await, 40);
    bench.say(SyncKind::User, lacking("org", 40));
    stopped(&bench.run().await, "`organizations`");
    assert_eq!(members(&bench).await, 40);
    bench.say(SyncKind::User, lacking("org", 2));
    assert_eq!(bench.run().await.state, RunState::Succeeded);
    assert_eq!(members(&bench).await, 38);
}

/// S0-30
#[tokio::test]
async fn a_status_that_disables_everybody_counts_like_disabling() {
    let bench = filled().await;
    let with = |few: usize| {
        let mut all = people(40);
        for object in all.iter_mut().take(few) {
            *object = object.clone().with("status", "T");
        }
        all
    };
    let enabled = async || {
        let enabled = Predicate::eq("administrative_status", "enabled");
        bench.count(Kind::User, enabled).await
    };
    bench.say(SyncKind::User, with(40));
    stopped(&bench.run().await, "disable");
    assert_eq!(enabled().await, 40);
    bench.say(SyncKind::User, with(4));
    assert_eq!(bench.run().await.state, RunState::Succeeded);
    assert_eq!(enabled().await, 36);
}

#[tokio::test]
async fn an_empty_list_of_memberships_takes_none_away() {
    let bench = Bench::with(with_memberships()).await;
    let pairs = |few: usize| {
        (0..few).map(|number| {
            SourceObject::new(format!("m{number}"))
                .with("who", format!("u{number}"))
                .with("where", "HQ")
        })
    };
    bench.say(SyncKind::Organization, [organization("HQ", None)]);
    bench.say(SyncKind::User, (0..40).map(|number| user(&format!("u{number}"))));
    bench.say(SyncKind::Membership, pairs(40));
    assert_eq!(bench.run().await.state, RunState::Succeeded);
    assert_eq!(members(&bench).await, 40);
    for few in [0, 20] {
        bench.say(SyncKind::Membership, pairs(few));
        stopped(&bench.run().await, "membership");
        assert_eq!(members(&bench).await, 40);
    }
    bench.say(SyncKind::Membership, pairs(38));
    assert_eq!(bench.run().await.state, RunState::Succeeded);
    assert_eq!(members(&bench).await, 38);
}
