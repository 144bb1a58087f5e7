//! What is known of the objects of identity sources: the links, the review queue and the remediation queue.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Decide, declared, profile::live_reference};
use crate::{
    model::{
        Edge, EdgeKey, EdgeOrigin, EntityId, Kind, Moment, Record, Relation, ShadowId, Situation, SourceId,
        SyncKind, Value,
    },
    plan::{Cause, ClaimKey, Direction, Draft, Needs, Schema, Stop},
    wire::{Code, Problem},
};

/// How an object of a source stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ShadowState {
    /// Linked to a record.
    #[default]
    Linked,
    /// Somebody has to look: nobody can tell which record it is.
    Review,
    /// What the source says could not be written; the next run tries again.
    Failed,
    /// Gone at the source.
    Missing,
    /// Left alone on purpose.
    Ignored,
}

impl ShadowState {
    /// The name as it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            ShadowState::Linked => "linked",
            ShadowState::Review => "review",
            ShadowState::Failed => "failed",
            ShadowState::Missing => "missing",
            ShadowState::Ignored => "ignored",
        }
    }

    /// The state with this name.
    pub fn from_name(name: &str) -> Option<ShadowState> {
        [
            ShadowState::Linked,
            ShadowState::Review,
            ShadowState::Failed,
            ShadowState::Missing,
            ShadowState::Ignored,
        ]
        .into_iter()
        .find(|state| state.name() == name)
    }
}

/// Notes what is known of an object of a source, and which record it is linked to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutShadow {
    /// The one to be written again; a new one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shadow: Option<ShadowId>,
    /// The source.
    pub source: SourceId,
    /// What kind of object it is.
    pub kind: SyncKind,
    /// The identifier that the source gives it.
    pub identifier: String,
    /// The name that the source gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The key of the identifier: no two objects of a source share one.
    pub object_key: String,
    /// The key of the name, by which others name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_key: Option<String>,
    /// The record that it is linked to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<EntityId>,
    /// The digest of the mapped values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Records without which the digest does not hold: when one of them is not there, it is left out, and the object is
    /// looked at again.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub depends_on: BTreeSet<EntityId>,
    /// The situation that was found.
    pub situation: Situation,
    /// How it stands.
    pub state: ShadowState,
    /// What is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Value>,
    /// The code of what is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem_code: Option<String>,
    /// The records that it may be.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub candidates: BTreeSet<EntityId>,
    /// Since when it is gone at the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing_since: Option<Moment>,
    /// After which moment the record may be deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delete_after: Option<Moment>,
}

/// What somebody decided about an object that waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// It is this record.
    Link(EntityId),
    /// It is none that is here: the next run creates one.
    Create,
    /// It is left alone from now on.
    Ignore,
    /// The next run tries again.
    Retry,
}

/// Decides about an object of a source that waits in the review or remediation queue (S0-22).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResolveShadow {
    /// The object.
    pub shadow: ShadowId,
    /// The decision.
    pub resolution: Resolution,
}

/// Forgets an object of a source. The record that it is linked to stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveShadow {
    /// The object.
    pub shadow: ShadowId,
}

/// Adds and removes edges in the name of a source. What somebody else says stays: an edge goes when the last of those
/// who asked for it takes it back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SynchronizeEdges {
    /// The source.
    pub source: SourceId,
    /// The record at one end.
    pub record: EntityId,
    /// Which end it is.
    pub direction: Direction,
    /// The meaning of the edges.
    pub relation: Relation,
    /// Other ends that the source names.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub add: BTreeSet<EntityId>,
    /// Other ends that the source does not name any more.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub remove: BTreeSet<EntityId>,
    /// Only one edge may be left: others go, whoever asked for them.
    #[serde(default)]
    pub exclusive: bool,
}

impl PutShadow {
    fn record(&self, record: &mut Record) {
        record.set("identity_source", Some(EntityId::from(self.source).into()));
        record.set("object_kind", Some(self.kind.name().into()));
        record.set("identifier", Some(cut(&self.identifier).into()));
        record.set("title", self.title.as_deref().map(|text| cut(text).into()));
        record.set("object_key", Some(self.object_key.as_str().into()));
        record.set("name_key", self.name_key.as_deref().map(Into::into));
        record.set("target", self.target.map(Into::into));
        record.set("digest", self.digest.as_deref().map(Into::into));
        record.set("situation", Some(self.situation.name().into()));
        record.set("state", Some(self.state.name().into()));
        record.set("problem", self.problem.clone());
        record.set("problem_code", self.problem_code.as_deref().map(Into::into));
        let candidates: Vec<Value> = self.candidates.iter().map(|id| (*id).into()).collect();
        record.set("candidates", Some(Value::List(candidates)));
        record.set("missing_since", self.missing_since.map(Into::into));
        record.set("delete_after", self.delete_after.map(Into::into));
    }
}

fn cut(text: &str) -> String {
    text.chars().take(1000).collect()
}

impl Decide for PutShadow {
    fn names(&self, _schema: &Schema, needs: &mut Needs) {
        needs.claims.insert(ClaimKey {
            kind: Kind::Shadow,
            attribute: "object_key".into(),
            key: self.object_key.as_str().into(),
        });
    }

    fn needs(&self, needs: &mut Needs) {
        needs.records.extend(self.shadow.map(EntityId::from));
        needs.records.extend(self.target);
        needs.records.extend(&self.depends_on);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let fits = |text: &str| text.len() <= 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
        if self.object_key.is_empty() || !fits(&self.object_key) || !self.name_key.as_deref().is_none_or(fits)
        {
            let problem =
                crate::wire::FieldProblem::new("object_key", "value.pattern", "is a key in hexadecimal");
            return Err(Problem::fields(vec![problem]).into());
        }
        if let (Some(target), ShadowState::Linked) = (self.target, self.state) {
            if self.kind.record_kind() != Some(target.kind) {
                let message = format!(
                    "a {} of a source is not {}",
                    self.kind.name(),
                    target.kind.with_article()
                );
                return Err(Problem::new(Code::Relation, message).about(target).into());
            }
            live_reference(draft, "target", target)?;
        }
        let (mut record, is_new) = match self.shadow {
            Some(shadow) => ((*draft.live(shadow)?).clone(), false),
            None => {
                let mut record = Record::new(draft.new_id(Kind::Shadow));
                record.salt = Some(draft.new_salt());
                record.set("origin", Some("sync".into()));
                (record, true)
            }
        };
        let before = record.reference("target");
        self.record(&mut record);
        for other in &self.depends_on {
            if draft.record(*other)?.is_none_or(|other| other.is_deleted()) {
                record.set("digest", None);
            }
        }
        let id = record.id;
        draft.subject(id);
        if draft.put(record, Cause::Requested)? && (is_new || before != self.target) && self.target.is_some()
        {
            draft.event(
                "shadow.linked",
                id,
                self.target.map(|target| ("target", target.into())),
            );
        }
        Ok(())
    }
}

impl Decide for ResolveShadow {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.shadow);
        if let Resolution::Link(target) = self.resolution {
            needs.record(target);
        }
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let mut record = (*draft.live(self.shadow)?).clone();
        let kind = SyncKind::from_name(record.text("object_kind")).and_then(SyncKind::record_kind);
        // Whatever was decided, the next run looks at it as if it had never seen it.
        record.set("digest", None);
        record.set("problem", None);
        record.set("problem_code", None);
        record.set("candidates", None);
        match self.resolution {
            Resolution::Link(target) => {
                if kind != Some(target.kind) {
                    let message = format!("the object is not {}", target.kind.with_article());
                    return Err(Problem::new(Code::Relation, message).about(target).into());
                }
                live_reference(draft, "resolution", target)?;
                record.set("target", Some(target.into()));
                record.set("state", Some(ShadowState::Linked.name().into()));
                record.set("situation", Some(Situation::Found.name().into()));
            }
            Resolution::Create => {
                record.set("target", None);
                record.set("state", Some(ShadowState::Failed.name().into()));
                record.set("situation", Some(Situation::Absent.name().into()));
                record.set("problem_code", Some("review.create".into()));
            }
            Resolution::Ignore => record.set("state", Some(ShadowState::Ignored.name().into())),
            Resolution::Retry => {
                record.set("state", Some(ShadowState::Failed.name().into()));
                record.set("problem_code", Some("review.retry".into()));
            }
        }
        draft.subject(self.shadow);
        if draft.put(record, Cause::Requested)? {
            draft.event("shadow.resolved", self.shadow, []);
        }
        Ok(())
    }
}

impl Decide for RemoveShadow {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.shadow);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        draft.live(self.shadow)?;
        draft.subject(self.shadow);
        draft.remove(self.shadow, Cause::Requested)
    }
}

/// The attribute of an edge that lists the sources that asked for it.
const SOURCES: &str = "sources";

/// What a relation connects.
fn connects(relation: Relation, from: Kind, to: Kind) -> bool {
    match relation {
        Relation::MemberOf => matches!(from, Kind::User | Kind::Device) && to == Kind::Organization,
        Relation::InGroup => {
            matches!(
                from,
                Kind::User | Kind::Organization | Kind::Position | Kind::Group
            ) && to == Kind::Group
        }
        Relation::ReportsTo => from == Kind::User && to == Kind::User,
        Relation::Leads => from == Kind::User && to == Kind::Organization,
        Relation::Holds => from == Kind::User && to == Kind::Position,
        _ => false,
    }
}

impl SynchronizeEdges {
    fn key(&self, other: EntityId) -> EdgeKey {
        let (from, to) = match self.direction {
            Direction::From => (self.record, other),
            Direction::To => (other, self.record),
        };
        EdgeKey {
            from,
            relation: self.relation,
            to,
        }
    }

    fn sources(edge: &Edge) -> BTreeSet<String> {
        let listed = edge
            .attributes
            .get(SOURCES)
            .map(Value::elements)
            .unwrap_or_default();
        listed
            .iter()
            .filter_map(Value::as_text)
            .map(str::to_owned)
            .collect()
    }

    fn note(edge: &mut Edge, sources: BTreeSet<String>) {
        if sources.is_empty() {
            edge.attributes.remove(SOURCES);
            edge.origins.remove(&EdgeOrigin::Sync);
        } else {
            let sources: Vec<Value> = sources.into_iter().map(Value::from).collect();
            edge.attributes.insert(SOURCES.to_owned(), Value::List(sources));
            edge.origins.insert(EdgeOrigin::Sync);
        }
    }
}

impl Decide for SynchronizeEdges {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.record)
            .edges(self.record, self.direction, self.relation);
        needs.records.extend(&self.add);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        draft.live(self.record)?;
        draft.subject(self.record);
        let name = EntityId::from(self.source).to_string();
        let mut changed = false;
        for other in &self.add {
            let key = self.key(*other);
            if !connects(self.relation, key.from.kind, key.to.kind) || key.from == key.to {
                let message = format!("`{}` does not connect these two", self.relation.name());
                return Err(Problem::new(Code::Relation, message).about(other).into());
            }
            live_reference(draft, self.relation.name(), *other)?;
            let mut edge = draft.edge(key)?.unwrap_or_else(|| Edge {
                origins: BTreeSet::new(),
                ..Edge::direct(key.from, key.relation, key.to)
            });
            let mut sources = SynchronizeEdges::sources(&edge);
            sources.insert(name.clone());
            SynchronizeEdges::note(&mut edge, sources);
            changed |= draft.put_edge(edge, Cause::Requested)?;
        }
        let mut gone: BTreeSet<EntityId> = self.remove.difference(&self.add).copied().collect();
        if self.exclusive && self.add.len() <= 1 {
            for edge in draft.edges(self.record, self.direction, self.relation)? {
                let other = match self.direction {
                    Direction::From => edge.key.to,
                    Direction::To => edge.key.from,
                };
                if !self.add.is_empty() && !self.add.contains(&other) {
                    draft.take_edge(edge, Cause::Requested)?;
                    gone.remove(&other);
                    changed = true;
                }
            }
        }
        for other in gone {
            let Some(mut edge) = draft.edge(self.key(other))? else {
                continue;
            };
            let mut sources = SynchronizeEdges::sources(&edge);
            if !sources.remove(&name) {
                continue;
            }
            let seen = edge.clone();
            SynchronizeEdges::note(&mut edge, sources);
            if edge.origins.is_empty() {
                draft.take_edge(seen, Cause::Requested)?;
                changed = true;
            } else {
                changed |= draft.put_edge(edge, Cause::Requested)?;
            }
        }
        if changed {
            draft.event(
                "edges.synchronized",
                self.record,
                [("relation", self.relation.name().into())],
            );
        }
        Ok(())
    }
}
