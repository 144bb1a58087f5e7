//! The decision data of a realm: what takes part in decisions, under short numbers.
//!
//! A node is loaded when the first decision asks for it and kept up with every commit from then on; nothing is loaded
//! that no decision asked for. All of it is the state after one revision.

use std::{cell::RefCell, collections::BTreeSet, sync::Arc};

use super::{
    authority::{Authority, Builtin},
    names::{IdMap, Names},
    role::RoleRules,
    spot::Spots,
    visible::Layout,
};
use crate::{
    model::{Edge, EdgeOrigin, EntityId, Kind, Moment, Record, Relation, Value, Window},
    plan::{Change, Direction, EdgesOf, Facts, Needs, Schema},
    rules::{Inheritance, status::administrative},
};

/// The short number of a node.
pub(super) type Number = u32;

/// The time in which something holds, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub from: i64,
    pub until: i64,
}

impl Span {
    pub(super) const ALWAYS: Span = Span {
        from: i64::MIN,
        until: i64::MAX,
    };
    pub(super) const NEVER: Span = Span {
        from: i64::MAX,
        until: i64::MIN,
    };

    pub(super) fn is_always(self) -> bool {
        self == Span::ALWAYS
    }

    pub(super) fn contains(self, now: i64) -> bool {
        self.from <= now && now < self.until
    }

    /// Narrows this span to the part around `now` in which `other` gives the same answer.
    pub(super) fn narrow(&mut self, other: Span, now: i64) {
        if now < other.from {
            self.until = self.until.min(other.from);
        } else if now < other.until {
            self.from = self.from.max(other.from);
            self.until = self.until.min(other.until);
        } else {
            self.from = self.from.max(other.until);
        }
    }
}

impl From<Window> for Span {
    fn from(window: Window) -> Self {
        Span {
            from: window.from.map_or(i64::MIN, Moment::micros),
            until: window.until.map_or(i64::MAX, Moment::micros),
        }
    }
}

/// An edge, seen from its first end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Link {
    pub relation: Relation,
    pub to: Number,
    pub span: Span,
    pub more: Option<Box<More>>,
}

/// What only a few edges have.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct More {
    /// Why it has no effect.
    pub suspended: Option<String>,
    /// A grant to an organization does not go down the tree.
    pub stays: bool,
    /// A grant acts on these organizations, and below them, only.
    pub within: Option<Arc<[Number]>>,
    /// A deputy stands in with these roles only.
    pub roles: Option<Vec<Number>>,
    /// An approved request and nothing else asks for it.
    pub requested: bool,
}

impl Link {
    pub(super) fn is_suspended(&self) -> bool {
        self.more.as_ref().is_some_and(|more| more.suspended.is_some())
    }

    /// Whether an approved request and nothing else asks for it.
    pub(super) fn is_requested(&self) -> bool {
        self.more.as_ref().is_some_and(|more| more.requested)
    }

    /// Whether the edge has effect, as far as it can tell by itself.
    pub(super) fn holds(&self, now: i64) -> bool {
        self.span.contains(now) && !self.is_suspended()
    }
}

/// One thing that takes part in decisions.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub id: EntityId,
    /// Loaded; else nothing is known but the identifier.
    pub known: bool,
    /// There is such a record, and it is not deleted.
    pub live: bool,
    /// There is such a record, be it deleted.
    pub exists: bool,
    /// When the record takes part: users by validity and status, roles by their time constraint.
    pub active: Span,
    /// Of an organization the parent, of a position its organization, of a user the type.
    pub up: Option<Number>,
    /// Grants from above stop at this organization.
    pub stops: bool,
    /// An organization or position that is disabled: it lends nothing (S0-88).
    pub disabled: bool,
    /// Of accounts, roles and groups what decides about inheritance, when there is anything.
    pub inheritance: Option<Box<Inheritance>>,
    /// Search keys of the attributes that conditions read.
    pub keys: Box<[(u16, Box<str>)]>,
    /// The edges that start here.
    pub links: Vec<Link>,
    /// What a role allows and denies.
    pub role: Option<Arc<RoleRules>>,
    /// Counts the changes.
    pub stamp: u32,
    /// What the node may do, when it was asked for.
    pub authority: Option<Arc<Authority>>,
}

/// What has to be loaded before the question can be answered; and, where that is wanted, what the answer rests on.
#[derive(Debug, Default)]
pub(super) struct Ask {
    missing: RefCell<BTreeSet<EntityId>>,
    seen: Option<RefCell<BTreeSet<Number>>>,
}

impl Ask {
    /// One that notes every node that was looked at.
    pub(super) fn noting() -> Ask {
        Ask {
            seen: Some(RefCell::default()),
            ..Ask::default()
        }
    }

    /// Whether it notes what was looked at: then nothing that was worked out before may be used.
    pub(super) fn is_noting(&self) -> bool {
        self.seen.is_some()
    }

    pub(super) fn add(&self, id: EntityId) {
        self.missing.borrow_mut().insert(id);
    }

    /// What was looked at until now.
    pub(super) fn seen(&self) -> BTreeSet<Number> {
        self.seen
            .as_ref()
            .map(|seen| seen.borrow().clone())
            .unwrap_or_default()
    }

    /// The answer, unless something is missing.
    pub(super) fn answer<T>(self, value: T) -> Result<T, Missing> {
        let missing = self.missing.into_inner();
        if missing.is_empty() {
            Ok(value)
        } else {
            Err(Missing(missing))
        }
    }
}

/// Nodes that have to be loaded first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Missing(pub BTreeSet<EntityId>);

/// The decision data of a realm.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(super) nodes: Vec<Node>,
    index: IdMap<Number>,
    /// Kinds, actions and attributes.
    pub(super) names: Names,
    /// The attributes that conditions read.
    reads: BTreeSet<String>,
    /// The relations that conditions read, beside those that are always there.
    relations: BTreeSet<Relation>,
    /// Rises with every change that can touch the authority of others than its subject.
    pub(super) generation: u64,
    /// The highest level of any role.
    pub(super) highest_level: i64,
    /// Roles were loaded.
    pub(super) ready: bool,
    schema: Option<Arc<Schema>>,
    /// Whether a plan is laid over the data: nothing that is computed now may be kept.
    pub(super) overlaid: bool,
    pub(super) builtin: Builtin,
    /// What lies in which organization, as far as it is loaded.
    pub(super) layout: Layout,
    /// Where things lie, side by side.
    pub(super) spots: Spots,
    /// Kinds of which everything that appears is taken in.
    pub(super) kept: BTreeSet<Kind>,
    /// Kinds of which everything is loaded.
    pub(super) complete: BTreeSet<Kind>,
}

impl World {
    /// An empty one, which loads whatever it is asked about.
    pub(crate) fn new() -> World {
        let mut world = World::default();
        world.name_builtins();
        world
    }

    /// Forgets everything but the numbers, which stay what they are.
    pub(crate) fn reset(&mut self) {
        for node in &mut self.nodes {
            node.known = false;
            node.up = None;
            node.links = Vec::new();
            node.role = None;
            node.authority = None;
        }
        self.reads.clear();
        self.relations.clear();
        self.layout.clear();
        self.spots.clear();
        self.kept.clear();
        self.complete.clear();
        self.generation += 1;
        self.highest_level = 0;
        self.ready = false;
    }

    /// Whether the roles are loaded.
    pub(crate) fn is_ready(&self) -> bool {
        self.ready
    }

    /// Whether commits of others to the record have to be followed.
    pub(crate) fn follows(&self, id: EntityId) -> bool {
        matches!(id.kind, Kind::Role | Kind::Realm | Kind::Attribute)
            || self.kept.contains(&id.kind)
            || self
                .number(id)
                .and_then(|number| self.node(number))
                .is_some_and(|node| node.known)
    }

    /// How many nodes are loaded.
    pub(crate) fn resident(&self) -> usize {
        self.nodes.iter().filter(|node| node.known).count()
    }

    pub(super) fn number(&self, id: EntityId) -> Option<Number> {
        self.index.get(&id).copied()
    }

    /// The number of an identifier; a new one when it has none.
    pub(super) fn intern(&mut self, id: EntityId) -> Number {
        if let Some(number) = self.index.get(&id) {
            return *number;
        }
        let number = Number::try_from(self.nodes.len()).unwrap_or(Number::MAX);
        self.nodes.push(Node {
            id,
            known: false,
            live: false,
            exists: false,
            active: Span::NEVER,
            up: None,
            stops: false,
            disabled: false,
            inheritance: None,
            keys: Box::default(),
            links: Vec::new(),
            role: None,
            stamp: 0,
            authority: None,
        });
        self.index.insert(id, number);
        number
    }

    /// A node, be it loaded or not.
    pub(super) fn node(&self, number: Number) -> Option<&Node> {
        self.nodes.get(number as usize)
    }

    /// A loaded node; asks for it when it is not.
    pub(super) fn get(&self, number: Number, ask: &Ask) -> Option<&Node> {
        let node = self.nodes.get(number as usize)?;
        if node.known {
            if let Some(seen) = &ask.seen {
                seen.borrow_mut().insert(number);
            }
            Some(node)
        } else {
            ask.add(node.id);
            None
        }
    }

    /// A loaded node by its identifier; asks for it when it is not.
    pub(super) fn find(&self, id: EntityId, ask: &Ask) -> Option<Number> {
        match self.number(id) {
            Some(number) if self.get(number, ask).is_some() => Some(number),
            Some(_) => None,
            None => {
                ask.add(id);
                None
            }
        }
    }

    pub(super) fn keep_authority(&mut self, number: Number, authority: Arc<Authority>) {
        if !self.overlaid
            && let Some(node) = self.nodes.get_mut(number as usize)
        {
            node.authority = Some(authority);
        }
    }

    /// The attributes of their own record that users may change.
    pub(super) fn self_service(&self) -> impl Iterator<Item = &String> {
        self.schema
            .iter()
            .flat_map(|schema| &schema.settings.self_service)
    }

    /// The roles that are not deleted.
    pub(super) fn roles(&self) -> impl Iterator<Item = (Number, &Node)> {
        (0..)
            .zip(&self.nodes)
            .filter(|(_, node)| node.role.is_some() && node.live)
    }

    /// Takes in all roles of the realm and the schema that their conditions are typed against.
    pub(crate) fn start(&mut self, roles: &[Arc<Record>], schema: Arc<Schema>) {
        self.schema = Some(schema);
        for role in roles {
            self.put_role(role);
        }
        self.ready = true;
    }

    fn put_role(&mut self, record: &Record) {
        let number = self.intern(record.id);
        let Some(schema) = self.schema.clone() else { return };
        let rules = RoleRules::compile(record, &schema, &mut self.names);
        let (reads, relations) = rules.reads();
        if !reads.is_subset(&self.reads) || !relations.is_subset(&self.relations) {
            self.reads.extend(reads);
            self.relations.extend(relations);
            // What was loaded lacks them: it is loaded again when it is asked for.
            self.kept.clear();
            self.complete.clear();
            self.spots.clear();
            for node in &mut self.nodes {
                node.known &= !matches!(
                    node.id.kind,
                    Kind::User | Kind::Device | Kind::Organization | Kind::Position | Kind::Group
                );
            }
        }
        self.highest_level = self.highest_level.max(rules.level);
        if let Some(node) = self.nodes.get_mut(number as usize) {
            node.live = !record.is_deleted();
            node.exists = true;
            node.active = span_of(record);
            node.role = Some(Arc::new(rules));
        }
        self.generation += 1;
    }

    /// What to load for nodes that are missing.
    pub(crate) fn needs(&self, missing: &Missing) -> Needs {
        let mut needs = Needs::default();
        for id in &missing.0 {
            needs.records.insert(*id);
            for relation in base(id.kind).iter().chain(
                self.relations
                    .iter()
                    .filter(|relation| starts_at(**relation, id.kind)),
            ) {
                needs.edges.insert(EdgesOf {
                    id: *id,
                    direction: Direction::From,
                    relation: *relation,
                });
            }
        }
        needs
    }

    /// Takes in what was loaded for missing nodes.
    pub(crate) fn take(&mut self, missing: &Missing, facts: &Facts) {
        for id in &missing.0 {
            let number = self.intern(*id);
            let record = facts.records.get(id).and_then(Option::as_deref);
            if id.kind == Kind::Role
                && self.node(number).is_some_and(|node| node.role.is_none())
                && let Some(record) = record
            {
                self.put_role(record);
            }
            let mut links = Vec::new();
            let first = EdgesOf {
                id: *id,
                direction: Direction::From,
                relation: Relation::MemberOf,
            };
            for (set, found) in facts.edges.range(first..) {
                if set.id != *id {
                    break;
                }
                if set.direction == Direction::From {
                    links.extend(found.edges.iter().map(|edge| self.link(edge)));
                }
            }
            links.sort_by_key(|link| (link.relation, link.to));
            let before = self.lying(number);
            self.put(number, record);
            if let Some(node) = self.nodes.get_mut(number as usize) {
                links.shrink_to_fit();
                node.links = links;
                node.known = true;
                node.authority = None;
            }
            self.settle(number, before);
        }
    }

    fn link(&mut self, edge: &Edge) -> Link {
        let to = self.intern(edge.key.to);
        let ids = |value: Option<&Value>| -> Option<Vec<EntityId>> {
            value.map(|value| {
                value
                    .elements()
                    .iter()
                    .filter_map(|id| id.as_text()?.parse().ok())
                    .collect()
            })
        };
        let numbers = |world: &mut World, ids: Option<Vec<EntityId>>| {
            ids.map(|ids| ids.into_iter().map(|id| world.intern(id)).collect::<Vec<_>>())
        };
        let within = numbers(self, ids(edge.attributes.get("within")));
        let roles = numbers(self, ids(edge.attributes.get("roles")));
        let stays = edge.attributes.get("inherit").and_then(Value::as_boolean) == Some(false);
        let more = More {
            suspended: edge.suspended.clone(),
            stays,
            within: within.map(Arc::from),
            roles,
            requested: !edge.origins.is_empty()
                && edge.origins.iter().all(|origin| *origin == EdgeOrigin::Request),
        };
        Link {
            relation: edge.key.relation,
            to,
            span: edge.window.into(),
            more: (more != More::default()).then(|| Box::new(more)),
        }
    }

    /// Writes what the record says into its node.
    fn put(&mut self, number: Number, record: Option<&Record>) {
        let reference = |name: &str| record.and_then(|record| record.reference(name));
        let up = match record.map(Record::kind) {
            Some(Kind::Organization) => reference("parent"),
            Some(Kind::Position) => reference("organization"),
            Some(Kind::User) => reference("user_type"),
            Some(kind) if is_satellite(kind) => reference("user"),
            _ => None,
        };
        let up = up.map(|id| self.intern(id));
        let mut keys = Vec::new();
        if let Some(record) = record {
            for name in &self.reads {
                let Some(value) = record.value(name) else { continue };
                let attribute = self.names.number(name);
                for key in value.elements().iter().filter_map(Value::search_key) {
                    keys.push((attribute, key.into_owned().into_boxed_str()));
                }
            }
        }
        if let Some(node) = self.nodes.get_mut(number as usize) {
            node.live = record.is_some_and(|record| !record.is_deleted());
            node.exists = record.is_some();
            node.active = record.map_or(Span::NEVER, span_of);
            node.stops = record.is_some_and(|record| record.flag("stops_inheritance"));
            node.disabled = record.is_some_and(|record| {
                matches!(record.kind(), Kind::Organization | Kind::Position)
                    && administrative(record) != "enabled"
            });
            node.inheritance = record
                .filter(|record| matches!(record.kind(), Kind::User | Kind::Role | Kind::Group))
                .map(Inheritance::of)
                .filter(|inheritance| *inheritance != Inheritance::default())
                .map(Box::new);
            node.up = up;
            node.keys = keys.into();
        }
    }

    /// Takes in a committed change. What is not loaded stays so.
    pub(crate) fn apply(&mut self, change: &Change) {
        match change {
            Change::Record { before, after, .. } => {
                let Some(id) = after.as_ref().or(before.as_ref()).map(|record| record.id) else {
                    return;
                };
                self.apply_record(id, before.is_none(), after.as_deref());
            }
            Change::Edge { before, after, .. } => {
                let Some(edge) = after.as_ref().or(before.as_ref()) else {
                    return;
                };
                self.apply_edge(edge, after.is_some());
            }
        }
    }

    /// Takes in the state of a record.
    pub(crate) fn apply_record(&mut self, id: EntityId, created: bool, after: Option<&Record>) {
        match id.kind {
            // What conditions mean may be another thing now.
            Kind::Realm | Kind::Attribute => return self.reset(),
            Kind::Role => match after {
                Some(record) => self.put_role(record),
                None => {
                    let number = self.intern(id);
                    if let Some(node) = self.nodes.get_mut(number as usize) {
                        node.live = false;
                        node.exists = false;
                        node.role = None;
                    }
                    self.generation += 1;
                }
            },
            _ => {}
        }
        let number = match self.number(id) {
            Some(number) => number,
            None if self.overlaid || id.kind == Kind::Role || self.kept.contains(&id.kind) => self.intern(id),
            None => return,
        };
        let Some(old) = self.nodes.get(number as usize) else {
            return;
        };
        let appears = (created && self.overlaid) || (after.is_some() && self.kept.contains(&id.kind));
        if !old.known && !appears {
            return;
        }
        let shape = |node: &Node| {
            (
                (node.live, node.active, node.up, node.stops, node.disabled),
                node.keys.clone(),
                node.inheritance.clone(),
            )
        };
        let before = shape(old);
        let role = old.role.clone();
        let lying = self.lying(number);
        self.put(number, after);
        if let Some(node) = self.nodes.get_mut(number as usize) {
            node.known = true;
        }
        self.settle(number, lying);
        if let Some(node) = self.nodes.get_mut(number as usize) {
            node.role = role;
            if before != shape(node) {
                node.stamp = node.stamp.wrapping_add(1);
                if !matches!(id.kind, Kind::User | Kind::Device) {
                    self.generation += 1;
                }
            }
        }
    }

    /// Takes in the state of an edge.
    pub(crate) fn apply_edge(&mut self, edge: &Edge, exists: bool) {
        let from = edge.key.from;
        // Of what is taken in whenever it appears, the edges may be told before the record.
        let keeps = self.kept.contains(&from.kind);
        let number = match self.number(from) {
            Some(number) => number,
            None if keeps => self.intern(from),
            None => return,
        };
        if !keeps && !self.node(number).is_some_and(|node| node.known) {
            return;
        }
        let lying = self.lying(number);
        let link = self.link(edge);
        let Some(node) = self.nodes.get_mut(number as usize) else {
            return;
        };
        let same = |other: &Link| other.relation == link.relation && other.to == link.to;
        node.links.retain(|other| !same(other));
        if exists {
            node.links.push(link);
            node.links.sort_by_key(|link| (link.relation, link.to));
        }
        node.stamp = node.stamp.wrapping_add(1);
        self.settle(number, lying);
        if !matches!(from.kind, Kind::User | Kind::Device) {
            self.generation += 1;
        }
    }
}

/// The relations that decisions always read.
const fn base(kind: Kind) -> &'static [Relation] {
    use Relation::{Administers, Deputizes, Excludes, HasRole, Holds, InGroup, IncludesRole, MemberOf, Owns};
    match kind {
        Kind::User => &[MemberOf, InGroup, Holds, HasRole, Owns, Administers, Deputizes],
        Kind::Device => &[MemberOf, InGroup, HasRole],
        Kind::Organization | Kind::Position | Kind::Group => &[InGroup, HasRole],
        Kind::UserType => &[HasRole],
        Kind::Role => &[IncludesRole, Excludes],
        _ => &[],
    }
}

/// Whether edges of a relation that is read by conditions may start at a kind.
fn starts_at(relation: Relation, kind: Kind) -> bool {
    match relation {
        Relation::ReportsTo | Relation::Leads | Relation::UsedBy => kind == Kind::User,
        _ => false,
    }
}

/// Records that belong to a user and are judged as the user is: credentials, sessions, links.
pub(super) fn is_satellite(kind: Kind) -> bool {
    matches!(kind.name(), "credential" | "session" | "link")
}

/// When a record takes part in decisions.
fn span_of(record: &Record) -> Span {
    if record.is_deleted() {
        return Span::NEVER;
    }
    match record.kind() {
        Kind::User
            if administrative(record) != "enabled"
                || record.flag("locked")
                || matches!(record.text("registration"), "not_invited" | "invited") =>
        {
            Span::NEVER
        }
        Kind::User | Kind::Role => Window {
            from: record.moment("valid_from"),
            until: record.moment("valid_until"),
        }
        .into(),
        Kind::Device if administrative(record) != "enabled" => Span::NEVER,
        _ => Span::ALWAYS,
    }
}

impl World {
    /// The identifiers of a list of numbers.
    pub(super) fn ids(&self, numbers: &[Number]) -> Vec<EntityId> {
        numbers
            .iter()
            .filter_map(|number| self.node(*number))
            .map(|node| node.id)
            .collect()
    }

    /// The identifier of a number.
    pub(super) fn id(&self, number: Number) -> EntityId {
        self.node(number)
            .map_or(EntityId::new(Kind::Realm, uuid::Uuid::nil()), |node| node.id)
    }
}
