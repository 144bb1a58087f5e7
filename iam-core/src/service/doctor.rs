//! The doctor: looks at everything that is derived and says where it does not agree with what it is derived from.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Acting, driver, evidence::Evidence, history::PAGE};
use crate::{
    model::{EdgeOrigin, EntityId, Kind, Moment, Record, Relation},
    plan::{ClaimKey, Schema},
    port::{Inspected, Inspection},
    rules::doctor::{Finding, claims_expected, closure_expected, headcounts_expected, keys_expected},
    search::Search,
    wire::Problem,
};

/// What the doctor found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Diagnosis {
    /// Records that were looked at.
    pub records: u64,
    /// Unique names that were looked at.
    pub claims: u64,
    /// Edges that were looked at.
    pub edges: u64,
    /// Pairs of the tree's closure that were looked at.
    pub closure: u64,
    /// Journal entries that were looked at.
    #[serde(default)]
    pub journal: u64,
    /// Sealed rows of the audit trail that were looked at, those of the whole storage.
    #[serde(default)]
    pub sealed: u64,
    /// Everything that is not as it should be; empty: healthy.
    pub findings: Vec<Finding>,
}

impl Diagnosis {
    /// Whether everything agrees.
    pub fn is_healthy(&self) -> bool {
        self.findings.is_empty()
    }
}

/// How often the doctor looks again, where others write while it looks.
const LOOKS: usize = 4;

impl Acting<'_> {
    /// Examines the realm: claims, edges, closure and search keys against the records, all of it against the journal,
    /// and audit trail and journal against the chain. Reads everything once, page by page; holds identifiers in memory.
    ///
    /// Others may write meanwhile: then what was found is looked for again, and counts when it is found every time. That
    /// the chain is still the one that was published says [`super::Iam::verify_chain`].
    ///
    /// # Errors
    /// When the storage fails; what is wrong with the data is not an error but the answer.
    pub async fn doctor(&self) -> Result<Diagnosis, Problem> {
        self.require_on_realm("audit").await?;
        let mut suspected: Option<Vec<Finding>> = None;
        let mut looks = 0;
        loop {
            let before = self.storage().standing().await?.latest;
            let mut diagnosis = self.examine().await?;
            let quiet = self.storage().standing().await?.latest == before;
            looks += 1;
            if quiet || diagnosis.is_healthy() {
                return Ok(diagnosis);
            }
            if let Some(suspected) = &suspected {
                diagnosis.findings.retain(|finding| suspected.contains(finding));
            }
            if looks == LOOKS || diagnosis.is_healthy() {
                return Ok(diagnosis);
            }
            suspected = Some(diagnosis.findings);
        }
    }

    async fn examine(&self) -> Result<Diagnosis, Problem> {
        let schema = self.shared.reload_schema(self.storage(), self.realm).await?;
        let mut diagnosis = Diagnosis::default();
        let mut live: BTreeMap<EntityId, bool> = BTreeMap::new();
        let mut parents: BTreeMap<EntityId, Option<EntityId>> = BTreeMap::new();
        let mut names: BTreeMap<ClaimKey, EntityId> = BTreeMap::new();
        let mut evidence = Evidence::default();
        for kind in Kind::ALL
            .iter()
            .copied()
            .filter(|kind| !matches!(kind, Kind::ChangeSet | Kind::Command))
        {
            let findings = &mut diagnosis.findings;
            let count = &mut diagnosis.records;
            self.pieces(Inspection::Records(kind), |piece| {
                if let Inspected::Record { record, keys } = piece {
                    *count += 1;
                    live.insert(record.id, !record.is_deleted());
                    evidence.record(&record);
                    if kind == Kind::Organization {
                        parents.insert(record.id, record.reference("parent"));
                    }
                    check_record(&schema, &record, &keys, &mut names, findings);
                }
            })
            .await?;
        }
        let findings = &mut diagnosis.findings;
        let mut open = names;
        let count = &mut diagnosis.claims;
        self.pieces(Inspection::Claims, |piece| {
            if let Inspected::Claim { key, holder } = piece {
                *count += 1;
                if open.remove(&key) != Some(holder) {
                    findings.push(Finding::new(
                        "claim.unfounded",
                        holder,
                        format!("holds {key:?} without having the value"),
                    ));
                }
            }
        })
        .await?;
        for (key, holder) in open {
            // Names of realms are kept across realms.
            if key.kind != Kind::Realm {
                findings.push(Finding::new(
                    "claim.missing",
                    holder,
                    format!("does not hold {key:?}"),
                ));
            }
        }
        let count = &mut diagnosis.edges;
        let mut managers: BTreeMap<EntityId, EntityId> = BTreeMap::new();
        let mut memberships: BTreeMap<EntityId, Vec<EntityId>> = BTreeMap::new();
        let now = self.shared.host.clock.now();
        self.pieces(Inspection::Edges, |piece| {
            if let Inspected::Edge {
                edge,
                from_live,
                to_live,
            } = piece
            {
                *count += 1;
                evidence.edge(&edge);
                for (id, said) in [(edge.key.from, from_live), (edge.key.to, to_live)] {
                    match live.get(&id) {
                        None => findings.push(Finding::new(
                            "edge.dangling",
                            id,
                            format!("{:?} ends nowhere", edge.key),
                        )),
                        Some(is) if *is != said => {
                            findings.push(Finding::new(
                                "edge.liveness",
                                id,
                                format!("{:?} takes it for live: {said}", edge.key),
                            ));
                        }
                        Some(_) => {}
                    }
                }
                if edge.origins.is_empty() {
                    findings.push(Finding::new(
                        "edge.groundless",
                        edge.key.from,
                        format!("{:?} has no origin", edge.key),
                    ));
                }
                if matches!(edge.key.relation, Relation::HasRole | Relation::InGroup)
                    && edge.origins.contains(&EdgeOrigin::Rule)
                    && schema.rule_of(edge.key.to).is_none()
                {
                    findings.push(Finding::new(
                        "rule.gone",
                        edge.key.from,
                        format!("is selected by a rule of {} that does not exist", edge.key.to),
                    ));
                }
                if edge.key.relation == Relation::MemberOf && edge.is_in_effect(now) && from_live && to_live {
                    memberships.entry(edge.key.from).or_default().push(edge.key.to);
                }
                if edge.key.relation == Relation::ReportsTo
                    && managers.insert(edge.key.from, edge.key.to).is_some()
                {
                    findings.push(Finding::new(
                        "manager.several",
                        edge.key.from,
                        "reports to several managers",
                    ));
                }
            }
        })
        .await?;
        findings.extend(manager_circles(&managers));
        findings.extend(self.examine_rules(&schema).await?);
        findings.extend(self.examine_headcounts(&parents, &memberships, now).await?);
        let mut expected = closure_expected(&parents, findings);
        let count = &mut diagnosis.closure;
        self.pieces(Inspection::Closure, |piece| {
            if let Inspected::Closure {
                ancestor,
                descendant,
                depth,
            } = piece
            {
                *count += 1;
                if expected.remove(&(ancestor, descendant)) != Some(depth) {
                    findings.push(Finding::new(
                        "closure.unfounded",
                        descendant,
                        format!("is not {depth} below {ancestor}"),
                    ));
                }
            }
        })
        .await?;
        for ((ancestor, descendant), depth) in expected {
            findings.push(Finding::new(
                "closure.missing",
                descendant,
                format!("is {depth} below {ancestor}"),
            ));
        }
        let (journal, found) = self.examine_journal(evidence).await?;
        diagnosis.findings.extend(found);
        let (sealed, found) = self.examine_chain().await?;
        diagnosis.findings.extend(found);
        (diagnosis.journal, diagnosis.sealed) = (journal, sealed);
        Ok(diagnosis)
    }

    /// Whether everybody is where the conditions of dynamic roles and groups put them: two searches for each. Those that
    /// time can change are looked at by the upkeep.
    async fn examine_rules(&self, schema: &Schema) -> Result<Vec<Finding>, Problem> {
        let mut findings = Vec::new();
        let now = self.shared.host.clock.now();
        for (id, rule) in schema.rules() {
            if rule.timed || self.find(id).await?.is_none_or(|record| record.flag("pending")) {
                continue;
            }
            for (filter, code, message) in [
                (
                    rule.gainers(schema, now),
                    "rule.missing",
                    "is selected by the rule of",
                ),
                (
                    rule.losers(schema, now),
                    "rule.unfounded",
                    "is not selected by the rule of",
                ),
            ] {
                let search = Search::new(rule.selects).filter(filter);
                let page = driver::selected(self.storage(), schema, self.realm, now, &search).await?;
                findings.extend(
                    page.items
                        .iter()
                        .map(|record| Finding::new(code, record.id, format!("{message} {}", rule.owner))),
                );
            }
        }
        Ok(findings)
    }

    /// Whether the numbers that the storage keeps in memory, where it does, are those of the memberships.
    async fn examine_headcounts(
        &self,
        parents: &BTreeMap<EntityId, Option<EntityId>>,
        memberships: &BTreeMap<EntityId, Vec<EntityId>>,
        now: Moment,
    ) -> Result<Vec<Finding>, Problem> {
        let mut findings = Vec::new();
        for kind in Relation::MemberOf.first() {
            let kept = |organization| self.storage().kept_count(self.realm, *kind, organization, now);
            if parents.keys().next().copied().and_then(kept).is_none() {
                continue;
            }
            self.storage().keep_counts(self.realm, *kind, now).await?;
            let expected =
                headcounts_expected(parents, memberships.iter().filter(|(id, _)| id.kind == *kind));
            for organization in parents.keys() {
                let expected = expected.get(organization).copied().unwrap_or_default();
                if let Some(number) = kept(*organization)
                    && number != expected
                {
                    findings.push(Finding::new(
                        "headcount.wrong",
                        *organization,
                        format!("is taken to have {number} of kind {kind}, and has {expected}"),
                    ));
                }
            }
        }
        Ok(findings)
    }

    async fn pieces(&self, inspection: Inspection, mut each: impl FnMut(Inspected)) -> Result<(), Problem> {
        let mut after: Option<String> = None;
        loop {
            let page = self
                .storage()
                .inspect(self.realm, inspection, after.as_deref(), PAGE)
                .await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.place());
            page.into_iter().for_each(&mut each);
        }
    }
}

fn check_record(
    schema: &Schema,
    record: &Record,
    keys: &[(String, String)],
    names: &mut BTreeMap<ClaimKey, EntityId>,
    findings: &mut Vec<Finding>,
) {
    for key in claims_expected(schema, record) {
        if let Some(other) = names.insert(key.clone(), record.id) {
            findings.push(Finding::new(
                "claim.double",
                record.id,
                format!("shares {key:?} with {other}"),
            ));
        }
    }
    let found: BTreeSet<(&str, &str)> = keys
        .iter()
        .map(|(name, key)| (name.as_str(), key.as_str()))
        .collect();
    for (name, key) in keys_expected(schema, record) {
        if !found.contains(&(name.as_str(), key.as_str())) {
            findings.push(Finding::new(
                "index.missing",
                record.id,
                format!("is not found by its `{name}`"),
            ));
        }
    }
    for (name, key) in found {
        let has = record.value(name).is_some_and(|value| {
            value
                .elements()
                .iter()
                .filter_map(|value| value.search_key())
                .any(|own| own == key)
        });
        if !has {
            findings.push(Finding::new(
                "index.unfounded",
                record.id,
                format!("is found by a `{name}` that it does not have"),
            ));
        }
    }
}

/// People who, by way of their managers, report to themselves. Harmless for us, trouble for approvals.
fn manager_circles(managers: &BTreeMap<EntityId, EntityId>) -> Vec<Finding> {
    let mut settled: BTreeSet<EntityId> = BTreeSet::new();
    let mut findings = Vec::new();
    for start in managers.keys() {
        let mut path = Vec::new();
        let mut place = Some(*start);
        while let Some(id) = place.filter(|id| !settled.contains(id)) {
            if path.contains(&id) {
                findings.push(Finding::new(
                    "manager.circle",
                    id,
                    "reports to itself by way of its managers",
                ));
                break;
            }
            path.push(id);
            place = managers.get(&id).copied();
        }
        settled.extend(path);
    }
    findings
}
