//! Everything of a kind on which somebody may do something, from memory: the tree from above instead of one check for each.

use std::collections::BTreeSet;

use super::{
    authority::{Rule, Scope},
    decide::{Ability, Target},
    world::{Ask, Link, Missing, Number, World},
};
use crate::model::{EntityId, Kind, Moment, Relation};

impl World {
    /// From now on everything that appears of a kind is taken in.
    pub(crate) fn keep_all(&mut self, kind: Kind) {
        self.kept.insert(kind);
    }

    /// Everything of a kind that there was before is loaded, too.
    pub(crate) fn has_all(&mut self, kind: Kind) {
        if self.kept.contains(&kind) {
            self.complete.insert(kind);
        }
    }

    /// Asks for these.
    pub(crate) fn bring(&self, ids: &[EntityId]) -> Result<(), Missing> {
        let ask = Ask::default();
        for id in ids {
            self.find(*id, &ask);
        }
        ask.answer(())
    }

    /// Notes that something lies in another thing from now on.
    pub(super) fn place_inside(&mut self, outer: Number, inner: Number) {
        if !self.overlaid {
            let list = self.inside.entry(outer).or_default();
            if !list.contains(&inner) {
                list.push(inner);
            }
        }
    }

    /// Notes that it does no longer.
    pub(super) fn take_out(&mut self, outer: Number, inner: Number) {
        if !self.overlaid
            && let Some(list) = self.inside.get_mut(&outer)
        {
            list.retain(|other| *other != inner);
        }
    }

    /// Keeps up who is a member of what when the edges of something change.
    pub(super) fn place_members(&mut self, number: Number, before: &[Link], after: &[Link]) {
        let of = |links: &[Link]| -> BTreeSet<Number> {
            links
                .iter()
                .filter(|link| link.relation == Relation::MemberOf)
                .map(|link| link.to)
                .collect()
        };
        let (before, after) = (of(before), of(after));
        for gone in before.difference(&after) {
            self.take_out(*gone, number);
        }
        for new in after.difference(&before) {
            self.place_inside(*new, number);
        }
    }

    /// Everything of the ability's kind on which an actor may do it, in no order; `None` when something is not in
    /// memory. The answer is that of asking about each.
    pub(crate) fn visible(&self, actor: EntityId, ability: Ability, now: Moment) -> Option<Vec<EntityId>> {
        let now = now.micros();
        let kind = Kind::from_name(self.names.name(ability.kind))?;
        if !self.complete.contains(&kind) {
            return None;
        }
        let authority = self.kept_authority(self.number(actor)?, now)?;
        if !authority.active {
            return Some(Vec::new());
        }
        let ask = Ask::default();
        let about = |rule: &&Rule| !rule.caps && rule.is_about(ability);
        let mut found = Vec::new();
        // Where nothing is taken away, whatever lies in the area of a rule is allowed by it.
        let mut plain = ability.action == self.builtin.view;
        for rule in authority.rules.iter().filter(about) {
            if rule.deny {
                plain = false;
                continue;
            }
            plain &= rule.target.is_none();
            match &rule.scope {
                Scope::Only(number) => found.push(*number),
                Scope::Within(places) if Self::lies_in_places(kind) => {
                    for place in places.iter() {
                        self.below(*place, kind, now, &ask, &mut found);
                    }
                }
                _ => {
                    plain &= rule.scope == Scope::Realm;
                    found.extend(
                        (0..)
                            .zip(&self.nodes)
                            .filter(|(_, node)| node.id.kind == kind)
                            .map(|(n, _)| n),
                    );
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        let mut ids = Vec::with_capacity(found.len());
        for number in found {
            let Some(node) = self
                .get(number, &ask)
                .filter(|node| node.live && node.id.kind == kind)
            else {
                continue;
            };
            if plain
                || self
                    .decide(authority, ability, Target::Node(number), now, &ask)
                    .is_allowed()
            {
                ids.push(node.id);
            }
        }
        ask.answer(ids).ok()
    }

    fn lies_in_places(kind: Kind) -> bool {
        matches!(kind, Kind::User | Kind::Device | Kind::Organization)
    }

    /// What lies in an organization and below it.
    fn below(&self, place: Number, kind: Kind, now: i64, ask: &Ask, found: &mut Vec<Number>) {
        let mut open = vec![place];
        while let Some(place) = open.pop() {
            if kind == Kind::Organization {
                found.push(place);
            }
            // A member of what is deleted is a member of nothing; what is above it may live.
            let live = self.get(place, ask).is_some_and(|node| node.live);
            for inner in self.inside.get(&place).into_iter().flatten() {
                let Some(node) = self.node(*inner) else { continue };
                if node.id.kind == Kind::Organization {
                    open.push(*inner);
                } else if node.id.kind == kind
                    && live
                    && node.links.iter().any(|link| {
                        link.relation == Relation::MemberOf && link.to == place && link.holds(now)
                    })
                {
                    found.push(*inner);
                }
            }
        }
    }
}
