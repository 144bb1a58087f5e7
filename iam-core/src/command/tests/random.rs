//! Random commands on a small world: whatever is accepted leaves the world whole (see `World::check`), whatever is
//! refused says why, and undoing nothing is needed because nothing was done.

use proptest::prelude::*;

use super::*;
use crate::{
    command::{
        AddGroupMembers, AddLead, AddMembership, AssignPosition, Command, CreateGroup, CreateOrganization,
        CreatePosition, CreateUser, DeleteGroup, DeleteMode, DeleteOrganization, DeletePosition, DeleteUser,
        Disposition, JoinOrganization, MergeOrganizations, NameClashes, SetManager, SetSuperior,
        TransferOrganization, TransferPosition, UndeleteUser,
    },
    model::{EntityId, GroupId, Kind, PositionId, Window},
    wire::Code,
};

type Draw = (u8, u8, u8);

/// The existing record that a number points to; the world has some of each kind all the time.
fn pick<T: TryFrom<EntityId>>(world: &World, kind: Kind, number: u8) -> Option<T> {
    let ids: Vec<_> = world
        .records
        .keys()
        .filter(|id| id.kind == kind)
        .copied()
        .collect();
    let id = ids.get(usize::from(number) % ids.len().max(1))?;
    T::try_from(*id).ok()
}

fn drawn(world: &World, (what, a, b): Draw) -> Option<Command> {
    let organization = |n| pick::<OrganizationId>(world, Kind::Organization, n);
    let position = |n| pick::<PositionId>(world, Kind::Position, n);
    let user = |n| pick::<UserId>(world, Kind::User, n);
    let group = |n| pick::<GroupId>(world, Kind::Group, n);
    let window = Window::default();
    Some(match what % 20 {
        0 => CreateUser::new(format!("u{a}"))
            .in_organization(organization(b)?)
            .into(),
        1 => CreateOrganization {
            parent: organization(b).filter(|_| b % 4 != 0),
            ..CreateOrganization::new(format!("o{}", a % 3))
        }
        .into(),
        2 => CreatePosition {
            organization: organization(a),
            reports_to: position(b).filter(|_| b % 3 != 0),
            ..CreatePosition::new("p")
        }
        .into(),
        3 => CreateGroup::new(format!("g{a}")).into(),
        4 | 5 => TransferOrganization {
            organization: organization(a)?,
            parent: organization(b).filter(|_| b % 5 != 0),
        }
        .into(),
        6 | 7 => MergeOrganizations {
            source: organization(a)?,
            target: organization(b)?,
            name_clashes: if a % 2 == 0 {
                NameClashes::Keep
            } else {
                NameClashes::Refuse
            },
        }
        .into(),
        8 | 9 => DeleteOrganization {
            organization: organization(a)?,
            disposition: match b % 4 {
                0 => None,
                1 => Some(Disposition::Detach),
                2 => Some(Disposition::Cascade),
                _ => Some(Disposition::MoveTo {
                    target: organization(b)?,
                }),
            },
        }
        .into(),
        10 => SetSuperior {
            position: position(a)?,
            reports_to: position(b),
        }
        .into(),
        11 => TransferPosition {
            position: position(a)?,
            organization: organization(b),
        }
        .into(),
        12 => AssignPosition {
            position: position(a)?,
            user: user(b)?,
            window,
        }
        .into(),
        13 => DeletePosition {
            position: position(a)?,
        }
        .into(),
        14 => AddGroupMembers {
            group: group(a)?,
            members: [
                user(b).map(EntityId::from),
                organization(b).map(EntityId::from),
                position(b).map(EntityId::from),
                group(b).map(EntityId::from),
            ]
            .into_iter()
            .flatten()
            .collect(),
            window,
        }
        .into(),
        15 => AddLead {
            organization: organization(a)?,
            user: user(b)?,
            window,
        }
        .into(),
        16 => AddMembership {
            member: user(a)?.into(),
            organizations: vec![JoinOrganization::new(organization(b)?)],
        }
        .into(),
        17 => SetManager {
            user: user(a)?,
            manager: user(b),
        }
        .into(),
        18 => DeleteUser {
            user: user(a)?,
            mode: [DeleteMode::Soft, DeleteMode::Erase, DeleteMode::Purge][usize::from(b % 3)],
        }
        .into(),
        _ if b % 3 == 0 => DeleteGroup { group: group(a)? }.into(),
        _ => UndeleteUser { user: user(a)? }.into(),
    })
}

fn start() -> World {
    let mut world = World::new();
    world.limit = 8;
    for n in 0..4 {
        organization(&mut world, &format!("o{n}"), None);
        world.ok(CreatePosition::new("p"));
        world.ok(CreateGroup::new(format!("g{n}")));
        user(&mut world, &format!("start{n}"));
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// S0-92, S0-94, S0-95, S0-113, S2-15: no dangling edge, no circle, no name without a holder, whatever happens.
    #[test]
    fn the_world_stays_whole(draws in prop::collection::vec(any::<Draw>(), 1..80)) {
        let mut world = start();
        for draw in draws {
            let Some(command) = drawn(&world, draw) else { continue };
            if let Err(problem) = world.run(command) {
                prop_assert!(!matches!(problem.code, Code::Corrupt | Code::Storage), "{}", problem);
            }
        }
    }

    /// Two commands on one draft are the same as one after the other, or both are refused: a decision sees what the
    /// decisions before it in the same draft did.
    #[test]
    fn a_stack_is_the_same_as_a_row(
        before in prop::collection::vec(any::<Draw>(), 0..30),
        stacked in prop::collection::vec(any::<Draw>(), 2..5),
    ) {
        let mut world = start();
        for draw in before {
            if let Some(command) = drawn(&world, draw) {
                world.run(command).ok();
            }
        }
        // Nothing is created here: identifiers are drawn from another seed in a row.
        let commands: Vec<_> = stacked
            .into_iter()
            .filter(|(what, _, _)| what % 20 > 3)
            .filter_map(|draw| drawn(&world, draw))
            .collect();
        let mut row = world.clone();
        let in_a_row = commands.iter().try_for_each(|command| row.run(command.clone()).map(drop));
        match world.stack(&commands) {
            Ok(plan) => {
                prop_assert!(in_a_row.is_ok(), "{:?}", in_a_row);
                world.apply(&plan);
                let shape = |world: &World| {
                    let mut records = world.records.clone();
                    for record in records.values_mut() {
                        let mut bare = (**record).clone();
                        bare.version = 0;
                        bare.set("changed_at", None);
                        bare.set("changed_by", None);
                        *record = bare.shared();
                    }
                    (records, world.edges.clone(), world.claims.clone())
                };
                prop_assert_eq!(shape(&world), shape(&row));
            }
            Err(problem) => prop_assert!(in_a_row.is_err(), "{}", problem),
        }
    }
}
