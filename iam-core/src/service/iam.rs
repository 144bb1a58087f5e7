//! The handle that a host holds.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    Acting, Limits,
    decisions::{Decisions, Freshness},
    seal::Sealer,
    work::Worker,
};
use crate::{
    command::CreateRealm,
    credential::Hashing,
    model::{Kind, RealmId, Record},
    plan::{Actor, Needs, Plan, Schema, Seed},
    port::{Clock, Compute, Entropy, Revision, Storage, Vault},
    wire::{Code, Problem},
};

/// What the host provides besides the storage.
#[derive(Debug, Clone)]
pub struct Host {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Draws random bytes.
    pub entropy: Arc<dyn Entropy>,
    /// Keeps the master key.
    pub vault: Arc<dyn Vault>,
    /// Carries out password hashes.
    pub compute: Arc<dyn Compute>,
}

/// What can be set when the engine is opened.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How passwords are hashed, and which hashes are accepted.
    pub hashing: Hashing,
    /// How much is accepted at once.
    pub limits: Limits,
}

/// Identity management over one storage. Cheap to clone; share it between threads and tasks.
#[derive(Debug, Clone)]
pub struct Iam {
    pub(crate) shared: Arc<Shared>,
}

#[derive(Debug)]
pub(crate) struct Shared {
    pub storage: Arc<dyn Storage>,
    pub host: Host,
    pub sealer: Sealer,
    pub worker: Worker,
    pub limits: Limits,
    schemas: Mutex<HashMap<RealmId, Arc<Schema>>>,
    decisions: Mutex<HashMap<RealmId, Arc<Decisions>>>,
    freshness: Mutex<Freshness>,
}

impl Iam {
    /// Opens the engine over a storage.
    ///
    /// # Errors
    /// When the vault does not give its key.
    pub fn new(storage: Arc<dyn Storage>, host: Host) -> Result<Iam, Problem> {
        Iam::with(storage, host, Options::default())
    }

    /// Opens the engine over a storage, with other settings than the usual ones.
    ///
    /// # Errors
    /// When the vault does not give its keys.
    pub fn with(storage: Arc<dyn Storage>, host: Host, options: Options) -> Result<Iam, Problem> {
        let master = host.vault.key("journal").map_err(|error| {
            Problem::new(Code::Sealed, "the vault does not give the journal's key").caused_by(error)
        })?;
        let shared = Shared {
            storage,
            worker: Worker::new(&host, options.hashing)?,
            host,
            sealer: Sealer::new(master),
            limits: options.limits,
            schemas: Mutex::new(HashMap::new()),
            decisions: Mutex::new(HashMap::new()),
            freshness: Mutex::new(Freshness::default()),
        };
        Ok(Iam {
            shared: Arc::new(shared),
        })
    }

    /// Chooses how old the data may be on which access is decided; [`Freshness::Exact`] unless it is said.
    pub fn set_freshness(&self, freshness: Freshness) {
        *self
            .shared
            .freshness
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = freshness;
    }

    /// The storage below.
    pub fn storage(&self) -> &Arc<dyn Storage> {
        &self.shared.storage
    }

    /// The clock of the host.
    pub fn clock(&self) -> Arc<dyn Clock> {
        self.shared.host.clock.clone()
    }

    /// The realms by name (S2-4, S2-6).
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn realms(&self) -> Result<Vec<Arc<Record>>, Problem> {
        Ok(self.shared.storage.realms().await?)
    }

    /// Creates a realm with default settings, or finds the one with this name.
    ///
    /// # Errors
    /// When the name is not fit for one, or the storage fails.
    pub async fn realm(&self, name: &str) -> Result<Realm, Problem> {
        let found = |realms: &[Arc<Record>]| {
            let wanted = crate::model::fold(name);
            realms
                .iter()
                .find(|realm| crate::model::fold(realm.text("name")) == wanted)
                .map(|realm| realm.id)
        };
        let mut id = found(&self.realms().await?);
        if id.is_none() {
            let fresh = self.fresh_seed().id(Kind::Realm, self.shared.host.clock.now(), 0);
            let acting = self.in_realm(RealmId(fresh.uuid)).act_as(Actor::System);
            match acting.execute(CreateRealm::new(name)).await {
                Ok(_) => id = Some(fresh),
                // Another process was faster: then its realm is the one.
                Err(problem) if problem.code == Code::Taken => id = found(&self.realms().await?),
                Err(problem) => return Err(problem),
            }
        }
        let id = id.ok_or_else(|| Problem::new(Code::NotFound, "the realm was not found").about(name))?;
        Ok(self.in_realm(RealmId(id.uuid)))
    }

    /// A realm by its identifier; whether it exists shows at the first command.
    pub fn in_realm(&self, id: RealmId) -> Realm {
        Realm {
            iam: self.clone(),
            id,
        }
    }

    /// A draw of randomness.
    pub fn fresh_seed(&self) -> Seed {
        Seed(self.shared.host.entropy.seed())
    }
}

/// A realm of an engine.
#[derive(Debug, Clone)]
pub struct Realm {
    pub(crate) iam: Iam,
    id: RealmId,
}

impl Realm {
    /// Its identifier.
    pub fn id(&self) -> RealmId {
        self.id
    }

    /// Everything from here on happens in this actor's name.
    pub fn act_as(&self, actor: Actor) -> Acting<'static> {
        Acting::new(self.iam.shared.clone(), self.id, actor)
    }

    /// As the host application, under a name of its choice that the audit trail shows.
    pub fn host(&self, name: impl Into<String>) -> Acting<'static> {
        self.act_as(Actor::Host(name.into()))
    }
}

impl Shared {
    /// How old the data may be on which access is decided.
    pub(crate) fn freshness(&self) -> Freshness {
        *self.freshness.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a storage is the engine's own, not the inside of a host's transaction.
    pub(crate) fn is_main(&self, storage: &dyn Storage) -> bool {
        std::ptr::addr_eq(std::ptr::from_ref(storage), Arc::as_ptr(&self.storage))
    }

    /// The decision data of a realm.
    pub(crate) fn decisions(&self, realm: RealmId) -> Arc<Decisions> {
        self.decisions
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(realm)
            .or_insert_with(|| Arc::new(Decisions::new()))
            .clone()
    }

    /// Decisions from now on rest on what was committed.
    pub(crate) fn committed(&self, storage: &dyn Storage, revision: Revision, plan: &Plan) {
        let decisions = self
            .decisions
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&plan.realm)
            .cloned();
        if let Some(decisions) = decisions {
            match self.is_main(storage) {
                true => decisions.committed(revision, plan, self.freshness()),
                false => decisions.joined(),
            }
        }
    }

    /// The realm's schema, from memory when it was read before. Plans are guarded by its version.
    pub(crate) async fn schema(&self, storage: &dyn Storage, realm: RealmId) -> Result<Arc<Schema>, Problem> {
        let known = self
            .schemas
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&realm)
            .cloned();
        match known {
            Some(schema) => Ok(schema),
            None => self.reload_schema(storage, realm).await,
        }
    }

    /// The realm's schema as it is stored now.
    pub(crate) async fn reload_schema(
        &self,
        storage: &dyn Storage,
        realm: RealmId,
    ) -> Result<Arc<Schema>, Problem> {
        let facts = storage
            .load(
                realm,
                &Needs {
                    schema: true,
                    ..Needs::default()
                },
            )
            .await?;
        let Some(schema) = Schema::from_facts(realm, &facts)? else {
            self.forget_schema(realm);
            return Ok(Arc::new(Schema::empty(realm)));
        };
        let schema = Arc::new(schema);
        self.schemas
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(realm, schema.clone());
        Ok(schema)
    }

    /// Whether nobody has changed the realm's schema since it was read. One that was changed is read again next time.
    pub(crate) async fn is_current(&self, storage: &dyn Storage, schema: &Schema) -> Result<bool, Problem> {
        let realm = storage.find(schema.realm, schema.realm.into()).await?;
        let current = realm.map_or(0, |realm| realm.version) == schema.version;
        if !current {
            self.forget_schema(schema.realm);
        }
        Ok(current)
    }

    /// Takes in what a commit of this process did to the schema that it rests on: what it left alone is not read again.
    pub(crate) fn advance_schema(&self, mut schema: Arc<Schema>, plan: &Plan) {
        let mut schemas = self.schemas.lock().unwrap_or_else(PoisonError::into_inner);
        // One that others have read meanwhile may be a later one.
        let known = schemas.remove(&plan.realm);
        if known.is_some_and(|known| known.version != schema.version) {
            return;
        }
        if Arc::make_mut(&mut schema).advance(plan) {
            schemas.insert(plan.realm, schema);
        }
    }

    pub(crate) fn forget_schema(&self, realm: RealmId) {
        self.schemas
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&realm);
    }
}
