//! The canonical forms of the text-like types.

use chrono::NaiveDate;
use unicode_normalization::char::is_combining_mark;

use super::{ValueProblem, value::quoted};
use crate::model::{EntityId, Moment};

type Canonical = Result<String, ValueProblem>;

/// A calendar day, `2026-11-21`.
pub(crate) fn date(text: &str) -> Canonical {
    let wrong = || {
        ValueProblem::new(
            "value.date",
            format!(
                "{} is not a calendar day; write year, month and day such as 2026-11-21",
                quoted(text)
            ),
        )
    };
    let form = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !form || text.starts_with("0000") {
        return Err(wrong());
    }
    let number = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<u32>().ok());
    let day = match (number(0, 4), number(5, 7), number(8, 10)) {
        (Some(year), Some(month), Some(day)) => NaiveDate::from_ymd_opt(year as i32, month, day),
        _ => None,
    };
    day.map(|_| text.to_owned()).ok_or_else(wrong)
}

/// A point in time in UTC.
pub(crate) fn moment(text: &str) -> Canonical {
    text.parse::<Moment>()
        .map(|moment| moment.to_string())
        .map_err(|_| {
            ValueProblem::new(
                "value.moment",
                format!(
                    "{} is not a point in time; write RFC 3339 such as 2026-11-21T08:00:00Z, with `Z` or an offset",
                    quoted(text)
                ),
            )
        })
}

/// The identifier of something.
pub(crate) fn reference(text: &str) -> Canonical {
    text.parse::<EntityId>().map(|id| id.to_string()).map_err(|_| {
        ValueProblem::new(
            "value.reference",
            format!(
                "{} is not an identifier; expected a kind such as user_ and 26 characters",
                quoted(text)
            ),
        )
    })
}

/// An address that can be delivered to: a pragmatic subset of RFC 5321 and RFC 6531 (S3-70). The domain is lower-cased,
/// the local part is kept as given.
pub(crate) fn email(text: &str) -> Canonical {
    let wrong = |reason: &str| {
        Err(ValueProblem::new(
            "value.email",
            format!(
                "{} is not an e-mail address: {reason}; write it like name@example.com",
                quoted(text)
            ),
        ))
    };
    if text.len() > 254 {
        return wrong("it is longer than 254 octets");
    }
    let Some((local, domain)) = text.split_once('@') else {
        return wrong("the @ is missing");
    };
    if domain.contains('@') {
        return wrong("there is more than one @");
    }
    if local.is_empty() || local.len() > 64 {
        return wrong("the part before the @ must have 1 to 64 octets");
    }
    let stray = |c: char| c.is_whitespace() || c.is_control() || "\"(),:;<>[\\]".contains(c);
    if local.chars().any(stray) {
        return wrong("the part before the @ holds a space or a character that is not allowed");
    }
    let domain = domain.to_lowercase();
    if domain.len() > 253 || local.len() + 1 + domain.len() > 254 {
        return wrong("the domain is too long");
    }
    let in_label = |c: char| {
        c.is_ascii_alphanumeric()
            || c == '-'
            || (!c.is_ascii()
                && (c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}')))
    };
    for label in domain.split('.') {
        if label.is_empty() || label.len() > 63 {
            return wrong("each part of the domain must have 1 to 63 octets");
        }
        if label.starts_with('-') || label.ends_with('-') || !label.chars().all(in_label) {
            return wrong("the domain may hold letters, digits and, not at the edge of a part, hyphens");
        }
    }
    Ok(format!("{local}@{domain}"))
}

/// A phone number in E.164 (S3-71). Nothing is stripped: a number that was guessed wrong reaches a stranger.
pub(crate) fn phone(text: &str) -> Canonical {
    let wrong = |reason: &str| {
        Err(ValueProblem::new(
            "value.phone",
            format!(
                "{} is not a phone number in E.164: {reason}; write + and 8 to 15 digits, such as +4930123456",
                quoted(text)
            ),
        ))
    };
    let Some(digits) = text.strip_prefix('+') else {
        return wrong("it must start with + and the country code");
    };
    if digits.chars().any(|c| !c.is_ascii_digit()) {
        return wrong(
            "after the + only the digits 0 to 9 are allowed, without spaces, hyphens or parentheses",
        );
    }
    if digits.starts_with('0') {
        return wrong(
            "a country code does not start with 0; drop the leading zeros and put the country code first",
        );
    }
    match digits.len() {
        0..8 => wrong("it has fewer than 8 digits; is the area code missing?"),
        8..=15 => Ok(text.to_owned()),
        _ => wrong("it has more than 15 digits"),
    }
}

/// A well-formed language tag of BCP 47 in its usual case (S4-40).
pub(crate) fn language(text: &str) -> Canonical {
    let wrong = |reason: &str| {
        Err(ValueProblem::new(
            "value.language",
            format!(
                "{} is not a language tag: {reason}; write it like en-US",
                quoted(text)
            ),
        ))
    };
    if text.len() > 35 {
        return wrong("it is longer than 35 characters");
    }
    let parts: Vec<String> = text.split('-').map(str::to_ascii_lowercase).collect();
    let between = |part: &str, low: usize, high: usize| (low..=high).contains(&part.len());
    let alpha = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if parts
        .iter()
        .any(|part| !between(part, 1, 8) || !part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    {
        return wrong("its parts are 1 to 8 letters or digits, joined by hyphens");
    }
    let mut rest = parts.iter().map(String::as_str).peekable();
    let mut tag = String::with_capacity(text.len());
    let private_only = rest.peek() == Some(&"x");
    if !private_only {
        let Some(primary) = rest.next_if(|part| between(part, 2, 8) && alpha(part)) else {
            return wrong("it must start with a language of 2 to 8 letters");
        };
        tag.push_str(primary);
        if primary.len() <= 3 {
            for _ in 0..3 {
                let Some(extended) = rest.next_if(|part| part.len() == 3 && alpha(part)) else {
                    break;
                };
                tag.push('-');
                tag.push_str(extended);
            }
        }
        if let Some(script) = rest.next_if(|part| part.len() == 4 && alpha(part)) {
            tag.push('-');
            for (place, c) in script.chars().enumerate() {
                tag.push(if place == 0 { c.to_ascii_uppercase() } else { c });
            }
        }
        let is_region = |part: &&str| part.len() == 2 && alpha(part) || part.len() == 3 && digits(part);
        if let Some(region) = rest.next_if(is_region) {
            tag.push('-');
            tag.push_str(&region.to_ascii_uppercase());
        }
        let is_variant = |part: &&str| {
            between(part, 5, 8) || part.len() == 4 && part.starts_with(|c: char| c.is_ascii_digit())
        };
        let mut variants = Vec::new();
        while let Some(variant) = rest.next_if(is_variant) {
            if variants.contains(&variant) {
                return wrong("a variant appears twice");
            }
            variants.push(variant);
            tag.push('-');
            tag.push_str(variant);
        }
        let mut singletons = Vec::new();
        while let Some(singleton) = rest.next_if(|part| part.len() == 1 && *part != "x") {
            if singletons.contains(&singleton) {
                return wrong("an extension appears twice");
            }
            singletons.push(singleton);
            tag.push('-');
            tag.push_str(singleton);
            let before = tag.len();
            while let Some(part) = rest.next_if(|part| part.len() > 1) {
                tag.push('-');
                tag.push_str(part);
            }
            if tag.len() == before {
                return wrong("an extension is empty");
            }
        }
    }
    if rest.next_if_eq(&"x").is_some() {
        tag.push_str(if private_only { "x" } else { "-x" });
        if rest.peek().is_none() {
            return wrong("the private part after x is empty");
        }
        for part in rest.by_ref() {
            tag.push('-');
            tag.push_str(part);
        }
    }
    match rest.next() {
        Some(_) => wrong("its parts are out of order (language, script, region, variants)"),
        None => Ok(tag),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// S3-70
    #[test]
    fn email_addresses() {
        for (given, kept) in [
            ("Alice@Example.COM", "Alice@example.com"),
            ("a.b+tag@x-y.example", "a.b+tag@x-y.example"),
            ("o'neil@example.co.uk", "o'neil@example.co.uk"),
            ("jörg@BÜCHER.example", "jörg@bücher.example"),
            ("root@localhost", "root@localhost"),
        ] {
            assert_eq!(email(given).unwrap(), kept);
        }
        for wrong in [
            "alice",
            "@example.com",
            "alice@",
            "a@b@c",
            "al ice@example.com",
            "alice@exa mple.com",
            "alice@-x.com",
            "alice@x-.com",
            "alice@x..com",
            "alice@x.com.",
            "alice@x.com\r\nBcc: b@c.d",
            "\"a\"@x.com",
            "alice@[10.0.0.1]",
            "a\u{0}@x.com",
            &format!("{}@x.com", "a".repeat(65)),
            &format!("a@{}.com", "b".repeat(64)),
            &format!("a@{}", "bcd.".repeat(80)),
        ] {
            assert_eq!(email(wrong).unwrap_err().code, "value.email", "{wrong}");
        }
    }

    /// S3-71
    #[test]
    fn phone_numbers_and_what_the_error_says() {
        for right in ["+49301234", "+4930123456", "+123456789012345"] {
            assert_eq!(phone(right).unwrap(), right);
        }
        for (wrong, says) in [
            ("030123456", "start with +"),
            ("0049301234567", "start with +"),
            ("+49 30 123456", "spaces"),
            ("+49(0)30123456", "parentheses"),
            ("+٤٩٣٠١٢٣٤٥", "digits 0 to 9"),
            ("+0301234567", "country code"),
            ("+1234567", "fewer than 8"),
            ("+", "fewer than 8"),
            ("+1234567890123456", "more than 15"),
        ] {
            let problem = phone(wrong).unwrap_err();
            assert_eq!(problem.code, "value.phone");
            assert!(problem.message.contains(says), "{}", problem.message);
        }
    }

    /// S4-40
    #[test]
    fn language_tags() {
        for (given, kept) in [
            ("EN-us", "en-US"),
            ("de", "de"),
            ("zh-hANT-tw", "zh-Hant-TW"),
            ("ES-419", "es-419"),
            ("sl-rozaj-biske", "sl-rozaj-biske"),
            ("de-ch-1996", "de-CH-1996"),
            ("zh-cmn-Hans-CN", "zh-cmn-Hans-CN"),
            ("en-U-ca-gregory-X-Foo", "en-u-ca-gregory-x-foo"),
            ("x-Whatever", "x-whatever"),
        ] {
            assert_eq!(language(given).unwrap(), kept);
            assert_eq!(language(kept).unwrap(), kept);
        }
        for wrong in [
            "",
            "e",
            "en_US",
            "en-",
            "-en",
            "en--US",
            "en-US-DE",
            "12",
            "en-a",
            "en-x",
            "x",
            "de-1996-1996",
            "en-a-bb-a-cc",
            "englishlanguage",
            "en-é",
        ] {
            assert_eq!(language(wrong).unwrap_err().code, "value.language", "{wrong}");
        }
    }

    #[test]
    fn calendar_days() {
        for right in ["2024-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(date(right).unwrap(), right);
        }
        for wrong in [
            "2023-02-29",
            "2026-13-01",
            "0000-01-01",
            "2026-1-1",
            "21.11.2026",
            "2026-11-21T00:00:00Z",
            "+026-11-21",
            "２０２６-1-1",
        ] {
            assert_eq!(date(wrong).unwrap_err().code, "value.date", "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics_and_what_passes_is_stable(text in "\\PC{0,40}|[a-zA-Z0-9@.+-]{0,40}") {
            for canonical in [email, phone, language, date, moment, reference] {
                if let Ok(kept) = canonical(&text) {
                    prop_assert_eq!(canonical(&kept).unwrap(), kept);
                }
            }
        }
    }
}
