//! What an object wants of its record, by kind, as commands.

use std::collections::{BTreeMap, BTreeSet};

use iam_core::{
    command::{
        AttributeChanges, ChangeOrganizationType, ChangeUserType, Command, CreateGroup, CreateOrganization,
        CreatePosition, CreateUser, DisableOrganization, DisablePosition, DisableUser, DisabledBy,
        EnableOrganization, EnablePosition, EnableUser, SetSuperior, SetValidity, TransferOrganization,
        TransferPosition, UndeleteUser, UpdateGroup, UpdateOrganization, UpdatePosition, UpdateUser,
    },
    model::{
        EntityId, Kind, KindRules, Moment, OrganizationId, PositionId, Record, Strength, SyncKind, UserId,
        Value, fold,
    },
    wire::{Code, Problem},
};

use super::{Run, build::Built, edges::Open, page::Item};
use crate::reconcile::Wanted;

/// What an object wants of its record.
pub(super) struct Wish<'r, 'a> {
    pub(super) run: &'r Run<'a>,
    pub(super) item: &'r Item,
    pub(super) existing: Option<&'r Record>,
    pub(super) built: &'r mut Built,
    pub(super) relations: BTreeMap<String, Option<EntityId>>,
}

impl Wish<'_, '_> {
    fn name(&self) -> Option<String> {
        Some(self.run.name.clone())
    }

    fn origin(&self, rules: &KindRules) -> Option<String> {
        Some(if rules.orphans { "orphan_account" } else { "sync" }.to_owned())
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.item.mapped.text(name)
    }

    /// What is asked for, when it differs from what is there and may be written.
    fn differs(&self, name: &str) -> Option<Option<&str>> {
        let (strength, wanted) = self.item.mapped.values.get(name)?;
        let Wanted::Value(value) = wanted else { return None };
        let before = self
            .existing
            .map(|record| record.text(name))
            .filter(|text| !text.is_empty());
        let writes = match (strength, self.item.repair) {
            (Strength::Weak, _) => before.is_none(),
            (Strength::Normal, repair) => !repair,
            (Strength::Strong, _) => true,
        };
        let wanted = value.as_ref().and_then(Value::as_text);
        (writes && wanted != before).then_some(wanted)
    }

    /// The type that the source names; types are found by their names.
    fn type_named(&mut self, attribute: &str, kind: Kind) -> Option<Option<EntityId>> {
        let (_, wanted) = self.item.mapped.values.get(attribute)?;
        let Wanted::Value(value) = wanted else { return None };
        let Some(Value::Object(named)) = value else {
            return Some(None);
        };
        let (by, text) = named.iter().next()?;
        let by = by.split_once('.').map_or("name", |(_, by)| by);
        let text = text.as_text()?;
        let found = self
            .run
            .schema
            .records(kind)
            .find(|record| fold(record.text(by)) == fold(text))
            .map(|record| record.id);
        if found.is_none() {
            let shown: String = text.chars().take(60).collect();
            self.built.problems.push(
                Problem::new(Code::NotFound, format!("there is no {kind} “{shown}”"))
                    .about(attribute.to_owned()),
            );
            return None;
        }
        Some(found)
    }

    /// The one record that a reference names; notes what cannot be told yet.
    fn one(&mut self, kind: SyncKind, attribute: &str) -> Option<Option<EntityId>> {
        if let Some(known) = self.relations.get(attribute) {
            return Some(*known);
        }
        let (strength, wanted) = self.item.mapped.values.get(attribute)?;
        let Wanted::References(references) = wanted else {
            return None;
        };
        if self.item.repair && *strength == Strength::Normal {
            return None;
        }
        let Some(reference) = references.first() else {
            return Some(None);
        };
        let keys = self.run.ref_keys(reference);
        match self.run.resolve(&keys) {
            Some(id) => Some(Some(id)),
            None => {
                Open::add(&mut self.built.open, kind, self.item, attribute, vec![keys]);
                None
            }
        }
    }

    /// Notes that a place in a tree is given up for none.
    fn empties(&mut self, attribute: &str, to: Option<EntityId>) {
        if to.is_none() {
            self.built.emptied.push(attribute.to_owned());
        }
    }

    fn switches(&self) -> Option<bool> {
        match self.differs("administrative_status") {
            Some(Some("disabled")) => Some(false),
            Some(Some("enabled")) => Some(true),
            Some(_) => None,
            // Gone at the source and back again.
            None => {
                let was_missing = self
                    .item
                    .shadow
                    .as_ref()
                    .is_some_and(|shadow| shadow.value("missing_since").is_some());
                let unasked = !self.item.mapped.values.contains_key("administrative_status");
                (was_missing
                    && unasked
                    && self
                        .existing
                        .is_some_and(|record| record.text("administrative_status") == "disabled"))
                .then_some(true)
            }
        }
    }

    pub(super) fn user(
        &mut self,
        id: EntityId,
        rules: &KindRules,
        changes: AttributeChanges,
    ) -> Vec<Command> {
        let Ok(user) = UserId::try_from(id) else {
            return Vec::new();
        };
        let mut commands: Vec<Command> = Vec::new();
        let user_type = self.type_named("user_type", Kind::UserType);
        let moment = |text: Option<&str>| text.and_then(|text| text.parse::<Moment>().ok());
        let Some(existing) = self.existing else {
            let created = changes.into_iter().filter(|(_, value)| value.is_some()).collect();
            commands.push(
                CreateUser {
                    id: Some(user),
                    attributes: created,
                    user_type: user_type.flatten().and_then(|id| id.try_into().ok()),
                    valid_from: moment(self.text("valid_from")),
                    valid_until: moment(self.text("valid_until")),
                    origin: self.origin(rules),
                    source: self.name(),
                    ..CreateUser::default()
                }
                .into(),
            );
            if self.text("administrative_status") == Some("disabled") {
                commands.push(
                    DisableUser {
                        user,
                        by: DisabledBy::Source,
                    }
                    .into(),
                );
            }
            return commands;
        };
        if self.item.decision.revive {
            commands.push(UndeleteUser { user }.into());
        }
        match user_type {
            Some(wanted) if wanted != existing.reference("user_type") && !self.item.repair => commands.push(
                ChangeUserType {
                    user,
                    user_type: wanted.and_then(|id| id.try_into().ok()),
                    attributes: changes,
                    recompute_expiry: false,
                }
                .into(),
            ),
            _ if !changes.is_empty() => commands.push(
                UpdateUser {
                    user,
                    attributes: changes,
                }
                .into(),
            ),
            _ => {}
        }
        if self.differs("valid_from").is_some() || self.differs("valid_until").is_some() {
            let wanted = |name: &str| match self.item.mapped.values.contains_key(name) {
                true => moment(self.text(name)),
                false => existing.moment(name),
            };
            commands.push(
                SetValidity {
                    user,
                    valid_from: wanted("valid_from"),
                    valid_until: wanted("valid_until"),
                }
                .into(),
            );
        }
        let status = existing.text("administrative_status");
        let by_source = existing.text("disabled_by") == "source";
        match self.switches() {
            // S0-30: what an administrator disabled stays so, whatever the source says.
            Some(true) if status == "disabled" && by_source => commands.push(EnableUser { user }.into()),
            Some(false) if status == "enabled" => {
                commands.push(
                    DisableUser {
                        user,
                        by: DisabledBy::Source,
                    }
                    .into(),
                );
            }
            _ => {}
        }
        commands
    }

    pub(super) fn organization(&mut self, id: EntityId, changes: AttributeChanges) -> Vec<Command> {
        let Ok(organization) = OrganizationId::try_from(id) else {
            return Vec::new();
        };
        let organization_type = self.type_named("organization_type", Kind::OrganizationType);
        let parent = self.one(SyncKind::Organization, "parent");
        let mut commands: Vec<Command> = Vec::new();
        let switch = |on: bool| -> Command {
            match on {
                true => EnableOrganization { organization }.into(),
                false => DisableOrganization { organization }.into(),
            }
        };
        let Some(existing) = self.existing else {
            commands.push(
                CreateOrganization {
                    id: Some(organization),
                    attributes: changes.into_iter().filter(|(_, value)| value.is_some()).collect(),
                    organization_type: organization_type.flatten().and_then(|id| id.try_into().ok()),
                    parent: parent
                        .flatten()
                        .filter(|id| !self.run.planned.contains(id))
                        .and_then(|id| id.try_into().ok()),
                    origin: Some("sync".to_owned()),
                    source: self.name(),
                }
                .into(),
            );
            commands.extend((self.text("administrative_status") == Some("disabled")).then(|| switch(false)));
            return commands;
        };
        match organization_type {
            Some(wanted) if wanted != existing.reference("organization_type") && !self.item.repair => {
                commands.push(
                    ChangeOrganizationType {
                        organization,
                        organization_type: wanted.and_then(|id| id.try_into().ok()),
                        attributes: changes,
                    }
                    .into(),
                )
            }
            _ if !changes.is_empty() => commands.push(
                UpdateOrganization {
                    organization,
                    attributes: changes,
                }
                .into(),
            ),
            _ => {}
        }
        if let Some(parent) = parent
            && parent != existing.reference("parent")
        {
            self.empties("parent", parent);
            commands.push(
                TransferOrganization {
                    organization,
                    parent: parent.and_then(|id| id.try_into().ok()),
                }
                .into(),
            );
        }
        commands.extend(self.switches().map(switch));
        commands
    }

    pub(super) fn position(&mut self, id: EntityId, changes: AttributeChanges) -> Vec<Command> {
        let Ok(position) = PositionId::try_from(id) else {
            return Vec::new();
        };
        let organization = self.one(SyncKind::Position, "organization");
        let reports_to = self.one(SyncKind::Position, "reports_to");
        let mut commands: Vec<Command> = Vec::new();
        let switch = |on: bool| -> Command {
            match on {
                true => EnablePosition { position }.into(),
                false => DisablePosition { position }.into(),
            }
        };
        let Some(existing) = self.existing else {
            let stored = |id: &EntityId| !self.run.planned.contains(id);
            commands.push(
                CreatePosition {
                    id: Some(position),
                    attributes: changes.into_iter().filter(|(_, value)| value.is_some()).collect(),
                    organization: organization
                        .flatten()
                        .filter(stored)
                        .and_then(|id| id.try_into().ok()),
                    reports_to: reports_to
                        .flatten()
                        .filter(stored)
                        .and_then(|id| id.try_into().ok()),
                    origin: Some("sync".to_owned()),
                    source: self.name(),
                }
                .into(),
            );
            commands.extend((self.text("administrative_status") == Some("disabled")).then(|| switch(false)));
            return commands;
        };
        if !changes.is_empty() {
            commands.push(
                UpdatePosition {
                    position,
                    attributes: changes,
                }
                .into(),
            );
        }
        if let Some(organization) = organization
            && organization != existing.reference("organization")
        {
            self.empties("organization", organization);
            let organization = organization.and_then(|id| id.try_into().ok());
            commands.push(
                TransferPosition {
                    position,
                    organization,
                }
                .into(),
            );
        }
        if let Some(reports_to) = reports_to
            && reports_to != existing.reference("reports_to")
        {
            self.empties("reports_to", reports_to);
            let reports_to = reports_to.and_then(|id| id.try_into().ok());
            commands.push(SetSuperior { position, reports_to }.into());
        }
        commands.extend(self.switches().map(switch));
        commands
    }

    pub(super) fn group(&mut self, id: EntityId, changes: AttributeChanges) -> Vec<Command> {
        let Ok(group) = iam_core::model::GroupId::try_from(id) else {
            return Vec::new();
        };
        match self.existing {
            None => vec![
                CreateGroup {
                    id: Some(group),
                    attributes: changes.into_iter().filter(|(_, value)| value.is_some()).collect(),
                    member_kinds: BTreeSet::new(),
                    origin: Some("sync".to_owned()),
                    source: self.name(),
                    ..CreateGroup::default()
                }
                .into(),
            ],
            Some(_) if !changes.is_empty() => vec![
                UpdateGroup {
                    group,
                    attributes: changes,
                    member_kinds: None,
                    condition: None,
                    condition_kind: None,
                }
                .into(),
            ],
            Some(_) => Vec::new(),
        }
    }
}
