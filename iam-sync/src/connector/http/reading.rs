//! Reading a service: address by address, page by page.

use std::collections::{BTreeMap, HashSet, VecDeque};

use async_trait::async_trait;
use iam_core::{
    model::{Moment, Value},
    port::{Connection, ConnectorError, Cursor, ObjectClass, Objects, Presence, Read, SourceObject},
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{
    super::{Fields, without_filter},
    fetch::{Answer, Client, escape},
    flatten,
    profile::{Class, Delta, Members, Paging, Profile, Walk},
};

/// The most pages of one list of members.
const MEMBER_PAGES: usize = 10_000;

/// The place in a read: everything that is needed to go on over another connection.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct At {
    /// The address of the page, where the service gave one.
    url: Option<String>,
    /// The token of the page.
    token: Option<Json>,
    /// The number of the page or of its first object.
    number: u64,
    /// Objects so far.
    read: u64,
    /// Nodes of a tree that are still to be asked for, this one first.
    nodes: VecDeque<String>,
    /// When the read began, for the next incremental one.
    began: Option<String>,
}

pub(super) struct Reading {
    profile: Profile,
    client: Client,
    /// Objects of a walk come once for each node they hang on.
    seen: HashSet<String>,
}

impl std::fmt::Debug for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Reading({})", self.profile.name)
    }
}

/// Where the next page is.
enum Next {
    Url(String),
    Token(Json),
    Number(u64),
    None,
}

fn text_of(json: &Json) -> Option<String> {
    match json {
        Json::String(text) if !text.is_empty() => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

impl Reading {
    pub(super) fn new(profile: Profile, client: Client) -> Reading {
        Reading {
            profile,
            client,
            seen: HashSet::new(),
        }
    }

    fn class(&self, read: &Read) -> Result<Class, ConnectorError> {
        self.profile
            .classes
            .iter()
            .find(|class| match read.object_class.as_str() {
                "" => class.kind == read.kind,
                name => class.name == name,
            })
            .cloned()
            .ok_or_else(|| {
                Fields::wrong(
                    "object_class",
                    format!("{} has no such objects", self.profile.title),
                )
            })
    }

    /// The query of a page.
    fn query(&self, class: &Class, read: &Read, at: &At) -> Result<Vec<(String, String)>, ConnectorError> {
        let mut query: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in &class.query {
            query.insert(name.clone(), self.client.fill(value)?);
        }
        match (&class.filter, &read.filter) {
            (Some(parameter), Some(filter)) => {
                query.insert(parameter.clone(), filter.clone());
            }
            (None, Some(_)) => without_filter(read)?,
            (_, None) => {}
        }
        if let (Some(Delta::Since { parameter, value }), Some(since)) = (&class.delta, &read.since) {
            let value = value.replace("{since}", since);
            query
                .entry(parameter.clone())
                .and_modify(|filter| *filter = format!("({filter}) and {value}"))
                .or_insert(value);
        }
        match &class.paging {
            Paging::Page {
                parameter,
                size,
                most,
                ..
            }
            | Paging::Offset {
                parameter,
                size,
                most,
                ..
            } => {
                query.insert(parameter.clone(), at.number.to_string());
                query.insert(size.clone(), read.page_size.min(*most).to_string());
            }
            Paging::Token { parameter, .. } if class.body.is_none() => {
                if let Some(token) = at.token.as_ref().and_then(text_of) {
                    query.insert(parameter.clone(), token);
                }
            }
            _ => {}
        }
        if let (Some(walk), None, Some(node)) = (&class.walk, &class.body, at.nodes.front()) {
            query.insert(walk.parameter.clone(), node.clone());
        }
        Ok(query.into_iter().collect())
    }

    fn body(&self, class: &Class, at: &At) -> Option<Json> {
        let mut body = class.body.clone()?;
        let object = body.as_object_mut()?;
        if let (Paging::Token { parameter, .. }, Some(token)) = (&class.paging, &at.token) {
            object.insert(parameter.clone(), token.clone());
        }
        if let (Some(walk), Some(node)) = (&class.walk, at.nodes.front()) {
            let node = node
                .parse::<i64>()
                .map_or_else(|_| node.as_str().into(), Json::from);
            object.insert(walk.parameter.clone(), node);
        }
        Some(body)
    }

    async fn page(&mut self, class: &Class, read: &Read, at: &At) -> Result<Answer, ConnectorError> {
        if let Some(url) = &at.url {
            return self.client.get_url(url, self.body(class, at)).await;
        }
        let path = match (&class.delta, &read.filter) {
            // The address of the changes gives everything the first time, and where to go on.
            (Some(Delta::Url { path, .. }), None) => path.clone(),
            _ => self.client.fill(&class.path)?,
        };
        let query = self.query(class, read, at)?;
        self.client.get(&path, &query, self.body(class, at)).await
    }

    fn items<'j>(&self, json: &'j Json, pointer: &str) -> Result<&'j [Json], ConnectorError> {
        match json.pointer(pointer) {
            Some(Json::Array(items)) => Ok(items),
            // A list without members may be left out by the service, but then the rest of the answer is there.
            None | Some(Json::Null)
                if json.is_object() && !pointer.is_empty() && json.get("error").is_none() =>
            {
                Ok(&[])
            }
            _ => Err(ConnectorError::Protocol(format!(
                "the answer has no list at `{pointer}`"
            ))),
        }
    }

    fn next(
        &self,
        paging: &Paging,
        answer: &Answer,
        count: usize,
        at: &At,
        size: u32,
    ) -> Result<Next, ConnectorError> {
        Ok(match paging {
            Paging::None => Next::None,
            Paging::Link => answer.link.clone().map_or(Next::None, Next::Url),
            Paging::Url { next } => answer
                .json
                .pointer(next)
                .and_then(text_of)
                .map_or(Next::None, Next::Url),
            Paging::Token { next, more, .. } => {
                let ended = more
                    .as_ref()
                    .is_some_and(|more| answer.json.pointer(more) == Some(&Json::Bool(false)));
                match answer.json.pointer(next).filter(|token| text_of(token).is_some()) {
                    Some(token) if !ended => Next::Token(token.clone()),
                    _ => Next::None,
                }
            }
            Paging::Page { most, .. } => match count >= size.min(*most) as usize && count > 0 {
                true => Next::Number(at.number + 1),
                false => Next::None,
            },
            Paging::Offset { most, total, .. } => {
                let total = total
                    .as_ref()
                    .and_then(|total| answer.json.pointer(total)?.as_u64());
                let so_far = at.read + count as u64;
                match total {
                    Some(total) if so_far < total && count == 0 => {
                        return Err(ConnectorError::Incomplete(format!(
                            "there are {total} objects, and {so_far} came"
                        )));
                    }
                    Some(total) if so_far < total => Next::Number(at.number + count as u64),
                    Some(_) => Next::None,
                    None if count >= size.min(*most) as usize && count > 0 => {
                        Next::Number(at.number + count as u64)
                    }
                    None => Next::None,
                }
            }
        })
    }

    /// Every page of a list of members.
    async fn members(&mut self, members: &Members, identifier: &str) -> Result<Vec<String>, ConnectorError> {
        let path = self
            .client
            .fill(&members.path.replace("{id}", &escape(identifier)))?;
        let mut all = Vec::new();
        let mut url: Option<String> = None;
        let mut query: Vec<(String, String)> = Vec::new();
        for _ in 0..MEMBER_PAGES {
            let answer = match &url {
                Some(url) => self.client.get_url(url, None).await?,
                None => self.client.get(&path, &query, None).await?,
            };
            let items = self.items(&answer.json, &members.items)?;
            for item in items {
                all.extend(flatten::field(item, &members.identifier).and_then(|json| text_of(&json)));
            }
            match (
                self.next(&members.paging, &answer, items.len(), &At::default(), 1)?,
                &members.paging,
            ) {
                (Next::Url(next), _) => url = Some(next),
                (Next::Token(token), Paging::Token { parameter, .. }) => {
                    query = text_of(&token)
                        .map(|token| (parameter.clone(), token))
                        .into_iter()
                        .collect();
                }
                _ => return Ok(all),
            }
        }
        Err(ConnectorError::Incomplete(
            "the list of members has no end".to_owned(),
        ))
    }

    /// All nodes of a tree.
    async fn nodes(&mut self, walk: &Walk, read: &Read) -> Result<VecDeque<String>, ConnectorError> {
        let mut nodes = VecDeque::from([walk.root.clone()]);
        let Some(name) = &walk.class else { return Ok(nodes) };
        let read = Read {
            object_class: name.clone(),
            filter: None,
            since: None,
            ..read.clone()
        };
        let mut cursor = None;
        loop {
            let page = Box::pin(self.read(&read, cursor.as_ref())).await?;
            nodes.extend(page.objects.into_iter().map(|object| object.identifier));
            match page.next {
                Some(next) => cursor = Some(next),
                None => return Ok(nodes),
            }
        }
    }
}

#[async_trait]
impl Connection for Reading {
    async fn classes(&mut self) -> Result<Vec<ObjectClass>, ConnectorError> {
        let mut classes = Vec::new();
        for class in self.profile.classes.clone() {
            let read = Read {
                kind: class.kind,
                object_class: class.name.clone(),
                filter: None,
                attributes: Vec::new(),
                since: None,
                page_size: 1,
            };
            let at = At {
                nodes: class.walk.iter().map(|walk| walk.root.clone()).collect(),
                number: first(&class.paging),
                ..At::default()
            };
            let answer = self.page(&class, &read, &at).await?;
            let items = self.items(&answer.json, &class.items)?;
            let attributes = items
                .first()
                .map(|item| flatten::flatten(item).into_keys().collect())
                .unwrap_or_default();
            classes.push(ObjectClass {
                name: class.name,
                attributes,
            });
        }
        Ok(classes)
    }

    async fn read(&mut self, read: &Read, cursor: Option<&Cursor>) -> Result<Objects, ConnectorError> {
        let class = self.class(read)?;
        let mut at = match cursor {
            Some(Cursor(text)) => serde_json::from_str(text)
                .map_err(|_| ConnectorError::Protocol("the cursor is none of ours".to_owned()))?,
            None => {
                let nodes = match &class.walk {
                    Some(walk) => self.nodes(walk, read).await?,
                    None => VecDeque::new(),
                };
                self.seen.clear();
                At {
                    number: first(&class.paging),
                    nodes,
                    began: Some(now()),
                    url: match (&class.delta, &read.since) {
                        (Some(Delta::Url { .. }), Some(since)) => Some(since.clone()),
                        _ => None,
                    },
                    ..At::default()
                }
            }
        };
        let answer = match self.page(&class, read, &at).await {
            // A service that forgot the address of the changes says so in one of these ways.
            Err(ConnectorError::Protocol(said))
                if read.since.is_some() && cursor.is_none() && said.contains("410") =>
            {
                return Err(ConnectorError::TokenExpired);
            }
            other => other?,
        };
        let items = self.items(&answer.json, &class.items)?.to_vec();
        let mut objects = Objects::default();
        let deleted = match &class.delta {
            Some(Delta::Url { deleted, .. }) => Some(deleted.clone()),
            _ => None,
        };
        for item in &items {
            let Some(identifier) = flatten::field(item, &class.identifier).and_then(|json| text_of(&json))
            else {
                objects
                    .unreadable
                    .push(format!("an object has no `{}`", class.identifier));
                continue;
            };
            if deleted.as_ref().is_some_and(|field| item.get(field).is_some()) {
                objects.deleted.push(identifier);
                continue;
            }
            if class.walk.is_some() {
                if class.walk.as_ref().is_some_and(|walk| walk.class.is_none()) {
                    at.nodes.push_back(identifier.clone());
                }
                if !self.seen.insert(identifier.clone()) {
                    continue;
                }
            }
            let mut object = SourceObject::new(identifier);
            object.attributes = flatten::flatten(item);
            object.name = class
                .title
                .as_ref()
                .and_then(|title| flatten::field(item, title))
                .and_then(|json| text_of(&json));
            objects.objects.push(object);
        }
        if let Some(members) = &class.members {
            for object in &mut objects.objects {
                let list = self.members(members, &object.identifier).await?;
                let list: Vec<Value> = list.into_iter().map(Value::from).collect();
                object
                    .attributes
                    .insert(members.attribute.clone(), Value::List(list));
            }
        }
        let mut following = At {
            read: at.read + items.len() as u64,
            url: None,
            token: None,
            ..at.clone()
        };
        let mut more = true;
        match self.next(&class.paging, &answer, items.len(), &at, read.page_size)? {
            Next::Url(url) => following.url = Some(url),
            Next::Token(token) => following.token = Some(token),
            Next::Number(number) => following.number = number,
            Next::None => {
                // The next node of the tree, if there is one.
                following.nodes.pop_front();
                following.number = first(&class.paging);
                following.read = 0;
                more = !following.nodes.is_empty();
            }
        }
        if more {
            let text = serde_json::to_string(&following)
                .map_err(|error| ConnectorError::Protocol(error.to_string()))?;
            objects.next = Some(Cursor(text));
            return Ok(objects);
        }
        objects.token = match &class.delta {
            Some(Delta::Url { next, .. }) => answer.json.pointer(next).and_then(text_of),
            Some(Delta::Since { .. }) => at.began,
            None => None,
        };
        let is_delta = read.since.is_some() && class.delta.is_some();
        objects.presence = match is_delta {
            true => Presence::Changes,
            false => Presence::Everything,
        };
        Ok(objects)
    }
}

fn first(paging: &Paging) -> u64 {
    match paging {
        Paging::Page { first, .. } | Paging::Offset { first, .. } => *first,
        _ => 0,
    }
}

/// A moment a little before now, as services write it: clocks differ.
fn now() -> String {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    let micros = i64::try_from(since.as_micros()).unwrap_or(i64::MAX);
    let moment = Moment::from_micros(micros).plus_seconds(-300);
    moment.date_time().format("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}
