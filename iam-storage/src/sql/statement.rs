//! A statement under construction: text and bound parameters, never values in the text.

use uuid::Uuid;

use super::{Dialect, Shape, SqlValue};

/// The most values of one `IN` list; longer lists become several statements.
pub(crate) const LIST: usize = 512;

/// The most values that are parameters of their own where many are one.
const FEW: usize = 16;

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
    /// by value there is only one way. Many values are one parameter of one text there; few are not, because the server
    /// takes a short list for cheaper than lists in general, and would plan the statement each time.
    pub(crate) fn rows(
        &mut self,
        table: &str,
        alias: &str,
        fixed: &[(&str, &[SqlValue])],
        column: &str,
        values: (Shape, Vec<SqlValue>),
        lock: Option<&str>,
    ) -> &mut Self {
        let (shape, values) = values;
        if self.dialect == Dialect::Postgres && values.len() > 1 {
            return self
                .each(shape, values)
                .text(" CROSS JOIN LATERAL (SELECT i.* FROM ")
                .where_fixed(table, "i", fixed, column)
                .text(" = q.k OFFSET 0")
                .text(lock.unwrap_or_default())
                .text(&format!(") {alias}"));
        }
        self.where_fixed(table, alias, fixed, column);
        match <[SqlValue; 1]>::try_from(values) {
            Ok([one]) => self.text(" = ").bind(one),
            Err(many) => self.text(" IN ").list(many),
        };
        if let Some(lock) = lock {
            self.text(&format!(" ORDER BY {alias}.{column}")).text(lock);
        }
        self
    }

    /// Appends a table, the conditions on the columns that are fixed, and the column that is compared next.
    fn where_fixed(
        &mut self,
        table: &str,
        alias: &str,
        fixed: &[(&str, &[SqlValue])],
        column: &str,
    ) -> &mut Self {
        self.text(&format!("{table} {alias} WHERE "));
        for (name, few) in fixed {
            self.text(&format!("{alias}.{name}"));
            match few {
                [one] => self.text(" = ").bind(one.clone()),
                many => self.text(" IN ").list(many.iter().cloned()),
            };
            self.text(" AND ");
        }
        self.text(&format!("{alias}.{column}"))
    }

    /// Appends values as the rows `q (k)`, in PostgreSQL's words.
    fn each(&mut self, shape: Shape, mut values: Vec<SqlValue>) -> &mut Self {
        if values.len() > FEW {
            let list_type = if shape == Shape::Uuid { "uuid[]" } else { "bytea[]" };
            self.text("UNNEST(").bind(SqlValue::List(shape, values));
            return self.text(&format!("::{list_type}) q (k)"));
        }
        // Nothing equals null.
        values.resize(values.len().next_power_of_two(), SqlValue::Null(shape));
        for (place, value) in values.into_iter().enumerate() {
            self.text(if place == 0 { "(VALUES (" } else { "), (" })
                .bind(value);
        }
        self.text(")) q (k)")
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

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(dialect: Dialect, count: u128) -> Statement {
        let ids: Vec<Uuid> = (0..count).map(Uuid::from_u128).collect();
        let mut statement = Statement::new(dialect, "SELECT r.id FROM ");
        let fixed: &[_] = &[("realm", &[SqlValue::Int(7)][..])];
        statement.rows("t", "r", fixed, "id", uuids(&ids), Some(" FOR SHARE"));
        statement
    }

    #[test]
    fn one_value_needs_no_list() {
        let text = "SELECT r.id FROM t r WHERE r.realm = $1 AND r.id = $2 ORDER BY r.id FOR SHARE";
        assert_eq!(rows(Dialect::Postgres, 1).sql, text);
    }

    #[test]
    fn postgres_looks_up_value_by_value() {
        let look_up = "CROSS JOIN LATERAL (SELECT i.* FROM t i WHERE i.realm";
        let few = rows(Dialect::Postgres, 3);
        let values = format!(
            "SELECT r.id FROM (VALUES ($1), ($2), ($3), ($4)) q (k) {look_up} = $5 AND i.id = q.k OFFSET 0 FOR SHARE) r"
        );
        assert_eq!(few.sql, values);
        assert!(few.parameters.get(3) == Some(&SqlValue::Null(Shape::Uuid)));
        let many = format!(
            "SELECT r.id FROM UNNEST($1::uuid[]) q (k) {look_up} = $2 AND i.id = q.k OFFSET 0 FOR SHARE) r"
        );
        assert_eq!(rows(Dialect::Postgres, 17).sql, many);
        assert_eq!(rows(Dialect::Postgres, 500).sql, many, "one text for any number");
    }

    #[test]
    fn elsewhere_it_is_a_list() {
        let text = "SELECT r.id FROM t r WHERE r.realm = ? AND r.id IN (?, ?, ?, ?) ORDER BY r.id FOR SHARE";
        assert_eq!(rows(Dialect::Mysql, 3).sql, text);
    }
}
