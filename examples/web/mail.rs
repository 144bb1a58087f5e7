//! Messages that go nowhere: the outbox is read by this page instead of by a mail server, and each message becomes a line
//! with its link.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{extract::State, response::IntoResponse};
use iam_core::{
    model::Value,
    port::{Settled, Storage},
    service::Acting,
    wire::Problem,
};

use crate::{
    Answer, App,
    page::{escape, page},
};

/// The messages so far: to whom, what for, and the link.
#[derive(Clone, Default)]
pub struct Mailbox(Arc<Mutex<Vec<(String, String, String)>>>);

/// Takes what waits in the outbox: a lease, the delivery, the receipt. A message that could not be delivered would be
/// settled with a moment for the next attempt instead.
async fn deliver(storage: &dyn Storage, iam: &Acting<'_>, mailbox: &Mailbox) -> Result<(), Problem> {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or(Duration::ZERO);
    let now = iam_core::model::Moment::from_micros(i64::try_from(now.as_micros()).unwrap_or(i64::MAX));
    loop {
        let leased = storage.lease("mail", now, now.plus_seconds(60), 50).await?;
        if leased.is_empty() {
            return Ok(());
        }
        let mut settled = Vec::new();
        for effect in leased {
            let text = |name: &str| {
                effect
                    .effect
                    .details
                    .get(name)
                    .and_then(Value::as_text)
                    .unwrap_or_default()
            };
            if effect.effect.name == "message"
                && let Some(token) = iam.open_effect(&effect)?
                && token.expose().starts_with("iam_lt_")
            {
                let to = iam.get(effect.effect.subject).await?.text("email").to_owned();
                let link = format!("/link?token={}", token.expose());
                let mut messages = mailbox.0.lock().unwrap_or_else(PoisonError::into_inner);
                messages.insert(0, (to, text("template").to_owned(), link));
            }
            settled.push(Settled {
                number: effect.number,
                worker: "mail".to_owned(),
                retry: None,
            });
        }
        storage.settle(&settled).await?;
    }
}

pub async fn show(State(app): State<App>) -> Answer {
    deliver(app.storage.as_ref(), &app.iam, &app.mailbox).await?;
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
