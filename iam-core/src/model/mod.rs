//! What exists: plain data, no rules, no I/O.

mod attribute;
mod catalog;
mod edge;
mod id;
mod moment;
mod record;
mod source;
mod value;

pub use attribute::{AttributeDefinition, AttributeType, Attributes, EditableBy, Source};
pub use catalog::{RESERVED_PREFIXES, builtin};
pub use edge::{Edge, EdgeKey, EdgeOrigin, Relation, Window};
pub use id::{
    AttributeId, ChangeSetId, CommandId, ConnectorId, DeviceId, EntityId, GroupId, IdError, Kind, OrganizationId,
    OrganizationTypeId, PositionId, RealmId, ShadowId, SourceId, SyncRunId, TemplateId, UserId, UserTypeId,
};
pub use moment::{Moment, MomentError};
pub use record::{KeySalt, Record};
pub use source::{
    AttributeMapping, Capabilities, Configuration, ConfigurationField, ConnectorDescriptor, Correlator,
    DEFAULT_SCHEDULE, FieldIs, FieldType, KindRules, MapFrom, ReferenceBy, Required, RunMode, SECRET_PREFIX,
    Situation, SourceMode, SourceRules, Strength, SyncAction, SyncKind, Threshold, Tier, Unlisted,
};
pub use value::{Value, fold};
