//! The condition of a dynamic role or group, compiled: what it selects, and what it reads (S2-25, S2-26, S0-118).

use std::collections::BTreeSet;

use super::{relative, rule_book::Asked};
use crate::{
    model::{EntityId, Kind, Moment, Record, Relation, Value},
    plan::Schema,
    query::Filter,
    search::{Checked, Limits, Predicate, Test, check},
    wire::{Code, Problem},
};

/// Attributes that edges answer and that a condition may read, because nothing that a rule does can change them.
const READABLE: [&str; 6] = [
    "organizations",
    "within_organization",
    "manager",
    "positions",
    "leads",
    "used_by",
];

/// A compiled condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The role or group.
    pub owner: EntityId,
    /// The kind of records that it selects.
    pub selects: Kind,
    /// The condition; moments may be relative to `now`.
    pub predicate: Predicate,
    /// The attributes that it reads.
    pub reads: BTreeSet<String>,
    /// Whether time alone can change its answer.
    pub timed: bool,
}

impl Rule {
    /// Compiles a condition.
    ///
    /// # Errors
    /// When it is not well formed, does not fit the attributes of the kind, or reads what rules decide: groups and
    /// roles, which would make rules depend on each other.
    pub fn compile(
        schema: &Schema,
        owner: EntityId,
        selects: Kind,
        condition: &Filter,
    ) -> Result<Rule, Problem> {
        let limits = Limits::default();
        let predicate = condition.predicate(selects, &limits)?;
        let (resolved, relative) =
            relative::at(&predicate, Moment::MIN, &|name| schema.attribute(selects, name));
        let checked = check(&resolved, &|name| schema.attribute(selects, name), &limits)?;
        let reads: BTreeSet<String> = checked.attributes().into_iter().map(str::to_owned).collect();
        let derived = |name: &String| schema.attribute(selects, name).is_some_and(|a| a.derived);
        if let Some(name) = reads
            .iter()
            .find(|name| derived(name) && !READABLE.contains(&name.as_str()))
        {
            let message = format!("a condition may not read `{name}`: rules would depend on each other");
            return Err(Problem::new(Code::Filter, message).about(owner));
        }
        let timed = relative || reads.iter().any(derived);
        Ok(Rule {
            owner,
            selects,
            predicate,
            reads,
            timed,
        })
    }

    /// The identifier of the record in which the rule of a role or group is kept.
    pub fn id(owner: EntityId) -> EntityId {
        // The same role always has the same rule, and a role and a group never share one.
        let tag = u128::from(owner.kind as u8) << 64;
        EntityId::new(Kind::Rule, uuid::Uuid::from_u128(owner.uuid.as_u128() ^ tag))
    }

    /// The relation by which somebody is selected.
    pub fn relation(&self) -> Relation {
        Rule::relation_to(self.owner)
    }

    /// The relation by which a role or group has those whom its rule selects.
    pub fn relation_to(owner: EntityId) -> Relation {
        match owner.kind {
            Kind::Group => Relation::InGroup,
            _ => Relation::HasRole,
        }
    }

    /// The derived attribute by which those are found whom it selected.
    pub fn mark(&self) -> &'static str {
        match self.relation() {
            Relation::InGroup => "groups_by_rule",
            _ => "roles_by_rule",
        }
    }

    /// As it is stored.
    pub(crate) fn record(&self, mut record: Record) -> Record {
        record.set("owner", Some(self.owner.into()));
        record.set("selects", Some(self.selects.name().into()));
        let tree = serde_json::to_value(&self.predicate).and_then(crate::model::from_json::<Value>);
        record.set("predicate", tree.ok());
        let reads: Vec<&str> = self.reads.iter().map(String::as_str).collect();
        record.set("reads", Some(reads.into()));
        record.set("timed", Some(self.timed.into()));
        record
    }

    /// Reads it back; `None` when what is stored is no rule.
    pub(crate) fn stored(record: &Record) -> Option<Rule> {
        let tree = serde_json::to_value(record.value("predicate")?).ok()?;
        let reads = record.value("reads").map(Value::elements).unwrap_or_default();
        Some(Rule {
            owner: record.reference("owner")?,
            selects: Kind::from_name(record.text("selects"))?,
            predicate: Predicate::from_json(&tree, &Limits::default()).ok()?,
            reads: reads
                .iter()
                .filter_map(Value::as_text)
                .map(str::to_owned)
                .collect(),
            timed: record.flag("timed"),
        })
    }

    /// The condition at a moment.
    ///
    /// # Errors
    /// When an attribute that it reads is not there any more.
    pub fn at(&self, schema: &Schema, now: Moment) -> Result<Checked, Problem> {
        let catalog = |name: &str| schema.attribute(self.selects, name);
        let (predicate, _) = relative::at(&self.predicate, now, &catalog);
        Ok(check(&predicate, &catalog, &Limits::default())?)
    }

    /// An attribute and the search keys of which a record must have one to be selected; `None` where nothing of the kind
    /// follows from the condition.
    pub(crate) fn asks(&self, schema: &Schema) -> Option<Asked> {
        match self.timed {
            true => None,
            false => asked(&self.at(schema, Moment::MIN).ok()?),
        }
    }

    /// Whom it selects and who does not have it by rule yet.
    pub fn gainers(&self, schema: &Schema, now: Moment) -> Predicate {
        let (predicate, _) = relative::at(&self.predicate, now, &|name| schema.attribute(self.selects, name));
        predicate.and(Predicate::eq(self.mark(), self.owner).negate())
    }

    /// Who has it by rule and is not selected.
    pub fn losers(&self, schema: &Schema, now: Moment) -> Predicate {
        let (predicate, _) = relative::at(&self.predicate, now, &|name| schema.attribute(self.selects, name));
        Predicate::eq(self.mark(), self.owner).and(predicate.negate())
    }
}

/// What a record must have for the condition to hold.
fn asked(condition: &Checked) -> Option<Asked> {
    match condition {
        Checked::And(list) => list.iter().find_map(asked),
        Checked::Leaf {
            attribute,
            derived: false,
            test,
            ..
        } if !matches!(attribute.as_str(), "id" | "revision") => match test {
            Test::Equals(key) => Some((attribute.clone(), BTreeSet::from([key.clone()]))),
            Test::OneOf(keys) => Some((attribute.clone(), keys.clone())),
            _ => None,
        },
        _ => None,
    }
}
