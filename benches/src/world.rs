//! A company to measure with: the same for the same number of users and the same seed, at any size, piece by piece.
//!
//! Everything about a person follows from the person's number, so any part of the company can be had without the rest,
//! and two programs that are asked in turn see the same people.

use iam_core::{
    command::{AddGroupMembers, Command, CreateGroup, CreateOrganization, CreatePosition, CreateUser},
    model::{EntityId, GroupId, Kind, OrganizationId, PositionId, UserId, Window},
};
use uuid::Uuid;

/// A small generator of random numbers: fast, and the same everywhere.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Numbers that follow from a seed and a place.
    pub fn at(seed: u64, place: u64) -> Dice {
        Dice(seed ^ place.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below the limit.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.bits() % limit.max(1) as u64) as usize
    }

    /// A number below the limit that is small far more often than large, as sizes of departments and families are.
    pub fn skewed(&mut self, limit: usize) -> usize {
        let unit = (self.bits() >> 11) as f64 / (1_u64 << 53) as f64;
        ((unit * unit * unit) * limit as f64) as usize
    }

    /// One of them.
    pub fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list.get(self.below(list.len())).copied().unwrap_or_default()
    }

    /// One of them, those at the beginning far more often.
    pub fn favour<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list.get(self.skewed(list.len())).copied().unwrap_or_default()
    }
}

const FIRST: &[&str] = &[
    "Anna",
    "Luca",
    "Marie",
    "Noah",
    "Sofia",
    "Ben",
    "Élodie",
    "Jürgen",
    "Zoë",
    "Óscar",
    "Małgorzata",
    "Søren",
    "Chloé",
    "Ivana",
    "Dmitri",
    "Дмитрий",
    "Ольга",
    "Νίκος",
    "美咲",
    "大輔",
    "Mehmet",
    "Ayşe",
    "İlker",
    "Nguyễn",
    "Siân",
    "Aoife",
    "José",
    "Lucía",
    "Pål",
    "Åsa",
    "Emma",
    "Liam",
    "Olivia",
    "Mia",
    "Paul",
    "Clara",
    "Felix",
    "Ida",
    "Otto",
    "Ruth",
];

const LAST: &[&str] = &[
    "Müller",
    "Schmidt",
    "Smith",
    "García",
    "Rossi",
    "Martin",
    "Nowak",
    "Jensen",
    "Yılmaz",
    "Иванов",
    "Παπαδόπουλος",
    "佐藤",
    "Weiß",
    "O'Neil",
    "van den Berg",
    "Łukasz",
    "Straßer",
    "Björk",
    "Núñez",
    "Çelik",
    "Đorđević",
    "Johansson",
    "Fischer",
    "Weber",
    "Becker",
    "Hoffmann",
    "Koch",
    "Richter",
    "Klein",
    "Wolf",
    "Schröder",
    "Neumann",
    "Dubois",
    "Moreau",
    "Lefèvre",
    "Costa",
    "Silva",
    "Santos",
    "Ferreira",
    "Brown",
    "Taylor",
    "Wilson",
    "Evans",
    "Walker",
    "Wright",
    "Hughes",
];

const ENDS: &[&str] = &[
    "", "er", "mann", "sen", "ini", "ová", "ić", "stein", "berg", "ner", "ow", "dahl", "quist", "feld",
    "bach", "hof", "ez", "is", "ard", "eau", "ley", "ton", "ham", "ford",
];

const JOBS: &[&str] = &[
    "Clerk",
    "Sales associate",
    "Nurse",
    "Engineer",
    "Technician",
    "Analyst",
    "Driver",
    "Consultant",
    "Accountant",
    "Project lead",
    "Team lead",
    "Buyer",
    "Planner",
    "Trainer",
    "Researcher",
    "Attorney",
    "Head of department",
    "Director",
];

const CITIES: &[&str] = &[
    "Berlin",
    "Hamburg",
    "Zürich",
    "Utica",
    "København",
    "Łódź",
    "São Paulo",
    "Málaga",
    "Kraków",
    "İzmir",
    "東京",
    "Lyon",
    "Torino",
    "Leeds",
    "Graz",
    "Brno",
    "Москва",
    "Αθήνα",
    "Gent",
    "Århus",
];

const COUNTRIES: &[&str] = &[
    "DE", "US", "CH", "DK", "PL", "BR", "ES", "TR", "JP", "FR", "IT", "GB",
];

/// How many departments there are at most.
const DEPARTMENTS: usize = 120;
/// The nodes of the branch that is moved about.
pub const BRANCH: usize = 1_000;

/// A unit of the organization tree.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its identifier.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The place of the unit above.
    pub parent: Option<usize>,
}

/// A person.
#[derive(Debug, Clone)]
pub struct Person {
    /// The identifier.
    pub id: Uuid,
    /// The name to sign in with.
    pub user_name: String,
    /// The address.
    pub email: String,
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// The name that is shown.
    pub display_name: String,
    /// The number in the books.
    pub number: String,
    /// What the person does.
    pub job: String,
    /// Where, on paper.
    pub department: String,
    /// Where, on the map.
    pub city: String,
    /// The country of it.
    pub country: String,
    /// When it began.
    pub hired_on: String,
    /// The place of the unit.
    pub unit: usize,
    /// The manager, who has a smaller number.
    pub manager: Option<usize>,
}

/// The company.
#[derive(Debug, Clone)]
pub struct World {
    /// How many people it has.
    pub users: usize,
    seed: u64,
    /// The tree: the root first, every unit after the one above it; the last [`BRANCH`] ones are the branch that is
    /// moved, beginning with its top.
    pub units: Vec<Unit>,
}

impl World {
    /// A company of so many people, with the units that such a company has.
    pub fn new(users: usize, seed: u64) -> World {
        World::with_units(users, (users / 60).clamp(60, 6_000), seed)
    }

    /// A company of so many people in so many units, the branch that is moved not counted.
    pub fn with_units(users: usize, count: usize, seed: u64) -> World {
        let mut world = World {
            users,
            seed,
            units: Vec::new(),
        };
        let mut dice = Dice::at(seed, u64::MAX);
        world.add("Acme Group".to_owned(), None);
        // Four to six levels: a unit hangs below one of the earlier ones, the early ones far more often.
        let mut levels = vec![0];
        while world.units.len() < count {
            let place = world.units.len();
            let mut parent = dice.skewed(place);
            while levels.get(parent).copied().unwrap_or(0) >= 5 {
                parent = dice.below(parent);
            }
            levels.push(levels.get(parent).copied().unwrap_or(0) + 1);
            world.add(format!("{} {place}", dice.pick(CITIES)), Some(parent));
        }
        let top = world.units.len();
        world.add("Franchise".to_owned(), Some(0));
        for n in 1..BRANCH {
            world.add(format!("Shop {n}"), Some(top + (n - 1) / 10));
        }
        world
    }

    fn add(&mut self, name: String, parent: Option<usize>) {
        let id = self.id(1, self.units.len());
        self.units.push(Unit { id, name, parent });
    }

    /// An identifier as the library draws them: ordered by time, random after that.
    fn id(&self, series: u64, n: usize) -> Uuid {
        let mut dice = Dice::at(self.seed ^ series, n as u64);
        let millis = 0x0190_0000_0000 + ((series << 32) | (n as u64 >> 3));
        let high = (millis << 16) | 0x7000 | (((n as u64) & 7) << 9) | (dice.bits() & 0x1FF);
        Uuid::from_u64_pair(high, (dice.bits() >> 2) | (1 << 63))
    }

    /// The number of units that have people: all but the branch.
    pub fn staffed(&self) -> usize {
        self.units.len().saturating_sub(BRANCH)
    }

    /// The top of the branch that is moved, and two places for it.
    pub fn branch(&self) -> (Uuid, [Uuid; 2]) {
        let id = |place: usize| self.units.get(place).map_or(Uuid::nil(), |unit| unit.id);
        (id(self.staffed()), [id(1), id(2)])
    }

    /// The identifier of a person.
    pub fn user_id(&self, n: usize) -> Uuid {
        self.id(4, n)
    }

    /// The name to sign in with, in a spelling of its own.
    pub fn user_name(&self, n: usize) -> String {
        let mut dice = Dice::at(self.seed, n as u64);
        let (first, last) = (dice.favour(FIRST), dice.favour(LAST));
        format!("{first}.{last}{n}").replace([' ', '\''], "")
    }

    /// A name of a department, the large ones more often.
    pub fn department(&self, dice: &mut Dice) -> String {
        format!("Department {:03}", dice.skewed(DEPARTMENTS))
    }

    /// The beginning of a last name.
    pub fn prefix(&self, dice: &mut Dice) -> String {
        let end = dice.pick(ENDS);
        let text = format!("{}{end}", dice.favour(LAST));
        text.chars().take(5).collect::<String>().to_uppercase()
    }

    /// A person. Numbers beyond the company's size are people who join later.
    pub fn person(&self, n: usize) -> Person {
        let user_name = self.user_name(n);
        let mut dice = Dice::at(self.seed, n as u64);
        let (first, last) = (dice.favour(FIRST), dice.favour(LAST));
        let last_name = format!("{last}{}", dice.pick(ENDS));
        let department = self.department(&mut dice);
        Person {
            id: self.user_id(n),
            email: format!(
                "user{n}@{}.example.com",
                department.to_lowercase().replace(' ', "")
            ),
            first_name: first.to_owned(),
            display_name: format!("{first} {last_name}"),
            last_name,
            number: format!("{n:07}"),
            job: dice.favour(JOBS).to_owned(),
            department,
            city: dice.favour(CITIES).to_owned(),
            country: dice.favour(COUNTRIES).to_owned(),
            hired_on: format!(
                "20{:02}-{:02}-{:02}",
                dice.below(25),
                1 + dice.below(12),
                1 + dice.below(28)
            ),
            unit: dice.skewed(self.staffed()),
            // Ten to a manager, the first of all has none.
            manager: (n > 0).then_some(n / 10),
            user_name,
        }
    }

    /// A person as a command.
    pub fn create_user(&self, n: usize) -> CreateUser {
        let person = self.person(n);
        let mut command = CreateUser::new(person.user_name)
            .set("email", person.email)
            .set("first_name", person.first_name)
            .set("last_name", person.last_name)
            .set("display_name", person.display_name)
            .set("user_number", person.number)
            .set("job", person.job)
            .set("department", person.department)
            .set("city", person.city)
            .set("country", person.country)
            .set("hired_on", person.hired_on);
        command.id = Some(UserId(person.id));
        command.manager = person.manager.map(|n| UserId(self.user_id(n)));
        match self.units.get(person.unit) {
            Some(unit) => command.in_organization(OrganizationId(unit.id)),
            None => command,
        }
    }

    /// The tree as commands, from the top down.
    pub fn organizations(&self) -> impl Iterator<Item = Command> {
        self.units.iter().map(|unit| {
            let mut command = CreateOrganization::new(unit.name.clone());
            command.id = Some(OrganizationId(unit.id));
            command.parent = unit
                .parent
                .and_then(|place| self.units.get(place))
                .map(|unit| OrganizationId(unit.id));
            Command::from(command)
        })
    }

    /// A position in every unit that has people.
    pub fn positions(&self) -> impl Iterator<Item = Command> {
        self.units
            .iter()
            .take(self.staffed())
            .enumerate()
            .map(|(n, unit)| {
                let mut command = CreatePosition::new(format!("Head of {}", unit.name));
                command.id = Some(PositionId(self.id(2, n)));
                command.organization = Some(OrganizationId(unit.id));
                Command::from(command)
            })
    }

    /// People, as commands.
    pub fn people(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = Command> {
        range.map(|n| Command::from(self.create_user(n)))
    }

    /// Groups of skewed sizes with their members, as commands.
    pub fn groups(&self) -> impl Iterator<Item = Command> {
        (0..(self.users / 200).clamp(5, 500)).flat_map(|n| {
            let mut dice = Dice::at(self.seed ^ 3, n as u64);
            let group = GroupId(self.id(3, n));
            let mut create = CreateGroup::new(format!("Group {n}"));
            create.id = Some(group);
            let members = (0..1 + dice.skewed(300))
                .map(|_| EntityId::new(Kind::User, self.user_id(dice.below(self.users))))
                .collect();
            let add = AddGroupMembers {
                group,
                members,
                window: Window::default(),
            };
            [Command::from(create), Command::from(add)]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_company() {
        let (one, two) = (World::new(1_000, 7), World::new(1_000, 7));
        let commands = |world: &World| {
            world
                .organizations()
                .chain(world.people(0..50))
                .collect::<Vec<_>>()
        };
        assert_eq!(commands(&one), commands(&two));
        assert_ne!(one.user_id(1), World::new(1_000, 8).user_id(1));
        assert!((0..1_000).all(|n| one.person(n).manager.is_none_or(|boss| boss < n)));
    }
}
