//! Exporting records as tables that an import reads back.

use std::{
    collections::{BTreeSet, HashMap},
    io::Write,
};

use iam_core::{
    model::{AttributeDefinition, AttributeType, EdgeOrigin, EntityId, Kind, Record, Value},
    plan::{Direction, Schema},
    search::{MAXIMUM_LIMIT, Predicate, Search},
    service::Acting,
    wire::{Code, FieldProblem, Problem},
};

use crate::{
    import::relation_of,
    table::{
        WriteOptions, Writer,
        mapping::{code_of, is_importable},
    },
};

/// Which records to export, and which of their attributes.
///
/// References are written as what identifies the other record for people (`user_name`, `code`, `name`), several
/// values with `;` between them. Of memberships and the like the direct ones are written: those that follow from a
/// rule would become direct ones when the table is imported again.
///
/// ```
/// # use std::sync::Arc;
/// # use iam_core::{command::CreateUser, model::Kind, service::Iam};
/// # use iam_storage::{host, memory::MemoryStorage};
/// use iam_sync::export::Export;
///
/// # pollster::block_on(async {
/// # let iam = Iam::new(Arc::new(MemoryStorage::new()), host::system([1; 32]))?;
/// # let acting = iam.realm("acme").await?.host("docs");
/// acting.execute(CreateUser::new("ada").set("phone", "+4930123456")).await?;
/// let export = Export::of(Kind::User).columns(["user_name", "phone"]);
/// let (table, rows) = export.write(&acting, Vec::new()).await?;
/// assert_eq!((table, rows), (b"user_name,phone\r\nada,'+4930123456\r\n".to_vec(), 1));
/// # Ok::<(), iam_core::wire::Problem>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone, Default)]
pub struct Export {
    kind: Option<Kind>,
    columns: Vec<String>,
    filter: Predicate,
    options: WriteOptions,
}

impl Export {
    /// Records of a kind: users (S0-2), organizations (S0-75), positions (S0-103), or any other.
    pub fn of(kind: Kind) -> Export {
        Export {
            kind: Some(kind),
            ..Export::default()
        }
    }

    /// These attributes, in this order. Without it: what identifies the record for people, then the attributes that
    /// the realm's lists display; where the realm chose none, everything that an import can set and that has a value
    /// somewhere.
    #[must_use]
    pub fn columns<S: Into<String>>(mut self, columns: impl IntoIterator<Item = S>) -> Export {
        self.columns = columns.into_iter().map(Into::into).collect();
        self
    }

    /// Only records that match.
    #[must_use]
    pub fn filter(mut self, filter: Predicate) -> Export {
        self.filter = filter;
        self
    }

    /// How to write.
    #[must_use]
    pub fn options(mut self, options: WriteOptions) -> Export {
        self.options = options;
        self
    }

    /// Writes the table, page by page; answers with the target and the number of rows.
    ///
    /// # Errors
    /// [`Code::Invalid`] names columns that are no attributes of the kind; [`Code::File`] when writing fails;
    /// failures of the search.
    pub async fn write<W: Write + Send>(&self, acting: &Acting<'_>, to: W) -> Result<(W, u64), Problem> {
        let kind = self.kind.unwrap_or(Kind::User);
        let schema = acting.schema().await?;
        let columns = self.definitions(acting, &schema, kind).await?;
        let mut writer = Writer::with(
            to,
            columns.iter().map(|column| column.name.as_str()),
            self.options.clone(),
        )?;
        let mut codes = Codes::default();
        let mut search = Search::new(kind).filter(self.filter.clone()).limit(MAXIMUM_LIMIT);
        let mut rows = 0;
        loop {
            let page = acting.search(&search).await?;
            let mut table = Vec::with_capacity(page.items.len());
            for record in &page.items {
                let mut cells = Vec::with_capacity(columns.len());
                for column in &columns {
                    cells.push(cell(acting, record, column).await?);
                }
                table.push(cells);
            }
            codes.look_up(acting, &table).await?;
            for cells in table {
                writer.write(cells.iter().map(|cell| codes.text(cell)))?;
                rows += 1;
            }
            match page.next {
                Some(next) => search = search.cursor(next),
                None => return Ok((writer.finish()?, rows)),
            }
        }
    }

    async fn definitions(
        &self,
        acting: &Acting<'_>,
        schema: &Schema,
        kind: Kind,
    ) -> Result<Vec<AttributeDefinition>, Problem> {
        let displayed = schema
            .settings
            .displayed
            .get(kind.name())
            .cloned()
            .unwrap_or_default();
        let names = match (self.columns.is_empty(), displayed.is_empty()) {
            (false, _) => self.columns.clone(),
            (true, false) => {
                let code = code_of(kind).to_owned();
                let rest = displayed.into_iter().filter(|name| *name != code);
                std::iter::once(code.clone()).chain(rest).collect()
            }
            (true, true) => self.filled(acting, schema, kind).await?,
        };
        let mut definitions = Vec::with_capacity(names.len());
        let mut problems = Vec::new();
        for name in names {
            match schema.attribute(kind, &name) {
                Some(definition) => definitions.push(definition.clone()),
                None => problems.push(FieldProblem::new(
                    name,
                    "attribute.unknown",
                    format!("there is no such attribute of a {kind}"),
                )),
            }
        }
        match problems.is_empty() {
            true => Ok(definitions),
            false => Err(Problem::fields(problems)),
        }
    }

    /// What an import could set and some record has.
    async fn filled(&self, acting: &Acting<'_>, schema: &Schema, kind: Kind) -> Result<Vec<String>, Problem> {
        let mut filled = BTreeSet::new();
        let mut search = Search::new(kind).filter(self.filter.clone()).limit(MAXIMUM_LIMIT);
        loop {
            let page = acting.search(&search).await?;
            filled.extend(
                page.items
                    .iter()
                    .flat_map(|record| record.attributes.keys().map(String::from)),
            );
            match page.next {
                Some(next) => search = search.cursor(next),
                None => break,
            }
        }
        let code = code_of(kind);
        let wanted = |definition: &&AttributeDefinition| {
            is_importable(definition)
                && (filled.contains(&definition.name) || relation_of(&definition.name).is_some())
                || definition.name == code
        };
        let mut names: Vec<String> = schema
            .attributes(kind)
            .filter(wanted)
            .map(|definition| definition.name.clone())
            .collect();
        names.sort_by_key(|name| name != code);
        Ok(names)
    }
}

/// What stands in a cell, before references have their codes.
enum Cell {
    Text(String),
    References { ids: Vec<EntityId>, several: bool },
}

async fn cell(acting: &Acting<'_>, record: &Record, column: &AttributeDefinition) -> Result<Cell, Problem> {
    if let Some(relation) = relation_of(&column.name).filter(|_| column.derived) {
        let edges = acting.edges(record.id, Direction::From, relation).await?;
        let direct = edges
            .iter()
            .filter(|edge| edge.origins.contains(&EdgeOrigin::Direct));
        return Ok(Cell::References {
            ids: direct.map(|edge| edge.key.to).collect(),
            several: column.multiple,
        });
    }
    let Some(value) = record.value(&column.name) else {
        return Ok(Cell::Text(String::new()));
    };
    if column.value_type == AttributeType::Reference {
        let ids = value
            .elements()
            .iter()
            .filter_map(|value| value.as_text()?.parse().ok());
        return Ok(Cell::References {
            ids: ids.collect(),
            several: column.multiple,
        });
    }
    text_of(column, value).map(Cell::Text)
}

/// The text from which an import reads the same value.
fn text_of(column: &AttributeDefinition, value: &Value) -> Result<String, Problem> {
    let json = |value: &Value| {
        serde_json::to_string(value).map_err(|error| {
            Problem::new(Code::Corrupt, "a value cannot be written as JSON")
                .about(&column.name)
                .caused_by(error)
        })
    };
    if column.value_type == AttributeType::Object {
        return json(value);
    }
    let single = |value: &Value| match value {
        Value::Text(text) => Ok(text.to_string()),
        other => json(other),
    };
    match value {
        Value::List(list) => {
            let texts = list.iter().map(|value| single(value).map(|text| escaped(&text)));
            Ok(texts.collect::<Result<Vec<_>, _>>()?.join(";"))
        }
        value => single(value),
    }
}

/// A text that may stand between semicolons.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;")
}

/// What identifies records for people.
#[derive(Default)]
struct Codes {
    known: HashMap<EntityId, String>,
}

impl Codes {
    async fn look_up(&mut self, acting: &Acting<'_>, table: &[Vec<Cell>]) -> Result<(), Problem> {
        let mut wanted = BTreeSet::new();
        for cell in table.iter().flatten() {
            if let Cell::References { ids, .. } = cell {
                wanted.extend(ids.iter().filter(|id| !self.known.contains_key(id)).copied());
            }
        }
        for record in acting.find_all(wanted).await? {
            let code = record.text(code_of(record.kind()));
            if !code.is_empty() {
                self.known.insert(record.id, code.to_owned());
            }
        }
        Ok(())
    }

    fn text(&self, cell: &Cell) -> String {
        match cell {
            Cell::Text(text) => text.clone(),
            Cell::References { ids, several } => {
                let code = |id: &EntityId| match self.known.get(id) {
                    Some(code) if *several => escaped(code),
                    Some(code) => code.clone(),
                    None => id.to_string(),
                };
                ids.iter().map(code).collect::<Vec<_>>().join(";")
            }
        }
    }
}
