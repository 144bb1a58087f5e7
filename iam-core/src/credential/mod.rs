//! Passwords and one-time passwords as mathematics: hash formats, parameters, codes. Nothing here knows a user, a clock
//! or a storage.
//!
//! New passwords are hashed with Argon2id and written as PHC strings. Whatever a host brings along from elsewhere is
//! checked in its own format and replaced at the next sign-in; see [`verify`] for the list.
//!
//! ```
//! use iam_core::credential::{Hashing, verify};
//!
//! // What Django wrote:
//! let stored = "pbkdf2_sha256$1000$salt$eX2gIKETPsTzxP/rvRHQlRPPCPc7ThoiuIDqQ08K11U=";
//! let checked = verify(stored, "wrong", &Hashing::default(), None)?;
//! assert!(!checked);
//! # Ok::<(), iam_core::credential::HashError>(())
//! ```

mod argon;
mod foreign;
pub mod otp;
pub mod passkey;
pub mod qr;
pub mod recovery;
pub mod signature;

pub use argon::Argon2Cost;

use crate::port::Pepper;

/// How this engine hashes, and what it accepts.
///
/// ```
/// use iam_core::credential::Hashing;
///
/// let hashing = Hashing::default();
/// assert_eq!((hashing.argon2.memory_kib, hashing.argon2.passes, hashing.argon2.lanes), (19_456, 2, 1));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hashing {
    /// The cost of a new hash. A stored one that is cheaper is replaced when its owner signs in.
    pub argon2: Argon2Cost,
    /// Whether unsalted NT hashes are accepted: whoever has such a hash has the password within minutes. For the time of
    /// a migration only.
    pub nt_hash: bool,
}

/// A hash cannot be checked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// Its form is not one of those that are known.
    #[error("the hash is of no known form")]
    Unknown,
    /// It begins like a known form and is not well formed.
    #[error("the {scheme} hash is not well formed: {problem}")]
    Malformed {
        /// The scheme.
        scheme: &'static str,
        /// What is wrong.
        problem: &'static str,
    },
    /// Checking it would cost more than any serious hash: it was made to keep the processor busy.
    #[error("the {scheme} hash asks for {what}, which is beyond {limit}")]
    Absurd {
        /// The scheme.
        scheme: &'static str,
        /// What it asks for.
        what: String,
        /// The most that is accepted.
        limit: String,
    },
    /// The scheme is accepted only when it is asked for.
    #[error("{scheme} hashes are switched off")]
    SwitchedOff {
        /// The scheme.
        scheme: &'static str,
    },
    /// The pepper that went into it cannot be had.
    #[error("the hash was made with the pepper `{0}`, which the vault does not have")]
    Pepper(String),
}

/// Peppers by identifier, for hashes that were made with one.
pub type Peppers<'a> = &'a dyn Fn(&str) -> Option<Pepper>;

/// Whether a password is the one that was hashed.
///
/// # Errors
/// [`HashError`] when the hash cannot be checked; nothing is computed then.
pub fn verify(
    stored: &str,
    password: &str,
    hashing: &Hashing,
    peppers: Option<Peppers<'_>>,
) -> Result<bool, HashError> {
    match argon_of(stored) {
        Some(phc) => argon::verify(phc, password, peppers),
        None => Ok((foreign::read(stored, hashing)?.check)(password)),
    }
}

/// The PHC string of an Argon2 hash, without what Django and LDAP write before it.
fn argon_of(stored: &str) -> Option<&str> {
    let phc = ["argon2", "{ARGON2}", "{argon2}"]
        .into_iter()
        .find_map(|prefix| stored.strip_prefix(prefix))
        .unwrap_or(stored);
    phc.starts_with("$argon2").then_some(phc)
}

/// Reads a stored hash without computing anything: its scheme, when it can be checked.
///
/// # Errors
/// The same that [`verify`] would give.
pub fn check(stored: &str, hashing: &Hashing) -> Result<&'static str, HashError> {
    match argon_of(stored) {
        Some(phc) => {
            argon::check(phc)?;
            argon::scheme(phc).ok_or(HashError::Unknown)
        }
        None => Ok(foreign::read(stored, hashing)?.scheme),
    }
}

/// Whether a stored hash is what this engine would write today: right scheme, no cheaper, the present pepper.
pub fn is_current(stored: &str, hashing: &Hashing, pepper: Option<&str>) -> bool {
    argon::is_current(stored, hashing, pepper)
}

/// Hashes a password with Argon2id: a PHC string with `v=19`.
///
/// # Errors
/// When the parameters are not possible ones.
pub fn hash(
    password: &str,
    salt: &[u8; 16],
    hashing: &Hashing,
    pepper: Option<&Pepper>,
) -> Result<String, HashError> {
    argon::hash(password, salt, hashing, pepper)
}

/// Does the work of [`verify`] with a wrong password where there is no hash: how long an answer takes does not tell
/// whether somebody is there.
///
/// # Errors
/// When the parameters are not possible ones.
pub fn verify_nobody(
    password: &str,
    salt: &[u8; 16],
    hashing: &Hashing,
    pepper: Option<&Pepper>,
) -> Result<(), HashError> {
    argon::verify_nobody(password, salt, hashing, pepper)
}

/// Compares in a time that does not depend on where the difference is.
pub(crate) fn same(a: &[u8], b: &[u8]) -> bool {
    use subtle::ConstantTimeEq;
    a.ct_eq(b).into()
}
