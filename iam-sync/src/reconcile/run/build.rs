//! From decisions to commands.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use iam_core::{
    command::{
        AttributeChanges, Command, DeleteGroup, DeleteOrganization, DeletePosition, DeleteUser,
        DisableOrganization, DisablePosition, DisableUser, DisabledBy, RemoveShadow, ShadowState,
    },
    model::{
        Edge, EntityId, Kind, KindRules, OrganizationId, PositionId, Record, ShadowId, Situation, Strength,
        SyncAction, SyncKind, UserId,
    },
    plan::EdgesOf,
    wire::Problem,
};

use super::{Run, edges::Open, page::Item, wish::Wish};
use crate::reconcile::Wanted;

/// Edges as they are now.
pub(super) type Edges = HashMap<EdgesOf, Vec<Edge>>;

/// The commands of an object.
#[derive(Default)]
pub(super) struct Built {
    pub(super) commands: Vec<Command>,
    /// What is kept of the object; it comes when every record of the page is there.
    pub(super) link: Option<Command>,
    /// Those about edges; they come when every record of the page is there, and the record is written without them.
    pub(super) ties: Vec<Command>,
    /// The attributes that change.
    pub(super) changes: Vec<String>,
    /// What stays undone.
    pub(super) problems: Vec<Problem>,
    /// What has to wait for other records.
    pub(super) open: Option<Open>,
    /// What has to be looked at again when another record of the page does not come to be.
    pub(super) fallback: Option<Open>,
    /// What clears an old problem, once nothing is refused any more.
    pub(super) cleared: Option<Command>,
    /// Something of the record changes.
    pub(super) acts: bool,
    /// The attributes that have a value here and will have none.
    pub(super) emptied: Vec<String>,
    /// Whoever it is does not take part any more, because the source says so.
    pub(super) ends: bool,
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
            SyncAction::Create | SyncAction::Update => self.write(kind, rules, item, &mut built),
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
            SyncAction::Report | SyncAction::Ignore | SyncAction::Clear => {}
        }
        if let Some(own) = item
            .replaces
            .as_ref()
            .and_then(|own| ShadowId::try_from(own.id).ok())
        {
            // It holds the key that the link takes over.
            built.commands.insert(0, RemoveShadow { shadow: own }.into());
        }
        built
    }

    /// Creates or changes the record.
    fn write(&self, kind: SyncKind, rules: &KindRules, item: &Item, built: &mut Built) {
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
                if before.is_some() && value.is_none() {
                    built.emptied.push(name.clone());
                }
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
        built.ends = existing.is_some() && commands.iter().any(|command| self.is_end(command));
        built.commands = commands;
    }

    /// Whether a command takes its record out of use, now.
    fn is_end(&self, command: &Command) -> bool {
        match command {
            Command::DisableUser(_) | Command::DisableOrganization(_) | Command::DisablePosition(_) => true,
            Command::SetValidity(validity) => {
                let now = self.clock.now();
                validity.valid_until.is_some_and(|until| until <= now)
                    || validity.valid_from.is_some_and(|from| from > now)
            }
            _ => false,
        }
    }

    /// Links the record, and gives it its edges. Those that its page creates are known by now.
    pub(super) fn tie(&self, kind: SyncKind, item: &Item, edges: &Edges, built: &mut Built) {
        let (SyncAction::Create | SyncAction::Update, Some(id)) = (item.decision.action, item.id) else {
            return;
        };
        let existing = item
            .target
            .as_deref()
            .filter(|_| item.decision.action != SyncAction::Create);
        built.ties = self.relations(kind, id, item, existing, edges, built);
        let waits = built.open.is_some();
        let mut shadow = self.shadow(kind, item);
        for command in &built.ties {
            if let Command::SynchronizeEdges(edges) = command {
                shadow.depends_on.extend(&edges.add);
            }
        }
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
                (false, false) => built.link = Some(shadow.into()),
            }
        }
        built.acts |= !built.ties.is_empty();
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
