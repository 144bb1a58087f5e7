//! Larger questions about access: who can, what is different, what is wrong.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Acting, At, as_of::revision_at, decisions::Consulted};
use crate::{
    access::{On, Right},
    model::{EdgeKey, EntityId, Kind, OrganizationId, Relation},
    plan::{Actor, Change, Direction, EdgesOf, Plan},
    port::{HistoryQuery, Revision, Subjects},
    search::{Deleted, MAXIMUM_LIMIT, Predicate, Search},
    wire::Problem,
};

/// Users who can do something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WhoCan {
    /// Who, in the order of identifiers.
    pub users: Vec<EntityId>,
    /// Everybody who can is listed; else there may be more.
    pub complete: bool,
}

/// What one user gains and loses.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct UserAccessDifference {
    /// The user.
    pub user: EntityId,
    /// Rights that have effect afterwards and had none before.
    pub gained: Vec<Right>,
    /// Rights that had effect before and have none afterwards.
    pub lost: Vec<Right>,
}

/// What is different in what users may do.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AccessDifference {
    /// The users for whom something is different.
    pub users: Vec<UserAccessDifference>,
    /// How many users were looked at.
    pub examined: usize,
    /// Everybody whom the changes can concern was looked at; else there were more than the limit.
    pub complete: bool,
}

/// Something about access that is probably not meant so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct AccessFinding {
    /// What was looked for, such as `access.role_unreachable`.
    pub check: String,
    /// What it is about.
    pub subjects: Vec<EntityId>,
    /// What was found.
    pub message: String,
}

/// Users on whom a change can have an effect.
#[derive(Debug, Default)]
struct Concerned {
    users: BTreeSet<EntityId>,
    limit: usize,
    complete: bool,
}

impl Concerned {
    fn up_to(limit: usize) -> Concerned {
        Concerned {
            users: BTreeSet::new(),
            limit: limit.clamp(1, 100_000),
            complete: true,
        }
    }

    fn add(&mut self, user: EntityId) -> bool {
        if self.users.contains(&user) {
            return true;
        }
        if self.users.len() >= self.limit {
            self.complete = false;
            return false;
        }
        self.users.insert(user)
    }
}

impl Acting<'_> {
    /// The same state, seen by the library itself.
    pub(super) fn trusted(&self) -> Acting<'_> {
        self.clone().by(Actor::System)
    }

    /// The users who can do something, at most `limit`.
    ///
    /// # Errors
    /// [`Code::Denied`](crate::wire::Code::Denied) unless the actor may audit the realm.
    pub async fn who_can(&self, action: &str, on: impl Into<On>, limit: usize) -> Result<WhoCan, Problem> {
        self.require_on_realm("audit").await?;
        let on = on.into();
        let trusted = self.trusted();
        let consulted = trusted.consulted(None).await?;
        let roles = consulted
            .ask(|world, _| Ok(world.roles_giving(action, &on)))
            .await?;
        let mut places: BTreeSet<EntityId> = BTreeSet::new();
        let mut concerned = Concerned::up_to(100_000);
        match &on {
            On::Record(id) => {
                if id.kind == Kind::User {
                    concerned.add(*id);
                }
                let now = trusted.moment().await?;
                let edges = trusted.edges(*id, Direction::From, Relation::MemberOf).await?;
                places.extend(
                    edges
                        .iter()
                        .filter(|edge| edge.is_in_effect(now))
                        .map(|edge| edge.key.to),
                );
                match id.kind {
                    Kind::Organization => drop(places.insert(*id)),
                    Kind::Position => {
                        let record = trusted.find(*id).await?;
                        places.extend(record.and_then(|record| record.reference("organization")));
                    }
                    _ => {}
                }
            }
            On::Resource(resource) => {
                places.extend(resource.organizations.iter().map(|id| EntityId::from(*id)));
            }
            On::Kind(kind) => {
                // Owners of whatever organization may do something of these kinds somewhere.
                let own = matches!(kind.as_str(), "user" | "device" | "organization" | "position");
                concerned.complete = !own;
            }
        }
        for place in places {
            for above in trusted.path(OrganizationId(place.uuid)).await? {
                for relation in [Relation::Owns, Relation::Administers] {
                    for edge in trusted.edges(above.id, Direction::To, relation).await? {
                        concerned.add(edge.key.from);
                    }
                }
            }
        }
        trusted.concern(roles, &mut concerned).await?;
        let candidates: Vec<EntityId> = concerned.users.iter().copied().collect();
        let mut users = Vec::new();
        let mut complete = concerned.complete;
        for part in candidates.chunks(200) {
            let able = consulted
                .ask(|world, now| world.all_missing(part, |user| world.can(user, action, &on, now)))
                .await?;
            for (user, able) in part.iter().zip(able) {
                if able {
                    if users.len() >= limit.max(1) {
                        complete = false;
                        break;
                    }
                    users.push(*user);
                }
            }
        }
        Ok(WhoCan { users, complete })
    }

    /// Everybody whom changes of these things can concern.
    async fn concern(&self, things: BTreeSet<EntityId>, concerned: &mut Concerned) -> Result<(), Problem> {
        let mut seen = things.clone();
        let mut open: Vec<EntityId> = things.into_iter().collect();
        while let Some(id) = open.pop() {
            let mut next = BTreeSet::new();
            let by = |attribute: &str| Predicate::eq(attribute, id.to_string());
            match id.kind {
                Kind::User => {
                    if !concerned.add(id) {
                        return Ok(());
                    }
                    let deputies = self.edges(id, Direction::To, Relation::Deputizes).await?;
                    next.extend(deputies.into_iter().map(|edge| edge.key.from));
                }
                Kind::Role => {
                    for relation in [Relation::HasRole, Relation::IncludesRole, Relation::Excludes] {
                        let edges = self.edges(id, Direction::To, relation).await?;
                        next.extend(edges.into_iter().map(|edge| edge.key.from));
                    }
                    let excluded = self.edges(id, Direction::From, Relation::Excludes).await?;
                    next.extend(excluded.into_iter().map(|edge| edge.key.to));
                    // What is contained is given by whoever contains it; its other holders are not concerned.
                }
                Kind::Organization => next.extend(self.users_by(by("within_organization"), concerned).await?),
                Kind::Group => next.extend(self.users_by(by("groups"), concerned).await?),
                Kind::Position => next.extend(self.users_by(by("positions"), concerned).await?),
                Kind::UserType => next.extend(self.users_by(by("user_type"), concerned).await?),
                _ => {}
            }
            open.extend(next.into_iter().filter(|id| seen.insert(*id)));
        }
        Ok(())
    }

    async fn users_by(&self, filter: Predicate, concerned: &mut Concerned) -> Result<Vec<EntityId>, Problem> {
        let mut search = Search::new(Kind::User)
            .filter(filter)
            .limit(MAXIMUM_LIMIT)
            .deleted(Deleted::Exclude);
        let mut users = Vec::new();
        loop {
            let page = self.search(&search).await?;
            users.extend(page.items.iter().map(|record| record.id));
            if users.len() > concerned.limit {
                concerned.complete = false;
                return Ok(users);
            }
            match page.next {
                Some(next) => search = search.cursor(next),
                None => return Ok(users),
            }
        }
    }

    /// What a plan, such as that of a preview, would change in what users may do; at most `limit` users are looked at.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn access_after(&self, plan: &Plan, limit: usize) -> Result<AccessDifference, Problem> {
        let trusted = self.trusted();
        let mut concerned = Concerned::up_to(limit);
        trusted.concern(touched(plan), &mut concerned).await?;
        let users: Vec<EntityId> = match self.restricted() {
            Some(_) => self.visible(concerned.users).await?.into_iter().collect(),
            None => concerned.users.into_iter().collect(),
        };
        let consulted = trusted.consulted(None).await?;
        let mut difference = AccessDifference {
            users: Vec::new(),
            examined: users.len(),
            complete: concerned.complete,
        };
        for part in users.chunks(200) {
            let pairs = consulted
                .ask_mut(|world, now| world.rights_around(part, &plan.changes, now))
                .await?;
            for (user, (before, after)) in part.iter().zip(pairs) {
                difference.users.extend(compare(*user, before, after));
            }
        }
        Ok(difference)
    }

    /// What is different in what users may do between two states: of these users everything, windows that opened or
    /// closed by themselves included; without users, of everybody whom the commits between the states can concern.
    ///
    /// # Errors
    /// [`Code::Denied`](crate::wire::Code::Denied) unless the actor may audit the realm; [`Code::Revision`](crate::wire::Code::Revision) when a state lies in the future.
    pub async fn access_difference(
        &self,
        from: At,
        to: At,
        users: Option<Vec<EntityId>>,
        limit: usize,
    ) -> Result<AccessDifference, Problem> {
        self.require_on_realm("audit").await?;
        let trusted = self.trusted();
        let (old, new) = (trusted.clone().as_of(from), trusted.clone().as_of(to));
        let (users, complete) = match users {
            Some(users) => (users, true),
            None => {
                let things = trusted.things_between(from, to).await?;
                let mut concerned = Concerned::up_to(limit);
                old.concern(things.clone(), &mut concerned).await?;
                new.concern(things, &mut concerned).await?;
                (concerned.users.into_iter().collect(), concerned.complete)
            }
        };
        let mut difference = AccessDifference {
            users: Vec::new(),
            examined: users.len(),
            complete,
        };
        let (old, new) = (old.consulted(None).await?, new.consulted(None).await?);
        for part in users.chunks(200) {
            let (before, after) = (rights(&old, part).await?, rights(&new, part).await?);
            for ((user, before), after) in part.iter().zip(before).zip(after) {
                difference.users.extend(compare(*user, before, after));
            }
        }
        Ok(difference)
    }

    async fn things_between(&self, from: At, to: At) -> Result<BTreeSet<EntityId>, Problem> {
        let stable = self.storage().standing().await?.stable;
        let mut revisions = [stable; 2];
        for (place, at) in revisions.iter_mut().zip([from, to]) {
            *place = revision_at(self.storage(), self.realm, at)
                .await?
                .unwrap_or(stable);
        }
        let [one, other]: [Revision; 2] = revisions;
        let (low, high) = (one.min(other), one.max(other));
        let mut things = BTreeSet::new();
        let mut place = (low, u32::MAX);
        loop {
            let query = HistoryQuery {
                realm: Some(self.realm),
                subjects: Subjects::All,
                after: Some(place),
                until: Some(high),
                newest_first: false,
                limit: 10_000,
            };
            let page = self.storage().history(&query).await?;
            let Some(last) = page.last() else {
                return Ok(things);
            };
            place = (last.revision, last.ordinal);
            things.extend(page.iter().map(|recorded| recorded.entry.subject));
        }
    }

    /// Looks for access that is probably not meant so: roles that nobody can hold, rights that nobody has, privileges that
    /// contradict, exclusions that inheritance gets around, administrators who could become owners.
    ///
    /// # Errors
    /// [`Code::Denied`](crate::wire::Code::Denied) unless the actor may audit the realm.
    pub async fn access_doctor(&self) -> Result<Vec<AccessFinding>, Problem> {
        self.require_on_realm("audit").await?;
        let trusted = self.trusted();
        let consulted = trusted.consulted(None).await?;
        let mut findings = consulted.ask(|world, _| Ok(world.examine_roles())).await?;
        let roles = consulted.ask(|world, _| Ok(world.role_ids())).await?;
        let sets = roles.iter().flat_map(|role| {
            [
                (Direction::To, Relation::HasRole),
                (Direction::From, Relation::IncludesRole),
                (Direction::From, Relation::Excludes),
            ]
            .map(|(direction, relation)| EdgesOf {
                id: *role,
                direction,
                relation,
            })
        });
        let sets: Vec<EdgesOf> = sets.collect();
        let mut keys: BTreeSet<EdgeKey> = BTreeSet::new();
        for part in sets.chunks(1_000) {
            let found = trusted.edges_of(part.iter().copied()).await?;
            keys.extend(found.into_values().flatten().map(|edge| edge.key));
        }
        let mut reached: BTreeSet<EntityId> = keys
            .iter()
            .filter(|key| key.relation == Relation::HasRole)
            .map(|key| key.to)
            .collect();
        let mut open: Vec<EntityId> = reached.iter().copied().collect();
        while let Some(role) = open.pop() {
            for key in keys
                .iter()
                .filter(|key| key.relation == Relation::IncludesRole && key.from == role)
            {
                if reached.insert(key.to) {
                    open.push(key.to);
                }
            }
        }
        for role in roles.iter().filter(|role| !reached.contains(role)) {
            findings.push(AccessFinding {
                check: "access.role_unreachable".to_owned(),
                subjects: vec![*role],
                message: "nobody holds the role, and no role that is held contains it".to_owned(),
            });
        }
        findings.extend(
            consulted
                .ask(|world, _| Ok(world.unheld_rights(&reached)))
                .await?,
        );
        trusted.exclusions(&keys, &mut findings).await?;
        trusted.climbing(&mut findings).await?;
        findings.sort();
        findings.dedup();
        Ok(findings)
    }

    /// Exclusions that somebody's roles meet in spite of everything: by groups, organizations, contained roles.
    async fn exclusions(
        &self,
        keys: &BTreeSet<EdgeKey>,
        findings: &mut Vec<AccessFinding>,
    ) -> Result<(), Problem> {
        for key in keys.iter().filter(|key| key.relation == Relation::Excludes) {
            let mut holders = [Concerned::up_to(10_000), Concerned::up_to(10_000)];
            for (role, concerned) in [key.from, key.to].into_iter().zip(&mut holders) {
                let mut open: BTreeSet<EntityId> = BTreeSet::from([role]);
                let mut things = BTreeSet::new();
                while let Some(role) = open.pop_first() {
                    things.extend(
                        keys.iter()
                            .filter(|key| key.relation == Relation::HasRole && key.to == role)
                            .map(|key| key.from),
                    );
                    open.extend(
                        keys.iter()
                            .filter(|key| key.relation == Relation::IncludesRole && key.to == role)
                            .map(|key| key.from),
                    );
                }
                self.concern(things, concerned).await?;
            }
            let [winners, losers] = holders;
            let both: Vec<EntityId> = winners.users.intersection(&losers.users).copied().collect();
            if !both.is_empty() {
                findings.push(AccessFinding {
                    check: "access.exclusion_met".to_owned(),
                    message: format!(
                        "{} users hold both roles; the second is not in effect for them",
                        both.len()
                    ),
                    subjects: [key.from, key.to]
                        .into_iter()
                        .chain(both.into_iter().take(100))
                        .collect(),
                });
            }
        }
        Ok(())
    }

    /// Administrators who could make themselves owners.
    async fn climbing(&self, findings: &mut Vec<AccessFinding>) -> Result<(), Problem> {
        let organizations: Vec<EntityId> = self
            .all(Kind::Organization, Predicate::All)
            .await?
            .iter()
            .map(|record| record.id)
            .collect();
        let consulted = self.consulted(None).await?;
        for part in organizations.chunks(1_000) {
            let sets = part.iter().map(|id| EdgesOf {
                id: *id,
                direction: Direction::To,
                relation: Relation::Administers,
            });
            for edge in self.edges_of(sets).await?.into_values().flatten() {
                let EdgeKey { from, to, .. } = edge.key;
                let able = consulted
                    .ask(|world, now| world.can(from, "own", &On::Record(to), now))
                    .await?;
                if able {
                    findings.push(AccessFinding {
                        check: "access.administrator_could_own".to_owned(),
                        subjects: vec![from, to],
                        message: "the administrator may change who owns the organization".to_owned(),
                    });
                }
            }
        }
        Ok(())
    }
}

async fn rights(consulted: &Consulted<'_>, users: &[EntityId]) -> Result<Vec<Vec<Right>>, Problem> {
    consulted
        .ask(|world, now| world.all_missing(users, |user| world.rights_of(user, now)))
        .await
}

/// What a plan touches.
fn touched(plan: &Plan) -> BTreeSet<EntityId> {
    plan.changes.iter().filter_map(Change::subject).collect()
}

/// Rights without the path on which they come: another path to the same right is no difference.
fn compare(user: EntityId, before: Vec<Right>, after: Vec<Right>) -> Option<UserAccessDifference> {
    let same = |a: &Right, b: &Right| {
        (
            a.source,
            a.effect,
            &a.kind,
            &a.actions,
            &a.attributes,
            &a.within,
            &a.target,
        ) == (
            b.source,
            b.effect,
            &b.kind,
            &b.actions,
            &b.attributes,
            &b.within,
            &b.target,
        )
    };
    let without = |list: &[Right], other: &[Right]| -> Vec<Right> {
        let mut left: Vec<Right> = Vec::new();
        for right in list {
            if !other.iter().any(|other| same(right, other)) && !left.iter().any(|other| same(right, other)) {
                left.push(right.clone());
            }
        }
        left
    };
    let (gained, lost) = (without(&after, &before), without(&before, &after));
    (!gained.is_empty() || !lost.is_empty()).then_some(UserAccessDifference { user, gained, lost })
}
