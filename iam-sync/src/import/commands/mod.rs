//! From what a row wants to the commands that do it.

use std::collections::{BTreeMap, BTreeSet};

use iam_core::{
    command::{AddGroupMembers, AttributeChanges, Command, RemoveGroupMembers},
    model::{Edge, EdgeOrigin, EntityId, GroupId, Kind, Record, Relation, Value, Window},
};

mod tree;
mod user;

use super::Lists;

/// What a row wants of an attribute that has commands of its own.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Wanted {
    Nothing,
    Ids(Vec<EntityId>),
    Value(Value),
}

/// Everything that a row wants.
#[derive(Debug, Clone, Default)]
pub(super) struct Wish {
    pub(super) attributes: AttributeChanges,
    pub(super) relations: BTreeMap<String, Wanted>,
}

/// What a row meets.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) id: EntityId,
    /// The record; `None` when the row creates it, or created it in this preview.
    pub(super) existing: Option<&'a Record>,
    /// Its edges, as far as cells speak of them.
    pub(super) edges: &'a [Edge],
    pub(super) lists: Lists,
    /// Where the rows come from.
    pub(super) source: Option<&'a str>,
    /// Whether a record that an earlier import disabled for being missing is enabled again.
    pub(super) revive: bool,
}

/// The relation behind an attribute that is read from edges.
pub(crate) fn relation_of(attribute: &str) -> Option<Relation> {
    Some(match attribute {
        "organizations" => Relation::MemberOf,
        "positions" => Relation::Holds,
        "groups" => Relation::InGroup,
        "manager" => Relation::ReportsTo,
        _ => return None,
    })
}

/// The attribute through which rows of a kind name each other.
pub(super) fn own_attribute(kind: Kind) -> &'static str {
    match kind {
        Kind::Organization => "parent",
        Kind::Position => "reports_to",
        _ => "manager",
    }
}

impl Wish {
    fn id<T: TryFrom<EntityId>>(&self, attribute: &str) -> Option<T> {
        match self.relations.get(attribute)? {
            Wanted::Ids(ids) => ids.first().and_then(|id| T::try_from(*id).ok()),
            _ => None,
        }
    }

    fn ids<T: TryFrom<EntityId>>(&self, attribute: &str) -> Vec<T> {
        match self.relations.get(attribute) {
            Some(Wanted::Ids(ids)) => ids.iter().filter_map(|id| T::try_from(*id).ok()).collect(),
            _ => Vec::new(),
        }
    }

    fn text(&self, attribute: &str) -> Option<&str> {
        match self.relations.get(attribute)? {
            Wanted::Value(value) => value.as_text(),
            _ => None,
        }
    }

    /// The commands that create the record.
    pub(super) fn create(self, ground: Ground<'_>) -> Vec<Command> {
        match ground.id.kind {
            Kind::User => self.create_user(ground),
            Kind::Organization => self.create_organization(ground),
            Kind::Position => self.create_position(ground),
            _ => Vec::new(),
        }
    }

    /// The commands that bring an existing record to what the row wants, the one that names another row apart.
    pub(super) fn update(self, ground: Ground<'_>) -> (Vec<Command>, Option<Command>) {
        match ground.id.kind {
            Kind::User => self.update_user(ground),
            Kind::Organization => self.update_organization(ground),
            Kind::Position => self.update_position(ground),
            _ => (Vec::new(), None),
        }
    }

    /// What to add to a list and what to take away; edges that are there already keep their number and time.
    fn list(&self, attribute: &str, ground: Ground<'_>) -> Option<(Vec<EntityId>, Vec<EntityId>)> {
        let wanted: BTreeSet<EntityId> = match self.relations.get(attribute)? {
            Wanted::Ids(ids) => ids.iter().copied().collect(),
            _ => BTreeSet::new(),
        };
        let relation = relation_of(attribute)?;
        let edges = || ground.edges.iter().filter(|edge| edge.key.relation == relation);
        let direct = |edge: &&Edge| edge.origins.contains(&EdgeOrigin::Direct);
        let is_there = |id: &EntityId| edges().filter(direct).any(|edge| edge.key.to == *id);
        let add = wanted.iter().copied().filter(|id| !is_there(id)).collect();
        let remove = match ground.lists {
            Lists::Add => Vec::new(),
            Lists::Replace => edges()
                .filter(direct)
                .map(|edge| edge.key.to)
                .filter(|id| !wanted.contains(id))
                .collect(),
        };
        Some((add, remove))
    }

    /// Whether the row wants another reference than the record has.
    fn differs(&self, attribute: &str, ground: Ground<'_>) -> bool {
        let before = ground.existing.and_then(|record| record.reference(attribute));
        match self.relations.get(attribute) {
            None => false,
            Some(Wanted::Ids(ids)) => ids.first().copied() != before,
            Some(_) => before.is_some(),
        }
    }

    /// Into groups and out of them.
    fn groups(&self, ground: Ground<'_>) -> Vec<Command> {
        let Some((add, remove)) = self.list("groups", ground) else {
            return Vec::new();
        };
        let members = BTreeSet::from([ground.id]);
        let window = Window::default();
        let group = |id: EntityId| GroupId::try_from(id).ok();
        let add = add.into_iter().filter_map(group).map(|group| {
            AddGroupMembers {
                group,
                members: members.clone(),
                window,
            }
            .into()
        });
        let remove = remove.into_iter().filter_map(group).map(|group| {
            RemoveGroupMembers {
                group,
                members: members.clone(),
            }
            .into()
        });
        add.chain(remove).collect()
    }
}
