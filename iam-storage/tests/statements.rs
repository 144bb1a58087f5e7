//! What each command costs: rounds of loading, and statements on SQLite. Design, section 4: bounded, and not growing
//! with the rows. The table is kept in `statements.txt`; `IAM_UPDATE_GOLDEN=1` writes it anew.
#![cfg(feature = "sqlite")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests fail by panicking"
)]

use std::{collections::BTreeMap, fmt::Write, sync::Arc};

use iam_core::{
    command::Command,
    model::{EntityId, Kind},
    search::Predicate,
    service::{BatchMode, Iam, OnConflict, Undo},
    testing::{host, world_id},
};
use iam_storage::sqlite::{SqliteOptions, SqliteStorage};
use serde_json::{Value, json};

/// Each command once, in an order in which all of them succeed.
fn commands() -> Vec<Value> {
    let id = |kind, number| world_id(1, kind, number);
    let user = |number| id(Kind::User, number);
    let organization = |number| id(Kind::Organization, number);
    let (position, group, device) = (
        |number| id(Kind::Position, number),
        |number| id(Kind::Group, number),
        id(Kind::Device, 0),
    );
    let (role, assignment) = (|number| id(Kind::Role, number), id(Kind::Assignment, 0));
    let (user_type, organization_type, template) = (
        id(Kind::UserType, 0),
        id(Kind::OrganizationType, 0),
        id(Kind::Template, 0),
    );
    vec![
        json!({"command": "realm.update", "settings": {"retention_days": 60}}),
        json!({"command": "attribute.define", "kind": "user", "name": "shoe", "label": "Shoe", "type": "integer",
               "searchable": true}),
        json!({"command": "attribute.update", "kind": "user", "name": "shoe", "label": "Shoe size"}),
        json!({"command": "user_type.create", "id": user_type, "attributes": {"name": "Guest"}}),
        json!({"command": "user_type.update", "user_type": user_type, "attributes": {"name": "Guests"}}),
        json!({"command": "organization_type.create", "id": organization_type, "attributes": {"name": "Branch"}}),
        json!({"command": "organization_type.update", "organization_type": organization_type,
               "attributes": {"name": "Branches"}}),
        json!({"command": "template.create", "id": template, "attributes": {"name": "T", "values": {"city": "Rome"}}}),
        json!({"command": "template.update", "template": template, "attributes": {"name": "T2"}}),
        json!({"command": "organization.create", "id": organization(0), "attributes": {"name": "root"}}),
        json!({"command": "organization.create", "id": organization(1), "attributes": {"name": "a", "code": "A"},
               "parent": organization(0), "organization_type": organization_type}),
        json!({"command": "organization.create", "id": organization(2), "attributes": {"name": "b"},
               "parent": organization(0)}),
        json!({"command": "organization.create", "id": organization(3), "attributes": {"name": "c"},
               "parent": organization(1)}),
        json!({"command": "organization.update", "organization": organization(1), "attributes": {"name": "A"}}),
        json!({"command": "organization.change_type", "organization": organization(1), "organization_type": null}),
        json!({"command": "organization.disable", "organization": organization(1)}),
        json!({"command": "organization.enable", "organization": organization(1)}),
        json!({"command": "position.create", "id": position(0), "attributes": {"name": "head"},
               "organization": organization(1)}),
        json!({"command": "position.create", "id": position(1), "attributes": {"name": "clerk"},
               "organization": organization(1), "reports_to": position(0)}),
        json!({"command": "position.update", "position": position(1), "attributes": {"code": "P1"}}),
        json!({"command": "position.disable", "position": position(1)}),
        json!({"command": "position.enable", "position": position(1)}),
        json!({"command": "position.set_superior", "position": position(1), "reports_to": null}),
        json!({"command": "position.transfer", "position": position(1), "organization": organization(2)}),
        json!({"command": "user.create", "id": user(0), "attributes": {"user_name": "boss"}}),
        json!({"command": "user.create", "id": user(1), "attributes": {"user_name": "alice", "email": "a@x.org"},
               "organizations": [{"organization": organization(1)}, {"organization": organization(2)}],
               "positions": [position(0)], "manager": user(0), "user_type": user_type}),
        json!({"command": "user.create", "id": user(2), "attributes": {"user_name": "team", "identity_type": "shared"}}),
        json!({"command": "user.update", "user": user(1), "attributes": {"email": "b@x.org", "shoe": 40}}),
        json!({"command": "user.disable", "user": user(1)}),
        json!({"command": "user.enable", "user": user(1)}),
        json!({"command": "user.suspend", "user": user(1)}),
        json!({"command": "user.archive", "user": user(1)}),
        json!({"command": "user.restore", "user": user(1)}),
        json!({"command": "user.lock", "user": user(1)}),
        json!({"command": "user.unlock", "user": user(1)}),
        json!({"command": "user.set_validity", "user": user(1), "valid_until": "2026-01-01T00:00:00Z"}),
        json!({"command": "user.enable", "user": user(1)}),
        json!({"command": "user.expire", "user": user(1)}),
        json!({"command": "user.change_type", "user": user(1), "user_type": null}),
        json!({"command": "user.record_consent", "user": user(1), "purpose": "newsletter", "granted": true}),
        json!({"command": "user.set_manager", "user": user(1), "manager": user(2)}),
        json!({"command": "user.set_shared_users", "account": user(2), "users": [user(0), user(1)]}),
        json!({"command": "record.reindex", "record": user(1), "attribute": "user_name"}),
        json!({"command": "organization.add_lead", "organization": organization(1), "user": user(0)}),
        json!({"command": "organization.remove_lead", "organization": organization(1), "user": user(0)}),
        json!({"command": "position.assign", "position": position(1), "user": user(1)}),
        json!({"command": "position.unassign", "position": position(1), "user": user(1)}),
        json!({"command": "group.create", "id": group(0), "attributes": {"name": "g"}}),
        json!({"command": "group.create", "id": group(1), "attributes": {"name": "h"}}),
        json!({"command": "group.update", "group": group(0), "attributes": {"name": "G"}}),
        json!({"command": "group.add_members", "group": group(0), "members": [user(0), organization(1), group(1)]}),
        json!({"command": "group.remove_members", "group": group(0), "members": [user(0)]}),
        json!({"command": "group.delete", "group": group(0)}),
        json!({"command": "device.create", "id": device, "attributes": {"name": "d"},
               "organizations": [{"organization": organization(1)}]}),
        json!({"command": "device.update", "device": device, "attributes": {"model": "m"}}),
        json!({"command": "device.disable", "device": device}),
        json!({"command": "device.enable", "device": device}),
        json!({"command": "device.delete", "device": device}),
        json!({"command": "membership.add", "member": user(0), "organizations": [{"organization": organization(3)}]}),
        json!({"command": "membership.remove", "member": user(0), "organizations": [organization(3)]}),
        json!({"command": "assignment.create", "id": assignment, "attributes": {"name": "mail", "mapping": "m"},
               "values": [{"attribute": "a", "value": "v"}]}),
        json!({"command": "assignment.update", "assignment": assignment, "on_assignment": "replace"}),
        json!({"command": "role.create", "id": role(0), "attributes": {"name": "r"}}),
        json!({"command": "role.create", "id": role(1), "attributes": {"name": "s"}, "role_type": "external"}),
        json!({"command": "role.update", "role": role(0), "privileges": [{"kind": "user", "actions": ["view"]}]}),
        json!({"command": "role.add_assignments", "role": role(1), "assignments": [assignment]}),
        json!({"command": "role.remove_assignments", "role": role(1), "assignments": [assignment]}),
        json!({"command": "assignment.delete", "assignment": assignment}),
        json!({"command": "role.grant", "role": role(0), "holders": [user(0), user(1), organization(1)]}),
        json!({"command": "role.revoke", "role": role(0), "holders": [user(0)]}),
        json!({"command": "role.include", "role": role(0), "roles": [role(1)]}),
        json!({"command": "role.stop_including", "role": role(0), "roles": [role(1)]}),
        json!({"command": "role.add_exclusions", "role": role(0), "roles": [role(1)]}),
        json!({"command": "role.remove_exclusions", "role": role(0), "roles": [role(1)]}),
        json!({"command": "role.add_prerequisites", "role": role(0), "roles": [role(1)]}),
        json!({"command": "role.remove_prerequisites", "role": role(0), "roles": [role(1)]}),
        json!({"command": "rule.apply", "owner": role(0), "subjects": [user(0)]}),
        json!({"command": "role.delete", "role": role(0), "grants": "move", "move_to": role(1)}),
        json!({"command": "organization.add_owner", "organization": organization(3), "user": user(0)}),
        json!({"command": "organization.add_owner", "organization": organization(3), "user": user(2)}),
        json!({"command": "organization.remove_owner", "organization": organization(3), "user": user(2)}),
        json!({"command": "organization.add_administrator", "organization": organization(1), "user": user(1)}),
        json!({"command": "organization.remove_administrator", "organization": organization(1), "user": user(1)}),
        json!({"command": "user.add_deputy", "user": user(0), "deputy": user(1)}),
        json!({"command": "user.remove_deputy", "user": user(0), "deputy": user(1)}),
        json!({"command": "organization.transfer", "organization": organization(3), "parent": organization(2)}),
        json!({"command": "organization.merge", "source": organization(1), "target": organization(2),
               "name_clashes": "keep"}),
        json!({"command": "position.delete", "position": position(1)}),
        json!({"command": "organization.delete", "organization": organization(2), "disposition": "cascade"}),
        json!({"command": "user.delete", "user": user(1)}),
        json!({"command": "user.undelete", "user": user(1)}),
        json!({"command": "user.delete", "user": user(1), "mode": "purge"}),
        json!({"command": "user_type.delete", "user_type": user_type}),
        json!({"command": "organization_type.delete", "organization_type": organization_type}),
        json!({"command": "template.delete", "template": template}),
        json!({"command": "attribute.remove", "kind": "user", "name": "shoe"}),
        json!({"command": "user.exchange", "updates": [{"user": user(0), "attributes": {"email": "boss@x.org"}}]}),
        json!({"command": "connector.install", "descriptor": {"name": "files", "title": "Files", "version": "1"}}),
        json!({"command": "source.create", "id": id(Kind::Source, 0), "name": "HR", "connector": "files"}),
        json!({"command": "source.update", "source": id(Kind::Source, 0), "mode": "active"}),
        json!({"command": "source.disable", "source": id(Kind::Source, 0)}),
        json!({"command": "source.enable", "source": id(Kind::Source, 0)}),
        json!({"command": "sync.request", "id": id(Kind::SyncRun, 0), "source": id(Kind::Source, 0)}),
        json!({"command": "sync.start", "run": id(Kind::SyncRun, 0), "worker": "w", "until": "2027-01-01T00:00:00Z",
               "change_set": id(Kind::ChangeSet, 0)}),
        json!({"command": "sync.note", "run": id(Kind::SyncRun, 0), "worker": "w", "until": "2027-02-01T00:00:00Z",
               "place": {}, "counts": {"read": 1}}),
        json!({"command": "sync.cancel", "run": id(Kind::SyncRun, 0)}),
        json!({"command": "sync.finish", "run": id(Kind::SyncRun, 0), "worker": "w", "state": "cancelled",
               "counts": {"read": 1}, "tokens": {"user": "t"}}),
        json!({"command": "sync.forget", "run": id(Kind::SyncRun, 0)}),
        json!({"command": "shadow.put", "shadow": null, "source": id(Kind::Source, 0), "kind": "user",
               "identifier": "7", "object_key": "07", "target": user(0), "situation": "confirmed", "state": "linked"}),
        json!({"command": "edge.synchronize", "source": id(Kind::Source, 0), "record": user(0), "direction": "from",
               "relation": "in_group", "add": [group(1)]}),
        json!({"command": "source.delete", "source": id(Kind::Source, 0)}),
    ]
}

/// Commands that need what no list of commands has: a secret that was just drawn, a run of a source, a rule that is due. Their
/// own cases in the suite look at what they load.
fn is_counted_elsewhere(command: &str) -> bool {
    const NOUNS: [&str; 14] = [
        "policy.",
        "session.",
        "password.",
        "otp.",
        "passkey.",
        "factor.",
        "recovery_codes.",
        "passcode.",
        "provider.",
        "credential.",
        "link.",
        "source.",
        "sync.",
        "shadow.",
    ];
    const COMMANDS: [&str; 10] = [
        "connector.install",
        "connector.remove",
        "edge.synchronize",
        "rule.apply",
        "role.add_assignments",
        "role.remove_assignments",
        "assignment.delete",
        "user.exchange",
        "user.add_deputy",
        "user.remove_deputy",
    ];
    const STARTED: [&str; 4] = [
        "user.end_sessions",
        "user.invite",
        "user.start_password_reset",
        "user.start_email_verification",
    ];
    NOUNS.iter().any(|noun| command.starts_with(noun))
        || COMMANDS.contains(&command)
        || STARTED.contains(&command)
}

#[tokio::test]
async fn rounds_and_statements_of_every_command() {
    let storage = Arc::new(SqliteStorage::open(":memory:", SqliteOptions::default()).unwrap());
    let (host, _) = host(1);
    let iam = Iam::new(storage.clone(), host).unwrap();
    let before = storage.statements();
    let realm = iam.realm("acme").await.unwrap();
    let mut table: BTreeMap<String, (usize, u64)> = BTreeMap::new();
    table.insert("realm.create".to_owned(), (0, storage.statements() - before));
    let acting = realm.host("statements");
    for json in commands() {
        let command: Command = serde_json::from_value(json.clone()).unwrap();
        // With a schema in memory, as in an application that runs.
        let preview = acting.preview(command.clone()).await;
        let rounds = preview
            .unwrap_or_else(|problem| panic!("{json}: {problem}"))
            .rounds;
        let before = storage.statements();
        acting.execute(command.clone()).await.unwrap();
        let statements = storage.statements() - before;
        assert!(rounds <= 8, "{} takes {rounds} rounds", command.name());
        let entry = table.entry(command.name().to_owned()).or_default();
        *entry = (entry.0.max(rounds), entry.1.max(statements));
    }
    let mut text = String::from("command                   rounds  statements\n");
    for (name, (rounds, statements)) in &table {
        writeln!(text, "{name:<26}{rounds:>6}{statements:>12}").unwrap();
    }
    println!("{text}");
    let missing: Vec<_> = Command::NAMES
        .iter()
        .filter(|name| !table.contains_key(**name) && !is_counted_elsewhere(name))
        .collect();
    assert!(missing.is_empty(), "the table lacks {missing:?}");
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/statements.txt");
    if std::env::var_os("IAM_UPDATE_GOLDEN").is_some() {
        std::fs::write(file, &text).unwrap();
    }
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    assert_eq!(
        kept, text,
        "the costs changed; IAM_UPDATE_GOLDEN=1 writes {file} anew"
    );
    let diagnosis = acting.doctor().await.unwrap();
    assert!(diagnosis.is_healthy(), "{:?}", diagnosis.findings);
}

/// Undoing one commit of many records asks the storage as often as undoing one of few, but for the size of a batch.
#[tokio::test]
async fn undoing_many_records_asks_as_often_as_undoing_few() {
    let storage = Arc::new(SqliteStorage::open(":memory:", SqliteOptions::default()).unwrap());
    let (host, _) = host(1);
    let iam = Iam::new(storage.clone(), host).unwrap();
    let acting = iam.realm("acme").await.unwrap().host("statements");
    let batch = async |commands: Vec<Value>| {
        let commands: Vec<Command> = commands
            .into_iter()
            .map(|json| serde_json::from_value(json).unwrap())
            .collect();
        acting.batch(&commands, BatchMode::AllOrNothing).await.unwrap()
    };
    let create = json!({"command": "organization.create", "attributes": {"name": "unit"}});
    let unit = batch(vec![create]).await.results[0].clone().unwrap().unwrap();
    let mut asked: Vec<Vec<u64>> = Vec::new();
    for count in [3, 60] {
        let prefix = format!("of{count}-");
        let of_each = |command: &dyn Fn(usize) -> Value| (0..count).map(command).collect();
        let create = |number| json!({"command": "user.create", "attributes": {"user_name": format!("{prefix}{number}")}});
        let created = batch(of_each(&create)).await;
        let users: Vec<EntityId> = created
            .results
            .iter()
            .map(|result| result.clone().unwrap().unwrap())
            .collect();
        let update = |number| json!({"command": "user.update", "user": users[number], "attributes": {"city": "Utica"}});
        let join = |number| json!({"command": "membership.add", "member": users[number], "organizations": [{"organization": unit}]});
        let delete = |number| json!({"command": "user.delete", "user": users[number]});
        let mut revisions = vec![created.revision.unwrap()];
        for commands in [of_each(&update), of_each(&join), of_each(&delete)] {
            revisions.push(batch(commands).await.revision.unwrap());
        }
        let mut costs = Vec::new();
        for revision in revisions.into_iter().rev() {
            let undo = Undo::Revision(revision);
            let before = storage.statements();
            let preview = acting.preview_rollback(&undo).await.unwrap();
            costs.push(storage.statements() - before);
            assert!(preview.conflicts.is_empty(), "{:?}", preview.conflicts);
            acting.rollback(&undo, OnConflict::Refuse).await.unwrap();
        }
        asked.push(costs);
        let left = Predicate::starts_with("user_name", prefix);
        assert_eq!(acting.count(Kind::User, left).await.unwrap(), 0);
    }
    for (few, many) in asked[0].iter().zip(&asked[1]) {
        assert!(many <= &(few + 2), "3 and 60 users: {asked:?}");
    }
}
