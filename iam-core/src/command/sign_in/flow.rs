//! A sign-in that is under way: it waits for the next step, for minutes, under a token of its own.

use std::sync::Arc;

use super::{
    Entry, Outcome, count, keep_out, proceed,
    proof::{Checked, Proof, check, enrolled_since},
    shown_so_far, throttle,
};
use crate::{
    command::{
        RecordConsent,
        credential::{note_wrong_code, store},
        session::{end, noted},
    },
    model::{Record, Token, TokenKind, UserId, Value, same_digest},
    plan::{Cause, Draft, Stop},
    rules::{
        session::{ACTION, FACTOR, SessionState, number, session_state, texts},
        sign_in::{Refusal, RequiredAction, assurance},
        status::put_out_by,
        throttle::Counted,
    },
    wire::{Code, Problem},
};

/// Seconds in which a sign-in that was begun has to be finished.
pub(crate) const FLOW_SECONDS: i64 = 600;
/// Wrong proofs that end a sign-in under way.
const MOST_FAILURES: i64 = 5;

/// The next step of a sign-in.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub flow: Token,
    pub proof: Proof,
}

fn over() -> Problem {
    Problem::new(Code::FlowEnded, "the sign-in is over")
}

/// The sign-in that a flow token names.
fn known_flow(draft: &mut Draft<'_>, token: &Token) -> Result<Arc<Record>, Stop> {
    let flow = draft.record(token.id())?.ok_or_else(over)?;
    let pending = session_state(&flow, draft.context.now) == SessionState::Pending;
    if pending && same_digest(flow.text("token_digest"), &token.digest()) {
        Ok(flow)
    } else {
        Err(over().into())
    }
}

/// Decides the next step.
pub(crate) fn step(draft: &mut Draft<'_>, step: &Step) -> Result<Outcome, Stop> {
    let flow = known_flow(draft, &step.flow)?;
    let user = flow.reference("user").ok_or_else(over)?;
    let user = draft.existing(user)?;
    let id = UserId(user.id.uuid);
    let address = flow.text("address").to_owned();
    let counted: Vec<Counted<'_>> = Some(Counted::Address(&address))
        .filter(|_| !address.is_empty())
        .into_iter()
        .collect();
    throttle(draft, &counted)?;
    if let Some(outcome) = keep_out(draft, &counted, &user)? {
        end(draft, &flow, "blocked", Cause::Requested)?;
        return Ok(outcome);
    }
    let mut shown = shown_so_far(&flow);
    let asked = |action: RequiredAction| {
        flow.text("stage") == ACTION && texts(&flow, "pending").iter().any(|name| name == action.name())
    };
    let not_asked = || Problem::new(Code::Malformed, "the sign-in does not ask for this now");
    match &step.proof {
        Proof::Code(_) | Proof::RecoveryCode(_) | Proof::Passkey(_) => {
            if flow.text("stage") != FACTOR {
                return Err(not_asked().into());
            }
            match check(draft, id, &step.proof)? {
                Checked::Right(method) => shown.methods.push(method),
                Checked::Wrong(reason) => return wrong(draft, &flow, &counted, reason),
            }
        }
        Proof::NewPassword(password) => {
            if !asked(RequiredAction::ChangePassword) {
                return Err(not_asked().into());
            }
            store(draft, id, password, "user", false)?;
        }
        Proof::AcceptTerms => {
            let version = draft.schema.settings.sign_in.terms.clone();
            let Some(version) = version.filter(|_| asked(RequiredAction::AcceptTerms)) else {
                return Err(not_asked().into());
            };
            crate::command::Decide::decide(&RecordConsent::to_terms(id, version), draft)?;
        }
        // To enrol a factor is a proof of it for whoever was asked to, and for nobody else: what its owner enrols in the
        // meantime must not let in somebody who knows the password alone.
        Proof::Done if asked(RequiredAction::EnrolFactor) => {
            let since = flow.moment("created_at").ok_or_else(over)?;
            for method in enrolled_since(draft, id, since)? {
                if !shown.methods.contains(&method) {
                    shown.methods.push(method);
                }
            }
        }
        Proof::Done => {}
    }
    let user = draft.existing(user.id)?;
    proceed(draft, &user, &shown, Entry::Flow(&flow))
}

/// A wrong proof: counted at the sign-in and where it comes from; too many end it.
fn wrong(
    draft: &mut Draft<'_>,
    flow: &Record,
    counted: &[Counted<'_>],
    reason: Refusal,
) -> Result<Outcome, Stop> {
    count(draft, counted)?;
    let user = flow.reference("user").ok_or_else(over)?;
    note_wrong(draft, UserId(user.uuid), reason)?;
    let mut after = (*draft.existing(user)?).clone();
    noted(&mut after, draft.context.now, false);
    draft.note(after, Cause::Requested)?;
    let failures = number(flow, "failures").saturating_add(1);
    draft.subject(user);
    draft.event(
        "sign_in.failed",
        user,
        [("reason", reason.name().into()), ("session", flow.id.into())],
    );
    if failures >= MOST_FAILURES {
        draft.remove(flow.id, Cause::Requested)?;
        return Ok(Outcome::Ended);
    }
    let mut after = flow.clone();
    after.set("failures", Some(Value::Integer(failures)));
    draft.note(after, Cause::Requested)?;
    Ok(Outcome::Refused)
}

/// Counts a wrong code with the devices that it could have been of. A passkey cannot be guessed: nothing is counted for it.
fn note_wrong(draft: &mut Draft<'_>, user: UserId, reason: Refusal) -> Result<(), Stop> {
    match reason {
        Refusal::WrongCode => note_wrong_code(draft, user),
        _ => Ok(()),
    }
}

/// Another proof for a session that is open: it rises to a higher level, under a fresh token.
pub(crate) fn step_up(draft: &mut Draft<'_>, token: &Token, proof: &Proof) -> Result<Outcome, Stop> {
    let ended = || Problem::new(Code::SessionEnded, "the session is unknown or has ended");
    let session = draft.record(token.id())?.ok_or_else(ended)?;
    let open = session_state(&session, draft.context.now) == SessionState::Open;
    if !open || !same_digest(session.text("token_digest"), &token.digest()) {
        return Err(ended().into());
    }
    let user = session.reference("user").ok_or_else(ended)?;
    // Where the realm leaves sessions of the blocked open (X3), they rise no higher.
    let person = draft.record(user)?.ok_or_else(ended)?;
    if put_out_by(&person, draft.context.now).is_some() {
        return Ok(Outcome::Blocked);
    }
    let address = session.text("address").to_owned();
    let identifier = format!("step-up:{user}");
    let mut counted = vec![Counted::Identifier(&identifier)];
    counted.extend(Some(Counted::Address(&address)).filter(|_| !address.is_empty()));
    throttle(draft, &counted)?;
    let method = match check(draft, UserId(user.uuid), proof)? {
        Checked::Right(method) => method,
        Checked::Wrong(reason) => {
            count(draft, &counted)?;
            note_wrong(draft, UserId(user.uuid), reason)?;
            draft.subject(session.id);
            draft.event(
                "session.step_up_failed",
                session.id,
                [("user", user.into()), ("reason", reason.name().into())],
            );
            return Ok(Outcome::Refused);
        }
    };
    let mut methods = texts(&session, "methods");
    if !methods.contains(&method) {
        methods.push(method);
    }
    let level = assurance(&methods).max(number(&session, "assurance"));
    let mut after = (*session).clone();
    let fresh = draft.context.seed.token(TokenKind::Session, session.id);
    after.set("methods", Some(methods.into()));
    after.set("assurance", Some(Value::Integer(level)));
    after.set("authenticated_at", Some(draft.context.now.into()));
    after.set("used_at", Some(draft.context.now.into()));
    after.set("token_digest", Some(fresh.digest().into()));
    super::disclose(draft, "token", &fresh);
    draft.subject(session.id);
    draft.note(after, Cause::Requested)?;
    draft.event(
        "session.stepped_up",
        session.id,
        [("user", user.into()), ("assurance", Value::Integer(level))],
    );
    Ok(Outcome::Open(draft.existing(session.id)?))
}
