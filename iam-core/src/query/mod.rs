//! What may be looked up: plain data for every question, each with the way it is answered.
//!
//! The Rust side asks with the methods of [`Acting`]; other languages, scenarios and servers ask with a [`Query`]. Both
//! read the same state: now, after a revision or at a moment.
//!
//! ```
//! use iam_core::query::Query;
//!
//! let query: Query = serde_json::from_str(r#"{"query": "record.count", "kind": "user", "filter": "city eq \"Utica\""}"#)?;
//! assert_eq!(query.name(), "record.count");
//! # Ok::<(), serde_json::Error>(())
//! ```

use std::pin::Pin;

use serde::{Deserialize, Serialize};

use crate::{
    service::{Acting, At},
    wire::Problem,
};

mod access;
mod answered;
mod credential;
mod filter;
mod history;
mod list;
mod realm;
mod record;
mod role;
mod structure;
mod view;

pub use access::{
    AccessBetween, AccessFilter, AllowedFilter, Can, ExamineAccess, ExplainAccess, PreviewAccess,
    ReadEffectiveAccess, WhoCanDo,
};
pub use answered::Answered;
pub use credential::{CheckPassword, DrawQrCode, FindLinkedUser, ListCredentials, QrCode, ReadPolicy};
pub use filter::Filter;
pub use history::{CompareStates, HistoryOf, ListAudit, Place, Timeline};
pub use list::{Column, ListMembers, ListPage, ListRecords, ListRow};
pub use realm::{ExamineRealm, ListAttributes, ReadSettings, VerifyChain};
pub use record::{
    CountRecords, FindRecord, FindRecordBy, FindRecords, GetRecord, PrefixSearch, SearchRecords, UserStatus,
};
pub use role::{CompareRule, ListAdministrators, PreviewClone, ReadRiskIndex, ReadWantedState};
pub use structure::{ListEdges, OrganizationPath, OrganizationTree};
pub use view::{
    AuditItem, BatchResult, Batched, PageView, Previewed, RecordView, RollbackPreviewed, TreeView,
};

/// A question: data that answers itself.
pub(crate) trait Ask {
    /// What the answer looks like.
    type Answer: Serialize + schemars::JsonSchema;

    /// The state that is asked about; `None` for that of the handle.
    fn at(&self) -> Option<At> {
        None
    }

    /// Reads the answer.
    fn ask(&self, acting: &Acting<'_>) -> impl Future<Output = Result<Self::Answer, Problem>> + Send;
}

/// An answer to come.
type Answer<'a> = Pin<Box<dyn Future<Output = Result<serde_json::Value, Problem>> + Send + 'a>>;

macro_rules! queries {
    ($($name:literal $query:ident;)*) => {
        /// Every query, by its stable name.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(tag = "query")]
        #[expect(missing_docs, reason = "each variant is documented at its struct")]
        #[expect(clippy::large_enum_variant, reason = "a query lives for one call")]
        pub enum Query { $(#[serde(rename = $name)] $query($query),)* }

        impl Query {
            /// The names of all queries.
            pub const NAMES: &'static [&'static str] = &[$($name,)*];

            /// The stable name.
            pub const fn name(&self) -> &'static str {
                match self { $(Query::$query(_) => $name,)* }
            }

            /// Reads the input of the query with this name; `None` when there is no such query.
            ///
            /// # Errors
            /// When the input is not what the query takes.
            pub fn from_input(
                name: &str,
                input: serde_json::Value,
            ) -> Option<Result<Query, serde_json::Error>> {
                match name {
                    $($name => Some(crate::model::from_json(input).map(Query::$query)),)*
                    _ => None,
                }
            }

            /// The schema of each query's input, by name.
            pub(crate) fn schemas(
                generator: &mut schemars::SchemaGenerator,
            ) -> Vec<(&'static str, schemars::Schema)> {
                vec![$(($name, generator.subschema_for::<$query>()),)*]
            }

            /// The schema of each query's answer, by name.
            pub(crate) fn answers(
                generator: &mut schemars::SchemaGenerator,
            ) -> Vec<(&'static str, schemars::Schema)> {
                vec![$(($name, generator.subschema_for::<<$query as Ask>::Answer>()),)*]
            }
        }

        // See `Command`.
        impl<'de> Deserialize<'de> for Query {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Query, D::Error> {
                crate::wire::json::tagged(deserializer, "query", Query::NAMES, Query::from_input)
            }
        }

        impl Acting<'_> {
            /// Answers a query in the form that other languages see.
            ///
            /// # Errors
            /// Those of the method of the same meaning, such as [`Acting::get`] for `record.get`.
            pub async fn ask(&self, query: impl Into<Query>) -> Result<serde_json::Value, Problem> {
                self.answer(query.into()).await
            }

            /// In a box, so that no crate that asks makes all of it once more.
            fn answer(&self, query: Query) -> Answer<'_> {
                Box::pin(async move {
                    self.may_query(query.name()).await?;
                    self.admitted(query).await
                })
            }

            /// The same for whoever may ask.
            async fn admitted(&self, query: Query) -> Result<serde_json::Value, Problem> {
                match query {
                    $(Query::$query(query) => answer(self, &query).await,)*
                }
            }
        }

        $(impl From<$query> for Query {
            fn from(query: $query) -> Self { Query::$query(query) }
        })*
    };
}

queries! {
    "record.get" GetRecord;
    "record.find" FindRecord;
    "record.find_all" FindRecords;
    "record.find_by" FindRecordBy;
    "record.search" SearchRecords;
    "record.count" CountRecords;
    "record.prefix_search" PrefixSearch;
    "user.status" UserStatus;
    "edge.list" ListEdges;
    "organization.path" OrganizationPath;
    "organization.tree" OrganizationTree;
    "history.of" HistoryOf;
    "history.timeline" Timeline;
    "history.difference" CompareStates;
    "audit.list" ListAudit;
    "schema.attributes" ListAttributes;
    "realm.settings" ReadSettings;
    "realm.doctor" ExamineRealm;
    "chain.verify" VerifyChain;
    "record.list" ListRecords;
    "organization.members" ListMembers;
    "access.can" Can;
    "access.explain" ExplainAccess;
    "access.effective" ReadEffectiveAccess;
    "access.filter" AccessFilter;
    "access.who_can" WhoCanDo;
    "access.difference" AccessBetween;
    "access.preview" PreviewAccess;
    "access.doctor" ExamineAccess;
    "policy.effective" ReadPolicy;
    "password.check" CheckPassword;
    "credential.list" ListCredentials;
    "provider.find_user" FindLinkedUser;
    "otp.draw_qr" DrawQrCode;
    "access.wanted" ReadWantedState;
    "access.risk" ReadRiskIndex;
    "access.rule_difference" CompareRule;
    "access.clone" PreviewClone;
    "access.administrators" ListAdministrators;
}

/// What a question is answered, about the state that it asks about.
async fn asked<Q: Ask>(acting: &Acting<'_>, query: &Q) -> Result<Q::Answer, Problem> {
    match query.at() {
        Some(at) => Box::pin(query.ask(&acting.clone().as_of(at))).await,
        None => Box::pin(query.ask(acting)).await,
    }
}

async fn answer<Q: Ask>(acting: &Acting<'_>, query: &Q) -> Result<serde_json::Value, Problem> {
    crate::wire::json::value(&asked(acting, query).await?)
}
