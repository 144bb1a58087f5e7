//! What somebody may do: every rule that reaches them, with the path on which it does.

use std::{cell::Cell, collections::BTreeSet, sync::Arc};

use super::{
    collect::Collector,
    condition::Selection,
    names::Actions,
    path::{PathStep, Unmet},
    role::AttributeRights,
    world::{Ask, Number, Span, World},
};

/// Where a rule acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scope {
    /// In the whole realm.
    Realm,
    /// On these organizations, what is below them, and what belongs to any of these.
    Within(Arc<[Number]>),
    /// On one record: the actor's own.
    Only(Number),
}

/// What a rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// A privilege of a role, by its place.
    Role(Number, usize),
    /// Owning an organization.
    Owner(Number),
    /// Administering an organization.
    Administrator(Number),
    /// Being the one whom the record is about.
    Itself,
}

/// One thing that somebody may or may not do.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    /// On this kind; `None`: on every kind.
    pub kind: Option<u16>,
    pub actions: Actions,
    pub deny: bool,
    /// Takes attributes away and nothing else.
    pub caps: bool,
    pub attributes: Arc<AttributeRights>,
    pub scope: Scope,
    pub target: Option<Arc<Selection>>,
    pub origin: Origin,
    /// How it reaches the actor.
    pub path: Arc<[PathStep]>,
    /// Why it does not have effect; empty but in explanations.
    pub unmet: Arc<[Unmet]>,
}

/// Everything that somebody may do at a time.
#[derive(Debug, Clone)]
pub(super) struct Authority {
    /// Denials first.
    pub rules: Vec<Rule>,
    /// Whether the actor takes part at all.
    pub active: bool,
    /// The highest level among the roles.
    pub level: i64,
    /// The roles that have effect.
    pub roles: BTreeSet<Number>,
    /// Every path to each of them; empty but in explanations.
    pub held: Vec<(Number, Arc<[PathStep]>)>,
    /// The time for which this is the answer.
    pub valid: Span,
    pub generation: u64,
    /// The users whose edges it was made from, and how often these had changed.
    pub stamps: Vec<(Number, u32)>,
}

/// Which rules are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Those with effect at a moment.
    At,
    /// Those that can ever have effect: what a grant is measured by, whenever it begins.
    Ever,
    /// Those with effect, and the others with what is missing.
    Explain,
}

/// The built-in names that rules of owners, administrators and everybody are made of.
#[derive(Debug, Clone, Default)]
pub(super) struct Builtin {
    pub user: u16,
    pub device: u16,
    pub organization: u16,
    pub position: u16,
    pub view: u16,
    pub outrank: u16,
    pub grant_any: u16,
    pub owner_organization: Option<Actions>,
    pub owner_thing: Option<Actions>,
    pub administrator_organization: Option<Actions>,
    pub administrator_member: Option<Actions>,
    pub administrator_position: Option<Actions>,
    pub itself: Option<Actions>,
}

/// What an owner may do with organizations of the area: all but change who owns them (S2-69 … S2-73, S2-82).
pub const OWNER_ON_ORGANIZATIONS: &[&str] = &["view", "create", "update", "delete", "administer"];
/// What an owner may do with members and positions of the area (S2-77).
pub const OWNER_ON_MEMBERS: &[&str] = &[
    "view",
    "create",
    "update",
    "delete",
    "grant",
    "reset_password",
    "end_sessions",
    "history",
];
/// What an administrator may do with organizations of the area.
pub const ADMINISTRATOR_ON_ORGANIZATIONS: &[&str] = &["view", "add_member"];
/// What an administrator may do with members of the area (S2-78, S2-80).
pub const ADMINISTRATOR_ON_MEMBERS: &[&str] = &[
    "view",
    "create",
    "update",
    "delete",
    "grant",
    "reset_password",
    "end_sessions",
    "history",
];
/// What an administrator may do with positions of the area.
pub const ADMINISTRATOR_ON_POSITIONS: &[&str] = &["view", "assign"];
/// What everybody may do with their own record (S1-16 … S1-18): these actions and none that they contain elsewhere. Nobody
/// prolongs, unlocks or retypes themselves.
pub const ON_ONESELF: &[&str] = &[
    "view",
    "update",
    "record_consent",
    "security",
    "delegate",
    "end_sessions",
];

impl World {
    /// Gives the built-in names their numbers.
    pub(super) fn name_builtins(&mut self) {
        let mut number = |name: &str| self.names.number(name);
        for name in super::table::WORDS {
            number(name);
        }
        let mut actions = |list: &[&str]| Some(Actions::of(list.iter().map(|name| self.names.number(name))));
        let builtin = Builtin {
            owner_organization: actions(OWNER_ON_ORGANIZATIONS),
            owner_thing: actions(OWNER_ON_MEMBERS),
            administrator_organization: actions(ADMINISTRATOR_ON_ORGANIZATIONS),
            administrator_member: actions(ADMINISTRATOR_ON_MEMBERS),
            administrator_position: actions(ADMINISTRATOR_ON_POSITIONS),
            itself: actions(ON_ONESELF),
            user: self.names.number("user"),
            device: self.names.number("device"),
            organization: self.names.number("organization"),
            position: self.names.number("position"),
            view: self.names.number("view"),
            outrank: self.names.number("outrank"),
            grant_any: self.names.number("grant_any"),
        };
        self.builtin = builtin;
    }

    /// The authority that was computed before, when it still is the answer.
    pub(super) fn kept_authority(&self, number: Number, now: i64) -> Option<&Arc<Authority>> {
        let node = self.node(number)?;
        let kept = node.authority.as_ref()?;
        (node.known
            && kept.generation == self.generation
            && kept.valid.contains(now)
            && kept
                .stamps
                .iter()
                .all(|(number, stamp)| self.node(*number).is_some_and(|node| node.stamp == *stamp)))
        .then_some(kept)
    }

    /// What a node may do.
    pub(super) fn authority(&self, number: Number, now: i64, mode: Mode, ask: &Ask) -> Authority {
        let mut collector = Collector {
            world: self,
            now,
            mode,
            ask,
            valid: Cell::new(Span::ALWAYS),
        };
        collector.authority(number)
    }
}
