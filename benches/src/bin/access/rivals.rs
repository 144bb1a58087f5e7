//! Other engines, given only the slice of data that each check needs: what their users have to cut out and keep fresh by
//! themselves. The slices are made before the clock starts.

use std::{collections::BTreeSet, str::FromStr};

use casbin::{CoreApi, DefaultModel, Enforcer, MemoryAdapter, MgmtApi};
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId as CedarId, EntityTypeName, EntityUid,
    PolicySet, Request,
};
use iam_benches::program::Failure;

use crate::company::{ACTIONS, Company, Question};

/// The units that the target of a question is in.
fn path(company: &Company, question: &Question) -> Vec<usize> {
    let mut path = Vec::new();
    let mut place = company.homes.get(question.target).copied();
    while let Some(unit) = place {
        path.push(unit);
        place = company.parents.get(unit).copied().flatten();
    }
    path
}

/// The grants of whoever asks: actions and a unit.
fn grants<'a>(company: &'a Company, question: &'a Question) -> impl Iterator<Item = (&'a Vec<usize>, usize)> {
    company
        .grants
        .iter()
        .filter(|grant| grant.0 == question.who)
        .filter_map(|(_, role, unit)| Some((&company.roles.get(*role)?.1, *unit)))
}

fn uid(kind: &str, number: impl ToString) -> Result<EntityUid, Failure> {
    Ok(EntityUid::from_type_name_and_id(
        EntityTypeName::from_str(kind)?,
        CedarId::new(number.to_string()),
    ))
}

/// Cedar: the policies of the actor, the target and the units above it.
pub struct Cedar {
    authorizer: Authorizer,
    slices: Vec<(Request, PolicySet, Entities)>,
}

impl Cedar {
    pub fn new(company: &Company, questions: &[Question]) -> Result<Cedar, Failure> {
        let mut slices = Vec::new();
        for question in questions {
            let mut text = format!(
                "permit(principal == User::\"{0}\", action in [Action::\"view\", Action::\"update\"], \
                 resource == User::\"{0}\");",
                question.who
            );
            for (actions, unit) in grants(company, question) {
                let actions: Vec<String> = actions
                    .iter()
                    .filter_map(|action| ACTIONS.get(*action))
                    .map(|action| format!("Action::\"{action}\""))
                    .collect();
                text.push_str(&format!(
                    "permit(principal == User::\"{}\", action in [{}], resource in Unit::\"{unit}\");",
                    question.who,
                    actions.join(", ")
                ));
            }
            let path = path(company, question);
            let mut entities = Vec::new();
            for (place, unit) in path.iter().enumerate() {
                let above = path.get(place + 1).map(|unit| uid("Unit", unit)).transpose()?;
                entities.push(Entity::new_no_attrs(
                    uid("Unit", unit)?,
                    above.into_iter().collect(),
                ));
            }
            let home = path.first().map(|unit| uid("Unit", unit)).transpose()?;
            entities.push(Entity::new_no_attrs(
                uid("User", question.target)?,
                home.into_iter().collect(),
            ));
            let action = ACTIONS.get(question.action).copied().unwrap_or_default();
            let request = Request::new(
                uid("User", question.who)?,
                uid("Action", action)?,
                uid("User", question.target)?,
                Context::empty(),
                None,
            )?;
            slices.push((
                request,
                PolicySet::from_str(&text)?,
                Entities::from_entities(entities, None)?,
            ));
        }
        Ok(Cedar {
            authorizer: Authorizer::new(),
            slices,
        })
    }

    pub fn answers(&self) -> impl Iterator<Item = bool> + '_ {
        self.slices.iter().map(|(request, policies, entities)| {
            self.authorizer
                .is_authorized(request, policies, entities)
                .decision()
                == Decision::Allow
        })
    }
}

const MODEL: &str = "
[request_definition]
r = sub, act, obj
[policy_definition]
p = sub, act, obj
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.sub == p.sub && r.act == p.act && g(r.obj, p.obj)
";

/// Casbin: the lines of the actor, the target and the units above it.
pub struct Casbin {
    slices: Vec<(Enforcer, [String; 3])>,
}

impl Casbin {
    pub async fn new(company: &Company, questions: &[Question]) -> Result<Casbin, Failure> {
        let mut slices = Vec::new();
        for question in questions {
            let model = DefaultModel::from_str(MODEL).await?;
            let mut enforcer = Enforcer::new(model, MemoryAdapter::default()).await?;
            let who = format!("u{}", question.who);
            let mut lines = BTreeSet::new();
            for action in ["view", "update"] {
                lines.insert(vec![who.clone(), action.to_owned(), who.clone()]);
            }
            for (actions, unit) in grants(company, question) {
                for action in actions.iter().filter_map(|action| ACTIONS.get(*action)) {
                    lines.insert(vec![who.clone(), (*action).to_owned(), format!("o{unit}")]);
                }
            }
            enforcer.add_policies(lines.into_iter().collect()).await?;
            let path = path(company, question);
            let mut below = format!("u{}", question.target);
            let mut links = Vec::new();
            for unit in path {
                let above = format!("o{unit}");
                links.push(vec![below, above.clone()]);
                below = above;
            }
            enforcer.add_grouping_policies(links).await?;
            let action = ACTIONS.get(question.action).copied().unwrap_or_default();
            let asked = [who, action.to_owned(), format!("u{}", question.target)];
            slices.push((enforcer, asked));
        }
        Ok(Casbin { slices })
    }

    pub fn answers(&self) -> impl Iterator<Item = Result<bool, casbin::Error>> + '_ {
        self.slices
            .iter()
            .map(|(enforcer, [who, action, target])| enforcer.enforce((who, action, target)))
    }
}
