//! One line to begin: an engine over the storage that an address names, with the system's clock and randomness.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use iam_core::{
    port::{Clock, Entropy, Storage, Vault},
    service::Iam,
    wire::{Code, Problem, hex},
};

use crate::{host, memory::MemoryStorage};

/// Opens an engine.
///
/// | Address | Storage |
/// |---|---|
/// | `:memory:` | memory; gone with the last handle |
/// | `people.db`, `sqlite:people.db` | one SQLite file, made when there is none |
/// | `postgres://…`, `mysql://…` | a server; the key has to be given |
///
/// `key` is the master key for what is sealed: 32 bytes that the host keeps outside of the database. Without one, a file
/// keeps its key in another file beside it, with `.key` at the end of its name, which only its owner may read.
///
/// ```
/// # pollster::block_on(async {
/// let iam = iam_storage::open(":memory:", None).await?;
/// let acme = iam.realm("acme").await?.host("console");
/// # Ok::<(), iam_core::wire::Problem>(())
/// # }).unwrap();
/// ```
///
/// # Errors
/// When the storage cannot be opened, or there is no key for it.
pub async fn open(address: &str, key: Option<[u8; 32]>) -> Result<Iam, Problem> {
    open_with(address, key, Ports::default()).await
}

/// The storage of an address, and its key.
async fn storage(address: &str, key: Option<[u8; 32]>) -> Result<(Arc<dyn Storage>, [u8; 32]), Problem> {
    Ok(match address.split_once(':') {
        Some(("", "memory:")) => {
            let key = key.unwrap_or_else(|| host::SystemEntropy.seed());
            (Arc::new(MemoryStorage::new()) as Arc<dyn Storage>, key)
        }
        Some(("postgres" | "postgresql" | "mysql" | "mariadb", _)) => {
            let key = key.ok_or_else(|| {
                Problem::new(
                    Code::Sealed,
                    "a database on a server needs a key: hand over 32 bytes",
                )
                .about("key")
            })?;
            (server(address).await?, key)
        }
        _ => file(path(address)?, key)?,
    })
}

/// What a host brings along itself; the system's own where it does not.
#[derive(Debug, Clone, Default)]
pub struct Ports {
    /// Tells the time.
    pub clock: Option<Arc<dyn Clock>>,
    /// Draws random bytes.
    pub entropy: Option<Arc<dyn Entropy>>,
    /// Keeps the key of what is sealed; then no key is given and no key file is made.
    pub vault: Option<Arc<dyn Vault>>,
}

/// Opens an engine with a clock, an entropy or a vault of the host's own; see [`open`] for address and key.
///
/// ```
/// # pollster::block_on(async {
/// use std::sync::Arc;
///
/// use iam_core::port::{Vault, VaultError};
/// use iam_storage::Ports;
///
/// #[derive(Debug)]
/// struct Hardware;
///
/// impl Vault for Hardware {
///     fn key(&self, name: &str) -> Result<[u8; 32], VaultError> {
///         Err(VaultError(format!("no module holds a key for {name}")))
///     }
/// }
///
/// let ports = Ports { vault: Some(Arc::new(Hardware)), ..Ports::default() };
/// let problem = iam_storage::open_with(":memory:", None, ports).await.unwrap_err();
/// assert_eq!(problem.code.name(), "seal.unreadable");
/// # });
/// ```
///
/// # Errors
/// When the storage cannot be opened, when there is no key for it, or both a key and a vault.
pub async fn open_with(address: &str, key: Option<[u8; 32]>, ports: Ports) -> Result<Iam, Problem> {
    let (storage, key) = match (&ports.vault, key) {
        (Some(_), Some(_)) => {
            let message = "the vault keeps the key: give one of the two";
            return Err(Problem::new(Code::Malformed, message).about("key"));
        }
        // Its place is taken by the vault.
        (Some(_), None) => storage(address, Some([0; 32])).await?,
        (None, key) => storage(address, key).await?,
    };
    let mut host = host::system(key);
    if let Some(clock) = ports.clock {
        host.clock = clock;
    }
    if let Some(entropy) = ports.entropy {
        host.entropy = entropy;
    }
    if let Some(vault) = ports.vault {
        host.vault = vault;
    }
    Iam::new(storage, host)
}

/// The path of a file. A scheme that nobody knows is not taken for the beginning of a name.
fn path(address: &str) -> Result<&Path, Problem> {
    let path = match address.split_once(':') {
        Some(("sqlite", path)) => path.strip_prefix("//").unwrap_or(path),
        Some(("file", _)) => return Err(no_address("the path itself is the address, without `file:`")),
        Some((scheme, rest)) if rest.starts_with("//") => {
            let scheme: String = scheme.chars().take(40).collect();
            return Err(no_address(&format!(
                "there is no storage for “{scheme}:…”; {ADDRESSES}"
            )));
        }
        _ => address,
    };
    match path.trim() {
        "" => Err(no_address(&format!("the address is empty; {ADDRESSES}"))),
        _ => Ok(Path::new(path)),
    }
}

const ADDRESSES: &str = "give the path of a file, `:memory:`, `postgres://…` or `mysql://…`";

fn no_address(message: &str) -> Problem {
    Problem::new(Code::Malformed, message).about("address")
}

#[cfg(feature = "sqlite")]
fn file(path: &Path, key: Option<[u8; 32]>) -> Result<(Arc<dyn Storage>, [u8; 32]), Problem> {
    use crate::sqlite::{SqliteOptions, SqliteStorage};
    let key = match key {
        Some(key) => key,
        None => key_beside(path)?,
    };
    let storage = SqliteStorage::open(path, SqliteOptions::default())?;
    Ok((Arc::new(storage), key))
}

#[cfg(not(feature = "sqlite"))]
fn file(path: &Path, _: Option<[u8; 32]>) -> Result<(Arc<dyn Storage>, [u8; 32]), Problem> {
    Err(unknown(&path.display().to_string()))
}

/// The storage on a server.
async fn server(address: &str) -> Result<Arc<dyn Storage>, Problem> {
    match address.split_once(':') {
        #[cfg(feature = "postgres")]
        Some(("postgres" | "postgresql", _)) => {
            use crate::postgres::{PostgresOptions, PostgresStorage};
            Ok(Arc::new(
                PostgresStorage::connect(PostgresOptions::new(address)).await?,
            ))
        }
        #[cfg(feature = "mysql")]
        Some(("mysql" | "mariadb", rest)) => {
            use crate::mysql::{MysqlOptions, MysqlStorage};
            let address = format!("mysql:{rest}");
            Ok(Arc::new(MysqlStorage::connect(MysqlOptions::new(address)).await?))
        }
        _ => Err(unknown(address)),
    }
}

fn unknown(address: &str) -> Problem {
    let scheme = address.split(':').next().unwrap_or_default();
    let scheme: String = scheme.chars().take(40).collect();
    let message = format!("this build has no storage for addresses like “{scheme}:…”");
    Problem::new(Code::Storage, message)
}

/// The key in the file beside a database; a fresh one for a database that is not there yet.
fn key_beside(path: &Path) -> Result<[u8; 32], Problem> {
    let mut name = path.as_os_str().to_owned();
    name.push(".key");
    let file = PathBuf::from(name);
    if let Some(key) = read(&file)? {
        return Ok(key);
    }
    if path.exists() {
        let message = format!(
            "the database is there, but its key is not: give the key, or put the file {} back",
            file.display()
        );
        return Err(Problem::new(Code::Sealed, message).about(file.display()));
    }
    // Written aside and linked into place: whoever comes second finds the whole key of the first.
    let key = host::SystemEntropy.seed();
    let aside = file.with_extension(format!("key-{}", std::process::id()));
    let text = hex(&key);
    write_private(&aside, &text).map_err(|error| failed(&file, error))?;
    let linked = fs::hard_link(&aside, &file);
    // It may stay behind without harm; the key is in place or the error is told.
    drop(fs::remove_file(&aside));
    match linked {
        Ok(()) => Ok(key),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            read(&file)?.ok_or_else(|| failed(&file, error))
        }
        Err(error) => Err(failed(&file, error)),
    }
}

fn read(file: &Path) -> Result<Option<[u8; 32]>, Problem> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(file, error)),
    };
    let digits: Vec<u8> = text.trim().bytes().collect();
    let bytes: Option<Vec<u8>> = digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok())
        .collect();
    match bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()) {
        Some(key) if digits.len() == 64 => Ok(Some(key)),
        _ => {
            let message = "the key file does not hold 64 hexadecimal digits";
            Err(Problem::new(Code::Sealed, message).about(file.display()))
        }
    }
}

fn write_private(file: &Path, text: &str) -> io::Result<()> {
    use io::Write;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(file)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn failed(file: &Path, error: io::Error) -> Problem {
    let shown = file.display();
    let message = match error.kind() {
        io::ErrorKind::NotFound => format!("the folder of {shown} does not exist; make it first"),
        _ => format!("the key file {shown} cannot be read or written: {error}"),
    };
    Problem::new(Code::Storage, message).about(shown).caused_by(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(address: &str, key: Option<[u8; 32]>) -> Result<Iam, Problem> {
        pollster::block_on(open(address, key))
    }

    #[test]
    fn a_file_keeps_its_key_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people.db");
        let address = path.to_str().unwrap();
        drop(opened(address, None).unwrap());
        let key = folder.path().join("people.db.key");
        let first = fs::read_to_string(&key).unwrap();
        assert_eq!(first.len(), 64);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
        }
        drop(opened(&format!("sqlite://{address}"), None).unwrap());
        assert_eq!(fs::read_to_string(&key).unwrap(), first);
        fs::write(&key, "secret").unwrap();
        assert_eq!(opened(address, None).unwrap_err().code, Code::Sealed);
        fs::remove_file(&key).unwrap();
        let problem = opened(address, None).unwrap_err();
        assert_eq!(problem.code, Code::Sealed, "{problem}");
        assert!(opened(address, Some([1; 32])).is_ok());
    }

    #[test]
    fn an_address_that_is_none_is_told_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let file = format!("file:{}/people.db", folder.path().display());
        for address in [
            "",
            "  ",
            "sqlite:",
            "sqlite://",
            "http://example.com/people.db",
            &file,
        ] {
            let problem = opened(address, None).unwrap_err();
            assert_eq!(problem.code, Code::Malformed, "{address}");
            assert_eq!(problem.subject.as_deref(), Some("address"), "{address}");
        }
        let missing = folder.path().join("missing").join("people.db");
        let problem = opened(missing.to_str().unwrap(), None).unwrap_err();
        assert_eq!(problem.code, Code::Storage);
        assert!(
            problem.message.contains("missing") && problem.message.contains("folder"),
            "{problem}"
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_server_needs_a_key_and_its_address_stays_private() {
        let problem = opened("postgres://alice:secret@localhost:1/iam", None).unwrap_err();
        assert_eq!(problem.code, Code::Sealed);
        assert!(!problem.to_string().contains("secret"));
    }
}
