//! PBKDF2 as Django, passlib, Werkzeug, OpenLDAP, 389 Directory Server and ASP.NET Identity write it, and in PHC
//! strings. Keycloak's is in `json`.

use ::pbkdf2::pbkdf2_hmac;
use sha1::Sha1;
use sha2::{Sha256, Sha512};

use super::{super::same, HashError, Read, Stored, b64, malformed, within};

const SCHEME: &str = "pbkdf2";
const MOST_ROUNDS: u64 = 10_000_000;

/// The hash below the HMAC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prf {
    Sha1,
    Sha256,
    Sha512,
}

impl Prf {
    /// From any of the ways in which it is written.
    pub(super) fn from_name(name: &str) -> Option<Prf> {
        match name.to_ascii_lowercase().replace(['-', '_'], "").as_str() {
            "" | "sha1" | "hmacsha1" => Some(Prf::Sha1),
            "sha256" | "hmacsha256" => Some(Prf::Sha256),
            "sha512" | "hmacsha512" => Some(Prf::Sha512),
            _ => None,
        }
    }

    fn scheme(self) -> &'static str {
        match self {
            Prf::Sha1 => "pbkdf2-sha1",
            Prf::Sha256 => "pbkdf2-sha256",
            Prf::Sha512 => "pbkdf2-sha512",
        }
    }
}

/// What a stored hash consists of.
pub(super) fn stored<'a>(
    prf: Prf,
    rounds: u64,
    salt: Vec<u8>,
    hash: Vec<u8>,
) -> Result<Stored<'a>, HashError> {
    let scheme = prf.scheme();
    within(scheme, "rounds", rounds, MOST_ROUNDS)?;
    let Ok(rounds @ 1..) = u32::try_from(rounds) else {
        return malformed(scheme, "the number of rounds");
    };
    if !(16..=512).contains(&hash.len()) || salt.len() > 1_024 {
        return malformed(scheme, "the length of salt or hash");
    }
    // Each block of output costs all rounds again.
    within(
        scheme,
        "rounds in all blocks",
        u64::from(rounds) * (hash.len() as u64 / 20),
        4 * MOST_ROUNDS,
    )?;
    Ok(Stored::new(scheme, move |password| {
        let mut computed = vec![0; hash.len()];
        let password = password.as_bytes();
        match prf {
            Prf::Sha1 => pbkdf2_hmac::<Sha1>(password, &salt, rounds, &mut computed),
            Prf::Sha256 => pbkdf2_hmac::<Sha256>(password, &salt, rounds, &mut computed),
            Prf::Sha512 => pbkdf2_hmac::<Sha512>(password, &salt, rounds, &mut computed),
        }
        same(&computed, &hash)
    }))
}

fn parts<'a>(
    prf: Option<Prf>,
    rounds: &str,
    salt: Option<Vec<u8>>,
    hash: Option<Vec<u8>>,
) -> Result<Stored<'a>, HashError> {
    match (prf, rounds.parse(), salt, hash) {
        (Some(prf), Ok(rounds), Some(salt), Some(hash)) => stored(prf, rounds, salt, hash),
        (None, ..) => malformed(SCHEME, "the hash below"),
        _ => malformed(SCHEME, "rounds, salt or hash"),
    }
}

pub(super) fn read(text: &str) -> Read<'_> {
    let fields: Vec<&str> = text.split('$').collect();
    match fields.as_slice() {
        // Django: `pbkdf2_sha256$870000$salt$hash`, the salt as text.
        [name, rounds, salt, hash] if name.starts_with("pbkdf2_") => {
            let prf = name.strip_prefix("pbkdf2_").and_then(Prf::from_name);
            Some(parts(prf, rounds, Some(salt.as_bytes().to_vec()), b64(hash)))
        }
        // Werkzeug: `pbkdf2:sha256:1000000$salt$hexadecimal`.
        [method, salt, hash] if method.starts_with("pbkdf2:") => {
            let mut method = method.split(':').skip(1);
            let (prf, rounds) = (
                method.next().unwrap_or_default(),
                method.next().unwrap_or("150000"),
            );
            let hash = data_encoding::HEXLOWER_PERMISSIVE.decode(hash.as_bytes()).ok();
            Some(parts(
                Prf::from_name(prf),
                rounds,
                Some(salt.as_bytes().to_vec()),
                hash,
            ))
        }
        // passlib and PHC: `$pbkdf2-sha256$29000$salt$hash`, `$pbkdf2-sha256$i=600000,l=32$salt$hash`.
        ["", name, rounds, salt, hash] if name.starts_with("pbkdf2") => {
            let prf = name
                .strip_prefix("pbkdf2")
                .and_then(|name| Prf::from_name(name.trim_start_matches('-')));
            let rounds = rounds
                .split(',')
                .find_map(|parameter| parameter.strip_prefix("i="))
                .unwrap_or(rounds);
            Some(parts(prf, rounds, b64(salt), b64(hash)))
        }
        // OpenLDAP: `{PBKDF2-SHA256}10000$salt$hash`.
        [head, salt, hash] if head.starts_with("{PBKDF2") => {
            let (name, rounds) = head.strip_prefix("{PBKDF2")?.split_once('}')?;
            let prf = Prf::from_name(name.trim_start_matches('-'));
            Some(parts(prf, rounds, b64(salt), b64(hash)))
        }
        // 389 Directory Server: `{PBKDF2_SHA256}` and base 64 of rounds, 64 bytes of salt, 256 bytes of hash.
        [whole] if whole.starts_with("{PBKDF2_SHA256}") => {
            let bytes = b64(whole.strip_prefix("{PBKDF2_SHA256}")?)?;
            let (rounds, rest) = bytes.split_first_chunk::<4>()?;
            let (salt, hash) = rest.split_at_checked(64)?;
            Some(stored(
                Prf::Sha256,
                u32::from_be_bytes(*rounds).into(),
                salt.to_vec(),
                hash.to_vec(),
            ))
        }
        [whole] => identity(whole),
        _ => None,
    }
}

/// ASP.NET Identity: base 64 of a marker and the rest. Version 2 has SHA-1 and 1000 rounds, version 3 says what it has.
fn identity(text: &str) -> Read<'_> {
    if text.len() < 40 || !text.starts_with('A') {
        return None;
    }
    let bytes = b64(text)?;
    match bytes.split_first()? {
        (0, rest) if rest.len() == 48 => {
            let (salt, hash) = rest.split_at_checked(16)?;
            Some(stored(Prf::Sha1, 1_000, salt.to_vec(), hash.to_vec()))
        }
        (1, rest) => {
            let word = |place: usize| {
                let bytes = rest.get(place..place + 4)?.try_into().ok()?;
                Some(u32::from_be_bytes(bytes))
            };
            let prf = match word(0)? {
                0 => Prf::Sha1,
                1 => Prf::Sha256,
                2 => Prf::Sha512,
                _ => return Some(malformed(SCHEME, "the hash below")),
            };
            let (rounds, length) = (word(4)?, usize::try_from(word(8)?).ok()?);
            match rest.get(12..).and_then(|rest| rest.split_at_checked(length)) {
                Some((salt, hash)) => Some(stored(prf, rounds.into(), salt.to_vec(), hash.to_vec())),
                None => Some(malformed(SCHEME, "the length of the salt")),
            }
        }
        _ => None,
    }
}
