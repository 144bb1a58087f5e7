//! What is kept of a person and read back: the profile, its life, and the tree that it is shown in.

use serde_json::{Value as Json, json};

use super::{
    ground::Ground,
    link::PASSWORD,
    sign_in::{choose, code, set as settings},
};
use crate::{
    command::{Command, CreateUser, UpdateUser},
    model::{AttributeType, EditableBy, Kind, Moment, UserId, Value, builtin},
    port::Clock,
    query::Query,
    wire::Code,
};

async fn run(ground: &Ground, input: Json) -> String {
    let command: Command = serde_json::from_value(input).unwrap();
    let done = ground.acme.execute(command).await.unwrap();
    ground.clock.advance(60);
    done.id.map(|id| id.to_string()).unwrap_or_default()
}

async fn ask(ground: &Ground, input: Json) -> Json {
    let query: Query = serde_json::from_value(input).unwrap();
    ground.acme.ask(query).await.unwrap()
}

/// S0-6: a whole profile and everything that became of it is read back; S1-10: the units that the person belongs to are
/// part of it, with what is above them; S1-11: custom attributes are; S1-12: so is who made it, when and from where.
pub(super) async fn profile_and_life_are_read_back(ground: &Ground) {
    run(ground, json!({"command": "attribute.define", "kind": "user", "name": "badge", "label": "Badge", "type": "text"})).await;
    let head = run(
        ground,
        json!({"command": "organization.create", "attributes": {"name": "Head"}}),
    )
    .await;
    let unit = run(
        ground,
        json!({"command": "organization.create", "attributes": {"name": "Unit"}, "parent": head}),
    )
    .await;
    let boss = run(
        ground,
        json!({"command": "user.create", "attributes": {"user_name": "boss"}}),
    )
    .await;
    let born = Json::from(ground.clock.now().to_string());
    let ada = run(
        ground,
        json!({
            "command": "user.create", "origin": "import", "source": "staff.csv", "lawful_basis": "contract",
            "organizations": [{"organization": unit, "number": "U-7"}],
            "attributes": {"user_name": "ada", "email": "ada@example.com", "first_name": "Ada", "badge": "Blue"},
        }),
    )
    .await;
    run(
        ground,
        json!({"command": "user.set_manager", "user": ada, "manager": boss}),
    )
    .await;
    let profile = ask(ground, json!({"query": "record.get", "id": ada})).await;
    let kept = &profile["attributes"];
    for (name, value) in [
        ("email", "ada@example.com"),
        ("badge", "Blue"),
        ("origin", "import"),
        ("source", "staff.csv"),
        ("lawful_basis", "contract"),
        ("created_by", "host:suite"),
        ("administrative_status", "enabled"),
    ] {
        assert_eq!(kept[name], value, "{name}");
    }
    assert_eq!(kept["created_at"], born);
    let edges =
        |relation: &str| json!({"query": "edge.list", "id": ada, "direction": "from", "relation": relation});
    let member = ask(ground, edges("member_of")).await;
    assert_eq!(
        (&member[0]["to"], &member[0]["attributes"]["number"]),
        (&json!(unit), &json!("U-7"))
    );
    assert_eq!(ask(ground, edges("reports_to")).await[0]["to"], json!(boss));
    let path = ask(
        ground,
        json!({"query": "organization.path", "organization": unit}),
    )
    .await;
    let names: Vec<&str> = path
        .as_array()
        .unwrap()
        .iter()
        .map(|up| up["attributes"]["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Unit", "Head"]);

    // The whole life, step by step, in the order in which it was lived, and the status at each step.
    let mut seen = Vec::new();
    for (command, status) in [
        ("user.lock", "locked"),
        ("user.unlock", "active"),
        ("user.suspend", "suspended"),
        ("user.enable", "active"),
        ("user.disable", "inactive"),
        ("user.archive", "archived"),
        ("user.restore", "active"),
    ] {
        run(ground, json!({"command": command, "user": ada})).await;
        let answer = ask(
            ground,
            json!({"query": "user.status", "user": ada, "view": "lifecycle"}),
        )
        .await;
        seen.push((command, ground.clock.now().plus_seconds(-60)));
        // Restoring brings back what was before the archive, which is not for this case to say.
        if command != "user.restore" {
            assert_eq!(answer, status, "{command}");
        }
    }
    run(ground, json!({"command": "user.delete", "user": ada})).await;
    run(ground, json!({"command": "user.undelete", "user": ada})).await;
    let history = ask(ground, json!({"query": "history.of", "id": ada})).await;
    let mut told: Vec<&str> = history
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .map(|item| item["command"].as_str().unwrap())
        .collect();
    told.dedup();
    let mut lived = vec!["user.create", "user.set_manager"];
    lived.extend(seen.iter().map(|(command, _)| *command));
    lived.extend(["user.delete", "user.undelete"]);
    assert_eq!(told, lived);
    // And what it was at any moment of it.
    for (command, at) in &seen {
        let then = ask(
            ground,
            json!({"query": "user.status", "user": ada, "view": "lifecycle", "at": {"moment": at}}),
        )
        .await;
        let expected = match *command {
            "user.lock" => "locked",
            "user.suspend" => "suspended",
            "user.disable" => "inactive",
            "user.archive" => "archived",
            _ => continue,
        };
        assert_eq!(then, expected, "{command} at {at}");
    }
}

fn fitting(name: &str, value_type: AttributeType) -> Value {
    match value_type {
        AttributeType::Text => "x".into(),
        AttributeType::Integer => 7.into(),
        AttributeType::Number => Value::Number(1.5),
        AttributeType::Boolean => true.into(),
        AttributeType::Date => {
            serde_json::from_value(json!("2020-02-29")).unwrap_or_else(|_| "2020-02-29".into())
        }
        AttributeType::Moment => Moment::MIN.into(),
        AttributeType::Email => format!("{name}@example.com").into(),
        AttributeType::Phone => "+4930123456".into(),
        AttributeType::Language => "de-CH".into(),
        AttributeType::Reference | AttributeType::Object => "nothing".into(),
    }
}

/// S3-31: every attribute of a user can be edited, but for those that only the library or a command of their own writes:
/// these say so by name. Attributes that hold references or structures have rules of their own.
pub(super) async fn attributes_are_edited_but_the_read_only(ground: &Ground) {
    let user: UserId = ground.user("ada").await.try_into().unwrap();
    let (mut edited, mut refused) = (0, 0);
    for definition in builtin(Kind::User) {
        let name = definition.name.as_str();
        let value = match definition.allowed.first() {
            Some(allowed) => allowed.clone(),
            None => fitting(name, definition.value_type),
        };
        let value = if definition.multiple {
            Value::List(vec![value])
        } else {
            value
        };
        let done = ground
            .acme
            .execute(UpdateUser::new(user).set(name, value.clone()))
            .await;
        if definition.editable == EditableBy::Update && !definition.derived {
            if matches!(
                definition.value_type,
                AttributeType::Reference | AttributeType::Object
            ) {
                continue;
            }
            done.unwrap_or_else(|problem| panic!("{name}: {problem} {:?}", problem.fields));
            assert!(
                ground.record(user.into()).await.unwrap().value(name).is_some(),
                "{name}"
            );
            edited += 1;
        } else {
            let problem = done.unwrap_err();
            assert_eq!(problem.code, Code::Invalid, "{name}");
            assert_eq!(
                (problem.fields[0].field.as_str(), problem.fields[0].code.as_str()),
                (name, "attribute.read_only")
            );
            refused += 1;
        }
    }
    assert!(edited > 50 && refused > 10, "{edited} {refused}");
}

/// S3-32: after a change of the e-mail address only the new one signs in, and only by the new one the person is found by
/// whoever links accounts.
pub(super) async fn the_new_address_counts(ground: &Ground) {
    settings(ground, json!({"sign_in": {"identifiers": ["email"]}})).await;
    let create = CreateUser::new("ada").set("email", "old@example.com");
    let ada: UserId = ground.acme.execute(create).await.unwrap().id().unwrap();
    choose(ground, ada, PASSWORD).await;
    assert_eq!(code(ground, "old@example.com", PASSWORD).await, None);
    let change = UpdateUser::new(ada).set("email", "new@example.com");
    ground.acme.execute(change).await.unwrap();
    assert_eq!(
        code(ground, "old@example.com", PASSWORD).await,
        Some(Code::SignInRefused)
    );
    assert_eq!(code(ground, "NEW@example.com", PASSWORD).await, None);
    let by = |email: &'static str| ground.acme.find_by(Kind::User, "email", email);
    assert_eq!(by("old@example.com").await.unwrap(), None);
    assert_eq!(by("new@example.com").await.unwrap().unwrap().id, ada.into());
}

/// S0-14: the tree shows positions or hides them; S0-15, S0-80: it is sorted by name or by the order that was given.
pub(super) async fn the_tree_is_shown_as_settings_say(ground: &Ground) {
    let head = run(
        ground,
        json!({"command": "organization.create", "attributes": {"name": "Head"}}),
    )
    .await;
    for (name, order) in [("Alpha", 3), ("Beta", 1), ("Gamma", 2)] {
        let attributes = json!({"name": name, "sort_order": order});
        run(
            ground,
            json!({"command": "organization.create", "attributes": attributes, "parent": head}),
        )
        .await;
        let attributes = json!({"name": format!("P {name}"), "sort_order": order});
        run(
            ground,
            json!({"command": "position.create", "attributes": attributes, "organization": head}),
        )
        .await;
    }
    let tree = async || {
        let tree = ask(ground, json!({"query": "organization.tree"})).await;
        let names = |nodes: &Json, of: &dyn Fn(&Json) -> Json| -> Vec<String> {
            let nodes = nodes.as_array().unwrap().iter();
            nodes
                .map(|node| of(node)["attributes"]["name"].as_str().unwrap().to_owned())
                .collect()
        };
        (
            names(&tree[0]["children"], &|node| node["organization"].clone()),
            names(&tree[0]["positions"], &|node| node.clone()),
        )
    };
    assert_eq!(
        tree().await,
        (["Beta", "Gamma", "Alpha"].map(String::from).to_vec(), vec![])
    );
    settings(ground, json!({"tree_sort": "name", "tree_shows_positions": true})).await;
    let expected = (["Alpha", "Beta", "Gamma"], ["P Alpha", "P Beta", "P Gamma"]);
    assert_eq!(
        tree().await,
        (
            expected.0.map(String::from).to_vec(),
            expected.1.map(String::from).to_vec()
        )
    );
    settings(ground, json!({"tree_sort": "sort_order"})).await;
    assert_eq!(tree().await.1, ["P Beta", "P Gamma", "P Alpha"]);
}
