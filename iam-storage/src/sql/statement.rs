//! A statement under construction: text and bound parameters, never values in the text.

use uuid::Uuid;

use super::{Dialect, Shape, SqlValue};

/// The most values of one `IN` list; longer lists become several statements.
pub(crate) const LIST: usize = 512;

/// Identifiers for [`Statement::rows`].
pub(crate) fn uuids(ids: &[Uuid]) -> (Shape, Vec<SqlValue>) {
    (Shape::Uuid, ids.iter().map(|id| SqlValue::Uuid(*id)).collect())
}

/// A statement with its parameters.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    dialect: Dialect,
    /// The text.
    pub(crate) sql: String,
    /// What is bound to its placeholders, in order.
    pub(crate) parameters: Vec<SqlValue>,
}

impl Statement {
    /// Starts with some text.
    pub(crate) fn new(dialect: Dialect, text: &str) -> Statement {
        let mut sql = String::with_capacity(256);
        sql.push_str(text);
        Statement {
            dialect,
            sql,
            parameters: Vec::new(),
        }
    }

    /// Finished text with its parameters.
    pub(crate) fn prepared(dialect: Dialect, sql: &str, parameters: Vec<SqlValue>) -> Statement {
        Statement {
            dialect,
            sql: sql.to_owned(),
            parameters,
        }
    }

    /// Appends text.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.sql.push_str(text);
        self
    }

    /// Appends a placeholder for a value.
    pub(crate) fn bind(&mut self, value: impl Into<SqlValue>) -> &mut Self {
        self.parameters.push(value.into());
        self.dialect.placeholder(self.parameters.len(), &mut self.sql);
        self
    }

    /// Appends placeholders with commas between them.
    pub(crate) fn values(&mut self, values: impl IntoIterator<Item = SqlValue>) -> &mut Self {
        for (place, value) in values.into_iter().enumerate() {
            if place > 0 {
                self.sql.push_str(", ");
            }
            self.bind(value);
        }
        self
    }

    /// Appends the rows of a table in which some columns have one of a few values and another one of these values, in the
    /// order of the values where `lock` says how they are locked.
    ///
    /// PostgreSQL plans a list while the table is small, and goes on walking through all of a realm when it is large. Value
    /// by value there is only one way; and however many there are, they are one parameter of one text.
    pub(crate) fn rows(
        &mut self,
        table: &str,
        alias: &str,
        fixed: &[(&str, &[SqlValue])],
        column: &str,
        values: (Shape, Vec<SqlValue>),
        lock: Option<&str>,
    ) -> &mut Self {
        let (shape, mut values) = values;
        let each = self.dialect == Dialect::Postgres && values.len() > 1;
        let inner = if each { "i" } else { alias };
        if each {
            let list_type = if shape == Shape::Uuid { "uuid[]" } else { "bytea[]" };
            self.text("UNNEST(").bind(SqlValue::List(shape, values));
            self.text(&format!(
                "::{list_type}) q (k) CROSS JOIN LATERAL (SELECT i.* FROM "
            ));
            values = Vec::new();
        }
        self.text(&format!("{table} {inner} WHERE "));
        for (name, few) in fixed {
            self.text(&format!("{inner}.{name}"));
            match few {
                [one] => self.text(" = ").bind(one.clone()),
                many => self.text(" IN ").list(many.iter().cloned()),
            };
            self.text(" AND ");
        }
        self.text(&format!("{inner}.{column}"));
        if each {
            self.text(" = q.k OFFSET 0").text(lock.unwrap_or_default());
            return self.text(&format!(") {alias}"));
        }
        match <[SqlValue; 1]>::try_from(values) {
            Ok([one]) => self.text(" = ").bind(one),
            Err(many) => self.text(" IN ").list(many),
        };
        if let Some(lock) = lock {
            self.text(&format!(" ORDER BY {alias}.{column}")).text(lock);
        }
        self
    }

    /// Appends `(…)` for an `IN`. The list is filled up to a power of two with its last value, so that few
    /// different texts have to be prepared.
    pub(crate) fn list(&mut self, values: impl IntoIterator<Item = SqlValue>) -> &mut Self {
        let mut values: Vec<SqlValue> = values.into_iter().collect();
        if let Some(last) = values.last().cloned() {
            values.resize(values.len().next_power_of_two(), last);
        }
        self.text("(").values(values).text(")")
    }
}
