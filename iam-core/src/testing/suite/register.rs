//! Self-registration: its preconditions, its form, what becomes of it.

use super::{ground::Ground, link::PASSWORD};
use crate::{
    command::{CreateUserType, UpdateRealm},
    model::UserTypeId,
    service::{Register, SignIn, SignedIn},
    wire::{Code, Problem},
};

async fn set(ground: &Ground, settings: serde_json::Value) {
    let serde_json::Value::Object(settings) = settings else {
        panic!()
    };
    let update = UpdateRealm { name: None, settings };
    ground.acme.execute(update).await.unwrap();
}

fn form(values: &[(&str, &str)]) -> Register {
    Register {
        attributes: values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), Some((*value).into())))
            .collect(),
        password: PASSWORD.into(),
        terms: None,
    }
}

async fn refused(ground: &Ground) -> Problem {
    let shown = ground.acme.registration_form().await.unwrap_err();
    let tried = ground
        .acme
        .register(&form(&[("email", "a@example.com")]))
        .await
        .unwrap_err();
    assert_eq!((shown.code, &shown.details), (tried.code, &tried.details));
    tried
}

/// S0-9, S0-10: without the module, or any one of the three things, nobody registers, and the refusal names what is
/// missing.
pub(super) async fn registration_takes_three_things(ground: &Ground) {
    let all = serde_json::json!({"self_registration": {
        "enabled": true, "linked": true, "form": [{"attribute": "email", "required": true}],
    }});
    assert_eq!(refused(ground).await.details.len(), 3);
    for (missing, value) in [
        ("enabled", serde_json::json!(false)),
        ("linked", serde_json::json!(false)),
        ("form", serde_json::json!([])),
    ] {
        set(ground, all.clone()).await;
        set(ground, serde_json::json!({"self_registration": {missing: value}})).await;
        let problem = refused(ground).await;
        assert_eq!(problem.code, Code::RegistrationClosed);
        assert_eq!(problem.details.len(), 1);
        assert!(problem.details[0].starts_with(missing), "{problem}");
    }
    set(ground, all).await;
    set(ground, serde_json::json!({"features_off": ["customer_identity"]})).await;
    let problem = refused(ground).await;
    assert_eq!(
        (problem.code, problem.subject.as_deref()),
        (Code::FeatureOff, Some("customer_identity"))
    );
    set(ground, serde_json::json!({"features_off": []})).await;
    assert_eq!(ground.acme.registration_form().await.unwrap().len(), 1);
    ground
        .acme
        .register(&form(&[("email", "a@example.com")]))
        .await
        .unwrap();
}

/// S0-23: the form decides what is asked; who registered comes in at once.
pub(super) async fn registration_by_the_form(ground: &Ground) {
    let customers: UserTypeId = ground
        .acme
        .execute(CreateUserType::default().set("name", "customer"))
        .await
        .unwrap()
        .id()
        .unwrap();
    set(
        ground,
        serde_json::json!({"self_registration": {
            "enabled": true, "linked": true, "verify_email": true,
            "user_type": customers,
            "form": [{"attribute": "email", "required": true}, {"attribute": "first_name", "required": true},
                {"attribute": "city"}],
        }}),
    )
    .await;
    let problem = ground
        .acme
        .register(&form(&[("email", "a@example.com"), ("privileged", "true")]))
        .await
        .unwrap_err();
    let fields: Vec<&str> = problem.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, ["privileged", "first_name"]);
    let filled = form(&[("email", "alice@example.com"), ("first_name", "Alice")]);
    let alice = ground.acme.register(&filled).await.unwrap();
    let record = ground.record(alice.into()).await.unwrap();
    assert_eq!(record.text("origin"), "self_registration");
    assert_eq!(record.text("user_name"), "alice@example.com");
    assert_eq!(record.reference("user_type"), Some(customers.into()));
    let messages = super::link::lease(ground).await;
    assert_eq!(
        messages[0].effect.details["template"].as_text(),
        Some("user.email_verification")
    );
    let signed_in = ground
        .acme
        .sign_in(&SignIn::new("alice@example.com", PASSWORD))
        .await
        .unwrap();
    assert!(matches!(signed_in, SignedIn::Open(_)));
    // Somebody else with the same address is not told who has it.
    let problem = ground.acme.register(&filled).await.unwrap_err();
    let text = serde_json::to_string(&crate::wire::json::ProblemView::from(&problem)).unwrap();
    assert!(!text.contains(&alice.to_string()), "{text}");
}
