//! A point in time: microseconds since 1970 in UTC.

use std::{fmt, str::FromStr};

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A point in time in UTC with microseconds, between the years 0001 and 9999.
///
/// The text form is RFC 3339 with exactly six decimals and `Z`, so that text sorts like time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

/// A text that is not a moment, or a moment outside of the years 0001 … 9999.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a point in time: expected RFC 3339 such as 2026-11-21T08:00:00Z, years 0001 to 9999")]
pub struct MomentError(pub String);

const FIRST: i64 = -62_135_596_800_000_000;
const LAST: i64 = 253_402_300_799_999_999;

impl Moment {
    /// The earliest moment there is.
    pub const MIN: Moment = Moment(FIRST);
    /// The latest moment there is.
    pub const MAX: Moment = Moment(LAST);

    /// A moment from microseconds since 1970, cut to the supported years.
    pub const fn from_micros(micros: i64) -> Moment {
        if micros < FIRST {
            Moment(FIRST)
        } else if micros > LAST {
            Moment(LAST)
        } else {
            Moment(micros)
        }
    }

    /// Microseconds since 1970.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// This moment moved by a number of seconds; cut to the supported years.
    pub const fn plus_seconds(self, seconds: i64) -> Moment {
        Moment::from_micros(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// This moment moved by whole days of 24 hours.
    pub const fn plus_days(self, days: i64) -> Moment {
        self.plus_seconds(days.saturating_mul(86_400))
    }

    /// The calendar form.
    pub fn date_time(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(time: DateTime<Utc>) -> Self {
        Moment::from_micros(time.timestamp_micros())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.date_time().to_rfc3339_opts(SecondsFormat::Micros, true))
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        let wrong = || MomentError(text.chars().take(64).collect());
        let micros = DateTime::parse_from_rfc3339(text)
            .map_err(|_| wrong())?
            .timestamp_micros();
        if (FIRST..=LAST).contains(&micros) {
            Ok(Moment(micros))
        } else {
            Err(wrong())
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for Moment {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Moment".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A point in time: RFC 3339, answered in UTC with microseconds.",
            "format": "date-time",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_sorts_like_time(a in FIRST..=LAST, b in FIRST..=LAST) {
            let (x, y) = (Moment(a), Moment(b));
            prop_assert_eq!(x.to_string().parse::<Moment>(), Ok(x));
            prop_assert_eq!(x.to_string().cmp(&y.to_string()), x.cmp(&y));
        }
    }

    #[test]
    fn offsets_become_utc_and_nonsense_is_refused() {
        let moment: Moment = "2026-11-21T10:00:00+02:00".parse().unwrap();
        assert_eq!(moment.to_string(), "2026-11-21T08:00:00.000000Z");
        assert!("yesterday".parse::<Moment>().is_err());
        assert!("2026-13-01T00:00:00Z".parse::<Moment>().is_err());
    }
}
