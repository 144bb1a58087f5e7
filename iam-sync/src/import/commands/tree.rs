//! Organizations and positions.

use iam_core::{
    command::{
        ChangeOrganizationType, Command, CreateOrganization, CreatePosition, DisableOrganization,
        DisablePosition, EnableOrganization, EnablePosition, SetSuperior, TransferOrganization,
        TransferPosition, UpdateOrganization, UpdatePosition,
    },
    model::{OrganizationId, PositionId},
};

use super::{Ground, Wish};

impl Wish {
    /// Whether the record is to be enabled; `None` when it already is what the row wants.
    fn switch(&self, ground: Ground<'_>) -> Option<bool> {
        let before = ground
            .existing
            .map_or("enabled", |record| record.text("administrative_status"));
        let wanted = self
            .text("administrative_status")
            .filter(|status| *status != before)?;
        Some(wanted == "enabled")
    }

    pub(super) fn create_organization(self, ground: Ground<'_>) -> Vec<Command> {
        let Ok(organization) = OrganizationId::try_from(ground.id) else {
            return Vec::new();
        };
        let create = CreateOrganization {
            id: Some(organization),
            organization_type: self.id("organization_type"),
            parent: self.id("parent"),
            origin: Some("import".to_owned()),
            source: ground.source.map(str::to_owned),
            attributes: self.attributes.clone(),
        };
        let mut commands = vec![create.into()];
        commands.extend(self.groups(ground));
        commands.extend(self.switch_organization(organization, ground));
        commands
    }

    pub(super) fn update_organization(self, ground: Ground<'_>) -> (Vec<Command>, Option<Command>) {
        let Ok(organization) = OrganizationId::try_from(ground.id) else {
            return (Vec::new(), None);
        };
        let mut commands: Vec<Command> = Vec::new();
        let attributes = self.attributes.clone();
        if self.differs("organization_type", ground) {
            let organization_type = self.id("organization_type");
            commands.push(
                ChangeOrganizationType {
                    organization,
                    organization_type,
                    attributes,
                }
                .into(),
            );
        } else if !attributes.is_empty() {
            commands.push(
                UpdateOrganization {
                    organization,
                    attributes,
                }
                .into(),
            );
        }
        commands.extend(self.groups(ground));
        commands.extend(self.switch_organization(organization, ground));
        let own = self.differs("parent", ground).then(|| {
            TransferOrganization {
                organization,
                parent: self.id("parent"),
            }
            .into()
        });
        (commands, own)
    }

    fn switch_organization(&self, organization: OrganizationId, ground: Ground<'_>) -> Option<Command> {
        Some(match self.switch(ground)? {
            true => EnableOrganization { organization }.into(),
            false => DisableOrganization { organization }.into(),
        })
    }

    pub(super) fn create_position(self, ground: Ground<'_>) -> Vec<Command> {
        let Ok(position) = PositionId::try_from(ground.id) else {
            return Vec::new();
        };
        let create = CreatePosition {
            id: Some(position),
            organization: self.id("organization"),
            reports_to: self.id("reports_to"),
            origin: Some("import".to_owned()),
            source: ground.source.map(str::to_owned),
            attributes: self.attributes.clone(),
        };
        let mut commands = vec![create.into()];
        commands.extend(self.groups(ground));
        commands.extend(self.switch_position(position, ground));
        commands
    }

    pub(super) fn update_position(self, ground: Ground<'_>) -> (Vec<Command>, Option<Command>) {
        let Ok(position) = PositionId::try_from(ground.id) else {
            return (Vec::new(), None);
        };
        let mut commands: Vec<Command> = Vec::new();
        let attributes = self.attributes.clone();
        if !attributes.is_empty() {
            commands.push(UpdatePosition { position, attributes }.into());
        }
        if self.differs("organization", ground) {
            commands.push(
                TransferPosition {
                    position,
                    organization: self.id("organization"),
                }
                .into(),
            );
        }
        commands.extend(self.groups(ground));
        commands.extend(self.switch_position(position, ground));
        let own = self.differs("reports_to", ground).then(|| {
            SetSuperior {
                position,
                reports_to: self.id("reports_to"),
            }
            .into()
        });
        (commands, own)
    }

    fn switch_position(&self, position: PositionId, ground: Ground<'_>) -> Option<Command> {
        Some(match self.switch(ground)? {
            true => EnablePosition { position }.into(),
            false => DisablePosition { position }.into(),
        })
    }
}
