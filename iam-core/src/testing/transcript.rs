//! The neutral run of a scenario: only what every language can do (`json::call`), every answer written down.
//!
//! The languages run the same scenarios with a clock, an entropy and a vault of their own that tell the same as those of
//! this crate's tests. So they draw the same identifiers, and what they write down has to be the same byte for byte.
//! `cargo run -p iam-storage --example transcripts -- FOLDER` writes what Rust says; the format is in
//! `iam-core/scenarios/README.md`.

use std::{collections::BTreeMap, fmt::Write, sync::Arc};

use serde_json::{Map, Value as Json, json};

use super::{VirtualClock, host};
use crate::{
    model::EntityId,
    port::Storage,
    service::{Acting, Iam, Realm},
    wire::json as neutral,
};

/// Runs a scenario on a fresh storage through the neutral interface; gives what was answered, call by call.
///
/// # Panics
/// When a step is refused that should not be, or is carried out that should be refused.
pub async fn transcript(file: &str, text: &str, storage: Arc<dyn Storage>) -> String {
    let scenario: Json = serde_json::from_str(text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let (host, clock) = host(1);
    let iam = Iam::new(storage, host).unwrap();
    let realm = iam.realm("acme").await.unwrap();
    if let Some(now) = scenario["now"].as_str() {
        clock.set(now.parse().unwrap_or_else(|error| panic!("{file}: {error}")));
    }
    let mut run = Run {
        iam,
        clock,
        realm,
        names: BTreeMap::new(),
        marks: BTreeMap::new(),
        drawn: BTreeMap::new(),
        here: String::new(),
        written: String::new(),
    };
    for part in ["given", "when", "then"] {
        for (number, step) in (1..).zip(scenario[part].as_array().into_iter().flatten()) {
            run.here = format!("{file} {part} {number}");
            run.step(step).await;
        }
    }
    run.here = format!("{file} end 1");
    let acting = run.realm.host("scenario");
    for (operation, input) in [
        ("ask", json!({"query": "realm.doctor"})),
        ("seal_chain", json!({})),
        ("ask", json!({"query": "chain.verify"})),
    ] {
        run.call(&acting, operation, input).await.unwrap();
    }
    run.written
}

struct Run {
    iam: Iam,
    clock: Arc<VirtualClock>,
    realm: Realm,
    names: BTreeMap<String, String>,
    marks: BTreeMap<String, u64>,
    drawn: BTreeMap<String, String>,
    here: String,
    written: String,
}

impl Run {
    async fn call(&mut self, acting: &Acting<'_>, operation: &str, input: Json) -> Result<Json, Json> {
        let result = neutral::call_text(acting, operation, &input.to_string()).await;
        let (mark, text) = match &result {
            Ok(text) => ("", text),
            Err(text) => ("! ", text),
        };
        writeln!(self.written, "{} {operation}\n{mark}{text}", self.here).unwrap();
        let read = |text: &str| serde_json::from_str(text).unwrap();
        result.map(|text| read(&text)).map_err(|text| read(&text))
    }

    /// The same, and whether it was refused is as the step says.
    async fn expect(
        &mut self,
        acting: &Acting<'_>,
        step: &Json,
        operation: &str,
        input: Json,
    ) -> Option<Json> {
        let result = self.call(acting, operation, input).await;
        let expected = step["refused"].as_str().or(step["refused"]["code"].as_str());
        match (result, expected) {
            (Ok(answer), None) => Some(answer),
            (Err(problem), Some(code)) if problem["code"] == code => None,
            (found, expected) => panic!("{}: expected {expected:?}, found {found:?}", self.here),
        }
    }

    fn filled(&self, json: &Json) -> Json {
        match json {
            Json::String(text) => {
                let mut text = text.clone();
                for (name, id) in &self.names {
                    text = text.replace(&format!("${{{name}}}"), id);
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

    /// An identifier that is drawn when its name is first used.
    async fn drawn(&mut self, acting: &Acting<'_>, operation: &str, name: &str) -> String {
        let key = format!("{operation} {name}");
        if !self.drawn.contains_key(&key) {
            let fresh = self.call(acting, operation, json!({})).await.unwrap();
            self.drawn.insert(key.clone(), fresh.as_str().unwrap().to_owned());
        }
        self.drawn[&key].clone()
    }

    async fn acting(&mut self, step: &Json) -> Acting<'static> {
        let realm = match step["realm"].as_str() {
            Some(name) => self.iam.realm(name).await.unwrap(),
            None => self.realm.clone(),
        };
        let actor = match step["actor"].as_str() {
            None => "host:scenario".to_owned(),
            Some("system") => "system".to_owned(),
            Some(name) if name.starts_with("${") => self.filled(&step["actor"]).as_str().unwrap().to_owned(),
            Some(name) => format!("host:{name}"),
        };
        let acting = realm.act_as(neutral::actor(&actor).unwrap());
        let mut manner = Map::new();
        if let Some(reason) = step["because"].as_str() {
            manner.insert("reason".to_owned(), json!(reason));
        }
        if let Some(channel) = step["through"].as_str() {
            manner.insert("channel".to_owned(), json!(channel));
        }
        for (field, operation) in [("change_set", "new_change_set"), ("command_id", "new_command_id")] {
            if let Some(name) = step[field].as_str() {
                let id = self.drawn(&acting, operation, name).await;
                manner.insert(field.to_owned(), json!(id));
            }
        }
        if let Some(at) = step["at"].as_str() {
            let at = match self.marks.get(at) {
                Some(revision) => json!({"revision": revision}),
                None => json!({"moment": at}),
            };
            manner.insert("at".to_owned(), at);
        }
        neutral::with_manner(&acting, Json::Object(manner)).unwrap()
    }

    async fn step(&mut self, step: &Json) {
        let acting = self.acting(step).await;
        let map = step.as_object().unwrap();
        let Some(verb) = VERBS.into_iter().find(|verb| map.contains_key(*verb)) else {
            panic!("{}: a step does one of {}", self.here, VERBS.join(", "));
        };
        let what = self.filled(&step[verb]);
        let ask = |query: &str, fields: Json| {
            let mut input = json!({"query": query});
            for (name, value) in fields.as_object().unwrap() {
                input[name] = value.clone();
            }
            input
        };
        match verb {
            "execute" | "preview" | "ask" => {
                let answer = self.expect(&acting, step, verb, what).await;
                self.keep(step, answer.as_ref());
            }
            "call" => {
                let input = if step["input"].is_null() {
                    json!({})
                } else {
                    self.filled(&step["input"])
                };
                let answer = self.expect(&acting, step, what.as_str().unwrap(), input).await;
                self.keep(step, answer.as_ref());
            }
            "what_if" => {
                let input = json!({"commands": what});
                self.expect(&acting, step, "preview_batch", input).await;
            }
            "rollback" => {
                let mark = |name: &str| self.marks[name];
                let undo = if let Some(name) = what["commit"].as_str() {
                    json!({"revision": mark(name)})
                } else if let Some(name) = what["change_set"].as_str() {
                    json!({"change_set": self.drawn[&format!("new_change_set {name}")]})
                } else {
                    what
                };
                let on_conflict = step["on_conflict"].as_str().unwrap_or("refuse");
                let input = json!({"undo": undo, "on_conflict": on_conflict});
                self.expect(&acting, step, "rollback", input).await;
            }
            "mark" => {
                let input = ask("audit.list", json!({"newest_first": true, "limit": 1}));
                let rows = self.call(&acting, "ask", input).await.unwrap();
                let revision = rows[0]["revision"].as_u64().unwrap_or_default();
                self.marks.insert(what.as_str().unwrap().to_owned(), revision);
            }
            "now" => self.clock.set(what.as_str().unwrap().parse().unwrap()),
            "advance_days" => self.clock.advance_days(what.as_i64().unwrap()),
            "get" => {
                let input = ask("record.get", json!({"id": what}));
                self.expect(&acting, step, "ask", input).await;
                for view in ["customer", "lifecycle", "matrix"] {
                    if !step["is"][format!("status.{view}")].is_null() {
                        let input = ask("user.status", json!({"user": what, "view": view}));
                        self.expect(&acting, step, "ask", input).await;
                    }
                }
            }
            "list" | "pages" => {
                let mut fields = what;
                if let Some(filter) = fields.as_object_mut().unwrap().remove("where") {
                    fields["filter"] = filter;
                }
                while let Some(page) = self
                    .expect(&acting, step, "ask", ask("record.search", fields.clone()))
                    .await
                {
                    if verb == "list" || page["next"].is_null() {
                        break;
                    }
                    fields["cursor"] = page["next"].clone();
                }
            }
            "edges" => {
                let direction = step["direction"].as_str().unwrap_or("from");
                let fields = json!({"id": what, "direction": direction, "relation": step["relation"]});
                self.expect(&acting, step, "ask", ask("edge.list", fields)).await;
            }
            "tree" => {
                let fields = if what.is_null() {
                    json!({})
                } else {
                    json!({"organization": what})
                };
                self.expect(&acting, step, "ask", ask("organization.tree", fields))
                    .await;
            }
            "history" => {
                let input = ask("history.of", json!({"id": what}));
                self.expect(&acting, step, "ask", input).await;
            }
            "audit" => {
                let input = ask("audit.list", json!({"newest_first": true, "limit": what}));
                self.expect(&acting, step, "ask", input).await;
            }
            _ => drop(self.expect(&acting, step, "upkeep", json!({})).await),
        }
    }

    /// Gives names to what was answered.
    fn keep(&mut self, step: &Json, answer: Option<&Json>) {
        let Some(answer) = answer else { return };
        if let (Some(name), Some(id)) = (step["as"].as_str(), answer["id"].as_str()) {
            assert!(id.parse::<EntityId>().is_ok(), "{}: {id}", self.here);
            self.names.insert(name.to_owned(), id.to_owned());
        }
        if let (Some(name), Some(revision)) = (step["mark_as"].as_str(), answer["revision"].as_u64()) {
            self.marks.insert(name.to_owned(), revision);
        }
        for (name, place) in step["keep"].as_object().into_iter().flatten() {
            let found = answer.pointer(place.as_str().unwrap_or_default());
            let found = found.and_then(Json::as_str);
            let found = found.unwrap_or_else(|| panic!("{}: no text at {place}", self.here));
            self.names.insert(name.clone(), found.to_owned());
        }
    }
}

/// What a step may do.
pub(super) const VERBS: [&str; 17] = [
    "execute",
    "preview",
    "what_if",
    "rollback",
    "mark",
    "now",
    "advance_days",
    "get",
    "list",
    "pages",
    "edges",
    "tree",
    "history",
    "audit",
    "upkeep",
    "ask",
    "call",
];
