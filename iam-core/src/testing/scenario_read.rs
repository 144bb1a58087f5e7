//! The steps of a scenario that read.

use serde_json::{Value as Json, json};

use super::scenario::Stage;
use crate::{
    model::{Kind, Relation},
    plan::Direction,
    rules::status::{StatusView, status},
    search::{Page, Predicate, Search},
    service::{Acting, TreeNode},
};

impl Stage<'_> {
    pub(super) async fn get(&mut self, acting: &Acting<'_>, step: &Json, what: &Json) {
        let result = acting.get(self.id(what)).await;
        let Some(record) = self.went(step, result) else {
            return;
        };
        for (name, expected) in step["is"].as_object().into_iter().flatten() {
            let found = match name.as_str() {
                "status.matrix" => json!(status(&record, StatusView::Matrix, acting.context().now)),
                "status.lifecycle" => json!(status(&record, StatusView::Lifecycle, acting.context().now)),
                "status.customer" => json!(status(&record, StatusView::Customer, acting.context().now)),
                name => self.named(json!(record.value(name))),
            };
            self.same(name, &found, expected);
        }
    }

    pub(super) async fn list(&mut self, acting: &Acting<'_>, step: &Json, what: &Json, pages: bool) {
        let mut search = self.filled(what);
        let mut filter = Ok(Predicate::All);
        if let Some(text) = search["where"].as_str() {
            filter = Predicate::from_scim(text);
        }
        if let Some(map) = search.as_object_mut() {
            map.remove("where");
        }
        let mut search: Search = match serde_json::from_value(search) {
            Ok(search) => search,
            Err(error) => self.fail(format!("not a search: {error}")),
        };
        if !what["where"].is_null() {
            match filter {
                Ok(filter) => search = search.filter(filter),
                Err(problem) => return self.refused(step, &problem.into()),
            }
        }
        let mut found: Vec<Json> = Vec::new();
        loop {
            let Some(page) = self.went(step, acting.search(&search).await) else {
                return;
            };
            if let Some(expected) = step.get("total") {
                self.same("total", &json!(page.total), expected);
            }
            let Page { items, next, .. } = page;
            let ids = self.named(items.iter().map(|record| json!(record.id)).collect());
            found.push(ids);
            match next {
                Some(next) if pages => search = search.cursor(next),
                _ => break,
            }
        }
        let found = if pages { json!(found) } else { found.remove(0) };
        self.same("the list", &found, &step["gives"]);
    }

    pub(super) async fn edges(&mut self, acting: &Acting<'_>, step: &Json, what: &Json) {
        let relation: Relation = match serde_json::from_value(step["relation"].clone()) {
            Ok(relation) => relation,
            Err(error) => self.fail(error),
        };
        let direction = if step["direction"] == "to" {
            Direction::To
        } else {
            Direction::From
        };
        let edges = self
            .went(step, acting.edges(self.id(what), direction, relation).await)
            .unwrap_or_default();
        let mut names: Vec<String> = edges
            .iter()
            .map(|edge| {
                if direction == Direction::From {
                    edge.key.to
                } else {
                    edge.key.from
                }
            })
            .filter(|id| id.kind != Kind::Realm)
            .map(|id| self.named(json!(id)).as_str().unwrap_or_default().to_owned())
            .collect();
        names.sort();
        self.same("the edges", &json!(names), &step["gives"]);
    }
}

/// `a(b c(d))`
pub(super) fn outline(nodes: &[TreeNode]) -> String {
    let each = nodes.iter().map(|node| {
        let mut text = node.organization.text("name").to_owned();
        for position in &node.positions {
            text.push_str(&format!(" [{}]", position.text("name")));
        }
        if !node.children.is_empty() {
            text.push_str(&format!("({})", outline(&node.children)));
        }
        text
    });
    each.collect::<Vec<_>>().join(" ")
}
