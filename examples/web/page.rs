//! Pages: text with forms. Everything that comes from outside is escaped.

use axum::response::Html;
use iam_core::wire::Problem;

const STYLE: &str = "body{font:1rem/1.5 system-ui;max-width:36rem;margin:3rem auto;padding:0 1rem}\
    label{display:block;margin:.6rem 0}input{width:100%;font:inherit;padding:.3rem}button{font:inherit;margin:.6rem 0}\
    .problem{color:#b00020}code{word-break:break-all}";

/// Text as it may stand in a page.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A page.
pub fn page(title: &str, body: &str) -> Html<String> {
    let title = escape(title);
    Html(format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title><style>{STYLE}</style>\
         <h1>{title}</h1>{body}<p><a href=/>Home</a></html>"
    ))
}

/// A page that only says something.
pub fn message(title: &str, text: &str) -> Html<String> {
    page(title, &format!("<p id=message>{}</p>", escape(text)))
}

/// A field of a form.
pub fn field(label: &str, name: &str, kind: &str, value: &str) -> String {
    format!(
        "<label>{} <input name={name} type={kind} value=\"{}\"></label>",
        escape(label),
        escape(value)
    )
}

/// A form with one button.
pub fn form(action: &str, fields: &str, button: &str) -> String {
    let id = action.trim_start_matches('/').replace('/', "-");
    format!(
        "<form method=post action=\"{action}\" id=\"{id}\">{fields}<button>{}</button></form>",
        escape(button)
    )
}

/// What was wrong, field by field where that is known.
pub fn problem(problem: Option<&Problem>) -> String {
    let Some(problem) = problem else {
        return String::new();
    };
    let mut lines = vec![escape(&problem.message)];
    if problem.fields.len() > 1 {
        let field =
            |field: &iam_core::wire::FieldProblem| escape(&format!("{}: {}", field.field, field.message));
        lines = problem.fields.iter().map(field).collect();
    }
    format!("<p class=problem id=problem>{}</p>", lines.join("<br>"))
}
