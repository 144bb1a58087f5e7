//! The forms of crypt(3) and PHP: md5-crypt, sha256-crypt, sha512-crypt, phpass (WordPress before 6.8, phpBB), Drupal 7.

use md5::Md5;
use sha2::{Digest, Sha512};

use super::{super::same, HashError, Read, Stored, malformed, within};

const ITOA: &[u8; 64] = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const MOST_ROUNDS: u64 = 5_000_000;
/// phpass writes the logarithm; 2^24 rounds take some seconds.
const MOST_LOG: u64 = 24;

pub(super) fn read(text: &str) -> Read<'_> {
    let text = text
        .strip_prefix("{CRYPT}")
        .or_else(|| text.strip_prefix("{crypt}"))
        .unwrap_or(text);
    if let Some(body) = text.strip_prefix("$1$") {
        return Some(md5_crypt(body, "$1$", "md5-crypt"));
    }
    if let Some(body) = text.strip_prefix("$apr1$") {
        return Some(md5_crypt(body, "$apr1$", "apr1"));
    }
    if let Some(body) = text.strip_prefix("$5$") {
        return Some(sha_crypt(body, false));
    }
    if let Some(body) = text.strip_prefix("$6$") {
        return Some(sha_crypt(body, true));
    }
    if let Some(body) = text.strip_prefix("$P$").or_else(|| text.strip_prefix("$H$")) {
        return Some(portable::<Md5>(body, "phpass", 22, false));
    }
    if let Some(body) = text.strip_prefix("U$S$") {
        // A hash of Drupal 6, hashed again when the site was brought to Drupal 7.
        return Some(portable::<Sha512>(body, "drupal-md5", 43, true));
    }
    if let Some(body) = text.strip_prefix("$S$") {
        return Some(portable::<Sha512>(body, "drupal", 43, false));
    }
    None
}

fn letter(value: u32) -> char {
    ITOA.get((value & 63) as usize).copied().map_or('.', char::from)
}

/// Three bytes as four letters, the lowest six bits first.
fn letters(out: &mut String, bytes: [u8; 3], count: usize) {
    let mut value = u32::from(bytes[0]) << 16 | u32::from(bytes[1]) << 8 | u32::from(bytes[2]);
    for _ in 0..count {
        out.push(letter(value));
        value >>= 6;
    }
}

fn md5_crypt<'a>(body: &'a str, magic: &'static str, scheme: &'static str) -> Result<Stored<'a>, HashError> {
    let Some((salt, hash)) = body.split_once('$') else {
        return malformed(scheme, "the salt");
    };
    if hash.len() != 22 || salt.len() > 64 {
        return malformed(scheme, "the length");
    }
    let salt = salt.get(..8).unwrap_or(salt);
    Ok(Stored::new(scheme, move |password| {
        same(
            md5_rounds(password.as_bytes(), salt.as_bytes(), magic).as_bytes(),
            hash.as_bytes(),
        )
    }))
}

fn md5_rounds(password: &[u8], salt: &[u8], magic: &str) -> String {
    let inner = Md5::new()
        .chain_update(password)
        .chain_update(salt)
        .chain_update(password)
        .finalize();
    let mut first = Md5::new()
        .chain_update(password)
        .chain_update(magic)
        .chain_update(salt);
    let mut left = password.len();
    while left > 0 {
        let part = left.min(16);
        first.update(inner.get(..part).unwrap_or_default());
        left -= part;
    }
    let mut bits = password.len();
    while bits > 0 {
        match (bits & 1, password.first()) {
            (0, Some(first_byte)) => first.update([*first_byte]),
            _ => first.update([0]),
        }
        bits >>= 1;
    }
    let mut digest = first.finalize();
    for round in 0..1_000 {
        let mut next = Md5::new();
        let odd = round % 2 == 1;
        next.update(if odd { password } else { &digest });
        if round % 3 != 0 {
            next.update(salt);
        }
        if round % 7 != 0 {
            next.update(password);
        }
        next.update(if odd { digest.as_slice() } else { password });
        digest = next.finalize();
    }
    let mut out = String::with_capacity(22);
    for [a, b, c] in [[0, 6, 12], [1, 7, 13], [2, 8, 14], [3, 9, 15], [4, 10, 5]] {
        letters(&mut out, [digest[a], digest[b], digest[c]], 4);
    }
    letters(&mut out, [0, 0, digest[11]], 2);
    out
}

fn sha_crypt(body: &str, wide: bool) -> Result<Stored<'_>, HashError> {
    let scheme = if wide { "sha512-crypt" } else { "sha256-crypt" };
    let mut rounds = 5_000u64;
    let mut body = body;
    if let Some(rest) = body.strip_prefix("rounds=") {
        let Some((number, rest)) = rest.split_once('$') else {
            return malformed(scheme, "the rounds");
        };
        let Ok(number) = number.parse() else {
            return malformed(scheme, "the rounds");
        };
        (rounds, body) = (number, rest);
    }
    within(scheme, "rounds", rounds, MOST_ROUNDS)?;
    let Some((salt, hash)) = body.split_once('$') else {
        return malformed(scheme, "the salt");
    };
    let Some(params) = u32::try_from(rounds.max(1_000))
        .ok()
        .and_then(|n| ::sha_crypt::Params::new(n).ok())
    else {
        return malformed(scheme, "the rounds");
    };
    if hash.len() != if wide { 86 } else { 43 } || salt.len() > 64 {
        return malformed(scheme, "the length");
    }
    Ok(Stored::new(scheme, move |password| {
        let (password, salt) = (password.as_bytes(), salt.as_bytes());
        let mut out = String::with_capacity(86);
        if wide {
            let digest = ::sha_crypt::sha512_crypt(password, salt, params);
            for n in 0..21usize {
                let order = [n, (n + 21) % 63, (n + 42) % 63];
                // Which of the three comes first turns with each group.
                let turn = match n % 3 {
                    0 => [order[0], order[1], order[2]],
                    1 => [order[1], order[2], order[0]],
                    _ => [order[2], order[0], order[1]],
                };
                letters(&mut out, turn.map(|place| digest[place]), 4);
            }
            letters(&mut out, [0, 0, digest[63]], 2);
        } else {
            let digest = ::sha_crypt::sha256_crypt(password, salt, params);
            for n in 0..10usize {
                let order = [n, n + 10, n + 20];
                let turn = match n % 3 {
                    0 => [order[0], order[1], order[2]],
                    1 => [order[2], order[0], order[1]],
                    _ => [order[1], order[2], order[0]],
                };
                letters(&mut out, turn.map(|place| digest[place]), 4);
            }
            letters(&mut out, [0, digest[31], digest[30]], 3);
        }
        same(out.as_bytes(), hash.as_bytes())
    }))
}

/// The portable hashes of phpass, and Drupal's with SHA-512 in the place of MD5: one letter for the logarithm of the
/// rounds, eight of salt, the digest.
fn portable<'a, D: Digest + 'a>(
    body: &'a str,
    scheme: &'static str,
    length: usize,
    md5_first: bool,
) -> Result<Stored<'a>, HashError> {
    let log = body
        .bytes()
        .next()
        .and_then(|first| ITOA.iter().position(|known| *known == first));
    let (Some(log), Some(salt), Some(hash)) = (log, body.get(1..9), body.get(9..)) else {
        return malformed(scheme, "the length");
    };
    within(scheme, "as the logarithm of the rounds", log as u64, MOST_LOG)?;
    if log < 7 || hash.len() != length {
        return malformed(scheme, "the length or the rounds");
    }
    Ok(Stored::new(scheme, move |password| {
        let before = data_encoding::HEXLOWER.encode(&Md5::digest(password.as_bytes()));
        let password = if md5_first {
            before.as_bytes()
        } else {
            password.as_bytes()
        };
        let mut digest = D::new().chain_update(salt).chain_update(password).finalize();
        for _ in 0..(1u64 << log) {
            digest = D::new().chain_update(&digest).chain_update(password).finalize();
        }
        let mut out = String::with_capacity(86);
        for part in digest.chunks(3) {
            let byte = |place: usize| part.get(place).copied().unwrap_or_default();
            letters(&mut out, [byte(2), byte(1), byte(0)], part.len() + 1);
        }
        out.get(..length)
            .is_some_and(|out| same(out.as_bytes(), hash.as_bytes()))
    }))
}
