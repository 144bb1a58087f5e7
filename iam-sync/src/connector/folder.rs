//! A folder of tables: one file for each kind, `users.csv`, `organizations.csv`, … (S1-76: any HR system that can export).

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use iam_core::{
    model::{
        Capabilities, Configuration, ConfigurationField, ConnectorDescriptor, FieldType, Required, SyncKind,
        Value,
    },
    port::{
        Connection, Connector, ConnectorError, Cursor, ObjectClass, Objects, Presence, Read, Secrets,
        SourceObject,
    },
};

use super::Fields;
use crate::table::{Csv, Row, RowProblem, Rows};

/// Reads a folder of CSV files, and of spreadsheets where the crate is built with `xlsx`.
///
/// The object class of a kind is the file's name, with or without its ending. `identifier` names the column that
/// identifies a row. While a row has an error nobody is taken for gone, because who is in that row cannot be told.
#[derive(Debug, Clone, Copy, Default)]
pub struct Folder;

#[async_trait]
impl Connector for Folder {
    fn descriptor(&self) -> ConnectorDescriptor {
        let field = |name: &str, label: &str, required| ConfigurationField {
            name: name.to_owned(),
            label: label.to_owned(),
            required,
            ..ConfigurationField::default()
        };
        ConnectorDescriptor {
            name: "folder".to_owned(),
            title: "Folder of CSV or XLSX files".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            fields: vec![
                field("folder", "Folder", Required::Always),
                field("identifier", "Column that identifies a row", Required::Always),
                field("name", "Column by which others name a row", Required::Never),
                ConfigurationField {
                    field_type: FieldType::Object,
                    ..field("identifiers", "Identifying column by file", Required::Never)
                },
            ],
            capabilities: Capabilities {
                resume: true,
                ..Capabilities::default()
            },
            ..ConnectorDescriptor::default()
        }
    }

    async fn open(
        &self,
        configuration: &Configuration,
        secrets: &dyn Secrets,
    ) -> Result<Box<dyn Connection>, ConnectorError> {
        let fields = Fields {
            configuration,
            secrets,
        };
        let folder = PathBuf::from(fields.required("folder")?);
        if !folder.is_dir() {
            return Err(ConnectorError::Unreachable(format!(
                "there is no folder {}",
                folder.display()
            )));
        }
        let identifiers = match configuration.get("identifiers") {
            Some(Value::Object(object)) => object
                .iter()
                .filter_map(|(file, column)| Some((file.clone(), column.as_text()?.to_owned())))
                .collect(),
            _ => Vec::new(),
        };
        Ok(Box::new(Files {
            folder,
            identifier: fields.required("identifier")?.to_owned(),
            name: fields.text("name").map(str::to_owned),
            identifiers,
            open: None,
        }))
    }
}

/// A table that is being read.
struct Open {
    path: PathBuf,
    rows: Box<dyn Rows + Send>,
    at: u64,
}

struct Files {
    folder: PathBuf,
    identifier: String,
    name: Option<String>,
    identifiers: Vec<(String, String)>,
    open: Option<Open>,
}

impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Files({})", self.folder.display())
    }
}

fn plural(kind: SyncKind) -> &'static str {
    match kind {
        SyncKind::Organization => "organizations",
        SyncKind::Position => "positions",
        SyncKind::Group => "groups",
        SyncKind::User => "users",
        SyncKind::Membership => "memberships",
    }
}

impl Files {
    fn path(&self, read: &Read) -> Result<PathBuf, ConnectorError> {
        let name = match read.object_class.as_str() {
            "" => plural(read.kind),
            name => name,
        };
        // A name, not a path: nothing outside of the folder is read.
        if name.contains(['/', '\\']) || name.starts_with('.') {
            return Err(Fields::wrong(
                "object_class",
                "is the name of a file in the folder",
            ));
        }
        let endings: &[&str] = match cfg!(feature = "xlsx") {
            true => &["", ".csv", ".xlsx"],
            false => &["", ".csv"],
        };
        endings
            .iter()
            .map(|ending| self.folder.join(format!("{name}{ending}")))
            .find(|path| path.is_file())
            .ok_or_else(|| ConnectorError::Unreachable(format!("there is no file {name} in the folder")))
    }

    fn table(path: &Path) -> Result<Box<dyn Rows + Send>, ConnectorError> {
        let unreadable = |problem: iam_core::wire::Problem| ConnectorError::Protocol(problem.to_string());
        #[cfg(feature = "xlsx")]
        if path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
        {
            return crate::table::Sheet::path(path).open().map_err(unreadable);
        }
        Csv::path(path).open_owned().map_err(unreadable)
    }

    fn object(&self, rows: &dyn Rows, row: &Row, column: &str) -> Result<SourceObject, ConnectorError> {
        let headers = rows.headers();
        let text = |name: &str| {
            headers
                .place(name)
                .and_then(|place| row.cell(place))
                .unwrap_or_default()
        };
        if headers.place(column).is_none() {
            return Err(Fields::wrong(
                "identifier",
                format!("no column is called “{column}”"),
            ));
        }
        let identifier = text(column).trim();
        if identifier.is_empty() {
            return Err(ConnectorError::Incomplete(format!(
                "{}: the column “{column}” is empty, so who is meant cannot be told",
                row.number
            )));
        }
        let mut object = SourceObject::new(identifier);
        object.name = self
            .name
            .as_deref()
            .map(|name| text(name).trim().to_owned())
            .filter(|name| !name.is_empty());
        for (place, name) in headers.names().iter().enumerate() {
            if let Some(cell) = row.cell(place).filter(|cell| !cell.is_empty()) {
                object.attributes.insert(name.clone(), cell.into());
            }
        }
        Ok(object)
    }
}

#[async_trait]
impl Connection for Files {
    async fn classes(&mut self) -> Result<Vec<ObjectClass>, ConnectorError> {
        let unreachable = |error: std::io::Error| ConnectorError::Unreachable(error.to_string());
        let mut classes = Vec::new();
        for entry in std::fs::read_dir(&self.folder).map_err(unreachable)? {
            let path = entry.map_err(unreachable)?.path();
            let ending = path
                .extension()
                .unwrap_or_default()
                .to_string_lossy()
                .to_lowercase();
            if !matches!(ending.as_str(), "csv" | "xlsx") || (ending == "xlsx" && !cfg!(feature = "xlsx")) {
                continue;
            }
            if let (Some(name), Ok(rows)) = (path.file_name(), Files::table(&path)) {
                classes.push(ObjectClass {
                    name: name.to_string_lossy().into_owned(),
                    attributes: rows.headers().names().to_vec(),
                });
            }
        }
        classes.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(classes)
    }

    async fn read(&mut self, read: &Read, cursor: Option<&Cursor>) -> Result<Objects, ConnectorError> {
        super::without_filter(read)?;
        let path = self.path(read)?;
        let start: u64 = match cursor {
            Some(Cursor(place)) => place
                .parse()
                .map_err(|_| ConnectorError::Protocol("the cursor is none of ours".to_owned()))?,
            None => 0,
        };
        let file = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let column = self
            .identifiers
            .iter()
            .find(|(of, _)| *of == file || *of == read.object_class || *of == plural(read.kind))
            .map_or_else(|| self.identifier.clone(), |(_, column)| column.clone());
        let kept = self
            .open
            .take()
            .filter(|open| open.path == path && open.at == start && start > 0);
        let mut open = match kept {
            Some(open) => open,
            None => {
                let mut open = Open {
                    rows: Files::table(&path)?,
                    path,
                    at: 0,
                };
                while open.at < start {
                    if next(&mut open)?.is_none() {
                        break;
                    }
                }
                open
            }
        };
        let mut objects = Objects::default();
        while objects.objects.len() < read.page_size as usize {
            match next(&mut open)? {
                Some(Ok(row)) => match self.object(open.rows.as_ref(), &row, &column) {
                    Ok(object) => objects.objects.push(object),
                    Err(ConnectorError::Incomplete(problem)) => objects.unreadable.push(problem),
                    Err(error) => return Err(error),
                },
                Some(Err(problem)) => objects.unreadable.push(problem.to_string()),
                None => {
                    objects.presence = Presence::Everything;
                    return Ok(objects);
                }
            }
        }
        objects.next = Some(Cursor(open.at.to_string()));
        self.open = Some(open);
        Ok(objects)
    }
}

/// The next row that is not blank.
fn next(open: &mut Open) -> Result<Option<Result<Row, RowProblem>>, ConnectorError> {
    loop {
        open.at += 1;
        match open.rows.next_row() {
            Ok(Some(Ok(row))) if row.is_blank() => {}
            Ok(row) => return Ok(row),
            Err(problem) => return Err(ConnectorError::Unreachable(problem.to_string())),
        }
    }
}
