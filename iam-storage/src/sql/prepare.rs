//! A plan as rows: everything that can be worked out before the transaction begins, by whoever asks for the commit.

use std::collections::{BTreeMap, BTreeSet};

use iam_core::{
    model::{EdgeKey, EntityId, Kind, RealmId, Record, builtin_references},
    plan::{Change, ClaimKey, EdgesOf, Fingerprint, Guard, Plan, Referring},
    port::{Outcome, Stamp, StorageError},
};
use uuid::Uuid;

use super::{
    Shape, SqlValue,
    codec::{attribute_keys, edge_key_row, edge_row, key_of, maybe_id, maybe_text, maybe_uuid, record_row},
    layout::{AUDIT, FIXED, promoted},
    sets::claim_attribute,
    tree::Tree,
};

/// A plan as rows.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    pub(crate) realm: RealmId,
    /// The command's identifier, to find out whether it was committed before.
    pub(crate) command: Option<Uuid>,
    pub(crate) audit: Vec<SqlValue>,
    /// The records to look at before anything is written: those that were read, and the ends of edges.
    pub(crate) rows: BTreeMap<Kind, BTreeMap<Uuid, Seen>>,
    /// Kinds of which rows are locked against readers that lock, too.
    pub(crate) exclusive: BTreeSet<Kind>,
    pub(crate) edge_guards: BTreeMap<EdgesOf, Fingerprint>,
    pub(crate) referring_guards: BTreeMap<Referring, Fingerprint>,
    /// Nothing may have been committed in the realm after it.
    pub(crate) latest: Option<u64>,
    pub(crate) records: BTreeMap<Kind, Records>,
    pub(crate) keys_gone: Vec<Vec<SqlValue>>,
    pub(crate) keys_new: Vec<Vec<SqlValue>>,
    pub(crate) released: Vec<ClaimKey>,
    /// Names and who takes them.
    pub(crate) taken: Vec<(ClaimKey, Uuid)>,
    pub(crate) edges_gone: Vec<EdgeKey>,
    pub(crate) edges_new: Vec<(EdgeKey, Vec<SqlValue>)>,
    /// Records that do not change themselves, but an edge that started at them disappears: nothing else would tell.
    pub(crate) touched: BTreeMap<Kind, BTreeSet<Uuid>>,
    pub(crate) tree: Tree,
    pub(crate) journal: Vec<Vec<SqlValue>>,
    pub(crate) outbox: Vec<Vec<SqlValue>>,
    /// Whether anything is written but the audit row.
    pub(crate) accepted: bool,
}

/// What a plan says about a record that it read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Seen {
    /// The version that it was at (`Some(None)`: absent), when that matters.
    pub(crate) version: Option<Option<u64>>,
    /// It is there, and it and the edges that start at it did not change after this revision, when that matters.
    pub(crate) revision: Option<u64>,
}

/// The records of one kind that change.
#[derive(Debug, Clone, Default)]
pub(crate) struct Records {
    /// New rows.
    pub(crate) insert: Vec<Vec<SqlValue>>,
    /// Changed rows, by the promoted columns that change.
    pub(crate) update: BTreeMap<Vec<&'static str>, Vec<Vec<SqlValue>>>,
    /// Rows that disappear.
    pub(crate) remove: Vec<Uuid>,
    /// Records that live from now on, or no longer do.
    pub(crate) live: BTreeMap<bool, Vec<Uuid>>,
    /// Those of them that may have edges already: the edges are told. A new record has none, and where a plan brings some
    /// they are written with it.
    pub(crate) turned: BTreeMap<bool, Vec<Uuid>>,
}

/// Works out the rows of a plan.
pub(crate) fn prepare(plan: &Plan, stamp: &Stamp) -> Result<Prepared, StorageError> {
    let mut prepared = Prepared {
        realm: plan.realm,
        command: stamp.command_id.map(|id| id.0),
        audit: audit_row(stamp),
        rows: BTreeMap::new(),
        exclusive: BTreeSet::new(),
        edge_guards: BTreeMap::new(),
        referring_guards: BTreeMap::new(),
        latest: None,
        records: BTreeMap::new(),
        keys_gone: Vec::new(),
        keys_new: Vec::new(),
        released: Vec::new(),
        taken: Vec::new(),
        edges_gone: Vec::new(),
        edges_new: Vec::new(),
        touched: BTreeMap::new(),
        tree: Tree::default(),
        journal: Vec::new(),
        outbox: Vec::new(),
        accepted: stamp.outcome == Outcome::Accepted,
    };
    if !prepared.accepted {
        return Ok(prepared);
    }
    for guard in &plan.guards {
        prepared.guard(guard);
    }
    for change in &plan.changes {
        match change {
            Change::Record {
                before,
                after,
                taken,
                released,
                ..
            } => {
                prepared.released.extend(released.iter().cloned());
                if let Some(record) = after {
                    prepared
                        .taken
                        .extend(taken.iter().map(|key| (key.clone(), record.id.uuid)));
                }
                prepared.record(before.as_deref(), after.as_deref())?;
            }
            Change::Edge { before, after, .. } => {
                let Some(edge) = after.as_ref().or(before.as_ref()) else {
                    continue;
                };
                let key = edge.key;
                match after {
                    // It carries the revision itself: nothing has to be written at its start.
                    Some(edge) => prepared.edges_new.push((key, edge_row(edge)?)),
                    None => {
                        prepared.edges_gone.push(key);
                        let gone = prepared.touched.entry(key.from.kind).or_default();
                        gone.insert(key.from.uuid);
                    }
                }
                // The start is held alone; the end is kept from changing, so that whoever relied on the complete set of
                // its edges is noticed.
                prepared.look(key.from, true);
                prepared.look(key.to, false);
            }
        }
    }
    prepared.untouched();
    prepared.log(plan, stamp)?;
    Ok(prepared)
}

fn audit_row(stamp: &Stamp) -> Vec<SqlValue> {
    let [subject_kind, subject_id] = maybe_id(stamp.subject);
    vec![
        SqlValue::Realm,
        stamp.at.micros().into(),
        stamp.actor.as_str().into(),
        stamp.channel.as_str().into(),
        maybe_text(stamp.reason.clone()),
        stamp.command.as_str().into(),
        maybe_uuid(stamp.command_id.map(|id| id.0)),
        stamp.digest.as_str().into(),
        maybe_uuid(stamp.change_set.map(|id| id.0)),
        stamp.outcome.code().into(),
        subject_kind,
        subject_id,
        stamp.events.as_str().into(),
    ]
}

impl Prepared {
    fn look(&mut self, id: EntityId, exclusive: bool) -> &mut Seen {
        if exclusive {
            self.exclusive.insert(id.kind);
        }
        self.rows.entry(id.kind).or_default().entry(id.uuid).or_default()
    }

    fn guard(&mut self, guard: &Guard) {
        match guard {
            Guard::Record { id, version } => self.look(*id, false).version = Some(*version),
            // Whoever relies on a complete set keeps others from adding to it: they look at the same record.
            Guard::Edges { set, fingerprint } => {
                self.look(set.id, true);
                self.edge_guards.insert(*set, fingerprint.clone());
            }
            Guard::Referring { set, fingerprint } => {
                let holder = set.target.unwrap_or_else(|| self.realm.into());
                self.look(holder, true);
                self.referring_guards.insert(set.clone(), fingerprint.clone());
            }
            Guard::Unchanged { id, revision } => self.look(*id, false).revision = Some(*revision),
            // Every other plan of the realm is guarded by the version of its record: held alone, nobody is half-way.
            Guard::Latest { revision } => {
                self.look(self.realm.into(), true);
                self.latest = Some(self.latest.map_or(*revision, |known| known.min(*revision)));
            }
        }
    }

    fn record(&mut self, before: Option<&Record>, after: Option<&Record>) -> Result<(), StorageError> {
        let Some(id) = after.or(before).map(|record| record.id) else {
            return Ok(());
        };
        self.look(id, true);
        self.references(id.kind, before, after);
        let records = self.records.entry(id.kind).or_default();
        match (before, after) {
            (None, Some(after)) => {
                records.insert.push(record_row(after)?);
                records.live.entry(!after.is_deleted()).or_default().push(id.uuid);
            }
            (Some(before), Some(after)) => {
                let changed = promoted(id.kind)
                    .filter(|name| {
                        before.value(name) != after.value(name) && key_of(before, name) != key_of(after, name)
                    })
                    .collect();
                records
                    .update
                    .entry(changed)
                    .or_default()
                    .push(record_row(after)?);
                if before.is_deleted() != after.is_deleted() {
                    records.live.entry(!after.is_deleted()).or_default().push(id.uuid);
                    records
                        .turned
                        .entry(!after.is_deleted())
                        .or_default()
                        .push(id.uuid);
                }
            }
            (Some(_), None) => {
                records.remove.push(id.uuid);
                records.live.entry(false).or_default().push(id.uuid);
                records.turned.entry(false).or_default().push(id.uuid);
            }
            (None, None) => {}
        }
        // What may be searched is for the schema to say, and may change without the record: a realm's own attributes
        // have their keys either way, so that one that was removed and comes back finds what is there.
        let new = after.map(attribute_keys).unwrap_or_default();
        let old = before.map(attribute_keys).unwrap_or_default();
        let row = |(attribute, key): &(String, Vec<u8>)| {
            vec![
                SqlValue::Realm,
                SqlValue::Int(id.kind as i64),
                id.uuid.into(),
                attribute.as_str().into(),
                key.clone().into(),
            ]
        };
        let gone = old.iter().filter(|key| new.binary_search(key).is_err());
        self.keys_gone.extend(gone.map(row));
        let fresh = new.iter().filter(|key| old.binary_search(key).is_err());
        self.keys_new.extend(fresh.map(row));
        if id.kind == Kind::Organization {
            self.tree.note(before, after);
        }
        Ok(())
    }

    /// Keeps the records that a record begins or ceases to refer to from changing.
    fn references(&mut self, kind: Kind, before: Option<&Record>, after: Option<&Record>) {
        for definition in builtin_references(kind) {
            let of = |record: Option<&Record>| record.and_then(|record| record.reference(&definition.name));
            let (old, new) = (of(before), of(after));
            if old != new {
                for id in [old, new].into_iter().flatten() {
                    self.look(id, false);
                }
            }
        }
    }

    /// Records that change themselves get their revision with the change, and those that disappear need none.
    fn untouched(&mut self) {
        for (kind, ids) in &mut self.touched {
            let Some(records) = self.records.get(kind) else {
                continue;
            };
            let rows = records.insert.iter().chain(records.update.values().flatten());
            for row in rows {
                if let Some(SqlValue::Uuid(id)) = row.get(1) {
                    ids.remove(id);
                }
            }
            for id in &records.remove {
                ids.remove(id);
            }
        }
        self.touched.retain(|_, ids| !ids.is_empty());
    }

    fn log(&mut self, plan: &Plan, stamp: &Stamp) -> Result<(), StorageError> {
        for (ordinal, entry) in stamp.journal.iter().enumerate() {
            let ordinal = u32::try_from(ordinal).unwrap_or(u32::MAX);
            let [other_kind, other_id] = maybe_id(entry.edge.map(|key| key.to));
            self.journal.push(vec![
                SqlValue::Place(ordinal),
                SqlValue::Realm,
                SqlValue::Int(entry.step.code().into()),
                SqlValue::Int(entry.subject.kind as i64),
                entry.subject.uuid.into(),
                SqlValue::Int(entry.edge.map_or(0, |key| key.relation as i64)),
                match other_kind {
                    SqlValue::Null(_) => SqlValue::Int(0),
                    kind => kind,
                },
                other_id,
                entry.version.into(),
                entry.delta.clone().into(),
                entry.cause.name().into(),
            ]);
        }
        for effect in &plan.effects {
            let details = serde_json::to_string(&effect.details)
                .map_err(|error| StorageError::failed("an effect cannot be written as JSON", error))?;
            self.outbox.push(vec![
                SqlValue::Realm,
                SqlValue::Revision,
                effect.name.as_str().into(),
                SqlValue::Int(effect.subject.kind as i64),
                effect.subject.uuid.into(),
                details.into(),
                effect.key.as_str().into(),
                SqlValue::Int(0),
                stamp.at.micros().into(),
                "".into(),
                SqlValue::Int(i64::MIN),
                "".into(),
            ]);
        }
        Ok(())
    }

    /// Writes the events of the audit trail in their short form.
    #[cfg(feature = "sqlite")]
    pub(crate) fn brief(mut self) -> Prepared {
        let events = AUDIT.iter().position(|column| *column == "events");
        if let Some(value) = events.and_then(|place| self.audit.get_mut(place))
            && let SqlValue::Text(text) = value
            && let Some(brief) = crate::brief::write(text)
        {
            *value = SqlValue::Blob(brief);
        }
        self
    }

    /// The rows of the names that are taken.
    pub(crate) fn taken_rows(&self) -> Vec<Vec<SqlValue>> {
        let row = |(key, holder): &(ClaimKey, Uuid)| {
            let mut row = claim_row(key);
            row.push((*holder).into());
            row
        };
        self.taken.iter().map(row).collect()
    }

    /// The keys of the names that are released.
    pub(crate) fn released_rows(&self) -> Vec<Vec<SqlValue>> {
        self.released.iter().map(claim_row).collect()
    }

    /// The keys of the edges that disappear.
    pub(crate) fn edges_gone_rows(&self) -> Vec<Vec<SqlValue>> {
        self.edges_gone.iter().map(edge_key_row).collect()
    }
}

/// The key of a name.
pub(crate) fn claim_row(key: &ClaimKey) -> Vec<SqlValue> {
    vec![
        if key.kind == Kind::Realm {
            SqlValue::Int(0)
        } else {
            SqlValue::Realm
        },
        SqlValue::Int(key.kind as i64),
        claim_attribute(&key.attribute).into(),
        key.key.as_bytes().to_vec().into(),
    ]
}

/// The columns of a changed record that are written: the fixed ones without the key, then the changed ones.
pub(crate) fn update_values(kind: Kind, changed: &[&'static str], row: &[SqlValue]) -> Vec<SqlValue> {
    let mut values: Vec<SqlValue> = row.iter().take(FIXED.len()).skip(2).cloned().collect();
    for (place, name) in promoted(kind).enumerate() {
        if changed.contains(&name) {
            values.push(
                row.get(FIXED.len() + place)
                    .cloned()
                    .unwrap_or(SqlValue::Null(Shape::Key)),
            );
        }
    }
    values.extend(row.iter().take(2).cloned());
    values
}

/// The text of the reference that a record names as its parent.
pub(crate) fn parent_of(record: &Record) -> Option<EntityId> {
    record
        .reference("parent")
        .filter(|id| id.kind == Kind::Organization)
}
