//! What exists: plain data, no rules, no I/O.

mod access;
mod attribute;
mod attributes;
mod catalog;
mod constraint;
mod edge;
mod id;
mod moment;
mod name;
mod record;
mod secret;
mod text;
mod value;

pub(crate) use access::structures;
pub use access::{AssignmentEvent, AssignmentValue, OnAssignment, OnUnassignment, RoleType};
pub use attribute::{AttributeDefinition, AttributeType, EditableBy, Source};
pub use attributes::Attributes;
pub use catalog::{RESERVED_PREFIXES, builtin, builtin_attribute, builtin_references, is_secret};
pub(crate) use catalog::{builtin_defaults, builtin_required, builtin_unique};
pub use constraint::{Offset, TimeConstraint};
pub use edge::{Edge, EdgeKey, EdgeOrigin, Relation, Window};
pub use id::{
    AssignmentId, AttributeId, ChangeSetId, CommandId, CredentialId, DeviceId, EntityId, GroupId, IdError,
    Kind, OrganizationId, OrganizationTypeId, PolicyId, PositionId, RealmId, RoleId, RuleId, TemplateId,
    UserId, UserTypeId,
};
pub use moment::{Moment, MomentError};
pub use name::Name;
pub use record::{KeySalt, Record};
pub use secret::{SEALED, SECRET_SHOWN, Secret, is_sealed};
pub use text::Text;
pub use value::{Value, fold};
