//! Templates of messages: built-in ones in English and German, and those of the realm.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The template of a message. `{name}`, `{realm}`, `{link}`, `{secret}`, `{until}` and every attribute of the user are
/// replaced by their values; in HTML they are escaped.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MessageTemplate {
    /// The subject line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as HTML, for readers that prefer it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
}

/// Templates of a realm: by message type, then by language tag.
pub(crate) type Templates = BTreeMap<String, BTreeMap<String, MessageTemplate>>;

/// Message type, subject, text; English then German.
type Row = (&'static str, [&'static str; 2], [&'static str; 2]);

const BUILTIN: &[Row] = &[
    (
        "user.created",
        [
            "Welcome to {realm}",
            "Hello {name},\n\nan account was created for you in {realm}. Your user name is {user_name}.\n",
        ],
        [
            "Willkommen bei {realm}",
            "Guten Tag {name}\n\nfür Sie wurde bei {realm} ein Konto eingerichtet. Ihr Benutzername ist {user_name}.\n",
        ],
    ),
    (
        "user.invited",
        [
            "Your invitation to {realm}",
            "Hello {name},\n\nyou are invited to {realm}. Choose a password and complete your sign-up here:\n\n{link}\n\nThe link counts once, until {until}.\n",
        ],
        [
            "Ihre Einladung zu {realm}",
            "Guten Tag {name}\n\nSie sind zu {realm} eingeladen. Wählen Sie hier ein Passwort und schliessen Sie die Anmeldung ab:\n\n{link}\n\nDer Link gilt einmal, bis {until}.\n",
        ],
    ),
    (
        "user.password_reset",
        [
            "Set a new password for {realm}",
            "Hello {name},\n\na new password was asked for at {realm}. Set it here:\n\n{link}\n\nThe link counts once, until {until}. Your present password stays valid until then. If it was not you who asked, there is nothing to do.\n",
        ],
        [
            "Neues Passwort für {realm}",
            "Guten Tag {name}\n\nes wurde ein neues Passwort für {realm} verlangt. Setzen Sie es hier:\n\n{link}\n\nDer Link gilt einmal, bis {until}. Ihr jetziges Passwort bleibt bis dahin gültig. Wenn nicht Sie es verlangt haben, brauchen Sie nichts zu tun.\n",
        ],
    ),
    (
        "user.email_verification",
        [
            "Confirm your address for {realm}",
            "Hello {name},\n\nconfirm that this address is yours:\n\n{link}\n\nThe link counts once, until {until}.\n",
        ],
        [
            "Bestätigen Sie Ihre Adresse für {realm}",
            "Guten Tag {name}\n\nbestätigen Sie, dass diese Adresse Ihnen gehört:\n\n{link}\n\nDer Link gilt einmal, bis {until}.\n",
        ],
    ),
    (
        "password.initial",
        [
            "Your password for {realm}",
            "Hello {name},\n\nyour password for {realm} is\n\n    {secret}\n\nIt counts until {until} and must be changed when you sign in.\n",
        ],
        [
            "Ihr Passwort für {realm}",
            "Guten Tag {name}\n\nIhr Passwort für {realm} ist\n\n    {secret}\n\nEs gilt bis {until} und muss bei der Anmeldung geändert werden.\n",
        ],
    ),
    (
        "password.set",
        [
            "Your password was set",
            "Hello {name},\n\nan administrator has set your password for {realm}. If you do not expect this, ask your administrator.\n",
        ],
        [
            "Ihr Passwort wurde gesetzt",
            "Guten Tag {name}\n\neine Administratorin oder ein Administrator hat Ihr Passwort für {realm} gesetzt. Wenn Sie das nicht erwarten, fragen Sie nach.\n",
        ],
    ),
    (
        "password.reset",
        [
            "Your password was reset",
            "Hello {name},\n\nyour password for {realm} was reset. If you do not expect this, ask your administrator.\n",
        ],
        [
            "Ihr Passwort wurde zurückgesetzt",
            "Guten Tag {name}\n\nIhr Passwort für {realm} wurde zurückgesetzt. Wenn Sie das nicht erwarten, fragen Sie nach.\n",
        ],
    ),
    (
        "password.changed",
        [
            "Your password was changed",
            "Hello {name},\n\nyour password for {realm} was changed. If it was not you, ask your administrator at once.\n",
        ],
        [
            "Ihr Passwort wurde geändert",
            "Guten Tag {name}\n\nIhr Passwort für {realm} wurde geändert. Wenn nicht Sie es waren, melden Sie sich sofort.\n",
        ],
    ),
    (
        "passcode",
        [
            "Your code for {realm}",
            "{secret} is your code for {realm}. It counts once, until {until}. Nobody will ever ask you for it.\n",
        ],
        [
            "Ihr Code für {realm}",
            "{secret} ist Ihr Code für {realm}. Er gilt einmal, bis {until}. Niemand wird Sie je danach fragen.\n",
        ],
    ),
    (
        "otp.enrolment",
        [
            "Set up your authenticator for {realm}",
            "Hello {name},\n\nscan the attached picture with your authenticator, or open this on your phone:\n\n{secret}\n\nThen confirm with the first code, before {until}.\n",
        ],
        [
            "Richten Sie Ihren Authenticator für {realm} ein",
            "Guten Tag {name}\n\nlesen Sie das beigefügte Bild mit Ihrem Authenticator ein, oder öffnen Sie dies auf Ihrem Telefon:\n\n{secret}\n\nBestätigen Sie danach mit dem ersten Code, vor {until}.\n",
        ],
    ),
    (
        "factor.added",
        [
            "A second factor was added",
            "Hello {name},\n\na second factor was added to your account in {realm}. If it was not you, ask your administrator at once.\n",
        ],
        [
            "Ein zweiter Faktor ist dazugekommen",
            "Guten Tag {name}\n\nzu Ihrem Konto bei {realm} ist ein zweiter Faktor dazugekommen. Wenn nicht Sie es waren, melden Sie sich sofort.\n",
        ],
    ),
    (
        "factor.removed",
        [
            "A second factor was removed",
            "Hello {name},\n\na second factor was removed from your account in {realm}. If it was not you, ask your administrator at once.\n",
        ],
        [
            "Ein zweiter Faktor wurde entfernt",
            "Guten Tag {name}\n\nvon Ihrem Konto bei {realm} wurde ein zweiter Faktor entfernt. Wenn nicht Sie es waren, melden Sie sich sofort.\n",
        ],
    ),
];

/// What is said about a change of status when nobody wrote a better text.
const STATUS: [[&str; 2]; 2] = [
    [
        "Your account in {realm}",
        "Hello {name},\n\nyour account in {realm} was changed. Sign in to see it, or ask your administrator.\n",
    ],
    [
        "Ihr Konto bei {realm}",
        "Guten Tag {name}\n\nIhr Konto bei {realm} wurde geändert. Melden Sie sich an, um es zu sehen, oder fragen Sie nach.\n",
    ],
];

/// The template for a language and the language that it is in: the realm's own first, the exact tag before its first part,
/// English when nothing fits.
pub(crate) fn choose(own: &Templates, name: &str, language: &str) -> (MessageTemplate, String) {
    let language = language.to_lowercase();
    let first = language.split('-').next().unwrap_or_default();
    if let Some(languages) = own.get(name) {
        let find = |wanted: &str| languages.iter().find(|(tag, _)| tag.to_lowercase() == wanted);
        if let Some((tag, template)) = find(&language).or_else(|| find(first)) {
            return (template.clone(), tag.clone());
        }
    }
    let row = BUILTIN
        .iter()
        .find(|(known, ..)| *known == name)
        .map_or(STATUS, |(_, english, german)| [*english, *german]);
    let german = first == "de";
    // A realm that wrote one text and not this language prefers its own words to ours.
    if !german
        && first != "en"
        && let Some((tag, template)) = own.get(name).and_then(|languages| languages.iter().next())
    {
        return (template.clone(), tag.clone());
    }
    let [subject, text] = if german { row[1] } else { row[0] };
    let template = MessageTemplate {
        subject: subject.to_owned(),
        text: text.to_owned(),
        html: None,
    };
    (template, if german { "de" } else { "en" }.to_owned())
}

/// Everything that HTML takes for markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

impl MessageTemplate {
    /// The message with values for its placeholders; a placeholder without a value is left out.
    pub(crate) fn render(&self, values: &BTreeMap<String, String>) -> MessageTemplate {
        let fill = |text: &str, encode: &dyn Fn(&str) -> String| {
            let mut out = String::with_capacity(text.len());
            let mut rest = text;
            while let Some((before, after)) = rest.split_once('{') {
                out.push_str(before);
                match after.split_once('}') {
                    Some((name, after)) => {
                        out.push_str(&values.get(name).map(|value| encode(value)).unwrap_or_default());
                        rest = after;
                    }
                    None => {
                        out.push('{');
                        rest = after;
                    }
                }
            }
            out.push_str(rest);
            out
        };
        let plain = |value: &str| value.to_owned();
        // A line break in a name must not begin a header of its own.
        let line = |value: &str| value.replace(|c: char| c.is_control(), " ");
        MessageTemplate {
            subject: fill(&self.subject, &line),
            text: fill(&self.text, &plain),
            html: self.html.as_ref().map(|html| fill(html, &escaped)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// S3-60: every message has a text before anybody writes one, that of a reset with its link.
    #[test]
    fn there_is_a_default_for_everything() {
        for (language, word) in [("en", "password"), ("de-CH", "Passwort"), ("fr", "password")] {
            let (template, _) = choose(&Templates::new(), "user.password_reset", language);
            assert!(
                template.text.contains(word) && template.text.contains("{link}"),
                "{language}"
            );
        }
        for name in BUILTIN.iter().map(|(name, ..)| *name).chain(["user.suspended"]) {
            let (template, _) = choose(&Templates::new(), name, "en");
            assert!(
                !template.text.is_empty() && format!("{template:?}").contains("{realm}"),
                "{name}"
            );
        }
    }

    #[test]
    fn languages_fall_back_to_what_there_is() {
        let mut own = Templates::new();
        let template = |text: &str| MessageTemplate {
            text: text.to_owned(),
            ..MessageTemplate::default()
        };
        own.insert(
            "passcode".into(),
            [
                ("fr".to_owned(), template("fr")),
                ("de-CH".to_owned(), template("ch")),
            ]
            .into(),
        );
        for (language, text, tag) in [
            ("fr-CA", "fr", "fr"),
            ("DE-ch", "ch", "de-CH"),
            ("it", "ch", "de-CH"),
        ] {
            let (chosen, found) = choose(&own, "passcode", language);
            assert_eq!((chosen.text.as_str(), found.as_str()), (text, tag), "{language}");
        }
        assert_eq!(choose(&own, "passcode", "de-AT").1, "de");
        assert_eq!(choose(&own, "passcode", "en-US").1, "en");
        assert_eq!(choose(&own, "something.new", "").1, "en");
    }

    #[test]
    fn values_are_escaped_where_they_have_to_be() {
        let template = MessageTemplate {
            subject: "Hi {name}".into(),
            text: "{name} {nothing}{ open".into(),
            html: Some("<b>{name}</b>".into()),
        };
        let values = [("name".to_owned(), "<A>\r\nBcc: x".to_owned())].into();
        let rendered = template.render(&values);
        assert_eq!(rendered.subject, "Hi <A>  Bcc: x");
        assert_eq!(rendered.text, "<A>\r\nBcc: x { open");
        assert_eq!(rendered.html.as_deref(), Some("<b>&lt;A&gt;\r\nBcc: x</b>"));
    }
}
