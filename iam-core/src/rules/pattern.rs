//! Regular expressions of attribute definitions: whole value, linear time, bounded size (S3-85, S3-86).

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, OnceLock, RwLock},
};

use regex::{Regex, RegexBuilder};

use super::ValueProblem;

/// Compiled size at most, in bytes.
const SIZE: usize = 8 << 20;
/// Length of the expression at most, in bytes.
const LENGTH: usize = 1000;
/// Compiled expressions that are remembered.
const REMEMBERED: usize = 32;

/// A compiled regular expression that has to match a whole value.
///
/// It runs in time linear to the value: back-references and look-around do not exist.
///
/// ```
/// use iam_core::rules::Pattern;
///
/// let pattern = Pattern::compile("[A-Z]{2}|[0-9]{4}")?;
/// assert!(pattern.matches("AB") && pattern.matches("1234"));
/// assert!(!pattern.matches("AB1234"));
/// assert_eq!(Pattern::compile(r"(a)\1").unwrap_err().code, "value.pattern");
/// # Ok::<(), iam_core::rules::ValueProblem>(())
/// ```
#[derive(Clone)]
pub struct Pattern(Regex);

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pattern")
    }
}

impl Pattern {
    /// Compiles an expression.
    pub fn compile(expression: &str) -> Result<Pattern, ValueProblem> {
        if expression.len() > LENGTH {
            return Err(ValueProblem::new(
                "value.pattern",
                format!("the regular expression is longer than {LENGTH} bytes; shorten it"),
            ));
        }
        // Alone first: `a)|(b` must not become valid by being wrapped.
        build(expression).map_err(|error| explain(&error))?;
        // A comment of the verbose mode would swallow the closing parenthesis: the line break ends it.
        build(&format!(r"\A(?:{expression})\z"))
            .or_else(|_| build(&format!("\\A(?:{expression}\n)\\z")))
            .map(Pattern)
            .map_err(|error| explain(&error))
    }

    /// The compiled form of an expression, from a small memory of recent ones.
    pub(crate) fn recall(expression: &str) -> Result<Arc<Pattern>, ValueProblem> {
        static MEMORY: OnceLock<RwLock<BTreeMap<String, Arc<Pattern>>>> = OnceLock::new();
        let memory = MEMORY.get_or_init(RwLock::default);
        if let Ok(known) = memory.read()
            && let Some(pattern) = known.get(expression)
        {
            return Ok(Arc::clone(pattern));
        }
        let pattern = Arc::new(Pattern::compile(expression)?);
        if let Ok(mut known) = memory.write() {
            if known.len() >= REMEMBERED {
                known.clear();
            }
            known.insert(expression.to_owned(), Arc::clone(&pattern));
        }
        Ok(pattern)
    }

    /// Whether the whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

fn build(expression: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(expression)
        .size_limit(SIZE)
        .dfa_size_limit(SIZE)
        .nest_limit(50)
        .build()
}

fn explain(error: &regex::Error) -> ValueProblem {
    let message = match error {
        regex::Error::CompiledTooBig(_) => {
            "the regular expression is too large once compiled; use smaller repetition counts, or \
             [A-Za-z0-9] instead of \\w"
                .to_owned()
        }
        other => {
            let text = other.to_string();
            if text.contains("look-around") || text.contains("backreference") {
                "back-references and look-around are not supported, because values are matched in linear \
                 time; rewrite the regular expression without them"
                    .to_owned()
            } else {
                let reason = text
                    .lines()
                    .rev()
                    .find_map(|line| line.strip_prefix("error: "))
                    .unwrap_or("it cannot be parsed");
                format!("not a regular expression: {reason}")
            }
        }
    };
    ValueProblem::new("value.pattern", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// S3-85, S3-86
    #[test]
    fn the_whole_value_must_match() {
        for (expression, whole, part) in [
            ("a|ab", "ab", "abc"),
            ("(?i)x+", "XxX", "xx\n"),
            ("(?m)^b$", "b", "a\nb"),
            ("(?x) a b # comment", "ab", "abc"),
            ("", "", "a"),
        ] {
            let pattern = Pattern::compile(expression).unwrap();
            assert!(pattern.matches(whole), "{expression}");
            assert!(!pattern.matches(part), "{expression}");
        }
    }

    #[test]
    fn names_in_any_script_can_be_described() {
        for expression in [r"\w{1,50}", r"[\p{L}\p{M}' -]{1,100}", "(?i)[a-zäöüß]{1,1000}"] {
            assert!(
                Pattern::compile(expression).unwrap().matches("Müller"),
                "{expression}"
            );
        }
    }

    /// S3-86
    #[test]
    fn what_cannot_run_in_linear_time_or_little_memory_is_refused() {
        for expression in [
            r"(a)\1",
            "(?=a)b",
            "a)|(b",
            "(",
            r"\w{1000}{1000}",
            &"(".repeat(900),
            &"a".repeat(1001),
        ] {
            assert_eq!(Pattern::compile(expression).unwrap_err().code, "value.pattern");
        }
        let message = Pattern::compile(r"(a)\1").unwrap_err().message;
        assert!(message.contains("back-references and look-around"), "{message}");
        // The classic of exponential engines ends at once.
        let slow = Pattern::compile("(a+)+b").unwrap();
        assert!(!slow.matches(&"a".repeat(1000)));
    }
}
