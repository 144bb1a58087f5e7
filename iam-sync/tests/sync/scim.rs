//! A SCIM server of somebody else (`.ci/directory start DIR scim`), read as a source.

use std::sync::Arc;

use iam_core::{
    command::{CreateSource, RequestSync, UpdateSource},
    model::{
        AttributeMapping, Configuration, Kind, KindRules, RunMode, SourceId, SourceMode, SourceRules,
        SyncKind, Tier,
    },
    port::connector_suite::Trial,
    search::Predicate,
    service::Iam,
    testing::host,
};
use iam_storage::memory::MemoryStorage;
use iam_sync::{
    connector::{Connectors, KnownSecrets},
    reconcile::run::{RunReport, RunState, Sources},
};
use serde_json::{Value as Json, json};

/// The server, as whoever keeps it sees it.
struct Keeper {
    client: reqwest::Client,
    url: String,
    token: String,
}

impl Keeper {
    async fn ask(&self, method: reqwest::Method, path: &str, body: Json) -> Json {
        let answer = self
            .client
            .request(method, format!("{}{path}", self.url))
            .bearer_auth(&self.token)
            .header("content-type", "application/scim+json")
            .body(body.to_string())
            .send()
            .await
            .unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }

    async fn add(&self, name: &str, number: usize) -> String {
        let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
        let user = json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", enterprise],
            "userName": name, "active": true, "name": {"familyName": "Żółć", "givenName": name},
            "emails": [{"value": format!("{name}@example.com"), "primary": true}],
            enterprise: {"employeeNumber": format!("{number}")},
        });
        let made = self.ask(reqwest::Method::POST, "/Users", user).await;
        made["id"].as_str().unwrap().to_owned()
    }
}

fn rules() -> SourceRules {
    let attribute = AttributeMapping::attribute;
    SourceRules {
        kinds: [
            (
                SyncKind::User,
                KindRules {
                    mappings: vec![
                        attribute("userName", "user_name"),
                        attribute("emails.value", "email"),
                        attribute("name.familyName", "last_name"),
                        attribute(
                            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.employeeNumber",
                            "user_number",
                        ),
                        attribute("active", "administrative_status")
                            .dictionary([("true", "enabled"), ("false", "disabled")]),
                    ],
                    correlation: vec![Tier::of("user_number")],
                    ..KindRules::default()
                },
            ),
            (
                SyncKind::Group,
                KindRules {
                    mappings: vec![
                        attribute("displayName", "name"),
                        attribute("members.value", "members"),
                    ],
                    ..KindRules::default()
                },
            ),
        ]
        .into(),
        page_size: 10,
        ..SourceRules::default()
    }
}

/// S1-75
#[tokio::test]
async fn a_scim_server_flows_in_and_its_changes_follow() {
    let (Ok(url), Ok(token)) = (
        std::env::var("IAM_TEST_SCIM_URL"),
        std::env::var("IAM_TEST_SCIM_TOKEN"),
    ) else {
        eprintln!(
            "NOT RUN: IAM_TEST_SCIM_URL is not set: no SCIM server was tried (.ci/directory start DIR scim)"
        );
        return;
    };
    let keeper = Keeper {
        client: reqwest::Client::new(),
        url: url.clone(),
        token: token.clone(),
    };
    // Whoever was there before.
    for path in ["/Users", "/Groups"] {
        let list = keeper
            .ask(reqwest::Method::GET, &format!("{path}?count=200"), json!({}))
            .await;
        for resource in list["Resources"].as_array().unwrap() {
            let id = resource["id"].as_str().unwrap();
            keeper
                .ask(reqwest::Method::DELETE, &format!("{path}/{id}"), json!({}))
                .await;
        }
    }
    let mut ids = Vec::new();
    for number in 0..25 {
        ids.push(keeper.add(&format!("person{number}"), number).await);
    }
    let members = |ids: &[String]| -> Json { ids.iter().map(|id| json!({"value": id})).collect() };
    let group = json!({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Staff",
                       "members": members(&ids[..3])});
    let group = keeper.ask(reqwest::Method::POST, "/Groups", group).await;
    let group_path = format!("/Groups/{}", group["id"].as_str().unwrap());

    let configuration: Configuration = [("base_url", url.as_str()), ("token", "vault:scim")]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect();
    let secrets = KnownSecrets::new().with("scim", &token);
    let connectors = Connectors::builtin();
    let trial = Trial {
        configuration: configuration.clone(),
        kind: SyncKind::User,
        object_class: String::new(),
        least: 25,
    };
    let faults = trial
        .faults(connectors.find("scim").unwrap().as_ref(), &secrets)
        .await;
    assert!(faults.is_empty(), "{faults:#?}");

    let (host, clock) = host(3);
    let iam = Iam::new(Arc::new(MemoryStorage::new()), host).unwrap();
    let acting = iam.realm("acme").await.unwrap().host("test");
    let sources = Sources::new(connectors, Arc::new(secrets), clock.clone());
    sources.connectors().install(&acting).await.unwrap();
    let create = CreateSource {
        configuration,
        ..CreateSource::new("SCIM", "scim").rules(rules())
    };
    let source: SourceId = acting.execute(create).await.unwrap().id().unwrap();
    acting
        .execute(UpdateSource::new(source).mode(SourceMode::Active))
        .await
        .unwrap();
    let run = async |mode: RunMode| -> RunReport {
        clock.advance(1);
        let request = RequestSync {
            mode,
            ..RequestSync::new(source)
        };
        acting.execute(request).await.unwrap();
        let report = sources.work(&acting, "w", &mut ()).await.unwrap().unwrap();
        assert_eq!(report.state, RunState::Succeeded, "{report:#?}");
        report
    };
    let report = run(RunMode::Full).await;
    assert_eq!(report.counts.of(SyncKind::User).created, 25, "{report:#?}");
    let user = async |number: usize| {
        acting
            .find_by(Kind::User, "user_number", &number.to_string())
            .await
            .unwrap()
            .unwrap()
    };
    let staff = acting
        .find_by(Kind::Group, "name", "Staff")
        .await
        .unwrap()
        .unwrap();
    let in_group = async || {
        let filter = Predicate::eq("groups", staff.id.to_string());
        acting.count(Kind::User, filter).await.unwrap()
    };
    assert_eq!((user(7).await.text("last_name"), in_group().await), ("Żółć", 3));

    let patch = |operations: Json| json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations});
    let off = patch(json!([{"op": "replace", "path": "active", "value": false},
                           {"op": "replace", "path": "userName", "value": "renamed"}]));
    keeper
        .ask(reqwest::Method::PATCH, &format!("/Users/{}", ids[7]), off)
        .await;
    let fewer = patch(json!([{"op": "replace", "path": "members", "value": members(&ids[..2])}]));
    keeper.ask(reqwest::Method::PATCH, &group_path, fewer).await;
    let before = user(7).await.id;
    let report = run(RunMode::Incremental).await;
    // Clocks differ: what changed in the last minutes is read again, and is seen to be the same.
    assert_eq!(report.counts.of(SyncKind::User).updated, 1, "{report:#?}");
    let seventh = user(7).await;
    assert_eq!(
        (
            seventh.id,
            seventh.text("user_name"),
            seventh.text("administrative_status")
        ),
        (before, "renamed", "disabled")
    );
    assert_eq!(in_group().await, 2);

    // Who is deleted there is found by reading everything.
    keeper
        .ask(reqwest::Method::DELETE, &format!("/Users/{}", ids[9]), json!({}))
        .await;
    run(RunMode::Full).await;
    assert_eq!(user(9).await.text("administrative_status"), "disabled");
    let again = run(RunMode::Full).await;
    assert_eq!(again.counts.of(SyncKind::User).updated, 0, "{again:#?}");
}
