use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::model::{EditableBy, Kind, Source};

fn define(value_type: AttributeType) -> AttributeDefinition {
    AttributeDefinition {
        kind: Kind::User,
        name: "sample".into(),
        label: "Sample".into(),
        value_type,
        multiple: false,
        maximum_length: None,
        pattern: None,
        allowed: vec![],
        required: false,
        unique: false,
        searchable: true,
        personal: false,
        secret: false,
        editable: EditableBy::Update,
        source: Source::Custom,
        default: None,
        derived: false,
    }
}

fn code(definition: &AttributeDefinition, value: impl Into<Value>) -> &'static str {
    canonical(definition, value.into()).map_or_else(|problem| problem.code, |_| "")
}

/// S3-68, S3-69, S3-83, S3-84, S3-86
#[test]
fn length_counts_code_points() {
    let mut definition = define(AttributeType::Text);
    definition.searchable = false;
    assert_eq!(code(&definition, "é".repeat(1000)), "");
    assert_eq!(code(&definition, "é".repeat(1001)), "value.too_long");
    definition.maximum_length = Some(2);
    assert_eq!(code(&definition, "😀😀"), "");
    assert_eq!(code(&definition, "abc"), "value.too_long");
    for (name, most) in [("first_name", 50), ("last_name", 100)] {
        let definition = crate::model::builtin(Kind::User)
            .iter()
            .find(|definition| definition.name == name)
            .unwrap();
        assert_eq!(code(definition, "ü".repeat(most)), "");
        assert_eq!(code(definition, "ü".repeat(most + 1)), "value.too_long");
    }
}

#[test]
fn a_key_that_no_index_holds_is_refused() {
    let mut definition = define(AttributeType::Text);
    // One code point that folds to eighteen.
    assert_eq!(code(&definition, "\u{fdfa}".repeat(200)), "value.too_long");
    definition.searchable = false;
    assert_eq!(code(&definition, "\u{fdfa}".repeat(200)), "");
}

#[test]
fn control_characters() {
    let mut definition = define(AttributeType::Text);
    for stray in ["a\0", "a\n", "\ta", "\u{85}", "\u{7f}"] {
        assert_eq!(code(&definition, stray), "value.control_character");
    }
    definition.searchable = false;
    assert_eq!(code(&definition, "a\n\tb"), "");
    assert_eq!(code(&definition, "a\r\n"), "value.control_character");
    assert_eq!(code(&definition, "a\0"), "value.control_character");
}

/// S3-85, S3-86
#[test]
fn the_pattern_matches_the_whole_value() {
    let mut definition = define(AttributeType::Text);
    definition.pattern = Some("[0-9]{3}".into());
    assert_eq!(code(&definition, "123"), "");
    assert_eq!(code(&definition, "x123"), "value.pattern");
    let problem = canonical(&definition, "y".repeat(200).into()).unwrap_err();
    assert!(problem.message.chars().count() < 120, "{}", problem.message);
    assert!(!format!("{problem:?}").contains('y'));
}

#[test]
fn allowed_values_compare_folded_and_keep_their_spelling() {
    let mut definition = define(AttributeType::Text);
    definition.allowed = vec!["Straße".into(), "Weg".into()];
    assert_eq!(
        canonical(&definition, "STRASSE".into()).unwrap(),
        Some("Straße".into())
    );
    assert_eq!(code(&definition, "Platz"), "value.not_allowed");
}

#[test]
fn numbers_and_truth_values_are_strict_about_their_type() {
    let integer = define(AttributeType::Integer);
    assert_eq!(
        canonical(&integer, Value::Number(2.0)).unwrap(),
        Some(Value::Integer(2))
    );
    assert_eq!(code(&integer, Value::Number(2.5)), "value.wrong_type");
    assert_eq!(code(&integer, Value::Number(1e300)), "value.wrong_type");
    assert_eq!(code(&integer, "2"), "value.wrong_type");
    let number = define(AttributeType::Number);
    assert_eq!(code(&number, Value::Number(f64::NAN)), "value.wrong_type");
    assert_eq!(code(&number, i64::MAX), "value.wrong_type");
    assert_eq!(
        canonical(&number, Value::Integer(2)).unwrap(),
        Some(Value::Number(2.0))
    );
    let boolean = define(AttributeType::Boolean);
    assert_eq!(code(&boolean, true), "");
    assert_eq!(code(&boolean, "true"), "value.wrong_type");
    assert_eq!(code(&boolean, 1), "value.wrong_type");
}

#[test]
fn several_values() {
    let mut definition = define(AttributeType::Text);
    assert_eq!(code(&definition, vec!["a"]), "value.wrong_type");
    definition.multiple = true;
    assert_eq!(
        canonical(&definition, "a".into()).unwrap(),
        Some(vec!["a"].into())
    );
    assert_eq!(canonical(&definition, vec!["", ""].into()).unwrap(), None);
    assert_eq!(code(&definition, vec!["a", "A"]), "value.duplicate");
    assert_eq!(
        code(&definition, (0..1001).collect::<Vec<i64>>()),
        "value.too_many"
    );
    assert_eq!(
        code(&definition, Value::List(vec![vec!["a"].into()])),
        "value.wrong_type"
    );
}

#[test]
fn structures_are_bounded() {
    let definition = define(AttributeType::Object);
    let nest = |depth: usize| {
        (1..depth).fold(Value::Object(BTreeMap::new()), |inner, _| {
            Value::Object(BTreeMap::from([("a".to_owned(), inner)]))
        })
    };
    assert_eq!(code(&definition, nest(16)), "");
    assert_eq!(code(&definition, nest(17)), "value.object");
    let big = Value::Object(BTreeMap::from([(
        "a".to_owned(),
        Value::from("x".repeat(300_000)),
    )]));
    assert_eq!(code(&definition, big), "value.object");
    let zero = Value::Object(BTreeMap::from([("a".to_owned(), Value::from("\0"))]));
    assert_eq!(code(&definition, zero), "value.object");
    assert_eq!(code(&definition, "x"), "value.wrong_type");
}

#[test]
fn canonical_forms_of_times_and_references() {
    let canon = |value_type, text: &str| canonical(&define(value_type), text.into()).unwrap();
    assert_eq!(
        canon(AttributeType::Moment, "2026-11-21T10:00:00+02:00"),
        Some("2026-11-21T08:00:00.000000Z".into())
    );
    assert_eq!(
        canon(AttributeType::Date, "2026-11-21"),
        Some("2026-11-21".into())
    );
    assert_eq!(canon(AttributeType::Date, ""), None);
    let id = "user_00000000000000000000000001";
    assert_eq!(canon(AttributeType::Reference, id), Some(id.into()));
    assert_eq!(code(&define(AttributeType::Reference), "bob"), "value.reference");
    assert_eq!(code(&define(AttributeType::Moment), "now"), "value.moment");
}

#[test]
fn cells_of_a_table() {
    let read = |value_type, text: &str| from_text(&define(value_type), text);
    for (text, value) in [
        ("TRUE", true),
        ("yes", true),
        ("1", true),
        (" no", false),
        ("0", false),
    ] {
        assert_eq!(read(AttributeType::Boolean, text).unwrap(), Some(value.into()));
    }
    assert_eq!(
        read(AttributeType::Boolean, "maybe").unwrap_err().code,
        "value.wrong_type"
    );
    assert_eq!(read(AttributeType::Integer, " 42 ").unwrap(), Some(42.into()));
    assert_eq!(
        read(AttributeType::Integer, "4.2").unwrap_err().code,
        "value.wrong_type"
    );
    assert_eq!(
        read(AttributeType::Number, "-1.5").unwrap(),
        Some(Value::Number(-1.5))
    );
    for wrong in ["1,5", "inf", "NaN", "1e999"] {
        assert_eq!(
            read(AttributeType::Number, wrong).unwrap_err().code,
            "value.wrong_type"
        );
    }
    assert_eq!(
        read(AttributeType::Date, " 2026-11-21 ").unwrap(),
        Some("2026-11-21".into())
    );
    assert_eq!(read(AttributeType::Text, " a ").unwrap(), Some(" a ".into()));
    assert_eq!(read(AttributeType::Text, "  ").unwrap(), None);
    assert!(read(AttributeType::Object, "{\"a\": [1]}").unwrap().is_some());
    assert_eq!(
        read(AttributeType::Object, &"[".repeat(100_000))
            .unwrap_err()
            .code,
        "value.object"
    );
    let mut list = define(AttributeType::Integer);
    list.multiple = true;
    assert_eq!(from_text(&list, "1; 2;;3").unwrap(), Some(vec![1, 2, 3].into()));
    assert_eq!(
        from_text(&list, &"1;".repeat(5000)).unwrap_err().code,
        "value.too_many"
    );
}

proptest! {
    #[test]
    fn canonical_is_stable_and_never_panics(text in "\\PC{0,30}|[\\x00-\\x7f]{0,30}", multiple: bool, searchable: bool) {
        use AttributeType as T;
        for value_type in [T::Text, T::Integer, T::Number, T::Boolean, T::Date, T::Moment, T::Email, T::Phone, T::Language, T::Reference, T::Object] {
            let definition = AttributeDefinition { multiple, searchable, ..define(value_type) };
            for value in [canonical(&definition, text.as_str().into()), from_text(&definition, &text)] {
                if let Ok(Some(value)) = value {
                    prop_assert_eq!(canonical(&definition, value.clone()).unwrap(), Some(value));
                }
            }
        }
    }
}
