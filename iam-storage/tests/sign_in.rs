//! Signing in against a small model: random sequences of events, and what they lead to. And the work that is done for
//! somebody and for nobody, counted.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests fail by panicking"
)]

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use iam_core::{
    command::{
        CreatePolicy, CreateUser, Delivery, DisableUser, EnableUser, EndSessions, LockUser,
        StartPasswordReset, UnlockUser, UpdateRealm,
    },
    credential::{Argon2Cost, Hashing},
    model::{Moment, RealmId, Record, UserId},
    plan::{Facts, Needs, Plan},
    port::*,
    search::Page,
    service::{
        Acting, Iam, Options, RequestPasswordReset, ResetPasswordByLink, SessionTokens, SignIn, SignedIn,
    },
    testing::{VirtualClock, host},
    wire::Code,
};
use iam_storage::memory::MemoryStorage;
use proptest::prelude::*;

/// A hash that costs nothing: what is tested here is not its strength.
fn cheap() -> Options {
    Options {
        hashing: Hashing {
            argon2: Argon2Cost {
                memory_kib: 8,
                passes: 1,
                lanes: 1,
            },
            ..Hashing::default()
        },
        ..Options::default()
    }
}

struct Ground {
    acme: Acting<'static>,
    clock: Arc<VirtualClock>,
    alice: UserId,
}

fn password(n: usize) -> String {
    format!("a staple of the battery horse {n}")
}

async fn ground(storage: Arc<dyn Storage>, host: iam_core::service::Host) -> (Acting<'static>, UserId) {
    let iam = Iam::with(storage, host, cheap()).unwrap();
    let acme = iam.realm("acme").await.unwrap().host("model");
    let free = serde_json::json!({"sign_in": {
        "identifier_limit": {"attempts": 0}, "address_limit": {"attempts": 0}, "realm_limit": {"attempts": 0},
    }});
    let serde_json::Value::Object(settings) = free else {
        panic!()
    };
    acme.execute(UpdateRealm { name: None, settings }).await.unwrap();
    let policy = serde_json::json!({"attributes": {"name": "model"}, "rules": {
        "lock": {"attempts": 3, "delay_seconds": 0, "duration_minutes": 15, "window_minutes": 60},
        "session": {"idle_minutes": 60, "absolute_minutes": 1440, "access_minutes": 10},
    }});
    acme.execute(serde_json::from_value::<CreatePolicy>(policy).unwrap())
        .await
        .unwrap();
    let create = CreateUser::new("alice").set("email", "alice@example.com");
    let alice: UserId = acme.execute(create).await.unwrap().id().unwrap();
    choose(&acme, alice, &password(0)).await;
    (acme, alice)
}

/// A password that the user has chosen.
async fn choose(acme: &Acting<'_>, user: UserId, password: &str) {
    let start = StartPasswordReset {
        user,
        language: None,
        delivery: Delivery::Answer,
    };
    let mut done = acme.execute(start).await.unwrap();
    let reset = ResetPasswordByLink {
        link_token: done.disclosed.remove("link_token").unwrap().remove(0),
        password: password.into(),
    };
    acme.reset_password(&reset).await.unwrap();
}

/// What may happen.
#[derive(Debug, Clone, Copy)]
enum Event {
    Wait(i64),
    SignIn { right: bool, refresh: bool },
    Use(usize),
    Refresh { session: usize, back: usize },
    SignOut(usize),
    EndAll,
    Disable,
    Enable,
    Lock,
    Unlock,
    StartReset,
    Reset { back: usize },
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        4 => prop::sample::select(vec![1, 30, 60, 359, 360, 600, 900, 1_800, 3_599, 3_600, 86_400, 604_800]).prop_map(Event::Wait),
        4 => any::<bool>().prop_map(|refresh| Event::SignIn { right: true, refresh }),
        6 => Just(Event::SignIn { right: false, refresh: false }),
        5 => (0_usize..4).prop_map(Event::Use),
        4 => (0_usize..4, 0_usize..3).prop_map(|(session, back)| Event::Refresh { session, back }),
        1 => (0_usize..4).prop_map(Event::SignOut),
        1 => Just(Event::EndAll),
        1 => Just(Event::Disable),
        2 => Just(Event::Enable),
        1 => Just(Event::Lock),
        2 => Just(Event::Unlock),
        2 => Just(Event::StartReset),
        2 => (0_usize..2).prop_map(|back| Event::Reset { back }),
    ];
    prop::collection::vec(event, 1..40)
}

/// A session as the model sees it.
struct Session {
    token: String,
    refresh: Vec<String>,
    opened: i64,
    used: i64,
    token_until: Option<i64>,
    over: bool,
}

/// What should be the case.
#[derive(Default)]
struct Model {
    now: i64,
    password: usize,
    disabled: bool,
    locked_by_hand: bool,
    locked_until: i64,
    failures: u32,
    last_failure: Option<i64>,
    locks: u32,
    blocked_until: i64,
    sessions: Vec<Session>,
    links: Vec<(String, i64, &'static str)>,
}

impl Model {
    fn locked(&self) -> bool {
        self.locked_by_hand || self.now < self.locked_until
    }

    fn end_all(&mut self) {
        self.sessions.iter_mut().for_each(|session| session.over = true);
    }

    fn is_over(&self, session: &Session) -> bool {
        session.over || self.now >= session.opened + 86_400 || self.now >= session.used + 3_600
    }

    /// What the present password leads to: nothing said means that it opens.
    fn right(&mut self) -> Option<Code> {
        if self.now < self.blocked_until {
            Some(Code::SignInRefused)
        } else if self.locked_by_hand || self.disabled {
            let guessed = !self.locked_by_hand && self.now < self.locked_until;
            Some(if guessed {
                Code::SignInRefused
            } else {
                Code::SignInBlocked
            })
        } else if self.locked() {
            Some(Code::SignInRefused)
        } else {
            self.forgive();
            None
        }
    }

    fn forgive(&mut self) {
        (self.failures, self.last_failure, self.locks, self.blocked_until) = (0, None, 0, 0);
    }

    fn wrong(&mut self) {
        if self.now < self.blocked_until {
            return;
        }
        if self.last_failure.is_none_or(|last| last + 3_600 <= self.now) {
            self.failures = 0;
        }
        self.failures += 1;
        self.last_failure = Some(self.now);
        self.blocked_until = 0;
        if self.failures >= 3 {
            self.failures = 0;
            let minutes = (15_i64 << self.locks.min(40)).min(1_440);
            self.locks += 1;
            self.blocked_until = self.now + minutes * 60;
            if !self.locked_by_hand {
                self.locked_until = self.blocked_until;
            }
        }
    }
}

impl Ground {
    async fn play(&self, model: &mut Model, event: Event) {
        match event {
            Event::Wait(seconds) => {
                model.now += seconds;
                self.clock.advance(seconds);
            }
            Event::SignIn { right, refresh } => self.sign_in(model, right, refresh).await,
            Event::Use(n) => self.use_session(model, n).await,
            Event::Refresh { session, back } => self.refresh(model, session, back).await,
            Event::SignOut(n) => {
                if let Some(session) = model.sessions.get_mut(n) {
                    self.acme.sign_out(&session.token).await.unwrap();
                    session.over = true;
                }
            }
            Event::EndAll => {
                let end = EndSessions {
                    user: self.alice,
                    except: None,
                };
                self.acme.execute(end).await.unwrap();
                model.end_all();
            }
            Event::Disable => {
                let disable = DisableUser {
                    user: self.alice,
                    by: Default::default(),
                };
                self.acme.execute(disable).await.unwrap();
                if !model.disabled {
                    model.end_all();
                }
                model.disabled = true;
            }
            Event::Enable => {
                self.acme.execute(EnableUser { user: self.alice }).await.unwrap();
                model.disabled = false;
            }
            Event::Lock => {
                let lock = LockUser {
                    user: self.alice,
                    reason: None,
                };
                self.acme.execute(lock).await.unwrap();
                model.end_all();
                model.locked_by_hand = true;
            }
            Event::Unlock => {
                let done = self.acme.execute(UnlockUser { user: self.alice }).await.unwrap();
                if done.revision.is_some() {
                    model.forgive();
                }
                model.locked_by_hand = false;
                model.locked_until = 0;
            }
            Event::StartReset => {
                let start = StartPasswordReset {
                    user: self.alice,
                    language: None,
                    delivery: Delivery::Answer,
                };
                let mut done = self.acme.execute(start).await.unwrap();
                let token = done.disclosed.remove("link_token").unwrap().remove(0);
                for (_, _, state) in &mut model.links {
                    if state.is_empty() {
                        *state = "replaced";
                    }
                }
                model.links.push((token.expose().to_owned(), model.now, ""));
            }
            Event::Reset { back } => self.reset(model, back).await,
        }
    }

    async fn sign_in(&self, model: &mut Model, right: bool, refresh: bool) {
        let mut attempt = SignIn::new(
            "alice",
            if right {
                password(model.password)
            } else {
                "wrong".into()
            },
        );
        attempt.refresh = refresh;
        let found = self.acme.sign_in(&attempt).await;
        let expected = if right {
            model.right()
        } else {
            model.wrong();
            Some(Code::SignInRefused)
        };
        match (found, expected) {
            (Ok(SignedIn::Open(tokens)), None) => {
                model.locked_until = 0;
                model.sessions.push(session(&tokens, model.now));
            }
            (Err(problem), Some(code)) => assert_eq!(problem.code, code),
            (found, expected) => panic!("expected {expected:?}, found {found:?}"),
        }
    }

    async fn use_session(&self, model: &mut Model, n: usize) {
        let Some(session) = model.sessions.get(n) else {
            return;
        };
        let expected = if model.is_over(session) {
            Some(Code::SessionEnded)
        } else if session.token_until.is_some_and(|until| until <= model.now) {
            Some(Code::TokenExpired)
        } else {
            None
        };
        let found = self.acme.session(&session.token).await;
        assert_eq!(found.err().map(|problem| problem.code), expected);
        let now = model.now;
        let session = &mut model.sessions[n];
        if expected.is_none() && session.used + 360 <= now {
            session.used = now;
        }
    }

    async fn refresh(&self, model: &mut Model, n: usize, back: usize) {
        let Some(session) = model.sessions.get(n) else {
            return;
        };
        let Some(place) = session.refresh.len().checked_sub(1 + back) else {
            return;
        };
        let over = model.is_over(session);
        let found = self.acme.refresh_session(&session.refresh[place]).await;
        let now = model.now;
        let session = &mut model.sessions[n];
        if over || back > 0 {
            assert_eq!(found.unwrap_err().code, Code::SessionEnded);
            session.over = true;
            return;
        }
        let tokens = found.unwrap();
        session.token = tokens.token.expose().to_owned();
        session
            .refresh
            .push(tokens.refresh_token.unwrap().expose().to_owned());
        session.token_until = Some(now + 600);
        session.used = now;
    }

    async fn reset(&self, model: &mut Model, back: usize) {
        let Some(place) = model.links.len().checked_sub(1 + back) else {
            return;
        };
        let (token, issued, state) = model.links[place].clone();
        let reset = ResetPasswordByLink {
            link_token: token.as_str().into(),
            password: password(model.password + 1).into(),
        };
        let found = self.acme.reset_password(&reset).await;
        let expected = match state {
            "used" => Some(Code::LinkUsed),
            "replaced" => Some(Code::LinkReplaced),
            _ if model.now >= issued + 168 * 3_600 => Some(Code::LinkExpired),
            _ => None,
        };
        assert_eq!(found.err().map(|problem| problem.code), expected);
        if expected.is_none() {
            model.links[place].2 = "used";
            model.password += 1;
            model.forgive();
            model.end_all();
        }
    }
}

fn session(tokens: &SessionTokens, now: i64) -> Session {
    Session {
        token: tokens.token.expose().to_owned(),
        refresh: tokens
            .refresh_token
            .iter()
            .map(|token| token.expose().to_owned())
            .collect(),
        opened: now,
        used: now,
        token_until: tokens.refresh_token.as_ref().map(|_| now + 600),
        over: false,
    }
}

fn cases() -> u32 {
    let given = std::env::var("IAM_SIGN_IN_CASES").ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(60)
}

proptest! {
    // `IAM_SIGN_IN_CASES` says how many sequences are tried.
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 300, ..ProptestConfig::default() })]

    /// S0-35, S0-37, S0-38, S0-41, S0-64, S3-59, S3-89
    #[test]
    fn sequences_of_events_agree_with_the_model(events in events()) {
        pollster::block_on(async {
            let (host, clock) = host(7);
            let (acme, alice) = ground(Arc::new(MemoryStorage::new()), host).await;
            let ground = Ground { acme, clock, alice };
            let mut model = Model::default();
            for event in events {
                ground.play(&mut model, event).await;
            }
            // In the end the list of sessions is the model's.
            let alive = model.sessions.iter().filter(|session| !model.is_over(session)).count();
            assert_eq!(ground.acme.sessions(ground.alice).await.unwrap().len(), alive);
            assert!(ground.acme.doctor().await.unwrap().is_healthy());
        });
    }
}

/// Counts what is asked of a storage.
#[derive(Debug, Default)]
struct Counting {
    below: MemoryStorage,
    commits: AtomicUsize,
    effects: AtomicUsize,
}

#[async_trait]
impl Storage for Counting {
    async fn load(&self, realm: RealmId, needs: &Needs) -> Result<Facts, StorageError> {
        self.below.load(realm, needs).await
    }
    async fn search(&self, find: &Find) -> Result<Page, StorageError> {
        self.below.search(find).await
    }
    async fn commit(&self, plan: &Plan, stamp: &Stamp) -> Result<Committed, StorageError> {
        self.commits.fetch_add(1, Ordering::SeqCst);
        self.effects.fetch_add(plan.effects.len(), Ordering::SeqCst);
        self.below.commit(plan, stamp).await
    }
    async fn history(&self, query: &HistoryQuery) -> Result<Vec<Recorded>, StorageError> {
        self.below.history(query).await
    }
    async fn audit(&self, query: &AuditQuery) -> Result<Vec<AuditRecord>, StorageError> {
        self.below.audit(query).await
    }
    async fn lease(
        &self,
        worker: &str,
        now: Moment,
        until: Moment,
        limit: usize,
    ) -> Result<Vec<LeasedEffect>, StorageError> {
        self.below.lease(worker, now, until, limit).await
    }
    async fn settle(&self, results: &[Settled]) -> Result<(), StorageError> {
        self.below.settle(results).await
    }
    async fn seals(&self, after: u64, limit: usize) -> Result<Vec<Seal>, StorageError> {
        self.below.seals(after, limit).await
    }
    async fn append_seal(&self, seal: &Seal) -> Result<(), StorageError> {
        self.below.append_seal(seal).await
    }
    async fn standing(&self) -> Result<Standing, StorageError> {
        self.below.standing().await
    }
    async fn inspect(
        &self,
        realm: RealmId,
        inspection: Inspection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Inspected>, StorageError> {
        self.below.inspect(realm, inspection, after, limit).await
    }
    async fn realms(&self) -> Result<Vec<Arc<Record>>, StorageError> {
        self.below.realms().await
    }
}

/// Counts what is computed.
#[derive(Debug, Default)]
struct Computing(AtomicUsize);

#[async_trait]
impl Compute for Computing {
    async fn run(&self, job: Job) -> Result<(), ComputeError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        job();
        Ok(())
    }
}

/// S1-72: an unknown identifier, a user without a password, a wrong password and a wait cost the same: one hash, one
/// commit; asking for a reset writes as much for nobody as for somebody.
#[test]
fn nobody_costs_as_much_as_somebody() {
    pollster::block_on(async {
        let (mut host, clock) = host(8);
        let computing = Arc::new(Computing::default());
        host.compute = computing.clone();
        let storage = Arc::new(Counting::default());
        let (acme, _) = ground(storage.clone(), host).await;
        acme.execute(CreateUser::new("empty").set("email", "empty@example.com"))
            .await
            .unwrap();
        let work = || {
            (
                computing.0.swap(0, Ordering::SeqCst),
                storage.commits.swap(0, Ordering::SeqCst),
            )
        };
        let mut seen = Vec::new();
        for (identifier, password) in [
            ("alice", "wrong"),
            ("nobody", "wrong"),
            ("empty", "wrong"),
            ("alice@example.com", "wrong"),
            ("alice", "wrong"),
            // Locked by now.
            ("alice", "wrong"),
            ("alice", password(0).as_str()),
        ] {
            work();
            let problem = acme
                .sign_in(&SignIn::new(identifier, password))
                .await
                .unwrap_err();
            assert_eq!(problem.code, Code::SignInRefused);
            seen.push((identifier, work()));
        }
        assert!(seen.iter().all(|(_, work)| *work == (1, 1)), "{seen:?}");
        clock.advance(100_000);
        let mut asked = Vec::new();
        for identifier in ["alice", "nobody", "alice@example.com", "nobody else"] {
            for counter in [&storage.commits, &storage.effects] {
                counter.store(0, Ordering::SeqCst);
            }
            let request = RequestPasswordReset {
                identifier: identifier.into(),
                address: None,
                language: None,
            };
            acme.request_password_reset(&request).await.unwrap();
            let (commits, effects) = (
                storage.commits.load(Ordering::SeqCst),
                storage.effects.load(Ordering::SeqCst),
            );
            asked.push((identifier, commits, effects));
        }
        assert!(
            asked
                .iter()
                .all(|(_, commits, effects)| (*commits, *effects) == (1, 1)),
            "{asked:?}"
        );
    });
}
