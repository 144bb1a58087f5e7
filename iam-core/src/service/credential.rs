//! What a host asks about policies and credentials, and what follows a wrong proof.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    Acting,
    driver::{self, BatchMode, Label, Step},
};
use crate::{
    command::{Command, Decide, NoteFactorFailure, NotePasswordFailure, credential, policy},
    model::{Kind, Record, Secret, UserId},
    plan::{Actor, Draft, Needs, Place, Plan, Stop, Work, Worked},
    port::LeasedEffect,
    rules::policy::EffectivePolicy,
    search::{Predicate, Search},
    wire::{Code, FieldProblem, Problem},
};

impl Acting<'_> {
    /// Reads what a decision would read, on what is or on a plan, and decides nothing.
    pub(super) async fn consult<T: Send>(
        &self,
        needs: Needs,
        base: Option<&Plan>,
        read: impl Fn(&mut Draft<'_>) -> Result<T, Stop> + Send + Sync,
    ) -> Result<T, Problem> {
        let found: Mutex<Option<T>> = Mutex::new(None);
        let step = |draft: &mut Draft<'_>| {
            let answer = read(draft)?;
            *found.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
            Ok(())
        };
        let steps: [Step<'_>; 1] = [&step];
        let context = self.context();
        let (mode, mut work) = (BatchMode::AllOrNothing, Default::default());
        let (decided, _) = self
            .consider(&context, &steps, |_| needs, mode, base, &mut work)
            .await?;
        if let Some(problem) = decided.results.into_iter().find_map(Result::err) {
            return Err(problem);
        }
        let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
        found.ok_or_else(|| Problem::new(Code::Corrupt, "the question was not answered"))
    }

    /// The policy that counts for a user, and which policy decided each rule (S4-44).
    ///
    /// # Errors
    /// [`Code::NotFound`] when there is no such user; failures of the storage.
    pub async fn effective_policy(&self, user: UserId) -> Result<EffectivePolicy, Problem> {
        if self.restricted().is_some() {
            self.get(user).await?;
        }
        let mut needs = Needs::default();
        needs.record(user);
        self.consult(needs, None, |draft| policy::effective(draft, user))
            .await
    }

    /// Whether a password would be accepted for a user: every reason why not. Empty: it would.
    ///
    /// # Errors
    /// [`Code::NotFound`] when there is no such user, or the actor may not see them; [`Code::Denied`] when the actor may not
    /// set their password: the answer tells whether it was one of theirs. Failures of the storage.
    pub async fn check_password(
        &self,
        user: UserId,
        password: &Secret,
    ) -> Result<Vec<FieldProblem>, Problem> {
        if self.restricted().is_some() {
            self.get(user).await?;
            self.require("security", user).await?;
        }
        let mut needs = Needs::default();
        needs.record(user).record(credential::password_of(user));
        self.consult(needs, None, |draft| {
            let policy = policy::effective(draft, user)?;
            credential::found_wrong(draft, user, password, &policy)
        })
        .await
    }

    /// What a user can sign in with, without the secrets.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn credentials(&self, user: UserId) -> Result<Vec<Arc<Record>>, Problem> {
        let of_user = Predicate::eq("user", crate::model::EntityId::from(user).to_string());
        let page = self
            .search(&Search::new(Kind::Credential).filter(of_user).limit(1_000))
            .await?;
        Ok(page.items)
    }

    /// The user who is linked with an identity at a provider.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn linked_user(&self, provider: &str, subject: &str) -> Result<Option<UserId>, Problem> {
        let key = credential::provider_key(provider, subject);
        let found = self.find_by(Kind::Credential, "provider_subject", &key).await?;
        Ok(found
            .and_then(|record| record.reference("user"))
            .and_then(|id| UserId::try_from(id).ok()))
    }

    /// A wrong proof is counted after its command was refused: what is refused leaves nothing behind.
    ///
    /// The proof is looked at once more, with what was worked out for it, in the decision that counts: nobody learns that
    /// it is wrong before that is counted, and of many that come at once no more are looked at than the policy allows.
    /// Answers with why the command is refused by then.
    pub(super) async fn count_failure(
        &self,
        command: &Command,
        problem: Problem,
        work: &BTreeMap<Work, Worked>,
    ) -> Result<Problem, Problem> {
        if problem.code != Code::Wrong {
            return Ok(problem);
        }
        let note: Command = match command {
            Command::VerifyPassword(command) => NotePasswordFailure { user: command.user }.into(),
            Command::ChangePassword(command) => NotePasswordFailure { user: command.user }.into(),
            Command::VerifyFactor(command) => NoteFactorFailure { user: command.user }.into(),
            _ => return Ok(problem),
        };
        let found = Mutex::new(problem);
        let step = |draft: &mut Draft<'_>| {
            let savepoint = draft.savepoint();
            let decided = command.decide(draft);
            draft.revert(savepoint);
            match decided {
                Err(Stop::Refused(problem)) if problem.code != Code::Wrong => {
                    *found.lock().unwrap_or_else(PoisonError::into_inner) = *problem;
                    Ok(())
                }
                Err(Stop::Refused(_)) => note.decide(draft),
                // Of a batch, another one was wrong.
                right_or_missing => right_or_missing,
            }
        };
        let mut aside = self.aside();
        if matches!(aside.actor(), Actor::User(_)) {
            // The library counts; the actor need not be allowed to.
            aside = aside.by(Actor::System);
        }
        let commands = [note.clone(), command.clone()];
        let context = aside.context();
        let done = driver::Job {
            shared: &self.shared,
            storage: self.storage(),
            context: &context,
            steps: &[&step],
            needs: &|schema| driver::needs(&commands, schema),
            mode: BatchMode::AllOrNothing,
            label: &Label::of(&self.shared, std::slice::from_ref(&note), &context)?,
            known: &[],
        }
        .run(&mut work.clone())
        .await?;
        aside.follow_up(&done).await?;
        Ok(found.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

impl super::Iam {
    /// Opens the secret that a leased effect carries: a passcode, an initial password, the clear text for a target
    /// (S4-41). `None` when it carries none.
    ///
    /// # Errors
    /// [`Code::Expired`] when it is too late: the effect is to be settled and forgotten; [`Code::Sealed`] when it cannot
    /// be opened.
    pub fn open_effect(&self, leased: &LeasedEffect) -> Result<Option<Secret>, Problem> {
        let effect = &leased.effect;
        let text = |name: &str| effect.text(name);
        let Some(sealed) = text("sealed") else {
            return Ok(None);
        };
        let until: Option<crate::model::Moment> = text("expires_at").and_then(|text| text.parse().ok());
        if until.is_some_and(|until| until <= self.shared.host.clock.now()) {
            return Err(
                Problem::new(Code::Expired, "the secret was not delivered in time").about(effect.subject),
            );
        }
        let attribute = match text("target") {
            Some(target) => format!("{}:{target}", effect.name),
            None => effect.name.clone(),
        };
        let place = Place {
            realm: leased.realm,
            record: effect.subject,
            attribute,
        };
        self.shared.worker.open(&place, sealed).map(Some)
    }
}
