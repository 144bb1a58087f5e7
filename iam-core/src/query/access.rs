//! Questions about access.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Ask;
use crate::{
    access::{EffectiveAccess, Explanation, On},
    command::Command,
    model::{EntityId, UserId},
    plan::Actor,
    search::Predicate,
    service::{AccessDifference, AccessFinding, Acting, At, WhoCan},
    wire::Problem,
};

/// The state in the name of another user; only whoever may audit the realm asks about others.
async fn about<'a>(acting: &Acting<'a>, user: Option<UserId>) -> Result<Acting<'a>, Problem> {
    let Some(user) = user else {
        return Ok(acting.clone());
    };
    if acting
        .restricted()
        .is_some_and(|actor| actor != EntityId::from(user))
    {
        acting.require_on_realm("audit").await?;
    }
    Ok(acting.clone().by(Actor::User(user)))
}

/// Tells whether somebody may do something: an action such as `update` or `invoice:approve` on a record, on a resource
/// of the host, or on anything of a kind.
///
/// ```
/// use iam_core::query::Query;
///
/// let query: Query = serde_json::from_str(
///     r#"{"query": "access.can", "action": "approve", "on": {"resource": {"kind": "invoice", "attributes": {"amount": 12}}}}"#,
/// )?;
/// assert_eq!(query.name(), "access.can");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Can {
    /// Who; the actor when absent. Asking about others needs the right to audit the realm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// The action; with the kind and a colon before it where that is not the kind of the target.
    pub action: String,
    /// What it is about.
    pub on: On,
    /// The state to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

impl Ask for Can {
    type Answer = bool;
    fn at(&self) -> Option<At> {
        self.at
    }
    async fn ask(&self, acting: &Acting<'_>) -> Result<bool, Problem> {
        about(acting, self.user)
            .await?
            .can(&self.action, self.on.clone())
            .await
    }
}

/// Explains a decision: yes with every path that leads to it, no with the facts that are missing, the nearest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainAccess {
    /// Who; the actor when absent. Asking about others needs the right to audit the realm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// The action.
    pub action: String,
    /// What it is about.
    pub on: On,
    /// The state to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

impl Ask for ExplainAccess {
    type Answer = Explanation;
    fn at(&self) -> Option<At> {
        self.at
    }
    async fn ask(&self, acting: &Acting<'_>) -> Result<Explanation, Problem> {
        // The paths name roles and groups that the actor need not be able to see.
        acting.require_on_realm("audit").await?;
        about(acting, self.user)
            .await?
            .explain_access(&self.action, self.on.clone())
            .await
    }
}

/// Reads everything that is linked to a user: roles and groups with every path, led, owned and administered organizations,
/// and every right (S0-57, S0-59, S0-60, S0-63).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadEffectiveAccess {
    /// The user.
    pub user: UserId,
    /// The state to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

impl Ask for ReadEffectiveAccess {
    type Answer = EffectiveAccess;
    fn at(&self) -> Option<At> {
        self.at
    }
    async fn ask(&self, acting: &Acting<'_>) -> Result<EffectiveAccess, Problem> {
        acting.effective_access(self.user).await
    }
}

/// Reads the filter that holds for exactly the things of a kind on which somebody may do something, as far as it does not
/// depend on levels: for the host's own lists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessFilter {
    /// Who; the actor when absent. Asking about others needs the right to audit the realm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// The action.
    pub action: String,
    /// The kind, one of the library's or of the host's own.
    pub kind: String,
    /// The state to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

/// A filter for the host's own lists.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AllowedFilter {
    /// The JSON tree of the condition; `"all"` for everything, `"none"` for nothing.
    #[schemars(with = "serde_json::Value")]
    pub filter: Predicate,
    /// The same as SCIM filter text.
    pub text: Option<String>,
}

impl Ask for AccessFilter {
    type Answer = AllowedFilter;
    fn at(&self) -> Option<At> {
        self.at
    }
    async fn ask(&self, acting: &Acting<'_>) -> Result<AllowedFilter, Problem> {
        let filter = about(acting, self.user)
            .await?
            .allowed(&self.action, &self.kind)
            .await?;
        Ok(AllowedFilter {
            text: filter.to_scim().ok(),
            filter,
        })
    }
}

/// Lists the users who can do something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhoCanDo {
    /// The action.
    pub action: String,
    /// What it is about.
    pub on: On,
    /// At most so many.
    #[serde(default = "many")]
    pub limit: usize,
    /// The state to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

fn many() -> usize {
    1_000
}

impl Ask for WhoCanDo {
    type Answer = WhoCan;
    fn at(&self) -> Option<At> {
        self.at
    }
    async fn ask(&self, acting: &Acting<'_>) -> Result<WhoCan, Problem> {
        acting.who_can(&self.action, self.on.clone(), self.limit).await
    }
}

/// Compares what users may do in two states: of the users that are named everything, windows that opened or closed by
/// themselves included; without names, of everybody whom the commits between the states can concern.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessBetween {
    /// One state.
    pub from: At,
    /// The other; the present when absent.
    #[serde(default)]
    pub to: At,
    /// Of these users.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<Vec<UserId>>,
    /// Looks at so many users at most; the answer says whether there were more.
    #[serde(default = "many")]
    pub limit: usize,
}

impl Ask for AccessBetween {
    type Answer = AccessDifference;
    async fn ask(&self, acting: &Acting<'_>) -> Result<AccessDifference, Problem> {
        let users = self
            .users
            .as_ref()
            .map(|users| users.iter().map(|user| EntityId::from(*user)).collect());
        acting
            .access_difference(self.from, self.to, users, self.limit)
            .await
    }
}

/// Shows what a command would change in what users may do; nothing is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewAccess {
    /// The command with its name in `command`, such as `{"command": "role.grant", …}`.
    #[schemars(with = "serde_json::Value")]
    pub change: Command,
    /// Looks at so many users at most; the answer says whether there were more.
    #[serde(default = "many")]
    pub limit: usize,
}

impl Ask for PreviewAccess {
    type Answer = AccessDifference;
    async fn ask(&self, acting: &Acting<'_>) -> Result<AccessDifference, Problem> {
        let preview = acting.preview(self.change.clone()).await?;
        acting.access_after(&preview.plan, self.limit).await
    }
}

/// Looks for access that is probably not meant so: roles that nobody holds, rights that nobody has, privileges that
/// contradict, exclusions that are met, administrators who could become owners.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExamineAccess {}

impl Ask for ExamineAccess {
    type Answer = Vec<AccessFinding>;
    async fn ask(&self, acting: &Acting<'_>) -> Result<Vec<AccessFinding>, Problem> {
        acting.access_doctor().await
    }
}
