//! The run as a whole: passes, interruption, missing people, the clock.

use std::sync::Mutex;

use iam_core::command::CreateUser;

use super::*;
use crate::table::{Column, Csv, Mapping};

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
#[test]
fn an_import_can_be_spawned() {
    fn is_send<T: Send>(_: T) {}
    pollster::block_on(async {
        let acme = realm().await;
        let import = Import::users(Csv::bytes("user_name\n"));
        is_send(import.apply(&acme, &mut ()));
        is_send(crate::export::Export::of(Kind::User).write(&acme, Vec::new()));
    });
}
