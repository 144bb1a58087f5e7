//! Hashes that were made elsewhere. Each form is read without any work, so that one that is malformed or asks for an
//! absurd cost is refused before anything is computed.

mod bcrypt;
mod crypt;
mod digest;
mod json;
mod pbkdf2;
mod scrypt;

use base64::{
    Engine,
    alphabet::{Alphabet, STANDARD},
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::{HashError, Hashing};

/// A stored hash that was read, and how a password is compared with it.
pub(super) struct Stored<'a> {
    pub scheme: &'static str,
    pub check: Box<dyn Fn(&str) -> bool + 'a>,
}

impl<'a> Stored<'a> {
    fn new(scheme: &'static str, check: impl Fn(&str) -> bool + 'a) -> Self {
        Stored {
            scheme,
            check: Box::new(check),
        }
    }
}

type Read<'a> = Option<Result<Stored<'a>, HashError>>;

/// Reads a hash of any form but Argon2's.
pub(super) fn read<'a>(stored: &'a str, hashing: &Hashing) -> Result<Stored<'a>, HashError> {
    let stored = stored.trim();
    if stored.len() > 4_096 {
        return Err(HashError::Unknown);
    }
    // Longest prefixes first: a form that wraps another one takes it apart and asks again.
    bcrypt::read(stored)
        .or_else(|| pbkdf2::read(stored))
        .or_else(|| scrypt::read(stored))
        .or_else(|| crypt::read(stored))
        .or_else(|| digest::read(stored, hashing))
        .or_else(|| json::read(stored))
        .unwrap_or(Err(HashError::Unknown))
}

const fn lenient(alphabet: &Alphabet) -> GeneralPurpose {
    GeneralPurpose::new(
        alphabet,
        GeneralPurposeConfig::new()
            .with_encode_padding(false)
            .with_decode_allow_trailing_bits(true)
            .with_decode_padding_mode(DecodePaddingMode::Indifferent),
    )
}

const B64: GeneralPurpose = lenient(&STANDARD);

/// Base 64, with or without padding; the dot of passlib counts as a plus.
fn b64(text: &str) -> Option<Vec<u8>> {
    B64.decode(text.replace('.', "+")).ok()
}

fn malformed<T>(scheme: &'static str, problem: &'static str) -> Result<T, HashError> {
    Err(HashError::Malformed { scheme, problem })
}

/// Refuses a cost beyond a limit.
fn within(scheme: &'static str, what: &str, value: u64, limit: u64) -> Result<(), HashError> {
    if value > limit {
        return Err(HashError::Absurd {
            scheme,
            what: format!("{value} {what}"),
            limit: format!("{limit} {what}"),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
