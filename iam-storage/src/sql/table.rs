//! Tables as data, and their creation in each dialect.

use super::{Dialect, Shape};

/// Stands for the empty key in the condition of an index.
pub(crate) const EMPTY: &str = "{empty}";

/// A column.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// Its name.
    pub(crate) name: String,
    /// Its shape.
    pub(crate) shape: Shape,
    /// May be missing.
    pub(crate) null: bool,
}

/// An index.
#[derive(Debug, Clone)]
pub(crate) struct Index {
    name: String,
    columns: Vec<String>,
    unique: bool,
    /// Only rows for which this holds are in it, where the database can do that: most rows cost nothing then.
    only: Option<String>,
}

/// A table.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) name: String,
    columns: Vec<Column>,
    primary: Vec<String>,
    indexes: Vec<Index>,
    /// Rows lie in the order of the primary key where that is a choice (SQLite).
    clustered: bool,
}

impl Table {
    pub(crate) fn new(name: &str) -> Table {
        Table {
            name: name.to_owned(),
            columns: Vec::new(),
            primary: Vec::new(),
            indexes: Vec::new(),
            clustered: false,
        }
    }

    pub(crate) fn column(mut self, name: &str, shape: Shape) -> Table {
        self.columns.push(Column {
            name: name.to_owned(),
            shape,
            null: false,
        });
        self
    }

    pub(crate) fn optional(mut self, name: &str, shape: Shape) -> Table {
        self.columns.push(Column {
            name: name.to_owned(),
            shape,
            null: true,
        });
        self
    }

    pub(crate) fn primary(mut self, columns: &[&str]) -> Table {
        self.primary = columns.iter().map(|&c| c.to_owned()).collect();
        self
    }

    pub(crate) fn clustered(mut self) -> Table {
        self.clustered = true;
        self
    }

    fn add(mut self, columns: &[&str], unique: bool, only: Option<String>) -> Table {
        // The name follows from what is indexed; MySQL takes 64 characters.
        let mut name = format!("{}_by_{}", self.name, columns.join("_").replace("realm_", ""));
        name.truncate(60);
        self.indexes.push(Index {
            name,
            columns: columns.iter().map(|&c| c.to_owned()).collect(),
            unique,
            only,
        });
        self
    }

    pub(crate) fn index(self, columns: &[&str]) -> Table {
        self.add(columns, false, None)
    }

    pub(crate) fn unique(self, columns: &[&str]) -> Table {
        self.add(columns, true, None)
    }

    pub(crate) fn index_only(self, columns: &[&str], only: &str) -> Table {
        self.add(columns, false, Some(only.to_owned()))
    }

    /// The statements that create it, each harmless when repeated.
    pub(crate) fn create(&self, dialect: Dialect) -> Vec<String> {
        let mut lines: Vec<String> = self
            .columns
            .iter()
            .map(|column| {
                let rest = match (column.null, column.shape) {
                    (_, Shape::Number) | (true, _) => "",
                    (false, _) => " NOT NULL",
                };
                format!("{} {}{rest}", column.name, dialect.column_type(column.shape))
            })
            .collect();
        if !self.primary.is_empty() {
            lines.push(format!("PRIMARY KEY ({})", self.primary.join(", ")));
        }
        let mut after = Vec::new();
        for index in &self.indexes {
            let Index { name, columns, .. } = index;
            let columns = columns.join(", ");
            let unique = if index.unique { "UNIQUE " } else { "" };
            if dialect == Dialect::Mysql {
                // MySQL has no `CREATE INDEX IF NOT EXISTS`, and no partial index; three keys are too long for it.
                let mut keys = 0;
                let columns = index.columns.iter().filter(|column| {
                    keys += usize::from(column.starts_with("k_"));
                    keys < 3 || !column.starts_with("k_")
                });
                let columns = columns.cloned().collect::<Vec<_>>().join(", ");
                lines.push(format!("{unique}INDEX {name} ({columns})"));
            } else {
                let only = index
                    .only
                    .as_ref()
                    .map(|only| format!(" WHERE {only}"))
                    .unwrap_or_default();
                let only = only.replace(EMPTY, dialect.empty());
                after.push(format!(
                    "CREATE {unique}INDEX IF NOT EXISTS {name} ON {} ({columns}){only}",
                    self.name
                ));
            }
        }
        let tail = match dialect {
            Dialect::Sqlite if self.clustered => " WITHOUT ROWID",
            Dialect::Mysql => " ENGINE = InnoDB ROW_FORMAT = DYNAMIC",
            _ => "",
        };
        let mut statements = vec![format!(
            "CREATE TABLE IF NOT EXISTS {} (\n  {}\n){tail}",
            self.name,
            lines.join(",\n  ")
        )];
        statements.extend(after);
        statements
    }

    /// What SQLite should know about the indexes, as rows of its table of statistics: table, index, numbers. Without
    /// them it takes a realm for a few rows, and walks through all of it. `rows` and `distinct` say how many rows the
    /// table has in a large realm, and how many values a column has.
    pub(crate) fn statistics(&self, rows: u64, distinct: impl Fn(&str) -> u64) -> Vec<[String; 3]> {
        let numbers = |columns: &[String], rows: u64, unique: bool| {
            let mut each = rows;
            let mut text = rows.to_string();
            for (place, column) in columns.iter().enumerate() {
                each = (each / distinct(column).max(1)).max(1);
                if unique && place + 1 == columns.len() {
                    each = 1;
                }
                text.push_str(&format!(" {each}"));
            }
            text
        };
        let mut statistics = Vec::new();
        let counted = self.columns.iter().any(|column| column.shape == Shape::Number);
        if !self.primary.is_empty() && !counted && self.primary.as_slice() != ["place"] {
            let index = match self.clustered {
                true => self.name.clone(),
                false => format!("sqlite_autoindex_{}_1", self.name),
            };
            statistics.push([self.name.clone(), index, numbers(&self.primary, rows, true)]);
        }
        for index in &self.indexes {
            let rows = if index.only.is_some() { rows / 10 } else { rows };
            statistics.push([
                self.name.clone(),
                index.name.clone(),
                numbers(&index.columns, rows, true),
            ]);
        }
        statistics
    }
}
