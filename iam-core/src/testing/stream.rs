//! Random commands of every kind, right ones and wrong ones, the same for the same seed.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::{Random, stream_input};
use crate::{
    command::Command,
    model::{EntityId, Kind, Moment},
    service::Executed,
};

/// An endless list of commands that knows what came of the ones before.
#[derive(Debug)]
pub struct Stream {
    pub(super) random: Random,
    known: BTreeMap<Kind, Vec<EntityId>>,
    attributes: Vec<String>,
    count: usize,
    now: Moment,
}

const TEXTS: &[&str] = &[
    "a", "A", "b", "Straße", "STRASSE", "é", "e\u{301}", "x%", "x_", "😀", "o'neil", "Zürich", "", "語",
];
const CITIES: &[&str] = &["Utica", "utica", "Berlin", "Zürich", "ZÜRICH", "東京"];
const JOBS: &[&str] = &["Nurse", "Doctor", "Clerk"];

/// Commands whose outcome depends on fresh randomness, so that two engines cannot be compared by it; and the one that
/// only the engine itself sends.
pub fn is_apart(command: &str) -> bool {
    command.starts_with("password.") || command.starts_with("factor.") || command == "session.open"
}

impl stream_input::Draw for Stream {
    fn below(&mut self, bound: usize) -> usize {
        self.random.below(bound)
    }
    fn percent(&mut self, percent: u64) -> bool {
        self.random.percent(percent)
    }
    fn id(&mut self, kind: Kind) -> Json {
        Stream::id(self, kind)
    }
    fn moment(&mut self) -> Json {
        Stream::moment(self)
    }
    fn text(&mut self) -> Json {
        Stream::text(self, TEXTS)
    }
}

impl Stream {
    /// A stream that starts at this seed; moments lie around the given one.
    pub fn new(seed: u64, now: Moment) -> Stream {
        Stream {
            random: Random::new(seed),
            known: BTreeMap::new(),
            attributes: Vec::new(),
            count: 0,
            now,
        }
    }

    /// Notes what a command created, so that later ones can name it.
    pub fn learn(&mut self, command: &Command, done: &Executed) {
        let Some(id) = done.id else { return };
        let list = self.known.entry(id.kind).or_default();
        if !list.contains(&id) {
            list.push(id);
        }
        if let Command::DefineAttribute(define) = command
            && define.kind == Kind::User
        {
            self.attributes.push(define.name.clone());
        }
    }

    /// Notes what a command will create, should it succeed, and the attribute of users that it will declare.
    pub fn note(&mut self, id: EntityId, attribute: Option<String>) {
        self.known.entry(id.kind).or_default().push(id);
        self.attributes.extend(attribute);
    }

    /// Every record that was created, whatever became of it.
    pub fn known(&self) -> impl Iterator<Item = EntityId> {
        self.known.values().flatten().copied()
    }

    /// The custom attributes of users that were declared, whatever became of them.
    pub fn attributes(&self) -> &[String] {
        &self.attributes
    }

    /// The next command.
    pub fn next_command(&mut self) -> Command {
        self.count += 1;
        // Until there is something to change, something is created.
        let name = if self.count < 25 || self.random.percent(30) {
            const CREATE: &[&str] = &[
                "user.create",
                "user.create",
                "user.create",
                "organization.create",
                "organization.create",
                "position.create",
                "group.create",
                "device.create",
                "user_type.create",
                "organization_type.create",
                "template.create",
                "attribute.define",
                "role.create",
                "role.grant",
                "assignment.create",
            ];
            self.random.pick(CREATE).copied()
        } else {
            self.random
                .pick(Command::NAMES)
                .copied()
                .filter(|name| !is_apart(name))
        };
        let name = name.unwrap_or("user.create");
        let mut json = self.fields(name);
        if let Some(fields) = json.as_object_mut() {
            fields.insert("command".to_owned(), name.into());
            // What is not chosen is not said.
            fields.retain(|_, value| !value.is_null());
        }
        // Where null is the only way to say nothing, it stays.
        serde_json::from_value(json.clone())
            .unwrap_or_else(|error| panic!("the stream writes {name} wrongly: {error}\n{json:#}"))
    }

    /// One that exists, or existed; now and then one that never did.
    pub(super) fn id(&mut self, kind: Kind) -> Json {
        if self.random.percent(3) {
            let id = EntityId::new(kind, uuid::Uuid::from_u128(u128::from(self.random.bits())));
            return json!(id);
        }
        let list = self.known.get(&kind).map(Vec::as_slice).unwrap_or_default();
        match self.random.pick(list) {
            Some(id) => json!(id),
            None => json!(EntityId::new(kind, uuid::Uuid::from_u128(1))),
        }
    }

    fn maybe(&mut self, percent: u64, kind: Kind) -> Json {
        if self.random.percent(percent) {
            self.id(kind)
        } else {
            Json::Null
        }
    }

    pub(super) fn several(&mut self, kind: Kind, most: usize) -> Json {
        let many = self.random.below(most + 1);
        (0..many).map(|_| self.id(kind)).collect()
    }

    fn text(&mut self, list: &[&str]) -> Json {
        json!(self.random.pick(list).copied().unwrap_or_default())
    }

    fn moment(&mut self) -> Json {
        let hours = self.random.below(400) as i64 - 100;
        json!(self.now.plus_seconds(3_600 * hours))
    }

    fn window(&mut self) -> Json {
        let mut window = serde_json::Map::new();
        for end in ["from", "until"] {
            if self.random.percent(20) {
                let moment = self.moment();
                window.insert(end.to_owned(), moment);
            }
        }
        Json::Object(window)
    }

    fn joins(&mut self) -> Json {
        let many = self.random.below(3);
        (0..many)
            .map(|_| {
                let mut join = json!({"organization": self.id(Kind::Organization), "window": self.window()});
                if self.random.percent(30) {
                    join["number"] = self.text(TEXTS);
                }
                join
            })
            .collect()
    }

    /// A name that is new, or one that may be taken.
    pub(super) fn name(&mut self) -> Json {
        if self.random.percent(12) {
            return self.text(TEXTS);
        }
        let spelling = *self.random.pick(&["n", "N", "ñ", "ｎ"]).unwrap_or(&"n");
        json!(format!("{spelling}{}", self.count))
    }

    fn profile(&mut self, named: bool) -> Json {
        let mut values = serde_json::Map::new();
        if named {
            values.insert("user_name".to_owned(), self.name());
        }
        for (attribute, percent) in [
            ("city", 50),
            ("job", 40),
            ("email", 30),
            ("user_number", 15),
            ("first_name", 20),
            ("privileged", 15),
            ("hired_on", 20),
            ("indexed_strings_1", 15),
            ("indexed_integer_1", 20),
            ("phone", 8),
            ("nonsense", 2),
            ("created_at", 1),
        ] {
            if !self.random.percent(percent) {
                continue;
            }
            let value = match attribute {
                "city" => self.text(CITIES),
                "job" => self.text(JOBS),
                "email" => json!(format!("{}@x.org", self.random.below(60))),
                "user_number" => json!(format!("{}", self.random.below(60))),
                "privileged" => json!(self.random.percent(50)),
                "hired_on" => json!(format!(
                    "2025-{:02}-{:02}",
                    1 + self.random.below(13),
                    1 + self.random.below(28)
                )),
                "indexed_strings_1" => json!([self.text(TEXTS), self.text(CITIES)]),
                "indexed_integer_1" => json!(self.random.below(9) as i64 - 4),
                "phone" => json!("+49 30 123456"),
                _ => self.text(TEXTS),
            };
            let value = if self.random.percent(8) { Json::Null } else { value };
            values.insert(attribute.to_owned(), value);
        }
        if self.random.percent(25)
            && let Some(name) = self.random.pick(&self.attributes).cloned()
        {
            let value = if self.random.percent(50) {
                self.text(TEXTS)
            } else {
                json!(self.random.below(5))
            };
            values.insert(name, value);
        }
        Json::Object(values)
    }

    fn thing(&mut self, named: bool) -> Json {
        let mut values = serde_json::Map::new();
        if named || self.random.percent(40) {
            values.insert("name".to_owned(), self.name());
        }
        if self.random.percent(30) {
            values.insert("description".to_owned(), self.text(TEXTS));
        }
        Json::Object(values)
    }

    fn place(&mut self, named: bool) -> Json {
        let mut values = self.thing(named);
        if self.random.percent(30) {
            values["code"] = json!(format!("c{}", self.random.below(40)));
        }
        if self.random.percent(30) {
            values["sort_order"] = json!(self.random.below(5));
        }
        values
    }

    fn form(&mut self, mut values: Json) -> Json {
        if self.random.percent(30) {
            values["form"] =
                json!([{"attribute": "city", "required": self.random.percent(20)}, {"attribute": "job"}]);
        }
        values
    }

    /// The condition of a dynamic role or group; the last one is refused.
    fn condition(&mut self) -> Json {
        match self.random.below(8) {
            0 => json!("1==1"),
            1 => json!("1==0"),
            2 => json!(format!("city eq {}", self.text(CITIES))),
            3 => json!(format!("!privileged && job == {}", self.text(JOBS))),
            4 => json!({"not": {"attribute": "email", "present": true}}),
            5 => json!(format!("within_organization eq {}", self.id(Kind::Organization))),
            6 => json!(format!("manager eq {}", self.id(Kind::User))),
            _ => json!("groups pr"),
        }
    }

    fn fields(&mut self, name: &str) -> Json {
        use Kind::{Device, Group, Organization, OrganizationType, Position, Template, User, UserType};
        match name {
            "realm.create" => json!({"name": self.name()}),
            "realm.update" => {
                let settings = match self.random.below(5) {
                    0 => json!({"tree_sort": self.text(&["name", "sort_order"])}),
                    1 => json!({"deleted_keep_names": self.random.percent(30)}),
                    2 => json!({"messages": {"user.created": self.random.percent(50)}}),
                    3 => json!({"retention_days": self.random.below(60)}),
                    _ => json!({"nonsense": 1}),
                };
                json!({"settings": settings})
            }
            "attribute.define" => json!({
                "kind": "user", "name": format!("custom_{}", self.random.below(8)), "label": "Custom",
                "type": *self.random.pick(&["text", "integer", "date"]).unwrap_or(&"text"),
                "searchable": self.random.percent(80), "multiple": self.random.percent(20),
                "unique": self.random.percent(10),
            }),
            "attribute.update" | "attribute.remove" => {
                let declared = self.random.pick(&self.attributes).cloned();
                let attribute = declared.unwrap_or_else(|| "custom_1".to_owned());
                let mut fields = json!({"kind": "user", "name": attribute});
                if name == "attribute.update" {
                    fields["label"] = self.text(TEXTS);
                }
                fields
            }
            "user_type.create" => {
                let mut values = self.thing(true);
                if self.random.percent(50) {
                    values["validity_days"] = json!(1 + self.random.below(20));
                }
                let values = self.form(values);
                json!({"attributes": values})
            }
            "user_type.update" => json!({"user_type": self.id(UserType), "attributes": self.thing(false)}),
            "user_type.delete" => json!({"user_type": self.id(UserType)}),
            "organization_type.create" => json!({"attributes": self.thing(true)}),
            "organization_type.update" => {
                json!({"organization_type": self.id(OrganizationType), "attributes": self.thing(false)})
            }
            "organization_type.delete" => json!({"organization_type": self.id(OrganizationType)}),
            "template.create" => {
                let mut values = self.thing(true);
                values["when_job"] = self.text(JOBS);
                values["values"] = json!({"city": self.text(CITIES)});
                json!({"attributes": values})
            }
            "template.update" => json!({"template": self.id(Template), "attributes": self.thing(false)}),
            "template.delete" => json!({"template": self.id(Template)}),
            "user.create" => json!({
                "attributes": self.profile(true), "organizations": self.joins(), "manager": self.maybe(30, User),
                "positions": self.several(Position, 1), "user_type": self.maybe(15, UserType),
                "template": self.maybe(5, Template),
                "registration": *self.random.pick(&["complete", "complete", "not_invited", "invited"]).unwrap_or(&"complete"),
            }),
            "session.open" => json!({"user": self.id(User), "refresh": self.random.percent(50)}),
            "user.update" => {
                let named = self.random.percent(20);
                json!({"user": self.id(User), "attributes": self.profile(named)})
            }
            "user.set_validity" => {
                json!({"user": self.id(User), "valid_from": self.moment(), "valid_until": self.moment()})
            }
            "user.change_type" => {
                json!({"user": self.id(User), "user_type": self.id(UserType), "recompute_expiry": true})
            }
            "user.record_consent" => json!({
                "user": self.id(User), "purpose": self.text(&["newsletter", "study"]), "granted": self.random.percent(50),
                "text_version": "1", "lawful_basis": self.text(&["consent", "contract", "because"]),
            }),
            "user.set_manager" => json!({"user": self.id(User), "manager": self.id(User)}),
            "user.set_shared_users" => json!({"account": self.id(User), "users": self.several(User, 2)}),
            "user.delete" => {
                let mode = *self
                    .random
                    .pick(&["soft", "soft", "soft", "soft", "erase", "purge"])
                    .unwrap_or(&"soft");
                json!({"user": self.id(User), "mode": mode})
            }
            "organization.create" => json!({
                "attributes": self.place(true), "parent": self.maybe(80, Organization),
                "organization_type": self.maybe(10, OrganizationType),
            }),
            "organization.update" => {
                json!({"organization": self.id(Organization), "attributes": self.place(false)})
            }
            "organization.change_type" => {
                json!({"organization": self.id(Organization), "organization_type": self.id(OrganizationType)})
            }
            "organization.transfer" => {
                json!({"organization": self.id(Organization), "parent": self.id(Organization)})
            }
            "organization.merge" => json!({
                "source": self.id(Organization), "target": self.id(Organization),
                "name_clashes": *self.random.pick(&["refuse", "keep"]).unwrap_or(&"keep"),
            }),
            "organization.delete" => {
                let disposition = match self.random.below(6) {
                    0 => json!("detach"),
                    1 => json!("cascade"),
                    2 => json!({"move_to": {"target": self.id(Organization)}}),
                    _ => Json::Null,
                };
                json!({"organization": self.id(Organization), "disposition": disposition})
            }
            "organization.add_lead" => {
                json!({"organization": self.id(Organization), "user": self.id(User), "window": self.window()})
            }
            "organization.remove_lead" => {
                json!({"organization": self.id(Organization), "user": self.id(User)})
            }
            "position.create" => json!({
                "attributes": self.place(true), "organization": self.maybe(70, Organization),
                "reports_to": self.maybe(40, Position),
            }),
            "position.update" => json!({"position": self.id(Position), "attributes": self.place(false)}),
            "position.transfer" => {
                json!({"position": self.id(Position), "organization": self.id(Organization)})
            }
            "position.set_superior" => {
                json!({"position": self.id(Position), "reports_to": self.id(Position)})
            }
            "position.assign" => {
                json!({"position": self.id(Position), "user": self.id(User), "window": self.window()})
            }
            "position.unassign" => json!({"position": self.id(Position), "user": self.id(User)}),
            "group.create" => json!({"attributes": self.thing(true)}),
            "group.update" => {
                let mut group = json!({"group": self.id(Group), "attributes": self.thing(false)});
                if self.random.percent(40) {
                    group["condition"] = self.condition();
                }
                group
            }
            "group.add_members" | "group.remove_members" => {
                let kind = *self
                    .random
                    .pick(&[User, User, Organization, Position, Group, Device])
                    .unwrap_or(&User);
                let mut members = json!({"group": self.id(Group), "members": self.several(kind, 3)});
                if name == "group.add_members" {
                    members["window"] = self.window();
                }
                members
            }
            "device.create" => json!({"attributes": {"name": self.name()}, "organizations": self.joins()}),
            "device.update" => json!({"device": self.id(Device), "attributes": {"model": self.text(TEXTS)}}),
            "membership.add" => {
                let kind = *self
                    .random
                    .pick(&[User, User, User, Device, Group])
                    .unwrap_or(&User);
                json!({"member": self.id(kind), "organizations": self.joins()})
            }
            "membership.remove" => {
                json!({"member": self.id(User), "organizations": self.several(Organization, 1)})
            }
            "rule.apply" => {
                let owner = *self
                    .random
                    .pick(&[Kind::Role, Kind::Role, Group, User])
                    .unwrap_or(&Kind::Role);
                json!({"owner": self.id(owner), "subjects": self.several(User, 3)})
            }
            "organization.add_owner"
            | "organization.remove_owner"
            | "organization.add_administrator"
            | "organization.remove_administrator" => {
                let mut fields = json!({"organization": self.id(Organization), "user": self.id(User)});
                if name.contains("add_") && self.random.percent(30) {
                    fields["override_reason"] = self.text(TEXTS);
                }
                fields
            }
            "user.add_deputy" | "user.remove_deputy" => {
                json!({"user": self.id(User), "deputy": self.id(User)})
            }
            "record.reindex" => {
                let kind = *self.random.pick(&[User, User, Device, Group]).unwrap_or(&User);
                let custom = format!("custom_{}", self.random.below(8));
                let attribute = *self
                    .random
                    .pick(&["city", "name", custom.as_str()])
                    .unwrap_or(&"name");
                json!({"record": self.id(kind), "attribute": attribute})
            }
            "user.exchange" | "edge.synchronize" => self.exchange(name),
            _ if ["connector.", "source.", "sync.", "shadow."]
                .iter()
                .any(|noun| name.starts_with(noun)) =>
            {
                self.source_fields(name)
            }
            "role.create" => {
                let kind = *self.random.pick(&["internal", "external"]).unwrap_or(&"internal");
                let mut role = json!({"attributes": self.thing(true), "role_type": kind});
                if self.random.percent(40) {
                    role["condition"] = self.text(&["1==1", "1==0", "city eq \"Utica\"", "job pr"]);
                }
                role
            }
            "role.update" => json!({"role": self.id(Kind::Role), "attributes": self.thing(false)}),
            "role.delete" => {
                let grants = self.random.percent(40).then_some("revoke");
                json!({"role": self.id(Kind::Role), "grants": grants})
            }
            "role.grant" | "role.revoke" => {
                let kind = *self
                    .random
                    .pick(&[User, User, Group, Organization])
                    .unwrap_or(&User);
                json!({"role": self.id(Kind::Role), "holders": self.several(kind, 2)})
            }
            "role.include"
            | "role.stop_including"
            | "role.add_exclusions"
            | "role.remove_exclusions"
            | "role.add_prerequisites"
            | "role.remove_prerequisites" => {
                json!({"role": self.id(Kind::Role), "roles": self.several(Kind::Role, 2)})
            }
            "role.add_assignments" | "role.remove_assignments" => {
                json!({"role": self.id(Kind::Role), "assignments": self.several(Kind::Assignment, 2)})
            }
            "assignment.create" => json!({"attributes": self.thing(true)}),
            "assignment.update" => {
                json!({"assignment": self.id(Kind::Assignment), "attributes": self.thing(false)})
            }
            "policy.create" => json!({"attributes": self.thing(true), "rules": {}}),
            "policy.update" => json!({"policy": self.id(Kind::Policy), "attributes": self.thing(false)}),
            // What is left is made from its schema.
            other => stream_input::fields(other, self),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The stream knows every command there is, so no command is left out of the comparison of storages.
    #[test]
    fn every_command_is_part_of_the_stream() {
        let mut stream = Stream::new(1, Moment::from_micros(0));
        let names: BTreeSet<&str> = (0..10_000).map(|_| stream.next_command().name()).collect();
        let all: BTreeSet<&str> = Command::NAMES
            .iter()
            .copied()
            .filter(|name| !is_apart(name))
            .collect();
        assert_eq!(names, all);
    }
}
