//! Somebody writes into the database past the library: the doctor says what does not fit any more, and the chain which
//! rows were changed, removed or inserted. On every SQL backend, with the same statements.
//!
//! Each piece of damage is done in a transaction of its own, looked at from within, and taken back.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]
#![cfg(all(feature = "sqlite", feature = "postgres", feature = "mysql"))]

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use iam_core::{
    command::{
        AddGroupMembers, AddMembership, Command, CreateGroup, CreateOrganization, CreateUser,
        JoinOrganization, SetManager, UpdateUser,
    },
    model::{EntityId, GroupId, OrganizationId, UserId},
    port::Storage,
    query::Filter,
    service::{Acting, ChainBreak, ChainHead, Diagnosis, Iam},
    testing::host,
    wire::Code,
};
use iam_storage::{
    mysql::{MysqlOptions, MysqlStorage},
    postgres::{PostgresOptions, PostgresStorage},
    sqlite::{SqliteOptions, SqliteStorage},
};
use sqlx::{AssertSqlSafe, Connection, Executor};

/// What the damage is done to.
struct World {
    iam: Iam,
    acme: Acting<'static>,
    head: ChainHead,
}

/// A realm with something of everything, sealed. The revision of the refused attempt is free: its row was taken away
/// before it was sealed.
async fn world(storage: Arc<dyn Storage>) -> World {
    let (host, _) = host(1);
    let iam = Iam::new(storage, host).unwrap();
    let acme = iam.realm("acme").await.unwrap().host("damage");
    let root: OrganizationId = made(&acme, CreateOrganization::new("Root")).await;
    let part: OrganizationId = made(&acme, CreateOrganization::new("Part").under(root)).await;
    let mut users: Vec<UserId> = Vec::new();
    for (name, job) in [("ann", "Analyst"), ("bob", "Builder"), ("cid", "Analyst")] {
        let create = CreateUser::new(name)
            .set("job", job)
            .set("first_name", name)
            .set("city", "Utica");
        users.push(made(&acme, create).await);
    }
    acme.execute(CreateUser::new("ann")).await.unwrap_err();
    let [ann, bob, cid] = users[..] else { panic!() };
    let join = |user: UserId| AddMembership {
        member: user.into(),
        organizations: vec![JoinOrganization::new(part)],
    };
    acme.execute(join(ann)).await.unwrap();
    let manager = SetManager {
        user: bob,
        manager: Some(ann),
    };
    acme.execute(manager).await.unwrap();
    let group = |name: &str, condition: Option<&str>| CreateGroup {
        condition: condition.map(Filter::scim),
        ..serde_json::from_value(serde_json::json!({"attributes": {"name": name}})).unwrap()
    };
    let by_hand: GroupId = made(&acme, group("by hand", None)).await;
    let add = AddGroupMembers {
        group: by_hand,
        members: BTreeSet::from([cid.into()]),
        window: Default::default(),
    };
    acme.execute(add).await.unwrap();
    let _: GroupId = made(&acme, group("analysts", Some(r#"job eq "Analyst""#))).await;
    acme.execute(UpdateUser::new(ann).set("job", "Architect"))
        .await
        .unwrap();
    acme.execute(UpdateUser::new(ann).set("job", "Analyst"))
        .await
        .unwrap();
    World {
        head: ChainHead {
            number: 0,
            until: Default::default(),
            head: String::new(),
        },
        iam,
        acme,
    }
}

async fn made<T: TryFrom<EntityId>>(acme: &Acting<'_>, command: impl Into<Command>) -> T {
    acme.execute(command).await.unwrap().id().unwrap()
}

/// Damage, and the findings that have to be among what the doctor says. `{user}`, `{cid}` are users.
const DAMAGE: &[(&str, &[&str])] = &[
    // Unique names.
    (
        "DELETE FROM iam_claim WHERE attribute = 'user_name|'",
        &["claim.missing"],
    ),
    (
        "INSERT INTO iam_claim SELECT realm, kind, 'email|', search_key, holder FROM iam_claim WHERE attribute = 'user_name|'",
        &["claim.unfounded"],
    ),
    // Search keys.
    (
        "UPDATE iam_user SET k_city = k_user_name",
        &["index.missing", "index.unfounded"],
    ),
    // Edges.
    ("DELETE FROM iam_group", &["edge.dangling", "journal.unfounded"]),
    ("UPDATE iam_edge SET to_live = 0", &["edge.liveness"]),
    (
        "UPDATE iam_edge SET origins = 0",
        &["edge.groundless", "journal.differs"],
    ),
    ("DELETE FROM iam_edge", &["journal.unfounded", "rule.missing"]),
    ("UPDATE iam_edge SET suspended = 'because'", &["journal.differs"]),
    (
        "INSERT INTO iam_edge SELECT realm, from_kind, from_id, relation, to_kind, from_id, origins, valid_from, \
         valid_until, suspended, attributes, from_live, to_live, revision FROM iam_edge WHERE relation = 3",
        &["manager.several", "journal.missing"],
    ),
    (
        "UPDATE iam_edge SET to_id = from_id WHERE relation = 3",
        &["manager.circle", "journal.missing", "journal.unfounded"],
    ),
    // What conditions select.
    (
        "DELETE FROM iam_edge WHERE relation = 2 AND origins = 2",
        &["rule.missing", "journal.unfounded"],
    ),
    (
        "UPDATE iam_edge SET origins = 3 WHERE relation = 2 AND origins = 1",
        &["rule.gone", "journal.differs"],
    ),
    // The tree.
    ("DELETE FROM iam_closure WHERE depth = 1", &["closure.missing"]),
    (
        "UPDATE iam_closure SET depth = 7 WHERE depth = 1",
        &["closure.unfounded"],
    ),
    (
        "DELETE FROM iam_organization WHERE id IN (SELECT ancestor FROM iam_closure WHERE depth = 1)",
        &["tree.parent_missing", "journal.unfounded"],
    ),
    (
        "UPDATE iam_organization SET body = (SELECT b FROM (SELECT body AS b FROM iam_organization WHERE id IN \
         (SELECT descendant FROM iam_closure WHERE depth = 1) LIMIT 1) t)",
        &["tree.circle", "journal.differs"],
    ),
    // Records, past the journal.
    (
        "UPDATE iam_user SET body = (SELECT b FROM (SELECT body AS b FROM iam_user ORDER BY id LIMIT 1) t)",
        &["journal.differs", "claim.double"],
    ),
    ("UPDATE iam_user SET version = version + 1", &["journal.differs"]),
    ("DELETE FROM iam_user", &["journal.unfounded"]),
    // The journal.
    (
        "DELETE FROM iam_journal WHERE relation = 3",
        &["journal.missing", "chain.changed"],
    ),
    (
        "UPDATE iam_journal SET delta = {burglar} WHERE place = {builder}",
        &["journal.differs", "chain.changed"],
    ),
    (
        "UPDATE iam_journal SET delta = {cut} WHERE place = {builder}",
        &["journal.unreadable", "chain.changed"],
    ),
    (
        "UPDATE iam_journal SET delta = '{'",
        &["journal.unreadable", "chain.changed"],
    ),
    // The audit trail and its chain.
    (
        "UPDATE iam_audit SET actor = 'host:mallory' WHERE command = 'user.set_manager'",
        &["chain.changed"],
    ),
    (
        "UPDATE iam_audit SET at = at + 1 WHERE command = 'user.set_manager'",
        &["chain.changed"],
    ),
    (
        "DELETE FROM iam_audit WHERE command = 'user.set_manager'",
        &["chain.removed", "journal.groundless"],
    ),
    (
        "INSERT INTO iam_audit (revision, realm, at, actor, channel, command, digest, outcome, events) \
         SELECT revision + 1, realm, at, actor, channel, command, digest, outcome, events FROM iam_audit \
         WHERE revision + 1 = {gap}",
        &["chain.inserted"],
    ),
    (
        "INSERT INTO iam_journal SELECT place + 1048576, realm, step, subject_kind, subject_id, relation, other_kind, \
         other_id, version, delta, cause FROM iam_journal WHERE place >= ({gap} - 1) * 1048576 \
         AND place < {gap} * 1048576",
        &["chain.inserted", "journal.groundless"],
    ),
    ("UPDATE iam_seal SET head = '0'", &["chain.seal"]),
    ("UPDATE iam_seal SET number = number + 1", &["chain.seal"]),
    ("UPDATE iam_seal SET audit_rows = audit_rows + 1", &["chain.seal"]),
];

fn judge(statement: &str, expected: &[&str], diagnosis: &Diagnosis) {
    let found: BTreeSet<&str> = diagnosis
        .findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect();
    for code in expected {
        assert!(
            found.contains(code),
            "{statement}\n{code} is not among {:#?}",
            diagnosis.findings
        );
    }
}

/// The same on each backend: the types of its connection are its own.
/// The journal entry of the builder: where it is, and its bytes for a burglar.
fn burglar(entries: &[(i64, Vec<u8>)]) -> (i64, Vec<u8>) {
    let found = entries.iter().find_map(|(place, delta)| {
        let at = delta.windows(7).position(|part| part == b"Builder")?;
        let mut delta = delta.clone();
        delta[at..at + 7].copy_from_slice(b"Burglar");
        Some((*place, delta))
    });
    found.unwrap()
}

/// Bytes as a statement says them.
fn literal(connection: &str, bytes: &[u8]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    if connection.contains("Pg") {
        format!("decode('{hex}', 'hex')")
    } else {
        format!("X'{hex}'")
    }
}

macro_rules! damage {
    ($test:ident, $Connection:ty, $open:expr) => {
        #[tokio::test(flavor = "multi_thread")]
        async fn $test() {
            let Some((storage, url, _litter)) = $open.await else {
                return;
            };
            let storage = Arc::new(storage);
            let mut world = world(storage.clone()).await;
            let mut host = <$Connection>::connect(&url).await.unwrap();
            let gap: i64 = sqlx::query_scalar("SELECT revision FROM iam_audit WHERE outcome <> ''")
                .fetch_one(&mut host)
                .await
                .unwrap();
            let entries: Vec<(i64, Vec<u8>)> = sqlx::query_as("SELECT place, delta FROM iam_journal")
                .fetch_all(&mut host)
                .await
                .unwrap();
            let (builder, burglar) = burglar(&entries);
            let bytes = |bytes: &[u8]| literal(std::any::type_name::<$Connection>(), bytes);
            let (cut, burglar) = (bytes(&burglar[..burglar.len() - 1]), bytes(&burglar));
            host.execute("DELETE FROM iam_audit WHERE outcome <> ''")
                .await
                .unwrap();
            world.head = world.iam.seal_chain().await.unwrap().unwrap();
            let sound = world.acme.doctor().await.unwrap();
            assert!(sound.is_healthy(), "{:#?}", sound.findings);
            assert!(sound.journal > 10 && sound.sealed > 10, "{sound:?}");
            for (statement, expected) in DAMAGE {
                let statement = statement
                    .replace("{gap}", &gap.to_string())
                    .replace("{builder}", &builder.to_string())
                    .replace("{burglar}", &burglar)
                    .replace("{cut}", &cut);
                let mut transaction = host.begin().await.unwrap();
                let done = transaction
                    .execute(AssertSqlSafe(statement.clone()))
                    .await
                    .unwrap();
                assert!(done.rows_affected() > 0, "{statement} does nothing");
                let diagnosis = {
                    let inside = world.acme.joining(storage.joining(&mut transaction));
                    inside.doctor().await.unwrap()
                };
                judge(&statement, expected, &diagnosis);
                transaction.rollback().await.unwrap();
            }
            let sound = world.acme.doctor().await.unwrap();
            assert!(sound.is_healthy(), "{:#?}", sound.findings);
            rewritten(&world, async |statement| {
                host.execute(AssertSqlSafe(statement.to_owned()))
                    .await
                    .unwrap();
            })
            .await;
        }
    };
}

/// Who owns the database rewrites a row and the whole chain over it: the chain holds, and is not the one that was
/// published.
async fn rewritten(world: &World, mut execute: impl AsyncFnMut(&str)) {
    let published = std::slice::from_ref(&world.head);
    assert!(world.iam.verify_chain(published).await.unwrap().holds());
    execute("UPDATE iam_audit SET actor = 'host:nobody' WHERE command = 'user.set_manager'").await;
    let found = world.iam.verify_chain(&[]).await.unwrap();
    assert!(
        matches!(found.breaks[..], [ChainBreak::Changed { .. }]),
        "one row was changed, and one is named: {:?}",
        found.breaks
    );
    execute("DELETE FROM iam_seal").await;
    let head = world.iam.seal_chain().await.unwrap().unwrap();
    assert_eq!(head.number, world.head.number);
    assert!(world.iam.verify_chain(&[]).await.unwrap().holds());
    let found = world.iam.verify_chain(published).await.unwrap();
    assert_eq!(
        found.breaks,
        [ChainBreak::Head {
            number: world.head.number
        }]
    );
    // A journal that lost its audit row keeps nobody from sealing what comes after.
    world.acme.execute(CreateUser::new("late")).await.unwrap();
    execute(
        "DELETE FROM iam_audit WHERE revision = (SELECT r FROM (SELECT MAX(revision) AS r FROM iam_audit) t)",
    )
    .await;
    world.acme.execute(CreateUser::new("later")).await.unwrap();
    let sealed = world.iam.seal_chain().await.unwrap().unwrap();
    assert!(sealed.number > head.number);
    let found = world.iam.verify_chain(&[]).await.unwrap();
    assert!(
        matches!(found.breaks[..], [ChainBreak::Inserted { .. }]),
        "{:?}",
        found.breaks
    );
    let problem = world.acme.execute(CreateUser::new("later")).await.unwrap_err();
    assert_eq!(problem.fields[0].code, Code::Taken.name());
}

damage!(
    the_doctor_finds_planted_damage_on_sqlite,
    sqlx::SqliteConnection,
    async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("iam.db");
        let storage = SqliteStorage::open(&path, SqliteOptions::default()).unwrap();
        Some((storage, format!("sqlite://{}", path.display()), Some(folder)))
    }
);

/// A fresh database on a server: its address, and the address of the server.
fn fresh(variable: &str) -> Option<(String, String, String)> {
    let Some(server) = std::env::var(variable).ok().filter(|url| !url.is_empty()) else {
        eprintln!("NOT RUN: {variable} is not set");
        return None;
    };
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let name = format!("iam_damage_{}_{:x}", std::process::id(), since.as_micros());
    let start = server.find("://").map_or(0, |place| place + 3);
    let base = server[start..]
        .find('/')
        .map_or(server.as_str(), |place| &server[..start + place]);
    Some((format!("{base}/{name}"), server.clone(), name))
}

/// Drops the database in the end.
struct Litter(String, String);

impl Drop for Litter {
    fn drop(&mut self) {
        let (server, statement) = (self.0.clone(), self.1.clone());
        let clear = move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                if server.starts_with("postgres") {
                    let mut connection = sqlx::PgConnection::connect(&server).await.unwrap();
                    connection.execute(AssertSqlSafe(statement)).await.unwrap();
                } else {
                    let mut connection = sqlx::MySqlConnection::connect(&server).await.unwrap();
                    connection.execute(AssertSqlSafe(statement)).await.unwrap();
                }
            });
        };
        std::thread::spawn(clear).join().unwrap();
    }
}

damage!(
    the_doctor_finds_planted_damage_on_postgres,
    sqlx::PgConnection,
    async {
        let (url, server, name) = fresh("IAM_TEST_POSTGRES_URL")?;
        let mut connection = sqlx::PgConnection::connect(&server).await.unwrap();
        connection
            .execute(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .await
            .unwrap();
        let litter = Litter(server, format!("DROP DATABASE {name} WITH (FORCE)"));
        let storage = PostgresStorage::connect(PostgresOptions::new(url.clone()))
            .await
            .unwrap();
        Some((storage, url, litter))
    }
);

damage!(
    the_doctor_finds_planted_damage_on_mysql,
    sqlx::MySqlConnection,
    async {
        let (url, server, name) = fresh("IAM_TEST_MYSQL_URL")?;
        let mut connection = sqlx::MySqlConnection::connect(&server).await.unwrap();
        let create = format!("CREATE DATABASE {name} CHARACTER SET utf8mb4");
        connection.execute(AssertSqlSafe(create)).await.unwrap();
        let litter = Litter(server, format!("DROP DATABASE {name}"));
        let storage = MysqlStorage::connect(MysqlOptions::new(url.clone()))
            .await
            .unwrap();
        Some((storage, url, litter))
    }
);
