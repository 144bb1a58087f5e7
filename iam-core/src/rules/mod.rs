//! The algebra that several commands share: pure functions over plain data.

mod definition;
pub mod doctor;
mod exclusion;
mod format;
pub mod grant;
mod inheritance;
pub mod link;
pub mod lock;
mod membership;
pub(crate) mod message;
pub mod password;
mod pattern;
pub mod policy;
mod privilege;
pub mod provision;
pub mod relative;
mod rule;
mod rule_book;
mod rule_overlay;
pub mod session;
pub mod sign_in;
pub mod status;
pub mod structure;
pub mod subject;
pub mod throttle;
pub mod tree;
mod value;
mod wanted;

pub use definition::check_definition;
pub use exclusion::excluded;
pub(crate) use format::{date, moment, reference};
pub(crate) use inheritance::Inheritance;
pub use inheritance::{inherits, risk};
pub use membership::Memberships;
pub use message::MessageTemplate;
pub use pattern::Pattern;
pub use privilege::{AttributeAccess, Privilege, PrivilegeEffect, STANDARD_ACTIONS};
pub use rule::Rule;
pub use rule_book::RuleBook;
pub use rule_overlay::RuleOverlay;
pub(crate) use value::quoted;
pub use value::{ValueProblem, canonical, from_text, maximum_length};
pub use wanted::{AttributeStep, MappingSteps, Wanted, WantedAttribute, WantedEvent, wanted, wanted_steps};

/// The longest search key that a backend has to index, in bytes.
pub const MAXIMUM_KEY: usize = 1024;

/// The most values that one attribute may hold.
pub const MAXIMUM_VALUES: usize = 1000;
