//! Users.

use iam_core::{
    command::{
        AddMembership, ArchiveUser, AssignPosition, ChangeUserType, Command, CreateUser, DisableUser,
        DisabledBy, EnableUser, JoinOrganization, RemoveMembership, SetManager, SetValidity, SuspendUser,
        UnassignPosition, UpdateUser,
    },
    model::{EntityId, PositionId, UserId, Window},
};

use super::{Ground, Wish};

impl Wish {
    pub(super) fn create_user(self, ground: Ground<'_>) -> Vec<Command> {
        let Ok(user) = UserId::try_from(ground.id) else {
            return Vec::new();
        };
        let mut commands = vec![
            CreateUser {
                id: Some(user),
                user_type: self.id("user_type"),
                organizations: self
                    .ids("organizations")
                    .into_iter()
                    .map(JoinOrganization::new)
                    .collect(),
                positions: self.ids("positions"),
                manager: self.id("manager"),
                valid_from: self.text("valid_from").and_then(|text| text.parse().ok()),
                valid_until: self.text("valid_until").and_then(|text| text.parse().ok()),
                origin: Some("import".to_owned()),
                source: ground.source.map(str::to_owned),
                attributes: self.attributes.clone(),
                ..CreateUser::default()
            }
            .into(),
        ];
        commands.extend(self.groups(ground));
        commands.extend(self.status(user, "enabled"));
        commands
    }

    pub(super) fn update_user(self, ground: Ground<'_>) -> (Vec<Command>, Option<Command>) {
        let Ok(user) = UserId::try_from(ground.id) else {
            return (Vec::new(), None);
        };
        let mut commands: Vec<Command> = Vec::new();
        if self.differs("user_type", ground) {
            // The new type may ask for values that stand in the same row.
            commands.push(
                ChangeUserType {
                    user,
                    user_type: self.id("user_type"),
                    attributes: self.attributes.clone(),
                    recompute_expiry: false,
                }
                .into(),
            );
        } else if !self.attributes.is_empty() {
            commands.push(
                UpdateUser {
                    user,
                    attributes: self.attributes.clone(),
                }
                .into(),
            );
        }
        if let Some((add, remove)) = self.list("organizations", ground) {
            let join = |id: &EntityId| (*id).try_into().ok().map(JoinOrganization::new);
            let add: Vec<_> = add.iter().filter_map(join).collect();
            if !add.is_empty() {
                commands.push(
                    AddMembership {
                        member: ground.id,
                        organizations: add,
                    }
                    .into(),
                );
            }
            let remove: Vec<_> = remove.iter().filter_map(|id| (*id).try_into().ok()).collect();
            if !remove.is_empty() {
                commands.push(
                    RemoveMembership {
                        member: ground.id,
                        organizations: remove,
                    }
                    .into(),
                );
            }
        }
        if let Some((add, remove)) = self.list("positions", ground) {
            let position = |id: EntityId| PositionId::try_from(id).ok();
            let window = Window::default();
            commands.extend(add.into_iter().filter_map(position).map(|position| {
                AssignPosition {
                    position,
                    user,
                    window,
                }
                .into()
            }));
            commands.extend(
                remove
                    .into_iter()
                    .filter_map(position)
                    .map(|position| UnassignPosition { position, user }.into()),
            );
        }
        commands.extend(self.groups(ground));
        commands.extend(self.validity(user, ground));
        let text = |name: &str| {
            ground
                .existing
                .map(|record| record.text(name))
                .unwrap_or_default()
        };
        let status = text("administrative_status");
        if self.relations.contains_key("administrative_status") {
            commands.extend(self.status(user, status));
        } else if ground.revive && status == "disabled" && text("disabled_by") == "source" {
            commands.push(EnableUser { user }.into());
        }
        let own = self.relations.contains_key("manager").then(|| {
            SetManager {
                user,
                manager: self.id("manager"),
            }
            .into()
        });
        (commands, own)
    }

    fn validity(&self, user: UserId, ground: Ground<'_>) -> Option<Command> {
        let wanted = |name: &str| {
            let before = ground.existing.and_then(|record| record.moment(name));
            match self.relations.get(name) {
                None => (before, before),
                Some(_) => (before, self.text(name).and_then(|text| text.parse().ok())),
            }
        };
        let ((from_before, valid_from), (until_before, valid_until)) =
            (wanted("valid_from"), wanted("valid_until"));
        ((from_before, until_before) != (valid_from, valid_until)).then(|| {
            SetValidity {
                user,
                valid_from,
                valid_until,
            }
            .into()
        })
    }

    fn status(&self, user: UserId, before: &str) -> Option<Command> {
        let status = self
            .text("administrative_status")
            .filter(|status| *status != before)?;
        Some(match status {
            "enabled" => EnableUser { user }.into(),
            "suspended" => SuspendUser { user }.into(),
            "archived" => ArchiveUser { user }.into(),
            _ => DisableUser {
                user,
                by: DisabledBy::Administrator,
            }
            .into(),
        })
    }
}
