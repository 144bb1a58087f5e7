//! The same decisions by `cedar-policy` and `casbin`, each given only the slice of data that a check needs, made
//! beforehand.

use std::{collections::HashSet, str::FromStr};

use casbin::{CoreApi, DefaultModel, Enforcer, MemoryAdapter, MgmtApi};
use cedar_policy::{Authorizer, Context, Decision, Entities, Entity, EntityUid, PolicySet, Request};
use iam_benches::program::Failure;

use super::{ACTIONS, Company, Question, rate};

const MODEL: &str = "
[request_definition]
r = act, place
[policy_definition]
p = act, place
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.act == p.act && keyMatch(r.place, p.place)
";

/// Rows of `(action, unit)` of one administrator.
fn rows(company: &Company, who: usize) -> Vec<(usize, usize)> {
    let mut rows = Vec::new();
    for (holder, role, unit) in &company.grants {
        if *holder == who {
            let actions = company
                .roles
                .get(*role)
                .map(|role| role.1.clone())
                .unwrap_or_default();
            rows.extend(actions.into_iter().map(|action| (action, *unit)));
        }
    }
    rows
}

fn path(company: &Company, unit: usize) -> Vec<usize> {
    let mut path = vec![unit];
    while let Some(parent) = path
        .last()
        .and_then(|unit| company.parents.get(*unit).copied().flatten())
    {
        path.push(parent);
    }
    path
}

fn expected(company: &Company, question: &Question) -> bool {
    let home = company.homes.get(question.target).copied().unwrap_or_default();
    let above = path(company, home);
    rows(company, question.who)
        .iter()
        .any(|(action, unit)| *action == question.action && above.contains(unit))
}

/// Both engines on a part of the questions.
///
/// # Errors
/// When an engine does, or gives another answer.
pub(super) async fn compare(company: &Company, asked: &[Question], rounds: usize) -> Result<(), Failure> {
    let asked = asked.get(..2_000).unwrap_or(asked);
    let answers: Vec<bool> = asked.iter().map(|question| expected(company, question)).collect();

    let authorizer = Authorizer::new();
    let mut cedar = Vec::new();
    for question in asked {
        let mut text = String::new();
        for (action, unit) in rows(company, question.who) {
            let action = ACTIONS.get(action).copied().unwrap_or_default();
            text.push_str(&format!(
                "permit(principal == User::\"{}\", action == Action::\"{action}\", resource in Unit::\"{unit}\");\n",
                question.who
            ));
        }
        let policies = PolicySet::from_str(&text)?;
        let uid = |kind: &str, number: usize| EntityUid::from_str(&format!("{kind}::\"{number}\""));
        let home = company.homes.get(question.target).copied().unwrap_or_default();
        let above = path(company, home);
        let target = uid("User", question.target)?;
        let mut entities = vec![Entity::new_no_attrs(
            target.clone(),
            HashSet::from([uid("Unit", home)?]),
        )];
        for pair in above.windows(2) {
            if let [low, high] = pair {
                entities.push(Entity::new_no_attrs(
                    uid("Unit", *low)?,
                    HashSet::from([uid("Unit", *high)?]),
                ));
            }
        }
        let entities = Entities::from_entities(entities, None)?;
        let action = ACTIONS.get(question.action).copied().unwrap_or_default();
        let request = Request::new(
            uid("User", question.who)?,
            EntityUid::from_str(&format!("Action::\"{action}\""))?,
            target,
            Context::empty(),
            None,
        )?;
        cedar.push((policies, entities, request));
    }
    let decide = |(policies, entities, request): &(PolicySet, Entities, Request)| {
        authorizer.is_authorized(request, policies, entities).decision() == Decision::Allow
    };
    if cedar.iter().map(decide).ne(answers.iter().copied()) {
        return Err("cedar-policy answers otherwise".into());
    }
    let mut sink = 0;
    let figure = rate(rounds, asked.len(), || {
        sink += cedar.iter().filter(|slice| decide(slice)).count();
    });
    println!("| cedar-policy, slices | {figure:.0} |");

    let mut casbin = Vec::new();
    for question in asked {
        let mut enforcer =
            Enforcer::new(DefaultModel::from_str(MODEL).await?, MemoryAdapter::default()).await?;
        for (action, unit) in rows(company, question.who) {
            let mut above = path(company, unit);
            above.reverse();
            let place: String = above.iter().map(|unit| format!("/{unit}")).collect();
            let action = ACTIONS.get(action).copied().unwrap_or_default().to_owned();
            enforcer.add_policy(vec![action, format!("{place}/*")]).await?;
        }
        let home = company.homes.get(question.target).copied().unwrap_or_default();
        let mut above = path(company, home);
        above.reverse();
        let place: String = above.iter().map(|unit| format!("/{unit}")).collect();
        let action = ACTIONS.get(question.action).copied().unwrap_or_default();
        casbin.push((enforcer, action, format!("{place}/")));
    }
    let decide = |(enforcer, action, place): &(Enforcer, &str, String)| {
        enforcer.enforce((*action, place.as_str())).unwrap_or_default()
    };
    if casbin.iter().map(decide).ne(answers.iter().copied()) {
        return Err("casbin answers otherwise".into());
    }
    let figure = rate(rounds, asked.len(), || {
        sink += casbin.iter().filter(|slice| decide(slice)).count();
    });
    println!("| casbin, slices | {figure:.0} | ({sink})");
    Ok(())
}
