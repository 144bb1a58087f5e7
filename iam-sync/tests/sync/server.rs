//! A server for tests that answers as a function says.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use serde_json::Value as Json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

#[derive(Debug, Clone, Default)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub query: BTreeMap<String, String>,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Request {
    pub fn query(&self, name: &str) -> &str {
        self.query.get(name).map(String::as_str).unwrap_or_default()
    }

    pub fn number(&self, name: &str, or: usize) -> usize {
        self.query(name).parse().unwrap_or(or)
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(String::as_str).unwrap_or_default()
    }

    pub fn json(&self) -> Json {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

#[derive(Debug, Clone)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Response {
    pub fn json(json: Json) -> Response {
        Response {
            status: 200,
            headers: Vec::new(),
            body: json.to_string(),
        }
    }

    pub fn status(status: u16) -> Response {
        Response {
            status,
            headers: Vec::new(),
            body: "{}".into(),
        }
    }

    pub fn with(mut self, name: &str, value: impl Into<String>) -> Response {
        self.headers.push((name.into(), value.into()));
        self
    }
}

pub struct Server {
    pub url: String,
    pub seen: Arc<Mutex<Vec<Request>>>,
}

fn decode(text: &str) -> String {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'%' if at + 2 < bytes.len() => {
                out.push(u8::from_str_radix(&text[at + 1..at + 3], 16).unwrap_or(b'?'));
                at += 2;
            }
            b'+' => out.push(b' '),
            byte => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8(out).unwrap()
}

fn parse(head: &str, body: String) -> Request {
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap_or_default().split(' ');
    let method = first.next().unwrap_or_default().to_owned();
    let target = first.next().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Request {
        method,
        path: decode(path),
        query: query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (decode(name), decode(value)))
            .collect(),
        headers: lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
            .collect(),
        body,
    }
}

/// Serves until the test ends.
pub async fn serve(answer: impl Fn(&Request, &str) -> Response + Send + Sync + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (log, own, answer) = (seen.clone(), url.clone(), Arc::new(answer));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (log, own, answer) = (log.clone(), own.clone(), answer.clone());
            tokio::spawn(async move {
                let mut bytes = Vec::new();
                let mut part = [0; 8192];
                let (head, length) = loop {
                    let Ok(count) = stream.read(&mut part).await else {
                        return;
                    };
                    bytes.extend_from_slice(&part[..count]);
                    if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
                        let length = head
                            .to_lowercase()
                            .split("content-length:")
                            .nth(1)
                            .and_then(|rest| rest.split("\r\n").next()?.trim().parse::<usize>().ok())
                            .unwrap_or_default();
                        bytes.drain(..end + 4);
                        break (head, length);
                    }
                    if count == 0 {
                        return;
                    }
                };
                while bytes.len() < length {
                    let Ok(count) = stream.read(&mut part).await else {
                        return;
                    };
                    if count == 0 {
                        return;
                    }
                    bytes.extend_from_slice(&part[..count]);
                }
                let request = parse(&head, String::from_utf8_lossy(&bytes).into_owned());
                let response = answer(&request, &own);
                log.lock().unwrap().push(request);
                let mut text = format!("HTTP/1.1 {} X\r\nconnection: close\r\n", response.status);
                for (name, value) in &response.headers {
                    text += &format!("{name}: {value}\r\n");
                }
                text += &format!(
                    "content-type: application/json\r\ncontent-length: {}\r\n\r\n",
                    response.body.len()
                );
                let _ = stream.write_all(text.as_bytes()).await;
                let _ = stream.write_all(response.body.as_bytes()).await;
            });
        }
    });
    Server { url, seen }
}
