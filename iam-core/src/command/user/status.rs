use serde::{Deserialize, Serialize};

use super::{
    super::{Decide, credential::password_of, session},
    message,
};
use crate::{
    model::{Kind, Moment, Record, UserId, Value, Window},
    plan::{Cause, Draft, Needs, StatusEffect, Stop},
    rules::lock::{Attempts, Consequence},
    rules::status::{Transition, administrative, is_locked, is_registered, may_change},
    wire::{Code, Problem},
};

/// What disabled a user: only the same cause, or a person, enables the user again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DisabledBy {
    /// Somebody did (S0-31).
    #[default]
    Administrator,
    /// The validity ended (S0-26, S0-32).
    Expiry,
    /// A governance rule (S0-33).
    Rule,
    /// The identity source (S0-30).
    Source,
}

impl DisabledBy {
    const fn name(self) -> &'static str {
        match self {
            DisabledBy::Administrator => "administrator",
            DisabledBy::Expiry => "expiry",
            DisabledBy::Rule => "rule",
            DisabledBy::Source => "source",
        }
    }
}

macro_rules! status_commands {
    ($($(#[$doc:meta])* $command:ident $transition:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $command {
            /// The user.
            pub user: UserId,
        }

        impl Decide for $command {
            fn needs(&self, needs: &mut Needs) {
                needs.record(self.user);
                if Transition::$transition == Transition::Unlock {
                    needs.record(password_of(self.user));
                }
                if matches!(Transition::$transition, Transition::Suspend | Transition::Archive) {
                    needs.referring(Kind::Session, "user", self.user);
                }
            }
            fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
                change(draft, self.user, Transition::$transition, Cause::Requested, |_| ())
            }
        }
    )*};
}

status_commands! {
    /// Enables a disabled or suspended user (S0-31).
    EnableUser Enable;
    /// Suspends a user: like disabling, meant to be temporary (S1-6).
    SuspendUser Suspend;
    /// Archives a user: the end of the life cycle, from which only `user.restore` leads back (S1-9).
    ArchiveUser Archive;
    /// Brings an archived user back, disabled at first (S1-9).
    RestoreUser Restore;
    /// Unlocks a user (S0-37).
    UnlockUser Unlock;
}

/// Disables a user (S0-31); the lock is another axis and stays as it is (S0-3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisableUser {
    /// The user.
    pub user: UserId,
    /// What asks for it.
    #[serde(default)]
    pub by: DisabledBy,
}

impl Decide for DisableUser {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.user)
            .referring(Kind::Session, "user", self.user);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let by = self.by.name();
        change(
            draft,
            self.user,
            Transition::Disable,
            Cause::Requested,
            |record| {
                record.set("disabled_by", Some(by.into()));
            },
        )
    }
}

/// Locks a user (S0-37, S0-39); whether the user is enabled is another axis and stays as it is (S0-3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LockUser {
    /// The user.
    pub user: UserId,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Decide for LockUser {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.user)
            .referring(Kind::Session, "user", self.user);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let reason: Option<String> = self.reason.as_ref().map(|text| text.chars().take(200).collect());
        change(draft, self.user, Transition::Lock, Cause::Requested, |record| {
            record.set("lock_reason", reason.map(Value::from));
        })
    }
}

/// Locks a user whose attempts failed too often (S0-38, S0-39). The lock ends by itself when it has an end. A lock by hand
/// has no end, and gets none by somebody who tries passwords.
pub(crate) fn lock_by_policy(
    draft: &mut Draft<'_>,
    user: UserId,
    consequence: Consequence,
) -> Result<(), Stop> {
    let Consequence::Locked(until) = consequence else {
        return Ok(());
    };
    let before = draft.live(user)?;
    let by_hand = is_locked(&before, draft.context.now) && before.text("locked_by") != "policy";
    if by_hand || !may_change(&before, Transition::Lock) {
        return Ok(());
    }
    change(draft, user, Transition::Lock, Cause::Form, |record| {
        record.set("lock_reason", Some("too many failed attempts".into()));
        record.set("locked_by", Some("policy".into()));
        record.set("locked_until", until.map(Value::from));
    })
}

/// Disables a user whose validity has ended (S0-26, S0-32), unless the user type says `disable_on_expiry: false`. Does
/// nothing before that moment, nothing to a user that is not enabled, and never enables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpireUser {
    /// The user.
    pub user: UserId,
}

impl Decide for ExpireUser {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.user)
            .referring(Kind::Session, "user", self.user);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let record = draft.live(self.user)?;
        let expired = record
            .moment("valid_until")
            .is_some_and(|until| until <= draft.context.now);
        let stays = record
            .reference("user_type")
            .and_then(|of| draft.schema.record(of))
            .and_then(|of| of.value("disable_on_expiry").and_then(Value::as_boolean))
            .is_some_and(|disable| !disable);
        if !expired || stays || administrative(&record) != "enabled" {
            return Ok(());
        }
        change(draft, self.user, Transition::Disable, Cause::Timer, |record| {
            record.set("disabled_by", Some(DisabledBy::Expiry.name().into()));
        })?;
        message(draft, "user.expired", self.user.into());
        Ok(())
    }
}

/// Sets from when until when a user is valid; half-open, open ends allowed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetValidity {
    /// The user.
    pub user: UserId,
    /// From then on; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Moment>,
    /// Before then; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Moment>,
}

impl Decide for SetValidity {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user);
        if self.valid_until.is_some() {
            needs.referring(Kind::Session, "user", self.user);
        }
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let mut record = (*draft.live(self.user)?).clone();
        if !(Window {
            from: self.valid_from,
            until: self.valid_until,
        })
        .is_possible()
        {
            return Err(
                Problem::new(Code::Window, "`valid_from` must lie before `valid_until`")
                    .about(self.user)
                    .into(),
            );
        }
        record.set("valid_from", self.valid_from.map(Into::into));
        record.set("valid_until", self.valid_until.map(Into::into));
        draft.subject(self.user);
        if draft.put(record, Cause::Requested)? {
            draft.event("user.validity_set", self.user, []);
            // Nobody stays signed in longer than valid.
            let effects = draft.schema.settings.effects_of("user.disable");
            if let Some(until) = self.valid_until
                && effects.contains(&StatusEffect::RevokeSessions)
            {
                session::cut(draft, self.user.into(), until)?;
            }
        }
        Ok(())
    }
}

/// The common way of every change of status: table of legal transitions, effects as data, message.
pub(crate) fn change(
    draft: &mut Draft<'_>,
    user: UserId,
    transition: Transition,
    cause: Cause,
    note: impl FnOnce(&mut Record),
) -> Result<(), Stop> {
    let before = draft.live(user)?;
    draft.subject(user);
    if !may_change(&before, transition) {
        let message = format!(
            "a user that is {} cannot be {}",
            administrative(&before),
            transition.past()
        );
        return Err(Problem::new(Code::Transition, message).about(user).into());
    }
    let mut record = (*before).clone();
    transition.apply(&mut record);
    note(&mut record);
    // S3-43, S3-88: a person who has not come in yet is not blocked but not invited, or deleted. What an identity source
    // or a date asks for is another matter.
    let blocks = matches!(
        transition,
        Transition::Disable | Transition::Suspend | Transition::Lock
    );
    let by_hand = cause == Cause::Requested && matches!(record.text("disabled_by"), "" | "administrator");
    if blocks && by_hand && !is_registered(&before) {
        let message = "a user who has not completed the sign-up cannot be blocked";
        return Err(Problem::new(Code::RegistrationIncomplete, message)
            .about(user)
            .into());
    }
    let by_policy = transition == Transition::Lock && record.text("locked_by") == "policy";
    if !draft.put(record, cause)? {
        return Ok(());
    }
    if by_policy {
        // What is open stays open: else whoever knows a name could end its sessions.
        draft.event(transition.event(), user, [("by", "policy".into())]);
    } else {
        draft.event(transition.event(), user, []);
        effects(draft, user, transition.command())?;
    }
    if transition == Transition::Unlock {
        forgive(draft, user)?;
    }
    message(draft, transition.event(), user.into());
    Ok(())
}

/// Whoever is unlocked begins anew: the failed attempts that led to the lock are forgotten.
fn forgive(draft: &mut Draft<'_>, user: UserId) -> Result<(), Stop> {
    let Some(password) = draft.record(password_of(user))? else {
        return Ok(());
    };
    let mut password = (*password).clone();
    Attempts::default().note(&mut password);
    draft.note(password, Cause::Disposition)?;
    Ok(())
}

/// X3: what a transition does beyond itself is data. Refusing to sign in is read from the status itself; sessions and
/// tokens of ours end in the same plan (S1-7, S1-8), those that others keep are told by the outbox.
pub(crate) fn effects(draft: &mut Draft<'_>, user: UserId, transition: &'static str) -> Result<(), Stop> {
    let effects = match transition {
        "user.disable" | "user.suspend" | "user.archive" | "user.lock" | "user.delete" => {
            draft.schema.settings.effects_of(transition)
        }
        _ => return Ok(()),
    };
    if effects.contains(&StatusEffect::RevokeSessions) {
        session::revoke(draft, user.into(), None, transition, Cause::Disposition)?;
    } else if effects.contains(&StatusEffect::RevokeTokens) {
        session::revoke_tokens(draft, user.into())?;
    }
    for (effect, name) in [
        (StatusEffect::RevokeSessions, "sessions.revoke"),
        (StatusEffect::RevokeTokens, "tokens.revoke"),
    ] {
        if effects.contains(&effect) {
            draft.effect(name, user, [("cause", transition.into())]);
        }
    }
    Ok(())
}
