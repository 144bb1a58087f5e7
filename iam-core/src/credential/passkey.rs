//! Passkeys as mathematics (WebAuthn level 3): the options that a browser is given, and what is read in its answers.
//!
//! Checking an answer is `webauthn-rs`'s business, and needs the feature `passkeys` of this crate; without it every command
//! and call about passkeys is refused with `feature.off`.

use std::collections::BTreeSet;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The longest answer of a browser that is looked at, in bytes.
const LONGEST: usize = 65_536;
/// Signatures that are accepted, by their COSE numbers: ECDSA over P-256, RSA with SHA-256.
const ALGORITHMS: [i64; 2] = [-7, -257];
/// Milliseconds that a browser waits for the person.
const PATIENCE: u32 = 300_000;

/// Where passkeys belong to: the relying party of WebAuthn.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RelyingParty {
    /// The domain, such as `example.com`; passkeys work there and below, and cannot be moved to another one.
    pub rp_id: String,
    /// The pages that may ask for passkeys, such as `https://login.example.com`; `http` for `localhost` only.
    pub origins: BTreeSet<String>,
    /// What people read when they are asked; the domain when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rp_name: Option<String>,
}

impl RelyingParty {
    /// What is wrong with it: the field and a sentence.
    pub fn problems(&self) -> Vec<(&'static str, String)> {
        let mut problems = Vec::new();
        if !is_domain(&self.rp_id) {
            problems.push((
                "rp_id",
                "a domain in lower case, such as `example.com`".to_owned(),
            ));
        }
        if self.origins.is_empty() || self.origins.len() > 20 {
            problems.push(("origins", "1 to 20 origins".to_owned()));
        }
        for origin in &self.origins {
            if !self.owns(origin) {
                let message = format!(
                    "`{origin}` is not `https://` and a host of `{}`, perhaps with a port",
                    self.rp_id
                );
                problems.push(("origins", message));
            }
        }
        if self
            .rp_name
            .as_ref()
            .is_some_and(|name| name.is_empty() || name.chars().count() > 100)
        {
            problems.push(("rp_name", "1 to 100 characters".to_owned()));
        }
        problems
    }

    /// Whether an origin is a page of the domain.
    fn owns(&self, origin: &str) -> bool {
        let (secure, rest) = match origin.split_once("://") {
            Some(("https", rest)) => (true, rest),
            Some(("http", rest)) => (false, rest),
            _ => return false,
        };
        let (host, port) = rest.split_once(':').unwrap_or((rest, "1"));
        let of_the_domain = host
            .strip_suffix(self.rp_id.as_str())
            .is_some_and(|before| before.is_empty() || before.ends_with('.'));
        is_domain(host)
            && of_the_domain
            && port.parse::<u16>().is_ok_and(|port| port > 0)
            && (secure || host == "localhost" || host.ends_with(".localhost"))
    }
}

fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    (1..=253).contains(&text.len())
        && text.split('.').all(label)
        && !text.rsplit('.').next().is_some_and(|last| {
            // An address in numbers is no domain.
            last.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// Who enrols a passkey.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// The user handle: it is kept on the device, so it says nothing about the person.
    pub handle: &'a [u8],
    /// The name by which the person tells accounts apart.
    pub name: &'a str,
    /// The name for people.
    pub display_name: &'a str,
}

/// A passkey that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its identifier, in base 64 for URLs.
    pub id: String,
    /// How its device is reached, as the browser said when it was made.
    pub transports: Vec<String>,
}

fn descriptors(known: &[Known]) -> Vec<Value> {
    let one = |passkey: &Known| {
        let mut value = json!({"type": "public-key", "id": passkey.id});
        if !passkey.transports.is_empty() {
            value["transports"] = json!(passkey.transports);
        }
        value
    };
    known.iter().map(one).collect()
}

/// The options for `navigator.credentials.create`, as JSON: `PublicKeyCredentialCreationOptionsJSON`.
///
/// The person is always verified by the device, by a fingerprint or a PIN: so a passkey is two factors. It is kept on the
/// device where that is possible, and can then be used without a name. No attestation is asked for.
pub fn creation_options(
    party: &RelyingParty,
    person: &Person<'_>,
    challenge: &str,
    known: &[Known],
) -> String {
    let algorithms = ALGORITHMS.map(|number| json!({"type": "public-key", "alg": number}));
    json!({
        "rp": {"id": party.rp_id, "name": party.rp_name.as_deref().unwrap_or(&party.rp_id)},
        "user": {
            "id": URL_SAFE_NO_PAD.encode(person.handle),
            "name": person.name,
            "displayName": person.display_name,
        },
        "challenge": URL_SAFE_NO_PAD.encode(challenge),
        "pubKeyCredParams": algorithms,
        "timeout": PATIENCE,
        "excludeCredentials": descriptors(known),
        "authenticatorSelection": {
            "residentKey": "preferred",
            "requireResidentKey": false,
            "userVerification": "required",
        },
        "attestation": "none",
        "extensions": {
            "credProps": true,
            "credentialProtectionPolicy": "userVerificationRequired",
            "enforceCredentialProtectionPolicy": false,
        },
    })
    .to_string()
}

/// The options for `navigator.credentials.get`, as JSON: `PublicKeyCredentialRequestOptionsJSON`. Without passkeys to
/// choose from the person takes any that the device has for this domain.
pub fn request_options(party: &RelyingParty, challenge: &str, known: &[Known]) -> String {
    json!({
        "challenge": URL_SAFE_NO_PAD.encode(challenge),
        "timeout": PATIENCE,
        "rpId": party.rp_id,
        "allowCredentials": descriptors(known),
        "userVerification": "required",
    })
    .to_string()
}

/// What is read in a browser's answer before it is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The identifier of the passkey, in base 64 for URLs.
    pub id: String,
    /// The challenge that was answered.
    pub challenge: String,
    /// Whose passkey it is, as the device says.
    pub handle: Option<Vec<u8>>,
    /// How the device is reached.
    pub transports: Vec<String>,
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}

/// Reads a browser's answer; nothing is checked.
pub fn read(answer: &str) -> Option<Answer> {
    if answer.len() > LONGEST {
        return None;
    }
    let value: Value = serde_json::from_str(answer).ok()?;
    let id = decoded(value.get("rawId").or(value.get("id"))?.as_str()?)?;
    if id.is_empty() || id.len() > 1_023 {
        return None;
    }
    let response = value.get("response")?;
    let client: Value = serde_json::from_slice(&decoded(response.get("clientDataJSON")?.as_str()?)?).ok()?;
    let challenge = decoded(client.get("challenge")?.as_str()?)?;
    let handle = match response.get("userHandle").and_then(Value::as_str) {
        Some("") | None => None,
        Some(text) => Some(decoded(text)?),
    };
    let transports = response.get("transports").and_then(Value::as_array);
    let plain = |text: &&str| {
        (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    };
    Some(Answer {
        id: URL_SAFE_NO_PAD.encode(id),
        challenge: String::from_utf8(challenge).ok()?,
        handle,
        transports: transports
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .filter(plain)
            .take(8)
            .map(str::to_owned)
            .collect(),
    })
}

/// A passkey after it was made or used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Everything that the next check needs, as JSON; public, but nobody else's business.
    pub kept: String,
    /// Its identifier, in base 64 for URLs.
    pub id: String,
    /// How often it was used, as the device counts; 0 where the device does not.
    pub counter: u32,
    /// Whether it is kept in more than one place.
    pub backed_up: bool,
}

/// Why an answer does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unfit {
    /// This build checks none.
    Off,
    /// It is not what a browser would send.
    Malformed,
    /// The origin, the domain, the challenge or the signature is another one, or nobody was verified.
    Wrong,
    /// The device has counted backwards: there are two of it (WebAuthn, 6.1.1).
    Copied,
}

#[cfg(not(feature = "passkeys"))]
mod check {
    use super::{Passkey, RelyingParty, Unfit};

    /// Whether this build checks passkeys.
    pub const BUILT_IN: bool = false;

    /// Checks the answer to [`creation_options`](super::creation_options).
    ///
    /// # Errors
    /// [`Unfit::Off`].
    pub fn made(_: &RelyingParty, _: &str, _: &str) -> Result<Passkey, Unfit> {
        Err(Unfit::Off)
    }

    /// Checks the answer to [`request_options`](super::request_options).
    ///
    /// # Errors
    /// [`Unfit::Off`].
    pub fn shown(_: &RelyingParty, _: &str, _: &str, _: &str) -> Result<Passkey, Unfit> {
        Err(Unfit::Off)
    }
}

#[cfg(feature = "passkeys")]
mod check {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    use serde::{Serialize, de::DeserializeOwned};
    use serde_json::Value;
    use url::Url;
    use webauthn_rs::prelude::{
        Passkey as Key, PublicKeyCredential, RegisterPublicKeyCredential, Webauthn, WebauthnBuilder,
        WebauthnError,
    };

    use super::{Passkey, RelyingParty, Unfit};

    /// Whether this build checks passkeys.
    pub const BUILT_IN: bool = true;

    fn site(party: &RelyingParty) -> Result<Webauthn, Unfit> {
        let mut origins = party.origins.iter().filter_map(|origin| Url::parse(origin).ok());
        let first = origins.next().ok_or(Unfit::Malformed)?;
        let mut builder = WebauthnBuilder::new(&party.rp_id, &first).map_err(|_| Unfit::Malformed)?;
        for origin in origins {
            builder = builder.append_allowed_origin(&origin);
        }
        builder.build().map_err(|_| Unfit::Malformed)
    }

    /// A ceremony begins with a challenge of the crate's own, and is checked with ours in its place: ours was drawn by
    /// the host's entropy, and says when it was made and for whom.
    fn with_challenge<T: Serialize + DeserializeOwned>(
        state: &T,
        part: &str,
        challenge: &str,
    ) -> Result<T, Unfit> {
        let mut value = serde_json::to_value(state).map_err(|_| Unfit::Malformed)?;
        let place = value
            .get_mut(part)
            .and_then(|part| part.get_mut("challenge"))
            .ok_or(Unfit::Malformed)?;
        *place = Value::from(URL_SAFE_NO_PAD.encode(challenge));
        serde_json::from_value(value).map_err(|_| Unfit::Malformed)
    }

    fn unfit(error: WebauthnError) -> Unfit {
        match error {
            WebauthnError::CredentialPossibleCompromise => Unfit::Copied,
            _ => Unfit::Wrong,
        }
    }

    fn answer<T: DeserializeOwned>(text: &str) -> Result<T, Unfit> {
        serde_json::from_str(text).map_err(|_| Unfit::Malformed)
    }

    fn kept(key: &Key) -> Result<Passkey, Unfit> {
        let value = serde_json::to_value(key).map_err(|_| Unfit::Malformed)?;
        let inner = value.get("cred");
        let of = |name: &str| inner.and_then(|inner| inner.get(name));
        Ok(Passkey {
            id: URL_SAFE_NO_PAD.encode(key.cred_id()),
            counter: of("counter")
                .and_then(Value::as_u64)
                .and_then(|counter| counter.try_into().ok())
                .ok_or(Unfit::Malformed)?,
            backed_up: of("backup_state")
                .and_then(Value::as_bool)
                .ok_or(Unfit::Malformed)?,
            kept: value.to_string(),
        })
    }

    /// Checks the answer to [`creation_options`](super::creation_options).
    ///
    /// # Errors
    /// When it does not hold.
    pub fn made(party: &RelyingParty, challenge: &str, text: &str) -> Result<Passkey, Unfit> {
        let site = site(party)?;
        let answer: RegisterPublicKeyCredential = answer(text)?;
        let (_, state) = site
            .start_passkey_registration(uuid::Uuid::nil(), "-", "-", None)
            .map_err(unfit)?;
        let state = with_challenge(&state, "rs", challenge)?;
        let key = site.finish_passkey_registration(&answer, &state).map_err(unfit)?;
        kept(&key)
    }

    /// Checks the answer to [`request_options`](super::request_options) against a passkey that was kept.
    ///
    /// # Errors
    /// When it does not hold.
    pub fn shown(party: &RelyingParty, challenge: &str, before: &str, text: &str) -> Result<Passkey, Unfit> {
        let site = site(party)?;
        let answer: PublicKeyCredential = answer(text)?;
        let mut key: Key = serde_json::from_str(before).map_err(|_| Unfit::Malformed)?;
        let (_, state) = site
            .start_passkey_authentication(std::slice::from_ref(&key))
            .map_err(unfit)?;
        let state = with_challenge(&state, "ast", challenge)?;
        let result = site
            .finish_passkey_authentication(&answer, &state)
            .map_err(unfit)?;
        // A passkey is two factors because the device has verified the person.
        if !result.user_verified() {
            return Err(Unfit::Wrong);
        }
        key.update_credential(&result);
        kept(&key)
    }
}

pub use check::{BUILT_IN, made, shown};

#[cfg(test)]
mod tests {
    use super::*;

    fn party(rp_id: &str, origin: &str) -> RelyingParty {
        RelyingParty {
            rp_id: rp_id.to_owned(),
            origins: [origin.to_owned()].into(),
            rp_name: None,
        }
    }

    #[test]
    fn a_relying_party_owns_its_pages() {
        for (rp_id, origin) in [
            ("example.com", "https://example.com"),
            ("example.com", "https://login.example.com:8443"),
            ("localhost", "http://localhost:8080"),
        ] {
            assert_eq!(party(rp_id, origin).problems(), [], "{rp_id} {origin}");
        }
        for (rp_id, origin) in [
            ("example.com", "http://example.com"),
            ("example.com", "https://example.com/"),
            ("example.com", "https://example.org"),
            ("example.com", "https://anexample.com"),
            ("example.com", "https://example.com:0"),
            ("Example.com", "https://Example.com"),
            ("127.0.0.1", "https://127.0.0.1"),
            ("", "https://"),
            ("example.com", "ftp://example.com"),
        ] {
            assert!(!party(rp_id, origin).problems().is_empty(), "{rp_id} {origin}");
        }
    }

    #[test]
    fn answers_are_read_and_nonsense_is_not() {
        let client = URL_SAFE_NO_PAD.encode(format!(
            r#"{{"challenge":"{}"}}"#,
            URL_SAFE_NO_PAD.encode("the challenge")
        ));
        let text = json!({
            "rawId": "AQID",
            "response": {"clientDataJSON": client, "userHandle": "BAU", "transports": ["usb", "No!", 3]},
        });
        let answer = read(&text.to_string()).unwrap();
        assert_eq!(
            (
                answer.id.as_str(),
                answer.challenge.as_str(),
                answer.handle.as_deref()
            ),
            ("AQID", "the challenge", Some([4, 5].as_slice()))
        );
        assert_eq!(answer.transports, ["usb"]);
        for nonsense in ["", "{}", "[]", r#"{"rawId": ""}"#, &"x".repeat(100_000)] {
            assert_eq!(read(nonsense), None);
        }
    }

    #[test]
    fn options_are_what_browsers_read() {
        let known = [Known {
            id: "AQID".to_owned(),
            transports: vec!["internal".to_owned()],
        }];
        let person = Person {
            handle: &[1; 16],
            name: "ada",
            display_name: "Ada",
        };
        let party = party("example.com", "https://example.com");
        let options: Value =
            serde_json::from_str(&creation_options(&party, &person, "challenge", &known)).unwrap();
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        assert_eq!(options["excludeCredentials"][0]["transports"][0], "internal");
        let options: Value = serde_json::from_str(&request_options(&party, "challenge", &[])).unwrap();
        assert_eq!(options["rpId"], "example.com");
        assert_eq!(options["allowCredentials"], json!([]));
    }
}
