//! Everything that is linked to a user, in one view (S0-57 … S0-63).

use super::{Acting, At, access::absent};
use crate::{
    access::{AccountElsewhere, EffectiveAccess},
    model::{EntityId, Kind, Record, Relation},
    plan::Direction,
    search::Predicate,
    wire::Problem,
};

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
            effective.applications = trusted
                .all(Kind::Shadow, Predicate::eq("target", user.to_string()))
                .await?
                .iter()
                .map(|record| AccountElsewhere {
                    id: record.id,
                    at: record
                        .reference("identity_source")
                        .map(|id| id.to_string())
                        .unwrap_or_default(),
                    name: text(record, "title"),
                })
                .collect();
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
            effective.linked.sort();
        }
        Ok(effective)
    }
}
