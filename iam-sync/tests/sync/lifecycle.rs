//! Organizations and positions are switched off, vanish and are deleted as their source says.

use iam_core::{
    model::{
        AttributeMapping, Kind, KindRules, ReferenceBy, Situation, SourceRules, SyncAction, SyncKind,
        Threshold, Tier,
    },
    port::SourceObject,
};
use iam_sync::reconcile::run::RunState;

use crate::common::{Bench, organization, rules};

fn gone(action: SyncAction) -> SourceRules {
    let attribute = AttributeMapping::attribute;
    let mut rules = rules();
    let status = attribute("status", "administrative_status")
        .or("enabled")
        .dictionary([("A", "enabled"), ("T", "disabled")]);
    rules
        .kinds
        .get_mut(&SyncKind::Organization)
        .unwrap()
        .mappings
        .push(status.clone());
    rules.kinds.insert(
        SyncKind::Position,
        KindRules {
            mappings: vec![
                attribute("title", "name"),
                attribute("org", "organization").by(ReferenceBy::Attribute("code".into())),
                status,
            ],
            correlation: vec![Tier::of("name")],
            ..KindRules::default()
        },
    );
    for kind in [SyncKind::Organization, SyncKind::Position] {
        let rules = rules.kinds.get_mut(&kind).unwrap();
        rules.actions.insert(Situation::SourceMissing, action);
        rules.thresholds.insert(
            action,
            Threshold {
                count: Some(5),
                percent: None,
            },
        );
    }
    rules
}

fn position(id: &str, org: &str) -> SourceObject {
    SourceObject::new(id).with("title", id).with("org", org)
}

async fn statuses(bench: &Bench, kind: Kind) -> Vec<(String, String)> {
    let search = iam_core::search::Search::new(kind);
    let mut all: Vec<(String, String)> = bench
        .acting
        .search(&search)
        .await
        .unwrap()
        .items
        .iter()
        .map(|record| {
            (
                record.text("name").to_owned(),
                record.text("administrative_status").to_owned(),
            )
        })
        .collect();
    all.sort();
    all
}

fn named(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter()
        .map(|(name, status)| ((*name).to_owned(), (*status).to_owned()))
        .collect()
}

/// S0-86, S0-90, S0-111, S0-114
#[tokio::test]
async fn units_and_positions_are_switched_and_deleted_upstream() {
    let bench = Bench::with(gone(SyncAction::Delete)).await;
    let both = |status: &str| {
        bench.say(
            SyncKind::Organization,
            [
                organization("A", None),
                organization("B", Some("A")).with("status", status),
                organization("C", Some("B")),
            ],
        );
        bench.say(
            SyncKind::Position,
            [
                position("chief", "A"),
                position("clerk", "C").with("status", status),
            ],
        );
    };
    both("T");
    let report = bench.run().await;
    assert_eq!(report.state, RunState::Succeeded, "{report:#?}");
    assert_eq!(
        statuses(&bench, Kind::Position).await,
        named(&[("chief", "enabled"), ("clerk", "disabled")])
    );
    assert_eq!(
        statuses(&bench, Kind::Organization).await,
        named(&[("A", "enabled"), ("B", "disabled"), ("C", "enabled")])
    );
    both("A");
    assert_eq!(bench.run().await.state, RunState::Succeeded);
    assert_eq!(
        statuses(&bench, Kind::Position).await,
        named(&[("chief", "enabled"), ("clerk", "enabled")])
    );
    // Whole branches go at once, and positions before the units that they are in.
    bench.say(SyncKind::Organization, [organization("A", None)]);
    bench.say(SyncKind::Position, [position("chief", "A")]);
    let report = bench.run().await;
    assert_eq!(report.state, RunState::Succeeded, "{report:#?}");
    assert_eq!(report.counts.of(SyncKind::Organization).deleted, 2);
    assert_eq!(
        statuses(&bench, Kind::Organization).await,
        named(&[("A", "enabled")])
    );
    assert_eq!(
        statuses(&bench, Kind::Position).await,
        named(&[("chief", "enabled")])
    );
    // They come again: somebody has to say whether they are to be made anew.
    both("A");
    let report = bench.run().await;
    let waiting: Vec<String> = bench
        .shadows("review")
        .await
        .iter()
        .map(|shadow| shadow.text("situation").to_owned())
        .collect();
    assert_eq!(waiting, ["target_missing"; 3], "{report:#?}");
}

/// S0-90, S0-111
#[tokio::test]
async fn units_and_positions_that_vanish_are_switched_off_first() {
    let bench = Bench::with(gone(SyncAction::Disable)).await;
    bench.say(
        SyncKind::Organization,
        [organization("A", None), organization("B", Some("A"))],
    );
    bench.say(
        SyncKind::Position,
        [position("chief", "A"), position("clerk", "B")],
    );
    bench.run().await;
    bench.say(SyncKind::Organization, [organization("A", None)]);
    bench.say(SyncKind::Position, [position("chief", "A")]);
    let report = bench.run().await;
    assert_eq!(report.state, RunState::Succeeded, "{report:#?}");
    assert_eq!(
        statuses(&bench, Kind::Organization).await,
        named(&[("A", "enabled"), ("B", "disabled")])
    );
    assert_eq!(
        statuses(&bench, Kind::Position).await,
        named(&[("chief", "enabled"), ("clerk", "disabled")])
    );
}

/// A unit that is needed here is not deleted, and is not forgotten either: every run tries again.
#[tokio::test]
async fn what_cannot_be_deleted_is_tried_again() {
    let bench = Bench::with(gone(SyncAction::Delete)).await;
    bench.say(
        SyncKind::Organization,
        [organization("A", None), organization("B", None)],
    );
    bench.run().await;
    let b = bench
        .acting
        .find_by(Kind::Organization, "code", "B")
        .await
        .unwrap()
        .unwrap();
    let mut own = iam_core::command::CreateOrganization::new("made by hand");
    own.parent = Some(b.id.try_into().unwrap());
    let own: iam_core::model::OrganizationId = bench.acting.execute(own).await.unwrap().id().unwrap();
    bench.say(SyncKind::Organization, [organization("A", None)]);
    for _ in 0..2 {
        let report = bench.run().await;
        assert_eq!(report.state, RunState::Partial, "{report:#?}");
        assert_eq!(report.counts.of(SyncKind::Organization).failed, 1, "{report:#?}");
    }
    let remove = iam_core::command::DeleteOrganization {
        organization: own,
        disposition: None,
    };
    bench.acting.execute(remove).await.unwrap();
    let report = bench.run().await;
    assert_eq!(report.counts.of(SyncKind::Organization).deleted, 1, "{report:#?}");
    assert_eq!(
        statuses(&bench, Kind::Organization).await,
        named(&[("A", "enabled")])
    );
}
