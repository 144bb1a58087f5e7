//! Commands decided on an in-memory world.

mod attribute;
mod authority;
mod device;
mod dynamic;
mod factor;
mod group;
mod link;
mod organization;
mod organization_delete;
mod organization_merge;
mod password;
mod position;
mod provision;
mod random;
mod realm;
mod role;
mod session;
mod source;
mod template;
mod types;
mod user;
mod user_delete;
mod user_relations;
mod user_status;

use super::testbed::World;
use crate::model::{OrganizationId, UserId, Value};

/// A value from JSON text.
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// A command from JSON text, as every other language sends it.
fn command(text: &str) -> super::Command {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn user(world: &mut World, name: &str) -> UserId {
    world.made(super::CreateUser::new(name))
}

fn organization(world: &mut World, name: &str, parent: Option<OrganizationId>) -> OrganizationId {
    let mut command = super::CreateOrganization::new(name);
    command.parent = parent;
    world.made(command)
}
