//! What lies between two states.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    Acting,
    as_of::{At, revision_at},
};
use crate::{
    model::{Edge, EntityId},
    plan::{Difference, Needs},
    port::{Revision, Subjects},
    wire::Problem,
};

impl Acting<'_> {
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
}
