//! The thin asynchronous shell around the pure core: one way in for every host, binding, importer and worker.
//!
//! ```text
//! Iam ── in_realm(r) ── act_as(actor) ── execute · preview · batch · what_if · rollback
//!                                     └─ get · find · edges · history · as_of · difference
//! ```

mod acting;
mod as_of;
mod chain;
mod clone;
#[cfg(feature = "testing")]
mod direct;
mod doctor;
mod driver;
mod history;
mod iam;
mod provision;
mod read;
mod rollback;
mod ruled;
mod seal;
mod undo;
mod undo_check;
mod upkeep;
pub(crate) mod work;

pub use acting::{Acting, BatchMode, BatchOutcome, Executed, Preview};
pub use as_of::At;
pub use chain::{ChainBreak, ChainHead, Verified};
pub use clone::{CloneMode, Cloned, Skipped};
pub use doctor::Diagnosis;
pub use history::HistoryItem;
pub use iam::{Host, Iam, Options, Realm};
pub use provision::WantedState;
pub use read::TreeNode;
pub use rollback::{OnConflict, RollbackPreview, Undo};
pub use ruled::RuleDifference;
pub use upkeep::Upkeep;
