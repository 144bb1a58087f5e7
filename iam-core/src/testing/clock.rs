//! Time that stands still until it is told to go on.

use std::sync::atomic::{AtomicI64, Ordering};

use crate::{model::Moment, port::Clock};

/// A clock that shows what it was set to.
///
/// ```
/// use iam_core::{port::Clock, testing::VirtualClock};
///
/// let clock = VirtualClock::new("2026-01-01T00:00:00Z".parse().unwrap());
/// clock.advance_days(1);
/// assert_eq!(clock.now().to_string(), "2026-01-02T00:00:00.000000Z");
/// ```
#[derive(Debug)]
pub struct VirtualClock(AtomicI64);

impl VirtualClock {
    /// A clock that shows this moment.
    pub fn new(moment: Moment) -> Self {
        VirtualClock(AtomicI64::new(moment.micros()))
    }

    /// Shows this moment from now on.
    pub fn set(&self, moment: Moment) {
        self.0.store(moment.micros(), Ordering::SeqCst);
    }

    /// Goes on by so many seconds, or back.
    pub fn advance(&self, seconds: i64) {
        self.set(self.now().plus_seconds(seconds));
    }

    /// Goes on by so many days, or back.
    pub fn advance_days(&self, days: i64) {
        self.set(self.now().plus_days(days));
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Moment {
        Moment::from_micros(self.0.load(Ordering::SeqCst))
    }
}
