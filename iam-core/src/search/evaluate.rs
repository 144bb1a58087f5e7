//! The in-memory evaluator: what every backend's answers are compared with.

use std::ops::{Bound, RangeBounds};

use super::{Checked, Test};
use crate::model::{Peeked, Record, fold};

/// Something a predicate is evaluated on.
///
/// A [`Record`] answers for its stored attributes and its `id`; wrappers add those derived from edges.
///
/// ```
/// use iam_core::{model::Record, search::Subject};
///
/// struct WithGroups<'a>(&'a Record, &'a [String]);
///
/// impl Subject for WithGroups<'_> {
///     fn any_key(&self, attribute: &str, test: &mut dyn FnMut(&str) -> bool) -> bool {
///         match attribute {
///             "groups" => self.1.iter().any(|id| test(id)),
///             stored => self.0.any_key(stored, test),
///         }
///     }
/// }
/// ```
pub trait Subject {
    /// Whether any of the attribute's search keys passes the test.
    fn any_key(&self, attribute: &str, test: &mut dyn FnMut(&str) -> bool) -> bool;
}

impl Subject for Record {
    fn any_key(&self, attribute: &str, test: &mut dyn FnMut(&str) -> bool) -> bool {
        // One text of a record that nobody has read yet is looked at where it lies.
        if let Some(Peeked::Text(text)) = self.attributes.peek(attribute) {
            return test(&fold(text));
        }
        match self.value(attribute) {
            Some(value) => value
                .elements()
                .iter()
                .filter_map(|element| element.search_key())
                .any(|key| test(&key)),
            None => attribute == "id" && test(&self.id.to_string()),
        }
    }
}

impl Test {
    /// Whether a search key passes.
    ///
    /// ```
    /// use iam_core::search::Test;
    /// assert!(Test::StartsWith("ber".into()).passes("berlin"));
    /// ```
    pub fn passes(&self, key: &str) -> bool {
        match self {
            Test::Present => true,
            Test::Equals(wanted) => key == wanted,
            Test::OneOf(wanted) => wanted.contains(key),
            Test::Range { lower, upper } => {
                let ends: (Bound<&str>, Bound<&str>) = (
                    lower.as_ref().map(String::as_str),
                    upper.as_ref().map(String::as_str),
                );
                RangeBounds::<str>::contains(&ends, key)
            }
            Test::StartsWith(start) => key.starts_with(start.as_str()),
            Test::EndsWith(end) => key.ends_with(end.as_str()),
            Test::Contains(part) => key.contains(part.as_str()),
        }
    }
}

impl Checked {
    /// Whether it holds for the subject.
    pub fn matches(&self, subject: &dyn Subject) -> bool {
        match self {
            Checked::All => true,
            Checked::None => false,
            Checked::And(list) => list.iter().all(|item| item.matches(subject)),
            Checked::Or(list) => list.iter().any(|item| item.matches(subject)),
            Checked::Not(inner) => !inner.matches(subject),
            Checked::Leaf { attribute, test, .. } => subject.any_key(attribute, &mut |key| test.passes(key)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        model::{EntityId, Value},
        search::{Limits, Predicate, check, fixture},
    };

    fn matches(text: &str, record: &Record) -> bool {
        check(
            &Predicate::from_scim(text).unwrap(),
            &fixture::definition,
            &Limits::default(),
        )
        .unwrap()
        .matches(record)
    }

    fn record() -> Record {
        Record::new("user_00000000000000000000000001".parse::<EntityId>().unwrap())
    }

    /// S0-119
    #[test]
    fn everyone_and_no_one() {
        assert!(matches("1==1", &record()));
        assert!(!matches("1==0", &record()));
    }

    /// Two-valued logic: nothing is undefined.
    #[test]
    fn a_missing_value_satisfies_only_negations() {
        let empty = record();
        for (text, expected) in [
            (r#"city eq "a""#, false),
            (r#"city ne "a""#, true),
            (r#"not (city eq "a")"#, true),
            ("level lt 5", false),
            ("not (level lt 5)", true),
            ("city pr", false),
            ("city eq null", true),
        ] {
            assert_eq!(matches(text, &empty), expected, "{text}");
        }
    }

    #[test]
    fn one_of_several_values_is_enough() {
        let mut record = record();
        record.set("tags", Some(vec!["Red", "Blue"].into()));
        assert!(matches(r#"tags eq "red" and tags eq "blue""#, &record));
        assert!(matches(r#"tags gt "c" and tags lt "c""#, &record));
        assert!(!matches(r#"tags ne "red""#, &record));
        record.set("seen_at", Some("2026-11-21T08:00:00.000000Z".into()));
        assert!(matches(r#"seen_at eq "2026-11-21T10:00:00+02:00""#, &record));
        assert!(record.any_key("id", &mut |key| key.ends_with("01")));
        assert!(!record.any_key("groups", &mut |_| true));
    }

    proptest! {
        /// The oracle: a recursive evaluator over values instead of keys.
        #[test]
        fn agrees_with_the_naive_evaluator(
            predicate in fixture::predicates(),
            records in proptest::collection::vec(fixture::records(), 1..6),
        ) {
            let checked = check(&predicate, &fixture::definition, &Limits::default()).unwrap();
            let negated = check(&Predicate::Not(Box::new(predicate.clone())), &fixture::definition, &Limits::default()).unwrap();
            for record in &records {
                let naive = fixture::naive(&predicate, record);
                prop_assert_eq!(checked.matches(record), naive);
                prop_assert_eq!(negated.matches(record), !naive);
            }
        }

        #[test]
        fn text_and_json_mean_the_same(predicate in fixture::predicates(), record in fixture::records()) {
            let text = Predicate::from_scim(&predicate.to_scim().unwrap()).unwrap();
            let json: Predicate = serde_json::from_value(serde_json::to_value(&predicate).unwrap()).unwrap();
            for other in [text, json] {
                let other = check(&other, &fixture::definition, &Limits::default()).unwrap();
                prop_assert_eq!(other.matches(&record), fixture::naive(&predicate, &record));
            }
        }

        #[test]
        fn keys_of_whole_numbers_and_fractions_compare(whole in -100i64..100, half in -100i64..100) {
            let mut record = record();
            record.set("score", Some(Value::Number(half as f64 / 2.0)));
            prop_assert_eq!(matches(&format!("score ge {whole}"), &record), half >= 2 * whole);
            prop_assert_eq!(matches(&format!("score eq {whole}"), &record), half == 2 * whole);
        }
    }
}
