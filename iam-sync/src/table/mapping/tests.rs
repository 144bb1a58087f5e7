use iam_core::model::RealmId;
use proptest::prelude::*;

use super::*;
use crate::table::{Csv, RowNumber, Source};

fn schema() -> Schema {
    Schema::empty("realm_00000000000000000000000001".parse::<RealmId>().unwrap())
}

fn headers(names: &[&str]) -> Headers {
    Headers::new(names.iter().map(|name| (*name).to_owned())).unwrap()
}

fn row(cells: &[&str]) -> Row {
    Row {
        number: RowNumber { row: 2, line: 2 },
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
    }
}

fn text(text: &str) -> Option<Mapped> {
    Some(Mapped::Value(text.into()))
}

fn key(kind: Kind, by: &str, text: &str) -> Key {
    Key::Value {
        kind,
        by: by.to_owned(),
        text: text.to_owned(),
    }
}

/// S2-59
#[test]
fn columns_match_by_name_and_by_label() {
    let headers = headers(&[
        "user_name",
        "First Name",
        "E-Mail",
        "USER NUMBER",
        "created_at",
        "Shoe size",
    ]);
    let compiled = Mapping::default()
        .compile(&headers, &schema(), Kind::User)
        .unwrap();
    let names: Vec<_> = compiled
        .fields
        .iter()
        .map(|field| field.definition.name.as_str())
        .collect();
    assert_eq!(names, ["user_name", "first_name", "email", "user_number"]);
    assert_eq!(compiled.unused, ["created_at", "Shoe size"]);
}

/// S2-59
#[test]
fn everything_wrong_with_a_mapping_is_said_at_once() {
    let mapping = Mapping::new([
        Column::named("nobody").to("email"),
        Column::named("a").to("shoe_size"),
        Column::named("a").to("created_at"),
        Column::template("plain").to("job"),
        Column::named("a").to("city"),
        Column::named("b").to("city"),
        Column::named("a").references("location").to("state"),
        Column::named("a").references("shoe_size").to("manager"),
        Column::named("a").distinct().to("organizations"),
    ]);
    let problem = mapping
        .compile(&headers(&["a", "b"]), &schema(), Kind::User)
        .unwrap_err();
    let codes: Vec<_> = problem
        .fields
        .iter()
        .map(|field| (field.field.as_str(), field.code.as_str()))
        .collect();
    assert_eq!(
        codes,
        [
            ("email", "mapping.column"),
            ("shoe_size", "attribute.unknown"),
            ("created_at", "attribute.read_only"),
            ("job", "mapping.template"),
            ("city", "mapping.twice"),
            ("state", "mapping.reference"),
            ("manager", "mapping.reference"),
            ("organizations", "mapping.distinct"),
        ]
    );
}

/// S2-59
#[test]
fn cells_become_values() {
    let mapping = Mapping::new([
        Column::named("id").prefix("HR-").to("external_id"),
        Column::template("{first}.{last}")
            .ascii()
            .distinct()
            .to("user_name"),
        Column::template("{first}.{last}@example.com")
            .ascii()
            .distinct()
            .to("email"),
        Column::template("{first} {last}").to("display_name"),
        Column::constant("Utica").to("city"),
        Column::named("job").or("Salesperson"),
        Column::named("phone").phone("+1"),
        Column::named("since")
            .then(Transform::Date("%d/%m/%Y".to_owned()))
            .to("in_position_since"),
        Column::named("tags")
            .then(Transform::Split(','))
            .to("indexed_strings_1"),
        Column::named("orgs")
            .references("external_id")
            .to("organizations"),
        Column::named("boss").to("manager"),
    ]);
    let names = [
        "id", "first", "last", "job", "phone", "since", "tags", "orgs", "boss",
    ];
    let compiled = mapping.compile(&headers(&names), &schema(), Kind::User).unwrap();
    assert!(compiled.unused.is_empty());
    let boss = "user_00000000000000000000000001";
    let values = compiled
        .apply(&row(&[
            "7",
            " Zoë ",
            "O'Brien",
            "",
            "464-218-4975",
            "21/11/2026",
            "a,b;c",
            "O1; O2;O1",
            boss,
        ]))
        .unwrap();
    assert_eq!(
        values,
        [
            text("HR-7"),
            Some(Mapped::Distinct("zoe.obrien".to_owned())),
            Some(Mapped::Distinct("zoe.obrien@example.com".to_owned())),
            text("Zoë O'Brien"),
            text("Utica"),
            text("Salesperson"),
            text("+14642184975"),
            text("2026-11-21"),
            Some(Mapped::Value(vec!["a", "b;c"].into())),
            Some(Mapped::References(vec![
                key(Kind::Organization, "external_id", "O1"),
                key(Kind::Organization, "external_id", "O2"),
            ])),
            Some(Mapped::References(vec![Key::Id(boss.parse().unwrap())])),
        ]
    );
    assert_eq!(compiled.field("user_name").unwrap().when, When::Unset);
}

/// S2-59
#[test]
fn empty_cells_keep_or_clear_and_missing_cells_say_nothing() {
    let headers = headers(&["user_name", "city", "job"]);
    let keep = Mapping::default()
        .compile(&headers, &schema(), Kind::User)
        .unwrap();
    assert_eq!(keep.apply(&row(&["a", " "])).unwrap(), [text("a"), None, None]);
    let clear = Mapping::default()
        .empty_clears()
        .compile(&headers, &schema(), Kind::User)
        .unwrap();
    assert_eq!(
        clear.apply(&row(&["a", " "])).unwrap(),
        [text("a"), Some(Mapped::Clear), None]
    );
}

/// S2-61
#[test]
fn every_wrong_cell_of_a_row_is_named() {
    let headers = headers(&["user_name", "E-mail", "Phone", "in_position_since"]);
    let compiled = Mapping::default()
        .compile(&headers, &schema(), Kind::User)
        .unwrap();
    let problems = compiled
        .apply(&row(&["a", "nobody", "ask Bob", "soon"]))
        .unwrap_err();
    let found: Vec<_> = problems
        .iter()
        .map(|problem| problem.column.as_deref().unwrap())
        .collect();
    assert_eq!(found, ["E-mail", "Phone", "in_position_since"]);
    assert!(problems.iter().all(|problem| problem.number.row == 2));
}

/// S2-59
#[test]
fn the_sample_feed_of_1200_people_can_be_mapped() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../examples/data/hrsample/hr_feed_2016-12-31.csv"
    );
    let feed = Csv::path(path);
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
    let mut rows = feed.open().unwrap();
    let compiled = mapping.compile(rows.headers(), &schema(), Kind::User).unwrap();
    assert_eq!(compiled.unused, ["org_name"]);
    let mut people = 0;
    while let Some(row) = rows.next_row().unwrap() {
        compiled.apply(&row.unwrap()).unwrap();
        people += 1;
    }
    assert_eq!(people, 1229);
}

proptest! {
    #[test]
    fn mapping_never_panics(cells in prop::collection::vec("\\PC{0,12}", 0..6)) {
        let names = ["user_name", "phone", "organizations", "privileged", "date_of_birth"];
        let mapping = Mapping::new([
            Column::template("{phone}.{organizations}@x").ascii().distinct().to("email"),
            Column::named("phone").phone("+49"),
        ])
        .empty_clears();
        let compiled = mapping.compile(&headers(&names), &schema(), Kind::User).unwrap();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let _ = compiled.apply(&row(&cells));
    }
}
