//! What a decision writes: records, edges, events, effects.

use std::sync::Arc;

use super::{Draft, MAXIMUM_CHANGES, Stop, Touched, Undo};
use crate::{
    model::{Edge, EdgeKey, EntityId, KeySalt, Kind, Record, Value},
    plan::{Cause, ClaimKey, Effect, Event},
    wire::{Code, Problem},
};

impl Draft<'_> {
    /// A fresh identifier.
    pub fn new_id(&mut self, kind: Kind) -> EntityId {
        self.ordinal += 1;
        self.context.seed.id(kind, self.context.now, self.ordinal)
    }

    /// A fresh journal salt for a person.
    pub fn new_salt(&mut self) -> KeySalt {
        self.ordinal += 1;
        self.context.seed.salt(self.ordinal)
    }

    /// Writes a record: new, or instead of what it was. Unique names are checked; metadata is kept up.
    ///
    /// Returns whether anything changed.
    pub fn put(&mut self, record: Record, cause: Cause) -> Result<bool, Stop> {
        self.write(record, cause, true)
    }

    /// Writes what the engine notes about a record that nobody has edited, such as the last sign-in: who touched it last
    /// stays as it is.
    ///
    /// Returns whether anything changed.
    pub fn note(&mut self, record: Record, cause: Cause) -> Result<bool, Stop> {
        self.write(record, cause, false)
    }

    fn write(&mut self, mut record: Record, cause: Cause, edited: bool) -> Result<bool, Stop> {
        let id = record.id;
        super::work::sealed(&record)?;
        let realm = EntityId::from(self.context.realm);
        if self.schema.version == 0 && id != realm && !self.records.contains_key(&realm) {
            return Err(Problem::new(Code::NotFound, "there is no such realm")
                .about(realm)
                .into());
        }
        let seen = if self.records.contains_key(&id) || self.facts.records.contains_key(&id) {
            self.record(id)?
        } else {
            None
        };
        if seen
            .as_ref()
            .is_some_and(|seen| seen.attributes == record.attributes && seen.salt == record.salt)
        {
            return Ok(false);
        }
        let names = self.claim(seen.as_deref(), Some(&record))?;
        // Of a record that was written before they lie between other states.
        let names = (!self.records.contains_key(&id)).then(|| Box::new(names));
        let before = self
            .records
            .get(&id)
            .map_or(seen, |touched| touched.before.clone());
        if edited {
            record.set("changed_at", Some(self.now.clone().into()));
            record.set("changed_by", Some(self.actor.clone().into()));
        }
        match &before {
            // What comes back was created when it was, and has a version that nobody has seen.
            None if cause == Cause::Rollback && record.value("created_at").is_some() => {
                record.version += 1;
                self.guards_records.insert(id, None);
            }
            None => {
                record.version = 1;
                record.set("created_at", Some(self.now.clone().into()));
                record.set("created_by", Some(self.actor.clone().into()));
                // A new identifier is drawn by us or brought by the host: either way it must be free.
                self.guards_records.insert(id, None);
            }
            Some(before) => record.version = before.version + 1,
        }
        self.write_record(
            id,
            Touched {
                before,
                after: Some(record.shared()),
                cause,
                names,
            },
        );
        self.size()?;
        Ok(true)
    }

    /// Removes a record physically.
    pub fn remove(&mut self, id: impl Into<EntityId>, cause: Cause) -> Result<(), Stop> {
        let id = id.into();
        let seen = self.existing(id)?;
        self.claim(Some(&seen), None)?;
        let before = self
            .records
            .get(&id)
            .map_or(Some(seen), |touched| touched.before.clone());
        self.write_record(
            id,
            Touched {
                before,
                after: None,
                cause,
                names: None,
            },
        );
        self.size()
    }

    /// Writes an edge: new, or instead of what it was. Returns whether anything changed.
    pub fn put_edge(&mut self, edge: Edge, cause: Cause) -> Result<bool, Stop> {
        let seen = self.edge(edge.key)?;
        self.put_edge_over(seen, edge, cause)
    }

    /// The same in the place of what was just read there.
    pub(crate) fn put_edge_over(
        &mut self,
        seen: Option<Edge>,
        edge: Edge,
        cause: Cause,
    ) -> Result<bool, Stop> {
        if seen.as_ref() == Some(&edge) {
            return Ok(false);
        }
        let before = self
            .edges
            .get(&edge.key)
            .map_or(seen, |touched| touched.before.clone());
        self.write_edge(
            edge.key,
            Touched {
                before,
                after: Some(edge),
                cause,
                names: None,
            },
        );
        self.size()?;
        Ok(true)
    }

    /// Removes an edge; `false` when there was none.
    pub fn remove_edge(&mut self, key: EdgeKey, cause: Cause) -> Result<bool, Stop> {
        let Some(seen) = self.edge(key)? else {
            return Ok(false);
        };
        self.take_edge(seen, cause)?;
        Ok(true)
    }

    /// Removes an edge that was just read from either end.
    pub fn take_edge(&mut self, seen: Edge, cause: Cause) -> Result<(), Stop> {
        let key = seen.key;
        let before = self
            .edges
            .get(&key)
            .map_or(Some(seen), |touched| touched.before.clone());
        self.write_edge(
            key,
            Touched {
                before,
                after: None,
                cause,
                names: None,
            },
        );
        self.size()
    }

    /// Notes what happened.
    pub fn event(
        &mut self,
        name: &str,
        subject: impl Into<EntityId>,
        details: impl IntoIterator<Item = (&'static str, Value)>,
    ) {
        self.events.push(Event {
            name: name.to_owned(),
            subject: subject.into(),
            details: details.into_iter().collect(),
        });
    }

    /// Notes what is to be done outside, after the commit.
    pub fn effect(
        &mut self,
        name: &str,
        subject: impl Into<EntityId>,
        details: impl IntoIterator<Item = (&'static str, Value)>,
    ) {
        let key = self.new_id(Kind::Command).to_string();
        self.effects.push(Effect {
            name: name.to_owned(),
            subject: subject.into(),
            details: details.into_iter().collect(),
            key,
        });
    }

    /// Notes a remark for the caller.
    pub fn remark(&mut self, remark: impl Into<String>) {
        self.remarks.push(remark.into());
    }

    /// Names what the command is about.
    pub fn subject(&mut self, id: impl Into<EntityId>) {
        self.subject = Some(id.into());
    }

    pub(super) fn write_record(&mut self, id: EntityId, mut touched: Touched<Arc<Record>>) {
        // What was asked for stays so, whatever else follows for the same record.
        if self
            .records
            .get(&id)
            .is_some_and(|seen| seen.cause == Cause::Requested)
        {
            touched.cause = Cause::Requested;
        }
        let was = self.records.insert(id, touched);
        self.log.push(Undo::Record(id, was));
    }

    pub(super) fn write_edge(&mut self, key: EdgeKey, touched: Touched<Edge>) {
        self.incoming.insert((key.to, key.relation, key.from));
        let was = self.edges.insert(key, Box::new(touched));
        self.log.push(Undo::Edge(key, was));
    }

    pub(super) fn write_claim(&mut self, key: ClaimKey, holder: Option<EntityId>) {
        let was = self.claims.insert(key.clone(), holder);
        self.log.push(Undo::Claim(key, was));
    }

    pub(super) fn size(&self) -> Result<(), Stop> {
        let size = self.records.len() + self.edges.len();
        if size > MAXIMUM_CHANGES {
            let message = format!("the plan has more than {MAXIMUM_CHANGES} changes");
            return Err(Problem::new(Code::TooLarge, message).into());
        }
        Ok(())
    }
}
