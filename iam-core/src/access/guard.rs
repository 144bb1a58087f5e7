//! The guards around a command: may it be asked, may its changes be caused, does anybody gain what the actor does not
//! hold.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    authority::{Authority, Mode},
    decide::{Ability, Target},
    gain::{gaining, selecting},
    table::CommandRow,
    world::{Ask, Missing, Number, World, is_satellite},
};
use crate::{
    model::{Edge, EditableBy, EntityId, Kind, Moment, Record, Relation},
    plan::{Cause, Change, Delta, Schema},
    rules::AttributeAccess,
};

/// Why a command is refused to an actor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Refusal {
    /// The command has no row, or nothing gives its action.
    Command,
    /// The command names something that the actor may not see: it is treated as not there.
    Hidden(EntityId),
    /// The action is not allowed on the thing.
    Action {
        /// The thing.
        id: EntityId,
        /// The action.
        action: String,
    },
    /// The attribute may not be written.
    Attribute {
        /// The thing.
        id: EntityId,
        /// The attribute.
        attribute: String,
    },
    /// Somebody would gain what the actor does not hold.
    Gain(Gain),
}

/// A right that somebody would gain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Gain {
    /// Who.
    pub subject: EntityId,
    /// By which role; `None` for owned and administered organizations.
    pub role: Option<EntityId>,
}

/// Whether a change is answered for by whoever sent the command; what forms, timers and rules add is not.
pub(super) fn is_caused(cause: Cause) -> bool {
    matches!(cause, Cause::Requested | Cause::Disposition | Cause::Rollback)
}

impl World {
    /// Before the decision: has the actor the right at all, and does the command name nothing that may not be seen?
    pub(crate) fn may_ask(
        &self,
        actor: EntityId,
        row: Option<&CommandRow>,
        mentioned: &BTreeSet<EntityId>,
        now: Moment,
    ) -> Result<Option<Refusal>, Missing> {
        self.asked(actor, row, mentioned, now, Ask::default())
            .map(|(refusal, _)| refusal)
    }

    /// The same before the commit, with what the answer rests on.
    pub(crate) fn may_still_ask(
        &self,
        actor: EntityId,
        row: Option<&CommandRow>,
        mentioned: &BTreeSet<EntityId>,
        now: Moment,
    ) -> Result<(Option<Refusal>, BTreeSet<EntityId>), Missing> {
        self.asked(actor, row, mentioned, now, Ask::noting())
    }

    fn asked(
        &self,
        actor: EntityId,
        row: Option<&CommandRow>,
        mentioned: &BTreeSet<EntityId>,
        now: Moment,
        ask: Ask,
    ) -> Result<(Option<Refusal>, BTreeSet<EntityId>), Missing> {
        let refusal = self.refusal(actor, row, mentioned, now, &ask);
        let relied = self.relied(ask.seen());
        ask.answer((refusal, relied))
    }

    fn refusal(
        &self,
        actor: EntityId,
        row: Option<&CommandRow>,
        mentioned: &BTreeSet<EntityId>,
        now: Moment,
        ask: &Ask,
    ) -> Option<Refusal> {
        let now = now.micros();
        let Some((_, authority)) = self.actor(actor, now, ask) else {
            return Some(Refusal::Command);
        };
        let Some(row) = row else {
            return Some(Refusal::Command);
        };
        let ability = self.ability(row.kind, row.action);
        if !self
            .decide(&authority, ability, Target::Any, now, ask)
            .is_allowed()
        {
            return Some(Refusal::Command);
        }
        for id in mentioned {
            // Types, templates and attributes are the realm's vocabulary: naming one tells nothing.
            if matches!(
                id.kind,
                Kind::Realm
                    | Kind::UserType
                    | Kind::OrganizationType
                    | Kind::Template
                    | Kind::Attribute
                    | Kind::ChangeSet
                    | Kind::Command
            ) {
                continue;
            }
            let Some(number) = self.find(*id, ask) else {
                continue;
            };
            let Some(node) = self.node(number).filter(|node| node.exists) else {
                continue;
            };
            if is_satellite(id.kind) {
                let user = node.up.filter(|user| self.get(*user, ask).is_some());
                let allowed = user.is_some_and(|user| {
                    self.decide(&authority, ability, Target::Node(user), now, ask)
                        .is_allowed()
                });
                if !allowed {
                    return Some(Refusal::Hidden(*id));
                }
                continue;
            }
            let target = Target::Node(number);
            let view = self.ability(id.kind.name(), "view");
            let own = Ability {
                kind: view.kind,
                ..ability
            };
            if !self.decide(&authority, view, target, now, ask).is_allowed()
                && !self.decide(&authority, own, target, now, ask).is_allowed()
            {
                return Some(Refusal::Hidden(*id));
            }
        }
        None
    }

    /// After the decision and before the commit: may the actor cause these changes, one by one and attribute by
    /// attribute, and does nobody gain by them what the actor does not hold? With the answer goes what it rests on.
    pub(crate) fn may_cause(
        &mut self,
        actor: EntityId,
        row: Option<&CommandRow>,
        changes: &[Change],
        schema: &Schema,
        now: Moment,
    ) -> Result<(BTreeSet<Refusal>, BTreeSet<EntityId>), Missing> {
        let ask = Ask::noting();
        self.touched(changes, &ask);
        let authority = self.actor(actor, now.micros(), &ask);
        let mut seen = ask.seen();
        ask.answer(())?;
        let Some((_, authority)) = authority else {
            return Ok((BTreeSet::from([Refusal::Command]), BTreeSet::new()));
        };
        let mut check = Check {
            authority,
            actor,
            row,
            now: now.micros(),
            refusals: BTreeSet::new(),
        };
        let ask = Ask::noting();
        check.before(self, changes, schema, &ask);
        let mut subjects = gaining(changes, actor);
        let selected = selecting(changes);
        subjects.extend(&selected);
        let held: Vec<(Number, Authority)> = subjects
            .iter()
            .filter_map(|id| self.number(*id))
            .map(|number| (number, self.authority(number, check.now, Mode::Ever, &ask)))
            .collect();
        seen.extend(ask.seen());
        ask.answer(())?;
        let overlay = self.lay(changes);
        let ask = Ask::noting();
        check.after(self, changes, schema, &ask);
        for id in &subjects {
            let Some(number) = self.number(*id) else { continue };
            // Whom a new condition selects gains everything.
            let before = held
                .iter()
                .find(|(held, _)| *held == number && !selected.contains(id))
                .map(|(_, held)| held);
            check.gains(self, *id, number, before, &ask);
        }
        seen.extend(ask.seen());
        let answer = ask.answer(());
        self.lift(overlay);
        answer.map(|()| (check.refusals, self.relied(seen)))
    }

    /// Of nodes those that were there: whatever a decision rests on must not change until it is committed. Whom a
    /// credential or session belongs to never changes, so that the record of its user stands for it.
    fn relied(&self, seen: BTreeSet<Number>) -> BTreeSet<EntityId> {
        seen.into_iter()
            .filter_map(|number| self.node(number))
            .filter(|node| node.known && node.exists && !is_satellite(node.id.kind))
            .map(|node| node.id)
            .collect()
    }
}

/// The checks of one plan.
pub(super) struct Check<'a> {
    pub authority: Arc<Authority>,
    pub actor: EntityId,
    row: Option<&'a CommandRow>,
    pub now: i64,
    pub refusals: BTreeSet<Refusal>,
}

impl Check<'_> {
    /// The action that the command stands for on a kind.
    fn action(&self, kind: Kind) -> &'static str {
        self.row
            .and_then(|row| crate::access::command_row(row.command))
            .filter(|row| row.kind == kind.name())
            .map_or("update", |row| row.action)
    }

    fn require(&mut self, world: &World, id: EntityId, action: &str, target: Target<'_>, ask: &Ask) -> bool {
        let ability = world.ability(id.kind.name(), action);
        let allowed = world
            .decide(&self.authority, ability, target, self.now, ask)
            .is_allowed();
        if !allowed {
            self.refusals.insert(Refusal::Action {
                id,
                action: action.to_owned(),
            });
        }
        allowed
    }

    /// What was there before is judged by what it was.
    fn before(&mut self, world: &World, changes: &[Change], schema: &Schema, ask: &Ask) {
        let created = created(changes);
        for change in changes {
            match change {
                Change::Record {
                    before: Some(before),
                    after,
                    cause,
                    ..
                } if is_caused(*cause) => self.record(world, before, after.as_deref(), schema, ask),
                Change::Edge { before, after, cause } if is_caused(*cause) => {
                    if let Some(edge) = after.as_ref().or(before.as_ref())
                        && !(created.contains(&edge.key.from) && edge.key.relation == Relation::ReportsTo)
                        // What the deletion of something else takes along is answered for by that deletion.
                        && *cause != Cause::Disposition
                    {
                        self.edge(world, edge, &created, ask);
                    }
                }
                _ => {}
            }
        }
    }

    fn record(&mut self, world: &World, before: &Record, after: Option<&Record>, schema: &Schema, ask: &Ask) {
        let id = before.id;
        let delta = Delta::between(Some(before), after);
        let named: Vec<&String> = delta
            .values
            .keys()
            .filter(|name| {
                !matches!(
                    name.as_str(),
                    "changed_at" | "changed_by" | "schema_epoch" | "supplied_by"
                )
            })
            .collect();
        if after.is_some() && named.is_empty() {
            return;
        }
        // Realms and rules are kept by the engine beside what was asked for.
        if id.kind == Kind::Rule {
            return;
        }
        if is_satellite(id.kind) {
            self.satellite(world, before, ask);
            return;
        }
        let Some(number) = (match id.kind {
            Kind::Realm | Kind::Attribute => None,
            _ => world.number(id),
        }) else {
            self.require(world, id, self.action(id.kind), Target::Any, ask);
            return;
        };
        let deleting = after.is_none_or(|after| after.is_deleted() && !before.is_deleted());
        let action = match deleting {
            true => "delete",
            false => self.action(id.kind),
        };
        let target = Target::Node(number);
        if !self.require(world, id, action, target, ask) || deleting {
            return;
        }
        let update = world.ability(id.kind.name(), "update");
        let mask = world.mask(&self.authority, update, target, self.now, ask);
        for name in named {
            let plain = schema
                .attribute(id.kind, name)
                .is_none_or(|definition| definition.editable == EditableBy::Update);
            if plain && mask.access(name) < AttributeAccess::Write {
                self.refusals.insert(Refusal::Attribute {
                    id,
                    attribute: name.clone(),
                });
            }
        }
    }

    /// What belongs to a user is judged by what the command does to the user.
    fn satellite(&mut self, world: &World, record: &Record, ask: &Ask) {
        let action = self
            .row
            .filter(|row| row.kind == Kind::User.name())
            .map_or("security", |row| row.action);
        match record.reference("user").and_then(|user| world.find(user, ask)) {
            Some(user) => drop(self.require(world, world.id(user), action, Target::Node(user), ask)),
            None => drop(self.refusals.insert(Refusal::Action {
                id: record.id,
                action: action.to_owned(),
            })),
        }
    }

    fn edge(&mut self, world: &World, edge: &Edge, created: &BTreeSet<EntityId>, ask: &Ask) {
        let (from, to) = (edge.key.from, edge.key.to);
        let (first, second): (Option<&str>, Option<&str>) = match edge.key.relation {
            Relation::MemberOf => (Some("update"), Some("add_member")),
            Relation::InGroup => (None, Some("add_member")),
            Relation::ReportsTo => (Some("set_manager"), None),
            Relation::Leads => (None, Some("set_lead")),
            Relation::Holds => (None, Some("assign")),
            Relation::UsedBy => (Some("set_shared_users"), None),
            Relation::HasRole => (Some("grant"), Some("grant")),
            Relation::IncludesRole | Relation::Carries | Relation::Excludes | Relation::Requires => {
                (Some("update"), None)
            }
            // S2-73
            Relation::Owns => (None, Some("own")),
            Relation::Administers => (None, Some("administer")),
            Relation::Deputizes => (None, Some("delegate")),
            #[allow(unreachable_patterns, reason = "relations are added")]
            _ => (Some("update"), None),
        };
        for (end, action) in [(from, first), (to, second)] {
            let Some(action) = action else { continue };
            // What the plan creates is judged as a creation, afterwards.
            if created.contains(&end) {
                continue;
            }
            match world.find(end, ask) {
                Some(number) => drop(self.require(world, end, action, Target::Node(number), ask)),
                None => continue,
            };
        }
    }

    /// What appears is judged by what it is then; what moves also by where it goes.
    fn after(&mut self, world: &World, changes: &[Change], schema: &Schema, ask: &Ask) {
        for change in changes {
            let Change::Record {
                before,
                after: Some(after),
                cause,
                ..
            } = change
            else {
                continue;
            };
            if !is_caused(*cause) || after.id.kind == Kind::Rule {
                continue;
            }
            let id = after.id;
            let moved = |attribute: &str| {
                before
                    .as_ref()
                    .is_some_and(|before| before.reference(attribute) != after.reference(attribute))
            };
            match id.kind {
                Kind::Organization if before.is_none() || moved("parent") => {
                    // S2-69, S2-71, S2-72: an organization appears only below one where its maker may create.
                    let parent = after.reference("parent").and_then(|parent| world.number(parent));
                    let below: Vec<Number> = parent.into_iter().collect();
                    self.require(world, id, "create", Target::Below(&below), ask);
                }
                Kind::Position if before.is_none() || moved("organization") => {
                    let place = after
                        .reference("organization")
                        .and_then(|place| world.number(place));
                    let below: Vec<Number> = place.into_iter().collect();
                    self.require(world, id, "create", Target::Below(&below), ask);
                }
                Kind::Realm | Kind::Attribute if before.is_none() => {
                    self.require(world, id, "create", Target::Any, ask);
                }
                kind if is_satellite(kind) => {
                    if before.is_none() {
                        self.satellite(world, after, ask);
                    }
                    continue;
                }
                _ if before.is_none() => {
                    let Some(number) = world.number(id) else { continue };
                    self.require(world, id, "create", Target::Node(number), ask);
                }
                _ => continue,
            }
            if before.is_none() {
                self.created(world, after, schema, ask);
            }
        }
    }

    /// The attributes that something is created with.
    fn created(&mut self, world: &World, record: &Record, schema: &Schema, ask: &Ask) {
        let id = record.id;
        let Some(number) = world.number(id) else { return };
        let create = world.ability(id.kind.name(), "create");
        let below: Vec<Number> = world.node(number).and_then(|node| node.up).into_iter().collect();
        let target = match id.kind {
            Kind::Organization | Kind::Position => Target::Below(&below),
            _ => Target::Node(number),
        };
        let mask = world.mask(&self.authority, create, target, self.now, ask);
        for (name, value) in &record.attributes {
            let Some(definition) = schema.attribute(id.kind, name) else {
                continue;
            };
            let given = definition.editable == EditableBy::Update
                && !definition.required
                && definition.default.as_ref() != Some(value);
            if given && mask.access(name) < AttributeAccess::Write {
                self.refusals.insert(Refusal::Attribute {
                    id,
                    attribute: name.to_string(),
                });
            }
        }
    }
}

fn created(changes: &[Change]) -> BTreeSet<EntityId> {
    changes
        .iter()
        .filter_map(|change| match change {
            Change::Record {
                before: None,
                after: Some(record),
                ..
            } => Some(record.id),
            _ => None,
        })
        .collect()
}
