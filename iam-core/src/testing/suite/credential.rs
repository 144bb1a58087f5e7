//! Passwords, second factors and messages, through the engine.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use super::ground::Ground;
use crate::{
    command::{
        ChangePassword, Command, CreateRecoveryCodes, CreateUser, DisableUser, EnableUser, EnrolOtp,
        ImportPassword, LockUser, ResetPassword, ResetTo, SendPasscode, SetPassword, UnlockUser,
        VerifyFactor, VerifyPassword,
    },
    credential::otp,
    model::{EntityId, Kind, Secret, UserId},
    plan::{Delta, OtpAlgorithm, OtpShape},
    port::{
        AuditQuery, Compute, ComputeError, DeliveryError, EffectHandler, HistoryQuery, Job, LeasedEffect,
        Message, Messenger, Subjects,
    },
    query::Query,
    service::{BatchMode, Iam, OnConflict, OutboxWorker, Undo},
    testing::{host, join_all},
    wire::Code,
};

const GOOD: &str = "wandering teapot over zinc";
const OTHER: &str = "seventeen quiet harbours";

async fn person(ground: &Ground, name: &str) -> UserId {
    let command = CreateUser::new(name)
        .set("email", format!("{name}@acme.example"))
        .set("first_name", "Ada");
    ground.acme.execute(command).await.unwrap().id().unwrap()
}

fn verify(user: UserId, password: &str) -> VerifyPassword {
    VerifyPassword {
        user,
        password: Secret::new(password),
    }
}

async fn credential(ground: &Ground, user: UserId) -> Arc<crate::model::Record> {
    ground
        .record(EntityId::new(Kind::Credential, user.0))
        .await
        .unwrap()
}

/// A hash of another program is replaced at the first sign-in, and only by the right password.
pub(super) async fn password_from_import_to_upgrade(ground: &Ground) {
    let ada = person(ground, "ada").await;
    let import = ImportPassword {
        user: ada,
        hash: Secret::new("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
        set_at: None,
        must_change: false,
    };
    ground.acme.execute(import).await.unwrap();
    assert_eq!(
        ground.acme.execute(verify(ada, "U*V")).await.unwrap_err().code,
        Code::Wrong
    );
    assert_eq!(credential(ground, ada).await.text("scheme"), "bcrypt");
    ground.acme.execute(verify(ada, "U*U")).await.unwrap();
    assert_eq!(credential(ground, ada).await.text("scheme"), "argon2id");
    ground.acme.execute(verify(ada, "U*U")).await.unwrap();
    let change = ChangePassword {
        user: ada,
        current: Secret::new("U*U"),
        password: Secret::new(GOOD),
        confirmation: None,
    };
    ground.acme.execute(change).await.unwrap();
    ground.acme.execute(verify(ada, GOOD)).await.unwrap();
}

/// Neither journal nor audit nor outbox nor any answer has the secret, and queries not even the sealed one.
pub(super) async fn secrets_are_nowhere_but_sealed_in_place(ground: &Ground) {
    let ada = person(ground, "ada").await;
    let command: Command = SetPassword::new(ada, GOOD).into();
    let preview = ground.acme.preview(command.clone()).await.unwrap();
    assert!(
        preview.difference.to_string().contains("secret: (secret)"),
        "{}",
        preview.difference
    );
    let acting = ground.acme.clone().with_command_id(ground.acme.new_command_id());
    acting.execute(command.clone()).await.unwrap();
    assert!(acting.execute(command).await.unwrap().replayed);
    ground
        .acme
        .execute(ResetPassword {
            user: ada,
            to: ResetTo::Random,
            send: true,
        })
        .await
        .unwrap();
    let mut written = String::new();
    let history = HistoryQuery {
        realm: Some(ground.realm()),
        subjects: Subjects::All,
        after: None,
        until: None,
        newest_first: false,
        limit: 1_000,
    };
    let mut noted = false;
    for recorded in ground.storage.history(&history).await.unwrap() {
        let delta = Delta::read(&recorded.entry.delta).unwrap();
        noted |= delta.secrets.contains("secret");
        written.push_str(&String::from_utf8_lossy(&recorded.entry.delta));
    }
    let query = AuditQuery {
        limit: 1_000,
        ..AuditQuery::default()
    };
    for row in ground.storage.audit(&query).await.unwrap() {
        written.push_str(&format!("{row:?}"));
    }
    assert!(noted, "the change itself is noted");
    for asked in [
        format!(r#"{{"query": "record.search", "kind": "credential", "filter": "user eq \"{ada}\""}}"#),
        format!(r#"{{"query": "credential.list", "user": "{ada}"}}"#),
        format!(
            r#"{{"query": "record.get", "id": "{}"}}"#,
            EntityId::new(Kind::Credential, ada.0)
        ),
        format!(
            r#"{{"query": "history.of", "id": "{}"}}"#,
            EntityId::new(Kind::Credential, ada.0)
        ),
    ] {
        let query: Query = serde_json::from_str(&asked).unwrap();
        let answer = ground.acme.ask(query).await.unwrap().to_string();
        assert!(answer.contains("argon2id"), "{answer}");
        written.push_str(&answer);
    }
    for secret in [GOOD, "teapot", "$argon2", "sealed:"] {
        assert!(!written.contains(secret), "{secret}");
    }
    assert!(
        credential(ground, ada)
            .await
            .text("secret")
            .starts_with("sealed:")
    );
}

/// Several at once, one code: one of them gets in.
pub(super) async fn one_code_is_accepted_once(ground: &Ground) {
    let ada = person(ground, "ada").await;
    let enrol = EnrolOtp {
        confirmed: true,
        ..EnrolOtp::new(ada)
    };
    let done = ground.acme.execute(enrol).await.unwrap();
    let key = otp::key_from_text(done.disclosed["secret"][0].expose()).unwrap();
    let shape = OtpShape {
        algorithm: OtpAlgorithm::Sha1,
        digits: 6,
    };
    for _ in 0..3 {
        ground.clock.advance_days(1);
        let now = crate::port::Clock::now(&*ground.clock).micros() / 1_000_000;
        let code = otp::code(&key, shape, u64::try_from(otp::step(now, 30)).unwrap());
        let attempt = VerifyFactor {
            user: ada,
            code: Secret::new(code),
        };
        let attempts = (0..4).map(|_| ground.acme.execute(attempt.clone())).collect();
        let accepted = join_all(attempts).await.into_iter().filter(Result::is_ok).count();
        assert_eq!(accepted, 1);
    }
}

/// The same for recovery codes, each of which takes a slow hash.
pub(super) async fn one_recovery_code_is_accepted_once(ground: &Ground) {
    let ada = person(ground, "ada").await;
    let done = ground
        .acme
        .execute(CreateRecoveryCodes { user: ada })
        .await
        .unwrap();
    let codes = &done.disclosed["recovery_codes"];
    let attempt = VerifyFactor {
        user: ada,
        code: codes[0].clone(),
    };
    let attempts = (0..3).map(|_| ground.acme.execute(attempt.clone())).collect();
    let accepted = join_all(attempts).await.into_iter().filter(Result::is_ok).count();
    assert_eq!(accepted, 1);
    let set = ground.record(done.id.unwrap()).await.unwrap();
    assert_eq!(set.value("remaining").and_then(|left| left.as_integer()), Some(9));
}

/// A refused command leaves nothing behind, and the failure is counted all the same.
pub(super) async fn wrong_proofs_are_counted(ground: &Ground) {
    let ada = person(ground, "ada").await;
    ground.acme.execute(SetPassword::new(ada, GOOD)).await.unwrap();
    for count in 1..=3 {
        assert_eq!(
            ground.acme.execute(verify(ada, OTHER)).await.unwrap_err().code,
            Code::Wrong
        );
        let record = credential(ground, ada).await;
        assert_eq!(record.value("failures").and_then(|n| n.as_integer()), Some(count));
    }
    // The right one has to wait, too.
    assert_eq!(
        ground.acme.execute(verify(ada, GOOD)).await.unwrap_err().code,
        Code::Blocked
    );
    ground.clock.advance_days(1);
    ground.acme.execute(verify(ada, GOOD)).await.unwrap();
    assert!(credential(ground, ada).await.value("failures").is_none());
}

/// Of many proofs that come at once no more are looked at than one after another would be: nobody learns that one is
/// wrong before it is counted. Neither previews nor batches are a way around.
pub(super) async fn bursts_of_proofs_are_counted(ground: &Ground) {
    let ada = person(ground, "ada").await;
    ground.acme.execute(SetPassword::new(ada, GOOD)).await.unwrap();
    let burst = (0..12).map(|_| ground.acme.execute(verify(ada, OTHER)));
    let answers = join_all(burst.collect()).await;
    let codes: Vec<Code> = answers
        .into_iter()
        .map(|answer| answer.unwrap_err().code)
        .collect();
    let wrong = codes.iter().filter(|code| **code == Code::Wrong).count();
    assert_eq!(wrong, 3, "{codes:?}");
    assert!(
        codes
            .iter()
            .all(|code| matches!(code, Code::Wrong | Code::Blocked))
    );
    ground.clock.advance_days(1);
    ground.acme.execute(verify(ada, GOOD)).await.unwrap();
    // A right one in a batch that is refused for another reason is none that was wrong.
    let no_change = Command::from(verify(ada, GOOD));
    let wrong = Command::from(verify(ada, OTHER));
    let both = [no_change, wrong.clone()];
    ground
        .acme
        .batch(&both, BatchMode::AllOrNothing)
        .await
        .unwrap_err();
    assert_eq!(
        ground.acme.preview(verify(ada, OTHER)).await.unwrap_err().code,
        Code::Wrong
    );
    ground.acme.batch(&[wrong], BatchMode::Each).await.unwrap();
    assert_eq!(
        ground.acme.execute(verify(ada, GOOD)).await.unwrap_err().code,
        Code::Blocked
    );
}

/// A secret that was replaced is gone: taking the change back is a conflict, not half of it.
pub(super) async fn secrets_do_not_come_back(ground: &Ground) {
    let ada = person(ground, "ada").await;
    let first = ground.acme.execute(SetPassword::new(ada, GOOD)).await.unwrap();
    let second = ground.acme.execute(SetPassword::new(ada, OTHER)).await.unwrap();
    let undo = Undo::Revision(second.revision.unwrap());
    let problem = ground.acme.rollback(&undo, OnConflict::Refuse).await.unwrap_err();
    assert_eq!(problem.code, Code::RollbackConflict);
    ground.acme.execute(verify(ada, OTHER)).await.unwrap();
    let bob = person(ground, "bob").await;
    let only = ground.acme.execute(SetPassword::new(bob, GOOD)).await.unwrap();
    ground
        .acme
        .rollback(&Undo::Revision(only.revision.unwrap()), OnConflict::Refuse)
        .await
        .unwrap();
    assert_eq!(
        ground.acme.execute(verify(bob, GOOD)).await.unwrap_err().code,
        Code::NoCredential
    );
    drop(first);
}

#[derive(Debug, Default)]
pub(super) struct Mailbox {
    pub(super) messages: Mutex<Vec<Message>>,
    full: AtomicUsize,
}

#[async_trait::async_trait]
impl Messenger for Mailbox {
    async fn deliver(&self, message: &Message) -> Result<(), DeliveryError> {
        if self.full.load(Ordering::SeqCst) > 0 {
            self.full.fetch_sub(1, Ordering::SeqCst);
            return Err(DeliveryError::Later("full".to_owned()));
        }
        self.messages.lock().unwrap().push(message.clone());
        Ok(())
    }
}

#[derive(Debug, Default)]
pub(super) struct Targets(Mutex<Vec<(String, Option<Secret>)>>);

#[async_trait::async_trait]
impl EffectHandler for Targets {
    async fn handle(&self, effect: &LeasedEffect, secret: Option<&Secret>) -> Result<(), DeliveryError> {
        self.0
            .lock()
            .unwrap()
            .push((effect.effect.name.clone(), secret.cloned()));
        Ok(())
    }
}

pub(super) fn worker(mailbox: &Arc<Mailbox>, targets: &Arc<Targets>) -> OutboxWorker {
    OutboxWorker {
        name: "worker".to_owned(),
        messenger: Some(mailbox.clone()),
        handler: Some(targets.clone()),
    }
}

pub(super) async fn settings(ground: &Ground, json: &str) {
    let command = format!(r#"{{"command": "realm.update", "settings": {json}}}"#);
    let command: Command = serde_json::from_str(&command).unwrap();
    ground.acme.execute(command).await.unwrap();
}

/// S0-24, S0-34, S0-40, S0-51, S3-49, S3-52
pub(super) async fn messages_go_when_they_are_on(ground: &Ground) {
    let (mailbox, targets) = (Arc::<Mailbox>::default(), Arc::<Targets>::default());
    let worker = worker(&mailbox, &targets);
    let names = || -> Vec<String> {
        mailbox
            .messages
            .lock()
            .unwrap()
            .iter()
            .map(|m| m.template.clone())
            .collect()
    };
    let ada = person(ground, "ada").await;
    let steps = |user| -> Vec<Command> {
        vec![
            DisableUser {
                user,
                by: Default::default(),
            }
            .into(),
            EnableUser { user }.into(),
            LockUser { user, reason: None }.into(),
            UnlockUser { user }.into(),
            ResetPassword {
                user,
                to: ResetTo::Random,
                send: false,
            }
            .into(),
        ]
    };
    for step in steps(ada) {
        ground.acme.execute(step).await.unwrap();
    }
    while !ground.iam.work_outbox(&worker, 100).await.unwrap().is_empty() {}
    assert_eq!(names(), Vec::<String>::new(), "off unless they are switched on");
    settings(
        ground,
        r#"{"messages": {"user.created": true, "user.disabled": true, "user.locked": true, "password.reset": true, "passcode": false},
            "message_templates": {"user.created": {"fr": {"subject": "Bienvenue {first_name}", "text": "{realm}", "html": "<b>{name}</b>"}}}}"#,
    )
    .await;
    let bob = CreateUser::new("bob")
        .set("email", "bob@acme.example")
        .set("first_name", "Bob & Co")
        .set("language", "fr-CH");
    let bob: UserId = ground.acme.execute(bob).await.unwrap().id().unwrap();
    mailbox.full.store(1, Ordering::SeqCst);
    let report = ground.iam.work_outbox(&worker, 100).await.unwrap();
    assert_eq!((report.done, report.later), (0, 1));
    ground.clock.advance_days(1);
    for step in steps(bob) {
        ground.acme.execute(step).await.unwrap();
    }
    ground
        .acme
        .execute(SendPasscode {
            user: bob,
            channel: Default::default(),
        })
        .await
        .unwrap();
    let mut dropped = 0;
    loop {
        let report = ground.iam.work_outbox(&worker, 100).await.unwrap();
        dropped += report.dropped;
        if report.is_empty() {
            break;
        }
    }
    assert_eq!(
        names(),
        ["user.created", "user.disabled", "user.locked", "password.reset"]
    );
    assert_eq!(dropped, 1, "the passcode is switched off");
    let messages = mailbox.messages.lock().unwrap();
    let welcome = &messages[0];
    assert_eq!(
        (welcome.subject.as_str(), welcome.text.as_str()),
        ("Bienvenue Bob & Co", "acme")
    );
    assert_eq!(welcome.html.as_deref(), Some("<b>Bob &amp; Co</b>"));
    assert_eq!(
        (welcome.language.as_str(), welcome.address.as_str()),
        ("fr", "bob@acme.example")
    );
    assert!(!format!("{welcome:?}").contains("Bob"));
    assert!(
        targets
            .0
            .lock()
            .unwrap()
            .iter()
            .any(|(name, _)| name == "sessions.revoke")
    );
}

/// S4-43
pub(super) async fn what_carries_a_secret_is_wiped(ground: &Ground) {
    let (mailbox, targets) = (Arc::<Mailbox>::default(), Arc::<Targets>::default());
    let worker = worker(&mailbox, &targets);
    let policy = r#"{"command": "policy.create", "attributes": {"name": "ldap"},
        "rules": {"targets": [{"target": "ldap", "publish": true, "publish_minutes": 5}]}}"#;
    let policy: Command = serde_json::from_str(policy).unwrap();
    ground.acme.execute(policy).await.unwrap();
    let ada = person(ground, "ada").await;
    ground.acme.execute(SetPassword::new(ada, GOOD)).await.unwrap();
    let report = ground.iam.work_outbox(&worker, 100).await.unwrap();
    assert_eq!(report.done, 1);
    assert_eq!(
        targets.0.lock().unwrap().as_slice(),
        [("password.publish".to_owned(), Some(Secret::new(GOOD)))]
    );
    assert!(
        ground.iam.work_outbox(&worker, 100).await.unwrap().is_empty(),
        "nothing is left"
    );
    // What nobody published in time goes, too, and nobody gets it.
    ground.acme.execute(SetPassword::new(ada, OTHER)).await.unwrap();
    ground
        .acme
        .execute(SendPasscode {
            user: ada,
            channel: Default::default(),
        })
        .await
        .unwrap();
    ground.clock.advance_days(1);
    let mut dropped = 0;
    loop {
        let report = ground.iam.work_outbox(&worker, 100).await.unwrap();
        if report.is_empty() {
            break;
        }
        dropped += report.dropped;
    }
    assert_eq!((dropped, mailbox.messages.lock().unwrap().len()), (2, 0));
    assert_eq!(targets.0.lock().unwrap().len(), 1);
}

/// Counts what is computed, and computes it.
#[derive(Debug, Default)]
struct Counted(AtomicUsize);

#[async_trait::async_trait]
impl Compute for Counted {
    async fn run(&self, job: Job) -> Result<(), ComputeError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        job();
        Ok(())
    }
}

/// As many hashes for somebody who has no password as for a wrong one.
pub(super) async fn unknown_users_cost_the_same(ground: &Ground) {
    let counted = Arc::<Counted>::default();
    let (mut host, _) = host(2);
    host.compute = counted.clone();
    let iam = Iam::new(ground.storage.clone(), host).unwrap();
    let acme = iam.in_realm(ground.realm()).host("suite");
    let ada = person(ground, "ada").await;
    let bob = person(ground, "bob").await;
    acme.execute(SetPassword::new(ada, GOOD)).await.unwrap();
    for (user, password) in [(ada, OTHER), (bob, OTHER), (ada, GOOD)] {
        let before = counted.0.load(Ordering::SeqCst);
        let _ = acme.execute(verify(user, password)).await;
        assert_eq!(counted.0.load(Ordering::SeqCst) - before, 1);
    }
}

/// Slow work of a batch is asked for at once, however many commands it has.
pub(super) async fn batch_of_resets_in_few_rounds(ground: &Ground) {
    let mut users = Vec::new();
    for number in 0..20 {
        users.push(person(ground, &format!("user{number}")).await);
    }
    let commands: Vec<Command> = users
        .iter()
        .map(|user| {
            ResetPassword {
                user: *user,
                to: ResetTo::Random,
                send: false,
            }
            .into()
        })
        .collect();
    let outcome = ground
        .acme
        .batch(&commands, BatchMode::AllOrNothing)
        .await
        .unwrap();
    let passwords = &outcome.disclosed["password"];
    assert_eq!(passwords.len(), 20);
    for (user, password) in [(users[0], &passwords[0]), (users[19], &passwords[19])] {
        ground
            .acme
            .execute(verify(user, password.expose()))
            .await
            .unwrap();
    }
}
