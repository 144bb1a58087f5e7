//! bcrypt: `$2a$`, `$2b$`, `$2y$`; Django's `bcrypt_sha256`; WordPress since 6.8.

use base64::{Engine, alphabet::BCRYPT, engine::GeneralPurpose};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256, Sha384};
use zeroize::Zeroizing;

use super::{super::same, Read, Stored, lenient, malformed, within};

const SCHEME: &str = "bcrypt";
/// 2^16 rounds take some seconds.
const MOST_COST: u64 = 16;
const B64_BCRYPT: GeneralPurpose = lenient(&BCRYPT);

pub(super) fn read(stored: &str) -> Read<'_> {
    if let Some(rest) = stored.strip_prefix("$wp$2") {
        // WordPress 6.8: bcrypt over a keyed SHA-384, so that no length is cut off.
        return Some(plain(rest, "wordpress-bcrypt", |password| {
            let mut mac = Hmac::<Sha384>::new_from_slice(b"wp-sha384").ok()?;
            mac.update(
                password
                    .trim_matches([' ', '\t', '\n', '\r', '\0', '\x0b'])
                    .as_bytes(),
            );
            Some(Zeroizing::new(
                base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes()),
            ))
        }));
    }
    if let Some(rest) = stored.strip_prefix("bcrypt_sha256$$2") {
        return Some(plain(rest, "django-bcrypt-sha256", |password| {
            let digest = Sha256::digest(password.as_bytes());
            Some(Zeroizing::new(data_encoding::HEXLOWER.encode(&digest)))
        }));
    }
    let rest = [
        "bcrypt$$2",
        "{BCRYPT}$2",
        "{CRYPT}$2",
        "{bcrypt}$2",
        "{crypt}$2",
        "$2",
    ]
    .into_iter()
    .find_map(|prefix| stored.strip_prefix(prefix))?;
    Some(plain(rest, SCHEME, |password| {
        Some(Zeroizing::new(password.to_owned()))
    }))
}

/// From the letter of the variant on: `b$12$` and 53 characters.
fn plain<'a>(
    rest: &'a str,
    scheme: &'static str,
    before: impl Fn(&str) -> Option<Zeroizing<String>> + 'a,
) -> Result<Stored<'a>, super::HashError> {
    let Some(rest) = ["a$", "b$", "y$"]
        .into_iter()
        .find_map(|variant| rest.strip_prefix(variant))
    else {
        // `$2x$` marks hashes of an implementation with a fault; `$2$` is older than all of them.
        return malformed(scheme, "the variant is not 2a, 2b or 2y");
    };
    let Some((cost, body)) = rest.split_once('$') else {
        return malformed(scheme, "the cost");
    };
    let Ok(cost) = cost.parse::<u32>() else {
        return malformed(scheme, "the cost");
    };
    within(scheme, "as cost", cost.into(), MOST_COST)?;
    if cost < 4 || body.len() != 53 || !body.is_ascii() {
        return malformed(scheme, "the length or the cost");
    }
    let (salt, hash) = body.split_at(22);
    let (Ok(salt), Ok(hash)) = (B64_BCRYPT.decode(salt), B64_BCRYPT.decode(hash)) else {
        return malformed(scheme, "base 64");
    };
    let (Ok(salt), 23) = (<[u8; 16]>::try_from(salt), hash.len()) else {
        return malformed(scheme, "the length of salt or hash");
    };
    Ok(Stored::new(scheme, move |password| {
        let Some(password) = before(password) else {
            return false;
        };
        // bcrypt takes 72 bytes with the closing zero byte; what is beyond was never looked at.
        let mut bytes = Zeroizing::new(password.as_bytes().to_vec());
        bytes.push(0);
        bytes.truncate(72);
        let computed = ::bcrypt::bcrypt(cost, salt, &bytes);
        computed.get(..23).is_some_and(|computed| same(computed, &hash))
    }))
}
