//! A real OpenLDAP (`.ci/directory start DIR slapd`), with TLS, content synchronization and memberOf.

use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use iam_core::{
    command::{CreateSource, RequestSync, UpdateSource},
    model::{
        AttributeMapping, Configuration, Kind, KindRules, ReferenceBy, RunMode, SourceId, SourceMode,
        SourceRules, SyncKind, Tier,
    },
    port::Storage,
    search::{Predicate, Search},
    service::{Acting, Iam},
    testing::{VirtualClock, connector_suite, host},
    wire::Code,
};
use iam_storage::memory::MemoryStorage;
use iam_sync::{
    connector::{Connectors, KnownSecrets, ldap::Directory},
    reconcile::run::{RunReport, RunState, Sources},
};
use ldap3::{Ldap, LdapConnAsync, Mod};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

pub const SUFFIX: &str = "dc=example,dc=test";

/// One of these tests starts the directory again, under the feet of the others: they go one after the other.
static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

pub struct Lab {
    _alone: tokio::sync::MutexGuard<'static, ()>,
    pub port: u16,
    pub ldap: Ldap,
    pub base: String,
}

/// A connection of whoever keeps the directory.
async fn administrator(port: u16) -> Ldap {
    let (connection, mut ldap) = LdapConnAsync::new(&format!("ldap://127.0.0.1:{port}"))
        .await
        .unwrap();
    tokio::spawn(async move { connection.drive().await });
    ldap.simple_bind(&format!("cn=admin,{SUFFIX}"), "secret")
        .await
        .unwrap()
        .success()
        .unwrap();
    ldap
}

/// A corner of the directory of its own; `None` where there is no server.
pub async fn lab(name: &str) -> Option<Lab> {
    let Some(port) = std::env::var("IAM_TEST_LDAP_PORT")
        .ok()
        .and_then(|port| port.parse().ok())
    else {
        eprintln!("IAM_TEST_LDAP_PORT is not set: OpenLDAP was not tried (.ci/directory starts one)");
        return None;
    };
    let alone = ONE_AT_A_TIME.lock().await;
    let ldap = administrator(port).await;
    let base = format!("ou={name}-{},{SUFFIX}", uuid::Uuid::now_v7().simple());
    let mut lab = Lab {
        _alone: alone,
        port,
        ldap,
        base: base.clone(),
    };
    lab.unit(&base).await;
    Some(lab)
}

pub fn set(values: &[&str]) -> HashSet<Vec<u8>> {
    values.iter().map(|value| value.as_bytes().to_vec()).collect()
}

impl Lab {
    pub async fn add(&mut self, dn: &str, attributes: Vec<(&str, HashSet<Vec<u8>>)>) {
        let attributes = attributes
            .into_iter()
            .map(|(name, values)| (name.as_bytes().to_vec(), values))
            .collect();
        self.ldap.add(dn, attributes).await.unwrap().success().unwrap();
    }

    pub async fn unit(&mut self, dn: &str) {
        let name = dn.split(['=', ',']).nth(1).unwrap().to_owned();
        self.add(
            dn,
            vec![
                ("objectClass", set(&["organizationalUnit"])),
                ("ou", set(&[&name])),
            ],
        )
        .await;
    }

    pub async fn person(&mut self, unit: &str, uid: &str, more: Vec<(&str, HashSet<Vec<u8>>)>) -> String {
        let dn = format!("uid={uid},{unit}");
        let mail = format!("{uid}@example.com");
        let mut attributes = vec![
            ("objectClass", set(&["inetOrgPerson"])),
            ("uid", set(&[uid])),
            ("cn", set(&[uid])),
            ("sn", set(&[uid])),
            ("mail", set(&[&mail])),
            ("userPassword", set(&["hidden"])),
        ];
        attributes.extend(more);
        self.add(&dn, attributes).await;
        dn
    }

    /// Again, after the directory was started again.
    pub async fn connect(&mut self) {
        self.ldap = administrator(self.port).await;
    }

    pub fn configuration(&self) -> Configuration {
        [
            ("host".to_owned(), "127.0.0.1".into()),
            ("port".to_owned(), i64::from(self.port).into()),
            ("base_dn".to_owned(), self.base.as_str().into()),
            ("bind_user".to_owned(), format!("cn=admin,{SUFFIX}").into()),
            ("bind_password".to_owned(), "vault:ldap".into()),
            ("dialect".to_owned(), "openldap".into()),
        ]
        .into()
    }
}

pub fn secrets() -> KnownSecrets {
    KnownSecrets::new()
        .with("ldap", "secret")
        .with("keystore", "keystore")
}

pub fn rules() -> SourceRules {
    let attribute = AttributeMapping::attribute;
    SourceRules {
        kinds: [
            (
                SyncKind::Organization,
                KindRules {
                    mappings: vec![
                        attribute("ou", "name"),
                        attribute("parent_dn", "parent").by(ReferenceBy::Name),
                    ],
                    ..KindRules::default()
                },
            ),
            (
                SyncKind::Group,
                KindRules {
                    mappings: vec![
                        attribute("cn", "name"),
                        attribute("member", "members").by(ReferenceBy::Name),
                    ],
                    correlation: vec![Tier::of("name")],
                    ..KindRules::default()
                },
            ),
            (
                SyncKind::User,
                KindRules {
                    mappings: vec![
                        attribute("uid", "user_name"),
                        attribute("mail", "email"),
                        attribute("sn", "last_name"),
                        attribute("title", "job"),
                        attribute("parent_dn", "organizations").by(ReferenceBy::Name),
                        attribute("manager", "manager").by(ReferenceBy::Name),
                    ],
                    correlation: vec![Tier::of("user_name")],
                    ..KindRules::default()
                },
            ),
        ]
        .into(),
        page_size: 50,
        ..SourceRules::default()
    }
}

pub struct Synced {
    pub acting: Acting<'static>,
    pub sources: Sources,
    pub source: SourceId,
    clock: Arc<VirtualClock>,
}

impl Synced {
    async fn new(connector: &str, configuration: Configuration, rules: SourceRules) -> Synced {
        Synced::on(Arc::new(MemoryStorage::new()), connector, configuration, rules).await
    }

    pub async fn on(
        storage: Arc<dyn Storage>,
        connector: &str,
        configuration: Configuration,
        rules: SourceRules,
    ) -> Synced {
        let (host, clock) = host(3);
        let iam = Iam::new(storage, host).unwrap();
        let acting = iam.realm("acme").await.unwrap().host("test");
        let sources = Sources::new(Connectors::builtin(), Arc::new(secrets()), clock.clone());
        sources.connectors().install(&acting).await.unwrap();
        let create = CreateSource {
            configuration,
            ..CreateSource::new("Directory", connector).rules(rules)
        };
        let source = acting.execute(create).await.unwrap().id().unwrap();
        acting
            .execute(UpdateSource::new(source).mode(SourceMode::Active))
            .await
            .unwrap();
        Synced {
            acting,
            sources,
            source,
            clock,
        }
    }

    pub async fn run(&self, mode: RunMode) -> RunReport {
        self.clock.advance(1);
        let request = RequestSync {
            mode,
            ..RequestSync::new(self.source)
        };
        self.acting.execute(request).await.unwrap();
        self.sources
            .work(&self.acting, "w", &mut ())
            .await
            .unwrap()
            .unwrap()
    }

    pub async fn enabled(&self) -> u64 {
        self.acting
            .count(Kind::User, Predicate::eq("administrative_status", "enabled"))
            .await
            .unwrap()
    }

    pub async fn user(&self, name: &str) -> Arc<iam_core::model::Record> {
        self.acting
            .find_by(Kind::User, "user_name", name)
            .await
            .unwrap()
            .unwrap()
    }

    async fn having(&self, filter: Predicate) -> usize {
        self.acting
            .search(&Search::new(Kind::User).filter(filter).limit(1000))
            .await
            .unwrap()
            .items
            .len()
    }
}

/// S0-19, S0-44, S0-82, S0-86, S1-42
#[tokio::test]
async fn a_directory_flows_in_moves_and_leaves() {
    let Some(mut lab) = lab("flow").await else { return };
    let base = lab.base.clone();
    let (staff, labs, attic) = (
        format!("ou=Staff,{base}"),
        format!("ou=Labs,ou=Staff,{base}"),
        format!("ou=Attic,{base}"),
    );
    for unit in [&staff, &labs, &attic] {
        lab.unit(unit).await;
    }
    let photo = [
        ("jpegPhoto", HashSet::from([vec![0xff, 0xd8, 0xff, 0x00]])),
        ("title", set(&["Zählerin, Größe 7"])),
    ];
    let boss = lab.person(&staff, "boss", photo.to_vec()).await;
    let mut members = vec![boss.clone()];
    for number in 0..120 {
        let unit = if number % 2 == 0 { &staff } else { &labs };
        members.push(
            lab.person(unit, &format!("p{number}"), vec![("manager", set(&[&boss]))])
                .await,
        );
    }
    let list: Vec<&str> = members.iter().map(String::as_str).collect();
    lab.add(
        &format!("cn=everybody,{base}"),
        vec![
            ("objectClass", set(&["groupOfNames"])),
            ("cn", set(&[&format!("everybody {base}")])),
            ("member", set(&list)),
        ],
    )
    .await;

    let synced = Synced::new("ldap", lab.configuration(), rules()).await;
    let report = synced.run(RunMode::Full).await;
    assert_eq!(report.state, RunState::Succeeded, "{report:#?}");
    assert_eq!(report.counts.of(SyncKind::User).created, 121);
    assert_eq!(synced.user("boss").await.text("job"), "Zählerin, Größe 7");
    let boss_id = synced.user("boss").await.id;
    assert_eq!(
        synced.having(Predicate::eq("manager", boss_id.to_string())).await,
        120
    );
    let group = synced
        .acting
        .search(&Search::new(Kind::Group))
        .await
        .unwrap()
        .items[0]
        .id;
    assert_eq!(
        synced.having(Predicate::eq("groups", group.to_string())).await,
        121
    );
    let organizations = synced
        .acting
        .search(&Search::new(Kind::Organization))
        .await
        .unwrap()
        .items;
    let named = |name: &str| {
        organizations
            .iter()
            .find(|record| record.text("name") == name)
            .unwrap()
            .clone()
    };
    assert_eq!(named("Labs").reference("parent"), Some(named("Staff").id));
    assert_eq!(
        synced
            .having(Predicate::eq(
                "within_organization",
                named("Staff").id.to_string()
            ))
            .await,
        121
    );

    // Nothing changed: the directory says so itself.
    let report = synced.run(RunMode::Incremental).await;
    assert_eq!(
        (report.state, report.counts.of(SyncKind::User).read),
        (RunState::Succeeded, 0),
        "{report:#?}"
    );

    // Renamed, moved, deleted, a group that shrinks: all by content synchronization.
    lab.ldap
        .modifydn(&format!("uid=p0,{staff}"), "uid=renamed", true, Some(&attic))
        .await
        .unwrap()
        .success()
        .unwrap();
    lab.ldap
        .delete(&format!("uid=p1,{labs}"))
        .await
        .unwrap()
        .success()
        .unwrap();
    lab.ldap
        .modify(
            &format!("uid=p2,{staff}"),
            vec![Mod::Replace(
                &b"mail"[..],
                HashSet::from([&b"new@example.com"[..]]),
            )],
        )
        .await
        .unwrap()
        .success()
        .unwrap();
    let report = synced.run(RunMode::Incremental).await;
    assert_eq!(report.state, RunState::Succeeded, "{report:#?}");
    let counts = report.counts.of(SyncKind::User);
    assert!(counts.read < 10 && counts.disabled == 1, "{counts:?}");
    assert_eq!(synced.user("p2").await.text("email"), "new@example.com");
    assert_eq!(synced.user("p1").await.text("administrative_status"), "disabled");
    let renamed = synced.user("renamed").await;
    let edges = synced
        .acting
        .edges(
            renamed.id,
            iam_core::plan::Direction::From,
            iam_core::model::Relation::MemberOf,
        )
        .await
        .unwrap();
    assert_eq!(
        edges.iter().map(|edge| edge.key.to).collect::<Vec<_>>(),
        [named("Attic").id]
    );
    // The server takes p1 out of the group on its own, and does not tell by synchronization: a full read sees it.
    let mut left = 121;
    for _ in 0..20 {
        assert_eq!(synced.run(RunMode::Full).await.state, RunState::Succeeded);
        left = synced.having(Predicate::eq("groups", group.to_string())).await;
        if left == 120 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    assert_eq!(left, 120, "p1 is out");

    // A filter that selects nobody, and one that selects few.
    for filter in ["(uid=nobody)", "(uid=p5)"] {
        let mut wrong = rules();
        wrong.kinds.get_mut(&SyncKind::User).unwrap().filter = Some(filter.to_owned());
        let mut update = UpdateSource::new(synced.source);
        update.rules = Some(wrong);
        synced.acting.execute(update).await.unwrap();
        let report = synced.run(RunMode::Full).await;
        assert_eq!(report.problem.unwrap().code, Code::Threshold);
        assert_eq!(synced.enabled().await, 120);
    }
}

/// S0-135, S0-136, S0-137
#[tokio::test]
async fn bases_filters_and_levels_select() {
    let Some(mut lab) = lab("select").await else {
        return;
    };
    let base = lab.base.clone();
    for name in ["Sales", "HR", "IT"] {
        lab.unit(&format!("ou={name},{base}")).await;
        lab.unit(&format!("ou=Sales,ou={name},{base}")).await;
    }
    let read = async |configuration: Configuration, filter: Option<&str>| -> Vec<String> {
        let (host, clock) = host(3);
        let iam = Iam::new(Arc::new(MemoryStorage::new()), host).unwrap();
        let acting = iam.realm("acme").await.unwrap().host("test");
        let sources = Sources::new(Connectors::builtin(), Arc::new(secrets()), clock);
        let kind_rules = KindRules {
            filter: filter.map(str::to_owned),
            ..rules().kinds[&SyncKind::Organization].clone()
        };
        let samples = sources
            .sample(
                &acting,
                "ldap",
                &configuration,
                SyncKind::Organization,
                &kind_rules,
                100,
            )
            .await
            .unwrap();
        let mut names: Vec<String> = samples
            .iter()
            .map(|sample| {
                sample
                    .object
                    .name
                    .clone()
                    .unwrap()
                    .replace(&format!(",{base}"), "")
            })
            .collect();
        names.sort();
        names
    };
    let configuration = lab.configuration();
    let sales = read(
        configuration.clone(),
        Some("(&(objectClass=organizationalUnit)(OU=Sales))"),
    )
    .await;
    assert_eq!(
        sales,
        [
            "ou=Sales",
            "ou=Sales,ou=HR",
            "ou=Sales,ou=IT",
            "ou=Sales,ou=Sales"
        ]
    );
    let both = "(&(objectClass=organizationalUnit)(|(OU=Sales)(OU=HR)))";
    assert_eq!(read(configuration.clone(), Some(both)).await.len(), 5);
    let mut one_level = configuration.clone();
    one_level.insert("include_suborganizations".into(), false.into());
    assert_eq!(read(one_level, Some(both)).await, ["ou=HR", "ou=Sales"]);
    let mut below = configuration.clone();
    below.insert("organization_base".into(), format!("ou=HR,{base}").into());
    assert_eq!(read(below, None).await, ["ou=HR", "ou=Sales,ou=HR"]);
    let mut outside = configuration;
    outside.insert(
        "organization_base".into(),
        "ou=elsewhere,dc=example,dc=test".into(),
    );
    let sources = Sources::new(
        Connectors::builtin(),
        Arc::new(secrets()),
        Arc::new(iam_storage::host::SystemClock),
    );
    assert_eq!(
        sources.check("ldap", &outside).await.unwrap_err().code,
        Code::Invalid
    );
}

/// S0-129, S0-131, S0-132
#[tokio::test]
async fn tls_is_trusted_by_a_file_or_a_keystore_and_not_otherwise() {
    let Some(lab) = lab("tls").await else { return };
    let (Ok(ca), Ok(keystore)) = (
        std::env::var("IAM_TEST_LDAP_CA"),
        std::env::var("IAM_TEST_LDAP_KEYSTORE"),
    ) else {
        return;
    };
    let sources = Sources::new(
        Connectors::builtin(),
        Arc::new(secrets()),
        Arc::new(iam_storage::host::SystemClock),
    );
    let check = async |more: &[(&str, iam_core::model::Value)]| {
        let mut configuration = lab.configuration();
        configuration.extend(
            more.iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone())),
        );
        sources.check("ldap", &configuration).await
    };
    let ldaps = i64::from(lab.port + 1);
    check(&[
        ("tls", true.into()),
        ("port", ldaps.into()),
        ("ca_file", ca.as_str().into()),
    ])
    .await
    .unwrap();
    check(&[("start_tls", true.into()), ("ca_file", ca.as_str().into())])
        .await
        .unwrap();
    let with = [
        ("tls", true.into()),
        ("port", ldaps.into()),
        ("keystore", keystore.as_str().into()),
        ("keystore_password", "vault:keystore".into()),
    ];
    check(&with).await.unwrap();
    // Nobody we trust has signed it.
    let problem = check(&[("tls", true.into()), ("port", ldaps.into())])
        .await
        .unwrap_err();
    assert_eq!(problem.code, Code::SourceFailed);
    let problem = check(&[("bind_password", "vault:keystore".into())])
        .await
        .unwrap_err();
    assert!(problem.message.contains("refuses access"), "{problem}");
    // What S0-132 asks for is refused by name when the source is configured.
    let (host, clock) = host(3);
    let iam = Iam::new(Arc::new(MemoryStorage::new()), host).unwrap();
    let acting = iam.realm("acme").await.unwrap().host("test");
    let sources = Sources::new(Connectors::builtin(), Arc::new(secrets()), clock);
    sources.connectors().install(&acting).await.unwrap();
    let mut configuration = lab.configuration();
    configuration.insert("tls".into(), true.into());
    let refused = acting
        .execute(CreateSource {
            configuration,
            ..CreateSource::new("AD", "ldap")
        })
        .await
        .unwrap_err();
    let fields: Vec<&str> = refused.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(
        fields,
        ["configuration.keystore", "configuration.keystore_password"]
    );
}

/// A wire that is cut after so many bytes.
async fn cut_wire(port: u16, after: usize) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let own = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let left = Arc::new(AtomicUsize::new(after));
            tokio::spawn(async move {
                let mut far = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                let (mut a, mut b) = (vec![0; 4096], vec![0; 4096]);
                loop {
                    tokio::select! {
                        read = near.read(&mut a) => match read {
                            Ok(0) | Err(_) => return,
                            Ok(count) => far.write_all(&a[..count]).await.unwrap(),
                        },
                        read = far.read(&mut b) => match read {
                            Ok(0) | Err(_) => return,
                            Ok(count) => {
                                let before = left.fetch_sub(count.min(left.load(Ordering::SeqCst)), Ordering::SeqCst);
                                if before <= count {
                                    return;
                                }
                                if near.write_all(&b[..count]).await.is_err() {
                                    return;
                                }
                            }
                        },
                    }
                }
            });
        }
    });
    own
}

#[tokio::test]
async fn a_wire_that_is_cut_in_the_middle_of_a_page_loses_nobody() {
    let Some(mut lab) = lab("cut").await else { return };
    let base = lab.base.clone();
    for number in 0..200 {
        lab.person(&base, &format!("c{number}"), vec![]).await;
    }
    for dialect in ["openldap", "generic"] {
        let mut configuration = lab.configuration();
        configuration.insert("dialect".into(), dialect.into());
        let synced = Synced::new("ldap", configuration.clone(), rules()).await;
        let first = synced.run(RunMode::Full).await;
        assert_eq!(first.state, RunState::Succeeded, "{dialect}: {first:#?}");
        assert_eq!(synced.enabled().await, 200);
        for after in [2_000, 6_000, 12_000] {
            let mut cut = configuration.clone();
            cut.insert("port".into(), i64::from(cut_wire(lab.port, after).await).into());
            let mut update = UpdateSource::new(synced.source);
            update.configuration = Some(cut);
            synced.acting.execute(update).await.unwrap();
            let report = synced.run(RunMode::Full).await;
            assert_eq!(
                report.problem.as_ref().map(|problem| problem.code),
                Some(Code::SourceFailed),
                "{after} {report:?}"
            );
            assert_eq!(synced.enabled().await, 200);
        }
    }
}

#[tokio::test]
async fn both_ways_of_telling_what_is_gone_are_understood() {
    let Some(mut lab) = lab("present").await else {
        return;
    };
    let Ok(control) = std::env::var("IAM_TEST_LDAP_CONTROL") else {
        return;
    };
    let base = lab.base.clone();
    for number in 0..30 {
        lab.person(&base, &format!("r{number}"), vec![]).await;
    }
    let synced = Synced::new("ldap", lab.configuration(), rules()).await;
    synced.run(RunMode::Full).await;
    lab.ldap
        .delete(&format!("uid=r3,{base}"))
        .await
        .unwrap()
        .success()
        .unwrap();
    // The server loses its session log: it names everything that is still there instead of what is gone.
    controlled(&control);
    let report = synced.run(RunMode::Incremental).await;
    assert_eq!(report.state, RunState::Succeeded, "{report:#?}");
    assert_eq!(report.counts.of(SyncKind::User).disabled, 1, "{report:#?}");
    assert_eq!(synced.enabled().await, 29);
    let report = synced.run(RunMode::Incremental).await;
    assert_eq!(
        (report.state, synced.enabled().await),
        (RunState::Succeeded, 29),
        "{report:#?}"
    );
}

/// The script that controls the directory, with its arguments.
fn controlled(control: &str) {
    let (program, arguments) = control.split_once(' ').unwrap();
    let done = std::process::Command::new(program)
        .args(arguments.split(' '))
        .status()
        .unwrap();
    assert!(done.success());
}

/// A directory that was filled while it stood still tells nobody who synchronizes of its new entries: they are there all the
/// same.
#[tokio::test]
async fn a_directory_that_was_filled_offline_is_not_empty() {
    let Some(lab) = lab("offline").await else {
        return;
    };
    let Ok(control) = std::env::var("IAM_TEST_LDAP_CONTROL") else {
        return;
    };
    let name = format!("filled-{}", uuid::Uuid::now_v7().simple());
    let base = format!("ou={name},{SUFFIX}");
    let mut text = format!("dn: {base}\nobjectClass: organizationalUnit\nou: {name}\n\n");
    for number in 0..30 {
        text += &format!(
            "dn: uid=o{number},{base}\nobjectClass: inetOrgPerson\nuid: o{number}\ncn: o{number}\nsn: o{number}\n\n"
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("filled.ldif");
    std::fs::write(&file, text).unwrap();
    let load = control.replace(" restart ", " load ");
    controlled(&format!("{load} {} stale", file.display()));
    let mut configuration = lab.configuration();
    configuration.insert("base_dn".to_owned(), base.as_str().into());
    let synced = Synced::new("ldap", configuration, rules()).await;
    let report = synced.run(RunMode::Full).await;
    assert_eq!(
        (report.state, synced.enabled().await),
        (RunState::Succeeded, 30),
        "{report:#?}"
    );
    let report = synced.run(RunMode::Incremental).await;
    assert_eq!(
        (report.state, synced.enabled().await),
        (RunState::Succeeded, 30),
        "{report:#?}"
    );
}

#[tokio::test]
async fn the_ldap_connector_passes_the_suite() {
    let Some(mut lab) = lab("suite").await else { return };
    let base = lab.base.clone();
    for number in 0..25 {
        lab.person(&base, &format!("s{number}"), vec![]).await;
    }
    let known = secrets();
    for dialect in ["openldap", "generic"] {
        let mut configuration = lab.configuration();
        configuration.insert("dialect".into(), dialect.into());
        let subject = connector_suite::Subject {
            configuration,
            secrets: &known,
            kind: SyncKind::User,
            object_class: "",
            least: 25,
        };
        let faults = connector_suite::faults(&Directory::ldap(), &subject).await;
        assert!(faults.is_empty(), "{dialect}: {faults:#?}");
    }
}
