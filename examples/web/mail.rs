//! Messages that go nowhere: the messenger of this application is a list in memory, and each message becomes a line with
//! its link.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{extract::State, response::IntoResponse};
use iam_core::{
    model::Secret,
    port::{DeliveryError, EffectHandler, LeasedEffect, Message, Messenger},
    service::OutboxWorker,
};

use crate::{
    Answer, App,
    page::{escape, page},
};

/// The messages so far, the latest first: to whom, what for, and the link.
#[derive(Debug, Clone, Default)]
pub struct Mailbox(Arc<Mutex<Vec<(String, String, String)>>>);

#[async_trait::async_trait]
impl Messenger for Mailbox {
    async fn deliver(&self, message: &Message) -> Result<(), DeliveryError> {
        let link = message
            .text
            .split_whitespace()
            .find(|word| word.starts_with("/link?"));
        let line = (
            message.address.clone(),
            message.template.clone(),
            link.unwrap_or_default().to_owned(),
        );
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(0, line);
        Ok(())
    }
}

/// Who else is told of what happens. This application keeps no sessions and no accounts of its own, so there is nothing
/// to do; but what nobody takes stays in the outbox, and what comes later for the same person waits behind it.
#[derive(Debug)]
struct Nobody;

#[async_trait::async_trait]
impl EffectHandler for Nobody {
    async fn handle(&self, _: &LeasedEffect, _: Option<&Secret>) -> Result<(), DeliveryError> {
        Ok(())
    }
}

pub async fn show(State(app): State<App>) -> Answer {
    // A real application does this in a loop of its own.
    let worker = OutboxWorker {
        name: "web".to_owned(),
        messenger: Some(Arc::new(app.mailbox.clone())),
        handler: Some(Arc::new(Nobody)),
    };
    while app.engine.work_outbox(&worker, 50).await?.done > 0 {}
    let messages = app
        .mailbox
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    let lines: String = messages
        .iter()
        .map(|(to, template, link)| {
            let (to, template, link) = (escape(to), escape(template), escape(link));
            format!("<li>{to}: <a href=\"{link}\">{template}</a></li>")
        })
        .collect();
    Ok(page("Messages", &format!("<ul id=messages>{lines}</ul>")).into_response())
}
