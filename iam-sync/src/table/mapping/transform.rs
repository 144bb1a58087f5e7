//! The steps from a cell to a value.

use std::borrow::Cow;

use iam_core::model::fold;

use super::Transform;

/// Letters, digits, `.`, `-` and `_` of ASCII, in lower case: what a user name or the local part of a mail address
/// can safely be made of. Letters of other scripts are written in Latin ones; everything else is left out.
///
/// ```
/// use iam_sync::table::mapping::ascii;
/// assert_eq!(ascii("Zoë"), "zoe");
/// assert_eq!(ascii("O'Brien-Müßig"), "obrien-mussig");
/// assert_eq!(ascii("Łukasz"), "lukasz");
/// assert_eq!(ascii("王小明"), "wangxiaoming");
/// ```
pub fn ascii(text: &str) -> String {
    deunicode::deunicode(text)
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// A phone number in E.164, from how people write it; the text as it is when it is none.
///
/// Spaces, `-`, `.`, `/` and brackets are left out. `+` and `00` begin an international number. Everything else is a
/// number of the given country: its leading `0` is left out where countries write one, `+1` loses its leading 1.
///
/// ```
/// use iam_sync::table::mapping::phone;
/// assert_eq!(phone("464-218-4975", "+1"), "+14642184975");
/// assert_eq!(phone("1 (464) 218-4975", "+1"), "+14642184975");
/// assert_eq!(phone("030 / 12 34 56", "+49"), "+4930123456");
/// assert_eq!(phone("0049 (0)30 123456", "+49"), "+4930123456");
/// assert_eq!(phone("06 1234567", "+39"), "+39061234567");
/// assert_eq!(phone("ask Bob", "+1"), "ask Bob");
/// ```
pub fn phone(text: &str, country: &str) -> String {
    let written = text.trim();
    // “+49 (0)30 …”: the zero in brackets is for callers inside of the country.
    let international = written.starts_with('+') || written.starts_with("00");
    let cleaned = match international {
        true => Cow::Owned(written.replace("(0)", "")),
        false => Cow::Borrowed(written),
    };
    let digits: String = cleaned
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '/' | '(' | ')' | '\u{2010}'..='\u{2015}'))
        .collect();
    let number = digits.strip_prefix('+').unwrap_or(&digits);
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.to_owned();
    }
    if digits.starts_with('+') {
        return digits;
    }
    if let Some(number) = digits.strip_prefix("00") {
        return format!("+{number}");
    }
    let national = match country {
        "+1" if digits.len() == 11 => digits.strip_prefix('1'),
        // Italy dials the zero also from abroad.
        "+39" | "+378" => None,
        _ => digits.strip_prefix('0'),
    };
    format!("{country}{}", national.unwrap_or(&digits))
}

/// The value with a number behind it, before the `@` where there is one; number 1 is the value itself.
///
/// ```
/// use iam_sync::table::mapping::numbered;
/// assert_eq!(numbered("jane.smith", 1), "jane.smith");
/// assert_eq!(numbered("jane.smith", 2), "jane.smith2");
/// assert_eq!(numbered("jane.smith@example.com", 3), "jane.smith3@example.com");
/// ```
pub fn numbered(base: &str, number: u32) -> String {
    if number <= 1 {
        return base.to_owned();
    }
    match base.split_once('@') {
        Some((local, domain)) => format!("{local}{number}@{domain}"),
        None => format!("{base}{number}"),
    }
}

/// A template, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Text(String),
    Column(String),
}

/// Takes a template apart; the error says what is wrong with it.
pub(super) fn parts(pattern: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        match c {
            '{' if rest.as_str().starts_with('{') => {
                rest.next();
                text.push('{');
            }
            '{' => {
                if !text.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                }
                let Some((name, after)) = rest.as_str().split_once('}') else {
                    return Err(format!("the template “{pattern}” has a `{{` without `}}`"));
                };
                parts.push(Part::Column(name.trim().to_owned()));
                rest = after.chars();
            }
            '}' if rest.as_str().starts_with('}') => {
                rest.next();
                text.push('}');
            }
            c => text.push(c),
        }
    }
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    match parts.iter().any(|part| matches!(part, Part::Column(_))) {
        true => Ok(parts),
        false => Err(format!("the template “{pattern}” names no column")),
    }
}

/// What a template leaves around cells that were empty: separators at the ends and in pairs.
pub(super) fn tidy(text: &str) -> String {
    let (local, domain) = match text.split_once('@') {
        Some((local, domain)) => (local, Some(domain)),
        None => (text, None),
    };
    let separator = |c: char| matches!(c, '.' | '-' | '_');
    let mut tidy = String::new();
    for c in local.chars() {
        if !(separator(c) && tidy.chars().last().is_none_or(separator)) {
            tidy.push(c);
        }
    }
    let tidy = tidy.trim_end_matches(separator);
    match domain {
        Some(_) if tidy.is_empty() => String::new(),
        Some(domain) => format!("{tidy}@{domain}"),
        None => tidy.to_owned(),
    }
}

/// One step; those that are not about text leave it as it is. The error is a message.
pub(super) fn apply(step: &Transform, text: String) -> Result<String, String> {
    let empty = text.is_empty();
    Ok(match step {
        Transform::Default(default) if empty => default.clone(),
        _ if empty => text,
        Transform::LowerCase => text.to_lowercase(),
        Transform::Prefix(prefix) => format!("{prefix}{text}"),
        Transform::Replace(texts) => {
            let key = fold(&text);
            match texts.iter().find(|(from, _)| fold(from) == key) {
                Some((_, to)) => to.clone(),
                None => text,
            }
        }
        Transform::Phone { country } => phone(&text, country),
        Transform::Date(format) => match chrono::NaiveDate::parse_from_str(&text, format) {
            Ok(date) => date.format("%Y-%m-%d").to_string(),
            Err(_) => return Err(format!("is not a day written as {format}")),
        },
        Transform::Ascii => match tidy(&ascii_address(&text)) {
            ascii if ascii.is_empty() => {
                return Err("has no letter or digit that could be written in ASCII".to_owned());
            }
            ascii => ascii,
        },
        Transform::Default(_) | Transform::Distinct | Transform::Reference { .. } | Transform::Split(_) => {
            text
        }
    })
}

fn ascii_address(text: &str) -> String {
    match text.split_once('@') {
        Some((local, domain)) => format!("{}@{}", ascii(local), domain.trim().to_lowercase()),
        None => ascii(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// S2-59
    #[test]
    fn templates_are_taken_apart() {
        let column = |name: &str| Part::Column(name.to_owned());
        let text = |text: &str| Part::Text(text.to_owned());
        assert_eq!(
            parts("{a}.{ b }@x{{}}").unwrap(),
            [column("a"), text("."), column("b"), text("@x{}")]
        );
        assert!(parts("plain").is_err());
        assert!(parts("{a").unwrap_err().contains('{'));
    }

    #[test]
    fn empty_cells_leave_no_separators_behind() {
        assert_eq!(tidy("jane.@example.com"), "jane@example.com");
        assert_eq!(tidy(".smith"), "smith");
        assert_eq!(tidy("a.-b"), "a.b");
        assert_eq!(tidy(".@example.com"), "");
    }

    #[test]
    fn days_are_read_in_other_forms() {
        let step = Transform::Date("%d.%m.%Y".to_owned());
        assert_eq!(apply(&step, "21.11.2026".to_owned()).unwrap(), "2026-11-21");
        assert!(apply(&step, "2026-11-21".to_owned()).is_err());
        assert_eq!(apply(&step, String::new()).unwrap(), "");
        let wrong = Transform::Date("%Q%".to_owned());
        assert!(apply(&wrong, "21.11.2026".to_owned()).is_err());
    }

    proptest! {
        #[test]
        fn ascii_is_ascii_and_steps_never_panic(text: String, pattern: String) {
            let folded = ascii(&text);
            prop_assert!(folded.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-_".contains(&b)));
            prop_assert_eq!(ascii(&folded), folded.as_str());
            let _ = parts(&pattern);
            let _ = tidy(&text);
            let _ = phone(&text, "+49");
            let _ = apply(&Transform::Date(pattern), text);
        }

        #[test]
        fn phones_stay_when_they_are_international(number in "\\+[1-9][0-9]{6,14}") {
            prop_assert_eq!(phone(&number, "+1"), number);
        }
    }
}
