//! The interface that Swift and Kotlin see, from Rust.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "tests fail by panicking"
)]

use std::{
    collections::HashMap,
    sync::{Arc, atomic::AtomicI64, atomic::Ordering::SeqCst},
};

use iam_swift::{Cancellation, HostClock, HostVault, HostVaultError, IamError, Value, open_database};

fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value));
    Value::Object(fields.collect::<HashMap<_, _>>())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn field(value: &Value, name: &str) -> Value {
    match value {
        Value::Object(fields) => fields[name].clone(),
        other => panic!("{other:?}"),
    }
}

struct Standing(AtomicI64);

impl HostClock for Standing {
    fn now(&self) -> i64 {
        self.0.load(SeqCst)
    }
}

struct Locked;

impl HostVault for Locked {
    fn key(&self, name: String) -> Result<Vec<u8>, HostVaultError> {
        Err(HostVaultError::Locked {
            reason: format!("{name} is locked"),
        })
    }
}

#[test]
fn the_story() {
    pollster::block_on(async {
        let clock = Arc::new(Standing(AtomicI64::new(0)));
        let db = open_database(":memory:".to_owned(), None, Some(clock.clone()), None, None)
            .await
            .unwrap();
        let realm = db.realm("acme".to_owned()).await.unwrap();
        let acme = db.act_as(realm, "host:tests".to_owned()).unwrap();
        let create = object([
            ("command", text("user.create")),
            (
                "attributes",
                object([("user_name", text("alice")), ("city", text("Utica"))]),
            ),
        ]);
        let done = acme
            .call("execute".to_owned(), create.clone(), None)
            .await
            .unwrap();
        let get = object([("query", text("record.get")), ("id", field(&done, "id"))]);
        let alice = acme.call("ask".to_owned(), get.clone(), None).await.unwrap();
        let created = field(&field(&alice, "attributes"), "created_at");
        assert_eq!(created, text("1970-01-01T00:00:00.000000Z"));

        let refused = acme.call("execute".to_owned(), create, None).await.unwrap_err();
        let IamError::Refused { problem } = refused else {
            panic!("{refused:?}")
        };
        assert_eq!((problem.code.as_str(), problem.retry), ("value.taken", false));

        let cancellation = Cancellation::new();
        cancellation.cancel();
        let stopped = acme.call("ask".to_owned(), get, Some(cancellation)).await;
        assert_eq!(
            stopped.unwrap_err().to_string(),
            "the caller stopped waiting (operation.cancelled)"
        );
        let deep = (0..100).fold(Value::Null, |inner, _| Value::Items(vec![inner]));
        for wrong in [deep, Value::Number(f64::NAN), Value::Null] {
            let refused = acme.call("execute".to_owned(), wrong, None).await.unwrap_err();
            assert!(matches!(refused, IamError::Invalid { .. }), "{refused:?}");
        }
        let count = r#"{"query": "record.count", "kind": "user"}"#.to_owned();
        assert_eq!(acme.call_text("ask".to_owned(), count).await.unwrap(), "1");

        let locked = open_database(":memory:".to_owned(), None, None, None, Some(Arc::new(Locked))).await;
        assert!(matches!(locked.unwrap_err(), IamError::Storage { .. }));
    });
}
