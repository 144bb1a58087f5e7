//! Writing a plan: guards, changes, journal, audit row and outbox, in the transaction that the driver has opened.

use std::collections::BTreeSet;

use iam_core::{
    model::{EntityId, Kind},
    port::{Committed, Revision, StorageError},
};
use uuid::Uuid;

use super::{
    Dialect, Insert, Prepared, Realms, Session, SqlError, SqlValue, Statement, codec, guard,
    layout::{AUDIT, EDGE, EDGE_KEY, FIXED, JOURNAL, OUTBOX, promoted, table},
    prepare::{Records, update_values},
    realm::intern,
    session::fill,
    statement::LIST,
};

/// Writes a plan. An error means that the transaction has to be rolled back.
pub(crate) async fn apply<S: Session>(
    session: &mut S,
    realms: &Realms,
    mut plan: Prepared,
) -> Result<Committed, StorageError> {
    session.begin().await?;
    let realm = match realms.known(plan.realm) {
        Some(number) => number,
        None => intern(session, plan.realm).await?,
    };
    if let Some(command) = plan.command {
        known(session, realm, command).await?;
    }
    let living = if plan.accepted {
        let living = guard::check(session, realm, &plan).await?;
        lock_tree(session, realm, &plan).await?;
        living
    } else {
        BTreeSet::new()
    };
    // Where many write, the revision is given after the locks are held: of two commits that touch the same thing the
    // later one has the greater revision.
    let mut audit = [std::mem::take(&mut plan.audit)];
    fill(&mut audit, realm, 0);
    let statement = Insert::new("iam_audit", AUDIT).statement(session.dialect(), &audit);
    let revision = session.insert_numbered(statement, "revision").await?;
    if plan.accepted {
        let mut write = Write {
            session,
            realm,
            revision,
        };
        write.all(plan, living).await?;
    }
    Ok(Committed {
        revision: Revision(u64::try_from(revision).unwrap_or_default()),
    })
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

/// Organizations may appear side by side; whoever moves or removes some has the tree alone.
async fn lock_tree<S: Session>(session: &mut S, realm: i64, plan: &Prepared) -> Result<(), StorageError> {
    if plan.tree.is_empty() || !session.dialect().concurrent() {
        return Ok(());
    }
    let mut statement = Statement::new(
        session.dialect(),
        "SELECT number FROM iam_realm_key WHERE number = ",
    );
    statement
        .bind(realm)
        .text(session.dialect().lock(plan.tree.restructures()));
    session.query(&statement).await?;
    Ok(())
}

struct Write<'a, S> {
    session: &'a mut S,
    realm: i64,
    revision: i64,
}

impl<S: Session> Write<'_, S> {
    async fn all(&mut self, mut plan: Prepared, mut living: BTreeSet<EntityId>) -> Result<(), StorageError> {
        self.delete(
            "iam_claim",
            &["realm", "kind", "attribute", "search_key"],
            plan.released_rows(),
        )
        .await?;
        self.take(&plan).await?;
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
            self.records(kind, records).await?;
        }
        self.delete(
            "iam_attribute_key",
            &["realm", "kind", "id", "attribute", "search_key"],
            std::mem::take(&mut plan.keys_gone),
        )
        .await?;
        let keys = Insert::new(
            "iam_attribute_key",
            &["realm", "kind", "id", "attribute", "search_key"],
        )
        .tail(self.session.dialect().insert_missing());
        self.insert(&keys, std::mem::take(&mut plan.keys_new)).await?;
        self.edges(&mut plan, &living).await?;
        plan.tree.apply(self.session, self.realm).await?;
        self.insert(
            &Insert::new("iam_journal", JOURNAL),
            std::mem::take(&mut plan.journal),
        )
        .await?;
        self.insert(
            &Insert::new("iam_outbox", OUTBOX),
            std::mem::take(&mut plan.outbox),
        )
        .await
    }

    async fn insert(&mut self, insert: &Insert, mut rows: Vec<Vec<SqlValue>>) -> Result<(), StorageError> {
        if !rows.is_empty() {
            fill(&mut rows, self.realm, self.revision);
            self.session.insert(insert, &rows).await?;
        }
        Ok(())
    }

    /// Deletes rows by all columns of their key.
    async fn delete(
        &mut self,
        table: &str,
        key: &[&str],
        mut rows: Vec<Vec<SqlValue>>,
    ) -> Result<(), StorageError> {
        if rows.is_empty() {
            return Ok(());
        }
        fill(&mut rows, self.realm, self.revision);
        if self.session.dialect() == Dialect::Sqlite {
            let key = key
                .iter()
                .map(|column| format!("{column} = ?"))
                .collect::<Vec<_>>()
                .join(" AND ");
            self.session
                .each(&format!("DELETE FROM {table} WHERE {key}"), &rows)
                .await?;
            return Ok(());
        }
        for chunk in rows.chunks(LIST) {
            let mut statement = Statement::new(
                self.session.dialect(),
                &format!("DELETE FROM {table} WHERE ({}) IN (", key.join(", ")),
            );
            for (place, row) in chunk.iter().enumerate() {
                statement
                    .text(if place == 0 { "(" } else { ", (" })
                    .values(row.iter().cloned())
                    .text(")");
            }
            statement.text(")");
            self.session.execute(&statement).await?;
        }
        Ok(())
    }

    /// Takes unique names; the first one that another record holds is the answer.
    async fn take(&mut self, plan: &Prepared) -> Result<(), StorageError> {
        let mut rows = plan.taken_rows();
        if rows.is_empty() {
            return Ok(());
        }
        fill(&mut rows, self.realm, self.revision);
        let mut insert = Insert::new(
            "iam_claim",
            &["realm", "kind", "attribute", "search_key", "holder"],
        );
        if self.session.dialect() != Dialect::Mysql {
            // PostgreSQL could not answer any more after an error. MySQL can, and counts such rows in its own way.
            insert = insert.tail(self.session.dialect().insert_missing());
        }
        match self.session.insert(&insert, &rows).await {
            Ok(count) if count == rows.len() as u64 => return Ok(()),
            Ok(_) | Err(SqlError::Unique) => {}
            Err(error) => return Err(error.into()),
        }
        for ((key, holder), row) in plan.taken.iter().zip(&rows) {
            let mut statement = Statement::new(self.session.dialect(), "SELECT holder FROM iam_claim WHERE ");
            for (place, (column, value)) in ["realm", "kind", "attribute", "search_key"]
                .iter()
                .zip(row)
                .enumerate()
            {
                statement
                    .text(if place == 0 { "" } else { " AND " })
                    .text(column)
                    .text(" = ")
                    .bind(value.clone());
            }
            if let Some(row) = self.session.query(&statement).await?.first()
                && row.uuid(0)? != *holder
            {
                return Err(StorageError::Taken(Box::new(key.clone())));
            }
        }
        // Its holder has given it back meanwhile, or the record itself held it all the time.
        Err(StorageError::Contention)
    }

    async fn records(&mut self, kind: Kind, records: Records) -> Result<(), StorageError> {
        let keys: Vec<String> = promoted(kind).map(|name| format!("k_{name}")).collect();
        let columns: Vec<&str> = FIXED
            .iter()
            .copied()
            .chain(keys.iter().map(String::as_str))
            .collect();
        for chunk in records.remove.chunks(LIST) {
            let mut statement = Statement::new(
                self.session.dialect(),
                &format!("DELETE FROM {} WHERE realm = ", table(kind)),
            );
            statement
                .bind(self.realm)
                .text(" AND id IN ")
                .list(chunk.iter().map(|id| SqlValue::Uuid(*id)));
            self.session.execute(&statement).await?;
        }
        let insert = Insert::new(table(kind), &columns);
        self.insert(&insert, records.insert).await?;
        if self.session.dialect() == Dialect::Sqlite {
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
                self.session.each(&text, &rows).await?;
            }
        } else {
            let rows: Vec<_> = records.update.into_values().flatten().collect();
            let changed: Vec<&str> = columns.iter().skip(2).copied().collect();
            let upsert = insert.tail(self.session.dialect().upsert(&["realm", "id"], &changed));
            self.insert(&upsert, rows).await?;
        }
        for (lives, ids) in &records.turned {
            for end in ["from", "to"] {
                for chunk in ids.chunks(LIST) {
                    let lives = i64::from(*lives);
                    let mut statement = Statement::new(
                        self.session.dialect(),
                        &format!("UPDATE iam_edge SET {end}_live = {lives} WHERE realm = "),
                    );
                    statement
                        .bind(self.realm)
                        .text(&format!(" AND {end}_kind = "))
                        .bind(kind as i64);
                    statement
                        .text(&format!(" AND {end}_id IN "))
                        .list(chunk.iter().map(|id| SqlValue::Uuid(*id)));
                    self.session.execute(&statement).await?;
                }
            }
        }
        Ok(())
    }

    async fn edges(&mut self, plan: &mut Prepared, living: &BTreeSet<EntityId>) -> Result<(), StorageError> {
        let key = EDGE.get(..EDGE_KEY).unwrap_or_default();
        self.delete("iam_edge", key, plan.edges_gone_rows()).await?;
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
        let insert = Insert::new("iam_edge", EDGE).tail(self.session.dialect().upsert(key, rest));
        self.insert(&insert, rows).await?;
        for (kind, ids) in &plan.touched {
            if matches!(kind, Kind::ChangeSet | Kind::Command) {
                continue;
            }
            let ids: Vec<Uuid> = ids.iter().copied().collect();
            for chunk in ids.chunks(LIST) {
                let mut statement = Statement::new(
                    self.session.dialect(),
                    &format!("UPDATE {} SET revision = ", table(*kind)),
                );
                statement
                    .bind(self.revision)
                    .text(" WHERE realm = ")
                    .bind(self.realm);
                statement
                    .text(" AND id IN ")
                    .list(chunk.iter().map(|id| SqlValue::Uuid(*id)));
                self.session.execute(&statement).await?;
            }
        }
        Ok(())
    }
}
