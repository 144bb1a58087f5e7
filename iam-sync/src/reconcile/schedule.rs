//! When a source is due: cron with time zones (S0-124).

use std::str::FromStr;

use chrono_tz::Tz;
use croner::Cron;
use iam_core::{
    model::Moment,
    wire::{Code, FieldProblem, Problem},
};

/// A schedule in a time zone.
///
/// ```
/// use iam_core::model::DEFAULT_SCHEDULE;
/// use iam_sync::reconcile::schedule::Schedule;
///
/// let daily = Schedule::new(DEFAULT_SCHEDULE, "Europe/Vienna")?;
/// let evening = "2026-11-20T20:00:00Z".parse()?;
/// assert_eq!(daily.next(evening).unwrap().to_string(), "2026-11-21T01:00:00.000000Z");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Schedule {
    cron: Cron,
    zone: Tz,
}

impl Schedule {
    /// Reads a cron expression and the name of a time zone.
    ///
    /// # Errors
    /// [`Code::Invalid`] names the one that is wrong.
    pub fn new(cron: &str, zone: &str) -> Result<Schedule, Problem> {
        let mut problems = Vec::new();
        let cron = Cron::from_str(cron).map_err(|error| {
            problems.push(FieldProblem::new("schedule", "value.schedule", error.to_string()))
        });
        let zone = zone.parse::<Tz>().map_err(|_| {
            problems.push(FieldProblem::new(
                "time_zone",
                "value.time_zone",
                "is not the name of a time zone, such as Europe/Vienna",
            ));
        });
        match (cron, zone) {
            (Ok(cron), Ok(zone)) => Ok(Schedule { cron, zone }),
            _ => Err(Problem {
                code: Code::Invalid,
                ..Problem::fields(problems)
            }),
        }
    }

    /// The first moment after another one at which it is due; `None`: never again.
    pub fn next(&self, after: Moment) -> Option<Moment> {
        let local = after.date_time().with_timezone(&self.zone);
        let next = self.cron.find_next_occurrence(&local, false).ok()?;
        Some(Moment::from(next.to_utc()))
    }
}

#[cfg(test)]
mod tests {
    use iam_core::model::DEFAULT_SCHEDULE;

    use super::*;

    /// S0-124
    #[test]
    fn two_in_the_morning_of_every_day_where_the_company_is() {
        let schedule = Schedule::new(DEFAULT_SCHEDULE, "America/New_York").unwrap();
        let mut moment: Moment = "2026-03-06T12:00:00Z".parse().unwrap();
        let mut seen = Vec::new();
        for _ in 0..4 {
            moment = schedule.next(moment).unwrap();
            seen.push(moment.to_string());
        }
        // On the 8th of March there is no 02:00 in New York: the clocks go from 02:00 to 03:00.
        assert_eq!(
            seen,
            [
                "2026-03-07T07:00:00.000000Z",
                "2026-03-08T07:00:00.000000Z",
                "2026-03-09T06:00:00.000000Z",
                "2026-03-10T06:00:00.000000Z"
            ]
        );
    }

    #[test]
    fn what_is_no_schedule_is_named() {
        let fields = |cron, zone| {
            let problem = Schedule::new(cron, zone).unwrap_err();
            problem
                .fields
                .into_iter()
                .map(|field| field.field)
                .collect::<Vec<_>>()
        };
        assert_eq!(fields("61 * * * *", "UTC"), ["schedule"]);
        assert_eq!(fields("0 2 * * *", "Atlantis/Center"), ["time_zone"]);
        assert_eq!(fields("", "Nowhere"), ["schedule", "time_zone"]);
    }
}
