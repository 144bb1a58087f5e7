//! Guards: what a plan relied on still holds at commit, or nothing is written and the guard is named.

use std::collections::BTreeSet;

use super::ground::{
    Ground, at_version, connect, create, disconnect, key, record, referring, removal, set_of, update,
};
use crate::{
    command::{CreateUser, UpdateUser},
    model::{Edge, EdgeKey, EntityId, Kind, Moment, Relation, Window},
    plan::{Change, Direction, Guard, Needs},
    port::{AuditQuery, HistoryQuery, StorageError, Subjects},
    testing::join_all,
    wire::Code,
};

/// The commit fails and names this guard.
async fn refused(ground: &Ground, guard: Guard, change: Change) {
    match ground
        .commit(&ground.plan(vec![guard.clone()], vec![change]))
        .await
    {
        Err(StorageError::Conflict(named)) => assert_eq!(*named, guard),
        other => panic!("{other:?} instead of a conflict about {guard:?}"),
    }
}

fn dot(ground: &Ground) -> Change {
    create(record(ground.fresh(Kind::Template), []), vec![])
}

/// The version that was read is the version that is there.
pub(super) async fn guard_of_a_record(ground: &Ground) {
    let id = ground.user("u").await;
    let first = ground.record(id).await.unwrap();
    let guard = at_version(id, Some(first.version));
    let change = update(&first, [("city", Some("Utica".into()))], vec![], vec![]);
    ground
        .commit(&ground.plan(vec![guard.clone()], vec![change.clone()]))
        .await
        .unwrap();
    refused(ground, guard.clone(), change).await;
    refused(ground, at_version(id, None), dot(ground)).await;
    let second = ground.record(id).await.unwrap();
    assert_eq!((second.version, second.text("city")), (2, "Utica"));
    // A guard of something that does not change is looked at, too.
    refused(ground, guard, dot(ground)).await;
    let fresh = at_version(id, Some(2));
    ground
        .commit(&ground.plan(vec![fresh.clone()], vec![dot(ground)]))
        .await
        .unwrap();
    let name = key(Kind::User, "user_name", "u");
    ground
        .commit(&ground.plan(vec![fresh.clone()], vec![removal(&second, vec![name])]))
        .await
        .unwrap();
    refused(ground, fresh, dot(ground)).await;
}

/// What was not there is still not there.
pub(super) async fn guard_of_absence(ground: &Ground) {
    let id = ground.fresh(Kind::Template);
    let guard = at_version(id, None);
    let change = create(
        record(id, [("name", "t".into())]),
        vec![key(Kind::Template, "name", "t")],
    );
    ground
        .commit(&ground.plan(vec![guard.clone()], vec![change.clone()]))
        .await
        .unwrap();
    refused(ground, guard, change).await;
    refused(ground, at_version(ground.fresh(Kind::User), Some(1)), dot(ground)).await;
}

/// A set of edges is what it was, seen from either end: none came, went or changed.
pub(super) async fn guard_of_edges(ground: &Ground) {
    let (a, b) = (ground.user("a").await, ground.user("b").await);
    let organization = ground.organization("o", None).await;
    for set in [
        set_of(a, Direction::From, Relation::MemberOf),
        set_of(organization, Direction::To, Relation::MemberOf),
    ] {
        let fingerprint = |read: crate::plan::EdgeSet| Guard::Edges {
            set,
            fingerprint: read.fingerprint,
        };
        let empty = fingerprint(ground.edge_set(set).await);
        ground
            .commit(&ground.plan(vec![empty.clone()], vec![dot(ground)]))
            .await
            .unwrap();
        let edge = Edge::direct(a, Relation::MemberOf, organization);
        ground
            .commit(&ground.plan(vec![empty.clone()], vec![connect(edge.clone())]))
            .await
            .unwrap();
        refused(ground, empty.clone(), dot(ground)).await;
        let one = fingerprint(ground.edge_set(set).await);
        assert_ne!(one, empty);
        ground
            .commit(&ground.plan(vec![one.clone()], vec![dot(ground)]))
            .await
            .unwrap();
        let mut changed = edge.clone();
        changed.window = Window {
            from: None,
            until: Some(Moment::MAX),
        };
        let change = Change::Edge {
            before: Some(edge.clone()),
            after: Some(changed.clone()),
            cause: Default::default(),
        };
        ground
            .commit(&ground.plan(vec![one.clone()], vec![change]))
            .await
            .unwrap();
        refused(ground, one, dot(ground)).await;
        let two = fingerprint(ground.edge_set(set).await);
        // Away and back again is not what it was.
        ground
            .commit(&ground.plan(vec![two.clone()], vec![disconnect(changed.clone())]))
            .await
            .unwrap();
        refused(ground, two.clone(), dot(ground)).await;
        ground
            .commit(&ground.plan(vec![empty.clone()], vec![connect(changed.clone())]))
            .await
            .unwrap();
        refused(ground, two, dot(ground)).await;
        ground
            .commit(&ground.plan(vec![], vec![disconnect(changed)]))
            .await
            .unwrap();
        ground
            .commit(&ground.plan(vec![empty], vec![dot(ground)]))
            .await
            .unwrap();
    }
    // Edges of another relation, and of other records, are nobody's business.
    let set = set_of(a, Direction::From, Relation::MemberOf);
    let guard = Guard::Edges {
        set,
        fingerprint: ground.edge_set(set).await.fingerprint,
    };
    ground.link(a, Relation::ReportsTo, b).await;
    ground.link(b, Relation::MemberOf, organization).await;
    ground
        .commit(&ground.plan(vec![guard], vec![dot(ground)]))
        .await
        .unwrap();
}

/// The fingerprint of a set that was never loaded stands for an empty one.
pub(super) async fn guard_of_an_unknown_set(ground: &Ground) {
    let user = ground.user("a").await;
    let organization = ground.organization("o", None).await;
    let edges = Guard::Edges {
        set: set_of(user, Direction::From, Relation::MemberOf),
        fingerprint: String::new(),
    };
    let children = Guard::Referring {
        set: referring(Kind::Organization, "parent", Some(organization)),
        fingerprint: String::new(),
    };
    let guards = vec![edges.clone(), children.clone()];
    ground
        .commit(&ground.plan(guards, vec![dot(ground)]))
        .await
        .unwrap();
    ground.link(user, Relation::MemberOf, organization).await;
    refused(ground, edges, dot(ground)).await;
    ground.organization("child", Some(organization)).await;
    refused(ground, children, dot(ground)).await;
}

/// S0-89, S0-93: nobody came below, or went, meanwhile; the roots are a set as well.
pub(super) async fn guard_of_referring_records(ground: &Ground) {
    let root = ground.organization("root", None).await;
    let other = ground.organization("other", None).await;
    for (set, parent) in [
        (referring(Kind::Organization, "parent", Some(root)), Some(root)),
        (referring(Kind::Organization, "parent", None), None),
    ] {
        let read = async || Guard::Referring {
            set: set.clone(),
            fingerprint: ground.referring_set(&set).await.fingerprint,
        };
        let before = read().await;
        ground
            .commit(&ground.plan(vec![before.clone()], vec![dot(ground)]))
            .await
            .unwrap();
        let child = ground.organization("child", parent).await;
        refused(ground, before, dot(ground)).await;
        let with_child = read().await;
        ground
            .commit(&ground.plan(vec![with_child.clone()], vec![dot(ground)]))
            .await
            .unwrap();
        ground.set(child, [("parent", Some(other.into()))]).await;
        refused(ground, with_child.clone(), dot(ground)).await;
        ground.set(child, [("parent", parent.map(Into::into))]).await;
        let again = read().await;
        ground.remove(child).await;
        refused(ground, again, dot(ground)).await;
    }
}

/// All or nothing: changes, journal, audit row, outbox.
pub(super) async fn guard_failure_leaves_nothing(ground: &Ground) {
    let id = ground.user("u").await;
    let organization = ground.organization("o", None).await;
    let (before, standing) = (ground.dump().await, ground.standing().await);
    let mut plan = ground.plan(
        vec![at_version(id, Some(1)), at_version(organization, Some(7))],
        vec![
            create(
                record(ground.fresh(Kind::Group), [("name", "g".into())]),
                vec![key(Kind::Group, "name", "g")],
            ),
            connect(Edge::direct(id, Relation::MemberOf, organization)),
        ],
    );
    plan.effects.push(crate::plan::Effect {
        name: "message".to_owned(),
        subject: id,
        details: Default::default(),
        key: "k".to_owned(),
    });
    match ground.commit(&plan).await {
        Err(StorageError::Conflict(guard)) => assert_eq!(*guard, at_version(organization, Some(7))),
        other => panic!("{other:?}"),
    }
    assert_eq!(ground.dump().await, before);
    assert_eq!(ground.standing().await, standing);
    let now = Moment::MAX;
    assert!(ground.storage.lease("w", now, now, 10).await.unwrap().is_empty());
    let rows = AuditQuery {
        after: Some(standing.latest),
        limit: 10,
        ..AuditQuery::default()
    };
    assert!(ground.storage.audit(&rows).await.unwrap().is_empty());
    let entries = HistoryQuery {
        realm: None,
        subjects: Subjects::All,
        after: Some((standing.latest, u32::MAX)),
        until: None,
        newest_first: false,
        limit: 10,
    };
    assert!(ground.storage.history(&entries).await.unwrap().is_empty());
}

/// A plan of thousands of changes is one commit with one journal.
pub(super) async fn plan_of_many_changes(ground: &Ground) {
    let organization = ground.organization("o", None).await;
    let (mut changes, mut edges) = (Vec::new(), Vec::new());
    for number in 0..2_000 {
        let id = ground.fresh(Kind::User);
        let name = format!("user{number}");
        let mut user = record(
            id,
            [("user_name", name.as_str().into()), ("city", "Utica".into())],
        );
        user.salt = Some(ground.iam.fresh_seed().salt(0));
        changes.push(create(user, vec![key(Kind::User, "user_name", &name)]));
        edges.push(connect(Edge::direct(id, Relation::MemberOf, organization)));
    }
    changes.extend(edges);
    let plan = ground.plan(vec![at_version(organization, Some(1))], changes);
    let revision = ground.commit(&plan).await.unwrap();
    let set = set_of(organization, Direction::To, Relation::MemberOf);
    assert_eq!(ground.edge_set(set).await.edges.len(), 2_000);
    let query = HistoryQuery {
        realm: Some(ground.realm()),
        subjects: Subjects::Revisions(vec![revision]),
        after: None,
        until: None,
        newest_first: false,
        limit: 10_000,
    };
    let recorded = ground.storage.history(&query).await.unwrap();
    let order: Vec<(u32, Option<EntityId>)> = recorded
        .iter()
        .map(|recorded| (recorded.ordinal, Some(recorded.entry.subject)))
        .collect();
    let expected: Vec<_> = (0..).zip(plan.changes.iter().map(Change::subject)).collect();
    assert_eq!(order, expected);
    // And all of it away again.
    let needs = Needs {
        records: plan
            .changes
            .iter()
            .filter_map(Change::subject)
            .collect::<BTreeSet<_>>(),
        ..Needs::default()
    };
    let facts = ground.load(&needs).await;
    let mut changes: Vec<_> = facts
        .records
        .values()
        .flatten()
        .map(|user| removal(user, vec![key(Kind::User, "user_name", user.text("user_name"))]))
        .collect();
    changes.extend(
        facts
            .records
            .keys()
            .map(|id| disconnect(Edge::direct(*id, Relation::MemberOf, organization))),
    );
    ground.commit(&ground.plan(vec![], changes)).await.unwrap();
    let dump = ground.dump().await;
    assert_eq!(dump.of_kind(Kind::User).count() + dump.edges.len(), 0);
}

/// Twelve writers of one record at once: each change is made, on what the one before left.
pub(super) async fn concurrent_commands_lose_nothing(ground: &Ground) {
    let id = ground.user("u").await;
    let manager = ground.user("m").await;
    let names: Vec<String> = (1..=5)
        .map(|number| format!("indexed_integer_{number}"))
        .collect();
    let writes = names.iter().map(|name| {
        let command = UpdateUser::new(id.try_into().unwrap()).set(name, 1);
        async { ground.acme.execute(command).await.unwrap() }
    });
    let done = join_all(writes.collect()).await;
    let revisions: BTreeSet<_> = done.iter().filter_map(|done| done.revision).collect();
    assert_eq!(revisions.len(), 5);
    let after = ground.record(id).await.unwrap();
    assert_eq!(after.version, 6);
    assert!(names.iter().all(|name| after.value(name).is_some()));
    // One manager at most, whoever is the last.
    let others = [ground.user("x").await, ground.user("y").await, manager];
    let writes = others.iter().map(|manager| {
        let command = crate::command::SetManager {
            user: id.try_into().unwrap(),
            manager: Some((*manager).try_into().unwrap()),
        };
        async { ground.acme.execute(command).await.unwrap() }
    });
    join_all(writes.collect()).await;
    let set = set_of(id, Direction::From, Relation::ReportsTo);
    let edges = ground.edge_set(set).await.edges;
    assert_eq!(
        edges.len(),
        1,
        "{:?}",
        edges.iter().map(|edge| edge.key).collect::<Vec<EdgeKey>>()
    );
}

/// S0-17: of several who want one name at the same time, one gets it.
pub(super) async fn concurrent_creations_of_one_name(ground: &Ground) {
    let names = ["alice", "ALICE", "Ａlice", "alicE"];
    let writes = names
        .iter()
        .map(|name| async { ground.acme.execute(CreateUser::new(*name)).await });
    let results = join_all(writes.collect()).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    for problem in results.into_iter().filter_map(Result::err) {
        assert_eq!(problem.code, Code::Taken);
    }
    assert_eq!(ground.dump().await.of_kind(Kind::User).count(), 1);
}
