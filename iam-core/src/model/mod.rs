//! What exists: plain data, no rules, no I/O.

mod attribute;
mod catalog;
mod edge;
mod id;
mod journal;
mod moment;
mod record;
mod secret;
mod token;
mod value;

pub use attribute::{AttributeDefinition, AttributeType, Attributes, EditableBy, Source};
pub use catalog::{RESERVED_PREFIXES, builtin, is_secret};
pub use edge::{Edge, EdgeKey, EdgeOrigin, Relation, Window};
pub use id::{
    AttributeId, ChangeSetId, CommandId, CounterId, CredentialId, DeviceId, EntityId, GroupId, IdError, Kind,
    LinkId, OrganizationId, OrganizationTypeId, PolicyId, PositionId, RealmId, SessionId, TemplateId, UserId,
    UserTypeId,
};
pub use journal::JournalPolicy;
pub use moment::{Moment, MomentError};
pub use record::{KeySalt, Record};
pub use secret::{SEALED, SECRET_SHOWN, Secret, is_sealed};
pub(crate) use token::same_digest;
pub use token::{Token, TokenKind};
pub use value::{Value, fold};
