//! Everything that a realm holds, read through the port.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    model::{Edge, EdgeKey, EntityId, Kind, RealmId, Record},
    plan::ClaimKey,
    port::{Inspected, Inspection, Storage},
};

/// The state of a realm: what two storages, or two moments, are compared by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dump {
    /// Records, deleted ones included.
    pub records: BTreeMap<EntityId, Arc<Record>>,
    /// Edges.
    pub edges: BTreeMap<EdgeKey, Edge>,
    /// Unique names and their holders.
    pub claims: BTreeMap<ClaimKey, EntityId>,
}

impl Dump {
    /// Reads everything.
    pub async fn take(storage: &dyn Storage, realm: RealmId) -> Dump {
        let mut dump = Dump::default();
        for kind in Kind::ALL {
            if matches!(kind, Kind::ChangeSet | Kind::Command) {
                continue;
            }
            for piece in pieces(storage, realm, Inspection::Records(*kind), 500).await {
                if let Inspected::Record { record, .. } = piece {
                    dump.records.insert(record.id, record);
                }
            }
        }
        for piece in pieces(storage, realm, Inspection::Edges, 500).await {
            if let Inspected::Edge { edge, .. } = piece {
                dump.edges.insert(edge.key, edge);
            }
        }
        for piece in pieces(storage, realm, Inspection::Claims, 500).await {
            if let Inspected::Claim { key, holder } = piece {
                dump.claims.insert(key, holder);
            }
        }
        dump
    }

    /// The records of a kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Arc<Record>> {
        self.records.values().filter(move |record| record.kind() == kind)
    }

    /// Whether the record is there and not deleted.
    pub fn is_live(&self, id: EntityId) -> bool {
        self.records.get(&id).is_some_and(|record| !record.is_deleted())
    }
}

/// Everything of an inspection, page by page.
pub(crate) async fn pieces(
    storage: &dyn Storage,
    realm: RealmId,
    inspection: Inspection,
    limit: usize,
) -> Vec<Inspected> {
    let mut all: Vec<Inspected> = Vec::new();
    loop {
        let after = all.last().map(Inspected::place);
        let page = storage
            .inspect(realm, inspection, after.as_deref(), limit)
            .await
            .unwrap();
        assert!(
            page.len() <= limit,
            "a page of an inspection is longer than asked for"
        );
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}
