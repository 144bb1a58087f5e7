//! What targets demand of a password: old systems with composition rules and short limits. They exist for
//! compatibility; the lint says what they cost (X9).

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::EffectivePolicy;
use crate::wire::FieldProblem;

/// The demands of one target.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TargetRules {
    /// The name of the target.
    pub target: String,
    /// Characters at least.
    pub minimum_length: u32,
    /// Characters at most; 0: any number.
    pub maximum_length: u32,
    /// Upper-case letters at least.
    pub upper_case: u32,
    /// Lower-case letters at least.
    pub lower_case: u32,
    /// Digits at least.
    pub digits: u32,
    /// Characters at least that are neither letters nor digits.
    pub symbols: u32,
    /// Whether only printable ASCII is accepted.
    pub ascii_only: bool,
    /// Characters that are not accepted.
    pub forbidden: BTreeSet<char>,
    /// The only symbols that are accepted; empty: any.
    pub symbols_allowed: BTreeSet<char>,
    /// Whether the password is handed to the target in the clear whenever it is set (S4-41): sealed, in the outbox, until
    /// it was published or the time is over.
    pub publish: bool,
    /// Minutes for which it waits to be published; 60.
    pub publish_minutes: u32,
}

impl Default for TargetRules {
    fn default() -> Self {
        TargetRules {
            target: String::new(),
            minimum_length: 0,
            maximum_length: 0,
            upper_case: 0,
            lower_case: 0,
            digits: 0,
            symbols: 0,
            ascii_only: false,
            forbidden: BTreeSet::new(),
            symbols_allowed: BTreeSet::new(),
            publish: false,
            publish_minutes: 60,
        }
    }
}

impl TargetRules {
    /// Every demand that a password does not meet.
    pub fn problems(&self, password: &str) -> Vec<FieldProblem> {
        let count = |test: fn(char) -> bool| {
            u32::try_from(password.chars().filter(|c| test(*c)).count()).unwrap_or(u32::MAX)
        };
        let length = count(|_| true);
        let mut found = Vec::new();
        let mut say = |code: &str, message: String| {
            let message = format!("{}: {message}", self.target);
            found.push(FieldProblem::new("password", code, message));
        };
        if length < self.minimum_length {
            say(
                "password.target_too_short",
                format!("at least {} characters", self.minimum_length),
            );
        }
        if self.maximum_length > 0 && length > self.maximum_length {
            say(
                "password.target_too_long",
                format!("at most {} characters", self.maximum_length),
            );
        }
        for (wanted, have, code, what) in [
            (
                self.upper_case,
                count(char::is_uppercase),
                "password.target_upper_case",
                "upper-case letters",
            ),
            (
                self.lower_case,
                count(char::is_lowercase),
                "password.target_lower_case",
                "lower-case letters",
            ),
            (
                self.digits,
                count(char::is_numeric),
                "password.target_digits",
                "digits",
            ),
            (
                self.symbols,
                count(|c| !c.is_alphanumeric()),
                "password.target_symbols",
                "characters that are neither letters nor digits",
            ),
        ] {
            if have < wanted {
                say(code, format!("at least {wanted} {what}"));
            }
        }
        if self.ascii_only && password.chars().any(|c| !matches!(c, ' '..='~')) {
            say(
                "password.target_ascii",
                "only printable ASCII characters".to_owned(),
            );
        }
        let refused: BTreeSet<char> = password
            .chars()
            .filter(|c| {
                self.forbidden.contains(c)
                    || (!self.symbols_allowed.is_empty()
                        && !c.is_alphanumeric()
                        && !self.symbols_allowed.contains(c))
            })
            .collect();
        if !refused.is_empty() {
            let shown: String = refused.into_iter().collect();
            say(
                "password.target_characters",
                format!("without the characters {shown}"),
            );
        }
        found
    }

    /// The characters that every password for it has.
    fn demanded(&self) -> u32 {
        self.upper_case + self.lower_case + self.digits + self.symbols
    }
}

/// What is wrong with a policy and what its targets demand: errors that leave no password at all, and warnings.
///
/// The first list is of errors: no password could satisfy both (S4-44). The second is of warnings.
pub fn lint(policy: &EffectivePolicy) -> (Vec<FieldProblem>, Vec<FieldProblem>) {
    let (mut errors, mut warnings) = (Vec::new(), Vec::new());
    let rules = &policy.password;
    let minimum = if policy.factor.required {
        rules.minimum_length_with_factor
    } else {
        rules.minimum_length
    };
    let mut longest = (rules.maximum_length, "the policy".to_owned());
    let mut shortest = (minimum, "the policy".to_owned());
    let (mut ascii_only, mut forbidden) = (false, BTreeSet::new());
    for target in &policy.targets {
        let field = format!("targets.{}", target.target);
        let demanded = target.demanded();
        for wanted in [target.minimum_length, demanded] {
            if wanted > shortest.0 {
                shortest = (wanted, target.target.clone());
            }
        }
        if target.maximum_length > 0 && target.maximum_length < longest.0 {
            longest = (target.maximum_length, target.target.clone());
        }
        ascii_only |= target.ascii_only;
        forbidden.extend(target.forbidden.iter().copied());
        if target.symbols > 0
            && !target.symbols_allowed.is_empty()
            && target
                .symbols_allowed
                .iter()
                .all(|c| target.forbidden.contains(c))
        {
            let message = "demands symbols and accepts none";
            errors.push(FieldProblem::new(&field, "policy.empty", message));
        }
        if demanded > 0 {
            let message = "composition rules make passwords weaker and are for compatibility only";
            warnings.push(FieldProblem::new(&field, "policy.composition", message));
        }
        if (1..64).contains(&target.maximum_length) {
            let message = format!(
                "accepts at most {} characters; 64 is the least that should be accepted",
                target.maximum_length
            );
            warnings.push(FieldProblem::new(&field, "policy.short_maximum", message));
        }
    }
    if shortest.0 > longest.0 {
        let message = format!(
            "{} demands {} characters and {} accepts {} at most: no password satisfies both",
            shortest.1, shortest.0, longest.1, longest.0
        );
        errors.push(FieldProblem::new("password", "policy.empty", message));
    }
    for (wanted, class, what) in [
        (
            policy.targets.iter().map(|t| t.upper_case).max(),
            'A'..='Z',
            "upper-case letters",
        ),
        (
            policy.targets.iter().map(|t| t.lower_case).max(),
            'a'..='z',
            "lower-case letters",
        ),
        (policy.targets.iter().map(|t| t.digits).max(), '0'..='9', "digits"),
    ] {
        let mut class = class;
        if wanted.unwrap_or_default() > 0 && ascii_only && class.all(|c| forbidden.contains(&c)) {
            let message = format!("one target demands {what} and another one accepts none");
            errors.push(FieldProblem::new("targets", "policy.empty", message));
        }
    }
    if rules.maximum_length < 64 {
        let message = "passwords of 64 characters should be accepted";
        warnings.push(FieldProblem::new(
            "password.maximum_length",
            "policy.short_maximum",
            message,
        ));
    }
    if minimum < 8 {
        let message = "passwords below 8 characters are guessed";
        warnings.push(FieldProblem::new(
            "password.minimum_length",
            "policy.short_minimum",
            message,
        ));
    }
    if rules.maximum_age_days > 0 {
        let message = "periodic change makes people choose weaker passwords";
        warnings.push(FieldProblem::new(
            "password.maximum_age_days",
            "policy.rotation",
            message,
        ));
    }
    if !policy.initial.pattern.is_empty() {
        let message = "whoever knows the pattern knows the initial passwords";
        warnings.push(FieldProblem::new("initial.pattern", "policy.pattern", message));
    }
    if policy.lock.attempts == 0 || policy.lock.attempts > 100 {
        let message = "more than 100 attempts in a row are guessing";
        warnings.push(FieldProblem::new("lock.attempts", "policy.attempts", message));
    }
    if policy.factor.passcode_minutes > 10 {
        let message = "passcodes count for 10 minutes at most";
        errors.push(FieldProblem::new(
            "factor.passcode_minutes",
            "policy.passcode",
            message,
        ));
    }
    if policy.factor.required && policy.factor.allowed.iter().all(|name| name == "recovery_codes") {
        let message = "a second factor is required and none is allowed";
        errors.push(FieldProblem::new("factor.allowed", "policy.empty", message));
    }
    (errors, warnings)
}
