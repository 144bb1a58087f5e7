//! Which roles and groups somebody holds, on whatever path, as a draft sees it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{Edge, EdgeOrigin, EntityId, Kind, Moment, Record, Relation, Value, Window},
    plan::{Direction, Draft, EdgesOf, Needs, Stop},
    rules::{excluded, inherits},
};

/// The relations on which roles and groups reach somebody.
const PATHS: [Relation; 4] = [
    Relation::HasRole,
    Relation::InGroup,
    Relation::MemberOf,
    Relation::Holds,
];

/// What somebody holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Held {
    /// Roles, those included in others too.
    pub roles: BTreeSet<EntityId>,
    /// Groups, nested ones too.
    pub groups: BTreeSet<EntityId>,
    /// Roles that are held and not in effect, with the role that excludes each.
    pub excluded: BTreeMap<EntityId, EntityId>,
}

/// Which grants count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// Those in effect at the moment, of roles that are in effect themselves.
    At(Moment),
    /// Those that are not over: what holds now or will hold.
    Lasting(Moment),
}

impl When {
    fn counts(self, window: &Window) -> bool {
        match self {
            When::At(now) => window.contains(now),
            When::Lasting(now) => window.until.is_none_or(|until| now < until),
        }
    }
}

/// A node on the way, and how it was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    id: EntityId,
    /// It lies above what the person belongs to.
    above: bool,
    /// By way of an organization, a position or an approved request: the account's switches decide.
    inherited: bool,
}

/// What a user, or anything else that can hold roles, holds: by themselves, their type, groups, organizations and what is
/// above these, positions, and roles that include others. Level by level, so the rounds follow the nesting.
pub(crate) fn held(draft: &mut Draft<'_>, holder: EntityId, when: When) -> Result<Held, Stop> {
    let mut given: BTreeMap<EntityId, bool> = BTreeMap::new();
    let start = Node {
        id: holder,
        above: false,
        inherited: false,
    };
    let mut seen = BTreeSet::from([start]);
    let mut level = vec![start];
    let mut account = None;
    while !level.is_empty() {
        load(draft, &level)?;
        let mut next = Vec::new();
        for node in level {
            let record = draft.record(node.id)?.filter(|record| takes_part(record));
            let Some(record) = record else { continue };
            if node.id == holder {
                account = Some(record.clone());
            }
            if node.id.kind == Kind::Group
                && node.inherited
                && account
                    .as_ref()
                    .is_some_and(|account| !inherits(account, &record))
            {
                continue;
            }
            if node.id.kind == Kind::Organization && !is_in_effect(draft, &record)? {
                continue;
            }
            let mut reached = |node: Node| {
                if seen.insert(node) {
                    next.push(node);
                }
            };
            for relation in paths(node.id.kind) {
                for edge in draft.edges(node.id, Direction::From, relation)? {
                    if edge.suspended.is_some() || !when.counts(&edge.window) {
                        continue;
                    }
                    let inherited = node.inherited || is_requested(&edge);
                    if relation == Relation::HasRole {
                        if !(node.above && stays(&edge)) {
                            *given.entry(edge.key.to).or_insert(true) &= inherited;
                        }
                        continue;
                    }
                    let hierarchical = matches!(edge.key.to.kind, Kind::Organization | Kind::Position);
                    if edge.key.to.kind == Kind::Group {
                        *given.entry(edge.key.to).or_insert(true) &= inherited;
                    }
                    reached(Node {
                        id: edge.key.to,
                        above: false,
                        inherited: inherited || hierarchical,
                    });
                }
            }
            let up = match node.id.kind {
                Kind::Organization if !record.flag("stops_inheritance") => record.reference("parent"),
                Kind::User => record.reference("user_type"),
                _ => None,
            };
            if let Some(id) = up {
                reached(Node {
                    id,
                    above: node.id.kind == Kind::Organization,
                    inherited: node.inherited,
                });
            }
        }
        level = next;
    }
    let Some(account) = account else {
        return Ok(Held::default());
    };
    settle(draft, &account, given, when)
}

/// Everything that the nodes of a level ask for, in one round.
fn load(draft: &Draft<'_>, level: &[Node]) -> Result<(), Stop> {
    let mut needs = Needs::default();
    for node in level {
        for relation in paths(node.id.kind) {
            needs.edges.insert(EdgesOf {
                id: node.id,
                direction: Direction::From,
                relation,
            });
        }
        match node.id.kind {
            Kind::Organization => drop(needs.ancestors.insert(node.id)),
            _ => drop(needs.record(node.id)),
        }
    }
    draft.need(needs)
}

fn paths(kind: Kind) -> impl Iterator<Item = Relation> {
    PATHS
        .into_iter()
        .filter(move |relation| relation.first().contains(&kind))
}

/// Deleted people take no part; disabled organizations and positions lend nothing (S0-88).
fn takes_part(record: &Record) -> bool {
    let disabled = matches!(record.kind(), Kind::Organization | Kind::Position)
        && record.text("administrative_status") == "disabled";
    !record.is_deleted() && !disabled
}

/// Below a disabled organization nothing is in effect either.
fn is_in_effect(draft: &mut Draft<'_>, organization: &Record) -> Result<bool, Stop> {
    let mut parent = organization.reference("parent");
    while let Some(id) = parent {
        let Some(above) = draft.record(id)? else {
            return Ok(true);
        };
        if !takes_part(&above) {
            return Ok(false);
        }
        parent = above.reference("parent");
    }
    Ok(true)
}

/// A grant to an organization that does not come down the tree.
fn stays(edge: &Edge) -> bool {
    edge.attributes.get("inherit").and_then(Value::as_boolean) == Some(false)
}

/// An approved request and nothing else asks for it.
fn is_requested(edge: &Edge) -> bool {
    edge.origins.iter().all(|origin| *origin == EdgeOrigin::Request)
}

/// Takes away what the account does not inherit, adds what roles include, and names what is excluded.
fn settle(
    draft: &mut Draft<'_>,
    account: &Record,
    given: BTreeMap<EntityId, bool>,
    when: When,
) -> Result<Held, Stop> {
    let mut needs = Needs::default();
    needs.records.extend(given.keys().copied());
    draft.need(needs)?;
    let mut held = Held::default();
    let mut roles = BTreeSet::new();
    for (id, inherited) in given {
        let Some(record) = draft.record(id)? else { continue };
        if inherited && !inherits(account, &record) {
            continue;
        }
        match id.kind {
            Kind::Group => drop(held.groups.insert(id)),
            _ => drop(roles.insert(id)),
        }
    }
    for role in included(draft, roles)? {
        let record = draft.record(role)?;
        let window = record.as_ref().map(|record| Window {
            from: record.moment("valid_from"),
            until: record.moment("valid_until"),
        });
        if window.is_some_and(|window| when.counts(&window)) {
            held.roles.insert(role);
        }
    }
    let mut needs = Needs::default();
    for role in &held.roles {
        needs.edges(*role, Direction::From, Relation::Excludes);
    }
    draft.need(needs)?;
    let mut excludes = Vec::new();
    for role in &held.roles {
        for edge in draft.edges(*role, Direction::From, Relation::Excludes)? {
            excludes.push((edge.key.from, edge.key.to));
        }
    }
    held.excluded = excluded(&held.roles, &excludes);
    Ok(held)
}

/// Roles and everything that they include, level by level.
pub(super) fn included(draft: &mut Draft<'_>, roles: BTreeSet<EntityId>) -> Result<BTreeSet<EntityId>, Stop> {
    let mut all = roles.clone();
    let mut level = roles;
    while !level.is_empty() {
        let mut needs = Needs::default();
        for id in &level {
            needs
                .record(*id)
                .edges(*id, Direction::From, Relation::IncludesRole);
        }
        draft.need(needs)?;
        let mut next = BTreeSet::new();
        for id in level {
            for edge in draft.edges(id, Direction::From, Relation::IncludesRole)? {
                if all.insert(edge.key.to) {
                    next.insert(edge.key.to);
                }
            }
        }
        level = next;
    }
    Ok(all)
}
