//! Unique names: who holds them, and how they pass from one record to another within a decision.

use std::{collections::BTreeSet, sync::Arc};

use super::{Draft, Names, Stop, Touched};
use crate::{
    model::{EntityId, Record},
    plan::{
        Cause, ClaimKey, Needs,
        names::{claims_between, claims_of},
    },
    wire::{Code, FieldProblem, Problem},
};

impl Draft<'_> {
    /// The fields of a record whose unique values belong to others.
    pub(crate) fn names_taken(&mut self, record: &Record) -> Result<Vec<FieldProblem>, Stop> {
        Ok(self
            .conflicts(&claims_of(self.schema, Some(record)), record.id)?
            .into_iter()
            .map(|(field, _)| field)
            .collect())
    }

    /// Which of the names belong to others, and to whom.
    pub(super) fn conflicts<'k>(
        &mut self,
        names: impl IntoIterator<Item = &'k ClaimKey>,
        own: EntityId,
    ) -> Result<Vec<(FieldProblem, EntityId)>, Stop> {
        let mut missing = BTreeSet::new();
        let mut conflicts = Vec::new();
        for key in names {
            match self.holder(key) {
                Ok(Some(holder)) if holder != own => {
                    let message = format!("this {} belongs to {holder}", key.attribute);
                    conflicts.push((
                        FieldProblem::new(key.attribute.as_str(), Code::Taken.name(), message),
                        holder,
                    ));
                }
                Ok(_) => {}
                Err(Stop::Missing(needs)) => missing.extend(needs.claims),
                Err(stop) => return Err(stop),
            }
        }
        if !missing.is_empty() {
            return Err(Needs {
                claims: missing,
                ..Needs::default()
            }
            .into());
        }
        Ok(conflicts)
    }

    /// Moves the unique names from what a record was to what it becomes; refuses names held by others. Answers with those
    /// that were released and taken.
    pub(super) fn claim(&mut self, before: Option<&Record>, after: Option<&Record>) -> Result<Names, Stop> {
        let (released, taken) = claims_between(self.schema, before, after);
        if let Some(record) = after {
            let conflicts = self.conflicts(&taken, record.id)?;
            if let Some((_, holder)) = conflicts.first() {
                let holder = *holder;
                let fields: Vec<FieldProblem> = conflicts.into_iter().map(|(field, _)| field).collect();
                let message = fields
                    .iter()
                    .map(|field| field.message.as_str())
                    .collect::<Vec<_>>()
                    .join("; ");
                return Err(Problem {
                    fields,
                    ..Problem::new(Code::Taken, message).about(holder)
                }
                .into());
            }
        }
        let own = after.or(before).map(|record| record.id);
        for key in &released {
            // Another record of this draft may have taken it already: then it is not ours to release.
            let theirs = matches!(self.claims.get(key), Some(Some(holder)) if Some(*holder) != own);
            if !theirs {
                self.write_claim(key.clone(), None);
            }
        }
        if let Some(record) = after {
            for key in &taken {
                self.write_claim(key.clone(), Some(record.id));
            }
        }
        Ok((released, taken))
    }

    /// Lets go of the unique names that a record will not have any more, before it is written: so records can
    /// exchange their names.
    pub(crate) fn let_go(&mut self, id: EntityId, after: Option<&Record>) -> Result<(), Stop> {
        let before = self.record(id)?;
        for key in claims_between(self.schema, before.as_deref(), after).0 {
            self.write_claim(key, None);
        }
        Ok(())
    }

    /// Takes or releases one unique name of a record that does not change otherwise.
    pub(crate) fn reclaim(&mut self, record: &Arc<Record>, key: ClaimKey) -> Result<(), Stop> {
        let holder = self.holder(&key)?;
        let due = claims_of(self.schema, Some(record)).contains(&key);
        match (due, holder) {
            (true, None) => {
                self.write_claim(key.clone(), Some(record.id));
                self.reclaimed.push((record.id, key));
            }
            (true, Some(holder)) if holder != record.id => {
                drop(self.conflicts([&key], record.id)?);
                let message = format!("its {} belongs to {holder}", key.attribute);
                return Err(Problem::new(Code::Taken, message).about(record.id).into());
            }
            (false, Some(holder)) if holder == record.id => {
                self.write_claim(key.clone(), None);
                self.reclaimed.push((record.id, key));
            }
            _ => return Ok(()),
        }
        let mut after = (**record).clone();
        after.version += 1;
        let touched = Touched {
            before: Some(record.clone()),
            after: Some(after.shared()),
            cause: Cause::Form,
            names: None,
        };
        self.write_record(record.id, touched);
        Ok(())
    }
}
