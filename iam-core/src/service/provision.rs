//! What roles want in the targets of a person, and how much risk comes with them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Acting;
use crate::{
    command::{When, held},
    model::{EntityId, Kind, Record, Relation, UserId},
    plan::{Direction, Draft, Needs, Plan, Stop},
    rules::{self, MappingSteps, Wanted, wanted, wanted_steps},
    search::{MAXIMUM_LIMIT, Predicate, Search},
    wire::Problem,
};

/// The wanted state of a person's accounts (S2-45 … S2-51).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WantedState {
    /// The provisioning roles in effect.
    pub roles: Vec<EntityId>,
    /// The assignments that they carry.
    pub assignments: Vec<EntityId>,
    /// Mapping → attribute → what is wanted.
    pub wanted: Wanted,
}

/// What somebody holds, with the records.
struct Holdings {
    things: Vec<std::sync::Arc<Record>>,
    assignments: Vec<std::sync::Arc<Record>>,
}

impl Acting<'_> {
    /// What the roles in effect want in the targets of a user now.
    ///
    /// # Errors
    /// When there is no such user, the actor may not audit the realm, or the storage fails.
    pub async fn wanted_state(&self, user: UserId) -> Result<WantedState, Problem> {
        self.require_on_realm("audit").await?;
        let now = self.holdings(user.into(), None).await?;
        let roles = now
            .things
            .iter()
            .filter(|record| record.text("role_type") == "external");
        Ok(WantedState {
            roles: roles.map(|record| record.id).collect(),
            assignments: now.assignments.iter().map(|record| record.id).collect(),
            wanted: wanted(now.assignments.iter().map(AsRef::as_ref)),
        })
    }

    /// What would have to be done in the targets of a user if a plan were carried out: mapping → steps.
    ///
    /// # Errors
    /// When there is no such user, the actor may not audit the realm, or the storage fails.
    pub async fn wanted_after(
        &self,
        user: UserId,
        plan: &Plan,
    ) -> Result<BTreeMap<String, MappingSteps>, Problem> {
        self.require_on_realm("audit").await?;
        let before = self.holdings(user.into(), None).await?;
        let after = self.holdings(user.into(), Some(plan)).await?;
        let of = |holdings: &'_ Holdings| -> Vec<std::sync::Arc<Record>> { holdings.assignments.clone() };
        let (before, after) = (of(&before), of(&after));
        Ok(wanted_steps(
            before.iter().map(AsRef::as_ref),
            after.iter().map(AsRef::as_ref),
        ))
    }

    /// The risk index of a user: the highest of all roles and groups that they have (S4-49); `None` when nothing that
    /// they have has one, or when the calculation is switched off with the feature `risk` (S4-50).
    ///
    /// # Errors
    /// When there is no such user, the actor may not audit the realm, or the storage fails.
    pub async fn risk_index(&self, user: UserId) -> Result<Option<f64>, Problem> {
        self.require_on_realm("audit").await?;
        if self.schema().await?.settings.features_off.contains("risk") {
            return Ok(None);
        }
        let now = self.holdings(user.into(), None).await?;
        Ok(rules::risk(now.things.iter().map(AsRef::as_ref)))
    }

    /// The administrators of the platform, apart from all other users: whoever was given a role that is `administrative`,
    /// by hand or by its condition (S2-5).
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn platform_administrators(&self) -> Result<Vec<std::sync::Arc<Record>>, Problem> {
        let mut roles = Vec::new();
        self.each_record(
            Search::new(Kind::Role).filter(Predicate::eq("administrative", true)),
            &mut roles,
        )
        .await?;
        let ids: Vec<EntityId> = roles.iter().map(|role| role.id).collect();
        let mut found = Vec::new();
        if !ids.is_empty() {
            let search = Search::new(Kind::User).filter(Predicate::any_of("roles", ids));
            self.each_record(search, &mut found).await?;
        }
        Ok(found)
    }

    async fn each_record(
        &self,
        mut search: Search,
        found: &mut Vec<std::sync::Arc<Record>>,
    ) -> Result<(), Problem> {
        search = search.limit(MAXIMUM_LIMIT);
        loop {
            let page = self.search(&search).await?;
            found.extend(page.items);
            match page.next {
                Some(next) => search = search.cursor(next),
                None => return Ok(()),
            }
        }
    }

    async fn holdings(&self, user: EntityId, base: Option<&Plan>) -> Result<Holdings, Problem> {
        let mut needs = Needs::default();
        needs.record(user);
        self.consult(needs, base, |draft| read(draft, user)).await
    }
}

/// Reads on a draft; nothing is written.
fn read(draft: &mut Draft<'_>, user: EntityId) -> Result<Holdings, Stop> {
    draft.live(user)?;
    let now = draft.context.now;
    let held = held(draft, user, When::At(now))?;
    let roles: Vec<EntityId> = held
        .roles
        .iter()
        .filter(|role| !held.excluded.contains_key(role))
        .copied()
        .collect();
    let mut needs = Needs::default();
    for role in &roles {
        needs
            .record(*role)
            .edges(*role, Direction::From, Relation::Carries);
    }
    draft.need(needs)?;
    let mut carried = std::collections::BTreeSet::new();
    let mut things = Vec::new();
    for role in roles {
        things.extend(draft.record(role)?);
        for edge in draft.edges(role, Direction::From, Relation::Carries)? {
            carried.insert(edge.key.to);
        }
    }
    let mut needs = Needs::default();
    needs.records.extend(carried.iter().chain(&held.groups).copied());
    draft.need(needs)?;
    for group in &held.groups {
        things.extend(draft.record(*group)?);
    }
    let mut assignments = Vec::new();
    for id in carried {
        assignments.extend(draft.record(id)?);
    }
    Ok(Holdings { things, assignments })
}
