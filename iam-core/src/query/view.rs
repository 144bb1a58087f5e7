//! What answers look like in other languages. A record shows its attributes and never its salt.

use std::{borrow::Cow, sync::Arc};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::{
    model::{Attributes, ChangeSetId, CommandId, EntityId, Kind, Moment, Record},
    plan::{Difference, Effect, Event},
    port::{AuditRecord, Outcome, Revision},
    search::{Cursor, Page},
    service::{BatchOutcome, Preview, RollbackPreview, TreeNode},
    wire::{Code, Problem, json::ProblemView},
};

/// The state of one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordView(pub Arc<Record>);

impl Serialize for RecordView {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut fields = s.serialize_struct("Record", 4)?;
        fields.serialize_field("id", &self.0.id)?;
        fields.serialize_field("kind", &self.0.id.kind)?;
        fields.serialize_field("version", &self.0.version)?;
        fields.serialize_field("attributes", &self.0.attributes)?;
        fields.end()
    }
}

impl JsonSchema for RecordView {
    fn schema_name() -> Cow<'static, str> {
        "Record".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (id, kind) = (
            generator.subschema_for::<EntityId>(),
            generator.subschema_for::<Kind>(),
        );
        let attributes = generator.subschema_for::<Attributes>();
        json_schema!({
            "type": "object",
            "description": "The state of one thing at one version.",
            "properties": {
                "id": describe(id, "Which thing."),
                "kind": describe(kind, "Its kind."),
                "version": {"type": "integer", "format": "uint64", "description": "Counts the changes, from 1."},
                "attributes": describe(attributes, "Its attributes by name; absent means not set."),
            },
            "required": ["id", "kind", "version", "attributes"],
        })
    }
}

fn describe(mut schema: Schema, text: &str) -> Schema {
    schema.insert("description".to_owned(), text.into());
    schema
}

/// One page of a list, in the order of the list.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Page")]
pub struct PageView {
    /// The records.
    pub items: Vec<RecordView>,
    /// The cursor of the page after this one.
    pub next: Option<Cursor>,
    /// The cursor of the page before this one.
    pub previous: Option<Cursor>,
    /// How many records match, when the search asked for it.
    pub total: Option<u64>,
}

impl From<Page> for PageView {
    fn from(page: Page) -> Self {
        PageView {
            items: page.items.into_iter().map(RecordView).collect(),
            next: page.next,
            previous: page.previous,
            total: page.total,
        }
    }
}

impl From<PageView> for Page {
    fn from(view: PageView) -> Self {
        Page {
            items: view.items.into_iter().map(|record| record.0).collect(),
            next: view.next,
            previous: view.previous,
            total: view.total,
        }
    }
}

/// A node of the organization tree, as a list or a tree view shows it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "TreeNode")]
pub struct TreeView {
    /// The organization.
    pub organization: RecordView,
    /// Its positions, when the realm's tree shows them.
    pub positions: Vec<RecordView>,
    /// What lies directly below, in the realm's order.
    pub children: Vec<TreeView>,
}

impl From<TreeNode> for TreeView {
    fn from(node: TreeNode) -> Self {
        TreeView {
            organization: RecordView(node.organization),
            positions: node.positions.into_iter().map(RecordView).collect(),
            children: node.children.into_iter().map(TreeView::from).collect(),
        }
    }
}

/// One command in the audit trail.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AuditItem {
    /// Its number; also the revision of the changes it made.
    pub revision: Revision,
    /// When.
    pub at: Moment,
    /// Who.
    pub actor: String,
    /// Through which door.
    pub channel: String,
    /// Why, in the words of the actor.
    pub reason: Option<String>,
    /// The command's name.
    pub command: String,
    /// The command's identifier.
    pub command_id: Option<CommandId>,
    /// The change set it belongs to.
    pub change_set: Option<ChangeSetId>,
    /// The code of the refusal; absent when it was carried out.
    pub refused: Option<String>,
    /// What it was about.
    pub subject: Option<EntityId>,
    /// What happened.
    pub events: Vec<Event>,
}

impl TryFrom<AuditRecord> for AuditItem {
    type Error = Problem;
    fn try_from(row: AuditRecord) -> Result<Self, Problem> {
        let events = if row.events.is_empty() {
            Vec::new()
        } else {
            serde_json::from_str(&row.events).map_err(|error| {
                Problem::new(Code::Corrupt, "the events of a commit cannot be read").caused_by(error)
            })?
        };
        Ok(AuditItem {
            revision: row.revision,
            at: row.at,
            actor: row.actor,
            channel: row.channel,
            reason: row.reason,
            command: row.command,
            command_id: row.command_id,
            change_set: row.change_set,
            refused: match row.outcome {
                Outcome::Accepted => None,
                Outcome::Refused(code) => Some(code),
            },
            subject: row.subject,
            events,
        })
    }
}

/// What a command would do.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Preview")]
pub struct Previewed {
    /// What would be different.
    pub difference: Difference,
    /// What would happen.
    pub events: Vec<Event>,
    /// What would go out: messages, calls, provisioning.
    pub effects: Vec<Effect>,
    /// What the command is about.
    pub id: Option<EntityId>,
    /// Remarks that hinder nothing.
    pub remarks: Vec<String>,
}

impl From<Preview> for Previewed {
    fn from(preview: Preview) -> Self {
        Previewed {
            difference: preview.difference,
            events: preview.plan.events,
            effects: preview.plan.effects,
            id: preview.plan.subject,
            remarks: preview.plan.remarks,
        }
    }
}

/// What became of one command of a batch.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BatchResult {
    /// What it was about.
    pub id: Option<EntityId>,
    /// Why it was refused; absent when it was not.
    pub problem: Option<ProblemView>,
}

/// What became of a batch.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Batch")]
pub struct Batched {
    /// The commit; absent when there was nothing to change or it was a preview.
    pub revision: Option<Revision>,
    /// What became of each command, in their order.
    pub results: Vec<BatchResult>,
    /// What is or would be different.
    pub difference: Difference,
}

impl From<BatchOutcome> for Batched {
    fn from(outcome: BatchOutcome) -> Self {
        Batched {
            revision: outcome.revision,
            difference: Difference::of_plan(&outcome.plan),
            results: outcome
                .results
                .into_iter()
                .map(|result| match result {
                    Ok(id) => BatchResult { id, problem: None },
                    Err(problem) => BatchResult {
                        id: None,
                        problem: Some(ProblemView::from(&problem)),
                    },
                })
                .collect(),
        }
    }
}

/// What undoing would do.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "RollbackPreview")]
pub struct RollbackPreviewed {
    /// What would be different.
    pub difference: Difference,
    /// One line for each thing that was changed since or cannot be undone.
    pub conflicts: Vec<String>,
    /// Effects that went out and do not come back, such as messages.
    pub irrevocable: Vec<String>,
}

impl From<RollbackPreview> for RollbackPreviewed {
    fn from(preview: RollbackPreview) -> Self {
        RollbackPreviewed {
            difference: preview.difference,
            conflicts: preview.conflicts,
            irrevocable: preview.irrevocable,
        }
    }
}
