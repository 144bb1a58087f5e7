//! CEL expressions over the attributes of an object: total, without side effects, with bounds on what they cost: 4,000
//! bytes, two loops inside of each other, texts that `replace` makes at most 10,000 times as long.
//!
//! What is not there is decided once: an expression that reads an attribute that the object does not have gives no
//! value, as `null` does. `has(source.mail)` asks whether it is there.

use std::{collections::HashMap, sync::Arc};

use cel::{
    Context, Env, ExecutionError, Program,
    common::ast::{EntryExpr, Expr, IdedExpr, LiteralValue},
    objects::{Key, Map, Value as Cel},
};
use iam_core::{
    model::{Moment, Value},
    port::SourceObject,
    search::with_room,
    wire::FieldProblem,
};

use crate::table::mapping;

/// The longest expression.
const LONGEST: usize = 4000;
/// Macros such as `map` inside of each other: the work is the product of the lengths of their lists.
const LOOPS: u32 = 2;
/// How much longer a text may become by `replace`.
const GROWTH: u64 = 10_000;

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
        let program = with_room(|| self.env.compile(text)).map_err(|error| wrong(error.to_string()))?;
        let cost = Cost::of(program.expression());
        if cost.loops > LOOPS {
            return Err(wrong(format!("has more than {LOOPS} loops inside of each other")));
        }
        if cost.growth > GROWTH {
            return Err(wrong(
                "replaces so often that a text could grow without bounds".to_owned(),
            ));
        }
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

/// What an expression can cost, whatever it is evaluated on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cost {
    /// Loops inside of each other.
    loops: u32,
    /// By which factor texts can become longer.
    growth: u64,
}

impl Cost {
    const NONE: Cost = Cost { loops: 0, growth: 1 };

    /// One beside the other.
    fn and(self, other: Cost) -> Cost {
        Cost {
            loops: self.loops.max(other.loops),
            growth: self.growth.saturating_mul(other.growth),
        }
    }

    fn all<'a>(of: impl IntoIterator<Item = &'a IdedExpr>) -> Cost {
        of.into_iter().map(Cost::of).fold(Cost::NONE, Cost::and)
    }

    fn of(expression: &IdedExpr) -> Cost {
        match &expression.expr {
            Expr::Call(call) => {
                let inner = Cost::all(call.target.as_deref().into_iter().chain(&call.args));
                if call.func_name != "replace" {
                    return inner;
                }
                let by = match call.args.get(1).map(|argument| &argument.expr) {
                    Some(Expr::Literal(LiteralValue::String(text))) => text.inner().chars().count() as u64,
                    // As long as a text of a source commonly is.
                    _ => 256,
                };
                Cost {
                    growth: inner.growth.saturating_mul(by.max(1)),
                    ..inner
                }
            }
            Expr::Comprehension(each) => {
                let inside = Cost::all([&each.accu_init, &each.loop_cond, &each.loop_step, &each.result]);
                let inside = Cost {
                    loops: inside.loops + 1,
                    ..inside
                };
                inside.and(Cost::of(&each.iter_range))
            }
            Expr::List(list) => Cost::all(&list.elements),
            Expr::Select(select) => Cost::of(&select.operand),
            Expr::Map(map) => entries(map.entries.iter().map(|entry| &entry.expr)),
            Expr::Struct(object) => entries(object.entries.iter().map(|entry| &entry.expr)),
            Expr::Unspecified | Expr::Ident(_) | Expr::Literal(_) => Cost::NONE,
        }
    }
}

fn entries<'a>(of: impl Iterator<Item = &'a EntryExpr>) -> Cost {
    of.map(|entry| match entry {
        EntryExpr::StructField(field) => Cost::of(&field.value),
        EntryExpr::MapEntry(pair) => Cost::all([&pair.key, &pair.value]),
    })
    .fold(Cost::NONE, Cost::and)
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

    #[test]
    fn what_could_take_for_ever_is_refused() {
        let ten = "[0,1,2,3,4,5,6,7,8,9]";
        let nested =
            |depth: usize| (0..depth).fold("true".to_owned(), |inner, n| format!("{ten}.all(x{n}, {inner})"));
        assert_eq!(value(&nested(2)), Ok(Some(true.into())));
        assert!(
            value(&nested(3))
                .unwrap_err()
                .contains("loops inside of each other")
        );
        // One after the other is a sum and no product.
        let chained = format!("{ten}.filter(x, x > 1).map(x, x + 1).map(x, x * 2).exists(x, x == 6)");
        assert_eq!(value(&chained), Ok(Some(true.into())));
        let doubled = |times: usize| format!("'a'{}", ".replace('a', 'aa')".repeat(times));
        assert_eq!(value(&doubled(2)), Ok(Some("aaaa".into())));
        assert!(value(&doubled(100)).unwrap_err().contains("grow without bounds"));
        for text in [
            "(".repeat(3_000),
            "!".repeat(3_999),
            "[".repeat(3_000),
            "a.".repeat(1_900) + "b",
        ] {
            assert!(value(&text).is_err(), "{}", &text[..10]);
        }
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
