//! Which roles and groups reach an account by inheritance: five switches and categories (S4-51, S4-59 … S4-64).

use std::collections::BTreeSet;

use crate::model::{Record, Value};

/// The switch of an account that governs a class of roles and groups.
const SWITCHES: [(&str, &str); 5] = [
    ("service_plan", "inherit_service_plans"),
    ("subscription", "inherit_subscriptions"),
    ("administrator_role", "inherit_administrator_roles"),
    ("group", "inherit_groups"),
    ("office_group", "inherit_office_groups"),
];

/// Whether an account inherits a role or group: through its organizations and positions, and by approved requests. What it
/// was given directly it has in any case.
///
/// A switch that was never set is on. A thing without a class has no switch. Categories match when one is in both, or when
/// either side has none.
///
/// ```
/// use iam_core::model::{EntityId, Kind, Record};
/// use iam_core::rules::inherits;
///
/// let record = |kind| Record::new(EntityId::new(kind, uuid::Uuid::nil()));
/// let (mut account, mut group) = (record(Kind::User), record(Kind::Group));
/// group.set("inheritance_class", Some("subscription".into()));
/// assert!(inherits(&account, &group));
/// account.set("inherit_subscriptions", Some(false.into()));
/// assert!(!inherits(&account, &group));
/// ```
pub fn inherits(account: &Record, thing: &Record) -> bool {
    Inheritance::of(account).takes(&Inheritance::of(thing))
}

/// What decides on either side whether an account inherits a thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Inheritance {
    /// The switches that an account has off, as bits.
    off: u8,
    /// The bit of the switch that governs a thing; 0 when none does.
    class: u8,
    categories: BTreeSet<String>,
}

impl Inheritance {
    pub(crate) fn of(record: &Record) -> Inheritance {
        let bits = |test: &dyn Fn(&str, &str) -> bool| {
            SWITCHES
                .iter()
                .enumerate()
                .filter(|(_, (class, switch))| test(class, switch))
                .fold(0, |bits, (place, _)| bits | 1 << place)
        };
        let class = record.text("inheritance_class");
        let categories = record
            .value("categories")
            .map(Value::elements)
            .unwrap_or_default();
        Inheritance {
            off: bits(&|_, switch| record.value(switch) == Some(&Value::Boolean(false))),
            class: bits(&|name, _| name == class),
            categories: categories
                .iter()
                .filter_map(|value| value.search_key().map(std::borrow::Cow::into_owned))
                .collect(),
        }
    }

    /// Whether an account of this kind inherits such a thing.
    pub(crate) fn takes(&self, thing: &Inheritance) -> bool {
        self.off & thing.class == 0
            && (self.categories.is_empty()
                || thing.categories.is_empty()
                || !self.categories.is_disjoint(&thing.categories))
    }
}

/// The risk index of an account: the highest of everything that it has (S4-49).
pub fn risk<'a>(things: impl IntoIterator<Item = &'a Record>) -> Option<f64> {
    things
        .into_iter()
        .filter_map(|thing| match thing.value("risk_index")? {
            Value::Integer(whole) => Some(*whole as f64),
            Value::Number(number) => Some(*number),
            _ => None,
        })
        .max_by(f64::total_cmp)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityId, Kind};

    fn record(kind: Kind, values: &[(&str, Value)]) -> Record {
        let mut record = Record::new(EntityId::new(kind, uuid::Uuid::nil()));
        for (name, value) in values {
            record.set(name, Some(value.clone()));
        }
        record
    }

    /// S4-59, S4-60, S4-61, S4-62, S4-63
    #[test]
    fn each_switch_governs_its_class_and_no_other() {
        for (class, switch) in SWITCHES {
            let off = record(Kind::User, &[(switch, false.into())]);
            for (other, _) in SWITCHES {
                let thing = record(Kind::Role, &[("inheritance_class", other.into())]);
                assert_eq!(inherits(&off, &thing), other != class, "{class} {other}");
            }
            assert!(inherits(&off, &record(Kind::Role, &[])));
            let on = record(Kind::User, &[(switch, true.into())]);
            assert!(inherits(
                &on,
                &record(Kind::Group, &[("inheritance_class", class.into())])
            ));
        }
    }

    /// S4-51: any common category, or none on either side.
    #[test]
    fn categories_select_what_is_inherited() {
        let with = |kind, categories: &[&str]| record(kind, &[("categories", categories.to_vec().into())]);
        let none = record(Kind::User, &[]);
        assert!(inherits(
            &with(Kind::User, &["A", "b"]),
            &with(Kind::Group, &["B", "C"])
        ));
        assert!(!inherits(&with(Kind::User, &["a"]), &with(Kind::Group, &["b"])));
        assert!(inherits(&none, &with(Kind::Group, &["b"])));
        assert!(inherits(&with(Kind::User, &["a"]), &record(Kind::Group, &[])));
    }

    /// S4-49
    #[test]
    fn the_risk_index_is_the_maximum() {
        let [low, high] = [0.2, 0.7].map(|risk| record(Kind::Group, &[("risk_index", Value::Number(risk))]));
        let whole = record(Kind::Role, &[("risk_index", Value::Integer(1))]);
        assert_eq!(risk([&low, &high, &record(Kind::Group, &[])]), Some(0.7));
        assert_eq!(risk([&low, &whole]), Some(1.0));
        assert_eq!(risk([]), None);
    }
}
