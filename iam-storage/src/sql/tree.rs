//! The closure of the organization tree: every pair of an organization and one at or below it, with the steps between
//! them. Kept up set by set inside of the commit, so that reading a subtree or a path is one lookup.

use std::collections::{BTreeMap, BTreeSet};

use iam_core::{model::Record, port::StorageError};
use uuid::Uuid;

use super::{Dialect, Insert, Session, SqlValue, Statement, prepare::parent_of, statement::LIST};

/// How many nodes are attached by one statement: SQLite takes 500 parts of a union.
const ATTACH: usize = 128;

/// What a plan does to the tree.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tree {
    created: BTreeSet<Uuid>,
    removed: BTreeSet<Uuid>,
    moved: BTreeSet<Uuid>,
    /// The parent of what is created or moved, when it has one.
    parents: BTreeMap<Uuid, Uuid>,
}

impl Tree {
    /// Notes the change of an organization.
    pub(crate) fn note(&mut self, before: Option<&Record>, after: Option<&Record>) {
        let (old, new) = (before.and_then(parent_of), after.and_then(parent_of));
        match (before, after) {
            (None, Some(after)) => drop(self.created.insert(after.id.uuid)),
            (Some(before), None) => drop(self.removed.insert(before.id.uuid)),
            (Some(_), Some(after)) if old != new => drop(self.moved.insert(after.id.uuid)),
            _ => return,
        }
        if let (Some(after), Some(parent)) = (after, new) {
            self.parents.insert(after.id.uuid, parent.uuid);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.created.is_empty() && self.removed.is_empty() && self.moved.is_empty()
    }

    /// Whether pairs disappear: then nobody else may change the tree of this realm meanwhile.
    pub(crate) fn restructures(&self) -> bool {
        !(self.removed.is_empty() && self.moved.is_empty())
    }

    /// Brings the closure up to date.
    ///
    /// Everything that moves is taken off first, all pieces at once: what remains is a forest whose closure is
    /// right. Then the pieces are attached from the top down. Pieces that are attached by one statement do not see each
    /// other, so none may lead to the place of another.
    pub(crate) async fn apply<S: Session>(&self, session: &mut S, realm: i64) -> Result<(), StorageError> {
        if let Some((node, parent)) = self.alone(session.dialect()) {
            return shift(session, realm, node, parent).await;
        }
        let detached: Vec<Uuid> = self.moved.union(&self.removed).copied().collect();
        for chunk in detached.chunks(LIST) {
            session.execute(&detach(session.dialect(), realm, chunk)).await?;
        }
        let removed: Vec<Uuid> = self.removed.iter().copied().collect();
        for chunk in removed.chunks(LIST) {
            for end in ["descendant", "ancestor"] {
                let mut statement =
                    Statement::new(session.dialect(), "DELETE FROM iam_closure WHERE realm = ");
                statement.bind(realm);
                statement
                    .text(&format!(" AND {end} IN "))
                    .list(chunk.iter().map(|id| SqlValue::Uuid(*id)));
                session.execute(&statement).await?;
            }
        }
        if !self.created.is_empty() {
            let insert = Insert::new("iam_closure", &["realm", "ancestor", "descendant", "depth"]);
            let own = |id: &Uuid| vec![realm.into(), (*id).into(), (*id).into(), SqlValue::Int(0)];
            let rows: Vec<_> = self.created.iter().map(own).collect();
            session.insert(&insert, &rows).await?;
        }
        // What is new has nothing below it but what is new; the pieces that move are attached after it.
        let new = |node: &Uuid| self.created.contains(node);
        let own: BTreeMap<Uuid, Uuid> = self
            .parents
            .iter()
            .filter(|(node, _)| new(node))
            .map(|(node, parent)| (*node, *parent))
            .collect();
        let needs: Vec<(Uuid, Uuid)> = own
            .iter()
            .filter(|(_, parent)| own.contains_key(parent))
            .map(|(node, parent)| (*node, *parent))
            .collect();
        self.attach(session, realm, rounds(own, &needs)?).await?;
        let moving: BTreeMap<Uuid, Uuid> = self
            .parents
            .iter()
            .filter(|(node, _)| !new(node))
            .map(|(node, parent)| (*node, *parent))
            .collect();
        let needs = above(session, realm, &moving).await?;
        self.attach(session, realm, rounds(moving, &needs)?).await
    }

    /// The one piece that moves and its new place, when that is all that happens.
    fn alone(&self, dialect: Dialect) -> Option<(Uuid, Uuid)> {
        // MySQL does not change a table by what it reads from the same one.
        if dialect == Dialect::Mysql
            || !self.created.is_empty()
            || !self.removed.is_empty()
            || self.moved.len() != 1
        {
            return None;
        }
        let node = *self.moved.first()?;
        Some((node, *self.parents.get(&node)?))
    }

    async fn attach<S: Session>(
        &self,
        session: &mut S,
        realm: i64,
        rounds: Vec<Vec<(Uuid, Uuid)>>,
    ) -> Result<(), StorageError> {
        for round in rounds {
            for chunk in round.chunks(ATTACH) {
                session.execute(&attach(session.dialect(), realm, chunk)).await?;
            }
        }
        Ok(())
    }
}

/// Moves one piece: what stays above it keeps its pairs, which only become longer or shorter.
async fn shift<S: Session>(
    session: &mut S,
    realm: i64,
    node: Uuid,
    parent: Uuid,
) -> Result<(), StorageError> {
    let dialect = session.dialect();
    let mut above = [BTreeMap::new(), BTreeMap::new()];
    for (found, of) in above.iter_mut().zip([node, parent]) {
        let mut statement = Statement::new(dialect, "SELECT ancestor, depth FROM iam_closure WHERE realm = ");
        statement.bind(realm).text(" AND descendant = ").bind(of);
        for row in session.query(&statement).await? {
            found.insert(row.uuid(0)?, row.int(1)?);
        }
    }
    let [mut old, new] = above;
    old.remove(&node);
    let below = |statement: &mut Statement| {
        statement
            .text(" AND descendant IN (SELECT d.descendant FROM iam_closure d WHERE d.realm = ")
            .bind(realm)
            .text(" AND d.ancestor = ")
            .bind(node)
            .text(")");
    };
    let list = |ids: Vec<Uuid>| ids.into_iter().map(SqlValue::Uuid);
    let lost: Vec<Uuid> = old.keys().filter(|id| !new.contains_key(id)).copied().collect();
    if !lost.is_empty() {
        let mut statement = Statement::new(dialect, "DELETE FROM iam_closure WHERE realm = ");
        statement.bind(realm).text(" AND ancestor IN ").list(list(lost));
        below(&mut statement);
        session.execute(&statement).await?;
    }
    // All that stay above lie above the same node, so their distance changes by the same number.
    let kept: Vec<Uuid> = old.keys().filter(|id| new.contains_key(id)).copied().collect();
    let change = kept
        .first()
        .and_then(|id| Some(new.get(id)? + 1 - old.get(id)?))
        .unwrap_or_default();
    if change != 0 {
        let mut statement = Statement::new(dialect, "UPDATE iam_closure SET depth = depth + ");
        statement.bind(change).text(" WHERE realm = ").bind(realm);
        statement.text(" AND ancestor IN ").list(list(kept));
        below(&mut statement);
        session.execute(&statement).await?;
    }
    let gained: Vec<Uuid> = new.keys().filter(|id| !old.contains_key(id)).copied().collect();
    if !gained.is_empty() {
        let mut statement = attach(dialect, realm, &[(node, parent)]);
        statement.text(" AND up.ancestor IN ").list(list(gained));
        session.execute(&statement).await?;
    }
    Ok(())
}

/// Which pieces have to be attached before others: those in which the parents of the others lie.
async fn above<S: Session>(
    session: &mut S,
    realm: i64,
    moving: &BTreeMap<Uuid, Uuid>,
) -> Result<Vec<(Uuid, Uuid)>, StorageError> {
    if moving.len() < 2 {
        return Ok(Vec::new());
    }
    let parents: Vec<Uuid> = moving
        .values()
        .copied()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let mut paths: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for chunk in parents.chunks(LIST) {
        let mut statement = Statement::new(
            session.dialect(),
            "SELECT descendant, ancestor FROM iam_closure WHERE realm = ",
        );
        statement
            .bind(realm)
            .text(" AND descendant IN ")
            .list(chunk.iter().map(|id| SqlValue::Uuid(*id)));
        for row in session.query(&statement).await? {
            let ancestor = row.uuid(1)?;
            if moving.contains_key(&ancestor) {
                paths.entry(row.uuid(0)?).or_default().push(ancestor);
            }
        }
    }
    let pairs = moving.iter().flat_map(|(node, parent)| {
        paths
            .get(parent)
            .into_iter()
            .flatten()
            .map(|above| (*node, *above))
    });
    Ok(pairs.collect())
}

/// What is attached together: the nodes that need nothing else first, then those that need these, and so on.
fn rounds(
    mut waiting: BTreeMap<Uuid, Uuid>,
    needs: &[(Uuid, Uuid)],
) -> Result<Vec<Vec<(Uuid, Uuid)>>, StorageError> {
    let mut rounds = Vec::new();
    while !waiting.is_empty() {
        let held: BTreeSet<Uuid> = needs
            .iter()
            .filter(|(_, first)| waiting.contains_key(first))
            .map(|(node, _)| *node)
            .collect();
        let round: Vec<(Uuid, Uuid)> = waiting
            .iter()
            .filter(|(node, _)| !held.contains(node))
            .map(|(node, parent)| (*node, *parent))
            .collect();
        if round.is_empty() {
            return Err(StorageError::corrupt(
                "the plan would make a circle of organizations",
            ));
        }
        for (node, _) in &round {
            waiting.remove(node);
        }
        rounds.push(round);
    }
    Ok(rounds)
}

/// Takes subtrees off: no pair leads from above one of the nodes to below it any more.
fn detach(dialect: Dialect, realm: i64, nodes: &[Uuid]) -> Statement {
    let mut statement = Statement::new(dialect, "");
    let pairs = |statement: &mut Statement| {
        statement.text(
            "SELECT up.ancestor, down.descendant FROM iam_closure up JOIN iam_closure down \
             ON down.realm = up.realm AND down.ancestor = up.descendant WHERE up.realm = ",
        );
        statement
            .bind(realm)
            .text(" AND up.depth > 0 AND up.descendant IN ");
        statement.list(nodes.iter().map(|id| SqlValue::Uuid(*id)));
    };
    match dialect {
        Dialect::Sqlite | Dialect::Postgres => {
            statement
                .text("DELETE FROM iam_closure WHERE realm = ")
                .bind(realm);
            statement.text(" AND (ancestor, descendant) IN (");
            pairs(&mut statement);
            statement.text(")");
        }
        // MySQL reads the table it deletes from only through a table of its own.
        Dialect::Mysql => {
            statement.text("DELETE k FROM iam_closure k JOIN (SELECT DISTINCT * FROM (");
            pairs(&mut statement);
            statement
                .text(") q) p ON k.ancestor = p.ancestor AND k.descendant = p.descendant WHERE k.realm = ");
            statement.bind(realm);
        }
    }
    statement
}

/// Attaches subtrees to their new parents.
fn attach(dialect: Dialect, realm: i64, nodes: &[(Uuid, Uuid)]) -> Statement {
    let mut statement = Statement::new(
        dialect,
        "INSERT INTO iam_closure (realm, ancestor, descendant, depth) \
         SELECT up.realm, up.ancestor, down.descendant, up.depth + down.depth + 1 FROM (",
    );
    for (place, (node, parent)) in nodes.iter().enumerate() {
        let (before, between) = if place == 0 {
            ("SELECT ", " AS node, ")
        } else {
            (" UNION ALL SELECT ", ", ")
        };
        statement.text(before).bind(*node).text(between).bind(*parent);
        if place == 0 {
            statement.text(" AS parent");
        }
    }
    statement.text(
        ") p JOIN iam_closure up ON up.descendant = p.parent JOIN iam_closure down ON down.realm = up.realm \
         AND down.ancestor = p.node WHERE up.realm = ",
    );
    statement.bind(realm);
    statement
}
