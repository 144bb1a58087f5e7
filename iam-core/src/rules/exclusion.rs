//! Roles that are not in effect because another one is held.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::EntityId;

/// Which of the held roles are not in effect, and because of which.
///
/// Directed: B excludes A, C excludes B. Of all three only C is in effect; of A and C both are. What excludes is what is
/// held, whether it is in effect itself or not, so the order does not matter.
///
/// ```
/// use std::collections::BTreeSet;
/// use iam_core::model::{EntityId, Kind};
/// use iam_core::rules::excluded;
///
/// let [a, b, c] = [1, 2, 3].map(|n| EntityId::new(Kind::Role, uuid::Uuid::from_u128(n)));
/// let rules = [(b, a), (c, b)];
/// assert_eq!(excluded(&BTreeSet::from([a, b, c]), &rules).into_keys().collect::<Vec<_>>(), [a, b]);
/// assert!(excluded(&BTreeSet::from([a, c]), &rules).is_empty());
/// ```
pub fn excluded(
    held: &BTreeSet<EntityId>,
    excludes: &[(EntityId, EntityId)],
) -> BTreeMap<EntityId, EntityId> {
    excludes
        .iter()
        .filter(|(by, role)| by != role && held.contains(by) && held.contains(role))
        .map(|(by, role)| (*role, *by))
        .collect()
}
