//! Keycloak: a credential as it is in an exported realm, with `secretData` and `credentialData`, each a structure or the
//! text of one.

use serde_json::Value;

use super::{
    HashError, Read, Stored, b64, malformed,
    pbkdf2::{self, Prf},
};

const SCHEME: &str = "keycloak";

pub(super) fn read(text: &str) -> Read<'_> {
    if !text.starts_with('{') || !text.contains("credentialData") {
        return None;
    }
    let Ok(whole) = serde_json::from_str::<Value>(text) else {
        return Some(malformed(SCHEME, "JSON"));
    };
    Some(keycloak(&whole))
}

/// A part that is a structure or the text of one.
fn part(whole: &Value, name: &str) -> Option<Value> {
    match whole.get(name)? {
        Value::String(text) => serde_json::from_str(text).ok(),
        other => Some(other.clone()),
    }
}

fn keycloak<'a>(whole: &Value) -> Result<Stored<'a>, HashError> {
    let (Some(secret), Some(data)) = (part(whole, "secretData"), part(whole, "credentialData")) else {
        return malformed(SCHEME, "secretData or credentialData");
    };
    let bytes = |name: &str| secret.get(name).and_then(Value::as_str).and_then(b64);
    let (Some(hash), Some(salt)) = (bytes("value"), bytes("salt")) else {
        return malformed(SCHEME, "value or salt");
    };
    let algorithm = data.get("algorithm").and_then(Value::as_str).unwrap_or_default();
    let rounds = data
        .get("hashIterations")
        .and_then(Value::as_u64)
        .unwrap_or_default();
    if algorithm == "argon2" {
        return argon2(&data, rounds, &salt, &hash);
    }
    match algorithm
        .strip_prefix("pbkdf2")
        .map(|name| name.trim_start_matches('-'))
        .and_then(Prf::from_name)
    {
        Some(prf) => pbkdf2::stored(prf, rounds, salt, hash),
        None => malformed(SCHEME, "the algorithm"),
    }
}

/// Keycloak's Argon2 as the PHC string that it would be.
fn argon2<'a>(data: &Value, passes: u64, salt: &[u8], hash: &[u8]) -> Result<Stored<'a>, HashError> {
    use base64::Engine;
    let more = |name: &str| {
        data.get("additionalParameters")
            .and_then(|more| more.get(name)?.get(0)?.as_str())
            .unwrap_or_default()
    };
    let kind = match more("type") {
        kind @ ("id" | "i" | "d") => kind,
        _ => return malformed(SCHEME, "the type of Argon2"),
    };
    let version = if more("version") == "1.0" { 16 } else { 19 };
    let phc = format!(
        "$argon2{kind}$v={version}$m={},t={passes},p={}${}${}",
        more("memory"),
        more("parallelism"),
        super::B64.encode(salt),
        super::B64.encode(hash)
    );
    super::super::argon::check(&phc)?;
    Ok(Stored::new("keycloak-argon2", move |password| {
        super::super::argon::verify(&phc, password, None).unwrap_or_default()
    }))
}
