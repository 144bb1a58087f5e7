//! What the reading of stored bodies has to withstand: called by the fuzzer and by the test `iam-storage/tests/bodies.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    path::Path,
    sync::{Arc, OnceLock},
};

use iam_core::{
    command::CreateUser,
    model::{EntityId, Kind},
    search::{Predicate, Search},
    service::{Acting, Iam},
    wire::Code,
};
use iam_storage::{
    host,
    sqlite::{Durability, SqliteOptions, SqliteStorage},
};

struct Stored {
    _folder: tempfile::TempDir,
    raw: std::sync::Mutex<rusqlite::Connection>,
    acting: Acting<'static>,
    id: EntityId,
}

fn stored() -> &'static Stored {
    static STORED: OnceLock<Stored> = OnceLock::new();
    STORED.get_or_init(|| {
        pollster::block_on(async {
            let folder = match Path::new("/dev/shm").is_dir() {
                true => tempfile::tempdir_in("/dev/shm"),
                false => tempfile::tempdir(),
            }
            .unwrap();
            let path = folder.path().join("iam.db");
            let options = SqliteOptions::default().durability(Durability::Normal);
            let storage = SqliteStorage::open(&path, options).unwrap();
            let iam = Iam::new(Arc::new(storage), host::system([7; 32])).unwrap();
            let acting = iam.realm("acme").await.unwrap().host("fuzz");
            let done = acting
                .execute(CreateUser::new("ada").set("city", "Utica"))
                .await
                .unwrap();
            Stored {
                raw: std::sync::Mutex::new(rusqlite::Connection::open(&path).unwrap()),
                _folder: folder,
                acting,
                id: done.id.unwrap(),
            }
        })
    })
}

/// The stored body of a record, written past the library: it is read, or it is corrupt.
pub fn body(data: &[u8]) {
    let stored = stored();
    let raw = stored.raw.lock().unwrap();
    let text = String::from_utf8_lossy(data);
    let body = match data.first() {
        // As it is, or as the attributes of a body of version 1.
        Some(byte) if byte % 2 == 0 => text.into_owned(),
        _ => format!("{{\"v\":1,\"a\":{text}}}"),
    };
    raw.execute("UPDATE iam_user SET body = ?", [body]).unwrap();
    drop(raw);
    pollster::block_on(async {
        let acting = &stored.acting;
        let read = acting.find(stored.id).await;
        if let Err(problem) = &read {
            assert_eq!(problem.code, Code::Corrupt, "{problem}");
        }
        let search = Search::new(Kind::User).filter(Predicate::present("user_name"));
        for result in [
            acting.search(&search).await.map(drop),
            acting.doctor().await.map(drop),
            acting.count(Kind::User, Predicate::All).await.map(drop),
        ] {
            if let Err(problem) = result {
                assert!(!matches!(problem.code, Code::Storage), "{problem}");
            }
        }
    });
}
