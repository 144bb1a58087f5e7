//! The profiles of HR systems and identity services, each against a server that speaks its documented shapes.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use iam_core::{
    model::{Configuration, SyncKind, Value},
    port::{Connection, Connector, ConnectorError, Objects, Presence, Read, SourceObject},
    testing::connector_suite,
};
use iam_sync::connector::{
    Connectors, KnownSecrets,
    http::{Service, builtin},
};
use serde_json::json;

use crate::server::{Request, Response, Server, serve};

fn service(name: &str) -> Service {
    Service::new(
        builtin()
            .into_iter()
            .find(|profile| profile.name == name)
            .unwrap(),
    )
}

fn secrets() -> KnownSecrets {
    KnownSecrets::new().with("s", "s3cret").with("t", "refresh")
}

fn configuration(server: &Server, more: &[(&str, &str)]) -> Configuration {
    [("base_url", server.url.as_str())]
        .iter()
        .chain(more)
        .map(|(name, value)| ((*name).to_owned(), Value::from(*value)))
        .collect()
}

async fn open(name: &str, configuration: &Configuration) -> Box<dyn Connection> {
    service(name).open(configuration, &secrets()).await.unwrap()
}

fn read(kind: SyncKind, since: Option<&str>) -> Read {
    Read {
        kind,
        object_class: String::new(),
        filter: None,
        attributes: Vec::new(),
        since: since.map(str::to_owned),
        page_size: 100,
    }
}

async fn all(
    connection: &mut dyn Connection,
    read: &Read,
) -> Result<(Vec<SourceObject>, Objects), ConnectorError> {
    let mut objects = Vec::new();
    let mut cursor = None;
    loop {
        let mut page = connection.read(read, cursor.as_ref()).await?;
        objects.append(&mut page.objects);
        match page.next.clone() {
            Some(next) => cursor = Some(next),
            None => return Ok((objects, page)),
        }
    }
}

async fn passes(name: &str, configuration: &Configuration, kind: SyncKind, least: usize) {
    let known = secrets();
    let subject = connector_suite::Subject {
        configuration: configuration.clone(),
        secrets: &known,
        kind,
        object_class: "",
        least,
    };
    let faults = connector_suite::faults(&service(name), &subject).await;
    assert!(faults.is_empty(), "{name}: {faults:#?}");
}

fn person(number: usize) -> serde_json::Value {
    json!({"id": format!("id{number}"), "userName": format!("u{number}"), "name": {"familyName": "Ł", "givenName": "A"},
           "emails": [{"value": format!("u{number}@x"), "primary": true}], "active": number.is_multiple_of(2)})
}

/// S1-75
#[tokio::test]
async fn scim_pages_are_counted_and_a_short_answer_is_not_taken_for_the_end() {
    let cut = Arc::new(AtomicUsize::new(usize::MAX));
    let short = cut.clone();
    let server = serve(move |request, _| {
        if request.header("authorization") != "Bearer s3cret" {
            return Response::status(401);
        }
        let (start, count) = (request.number("startIndex", 1), request.number("count", 50));
        let filtered = request.query("filter").contains("lastModified");
        let last = short.load(Ordering::SeqCst).min(25);
        let list: Vec<_> = match filtered {
            true => Vec::new(),
            false => (start - 1..(start - 1 + count).min(last)).map(person).collect(),
        };
        Response::json(
            json!({"totalResults": if filtered { 0 } else { 25 }, "startIndex": start, "Resources": list}),
        )
    })
    .await;
    let configuration = configuration(&server, &[("token", "vault:s")]);
    passes("scim", &configuration, SyncKind::User, 25).await;
    let mut connection = open("scim", &configuration).await;
    let (objects, end) = all(
        connection.as_mut(),
        &Read {
            page_size: 10,
            ..read(SyncKind::User, None)
        },
    )
    .await
    .unwrap();
    assert_eq!((objects.len(), end.presence), (25, Presence::Everything));
    assert_eq!(objects[3].attributes["name.familyName"], "Ł".into());
    assert_eq!(objects[3].attributes["emails.value"], "u3@x".into());
    cut.store(13, Ordering::SeqCst);
    let error = all(
        connection.as_mut(),
        &Read {
            page_size: 10,
            ..read(SyncKind::User, None)
        },
    )
    .await
    .unwrap_err();
    assert!(matches!(error, ConnectorError::Incomplete(_)), "{error}");
    let mut denied = configuration.clone();
    denied.insert("token".into(), "vault:t".into());
    let mut connection = open("scim", &denied).await;
    let error = all(connection.as_mut(), &read(SyncKind::User, None))
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectorError::Denied(_)), "{error}");
}

/// S1-76
#[tokio::test]
async fn bamboohr_pages_by_address_and_signs_in_with_its_key() {
    let server = serve(|request, own| {
        // The key is the user, the password is anything.
        if request.header("authorization") != "Basic czNjcmV0Ong=" || request.method != "POST" {
            return Response::status(403);
        }
        let page = request.number("page", 1);
        let list: Vec<_> = (0..3)
            .map(|n| json!({"eeid": page * 10 + n, "firstName": "Ann", "status": "Active"}))
            .collect();
        let next = (page < 3).then(|| format!("{own}/datasets/employee?page={}", page + 1));
        Response::json(json!({"data": list, "pagination": {"next_page": next}}))
    })
    .await;
    let configuration = configuration(&server, &[("company", "acme"), ("api_key", "vault:s")]);
    passes("bamboohr", &configuration, SyncKind::User, 9).await;
}

/// S1-76
#[tokio::test]
async fn adp_skips_and_takes_and_its_token_is_renewed() {
    let tokens = Arc::new(AtomicUsize::new(0));
    let given = tokens.clone();
    let server = serve(move |request, _| {
        if request.path.ends_with("/token") {
            assert_eq!(request.header("authorization"), "Basic Y2xpZW50OnMzY3JldA==");
            assert!(request.body.contains("grant_type=client_credentials"));
            let number = given.fetch_add(1, Ordering::SeqCst);
            return Response::json(json!({"access_token": format!("t{number}"), "expires_in": 3600}));
        }
        // The first token is taken back before its time.
        if request.header("authorization") == "Bearer t0" && request.number("$skip", 0) >= 100 {
            return Response::status(401);
        }
        let (skip, top) = (request.number("$skip", 0), request.number("$top", 50));
        let list: Vec<_> = (skip..(skip + top).min(130))
            .map(|n| json!({"associateOID": format!("G{n}"), "person": {"legalName": {"givenName": "Al"}}}))
            .collect();
        Response::json(json!({"workers": list}))
    })
    .await;
    let url = format!("{}/auth/oauth/v2/token", server.url);
    let configuration = configuration(
        &server,
        &[
            ("token_url", &url),
            ("client_id", "client"),
            ("client_secret", "vault:s"),
        ],
    );
    let mut connection = open("adp_workforce_now", &configuration).await;
    let (objects, end) = all(connection.as_mut(), &read(SyncKind::User, None))
        .await
        .unwrap();
    assert_eq!((objects.len(), end.presence), (130, Presence::Everything));
    assert_eq!(objects[0].attributes["person.legalName.givenName"], "Al".into());
    assert_eq!(tokens.load(Ordering::SeqCst), 2);
    passes("adp_workforce_now", &configuration, SyncKind::User, 130).await;
}

/// S1-76
#[tokio::test]
async fn rippling_and_gusto_give_departments_and_people() {
    let server = serve(|request, own| {
        if request.header("authorization") != "Bearer s3cret" {
            return Response::status(401);
        }
        let list = |what: &str| {
            (0..2)
                .map(|n| json!({"id": format!("{what}{n}"), "work_email": format!("w{n}@x")}))
                .collect::<Vec<_>>()
        };
        match (request.path.as_str(), request.query("cursor")) {
            ("/departments", _) => Response::json(json!({"results": list("d")})),
            ("/workers", "") => {
                Response::json(json!({"results": list("w"), "next_link": format!("{own}/workers?cursor=2")}))
            }
            ("/workers", _) => Response::json(json!({"results": list("x"), "next_link": null})),
            _ => Response::status(404),
        }
    })
    .await;
    let with_token = configuration(&server, &[("api_token", "vault:s")]);
    passes("rippling", &with_token, SyncKind::User, 4).await;
    passes("rippling", &with_token, SyncKind::Organization, 2).await;

    let server = serve(|request, _| match request.path.as_str() {
        "/oauth/token" => {
            assert!(request.body.contains("refresh_token=refresh"), "{}", request.body);
            Response::json(json!({"access_token": "g", "expires_in": 7200}))
        }
        "/v1/companies/c1/employees" => {
            assert_eq!(request.header("x-gusto-api-version"), "2024-04-01");
            let (page, per) = (request.number("page", 1), request.number("per", 25));
            let list: Vec<_> = ((page - 1) * per..(page * per).min(9))
                .map(|n| json!({"uuid": n, "email": "x"}))
                .collect();
            Response::json(json!(list))
        }
        "/v1/companies/c1/departments" => Response::json(json!([{"uuid": "d", "title": "Sales"}])),
        _ => Response::status(404),
    })
    .await;
    let gusto = configuration(
        &server,
        &[
            ("company_id", "c1"),
            ("client_id", "c"),
            ("client_secret", "vault:s"),
            ("refresh_token", "vault:t"),
        ],
    );
    passes("gusto", &gusto, SyncKind::User, 9).await;
    passes("gusto", &gusto, SyncKind::Organization, 1).await;
}

/// S1-75
#[tokio::test]
async fn okta_pages_by_links_and_asks_for_time() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = asked.clone();
    let server = serve(move |request, own| {
        if request.header("authorization") != "SSWS s3cret" {
            return Response::status(401);
        }
        if request.path == "/api/v1/groups" {
            return Response::json(json!([{"id": "g1", "profile": {"name": "Everyone"}}]));
        }
        if request.path == "/api/v1/groups/g1/users" {
            return Response::json(json!([{"id": "u0"}, {"id": "u1"}]));
        }
        if request.query("after") == "2" && counted.fetch_add(1, Ordering::SeqCst) == 0 {
            return Response::status(429).with("x-rate-limit-reset", "1");
        }
        if request.query("filter").contains("lastUpdated") {
            return Response::json(json!([]));
        }
        let start = request.number("after", 0);
        let list: Vec<_> = (start..start + 2)
            .map(|n| json!({"id": format!("u{n}"), "profile": {"login": format!("l{n}")}}))
            .collect();
        let response = Response::json(json!(list));
        match start < 4 {
            true => response
                .with("link", format!("<{own}/api/v1/users>; rel=\"self\""))
                .with(
                    "link",
                    format!("<{own}/api/v1/users?after={}>; rel=\"next\"", start + 2),
                ),
            false => response,
        }
    })
    .await;
    let configuration = configuration(&server, &[("domain", "acme.okta.com"), ("api_token", "vault:s")]);
    let mut connection = open("okta", &configuration).await;
    let first = connection.read(&read(SyncKind::User, None), None).await.unwrap();
    let error = connection
        .read(&read(SyncKind::User, None), first.next.as_ref())
        .await
        .unwrap_err();
    assert!(
        matches!(error, ConnectorError::Throttled { seconds: 1 }),
        "{error}"
    );
    passes("okta", &configuration, SyncKind::User, 6).await;
    let (groups, _) = all(connection.as_mut(), &read(SyncKind::Group, None))
        .await
        .unwrap();
    assert_eq!(groups[0].attributes["members"], vec!["u0", "u1"].into());
    assert_eq!(groups[0].name.as_deref(), Some("Everyone"));
}

/// S1-75
#[tokio::test]
async fn auth0_numbers_its_pages() {
    let server = serve(|request, _| match request.path.as_str() {
        "/oauth/token" => Response::json(json!({"access_token": "a", "expires_in": 86400})),
        "/api/v2/users" => {
            let (page, per) = (request.number("page", 0), request.number("per_page", 50));
            let list: Vec<_> = (page * per..((page + 1) * per).min(14))
                .map(|n| json!({"user_id": format!("auth0|{n}"), "email": format!("{n}@x")}))
                .collect();
            Response::json(json!({"start": page * per, "total": 14, "users": list}))
        }
        _ => Response::status(404),
    })
    .await;
    let configuration = configuration(
        &server,
        &[
            ("domain", "acme.eu.auth0.com"),
            ("client_id", "c"),
            ("client_secret", "vault:s"),
        ],
    );
    passes("auth0", &configuration, SyncKind::User, 14).await;
}

/// S1-42, S1-75
#[tokio::test]
async fn entra_tells_what_changed_and_what_was_removed() {
    let server = serve(|request, own| {
        if request.path.ends_with("/oauth2/v2.0/token") {
            assert!(request.path.starts_with("/tenant1/"));
            return Response::json(json!({"access_token": "e", "expires_in": 3599}));
        }
        match (
            request.path.as_str(),
            request.query("$skiptoken"),
            request.query("$deltatoken"),
        ) {
            ("/users/delta", "", "") => Response::json(json!({
                "value": [{"id": "1", "userPrincipalName": "a@x", "accountEnabled": true}, {"id": "2"}],
                "@odata.nextLink": format!("{own}/users/delta?$skiptoken=n")})),
            ("/users/delta", "n", _) => Response::json(json!({
                "value": [{"id": "3"}], "@odata.deltaLink": format!("{own}/users/delta?$deltatoken=d1")})),
            ("/users/delta", _, "d1") => Response::json(json!({
                "value": [], "@odata.deltaLink": format!("{own}/users/delta?$deltatoken=d2")})),
            ("/users/delta", _, "d2") => Response::json(json!({
                "value": [{"id": "2", "@removed": {"reason": "changed"}}, {"id": "1", "jobTitle": "CEO"}],
                "@odata.deltaLink": format!("{own}/users/delta?$deltatoken=d3")})),
            ("/users/delta", _, _) => Response::status(410),
            ("/groups", _, _) => Response::json(json!({"value": [{"id": "g", "displayName": "G"}]})),
            ("/groups/g/members", "", _) => Response::json(json!({"value": [{"id": "1"}],
                "@odata.nextLink": format!("{own}/groups/g/members?$skiptoken=m")})),
            ("/groups/g/members", _, _) => Response::json(json!({"value": [{"id": "2"}]})),
            ("/evil", ..) => {
                Response::json(json!({"value": [], "@odata.nextLink": "http://127.0.0.2:1/steal"}))
            }
            _ => Response::status(404),
        }
    })
    .await;
    let login = server.url.clone();
    let configuration = configuration(
        &server,
        &[
            ("tenant", "tenant1"),
            ("client_id", "c"),
            ("client_secret", "vault:s"),
            ("login_url", &login),
        ],
    );
    passes("entra_id", &configuration, SyncKind::User, 3).await;
    let mut connection = open("entra_id", &configuration).await;
    let token = format!("{}/users/delta?$deltatoken=d2", server.url);
    let (changed, end) = all(connection.as_mut(), &read(SyncKind::User, Some(&token)))
        .await
        .unwrap();
    assert_eq!(
        (changed.len(), end.deleted.as_slice(), end.presence),
        (1, &["2".to_owned()][..], Presence::Changes)
    );
    let old = format!("{}/users/delta?$deltatoken=gone", server.url);
    let error = all(connection.as_mut(), &read(SyncKind::User, Some(&old)))
        .await
        .unwrap_err();
    assert_eq!(error, ConnectorError::TokenExpired);
    let (groups, _) = all(connection.as_mut(), &read(SyncKind::Group, None))
        .await
        .unwrap();
    assert_eq!(groups[0].attributes["members"], vec!["1", "2"].into());
    // Credentials never follow an address to somebody else.
    let evil = format!("{}/evil", server.url);
    let error = all(connection.as_mut(), &read(SyncKind::User, Some(&evil)))
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectorError::Protocol(_)), "{error}");
}

/// S1-75
#[tokio::test]
async fn google_gives_a_token_for_the_next_page() {
    let server = serve(|request, _| match request.path.as_str() {
        "/token" => Response::json(json!({"access_token": "g", "expires_in": 3599})),
        "/customer/my_customer/orgunits" => Response::json(
            json!({"organizationUnits": [{"orgUnitId": "id:1", "orgUnitPath": "/Sales", "name": "Sales"}]}),
        ),
        "/users" => {
            assert_eq!(request.query("customer"), "my_customer");
            let start = request.number("pageToken", 0);
            let list: Vec<_> = (start..start + 3)
                .map(|n| json!({"id": format!("{n}"), "primaryEmail": format!("{n}@x")}))
                .collect();
            let next = (start < 6).then(|| (start + 3).to_string());
            Response::json(json!({"users": list, "nextPageToken": next}))
        }
        // A directory without groups leaves the list out.
        "/groups" => Response::json(json!({"kind": "admin#directory#groups"})),
        _ => Response::status(404),
    })
    .await;
    let token_url = format!("{}/token", server.url);
    let configuration = configuration(
        &server,
        &[
            ("token_url", &token_url),
            ("client_id", "c"),
            ("client_secret", "vault:s"),
            ("refresh_token", "vault:t"),
        ],
    );
    passes("google_workspace", &configuration, SyncKind::User, 9).await;
    passes("google_workspace", &configuration, SyncKind::Organization, 1).await;
    passes("google_workspace", &configuration, SyncKind::Group, 0).await;
}

/// S0-121, S1-75
#[tokio::test]
async fn wechat_work_and_dingtalk_tell_errors_with_status_200() {
    let full = Arc::new(AtomicUsize::new(0));
    let busy = full.clone();
    let server = serve(move |request, _| match request.path.as_str() {
        "/cgi-bin/gettoken" => {
            assert_eq!(
                (request.query("corpid"), request.query("corpsecret")),
                ("ww1", "s3cret")
            );
            Response::json(json!({"errcode": 0, "access_token": "w", "expires_in": 7200}))
        }
        _ if request.query("access_token") != "w" => {
            Response::json(json!({"errcode": 40014, "errmsg": "invalid access_token"}))
        }
        _ if busy.swap(0, Ordering::SeqCst) > 0 => {
            Response::json(json!({"errcode": 45009, "errmsg": "api freq out of limit"}))
        }
        "/cgi-bin/department/list" => Response::json(json!({"errcode": 0, "department": [
            {"id": 1, "name": "公司", "parentid": 0}, {"id": 2, "name": "销售部", "parentid": 1}]})),
        "/cgi-bin/user/list" => Response::json(json!({"errcode": 0, "userlist": [
            {"userid": "zhangsan", "name": "张三", "department": [2], "status": 1}]})),
        _ => Response::json(json!({"errcode": 40001, "errmsg": "?"})),
    })
    .await;
    let wechat = configuration(&server, &[("corp_id", "ww1"), ("corp_secret", "vault:s")]);
    passes("wechat_work", &wechat, SyncKind::Organization, 2).await;
    passes("wechat_work", &wechat, SyncKind::User, 1).await;
    full.store(1, Ordering::SeqCst);
    let mut connection = open("wechat_work", &wechat).await;
    let error = all(connection.as_mut(), &read(SyncKind::User, None))
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectorError::Throttled { .. }), "{error}");

    let server = serve(|request: &Request, _| {
        let body = request.json();
        let department = body["dept_id"].as_u64().unwrap_or_default();
        match request.path.as_str() {
            "/gettoken" => Response::json(json!({"errcode": 0, "access_token": "d", "expires_in": 7200})),
            "/topapi/v2/department/listsub" => {
                let below = match department {
                    1 => vec![json!({"dept_id": 2, "name": "A", "parent_id": 1}), json!({"dept_id": 3, "name": "B", "parent_id": 1})],
                    2 => vec![json!({"dept_id": 4, "name": "A1", "parent_id": 2})],
                    _ => vec![],
                };
                Response::json(json!({"errcode": 0, "result": below}))
            }
            "/topapi/v2/user/list" => {
                let cursor = body["cursor"].as_u64().unwrap_or_default();
                let user = |name: &str| json!({"userid": name, "name": name, "dept_id_list": [department]});
                Response::json(match (department, cursor) {
                    (2, 0) => json!({"errcode": 0, "result": {"has_more": true, "next_cursor": 7, "list": [user("a"), user("both")]}}),
                    (2, 7) => json!({"errcode": 0, "result": {"has_more": false, "list": [user("b")]}}),
                    (4, _) => json!({"errcode": 0, "result": {"has_more": false, "list": [user("both"), user("c")]}}),
                    _ => json!({"errcode": 0, "result": {"has_more": false, "list": []}}),
                })
            }
            _ => Response::status(404),
        }
    })
    .await;
    let dingtalk = configuration(&server, &[("app_key", "k"), ("app_secret", "vault:s")]);
    let mut connection = open("dingtalk", &dingtalk).await;
    let (departments, _) = all(connection.as_mut(), &read(SyncKind::Organization, None))
        .await
        .unwrap();
    assert_eq!(departments.len(), 3);
    let (users, end) = all(connection.as_mut(), &read(SyncKind::User, None))
        .await
        .unwrap();
    let mut names: Vec<&str> = users.iter().map(|user| user.identifier.as_str()).collect();
    names.sort_unstable();
    assert_eq!(
        (names.as_slice(), end.presence),
        (&["a", "b", "both", "c"][..], Presence::Everything)
    );
}

/// S0-122, S1-76
#[tokio::test]
async fn a_profile_of_ones_own_is_part_of_the_configuration() {
    let server = serve(|_, _| Response::json(json!({"people": [{"no": 7, "who": {"mail": "a@x"}}]}))).await;
    let mut configuration = configuration(&server, &[]);
    let profile = json!({"name": "own", "title": "Own", "base_url": "{base_url}", "auth": "none",
        "classes": [{"name": "people", "kind": "user", "path": "/people", "items": "/people", "identifier": "no"}]});
    configuration.insert("profile".into(), serde_json::from_value(profile).unwrap());
    let connectors = Connectors::builtin();
    let mut connection = connectors
        .find("http")
        .unwrap()
        .open(&configuration, &secrets())
        .await
        .unwrap();
    let (objects, _) = all(connection.as_mut(), &read(SyncKind::User, None))
        .await
        .unwrap();
    assert_eq!(
        (objects[0].identifier.as_str(), &objects[0].attributes["who.mail"]),
        ("7", &"a@x".into())
    );
    // An answer without the list is no empty list.
    let server = serve(|_, _| Response::json(json!({"error": "maintenance"}))).await;
    configuration.insert("base_url".into(), server.url.as_str().into());
    let mut connection = connectors
        .find("http")
        .unwrap()
        .open(&configuration, &secrets())
        .await
        .unwrap();
    let error = all(connection.as_mut(), &read(SyncKind::User, None))
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectorError::Protocol(_)), "{error}");
    assert!(!server.seen.lock().unwrap().is_empty());
}
