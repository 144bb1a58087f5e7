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
                    all.extend(self.candidates(table, item, most - all.len())?);
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
            let all: BTreeSet<EntityId> = ends.iter().flat_map(|end| self.at_or_below(*end)).collect();
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
