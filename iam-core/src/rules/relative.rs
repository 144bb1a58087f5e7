//! Moments relative to the moment of evaluation, as conditions write them: `now`, `now-30d`, `now+5400s`.

use crate::{
    model::{AttributeType, Moment, Value},
    search::{Catalog, Predicate},
};

/// The text of a moment so many seconds after (or before) the evaluation.
pub(crate) fn text(seconds: i64) -> String {
    match seconds {
        0 => "now".to_owned(),
        seconds => format!("now{seconds:+}s"),
    }
}

/// The seconds of a text such as `now-30d`; `None` when it is no such text.
fn offset(text: &str) -> Option<i64> {
    let rest = text.strip_prefix("now")?;
    if rest.is_empty() {
        return Some(0);
    }
    let (sign, rest) = match rest.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, rest.strip_prefix('-')?),
    };
    if rest.starts_with(['+', '-']) {
        return None;
    }
    Some(sign * duration(rest)?)
}

/// The whole seconds of a duration such as `72h30m`, at most 1000 years.
pub(crate) fn duration(text: &str) -> Option<i64> {
    const MOST: i64 = 1000 * 366 * 86_400;
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let mut sum = 0i64;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: i64 = rest.get(..digits)?.parse().ok()?;
        let unit = rest.get(digits..)?.chars().next()?;
        let seconds = match unit {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            _ => return None,
        };
        sum = sum.checked_add(number.checked_mul(seconds)?)?;
        rest = rest.get(digits + unit.len_utf8()..)?;
        if sum > MOST {
            return None;
        }
    }
    Some(sign * sum)
}

/// The predicate with every relative moment made absolute: values of attributes that are moments or days. The second
/// says whether there was one.
pub fn at(predicate: &Predicate, now: Moment, catalog: Catalog<'_, '_>) -> (Predicate, bool) {
    let mut timed = false;
    let predicate = walk(predicate, now, catalog, &mut timed);
    (predicate, timed)
}

fn walk(predicate: &Predicate, now: Moment, catalog: Catalog<'_, '_>, timed: &mut bool) -> Predicate {
    let mut fixed = |attribute: &str, value: &Value| -> Value {
        let kind = catalog(attribute).map(|definition| definition.value_type);
        let moment = value
            .as_text()
            .and_then(offset)
            .map(|seconds| now.plus_seconds(seconds));
        match (kind, moment) {
            (Some(AttributeType::Moment), Some(moment)) => {
                *timed = true;
                moment.into()
            }
            (Some(AttributeType::Date), Some(moment)) => {
                *timed = true;
                moment.to_string().chars().take(10).collect::<String>().into()
            }
            _ => value.clone(),
        }
    };
    match predicate {
        Predicate::Compare {
            attribute,
            operator,
            value,
        } => Predicate::Compare {
            attribute: attribute.clone(),
            operator: *operator,
            value: fixed(attribute, value),
        },
        Predicate::In { attribute, values } => Predicate::In {
            attribute: attribute.clone(),
            values: values.iter().map(|value| fixed(attribute, value)).collect(),
        },
        Predicate::And(list) => {
            Predicate::And(list.iter().map(|item| walk(item, now, catalog, timed)).collect())
        }
        Predicate::Or(list) => {
            Predicate::Or(list.iter().map(|item| walk(item, now, catalog, timed)).collect())
        }
        Predicate::Not(inner) => Predicate::Not(Box::new(walk(inner, now, catalog, timed))),
        Predicate::All | Predicate::None | Predicate::Present { .. } => predicate.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::Kind, search::builtin_catalog};

    #[test]
    fn offsets_are_read_and_written() {
        for (text, seconds) in [
            ("now", 0),
            ("now-30d", -2_592_000),
            ("now+1h30m", 5_400),
            ("now-5s", -5),
        ] {
            assert_eq!(offset(text), Some(seconds));
            assert_eq!(offset(&super::text(seconds)), Some(seconds));
        }
        for text in [
            "nowhere",
            "now30d",
            "now+",
            "now+-5s",
            "now+5",
            "now+1.5h",
            "now+99999999999d",
            "n",
        ] {
            assert_eq!(offset(text), None, "{text}");
        }
    }

    #[test]
    fn only_moments_and_days_are_relative() {
        let now: Moment = "2026-11-21T08:00:00Z".parse().unwrap();
        let fixed = |text: &str| {
            let (predicate, timed) = at(
                &Predicate::from_scim(text).unwrap(),
                now,
                &builtin_catalog(Kind::User),
            );
            (predicate.to_scim().unwrap(), timed)
        };
        assert_eq!(
            fixed(r#"hired_on le "now-1d" and not (valid_until lt "now")"#),
            (
                r#"hired_on le "2026-11-20" and not (valid_until lt "2026-11-21T08:00:00.000000Z")"#
                    .to_owned(),
                true
            )
        );
        assert_eq!(fixed(r#"job eq "now""#), (r#"job eq "now""#.to_owned(), false));
    }
}
