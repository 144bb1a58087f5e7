//! Whether privileges make sense.

use crate::{
    model::{Kind, Value},
    plan::Schema,
    query::Filter,
    rules::{MAXIMUM_VALUES, Privilege, quoted},
    search::{Limits, check},
    wire::FieldProblem,
};

/// The privileges as they are stored, or everything that is wrong with them.
pub(super) fn stored(
    schema: &Schema,
    privileges: &[Privilege],
    problems: &mut Vec<FieldProblem>,
) -> Option<Value> {
    if privileges.len() > MAXIMUM_VALUES {
        let message = format!("at most {MAXIMUM_VALUES} privileges");
        problems.push(FieldProblem::new("privileges", "value.too_many", message));
        return None;
    }
    let mut list = Vec::with_capacity(privileges.len());
    for (place, privilege) in privileges.iter().enumerate() {
        let before = problems.len();
        examine(schema, place, privilege, problems);
        if problems.len() == before
            && let Ok(Ok(value)) = serde_json::to_value(privilege).map(crate::model::from_json::<Value>)
        {
            list.push(value);
        }
    }
    (!list.is_empty()).then_some(Value::List(list))
}

fn examine(schema: &Schema, place: usize, privilege: &Privilege, problems: &mut Vec<FieldProblem>) {
    let mut wrong = |field: &str, code: &'static str, message: String| {
        problems.push(FieldProblem::new(
            format!("privileges.{place}.{field}"),
            code,
            message,
        ));
    };
    if privilege.kind != "*" && !is_word(&privilege.kind) {
        let message = "a kind is lower-case letters, digits and underscores, at most 60".to_owned();
        wrong("kind", "value.kind", message);
        return;
    }
    for action in &privilege.actions {
        if action != "*" && !is_word(action) {
            let message = format!("{} is not an action", quoted(action));
            wrong("actions", "value.action", message);
        }
    }
    let kind = Kind::from_name(&privilege.kind);
    for name in privilege.attributes.keys() {
        let known = name == "*" || kind.is_none_or(|kind| schema.attribute(kind, name).is_some());
        if !known {
            let message = format!("there is no attribute {} of this kind", quoted(name));
            wrong("attributes", "attribute.unknown", message);
        }
    }
    let limits = Limits::default();
    let checked = |filter: &Filter, kind: Option<Kind>| -> Result<(), String> {
        let predicate = filter
            .predicate(kind.unwrap_or(Kind::User), &limits)
            .map_err(|problem| problem.message)?;
        match kind {
            // The host's own kinds have attributes that only the host knows.
            None => Ok(()),
            Some(kind) => check(&predicate, &|name| schema.attribute(kind, name), &limits)
                .map(drop)
                .map_err(|problem| problem.message),
        }
    };
    if let Some(target) = &privilege.target
        && let Err(message) = checked(target, kind)
    {
        wrong("target", "search.filter", message);
    }
    if let Some(holder) = &privilege.holder
        && let Err(message) = checked(holder, Some(Kind::User))
    {
        wrong("holder", "search.filter", message);
    }
}

/// A name of a kind or action.
fn is_word(text: &str) -> bool {
    let inner =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'.' | b'-');
    (1..=60).contains(&text.len())
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(inner)
}
