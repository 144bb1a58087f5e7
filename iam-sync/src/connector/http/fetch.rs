//! Requests: signed in, bounded, and only to the service itself.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use iam_core::port::ConnectorError;
use reqwest::{
    Method, Response, StatusCode, Url,
    header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, LINK, RETRY_AFTER},
};
use serde_json::Value as Json;

use super::{
    super::Fields,
    profile::{Auth, Errors, Profile},
};

/// The largest answer, in bytes.
const LARGEST: usize = 64 * 1024 * 1024;
/// How often a request is made again after a failure of the server.
const ATTEMPTS: u32 = 3;

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) json: Json,
    /// The address of the next page, by the `Link` header.
    pub(super) link: Option<String>,
}

/// Signs in and fetches.
pub(super) struct Client {
    http: reqwest::Client,
    base: Url,
    texts: BTreeMap<String, String>,
    secrets: BTreeMap<String, String>,
    auth: Auth,
    headers: HeaderMap,
    errors: Option<Errors>,
    token: Option<(String, Instant)>,
}

pub(super) fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

fn unreachable(error: reqwest::Error) -> ConnectorError {
    // The address may carry a token: it is not told.
    ConnectorError::Unreachable(error.without_url().to_string())
}

impl Client {
    pub(super) async fn open(profile: &Profile, fields: Fields<'_>) -> Result<Client, ConnectorError> {
        let mut texts = BTreeMap::new();
        let mut secrets = BTreeMap::new();
        for (name, value) in fields.configuration {
            match value.as_text() {
                Some(text) if text.starts_with(iam_core::model::SECRET_PREFIX) => {
                    secrets.extend(fields.secret(name)?.map(|secret| (name.clone(), secret)));
                }
                Some(text) => drop(texts.insert(name.clone(), text.to_owned())),
                None => {}
            }
        }
        for field in &profile.fields {
            if let Some(default) = field.default.as_ref().and_then(iam_core::model::Value::as_text) {
                texts
                    .entry(field.name.clone())
                    .or_insert_with(|| default.to_owned());
            }
        }
        let base = match texts.get("base_url") {
            Some(base) => base.clone(),
            None => fill(&profile.base_url, &texts, &secrets, true)?,
        };
        let base = base.trim_end_matches('/').to_owned();
        texts.insert("base_url".to_owned(), base.clone());
        let base = Url::parse(&base).map_err(|error| Fields::wrong("base_url", error.to_string()))?;
        if !matches!(base.scheme(), "https" | "http") || base.host().is_none() {
            return Err(Fields::wrong(
                "base_url",
                "is an address that begins with https://",
            ));
        }
        let mut headers = HeaderMap::new();
        for (name, value) in &profile.headers {
            let wrong = |_| Fields::wrong("profile", format!("the header {name} is wrong"));
            headers.insert(
                HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong(()))?,
                HeaderValue::from_str(value).map_err(|_| wrong(()))?,
            );
        }
        let mut builder = reqwest::Client::builder()
            .timeout(Duration::from_secs(60))
            .connect_timeout(Duration::from_secs(15))
            // A redirect would carry our credentials somewhere else.
            .redirect(reqwest::redirect::Policy::none());
        if let Some(path) = texts.get("client_certificate") {
            let wrong = |message: String| Fields::wrong("client_certificate", message);
            let pem = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
            let identity = reqwest::Identity::from_pem(&pem).map_err(|error| wrong(error.to_string()))?;
            builder = builder.identity(identity);
        }
        if let Some(path) = texts.get("ca_file") {
            let wrong = |message: String| Fields::wrong("ca_file", message);
            let pem = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
            for certificate in
                reqwest::Certificate::from_pem_bundle(&pem).map_err(|error| wrong(error.to_string()))?
            {
                builder = builder.add_root_certificate(certificate);
            }
        }
        Ok(Client {
            http: builder.build().map_err(unreachable)?,
            base,
            texts,
            secrets,
            auth: profile.auth.clone(),
            headers,
            errors: profile.errors.clone(),
            token: None,
        })
    }

    /// Fills in the fields of the configuration; secrets are not for paths and queries.
    pub(super) fn fill(&self, text: &str) -> Result<String, ConnectorError> {
        fill(text, &self.texts, &BTreeMap::new(), false)
    }

    fn fill_secret(&self, text: &str) -> Result<String, ConnectorError> {
        fill(text, &self.texts, &self.secrets, false)
    }

    /// A page of the service.
    pub(super) async fn get(
        &mut self,
        path: &str,
        query: &[(String, String)],
        body: Option<Json>,
    ) -> Result<Answer, ConnectorError> {
        let mut url = self.base.clone();
        let (path, own) = path.split_once('?').unwrap_or((path, ""));
        url.set_path(&format!("{}{path}", self.base.path().trim_end_matches('/')));
        {
            let mut pairs = url.query_pairs_mut();
            for (name, value) in own.split('&').filter_map(|pair| pair.split_once('=')) {
                pairs.append_pair(name, value);
            }
            for (name, value) in query {
                pairs.append_pair(name, value);
            }
        }
        if url.query() == Some("") {
            url.set_query(None);
        }
        self.send(url, body).await
    }

    /// An address that the service gave.
    pub(super) async fn get_url(&mut self, url: &str, body: Option<Json>) -> Result<Answer, ConnectorError> {
        let url = self
            .base
            .join(url)
            .map_err(|_| ConnectorError::Protocol("the address of the next page is none".to_owned()))?;
        // Our credentials go to the service and to nobody else, whatever an answer says.
        if url.origin() != self.base.origin() {
            return Err(ConnectorError::Protocol(
                "the address of the next page leads to another service".to_owned(),
            ));
        }
        self.send(url, body).await
    }

    async fn send(&mut self, url: Url, body: Option<Json>) -> Result<Answer, ConnectorError> {
        let mut renewed = false;
        let mut attempt = 0;
        loop {
            attempt += 1;
            let mut url = url.clone();
            let mut headers = self.headers.clone();
            self.sign_in(&mut url, &mut headers).await?;
            let method = if body.is_some() { Method::POST } else { Method::GET };
            let mut request = self.http.request(method, url).headers(headers);
            if let Some(body) = &body {
                request = request.json(body);
            }
            let response = match request.send().await {
                Ok(response) => response,
                Err(error) if attempt < ATTEMPTS => {
                    tracing::debug!(attempt, "a request failed: {}", error.without_url());
                    tokio::time::sleep(Duration::from_millis(200 << attempt)).await;
                    continue;
                }
                Err(error) => return Err(unreachable(error)),
            };
            match response.status() {
                StatusCode::UNAUTHORIZED if !renewed && self.token.is_some() => {
                    // The token ran out before its time.
                    self.token = None;
                    renewed = true;
                }
                status if status.is_server_error() && attempt < ATTEMPTS && wait(&response).is_none() => {
                    tokio::time::sleep(Duration::from_millis(200 << attempt)).await;
                }
                _ => return self.answer(response).await,
            }
        }
    }

    async fn answer(&self, response: Response) -> Result<Answer, ConnectorError> {
        let status = response.status();
        if status == StatusCode::TOO_MANY_REQUESTS
            || (status == StatusCode::SERVICE_UNAVAILABLE && wait(&response).is_some())
        {
            return Err(ConnectorError::Throttled {
                seconds: wait(&response).unwrap_or(30),
            });
        }
        match status {
            _ if status.is_success() => {}
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                return Err(ConnectorError::Denied(status.to_string()));
            }
            _ if status.is_server_error() => return Err(ConnectorError::Unreachable(status.to_string())),
            _ => return Err(ConnectorError::Protocol(status.to_string())),
        }
        let link = response
            .headers()
            .get_all(LINK)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .find_map(next_link);
        let json = read_json(response).await?;
        if let Some(errors) = &self.errors {
            let code = json
                .pointer(&errors.code)
                .and_then(Json::as_i64)
                .unwrap_or_default();
            if code != 0 {
                let said = json
                    .pointer(&errors.message)
                    .and_then(Json::as_str)
                    .unwrap_or_default();
                let said = format!("{code}: {}", said.chars().take(200).collect::<String>());
                return Err(match code {
                    code if errors.throttled.contains(&code) => ConnectorError::Throttled { seconds: 30 },
                    code if errors.denied.contains(&code) => ConnectorError::Denied(said),
                    _ => ConnectorError::Protocol(said),
                });
            }
        }
        Ok(Answer { json, link })
    }

    async fn sign_in(&mut self, url: &mut Url, headers: &mut HeaderMap) -> Result<(), ConnectorError> {
        let wrong = |_| ConnectorError::Denied("a secret cannot be written in a header".to_owned());
        match self.auth.clone() {
            Auth::None => {}
            Auth::Header {
                header,
                prefix,
                secret,
            } => {
                if let Some(secret) = self.secrets.get(&secret) {
                    let mut value =
                        HeaderValue::from_str(&format!("{prefix}{secret}")).map_err(|_| wrong(()))?;
                    value.set_sensitive(true);
                    let name = HeaderName::from_bytes(header.as_bytes()).map_err(|_| wrong(()))?;
                    headers.insert(name, value);
                }
            }
            Auth::Basic { user, password } => {
                let user = self.fill_secret(&user)?;
                let password = self.secrets.get(&password).map(String::as_str).unwrap_or("x");
                headers.insert(AUTHORIZATION, basic(&user, password)?);
            }
            Auth::OAuth {
                token_url,
                form,
                basic: pair,
            } => {
                let token = self.token(&token_url, &form, pair.as_ref(), true).await?;
                let mut value = HeaderValue::from_str(&format!("Bearer {token}")).map_err(|_| wrong(()))?;
                value.set_sensitive(true);
                headers.insert(AUTHORIZATION, value);
            }
            Auth::QueryToken {
                token_url,
                query,
                parameter,
            } => {
                let token = self.token(&token_url, &query, None, false).await?;
                url.query_pairs_mut().append_pair(&parameter, &token);
            }
        }
        Ok(())
    }

    /// A token, from memory while it is good.
    async fn token(
        &mut self,
        token_url: &str,
        form: &BTreeMap<String, String>,
        pair: Option<&[String; 2]>,
        post: bool,
    ) -> Result<String, ConnectorError> {
        if let Some((token, until)) = &self.token
            && *until > Instant::now()
        {
            return Ok(token.clone());
        }
        let url =
            Url::parse(&self.fill(token_url)?).map_err(|_| Fields::wrong("token_url", "is no address"))?;
        let mut filled = BTreeMap::new();
        for (name, value) in form {
            filled.insert(name.clone(), self.fill_secret(value)?);
        }
        let mut request = match post {
            true => self.http.post(url).form(&filled),
            false => self.http.get(url).query(&filled),
        };
        if let Some([user, password]) = pair {
            request = request.header(
                AUTHORIZATION,
                basic(&self.fill_secret(user)?, &self.fill_secret(password)?)?,
            );
        }
        let response = request.send().await.map_err(unreachable)?;
        if let Some(seconds) = wait(&response) {
            return Err(ConnectorError::Throttled { seconds });
        }
        let status = response.status();
        if status.is_server_error() {
            return Err(ConnectorError::Unreachable(status.to_string()));
        }
        if !status.is_success() {
            return Err(ConnectorError::Denied(format!("no token was given: {status}")));
        }
        let json = read_json(response).await?;
        let Some(token) = json.get("access_token").and_then(Json::as_str) else {
            return Err(ConnectorError::Denied("no token was given".to_owned()));
        };
        let seconds = json.get("expires_in").and_then(Json::as_u64).unwrap_or(300);
        // A little earlier than it says.
        let until = Instant::now() + Duration::from_secs(seconds.saturating_sub(30).min(86_400));
        self.token = Some((token.to_owned(), until));
        Ok(token.to_owned())
    }
}

async fn read_json(mut response: Response) -> Result<Json, ConnectorError> {
    let mut bytes = Vec::new();
    while let Some(part) = response.chunk().await.map_err(unreachable)? {
        bytes.extend_from_slice(&part);
        if bytes.len() > LARGEST {
            return Err(ConnectorError::Incomplete(
                "the answer is larger than 64 MiB".to_owned(),
            ));
        }
    }
    serde_json::from_slice(&bytes).map_err(|_| ConnectorError::Protocol("the answer is not JSON".to_owned()))
}

fn basic(user: &str, password: &str) -> Result<HeaderValue, ConnectorError> {
    let text = format!("Basic {}", STANDARD.encode(format!("{user}:{password}")));
    let mut value = HeaderValue::from_str(&text)
        .map_err(|_| ConnectorError::Denied("a secret cannot be written in a header".to_owned()))?;
    value.set_sensitive(true);
    Ok(value)
}

/// How long the service asks to wait.
fn wait(response: &Response) -> Option<u64> {
    let status = response.status();
    if status != StatusCode::TOO_MANY_REQUESTS && status != StatusCode::SERVICE_UNAVAILABLE {
        return None;
    }
    let number = |name: &str| response.headers().get(name)?.to_str().ok()?.parse::<u64>().ok();
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    number(RETRY_AFTER.as_str()).or_else(|| {
        // Okta and others name the second at which it goes on.
        number("x-rate-limit-reset").map(|at| at.saturating_sub(now).max(1))
    })
}

/// The address with `rel="next"` in a `Link` header.
fn next_link(header: &str) -> Option<String> {
    header.split(',').find_map(|part| {
        let (address, rest) = part.trim().strip_prefix('<')?.split_once('>')?;
        rest.split(';')
            .any(|parameter| matches!(parameter.trim(), "rel=\"next\"" | "rel=next"))
            .then(|| address.to_owned())
    })
}

/// Replaces `{name}` and `{secret:name}`.
fn fill(
    text: &str,
    texts: &BTreeMap<String, String>,
    secrets: &BTreeMap<String, String>,
    in_host: bool,
) -> Result<String, ConnectorError> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            return Err(Fields::wrong("profile", "has a `{` without `}`"));
        };
        let value = match name.strip_prefix("secret:") {
            Some(name) => secrets.get(name),
            None => texts.get(name),
        };
        let name = name.trim_start_matches("secret:");
        let value = value.ok_or_else(|| Fields::wrong(name, "must be filled in"))?;
        let is_plain = value
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b':'));
        if in_host && !is_plain {
            return Err(Fields::wrong(
                name,
                "has characters that cannot be part of an address",
            ));
        }
        out.push_str(value);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_places_are_understood() {
        let header = r#"<https://x.example/a>; rel="self", <https://x.example/a?after=1>; rel="next""#;
        assert_eq!(next_link(header).as_deref(), Some("https://x.example/a?after=1"));
        assert_eq!(next_link("<https://x.example/a>; rel=\"self\""), None);
        let texts = [("company".to_owned(), "acme".to_owned())].into();
        assert_eq!(
            fill("/v1/{company}/x", &texts, &BTreeMap::new(), true).as_deref(),
            Ok("/v1/acme/x")
        );
        assert!(fill("{missing}", &texts, &BTreeMap::new(), false).is_err());
        let evil = [("company".to_owned(), "evil.example/".to_owned())].into();
        assert!(fill("https://{company}", &evil, &BTreeMap::new(), true).is_err());
        assert_eq!(escape("a b/ü"), "a%20b%2F%C3%BC");
    }
}
