//! Decisions without waiting: the hot way.

use std::{collections::BTreeSet, sync::Arc};

use super::{Acting, decisions::Decisions};
use crate::{
    access::Ability,
    model::{EntityId, Kind},
    port::Clock,
    search::{MAXIMUM_LIMIT, Search},
    wire::Problem,
};

/// A user, record or anything else that takes part in decisions, under a short number. Valid as long as the engine lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Who(pub(crate) u32);

/// Decisions without waiting: the hot way.
///
/// It answers from what is in memory: commits of this process count at once, those of others since the last
/// [`Decider::refresh`]. That is the host's choice; [`Acting::can`] asks the storage each time.
#[derive(Debug, Clone)]
pub struct Decider {
    acting: Acting<'static>,
    decisions: Arc<Decisions>,
    clock: Arc<dyn Clock>,
}

impl Decider {
    /// The number of an action on a kind, such as `("invoice", "approve")`.
    pub fn ability(&self, kind: &str, action: &str) -> Ability {
        self.decisions.touch(|world| world.resolve(kind, action))
    }

    /// The number of a record.
    pub fn who(&self, id: impl Into<EntityId>) -> Who {
        let id = id.into();
        Who(self.decisions.touch(|world| world.resolve_id(id)))
    }

    /// Whether an actor may do something with a record. `None`: something that the answer needs is not in memory;
    /// [`Decider::warm`] brings it there.
    pub fn can(
        &self,
        actor: impl Into<EntityId>,
        ability: Ability,
        target: impl Into<EntityId>,
    ) -> Option<bool> {
        let (actor, target, now) = (actor.into(), target.into(), self.clock.now());
        let quick = |world: &crate::access::World| world.quick(actor, ability, target, now);
        match self.decisions.look(quick) {
            Some(answer) => Some(answer),
            None => {
                self.decisions.touch(|world| world.prepare(actor, now).ok())?;
                self.decisions.look(quick)
            }
        }
    }

    /// The same for many records: one answer for each in their order, all of them at one moment and over one state.
    pub fn can_each(&self, actor: impl Into<EntityId>, asked: &[(Ability, EntityId)]) -> Vec<Option<bool>> {
        let (actor, now) = (actor.into(), self.clock.now());
        let quick = |world: &crate::access::World| world.quick_each(actor, asked, now);
        let answers = self.decisions.look(quick);
        if answers.iter().all(Option::is_some)
            || !self.decisions.touch(|world| world.prepare(actor, now).is_ok())
        {
            return answers;
        }
        self.decisions.look(quick)
    }

    /// The same with numbers.
    pub fn can_by_number(&self, actor: Who, ability: Ability, target: Who) -> Option<bool> {
        let now = self.clock.now();
        let quick = |world: &crate::access::World| world.quick_numbers(actor.0, ability, target.0, now);
        match self.decisions.look(quick) {
            Some(answer) => Some(answer),
            None => {
                self.decisions
                    .touch(|world| world.prepare_number(actor.0, now).ok())?;
                self.decisions.look(quick)
            }
        }
    }

    /// Brings everything into memory that decisions by these actors and about these targets need.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn warm(&self, ids: &[EntityId]) -> Result<(), Problem> {
        for part in ids.chunks(500) {
            let consulted = self.acting.consulted(None).await?;
            consulted.ask(|world, now| world.warm(part, now)).await?;
        }
        Ok(())
    }

    /// Everything on which an actor may do what the ability says, in no order: the same as asking about each.
    /// `None`: something is not in memory; [`Decider::warm_all`] brings everything of a kind there.
    pub fn visible(&self, actor: impl Into<EntityId>, ability: Ability) -> Option<Vec<EntityId>> {
        let (actor, now) = (actor.into(), self.clock.now());
        let all = |world: &crate::access::World| world.visible(actor, ability, now);
        let answer = match self.decisions.look(all) {
            Some(answer) => Some(answer),
            None => {
                self.decisions.touch(|world| world.prepare(actor, now).ok())?;
                self.decisions.look(all)
            }
        };
        if self.decisions.look(crate::access::World::wants_row) {
            self.decisions.touch(crate::access::World::make_row);
        }
        answer
    }

    /// Brings everything of a kind into memory, and the organizations that it lies in, and keeps it there as long as nothing
    /// makes the data be loaded anew.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn warm_all(&self, kind: Kind) -> Result<(), Problem> {
        self.refresh().await?;
        for kind in BTreeSet::from([Kind::Organization, kind]) {
            // What appears from here on is taken in by itself.
            self.decisions.touch(|world| world.keep_all(kind));
            let mut search = Search::new(kind).limit(MAXIMUM_LIMIT);
            loop {
                let page = self.acting.search(&search).await?;
                let ids: Vec<EntityId> = page.items.iter().map(|record| record.id).collect();
                let consulted = self.acting.consulted(None).await?;
                consulted.ask(|world, _| world.bring(&ids)).await?;
                match page.next {
                    Some(next) => search = search.cursor(next),
                    None => break,
                }
            }
            self.decisions.touch(|world| world.has_all(kind));
        }
        Ok(())
    }

    /// Takes in what other processes have committed.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn refresh(&self) -> Result<(), Problem> {
        let consulted = self.acting.consulted(None).await?;
        consulted.refresh(&self.decisions).await
    }

    /// How many records are in memory.
    pub fn resident(&self) -> usize {
        self.decisions.look(crate::access::World::resident)
    }
}

impl Acting<'static> {
    /// Decisions without waiting, for any actor of the realm.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn decider(&self) -> Result<Decider, Problem> {
        let decider = Decider {
            decisions: self.shared.decisions(self.realm),
            clock: self.shared.host.clock.clone(),
            acting: self.clone(),
        };
        decider.refresh().await?;
        Ok(decider)
    }
}
