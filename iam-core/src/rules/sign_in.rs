//! Signing in as a state machine: what is known so far says what comes next.
//!
//! ```text
//! identifier and first proof ──► factor ──► action ──► open
//!        │                          │          │
//!        └────────── refused ◄──────┴──────────┘
//! ```
//!
//! Nothing here looks anything up: the facts come in, the next step goes out. Why a sign-in was refused is precise in
//! the audit trail, and one and the same answer outside.

use serde::{Deserialize, Serialize};

/// Why a sign-in was refused. For the audit trail; whoever tried is told nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Nobody has this identifier.
    UnknownIdentifier,
    /// The password is not the user's.
    WrongPassword,
    /// The user has no password.
    NoPassword,
    /// The password was given by somebody else and not used in time (X5): it counts for nothing any more.
    PasswordExpired,
    /// The code of the second factor is not right, or was used before.
    WrongCode,
    /// Too many attempts failed: the credential, or the user, waits.
    Waiting,
    /// The user is locked (S0-41).
    Locked,
    /// The user is blocked: disabled, suspended, archived or not valid now (S0-35, S3-44).
    Blocked,
    /// The user has not completed the sign-up.
    NotRegistered,
    /// The host's assessment of the risk forbids it.
    Risk,
    /// More assurance is needed than the user can give.
    NoFactor,
    /// The answer of a passkey does not hold, or its challenge was used before or has run out.
    WrongPasskey,
    /// A passkey has counted backwards: there is a copy of its device.
    CopiedPasskey,
}

impl Refusal {
    /// Its name in the audit trail.
    pub const fn name(self) -> &'static str {
        match self {
            Refusal::UnknownIdentifier => "unknown_identifier",
            Refusal::WrongPassword => "wrong_password",
            Refusal::NoPassword => "no_password",
            Refusal::PasswordExpired => "password_expired",
            Refusal::WrongCode => "wrong_code",
            Refusal::Waiting => "waiting",
            Refusal::Locked => "locked",
            Refusal::Blocked => "blocked",
            Refusal::NotRegistered => "not_registered",
            Refusal::Risk => "risk",
            Refusal::NoFactor => "no_factor",
            Refusal::WrongPasskey => "wrong_passkey",
            Refusal::CopiedPasskey => "copied_passkey",
        }
    }
}

/// How risky the host takes an attempt to be: its hook into every sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// As usual.
    #[default]
    Normal,
    /// A second factor is asked for, whatever the policy says.
    Elevated,
    /// Nobody gets in this way; the answer is that of a wrong password.
    Refused,
}

/// What a user has to do before the session opens.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum RequiredAction {
    /// Set a new password.
    ChangePassword,
    /// Open the link that proves the e-mail address.
    VerifyEmail,
    /// Enrol a second factor.
    EnrolFactor,
    /// Accept the present terms.
    AcceptTerms,
}

impl RequiredAction {
    /// Every action, in the order in which they are asked for.
    pub const ALL: [RequiredAction; 4] = [
        RequiredAction::ChangePassword,
        RequiredAction::VerifyEmail,
        RequiredAction::EnrolFactor,
        RequiredAction::AcceptTerms,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            RequiredAction::ChangePassword => "change_password",
            RequiredAction::VerifyEmail => "verify_email",
            RequiredAction::EnrolFactor => "enrol_factor",
            RequiredAction::AcceptTerms => "accept_terms",
        }
    }

    /// The action with this name.
    pub fn from_name(name: &str) -> Option<RequiredAction> {
        RequiredAction::ALL
            .into_iter()
            .find(|action| action.name() == name)
    }
}

/// How sure one may be with these methods: 1 for one factor, 2 for two different ones, 3 when one of them is a device
/// that cannot be phished.
pub fn assurance(methods: &[impl AsRef<str>]) -> i64 {
    let mut known = false;
    let mut held = false;
    let mut bound = false;
    for method in methods {
        match method.as_ref() {
            "password" => known = true,
            // A passkey is held, and unlocked by something known or by what one is.
            "passkey" => (known, held, bound) = (true, true, true),
            _ => held = true,
        }
    }
    match (known, held, bound) {
        (false, false, _) => 0,
        (true, true, true) => 3,
        (true, true, false) => 2,
        _ => 1,
    }
}

/// What is known of a sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// The methods that were shown.
    pub methods: Vec<String>,
    /// The second factors that the user has.
    pub factors: Vec<String>,
    /// The level that is asked for: by the policy, the application and the risk.
    pub wanted: i64,
    /// Whether a user without a second factor may enrol one at the sign-in.
    pub may_enrol: bool,
    /// What the user has to do.
    pub actions: Vec<RequiredAction>,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// One of these factors has to be shown.
    Factor(Vec<String>),
    /// These things have to be done.
    Action(Vec<RequiredAction>),
    /// The session opens at this level.
    Open(i64),
    /// It ends here.
    Refused(Refusal),
}

/// What comes next, given what is known.
pub fn next(known: &Known) -> Next {
    let level = assurance(&known.methods);
    if level < 1 {
        return Next::Refused(Refusal::WrongPassword);
    }
    let mut actions = known.actions.clone();
    if level < known.wanted {
        let mut methods = known.methods.clone();
        let better: Vec<String> = known
            .factors
            .iter()
            .filter(|factor| !known.methods.contains(factor))
            .filter(|factor| {
                methods.push((*factor).clone());
                let reached = assurance(&methods);
                methods.pop();
                reached > level
            })
            .cloned()
            .collect();
        if !better.is_empty() {
            return Next::Factor(better);
        }
        if !known.may_enrol {
            return Next::Refused(Refusal::NoFactor);
        }
        actions.push(RequiredAction::EnrolFactor);
    }
    actions.sort_unstable();
    actions.dedup();
    if actions.is_empty() {
        Next::Open(level)
    } else {
        Next::Action(actions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known(methods: &[&str], factors: &[&str], wanted: i64) -> Known {
        Known {
            methods: methods.iter().map(|m| (*m).to_owned()).collect(),
            factors: factors.iter().map(|f| (*f).to_owned()).collect(),
            wanted,
            ..Known::default()
        }
    }

    /// X6: two codes that both arrive by message are one factor, not two.
    #[test]
    fn two_factors_are_of_two_kinds() {
        assert_eq!(assurance(&["password"]), 1);
        assert_eq!(assurance(&["passcode", "totp"]), 1);
        assert_eq!(assurance(&["password", "totp"]), 2);
        assert_eq!(assurance(&["passkey"]), 3);
        assert_eq!(assurance(&[""; 0]), 0);
    }

    #[test]
    fn the_next_step_follows_from_what_is_known() {
        assert_eq!(next(&known(&["password"], &[], 1)), Next::Open(1));
        assert_eq!(
            next(&known(&["password"], &["totp"], 2)),
            Next::Factor(vec!["totp".into()])
        );
        assert_eq!(next(&known(&["password", "totp"], &["totp"], 2)), Next::Open(2));
        assert_eq!(
            next(&known(&["password"], &[], 2)),
            Next::Refused(Refusal::NoFactor)
        );
        let mut enrol = known(&["password"], &[], 2);
        enrol.may_enrol = true;
        enrol.actions = vec![RequiredAction::AcceptTerms];
        assert_eq!(
            next(&enrol),
            Next::Action(vec![RequiredAction::EnrolFactor, RequiredAction::AcceptTerms])
        );
    }

    proptest! {
        /// Nobody gets in below the level that is asked for, nor with something left to do.
        #[test]
        fn open_means_that_nothing_is_missing(
            methods in proptest::sample::subsequence(vec!["password", "totp", "passkey", "passcode"], 0..4),
            factors in proptest::sample::subsequence(vec!["totp", "passkey", "passcode", "recovery"], 0..4),
            wanted in 0_i64..4, may_enrol: bool,
            actions in proptest::sample::subsequence(RequiredAction::ALL.to_vec(), 0..4),
        ) {
            let mut known = known(&methods, &factors, wanted);
            known.may_enrol = may_enrol;
            known.actions = actions;
            match next(&known) {
                Next::Open(level) => {
                    prop_assert!(level >= wanted && level >= 1 && known.actions.is_empty());
                }
                Next::Factor(offered) => {
                    prop_assert!(!offered.is_empty());
                    for factor in offered {
                        prop_assert!(known.factors.contains(&factor) && !known.methods.contains(&factor));
                    }
                }
                Next::Action(actions) => prop_assert!(!actions.is_empty()),
                Next::Refused(_) => prop_assert!(known.methods.is_empty() || assurance(&known.methods) < wanted),
            }
        }
    }
}
