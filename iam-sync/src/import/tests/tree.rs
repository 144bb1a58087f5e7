//! Organizations, positions, the sample company, and the way out and back.

use iam_core::{
    command::{
        AddGroupMembers, AddMembership, CreateGroup, CreateOrganization, CreateUser, JoinOrganization,
    },
    model::{GroupId, OrganizationId, Relation, UserId, Window},
};

use super::*;
use crate::{
    export::Export,
    table::{Column, Csv, Mapping},
};

fn sample(name: &str) -> Csv {
    Csv::path(format!(
        "{}/../examples/data/hrsample/{name}.csv",
        env!("CARGO_MANIFEST_DIR")
    ))
}

fn organizations() -> Import {
    let mapping = Mapping::new([
        Column::named("org_id").to("code"),
        Column::named("org_name").to("name"),
        Column::named("parent_org_id").references("code").to("parent"),
    ])
    .only_named();
    Import::organizations(sample("org_units"))
        .mapping(mapping)
        .named("hr")
}

fn people(feed: &str) -> Import {
    let mapping = Mapping::new([
        Column::named("employee_id").to("external_id"),
        Column::template("{first_name}.{last_name}")
            .ascii()
            .distinct()
            .to("user_name"),
        Column::template("{first_name}.{last_name}@example.com")
            .ascii()
            .distinct()
            .to("email"),
        Column::named("work_phone").phone("+1").to("phone"),
        Column::named("org_id").references("code").to("organizations"),
        Column::named("manager_id")
            .references("external_id")
            .to("manager"),
    ]);
    Import::users(sample(feed))
        .mapping(mapping)
        .matching("external_id")
        .named("hr")
        .lists(Lists::Replace)
}

async fn edges(acting: &Acting<'_>, of: EntityId, direction: Direction, relation: Relation) -> Vec<EntityId> {
    let edges = acting.edges(of, direction, relation).await.unwrap();
    let mut ids: Vec<_> = edges
        .iter()
        .map(|edge| {
            if direction == Direction::From {
                edge.key.to
            } else {
                edge.key.from
            }
        })
        .collect();
    ids.sort();
    ids
}

async fn healthy(acting: &Acting<'_>) {
    let diagnosis = acting.doctor().await.unwrap();
    assert!(diagnosis.is_healthy(), "{diagnosis:?}");
}

async fn of_code(acting: &Acting<'_>, kind: Kind, code: &str) -> Arc<Record> {
    acting.find_by(kind, "code", code).await.unwrap().unwrap()
}

/// S0-75, S0-78, S0-84
#[test]
fn organizations_come_in_any_order_and_can_change_places() {
    pollster::block_on(async {
        let acme = realm().await;
        let file = "code,name,parent\nA,Alpha,B\nB,Beta,C\nC,Gamma,\nD,Delta,A\nE,Epsilon,nowhere\n";
        let import = Import::organizations(Csv::bytes(file)).chunk(2);
        let preview = import.preview(&acme, &mut ()).await.unwrap();
        let report = import.apply(&acme, &mut ()).await.unwrap();
        assert_eq!(
            (counts(&report), report.incomplete),
            ([5, 0, 0, 0], 1),
            "{report}"
        );
        assert_eq!(
            (counts(&preview), preview.problems),
            (counts(&report), report.problems)
        );
        let d = of_code(&acme, Kind::Organization, "D").await;
        let path = acme.path(d.id.try_into().unwrap()).await.unwrap();
        let names: Vec<_> = path.iter().map(|record| record.text("code")).collect();
        assert_eq!(names, ["D", "A", "B", "C"]);
        assert_eq!(d.text("origin"), "import");
        // Upside down: no row can move before the others have moved.
        let upside_down = (
            "code,name,parent\nC,Gamma,B\nB,Beta,A\nA,Alpha,D\nD,Delta,\n",
            "CBAD",
        );
        let upright = (
            "code,name,parent\nA,Alpha,B\nB,Beta,C\nC,Gamma,\nD,Delta,A\n",
            "DABC",
        );
        for (chunk, (file, wanted)) in [(1, upside_down), (2, upright), (3, upside_down), (500, upright)] {
            let mapping = Mapping::default().empty_clears();
            let import = Import::organizations(Csv::bytes(file))
                .mapping(mapping)
                .chunk(chunk);
            let preview = import.preview(&acme, &mut ()).await.unwrap();
            let report = import.apply(&acme, &mut ()).await.unwrap();
            assert_eq!(counts(&report), [0, 4, 0, 0], "{chunk}: {report}");
            assert!(report.succeeded(), "{chunk}: {report}");
            assert_eq!(counts(&preview), counts(&report), "{chunk}: {preview}");
            let lowest = of_code(&acme, Kind::Organization, &wanted[..1]).await;
            let path = acme.path(lowest.id.try_into().unwrap()).await.unwrap();
            let names: String = path.iter().map(|record| record.text("code")).collect();
            assert_eq!(names, wanted);
        }
        let circle = "code,name,parent\nA,Alpha,B\nB,Beta,A\n";
        let report = Import::organizations(Csv::bytes(circle))
            .chunk(1)
            .apply(&acme, &mut ())
            .await
            .unwrap();
        assert_eq!(report.problems[0].code, "tree.cycle", "{report}");
        healthy(&acme).await;
    });
}

/// S0-103, S0-104, S0-109
#[test]
fn positions_are_imported_with_their_superiors() {
    pollster::block_on(async {
        let acme = realm().await;
        organizations().apply(&acme, &mut ()).await.unwrap();
        let mapping = Mapping::new([
            Column::named("position_id").to("code"),
            Column::named("job_name").to("name"),
            Column::named("parent_position_id")
                .references("code")
                .to("reports_to"),
        ])
        .only_named();
        let import = Import::positions(sample("positions")).mapping(mapping);
        let report = import.apply(&acme, &mut ()).await.unwrap();
        assert!(report.succeeded(), "{report}");
        assert_eq!(counts(&report), [1237, 0, 0, 0]);
        let (two, one) = (
            of_code(&acme, Kind::Position, "2").await,
            of_code(&acme, Kind::Position, "1").await,
        );
        assert_eq!(two.reference("reports_to"), Some(one.id));
        assert_eq!(
            counts(&import.apply(&acme, &mut ()).await.unwrap()),
            [0, 0, 1237, 0]
        );
        let file = "code,organization,administrative_status\n2,O2,disabled\n";
        let report = Import::positions(Csv::bytes(file))
            .apply(&acme, &mut ())
            .await
            .unwrap();
        assert_eq!(counts(&report), [0, 1, 0, 0], "{report}");
        let two = acme.get(two.id).await.unwrap();
        let o2 = of_code(&acme, Kind::Organization, "O2").await;
        assert_eq!(two.reference("organization"), Some(o2.id));
        assert_eq!(two.text("administrative_status"), "disabled");
        healthy(&acme).await;
    });
}

/// S0-2, S0-75, S1-25, S2-59, S2-60, S2-61
#[test]
fn the_sample_company_is_imported_feed_after_feed() {
    pollster::block_on(async {
        let acme = realm().await;
        let report = organizations()
            .all_or_nothing()
            .apply(&acme, &mut ())
            .await
            .unwrap();
        assert!(report.succeeded(), "{report}");
        assert_eq!(report.created, 209);

        let first = people("hr_feed_2016-12-31");
        let preview = first.preview(&acme, &mut ()).await.unwrap();
        let report = first.apply(&acme, &mut ()).await.unwrap();
        assert_eq!(counts(&preview), counts(&report));
        assert_eq!(
            (report.rows, report.created, report.failed),
            (1229, 1229, 0),
            "{report}"
        );
        assert_eq!(report.unused_columns, ["org_name"]);
        healthy(&acme).await;
        let again = first.apply(&acme, &mut ()).await.unwrap();
        assert_eq!(again.unchanged, 1229, "{again}");

        let limit = MissingLimit {
            count: 200,
            percent: 15,
        };
        let next = people("hr_feed_2017-12-31").missing(Missing::Disable { among: None, limit });
        let preview = next.preview(&acme, &mut ()).await.unwrap();
        let report = next.apply(&acme, &mut ()).await.unwrap();
        assert_eq!((report.created, report.disabled), (166, 166), "{report}");
        assert_eq!(counts(&preview), counts(&report));
        assert_eq!(preview.disabled, report.disabled);
        let again = next.apply(&acme, &mut ()).await.unwrap();
        assert_eq!((again.unchanged, again.disabled), (1229, 0), "{again}");
        healthy(&acme).await;
        // A mover left the old unit for the new one.
        for user in users(&acme)
            .await
            .iter()
            .filter(|user| user.text("administrative_status") == "enabled")
        {
            assert_eq!(
                edges(&acme, user.id, Direction::From, Relation::MemberOf)
                    .await
                    .len(),
                1
            );
        }
    });
}

/// S2-62
#[test]
fn after_an_import_both_views_of_a_membership_agree() {
    pollster::block_on(async {
        let acme = realm().await;
        for code in ["R", "S"] {
            acme.execute(CreateOrganization::new(code).set("code", code))
                .await
                .unwrap();
        }
        let file = "user_name,organizations\nada,R\nbob,R; S\n";
        Import::users(Csv::bytes(file))
            .apply(&acme, &mut ())
            .await
            .unwrap();
        let (r, s) = (
            of_code(&acme, Kind::Organization, "R").await,
            of_code(&acme, Kind::Organization, "S").await,
        );
        let (ada, bob) = (
            user(&acme, "user_name", "ada").await,
            user(&acme, "user_name", "bob").await,
        );
        let mut both = vec![r.id, s.id];
        both.sort();
        for (person, wanted) in [(&ada, vec![r.id]), (&bob, both)] {
            assert_eq!(
                edges(&acme, person.id, Direction::From, Relation::MemberOf).await,
                wanted
            );
        }
        for (unit, wanted) in [(&r, vec![ada.id, bob.id]), (&s, vec![bob.id])] {
            assert_eq!(
                edges(&acme, unit.id, Direction::To, Relation::MemberOf).await,
                wanted
            );
            let members = Search::new(Kind::User).filter(Predicate::eq("organizations", unit.id.to_string()));
            let found: Vec<_> = lookup::all(&acme, members)
                .await
                .unwrap()
                .iter()
                .map(|user| user.id)
                .collect();
            assert_eq!(found, wanted);
        }
    });
}

#[test]
fn memberships_that_others_gave_stay_unless_the_table_is_the_whole_list() {
    pollster::block_on(async {
        let acme = realm().await;
        let mut units = Vec::new();
        for code in ["R", "S"] {
            let made = acme
                .execute(CreateOrganization::new(code).set("code", code))
                .await
                .unwrap();
            units.push(made.id::<OrganizationId>().unwrap());
        }
        let made = acme.execute(CreateUser::new("ada")).await.unwrap();
        let group: GroupId = acme
            .execute(CreateGroup::new("Readers"))
            .await
            .unwrap()
            .id()
            .unwrap();
        let ada: UserId = made.id().unwrap();
        let number = JoinOrganization {
            number: Some("17".to_owned()),
            ..JoinOrganization::new(units[0])
        };
        acme.execute(AddMembership {
            member: ada.into(),
            organizations: vec![number],
        })
        .await
        .unwrap();
        let member = |of: &str| format!("user_name,organizations,groups\nada,{of},readers\n");
        let import = |file: String| Import::users(Csv::bytes(file));
        assert_eq!(
            import(member("R;S")).apply(&acme, &mut ()).await.unwrap().updated,
            1
        );
        assert_eq!(
            import(member("S")).apply(&acme, &mut ()).await.unwrap().unchanged,
            1
        );
        assert_eq!(
            edges(&acme, ada.into(), Direction::From, Relation::MemberOf)
                .await
                .len(),
            2
        );
        let numbered = acme
            .edges(ada, Direction::From, Relation::MemberOf)
            .await
            .unwrap();
        let first = numbered
            .iter()
            .find(|edge| edge.key.to == units[0].into())
            .unwrap();
        assert_eq!(first.attributes["number"].as_text(), Some("17"));
        assert_eq!(
            edges(&acme, ada.into(), Direction::From, Relation::InGroup).await,
            [group.into()]
        );
        let report = import(member("S"))
            .lists(Lists::Replace)
            .apply(&acme, &mut ())
            .await
            .unwrap();
        assert_eq!(report.updated, 1, "{report}");
        assert_eq!(
            edges(&acme, ada.into(), Direction::From, Relation::MemberOf).await,
            [units[1].into()]
        );
    });
}

/// S0-2, S0-75, S0-103
#[test]
fn importing_an_export_changes_nothing() {
    pollster::block_on(async {
        let acme = realm().await;
        organizations().apply(&acme, &mut ()).await.unwrap();
        people("hr_feed_2016-12-31").apply(&acme, &mut ()).await.unwrap();
        let nasty = CreateUser::new("nasty")
            .set("job", "=HYPERLINK(\"http://evil.example\")")
            .set("city", " '+1, \"quoted\" ")
            .set("street", "First line\nSecond line;")
            .set("privileged", true)
            .set("indexed_strings_1", vec!["a;b", "c\\d", "\\;"])
            .set("indexed_integer_1", -12)
            .set("phone", "+4930123456");
        let nasty: UserId = acme.execute(nasty).await.unwrap().id().unwrap();
        let group: GroupId = acme.execute(CreateGroup::new("a;b")).await.unwrap().id().unwrap();
        let members = [nasty.into()].into();
        acme.execute(AddGroupMembers {
            group,
            members,
            window: Window::default(),
        })
        .await
        .unwrap();

        for (kind, rows) in [(Kind::Organization, 209), (Kind::User, 1230)] {
            let (table, written) = Export::of(kind).write(&acme, Vec::new()).await.unwrap();
            assert_eq!(written, rows);
            for lists in [Lists::Add, Lists::Replace] {
                let import = Import::of(kind, Csv::bytes(&table)).unwrap().lists(lists);
                let import = match kind {
                    Kind::User => import.mapping(Mapping::default().empty_clears()),
                    _ => import,
                };
                let report = import.apply(&acme, &mut ()).await.unwrap();
                assert_eq!(counts(&report), [0, 0, rows, 0], "{report}");
                assert!(report.unused_columns.is_empty(), "{report}");
            }
        }
        // Into an empty realm it makes the same people.
        let (table, _) = Export::of(Kind::User)
            .columns([
                "user_name",
                "job",
                "city",
                "street",
                "privileged",
                "indexed_strings_1",
                "indexed_integer_1",
            ])
            .filter(Predicate::eq("user_name", "nasty"))
            .write(&acme, Vec::new())
            .await
            .unwrap();
        let other = realm().await;
        let report = Import::users(Csv::bytes(&table))
            .apply(&other, &mut ())
            .await
            .unwrap();
        assert!(report.succeeded(), "{report}");
        let (before, after) = (
            acme.get(nasty).await.unwrap(),
            user(&other, "user_name", "nasty").await,
        );
        for name in [
            "job",
            "street",
            "privileged",
            "indexed_strings_1",
            "indexed_integer_1",
        ] {
            assert_eq!(before.value(name), after.value(name), "{name}");
        }
        let wrong = Export::of(Kind::User)
            .columns(["user_name", "shoe"])
            .write(&acme, Vec::new())
            .await;
        assert_eq!(wrong.unwrap_err().fields[0].field, "shoe");
    });
}
