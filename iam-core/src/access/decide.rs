//! THE decision: one function that `can`, lists, masks, explanations and guards ask.

use std::sync::Arc;

use super::{
    authority::{Authority, Mode, Origin, Rule, Scope},
    names::Actions,
    role::AttributeRights,
    table::implied_by,
    world::{Ask, Node, Number, Span, World},
};
use crate::{
    model::{Attributes, Kind, OrganizationId, Relation, Value},
    rules::AttributeAccess,
    search::{Checked, Predicate, Test},
};

/// An action on a kind, under short numbers. Stays valid as long as the engine lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ability {
    pub(super) kind: u16,
    pub(super) action: u16,
    pub(super) implied_by: u16,
}

/// Something of the host's own that a decision is about.
///
/// ```
/// use iam_core::access::Resource;
///
/// let invoice = Resource::new("invoice").set("amount", 1200).set("state", "open");
/// assert_eq!(invoice.kind, "invoice");
/// ```
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// Its kind, such as `invoice`.
    pub kind: String,
    /// What target filters may ask about, by name.
    #[serde(default)]
    pub attributes: Attributes,
    /// The organizations that it belongs to: grants that act within an organization reach it by these.
    #[serde(default)]
    pub organizations: Vec<OrganizationId>,
}

impl Resource {
    /// A resource of a kind without attributes.
    pub fn new(kind: impl Into<String>) -> Resource {
        Resource {
            kind: kind.into(),
            ..Resource::default()
        }
    }

    /// Sets an attribute.
    #[must_use]
    pub fn set(mut self, name: &str, value: impl Into<Value>) -> Resource {
        self.attributes.insert(name.to_owned(), value.into());
        self
    }

    /// Puts it into an organization.
    #[must_use]
    pub fn within(mut self, organization: OrganizationId) -> Resource {
        self.organizations.push(organization);
        self
    }
}

/// What a decision is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target<'a> {
    /// Anything of the kind: may it be done at all?
    Any,
    /// A record.
    Node(Number),
    /// A resource of the host, laid out as a node.
    Resource(&'a Placed),
    /// Something that is put below these organizations: what appears, before it is there.
    Below(&'a [Number]),
}

/// A resource of the host under numbers.
#[derive(Debug)]
pub(super) struct Placed {
    node: Node,
    organizations: Vec<Number>,
}

/// An answer, with the rule that made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Yes, by this rule.
    Allowed(usize),
    /// No: this rule denies it.
    Denied(usize),
    /// No: what allows it does not reach what is of the same or a higher level.
    Outranked(usize),
    /// No: nothing allows it.
    NotGranted,
    /// No: the actor does not take part.
    Inactive,
}

impl Verdict {
    pub(super) fn is_allowed(self) -> bool {
        matches!(self, Verdict::Allowed(_))
    }
}

/// What may be done with each attribute of one record.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mask {
    gives: Vec<Arc<AttributeRights>>,
    caps: Vec<Arc<AttributeRights>>,
}

impl Mask {
    /// What may be done with an attribute: the most that any rule gives, and no more than every denial leaves.
    pub(crate) fn access(&self, attribute: &str) -> AttributeAccess {
        let most = self.gives.iter().map(|rights| rights.access(attribute)).max();
        let least = self.caps.iter().map(|rights| rights.access(attribute)).min();
        let most = most.unwrap_or(AttributeAccess::None);
        least.map_or(most, |least| least.min(most))
    }

    /// Whether every attribute may be seen.
    pub(crate) fn hides_nothing(&self) -> bool {
        let open = |rights: &Arc<AttributeRights>| {
            rights.others >= AttributeAccess::Read
                && rights
                    .named
                    .values()
                    .all(|access| *access >= AttributeAccess::Read)
        };
        self.gives.iter().any(open) && self.caps.iter().all(open)
    }
}

impl Rule {
    /// Whether the rule is about an action on a kind. Whoever gives or takes what contains the action gives or takes it.
    #[inline]
    pub(super) fn is_about(&self, ability: Ability) -> bool {
        self.kind.is_none_or(|kind| kind == ability.kind)
            && (self.actions.contains(ability.action)
                || (ability.implied_by != u16::MAX
                    // To edit one's own profile is not to change one's own status.
                    && self.origin != Origin::Itself
                    && self.actions.contains(ability.implied_by)))
    }
}

impl World {
    /// The numbers of an action on a kind. Names that no rule knows share the number of the unknown, which only
    /// rules over everything contain.
    pub(super) fn ability(&self, kind: &str, action: &str) -> Ability {
        let find = |name: &str| self.names.find(name).unwrap_or(u16::MAX);
        Ability {
            kind: find(kind),
            action: find(action),
            implied_by: implied_by(action).map_or(u16::MAX, find),
        }
    }

    /// The same, giving numbers to names that have none, so that it stays valid.
    pub(super) fn resolve_ability(&mut self, kind: &str, action: &str) -> Ability {
        self.names.number(kind);
        self.names.number(action);
        self.ability(kind, action)
    }

    /// Lays out a resource of the host.
    pub(super) fn place(&self, resource: &Resource, ask: &Ask) -> Placed {
        let mut keys = Vec::new();
        for (name, value) in &resource.attributes {
            let Some(attribute) = self.names.find(name) else {
                continue;
            };
            for key in value.elements().iter().filter_map(Value::search_key) {
                keys.push((attribute, key.into_owned().into_boxed_str()));
            }
        }
        Placed {
            organizations: resource
                .organizations
                .iter()
                .filter_map(|id| self.find((*id).into(), ask))
                .collect(),
            node: Node {
                id: crate::model::EntityId::new(Kind::Command, uuid::Uuid::nil()),
                known: true,
                live: true,
                exists: true,
                active: Span::ALWAYS,
                up: None,
                stops: false,
                disabled: false,
                inheritance: None,
                keys: keys.into(),
                links: Vec::new(),
                role: None,
                stamp: 0,
                authority: None,
            },
        }
    }

    /// Whether a rule reaches a target.
    pub(super) fn reaches(&self, rule: &Rule, target: Target<'_>, now: i64, ask: &Ask) -> bool {
        match target {
            Target::Any => match rule.deny {
                // Only what denies everywhere denies in general.
                true => rule.scope == Scope::Realm && rule.target.is_none(),
                false => true,
            },
            Target::Below(organizations) => {
                let inside = match &rule.scope {
                    Scope::Realm => true,
                    Scope::Within(within) => organizations
                        .iter()
                        .any(|organization| self.is_within(*organization, within, now, ask)),
                    Scope::Only(_) => false,
                };
                inside && (rule.target.is_none() || !rule.deny)
            }
            Target::Node(number) => {
                let inside = match &rule.scope {
                    Scope::Realm => true,
                    Scope::Within(within) => self.is_within(number, within, now, ask),
                    Scope::Only(only) => *only == number,
                };
                inside
                    && rule.target.as_ref().is_none_or(|selection| {
                        self.get(number, ask)
                            .is_some_and(|node| self.holds(&selection.condition, node, now, ask))
                    })
            }
            Target::Resource(placed) => {
                let inside = match &rule.scope {
                    Scope::Realm => true,
                    Scope::Within(within) => placed
                        .organizations
                        .iter()
                        .any(|organization| self.is_within(*organization, within, now, ask)),
                    Scope::Only(_) => false,
                };
                inside
                    && rule
                        .target
                        .as_ref()
                        .is_none_or(|selection| self.resource_holds(&selection.condition, placed, now, ask))
            }
        }
    }

    /// A resource belongs to organizations without edges of its own.
    fn resource_holds(
        &self,
        condition: &super::condition::Condition,
        placed: &Placed,
        now: i64,
        ask: &Ask,
    ) -> bool {
        use super::condition::{Condition, Near};
        let near = |near: Near, test: &dyn Fn(crate::model::EntityId) -> bool| match near {
            Near::Organizations => placed.organizations.iter().any(|number| test(self.id(*number))),
            Near::Within => placed
                .organizations
                .iter()
                .any(|number| self.path(*number, ask).any(|(_, above)| test(above.id))),
            _ => false,
        };
        match condition {
            Condition::And(list) => list
                .iter()
                .all(|item| self.resource_holds(item, placed, now, ask)),
            Condition::Or(list) => list
                .iter()
                .any(|item| self.resource_holds(item, placed, now, ask)),
            Condition::Not(inner) => !self.resource_holds(inner, placed, now, ask),
            Condition::Near { near: kind, ids } => near(*kind, &|id| ids.contains(&id)),
            Condition::HasAny(kind) => near(*kind, &|_| true),
            other => self.holds(other, &placed.node, now, ask),
        }
    }

    /// THE decision. Default deny; a denial overrides whatever allows; nobody acts on the same or a higher level.
    pub(super) fn decide(
        &self,
        authority: &Authority,
        ability: Ability,
        target: Target<'_>,
        now: i64,
        ask: &Ask,
    ) -> Verdict {
        if !authority.active {
            return Verdict::Inactive;
        }
        let mut outranked = None;
        for (place, rule) in authority.rules.iter().enumerate() {
            if rule.caps || !rule.is_about(ability) || !self.reaches(rule, target, now, ask) {
                continue;
            }
            if rule.deny {
                return Verdict::Denied(place);
            }
            if self.is_outranked(authority, rule, ability, target, now, ask) {
                outranked.get_or_insert(place);
                continue;
            }
            return Verdict::Allowed(place);
        }
        outranked.map_or(Verdict::NotGranted, Verdict::Outranked)
    }

    /// Whether the target is of the same or a higher level than the rule reaches.
    pub(super) fn is_outranked(
        &self,
        authority: &Authority,
        rule: &Rule,
        ability: Ability,
        target: Target<'_>,
        now: i64,
        ask: &Ask,
    ) -> bool {
        let Target::Node(number) = target else {
            return false;
        };
        if ability.action == self.builtin.view || rule.origin == Origin::Itself {
            return false;
        }
        if self.highest_level <= 0
            && !ask.is_noting()
            && matches!(rule.origin, Origin::Role(..))
            && self.above(number).is_some()
        {
            // A user or an organization, and no role has a level.
            return false;
        }
        let Some(node) = self.get(number, ask) else {
            return false;
        };
        if node.id.kind == Kind::Role {
            let level = node.role.as_ref().map_or(0, |role| role.level);
            return level > 0
                && level >= authority.level
                && !self.outranks(authority, ability.kind, target, now, ask);
        }
        if node.id.kind != Kind::User {
            return false;
        }
        let area = match rule.origin {
            Origin::Owner(organization) | Origin::Administrator(organization) => Some(organization),
            _ => None,
        };
        // Whoever owns or administers the area, or more, is not under the hand of its administrators; nor is an
        // owner under the hand of another one.
        if let Some(area) = area
            && node.links.iter().any(|link| {
                let same = match link.relation {
                    Relation::Owns => true,
                    Relation::Administers => matches!(rule.origin, Origin::Administrator(_)),
                    _ => false,
                };
                same && link.holds(now) && self.is_within(area, &[link.to], now, ask)
            })
        {
            return true;
        }
        if self.highest_level <= 0 && !ask.is_noting() {
            return false;
        }
        let level = match self.kept_authority(number, now) {
            Some(kept) if !ask.is_noting() => kept.level,
            _ => self.authority(number, now, Mode::At, ask).level,
        };
        level > 0 && level >= authority.level && !self.outranks(authority, ability.kind, target, now, ask)
    }

    /// Whether a rule says in so many words that levels do not count (`outrank`).
    pub(super) fn outranks(
        &self,
        authority: &Authority,
        kind: u16,
        target: Target<'_>,
        now: i64,
        ask: &Ask,
    ) -> bool {
        let ability = Ability {
            kind,
            action: self.builtin.outrank,
            implied_by: u16::MAX,
        };
        let about = |rule: &&Rule| {
            !rule.caps
                && rule.is_about(ability)
                && rule.actions != Actions::All
                && self.reaches(rule, target, now, ask)
        };
        let mut found = authority.rules.iter().filter(about).peekable();
        found.peek().is_some() && found.all(|rule| !rule.deny)
    }

    /// What may be done with the attributes of a target.
    pub(super) fn mask(
        &self,
        authority: &Authority,
        ability: Ability,
        target: Target<'_>,
        now: i64,
        ask: &Ask,
    ) -> Mask {
        let mut mask = Mask::default();
        for rule in &authority.rules {
            if !rule.is_about(ability) || !self.reaches(rule, target, now, ask) {
                continue;
            }
            match (rule.deny, rule.caps) {
                (true, true) => mask.caps.push(rule.attributes.clone()),
                (true, false) => return Mask::default(),
                (false, _) => mask.gives.push(rule.attributes.clone()),
            }
        }
        mask
    }

    /// The predicate that is true for exactly those records of a kind for which the decision is yes, but for levels
    /// and the actor's own part in it: as a storage reads it.
    pub(super) fn filter(&self, authority: &Authority, ability: Ability, kind: Kind) -> Checked {
        if !authority.active {
            return Checked::None;
        }
        let (mut allowed, mut denied) = (Checked::None, Checked::None);
        for rule in &authority.rules {
            if rule.caps || !rule.is_about(ability) {
                continue;
            }
            let scope = match &rule.scope {
                Scope::Realm => Checked::All,
                Scope::Within(organizations) => match kind {
                    Kind::User | Kind::Device | Kind::Organization | Kind::Position => leaf(
                        "within_organization",
                        true,
                        self.ids(organizations).iter().map(ToString::to_string),
                    ),
                    _ => Checked::None,
                },
                Scope::Only(number) => leaf("id", false, [self.id(*number).to_string()]),
            };
            let target = rule
                .target
                .as_ref()
                .map_or(Checked::All, |selection| selection.checked.clone());
            let part = scope.and(target);
            match rule.deny {
                true => denied = denied.or(part),
                false => allowed = allowed.or(part),
            }
        }
        allowed.and(denied.negate())
    }

    /// The same for people and for the host's own SQL.
    pub(super) fn predicate(&self, authority: &Authority, ability: Ability) -> Predicate {
        if !authority.active {
            return Predicate::None;
        }
        let (mut allowed, mut denied) = (Predicate::None, Predicate::None);
        for rule in &authority.rules {
            if rule.caps || !rule.is_about(ability) {
                continue;
            }
            let scope = match &rule.scope {
                Scope::Realm => Predicate::All,
                Scope::Within(organizations) => Predicate::any_of(
                    "within_organization",
                    self.ids(organizations).iter().map(ToString::to_string),
                ),
                Scope::Only(number) => Predicate::eq("id", self.id(*number).to_string()),
            };
            let target = rule
                .target
                .as_ref()
                .map_or(Predicate::All, |selection| selection.predicate.clone());
            let part = match (scope, target) {
                (Predicate::None, _) | (_, Predicate::None) => Predicate::None,
                (scope, target) => scope.and(target),
            };
            let list = match rule.deny {
                true => &mut denied,
                false => &mut allowed,
            };
            *list = match (std::mem::take(list), part) {
                (Predicate::All, _) | (_, Predicate::All) => Predicate::All,
                (list, part) => list.or(part),
            };
        }
        match denied.negate() {
            Predicate::None => Predicate::None,
            denied => match allowed {
                Predicate::None => Predicate::None,
                allowed => allowed.and(denied),
            },
        }
    }
}

fn leaf(attribute: &str, derived: bool, ids: impl IntoIterator<Item = String>) -> Checked {
    let leaf = |test| Checked::Leaf {
        attribute: attribute.to_owned(),
        derived,
        multiple: derived,
        test,
    };
    ids.into_iter()
        .map(|id| leaf(Test::Equals(id)))
        .fold(Checked::None, Checked::or)
}
