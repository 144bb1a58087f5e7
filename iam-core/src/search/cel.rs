//! Conditions as CEL text: the part of the language that maps to a [`Predicate`], and therefore to every backend.

use cel::{
    common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, operators},
    parser::Parser,
};

use super::{FilterProblem, Limits, Operator, Predicate, problem::Budget};
use crate::{
    model::Value,
    rules::{quoted, relative},
};

/// Reads a CEL condition over one record.
///
/// An attribute is its name, alone or behind `user.`, `object.`, `device.`, `organization.`, `position.`; `alias` may give the library's name
/// for it. What maps: `&&`, `||`, `!`, `? :`, comparisons of an attribute with a constant, `in` with a list or with an attribute
/// of several values, `startsWith`, `endsWith`, `contains`, `has(user.x)`, `== null`, truth values, constants compared with
/// each other (`1==1`, `1==0`; S0-119), `timestamp("…")`, and `now` with a `duration("…")` added or taken away.
///
/// Everything maps or is refused, with the place; nothing is evaluated row by row, nothing can fail later. As in every
/// predicate texts are compared folded, a comparison with a missing value is false and `!=` with one is true.
///
/// ```
/// use iam_core::search::{Limits, Predicate, parse_cel};
///
/// let cel = |text: &str| parse_cel(text, &Limits::default(), &|_| None);
/// let scim = |text: &str| Predicate::from_scim(text).unwrap();
/// assert_eq!(cel(r#"user.city == "Utica" && !job.startsWith("Temp")"#)?, scim(r#"city eq "Utica" and not (job sw "Temp")"#));
/// assert_eq!(cel(r#"job in ["Nurse", "Doctor"]"#)?, Predicate::any_of("job", ["Nurse", "Doctor"]));
/// assert_eq!(cel(r#"hired_on <= now - duration("720h")"#)?, scim(r#"hired_on le "now-2592000s""#));
/// assert_eq!(cel("1==1")?, Predicate::All);
/// assert_eq!(cel("size(job) > 3").unwrap_err().code, "search.not_a_condition");
/// # Ok::<(), iam_core::search::FilterProblem>(())
/// ```
///
/// # Errors
/// When the text is too long, not CEL, or not a condition of this kind.
pub fn parse_cel(
    text: &str,
    limits: &Limits,
    alias: &dyn Fn(&str) -> Option<String>,
) -> Result<Predicate, FilterProblem> {
    let expression = parsed_cel(text, limits)?;
    let mut reader = Reader {
        budget: Budget::new(limits),
        alias,
    };
    reader.condition(&expression, 1)
}

/// Reads a CEL expression that need not be a condition; what it means is for whoever evaluates it.
///
/// ```
/// use iam_core::search::{Limits, check_cel};
///
/// assert!(check_cel("user.city + '/' + prefix", &Limits::default()).is_ok());
/// let script = check_cel("function f(user) { return user.city; }", &Limits::default());
/// assert_eq!(script.unwrap_err().code, "search.syntax");
/// ```
///
/// # Errors
/// When the text is too long, nested too deeply, or not CEL.
pub fn check_cel(text: &str, limits: &Limits) -> Result<(), FilterProblem> {
    parsed_cel(text, limits).map(drop)
}

fn parsed_cel(text: &str, limits: &Limits) -> Result<IdedExpr, FilterProblem> {
    if text.len() > limits.text {
        let message = format!("a condition has at most {} bytes; shorten it", limits.text);
        return Err(FilterProblem::new("search.too_long", message));
    }
    refuse_depth(text, limits)?;
    let depth = u16::try_from(limits.levels()).unwrap_or(u16::MAX - 1);
    let parser = Parser::new().max_recursion_depth(depth.saturating_mul(2));
    let parsed = with_room(|| parser.parse(text));
    parsed.map_err(|errors| {
        let first = errors.errors.first();
        let place = first.map_or((1, 0), |error| error.pos);
        let message = first.map_or_else(String::new, |error| error.msg.clone());
        let shown: String = message.chars().filter(|c| !c.is_control()).take(120).collect();
        FilterProblem::new("search.syntax", format!("in line {}: {shown}", place.0)).at(offset(text, place))
    })
}

/// Where a line and column are in the text.
fn offset(text: &str, (line, column): (isize, isize)) -> usize {
    let line = usize::try_from(line.saturating_sub(1)).unwrap_or_default();
    let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    (before + usize::try_from(column).unwrap_or_default()).min(text.len())
}

/// Runs the parser of CEL with a stack of its own where the present one is short: it takes up to 120 KiB for each bracket
/// that is open, and callers are threads of any size.
pub fn with_room<T>(parse: impl FnOnce() -> T) -> T {
    const ROOM: usize = 16 << 20;
    stacker::maybe_grow(ROOM, ROOM, parse)
}

/// Brackets and signs are counted before anything recursive reads them.
fn refuse_depth(text: &str, limits: &Limits) -> Result<(), FilterProblem> {
    let (mut open, mut deepest, mut signs) = (0usize, 0usize, 0usize);
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => open += 1,
            b')' | b']' | b'}' => open = open.saturating_sub(1),
            b'?' => signs += 1,
            _ => {}
        }
        deepest = deepest.max(open);
    }
    let unary = text
        .as_bytes()
        .chunk_by(|a, b| matches!(a, b'!' | b'-' | b' ') && matches!(b, b'!' | b'-' | b' '))
        .map(|run| run.iter().filter(|byte| **byte != b' ').count())
        .max()
        .unwrap_or_default();
    if deepest.max(unary) > limits.levels() || signs > limits.levels() {
        return Err(FilterProblem::too_deep(limits));
    }
    Ok(())
}

struct Reader<'a> {
    budget: Budget<'a>,
    alias: &'a dyn Fn(&str) -> Option<String>,
}

/// One side of a comparison.
enum Side {
    Attribute(String),
    Constant(Value),
    Null,
    List(Vec<Value>),
}

fn refused(what: &str) -> FilterProblem {
    FilterProblem::new(
        "search.not_a_condition",
        format!("{what} does not map to a condition on attributes; compare attributes with constants"),
    )
}

impl Reader<'_> {
    fn condition(&mut self, of: &IdedExpr, depth: usize) -> Result<Predicate, FilterProblem> {
        self.budget.term(depth)?;
        match &of.expr {
            Expr::Literal(LiteralValue::Boolean(flag)) => Ok(constant(*flag.inner())),
            Expr::Ident(_) => Ok(Predicate::eq(self.attribute(of)?, true)),
            Expr::Select(select) if select.test => {
                let name = prefixed(&select.operand)
                    .then(|| self.named(&select.field))
                    .ok_or_else(|| refused("`has` of this"))?;
                Ok(Predicate::present(name))
            }
            Expr::Select(_) => Ok(Predicate::eq(self.attribute(of)?, true)),
            Expr::Call(call) => self.call(call, depth),
            Expr::Comprehension(_) => Err(refused("a macro such as `exists` (write `\"x\" in attribute`)")),
            _ => Err(refused("this expression")),
        }
    }

    fn call(&mut self, call: &CallExpr, depth: usize) -> Result<Predicate, FilterProblem> {
        let all = |reader: &mut Self| {
            call.args
                .iter()
                .map(|argument| reader.condition(argument, depth + 1))
                .collect::<Result<Vec<_>, _>>()
        };
        match (call.func_name.as_str(), call.args.as_slice()) {
            (operators::LOGICAL_AND, _) => {
                Ok(all(self)?
                    .into_iter()
                    .fold(Predicate::All, |sum, item| match (sum, item) {
                        (_, Predicate::None) | (Predicate::None, _) => Predicate::None,
                        (sum, item) => sum.and(item),
                    }))
            }
            (operators::LOGICAL_OR, _) => {
                Ok(all(self)?
                    .into_iter()
                    .fold(Predicate::None, |sum, item| match (sum, item) {
                        (_, Predicate::All) | (Predicate::All, _) => Predicate::All,
                        (sum, item) => sum.or(item),
                    }))
            }
            (operators::LOGICAL_NOT, [inner]) => Ok(self.condition(inner, depth + 1)?.negate()),
            (operators::CONDITIONAL, [when, then, otherwise]) => {
                let when = self.condition(when, depth + 1)?;
                let then = self.condition(then, depth + 1)?;
                let otherwise = self.condition(otherwise, depth + 1)?;
                Ok(when.clone().and(then).or(when.negate().and(otherwise)))
            }
            (operators::IN, [left, right]) => self.contained(left, right),
            ("startsWith" | "endsWith" | "contains", [part]) => self.text(call, part),
            (name, [left, right]) => match operator(name) {
                Some(operator) => self.compare(left, operator, right),
                None => Err(refused(&quoted(name))),
            },
            (name, _) => Err(refused(&quoted(name))),
        }
    }

    fn compare(
        &mut self,
        left: &IdedExpr,
        operator: Operator,
        right: &IdedExpr,
    ) -> Result<Predicate, FilterProblem> {
        match (self.side(left)?, self.side(right)?) {
            (Side::Attribute(name), Side::Constant(value)) => Ok(Predicate::compare(name, operator, value)),
            (Side::Constant(value), Side::Attribute(name)) => {
                Ok(Predicate::compare(name, mirrored(operator), value))
            }
            (Side::Attribute(name), Side::Null) | (Side::Null, Side::Attribute(name)) => match operator {
                Operator::Eq => Ok(Predicate::present(name).negate()),
                Operator::Ne => Ok(Predicate::present(name)),
                _ => Err(refused("the order of null")),
            },
            (Side::Constant(left), Side::Constant(right)) => compare_constants(&left, operator, &right),
            (Side::Attribute(_), Side::Attribute(_)) => Err(refused("a comparison of two attributes")),
            _ => Err(refused("this comparison")),
        }
    }

    fn contained(&mut self, left: &IdedExpr, right: &IdedExpr) -> Result<Predicate, FilterProblem> {
        match (self.side(left)?, self.side(right)?) {
            (Side::Attribute(attribute), Side::List(values)) => {
                self.budget.list(values.len(), &attribute)?;
                Ok(Predicate::In { attribute, values })
            }
            (Side::Constant(value), Side::Attribute(name)) => Ok(Predicate::eq(name, value)),
            (Side::Constant(value), Side::List(values)) => Ok(constant(values.contains(&value))),
            _ => Err(refused("this `in`")),
        }
    }

    fn text(&mut self, call: &CallExpr, part: &IdedExpr) -> Result<Predicate, FilterProblem> {
        let operator = match call.func_name.as_str() {
            "startsWith" => Operator::Sw,
            "endsWith" => Operator::Ew,
            _ => Operator::Co,
        };
        let target = call
            .target
            .as_deref()
            .ok_or_else(|| refused(&quoted(&call.func_name)))?;
        match (self.side(target)?, self.side(part)?) {
            (Side::Attribute(name), Side::Constant(Value::Text(text))) => {
                Ok(Predicate::compare(name, operator, text))
            }
            _ => Err(refused(&quoted(&call.func_name))),
        }
    }

    fn side(&mut self, of: &IdedExpr) -> Result<Side, FilterProblem> {
        Ok(match &of.expr {
            Expr::Literal(LiteralValue::Null) => Side::Null,
            Expr::List(list) => {
                let mut values = Vec::with_capacity(list.elements.len());
                for element in &list.elements {
                    match self.side(element)? {
                        Side::Constant(value) => values.push(value),
                        _ => return Err(refused("a list of anything but constants")),
                    }
                }
                Side::List(values)
            }
            Expr::Ident(name) if name == "now" => Side::Constant(relative::text(0).into()),
            Expr::Ident(_) | Expr::Select(_) => Side::Attribute(self.attribute(of)?),
            _ => Side::Constant(value(of)?),
        })
    }

    fn attribute(&self, of: &IdedExpr) -> Result<String, FilterProblem> {
        match &of.expr {
            Expr::Ident(name) if name == "now" => Err(refused("`now` alone")),
            Expr::Ident(name) => Ok(self.named(name)),
            Expr::Select(select) if !select.test && prefixed(&select.operand) => {
                Ok(self.named(&select.field))
            }
            _ => Err(refused("a part of an attribute")),
        }
    }

    fn named(&self, name: &str) -> String {
        (self.alias)(name).unwrap_or_else(|| name.to_owned())
    }
}

/// The names under which the record itself is known.
fn prefixed(of: &IdedExpr) -> bool {
    matches!(&of.expr, Expr::Ident(name)
        if matches!(name.as_str(), "user" | "object" | "device" | "organization" | "position"))
}

fn constant(flag: bool) -> Predicate {
    if flag { Predicate::All } else { Predicate::None }
}

fn operator(name: &str) -> Option<Operator> {
    Some(match name {
        operators::EQUALS => Operator::Eq,
        operators::NOT_EQUALS => Operator::Ne,
        operators::GREATER => Operator::Gt,
        operators::GREATER_EQUALS => Operator::Ge,
        operators::LESS => Operator::Lt,
        operators::LESS_EQUALS => Operator::Le,
        _ => return None,
    })
}

/// `5 < x` is `x > 5`.
fn mirrored(operator: Operator) -> Operator {
    match operator {
        Operator::Gt => Operator::Lt,
        Operator::Ge => Operator::Le,
        Operator::Lt => Operator::Gt,
        Operator::Le => Operator::Ge,
        other => other,
    }
}

fn compare_constants(left: &Value, operator: Operator, right: &Value) -> Result<Predicate, FilterProblem> {
    let order = match (left, right) {
        (Value::Integer(left), Value::Integer(right)) => left.cmp(right),
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        (Value::Boolean(left), Value::Boolean(right)) => left.cmp(right),
        _ => return Err(refused("a comparison of two constants of these types")),
    };
    Ok(constant(match operator {
        Operator::Eq => order.is_eq(),
        Operator::Ne => order.is_ne(),
        Operator::Gt => order.is_gt(),
        Operator::Ge => order.is_ge(),
        Operator::Lt => order.is_lt(),
        Operator::Le => order.is_le(),
        _ => return Err(refused("this comparison")),
    }))
}

/// A constant: a literal, a timestamp, `now` moved by a duration.
fn value(of: &IdedExpr) -> Result<Value, FilterProblem> {
    match &of.expr {
        Expr::Literal(literal) => Ok(match literal {
            LiteralValue::Boolean(flag) => Value::Boolean(*flag.inner()),
            LiteralValue::Int(whole) => Value::Integer(*whole.inner()),
            LiteralValue::UInt(whole) => {
                Value::Integer(i64::try_from(*whole.inner()).map_err(|_| refused("a number this large"))?)
            }
            LiteralValue::Double(number) if number.inner().is_finite() => Value::Number(*number.inner()),
            LiteralValue::String(text) => Value::from(text.inner()),
            _ => return Err(refused("a value of this type")),
        }),
        Expr::Call(call) => match (call.func_name.as_str(), call.args.as_slice()) {
            (operators::NEGATE, [inner]) => match value(inner)? {
                Value::Integer(whole) => Ok(Value::Integer(whole.saturating_neg())),
                Value::Number(number) => Ok(Value::Number(-number)),
                _ => Err(refused("the opposite of a text")),
            },
            ("timestamp", [inner]) => match value(inner)? {
                Value::Text(text) => Ok(Value::Text(text)),
                _ => Err(refused("this timestamp")),
            },
            (operators::ADD, [left, right]) if is_now(left) => Ok(relative::text(seconds(right)?).into()),
            (operators::ADD, [left, right]) if is_now(right) => Ok(relative::text(seconds(left)?).into()),
            (operators::SUBSTRACT, [left, right]) if is_now(left) => {
                Ok(relative::text(seconds(right)?.saturating_neg()).into())
            }
            (name, _) => Err(refused(&quoted(name))),
        },
        _ => Err(refused("this expression")),
    }
}

fn is_now(of: &IdedExpr) -> bool {
    matches!(&of.expr, Expr::Ident(name) if name == "now")
}

/// The whole seconds of `duration("72h30m")`.
fn seconds(of: &IdedExpr) -> Result<i64, FilterProblem> {
    if let Expr::Call(call) = &of.expr
        && let ("duration", [inner]) = (call.func_name.as_str(), call.args.as_slice())
        && let Value::Text(text) = value(inner)?
        && let Some(seconds) = relative::duration(&text)
    {
        return Ok(seconds);
    }
    Err(refused(
        "anything but a `duration(\"…\")` of whole seconds beside `now`",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cel(text: &str) -> Result<Predicate, FilterProblem> {
        parse_cel(text, &Limits::default(), &|_| None)
    }

    fn same(text: &str, scim: &str) {
        assert_eq!(cel(text).unwrap(), Predicate::from_scim(scim).unwrap(), "{text}");
    }

    /// S0-118, S0-120, S2-26
    #[test]
    fn what_maps_is_the_same_predicate() {
        same(r#"city == "Utica""#, r#"city eq "Utica""#);
        same(r#""Utica" != user.city"#, r#"city ne "Utica""#);
        same("5 < sort_order", "sort_order gt 5");
        same(
            "sort_order >= -5 || sort_order < 2",
            "sort_order ge -5 or sort_order lt 2",
        );
        same("privileged", "privileged eq true");
        same(
            "!user.privileged && has(user.phone)",
            "not (privileged eq true) and phone pr",
        );
        same("phone == null", "not (phone pr)");
        same("null != phone", "phone pr");
        same(
            r#"email.endsWith("@x.org") && job.contains("a")"#,
            r#"email ew "@x.org" and job co "a""#,
        );
        same(
            r#"privileged ? city == "A" : city == "B""#,
            r#"(privileged eq true and city eq "A") or (not (privileged eq true) and city eq "B")"#,
        );
        same(
            r#""organization_1" in organizations"#,
            r#"organizations eq "organization_1""#,
        );
        same(
            r#"valid_until < timestamp("2027-01-01T00:00:00Z")"#,
            r#"valid_until lt "2027-01-01T00:00:00Z""#,
        );
        same(
            r#"now + duration("1h30m") > valid_until"#,
            r#"valid_until lt "now+5400s""#,
        );
        same("valid_until > now", r#"valid_until gt "now""#);
    }

    /// S0-119
    #[test]
    fn everyone_and_no_one() {
        for text in [
            "1==1",
            "1 == 1",
            "true",
            "!false",
            "1==1 || city == \"x\"",
            "\"a\" < \"b\"",
            "2 in [1, 2]",
        ] {
            assert_eq!(cel(text).unwrap(), Predicate::All, "{text}");
        }
        for text in ["1==0", "false", "1==0 && city == \"x\"", "1 != 1", "3 in [1, 2]"] {
            assert_eq!(cel(text).unwrap(), Predicate::None, "{text}");
        }
    }

    /// S0-120: what is not total or does not map is refused when it is written, never when it is evaluated.
    #[test]
    fn everything_else_is_refused() {
        for text in [
            "size(job) > 3",
            "city == job",
            "city.matches(\"a*\")",
            "1 / 0 == 1",
            "city + \"x\" == \"y\"",
            "user.address.street == \"x\"",
            "organizations.exists(o, o == \"x\")",
            "[1, 2]",
            "\"text\"",
            "now",
            "now - 5 < valid_until",
            "now - duration(\"1.5s\") < valid_until",
            "1 == \"1\"",
            "job < null",
            "city.startsWith(job)",
            "{\"a\": 1}",
            "b\"x\" == city",
        ] {
            assert_eq!(cel(text).unwrap_err().code, "search.not_a_condition", "{text}");
        }
        for text in [
            "city ==",
            "(",
            "city = \"x\"",
            "'; DROP TABLE iam_user; --",
            "a b",
        ] {
            assert_eq!(cel(text).unwrap_err().code, "search.syntax", "{text}");
        }
    }

    #[test]
    fn nothing_hostile_hangs_or_overflows() {
        for (unit, end) in [
            ("(", ")"),
            ("!", ""),
            ("-", ""),
            ("[", "]"),
            ("a ? b : ", ""),
            ("! ! ", ""),
        ] {
            let text = unit.repeat(3_000) + "a" + &end.repeat(3_000);
            let code = cel(&text).unwrap_err().code;
            assert!(
                matches!(code, "search.too_deep" | "search.too_long"),
                "{unit} {code}"
            );
        }
        let many = vec!["a == 1"; 600].join(" || ");
        assert_eq!(cel(&many).unwrap_err().code, "search.too_many_terms");
        assert_eq!(cel(&" ".repeat(20_000)).unwrap_err().code, "search.too_long");
    }
}
