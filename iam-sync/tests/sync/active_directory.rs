//! A real Active Directory domain controller (`.ci/directory start DIR samba`). Slow to set up, so it runs on request.

use std::{collections::HashSet, sync::Arc};

use iam_core::{
    command::{CreateSource, RequestSync, UpdateSource},
    model::{
        AttributeMapping, Configuration, Kind, KindRules, ReferenceBy, RunMode, SourceId, SourceMode,
        SourceRules, SyncKind,
    },
    search::Predicate,
    service::Iam,
    testing::host,
};
use iam_storage::memory::MemoryStorage;
use iam_sync::{
    connector::{Connectors, KnownSecrets},
    reconcile::run::{RunState, Sources},
};
use ldap3::{LdapConnAsync, LdapConnSettings, Mod};

/// S0-30, S0-44, S0-128, S0-129, S0-130, S0-131, S0-132, S0-133, S0-134, S1-75
#[tokio::test]
async fn an_active_directory_flows_in_and_its_changes_follow() {
    let (Ok(server), Ok(ca), Ok(password)) = (
        std::env::var("IAM_TEST_AD_HOST"),
        std::env::var("IAM_TEST_AD_CA"),
        std::env::var("IAM_TEST_AD_PASSWORD"),
    ) else {
        eprintln!(
            "IAM_TEST_AD_HOST is not set: Active Directory was not tried (.ci/directory start DIR samba)"
        );
        return;
    };
    let suffix = "DC=ad,DC=example,DC=test";
    let settings = LdapConnSettings::new().set_no_tls_verify(true);
    let (connection, mut ldap) = LdapConnAsync::with_settings(settings, &format!("ldaps://{server}:636"))
        .await
        .unwrap();
    tokio::spawn(async move { connection.drive().await });
    ldap.simple_bind("Administrator@ad.example.test", &password)
        .await
        .unwrap()
        .success()
        .unwrap();
    let base = format!("OU=t{},{suffix}", uuid::Uuid::now_v7().simple());
    let set =
        |values: &[&str]| -> HashSet<String> { values.iter().map(|value| (*value).to_owned()).collect() };
    let add = |name: &str, values: &[&str]| (name.to_owned(), set(values));
    ldap.add(&base, vec![add("objectClass", &["organizationalUnit"])])
        .await
        .unwrap()
        .success()
        .unwrap();
    let tag: String = uuid::Uuid::now_v7()
        .simple()
        .to_string()
        .chars()
        .rev()
        .take(8)
        .collect();
    for name in ["ada", "bob", "eve"] {
        let login = format!("{name}{tag}");
        let account = vec![
            add("objectClass", &["user"]),
            add("sAMAccountName", &[&login]),
            add("mail", &[&format!("{name}@example.com")]),
            // Enabled, no password needed.
            add("userAccountControl", &["544"]),
        ];
        ldap.add(&format!("CN={name},{base}"), account)
            .await
            .unwrap()
            .success()
            .unwrap();
    }
    let members = [format!("CN=ada,{base}"), format!("CN=bob,{base}")];
    let members: Vec<&str> = members.iter().map(String::as_str).collect();
    let group = vec![
        add("objectClass", &["group"]),
        add("sAMAccountName", &[&format!("g{tag}")]),
        add("member", &members),
    ];
    ldap.add(&format!("CN=team,{base}"), group)
        .await
        .unwrap()
        .success()
        .unwrap();

    let attribute = AttributeMapping::attribute;
    let rules = SourceRules {
        kinds: [
            (
                SyncKind::Group,
                KindRules {
                    mappings: vec![
                        attribute("sAMAccountName", "name"),
                        attribute("member", "members").by(ReferenceBy::Name),
                    ],
                    ..KindRules::default()
                },
            ),
            (
                SyncKind::User,
                KindRules {
                    mappings: vec![
                        attribute("sAMAccountName", "user_name"),
                        attribute("mail", "email"),
                        AttributeMapping::expression(
                            "source.account_enabled ? 'enabled' : 'disabled'",
                            "administrative_status",
                        ),
                    ],
                    ..KindRules::default()
                },
            ),
        ]
        .into(),
        ..SourceRules::default()
    };
    let configuration: Configuration = [
        ("host", server.as_str()),
        ("base_dn", base.as_str()),
        ("ca_file", ca.as_str()),
        ("bind_user", "Administrator"),
        ("bind_password", "vault:ad"),
        ("domain", "ad.example.test"),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.into()))
    .chain([("tls".to_owned(), true.into())])
    .collect();
    let (host, clock) = host(3);
    let iam = Iam::new(Arc::new(MemoryStorage::new()), host).unwrap();
    let acting = iam.realm("acme").await.unwrap().host("test");
    let secrets = KnownSecrets::new().with("ad", &password);
    let sources = Sources::new(Connectors::builtin(), Arc::new(secrets), clock.clone());
    sources.connectors().install(&acting).await.unwrap();
    let create = CreateSource {
        configuration,
        ..CreateSource::new("AD", "active_directory").rules(rules)
    };
    let source: SourceId = acting.execute(create).await.unwrap().id().unwrap();
    acting
        .execute(UpdateSource::new(source).mode(SourceMode::Active))
        .await
        .unwrap();
    let run = async |mode: RunMode| {
        clock.advance(1);
        acting
            .execute(RequestSync {
                mode,
                ..RequestSync::new(source)
            })
            .await
            .unwrap();
        sources.work(&acting, "w", &mut ()).await.unwrap().unwrap()
    };
    let report = run(RunMode::Full).await;
    assert_eq!(
        (report.state, report.counts.of(SyncKind::User).created),
        (RunState::Succeeded, 3),
        "{report:#?}"
    );
    let name = |name: &str| format!("{name}{tag}");
    let find = async |user: &str| {
        acting
            .find_by(Kind::User, "user_name", &name(user))
            .await
            .unwrap()
            .unwrap()
    };
    let group = acting
        .find_by(Kind::Group, "name", &format!("g{tag}"))
        .await
        .unwrap()
        .unwrap();
    let in_group = async || {
        acting
            .count(Kind::User, Predicate::eq("groups", group.id.to_string()))
            .await
            .unwrap()
    };
    assert_eq!(in_group().await, 2);

    // Disabled, deleted, put into the group: what changed has a higher number, what was deleted is among the deleted.
    let change = |values: &str| vec![Mod::Replace("userAccountControl".to_owned(), set(&[values]))];
    ldap.modify(&format!("CN=bob,{base}"), change("546"))
        .await
        .unwrap()
        .success()
        .unwrap();
    ldap.delete(&format!("CN=eve,{base}"))
        .await
        .unwrap()
        .success()
        .unwrap();
    let report = run(RunMode::Incremental).await;
    assert_eq!(report.state, RunState::Succeeded, "{report:#?}");
    assert!(report.counts.of(SyncKind::User).read <= 2, "{report:#?}");
    assert_eq!(find("bob").await.text("administrative_status"), "disabled");
    assert_eq!(find("eve").await.text("administrative_status"), "disabled");
    assert_eq!(find("ada").await.text("administrative_status"), "enabled");
    ldap.modify(&format!("CN=bob,{base}"), change("544"))
        .await
        .unwrap()
        .success()
        .unwrap();
    let leaves = vec![Mod::Delete(
        "member".to_owned(),
        set(&[&format!("CN=ada,{base}")]),
    )];
    ldap.modify(&format!("CN=team,{base}"), leaves)
        .await
        .unwrap()
        .success()
        .unwrap();
    let report = run(RunMode::Incremental).await;
    assert_eq!(report.state, RunState::Succeeded, "{report:#?}");
    assert_eq!(find("bob").await.text("administrative_status"), "enabled");
    assert_eq!(in_group().await, 1);
}
