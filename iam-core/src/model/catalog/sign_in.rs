//! The built-in attributes of credentials, policies, sessions and links.

use super::{
    DESCRIPTION, Row, T, UNIQUE_NAME,
    t::{COMMAND, ENGINE, MULTIPLE, PERSONAL, REQUIRED, SEARCH, SECRET, UNIQUE},
};

/// What a user can show: one record for each password, one-time password, set of recovery codes, passkey, link.
pub(super) const CREDENTIAL: &[Row] = &[
    ("user", "User", T::Reference, 0, SEARCH | REQUIRED | COMMAND),
    (
        "credential_type",
        "Type of credential",
        T::Text,
        20,
        SEARCH | REQUIRED | COMMAND,
    ),
    ("label", "Label", T::Text, 200, COMMAND),
    ("credential_state", "State", T::Text, 20, SEARCH | COMMAND),
    ("secret", "Secret", T::Text, 0, SECRET | ENGINE),
    (
        "former",
        "Former passwords",
        T::Text,
        0,
        SECRET | MULTIPLE | ENGINE,
    ),
    ("exported_at", "Last exported", T::Moment, 0, SEARCH | ENGINE),
    ("scheme", "Hash scheme", T::Text, 40, SEARCH | ENGINE),
    ("set_at", "Last set", T::Moment, 0, SEARCH | ENGINE),
    ("set_by", "Set by", T::Text, 20, ENGINE),
    ("must_change", "Must be changed", T::Boolean, 0, SEARCH | COMMAND),
    ("expires_at", "Valid until", T::Moment, 0, SEARCH | COMMAND),
    ("exemption", "Exempt from", T::Text, 20, COMMAND),
    ("failures", "Failures in a row", T::Integer, 0, ENGINE),
    ("failed_at", "Last failure", T::Moment, 0, ENGINE),
    ("failing_since", "First failure of the row", T::Moment, 0, ENGINE),
    ("blocked_until", "No attempt before", T::Moment, 0, ENGINE),
    ("locks", "Automatic locks in a row", T::Integer, 0, ENGINE),
    ("used_at", "Last used", T::Moment, 0, SEARCH | ENGINE),
    ("used_step", "Last used step or counter", T::Integer, 0, ENGINE),
    ("remaining", "Codes left", T::Integer, 0, ENGINE),
    ("algorithm", "Algorithm", T::Text, 20, COMMAND),
    ("digits", "Digits", T::Integer, 0, COMMAND),
    ("period", "Seconds of a step", T::Integer, 0, COMMAND),
    ("assurance", "Assurance class", T::Text, 20, SEARCH | COMMAND),
    ("provider", "Provider", T::Text, 100, SEARCH | COMMAND),
    (
        "provider_subject",
        "Identifier at the provider",
        T::Text,
        250,
        SEARCH | UNIQUE | PERSONAL | COMMAND,
    ),
    ("address", "Address", T::Text, 254, PERSONAL | COMMAND),
    ("details", "More", T::Object, 0, COMMAND),
    ("passkey_id", "Identifier of the passkey", T::Text, 1_400, ENGINE),
    (
        "passkey_digest",
        "Digest of the passkey's identifier",
        T::Text,
        64,
        SEARCH | UNIQUE | ENGINE,
    ),
    ("transports", "Ways to the device", T::Text, 20, MULTIPLE | ENGINE),
    ("sign_count", "Uses, as the device counts", T::Integer, 0, ENGINE),
    ("backed_up", "Kept in more than one place", T::Boolean, 0, ENGINE),
];

/// Each part is an object; what it does not say is not restricted.
pub(super) const POLICY: &[Row] = &[
    UNIQUE_NAME,
    DESCRIPTION,
    (
        "applies_to",
        "Applies to",
        T::Reference,
        0,
        SEARCH | MULTIPLE | COMMAND,
    ),
    ("password", "Passwords", T::Object, 0, COMMAND),
    ("initial", "Initial passwords", T::Object, 0, COMMAND),
    ("lock", "Locking", T::Object, 0, COMMAND),
    ("session", "Sessions", T::Object, 0, COMMAND),
    ("factor", "Second factors", T::Object, 0, COMMAND),
    ("link", "Links", T::Object, 0, COMMAND),
    (
        "targets",
        "What targets demand of passwords",
        T::Object,
        0,
        MULTIPLE | COMMAND,
    ),
];

/// A signed-in user. Tokens are kept as SHA-256 digests; whoever reads the database cannot use them.
pub(super) const SESSION: &[Row] = &[
    ("user", "User", T::Reference, 0, SEARCH | ENGINE),
    ("stage", "Stage", T::Text, 20, SEARCH | ENGINE),
    ("token_digest", "Digest of the token", T::Text, 64, ENGINE),
    ("token_until", "Token valid until", T::Moment, 0, ENGINE),
    (
        "refresh_family",
        "Digest of the refresh family",
        T::Text,
        64,
        ENGINE,
    ),
    (
        "refresh_digest",
        "Digest of the refresh token",
        T::Text,
        64,
        ENGINE,
    ),
    (
        "refresh_previous",
        "Digest of the refresh token before",
        T::Text,
        64,
        ENGINE,
    ),
    ("refreshed_at", "Refreshed", T::Moment, 0, ENGINE),
    ("used_at", "Last used", T::Moment, 0, SEARCH | ENGINE),
    ("idle_seconds", "Ends after idle seconds", T::Integer, 0, ENGINE),
    (
        "grace_seconds",
        "Seconds in which the last refresh token is taken",
        T::Integer,
        0,
        ENGINE,
    ),
    (
        "token_seconds",
        "Life of a token in seconds",
        T::Integer,
        0,
        ENGINE,
    ),
    ("expires_at", "Ends at the latest", T::Moment, 0, SEARCH | ENGINE),
    ("assurance", "Assurance level", T::Integer, 0, SEARCH | ENGINE),
    ("methods", "Methods", T::Text, 40, MULTIPLE | ENGINE),
    ("authenticated_at", "Authenticated", T::Moment, 0, ENGINE),
    ("pending", "Open actions", T::Text, 40, MULTIPLE | ENGINE),
    ("offered", "Offered factors", T::Text, 40, MULTIPLE | ENGINE),
    ("failures", "Failed steps", T::Integer, 0, ENGINE),
    (
        "wanted_assurance",
        "Assurance level asked for",
        T::Integer,
        0,
        ENGINE,
    ),
    ("elevated", "Taken to be risky", T::Boolean, 0, ENGINE),
    (
        "wants_refresh",
        "Asked for a refresh token",
        T::Boolean,
        0,
        ENGINE,
    ),
    (
        "identifier_counter",
        "Counter of the identifier",
        T::Text,
        40,
        ENGINE,
    ),
    ("application", "Application", T::Text, 200, SEARCH | ENGINE),
    ("address", "Network address", T::Text, 100, SEARCH | ENGINE),
    ("agent", "Device or browser", T::Text, 300, ENGINE),
];

/// A link that was sent to a person.
pub(super) const LINK: &[Row] = &[
    ("user", "User", T::Reference, 0, SEARCH | ENGINE),
    ("purpose", "Purpose", T::Text, 40, SEARCH | ENGINE),
    ("token_digest", "Digest of the token", T::Text, 64, ENGINE),
    ("expires_at", "Valid until", T::Moment, 0, SEARCH | ENGINE),
    ("language", "Language", T::Language, 35, ENGINE),
    ("email", "Sent to", T::Email, 254, PERSONAL | ENGINE),
    ("delivery", "Delivery", T::Text, 20, ENGINE),
    ("ended_at", "Ended", T::Moment, 0, SEARCH | ENGINE),
    ("end", "How it ended", T::Text, 20, SEARCH | ENGINE),
];

/// Attempts within a time.
pub(super) const COUNTER: &[Row] = &[
    ("purpose", "Purpose", T::Text, 40, SEARCH | ENGINE),
    ("count", "Count", T::Integer, 0, ENGINE),
    ("since", "Since", T::Moment, 0, ENGINE),
    ("blocked_until", "Blocked until", T::Moment, 0, ENGINE),
    ("expires_at", "Counts until", T::Moment, 0, SEARCH | ENGINE),
];
