//! Counting failed attempts: how long the next one has to wait.
//!
//! A counter is a record with an identifier that follows from what is counted, so that every process on one database
//! finds the same one without a look-up, and two attempts at once never count as one.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    model::{EntityId, Kind, Moment, RealmId, Record, Value, fold},
    plan::AttemptLimit,
};

/// The parts into which the counter of a whole realm is divided, so that attempts of different people seldom wait for
/// each other.
pub const PARTS: u8 = 8;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted<'a> {
    /// Attempts with an identifier, whether it belongs to somebody or not.
    Identifier(&'a str),
    /// Attempts from a network address.
    Address(&'a str),
    /// Attempts in the realm: one of [`PARTS`] parts.
    Realm(u8),
    /// Links that were asked for with an identifier.
    Reset(&'a str),
    /// Links that were asked for from a network address.
    ResetFrom(&'a str),
}

impl Counted<'_> {
    /// Its name, as the counter keeps it.
    pub const fn purpose(self) -> &'static str {
        match self {
            Counted::Identifier(_) => "identifier",
            Counted::Address(_) => "address",
            Counted::Realm(_) => "realm",
            Counted::Reset(_) => "reset",
            Counted::ResetFrom(_) => "reset_from",
        }
    }

    /// The counter. What is counted cannot be read from it.
    pub fn counter(self, realm: RealmId) -> EntityId {
        let mut hash = Sha256::new();
        hash.update(b"counter");
        hash.update(realm.0.as_bytes());
        hash.update(self.purpose());
        hash.update([0]);
        match self {
            Counted::Identifier(text)
            | Counted::Address(text)
            | Counted::Reset(text)
            | Counted::ResetFrom(text) => hash.update(fold(text).as_bytes()),
            Counted::Realm(part) => hash.update([part]),
        }
        let mut bytes = [0; 16];
        for (to, from) in bytes.iter_mut().zip(hash.finalize()) {
            *to = from;
        }
        // Version 8: an identifier made in a way of one's own.
        EntityId::new(Kind::Counter, uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }

    /// The limit as it holds for this counter.
    pub const fn limit(self, limit: AttemptLimit) -> AttemptLimit {
        match self {
            Counted::Realm(_) => AttemptLimit {
                attempts: limit.attempts.div_ceil(PARTS as u32),
                ..limit
            },
            _ => limit,
        }
    }
}

/// A digest of an identifier, the same for every way of writing it.
pub fn identifier_digest(realm: RealmId, identifier: &str) -> String {
    let id = Counted::Identifier(identifier).counter(realm);
    Uuid::simple(id.uuid).to_string()
}

/// Until when the next attempt has to wait; `None` when it need not.
pub fn waits(counter: Option<&Record>, now: Moment) -> Option<Moment> {
    counter?.moment("blocked_until").filter(|until| now < *until)
}

/// The counter after one more failed attempt; `None` when the limit is switched off.
pub fn failed(
    before: Option<&Record>,
    counted: Counted<'_>,
    realm: RealmId,
    limit: AttemptLimit,
    now: Moment,
) -> Option<Record> {
    let limit = counted.limit(limit);
    if limit.attempts == 0 {
        return None;
    }
    let mut record = before
        .cloned()
        .unwrap_or_else(|| Record::new(counted.counter(realm)));
    let counts = record.moment("expires_at").is_some_and(|until| now < until);
    let count = match counts {
        true => record
            .value("count")
            .and_then(Value::as_integer)
            .unwrap_or_default(),
        false => 0,
    };
    if !counts {
        record.set("since", Some(now.into()));
    }
    let count = count.saturating_add(1);
    let wait = delay(limit, u32::try_from(count).unwrap_or(u32::MAX));
    let blocked = (wait > 0).then(|| now.plus_seconds(wait.into()));
    let window = now.plus_seconds(limit.window_seconds.max(wait).into());
    record.set("purpose", Some(counted.purpose().into()));
    record.set("count", Some(count.into()));
    record.set("blocked_until", blocked.map(Into::into));
    record.set("expires_at", Some(window.into()));
    Some(record)
}

/// Seconds to wait after so many failed attempts in a row.
pub fn delay(limit: AttemptLimit, count: u32) -> u32 {
    let beyond = count.saturating_sub(limit.attempts);
    if beyond == 0 && count < limit.attempts || limit.attempts == 0 {
        return 0;
    }
    let factor = 1_u32.checked_shl(beyond).unwrap_or(u32::MAX);
    limit
        .delay_seconds
        .saturating_mul(factor)
        .min(limit.longest_delay_seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIMIT: AttemptLimit = AttemptLimit {
        attempts: 3,
        window_seconds: 100,
        delay_seconds: 5,
        longest_delay_seconds: 60,
    };

    fn realm(n: u128) -> RealmId {
        RealmId(Uuid::from_u128(n))
    }

    #[test]
    fn counters_follow_from_what_they_count() {
        let id = |n, name| Counted::Identifier(name).counter(realm(n));
        assert_eq!(id(1, "Alice"), id(1, "alice"));
        assert_ne!(id(1, "alice"), id(2, "alice"));
        assert_ne!(id(1, "alice"), Counted::Address("alice").counter(realm(1)));
        assert_eq!(id(1, "alice").uuid.get_version_num(), 8);
    }

    #[test]
    fn the_wait_doubles_and_has_an_end() {
        let waits: Vec<u32> = (1..9).map(|count| delay(LIMIT, count)).collect();
        assert_eq!(waits, [0, 0, 5, 10, 20, 40, 60, 60]);
        assert_eq!(delay(LIMIT, u32::MAX), 60);
        assert_eq!(delay(AttemptLimit { attempts: 0, ..LIMIT }, 100), 0);
    }

    proptest! {
        /// The counter agrees with a list of all attempts.
        #[test]
        fn counting_agrees_with_a_list(steps in proptest::collection::vec(0_i64..150, 1..40)) {
            let counted = Counted::Identifier("alice");
            let mut counter: Option<Record> = None;
            let mut now = Moment::from_micros(0);
            let (mut run, mut last, mut until) = (0_u32, now, now);
            for step in steps {
                now = now.plus_seconds(step);
                prop_assert_eq!(waits(counter.as_ref(), now).is_some(), now < until);
                if now < until {
                    continue;
                }
                // Counting begins anew when as much time has passed as the window, or the wait, is long.
                let wait = delay(LIMIT, run);
                if run > 0 && now >= last.plus_seconds(i64::from(LIMIT.window_seconds.max(wait))) {
                    run = 0;
                }
                run += 1;
                last = now;
                until = now.plus_seconds(delay(LIMIT, run).into());
                counter = failed(counter.as_ref(), counted, realm(1), LIMIT, now);
                let count = counter.as_ref().unwrap().value("count").and_then(Value::as_integer);
                prop_assert_eq!(count, Some(i64::from(run)));
            }
        }
    }
}
