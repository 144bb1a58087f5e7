//! A point in time: microseconds since 1970 in UTC.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Text;

/// A point in time in UTC with microseconds, between the years 0001 and 9999.
///
/// The text form is RFC 3339 with exactly six decimals and `Z`, so that text sorts like time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

/// A text that is not a moment, or a moment outside of the years 0001 … 9999.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a point in time: expected RFC 3339 such as 2026-11-21T08:00:00Z, years 0001 to 9999")]
pub struct MomentError(pub String);

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;
/// Characters of the text form.
const LENGTH: usize = 27;

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

    /// The text form, as values keep it.
    pub fn text(self) -> Text {
        let text = self.written();
        Text::from(str::from_utf8(&text).unwrap_or_default())
    }

    /// RFC 3339 with six decimals, digit by digit: every record that is read has a few of these.
    fn written(self) -> [u8; LENGTH] {
        let (days, micros) = (self.0.div_euclid(DAY), self.0.rem_euclid(DAY));
        // Civil date from the days since 1970, in eras of 400 years that begin in March.
        let shifted = days + 719_468;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let seconds = micros / 1_000_000;
        let mut text = *b"0000-00-00T00:00:00.000000Z";
        let mut two = |at: usize, number: i64| {
            text[at] = b'0' + (number / 10) as u8;
            text[at + 1] = b'0' + (number % 10) as u8;
        };
        two(0, year / 100);
        two(2, year % 100);
        two(5, month);
        two(8, day);
        two(11, seconds / 3_600);
        two(14, seconds / 60 % 60);
        two(17, seconds % 60);
        let parts = micros % 1_000_000;
        two(20, parts / 10_000);
        two(22, parts / 100 % 100);
        two(24, parts % 100);
        text
    }

    /// The moment whose text form this is; `None` for every other spelling, valid or not.
    ///
    /// ```
    /// use iam_core::model::Moment;
    /// assert!(Moment::from_canonical("2026-11-21T08:00:00.000000Z").is_some());
    /// assert!(Moment::from_canonical("2026-11-21T08:00:00Z").is_none());
    /// ```
    pub fn from_canonical(text: &str) -> Option<Moment> {
        let text: &[u8; LENGTH] = text.as_bytes().try_into().ok()?;
        let number = |from: usize, digits: usize| {
            text.iter()
                .skip(from)
                .take(digits)
                .try_fold(0_i64, |number, byte| {
                    byte.is_ascii_digit()
                        .then(|| number * 10 + i64::from(byte - b'0'))
                })
        };
        let (year, month, day) = (number(0, 4)?, number(5, 2)?, number(8, 2)?);
        let (hour, minute, second, micros) = (number(11, 2)?, number(14, 2)?, number(17, 2)?, number(20, 6)?);
        let shifted = if month > 2 { year } else { year - 1 };
        let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
        let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
        let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
        let micros = days * DAY + ((hour * 60 + minute) * 60 + second) * 1_000_000 + micros;
        // Whatever is out of its range, or misspelt between the digits, is not written like this.
        (FIRST..=LAST)
            .contains(&micros)
            .then_some(Moment(micros))
            .filter(|moment| moment.written() == *text)
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
        f.pad(str::from_utf8(&self.written()).unwrap_or_default())
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
        if let Some(moment) = Moment::from_canonical(text) {
            return Ok(moment);
        }
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
        s.serialize_str(str::from_utf8(&self.written()).unwrap_or_default())
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

        /// The naive twin: the calendar of chrono.
        #[test]
        fn text_is_what_the_calendar_says(micros in FIRST..=LAST, place in 0..LENGTH, byte in b' '..b'a') {
            use chrono::SecondsFormat;
            let moment = Moment(micros);
            let text = moment.to_string();
            prop_assert_eq!(&text, &moment.date_time().to_rfc3339_opts(SecondsFormat::Micros, true));
            prop_assert_eq!(Moment::from_canonical(&text), Some(moment));
            let mut other = text.clone().into_bytes();
            other[place] = byte;
            let other = String::from_utf8(other).unwrap();
            if let Some(found) = Moment::from_canonical(&other) {
                prop_assert_eq!(found.to_string(), other.clone());
                prop_assert_eq!(found.micros(), DateTime::parse_from_rfc3339(&other).unwrap().timestamp_micros());
            }
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
