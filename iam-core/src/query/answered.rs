//! Answers with records as they are kept, for languages that have a class for them.

use std::{pin::Pin, sync::Arc};

use super::{Query, RecordView, asked};
use crate::{model::Record, search::Page, service::Acting, wire::Problem};

/// What a query answers. Records are as they were read: what somebody makes of them is made from there, without a detour
/// over JSON.
#[derive(Debug, Clone)]
pub enum Answered {
    /// A record; `None` when there is none and the query is one that may find nothing.
    Record(Option<Arc<Record>>),
    /// Records.
    Records(Vec<Arc<Record>>),
    /// A page of a list.
    Page(Page),
    /// Anything else, in the form that other languages see.
    Json(serde_json::Value),
}

type Answering<'a> = Pin<Box<dyn Future<Output = Result<Answered, Problem>> + Send + 'a>>;

impl Acting<'_> {
    /// Answers a query as [`Acting::ask`] does, and leaves records what they are.
    ///
    /// ```
    /// # async fn example(acme: &iam_core::service::Acting<'_>) -> Result<(), iam_core::wire::Problem> {
    /// use iam_core::{query::Answered, wire::json};
    ///
    /// let query = json::query(serde_json::json!({"query": "record.search", "kind": "user"}))?;
    /// if let Answered::Page(page) = acme.answered(query).await? {
    ///     println!("{} records", page.items.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of [`Acting::ask`].
    pub fn answered(&self, query: Query) -> Answering<'_> {
        Box::pin(async move {
            self.may_query(query.name()).await?;
            Ok(match query {
                Query::GetRecord(query) => Answered::Record(Some(asked(self, &query).await?.0)),
                Query::FindRecord(query) => Answered::Record(asked(self, &query).await?.map(|view| view.0)),
                Query::FindRecordBy(query) => Answered::Record(asked(self, &query).await?.map(|view| view.0)),
                Query::FindRecords(query) => records(asked(self, &query).await?),
                Query::OrganizationPath(query) => records(asked(self, &query).await?),
                Query::ListCredentials(query) => records(asked(self, &query).await?),
                Query::ListAdministrators(query) => records(asked(self, &query).await?),
                Query::SearchRecords(query) => Answered::Page(asked(self, &query).await?.into()),
                Query::PrefixSearch(query) => Answered::Page(asked(self, &query).await?.into()),
                other => Answered::Json(self.admitted(other).await?),
            })
        })
    }
}

fn records(views: Vec<RecordView>) -> Answered {
    Answered::Records(views.into_iter().map(|view| view.0).collect())
}
