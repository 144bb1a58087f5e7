use serde::{Deserialize, Serialize};

use super::{
    super::{Decide, declared, edge, tree},
    content::{Content, name_clashes, point, redirect_to},
};
use crate::{
    model::{EdgeKey, EntityId, Kind, OrganizationId, Relation},
    plan::{Cause, Direction, Draft, Needs, Stop},
    wire::{Code, Problem},
};

/// What to do when sub-organizations of both have the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NameClashes {
    /// Report all of them and change nothing.
    #[default]
    Refuse,
    /// Go on: the names of organizations need not be unique.
    Keep,
}

/// Merges an organization into another one (S0-95): its sub-organizations, members, positions, leads and group
/// memberships, roles, owners and administrators go to the target, what the target has already is joined (S0-96); then the source is removed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeOrganizations {
    /// What disappears.
    pub source: OrganizationId,
    /// What remains.
    pub target: OrganizationId,
    /// What to do when sub-organizations of both have the same name.
    #[serde(default)]
    pub name_clashes: NameClashes,
}

impl Decide for MergeOrganizations {
    fn needs(&self, needs: &mut Needs) {
        Content::needs(needs, self.source);
        needs.ancestors.insert(self.target.into());
        needs
            .referring(Kind::Organization, "parent", self.target)
            .edges(self.target, Direction::From, Relation::InGroup)
            .edges(self.target, Direction::From, Relation::HasRole);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let (source, target) = (EntityId::from(self.source), EntityId::from(self.target));
        draft.live(source)?;
        draft.live(target)?;
        draft.subject(target);
        tree::refuse_circle(draft, source, target, "parent")?;
        let content = Content::read(draft, source)?;
        let mut there = draft.referring(Kind::Organization, "parent", Some(target))?;
        there.retain(|id| *id != source);
        let mut needs = Needs::default();
        content.records(&mut needs);
        content.counterparts(&mut needs);
        if !content.children.is_empty() {
            needs.records.extend(there.iter().copied());
        }
        draft.need(needs)?;

        if !content.children.is_empty() {
            let clashes = name_clashes(draft, &content.children, &there)?;
            if !clashes.is_empty() && self.name_clashes == NameClashes::Refuse {
                let message = format!("{} sub-organizations of both have the same name", clashes.len());
                return Err(Problem::new(Code::Taken, message)
                    .about(target)
                    .with_details(clashes)
                    .into());
            }
            clashes.into_iter().for_each(|clash| draft.remark(clash));
        }
        let counts = [
            ("organizations", content.children.len()),
            ("positions", content.positions.len()),
            ("members", content.members.len()),
            ("leads", content.leads.len()),
            ("groups", content.groups.len()),
            ("grants", content.grants.len()),
        ]
        .map(|(name, count)| (name, i64::try_from(count).unwrap_or(i64::MAX).into()));
        point(draft, &content.children, "parent", Some(target))?;
        point(draft, &content.positions, "organization", Some(target))?;
        redirect_to(draft, content.members, self.target)?;
        redirect_to(draft, content.leads, self.target)?;
        redirect_to(draft, content.owners, self.target)?;
        redirect_to(draft, content.administrators, self.target)?;
        for moved in content.groups.into_iter().chain(content.grants) {
            let key = EdgeKey {
                from: target,
                ..moved.key
            };
            edge::redirect(draft, moved, key)?;
        }
        draft.remove(source, Cause::Requested)?;
        let details = [("source", source.into())].into_iter().chain(counts);
        draft.event("organization.merged", target, details);
        Ok(())
    }
}
