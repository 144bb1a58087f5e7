//! Single rows of users.

use iam_core::{
    command::{CreateUser, DeleteMode, DeleteUser, UpdateUser},
    model::UserId,
};

use super::*;
use crate::table::{Column, Csv, Mapping, Transform};

/// S0-2, S0-8, S0-21, S1-3, S2-59, S2-60, S2-61, S3-61, S3-62
#[test]
fn a_hundred_users_are_created_then_updated_by_their_user_name() {
    pollster::block_on(async {
        let acme = realm().await;
        let mut file = "userName,First name,E-mail\n".to_owned();
        for number in 1..=100 {
            file += &format!("user{number},First {number},user{number}@example.com\n");
        }
        let mapping = Mapping::new([Column::named("userName").to("user_name")]);
        let import = |file: &str| {
            Import::users(Csv::bytes(file))
                .mapping(mapping.clone())
                .named("people.csv")
        };
        let report = import(&file).apply(&acme, &mut ()).await.unwrap();
        assert!(report.succeeded(), "{report}");
        assert_eq!(counts(&report), [100, 0, 0, 0]);
        // What was imported can be verified by searching.
        let seven = user(&acme, "email", "USER7@example.com").await;
        assert_eq!(
            (seven.text("origin"), seven.text("source")),
            ("import", "people.csv")
        );

        let changed = file.replace("First 7,", "Grace,") + "user101,New,user101@example.com\n";
        let mut watch = Watch::default();
        let report = import(&changed).apply(&acme, &mut watch).await.unwrap();
        assert_eq!(counts(&report), [1, 1, 99, 0], "{report}");
        let update = watch
            .decisions
            .iter()
            .find(|decision| decision.action == Action::Update)
            .unwrap();
        assert_eq!(
            (update.number.row, update.changes.as_slice()),
            (8, &["first_name".to_owned()][..])
        );
        assert_eq!(update.id, Some(seven.id));
        let again = acme.get(seven.id).await.unwrap();
        assert_eq!(
            (again.text("first_name"), again.version),
            ("Grace", seven.version + 1)
        );
    });
}

/// S2-60
#[test]
fn any_searchable_attribute_can_decide_about_update_and_create() {
    pollster::block_on(async {
        let acme = realm().await;
        let created = acme
            .execute(CreateUser::new("ada").set("external_id", "E-1"))
            .await
            .unwrap();
        let file = "user_name,external_id\nada.l,e-1\n";
        let import = Import::users(Csv::bytes(file)).matching("external_id");
        let report = import.apply(&acme, &mut ()).await.unwrap();
        assert_eq!(counts(&report), [0, 1, 0, 0], "{report}");
        assert_eq!(
            acme.get(created.id.unwrap()).await.unwrap().text("user_name"),
            "ada.l"
        );
        for (wrong, code) in [("street", "match.unmapped"), ("shoe", "match.unmapped")] {
            let import = Import::users(Csv::bytes(file)).matching(wrong);
            let problem = import.apply(&acme, &mut ()).await.unwrap_err();
            assert_eq!(problem.fields[0].code, code);
        }
        let unfit = Import::users(Csv::bytes("user_name,street\na,b\n")).matching("street");
        assert_eq!(
            unfit.apply(&acme, &mut ()).await.unwrap_err().fields[0].code,
            "match.unfit"
        );
    });
}

/// S2-61
#[test]
fn bad_rows_are_told_with_row_and_column_while_good_ones_go_on() {
    pollster::block_on(async {
        let acme = realm().await;
        acme.execute(CreateUser::new("taken").set("email", "taken@example.com"))
            .await
            .unwrap();
        let file = "user_name,email,Phone,manager\n\
                    a,a@example.com,+15550001,\n\
                    b,nonsense,ask Bob,\n\
                    c,taken@example.com,,\n\
                    ,d@example.com,,\n\
                    a,e@example.com,,\n\
                    f f,f@example.com,,\n\
                    g,g@example.com,,nobody\n\
                    h,h@example.com,,c\n\
                    i,i@example.com,,,,x\n\
                    j,j@example.com,,a\n";
        let mut watch = Watch::default();
        let import = Import::users(Csv::bytes(file)).chunk(4);
        let preview = import.preview(&acme, &mut watch).await.unwrap();
        assert_eq!(users(&acme).await.len(), 1);
        let mut applied = Watch::default();
        let report = import.apply(&acme, &mut applied).await.unwrap();
        // The preview decided the same.
        let rows = |watch: &Watch| -> Vec<_> {
            watch
                .decisions
                .iter()
                .map(|d| (d.number, d.action, d.changes.clone()))
                .collect()
        };
        assert_eq!(rows(&watch), rows(&applied));
        assert_eq!(counts(&preview), counts(&report));
        assert_eq!(preview.problems, report.problems);
        assert_eq!(
            (counts(&report), report.incomplete),
            ([4, 0, 0, 6], 2),
            "{report}"
        );
        let told: Vec<_> = report
            .problems
            .iter()
            .map(|p| (p.number.row, p.column.as_deref().unwrap_or(""), p.code.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (3, "email", "value.email"),
                (3, "Phone", "value.phone"),
                (4, "email", "value.taken"),
                (5, "user_name", "match.empty"),
                (6, "user_name", "match.duplicate"),
                (7, "user_name", "value.white_space"),
                (8, "manager", "reference.not_found"),
                (9, "manager", "reference.not_found"),
                (10, "", "row.too_many_cells"),
            ],
            "{report}"
        );
        assert!(!report.succeeded());
        let a = user(&acme, "user_name", "a").await;
        let j = user(&acme, "user_name", "j").await;
        assert_eq!(manager(&acme, j.id).await, Some(a.id));
    });
}

/// S2-61
#[test]
fn all_or_nothing_writes_nothing_when_one_row_is_wrong() {
    pollster::block_on(async {
        let acme = realm().await;
        let import = |file: &str| Import::users(Csv::bytes(file)).chunk(1).all_or_nothing();
        let mut watch = Watch::default();
        let report = import("user_name,email\na,a@x.org\nb,nonsense\n")
            .apply(&acme, &mut watch)
            .await
            .unwrap();
        assert!(report.preview && !report.succeeded());
        assert!(report.to_string().contains("nothing was written"), "{report}");
        assert!(users(&acme).await.is_empty() && watch.decisions.is_empty());
        let report = import("user_name,email\na,a@x.org\nb,b@x.org\n")
            .apply(&acme, &mut watch)
            .await
            .unwrap();
        assert!(report.succeeded() && !report.preview, "{report}");
        assert_eq!(users(&acme).await.len(), 2);
    });
}

/// S2-60
#[test]
fn only_what_differs_is_changed_and_empty_cells_keep_or_clear() {
    pollster::block_on(async {
        let acme = realm().await;
        let created = acme
            .execute(CreateUser::new("a").set("city", "Utica").set("job", " Clerk "))
            .await
            .unwrap();
        let user: UserId = created.id().unwrap();
        let file = "user_name,city,job\na,,Clerk\n";
        let keep = Import::users(Csv::bytes(file));
        assert_eq!(counts(&keep.apply(&acme, &mut ()).await.unwrap()), [0, 0, 1, 0]);
        let clear = Import::users(Csv::bytes(file)).mapping(Mapping::default().empty_clears());
        let mut watch = Watch::default();
        assert_eq!(
            counts(&clear.apply(&acme, &mut watch).await.unwrap()),
            [0, 1, 0, 0]
        );
        assert_eq!(watch.decisions[0].changes, ["city"]);
        acme.execute(UpdateUser::new(user).set("city", "Milnor"))
            .await
            .unwrap();
        let replace = Transform::Replace([("x".to_owned(), "Milnor".to_owned())].into());
        let mapping = Mapping::new([Column::constant("X").then(replace).to("city")]);
        let import = Import::users(Csv::bytes("user_name\na\n")).mapping(mapping);
        assert_eq!(counts(&import.apply(&acme, &mut ()).await.unwrap()), [0, 0, 1, 0]);
    });
}

#[test]
fn ambiguous_values_and_deleted_people() {
    pollster::block_on(async {
        let acme = realm().await;
        let first = acme
            .execute(CreateUser::new("a").set("external_id", "7"))
            .await
            .unwrap();
        acme.execute(CreateUser::new("b").set("external_id", "7"))
            .await
            .unwrap();
        let file = "user_name,external_id\na,7\n";
        let import = Import::users(Csv::bytes(file)).matching("external_id");
        let report = import.apply(&acme, &mut ()).await.unwrap();
        assert_eq!(report.problems[0].code, "match.ambiguous");
        let user: UserId = first.id().unwrap();
        acme.execute(DeleteUser {
            user,
            mode: DeleteMode::default(),
        })
        .await
        .unwrap();
        let report = import.apply(&acme, &mut ()).await.unwrap();
        assert_eq!(counts(&report), [0, 1, 0, 0], "{report}");
    });
}
