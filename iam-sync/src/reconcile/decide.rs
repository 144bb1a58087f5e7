//! What is to be done about one record: a pure function of what is seen.

use iam_core::{
    command::ShadowState,
    model::{EntityId, KindRules, Moment, Situation, SyncAction},
};
use serde::{Deserialize, Serialize};

use super::correlate::{Candidate, Verdict};

/// The record here, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// It lives.
    Live,
    /// It is deleted, and can be brought back.
    Deleted,
    /// It is not there.
    Gone,
}

/// What is known of the object from earlier runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The record.
    pub target: Option<EntityId>,
    /// How it stood.
    pub state: ShadowState,
    /// Whether the record is to be deleted, and after when.
    pub delete_after: Option<Moment>,
    /// Somebody decided that it is none that is here.
    pub create: bool,
}

/// Everything that is seen of one object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sight {
    /// The source has it.
    pub present: bool,
    /// It is one of those that are wanted.
    pub qualifies: bool,
    /// What is known of it.
    pub link: Option<Link>,
    /// How its record is.
    pub target: Target,
    /// Which records it may be, when it is not linked.
    pub verdict: Verdict,
    /// The one that it is, is linked to another object of this source.
    pub taken: bool,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// What was found.
    pub situation: Situation,
    /// What follows.
    pub action: SyncAction,
    /// The record that it is about.
    pub target: Option<EntityId>,
    /// A record that was deleted is brought back.
    pub revive: bool,
    /// Records that somebody has to choose from.
    pub candidates: Vec<Candidate>,
}

/// Finds the situation, and what the rules do about it.
///
/// ```
/// use iam_core::model::{KindRules, Situation, SyncAction};
/// use iam_sync::reconcile::{Sight, Target, Verdict, decide};
///
/// let stranger = Sight { present: true, qualifies: true, link: None, target: Target::Gone, verdict: Verdict::Nobody, taken: false };
/// let decision = decide(&KindRules::default(), &stranger);
/// assert_eq!((decision.situation, decision.action), (Situation::Absent, SyncAction::Create));
/// ```
pub fn decide(rules: &KindRules, sight: &Sight) -> Decision {
    let mut decision = Decision {
        situation: Situation::Ignored,
        action: SyncAction::Ignore,
        target: None,
        revive: false,
        candidates: Vec::new(),
    };
    let linked = sight.link.as_ref().and_then(|link| link.target);
    let ignored = sight
        .link
        .as_ref()
        .is_some_and(|link| link.state == ShadowState::Ignored);
    decision.target = linked;
    decision.situation = match (linked, sight.present, sight.qualifies, sight.target) {
        (Some(_), true, true, Target::Live) => Situation::Confirmed,
        // It went with its object and comes back with it: somebody is hired again.
        (Some(_), true, true, Target::Deleted)
            if sight
                .link
                .as_ref()
                .is_some_and(|link| link.state == ShadowState::Missing) =>
        {
            decision.revive = true;
            Situation::Confirmed
        }
        (Some(_), true, true, _) => Situation::TargetMissing,
        (Some(_), true, false, Target::Live) => Situation::Unqualified,
        (Some(_), true, false, _) => Situation::AllGone,
        (Some(_), false, _, Target::Live) => Situation::SourceMissing,
        (_, false, _, _) => Situation::AllGone,
        (None, true, false, _) => Situation::Ignored,
        (None, true, true, _) => match &sight.verdict {
            _ if sight.link.as_ref().is_some_and(|link| link.create) => Situation::Absent,
            Verdict::Nobody => Situation::Absent,
            Verdict::One(id) => {
                decision.target = Some(*id);
                if sight.taken {
                    Situation::FoundAlreadyLinked
                } else {
                    Situation::Found
                }
            }
            Verdict::Unclear(candidates) => {
                decision.candidates.clone_from(candidates);
                Situation::Ambiguous
            }
        },
    };
    decision.action = match ignored {
        true => SyncAction::Ignore,
        false => rules.action(decision.situation),
    };
    if decision.situation == Situation::FoundAlreadyLinked {
        decision.candidates = decision
            .target
            .take()
            .map(|id| Candidate { id, confidence: 1.0 })
            .into_iter()
            .collect();
    }
    decision
}

#[cfg(test)]
mod tests {
    use iam_core::model::{Kind, SyncAction as A};
    use uuid::Uuid;

    use super::*;

    fn user(number: u128) -> EntityId {
        EntityId::new(Kind::User, Uuid::from_u128(number))
    }

    fn link(state: ShadowState) -> Option<Link> {
        Some(Link {
            target: Some(user(1)),
            state,
            delete_after: None,
            create: false,
        })
    }

    fn sight() -> Sight {
        Sight {
            present: true,
            qualifies: true,
            link: link(ShadowState::Linked),
            target: Target::Live,
            verdict: Verdict::Nobody,
            taken: false,
        }
    }

    /// S0-19, S0-44
    #[test]
    fn every_small_world_has_its_finding() {
        let unclear = || {
            Verdict::Unclear(vec![
                Candidate {
                    id: user(2),
                    confidence: 0.5,
                },
                Candidate {
                    id: user(3),
                    confidence: 0.5,
                },
            ])
        };
        let unlinked = |verdict| Sight {
            link: None,
            verdict,
            target: Target::Gone,
            ..sight()
        };
        let golden: [(&str, Sight, Situation, A); 14] = [
            ("linked, here", sight(), Situation::Confirmed, A::Update),
            (
                "a new hire",
                unlinked(Verdict::Nobody),
                Situation::Absent,
                A::Create,
            ),
            (
                "known by hand",
                unlinked(Verdict::One(user(2))),
                Situation::Found,
                A::Update,
            ),
            (
                "two objects, one record",
                Sight {
                    taken: true,
                    ..unlinked(Verdict::One(user(2)))
                },
                Situation::FoundAlreadyLinked,
                A::Review,
            ),
            (
                "two records, one object",
                unlinked(unclear()),
                Situation::Ambiguous,
                A::Review,
            ),
            (
                "deleted here by hand",
                Sight {
                    target: Target::Deleted,
                    ..sight()
                },
                Situation::TargetMissing,
                A::Review,
            ),
            (
                "purged here",
                Sight {
                    target: Target::Gone,
                    ..sight()
                },
                Situation::TargetMissing,
                A::Review,
            ),
            (
                "left and hired again",
                Sight {
                    target: Target::Deleted,
                    link: link(ShadowState::Missing),
                    ..sight()
                },
                Situation::Confirmed,
                A::Update,
            ),
            (
                "left",
                Sight {
                    present: false,
                    ..sight()
                },
                Situation::SourceMissing,
                A::Disable,
            ),
            (
                "left, and deleted here",
                Sight {
                    present: false,
                    target: Target::Deleted,
                    ..sight()
                },
                Situation::AllGone,
                A::Unlink,
            ),
            (
                "not wanted any more",
                Sight {
                    qualifies: false,
                    ..sight()
                },
                Situation::Unqualified,
                A::Disable,
            ),
            (
                "not wanted, never here",
                Sight {
                    qualifies: false,
                    ..unlinked(Verdict::Nobody)
                },
                Situation::Ignored,
                A::Ignore,
            ),
            (
                "left alone on purpose",
                Sight {
                    link: link(ShadowState::Ignored),
                    ..sight()
                },
                Situation::Confirmed,
                A::Ignore,
            ),
            (
                "somebody said: a new one",
                Sight {
                    link: Some(Link {
                        target: None,
                        state: ShadowState::Failed,
                        delete_after: None,
                        create: true,
                    }),
                    ..unlinked(unclear())
                },
                Situation::Absent,
                A::Create,
            ),
        ];
        for (name, sight, situation, action) in golden {
            let decision = decide(&KindRules::default(), &sight);
            assert_eq!(
                (decision.situation, decision.action),
                (situation, action),
                "{name}"
            );
        }
    }

    #[test]
    fn rules_choose_among_what_is_allowed() {
        let mut rules = KindRules::default();
        rules.actions.insert(Situation::SourceMissing, A::Delete);
        rules.actions.insert(Situation::Ambiguous, A::Create);
        let left = Sight {
            present: false,
            ..sight()
        };
        assert_eq!(decide(&rules, &left).action, A::Delete);
        let unclear = Sight {
            link: None,
            verdict: Verdict::Unclear(Vec::new()),
            ..sight()
        };
        assert_eq!(
            decide(&rules, &unclear).action,
            A::Review,
            "not allowed: the default"
        );
    }
}
