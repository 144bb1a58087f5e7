//! What exists: plain data, no rules, no I/O.

mod access;
mod attribute;
mod attributes;
mod catalog;
mod constraint;
mod edge;
mod id;
mod journal;
mod moment;
mod name;
pub mod packed;
mod reading;
mod record;
mod secret;
mod source;
mod text;
mod token;
mod value;

pub(crate) use access::structures;
pub use access::{AssignmentEvent, AssignmentValue, OnAssignment, OnUnassignment, RoleType};
pub use attribute::{AttributeDefinition, AttributeType, EditableBy, Source};
pub use attributes::{Attributes, Peeked};
pub(crate) use catalog::has_hidden;
pub use catalog::{RESERVED_PREFIXES, builtin, builtin_attribute, builtin_references, is_hidden, is_secret};
pub(crate) use catalog::{builtin_defaults, builtin_named, builtin_required, builtin_unique};
pub use constraint::{Offset, TimeConstraint};
pub use edge::{Edge, EdgeKey, EdgeOrigin, Relation, Window};
pub use id::{
    AssignmentId, AttributeId, ChangeSetId, CommandId, ConnectorId, CounterId, CredentialId, DeviceId,
    EntityId, GroupId, IdError, Kind, LinkId, OrganizationId, OrganizationTypeId, PolicyId, PositionId,
    RealmId, RoleId, RuleId, SessionId, ShadowId, SourceId, SyncRunId, TemplateId, UserId, UserTypeId,
};
pub use journal::JournalPolicy;
pub use moment::{Moment, MomentError};
pub use name::Name;
pub(crate) use reading::from_json;
pub use record::{KeySalt, Record};
pub use secret::{SEALED, SECRET_SHOWN, Secret, is_sealed};
pub use source::{
    AttributeMapping, Capabilities, Configuration, ConfigurationField, ConnectorDescriptor, Correlator,
    DEFAULT_SCHEDULE, FieldIs, FieldType, KindRules, MapFrom, ReferenceBy, Required, RunMode, SECRET_PREFIX,
    Situation, SourceMode, SourceRules, Strength, SyncAction, SyncKind, Threshold, Tier, Unlisted,
};
pub use text::Text;
pub(crate) use token::same_digest;
pub use token::{Token, TokenKind};
pub use value::{Value, fold};
