//! A mapping, checked against the columns of a table and the attributes of a kind.

use std::collections::BTreeSet;

use iam_core::{
    model::{AttributeDefinition, AttributeType, EntityId, Kind, Value, fold},
    plan::Schema,
    rules::from_text,
    wire::{FieldProblem, Problem},
};

use super::{
    Column, Empty, Input, Mapping, Others, Transform, When, code_of, is_importable, target,
    transform::{self, Part},
};
use crate::table::{Headers, Row, RowProblem};

/// How a cell names another record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// By its identifier.
    Id(EntityId),
    /// By the value of an attribute.
    Value {
        /// The kind of the other record.
        kind: Kind,
        /// Which attribute of it.
        by: String,
        /// Its value.
        text: String,
    },
}

/// What a row says about an attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum Mapped {
    /// There is no value.
    Clear,
    /// This value.
    Value(Value),
    /// This value, with a number behind it when somebody else has it.
    Distinct(String),
    /// These records.
    References(Vec<Key>),
}

/// An attribute that a table sets.
#[derive(Debug, Clone)]
pub struct Field {
    /// The attribute.
    pub definition: AttributeDefinition,
    /// How problems name the column: its header, or the template.
    pub column: String,
    /// When the value is used.
    pub when: When,
    parts: Vec<Place>,
    steps: Vec<Transform>,
    ascii: bool,
    distinct: bool,
    reference: Option<(Kind, String)>,
    separator: Option<char>,
}

#[derive(Debug, Clone)]
enum Place {
    Text(String),
    Cell(usize),
}

/// A mapping that fits a table and a kind.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The attributes that are set, in the order of the mapping, then of the columns.
    pub fields: Vec<Field>,
    /// The columns that are not used.
    pub unused: Vec<String>,
    empty: Empty,
}

impl Mapping {
    /// Checks the mapping against the columns of a table and the attributes of a kind.
    ///
    /// # Errors
    /// [`Code::Invalid`](iam_core::wire::Code) names every attribute and column that does not exist, cannot be set or is set twice.
    pub fn compile(&self, headers: &Headers, schema: &Schema, kind: Kind) -> Result<Compiled, Problem> {
        let mut compiled = Compiled {
            fields: Vec::new(),
            unused: Vec::new(),
            empty: self.empty,
        };
        let mut problems = Vec::new();
        let mut used = BTreeSet::new();
        for column in &self.columns {
            match field(column, headers, schema, kind) {
                Ok(field) if compiled.field(&field.definition.name).is_some() => {
                    problems.push(FieldProblem::new(
                        &column.attribute,
                        "mapping.twice",
                        "is mapped twice",
                    ));
                }
                Ok(field) => {
                    // A cell that is only a part of a template can still be an attribute of its own.
                    if let (Input::Column(_), [Place::Cell(place)]) = (&column.from, field.parts.as_slice()) {
                        used.insert(*place);
                    }
                    compiled.fields.push(field);
                }
                Err(problem) => problems.push(problem),
            }
        }
        for (place, name) in headers.names().iter().enumerate() {
            if used.contains(&place) {
                continue;
            }
            let attribute = match self.others {
                Others::Match => matching(name, schema, kind),
                Others::Ignore => None,
            };
            match attribute {
                // What the mapping says about an attribute goes before a column that happens to bear its name.
                Some(definition)
                    if is_importable(definition) && compiled.field(&definition.name).is_none() =>
                {
                    let column = Column::named(name.as_str()).to(definition.name.as_str());
                    match field(&column, headers, schema, kind) {
                        Ok(field) => compiled.fields.push(field),
                        Err(problem) => problems.push(problem),
                    }
                }
                _ if !self.reads(place, headers) => compiled.unused.push(name.clone()),
                _ => {}
            }
        }
        if problems.is_empty() {
            Ok(compiled)
        } else {
            Err(Problem::fields(problems))
        }
    }

    /// Whether a template reads the column.
    fn reads(&self, place: usize, headers: &Headers) -> bool {
        self.columns.iter().any(|column| match &column.from {
            Input::Template(pattern) => transform::parts(pattern).is_ok_and(|parts| {
                parts
                    .iter()
                    .any(|part| matches!(part, Part::Column(name) if headers.place(name) == Some(place)))
            }),
            _ => false,
        })
    }
}

/// The attribute whose name, or else whose label, a header bears.
fn matching<'a>(header: &str, schema: &'a Schema, kind: Kind) -> Option<&'a AttributeDefinition> {
    let plain = |text: &str| -> String { fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    let wanted = plain(header);
    schema.attribute(kind, header).or_else(|| {
        let by = |named: fn(&AttributeDefinition) -> &str| {
            schema
                .attributes(kind)
                .find(|definition| plain(named(definition)) == wanted)
        };
        by(|definition| &definition.name).or_else(|| by(|definition| &definition.label))
    })
}

fn field(column: &Column, headers: &Headers, schema: &Schema, kind: Kind) -> Result<Field, FieldProblem> {
    let problem = |code: &str, message: String| FieldProblem::new(column.attribute.as_str(), code, message);
    let place = |name: &str| {
        headers.place(name).map(Place::Cell).ok_or_else(|| {
            problem(
                "mapping.column",
                format!(
                    "there is no column “{name}”; the columns are {}",
                    headers.names().join(", ")
                ),
            )
        })
    };
    let definition = schema.attribute(kind, &column.attribute).ok_or_else(|| {
        problem(
            "attribute.unknown",
            format!("there is no such attribute of a {kind}"),
        )
    })?;
    if !is_importable(definition) {
        return Err(problem(
            "attribute.read_only",
            "cannot be set by an import".to_owned(),
        ));
    }
    let parts = match &column.from {
        Input::Column(name) => vec![place(name)?],
        Input::Constant(text) => vec![Place::Text(text.clone())],
        Input::Template(pattern) => transform::parts(pattern)
            .map_err(|message| problem("mapping.template", message))?
            .into_iter()
            .map(|part| match part {
                Part::Text(text) => Ok(Place::Text(text)),
                Part::Column(name) => place(&name),
            })
            .collect::<Result<_, _>>()?,
    };
    let has = |wanted: Transform| column.transform.contains(&wanted);
    let (ascii, distinct) = (has(Transform::Ascii), has(Transform::Distinct));
    let reference = reference(column, definition, schema)?;
    if distinct && (definition.multiple || reference.is_some() || !definition.searchable) {
        return Err(problem(
            "mapping.distinct",
            "only a single, searchable text can be made distinct".to_owned(),
        ));
    }
    Ok(Field {
        column: match &column.from {
            Input::Column(name) => headers
                .place(name)
                .map_or_else(|| name.clone(), |place| headers.name(place)),
            Input::Template(text) | Input::Constant(text) => text.clone(),
        },
        when: if distinct { When::Unset } else { column.when },
        parts,
        steps: column.transform.clone(),
        ascii,
        distinct,
        separator: column.transform.iter().find_map(|step| match step {
            Transform::Split(separator) => Some(*separator),
            _ => None,
        }),
        reference,
        definition: definition.clone(),
    })
}

/// Which kind of record a field names, and by what.
fn reference(
    column: &Column,
    definition: &AttributeDefinition,
    schema: &Schema,
) -> Result<Option<(Kind, String)>, FieldProblem> {
    let problem =
        |message: String| FieldProblem::new(column.attribute.as_str(), "mapping.reference", message);
    let builtin = target(definition.kind, &definition.name);
    let asked = column.transform.iter().find_map(|step| match step {
        Transform::Reference { by, kind } => Some((by, *kind)),
        _ => None,
    });
    if definition.value_type != AttributeType::Reference {
        return match asked {
            Some(_) => Err(problem("is not a reference".to_owned())),
            None => Ok(None),
        };
    }
    let Some((by, kind)) = asked else {
        return Ok(builtin.map(|kind| (kind, code_of(kind).to_owned())));
    };
    let kind = builtin
        .or(kind)
        .ok_or_else(|| problem("say which kind of record is meant".to_owned()))?;
    match schema.attribute(kind, by) {
        Some(definition) if definition.searchable => Ok(Some((kind, by.clone()))),
        Some(_) => Err(problem(format!("`{by}` of a {kind} is not searchable"))),
        None => Err(problem(format!("a {kind} has no attribute `{by}`"))),
    }
}

impl Compiled {
    /// The field of an attribute.
    pub fn field(&self, attribute: &str) -> Option<&Field> {
        self.fields
            .iter()
            .find(|field| field.definition.name == attribute)
    }

    /// What a row says: for each field its value, `None` where it says nothing.
    ///
    /// # Errors
    /// Every cell that is wrong.
    pub fn apply(&self, row: &Row) -> Result<Vec<Option<Mapped>>, Vec<RowProblem>> {
        let mut problems = Vec::new();
        let mut values = Vec::with_capacity(self.fields.len());
        for field in &self.fields {
            match self.read(field, row) {
                Ok(value) => values.push(value),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() {
            Ok(values)
        } else {
            Err(problems)
        }
    }

    /// What a row says about one field.
    ///
    /// # Errors
    /// When the cell is wrong.
    pub fn value(&self, field: usize, row: &Row) -> Result<Option<Mapped>, RowProblem> {
        match self.fields.get(field) {
            Some(field) => self.read(field, row),
            None => Ok(None),
        }
    }

    fn read(&self, field: &Field, row: &Row) -> Result<Option<Mapped>, RowProblem> {
        field
            .value(row, self.empty)
            .map_err(|(code, message)| RowProblem::new(row.number, code, message).in_column(&field.column))
    }
}

impl Field {
    /// The kind of record that its cells name.
    pub fn references(&self) -> Option<Kind> {
        self.reference.as_ref().map(|(kind, _)| *kind)
    }

    /// The attribute by which its cells name other records.
    pub fn referenced_by(&self) -> Option<&str> {
        self.reference.as_ref().map(|(_, by)| by.as_str())
    }

    /// Whether its values get a number where somebody else has them.
    pub fn is_distinct(&self) -> bool {
        self.distinct
    }

    fn value(&self, row: &Row, empty: Empty) -> Result<Option<Mapped>, (String, String)> {
        // A row that ends early says nothing about the columns behind its end.
        let missing = |part: &Place| matches!(part, Place::Cell(place) if row.cell(*place).is_none());
        let says_nothing = self.parts.iter().all(missing);
        let mut text = self.text(row);
        for step in &self.steps {
            // In a template the cells were folded one by one.
            if !(self.ascii && *step == Transform::Ascii && self.parts.len() > 1) {
                text = transform::apply(step, text)
                    .map_err(|message| ("value.not_convertible".to_owned(), message))?;
            }
        }
        if text.is_empty() {
            return Ok((empty == Empty::Clear && !says_nothing).then_some(Mapped::Clear));
        }
        if let Some(separator) = self.separator.filter(|separator| *separator != ';') {
            text = text.replace(';', "\\;").replace(separator, ";");
        }
        if let Some((kind, by)) = &self.reference {
            return Ok(Some(Mapped::References(self.keys(&text, *kind, by))));
        }
        match from_text(&self.definition, &text) {
            Ok(Some(Value::Text(text))) if self.distinct => Ok(Some(Mapped::Distinct(text.into()))),
            Ok(Some(value)) => Ok(Some(Mapped::Value(value))),
            Ok(None) => Ok(None),
            Err(problem) => Err((problem.code.to_owned(), problem.message)),
        }
    }

    fn text(&self, row: &Row) -> String {
        if let [Place::Cell(place)] = self.parts.as_slice() {
            return row.cell(*place).unwrap_or_default().trim().to_owned();
        }
        let mut text = String::new();
        let mut filled = self.parts.iter().all(|part| matches!(part, Place::Text(_)));
        for part in &self.parts {
            match part {
                Place::Text(between) => text.push_str(between),
                Place::Cell(place) => {
                    let cell = row.cell(*place).unwrap_or_default().trim();
                    let before = text.len();
                    if self.ascii {
                        text.push_str(&transform::ascii(cell));
                    } else {
                        text.push_str(cell);
                    }
                    filled |= text.len() > before;
                }
            }
        }
        match (filled, self.ascii) {
            (false, _) => String::new(),
            (true, true) => transform::tidy(&text),
            (true, false) => text.trim().to_owned(),
        }
    }

    fn keys(&self, text: &str, kind: Kind, by: &str) -> Vec<Key> {
        let mut keys = Vec::new();
        let single = [text.to_owned()];
        let several;
        let texts: &[String] = if self.definition.multiple {
            several = split(text);
            &several
        } else {
            &single
        };
        for text in texts
            .iter()
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
        {
            let key = match text.parse::<EntityId>() {
                Ok(id) if id.kind == kind => Key::Id(id),
                _ => Key::Value {
                    kind,
                    by: by.to_owned(),
                    text: text.to_owned(),
                },
            };
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }
}

/// Splits at semicolons that no backslash precedes, as [`from_text`] does.
fn split(text: &str) -> Vec<String> {
    let mut items = Vec::new();
    let mut item = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => item.push(rest.next_if(|next| matches!(next, ';' | '\\')).unwrap_or(c)),
            ';' => items.push(std::mem::take(&mut item)),
            _ => item.push(c),
        }
    }
    items.push(item);
    items
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
