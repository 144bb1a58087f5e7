//! Links that are sent to people: what they are for, and what state one is in at a moment.

use serde::{Deserialize, Serialize};

use crate::{
    model::{Moment, Record},
    rules::policy::LinkRules,
    wire::{Code, Problem},
};

/// What a link is for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LinkPurpose {
    /// To complete the sign-up (S3-29).
    Invitation,
    /// To set a new password (S3-54).
    PasswordReset,
    /// To prove that the e-mail address is one's own.
    EmailVerification,
}

impl LinkPurpose {
    /// Its name, as links keep it and JSON shows it.
    pub const fn name(self) -> &'static str {
        match self {
            LinkPurpose::Invitation => "invitation",
            LinkPurpose::PasswordReset => "password_reset",
            LinkPurpose::EmailVerification => "email_verification",
        }
    }

    /// The purpose with this name.
    pub fn from_name(name: &str) -> Option<LinkPurpose> {
        [
            LinkPurpose::Invitation,
            LinkPurpose::PasswordReset,
            LinkPurpose::EmailVerification,
        ]
        .into_iter()
        .find(|purpose| purpose.name() == name)
    }

    /// The template of the message that carries it.
    pub const fn template(self) -> &'static str {
        match self {
            LinkPurpose::Invitation => "user.invited",
            LinkPurpose::PasswordReset => "user.password_reset",
            LinkPurpose::EmailVerification => "user.email_verification",
        }
    }
}

/// Seconds in which a link of this purpose can be used.
pub fn life(rules: &LinkRules, purpose: LinkPurpose) -> i64 {
    let hours = match purpose {
        LinkPurpose::Invitation => rules.invitation_hours,
        LinkPurpose::PasswordReset => rules.reset_hours,
        LinkPurpose::EmailVerification => rules.verification_hours,
    };
    i64::from(hours) * 3600
}

/// The state of a link at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// It can be used.
    Open,
    /// It was used.
    Used,
    /// A newer one was sent instead.
    Replaced,
    /// Its time is over.
    Expired,
    /// It was revoked, or its user was deleted.
    Revoked,
}

impl LinkState {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            LinkState::Open => "open",
            LinkState::Used => "used",
            LinkState::Replaced => "replaced",
            LinkState::Expired => "expired",
            LinkState::Revoked => "revoked",
        }
    }

    /// Why a link in this state cannot be used; `None` when it can (S3-30).
    pub fn refusal(self) -> Option<Problem> {
        let (code, message) = match self {
            LinkState::Open => return None,
            LinkState::Used => (Code::LinkUsed, "the link was used before"),
            LinkState::Replaced => (Code::LinkReplaced, "a newer link was sent instead"),
            LinkState::Expired => (Code::LinkExpired, "the link has run out"),
            LinkState::Revoked => (Code::LinkRevoked, "the link was revoked"),
        };
        Some(Problem::new(code, message))
    }
}

/// The state of a link at a moment: valid while `now < issued + life` (S3-89).
pub fn link_state(link: &Record, now: Moment) -> LinkState {
    match link.text("end") {
        "used" => LinkState::Used,
        "replaced" => LinkState::Replaced,
        "" if link.moment("expires_at").is_some_and(|until| now < until) => LinkState::Open,
        "" => LinkState::Expired,
        _ => LinkState::Revoked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityId, Kind};

    /// S3-89: seven days are 168 hours, not calendar days.
    #[test]
    fn a_link_is_valid_before_its_end() {
        let issued: Moment = "2026-03-28T12:00:00Z".parse().unwrap();
        let until = issued.plus_seconds(life(&LinkRules::default(), LinkPurpose::Invitation));
        assert_eq!(until.to_string(), "2026-04-04T12:00:00.000000Z");
        let mut link = Record::new(EntityId::new(Kind::Link, uuid::Uuid::nil()));
        link.set("expires_at", Some(until.into()));
        assert_eq!(link_state(&link, issued), LinkState::Open);
        assert_eq!(
            link_state(&link, Moment::from_micros(until.micros() - 1)),
            LinkState::Open
        );
        assert_eq!(link_state(&link, until), LinkState::Expired);
        for (end, state) in [
            ("used", LinkState::Used),
            ("replaced", LinkState::Replaced),
            ("revoked", LinkState::Revoked),
        ] {
            link.set("end", Some(end.into()));
            assert_eq!(link_state(&link, issued), state);
            assert!(state.refusal().is_some());
        }
    }
}
