//! Unique names.

use super::ground::{Ground, create, key, record, update};
use crate::{
    command::{CreateRealm, CreateUser, DeleteMode, DeleteUser, UndeleteUser, UpdateUser},
    model::{Kind, UserId},
    port::StorageError,
    wire::Code,
};

fn name(text: &str) -> crate::plan::ClaimKey {
    key(Kind::User, "user_name", text)
}

async fn holder(ground: &Ground, text: &str) -> Option<crate::model::EntityId> {
    let found = ground.acme.find_by(Kind::User, "user_name", text).await.unwrap();
    found.map(|record| record.id)
}

/// The last line: the storage itself refuses a name that is held, and names it.
pub(super) async fn claim_taken(ground: &Ground) {
    let alice = ground.user("alice").await;
    let before = ground.dump().await;
    let other = ground.fresh(Kind::User);
    let plan = ground.plan(
        vec![],
        vec![
            create(
                record(ground.fresh(Kind::Group), [("name", "g".into())]),
                vec![key(Kind::Group, "name", "g")],
            ),
            create(
                record(other, [("user_name", "Alice".into())]),
                vec![name("alice")],
            ),
        ],
    );
    match ground.commit(&plan).await {
        Err(StorageError::Taken(taken)) => assert_eq!(*taken, name("alice")),
        result => panic!("{result:?}"),
    }
    assert_eq!(ground.dump().await, before);
    // S0-17: the engine says who holds it.
    let problem = ground.acme.execute(CreateUser::new("ALICE")).await.unwrap_err();
    assert_eq!(
        (problem.code, problem.subject),
        (Code::Taken, Some(alice.to_string()))
    );
    // The same text of another attribute or kind is another name.
    let plan = ground.plan(
        vec![],
        vec![
            create(
                record(
                    other,
                    [("user_name", "bob".into()), ("user_number", "alice".into())],
                ),
                vec![name("bob"), key(Kind::User, "user_number", "alice")],
            ),
            create(
                record(ground.fresh(Kind::Device), [("name", "alice".into())]),
                vec![key(Kind::Device, "name", "alice")],
            ),
        ],
    );
    ground.commit(&plan).await.unwrap();
}

/// Two records exchange their names in one plan.
pub(super) async fn claims_swapped_in_one_plan(ground: &Ground) {
    let (a, b) = (ground.user("a").await, ground.user("b").await);
    let (ra, rb) = (ground.record(a).await.unwrap(), ground.record(b).await.unwrap());
    let plan = ground.plan(
        vec![],
        vec![
            update(
                &ra,
                [("user_name", Some("b".into()))],
                vec![name("a")],
                vec![name("b")],
            ),
            update(
                &rb,
                [("user_name", Some("a".into()))],
                vec![name("b")],
                vec![name("a")],
            ),
        ],
    );
    ground.commit(&plan).await.unwrap();
    assert_eq!(holder(ground, "a").await, Some(b));
    assert_eq!(holder(ground, "b").await, Some(a));
    // A ring of three, through the engine: each step sees the one before.
    let c = ground.user("c").await;
    let ring = [(c, "free"), (b, "c"), (a, "a"), (c, "b")];
    let commands = ring.map(|(id, name)| {
        UpdateUser::new(id.try_into().unwrap())
            .set("user_name", name)
            .into()
    });
    ground
        .acme
        .batch(&commands, crate::service::BatchMode::AllOrNothing)
        .await
        .unwrap();
    for (id, name) in [(b, "c"), (a, "a"), (c, "b")] {
        assert_eq!(holder(ground, name).await, Some(id), "{name}");
    }
}

/// One record lets go of a name, another takes it, in one plan and in either order.
pub(super) async fn claim_handed_over_in_one_plan(ground: &Ground) {
    let (a, b) = (ground.user("a").await, ground.user("b").await);
    let (ra, rb) = (ground.record(a).await.unwrap(), ground.record(b).await.unwrap());
    let taker = update(
        &rb,
        [("user_name", Some("a".into()))],
        vec![name("b")],
        vec![name("a")],
    );
    let giver = update(
        &ra,
        [("user_name", Some("z".into()))],
        vec![name("a")],
        vec![name("z")],
    );
    ground
        .commit(&ground.plan(vec![], vec![taker, giver]))
        .await
        .unwrap();
    assert_eq!(holder(ground, "a").await, Some(b));
    assert_eq!(holder(ground, "z").await, Some(a));
    assert_eq!(holder(ground, "b").await, None);
}

/// A name that was let go can be taken by anybody, and taken back after that.
pub(super) async fn claim_released_and_retaken(ground: &Ground) {
    let (a, b) = (ground.user("a").await, ground.user("b").await);
    let rename = async |id: crate::model::EntityId, to: &str| {
        let command = UpdateUser::new(id.try_into().unwrap()).set("user_name", to);
        ground
            .acme
            .execute(command)
            .await
            .map(drop)
            .map_err(|problem| problem.code)
    };
    rename(a, "x").await.unwrap();
    rename(b, "a").await.unwrap();
    assert_eq!(rename(a, "a").await, Err(Code::Taken));
    rename(b, "b").await.unwrap();
    rename(a, "A").await.unwrap();
    assert_eq!(holder(ground, "a").await, Some(a));
    // Another spelling of one's own name is no conflict.
    rename(a, "a").await.unwrap();
}

/// A.6 X2, S3-67: a deleted record lets go of its names; whoever takes them keeps the deleted one from coming back.
pub(super) async fn claim_of_a_deleted_record(ground: &Ground) {
    let user: UserId = ground.user("a").await.try_into().unwrap();
    let delete = DeleteUser {
        user,
        mode: DeleteMode::Soft,
    };
    ground.acme.execute(delete.clone()).await.unwrap();
    assert_eq!(holder(ground, "a").await, None);
    let heir = ground.user("a").await;
    let problem = ground.acme.execute(UndeleteUser { user }).await.unwrap_err();
    assert_eq!(
        (problem.code, problem.subject),
        (Code::Taken, Some(heir.to_string()))
    );
    let rename = UpdateUser::new(heir.try_into().unwrap()).set("user_name", "b");
    ground.acme.execute(rename).await.unwrap();
    ground.acme.execute(UndeleteUser { user }).await.unwrap();
    assert_eq!(holder(ground, "a").await, Some(user.into()));
}

/// S2-6: no two realms of one name, in whatever spelling.
pub(super) async fn claims_of_realms_are_global(ground: &Ground) {
    let fresh = crate::model::RealmId(ground.fresh(Kind::Realm).uuid);
    let other = ground.iam.in_realm(fresh).host("suite");
    let problem = other.execute(CreateRealm::new("ＡＣＭＥ")).await.unwrap_err();
    assert_eq!(problem.code, Code::Taken);
    assert_eq!(ground.iam.realms().await.unwrap().len(), 1);
    let id = fresh.into();
    let realm = record(id, [("name", "Acme".into())]);
    let plan = crate::plan::Plan {
        realm: fresh,
        ..ground.plan(
            vec![],
            vec![create(realm, vec![key(Kind::Realm, "name", "acme")])],
        )
    };
    match ground.commit(&plan).await {
        Err(StorageError::Taken(taken)) => assert_eq!(*taken, key(Kind::Realm, "name", "acme")),
        result => panic!("{result:?}"),
    }
    assert_eq!(ground.iam.realms().await.unwrap().len(), 1);
    other.execute(CreateRealm::new("other")).await.unwrap();
    assert_eq!(ground.iam.realms().await.unwrap().len(), 2);
}

/// S0-18: NFKC and full case folding decide what is the same name; a collation of the database does not.
pub(super) async fn claims_are_folded(ground: &Ground) {
    let groups = [
        vec!["Straße", "STRASSE", "strasse"],
        vec!["é", "e\u{301}", "É"],
        vec!["e", "E"],
        vec!["ﬁle", "FILE"],
        vec!["Ａ", "a"],
        vec!["å", "Å", "\u{212b}"],
        vec!["σς", "ΣΣ"],
        vec!["ı"],
        vec!["i"],
        vec!["o"],
        vec!["ø"],
        vec!["ae"],
        vec!["æ"],
        vec!["😀"],
        vec!["😁"],
        vec!["x_"],
        vec!["x%"],
        vec!["xy"],
    ];
    let mut holders = Vec::new();
    for names in &groups {
        holders.push(ground.user(names[0]).await);
        for other in &names[1..] {
            let problem = ground.acme.execute(CreateUser::new(*other)).await.unwrap_err();
            assert_eq!(problem.code, Code::Taken, "{other} is {}", names[0]);
        }
    }
    for (names, id) in groups.iter().zip(holders) {
        for name in names {
            assert_eq!(holder(ground, name).await, Some(id), "{name}");
        }
    }
}

/// Names that differ in their last character only, after 199 that are alike.
pub(super) async fn claims_of_long_values(ground: &Ground) {
    for stem in ["a".repeat(199), "ß".repeat(199), "😀".repeat(199)] {
        let (first, second) = (format!("{stem}1"), format!("{stem}2"));
        let (a, b) = (ground.user(&first).await, ground.user(&second).await);
        assert_eq!(holder(ground, &first).await, Some(a));
        assert_eq!(holder(ground, &second).await, Some(b));
        assert_eq!(holder(ground, &stem).await, None);
        let problem = ground.acme.execute(CreateUser::new(first)).await.unwrap_err();
        assert_eq!(problem.code, Code::Taken);
    }
}
