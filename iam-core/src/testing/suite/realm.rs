//! Realms know nothing of each other.

use super::ground::Ground;
use crate::{
    command::{CreateUser, SetManager, UpdateUser},
    model::{Kind, RealmId, Relation, UserId},
    plan::Direction,
    port::{AuditQuery, Revision},
    search::{Predicate, Search},
    service::{At, OnConflict, Undo},
    testing::Dump,
    wire::Code,
};

/// S2-4: an identifier, a name, a search, a history, a rollback of another realm finds nothing and changes nothing.
pub(super) async fn realms_are_isolated(ground: &Ground) {
    let other = ground.iam.realm("other").await.unwrap().host("suite");
    let mine: UserId = ground.user("alice").await.try_into().unwrap();
    let theirs = other
        .execute(CreateUser::new("alice").set("city", "Utica"))
        .await
        .unwrap();
    let their_id: UserId = theirs.id().unwrap();
    let before = Dump::take(ground.storage.as_ref(), other.realm()).await;
    assert_eq!(ground.acme.get(their_id).await.unwrap_err().code, Code::NotFound);
    assert_eq!(ground.acme.find(their_id).await.unwrap(), None);
    let found = ground
        .acme
        .find_by(Kind::User, "user_name", "alice")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.id, mine.into());
    let utica = Predicate::eq("city", "Utica");
    assert_eq!(ground.acme.count(Kind::User, utica.clone()).await.unwrap(), 0);
    assert_eq!(other.count(Kind::User, utica).await.unwrap(), 1);
    let by_id = Search::new(Kind::User).filter(Predicate::eq("id", their_id.to_string()));
    assert!(ground.acme.search(&by_id).await.unwrap().items.is_empty());
    let rename = UpdateUser::new(their_id).set("city", "Berlin");
    assert_eq!(
        ground.acme.execute(rename).await.unwrap_err().code,
        Code::NotFound
    );
    let manager = SetManager {
        user: mine,
        manager: Some(their_id),
    };
    assert_eq!(
        ground.acme.execute(manager).await.unwrap_err().code,
        Code::NotFound
    );
    assert!(
        ground
            .acme
            .edges(their_id, Direction::From, Relation::ReportsTo)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(ground.acme.history(their_id, None, 10).await.unwrap().is_empty());
    let undo = Undo::Revision(theirs.revision.unwrap());
    assert_eq!(
        ground
            .acme
            .rollback(&undo, OnConflict::Refuse)
            .await
            .unwrap_err()
            .code,
        Code::Revision
    );
    let past = ground.acme.clone().as_of(At::Revision(theirs.revision.unwrap()));
    assert_eq!(past.find(their_id).await.unwrap(), None);
    let rows = ground
        .acme
        .audit(AuditQuery {
            limit: 100,
            ..AuditQuery::default()
        })
        .await
        .unwrap();
    assert!(rows.iter().all(|row| row.realm == ground.realm()));
    let events = other.events(Revision(0), 100).await.unwrap();
    assert_eq!(
        events
            .iter()
            .flat_map(|(_, events)| events)
            .filter(|event| event.name == "user.created")
            .count(),
        1
    );
    assert_eq!(Dump::take(ground.storage.as_ref(), other.realm()).await, before);
    // A realm that does not exist has nothing and takes nothing.
    let nowhere = ground
        .iam
        .in_realm(RealmId(ground.fresh(Kind::Realm).uuid))
        .host("suite");
    assert_eq!(
        nowhere.execute(CreateUser::new("x")).await.unwrap_err().code,
        Code::NotFound
    );
    assert_eq!(nowhere.count(Kind::User, Predicate::All).await.unwrap(), 0);
}

/// S2-6: the realms are listed by name.
pub(super) async fn realms_by_name(ground: &Ground) {
    for name in ["zeta", "beta", "ärger"] {
        ground.iam.realm(name).await.unwrap();
    }
    let realms = ground.iam.realms().await.unwrap();
    let names: Vec<&str> = realms.iter().map(|realm| realm.text("name")).collect();
    assert_eq!(names, ["acme", "beta", "zeta", "ärger"]);
}

/// Asking for a realm twice finds it; in another spelling, too; and by several at once.
pub(super) async fn realm_of_the_same_name(ground: &Ground) {
    assert_eq!(ground.iam.realm("ACME").await.unwrap().id(), ground.realm());
    let opened = crate::testing::join_all((0..4).map(|_| ground.iam.realm("fresh")).collect()).await;
    let ids: std::collections::BTreeSet<_> = opened.into_iter().map(|realm| realm.unwrap().id()).collect();
    assert_eq!(ids.len(), 1);
    assert_eq!(ground.iam.realms().await.unwrap().len(), 2);
}
