//! What a decision has worked out, draws and hands out: secrets and their outcomes.

use std::collections::BTreeSet;

use super::{Draft, Stop};
use crate::{
    model::{EntityId, Kind, Record, Secret, is_sealed, is_secret},
    plan::{Needs, Seed, Work, Worked},
    wire::{Code, Problem},
};

impl Draft<'_> {
    /// The outcome of slow or random work.
    pub fn work(&self, work: Work) -> Result<Worked, Stop> {
        match self.facts.work.get(&work) {
            Some(worked) => Ok(worked.clone()),
            None => Err(Needs {
                work: BTreeSet::from([work]),
                ..Needs::default()
            }
            .into()),
        }
    }

    /// 32 fresh random bytes of this decision, always the same at the same place of it.
    ///
    /// Identifiers of records are counted through the whole draft; these draws are counted command by command, so that
    /// what a command asks to be worked out does not depend on how far the commands before it have come.
    pub(crate) fn random(&mut self) -> [u8; 32] {
        self.drawn += 1;
        self.own_seed().bytes(self.drawn)
    }

    /// A fresh identifier for a record that has secrets, counted like [`Draft::random`].
    pub(crate) fn new_sealed_id(&mut self, kind: Kind) -> EntityId {
        self.drawn += 1;
        self.own_seed().id(kind, self.context.now, self.drawn)
    }

    fn own_seed(&self) -> Seed {
        self.context.seed.part(u32::MAX - self.step)
    }

    /// Hands a new secret to the caller, once: it is part of the answer to an executed command and of nothing else.
    pub(crate) fn disclose(&mut self, name: &str, secret: Secret) {
        self.disclosed.push((name.to_owned(), secret));
    }

    pub(crate) fn take_disclosed(&mut self) -> Vec<(String, Secret)> {
        std::mem::take(&mut self.disclosed)
    }
}

/// A secret attribute is written sealed or not at all.
pub(super) fn sealed(record: &Record) -> Result<(), Stop> {
    let bare = record.attributes.iter().find(|(name, value)| {
        is_secret(record.kind(), name)
            && !value
                .elements()
                .iter()
                .all(|value| value.as_text().is_some_and(is_sealed))
    });
    match bare {
        None => Ok(()),
        Some((name, _)) => {
            let message = format!("`{name}` is a secret and was not sealed");
            Err(Problem::new(Code::Sealed, message).about(record.id).into())
        }
    }
}
