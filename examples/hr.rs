//! The sample company: where its tables are, and how they become users, organizations and positions.
//!
//! The tables are those of `examples/data/hrsample` (CC0; see the README there). Real HR data are like this: the feed of
//! people has no user names and no mail addresses, who sits on which position stands in another table, and a position
//! belongs to the unit that the position above it heads.

/// The programs of the manual, run as tests where every crate is at hand.
#[cfg(doctest)]
mod manual {
    macro_rules! pages {
        ($($page:ident)*) => {$(
            #[doc = include_str!(concat!("../iam-core/docs/manual/", stringify!($page), ".md"))]
            mod $page {}
        )*};
    }
    pages! { start engine people organizations access signing_in finding importing sources privacy errors simulating }
}

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use iam_sync::table::{Column, Csv, Mapping};

/// The feeds of the HR system, the oldest first.
pub const FEEDS: [&str; 4] = ["2016-12-31", "2017-12-31", "2018-06-30", "2018-12-31"];

/// Anything that can go wrong in an example.
pub type Failure = Box<dyn std::error::Error>;

/// The folder of the tables.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/hrsample")
}

fn table(name: &str) -> Result<Vec<HashMap<String, String>>, Failure> {
    let mut reader = csv::Reader::from_path(folder().join(name))?;
    Ok(reader.deserialize().collect::<Result<_, _>>()?)
}

fn write(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Result<Csv, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(Csv::bytes(writer.into_inner()?))
}

/// The units of the company and how they are read: four levels, each unit with its parent.
pub fn organizations() -> (Csv, Mapping) {
    let mapping = Mapping::new([
        Column::named("org_id").to("code"),
        Column::named("org_name").to("name"),
        Column::named("parent_org_id").references("code").to("parent"),
    ])
    .only_named();
    (Csv::path(folder().join("org_units.csv")), mapping)
}

/// The positions, each with the unit it belongs to: the one it heads, else the one that the position above it heads.
pub fn positions() -> Result<(Csv, Mapping), Failure> {
    let heads: HashMap<String, String> = table("org_units.csv")?
        .into_iter()
        .map(|unit| (unit["head_position_id"].clone(), unit["org_id"].clone()))
        .collect();
    let rows = table("positions.csv")?.into_iter().map(|position| {
        let (id, above) = (&position["position_id"], &position["parent_position_id"]);
        let unit = heads
            .get(id)
            .or_else(|| heads.get(above))
            .cloned()
            .unwrap_or_default();
        let name = format!("{} ({})", position["job_name"], position["org_name"]);
        vec![
            id.clone(),
            name,
            position["job_name"].clone(),
            unit,
            above.clone(),
        ]
    });
    let mapping = Mapping::new([
        Column::named("position_id").to("code"),
        Column::named("name").to("name"),
        Column::named("job").to("job"),
        Column::named("org_id").references("code").to("organization"),
        Column::named("above").references("code").to("reports_to"),
    ]);
    Ok((
        write(&["position_id", "name", "job", "org_id", "above"], rows)?,
        mapping,
    ))
}

/// The people on a day, with the position each of them holds, and how a row becomes a user.
pub fn people(day: &str) -> Result<(Csv, Mapping), Failure> {
    let mut held: HashMap<String, Vec<String>> = HashMap::new();
    for seat in table("position_history.csv")? {
        let since = seat["start_date"].as_str() <= day;
        if since && (seat["end_date"].is_empty() || seat["end_date"].as_str() > day) {
            held.entry(seat["employee_id"].clone())
                .or_default()
                .push(seat["position_id"].clone());
        }
    }
    let columns = [
        "employee_id",
        "first_name",
        "last_name",
        "work_phone",
        "job",
        "org_id",
        "manager_id",
        "city",
        "state",
        "in_position_since",
    ];
    let rows = table(&format!("hr_feed_{day}.csv"))?.into_iter().map(|person| {
        let mut row: Vec<String> = columns.iter().map(|column| person[*column].clone()).collect();
        row.push(held.remove(&person["employee_id"]).unwrap_or_default().join(";"));
        row
    });
    let mapping = Mapping::new([
        Column::named("employee_id").to("user_number"),
        // The feed has neither user names nor addresses: both are made once, and stay when somebody marries.
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
        Column::named("position_id").references("code").to("positions"),
        Column::named("manager_id")
            .references("user_number")
            .to("manager"),
    ]);
    let header: Vec<&str> = columns.iter().copied().chain(["position_id"]).collect();
    Ok((write(&header, rows)?, mapping))
}
