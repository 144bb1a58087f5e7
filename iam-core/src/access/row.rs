//! Everybody in the order of the tree: whoever lies below an organization is one piece of the row. It is set up when lists
//! have cost as much as that does; who moves meanwhile is noted beside it.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicU64, Ordering},
};

use super::{visible::Layout, world::Number};
use crate::model::{EntityId, Kind};

/// So many may have moved, and one in [`SHARE`], before the row is set up anew.
const MOVED: usize = 1_000;
const SHARE: usize = 64;

/// The row.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// Users who are live and members of one organization that is live, without an end or a suspension.
    ids: Vec<EntityId>,
    /// By place of the layout: where the organization stands among the organizations, and where what is below it ends.
    spans: Vec<(u32, u32)>,
    /// Where the members of each organization begin, in the order of the organizations.
    starts: Vec<u32>,
    /// Who came and who went since.
    came: BTreeSet<(u32, EntityId)>,
    went: BTreeSet<(u32, EntityId)>,
    /// The other members, with the place of the organization.
    others: BTreeSet<(u32, u32, Number)>,
}

/// How much the lists without a row have cost.
#[derive(Debug, Default)]
pub(super) struct Cost(AtomicU64);

impl Cost {
    pub(super) fn add(&self, members: usize) {
        self.0.fetch_add(members as u64, Ordering::Relaxed);
    }

    fn is_at_least(&self, members: usize) -> bool {
        self.0.load(Ordering::Relaxed) >= members as u64
    }
}

impl Row {
    /// Where an organization stands, and where what is below it ends.
    pub(super) fn span(&self, slot: u32) -> Option<(u32, u32)> {
        self.spans.get(slot as usize).copied()
    }

    /// Everybody of a piece.
    pub(super) fn list(&self, (from, until): (u32, u32), ids: &mut Vec<EntityId>) {
        let least = EntityId::new(Kind::Realm, uuid::Uuid::nil());
        let start = |place: u32| self.starts.get(place as usize).map_or(0, |start| *start as usize);
        let piece = self.ids.get(start(from)..start(until)).unwrap_or_default();
        let between = (from, least)..(until, least);
        let went: BTreeSet<EntityId> = self.went.range(between.clone()).map(|(_, id)| *id).collect();
        match went.is_empty() {
            true => ids.extend_from_slice(piece),
            false => ids.extend(piece.iter().filter(|id| !went.contains(id))),
        }
        ids.extend(self.came.range(between).map(|(_, id)| *id));
    }

    /// The other members of a piece, with the place of the organization.
    pub(super) fn others(&self, (from, until): (u32, u32)) -> impl Iterator<Item = (u32, Number)> {
        let others = self.others.range((from, 0, 0)..(until, 0, 0));
        others.map(|(_, slot, number)| (*slot, *number))
    }

    fn has_moved_much(&self) -> bool {
        self.came.len() + self.went.len() > MOVED + self.ids.len() / SHARE
    }
}

impl Layout {
    /// Whether it is time to set up the row.
    pub(super) fn wants_row(&self) -> bool {
        self.row.is_none() && self.cost.is_at_least(self.members())
    }

    /// Sets up the row.
    pub(super) fn make_row(&mut self) {
        let mut row = Row {
            spans: vec![(0, 0); self.len()],
            ..Row::default()
        };
        let mut open: Vec<(u32, bool)> = self.roots().map(|slot| (slot, false)).collect();
        let mut next = 0;
        while let Some((slot, done)) = open.pop() {
            let Some(span) = row.spans.get_mut(slot as usize) else {
                continue;
            };
            if done {
                span.1 = next;
                continue;
            }
            span.0 = next;
            row.starts.push(u32::try_from(row.ids.len()).unwrap_or(u32::MAX));
            let (plain, others) = self.members_of(slot);
            row.ids.extend_from_slice(plain);
            row.others
                .extend(others.iter().map(|number| (next, slot, *number)));
            next += 1;
            open.push((slot, true));
            open.extend(self.children(slot).iter().map(|child| (*child, false)));
        }
        row.starts.push(u32::try_from(row.ids.len()).unwrap_or(u32::MAX));
        // Damaged data make circles, which no root leads to: then each place is visited.
        self.row = (next as usize == self.len()).then(|| Box::new(row));
        self.cost = Cost::default();
    }

    /// Notes that a plain member came to an organization that is live, or went.
    pub(super) fn note_plain(&mut self, slot: u32, id: EntityId, came: bool) {
        self.note(slot, |row, place| {
            let (one, other) = match came {
                true => (&mut row.came, &mut row.went),
                false => (&mut row.went, &mut row.came),
            };
            if !other.remove(&(place, id)) {
                one.insert((place, id));
            }
        });
    }

    /// The same of another member.
    pub(super) fn note_other(&mut self, slot: u32, number: Number, came: bool) {
        self.note(slot, |row, place| {
            match came {
                true => row.others.insert((place, slot, number)),
                false => row.others.remove(&(place, slot, number)),
            };
        });
    }

    fn note(&mut self, slot: u32, note: impl FnOnce(&mut Row, u32)) {
        let Some(row) = &mut self.row else { return };
        match row.span(slot) {
            Some((place, _)) => note(row, place),
            None => self.row = None,
        }
        if self.row.as_ref().is_some_and(|row| row.has_moved_much()) {
            self.row = None;
        }
    }
}
