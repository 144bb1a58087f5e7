//! Checking a value against its definition and bringing it into the one form that is stored.

use std::{borrow::Cow, collections::BTreeSet, fmt};

use super::{MAXIMUM_KEY, MAXIMUM_VALUES, Pattern, format as form};
use crate::model::{AttributeDefinition, AttributeType, Value};

/// Nesting of a structure at most.
const DEPTH: usize = 16;
/// Bytes of all texts of a structure at most, with a few for each value.
const SIZE: usize = 256 << 10;
/// Up to here every whole number has a double of its own.
const EXACT: u64 = 1 << 53;

/// Why a value was refused, and how to fix it.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ValueProblem {
    /// A stable code such as `value.too_long`.
    pub code: &'static str,
    /// What was wrong and how to fix it; quotes at most 40 characters of the input.
    pub message: String,
}

impl ValueProblem {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        ValueProblem {
            code,
            message: message.into(),
        }
    }
}

/// The message may quote a personal value: `Debug` shows the code alone.
impl fmt::Debug for ValueProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ValueProblem({})", self.code)
    }
}

/// Input as a message may show it: quoted, at most 40 characters, without control characters.
pub(crate) fn quoted(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(40)
        .map(|c| {
            if c.is_control() {
                char::REPLACEMENT_CHARACTER
            } else {
                c
            }
        })
        .collect();
    if text.chars().nth(40).is_some() {
        shown.push('…');
    }
    format!("“{shown}”")
}

/// The code points that a text-like attribute may hold; `None` for the other types.
///
/// Without a limit of its own a text has 1000 (S3-84), a searchable one 256.
pub fn maximum_length(definition: &AttributeDefinition) -> Option<u32> {
    let default = match definition.value_type {
        AttributeType::Text if definition.searchable => 256,
        AttributeType::Text => 1000,
        AttributeType::Email => 254,
        AttributeType::Phone => 16,
        AttributeType::Language => 35,
        _ => return None,
    };
    Some(definition.maximum_length.unwrap_or(default))
}

/// Checks a value against its definition and returns the form that is stored; `None` when it means “not set” (an
/// empty text or list).
///
/// Nothing is trimmed or guessed. Dates, moments, references, addresses and language tags come back in their canonical
/// form, a value out of a list of allowed ones in the spelling of that list. A single value for an attribute of
/// several becomes a list of one.
///
/// ```
/// use iam_core::model::{Kind, Value, builtin};
/// use iam_core::rules::canonical;
///
/// let definition = |name: &str| builtin(Kind::User).iter().find(|d| d.name == name).unwrap();
/// assert_eq!(canonical(definition("language"), "EN-us".into())?, Some("en-US".into()));
/// assert_eq!(canonical(definition("job"), "".into())?, None);
/// assert_eq!(canonical(definition("phone"), "030 12".into()).unwrap_err().code, "value.phone");
/// assert_eq!(canonical(definition("job"), Value::Integer(1)).unwrap_err().code, "value.wrong_type");
/// # Ok::<(), iam_core::rules::ValueProblem>(())
/// ```
pub fn canonical(definition: &AttributeDefinition, value: Value) -> Result<Option<Value>, ValueProblem> {
    let mut budget = SIZE;
    match (definition.multiple, value) {
        (true, Value::List(list)) => several(definition, list, &mut budget),
        (true, value) => several(definition, vec![value], &mut budget),
        (false, Value::List(list)) if list.is_empty() => Ok(None),
        (false, value) => single(definition, value, &mut budget),
    }
}

/// Reads a value from the text of a table cell or a form field.
///
/// Truth values are true/false, yes/no or 1/0; several values are separated by `;` (write `\;` for a semicolon inside
/// of one); structures are JSON. Spaces around anything but a text are ignored; a blank cell means “not set”.
///
/// ```
/// use iam_core::model::{Kind, Value, builtin};
/// use iam_core::rules::from_text;
///
/// let definition = |name: &str| builtin(Kind::User).iter().find(|d| d.name == name).unwrap();
/// assert_eq!(from_text(definition("privileged"), " Yes ")?, Some(true.into()));
/// assert_eq!(from_text(definition("indexed_strings_1"), r"a; b\;c")?, Some(vec!["a", "b;c"].into()));
/// # Ok::<(), iam_core::rules::ValueProblem>(())
/// ```
pub fn from_text(definition: &AttributeDefinition, text: &str) -> Result<Option<Value>, ValueProblem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let value = if definition.value_type == AttributeType::Object {
        serde_json::from_str(text)
            .map_err(|error| ValueProblem::new("value.object", format!("not JSON: {error}")))?
    } else if definition.multiple {
        let mut list = Vec::new();
        for item in split(text) {
            let item = item.trim();
            if !item.is_empty() {
                list.push(parse(definition, item)?);
            }
            if list.len() > MAXIMUM_VALUES {
                return Err(too_many());
            }
        }
        Value::List(list)
    } else if definition.value_type == AttributeType::Text {
        text.into()
    } else {
        parse(definition, text.trim())?
    };
    canonical(definition, value)
}

/// Splits at semicolons that no backslash precedes.
fn split(text: &str) -> Vec<String> {
    let mut items = vec![];
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

fn parse(definition: &AttributeDefinition, text: &str) -> Result<Value, ValueProblem> {
    let wrong =
        |expected: &str| ValueProblem::new("value.wrong_type", format!("{} is not {expected}", quoted(text)));
    Ok(match definition.value_type {
        AttributeType::Boolean => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => true.into(),
            "false" | "no" | "0" => false.into(),
            _ => return Err(wrong("a truth value; write true or false")),
        },
        AttributeType::Integer => Value::Integer(
            text.parse()
                .map_err(|_| wrong("a whole number; write digits only, such as 42"))?,
        ),
        AttributeType::Number => Value::Number(
            text.parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())
                .ok_or_else(|| wrong("a number; write it like 1.5, with a point"))?,
        ),
        _ => text.into(),
    })
}

fn too_many() -> ValueProblem {
    ValueProblem::new(
        "value.too_many",
        format!("more than {MAXIMUM_VALUES} values; remove some"),
    )
}

fn several(
    definition: &AttributeDefinition,
    list: Vec<Value>,
    budget: &mut usize,
) -> Result<Option<Value>, ValueProblem> {
    if list.len() > MAXIMUM_VALUES {
        return Err(too_many());
    }
    let mut seen = BTreeSet::new();
    let mut kept = Vec::with_capacity(list.len());
    for value in list {
        let Some(value) = single(definition, value, budget)? else {
            continue;
        };
        let key = match value.search_key() {
            Some(key) => key.into_owned(),
            None => serde_json::to_string(&value).unwrap_or_default(),
        };
        if !seen.insert(key) {
            return Err(ValueProblem::new(
                "value.duplicate",
                "the same value appears twice (letter case does not matter); remove one",
            ));
        }
        kept.push(value);
    }
    Ok((!kept.is_empty()).then_some(Value::List(kept)))
}

fn single(
    definition: &AttributeDefinition,
    value: Value,
    budget: &mut usize,
) -> Result<Option<Value>, ValueProblem> {
    use AttributeType as T;
    let wrong = |expected: &str| {
        Err(ValueProblem::new(
            "value.wrong_type",
            format!("expected {expected}, found {}", name(&value)),
        ))
    };
    let value = match (definition.value_type, &value) {
        (T::Boolean, Value::Boolean(_)) | (T::Integer, Value::Integer(_)) => value,
        (T::Boolean, _) => return wrong("true or false"),
        (T::Integer, Value::Number(number)) if number.fract() == 0.0 && number.abs() < EXACT as f64 => {
            Value::Integer(*number as i64)
        }
        (T::Integer, _) => return wrong("a whole number of 64 bits"),
        // Adding zero makes one zero of the two.
        (T::Number, Value::Number(number)) if number.is_finite() => Value::Number(number + 0.0),
        (T::Number, Value::Integer(whole)) if whole.unsigned_abs() <= EXACT => Value::Number(*whole as f64),
        (T::Number, _) => return wrong("a finite number of at most 15 digits"),
        (T::Object, Value::Object(_)) => {
            structure(&value, 1, budget)?;
            value
        }
        (T::Object, _) => return wrong("a structure (a JSON object)"),
        (_, Value::Text(text)) if text.is_empty() => return Ok(None),
        (_, Value::Text(text)) => {
            // Most texts are canonical already, and stay as they are.
            let changed = match self::text(definition, text)? {
                Cow::Borrowed(_) => None,
                Cow::Owned(text) => Some(text),
            };
            changed.map_or(value, Value::from)
        }
        _ => return wrong("a text"),
    };
    if !definition.allowed.is_empty() {
        return match spelled(definition, &value) {
            Some(allowed) => Ok(Some(allowed.clone())),
            None => Err(not_allowed(definition)),
        };
    }
    let short = matches!(&value, Value::Text(text) if text.len() <= FOLDED_IN_FULL);
    if definition.searchable && !short && value.search_key().is_some_and(|key| key.len() > MAXIMUM_KEY) {
        return Err(ValueProblem::new(
            "value.too_long",
            format!("longer than {MAXIMUM_KEY} bytes in the form that is searched; shorten it"),
        ));
    }
    Ok(Some(value))
}

fn name(value: &Value) -> &'static str {
    match value {
        Value::Boolean(_) => "a truth value",
        Value::Integer(_) => "a whole number",
        Value::Number(_) => "a number",
        Value::Text(_) => "a text",
        Value::List(_) => "a list",
        Value::Object(_) => "a structure",
    }
}

fn spelled<'a>(definition: &'a AttributeDefinition, value: &Value) -> Option<&'a Value> {
    let key = value.search_key();
    definition.allowed.iter().find(|allowed| match &key {
        Some(key) => allowed.search_key().as_ref() == Some(key),
        None => *allowed == value,
    })
}

fn not_allowed(definition: &AttributeDefinition) -> ValueProblem {
    let mut choices: Vec<Cow<'_, str>> = definition
        .allowed
        .iter()
        .take(10)
        .map(|value| match value {
            Value::Text(text) => Cow::Owned(quoted(text)),
            other => Cow::Owned(serde_json::to_string(other).unwrap_or_default()),
        })
        .collect();
    if definition.allowed.len() > choices.len() {
        choices.push("…".into());
    }
    ValueProblem::new(
        "value.not_allowed",
        format!("not one of the allowed values: {}", choices.join(", ")),
    )
}

/// A text of so many bytes has a key within the limit, whatever it says: composing and folding make at most 33 times as
/// much of a character.
const FOLDED_IN_FULL: usize = MAXIMUM_KEY / 33;

fn text<'a>(definition: &AttributeDefinition, text: &'a str) -> Result<Cow<'a, str>, ValueProblem> {
    use AttributeType as T;
    // Counting a text that is far too long would be work for nothing.
    let limit = maximum_length(definition).unwrap_or(100);
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let too_long = text.len() > most && text.chars().nth(most).is_some();
    if too_long && definition.value_type != T::Email {
        return Err(ValueProblem::new(
            "value.too_long",
            format!("longer than {limit} characters; shorten it"),
        ));
    }
    let line_breaks = definition.value_type == T::Text && !definition.searchable;
    let stray = |c: char| c.is_control() && !(line_breaks && matches!(c, '\t' | '\n'));
    if let Some((at, c)) = text.char_indices().find(|(_, c)| stray(*c)) {
        let what = if line_breaks {
            "the only control characters allowed are tab and line feed"
        } else {
            "control characters, tabs and line breaks are not allowed"
        };
        return Err(ValueProblem::new(
            "value.control_character",
            format!("U+{:04X} at byte {at}: {what}; remove it", u32::from(c)),
        ));
    }
    let kept: Cow<'a, str> = match definition.value_type {
        T::Date => form::date(text)?.into(),
        T::Moment => form::moment(text)?.into(),
        T::Reference => form::reference(text)?.into(),
        T::Email => form::email(text)?.into(),
        T::Phone => form::phone(text)?.into(),
        T::Language => form::language(text)?.into(),
        _ => text.into(),
    };
    if too_long && kept.chars().nth(most).is_some() {
        return Err(ValueProblem::new(
            "value.too_long",
            format!("longer than {limit} characters; shorten it"),
        ));
    }
    if let Some(expression) = &definition.pattern
        && !Pattern::recall(expression)?.matches(&kept)
    {
        return Err(ValueProblem::new(
            "value.pattern",
            format!(
                "{} does not match the pattern {} as a whole",
                quoted(&kept),
                quoted(expression)
            ),
        ));
    }
    Ok(kept)
}

/// Bounds a structure; the depth is checked before going deeper.
fn structure(value: &Value, depth: usize, budget: &mut usize) -> Result<(), ValueProblem> {
    let problem = |message: String| Err(ValueProblem::new("value.object", message));
    if depth > DEPTH {
        return problem(format!("nested deeper than {DEPTH} levels; make it flatter"));
    }
    let mut spend = |bytes: usize| {
        *budget = budget.checked_sub(bytes.saturating_add(8)).ok_or_else(|| {
            ValueProblem::new(
                "value.object",
                format!("larger than {SIZE} bytes; store less in it"),
            )
        })?;
        Ok(())
    };
    match value {
        Value::Boolean(_) | Value::Integer(_) => spend(0),
        Value::Number(number) if number.is_finite() => spend(0),
        Value::Number(_) => problem("a number in it is not finite".to_owned()),
        Value::Text(text) if text.contains('\0') => {
            problem("a text in it holds U+0000; remove it".to_owned())
        }
        Value::Text(text) => spend(text.len()),
        Value::List(list) => {
            spend(0)?;
            list.iter()
                .try_for_each(|item| structure(item, depth + 1, budget))
        }
        Value::Object(map) => {
            spend(0)?;
            for (key, item) in map {
                if key.contains('\0') {
                    return problem("a name in it holds U+0000; remove it".to_owned());
                }
                *budget = budget.saturating_sub(key.len());
                structure(item, depth + 1, budget)?;
            }
            Ok(())
        }
    }
}

#[cfg(test)]
#[path = "value_tests.rs"]
mod tests;
