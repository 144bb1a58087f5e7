//! Hostile input at the JSON border: every command with naughty texts, wrong types and giant values in every field,
//! on two storages that have to answer alike.

mod texts;

use std::{collections::BTreeMap, sync::Arc};

use serde_json::{Value as Json, json};
pub use texts::{NAUGHTY, large, mutate, text, value};

use super::{BoxFuture, Dump, Random, Stream, VirtualClock, host};
use crate::{
    command::Command,
    model::EntityId,
    port::Storage,
    service::{Acting, Executed, Iam},
    wire::json as border,
};

/// Families of answers that input of whatever kind may have; anything else is a fault of ours.
const EXPECTED: &[&str] = &["invalid", "not_found", "refused", "limit"];

struct Side {
    iam: Iam,
    acting: Acting<'static>,
    clock: Arc<VirtualClock>,
}

impl Side {
    async fn open(storage: Arc<dyn Storage>, seed: u64) -> Side {
        let (host, clock) = host(seed);
        let iam = Iam::new(storage, host).unwrap();
        let acting = iam.realm("acme").await.unwrap().host("hostile");
        Side { iam, acting, clock }
    }

    /// The answer as text without the number of the commit, which may have gaps.
    async fn call(&self, operation: &str, input: &str) -> Result<Json, Json> {
        let read = |text: String| serde_json::from_str::<Json>(&text).expect("an answer is JSON");
        let answer = border::call_text(&self.acting, operation, input).await;
        answer.map(read).map_err(read)
    }
}

/// The number of a commit may have gaps: what is compared is the rest.
fn plain(answer: &Result<Json, Json>) -> Result<Json, Json> {
    let mut answer = answer.clone();
    if let Ok(Json::Object(map)) = &mut answer
        && map.contains_key("events")
    {
        map.remove("revision");
    }
    answer
}

/// Sends mutated commands and queries to both storages and compares the answers.
///
/// # Panics
/// When an answer is no answer to wrong input (a failure of the storage, a contradiction), when the two differ, or
/// when the doctor finds something afterwards.
pub async fn hostile(
    left: BoxFuture<Arc<dyn Storage>>,
    right: BoxFuture<Arc<dyn Storage>>,
    seed: u64,
    steps: usize,
) {
    let sides = [
        Side::open(left.await, seed).await,
        Side::open(right.await, seed).await,
    ];
    let mut stream = Stream::new(seed, sides[0].acting.context().now);
    sides[1].acting.context();
    let mut random = Random::new(seed ^ 0xbad);
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for step in 0..steps {
        let command = stream.next_command();
        let mut input = serde_json::to_value(&command).unwrap();
        // Some stay as they are, so that there is something to break.
        if step > 25 && random.percent(80) {
            mutate(&mut input, "command", &mut random);
        }
        let operation = *random
            .pick(&["execute", "execute", "execute", "preview", "validate"])
            .unwrap();
        let answers = both(&sides, operation, &input, &mut kinds).await;
        if let (Ok(answer), "execute", Ok(command)) = (
            &answers,
            operation,
            serde_json::from_value::<Command>(input.clone()),
        ) && let Ok(done) = serde_json::from_value::<Executed>(answer.clone())
        {
            stream.learn(&command, &done);
        }
        if random.percent(30) {
            let ids: Vec<EntityId> = stream.known().collect();
            let query = query(&mut random, &ids);
            let answers = both(&sides, "ask", &query, &mut kinds).await;
            // The next page, and a cursor that somebody has had his hands on.
            if let Ok(answer) = answers
                && let Some(next) = answer["next"].as_str()
            {
                let mut next_page = query.clone();
                next_page["cursor"] = match random.percent(50) {
                    true => json!(next),
                    false => json!(text(&mut random, next)),
                };
                both(&sides, "ask", &next_page, &mut kinds).await.ok();
            }
        }
        if random.percent(20) {
            sides.iter().for_each(|side| side.clock.advance(1_800));
        }
    }
    let dumps = [dump(&sides[0]).await, dump(&sides[1]).await];
    assert_eq!(dumps[0].records, dumps[1].records);
    assert_eq!(dumps[0].edges, dumps[1].edges);
    for side in &sides {
        let mut diagnosis = side.acting.doctor().await.unwrap();
        let known = |code: &str| code == "manager.circle" || code.starts_with("claim.");
        diagnosis.findings.retain(|finding| !known(&finding.code));
        assert!(diagnosis.is_healthy(), "{:#?}", diagnosis.findings);
        side.iam.seal_chain().await.unwrap();
        assert!(side.iam.verify_chain(&[]).await.unwrap().holds());
    }
    assert!(
        steps < 200 || kinds.len() >= 3,
        "the input hardly reached anything: {kinds:?}"
    );
}

async fn dump(side: &Side) -> Dump {
    Dump::take(side.iam.storage().as_ref(), side.acting.realm()).await
}

async fn both(
    sides: &[Side; 2],
    operation: &str,
    input: &Json,
    kinds: &mut BTreeMap<String, usize>,
) -> Result<Json, Json> {
    let sent = input.to_string();
    let answers = [
        sides[0].call(operation, &sent).await,
        sides[1].call(operation, &sent).await,
    ];
    let shown: String = sent.chars().take(2_000).collect();
    for answer in &answers {
        if let Err(problem) = answer {
            let kind = problem["kind"].as_str().unwrap_or_default();
            assert!(EXPECTED.contains(&kind), "{operation} {shown}\n{problem:#}");
            // A problem is shown to people: a giant input does not come back whole.
            let message = problem["message"].as_str().unwrap_or_default();
            assert!(message.len() < 4_000, "{operation} {shown}\n{message}");
            *kinds.entry(kind.to_owned()).or_default() += 1;
        } else {
            *kinds.entry("done".to_owned()).or_default() += 1;
        }
    }
    let [left, right] = answers;
    assert_eq!(plain(&left), plain(&right), "{operation} {shown}");
    left
}

/// A query with something naughty in it.
fn query(random: &mut Random, ids: &[EntityId]) -> Json {
    let word = text(random, "Utica");
    let id = random.pick(ids).map(ToString::to_string).unwrap_or_default();
    let attribute = *random
        .pick(&[
            "city",
            "user_name",
            "created_at",
            "within_organization",
            "groups",
            "nonsense",
        ])
        .unwrap();
    let mut query = match random.below(8) {
        0 => json!({"query": "record.search", "kind": "user", "limit": 3,
            "filter": {"attribute": attribute, "operator": "co", "value": word}}),
        1 => json!({"query": "record.search", "kind": "user", "filter": word}),
        2 => json!({"query": "record.search", "kind": "user", "limit": 3,
            "filter": format!("{attribute} eq {}", json!(word))}),
        3 => {
            json!({"query": "record.search", "kind": "organization", "limit": 2, "sort": [{"attribute": word}]})
        }
        4 => json!({"query": "record.prefix_search", "text": word}),
        5 => json!({"query": "record.find_by", "kind": "user", "attribute": attribute, "value": word}),
        6 => json!({"query": "record.get", "id": word}),
        _ => json!({"query": "record.find", "id": id}),
    };
    if random.percent(30) {
        mutate(&mut query, "query", random);
    }
    query
}
