//! Reading: records, edges, the tree, pages of what matches; now or as it was.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::Serialize;

use super::{
    Acting,
    as_of::{At, Past, revision_at},
};
use crate::{
    model::{Edge, EdgeKey, EntityId, Kind, Moment, OrganizationId, Record, Relation, Value, is_hidden},
    plan::{ClaimKey, Difference, Direction, EdgesOf, Facts, Needs, Referring, Schema},
    port::{Find, Revision, Subjects},
    rules::{
        status::{StatusView, status},
        subject::relation_of,
    },
    search::{Checked, CheckedSearch, Deleted, FilterProblem, Page, Predicate, Search, Test},
    wire::{Code, FieldProblem, Problem},
};

/// A node of the organization tree, as a list or a tree view shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TreeNode {
    /// The organization.
    pub organization: Arc<Record>,
    /// Its positions, when the realm's tree shows them (S0-14).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<Arc<Record>>,
    /// What lies directly below, in the realm's order (S0-15).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<TreeNode>,
}

impl From<FilterProblem> for Problem {
    fn from(problem: FilterProblem) -> Self {
        let code = if problem.code.starts_with("search.cursor") {
            Code::Cursor
        } else {
            Code::Filter
        };
        let field = problem.attribute.clone().unwrap_or_else(|| "filter".to_owned());
        let fields = vec![FieldProblem::new(field, problem.code, problem.message.clone())];
        Problem {
            fields,
            ..Problem::new(code, problem.message)
        }
    }
}

/// Secrets are for decisions; nobody who reads gets them, not even sealed.
fn without_secrets(record: &mut Arc<Record>) {
    let kind = record.kind();
    if record.attributes.keys().any(|name| is_hidden(kind, name)) {
        Arc::make_mut(record)
            .attributes
            .retain(|name, _| !is_hidden(kind, name));
    }
}

impl Acting<'_> {
    /// The same actor, reading an earlier state. Nothing can be changed there.
    #[must_use]
    pub fn as_of(mut self, at: At) -> Self {
        self.at = at;
        self
    }

    /// The moment at which windows and validities are looked at.
    pub(crate) async fn moment(&self) -> Result<Moment, Problem> {
        match self.at {
            At::Now => Ok(self.shared.host.clock.now()),
            At::Moment(moment) => Ok(moment),
            At::Revision(revision) => {
                let query = crate::port::AuditQuery {
                    until: Some(revision),
                    newest_first: true,
                    limit: 1,
                    ..Default::default()
                };
                Ok(self
                    .storage()
                    .audit(&query)
                    .await?
                    .first()
                    .map_or(Moment::MIN, |row| row.at))
            }
        }
    }

    pub(crate) async fn past(&self) -> Result<Option<Past<'_>>, Problem> {
        let revision = revision_at(self.storage(), self.realm, self.at).await?;
        Ok(revision.map(|revision| Past {
            shared: &self.shared,
            storage: self.storage(),
            realm: self.realm,
            revision,
        }))
    }

    pub(crate) async fn load(&self, needs: &Needs) -> Result<Facts, Problem> {
        let mut facts = match self.at {
            At::Now => self.storage().load(self.realm, needs).await?,
            _ => match self.past().await? {
                Some(past) => past.load(needs).await?,
                None => self.storage().load(self.realm, needs).await?,
            },
        };
        for record in facts.records.values_mut().flatten() {
            without_secrets(record);
        }
        Ok(facts)
    }

    /// A record straight from the storage as whoever asks may see it: without secrets, and masked for a user.
    async fn shown(&self, found: Option<Arc<Record>>) -> Result<Option<Arc<Record>>, Problem> {
        let mut found = found;
        found.iter_mut().for_each(without_secrets);
        self.see_one(found).await
    }

    /// A record, soft-deleted ones included; `None` when there is none.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn find(&self, id: impl Into<EntityId>) -> Result<Option<Arc<Record>>, Problem> {
        let id = id.into();
        if self.at == At::Now {
            return self.shown(self.storage().find(self.realm, id).await?).await;
        }
        let mut needs = Needs::default();
        needs.record(id);
        let found = self.load(&needs).await?.records.remove(&id).flatten();
        self.see_one(found).await
    }

    /// A record that exists and is not deleted.
    ///
    /// # Errors
    /// [`Code::NotFound`] when there is none in this realm (S2-4), [`Code::Deleted`] when it is deleted.
    pub async fn get(&self, id: impl Into<EntityId>) -> Result<Arc<Record>, Problem> {
        let id = id.into();
        match self.find(id).await? {
            Some(record) if record.is_deleted() => {
                Err(Problem::new(Code::Deleted, format!("the {} is deleted", id.kind)).about(id))
            }
            Some(record) => Ok(record),
            None => {
                let message = format!("there is no {} with this identifier in the realm", id.kind);
                Err(Problem::new(Code::NotFound, message).about(id))
            }
        }
    }

    /// Several records at once, in the order asked for; those that do not exist are left out.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn find_all(
        &self,
        ids: impl IntoIterator<Item = EntityId>,
    ) -> Result<Vec<Arc<Record>>, Problem> {
        let ids: Vec<EntityId> = ids.into_iter().collect();
        let needs = Needs {
            records: ids.iter().copied().collect(),
            ..Needs::default()
        };
        let facts = self.load(&needs).await?;
        let found = ids
            .iter()
            .filter_map(|id| facts.records.get(id).cloned().flatten())
            .collect();
        Ok(self.see(found).await?.into_iter().flatten().collect())
    }

    /// The record that holds a unique name: `("user", "user_name", "alice")`.
    ///
    /// # Errors
    /// [`Code::Filter`] when the attribute is not unique; failures of the storage.
    pub async fn find_by(
        &self,
        kind: Kind,
        attribute: &str,
        value: &str,
    ) -> Result<Option<Arc<Record>>, Problem> {
        let schema = self.schema().await?;
        if !schema
            .unique_attributes(kind)
            .any(|definition| definition.name == attribute)
        {
            let message = format!(
                "`{attribute}` is not a unique attribute of {}; search for it instead",
                kind.with_article()
            );
            return Err(Problem::new(Code::Filter, message));
        }
        let Some(key) = Value::from(value).search_key().map(std::borrow::Cow::into_owned) else {
            return Ok(None);
        };
        if self.is_hidden_from(kind, attribute).await? {
            return Ok(None);
        }
        let claim = ClaimKey {
            kind,
            attribute: attribute.to_owned(),
            key,
        };
        if self.at == At::Now {
            return self
                .shown(self.storage().find_holder(self.realm, &claim).await?)
                .await;
        }
        let mut facts = self
            .load(&Needs {
                claims: BTreeSet::from([claim]),
                holders: true,
                ..Needs::default()
            })
            .await?;
        match facts.claims.into_values().flatten().next() {
            Some(holder) => match facts.records.remove(&holder).flatten() {
                Some(record) => self.see_one(Some(record)).await,
                None => self.find(holder).await,
            },
            None => Ok(None),
        }
    }

    /// The records that hold unique names, by the folded name; those that nobody holds are left out.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn find_all_by(
        &self,
        kind: Kind,
        attribute: &str,
        values: impl IntoIterator<Item = &str>,
    ) -> Result<BTreeMap<String, Arc<Record>>, Problem> {
        let claims: BTreeSet<ClaimKey> = values
            .into_iter()
            .map(|value| ClaimKey {
                kind,
                attribute: attribute.to_owned(),
                key: crate::model::fold(value).into_owned(),
            })
            .collect();
        if claims.is_empty() || self.is_hidden_from(kind, attribute).await? {
            return Ok(BTreeMap::new());
        }
        let needs = Needs {
            claims,
            holders: true,
            ..Needs::default()
        };
        let mut facts = self.load(&needs).await?;
        let missing: BTreeSet<EntityId> = facts
            .claims
            .values()
            .flatten()
            .filter(|holder| !facts.records.contains_key(holder))
            .copied()
            .collect();
        if !missing.is_empty() {
            let needs = Needs {
                records: missing,
                ..Needs::default()
            };
            facts.extend(self.load(&needs).await?);
        }
        let (names, records): (Vec<String>, Vec<Arc<Record>>) = facts
            .claims
            .into_iter()
            .filter_map(|(key, holder)| Some((key.key, facts.records.get(&holder?)?.clone()?)))
            .unzip();
        let seen = self.see(records).await?;
        Ok(names
            .into_iter()
            .zip(seen)
            .filter_map(|(name, record)| Some((name, record?)))
            .collect())
    }

    /// Whoever may not see an attribute does not find by it.
    async fn is_hidden_from(&self, kind: Kind, attribute: &str) -> Result<bool, Problem> {
        let Some(actor) = self.restricted() else {
            return Ok(false);
        };
        let consulted = self.consulted(Some(actor)).await?;
        let named = [attribute.to_owned()];
        let hidden = consulted
            .ask(|world, now| world.hidden_attributes(actor, kind, &named, now))
            .await?;
        Ok(!hidden.is_empty())
    }

    /// The edges of a relation at a record, ineffective ones included.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn edges(
        &self,
        id: impl Into<EntityId>,
        direction: Direction,
        relation: Relation,
    ) -> Result<Vec<Edge>, Problem> {
        let set = EdgesOf {
            id: id.into(),
            direction,
            relation,
        };
        let facts = self
            .load(&Needs {
                edges: BTreeSet::from([set]),
                ..Needs::default()
            })
            .await?;
        let mut edges = facts.edges.into_values().flat_map(|set| set.edges).collect();
        self.see_edges(&mut edges).await?;
        Ok(edges)
    }

    /// Several sets of edges in one load; each set is there, be it empty.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn edges_of(
        &self,
        sets: impl IntoIterator<Item = EdgesOf>,
    ) -> Result<BTreeMap<EdgesOf, Vec<Edge>>, Problem> {
        let needs = Needs {
            edges: sets.into_iter().collect(),
            ..Needs::default()
        };
        let facts = self.load(&needs).await?;
        let mut sets: BTreeMap<EdgesOf, Vec<Edge>> = facts
            .edges
            .into_iter()
            .map(|(set, found)| (set, found.edges))
            .collect();
        if self.restricted().is_some() {
            let mut edges: Vec<Edge> = sets.values().flatten().cloned().collect();
            self.see_edges(&mut edges).await?;
            let seen: BTreeSet<EdgeKey> = edges.into_iter().map(|edge| edge.key).collect();
            for edges in sets.values_mut() {
                edges.retain(|edge| seen.contains(&edge.key));
            }
        }
        Ok(sets)
    }

    /// An organization and everything above it, the organization first.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn path(&self, organization: OrganizationId) -> Result<Vec<Arc<Record>>, Problem> {
        let facts = self
            .load(&Needs {
                ancestors: BTreeSet::from([organization.into()]),
                ..Needs::default()
            })
            .await?;
        let mut path: Vec<Arc<Record>> = Vec::new();
        let mut place = Some(EntityId::from(organization));
        while let Some(record) = place.and_then(|id| facts.records.get(&id).cloned().flatten()) {
            place = record
                .reference("parent")
                .filter(|up| path.iter().all(|seen| seen.id != *up));
            path.push(record);
        }
        Ok(self.see(path).await?.into_iter().flatten().collect())
    }

    /// The organization tree below an organization, or the whole forest; sorted and with positions as the realm's
    /// settings say (S0-14, S0-15, S0-80).
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn tree(&self, root: Option<OrganizationId>) -> Result<Vec<TreeNode>, Problem> {
        let schema = self.schema().await?;
        let roots = match root {
            Some(root) => vec![root.into()],
            None => {
                let set = Referring {
                    kind: Kind::Organization,
                    attribute: "parent".to_owned(),
                    target: None,
                };
                let facts = self
                    .load(&Needs {
                        referring: BTreeSet::from([set]),
                        ..Needs::default()
                    })
                    .await?;
                facts.referring.into_values().flat_map(|set| set.ids).collect()
            }
        };
        let needs = Needs {
            subtrees: roots.iter().copied().collect(),
            ..Needs::default()
        };
        let mut facts = self.load(&needs).await?;
        if schema.settings.tree_shows_positions {
            let mut needs = Needs::default();
            for id in facts.records.keys() {
                needs.referring(Kind::Position, "organization", *id);
            }
            let positions = self.load(&needs).await?;
            let ids = positions
                .referring
                .values()
                .flat_map(|set| set.ids.iter().copied())
                .collect();
            facts.extend(positions);
            facts.extend(
                self.load(&Needs {
                    records: ids,
                    ..Needs::default()
                })
                .await?,
            );
        }
        if self.restricted().is_some() {
            let records: Vec<Arc<Record>> = facts.records.values().flatten().cloned().collect();
            let ids: Vec<EntityId> = records.iter().map(|record| record.id).collect();
            let seen = self.see(records).await?;
            facts.records = ids.into_iter().zip(seen).collect();
        }
        Ok(grow(&facts, &roots, &schema.settings.tree_sort, 0))
    }

    /// One page of what matches (S3-1 … S3-11 with the preset [`crate::search::prefix_search`]).
    ///
    /// # Errors
    /// [`Code::Filter`] when the filter, the sort or the limit is wrong, [`Code::Cursor`] when the cursor is.
    pub async fn search(&self, search: &Search) -> Result<Page, Problem> {
        let checked = match self.check(search, &*self.schema().await?) {
            Ok(checked) => checked,
            // An attribute that is not known may have been defined by another process meanwhile.
            Err(_) => self.check(
                search,
                &*self.shared.reload_schema(self.storage(), self.realm).await?,
            )?,
        };
        self.find_page(checked).await
    }

    /// How many match.
    ///
    /// # Errors
    /// As for [`Acting::search`].
    pub async fn count(&self, kind: Kind, filter: Predicate) -> Result<u64, Problem> {
        let page = self
            .search(&Search::new(kind).filter(filter).limit(1).total(true))
            .await?;
        Ok(page.total.unwrap_or_default())
    }

    fn check(&self, search: &Search, schema: &Schema) -> Result<CheckedSearch, FilterProblem> {
        let kind = search.kind;
        let not_searched = &schema.settings.not_searched;
        let catalog = |name: &str| {
            schema
                .attribute(kind, name)
                .filter(|_| not_searched.is_empty() || !not_searched.contains(&format!("{kind}.{name}")))
        };
        search.check(&catalog, &self.shared.limits.filter)
    }

    async fn find_page(&self, mut search: CheckedSearch) -> Result<Page, Problem> {
        self.decorate(&mut search).await?;
        let past = self.past().await?;
        search.filter = self.expand(search.filter, search.kind, past.as_ref()).await?;
        let find = Find {
            realm: self.realm,
            search,
            now: self.moment().await?,
            any_end: past.is_some(),
        };
        let mut page = match past {
            Some(past) => past.search(&find).await?,
            None => self.storage().search(&find).await?,
        };
        page.items.iter_mut().for_each(without_secrets);
        if self.restricted().is_some() {
            page.items = self.see(page.items).await?.into_iter().flatten().collect();
        }
        Ok(page)
    }

    /// Turns leaves that need more than one step into leaves that a storage answers in one: nested groups become
    /// their parts; for earlier states the tree becomes a list of organizations.
    async fn expand(&self, filter: Checked, kind: Kind, past: Option<&Past<'_>>) -> Result<Checked, Problem> {
        let needs_it = filter.attributes().into_iter().any(|name| {
            name == "groups"
                || (kind == Kind::Position && name == "within_organization")
                || (past.is_some() && relation_of(name).is_some())
        });
        if !needs_it {
            return Ok(filter);
        }
        Box::pin(async move {
            Ok(match filter {
                Checked::And(list) => {
                    let mut all = Checked::All;
                    for item in list {
                        all = all.and(self.expand(item, kind, past).await?);
                    }
                    all
                }
                Checked::Or(list) => {
                    let mut any = Checked::None;
                    for item in list {
                        any = any.or(self.expand(item, kind, past).await?);
                    }
                    any
                }
                Checked::Not(inner) => self.expand(*inner, kind, past).await?.negate(),
                Checked::Leaf {
                    attribute,
                    derived,
                    multiple,
                    test,
                } => {
                    let named = named(&test);
                    match (attribute.as_str(), named) {
                        ("within_organization", Some(targets)) if kind == Kind::Position => {
                            self.expand_positions(targets).await?
                        }
                        ("groups", Some(groups)) => self.expand_groups(groups, kind, past).await?,
                        (name, Some(targets)) if past.is_some() && relation_of(name).is_some() => {
                            self.expand_past(name, targets, kind, past).await?
                        }
                        (name, None) if past.is_some() && relation_of(name).is_some() => {
                            let message =
                                format!("`{name}` can be compared with identifiers only in an earlier state");
                            return Err(Problem::new(Code::Filter, message));
                        }
                        _ => Checked::Leaf {
                            attribute,
                            derived,
                            multiple,
                            test,
                        },
                    }
                }
                other => other,
            })
        })
        .await
    }

    /// S0-116: whoever is in the group directly, in a group inside of it, in an organization inside of it or below,
    /// or holds a position inside of it.
    async fn expand_groups(
        &self,
        groups: BTreeSet<String>,
        kind: Kind,
        past: Option<&Past<'_>>,
    ) -> Result<Checked, Problem> {
        let mut all = groups.clone();
        let mut open = groups;
        while !open.is_empty() {
            let nested = self.in_groups(Kind::Group, &open, past).await?;
            open = nested.into_iter().filter(|id| all.insert(id.clone())).collect();
        }
        let mut any = edge_leaf("groups", self.living(all.clone(), past).await?);
        if matches!(kind, Kind::User | Kind::Device | Kind::Organization) {
            let organizations = self.in_groups(Kind::Organization, &all, past).await?;
            any = any.or(match past {
                Some(_) => {
                    self.expand_past("within_organization", organizations, kind, past)
                        .await?
                }
                None => edge_leaf("within_organization", organizations),
            });
        }
        if kind == Kind::User {
            any = any.or(edge_leaf(
                "positions",
                self.in_groups(Kind::Position, &all, past).await?,
            ));
        }
        Ok(any)
    }

    /// Positions at or below organizations: those of each organization there.
    async fn expand_positions(&self, targets: BTreeSet<String>) -> Result<Checked, Problem> {
        let needs = Needs {
            subtrees: targets.iter().filter_map(|id| id.parse().ok()).collect(),
            ..Needs::default()
        };
        let facts = self.load(&needs).await?;
        let below = facts
            .records
            .values()
            .flatten()
            .filter(|record| record.kind() == Kind::Organization)
            .map(|record| record.id.to_string())
            .collect();
        Ok(list_leaf("organization", false, below))
    }

    /// The identifiers of all records of a kind that are directly in one of the groups.
    async fn in_groups(
        &self,
        kind: Kind,
        groups: &BTreeSet<String>,
        past: Option<&Past<'_>>,
    ) -> Result<BTreeSet<String>, Problem> {
        let mut found = BTreeSet::new();
        let mut search = Search::new(kind)
            .limit(crate::search::MAXIMUM_LIMIT)
            .check(&crate::search::builtin_catalog(kind), &self.shared.limits.filter)?;
        search.filter = edge_leaf("groups", groups.clone());
        loop {
            let find = Find {
                realm: self.realm,
                search: search.clone(),
                now: self.moment().await?,
                any_end: past.is_some(),
            };
            let page = match past {
                Some(past) => past.search(&find).await?,
                None => self.storage().search(&find).await?,
            };
            found.extend(page.items.iter().map(|record| record.id.to_string()));
            let Some(last) = page.next.and(page.items.last()) else {
                return Ok(found);
            };
            search.position.boundary = Some(crate::search::Boundary {
                keys: Vec::new(),
                id: last.id,
            });
        }
    }

    async fn expand_past(
        &self,
        attribute: &str,
        targets: BTreeSet<String>,
        kind: Kind,
        past: Option<&Past<'_>>,
    ) -> Result<Checked, Problem> {
        let mut targets = targets;
        if attribute == "within_organization"
            && let Some(past) = past
        {
            let subtrees = targets.iter().filter_map(|id| id.parse().ok()).collect();
            let facts = past
                .load(&Needs {
                    subtrees,
                    ..Needs::default()
                })
                .await?;
            targets = facts
                .records
                .values()
                .flatten()
                .map(|record| record.id.to_string())
                .collect();
        }
        if attribute == "within_organization" && kind == Kind::Organization {
            return Ok(list_leaf("id", false, targets));
        }
        let attribute = if attribute == "within_organization" {
            "organizations"
        } else {
            attribute
        };
        Ok(edge_leaf(attribute, self.living(targets, past).await?))
    }

    /// Those of the targets that lived in the earlier state; in the present the storage looks after it.
    async fn living(
        &self,
        targets: BTreeSet<String>,
        past: Option<&Past<'_>>,
    ) -> Result<BTreeSet<String>, Problem> {
        let Some(past) = past else { return Ok(targets) };
        let records = targets.iter().filter_map(|id| id.parse().ok()).collect();
        let facts = past
            .load(&Needs {
                records,
                ..Needs::default()
            })
            .await?;
        Ok(facts
            .records
            .values()
            .flatten()
            .filter(|record| !record.is_deleted())
            .map(|record| record.id.to_string())
            .collect())
    }

    /// The realm's schema and settings (S2-6).
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn schema(&self) -> Result<Arc<Schema>, Problem> {
        self.shared.schema(self.storage(), self.realm).await
    }

    /// The named status of a user now (A.6 X4).
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn status(&self, user: &Record, view: StatusView) -> Result<&'static str, Problem> {
        Ok(status(user, view, self.moment().await?))
    }

    /// What is different between two states: everything that was changed, and not changed back.
    ///
    /// # Errors
    /// When a state lies in the future, or the storage fails.
    pub async fn difference(&self, from: At, to: At) -> Result<Difference, Problem> {
        self.require_on_realm("audit").await?;
        let states = [self.clone().as_of(from), self.clone().as_of(to)];
        let latest = self.storage().standing().await?.stable;
        let mut revisions = [Revision(0); 2];
        for (place, state) in revisions.iter_mut().zip(&states) {
            *place = revision_at(self.storage(), self.realm, state.at)
                .await?
                .unwrap_or(latest);
        }
        let [from, to] = revisions;
        let (low, high) = (from.min(to), from.max(to));
        let mut records = BTreeSet::new();
        let mut edges: BTreeMap<_, (Option<Edge>, Option<Edge>)> = BTreeMap::new();
        let mut place = (low, u32::MAX);
        loop {
            let query = crate::port::HistoryQuery {
                realm: Some(self.realm),
                subjects: Subjects::All,
                after: Some(place),
                until: Some(high),
                newest_first: false,
                limit: 10_000,
            };
            let page = self.storage().history(&query).await?;
            let Some(last) = page.last() else { break };
            place = (last.revision, last.ordinal);
            for recorded in &page {
                let entry = &recorded.entry;
                match entry.edge {
                    // Of what has no past there is nothing to compare.
                    None if !entry.subject.kind.has_past() => {}
                    None => drop(records.insert(entry.subject)),
                    Some(key) => {
                        let (delta, _) = self.shared.sealer.delta(entry, None)?;
                        let (before, after) = delta.edge.unwrap_or_default();
                        let after = after.map(|body| body.with_key(key));
                        edges
                            .entry(key)
                            .or_insert_with(|| (before.map(|body| body.with_key(key)), None))
                            .1 = after;
                    }
                }
            }
        }
        let low_state = self.clone().as_of(At::Revision(low));
        let high_state = if high == latest {
            self.clone().as_of(At::Now)
        } else {
            self.clone().as_of(At::Revision(high))
        };
        let mut difference = Difference::default();
        let ids: Vec<EntityId> = records.into_iter().collect();
        for part in ids.chunks(1_000) {
            let needs = Needs {
                records: part.iter().copied().collect(),
                ..Needs::default()
            };
            let (low, high) = (low_state.load(&needs).await?, high_state.load(&needs).await?);
            for id in part {
                let mut pair = [
                    low.records.get(id).and_then(Option::as_deref),
                    high.records.get(id).and_then(Option::as_deref),
                ];
                if from > to {
                    pair.reverse();
                }
                difference.add_record(pair[0], pair[1], None);
            }
        }
        for (_, (before, after)) in edges {
            if from > to {
                difference.add_edge(after, before)
            } else {
                difference.add_edge(before, after)
            }
        }
        self.label(&mut difference).await?;
        Ok(difference)
    }

    /// Names the records that a difference mentions, so that people can read it.
    pub(crate) async fn label(&self, difference: &mut Difference) -> Result<(), Problem> {
        let mentioned: Vec<EntityId> = difference.mentioned().into_iter().collect();
        for part in mentioned.chunks(1_000) {
            difference.name_all(self.find_all(part.iter().copied()).await?);
        }
        Ok(())
    }

    /// Lists every record of a kind, page by page; made for exports. Deleted ones are left out.
    ///
    /// # Errors
    /// As for [`Acting::search`].
    pub async fn all(&self, kind: Kind, filter: Predicate) -> Result<Vec<Arc<Record>>, Problem> {
        let mut search = Search::new(kind)
            .filter(filter)
            .limit(crate::search::MAXIMUM_LIMIT)
            .deleted(Deleted::Exclude);
        let mut all = Vec::new();
        loop {
            let page = self.search(&search).await?;
            all.extend(page.items);
            match page.next {
                Some(next) => search = search.cursor(next),
                None => return Ok(all),
            }
        }
    }
}

/// The identifiers that a test names, when it names any.
fn named(test: &Test) -> Option<BTreeSet<String>> {
    match test {
        Test::Equals(id) => Some(BTreeSet::from([id.clone()])),
        Test::OneOf(ids) => Some(ids.clone()),
        _ => None,
    }
}

fn list_leaf(attribute: &str, derived: bool, mut ids: BTreeSet<String>) -> Checked {
    let test = match ids.len() {
        0 => return Checked::None,
        1 => match ids.pop_first() {
            Some(id) => Test::Equals(id),
            None => return Checked::None,
        },
        _ => Test::OneOf(ids),
    };
    Checked::Leaf {
        attribute: attribute.to_owned(),
        derived,
        multiple: derived,
        test,
    }
}

fn edge_leaf(attribute: &str, ids: BTreeSet<String>) -> Checked {
    list_leaf(attribute, true, ids)
}

/// The nodes at these organizations; a circle in damaged data ends at a depth that no real tree has.
fn grow(facts: &Facts, ids: &[EntityId], sort: &str, depth: usize) -> Vec<TreeNode> {
    if depth > 200 {
        return Vec::new();
    }
    let known = |id: &EntityId| {
        facts
            .records
            .get(id)
            .cloned()
            .flatten()
            .filter(|record| !record.is_deleted())
    };
    let referring = |kind: Kind, attribute: &str, id: EntityId| {
        let set = Referring {
            kind,
            attribute: attribute.to_owned(),
            target: Some(id),
        };
        facts
            .referring
            .get(&set)
            .map(|set| set.ids.clone())
            .unwrap_or_default()
    };
    let order = |record: &Arc<Record>| {
        let key = |name: &str| {
            record
                .value(name)
                .and_then(Value::search_key)
                .map(std::borrow::Cow::into_owned)
                .unwrap_or_default()
        };
        (key(sort), key("name"), record.id)
    };
    let mut nodes: Vec<TreeNode> = ids
        .iter()
        .filter_map(known)
        .map(|organization| {
            let mut positions: Vec<_> = referring(Kind::Position, "organization", organization.id)
                .iter()
                .filter_map(known)
                .collect();
            positions.sort_by_key(order);
            let children = referring(Kind::Organization, "parent", organization.id);
            TreeNode {
                positions,
                children: grow(facts, &children, sort, depth + 1),
                organization,
            }
        })
        .collect();
    nodes.sort_by_key(|node| order(&node.organization));
    nodes
}
