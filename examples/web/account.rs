//! Everything inside of the session: who is signed in where, invitations, the second factor, signing out.

use axum::{
    Form,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use iam_core::{
    command::{ConfirmOtp, CreateUser, EndSessions, EnrolOtp, Registration},
    model::{CredentialId, EntityId},
    service::SessionView,
};
use serde::Deserialize;

use crate::{
    Answer, App, cookie,
    page::{escape, field, form, message, page},
    see,
};

pub async fn home(State(app): State<App>, headers: HeaderMap) -> Answer {
    let Some(session) = app.session(&headers).await else {
        let body = "<p id=who>Nobody is signed in.</p><p><a href=/sign-in>Sign in</a> · <a href=/sign-up>Sign up</a></p>";
        return Ok(page("Welcome", body).into_response());
    };
    let user = app.iam.get(EntityId::from(session.user)).await?;
    let mut body = format!(
        "<p id=who>Signed in as {} ({}), level {}.</p><h2>Sessions</h2><ul id=sessions>",
        escape(user.text("first_name")),
        escape(user.text("email")),
        session.assurance
    );
    for other in app.iam.sessions(session.user).await? {
        body += &line(&other, other.id == session.id);
    }
    body += "</ul>";
    body += &form("/sign-out", "", "Sign out");
    body += &form("/sign-out-everywhere", "", "Sign out everywhere");
    body += "<p><a href=/factor>Second factor</a> · <a href=/passkey>Passkey</a></p><h2>Invite somebody</h2>";
    body += &form("/invite", &field("E-mail", "email", "email", ""), "Invite");
    Ok(page("Welcome", &body).into_response())
}

fn line(session: &SessionView, here: bool) -> String {
    format!(
        "<li>{} from {}, last used {}{}</li>",
        escape(session.agent.as_deref().unwrap_or("a device")),
        escape(session.address.as_deref().unwrap_or("somewhere")),
        session.used_at,
        if here { " (this one)" } else { "" }
    )
}

/// Who is to be invited.
#[derive(Deserialize)]
pub struct Invite {
    email: String,
}

pub async fn invite(State(app): State<App>, headers: HeaderMap, Form(invite): Form<Invite>) -> Answer {
    if app.session(&headers).await.is_none() {
        return Ok(see("/sign-in"));
    }
    let command = CreateUser {
        registration: Registration::Invited,
        ..CreateUser::default().set("email", invite.email)
    };
    Ok(match app.iam.execute(command).await {
        Ok(_) => message("Invited", "The invitation is on its way.").into_response(),
        Err(wrong) => message("Not invited", &wrong.message).into_response(),
    })
}

pub async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Answer {
    if let Some(token) = cookie::get(&headers, cookie::SESSION) {
        app.iam.sign_out(token).await?;
    }
    Ok(gone())
}

pub async fn sign_out_everywhere(State(app): State<App>, headers: HeaderMap) -> Answer {
    if let Some(session) = app.session(&headers).await {
        let end = EndSessions {
            user: session.user,
            except: None,
        };
        app.iam.execute(end).await?;
    }
    Ok(gone())
}

fn gone() -> Response {
    let mut response = see("/");
    cookie::set(&mut response, cookie::SESSION, "");
    response
}

/// The steps of binding a device that shows codes.
#[derive(Deserialize, Default)]
pub struct Factor {
    #[serde(default)]
    credential: String,
    #[serde(default)]
    code: String,
}

pub async fn factor_form(State(app): State<App>, headers: HeaderMap) -> Answer {
    if app.session(&headers).await.is_none() {
        return Ok(see("/sign-in"));
    }
    let body =
        "<p>An app on your phone shows codes; from then on you are asked for one at every sign-in.</p>";
    Ok(page(
        "Second factor",
        &(body.to_owned() + &form("/factor", "", "Begin")),
    )
    .into_response())
}

pub async fn factor(State(app): State<App>, headers: HeaderMap, Form(factor): Form<Factor>) -> Answer {
    let Some(session) = app.session(&headers).await else {
        return Ok(see("/sign-in"));
    };
    let Ok(credential) = factor.credential.parse::<CredentialId>() else {
        let enrol = EnrolOtp {
            issuer: Some("The web example".to_owned()),
            ..EnrolOtp::new(session.user)
        };
        let done = app.iam.execute(enrol).await?;
        let shown = |name: &str| {
            let secret = done.disclosed.get(name).and_then(|all| all.first());
            escape(secret.map_or("", |secret| secret.expose()))
        };
        let fields = field(
            "",
            "credential",
            "hidden",
            &done.id::<CredentialId>()?.to_string(),
        ) + &field("Code that the app shows", "code", "text", "");
        let body = format!(
            "<p>Key: <code id=key>{}</code></p><p><a id=uri href=\"{}\">Open the app</a></p>",
            shown("secret"),
            shown("uri")
        );
        return Ok(page("Second factor", &(body + &form("/factor", &fields, "Confirm"))).into_response());
    };
    let confirm = ConfirmOtp {
        credential,
        code: factor.code.as_str().into(),
    };
    Ok(match app.iam.execute(confirm).await {
        Ok(_) => message("Second factor", "The device is bound.").into_response(),
        Err(wrong) => message("Second factor", &wrong.message).into_response(),
    })
}
