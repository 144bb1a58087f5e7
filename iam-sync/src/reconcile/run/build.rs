//! From decisions to commands.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use iam_core::{
    command::{
        AttributeChanges, ChangeOrganizationType, ChangeUserType, Command, CreateGroup, CreateOrganization,
        CreatePosition, CreateUser, DeleteGroup, DeleteOrganization, DeletePosition, DeleteUser,
        DisableOrganization, DisablePosition, DisableUser, DisabledBy, EnableOrganization, EnablePosition,
        EnableUser, RemoveShadow, SetSuperior, SetValidity, ShadowState, TransferOrganization,
        TransferPosition, UndeleteUser, UpdateGroup, UpdateOrganization, UpdatePosition, UpdateUser,
    },
    model::{
        Edge, EntityId, Kind, KindRules, Moment, OrganizationId, PositionId, Record, ShadowId, Situation,
        Strength, SyncAction, SyncKind, UserId, Value, fold,
    },
    plan::EdgesOf,
    wire::{Code, Problem},
};

use super::{Run, edges::Open, edges::RefKey, page::Item};
use crate::reconcile::Wanted;

/// Edges as they are now.
pub(super) type Edges = HashMap<EdgesOf, Vec<Edge>>;

/// The commands of an object.
#[derive(Default)]
pub(super) struct Built {
    pub(super) commands: Vec<Command>,
    /// From here on they are about edges: the record is written without them.
    pub(super) edges_from: Option<usize>,
    /// The attributes that change.
    pub(super) changes: Vec<String>,
    /// What stays undone.
    pub(super) problems: Vec<Problem>,
    /// What has to wait for other records.
    pub(super) open: Option<Open>,
    /// What clears an old problem, once nothing is refused any more.
    pub(super) cleared: Option<Command>,
    /// Something of the record changes.
    pub(super) acts: bool,
}

/// What goes to commands of its own.
const COMMANDED: &[&str] = &[
    "user_type",
    "organization_type",
    "administrative_status",
    "valid_from",
    "valid_until",
    "parent",
    "organization",
    "reports_to",
];

impl Run<'_> {
    /// An identifier for a new record: the same object gets the same one however often the page is decided.
    pub(super) fn new_id(&self, kind: Kind, key: &str) -> EntityId {
        let mut seed = [0u8; 32];
        for (place, byte) in seed.iter_mut().zip(key.bytes()) {
            *place = byte;
        }
        let fresh = self.acting.new_command_id().0.into_bytes();
        for (place, byte) in seed.iter_mut().zip(fresh) {
            *place ^= byte;
        }
        iam_core::plan::Seed(seed).id(kind, self.clock.now(), 0)
    }

    pub(super) fn build(&self, kind: SyncKind, rules: &KindRules, item: &Item, edges: &Edges) -> Built {
        let mut built = Built::default();
        match item.decision.action {
            SyncAction::Create | SyncAction::Update => self.write(kind, rules, item, edges, &mut built),
            SyncAction::Link => {
                built.acts = true;
                built.commands.push(self.shadow(kind, item).into());
            }
            SyncAction::Disable | SyncAction::DisableThenDelete | SyncAction::Delete | SyncAction::Unlink => {
                let target = item.target.as_deref();
                built.commands = self.removal(item.decision.action, target);
                built
                    .commands
                    .extend(target.and_then(|target| self.emptied(item.decision.action, target.id, edges)));
                built.acts = !built.commands.is_empty();
                if let Some(shadow) = &item.shadow {
                    built.commands.extend(self.gone(
                        rules,
                        item.decision.action,
                        item.decision.situation,
                        shadow,
                    ));
                }
            }
            SyncAction::Review => {
                let mut shadow = self.shadow(kind, item);
                shadow.state = ShadowState::Review;
                shadow.target = item.shadow.as_ref().and_then(|shadow| shadow.reference("target"));
                shadow.digest = None;
                if shadow.target.is_some() && item.target.as_ref().is_none_or(|target| target.is_deleted()) {
                    shadow.candidates.clear();
                }
                built.commands.push(shadow.into());
            }
            SyncAction::Report | SyncAction::Ignore => {}
        }
        built
    }

    /// Creates or changes the record, links it, and gives it its edges.
    fn write(&self, kind: SyncKind, rules: &KindRules, item: &Item, edges: &Edges, built: &mut Built) {
        let Some(id) = item.id else { return };
        let existing = item
            .target
            .as_deref()
            .filter(|_| item.decision.action != SyncAction::Create);
        if let Some(first) = item.mapped.problems.first() {
            // What cannot be mapped is not guessed: the record stays as it is.
            let mut problem = Problem::fields(item.mapped.problems.clone());
            problem.subject = Some(first.field.clone());
            built.problems.push(problem);
        }
        let mut changes = AttributeChanges::new();
        for (name, (strength, wanted)) in &item.mapped.values {
            let Wanted::Value(value) = wanted else { continue };
            if COMMANDED.contains(&name.as_str()) {
                continue;
            }
            let before = existing.and_then(|record| record.value(name));
            let writes = match (strength, item.repair) {
                (Strength::Weak, _) => before.is_none(),
                (Strength::Normal, repair) => !repair,
                (Strength::Strong, _) => true,
            };
            if writes && before != value.as_ref() {
                changes.insert(name.clone(), value.clone());
            }
        }
        built.changes = changes.keys().cloned().collect();
        let mut wish = Wish {
            run: self,
            item,
            existing,
            built,
            relations: BTreeMap::new(),
        };
        let commands = match kind {
            SyncKind::User => wish.user(id, rules, changes),
            SyncKind::Organization => wish.organization(id, changes),
            SyncKind::Position => wish.position(id, changes),
            SyncKind::Group => wish.group(id, changes),
            SyncKind::Membership => Vec::new(),
        };
        built.acts = !commands.is_empty();
        built.commands = commands;
        let relations = self.relations(kind, id, item, existing, edges, built);
        let waits = built.open.is_some();
        let mut shadow = self.shadow(kind, item);
        if waits || !built.problems.is_empty() {
            shadow.digest = None;
        }
        let is_linked = item.shadow.as_ref().is_some_and(|shadow| {
            shadow.reference("target") == Some(id) && super::page::state_of(shadow) == ShadowState::Linked
        });
        // While something is open nothing final can be said; the end of the run says it.
        if !(waits && is_linked) {
            if let Some(problem) = built.problems.first() {
                shadow.problem = iam_core::rules::structure::to_value(problem);
                shadow.problem_code = Some(problem.code.name().to_owned());
            }
            let unchanged = item.shadow.as_ref().is_some_and(|known| {
                is_linked
                    && known.text("digest") == shadow.digest.as_deref().unwrap_or_default()
                    && known.text("problem_code") == shadow.problem_code.as_deref().unwrap_or_default()
                    && known.value("missing_since").is_none()
            });
            // What was refused before is likely to be refused again; then nothing of it has to be written twice.
            let troubled = item.shadow.as_ref().is_some_and(|known| {
                known.value("problem_code").is_some() && known.reference("target") == Some(id)
            });
            match (unchanged, troubled && shadow.problem.is_none()) {
                (true, _) => {}
                (false, true) => built.cleared = Some(shadow.into()),
                (false, false) => built.commands.push(shadow.into()),
            }
        }
        built.edges_from = Some(built.commands.len());
        built.acts |= !relations.is_empty();
        built.commands.extend(relations);
        if item.decision.revive {
            built.acts = true;
        }
    }

    /// What takes a record out of use.
    pub(super) fn removal(&self, action: SyncAction, target: Option<&Record>) -> Vec<Command> {
        let Some(record) = target.filter(|record| !record.is_deleted()) else {
            return Vec::new();
        };
        let id = record.id;
        let is_disabled = record.text("administrative_status") == "disabled";
        let command = match (action, id.kind) {
            (SyncAction::Disable | SyncAction::DisableThenDelete, _) if is_disabled => None,
            (SyncAction::Disable | SyncAction::DisableThenDelete, Kind::User)
                if record.text("administrative_status") == "enabled" =>
            {
                UserId::try_from(id).ok().map(|user| {
                    DisableUser {
                        user,
                        by: DisabledBy::Source,
                    }
                    .into()
                })
            }
            (SyncAction::Disable | SyncAction::DisableThenDelete, Kind::Organization) => {
                OrganizationId::try_from(id)
                    .ok()
                    .map(|organization| DisableOrganization { organization }.into())
            }
            (SyncAction::Disable | SyncAction::DisableThenDelete, Kind::Position) => PositionId::try_from(id)
                .ok()
                .map(|position| DisablePosition { position }.into()),
            (SyncAction::Delete, Kind::User) => UserId::try_from(id).ok().map(|user| {
                DeleteUser {
                    user,
                    mode: Default::default(),
                }
                .into()
            }),
            (SyncAction::Delete, Kind::Organization) => {
                OrganizationId::try_from(id).ok().map(|organization| {
                    DeleteOrganization {
                        organization,
                        disposition: None,
                    }
                    .into()
                })
            }
            (SyncAction::Delete, Kind::Position) => PositionId::try_from(id)
                .ok()
                .map(|position| DeletePosition { position }.into()),
            (SyncAction::Delete, Kind::Group) => iam_core::model::GroupId::try_from(id)
                .ok()
                .map(|group| DeleteGroup { group }.into()),
            _ => None,
        };
        command.into_iter().collect()
    }

    /// What is kept of an object that is gone, or not wanted any more.
    pub(super) fn gone(
        &self,
        rules: &KindRules,
        action: SyncAction,
        situation: Situation,
        shadow: &Record,
    ) -> Option<Command> {
        let id = ShadowId::try_from(shadow.id).ok()?;
        if matches!(action, SyncAction::Unlink) {
            return Some(RemoveShadow { shadow: id }.into());
        }
        let mut put = super::edges::put_of(shadow)?;
        put.state = ShadowState::Missing;
        put.situation = situation;
        put.digest = None;
        put.problem = None;
        put.problem_code = None;
        put.candidates = BTreeSet::new();
        put.missing_since = put.missing_since.or_else(|| Some(self.clock.now()));
        if action == SyncAction::DisableThenDelete && put.delete_after.is_none() {
            let days = i64::from(rules.delete_after_days.unwrap_or(30));
            put.delete_after = put.missing_since.map(|since| since.plus_days(days));
        }
        if action == SyncAction::Delete {
            put.delete_after = None;
        }
        Some(put.into())
    }
}

/// What an object wants of its record.
struct Wish<'r, 'a> {
    run: &'r Run<'a>,
    item: &'r Item,
    existing: Option<&'r Record>,
    built: &'r mut Built,
    relations: BTreeMap<String, Option<EntityId>>,
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
                Open::add(
                    &mut self.built.open,
                    self.run,
                    kind,
                    self.item,
                    attribute,
                    vec![keys],
                );
                None
            }
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

    fn user(&mut self, id: EntityId, rules: &KindRules, changes: AttributeChanges) -> Vec<Command> {
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

    fn organization(&mut self, id: EntityId, changes: AttributeChanges) -> Vec<Command> {
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

    fn position(&mut self, id: EntityId, changes: AttributeChanges) -> Vec<Command> {
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
            let reports_to = reports_to.and_then(|id| id.try_into().ok());
            commands.push(SetSuperior { position, reports_to }.into());
        }
        commands.extend(self.switches().map(switch));
        commands
    }

    fn group(&mut self, id: EntityId, changes: AttributeChanges) -> Vec<Command> {
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

/// A reference in all its possible keys.
pub(super) type Keys = Vec<RefKey>;
