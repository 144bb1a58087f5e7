//! Argon2 in PHC strings: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash` (RFC 9106; `v=` may be missing, as the first
//! published grammar had none).

use std::{borrow::Cow, cell::RefCell, fmt::Write};

use argon2::{Algorithm, Argon2, Block, Params, ParamsBuilder, Version};
use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, is_nfkc};

use super::{HashError, Hashing, Peppers, same};
use crate::port::Pepper;

const SCHEME: &str = "argon2";

/// PHC strings use the standard alphabet without padding; padded ones are read, too.
const B64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The most that a stored hash may ask for: 1 GiB of memory, 2 GiB to be filled in all passes together.
const MOST_MEMORY: u32 = 1 << 20;
const MOST_WORK: u64 = 1 << 21;
const MOST_LANES: u32 = 64;

/// The cost of an Argon2 hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Argon2Cost {
    /// Memory in KiB; 19456 unless set (OWASP ASVS 5, appendix C).
    pub memory_kib: u32,
    /// Passes over the memory; 2 unless set.
    pub passes: u32,
    /// Lanes; 1 unless set.
    pub lanes: u32,
}

impl Default for Argon2Cost {
    fn default() -> Self {
        Argon2Cost {
            memory_kib: 19_456,
            passes: 2,
            lanes: 1,
        }
    }
}

impl Argon2Cost {
    /// Whether the other cost asks an attacker for at least as much.
    fn is_met_by(&self, other: &Argon2Cost) -> bool {
        other.memory_kib >= self.memory_kib && other.passes >= self.passes && other.lanes >= self.lanes
    }
}

/// A PHC string, taken apart.
struct Phc {
    algorithm: Algorithm,
    version: Version,
    cost: Argon2Cost,
    pepper: Option<String>,
    data: Vec<u8>,
    salt: Vec<u8>,
    hash: Vec<u8>,
}

fn malformed(problem: &'static str) -> HashError {
    HashError::Malformed {
        scheme: SCHEME,
        problem,
    }
}

fn decoded(text: &str) -> Result<Vec<u8>, HashError> {
    B64.decode(text).map_err(|_| malformed("base 64"))
}

fn parse(stored: &str) -> Result<Phc, HashError> {
    let mut fields = stored
        .strip_prefix('$')
        .ok_or(HashError::Unknown)?
        .split('$')
        .peekable();
    let algorithm = match fields.next() {
        Some("argon2id") => Algorithm::Argon2id,
        Some("argon2i") => Algorithm::Argon2i,
        Some("argon2d") => Algorithm::Argon2d,
        _ => return Err(HashError::Unknown),
    };
    let mut version = Version::V0x10;
    if let Some(number) = fields.peek().and_then(|field| field.strip_prefix("v=")) {
        version = match number {
            "16" => Version::V0x10,
            "19" => Version::V0x13,
            _ => return Err(malformed("version")),
        };
        fields.next();
    }
    let mut phc = Phc {
        algorithm,
        version,
        cost: Argon2Cost {
            memory_kib: 0,
            passes: 0,
            lanes: 0,
        },
        pepper: None,
        data: Vec::new(),
        salt: Vec::new(),
        hash: Vec::new(),
    };
    for parameter in fields.next().unwrap_or_default().split(',') {
        let (name, value) = parameter.split_once('=').ok_or_else(|| malformed("parameters"))?;
        let number = || {
            value
                .parse::<u32>()
                .map_err(|_| malformed("a parameter is not a number"))
        };
        match name {
            "m" => phc.cost.memory_kib = number()?,
            "t" => phc.cost.passes = number()?,
            "p" => phc.cost.lanes = number()?,
            "keyid" => phc.pepper = Some(value.to_owned()),
            "data" => phc.data = decoded(value)?,
            _ => return Err(malformed("an unknown parameter")),
        }
    }
    phc.salt = decoded(fields.next().unwrap_or_default())?;
    phc.hash = decoded(fields.next().unwrap_or_default())?;
    if fields.next().is_some() {
        return Err(malformed("too many fields"));
    }
    if phc.hash.len() < 10 || phc.hash.len() > 128 || phc.salt.len() < 8 || phc.salt.len() > 128 {
        return Err(malformed("the length of salt or hash"));
    }
    bounded(&phc.cost)?;
    Ok(phc)
}

/// Whether a stored hash can be checked.
pub(super) fn check(stored: &str) -> Result<(), HashError> {
    parse(stored).map(drop)
}

/// Refuses what nobody would ask for in earnest, before any work.
fn bounded(cost: &Argon2Cost) -> Result<(), HashError> {
    let absurd = |what: String, limit: String| {
        Err(HashError::Absurd {
            scheme: SCHEME,
            what,
            limit,
        })
    };
    if cost.memory_kib > MOST_MEMORY {
        return absurd(format!("{} KiB", cost.memory_kib), format!("{MOST_MEMORY} KiB"));
    }
    if cost.lanes > MOST_LANES {
        return absurd(format!("{} lanes", cost.lanes), format!("{MOST_LANES} lanes"));
    }
    if u64::from(cost.memory_kib) * u64::from(cost.passes) > MOST_WORK {
        return absurd(
            format!("{} passes over {} KiB", cost.passes, cost.memory_kib),
            format!("{MOST_WORK} KiB in all passes"),
        );
    }
    Ok(())
}

/// Hashes made here are of the normalized password, so that it does not matter on which keyboard it was typed
/// (NIST SP 800-63B-4, 3.1.1.2).
fn normalized(password: &str) -> Cow<'_, str> {
    if password.is_ascii() || is_nfkc(password) {
        Cow::Borrowed(password)
    } else {
        Cow::Owned(password.nfkc().collect())
    }
}

thread_local! {
    /// Memory of the last computation of this thread. Getting 19 MiB from the system and giving them back costs about a
    /// tenth of a hash.
    static MEMORY: RefCell<Vec<Block>> = const { RefCell::new(Vec::new()) };
}

/// More than this is given back after use.
const KEPT_BLOCKS: usize = 1 << 16;

fn compute(phc: &Phc, password: &[u8], pepper: Option<&Pepper>) -> Result<Vec<u8>, HashError> {
    let impossible = |_: argon2::Error| malformed("impossible parameters");
    let mut builder = ParamsBuilder::new();
    builder
        .m_cost(phc.cost.memory_kib)
        .t_cost(phc.cost.passes)
        .p_cost(phc.cost.lanes)
        .output_len(phc.hash.len());
    if !phc.data.is_empty() {
        builder.data(argon2::AssociatedData::new(&phc.data).map_err(impossible)?);
    }
    let parameters: Params = builder.build().map_err(impossible)?;
    let blocks = parameters.block_count();
    let argon2 = match pepper {
        Some(pepper) => {
            Argon2::new_with_secret(pepper.key.as_slice(), phc.algorithm, phc.version, parameters)
                .map_err(impossible)?
        }
        None => Argon2::new(phc.algorithm, phc.version, parameters),
    };
    let mut out = vec![0; phc.hash.len()];
    #[cfg(test)]
    tests::COMPUTED.with(|computed| computed.set(computed.get() + 1));
    MEMORY.with(|memory| {
        // A computation never starts another one on its thread; if it did, it would take fresh memory.
        let mut fresh = Vec::new();
        let mut kept = memory.try_borrow_mut();
        let memory: &mut Vec<Block> = match &mut kept {
            Ok(kept) => kept,
            Err(_) => &mut fresh,
        };
        if memory.len() < blocks {
            memory.resize(blocks, Block::default());
        }
        let working = memory.get_mut(..blocks).unwrap_or_default();
        let done = argon2.hash_password_into_with_memory(password, &phc.salt, &mut out, working);
        if memory.len() > KEPT_BLOCKS {
            memory.truncate(0);
            memory.shrink_to_fit();
        }
        done.map_err(impossible)
    })?;
    Ok(out)
}

pub(super) fn verify(stored: &str, password: &str, peppers: Option<Peppers<'_>>) -> Result<bool, HashError> {
    let phc = parse(stored)?;
    let pepper = match &phc.pepper {
        None => None,
        Some(identifier) => Some(
            peppers
                .and_then(|peppers| peppers(identifier))
                .ok_or_else(|| HashError::Pepper(identifier.clone()))?,
        ),
    };
    let password_normalized = normalized(password);
    if same(
        &compute(&phc, password_normalized.as_bytes(), pepper.as_ref())?,
        &phc.hash,
    ) {
        return Ok(true);
    }
    // A hash that was brought along may be of the password as it was typed.
    Ok(password_normalized != password
        && same(&compute(&phc, password.as_bytes(), pepper.as_ref())?, &phc.hash))
}

pub(super) fn hash(
    password: &str,
    salt: &[u8; 16],
    hashing: &Hashing,
    pepper: Option<&Pepper>,
) -> Result<String, HashError> {
    bounded(&hashing.argon2)?;
    let phc = Phc {
        algorithm: Algorithm::Argon2id,
        version: Version::V0x13,
        cost: hashing.argon2,
        pepper: None,
        data: Vec::new(),
        salt: salt.to_vec(),
        hash: vec![0; 32],
    };
    let hash = compute(&phc, normalized(password).as_bytes(), pepper)?;
    let Argon2Cost {
        memory_kib,
        passes,
        lanes,
    } = phc.cost;
    let mut text = format!("$argon2id$v=19$m={memory_kib},t={passes},p={lanes}");
    if let Some(pepper) = pepper {
        let _ = write!(text, ",keyid={}", pepper.identifier);
    }
    let _ = write!(text, "${}${}", B64.encode(salt), B64.encode(hash));
    Ok(text)
}

/// The work of [`verify`] with a wrong password, where there is no hash.
pub(super) fn verify_nobody(
    password: &str,
    salt: &[u8; 16],
    hashing: &Hashing,
    pepper: Option<&Pepper>,
) -> Result<(), HashError> {
    hash(password, salt, hashing, pepper)?;
    if normalized(password) != password {
        hash(password, salt, hashing, pepper)?;
    }
    Ok(())
}

/// The bare Argon2id hash of 32 bytes.
pub(super) fn raw(password: &[u8], salt: &[u8; 16], cost: Argon2Cost) -> Result<Vec<u8>, HashError> {
    bounded(&cost)?;
    let phc = Phc {
        algorithm: Algorithm::Argon2id,
        version: Version::V0x13,
        cost,
        pepper: None,
        data: Vec::new(),
        salt: salt.to_vec(),
        hash: vec![0; 32],
    };
    compute(&phc, password, None)
}

pub(super) fn scheme(stored: &str) -> Option<&'static str> {
    ["argon2id", "argon2i", "argon2d"]
        .into_iter()
        .find(|name| stored.strip_prefix('$').and_then(|text| text.split('$').next()) == Some(name))
}

pub(super) fn is_current(stored: &str, hashing: &Hashing, pepper: Option<&str>) -> bool {
    parse(stored).is_ok_and(|phc| {
        phc.algorithm == Algorithm::Argon2id
            && phc.version == Version::V0x13
            && hashing.argon2.is_met_by(&phc.cost)
            && phc.pepper.as_deref() == pepper
            && phc.hash.len() >= 32
            && phc.salt.len() >= 16
    })
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        /// Computations of this thread.
        pub(super) static COMPUTED: Cell<usize> = const { Cell::new(0) };
    }

    /// The second reading of a password that is not normalized is no way to find out who is there.
    #[test]
    fn nobody_costs_as_much_as_a_wrong_password() {
        let hashing = Hashing {
            argon2: Argon2Cost {
                memory_kib: 64,
                passes: 1,
                lanes: 1,
            },
            ..Hashing::default()
        };
        let stored = hash("fish", &[1; 16], &hashing, None).unwrap();
        for (password, times) in [("wrong", 1), ("wrong \u{fb01}sh", 2), ("A\u{30a}", 2), ("", 1)] {
            COMPUTED.set(0);
            assert_eq!(verify(&stored, password, None), Ok(false));
            assert_eq!(COMPUTED.replace(0), times, "{password}");
            verify_nobody(password, &[2; 16], &hashing, None).unwrap();
            assert_eq!(COMPUTED.get(), times, "{password}");
        }
    }

    /// The vectors of the reference implementation (`test.c` of phc-winner-argon2): password `password`, salt
    /// `somesalt`, versions 16 and 19.
    #[test]
    fn vectors_of_the_reference_implementation() {
        for (stored, right) in [
            (
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                true,
            ),
            (
                "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
                true,
            ),
            (
                "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8",
                true,
            ),
            (
                "$argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY",
                true,
            ),
            (
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/8",
                false,
            ),
        ] {
            for _ in 0..2 {
                // Twice: the memory of the first time is not clean any more.
                assert_eq!(verify(stored, "password", None), Ok(right), "{stored}");
            }
        }
    }

    #[test]
    fn what_is_hashed_is_found_again_with_the_pepper_only() {
        let hashing = Hashing {
            argon2: Argon2Cost {
                memory_kib: 64,
                passes: 1,
                lanes: 1,
            },
            ..Hashing::default()
        };
        let pepper = Pepper {
            identifier: "p1".into(),
            key: zeroize::Zeroizing::new([7; 32]),
        };
        let plain = hash("Å ﬁsh", &[1; 16], &hashing, None).unwrap();
        assert!(verify(&plain, "A\u{30a} fish", None).unwrap(), "normalized");
        assert!(!verify(&plain, "a fish", None).unwrap());
        let peppered = hash("fish", &[1; 16], &hashing, Some(&pepper)).unwrap();
        assert!(peppered.contains(",keyid=p1$"), "{peppered}");
        let known = |id: &str| (id == "p1").then(|| pepper.clone());
        assert_eq!(verify(&peppered, "fish", Some(&known)), Ok(true));
        assert_eq!(
            verify(&peppered, "fish", None),
            Err(HashError::Pepper("p1".into()))
        );
        assert!(is_current(&peppered, &hashing, Some("p1")) && !is_current(&peppered, &hashing, None));
        assert!(
            !is_current(&plain, &Hashing::default(), None),
            "cheaper than asked for"
        );
    }

    #[test]
    fn absurd_costs_are_refused_before_any_work() {
        for stored in [
            "$argon2id$v=19$m=4294967295,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
            "$argon2id$v=19$m=65536,t=4294967295,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
            "$argon2id$v=19$m=65536,t=1,p=16777215$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        ] {
            assert!(
                matches!(verify(stored, "password", None), Err(HashError::Absurd { .. })),
                "{stored}"
            );
        }
    }
}
