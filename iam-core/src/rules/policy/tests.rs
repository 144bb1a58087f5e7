use proptest::prelude::*;

use super::*;
use crate::model::Moment;
use crate::plan::Seed;

fn policy(json: &str) -> PolicyParts {
    serde_json::from_str(json).unwrap()
}

fn id(number: u8) -> PolicyId {
    let id = Seed([number; 32]).id(crate::model::Kind::Policy, Moment::MIN, 1);
    PolicyId::try_from(id).unwrap()
}

/// S4-44
#[test]
fn the_strictest_counts_and_the_deciding_policy_is_named() {
    let realm =
        policy(r#"{"password": {"minimum_length": 12, "maximum_length": 128}, "lock": {"attempts": 20}}"#);
    let admins =
        policy(r#"{"password": {"minimum_length": 20, "blocked": ["acme"]}, "lock": {"attempts": 5}}"#);
    let lax = policy(r#"{"password": {"minimum_length": 4}, "lock": {"attempts": 0}}"#);
    let effective = EffectivePolicy::of([(id(1), realm), (id(2), admins), (id(3), lax)]);
    assert_eq!(effective.password.minimum_length, 20);
    assert_eq!(effective.password.maximum_length, 128);
    assert_eq!(effective.lock.attempts, 5);
    assert_eq!(effective.decided_by["password.minimum_length"], id(2));
    assert_eq!(effective.decided_by["password.maximum_length"], id(1));
    assert!(!effective.decided_by.contains_key("password.history"));
    assert_eq!(effective.password.history, 0);
    assert_eq!(EffectivePolicy::of([]), EffectivePolicy::default());
}

/// S4-44
#[test]
fn an_empty_intersection_is_an_error_and_composition_a_warning() {
    let parts = policy(
        r#"{"password": {"minimum_length": 12}, "targets": [
            {"target": "mainframe", "maximum_length": 8, "upper_case": 1, "ascii_only": true}
        ]}"#,
    );
    let (errors, warnings) = lint(&EffectivePolicy::of([(id(1), parts)]));
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].message.contains("mainframe"));
    let codes: Vec<&str> = warnings.iter().map(|w| w.code.as_str()).collect();
    assert_eq!(codes, ["policy.composition", "policy.short_maximum"]);
    assert_eq!(lint(&EffectivePolicy::default()), (vec![], vec![]));
}

#[test]
fn a_target_says_everything_that_it_misses() {
    let target: TargetRules = serde_json::from_str(
        r#"{"target": "erp", "minimum_length": 8, "maximum_length": 12, "upper_case": 1, "digits": 2,
            "symbols": 1, "ascii_only": true, "forbidden": ["\"", "$"]}"#,
    )
    .unwrap();
    let codes = |password: &str| {
        target
            .problems(password)
            .into_iter()
            .map(|problem| problem.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(codes("Abcdef12!"), Vec::<String>::new());
    assert_eq!(
        codes("é$"),
        [
            "password.target_too_short",
            "password.target_upper_case",
            "password.target_digits",
            "password.target_ascii",
            "password.target_characters"
        ]
    );
}

fn any_policy() -> impl Strategy<Value = PolicyParts> {
    (
        proptest::option::of(0u32..40),
        proptest::option::of(50u32..300),
        proptest::option::of(any::<bool>()),
        proptest::option::of(0u32..30),
        proptest::option::of(0u32..120),
        proptest::option::of(proptest::collection::btree_set("[a-c]", 0..3)),
    )
        .prop_map(|(minimum, maximum, common, attempts, duration, blocked)| {
            let mut parts = PolicyParts::default();
            parts.password.minimum_length = minimum;
            parts.password.maximum_length = maximum;
            parts.password.common_refused = common;
            parts.password.blocked = blocked.clone();
            parts.factor.allowed = blocked;
            parts.lock.attempts = attempts;
            parts.lock.duration_minutes = duration;
            parts
        })
}

proptest! {
    /// A lattice: the order in which policies are met, and meeting one twice, make no difference.
    #[test]
    fn meeting_is_associative_commutative_and_idempotent(a in any_policy(), b in any_policy(), c in any_policy()) {
        prop_assert_eq!(a.clone().meet(b.clone()), b.clone().meet(a.clone()));
        prop_assert_eq!(a.clone().meet(a.clone()), a.clone());
        prop_assert_eq!(a.clone().meet(b.clone()).meet(c.clone()), a.clone().meet(b.clone().meet(c.clone())));
        prop_assert_eq!(a.clone().meet(PolicyParts::default()), a);
    }
}
