//! Edges: who belongs to what, leads whom, holds which position.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Attributes, EntityId, Kind, Moment};

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
    /// A user, device, group, organization, position or user type holds a role (S2-16, S2-18). Attributes: `inherit`
    /// (organizations: also everything below), `within` (acts on these organizations and what is below them only),
    /// `time_zone`.
    HasRole = 7,
    /// A role contains another: who holds the first holds the second. Never a circle.
    IncludesRole = 8,
    /// An external role carries an assignment (S2-24, S2-57).
    Carries = 9,
    /// A user owns an organization with everything below it (S2-67).
    Owns = 10,
    /// A user administers an organization with everything below it (S2-75, S2-76).
    Administers = 11,
    /// A user stands in for another user for a time. Attribute `roles`: with these roles only.
    Deputizes = 12,
    /// While somebody holds the first role, the second is not in effect for them. Directed; nothing is destroyed.
    Excludes = 13,
    /// The first role may be given only to somebody who holds the second.
    Requires = 14,
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
        Relation::HasRole,
        Relation::IncludesRole,
        Relation::Carries,
        Relation::Owns,
        Relation::Administers,
        Relation::Deputizes,
        Relation::Excludes,
        Relation::Requires,
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
            Relation::HasRole => "has_role",
            Relation::IncludesRole => "includes_role",
            Relation::Carries => "carries",
            Relation::Owns => "owns",
            Relation::Administers => "administers",
            Relation::Deputizes => "deputizes",
            Relation::Excludes => "excludes",
            Relation::Requires => "requires",
        }
    }

    /// The kinds at which an edge of the relation may start.
    pub const fn first(self) -> &'static [Kind] {
        match self {
            Relation::MemberOf => &[Kind::User, Kind::Device],
            Relation::InGroup => &[Kind::User, Kind::Organization, Kind::Position, Kind::Group],
            Relation::HasRole => &[
                Kind::User,
                Kind::Device,
                Kind::Group,
                Kind::Organization,
                Kind::Position,
                Kind::UserType,
            ],
            Relation::ReportsTo
            | Relation::Leads
            | Relation::Holds
            | Relation::UsedBy
            | Relation::Owns
            | Relation::Administers
            | Relation::Deputizes => &[Kind::User],
            Relation::IncludesRole | Relation::Carries | Relation::Excludes | Relation::Requires => {
                &[Kind::Role]
            }
        }
    }

    /// The kind at which an edge of the relation ends.
    pub const fn second(self) -> Kind {
        match self {
            Relation::MemberOf | Relation::Leads | Relation::Owns | Relation::Administers => {
                Kind::Organization
            }
            Relation::InGroup => Kind::Group,
            Relation::ReportsTo | Relation::UsedBy | Relation::Deputizes => Kind::User,
            Relation::Holds => Kind::Position,
            Relation::HasRole | Relation::IncludesRole | Relation::Excludes | Relation::Requires => {
                Kind::Role
            }
            Relation::Carries => Kind::Assignment,
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
