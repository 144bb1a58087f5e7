//! The runner of the scenario corpus, `iam-core/scenarios/*.json`: the same files are run in every language.
//!
//! A scenario is a list of steps. Each does one thing and says what is expected of it. Records are called by names:
//! `"as": "alice"` gives one to what a command created, `${alice}` stands for its identifier from then on, in what is
//! sent as well as in what is expected. The format is described in `iam-core/scenarios/README.md`.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::{Factory, scenario_read::outline, suite::Ground, transcript::VERBS};
use crate::{
    command::Command,
    model::{ChangeSetId, CommandId, EntityId, Moment, OrganizationId},
    plan::Actor,
    port::Revision,
    service::{Acting, At, OnConflict, Undo},
    wire::{Problem, json},
};

/// The scenarios of this repository: file name and text.
pub fn scenarios() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the scenarios lie beside the sources")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let name = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            (
                name,
                std::fs::read_to_string(&path).expect("the file can be read"),
            )
        })
        .collect();
    files.sort();
    files
}

/// Runs a scenario on a fresh storage.
///
/// # Panics
/// When a step does not go as expected, with the file, the step and what was found instead.
pub async fn run_scenario(file: &str, text: &str, factory: Factory) {
    let scenario: Json = serde_json::from_str(text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let ground = Ground::open(&factory).await;
    let mut stage = Stage {
        ground: &ground,
        names: BTreeMap::new(),
        marks: BTreeMap::new(),
        sets: BTreeMap::new(),
        commands: BTreeMap::new(),
        here: String::new(),
    };
    if let Some(now) = scenario["now"].as_str() {
        ground
            .clock
            .set(now.parse().unwrap_or_else(|error| panic!("{file}: {error}")));
    }
    for part in ["given", "when", "then"] {
        for (number, step) in (1..).zip(scenario[part].as_array().into_iter().flatten()) {
            let remark = step["note"]
                .as_str()
                .map(|note| format!(" ({note})"))
                .unwrap_or_default();
            stage.here = format!("{file}.json, {part} {number}{remark}");
            stage.step(step).await;
        }
    }
    ground.close().await;
}

pub(super) struct Stage<'a> {
    ground: &'a Ground,
    names: BTreeMap<String, String>,
    marks: BTreeMap<String, Revision>,
    sets: BTreeMap<String, ChangeSetId>,
    commands: BTreeMap<String, CommandId>,
    here: String,
}

impl Stage<'_> {
    pub(super) fn fail(&self, what: impl std::fmt::Display) -> ! {
        panic!("{}: {what}", self.here)
    }

    pub(super) fn same(&self, what: &str, found: &Json, expected: &Json) {
        if found != expected {
            self.fail(format!("{what}\n  expected {expected}\n  found    {found}"));
        }
    }

    /// `${alice}` becomes the identifier.
    pub(super) fn filled(&self, json: &Json) -> Json {
        match json {
            Json::String(text) => {
                let mut text = text.clone();
                for (name, id) in &self.names {
                    text = text.replace(&format!("${{{name}}}"), id);
                }
                if text.contains("${") {
                    self.fail(format!("nothing is called {text} here"));
                }
                Json::String(text)
            }
            Json::Array(list) => list.iter().map(|item| self.filled(item)).collect(),
            Json::Object(map) => {
                let entries = map.iter().map(|(key, value)| (key.clone(), self.filled(value)));
                Json::Object(entries.collect::<Map<_, _>>())
            }
            other => other.clone(),
        }
    }

    /// The identifier becomes `${alice}`.
    pub(super) fn named(&self, json: Json) -> Json {
        match json {
            Json::String(mut text) => {
                for (name, id) in &self.names {
                    text = text.replace(id.as_str(), &format!("${{{name}}}"));
                }
                Json::String(text)
            }
            Json::Array(list) => list.into_iter().map(|item| self.named(item)).collect(),
            Json::Object(map) => Json::Object(
                map.into_iter()
                    .map(|(key, value)| (key, self.named(value)))
                    .collect(),
            ),
            other => other,
        }
    }

    pub(super) fn id(&self, json: &Json) -> EntityId {
        let text = self.filled(json);
        match text.as_str().unwrap_or_default().parse() {
            Ok(id) => id,
            Err(error) => self.fail(error),
        }
    }

    pub(super) fn at(&self, step: &Json) -> At {
        let Some(at) = step["at"].as_str() else {
            return At::Now;
        };
        if let Some(revision) = self.marks.get(at) {
            return At::Revision(*revision);
        }
        match at.parse::<Moment>() {
            Ok(moment) => At::Moment(moment),
            Err(error) => self.fail(format!("`at` is neither a mark nor a moment: {error}")),
        }
    }

    async fn acting(&mut self, step: &Json) -> Acting<'static> {
        let realm = match step["realm"].as_str() {
            Some(name) => self
                .ground
                .iam
                .realm(name)
                .await
                .unwrap_or_else(|problem| self.fail(problem)),
            None => self.ground.iam.in_realm(self.ground.realm()),
        };
        let mut acting = match step["actor"].as_str() {
            None => realm.host("scenario"),
            Some("system") => realm.act_as(Actor::System),
            Some(name) if name.starts_with("${") => match self.id(&step["actor"]).try_into() {
                Ok(user) => realm.act_as(Actor::User(user)),
                Err(error) => self.fail(error),
            },
            Some(name) => realm.host(name),
        };
        if let Some(reason) = step["because"].as_str() {
            acting = acting.because(reason);
        }
        if !step["through"].is_null() {
            match serde_json::from_value(step["through"].clone()) {
                Ok(channel) => acting = acting.through(channel),
                Err(error) => self.fail(error),
            }
        }
        if let Some(name) = step["change_set"].as_str() {
            let set = *self
                .sets
                .entry(name.to_owned())
                .or_insert_with(|| self.ground.acme.new_change_set());
            acting = acting.in_change_set(set);
        }
        if let Some(name) = step["command_id"].as_str() {
            let id = *self
                .commands
                .entry(name.to_owned())
                .or_insert_with(|| self.ground.acme.new_command_id());
            acting = acting.with_command_id(id);
        }
        acting.as_of(self.at(step))
    }

    /// What was refused is what was expected to be: code, fields, subject.
    pub(super) fn refused(&self, step: &Json, problem: &Problem) {
        let expected = &step["refused"];
        if expected.is_null() {
            self.fail(format!("was refused: {}", self.named(json!(problem.to_string()))));
        }
        let fields: Map<String, Json> = problem
            .fields
            .iter()
            .map(|field| (field.field.clone(), json!(field.code)))
            .collect();
        let found = json!({
            "code": problem.code.name(), "fields": fields, "details": problem.details.len(),
            "subject": self.named(json!(problem.subject)),
        });
        match expected {
            Json::String(_) => self.same("the code", &found["code"], expected),
            _ => {
                for (key, value) in expected.as_object().into_iter().flatten() {
                    self.same(key, &found[key], value);
                }
            }
        }
    }

    pub(super) fn went<T>(&self, step: &Json, result: Result<T, Problem>) -> Option<T> {
        match result {
            Ok(_) if !step["refused"].is_null() => {
                self.fail(format!("expected a refusal: {}", step["refused"]))
            }
            Ok(value) => Some(value),
            Err(problem) => {
                self.refused(step, &problem);
                None
            }
        }
    }

    pub(super) fn command(&self, json: &Json) -> Command {
        match serde_json::from_value(self.filled(json)) {
            Ok(command) => command,
            Err(error) => self.fail(format!("not a command: {error}")),
        }
    }

    async fn step(&mut self, step: &Json) {
        let Some(map) = step.as_object() else {
            self.fail("a step is an object")
        };
        let acting = self.acting(step).await;
        let Some(verb) = VERBS.into_iter().find(|verb| map.contains_key(*verb)) else {
            self.fail(format!("a step does one of {}", VERBS.join(", ")));
        };
        let what = &step[verb];
        match verb {
            "execute" => self.execute(&acting, step, what).await,
            "preview" | "what_if" => self.preview(&acting, step, what).await,
            "rollback" => self.rollback(&acting, step, what).await,
            "mark" => {
                let standing = self.ground.standing().await;
                self.marks
                    .insert(what.as_str().unwrap_or_default().to_owned(), standing.latest);
            }
            "now" => match what.as_str().unwrap_or_default().parse() {
                Ok(now) => self.ground.clock.set(now),
                Err(error) => self.fail(error),
            },
            "advance_days" => self.ground.clock.advance_days(what.as_i64().unwrap_or_default()),
            "get" => self.get(&acting, step, what).await,
            "list" | "pages" => self.list(&acting, step, what, verb == "pages").await,
            "edges" => self.edges(&acting, step, what).await,
            "tree" => {
                let root = (!what.is_null()).then(|| OrganizationId(self.id(what).uuid));
                let nodes = self.went(step, acting.tree(root).await).unwrap_or_default();
                self.same("the tree", &json!(outline(&nodes)), &step["is"]);
            }
            "history" => {
                let items = acting.history(self.id(what), None, 100).await;
                let items = self.went(step, items).unwrap_or_default();
                let lines = items.iter().map(|item| {
                    let changes = item.changes.iter().map(|change| {
                        let shown = |value: &Option<crate::model::Value>| json!(value).to_string();
                        format!(
                            "{}: {} → {}",
                            change.attribute,
                            shown(&change.before),
                            shown(&change.after)
                        )
                    });
                    let mut line: Vec<String> = vec![item.command.clone()];
                    line.extend(item.reason.clone());
                    line.extend(changes.filter(|text| {
                        step["of"]
                            .as_str()
                            .is_none_or(|attribute| text.starts_with(&format!("{attribute}:")))
                    }));
                    line.extend(item.sealed.then(|| "sealed".to_owned()));
                    json!(line.join("; "))
                });
                self.same("the history", &self.named(lines.collect()), &step["is"]);
            }
            "audit" => {
                let query = crate::port::AuditQuery {
                    newest_first: true,
                    limit: what.as_u64().unwrap_or(1) as usize,
                    ..Default::default()
                };
                let rows = self.went(step, acting.audit(query).await).unwrap_or_default();
                let lines = rows.iter().map(|row| {
                    let outcome = if row.outcome.code().is_empty() {
                        "done"
                    } else {
                        row.outcome.code()
                    };
                    json!(format!("{} {} {outcome}", row.actor, row.command))
                });
                self.same("the audit trail", &self.named(lines.collect()), &step["is"]);
            }
            "upkeep" => {
                let done = self.went(step, acting.upkeep().await);
                self.same("the upkeep", &json!(done), &step["is"]);
            }
            _ => self.neutral(&acting, step, verb, what).await,
        }
    }

    async fn execute(&mut self, acting: &Acting<'_>, step: &Json, what: &Json) {
        let result = acting.execute(self.command(what)).await;
        let Some(done) = self.went(step, result) else {
            return;
        };
        if let (Some(name), Some(id)) = (step["as"].as_str(), done.id) {
            self.names.insert(name.to_owned(), id.to_string());
        }
        if let Some(mark) = step["mark_as"].as_str() {
            match done.revision {
                Some(revision) => drop(self.marks.insert(mark.to_owned(), revision)),
                None => self.fail("nothing was changed, so there is nothing to mark"),
            }
        }
        let events: Vec<&str> = done.events.iter().map(|event| event.name.as_str()).collect();
        for (key, found) in [
            ("events", json!(events)),
            ("changed", json!(done.revision.is_some())),
            ("replayed", json!(done.replayed)),
            ("remarks", json!(done.remarks.len())),
        ] {
            if let Some(expected) = step.get(key) {
                self.same(key, &found, expected);
            }
        }
    }

    /// A question or an operation of the catalogue, in the words of all languages: what is expected is part of the answer.
    async fn neutral(&mut self, acting: &Acting<'_>, step: &Json, verb: &str, what: &Json) {
        let (operation, input) = match verb {
            "ask" => ("ask", self.filled(what)),
            _ => (
                what.as_str().unwrap_or_default(),
                match &step["input"] {
                    Json::Null => json!({}),
                    input => self.filled(input),
                },
            ),
        };
        let Some(answer) = self.went(step, json::call(acting, operation, input).await) else {
            return;
        };
        for (name, place) in step["keep"].as_object().into_iter().flatten() {
            match answer.pointer(place.as_str().unwrap_or_default()) {
                Some(Json::String(found)) => drop(self.names.insert(name.clone(), found.clone())),
                _ => self.fail(format!("there is no text at {place} in {answer}")),
            }
        }
        if let Some(expected) = step.get("is") {
            let found = self.named(answer);
            if !holds(&found, expected) {
                self.same("the answer", &found, expected);
            }
        }
    }

    async fn preview(&mut self, acting: &Acting<'_>, step: &Json, what: &Json) {
        let before = self.ground.standing().await;
        let mut plan = None;
        let list = what.as_array().cloned().unwrap_or_else(|| vec![what.clone()]);
        let mut shown = None;
        for command in &list {
            let command = self.command(command);
            let result = match &plan {
                None => acting.preview(command).await,
                Some(plan) => acting.what_if(plan, command).await,
            };
            let Some(preview) = self.went(step, result) else {
                return;
            };
            shown = Some(preview.difference.to_string());
            plan = Some(preview.plan);
        }
        if self.ground.standing().await != before {
            self.fail("a preview wrote something");
        }
        let lines: Vec<&str> = shown
            .as_deref()
            .unwrap_or_default()
            .lines()
            .map(str::trim)
            .collect();
        for expected in step["shows"].as_array().into_iter().flatten() {
            let expected = self.filled(expected);
            if !lines.contains(&expected.as_str().unwrap_or_default()) {
                self.fail(format!(
                    "the preview does not show {expected}, but\n{}",
                    lines.join("\n")
                ));
            }
        }
    }

    async fn rollback(&mut self, acting: &Acting<'_>, step: &Json, what: &Json) {
        let undo = if let Some(mark) = what["commit"].as_str() {
            Undo::Revision(
                *self
                    .marks
                    .get(mark)
                    .unwrap_or_else(|| self.fail("there is no such mark")),
            )
        } else if let Some(set) = what["change_set"].as_str() {
            Undo::ChangeSet(
                *self
                    .sets
                    .get(set)
                    .unwrap_or_else(|| self.fail("there is no such change set")),
            )
        } else {
            match serde_json::from_value(self.filled(what)) {
                Ok(undo) => undo,
                Err(error) => self.fail(format!("not a rollback: {error}")),
            }
        };
        let skip = step["on_conflict"] == "skip";
        let on_conflict = if skip {
            OnConflict::Skip
        } else {
            OnConflict::Refuse
        };
        let result = acting.rollback(&undo, on_conflict).await;
        if let Some(done) = self.went(step, result)
            && let Some(expected) = step.get("remarks")
        {
            self.same("remarks", &json!(done.remarks.len()), expected);
        }
    }
}

/// Whether an answer has everything that is expected: of objects the fields that are named, all else in full.
fn holds(found: &Json, expected: &Json) -> bool {
    match (found, expected) {
        (Json::Object(found), Json::Object(expected)) => expected
            .iter()
            .all(|(name, value)| holds(found.get(name).unwrap_or(&Json::Null), value)),
        (Json::Array(found), Json::Array(expected)) => {
            found.len() == expected.len() && found.iter().zip(expected).all(|(one, other)| holds(one, other))
        }
        (found, expected) => found == expected,
    }
}
