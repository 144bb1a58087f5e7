//! How many belong to each part of the organization tree, without waiting.

use super::super::Acting;
use crate::{
    model::{Kind, OrganizationId},
    wire::{Code, Problem},
};

/// Numbers of members that are kept in memory. They are those of the last [`Headcount::refresh`], or of a later
/// [`Acting::count`] of anybody in this process: the host says when it looks for what other processes have committed.
#[derive(Debug, Clone)]
pub struct Headcount {
    acting: Acting<'static>,
    kind: Kind,
}

impl Headcount {
    /// How many belong to an organization or to one below it, by memberships that are in effect now. Each counts once.
    /// `None` while the numbers are being brought up to date, or when a membership begins or ends that they do not know
    /// yet: [`Acting::count`] has the answer then.
    pub fn below(&self, organization: OrganizationId) -> Option<u64> {
        let now = self.acting.shared.host.clock.now();
        self.acting
            .storage()
            .kept_count(self.acting.realm, self.kind, organization.into(), now)
    }

    /// Takes in what was committed since.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn refresh(&self) -> Result<(), Problem> {
        let now = self.acting.shared.host.clock.now();
        self.acting
            .storage()
            .keep_counts(self.acting.realm, self.kind, now)
            .await?;
        Ok(())
    }
}

impl Acting<'static> {
    /// Keeps in memory how many users (or devices) belong to each part of the tree, for some 70 bytes each. The SQL
    /// storages can; elsewhere every answer of the headcount is `None`. For the host only: users count what they may see.
    ///
    /// # Errors
    /// [`Code::Denied`] for a user; failures of the storage.
    pub async fn headcount(&self, kind: Kind) -> Result<Headcount, Problem> {
        if self.restricted().is_some() {
            return Err(Problem::new(
                Code::Denied,
                "a headcount shows everybody; count what the actor may see",
            ));
        }
        let headcount = Headcount {
            acting: self.clone(),
            kind,
        };
        headcount.refresh().await?;
        Ok(headcount)
    }
}
