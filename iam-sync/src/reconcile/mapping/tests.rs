use iam_core::model::RealmId;

use super::*;
use iam_core::model::{AttributeMapping, ReferenceBy, Unlisted};

fn mapper(mappings: Vec<AttributeMapping>) -> Result<Mapper, Problem> {
    let rules = KindRules {
        mappings,
        ..KindRules::default()
    };
    let schema = Schema::empty(RealmId(uuid::Uuid::nil()));
    Mapper::new(
        &schema,
        SyncKind::User,
        &rules,
        "2026-11-21T08:00:00Z".parse().unwrap(),
    )
}

/// S0-138
#[test]
fn attributes_constants_defaults_and_conditions() {
    let mapper = mapper(vec![
        AttributeMapping::attribute("SN", "last_name"),
        AttributeMapping::constant("Vienna", "city"),
        AttributeMapping::attribute("title", "job").or("employee"),
        AttributeMapping::attribute("room", "location").when("source.active == 'yes'"),
        AttributeMapping::attribute("mgr", "manager").by(ReferenceBy::Name),
        AttributeMapping::attribute("orgs", "organizations").split("|"),
        AttributeMapping::attribute("boss", "privileged"),
    ])
    .unwrap();
    let mapped = mapper.map(
        &SourceObject::new("1")
            .with("sn", " Lovelace ")
            .with("room", "7")
            .with("active", "no")
            .with("mgr", "cn=x")
            .with("orgs", "b|a | b")
            .with("boss", "TRUE"),
    );
    assert_eq!(mapped.problems, []);
    assert_eq!(mapped.text("last_name"), Some("Lovelace"));
    assert_eq!(mapped.text("city"), Some("Vienna"));
    assert_eq!(mapped.text("job"), Some("employee"));
    assert_eq!(mapped.value("privileged"), Some(&Value::Boolean(true)));
    assert!(!mapped.values.contains_key("location"), "the condition is false");
    let Some((_, Wanted::References(organizations))) = mapped.values.get("organizations") else {
        panic!("references");
    };
    let texts: Vec<&str> = organizations
        .iter()
        .map(|reference| reference.text.as_str())
        .collect();
    assert_eq!(texts, ["a", "b"]);
}

/// S0-139
#[test]
fn enumerated_values_go_through_the_dictionary() {
    let status = || {
        AttributeMapping::attribute("state", "administrative_status")
            .dictionary([("Active", "enabled"), ("Left", "disabled")])
    };
    let refuses = mapper(vec![status()]).unwrap();
    assert_eq!(
        refuses
            .map(&SourceObject::new("1").with("state", "LEFT"))
            .text("administrative_status"),
        Some("disabled")
    );
    let wrong = refuses.map(&SourceObject::new("1").with("state", "asleep"));
    assert_eq!(wrong.problems[0].code, "mapping.unlisted");
    let drops = mapper(vec![AttributeMapping {
        unlisted: Unlisted::Drop,
        ..status()
    }])
    .unwrap();
    assert_eq!(
        drops
            .map(&SourceObject::new("1").with("state", "asleep"))
            .problems,
        []
    );
}

/// S0-125
#[test]
fn the_digest_knows_the_mapped_values_and_the_rules_and_nothing_else() {
    let first = mapper(vec![AttributeMapping::attribute("sn", "last_name")]).unwrap();
    let object = SourceObject::new("1").with("sn", "A").with("badge", "1");
    let same = SourceObject::new("1").with("sn", "A").with("badge", "2");
    assert_eq!(first.map(&object).digest, first.map(&same).digest);
    assert_ne!(
        first.map(&object).digest,
        first.map(&SourceObject::new("1").with("sn", "B")).digest
    );
    let other = mapper(vec![
        AttributeMapping::attribute("sn", "last_name").strength(Strength::Strong),
    ])
    .unwrap();
    assert_ne!(first.map(&object).digest, other.map(&object).digest);
}

#[test]
fn every_wrong_mapping_is_named_before_anything_is_read() {
    let problem = mapper(vec![
        AttributeMapping::attribute("x", "no_such"),
        AttributeMapping::expression("source.a +", "city"),
    ])
    .unwrap_err();
    let fields: Vec<&str> = problem.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, ["no_such", "city"]);
}

/// S0-125
#[test]
fn the_digest_of_what_is_mapped_without_expressions_needs_no_mapping() {
    let mapper = |second: AttributeMapping| {
        mapper(vec![AttributeMapping::attribute("sn", "last_name"), second]).unwrap()
    };
    let plain = mapper(AttributeMapping::attribute("l", "city"));
    let object = |sn: &str, l: &str| SourceObject::new("1").with("sn", sn).with("l", l);
    let digest = plain.digest_of(&object("a", "b"));
    assert_eq!(digest, Some(plain.map(&object("a", "b")).digest));
    // What is next to each other does not run together.
    assert_ne!(digest, plain.digest_of(&object("ab", "")));
    assert_ne!(digest, plain.digest_of(&SourceObject::new("1").with("sn", "a")));
    let list = SourceObject::new("1").with("sn", "a").with("l", vec!["b"]);
    assert_ne!(digest, plain.digest_of(&list));
    let computed = mapper(AttributeMapping::expression("source.l", "city"));
    assert_eq!(computed.digest_of(&object("a", "b")), None);
    assert!(!computed.map(&object("a", "b")).digest.is_empty());
}
