//! Everything that is linked to a user, in one view (S0-57 … S0-63).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Acting, At, access::absent};
use crate::{
    access::{AccountElsewhere, EffectiveAccess},
    model::{ConnectorDescriptor, EntityId, Kind, Record, Relation, SourceMode},
    plan::Direction,
    rules::{status::administrative, structure},
    search::Predicate,
    wire::Problem,
};

/// The module that has to be on for accounts of operating systems to be shown.
const OPERATING_SYSTEMS: &str = "operating_systems";

impl Acting<'_> {
    /// Everything that is linked to a user: roles, groups, organizations, accounts elsewhere, and every right with every
    /// path.
    ///
    /// # Errors
    /// [`Code::NotFound`](crate::wire::Code::NotFound) when there is no such user, [`Code::Denied`](crate::wire::Code::Denied)
    /// when the actor may not read their history.
    pub async fn effective_access(&self, user: impl Into<EntityId>) -> Result<EffectiveAccess, Problem> {
        let user = user.into();
        if self.restricted().is_some_and(|actor| actor != user) {
            self.require("history", user).await?;
        }
        let consulted = self.consulted(None).await?;
        let found = consulted.ask(|world, now| world.effective(user, now)).await?;
        let mut effective = found.ok_or_else(|| absent(user))?;
        let trusted = self.trusted();
        // No decision reads who leads what, so it is not among the decision data.
        let leads = trusted.edges(user, Direction::From, Relation::Leads).await?;
        effective.leads = leads
            .iter()
            .filter(|edge| edge.is_in_effect(consulted.now))
            .map(|edge| edge.key.to)
            .collect();
        effective.leads.sort();
        if self.at == At::Now {
            let text = |record: &Record, name: &str| record.text(name).to_owned();
            let accounts = trusted
                .all(Kind::Shadow, Predicate::eq("target", user.to_string()))
                .await?;
            let systems = trusted.operating_systems(&accounts).await?;
            for record in accounts {
                let at = record.reference("identity_source");
                let account = AccountElsewhere {
                    id: record.id,
                    at: at.map(|id| id.to_string()).unwrap_or_default(),
                    name: text(&record, "title"),
                };
                match at.and_then(|id| systems.get(&id)) {
                    None => effective.applications.push(account),
                    Some(true) => effective.systems.push(account),
                    Some(false) => {}
                }
            }
            effective.linked = trusted
                .all(Kind::Credential, Predicate::eq("user", user.to_string()))
                .await?
                .iter()
                .filter(|record| record.value("provider").is_some())
                .map(|record| AccountElsewhere {
                    id: record.id,
                    at: text(record, "provider"),
                    name: text(record, "label"),
                })
                .collect();
            effective.applications.sort();
            effective.systems.sort();
            effective.linked.sort();
        }
        Ok(effective)
    }

    /// The sources of accounts that are operating systems, and whether their accounts are shown (S0-62): their module is on,
    /// they are collected from, and managed.
    async fn operating_systems(&self, accounts: &[Arc<Record>]) -> Result<BTreeMap<EntityId, bool>, Problem> {
        let sources: BTreeSet<EntityId> = accounts
            .iter()
            .filter_map(|account| account.reference("identity_source"))
            .collect();
        let sources = self.find_all(sources).await?;
        let names: BTreeSet<&str> = sources.iter().map(|source| source.text("connector")).collect();
        let connectors = self
            .find_all_by(
                Kind::Connector,
                "name",
                names.into_iter().filter(|name| !name.is_empty()),
            )
            .await?;
        let is_system = |source: &Record| {
            let connector = connectors.get(source.text("connector"));
            let descriptor: Option<ConnectorDescriptor> =
                connector.and_then(|record| structure::from_record(record, "descriptor"));
            descriptor.is_some_and(|descriptor| descriptor.operating_system)
        };
        let systems: Vec<&Arc<Record>> = sources.iter().filter(|source| is_system(source)).collect();
        if systems.is_empty() {
            return Ok(BTreeMap::new());
        }
        let on = !self
            .schema()
            .await?
            .settings
            .features_off
            .contains(OPERATING_SYSTEMS);
        let shown = |source: &Record| {
            on && !source.is_deleted()
                && administrative(source) == "enabled"
                && source.text("mode") == SourceMode::Active.name()
        };
        let systems = systems.into_iter();
        Ok(systems.map(|source| (source.id, shown(source))).collect())
    }
}
