//! Commands about organizations.

mod authority;
mod content;
mod delete;
mod lead;
mod merge;
mod write;

pub use authority::{AddAdministrator, AddOwner, RemoveAdministrator, RemoveOwner};
pub(super) use authority::{OVERRIDE, at_or_above, belongs_to, owner_is_member};
pub use delete::{DeleteOrganization, Disposition};
pub use lead::{AddLead, RemoveLead};
pub use merge::{MergeOrganizations, NameClashes};
pub use write::{ChangeOrganizationType, CreateOrganization, TransferOrganization, UpdateOrganization};

super::switch::switch_commands! {
    /// Enables an organization (S0-86).
    EnableOrganization organization OrganizationId "enabled" "organization.enabled";
    /// Disables an organization (S0-86). Users keep their status; what they have through the organization or anything
    /// below it is without effect until it is enabled again (S0-88).
    DisableOrganization organization OrganizationId "disabled" "organization.disabled";
}
