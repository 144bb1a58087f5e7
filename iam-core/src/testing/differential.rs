//! Two storages that live through the same have to be the same.

use std::{collections::BTreeMap, sync::Arc};

use super::{BoxFuture, Dump, Random, Stream, VirtualClock, host, oracle::Oracle};
use crate::{
    command::Command,
    model::{AttributeDefinition, EntityId, Kind, OrganizationId},
    port::{AuditQuery, Revision, Storage},
    search::{Deleted, Operator, Predicate, Search, Sort},
    service::{Acting, At, BatchMode, BatchOutcome, Iam, OnConflict, Undo},
    wire::Problem,
};

/// One of the two.
struct Side {
    iam: Iam,
    acting: Acting<'static>,
    clock: Arc<VirtualClock>,
}

impl Side {
    async fn open(storage: Arc<dyn Storage>, seed: u64) -> Side {
        let (host, clock) = host(seed);
        let iam = Iam::new(storage, host).unwrap();
        let acting = iam.realm("acme").await.unwrap().host("stream");
        Side { iam, acting, clock }
    }

    async fn dump(&self) -> Dump {
        Dump::take(self.iam.storage().as_ref(), self.acting.realm()).await
    }
}

/// Runs the same commands on both, and compares answers after each step and everything after every few steps.
///
/// # Panics
/// When they differ, with the step and what was done in it.
pub async fn differential(
    left: BoxFuture<Arc<dyn Storage>>,
    right: BoxFuture<Arc<dyn Storage>>,
    seed: u64,
    steps: usize,
    every: usize,
) {
    let sides = [
        Side::open(left.await, seed).await,
        Side::open(right.await, seed).await,
    ];
    let mut stream = Stream::new(seed, sides[0].acting.context().now);
    sides[1].acting.context();
    let mut random = Random::new(seed ^ 0x5eed);
    let mut revisions: Vec<[Revision; 2]> = Vec::new();
    let mut doubtful = false;
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    for step in 1..=steps {
        let what = if random.percent(4) && !revisions.is_empty() {
            undo(&sides, &mut revisions, &mut random, &mut doubtful).await
        } else if random.percent(3) {
            in_a_row(&sides, &mut stream, &mut doubtful, step).await
        } else if random.percent(6) {
            let commands: Vec<Command> = (0..4).map(|_| stream.next_command()).collect();
            let mode = if random.percent(50) {
                BatchMode::Each
            } else {
                BatchMode::AllOrNothing
            };
            let what = format!("batch {}", serde_json::to_string(&commands).unwrap());
            let mut answers = Vec::new();
            for side in &sides {
                answers.push(
                    side.acting
                        .batch(&commands, mode)
                        .await
                        .map_err(|problem| problem.to_string())
                        .map(|done| {
                            doubtful |= late_names(&done.plan.remarks);
                            done.results
                                .into_iter()
                                .map(|result| result.map_err(|problem| problem.to_string()))
                                .collect::<Vec<_>>()
                        }),
                );
            }
            assert_eq!(answers[0], answers[1], "step {step}: {what}");
            what
        } else {
            let command = stream.next_command();
            let mut answers = Vec::new();
            for side in &sides {
                answers.push(side.acting.execute(command.clone()).await);
            }
            let what = serde_json::to_string(&command).unwrap();
            let plain = |answer: &Result<crate::service::Executed, crate::wire::Problem>| match answer {
                Ok(done) => Ok((
                    done.id,
                    serde_json::to_string(&done.events).unwrap(),
                    done.remarks.clone(),
                )),
                Err(problem) => Err(problem.to_string()),
            };
            assert_eq!(plain(&answers[0]), plain(&answers[1]), "step {step}: {what}");
            if let Ok(done) = &answers[0] {
                stream.learn(&command, done);
                doubtful |= late_names(&done.remarks);
            }
            let code = answers[0]
                .as_ref()
                .map_or_else(|problem| problem.code.name(), |_| "done");
            *codes.entry(format!("{} {code}", command.name())).or_default() += 1;
            if let [Ok(left), Ok(right)] = answers.as_slice()
                && let (Some(left), Some(right)) = (left.revision, right.revision)
            {
                revisions.push([left, right]);
            }
            what
        };
        if random.percent(30) {
            let hours = random.below(30) as i64;
            sides.iter().for_each(|side| side.clock.advance(3_600 * hours));
        }
        if random.percent(2) {
            let left = sides[0]
                .acting
                .upkeep()
                .await
                .map_err(|problem| problem.to_string());
            let right = sides[1]
                .acting
                .upkeep()
                .await
                .map_err(|problem| problem.to_string());
            assert_eq!(left, right, "step {step}: upkeep");
        }
        // Shown when the test fails.
        println!("step {step}, {:?}: {what}", revisions.last());
        if step % every == 0 || step == steps {
            compare(
                &sides,
                &stream,
                &revisions,
                &mut random,
                doubtful,
                &format!("after step {step}: {what}"),
            )
            .await;
        }
    }
    for side in &sides {
        side.iam.seal_chain().await.unwrap();
        let verified = side.iam.verify_chain(&[]).await.unwrap();
        assert!(verified.holds(), "{:?}", verified.breaks);
    }
    let done = codes.iter().filter(|(name, _)| name.ends_with(" done")).count();
    assert!(
        steps < 500 || done > Command::NAMES.len() / 2,
        "hardly anything succeeded: {codes:#?}"
    );
}

/// Batches one after the other on one side, in a row on the other.
async fn in_a_row(sides: &[Side; 2], stream: &mut Stream, doubtful: &mut bool, step: usize) -> String {
    // What is followed up by commits of its own draws other identifiers in another order.
    let plain = |command: &Command| {
        let name = command.name();
        ["user.", "organization.", "position."]
            .iter()
            .any(|noun| name.starts_with(noun))
    };
    let batches: Vec<Vec<Command>> = (0..4)
        .map(|_| (0..6).map(|_| stream.next_command()).filter(plain).collect())
        .collect();
    let what = format!("in a row {}", serde_json::to_string(&batches).unwrap());
    let mut told = |outcome: Result<BatchOutcome, Problem>| {
        let outcome = outcome.map_err(|problem| problem.to_string())?;
        *doubtful |= late_names(&outcome.plan.remarks);
        let plain = |result: Result<_, Problem>| result.map_err(|problem| problem.to_string());
        Ok::<_, String>(outcome.results.into_iter().map(plain).collect::<Vec<_>>())
    };
    // Who has no change set draws one after each commit.
    let [left, right] = [&sides[0], &sides[1]].map(|side| {
        let change_set = side.acting.new_change_set();
        side.acting.clone().in_change_set(change_set)
    });
    let mut expected = Vec::new();
    for commands in &batches {
        expected.push(told(left.batch(commands, BatchMode::Each).await));
    }
    let mut found = Vec::new();
    let mut row = right.batches(BatchMode::Each);
    for commands in batches {
        let before = row.push(commands).await.unwrap();
        found.extend(before.map(|outcome| told(Ok(outcome))));
    }
    found.push(told(row.finish().await.map(Option::unwrap)));
    assert_eq!(expected, found, "step {step}: {what}");
    what
}

/// Whether a remark tells of a name that became unique while two records had it.
fn late_names(remarks: &[String]) -> bool {
    remarks.iter().any(|remark| remark.contains(" belongs to "))
}

async fn undo(
    sides: &[Side; 2],
    revisions: &mut Vec<[Revision; 2]>,
    random: &mut Random,
    doubtful: &mut bool,
) -> String {
    let recent = revisions.len().saturating_sub(8);
    let pair = *random.pick(&revisions[recent..]).unwrap();
    let on_conflict = if random.percent(50) {
        OnConflict::Skip
    } else {
        OnConflict::Refuse
    };
    let mut answers = Vec::new();
    let mut undone = Vec::new();
    for (side, revision) in sides.iter().zip(pair) {
        let done = side.acting.rollback(&Undo::Revision(revision), on_conflict).await;
        *doubtful |= done.as_ref().is_ok_and(|done| late_names(&done.remarks));
        undone.extend(done.as_ref().ok().and_then(|done| done.revision));
        answers.push(
            done.map(|done| (done.id, done.remarks))
                .map_err(|problem| problem.to_string()),
        );
    }
    assert_eq!(answers[0], answers[1], "rollback of {pair:?}");
    if let [left, right] = undone[..] {
        revisions.push([left, right]);
    }
    format!("rollback of {pair:?}")
}

async fn compare(
    sides: &[Side; 2],
    stream: &Stream,
    revisions: &[[Revision; 2]],
    random: &mut Random,
    doubtful: bool,
    when: &str,
) {
    let dumps = [sides[0].dump().await, sides[1].dump().await];
    assert_eq!(dumps[0].records, dumps[1].records, "{when}");
    assert_eq!(dumps[0].edges, dumps[1].edges, "{when}");
    let named = |dump: &Dump| {
        dump.claims
            .clone()
            .into_iter()
            .filter(|(key, _)| key.kind != Kind::Realm)
            .collect::<Vec<_>>()
    };
    assert_eq!(named(&dumps[0]), named(&dumps[1]), "{when}");
    let ids: Vec<EntityId> = stream.known().collect();
    let schema = sides[0].acting.schema().await.unwrap();
    let definitions =
        |kind: Kind, name: &str| -> Option<AttributeDefinition> { schema.attribute(kind, name).cloned() };
    let oracle = Oracle {
        dump: &dumps[0],
        now: sides[0].acting.context().now,
        definitions: &definitions,
    };
    // The context draws: both have to draw.
    sides[1].acting.context();
    for _ in 0..8 {
        let (kind, filter) = predicate(random, &ids, 3);
        let sort = [Sort::descending("created_at"), Sort::ascending("external_id")];
        let deleted = *random
            .pick(&[Deleted::Exclude, Deleted::Include, Deleted::Only])
            .unwrap();
        let search = Search::new(kind)
            .filter(filter.clone())
            .sort(sort.clone())
            .limit(7)
            .total(true)
            .deleted(deleted);
        let expected = oracle.sorted(kind, &filter, deleted, &sort);
        for (number, side) in sides.iter().enumerate() {
            let (mut found, mut search) = (Vec::new(), search.clone());
            loop {
                let page = side.acting.search(&search).await.unwrap();
                assert_eq!(
                    page.total,
                    Some(expected.len() as u64),
                    "{when}: side {number}, {search:?}"
                );
                found.extend(page.items.iter().map(|record| record.id));
                match page.next {
                    Some(next) => search = search.cursor(next),
                    None => break,
                }
            }
            assert_eq!(found, expected, "{when}: side {number}, {deleted:?} {filter:?}");
        }
    }
    let tree = |nodes| serde_json::to_string(&nodes).unwrap();
    let [left, right] = sides;
    assert_eq!(
        tree(left.acting.tree(None).await.unwrap()),
        tree(right.acting.tree(None).await.unwrap()),
        "{when}"
    );
    if let Some(id) = random.pick(&ids).copied() {
        assert_eq!(
            history(left, id).await,
            history(right, id).await,
            "{when}: history of {id}"
        );
        if let Ok(organization) = OrganizationId::try_from(id) {
            assert_eq!(
                left.acting.path(organization).await.unwrap(),
                right.acting.path(organization).await.unwrap()
            );
        }
    }
    assert_eq!(trail(left).await, trail(right).await, "{when}");
    if let Some(pair) = random.pick(revisions) {
        let then: Vec<Acting> = sides
            .iter()
            .zip(pair)
            .map(|(side, at)| side.acting.clone().as_of(At::Revision(*at)))
            .collect();
        // Sessions, links and counters are known as they are now only.
        let kept: Vec<EntityId> = ids.iter().copied().filter(|id| id.kind.has_past()).collect();
        let found = [
            then[0].find_all(kept.clone()).await.unwrap(),
            then[1].find_all(kept).await.unwrap(),
        ];
        assert_eq!(found[0], found[1], "{when}: as of {pair:?}");
        let (kind, filter) = predicate(random, &ids, 1);
        let search = Search::new(kind)
            .filter(filter)
            .limit(100)
            .deleted(Deleted::Include);
        let pages = [then[0].search(&search).await, then[1].search(&search).await];
        let pages = pages.map(|page| page.map(|page| page.items).map_err(|problem| problem.to_string()));
        assert_eq!(pages[0], pages[1], "{when}: {search:?} as of {pair:?}");
        let differences = [
            left.acting
                .difference(At::Revision(pair[0]), At::Now)
                .await
                .unwrap(),
            right
                .acting
                .difference(At::Revision(pair[1]), At::Now)
                .await
                .unwrap(),
        ];
        assert_eq!(differences[0], differences[1], "{when}: since {pair:?}");
    }
    for (number, side) in sides.iter().enumerate() {
        let mut diagnosis = side.acting.doctor().await.unwrap();
        // Nobody is kept from making people report to each other in a circle; the doctor just says so.
        diagnosis
            .findings
            .retain(|finding| finding.code != "manager.circle");
        // Names that became unique late, while two records had them: the remarks said so.
        if doubtful {
            diagnosis
                .findings
                .retain(|finding| !finding.code.starts_with("claim."));
        }
        assert!(
            diagnosis.is_healthy(),
            "{when}: side {number}: {:#?}",
            diagnosis.findings
        );
    }
}

/// The history as text, without the numbers of the commits: they may have gaps.
async fn history(side: &Side, id: EntityId) -> String {
    let mut items = side.acting.history(id, None, 200).await.unwrap();
    items.iter_mut().for_each(|item| item.revision = Revision(0));
    serde_json::to_string(&items).unwrap()
}

async fn trail(side: &Side) -> Vec<String> {
    let query = AuditQuery {
        newest_first: true,
        limit: 50,
        ..AuditQuery::default()
    };
    let mut rows = side.acting.audit(query).await.unwrap();
    rows.iter_mut().for_each(|row| row.revision = Revision(0));
    // The digest of a rollback is over the number of the commit.
    rows.iter_mut()
        .filter(|row| row.command == "rollback")
        .for_each(|row| row.digest.clear());
    rows.iter()
        .map(|row| serde_json::to_string(row).unwrap())
        .collect()
}

/// A random condition, and the kind that it is about.
pub(super) fn predicate(random: &mut Random, ids: &[EntityId], depth: usize) -> (Kind, Predicate) {
    let kind = *random
        .pick(&[
            Kind::User,
            Kind::User,
            Kind::User,
            Kind::Organization,
            Kind::Group,
            Kind::Device,
        ])
        .unwrap();
    (kind, nested(random, ids, kind, depth))
}

fn nested(random: &mut Random, ids: &[EntityId], kind: Kind, depth: usize) -> Predicate {
    if depth > 0 && random.percent(50) {
        let list = (0..2).map(|_| nested(random, ids, kind, depth - 1)).collect();
        return match random.below(3) {
            0 => Predicate::And(list),
            1 => Predicate::Or(list),
            _ => nested(random, ids, kind, depth - 1).negate(),
        };
    }
    let mut reference = |attribute: &'static str, of: Kind| {
        let fitting: Vec<_> = ids.iter().filter(|id| id.kind == of).collect();
        match random.pick(&fitting) {
            Some(id) => Predicate::eq(attribute, id.to_string()),
            None => Predicate::All,
        }
    };
    let stored = match kind {
        Kind::User => vec![
            reference("organizations", Kind::Organization),
            reference("within_organization", Kind::Organization),
            reference("groups", Kind::Group),
            reference("manager", Kind::User),
            reference("positions", Kind::Position),
            reference("leads", Kind::Organization),
            reference("user_type", Kind::UserType),
            Predicate::eq("city", "ZÜRICH"),
            Predicate::starts_with("city", "u"),
            Predicate::contains("user_name", "1"),
            Predicate::compare("indexed_integer_1", Operator::Ge, 0),
            Predicate::compare("indexed_strings_1", Operator::Gt, "b"),
            Predicate::compare("hired_on", Operator::Lt, "2025-06-01"),
            Predicate::present("valid_until"),
            Predicate::eq("administrative_status", "disabled"),
            Predicate::eq("privileged", true),
        ],
        Kind::Organization => vec![
            reference("within_organization", Kind::Organization),
            reference("groups", Kind::Group),
            reference("parent", Kind::Organization),
            Predicate::contains("name", "2"),
            Predicate::compare("sort_order", Operator::Ge, 2),
        ],
        Kind::Device => vec![
            reference("within_organization", Kind::Organization),
            reference("groups", Kind::Group),
            Predicate::present("model"),
        ],
        _ => vec![reference("groups", Kind::Group), Predicate::contains("name", "1")],
    };
    random.pick(&stored).cloned().unwrap_or_default()
}
