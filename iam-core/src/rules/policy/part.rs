//! The rules, each with its default and with what is the stricter of two values.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Assurance;

fn least<T: Ord>(a: T, b: T) -> T {
    a.min(b)
}

fn most<T: Ord>(a: T, b: T) -> T {
    a.max(b)
}

fn either(a: bool, b: bool) -> bool {
    a || b
}

fn both(a: bool, b: bool) -> bool {
    a && b
}

fn union(mut a: BTreeSet<String>, b: BTreeSet<String>) -> BTreeSet<String> {
    a.extend(b);
    a
}

fn common(a: BTreeSet<String>, b: BTreeSet<String>) -> BTreeSet<String> {
    a.intersection(&b).cloned().collect()
}

/// A limit where nothing at all is the laxest: the smaller number is the stricter one, and 0 means no limit.
fn least_not_zero(a: u32, b: u32) -> u32 {
    match (a, b) {
        (0, other) | (other, 0) => other,
        (a, b) => a.min(b),
    }
}

fn texts(texts: &[&str]) -> BTreeSet<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

macro_rules! parts {
    ($(
        $(#[$doc:meta])*
        $policy:ident $rules:ident {
            $($(#[$rule_doc:meta])* $rule:ident: $type:ty = $default:expr, $stricter:path;)*
        }
    )*) => {$(
        $(#[$doc])*
        ///
        /// As a policy says it: an absent rule says nothing.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(default, deny_unknown_fields)]
        pub struct $policy {
            $(
                $(#[$rule_doc])*
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $rule: Option<$type>,
            )*
        }

        $(#[$doc])*
        ///
        /// As it counts: every rule is decided.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
        pub struct $rules {
            $($(#[$rule_doc])* pub $rule: $type,)*
        }

        impl $policy {
            /// The stricter of both in every rule.
            #[must_use]
            pub fn meet(self, other: $policy) -> $policy {
                $policy {
                    $($rule: match (self.$rule, other.$rule) {
                        (Some(a), Some(b)) => Some($stricter(a, b)),
                        (one, None) | (None, one) => one,
                    },)*
                }
            }

            /// The names of the rules that differ.
            pub fn changed(&self, other: &$policy) -> Vec<&'static str> {
                let mut changed = Vec::new();
                $(if self.$rule != other.$rule { changed.push(stringify!($rule)); })*
                changed
            }

            /// The policy that says all of it.
            pub fn of(rules: $rules) -> $policy {
                $policy { $($rule: Some(rules.$rule),)* }
            }
        }

        impl Default for $rules {
            fn default() -> Self {
                $rules { $($rule: $default,)* }
            }
        }

        impl From<$policy> for $rules {
            fn from(policy: $policy) -> Self {
                $rules { $($rule: policy.$rule.unwrap_or_else(|| $default),)* }
            }
        }
    )*};
}

parts! {
    /// Passwords (S4-44 … S4-48; NIST SP 800-63B-4, 3.1.1).
    PasswordPolicy PasswordRules {
        /// Code points at least; 15.
        minimum_length: u32 = 15, most;
        /// Code points at least where a second factor is required as well; 8.
        minimum_length_with_factor: u32 = 8, most;
        /// Code points at most; 256. Below 64 the lint complains.
        maximum_length: u32 = 256, least;
        /// Whether the password as a whole is compared with the list of common passwords; yes.
        common_refused: bool = true, either;
        /// More passwords that are refused as a whole, in any letter case: those of a breach, those of the house.
        blocked: BTreeSet<String> = BTreeSet::new(), union;
        /// Words that may not make up the password, beside the names and addresses of the user: the product, the company.
        context_words: BTreeSet<String> = BTreeSet::new(), union;
        /// The least estimated strength, 0 to 4 of zxcvbn; 2.
        minimum_score: u8 = 2, most;
        /// How many of the former passwords may not come back; 0.
        history: u32 = 0, most;
        /// Hours before a user may change the password again; 0. An administrator always may.
        minimum_age_hours: u32 = 0, most;
        /// Days after which the password must be changed; 0: never (NIST: no periodic change).
        maximum_age_days: u32 = 0, least_not_zero;
        /// Whether single users may be exempt from expiry or strength (S4-47); yes.
        exemptions_allowed: bool = true, both;
        /// Whether an administrator may choose or see a password at all (X5); yes, and then it must be changed at once.
        administrator_allowed: bool = true, both;
        /// Hours for which a password that an administrator knows can be used; 72.
        administrator_hours: u32 = 72, least;
    }

    /// Initial passwords (S0-49, S0-50; OWASP ASVS 5, 6.4.1).
    InitialPolicy InitialRules {
        /// Characters of a random initial password; 20.
        length: u32 = 20, most;
        /// A pattern with attributes of the user in braces, such as `Welcome-{user_number}`; empty: random. Whoever
        /// knows the pattern knows the password, so the lint complains.
        pattern: String = String::new(), shorter;
        /// Hours for which it can be used; 72.
        valid_hours: u32 = 72, least;
        /// Whether it must be changed at the first sign-in; yes. What somebody else has seen must be in any case (X5).
        must_change: bool = true, either;
    }

    /// Locking after failed attempts (S0-38).
    LockPolicy LockRules {
        /// Failures in a row that lock; 10. 0: never.
        attempts: u32 = 10, least_not_zero;
        /// Minutes after which a row of failures is forgotten; 60.
        window_minutes: u32 = 60, most;
        /// Seconds that must pass after the third failure; doubled with each one that follows; 0: no delay.
        delay_seconds: u32 = 1, most;
        /// Minutes that the first lock lasts; doubled with each one that follows without a success between; 15. 0: until
        /// an administrator unlocks (S0-37).
        duration_minutes: u32 = 15, longer_lock;
        /// The most minutes that a lock lasts; 1440.
        maximum_minutes: u32 = 1_440, most;
    }

    /// Sessions (NIST SP 800-63B-4, 5.2).
    SessionPolicy SessionRules {
        /// Minutes without a request after which a session ends; 60.
        idle_minutes: u32 = 60, least;
        /// Minutes after which a session ends whatever happens; 1440.
        absolute_minutes: u32 = 1_440, least;
        /// Minutes for which an access token counts; 10.
        access_minutes: u32 = 10, least;
        /// Sessions at the same time; 0: any number.
        maximum: u32 = 0, least_not_zero;
        /// Minutes for which a proof counts as fresh, for what asks for a fresh one; 15.
        fresh_minutes: u32 = 15, least;
    }

    /// Second factors (S0-53, S0-54, X6).
    FactorPolicy FactorRules {
        /// Whether a second factor is required; no.
        required: bool = false, either;
        /// The types that count: `totp`, `hotp`, `recovery_codes`, `email`, `sms`, `passkey`.
        allowed: BTreeSet<String> = texts(&["totp", "hotp", "recovery_codes", "email", "sms", "passkey"]), common;
        /// The least assurance of a factor that counts; `low`.
        minimum_assurance: Assurance = Assurance::Low, most;
        /// One-time password devices of a user at most (S0-54); 5.
        device_limit: u32 = 5, least;
        /// Minutes for which an enrolment that was begun can be finished (S0-53); 1440.
        enrolment_minutes: u32 = 1_440, least;
        /// Minutes for which a passcode by e-mail or SMS counts; 10, and never more (OWASP ASVS 5, 6.5.5).
        passcode_minutes: u32 = 10, least;
        /// Wrong entries that void a passcode; 5.
        passcode_attempts: u32 = 5, least;
        /// How many recovery codes a set has; 10.
        recovery_codes: u32 = 10, least;
        /// Passkeys of a user at most; 10.
        passkey_limit: u32 = 10, least;
    }

    /// Links that are sent (S3-24, S3-55).
    LinkPolicy LinkRules {
        /// Hours for which an invitation counts; 168.
        invitation_hours: u32 = 168, least;
        /// Hours for which a link to reset the password counts; 168.
        reset_hours: u32 = 168, least;
        /// Hours for which a link to verify an address counts; 24.
        verification_hours: u32 = 24, least;
        /// Whether users may ask for a link to reset their password themselves (S1-72); yes.
        self_reset: bool = true, both;
    }
}

/// A random password is stricter than any pattern.
fn shorter(a: String, b: String) -> String {
    (a.len(), a.clone()).min((b.len(), b.clone())).1
}

/// Until an administrator unlocks is the strictest.
fn longer_lock(a: u32, b: u32) -> u32 {
    match (a, b) {
        (0, _) | (_, 0) => 0,
        (a, b) => a.max(b),
    }
}
