//! Several statements as one. An exchange with the server costs more than most statements do, on another machine far
//! more; so a commit locks what it depends on in one, and writes everything in another.

use std::borrow::Cow;

use uuid::Uuid;

use super::session::escape;
use crate::sql::{Change, DEPART, Insert, Question, Row, Shape, SqlError, SqlValue, Statement};

/// Rows of one statement.
pub(super) const ROWS: usize = 2_000;

/// The values of a column.
pub(super) enum Column<'a> {
    Int(Vec<Option<i64>>),
    Uuid(Vec<Option<Uuid>>),
    Text(Vec<Option<Cow<'a, str>>>),
    Blob(Vec<Option<&'a [u8]>>),
}

/// A parameter.
pub(super) enum Parameter<'a> {
    One(&'a SqlValue),
    Column(Column<'a>),
}

/// A statement that does what several say.
#[derive(Default)]
pub(super) struct Combined<'a> {
    pub(super) text: String,
    pub(super) parameters: Vec<Parameter<'a>>,
}

/// The types that answers of several questions are brought into, so that they can come as rows of one.
const TYPES: [&str; 4] = ["uuid", "bigint", "bytea", "text"];

/// The place in [`TYPES`].
const fn type_of(shape: Shape) -> usize {
    match shape {
        Shape::Uuid => 0,
        Shape::Int | Shape::Small | Shape::Number => 1,
        Shape::Key | Shape::Blob => 2,
        Shape::Name | Shape::Text => 3,
    }
}

/// How many columns of each type.
fn widths(shapes: &[Shape]) -> [usize; 4] {
    let mut widths = [0; 4];
    for shape in shapes {
        if let Some(width) = widths.get_mut(type_of(*shape)) {
            *width += 1;
        }
    }
    widths
}

/// Questions whose answers come in one statement.
pub(super) struct AtOnce<'a> {
    all: Vec<(&'a Statement, &'static [Shape])>,
    /// How many columns of each type the widest of them needs.
    widest: [usize; 4],
}

impl<'a> AtOnce<'a> {
    /// All of them have shapes, and what they ask with is not too much.
    pub(super) fn of(questions: &'a [Question]) -> Option<AtOnce<'a>> {
        const MOST: usize = 2_000;
        let shaped = |question: &'a Question| match question {
            Question::One(statement, shapes) => Some((statement, *shapes)),
            Question::Each(..) => None,
        };
        let all: Vec<_> = questions.iter().map(shaped).collect::<Option<_>>()?;
        let parameters: usize = all.iter().map(|(one, _)| one.parameters.len()).sum();
        (all.len() > 1 && parameters <= MOST).then(|| AtOnce::new(all))
    }

    fn new(all: Vec<(&'a Statement, &'static [Shape])>) -> AtOnce<'a> {
        let mut widest = [0; 4];
        for (_, shapes) in &all {
            for (most, width) in widest.iter_mut().zip(widths(shapes)) {
                *most = width.max(*most);
            }
        }
        AtOnce { all, widest }
    }

    /// The row of one question out of the row of all, in which the columns of each type lie together.
    pub(super) fn row_of(&self, place: usize, row: Row) -> Row {
        let shapes = self.all.get(place).map(|(_, shapes)| *shapes).unwrap_or_default();
        let mut values: Vec<Option<SqlValue>> = row.0.into_iter().map(Some).collect();
        let mut used = [0; 4];
        let mut take = |shape: &Shape| {
            let of = type_of(*shape);
            let before: usize = self.widest.iter().take(of).sum();
            let slot = used.get_mut(of)?;
            let value = values.get_mut(before + *slot)?.take();
            *slot += 1;
            value
        };
        Row(shapes
            .iter()
            .map(|shape| take(shape).unwrap_or(SqlValue::Null(*shape)))
            .collect())
    }
}

fn mixed() -> SqlError {
    SqlError::failed("the values of a column are of several types", std::fmt::Error)
}

impl<'a> Column<'a> {
    fn of(rows: &'a [Vec<SqlValue>], place: usize) -> Result<Column<'a>, SqlError> {
        Column::of_values(
            rows.iter()
                .map(move |row| row.get(place).unwrap_or(&SqlValue::Null(Shape::Text))),
        )
    }

    /// Values that are all of one type.
    pub(super) fn of_values(
        values: impl Iterator<Item = &'a SqlValue> + Clone,
    ) -> Result<Column<'a>, SqlError> {
        let values = || values.clone();
        let first = values()
            .find(|value| !matches!(value, SqlValue::Null(_)))
            .or(values().next());
        Ok(match first {
            Some(SqlValue::Int(_) | SqlValue::Null(Shape::Int | Shape::Number | Shape::Small)) => {
                let number = |value: &SqlValue| match value {
                    SqlValue::Int(number) => Ok(Some(*number)),
                    SqlValue::Null(_) => Ok(None),
                    _ => Err(mixed()),
                };
                Column::Int(values().map(number).collect::<Result<_, _>>()?)
            }
            Some(SqlValue::Uuid(_) | SqlValue::Null(Shape::Uuid)) => {
                let uuid = |value: &SqlValue| match value {
                    SqlValue::Uuid(uuid) => Ok(Some(*uuid)),
                    SqlValue::Null(_) => Ok(None),
                    _ => Err(mixed()),
                };
                Column::Uuid(values().map(uuid).collect::<Result<_, _>>()?)
            }
            Some(SqlValue::Blob(_) | SqlValue::Null(Shape::Key | Shape::Blob)) => {
                let bytes = |value: &'a SqlValue| match value {
                    SqlValue::Blob(bytes) => Ok(Some(bytes.as_slice())),
                    SqlValue::Null(_) => Ok(None),
                    _ => Err(mixed()),
                };
                Column::Blob(values().map(bytes).collect::<Result<_, _>>()?)
            }
            Some(SqlValue::Text(_) | SqlValue::Null(Shape::Text | Shape::Name)) => {
                let text = |value: &'a SqlValue| match value {
                    SqlValue::Text(text) => Ok(Some(match escape(text) {
                        Some(escaped) => Cow::Owned(escaped),
                        None => Cow::Borrowed(text.as_str()),
                    })),
                    SqlValue::Null(_) => Ok(None),
                    _ => Err(mixed()),
                };
                Column::Text(values().map(text).collect::<Result<_, _>>()?)
            }
            _ => return Err(SqlError::failed("a parameter was not filled in", std::fmt::Error)),
        })
    }

    const fn list_type(&self) -> &'static str {
        match self {
            Column::Int(_) => "bigint[]",
            Column::Uuid(_) => "uuid[]",
            Column::Text(_) => "text[]",
            Column::Blob(_) => "bytea[]",
        }
    }
}

impl<'a> Combined<'a> {
    fn parameter(&mut self, parameter: Parameter<'a>) {
        self.parameters.push(parameter);
        self.text.push('$');
        self.text.push_str(&self.parameters.len().to_string());
    }

    /// A statement, its parameters counted on. Values are never part of a text, so each `$` in it begins a number.
    fn statement(&mut self, statement: &'a Statement) {
        let offset = self.parameters.len();
        let mut pieces = statement.sql.split('$');
        self.text.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let end = piece
                .find(|letter: char| !letter.is_ascii_digit())
                .unwrap_or(piece.len());
            let (number, rest) = piece.split_at(end);
            let number = number.parse::<usize>().unwrap_or_default() + offset;
            self.text.push('$');
            self.text.push_str(&number.to_string());
            self.text.push_str(rest);
        }
        self.parameters
            .extend(statement.parameters.iter().map(Parameter::One));
    }

    /// `UNNEST` of one list for each column: the text is the same for any number of rows, so it is prepared once, and the
    /// server parses no long lists of placeholders.
    fn rows(&mut self, rows: &'a [Vec<SqlValue>], columns: usize) -> Result<(), SqlError> {
        self.text.push_str("UNNEST(");
        for place in 0..columns {
            if place > 0 {
                self.text.push_str(", ");
            }
            let column = Column::of(rows, place)?;
            let list_type = column.list_type();
            self.parameter(Parameter::Column(column));
            self.text.push_str("::");
            self.text.push_str(list_type);
        }
        self.text.push(')');
        Ok(())
    }

    /// An insert of rows.
    pub(super) fn insert(&mut self, insert: &Insert, rows: &'a [Vec<SqlValue>]) -> Result<(), SqlError> {
        self.text
            .push_str(insert.head.trim_end().trim_end_matches("VALUES"));
        self.text.push_str("SELECT * FROM ");
        self.rows(rows, insert.columns)?;
        self.text.push_str(&insert.tail);
        Ok(())
    }

    /// Deletes rows by their keys.
    pub(super) fn delete(
        &mut self,
        table: &str,
        key: &[&str],
        rows: &'a [Vec<SqlValue>],
    ) -> Result<(), SqlError> {
        self.text.push_str(&format!("DELETE FROM {table} t USING "));
        self.rows(rows, key.len())?;
        self.text.push_str(&format!(" q ({}) WHERE ", key.join(", ")));
        for (place, column) in key.iter().enumerate() {
            let and = if place == 0 { "" } else { " AND " };
            self.text.push_str(&format!("{and}t.{column} = q.{column}"));
        }
        Ok(())
    }

    /// Takes an announcement back, locks what statements select, and draws the next revision after that. The rows of
    /// each statement come with its place before them; then comes one with −1, how many announcements were there, and the
    /// revision.
    pub(super) fn lock(announced: Option<&'a SqlValue>, statements: &'a [Statement]) -> Combined<'a> {
        let mut combined = Combined::default();
        combined.text.push_str("WITH ");
        for (place, statement) in statements.iter().enumerate() {
            combined
                .text
                .push_str(&format!("l{place} (id, a, b, c) AS MATERIALIZED ("));
            combined.statement(statement);
            combined.text.push_str("), ");
        }
        combined.text.push_str("gone AS (");
        match announced {
            Some(number) => {
                combined.text.push_str(DEPART);
                combined.parameter(Parameter::One(number));
                combined.text.push_str(" RETURNING 1");
            }
            None => combined.text.push_str("SELECT 1"),
        }
        combined.text.push_str(") ");
        for place in 0..statements.len() {
            combined.text.push_str(&format!(
                "SELECT {place}, id, a::bigint, b::bigint, c::bigint FROM l{place} UNION ALL "
            ));
        }
        // CASE looks at its condition first: nothing is drawn before all locks are held.
        let all: Vec<String> = std::iter::once("(SELECT COUNT(*) FROM gone)".to_owned())
            .chain((0..statements.len()).map(|place| format!("(SELECT COUNT(*) FROM l{place})")))
            .collect();
        combined.text.push_str(&format!(
            "SELECT -1, NULL::uuid, (SELECT COUNT(*) FROM gone), 0::bigint, \
             CASE WHEN {} >= 0 THEN nextval('iam_audit_revision_seq') END",
            all.join(" + ")
        ));
        combined
    }

    /// Asks several questions, answered as of one moment. Their rows come with the place of their question before them;
    /// see [`AtOnce::row_of`].
    pub(super) fn questions(asked: &AtOnce<'a>) -> Combined<'a> {
        let mut combined = Combined::default();
        for (place, (statement, shapes)) in asked.all.iter().enumerate() {
            combined.text.push_str(if place == 0 {
                "SELECT "
            } else {
                " UNION ALL SELECT "
            });
            combined.text.push_str(&place.to_string());
            for (of, (name, width)) in TYPES.iter().zip(asked.widest).enumerate() {
                let mut columns = (0..shapes.len())
                    .filter(|column| shapes.get(*column).is_some_and(|shape| type_of(*shape) == of));
                for _ in 0..width {
                    combined.text.push_str(&match columns.next() {
                        Some(column) => format!(", q.c{column}::{name}"),
                        None => format!(", NULL::{name}"),
                    });
                }
            }
            combined.text.push_str(" FROM (");
            combined.statement(statement);
            let columns: Vec<String> = (0..shapes.len()).map(|column| format!("c{column}")).collect();
            combined.text.push_str(&format!(") q ({})", columns.join(", ")));
        }
        combined
    }

    /// Makes changes, and asks questions that are answered as of before them. Answers come with the place of their
    /// question before them; then comes one with −1 and how many names were taken.
    pub(super) fn together(
        questions: &'a [Statement],
        changes: &'a [Change],
    ) -> Result<Combined<'a>, SqlError> {
        let mut combined = Combined::default();
        let mut taken = "0::bigint".to_owned();
        for (place, change) in changes.iter().enumerate() {
            combined.text.push_str(if place == 0 { "WITH " } else { ", " });
            combined.text.push_str(&format!("c{place} AS ("));
            match change {
                Change::Insert(insert, rows) => combined.insert(insert, piece(rows))?,
                Change::Take(insert, rows) => {
                    combined.insert(insert, piece(rows))?;
                    combined.text.push_str(" RETURNING 1");
                    taken.push_str(&format!(" + (SELECT COUNT(*) FROM c{place})"));
                }
                Change::Delete { table, key, rows } => combined.delete(table, key, piece(rows))?,
                Change::Execute(statement) => combined.statement(statement),
                Change::Each(..) => {
                    return Err(SqlError::failed(
                        "a change is not for this database",
                        std::fmt::Error,
                    ));
                }
            }
            combined.text.push(')');
        }
        combined.text.push(' ');
        for (place, question) in questions.iter().enumerate() {
            combined.text.push_str(&format!(
                "SELECT {place}, q.k, q.a::bigint, q.b::bigint, q.c::bigint FROM ("
            ));
            combined.statement(question);
            combined.text.push_str(") q (k, a, b, c) UNION ALL ");
        }
        combined
            .text
            .push_str(&format!("SELECT -1, ''::bytea, {taken}, 0::bigint, 0::bigint"));
        Ok(combined)
    }
}

/// What one statement takes of many rows.
fn piece<T>(rows: &[T]) -> &[T] {
    rows.get(..ROWS).unwrap_or(rows)
}

/// What is left for further statements.
pub(super) fn rest<T>(rows: &[T]) -> &[T] {
    rows.get(ROWS..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::Dialect;

    #[test]
    fn parameters_are_counted_on() {
        let one = |value: i64| {
            let mut statement = Statement::new(Dialect::Postgres, "SELECT id, a, b, c FROM t WHERE x = ");
            statement.bind(value).text(" AND y = ").bind(value + 1);
            statement
        };
        let statements = [one(1), one(3)];
        let announced = SqlValue::Int(5);
        let combined = Combined::lock(Some(&announced), &statements);
        for wanted in [
            "x = $1 AND y = $2)",
            "x = $3 AND y = $4)",
            "number = $5 RETURNING",
        ] {
            assert!(combined.text.contains(wanted), "{wanted} in {}", combined.text);
        }
        let bound: Vec<_> = combined
            .parameters
            .iter()
            .map(|parameter| match parameter {
                Parameter::One(SqlValue::Int(number)) => *number,
                _ => 0,
            })
            .collect();
        assert_eq!(bound, [1, 2, 3, 4, 5]);
    }

    #[test]
    fn answers_of_several_questions_come_apart() {
        let ask = |text: &str| Statement::new(Dialect::Postgres, text);
        let (one, two) = (ask("SELECT a, b FROM t"), ask("SELECT d, e, f FROM u"));
        let asked = AtOnce::new(vec![
            (&one, &[Shape::Small, Shape::Text]),
            (&two, &[Shape::Text, Shape::Uuid, Shape::Int]),
        ]);
        assert_eq!(
            Combined::questions(&asked).text,
            "SELECT 0, NULL::uuid, q.c0::bigint, q.c1::text FROM (SELECT a, b FROM t) q (c0, c1) UNION ALL \
             SELECT 1, q.c1::uuid, q.c2::bigint, q.c0::text FROM (SELECT d, e, f FROM u) q (c0, c1, c2)"
        );
        let null = || SqlValue::Null(Shape::Text);
        let row = asked.row_of(0, Row(vec![null(), 7i64.into(), "x".into()]));
        assert!(row.0 == [SqlValue::Int(7), "x".into()]);
        let uuid = Uuid::from_u128(5);
        let row = asked.row_of(1, Row(vec![uuid.into(), 7i64.into(), null()]));
        assert!(row.0 == [null(), uuid.into(), SqlValue::Int(7)]);
    }

    #[test]
    fn the_text_does_not_depend_on_how_many_rows_there_are() {
        let change = |count: i64| {
            let rows = (0..count).map(|n| vec![n.into(), "text".into()]).collect();
            [Change::Insert(Insert::new("t", &["a", "b"]), rows)]
        };
        let (few, many) = (change(1), change(500));
        let text = |changes| Combined::together(&[], changes).unwrap().text;
        assert_eq!(text(&few), text(&many));
        assert!(text(&few).contains("SELECT * FROM UNNEST($1::bigint[], $2::text[])"));
    }
}
