//! Passkeys: enrolled inside of the session, shown at the entrance. The library makes the options and checks the answers;
//! the browser does the rest, with the few lines of `passkey.js`.

use std::net::SocketAddr;

use axum::{
    Form,
    extract::{ConnectInfo, State},
    http::{HeaderMap, header},
    response::IntoResponse,
};
use iam_core::{
    command::{ConfirmPasskey, EnrolPasskey, SessionOrigin},
    model::CredentialId,
    service::{ContinueSignIn, PasskeySignIn, SignInProof},
};
use serde::Deserialize;

use crate::{
    Answer, App, address, agent, cookie,
    entrance::{next_page, sign_in_page, went_on},
    page::{escape, field, form, message, page},
    see,
};

/// The script that asks the browser.
pub async fn script() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/javascript")],
        include_str!("passkey.js"),
    )
}

/// A form whose answer the browser gives: to `create` a passkey, or to `get` one.
pub fn ceremony(action: &str, verb: &str, options: &str, fields: &str, button: &str) -> String {
    let hidden = field("", "response", "hidden", "");
    let form = form(
        action,
        &(fields.to_owned() + &hidden + "<output></output>"),
        button,
    );
    let opening = format!("<form data-{verb}=\"{}\" ", escape(options));
    form.replacen("<form ", &opening, 1) + "<script src=/passkey.js></script>"
}

/// The steps of enrolling a passkey.
#[derive(Deserialize, Default)]
pub struct Enrolment {
    #[serde(default)]
    label: String,
    #[serde(default)]
    credential: String,
    #[serde(default)]
    response: String,
}

pub async fn enrol_form(State(app): State<App>, headers: HeaderMap) -> Answer {
    if app.session(&headers).await.is_none() {
        return Ok(see("/sign-in"));
    }
    let text = "<p>A passkey stays on this device, or on a key that you carry. With it you sign in without a password.</p>";
    let fields = field("Name of the device", "label", "text", "");
    Ok(page(
        "Passkey",
        &(text.to_owned() + &form("/passkey", &fields, "Begin")),
    )
    .into_response())
}

pub async fn enrol(State(app): State<App>, headers: HeaderMap, Form(step): Form<Enrolment>) -> Answer {
    let Some(session) = app.session(&headers).await else {
        return Ok(see("/sign-in"));
    };
    let enrol = EnrolPasskey {
        user: session.user,
        label: Some(step.label).filter(|label| !label.is_empty()),
    };
    let done = match app.iam.execute(enrol).await {
        Ok(done) => done,
        Err(wrong) => return Ok(message("No passkey", &wrong.message).into_response()),
    };
    let options = done.disclosed.get("options").and_then(|all| all.first());
    let credential = done.id::<CredentialId>()?.to_string();
    let hidden = field("", "credential", "hidden", &credential);
    let options = options.map_or("", |options| options.expose());
    let body = ceremony(
        "/passkey/confirm",
        "create",
        options,
        &hidden,
        "Create the passkey",
    );
    Ok(page("Passkey", &body).into_response())
}

pub async fn confirm(State(app): State<App>, headers: HeaderMap, Form(step): Form<Enrolment>) -> Answer {
    let Some(session) = app.session(&headers).await else {
        return Ok(see("/sign-in"));
    };
    let Ok(credential) = step.credential.parse::<CredentialId>() else {
        return Ok(see("/passkey"));
    };
    // Whose enrolment it is: the session's, or nobody's.
    let own = app.iam.credentials(session.user).await?;
    if !own.iter().any(|record| record.id == credential.into()) {
        return Ok(see("/passkey"));
    }
    let confirm = ConfirmPasskey {
        credential,
        response: step.response.as_str().into(),
    };
    Ok(match app.iam.execute(confirm).await {
        Ok(_) => message("Passkey", "The passkey is bound.").into_response(),
        Err(wrong) => message("No passkey", &wrong.message).into_response(),
    })
}

/// A browser's answer.
#[derive(Deserialize)]
pub struct Shown {
    response: String,
}

/// Signs in without a name: the passkey says who it is.
pub async fn sign_in(
    State(app): State<App>,
    peer: ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Form(shown): Form<Shown>,
) -> Answer {
    let origin = SessionOrigin {
        application: Some("web".to_owned()),
        address: Some(address(&peer)),
        agent: Some(agent(&headers)),
    };
    let attempt = PasskeySignIn::new(shown.response).with_origin(origin);
    Ok(match app.iam.sign_in_with_passkey(&attempt).await {
        Ok(signed_in) => went_on(signed_in),
        Err(wrong) => sign_in_page(&app, &Default::default(), Some(&wrong)).await,
    })
}

/// The second step of a sign-in with a password.
pub async fn next(State(app): State<App>, headers: HeaderMap, Form(shown): Form<Shown>) -> Answer {
    let Some(flow) = cookie::get(&headers, cookie::FLOW) else {
        return Ok(see("/sign-in"));
    };
    let step = ContinueSignIn {
        flow_token: flow.into(),
        proof: SignInProof::Passkey {
            response: shown.response.as_str().into(),
        },
    };
    match app.iam.continue_sign_in(&step).await {
        Ok(signed_in) => Ok(went_on(signed_in)),
        Err(wrong) => next_page(&app, flow, Some(&wrong)).await,
    }
}
