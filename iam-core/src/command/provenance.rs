//! Where a new record comes from (S0-7, S0-8, S0-78, S0-104).

use crate::{
    model::{EntityId, Kind, Record},
    plan::{Channel, Draft, Stop},
    rules::canonical,
    wire::{Code, FieldProblem, Problem},
};

/// The origins that things other than users have: identity source, or back end (created or imported).
const THINGS: [&str; 3] = ["manual", "import", "sync"];

/// The identifier of a new record: drawn, or brought along and free.
pub(super) fn new_id(
    draft: &mut Draft<'_>,
    kind: Kind,
    brought: Option<impl Into<EntityId>>,
) -> Result<EntityId, Stop> {
    let Some(id) = brought.map(Into::into) else {
        return Ok(draft.new_id(kind));
    };
    if draft.record(id)?.is_some() {
        let message = format!("there is a {kind} with this identifier already");
        let field = FieldProblem::new("id", Code::Taken.name(), message.clone());
        return Err(Problem {
            fields: vec![field],
            ..Problem::new(Code::Taken, message).about(id)
        }
        .into());
    }
    Ok(id)
}

/// Notes origin and source; without a word about it the origin follows from the door the command came through.
pub(super) fn note(
    draft: &Draft<'_>,
    record: &mut Record,
    origin: Option<&str>,
    source: Option<&str>,
) -> Vec<FieldProblem> {
    let origin = origin.unwrap_or(match draft.context.channel {
        Channel::Sync => "sync",
        Channel::Import => "import",
        Channel::Api | Channel::Timer | Channel::Rollback => "manual",
    });
    let mut problems = Vec::new();
    for (name, text) in [("origin", Some(origin)), ("source", source)] {
        let definition = draft.schema.attribute(record.kind(), name);
        if let (Some(definition), Some(text)) = (definition, text) {
            match canonical(definition, text.into()) {
                Ok(value) => record.set(name, value),
                Err(problem) => problems.push(FieldProblem::new(name, problem.code, problem.message)),
            }
        }
    }
    if problems.is_empty() && record.kind() != Kind::User && !THINGS.contains(&record.text("origin")) {
        problems.push(FieldProblem::new(
            "origin",
            "value.not_allowed",
            format!("a {} is manual, import or sync", record.kind()),
        ));
    }
    problems
}

/// Refuses what identity sources may not do: types come from the back end only (S0-69, S0-98).
pub(super) fn refuse_source(draft: &Draft<'_>, kind: Kind, import_too: bool) -> Result<(), Stop> {
    let refused = match draft.context.channel {
        Channel::Sync => true,
        Channel::Import => import_too,
        Channel::Api | Channel::Timer | Channel::Rollback => false,
    };
    if refused {
        let message = format!("a {kind} is made in the back end only");
        return Err(Problem::new(Code::Denied, message).into());
    }
    Ok(())
}
