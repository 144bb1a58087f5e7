//! Pages, order, deleted records.

use super::{
    ground::Ground,
    search::{find, oracle, populate},
};
use crate::{
    model::{EntityId, Kind},
    search::{Cursor, Deleted, Page, Predicate, Search, Sort},
    wire::Code,
};

/// S3-5, S3-6: keyset pages in both directions and from the end, with duplicates and values that are not set.
pub(super) async fn search_pages(ground: &Ground) {
    let (dump, _) = populate(ground, 90).await;
    let sorts = [
        vec![],
        vec![Sort::ascending("city")],
        vec![Sort::descending("privileged"), Sort::ascending("hired_on")],
        vec![
            Sort::descending("score"),
            Sort::descending("job"),
            Sort::ascending("email"),
        ],
    ];
    let filter = Predicate::present("city").or(Predicate::eq("privileged", true));
    for sort in sorts {
        let expected = oracle(ground, &dump).sorted(Kind::User, &filter, Deleted::Exclude, &sort);
        for limit in [1, 7, 1_000] {
            let search = Search::new(Kind::User)
                .filter(filter.clone())
                .sort(sort.clone())
                .limit(limit)
                .total(true);
            let forward = walk(ground, &search, |page| page.next.clone(), false, &expected).await;
            assert_eq!(forward, expected, "forward by {limit} in {sort:?}");
            let last = search.clone().cursor(Cursor::last(&search));
            let backward = walk(ground, &last, |page| page.previous.clone(), true, &expected).await;
            assert_eq!(backward, expected, "backward by {limit} in {sort:?}");
        }
        // There and back is the same page.
        let search = Search::new(Kind::User)
            .filter(filter.clone())
            .sort(sort.clone())
            .limit(5);
        let first = ground.acme.search(&search).await.unwrap();
        assert!(first.previous.is_none());
        let second = ground
            .acme
            .search(&search.clone().cursor(first.next.clone()))
            .await
            .unwrap();
        let back = ground
            .acme
            .search(&search.clone().cursor(second.previous.clone()))
            .await
            .unwrap();
        assert_eq!(back.items, first.items);
    }
    // A cursor of another list is refused.
    let page = ground
        .acme
        .search(&Search::new(Kind::User).limit(2))
        .await
        .unwrap();
    let other = Search::new(Kind::User)
        .filter(Predicate::present("city"))
        .cursor(page.next);
    assert_eq!(ground.acme.search(&other).await.unwrap_err().code, Code::Cursor);
}

pub(super) async fn walk(
    ground: &Ground,
    start: &Search,
    onward: impl Fn(&Page) -> Option<Cursor>,
    backward: bool,
    expected: &[EntityId],
) -> Vec<EntityId> {
    let (mut found, mut search): (Vec<EntityId>, _) = (Vec::new(), start.clone());
    loop {
        let page = ground.acme.search(&search).await.unwrap();
        assert_eq!(page.total, Some(expected.len() as u64));
        let ids = page.items.iter().map(|record| record.id);
        if backward {
            found.splice(0..0, ids);
        } else {
            found.extend(ids);
        }
        assert!(found.len() <= expected.len(), "the pages go round in a circle");
        match onward(&page) {
            Some(cursor) => search = search.cursor(cursor),
            None => return found,
        }
    }
}

/// S1-59: deleted records are out of sight, unless asked for.
pub(super) async fn search_deleted(ground: &Ground) {
    let (dump, _) = populate(ground, 60).await;
    let filter = Predicate::present("city");
    for deleted in [Deleted::Exclude, Deleted::Include, Deleted::Only] {
        let expected = oracle(ground, &dump).find(Kind::User, &filter, deleted);
        assert!(!expected.is_empty());
        let search = Search::new(Kind::User).filter(filter.clone()).deleted(deleted);
        assert_eq!(find(ground, &search).await, expected, "{deleted:?}");
        let page = ground.acme.search(&search.limit(1).total(true)).await.unwrap();
        assert_eq!(page.total, Some(expected.len() as u64));
    }
}

/// S3-7: what is not set comes first ascending and last descending; then by identifier.
pub(super) async fn search_order_with_gaps(ground: &Ground) {
    let (dump, words) = populate(ground, 100).await;
    for word in &words {
        if matches!(word.attribute, "id" | "indexed_strings_1" | "ratings") {
            continue;
        }
        for sort in [Sort::ascending(word.attribute), Sort::descending(word.attribute)] {
            let sort = [sort];
            let expected = oracle(ground, &dump).sorted(Kind::User, &Predicate::All, Deleted::Exclude, &sort);
            let search = Search::new(Kind::User).sort(sort.clone());
            assert_eq!(find(ground, &search).await, expected, "{sort:?}");
        }
    }
}
