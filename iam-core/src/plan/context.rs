//! Who asks, when, through which door, with which entropy.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::model::{
    ChangeSetId, CommandId, EntityId, KeySalt, Kind, Moment, RealmId, Token, TokenKind, UserId,
};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The library itself: timers, migrations.
    System,
    /// The host application, or a part of it, by a name of its choice.
    Host(String),
    /// A user of the realm.
    User(UserId),
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actor::System => f.write_str("system"),
            Actor::Host(name) => write!(f, "host:{name}"),
            Actor::User(id) => id.fmt(f),
        }
    }
}

/// Through which door the command came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A call of the host.
    #[default]
    Api,
    /// An import of a file.
    Import,
    /// An identity source.
    Sync,
    /// A due date.
    Timer,
    /// The undoing of earlier changes.
    Rollback,
}

impl Channel {
    /// The name as it is stored and written in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Channel::Api => "api",
            Channel::Import => "import",
            Channel::Sync => "sync",
            Channel::Timer => "timer",
            Channel::Rollback => "rollback",
        }
    }
}

/// 32 random bytes from which a decision derives its identifiers and salts: entropy is data, so the same command
/// with the same seed gives the same plan.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Seed(pub [u8; 32]);

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed")
    }
}

impl Seed {
    fn derive(&self, label: u8, ordinal: u32) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update([label]);
        hash.update(ordinal.to_be_bytes());
        hash.finalize().into()
    }

    /// The identifier number `ordinal` of this decision: UUIDv7 with the moment first, then the ordinal, so that
    /// what is created together lies together, in order.
    pub fn id(&self, kind: Kind, now: Moment, ordinal: u32) -> EntityId {
        let millis = u64::try_from(now.micros().max(0) / 1000).unwrap_or_default() & 0xffff_ffff_ffff;
        let random = self.derive(1, ordinal);
        let mut bytes = [0u8; 16];
        bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        bytes[6..].copy_from_slice(&random[..10]);
        // 12 + 14 bits count, so that 67 million identifiers of one decision stay in order.
        bytes[6] = 0x70 | ((ordinal >> 22) & 0x0f) as u8;
        bytes[7] = (ordinal >> 14) as u8;
        bytes[8] = 0x80 | ((ordinal >> 8) & 0x3f) as u8;
        bytes[9] = ordinal as u8;
        EntityId::new(kind, Uuid::from_bytes(bytes))
    }

    /// The journal salt number `ordinal` of this decision.
    pub fn salt(&self, ordinal: u32) -> KeySalt {
        let mut salt = [0u8; 16];
        salt.copy_from_slice(&self.derive(2, ordinal)[..16]);
        KeySalt(salt)
    }

    /// The nonce for the sealed journal entry number `ordinal` of this decision.
    pub(crate) fn nonce(&self, ordinal: u32) -> [u8; 12] {
        let mut nonce = [0u8; 12];
        nonce.copy_from_slice(&self.derive(4, ordinal)[..12]);
        nonce
    }

    /// 32 random bytes, number `ordinal` of this decision.
    pub(crate) fn bytes(&self, ordinal: u32) -> [u8; 32] {
        self.derive(5, ordinal)
    }

    /// A token for a record: the draw is the entropy's, the digest is what a decision keeps. Whoever has the seed can
    /// have it again, so that a plan needs not to carry it.
    pub(crate) fn token(&self, kind: TokenKind, id: EntityId) -> Token {
        let draw = |part: u8| {
            let mut hash = Sha256::new();
            hash.update(self.0);
            hash.update([6, kind.label(), part]);
            hash.update(id.uuid.as_bytes());
            zeroize::Zeroizing::new(<[u8; 32]>::from(hash.finalize()))
        };
        match kind {
            TokenKind::Refresh => self.refresh_token(id, &draw(1)[..16]),
            _ => Token::new(kind, id, draw(0).as_slice()),
        }
    }

    /// A refresh token of a family that is there already.
    pub(crate) fn refresh_token(&self, id: EntityId, family: &[u8]) -> Token {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update([6, TokenKind::Refresh.label(), 0]);
        hash.update(id.uuid.as_bytes());
        let draw: [u8; 32] = hash.finalize().into();
        let secret = zeroize::Zeroizing::new([family, &draw].concat());
        Token::new(TokenKind::Refresh, id, &secret)
    }

    /// A seed for the part number `ordinal` of a larger work.
    pub fn part(&self, ordinal: u32) -> Seed {
        Seed(self.derive(3, ordinal))
    }
}

/// Everything around a command that is not the command itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Context {
    /// The realm in which all of it happens.
    pub realm: RealmId,
    /// The moment of the decision.
    pub now: Moment,
    /// Who asks.
    pub actor: Actor,
    /// Through which door.
    pub channel: Channel,
    /// Why, in the words of the one who asks; kept in the audit trail.
    pub reason: Option<String>,
    /// The command's identifier: a command that was committed under it is not applied again.
    pub command_id: Option<CommandId>,
    /// The change set the command belongs to.
    pub change_set: Option<ChangeSetId>,
    /// The entropy.
    pub seed: Seed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_version_7_in_order_and_repeatable() {
        let seed = Seed([7; 32]);
        let now = Moment::from_micros(1_800_000_000_000_000);
        let ids: Vec<_> = (0..40_000).map(|n| seed.id(Kind::User, now, n)).collect();
        assert!(ids.is_sorted() && ids.windows(2).all(|pair| pair[0] != pair[1]));
        assert_eq!(ids[0].uuid.get_version_num(), 7);
        assert_eq!(ids[39_999].uuid.get_variant(), uuid::Variant::RFC4122);
        assert_eq!(seed.id(Kind::User, now, 3), ids[3]);
        assert_ne!(Seed([8; 32]).id(Kind::User, now, 3), ids[3]);
    }
}
