//! A filter, an order and a boundary as SQL: bound parameters only.

use std::ops::Bound;

use iam_core::{
    model::{EntityId, Kind, Moment, Relation},
    port::{Find, StorageError},
    rules::subject::{is_by_rule, relation_of},
    search::{Boundary, Checked, CheckedSearch, Deleted, Test, prefix_end},
};
use uuid::Uuid;

use super::{
    Dialect, SqlValue, Statement,
    changed::Changed,
    layout::{is_promoted, table},
};

/// So many selects are joined in one; SQLite takes 500.
const MOST_WAYS: usize = 50;

/// A test of one attribute.
#[derive(Clone, Copy)]
pub(super) struct Leaf<'a> {
    pub(super) attribute: &'a str,
    pub(super) derived: bool,
    test: &'a Test,
}

/// Writes a search as SQL.
pub(super) struct Compiler<'a> {
    dialect: Dialect,
    pub(super) realm: i64,
    kind: Kind,
    now: Moment,
    any_end: bool,
    /// A part of the filter that few records satisfy: they are looked up instead of tested.
    pub(super) few: Option<&'a Checked>,
    /// A part of the filter that nobody but these can satisfy: they are looked up and tested.
    pub(super) known: Option<(&'a Checked, Vec<Uuid>)>,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(dialect: Dialect, realm: i64, find: &Find) -> Self {
        Compiler {
            dialect,
            realm,
            kind: find.search.kind,
            now: find.now,
            any_end: find.any_end,
            few: None,
            known: None,
        }
    }

    /// `table r WHERE …` without the page.
    pub(super) fn matching(
        &self,
        statement: &mut Statement,
        search: &CheckedSearch,
    ) -> Result<(), StorageError> {
        statement
            .text(table(self.kind))
            .text(" r WHERE r.realm = ")
            .bind(self.realm);
        match search.deleted {
            Deleted::Exclude => drop(statement.text(" AND r.deleted = 0")),
            Deleted::Include => {}
            Deleted::Only => {
                let empty = self.dialect.empty();
                statement.text(&format!(" AND r.deleted = 1 AND r.k_deleted_at <> {empty}"));
            }
        }
        if search.filter != Checked::All {
            statement.text(" AND ");
            self.filter(statement, &search.filter, true)?;
        }
        Ok(())
    }

    /// A sort key; the empty key for what is not set.
    pub(super) fn sort_key(&self, statement: &mut Statement, attribute: &str) {
        if is_promoted(self.kind, attribute) {
            statement.text("r.k_").text(attribute);
            return;
        }
        // An alias of its own: MariaDB takes two sort keys of the same text for one, whatever is bound to them.
        let s = format!("s{}", statement.parameters.len());
        statement.text(&format!(
            "COALESCE((SELECT {s}.search_key FROM iam_attribute_key {s} WHERE {s}.realm = r.realm AND {s}.kind = {} \
             AND {s}.id = r.id AND {s}.attribute = ",
            self.kind as i64
        ));
        statement.bind(attribute);
        statement.text(&format!(
            " ORDER BY {s}.search_key LIMIT 1), {})",
            self.dialect.empty()
        ));
    }

    /// ` ORDER BY …`, in reading direction.
    pub(super) fn order(&self, statement: &mut Statement, search: &CheckedSearch) {
        statement.text(" ORDER BY ");
        for sort in &search.sort {
            self.sort_key(statement, &sort.attribute);
            statement.text(if sort.descending == search.backward() {
                ", "
            } else {
                " DESC, "
            });
        }
        statement.text(if search.backward() { "r.id DESC" } else { "r.id" });
    }

    /// What lies beyond a boundary in reading direction: greater in the first key, or equal there and greater in the
    /// next one, and so on to the identifier.
    pub(super) fn beyond(&self, statement: &mut Statement, search: &CheckedSearch, boundary: &Boundary) {
        let greater = |descending: bool| {
            if descending == search.backward() {
                " > "
            } else {
                " < "
            }
        };
        let keys = || search.sort.iter().zip(&boundary.keys);
        let bytes = |key: &String| SqlValue::Blob(key.clone().into_bytes());
        // Where all columns go one way, the place is one comparison, and an index begins exactly there, however many
        // records share the first key. MySQL does not use an index for it.
        let one_way = keys().all(|(sort, _)| !sort.descending && is_promoted(self.kind, &sort.attribute));
        if one_way && self.dialect != Dialect::Mysql {
            statement.text(" AND (");
            for (sort, _) in keys() {
                self.sort_key(statement, &sort.attribute);
                statement.text(", ");
            }
            statement.text("r.id)").text(greater(false)).text("(");
            statement.values(keys().map(|(_, key)| bytes(key)));
            if !boundary.keys.is_empty() {
                statement.text(", ");
            }
            statement.bind(boundary.id.uuid).text(")");
            return;
        }
        if let Some((sort, key)) = keys().next() {
            // Says nothing new, but lets the index of the first key begin at the right place.
            statement.text(" AND ");
            self.sort_key(statement, &sort.attribute);
            statement
                .text(greater(sort.descending).trim_end())
                .text("= ")
                .bind(bytes(key));
        }
        statement.text(" AND (");
        for place in 0..=search.sort.len() {
            if place > 0 {
                statement.text(" OR ");
            }
            statement.text("(");
            for (sort, key) in keys().take(place) {
                self.sort_key(statement, &sort.attribute);
                statement.text(" = ").bind(bytes(key)).text(" AND ");
            }
            match keys().nth(place) {
                Some((sort, key)) => {
                    self.sort_key(statement, &sort.attribute);
                    statement.text(greater(sort.descending)).bind(bytes(key));
                }
                None => drop(statement.text("r.id").text(greater(false)).bind(boundary.id.uuid)),
            }
            statement.text(")");
        }
        statement.text(")");
    }

    /// A condition; never null, so that `NOT` means what it says. `required` is set where all of the filter depends
    /// on it.
    fn filter(
        &self,
        statement: &mut Statement,
        filter: &Checked,
        required: bool,
    ) -> Result<(), StorageError> {
        if required
            && self.few.is_some_and(|few| std::ptr::eq(few, filter))
            && let Some(ways) = Ways::of(self.kind, filter)
        {
            statement.text("(r.id IN (");
            self.any_of(statement, &ways)?;
            statement.text(")");
            // Of changes more are listed than satisfy it.
            let changed = |leaf: &&Leaf<'_>| leaf.attribute == "revision";
            if let Some(leaf) = ways.leaves.iter().find(changed) {
                statement.text(" AND ");
                match ways.leaves.len() {
                    1 => self.leaf(statement, *leaf)?,
                    _ => self.filter(statement, filter, false)?,
                }
            }
            statement.text(")");
            return Ok(());
        }
        if required
            && let Some((node, ids)) = &self.known
            && std::ptr::eq(*node, filter)
        {
            if ids.is_empty() {
                statement.text("1 = 0");
                return Ok(());
            }
            statement
                .text("r.id IN ")
                .list(ids.iter().map(|id| SqlValue::Uuid(*id)));
            statement.text(" AND ");
        }
        match filter {
            Checked::All => drop(statement.text("1 = 1")),
            Checked::None => drop(statement.text("1 = 0")),
            Checked::And(list) => self.all(statement, list, " AND ", required)?,
            Checked::Or(list) => self.all(statement, list, " OR ", false)?,
            Checked::Not(inner) => {
                statement.text("NOT ");
                self.filter(statement, inner, false)?;
            }
            Checked::Leaf {
                attribute,
                derived,
                test,
                ..
            } => {
                let leaf = Leaf {
                    attribute,
                    derived: *derived,
                    test,
                };
                statement.text("(");
                self.leaf(statement, leaf)?;
                statement.text(")");
            }
        }
        Ok(())
    }

    fn all(
        &self,
        statement: &mut Statement,
        list: &[Checked],
        word: &str,
        required: bool,
    ) -> Result<(), StorageError> {
        statement.text("(");
        for (place, item) in list.iter().enumerate() {
            statement.text(if place == 0 { "" } else { word });
            self.filter(statement, item, required)?;
        }
        statement.text(")");
        Ok(())
    }

    /// The ways, when live records with edges, or named by themselves, are all that is asked for.
    pub(super) fn edges_alone(&self, search: &'a CheckedSearch) -> Option<Ways<'a>> {
        let ways = Ways::of(self.kind, &search.filter)
            .filter(|ways| search.deleted == Deleted::Exclude && std::ptr::eq(ways.node, &search.filter))?;
        let tree =
            |leaf: &Leaf<'_>| leaf.attribute == "within_organization" && self.kind == Kind::Organization;
        let edges = |leaf: &Leaf<'_>| leaf.derived && !tree(leaf) && relation_of(leaf.attribute).is_some();
        let known = ways
            .leaves
            .iter()
            .all(|leaf| leaf.attribute == "id" || edges(leaf));
        known.then_some(ways)
    }

    /// A select of the identifiers of all records that satisfy any of the leaves, some of them twice.
    pub(super) fn any_of(&self, statement: &mut Statement, ways: &Ways<'_>) -> Result<(), StorageError> {
        for (place, leaf) in ways.leaves.iter().enumerate() {
            statement.text(if place == 0 { "" } else { " UNION ALL " });
            self.holders(statement, *leaf)?;
        }
        Ok(())
    }

    /// A select of the identifiers of all records that satisfy a leaf.
    pub(super) fn holders(&self, statement: &mut Statement, leaf: Leaf<'_>) -> Result<(), StorageError> {
        if leaf.attribute == "revision" {
            statement.text(&format!(
                "SELECT v.id FROM {} v WHERE v.realm = ",
                table(self.kind)
            ));
            statement.bind(self.realm).text(" AND 1 = 1");
            let changed = Changed::of(leaf.test)?;
            changed.between(statement, "v.revision");
            changed.edges_written(statement, self.realm, self.kind);
            return Ok(());
        }
        if leaf.attribute == "id" {
            statement.text(&format!(
                "SELECT v.id FROM {} v WHERE v.realm = ",
                table(self.kind)
            ));
            statement.bind(self.realm);
            return self.one_of(statement, "v.id", self.kind, leaf.test);
        }
        let Some(relation) = relation_of(leaf.attribute).filter(|_| leaf.derived) else {
            statement
                .text("SELECT k.id FROM iam_attribute_key k WHERE k.realm = ")
                .bind(self.realm);
            statement.text(" AND k.kind = ").bind(self.kind as i64);
            statement
                .text(" AND k.attribute = ")
                .bind(leaf.attribute)
                .text(" AND ");
            return self.test(statement, "k.search_key", leaf.test, false);
        };
        let within = leaf.attribute == "within_organization";
        if within && self.kind == Kind::Organization {
            statement
                .text("SELECT c.descendant FROM iam_closure c WHERE c.realm = ")
                .bind(self.realm);
            return self.one_of(statement, "c.ancestor", Kind::Organization, leaf.test);
        }
        if within {
            statement.text(
                "SELECT e.from_id FROM iam_closure c JOIN iam_edge e ON e.realm = c.realm AND e.to_id = c.descendant \
                 WHERE c.realm = ",
            );
            statement.bind(self.realm);
            self.one_of(statement, "c.ancestor", Kind::Organization, leaf.test)?;
        } else {
            statement
                .text("SELECT e.from_id FROM iam_edge e WHERE e.realm = ")
                .bind(self.realm);
            self.one_of(statement, "e.to_id", relation.second(), leaf.test)?;
        }
        self.effect(statement, relation, is_by_rule(leaf.attribute));
        Ok(())
    }

    /// Edges of a relation that start at records of the kind and are in effect, or that a rule asks for.
    fn effect(&self, statement: &mut Statement, relation: Relation, by_rule: bool) {
        statement.text(" AND e.to_kind = ").bind(relation.second() as i64);
        statement.text(" AND e.relation = ").bind(relation as i64);
        statement.text(" AND e.from_kind = ").bind(self.kind as i64);
        if by_rule {
            statement.text(" AND (e.origins & 2) <> 0");
            return;
        }
        let now = self.now.micros();
        statement
            .text(" AND e.valid_from <= ")
            .bind(now)
            .text(" AND e.valid_until > ")
            .bind(now);
        statement.text(" AND e.suspended IS NULL");
        if !self.any_end {
            statement.text(" AND e.to_live = 1");
        }
    }

    /// ` AND column IN (…)` over identifiers of a kind; nothing for a test of presence.
    fn one_of(
        &self,
        statement: &mut Statement,
        column: &str,
        kind: Kind,
        test: &Test,
    ) -> Result<(), StorageError> {
        let Some(ids) = ids(test, kind)? else {
            return Ok(());
        };
        if ids.is_empty() {
            statement.text(" AND 1 = 0");
        } else {
            statement.text(" AND ").text(column).text(" IN ").list(ids);
        }
        Ok(())
    }

    fn leaf(&self, statement: &mut Statement, leaf: Leaf<'_>) -> Result<(), StorageError> {
        let attribute = leaf.attribute;
        match attribute {
            "id" => match ids(leaf.test, self.kind)? {
                None => drop(statement.text("1 = 1")),
                Some(ids) if ids.is_empty() => drop(statement.text("1 = 0")),
                Some(ids) => drop(statement.text("r.id IN ").list(ids)),
            },
            "revision" => Changed::of(leaf.test)?.last(statement, self.realm, self.kind),
            _ if leaf.derived => self.derived(statement, leaf)?,
            _ if is_promoted(self.kind, attribute) => {
                self.test(statement, &format!("r.k_{attribute}"), leaf.test, true)?;
            }
            _ => {
                statement
                    .text("EXISTS (SELECT 1 FROM iam_attribute_key k WHERE k.realm = ")
                    .bind(self.realm);
                statement
                    .text(" AND k.kind = ")
                    .bind(self.kind as i64)
                    .text(" AND k.id = r.id AND k.attribute = ");
                statement.bind(attribute).text(" AND ");
                self.test(statement, "k.search_key", leaf.test, false)?;
                statement.text(")");
            }
        }
        Ok(())
    }

    fn derived(&self, statement: &mut Statement, leaf: Leaf<'_>) -> Result<(), StorageError> {
        let Some(relation) = relation_of(leaf.attribute) else {
            return Err(StorageError::corrupt(format!(
                "“{}” is derived from nothing",
                leaf.attribute
            )));
        };
        let within = leaf.attribute == "within_organization";
        if within && self.kind == Kind::Organization {
            statement
                .text("EXISTS (SELECT 1 FROM iam_closure c WHERE c.realm = ")
                .bind(self.realm);
            statement.text(" AND c.descendant = r.id");
            self.one_of(statement, "c.ancestor", Kind::Organization, leaf.test)?;
            statement.text(")");
            return Ok(());
        }
        statement.text("EXISTS (SELECT 1 FROM iam_edge e");
        if within {
            statement.text(" JOIN iam_closure c ON c.realm = e.realm AND c.descendant = e.to_id");
        }
        statement
            .text(" WHERE e.realm = ")
            .bind(self.realm)
            .text(" AND e.from_id = r.id");
        self.effect(statement, relation, is_by_rule(leaf.attribute));
        let (column, kind) = if within {
            ("c.ancestor", Kind::Organization)
        } else {
            ("e.to_id", relation.second())
        };
        self.one_of(statement, column, kind, leaf.test)?;
        statement.text(")");
        Ok(())
    }

    /// A test of a key. A column that may be empty is never satisfied by the empty key: that is “not set”.
    fn test(
        &self,
        statement: &mut Statement,
        column: &str,
        test: &Test,
        may_be_empty: bool,
    ) -> Result<(), StorageError> {
        let bytes = |text: &str| SqlValue::Blob(text.as_bytes().to_vec());
        if may_be_empty {
            // Said even where it follows: an index that leaves out the empty keys can be used only then.
            statement.text(&format!("{column} <> {}", self.dialect.empty()));
        } else {
            statement.text("1 = 1");
        }
        match test {
            Test::Present => {}
            Test::Equals(key) => drop(statement.text(&format!(" AND {column} = ")).bind(bytes(key))),
            Test::OneOf(keys) if keys.is_empty() => drop(statement.text(" AND 1 = 0")),
            Test::OneOf(keys) => {
                statement
                    .text(&format!(" AND {column} IN "))
                    .list(keys.iter().map(|key| bytes(key)));
            }
            Test::Range { lower, upper } => {
                bound(
                    statement,
                    column,
                    [" > ", " >= "],
                    lower.as_ref().map(|key| bytes(key)),
                );
                bound(
                    statement,
                    column,
                    [" < ", " <= "],
                    upper.as_ref().map(|key| bytes(key)),
                );
            }
            Test::StartsWith(start) => {
                statement.text(&format!(" AND {column} >= ")).bind(bytes(start));
                if let Some(end) = prefix_end(start) {
                    statement.text(&format!(" AND {column} < ")).bind(bytes(&end));
                }
            }
            Test::EndsWith(end) => {
                let size = i64::try_from(end.len()).unwrap_or(i64::MAX);
                match self.dialect {
                    Dialect::Sqlite => drop(statement.text(&format!(" AND substr({column}, ")).bind(-size)),
                    Dialect::Postgres => {
                        statement.text(&format!(" AND length({column}) >= ")).bind(size);
                        statement.text(&format!(" AND substring({column}, length({column}) + 1 - CAST("));
                        statement.bind(size).text(" AS INTEGER)");
                    }
                    Dialect::Mysql => drop(statement.text(&format!(" AND RIGHT({column}, ")).bind(size)),
                }
                statement.text(") = ").bind(bytes(end));
            }
            Test::Contains(part) => match self.dialect {
                Dialect::Sqlite => {
                    statement
                        .text(&format!(" AND instr({column}, "))
                        .bind(bytes(part))
                        .text(") > 0");
                }
                Dialect::Postgres => {
                    statement
                        .text(" AND position(")
                        .bind(bytes(part))
                        .text(&format!(" IN {column}) > 0"));
                }
                Dialect::Mysql => {
                    statement
                        .text(" AND LOCATE(")
                        .bind(bytes(part))
                        .text(&format!(", {column}) > 0"));
                }
            },
        }
        Ok(())
    }
}

/// Leaves of which every match has to satisfy one, and whose holders can be listed by an index.
pub(super) struct Ways<'a> {
    /// The part of the filter that they are.
    pub(super) node: &'a Checked,
    pub(super) leaves: Vec<Leaf<'a>>,
}

impl<'a> Ways<'a> {
    pub(super) fn of(kind: Kind, filter: &'a Checked) -> Option<Ways<'a>> {
        let leaves = match filter {
            Checked::Leaf { attribute, .. } if attribute != "id" => vec![listed(kind, filter)?],
            Checked::Or(list) if list.len() <= MOST_WAYS => list
                .iter()
                .map(|item| listed(kind, item))
                .collect::<Option<Vec<_>>>()?,
            Checked::And(list) => {
                return list.iter().find_map(|item| match item {
                    Checked::And(_) => None,
                    item => Ways::of(kind, item),
                });
            }
            _ => return None,
        };
        (!leaves.is_empty()).then_some(Ways { node: filter, leaves })
    }
}

/// A leaf whose holders can be listed by an index.
fn listed(kind: Kind, filter: &Checked) -> Option<Leaf<'_>> {
    let Checked::Leaf {
        attribute,
        derived,
        test,
        ..
    } = filter
    else {
        return None;
    };
    let kept = match attribute.as_str() {
        "id" | "revision" => true,
        _ => *derived || !is_promoted(kind, attribute),
    };
    let exact = matches!(test, Test::Equals(_) | Test::OneOf(_)) || attribute == "revision";
    (kept && exact).then_some(Leaf {
        attribute,
        derived: *derived,
        test,
    })
}

pub(super) fn bound(
    statement: &mut Statement,
    column: &str,
    [excluded, included]: [&str; 2],
    bound: Bound<SqlValue>,
) {
    let (word, value) = match bound {
        Bound::Excluded(value) => (excluded, value),
        Bound::Included(value) => (included, value),
        Bound::Unbounded => return,
    };
    statement.text(" AND ").text(column).text(word).bind(value);
}

/// The identifiers of a kind that a test names; `None` when any will do.
fn ids(test: &Test, kind: Kind) -> Result<Option<Vec<SqlValue>>, StorageError> {
    let id = |key: &String| {
        let id = key.parse::<EntityId>().ok().filter(|id| id.kind == kind);
        id.map(|id| SqlValue::Uuid(id.uuid))
    };
    match test {
        Test::Present => Ok(None),
        Test::Equals(key) => Ok(Some(id(key).into_iter().collect())),
        Test::OneOf(keys) => Ok(Some(keys.iter().filter_map(id).collect())),
        _ => Err(StorageError::corrupt(
            "identifiers are compared for equality only",
        )),
    }
}
