//! Writing a plan: guards, changes, journal, audit row and outbox, in the transaction that the driver has opened.

use std::collections::BTreeSet;

use iam_core::{
    model::{EntityId, Kind},
    plan::ClaimKey,
    port::{Committed, Revision, StorageError},
};
use uuid::Uuid;

use super::{
    Dialect, Insert, Prepared, Realms, Row, Session, SqlValue, Statement, codec, guard,
    layout::{AUDIT, EDGE, EDGE_KEY, FIXED, JOURNAL, OUTBOX, promoted, table},
    prepare::{Records, claim_row, update_values},
    realm::intern,
    session::{Change, fill},
    statement::LIST,
};

/// Writes a plan; `announced` is the number under which the commit was announced, where commits are. An error means
/// that the transaction has to be rolled back.
pub(crate) async fn apply<S: Session>(
    session: &mut S,
    realms: &Realms,
    mut plan: Prepared,
    announced: Option<i64>,
) -> Result<Committed, StorageError> {
    session.begin().await?;
    let realm = match realms.known(plan.realm) {
        Some(number) => number,
        None => intern(session, plan.realm).await?,
    };
    if let Some(command) = plan.command {
        known(session, realm, command).await?;
    }
    let checked = guard::lock(session, realm, &plan, announced).await?;
    if checked.revision.is_none() {
        // Nothing is written before all that the plan relied on has been looked at.
        guarded(session, realm, &plan, Vec::new()).await?;
    }
    // Where many write, the revision is given after the locks are held: of two commits that touch the same thing the
    // later one has the greater revision.
    let mut audit = [std::mem::take(&mut plan.audit)];
    fill(&mut audit, realm, 0);
    let mut write = Write {
        dialect: session.dialect(),
        realm,
        revision: 0,
        first: Vec::new(),
        then: Vec::new(),
    };
    match checked.revision {
        Some(revision) => {
            write.revision = revision;
            let columns: Vec<&str> = std::iter::once("revision").chain(AUDIT.iter().copied()).collect();
            let [row] = audit;
            let row = std::iter::once(SqlValue::Int(revision)).chain(row).collect();
            write.insert(Insert::new("iam_audit", &columns), vec![row]);
        }
        None => {
            let statement = Insert::new("iam_audit", AUDIT).statement(session.dialect(), &audit);
            write.revision = session.insert_numbered(statement, "revision").await?;
        }
    }
    let revision = write.revision;
    if plan.accepted {
        write.all(&mut plan, checked.living);
    }
    let Write { first, then, .. } = write;
    let asked = checked.revision.is_none();
    let all_taken = if first.is_empty() && !asked {
        guarded(session, realm, &plan, then).await?
    } else {
        if !asked {
            guarded(session, realm, &plan, Vec::new()).await?;
        }
        for change in first {
            session.change(change).await?;
        }
        session.together(&[], &mut |_| Ok(()), then).await?
    };
    if !all_taken {
        return Err(taken(session, realm, &plan.taken).await?);
    }
    plan.tree.apply(session, realm).await?;
    Ok(Committed {
        revision: Revision(u64::try_from(revision).unwrap_or_default()),
    })
}

/// Looks at the sets that a plan relied on, and makes changes in the same exchange; says whether all names could be taken.
async fn guarded<S: Session>(
    session: &mut S,
    realm: i64,
    plan: &Prepared,
    changes: Vec<Change>,
) -> Result<bool, StorageError> {
    let (asked, questions) = guard::questions(session.dialect(), realm, plan);
    let mut judge = |answers: &[Vec<Row>]| guard::judge(&asked, plan, answers);
    session.together(&questions, &mut judge, changes).await
}

/// Refuses a command that was committed before.
async fn known<S: Session>(session: &mut S, realm: i64, command: Uuid) -> Result<(), StorageError> {
    let mut statement = Statement::new(
        session.dialect(),
        "SELECT revision, digest, subject_kind, subject_id FROM iam_audit WHERE realm = ",
    );
    statement.bind(realm).text(" AND command_id = ").bind(command);
    match session.query(&statement).await?.first() {
        None => Ok(()),
        Some(row) => Err(StorageError::CommandKnown {
            revision: Revision(row.unsigned(0)?),
            digest: row.text(1)?.to_owned(),
            subject: codec::maybe_entity(row, 2)?,
        }),
    }
}

/// Which name another record holds.
async fn taken<S: Session>(
    session: &mut S,
    realm: i64,
    names: &[(ClaimKey, Uuid)],
) -> Result<StorageError, StorageError> {
    for (key, holder) in names {
        let mut row = [claim_row(key)];
        fill(&mut row, realm, 0);
        let mut statement = Statement::new(session.dialect(), "SELECT holder FROM iam_claim WHERE ");
        for (place, (column, value)) in CLAIM.iter().zip(row.into_iter().flatten()).enumerate() {
            statement
                .text(if place == 0 { "" } else { " AND " })
                .text(column)
                .text(" = ")
                .bind(value);
        }
        if let Some(row) = session.query(&statement).await?.first()
            && row.uuid(0)? != *holder
        {
            return Ok(StorageError::Taken(Box::new(key.clone())));
        }
    }
    // Its holder has given it back meanwhile, or the record itself held it all the time.
    Ok(StorageError::Contention)
}

/// The key of a claim.
const CLAIM: &[&str] = &["realm", "kind", "attribute", "search_key"];
/// The key of a search key, which is all of it.
const ATTRIBUTE_KEY: &[&str] = &["realm", "kind", "id", "attribute", "search_key"];

/// The changes that a plan makes.
struct Write {
    dialect: Dialect,
    realm: i64,
    revision: i64,
    /// Those after which others touch the same rows.
    first: Vec<Change>,
    then: Vec<Change>,
}

impl Write {
    fn all(&mut self, plan: &mut Prepared, mut living: BTreeSet<EntityId>) {
        let released = self.deletion("iam_claim", CLAIM, plan.released_rows());
        if plan.taken.is_empty() {
            self.then.extend(released);
        } else {
            // One record may take what another gives back.
            self.first.extend(released);
        }
        let mut names = plan.taken_rows();
        if !names.is_empty() {
            fill(&mut names, self.realm, self.revision);
            let mut insert = Insert::new(
                "iam_claim",
                &["realm", "kind", "attribute", "search_key", "holder"],
            );
            if self.dialect != Dialect::Mysql {
                // PostgreSQL could not answer any more after an error. MySQL can, and counts such rows in its own way.
                insert = insert.tail(self.dialect.insert_missing());
            }
            self.then.push(Change::Take(insert, names));
        }
        for (kind, records) in std::mem::take(&mut plan.records) {
            for (lives, ids) in &records.live {
                for id in ids {
                    let id = EntityId::new(kind, *id);
                    if *lives {
                        living.insert(id)
                    } else {
                        living.remove(&id)
                    };
                }
            }
            self.records(kind, records);
        }
        let gone = std::mem::take(&mut plan.keys_gone);
        let gone = self.deletion("iam_attribute_key", ATTRIBUTE_KEY, gone);
        self.then.extend(gone);
        let keys = Insert::new("iam_attribute_key", ATTRIBUTE_KEY).tail(self.dialect.insert_missing());
        self.insert(keys, std::mem::take(&mut plan.keys_new));
        self.edges(plan, &living);
        self.insert(
            Insert::new("iam_journal", JOURNAL),
            std::mem::take(&mut plan.journal),
        );
        self.insert(
            Insert::new("iam_outbox", OUTBOX),
            std::mem::take(&mut plan.outbox),
        );
    }

    fn insert(&mut self, insert: Insert, mut rows: Vec<Vec<SqlValue>>) {
        if !rows.is_empty() {
            fill(&mut rows, self.realm, self.revision);
            self.then.push(Change::Insert(insert, rows));
        }
    }

    /// Deletes rows by all columns of their key.
    fn deletion(
        &self,
        table: &'static str,
        key: &'static [&'static str],
        mut rows: Vec<Vec<SqlValue>>,
    ) -> Option<Change> {
        fill(&mut rows, self.realm, self.revision);
        (!rows.is_empty()).then_some(Change::Delete { table, key, rows })
    }

    fn records(&mut self, kind: Kind, records: Records) {
        let keys: Vec<String> = promoted(kind).map(|name| format!("k_{name}")).collect();
        let columns: Vec<&str> = FIXED
            .iter()
            .copied()
            .chain(keys.iter().map(String::as_str))
            .collect();
        for chunk in records.remove.chunks(LIST) {
            let mut statement = Statement::new(
                self.dialect,
                &format!("DELETE FROM {} WHERE realm = ", table(kind)),
            );
            statement
                .bind(self.realm)
                .text(" AND id IN ")
                .list(chunk.iter().map(|id| SqlValue::Uuid(*id)));
            self.then.push(Change::Execute(statement));
        }
        let insert = Insert::new(table(kind), &columns);
        self.insert(insert.clone(), records.insert);
        if self.dialect == Dialect::Sqlite {
            // Only the columns that change: each indexed one costs two visits of its index.
            for (changed, mut rows) in records.update {
                fill(&mut rows, self.realm, self.revision);
                let rows: Vec<_> = rows
                    .iter()
                    .map(|row| update_values(kind, &changed, row))
                    .collect();
                let set: String = FIXED
                    .iter()
                    .skip(2)
                    .map(|column| format!("{column} = ?, "))
                    .collect();
                let keys: String = promoted(kind)
                    .filter(|name| changed.contains(name))
                    .map(|name| format!("k_{name} = ?, "))
                    .collect();
                let set = format!("{set}{keys}");
                let text = format!(
                    "UPDATE {} SET {} WHERE realm = ? AND id = ?",
                    table(kind),
                    set.trim_end_matches(", ")
                );
                self.then.push(Change::Each(text, rows));
            }
        } else {
            let rows: Vec<_> = records.update.into_values().flatten().collect();
            let changed: Vec<&str> = columns.iter().skip(2).copied().collect();
            self.insert(insert.tail(self.dialect.upsert(&["realm", "id"], &changed)), rows);
        }
        for (lives, ids) in &records.turned {
            for end in ["from", "to"] {
                for chunk in ids.chunks(LIST) {
                    let lives = i64::from(*lives);
                    let mut statement = Statement::new(
                        self.dialect,
                        &format!("UPDATE iam_edge SET {end}_live = {lives} WHERE realm = "),
                    );
                    statement
                        .bind(self.realm)
                        .text(&format!(" AND {end}_kind = "))
                        .bind(kind as i64);
                    statement
                        .text(&format!(" AND {end}_id IN "))
                        .list(chunk.iter().map(|id| SqlValue::Uuid(*id)));
                    // Both ends of an edge may turn, and some of these edges change themselves.
                    self.first.push(Change::Execute(statement));
                }
            }
        }
    }

    fn edges(&mut self, plan: &mut Prepared, living: &BTreeSet<EntityId>) {
        let key: &'static [&'static str] = EDGE.get(..EDGE_KEY).unwrap_or_default();
        let gone = self.deletion("iam_edge", key, plan.edges_gone_rows());
        self.then.extend(gone);
        let mut rows = Vec::with_capacity(plan.edges_new.len());
        for (key, mut row) in std::mem::take(&mut plan.edges_new) {
            for (end, column) in [(key.from, "from_live"), (key.to, "to_live")] {
                let place = EDGE.iter().position(|name| *name == column).unwrap_or_default();
                if let Some(value) = row.get_mut(place) {
                    *value = living.contains(&end).into();
                }
            }
            rows.push(row);
        }
        let rest = EDGE.get(EDGE_KEY..).unwrap_or_default();
        self.insert(
            Insert::new("iam_edge", EDGE).tail(self.dialect.upsert(key, rest)),
            rows,
        );
        for (kind, ids) in &plan.touched {
            if matches!(kind, Kind::ChangeSet | Kind::Command) {
                continue;
            }
            let ids: Vec<Uuid> = ids.iter().copied().collect();
            for chunk in ids.chunks(LIST) {
                let mut statement =
                    Statement::new(self.dialect, &format!("UPDATE {} SET revision = ", table(*kind)));
                statement
                    .bind(self.revision)
                    .text(" WHERE realm = ")
                    .bind(self.realm);
                statement
                    .text(" AND id IN ")
                    .list(chunk.iter().map(|id| SqlValue::Uuid(*id)));
                self.then.push(Change::Execute(statement));
            }
        }
    }
}
