//! scrypt as PHC and passlib strings, as Django, Werkzeug, the Java library with `$s0$` and Firebase write it.

use aes::cipher::{KeyIvInit, StreamCipher};
use zeroize::Zeroizing;

use super::{super::same, HashError, Read, Stored, b64, malformed, within};

const SCHEME: &str = "scrypt";
const FIREBASE: &str = "firebase-scrypt";

/// The most memory: 1 GiB; the most work: four times as much mixed through.
const MOST_MEMORY: u64 = 1 << 30;
const MOST_WORK: u64 = 1 << 32;

#[derive(Clone, Copy)]
struct Cost {
    log_n: u8,
    r: u32,
    p: u32,
}

fn cost(scheme: &'static str, log_n: u64, r: u64, p: u64) -> Result<Cost, HashError> {
    within(scheme, "as the logarithm of N", log_n, 30)?;
    let memory = (1u64 << log_n).saturating_mul(128).saturating_mul(r);
    within(scheme, "bytes", memory, MOST_MEMORY)?;
    within(scheme, "bytes in all lanes", memory.saturating_mul(p), MOST_WORK)?;
    match (u8::try_from(log_n), u32::try_from(r), u32::try_from(p)) {
        (Ok(log_n @ 1..), Ok(r @ 1..), Ok(p @ 1..)) => Ok(Cost { log_n, r, p }),
        _ => malformed(scheme, "the cost"),
    }
}

fn compute(cost: Cost, password: &[u8], salt: &[u8], length: usize) -> Option<Zeroizing<Vec<u8>>> {
    let params = ::scrypt::Params::new(cost.log_n, cost.r, cost.p).ok()?;
    let mut out = Zeroizing::new(vec![0; length]);
    ::scrypt::scrypt(password, salt, &params, &mut out).ok()?;
    Some(out)
}

fn stored<'a>(cost: Cost, salt: Option<Vec<u8>>, hash: Option<Vec<u8>>) -> Result<Stored<'a>, HashError> {
    let (Some(salt), Some(hash)) = (salt, hash) else {
        return malformed(SCHEME, "salt or hash");
    };
    if !(16..=128).contains(&hash.len()) {
        return malformed(SCHEME, "the length of the hash");
    }
    Ok(Stored::new(SCHEME, move |password| {
        compute(cost, password.as_bytes(), &salt, hash.len()).is_some_and(|computed| same(&computed, &hash))
    }))
}

/// N as it is written out: a power of two.
fn log2(n: &str) -> u64 {
    match n.parse::<u64>() {
        Ok(n) if n.is_power_of_two() => n.trailing_zeros().into(),
        _ => 0,
    }
}

fn number(text: &str) -> u64 {
    text.parse().unwrap_or_default()
}

fn parameter(parameters: &str, name: &str) -> u64 {
    parameters
        .split(',')
        .find_map(|parameter| parameter.strip_prefix(name)?.strip_prefix('='))
        .map(number)
        .unwrap_or_default()
}

pub(super) fn read(text: &str) -> Read<'_> {
    let fields: Vec<&str> = text.split('$').collect();
    match fields.as_slice() {
        ["", "scrypt", parameters, salt, hash] => {
            let cost = cost(
                SCHEME,
                parameter(parameters, "ln"),
                parameter(parameters, "r"),
                parameter(parameters, "p"),
            );
            Some(cost.and_then(|cost| stored(cost, b64(salt), b64(hash))))
        }
        // Django: `scrypt$16384$salt$8$5$hash`, the salt as text.
        ["scrypt", n, salt, r, p, hash] => {
            let cost = cost(SCHEME, log2(n), number(r), number(p));
            Some(cost.and_then(|cost| stored(cost, Some(salt.as_bytes().to_vec()), b64(hash))))
        }
        // Werkzeug: `scrypt:32768:8:1$salt$hexadecimal`.
        [method, salt, hash] if method.starts_with("scrypt:") => {
            let mut method = method.split(':').skip(1);
            let (n, r, p) = (method.next()?, method.next()?, method.next()?);
            let hash = data_encoding::HEXLOWER_PERMISSIVE.decode(hash.as_bytes()).ok();
            let cost = cost(SCHEME, log2(n), number(r), number(p));
            Some(cost.and_then(|cost| stored(cost, Some(salt.as_bytes().to_vec()), hash)))
        }
        // The Java library: `$s0$e0801$salt$hash`.
        ["", "s0", parameters, salt, hash] => {
            let parameters = u64::from_str_radix(parameters, 16).ok()?;
            let cost = cost(
                SCHEME,
                parameters >> 16,
                (parameters >> 8) & 0xff,
                parameters & 0xff,
            );
            Some(cost.and_then(|cost| stored(cost, b64(salt), b64(hash))))
        }
        // Firebase: `$firescrypt$ln=14,r=8,p=1$salt$hash$separator$signer key`.
        ["", "firescrypt", parameters, salt, hash, separator, key] => {
            let cost = cost(
                FIREBASE,
                parameter(parameters, "ln"),
                parameter(parameters, "r"),
                parameter(parameters, "p").max(1),
            );
            Some(cost.and_then(|cost| firebase(cost, b64(salt), b64(separator), b64(key), b64(hash))))
        }
        _ => None,
    }
}

/// Firebase encrypts the project's signer key under what scrypt gives, with AES-256 in counter mode.
fn firebase<'a>(
    cost: Cost,
    salt: Option<Vec<u8>>,
    separator: Option<Vec<u8>>,
    key: Option<Vec<u8>>,
    hash: Option<Vec<u8>>,
) -> Result<Stored<'a>, HashError> {
    let (Some(mut salt), Some(separator), Some(key), Some(hash)) = (salt, separator, key, hash) else {
        return malformed(FIREBASE, "base 64");
    };
    if key.len() < 16 || key.len() != hash.len() || key.len() > 256 {
        return malformed(FIREBASE, "the length of key or hash");
    }
    salt.extend(separator);
    Ok(Stored::new(FIREBASE, move |password| {
        let Some(derived) = compute(cost, password.as_bytes(), &salt, 32) else {
            return false;
        };
        let Ok(mut cipher) = ctr::Ctr128BE::<aes::Aes256>::new_from_slices(&derived, &[0; 16]) else {
            return false;
        };
        let mut sealed = key.clone();
        cipher.apply_keystream(&mut sealed);
        same(&sealed, &hash)
    }))
}
