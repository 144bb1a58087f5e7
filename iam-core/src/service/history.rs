//! What happened to whom: history of an entity, timeline of the realm, events for subscribers.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    Acting,
    seal::{has_salt, salt_of},
};
use crate::{
    model::{Edge, EdgeKey, EntityId, KeySalt, Moment, SECRET_SHOWN},
    plan::{AttributeDifference, Cause, Event, JournalEntry, Needs, Step},
    port::{AuditQuery, AuditRecord, HistoryQuery, Recorded, Revision, Storage, Subjects},
    rules::AttributeAccess,
    wire::Problem,
};

/// One change of one thing, with who, when and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct HistoryItem {
    /// The commit.
    pub revision: Revision,
    /// Its place among the changes of the commit; with the revision, the place to read on from.
    pub ordinal: u32,
    /// When.
    pub at: Moment,
    /// Who.
    pub actor: String,
    /// Through which door.
    pub channel: String,
    /// The command.
    pub command: String,
    /// Why, in the words of the actor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What was changed: the record, or the first end of the edge.
    pub subject: EntityId,
    /// For edges: which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edge: Option<EdgeKey>,
    /// Appeared, changed, disappeared.
    pub step: Step,
    /// Why it was part of the commit.
    pub cause: Cause,
    /// Old and new values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<AttributeDifference>,
    /// The edge before and after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edge_change: Option<(Option<Edge>, Option<Edge>)>,
    /// Personal values are part of the entry and cannot be read any more: the person was erased.
    #[serde(default)]
    pub sealed: bool,
}

/// Rows read at a time.
pub(crate) const PAGE: usize = 1_000;

impl Acting<'_> {
    /// The history of a record and of the edges at it, the latest first, at most `limit` entries before a place. A user who
    /// may read it sees neither values of attributes that are masked nor edges whose other end is out of sight.
    ///
    /// # Errors
    /// When the storage fails or an entry cannot be read.
    pub async fn history(
        &self,
        id: impl Into<EntityId>,
        before: Option<(Revision, u32)>,
        limit: usize,
    ) -> Result<Vec<HistoryItem>, Problem> {
        let id = id.into();
        if self.restricted().is_some() {
            self.require("history", id).await?;
        }
        let wanted = limit.min(PAGE);
        let mut query = HistoryQuery {
            realm: Some(self.realm),
            subjects: Subjects::Of(vec![id]),
            after: before,
            until: None,
            newest_first: true,
            limit: wanted,
        };
        let mut items = Vec::new();
        // As many as are asked for, unless there are no more that the actor may see.
        loop {
            let recorded = self.storage().history(&query).await?;
            let more = recorded.len() == query.limit;
            query.after = recorded.last().map(|last| (last.revision, last.ordinal));
            let mut page = self.explain(recorded).await?;
            self.see_history(&mut page).await?;
            items.extend(page);
            if !more || items.len() >= wanted {
                return Ok(items);
            }
            query.limit = wanted - items.len();
        }
    }

    /// Everything that was changed in the realm after a place, in order, with every value: whoever may audit the realm
    /// sees all of it.
    ///
    /// # Errors
    /// When the storage fails or an entry cannot be read.
    pub async fn timeline(
        &self,
        after: Option<(Revision, u32)>,
        limit: usize,
    ) -> Result<Vec<HistoryItem>, Problem> {
        self.require_on_realm("audit").await?;
        let query = HistoryQuery {
            realm: Some(self.realm),
            subjects: Subjects::All,
            after,
            until: None,
            newest_first: false,
            limit: limit.min(PAGE),
        };
        let recorded = self.storage().history(&query).await?;
        self.explain(recorded).await
    }

    /// Of a history what the actor may see: values of attributes that are not masked, edges whose both ends may be seen.
    async fn see_history(&self, items: &mut Vec<HistoryItem>) -> Result<(), Problem> {
        let Some(actor) = self.restricted() else {
            return Ok(());
        };
        let ids: BTreeSet<EntityId> = items
            .iter()
            .flat_map(|item| {
                [item.subject]
                    .into_iter()
                    .chain(item.edge.iter().flat_map(|key| [key.from, key.to]))
            })
            .collect();
        let ids: Vec<EntityId> = ids.into_iter().collect();
        let consulted = self.consulted(Some(actor)).await?;
        let masks = consulted.ask(|world, now| world.eyes(actor, &ids, now)).await?;
        let masks: BTreeMap<EntityId, _> = ids.into_iter().zip(masks).collect();
        let eyes = |id: EntityId| masks.get(&id).and_then(Option::as_ref);
        items.retain_mut(|item| {
            let mask = eyes(item.subject);
            item.changes.retain(|change| {
                mask.is_some_and(|mask| mask.access(&change.attribute) >= AttributeAccess::Read)
            });
            item.edge
                .is_none_or(|key| eyes(key.from).is_some() && eyes(key.to).is_some())
        });
        Ok(())
    }

    /// The audit trail of the realm: every command, the refused ones too.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn audit(&self, query: AuditQuery) -> Result<Vec<AuditRecord>, Problem> {
        self.require_on_realm("audit").await?;
        let limit = query.limit.clamp(1, PAGE);
        Ok(self
            .storage()
            .audit(&AuditQuery {
                realm: Some(self.realm),
                limit,
                ..query
            })
            .await?)
    }

    /// What happened after a revision, in order, for subscribers that remember the last revision they saw: no event
    /// is ever skipped, however many processes write.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn events(
        &self,
        after: Revision,
        limit: usize,
    ) -> Result<Vec<(Revision, Vec<Event>)>, Problem> {
        self.require_on_realm("audit").await?;
        let stable = self.storage().standing().await?.stable;
        let rows = self
            .audit(AuditQuery {
                after: Some(after),
                until: Some(stable),
                limit,
                ..AuditQuery::default()
            })
            .await?;
        rows.into_iter()
            .map(|row| {
                let events = serde_json::from_str(&row.events).map_err(|error| {
                    Problem::new(
                        crate::wire::Code::Corrupt,
                        "the events of a commit cannot be read",
                    )
                    .caused_by(error)
                })?;
                Ok((row.revision, events))
            })
            .collect()
    }

    /// The latest revision of the database; a state to come back to with [`super::At::Revision`].
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn revision(&self) -> Result<Revision, Problem> {
        Ok(self.storage().standing().await?.stable)
    }

    async fn explain(&self, recorded: Vec<Recorded>) -> Result<Vec<HistoryItem>, Problem> {
        let revisions: BTreeSet<Revision> = recorded.iter().map(|entry| entry.revision).collect();
        let revisions = revisions.into_iter().collect::<Vec<_>>();
        let query = AuditQuery {
            realm: Some(self.realm),
            revisions: Some(revisions),
            limit: PAGE,
            ..AuditQuery::default()
        };
        let audit: BTreeMap<Revision, AuditRecord> = if recorded.is_empty() {
            BTreeMap::new()
        } else {
            self.storage()
                .audit(&query)
                .await?
                .into_iter()
                .map(|row| (row.revision, row))
                .collect()
        };
        let salts = salts(
            self.storage(),
            self.realm,
            recorded.iter().map(|recorded| &recorded.entry),
        )
        .await?;
        recorded
            .into_iter()
            .filter_map(|recorded| audit.get(&recorded.revision).map(|row| (recorded, row)))
            .map(|(recorded, row)| {
                let entry = recorded.entry;
                let salt = salts.get(&entry.subject).copied();
                let (delta, sealed) = self.shared.sealer.delta(&entry, salt)?;
                let key = entry.edge;
                Ok(HistoryItem {
                    revision: recorded.revision,
                    ordinal: recorded.ordinal,
                    at: row.at,
                    actor: row.actor.clone(),
                    channel: row.channel.clone(),
                    command: row.command.clone(),
                    reason: row.reason.clone(),
                    subject: entry.subject,
                    edge: key,
                    step: entry.step,
                    cause: entry.cause,
                    changes: delta
                        .values
                        .into_iter()
                        .filter(|(name, _)| name != "changed_at" && name != "changed_by")
                        .map(|(attribute, (before, after))| AttributeDifference {
                            attribute,
                            before,
                            after,
                        })
                        .chain(delta.secrets.into_iter().map(|attribute| AttributeDifference {
                            attribute,
                            before: None,
                            after: Some(SECRET_SHOWN.into()),
                        }))
                        .collect(),
                    edge_change: key.zip(delta.edge).map(|(key, (before, after))| {
                        (
                            before.map(|body| body.with_key(key)),
                            after.map(|body| body.with_key(key)),
                        )
                    }),
                    sealed,
                })
            })
            .collect()
    }
}

/// The salts of the persons in journal entries, from their records as they are now.
pub(crate) async fn salts(
    storage: &dyn Storage,
    realm: crate::model::RealmId,
    entries: impl Iterator<Item = &JournalEntry>,
) -> Result<BTreeMap<EntityId, KeySalt>, Problem> {
    let persons: BTreeSet<EntityId> = entries
        .filter(|entry| entry.edge.is_none() && has_salt(entry.subject.kind))
        .map(|entry| entry.subject)
        .collect();
    if persons.is_empty() {
        return Ok(BTreeMap::new());
    }
    let facts = storage
        .load(
            realm,
            &Needs {
                records: persons,
                ..Needs::default()
            },
        )
        .await?;
    Ok(facts
        .records
        .into_iter()
        .filter_map(|(id, record)| Some((id, salt_of(record.as_deref())?)))
        .collect())
}
