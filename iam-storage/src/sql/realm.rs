//! Realms are named by a short number inside of the database: it is part of every key.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use iam_core::{
    model::{Kind, RealmId, Record},
    port::StorageError,
};
use uuid::Uuid;

use super::{
    Insert, Session, Statement,
    codec::{self, RECORD},
    columns::Columns,
    counts::Counts,
};

/// What a process knows of realms: the numbers of those that were seen in a finished transaction, which never change, how
/// many belong to the parts of their trees, and who has which value of some columns.
#[derive(Debug, Default)]
pub(crate) struct Realms {
    numbers: RwLock<HashMap<Uuid, i64>>,
    pub(super) counts: Counts,
    pub(super) columns: Columns,
}

impl Realms {
    /// The known number.
    pub(crate) fn known(&self, realm: RealmId) -> Option<i64> {
        self.numbers
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&realm.0)
            .copied()
    }

    fn learn(&self, realm: RealmId, number: i64) {
        self.numbers
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(realm.0, number);
    }

    /// The number of a realm as a reader sees it; `None` when there is no such realm. `settled` says that what the
    /// session sees is committed.
    pub(crate) async fn number<S: Session>(
        &self,
        session: &mut S,
        realm: RealmId,
        settled: bool,
    ) -> Result<Option<i64>, StorageError> {
        if let Some(number) = self.known(realm) {
            return Ok(Some(number));
        }
        let number = find(session, realm).await?;
        if let (Some(number), true) = (number, settled) {
            self.learn(realm, number);
        }
        Ok(number)
    }
}

async fn find<S: Session>(session: &mut S, realm: RealmId) -> Result<Option<i64>, StorageError> {
    let mut statement = Statement::new(session.dialect(), "SELECT number FROM iam_realm_key WHERE id = ");
    statement.bind(realm.0);
    session
        .query(&statement)
        .await?
        .first()
        .map(|row| row.int(0))
        .transpose()
}

/// The number of a realm, given to it when it has none.
pub(crate) async fn intern<S: Session>(session: &mut S, realm: RealmId) -> Result<i64, StorageError> {
    if let Some(number) = find(session, realm).await? {
        return Ok(number);
    }
    let insert = Insert::new("iam_realm_key", &["id"]).statement(session.dialect(), &[vec![realm.0.into()]]);
    Ok(session.insert_numbered(insert, "number").await?)
}

/// The realms by name.
pub(crate) async fn realms<S: Session>(session: &mut S) -> Result<Vec<Arc<Record>>, StorageError> {
    let text = format!("SELECT {RECORD} FROM iam_realm r");
    let rows = session.query(&Statement::new(session.dialect(), &text)).await?;
    let mut realms = rows
        .iter()
        .map(|row| codec::record(Kind::Realm, row, 0))
        .collect::<Result<Vec<_>, _>>()?;
    realms.sort_by(|a, b| a.text("name").cmp(b.text("name")));
    Ok(realms)
}
