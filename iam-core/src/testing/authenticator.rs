//! A device for passkeys in software (WebAuthn level 3), as exact and as stubborn as a test wants it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// One device with one passkey, and the browser around it: it takes the options of a ceremony and gives the answer, both
/// as JSON text.
#[derive(Debug, Clone)]
pub struct Authenticator {
    /// The page that asks, such as `https://example.com`.
    pub origin: String,
    /// How often the passkey was used; 0 stays 0, as with passkeys that are in many places.
    pub counter: u32,
    /// Whether the device verifies its person.
    pub verifies: bool,
    /// Whether the passkey is in more than one place.
    pub backed_up: bool,
    key: SigningKey,
    id: Vec<u8>,
    handle: Vec<u8>,
}

impl Authenticator {
    /// A device that counts, and verifies its person. The number makes the key.
    pub fn new(origin: &str, number: u8) -> Authenticator {
        let key: [u8; 32] = Sha256::digest([number]).into();
        Authenticator {
            origin: origin.to_owned(),
            counter: 1,
            verifies: true,
            backed_up: false,
            key: SigningKey::from_slice(&key).expect("a number below the order of the curve"),
            id: Sha256::digest(key)[..16].to_vec(),
            handle: Vec::new(),
        }
    }

    /// Makes the passkey: the answer to `navigator.credentials.create`.
    pub fn create(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).expect("options are JSON");
        let handle = options["user"]["id"].as_str().unwrap();
        self.handle = URL_SAFE_NO_PAD.decode(handle).unwrap();
        let client = self.client("webauthn.create", &options);
        let mut data = self.data(options["rp"]["id"].as_str().unwrap(), 0x40);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        // The key by COSE (RFC 9053): EC2, ES256, P-256, x, y.
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = point.as_bytes()[1..].split_at(32);
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(x);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(y);
        // {"fmt": "none", "attStmt": {}, "authData": …} in CBOR.
        let mut attestation = vec![0xa3, 0x63];
        attestation.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x58");
        attestation.push(u8::try_from(data.len()).unwrap());
        attestation.extend(data);
        let id = URL_SAFE_NO_PAD.encode(&self.id);
        json!({
            "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": URL_SAFE_NO_PAD.encode(client),
                "attestationObject": URL_SAFE_NO_PAD.encode(attestation),
                "transports": ["internal"],
            },
        })
        .to_string()
    }

    /// Shows the passkey: the answer to `navigator.credentials.get`.
    pub fn get(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).expect("options are JSON");
        let client = self.client("webauthn.get", &options);
        if self.counter > 0 {
            self.counter += 1;
        }
        let data = self.data(options["rpId"].as_str().unwrap(), 0);
        let signed = [data.as_slice(), &Sha256::digest(&client)].concat();
        let signature: Signature = self.key.sign(&signed);
        let id = URL_SAFE_NO_PAD.encode(&self.id);
        json!({
            "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": URL_SAFE_NO_PAD.encode(client),
                "authenticatorData": URL_SAFE_NO_PAD.encode(data),
                "signature": URL_SAFE_NO_PAD.encode(signature.to_der().as_bytes()),
                "userHandle": URL_SAFE_NO_PAD.encode(&self.handle),
            },
        })
        .to_string()
    }

    fn client(&self, kind: &str, options: &Value) -> String {
        let challenge = &options["challenge"];
        json!({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false}).to_string()
    }

    fn data(&self, rp_id: &str, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(rp_id).to_vec();
        let verified = if self.verifies { 0x04 } else { 0 };
        let backed_up = if self.backed_up { 0x18 } else { 0 };
        data.push(0x01 | verified | backed_up | flags);
        data.extend(self.counter.to_be_bytes());
        data
    }
}
