//! Which record here is the one that the source means? Rules in tiers, with confidence; where nobody can tell, somebody
//! has to look.

use std::collections::{BTreeMap, BTreeSet};

use iam_core::model::{EntityId, Tier};
use serde::{Deserialize, Serialize};

/// A record that fits, and how well.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The record.
    pub id: EntityId,
    /// Above 0, at most 1.
    pub confidence: f64,
}

/// By attribute the records that have the value that the object asks for.
pub type Evidence = BTreeMap<String, BTreeSet<EntityId>>;

/// What the tiers say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing fits.
    Nobody,
    /// It is this one.
    One(EntityId),
    /// Several fit, or none well enough; the best first.
    Unclear(Vec<Candidate>),
}

/// Asks the tiers one after the other. The confidence of a record is the sum of the weights of the tests it passes, cut
/// at 1. A tier that finds exactly one certain record is the last one; a tier in which several are certain ends the
/// search without an answer, because later tiers are weaker.
///
/// ```
/// use iam_core::model::{EntityId, Kind, Tier};
/// use iam_sync::reconcile::{Verdict, correlate};
/// use uuid::Uuid;
///
/// let ada = EntityId::new(Kind::User, Uuid::from_u128(1));
/// let tiers = [Tier::of("external_id"), Tier::of("email")];
/// let evidence = [("email".to_owned(), [ada].into())].into();
/// assert_eq!(correlate(&tiers, &evidence), Verdict::One(ada));
/// ```
pub fn correlate(tiers: &[Tier], evidence: &Evidence) -> Verdict {
    let mut unclear: BTreeMap<EntityId, f64> = BTreeMap::new();
    for tier in tiers {
        let mut confidence: BTreeMap<EntityId, f64> = BTreeMap::new();
        for correlator in &tier.correlators {
            for id in evidence.get(&correlator.attribute).into_iter().flatten() {
                let sum = confidence.entry(*id).or_default();
                *sum = (*sum + correlator.weight).min(1.0);
            }
        }
        // Sums of decimal fractions: a hair below is not below.
        let certain: Vec<EntityId> = confidence
            .iter()
            .filter(|(_, sum)| **sum > 0.0 && **sum + 1e-9 >= tier.certain)
            .map(|(id, _)| *id)
            .collect();
        if let [one] = certain.as_slice() {
            return Verdict::One(*one);
        }
        for (id, sum) in confidence.into_iter().filter(|(_, sum)| *sum > 0.0) {
            let best = unclear.entry(id).or_default();
            *best = best.max(sum);
        }
        if certain.len() > 1 {
            break;
        }
    }
    if unclear.is_empty() {
        return Verdict::Nobody;
    }
    let mut candidates: Vec<Candidate> = unclear
        .into_iter()
        .map(|(id, confidence)| Candidate { id, confidence })
        .collect();
    candidates.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.id.cmp(&b.id)));
    Verdict::Unclear(candidates)
}

#[cfg(test)]
mod tests {
    use iam_core::model::{Correlator, Kind};
    use uuid::Uuid;

    use super::*;

    fn user(number: u128) -> EntityId {
        EntityId::new(Kind::User, Uuid::from_u128(number))
    }

    fn weighted(correlators: &[(&str, f64)], certain: f64) -> Tier {
        Tier {
            correlators: correlators
                .iter()
                .map(|(attribute, weight)| Correlator {
                    attribute: (*attribute).to_owned(),
                    weight: *weight,
                })
                .collect(),
            certain,
        }
    }

    fn evidence(found: &[(&str, &[u128])]) -> Evidence {
        found
            .iter()
            .map(|(name, ids)| ((*name).to_owned(), ids.iter().map(|id| user(*id)).collect()))
            .collect()
    }

    #[test]
    fn a_certain_record_of_an_early_tier_ends_the_search() {
        let tiers = [Tier::of("user_number"), Tier::of("email")];
        let found = evidence(&[("user_number", &[1]), ("email", &[2])]);
        assert_eq!(correlate(&tiers, &found), Verdict::One(user(1)));
    }

    #[test]
    fn weights_add_up_and_what_stays_below_is_for_a_person() {
        let tier = weighted(&[("last_name", 0.3), ("first_name", 0.3), ("city", 0.4)], 0.7);
        let found = evidence(&[("last_name", &[1, 2]), ("first_name", &[1]), ("city", &[1])]);
        assert_eq!(
            correlate(std::slice::from_ref(&tier), &found),
            Verdict::One(user(1))
        );
        let found = evidence(&[("last_name", &[1, 2]), ("first_name", &[1])]);
        let Verdict::Unclear(candidates) = correlate(&[tier], &found) else {
            panic!("a person has to look");
        };
        assert_eq!(candidates[0].id, user(1));
        assert!((candidates[0].confidence - 0.6).abs() < 1e-9 && candidates.len() == 2);
    }

    #[test]
    fn two_certain_records_are_never_settled_by_a_weaker_tier() {
        let tiers = [Tier::of("last_name"), Tier::of("city")];
        let found = evidence(&[("last_name", &[1, 2]), ("city", &[2])]);
        assert!(matches!(correlate(&tiers, &found), Verdict::Unclear(_)));
        assert_eq!(correlate(&tiers, &Evidence::new()), Verdict::Nobody);
    }
}
