//! Sessions: what state one is in at a moment.

use crate::model::{Moment, Record, Value};

/// The stage of a session that is open.
pub const OPEN: &str = "open";
/// The stage of a sign-in that waits for another factor.
pub const FACTOR: &str = "factor";
/// The stage of a sign-in that waits for something the user has to do.
pub const ACTION: &str = "action";

/// The state of a session at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionState {
    /// It can be used.
    Open,
    /// It is a sign-in that is under way.
    Pending,
    /// It can be refreshed, its token has run out.
    TokenExpired,
    /// It was not used for too long.
    Idle,
    /// Its time is over.
    Expired,
}

/// The state of a session at a moment: it ends when it was idle for its idle time, and at its end.
pub fn session_state(session: &Record, now: Moment) -> SessionState {
    if session.moment("expires_at").is_none_or(|until| until <= now) {
        return SessionState::Expired;
    }
    let idle = number(session, "idle_seconds");
    let used = session.moment("used_at").unwrap_or(Moment::MIN);
    if idle > 0 && used.plus_seconds(idle) <= now {
        return SessionState::Idle;
    }
    if session.text("stage") != OPEN {
        return SessionState::Pending;
    }
    match session.moment("token_until") {
        Some(until) if until <= now => SessionState::TokenExpired,
        _ => SessionState::Open,
    }
}

/// Whether the use of a session has to be noted: not at every request, but often enough that idle time is measured
/// within a tenth.
pub fn is_due(session: &Record, now: Moment) -> bool {
    let idle = number(session, "idle_seconds");
    let used = session.moment("used_at").unwrap_or(Moment::MIN);
    idle > 0 && used.plus_seconds((idle / 10).max(1)) <= now
}

/// A whole number of a record; 0 when it is not set.
pub fn number(record: &Record, name: &str) -> i64 {
    record.value(name).and_then(Value::as_integer).unwrap_or_default()
}

/// The texts of an attribute with several values.
pub fn texts(record: &Record, name: &str) -> Vec<String> {
    record
        .value(name)
        .map(Value::elements)
        .unwrap_or_default()
        .iter()
        .filter_map(|value| value.as_text().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityId, Kind};

    fn at(second: i64) -> Moment {
        Moment::from_micros(second * 1_000_000)
    }

    #[test]
    fn idle_time_and_the_end_are_half_open() {
        let mut session = Record::new(EntityId::new(Kind::Session, uuid::Uuid::nil()));
        assert_eq!(session_state(&session, at(0)), SessionState::Expired);
        session.set("expires_at", Some(at(100).into()));
        session.set("used_at", Some(at(0).into()));
        session.set("idle_seconds", Some(Value::Integer(30)));
        assert_eq!(session_state(&session, at(29)), SessionState::Pending);
        session.set("stage", Some(OPEN.into()));
        assert_eq!(session_state(&session, at(29)), SessionState::Open);
        assert_eq!(session_state(&session, at(30)), SessionState::Idle);
        session.set("used_at", Some(at(80).into()));
        assert_eq!(session_state(&session, at(99)), SessionState::Open);
        assert_eq!(session_state(&session, at(100)), SessionState::Expired);
        session.set("token_until", Some(at(90).into()));
        assert_eq!(session_state(&session, at(90)), SessionState::TokenExpired);
        assert!(!is_due(&session, at(82)) && is_due(&session, at(83)));
    }
}
