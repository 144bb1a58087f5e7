//! Realistic worlds as commands: a skewed organization tree, types, positions, groups, people with managers.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::Random;
use crate::{
    command::{
        AddGroupMembers, Command, CreateGroup, CreateOrganization, CreatePosition, CreateUser, CreateUserType,
    },
    model::{EntityId, GroupId, Kind, OrganizationId, PositionId, UserId, UserTypeId, Window},
};

/// How large a world is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorldSize {
    /// People.
    pub users: usize,
    /// Organizations; a few large ones, many small ones.
    pub organizations: usize,
    /// Positions, a part of them held.
    pub positions: usize,
    /// Groups of people and organizations, some in others.
    pub groups: usize,
}

impl WorldSize {
    /// What goes with so many people.
    ///
    /// ```
    /// use iam_core::testing::WorldSize;
    /// assert_eq!(WorldSize::of(10_000).organizations, 400);
    /// ```
    pub const fn of(users: usize) -> WorldSize {
        WorldSize {
            users,
            organizations: users / 25 + if users < 25 { 1 } else { 0 },
            positions: users / 20,
            groups: users / 100,
        }
    }
}

const FIRST: &[&str] = &[
    "Ada",
    "Alan",
    "Amara",
    "Björn",
    "Chiara",
    "Dmitri",
    "Élodie",
    "Fatima",
    "Grace",
    "Hiroshi",
    "Ines",
    "Jürgen",
    "Katarzyna",
    "Liam",
    "Mei",
    "Noor",
    "Olga",
    "Paul",
    "Quentin",
    "Rosa",
    "Søren",
    "Tariq",
    "Ursula",
    "Wei",
    "Zoë",
];
const LAST: &[&str] = &[
    "Andersson",
    "Becker",
    "Çelik",
    "Dubois",
    "Eriksen",
    "Fischer",
    "García",
    "Huang",
    "Ivanova",
    "Jensen",
    "Kowalski",
    "López",
    "Müller",
    "Nguyễn",
    "O'Brien",
    "Petrov",
    "Quispe",
    "Rossi",
    "Schmidt",
    "Tanaka",
    "Ueda",
    "Vogel",
    "Weiß",
    "Yılmaz",
    "Zhang",
];
const CITIES: &[&str] = &[
    "Berlin",
    "München",
    "Zürich",
    "Paris",
    "Utica",
    "Warszawa",
    "İstanbul",
    "東京",
    "Roma",
    "Göteborg",
    "Lima",
];
const JOBS: &[&str] = &[
    "Engineer",
    "Nurse",
    "Clerk",
    "Sales representative",
    "Consultant",
    "Accountant",
    "Technician",
    "Head of department",
    "Driver",
    "Researcher",
];
const UNITS: &[&str] = &[
    "Sales",
    "Research",
    "Production",
    "Logistics",
    "Finance",
    "Service",
    "Legal",
    "Quality",
];

/// The commands that build a world, one by one and in an order in which each finds what it names. Nothing is kept but
/// a few numbers, so a world of a million people costs no memory; the same seed gives the same world, identifiers
/// included.
///
/// ```
/// use iam_core::testing::{WorldSize, world};
/// assert_eq!(world(7, WorldSize::of(1_000)).count(), 3 + 40 + 50 + 10 + 1_000 + 10);
/// ```
pub fn world(seed: u64, size: WorldSize) -> impl Iterator<Item = Command> {
    let steps = 3 + size.organizations + size.positions + size.groups + size.users + size.groups;
    let mut random = Random::new(seed);
    (0..steps).map(move |step| command(&mut random, seed, size, step))
}

/// The identifier of the record number `number` of a kind in the world of a seed.
pub fn world_id(seed: u64, kind: Kind, number: usize) -> EntityId {
    // Version 7 with a moment that goes on, so that what is created together lies together.
    let millis = 1_767_225_600_000 + number as u64;
    let high = (millis << 16) | 0x7000 | u64::from(kind as u8);
    let low = (1 << 63) | ((seed & 0xffff) << 40) | number as u64;
    EntityId::new(kind, Uuid::from_u64_pair(high, low))
}

fn command(random: &mut Random, seed: u64, size: WorldSize, step: usize) -> Command {
    let id = |kind, number| world_id(seed, kind, number);
    let mut number = step;
    if number < 3 {
        let name = ["Employee", "Contractor", "Guest"]
            .get(number)
            .copied()
            .unwrap_or("Guest");
        let mut create = CreateUserType {
            id: Some(UserTypeId(id(Kind::UserType, number).uuid)),
            attributes: [("name".to_owned(), Some(name.into()))].into(),
        };
        if number == 2 {
            create
                .attributes
                .insert("validity_days".to_owned(), Some(90.into()));
        }
        return create.into();
    }
    number -= 3;
    if number < size.organizations {
        return organization(random, seed, number);
    }
    number -= size.organizations;
    if number < size.positions {
        let mut create = CreatePosition::new(format!("{} {number}", any(random, JOBS)));
        create.id = Some(PositionId(id(Kind::Position, number).uuid));
        create.organization = Some(OrganizationId(
            id(Kind::Organization, random.skewed(size.organizations)).uuid,
        ));
        create.reports_to =
            (number > 0 && random.percent(80)).then(|| PositionId(id(Kind::Position, number / 6).uuid));
        return create.into();
    }
    number -= size.positions;
    if number < size.groups {
        let mut create = CreateGroup::new(format!("Group {number}"));
        create.id = Some(GroupId(id(Kind::Group, number).uuid));
        return create.into();
    }
    number -= size.groups;
    if number < size.users {
        return user(random, seed, size, number);
    }
    number -= size.users;
    let mut members: BTreeSet<EntityId> = (0..1 + random.skewed(30))
        .map(|_| id(Kind::User, random.below(size.users)))
        .collect();
    members.insert(id(Kind::Organization, random.below(size.organizations)));
    if number > 0 && random.percent(40) {
        members.insert(id(Kind::Group, random.below(number)));
    }
    AddGroupMembers {
        group: GroupId(id(Kind::Group, number).uuid),
        members,
        window: Window::default(),
    }
    .into()
}

/// Early ones get most of the children: wide at the top, a few deep branches.
fn organization(random: &mut Random, seed: u64, number: usize) -> Command {
    let mut create = CreateOrganization::new(format!("{} {number}", any(random, UNITS)));
    create.id = Some(OrganizationId(world_id(seed, Kind::Organization, number).uuid));
    if number > 0 {
        let above = if random.percent(15) {
            number - 1
        } else {
            random.skewed(number)
        };
        create.parent = Some(OrganizationId(world_id(seed, Kind::Organization, above).uuid));
    }
    create
        .attributes
        .insert("code".to_owned(), Some(format!("O-{number}").into()));
    create
        .attributes
        .insert("sort_order".to_owned(), Some((random.below(100) as i64).into()));
    create.into()
}

/// Everybody but the first reports to somebody who came before; a manager has seven reports or so.
fn user(random: &mut Random, seed: u64, size: WorldSize, number: usize) -> Command {
    let id = |kind, number| world_id(seed, kind, number);
    let (first, last) = (any(random, FIRST), any(random, LAST));
    let mut create = CreateUser::new(format!("user{number}"))
        .set("email", format!("user{number}@example.com"))
        .set("first_name", first)
        .set("last_name", last)
        .set("display_name", format!("{first} {last}"))
        .set("user_number", format!("{:07}", number + 1))
        .set(
            "city",
            CITIES
                .get(random.skewed(CITIES.len()))
                .copied()
                .unwrap_or_default(),
        )
        .set("job", any(random, JOBS))
        .set(
            "hired_on",
            format!(
                "{}-{:02}-{:02}",
                2005 + random.below(20),
                1 + random.below(12),
                1 + random.below(28)
            ),
        );
    if random.percent(20) {
        let phone = format!("+4930{:07}", random.below(10_000_000));
        create = create.set("phone", phone);
    }
    create.id = Some(UserId(id(Kind::User, number).uuid));
    create.user_type = Some(UserTypeId(
        id(Kind::UserType, [0, 0, 0, 0, 1, 2][random.below(6)]).uuid,
    ));
    let home = random.skewed(size.organizations);
    create = create.in_organization(OrganizationId(id(Kind::Organization, home).uuid));
    let second = random.below(size.organizations);
    if random.percent(10) && second != home {
        create = create.in_organization(OrganizationId(id(Kind::Organization, second).uuid));
    }
    if size.positions > 0 && number.is_multiple_of(20) {
        create.positions = vec![PositionId(
            id(Kind::Position, (number / 20) % size.positions).uuid,
        )];
    }
    create.manager = (number > 0).then(|| UserId(id(Kind::User, (number - 1) / 7).uuid));
    create.into()
}

fn any(random: &mut Random, list: &[&'static str]) -> &'static str {
    random.pick(list).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_world() {
        let text = |seed| json!(world(seed, WorldSize::of(300)).collect::<Vec<_>>()).to_string();
        assert_eq!(text(1), text(1));
        assert_ne!(text(1), text(2));
    }
}
