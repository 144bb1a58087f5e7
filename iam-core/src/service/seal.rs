//! Sealing of personal values in the journal: each person has a key of their own, derived from the vault's key and
//! the salt in the person's record. Erasing the salt makes the person's history unreadable and nothing else.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use chacha20poly1305::{
    ChaCha20Poly1305, Key, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{
    model::{EntityId, JournalPolicy, KeySalt, Kind, Name, Record, is_secret, packed},
    plan::{
        Change, Delta, JournalEntry, Plan, Schema, Seed,
        delta::{self, Differs, Sealed, Values},
    },
    wire::{Code, Problem},
};

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
        values: &[Differs<'_>],
        nonce: [u8; 12],
    ) -> Result<Vec<u8>, Problem> {
        let mut plain = Zeroizing::new(Vec::with_capacity(24 * values.len() + 8));
        delta::write_values(&mut plain, values);
        let payload = Payload {
            msg: &plain,
            aad: person.uuid.as_bytes(),
        };
        let sealed = self
            .cipher(person, salt)?
            .encrypt(&Nonce::from(nonce), payload)
            .map_err(|_| Problem::new(Code::Sealed, "the values cannot be sealed"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    fn open(&self, person: EntityId, salt: KeySalt, sealed: &Sealed) -> Option<Values> {
        let decoded = match sealed {
            Sealed::Text(text) => &STANDARD_NO_PAD.decode(text).ok()?,
            Sealed::Bytes(bytes) => bytes,
        };
        let (nonce, cipher_text) = decoded.split_at_checked(12)?;
        let nonce: [u8; 12] = nonce.try_into().ok()?;
        let payload = Payload {
            msg: cipher_text,
            aad: person.uuid.as_bytes(),
        };
        let plain = Zeroizing::new(
            self.cipher(person, salt)
                .ok()?
                .decrypt(&Nonce::from(nonce), payload)
                .ok()?,
        );
        match sealed {
            Sealed::Text(_) => serde_json::from_slice(&plain).ok(),
            Sealed::Bytes(_) => {
                let mut reader = packed::Reader::new(&plain);
                delta::read_values(&mut reader).filter(|_| reader.is_empty())
            }
        }
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
                        let differs = match subject.kind.journal() {
                            JournalPolicy::Full => delta::differences(before, after),
                            JournalPolicy::Summary | JournalPolicy::None => Vec::new(),
                        };
                        let salt = before
                            .and_then(|record| record.salt)
                            .or(after.and_then(|record| record.salt));
                        let delta = self.record(subject, differs, salt, schema, seed, ordinal)?;
                        // A removal counts as a version, too: what was before is read back from it, and what comes
                        // back later has a version that nobody has seen.
                        let version = after.map_or_else(
                            || before.map_or(0, |record| record.version + 1),
                            |record| record.version,
                        );
                        (delta, None, version, *cause)
                    }
                    Change::Edge { before, after, cause } => {
                        let key = after.as_ref().or(before.as_ref()).map(|edge| edge.key);
                        (delta::write_edge(before.as_ref(), after.as_ref()), key, 0, *cause)
                    }
                };
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

    /// What changed of a record: the personal part sealed; that a secret changed is noted, what it was and is now is
    /// not.
    fn record(
        &self,
        subject: EntityId,
        differs: Vec<Differs<'_>>,
        salt: Option<KeySalt>,
        schema: &Schema,
        seed: Seed,
        ordinal: usize,
    ) -> Result<Vec<u8>, Problem> {
        // An attribute that nobody knows any more is treated as personal: it may have been.
        let is_personal = |name: &Name| {
            schema
                .attribute_named(subject.kind, name)
                .is_none_or(|definition| definition.personal)
        };
        let mut secrets: Vec<&Name> = Vec::new();
        let mut personal: Vec<Differs<'_>> = Vec::new();
        let mut plain: Vec<Differs<'_>> = Vec::with_capacity(differs.len());
        for differs in differs {
            if is_secret(subject.kind, differs.0) {
                secrets.push(differs.0);
            } else if salt.is_some() && is_personal(differs.0) {
                personal.push(differs);
            } else {
                plain.push(differs);
            }
        }
        let sealed = match salt {
            Some(salt) if !personal.is_empty() => {
                let nonce = seed.nonce(u32::try_from(ordinal).unwrap_or(u32::MAX));
                self.seal(subject, salt, &personal, nonce)?
            }
            _ => Vec::new(),
        };
        Ok(delta::write_record(&plain, &secrets, &sealed))
    }

    /// The delta of an entry with its personal part opened. The flag says that a personal part is there and cannot be
    /// read: the person was erased or the vault is another one.
    pub(crate) fn delta(
        &self,
        entry: &JournalEntry,
        salt: Option<KeySalt>,
    ) -> Result<(Delta, bool), Problem> {
        let (mut delta, sealed) = delta::read(&entry.delta).ok_or_else(|| {
            Problem::new(Code::Corrupt, "a journal entry cannot be read").about(entry.subject)
        })?;
        let Some(sealed) = sealed else {
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
        let written = String::from_utf8_lossy(&entries[0].delta);
        assert!(!written.contains("Ada") && written.contains("Analyst"));
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

    /// What was sealed by earlier versions stays readable.
    #[test]
    fn version_1_is_read() {
        let sealer = Sealer::new([1; 32]);
        let (id, salt) = (
            EntityId::new(Kind::User, uuid::Uuid::from_u128(7)),
            KeySalt([3; 16]),
        );
        let entry = JournalEntry {
            step: crate::plan::Step::Create,
            subject: id,
            edge: None,
            version: 1,
            delta: VERSION_1.into(),
            cause: Default::default(),
        };
        let (delta, unreadable) = sealer.delta(&entry, Some(salt)).unwrap();
        assert!(!unreadable);
        assert_eq!(delta.values["first_name"], (None, Some("Ada".into())));
        assert_eq!(delta.values["job"], (None, Some("Analyst".into())));
    }

    const VERSION_1: &str = r#"{"v":{"job":[null,"Analyst"]},"s":"BQUFBQUFBQUFBQUFt5NrSqh+saRQX9wgiHD+BsUN6svNuN+p7q7a5iGsMgcCA2PX3+0S7zjr8w"}"#;
}
