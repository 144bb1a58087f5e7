//! Edges: memberships, managers, positions, groups. What names a record that is not there yet waits for the end of the
//! run, so that references work in any order.

use std::collections::{BTreeMap, BTreeSet};

use iam_core::{
    command::{
        Command, PutShadow, SetSuperior, ShadowState, SynchronizeEdges, TransferOrganization,
        TransferPosition,
    },
    model::{
        Edge, EdgeOrigin, EntityId, Kind, Record, Relation, ShadowId, Situation, SourceId, Strength,
        SyncAction, SyncKind, Value,
    },
    plan::{Direction, EdgesOf},
    port::SourceObject,
    rules::structure,
    wire::{Code, Problem},
};

use super::{
    Finding, Run,
    build::{Built, Edges},
    compact,
    page::Item,
    refs::{Keys, RefKey},
};
use crate::reconcile::Wanted;

/// Edges that wait for the end of the run.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) kind: SyncKind,
    pub(super) id: EntityId,
    /// The key of the object, and the digest that its link has when nothing is open any more.
    key: u128,
    digest: u128,
    /// By attribute every record that is named.
    relations: Vec<(Box<str>, Box<[Keys]>)>,
}

/// A key or digest as it is stored.
fn digits(key: u128) -> String {
    format!("{key:032x}")
}

impl Open {
    pub(super) fn add(
        open: &mut Option<Open>,
        kind: SyncKind,
        item: &Item,
        attribute: &str,
        references: Vec<Keys>,
    ) {
        let Some(id) = item.id else { return };
        open.get_or_insert_with(|| Open {
            kind,
            id,
            key: compact(&item.key),
            digest: compact(&item.mapped.digest),
            relations: Vec::with_capacity(1),
        })
        .relations
        .push((attribute.into(), references.into()));
    }

    /// All that both wait for; of the same object.
    pub(super) fn joined(self, other: Option<Open>) -> Open {
        let mut joined = self;
        joined
            .relations
            .extend(other.into_iter().flat_map(|other| other.relations));
        joined
    }
}

/// The edges that an attribute stands for.
fn relation(kind: SyncKind, attribute: &str) -> Option<(Direction, Relation, bool)> {
    Some(match (kind, attribute) {
        (SyncKind::User, "organizations") => (Direction::From, Relation::MemberOf, false),
        (SyncKind::User, "manager") => (Direction::From, Relation::ReportsTo, true),
        (SyncKind::User, "positions") => (Direction::From, Relation::Holds, false),
        (SyncKind::User | SyncKind::Group, "groups") => (Direction::From, Relation::InGroup, false),
        (SyncKind::User, "leads") => (Direction::From, Relation::Leads, false),
        (SyncKind::Group, "members") => (Direction::To, Relation::InGroup, false),
        _ => return None,
    })
}

/// Whether a source asked for an edge.
fn is_ours(edge: &Edge, source: SourceId) -> bool {
    let name = EntityId::from(source).to_string();
    edge.origins.contains(&EdgeOrigin::Sync)
        && edge
            .attributes
            .get("sources")
            .map(Value::elements)
            .unwrap_or_default()
            .iter()
            .any(|listed| listed.as_text() == Some(&name))
}

/// What is kept of an object, to be written again.
pub(super) fn put_of(shadow: &Record) -> Option<PutShadow> {
    let text = |name: &str| {
        Some(shadow.text(name))
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    Some(PutShadow {
        shadow: Some(ShadowId::try_from(shadow.id).ok()?),
        source: shadow.reference("identity_source")?.try_into().ok()?,
        kind: SyncKind::from_name(shadow.text("object_kind"))?,
        identifier: shadow.text("identifier").to_owned(),
        title: text("title"),
        object_key: shadow.text("object_key").to_owned(),
        name_key: text("name_key"),
        target: shadow.reference("target"),
        digest: text("digest"),
        depends_on: BTreeSet::new(),
        situation: structure::from_record(shadow, "situation").unwrap_or(Situation::Confirmed),
        state: ShadowState::from_name(shadow.text("state")).unwrap_or_default(),
        problem: shadow.value("problem").cloned(),
        problem_code: text("problem_code"),
        candidates: BTreeSet::new(),
        missing_since: shadow.moment("missing_since"),
        delete_after: shadow.moment("delete_after"),
    })
}

impl Run<'_> {
    /// The edges that the records of a page have now.
    pub(super) async fn current_edges(&mut self, kind: SyncKind, items: &[Item]) -> Result<Edges, Problem> {
        let mut sets = BTreeSet::new();
        for item in items {
            let Some(target) = &item.target else { continue };
            for (name, (_, wanted)) in &item.mapped.values {
                if let (Wanted::References(_), Some((direction, relation, _))) =
                    (wanted, relation(kind, name))
                {
                    sets.insert(EdgesOf {
                        id: target.id,
                        direction,
                        relation,
                    });
                }
            }
        }
        if sets.is_empty() {
            return Ok(Edges::new());
        }
        Ok(self.acting.edges_of(sets).await?.into_iter().collect())
    }

    /// The commands that bring the edges of an object to what it says; what it names and is not there yet stays open.
    pub(super) fn relations(
        &self,
        kind: SyncKind,
        id: EntityId,
        item: &Item,
        existing: Option<&Record>,
        edges: &Edges,
        built: &mut Built,
    ) -> Vec<Command> {
        let mut commands = Vec::new();
        let (mut all, mut foreseen) = (None, false);
        for (name, (strength, wanted)) in &item.mapped.values {
            let (Wanted::References(references), Some((direction, relation, exclusive))) =
                (wanted, relation(kind, name))
            else {
                continue;
            };
            if item.repair && *strength == Strength::Normal {
                continue;
            }
            let keys: Vec<Keys> = references
                .iter()
                .map(|reference| self.ref_keys(reference))
                .collect();
            let found: Vec<Option<EntityId>> = keys.iter().map(|keys| self.resolve(keys)).collect();
            if found.iter().any(Option::is_none) {
                Open::add(&mut built.open, kind, item, name, keys);
                continue;
            }
            foreseen |= found.iter().flatten().any(|id| self.foreseen.contains(id));
            if !self.foreseen.is_empty() {
                Open::add(&mut all, kind, item, name, keys);
            }
            let set = EdgesOf {
                id,
                direction,
                relation,
            };
            let current = match existing {
                Some(_) => edges.get(&set).map(Vec::as_slice).unwrap_or_default(),
                None => &[],
            };
            if *strength == Strength::Weak && !current.is_empty() {
                continue;
            }
            let wanted: BTreeSet<EntityId> = found.into_iter().flatten().collect();
            let strong = *strength == Strength::Strong;
            let emptied = wanted.is_empty();
            let command = self.difference(set, exclusive, strong, wanted, current);
            if command.is_some() {
                built.changes.push(name.clone());
                if emptied {
                    built.emptied.push(name.clone());
                }
            }
            commands.extend(command);
        }
        // Should one of those on this page not come to be, the end of the run looks at all of it once more.
        built.fallback = all.filter(|_| foreseen);
        commands
    }

    /// From the edges there are to those that are wanted.
    fn difference(
        &self,
        set: EdgesOf,
        exclusive: bool,
        strong: bool,
        wanted: BTreeSet<EntityId>,
        current: &[Edge],
    ) -> Option<Command> {
        let other = |edge: &Edge| match set.direction {
            Direction::From => edge.key.to,
            Direction::To => edge.key.from,
        };
        let ours: BTreeSet<EntityId> = current
            .iter()
            .filter(|edge| is_ours(edge, self.source))
            .map(other)
            .collect();
        // Where there is room for one, somebody's own decision stays unless the mapping is strong.
        let foreign = current
            .iter()
            .any(|edge| !is_ours(edge, self.source) && !wanted.contains(&other(edge)));
        if exclusive && foreign && !strong && ours.is_empty() {
            return None;
        }
        // In a preview nothing can be tied to what would only be created.
        let add: BTreeSet<EntityId> = wanted
            .difference(&ours)
            .filter(|id| !self.planned.contains(id))
            .copied()
            .collect();
        let remove: BTreeSet<EntityId> = ours.difference(&wanted).copied().collect();
        let crowded = exclusive && strong && foreign && !wanted.is_empty();
        if (add.is_empty() && remove.is_empty() && !crowded) || self.planned.contains(&set.id) {
            return None;
        }
        Some(
            SynchronizeEdges {
                source: self.source,
                record: set.id,
                direction: set.direction,
                relation: set.relation,
                add: if crowded { wanted } else { add },
                remove,
                exclusive: exclusive && (strong || !foreign),
            }
            .into(),
        )
    }

    /// The members that the source gave a group: nobody has access by a group that its source does not have any more.
    pub(super) fn emptied(&self, action: SyncAction, id: EntityId, edges: &Edges) -> Option<Command> {
        let set = members_of(id)?;
        if !matches!(action, SyncAction::Disable | SyncAction::DisableThenDelete) {
            return None;
        }
        let current = edges.get(&set).map(Vec::as_slice).unwrap_or_default();
        self.difference(set, false, false, BTreeSet::new(), current)
    }

    /// Pairs of members and containers, from objects of their own.
    pub(super) fn pairs(&mut self, objects: Vec<SourceObject>) -> Result<(), Problem> {
        for object in objects {
            let Some(state) = self.kinds.get(&SyncKind::Membership) else {
                break;
            };
            let mapped = state.mapper.map(&object);
            let end = |name: &str| match mapped.values.get(name) {
                Some((_, Wanted::References(references))) => {
                    references.first().map(|reference| self.ref_keys(reference))
                }
                _ => None,
            };
            match (mapped.qualifies, end("member"), end("container")) {
                (true, Some(member), Some(container)) => {
                    for member in &member {
                        for container in &container {
                            self.pairs.push((member.clone(), container.clone()));
                        }
                    }
                }
                (false, _, _) => self.count(SyncKind::Membership).ignored += 1,
                _ => {
                    self.count(SyncKind::Membership).failed += 1;
                    self.find(Finding {
                        kind: Some(SyncKind::Membership),
                        object: Some(object.identifier.chars().take(60).collect()),
                        ..Finding::of_run(
                            "membership.incomplete",
                            "names no member or nothing to be a member of",
                        )
                    });
                }
            }
        }
        Ok(())
    }

    /// Follows what was open, when every record is there.
    pub(super) async fn follow_edges(&mut self) -> Result<(), Problem> {
        let mut open = std::mem::take(&mut self.open);
        // The upper ones first: who moves in a tree moves to a place that is final.
        open.sort_by_key(|open| open.kind);
        let mut rest = open.into_iter().peekable();
        while rest.peek().is_some() {
            // Groups with many members fill a step by themselves.
            let (mut step, mut size) = (Vec::new(), 0);
            while let Some(next) =
                rest.next_if(|next| step.len() < 500 && (size == 0 || size + next.size() < 5000))
            {
                size += next.size();
                step.push(next);
            }
            self.follow(step).await?;
            self.note().await?;
        }
        self.follow_pairs().await
    }

    async fn follow(&mut self, open: Vec<Open>) -> Result<(), Problem> {
        let keys: BTreeSet<RefKey> = open
            .iter()
            .flat_map(|open| &open.relations)
            .flat_map(|(_, references)| references)
            .flatten()
            .cloned()
            .collect();
        self.find_keys(keys).await?;
        let mut sets = BTreeSet::new();
        for open in &open {
            for (name, _) in &open.relations {
                if let Some((direction, relation, _)) = relation(open.kind, name) {
                    sets.insert(EdgesOf {
                        id: open.id,
                        direction,
                        relation,
                    });
                }
            }
        }
        let edges: Edges = self.acting.edges_of(sets).await?.into_iter().collect();
        let keys: Vec<String> = open.iter().map(|open| digits(open.key)).collect();
        let shadows = self
            .acting
            .find_all_by(Kind::Shadow, "object_key", keys.iter().map(String::as_str))
            .await?;
        let mut commands: Vec<Command> = Vec::new();
        let mut owners = Vec::new();
        for open in &open {
            if self.planned.contains(&open.id) {
                continue;
            }
            let mut lost = Vec::new();
            let from = commands.len();
            for (name, references) in &open.relations {
                let found: Vec<Option<EntityId>> = references.iter().map(|keys| self.resolve(keys)).collect();
                lost.extend(
                    found
                        .iter()
                        .filter(|found| found.is_none())
                        .map(|_| name.as_ref()),
                );
                let wanted: BTreeSet<EntityId> = found.into_iter().flatten().collect();
                match relation(open.kind, name) {
                    Some((direction, relation, exclusive)) => {
                        let set = EdgesOf {
                            id: open.id,
                            direction,
                            relation,
                        };
                        let current = edges.get(&set).map(Vec::as_slice).unwrap_or_default();
                        // Who is named and cannot be found is no reason to take somebody else away.
                        let command = self.difference(set, exclusive, false, wanted, current);
                        commands.extend(command.map(|command| {
                            match (command, lost.is_empty()) {
                                (Command::SynchronizeEdges(edges), false) => SynchronizeEdges {
                                    remove: BTreeSet::new(),
                                    ..edges
                                }
                                .into(),
                                (command, _) => command,
                            }
                        }));
                    }
                    None => commands.extend(wanted.into_iter().next().and_then(|to| placed(open, name, to))),
                }
            }
            owners.push((open, from, commands.len(), lost));
        }
        let results = self.carry_out(&commands).await?;
        let mut finals = Vec::new();
        let mut told = Vec::new();
        for (open, from, to, lost) in owners {
            let refused = results
                .get(from..to)
                .unwrap_or_default()
                .iter()
                .find_map(|result| result.as_ref().err().cloned());
            let problem = refused.or_else(|| {
                lost.first().map(|name| {
                    let message = match lost.len() {
                        1 => format!("`{name}` names a record that is not here"),
                        many => format!("`{name}` names {many} records that are not here"),
                    };
                    Problem::new(Code::NotFound, message)
                })
            });
            let Some(mut put) = shadows.get(&digits(open.key)).and_then(|shadow| put_of(shadow)) else {
                continue;
            };
            put.target = Some(open.id);
            put.state = ShadowState::Linked;
            put.missing_since = None;
            put.delete_after = None;
            put.digest = problem.is_none().then(|| digits(open.digest));
            put.problem = problem.as_ref().and_then(structure::to_value);
            put.problem_code = problem.as_ref().map(|problem| problem.code.name().to_owned());
            let title = put.title.clone();
            finals.push(Command::from(put));
            if let Some(problem) = problem {
                told.push((open.kind, title, open.id, problem));
            }
        }
        for (kind, title, id, problem) in told {
            self.count(kind).incomplete += 1;
            self.find(Finding {
                kind: Some(kind),
                object: title,
                record: Some(id),
                ..Finding::of_run(problem.code.name(), &problem.message)
            });
        }
        if !self.look_only {
            self.carry_out(&finals).await?;
        }
        Ok(())
    }

    /// Refuses to take away more memberships than a run may, before it takes away the first.
    async fn count_pairs(
        &mut self,
        sets: &[EdgesOf],
        wanted: &BTreeMap<EntityId, BTreeSet<EntityId>>,
    ) -> Result<(), Problem> {
        let (mut gone, mut all) = (0, 0);
        for sets in sets.chunks(100) {
            for (set, current) in self.acting.edges_of(sets.iter().copied()).await? {
                let wanted = wanted.get(&set.id);
                let ours = current.iter().filter(|edge| is_ours(edge, self.source));
                for edge in ours {
                    all += 1;
                    gone += u64::from(!wanted.is_some_and(|wanted| wanted.contains(&edge.key.from)));
                }
            }
            self.note().await?;
        }
        self.bounded(SyncKind::Membership, SyncAction::Clear, "", [0, gone], all)
    }

    /// Brings the memberships to the pairs that the source names.
    async fn follow_pairs(&mut self) -> Result<(), Problem> {
        let Some(state) = self.kinds.get(&SyncKind::Membership) else {
            return Ok(());
        };
        let complete = state.complete;
        let pairs = std::mem::take(&mut self.pairs);
        let mut wanted: BTreeMap<EntityId, BTreeSet<EntityId>> = BTreeMap::new();
        if complete {
            // What has no member any more is named by no pair.
            let containers = self
                .known
                .values()
                .filter(|id| matches!(id.kind, Kind::Group | Kind::Organization | Kind::Position));
            wanted.extend(containers.map(|id| (*id, BTreeSet::new())));
        }
        for step in pairs.chunks(2000) {
            let keys = step
                .iter()
                .flat_map(|(member, container)| [member.clone(), container.clone()])
                .collect();
            self.find_keys(keys).await?;
            for (member, container) in step {
                let ends = (
                    self.resolve(std::slice::from_ref(member)),
                    self.resolve(std::slice::from_ref(container)),
                );
                // A pair stands for every kind that its ends can be; most of these lead nowhere.
                if let (Some(member), Some(container)) = ends {
                    wanted.entry(container).or_default().insert(member);
                }
            }
        }
        let sets: BTreeSet<EdgesOf> = wanted
            .keys()
            .filter_map(|container| {
                let relation = match container.kind {
                    Kind::Group => Relation::InGroup,
                    Kind::Organization => Relation::MemberOf,
                    Kind::Position => Relation::Holds,
                    _ => return None,
                };
                Some(EdgesOf {
                    id: *container,
                    direction: Direction::To,
                    relation,
                })
            })
            .collect();
        let sets: Vec<EdgesOf> = sets.into_iter().collect();
        if complete {
            self.count_pairs(&sets, &wanted).await?;
        }
        for sets in sets.chunks(100) {
            let edges = self.acting.edges_of(sets.iter().copied()).await?;
            let mut commands = Vec::new();
            for (set, current) in &edges {
                let members = wanted.remove(&set.id).unwrap_or_default();
                let command = self.difference(*set, false, false, members, current);
                commands.extend(command.map(|command| {
                    match (command, complete) {
                        (Command::SynchronizeEdges(edges), false) => SynchronizeEdges {
                            remove: BTreeSet::new(),
                            ..edges
                        }
                        .into(),
                        (command, _) => command,
                    }
                }));
            }
            let results = self.carry_out(&commands).await?;
            for result in results {
                match result {
                    Ok(_) => self.count(SyncKind::Membership).updated += 1,
                    Err(problem) => {
                        self.count(SyncKind::Membership).failed += 1;
                        self.find(Finding {
                            kind: Some(SyncKind::Membership),
                            ..Finding::of_run(problem.code.name(), &problem.message)
                        });
                    }
                }
            }
        }
        Ok(())
    }
}

impl Open {
    fn size(&self) -> usize {
        self.relations
            .iter()
            .map(|(_, references)| references.len())
            .sum()
    }
}

/// The edges of the members of a group.
pub(super) fn members_of(id: EntityId) -> Option<EdgesOf> {
    (id.kind == Kind::Group).then_some(EdgesOf {
        id,
        direction: Direction::To,
        relation: Relation::InGroup,
    })
}

/// The command that gives a record its place in a tree.
fn placed(open: &Open, attribute: &str, to: EntityId) -> Option<Command> {
    Some(match (open.kind, attribute) {
        (SyncKind::Organization, "parent") => TransferOrganization {
            organization: open.id.try_into().ok()?,
            parent: Some(to.try_into().ok()?),
        }
        .into(),
        (SyncKind::Position, "organization") => TransferPosition {
            position: open.id.try_into().ok()?,
            organization: Some(to.try_into().ok()?),
        }
        .into(),
        (SyncKind::Position, "reports_to") => SetSuperior {
            position: open.id.try_into().ok()?,
            reports_to: Some(to.try_into().ok()?),
        }
        .into(),
        _ => return None,
    })
}
