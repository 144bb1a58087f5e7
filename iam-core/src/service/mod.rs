//! The thin asynchronous shell around the pure core: one way in for every host, binding, importer and worker.
//!
//! ```text
//! Iam ── in_realm(r) ── act_as(actor) ── execute · preview · batch · what_if · rollback
//!                                     └─ get · find · edges · history · as_of · difference
//! ```

mod access;
mod access_report;
mod access_view;
mod acting;
mod as_of;
mod authenticate;
mod batch;
mod batches;
mod carry;
mod chain;
mod clone;
mod credential;
mod decide;
mod decider;
mod decisions;
#[cfg(feature = "testing")]
mod direct;
mod doctor;
mod driver;
mod evidence;
mod following;
mod foreseen;
mod history;
mod iam;
mod limits;
mod link;
mod matching;
mod message;
mod outbox;
mod provision;
mod read;
mod register;
mod rollback;
mod ruled;
mod seal;
mod session;
mod signed;
mod undo;
mod undo_check;
mod upkeep;
pub(crate) mod work;

pub use access_report::{AccessDifference, AccessFinding, UserAccessDifference, WhoCan};
pub use acting::{Acting, Executed, Preview};
pub use as_of::At;
pub use authenticate::{
    ContinueSignIn, PasskeyChallenge, PasskeySignIn, PendingSignIn, SignIn, SignInFlow, SignInProof, SignedIn,
};
pub use batch::{BatchMode, BatchOutcome};
pub use batches::Batches;
pub use chain::{ChainBreak, ChainHead, Verified};
pub use clone::{CloneMode, Cloned, Skipped};
pub use decider::{Decider, Who};
pub use decisions::Freshness;
pub use doctor::Diagnosis;
pub use history::HistoryItem;
pub use iam::{Host, Iam, Options, Realm};
pub use limits::Limits;
pub use link::{AcceptInvitation, LinkView, RequestPasswordReset, ResetPasswordByLink};
pub use message::{OutboxReport, OutboxWorker};
pub(crate) use outbox::minute;
pub use outbox::{Failure, Work};
pub use provision::WantedState;
pub use read::{Headcount, TreeNode};
pub use register::Register;
pub use rollback::{OnConflict, RollbackPreview, Undo};
pub use ruled::RuleDifference;
pub use session::{SessionTokens, SessionView};
pub use signed::{KeySet, PublicKey, SignedClaims};
pub use upkeep::Upkeep;
