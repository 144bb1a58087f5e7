//! From what a row wants to the commands that do it.

use std::collections::{BTreeMap, BTreeSet};

use iam_core::{
    command::{
        AddMembership, ArchiveUser, AttributeChanges, ChangeUserType, Command, CreateUser, DisableUser,
        DisabledBy, EnableUser, JoinOrganization, RemoveMembership, SetManager, SetValidity, SuspendUser,
        UpdateUser,
    },
    model::{Edge, EdgeOrigin, EntityId, Kind, Record, Relation, UserId, Value},
};

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
pub(super) fn relation_of(attribute: &str) -> Option<Relation> {
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
            _ => Vec::new(),
        }
    }

    /// The commands that bring an existing record to what the row wants, the one that names another row apart.
    pub(super) fn update(self, ground: Ground<'_>) -> (Vec<Command>, Option<Command>) {
        match ground.id.kind {
            Kind::User => self.update_user(ground),
            _ => (Vec::new(), None),
        }
    }

    fn create_user(self, ground: Ground<'_>) -> Vec<Command> {
        let Ok(user) = UserId::try_from(ground.id) else {
            return Vec::new();
        };
        let mut commands = vec![
            CreateUser {
                id: Some(user),
                user_type: self.id("user_type"),
                organizations: self
                    .ids("organizations")
                    .into_iter()
                    .map(JoinOrganization::new)
                    .collect(),
                positions: self.ids("positions"),
                manager: self.id("manager"),
                valid_from: self.text("valid_from").and_then(|text| text.parse().ok()),
                valid_until: self.text("valid_until").and_then(|text| text.parse().ok()),
                origin: Some("import".to_owned()),
                source: ground.source.map(str::to_owned),
                attributes: self.attributes.clone(),
                ..CreateUser::default()
            }
            .into(),
        ];
        commands.extend(self.status(user, "enabled"));
        commands
    }

    fn update_user(self, ground: Ground<'_>) -> (Vec<Command>, Option<Command>) {
        let Ok(user) = UserId::try_from(ground.id) else {
            return (Vec::new(), None);
        };
        let mut commands: Vec<Command> = Vec::new();
        let reference = |name: &str| ground.existing.and_then(|record| record.reference(name));
        if self.relations.contains_key("user_type") && self.id("user_type") != reference("user_type") {
            // The new type may ask for values that stand in the same row.
            commands.push(
                ChangeUserType {
                    user,
                    user_type: self.id("user_type"),
                    attributes: self.attributes.clone(),
                    recompute_expiry: false,
                }
                .into(),
            );
        } else if !self.attributes.is_empty() {
            commands.push(
                UpdateUser {
                    user,
                    attributes: self.attributes.clone(),
                }
                .into(),
            );
        }
        if let Some((add, remove)) = self.list("organizations", ground) {
            let join = |id: &EntityId| (*id).try_into().ok().map(JoinOrganization::new);
            let add: Vec<_> = add.iter().filter_map(join).collect();
            if !add.is_empty() {
                commands.push(
                    AddMembership {
                        member: ground.id,
                        organizations: add,
                    }
                    .into(),
                );
            }
            let remove: Vec<_> = remove.iter().filter_map(|id| (*id).try_into().ok()).collect();
            if !remove.is_empty() {
                commands.push(
                    RemoveMembership {
                        member: ground.id,
                        organizations: remove,
                    }
                    .into(),
                );
            }
        }
        commands.extend(self.validity(user, ground));
        let text = |name: &str| {
            ground
                .existing
                .map(|record| record.text(name))
                .unwrap_or_default()
        };
        let status = text("administrative_status");
        if self.relations.contains_key("administrative_status") {
            commands.extend(self.status(user, status));
        } else if ground.revive && status == "disabled" && text("disabled_by") == "source" {
            commands.push(EnableUser { user }.into());
        }
        let own = self.relations.contains_key("manager").then(|| {
            SetManager {
                user,
                manager: self.id("manager"),
            }
            .into()
        });
        (commands, own)
    }

    fn validity(&self, user: UserId, ground: Ground<'_>) -> Option<Command> {
        let wanted = |name: &str| {
            let before = ground.existing.and_then(|record| record.moment(name));
            match self.relations.get(name) {
                None => (before, before),
                Some(_) => (before, self.text(name).and_then(|text| text.parse().ok())),
            }
        };
        let ((from_before, valid_from), (until_before, valid_until)) =
            (wanted("valid_from"), wanted("valid_until"));
        ((from_before, until_before) != (valid_from, valid_until)).then(|| {
            SetValidity {
                user,
                valid_from,
                valid_until,
            }
            .into()
        })
    }

    fn status(&self, user: UserId, before: &str) -> Option<Command> {
        let status = self
            .text("administrative_status")
            .filter(|status| *status != before)?;
        Some(match status {
            "enabled" => EnableUser { user }.into(),
            "suspended" => SuspendUser { user }.into(),
            "archived" => ArchiveUser { user }.into(),
            _ => DisableUser {
                user,
                by: DisabledBy::Administrator,
            }
            .into(),
        })
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
}
