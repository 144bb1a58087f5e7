//! Questions about records.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Ask, Filter, PageView, RecordView};
use crate::{
    model::{EntityId, Kind, UserId},
    rules::status::StatusView,
    search::{
        Cursor, DEFAULT_LIMIT, Deleted, PREFIX_ATTRIBUTES, Search, Sort, prefix_search, prefix_search_over,
    },
    service::{Acting, At},
    wire::Problem,
};

/// Reads a record that exists and is not deleted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetRecord {
    /// The record.
    pub id: EntityId,
    /// The state to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

impl Ask for GetRecord {
    type Answer = RecordView;
    fn at(&self) -> Option<At> {
        self.at
    }
    async fn ask(&self, acting: &Acting<'_>) -> Result<RecordView, Problem> {
        Ok(RecordView(acting.get(self.id).await?))
    }
}

/// Reads a record, a soft-deleted one too; answers nothing when there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindRecord {
    /// The record.
    pub id: EntityId,
    /// The state to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

impl Ask for FindRecord {
    type Answer = Option<RecordView>;
    fn at(&self) -> Option<At> {
        self.at
    }
    async fn ask(&self, acting: &Acting<'_>) -> Result<Option<RecordView>, Problem> {
        Ok(acting.find(self.id).await?.map(RecordView))
    }
}

/// Reads several records at once, in the order asked for; those that do not exist are left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindRecords {
    /// The records.
    pub ids: Vec<EntityId>,
    /// The state to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

impl Ask for FindRecords {
    type Answer = Vec<RecordView>;
    fn at(&self) -> Option<At> {
        self.at
    }
    async fn ask(&self, acting: &Acting<'_>) -> Result<Vec<RecordView>, Problem> {
        let records = acting.find_all(self.ids.iter().copied()).await?;
        Ok(records.into_iter().map(RecordView).collect())
    }
}

/// Reads the record that holds a unique name, such as the user with a `user_name`; answers nothing when nobody does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindRecordBy {
    /// The kind of the record.
    pub kind: Kind,
    /// A unique attribute of the kind.
    pub attribute: String,
    /// Its value, in any letter case.
    pub value: String,
    /// The state to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

impl Ask for FindRecordBy {
    type Answer = Option<RecordView>;
    fn at(&self) -> Option<At> {
        self.at
    }
    async fn ask(&self, acting: &Acting<'_>) -> Result<Option<RecordView>, Problem> {
        let found = acting.find_by(self.kind, &self.attribute, &self.value).await?;
        Ok(found.map(RecordView))
    }
}

/// Lists one page of the records that match.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchRecords {
    /// What to list.
    pub kind: Kind,
    /// Which of them; everyone when absent.
    #[serde(default)]
    pub filter: Filter,
    /// In which order; then by identifier.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sort: Vec<Sort>,
    /// Records on a page, 1 to 1000.
    #[serde(default = "default_limit")]
    pub limit: u32,
    /// Which page: `next` or `previous` of another one; the first one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
    /// Count all records that match.
    #[serde(default)]
    pub total: bool,
    /// Whether soft-deleted records are listed.
    #[serde(default)]
    pub deleted: Deleted,
    /// The state to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

fn default_limit() -> u32 {
    DEFAULT_LIMIT
}

impl SearchRecords {
    /// The search that it stands for.
    ///
    /// # Errors
    /// When the filter is not well formed.
    pub fn search(&self, acting: &Acting<'_>) -> Result<Search, Problem> {
        Ok(Search {
            kind: self.kind,
            filter: self.filter.predicate(self.kind, &acting.shared.limits.filter)?,
            sort: self.sort.clone(),
            limit: self.limit,
            cursor: self.cursor.clone(),
            total: self.total,
            deleted: self.deleted,
        })
    }
}

impl Ask for SearchRecords {
    type Answer = PageView;
    fn at(&self) -> Option<At> {
        self.at
    }
    async fn ask(&self, acting: &Acting<'_>) -> Result<PageView, Problem> {
        Ok(acting.search(&self.search(acting)?).await?.into())
    }
}

/// Counts the records that match.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountRecords {
    /// What to count.
    pub kind: Kind,
    /// Which of them; everyone when absent.
    #[serde(default)]
    pub filter: Filter,
    /// The state to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

impl Ask for CountRecords {
    type Answer = u64;
    fn at(&self) -> Option<At> {
        self.at
    }
    async fn ask(&self, acting: &Acting<'_>) -> Result<u64, Problem> {
        let filter = self.filter.predicate(self.kind, &acting.shared.limits.filter)?;
        acting.count(self.kind, filter).await
    }
}

/// Lists users any of whose names, addresses or numbers starts with a text, in any letter case, by e-mail
/// (S3-4 … S3-11). At least two characters; the empty text lists everyone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrefixSearch {
    /// How it starts.
    pub text: String,
    /// Records on a page, 1 to 1000.
    #[serde(default = "default_limit")]
    pub limit: u32,
    /// Which page; the first one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
    /// Count all users that match.
    #[serde(default)]
    pub total: bool,
    /// The state to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

impl PrefixSearch {
    /// The search that it stands for.
    ///
    /// # Errors
    /// When the text is too short.
    pub fn search(&self) -> Result<Search, Problem> {
        Ok(prefix_search(&self.text)?
            .limit(self.limit)
            .cursor(self.cursor.clone())
            .total(self.total))
    }
}

impl Ask for PrefixSearch {
    type Answer = PageView;
    fn at(&self) -> Option<At> {
        self.at
    }
    async fn ask(&self, acting: &Acting<'_>) -> Result<PageView, Problem> {
        // What the realm does not search is left out, not refused (S0-12).
        let schema = acting.schema().await?;
        let searched = super::list::searched(&schema, Kind::User);
        let names: Vec<&str> = searched
            .iter()
            .map(String::as_str)
            .filter(|name| PREFIX_ATTRIBUTES.contains(name))
            .collect();
        let filter = prefix_search_over(&self.text, &names)?.filter;
        Ok(acting.search(&self.search()?.filter(filter)).await?.into())
    }
}

/// Tells the named status of a user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserStatus {
    /// The user.
    pub user: UserId,
    /// In which terms; the realm's setting `status_view` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<StatusView>,
    /// The state to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

impl Ask for UserStatus {
    type Answer = String;
    fn at(&self) -> Option<At> {
        self.at
    }
    async fn ask(&self, acting: &Acting<'_>) -> Result<String, Problem> {
        let id = EntityId::from(self.user);
        let record = acting.find(id).await?.ok_or_else(|| {
            let message = "there is no user with this identifier in the realm";
            Problem::new(crate::wire::Code::NotFound, message).about(id)
        })?;
        Ok(acting.status(&record, self.view).await?.to_owned())
    }
}
