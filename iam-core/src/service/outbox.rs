//! The outbox from the side of whoever carries out what is in it.

use super::Acting;
use crate::{
    model::{Secret, Value},
    plan::Place,
    port::LeasedEffect,
    wire::Problem,
};

impl Acting<'_> {
    /// What a leased effect carries sealed, such as the token of the link in a message; `None` when it carries nothing.
    /// Only for the one who carries the effect out: the text is a secret.
    ///
    /// # Errors
    /// [`Code::Sealed`](crate::wire::Code::Sealed) when it was sealed with another vault.
    pub fn open_effect(&self, leased: &LeasedEffect) -> Result<Option<Secret>, Problem> {
        let effect = &leased.effect;
        let Some(sealed) = effect.details.get("sealed").and_then(Value::as_text) else {
            return Ok(None);
        };
        let place = Place {
            realm: leased.realm,
            record: effect.subject,
            attribute: effect.name.clone(),
        };
        self.shared.worker.open(&place, sealed).map(Some)
    }
}
