//! Recovery codes: a set of single-use codes under one salt, so that one slow hash tells whether a code is in the set
//! (OWASP ASVS 5, 6.5.2).

use std::fmt::Write;

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use serde::{Deserialize, Serialize};

use super::{Argon2Cost, HashError, Hashing, argon, same};

/// A set as it is kept, sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Set {
    salt: String,
    cost: Argon2Cost,
    hashes: Vec<String>,
}

/// Letters and digits that cannot be mistaken for each other.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// A code of 80 random bits in four groups: `7KQ2-M9XA-4TRC-JH8W`.
pub fn from_random(random: &[u8; 32]) -> String {
    let mut text = String::with_capacity(19);
    for (place, byte) in random.iter().take(16).enumerate() {
        if place > 0 && place % 4 == 0 {
            text.push('-');
        }
        let letter = ALPHABET.get(usize::from(byte & 31)).copied().unwrap_or(b'2');
        let _ = write!(text, "{}", char::from(letter));
    }
    text
}

/// Blanks, dashes and letter case do not matter.
fn plain(code: &str) -> String {
    code.chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| c.to_ascii_uppercase())
        .take(64)
        .collect()
}

fn malformed() -> HashError {
    HashError::Malformed {
        scheme: "recovery",
        problem: "the set of codes",
    }
}

/// Hashes codes under one salt.
pub(crate) fn hash(codes: &[&str], salt: &[u8; 16], hashing: &Hashing) -> Result<String, HashError> {
    let hashes = codes
        .iter()
        .map(|code| {
            argon::raw(plain(code).as_bytes(), salt, hashing.argon2).map(|hash| STANDARD_NO_PAD.encode(hash))
        })
        .collect::<Result<_, _>>()?;
    let set = Set {
        salt: STANDARD_NO_PAD.encode(salt),
        cost: hashing.argon2,
        hashes,
    };
    serde_json::to_string(&set).map_err(|_| malformed())
}

/// The set without a code, and how many are left; `None` when the code is not in the set.
pub(crate) fn spend(set: &str, code: &str) -> Result<Option<(String, i64)>, HashError> {
    let mut set: Set = serde_json::from_str(set).map_err(|_| malformed())?;
    let salt: [u8; 16] = STANDARD_NO_PAD
        .decode(&set.salt)
        .ok()
        .and_then(|salt| salt.try_into().ok())
        .ok_or_else(malformed)?;
    let hash = STANDARD_NO_PAD.encode(argon::raw(plain(code).as_bytes(), &salt, set.cost)?);
    let before = set.hashes.len();
    set.hashes
        .retain(|known| !same(known.as_bytes(), hash.as_bytes()));
    if set.hashes.len() == before {
        return Ok(None);
    }
    let left = i64::try_from(set.hashes.len()).unwrap_or(i64::MAX);
    serde_json::to_string(&set)
        .map(|text| Some((text, left)))
        .map_err(|_| malformed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_counts_once() {
        let hashing = Hashing {
            argon2: Argon2Cost {
                memory_kib: 8,
                passes: 1,
                lanes: 1,
            },
            ..Hashing::default()
        };
        let codes: Vec<String> = (0..10u8).map(|n| from_random(&[n * 3; 32])).collect();
        let texts: Vec<&str> = codes.iter().map(String::as_str).collect();
        let set = hash(&texts, &[1; 16], &hashing).unwrap();
        assert!(!set.contains(&plain(&codes[0])));
        let (left, count) = spend(&set, &codes[3].to_lowercase().replace('-', " "))
            .unwrap()
            .unwrap();
        assert_eq!(count, 9);
        assert_eq!(spend(&left, &codes[3]).unwrap(), None);
        assert_eq!(spend(&left, &codes[4]).unwrap().unwrap().1, 8);
        assert_eq!(spend(&left, "").unwrap(), None);
    }
}
