//! What exists: plain data, no rules, no I/O.

mod attribute;
mod catalog;
mod edge;
mod id;
mod moment;
mod record;
mod secret;
mod value;

pub use attribute::{AttributeDefinition, AttributeType, Attributes, EditableBy, Source};
pub use catalog::{RESERVED_PREFIXES, builtin, is_secret};
pub use edge::{Edge, EdgeKey, EdgeOrigin, Relation, Window};
pub use id::{
    AttributeId, ChangeSetId, CommandId, CredentialId, DeviceId, EntityId, GroupId, IdError, Kind,
    OrganizationId, OrganizationTypeId, PolicyId, PositionId, RealmId, TemplateId, UserId, UserTypeId,
};
pub use moment::{Moment, MomentError};
pub use record::{KeySalt, Record};
pub use secret::{SEALED, SECRET_SHOWN, Secret, is_sealed};
pub use value::{Value, fold};
