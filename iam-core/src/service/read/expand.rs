//! What a storage cannot answer in one step is turned into what it can.

use std::collections::BTreeSet;

use super::super::{Acting, as_of::Past};
use crate::{
    model::Kind,
    plan::Needs,
    port::Find,
    rules::subject::relation_of,
    search::{Checked, Search, Test},
    wire::{Code, Problem},
};

impl Acting<'_> {
    /// Turns leaves that need more than one step into leaves that a storage answers in one: nested groups become
    /// their parts; for earlier states the tree becomes a list of organizations.
    pub(super) async fn expand(
        &self,
        filter: Checked,
        kind: Kind,
        past: Option<&Past<'_>>,
    ) -> Result<Checked, Problem> {
        let needs_it = filter.attributes().into_iter().any(|name| {
            name == "groups"
                || (kind == Kind::Position && name == "within_organization")
                || (past.is_some() && relation_of(name).is_some())
        });
        if !needs_it {
            return Ok(filter);
        }
        Box::pin(async move {
            Ok(match filter {
                Checked::And(list) => {
                    let mut all = Checked::All;
                    for item in list {
                        all = all.and(self.expand(item, kind, past).await?);
                    }
                    all
                }
                Checked::Or(list) => {
                    let mut any = Checked::None;
                    for item in list {
                        any = any.or(self.expand(item, kind, past).await?);
                    }
                    any
                }
                Checked::Not(inner) => self.expand(*inner, kind, past).await?.negate(),
                Checked::Leaf {
                    attribute,
                    derived,
                    multiple,
                    test,
                } => {
                    let named = named(&test);
                    match (attribute.as_str(), named) {
                        ("within_organization", Some(targets)) if kind == Kind::Position => {
                            self.expand_positions(targets).await?
                        }
                        ("groups", Some(groups)) => self.expand_groups(groups, kind, past).await?,
                        (name, Some(targets)) if past.is_some() && relation_of(name).is_some() => {
                            self.expand_past(name, targets, kind, past).await?
                        }
                        (name, None) if past.is_some() && relation_of(name).is_some() => {
                            let message =
                                format!("`{name}` can be compared with identifiers only in an earlier state");
                            return Err(Problem::new(Code::Filter, message));
                        }
                        _ => Checked::Leaf {
                            attribute,
                            derived,
                            multiple,
                            test,
                        },
                    }
                }
                other => other,
            })
        })
        .await
    }

    /// S0-116: whoever is in the group directly, in a group inside of it, in an organization inside of it or below,
    /// or holds a position inside of it.
    async fn expand_groups(
        &self,
        groups: BTreeSet<String>,
        kind: Kind,
        past: Option<&Past<'_>>,
    ) -> Result<Checked, Problem> {
        let mut all = groups.clone();
        let mut open = groups;
        while !open.is_empty() {
            let nested = self.in_groups(Kind::Group, &open, past).await?;
            open = nested.into_iter().filter(|id| all.insert(id.clone())).collect();
        }
        let mut any = edge_leaf("groups", self.living(all.clone(), past).await?);
        if matches!(kind, Kind::User | Kind::Device | Kind::Organization) {
            let organizations = self.in_groups(Kind::Organization, &all, past).await?;
            any = any.or(match past {
                Some(_) => {
                    self.expand_past("within_organization", organizations, kind, past)
                        .await?
                }
                None => edge_leaf("within_organization", organizations),
            });
        }
        if kind == Kind::User {
            any = any.or(edge_leaf(
                "positions",
                self.in_groups(Kind::Position, &all, past).await?,
            ));
        }
        Ok(any)
    }

    /// Positions at or below organizations: those of each organization there.
    async fn expand_positions(&self, targets: BTreeSet<String>) -> Result<Checked, Problem> {
        let needs = Needs {
            subtrees: targets.iter().filter_map(|id| id.parse().ok()).collect(),
            ..Needs::default()
        };
        let facts = self.load(&needs).await?;
        let below = facts
            .records
            .values()
            .flatten()
            .filter(|record| record.kind() == Kind::Organization)
            .map(|record| record.id.to_string())
            .collect();
        Ok(list_leaf("organization", false, below))
    }

    /// The identifiers of all records of a kind that are directly in one of the groups.
    async fn in_groups(
        &self,
        kind: Kind,
        groups: &BTreeSet<String>,
        past: Option<&Past<'_>>,
    ) -> Result<BTreeSet<String>, Problem> {
        let mut found = BTreeSet::new();
        let mut search = Search::new(kind)
            .limit(crate::search::MAXIMUM_LIMIT)
            .check(&crate::search::builtin_catalog(kind), &self.shared.limits.filter)?;
        search.filter = edge_leaf("groups", groups.clone());
        loop {
            let find = Find {
                realm: self.realm,
                search: search.clone(),
                now: self.moment().await?,
                any_end: past.is_some(),
            };
            let page = self.found(&find, past).await?;
            found.extend(page.items.iter().map(|record| record.id.to_string()));
            let Some(last) = page.next.and(page.items.last()) else {
                return Ok(found);
            };
            search.position.boundary = Some(crate::search::Boundary {
                keys: Vec::new(),
                id: last.id,
            });
        }
    }

    async fn expand_past(
        &self,
        attribute: &str,
        targets: BTreeSet<String>,
        kind: Kind,
        past: Option<&Past<'_>>,
    ) -> Result<Checked, Problem> {
        let mut targets = targets;
        if attribute == "within_organization"
            && let Some(past) = past
        {
            let subtrees = targets.iter().filter_map(|id| id.parse().ok()).collect();
            let facts = past
                .load(&Needs {
                    subtrees,
                    ..Needs::default()
                })
                .await?;
            targets = facts
                .records
                .values()
                .flatten()
                .map(|record| record.id.to_string())
                .collect();
        }
        if attribute == "within_organization" && kind == Kind::Organization {
            return Ok(list_leaf("id", false, targets));
        }
        let attribute = if attribute == "within_organization" {
            "organizations"
        } else {
            attribute
        };
        Ok(edge_leaf(attribute, self.living(targets, past).await?))
    }

    /// Those of the targets that lived in the earlier state; in the present the storage looks after it.
    async fn living(
        &self,
        targets: BTreeSet<String>,
        past: Option<&Past<'_>>,
    ) -> Result<BTreeSet<String>, Problem> {
        let Some(past) = past else { return Ok(targets) };
        let records = targets.iter().filter_map(|id| id.parse().ok()).collect();
        let facts = past
            .load(&Needs {
                records,
                ..Needs::default()
            })
            .await?;
        Ok(facts
            .records
            .values()
            .flatten()
            .filter(|record| !record.is_deleted())
            .map(|record| record.id.to_string())
            .collect())
    }
}

/// The identifiers that a test names, when it names any.
fn named(test: &Test) -> Option<BTreeSet<String>> {
    match test {
        Test::Equals(id) => Some(BTreeSet::from([id.clone()])),
        Test::OneOf(ids) => Some(ids.clone()),
        _ => None,
    }
}

fn list_leaf(attribute: &str, derived: bool, mut ids: BTreeSet<String>) -> Checked {
    let test = match ids.len() {
        0 => return Checked::None,
        1 => match ids.pop_first() {
            Some(id) => Test::Equals(id),
            None => return Checked::None,
        },
        _ => Test::OneOf(ids),
    };
    Checked::Leaf {
        attribute: attribute.to_owned(),
        derived,
        multiple: derived,
        test,
    }
}

fn edge_leaf(attribute: &str, ids: BTreeSet<String>) -> Checked {
    list_leaf(attribute, true, ids)
}
