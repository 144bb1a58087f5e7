//! The naive twin of decisions: straight from what is written about them, over a dump, without a thought of speed.

use std::collections::BTreeSet;

use super::{
    Dump,
    oracle::{Definitions, Oracle},
};
use crate::{
    model::{Edge, EdgeOrigin, EntityId, Kind, Moment, Record, Relation, Value},
    query::Filter,
    rules::{
        AttributeAccess, Privilege, PrivilegeEffect, STANDARD_ACTIONS, inherits,
        status::{StatusView, status},
    },
    search::Limits,
};

/// Who may, the slow way.
pub(crate) struct NaiveAccess<'a> {
    pub dump: &'a Dump,
    pub now: Moment,
    pub definitions: Definitions<'a>,
}

/// A role that somebody holds, and where it acts.
type Grant = (EntityId, Option<Vec<EntityId>>);

impl NaiveAccess<'_> {
    fn oracle(&self) -> Oracle<'_> {
        Oracle {
            dump: self.dump,
            now: self.now,
            definitions: self.definitions,
        }
    }

    fn edges(&self, from: EntityId, relation: Relation) -> Vec<&Edge> {
        self.dump
            .edges
            .values()
            .filter(|edge| edge.key.from == from && edge.key.relation == relation)
            .filter(|edge| edge.suspended.is_none())
            .filter(|edge| edge.window.from.is_none_or(|start| start <= self.now))
            .filter(|edge| edge.window.until.is_none_or(|end| self.now < end))
            .filter(|edge| self.dump.is_live(edge.key.to))
            .collect()
    }

    fn record(&self, id: EntityId) -> Option<&Record> {
        self.dump.records.get(&id).map(AsRef::as_ref)
    }

    fn is_disabled(&self, id: EntityId) -> bool {
        self.record(id)
            .is_some_and(|record| record.text("administrative_status") == "disabled")
    }

    /// The organization and everything above it.
    fn above(&self, organization: EntityId) -> Vec<EntityId> {
        let mut path = vec![organization];
        while let Some(up) = path
            .last()
            .and_then(|id| self.record(*id))
            .and_then(|record| record.reference("parent"))
        {
            path.push(up);
        }
        path
    }

    fn active(&self, id: EntityId) -> bool {
        self.record(id).is_some_and(|record| match id.kind {
            Kind::User => {
                status(record, StatusView::Matrix, self.now) == "enabled/unlocked"
                    && !["not_invited", "invited"].contains(&record.text("registration"))
            }
            _ => !record.is_deleted(),
        })
    }

    /// Roles before exclusion, those that roles contain included.
    fn grants(&self, user: EntityId) -> Vec<Grant> {
        let mut open: Vec<Grant> = Vec::new();
        let Some(account) = self.record(user) else {
            return Vec::new();
        };
        let requested = |edge: &Edge| edge.origins.iter().all(|origin| *origin == EdgeOrigin::Request);
        let takes = |inherited: bool, thing: EntityId| {
            !inherited || self.record(thing).is_some_and(|thing| inherits(account, thing))
        };
        let mut give = |edge: &Edge, inherited: bool| {
            if takes(inherited || requested(edge), edge.key.to) {
                open.push((edge.key.to, within(edge)));
            }
        };
        // Whatever lends something, and whether that counts as inherited.
        let mut lenders = vec![(user, false)];
        lenders.extend(
            self.record(user)
                .and_then(|record| record.reference("user_type"))
                .filter(|id| self.dump.is_live(*id))
                .map(|id| (id, false)),
        );
        let positions = self.edges(user, Relation::Holds);
        let positions = positions.iter().map(|edge| edge.key.to);
        lenders.extend(positions.filter(|id| !self.is_disabled(*id)).map(|id| (id, true)));
        for (holder, inherited) in &lenders {
            for edge in self.edges(*holder, Relation::HasRole) {
                give(edge, *inherited);
            }
        }
        for membership in self.edges(user, Relation::MemberOf) {
            let path = self.above(membership.key.to);
            if path.iter().any(|id| self.is_disabled(*id)) {
                continue;
            }
            let mut stopped = false;
            for (step, organization) in path.into_iter().enumerate() {
                if !self.dump.is_live(organization) {
                    break;
                }
                lenders.push((organization, true));
                for edge in self.edges(organization, Relation::HasRole) {
                    let comes_down = edge.attributes.get("inherit") != Some(&Value::Boolean(false));
                    if step == 0 || (comes_down && !stopped) {
                        give(edge, true);
                    }
                }
                stopped |= self
                    .record(organization)
                    .is_some_and(|record| record.flag("stops_inheritance"));
            }
        }
        let mut groups: BTreeSet<(EntityId, bool)> = BTreeSet::new();
        while let Some((lender, inherited)) = lenders.pop() {
            for edge in self.edges(lender, Relation::InGroup) {
                let group = (edge.key.to, inherited || requested(edge));
                if takes(group.1, group.0) && groups.insert(group) {
                    lenders.push(group);
                }
            }
        }
        for (group, inherited) in groups {
            for edge in self.edges(group, Relation::HasRole) {
                give(edge, inherited);
            }
        }
        let mut found: Vec<Grant> = Vec::new();
        while let Some((role, within)) = open.pop() {
            let holds = self.record(role).is_some_and(|record| {
                !record.is_deleted()
                    && record.moment("valid_from").is_none_or(|from| from <= self.now)
                    && record.moment("valid_until").is_none_or(|until| self.now < until)
            });
            if !holds || found.contains(&(role, within.clone())) {
                continue;
            }
            for edge in self.edges(role, Relation::IncludesRole) {
                open.push((edge.key.to, within.clone()));
            }
            found.push((role, within));
        }
        found
    }

    /// Roles that have effect. Exclusion looks at what is held, and takes what came through an excluded role along only
    /// when it came no other way.
    fn effective(&self, user: EntityId) -> Vec<Grant> {
        let held: BTreeSet<EntityId> = self.grants(user).into_iter().map(|(role, _)| role).collect();
        let excluded: BTreeSet<EntityId> = held
            .iter()
            .flat_map(|role| self.edges(*role, Relation::Excludes))
            .map(|edge| edge.key.to)
            .filter(|loser| held.contains(loser))
            .filter(|loser| {
                held.iter().any(|winner| {
                    winner != loser
                        && self
                            .edges(*winner, Relation::Excludes)
                            .iter()
                            .any(|edge| edge.key.to == *loser)
                })
            })
            .collect();
        if excluded.is_empty() {
            return self.grants(user);
        }
        // As if the excluded roles were not there at all.
        let mut without = self.dump.clone();
        for role in &excluded {
            without.records.remove(role);
        }
        NaiveAccess {
            dump: &without,
            now: self.now,
            definitions: self.definitions,
        }
        .grants(user)
    }

    fn matches(&self, filter: &Filter, id: EntityId) -> bool {
        let Some(record) = self.record(id) else {
            return false;
        };
        let predicate = filter.predicate(id.kind, &Limits::default()).unwrap();
        self.oracle().holds(&predicate, record)
    }

    pub(crate) fn is_within(&self, target: EntityId, organizations: &[EntityId]) -> bool {
        let places: Vec<EntityId> = match target.kind {
            Kind::Organization => vec![target],
            Kind::Position => self
                .record(target)
                .and_then(|record| record.reference("organization"))
                .into_iter()
                .collect(),
            Kind::User | Kind::Device => self
                .edges(target, Relation::MemberOf)
                .iter()
                .map(|edge| edge.key.to)
                .collect(),
            _ => Vec::new(),
        };
        places
            .into_iter()
            .flat_map(|place| self.above(place))
            .any(|above| organizations.contains(&above))
    }

    /// Privileges of somebody that are about an action on a target: allowed, denied.
    fn about(
        &self,
        holder: EntityId,
        only: Option<&[EntityId]>,
        action: &str,
        target: EntityId,
    ) -> Vec<Privilege> {
        let mut found = Vec::new();
        for (role, within) in self.effective(holder) {
            if only.is_some_and(|only| !only.contains(&role))
                && !self.comes_with(role, only.unwrap_or_default())
            {
                continue;
            }
            let Some(record) = self.record(role) else { continue };
            if record.text("role_type") == "external" {
                continue;
            }
            let privileges = Privilege::of(record);
            for privilege in &privileges {
                let overridden = privilege.effect == PrivilegeEffect::Allow
                    && privilege.target.is_none()
                    && privileges.iter().any(|other| {
                        other.effect == PrivilegeEffect::Allow
                            && other.target.is_some()
                            && other.kind == privilege.kind
                    });
                let named = match privilege.actions.contains("*") {
                    true => !overridden,
                    false => {
                        privilege.actions.contains(action)
                            && !(overridden && STANDARD_ACTIONS.contains(&action))
                    }
                };
                if named
                    && (privilege.kind == "*" || privilege.kind == target.kind.name())
                    && within
                        .as_ref()
                        .is_none_or(|within| self.is_within(target, within))
                    && privilege
                        .target
                        .as_ref()
                        .is_none_or(|filter| self.matches(filter, target))
                    && privilege
                        .holder
                        .as_ref()
                        .is_none_or(|filter| self.matches(filter, holder))
                {
                    found.push(privilege.clone());
                }
            }
        }
        found
    }

    /// Whether a role is contained in one of these.
    fn comes_with(&self, role: EntityId, roots: &[EntityId]) -> bool {
        let mut open = roots.to_vec();
        let mut seen = BTreeSet::new();
        while let Some(one) = open.pop() {
            if one == role {
                return true;
            }
            if seen.insert(one) {
                open.extend(
                    self.edges(one, Relation::IncludesRole)
                        .iter()
                        .map(|edge| edge.key.to),
                );
            }
        }
        false
    }

    /// Whether a user may view a record.
    pub(crate) fn can_view(&self, user: EntityId, target: EntityId) -> bool {
        self.dump.records.contains_key(&target) && self.may_view(user, target)
    }

    fn may_view(&self, user: EntityId, target: EntityId) -> bool {
        if !self.active(user) {
            return false;
        }
        let mut allowed = user == target;
        let mut people: Vec<(EntityId, Option<Vec<EntityId>>)> = vec![(user, None)];
        for edge in self.edges(user, Relation::Deputizes) {
            if self.active(edge.key.to) {
                people.push((edge.key.to, listed(edge, "roles")));
            }
        }
        for (person, only) in people {
            for privilege in self.about(person, only.as_deref(), "view", target) {
                match privilege.effect {
                    PrivilegeEffect::Deny if privilege.attributes.is_empty() => return false,
                    PrivilegeEffect::Deny => {}
                    PrivilegeEffect::Allow => allowed = true,
                }
            }
            let kinds = [Kind::User, Kind::Device, Kind::Organization, Kind::Position];
            if only.is_none() && kinds.contains(&target.kind) {
                for relation in [Relation::Owns, Relation::Administers] {
                    let area: Vec<EntityId> = self
                        .edges(person, relation)
                        .iter()
                        .map(|edge| edge.key.to)
                        .collect();
                    allowed |= self.is_within(target, &area);
                }
            }
        }
        allowed
    }

    /// Whether some attribute is seen, by the privileges alone.
    #[allow(dead_code, reason = "for cases that look at masks")]
    pub(crate) fn sees(&self, user: EntityId, target: EntityId, attribute: &str) -> bool {
        let access = |privilege: &Privilege| {
            privilege
                .attributes
                .get(attribute)
                .or_else(|| privilege.attributes.get("*"))
                .copied()
                .unwrap_or_default()
        };
        let found = self.about(user, None, "view", target);
        let most = found
            .iter()
            .filter(|privilege| privilege.effect == PrivilegeEffect::Allow)
            .map(access)
            .max();
        let least = found
            .iter()
            .filter(|privilege| privilege.effect == PrivilegeEffect::Deny)
            .map(access)
            .min()
            .unwrap_or(AttributeAccess::Write);
        most.unwrap_or(AttributeAccess::None).min(least) >= AttributeAccess::Read
    }
}

fn within(edge: &Edge) -> Option<Vec<EntityId>> {
    listed(edge, "within")
}

fn listed(edge: &Edge, attribute: &str) -> Option<Vec<EntityId>> {
    let value = edge.attributes.get(attribute)?;
    Some(
        value
            .elements()
            .iter()
            .filter_map(|id| id.as_text()?.parse().ok())
            .collect(),
    )
}
