//! Lists as a screen shows them: the columns, the search box and the order are settings of the realm, not of the screen.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Ask, Filter};
use crate::{
    model::{
        AttributeDefinition, AttributeType, Attributes, EntityId, Kind, Moment, OrganizationId, Record,
        Relation, Source, Value,
    },
    plan::{Direction, EdgesOf, Schema, label},
    rules::{
        status::{StatusView, status},
        subject::relation_of,
    },
    search::{
        Cursor, DEFAULT_LIMIT, MAXIMUM_LIMIT, PREFIX_ATTRIBUTES, Page, Predicate, Search, Sort, paginate,
        prefix_search_over,
    },
    service::{Acting, At},
    wire::Problem,
};

/// Lists records the way a screen shows them: with the columns that the realm displays for the kind (S0-11, S0-70,
/// S0-79, S0-105), searched by a text at the start of the attributes that the realm searches (S0-12), with names for
/// what the columns refer to. Users come with their status, ordered by e-mail, other kinds by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListRecords {
    /// What to list.
    pub kind: Kind,
    /// How one of the searched attributes starts, in any letter case; at least two characters, or empty for everything.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Which of them besides; everyone when absent.
    #[serde(default)]
    pub filter: Filter,
    /// In which order; by e-mail or name when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sort: Vec<Sort>,
    /// Rows on a page, 1 to 1000.
    #[serde(default = "default_limit")]
    pub limit: u32,
    /// Which page: `next` or `previous` of another one; the first one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
    /// Count all rows.
    #[serde(default)]
    pub total: bool,
    /// In which terms the status of users is told; the realm's setting `status_view` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<StatusView>,
    /// The state to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

/// Lists the members of an organization with their number there, sorted by the number that the realm's setting
/// `member_sort` names (S0-28): the user's own one, or the one in this organization (S0-27).
///
/// Sorting by the number in the organization reads all its members; the other order reads one page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMembers {
    /// The organization.
    pub organization: OrganizationId,
    /// How one of the searched attributes starts; at least two characters, or empty for everybody.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Rows on a page, 1 to 1000.
    #[serde(default = "default_limit")]
    pub limit: u32,
    /// Which page: `next` or `previous` of another one; the first one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
    /// Count all members.
    #[serde(default)]
    pub total: bool,
    /// In which terms the status of users is told; the realm's setting `status_view` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<StatusView>,
    /// The state to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

fn default_limit() -> u32 {
    DEFAULT_LIMIT
}

/// A column of a list.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Column {
    /// The attribute.
    pub attribute: String,
    /// The name people see.
    pub label: String,
    /// The type of its values.
    #[serde(rename = "type")]
    pub value_type: AttributeType,
    /// Whether the list can be sorted and filtered by it.
    pub searchable: bool,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ListRow {
    /// The record.
    pub id: EntityId,
    /// What people call it.
    pub name: String,
    /// The values of the columns that are set.
    pub cells: Attributes,
    /// The named status; users only.
    pub status: Option<String>,
    /// The number in the organization; lists of members only.
    pub number: Option<String>,
}

/// One page of a list with all that a screen needs to show it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ListPage {
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The attributes that a text is looked for in.
    pub searched: Vec<String>,
    /// The rows.
    pub rows: Vec<ListRow>,
    /// What the records are called that the cells refer to, by identifier.
    pub names: BTreeMap<String, String>,
    /// The cursor of the page after this one.
    pub next: Option<Cursor>,
    /// The cursor of the page before this one.
    pub previous: Option<Cursor>,
    /// How many rows there are, when it was asked for.
    pub total: Option<u64>,
}

/// What a list shows when the realm does not say.
fn default_columns(kind: Kind) -> &'static [&'static str] {
    match kind {
        // S3-1
        Kind::User => &["first_name", "last_name", "email", "last_attempt_at"],
        Kind::Device => &["name", "device_type", "serial_number", "owner"],
        Kind::Organization => &["name", "code", "organization_type", "administrative_status"],
        Kind::Position => &["name", "code", "organization", "administrative_status"],
        Kind::Shadow => &["title", "object_kind", "situation", "state"],
        Kind::SyncRun => &["identity_source", "mode", "state", "due_at"],
        Kind::Session => &["user", "application", "address", "used_at"],
        Kind::Link => &["user", "purpose", "expires_at", "end"],
        Kind::Counter => &["purpose", "count", "expires_at"],
        _ => &["name", "description"],
    }
}

/// What a text is looked for in besides the columns.
fn default_searched(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::User => PREFIX_ATTRIBUTES,
        Kind::Device => &["name", "serial_number"],
        Kind::Organization | Kind::Position => &["name", "code"],
        Kind::Session => &["application", "address"],
        Kind::Link | Kind::Counter => &["purpose"],
        Kind::Shadow => &["object_kind"],
        Kind::SyncRun => &["state"],
        _ => &["name"],
    }
}

/// The attribute by which a list is sorted when nothing else is said (S3-4).
fn default_sort(kind: Kind) -> &'static str {
    match kind {
        Kind::User => "email",
        Kind::Session | Kind::Link | Kind::Counter => "expires_at",
        Kind::Shadow => "object_key",
        Kind::SyncRun => "due_at",
        _ => "name",
    }
}

fn is_searched(schema: &Schema, definition: &AttributeDefinition) -> bool {
    let path = format!("{}.{}", definition.kind, definition.name);
    definition.searchable && !schema.settings.not_searched.contains(&path)
}

/// The columns of a kind's lists: what the realm displays, or the defaults.
pub(crate) fn columns(schema: &Schema, kind: Kind) -> Vec<Column> {
    let chosen = schema
        .settings
        .displayed
        .get(kind.name())
        .filter(|names| !names.is_empty());
    let names: Vec<&str> = match chosen {
        Some(names) => names.iter().map(String::as_str).collect(),
        None => default_columns(kind).to_vec(),
    };
    let mut chosen: Vec<&AttributeDefinition> = names
        .into_iter()
        .filter_map(|name| schema.attribute(kind, name))
        .collect();
    if chosen.is_empty() {
        chosen = schema.attributes(kind).take(4).collect();
    }
    chosen
        .into_iter()
        .map(|definition| Column {
            attribute: definition.name.clone(),
            label: definition.label.clone(),
            value_type: definition.value_type,
            searchable: is_searched(schema, definition),
        })
        .collect()
}

/// The attributes that a text is looked for in: the names and numbers of the kind and the realm's own displayed texts,
/// without those that the realm does not search (S0-12).
pub(crate) fn searched(schema: &Schema, kind: Kind) -> Vec<String> {
    let displayed = schema.settings.displayed.get(kind.name()).into_iter().flatten();
    let own = displayed
        .filter(|name| {
            schema
                .attribute(kind, name)
                .is_some_and(|d| d.source == Source::Custom)
        })
        .map(String::as_str);
    let mut seen = BTreeSet::new();
    default_searched(kind)
        .iter()
        .copied()
        .chain(own)
        .filter_map(|name| schema.attribute(kind, name))
        .filter(|definition| {
            matches!(
                definition.value_type,
                AttributeType::Text | AttributeType::Email | AttributeType::Phone
            ) && is_searched(schema, definition)
        })
        .map(|definition| definition.name.clone())
        .filter(|name| seen.insert(name.clone()))
        .collect()
}

/// The filter for a text at the start of one of the attributes; none of them means that nothing is found.
fn starts_with(text: &str, attributes: &[String]) -> Result<Predicate, Problem> {
    let names: Vec<&str> = attributes.iter().map(String::as_str).collect();
    Ok(prefix_search_over(text, &names)?.filter)
}

/// The rows of a page: cells, names, status.
async fn page(
    acting: &Acting<'_>,
    schema: &Schema,
    kind: Kind,
    page: Page,
    view: Option<StatusView>,
    numbers: &BTreeMap<EntityId, String>,
) -> Result<ListPage, Problem> {
    let columns = columns(schema, kind);
    let derived = derived(&columns);
    let edges = acting.edges_of(sets(&page.items, &derived)).await?;
    let now = acting.moment().await?;
    let view = view.unwrap_or(schema.settings.status_view);
    let targets = |id: EntityId, relation: Relation| -> Vec<Value> {
        let set = EdgesOf {
            id,
            direction: Direction::From,
            relation,
        };
        edges
            .get(&set)
            .into_iter()
            .flatten()
            .filter(|edge| edge.is_in_effect(now))
            .map(|edge| edge.key.to.into())
            .collect()
    };
    let mut rows = Vec::with_capacity(page.items.len());
    for record in &page.items {
        let mut cells = Attributes::new();
        for column in &columns {
            let name = column.attribute.as_str();
            let value = match derived.get(name) {
                Some(relation) => cell(schema.attribute(kind, name), targets(record.id, *relation)),
                None => record.value(name).cloned(),
            };
            if let Some(value) = value {
                cells.insert(column.attribute.clone(), value);
            }
        }
        rows.push(ListRow {
            id: record.id,
            name: label(record),
            cells,
            status: (kind == Kind::User).then(|| status(record, view, now).to_owned()),
            number: numbers.get(&record.id).cloned(),
        });
    }
    Ok(ListPage {
        names: names(acting, &columns, &rows).await?,
        searched: searched(schema, kind),
        columns,
        rows,
        next: page.next,
        previous: page.previous,
        total: page.total,
    })
}

/// The columns that edges answer.
fn derived(columns: &[Column]) -> BTreeMap<String, Relation> {
    columns
        .iter()
        .filter(|column| column.attribute != "within_organization")
        .filter_map(|column| Some((column.attribute.clone(), relation_of(&column.attribute)?)))
        .collect()
}

fn sets(records: &[Arc<Record>], derived: &BTreeMap<String, Relation>) -> BTreeSet<EdgesOf> {
    let mut sets = BTreeSet::new();
    for record in records {
        for relation in derived.values() {
            sets.insert(EdgesOf {
                id: record.id,
                direction: Direction::From,
                relation: *relation,
            });
        }
    }
    sets
}

/// The value of a column that edges answer: one for an attribute with one value, else all of them.
fn cell(definition: Option<&AttributeDefinition>, mut targets: Vec<Value>) -> Option<Value> {
    if definition.is_some_and(|definition| !definition.multiple) {
        return targets.pop();
    }
    (!targets.is_empty()).then_some(Value::List(targets))
}

/// What the records are called that cells refer to; one load for the page.
async fn names(
    acting: &Acting<'_>,
    columns: &[Column],
    rows: &[ListRow],
) -> Result<BTreeMap<String, String>, Problem> {
    let mentioned: BTreeSet<EntityId> = columns
        .iter()
        .filter(|column| column.value_type == AttributeType::Reference)
        .flat_map(|column| {
            rows.iter()
                .filter_map(|row| row.cells.get(column.attribute.as_str()))
        })
        .flat_map(Value::elements)
        .filter_map(|value| value.as_text()?.parse().ok())
        .collect();
    if mentioned.is_empty() {
        return Ok(BTreeMap::new());
    }
    let records = acting.find_all(mentioned).await?;
    Ok(records
        .iter()
        .map(|record| (record.id.to_string(), label(record)))
        .collect())
}

impl Ask for ListRecords {
    type Answer = ListPage;
    fn at(&self) -> Option<At> {
        self.at
    }
    async fn ask(&self, acting: &Acting<'_>) -> Result<ListPage, Problem> {
        let schema = acting.schema().await?;
        let filter = self.filter.predicate(self.kind, &acting.shared.limits.filter)?;
        let text = starts_with(&self.text, &searched(&schema, self.kind))?;
        let usual = default_sort(self.kind);
        let sort = match self.sort.is_empty() {
            // Not everything has a name; then the identifier decides.
            true if schema.attribute(self.kind, usual).is_some() => vec![Sort::ascending(usual)],
            _ => self.sort.clone(),
        };
        let search = Search::new(self.kind)
            .filter(filter.and(text))
            .sort(sort)
            .limit(self.limit)
            .cursor(self.cursor.clone())
            .total(self.total);
        let found = acting.search(&search).await?;
        page(acting, &schema, self.kind, found, self.view, &BTreeMap::new()).await
    }
}

impl Ask for ListMembers {
    type Answer = ListPage;
    fn at(&self) -> Option<At> {
        self.at
    }
    async fn ask(&self, acting: &Acting<'_>) -> Result<ListPage, Problem> {
        acting.get(self.organization).await?;
        let schema = acting.schema().await?;
        let text = starts_with(&self.text, &searched(&schema, Kind::User))?;
        let filter = Predicate::eq("organizations", EntityId::from(self.organization)).and(text);
        let search = Search::new(Kind::User)
            .filter(filter)
            .sort([Sort::ascending("user_number")])
            .limit(self.limit)
            .cursor(self.cursor.clone())
            .total(self.total);
        if schema.settings.member_sort != "number" {
            let found = acting.search(&search).await?;
            let member_of = BTreeMap::from([(String::new(), Relation::MemberOf)]);
            let edges = acting.edges_of(sets(&found.items, &member_of)).await?;
            let numbers = numbers(
                edges.into_values().flatten(),
                self.organization,
                acting.moment().await?,
            );
            return page(acting, &schema, Kind::User, found, self.view, &numbers).await;
        }
        let edges = acting
            .edges(self.organization, Direction::To, Relation::MemberOf)
            .await?;
        let numbers = numbers(edges, self.organization, acting.moment().await?);
        let found = by_number(acting, &schema, search, &numbers).await?;
        page(acting, &schema, Kind::User, found, self.view, &numbers).await
    }
}

/// The members' numbers in the organization.
fn numbers(
    edges: impl IntoIterator<Item = crate::model::Edge>,
    organization: OrganizationId,
    now: Moment,
) -> BTreeMap<EntityId, String> {
    edges
        .into_iter()
        .filter(|edge| edge.key.to == organization.into() && edge.is_in_effect(now))
        .filter_map(|edge| {
            Some((
                edge.key.from,
                edge.attributes.get("number")?.as_text()?.to_owned(),
            ))
        })
        .collect()
}

/// A page in the order of the numbers in the organization, which no index knows. Members without a number come first, as
/// everywhere.
async fn by_number(
    acting: &Acting<'_>,
    schema: &Schema,
    search: Search,
    numbers: &BTreeMap<EntityId, String>,
) -> Result<Page, Problem> {
    /// No attribute can be called so.
    const NUMBER: &str = "organization.number";
    let definition = AttributeDefinition {
        name: NUMBER.to_owned(),
        ..crate::model::builtin(Kind::User)
            .iter()
            .find(|d| d.name == "user_number")
            .cloned()
            .ok_or_else(|| Problem::new(crate::wire::Code::Corrupt, "the catalogue has no user number"))?
    };
    let order = search.clone().sort([Sort::ascending(NUMBER)]);
    let catalog = |name: &str| match name {
        NUMBER => Some(&definition),
        other => schema.attribute(Kind::User, other),
    };
    let checked = order.check(&catalog, &acting.shared.limits.filter)?;
    let mut everybody = search.cursor(None).sort([]).total(false).limit(MAXIMUM_LIMIT);
    let mut rows = Vec::new();
    loop {
        let found = acting.search(&everybody).await?;
        rows.extend(found.items.into_iter().map(|record| {
            let number = numbers.get(&record.id).map(|number| Value::from(number.as_str()));
            let key = number.and_then(|number| number.search_key().map(std::borrow::Cow::into_owned));
            (vec![key.unwrap_or_default()], record)
        }));
        match found.next {
            Some(next) => everybody = everybody.cursor(next),
            None => return Ok(paginate(rows, &checked)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RealmId;

    /// S0-99: an organization type has no list of its own to configure; it is listed with the defaults.
    #[test]
    fn every_kind_has_columns_that_exist() {
        let schema = Schema::empty(RealmId(uuid::Uuid::nil()));
        for kind in Kind::ALL {
            if crate::model::builtin(*kind).is_empty() {
                continue;
            }
            assert!(!columns(&schema, *kind).is_empty(), "{kind}");
        }
    }
}
