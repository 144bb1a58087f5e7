//! A first walk through the engine on the memory backend.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests fail by panicking")]

use std::sync::Arc;

use iam_core::{
    command::*,
    model::*,
    search::{Predicate, Search},
    service::{At, Iam, OnConflict, Undo},
};
use iam_storage::{host, memory::MemoryStorage};

#[test]
fn walk() {
    pollster::block_on(async {
        let iam = Iam::new(Arc::new(MemoryStorage::new()), host::system([1; 32])).unwrap();
        let acme = iam.realm("acme").await.unwrap().host("smoke");
        let boss = acme
            .execute(CreateUser::new("boss").set("email", "boss@x.org"))
            .await
            .unwrap();
        let boss_id: UserId = boss.id().unwrap();
        let mut create = CreateUser::new("ada").set("city", "Berlin");
        create.manager = Some(boss_id);
        let preview = acme.preview(create.clone()).await.unwrap();
        assert!(preview.rounds <= 3, "{}", preview.rounds);
        println!("{}", preview.difference);
        let ada = acme.execute(create).await.unwrap();
        let ada_id: UserId = ada.id().unwrap();
        let problem = acme
            .execute(CreateUser::new("ＡＤＡ").set("nope", 1))
            .await
            .unwrap_err();
        println!("{problem}");
        let page = acme
            .search(&Search::new(Kind::User).filter(Predicate::eq("manager", boss_id.to_string())))
            .await
            .unwrap();
        assert_eq!(page.items.len(), 1);
        let change = acme
            .execute(UpdateUser::new(ada_id).set("city", "Utica"))
            .await
            .unwrap();
        let past = acme.clone().as_of(At::Revision(ada.revision.unwrap()));
        assert_eq!(past.get(ada_id).await.unwrap().text("city"), "Berlin");
        let berlin = Search::new(Kind::User)
            .filter(Predicate::eq("city", "berlin"))
            .total(true);
        assert_eq!(past.search(&berlin).await.unwrap().total, Some(1));
        assert_eq!(acme.search(&berlin).await.unwrap().total, Some(0));
        println!(
            "{}",
            acme.difference(At::Revision(boss.revision.unwrap()), At::Now)
                .await
                .unwrap()
        );
        let undone = acme
            .rollback(&Undo::Revision(change.revision.unwrap()), OnConflict::Refuse)
            .await
            .unwrap();
        println!("{undone:?}");
        assert_eq!(acme.get(ada_id).await.unwrap().text("city"), "Berlin");
        for item in acme.history(ada_id, None, 10).await.unwrap() {
            println!("{} {} {:?}", item.revision, item.command, item.changes.len());
        }
        iam.seal_chain().await.unwrap();
        let verified = iam.verify_chain(&[]).await.unwrap();
        assert!(verified.holds(), "{verified:?}");
        let diagnosis = acme.doctor().await.unwrap();
        assert!(diagnosis.is_healthy(), "{diagnosis:?}");
        println!("{verified:?} {diagnosis:?}");
    });
}
