//! Lists as a screen shows them: columns, search box and order come from the realm's settings.

use serde_json::{Value as Json, json};

use super::ground::Ground;
use crate::{
    command::{
        AddMembership, Command, CreateOrganization, CreatePosition, CreateUser, JoinOrganization, SetManager,
        UpdateRealm, UpdateUser,
    },
    model::{EntityId, OrganizationId, PositionId, UserId, UserTypeId},
    query::Query,
    service::BatchMode,
    wire::Code,
};

async fn settings(ground: &Ground, settings: Json) {
    let Json::Object(settings) = settings else {
        panic!("settings are an object")
    };
    let update = UpdateRealm { name: None, settings };
    ground.acme.execute(update).await.unwrap();
}

/// A command as other languages send it.
fn command(name: &str, input: Json) -> Command {
    Command::from_input(name, input).unwrap().unwrap()
}

async fn run(ground: &Ground, name: &str, input: Json) -> EntityId {
    ground
        .acme
        .execute(command(name, input))
        .await
        .unwrap()
        .id
        .unwrap()
}

async fn ask(ground: &Ground, name: &str, input: Json) -> Json {
    let query = Query::from_input(name, input).unwrap().unwrap();
    ground.acme.ask(query).await.unwrap()
}

fn column(answer: &Json, name: &str) -> Vec<String> {
    let rows = answer["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| row["cells"][name].as_str().unwrap_or("-").to_owned())
        .collect()
}

fn names(answer: &Json) -> Vec<&str> {
    answer["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| column["attribute"].as_str().unwrap())
        .collect()
}

async fn person(ground: &Ground, name: &str, email: &str, city: &str) -> UserId {
    let create = CreateUser::new(name)
        .set("email", email)
        .set("city", city)
        .set("first_name", name);
    ground.acme.execute(create).await.unwrap().id().unwrap()
}

/// S3-1: without a setting, the list of users shows name, e-mail, recent activity and status; S3-4: by e-mail.
pub(super) async fn list_of_users_as_delivered(ground: &Ground) {
    person(ground, "zoe", "b@example.com", "Utica").await;
    let gone = person(ground, "adam", "c@example.com", "Utica").await;
    person(ground, "mia", "a@example.com", "Berlin").await;
    run(ground, "user.disable", json!({"user": gone})).await;
    let list = ask(ground, "record.list", json!({"kind": "user", "total": true})).await;
    assert_eq!(
        names(&list),
        ["first_name", "last_name", "email", "last_attempt_at"]
    );
    assert_eq!(
        column(&list, "email"),
        ["a@example.com", "b@example.com", "c@example.com"]
    );
    assert_eq!(list["total"], 3);
    let statuses: Vec<&str> = list["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["status"].as_str().unwrap())
        .collect();
    assert_eq!(statuses, ["active", "active", "inactive"]);
    // Pages of two, there and back.
    let first = ask(ground, "record.list", json!({"kind": "user", "limit": 2})).await;
    let second = ask(
        ground,
        "record.list",
        json!({"kind": "user", "limit": 2, "cursor": first["next"]}),
    )
    .await;
    assert_eq!(column(&second, "email"), ["c@example.com"]);
    let back = ask(
        ground,
        "record.list",
        json!({"kind": "user", "limit": 2, "cursor": second["previous"]}),
    )
    .await;
    assert_eq!(back["rows"], first["rows"]);
}

/// S0-11: the columns of the user list are the realm's choice, what edges say and custom attributes among them.
/// S0-12: so are the attributes that it is searched by; one that is not searched is not found by and refused in a filter.
pub(super) async fn list_columns_and_search_are_settings(ground: &Ground) {
    let badge =
        json!({"kind": "user", "name": "badge", "label": "Badge", "type": "text", "searchable": true});
    run(ground, "attribute.define", badge).await;
    let boss = person(ground, "boss", "boss@example.com", "Utica").await;
    let ada = person(ground, "ada", "ada@example.com", "Berlin").await;
    ground
        .acme
        .execute(
            UpdateUser::new(ada)
                .set("badge", "Blue-7")
                .set("phone", "+4930123456"),
        )
        .await
        .unwrap();
    let manager = SetManager {
        user: ada,
        manager: Some(boss),
    };
    ground.acme.execute(manager).await.unwrap();
    settings(
        ground,
        json!({"displayed": {"user": ["user_name", "badge", "manager"]}}),
    )
    .await;
    let list = ask(ground, "record.list", json!({"kind": "user", "text": "BLUE"})).await;
    assert_eq!(names(&list), ["user_name", "badge", "manager"]);
    assert_eq!(column(&list, "user_name"), ["ada"]);
    assert_eq!(column(&list, "manager"), [boss.to_string()]);
    assert_eq!(list["names"][boss.to_string()], "boss");
    assert_eq!(list["rows"][0]["cells"].as_object().unwrap().len(), 3);
    let searched = list["searched"].as_array().unwrap();
    assert!(searched.contains(&json!("badge")) && searched.contains(&json!("phone")));

    settings(ground, json!({"not_searched": ["user.badge", "user.phone"]})).await;
    let list = ask(ground, "record.list", json!({"kind": "user", "text": "blue"})).await;
    assert!(list["rows"].as_array().unwrap().is_empty());
    assert!(!list["searched"].as_array().unwrap().contains(&json!("badge")));
    assert_eq!(list["columns"][1]["searchable"], false);
    // The customer directory's search box goes on with the rest.
    let found = ask(ground, "record.prefix_search", json!({"text": "+4930"})).await;
    assert!(found["items"].as_array().unwrap().is_empty());
    let found = ask(ground, "record.prefix_search", json!({"text": "ad"})).await;
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    let filter = Query::from_input(
        "record.list",
        json!({"kind": "user", "filter": "badge eq \"Blue-7\""}),
    );
    let refused = ground.acme.ask(filter.unwrap().unwrap()).await.unwrap_err();
    assert_eq!(refused.code, Code::Filter);
    let short = Query::from_input("record.list", json!({"kind": "user", "text": "b"}));
    assert_eq!(
        ground.acme.ask(short.unwrap().unwrap()).await.unwrap_err().code,
        Code::Filter
    );
}

/// S0-70, S0-79, S0-105: the lists of user types, organizations and positions have columns, search and filters of their
/// own; organizations are filtered by status and type, positions by status.
pub(super) async fn lists_of_other_kinds(ground: &Ground) {
    let acme = &ground.acme;
    run(
        ground,
        "user_type.create",
        json!({"attributes": {"name": "Visitor"}}),
    )
    .await;
    run(
        ground,
        "user_type.create",
        json!({"attributes": {"name": "Permanent"}}),
    )
    .await;
    settings(
        ground,
        json!({
            "displayed": {
                "user_type": ["name", "validity_days"], "organization": ["code", "parent"], "position": ["name", "organization"],
            },
            "not_searched": ["organization.name"],
        }),
    )
    .await;
    let types = ask(ground, "record.list", json!({"kind": "user_type"})).await;
    assert_eq!(names(&types), ["name", "validity_days"]);
    assert_eq!(column(&types, "name"), ["Permanent", "Visitor"]);
    let types = ask(ground, "record.list", json!({"kind": "user_type", "text": "vis"})).await;
    assert_eq!(column(&types, "name"), ["Visitor"]);

    let kind = run(
        ground,
        "organization_type.create",
        json!({"attributes": {"name": "Supplier"}}),
    )
    .await;
    let head: OrganizationId = acme
        .execute(CreateOrganization::new("Head").set("code", "H-1"))
        .await
        .unwrap()
        .id()
        .unwrap();
    let create = CreateOrganization {
        organization_type: Some(kind.try_into().unwrap()),
        ..CreateOrganization::new("Branch").set("code", "B-2").under(head)
    };
    let branch: OrganizationId = acme.execute(create).await.unwrap().id().unwrap();
    acme.execute(crate::command::DisableOrganization { organization: branch })
        .await
        .unwrap();
    let list = ask(
        ground,
        "record.list",
        json!({"kind": "organization", "sort": [{"attribute": "code"}]}),
    )
    .await;
    assert_eq!(column(&list, "code"), ["B-2", "H-1"]);
    assert_eq!(list["names"][head.to_string()], "Head");
    let filter = format!("administrative_status eq \"disabled\" and organization_type eq \"{kind}\"");
    let list = ask(
        ground,
        "record.list",
        json!({"kind": "organization", "filter": filter, "sort": [{"attribute": "code"}]}),
    )
    .await;
    assert_eq!(column(&list, "code"), ["B-2"]);
    // The name is not searched here, the code is.
    let sort = json!([{"attribute": "code"}]);
    let list = ask(
        ground,
        "record.list",
        json!({"kind": "organization", "text": "bra", "sort": sort}),
    )
    .await;
    assert!(list["rows"].as_array().unwrap().is_empty());
    let list = ask(
        ground,
        "record.list",
        json!({"kind": "organization", "text": "b-", "sort": sort}),
    )
    .await;
    assert_eq!(column(&list, "code"), ["B-2"]);

    let seat = CreatePosition {
        organization: Some(branch),
        ..CreatePosition::new("Clerk")
    };
    let clerk: PositionId = acme.execute(seat).await.unwrap().id().unwrap();
    acme.execute(CreatePosition::new("Driver")).await.unwrap();
    acme.execute(crate::command::DisablePosition { position: clerk })
        .await
        .unwrap();
    let filter = "administrative_status eq \"disabled\"";
    let list = ask(
        ground,
        "record.list",
        json!({"kind": "position", "filter": filter}),
    )
    .await;
    assert_eq!(column(&list, "name"), ["Clerk"]);
    assert_eq!(list["names"][branch.to_string()], "Branch");
}

/// S0-28: members are sorted by the user's number or by the number in the organization, as the realm says; S0-27: each
/// organization has its own.
pub(super) async fn members_by_either_number(ground: &Ground) {
    let acme = &ground.acme;
    let sales: OrganizationId = ground.organization("Sales", None).await.try_into().unwrap();
    let legal: OrganizationId = ground.organization("Legal", None).await.try_into().unwrap();
    for (name, own, there) in [
        ("ada", "U3", "S1"),
        ("bob", "U1", "S3"),
        ("cid", "U2", "S2"),
        ("dan", "U4", ""),
    ] {
        let create = CreateUser::new(name).set("user_number", own);
        let user: EntityId = acme.execute(create).await.unwrap().id.unwrap();
        let number = (!there.is_empty()).then(|| there.to_owned());
        let organizations = vec![
            JoinOrganization {
                number,
                ..JoinOrganization::new(sales)
            },
            JoinOrganization {
                number: Some(format!("L-{own}")),
                ..JoinOrganization::new(legal)
            },
        ];
        acme.execute(AddMembership {
            member: user,
            organizations,
        })
        .await
        .unwrap();
    }
    settings(ground, json!({"displayed": {"user": ["user_name"]}})).await;
    let members = |limit: u32, cursor: Json| json!({"organization": sales, "limit": limit, "cursor": cursor, "total": true});
    let list = ask(ground, "organization.members", members(20, Json::Null)).await;
    assert_eq!(column(&list, "user_name"), ["bob", "cid", "ada", "dan"]);
    assert_eq!(list["rows"][0]["number"], "S3");
    settings(ground, json!({"member_sort": "number"})).await;
    let mut seen = Vec::new();
    let mut cursor = Json::Null;
    loop {
        let list = ask(ground, "organization.members", members(2, cursor)).await;
        assert_eq!(list["total"], 4);
        seen.extend(column(&list, "user_name"));
        cursor = list["next"].clone();
        if cursor.is_null() {
            break;
        }
    }
    assert_eq!(seen, ["dan", "ada", "cid", "bob"]);
    // The cursor of one organization is none of another.
    let first = ask(ground, "organization.members", members(2, Json::Null)).await;
    let foreign = json!({"organization": legal, "limit": 2, "cursor": first["next"]});
    let query = Query::from_input("organization.members", foreign)
        .unwrap()
        .unwrap();
    assert_eq!(acme.ask(query).await.unwrap_err().code, Code::Cursor);
}

/// S1-20, S1-21, S1-23, S1-24: a department is reorganized, its people move to another place, some are disabled: all of it
/// in one step, seen before it is done.
pub(super) async fn reorganization_in_one_step(ground: &Ground) {
    let acme = &ground.acme;
    let [old, new]: [OrganizationId; 2] = [
        ground.organization("Old", None).await.try_into().unwrap(),
        ground.organization("New", None).await.try_into().unwrap(),
    ];
    let kind: UserTypeId = run(
        ground,
        "user_type.create",
        json!({"attributes": {"name": "Staff"}}),
    )
    .await
    .try_into()
    .unwrap();
    let seat: PositionId = acme
        .execute(CreatePosition::new("Seat"))
        .await
        .unwrap()
        .id()
        .unwrap();
    let mut commands: Vec<Command> = Vec::new();
    for n in 0..40 {
        let create = CreateUser {
            user_type: Some(kind),
            organizations: vec![JoinOrganization::new(old)],
            ..CreateUser::new(format!("user{n}")).set("location", "Utica")
        };
        let user: UserId = acme.execute(create).await.unwrap().id().unwrap();
        let member = user.into();
        commands.push(
            AddMembership {
                member,
                organizations: vec![JoinOrganization::new(new)],
            }
            .into(),
        );
        commands.push(
            crate::command::RemoveMembership {
                member,
                organizations: vec![old],
            }
            .into(),
        );
        commands.push(UpdateUser::new(user).set("location", "Berlin").into());
        if n % 4 == 0 {
            commands.push(command("user.disable", json!({"user": user})));
        }
        if n == 1 {
            commands.push(command(
                "position.assign",
                json!({"user": user, "position": seat}),
            ));
        }
    }
    let before = ground.dump().await;
    let preview = acme.preview_batch(&commands, None).await.unwrap();
    assert_eq!(preview.accepted(), commands.len());
    assert_eq!(ground.dump().await, before, "a preview writes nothing");
    let done = acme.batch(&commands, BatchMode::AllOrNothing).await.unwrap();
    assert_eq!(done.accepted(), commands.len());
    let count =
        async |filter: &str| ask(ground, "record.count", json!({"kind": "user", "filter": filter})).await;
    assert_eq!(count(&format!("organizations eq \"{new}\"")).await, 40);
    assert_eq!(count(&format!("organizations eq \"{old}\"")).await, 0);
    assert_eq!(count("location eq \"Berlin\"").await, 40);
    assert_eq!(count("administrative_status eq \"disabled\"").await, 10);
}
