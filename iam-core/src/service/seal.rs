//! Sealing of personal values in the journal: each person has a key of their own, derived from the vault's key and
//! the salt in the person's record. Erasing the salt makes the person's history unreadable and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use chacha20poly1305::{
    ChaCha20Poly1305, Key, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use serde::Serialize;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{
    model::{EntityId, JournalPolicy, KeySalt, Kind, Record, Value, is_secret},
    plan::{Change, Delta, EdgeBody, JournalEntry, Plan, Schema, Seed},
    wire::{Code, Problem},
};

type Values = BTreeMap<String, (Option<Value>, Option<Value>)>;
type ValuesRef<'a> = BTreeMap<&'a str, (Option<&'a Value>, Option<&'a Value>)>;

/// A [`Delta`] to be written: nothing is copied.
#[derive(Serialize)]
struct DeltaRef<'a> {
    #[serde(rename = "v", skip_serializing_if = "BTreeMap::is_empty")]
    values: ValuesRef<'a>,
    #[serde(rename = "s", skip_serializing_if = "Option::is_none")]
    sealed: Option<String>,
    #[serde(rename = "x", skip_serializing_if = "BTreeSet::is_empty")]
    secrets: BTreeSet<&'a str>,
    #[serde(rename = "e", skip_serializing_if = "Option::is_none")]
    edge: Option<(Option<EdgeBody>, Option<EdgeBody>)>,
}

/// Old and new values of what is different.
fn difference<'a>(before: Option<&'a Record>, after: Option<&'a Record>) -> ValuesRef<'a> {
    let mut values = ValuesRef::new();
    for (name, old) in before.into_iter().flat_map(|record| &record.attributes) {
        let new = after.and_then(|record| record.attributes.get(name));
        if new != Some(old) {
            values.insert(name, (Some(old), new));
        }
    }
    for (name, new) in after.into_iter().flat_map(|record| &record.attributes) {
        if before.is_none_or(|record| !record.attributes.contains_key(name)) {
            values.insert(name, (None, Some(new)));
        }
    }
    values
}

/// Seals and opens the personal part of journal entries.
pub(crate) struct Sealer {
    master: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer")
    }
}

impl Sealer {
    pub(crate) fn new(master: [u8; 32]) -> Self {
        Sealer {
            master: Zeroizing::new(master),
        }
    }

    fn cipher(&self, person: EntityId, salt: KeySalt) -> Result<ChaCha20Poly1305, Problem> {
        let mut key = Zeroizing::new([0u8; 32]);
        Hkdf::<Sha256>::new(Some(&salt.0), self.master.as_slice())
            .expand_multi_info(&[b"journal", person.uuid.as_bytes()], key.as_mut_slice())
            .map_err(|_| Problem::new(Code::Sealed, "the key of the person cannot be derived"))?;
        Ok(ChaCha20Poly1305::new(&Key::from(*key)))
    }

    fn seal(
        &self,
        person: EntityId,
        salt: KeySalt,
        values: &ValuesRef<'_>,
        nonce: [u8; 12],
    ) -> Result<String, Problem> {
        let plain =
            Zeroizing::new(serde_json::to_vec(values).map_err(|error| {
                Problem::new(Code::Sealed, "the values cannot be written").caused_by(error)
            })?);
        let payload = Payload {
            msg: &plain,
            aad: person.uuid.as_bytes(),
        };
        let sealed = self
            .cipher(person, salt)?
            .encrypt(&Nonce::from(nonce), payload)
            .map_err(|_| Problem::new(Code::Sealed, "the values cannot be sealed"))?;
        Ok(STANDARD_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    fn open(&self, person: EntityId, salt: KeySalt, sealed: &str) -> Option<Values> {
        let bytes = STANDARD_NO_PAD.decode(sealed).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(12)?;
        let nonce: [u8; 12] = nonce.try_into().ok()?;
        let payload = Payload {
            msg: sealed,
            aad: person.uuid.as_bytes(),
        };
        let plain = Zeroizing::new(
            self.cipher(person, salt)
                .ok()?
                .decrypt(&Nonce::from(nonce), payload)
                .ok()?,
        );
        serde_json::from_slice(&plain).ok()
    }

    /// The journal entries of a plan in the order of its changes: one for each, but for the kinds that have no journal.
    pub(crate) fn entries(
        &self,
        plan: &Plan,
        schema: &Schema,
        seed: Seed,
    ) -> Result<Vec<JournalEntry>, Problem> {
        plan.changes
            .iter()
            .enumerate()
            .filter_map(|(ordinal, change)| Some((ordinal, change, change.subject()?)))
            .filter(|(_, _, subject)| subject.kind.journal() != JournalPolicy::None)
            .map(|(ordinal, change, subject)| {
                let (delta, edge, version, cause) = match change {
                    Change::Record {
                        before, after, cause, ..
                    } => {
                        let (before, after) = (before.as_deref(), after.as_deref());
                        let mut delta = DeltaRef {
                            values: match subject.kind.journal() {
                                JournalPolicy::Full => difference(before, after),
                                JournalPolicy::Summary | JournalPolicy::None => ValuesRef::new(),
                            },
                            sealed: None,
                            secrets: BTreeSet::new(),
                            edge: None,
                        };
                        // That a secret changed is noted, what it was and is now is not.
                        delta.secrets = delta
                            .values
                            .extract_if(.., |name, _| is_secret(subject.kind, name))
                            .map(|(name, _)| name)
                            .collect();
                        let salt = before
                            .and_then(|record| record.salt)
                            .or(after.and_then(|record| record.salt));
                        if let Some(salt) = salt {
                            self.seal_personal(&mut delta, schema, subject, salt, seed, ordinal)?;
                        }
                        // A removal counts as a version, too: what was before is read back from it, and what comes
                        // back later has a version that nobody has seen.
                        let version = after.map_or_else(
                            || before.map_or(0, |record| record.version + 1),
                            |record| record.version,
                        );
                        (delta, None, version, *cause)
                    }
                    Change::Edge { before, after, cause } => {
                        let bodies = (
                            before.as_ref().map(EdgeBody::from),
                            after.as_ref().map(EdgeBody::from),
                        );
                        let key = after.as_ref().or(before.as_ref()).map(|edge| edge.key);
                        (
                            DeltaRef {
                                values: BTreeMap::new(),
                                sealed: None,
                                secrets: BTreeSet::new(),
                                edge: Some(bodies),
                            },
                            key,
                            0,
                            *cause,
                        )
                    }
                };
                let delta = serde_json::to_string(&delta).map_err(|error| {
                    Problem::new(Code::Corrupt, "a change cannot be written down").caused_by(error)
                })?;
                Ok(JournalEntry {
                    step: change.step(),
                    subject,
                    edge,
                    version,
                    delta,
                    cause,
                })
            })
            .collect()
    }

    fn seal_personal(
        &self,
        delta: &mut DeltaRef<'_>,
        schema: &Schema,
        person: EntityId,
        salt: KeySalt,
        seed: Seed,
        ordinal: usize,
    ) -> Result<(), Problem> {
        // An attribute that nobody knows any more is treated as personal: it may have been.
        let is_personal = |name: &str| {
            schema
                .attribute(person.kind, name)
                .is_none_or(|definition| definition.personal)
        };
        let personal: ValuesRef<'_> = delta.values.extract_if(.., |name, _| is_personal(name)).collect();
        if !personal.is_empty() {
            let nonce = seed.nonce(u32::try_from(ordinal).unwrap_or(u32::MAX));
            delta.sealed = Some(self.seal(person, salt, &personal, nonce)?);
        }
        Ok(())
    }

    /// The delta of an entry with its personal part opened. The flag says that a personal part is there and cannot be
    /// read: the person was erased or the vault is another one.
    pub(crate) fn delta(
        &self,
        entry: &JournalEntry,
        salt: Option<KeySalt>,
    ) -> Result<(Delta, bool), Problem> {
        let mut delta: Delta = serde_json::from_str(&entry.delta).map_err(|error| {
            Problem::new(Code::Corrupt, "a journal entry cannot be read")
                .about(entry.subject)
                .caused_by(error)
        })?;
        let Some(sealed) = delta.sealed.take() else {
            return Ok((delta, false));
        };
        match salt.and_then(|salt| self.open(entry.subject, salt, &sealed)) {
            Some(values) => {
                delta.values.extend(values);
                Ok((delta, false))
            }
            None => Ok((delta, true)),
        }
    }
}

/// The kinds whose records may hold personal values: persons and what they sign in with.
pub(crate) fn has_salt(kind: Kind) -> bool {
    matches!(kind, Kind::User | Kind::Credential | Kind::Shadow)
}

/// The salt of a person's record.
pub(crate) fn salt_of(record: Option<&Record>) -> Option<KeySalt> {
    record
        .filter(|record| has_salt(record.kind()))
        .and_then(|record| record.salt)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;
    use crate::model::RealmId;
    use std::sync::Arc;

    #[test]
    fn personal_values_are_readable_with_the_salt_only() {
        let sealer = Sealer::new([1; 32]);
        let seed = Seed([2; 32]);
        let id = seed.id(Kind::User, crate::model::Moment::MIN, 1);
        let mut record = Record::new(id);
        record.salt = Some(seed.salt(1));
        record.set("first_name", Some("Ada".into()));
        record.set("job", Some("Analyst".into()));
        let realm = RealmId(uuid::Uuid::nil());
        let plan = Plan {
            realm,
            guards: vec![],
            changes: vec![Change::Record {
                before: None,
                after: Some(Arc::new(record.clone())),
                taken: vec![],
                released: vec![],
                cause: Default::default(),
            }],
            events: vec![],
            effects: vec![],
            subject: None,
            remarks: vec![],
        };
        let entries = sealer.entries(&plan, &Schema::empty(realm), seed).unwrap();
        assert!(!entries[0].delta.contains("Ada") && entries[0].delta.contains("Analyst"));
        let (delta, unreadable) = sealer.delta(&entries[0], record.salt).unwrap();
        assert!(!unreadable);
        assert_eq!(delta.values["first_name"], (None, Some("Ada".into())));
        for (sealer, salt) in [
            (&sealer, None),
            (&sealer, Some(seed.salt(2))),
            (&Sealer::new([9; 32]), record.salt),
        ] {
            let (delta, unreadable) = sealer.delta(&entries[0], salt).unwrap();
            assert!(unreadable && !delta.values.contains_key("first_name"));
            assert_eq!(delta.values["job"].1, Some("Analyst".into()));
        }
    }
}
