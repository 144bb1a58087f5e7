//! Failed attempts: what they add up to, and when the next one is allowed.

use super::policy::LockRules;
use crate::model::{Moment, Record, Value};

/// What is remembered of failed attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attempts {
    /// Failures in a row.
    pub failures: u32,
    /// The first of them.
    pub since: Option<Moment>,
    /// The last of them.
    pub last: Option<Moment>,
    /// No attempt before; `None`: any time.
    pub blocked_until: Option<Moment>,
    /// Automatic locks without a success between them.
    pub locks: u32,
}

/// What a failure led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consequence {
    /// Nothing yet.
    Counted,
    /// The next attempt has to wait.
    Delayed(Moment),
    /// Locked until then; `None`: until an administrator unlocks.
    Locked(Option<Moment>),
}

fn doubled(base: u32, times: u32, most: i64) -> i64 {
    i64::from(base)
        .checked_shl(times.min(40))
        .filter(|value| *value >= 0)
        .unwrap_or(i64::MAX)
        .min(most)
}

impl Attempts {
    /// As a credential's record has them.
    pub fn of(record: &Record) -> Attempts {
        let number = |name: &str| {
            record
                .value(name)
                .and_then(Value::as_integer)
                .and_then(|number| u32::try_from(number).ok())
                .unwrap_or_default()
        };
        Attempts {
            failures: number("failures"),
            since: record.moment("failing_since"),
            last: record.moment("failed_at"),
            blocked_until: record.moment("blocked_until"),
            locks: number("locks"),
        }
    }

    /// Writes them into a credential's record.
    pub fn note(&self, record: &mut Record) {
        let number = |number: u32| (number > 0).then(|| Value::from(i64::from(number)));
        record.set("failures", number(self.failures));
        record.set("failing_since", self.since.map(Value::from));
        record.set("failed_at", self.last.map(Value::from));
        record.set("blocked_until", self.blocked_until.map(Value::from));
        record.set("locks", number(self.locks));
    }

    /// Whether an attempt may be made now.
    pub fn is_open(&self, now: Moment) -> bool {
        self.blocked_until.is_none_or(|until| until <= now)
    }

    /// What is remembered after a failure, and what it leads to (S0-38).
    pub fn after_failure(mut self, rules: &LockRules, now: Moment) -> (Attempts, Consequence) {
        let window = i64::from(rules.window_minutes) * 60;
        if self.last.is_none_or(|last| last.plus_seconds(window) <= now) {
            self.failures = 0;
            self.since = None;
        }
        self.failures = self.failures.saturating_add(1);
        self.since = self.since.or(Some(now));
        self.last = Some(now);
        if rules.attempts > 0 && self.failures >= rules.attempts {
            self.failures = 0;
            self.since = None;
            let most = i64::from(rules.maximum_minutes.max(rules.duration_minutes));
            let minutes = doubled(rules.duration_minutes, self.locks, most);
            self.locks = self.locks.saturating_add(1);
            let until = (rules.duration_minutes > 0).then(|| now.plus_seconds(minutes.saturating_mul(60)));
            self.blocked_until = until;
            return (self, Consequence::Locked(until));
        }
        if rules.delay_seconds > 0 && self.failures >= 3 {
            let until = now.plus_seconds(doubled(rules.delay_seconds, self.failures - 3, 300));
            self.blocked_until = Some(until);
            return (self, Consequence::Delayed(until));
        }
        (self, Consequence::Counted)
    }

    /// What is remembered after a success: nothing.
    #[must_use]
    pub fn after_success(self) -> Attempts {
        Attempts::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Moment {
        Moment::from_micros(1_800_000_000_000_000 + seconds * 1_000_000)
    }

    /// S0-38
    #[test]
    fn failures_in_a_row_delay_and_then_lock_for_longer_and_longer() {
        let rules = LockRules::default();
        let mut attempts = Attempts::default();
        let mut consequences = Vec::new();
        let mut now = 0;
        for _ in 0..20 {
            let (next, consequence) = attempts.after_failure(&rules, at(now));
            consequences.push(consequence);
            if let Consequence::Delayed(until) | Consequence::Locked(Some(until)) = consequence {
                assert!(!next.is_open(at(now)) && next.is_open(until));
                now = (until.micros() - at(0).micros()) / 1_000_000;
            }
            attempts = next;
        }
        assert_eq!(consequences[1], Consequence::Counted);
        assert_eq!(consequences[2], Consequence::Delayed(at(1)));
        assert_eq!(consequences[3], Consequence::Delayed(at(3)));
        let Consequence::Locked(Some(first)) = consequences[9] else {
            panic!()
        };
        let Consequence::Locked(Some(second)) = consequences[19] else {
            panic!()
        };
        // Seven delays of 1, 2, … 64 seconds, then a quarter of an hour; the second time twice as long.
        assert_eq!(first, at(127 + 900));
        assert_eq!(second, at(127 + 900 + 127 + 1_800));
        assert_eq!(attempts.after_success(), Attempts::default());
    }

    #[test]
    fn a_row_is_forgotten_after_the_window_and_no_duration_means_until_unlocked() {
        let rules = LockRules {
            attempts: 2,
            duration_minutes: 0,
            ..LockRules::default()
        };
        let (once, _) = Attempts::default().after_failure(&rules, at(0));
        let (later, consequence) = once.after_failure(&rules, at(3_600));
        assert_eq!((later.failures, consequence), (1, Consequence::Counted));
        let (locked, consequence) = later.after_failure(&rules, at(3_601));
        assert_eq!(
            (consequence, locked.blocked_until),
            (Consequence::Locked(None), None)
        );
        let never = LockRules {
            attempts: 0,
            delay_seconds: 0,
            ..LockRules::default()
        };
        let mut attempts = Attempts::default();
        for second in 0..200 {
            let (next, consequence) = attempts.after_failure(&never, at(second));
            assert_eq!(consequence, Consequence::Counted);
            attempts = next;
        }
    }
}
