//! Policies: which there are, and which counts for whom.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{AttributeChanges, Decide, names_in, profile, provenance, schema_epoch::touch_schema};
use crate::{
    model::{EntityId, Kind, PolicyId, Record, Relation, UserId, Value},
    plan::{Cause, Direction, Draft, EdgesOf, Needs, Schema, Stop},
    rules::policy::{EffectivePolicy, PolicyParts, lint},
    wire::{Code, FieldProblem, Problem},
};

/// Creates a policy for the whole realm, or for the organizations, user types, groups and users that it is attached to
/// (S4-44). Of several policies the strictest counts, rule by rule.
///
/// ```
/// use iam_core::command::CreatePolicy;
///
/// let command: CreatePolicy = serde_json::from_str(r#"{
///     "attributes": {"name": "Administrators"},
///     "rules": {"password": {"minimum_length": 20}, "factor": {"required": true}}
/// }"#)?;
/// assert_eq!(command.rules.password.minimum_length, Some(20));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreatePolicy {
    /// An identifier brought along; drawn when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<PolicyId>,
    /// `name` and `description`.
    pub attributes: AttributeChanges,
    /// To whom it applies: organizations with everything below them, user types, groups with everything in them, users.
    /// Empty: to everybody in the realm.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub applies_to: BTreeSet<EntityId>,
    /// What it says.
    #[serde(default)]
    pub rules: PolicyParts,
}

/// Changes a policy. Passwords that were set before stay as they are until they are set again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdatePolicy {
    /// The policy.
    pub policy: PolicyId,
    /// New values of `name` and `description`.
    #[serde(default, skip_serializing_if = "AttributeChanges::is_empty")]
    pub attributes: AttributeChanges,
    /// To whom it applies from now on; as before when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applies_to: Option<BTreeSet<EntityId>>,
    /// What it says from now on, all of it; as before when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<PolicyParts>,
}

/// Deletes a policy; the others, and the defaults, count from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeletePolicy {
    /// The policy.
    pub policy: PolicyId,
}

attribute_setters!(CreatePolicy UpdatePolicy);

/// The most places a policy may be attached to.
const MAXIMUM_PLACES: usize = 1_000;

impl Decide for CreatePolicy {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::Policy, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.records.extend(self.id.map(EntityId::from));
        needs.records.extend(&self.applies_to);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        super::declared(self, draft)?;
        provenance::refuse_source(draft, Kind::Policy, true)?;
        let id = provenance::new_id(draft, Kind::Policy, self.id)?;
        let record = Record::new(id);
        draft.subject(id);
        write(
            draft,
            record,
            &self.attributes,
            Some(&self.applies_to),
            Some(&self.rules),
            true,
        )?;
        draft.event("policy.created", id, []);
        Ok(())
    }
}

impl Decide for UpdatePolicy {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::Policy, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.record(self.policy);
        needs.records.extend(self.applies_to.iter().flatten());
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        super::declared(self, draft)?;
        let record = (*draft.live(self.policy)?).clone();
        draft.subject(self.policy);
        let changed = write(
            draft,
            record,
            &self.attributes,
            self.applies_to.as_ref(),
            self.rules.as_ref(),
            false,
        )?;
        if changed {
            draft.event("policy.updated", self.policy, []);
        }
        Ok(())
    }
}

impl Decide for DeletePolicy {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.policy);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        draft.live(self.policy)?;
        draft.subject(self.policy);
        draft.remove(self.policy, Cause::Requested)?;
        touch_schema(draft)?;
        draft.event("policy.deleted", self.policy, []);
        Ok(())
    }
}

/// Anything as a stored value.
pub(crate) fn value(of: &impl Serialize) -> Result<Value, Stop> {
    serde_json::to_value(of)
        .and_then(crate::model::from_json)
        .map_err(|error| {
            Problem::new(Code::Malformed, "a rule cannot be written")
                .caused_by(error)
                .into()
        })
}

fn write(
    draft: &mut Draft<'_>,
    mut record: Record,
    attributes: &AttributeChanges,
    applies_to: Option<&BTreeSet<EntityId>>,
    rules: Option<&PolicyParts>,
    creating: bool,
) -> Result<bool, Stop> {
    let mut problems = Vec::new();
    let mut remarks = Vec::new();
    if let Some(places) = applies_to {
        problems.extend(place_problems(draft, places)?);
        let places = places.iter().map(|id| Value::from(*id)).collect();
        record.set("applies_to", Some(Value::List(places)));
    }
    if let Some(rules) = rules {
        let own = (PolicyId(record.id.uuid), rules.clone());
        let (errors, warnings) = lint(&EffectivePolicy::of([own.clone()]));
        remarks.extend(warnings);
        if errors.is_empty() {
            problems.extend(clashes(draft.schema, &own)?);
        }
        problems.extend(errors);
        problems.extend(rule_problems(draft.schema, rules));
        let Value::Object(parts) = value(rules)? else {
            return Err(Problem::new(Code::Malformed, "the rules are not a structure").into());
        };
        for name in crate::rules::policy::PARTS.into_iter().chain(["targets"]) {
            let part = parts.get(name).cloned();
            let empty = matches!(&part, Some(Value::Object(map)) if map.is_empty());
            record.set(name, part.filter(|_| !empty));
        }
    }
    let changed = profile::write_checked(draft, record, attributes, creating, problems)?;
    if changed {
        touch_schema(draft)?;
    }
    for warning in remarks {
        draft.remark(format!("{}: {}", warning.field, warning.message));
    }
    Ok(changed)
}

/// What is left when a policy meets the others: with each of them alone, and with all that apply to everybody.
fn clashes(schema: &Schema, own: &(PolicyId, PolicyParts)) -> Result<Vec<FieldProblem>, Problem> {
    let mut everybody = vec![own.clone()];
    for record in schema
        .records(Kind::Policy)
        .filter(|record| record.id.uuid != own.0.0)
    {
        let other = (PolicyId(record.id.uuid), PolicyParts::of(record)?);
        let (errors, _) = lint(&EffectivePolicy::of([own.clone(), other.clone()]));
        if let Some(error) = errors.into_iter().next() {
            let message = format!(
                "together with the policy “{}”: {}",
                record.text("name"),
                error.message
            );
            return Ok(vec![FieldProblem { message, ..error }]);
        }
        if record.value("applies_to").is_none() {
            everybody.push(other);
        }
    }
    Ok(lint(&EffectivePolicy::of(everybody)).0)
}

fn place_problems(draft: &mut Draft<'_>, places: &BTreeSet<EntityId>) -> Result<Vec<FieldProblem>, Stop> {
    let mut problems = Vec::new();
    if places.len() > MAXIMUM_PLACES {
        let message = format!("at most {MAXIMUM_PLACES}; use a group");
        problems.push(FieldProblem::new("applies_to", "value.too_many", message));
        return Ok(problems);
    }
    for id in places {
        let fits = matches!(
            id.kind,
            Kind::Realm | Kind::Organization | Kind::UserType | Kind::Group | Kind::User
        );
        let found = if fits {
            draft.live(*id)
        } else {
            Err(Problem::new(Code::Relation, "").into())
        };
        match found {
            Ok(_) => {}
            Err(Stop::Refused(problem)) => {
                let message = match problem.message.as_str() {
                    "" => format!("a policy cannot be attached to {}", id.kind.with_article()),
                    text => text.to_owned(),
                };
                problems.push(FieldProblem::new("applies_to", problem.code.name(), message));
            }
            Err(stop) => return Err(stop),
        }
    }
    Ok(problems)
}

/// What is wrong with single rules, whatever else applies.
fn rule_problems(schema: &Schema, rules: &PolicyParts) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let mut say = |field: &str, message: String| {
        problems.push(FieldProblem::new(field, "value.range", message));
    };
    if rules.password.minimum_score.is_some_and(|score| score > 4) {
        say("password.minimum_score", "must be between 0 and 4".to_owned());
    }
    if rules.password.history.is_some_and(|history| history > 24) {
        say(
            "password.history",
            "at most 24: each of them costs a hash at every change".to_owned(),
        );
    }
    if rules.password.maximum_length.is_some_and(|length| length > 4_096) {
        say("password.maximum_length", "at most 4096".to_owned());
    }
    let words = |set: &Option<BTreeSet<String>>| set.as_ref().map_or(0, BTreeSet::len);
    if words(&rules.password.blocked) > 10_000 || words(&rules.password.context_words) > 1_000 {
        say(
            "password.blocked",
            "at most 10000 passwords and 1000 context words".to_owned(),
        );
    }
    if rules
        .initial
        .length
        .is_some_and(|length| !(8..=128).contains(&length))
    {
        say("initial.length", "must be between 8 and 128".to_owned());
    }
    if rules
        .factor
        .recovery_codes
        .is_some_and(|count| !(4..=20).contains(&count))
    {
        say("factor.recovery_codes", "must be between 4 and 20".to_owned());
    }
    if let Some(pattern) = &rules.initial.pattern {
        for name in placeholders(pattern) {
            if schema.attribute(Kind::User, name).is_none() {
                say(
                    "initial.pattern",
                    format!("there is no attribute `{}` of a user", super::form::shown(name)),
                );
            }
        }
    }
    problems
}

/// The attributes that a pattern names in braces.
pub(crate) fn placeholders(pattern: &str) -> impl Iterator<Item = &str> {
    pattern
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// The policy that counts for a user: the strictest of those of the realm, of the user's type, of the organizations the
/// user is in and everything above them, of the groups the user is in, and of the user.
pub(crate) fn effective(draft: &mut Draft<'_>, user: UserId) -> Result<EffectivePolicy, Stop> {
    let record = draft.existing(user)?;
    let attached: Vec<(PolicyId, BTreeSet<EntityId>, PolicyParts)> = draft
        .schema
        .records(Kind::Policy)
        .map(|policy| {
            let places = policy
                .value("applies_to")
                .map(Value::elements)
                .unwrap_or_default()
                .iter()
                .filter_map(|value| value.as_text()?.parse().ok())
                .collect();
            Ok((PolicyId(policy.id.uuid), places, PolicyParts::of(policy)?))
        })
        .collect::<Result<_, Problem>>()?;
    let kinds: BTreeSet<Kind> = attached
        .iter()
        .flat_map(|(_, places, _)| places)
        .map(|id| id.kind)
        .collect();
    let mut around = BTreeSet::from([EntityId::from(draft.context.realm), record.id]);
    around.extend(record.reference("user_type"));
    if kinds.contains(&Kind::Organization) || kinds.contains(&Kind::Group) {
        surroundings(draft, record.id, &mut around, kinds.contains(&Kind::Group))?;
    }
    Ok(EffectivePolicy::of(
        attached
            .into_iter()
            .filter(|(_, places, _)| places.is_empty() || !places.is_disjoint(&around))
            .map(|(id, _, parts)| (id, parts)),
    ))
}

/// Organizations at and above, and groups that contain any of what was found.
fn surroundings(
    draft: &mut Draft<'_>,
    user: EntityId,
    around: &mut BTreeSet<EntityId>,
    groups: bool,
) -> Result<(), Stop> {
    let now = draft.context.now;
    let from = |id, relation| EdgesOf {
        id,
        direction: Direction::From,
        relation,
    };
    let mut needs = Needs::default();
    needs.edges.insert(from(user, Relation::MemberOf));
    if groups {
        needs
            .edges
            .extend([from(user, Relation::InGroup), from(user, Relation::Holds)]);
    }
    draft.need(needs)?;
    let mut open = BTreeSet::new();
    for edge in draft.edges(user, Direction::From, Relation::MemberOf)? {
        if edge.is_in_effect(now) {
            open.insert(edge.key.to);
        }
    }
    if groups {
        for edge in draft.edges(user, Direction::From, Relation::Holds)? {
            if edge.is_in_effect(now) {
                open.insert(edge.key.to);
            }
        }
    }
    let mut needs = Needs::default();
    needs
        .ancestors
        .extend(open.iter().filter(|id| id.kind == Kind::Organization));
    draft.need(needs)?;
    let mut above: Vec<EntityId> = open.iter().copied().collect();
    while let Some(id) = above.pop() {
        around.insert(id);
        if id.kind == Kind::Organization
            && let Some(parent) = draft.record(id)?.and_then(|record| record.reference("parent"))
            && !around.contains(&parent)
        {
            above.push(parent);
        }
    }
    if !groups {
        return Ok(());
    }
    let mut level: BTreeSet<EntityId> = around
        .iter()
        .filter(|id| matches!(id.kind, Kind::User | Kind::Organization | Kind::Position))
        .copied()
        .collect();
    while !level.is_empty() {
        let mut needs = Needs::default();
        needs
            .edges
            .extend(level.iter().map(|id| from(*id, Relation::InGroup)));
        draft.need(needs)?;
        let mut next = BTreeSet::new();
        for id in level {
            for edge in draft.edges(id, Direction::From, Relation::InGroup)? {
                if edge.is_in_effect(now) && around.insert(edge.key.to) {
                    next.insert(edge.key.to);
                }
            }
        }
        level = next;
    }
    Ok(())
}
