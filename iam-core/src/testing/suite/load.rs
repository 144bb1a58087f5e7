//! Loading: everything asked for is answered, absence included.

use std::collections::{BTreeMap, BTreeSet};

use super::ground::{Ground, create, key, record, referring, set_of};
use crate::{
    model::{Edge, EntityId, Kind, Moment, Relation, Value},
    plan::{Direction, Facts, Needs},
};

fn ids(facts: &Facts) -> BTreeSet<EntityId> {
    facts
        .records
        .iter()
        .filter(|(_, record)| record.is_some())
        .map(|(id, _)| *id)
        .collect()
}

/// What is not there is known to be absent, for every kind of need.
pub(super) async fn load_absence(ground: &Ground) {
    let id = ground.fresh(Kind::User);
    let organization = ground.fresh(Kind::Organization);
    let position = ground.fresh(Kind::Position);
    let name = key(Kind::User, "user_name", "nobody");
    let edges = set_of(id, Direction::From, Relation::MemberOf);
    let back = set_of(organization, Direction::To, Relation::MemberOf);
    let users = referring(Kind::User, "user_type", Some(ground.fresh(Kind::UserType)));
    let needs = Needs {
        records: BTreeSet::from([id]),
        claims: BTreeSet::from([name.clone()]),
        edges: BTreeSet::from([edges, back]),
        referring: BTreeSet::from([users.clone()]),
        ancestors: BTreeSet::from([organization, position]),
        subtrees: BTreeSet::from([organization]),
        ..Needs::default()
    };
    let facts = ground.load(&needs).await;
    assert_eq!(facts.records.get(&id), Some(&None));
    assert_eq!(facts.records.get(&organization), Some(&None));
    assert_eq!(facts.records.get(&position), Some(&None));
    assert_eq!(facts.claims.get(&name), Some(&None));
    assert!(facts.edges[&edges].edges.is_empty() && facts.edges[&back].edges.is_empty());
    assert!(facts.referring[&users].ids.is_empty());
    let children = referring(Kind::Organization, "parent", Some(organization));
    assert!(facts.referring[&children].ids.is_empty());
    assert_eq!(ground.load(&Needs::default()).await, Facts::default());
}

/// Many at once, deleted ones included; what does not exist is known not to.
pub(super) async fn load_records(ground: &Ground) {
    let mut changes = Vec::new();
    let mut wanted = BTreeSet::new();
    for number in 0..1_200 {
        let id = ground.fresh(Kind::Device);
        let name = format!("device {number}");
        changes.push(create(
            record(id, [("name", name.as_str().into()), ("model", "x".into())]),
            vec![key(Kind::Device, "name", &name)],
        ));
        wanted.insert(id);
    }
    ground.commit(&ground.plan(vec![], changes)).await.unwrap();
    let deleted = ground.user("gone").await;
    ground
        .set(deleted, [("deleted_at", Some(Moment::MIN.into()))])
        .await;
    let missing = ground.fresh(Kind::Device);
    let mut asked = wanted.clone();
    asked.extend([deleted, missing]);
    let facts = ground
        .load(&Needs {
            records: asked,
            ..Needs::default()
        })
        .await;
    wanted.insert(deleted);
    assert_eq!(ids(&facts), wanted);
    assert_eq!(facts.records.get(&missing), Some(&None));
    assert!(facts.records[&deleted].as_ref().unwrap().is_deleted());
    assert!(facts.records[&deleted].as_ref().unwrap().salt.is_some());
}

/// S2-4: nothing of another realm is found, by no kind of need.
pub(super) async fn load_in_the_wrong_realm(ground: &Ground) {
    let organization = ground.organization("secret", None).await;
    let child = ground.organization("below", Some(organization)).await;
    let user = ground.user("hidden").await;
    ground.link(user, Relation::MemberOf, organization).await;
    let other = ground.iam.realm("other").await.unwrap();
    let children = referring(Kind::Organization, "parent", Some(organization));
    let roots = referring(Kind::Organization, "parent", None);
    let edges = set_of(user, Direction::From, Relation::MemberOf);
    let name = key(Kind::User, "user_name", "hidden");
    let needs = Needs {
        records: BTreeSet::from([user, organization]),
        claims: BTreeSet::from([name.clone()]),
        edges: BTreeSet::from([edges]),
        referring: BTreeSet::from([children.clone(), roots.clone()]),
        ancestors: BTreeSet::from([child]),
        subtrees: BTreeSet::from([organization]),
        ..Needs::default()
    };
    let facts = ground.storage.load(other.id(), &needs).await.unwrap();
    assert!(ids(&facts).is_empty());
    assert_eq!(facts.claims[&name], None);
    assert!(facts.edges[&edges].edges.is_empty());
    assert!(facts.referring[&children].ids.is_empty() && facts.referring[&roots].ids.is_empty());
    let unknown = crate::model::RealmId(ground.fresh(Kind::Realm).uuid);
    let facts = ground.storage.load(unknown, &needs).await.unwrap();
    assert!(ids(&facts).is_empty());
}

/// Organizations come with everything above them, whatever lies beside.
pub(super) async fn load_ancestors_of_organizations(ground: &Ground) {
    let mut path = vec![ground.organization("0", None).await];
    for depth in 1..8 {
        ground.organization("beside", path.last().copied()).await;
        path.push(
            ground
                .organization(&depth.to_string(), path.last().copied())
                .await,
        );
    }
    ground
        .set(path[3], [("deleted_at", Some(Moment::MIN.into()))])
        .await;
    let other = ground.organization("another root", None).await;
    for (depth, start) in path.iter().enumerate() {
        let needs = Needs {
            ancestors: BTreeSet::from([*start, other]),
            ..Needs::default()
        };
        let mut expected: BTreeSet<_> = path[..=depth].iter().copied().collect();
        expected.insert(other);
        assert_eq!(ids(&ground.load(&needs).await), expected, "from depth {depth}");
    }
    // Two starts on one path share it.
    let needs = Needs {
        ancestors: BTreeSet::from([path[7], path[2]]),
        ..Needs::default()
    };
    assert_eq!(ids(&ground.load(&needs).await), path.iter().copied().collect());
}

/// S0-102: positions come with the positions that they report to.
pub(super) async fn load_ancestors_of_positions(ground: &Ground) {
    let chief = ground.put(Kind::Position, [("name", "chief".into())]).await;
    let head = ground
        .put(
            Kind::Position,
            [("name", "head".into()), ("reports_to", chief.into())],
        )
        .await;
    let clerk = ground
        .put(
            Kind::Position,
            [("name", "clerk".into()), ("reports_to", head.into())],
        )
        .await;
    ground
        .put(
            Kind::Position,
            [("name", "other".into()), ("reports_to", head.into())],
        )
        .await;
    let organization = ground.organization("root", None).await;
    for (start, expected) in [
        (clerk, vec![chief, head, clerk]),
        (head, vec![chief, head]),
        (chief, vec![chief]),
    ] {
        let needs = Needs {
            ancestors: BTreeSet::from([start, organization]),
            ..Needs::default()
        };
        let mut expected: BTreeSet<_> = expected.into_iter().collect();
        expected.insert(organization);
        assert_eq!(ids(&ground.load(&needs).await), expected);
    }
}

/// S0-74: a subtree is every record in it, and every set of children on the way, the empty ones too.
pub(super) async fn load_subtrees(ground: &Ground) {
    let root = ground.organization("root", None).await;
    let mut all = BTreeMap::from([(root, BTreeSet::new())]);
    let mut open = vec![root];
    for number in 0..30 {
        let parent = open[number / 3];
        let child = ground.organization(&format!("o{number}"), Some(parent)).await;
        all.get_mut(&parent).unwrap().insert(child);
        all.insert(child, BTreeSet::new());
        open.push(child);
    }
    ground.organization("outside", None).await;
    // What is deleted is part of the tree; who asks decides what that means.
    ground
        .set(open[5], [("deleted_at", Some(Moment::MIN.into()))])
        .await;
    let needs = Needs {
        subtrees: BTreeSet::from([root]),
        ..Needs::default()
    };
    let facts = ground.load(&needs).await;
    assert_eq!(ids(&facts), all.keys().copied().collect());
    for (parent, children) in &all {
        let set = referring(Kind::Organization, "parent", Some(*parent));
        let found: BTreeSet<_> = facts.referring[&set].ids.iter().copied().collect();
        assert_eq!(&found, children, "below {parent}");
    }
    // A part of a part, together with another part; and after a move the old place has lost it.
    ground.set(open[1], [("parent", Some(open[3].into()))]).await;
    let needs = Needs {
        subtrees: BTreeSet::from([open[3], open[2]]),
        ..Needs::default()
    };
    let facts = ground.load(&needs).await;
    assert!(ids(&facts).contains(&open[1]) && ids(&facts).contains(&open[4]));
    assert!(!ids(&facts).contains(&root));
    let needs = Needs {
        subtrees: BTreeSet::from([open[1]]),
        ..Needs::default()
    };
    let facts = ground.load(&needs).await;
    assert!(ids(&facts).contains(&open[4]) && !ids(&facts).contains(&open[3]));
}

/// Children, positions, users of a type; and those that name nothing. In order, complete.
pub(super) async fn load_referring(ground: &Ground) {
    let root = ground.organization("root", None).await;
    let second = ground.organization("second root", None).await;
    let mut children = Vec::new();
    for number in 0..700 {
        children.push(ground.fresh(Kind::Organization));
        let values = [
            ("name", Value::from(format!("o{number}"))),
            ("parent", root.into()),
        ];
        if number % 100 == 99 {
            let plan = ground.plan(
                vec![],
                children[number - 99..]
                    .iter()
                    .map(|id| create(record(*id, values.clone()), vec![]))
                    .collect(),
            );
            ground.commit(&plan).await.unwrap();
        }
    }
    children.sort();
    let position = ground
        .put(
            Kind::Position,
            [("name", "p".into()), ("organization", root.into())],
        )
        .await;
    let free = ground.put(Kind::Position, [("name", "free".into())]).await;
    let user_type = ground.put(Kind::UserType, [("name", "guest".into())]).await;
    let user = ground
        .put(
            Kind::User,
            [("user_name", "g".into()), ("user_type", user_type.into())],
        )
        .await;
    let plain = ground.user("plain").await;
    let mut roots = vec![root, second];
    roots.sort();
    for (set, expected) in [
        (
            referring(Kind::Organization, "parent", Some(root)),
            children.clone(),
        ),
        (referring(Kind::Organization, "parent", Some(second)), vec![]),
        (referring(Kind::Organization, "parent", None), roots.clone()),
        (
            referring(Kind::Position, "organization", Some(root)),
            vec![position],
        ),
        (referring(Kind::Position, "organization", None), vec![free]),
        (referring(Kind::User, "user_type", Some(user_type)), vec![user]),
        (referring(Kind::User, "user_type", None), vec![plain]),
    ] {
        assert_eq!(ground.referring_set(&set).await.ids, expected, "{set:?}");
    }
    // Records that stop naming it leave the set; removed ones, too; deleted ones stay.
    ground.set(children[0], [("parent", Some(second.into()))]).await;
    ground.remove(children[1]).await;
    ground
        .set(children[2], [("deleted_at", Some(Moment::MIN.into()))])
        .await;
    let set = referring(Kind::Organization, "parent", Some(root));
    assert_eq!(ground.referring_set(&set).await.ids, children[2..]);
    ground.set(children[0], [("parent", None)]).await;
    let set = referring(Kind::Organization, "parent", None);
    roots.push(children[0]);
    roots.sort();
    assert_eq!(ground.referring_set(&set).await.ids, roots);
}

/// S2-14, S2-15: an edge is found from both of its ends.
pub(super) async fn load_edges_in_both_directions(ground: &Ground) {
    let boss = ground.user("boss").await;
    let mut reports = Vec::new();
    for number in 0..5 {
        let user = ground.user(&format!("u{number}")).await;
        ground.link(user, Relation::ReportsTo, boss).await;
        reports.push(user);
    }
    let organization = ground.organization("o", None).await;
    ground.link(reports[0], Relation::MemberOf, organization).await;
    let from = set_of(reports[0], Direction::From, Relation::ReportsTo);
    let to = set_of(boss, Direction::To, Relation::ReportsTo);
    let none = set_of(boss, Direction::From, Relation::ReportsTo);
    let ends = |edges: &[Edge]| edges.iter().map(|edge| edge.key.from).collect::<Vec<_>>();
    assert_eq!(
        ground.edge_set(from).await.edges,
        [Edge::direct(reports[0], Relation::ReportsTo, boss)]
    );
    reports.sort();
    assert_eq!(ends(&ground.edge_set(to).await.edges), reports);
    assert!(ground.edge_set(none).await.edges.is_empty());
    ground.unlink(reports[1], Relation::ReportsTo, boss).await;
    let gone = reports.remove(1);
    assert_eq!(ends(&ground.edge_set(to).await.edges), reports);
    let from = set_of(gone, Direction::From, Relation::ReportsTo);
    assert!(ground.edge_set(from).await.edges.is_empty());
    // An edge whose other end is deleted is loaded all the same.
    ground.set(boss, [("deleted_at", Some(Moment::MIN.into()))]).await;
    assert_eq!(ground.edge_set(to).await.edges.len(), 4);
    let from = set_of(reports[0], Direction::From, Relation::ReportsTo);
    assert_eq!(ground.edge_set(from).await.edges.len(), 1);
}

/// S0-17, S0-18: names are found by their folded form, each attribute and kind for itself.
pub(super) async fn load_claims(ground: &Ground) {
    let user = ground.user("Straße").await;
    let group = ground.put(Kind::Group, [("name", "Straße".into())]).await;
    let folded = key(Kind::User, "user_name", "STRASSE");
    let of_group = key(Kind::Group, "name", "strasse");
    let email = key(Kind::User, "email", "strasse");
    let prefix = key(Kind::User, "user_name", "stras");
    let needs = Needs {
        claims: [&folded, &of_group, &email, &prefix]
            .into_iter()
            .cloned()
            .collect(),
        ..Needs::default()
    };
    let facts = ground.load(&needs).await;
    assert_eq!(facts.claims[&folded], Some(user));
    assert_eq!(facts.claims[&of_group], Some(group));
    assert_eq!(facts.claims[&email], None);
    assert_eq!(facts.claims[&prefix], None);
}

/// S2-12: the schema is the realm and everything that declares something in it.
pub(super) async fn load_schema(ground: &Ground) {
    let user_type = ground.put(Kind::UserType, [("name", "guest".into())]).await;
    let kind = ground
        .put(Kind::OrganizationType, [("name", "branch".into())])
        .await;
    let template = ground.put(Kind::Template, [("name", "nurse".into())]).await;
    let attribute = ground.put(Kind::Attribute, [("name", "shoe".into())]).await;
    ground.user("somebody").await;
    let needs = Needs {
        schema: true,
        ..Needs::default()
    };
    let realm = EntityId::from(ground.realm());
    let expected = BTreeSet::from([realm, user_type, kind, template, attribute]);
    assert_eq!(ids(&ground.load(&needs).await), expected);
}

/// A load of everything is the sum of its parts.
pub(super) async fn load_everything_at_once(ground: &Ground) {
    let root = ground.organization("root", None).await;
    let child = ground.organization("child", Some(root)).await;
    let user = ground.user("u").await;
    ground.link(user, Relation::MemberOf, child).await;
    let parts = [
        Needs {
            records: BTreeSet::from([user]),
            ..Needs::default()
        },
        Needs {
            claims: BTreeSet::from([key(Kind::User, "user_name", "u")]),
            ..Needs::default()
        },
        Needs {
            edges: BTreeSet::from([
                set_of(user, Direction::From, Relation::MemberOf),
                set_of(child, Direction::To, Relation::MemberOf),
            ]),
            ..Needs::default()
        },
        Needs {
            referring: BTreeSet::from([
                referring(Kind::Organization, "parent", None),
                referring(Kind::Position, "organization", Some(child)),
            ]),
            ..Needs::default()
        },
        Needs {
            ancestors: BTreeSet::from([child]),
            ..Needs::default()
        },
        Needs {
            subtrees: BTreeSet::from([root]),
            ..Needs::default()
        },
        Needs {
            schema: true,
            ..Needs::default()
        },
    ];
    let (mut together, mut facts) = (Needs::default(), Facts::default());
    for part in parts {
        facts.extend(ground.load(&part).await);
        together.extend(part);
    }
    assert_eq!(ground.load(&together).await, facts);
}
