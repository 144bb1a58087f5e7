//! Reading: records, edges, the tree, pages of what matches; now or as it was.

mod difference;
mod expand;
mod headcount;
mod tree;

pub use headcount::Headcount;
pub use tree::TreeNode;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Acting,
    as_of::{At, Past, revision_at},
};
use crate::{
    model::{Edge, EdgeKey, EntityId, Kind, Moment, Record, Relation, Text, Value, has_hidden, is_hidden},
    plan::{ClaimKey, Direction, EdgesOf, Facts, Needs, Schema},
    port::Find,
    rules::status::{StatusView, status},
    search::{CheckedSearch, Deleted, FilterProblem, Page, Predicate, Search},
    wire::{Code, FieldProblem, Problem},
};

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
    if has_hidden(kind) && record.attributes.keys().any(|name| is_hidden(kind, name)) {
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
        let Some(key) = Value::from(value).search_key().map(Text::from) else {
            return Ok(None);
        };
        if self.is_hidden_from(kind, attribute).await? {
            return Ok(None);
        }
        let claim = ClaimKey {
            kind,
            attribute: attribute.into(),
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
                attribute: attribute.into(),
                key: crate::model::fold(value).into(),
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
            .filter_map(|(key, holder)| Some((key.key.into(), facts.records.get(&holder?)?.clone()?)))
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
        Ok(self.edges_of([set]).await?.into_values().flatten().collect())
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

    /// One page of what matches (S3-1 … S3-11 with the preset [`crate::search::prefix_search`]).
    ///
    /// # Errors
    /// [`Code::Filter`] when the filter, the sort or the limit is wrong, [`Code::Cursor`] when the cursor is.
    pub async fn search(&self, search: &Search) -> Result<Page, Problem> {
        let checked = self.checked(search).await?;
        self.find_page(checked).await
    }

    /// How many match.
    ///
    /// # Errors
    /// As for [`Acting::search`].
    pub async fn count(&self, kind: Kind, filter: Predicate) -> Result<u64, Problem> {
        let search = Search::new(kind).filter(filter).limit(1).total(true);
        let (find, past) = self.prepared(self.checked(&search).await?).await?;
        match past {
            Some(past) => Ok(past.search(&find).await?.total.unwrap_or_default()),
            None => Ok(self.storage().count(&find).await?),
        }
    }

    async fn checked(&self, search: &Search) -> Result<CheckedSearch, Problem> {
        Ok(match self.check(search, &*self.schema().await?) {
            Ok(checked) => checked,
            // An attribute that is not known may have been defined by another process meanwhile.
            Err(_) => self.check(
                search,
                &*self.shared.reload_schema(self.storage(), self.realm).await?,
            )?,
        })
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

    /// What the storage is asked: restricted to what the actor may see, with nested groups expanded.
    async fn prepared(&self, mut search: CheckedSearch) -> Result<(Find, Option<Past<'_>>), Problem> {
        self.decorate(&mut search).await?;
        let past = self.past().await?;
        search.filter = self.expand(search.filter, search.kind, past.as_ref()).await?;
        let find = Find {
            realm: self.realm,
            search,
            now: self.moment().await?,
            any_end: past.is_some(),
        };
        Ok((find, past))
    }

    async fn find_page(&self, search: CheckedSearch) -> Result<Page, Problem> {
        let (find, past) = self.prepared(search).await?;
        let mut page = self.found(&find, past.as_ref()).await?;
        page.items.iter_mut().for_each(without_secrets);
        if self.restricted().is_some() {
            page.items = self.see(page.items).await?.into_iter().flatten().collect();
        }
        Ok(page)
    }

    /// The page as it is, or as it was.
    async fn found(&self, find: &Find, past: Option<&Past<'_>>) -> Result<Page, Problem> {
        match past {
            Some(past) => past.search(find).await,
            None => Ok(self.storage().search(find).await?),
        }
    }

    /// The realm's schema and settings (S2-6).
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn schema(&self) -> Result<Arc<Schema>, Problem> {
        self.shared.schema(self.storage(), self.realm).await
    }

    /// The named status of a user now, in the given terms or in those of the realm's setting `status_view` (A.6 X4).
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn status(
        &self,
        user: &Record,
        view: impl Into<Option<StatusView>>,
    ) -> Result<&'static str, Problem> {
        let view = match view.into() {
            Some(view) => view,
            None => self.schema().await?.settings.status_view,
        };
        Ok(status(user, view, self.moment().await?))
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
