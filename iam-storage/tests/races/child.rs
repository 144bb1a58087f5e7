//! What the child processes do, and say.

use std::io::{BufRead, Write};

use iam_core::{
    command::{Delivery, RemoveCredential, StartPasswordReset, UpdateUser},
    model::{CredentialId, UserId},
    plan::Actor,
    service::{AcceptInvitation, Acting, Iam, ResetPasswordByLink, SignIn},
    wire::Code,
};

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // One write, so that a line is there or not; the dot says that it is complete.
    out.write_all(format!("\n{line} .\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

/// Says that it is ready, and begins when it is told to.
fn line_up() {
    say("ready");
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).unwrap();
}

/// Password number `n` of a user who resets it again and again.
pub fn password(n: usize) -> String {
    if n == 0 {
        super::PASSWORD.to_owned()
    } else {
        format!("a horse with {n} batteries and staples")
    }
}

/// Opens an invitation.
pub async fn redeem(acme: &Acting<'_>, token: &str) {
    acme.check_link(token).await.unwrap();
    line_up();
    let accept = AcceptInvitation {
        link_token: token.into(),
        password: super::PASSWORD.into(),
        attributes: Default::default(),
        terms: None,
    };
    match acme.accept_invitation(&accept).await {
        Ok(_) => say("won"),
        Err(problem) => say(&format!("lost {}", problem.code)),
    }
}

/// Tries wrong passwords: `identifier times`.
pub async fn guess(acme: &Acting<'_>, input: &str) {
    let (identifier, times) = input.split_once(' ').unwrap();
    line_up();
    for _ in 0..times.parse().unwrap() {
        loop {
            match acme.sign_in(&SignIn::new(identifier, "wrong")).await {
                Err(problem) if problem.code == Code::SignInRefused => break say("refused"),
                // Others were faster, again and again: nothing was counted.
                Err(problem) if problem.code == Code::Conflict => {}
                other => panic!("{other:?}"),
            }
        }
    }
}

/// Tries names that nobody has, from one address: `address times`.
pub async fn knock(acme: &Acting<'_>, input: &str) {
    let (address, times) = input.split_once(' ').unwrap();
    line_up();
    for n in 0..times.parse().unwrap() {
        let name = format!("nobody {} {n}", std::process::id());
        loop {
            match acme
                .sign_in(&SignIn::new(name.as_str(), "wrong").from(address))
                .await
            {
                Err(problem) if problem.code == Code::SignInRefused => break say("refused"),
                Err(problem) if problem.code == Code::Throttled => break say("throttled"),
                Err(problem) if problem.code == Code::Conflict => {}
                other => panic!("{other:?}"),
            }
        }
    }
}

/// Removes all the factors of a user, each process from another one on.
pub async fn remove(acme: &Acting<'_>, input: &str) {
    let mut factors: Vec<CredentialId> = input.split(' ').map(|id| id.parse().unwrap()).collect();
    let turn = usize::try_from(std::process::id()).unwrap() % factors.len();
    factors.rotate_left(turn);
    line_up();
    for credential in factors {
        loop {
            match acme.execute(RemoveCredential { credential }).await {
                Ok(_) => break say("removed"),
                Err(problem) if problem.code == Code::LastFactor => break say("last"),
                Err(problem) if problem.code == Code::NotFound => break say("gone"),
                Err(problem) if problem.code == Code::Conflict => {}
                other => panic!("{other:?}"),
            }
        }
    }
}

/// Refreshes a session until it is killed, and says each refresh token that it got.
pub async fn rotate(acme: &Acting<'_>, refresh: &str) {
    let mut refresh = refresh.to_owned();
    line_up();
    loop {
        let tokens = acme.refresh_session(&refresh).await.unwrap();
        refresh = tokens.refresh_token.unwrap().expose().to_owned();
        say(&refresh);
    }
}

/// Resets a password until it is killed.
pub async fn reset(acme: &Acting<'_>, user: &str) {
    let user: UserId = user.parse().unwrap();
    line_up();
    for n in 1.. {
        let start = StartPasswordReset {
            user,
            language: None,
            delivery: Delivery::Answer,
        };
        let mut done = acme.execute(start).await.unwrap();
        let link_token = done.disclosed.remove("link_token").unwrap().remove(0);
        say(&format!("link {n}"));
        let reset = ResetPasswordByLink {
            link_token,
            password: password(n).into(),
        };
        acme.reset_password(&reset).await.unwrap();
        say(&format!("reset {n}"));
    }
}

/// Does something again and again, whether it may or not: `actor target times`.
pub async fn act(iam: &Iam, acme: &Acting<'_>, input: &str) {
    let mut words = input.split(' ');
    let mut id = || -> UserId { words.next().unwrap().parse().unwrap() };
    let (actor, target) = (id(), id());
    let times: usize = words.next().unwrap().parse().unwrap();
    let acting = iam.in_realm(acme.realm()).act_as(Actor::User(actor));
    line_up();
    for n in 0..times {
        let update = UpdateUser::new(target).set("job", format!("job {} {n}", std::process::id()));
        match acting.execute(update).await {
            Ok(_) => say("done"),
            Err(problem) => say(problem.code.name()),
        }
    }
}
