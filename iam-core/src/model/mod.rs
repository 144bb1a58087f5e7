//! What exists: plain data, no rules, no I/O.

mod access;
mod attribute;
mod catalog;
mod constraint;
mod edge;
mod id;
mod moment;
mod record;
mod value;

pub(crate) use access::structures;
pub use access::{AssignmentEvent, AssignmentValue, OnAssignment, OnUnassignment, RoleType};
pub use attribute::{AttributeDefinition, AttributeType, Attributes, EditableBy, Source};
pub use catalog::{RESERVED_PREFIXES, builtin};
pub use constraint::{Offset, TimeConstraint};
pub use edge::{Edge, EdgeKey, EdgeOrigin, Relation, Window};
pub use id::{
    AssignmentId, AttributeId, ChangeSetId, CommandId, DeviceId, EntityId, GroupId, IdError, Kind,
    OrganizationId, OrganizationTypeId, PositionId, RealmId, RoleId, RuleId, TemplateId, UserId, UserTypeId,
};
pub use moment::{Moment, MomentError};
pub use record::{KeySalt, Record};
pub use value::{Value, fold};
