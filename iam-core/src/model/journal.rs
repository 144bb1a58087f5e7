//! How much of a kind's changes the journal keeps.

use super::Kind;

/// What the journal keeps of the changes of a kind's records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JournalPolicy {
    /// Every change with its old and new values: it can be explained, undone and read as it was.
    Full,
    /// That something changed, when and through whom, without any value: it can be explained, and nothing else.
    Summary,
    /// Nothing. What matters about such records are events in the audit trail.
    None,
}

impl Kind {
    /// What the journal keeps of this kind. Sessions and counters come and go with every sign-in, so they do not pay
    /// for a journal; a used link must not come back by undoing something, so its values are not kept.
    ///
    /// ```
    /// use iam_core::model::{JournalPolicy, Kind};
    ///
    /// assert_eq!(Kind::User.journal(), JournalPolicy::Full);
    /// assert_eq!(Kind::Session.journal(), JournalPolicy::None);
    /// ```
    pub const fn journal(self) -> JournalPolicy {
        match self {
            Kind::Session | Kind::Counter => JournalPolicy::None,
            Kind::Link => JournalPolicy::Summary,
            _ => JournalPolicy::Full,
        }
    }

    /// Whether earlier states of this kind's records can be read and brought back.
    pub const fn has_past(self) -> bool {
        matches!(self.journal(), JournalPolicy::Full)
    }
}
