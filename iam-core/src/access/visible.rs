//! Everything of a kind on which somebody may do something, from memory: the tree from above instead of one check for each.

use std::{collections::HashMap, hash::BuildHasherDefault};

use super::{
    authority::{Rule, Scope},
    decide::{Ability, Target},
    names::IdHasher,
    row::{Cost, Row},
    world::{Ask, Missing, Number, World},
};
use crate::model::{EntityId, Kind, Moment, Relation};

/// What lies in which organization, as far as it is loaded.
#[derive(Debug, Default)]
pub(super) struct Layout {
    slots: HashMap<Number, u32, BuildHasherDefault<IdHasher>>,
    places: Vec<Place>,
    /// How many plain members there are.
    plain: usize,
    /// Everybody in the order of the tree.
    pub(super) row: Option<Box<Row>>,
    pub(super) cost: Cost,
}

/// An organization and what lies in it.
#[derive(Debug)]
struct Place {
    number: Number,
    id: EntityId,
    live: bool,
    /// It lies below another one.
    above: bool,
    /// The organizations one step below, by their places here.
    below: Vec<u32>,
    /// Users who are live and members of this and nothing else, without an end or a suspension.
    plain: Vec<EntityId>,
    /// The other members.
    others: Vec<Number>,
}

/// Where something lies: members in their organizations, an organization in the one above.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lying {
    pub(super) places: Vec<Number>,
    /// Of users: nothing has to be looked at. Of organizations: they are live.
    pub(super) plain: bool,
}

impl Layout {
    pub(super) fn clear(&mut self) {
        *self = Layout::default();
    }

    fn place(&mut self, number: Number, id: EntityId) -> Option<(u32, &mut Place)> {
        let slot = match self.slots.get(&number) {
            Some(slot) => *slot,
            None => {
                let slot = u32::try_from(self.places.len()).ok()?;
                self.places.push(Place {
                    number,
                    id,
                    live: false,
                    above: false,
                    below: Vec::new(),
                    plain: Vec::new(),
                    others: Vec::new(),
                });
                self.slots.insert(number, slot);
                slot
            }
        };
        self.places.get_mut(slot as usize).map(|place| (slot, place))
    }

    /// The place of an organization.
    pub(super) fn slot(&self, number: Number) -> Option<u32> {
        self.slots.get(&number).copied()
    }

    /// The organization at a place, and whether it is live.
    pub(super) fn organization(&self, slot: u32) -> Option<(Number, bool)> {
        let place = self.places.get(slot as usize)?;
        Some((place.number, place.live))
    }

    /// How many places there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// How many plain members there are.
    pub(super) fn members(&self) -> usize {
        self.plain
    }

    /// The places that lie below no other one.
    pub(super) fn roots(&self) -> impl Iterator<Item = u32> {
        let roots = (0..).zip(&self.places).filter(|(_, place)| !place.above);
        roots.map(|(slot, _)| slot)
    }

    /// The places one step below.
    pub(super) fn children(&self, slot: u32) -> &[u32] {
        self.places.get(slot as usize).map_or(&[], |place| &place.below)
    }

    /// The plain members of a live organization, and the others.
    pub(super) fn members_of(&self, slot: u32) -> (&[EntityId], &[Number]) {
        match self.places.get(slot as usize) {
            Some(place) if place.live => (&place.plain, &place.others),
            Some(place) => (&[], &place.others),
            None => (&[], &[]),
        }
    }

    /// A place and all below it.
    pub(super) fn below_of(&self, slot: u32) -> Vec<u32> {
        let mut found = vec![slot];
        let mut next = 0;
        // A circle would have been refused; in damaged data it ends here.
        while let Some(slot) = found.get(next).copied()
            && found.len() <= self.places.len()
        {
            found.extend_from_slice(self.children(slot));
            next += 1;
        }
        found
    }
}

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

    /// Where something lies; `None` for what lies nowhere, and under a plan that is only laid over the data.
    pub(super) fn lying(&self, number: Number) -> Option<Lying> {
        let node = self.node(number)?;
        if self.overlaid || !lies_in_places(node.id.kind) {
            return None;
        }
        if node.id.kind == Kind::Organization {
            return Some(Lying {
                places: node.up.into_iter().collect(),
                plain: node.live,
            });
        }
        let links = || {
            node.links
                .iter()
                .filter(|link| link.relation == Relation::MemberOf)
        };
        let places: Vec<Number> = links().map(|link| link.to).collect();
        let plain = node.id.kind == Kind::User
            && node.live
            && places.len() == 1
            && links().all(|link| link.span.is_always() && !link.is_suspended());
        Some(Lying { places, plain })
    }

    /// Notes where something lies after it has changed.
    pub(super) fn settle(&mut self, number: Number, before: Option<Lying>) {
        let (Some(before), Some(after), Some(id)) =
            (before, self.lying(number), self.node(number).map(|node| node.id))
        else {
            return;
        };
        let moved = before != after;
        match id.kind {
            Kind::Organization => self.settle_organization(number, id, &before, &after),
            _ if moved => self.settle_member(number, id, &before, &after),
            _ => {}
        }
        self.keep_spot(number, id.kind, &after, moved);
    }

    fn settle_organization(&mut self, number: Number, id: EntityId, before: &Lying, after: &Lying) {
        let Some((own, place)) = self.layout.place(number, id) else {
            return;
        };
        place.live = after.plain;
        if before == after {
            return;
        }
        place.above = !after.places.is_empty();
        for gone in &before.places {
            let above = self.id(*gone);
            if let Some((_, place)) = self.layout.place(*gone, above) {
                place.below.retain(|slot| *slot != own);
            }
        }
        for new in &after.places {
            let above = self.id(*new);
            if let Some((_, place)) = self.layout.place(*new, above) {
                place.below.push(own);
            }
        }
        self.layout.row = None;
    }

    fn settle_member(&mut self, number: Number, id: EntityId, before: &Lying, after: &Lying) {
        for (lying, came) in [(before, false), (after, true)] {
            for organization in &lying.places {
                let place = self.id(*organization);
                let Some((slot, place)) = self.layout.place(*organization, place) else {
                    continue;
                };
                let live = place.live;
                match (lying.plain, came) {
                    (true, true) => place.plain.push(id),
                    (true, false) => place.plain.retain(|other| *other != id),
                    (false, true) => place.others.push(number),
                    (false, false) => place.others.retain(|other| *other != number),
                }
                match lying.plain {
                    true if live => self.layout.note_plain(slot, id, came),
                    true => {}
                    false => self.layout.note_other(slot, number, came),
                }
            }
            if lying.plain {
                let change = lying.places.len();
                self.layout.plain = match came {
                    true => self.layout.plain + change,
                    false => self.layout.plain.saturating_sub(change),
                };
            }
        }
    }

    /// Whether lists have cost so much that [`World::make_row`] pays.
    pub(crate) fn wants_row(&self) -> bool {
        self.layout.wants_row()
    }

    /// Puts everybody into the order of the tree, which makes lists cheap.
    pub(crate) fn make_row(&mut self) {
        if self.wants_row() {
            self.layout.make_row();
        }
    }

    /// Whether nothing of a kind is missing, nor anything that it lies in.
    fn is_complete(&self, kind: Kind) -> bool {
        self.complete.contains(&kind)
            && (!lies_in_places(kind) || self.complete.contains(&Kind::Organization))
    }

    /// Everything of the ability's kind on which an actor may do it, in no order; `None` when something is not in
    /// memory. The answer is that of asking about each.
    pub(crate) fn visible(&self, actor: EntityId, ability: Ability, now: Moment) -> Option<Vec<EntityId>> {
        let now = now.micros();
        let kind = Kind::from_name(self.names.name(ability.kind))?;
        if !self.is_complete(kind) {
            return None;
        }
        let authority = self.kept_authority(self.number(actor)?, now)?;
        if !authority.active {
            return Some(Vec::new());
        }
        let about = |rule: &&Rule| !rule.caps && rule.is_about(ability);
        // Where nothing is taken away, whatever lies in the area of a rule is allowed by it.
        let mut simple = ability.action == self.builtin.view;
        let (mut whole, mut places, mut records) = (false, Vec::new(), Vec::new());
        for rule in authority.rules.iter().filter(about) {
            simple &= !rule.deny && rule.target.is_none();
            match &rule.scope {
                _ if rule.deny => {}
                Scope::Only(number) => records.push(*number),
                Scope::Within(_) if !lies_in_places(kind) => {
                    // Positions lie in places that are not kept: each is asked about.
                    simple = false;
                    whole = true;
                }
                Scope::Within(within) => places.extend(within.iter().copied()),
                Scope::Realm => whole = true,
            }
        }
        let places = match whole {
            true => Vec::new(),
            false => self.outermost(places),
        };
        if simple && !whole {
            return Some(self.lie_below(&places, kind, now, records));
        }
        let mut found = records;
        match whole {
            true => {
                found.extend(
                    (0..)
                        .zip(&self.nodes)
                        .filter(|(_, node)| node.id.kind == kind)
                        .map(|(n, _)| n),
                );
            }
            false => self.below(&places, |place| match kind {
                Kind::Organization => found.push(place.number),
                _ => {
                    found.extend(place.plain.iter().filter_map(|id| self.number(*id)));
                    found.extend(&place.others);
                }
            }),
        }
        found.sort_unstable();
        found.dedup();
        let ask = Ask::default();
        let mut ids = Vec::with_capacity(found.len());
        for number in found {
            let Some(node) = self.node(number).filter(|node| node.live && node.id.kind == kind) else {
                continue;
            };
            if simple
                || self
                    .decide(authority, ability, Target::Node(number), now, &ask)
                    .is_allowed()
            {
                ids.push(node.id);
            }
        }
        ask.answer(ids).ok()
    }

    /// Of some organizations those that do not lie below another one of them, so that nothing lies below two.
    fn outermost(&self, mut places: Vec<Number>) -> Vec<Number> {
        places.sort_unstable();
        places.dedup();
        if places.len() > 1 {
            let all = places.clone();
            places.retain(|place| !self.lies_below(*place, &all, 1));
        }
        places
    }

    /// Whether an organization, or one above it from the given step on, is among some.
    fn lies_below(&self, place: Number, among: &[Number], from: usize) -> bool {
        // All organizations are loaded: what is not there is asked for in vain.
        let ask = Ask::default();
        self.path(place, &ask)
            .skip(from)
            .any(|(above, _)| among.binary_search(&above).is_ok())
    }

    /// Everything live of a kind that lies below organizations of which none lies below another one, and some records.
    fn lie_below(&self, places: &[Number], kind: Kind, now: i64, mut few: Vec<Number>) -> Vec<EntityId> {
        let mut ids = Vec::new();
        few.retain(|number| {
            // Who is found below is not told twice.
            !self.lying(*number).is_some_and(|lying| {
                lying.plain
                    && lying
                        .places
                        .iter()
                        .any(|place| self.lies_below(*place, places, 0))
            })
        });
        let is_member = |number: Number, organization: Number| {
            self.node(number).is_some_and(|node| {
                node.links.iter().any(|link| {
                    link.relation == Relation::MemberOf && link.to == organization && link.holds(now)
                })
            })
        };
        let row = self.layout.row.as_ref().filter(|_| kind == Kind::User);
        if let Some(row) = row {
            for span in places
                .iter()
                .filter_map(|place| row.span(self.layout.slot(*place)?))
            {
                row.list(span, &mut ids);
                few.extend(row.others(span).filter_map(|(slot, number)| {
                    let (organization, live) = self.layout.organization(slot)?;
                    (live && is_member(number, organization)).then_some(number)
                }));
            }
        } else {
            self.below(places, |place| match kind {
                Kind::Organization if place.live => ids.push(place.id),
                // A member of what is deleted is a member of nothing; what is below it may live.
                _ if !place.live || kind == Kind::Organization => {}
                _ => {
                    if kind == Kind::User {
                        ids.extend_from_slice(&place.plain);
                    }
                    let others = place.others.iter().copied();
                    few.extend(others.filter(|number| is_member(*number, place.number)));
                }
            });
            if kind == Kind::User {
                self.layout.cost.add(ids.len());
            }
        }
        few.sort_unstable();
        few.dedup();
        ids.extend(
            few.into_iter()
                .filter_map(|number| self.node(number))
                .filter(|node| node.live && node.id.kind == kind)
                .map(|node| node.id),
        );
        ids
    }

    /// Each organization at and below some of which none lies below another one.
    fn below<'a>(&'a self, places: &[Number], mut visit: impl FnMut(&'a Place)) {
        let slot = |number: &Number| self.layout.slots.get(number).copied();
        let mut open: Vec<u32> = places.iter().filter_map(slot).collect();
        // A circle would have been refused; in damaged data it ends here.
        for _ in 0..self.layout.places.len() {
            let Some(place) = open.pop().and_then(|slot| self.layout.places.get(slot as usize)) else {
                return;
            };
            visit(place);
            open.extend_from_slice(&place.below);
        }
    }
}

/// Positions lie in organizations, too, but are few.
const fn lies_in_places(kind: Kind) -> bool {
    matches!(kind, Kind::User | Kind::Device | Kind::Organization)
}
