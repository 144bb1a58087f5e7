//! Members of dynamic roles and groups, in steps: after a rule changed, when time passes, and beforehand for those who
//! want to look.

use serde::{Deserialize, Serialize};

use std::collections::BTreeSet;

use super::{
    Acting,
    driver::{self, BatchMode},
};
use crate::{
    command::{ApplyRule, Command},
    model::{EntityId, Kind},
    plan::{Plan, Schema},
    query::Filter,
    rules::Rule,
    search::{Predicate, Search},
    wire::Problem,
};

/// Members looked at in one commit.
const PART: u32 = 500;

/// Who would come and go if a role or group had another condition.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct RuleDifference {
    /// How many would be selected who are not members by rule now.
    pub gainers: u64,
    /// How many members by rule would not be selected.
    pub losers: u64,
    /// The first gainers, by identifier.
    pub first_gainers: Vec<EntityId>,
    /// The first losers, by identifier.
    pub first_losers: Vec<EntityId>,
}

impl Acting<'_> {
    /// Who would come and go if a role or group had this condition: two searches, whatever the number of members.
    ///
    /// # Errors
    /// When the condition is wrong, the actor may not audit the realm, or the storage fails.
    pub async fn rule_difference(
        &self,
        owner: EntityId,
        selects: Kind,
        condition: &Filter,
    ) -> Result<RuleDifference, Problem> {
        self.require_on_realm("audit").await?;
        let schema = self.shared.reload_schema(self.storage(), self.realm).await?;
        let rule = Rule::compile(&schema, owner, selects, condition)?;
        let now = self.shared.host.clock.now();
        let (gainers, first_gainers) = self.first(&schema, selects, rule.gainers(&schema, now)).await?;
        let (losers, first_losers) = self.first(&schema, selects, rule.losers(&schema, now)).await?;
        Ok(RuleDifference {
            gainers,
            losers,
            first_gainers,
            first_losers,
        })
    }

    async fn first(
        &self,
        schema: &Schema,
        kind: Kind,
        filter: Predicate,
    ) -> Result<(u64, Vec<EntityId>), Problem> {
        let now = self.shared.host.clock.now();
        let search = Search::new(kind).filter(filter).total(true);
        let page = driver::selected(self.storage(), schema, self.realm, now, &search).await?;
        let ids = page.items.iter().map(|record| record.id).collect();
        Ok((page.total.unwrap_or_default(), ids))
    }

    /// Moves the members of the rules that a committed plan changed.
    pub(super) async fn apply_rules_after(&self, plan: &Plan) -> Result<Vec<String>, Problem> {
        let mut remarks = Vec::new();
        let effects = plan.effects.iter().filter(|effect| effect.name == "rule.apply");
        for effect in effects {
            let schema = self.shared.schema(self.storage(), self.realm).await?;
            let moved = self.apply_rule(&schema, effect.subject).await?;
            if moved > 0 {
                remarks.push(format!(
                    "{moved} members of {} came or went after the commit",
                    effect.subject
                ));
            }
        }
        Ok(remarks)
    }

    /// Brings rules into line that time can change, or whose change was interrupted.
    pub(super) async fn apply_due_rules(&self) -> Result<usize, Problem> {
        let due = Predicate::eq("timed", true).or(Predicate::eq("pending", true));
        let mut search = Search::new(Kind::Rule).filter(due);
        let mut moved = 0;
        loop {
            let page = self.search(&search).await?;
            for record in &page.items {
                if let Some(owner) = record.reference("owner") {
                    let schema = self.shared.schema(self.storage(), self.realm).await?;
                    moved += self.apply_rule(&schema, owner).await?;
                }
            }
            match page.next {
                Some(next) => search = search.cursor(next),
                None => return Ok(moved),
            }
        }
    }

    /// Moves gainers and losers of one rule; of a rule that is gone, everybody it selected.
    async fn apply_rule(&self, schema: &Schema, owner: EntityId) -> Result<usize, Problem> {
        let now = self.shared.host.clock.now();
        let rule = schema.rule_of(owner).cloned();
        let mark = match owner.kind {
            Kind::Group => "groups_by_rule",
            _ => "roles_by_rule",
        };
        let kinds: &[Kind] = match owner.kind {
            Kind::Group => &[Kind::User, Kind::Organization, Kind::Position],
            _ => &[Kind::User, Kind::Device],
        };
        let steps = self.clone().in_some_change_set();
        let mut moved = 0;
        for kind in kinds {
            match rule.as_deref().filter(|rule| rule.selects == *kind) {
                Some(rule) => {
                    moved += steps
                        .apply_to(schema, owner, *kind, rule.losers(schema, now))
                        .await?;
                    moved += steps
                        .apply_to(schema, owner, *kind, rule.gainers(schema, now))
                        .await?;
                }
                None => {
                    moved += steps
                        .apply_to(schema, owner, *kind, Predicate::eq(mark, owner))
                        .await?
                }
            }
        }
        if self
            .find(Rule::id(owner))
            .await?
            .is_some_and(|rule| rule.flag("pending"))
        {
            let done = ApplyRule {
                owner,
                subjects: BTreeSet::new(),
                complete: true,
            };
            steps.batch(&[done.into()], BatchMode::Each).await?;
        }
        Ok(moved)
    }

    async fn apply_to(
        &self,
        schema: &Schema,
        owner: EntityId,
        kind: Kind,
        filter: Predicate,
    ) -> Result<usize, Problem> {
        let mut search = Search::new(kind).filter(filter).limit(PART);
        let mut moved = 0;
        loop {
            let now = self.shared.host.clock.now();
            let page = driver::selected(self.storage(), schema, self.realm, now, &search).await?;
            let subjects: BTreeSet<EntityId> = page.items.iter().map(|record| record.id).collect();
            if !subjects.is_empty() {
                let command: Command = ApplyRule {
                    owner,
                    subjects,
                    complete: false,
                }
                .into();
                let outcome = self.batch(&[command], BatchMode::Each).await?;
                moved += outcome.changes().len();
            }
            match page.next {
                Some(next) => search = search.cursor(next),
                None => return Ok(moved),
            }
        }
    }
}
