//! Attributes, values and random predicates for searches.

use crate::{
    model::{AttributeDefinition, EntityId, Kind, Moment, Value, builtin},
    search::{Operator, Predicate},
    testing::Random,
};

/// Texts that a collation, a pattern, a quotation or a fold may trip over.
pub(super) const TEXTS: &[&str] = &[
    "a",
    "A",
    "b",
    "ab",
    "aB",
    "ba",
    "a b",
    "a  b",
    " a",
    "a ",
    "á",
    "a\u{301}",
    "ß",
    "ss",
    "SS",
    "ẞ",
    "%",
    "_",
    "a%",
    "a_",
    "a%b",
    "\\",
    "a\\",
    "\\%",
    "'",
    "''",
    "\"",
    "`",
    "--",
    ";",
    "a'; drop table user; --",
    "?",
    "?1",
    "$1",
    ":a",
    "@",
    "😀",
    "😁",
    "a😀",
    "語",
    "語言",
    "Ä",
    "ä",
    "ae",
    "æ",
    "ı",
    "i",
    "İ",
    "ﬁ",
    "fi",
    "Σ",
    "ς",
    "σ",
    "0",
    "00",
    "1",
    "10",
    "9",
    "-1",
    "null",
    "NULL",
    "true",
    "\u{10ffff}",
    "\u{ffff}",
    "\u{200d}",
    "e\u{301}e",
    "Å",
    "ø",
    "Z",
    "z",
    "[a-z]",
    "*",
    "a*",
    "{}",
    "[]",
    "\u{7}",
];

/// An attribute with the operators that fit it and values to compare with.
pub(super) struct Word {
    pub attribute: &'static str,
    pub operators: &'static [Operator],
    pub values: Vec<Value>,
}

const ALL: &[Operator] = &Operator::ALL;
const ORDERED: &[Operator] = &[
    Operator::Eq,
    Operator::Ne,
    Operator::Gt,
    Operator::Ge,
    Operator::Lt,
    Operator::Le,
];
const EQUAL: &[Operator] = &[Operator::Eq, Operator::Ne];

/// The searchable attributes of a user, one of each type; `score` and `ratings` are custom numbers.
pub(super) fn words(references: &[EntityId]) -> Vec<Word> {
    let texts = || TEXTS.iter().map(|text| Value::from(*text)).collect::<Vec<_>>();
    let some = |list: &[&str]| list.iter().map(|text| Value::from(*text)).collect::<Vec<_>>();
    let moments: Vec<Value> = [-1, 0, 1, 1_000_000, 1_767_225_600_000_001]
        .into_iter()
        .map(|micros| Moment::from_micros(micros).into())
        .collect();
    let dates = some(&[
        "2025-12-31",
        "2026-01-01",
        "2026-02-28",
        "0001-01-01",
        "9999-12-31",
    ]);
    let integers: Vec<Value> = [
        i64::MIN,
        -10,
        -1,
        0,
        1,
        2,
        10,
        (1 << 53) + 1,
        i64::MAX - 1,
        i64::MAX,
    ]
    .into_iter()
    .map(Value::Integer)
    .collect();
    let numbers: Vec<Value> = [-1.0e300, -2.5, -1.0, -1.0e-300, 0.0, 0.1, 1.0, 2.5, 1.0e300]
        .into_iter()
        .map(Value::Number)
        .collect();
    let references: Vec<Value> = references.iter().map(|id| (*id).into()).collect();
    let word = |attribute, operators, values| Word {
        attribute,
        operators,
        values,
    };
    vec![
        word("city", ALL, texts()),
        word("job", ALL, texts()),
        word("user_number", ALL, texts()),
        word("indexed_strings_1", ALL, texts()),
        word(
            "email",
            ALL,
            some(&["a@x.org", "b@x.org", "a@y.org", "ä@x.org", "A@X.ORG"]),
        ),
        word("language", ALL, some(&["de", "en-US", "en-GB"])),
        word("phone", ALL, some(&["+4930123", "+493012", "+1212555"])),
        word("hired_on", ORDERED, dates),
        word("valid_until", ORDERED, moments),
        word("indexed_integer_1", ORDERED, integers),
        word("score", ORDERED, numbers.clone()),
        word("ratings", ORDERED, numbers),
        word("privileged", EQUAL, vec![true.into(), false.into()]),
        word("user_type", EQUAL, references.clone()),
        word("id", EQUAL, references),
    ]
}

/// A well-typed predicate.
pub(super) fn predicate(random: &mut Random, words: &[Word], depth: usize) -> Predicate {
    if depth > 0 && random.percent(60) {
        let many = random.below(4);
        let list = (0..many).map(|_| predicate(random, words, depth - 1)).collect();
        return match random.below(3) {
            0 => Predicate::And(list),
            1 => Predicate::Or(list),
            _ => Predicate::Not(Box::new(predicate(random, words, depth - 1))),
        };
    }
    let Some(word) = random.pick(words) else {
        return Predicate::All;
    };
    let any = |random: &mut Random| random.pick(&word.values).cloned().unwrap();
    match random.below(20) {
        0 => Predicate::All,
        1 => Predicate::None,
        2 | 3 => Predicate::present(word.attribute),
        4 | 5 => {
            let many = random.below(4);
            Predicate::any_of(word.attribute, (0..many).map(|_| any(random)).collect::<Vec<_>>())
        }
        _ => {
            let operator = random.pick(word.operators).copied().unwrap();
            Predicate::compare(word.attribute, operator, any(random))
        }
    }
}

/// The definitions of the built-in attributes, and of the two custom ones.
pub(super) fn definitions(kind: Kind, name: &str) -> Option<AttributeDefinition> {
    builtin(kind)
        .iter()
        .find(|definition| definition.name == name)
        .cloned()
}
