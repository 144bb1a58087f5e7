//! Opaque tokens: a selector that finds the record, and a secret of which only a digest is kept.
//!
//! A token is a prefix that says what it is for, then 16 bytes of the record's identifier and at least 32 random bytes in
//! base 64 for URLs. The record is found by its identifier, in one statement and without an index of its own; the secret
//! is compared by its SHA-256 digest. A refresh token has 16 more random bytes, its *family*, which stay the same for the
//! life of the session: whoever shows the right family with an old secret holds a token that was used before.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{EntityId, Kind};

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// Names a session at each request.
    Session,
    /// Fetches new tokens for a session, once.
    Refresh,
    /// Names a sign-in that is under way.
    Flow,
    /// Is part of a link that was sent to a person.
    Link,
}

const SELECTOR: usize = 16;
const FAMILY: usize = 16;
const SECRET: usize = 32;

impl TokenKind {
    /// The prefix of the text form: says what it is to people and to scanners that look for lost secrets.
    pub const fn prefix(self) -> &'static str {
        match self {
            TokenKind::Session => "iam_st_",
            TokenKind::Refresh => "iam_rt_",
            TokenKind::Flow => "iam_ft_",
            TokenKind::Link => "iam_lt_",
        }
    }

    /// The kind of the record that the token names.
    pub const fn names(self) -> Kind {
        match self {
            TokenKind::Session | TokenKind::Refresh | TokenKind::Flow => Kind::Session,
            TokenKind::Link => Kind::Link,
        }
    }

    const fn secret(self) -> usize {
        match self {
            TokenKind::Refresh => FAMILY + SECRET,
            _ => SECRET,
        }
    }

    pub(crate) const fn label(self) -> u8 {
        match self {
            TokenKind::Session => 1,
            TokenKind::Refresh => 2,
            TokenKind::Flow => 3,
            TokenKind::Link => 4,
        }
    }
}

/// A token in the clear. It exists in memory and in the answer to whoever it was made for, and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    kind: TokenKind,
    uuid: Uuid,
    secret: Zeroizing<Vec<u8>>,
}

impl Token {
    /// A token for a record from 32 random bytes. For [`TokenKind::Refresh`] the family comes first: 48 bytes.
    pub(crate) fn new(kind: TokenKind, id: EntityId, secret: &[u8]) -> Token {
        debug_assert_eq!(
            secret.len(),
            kind.secret(),
            "a token has a secret of a fixed length"
        );
        Token {
            kind,
            uuid: id.uuid,
            secret: Zeroizing::new(secret.to_vec()),
        }
    }

    /// Reads the text form; `None` for anything that is not a token of this kind.
    ///
    /// ```
    /// use iam_core::model::{Token, TokenKind};
    ///
    /// assert!(Token::parse(TokenKind::Session, "iam_st_tooshort").is_none());
    /// ```
    pub fn parse(kind: TokenKind, text: &str) -> Option<Token> {
        let rest = text.strip_prefix(kind.prefix())?;
        let length = SELECTOR + kind.secret();
        // Four characters for three bytes: nothing longer is decoded at all.
        if rest.len() != (length * 4).div_ceil(3) {
            return None;
        }
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(rest).ok()?);
        let (selector, secret) = bytes.split_at_checked(SELECTOR)?;
        Some(Token {
            kind,
            uuid: Uuid::from_slice(selector).ok()?,
            secret: Zeroizing::new(secret.to_vec()),
        })
    }

    /// The text form. It is a secret.
    pub fn reveal(&self) -> Zeroizing<String> {
        let bytes = Zeroizing::new([self.uuid.as_bytes().as_slice(), &self.secret].concat());
        let mut text = Zeroizing::new(String::with_capacity(100));
        text.push_str(self.kind.prefix());
        URL_SAFE_NO_PAD.encode_string(&*bytes, &mut text);
        text
    }

    /// What the token is for.
    pub fn kind(&self) -> TokenKind {
        self.kind
    }

    /// The record that it names.
    pub fn id(&self) -> EntityId {
        EntityId::new(self.kind.names(), self.uuid)
    }

    /// The digest under which it is kept: hexadecimal SHA-256 of everything in it.
    pub fn digest(&self) -> String {
        self.hash(&self.secret)
    }

    /// For a refresh token the digest of its family.
    pub(crate) fn family_digest(&self) -> String {
        self.hash(self.family())
    }

    /// For a refresh token the bytes of its family.
    pub(crate) fn family(&self) -> &[u8] {
        self.secret.get(..FAMILY).unwrap_or_default()
    }

    fn hash(&self, part: &[u8]) -> String {
        let mut hash = Sha256::new();
        hash.update(self.kind.prefix());
        hash.update(self.uuid.as_bytes());
        hash.update(part);
        let mut text = String::with_capacity(64);
        for byte in hash.finalize() {
            for digit in [byte >> 4, byte & 15] {
                text.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
            }
        }
        text
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} token of {}", self.kind, self.id())
    }
}

/// Compares two digests without saying by its time where they differ.
pub(crate) fn same_digest(a: &str, b: &str) -> bool {
    !a.is_empty() && a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tokens_round_trip_and_no_other_text_is_one(uuid: u128, secret in proptest::collection::vec(any::<u8>(), 48), noise in "\\PC{0,120}") {
            for kind in [TokenKind::Session, TokenKind::Refresh, TokenKind::Flow, TokenKind::Link] {
                let id = EntityId::new(kind.names(), Uuid::from_u128(uuid));
                let token = Token::new(kind, id, &secret[..kind.secret()]);
                let text = token.reveal();
                prop_assert_eq!(Token::parse(kind, &text), Some(token.clone()));
                prop_assert_eq!(token.id(), id);
                let shown = format!("{token:?}");
                prop_assert!(!shown.contains(&text[7..]));
                for other in [TokenKind::Session, TokenKind::Refresh, TokenKind::Flow, TokenKind::Link] {
                    prop_assert_eq!(Token::parse(other, &text).is_some(), other == kind);
                    prop_assert!(Token::parse(other, &noise).is_none());
                }
            }
        }
    }

    #[test]
    fn digests_are_of_everything_and_compare_exactly() {
        let id = EntityId::new(Kind::Session, Uuid::from_u128(1));
        let of = |kind: TokenKind, byte: u8| Token::new(kind, id, &vec![byte; kind.secret()]);
        let digest = of(TokenKind::Session, 1).digest();
        assert_eq!(digest.len(), 64);
        assert!(same_digest(&digest, &of(TokenKind::Session, 1).digest()));
        assert!(!same_digest(&digest, &of(TokenKind::Session, 2).digest()));
        assert!(!same_digest(&digest, &of(TokenKind::Flow, 1).digest()));
        assert!(!same_digest("", "") && !same_digest(&digest, ""));
    }
}
