//! What companies do to a real directory, read into SQLite: exchanged addresses, people who come back, circles of managers,
//! numbers given twice, a group of ten thousand, attributes that are not readable any more, and whoever sets it up for the
//! first time and gets it wrong.

use std::{collections::HashSet, sync::Arc};

use iam_core::{
    command::{CreateSource, UpdateSource},
    model::{AttributeMapping, Kind, KindRules, Relation, RunMode, SourceRules, SyncKind, Tier, Value},
    plan::Direction,
    search::{Predicate, Search},
    wire::{Code, Problem},
};
use iam_storage::sqlite::{SqliteOptions, SqliteStorage};
use iam_sync::{
    connector::KnownSecrets,
    reconcile::run::{RunState, Sources},
};
use ldap3::Mod;

use crate::directory::{Lab, SUFFIX, Synced, lab, rules, set};

type Attributes<'a> = Vec<(&'a str, HashSet<Vec<u8>>)>;

impl Lab {
    async fn replace(&mut self, dn: &str, attribute: &str, values: &[&str]) {
        let change = Mod::Replace(attribute.as_bytes().to_vec(), set(values));
        self.ldap
            .modify(dn, vec![change])
            .await
            .unwrap()
            .success()
            .unwrap();
    }
}

/// With numbers, by which people are found again.
fn numbered() -> SourceRules {
    let mut rules = rules();
    let users = rules.kinds.get_mut(&SyncKind::User).unwrap();
    users
        .mappings
        .push(AttributeMapping::attribute("employeeNumber", "user_number"));
    users
        .mappings
        .push(AttributeMapping::attribute("telephoneNumber", "phone"));
    users.correlation = vec![Tier::of("user_number"), Tier::of("user_name")];
    rules
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_in_which_everything_happens_at_once() {
    let Some(mut lab) = lab("trouble").await else {
        return;
    };
    let base = lab.base.clone();
    let mut people = Vec::new();
    for number in 0..60 {
        let phone = format!("+43158801{number:03}");
        let more: Attributes<'_> = vec![
            ("employeeNumber", set(&[&format!("N{number}")])),
            ("telephoneNumber", set(&[&phone])),
        ];
        people.push(lab.person(&base, &format!("p{number}"), more).await);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("iam.db");
    let storage = Arc::new(SqliteStorage::open(&file, SqliteOptions::default()).unwrap());
    let synced = Synced::on(storage, "ldap", lab.configuration(), numbered()).await;
    let report = synced.run(RunMode::Full).await;
    assert_eq!(report.state, RunState::Succeeded, "{report:#?}");
    let before: Vec<_> = [1, 2, 3, 4, 5, 6]
        .map(|number| format!("p{number}"))
        .into_iter()
        .collect();
    let mut ids = Vec::new();
    for name in &before {
        ids.push(synced.user(name).await.id);
    }

    // Two exchange their addresses; three are each other's managers; one has another one's number as well.
    lab.replace(&people[1], "mail", &["p2@example.com"]).await;
    lab.replace(&people[2], "mail", &["p1@example.com"]).await;
    for (person, boss) in [(3, 4), (4, 5), (5, 3)] {
        let boss = people[boss].clone();
        lab.replace(&people[person], "manager", &[&boss]).await;
    }
    lab.replace(&people[7], "employeeNumber", &["N8"]).await;
    // One leaves, and another one comes with their login.
    lab.ldap.delete(&people[6]).await.unwrap().success().unwrap();
    let report = synced.run(RunMode::Incremental).await;
    let counts = report.counts.of(SyncKind::User);
    assert_eq!(
        (report.state, counts.failed, counts.disabled),
        (RunState::Partial, 1, 1),
        "{report:#?}"
    );
    assert_eq!(synced.user("p1").await.text("email"), "p2@example.com");
    assert_eq!(synced.user("p2").await.text("email"), "p1@example.com");
    let boss_of = async |number: usize| {
        let edges = synced
            .acting
            .edges(ids[number - 1], Direction::From, Relation::ReportsTo)
            .await
            .unwrap();
        edges.first().map(|edge| edge.key.to)
    };
    for (person, boss) in [(3, 4), (4, 5), (5, 3)] {
        assert_eq!(boss_of(person).await, Some(ids[boss - 1]));
    }
    assert_eq!(
        synced.user("p7").await.text("user_number"),
        "N7",
        "N8 is somebody else's"
    );
    assert_eq!(synced.user("p6").await.text("administrative_status"), "disabled");
    lab.replace(&people[7], "employeeNumber", &["N7"]).await;

    // Whoever comes back is a new entry of the directory, and the same person here: the number says so.
    let more: Attributes<'_> = vec![("employeeNumber", set(&["N6"]))];
    lab.person(&base, "p6", more).await;
    let report = synced.run(RunMode::Full).await;
    let shadows = synced
        .acting
        .search(&Search::new(Kind::Shadow).filter(Predicate::eq("target", ids[5].to_string())))
        .await
        .unwrap()
        .items;
    assert!(
        shadows.iter().any(|shadow| shadow.text("state") == "linked"),
        "{report:#?} {shadows:#?}"
    );
    let again = synced.user("p6").await;
    assert_eq!(
        (again.id, again.text("administrative_status")),
        (ids[5], "enabled")
    );

    // The account that reads may not see numbers of telephones any more: nobody loses theirs.
    let phones = async || {
        let present = Predicate::present("phone");
        synced.acting.count(Kind::User, present).await.unwrap()
    };
    let had = phones().await;
    assert!(had >= 59);
    for person in people.iter().enumerate().filter(|(number, _)| *number != 6) {
        lab.replace(person.1, "telephoneNumber", &[]).await;
    }
    let report = synced.run(RunMode::Full).await;
    assert_eq!(report.state, RunState::Stopped, "{report:#?}");
    assert_eq!(phones().await, had);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_of_ten_thousand_comes_from_a_directory_and_shrinks() {
    let Some(mut lab) = lab("many").await else {
        return;
    };
    let base = lab.base.clone();
    let Ok(control) = std::env::var("IAM_TEST_LDAP_CONTROL") else {
        return;
    };
    let mut text = String::new();
    let mut members = String::new();
    for number in 0..10_000 {
        text += &format!(
            "dn: uid=g{number},{base}\nobjectClass: inetOrgPerson\nuid: g{number}\ncn: g{number}\nsn: g{number}\n\n"
        );
        members += &format!("member: uid=g{number},{base}\n");
    }
    text += &format!("dn: cn=all,{base}\nobjectClass: groupOfNames\ncn: all {base}\n{members}\n");
    let folder = tempfile::tempdir().unwrap();
    let ldif = folder.path().join("many.ldif");
    std::fs::write(&ldif, text).unwrap();
    let (program, arguments) = control.split_once(' ').unwrap();
    let arguments = arguments.replace("restart ", "load ");
    let done = std::process::Command::new(program)
        .args(arguments.split(' '))
        .arg(&ldif)
        .status()
        .unwrap();
    assert!(done.success());
    lab.connect().await;
    let file = folder.path().join("iam.db");
    let storage = Arc::new(SqliteStorage::open(&file, SqliteOptions::default()).unwrap());
    let mut rules = rules();
    rules.page_size = 1000;
    let synced = Synced::on(storage, "ldap", lab.configuration(), rules).await;
    let report = synced.run(RunMode::Full).await;
    assert_eq!(report.state, RunState::Succeeded, "{report:#?}");
    let groups = synced.acting.search(&Search::new(Kind::Group)).await.unwrap();
    let group = groups.items[0].id;
    let members = async || {
        let edges = synced.acting.edges(group, Direction::To, Relation::InGroup).await;
        edges.unwrap().len()
    };
    assert_eq!(members().await, 10_000);
    let gone = Mod::Delete(
        b"member".to_vec(),
        set(&[&format!("uid=g17,{base}"), &format!("uid=g4711,{base}")]),
    );
    lab.ldap
        .modify(&format!("cn=all,{base}"), vec![gone])
        .await
        .unwrap()
        .success()
        .unwrap();
    let report = synced.run(RunMode::Incremental).await;
    assert_eq!(report.state, RunState::Succeeded, "{report:#?}");
    assert_eq!(members().await, 9_998);
}

/// What a first attempt is told.
fn told(problem: &Problem, code: Code, words: &[&str]) {
    let said = format!("{problem} {:?} {:?}", problem.fields, problem.subject);
    assert_eq!(problem.code, code, "{said}");
    for word in words {
        assert!(said.contains(word), "“{word}” is not in: {said}");
    }
}

/// S0-127, S0-138
#[tokio::test]
async fn whoever_sets_it_up_wrong_is_told_what_is_wrong() {
    let Some(mut lab) = lab("first").await else {
        return;
    };
    let base = lab.base.clone();
    lab.person(&base, "ada", vec![]).await;
    let right = lab.configuration();
    let synced = Synced::on(
        Arc::new(iam_storage::memory::MemoryStorage::new()),
        "ldap",
        right.clone(),
        rules(),
    )
    .await;
    let check = async |field: &str, value: Value| {
        let mut wrong = right.clone();
        wrong.insert(field.to_owned(), value);
        synced.sources.check("ldap", &wrong).await.unwrap_err()
    };
    let problem = check("host", "directory.invalid".into()).await;
    told(&problem, Code::SourceFailed, &["directory.invalid"]);
    let problem = check("port", Value::Integer(1)).await;
    told(&problem, Code::SourceFailed, &["127.0.0.1:1"]);
    let problem = check("bind_user", format!("cn=nobody,{SUFFIX}").into()).await;
    told(&problem, Code::SourceFailed, &["cn=nobody", "bind_user"]);
    let problem = check("bind_password", "vault:nothing".into()).await;
    told(&problem, Code::Invalid, &["bind_password", "nothing"]);
    let problem = check("base_dn", format!("ou=nowhere,{SUFFIX}").into()).await;
    told(&problem, Code::Invalid, &["base_dn"]);
    let others = Sources::new(
        iam_sync::connector::Connectors::builtin(),
        Arc::new(KnownSecrets::new().with("ldap", "wrong")),
        Arc::new(iam_storage::host::SystemClock),
    );
    let problem = others.check("ldap", &right).await.unwrap_err();
    told(&problem, Code::SourceFailed, &["bind_user", "bind_password"]);
    assert!(
        !problem.to_string().contains("wrong"),
        "a password is not told: {problem}"
    );

    // A filter with a bracket too few, when it is tried and when it is run.
    let users = |filter: Option<&str>, mapping: AttributeMapping| KindRules {
        filter: filter.map(str::to_owned),
        mappings: vec![AttributeMapping::attribute("uid", "user_name"), mapping],
        ..KindRules::default()
    };
    let mail = AttributeMapping::attribute("mail", "email");
    let acting = &synced.acting;
    let wrong = users(Some("(&(objectClass=person)(uid=*)"), mail.clone());
    let problem = synced
        .sources
        .sample(acting, "ldap", &right, SyncKind::User, &wrong, 5)
        .await
        .unwrap_err();
    told(&problem, Code::Invalid, &["filter"]);
    let of = |rules: KindRules| SourceRules {
        kinds: [(SyncKind::User, rules)].into(),
        ..SourceRules::default()
    };
    let update = |rules: KindRules| UpdateSource {
        rules: Some(of(rules)),
        ..UpdateSource::new(synced.source)
    };
    acting.execute(update(wrong)).await.unwrap();
    let report = synced.run(RunMode::Full).await;
    assert_eq!(report.state, RunState::Failed);
    told(report.problem.as_ref().unwrap(), Code::Invalid, &["filter"]);
    // An attribute that users do not have, and an expression that is none.
    let problem = acting
        .execute(update(users(None, AttributeMapping::attribute("mail", "e_mail"))))
        .await
        .unwrap_err();
    told(&problem, Code::Invalid, &["e_mail"]);
    let wrong = users(None, AttributeMapping::expression("source.uid +", "email"));
    let problem = synced
        .sources
        .sample(acting, "ldap", &right, SyncKind::User, &wrong, 5)
        .await
        .unwrap_err();
    told(&problem, Code::Invalid, &["email"]);
    // An attribute that the directory does not have is no error; whoever looks first is told.
    let wrong = users(None, AttributeMapping::attribute("maill", "email"));
    acting.execute(update(wrong)).await.unwrap();
    let look = synced
        .sources
        .preview(acting, synced.source, &mut ())
        .await
        .unwrap();
    let finding = look
        .findings
        .iter()
        .find(|finding| finding.code == "mapping.unheard")
        .unwrap_or_else(|| panic!("{look:#?}"));
    assert!(finding.message.contains("maill") && finding.message.contains("email"));
    // A source of another name with a field that there is not.
    let create = CreateSource {
        configuration: [("hots".to_owned(), "127.0.0.1".into())].into(),
        ..CreateSource::new("Again", "ldap")
    };
    let problem = acting.execute(create).await.unwrap_err();
    told(
        &problem,
        Code::Invalid,
        &["configuration.hots", "configuration.host"],
    );
}
