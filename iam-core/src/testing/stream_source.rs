//! Random commands about identity sources.

use serde_json::{Value as Json, json};

use super::stream::Stream;
use crate::model::Kind;

impl Stream {
    pub(super) fn exchange(&mut self, name: &str) -> Json {
        if name == "user.exchange" {
            let updates: Vec<Json> = (0..2)
                .map(|number| json!({"user": self.id(Kind::User), "attributes": {"email": format!("{number}@x.org")}}))
                .collect();
            return json!({ "updates": updates });
        }
        let relation = if self.percent(50) { "member_of" } else { "in_group" };
        let kind = if relation == "member_of" {
            Kind::Organization
        } else {
            Kind::Group
        };
        json!({
            "source": self.id(Kind::Source), "record": self.id(Kind::User), "direction": "from", "relation": relation,
            "add": self.several(kind, 2), "remove": self.several(kind, 1),
        })
    }

    pub(super) fn source_fields(&mut self, name: &str) -> Json {
        match name {
            "connector.install" => json!({"descriptor": {
                "name": "files", "title": "Files", "version": format!("{}", self.below(3)),
                "fields": [{"name": "folder", "label": "Folder", "required": "always"}],
            }}),
            "connector.remove" => json!({"connector": self.id(Kind::Connector)}),
            "source.create" => json!({
                "name": self.name(), "connector": "files", "configuration": {"folder": "x"},
                "rules": {"kinds": {"user": {"mappings": [{"to": "email", "from": {"attribute": "mail"}}]}}},
            }),
            "source.update" => json!({
                "source": self.id(Kind::Source), "mode": if self.percent(50) { "active" } else { "look_only" },
                "schedule": if self.percent(80) { "0 3 * * *" } else { "never" },
            }),
            "sync.request" => json!({"source": self.id(Kind::Source)}),
            "sync.start" => json!({
                "run": self.id(Kind::SyncRun), "worker": "w", "until": "2026-06-01T00:00:00Z",
                "change_set": crate::model::EntityId::new(Kind::ChangeSet, uuid::Uuid::from_u128(9)),
            }),
            "sync.note" => json!({
                "run": self.id(Kind::SyncRun), "worker": "w", "until": "2026-06-02T00:00:00Z", "place": {}, "counts": {"read": 1},
            }),
            "sync.finish" => json!({
                "run": self.id(Kind::SyncRun), "worker": "w", "state": if self.percent(50) { "succeeded" } else { "partial" },
                "counts": {"read": 2}, "tokens": {"user": "t"},
            }),
            "sync.cancel" | "sync.forget" => json!({"run": self.id(Kind::SyncRun)}),
            "shadow.put" => json!({
                "source": self.id(Kind::Source), "kind": "user", "identifier": "x", "title": "X",
                "object_key": format!("{:032x}", self.below(40)), "target": self.id(Kind::User),
                "digest": format!("{:032x}", self.below(9)), "situation": "confirmed", "state": "linked",
            }),
            "shadow.resolve" => json!({
                "shadow": self.id(Kind::Shadow), "resolution": if self.percent(50) { "ignore" } else { "retry" },
            }),
            "shadow.remove" => json!({"shadow": self.id(Kind::Shadow)}),
            _ => json!({"source": self.id(Kind::Source)}),
        }
    }

    fn percent(&mut self, percent: u64) -> bool {
        self.random.percent(percent)
    }

    fn below(&mut self, most: usize) -> usize {
        self.random.below(most)
    }
}
