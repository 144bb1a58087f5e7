//! The neutral interface over a real engine: what every binding sees.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests fail by panicking"
)]

use std::sync::Arc;

use iam_core::{
    query::Query,
    service::{Acting, Iam},
    wire::{Code, json},
};
use iam_storage::{host, memory::MemoryStorage};
use serde_json::{Value, json};

async fn realm() -> Acting<'static> {
    let iam = Iam::new(Arc::new(MemoryStorage::new()), host::system([1; 32])).unwrap();
    iam.realm("acme").await.unwrap().host("wire")
}

async fn call(acting: &Acting<'_>, operation: &str, input: Value) -> Value {
    match json::call(acting, operation, input).await {
        Ok(value) => value,
        Err(problem) => panic!("{operation}: {problem}"),
    }
}

#[test]
fn commands_and_queries_as_json() {
    pollster::block_on(async {
        let acme = realm().await;
        let create = json!({"command": "user.create", "attributes": {"user_name": "alice", "city": "Utica"}});
        let shown = call(&acme, "preview", create.clone()).await;
        assert_eq!(shown["difference"]["records"][0]["label"], "alice");
        assert!(!shown.to_string().contains("salt"));
        let done = call(&acme, "execute", create).await;
        let (id, revision) = (&done["id"], &done["revision"]);
        let update = json!({"command": "user.update", "user": id, "attributes": {"city": "Berlin"}});
        let undo = call(&acme, "execute", update).await["revision"].clone();

        let ask = |query: Value| call(&acme, "ask", query);
        let record = ask(json!({"query": "record.get", "id": id})).await;
        assert_eq!(
            (&record["kind"], &record["attributes"]["city"]),
            (&json!("user"), &json!("Berlin"))
        );
        assert_eq!(record.as_object().unwrap().len(), 4, "no salt, nothing else");
        let past = ask(json!({"query": "record.get", "id": id, "at": {"revision": revision}})).await;
        assert_eq!(past["attributes"]["city"], "Utica");
        let by =
            json!({"query": "record.find_by", "kind": "user", "attribute": "user_name", "value": "ALICE"});
        assert_eq!(ask(by).await["id"], *id);
        for filter in [
            json!("city eq \"berlin\""),
            json!("userName sw \"al\""),
            json!({"attribute": "city", "present": true}),
        ] {
            let found =
                ask(json!({"query": "record.search", "kind": "user", "filter": filter, "total": true})).await;
            assert_eq!(found["total"], 1);
        }
        assert_eq!(ask(json!({"query": "record.count", "kind": "user"})).await, 1);
        assert_eq!(
            ask(json!({"query": "record.prefix_search", "text": "al"})).await["items"][0]["id"],
            *id
        );
        assert_eq!(ask(json!({"query": "user.status", "user": id})).await, "active");
        let history = ask(json!({"query": "history.of", "id": id})).await;
        assert_eq!(history.as_array().unwrap().len(), 2);
        assert_eq!(
            ask(json!({"query": "history.timeline"}))
                .await
                .as_array()
                .unwrap()
                .len(),
            3
        );
        let audit = ask(json!({"query": "audit.list", "newest_first": true, "limit": 1})).await;
        assert_eq!(audit[0]["command"], "user.update");
        let difference = ask(json!({"query": "history.difference", "from": {"revision": revision}})).await;
        assert_eq!(difference["records"][0]["changes"][0]["attribute"], "city");
        for query in [
            json!({"query": "edge.list", "id": id, "direction": "from", "relation": "member_of"}),
            json!({"query": "organization.tree"}),
            json!({"query": "schema.attributes", "kind": "user"}),
            json!({"query": "realm.settings"}),
            json!({"query": "realm.doctor"}),
            json!({"query": "chain.verify"}),
            json!({"query": "record.find_all", "ids": [id]}),
        ] {
            let again = query.clone();
            assert_eq!(json::text(ask(query).await), json::text(ask(again).await));
        }
        assert!(
            call(&acme, "preview_rollback", json!({"undo": {"revision": undo}})).await["conflicts"]
                .is_array()
        );
        call(&acme, "rollback", json!({"undo": {"revision": undo}})).await;
        let record = ask(json!({"query": "record.find", "id": id})).await;
        assert_eq!(record["attributes"]["city"], "Utica");
        assert!(call(&acme, "seal_chain", json!({})).await["head"].is_string());
        assert_eq!(
            call(&acme, "events", json!({"after": 1})).await[0]["events"][0]["name"],
            "user.created"
        );
        assert_eq!(call(&acme, "upkeep", json!({})).await["expired"], 0);
        let batch = json!({"mode": "each", "commands": [
            {"command": "user.create", "attributes": {"user_name": "bob"}},
            {"command": "user.create", "attributes": {"user_name": "bob"}},
        ]});
        let outcome = call(&acme, "batch", batch).await;
        assert!(outcome["results"][0]["id"].is_string());
        assert_eq!(outcome["results"][1]["problem"]["kind"], "refused");
    });
}

#[test]
fn what_is_not_understood_is_a_problem_with_a_code() {
    pollster::block_on(async {
        let acme = realm().await;
        for (operation, input) in [
            ("perform", json!({})),
            ("execute", json!(null)),
            ("execute", json!([])),
            ("execute", json!({"command": 1})),
            ("execute", json!({"command": "user.explode"})),
            (
                "execute",
                json!({"command": "user.create", "attributes": {}, "color": "red"}),
            ),
            ("execute", json!({"command": "user.delete", "user": "alice"})),
            (
                "execute",
                json!({"command": "user.create", "attributes": {"job": u64::MAX}}),
            ),
            ("ask", json!({"query": "record.get"})),
            (
                "ask",
                json!({"query": "record.get", "id": "user_1", "at": "yesterday"}),
            ),
            ("upkeep", json!({"now": true})),
            ("batch", json!({"commands": [{"command": "user.create"}]})),
        ] {
            let problem = json::call(&acme, operation, input.clone()).await.unwrap_err();
            let known = matches!(problem.code, Code::Malformed | Code::Invalid);
            assert!(known, "{operation} {input}: {problem}");
        }
        let filter = json!({"query": "record.search", "kind": "user", "filter": "city eq Berlin"});
        assert_eq!(
            json::call(&acme, "ask", filter).await.unwrap_err().code,
            Code::Filter
        );
        for text in ["", "{", "{\"command\": \"\\ud800\"}", &"[".repeat(10_000)] {
            let problem = json::execute(&acme, text).await.unwrap_err();
            let problem: Value = serde_json::from_str(&problem).unwrap();
            assert_eq!(problem["code"], "input.malformed");
            assert_eq!(problem.as_object().unwrap().len(), 8);
        }
    });
}

/// Whatever a host spawns on its runtime has to be free to move between threads.
#[test]
fn everything_can_be_spawned() {
    fn sendable<T: Send>(future: T) -> T {
        future
    }
    pollster::block_on(async {
        let acme = realm().await;
        sendable(json::call(&acme, "upkeep", json!({}))).await.unwrap();
        sendable(acme.execute(iam_core::command::CreateUser::new("alice")))
            .await
            .unwrap();
    });
}

#[test]
fn a_query_survives_its_json() {
    let text = r#"{"query":"record.search","kind":"user","filter":"city pr","limit":5,"total":false,"deleted":"only"}"#;
    let query: Query = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&query).unwrap(), text);
}
