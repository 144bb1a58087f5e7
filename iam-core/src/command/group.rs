//! Groups (S0-116, S0-117), static and dynamic (S0-118).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    AttributeChanges, Decide,
    condition::{self, Change},
    declared, edge, names_in, profile, provenance,
};
use crate::{
    model::{EntityId, GroupId, Kind, Record, Relation, Value, Window},
    plan::{Cause, Direction, Draft, Needs, Schema, Stop},
    query::Filter,
    wire::{Code, FieldProblem, Problem},
};

/// What a group may hold (S0-116).
const MEMBERS: [Kind; 4] = [Kind::User, Kind::Organization, Kind::Position, Kind::Group];

/// Creates a group of users, organizations, positions or groups (S0-116), whose members are added by hand (S0-117) or
/// chosen by a condition (S0-118).
///
/// ```
/// use iam_core::{command::CreateGroup, model::Kind};
///
/// let command = CreateGroup::new("Approvers").of([Kind::User, Kind::Position]);
/// assert_eq!(command.member_kinds.len(), 2);
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateGroup {
    /// An identifier brought along; drawn when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<GroupId>,
    /// The attributes, `name` among them.
    pub attributes: AttributeChanges,
    /// The kinds of members it may have; empty for `user`, `organization`, `position` and `group`.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub member_kinds: BTreeSet<Kind>,
    /// Who is a member without being told: a condition, `1==1` for everyone and `1==0` for no one (S0-118, S0-119).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Filter>,
    /// What the condition selects: `user`, `organization` or `position`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition_kind: Option<String>,
    /// `manual`, `import` or `sync`; without a word about it the door tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The file or identity source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Changes attributes of a group, or the kinds of members it may have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateGroup {
    /// The group.
    pub group: GroupId,
    /// New values; `null` removes one.
    #[serde(default, skip_serializing_if = "AttributeChanges::is_empty")]
    pub attributes: AttributeChanges,
    /// The kinds of members from now on; empty for all four. Refused while it has members of another kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_kinds: Option<BTreeSet<Kind>>,
    /// The condition from now on; `null` removes it, and members added by hand stay.
    #[serde(
        default,
        deserialize_with = "super::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    pub condition: Option<Option<Filter>>,
    /// What the condition selects: `user`, `organization` or `position`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition_kind: Option<String>,
}

/// Deletes a group physically. Its members lose nothing but the group, and it leaves the groups it is in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteGroup {
    /// The group.
    pub group: GroupId,
}

/// Adds members to a group (S0-117). Groups may contain each other, even in a circle: everybody in it is in all of
/// them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddGroupMembers {
    /// The group.
    pub group: GroupId,
    /// Users, organizations with everything below them, positions, groups.
    pub members: BTreeSet<EntityId>,
    /// When it holds.
    #[serde(default)]
    pub window: Window,
}

/// Takes members out of a group. Only the direct origin goes: what a source or rule said stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveGroupMembers {
    /// The group.
    pub group: GroupId,
    /// Whom.
    pub members: BTreeSet<EntityId>,
}

attribute_setters!(CreateGroup UpdateGroup);

impl CreateGroup {
    /// A group with this name that may have members of any kind.
    pub fn new(name: impl Into<String>) -> Self {
        CreateGroup::default().set("name", name.into())
    }

    /// Lets a condition choose its members (S0-118).
    #[must_use]
    pub fn when(mut self, condition: impl Into<String>) -> Self {
        self.condition = Some(Filter::scim(condition));
        self
    }

    /// Restricts the kinds of members.
    #[must_use]
    pub fn of(mut self, kinds: impl IntoIterator<Item = Kind>) -> Self {
        self.member_kinds = kinds.into_iter().collect();
        self
    }
}

fn set_kinds(record: &mut Record, kinds: &BTreeSet<Kind>) -> Vec<FieldProblem> {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    record.set("member_kinds", Some(names.into()));
    kinds
        .iter()
        .filter(|kind| !MEMBERS.contains(kind))
        .map(|kind| {
            FieldProblem::new(
                "member_kinds",
                "value.not_allowed",
                format!("a {kind} is in no group; choose from user, organization, position, group"),
            )
        })
        .collect()
}

/// What the condition of a group may select; users without a word.
fn selectable(group: &Record) -> Vec<Kind> {
    let members = kinds_of(group);
    [Kind::User, Kind::Organization, Kind::Position]
        .into_iter()
        .filter(|kind| members.contains(kind))
        .collect()
}

/// The kinds of members that a group may have.
fn kinds_of(group: &Record) -> BTreeSet<Kind> {
    let named: BTreeSet<Kind> = group
        .value("member_kinds")
        .map(Value::elements)
        .unwrap_or_default()
        .iter()
        .filter_map(|name| Kind::from_name(name.as_text()?))
        .collect();
    if named.is_empty() { MEMBERS.into() } else { named }
}

impl Decide for CreateGroup {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::Group, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.records.extend(self.id.map(EntityId::from));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let id = provenance::new_id(draft, Kind::Group, self.id)?;
        let mut record = Record::new(id);
        let mut problems =
            provenance::note(draft, &mut record, self.origin.as_deref(), self.source.as_deref());
        problems.extend(set_kinds(&mut record, &self.member_kinds));
        let allowed = selectable(&record);
        let change = Change {
            condition: self.condition.as_ref().map(Some),
            kind: self.condition_kind.as_deref(),
            allowed: &allowed,
        };
        let kept = condition::note(draft, &mut record, &change, &mut problems);
        problems.extend(super::role::risk(
            self.attributes.get("risk_index").and_then(Option::as_ref),
        ));
        draft.subject(id);
        profile::write_checked(draft, record, &self.attributes, true, problems)?;
        draft.event("group.created", id, []);
        condition::keep(draft, id, kept)
    }
}

impl Decide for UpdateGroup {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::Group, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.record(self.group);
        if self.condition.is_some() || self.condition_kind.is_some() || self.member_kinds.is_some() {
            condition::needs(needs, self.group.into());
        }
        if self.member_kinds.is_some() {
            needs.edges(self.group, Direction::To, Relation::InGroup);
        }
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let mut record = (*draft.live(self.group)?).clone();
        let mut problems = Vec::new();
        if let Some(kinds) = &self.member_kinds {
            problems = set_kinds(&mut record, kinds);
            let allowed = kinds_of(&record);
            let members: Vec<EntityId> = draft
                .edges(self.group, Direction::To, Relation::InGroup)?
                .into_iter()
                .map(|edge| edge.key.from)
                .filter(|member| !allowed.contains(&member.kind))
                .collect();
            if !members.is_empty() {
                let message = format!("the group has {} members of other kinds", members.len());
                return Err(Problem::new(Code::InUse, message)
                    .about(self.group)
                    .with_details(super::form::some("member", &members))
                    .into());
            }
        }
        let allowed = selectable(&record);
        let selected = record.text("condition_kind").to_owned();
        // Whom the condition selects must still be welcome.
        let again = (self.member_kinds.is_some() && !selected.is_empty()).then_some(selected.as_str());
        let change = Change {
            condition: self.condition.as_ref().map(Option::as_ref),
            kind: self.condition_kind.as_deref().or(again),
            allowed: &allowed,
        };
        let kept = condition::note(draft, &mut record, &change, &mut problems);
        problems.extend(super::role::risk(
            self.attributes.get("risk_index").and_then(Option::as_ref),
        ));
        draft.subject(self.group);
        if profile::write_checked(draft, record, &self.attributes, false, problems)? {
            draft.event("group.updated", self.group, []);
        }
        condition::keep(draft, self.group.into(), kept)
    }
}

impl Decide for DeleteGroup {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.group);
        edge::need_all(needs, self.group.into());
        condition::needs(needs, self.group.into());
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        draft.live(self.group)?;
        draft.subject(self.group);
        edge::drop_all(draft, self.group.into())?;
        condition::drop_rule(draft, self.group.into())?;
        draft.remove(self.group, Cause::Requested)?;
        draft.event("group.deleted", self.group, []);
        Ok(())
    }
}

impl Decide for AddGroupMembers {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.group);
        for member in &self.members {
            needs
                .record(*member)
                .edges(*member, Direction::From, Relation::InGroup);
        }
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let group = EntityId::from(self.group);
        let allowed = kinds_of(&*draft.live(group)?);
        draft.subject(group);
        for member in &self.members {
            if *member == group {
                return Err(Problem::new(Code::Cycle, "a group is not a member of itself")
                    .about(group)
                    .into());
            }
            if !allowed.contains(&member.kind) {
                let message = format!("{} cannot be a member of this group", member.kind.with_article());
                return Err(Problem::new(Code::Relation, message).about(member).into());
            }
            profile::live_reference(draft, "members", *member)?;
            if edge::add(draft, *member, Relation::InGroup, group, self.window)? {
                draft.event("group.member_added", group, [("member", (*member).into())]);
            }
        }
        Ok(())
    }
}

impl Decide for RemoveGroupMembers {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.group);
        for member in &self.members {
            needs.edges(*member, Direction::From, Relation::InGroup);
        }
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let group = EntityId::from(self.group);
        draft.existing(group)?;
        draft.subject(group);
        for member in &self.members {
            if edge::remove(draft, *member, Relation::InGroup, group)? {
                draft.event("group.member_removed", group, [("member", (*member).into())]);
            }
        }
        Ok(())
    }
}
