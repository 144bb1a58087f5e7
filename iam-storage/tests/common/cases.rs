//! Cases that every storage has to pass, beside the random walk.
use super::*;

fn user(dice: &mut Dice, name: &str) -> Record {
    record(dice.id(Kind::User), &[("user_name", name.into())])
}

pub async fn create(storage: &dyn Storage, realm: RealmId, record: Record) -> Revision {
    let mut p = plan(realm);
    put(&mut p, None, record);
    commit(storage, &p).await.unwrap().revision
}

/// Guards, names and command identifiers.
pub async fn refusals(storage: &dyn Storage, seed: u64) {
    let mut dice = Dice(seed);
    let realm = RealmId(dice.uuid());
    make_realm(storage, realm).await;
    let ann = user(&mut dice, "ann");
    let first = create(storage, realm, ann.clone()).await;
    let before = fetch(storage, realm, ann.id).await.unwrap();
    assert_eq!(before.attributes, ann.attributes);

    let mut p = plan(realm);
    let mut changed = ann.clone();
    changed.set("last_name", Some("A".into()));
    put(&mut p, Some(before.clone()), changed);
    assert!(commit(storage, &p).await.unwrap().revision > first);
    match commit(storage, &p).await.unwrap_err() {
        StorageError::Conflict(guard) => {
            assert_eq!(
                *guard,
                Guard::Record {
                    id: ann.id,
                    version: Some(1)
                }
            );
        }
        other => panic!("{other}"),
    }

    let mut p = plan(realm);
    put(&mut p, None, user(&mut dice, "bob"));
    put(&mut p, None, user(&mut dice, "ANN"));
    match commit(storage, &p).await.unwrap_err() {
        StorageError::Taken(key) => assert_eq!(key.key, "ann"),
        other => panic!("{other}"),
    }
    let mut needs = Needs::default();
    for name in ["ann", "bob"] {
        needs.claims.insert(ClaimKey {
            kind: Kind::User,
            attribute: "user_name".into(),
            key: name.into(),
        });
    }
    let facts = storage.load(realm, &needs).await.unwrap();
    assert_eq!(
        facts.claims.values().copied().collect::<Vec<_>>(),
        [Some(ann.id), None],
        "nothing half done"
    );

    let mut p = plan(realm);
    put(&mut p, None, user(&mut dice, "cid"));
    p.subject = p.changes[0].subject();
    let mut s = stamp("user.create", &p);
    s.command_id = Some(CommandId(dice.uuid()));
    s.subject = p.subject;
    let done = storage.commit(&p, &s).await.unwrap();
    match storage.commit(&p, &s).await.unwrap_err() {
        StorageError::CommandKnown {
            revision,
            digest,
            subject,
        } => {
            assert_eq!(
                (revision, digest.as_str(), subject),
                (done.revision, "digest", p.subject)
            );
        }
        other => panic!("{other}"),
    }
    // The same identifier means nothing in another realm.
    let other = RealmId(dice.uuid());
    make_realm(storage, other).await;
    let mut q = plan(other);
    put(&mut q, None, user(&mut dice, "cid"));
    let mut t = stamp("user.create", &q);
    t.command_id = s.command_id;
    storage.commit(&q, &t).await.unwrap();
    assert!(
        fetch(storage, other, ann.id).await.is_none(),
        "a lookup in the wrong realm finds nothing"
    );

    let refused = Stamp {
        outcome: Outcome::Refused("value.taken".into()),
        journal: vec![],
        ..stamp("user.create", &plan(realm))
    };
    let revision = storage.commit(&plan(realm), &refused).await.unwrap().revision;
    let query = AuditQuery {
        realm: Some(realm),
        revisions: Some(vec![revision]),
        limit: 10,
        ..AuditQuery::default()
    };
    let rows = storage.audit(&query).await.unwrap();
    assert_eq!(rows[0].outcome, refused.outcome);
    assert_eq!(rows[0].reason, refused.reason);
}

/// The complete set of edges and of referring records is guarded.
pub async fn sets(storage: &dyn Storage, seed: u64) {
    let mut dice = Dice(seed);
    let realm = RealmId(dice.uuid());
    make_realm(storage, realm).await;
    let unit = record(dice.id(Kind::Organization), &[("name", "unit".into())]);
    let ann = user(&mut dice, "ann");
    create(storage, realm, unit.clone()).await;
    create(storage, realm, ann.clone()).await;
    let mut needs = Needs::default();
    needs
        .edges(unit.id, Direction::To, Relation::MemberOf)
        .referring(Kind::Organization, "parent", unit.id);
    let facts = storage.load(realm, &needs).await.unwrap();
    let (edges, edge_set) = facts.edges.iter().next().unwrap();
    let (referring, referring_set) = facts.referring.iter().next().unwrap();
    let guards = [
        Guard::Edges {
            set: *edges,
            fingerprint: edge_set.fingerprint.clone(),
        },
        Guard::Referring {
            set: referring.clone(),
            fingerprint: referring_set.fingerprint.clone(),
        },
    ];
    let touch = |guard: &Guard| {
        let mut p = plan(realm);
        p.guards.push(guard.clone());
        p
    };
    for guard in &guards {
        commit(storage, &touch(guard)).await.unwrap();
    }
    let mut p = plan(realm);
    p.changes.push(Change::Edge {
        before: None,
        after: Some(Edge::direct(ann.id, Relation::MemberOf, unit.id)),
        cause: Cause::Requested,
    });
    commit(storage, &p).await.unwrap();
    let mut child = record(dice.id(Kind::Organization), &[("name", "child".into())]);
    child.set("parent", Some(unit.id.into()));
    create(storage, realm, child).await;
    for guard in &guards {
        match commit(storage, &touch(guard)).await.unwrap_err() {
            StorageError::Conflict(found) => assert_eq!(*found, *guard),
            other => panic!("{other}"),
        }
    }
}

/// Many writers at once: every commit is there, each once, and counted; of those that compete one wins.
pub async fn crowd<S: Storage + 'static>(storage: Arc<S>, seed: u64, writers: u64, each: u64) {
    let mut dice = Dice(seed);
    let realm = RealmId(dice.uuid());
    make_realm(&*storage, realm).await;
    let shared = user(&mut dice, "shared");
    create(&*storage, realm, shared.clone()).await;
    let mut tasks = Vec::new();
    for writer in 0..writers {
        let (storage, shared) = (storage.clone(), shared.id);
        let mut dice = Dice(dice.roll(1 << 40) as u64 | 1);
        tasks.push(tokio::spawn(async move {
            let mut revisions = Vec::new();
            for n in 0..each {
                let mut p = plan(realm);
                put(&mut p, None, user(&mut dice, &format!("user {writer} {n}")));
                loop {
                    match commit(&*storage, &p).await {
                        Ok(done) => break revisions.push(done.revision),
                        Err(StorageError::Contention) => {}
                        Err(other) => panic!("{other}"),
                    }
                }
                if n % 4 == 0 {
                    // Everybody counts up the same record.
                    loop {
                        let before = fetch(&*storage, realm, shared).await.unwrap();
                        let mut after = (*before).clone();
                        after.set("location", Some(format!("{}", before.version).into()));
                        let mut p = plan(realm);
                        put(&mut p, Some(before), after);
                        match commit(&*storage, &p).await {
                            Ok(done) => break revisions.push(done.revision),
                            Err(StorageError::Conflict(_) | StorageError::Contention) => {}
                            Err(other) => panic!("{other}"),
                        }
                    }
                }
            }
            revisions
        }));
    }
    // A reader of the journal meanwhile: it never misses a revision that turns up later.
    let reader = {
        let storage = storage.clone();
        let total = writers * each + writers * each.div_ceil(4);
        tokio::spawn(async move {
            let (mut seen, mut after) = (Vec::new(), Revision(0));
            while (seen.len() as u64) < total + 2 {
                let query = AuditQuery {
                    after: Some(after),
                    limit: 50,
                    ..AuditQuery::default()
                };
                for row in storage.audit(&query).await.unwrap() {
                    assert!(row.revision > after);
                    after = row.revision;
                    if row.realm == realm && row.subject.is_none() {
                        seen.push(row.revision);
                    }
                }
                tokio::task::yield_now().await;
            }
            seen
        })
    };
    let mut revisions = BTreeSet::new();
    for task in tasks {
        for revision in task.await.unwrap() {
            assert!(revisions.insert(revision), "a revision was given twice");
        }
    }
    let last = fetch(&*storage, realm, shared.id).await.unwrap();
    assert_eq!(last.version, 1 + writers * each.div_ceil(4));
    let seen = tokio::time::timeout(std::time::Duration::from_secs(20), reader)
        .await
        .expect("the reader missed something")
        .unwrap();
    assert!(revisions.is_subset(&seen.into_iter().collect()));
}

/// The outbox: in order for each subject, by one worker at a time, again after a failure.
pub async fn outbox(storage: &dyn Storage, seed: u64) {
    let mut dice = Dice(seed);
    let realm = RealmId(dice.uuid());
    make_realm(storage, realm).await;
    let (ann, bob) = (user(&mut dice, "ann"), user(&mut dice, "bob"));
    let mut p = plan(realm);
    for (number, subject) in [ann.id, ann.id, bob.id].into_iter().enumerate() {
        p.effects.push(Effect {
            name: "message.send".into(),
            subject,
            details: Default::default(),
            key: format!("{seed} {number}"),
        });
    }
    put(&mut p, None, ann.clone());
    put(&mut p, None, bob);
    commit(storage, &p).await.unwrap();
    let (now, soon) = (NOW.plus_seconds(1), NOW.plus_seconds(60));
    let mine = |list: Vec<LeasedEffect>| -> Vec<LeasedEffect> {
        list.into_iter().filter(|leased| leased.realm == realm).collect()
    };
    let got = mine(storage.lease("w1", now, soon, 100).await.unwrap());
    let keys: Vec<_> = got.iter().map(|leased| leased.effect.key.clone()).collect();
    assert_eq!(keys, [format!("{seed} 0"), format!("{seed} 2")]);
    assert!(mine(storage.lease("w2", now, soon, 100).await.unwrap()).is_empty());
    let settled = |leased: &LeasedEffect, worker: &str, retry| Settled {
        number: leased.number,
        worker: worker.into(),
        retry,
    };
    storage.settle(&[settled(&got[0], "w2", None)]).await.unwrap();
    let retry = Some((NOW.plus_seconds(30), "busy".to_owned()));
    storage
        .settle(&[settled(&got[0], "w1", retry), settled(&got[1], "w1", None)])
        .await
        .unwrap();
    assert!(
        mine(storage.lease("w2", now, soon, 100).await.unwrap()).is_empty(),
        "the second waits for the first"
    );
    let later = NOW.plus_seconds(31);
    let got = mine(storage.lease("w2", later, soon, 100).await.unwrap());
    assert_eq!((got.len(), got[0].attempts), (1, 1));
    storage.settle(&[settled(&got[0], "w2", None)]).await.unwrap();
    let got = mine(storage.lease("w3", later, soon, 100).await.unwrap());
    assert_eq!(got[0].effect.key, format!("{seed} 1"));
    storage.settle(&[settled(&got[0], "w3", None)]).await.unwrap();
}

/// Seals form a chain: nobody puts a link beside another one.
pub async fn seals(storage: &dyn Storage) {
    let last = storage
        .seals(0, 1000)
        .await
        .unwrap()
        .last()
        .map_or(0, |seal| seal.number);
    let seal = Seal {
        number: last + 1,
        after: Revision(1),
        until: Revision(2),
        rows: 1,
        head: "ab".into(),
        digests: vec![0, 1, 255],
        at: NOW,
    };
    storage.append_seal(&seal).await.unwrap();
    assert!(matches!(
        storage.append_seal(&seal).await,
        Err(StorageError::Contention)
    ));
    assert_eq!(storage.seals(last, 10).await.unwrap(), [seal]);
}

/// A plan of many changes takes as many statements as a small one, but for the size of a batch.
pub async fn statements(storage: &dyn Storage, seed: u64, count: &dyn Fn() -> u64) -> (u64, u64) {
    let mut dice = Dice(seed);
    let realm = RealmId(dice.uuid());
    make_realm(storage, realm).await;
    fetch(storage, realm, realm.into()).await;
    let mut cost = Vec::new();
    for size in [1, 100] {
        let mut p = plan(realm);
        for n in 0..size {
            put(&mut p, None, user(&mut dice, &format!("u {size} {n}")));
        }
        let before = count();
        commit(storage, &p).await.unwrap();
        cost.push(count() - before);
    }
    (cost[0], cost[1])
}
