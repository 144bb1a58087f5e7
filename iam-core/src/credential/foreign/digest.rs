//! Single digests: LDAP's `{SSHA}` and its kin, Django's old ones, NT hashes. They are guessed at billions a second, so
//! they are replaced at the first sign-in.

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

use super::{
    super::{Hashing, same},
    HashError, Read, Stored, b64, malformed,
};

fn digest<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
    let mut digest = D::new();
    for part in parts {
        digest.update(part);
    }
    digest.finalize().to_vec()
}

type Function = fn(&[&[u8]]) -> Vec<u8>;

/// Scheme of LDAP, name, length, whether a salt follows the digest, function.
const LDAP: &[(&str, &str, usize, bool, Function)] = &[
    ("SSHA512", "ssha512", 64, true, digest::<Sha512>),
    ("SSHA384", "ssha384", 48, true, digest::<Sha384>),
    ("SSHA256", "ssha256", 32, true, digest::<Sha256>),
    ("SSHA", "ssha", 20, true, digest::<Sha1>),
    ("SMD5", "smd5", 16, true, digest::<Md5>),
    ("SHA512", "sha512", 64, false, digest::<Sha512>),
    ("SHA384", "sha384", 48, false, digest::<Sha384>),
    ("SHA256", "sha256", 32, false, digest::<Sha256>),
    ("SHA", "sha1", 20, false, digest::<Sha1>),
    ("MD5", "md5", 16, false, digest::<Md5>),
];

pub(super) fn read<'a>(text: &'a str, hashing: &Hashing) -> Read<'a> {
    if let Some((name, body)) = text.strip_prefix('{').and_then(|text| text.split_once('}')) {
        let name = name.to_ascii_uppercase();
        if name == "NT" {
            return Some(nt(body, hashing));
        }
        let (_, scheme, length, salted, function) = LDAP.iter().find(|(known, ..)| *known == name)?;
        return Some(ldap(body, scheme, *length, *salted, *function));
    }
    if let Some(body) = text.strip_prefix("$NT$").or_else(|| text.strip_prefix("$3$$")) {
        return Some(nt(body.trim_start_matches('$'), hashing));
    }
    let fields: Vec<&str> = text.split('$').collect();
    let (scheme, function, salt, hash): (_, Function, _, _) = match fields.as_slice() {
        ["sha1", salt, hash] => ("sha1", digest::<Sha1>, *salt, *hash),
        ["md5", salt, hash] => ("md5", digest::<Md5>, *salt, *hash),
        _ => return None,
    };
    let Ok(hash) = data_encoding::HEXLOWER_PERMISSIVE.decode(hash.as_bytes()) else {
        return Some(malformed(scheme, "hexadecimal"));
    };
    Some(Ok(Stored::new(scheme, move |password| {
        same(&function(&[salt.as_bytes(), password.as_bytes()]), &hash)
    })))
}

fn ldap<'a>(
    body: &str,
    scheme: &'static str,
    length: usize,
    salted: bool,
    function: Function,
) -> Result<Stored<'a>, HashError> {
    let Some(bytes) = b64(body) else {
        return malformed(scheme, "base 64");
    };
    let Some((hash, salt)) = bytes.split_at_checked(length) else {
        return malformed(scheme, "the length");
    };
    if salt.is_empty() == salted || salt.len() > 64 {
        return malformed(scheme, "the length of the salt");
    }
    let (hash, salt) = (hash.to_vec(), salt.to_vec());
    Ok(Stored::new(scheme, move |password| {
        same(&function(&[password.as_bytes(), &salt]), &hash)
    }))
}

/// MD4 over the password in UTF-16, little end first.
fn nt<'a>(body: &str, hashing: &Hashing) -> Result<Stored<'a>, HashError> {
    if !hashing.nt_hash {
        return Err(HashError::SwitchedOff { scheme: "nt" });
    }
    let Ok(hash) = data_encoding::HEXLOWER_PERMISSIVE.decode(body.as_bytes()) else {
        return malformed("nt", "hexadecimal");
    };
    if hash.len() != 16 {
        return malformed("nt", "the length");
    }
    Ok(Stored::new("nt", move |password| {
        let wide: Zeroizing<Vec<u8>> =
            Zeroizing::new(password.encode_utf16().flat_map(u16::to_le_bytes).collect());
        same(&digest::<md4::Md4>(&[&wide]), &hash)
    }))
}
