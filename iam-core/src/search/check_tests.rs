use proptest::prelude::*;

use super::*;
use crate::search::{fixture, prefix_end};

fn checked(text: &str) -> Result<Checked, FilterProblem> {
    check(
        &Predicate::from_scim(text).unwrap(),
        &fixture::definition,
        &Limits::default(),
    )
}

fn code(text: &str) -> &'static str {
    checked(text).map_or_else(|problem| problem.code, |_| "")
}

fn test(text: &str) -> Test {
    match checked(text).unwrap() {
        Checked::Leaf { test, .. } => test,
        other => panic!("{text}: {other:?}"),
    }
}

/// S0-12, S2-11
#[test]
fn unknown_and_unsearchable_attributes_are_refused_wherever_they_stand() {
    for text in ["nothing pr", "not (nothing eq 1)", "1==1 or nothing pr"] {
        assert_eq!(code(text), "search.unknown_attribute");
    }
    for text in [
        "street pr",
        r#"street eq "x""#,
        "1==0 and street pr",
        "unindexed_string_1 pr",
    ] {
        let catalog = builtin_catalog(Kind::User);
        let predicate = Predicate::from_scim(text).unwrap();
        let problem = check(&predicate, &catalog, &Limits::default()).unwrap_err();
        assert_eq!(problem.code, "search.not_searchable");
        assert!(problem.attribute.is_some());
    }
    assert_eq!(code(r#"CITY eq "x""#), "");
}

#[test]
fn operators_fit_the_type() {
    for operator in ["co", "sw", "ew", "gt", "ge", "lt", "le"] {
        let ordering = operator.starts_with(['g', 'l']);
        let expect = |fits: bool| if fits { "" } else { "search.operator" };
        for (attribute, value, fits) in [
            ("city", r#""x""#, true),
            ("tags", r#""x""#, true),
            ("level", "1", ordering),
            ("score", "1.5", ordering),
            ("hired_on", r#""2026-11-21""#, ordering),
            ("seen_at", r#""2026-11-21T00:00:00Z""#, ordering),
            ("privileged", "true", false),
            ("owner", r#""user_00000000000000000000000001""#, false),
        ] {
            let text = format!("{attribute} {operator} {value}");
            assert_eq!(code(&text), expect(fits), "{text}");
        }
    }
}

#[test]
fn values_fit_the_type() {
    for wrong in [
        "city eq 1",
        "city eq true",
        r#"level eq "x""#,
        "level eq true",
        r#"score eq "inf""#,
        r#"score eq "NaN""#,
        "privileged eq 1",
        r#"privileged eq "yes""#,
        r#"hired_on eq "2026-02-30""#,
        r#"hired_on eq "2026-11-21T00:00:00Z""#,
        "hired_on eq 2026",
        r#"seen_at eq "yesterday""#,
        r#"owner eq "bob""#,
        "owner eq 1",
    ] {
        assert_eq!(code(wrong), "search.value", "{wrong}");
    }
    let long = Predicate::eq("city", "x".repeat(1025));
    assert_eq!(
        check(&long, &fixture::definition, &Limits::default())
            .unwrap_err()
            .code,
        "search.value"
    );
    let list = Predicate::eq("city", vec!["x"]);
    assert_eq!(
        check(&list, &fixture::definition, &Limits::default())
            .unwrap_err()
            .code,
        "search.value"
    );
    let fraction = Predicate::eq("level", Value::Number(f64::INFINITY));
    assert!(check(&fraction, &fixture::definition, &Limits::default()).is_err());
}

#[test]
fn values_become_search_keys() {
    assert_eq!(test(r#"city eq "STRASSE""#), Test::Equals("strasse".into()));
    assert_eq!(test(r#"privileged eq "False""#), Test::Equals("0".into()));
    assert_eq!(test("level eq 2.0"), test(r#"level eq "2""#));
    let midnight = Test::Range {
        lower: Bound::Included("2026-11-21t00:00:00.000000z".into()),
        upper: Bound::Unbounded,
    };
    assert_eq!(test(r#"seen_at ge "2026-11-21""#), midnight);
    assert_eq!(test(r#"seen_at ge "2026-11-21T02:00:00+02:00""#), midnight);
    assert_eq!(test(r#"city sw """#), Test::Present);
    assert_eq!(checked(r#"city eq """#), checked("city eq null"));
    assert_eq!(checked(r#"city ne """#), checked("city pr"));
}

/// S3-76
#[test]
fn every_kind_can_be_searched_by_id() {
    let id = "user_00000000000000000000000001";
    assert_eq!(test(&format!(r#"ID eq "{id}""#)), Test::Equals(id.into()));
    assert_eq!(code(&format!(r#"id sw "{id}""#)), "search.operator");
    let sorted = [crate::search::Sort::ascending("id")];
    assert!(crate::search::check_sort(&sorted, &fixture::definition).is_err());
}

/// S0-119
#[test]
fn constants_disappear_and_equalities_join() {
    for (text, same) in [
        ("city pr and 1==1", "city pr"),
        ("city pr or 1==0", "city pr"),
        ("city pr and 1==0", "1==0"),
        ("city pr or 1==1", "1==1"),
        ("not (1==1)", "1==0"),
        ("not (not (city pr))", "city pr"),
        (
            "(city pr and level pr) and tags pr",
            "city pr and (level pr and tags pr)",
        ),
        (
            r#"city eq "a" or (level pr or city eq "A")"#,
            r#"city eq "a" or level pr"#,
        ),
        (r#"city ne "a""#, r#"not (city eq "A")"#),
    ] {
        assert_eq!(checked(text), checked(same), "{text}");
    }
    let list = Predicate::any_of("city", ["B", "a", "b"]);
    let joined = check(&list, &fixture::definition, &Limits::default()).unwrap();
    assert_eq!(Ok(&joined), checked(r#"city eq "a" or city eq "b""#).as_ref());
    assert_eq!(joined.attributes().into_iter().collect::<Vec<_>>(), ["city"]);
    let none = Predicate::any_of("city", [""; 0]);
    assert_eq!(
        check(&none, &fixture::definition, &Limits::default()),
        Ok(Checked::None)
    );
    assert!(!format!("{:?}", test(r#"city eq "secret""#)).contains("secret"));
}

/// S0-13, S1-28: twenty criteria and more, of every type, in one search.
#[test]
fn twenty_criteria_in_one_search() {
    let text = r#"administrative_status eq "enabled" and department eq "Sales" and location sw "Ber" and
        last_sign_in_at ge "2026-01-01" and not (last_attempt_at pr) and job ne "Temp" and privileged eq false and
        city co "e" and country eq "DE" and language eq "de-DE" and hired_on lt "2026-01-01" and email ew "example.com"
        and phone sw "+49" and user_number ge "1000" and locked eq false and identity_type eq "primary" and
        indexed_string_1 eq "x" and indexed_integer_1 gt 5 and indexed_date_1 le "2026-11-21" and
        indexed_strings_1 eq "y" and (first_name sw "a" or last_name sw "a") and
        user_type eq "user_type_00000000000000000000000001" and groups eq "group_00000000000000000000000001""#;
    let predicate = Predicate::from_scim(text).unwrap();
    let checked = check(&predicate, &builtin_catalog(Kind::User), &Limits::default()).unwrap();
    assert!(checked.attributes().len() >= 20);
    let Checked::And(list) = &checked else { panic!() };
    let derived: Vec<_> = list
        .iter()
        .filter_map(|item| match item {
            Checked::Leaf {
                attribute,
                derived: true,
                multiple: true,
                ..
            } => Some(attribute.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(derived, ["groups"]);
}

#[test]
fn depth_and_terms_are_limited_for_trees_that_were_built_in_code() {
    let nest = |depth: usize| (1..depth).fold(Predicate::All, |inner, _| Predicate::Not(Box::new(inner)));
    let code = |predicate: &Predicate| {
        check(predicate, &fixture::definition, &Limits::default()).map_or_else(|problem| problem.code, |_| "")
    };
    assert_eq!(code(&nest(50)), "");
    assert_eq!(code(&nest(51)), "search.too_deep");
    assert_eq!(code(&nest(5000)), "search.too_deep");
    assert_eq!(
        code(&Predicate::Or(vec![Predicate::None; 500])),
        "search.too_many_terms"
    );
    assert_eq!(
        code(&Predicate::any_of("level", 0..501).or(Predicate::any_of("level", 0..500))),
        "search.too_many_values"
    );
}

proptest! {
    #[test]
    fn the_end_of_a_prefix_is_exact(prefix in "[ab\u{d7fe}-\u{e001}\u{10fffe}\u{10ffff}]{0,3}", text in "[abc\u{d7fe}-\u{e001}\u{10fffe}\u{10ffff}]{0,5}") {
        let inside = text.as_str() >= prefix.as_str() && prefix_end(&prefix).is_none_or(|end| text < end);
        prop_assert_eq!(inside, text.starts_with(&prefix));
    }

    #[test]
    fn checked_trees_are_simplified(predicate in fixture::predicates()) {
        fn simple(checked: &Checked, top: bool) -> bool {
            match checked {
                Checked::All | Checked::None => top,
                Checked::And(list) => list.len() > 1 && list.iter().all(|c| !matches!(c, Checked::And(_)) && simple(c, false)),
                Checked::Or(list) => list.len() > 1 && list.iter().all(|c| !matches!(c, Checked::Or(_)) && simple(c, false)),
                Checked::Not(inner) => !matches!(**inner, Checked::Not(_)) && simple(inner, false),
                Checked::Leaf { .. } => true,
            }
        }
        let checked = check(&predicate, &fixture::definition, &Limits::default()).unwrap();
        prop_assert!(simple(&checked, true), "{:?}", checked);
    }
}
