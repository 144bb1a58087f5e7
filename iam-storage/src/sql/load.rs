//! Loading: any needs in a bounded number of statements.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use iam_core::{
    model::{EntityId, Kind, RealmId, Record, Relation},
    plan::{ClaimKey, Direction, EdgeSet, EdgesOf, Facts, Needs, Referring, SCHEMA_KINDS},
    port::StorageError,
};
use uuid::Uuid;

use super::{
    Dialect, Question, Realms, Row, Session, Shape, SqlValue, Statement,
    codec::{self, EDGE_COLUMNS, RECORD, fingerprint},
    layout::table,
    sets::{About, by_attribute, claim_attribute, claim_realm, referring, referring_set, target_key},
    statement::{LIST, uuids},
};

/// The kinds whose records make up a realm's schema, the realm's own record first.
fn schema_kinds() -> impl Iterator<Item = Kind> {
    std::iter::once(Kind::Realm).chain(SCHEMA_KINDS)
}

/// How many statements a load takes at least, so that a driver knows whether it needs a snapshot.
pub(crate) fn statements(needs: &Needs) -> usize {
    let kinds: BTreeSet<Kind> = needs.records.iter().map(|id| id.kind).collect();
    let claims: BTreeSet<_> = needs
        .claims
        .iter()
        .map(|key| (key.kind, &key.attribute))
        .collect();
    let edges: BTreeSet<_> = needs
        .edges
        .iter()
        .map(|set| (set.direction, set.relation, set.id.kind))
        .collect();
    let referring: BTreeSet<_> = needs
        .referring
        .iter()
        .map(|set| (set.kind, &set.attribute))
        .collect();
    kinds.len()
        + claims.len()
        + edges.len()
        + referring.len()
        + usize::from(!needs.ancestors.is_empty())
        + usize::from(!needs.subtrees.is_empty())
        + if needs.schema { schema_kinds().count() } else { 0 }
        + usize::from(needs.holders)
}

/// The same for exchanges with a server: PostgreSQL answers as one statement what can be asked at once, and is not much.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) fn exchanges(dialect: Dialect, needs: &Needs) -> usize {
    const FEW: usize = 64;
    let follows = needs.holders || needs.ancestors.iter().any(|id| id.kind != Kind::Organization);
    let asked = needs.records.len()
        + needs.claims.len()
        + needs.edges.len()
        + needs.referring.len()
        + needs.ancestors.len()
        + needs.subtrees.len();
    if dialect == Dialect::Postgres && !follows && asked <= FEW {
        return 1;
    }
    statements(needs)
}

/// Looks up everything asked for.
pub(crate) async fn load<S: Session>(
    session: &mut S,
    realms: &Realms,
    settled: bool,
    realm: RealmId,
    needs: &Needs,
) -> Result<Facts, StorageError> {
    let mut facts = Facts::default();
    if let Some(number) = realms.number(session, realm, settled).await? {
        let mut load = Load {
            session,
            realm: number,
            facts: &mut facts,
        };
        load.all(needs).await?;
    } else {
        // Names of realms are unique across realms: a realm that is about to be created asks for its own.
        let names = needs.claims.iter().filter(|key| key.kind == Kind::Realm);
        let needs = Needs {
            claims: names.cloned().collect(),
            ..Needs::default()
        };
        let mut load = Load {
            session,
            realm: 0,
            facts: &mut facts,
        };
        load.all(&needs).await?;
    }
    facts.complete(needs);
    // A subtree counts as loaded when the children of its root are known, be it that there is no such root.
    for id in &needs.subtrees {
        let children = Referring {
            kind: Kind::Organization,
            attribute: "parent".to_owned(),
            target: Some(*id),
        };
        facts.referring.entry(children).or_default();
    }
    // Whatever is known to be empty has the fingerprint of an empty set, as the guards compute it.
    let empty = fingerprint(0, 0);
    for set in facts.edges.values_mut().filter(|set| set.fingerprint.is_empty()) {
        set.fingerprint.clone_from(&empty);
    }
    for set in facts
        .referring
        .values_mut()
        .filter(|set| set.fingerprint.is_empty())
    {
        set.fingerprint.clone_from(&empty);
    }
    Ok(facts)
}

/// One record, in one statement.
pub(crate) async fn find<S: Session>(
    session: &mut S,
    realms: &Realms,
    settled: bool,
    realm: RealmId,
    id: EntityId,
) -> Result<Option<Arc<Record>>, StorageError> {
    if matches!(id.kind, Kind::ChangeSet | Kind::Command) {
        return Ok(None);
    }
    let Some(number) = realms.number(session, realm, settled).await? else {
        return Ok(None);
    };
    let mut statement = Statement::new(
        session.dialect(),
        &format!("SELECT {RECORD} FROM {} r WHERE r.realm = ", table(id.kind)),
    );
    statement.bind(number).text(" AND r.id = ").bind(id.uuid);
    Ok(session.records(id.kind, &statement).await?.pop())
}

/// The record that holds a unique name, in one statement.
pub(crate) async fn find_holder<S: Session>(
    session: &mut S,
    realms: &Realms,
    settled: bool,
    realm: RealmId,
    name: &ClaimKey,
) -> Result<Option<Arc<Record>>, StorageError> {
    if matches!(name.kind, Kind::ChangeSet | Kind::Command) {
        return Ok(None);
    }
    let Some(number) = realms.number(session, realm, settled).await? else {
        return Ok(None);
    };
    let mut statement = Statement::new(
        session.dialect(),
        &format!(
            "SELECT {RECORD} FROM iam_claim c JOIN {} r ON r.realm = ",
            table(name.kind)
        ),
    );
    statement
        .bind(number)
        .text(" AND r.id = c.holder WHERE c.realm = ")
        .bind(claim_realm(name.kind, number));
    statement.text(" AND c.kind = ").bind(name.kind as i64);
    statement
        .text(" AND c.attribute = ")
        .bind(claim_attribute(&name.attribute));
    statement
        .text(" AND c.search_key = ")
        .bind(name.key.as_bytes().to_vec());
    Ok(session.records(name.kind, &statement).await?.pop())
}

struct Load<'a, S> {
    session: &'a mut S,
    realm: i64,
    facts: &'a mut Facts,
}

impl<S: Session> Load<'_, S> {
    fn select(&self, text: &str) -> Statement {
        let mut statement = Statement::new(self.session.dialect(), text);
        statement.bind(self.realm);
        statement
    }

    fn keep(&mut self, record: Arc<Record>) {
        self.facts.records.insert(record.id, Some(record));
    }

    /// Asks everything that can be asked at once, then what follows from the answers.
    async fn all(&mut self, needs: &Needs) -> Result<(), StorageError> {
        let (organizations, others): (Vec<EntityId>, Vec<EntityId>) = needs
            .ancestors
            .iter()
            .partition(|id| id.kind == Kind::Organization);
        let mut asked = Asked::default();
        self.records(&mut asked, needs.records.iter().chain(&others));
        self.claims(&mut asked, needs);
        self.edges(&mut asked, needs);
        self.referring(&mut asked, needs);
        self.part_of_tree(&mut asked, Part::Above, &organizations);
        let roots: Vec<EntityId> = needs.subtrees.iter().copied().collect();
        self.part_of_tree(&mut asked, Part::Below, &roots);
        if needs.schema {
            for kind in schema_kinds() {
                let text = format!("SELECT {RECORD} FROM {} r WHERE r.realm = ", table(kind));
                asked.push(Of::Records(kind), self.select(&text), RECORD_SHAPES);
            }
        }
        let mut children = BTreeMap::new();
        self.ask(asked, &mut children).await?;
        self.children(needs, children);
        if needs.holders {
            let held = self.facts.claims.values().flatten();
            let unknown = held.filter(|id| !self.facts.records.contains_key(id));
            let unknown: Vec<EntityId> = unknown.copied().collect();
            self.more(&unknown).await?;
        }
        self.reporting_lines(others).await
    }

    async fn ask(&mut self, asked: Asked<'_>, children: &mut Children) -> Result<(), StorageError> {
        let answers = self.session.query_all(&asked.questions).await?;
        for (of, rows) in asked.of.into_iter().zip(answers) {
            match of {
                Of::Records(kind) => {
                    for row in &rows {
                        self.keep(codec::record(kind, row, 0)?);
                    }
                }
                Of::Claims(kind, attribute) => {
                    for row in &rows {
                        self.claim(kind, attribute, row)?;
                    }
                }
                Of::Edges(direction, relation) => self.edge_sets(direction, relation, &rows)?,
                Of::Referring(kind, about, sets) => self.referring_sets(kind, about, &sets, &rows)?,
                Of::Subtree => {
                    for row in &rows {
                        let record = codec::record(Kind::Organization, row, 0)?;
                        children.entry(record.id).or_default();
                        if let Some(parent) = record.reference("parent") {
                            let child = (record.id.uuid, row.unsigned(4)?);
                            children.entry(parent).or_default().push(child);
                        }
                        self.keep(record);
                    }
                }
            }
        }
        Ok(())
    }

    /// Asks for further records.
    async fn more(&mut self, ids: impl IntoIterator<Item = &EntityId>) -> Result<(), StorageError> {
        let mut asked = Asked::default();
        self.records(&mut asked, ids);
        self.ask(asked, &mut BTreeMap::new()).await
    }

    fn records<'i>(&self, asked: &mut Asked<'_>, ids: impl IntoIterator<Item = &'i EntityId>) {
        for (kind, ids) in by_kind(ids) {
            if matches!(kind, Kind::ChangeSet | Kind::Command) {
                continue;
            }
            if self.session.dialect() == Dialect::Sqlite {
                // A list would become a temporary table there, which costs more than asking for each.
                let row = |id: &Uuid| vec![self.realm.into(), (*id).into()];
                let table = table(kind);
                let each = format!("SELECT {RECORD} FROM {table} r WHERE r.realm = ? AND r.id = ?");
                asked.each(Of::Records(kind), each, ids.iter().map(row).collect());
                continue;
            }
            for chunk in ids.chunks(LIST) {
                let mut statement = Statement::new(self.session.dialect(), &format!("SELECT {RECORD} FROM "));
                statement.rows(
                    table(kind),
                    "r",
                    &[("realm", &[self.realm.into()])],
                    "id",
                    uuids(chunk),
                    None,
                );
                asked.push(Of::Records(kind), statement, RECORD_SHAPES);
            }
        }
    }

    fn claims<'n>(&self, asked: &mut Asked<'n>, needs: &'n Needs) {
        let mut groups: BTreeMap<(Kind, &str), Vec<&ClaimKey>> = BTreeMap::new();
        for key in &needs.claims {
            groups.entry((key.kind, &key.attribute)).or_default().push(key);
        }
        for ((kind, attribute), keys) in groups {
            let of = || Of::Claims(kind, attribute);
            let bytes = |key: &&ClaimKey| SqlValue::Blob(key.key.as_bytes().to_vec());
            if self.session.dialect() == Dialect::Sqlite {
                let (realm, name) = (claim_realm(kind, self.realm), claim_attribute(attribute));
                let row = |key| {
                    vec![
                        realm.into(),
                        SqlValue::Int(kind as i64),
                        name.clone().into(),
                        bytes(key),
                    ]
                };
                let text = "SELECT search_key, holder FROM iam_claim \
                     WHERE realm = ? AND kind = ? AND attribute = ? AND search_key = ?";
                asked.each(of(), text.to_owned(), keys.iter().map(row).collect());
                continue;
            }
            for chunk in keys.chunks(LIST) {
                let statement = self.holders(kind, attribute, chunk.iter().map(bytes).collect());
                asked.push(of(), statement, &[Shape::Key, Shape::Uuid]);
            }
        }
    }

    /// Who holds these names.
    fn holders(&self, kind: Kind, attribute: &str, names: Vec<SqlValue>) -> Statement {
        let (realm, attribute) = (claim_realm(kind, self.realm), claim_attribute(attribute));
        let mut statement = Statement::new(self.session.dialect(), "SELECT c.search_key, c.holder FROM ");
        statement.rows(
            "iam_claim",
            "c",
            &[
                ("realm", &[realm.into()]),
                ("kind", &[(kind as i64).into()]),
                ("attribute", &[attribute.into()]),
            ],
            "search_key",
            (Shape::Key, names),
            None,
        );
        statement
    }

    fn claim(&mut self, kind: Kind, attribute: &str, row: &Row) -> Result<(), StorageError> {
        let key = ClaimKey {
            kind,
            attribute: attribute.into(),
            key: row.text(0)?.into(),
        };
        self.facts
            .claims
            .insert(key, Some(EntityId::new(kind, row.uuid(1)?)));
        Ok(())
    }

    fn edges(&self, asked: &mut Asked<'_>, needs: &Needs) {
        let mut groups: BTreeMap<_, Vec<Uuid>> = BTreeMap::new();
        for set in &needs.edges {
            let group = groups.entry((set.direction, set.relation, set.id.kind));
            group.or_default().push(set.id.uuid);
        }
        for ((direction, relation, kind), ids) in groups {
            let end = match direction {
                Direction::From => "from",
                Direction::To => "to",
            };
            for chunk in ids.chunks(LIST) {
                let mut statement =
                    Statement::new(self.session.dialect(), &format!("SELECT {EDGE_COLUMNS} FROM "));
                statement.rows(
                    "iam_edge",
                    "e",
                    &[
                        ("realm", &[self.realm.into()]),
                        (&format!("{end}_kind"), &[(kind as i64).into()]),
                        ("relation", &[(relation as i64).into()]),
                    ],
                    &format!("{end}_id"),
                    uuids(chunk),
                    None,
                );
                asked.push(Of::Edges(direction, relation), statement, EDGE_SHAPES);
            }
        }
    }

    fn edge_sets(
        &mut self,
        direction: Direction,
        relation: Relation,
        rows: &[Row],
    ) -> Result<(), StorageError> {
        let mut found: BTreeMap<EdgesOf, (EdgeSet, u64)> = BTreeMap::new();
        for row in rows {
            let (edge, revision) = codec::edge(row)?;
            let id = match direction {
                Direction::From => edge.key.from,
                Direction::To => edge.key.to,
            };
            let set = EdgesOf {
                id,
                direction,
                relation,
            };
            let (edges, latest) = found.entry(set).or_default();
            edges.edges.push(edge);
            *latest = (*latest).max(revision);
        }
        for (set, (mut edges, latest)) in found {
            edges.edges.sort_by_key(|edge| edge.key);
            edges.fingerprint = fingerprint(edges.edges.len() as u64, latest);
            self.facts.edges.insert(set, edges);
        }
        Ok(())
    }

    fn referring<'n>(&self, asked: &mut Asked<'n>, needs: &'n Needs) {
        for ((kind, attribute), sets) in by_attribute(needs.referring.iter()) {
            let about = match needs.members.contains(&kind) {
                true => About::Records,
                false => About::Members,
            };
            for chunk in sets.chunks(LIST) {
                let empty = Statement::new(self.session.dialect(), "");
                let statement = referring(empty, self.realm, kind, attribute, chunk, about);
                let of = Of::Referring(kind, about, chunk.to_vec());
                asked.push(of, statement, about.shapes());
            }
        }
    }

    fn referring_sets(
        &mut self,
        kind: Kind,
        about: About,
        sets: &[&Referring],
        rows: &[Row],
    ) -> Result<(), StorageError> {
        let mut found: BTreeMap<Vec<u8>, Vec<(Uuid, u64)>> = BTreeMap::new();
        for row in rows {
            let place = (row.uuid(1)?, row.unsigned(2)?);
            found.entry(row.bytes(0)?.to_vec()).or_default().push(place);
            if about == About::Records {
                self.keep(codec::record(kind, row, 3)?);
            }
        }
        for set in sets {
            let members = found.remove(&target_key(set)).unwrap_or_default();
            let members = referring_set(kind, members);
            self.facts.referring.insert((*set).clone(), members);
        }
        Ok(())
    }

    /// Organizations that are above or below others.
    fn part_of_tree(&self, asked: &mut Asked<'_>, part: Part, ids: &[EntityId]) {
        let (wanted, given) = match part {
            Part::Above => ("ancestor", "descendant"),
            Part::Below => ("descendant", "ancestor"),
        };
        let text = format!("SELECT {RECORD}, r.revision FROM iam_organization r WHERE r.realm = ");
        for chunk in ids.chunks(LIST) {
            let mut statement = self.select(&text);
            statement
                .text(&format!(
                    " AND r.id IN (SELECT c.{wanted} FROM iam_closure c WHERE c.realm = "
                ))
                .bind(self.realm)
                .text(&format!(" AND c.{given} IN "))
                .list(chunk.iter().map(|id| SqlValue::Uuid(id.uuid)))
                .text(")");
            let of = match part {
                Part::Above => Of::Records(Kind::Organization),
                Part::Below => Of::Subtree,
            };
            asked.push(of, statement, TREE_SHAPES);
        }
    }

    /// Positions and those they report to. Lines are short, and have no closure: one statement a step.
    async fn reporting_lines(&mut self, start: Vec<EntityId>) -> Result<(), StorageError> {
        let mut seen: BTreeSet<EntityId> = start.iter().copied().collect();
        let mut last = start;
        loop {
            let above = |id: &EntityId| self.facts.records.get(id)?.as_ref()?.reference("reports_to");
            let next: Vec<EntityId> = last
                .iter()
                .filter_map(above)
                .filter(|id| seen.insert(*id))
                .collect();
            if next.is_empty() {
                return Ok(());
            }
            self.more(&next).await?;
            last = next;
        }
    }

    /// The children of every organization in a subtree.
    fn children(&mut self, needs: &Needs, children: Children) {
        for (parent, mut members) in children {
            // The parent of a root of what was asked for has other children, too.
            if self.facts.records.get(&parent).is_some_and(Option::is_some)
                && needs_all(&needs.subtrees, parent, self.facts)
            {
                members.sort_unstable();
                members.dedup();
                let set = Referring {
                    kind: Kind::Organization,
                    attribute: "parent".to_owned(),
                    target: Some(parent),
                };
                self.facts
                    .referring
                    .insert(set, referring_set(Kind::Organization, members));
            }
        }
    }
}

/// The children of organizations, with the revisions of these.
type Children = BTreeMap<EntityId, Vec<(Uuid, u64)>>;

/// What an answer is about.
enum Of<'n> {
    Records(Kind),
    Claims(Kind, &'n str),
    Edges(Direction, Relation),
    Referring(Kind, About, Vec<&'n Referring>),
    /// Organizations with their revisions.
    Subtree,
}

/// A part of the tree of organizations, seen from one of them.
#[derive(Clone, Copy)]
enum Part {
    Above,
    Below,
}

/// Questions, and what they are about.
#[derive(Default)]
struct Asked<'n> {
    of: Vec<Of<'n>>,
    questions: Vec<Question>,
}

impl<'n> Asked<'n> {
    fn push(&mut self, of: Of<'n>, statement: Statement, shapes: &'static [Shape]) {
        self.of.push(of);
        self.questions.push(Question::One(statement, shapes));
    }

    fn each(&mut self, of: Of<'n>, text: String, rows: Vec<Vec<SqlValue>>) {
        self.of.push(of);
        self.questions.push(Question::Each(text, rows));
    }
}

/// The columns of [`RECORD`].
const RECORD_SHAPES: &[Shape] = &[Shape::Uuid, Shape::Int, Shape::Blob, Shape::Blob];
/// The same with a revision.
const TREE_SHAPES: &[Shape] = &[Shape::Uuid, Shape::Int, Shape::Blob, Shape::Blob, Shape::Int];
/// The columns of [`EDGE_COLUMNS`].
const EDGE_SHAPES: &[Shape] = &[
    Shape::Small,
    Shape::Uuid,
    Shape::Small,
    Shape::Small,
    Shape::Uuid,
    Shape::Small,
    Shape::Int,
    Shape::Int,
    Shape::Text,
    Shape::Text,
    Shape::Int,
];

/// Whether a node lies in one of the subtrees, so that all of its children were read: going up from it leads to one of
/// their roots.
fn needs_all(roots: &BTreeSet<EntityId>, node: EntityId, facts: &Facts) -> bool {
    let mut at = Some(node);
    let mut steps = 0;
    while let Some(id) = at {
        if roots.contains(&id) {
            return true;
        }
        steps += 1;
        if steps > 10_000 {
            return false;
        }
        at = facts
            .records
            .get(&id)
            .and_then(Option::as_ref)
            .and_then(|record| record.reference("parent"));
    }
    false
}

fn by_kind<'a>(ids: impl IntoIterator<Item = &'a EntityId>) -> BTreeMap<Kind, Vec<Uuid>> {
    let mut kinds: BTreeMap<Kind, Vec<Uuid>> = BTreeMap::new();
    for id in ids {
        kinds.entry(id.kind).or_default().push(id.uuid);
    }
    kinds
}
