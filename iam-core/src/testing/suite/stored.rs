//! What is stored comes back as it was written.

use std::collections::{BTreeMap, BTreeSet};

use super::ground::{Ground, connect, create, key, record, set_of, update};
use crate::{
    model::{Edge, EdgeOrigin, Kind, Moment, Relation, Value, Window},
    plan::Direction,
};

/// Every value comes back as it was written: long, foreign, extreme, nested.
pub(super) async fn load_values_as_they_were_written(ground: &Ground) {
    let id = ground.fresh(Kind::Template);
    let nested: Value = serde_json::from_str(
        r#"{"list":[1,2.5,true,"x",[],{}],"deep":{"deeper":{"text":"e\u0301 é ß 😀 \" \\ ' % _ \n\t"}}}"#,
    )
    .unwrap();
    let written = record(
        id,
        [
            ("name", "😀 ÄÖÜ ß İı ﬁ e\u{301} \u{200d} \u{10ffff}".into()),
            ("description", "語".repeat(3_000).into()),
            ("values", nested),
            ("a", i64::MIN.into()),
            ("b", i64::MAX.into()),
            ("c", Value::Number(0.1)),
            ("d", Value::Number(1.0e300)),
            ("e", Value::Number(-5.0e-324)),
            ("f", false.into()),
            ("g", Value::List(vec!["b".into(), "a".into(), "b".into()])),
            ("h", Value::Object(BTreeMap::new())),
            ("i", " leading and trailing ".into()),
        ],
    );
    let name = key(Kind::Template, "name", written.text("name"));
    ground
        .commit(&ground.plan(vec![], vec![create(written.clone(), vec![name])]))
        .await
        .unwrap();
    assert_eq!(ground.record(id).await.as_deref(), Some(&written));
    // A change keeps what it does not touch, and counts.
    let before = ground.record(id).await.unwrap();
    let plan = ground.plan(
        vec![],
        vec![update(
            &before,
            [("f", Some(true.into())), ("i", None)],
            vec![],
            vec![],
        )],
    );
    ground.commit(&plan).await.unwrap();
    let after = ground.record(id).await.unwrap();
    assert_eq!(
        (after.version, after.flag("f"), after.value("i")),
        (2, true, None)
    );
    assert_eq!(after.value("values"), written.value("values"));
    assert!(matches!(after.value("c"), Some(Value::Number(number)) if *number == 0.1));
}

/// S0-27: an edge comes back with its origins, its window, its suspension and its attributes.
pub(super) async fn load_edges_as_they_were_written(ground: &Ground) {
    let user = ground.user("u").await;
    let mut changes = Vec::new();
    let mut written = Vec::new();
    let windows = [
        Window::default(),
        Window {
            from: Some(Moment::MIN),
            until: None,
        },
        Window {
            from: None,
            until: Some(Moment::MAX),
        },
        Window {
            from: Some(Moment::from_micros(-1)),
            until: Some(Moment::from_micros(1)),
        },
    ];
    for (number, window) in windows.into_iter().enumerate() {
        let organization = ground.organization(&format!("o{number}"), None).await;
        let mut edge = Edge::direct(user, Relation::MemberOf, organization);
        edge.window = window;
        if number > 0 {
            edge.origins = BTreeSet::from([EdgeOrigin::Inherited, EdgeOrigin::Sync, EdgeOrigin::Request]);
            edge.suspended = Some("excluded by ‘rule’ 7".to_owned());
            edge.attributes.insert("number".to_owned(), "№ 7".into());
        }
        changes.push(connect(edge.clone()));
        written.push(edge);
    }
    ground.commit(&ground.plan(vec![], changes)).await.unwrap();
    written.sort_by_key(|edge| edge.key);
    let set = set_of(user, Direction::From, Relation::MemberOf);
    assert_eq!(ground.edge_set(set).await.edges, written);
    for edge in written {
        let set = set_of(edge.key.to, Direction::To, Relation::MemberOf);
        assert_eq!(ground.edge_set(set).await.edges, [edge]);
    }
}
