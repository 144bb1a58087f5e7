//! The shell does what decisions ask for: it hashes, seals, opens, compares. Keys and randomness stay here.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
    task::Poll,
};

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use zeroize::Zeroizing;

use super::Host;
use crate::{
    credential::{self, HashError, Hashing, otp, passkey, recovery},
    model::{SEALED, Secret},
    plan::{PasskeyState, Place, Work, Worked},
    port::{ComputeError, Vault},
    wire::{Code, Problem},
};

/// Does the work. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Worker {
    host: Host,
    bench: Arc<Bench>,
}

/// What a computation needs on its thread.
struct Bench {
    key: Zeroizing<[u8; 32]>,
    hashing: Hashing,
    vault: Arc<dyn Vault>,
}

impl std::fmt::Debug for Bench {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.hashing)
    }
}

/// What was asked and what came of it.
type Answer = Result<(Work, Worked), Problem>;

/// Random bytes for one piece of work.
type Draw = [u8; 32];

impl Worker {
    pub(crate) fn new(host: &Host, hashing: Hashing) -> Result<Worker, Problem> {
        let key = host.vault.key("secrets").map_err(|error| {
            Problem::new(Code::Sealed, "the vault does not give the key of the secrets").caused_by(error)
        })?;
        Ok(Worker {
            host: host.clone(),
            bench: Arc::new(Bench {
                key: Zeroizing::new(key),
                hashing,
                vault: host.vault.clone(),
            }),
        })
    }

    /// A keyed digest of what a command says: nobody without the vault can try out passwords on it.
    pub(crate) fn digest(&self, bytes: &[u8]) -> [u8; 32] {
        use hmac::{Hmac, Mac};
        let mut mac = <Hmac<sha2::Sha256> as hmac::KeyInit>::new_from_slice(self.bench.key.as_slice())
            .unwrap_or_else(|_| <Hmac<sha2::Sha256> as hmac::KeyInit>::new(&Default::default()));
        mac.update(b"digest");
        mac.update(bytes);
        mac.finalize().into_bytes().into()
    }

    /// Opens a sealed text at its place: for whoever delivers it.
    pub(crate) fn open(&self, place: &Place, sealed: &str) -> Result<Secret, Problem> {
        self.bench.open(place, sealed)
    }

    /// Does all of it; what takes long, on the host's threads for computations.
    pub(crate) async fn perform(&self, asked: BTreeSet<Work>) -> Result<BTreeMap<Work, Worked>, Problem> {
        let mut done = BTreeMap::new();
        let mut slow = Vec::new();
        for work in asked {
            let draw = self.host.entropy.seed();
            match work {
                Work::Seal { .. }
                | Work::Open { .. }
                | Work::Keep { .. }
                | Work::Same { .. }
                | Work::Code { .. } => {
                    let worked = self.bench.perform(&work, draw)?;
                    done.insert(work, worked);
                }
                _ => slow.push(Box::pin(self.compute(work, draw))),
            }
        }
        // Side by side: the pool decides how many at a time.
        let mut results: Vec<Option<Result<(Work, Worked), Problem>>> = slow.iter().map(|_| None).collect();
        std::future::poll_fn(|context| {
            let mut pending = false;
            for (future, result) in slow.iter_mut().zip(&mut results) {
                if result.is_none() {
                    match future.as_mut().poll(context) {
                        Poll::Ready(outcome) => *result = Some(outcome),
                        Poll::Pending => pending = true,
                    }
                }
            }
            if pending { Poll::Pending } else { Poll::Ready(()) }
        })
        .await;
        for result in results.into_iter().flatten() {
            let (work, worked) = result?;
            done.insert(work, worked);
        }
        Ok(done)
    }

    async fn compute(&self, work: Work, draw: Draw) -> Result<(Work, Worked), Problem> {
        let slot: Arc<Mutex<Option<Answer>>> = Arc::default();
        let (bench, result) = (self.bench.clone(), slot.clone());
        let job = Box::new(move || {
            let outcome = bench.perform(&work, draw).map(|worked| (work, worked));
            *result.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
        });
        self.host.compute.run(job).await.map_err(|error| match error {
            ComputeError::Full => Problem::new(Code::Overloaded, error.to_string()),
            ComputeError::Broken => Problem::new(Code::Storage, error.to_string()),
        })?;
        let outcome = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
        outcome.unwrap_or_else(|| Err(Problem::new(Code::Storage, ComputeError::Broken.to_string())))
    }
}

fn associated(place: &Place) -> String {
    let Place {
        realm,
        record,
        attribute,
    } = place;
    format!("{realm}|{record}|{attribute}")
}

fn failed(error: HashError) -> Problem {
    Problem::new(Code::Hash, "the hash cannot be computed").caused_by(error)
}

impl Bench {
    fn seal(&self, place: &Place, clear: &str, draw: Draw) -> Result<String, Problem> {
        let mut nonce = [0; 24];
        nonce.copy_from_slice(&draw[8..]);
        let aad = associated(place);
        let payload = Payload {
            msg: clear.as_bytes(),
            aad: aad.as_bytes(),
        };
        let sealed = XChaCha20Poly1305::new(&(*self.key).into())
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Problem::new(Code::Sealed, "the secret cannot be sealed"))?;
        Ok(format!(
            "{SEALED}{}",
            STANDARD_NO_PAD.encode([nonce.as_slice(), &sealed].concat())
        ))
    }

    fn open(&self, place: &Place, sealed: &str) -> Result<Secret, Problem> {
        let unreadable = || Problem::new(Code::Sealed, "a secret cannot be opened").about(place.record);
        let bytes = sealed
            .strip_prefix(SEALED)
            .and_then(|text| STANDARD_NO_PAD.decode(text).ok())
            .ok_or_else(unreadable)?;
        let (nonce, sealed) = bytes.split_at_checked(24).ok_or_else(unreadable)?;
        let nonce: [u8; 24] = nonce.try_into().map_err(|_| unreadable())?;
        let aad = associated(place);
        let payload = Payload {
            msg: sealed,
            aad: aad.as_bytes(),
        };
        let clear = XChaCha20Poly1305::new(&(*self.key).into())
            .decrypt(&XNonce::from(nonce), payload)
            .map_err(|_| unreadable())?;
        String::from_utf8(clear)
            .map(Secret::new)
            .map_err(|_| unreadable())
    }

    fn pepper(&self, identifier: Option<&str>) -> Result<Option<crate::port::Pepper>, Problem> {
        self.vault.pepper(identifier).map_err(|error| {
            Problem::new(Code::Sealed, "the vault does not give its pepper").caused_by(error)
        })
    }

    fn hash(&self, password: &str, draw: Draw) -> Result<String, Problem> {
        let mut salt = [0; 16];
        salt.copy_from_slice(&draw[..16]);
        let pepper = self.pepper(None)?;
        credential::hash(password, &salt, &self.hashing, pepper.as_ref()).map_err(failed)
    }

    fn matches(&self, place: &Place, hash: &str, password: &str) -> Result<bool, Problem> {
        let peppers = |identifier: &str| self.vault.pepper(Some(identifier)).ok().flatten();
        credential::verify(hash, password, &self.hashing, Some(&peppers)).map_err(|error| {
            Problem::new(Code::Hash, "the stored hash cannot be checked")
                .about(place.record)
                .caused_by(error)
        })
    }

    fn passkey(
        &self,
        place: &Place,
        checked: Result<passkey::Passkey, passkey::Unfit>,
        challenge: &str,
        draw: Draw,
    ) -> Result<Worked, Problem> {
        Ok(Worked::Passkey(match checked {
            Ok(passkey) => {
                let sealed = self.seal(place, &passkey.kept, draw)?;
                Ok(PasskeyState::of(&passkey, sealed, challenge.to_owned()))
            }
            Err(unfit) => Err(unfit),
        }))
    }

    fn perform(&self, work: &Work, draw: Draw) -> Result<Worked, Problem> {
        // The nonce of the seal and the salt of a hash come from different draws.
        let second: Draw = sha2::Digest::finalize(sha2::Digest::chain_update(
            <sha2::Sha256 as sha2::Digest>::new(),
            draw,
        ))
        .into();
        match work {
            Work::Hash { place, password } => {
                let hash = Zeroizing::new(self.hash(password.expose(), second)?);
                Ok(Worked::Sealed(self.seal(place, &hash, draw)?))
            }
            Work::Seal { place, secret } => Ok(Worked::Sealed(self.seal(place, secret.expose(), draw)?)),
            Work::Open { place, sealed } => Ok(Worked::Opened(self.open(place, sealed)?)),
            Work::Same {
                place,
                sealed,
                secret,
            } => {
                let stored = self.open(place, sealed)?;
                let same = credential::same(stored.expose().as_bytes(), secret.expose().as_bytes());
                Ok(Worked::Found(same.then_some(0)))
            }
            Work::Keep { place, hash } => match credential::check(hash.expose(), &self.hashing) {
                Ok(scheme) => Ok(Worked::Kept {
                    sealed: self.seal(place, hash.expose(), draw)?,
                    scheme: scheme.to_owned(),
                }),
                Err(error) => Ok(Worked::Unfit(error.to_string())),
            },
            Work::Verify {
                place,
                sealed: None,
                password,
            } => {
                // As much work as for somebody who is there.
                let mut salt = [0; 16];
                salt.copy_from_slice(&second[..16]);
                let pepper = self.pepper(None)?;
                credential::verify_nobody(password.expose(), &salt, &self.hashing, pepper.as_ref())
                    .map_err(|error| failed(error).about(place.record))?;
                Ok(Worked::Verified {
                    matches: false,
                    upgraded: None,
                })
            }
            Work::Verify {
                place,
                sealed: Some(sealed),
                password,
            } => {
                let stored = self.open(place, sealed)?;
                let matches = self.matches(place, stored.expose(), password.expose())?;
                let pepper = self.pepper(None)?.map(|pepper| pepper.identifier);
                let mut upgraded = None;
                if matches && !credential::is_current(stored.expose(), &self.hashing, pepper.as_deref()) {
                    let hash = Zeroizing::new(self.hash(password.expose(), second)?);
                    upgraded = Some(self.seal(place, &hash, draw)?);
                }
                Ok(Worked::Verified { matches, upgraded })
            }
            Work::Search {
                place,
                sealed,
                password,
            } => {
                for (number, sealed) in (0..).zip(sealed) {
                    let stored = self.open(place, sealed)?;
                    if self.matches(place, stored.expose(), password.expose())? {
                        return Ok(Worked::Found(Some(number)));
                    }
                }
                Ok(Worked::Found(None))
            }
            Work::Code {
                place,
                sealed,
                shape,
                first,
                last,
                codes,
            } => {
                let text = self.open(place, sealed)?;
                let key = otp::key_from_text(text.expose()).map_err(|error| {
                    Problem::new(Code::Corrupt, "the key of a one-time password cannot be read")
                        .about(place.record)
                        .caused_by(error)
                })?;
                let codes: Vec<&str> = codes.iter().map(Secret::expose).collect();
                Ok(Worked::Found(otp::find(&key, *shape, *first..=*last, &codes)))
            }
            Work::HashCodes { place, codes } => {
                let texts: Vec<&str> = codes.iter().map(Secret::expose).collect();
                let mut salt = [0; 16];
                salt.copy_from_slice(&second[..16]);
                let set = recovery::hash(&texts, &salt, &self.hashing).map_err(failed)?;
                Ok(Worked::Sealed(self.seal(place, &set, draw)?))
            }
            Work::SpendCode {
                place,
                sealed: None,
                code,
            } => {
                drop((self.hash(code.expose(), second)?, place));
                Ok(Worked::Spent(None))
            }
            Work::SpendCode {
                place,
                sealed: Some(sealed),
                code,
            } => {
                let set = self.open(place, sealed)?;
                match recovery::spend(set.expose(), code.expose()).map_err(failed)? {
                    Some((set, left)) => {
                        let set = Zeroizing::new(set);
                        Ok(Worked::Spent(Some((self.seal(place, &set, draw)?, left))))
                    }
                    None => Ok(Worked::Spent(None)),
                }
            }
            Work::PasskeyMade {
                place,
                sealed,
                party,
                answer,
            } => {
                let challenge = self.open(place, sealed)?;
                let checked = passkey::made(party, challenge.expose(), answer.expose());
                self.passkey(place, checked, challenge.expose(), draw)
            }
            Work::PasskeyShown {
                place,
                sealed,
                challenge,
                party,
                answer,
            } => {
                let asked = passkey::read(answer.expose()).map(|answer| answer.challenge);
                // A challenge that cannot be opened was not ours.
                let Some((asked, said)) =
                    asked.and_then(|asked| self.open(challenge, &asked).ok().map(|said| (asked, said)))
                else {
                    return Ok(Worked::Passkey(Err(passkey::Unfit::Wrong)));
                };
                let kept = self.open(place, sealed)?;
                let checked = passkey::shown(party, &asked, kept.expose(), answer.expose());
                self.passkey(place, checked, said.expose(), draw)
            }
        }
    }
}
