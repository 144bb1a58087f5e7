//! CEL expressions over the attributes of an object: total, without side effects, in linear time.
//!
//! What is not there is decided once: an expression that reads an attribute that the object does not have gives no
//! value, as `null` does. `has(source.mail)` asks whether it is there.

use std::{collections::HashMap, sync::Arc};

use cel::{
    Context, Env, ExecutionError, Program,
    objects::{Key, Map, Value as Cel},
};
use iam_core::{
    model::{Moment, Value},
    port::SourceObject,
    wire::FieldProblem,
};

use crate::table::mapping;

/// The longest expression.
const LONGEST: usize = 4000;

/// The functions and names that expressions know, besides those of CEL and its string extension: `ascii(text)`,
/// `phone(text, country)`.
pub struct Scope {
    context: Context<'static, 'static>,
    env: Arc<Env>,
}

impl std::fmt::Debug for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Scope")
    }
}

impl Scope {
    /// A scope in which `now` is this moment.
    ///
    /// # Errors
    /// None that is known: the functions have names of their own.
    pub fn new(now: Moment) -> Result<Scope, FieldProblem> {
        let wrong = |error: String| FieldProblem::new("expression", "expression.environment", error);
        let mut env = Env::stdlib();
        env.add_extension(cel::extensions::strings)
            .map_err(|error| wrong(error.to_string()))?;
        let env = Arc::new(env);
        let mut context = Context::with_env(env.clone());
        context
            .add_function("ascii", |text: Arc<String>| mapping::ascii(&text))
            .map_err(|error| wrong(error.to_string()))?;
        context
            .add_function("phone", |text: Arc<String>, country: Arc<String>| {
                mapping::phone(&text, &country)
            })
            .map_err(|error| wrong(error.to_string()))?;
        context.add_variable_from_value("now", Cel::Timestamp(now.date_time().fixed_offset()));
        Ok(Scope { context, env })
    }

    /// Compiles an expression.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn compile(&self, text: &str, field: &str) -> Result<Expression, FieldProblem> {
        let wrong = |message: String| FieldProblem::new(field, "expression.syntax", message);
        if text.len() > LONGEST {
            return Err(wrong(format!("is longer than {LONGEST} bytes")));
        }
        let program = self.env.compile(text).map_err(|error| wrong(error.to_string()))?;
        let unknown: Vec<String> = {
            let references = program.references();
            references
                .variables()
                .into_iter()
                .filter(|name| !matches!(*name, "source" | "now") && !name.starts_with('@'))
                .map(str::to_owned)
                .collect()
        };
        // The variables of macros are their own; they never stand alone at the top.
        let macros = [".all(", ".exists(", ".map(", ".filter(", ".exists_one("];
        if let (Some(name), false) = (unknown.first(), macros.iter().any(|name| text.contains(name))) {
            return Err(wrong(format!(
                "`{name}` is not known; attributes are read as `source.{name}`"
            )));
        }
        Ok(Expression { program })
    }

    /// What an object looks like to expressions.
    pub fn object(&self, object: &SourceObject) -> Cel {
        let mut map: HashMap<Key, Cel> = HashMap::with_capacity(object.attributes.len() + 2);
        map.insert(key("identifier"), text(&object.identifier));
        if let Some(name) = &object.name {
            map.insert(key("name"), text(name));
        }
        for (name, value) in &object.attributes {
            map.insert(key(name), to_cel(value));
        }
        Cel::Map(Map { map: Arc::new(map) })
    }

    /// Evaluates an expression on an object.
    ///
    /// # Errors
    /// A message, when a function refuses or types do not fit.
    pub fn evaluate(&self, expression: &Expression, object: &Cel) -> Result<Option<Value>, String> {
        let mut inner = self.context.new_inner_scope();
        inner.add_variable_from_value("source", object.clone());
        match expression.program.execute(&inner) {
            Ok(value) => from_cel(&value),
            Err(ExecutionError::NoSuchKey(_)) => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// A compiled expression.
#[derive(Debug)]
pub struct Expression {
    program: Program,
}

fn key(name: &str) -> Key {
    Key::String(Arc::new(name.to_owned()))
}

fn text(text: &str) -> Cel {
    Cel::String(Arc::new(text.to_owned()))
}

fn to_cel(value: &Value) -> Cel {
    match value {
        Value::Boolean(value) => Cel::Bool(*value),
        Value::Integer(value) => Cel::Int(*value),
        Value::Number(value) => Cel::Float(*value),
        Value::Text(value) => text(value),
        Value::List(list) => Cel::List(Arc::new(list.iter().map(to_cel).collect())),
        Value::Object(object) => Cel::Map(Map {
            map: Arc::new(
                object
                    .iter()
                    .map(|(name, value)| (key(name), to_cel(value)))
                    .collect(),
            ),
        }),
    }
}

fn from_cel(value: &Cel) -> Result<Option<Value>, String> {
    Ok(match value {
        Cel::Null => None,
        Cel::Bool(value) => Some(Value::Boolean(*value)),
        Cel::Int(value) => Some(Value::Integer(*value)),
        Cel::UInt(value) => Some(Value::Integer(i64::try_from(*value).unwrap_or(i64::MAX))),
        Cel::Float(value) => Some(Value::Number(*value)),
        Cel::String(text) => Some(text.as_str().into()),
        Cel::Timestamp(time) => Some(Moment::from(time.to_utc()).into()),
        Cel::List(list) => {
            let mut values = Vec::with_capacity(list.len());
            for value in list.iter() {
                values.extend(from_cel(value)?);
            }
            Some(Value::List(values))
        }
        other => {
            return Err(format!(
                "an expression cannot give a value of the type {:?}",
                other.type_of()
            ));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Result<Option<Value>, String> {
        let scope = Scope::new("2026-11-21T08:00:00Z".parse().unwrap()).unwrap();
        let object = SourceObject::new("7")
            .with("sn", "Lovelace")
            .with("givenName", "Ada")
            .with("mail", vec!["ada@example.com", "al@example.com"])
            .with("level", 4i64);
        let expression = scope.compile(text, "test").map_err(|problem| problem.message)?;
        scope.evaluate(&expression, &scope.object(&object))
    }

    /// S0-138
    #[test]
    fn expressions_read_the_attributes_of_the_object() {
        assert_eq!(
            value("source.givenName.lowerAscii() + '.' + ascii(source.sn)"),
            Ok(Some("ada.lovelace".into()))
        );
        assert_eq!(value("source.mail[0]"), Ok(Some("ada@example.com".into())));
        assert_eq!(value("source.level > 3"), Ok(Some(true.into())));
        assert_eq!(
            value("phone('030 123456', '+49')"),
            Ok(Some("+4930123456".into()))
        );
        assert_eq!(
            value("source.mail.filter(m, m.startsWith('al'))"),
            Ok(Some(vec!["al@example.com"].into()))
        );
        assert_eq!(
            value("now > timestamp('2020-01-01T00:00:00Z')"),
            Ok(Some(true.into()))
        );
    }

    #[test]
    fn what_is_not_there_has_no_value_and_what_is_wrong_is_said() {
        assert_eq!(value("source.absent"), Ok(None));
        assert_eq!(
            value("has(source.absent) ? source.absent : 'none'"),
            Ok(Some("none".into()))
        );
        assert!(value("sn + 1").unwrap_err().contains("source.sn"));
        assert!(value("source.sn +").is_err());
        assert!(value("source.sn + 1").is_err());
        assert!(value(&"1 + ".repeat(2000)).unwrap_err().contains("longer"));
    }
}
