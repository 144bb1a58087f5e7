//! Everything before the session: sign-up, sign-in, links.

use std::net::SocketAddr;

use axum::{
    Form,
    extract::{ConnectInfo, Query, State},
    http::HeaderMap,
    response::{Html, IntoResponse, Response},
};
use iam_core::{
    rules::{link::LinkPurpose, sign_in::RequiredAction},
    service::{
        AcceptInvitation, ContinueSignIn, Register, RequestPasswordReset, ResetPasswordByLink, SignIn,
        SignInProof, SignedIn,
    },
    wire::Problem,
};
use serde::Deserialize;

use crate::{
    Answer, App, address, agent, cookie,
    page::{field, form, message, page, problem},
    passkey::ceremony,
    see,
};

/// The sign-up form.
#[derive(Deserialize, Default)]
pub struct SignUp {
    email: String,
    first_name: String,
    password: String,
}

fn sign_up_page(filled: &SignUp, wrong: Option<&Problem>) -> Html<String> {
    let fields = [
        field("E-mail", "email", "email", &filled.email),
        field("First name", "first_name", "text", &filled.first_name),
        field("Password", "password", "password", ""),
    ];
    page(
        "Sign up",
        &(problem(wrong) + &form("/sign-up", &fields.concat(), "Sign up")),
    )
}

pub async fn sign_up_form() -> Html<String> {
    sign_up_page(&SignUp::default(), None)
}

pub async fn sign_up(State(app): State<App>, Form(filled): Form<SignUp>) -> Answer {
    let register = Register {
        attributes: [("email", &filled.email), ("first_name", &filled.first_name)]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), Some(value.as_str().into())))
            .collect(),
        password: filled.password.as_str().into(),
        terms: None,
    };
    Ok(match app.iam.register(&register).await {
        Ok(_) => see("/sign-in"),
        Err(wrong) => sign_up_page(&filled, Some(&wrong)).into_response(),
    })
}

/// The sign-in form.
#[derive(Deserialize, Default)]
pub struct Credentials {
    identifier: String,
    password: String,
}

pub async fn sign_in_page(app: &App, filled: &Credentials, wrong: Option<&Problem>) -> Response {
    let fields = [
        field("E-mail", "identifier", "text", &filled.identifier),
        field("Password", "password", "password", ""),
    ];
    let links = "<p><a href=/sign-up>Sign up</a> · <a href=/forgotten>Forgotten the password?</a>";
    let mut body = problem(wrong) + &form("/sign-in", &fields.concat(), "Sign in");
    // Without passkeys in this build there is only the password.
    if let Ok(challenge) = app.iam.passkey_challenge(None).await {
        body += &ceremony(
            "/sign-in/passkey",
            "get",
            &challenge.options,
            "",
            "Sign in with a passkey",
        );
    }
    page("Sign in", &(body + links)).into_response()
}

pub async fn sign_in_form(State(app): State<App>) -> Response {
    sign_in_page(&app, &Credentials::default(), None).await
}

pub async fn sign_in(
    State(app): State<App>,
    peer: ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Form(filled): Form<Credentials>,
) -> Answer {
    let attempt = SignIn::new(filled.identifier.as_str(), filled.password.as_str())
        .from(address(&peer))
        .with_agent(agent(&headers))
        .to_application("web");
    Ok(match app.iam.sign_in(&attempt).await {
        Ok(signed_in) => went_on(signed_in),
        Err(wrong) => sign_in_page(&app, &filled, Some(&wrong)).await,
    })
}

/// The session is open, or the sign-in waits for its next step: one cookie or the other.
pub fn went_on(signed_in: SignedIn) -> Response {
    match signed_in {
        SignedIn::Open(tokens) => {
            let mut response = see("/");
            cookie::set(&mut response, cookie::SESSION, tokens.token.expose());
            cookie::set(&mut response, cookie::FLOW, "");
            response
        }
        SignedIn::Pending(pending) => {
            let mut response = see("/sign-in/next");
            cookie::set(&mut response, cookie::FLOW, pending.flow_token.expose());
            response
        }
    }
}

/// The next step of a sign-in.
#[derive(Deserialize, Default)]
pub struct NextStep {
    #[serde(default)]
    code: String,
    #[serde(default)]
    recovery_code: String,
    #[serde(default)]
    password: String,
}

pub async fn next_page(app: &App, flow: &str, wrong: Option<&Problem>) -> Answer {
    let Ok(flow) = app.iam.sign_in_flow(flow).await else {
        return Ok(see("/sign-in"));
    };
    let mut body = problem(wrong);
    if flow.factors.iter().any(|factor| factor == "passkey") {
        let challenge = app.iam.passkey_challenge(Some(flow.user)).await?;
        body += &ceremony(
            "/sign-in/next/passkey",
            "get",
            &challenge.options,
            "",
            "Use the passkey",
        );
        if flow.factors.len() == 1 {
            return Ok(page("One more step", &body).into_response());
        }
    }
    let fields = if !flow.factors.is_empty() {
        field("Code of your device", "code", "text", "")
            + &field("or a recovery code", "recovery_code", "text", "")
    } else if flow.actions.contains(&RequiredAction::ChangePassword) {
        field("New password", "password", "password", "")
    } else {
        "<p>Open the link that was sent to you, then go on.</p>".to_owned()
    };
    body += &form("/sign-in/next", &fields, "Go on");
    Ok(page("One more step", &body).into_response())
}

pub async fn next_form(State(app): State<App>, headers: HeaderMap) -> Answer {
    match cookie::get(&headers, cookie::FLOW) {
        Some(flow) => next_page(&app, flow, None).await,
        None => Ok(see("/sign-in")),
    }
}

pub async fn next(State(app): State<App>, headers: HeaderMap, Form(step): Form<NextStep>) -> Answer {
    let Some(flow) = cookie::get(&headers, cookie::FLOW) else {
        return Ok(see("/sign-in"));
    };
    let proof = if !step.code.is_empty() {
        SignInProof::Code {
            code: step.code.as_str().into(),
        }
    } else if !step.recovery_code.is_empty() {
        SignInProof::RecoveryCode {
            code: step.recovery_code.as_str().into(),
        }
    } else if !step.password.is_empty() {
        SignInProof::NewPassword {
            password: step.password.as_str().into(),
        }
    } else {
        SignInProof::Done
    };
    let step = ContinueSignIn {
        flow_token: flow.into(),
        proof,
    };
    match app.iam.continue_sign_in(&step).await {
        Ok(signed_in) => Ok(went_on(signed_in)),
        Err(wrong) => next_page(&app, flow, Some(&wrong)).await,
    }
}

/// Asks for a reset.
#[derive(Deserialize)]
pub struct Forgotten {
    identifier: String,
}

pub async fn forgotten_form() -> Html<String> {
    let fields = field("E-mail", "identifier", "text", "");
    page(
        "Forgotten the password?",
        &form("/forgotten", &fields, "Send me a link"),
    )
}

pub async fn forgotten(
    State(app): State<App>,
    peer: ConnectInfo<SocketAddr>,
    Form(asked): Form<Forgotten>,
) -> Answer {
    let request = RequestPasswordReset {
        identifier: asked.identifier,
        address: Some(address(&peer)),
        language: None,
    };
    Ok(match app.iam.request_password_reset(&request).await {
        // Whether there is such a user is nobody's business.
        Ok(()) => message(
            "Look into your mailbox",
            "If we know this address, a link is on its way.",
        )
        .into_response(),
        Err(wrong) => message("Not now", &wrong.message).into_response(),
    })
}

/// What a link carries.
#[derive(Deserialize)]
pub struct LinkQuery {
    token: String,
}

/// What a link asks for.
#[derive(Deserialize, Default)]
pub struct LinkForm {
    token: String,
    #[serde(default)]
    first_name: String,
    #[serde(default)]
    password: String,
}

async fn link_page(app: &App, filled: &LinkForm, wrong: Option<&Problem>) -> Answer {
    let view = match app.iam.check_link(&filled.token).await {
        Ok(view) => view,
        Err(refused) => return Ok(message("This link does not work", &refused.message).into_response()),
    };
    let (title, fields, button) = match view.purpose {
        LinkPurpose::Invitation => (
            "Welcome",
            field("First name", "first_name", "text", &filled.first_name)
                + &field("Password", "password", "password", ""),
            "Complete the sign-up",
        ),
        LinkPurpose::PasswordReset => (
            "A new password",
            field("Password", "password", "password", ""),
            "Set the password",
        ),
        LinkPurpose::EmailVerification => ("Your address", String::new(), "This address is mine"),
    };
    let hidden = field("", "token", "hidden", &filled.token);
    let body = problem(wrong) + &format!("<p>{}</p>", crate::page::escape(&view.email));
    Ok(page(title, &(body + &form("/link", &(hidden + &fields), button))).into_response())
}

pub async fn link_form(State(app): State<App>, Query(query): Query<LinkQuery>) -> Answer {
    let filled = LinkForm {
        token: query.token,
        ..LinkForm::default()
    };
    link_page(&app, &filled, None).await
}

pub async fn link(State(app): State<App>, Form(filled): Form<LinkForm>) -> Answer {
    let view = match app.iam.check_link(&filled.token).await {
        Ok(view) => view,
        Err(refused) => return Ok(message("This link does not work", &refused.message).into_response()),
    };
    let link_token = || filled.token.as_str().into();
    let done = match view.purpose {
        LinkPurpose::Invitation => {
            let name = Some(filled.first_name.as_str().into());
            let accept = AcceptInvitation {
                link_token: link_token(),
                password: filled.password.as_str().into(),
                attributes: [("first_name".to_owned(), name)].into(),
                terms: None,
            };
            app.iam.accept_invitation(&accept).await
        }
        LinkPurpose::PasswordReset => {
            let reset = ResetPasswordByLink {
                link_token: link_token(),
                password: filled.password.as_str().into(),
            };
            app.iam.reset_password(&reset).await
        }
        LinkPurpose::EmailVerification => app.iam.verify_email(&filled.token).await,
    };
    match done {
        Ok(_) => Ok(see("/sign-in")),
        Err(wrong) => link_page(&app, &filled, Some(&wrong)).await,
    }
}
