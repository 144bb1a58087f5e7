//! What tables, mappings and imports have to withstand: one function for each, called by the fuzzer and by
//! the test `iam-sync/tests/hostile.rs`. A function takes any bytes and fails by panicking.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use iam_core::{
    command::CreateUser,
    model::{Moment, Value},
    port::{Connector, SourceObject},
    service::{Acting, Iam},
    wire::Code,
};
use iam_storage::{host, memory::MemoryStorage};
use iam_sync::{
    connector::http::{Profile, Service},
    import::Import,
    reconcile::{Scope, schedule::Schedule},
    table::{Csv, Delimiter, LineEnd, Mapping, ReadOptions, Reader, Sheet, Source, WriteOptions, Writer},
};

/// A target: its name, and the function that tries an input.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("table", table),
    ("mapping", mapping),
    ("import", import),
    ("expression", expression),
    ("schedule", schedule),
    ("profile", profile),
    ("sheet", sheet),
];

fn rows(data: &[u8], options: &ReadOptions) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    let mut reader = Reader::with(data, options).ok()?;
    let headers = reader.headers().names().to_vec();
    let mut rows = Vec::new();
    let mut last = 0;
    while let Ok(Some(row)) = reader.next_row() {
        let number = match &row {
            Ok(row) => row.number,
            Err(problem) => problem.number,
        };
        assert!(number.row > last, "rows count up");
        last = number.row;
        if let Ok(row) = row {
            assert!(row.cells.len() <= headers.len());
            assert!(row.cells.iter().all(|cell| cell.len() <= options.cell_bytes));
            rows.push(row.cells);
        }
    }
    Some((headers, rows))
}

/// CSV of any kind: what was read and written again is read as the same.
pub fn table(data: &[u8]) {
    let options = ReadOptions {
        cell_bytes: 4 << 10,
        columns: 50,
        ..ReadOptions::default()
    };
    let Some((headers, found)) = rows(data, &options) else {
        return;
    };
    let write = WriteOptions {
        delimiter: Delimiter::ALL[data.len() % 4],
        line_end: if data.len().is_multiple_of(2) {
            LineEnd::Lf
        } else {
            LineEnd::CrLf
        },
        ..WriteOptions::default()
    };
    let delimiter = write.delimiter;
    let mut writer = Writer::with(Vec::new(), &headers, write).expect("headers that were read");
    let full: Vec<Vec<String>> = found
        .into_iter()
        .map(|mut cells| {
            cells.resize(headers.len(), String::new());
            cells
        })
        .collect();
    for cells in &full {
        writer.write(cells).expect("as many cells as columns");
    }
    let written = writer.finish().expect("memory takes everything");
    let options = ReadOptions {
        encoding: Some(iam_sync::table::Encoding::UTF_8),
        delimiter: Some(delimiter),
        cell_bytes: 64 << 10,
        ..options
    };
    let again = rows(&written, &options).expect("what was written can be read");
    assert_eq!(again.0, headers);
    let again: Vec<Vec<String>> = again
        .1
        .into_iter()
        .map(|mut cells| {
            cells.resize(headers.len(), String::new());
            cells
        })
        .collect();
    assert_eq!(again, full);
}

async fn realm() -> Acting<'static> {
    let iam = Iam::new(Arc::new(MemoryStorage::new()), host::system([7; 32])).unwrap();
    let realm = iam.realm("acme").await.unwrap().host("fuzz");
    realm.execute(CreateUser::new("ada")).await.unwrap();
    realm
}

/// Mappings as JSON, tried on a small table.
pub fn mapping(data: &[u8]) {
    let Ok(mapping) = serde_json::from_slice::<Mapping>(data) else {
        return;
    };
    let written = serde_json::to_string(&mapping).expect("what was read can be written");
    assert_eq!(serde_json::from_str::<Mapping>(&written).unwrap(), mapping);
    let csv = "employee_id,first_name,last_name,user_name,city,org_id,manager_id,hired_on,work_phone\n\
               7,Grace,Hopper,ghopper,New York,1,9,2020-01-31,030 12345\n\
               9,Zoë,Ünal,,Zürich,,,31.12.2020,\n";
    pollster::block_on(async {
        let import = Import::users(Csv::bytes(csv)).mapping(mapping);
        answered(import.preview(&realm().await, &mut ()).await.map(drop));
    });
}

/// Tables of users, imported twice: the second time changes nothing more than it has to, and the doctor finds nothing.
pub fn import(data: &[u8]) {
    pollster::block_on(async {
        let realm = realm().await;
        let import = Import::users(Csv::bytes(data)).chunk(7);
        for _ in 0..2 {
            answered(import.apply(&realm, &mut ()).await.map(drop));
        }
        let diagnosis = realm.doctor().await.unwrap();
        let real = |code: &str| code != "manager.circle";
        assert!(
            !diagnosis.findings.iter().any(|finding| real(&finding.code)),
            "{:#?}",
            diagnosis.findings
        );
    });
}

/// A refusal is an answer; a failure of the storage is not.
fn answered(result: Result<(), iam_core::wire::Problem>) {
    if let Err(problem) = result {
        assert!(
            !matches!(problem.code, Code::Storage | Code::Corrupt | Code::Sealed),
            "{problem}"
        );
    }
}

/// CEL expressions of mappings, tried on an object: a value, none, or a message.
pub fn expression(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let scope = Scope::new(Moment::from_micros(1_767_225_600_000_000)).expect("an environment");
    let Ok(expression) = scope.compile(&text, "expression") else {
        return;
    };
    let object = SourceObject {
        identifier: "7".to_owned(),
        name: Some("cn=ada,o=x".to_owned()),
        attributes: BTreeMap::from([
            ("mail".to_owned(), Value::from("ada@example.com")),
            ("number".to_owned(), Value::from(7)),
            ("tags".to_owned(), Value::List(vec!["a".into(), "ß".into()])),
        ]),
    };
    let object = scope.object(&object);
    let once = scope.evaluate(&expression, &object);
    assert_eq!(
        once,
        scope.evaluate(&expression, &object),
        "total, and the same each time"
    );
}

/// Schedules: a cron expression and a time zone, split at the first line break.
pub fn schedule(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (cron, zone) = text.split_once('\n').unwrap_or((&text, "Europe/Vienna"));
    if let Ok(schedule) = Schedule::new(cron, zone) {
        let after = Moment::from_micros(1_767_225_600_000_000);
        if let Some(next) = schedule.next(after) {
            assert!(next > after, "{text}");
        }
    }
}

/// Descriptions of HTTP services as JSON, with their addresses: read and written the same; what they make describes
/// itself, and refuses a configuration that is wrong before anything is sent.
pub fn profile(data: &[u8]) {
    let Ok(profile) = serde_json::from_slice::<Profile>(data) else {
        return;
    };
    let written = serde_json::to_string(&profile).expect("what was read can be written");
    assert_eq!(serde_json::from_str::<Profile>(&written).unwrap(), profile);
    drop(Service::new(profile).descriptor());
}

/// Spreadsheets: whatever the file is, its rows or a problem.
pub fn sheet(data: &[u8]) {
    // A file name is needed; each process has its own.
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| tempfile::tempdir().expect("a temporary folder"));
    let path = folder.path().join("fuzz.xlsx");
    std::fs::write(&path, data).expect("room for a file");
    let sheet = Sheet::path(&path);
    if let Ok(mut rows) = sheet.open() {
        let columns = rows.headers().names().len();
        while let Ok(Some(row)) = rows.next_row() {
            if let Ok(row) = row {
                assert!(row.cells.len() <= columns);
            }
        }
    }
}
