//! The rules of an authority, collected along every path that leads to one.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    authority::{Authority, Mode, Origin, Rule, Scope},
    path::{How, PathStep, Unmet},
    role::AttributeRights,
    world::{Ask, Link, Number, Span, World},
};
use crate::{
    model::{Kind, Moment, Relation},
    rules::AttributeAccess,
};

/// A role that somebody holds, and how.
#[derive(Debug, Clone)]
struct Holding {
    role: Number,
    within: Option<Arc<[Number]>>,
    path: Vec<PathStep>,
    unmet: Vec<Unmet>,
}

/// Somebody or something that the actor has a share in.
#[derive(Debug, Clone)]
struct Way {
    node: Number,
    path: Vec<PathStep>,
    unmet: Vec<Unmet>,
    /// The account that the way starts at.
    account: Number,
    /// By way of an organization, a position or an approved request: the account's switches decide (S4-64).
    inherited: bool,
    /// The actor is below this organization, not in it.
    from_above: bool,
    /// An organization between that stops grants from above.
    stopped: Option<Number>,
}

/// Walks along the edges of an actor.
pub(super) struct Collector<'a> {
    pub world: &'a World,
    pub now: i64,
    pub mode: Mode,
    pub ask: &'a Ask,
    pub valid: Cell<Span>,
}

impl Collector<'_> {
    fn narrow(&self, span: Span) {
        let mut valid = self.valid.get();
        valid.narrow(span, self.now);
        self.valid.set(valid);
    }

    pub(super) fn authority(&mut self, number: Number) -> Authority {
        let world = self.world;
        let mut authority = Authority {
            rules: Vec::new(),
            active: false,
            level: 0,
            roles: BTreeSet::new(),
            held: Vec::new(),
            valid: Span::ALWAYS,
            generation: world.generation,
            stamps: Vec::new(),
        };
        let Some(node) = world.get(number, self.ask) else {
            return authority;
        };
        authority.stamps.push((number, node.stamp));
        self.narrow(node.active);
        authority.active = node.live && (self.mode == Mode::Ever || node.active.contains(self.now));
        if !authority.active && self.mode == Mode::At {
            authority.valid = self.valid.get();
            return authority;
        }
        let inactive = match authority.active {
            true => Vec::new(),
            false => vec![Unmet::Inactive { user: node.id }],
        };
        if node.id.kind == Kind::User {
            self.itself(number, &inactive, &mut authority);
        }
        self.shares(number, &[], &inactive, None, &mut authority);
        for link in node
            .links
            .iter()
            .filter(|link| link.relation == Relation::Deputizes)
        {
            let step = self.step(number, How::StandsInFor, link.to);
            let Some(mut unmet) = self.link(link, step) else {
                continue;
            };
            let Some(delegator) = world.get(link.to, self.ask) else {
                continue;
            };
            authority.stamps.push((link.to, delegator.stamp));
            self.narrow(delegator.active);
            if !delegator.live {
                continue;
            }
            if self.mode != Mode::Ever && !delegator.active.contains(self.now) {
                if self.mode == Mode::At {
                    continue;
                }
                unmet.push(Unmet::Inactive { user: delegator.id });
            }
            unmet.extend(inactive.iter().cloned());
            let only = link.more.as_ref().and_then(|more| more.roles.as_deref());
            self.shares(link.to, &[step], &unmet, only, &mut authority);
        }
        authority.rules.sort_by_key(|rule| !rule.deny);
        authority.valid = self.valid.get();
        authority
    }

    /// The rules of one's own record.
    fn itself(&self, number: Number, unmet: &[Unmet], authority: &mut Authority) {
        let Some(actions) = self.world.builtin.itself.clone() else {
            return;
        };
        let mut attributes = AttributeRights::all(AttributeAccess::Read);
        for name in self.world.self_service() {
            attributes.named.insert(name.clone(), AttributeAccess::Write);
        }
        authority.rules.push(Rule {
            kind: Some(self.world.builtin.user),
            actions,
            deny: false,
            caps: false,
            attributes: Arc::new(attributes),
            scope: Scope::Only(number),
            target: None,
            origin: Origin::Itself,
            path: Arc::from([self.step(number, How::Itself, number)]),
            unmet: unmet.into(),
        });
    }

    /// Everything that a node gives: roles, owned and administered organizations.
    fn shares(
        &self,
        number: Number,
        path: &[PathStep],
        unmet: &[Unmet],
        only: Option<&[Number]>,
        authority: &mut Authority,
    ) {
        let world = self.world;
        let Some(node) = world.get(number, self.ask) else {
            return;
        };
        let mut holdings = Vec::new();
        if node.id.kind == Kind::Role {
            // What a role itself gives, for the comparison of two versions of it.
            holdings.push(Holding {
                role: number,
                within: None,
                path: Vec::new(),
                unmet: Vec::new(),
            });
        } else {
            for way in self.ways(number, path, unmet) {
                self.holdings(&way, &mut holdings);
            }
        }
        if let Some(only) = only {
            holdings.retain(|holding| only.contains(&holding.role));
        }
        let holdings = self.exclude(holdings);
        for holding in holdings {
            self.privileges(number, holding, authority);
        }
        if only.is_some() {
            return;
        }
        for link in &node.links {
            let how = match link.relation {
                Relation::Owns => How::Owns,
                Relation::Administers => How::Administers,
                _ => continue,
            };
            let step = self.step(number, how, link.to);
            let Some(mut more) = self.link(link, step) else {
                continue;
            };
            if !world.get(link.to, self.ask).is_some_and(|node| node.live) {
                continue;
            }
            more.extend(unmet.iter().cloned());
            let path: Arc<[PathStep]> = path.iter().copied().chain([step]).collect();
            self.area(how, link.to, &path, &more.into(), authority);
        }
    }

    /// The rules of whoever owns or administers an organization.
    fn area(
        &self,
        how: How,
        organization: Number,
        path: &Arc<[PathStep]>,
        unmet: &Arc<[Unmet]>,
        authority: &mut Authority,
    ) {
        let names = &self.world.builtin;
        let things = [names.user, names.device, names.position];
        let (origin, rules) = match how {
            How::Owns => (
                Origin::Owner(organization),
                [
                    (names.organization, &names.owner_organization),
                    (things[0], &names.owner_thing),
                    (things[1], &names.owner_thing),
                    (things[2], &names.owner_thing),
                ],
            ),
            _ => (
                Origin::Administrator(organization),
                [
                    (names.organization, &names.administrator_organization),
                    (things[0], &names.administrator_member),
                    (things[1], &names.administrator_member),
                    (things[2], &names.administrator_position),
                ],
            ),
        };
        let attributes = Arc::new(AttributeRights::all(AttributeAccess::Write));
        let scope: Arc<[Number]> = Arc::from([organization]);
        for (kind, actions) in rules {
            let Some(actions) = actions.clone() else { continue };
            authority.rules.push(Rule {
                kind: Some(kind),
                actions,
                deny: false,
                caps: false,
                attributes: attributes.clone(),
                scope: Scope::Within(scope.clone()),
                target: None,
                origin,
                path: path.clone(),
                unmet: unmet.clone(),
            });
        }
    }

    /// Whatever the node has a share in: itself, its type, positions, organizations and groups.
    fn ways(&self, number: Number, path: &[PathStep], unmet: &[Unmet]) -> Vec<Way> {
        let world = self.world;
        let start = Way {
            node: number,
            path: path.to_vec(),
            unmet: unmet.to_vec(),
            account: number,
            inherited: false,
            from_above: false,
            stopped: None,
        };
        let mut ways = vec![start.clone()];
        let Some(node) = world.get(number, self.ask) else {
            return ways;
        };
        match node.id.kind {
            Kind::User => {
                if let Some(user_type) = node.up
                    && world.get(user_type, self.ask).is_some_and(|node| node.live)
                {
                    ways.push(start.then(user_type, self.step(number, How::OfType, user_type), Vec::new()));
                }
            }
            Kind::Organization => self.upward(&start, &mut ways),
            _ => {}
        }
        for link in &node.links {
            let how = match link.relation {
                Relation::Holds => How::Holds,
                Relation::MemberOf => How::MemberOf,
                _ => continue,
            };
            let step = self.step(number, how, link.to);
            let Some(mut more) = self.link(link, step) else {
                continue;
            };
            if !world.get(link.to, self.ask).is_some_and(|node| node.live) {
                continue;
            }
            if let Some(off) = self.disabled(link.to)
                && self.mode != Mode::Ever
            {
                if self.mode == Mode::At {
                    continue;
                }
                more.push(Unmet::Disabled { thing: world.id(off) });
            }
            let mut way = start.then(link.to, step, more);
            way.inherited = true;
            if how == How::MemberOf {
                let mut above = Vec::new();
                self.upward(&way, &mut above);
                ways.push(way);
                ways.extend(above);
            } else {
                ways.push(way);
            }
        }
        self.grouped(ways)
    }

    /// What is disabled at a position, or at an organization or anything above it (S0-88).
    fn disabled(&self, number: Number) -> Option<Number> {
        let world = self.world;
        match world.node(number)?.id.kind {
            Kind::Organization => world
                .path(number, self.ask)
                .find(|(_, node)| node.disabled)
                .map(|(number, _)| number),
            _ => world.node(number)?.disabled.then_some(number),
        }
    }

    /// What keeps an account from inheriting a role or group, if anything does.
    fn switched_off(&self, account: Number, thing: Number) -> Option<Unmet> {
        let of = |number: Number| {
            self.world
                .node(number)
                .and_then(|node| node.inheritance.as_deref().cloned())
                .unwrap_or_default()
        };
        // A role may be known by its rules alone yet.
        self.world.get(thing, self.ask)?;
        (self.mode != Mode::Ever && !of(account).takes(&of(thing))).then(|| Unmet::SwitchedOff {
            user: self.world.id(account),
            thing: self.world.id(thing),
        })
    }

    /// The organizations above one.
    fn upward(&self, start: &Way, ways: &mut Vec<Way>) {
        let world = self.world;
        let mut way = start.clone();
        let mut seen = 0;
        while let Some(node) = world.get(way.node, self.ask) {
            let Some(parent) = node.up else { return };
            let stopped = way.stopped.or_else(|| node.stops.then_some(way.node));
            way = way.then(parent, self.step(way.node, How::Below, parent), Vec::new());
            way.from_above = true;
            way.stopped = stopped;
            seen += 1;
            if seen > 1_000 || !world.get(parent, self.ask).is_some_and(|node| node.live) {
                return;
            }
            ways.push(way.clone());
        }
    }

    /// Adds the groups that the ways lead to, and the groups that these are in.
    fn grouped(&self, mut ways: Vec<Way>) -> Vec<Way> {
        let world = self.world;
        let mut seen = BTreeSet::new();
        let mut open = ways.clone();
        while let Some(way) = open.pop() {
            let Some(node) = world.get(way.node, self.ask) else {
                continue;
            };
            for link in node
                .links
                .iter()
                .filter(|link| link.relation == Relation::InGroup)
            {
                let step = self.step(way.node, How::InGroup, link.to);
                let Some(more) = self.link(link, step) else {
                    continue;
                };
                if !world.get(link.to, self.ask).is_some_and(|node| node.live) {
                    continue;
                }
                let mut next = way.then(link.to, step, more);
                next.inherited |= link.is_requested();
                if next.inherited
                    && let Some(unmet) = self.switched_off(next.account, link.to)
                {
                    if self.mode == Mode::At {
                        continue;
                    }
                    next.unmet.push(unmet);
                }
                next.from_above = false;
                next.stopped = None;
                // Every way in is a path worth telling; circles end at what is on the path already.
                let first = seen.insert((link.to, next.inherited));
                let circle = next.path.iter().any(|other| other.from == step.to);
                if (first || self.mode == Mode::Explain) && !circle && next.path.len() < 32 {
                    ways.push(next.clone());
                    open.push(next);
                }
            }
        }
        ways
    }

    /// The roles that one way gives.
    fn holdings(&self, way: &Way, holdings: &mut Vec<Holding>) {
        let world = self.world;
        let Some(node) = world.get(way.node, self.ask) else {
            return;
        };
        for link in node
            .links
            .iter()
            .filter(|link| link.relation == Relation::HasRole)
        {
            let step = self.step(way.node, How::HasRole, link.to);
            let Some(mut unmet) = self.link(link, step) else {
                continue;
            };
            if way.from_above {
                let inherit = !link.more.as_ref().is_some_and(|more| more.stays);
                if !inherit || way.stopped.is_some() {
                    if self.mode != Mode::Explain {
                        continue;
                    }
                    unmet.push(Unmet::NotInherited {
                        organization: node.id,
                        stopped_by: way.stopped.filter(|_| inherit).map(|stop| world.id(stop)),
                    });
                }
            }
            if (way.inherited || link.is_requested())
                && let Some(off) = self.switched_off(way.account, link.to)
            {
                if self.mode == Mode::At {
                    continue;
                }
                unmet.push(off);
            }
            unmet.extend(way.unmet.iter().cloned());
            holdings.push(Holding {
                role: link.to,
                within: link.more.as_ref().and_then(|more| more.within.clone()),
                path: way.path.iter().copied().chain([step]).collect(),
                unmet,
            });
        }
    }

    /// Adds the roles that roles contain, and leaves out those without effect.
    fn include(&self, holdings: Vec<Holding>, excluded: &BTreeMap<Number, Number>) -> Vec<Holding> {
        let world = self.world;
        let mut all = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open = holdings;
        open.reverse();
        while let Some(mut holding) = open.pop() {
            let Some(node) = world.get(holding.role, self.ask) else {
                continue;
            };
            if !node.live {
                continue;
            }
            if let Some(by) = excluded.get(&holding.role) {
                if self.mode == Mode::At {
                    continue;
                }
                holding.unmet.push(Unmet::Excluded {
                    role: node.id,
                    by: world.id(*by),
                });
            }
            self.narrow(node.active);
            if self.mode != Mode::Ever && !node.active.contains(self.now) {
                if self.mode == Mode::At {
                    continue;
                }
                holding.unmet.push(Unmet::RoleWindow {
                    role: node.id,
                    from: moment(node.active.from),
                    until: moment(node.active.until),
                });
            }
            let first = seen.insert((holding.role, holding.within.clone(), holding.unmet.is_empty()));
            if !first && self.mode != Mode::Explain {
                continue;
            }
            for link in node
                .links
                .iter()
                .filter(|link| link.relation == Relation::IncludesRole)
            {
                let step = self.step(holding.role, How::Includes, link.to);
                let Some(mut unmet) = self.link(link, step) else {
                    continue;
                };
                if holding.path.iter().any(|step| step.from == world.id(link.to)) || holding.path.len() > 32 {
                    continue;
                }
                unmet.extend(holding.unmet.iter().cloned());
                open.push(Holding {
                    role: link.to,
                    within: holding.within.clone(),
                    path: holding.path.iter().copied().chain([step]).collect(),
                    unmet,
                });
            }
            all.push(holding);
        }
        all
    }

    /// A role that another held one excludes has no effect, nor what comes with it alone. What excludes is what is held,
    /// whether it is excluded itself or not: so the order does not matter.
    fn exclude(&self, holdings: Vec<Holding>) -> Vec<Holding> {
        let none = BTreeMap::new();
        let all = self.include(holdings.clone(), &none);
        if self.mode == Mode::Ever {
            return all;
        }
        let world = self.world;
        let held: BTreeSet<Number> = all
            .iter()
            .filter(|holding| holding.unmet.is_empty())
            .map(|holding| holding.role)
            .collect();
        let mut excluded: BTreeMap<Number, Number> = BTreeMap::new();
        for role in &held {
            let Some(node) = world.get(*role, self.ask) else {
                continue;
            };
            for link in node
                .links
                .iter()
                .filter(|link| link.relation == Relation::Excludes)
            {
                let step = self.step(*role, How::HasRole, link.to);
                if link.to != *role
                    && held.contains(&link.to)
                    && self.link(link, step).is_some_and(|unmet| unmet.is_empty())
                {
                    excluded.insert(link.to, *role);
                }
            }
        }
        match excluded.is_empty() {
            true => all,
            false => self.include(holdings, &excluded),
        }
    }

    /// The rules of a role that is held.
    fn privileges(&self, holder: Number, holding: Holding, authority: &mut Authority) {
        let world = self.world;
        let (Some(node), Some(role)) = (
            world.get(holder, self.ask),
            world.node(holding.role).and_then(|node| node.role.clone()),
        ) else {
            return;
        };
        if holding.unmet.is_empty() {
            authority.level = authority.level.max(role.level);
            authority.roles.insert(holding.role);
        }
        let in_effect = holding.unmet.is_empty();
        let path: Arc<[PathStep]> = holding.path.into();
        if in_effect && self.mode == Mode::Explain {
            authority.held.push((holding.role, path.clone()));
        }
        let unmet: Arc<[Unmet]> = holding.unmet.into();
        let scope = match holding.within {
            Some(within) => Scope::Within(within),
            None => Scope::Realm,
        };
        for rule in &role.rules {
            let mut unmet = unmet.clone();
            if let Some(condition) = &rule.holder
                && self.mode != Mode::Ever
            {
                // Whether it holds may change with any edge of the holder.
                node.links.iter().for_each(|link| self.narrow(link.span));
                if !world.holds(&condition.condition, node, self.now, self.ask) {
                    if self.mode == Mode::At {
                        continue;
                    }
                    let holder = Unmet::Holder {
                        role: world.id(holding.role),
                        privilege: rule.place,
                    };
                    unmet = unmet.iter().cloned().chain([holder]).collect();
                }
            }
            authority.rules.push(Rule {
                kind: rule.kind,
                actions: rule.actions.clone(),
                deny: rule.deny,
                caps: rule.caps,
                attributes: rule.attributes.clone(),
                scope: scope.clone(),
                target: rule.target.clone(),
                origin: Origin::Role(holding.role, rule.place),
                path: path.clone(),
                unmet,
            });
        }
    }

    fn step(&self, from: Number, how: How, to: Number) -> PathStep {
        PathStep {
            from: self.world.id(from),
            how,
            to: self.world.id(to),
        }
    }

    /// Whether an edge counts: `None` when it does not; else what is missing for it to have effect.
    fn link(&self, link: &Link, step: PathStep) -> Option<Vec<Unmet>> {
        if self.mode == Mode::Ever {
            return Some(Vec::new());
        }
        self.narrow(link.span);
        if link.holds(self.now) {
            return Some(Vec::new());
        }
        if self.mode == Mode::At {
            return None;
        }
        let mut unmet = Vec::new();
        if !link.span.contains(self.now) {
            unmet.push(Unmet::Window {
                step,
                from: moment(link.span.from),
                until: moment(link.span.until),
            });
        }
        if let Some(reason) = link.more.as_ref().and_then(|more| more.suspended.clone()) {
            unmet.push(Unmet::Suspended { step, reason });
        }
        Some(unmet)
    }
}

impl Way {
    fn then(&self, to: Number, step: PathStep, unmet: Vec<Unmet>) -> Way {
        let mut way = self.clone();
        way.node = to;
        way.path.push(step);
        way.unmet.extend(unmet);
        way
    }
}

pub(super) fn moment(micros: i64) -> Option<Moment> {
    (micros != i64::MIN && micros != i64::MAX).then(|| Moment::from_micros(micros))
}
