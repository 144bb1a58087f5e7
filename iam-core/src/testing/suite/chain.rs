//! Seals and inspections.

use super::ground::Ground;
use crate::{
    command::CreateUser,
    model::{Kind, Moment, Relation},
    port::{Inspected, Inspection, Revision, Seal, StorageError},
    service::ChainBreak,
    testing::dump::pieces,
};

fn seal(number: u64, until: u64) -> Seal {
    Seal {
        number,
        after: Revision(until.saturating_sub(10)),
        until: Revision(until),
        rows: 3,
        head: format!("{number:064x}"),
        digests: vec![0, 255, 1, 2, 3],
        at: Moment::from_micros(1_800_000_000_123_456),
    }
}

/// Seals come back as they were written, in order; a number is given once and none is left out.
pub(super) async fn seals_in_order(ground: &Ground) {
    ground.iam.seal_chain().await.unwrap();
    let first = ground.storage.seals(0, 10).await.unwrap();
    assert_eq!(first.len(), 1);
    let again = Seal {
        number: 1,
        ..seal(1, 10)
    };
    assert!(matches!(
        ground.storage.append_seal(&again).await,
        Err(StorageError::Contention)
    ));
    assert!(matches!(
        ground.storage.append_seal(&seal(3, 30)).await,
        Err(StorageError::Contention)
    ));
    assert_eq!(ground.storage.seals(0, 10).await.unwrap(), first);
    for number in 0..5 {
        ground.user(&format!("u{number}")).await;
        ground.iam.seal_chain().await.unwrap();
    }
    let all = ground.storage.seals(0, 10).await.unwrap();
    assert_eq!(
        all.iter().map(|seal| seal.number).collect::<Vec<_>>(),
        [1, 2, 3, 4, 5, 6]
    );
    assert_eq!(ground.storage.seals(0, 2).await.unwrap(), all[..2]);
    assert_eq!(ground.storage.seals(4, 10).await.unwrap(), all[4..]);
    assert!(ground.storage.seals(6, 10).await.unwrap().is_empty());
    assert!(
        all.iter()
            .all(|seal| !seal.digests.is_empty() && seal.head.len() == 64)
    );
    assert!(all.windows(2).all(|pair| pair[0].until == pair[1].after));
}

/// The chain holds over everything that was sealed, in several batches; a head that was never given out does not fit.
pub(super) async fn chain_is_sealed_and_verified(ground: &Ground) {
    let mut heads = Vec::new();
    for batch in 0..3 {
        for number in 0..4 {
            ground.user(&format!("u{batch}{number}")).await;
            ground.acme.execute(CreateUser::new("u00")).await.unwrap_err();
        }
        heads.push(ground.iam.seal_chain().await.unwrap().unwrap());
    }
    assert_eq!(ground.iam.seal_chain().await.unwrap().as_ref(), heads.last());
    let verified = ground.iam.verify_chain(&heads).await.unwrap();
    assert!(verified.holds(), "{:?}", verified.breaks);
    assert_eq!(verified.seals, 3);
    let all = crate::port::AuditQuery {
        limit: 1_000,
        ..Default::default()
    };
    assert_eq!(
        verified.rows,
        ground.storage.audit(&all).await.unwrap().len() as u64
    );
    let mut forged = heads[1].clone();
    forged.head = "0".repeat(64);
    let verified = ground.iam.verify_chain(&[forged]).await.unwrap();
    assert_eq!(verified.breaks, [ChainBreak::Head { number: 2 }]);
    let mut beyond = heads[2].clone();
    beyond.number = 9;
    let verified = ground.iam.verify_chain(&[beyond]).await.unwrap();
    assert_eq!(verified.breaks, [ChainBreak::Head { number: 9 }]);
}

/// Inspections give every piece once, in pages of any size.
pub(super) async fn inspect_pages_are_complete(ground: &Ground) {
    let mut parent = None;
    let mut users = Vec::new();
    for number in 0..9 {
        parent = Some(ground.organization(&format!("o{number}"), parent).await);
        let user = ground.user(&format!("u{number}")).await;
        ground.link(user, Relation::MemberOf, parent.unwrap()).await;
        if let Some(manager) = users.last() {
            ground.link(user, Relation::ReportsTo, *manager).await;
        }
        users.push(user);
    }
    ground
        .set(users[4], [("deleted_at", Some(Moment::MIN.into()))])
        .await;
    let expected = [
        (Inspection::Records(Kind::User), 9),
        (Inspection::Records(Kind::Organization), 9),
        (Inspection::Records(Kind::Realm), 1),
        (Inspection::Records(Kind::Position), 0),
        // The deleted user has let go of its name.
        (Inspection::Claims, 8),
        (Inspection::Edges, 17),
        (Inspection::Closure, 45),
    ];
    for (inspection, count) in expected {
        let whole = pieces(ground.storage.as_ref(), ground.realm(), inspection, 10_000).await;
        let whole: Vec<_> = whole
            .into_iter()
            .filter(|piece| !matches!(piece, Inspected::Claim { key, .. } if key.kind == Kind::Realm))
            .collect();
        let places: Vec<String> = whole.iter().map(Inspected::place).collect();
        let mut sorted = places.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), places.len(), "{inspection:?} has a piece twice");
        assert_eq!(places.len(), count, "{inspection:?}");
        for limit in [1, 2, 7] {
            let paged = pieces(ground.storage.as_ref(), ground.realm(), inspection, limit).await;
            let mut paged: Vec<String> = paged
                .iter()
                .filter(|piece| !matches!(piece, Inspected::Claim { key, .. } if key.kind == Kind::Realm))
                .map(Inspected::place)
                .collect();
            paged.sort();
            assert_eq!(paged, sorted, "{inspection:?} in pages of {limit}");
        }
    }
    let live = pieces(ground.storage.as_ref(), ground.realm(), Inspection::Edges, 100).await;
    for piece in live {
        let Inspected::Edge {
            edge,
            from_live,
            to_live,
        } = piece
        else {
            panic!("{piece:?}")
        };
        assert_eq!(
            (from_live, to_live),
            (edge.key.from != users[4], edge.key.to != users[4]),
            "{:?}",
            edge.key
        );
    }
}
