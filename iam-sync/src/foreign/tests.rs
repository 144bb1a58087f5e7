//! A connector and a messenger in a “language” that is nothing but JSON.

use std::sync::Mutex;

use iam_core::service::{Acting, Iam};
use iam_storage::{host, memory::MemoryStorage};

use super::*;

#[derive(Debug, Default)]
struct Language(Mutex<Vec<(&'static str, Json)>>);

#[async_trait]
impl Foreign for Language {
    async fn ask(&self, method: &'static str, input: Json) -> Result<Json, ForeignError> {
        self.0.lock().unwrap().push((method, input.clone()));
        let error = |kind: &str, message: &str| ForeignError {
            kind: kind.to_owned(),
            message: message.to_owned(),
            ..ForeignError::default()
        };
        match method {
            "open" if input["secrets"]["password"] == "open sesame" => Ok(json!(7)),
            "open" => Err(error("denied", "the password is wrong")),
            "classes" => Ok(json!([{"name": "people"}])),
            "read" if input["read"]["object_class"] == "odd" => Ok(json!({"objects": [{"identifier": 5}]})),
            "read" if !input["read"]["filter"].is_null() => {
                Err(error("denied", "asked for a filter nevertheless"))
            }
            "read" => {
                let size = input["read"]["page_size"].as_u64().unwrap_or(1).min(1_000);
                let from = input["cursor"]
                    .as_str()
                    .and_then(|at| at.parse().ok())
                    .unwrap_or(0u64);
                let until = (from + size).min(25);
                let objects = (from..until)
                    .map(|n| json!({"identifier": format!("{n}"), "attributes": {"login": format!("user{n}"), "left": null}}));
                let next = (until < 25).then(|| until.to_string());
                let mut page = json!({"objects": objects.collect::<Vec<_>>(), "next": next});
                if until == 25 {
                    page["presence"] = "everything".into();
                }
                Ok(page)
            }
            "deliver" if input["address"] == "later@example.com" => {
                Err(ForeignError::unforeseen("TimeoutError"))
            }
            _ => Ok(Json::Null),
        }
    }
}

async fn worker(language: &Arc<Language>) -> (Acting<'static>, Worker) {
    let iam = Iam::new(Arc::new(MemoryStorage::new()), host::system([7; 32])).unwrap();
    let acting = iam.realm("acme").await.unwrap().host("tests");
    let parts = json!({
        "name": "one", "secrets": {"hr": "open sesame", "old": "wrong"}, "messenger": true,
        "connectors": [{"name": "json", "title": "JSON", "version": "1", "capabilities": {"resume": true}, "fields": [
            {"name": "place", "label": "Place", "required": "always"},
            {"name": "password", "label": "Password", "type": "secret"},
        ]}],
    });
    let parts: Parts = serde_json::from_value(parts).unwrap();
    let worker = Worker::new(&iam, parts, language.clone()).unwrap();
    (acting, worker)
}

/// S0-121
#[tokio::test]
async fn a_connector_of_another_language_passes_the_suite_and_is_run() {
    let language = Arc::new(Language::default());
    let (acting, worker) = worker(&language).await;
    let configuration = json!({"place": "here", "password": "vault:hr"});
    let tried = json!({"connector": "json", "configuration": configuration, "kind": "user", "least": 25});
    assert_eq!(
        worker.call(&acting, "try_connector", tried).await.unwrap(),
        json!([])
    );
    worker.call(&acting, "install", json!({})).await.unwrap();
    let check = json!({"connector": "json", "configuration": configuration});
    assert_eq!(
        worker.call(&acting, "check", check).await.unwrap()[0]["name"],
        "people"
    );

    let source = json!({"command": "source.create", "name": "HR", "connector": "json", "configuration": configuration,
        "rules": {"kinds": {"user": {"object_class": "people",
            "mappings": [{"from": {"attribute": "login"}, "to": "user_name"}]}}}});
    let source = json::call(&acting, "execute", source).await.unwrap()["id"].clone();
    let preview = worker
        .call(&acting, "preview", json!({"source": source}))
        .await
        .unwrap();
    assert_eq!(preview["counts"]["kinds"]["user"]["created"], 25, "{preview}");
    let active = json!({"command": "source.update", "source": source, "mode": "active"});
    json::call(&acting, "execute", active).await.unwrap();
    let run = json!({"command": "sync.request", "source": source});
    let run = json::call(&acting, "execute", run).await.unwrap()["id"].clone();
    let report = worker.call(&acting, "run", json!({})).await.unwrap();
    assert_eq!(
        (&report["state"], &report["counts"]["kinds"]["user"]["created"]),
        (&json!("succeeded"), &json!(25)),
        "{report}"
    );
    assert_eq!(worker.call(&acting, "run", json!({})).await.unwrap(), Json::Null);
    let undone = worker.call(&acting, "undo", json!({"run": run})).await.unwrap();
    assert!(undone["commits"].as_u64() > Some(0), "{undone}");
}

#[tokio::test]
async fn what_a_port_says_is_told_and_what_it_did_not_foresee_too() {
    let (acting, worker) = worker(&Arc::default()).await;
    let check = async |configuration: Json| {
        let input = json!({"connector": "json", "configuration": configuration});
        worker.call(&acting, "check", input).await.unwrap_err()
    };
    let denied = check(json!({"place": "here", "password": "vault:old"})).await;
    assert_eq!(
        (
            denied.code.name(),
            denied.message.contains("the password is wrong")
        ),
        ("source.failed", true)
    );
    assert_eq!(
        check(json!({"password": "vault:hr"})).await.code.name(),
        "input.invalid"
    );
    assert_eq!(
        check(json!({"place": "here", "password": "vault:none"}))
            .await
            .code
            .name(),
        "input.invalid"
    );
    let odd = json!({"connector": "json", "configuration": {"place": "x", "password": "vault:hr"}, "kind": "user", "object_class": "odd"});
    let faults = worker.call(&acting, "try_connector", odd).await.unwrap();
    assert!(faults[0].as_str().unwrap().contains("another form"), "{faults}");
    for (operation, input) in [
        ("explode", json!({})),
        ("check", json!({"connector": 5})),
        ("deliver", json!({"x": 1})),
    ] {
        let problem = worker.call(&acting, operation, input).await.unwrap_err();
        assert_eq!(problem.code.name(), "input.malformed");
    }
}

#[tokio::test]
async fn messages_are_delivered_in_another_language() {
    let language = Arc::new(Language::default());
    let (acting, worker) = worker(&language).await;
    for (name, mail) in [("alice", "alice@example.com"), ("bob", "later@example.com")] {
        let user = json!({"command": "user.create", "attributes": {"user_name": name, "email": mail}});
        let user = json::call(&acting, "execute", user).await.unwrap()["id"].clone();
        let mail = json!({"command": "user.start_email_verification", "user": user});
        json::call(&acting, "execute", mail).await.unwrap();
    }
    let report = worker.call(&acting, "deliver", json!({})).await.unwrap();
    assert_eq!(
        (&report["done"], &report["later"]),
        (&json!(1), &json!(1)),
        "{report}"
    );
    let told = language.0.lock().unwrap();
    let (_, message) = told.iter().find(|(method, _)| *method == "deliver").unwrap();
    assert!(message["key"].is_string() && message["text"].is_string() && message["attachments"].is_array());
}
