//! What processes do, as data: so that a run can be made shorter, printed and made again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::{
    command::Command,
    model::{EntityId, Kind, UserId},
    service::BatchMode,
    testing::{
        Random, Stream,
        simulation::{Simulation, run::START},
    },
};

/// What one process does next. Everything that is left to chance in it follows from its own number, so that it does
/// not depend on the actions before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Action {
    /// Which process.
    pub process: usize,
    /// Identifiers, faults and interruptions come from here.
    pub seed: u64,
    /// Without faults and interruptions.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub calm: bool,
    /// What.
    #[serde(flatten)]
    pub deed: Deed,
}

/// What a process can do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// Sends a command, and again under the same identifier when the answer is lost.
    Execute(Box<Command>),
    /// Sends several in one commit.
    Batch(BatchMode, Vec<Command>),
    /// Takes back what the process did so many commits ago.
    Undo(usize),
    /// Asks whether a user may view a record, while the others go on granting and revoking.
    Ask {
        /// The user.
        user: UserId,
        /// What is looked at.
        on: EntityId,
    },
    /// Reads the events that are new to it.
    Follow,
    /// Leases so many effects, carries them out and settles them; dies in between when told so.
    Deliver {
        /// At most so many.
        limit: usize,
        /// It ends before it settles.
        dies: bool,
    },
    /// Time goes on by so many seconds, or back.
    Time(i64),
    /// Does what is due.
    Upkeep,
    /// Seals the chain.
    Seal,
}

/// So many creations come first.
const FIRST: usize = 16;

/// Actions out of a seed. Commands name records that commands before them create, should those succeed. What is `given`
/// comes first.
pub(super) fn plan(seed: u64, simulation: &Simulation) -> Vec<Action> {
    let (processes, given) = (simulation.processes, &simulation.given);
    let mut random = Random::new(seed);
    let mut stream = Stream::new(seed, START);
    let mut few = Few::default();
    let mut all: Vec<Action> = Vec::with_capacity(given.len() + simulation.actions);
    for command in given {
        all.push(Action {
            process: 0,
            seed: random.bits(),
            calm: true,
            deed: Deed::Execute(Box::new(few.know(command, &mut random))),
        });
    }
    let rest = (0..simulation.actions).map(|number| Action {
        // What everybody builds on is there before they begin.
        process: if number < FIRST {
            0
        } else {
            random.below(processes)
        },
        seed: random.bits(),
        calm: number < FIRST,
        deed: match random.below(100) {
            _ if number < FIRST => Deed::Execute(Box::new(few.create(&mut random))),
            _ if random.percent(simulation.access) => match random.percent(55) {
                true => few.ask(&mut random),
                false => few.access(&mut random),
            },
            0..40 => Deed::Execute(Box::new(few.command(&mut random))),
            40..64 => Deed::Execute(Box::new(command(&mut stream, &mut random))),
            64..70 => {
                let mode = match random.percent(50) {
                    true => BatchMode::Each,
                    false => BatchMode::AllOrNothing,
                };
                let many = 2 + random.below(4);
                Deed::Batch(mode, (0..many).map(|_| few.command(&mut random)).collect())
            }
            70..76 => Deed::Undo(1 + random.below(4)),
            76..82 => Deed::Follow,
            82..90 => Deed::Deliver {
                limit: 1 + random.below(5),
                dies: random.percent(20),
            },
            90..97 => {
                let seconds = *random.pick(&[1, 30, 61, 3_600, 86_400, 900_000]).unwrap_or(&1);
                // A clock that is set right goes back, too.
                Deed::Time(if random.percent(20) { -seconds } else { seconds })
            }
            97 => Deed::Upkeep,
            _ => Deed::Seal,
        },
    });
    all.extend(rest);
    all
}

/// The next command of the stream. What it creates gets its identifier here.
pub(super) fn command(stream: &mut Stream, random: &mut Random) -> Command {
    let command = stream.next_command();
    match identified(&command, random) {
        Some((named, id)) => {
            stream.note(id, named_attribute(&named));
            named
        }
        None => command,
    }
}

/// A command that creates something, with the identifier of what it will create: its own, or a new one. A kind whose
/// creation names nothing gets its identifier at the commit; nobody will know it.
fn identified(command: &Command, random: &mut Random) -> Option<(Command, EntityId)> {
    let kind = match command.name().split_once('.')? {
        ("realm", _) => return None,
        ("attribute", "define") => Kind::Attribute,
        (kind, "create") => Kind::from_name(kind)?,
        _ => return None,
    };
    let mut json = serde_json::to_value(command).ok()?;
    let own = json
        .get("id")
        .and_then(|id| serde_json::from_value(id.clone()).ok());
    let id = own.unwrap_or_else(|| id(random, kind));
    json["id"] = json!(id);
    Some((serde_json::from_value(json).ok()?, id))
}

fn id(random: &mut Random, kind: Kind) -> EntityId {
    let mut bytes = [random.bits().to_be_bytes(), random.bits().to_be_bytes()].concat();
    bytes[6] = 0x70 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    EntityId::new(kind, Uuid::from_slice(&bytes).unwrap_or_default())
}

/// A few records that everybody wants to change at once.
#[derive(Debug, Default)]
struct Few {
    ids: BTreeMap<Kind, Vec<EntityId>>,
    count: usize,
}

impl Few {
    /// A command of the user's own: what it creates is among those that everybody changes.
    fn know(&mut self, command: &Command, random: &mut Random) -> Command {
        match identified(command, random) {
            Some((named, id)) => {
                self.ids.entry(id.kind).or_default().push(id);
                named
            }
            None => command.clone(),
        }
    }

    fn create(&mut self, random: &mut Random) -> Command {
        let kinds = [
            Kind::User,
            Kind::User,
            Kind::Organization,
            Kind::Group,
            Kind::Device,
            Kind::Position,
            Kind::Role,
            Kind::Role,
        ];
        let kind = kinds[self.count % kinds.len()];
        self.count += 1;
        let id = id(random, kind);
        self.ids.entry(kind).or_default().push(id);
        // Some want the same name.
        let name = format!("few{}", if random.percent(15) { 1 } else { self.count });
        let name_of = if kind == Kind::User { "user_name" } else { "name" };
        let mut json =
            json!({"command": format!("{}.create", kind.name()), "id": id, "attributes": {name_of: name}});
        if kind == Kind::Organization
            && let Some(parent) = self
                .ids
                .get(&kind)
                .and_then(|list| list.first())
                .filter(|first| **first != id)
        {
            json["parent"] = json!(parent);
        }
        if kind == Kind::Role {
            json["privileges"] = self.privileges(random);
        }
        read(json)
    }

    fn privileges(&self, random: &mut Random) -> Json {
        let effect = if random.percent(25) { "deny" } else { "allow" };
        let mut privilege = json!({"kind": "user", "actions": ["view"], "effect": effect});
        match random.below(5) {
            0 => privilege["kind"] = json!("*"),
            1 => privilege["target"] = json!("city eq \"Utica\""),
            2 => {
                let unit = self.any(random, Kind::Organization);
                privilege["target"] = json!(format!(
                    "within_organization eq \"{}\"",
                    unit.as_str().unwrap_or_default()
                ));
            }
            _ => {}
        }
        json!([privilege])
    }

    /// Whether somebody may view something: asked about those whose rights change all the time.
    fn ask(&self, random: &mut Random) -> Deed {
        let user = self.any(random, Kind::User);
        let kind = *random
            .pick(&[
                Kind::User,
                Kind::User,
                Kind::User,
                Kind::Organization,
                Kind::Device,
            ])
            .unwrap_or(&Kind::User);
        let on = self.any(random, kind);
        match (serde_json::from_value(user), serde_json::from_value(on)) {
            (Ok(user), Ok(on)) => Deed::Ask { user, on },
            _ => Deed::Follow,
        }
    }

    /// What gives rights and takes them; sometimes one for the other in one commit.
    fn access(&self, random: &mut Random) -> Deed {
        use Kind::{Group, Organization, Role, User};
        let mut any = |kind| self.any(random, kind);
        let (role, other, user, second) = (any(Role), any(Role), any(User), any(User));
        let (group, unit) = (any(Group), any(Organization));
        let holder = match random.below(4) {
            0 => group.clone(),
            1 => unit.clone(),
            _ => user.clone(),
        };
        let one = |json: Json| Deed::Execute(Box::new(read(json)));
        let grant =
            |role: &Json, holder: &Json| json!({"command": "role.grant", "role": role, "holders": [holder]});
        let revoke =
            |role: &Json, holder: &Json| json!({"command": "role.revoke", "role": role, "holders": [holder]});
        match random.below(12) {
            0..3 => one(grant(&role, &holder)),
            3 | 4 => one(revoke(&role, &holder)),
            5 | 6 => {
                let swap = vec![read(revoke(&role, &holder)), read(grant(&other, &holder))];
                Deed::Batch(BatchMode::AllOrNothing, swap)
            }
            7 => {
                let privileges = self.privileges(random);
                one(
                    json!({"command": "role.update", "role": role, "attributes": {}, "privileges": privileges}),
                )
            }
            8 => one(json!({"command": "role.include", "role": role, "roles": [other]})),
            9 => one(json!({"command": "role.stop_including", "role": role, "roles": [other]})),
            10 => {
                one(json!({"command": "organization.add_administrator", "organization": unit, "user": user}))
            }
            _ => one(json!({"command": "user.add_deputy", "user": user, "deputy": second})),
        }
    }

    fn any(&self, random: &mut Random, kind: Kind) -> Json {
        let list = self.ids.get(&kind).map(Vec::as_slice).unwrap_or_default();
        json!(random.pick(list))
    }

    /// What gets in each other's way: values, sets that grow while they are emptied, places in the tree.
    fn command(&mut self, random: &mut Random) -> Command {
        use Kind::{Group, Organization, Position, User};
        let mut any = |kind| self.any(random, kind);
        let (user, other, unit, unit_2) = (any(User), any(User), any(Organization), any(Organization));
        let (group, position) = (any(Group), any(Position));
        let word = *random
            .pick(&["Utica", "Berlin", "Zürich", "Lima"])
            .unwrap_or(&"Utica");
        let named = |json: Json| read(json);
        match random.below(20) {
            0 => self.create(random),
            1..5 => named(json!({"command": "user.update", "user": user, "attributes": {"city": word}})),
            5 => named(
                json!({"command": "user.update", "user": user, "attributes": {"job": word, "user_name": word}}),
            ),
            6 => named(json!({"command": "user.set_manager", "user": user, "manager": other})),
            7 => named(json!({"command": "user.disable", "user": user})),
            8 => named(json!({"command": "user.enable", "user": user})),
            9 => named(json!({"command": "user.lock", "user": user})),
            10 => named(json!({"command": "user.delete", "user": user})),
            11 => named(json!({"command": "user.undelete", "user": user})),
            12 | 13 => named(
                json!({"command": "membership.add", "member": user, "organizations": [{"organization": unit}]}),
            ),
            14 => named(json!({"command": "membership.remove", "member": user, "organizations": [unit]})),
            15 => named(
                json!({"command": "organization.delete", "organization": unit, "disposition": "detach"}),
            ),
            16 => named(json!({"command": "organization.transfer", "organization": unit, "parent": unit_2})),
            17 => named(
                json!({"command": "group.add_members", "group": group, "members": [user, unit], "window": {}}),
            ),
            18 => match random.percent(50) {
                true => named(json!({"command": "group.delete", "group": group})),
                false => named(json!({"command": "group.remove_members", "group": group, "members": [user]})),
            },
            _ => match random.percent(50) {
                true => named(
                    json!({"command": "position.assign", "position": position, "user": user, "window": {}}),
                ),
                false => named(json!({"command": "position.delete", "position": position})),
            },
        }
    }
}

fn read(json: Json) -> Command {
    serde_json::from_value(json.clone()).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn named_attribute(command: &Command) -> Option<String> {
    let json = serde_json::to_value(command).ok()?;
    let is_of_users = json["command"] == "attribute.define" && json["kind"] == "user";
    match &json["name"] {
        Json::String(name) if is_of_users => Some(name.clone()),
        _ => None,
    }
}
