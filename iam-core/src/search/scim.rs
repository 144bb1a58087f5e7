//! SCIM filter text, RFC 7644 section 3.4.2.2, in and out.

use super::{FilterProblem, Limits, Operator, Predicate};
use crate::{model::Value, rules::quoted};

mod names;
mod write;

pub use names::scim_name;
pub use write::write_scim;

impl Predicate {
    /// Reads SCIM filter text with the default limits and without other names for attributes; see [`parse_scim`].
    pub fn from_scim(text: &str) -> Result<Predicate, FilterProblem> {
        parse_scim(text, &Limits::default(), &|_| None)
    }

    /// Writes SCIM filter text; see [`write_scim`].
    pub fn to_scim(&self) -> Result<String, FilterProblem> {
        write_scim(self)
    }
}

/// Reads SCIM filter text.
///
/// `not` binds closer than `and`, `and` closer than `or`; keywords and operators are read in any letter case. `eq null`
/// and `ne null` ask whether the attribute is set. `1==1` is everyone, `1==0` no one (S0-119). `alias` may give
/// the library's name for an attribute (see [`scim_name`]); without one the name is kept as written. Value paths such
/// as `emails[type eq "work"]` are recognised and refused, because attributes have no sub-attributes.
///
/// ```
/// use iam_core::{model::Kind, search::{Limits, Predicate, parse_scim, scim_name}};
///
/// let alias = |name: &str| scim_name(Kind::User, name).map(str::to_owned);
/// let predicate = parse_scim(r#"userName sw "al" or name.familyName pr"#, &Limits::default(), &alias)?;
/// assert_eq!(predicate, Predicate::starts_with("user_name", "al").or(Predicate::present("last_name")));
///
/// let problem = Predicate::from_scim("city eq Berlin").unwrap_err();
/// assert_eq!((problem.code, problem.position), ("search.syntax", Some(8)));
/// # Ok::<(), iam_core::search::FilterProblem>(())
/// ```
pub fn parse_scim(
    text: &str,
    limits: &Limits,
    alias: &dyn Fn(&str) -> Option<String>,
) -> Result<Predicate, FilterProblem> {
    if text.len() > limits.text {
        return Err(FilterProblem::new(
            "search.too_long",
            format!("a filter has at most {} bytes; shorten it", limits.text),
        ));
    }
    let mut parser = Parser {
        text,
        position: 0,
        limits,
        terms: 0,
        alias,
    };
    let predicate = parser.any(1)?;
    parser.space();
    if parser.position < text.len() {
        return Err(parser.expected("and, or, or the end of the filter"));
    }
    Ok(predicate)
}

struct Parser<'a> {
    text: &'a str,
    position: usize,
    limits: &'a Limits,
    terms: usize,
    alias: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.position..).unwrap_or_default()
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.position += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    fn expected(&self, what: &str) -> FilterProblem {
        let found = match self.rest() {
            "" => "the end".to_owned(),
            rest => quoted(rest.split([' ', '\t', '\r', '\n']).next().unwrap_or_default()),
        };
        FilterProblem::new("search.syntax", format!("expected {what}, found {found}")).at(self.position)
    }

    /// The word at the position, without moving.
    fn word(&self) -> &'a str {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && !"_-$.:".contains(c))
            .unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    fn eat(&mut self, literal: &str) -> bool {
        let found = self.rest().starts_with(literal);
        if found {
            self.position += literal.len();
        }
        found
    }

    fn keyword(&mut self, keyword: &str) -> bool {
        self.space();
        let found = self.word().eq_ignore_ascii_case(keyword);
        if found {
            self.position += keyword.len();
        }
        found
    }

    fn any(&mut self, depth: usize) -> Result<Predicate, FilterProblem> {
        let mut list = vec![self.every(depth)?];
        while self.keyword("or") {
            list.push(self.every(depth)?);
        }
        Ok(one_or(list, Predicate::Or))
    }

    fn every(&mut self, depth: usize) -> Result<Predicate, FilterProblem> {
        let mut list = vec![self.factor(depth)?];
        while self.keyword("and") {
            list.push(self.factor(depth)?);
        }
        Ok(one_or(list, Predicate::And))
    }

    fn factor(&mut self, depth: usize) -> Result<Predicate, FilterProblem> {
        if depth > self.limits.levels() {
            return Err(FilterProblem::too_deep(self.limits).at(self.position));
        }
        self.space();
        if self.eat("(") {
            return self.group(depth);
        }
        if self.word().eq_ignore_ascii_case("not") {
            self.position += 3;
            self.space();
            if !self.eat("(") {
                return Err(self.expected("( after not"));
            }
            return Ok(Predicate::Not(Box::new(self.group(depth)?)));
        }
        self.terms += 1;
        if self.terms > self.limits.terms {
            return Err(FilterProblem::too_many_terms(self.limits).at(self.position));
        }
        self.term()
    }

    fn group(&mut self, depth: usize) -> Result<Predicate, FilterProblem> {
        let inner = self.any(depth + 1)?;
        self.space();
        if self.eat(")") {
            Ok(inner)
        } else {
            Err(self.expected("and, or, or )"))
        }
    }

    fn term(&mut self) -> Result<Predicate, FilterProblem> {
        let start = self.position;
        let name = self.word();
        if name == "1" {
            return self.constant();
        }
        let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic());
        if !starts_well || is_keyword(name) {
            return Err(self.expected("an attribute name, not, ( or 1==1"));
        }
        if !name.is_ascii() {
            return Err(
                self.expected("an attribute name of ASCII letters, digits, underscores, hyphens and dots")
            );
        }
        self.position += name.len();
        if self.rest().starts_with('[') {
            return Err(FilterProblem::new(
                "search.value_path",
                "value paths such as emails[type eq \"work\"] are not supported, because attributes have no \
                 sub-attributes; name the attribute itself, such as email eq \"a@example.com\"",
            )
            .about(name)
            .at(start));
        }
        let attribute = (self.alias)(name).unwrap_or_else(|| name.to_owned());
        self.space();
        let word = self.word();
        if word.eq_ignore_ascii_case("pr") {
            self.position += 2;
            return Ok(Predicate::Present { attribute });
        }
        let Some(operator) = Operator::from_name(word) else {
            return Err(self
                .expected("an operator: eq, ne, co, sw, ew, gt, ge, lt, le or pr")
                .about(name));
        };
        self.position += word.len();
        self.space();
        let start = self.position;
        match (self.value().map_err(|problem| problem.about(name))?, operator) {
            (Some(value), operator) => Ok(Predicate::Compare {
                attribute,
                operator,
                value,
            }),
            (None, Operator::Eq) => Ok(Predicate::Not(Box::new(Predicate::Present { attribute }))),
            (None, Operator::Ne) => Ok(Predicate::Present { attribute }),
            (None, _) => {
                self.position = start;
                Err(self.expected("a value; only eq and ne take null").about(name))
            }
        }
    }

    /// `1==1` and `1==0`.
    fn constant(&mut self) -> Result<Predicate, FilterProblem> {
        self.position += 1;
        self.space();
        if !self.eat("==") {
            return Err(self.expected("== of 1==1 or 1==0"));
        }
        self.space();
        let predicate = match self.word() {
            "1" => Predicate::All,
            "0" => Predicate::None,
            _ => return Err(self.expected("1 or 0, as in 1==1 or 1==0")),
        };
        self.position += 1;
        Ok(predicate)
    }

    /// A JSON value; `None` is null.
    fn value(&mut self) -> Result<Option<Value>, FilterProblem> {
        let rest = self.rest();
        if rest.starts_with('"') {
            return self.string().map(Some);
        }
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c))
            .unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or_default();
        let value = match word.to_ascii_lowercase().as_str() {
            "true" => Some(Value::Boolean(true)),
            "false" => Some(Value::Boolean(false)),
            "null" => None,
            _ => match number(word) {
                Some(number) => Some(number),
                None => {
                    return Err(
                        self.expected("a value: a text in double quotes, a number, true, false or null")
                    );
                }
            },
        };
        self.position += word.len();
        Ok(value)
    }

    fn string(&mut self) -> Result<Value, FilterProblem> {
        let rest = self.rest();
        let mut escaped = false;
        let end = rest.bytes().skip(1).position(|byte| {
            let closes = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            closes
        });
        // The opening quote and the closing one.
        let Some(literal) = end.and_then(|end| rest.get(..end + 2)) else {
            return Err(FilterProblem::new(
                "search.syntax",
                "the text is not closed; expected a closing double quote",
            )
            .at(self.position));
        };
        let text = serde_json::from_str::<String>(literal).map_err(|_| {
            FilterProblem::new(
                "search.syntax",
                "expected a JSON string; escape with \\\" \\\\ \\n \\t or \\u0000",
            )
            .at(self.position)
        })?;
        self.position += literal.len();
        Ok(Value::from(text))
    }
}

/// A JSON number.
fn number(word: &str) -> Option<Value> {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let integral = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let (whole, tail) = digits.split_at_checked(integral)?;
    if whole.is_empty() || (whole.len() > 1 && whole.starts_with('0')) {
        return None;
    }
    if tail.is_empty() {
        return word.parse().ok().map(Value::Integer);
    }
    // Rust reads a few forms that JSON does not: `1.`, `1.e5`.
    let after_point = tail.strip_prefix('.');
    if after_point.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        || !tail.starts_with(['.', 'e', 'E'])
    {
        return None;
    }
    word.parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
        .map(Value::Number)
}

fn is_keyword(word: &str) -> bool {
    ["and", "or", "not"]
        .iter()
        .any(|keyword| keyword.eq_ignore_ascii_case(word))
}

/// The list as one predicate; a single element stands for itself.
fn one_or(mut list: Vec<Predicate>, many: fn(Vec<Predicate>) -> Predicate) -> Predicate {
    match (list.len(), list.pop()) {
        (1, Some(single)) => single,
        (_, Some(last)) => {
            list.push(last);
            many(list)
        }
        (_, None) => many(list),
    }
}

#[cfg(test)]
mod tests;
