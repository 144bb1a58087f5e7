//! `vectors.tsv` was written by passlib, Django, Werkzeug, the reference implementations of Python's standard library and
//! by hand after the documentation of ASP.NET Identity, Keycloak, 389 Directory Server, WordPress and Drupal. The password
//! is the same for all of them.

use proptest::prelude::*;

use super::super::{HashError, Hashing, check, verify};

const PASSWORD: &str = "Pässwörd 1!";
const VECTORS: &str = include_str!("vectors.tsv");
/// Scheme, password, hash.
const WRITTEN_ELSEWHERE: &str = include_str!("written_elsewhere.tsv");

fn hashing() -> Hashing {
    Hashing {
        nt_hash: true,
        ..Hashing::default()
    }
}

fn vectors() -> impl Iterator<Item = (&'static str, &'static str)> {
    VECTORS.lines().filter_map(|line| line.split_once('\t'))
}

#[test]
fn hashes_of_other_programs_are_verified() {
    assert!(vectors().count() >= 40);
    for (scheme, stored) in vectors() {
        assert_eq!(check(stored, &hashing()), Ok(scheme), "{stored}");
        assert_eq!(verify(stored, PASSWORD, &hashing(), None), Ok(true), "{stored}");
        assert_eq!(
            verify(stored, "Pässwörd 1?", &hashing(), None),
            Ok(false),
            "{stored}"
        );
        assert_eq!(verify(stored, "", &hashing(), None), Ok(false), "{stored}");
    }
}

/// Published vectors with other passwords: the page of bcrypt's author, the documentation of Firebase, the specification of
/// SHA-crypt, WordPress, Microsoft.
#[test]
fn published_vectors() {
    for (password, stored) in [
        (
            "U*U",
            "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        ),
        (
            "a",
            "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
        ),
        (
            "user1password",
            "$firescrypt$ln=14,r=8,p=1$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==$Bw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==",
        ),
        (
            "Hello world!",
            "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5",
        ),
        (
            "Hello world!",
            "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
        ),
        ("password", "$NT$8846f7eaee8fb117ad06bdd830b7586c"),
        ("test12345", "$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0"),
    ] {
        match verify(stored, password, &hashing(), None) {
            Ok(true) => {}
            other => panic!("{stored}: {other:?}"),
        }
    }
}

/// What the programs themselves wrote: the tests of ASP.NET Identity and Drupal, an example of hashcat, exports of Keycloak
/// and 389 Directory Server, `slappasswd` of OpenLDAP, `openssl passwd`, crypt(3), an installation of WordPress 6.8.
#[test]
fn hashes_that_the_programs_wrote_themselves() {
    assert!(WRITTEN_ELSEWHERE.lines().count() >= 25);
    for line in WRITTEN_ELSEWHERE.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [scheme, password, stored] = fields[..] else {
            panic!("{line}")
        };
        assert_eq!(check(stored, &hashing()), Ok(scheme), "{stored}");
        assert_eq!(verify(stored, password, &hashing(), None), Ok(true), "{stored}");
        let wrong = format!("{password} ");
        // WordPress trims what is typed.
        if scheme != "wordpress-bcrypt" {
            assert_eq!(verify(stored, &wrong, &hashing(), None), Ok(false), "{stored}");
        }
    }
}

#[test]
fn nt_hashes_are_off_unless_asked_for() {
    let stored = "$NT$8846f7eaee8fb117ad06bdd830b7586c";
    assert_eq!(
        verify(stored, "password", &Hashing::default(), None),
        Err(HashError::SwitchedOff { scheme: "nt" })
    );
}

#[test]
fn absurd_costs_are_refused_before_any_work() {
    for stored in [
        "$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$pbkdf2-sha256$4000000000$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "pbkdf2_sha256$99999999999$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "$scrypt$ln=25,r=8,p=1$c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=14,r=8,p=100000$c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "scrypt$1073741824$salt$8$5$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "$6$rounds=999999999$salt$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjlO/O817G3uBnIFNjnQJuesI68OTLiBFdcbYEdFCoEOfaS35inz11",
        "$P$zIQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0",
        "$S$zabcdefghAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ] {
        let refused = verify(stored, "password", &hashing(), None);
        assert!(
            matches!(refused, Err(HashError::Absurd { .. })),
            "{stored}: {refused:?}"
        );
    }
}

#[test]
fn passwords_beyond_72_bytes_are_cut_off_by_bcrypt_alone() {
    // Made by the reference implementation of "x" 72 times.
    let stored = "$2b$04$a6mwW483Pksdpg0twxgBBukr72PqJp43pXDRf8..SX1ZkpC5KGq2K";
    let ask = |stored: &str, length| verify(stored, &"x".repeat(length), &hashing(), None);
    assert_eq!(
        (ask(stored, 71), ask(stored, 72), ask(stored, 100)),
        (Ok(false), Ok(true), Ok(true))
    );
    let wordpress = vectors()
        .find(|(scheme, _)| *scheme == "wordpress-bcrypt")
        .unwrap()
        .1;
    assert_eq!(ask(wordpress, 100), Ok(false));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever is stored: an answer without any work, never a panic.
    #[test]
    fn reading_never_breaks(text in "\\PC{0,80}") {
        let _ = check(&text, &hashing());
    }

    /// The same for what looks like a hash.
    #[test]
    fn reading_damaged_hashes_never_breaks(number in 0usize..45, at in 0usize..200, with in "[ -~]{0,3}", cut in 0usize..4) {
        if let Some((_, stored)) = vectors().nth(number) {
            let mut bytes: Vec<char> = stored.chars().collect();
            let at = at % bytes.len();
            let end = (at + cut).min(bytes.len());
            bytes.splice(at..end, with.chars());
            let text: String = bytes.into_iter().collect();
            let _ = check(&text, &hashing());
        }
    }
}
