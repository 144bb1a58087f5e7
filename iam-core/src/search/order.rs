//! The total order of a list.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{Catalog, FilterProblem, check};
use crate::{
    model::{EntityId, Record, Value},
    rules::quoted,
};

/// Attributes to sort by, at most.
const MOST: usize = 8;

/// One attribute to sort by.
///
/// The order is total: by the sort keys one after the other (an attribute that is not set has the empty key, so it comes
/// first ascending and last descending), then by id, always ascending.
///
/// ```
/// use iam_core::search::Sort;
/// let sort: Sort = serde_json::from_str(r#"{"attribute":"email"}"#).unwrap();
/// assert_eq!(sort, Sort::ascending("email"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sort {
    /// The attribute's name.
    pub attribute: String,
    /// From the greatest to the least.
    #[serde(default)]
    pub descending: bool,
}

impl Sort {
    /// From the least to the greatest.
    pub fn ascending(attribute: impl Into<String>) -> Sort {
        Sort {
            attribute: attribute.into(),
            descending: false,
        }
    }

    /// From the greatest to the least.
    pub fn descending(attribute: impl Into<String>) -> Sort {
        Sort {
            attribute: attribute.into(),
            descending: true,
        }
    }
}

/// Checks a sort against the catalogue; the names come back as the catalogue spells them.
///
/// Refused are attributes that are unknown, not searchable, derived or of several values, and more than eight of them.
///
/// ```
/// use iam_core::{model::Kind, search::{Sort, builtin_catalog, check_sort}};
///
/// let catalog = builtin_catalog(Kind::User);
/// assert!(check_sort(&[Sort::descending("created_at")], &catalog).is_ok());
/// assert_eq!(check_sort(&[Sort::ascending("groups")], &catalog).unwrap_err().code, "search.sort");
/// ```
pub fn check_sort(sort: &[Sort], catalog: Catalog<'_, '_>) -> Result<Vec<Sort>, FilterProblem> {
    if sort.len() > MOST {
        return Err(FilterProblem::new(
            "search.sort",
            format!("a list is sorted by at most {MOST} attributes"),
        ));
    }
    let mut checked: Vec<Sort> = Vec::with_capacity(sort.len());
    for one in sort {
        let definition = check::find(&one.attribute, catalog)?;
        let refused = |why: &str| {
            Err(FilterProblem::new(
                "search.sort",
                format!("cannot sort by {}: {why}", quoted(&one.attribute)),
            )
            .about(&one.attribute))
        };
        if definition.name == "id" {
            return refused("the id settles the order anyway; leave it out");
        }
        if definition.multiple {
            return refused("it may hold several values");
        }
        if definition.derived {
            return refused("it is derived and not stored");
        }
        if checked.iter().any(|before| before.attribute == definition.name) {
            return refused("it is named twice");
        }
        checked.push(Sort {
            attribute: definition.name.clone(),
            descending: one.descending,
        });
    }
    Ok(checked)
}

/// The sort keys of a record; empty for what is not set.
///
/// ```
/// use iam_core::{model::{EntityId, Record}, search::{Sort, sort_keys}};
///
/// let mut record = Record::new("user_00000000000000000000000001".parse::<EntityId>().unwrap());
/// record.set("email", Some("Alice@Example.com".into()));
/// let keys = sort_keys(&record, &[Sort::ascending("email"), Sort::ascending("job")]);
/// assert_eq!(keys, ["alice@example.com", ""]);
/// ```
pub fn sort_keys(record: &Record, sort: &[Sort]) -> Vec<String> {
    sort.iter()
        .map(|one| {
            record
                .value(&one.attribute)
                .and_then(Value::search_key)
                .map(|key| key.into_owned())
                .unwrap_or_default()
        })
        .collect()
}

/// Compares two places in the order of a list.
///
/// ```
/// use iam_core::search::{Sort, compare};
///
/// let id = "user_00000000000000000000000001".parse().unwrap();
/// let (a, b) = (["a".to_owned()], ["b".to_owned()]);
/// assert!(compare(&[Sort::descending("email")], (&a, id), (&b, id)).is_gt());
/// ```
pub fn compare(sort: &[Sort], a: (&[String], EntityId), b: (&[String], EntityId)) -> Ordering {
    for (place, one) in sort.iter().enumerate() {
        let order = a.0.get(place).cmp(&b.0.get(place));
        let order = if one.descending { order.reverse() } else { order };
        if order.is_ne() {
            return order;
        }
    }
    a.1.cmp(&b.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::Kind,
        search::{builtin_catalog, fixture},
    };

    #[test]
    fn what_cannot_be_sorted_by_is_refused() {
        let catalog = builtin_catalog(Kind::User);
        for (sort, code) in [
            (vec![Sort::ascending("nothing")], "search.unknown_attribute"),
            (vec![Sort::ascending("street")], "search.not_searchable"),
            (vec![Sort::ascending("groups")], "search.sort"),
            (vec![Sort::ascending("manager")], "search.sort"),
            (
                vec![Sort::ascending("email"), Sort::descending("Email")],
                "search.sort",
            ),
            (vec![Sort::ascending("email"); 9], "search.sort"),
        ] {
            assert_eq!(check_sort(&sort, &catalog).unwrap_err().code, code);
        }
        let tags = [Sort::ascending("tags")];
        assert_eq!(
            check_sort(&tags, &fixture::definition).unwrap_err().code,
            "search.sort"
        );
        let email = check_sort(&[Sort::ascending("EMAIL")], &catalog).unwrap();
        assert_eq!(email, [Sort::ascending("email")]);
    }
}
