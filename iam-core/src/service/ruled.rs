//! Members of dynamic roles and groups, in steps: after a rule changed, when time passes, and beforehand for those who
//! want to look.

use serde::{Deserialize, Serialize};

use std::{collections::BTreeSet, ops::Bound, sync::Arc};

use super::{
    Acting,
    driver::{self, BatchMode, Done},
};
use crate::{
    command::{ApplyRule, Command},
    model::{EntityId, Kind, Record},
    plan::{Change, Guard, Plan, Schema},
    query::Filter,
    rules::Rule,
    search::{Checked, Predicate, Search, Test},
    wire::Problem,
};

/// Members found by one search: each goes through all whom the condition selects.
const PAGE: usize = 10_000;
/// Members moved in one commit, which holds them all in memory, some three kilobytes each, as does the one that is decided
/// meanwhile.
const PART: usize = 2_500;

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

    /// Moves the members of the rules that a committed plan changed, and notes in one commit that this is done.
    pub(super) async fn apply_rules_after(&self, done: &Done) -> Result<Vec<String>, Problem> {
        let plan = &done.decided.plan;
        let alone = plan
            .guards
            .iter()
            .any(|guard| matches!(guard, Guard::Latest { .. }));
        let mut remarks = Vec::new();
        let mut finished = BTreeSet::new();
        let steps = self.clone().in_some_change_set();
        let effects = plan.effects.iter().filter(|effect| effect.name == "rule.apply");
        for owner in effects.map(|effect| effect.subject).collect::<BTreeSet<_>>() {
            let schema = self.shared.schema(self.storage(), self.realm).await?;
            let (kinds, pending) = changed_rule(plan, owner);
            // What the plan moved is right for whoever did not change while it was decided.
            let exact = schema.rule_of(owner).is_none_or(|rule| !rule.timed) && !is_removed(plan, owner);
            let meanwhile = match (done.decided.matched_at.filter(|_| exact), done.revision) {
                (Some(from), Some(to)) => Some((from, to.0)),
                _ => None,
            };
            let nobody = meanwhile.is_some_and(|(from, to)| from + 1 >= to) || (exact && alone && !pending);
            let moved = match nobody {
                true => 0,
                false => steps.move_members(&schema, owner, &kinds, meanwhile).await?,
            };
            if moved > 0 {
                remarks.push(format!(
                    "{moved} members of {owner} came or went after the commit"
                ));
            }
            if pending {
                finished.insert(owner);
            }
        }
        steps.note_done(finished).await?;
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
        let steps = self.clone().in_some_change_set();
        let moved = steps.move_members(schema, owner, selectable(owner), None).await?;
        let rule = self.find(Rule::id(owner)).await?;
        if rule.is_some_and(|rule| rule.flag("pending")) {
            steps.note_done(BTreeSet::from([owner])).await?;
        }
        Ok(moved)
    }

    /// Moves gainers and losers of one rule among some kinds; of those alone who changed between two revisions, where that
    /// is enough.
    async fn move_members(
        &self,
        schema: &Schema,
        owner: EntityId,
        kinds: &[Kind],
        meanwhile: Option<(u64, u64)>,
    ) -> Result<usize, Problem> {
        let now = self.shared.host.clock.now();
        let rule = schema.rule_of(owner).cloned();
        let mark = match owner.kind {
            Kind::Group => "groups_by_rule",
            _ => "roles_by_rule",
        };
        let mut moved = 0;
        for kind in kinds {
            let filters = match rule.as_deref().filter(|rule| rule.selects == *kind) {
                Some(rule) => vec![rule.losers(schema, now), rule.gainers(schema, now)],
                None => vec![Predicate::eq(mark, owner)],
            };
            for filter in filters {
                moved += self.apply_to(schema, owner, *kind, filter, meanwhile).await?;
            }
        }
        Ok(moved)
    }

    /// Notes that everybody was looked at.
    async fn note_done(&self, owners: BTreeSet<EntityId>) -> Result<(), Problem> {
        let done = owners.into_iter().map(|owner| ApplyRule {
            owner,
            subjects: BTreeSet::new(),
            complete: true,
        });
        let done: Vec<Command> = done.map(Command::from).collect();
        for part in done.chunks(self.shared.limits.commands.max(1)) {
            self.batch(part, BatchMode::Each).await?;
        }
        Ok(())
    }

    async fn apply_to(
        &self,
        schema: &Schema,
        owner: EntityId,
        kind: Kind,
        filter: Predicate,
        meanwhile: Option<(u64, u64)>,
    ) -> Result<usize, Problem> {
        // A member is a change, and so is the note in its rule.
        let most = self.shared.limits.changes.saturating_sub(1).max(1);
        let limit = u32::try_from(PAGE.min(most)).unwrap_or(u32::MAX);
        let mut batches = self.batches(BatchMode::Each);
        let mut search = Search::new(kind).filter(filter);
        let mut moved = 0;
        let changed = meanwhile.map_or(Checked::All, |(from, to)| Checked::Leaf {
            attribute: "revision".to_owned(),
            derived: false,
            multiple: false,
            test: Test::Range {
                lower: Bound::Excluded(format!("{from:020}")),
                upper: Bound::Excluded(format!("{to:020}")),
            },
        });
        loop {
            let now = self.shared.host.clock.now();
            let found =
                driver::selected_among(self.storage(), schema, self.realm, now, &search, &changed, limit);
            let page = batches.beside(found).await?;
            for part in page.items.chunks(PART.min(most)) {
                let command = ApplyRule {
                    owner,
                    subjects: part.iter().map(|record| record.id).collect(),
                    complete: false,
                };
                let before = batches.push_knowing(vec![command.into()], part.to_vec()).await?;
                moved += before.map_or(0, |outcome| outcome.changes().len());
            }
            match page.next {
                Some(next) => search = search.cursor(next),
                None => {
                    let last = batches.finish().await?;
                    return Ok(moved + last.map_or(0, |outcome| outcome.changes().len()));
                }
            }
        }
    }
}

/// The kinds of which a role or group may select members.
fn selectable(owner: EntityId) -> &'static [Kind] {
    match owner.kind {
        Kind::Group => &[Kind::User, Kind::Organization, Kind::Position],
        _ => &[Kind::User, Kind::Device],
    }
}

/// Whether a plan removes a record: then nobody was asked whom it selects.
fn is_removed(plan: &Plan, id: EntityId) -> bool {
    plan.changes
        .iter()
        .any(|change| matches!(change, Change::Record { after: None, .. }) && change.subject() == Some(id))
}

/// The kinds that a rule selected before a plan or selects after it, and whether the plan left it to be applied.
fn changed_rule(plan: &Plan, owner: EntityId) -> (Vec<Kind>, bool) {
    let id = Rule::id(owner);
    for change in &plan.changes {
        let Change::Record { before, after, .. } = change else {
            continue;
        };
        if change.subject() == Some(id) {
            let pending = |rule: &Option<Arc<Record>>| rule.as_ref().is_some_and(|rule| rule.flag("pending"));
            let rules = [before, after].map(|record| record.as_deref().and_then(Rule::stored));
            let kinds = match pending(before) {
                // What an earlier change asked for may not be done yet.
                true => selectable(owner).to_vec(),
                false => rules.into_iter().flatten().map(|rule| rule.selects).collect(),
            };
            let kinds: BTreeSet<Kind> = kinds.into_iter().collect();
            return (kinds.into_iter().collect(), pending(after));
        }
    }
    (selectable(owner).to_vec(), false)
}
