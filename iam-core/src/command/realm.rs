//! Commands about realms.
use serde::{Deserialize, Serialize};

use super::{AttributeChanges, Decide, profile};
use crate::{
    model::Record,
    plan::{Draft, Needs, Stop},
};

/// Creates a realm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateRealm {
    /// Its name.
    pub name: String,
}

impl CreateRealm {
    /// A realm with this name.
    pub fn new(name: impl Into<String>) -> Self {
        CreateRealm { name: name.into() }
    }
}

impl Decide for CreateRealm {
    fn needs(&self, _needs: &mut Needs) {}

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let id = draft.context.realm.into();
        draft.record(id)?;
        let record = Record::new(id);
        let changes = AttributeChanges::from([("name".to_owned(), Some(self.name.clone().into()))]);
        draft.subject(id);
        profile::write(draft, record, &changes, true)?;
        draft.event("realm.created", id, []);
        Ok(())
    }
}
