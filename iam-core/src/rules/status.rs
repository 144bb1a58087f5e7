//! Status: orthogonal facts are stored, named states are derived (A.6 X4).

use serde::{Deserialize, Serialize};

use crate::model::{Moment, Record};

/// A step from one status to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transition {
    /// To enabled.
    Enable,
    /// To disabled.
    Disable,
    /// To suspended.
    Suspend,
    /// To archived.
    Archive,
    /// From archived to disabled.
    Restore,
    /// Lock.
    Lock,
    /// Unlock.
    Unlock,
}

/// The table of legal transitions (S1-9): from which administrative status which step is legal. A step that leads to
/// where one is already changes nothing and is legal.
pub const TRANSITIONS: &[(&str, &[Transition])] = &[
    (
        "enabled",
        &[
            Transition::Enable,
            Transition::Disable,
            Transition::Suspend,
            Transition::Archive,
            Transition::Lock,
            Transition::Unlock,
        ],
    ),
    (
        "disabled",
        &[
            Transition::Enable,
            Transition::Disable,
            Transition::Archive,
            Transition::Lock,
            Transition::Unlock,
        ],
    ),
    (
        "suspended",
        &[
            Transition::Enable,
            Transition::Disable,
            Transition::Suspend,
            Transition::Archive,
            Transition::Lock,
            Transition::Unlock,
        ],
    ),
    ("archived", &[Transition::Archive, Transition::Restore]),
];

/// The administrative status: `enabled`, `disabled`, `suspended` or `archived`.
pub fn administrative(record: &Record) -> &str {
    match record.text("administrative_status") {
        "" => "enabled",
        status => status,
    }
}

/// Whether the table allows the step.
pub fn may_change(record: &Record, transition: Transition) -> bool {
    let status = administrative(record);
    TRANSITIONS
        .iter()
        .any(|(from, steps)| *from == status && steps.contains(&transition))
}

impl Transition {
    /// Writes the step into a record; touches no other axis (S0-3).
    pub fn apply(self, record: &mut Record) {
        let status = match self {
            Transition::Enable => "enabled",
            Transition::Disable | Transition::Restore => "disabled",
            Transition::Suspend => "suspended",
            Transition::Archive => "archived",
            Transition::Lock => {
                // By hand and without a term, unless the caller says otherwise.
                record.set("locked_by", None);
                record.set("locked_until", None);
                return record.set("locked", Some(true.into()));
            }
            Transition::Unlock => {
                for name in ["locked", "lock_reason", "locked_by"] {
                    record.set(name, None);
                }
                return record.set("locked_until", None);
            }
        };
        record.set("administrative_status", Some(status.into()));
        if self != Transition::Disable {
            record.set("disabled_by", None);
        }
    }

    /// The past participle, for messages.
    pub const fn past(self) -> &'static str {
        match self {
            Transition::Enable => "enabled",
            Transition::Disable => "disabled",
            Transition::Suspend => "suspended",
            Transition::Archive => "archived",
            Transition::Restore => "restored",
            Transition::Lock => "locked",
            Transition::Unlock => "unlocked",
        }
    }

    /// The command's name.
    pub const fn command(self) -> &'static str {
        match self {
            Transition::Enable => "user.enable",
            Transition::Disable => "user.disable",
            Transition::Suspend => "user.suspend",
            Transition::Archive => "user.archive",
            Transition::Restore => "user.restore",
            Transition::Lock => "user.lock",
            Transition::Unlock => "user.unlock",
        }
    }

    /// The event's name.
    pub const fn event(self) -> &'static str {
        match self {
            Transition::Enable => "user.enabled",
            Transition::Disable => "user.disabled",
            Transition::Suspend => "user.suspended",
            Transition::Archive => "user.archived",
            Transition::Restore => "user.restored",
            Transition::Lock => "user.locked",
            Transition::Unlock => "user.unlocked",
        }
    }
}

/// A named view of the status (A.6 X4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusView {
    /// `enabled` or `disabled`, and `/locked` or `/unlocked` (S0-3).
    Matrix,
    /// `active`, `inactive`, `locked`, `suspended`, `archived` (S1-6).
    #[default]
    Lifecycle,
    /// `not_invited`, `pending_invitation`, `expired_invitation`, `active`, `blocked` (S3-72).
    Customer,
}

/// Notes that sign-up is complete, and since when (S3-21, S3-75). The first time counts.
pub fn register(record: &mut Record, now: Moment) {
    record.set("registration", Some("complete".into()));
    if record.moment("registered_at").is_none() {
        record.set("registered_at", Some(now.into()));
    }
}

/// The named status of a user at a moment. Deleted users are `deleted` in every view.
pub fn status(record: &Record, view: StatusView, now: Moment) -> &'static str {
    if record.is_deleted() {
        return "deleted";
    }
    let administrative = administrative(record);
    let locked = is_locked(record, now);
    let usable = administrative == "enabled" && is_valid(record, now);
    match view {
        StatusView::Matrix => match (usable, locked) {
            (true, false) => "enabled/unlocked",
            (true, true) => "enabled/locked",
            (false, false) => "disabled/unlocked",
            (false, true) => "disabled/locked",
        },
        StatusView::Lifecycle => match administrative {
            "archived" => "archived",
            "suspended" => "suspended",
            _ if locked => "locked",
            _ if usable && record.text("registration") != "not_invited" => "active",
            _ => "inactive",
        },
        StatusView::Customer => match record.text("registration") {
            "not_invited" => "not_invited",
            // S3-77: derived from the clock, no job needed.
            "invited"
                if record
                    .moment("registration_until")
                    .is_none_or(|until| now < until) =>
            {
                "pending_invitation"
            }
            "invited" => "expired_invitation",
            _ if usable && !locked => "active",
            _ => "blocked",
        },
    }
}

/// Whether the user may sign in at this moment, as far as the status says (S0-35, S0-41, S3-44).
pub fn may_sign_in(record: &Record, now: Moment) -> bool {
    status(record, StatusView::Matrix, now) == "enabled/unlocked"
        && !matches!(record.text("registration"), "not_invited" | "invited")
}

/// Whether the user is locked at this moment: a lock that has a term ends by itself (S0-38).
pub fn is_locked(record: &Record, now: Moment) -> bool {
    record.flag("locked") && record.moment("locked_until").is_none_or(|until| now < until)
}

/// Whether the sign-up is complete, so that the user can be blocked and reset (S3-43, S3-53).
pub fn is_registered(record: &Record) -> bool {
    !matches!(record.text("registration"), "not_invited" | "invited")
}

/// The transition that led to where the user is kept out: what it does beyond itself is data (X3). `None` for users
/// that may come in.
pub fn kept_out_by(record: &Record, now: Moment) -> Option<&'static str> {
    out_by(record, now, is_locked(record, now))
}

/// The transition that puts a user out of what is open already. As [`kept_out_by`], but a lock by the policy puts nobody
/// out: else whoever knows a name could end its sessions with wrong passwords.
pub fn put_out_by(record: &Record, now: Moment) -> Option<&'static str> {
    let by_hand = record.text("locked_by") != "policy";
    out_by(record, now, by_hand && is_locked(record, now))
}

fn out_by(record: &Record, now: Moment, locked: bool) -> Option<&'static str> {
    if record.is_deleted() {
        return Some("user.delete");
    }
    match administrative(record) {
        "archived" => Some("user.archive"),
        "suspended" => Some("user.suspend"),
        "disabled" => Some("user.disable"),
        _ if locked => Some("user.lock"),
        _ if !is_valid(record, now) => Some("user.disable"),
        _ => None,
    }
}

/// Whether the moment lies in the time in which the user is valid.
pub fn is_valid(record: &Record, now: Moment) -> bool {
    record.moment("valid_from").is_none_or(|from| from <= now)
        && record.moment("valid_until").is_none_or(|until| now < until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityId, Kind};

    fn user() -> Record {
        let mut record = Record::new(EntityId::new(Kind::User, uuid::Uuid::nil()));
        record.set("administrative_status", Some("enabled".into()));
        record.set("registration", Some("complete".into()));
        record
    }

    /// S0-3, S0-35, S0-41
    #[test]
    fn two_axes_have_four_combinations_and_move_one_at_a_time() {
        let now = Moment::from_micros(0);
        let mut record = user();
        for (step, expected) in [
            (Transition::Lock, "enabled/locked"),
            (Transition::Disable, "disabled/locked"),
            (Transition::Unlock, "disabled/unlocked"),
            (Transition::Enable, "enabled/unlocked"),
        ] {
            assert!(may_change(&record, step));
            step.apply(&mut record);
            assert_eq!(status(&record, StatusView::Matrix, now), expected);
            assert_eq!(may_sign_in(&record, now), expected == "enabled/unlocked");
        }
    }

    /// A.6 X4: the same stored facts under three views; none of the names is stored.
    #[test]
    fn one_set_of_facts_has_a_name_in_every_view() {
        let now = Moment::from_micros(10);
        let mut record = user();
        let names = |record: &Record| {
            [StatusView::Matrix, StatusView::Lifecycle, StatusView::Customer]
                .map(|view| status(record, view, now))
        };
        assert_eq!(names(&record), ["enabled/unlocked", "active", "active"]);
        Transition::Lock.apply(&mut record);
        assert_eq!(names(&record), ["enabled/locked", "locked", "blocked"]);
        Transition::Unlock.apply(&mut record);
        Transition::Suspend.apply(&mut record);
        assert_eq!(names(&record), ["disabled/unlocked", "suspended", "blocked"]);
    }

    /// S1-6, S1-9
    #[test]
    fn archived_is_terminal_but_for_restore() {
        let mut record = user();
        Transition::Archive.apply(&mut record);
        for step in [
            Transition::Enable,
            Transition::Disable,
            Transition::Suspend,
            Transition::Lock,
            Transition::Unlock,
        ] {
            assert!(!may_change(&record, step), "{step:?}");
        }
        assert!(may_change(&record, Transition::Restore));
        Transition::Restore.apply(&mut record);
        assert_eq!(status(&record, StatusView::Lifecycle, Moment::MIN), "inactive");
        assert!(!may_change(&record, Transition::Suspend));
    }

    /// S3-72, S3-73, S3-77
    #[test]
    fn an_invitation_expires_by_the_clock() {
        let mut record = user();
        let (now, later) = (Moment::from_micros(10), Moment::from_micros(20));
        record.set("registration", Some("not_invited".into()));
        assert_eq!(status(&record, StatusView::Customer, now), "not_invited");
        record.set("registration", Some("invited".into()));
        record.set("registration_until", Some(later.into()));
        assert_eq!(status(&record, StatusView::Customer, now), "pending_invitation");
        assert_eq!(status(&record, StatusView::Customer, later), "expired_invitation");
        assert!(!may_sign_in(&record, now));
        record.set("registration", Some("complete".into()));
        assert_eq!(status(&record, StatusView::Customer, later), "active");
        record.set("valid_until", Some(later.into()));
        assert_eq!(status(&record, StatusView::Customer, later), "blocked");
    }
}
