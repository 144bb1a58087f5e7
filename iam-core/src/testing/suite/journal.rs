//! Journal and audit trail: in order, complete, by every question that may be asked.

use std::collections::BTreeSet;

use super::ground::Ground;
use crate::{
    command::{CreateUser, DeleteMode, DeleteUser, SetManager, UpdateUser},
    model::{EntityId, Kind, Relation, UserId},
    plan::{Actor, Step},
    port::{AuditQuery, AuditRecord, HistoryQuery, Recorded, Revision, Subjects},
    testing::join_all,
};

/// Some users, edges, updates, refusals, removals, in two realms and in the name of two actors.
async fn busy(ground: &Ground) -> Vec<EntityId> {
    let mut ids = Vec::new();
    let set = ground.acme.new_change_set();
    for number in 0..6 {
        let acting = match number % 3 {
            0 => ground.acme.clone(),
            1 => ground.acme.clone().in_change_set(set).because("import"),
            _ => ground.iam.in_realm(ground.realm()).act_as(Actor::System),
        };
        let done = acting
            .execute(CreateUser::new(format!("user{number}")))
            .await
            .unwrap();
        ids.push(done.id.unwrap());
        acting.execute(CreateUser::new("user0")).await.unwrap_err();
        ground.clock.advance(60);
    }
    let user = |place: usize| -> UserId { ids[place].try_into().unwrap() };
    let organization = ground.organization("o", None).await;
    for (place, id) in ids.iter().copied().enumerate().take(6).skip(1) {
        let command = SetManager {
            user: user(place),
            manager: Some(user(place - 1)),
        };
        ground.acme.execute(command).await.unwrap();
        ground.link(id, Relation::MemberOf, organization).await;
        let id = ground.acme.new_command_id();
        let command = UpdateUser::new(user(place))
            .set("city", "Utica")
            .set("job", "Nurse");
        ground
            .acme
            .clone()
            .with_command_id(id)
            .execute(command)
            .await
            .unwrap();
        ground.clock.advance(60);
    }
    let other = ground.iam.realm("other").await.unwrap().host("suite");
    other.execute(CreateUser::new("user0")).await.unwrap();
    ground
        .acme
        .execute(DeleteUser {
            user: user(3),
            mode: DeleteMode::Purge,
        })
        .await
        .unwrap();
    ids.push(organization);
    ids
}

async fn history(ground: &Ground, query: &HistoryQuery) -> Vec<Recorded> {
    ground.storage.history(query).await.unwrap()
}

/// Every combination of subjects, places, direction and limit, against looking at the whole journal.
pub(super) async fn journal_queries(ground: &Ground) {
    let ids = busy(ground).await;
    let all = HistoryQuery {
        realm: None,
        subjects: Subjects::All,
        after: None,
        until: None,
        newest_first: false,
        limit: 10_000,
    };
    let complete = history(ground, &all).await;
    let places: Vec<_> = complete
        .iter()
        .map(|recorded| (recorded.revision, recorded.ordinal))
        .collect();
    assert!(places.is_sorted() && places.windows(2).all(|pair| pair[0] != pair[1]));
    let middle = places[places.len() / 2];
    let last = ground.standing().await.latest;
    let subjects = [
        Subjects::All,
        Subjects::Of(vec![]),
        Subjects::Of(vec![ids[3]]),
        Subjects::Of(vec![ids[6]]),
        Subjects::Of(ids.clone()),
        Subjects::Of(vec![ground.fresh(Kind::User)]),
        Subjects::Kind(Kind::User),
        Subjects::Kind(Kind::Organization),
        Subjects::Kind(Kind::Group),
        Subjects::Revisions(vec![]),
        Subjects::Revisions(vec![middle.0, last, Revision(1), Revision(1_000_000)]),
    ];
    for realm in [None, Some(ground.realm())] {
        for subjects in &subjects {
            for after in [
                None,
                Some(middle),
                Some((middle.0, u32::MAX)),
                Some((Revision(0), 0)),
                Some((last, u32::MAX)),
            ] {
                for until in [None, Some(middle.0), Some(Revision(0))] {
                    for newest_first in [false, true] {
                        for limit in [1, 3, 10_000] {
                            let query = HistoryQuery {
                                realm,
                                subjects: subjects.clone(),
                                after,
                                until,
                                newest_first,
                                limit,
                            };
                            let mut expected: Vec<_> = complete
                                .iter()
                                .filter(|recorded| wanted(recorded, &query))
                                .cloned()
                                .collect();
                            if newest_first {
                                expected.reverse();
                            }
                            expected.truncate(limit);
                            assert_eq!(history(ground, &query).await, expected, "{query:?}");
                        }
                    }
                }
            }
        }
    }
}

fn wanted(recorded: &Recorded, query: &HistoryQuery) -> bool {
    let place = (recorded.revision, recorded.ordinal);
    let entry = &recorded.entry;
    query.realm.is_none_or(|realm| realm == recorded.realm)
        && query.until.is_none_or(|until| recorded.revision <= until)
        && query.after.is_none_or(|after| {
            if query.newest_first {
                place < after
            } else {
                after < place
            }
        })
        && match &query.subjects {
            Subjects::All => true,
            Subjects::Of(ids) => {
                ids.contains(&entry.subject) || entry.edge.is_some_and(|key| ids.contains(&key.to))
            }
            Subjects::Kind(kind) => entry.subject.kind == *kind,
            Subjects::Revisions(revisions) => revisions.contains(&recorded.revision),
        }
}

/// S1-12: every question to the audit trail, against looking at all of it.
pub(super) async fn audit_queries(ground: &Ground) {
    let ids = busy(ground).await;
    let all = AuditQuery {
        limit: 10_000,
        ..AuditQuery::default()
    };
    let complete = ground.storage.audit(&all).await.unwrap();
    assert!(
        complete
            .windows(2)
            .all(|pair| pair[0].revision < pair[1].revision)
    );
    let row = complete.iter().find(|row| row.command_id.is_some()).unwrap();
    let in_set = complete.iter().find(|row| row.change_set.is_some()).unwrap();
    let middle = &complete[complete.len() / 2];
    let some: [AuditQuery; 14] = [
        all.clone(),
        AuditQuery {
            realm: Some(ground.realm()),
            ..all.clone()
        },
        AuditQuery {
            after: Some(middle.revision),
            ..all.clone()
        },
        AuditQuery {
            until: Some(middle.revision),
            ..all.clone()
        },
        AuditQuery {
            subject: Some(ids[0]),
            ..all.clone()
        },
        AuditQuery {
            subject: Some(ground.fresh(Kind::User)),
            ..all.clone()
        },
        AuditQuery {
            actor: Some("system".to_owned()),
            ..all.clone()
        },
        AuditQuery {
            actor: Some("SYSTEM".to_owned()),
            ..all.clone()
        },
        AuditQuery {
            change_set: in_set.change_set,
            ..all.clone()
        },
        AuditQuery {
            command_id: row.command_id,
            realm: Some(ground.realm()),
            ..all.clone()
        },
        AuditQuery {
            revisions: Some(vec![]),
            ..all.clone()
        },
        AuditQuery {
            revisions: Some(vec![row.revision, middle.revision, Revision(9_999)]),
            ..all.clone()
        },
        AuditQuery {
            since: Some(middle.at),
            ..all.clone()
        },
        AuditQuery {
            before: Some(middle.at),
            actor: Some("host:suite".to_owned()),
            ..all.clone()
        },
    ];
    for query in some {
        for (newest_first, limit) in [(false, 10_000), (true, 10_000), (false, 2), (true, 1)] {
            let query = AuditQuery {
                newest_first,
                limit,
                ..query.clone()
            };
            let mut expected: Vec<_> = complete.iter().filter(|row| fits(row, &query)).cloned().collect();
            if newest_first {
                expected.reverse();
            }
            expected.truncate(limit);
            assert_eq!(ground.storage.audit(&query).await.unwrap(), expected, "{query:?}");
        }
    }
    assert!(complete.iter().any(|row| row.reason.as_deref() == Some("import")));
}

fn fits(row: &AuditRecord, query: &AuditQuery) -> bool {
    query.realm.is_none_or(|realm| realm == row.realm)
        && query.after.is_none_or(|after| after < row.revision)
        && query.until.is_none_or(|until| row.revision <= until)
        && (query.subject.is_none() || query.subject == row.subject)
        && query.actor.as_ref().is_none_or(|actor| *actor == row.actor)
        && (query.change_set.is_none() || query.change_set == row.change_set)
        && (query.command_id.is_none() || query.command_id == row.command_id)
        && query
            .revisions
            .as_ref()
            .is_none_or(|list| list.contains(&row.revision))
        && query.since.is_none_or(|since| since <= row.at)
        && query.before.is_none_or(|before| row.at <= before)
}

/// S2-15: the history of a manager tells of the reports that came and went.
pub(super) async fn journal_of_edges_at_both_ends(ground: &Ground) {
    let (boss, user) = (ground.user("boss").await, ground.user("user").await);
    ground.link(user, Relation::ReportsTo, boss).await;
    ground.unlink(user, Relation::ReportsTo, boss).await;
    for id in [boss, user] {
        let items = ground.acme.history(id, None, 10).await.unwrap();
        let steps: Vec<_> = items
            .iter()
            .map(|item| (item.step, item.edge.is_some()))
            .collect();
        assert_eq!(
            steps,
            [(Step::Remove, true), (Step::Create, true), (Step::Create, false)]
        );
        assert_eq!(items[0].edge.unwrap().to, boss);
    }
}

/// The history of a record, page by page, with old and new values; the timeline of the realm is the same in order.
pub(super) async fn history_and_timeline(ground: &Ground) {
    let user: UserId = ground.user("alice").await.try_into().unwrap();
    for city in ["Utica", "Berlin", "Zürich"] {
        ground.clock.advance(1);
        let acting = ground.acme.clone().because(format!("moved to {city}"));
        acting
            .execute(UpdateUser::new(user).set("city", city))
            .await
            .unwrap();
    }
    let whole = ground.acme.history(user, None, 10).await.unwrap();
    let cities: Vec<_> = whole
        .iter()
        .flat_map(|item| &item.changes)
        .filter(|change| change.attribute == "city")
        .map(|change| (change.before.clone(), change.after.clone()))
        .collect();
    assert_eq!(
        cities,
        [
            (Some("Berlin".into()), Some("Zürich".into())),
            (Some("Utica".into()), Some("Berlin".into())),
            (None, Some("Utica".into())),
        ]
    );
    assert_eq!(whole[0].reason.as_deref(), Some("moved to Zürich"));
    assert!(
        whole.iter().all(|item| !item.sealed)
            && whole
                .windows(2)
                .all(|pair| pair[0].at > pair[1].at || pair[1].step == Step::Create)
    );
    // Page by page it is the same.
    let (mut paged, mut place) = (Vec::new(), None);
    loop {
        let page = ground.acme.history(user, place, 1).await.unwrap();
        let Some(last) = page.last() else { break };
        place = Some((last.revision, 0));
        paged.extend(page);
    }
    assert_eq!(paged, whole);
    let mut timeline = ground.acme.timeline(None, 100).await.unwrap();
    timeline.retain(|item| item.subject == EntityId::from(user));
    timeline.reverse();
    assert_eq!(timeline, whole);
}

/// Subscribers that remember the last revision they saw miss nothing and see nothing twice, whoever writes.
pub(super) async fn events_in_order(ground: &Ground) {
    let writes = (0..8).map(|number| {
        let name = format!("user{number}");
        async move { ground.acme.execute(CreateUser::new(name)).await.unwrap() }
    });
    let done = join_all(writes.collect()).await;
    let (mut seen, mut place) = (Vec::new(), Revision(0));
    loop {
        let page = ground.acme.events(place, 3).await.unwrap();
        let Some((last, _)) = page.last() else { break };
        place = *last;
        seen.extend(page);
    }
    assert!(seen.windows(2).all(|pair| pair[0].0 < pair[1].0));
    let created: BTreeSet<_> = seen
        .iter()
        .flat_map(|(_, events)| events)
        .filter(|event| event.name == "user.created")
        .map(|event| event.subject)
        .collect();
    assert_eq!(created, done.iter().filter_map(|done| done.id).collect());
}

/// Revisions rise with every commit, the refused ones too; when nobody writes, all of them are stable.
pub(super) async fn standing_moves_with_commits(ground: &Ground) {
    let mut last = ground.standing().await;
    assert_eq!(last.latest, last.stable);
    for number in 0..5 {
        let done = ground
            .acme
            .execute(CreateUser::new(format!("u{number}")))
            .await
            .unwrap();
        let standing = ground.standing().await;
        assert!(standing.latest > last.latest);
        assert_eq!(
            (Some(standing.latest), standing.stable),
            (done.revision, standing.latest)
        );
        ground.acme.execute(CreateUser::new("u0")).await.unwrap_err();
        last = ground.standing().await;
        assert!(last.latest > standing.latest && last.stable == last.latest);
    }
}
