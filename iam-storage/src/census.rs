//! How many belong to each part of the organization tree: a number that is there, whatever the number is.
//!
//! The organizations stand in a row in which everything below one follows it directly, so a part of the tree is an
//! interval, and a prefix sum over the row answers for it. Whoever is a member of one organization counts there. Whoever
//! is a member of several counts at each of them and is taken off once where two neighbours in the row meet above: so
//! each counts once for every part of the tree, however many of their organizations lie in it. Memberships that begin
//! or end are looked at again when the clock passes the moment.
//!
//! Nothing here knows a database: what is told are whole states (“these are the memberships of this member now”), so
//! being told the same twice does no harm.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use uuid::Uuid;

/// The number of an organization in here.
type Place = u32;

/// A membership that is in effect from a moment until another one, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Membership {
    /// The organization.
    pub(crate) organization: Uuid,
    /// In effect from then on.
    pub(crate) from: i64,
    /// Not any more from then on.
    pub(crate) until: i64,
}

impl Membership {
    fn is_unlimited(&self) -> bool {
        self.from == i64::MIN && self.until == i64::MAX
    }
}

/// So many members with several memberships are looked at for one count of several parts.
const LOOKED_AT: usize = 50_000;

/// Parts of the tree of which none lies in another one: intervals of the row, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parts(Vec<(u32, u32)>);

impl Parts {
    /// The number of the part in which a place of the row lies.
    fn of(&self, place: u32) -> Option<usize> {
        let after = self.0.partition_point(|(from, _)| *from <= place);
        let part = after.checked_sub(1)?;
        self.0
            .get(part)
            .is_some_and(|(_, to)| place < *to)
            .then_some(part)
    }
}

#[derive(Debug, Clone, Copy)]
struct Node {
    /// There is such a record, be it deleted.
    exists: bool,
    /// It is not deleted: memberships of it count.
    live: bool,
    parent: Option<Place>,
    /// Where the node stands in the row, and where what is below it ends.
    enter: u32,
    leave: u32,
    depth: u32,
}

/// A member with several memberships, or with one that is limited in time.
#[derive(Debug, Default)]
struct Special {
    memberships: Vec<(Place, i64, i64)>,
    /// Where the member counts at present, in the order of the row.
    counted: Vec<Place>,
}

/// The members of one kind.
#[derive(Debug, Default)]
pub(crate) struct Census {
    nodes: Vec<Node>,
    places: HashMap<Uuid, Place>,
    /// The plain members, with their slot in the list of the organization.
    plain: HashMap<Uuid, (Place, u32)>,
    /// The plain members of each organization.
    members: Vec<Vec<Uuid>>,
    special: HashMap<Uuid, Special>,
    /// When memberships begin or end, later than the time that is counted for.
    turns: BTreeSet<(i64, Uuid)>,
    /// The times for which the numbers are right: from here …
    since: i64,
    /// The organizations in the order of the row.
    row: Vec<Place>,
    /// Sums over the row, as a binary indexed tree.
    sums: Vec<i64>,
    /// Whether row and sums fit the tree.
    arranged: bool,
    /// Whether every organization has a place in the row; not so where damaged data make a circle.
    whole: bool,
}

impl Census {
    /// Nobody and nothing.
    pub(crate) fn new() -> Census {
        Census {
            since: i64::MIN,
            ..Census::default()
        }
    }

    fn place(&mut self, id: Uuid) -> Place {
        if let Some(place) = self.places.get(&id) {
            return *place;
        }
        let place = Place::try_from(self.nodes.len()).unwrap_or(Place::MAX);
        self.members.push(Vec::new());
        self.nodes.push(Node {
            exists: false,
            live: false,
            parent: None,
            enter: 0,
            leave: 0,
            depth: 0,
        });
        self.places.insert(id, place);
        self.arranged = false;
        place
    }

    fn node(&self, place: Place) -> Option<&Node> {
        self.nodes.get(place as usize)
    }

    /// The state of an organization: what lies above it, and whether it is live; `None` when there is none.
    pub(crate) fn organization(&mut self, id: Uuid, state: Option<(Option<Uuid>, bool)>) {
        let parent = state.and_then(|(parent, _)| parent).map(|id| self.place(id));
        let place = self.place(id);
        let Some(node) = self.nodes.get_mut(place as usize) else {
            return;
        };
        let (exists, live) = (state.is_some(), state.is_some_and(|(_, live)| live));
        if (node.exists, node.live, node.parent) != (exists, live, parent) {
            node.exists = exists;
            node.live = live;
            node.parent = parent;
            self.arranged = false;
        }
    }

    /// The memberships of a member: those that are not suspended; none of one that is deleted.
    pub(crate) fn member(&mut self, id: Uuid, memberships: &[Membership], now: i64) {
        self.forget(id);
        match memberships {
            [] => {}
            [only] if only.is_unlimited() => {
                let place = self.place(only.organization);
                if let Some(members) = self.members.get_mut(place as usize) {
                    let slot = u32::try_from(members.len()).unwrap_or(u32::MAX);
                    members.push(id);
                    self.plain.insert(id, (place, slot));
                    self.add_plain(place, 1);
                }
            }
            several => {
                let memberships = several
                    .iter()
                    .map(|one| (self.place(one.organization), one.from, one.until))
                    .collect();
                let special = Special {
                    memberships,
                    counted: Vec::new(),
                };
                self.special.insert(id, special);
                self.count(id, now);
            }
        }
    }

    fn forget(&mut self, id: Uuid) {
        if let Some((place, slot)) = self.plain.remove(&id) {
            if let Some(members) = self.members.get_mut(place as usize) {
                members.swap_remove(slot as usize);
                let moved = members.get(slot as usize);
                if let Some(moved) = moved.and_then(|moved| self.plain.get_mut(moved)) {
                    moved.1 = slot;
                }
            }
            self.add_plain(place, -1);
        }
        if let Some(special) = self.special.remove(&id) {
            self.tally(&special.counted, -1);
            for (_, from, until) in special.memberships {
                self.turns.remove(&(from, id));
                self.turns.remove(&(until, id));
            }
        }
    }

    fn add_plain(&mut self, place: Place, change: i64) {
        if let Some(node) = self.node(place)
            && node.live
            && self.arranged
        {
            self.add(node.enter, change);
        }
    }

    /// Counts a special member anew for a time.
    fn count(&mut self, id: Uuid, now: i64) {
        let Some(mut special) = self.special.remove(&id) else {
            return;
        };
        self.tally(&special.counted, -1);
        special.counted.clear();
        for (place, from, until) in &special.memberships {
            for turn in [*from, *until] {
                if turn > now && turn < i64::MAX {
                    self.turns.insert((turn, id));
                } else if turn <= now {
                    self.since = self.since.max(turn);
                }
            }
            if *from <= now && now < *until && self.node(*place).is_some_and(|node| node.live) {
                special.counted.push(*place);
            }
        }
        let enter = |place: &Place| self.node(*place).map_or(0, |node| node.enter);
        special.counted.sort_unstable_by_key(enter);
        special.counted.dedup();
        self.tally(&special.counted, 1);
        self.special.insert(id, special);
    }

    /// Adds or takes off one member that counts at these places.
    fn tally(&mut self, counted: &[Place], change: i64) {
        if !self.arranged {
            return;
        }
        for (number, place) in counted.iter().enumerate() {
            if let Some(node) = self.node(*place) {
                self.add(node.enter, change);
            }
            let before = number.checked_sub(1).and_then(|before| counted.get(before));
            if let Some(above) = before.and_then(|before| self.meeting(*before, *place))
                && let Some(node) = self.node(above)
            {
                self.add(node.enter, -change);
            }
        }
    }

    /// The lowest place at or above both.
    fn meeting(&self, one: Place, two: Place) -> Option<Place> {
        let (mut one, mut two) = (one, two);
        while one != two {
            let (first, second) = (self.node(one)?, self.node(two)?);
            if first.depth >= second.depth {
                one = first.parent?;
            } else {
                two = second.parent?;
            }
        }
        Some(one)
    }

    fn add(&mut self, enter: u32, change: i64) {
        let mut slot = enter as usize + 1;
        while let Some(sum) = self.sums.get_mut(slot) {
            *sum += change;
            slot += slot & slot.wrapping_neg();
        }
    }

    /// The sum of the first places of the row.
    fn sum(&self, places: u32) -> i64 {
        let mut slot = places as usize;
        let mut sum = 0;
        while slot > 0 {
            sum += self.sums.get(slot).copied().unwrap_or_default();
            slot &= slot - 1;
        }
        sum
    }

    /// Whether the numbers are right for a time; else [`Census::arrange`] has to be called, and may help.
    pub(crate) fn is_ready(&self, now: i64) -> bool {
        self.arranged && self.since <= now && self.turns.first().is_none_or(|(turn, _)| now < *turn)
    }

    /// Brings row and sums up to the tree and to a time. It goes forward only: for a time before the last turn the
    /// numbers are not right any more.
    pub(crate) fn arrange(&mut self, now: i64) {
        let mut due = Vec::new();
        while let Some((turn, id)) = self.turns.first().copied()
            && turn <= now
        {
            self.turns.pop_first();
            self.since = self.since.max(turn);
            due.push(id);
        }
        if self.arranged {
            for id in due {
                self.count(id, now);
            }
            return;
        }
        self.stand_in_row();
        self.sums = vec![0; self.nodes.len() + 1];
        self.arranged = true;
        for place in 0..self.nodes.len() {
            if let (Some(node), Some(members)) = (self.nodes.get(place), self.members.get(place))
                && node.live
                && !members.is_empty()
            {
                self.add(node.enter, members.len() as i64);
            }
        }
        let special: Vec<Uuid> = self.special.keys().copied().collect();
        for id in special {
            if let Some(special) = self.special.get_mut(&id) {
                special.counted.clear();
            }
            self.count(id, now);
        }
    }

    fn stand_in_row(&mut self) {
        let mut children: Vec<Vec<Place>> = vec![Vec::new(); self.nodes.len()];
        let mut open: Vec<(Place, u32, bool)> = Vec::new();
        for (place, node) in (0..).zip(&self.nodes) {
            match node.parent.and_then(|parent| children.get_mut(parent as usize)) {
                Some(siblings) => siblings.push(place),
                None => open.push((place, 0, false)),
            }
        }
        let mut next = 0;
        self.row.clear();
        while let Some((place, depth, done)) = open.pop() {
            let Some(node) = self.nodes.get_mut(place as usize) else {
                continue;
            };
            if done {
                node.leave = next;
                continue;
            }
            node.enter = next;
            node.depth = depth;
            next += 1;
            self.row.push(place);
            open.push((place, depth, true));
            let below = children.get(place as usize).into_iter().flatten();
            open.extend(below.map(|child| (*child, depth + 1, false)));
        }
        self.whole = next as usize == self.nodes.len();
    }

    /// How many different members belong to an organization or to one below it; `None` when that is not known for this
    /// time.
    pub(crate) fn below(&self, organization: Uuid, now: i64) -> Option<u64> {
        if !self.is_ready(now) || !self.whole {
            return None;
        }
        let node = self.places.get(&organization).and_then(|place| self.node(*place));
        let Some(node) = node.filter(|node| node.exists) else {
            return Some(0);
        };
        self.between(node.enter, node.leave)
    }

    fn between(&self, enter: u32, leave: u32) -> Option<u64> {
        u64::try_from(self.sum(leave) - self.sum(enter)).ok()
    }

    /// The parts of the tree at and below some organizations; `None` when that is not known for this time. They hold
    /// until anything is told.
    pub(crate) fn parts(&self, organizations: &[Uuid], now: i64) -> Option<Parts> {
        if !self.is_ready(now) || !self.whole {
            return None;
        }
        let node = |id: &Uuid| self.places.get(id).and_then(|place| self.node(*place));
        let there = organizations.iter().filter_map(node).filter(|node| node.exists);
        let mut parts: Vec<_> = there.map(|node| (node.enter, node.leave)).collect();
        parts.sort_unstable();
        // Two parts lie apart or one lies in the other, which comes first.
        let mut end = 0;
        parts.retain(|(enter, leave)| {
            let apart = *enter >= end;
            end = end.max(*leave);
            apart
        });
        Some(Parts(parts))
    }

    /// How many different members belong to any of the parts; `None` when too many would have to be looked at.
    pub(crate) fn number(&self, parts: &Parts) -> Option<u64> {
        let mut number = 0;
        for (enter, leave) in &parts.0 {
            number += self.between(*enter, *leave)?;
        }
        if parts.0.len() < 2 {
            return Some(number);
        }
        if self.special.len() > LOOKED_AT {
            return None;
        }
        // Who belongs to several parts was counted in each.
        for special in self.special.values() {
            let mut last = None;
            for part in special
                .counted
                .iter()
                .filter_map(|place| self.part(*place, parts))
            {
                number -= u64::from(last.is_some_and(|last| last != part));
                last = Some(part);
            }
        }
        Some(number)
    }

    fn part(&self, place: Place, parts: &Parts) -> Option<usize> {
        self.node(place).and_then(|node| parts.of(node.enter))
    }

    /// Whether a member belongs to any of the parts.
    pub(crate) fn is_in(&self, member: Uuid, parts: &Parts) -> bool {
        if let Some((place, _)) = self.plain.get(&member) {
            return self
                .node(*place)
                .is_some_and(|node| node.live && parts.of(node.enter).is_some());
        }
        self.special.get(&member).is_some_and(|special| {
            special
                .counted
                .iter()
                .any(|place| self.part(*place, parts).is_some())
        })
    }

    /// Everybody who belongs to any of the parts, in no order.
    pub(crate) fn list(&self, parts: &Parts) -> Vec<Uuid> {
        let mut found = Vec::new();
        for (enter, leave) in &parts.0 {
            let row = self.row.get(*enter as usize..*leave as usize);
            for place in row.into_iter().flatten() {
                if self.node(*place).is_some_and(|node| node.live) {
                    found.extend(self.members.get(*place as usize).into_iter().flatten());
                }
            }
        }
        let special = self.special.iter().filter(|(_, special)| {
            let mut places = special.counted.iter();
            places.any(|place| self.part(*place, parts).is_some())
        });
        found.extend(special.map(|(id, _)| *id));
        found
    }

    /// How many members there are, wherever.
    pub(crate) fn size(&self) -> usize {
        self.plain.len() + self.special.len()
    }
}

/// Groups memberships that come in the order of their members.
#[derive(Debug, Default)]
pub(crate) struct Memberships(BTreeMap<Uuid, Vec<Membership>>);

impl Memberships {
    /// Members that may have none.
    pub(crate) fn of(members: impl IntoIterator<Item = Uuid>) -> Memberships {
        Memberships(members.into_iter().map(|id| (id, Vec::new())).collect())
    }

    /// Notes a membership.
    pub(crate) fn add(&mut self, member: Uuid, membership: Membership) {
        self.0.entry(member).or_default().push(membership);
    }

    /// Tells them, the last member's too when nothing of it can follow; else that one is kept.
    pub(crate) fn tell(&mut self, census: &mut Census, now: i64, complete: bool) {
        let last = match complete {
            true => None,
            false => self.0.pop_last(),
        };
        for (id, memberships) in std::mem::take(&mut self.0) {
            census.member(id, &memberships, now);
        }
        self.0.extend(last);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn id(number: u8) -> Uuid {
        Uuid::from_u128(u128::from(number) + 1)
    }

    /// What the numbers are made of, and the plain way to count.
    #[derive(Debug, Default)]
    struct Twin {
        organizations: BTreeMap<Uuid, (Option<Uuid>, bool)>,
        members: BTreeMap<Uuid, Vec<Membership>>,
    }

    impl Twin {
        fn is_below(&self, node: Uuid, top: Uuid) -> bool {
            let mut at = Some(node);
            let mut steps = 0;
            while let Some(id) = at {
                if id == top {
                    return true;
                }
                steps += 1;
                if steps > 300 {
                    return false;
                }
                at = self.organizations.get(&id).and_then(|(parent, _)| *parent);
            }
            false
        }

        fn below(&self, top: Uuid, now: i64) -> u64 {
            self.list(&[top], now).len() as u64
        }

        /// Everybody at or below some organizations.
        fn list(&self, tops: &[Uuid], now: i64) -> Vec<Uuid> {
            let counts = |one: &Membership| {
                one.from <= now
                    && now < one.until
                    && self
                        .organizations
                        .get(&one.organization)
                        .is_some_and(|(_, live)| *live)
                    && tops.iter().any(|top| {
                        self.organizations.contains_key(top) && self.is_below(one.organization, *top)
                    })
            };
            let inside = self.members.iter().filter(|(_, all)| all.iter().any(counts));
            inside.map(|(id, _)| *id).collect()
        }
    }

    #[derive(Debug, Clone)]
    enum Step {
        Organization(u8, Option<u8>, bool),
        Gone(u8),
        Member(u8, Vec<(u8, Option<u8>, Option<u8>)>),
        Later(u8),
        Ask,
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let organization = || 0..12_u8;
        let membership = (
            organization(),
            proptest::option::weighted(0.2, 0..40_u8),
            proptest::option::weighted(0.2, 0..40_u8),
        );
        let step = prop_oneof![
            3 => (organization(), proptest::option::weighted(0.8, organization()), prop::bool::weighted(0.8))
                .prop_map(|(node, parent, live)| Step::Organization(node, parent, live)),
            1 => organization().prop_map(Step::Gone),
            5 => (0..30_u8, proptest::collection::vec(membership, 0..4))
                .prop_map(|(member, all)| Step::Member(member, all)),
            1 => (1..6_u8).prop_map(Step::Later),
            2 => Just(Step::Ask),
        ];
        proptest::collection::vec(step, 1..80)
    }

    proptest! {
        /// The naive twin: walk through all members and look whether one of their organizations lies below.
        #[test]
        fn counts_as_its_twin(steps in steps()) {
            let (mut census, mut twin, mut now) = (Census::new(), Twin::default(), 0_i64);
            for step in steps {
                match step {
                    Step::Organization(node, parent, live) => {
                        let parent = parent.map(id).filter(|parent| !twin.is_below(*parent, id(node)));
                        twin.organizations.insert(id(node), (parent, live));
                        census.organization(id(node), Some((parent, live)));
                    }
                    Step::Gone(node) => {
                        // Whatever was below it is told with it, as a commit would.
                        twin.organizations.remove(&id(node));
                        census.organization(id(node), None);
                        let orphans: Vec<Uuid> = twin.organizations.iter()
                            .filter(|(_, (parent, _))| *parent == Some(id(node))).map(|(id, _)| *id).collect();
                        for orphan in orphans {
                            if let Some(state) = twin.organizations.get_mut(&orphan) {
                                state.0 = None;
                                census.organization(orphan, Some(*state));
                            }
                        }
                    }
                    Step::Member(member, all) => {
                        let member = Uuid::from_u128(1_000 + u128::from(member));
                        let mut all: Vec<Membership> = all.into_iter().map(|(node, from, until)| Membership {
                            organization: id(node),
                            from: from.map_or(i64::MIN, i64::from),
                            until: until.map_or(i64::MAX, i64::from),
                        }).collect();
                        all.sort_by_key(|one| one.organization);
                        all.dedup_by_key(|one| one.organization);
                        census.member(member, &all, now);
                        twin.members.insert(member, all);
                    }
                    Step::Later(time) => now += i64::from(time),
                    Step::Ask => {}
                }
                if !census.is_ready(now) {
                    census.arrange(now);
                }
                for node in 0..13 {
                    prop_assert_eq!(census.below(id(node), now), Some(twin.below(id(node), now)), "node {}", node);
                    let some = [id(node), id((node * 5 + 2) % 13), id((node * 7 + 3) % 13)];
                    let expected = twin.list(&some, now);
                    let parts = census.parts(&some, now).expect("it was arranged");
                    let mut found = census.list(&parts);
                    found.sort_unstable();
                    prop_assert_eq!(census.number(&parts), Some(expected.len() as u64), "{:?}", &some);
                    for member in twin.members.keys() {
                        prop_assert_eq!(census.is_in(*member, &parts), expected.contains(member));
                    }
                    prop_assert_eq!(found, expected);
                }
            }
        }
    }

    #[test]
    fn a_time_before_the_last_turn_is_not_answered() {
        let mut census = Census::new();
        census.organization(id(0), Some((None, true)));
        let until = Membership {
            organization: id(0),
            from: i64::MIN,
            until: 10,
        };
        census.member(id(7), &[until], 5);
        census.arrange(5);
        assert_eq!(
            (census.below(id(0), 5), census.below(id(0), 9)),
            (Some(1), Some(1))
        );
        assert_eq!(census.below(id(0), 10), None);
        census.arrange(12);
        assert_eq!(
            (census.below(id(0), 12), census.below(id(0), 10)),
            (Some(0), Some(0))
        );
        assert_eq!(census.below(id(0), 9), None);
        assert_eq!((census.size(), census.special.len()), (1, 1));
    }

    /// Damaged data never make a wrong number: there is none.
    #[test]
    fn a_circle_has_no_numbers() {
        let mut census = Census::new();
        census.organization(id(0), Some((Some(id(1)), true)));
        census.organization(id(1), Some((Some(id(0)), true)));
        census.arrange(0);
        assert_eq!(census.below(id(0), 0), None);
    }
}
