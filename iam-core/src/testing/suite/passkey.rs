//! Passkeys, from the enrolment to the sign-in, with a device in software.

use super::{
    ground::Ground,
    link::PASSWORD,
    session::events,
    sign_in::{opened, pending, person, set},
};
use crate::{
    command::{
        ConfirmPasskey, DisableUser, EnableUser, EnrolOtp, EnrolPasskey, LockUser, RemoveCredential,
        UnlockUser,
    },
    credential::passkey::BUILT_IN,
    model::{CredentialId, EntityId, UserId},
    service::{ContinueSignIn, PasskeySignIn, SignIn, SignInProof, SignedIn},
    testing::{Authenticator, join_all},
    wire::{Code, Problem},
};

const SITE: &str = "https://login.example.com";

/// Passkeys are on where the realm names a relying party and the build can check them. Whether they are.
async fn switched_on(ground: &Ground) -> bool {
    let user = person(ground, "nobody").await;
    let enrol = EnrolPasskey { user, label: None };
    let refused = ground.acme.execute(enrol.clone()).await.unwrap_err();
    assert_eq!(refused.code, Code::FeatureOff);
    let refused = ground.acme.passkey_challenge(None).await.unwrap_err();
    assert_eq!(refused.code, Code::FeatureOff);
    set(
        ground,
        serde_json::json!({"sign_in": {"passkeys": {"rp_id": "example.com", "origins": [SITE]}}}),
    )
    .await;
    if !BUILT_IN {
        let refused = ground.acme.execute(enrol).await.unwrap_err();
        assert_eq!(refused.code, Code::FeatureOff);
        eprintln!("NOT RUN: passkeys are not in this build");
    }
    BUILT_IN
}

async fn enrol(ground: &Ground, user: UserId) -> Result<(CredentialId, String), Problem> {
    let label = Some("Phone".to_owned());
    let done = ground.acme.execute(EnrolPasskey { user, label }).await?;
    let options = done.disclosed["options"][0].expose().to_owned();
    Ok((done.id().unwrap(), options))
}

async fn confirm(ground: &Ground, credential: CredentialId, response: String) -> Result<(), Problem> {
    let response = response.into();
    ground
        .acme
        .execute(ConfirmPasskey { credential, response })
        .await
        .map(drop)
}

/// A passkey that counts.
async fn bound(ground: &Ground, user: UserId, device: &mut Authenticator) -> CredentialId {
    let (credential, options) = enrol(ground, user).await.unwrap();
    confirm(ground, credential, device.create(&options))
        .await
        .unwrap();
    credential
}

async fn options(ground: &Ground, user: Option<UserId>) -> String {
    ground.acme.passkey_challenge(user).await.unwrap().options
}

async fn shows(ground: &Ground, response: &str) -> Result<SignedIn, Problem> {
    ground
        .acme
        .sign_in_with_passkey(&PasskeySignIn::new(response))
        .await
}

/// What the device answers now is taken.
async fn signs_in(ground: &Ground, device: &mut Authenticator) -> SignedIn {
    let response = device.get(&options(ground, None).await);
    shows(ground, &response).await.unwrap()
}

async fn refused(ground: &Ground, response: &str) {
    let code = shows(ground, response).await.unwrap_err().code;
    assert_eq!(code, Code::SignInRefused);
}

/// An enrolment is confirmed with the device's answer, once, in time, by the right page; the passkey is listed without
/// its key and belongs to one person.
pub(super) async fn passkeys_are_enrolled(ground: &Ground) {
    if !switched_on(ground).await {
        return;
    }
    let (ada, bob) = (person(ground, "ada").await, person(ground, "bob").await);
    let mut device = Authenticator::new(SITE, 1);
    let (credential, asked) = enrol(ground, ada).await.unwrap();
    // Another page, nobody verified, the answer to another question, nonsense.
    let mut elsewhere = Authenticator::new("https://example.org", 1);
    let mut careless = Authenticator::new(SITE, 1);
    careless.verifies = false;
    let (other, _) = enrol(ground, ada).await.unwrap();
    for (credential, response) in [
        (credential, elsewhere.create(&asked)),
        (credential, careless.create(&asked)),
        (other, device.create(&asked)),
        (credential, "{}".to_owned()),
        (credential, String::new()),
    ] {
        let wrong = confirm(ground, credential, response).await.unwrap_err();
        assert_eq!(wrong.code, Code::Wrong);
    }
    let answer = device.create(&asked);
    confirm(ground, credential, answer.clone()).await.unwrap();
    let again = confirm(ground, credential, answer).await.unwrap_err();
    assert_eq!(again.code, Code::Transition);
    // The browser is told what is there already.
    let (_, asked) = enrol(ground, ada).await.unwrap();
    let there: serde_json::Value = serde_json::from_str(&asked).unwrap();
    let excluded = &there["excludeCredentials"][0];
    assert_eq!(excluded["transports"][0], "internal");
    let listed = ground.acme.credentials(ada).await.unwrap();
    let passkey = listed
        .iter()
        .find(|record| record.id == credential.into())
        .unwrap();
    assert_eq!(
        (
            passkey.text("label"),
            passkey.text("assurance"),
            passkey.text("passkey_id")
        ),
        ("Phone", "high", excluded["id"].as_str().unwrap())
    );
    let shown = format!(r#"{{"query": "credential.list", "user": "{ada}"}}"#);
    let shown = ground
        .acme
        .ask(serde_json::from_str::<crate::query::Query>(&shown).unwrap())
        .await
        .unwrap();
    assert!(!shown.to_string().contains("sealed:"), "{shown}");
    // One device, one person.
    let (credential, asked) = enrol(ground, bob).await.unwrap();
    let taken = confirm(ground, credential, device.create(&asked))
        .await
        .unwrap_err();
    assert_eq!(taken.code, Code::Taken);
    // In time.
    ground.clock.advance(601);
    let mut late = Authenticator::new(SITE, 2);
    let late = confirm(ground, credential, late.create(&asked))
        .await
        .unwrap_err();
    assert_eq!(late.code, Code::Expired);
}

/// S3-34, S3-35: a passkey alone opens a session at level 3; its answer counts once and for five minutes; a copy of the
/// device is found out; the last one stays, and one that was removed counts no more.
pub(super) async fn sign_in_by_passkey(ground: &Ground) {
    if !switched_on(ground).await {
        return;
    }
    let ada = person(ground, "ada").await;
    let mut device = Authenticator::new(SITE, 1);
    let credential = bound(ground, ada, &mut device).await;
    let asked = options(ground, None).await;
    let answer = device.get(&asked);
    let tokens = opened(shows(ground, &answer).await.unwrap());
    assert_eq!((tokens.session.user, tokens.session.assurance), (ada, 3));
    assert_eq!(tokens.session.methods, ["passkey"]);
    // Once, and never a challenge that is older than the last one that was answered.
    refused(ground, &answer).await;
    let again = device.get(&asked);
    refused(ground, &again).await;
    // Not too late.
    ground.clock.advance(1);
    let asked = options(ground, None).await;
    ground.clock.advance(300);
    let late = device.get(&asked);
    refused(ground, &late).await;
    // A key that nobody has, a challenge of another realm, a page of somebody else, nobody verified.
    let mut stranger = Authenticator::new(SITE, 9);
    let asked = options(ground, None).await;
    let unknown = stranger.get(&asked);
    refused(ground, &unknown).await;
    let mut elsewhere = device.clone();
    elsewhere.origin = "https://login.example.org".to_owned();
    let phished = elsewhere.get(&asked);
    refused(ground, &phished).await;
    let mut careless = device.clone();
    careless.verifies = false;
    let unverified = careless.get(&asked);
    refused(ground, &unverified).await;
    for nonsense in ["", "{}", "null"] {
        refused(ground, nonsense).await;
    }
    // A copy that was left behind counts from an older number.
    let mut copy = device.clone();
    opened(signs_in(ground, &mut device).await);
    ground.clock.advance(1);
    opened(signs_in(ground, &mut device).await);
    ground.clock.advance(1);
    let copied = copy.get(&options(ground, None).await);
    refused(ground, &copied).await;
    let reasons = events(ground, "sign_in.failed", "reason").await;
    assert_eq!(reasons.last().map(String::as_str), Some("copied_passkey"));
    // Whoever is kept out is kept out.
    ground.clock.advance(1);
    ground
        .acme
        .execute(DisableUser {
            user: ada,
            by: Default::default(),
        })
        .await
        .unwrap();
    let answer = device.get(&options(ground, None).await);
    assert_eq!(
        shows(ground, &answer).await.unwrap_err().code,
        Code::SignInBlocked
    );
    ground.acme.execute(EnableUser { user: ada }).await.unwrap();
    // The last second factor stays.
    let remove = RemoveCredential { credential };
    let last = ground.acme.execute(remove.clone()).await.unwrap_err();
    assert_eq!(last.code, Code::LastFactor);
    let token = EnrolOtp {
        confirmed: true,
        ..EnrolOtp::new(ada)
    };
    ground.acme.execute(token).await.unwrap();
    ground.acme.execute(remove).await.unwrap();
    ground.clock.advance(1);
    let answer = device.get(&options(ground, None).await);
    refused(ground, &answer).await;
    assert_eq!(EntityId::from(ada).kind, crate::model::Kind::User);
}

/// After the password, and in a session that is open; of this person and of nobody else.
pub(super) async fn passkeys_are_second_factors(ground: &Ground) {
    if !switched_on(ground).await {
        return;
    }
    let (ada, bob) = (person(ground, "ada").await, person(ground, "bob").await);
    let (mut hers, mut his) = (Authenticator::new(SITE, 1), Authenticator::new(SITE, 2));
    bound(ground, ada, &mut hers).await;
    bound(ground, bob, &mut his).await;
    ground.clock.advance(1);
    let step = pending(ground.acme.sign_in(&SignIn::new("ada", PASSWORD)).await.unwrap());
    assert_eq!(step.factors, ["passkey"]);
    let go_on = async |response: String| {
        let proof = SignInProof::Passkey {
            response: response.into(),
        };
        let next = ContinueSignIn {
            flow_token: step.flow_token.clone(),
            proof,
        };
        ground.acme.continue_sign_in(&next).await
    };
    let asked = options(ground, Some(ada)).await;
    let listed: serde_json::Value = serde_json::from_str(&asked).unwrap();
    assert_eq!(listed["allowCredentials"].as_array().unwrap().len(), 1);
    // Somebody else's passkey, even for a challenge of the own.
    let wrong = his.get(&asked);
    assert_eq!(go_on(wrong).await.unwrap_err().code, Code::SignInRefused);
    // A challenge that was made for somebody else.
    let wrong = hers.get(&options(ground, Some(bob)).await);
    assert_eq!(go_on(wrong).await.unwrap_err().code, Code::SignInRefused);
    let tokens = opened(go_on(hers.get(&asked)).await.unwrap());
    assert_eq!(tokens.session.assurance, 3);
    // Proved once more, in the session.
    ground.clock.advance(1);
    let response = hers.get(&options(ground, Some(ada)).await).into();
    let proof = SignInProof::Passkey { response };
    let risen = ground.acme.step_up(tokens.token.expose(), &proof).await.unwrap();
    let again = ground
        .acme
        .step_up(risen.token.expose(), &proof)
        .await
        .unwrap_err();
    assert_eq!(again.code, Code::SignInRefused);
    // A lock keeps out here, too.
    ground
        .acme
        .execute(LockUser {
            user: ada,
            reason: None,
        })
        .await
        .unwrap();
    let answer = hers.get(&options(ground, None).await);
    assert!(shows(ground, &answer).await.is_err());
    ground.acme.execute(UnlockUser { user: ada }).await.unwrap();
    // A passkey that is in many places does not count, and works all the same.
    let mut everywhere = Authenticator::new(SITE, 3);
    (everywhere.counter, everywhere.backed_up) = (0, true);
    let credential = bound(ground, bob, &mut everywhere).await;
    for _ in 0..2 {
        ground.clock.advance(1);
        opened(signs_in(ground, &mut everywhere).await);
    }
    let record = ground.acme.get(EntityId::from(credential)).await.unwrap();
    assert!(record.flag("backed_up"));
}

/// One answer, sent many times at once, opens one session.
pub(super) async fn one_passkey_answer_counts_once(ground: &Ground) {
    if !switched_on(ground).await {
        return;
    }
    let ada = person(ground, "ada").await;
    let mut device = Authenticator::new(SITE, 1);
    bound(ground, ada, &mut device).await;
    let answer = device.get(&options(ground, None).await);
    let all = join_all((0..6).map(|_| shows(ground, &answer)).collect()).await;
    assert_eq!(all.iter().filter(|one| one.is_ok()).count(), 1);
    assert_eq!(ground.acme.sessions(ada).await.unwrap().len(), 1);
}
