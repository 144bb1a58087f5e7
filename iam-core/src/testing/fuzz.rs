//! What every parser of the core has to withstand: one function for each, called by the fuzzer, by a test that mutates
//! the committed seeds, and by whoever wants to look at one input.
//!
//! A function takes any bytes, fails by panicking, and otherwise says nothing. Beside “nothing panics, hangs or
//! overflows” each holds a law: what was read and written again is read as the same.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;

use crate::{
    command::Command,
    credential::{self, Hashing, otp},
    model::{
        AttributeDefinition, CommandId, Edge, EntityId, Kind, Moment, Record, Token, TokenKind, Value,
        builtin, fold,
    },
    plan::{Delta, Plan},
    query::Query,
    rules::{MAXIMUM_KEY, Pattern, canonical, check_definition, from_text},
    search::{
        Cursor, Limits, Predicate, Search, Sort, builtin_catalog, check, paginate, parse_cel, parse_scim,
        scim_name,
    },
    wire::json,
};

/// A parser: its name, and the function that tries an input.
pub type Target = (&'static str, fn(&[u8]));

/// Every parser.
pub const TARGETS: &[Target] = &[
    ("filter", filter),
    ("predicate", predicate),
    ("cursor", cursor),
    ("value", value),
    ("pattern", pattern),
    ("command", command),
    ("query", query),
    ("stored", stored),
    ("names", names),
    ("cel", cel),
    ("hash", hash),
    ("token", token),
];

/// Tries one input on the target with this name.
///
/// # Panics
/// When there is no such target, or it fails.
pub fn run(target: &str, data: &[u8]) {
    let found = TARGETS.iter().find(|(name, _)| *name == target);
    found.expect("a target of this name").1(data);
}

fn people() -> [Record; 2] {
    let user = |number: u128, name: &str| {
        let mut record = Record::new(EntityId::new(Kind::User, uuid::Uuid::from_u128(number)));
        record.set("user_name", Some(name.into()));
        record.set("city", Some("Zürich".into()));
        record.set("hired_on", Some("2026-01-01".into()));
        record.set("indexed_integer_1", Some(7.into()));
        record
    };
    [user(1, "ada"), user(2, "bob")]
}

fn checked(predicate: &Predicate) {
    let limits = Limits::default();
    if let Ok(checked) = check(predicate, &builtin_catalog(Kind::User), &limits) {
        for record in people() {
            // The opposite of a condition holds where the condition does not.
            let holds = checked.matches(&record);
            let opposite = check(&predicate.clone().negate(), &builtin_catalog(Kind::User), &limits);
            if let Ok(opposite) = opposite {
                assert_ne!(holds, opposite.matches(&record));
            }
        }
    }
}

/// SCIM filter text.
pub fn filter(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let limits = Limits::default();
    let alias = |name: &str| scim_name(Kind::User, name).map(str::to_owned);
    drop(parse_scim(&text, &limits, &alias));
    let Ok(predicate) = Predicate::from_scim(&text) else {
        return;
    };
    if let Ok(written) = predicate.to_scim()
        && written.len() <= limits.text
    {
        let again = Predicate::from_scim(&written).expect("what was written can be read");
        assert_eq!(again, predicate, "{written}");
    }
    let tree = serde_json::to_value(&predicate).expect("a filter within the limits has a tree");
    assert_eq!(
        Predicate::from_json(&tree, &limits).expect("a tree that was written"),
        predicate
    );
    checked(&predicate);
}

/// JSON trees of predicates.
pub fn predicate(data: &[u8]) {
    let Ok(tree) = serde_json::from_slice::<Json>(data) else {
        return;
    };
    let Ok(predicate) = Predicate::from_json(&tree, &Limits::default()) else {
        return;
    };
    let written = serde_json::to_string(&predicate).expect("a filter within the limits has a tree");
    let again: Predicate = serde_json::from_str(&written).expect("what was written can be read");
    assert_eq!(again, predicate);
    checked(&predicate);
}

/// Cursors: texts of any kind, and forgeries that begin like a real one.
pub fn cursor(data: &[u8]) {
    let search = Search::new(Kind::User)
        .sort([Sort::ascending("city"), Sort::descending("created_at")])
        .limit(1);
    let catalog = builtin_catalog(Kind::User);
    let limits = Limits::default();
    let first = search.check(&catalog, &limits).expect("a search that is right");
    let rows = || {
        people()
            .into_iter()
            .map(|record| (vec!["zürich".to_owned(), String::new()], record.shared()))
            .collect::<Vec<_>>()
    };
    let real = paginate(rows(), &first).next.expect("there is a second page");
    let mut bytes = URL_SAFE_NO_PAD.decode(real.as_str()).expect("a cursor is base64");
    // Version, flags and the fingerprint of the search stay, and what follows is the input.
    bytes.truncate(10);
    bytes.extend(data);
    for text in [
        String::from_utf8_lossy(data).into_owned(),
        URL_SAFE_NO_PAD.encode(data),
        URL_SAFE_NO_PAD.encode(bytes),
    ] {
        let forged = search.clone().cursor(Cursor::from(text));
        if let Ok(checked) = forged.check(&catalog, &limits) {
            let page = paginate(rows(), &checked);
            assert!(page.items.len() <= 1);
        }
    }
}

/// Texts of cells and JSON values for every attribute there is; the first bytes choose it.
pub fn value(data: &[u8]) {
    let Some((choice, rest)) = data.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(rest);
    let once = fold(&text).into_owned();
    assert_eq!(fold(&once), once.as_str(), "folding is stable");
    let kind = Kind::ALL[usize::from(*choice) % Kind::ALL.len()];
    for definition in builtin(kind) {
        if let Ok(Some(value)) = from_text(definition, &text) {
            same(definition, value);
        }
        if let Ok(value) = serde_json::from_str::<Value>(&text)
            && let Ok(Some(value)) = canonical(definition, value)
        {
            same(definition, value);
        }
    }
    if let Ok(definition) = serde_json::from_str::<AttributeDefinition>(&text) {
        drop(check_definition(&definition));
    }
}

/// The canonical form is its own canonical form, and short enough for an index.
fn same(definition: &AttributeDefinition, value: Value) {
    if definition.searchable {
        for element in value.elements() {
            assert!(element.search_key().is_none_or(|key| key.len() <= MAXIMUM_KEY));
        }
    }
    let again = canonical(definition, value.clone()).expect("a canonical value is right");
    assert!(
        again == Some(value),
        "the canonical form changes in {}",
        definition.name
    );
}

/// Regular expressions of administrators and values for them, split at the first line break.
pub fn pattern(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (expression, value) = text.split_once('\n').unwrap_or((&text, ""));
    if let Ok(pattern) = Pattern::compile(expression) {
        pattern.matches(value);
        pattern.matches(&value.repeat(50));
    }
}

fn round<T: Serialize + DeserializeOwned + PartialEq>(value: &T, what: &str) {
    let written = serde_json::to_string(value).expect("what was read can be written");
    let again: T = serde_json::from_str(&written).expect("what was written can be read");
    assert!(again == *value, "{what} is read as another one: {written}");
}

/// Commands as JSON.
pub fn command(data: &[u8]) {
    if let Ok(input) = serde_json::from_slice::<Json>(data)
        && let Ok(command) = json::command(input)
    {
        round::<Command>(&command, "a command");
    }
}

/// Queries as JSON.
pub fn query(data: &[u8]) {
    if let Ok(input) = serde_json::from_slice::<Json>(data)
        && let Ok(query) = json::query(input)
    {
        round::<Query>(&query, "a query");
    }
}

/// Stored forms: records, edges, journal entries, plans.
pub fn stored(data: &[u8]) {
    if let Ok(record) = serde_json::from_slice::<Record>(data) {
        round(&record, "a record");
    }
    if let Ok(edge) = serde_json::from_slice::<Edge>(data) {
        round(&edge, "an edge");
    }
    if let Ok(delta) = serde_json::from_slice::<Delta>(data) {
        round(&delta, "a delta");
    }
    let _ = Delta::read(data);
    if let Ok(plan) = serde_json::from_slice::<Plan>(data) {
        round(&plan, "a plan");
    }
}

/// Identifiers, moments, actors.
pub fn names(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(id) = text.parse::<EntityId>() {
        assert_eq!(id.to_string().parse::<EntityId>().ok(), Some(id));
    }
    if let Ok(moment) = text.parse::<Moment>() {
        assert_eq!(moment.to_string().parse::<Moment>().ok(), Some(moment));
    }
    if let Ok(actor) = json::actor(&text) {
        assert_eq!(json::actor(&actor.to_string()).ok(), Some(actor));
    }
}

/// Conditions as CEL text: whatever is read is a condition of the core, and is written and read as one.
pub fn cel(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let limits = Limits::default();
    let Ok(predicate) = parse_cel(&text, &limits, &|_| None) else {
        return;
    };
    let tree = serde_json::to_value(&predicate).expect("a condition within the limits has a tree");
    assert_eq!(
        Predicate::from_json(&tree, &limits).expect("a tree that was written"),
        predicate,
        "{text}"
    );
    checked(&predicate);
}

/// Password hashes of every form: read without any work, or refused.
pub fn hash(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let hashing = Hashing::default();
    let known = credential::check(&text, &hashing);
    let again = credential::check(&text, &hashing);
    assert_eq!(known.as_ref().ok(), again.as_ref().ok());
    // What cannot be read is not current.
    if credential::is_current(&text, &hashing, None) {
        assert!(known.is_ok(), "current, and cannot be read: {text}");
    }
}

/// Tokens of links and sessions, keys of one-time passwords, command identifiers.
pub fn token(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let kinds = [
        TokenKind::Session,
        TokenKind::Refresh,
        TokenKind::Flow,
        TokenKind::Link,
    ];
    for kind in kinds {
        if let Some(token) = Token::parse(kind, &text) {
            let again = Token::parse(kind, &token.reveal()).expect("what was revealed can be read");
            assert_eq!((again.id(), again.digest()), (token.id(), token.digest()));
        }
    }
    if let Ok(key) = otp::key_from_text(&text) {
        let written = otp::key_text(&key);
        assert_eq!(
            otp::key_from_text(&written).expect("what was written can be read"),
            key
        );
    }
    if let Ok(id) = text.parse::<CommandId>() {
        assert_eq!(id.to_string().parse::<CommandId>().ok(), Some(id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Random, hostile};

    /// The committed seeds, and mutations of them: what the fuzzer does, without its eyes. `IAM_FUZZ_ROUNDS` says how
    /// many for each target (150).
    #[test]
    fn no_input_breaks_a_parser() {
        let rounds = std::env::var("IAM_FUZZ_ROUNDS")
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(150);
        for (name, target) in TARGETS {
            let seeds = seeds(name);
            assert!(!seeds.is_empty(), "fuzz/seeds/{name} is empty");
            seeds.iter().for_each(|seed| target(seed));
            let mut random = Random::new(0x5eed);
            for round in 0..rounds {
                let data = mutated(&seeds, &mut random);
                let failed = std::panic::catch_unwind(|| target(&data)).is_err();
                assert!(
                    !failed,
                    "{name}, round {round}: {:?}",
                    String::from_utf8_lossy(&data)
                );
            }
        }
    }

    /// The files of a target, in order.
    fn seeds(target: &str) -> Vec<Vec<u8>> {
        let folder = format!("{}/fuzz/seeds/{target}", env!("CARGO_MANIFEST_DIR"));
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path())
            .collect();
        files.sort();
        files.iter().map(|file| std::fs::read(file).unwrap()).collect()
    }

    fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
        let mut data = random.pick(seeds).unwrap().clone();
        for _ in 0..1 + random.below(4) {
            let place = random.below(data.len() + 1);
            match random.below(6) {
                0 if place < data.len() => data[place] = random.bits() as u8,
                1 => drop(data.splice(place..place, hostile::text(random, "").into_bytes())),
                2 => data.truncate(place),
                3 => {
                    let other = random.pick(seeds).unwrap();
                    let from = random.below(other.len() + 1);
                    data.truncate(place);
                    data.extend(&other[from..]);
                }
                4 => {
                    let end = (place + random.below(20)).min(data.len());
                    let piece = data[place..end].repeat(1 + random.below(200));
                    drop(data.splice(place..place, piece));
                }
                _ => {
                    if let Ok(mut json) = serde_json::from_slice::<Json>(&data) {
                        hostile::mutate(&mut json, "command", random);
                        data = json.to_string().into_bytes();
                    }
                }
            }
        }
        data.truncate(1 << 20);
        data
    }
}
