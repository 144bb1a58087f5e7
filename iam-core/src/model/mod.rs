//! What exists: plain data, no rules, no I/O.

mod attribute;
mod catalog;
mod edge;
mod id;
mod moment;
mod record;
mod value;

pub use attribute::{AttributeDefinition, AttributeType, Attributes, EditableBy, Source};
pub use catalog::{RESERVED_PREFIXES, builtin};
pub use edge::{Edge, EdgeKey, EdgeOrigin, Relation, Window};
pub use id::{
    AttributeId, ChangeSetId, CommandId, DeviceId, EntityId, GroupId, IdError, Kind, OrganizationId,
    OrganizationTypeId, PositionId, RealmId, TemplateId, UserId, UserTypeId,
};
pub use moment::{Moment, MomentError};
pub use record::{KeySalt, Record};
pub use value::{Value, fold};
