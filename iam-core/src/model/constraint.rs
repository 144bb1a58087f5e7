//! Time constraints as people write them: local date and time, and an offset relative to GMT.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{Moment, Window};

/// An offset relative to GMT, which is treated as UTC (S2-28), in minutes.
///
/// ```
/// use iam_core::model::Offset;
///
/// for text in ["GMT+2", "UTC+02:00", "+0200", "+02:00", "+2"] {
///     assert_eq!(text.parse::<Offset>()?.to_string(), "+02:00");
/// }
/// assert_eq!("GMT".parse::<Offset>()?.to_string(), "+00:00");
/// assert!("Europe/Berlin".parse::<Offset>().is_err());
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Offset(i32);

impl Offset {
    /// Minutes east of Greenwich.
    pub const fn minutes(self) -> i32 {
        self.0
    }
}

impl FromStr for Offset {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "expected an offset relative to GMT such as `GMT+02:00`".to_owned();
        let text = text.trim();
        let rest = ["GMT", "UTC", "gmt", "utc"]
            .iter()
            .find_map(|prefix| text.strip_prefix(prefix))
            .unwrap_or(text)
            .trim();
        if matches!(rest, "Z" | "z") || (rest.is_empty() && !text.is_empty()) {
            return Ok(Offset(0));
        }
        let (sign, digits) = match (rest.strip_prefix('+'), rest.strip_prefix(['-', '−'])) {
            (Some(digits), _) => (1, digits),
            (_, Some(digits)) => (-1, digits),
            _ => return Err(wrong()),
        };
        let (hours, minutes) = match digits.split_once(':') {
            Some(parts) => parts,
            None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
            None => (digits, "0"),
        };
        let number = |text: &str| match text.len() {
            1..=2 if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse::<i32>().ok(),
            _ => None,
        };
        match (number(hours), number(minutes)) {
            (Some(hours), Some(minutes))
                if hours <= 14 && minutes < 60 && hours * 60 + minutes <= 14 * 60 =>
            {
                Ok(Offset(sign * (hours * 60 + minutes)))
            }
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        let minutes = self.0.abs();
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// The time in which a role or a grant holds: from the start on and before the end, both open when absent
/// (S2-17, S2-27, S2-86).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeConstraint {
    /// RFC 3339 with an offset, or a local date and time such as `2026-12-01T09:00` in `time_zone`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// As the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// An offset relative to GMT such as `GMT+02:00`; without it local times are in GMT (S2-28).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

impl TimeConstraint {
    /// From a window in UTC.
    pub fn of(window: Window) -> TimeConstraint {
        TimeConstraint {
            start: window.from.map(|moment| moment.to_string()),
            end: window.until.map(|moment| moment.to_string()),
            time_zone: None,
        }
    }

    /// The window in UTC and the offset in its canonical form.
    ///
    /// ```
    /// use iam_core::model::TimeConstraint;
    ///
    /// let constraint = TimeConstraint {
    ///     start: Some("2026-12-01T09:00".into()),
    ///     end: None,
    ///     time_zone: Some("GMT+2".into()),
    /// };
    /// let (window, zone) = constraint.resolve()?;
    /// assert_eq!(window.from.map(|from| from.to_string()).as_deref(), Some("2026-12-01T07:00:00.000000Z"));
    /// assert_eq!(zone.as_deref(), Some("+02:00"));
    /// # Ok::<(), (&'static str, String)>(())
    /// ```
    ///
    /// # Errors
    /// The field that is wrong and why. A start at or after the end is not an error here; see
    /// [`Window::is_possible`].
    pub fn resolve(&self) -> Result<(Window, Option<String>), (&'static str, String)> {
        let zone = match &self.time_zone {
            Some(text) => Some(text.parse::<Offset>().map_err(|message| ("time_zone", message))?),
            None => None,
        };
        let at = |field: &'static str, text: &Option<String>| match text {
            Some(text) => moment(text, zone.unwrap_or(Offset(0))).map(Some).ok_or((
                field,
                "expected a date and time such as `2026-12-01T09:00`".to_owned(),
            )),
            None => Ok(None),
        };
        let window = Window {
            from: at("start", &self.start)?,
            until: at("end", &self.end)?,
        };
        Ok((window, zone.map(|zone| zone.to_string())))
    }
}

/// A moment with its own offset, or a local date and time at an offset.
fn moment(text: &str, zone: Offset) -> Option<Moment> {
    if let Ok(moment) = text.parse() {
        return Some(moment);
    }
    let seconds = match text.len() {
        10 => "T00:00:00",
        16 => ":00",
        _ => "",
    };
    format!("{text}{seconds}{zone}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(start: &str, zone: Option<&str>) -> Option<String> {
        let constraint = TimeConstraint {
            start: Some(start.into()),
            end: None,
            time_zone: zone.map(Into::into),
        };
        Some(constraint.resolve().ok()?.0.from?.to_string())
    }

    /// S2-28
    #[test]
    fn local_times_are_read_at_an_offset_to_gmt() {
        let at = |start, zone| resolved(start, zone).unwrap_or_default();
        assert_eq!(
            at("2026-12-01T09:00", Some("GMT-05:30")),
            "2026-12-01T14:30:00.000000Z"
        );
        assert_eq!(
            at("2026-12-01T09:00:30", Some("GMT")),
            "2026-12-01T09:00:30.000000Z"
        );
        assert_eq!(at("2026-12-01", Some("+01:00")), "2026-11-30T23:00:00.000000Z");
        assert_eq!(
            at("2026-12-01T09:00:00+02:00", Some("GMT")),
            "2026-12-01T07:00:00.000000Z"
        );
        assert_eq!(at("2026-12-01T09:00", None), "2026-12-01T09:00:00.000000Z");
        for zone in ["CET", "+15:00", "+1:60", "2", "+", ""] {
            assert_eq!(resolved("2026-12-01T09:00", Some(zone)), None, "{zone}");
        }
        assert_eq!(resolved("tomorrow", None), None);
    }
}
