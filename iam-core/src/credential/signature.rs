//! The keys of signed tokens: Ed25519 (EdDSA, RFC 8037) and P-256 with SHA-256 (ES256, RFC 7518, 3.4), each made of 32
//! bytes from the vault.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek as ed25519;
use p256::ecdsa;
use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// How the name of a key for ES256 begins; every other name is of a key for EdDSA.
pub const ES256: &str = "ES256:";

/// One public key: a JSON Web Key (RFC 7517).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PublicKey {
    /// The type of the key: `OKP` or `EC`.
    pub kty: &'static str,
    /// The curve: `Ed25519` or `P-256`.
    pub crv: &'static str,
    /// The key, or its first coordinate, in base 64 for URLs.
    pub x: String,
    /// The second coordinate of a key on `P-256`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub y: Option<String>,
    /// Which key it is: its thumbprint (RFC 7638).
    pub kid: String,
    /// The algorithm: `EdDSA` or `ES256`.
    pub alg: &'static str,
    /// What it is for: `sig`.
    #[serde(rename = "use")]
    pub purpose: &'static str,
}

/// A key that signs. `Debug` does not show it; the memory is wiped when it goes.
pub enum SigningKey {
    /// Ed25519.
    EdDsa(Box<ed25519::SigningKey>),
    /// P-256 with SHA-256.
    Es256(Box<ecdsa::SigningKey>),
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({})", self.algorithm())
    }
}

impl SigningKey {
    /// The key with a name, of the vault's bytes. `None` when the bytes are no key: for ES256 they have to be a number
    /// between 1 and the order of the curve, which random bytes are but once in four billion times.
    pub fn of(name: &str, bytes: &[u8; 32]) -> Option<SigningKey> {
        if name.starts_with(ES256) {
            let key = ecdsa::SigningKey::from_slice(bytes).ok()?;
            return Some(SigningKey::Es256(Box::new(key)));
        }
        Some(SigningKey::EdDsa(Box::new(ed25519::SigningKey::from_bytes(
            bytes,
        ))))
    }

    /// The algorithm that a token says.
    pub const fn algorithm(&self) -> &'static str {
        match self {
            SigningKey::EdDsa(_) => "EdDSA",
            SigningKey::Es256(_) => "ES256",
        }
    }

    /// Signs: always the same for the same text (RFC 8032; RFC 6979).
    pub fn sign(&self, text: &[u8]) -> [u8; 64] {
        match self {
            SigningKey::EdDsa(key) => ed25519::Signer::sign(&**key, text).to_bytes(),
            SigningKey::Es256(key) => {
                let signature: ecdsa::Signature = ecdsa::signature::Signer::sign(&**key, text);
                signature.to_bytes().into()
            }
        }
    }

    /// Whether a signature is of this key.
    pub fn verifies(&self, text: &[u8], signature: &[u8; 64]) -> bool {
        match self {
            SigningKey::EdDsa(key) => key
                .verifying_key()
                .verify_strict(text, &ed25519::Signature::from_bytes(signature))
                .is_ok(),
            SigningKey::Es256(key) => ecdsa::Signature::from_slice(signature).is_ok_and(|signature| {
                ecdsa::signature::Verifier::verify(key.verifying_key(), text, &signature).is_ok()
            }),
        }
    }

    /// The public part.
    pub fn public(&self) -> PublicKey {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        // The members of a thumbprint in the order of their names (RFC 7638, 3.2; RFC 8037, 2).
        let (kty, crv, x, y, members) = match self {
            SigningKey::EdDsa(key) => {
                let x = text(key.verifying_key().as_bytes());
                let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
                ("OKP", "Ed25519", x, None, members)
            }
            SigningKey::Es256(key) => {
                let point = key.verifying_key().to_sec1_point(false);
                let coordinates = point.as_bytes().get(1..).unwrap_or_default();
                let (x, y) = coordinates.split_at_checked(32).unwrap_or_default();
                let (x, y) = (text(x), text(y));
                let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
                ("EC", "P-256", x, Some(y), members)
            }
        };
        PublicKey {
            kty,
            crv,
            x,
            y,
            kid: text(&Sha256::digest(members)),
            alg: self.algorithm(),
            purpose: "sig",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes<const N: usize>(text: &str) -> [u8; N] {
        URL_SAFE_NO_PAD.decode(text).unwrap().try_into().unwrap()
    }

    /// RFC 8037, appendix A: the key, its thumbprint, a signature.
    #[test]
    fn ed25519_as_in_the_standard() {
        let key = SigningKey::of("2026", &bytes("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")).unwrap();
        let public = key.public();
        assert_eq!(public.x, "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assert_eq!(public.kid, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        let text = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
        let signature =
            bytes("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
        assert_eq!(key.sign(text), signature);
        assert!(key.verifies(text, &signature));
        assert!(!key.verifies(b"another text", &signature));
    }

    /// RFC 7515, appendix A.3: the key and a signature that somebody else has made.
    #[test]
    fn es256_as_in_the_standard() {
        let key = SigningKey::of(
            "ES256:2026",
            &bytes("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"),
        )
        .unwrap();
        let public = key.public();
        assert_eq!((public.kty, public.crv, public.alg), ("EC", "P-256", "ES256"));
        assert_eq!(public.x, "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU");
        assert_eq!(
            public.y.as_deref(),
            Some("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")
        );
        let text = b"eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        let mut signature =
            bytes("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
        assert!(key.verifies(text, &signature));
        signature[40] ^= 1;
        assert!(!key.verifies(text, &signature));
        assert!(!key.verifies(text, &[0; 64]));
    }

    /// RFC 6979, appendix A.2.5: what the key signs.
    #[test]
    fn es256_signs_as_in_the_standard() {
        let hex = |text: &str| data_encoding::HEXUPPER.decode(text.as_bytes()).unwrap();
        let key: [u8; 32] = hex("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721")
            .try_into()
            .unwrap();
        let signature = hex("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716\
                             F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");
        let key = SigningKey::of("ES256:", &key).unwrap();
        assert_eq!(key.sign(b"sample").as_slice(), signature);
    }

    #[test]
    fn bytes_that_are_no_key_are_none() {
        assert!(SigningKey::of("ES256:2026", &[0; 32]).is_none());
        assert!(SigningKey::of("ES256:2026", &[0xff; 32]).is_none());
        let key = SigningKey::of("ES256:2026", &[7; 32]).unwrap();
        assert_eq!(format!("{key:?}"), "SigningKey(ES256)");
    }
}
