//! A copy of the database while it is written to.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    sync::PoisonError,
};

use iam_core::{
    port::{Revision, StorageError},
    wire::{Code, Problem},
};
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{Inner, SqliteStorage, connect, session::error};

fn failed(path: &Path, source: std::io::Error) -> StorageError {
    Problem::new(Code::Storage, "the backup cannot be written")
        .about(path.display())
        .caused_by(source)
        .into()
}

impl SqliteStorage {
    /// Writes a copy of the whole database to a new file, as it is at one moment, while others go on reading and writing.
    /// Answers with the latest revision in it.
    ///
    /// The copy is compact, on the disk when this returns, and there as a whole or not at all: until it is complete it
    /// lies beside its place under a name that ends in `.part`. It opens like any database, with the same key; keep
    /// the key elsewhere than the backup. Meanwhile the write-ahead log cannot be shortened, so it grows by what is
    /// written. It works on a thread of its own.
    ///
    /// ```
    /// # let folder = std::env::temp_dir().join(format!("iam-backup-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder).unwrap();
    /// # pollster::block_on(async {
    /// use iam_storage::sqlite::{SqliteOptions, SqliteStorage};
    ///
    /// let storage = SqliteStorage::open(":memory:", SqliteOptions::default())?;
    /// let revision = storage.backup(folder.join("monday.db")).await?;
    /// assert!(storage.backup(folder.join("monday.db")).await.is_err(), "what is there is not written over");
    /// # let _ = revision;
    /// # Ok::<(), iam_core::port::StorageError>(())
    /// # }).unwrap();
    /// # std::fs::remove_dir_all(&folder).unwrap();
    /// ```
    ///
    /// # Errors
    /// When there is something at that place, or it cannot be written, or the database cannot be read.
    pub async fn backup(&self, to: impl AsRef<Path>) -> Result<Revision, StorageError> {
        let (reply, answer) = oneshot::channel();
        let (inner, to) = (self.inner.clone(), to.as_ref().to_owned());
        std::thread::Builder::new()
            .name("iam-sqlite-backup".to_owned())
            .spawn(move || drop(reply.send(copy(&inner, &to))))
            .map_err(|source| failed(Path::new("thread"), source))?;
        answer
            .await
            .map_err(|source| StorageError::failed("the backup ended without an answer", source))?
    }
}

fn copy(inner: &Inner, to: &Path) -> Result<Revision, StorageError> {
    if to.exists() {
        let there = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
        return Err(failed(to, there));
    }
    let mut part = to.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    // One of an attempt that was interrupted.
    if part.exists() {
        fs::remove_file(&part).map_err(|source| failed(&part, source))?;
    }
    let result = fill(inner, &part).and_then(|revision| {
        // A link fails where something is; to rename would write over it.
        fs::hard_link(&part, to).map_err(|source| failed(to, source))?;
        Ok(revision)
    });
    // Its name at its place is what counts.
    drop(fs::remove_file(&part));
    let revision = result?;
    if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        // Some systems cannot make a folder durable; the file is.
        drop(File::open(folder).and_then(|folder| folder.sync_all()));
    }
    Ok(revision)
}

fn fill(inner: &Inner, part: &Path) -> Result<Revision, StorageError> {
    let name = part.to_str().ok_or_else(|| {
        let message = "the name of a backup is UTF-8";
        StorageError::from(Problem::new(Code::Storage, message).about(part.display()))
    })?;
    let vacuum = |connection: &Connection| connection.execute("VACUUM INTO ?", [name]).map_err(error);
    match &inner.path {
        Some(path) => vacuum(&connect(Some(path), &inner.options, true)?)?,
        None => vacuum(&inner.main.lock().unwrap_or_else(PoisonError::into_inner))?,
    };
    File::options()
        .write(true)
        .open(part)
        .and_then(|file| file.sync_all())
        .map_err(|source| failed(part, source))?;
    let copy = connect(Some(part), &inner.options, true)?;
    let latest: i64 = copy
        .query_row("SELECT COALESCE(MAX(revision), 0) FROM iam_audit", [], |row| {
            row.get(0)
        })
        .map_err(error)?;
    Ok(Revision(u64::try_from(latest).unwrap_or_default()))
}
