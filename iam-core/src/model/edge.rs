//! Edges: who belongs to what, leads whom, holds which position.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Attributes, EntityId, Moment};

/// The meaning of an edge, read from the first end to the second. The number is stored and never reused.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Relation {
    /// A user or device belongs to an organization; the edge carries the number there (S0-27, S2-81).
    MemberOf = 1,
    /// A user, organization, position or group is in a group (S0-116, S0-117).
    InGroup = 2,
    /// A user reports to a user (S2-14); the inverse is the list of direct reports (S2-15).
    ReportsTo = 3,
    /// A user leads an organization (S0-76).
    Leads = 4,
    /// A user holds a position (S0-102).
    Holds = 5,
    /// A shared account is used by an identity (S4-56).
    UsedBy = 6,
}

impl Relation {
    /// Every relation in the order of their numbers.
    pub const ALL: &'static [Relation] = &[
        Relation::MemberOf,
        Relation::InGroup,
        Relation::ReportsTo,
        Relation::Leads,
        Relation::Holds,
        Relation::UsedBy,
    ];

    /// The relation with this stored number.
    pub fn from_code(code: u8) -> Option<Relation> {
        Relation::ALL
            .iter()
            .copied()
            .find(|relation| *relation as u8 == code)
    }

    /// The name as it is written in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Relation::MemberOf => "member_of",
            Relation::InGroup => "in_group",
            Relation::ReportsTo => "reports_to",
            Relation::Leads => "leads",
            Relation::Holds => "holds",
            Relation::UsedBy => "used_by",
        }
    }
}

/// Why an edge exists. Losing one origin leaves the others.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum EdgeOrigin {
    /// Somebody said so.
    Direct,
    /// A rule selected the first end.
    Rule,
    /// It came down the tree.
    Inherited,
    /// It was requested and approved.
    Request,
    /// An identity source said so.
    Sync,
}

impl EdgeOrigin {
    /// The bit under which the origin is stored.
    pub const fn bit(self) -> u8 {
        match self {
            EdgeOrigin::Direct => 1,
            EdgeOrigin::Rule => 2,
            EdgeOrigin::Inherited => 4,
            EdgeOrigin::Request => 8,
            EdgeOrigin::Sync => 16,
        }
    }

    /// The origins whose bits are set.
    pub fn from_bits(bits: u8) -> BTreeSet<EdgeOrigin> {
        [
            EdgeOrigin::Direct,
            EdgeOrigin::Rule,
            EdgeOrigin::Inherited,
            EdgeOrigin::Request,
            EdgeOrigin::Sync,
        ]
        .into_iter()
        .filter(|origin| bits & origin.bit() != 0)
        .collect()
    }
}

/// The half-open time `[from, until)` in which something holds; open ends allowed (S2-86).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Window {
    /// Holds from this moment on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Moment>,
    /// Holds before this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
}

impl Window {
    /// Whether the moment lies inside.
    pub fn contains(&self, now: Moment) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }

    /// Whether the window can ever hold: the start lies before the end.
    pub fn is_possible(&self) -> bool {
        match (self.from, self.until) {
            (Some(from), Some(until)) => from < until,
            _ => true,
        }
    }
}

/// What identifies an edge.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct EdgeKey {
    /// The first end.
    pub from: EntityId,
    /// The meaning.
    pub relation: Relation,
    /// The second end.
    pub to: EntityId,
}

/// A directed connection of two records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Edge {
    /// Its ends and meaning.
    #[serde(flatten)]
    pub key: EdgeKey,
    /// Why it exists; never empty.
    pub origins: BTreeSet<EdgeOrigin>,
    /// When it holds.
    #[serde(default)]
    pub window: Window,
    /// Set when a rule keeps the edge from having effect; the decision itself is kept and comes back by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended: Option<String>,
    /// More about the edge, such as the user's `number` in the organization (S0-27).
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
}

impl Edge {
    /// A direct edge without a time limit.
    pub fn direct(from: EntityId, relation: Relation, to: EntityId) -> Self {
        Edge {
            key: EdgeKey { from, relation, to },
            origins: BTreeSet::from([EdgeOrigin::Direct]),
            window: Window::default(),
            suspended: None,
            attributes: Attributes::new(),
        }
    }

    /// Whether the edge has effect at the moment, as far as it can tell by itself: both ends must live, too.
    pub fn is_in_effect(&self, now: Moment) -> bool {
        self.suspended.is_none() && self.window.contains(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// S2-86
    #[test]
    fn windows_are_half_open_and_start_before_their_end() {
        let (one, two) = (Moment::from_micros(1), Moment::from_micros(2));
        let window = Window {
            from: Some(one),
            until: Some(two),
        };
        assert!(window.contains(one) && !window.contains(two) && window.is_possible());
        assert!(
            !Window {
                from: Some(one),
                until: Some(one)
            }
            .is_possible()
        );
        assert!(
            !Window {
                from: Some(two),
                until: Some(one)
            }
            .is_possible()
        );
        assert!(
            Window::default().contains(one)
                && Window {
                    from: Some(one),
                    until: None
                }
                .contains(two)
        );
    }

    #[test]
    fn origins_survive_their_bits() {
        let all: BTreeSet<_> = EdgeOrigin::from_bits(0b1_1111);
        assert_eq!(all.len(), 5);
        assert_eq!(all.iter().fold(0, |bits, origin| bits | origin.bit()), 0b1_1111);
    }
}
