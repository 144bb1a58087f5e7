use serde::{Deserialize, Serialize};

use super::{
    super::{Decide, declared, form::some, position, tree},
    content::{Content, drop_edges, name_clashes, point, redirect_to},
};
use crate::{
    model::{Edge, EntityId, Kind, OrganizationId},
    plan::{Cause, Draft, Needs, Stop},
    wire::{Code, Problem},
};

/// What becomes of that which hangs on a deleted organization (S0-92). Leads and group memberships of the organization
/// itself end in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Disposition {
    /// Sub-organizations, members and positions go to another organization.
    MoveTo {
        /// Which one; not a part of the deleted one.
        target: OrganizationId,
    },
    /// Sub-organizations become roots, members and positions lose the connection.
    Detach,
    /// Everything below goes as well, with its positions; users only lose their memberships.
    Cascade,
}

/// Deletes an organization physically (S0-89, S2-83). With sub-organizations, members or positions it is refused, with
/// a list of them, unless a disposition says what becomes of them (S0-92, S2-85).
///
/// ```
/// use iam_core::command::{DeleteOrganization, Disposition};
///
/// let command: DeleteOrganization = serde_json::from_str(
///     r#"{"organization": "organization_00000000000000000000000001", "disposition": "detach"}"#,
/// )?;
/// assert_eq!(command.disposition, Some(Disposition::Detach));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteOrganization {
    /// The organization.
    pub organization: OrganizationId,
    /// What becomes of that which hangs on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disposition: Option<Disposition>,
}

impl Decide for DeleteOrganization {
    fn needs(&self, needs: &mut Needs) {
        Content::needs(needs, self.organization);
        match self.disposition {
            Some(Disposition::MoveTo { target }) => {
                needs.ancestors.insert(target.into());
                needs.referring(Kind::Organization, "parent", target);
            }
            Some(Disposition::Cascade) => {
                needs.subtrees.insert(self.organization.into());
            }
            Some(Disposition::Detach) | None => {}
        }
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let id = EntityId::from(self.organization);
        draft.live(id)?;
        draft.subject(id);
        match self.disposition {
            None => refuse_content(draft, id)?,
            Some(Disposition::MoveTo { target }) => move_content(draft, id, target)?,
            Some(Disposition::Detach) => {
                let content = known_content(draft, id)?;
                point(draft, &content.children, "parent", None)?;
                point(draft, &content.positions, "organization", None)?;
            }
            Some(Disposition::Cascade) => return cascade(draft, id),
        }
        let rest = Content::read(draft, id)?;
        drop_edges(draft, ends(rest))?;
        draft.remove(id, Cause::Requested)?;
        draft.event("organization.deleted", id, []);
        Ok(())
    }
}

fn ends(content: Content) -> Vec<Edge> {
    [
        content.members,
        content.leads,
        content.groups,
        content.grants,
        content.owners,
        content.administrators,
    ]
    .concat()
}

fn refuse_content(draft: &mut Draft<'_>, id: EntityId) -> Result<(), Stop> {
    let content = Content::read(draft, id)?;
    let members: Vec<EntityId> = content.members.iter().map(|edge| edge.key.from).collect();
    let mut details = some("sub-organization", &content.children);
    details.extend(some("member", &members));
    details.extend(some("position", &content.positions));
    if details.is_empty() {
        return Ok(());
    }
    let message = format!(
        "the organization has {} sub-organizations, {} members and {} positions",
        content.children.len(),
        members.len(),
        content.positions.len()
    );
    Err(Problem::new(Code::InUse, message)
        .about(id)
        .with_details(details)
        .into())
}

/// The content with the records that are going to change.
fn known_content(draft: &mut Draft<'_>, id: EntityId) -> Result<Content, Stop> {
    let content = Content::read(draft, id)?;
    let mut needs = Needs::default();
    content.records(&mut needs);
    draft.need(needs)?;
    Ok(content)
}

fn move_content(draft: &mut Draft<'_>, id: EntityId, target: OrganizationId) -> Result<(), Stop> {
    draft.live(target)?;
    tree::refuse_circle(draft, id, target.into(), "parent")?;
    let content = Content::read(draft, id)?;
    let mut there = draft.referring(Kind::Organization, "parent", Some(target.into()))?;
    there.retain(|child| *child != id);
    let mut needs = Needs::default();
    content.records(&mut needs);
    content.counterparts(&mut needs);
    if !content.children.is_empty() {
        needs.records.extend(there.iter().copied());
    }
    draft.need(needs)?;
    if !content.children.is_empty() {
        for clash in name_clashes(draft, &content.children, &there)? {
            draft.remark(clash);
        }
    }
    point(draft, &content.children, "parent", Some(target.into()))?;
    point(draft, &content.positions, "organization", Some(target.into()))?;
    redirect_to(draft, content.members, target)
}

/// Removes everything below, from the leaves up, with the positions in it.
fn cascade(draft: &mut Draft<'_>, top: EntityId) -> Result<(), Stop> {
    let below = tree::below(draft, top)?;
    let mut needs = Needs::default();
    for id in &below {
        Content::needs(&mut needs, *id);
    }
    draft.need(needs)?;
    let mut contents = Vec::with_capacity(below.len());
    let mut positions = Vec::new();
    for id in &below {
        let content = Content::read(draft, *id)?;
        positions.extend(content.positions.iter().copied());
        contents.push((*id, content));
    }
    position::remove_all(draft, &positions, Cause::Disposition)?;
    for (id, content) in contents.into_iter().rev() {
        drop_edges(draft, ends(content))?;
        let cause = if id == top {
            Cause::Requested
        } else {
            Cause::Disposition
        };
        draft.remove(id, cause)?;
        draft.event("organization.deleted", id, []);
    }
    Ok(())
}
