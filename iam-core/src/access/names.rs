//! Short numbers for names, and a fast hash for identifiers.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use crate::model::EntityId;

/// Names by number and numbers by name.
#[derive(Debug, Default, Clone)]
pub(super) struct Names {
    numbers: HashMap<Box<str>, u16>,
    names: Vec<Box<str>>,
}

impl Names {
    /// The number of a name; a new one when it has none. The 65,535th name shares its number with those after it,
    /// which no rule can tell apart from an unknown one.
    pub(super) fn number(&mut self, name: &str) -> u16 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let Ok(number) = u16::try_from(self.names.len()) else {
            return u16::MAX;
        };
        self.names.push(name.into());
        self.numbers.insert(name.into(), number);
        number
    }

    /// The number of a name, when it has one.
    pub(super) fn find(&self, name: &str) -> Option<u16> {
        self.numbers.get(name).copied()
    }

    /// The name of a number.
    pub(super) fn name(&self, number: u16) -> &str {
        self.names.get(usize::from(number)).map_or("", |name| name)
    }
}

/// Numbers of actions: a word of bits for the first 64, a list for the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Actions {
    /// Every action.
    All,
    /// These.
    Some {
        /// Those below 64.
        bits: u64,
        /// The others, sorted.
        more: Box<[u16]>,
    },
}

impl Actions {
    pub(super) fn of(numbers: impl IntoIterator<Item = u16>) -> Actions {
        let mut bits = 0;
        let mut more = Vec::new();
        for number in numbers {
            match number {
                0..64 => bits |= 1 << number,
                number => more.push(number),
            }
        }
        more.sort_unstable();
        more.dedup();
        Actions::Some {
            bits,
            more: more.into(),
        }
    }

    pub(super) fn contains(&self, number: u16) -> bool {
        match self {
            Actions::All => true,
            Actions::Some { bits, more } => match number {
                0..64 => bits >> number & 1 == 1,
                number => more.binary_search(&number).is_ok(),
            },
        }
    }

    /// Every number of the set; `None` when it is all of them.
    pub(super) fn numbers(&self) -> Option<Vec<u16>> {
        match self {
            Actions::All => None,
            Actions::Some { bits, more } => Some(
                (0..64)
                    .filter(|number| bits >> number & 1 == 1)
                    .chain(more.iter().copied())
                    .collect(),
            ),
        }
    }
}

/// Hashes identifiers: their low half is random already.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut word = [0u8; 8];
            for (place, byte) in word.iter_mut().zip(part) {
                *place = *byte;
            }
            self.write_u64(u64::from_le_bytes(word));
        }
    }
    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }
    fn write_u64(&mut self, word: u64) {
        // Folded multiplication: every bit of the word reaches every bit of the result.
        let product = u128::from(self.0 ^ word) * 0x9e37_79b9_7f4a_7c15;
        self.0 = (product as u64) ^ ((product >> 64) as u64);
    }
    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }
    fn write_isize(&mut self, word: isize) {
        self.write_u64(word as u64);
    }
}

pub(super) type IdMap<T> = HashMap<EntityId, T, BuildHasherDefault<IdHasher>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_beyond_the_first_word_are_actions_too() {
        let some = Actions::of([3, 63, 64, 900, 64]);
        for (number, expected) in [
            (3, true),
            (4, false),
            (63, true),
            (64, true),
            (65, false),
            (900, true),
        ] {
            assert_eq!(some.contains(number), expected, "{number}");
        }
        assert_eq!(some.numbers(), Some(vec![3, 63, 64, 900]));
        assert!(Actions::All.contains(12) && Actions::All.numbers().is_none());
    }

    #[test]
    fn names_keep_their_numbers() {
        let mut names = Names::default();
        let (view, user) = (names.number("view"), names.number("user"));
        assert_eq!(names.number("view"), view);
        assert_eq!(names.name(user), "user");
        assert_eq!(names.find("other"), None);
    }
}
