//! The questions that the service asks the decision data. Each is answered, or says what has to be loaded first.

use std::sync::Arc;

use super::{
    authority::{Authority, Mode},
    decide::{Ability, Mask, Resource, Target, Verdict},
    world::{Ask, Missing, Number, World},
};
use crate::{
    model::{EntityId, Kind, Moment},
    rules::AttributeAccess,
    search::{Checked, Predicate},
};

/// What a decision is about: a record, something of the host's, or anything of a kind.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum On {
    /// A record.
    Record(EntityId),
    /// A resource of the host.
    Resource(Resource),
    /// Anything of a kind: may it be done at all?
    Kind(String),
}

impl<T: Into<EntityId>> From<T> for On {
    fn from(id: T) -> Self {
        On::Record(id.into())
    }
}

impl From<Resource> for On {
    fn from(resource: Resource) -> Self {
        On::Resource(resource)
    }
}

impl On {
    /// The kind and the action that are meant by an action: `approve` on an invoice is `invoice:approve`.
    pub(crate) fn ability<'a>(&'a self, action: &'a str) -> (&'a str, &'a str) {
        let kind = match self {
            On::Record(id) => id.kind.name(),
            On::Resource(resource) => resource.kind.as_str(),
            On::Kind(kind) => kind,
        };
        match action.split_once(':') {
            Some((kind, action)) => (kind, action),
            None => (kind, action),
        }
    }
}

impl World {
    /// Whether what an actor may do is at hand.
    pub(crate) fn has_authority(&self, actor: EntityId, now: Moment) -> bool {
        self.number(actor)
            .is_some_and(|number| self.kept_authority(number, now.micros()).is_some())
    }

    /// Works out what an actor may do, and keeps it.
    pub(crate) fn prepare(&mut self, actor: EntityId, now: Moment) -> Result<(), Missing> {
        let ask = Ask::default();
        let Some(number) = self.find(actor, &ask) else {
            return ask.answer(());
        };
        let authority = self.authority(number, now.micros(), Mode::At, &ask);
        ask.answer(())?;
        self.keep_authority(number, Arc::new(authority));
        Ok(())
    }

    pub(super) fn actor(&self, actor: EntityId, now: i64, ask: &Ask) -> Option<(Number, Arc<Authority>)> {
        let number = self.find(actor, ask)?;
        let authority = match self.kept_authority(number, now) {
            Some(kept) if !ask.is_noting() => kept.clone(),
            _ => Arc::new(self.authority(number, now, Mode::At, ask)),
        };
        Some((number, authority))
    }

    /// The decision, with everything that it was made from.
    pub(super) fn verdict(
        &self,
        authority: &Authority,
        ability: Ability,
        on: &On,
        now: i64,
        ask: &Ask,
    ) -> Verdict {
        match on {
            On::Record(id) => match self.find(*id, ask) {
                Some(number) if self.node(number).is_some_and(|node| node.exists) => {
                    self.decide(authority, ability, Target::Node(number), now, ask)
                }
                // What is not there is not decided about: the answer tells nobody that it is not there.
                _ => Verdict::NotGranted,
            },
            On::Resource(resource) => {
                let placed = self.place(resource, ask);
                self.decide(authority, ability, Target::Resource(&placed), now, ask)
            }
            On::Kind(_) => self.decide(authority, ability, Target::Any, now, ask),
        }
    }

    /// Whether an actor may do something.
    pub(crate) fn can(&self, actor: EntityId, action: &str, on: &On, now: Moment) -> Result<bool, Missing> {
        let ask = Ask::default();
        let now = now.micros();
        let Some((_, authority)) = self.actor(actor, now, &ask) else {
            return ask.answer(false);
        };
        let (kind, action) = on.ability(action);
        let ability = self.ability(kind, action);
        let verdict = self.verdict(&authority, ability, on, now, &ask);
        ask.answer(verdict.is_allowed())
    }

    /// For each record what an actor may see of it; `None` when it may not be seen at all.
    pub(crate) fn eyes(
        &self,
        actor: EntityId,
        records: &[EntityId],
        now: Moment,
    ) -> Result<Vec<Option<Mask>>, Missing> {
        let ask = Ask::default();
        let now = now.micros();
        let Some((_, authority)) = self.actor(actor, now, &ask) else {
            return ask.answer(vec![None; records.len()]);
        };
        let mut masks = Vec::with_capacity(records.len());
        for id in records {
            let ability = self.ability(id.kind.name(), "view");
            let Some(number) = self.find(*id, &ask) else {
                masks.push(None);
                continue;
            };
            let target = Target::Node(number);
            let seen = self.decide(&authority, ability, target, now, &ask).is_allowed();
            masks.push(seen.then(|| self.mask(&authority, ability, target, now, &ask)));
        }
        ask.answer(masks)
    }

    /// What may be done with each attribute of a record by an action.
    pub(crate) fn attribute_access(
        &self,
        actor: EntityId,
        action: &str,
        on: &On,
        attribute: &str,
        now: Moment,
    ) -> Result<AttributeAccess, Missing> {
        let ask = Ask::default();
        let now = now.micros();
        let Some((_, authority)) = self.actor(actor, now, &ask) else {
            return ask.answer(AttributeAccess::None);
        };
        let (kind, action) = on.ability(action);
        let ability = self.ability(kind, action);
        if !self.verdict(&authority, ability, on, now, &ask).is_allowed() {
            return ask.answer(AttributeAccess::None);
        }
        let mask = match on {
            On::Record(id) => match self.find(*id, &ask) {
                Some(number) => self.mask(&authority, ability, Target::Node(number), now, &ask),
                None => Mask::default(),
            },
            On::Resource(resource) => {
                let placed = self.place(resource, &ask);
                self.mask(&authority, ability, Target::Resource(&placed), now, &ask)
            }
            On::Kind(_) => self.mask(&authority, ability, Target::Any, now, &ask),
        };
        ask.answer(mask.access(attribute))
    }

    /// The predicate over the records of a kind on which an actor may do something, as a storage reads it.
    pub(crate) fn allowed_filter(
        &self,
        actor: EntityId,
        action: &str,
        kind: Kind,
        now: Moment,
    ) -> Result<Checked, Missing> {
        let ask = Ask::default();
        let Some((_, authority)) = self.actor(actor, now.micros(), &ask) else {
            return ask.answer(Checked::None);
        };
        let ability = self.ability(kind.name(), action);
        ask.answer(self.filter(&authority, ability, kind))
    }

    /// The same as a tree for people and for the host's own SQL, for the host's kinds, too.
    pub(crate) fn allowed_predicate(
        &self,
        actor: EntityId,
        action: &str,
        kind: &str,
        now: Moment,
    ) -> Result<Predicate, Missing> {
        let ask = Ask::default();
        let Some((_, authority)) = self.actor(actor, now.micros(), &ask) else {
            return ask.answer(Predicate::None);
        };
        let ability = self.ability(kind, action);
        ask.answer(self.predicate(&authority, ability))
    }

    /// The attributes among these that an actor may not see of every record that may be seen: to filter or sort by them
    /// would tell what they hold.
    pub(crate) fn hidden_attributes(
        &self,
        actor: EntityId,
        kind: Kind,
        attributes: &[String],
        now: Moment,
    ) -> Result<Vec<String>, Missing> {
        let ask = Ask::default();
        let Some((_, authority)) = self.actor(actor, now.micros(), &ask) else {
            return ask.answer(attributes.to_vec());
        };
        let ability = self.ability(kind.name(), "view");
        let hidden = |attribute: &String| {
            authority
                .rules
                .iter()
                .filter(|rule| rule.is_about(ability) && (!rule.deny || rule.caps))
                .any(|rule| rule.attributes.access(attribute) < AttributeAccess::Read)
        };
        ask.answer(attributes.iter().filter(|name| hidden(name)).cloned().collect())
    }
}

/// The hot way: answers from what is there, or says that it is not.
impl World {
    /// The numbers of an action on a kind, for good.
    pub(crate) fn resolve(&mut self, kind: &str, action: &str) -> Ability {
        self.resolve_ability(kind, action)
    }

    /// The number of an identifier, for good.
    pub(crate) fn resolve_id(&mut self, id: EntityId) -> u32 {
        self.intern(id)
    }

    /// The decision about a record; `None` when something is not in memory.
    pub(crate) fn quick(
        &self,
        actor: EntityId,
        ability: Ability,
        target: EntityId,
        now: Moment,
    ) -> Option<bool> {
        self.quick_numbers(self.number(actor)?, ability, self.number(target)?, now)
    }

    /// The same by numbers.
    pub(crate) fn quick_numbers(
        &self,
        actor: Number,
        ability: Ability,
        target: Number,
        now: Moment,
    ) -> Option<bool> {
        let now = now.micros();
        self.by_authority(self.kept_authority(actor, now)?, ability, target, now)
    }

    /// The decisions about many, at one moment.
    pub(crate) fn quick_each(
        &self,
        actor: EntityId,
        asked: &[(Ability, EntityId)],
        now: Moment,
    ) -> Vec<Option<bool>> {
        let now = now.micros();
        let authority = self
            .number(actor)
            .and_then(|number| self.kept_authority(number, now));
        let decide = |(ability, id): &(Ability, EntityId)| {
            self.by_authority(authority?, *ability, self.number(*id)?, now)
        };
        asked.iter().map(decide).collect()
    }

    fn by_authority(
        &self,
        authority: &Authority,
        ability: Ability,
        target: Number,
        now: i64,
    ) -> Option<bool> {
        let ask = Ask::default();
        // What lies where it is known to lie is there.
        if self.above(target).is_none() && !self.get(target, &ask)?.exists {
            return Some(false);
        }
        let verdict = self.decide(authority, ability, Target::Node(target), now, &ask);
        ask.answer(verdict.is_allowed()).ok()
    }

    /// Works out what an actor may do, and keeps it.
    pub(crate) fn prepare_number(&mut self, actor: Number, now: Moment) -> Result<(), Missing> {
        self.prepare(self.id(actor), now)
    }

    /// Asks for everything that decisions by these and about these need.
    pub(crate) fn warm(&self, ids: &[EntityId], now: Moment) -> Result<(), Missing> {
        let ask = Ask::default();
        for id in ids {
            if let Some(number) = self.find(*id, &ask) {
                self.authority(number, now.micros(), Mode::At, &ask);
            }
        }
        ask.answer(())
    }

    /// Whether an actor takes part at all.
    pub(crate) fn is_active(&self, actor: EntityId, now: Moment) -> Result<bool, Missing> {
        let ask = Ask::default();
        let active = self
            .actor(actor, now.micros(), &ask)
            .is_some_and(|(_, authority)| authority.active);
        ask.answer(active)
    }
}
