//! What a case stands on, and the small words that it is written in.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    model::{Attributes, Edge, EdgeKey, EntityId, Kind, RealmId, Record, Relation, Value, Window},
    plan::{
        Cause, Change, ClaimKey, Delta, Direction, Draft, EdgeBody, EdgesOf, Facts, Guard, JournalEntry,
        Needs, Plan, Referring, Stop,
    },
    port::{Outcome, Revision, Stamp, Standing, Storage, StorageError},
    service::{Acting, Iam},
    testing::{Dump, Factory, VirtualClock, host},
    wire::Problem,
};

/// A fresh storage with an engine over it and one realm.
#[derive(Debug)]
pub struct Ground {
    /// The storage.
    pub storage: Arc<dyn Storage>,
    /// The engine.
    pub iam: Iam,
    /// The engine's clock.
    pub clock: Arc<VirtualClock>,
    /// The realm `acme`, in the name of the host `suite`.
    pub acme: Acting<'static>,
}

impl Ground {
    /// A fresh one.
    pub async fn open(factory: &Factory) -> Ground {
        let storage = factory().await;
        let (host, clock) = host(1);
        let iam = Iam::new(storage.clone(), host).unwrap();
        let acme = iam.realm("acme").await.unwrap().host("suite");
        Ground {
            storage,
            iam,
            clock,
            acme,
        }
    }

    /// The doctor finds nothing in any realm, and the chain holds.
    pub async fn close(&self) {
        for realm in self.iam.realms().await.unwrap() {
            let realm = self.iam.in_realm(RealmId(realm.id.uuid)).host("doctor");
            let diagnosis = realm.doctor().await.unwrap();
            assert!(
                diagnosis.is_healthy(),
                "the doctor found {:#?}",
                diagnosis.findings
            );
        }
        self.iam.seal_chain().await.unwrap();
        let verified = self.iam.verify_chain(&[]).await.unwrap();
        assert!(verified.holds(), "the chain is broken: {:?}", verified.breaks);
    }

    /// The realm's identifier.
    pub fn realm(&self) -> RealmId {
        self.acme.realm()
    }

    /// Everything there is in the realm.
    pub async fn dump(&self) -> Dump {
        Dump::take(self.storage.as_ref(), self.realm()).await
    }

    /// Loads what is needed.
    pub async fn load(&self, needs: &Needs) -> Facts {
        self.storage.load(self.realm(), needs).await.unwrap()
    }

    /// A record as it is stored.
    pub async fn record(&self, id: EntityId) -> Option<Arc<Record>> {
        let mut needs = Needs::default();
        needs.record(id);
        self.load(&needs).await.records.remove(&id).flatten()
    }

    /// A set of edges with its fingerprint.
    pub async fn edge_set(&self, set: EdgesOf) -> crate::plan::EdgeSet {
        let needs = Needs {
            edges: BTreeSet::from([set]),
            ..Needs::default()
        };
        self.load(&needs).await.edges.remove(&set).unwrap()
    }

    /// A set of referring records with its fingerprint.
    pub async fn referring_set(&self, set: &Referring) -> crate::plan::ReferringSet {
        let needs = Needs {
            referring: BTreeSet::from([set.clone()]),
            ..Needs::default()
        };
        self.load(&needs).await.referring.remove(set).unwrap()
    }

    /// Where the storage stands.
    pub async fn standing(&self) -> Standing {
        self.storage.standing().await.unwrap()
    }

    /// Creates a record through the engine, past the rules of its command.
    pub async fn put<const N: usize>(&self, kind: Kind, values: [(&str, Value); N]) -> EntityId {
        self.put_as(&self.acme, kind, values).await
    }

    /// The same in the name of another actor, or in another realm.
    pub async fn put_as<const N: usize>(
        &self,
        acting: &Acting<'_>,
        kind: Kind,
        values: [(&str, Value); N],
    ) -> EntityId {
        let done = acting
            .write("test.put", |draft| {
                let id = draft.new_id(kind);
                let mut record = Record::new(id);
                if kind == Kind::User {
                    record.salt = Some(draft.new_salt());
                }
                for (name, value) in &values {
                    record.set(name, Some(value.clone()));
                }
                draft.subject(id);
                draft.put(record, Cause::Requested).map(drop)
            })
            .await
            .unwrap();
        done.id.unwrap()
    }

    /// A user with this name, created by its command.
    pub async fn user(&self, name: &str) -> EntityId {
        let done = self.acme.execute(crate::command::CreateUser::new(name)).await;
        done.unwrap().id.unwrap()
    }

    /// Sets values of a record through the engine; `None` removes one.
    pub async fn set<const N: usize>(&self, id: EntityId, values: [(&str, Option<Value>); N]) -> Revision {
        let done = self.try_set(id, values).await.unwrap();
        done.expect("something changes")
    }

    /// The same where it may be refused, or change nothing.
    pub async fn try_set<const N: usize>(
        &self,
        id: EntityId,
        values: [(&str, Option<Value>); N],
    ) -> Result<Option<Revision>, Problem> {
        let done = self
            .acme
            .write("test.set", |draft| {
                load_record(draft, id)?;
                let mut record = (*draft.existing(id)?).clone();
                for (name, value) in &values {
                    record.set(name, value.clone());
                }
                draft.subject(id);
                draft.put(record, Cause::Requested).map(drop)
            })
            .await?;
        Ok(done.revision)
    }

    /// Connects two records.
    pub async fn link(&self, from: EntityId, relation: Relation, to: EntityId) -> Revision {
        self.link_edge(Edge::direct(from, relation, to)).await
    }

    /// Connects two records for some time.
    pub async fn link_for(
        &self,
        from: EntityId,
        relation: Relation,
        to: EntityId,
        window: Window,
    ) -> Revision {
        let mut edge = Edge::direct(from, relation, to);
        edge.window = window;
        self.link_edge(edge).await
    }

    /// Writes an edge.
    pub async fn link_edge(&self, edge: Edge) -> Revision {
        let done = self
            .acme
            .write("test.link", |draft| {
                draft.put_edge(edge.clone(), Cause::Requested).map(drop)
            })
            .await
            .unwrap();
        done.revision.expect("the edge changes")
    }

    /// Disconnects two records.
    pub async fn unlink(&self, from: EntityId, relation: Relation, to: EntityId) -> Revision {
        let key = EdgeKey { from, relation, to };
        let done = self
            .acme
            .write("test.unlink", |draft| {
                assert!(draft.remove_edge(key, Cause::Requested)?, "there is no such edge");
                Ok(())
            })
            .await
            .unwrap();
        done.revision.unwrap()
    }

    /// Removes a record physically.
    pub async fn remove(&self, id: EntityId) -> Revision {
        let done = self
            .acme
            .write("test.remove", |draft| {
                load_record(draft, id)?;
                draft.remove(id, Cause::Requested)
            })
            .await
            .unwrap();
        done.revision.unwrap()
    }

    /// An organization below another one.
    pub async fn organization(&self, name: &str, parent: Option<EntityId>) -> EntityId {
        let id = self
            .acme
            .write("test.put", |draft| {
                let id = draft.new_id(Kind::Organization);
                let mut record = Record::new(id);
                record.set("name", Some(name.into()));
                record.set("parent", parent.map(Into::into));
                draft.subject(id);
                draft.put(record, Cause::Requested).map(drop)
            })
            .await
            .unwrap()
            .id;
        id.unwrap()
    }

    /// Declares a searchable attribute of users, as `attribute.define` does.
    pub async fn define(&self, name: &str, value_type: &str, multiple: bool) {
        let definition = serde_json::json!({
            "kind": "user", "name": name, "label": name, "type": value_type, "multiple": multiple,
            "searchable": true, "source": "custom",
        });
        let definition: Value = serde_json::from_value(definition).unwrap();
        self.acme
            .write("test.define", |draft| {
                load_record(draft, self.realm().into())?;
                let id = draft.new_id(Kind::Attribute);
                let mut record = Record::new(id);
                record.set("name", Some(name.into()));
                record.set("definition", Some(definition.clone()));
                draft.put(record, Cause::Requested)?;
                let mut realm = (*draft.existing(self.realm())?).clone();
                let epoch = realm
                    .value("schema_epoch")
                    .and_then(Value::as_integer)
                    .unwrap_or(0);
                realm.set("schema_epoch", Some((epoch + 1).into()));
                draft.put(realm, Cause::Requested).map(drop)
            })
            .await
            .unwrap();
    }

    /// A fresh identifier.
    pub fn fresh(&self, kind: Kind) -> EntityId {
        self.iam
            .fresh_seed()
            .id(kind, crate::model::Moment::from_micros(0), 1)
    }

    /// A plan for the realm that changes something and is guarded by something.
    pub fn plan(&self, guards: Vec<Guard>, changes: Vec<Change>) -> Plan {
        Plan {
            guards,
            subject: changes.first().and_then(Change::subject),
            changes,
            ..Plan::empty(self.realm())
        }
    }

    /// Commits a plan directly on the port.
    pub async fn commit(&self, plan: &Plan) -> Result<Revision, StorageError> {
        self.storage
            .commit(plan, &stamp(plan, "test.commit"))
            .await
            .map(|done| done.revision)
    }
}

fn load_record(draft: &Draft<'_>, id: EntityId) -> Result<(), Stop> {
    let mut needs = Needs::default();
    needs.record(id);
    draft.need(needs)
}

/// The audit row of a plan, with its journal in the clear.
pub(crate) fn stamp(plan: &Plan, command: &str) -> Stamp {
    Stamp {
        at: crate::model::Moment::from_micros(1_767_225_600_000_000),
        actor: "host:direct".to_owned(),
        channel: "api".to_owned(),
        reason: None,
        command: command.to_owned(),
        command_id: None,
        digest: "d".to_owned(),
        change_set: None,
        outcome: Outcome::Accepted,
        subject: plan.subject,
        events: "[]".to_owned(),
        journal: plan.changes.iter().map(entry).collect(),
    }
}

fn entry(change: &Change) -> JournalEntry {
    let (delta, edge, version, cause) = match change {
        Change::Record {
            before, after, cause, ..
        } => {
            let delta = Delta::between(before.as_deref(), after.as_deref());
            let version = after
                .as_ref()
                .or(before.as_ref())
                .map_or(0, |record| record.version);
            (delta, None, version, *cause)
        }
        Change::Edge { before, after, cause } => {
            let delta = Delta {
                edge: Some((
                    before.as_ref().map(EdgeBody::from),
                    after.as_ref().map(EdgeBody::from),
                )),
                ..Delta::default()
            };
            let key = after.as_ref().or(before.as_ref()).map(|edge| edge.key);
            (delta, key, 0, *cause)
        }
    };
    JournalEntry {
        step: change.step(),
        subject: change.subject().unwrap(),
        edge,
        version,
        delta: serde_json::to_vec(&delta).unwrap(),
        cause,
    }
}

/// A record with these values.
pub(crate) fn record<const N: usize>(id: EntityId, values: [(&str, Value); N]) -> Record {
    let mut record = Record::new(id);
    record.attributes = values
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect::<Attributes>();
    record
}

/// A unique name.
pub(crate) fn key(kind: Kind, attribute: &str, text: &str) -> ClaimKey {
    ClaimKey {
        kind,
        attribute: attribute.into(),
        key: crate::model::fold(text).into(),
    }
}

/// A set of edges.
pub(crate) fn set_of(id: EntityId, direction: Direction, relation: Relation) -> EdgesOf {
    EdgesOf {
        id,
        direction,
        relation,
    }
}

/// A set of referring records.
pub(crate) fn referring(kind: Kind, attribute: &str, target: Option<EntityId>) -> Referring {
    Referring {
        kind,
        attribute: attribute.to_owned(),
        target,
    }
}

/// The change that creates a record; takes the given names.
pub(crate) fn create(record: Record, taken: Vec<ClaimKey>) -> Change {
    Change::Record {
        before: None,
        after: Some(record.shared()),
        taken,
        released: Vec::new(),
        cause: Cause::Requested,
    }
}

/// The change of a record to other values, with one version more.
pub(crate) fn update<const N: usize>(
    before: &Arc<Record>,
    values: [(&str, Option<Value>); N],
    released: Vec<ClaimKey>,
    taken: Vec<ClaimKey>,
) -> Change {
    let mut after = (**before).clone();
    after.version += 1;
    for (name, value) in values {
        after.set(name, value);
    }
    Change::Record {
        before: Some(before.clone()),
        after: Some(after.shared()),
        taken,
        released,
        cause: Cause::Requested,
    }
}

/// The physical removal of a record.
pub(crate) fn removal(before: &Arc<Record>, released: Vec<ClaimKey>) -> Change {
    Change::Record {
        before: Some(before.clone()),
        after: None,
        taken: Vec::new(),
        released,
        cause: Cause::Requested,
    }
}

/// The change that creates an edge.
pub(crate) fn connect(edge: Edge) -> Change {
    Change::Edge {
        before: None,
        after: Some(edge),
        cause: Cause::Requested,
    }
}

/// The removal of an edge.
pub(crate) fn disconnect(edge: Edge) -> Change {
    Change::Edge {
        before: Some(edge),
        after: None,
        cause: Cause::Requested,
    }
}

/// The guard of a record's version.
pub(crate) fn at_version(id: EntityId, version: Option<u64>) -> Guard {
    Guard::Record { id, version }
}
