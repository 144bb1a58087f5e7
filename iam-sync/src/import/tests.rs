//! Imports against the memory backend.

use std::sync::{Arc, Mutex};

use iam_core::{
    command::{CreateUser, DeleteMode, DeleteUser, UpdateUser},
    model::{EntityId, Kind, Record, UserId},
    plan::Direction,
    search::{Predicate, Search},
    service::{Acting, Iam},
};
use iam_storage::{host, memory::MemoryStorage};

use super::*;
use crate::table::{Column, Csv, Mapping, Transform};

async fn realm() -> Acting {
    let iam = Iam::new(Arc::new(MemoryStorage::new()), host::system([7; 32])).unwrap();
    iam.realm("acme").await.unwrap().host("test")
}

#[derive(Default)]
struct Watch {
    decisions: Vec<Decision>,
    progress: Vec<Progress>,
    cancel_after: Option<usize>,
}

impl Observer for Watch {
    fn progress(&mut self, progress: &Progress) {
        self.progress.push(*progress);
    }
    fn row(&mut self, decision: &Decision) {
        self.decisions.push(decision.clone());
    }
    fn is_cancelled(&self) -> bool {
        self.cancel_after
            .is_some_and(|count| self.progress.len() >= count)
    }
}

async fn users(acting: &Acting) -> Vec<Arc<Record>> {
    lookup::all(acting, Search::new(Kind::User)).await.unwrap()
}

async fn user(acting: &Acting, attribute: &str, value: &str) -> Arc<Record> {
    let search = Search::new(Kind::User).filter(Predicate::eq(attribute, value));
    let mut found = lookup::all(acting, search).await.unwrap();
    assert_eq!(found.len(), 1, "{attribute} {value}");
    found.remove(0)
}

async fn manager(acting: &Acting, of: EntityId) -> Option<EntityId> {
    let relation = iam_core::model::Relation::ReportsTo;
    let edges = acting.edges(of, Direction::From, relation).await.unwrap();
    edges.first().map(|edge| edge.key.to)
}

fn counts(report: &Report) -> [u64; 4] {
    [report.created, report.updated, report.unchanged, report.failed]
}

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

/// S0-2
#[test]
fn references_to_later_rows_are_set_in_a_second_pass() {
    pollster::block_on(async {
        let acme = realm().await;
        let file = "user_name,manager\na,b\nb,c\nc,\nd,a\n";
        let import = Import::users(Csv::bytes(file)).chunk(2);
        let preview = import.preview(&acme, &mut ()).await.unwrap();
        let report = import.apply(&acme, &mut ()).await.unwrap();
        assert_eq!(counts(&preview), counts(&report));
        assert_eq!(counts(&report), [4, 0, 0, 0], "{report}");
        for (who, boss) in [("a", "b"), ("b", "c"), ("d", "a")] {
            let (who, boss) = (
                user(&acme, "user_name", who).await,
                user(&acme, "user_name", boss).await,
            );
            assert_eq!(manager(&acme, who.id).await, Some(boss.id));
        }
        // A second time nothing changes; moved people do.
        assert_eq!(counts(&import.apply(&acme, &mut ()).await.unwrap()), [0, 0, 4, 0]);
        let moved = Import::users(Csv::bytes("user_name,manager\na,c\nb,c\nc,\nd,a\n"));
        let mut watch = Watch::default();
        let report = moved.apply(&acme, &mut watch).await.unwrap();
        assert_eq!(counts(&report), [0, 1, 3, 0], "{report}");
        assert_eq!(watch.decisions[0].changes, ["manager"]);
    });
}

#[test]
fn an_import_that_was_interrupted_goes_on_and_applies_nothing_twice() {
    pollster::block_on(async {
        let acme = realm().await;
        let mut file = "user_name,manager\n".to_owned();
        for number in 1..=10 {
            file += &format!("u{number},u{}\n", if number < 10 { number + 1 } else { 1 });
        }
        let import = Import::users(Csv::bytes(&file)).chunk(3);
        let mut watch = Watch {
            cancel_after: Some(3),
            ..Watch::default()
        };
        let first = import.apply(&acme, &mut watch).await.unwrap();
        assert_eq!(first.stopped.as_ref().unwrap().code, Code::Cancelled);
        assert_eq!(
            (first.created, first.incomplete, first.resume_after_row),
            (6, 6, Some(7)),
            "{first}"
        );
        assert_eq!(users(&acme).await.len(), 6);
        let again = import.clone().in_change_set(first.change_set);
        let mut watch = Watch::default();
        let second = again
            .clone()
            .resume_after(7)
            .apply(&acme, &mut watch)
            .await
            .unwrap();
        assert!(second.succeeded(), "{second}");
        assert_eq!(
            (second.skipped, second.created, second.rows),
            (6, 4, 4),
            "{second}"
        );
        let all = users(&acme).await;
        assert_eq!(all.len(), 10);
        for user in &all {
            assert!(
                manager(&acme, user.id).await.is_some(),
                "{}",
                user.text("user_name")
            );
        }
        // Without the token every row is looked at and none is written again.
        let third = again.apply(&acme, &mut ()).await.unwrap();
        assert_eq!(counts(&third), [0, 0, 10, 0], "{third}");
        assert_eq!(users(&acme).await.iter().map(|u| u.version).max(), Some(1));
    });
}

#[test]
fn identifiers_come_from_the_change_set_and_the_row() {
    pollster::block_on(async {
        let (one, other) = (realm().await, realm().await);
        let set = one.new_change_set();
        let import = Import::users(Csv::bytes("user_name\na\nb\n")).in_change_set(set);
        import.apply(&one, &mut ()).await.unwrap();
        import.apply(&other, &mut ()).await.unwrap();
        let ids = |users: Vec<Arc<Record>>| users.iter().map(|user| user.id).collect::<Vec<_>>();
        assert_eq!(ids(users(&one).await), ids(users(&other).await));
    });
}

#[test]
fn names_are_made_distinct_and_stay() {
    pollster::block_on(async {
        let acme = realm().await;
        acme.execute(CreateUser::new("jane.smith")).await.unwrap();
        let mapping = Mapping::new([
            Column::named("id").to("external_id"),
            Column::template("{first}.{last}")
                .ascii()
                .distinct()
                .to("user_name"),
            Column::template("{first}.{last}@example.com")
                .ascii()
                .distinct()
                .to("email"),
        ]);
        let import = |file: &str| {
            Import::users(Csv::bytes(file))
                .mapping(mapping.clone())
                .matching("external_id")
                .chunk(2)
        };
        let file = "id,first,last\n1,Jane,Smith\n2,Jäne,Smith\n3,JANE,SMITH\n4,Jane,Smith2\n";
        let report = import(file).apply(&acme, &mut ()).await.unwrap();
        assert_eq!(counts(&report), [4, 0, 0, 0], "{report}");
        for (id, name, mail) in [
            ("1", "jane.smith2", "jane.smith@example.com"),
            ("2", "jane.smith3", "jane.smith2@example.com"),
            ("3", "jane.smith4", "jane.smith3@example.com"),
            ("4", "jane.smith22", "jane.smith22@example.com"),
        ] {
            let user = user(&acme, "external_id", id).await;
            assert_eq!((user.text("user_name"), user.text("email")), (name, mail));
        }
        // Another order, another name: user names stay.
        let turned = "id,first,last\n4,Jane,Smith2\n3,JANE,SMITH\n2,Jäne,Miller\n1,Jane,Smith\n";
        let report = import(turned).apply(&acme, &mut ()).await.unwrap();
        assert_eq!(counts(&report), [0, 0, 4, 0], "{report}");
    });
}

/// S0-30
#[test]
fn people_who_vanish_are_disabled_within_the_limit_and_come_back() {
    pollster::block_on(async {
        let acme = realm().await;
        acme.execute(CreateUser::new("local")).await.unwrap();
        let file = |numbers: std::ops::Range<u32>| {
            numbers.fold("user_name\n".to_owned(), |file, number| {
                file + &format!("u{number}\n")
            })
        };
        let limit = MissingLimit {
            count: 100,
            percent: 10,
        };
        let import = |file: &str| {
            Import::users(Csv::bytes(file))
                .named("hr")
                .missing(Missing::Disable { among: None, limit })
        };
        import(&file(0..20)).apply(&acme, &mut ()).await.unwrap();
        // Too many: nobody.
        let report = import(&file(0..17)).apply(&acme, &mut ()).await.unwrap();
        assert_eq!((report.missing, report.disabled), (3, 0));
        assert!(report.stopped.unwrap().message.contains("3 of 20 are missing"));
        // An empty file, and a file that could not be read to its end: nobody.
        for broken in ["user_name\n".to_owned(), file(0..19) + "\"u19"] {
            let report = import(&broken).apply(&acme, &mut ()).await.unwrap();
            assert_eq!(report.disabled, 0);
            assert!(report.stopped.is_some(), "{report}");
        }
        let import_two = import(&file(2..20));
        let preview = import_two.preview(&acme, &mut ()).await.unwrap();
        let report = import_two.apply(&acme, &mut ()).await.unwrap();
        assert!(report.succeeded(), "{report}");
        assert_eq!(
            (preview.missing, preview.disabled),
            (report.missing, report.disabled)
        );
        assert_eq!((report.missing, report.disabled), (2, 2));
        for (name, status) in [("u0", "disabled"), ("u2", "enabled"), ("local", "enabled")] {
            assert_eq!(
                user(&acme, "user_name", name).await.text("administrative_status"),
                status
            );
        }
        let report = import(&file(0..20)).apply(&acme, &mut ()).await.unwrap();
        assert_eq!(counts(&report), [0, 2, 18, 0], "{report}");
        assert_eq!(
            user(&acme, "user_name", "u0").await.text("administrative_status"),
            "enabled"
        );
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

#[test]
fn a_clock_of_the_caller_measures_and_progress_knows_the_total() {
    #[derive(Debug)]
    struct Ticks(Mutex<i64>);
    impl Clock for Ticks {
        fn now(&self) -> iam_core::model::Moment {
            let mut now = self.0.lock().unwrap();
            *now += 1_500_000;
            iam_core::model::Moment::from_micros(*now)
        }
    }
    pollster::block_on(async {
        let acme = realm().await;
        let clock = Arc::new(Ticks(Mutex::new(0)));
        let mut watch = Watch::default();
        let import = Import::users(Csv::bytes("user_name\na\nb\nc\n"))
            .chunk(2)
            .clock(clock);
        let report = import.apply(&acme, &mut watch).await.unwrap();
        assert_eq!(report.milliseconds, Some(1500));
        let last = watch.progress.last().unwrap();
        assert_eq!((last.done, last.total, last.phase), (3, Some(3), Phase::Rows));
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
