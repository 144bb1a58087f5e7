//! Writing filter text.

use super::is_keyword;
use crate::{
    model::Value,
    search::{FilterProblem, Limits, Operator, Predicate},
};

/// Writes SCIM filter text that [`parse_scim`](crate::search::parse_scim) reads back as the same predicate. SCIM has no `in`: a list of values
/// becomes a chain of `or`.
///
/// ```
/// use iam_core::search::Predicate;
///
/// let predicate = Predicate::any_of("job", ["a", "b"]).and(Predicate::present("phone").negate());
/// assert_eq!(predicate.to_scim()?, r#"(job eq "a" or job eq "b") and not (phone pr)"#);
/// assert_eq!(Predicate::None.to_scim()?, "1==0");
/// # Ok::<(), iam_core::search::FilterProblem>(())
/// ```
pub fn write_scim(predicate: &Predicate) -> Result<String, FilterProblem> {
    let mut text = String::new();
    write(predicate, 1, Context::Top, &mut text)?;
    Ok(text)
}

/// Where a predicate stands, and so whether it needs parentheses.
#[derive(Clone, Copy, PartialEq)]
enum Context {
    Top,
    InOr,
    InAnd,
}

fn write(
    predicate: &Predicate,
    depth: usize,
    context: Context,
    out: &mut String,
) -> Result<(), FilterProblem> {
    if depth > Limits::DEEPEST {
        return Err(FilterProblem::new(
            "search.too_deep",
            "conditions are nested too deep for a filter text",
        ));
    }
    let group =
        |wrapped: bool, out: &mut String, body: &mut dyn FnMut(&mut String) -> Result<(), FilterProblem>| {
            if wrapped {
                out.push('(');
            }
            body(out)?;
            if wrapped {
                out.push(')');
            }
            Ok(())
        };
    match predicate {
        Predicate::All => out.push_str("1==1"),
        Predicate::None => out.push_str("1==0"),
        Predicate::And(list) if list.is_empty() => out.push_str("1==1"),
        Predicate::Or(list) if list.is_empty() => out.push_str("1==0"),
        Predicate::And(list) | Predicate::Or(list) if list.len() == 1 => {
            for single in list {
                write(single, depth + 1, context, out)?;
            }
        }
        Predicate::And(list) => group(context == Context::InAnd, out, &mut |out| {
            join(list, " and ", out, &mut |item, out| {
                write(item, depth + 1, Context::InAnd, out)
            })
        })?,
        Predicate::Or(list) => group(context != Context::Top, out, &mut |out| {
            join(list, " or ", out, &mut |item, out| {
                write(item, depth + 1, Context::InOr, out)
            })
        })?,
        Predicate::Not(inner) => {
            out.push_str("not (");
            write(inner, depth + 1, Context::Top, out)?;
            out.push(')');
        }
        Predicate::In { values, .. } if values.is_empty() => out.push_str("1==0"),
        Predicate::In { attribute, values } => {
            let wrapped = values.len() > 1 && context != Context::Top;
            group(wrapped, out, &mut |out| {
                join(values, " or ", out, &mut |value, out| {
                    comparison(attribute, Operator::Eq, value, out)
                })
            })?;
        }
        Predicate::Compare {
            attribute,
            operator,
            value,
        } => comparison(attribute, *operator, value, out)?,
        Predicate::Present { attribute } => {
            name(attribute, out)?;
            out.push_str(" pr");
        }
    }
    Ok(())
}

fn join<T>(
    list: &[T],
    between: &str,
    out: &mut String,
    each: &mut dyn FnMut(&T, &mut String) -> Result<(), FilterProblem>,
) -> Result<(), FilterProblem> {
    for (place, item) in list.iter().enumerate() {
        if place > 0 {
            out.push_str(between);
        }
        each(item, out)?;
    }
    Ok(())
}

fn name(attribute: &str, out: &mut String) -> Result<(), FilterProblem> {
    let sound = attribute.starts_with(|c: char| c.is_ascii_alphabetic())
        && attribute
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-$.:".contains(&byte))
        && !is_keyword(attribute);
    if !sound {
        return Err(FilterProblem::new(
            "search.not_expressible",
            "an attribute name that a filter text cannot hold",
        )
        .about(attribute));
    }
    out.push_str(attribute);
    Ok(())
}

fn comparison(
    attribute: &str,
    operator: Operator,
    value: &Value,
    out: &mut String,
) -> Result<(), FilterProblem> {
    name(attribute, out)?;
    out.push(' ');
    out.push_str(operator.name());
    out.push(' ');
    match value {
        Value::Boolean(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Integer(whole) => out.push_str(&whole.to_string()),
        Value::Number(number) if number.is_finite() => out.push_str(&format!("{number:?}")),
        Value::Text(text) => out.push_str(&serde_json::to_string(text).unwrap_or_default()),
        Value::Number(_) | Value::List(_) | Value::Object(_) => {
            return Err(FilterProblem::new(
                "search.not_expressible",
                "a filter text compares with texts, finite numbers and truth values only",
            )
            .about(attribute));
        }
    }
    Ok(())
}
