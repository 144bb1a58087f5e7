//! What the host brings along, written in JavaScript: a clock, an entropy, a vault. `lib/ports.cjs` makes one function of
//! them, which takes and gives texts.
//!
//! The function belongs to the thread of its event loop. The engine's threads ask there and wait for the answer; they
//! are never that thread, because an engine with such ports is only asked in the background.

use std::{
    fmt,
    sync::{Arc, mpsc},
    time::Duration,
};

use iam_core::{
    model::Moment,
    port::{Clock, Entropy, Vault, VaultError},
};
use iam_storage::host::{SystemClock, SystemEntropy};
use napi::{
    Status,
    bindgen_prelude::{FnArgs, Function, Uint8Array},
    threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode},
};
use napi_derive::napi;

use crate::Engine;

/// How long an event loop that does not turn is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

type Asked = FnArgs<(String, String)>;

/// The function, which does not keep the program from ending.
struct Port(ThreadsafeFunction<Asked, String, Asked, Status, false, true>);

impl fmt::Debug for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Port")
    }
}

impl Port {
    /// What JavaScript answers; `None` when there is nobody to answer, or when it threw.
    fn ask(&self, what: &str, name: &str) -> Option<String> {
        let (sender, answer) = mpsc::sync_channel(1);
        let asked = (what.to_owned(), name.to_owned()).into();
        let mode = ThreadsafeFunctionCallMode::NonBlocking;
        let status = self
            .0
            .call_with_return_value(asked, mode, move |result: napi::Result<String>, _| {
                // Whoever asked may have lost its patience.
                drop(sender.send(result.ok()));
                Ok(())
            });
        if status != Status::Ok {
            return None;
        }
        answer.recv_timeout(PATIENCE).ok().flatten()
    }
}

impl Clock for Port {
    fn now(&self) -> Moment {
        let answer = self.ask("clock", "");
        let micros = answer.and_then(|text| text.parse().ok());
        // A clock has no way to fail: JavaScript was warned, and the time goes on.
        micros.map_or_else(|| SystemClock.now(), Moment::from_micros)
    }
}

impl Entropy for Port {
    fn seed(&self) -> [u8; 32] {
        let answer = self.ask("entropy", "");
        answer
            .as_deref()
            .and_then(bytes)
            .unwrap_or_else(|| SystemEntropy.seed())
    }
}

impl Vault for Port {
    fn key(&self, name: &str) -> Result<[u8; 32], VaultError> {
        let answer = self
            .ask("vault", name)
            .ok_or_else(|| VaultError("nobody answers".to_owned()))?;
        bytes(&answer).ok_or(VaultError(answer))
    }
}

fn bytes(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// What a host brings along.
#[napi]
pub struct Ports {
    port: Arc<Port>,
    clock: bool,
    entropy: bool,
    vault: bool,
}

#[napi]
impl Ports {
    /// `ask` takes what is asked (`clock`, `entropy`, `vault`) and a name; the flags say what it answers.
    #[napi(constructor)]
    pub fn new(
        ask: Function<'_, Asked, String>,
        clock: bool,
        entropy: bool,
        vault: bool,
    ) -> napi::Result<Self> {
        let port = ask.build_threadsafe_function().weak::<true>().build()?;
        Ok(Ports {
            port: Arc::new(Port(port)),
            clock,
            entropy,
            vault,
        })
    }

    /// Opens an engine with them.
    #[napi]
    pub async fn open(&self, address: String, key: Option<Uint8Array>) -> napi::Result<Engine> {
        let ports = iam_storage::Ports {
            clock: self.clock.then(|| self.port.clone() as Arc<dyn Clock>),
            entropy: self.entropy.then(|| self.port.clone() as Arc<dyn Entropy>),
            vault: self.vault.then(|| self.port.clone() as Arc<dyn Vault>),
        };
        crate::opened(address, key, ports).await
    }
}
