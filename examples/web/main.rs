//! A small web application that embeds the library: people sign up or are invited, sign in, add a second factor or a
//! passkey, and sign out everywhere. Plain forms, one cookie, and no script but the one that passkeys need.
//!
//! ```text
//! cargo run -p iam-examples --features passkeys --example web -- 127.0.0.1:8080
//! ```
//!
//! Then open <http://localhost:8080>. Passkeys belong to a domain, so the page has to be opened by that name; without the
//! feature everything else is the same. Messages go nowhere: <http://127.0.0.1:8080/mail> shows them. Everything is in
//! memory and gone afterwards; give a file name as the second argument to keep it.
//!
//! What to look at: the library is asked with ten calls (`sign_in`, `continue_sign_in`, `passkey_challenge`,
//! `sign_in_with_passkey`, `session`, `sign_out`, `register`, `accept_invitation`, `reset_password`,
//! `request_password_reset`) and a few commands. What a page may say is
//! the answer's business: a wrong password and an unknown name read the same.

mod account;
mod cookie;
mod entrance;
mod mail;
mod page;
mod passkey;

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    extract::ConnectInfo,
    http::{HeaderMap, StatusCode},
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use iam_core::{
    command::UpdateRealm,
    service::{Acting, Iam, SessionView},
    wire::Problem,
};
use iam_examples::Failure;
use iam_storage::{
    host,
    sqlite::{SqliteOptions, SqliteStorage},
};

/// What every page has at hand.
#[derive(Clone)]
struct App {
    /// The realm, in the name of this application.
    iam: Acting<'static>,
    /// The engine: it works through the outbox.
    engine: Iam,
    /// Where messages end up.
    mailbox: mail::Mailbox,
}

impl App {
    /// Who asks: the session that the cookie names.
    async fn session(&self, headers: &HeaderMap) -> Option<SessionView> {
        self.iam
            .session(cookie::get(headers, cookie::SESSION)?)
            .await
            .ok()
    }
}

/// What goes wrong on the way to a page.
struct Oops(Problem);

impl From<Problem> for Oops {
    fn from(problem: Problem) -> Self {
        Oops(problem)
    }
}

impl IntoResponse for Oops {
    fn into_response(self) -> Response {
        let text = format!("{}: {}", self.0.code, self.0.message);
        (
            StatusCode::INTERNAL_SERVER_ERROR,
            page::message("Something went wrong", &text),
        )
            .into_response()
    }
}

type Answer = Result<Response, Oops>;

fn see(place: &str) -> Response {
    Redirect::to(place).into_response()
}

/// Where somebody comes from: what attempts are counted for.
fn address(ConnectInfo(peer): &ConnectInfo<SocketAddr>) -> String {
    peer.ip().to_string()
}

fn agent(headers: &HeaderMap) -> String {
    let text = headers.get("user-agent").and_then(|value| value.to_str().ok());
    text.unwrap_or_default().to_owned()
}

/// The realm as this application wants it.
async fn open(file: &str, origin: &str) -> Result<App, Failure> {
    let storage = SqliteStorage::open(file, SqliteOptions::default()).map_err(Problem::from)?;
    // A real application keeps this key outside of the database, for example in the system's key store.
    let iam = Iam::new(Arc::new(storage), host::system([7; 32]))?;
    let acting = iam.realm("web").await?.host("web");
    let settings = serde_json::json!({
        "self_registration": {
            "enabled": true, "linked": true, "verify_email": true,
            "form": [
                {"attribute": "email", "required": true},
                {"attribute": "first_name", "required": true},
                {"attribute": "last_name"},
            ],
        },
        "sign_in": {
            "identifiers": ["email", "user_name"],
            "passkeys": {"rp_id": "localhost", "rp_name": "The web example", "origins": [origin]},
        },
        "message_links": {
            "user.invited": "/link?token={token}",
            "user.password_reset": "/link?token={token}",
            "user.email_verification": "/link?token={token}",
        },
    });
    let serde_json::Value::Object(settings) = settings else {
        return Err("the settings are no structure".into());
    };
    acting.execute(UpdateRealm { name: None, settings }).await?;
    Ok(App {
        iam: acting,
        engine: iam,
        mailbox: mail::Mailbox::default(),
    })
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let listen = arguments.next().unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let file = arguments.next().unwrap_or_else(|| ":memory:".to_owned());
    let listener = tokio::net::TcpListener::bind(&listen).await?;
    let origin = format!("http://localhost:{}", listener.local_addr()?.port());
    let app = open(&file, &origin).await?;
    let router = Router::new()
        .route("/", get(account::home))
        .route("/sign-up", get(entrance::sign_up_form).post(entrance::sign_up))
        .route("/sign-in", get(entrance::sign_in_form).post(entrance::sign_in))
        .route("/sign-in/next", get(entrance::next_form).post(entrance::next))
        .route("/sign-in/next/passkey", post(passkey::next))
        .route("/sign-in/passkey", post(passkey::sign_in))
        .route("/passkey", get(passkey::enrol_form).post(passkey::enrol))
        .route("/passkey/confirm", post(passkey::confirm))
        .route("/passkey.js", get(passkey::script))
        .route(
            "/forgotten",
            get(entrance::forgotten_form).post(entrance::forgotten),
        )
        .route("/link", get(entrance::link_form).post(entrance::link))
        .route("/invite", post(account::invite))
        .route("/factor", get(account::factor_form).post(account::factor))
        .route("/sign-out", post(account::sign_out))
        .route("/sign-out-everywhere", post(account::sign_out_everywhere))
        .route("/mail", get(mail::show))
        .layer(middleware::from_fn(cookie::same_origin))
        .with_state(app);
    println!("listening on {origin}");
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).await?;
    Ok(())
}
