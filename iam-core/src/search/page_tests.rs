use proptest::prelude::*;

use super::*;
use crate::search::{fixture, sort_keys};

fn page(world: &[Arc<Record>], search: &Search) -> Page {
    let checked = search.check(&fixture::definition, &Limits::default()).unwrap();
    let rows = world
        .iter()
        .filter(|record| checked.admits(record, record.as_ref()))
        .map(|record| (sort_keys(record, &checked.sort), Arc::clone(record)))
        .collect();
    paginate(rows, &checked)
}

fn ids(items: &[Arc<Record>]) -> Vec<EntityId> {
    items.iter().map(|record| record.id).collect()
}

fn people(count: u128) -> Vec<Arc<Record>> {
    (1..=count)
        .map(|n| Record::new(EntityId::new(Kind::User, uuid::Uuid::from_u128(n))).shared())
        .collect()
}

/// S3-5, S3-6
#[test]
fn first_next_previous_and_last_page() {
    let world = people(45);
    let search = Search::new(Kind::User).total(true);
    let at = |cursor: Option<Cursor>| page(&world, &search.clone().cursor(cursor));
    let first = at(None);
    assert_eq!((first.items.len(), first.total), (20, Some(45)));
    assert!(first.previous.is_none());
    let second = at(first.next.clone());
    assert_eq!(second.items[0].id.uuid.as_u128(), 21);
    assert_eq!(ids(&at(second.previous.clone()).items), ids(&first.items));
    let third = at(second.next);
    assert_eq!(third.items.len(), 5);
    assert!(third.next.is_none());
    let last = at(Some(Cursor::last(&search)));
    assert_eq!(last.items[0].id.uuid.as_u128(), 26);
    assert!(last.next.is_none());
    assert_eq!(at(last.previous).items[0].id.uuid.as_u128(), 6);
}

#[test]
fn the_way_back_from_an_empty_page_misses_nobody() {
    let world = people(3);
    let search = Search::new(Kind::User).limit(2);
    let next = page(&world, &search).next;
    // Meanwhile the third one was deleted.
    let empty = page(&world[..2], &search.clone().cursor(next));
    assert!(empty.items.is_empty() && empty.next.is_none());
    let back = page(&world[..2], &search.clone().cursor(empty.previous));
    assert_eq!(back.items.len(), 2);
}

#[test]
fn a_cursor_of_another_search_is_refused() {
    let search = Search::new(Kind::User);
    let cursor = Cursor::last(&search);
    let code = |search: Search| {
        search
            .cursor(cursor.clone())
            .check(&fixture::definition, &Limits::default())
            .map_or_else(|problem| problem.code, |_| "")
    };
    assert_eq!(code(search.clone()), "");
    assert_eq!(code(search.clone().limit(7).total(true)), "");
    for other in [
        Search::new(Kind::Device),
        search.clone().filter(Predicate::present("city")),
        search.clone().sort([Sort::ascending("city")]),
        search.clone().deleted(Deleted::Only),
    ] {
        assert_eq!(code(other), "search.cursor_foreign");
    }
    for garbage in ["", "x", "====", "AQAA", "ÄÖ", &"A".repeat(100_000)] {
        let search = Search::new(Kind::User).cursor(Cursor::from(garbage.to_owned()));
        let problem = search
            .check(&fixture::definition, &Limits::default())
            .unwrap_err();
        assert_eq!(problem.code, "search.cursor_invalid");
    }
}

#[test]
fn limits_and_deleted_records() {
    for (limit, sound) in [(0, false), (1, true), (1000, true), (1001, false)] {
        let result = Search::new(Kind::User)
            .limit(limit)
            .check(&fixture::definition, &Limits::default());
        assert_eq!(result.is_ok(), sound);
    }
    let mut gone = (*people(1)[0]).clone();
    gone.set("deleted_at", Some("2026-11-21T08:00:00.000000Z".into()));
    let world = [gone.shared(), Arc::clone(&people(2)[1])];
    for (deleted, count) in [(Deleted::Exclude, 1), (Deleted::Include, 2), (Deleted::Only, 1)] {
        let found = page(&world, &Search::new(Kind::User).deleted(deleted));
        assert_eq!(found.items.len(), count);
    }
    assert!(page(&world, &Search::new(Kind::Group)).items.is_empty());
}

#[test]
fn the_json_form_is_strict_and_debug_is_silent() {
    for wrong in [
        r#"{"kind":"thing"}"#,
        r#"{"kind":"user","filters":"all"}"#,
        r#"{"kind":"user","limit":-1}"#,
        r#"{"kind":"user","sort":[{"by":"email"}]}"#,
    ] {
        assert!(serde_json::from_str::<Search>(wrong).is_err());
    }
    let search = Search::new(Kind::User)
        .filter(Predicate::eq("city", "Secretville"))
        .sort([Sort::ascending("city")]);
    let mut record = (*people(1)[0]).clone();
    record.set("city", Some("Secretville".into()));
    let world = [record.shared(), Arc::clone(&people(2)[1])];
    let next = page(&world, &search.clone().filter(Predicate::All).limit(1)).next;
    let checked = search.check(&fixture::definition, &Limits::default()).unwrap();
    let shown = format!("{search:?} {checked:?} {next:?}").to_lowercase();
    assert!(!shown.contains("secretville"), "{shown}");
}

proptest! {
    /// S3-6
    #[test]
    fn walking_either_way_meets_everyone_once(
        records in proptest::collection::vec(fixture::records(), 0..25),
        sort in proptest::sample::subsequence(vec!["city", "level", "score", "privileged", "seen_at"], 0..3),
        descending: [bool; 3],
        limit in 1u32..7,
        predicate in fixture::predicates(),
    ) {
        let mut world: Vec<_> = records.into_iter().map(Record::shared).collect();
        world.sort_by_key(|record| record.id);
        world.dedup_by_key(|record| record.id);
        let sort = sort.into_iter().zip(descending).map(|(attribute, descending)| Sort { attribute: attribute.into(), descending });
        let search = Search::new(Kind::User).filter(predicate).sort(sort).limit(limit).total(true);
        let everyone = page(&world, &search.clone().limit(1000));
        prop_assert!(everyone.next.is_none() && everyone.previous.is_none());
        prop_assert_eq!(everyone.total, Some(everyone.items.len() as u64));

        let mut met = vec![];
        let mut at = page(&world, &search);
        loop {
            prop_assert!(at.items.len() <= limit as usize);
            met.extend(ids(&at.items));
            prop_assert!(met.len() <= world.len());
            let Some(next) = at.next else { break };
            let here = ids(&at.items);
            at = page(&world, &search.clone().cursor(next));
            let back = page(&world, &search.clone().cursor(at.previous.clone()));
            prop_assert_eq!(ids(&back.items), here);
        }
        prop_assert_eq!(&met, &ids(&everyone.items));

        let mut met = vec![];
        let mut at = page(&world, &search.clone().cursor(Cursor::last(&search)));
        loop {
            met.splice(0..0, ids(&at.items));
            prop_assert!(met.len() <= world.len());
            let Some(previous) = at.previous else { break };
            at = page(&world, &search.clone().cursor(previous));
        }
        prop_assert_eq!(&met, &ids(&everyone.items));
    }
}
