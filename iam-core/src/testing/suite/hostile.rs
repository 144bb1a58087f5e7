//! Hostile values through the engine: every naughty text in every field of every kind is kept as it is, or refused with the
//! name of its field; and it is found by itself.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::Ground;
use crate::{
    command::Command,
    model::{EditableBy, EntityId, Kind, Value, builtin},
    rules::canonical,
    search::{Predicate, Search},
    testing::hostile::NAUGHTY,
    wire::ProblemKind,
};

/// Kinds besides users; each text meets one of them, all of them in turn.
const OTHERS: &[Kind] = &[
    Kind::Organization,
    Kind::Position,
    Kind::Group,
    Kind::Device,
    Kind::Role,
    Kind::UserType,
    Kind::OrganizationType,
    Kind::Template,
    Kind::Assignment,
];

pub(super) async fn every_text_in_every_field(ground: &Ground) {
    let mut kept = 0;
    for (number, text) in NAUGHTY.iter().enumerate() {
        kept += round_trip(ground, Kind::User, number, text).await;
        kept += round_trip(ground, OTHERS[number % OTHERS.len()], number, text).await;
    }
    // Texts are kept, not refused: all that is free text takes nearly everything.
    assert!(
        kept > 10 * NAUGHTY.len(),
        "{kept} of {} texts were kept",
        NAUGHTY.len()
    );
}

/// Creates something with the text everywhere: how many fields took it.
async fn round_trip(ground: &Ground, kind: Kind, number: usize, text: &str) -> usize {
    let fields = builtin(kind)
        .iter()
        .filter(|definition| definition.editable == EditableBy::Update && !definition.derived);
    let mut attributes: Map<String, Json> = fields
        .map(|definition| {
            let value = if definition.multiple {
                json!([text])
            } else {
                json!(text)
            };
            (definition.name.clone(), value)
        })
        .collect();
    let named = if kind == Kind::User { "user_name" } else { "name" };
    attributes.entry(named).or_insert_with(|| json!(text));
    let id = create(ground, kind, number, named, &mut attributes).await;
    let record = ground.acme.get(id).await.unwrap();
    let mut kept = 0;
    for (name, value) in &attributes {
        let Some(definition) = builtin(kind).iter().find(|definition| definition.name == *name) else {
            continue;
        };
        let given: Value = serde_json::from_value(value.clone()).unwrap();
        let expected = canonical(definition, given)
            .unwrap_or_else(|problem| panic!("{kind}.{name} took {value} and should not have: {problem:?}"));
        // What is left empty has its default.
        let there = expected.as_ref().or(definition.default.as_ref());
        assert_eq!(record.value(name), there, "{kind}.{name} of {value}");
        let Some(expected) = expected else { continue };
        kept += 1;
        // Found by itself: one attribute of users, and the name of each thing.
        if definition.searchable && ["city", named].contains(&name.as_str()) && !definition.multiple {
            let search = Search::new(kind)
                .filter(Predicate::eq(name.clone(), expected))
                .limit(500);
            let page = ground.acme.search(&search).await.unwrap();
            assert!(
                page.items.iter().any(|found| found.id == id),
                "{kind}.{name} {value} is not found"
            );
        }
    }
    kept
}

/// Leaves out what is refused until the rest is taken.
async fn create(
    ground: &Ground,
    kind: Kind,
    number: usize,
    named: &str,
    attributes: &mut Map<String, Json>,
) -> EntityId {
    for _ in 0..8 {
        let command = json!({"command": format!("{}.create", kind.name()), "attributes": attributes});
        let command: Command = serde_json::from_value(command).unwrap();
        let problem = match ground.acme.execute(command).await {
            Ok(done) => return done.id.unwrap(),
            Err(problem) => problem,
        };
        assert!(
            matches!(problem.kind(), ProblemKind::Invalid | ProblemKind::Refused),
            "{problem}"
        );
        assert!(!problem.fields.is_empty(), "no field is named: {problem}");
        // A field may be wrong in two ways.
        let names = problem
            .fields
            .iter()
            .map(|field| field.field.split(['.', '[']).next());
        let names: BTreeSet<&str> = names.map(Option::unwrap_or_default).collect();
        for name in names {
            let before = attributes.remove(name);
            let required = name == named
                || builtin(kind)
                    .iter()
                    .any(|definition| definition.name == name && definition.required);
            assert!(
                before.is_some() || required,
                "{name} is not what was sent: {problem}"
            );
            if required {
                attributes.insert(name.to_owned(), json!(format!("plain{number}")));
            }
        }
    }
    panic!("{kind} is refused again and again: {attributes:?}")
}
