//! A statement under construction: text and bound parameters, never values in the text.

use super::{Dialect, SqlValue};

/// The most values of one `IN` list; longer lists become several statements.
pub(crate) const LIST: usize = 512;

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
