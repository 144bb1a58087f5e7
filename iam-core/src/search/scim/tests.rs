use proptest::prelude::*;

use super::*;
use crate::{model::Kind, search::fixture};

fn parse(text: &str) -> Predicate {
    Predicate::from_scim(text).unwrap_or_else(|problem| panic!("{text}: {problem}"))
}

fn code(text: &str) -> (&'static str, Option<usize>) {
    Predicate::from_scim(text).map_or_else(
        |problem| (problem.code, problem.position),
        |predicate| panic!("{text}: {predicate:?}"),
    )
}

/// RFC 7644, 3.4.2.2: `not` before `and` before `or`.
#[test]
fn precedence() {
    let p = Predicate::present;
    assert_eq!(
        parse("a pr or b pr and not (c pr) or d pr"),
        Predicate::Or(vec![
            p("a"),
            Predicate::And(vec![p("b"), Predicate::Not(Box::new(p("c")))]),
            p("d")
        ])
    );
    assert_eq!(
        parse("(a pr or b pr) and c pr"),
        Predicate::And(vec![Predicate::Or(vec![p("a"), p("b")]), p("c")])
    );
    assert_eq!(parse("((a pr))"), p("a"));
    assert_eq!(parse(" NOT(a PR)AND(b Pr) "), p("a").negate().and(p("b")));
}

/// The examples of RFC 7644, figure 1, as far as attributes have no sub-attributes.
#[test]
fn examples_of_the_rfc() {
    let alias = |name: &str| scim_name(Kind::User, name).map(str::to_owned);
    for (text, ours) in [
        (r#"userName eq "bjensen""#, r#"user_name eq "bjensen""#),
        (r#"name.familyName co "O'Malley""#, r#"last_name co "O'Malley""#),
        (r#"userName sw "J""#, r#"user_name sw "J""#),
        (
            r#"urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J""#,
            r#"user_name sw "J""#,
        ),
        ("title pr", "job pr"),
        (
            r#"meta.lastModified gt "2011-05-13T04:42:34Z""#,
            r#"changed_at gt "2011-05-13T04:42:34Z""#,
        ),
        (
            r#"title pr and userType eq "Employee""#,
            r#"job pr and user_type eq "Employee""#,
        ),
        (
            r#"userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")"#,
            r#"user_type eq "Employee" and (email co "example.com" or email co "example.org")"#,
        ),
        (
            r#"userType ne "Employee" and not (emails co "example.com")"#,
            r#"user_type ne "Employee" and not (email co "example.com")"#,
        ),
    ] {
        let predicate = parse_scim(text, &Limits::default(), &alias).unwrap();
        assert_eq!(write_scim(&predicate).unwrap(), ours);
    }
    for text in [
        r#"emails[type eq "work"]"#,
        r#"userType eq "Employee" and emails[type eq "work" and value co "@example.com"]"#,
    ] {
        let problem = parse_scim(text, &Limits::default(), &alias).unwrap_err();
        assert_eq!(problem.code, "search.value_path");
        assert!(problem.message.contains("sub-attributes"));
    }
}

#[test]
fn values() {
    for (text, value) in [
        (r#"a eq "q\"\\\u00e9\n/""#, Value::from("q\"\\é\n/")),
        (r#"a eq "" "#, Value::from("")),
        ("a eq -12", Value::Integer(-12)),
        ("a eq 0", Value::Integer(0)),
        ("a eq 1.5e3", Value::Number(1500.0)),
        ("a eq 2E-1", Value::Number(0.2)),
        ("a eq True", Value::Boolean(true)),
        ("a eq false", Value::Boolean(false)),
    ] {
        assert_eq!(parse(text), Predicate::eq("a", value), "{text}");
    }
    assert_eq!(parse("a eq null"), Predicate::present("a").negate());
    assert_eq!(parse("a ne null"), Predicate::present("a"));
}

/// S0-119
#[test]
fn everyone_and_no_one() {
    assert_eq!(parse("1==1"), Predicate::All);
    assert_eq!(parse("1==0"), Predicate::None);
    assert_eq!(parse(" ( 1 == 1 ) "), Predicate::All);
    assert_eq!(Predicate::All.to_scim().unwrap(), "1==1");
    assert_eq!(Predicate::None.to_scim().unwrap(), "1==0");
}

#[test]
fn errors_carry_the_position() {
    for (text, position) in [
        ("", 0),
        ("  ", 2),
        ("a", 1),
        ("a xx 1", 2),
        ("a eq", 4),
        ("a eq ", 5),
        ("a eq x", 5),
        ("a eq 01", 5),
        ("a eq 1.", 5),
        ("a eq 1.e5", 5),
        ("a eq +1", 5),
        ("a eq 1e999", 5),
        ("a eq NaN", 5),
        ("a eq 99999999999999999999", 5),
        ("a gt null", 5),
        (r#"a eq "x"#, 5),
        (r#"a eq "x\""#, 5),
        (r#"a eq "\x""#, 5),
        ("a eq \"\n\"", 5),
        ("a pr b pr", 5),
        ("a pr and", 8),
        ("a pr or or b pr", 8),
        ("(a pr", 5),
        ("a pr)", 4),
        ("not a pr", 4),
        ("and pr", 0),
        ("é pr", 0),
        ("aé pr", 0),
        ("9a pr", 0),
        ("1==2", 3),
        ("1=1", 1),
        ("1==11", 3),
        (r#"a in ("b")"#, 2),
    ] {
        assert_eq!(code(text), ("search.syntax", Some(position)), "{text}");
    }
}

#[test]
fn size_and_depth_are_limited() {
    let nest = |depth: usize| format!("{}a pr{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(parse(&nest(49)), Predicate::present("a"));
    assert_eq!(code(&nest(50)).0, "search.too_deep");
    assert_eq!(code(&"(".repeat(16_000)).0, "search.too_deep");
    assert_eq!(code(&"not(".repeat(4_000)).0, "search.too_deep");
    let wide = |terms: usize| vec!["a pr"; terms].join(" or ");
    parse(&wide(500));
    assert_eq!(code(&wide(501)).0, "search.too_many_terms");
    assert_eq!(code(&" ".repeat(16_385)).0, "search.too_long");
    let greedy = Limits {
        text: usize::MAX,
        depth: usize::MAX,
        terms: usize::MAX,
        values: usize::MAX,
    };
    let deep = "(".repeat(1_000_000);
    let problem = parse_scim(&deep, &greedy, &|_| None).unwrap_err();
    assert_eq!(problem.code, "search.too_deep");
    let built = (0..200).fold(Predicate::All, |inner, _| Predicate::Not(Box::new(inner)));
    assert_eq!(built.to_scim().unwrap_err().code, "search.too_deep");
}

#[test]
fn what_the_text_cannot_hold_is_an_error() {
    for predicate in [
        Predicate::present("a b"),
        Predicate::present(""),
        Predicate::present("not"),
        Predicate::eq("a", Value::Number(f64::NAN)),
        Predicate::eq("a", vec!["b"]),
    ] {
        assert_eq!(predicate.to_scim().unwrap_err().code, "search.not_expressible");
    }
}

/// The form in which the text is read back: no lists of values, no groups of fewer than two.
fn normal(predicate: Predicate) -> Predicate {
    match predicate {
        Predicate::And(list) if list.is_empty() => Predicate::All,
        Predicate::Or(list) if list.is_empty() => Predicate::None,
        Predicate::And(list) => one_or(list.into_iter().map(normal).collect(), Predicate::And),
        Predicate::Or(list) => one_or(list.into_iter().map(normal).collect(), Predicate::Or),
        Predicate::Not(inner) => Predicate::Not(Box::new(normal(*inner))),
        Predicate::In { attribute, values } => normal(Predicate::Or(
            values
                .into_iter()
                .map(|value| Predicate::eq(attribute.clone(), value))
                .collect(),
        )),
        other => other,
    }
}

proptest! {
    #[test]
    fn text_round_trips(predicate in fixture::predicates()) {
        let text = predicate.to_scim().unwrap();
        let read = Predicate::from_scim(&text).unwrap();
        prop_assert_eq!(&read, &normal(predicate), "{}", text);
        prop_assert_eq!(read.to_scim().unwrap(), text);
    }

    #[test]
    fn garbage_is_refused_without_a_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..80),
        words in proptest::collection::vec(prop_oneof![
            Just("a"), Just("not"), Just("and"), Just("or"), Just("("), Just(")"), Just("eq"), Just("pr"),
            Just("\"x\""), Just("\""), Just("\\"), Just("1"), Just("=="), Just("1==1"), Just("null"), Just("["),
            Just("é"), Just("-"), Just("1e5"), Just("."),
        ], 0..20),
        gap in prop_oneof![Just(""), Just(" ")],
    ) {
        for text in [String::from_utf8_lossy(&bytes).into_owned(), words.join(gap)] {
            match Predicate::from_scim(&text) {
                Ok(predicate) => prop_assert_eq!(Predicate::from_scim(&predicate.to_scim().unwrap()).unwrap(), predicate),
                Err(problem) => prop_assert!(problem.position.is_none_or(|at| text.is_char_boundary(at))),
            }
        }
    }
}
