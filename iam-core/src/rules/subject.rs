//! Derived attributes: what a filter may ask about a record that its edges answer.

use crate::{
    model::{EntityId, Kind, Record, Relation},
    search::Subject,
};

/// What the evaluator has to know about edges and the tree.
pub trait Surroundings {
    /// The second ends of the edges of a relation that start at the record and are in effect.
    fn targets(&self, id: EntityId, relation: Relation) -> Vec<EntityId>;
    /// The second ends of the edges of a relation that start at the record and that a rule asks for, in effect or not.
    fn by_rule(&self, id: EntityId, relation: Relation) -> Vec<EntityId>;
    /// The organization itself and everything above it.
    fn at_or_above(&self, organization: EntityId) -> Vec<EntityId>;
    /// The revision of the last change of the record or of an edge that starts at it.
    fn revision(&self, id: EntityId) -> u64;
}

/// The relation that a derived attribute reads; `None` for attributes that are stored.
pub fn relation_of(attribute: &str) -> Option<Relation> {
    Some(match attribute {
        "organizations" | "within_organization" => Relation::MemberOf,
        "groups" => Relation::InGroup,
        "manager" => Relation::ReportsTo,
        "positions" => Relation::Holds,
        "leads" => Relation::Leads,
        "used_by" => Relation::UsedBy,
        "roles" | "roles_by_rule" => Relation::HasRole,
        "groups_by_rule" => Relation::InGroup,
        "includes" => Relation::IncludesRole,
        "carries" => Relation::Carries,
        "owns" => Relation::Owns,
        "administers" => Relation::Administers,
        "deputizes" => Relation::Deputizes,
        _ => return None,
    })
}

/// Whether the attribute reads only what a rule asks for, in effect or not.
pub fn is_by_rule(attribute: &str) -> bool {
    matches!(attribute, "roles_by_rule" | "groups_by_rule")
}

/// A record together with its surroundings.
#[derive(Clone, Copy)]
pub struct Surrounded<'a> {
    /// The record.
    pub record: &'a Record,
    /// What is around it.
    pub surroundings: &'a dyn Surroundings,
}

impl std::fmt::Debug for Surrounded<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Surrounded({})", self.record.id)
    }
}

impl Subject for Surrounded<'_> {
    fn any_key(&self, attribute: &str, test: &mut dyn FnMut(&str) -> bool) -> bool {
        let id = self.record.id;
        if attribute == "revision" {
            return test(&format!("{:020}", self.surroundings.revision(id)));
        }
        let Some(relation) = relation_of(attribute) else {
            return self.record.any_key(attribute, test);
        };
        if attribute == "within_organization" && id.kind == Kind::Organization {
            return self
                .surroundings
                .at_or_above(id)
                .iter()
                .any(|above| test(&above.to_string()));
        }
        let targets = match is_by_rule(attribute) {
            true => self.surroundings.by_rule(id, relation),
            false => self.surroundings.targets(id, relation),
        };
        if attribute == "within_organization" {
            targets
                .iter()
                .flat_map(|target| self.surroundings.at_or_above(*target))
                .any(|above| test(&above.to_string()))
        } else {
            targets.iter().any(|target| test(&target.to_string()))
        }
    }
}
