//! Who works where and holds what, and the check that a good programmer writes by hand for exactly this.

use std::collections::HashMap;

use iam_benches::{program::Failure, world::Dice};
use iam_core::{
    command::{Command, CreateOrganization, CreateRole, CreateUser, GrantRole},
    model::{EntityId, Kind, OrganizationId, RoleId, UserId},
    rules::Privilege,
    service::{Acting, BatchMode},
};

pub const ACTIONS: [&str; 8] = [
    "view",
    "update",
    "delete",
    "reset_password",
    "end_sessions",
    "export",
    "grant",
    "assign",
];
pub const ROLES: usize = 200;

/// Who holds what where, in numbers.
pub struct Company {
    pub users: Vec<EntityId>,
    pub homes: Vec<usize>,
    pub units: Vec<EntityId>,
    pub parents: Vec<Option<usize>>,
    pub roles: Vec<(EntityId, Vec<usize>)>,
    /// Administrator, role, unit.
    pub grants: Vec<(usize, usize, usize)>,
}

fn id(kind: Kind, number: usize) -> EntityId {
    let mut dice = Dice::at(kind as u64, number as u64);
    let (high, low) = (dice.bits(), dice.bits());
    EntityId::new(
        kind,
        uuid::Builder::from_u128((u128::from(high) << 64) | u128::from(low))
            .with_version(uuid::Version::Random)
            .into_uuid(),
    )
}

impl Company {
    pub fn new(users: usize) -> Company {
        let units = (users / 5).clamp(20, 20_000);
        let mut dice = Dice::at(7, 7);
        let parents: Vec<Option<usize>> = (0..units)
            .map(|unit| (unit > 0).then(|| (unit - 1) / 6))
            .collect();
        let grants = 20 + users / 240;
        Company {
            users: (0..users).map(|number| id(Kind::User, number)).collect(),
            homes: (0..users).map(|_| dice.below(units)).collect(),
            units: (0..units).map(|number| id(Kind::Organization, number)).collect(),
            parents,
            roles: (0..ROLES)
                .map(|number| {
                    let actions = (0..ACTIONS.len()).filter(|_| dice.below(3) == 0).collect();
                    (id(Kind::Role, number), actions)
                })
                .collect(),
            grants: (0..grants)
                .map(|_| (dice.below(grants / 2), dice.below(ROLES), dice.skewed(units)))
                .collect(),
        }
    }

    pub fn commands(&self) -> impl Iterator<Item = Command> + '_ {
        let units = (0..self.units.len()).map(|number| {
            let mut create = CreateOrganization::new(format!("Unit {number}"));
            create.id = self
                .units
                .get(number)
                .and_then(|id| OrganizationId::try_from(*id).ok());
            let parent = self.parents.get(number).copied().flatten();
            create.parent = parent
                .and_then(|parent| self.units.get(parent))
                .and_then(|id| OrganizationId::try_from(*id).ok());
            Command::from(create)
        });
        let roles = self.roles.iter().enumerate().map(|(number, (id, actions))| {
            let actions = actions.iter().filter_map(|action| ACTIONS.get(*action).copied());
            let mut create =
                CreateRole::internal(format!("Role {number}")).privilege(Privilege::allow("user", actions));
            create.id = RoleId::try_from(*id).ok();
            Command::from(create)
        });
        let users = self
            .users
            .iter()
            .zip(&self.homes)
            .enumerate()
            .map(|(number, (id, home))| {
                let mut create = CreateUser::new(format!("user{number}"))
                    .set("email", format!("user{number}@example.com"));
                create.id = UserId::try_from(*id).ok();
                if let Some(home) = self
                    .units
                    .get(*home)
                    .and_then(|id| OrganizationId::try_from(*id).ok())
                {
                    create = create.in_organization(home);
                }
                Command::from(create)
            });
        units.chain(roles).chain(users)
    }
}

/// The floor: role masks and tree intervals in plain vectors.
pub struct ByHand {
    index: HashMap<EntityId, usize>,
    pub homes: Vec<usize>,
    pub spans: Vec<(u32, u32)>,
    pub grants: Vec<Vec<(u64, u32, u32)>>,
    pub masks: Vec<u64>,
}

impl ByHand {
    pub fn new(company: &Company) -> ByHand {
        let mut children = vec![Vec::new(); company.units.len()];
        for (unit, parent) in company.parents.iter().enumerate() {
            if let Some(list) = parent.and_then(|parent| children.get_mut(parent)) {
                list.push(unit);
            }
        }
        let mut spans = vec![(0, 0); company.units.len()];
        let mut place = 0;
        number(0, &children, &mut spans, &mut place);
        let masks: Vec<u64> = company
            .roles
            .iter()
            .map(|(_, actions)| actions.iter().fold(0, |mask, action| mask | 1 << action))
            .collect();
        let mut by_hand = ByHand {
            index: company.users.iter().copied().zip(0..).collect(),
            homes: company.homes.clone(),
            spans,
            grants: vec![Vec::new(); company.users.len()],
            masks,
        };
        for (who, role, unit) in &company.grants {
            by_hand.grant(*who, *role, *unit);
        }
        by_hand
    }

    pub fn grant(&mut self, who: usize, role: usize, unit: usize) {
        let (Some(mask), Some(span)) = (self.masks.get(role), self.spans.get(unit)) else {
            return;
        };
        if let Some(grants) = self.grants.get_mut(who) {
            grants.push((*mask, span.0, span.1));
        }
    }

    /// Everybody whom somebody may see: the members of the units of the grants, which lie side by side.
    pub fn visible(&self, who: usize, members: &[(u32, EntityId)]) -> Vec<EntityId> {
        let mut found = Vec::new();
        let mut spans: Vec<(u32, u32)> = self
            .grants
            .get(who)
            .into_iter()
            .flatten()
            .filter(|(mask, ..)| mask & 1 == 1)
            .map(|(_, from, until)| (*from, *until))
            .collect();
        spans.sort_unstable();
        let mut seen = 0;
        for (from, until) in spans {
            let from = from.max(seen);
            let start = members.partition_point(|(place, _)| *place < from);
            let end = members.partition_point(|(place, _)| *place < until);
            found.extend(
                members
                    .get(start..end.max(start))
                    .into_iter()
                    .flatten()
                    .map(|(_, id)| *id),
            );
            seen = seen.max(until);
        }
        found
    }

    /// Members in the order of the tree.
    pub fn members(&self, company: &Company) -> Vec<(u32, EntityId)> {
        let mut members: Vec<(u32, EntityId)> = company
            .users
            .iter()
            .zip(&self.homes)
            .filter_map(|(user, home)| Some((self.spans.get(*home)?.0, *user)))
            .collect();
        members.sort_unstable();
        members
    }

    pub fn can(&self, who: &EntityId, action: usize, target: &EntityId) -> bool {
        let (Some(who), Some(target)) = (self.index.get(who), self.index.get(target)) else {
            return false;
        };
        self.can_by_number(*who, action, *target)
    }

    pub fn can_by_number(&self, who: usize, action: usize, target: usize) -> bool {
        // Everybody sees and edits the own record.
        if who == target && action < 2 {
            return true;
        }
        let place = self
            .homes
            .get(target)
            .and_then(|home| self.spans.get(*home))
            .map_or(0, |span| span.0);
        self.grants.get(who).is_some_and(|grants| {
            grants
                .iter()
                .any(|(mask, from, until)| mask >> action & 1 == 1 && (*from..*until).contains(&place))
        })
    }
}

fn number(unit: usize, children: &[Vec<usize>], spans: &mut [(u32, u32)], place: &mut u32) {
    let from = *place;
    *place += 1;
    for child in children.get(unit).into_iter().flatten() {
        number(*child, children, spans, place);
    }
    if let Some(span) = spans.get_mut(unit) {
        *span = (from, *place);
    }
}

pub struct Question {
    pub who: usize,
    pub action: usize,
    pub target: usize,
}

pub fn questions(company: &Company, seed: u64, times: usize) -> Vec<Question> {
    let mut dice = Dice::at(seed, 11);
    (0..times)
        .map(|_| {
            let grant = dice.below(company.grants.len());
            Question {
                who: company.grants.get(grant).map_or(0, |grant| grant.0),
                action: dice.below(ACTIONS.len()),
                target: dice.below(company.users.len()),
            }
        })
        .collect()
}

pub fn pick(list: &[EntityId], place: usize) -> Result<EntityId, Failure> {
    list.get(place)
        .copied()
        .ok_or_else(|| "out of the company".into())
}

pub async fn fill(acting: &Acting<'static>, company: &Company) -> Result<(), Failure> {
    let mut commands = company.commands().peekable();
    while commands.peek().is_some() {
        let part: Vec<Command> = commands.by_ref().take(500).collect();
        acting.batch(&part, BatchMode::AllOrNothing).await?;
    }
    for (who, role, unit) in &company.grants {
        acting.execute(granting(company, *who, *role, *unit)?).await?;
    }
    Ok(())
}

pub fn granting(company: &Company, who: usize, role: usize, unit: usize) -> Result<GrantRole, Failure> {
    let role = company.roles.get(role).ok_or("no such role")?.0;
    let unit = OrganizationId::try_from(pick(&company.units, unit)?)?;
    Ok(GrantRole::new(RoleId::try_from(role)?, [pick(&company.users, who)?]).within([unit]))
}
