//! Who is in a group, directly and through everything the group contains.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Edge, EntityId, Kind, Moment, Relation};

/// What connects users with groups: the edges that hold at one moment, and the organization tree.
///
/// The users of a group are the users in it, the users of the groups in it, the members of the organizations in it and
/// of everything below them, and the holders of the positions in it (S0-116, S0-117). Groups may contain each other:
/// every node is visited once.
///
/// ```
/// use iam_core::model::{Edge, EntityId, Kind, Moment, Relation};
/// use iam_core::rules::Memberships;
///
/// let id = |kind, n: u128| EntityId::new(kind, uuid::Uuid::from_u128(n));
/// let (user, sales, group) = (id(Kind::User, 1), id(Kind::Organization, 2), id(Kind::Group, 3));
/// let edges = [
///     Edge::direct(user, Relation::MemberOf, sales),
///     Edge::direct(sales, Relation::InGroup, group),
/// ];
/// let memberships = Memberships::new(&edges, [], Moment::MIN);
/// assert!(memberships.users_of(group).contains(&user));
/// assert!(memberships.groups_of(user).contains(&group));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Memberships {
    /// From a group, organization or position to what it contains.
    down: BTreeMap<EntityId, BTreeSet<EntityId>>,
    /// The inverse.
    up: BTreeMap<EntityId, BTreeSet<EntityId>>,
    silent: BTreeSet<EntityId>,
}

impl Memberships {
    /// From edges and pairs of child and parent organization. Edges that are suspended or out of their time, and those
    /// of other relations, do not count.
    pub fn new<'a>(
        edges: impl IntoIterator<Item = &'a Edge>,
        parents: impl IntoIterator<Item = (EntityId, EntityId)>,
        now: Moment,
    ) -> Self {
        let mut memberships = Memberships::default();
        for edge in edges {
            let counts = matches!(
                edge.key.relation,
                Relation::InGroup | Relation::MemberOf | Relation::Holds
            );
            if counts && edge.is_in_effect(now) {
                memberships.connect(edge.key.from, edge.key.to);
            }
        }
        for (child, parent) in parents {
            memberships.connect(child, parent);
        }
        memberships
    }

    fn connect(&mut self, lower: EntityId, upper: EntityId) {
        self.down.entry(upper).or_default().insert(lower);
        self.up.entry(lower).or_default().insert(upper);
    }

    /// Takes a disabled organization or position, or a deleted record, out of effect: nobody is in a group through it.
    /// Everything below a disabled organization is out of effect as well (S0-88).
    pub fn silence(&mut self, id: EntityId) {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if self.silent.insert(id) && id.kind == Kind::Organization {
                let below = self.down.get(&id).into_iter().flatten();
                open.extend(below.filter(|id| id.kind == Kind::Organization));
            }
        }
    }

    /// The users of a group, an organization with everything below it, or a position.
    pub fn users_of(&self, container: EntityId) -> BTreeSet<EntityId> {
        let mut found = self.reach(container, &self.down);
        found.retain(|id| id.kind == Kind::User);
        found
    }

    /// The groups that a user, organization, position or group is in.
    pub fn groups_of(&self, member: EntityId) -> BTreeSet<EntityId> {
        let mut found = self.reach(member, &self.up);
        found.remove(&member);
        found.retain(|id| id.kind == Kind::Group);
        found
    }

    fn reach(&self, start: EntityId, next: &BTreeMap<EntityId, BTreeSet<EntityId>>) -> BTreeSet<EntityId> {
        let mut seen = BTreeSet::new();
        let mut open = vec![start];
        while let Some(id) = open.pop() {
            if !self.silent.contains(&id) && seen.insert(id) {
                open.extend(next.get(&id).into_iter().flatten());
            }
        }
        seen
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::model::Window;

    fn id(kind: Kind, n: u8) -> EntityId {
        EntityId::new(kind, Uuid::from_u128(n.into()))
    }

    /// The naive twin: the four rules of the manual, applied until nothing is added any more.
    fn naive(group: EntityId, edges: &[Edge], parents: &[(EntityId, EntityId)]) -> BTreeSet<EntityId> {
        let mut users: BTreeSet<(EntityId, EntityId)> = BTreeSet::new();
        loop {
            let before = users.len();
            for edge in edges {
                let (from, to) = (edge.key.from, edge.key.to);
                if from.kind == Kind::User {
                    users.insert((to, from));
                } else {
                    let inner: Vec<_> = users
                        .iter()
                        .filter(|(of, _)| *of == from)
                        .map(|(_, u)| *u)
                        .collect();
                    users.extend(inner.into_iter().map(|user| (to, user)));
                }
            }
            for (child, parent) in parents {
                let inner: Vec<_> = users
                    .iter()
                    .filter(|(of, _)| of == child)
                    .map(|(_, u)| *u)
                    .collect();
                users.extend(inner.into_iter().map(|user| (*parent, user)));
            }
            if users.len() == before {
                break users
                    .into_iter()
                    .filter(|(of, _)| *of == group)
                    .map(|(_, u)| u)
                    .collect();
            }
        }
    }

    fn edge() -> impl Strategy<Value = Edge> {
        (0usize..6, 0u8..5, 0u8..5).prop_map(|(shape, from, to)| {
            let (of, relation, into) = [
                (Kind::User, Relation::InGroup, Kind::Group),
                (Kind::Group, Relation::InGroup, Kind::Group),
                (Kind::Organization, Relation::InGroup, Kind::Group),
                (Kind::Position, Relation::InGroup, Kind::Group),
                (Kind::User, Relation::MemberOf, Kind::Organization),
                (Kind::User, Relation::Holds, Kind::Position),
            ][shape];
            Edge::direct(id(of, from), relation, id(into, to))
        })
    }

    proptest! {
        /// S0-116, S0-117: circles and diamonds of groups included.
        #[test]
        fn users_of_a_group_are_those_of_the_naive_rules(
            edges in prop::collection::vec(edge(), 0..40),
            parents in prop::collection::vec((0u8..5, 0u8..5), 0..8),
        ) {
            let parents: Vec<_> = parents
                .into_iter()
                .map(|(a, b)| (id(Kind::Organization, a), id(Kind::Organization, b)))
                .collect();
            let memberships = Memberships::new(&edges, parents.clone(), Moment::MIN);
            for group in (0..5).map(|n| id(Kind::Group, n)) {
                let users = memberships.users_of(group);
                prop_assert_eq!(&users, &naive(group, &edges, &parents));
                for user in (0..5).map(|n| id(Kind::User, n)) {
                    prop_assert_eq!(users.contains(&user), memberships.groups_of(user).contains(&group));
                }
            }
        }
    }

    /// S0-88: what comes through a disabled organization or anything below it is suspended, and comes back by itself.
    #[test]
    fn a_disabled_organization_lends_nothing() {
        let (user, other) = (id(Kind::User, 1), id(Kind::User, 2));
        let (top, low) = (id(Kind::Organization, 1), id(Kind::Organization, 2));
        let group = id(Kind::Group, 1);
        let edges = [
            Edge::direct(user, Relation::MemberOf, low),
            Edge::direct(other, Relation::InGroup, group),
            Edge::direct(top, Relation::InGroup, group),
        ];
        let mut memberships = Memberships::new(&edges, [(low, top)], Moment::MIN);
        assert_eq!(memberships.users_of(group), BTreeSet::from([user, other]));
        memberships.silence(top);
        assert_eq!(memberships.users_of(group), BTreeSet::from([other]));
        assert!(memberships.groups_of(user).is_empty());
        // Also when a group names the lower organization itself.
        let second = id(Kind::Group, 2);
        let named = Edge::direct(low, Relation::InGroup, second);
        let mut memberships = Memberships::new(edges.iter().chain([&named]), [(low, top)], Moment::MIN);
        assert!(memberships.users_of(second).contains(&user));
        memberships.silence(top);
        assert!(memberships.users_of(second).is_empty());
    }

    #[test]
    fn an_edge_out_of_its_time_or_suspended_does_not_count() {
        let (user, group) = (id(Kind::User, 1), id(Kind::Group, 1));
        let mut edge = Edge::direct(user, Relation::InGroup, group);
        let at = |n| Moment::from_micros(n);
        edge.window = Window {
            from: Some(at(5)),
            until: Some(at(9)),
        };
        let counts = |edge: &Edge, n| !Memberships::new([edge], [], at(n)).users_of(group).is_empty();
        assert!(!counts(&edge, 4) && counts(&edge, 5) && counts(&edge, 8) && !counts(&edge, 9));
        edge.suspended = Some("conflict".into());
        assert!(!counts(&edge, 5));
        let lead = Edge::direct(user, Relation::Leads, group);
        assert!(!counts(&lead, 5));
    }
}
