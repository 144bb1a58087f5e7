//! What exists: plain data, no rules, no I/O.

mod attribute;
mod attributes;
mod catalog;
mod edge;
mod id;
mod moment;
mod name;
mod record;
mod text;
mod value;

pub use attribute::{AttributeDefinition, AttributeType, EditableBy, Source};
pub use attributes::Attributes;
pub use catalog::{RESERVED_PREFIXES, builtin};
pub use edge::{Edge, EdgeKey, EdgeOrigin, Relation, Window};
pub use id::{
    AttributeId, ChangeSetId, CommandId, DeviceId, EntityId, GroupId, IdError, Kind, OrganizationId,
    OrganizationTypeId, PositionId, RealmId, TemplateId, UserId, UserTypeId,
};
pub use moment::{Moment, MomentError};
pub use name::Name;
pub use record::{KeySalt, Record};
pub use text::Text;
pub use value::{Value, fold};
