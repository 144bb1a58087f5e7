//! Whether a password is good enough, and why not: every reason at once, none of them after the first alone.

use unicode_normalization::UnicodeNormalization;
use zxcvbn::matching::patterns::MatchPattern;

use super::policy::{EffectivePolicy, PasswordRules};
use crate::{
    model::{Moment, Record, Value, fold},
    wire::FieldProblem,
};

/// Attributes of a user that attackers know, too.
const CONTEXT: [&str; 12] = [
    "user_name",
    "email",
    "first_name",
    "last_name",
    "display_name",
    "phone",
    "user_number",
    "date_of_birth",
    "city",
    "street",
    "department",
    "job",
];

/// From what a user is exempt (S4-47).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Exemption {
    /// From nothing.
    #[default]
    None,
    /// The password never expires.
    Expiry,
    /// Weak passwords are allowed.
    Strength,
    /// No restrictions.
    Everything,
}

impl Exemption {
    /// The name as it is stored; `None` for no exemption.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Exemption::None => None,
            Exemption::Expiry => Some("expiry"),
            Exemption::Strength => Some("strength"),
            Exemption::Everything => Some("everything"),
        }
    }

    /// The exemption that a password's record has, as far as the policy allows any.
    pub fn of(record: &Record, rules: &PasswordRules) -> Exemption {
        match record.text("exemption") {
            _ if !rules.exemptions_allowed => Exemption::None,
            "expiry" => Exemption::Expiry,
            "strength" => Exemption::Strength,
            "everything" => Exemption::Everything,
            _ => Exemption::None,
        }
    }

    fn spares_strength(self) -> bool {
        matches!(self, Exemption::Strength | Exemption::Everything)
    }

    fn spares_expiry(self) -> bool {
        matches!(self, Exemption::Expiry | Exemption::Everything)
    }
}

/// Whether a password may be used to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usability {
    /// It may.
    Usable,
    /// It opens the door to changing it, and to nothing else (S4-46).
    MustChange,
    /// It was given by an administrator and was not used in time: it counts for nothing any more (X5).
    Expired,
}

/// Whether the password in a record may be used at a moment.
pub fn usability(record: &Record, rules: &PasswordRules, now: Moment) -> Usability {
    if record.moment("expires_at").is_some_and(|until| until <= now) {
        return Usability::Expired;
    }
    let old = rules.maximum_age_days > 0
        && !Exemption::of(record, rules).spares_expiry()
        && record
            .moment("set_at")
            .is_none_or(|set| set.plus_days(rules.maximum_age_days.into()) <= now);
    if record.flag("must_change") || old {
        Usability::MustChange
    } else {
        Usability::Usable
    }
}

/// The words about a user that do not make a password: names, addresses, numbers, and their parts.
pub fn context_of(user: &Record, rules: &PasswordRules) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let values = CONTEXT.iter().map(|name| user.text(name));
    for text in values.chain(rules.context_words.iter().map(String::as_str)) {
        let folded = fold(text).into_owned();
        words.extend(
            folded
                .split(|c: char| !c.is_alphanumeric())
                .filter(|part| part.chars().count() >= 3)
                .map(str::to_owned),
        );
        words.push(folded);
    }
    words.retain(|word| word.chars().count() >= 3);
    words.sort();
    words.dedup();
    words
}

fn problem(code: &str, message: impl Into<String>) -> FieldProblem {
    FieldProblem::new("password", code, message)
}

/// Every reason why a password may not be set. Empty: it may.
///
/// The length counts code points after normalization (NIST SP 800-63B-4, 3.1.1.2). What was used before is not looked at
/// here.
pub fn problems(
    password: &str,
    policy: &EffectivePolicy,
    context: &[String],
    exemption: Exemption,
) -> Vec<FieldProblem> {
    let rules = &policy.password;
    let mut found = Vec::new();
    let normalized: zeroize::Zeroizing<String> = zeroize::Zeroizing::new(password.nfkc().collect());
    let length = u32::try_from(normalized.chars().count()).unwrap_or(u32::MAX);
    if length == 0 {
        return vec![problem("password.too_short", "must not be empty")];
    }
    if length > rules.maximum_length.min(4_096) {
        let message = format!(
            "has {length} characters; at most {} are accepted",
            rules.maximum_length
        );
        // Nothing else is computed for it.
        return vec![problem("password.too_long", message)];
    }
    if normalized.chars().any(char::is_control) {
        found.push(problem("password.control", "contains a control character"));
    }
    if !exemption.spares_strength() {
        let minimum = if policy.factor.required {
            rules.minimum_length_with_factor
        } else {
            rules.minimum_length
        };
        if length < minimum {
            let message = format!(
                "has {length} characters; at least {minimum} are required. A few words in a row will do"
            );
            found.push(problem("password.too_short", message));
        }
        found.extend(guessable(&normalized, rules, context));
    }
    for target in &policy.targets {
        found.extend(target.problems(password));
    }
    found
}

/// What makes a password easy to guess.
fn guessable(password: &str, rules: &PasswordRules, context: &[String]) -> Vec<FieldProblem> {
    let folded = fold(password);
    if rules.blocked.iter().any(|blocked| fold(blocked) == folded) {
        return vec![problem(
            "password.blocked",
            "is on this realm's list of refused passwords",
        )];
    }
    // What remains when all that an attacker knows is taken away.
    let mut rest = folded.clone().into_owned();
    let mut longest: Vec<&String> = context.iter().collect();
    longest.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in longest {
        rest = rest.replace(word.as_str(), "");
    }
    let own = rest.chars().filter(|c| c.is_alphanumeric()).count();
    if rest.len() < folded.len() && own < 5 {
        let message = "consists of names, addresses or words that are known to everybody who knows the user or this service";
        return vec![problem("password.context", message)];
    }
    let words: Vec<&str> = context.iter().map(String::as_str).collect();
    let estimate = zxcvbn::zxcvbn(password, &words);
    if rules.common_refused
        && let [only] = estimate.sequence()
        && let MatchPattern::Dictionary(known) = &only.pattern
        // The crate keeps the name of the list to itself, but for its debug form.
        && format!("{:?}", known.dictionary_name) == "Passwords"
    {
        let message = format!(
            "is number {} on the list of the most common passwords",
            known.rank
        );
        return vec![problem("password.common", message)];
    }
    let score = u8::from(estimate.score());
    if score < rules.minimum_score {
        let mut message = format!(
            "is easy to guess (strength {score} of 4; {} required)",
            rules.minimum_score
        );
        if let Some(feedback) = estimate.feedback() {
            if let Some(warning) = feedback.warning() {
                message.push_str(&format!(". {warning}"));
            }
            if let Some(suggestion) = feedback.suggestions().first() {
                message.push_str(&format!(" {suggestion}"));
            }
        }
        return vec![problem("password.weak", message)];
    }
    Vec::new()
}

/// The hours since a moment are fewer than asked for.
pub(crate) fn too_young(record: &Record, hours: u32, now: Moment) -> bool {
    hours > 0
        && record
            .moment("set_at")
            .is_some_and(|set| now < set.plus_seconds(i64::from(hours) * 3_600))
}

/// A random password that people can type: letters and digits that cannot be mistaken for each other, in groups.
pub(crate) fn random(length: u32, mut draw: impl FnMut() -> [u8; 32]) -> String {
    const LETTERS: &[u8; 54] = b"ABCDEFGHJKLMNPQRTUVWXYabcdefghijkmnopqrstuvwxyz2346789";
    let mut text = String::new();
    while text.chars().count() < length as usize {
        for byte in draw() {
            // 54 * 4 = 216: above, the first letters would come up more often.
            if byte < 216
                && let Some(letter) = LETTERS.get(usize::from(byte % 54))
            {
                text.push(char::from(*letter));
            }
            if text.len() == length as usize {
                break;
            }
        }
    }
    text
}

/// Fills a pattern such as `Welcome-{user_number}` with attributes of the user; `None` when one is not set.
pub(crate) fn from_pattern(pattern: &str, user: &Record) -> Option<String> {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        text.push_str(before);
        text.push_str(user.value(name).and_then(Value::as_text)?);
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{EntityId, Kind},
        rules::policy::PolicyParts,
    };

    fn user() -> Record {
        let mut record = Record::new(EntityId::new(Kind::User, uuid::Uuid::nil()));
        record.set("user_name", Some("ada.lovelace".into()));
        record.set("email", Some("ada@analytical.example".into()));
        record
    }

    fn codes(password: &str, json: &str) -> Vec<String> {
        let parts: PolicyParts = serde_json::from_str(json).unwrap();
        let policy = EffectivePolicy::of([(crate::model::PolicyId(uuid::Uuid::nil()), parts)]);
        let context = context_of(&user(), &policy.password);
        problems(password, &policy, &context, Exemption::None)
            .into_iter()
            .map(|problem| problem.code)
            .collect()
    }

    /// S4-44
    #[test]
    fn the_default_is_that_of_nist() {
        for (password, expected) in [
            ("wandering teapot over zinc", vec![]),
            ("quel été à la mer tranquille", vec![]),
            ("слон гуляет под дождём вечером", vec![]),
            ("short but ok", vec!["password.too_short"]),
            ("", vec!["password.too_short"]),
            ("aaaaaaaaaaaaaaaaaaaa", vec!["password.weak"]),
            ("ada.lovelace@analytical", vec!["password.context"]),
            ("Lovelace-Ada-2026!", vec!["password.context"]),
            ("wandering teapot\u{0}over zinc", vec!["password.control"]),
        ] {
            assert_eq!(codes(password, "{}"), expected, "{password}");
        }
        assert_eq!(codes(&"x".repeat(257), "{}"), ["password.too_long"]);
    }

    #[test]
    fn the_whole_password_is_compared_with_the_lists() {
        let short =
            r#"{"password": {"minimum_length": 6, "minimum_score": 0, "blocked": ["Acme-Winter-2026"]}}"#;
        assert_eq!(codes("password1", short), ["password.common"]);
        assert_eq!(codes("password1 and the sea", short), Vec::<String>::new());
        assert_eq!(codes("acme-winter-2026", short), ["password.blocked"]);
        assert_eq!(codes("acme-winter-2026!", short), Vec::<String>::new());
        let lax = r#"{"password": {"minimum_length": 6, "minimum_score": 0, "common_refused": false}}"#;
        assert_eq!(codes("password1", lax), Vec::<String>::new());
    }

    #[test]
    fn the_reason_is_said() {
        let policy = EffectivePolicy::default();
        let found = problems("qwertyuiopasdfghjkl", &policy, &[], Exemption::None);
        assert!(found[0].message.contains("strength"), "{found:?}");
    }

    /// S4-47
    #[test]
    fn exemptions_count_as_far_as_the_policy_allows() {
        let mut record = Record::new(EntityId::new(Kind::Credential, uuid::Uuid::nil()));
        record.set("exemption", Some("expiry".into()));
        let set = Moment::from_micros(0);
        record.set("set_at", Some(set.into()));
        let mut rules = PasswordRules {
            maximum_age_days: 90,
            ..PasswordRules::default()
        };
        let later = set.plus_days(91);
        assert_eq!(usability(&record, &rules, later), Usability::Usable);
        rules.exemptions_allowed = false;
        assert_eq!(usability(&record, &rules, later), Usability::MustChange);
        assert_eq!(usability(&record, &rules, set.plus_days(89)), Usability::Usable);
        let policy = EffectivePolicy::default();
        assert!(problems("a", &policy, &[], Exemption::Strength).is_empty());
        assert!(!problems("", &policy, &[], Exemption::Everything).is_empty());
    }

    /// X5
    #[test]
    fn what_an_administrator_knows_expires() {
        let mut record = Record::new(EntityId::new(Kind::Credential, uuid::Uuid::nil()));
        record.set("must_change", Some(true.into()));
        record.set("expires_at", Some(Moment::from_micros(10).into()));
        let rules = PasswordRules::default();
        assert_eq!(
            usability(&record, &rules, Moment::from_micros(9)),
            Usability::MustChange
        );
        assert_eq!(
            usability(&record, &rules, Moment::from_micros(10)),
            Usability::Expired
        );
    }

    #[test]
    fn random_passwords_have_their_length_and_no_letters_to_be_mistaken() {
        let mut number = 0u8;
        let text = random(40, || {
            number += 1;
            [number.wrapping_mul(37); 32]
        });
        assert_eq!(text.len(), 40);
        assert!(!text.contains(['0', 'O', '1', 'l', 'I', 'S', '5']));
        let mut user = user();
        user.set("user_number", Some("4711".into()));
        assert_eq!(
            from_pattern("Hi-{user_number}!", &user).as_deref(),
            Some("Hi-4711!")
        );
        assert_eq!(from_pattern("{city}", &user), None);
    }
}
