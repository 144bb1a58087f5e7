//! The tamper-evident chain over audit trail and journal, sealed in batches after the commits.
//!
//! A seal covers every row after the previous seal up to a revision that can no longer be joined by a late commit.
//! Its head is SHA-256 over the previous head and the digests of the rows. Whoever can write to the database can also
//! re-hash it: heads that the host publishes elsewhere are what makes that show ([`Iam::verify_chain`]).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{history::PAGE, iam::Iam};
use crate::{
    plan::JournalEntry,
    port::{
        AuditQuery, AuditRecord, HistoryQuery, Recorded, Revision, Seal, Storage, StorageError, Subjects,
    },
    wire::{Problem, hex},
};

/// Bytes of a row's digest that a seal keeps, after the eight of its revision.
const KEPT: usize = 16;

/// A head to publish outside of the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ChainHead {
    /// The seal's number.
    pub number: u64,
    /// Up to and including this revision.
    pub until: Revision,
    /// Hexadecimal SHA-256.
    pub head: String,
}

/// A place where the chain does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum ChainBreak {
    /// The row, or a journal entry of it, is not what was sealed.
    Changed {
        /// Which row.
        revision: Revision,
    },
    /// The row is gone.
    Removed {
        /// Which row.
        revision: Revision,
    },
    /// The row was not there when its place was sealed.
    Inserted {
        /// Which row.
        revision: Revision,
    },
    /// The seal itself is not what it was, or is missing.
    Seal {
        /// Which seal.
        number: u64,
    },
    /// The chain is not the one whose head was published.
    Head {
        /// Which seal.
        number: u64,
    },
}

/// The result of a verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Verified {
    /// Rows that were looked at.
    pub rows: u64,
    /// Seals that were looked at.
    pub seals: u64,
    /// Every place where the chain does not hold; empty: it holds.
    pub breaks: Vec<ChainBreak>,
}

impl Verified {
    /// Whether the chain holds.
    pub fn holds(&self) -> bool {
        self.breaks.is_empty()
    }
}

impl Iam {
    /// Seals everything that was committed and not sealed yet; returns the chain's head. Any process may call it at
    /// any time; two at once do no harm.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn seal_chain(&self) -> Result<Option<ChainHead>, Problem> {
        let storage = self.shared.storage.as_ref();
        let mut last = last_seal(storage).await?;
        loop {
            let stable = storage.standing().await?.stable;
            let after = last.as_ref().map_or(Revision(0), |seal| seal.until);
            let Sealable { rows, .. } = sealable(storage, after, stable, PAGE).await?;
            let Some(until) = rows.last().map(|(row, _)| row.revision) else {
                return Ok(last.map(|seal| ChainHead {
                    number: seal.number,
                    until: seal.until,
                    head: seal.head,
                }));
            };
            let (head, digests) = link(last.as_ref().map(|seal| seal.head.as_str()), &rows);
            let seal = Seal {
                number: last.as_ref().map_or(0, |seal| seal.number) + 1,
                after,
                until,
                rows: rows.len() as u64,
                head,
                digests,
                at: self.shared.host.clock.now(),
            };
            last = match storage.append_seal(&seal).await {
                Ok(()) => Some(seal),
                // Another process sealed meanwhile: go on after its seal.
                Err(StorageError::Contention) => last_seal(storage).await?,
                Err(error) => return Err(error.into()),
            };
        }
    }

    /// Checks every sealed row against the chain, and the chain against heads that were published.
    ///
    /// # Errors
    /// When the storage fails; a chain that does not hold is not an error but the answer.
    pub async fn verify_chain(&self, published: &[ChainHead]) -> Result<Verified, Problem> {
        verify(self.shared.storage.as_ref(), published).await
    }
}

/// Checks every sealed row of a storage against its chain, and the chain against heads that were published.
pub(super) async fn verify(storage: &dyn Storage, published: &[ChainHead]) -> Result<Verified, Problem> {
    let mut verified = Verified {
        rows: 0,
        seals: 0,
        breaks: Vec::new(),
    };
    let mut previous: Option<Seal> = None;
    loop {
        let number = previous.as_ref().map_or(0, |seal| seal.number);
        let seals = storage.seals(number, 100).await?;
        if seals.is_empty() {
            break;
        }
        for seal in seals {
            let expected = previous.as_ref().map_or(1, |seal| seal.number + 1);
            let after = previous.as_ref().map_or(Revision(0), |seal| seal.until);
            if seal.number != expected || seal.after != after {
                verified.breaks.push(ChainBreak::Seal { number: expected });
            }
            // More rows than were sealed only when some were inserted: enough of them to say so.
            let most = usize::try_from(seal.rows).unwrap_or(PAGE).min(10 * PAGE) + PAGE;
            let found = sealable(storage, seal.after, seal.until, most).await?;
            let (head, digests) = link(previous.as_ref().map(|seal| seal.head.as_str()), &found.rows);
            verified.rows += found.rows.len() as u64;
            verified.seals += 1;
            let broken = compare(&seal.digests, &digests, &found.strays);
            let whole = head == seal.head && found.rows.len() as u64 == seal.rows;
            if whole && digests == seal.digests {
                verified.breaks.extend(broken);
            } else if whole || broken.is_empty() {
                // The rows lead to the head, or agree with their digests: it is the seal that was touched.
                verified.breaks.push(ChainBreak::Seal { number: seal.number });
            } else {
                verified.breaks.extend(broken);
            }
            previous = Some(seal);
        }
    }
    for known in published {
        let seals = storage.seals(known.number.saturating_sub(1), 1).await?;
        if seals
            .first()
            .is_none_or(|seal| seal.number != known.number || seal.head != known.head)
        {
            verified.breaks.push(ChainBreak::Head { number: known.number });
        }
    }
    Ok(verified)
}

async fn last_seal(storage: &dyn Storage) -> Result<Option<Seal>, Problem> {
    let mut last: Option<Seal> = None;
    loop {
        let number = last.as_ref().map_or(0, |seal| seal.number);
        match storage.seals(number, 1_000).await?.into_iter().next_back() {
            Some(seal) => last = Some(seal),
            None => return Ok(last),
        }
    }
}

/// What a seal covers.
struct Sealable {
    /// The audit rows, each with its journal entries.
    rows: Vec<(AuditRecord, Vec<Recorded>)>,
    /// Revisions that have a journal and no audit row: the work of somebody else than this library.
    strays: BTreeSet<Revision>,
}

/// At most so many audit rows after a revision.
async fn sealable(
    storage: &dyn Storage,
    after: Revision,
    until: Revision,
    most: usize,
) -> Result<Sealable, Problem> {
    let mut audit: Vec<AuditRecord> = Vec::new();
    while audit.len() < most {
        let query = AuditQuery {
            after: Some(audit.last().map_or(after, |row| row.revision)),
            until: Some(until),
            limit: PAGE.min(most - audit.len()),
            ..AuditQuery::default()
        };
        let page = storage.audit(&query).await?;
        if page.is_empty() {
            break;
        }
        audit.extend(page);
    }
    // Where more rows follow, their journal belongs to the next seal.
    let end = match audit.last() {
        Some(last) if audit.len() >= most => last.revision,
        _ => until,
    };
    let mut entries: BTreeMap<Revision, Vec<Recorded>> = BTreeMap::new();
    let mut place = (after, u32::MAX);
    loop {
        let query = HistoryQuery {
            realm: None,
            subjects: Subjects::All,
            after: Some(place),
            until: Some(end),
            newest_first: false,
            limit: 10 * PAGE,
        };
        let page = storage.history(&query).await?;
        let Some(last) = page.last() else { break };
        place = (last.revision, last.ordinal);
        for entry in page {
            entries.entry(entry.revision).or_default().push(entry);
        }
    }
    let rows = audit
        .into_iter()
        .map(|row| {
            let own = entries.remove(&row.revision).unwrap_or_default();
            (row, own)
        })
        .collect();
    Ok(Sealable {
        rows,
        strays: entries.into_keys().collect(),
    })
}

/// The head over rows and the digests to keep.
fn link(previous: Option<&str>, rows: &[(AuditRecord, Vec<Recorded>)]) -> (String, Vec<u8>) {
    let mut head = Sha256::new();
    head.update(previous.unwrap_or_default());
    let mut kept = Vec::with_capacity(rows.len() * (8 + KEPT));
    for (row, entries) in rows {
        let digest = digest(row, entries);
        head.update(digest);
        kept.extend_from_slice(&row.revision.0.to_be_bytes());
        kept.extend_from_slice(&digest[..KEPT]);
    }
    (hex(&head.finalize()), kept)
}

/// The digest of a row and its journal: every field with its length before it, so that no two rows read alike.
fn digest(row: &AuditRecord, entries: &[Recorded]) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut field = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    let text = |id: Option<String>| id.unwrap_or_default();
    field(&row.revision.0.to_be_bytes());
    field(row.realm.0.as_bytes());
    field(&row.at.micros().to_be_bytes());
    for part in [&row.actor, &row.channel, &row.command, &row.digest, &row.events] {
        field(part.as_bytes());
    }
    field(row.reason.as_deref().unwrap_or_default().as_bytes());
    field(row.outcome.code().as_bytes());
    field(text(row.command_id.map(|id| id.to_string())).as_bytes());
    field(text(row.change_set.map(|id| id.to_string())).as_bytes());
    field(text(row.subject.map(|id| id.to_string())).as_bytes());
    for Recorded {
        ordinal,
        entry:
            JournalEntry {
                step,
                subject,
                edge,
                version,
                delta,
                cause,
            },
        ..
    } in entries
    {
        field(&ordinal.to_be_bytes());
        field(&[step.code()]);
        field(subject.to_string().as_bytes());
        field(
            edge.map(|edge| format!("{}>{}", edge.relation.name(), edge.to))
                .unwrap_or_default()
                .as_bytes(),
        );
        field(&version.to_be_bytes());
        field(delta);
        field(cause.name().as_bytes());
    }
    hash.finalize().into()
}

/// Names the rows that differ: sealed ones, found ones, and revisions of which only a journal was found.
fn compare(sealed: &[u8], found: &[u8], strays: &BTreeSet<Revision>) -> Vec<ChainBreak> {
    type Row<'a> = (Revision, &'a [u8]);
    fn rows(bytes: &[u8]) -> BTreeMap<Revision, &[u8]> {
        bytes
            .chunks_exact(8 + KEPT)
            .filter_map(|row| -> Option<Row<'_>> {
                let (revision, digest) = row.split_first_chunk::<8>()?;
                Some((Revision(u64::from_be_bytes(*revision)), digest))
            })
            .collect()
    }
    let (sealed, found) = (rows(sealed), rows(found));
    let mut breaks = Vec::new();
    for (revision, digest) in &sealed {
        match found.get(revision) {
            None => breaks.push(ChainBreak::Removed { revision: *revision }),
            Some(other) if other != digest => breaks.push(ChainBreak::Changed { revision: *revision }),
            Some(_) => {}
        }
    }
    let new = found
        .keys()
        .chain(strays)
        .filter(|revision| !sealed.contains_key(revision));
    breaks.extend(new.map(|revision| ChainBreak::Inserted { revision: *revision }));
    breaks
}
