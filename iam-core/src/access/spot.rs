//! Where things lie, side by side: whether something lies in an area is told without a walk through the tree.

use super::{
    visible::Lying,
    world::{Number, World},
};
use crate::model::Kind;

/// Organizations above one another that are kept side by side; where a tree is deeper it is walked. With their number they
/// fill one line of a processor's cache.
const STEPS: usize = 15;
/// The mark of an organization, which lies in itself, be it live or not.
const ITSELF: u32 = 1 << 31;

/// An organization and those above it.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Above {
    numbers: [Number; STEPS],
    /// How many; none when it is not known, or they are too many.
    steps: u16,
    live: bool,
}

impl Above {
    const UNKNOWN: Above = Above {
        numbers: [0; STEPS],
        steps: 0,
        live: false,
    };
}

/// What is kept, for users who are members of one organization without an end or a suspension, and for organizations.
#[derive(Debug, Default)]
pub(super) struct Spots {
    /// By number, the place of the organization among those above.
    of: Vec<u32>,
    /// By the places of the layout.
    above: Vec<Above>,
}

impl Spots {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        *self = Spots::default();
    }

    fn put(&mut self, number: Number, spot: u32) {
        let place = number as usize;
        if self.of.len() <= place {
            if spot == u32::MAX {
                return;
            }
            self.of.resize(place + 1, u32::MAX);
        }
        if let Some(of) = self.of.get_mut(place) {
            *of = spot;
        }
    }

    fn is_kept(&self, number: Number) -> bool {
        self.of.get(number as usize).is_some_and(|spot| *spot != u32::MAX)
    }
}

impl World {
    /// The organizations in which something lies, itself included; `None` when that has to be walked, or a plan is laid over
    /// the data. What is kept is loaded and live.
    #[inline]
    pub(super) fn above(&self, number: Number) -> Option<&[Number]> {
        let spot = *self.spots.of.get(number as usize)?;
        let above = self.spots.above.get((spot & !ITSELF) as usize)?;
        if above.steps == 0 || self.overlaid {
            return None;
        }
        match spot & ITSELF == 0 && !above.live {
            // A member of what is deleted is a member of nothing.
            true => Some(&[]),
            false => above.numbers.get(..usize::from(above.steps)),
        }
    }

    /// Notes where something lies after it was taken in or has changed.
    pub(super) fn keep_spot(&mut self, number: Number, kind: Kind, lying: &Lying, moved: bool) {
        match kind {
            Kind::Organization if moved || !self.spots.is_kept(number) => {
                let Some(slot) = self.layout.slot(number) else {
                    return;
                };
                self.spots.put(
                    number,
                    match lying.plain {
                        true => slot | ITSELF,
                        false => u32::MAX,
                    },
                );
                for slot in self.layout.below_of(slot) {
                    let above = self.walk_above(slot);
                    let place = slot as usize;
                    if self.spots.above.len() <= place {
                        self.spots.above.resize(place + 1, Above::UNKNOWN);
                    }
                    if let Some(kept) = self.spots.above.get_mut(place) {
                        *kept = above;
                    }
                }
            }
            Kind::User => {
                let home = lying.places.first().filter(|_| lying.plain);
                let spot = home.and_then(|home| self.layout.slot(*home));
                self.spots.put(number, spot.unwrap_or(u32::MAX));
            }
            _ => {}
        }
    }

    fn walk_above(&self, slot: u32) -> Above {
        let mut above = Above::UNKNOWN;
        let Some((mut number, live)) = self.layout.organization(slot) else {
            return above;
        };
        for place in 0..=STEPS {
            let Some(node) = self.node(number).filter(|node| node.known) else {
                return Above::UNKNOWN;
            };
            match above.numbers.get_mut(place) {
                Some(kept) => *kept = number,
                None => return Above::UNKNOWN,
            }
            match node.up {
                Some(up) => number = up,
                None => {
                    above.steps = u16::try_from(place + 1).unwrap_or_default();
                    above.live = live;
                    return above;
                }
            }
        }
        Above::UNKNOWN
    }
}
