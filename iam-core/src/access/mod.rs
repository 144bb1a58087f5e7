//! Who may: decisions in well under a microsecond, with reasons.
//!
//! # What is asked
//!
//! An *actor* (a user) asks for an *action* on a *target*: a record, something of a kind, or a resource of the host's
//! own. The answer is made of rules, which reach the actor on paths:
//!
//! | comes from | gives |
//! |---|---|
//! | a role: granted to the user, the user type, a position held, a group, an organization or one above it that hands it down; or contained in such a role | its privileges, everywhere or within the organizations that the grant names |
//! | owning an organization | [`OWNER_ON_ORGANIZATIONS`] and [`OWNER_ON_MEMBERS`] in it and below |
//! | administering an organization | [`ADMINISTRATOR_ON_ORGANIZATIONS`], [`ADMINISTRATOR_ON_MEMBERS`] and [`ADMINISTRATOR_ON_POSITIONS`] in it and below |
//! | standing in for somebody | what that person has, or the roles that the edge names |
//! | being the one whom the record is about | [`ON_ONESELF`] |
//!
//! Default deny; a denial overrides whatever allows. A rule has effect while *all* that leads to it has: the window of
//! every edge on the path (half-open), the validity of the role, no suspension, no exclusion by another role, an actor
//! who is neither deleted nor locked nor disabled. Nobody acts on users of their own or a higher level, unless a role
//! says `outrank` in so many words.
//!
//! # One function
//!
//! `can`, lists and counts (searches decorated with the predicate), masks, `who_can`, explanations and the guards
//! before and after each command all ask the same rules. Decision data are loaded when the first decision asks
//! for them and kept up from the commits of this process; commits of other processes are read from the journal before a
//! decision, unless the host chose to live with older data ([`Freshness`](crate::service::Freshness)).

mod ask;
mod authority;
mod collect;
mod condition;
mod decide;
mod explain;
mod gain;
mod guard;
mod names;
mod near;
mod overlay;
mod path;
mod report;
mod role;
mod row;
mod spot;
mod table;
mod visible;
mod world;

#[cfg(test)]
mod tests;

pub use ask::On;
pub use authority::{
    ADMINISTRATOR_ON_MEMBERS, ADMINISTRATOR_ON_ORGANIZATIONS, ADMINISTRATOR_ON_POSITIONS, ON_ONESELF,
    OWNER_ON_MEMBERS, OWNER_ON_ORGANIZATIONS,
};
pub use decide::{Ability, Resource};
pub use explain::{AccountElsewhere, EffectiveAccess, Explanation, Held, Right, RightSource};
pub(crate) use guard::Refusal;
pub use path::{How, PathStep, Unmet};
pub use table::{COMMANDS, CommandRow, HOST_COMMANDS, QUERIES, QueryRow, command_row, implied_by, query_row};
pub(crate) use world::{Missing, World};
