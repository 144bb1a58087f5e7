//! Slow or random work that a decision needs the outcome of: hashing, sealing, comparing. A decision asks for it as it
//! asks for records; the shell does it, and the outcome is a fact like any other.

use serde::{Deserialize, Serialize};

use crate::{
    credential::passkey::{Passkey, RelyingParty, Unfit},
    model::{EntityId, RealmId, Secret},
};

/// Where a secret is kept. A sealed text opens at its own place only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The realm.
    pub realm: RealmId,
    /// The record, or what an effect is about.
    pub record: EntityId,
    /// The attribute, or the effect's name.
    pub attribute: String,
}

/// The parameters of a one-time password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OtpShape {
    /// The hash below the HMAC.
    pub algorithm: OtpAlgorithm,
    /// Digits of a code, 6 to 8.
    pub digits: u8,
}

/// The hash below the HMAC of a one-time password.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
pub enum OtpAlgorithm {
    /// SHA-1: what every authenticator knows.
    #[default]
    #[serde(rename = "SHA1")]
    Sha1,
    /// SHA-256.
    #[serde(rename = "SHA256")]
    Sha256,
    /// SHA-512.
    #[serde(rename = "SHA512")]
    Sha512,
}

impl OtpAlgorithm {
    /// The name as it is stored and written in an `otpauth` address.
    pub const fn name(self) -> &'static str {
        match self {
            OtpAlgorithm::Sha1 => "SHA1",
            OtpAlgorithm::Sha256 => "SHA256",
            OtpAlgorithm::Sha512 => "SHA512",
        }
    }

    /// The algorithm with this name; SHA-1 when it is not known.
    pub fn from_name(name: &str) -> OtpAlgorithm {
        [OtpAlgorithm::Sha256, OtpAlgorithm::Sha512]
            .into_iter()
            .find(|known| known.name() == name)
            .unwrap_or_default()
    }
}

/// Work whose outcome a decision has to know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// Hash a password with the engine's scheme and seal the hash. Answered with [`Worked::Sealed`].
    Hash {
        /// For which place.
        place: Place,
        /// The password.
        password: Secret,
    },
    /// Seal a text as it is. Answered with [`Worked::Sealed`].
    Seal {
        /// For which place.
        place: Place,
        /// The text.
        secret: Secret,
    },
    /// Check that a hash of another program can be verified, and seal it. Answered with [`Worked::Kept`] or
    /// [`Worked::Unfit`].
    Keep {
        /// For which place.
        place: Place,
        /// The hash.
        hash: Secret,
    },
    /// Open a sealed text, for whoever may have it. Answered with [`Worked::Opened`].
    Open {
        /// At which place.
        place: Place,
        /// The sealed text.
        sealed: String,
    },
    /// Compare a password with a sealed hash. Answered with [`Worked::Verified`].
    ///
    /// Without a hash the same work is done for nothing, so that nobody can tell by the time whether there is one.
    Verify {
        /// At which place.
        place: Place,
        /// The sealed hash; `None` when there is no such credential.
        sealed: Option<String>,
        /// The password.
        password: Secret,
    },
    /// Compare a password with several sealed hashes. Answered with [`Worked::Found`]: the first that matches.
    Search {
        /// At which place.
        place: Place,
        /// The sealed hashes.
        sealed: Vec<String>,
        /// The password.
        password: Secret,
    },
    /// Look for a one-time password among steps or counters. Answered with [`Worked::Found`].
    Code {
        /// At which place.
        place: Place,
        /// The sealed key.
        sealed: String,
        /// Digits and algorithm.
        shape: OtpShape,
        /// The first step that counts.
        first: i64,
        /// The last step that counts.
        last: i64,
        /// The codes that are looked for, one after the other in consecutive steps: one, or two to resynchronise.
        codes: Vec<Secret>,
    },
    /// Compare a text with a sealed one. Answered with [`Worked::Found`]: 0 when they are the same.
    Same {
        /// At which place.
        place: Place,
        /// The sealed text.
        sealed: String,
        /// The text.
        secret: Secret,
    },
    /// Hash recovery codes and seal the set. Answered with [`Worked::Sealed`].
    HashCodes {
        /// For which place.
        place: Place,
        /// The codes.
        codes: Vec<Secret>,
    },
    /// Take a recovery code out of a sealed set. Answered with [`Worked::Spent`].
    SpendCode {
        /// At which place.
        place: Place,
        /// The sealed set; `None` when there is none: the same work is done for nothing.
        sealed: Option<String>,
        /// The code.
        code: Secret,
    },
    /// Check a browser's answer to the enrolment of a passkey, and seal the passkey. Answered with [`Worked::Passkey`].
    PasskeyMade {
        /// For which place.
        place: Place,
        /// The challenge, sealed at the same place.
        sealed: String,
        /// Where it belongs to.
        party: RelyingParty,
        /// The answer.
        answer: Secret,
    },
    /// Check a browser's answer against a sealed passkey. Answered with [`Worked::Passkey`].
    PasskeyShown {
        /// At which place the passkey is.
        place: Place,
        /// The sealed passkey.
        sealed: String,
        /// At which place the challenge was sealed; the sealed text itself is what was answered.
        challenge: Place,
        /// Where it belongs to.
        party: RelyingParty,
        /// The answer.
        answer: Secret,
    },
}

/// The outcome of [`Work`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Worked {
    /// The sealed text.
    Sealed(String),
    /// Whether the password is the right one.
    Verified {
        /// It is.
        matches: bool,
        /// It is, and its hash is of another scheme or cheaper than the engine's: the sealed hash to keep instead.
        upgraded: Option<String>,
    },
    /// The hash, sealed, and its scheme.
    Kept {
        /// The sealed hash.
        sealed: String,
        /// Such as `bcrypt`.
        scheme: String,
    },
    /// Why a hash cannot be kept.
    Unfit(String),
    /// The text in the clear.
    Opened(Secret),
    /// Which one it was; `None`: none of them.
    Found(Option<i64>),
    /// The set without the code, and how many are left; `None`: the code is not in the set.
    Spent(Option<(String, i64)>),
    /// The passkey as it is now, or why the answer does not hold.
    Passkey(Result<PasskeyState, Unfit>),
}

/// A passkey after it was made or used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyState {
    /// The passkey, sealed.
    pub sealed: String,
    /// What the challenge said when it was opened.
    pub challenge: String,
    /// The passkey's identifier, in base 64 for URLs.
    pub id: String,
    /// How often it was used, as the device counts.
    pub counter: u32,
    /// Whether it is kept in more than one place.
    pub backed_up: bool,
}

impl PasskeyState {
    pub(crate) fn of(passkey: &Passkey, sealed: String, challenge: String) -> PasskeyState {
        PasskeyState {
            sealed,
            challenge,
            id: passkey.id.clone(),
            counter: passkey.counter,
            backed_up: passkey.backed_up,
        }
    }
}
