//! One-time passwords: HOTP (RFC 4226) and TOTP (RFC 6238), which is HOTP over the number of the time step.

use data_encoding::{BASE32_NOPAD, DecodeError};
use zeroize::Zeroizing;

use super::same;
use crate::plan::{OtpAlgorithm, OtpShape};

/// The code of a counter.
///
/// ```
/// use iam_core::{credential::otp, plan::{OtpAlgorithm, OtpShape}};
///
/// let shape = OtpShape { algorithm: OtpAlgorithm::Sha1, digits: 6 };
/// assert_eq!(otp::code(b"12345678901234567890", shape, 0), "755224");
/// ```
pub fn code(key: &[u8], shape: OtpShape, counter: u64) -> String {
    let algorithm = match shape.algorithm {
        OtpAlgorithm::Sha1 => totp_rs::Algorithm::SHA1,
        OtpAlgorithm::Sha256 => totp_rs::Algorithm::SHA256,
        OtpAlgorithm::Sha512 => totp_rs::Algorithm::SHA512,
    };
    totp_rs::Builder::new()
        .with_algorithm(algorithm)
        .with_digits(shape.digits.clamp(6, 8))
        .with_step_duration(1)
        .with_skew(0)
        .with_secret(key)
        .build_noncompliant()
        .generate(counter)
        .to_string()
}

/// The first place in a range of counters from which the codes come one after the other; the range has 1000 places at
/// most. Every place is looked at, so that the time says nothing.
pub(crate) fn find(
    key: &[u8],
    shape: OtpShape,
    range: std::ops::RangeInclusive<i64>,
    codes: &[&str],
) -> Option<i64> {
    let mut found = None;
    if codes.is_empty() {
        return None;
    }
    for place in range.take(1_000).filter(|place| *place >= 0) {
        let all = (0i64..).zip(codes).fold(true, |all, (offset, wanted)| {
            let counter = u64::try_from(place.saturating_add(offset)).unwrap_or_default();
            all & same(code(key, shape, counter).as_bytes(), wanted.as_bytes())
        });
        if all && found.is_none() {
            found = Some(place);
        }
    }
    found
}

/// The step that a moment lies in.
pub fn step(unix_seconds: i64, period: i64) -> i64 {
    unix_seconds.div_euclid(period.max(1))
}

/// A key as authenticators take it: base 32 without padding.
pub fn key_text(key: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(BASE32_NOPAD.encode(key))
}

/// A key from its text; blanks, dashes, padding and letter case do not matter.
///
/// # Errors
/// When it is not base 32.
pub fn key_from_text(text: &str) -> Result<Zeroizing<Vec<u8>>, DecodeError> {
    let text: Zeroizing<String> = Zeroizing::new(
        text.chars()
            .filter(|c| !matches!(c, ' ' | '-' | '='))
            .map(|c| c.to_ascii_uppercase())
            .collect(),
    );
    BASE32_NOPAD.decode(text.as_bytes()).map(Zeroizing::new)
}

/// What an authenticator needs to know.
#[derive(Clone, Copy)]
pub(crate) struct Enrolment<'a> {
    pub otp_type: &'a str,
    pub issuer: &'a str,
    pub account: &'a str,
    pub key: &'a str,
    pub algorithm: OtpAlgorithm,
    pub digits: u8,
    pub period: u16,
    pub counter: u32,
}

/// Everything but letters, digits and `-._~` as `%` and two hexadecimal digits (RFC 3986).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The address that authenticators read: `otpauth://totp/Acme:ada?secret=…&issuer=Acme`.
pub(crate) fn uri(enrolment: &Enrolment<'_>) -> String {
    let Enrolment {
        otp_type,
        issuer,
        account,
        key,
        algorithm,
        digits,
        period,
        counter,
    } = *enrolment;
    // A colon divides issuer and account, so neither has one.
    let (issuer, account) = (issuer.replace(':', " "), account.replace(':', " "));
    let moving = match otp_type {
        "hotp" => format!("counter={counter}"),
        _ => format!("period={period}"),
    };
    format!(
        "otpauth://{otp_type}/{}:{}?secret={key}&issuer={}&algorithm={}&digits={digits}&{moving}",
        escaped(&issuer),
        escaped(&account),
        escaped(&issuer),
        algorithm.name()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: &[u8; 64] = b"1234567890123456789012345678901234567890123456789012345678901234";

    /// RFC 4226, appendix D.
    #[test]
    fn hotp_vectors() {
        let shape = OtpShape {
            algorithm: OtpAlgorithm::Sha1,
            digits: 6,
        };
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
            "520489",
        ];
        for (counter, expected) in (0..).zip(codes) {
            assert_eq!(code(&SEED[..20], shape, counter), expected);
        }
        assert_eq!(find(&SEED[..20], shape, 0..=9, &["338314"]), Some(4));
        assert_eq!(find(&SEED[..20], shape, 0..=9, &["338314", "254676"]), Some(4));
        assert_eq!(find(&SEED[..20], shape, 0..=9, &["338314", "287922"]), None);
        assert_eq!(find(&SEED[..20], shape, 5..=9, &["338314"]), None);
        assert_eq!(find(&SEED[..20], shape, 0..=9, &["33831"]), None);
    }

    /// RFC 6238, appendix B: keys of 20, 32 and 64 bytes.
    #[test]
    fn totp_vectors() {
        for (seconds, sha1, sha256, sha512) in [
            (59, "94287082", "46119246", "90693936"),
            (1_111_111_109, "07081804", "68084774", "25091201"),
            (1_111_111_111, "14050471", "67062674", "99943326"),
            (1_234_567_890, "89005924", "91819424", "93441116"),
            (2_000_000_000, "69279037", "90698825", "38618901"),
            (20_000_000_000, "65353130", "77737706", "47863826"),
        ] {
            let counter = u64::try_from(step(seconds, 30)).unwrap();
            for (algorithm, length, expected) in [
                (OtpAlgorithm::Sha1, 20, sha1),
                (OtpAlgorithm::Sha256, 32, sha256),
                (OtpAlgorithm::Sha512, 64, sha512),
            ] {
                let shape = OtpShape { algorithm, digits: 8 };
                assert_eq!(code(&SEED[..length], shape, counter), expected);
            }
        }
    }

    /// S0-52
    #[test]
    fn the_address_is_what_authenticators_read() {
        let enrolment = Enrolment {
            otp_type: "totp",
            issuer: "Acme & Söhne",
            account: "ada@acme:example",
            key: "GEZDGNBVGY3TQOJQ",
            algorithm: OtpAlgorithm::Sha256,
            digits: 6,
            period: 30,
            counter: 0,
        };
        assert_eq!(
            uri(&enrolment),
            "otpauth://totp/Acme%20%26%20S%C3%B6hne:ada%40acme%20example?secret=GEZDGNBVGY3TQOJQ\
             &issuer=Acme%20%26%20S%C3%B6hne&algorithm=SHA256&digits=6&period=30"
        );
        let hotp = Enrolment {
            otp_type: "hotp",
            counter: 7,
            ..enrolment
        };
        assert!(uri(&hotp).ends_with("&digits=6&counter=7"));
    }

    #[test]
    fn keys_are_read_as_people_write_them() {
        let key = key_from_text("gezd gnbv-GY3TQOJQ gezd gnbv gy3t qojq").unwrap();
        assert_eq!(key.as_slice(), &SEED[..20]);
        assert_eq!(key_text(&key).as_str(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(key_from_text("0189").is_err());
    }
}
