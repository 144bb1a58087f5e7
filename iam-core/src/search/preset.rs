//! The list of a customer directory: ordered by e-mail, twenty on a page, searched by prefix.

use super::{FilterProblem, Predicate, Search, Sort};
use crate::model::Kind;

/// The attributes that [`prefix_search`] looks at.
pub const PREFIX_ATTRIBUTES: &[&str] = &[
    "user_name",
    "email",
    "first_name",
    "last_name",
    "display_name",
    "phone",
    "user_number",
];

/// Characters of the text at least (S3-10).
const MINIMUM: usize = 2;

/// Users any of whose names, addresses or numbers starts with the text, in any letter case; ordered by e-mail, twenty on
/// a page (S3-4 … S3-11).
///
/// An empty or blank text lists everyone; one character is refused with `search.too_short`.
///
/// ```
/// use iam_core::search::{Predicate, prefix_search};
///
/// assert_eq!(prefix_search("")?.filter, Predicate::All);
/// assert_eq!(prefix_search("al")?.limit, 20);
/// assert_eq!(prefix_search("a").unwrap_err().code, "search.too_short");
/// # Ok::<(), iam_core::search::FilterProblem>(())
/// ```
pub fn prefix_search(text: &str) -> Result<Search, FilterProblem> {
    prefix_search_over(text, PREFIX_ATTRIBUTES)
}

/// [`prefix_search`] over other attributes: which ones a list is searched by is for the host to say (S0-12).
pub fn prefix_search_over(text: &str, attributes: &[&str]) -> Result<Search, FilterProblem> {
    let search = Search::new(Kind::User).sort([Sort::ascending("email")]);
    let text = text.trim_start();
    match text.trim_end().chars().count() {
        0 => Ok(search),
        count if count < MINIMUM => Err(FilterProblem::new(
            "search.too_short",
            format!("type at least {MINIMUM} characters to search, or none to list everyone"),
        )),
        _ => Ok(search.filter(Predicate::Or(
            attributes
                .iter()
                .map(|attribute| Predicate::starts_with(*attribute, text))
                .collect(),
        ))),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        model::{EntityId, Record},
        search::{Limits, builtin_catalog, paginate, sort_keys},
    };

    fn found(text: &str) -> Vec<String> {
        let people = [
            ("zoe@example.com", "Anna", "Zimmer"),
            ("bob@example.com", "Bob", "Hanna"),
            ("ANNE@example.com", "Änne", "Öz"),
            ("", "anna-lena", "Meier"),
        ];
        let checked = prefix_search(text)
            .unwrap()
            .check(&builtin_catalog(Kind::User), &Limits::default())
            .unwrap();
        let rows = (1..).zip(people).filter_map(|(n, (email, first, last))| {
            let mut record = Record::new(EntityId::new(Kind::User, uuid::Uuid::from_u128(n)));
            record.set("email", Some(email.into()));
            record.set("first_name", Some(first.into()));
            record.set("last_name", Some(last.into()));
            checked
                .admits(&record, &record)
                .then(|| (sort_keys(&record, &checked.sort), Arc::new(record)))
        });
        paginate(rows.collect(), &checked)
            .items
            .iter()
            .map(|record| record.text("first_name").to_owned())
            .collect()
    }

    /// S3-4, S3-7, S3-8, S3-9, A.6 X10
    #[test]
    fn prefix_in_any_letter_case_ordered_by_email() {
        assert_eq!(found("ANN"), ["anna-lena", "Änne", "Anna"]);
        assert_eq!(found("  än"), ["Änne"]);
        assert_eq!(found("nna"), [""; 0]);
        assert_eq!(found("zo"), ["Anna"]);
    }

    /// S3-5, S3-10, S3-11
    #[test]
    fn at_least_two_characters_or_none() {
        for short in ["a", "ä", "😀", " a "] {
            let problem = prefix_search(short).unwrap_err();
            assert_eq!(problem.code, "search.too_short");
            assert!(problem.message.contains("at least 2 characters"));
        }
        assert_eq!(found(" ").len(), 4);
        assert_eq!(found("öz"), ["Änne"]);
        assert_eq!(prefix_search("").unwrap().limit, 20);
    }
}
