//! Searches. What is looked at comes from a list that holds everything that may match; whether it does is asked of the
//! record itself, by the same evaluator that would look at everything.

use std::collections::BTreeSet;

use iam_core::{
    model::{EntityId, Kind, Record, Relation},
    port::{Find, StorageError},
    rules::subject::{Surrounded, relation_of},
    search::{Checked, CheckedSearch, Page, Row, Test, paginate, sort_keys},
};
use uuid::Uuid;

use super::{table::Table, world::RealmWorld};

/// Fewer records than this are looked at without a list.
const FEW: usize = 64;

/// The attributes by whose keys a search finds what it looks at.
pub(super) fn listed(search: &CheckedSearch) -> impl Iterator<Item = &str> {
    let mut attributes = BTreeSet::new();
    collect(&search.filter, &mut attributes);
    attributes.extend(search.sort.first().map(|sort| sort.attribute.as_str()));
    attributes.into_iter()
}

fn collect<'a>(filter: &'a Checked, attributes: &mut BTreeSet<&'a str>) {
    match filter {
        Checked::And(list) | Checked::Or(list) => list.iter().for_each(|item| collect(item, attributes)),
        Checked::Leaf {
            attribute,
            derived: false,
            test: Test::Equals(_) | Test::OneOf(_) | Test::StartsWith(_) | Test::Range { .. },
            ..
        } if attribute != "id" && attribute != "revision" => drop(attributes.insert(attribute)),
        _ => {}
    }
}

impl RealmWorld {
    /// Whether a search would have to look at many records for want of a list.
    pub(super) fn lacks_keys(&self, search: &CheckedSearch) -> bool {
        self.records
            .table(search.kind)
            .is_some_and(|table| table.len() > FEW && !table.has_keys(listed(search)))
    }

    pub(super) fn make_keys(&mut self, search: &CheckedSearch) -> Result<(), StorageError> {
        match self.records.table_mut(search.kind) {
            Some(table) => listed(search).try_for_each(|attribute| table.make_keys(attribute)),
            None => Ok(()),
        }
    }

    pub(super) fn search(&self, find: &Find) -> Result<Page, StorageError> {
        let search = &find.search;
        let Some(table) = self.records.table(search.kind) else {
            return Ok(paginate(Vec::new(), search));
        };
        // A page alone is found faster in the order of the list when the filter leaves much; a number wants all that
        // match.
        let most = if search.total { usize::MAX } else { table.len() / 8 };
        let candidates = self.candidates(table, &search.filter, most.max(FEW));
        let mut looked = Looked {
            realm: self,
            table,
            find,
            rows: Vec::new(),
        };
        match candidates {
            Some(candidates) => {
                let candidates: BTreeSet<Uuid> = candidates.into_iter().collect();
                candidates.iter().try_for_each(|id| looked.at(*id).map(drop))?;
            }
            None if search.total => table.ids(None).try_for_each(|id| looked.at(*id).map(drop))?,
            None => looked.in_order()?,
        }
        Ok(paginate(looked.rows, search))
    }

    /// Records among which are all that a filter selects, unless there are more than so many or no list tells.
    fn candidates(&self, table: &Table, filter: &Checked, most: usize) -> Option<Vec<Uuid>> {
        match filter {
            Checked::None => Some(Vec::new()),
            Checked::And(list) => {
                let mut best: Option<Vec<Uuid>> = None;
                for item in list {
                    let most = best.as_ref().map_or(most, Vec::len);
                    best = self.candidates(table, item, most).or(best);
                }
                best
            }
            Checked::Or(list) => {
                let mut all = Vec::new();
                for item in list {
                    all.extend(self.candidates(table, item, most.saturating_sub(all.len()))?);
                }
                Some(all)
            }
            Checked::Leaf {
                attribute,
                derived,
                test,
                ..
            } => match (attribute.as_str(), ids(test)) {
                ("revision", _) => None,
                ("id", Some(ids)) => Some(ids.into_iter().map(|id| id.uuid).collect()),
                (name, Some(ids)) if *derived => self.at_ends(table, name, ids, most),
                (name, _) if !*derived => table.passing(name, test, most),
                _ => None,
            },
            Checked::All | Checked::Not(_) => None,
        }
    }

    /// The records of the table from which edges lead to one of the ends.
    fn at_ends(&self, table: &Table, name: &str, ends: Vec<EntityId>, most: usize) -> Option<Vec<Uuid>> {
        let relation = relation_of(name)?;
        let within = name == "within_organization";
        let ends = if within {
            let below = ends.iter().flat_map(|end| self.at_or_below(*end).into_keys());
            let all: BTreeSet<EntityId> = below.collect();
            all.into_iter().collect()
        } else {
            ends
        };
        if within && table.kind() == Kind::Organization {
            return Some(ends.into_iter().map(|id| id.uuid).collect());
        }
        let mut found = Vec::new();
        for end in ends {
            for from in self
                .incoming(end, relation)
                .filter(|from| from.kind == table.kind())
            {
                if found.len() >= most {
                    return None;
                }
                found.push(from.uuid);
            }
        }
        Some(found)
    }

    /// The first ends of the edges of a relation that lead here.
    fn incoming(&self, to: EntityId, relation: Relation) -> impl Iterator<Item = EntityId> {
        let least = EntityId::new(Kind::Realm, Uuid::nil());
        self.incoming
            .range((to, relation, least)..)
            .take_while(move |(end, of, _)| *end == to && *of == relation)
            .map(|(_, _, from)| *from)
    }
}

/// The identifiers that a test is passed by, where it names them.
fn ids(test: &Test) -> Option<Vec<EntityId>> {
    // A text that is no identifier is nobody's.
    let named = |key: &String| key.parse().ok();
    match test {
        Test::Equals(key) => Some(named(key).into_iter().collect()),
        Test::OneOf(keys) => Some(keys.iter().filter_map(named).collect()),
        _ => None,
    }
}

/// What was looked at.
struct Looked<'a> {
    realm: &'a RealmWorld,
    table: &'a Table,
    find: &'a Find,
    rows: Vec<Row>,
}

impl Looked<'_> {
    /// Looks at a record; it becomes a row when it matches.
    fn at(&mut self, id: Uuid) -> Result<bool, StorageError> {
        let Some(record) = self.table.record(id)? else {
            return Ok(false);
        };
        let search = &self.find.search;
        let subject = Surrounded {
            record: &record as &Record,
            surroundings: &self.realm.surroundings(self.find.now, self.find.any_end),
        };
        let admitted = search.admits(&record, &subject);
        if admitted {
            self.rows.push((sort_keys(&record, &search.sort), record));
        }
        Ok(admitted)
    }

    /// Looks at records in the order of the list, from where the page begins until it is full.
    fn in_order(&mut self) -> Result<(), StorageError> {
        let search = &self.find.search;
        let boundary = search.position.boundary.as_ref();
        let wanted = usize::try_from(search.fetch()).unwrap_or(usize::MAX);
        let table = self.table;
        let Some(sort) = search.sort.first() else {
            // By identifier alone.
            let ids: Box<dyn Iterator<Item = &Uuid>> = match (search.backward(), boundary) {
                (false, after) => Box::new(table.ids(after.map(|after| after.id.uuid))),
                (true, None) => Box::new(table.ids(None).rev()),
                (true, Some(before)) => Box::new(table.ids_before(before.id.uuid).rev()),
            };
            for id in ids {
                self.at(*id)?;
                if self.rows.len() >= wanted {
                    break;
                }
            }
            return Ok(());
        };
        let first = boundary.and_then(|boundary| boundary.keys.first());
        let rising = sort.descending == search.backward();
        // In a list by one attribute that is read as it lies every record has its place; else all that share the first
        // key are looked at, and put into their order afterwards.
        let exact = search.sort.len() == 1 && !search.backward() && !sort.descending;
        let start = first.map(|key| {
            let id = boundary
                .filter(|_| exact)
                .map_or(Uuid::nil(), |boundary| boundary.id.uuid);
            (key.as_str(), id)
        });
        let list: Option<Box<dyn Iterator<Item = &(iam_core::model::Text, Uuid)>>> = match (rising, first) {
            (true, _) => table
                .listed(&sort.attribute, start)
                .map(|list| Box::new(list) as Box<dyn Iterator<Item = _>>),
            (false, Some(key)) => table
                .listed_until(&sort.attribute, key)
                .map(|list| Box::new(list.rev()) as Box<dyn Iterator<Item = _>>),
            (false, None) => table
                .listed(&sort.attribute, None)
                .map(|list| Box::new(list.rev()) as Box<dyn Iterator<Item = _>>),
        };
        let Some(list) = list else {
            return table.ids(None).try_for_each(|id| self.at(*id).map(drop));
        };
        let mut group = None;
        let mut beyond = 0;
        for (key, id) in list {
            if beyond >= wanted && (exact || group != Some(key)) {
                break;
            }
            group = Some(key);
            if self.at(*id)? {
                let on = self
                    .rows
                    .last()
                    .is_some_and(|(keys, record)| search.beyond(keys, record.id));
                beyond += usize::from(on);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use iam_core::{
        model::{Edge, Moment, RealmId},
        search::{Cursor, Deleted, Limits, Predicate, Search, Sort, builtin_catalog},
    };
    use proptest::prelude::*;

    use super::*;
    use crate::memory::link::Link;

    const CITIES: [&str; 5] = ["Utica", "Ulm", "ulm", "Zürich", "Århus"];

    fn id(kind: Kind, n: u128) -> EntityId {
        EntityId::new(kind, Uuid::from_u128(n))
    }

    /// More people than are looked at without a list, some of them deleted, in a tree of three units.
    fn world(rolls: &[(u8, u8)]) -> RealmWorld {
        let mut realm = RealmWorld::default();
        for unit in 0..3_u128 {
            let mut record = Record::new(id(Kind::Organization, unit));
            record.set(
                "parent",
                (unit > 0).then(|| id(Kind::Organization, unit - 1).into()),
            );
            realm.refer(&record, true);
            realm.records.put(None, &record, 1);
        }
        for (n, (a, b)) in (0..).zip(rolls) {
            let mut record = Record::new(id(Kind::User, n));
            let city = CITIES.get(usize::from(a % 7)).copied();
            record.set("city", city.map(Into::into));
            record.set("last_name", Some(format!("N{}", b % 9).into()));
            record.set("deleted_at", (a % 5 == 4).then(|| Moment::MIN.into()));
            realm.records.put(None, &record, 1);
            let edge = Edge::direct(
                record.id,
                Relation::MemberOf,
                id(Kind::Organization, u128::from(b % 3)),
            );
            realm
                .incoming
                .insert((edge.key.to, edge.key.relation, edge.key.from));
            realm.edges.insert(edge.key, Link::new(&edge, 1));
        }
        realm
    }

    fn find(search: &Search) -> Find {
        let catalog = builtin_catalog(search.kind);
        Find {
            realm: RealmId(Uuid::nil()),
            search: search.check(&catalog, &Limits::default()).unwrap(),
            now: Moment::MIN,
            any_end: false,
        }
    }

    /// The naive twin: looks at everything.
    fn naive(realm: &RealmWorld, find: &Find) -> Page {
        let table = realm.records.table(find.search.kind).unwrap();
        let rows = table.ids(None).filter_map(|id| {
            let record = table.record(*id).unwrap()?;
            let subject = Surrounded {
                record: &record,
                surroundings: &realm.surroundings(find.now, find.any_end),
            };
            let admitted = find.search.admits(&record, &subject);
            admitted.then(|| (sort_keys(&record, &find.search.sort), record.clone()))
        });
        paginate(rows.collect(), &find.search)
    }

    fn filters() -> impl Strategy<Value = Predicate> {
        let unit = |n: u8| id(Kind::Organization, u128::from(n)).to_string();
        let leaf = prop_oneof![
            Just(Predicate::All),
            (0..5_usize).prop_map(|n| Predicate::eq("city", CITIES[n])),
            Just(Predicate::starts_with("city", "U")),
            (0..9_u8).prop_map(|n| Predicate::eq("last_name", format!("n{n}"))),
            (0..9_u8).prop_map(|n| Predicate::from_scim(&format!("last_name gt \"n{n}\"")).unwrap()),
            (0..9_u8).prop_map(|n| Predicate::from_scim(&format!("city le \"u{n}\"")).unwrap()),
            (0..3_u8).prop_map(move |n| Predicate::eq("within_organization", unit(n))),
            (0..3_u8).prop_map(move |n| Predicate::eq("organizations", unit(n))),
            (0..200_u8).prop_map(|n| Predicate::eq("id", id(Kind::User, n.into()).to_string())),
        ];
        leaf.prop_recursive(2, 8, 3, |inner| {
            prop_oneof![
                (inner.clone(), inner.clone()).prop_map(|(a, b)| a.and(b)),
                proptest::collection::vec(inner.clone(), 1..3).prop_map(Predicate::Or),
                inner.prop_map(|one| Predicate::Not(Box::new(one))),
            ]
        })
    }

    fn sorts() -> impl Strategy<Value = Vec<Sort>> {
        let one = |name: &'static str| {
            any::<bool>().prop_map(move |descending| Sort {
                attribute: name.to_owned(),
                descending,
            })
        };
        prop_oneof![
            Just(Vec::new()),
            one("last_name").prop_map(|sort| vec![sort]),
            one("city").prop_map(|sort| vec![sort]),
            (one("city"), one("last_name")).prop_map(|(a, b)| vec![a, b]),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Lists only spare work: every page is the one that looking at everything gives, forward and backward.
        #[test]
        fn every_page_is_the_one_of_the_naive_twin(
            rolls in proptest::collection::vec(any::<(u8, u8)>(), 100..200),
            filter in filters(),
            sort in sorts(),
            total: bool,
            last: bool,
            limit in 1..40_u32,
            deleted in prop_oneof![Just(Deleted::Exclude), Just(Deleted::Include), Just(Deleted::Only)],
        ) {
            let mut realm = world(&rolls);
            let mut search = Search::new(Kind::User).filter(filter).sort(sort).total(total).limit(limit).deleted(deleted);
            if last {
                search = search.clone().cursor(Cursor::last(&search));
            }
            realm.make_keys(&find(&search).search).unwrap();
            prop_assert!(!realm.lacks_keys(&find(&search).search));
            loop {
                let find = find(&search);
                let (page, expected) = (realm.search(&find).unwrap(), naive(&realm, &find));
                prop_assert_eq!(&page, &expected);
                let on = if last { page.previous } else { page.next };
                match on {
                    Some(cursor) => search = search.cursor(cursor),
                    None => break,
                }
            }
        }
    }

    /// A list that was made follows what is written afterwards.
    #[test]
    fn lists_are_kept_up() {
        let mut realm = world(&[(0, 0); 100]);
        let search = Search::new(Kind::User).filter(Predicate::eq("city", "Gent"));
        realm.make_keys(&find(&search).search).unwrap();
        assert!(realm.search(&find(&search)).unwrap().items.is_empty());
        let before = realm.record(id(Kind::User, 7)).unwrap().unwrap();
        let mut after = (*before).clone();
        after.set("city", Some("Gent".into()));
        realm.records.put(Some(&before), &after, 2);
        assert_eq!(
            realm.search(&find(&search)).unwrap().items,
            [after.clone().shared()]
        );
        realm.records.remove(Some(&after), &after.id);
        assert_eq!(
            realm.search(&find(&search)).unwrap(),
            naive(&realm, &find(&search))
        );
    }
}
