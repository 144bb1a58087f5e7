//! What lies around a node: the tree above it, the groups it is in, and whether a condition holds for it.

use std::{cell::Cell, collections::BTreeSet};

use super::{
    condition::{Condition, Near},
    world::{Ask, Node, Number, World},
};
use crate::model::{EntityId, Kind, Relation};

impl World {
    /// The organization and everything above it, the organization first.
    pub(super) fn path<'a>(
        &'a self,
        organization: Number,
        ask: &'a Ask,
    ) -> impl Iterator<Item = (Number, &'a Node)> {
        let mut place = Some(organization);
        let mut steps = 0;
        std::iter::from_fn(move || {
            let number = place?;
            let node = self.get(number, ask)?;
            // A circle would have been refused; in damaged data it ends here.
            steps += 1;
            place = node.up.filter(|_| steps < 1_000);
            Some((number, node))
        })
    }

    /// The second ends of the edges of a relation that have effect and lead to something live.
    pub(super) fn targets<'a>(
        &'a self,
        node: &'a Node,
        relation: Relation,
        now: i64,
        ask: &'a Ask,
    ) -> impl Iterator<Item = Number> + 'a {
        node.links
            .iter()
            .filter(move |link| link.relation == relation && link.holds(now))
            .map(|link| link.to)
            .filter(move |to| self.get(*to, ask).is_some_and(|node| node.live))
    }

    /// Whether a thing lies at or below one of the organizations (sorted).
    pub(super) fn is_within(&self, number: Number, organizations: &[Number], now: i64, ask: &Ask) -> bool {
        if let Some(above) = self.above(number).filter(|_| !ask.is_noting()) {
            return above.iter().any(|above| organizations.contains(above));
        }
        let Some(node) = self.get(number, ask) else {
            return false;
        };
        let below = |organization: Number| {
            self.path(organization, ask)
                .any(|(above, _)| organizations.contains(&above))
        };
        match node.id.kind {
            Kind::Organization => below(number),
            Kind::Position => node.up.is_some_and(below),
            Kind::User | Kind::Device => self.targets(node, Relation::MemberOf, now, ask).any(below),
            _ => false,
        }
    }

    /// The groups of a thing: directly, by way of its organizations and what is above them, by way of its positions,
    /// and the groups that these groups are in (S0-116).
    pub(super) fn groups(&self, node: &Node, now: i64, ask: &Ask) -> BTreeSet<Number> {
        let mut open: Vec<Number> = self.targets(node, Relation::InGroup, now, ask).collect();
        let up = |way: Number, open: &mut Vec<Number>| {
            if let Some(node) = self.get(way, ask).filter(|node| node.live) {
                open.extend(self.targets(node, Relation::InGroup, now, ask));
            }
        };
        match node.id.kind {
            Kind::User | Kind::Device => {
                for organization in self.targets(node, Relation::MemberOf, now, ask) {
                    for (above, _) in self.path(organization, ask) {
                        up(above, &mut open);
                    }
                }
            }
            Kind::Organization => {
                for above in node.up.iter().flat_map(|parent| self.path(*parent, ask)) {
                    up(above.0, &mut open);
                }
            }
            _ => {}
        }
        if node.id.kind == Kind::User {
            for position in self.targets(node, Relation::Holds, now, ask) {
                up(position, &mut open);
            }
        }
        let mut found = BTreeSet::new();
        while let Some(group) = open.pop() {
            if found.insert(group) {
                up(group, &mut open);
            }
        }
        found
    }

    /// Whether a condition holds for a node.
    pub(super) fn holds(&self, condition: &Condition, node: &Node, now: i64, ask: &Ask) -> bool {
        match condition {
            Condition::All => true,
            Condition::None => false,
            Condition::And(list) => list.iter().all(|item| self.holds(item, node, now, ask)),
            Condition::Or(list) => list.iter().any(|item| self.holds(item, node, now, ask)),
            Condition::Not(inner) => !self.holds(inner, node, now, ask),
            Condition::Key { attribute, test } => node
                .keys
                .iter()
                .any(|(of, key)| of == attribute && test.passes(key)),
            Condition::Is(ids) => ids.contains(&node.id),
            Condition::HasAny(near) => {
                let found = Cell::new(false);
                self.near(*near, node, now, ask, true, &|_| {
                    found.set(true);
                    true
                });
                found.get()
            }
            Condition::Near { near, ids } => self.near(*near, node, now, ask, false, &|id| ids.contains(&id)),
        }
    }

    fn near(
        &self,
        near: Near,
        node: &Node,
        now: i64,
        ask: &Ask,
        direct: bool,
        test: &dyn Fn(EntityId) -> bool,
    ) -> bool {
        let relation = match near {
            Near::Within if node.id.kind == Kind::Organization => {
                return self
                    .number(node.id)
                    .is_some_and(|number| self.path(number, ask).any(|(_, above)| test(above.id)));
            }
            Near::Within => {
                return self
                    .targets(node, Relation::MemberOf, now, ask)
                    .any(|organization| self.path(organization, ask).any(|(_, above)| test(above.id)));
            }
            Near::Groups if !direct => {
                return self
                    .groups(node, now, ask)
                    .into_iter()
                    .any(|group| self.node(group).is_some_and(|group| test(group.id)));
            }
            Near::Groups => Relation::InGroup,
            Near::Organizations => Relation::MemberOf,
            Near::Manager => Relation::ReportsTo,
            Near::Positions => Relation::Holds,
            Near::Leads => Relation::Leads,
            Near::UsedBy => Relation::UsedBy,
            Near::Roles => Relation::HasRole,
            Near::Owns => Relation::Owns,
            Near::Administers => Relation::Administers,
            Near::Deputizes => Relation::Deputizes,
        };
        self.targets(node, relation, now, ask)
            .any(|to| self.node(to).is_some_and(|to| test(to.id)))
    }
}
