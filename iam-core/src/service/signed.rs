//! Signed access tokens, for hosts that have to hand out something that others check without asking back: JSON Web Tokens
//! (RFC 7519) with EdDSA over Ed25519 (RFC 8037), or with ES256 for readers that know no other.
//!
//! Our own requests are better served by the opaque token of the session: it ends when the session ends. A signed token
//! lasts until it runs out, whatever happens, so it lives for minutes; whoever can ask back looks the session up by `sid`.
//!
//! Keys come from the vault under names that the realm lists: the first one signs, all of them verify. A new name in front
//! begins a rotation, taking the old one out ends it. A name that begins with `ES256:` is of a key for ES256, so a rotation
//! also goes from one algorithm to the other.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

pub use crate::credential::signature::PublicKey;

use super::{Acting, SessionView};
use crate::{
    credential::signature::SigningKey,
    model::{Moment, Secret, SessionId, UserId},
    wire::{Code, Problem},
};

/// The longest token that is looked at.
const LONGEST: usize = 4_096;
/// The longest life of a signed token in seconds.
const LONGEST_LIFE: u32 = 3_600;

/// What a signed token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SignedClaims {
    /// The realm that it comes from.
    pub iss: String,
    /// The user.
    pub sub: UserId,
    /// For whom it is.
    pub aud: String,
    /// The session: whoever can ask back asks for it.
    pub sid: SessionId,
    /// When it was issued, in seconds since 1970.
    pub iat: i64,
    /// When it runs out, in seconds since 1970.
    pub exp: i64,
    /// How sure one may be of the user: `1`, `2` or `3`.
    pub acr: String,
    /// How the user proved to be the user.
    pub amr: Vec<String>,
}

/// The public keys by which signed tokens are checked: a JSON Web Key Set (RFC 7517).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeySet {
    /// The keys; the first one signs at present.
    pub keys: Vec<PublicKey>,
}

#[derive(Serialize, Deserialize)]
struct Header {
    alg: String,
    typ: String,
    kid: String,
}

fn invalid(what: &str) -> Problem {
    Problem::new(
        Code::SessionEnded,
        format!("the signed token does not hold: {what}"),
    )
}

fn written(value: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_vec(value)
        .map(|json| URL_SAFE_NO_PAD.encode(json))
        .map_err(|error| Problem::new(Code::Malformed, "the token cannot be written").caused_by(error))
}

fn read<T: serde::de::DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

impl Acting<'_> {
    async fn signing_keys(&self) -> Result<Vec<SigningKey>, Problem> {
        let schema = self.shared.schema(self.storage(), self.realm).await?;
        let names = &schema.settings.sign_in.signing_keys;
        if names.is_empty() {
            return Err(Problem::new(Code::FeatureOff, "the realm has no signing keys").about("signing_keys"));
        }
        names
            .iter()
            .map(|name| {
                let vault = &self.shared.host.vault;
                let key = vault
                    .key(&format!("signing:{}:{name}", self.realm))
                    .map_err(|error| {
                        Problem::new(Code::Sealed, "the vault does not give a signing key").caused_by(error)
                    })?;
                SigningKey::of(name, &Zeroizing::new(key)).ok_or_else(|| {
                    let message = "the vault's bytes are no key for ES256: use another name";
                    Problem::new(Code::Sealed, message).about(name)
                })
            })
            .collect()
    }

    /// The public keys by which others check signed tokens of this realm.
    ///
    /// # Errors
    /// [`Code::FeatureOff`] when the realm lists no keys; [`Code::Sealed`] when the vault does not give one.
    pub async fn signing_key_set(&self) -> Result<KeySet, Problem> {
        let keys = self.signing_keys().await?;
        Ok(KeySet {
            keys: keys.iter().map(SigningKey::public).collect(),
        })
    }

    /// A signed token for an open session, for one audience, for so many seconds: at most an hour, and not longer than the
    /// session.
    ///
    /// # Errors
    /// As for [`Acting::signing_key_set`]; [`Code::SessionEnded`] when the session is over.
    pub async fn sign_token(
        &self,
        session: &SessionView,
        audience: &str,
        seconds: u32,
    ) -> Result<Secret, Problem> {
        let keys = self.signing_keys().await?;
        let key = keys.first().ok_or_else(|| invalid("there is no key"))?;
        let now = self.shared.host.clock.now();
        let life = i64::from(seconds.clamp(1, LONGEST_LIFE));
        let until = now.plus_seconds(life).min(session.expires_at);
        let claims = SignedClaims {
            iss: self.realm.to_string(),
            sub: session.user,
            aud: audience.to_owned(),
            sid: session.id,
            iat: seconds_of(now),
            exp: seconds_of(until),
            acr: session.assurance.to_string(),
            amr: session.methods.clone(),
        };
        if claims.exp <= claims.iat {
            return Err(invalid("the session is over"));
        }
        let header = Header {
            alg: key.algorithm().to_owned(),
            typ: "JWT".to_owned(),
            kid: key.public().kid,
        };
        let mut token = format!("{}.{}", written(&header)?, written(&claims)?);
        let signature = key.sign(token.as_bytes());
        token.push('.');
        token.push_str(&URL_SAFE_NO_PAD.encode(signature));
        Ok(Secret::new(token))
    }

    /// What a signed token says, when it is one of this realm for this audience and has not run out. The session is not
    /// looked up.
    ///
    /// # Errors
    /// [`Code::SessionEnded`] for everything else.
    pub async fn verify_signed_token(&self, token: &str, audience: &str) -> Result<SignedClaims, Problem> {
        if token.len() > LONGEST {
            return Err(invalid("too long"));
        }
        let (signed, signature) = token.rsplit_once('.').ok_or_else(|| invalid("not a token"))?;
        let (header, claims) = signed.split_once('.').ok_or_else(|| invalid("not a token"))?;
        let header: Header = read(header).ok_or_else(|| invalid("the header cannot be read"))?;
        if header.typ != "JWT" {
            return Err(invalid("another type"));
        }
        let keys = self.signing_keys().await?;
        let key = keys
            .iter()
            .find(|key| key.public().kid == header.kid)
            .ok_or_else(|| invalid("the key is not known"))?;
        // The key says which algorithm it is: what a token says about itself decides nothing (RFC 8725, 3.1).
        if header.alg != key.algorithm() {
            return Err(invalid("another algorithm"));
        }
        let bytes = URL_SAFE_NO_PAD
            .decode(signature)
            .ok()
            .and_then(|bytes| <[u8; 64]>::try_from(bytes).ok())
            .ok_or_else(|| invalid("not a signature"))?;
        if !key.verifies(signed.as_bytes(), &bytes) {
            return Err(invalid("the signature is another one"));
        }
        let claims: SignedClaims = read(claims).ok_or_else(|| invalid("the claims cannot be read"))?;
        let now = seconds_of(self.shared.host.clock.now());
        if claims.iss != self.realm.to_string() || claims.aud != audience {
            return Err(invalid("of another realm, or for somebody else"));
        }
        if now < claims.iat || claims.exp <= now {
            return Err(invalid("not valid now"));
        }
        Ok(claims)
    }
}

fn seconds_of(moment: Moment) -> i64 {
    moment.micros().div_euclid(1_000_000)
}
