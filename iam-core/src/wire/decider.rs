//! Decisions for other languages: identifiers and actions as texts, no JSON, no waiting where everything is in memory.

use std::{
    collections::{BTreeMap, HashMap},
    str::FromStr,
    sync::{PoisonError, RwLock},
};

use super::{Code, Problem};
use crate::{
    access::{Ability, On},
    model::{EntityId, IdError, Kind, UserId},
    plan::Actor,
    service::{Acting, Decider},
};

/// Actions whose numbers are kept, for each kind.
const KEPT: usize = 1_000;

/// A [`Decider`] that is asked with texts.
///
/// ```
/// # fn example(decider: &iam_core::wire::TextDecider, user: &str, invoice: &str) -> Result<(), iam_core::wire::Problem> {
/// match decider.known(user, "invoice:approve", invoice)? {
///     Some(answer) => println!("{answer}"),
///     None => println!("something has to be read first: ask `can`"),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct TextDecider {
    acting: Acting<'static>,
    decider: Decider,
    abilities: RwLock<BTreeMap<Kind, HashMap<String, Ability>>>,
}

/// An identifier in a parameter of this name.
///
/// # Errors
/// [`Code::Malformed`] when it is none, or of another kind.
pub fn identifier<T: FromStr<Err = IdError>>(text: &str, parameter: &str) -> Result<T, Problem> {
    text.parse()
        .map_err(|error: IdError| Problem::new(Code::Malformed, error.to_string()).about(parameter))
}

impl TextDecider {
    /// Decisions in a realm, about any of its users.
    ///
    /// # Errors
    /// [`Code::Denied`] for an actor who is a user: only the host decides about others. When the storage fails.
    pub async fn new(acting: &Acting<'static>) -> Result<TextDecider, Problem> {
        if acting.restricted().is_some() {
            let message = "decisions about users are for the host, not for one of its users";
            return Err(Problem::new(Code::Denied, message));
        }
        Ok(TextDecider {
            decider: acting.decider().await?,
            acting: acting.clone(),
            abilities: RwLock::default(),
        })
    }

    fn ability(&self, action: &str, kind: Kind) -> Ability {
        let known = self.abilities.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(ability) = known.get(&kind).and_then(|actions| actions.get(action)) {
            return *ability;
        }
        drop(known);
        let (named, verb) = action.split_once(':').unwrap_or((kind.name(), action));
        let ability = self.decider.ability(named, verb);
        let mut known = self.abilities.write().unwrap_or_else(PoisonError::into_inner);
        let actions = known.entry(kind).or_default();
        if actions.len() < KEPT {
            actions.insert(action.to_owned(), ability);
        }
        ability
    }

    /// Whether a user may do something with a record, when the answer is in memory; `None` when it is not.
    ///
    /// # Errors
    /// [`Code::Malformed`] when an identifier is none.
    pub fn known(&self, user: &str, action: &str, target: &str) -> Result<Option<bool>, Problem> {
        let (user, target) = (parsed(user, "user")?, parsed(target, "target")?);
        let ability = self.ability(action, target.kind);
        Ok(self.decider.can(user, ability, target))
    }

    /// The same for many targets: one answer for each, in their order.
    ///
    /// # Errors
    /// [`Code::Malformed`] when an identifier is none.
    pub fn known_all<'t>(
        &self,
        user: &str,
        action: &str,
        targets: impl IntoIterator<Item = &'t str>,
    ) -> Result<Vec<Option<bool>>, Problem> {
        let user = parsed(user, "user")?;
        let mut last: Option<(Kind, Ability)> = None;
        let targets = targets.into_iter().map(|target| {
            let target = parsed(target, "targets")?;
            let ability = match last {
                Some((kind, ability)) if kind == target.kind => ability,
                _ => self.ability(action, target.kind),
            };
            last = Some((target.kind, ability));
            Ok((ability, target))
        });
        let asked: Vec<(Ability, EntityId)> = targets.collect::<Result<_, Problem>>()?;
        Ok(self.decider.can_each(user, &asked))
    }

    /// Whether a user may do something with a record; what is not in memory is read.
    ///
    /// # Errors
    /// [`Code::Malformed`] when an identifier is none; when the storage fails.
    pub async fn can(&self, user: &str, action: &str, target: &str) -> Result<bool, Problem> {
        if let Some(answer) = self.known(user, action, target)? {
            return Ok(answer);
        }
        let (user, target) = (parsed(user, "user")?, parsed(target, "target")?);
        self.decider.warm(&[user, target]).await?;
        let ability = self.ability(action, target.kind);
        match self.decider.can(user, ability, target) {
            Some(answer) => Ok(answer),
            None => self.exactly(user, action, target).await,
        }
    }

    /// The same for many targets.
    ///
    /// # Errors
    /// [`Code::Malformed`] when an identifier is none; when the storage fails.
    pub async fn can_all(&self, user: &str, action: &str, targets: &[String]) -> Result<Vec<bool>, Problem> {
        let texts = || targets.iter().map(String::as_str);
        let mut known = self.known_all(user, action, texts())?;
        if known.iter().any(Option::is_none) {
            let actor = parsed(user, "user")?;
            let mut missing = vec![actor];
            for (target, _) in texts().zip(&known).filter(|(_, answer)| answer.is_none()) {
                missing.push(parsed(target, "targets")?);
            }
            self.decider.warm(&missing).await?;
            known = self.known_all(user, action, texts())?;
            for (target, answer) in texts().zip(&mut known) {
                if answer.is_none() {
                    *answer = Some(self.exactly(actor, action, parsed(target, "targets")?).await?);
                }
            }
        }
        Ok(known.into_iter().map(Option::unwrap_or_default).collect())
    }

    /// Takes in what other processes have committed.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn refresh(&self) -> Result<(), Problem> {
        self.decider.refresh().await
    }

    async fn exactly(&self, user: EntityId, action: &str, target: EntityId) -> Result<bool, Problem> {
        let user: UserId = user
            .try_into()
            .map_err(|error: IdError| Problem::new(Code::Malformed, error.to_string()).about("user"))?;
        let acting = self.acting.clone().by(Actor::User(user));
        acting.can(action, On::Record(target)).await
    }
}

fn parsed(text: &str, parameter: &str) -> Result<EntityId, Problem> {
    identifier(text, parameter)
}
