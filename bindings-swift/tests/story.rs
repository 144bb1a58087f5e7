//! The interface that Swift and Kotlin see, from Rust.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests fail by panicking")]

use iam_swift::{AttributeValue, IamError, open_database};

#[test]
fn the_story() {
    pollster::block_on(async {
        let db = open_database(":memory:".to_owned(), None).await.unwrap();
        let realm = db.realm("acme".to_owned()).await.unwrap();
        let acme = db.act_as(realm, "host:tests".to_owned()).unwrap();
        let input = r#"{"attributes": {"user_name": "alice", "city": "Utica"}}"#.to_owned();
        let done = acme
            .execute("user.create".to_owned(), input.clone())
            .await
            .unwrap();
        let id = done.id.unwrap();
        let city = |value: &str| AttributeValue::Text {
            value: value.to_owned(),
        };
        assert_eq!(
            acme.get(id.clone()).await.unwrap().attributes["city"],
            city("Utica")
        );
        let update = format!(r#"{{"user": "{id}", "attributes": {{"city": "Berlin"}}}}"#);
        acme.because("moved".to_owned())
            .execute("user.update".to_owned(), update)
            .await
            .unwrap();
        let past = acme.as_of(done.revision.unwrap());
        assert_eq!(
            past.get(id.clone()).await.unwrap().attributes["city"],
            city("Utica")
        );
        let search = r#"{"kind": "user", "filter": "city eq \"Berlin\"", "total": true}"#.to_owned();
        assert_eq!(acme.search(search).await.unwrap().total, Some(1));
        let found = acme
            .find_by("user".into(), "user_name".into(), "ALICE".into())
            .await
            .unwrap();
        assert_eq!(found.unwrap().id, id);
        let count = acme
            .call(
                "ask".into(),
                r#"{"query": "record.count", "kind": "user"}"#.into(),
            )
            .await;
        assert_eq!(count.unwrap(), "1");
        match acme.execute("user.create".to_owned(), input).await.unwrap_err() {
            IamError::Refused { code, .. } => assert_eq!(code, "value.taken"),
            other => panic!("{other}"),
        }
        let wrong = acme.get("alice".to_owned()).await.unwrap_err();
        assert!(matches!(wrong, IamError::Invalid { .. }));
        assert_eq!(db.realms().await.unwrap().len(), 1);
    });
}
