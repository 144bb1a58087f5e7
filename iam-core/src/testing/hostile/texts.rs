//! Texts and JSON values that programs stumble over.

use serde_json::{Value as Json, json};

use crate::testing::Random;

/// Texts that a collation, a fold, a quotation, a log, a terminal, a spreadsheet or a parser may trip over.
pub const NAUGHTY: &[&str] = &[
    "",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\0",
    "a\0b",
    "\u{1}",
    "\u{1}\u{2}",
    "\u{7f}",
    "\u{85}",
    "\u{2028}\u{2029}",
    "\u{feff}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{fffd}",
    "\u{10ffff}",
    "\u{e000}",
    "\u{d7ff}",
    "\u{200b}\u{200d}\u{2060}",
    "\u{202e}evil\u{202c}",
    "\u{2066}\u{2067}\u{2069}",
    "\u{ad}",
    "undefined",
    "null",
    "NULL",
    "(null)",
    "nil",
    "None",
    "NaN",
    "Infinity",
    "-0",
    "1e999",
    "0x0",
    "9223372036854775808",
    "-9223372036854775809",
    "1.7976931348623159e308",
    "00000000000000000000001",
    "true",
    "1;DROP TABLE iam_user",
    "' OR 1=1 --",
    "'; EXEC xp_cmdshell('x'); --",
    "\\'; --",
    "%",
    "_",
    "%_\\%",
    "*)(uid=*))(|(uid=*",
    "\" or \"\"=\"",
    "city eq \"x\"",
    "$1 ?1 :a @b #{c} ${d} {{e}} %s %n %x",
    "<script>alert(1)</script>",
    "]]><!--",
    "&lt;&#0;",
    "=1+1",
    "@SUM(1)",
    "+1|cmd' /C calc'!A0",
    "-2+3",
    "../../../../etc/passwd",
    "C:\\CON\\NUL",
    "http://a/%%30%30",
    "__proto__",
    "constructor",
    "{\"$ref\":\"#\"}",
    "[[[[[[[[",
    "\\ud800",
    "\\u0000",
    "\u{1b}[31m",
    "user_00000000000000000000000000",
    "user_zzzzzzzzzzzzzzzzzzzzzzzzzz",
    "organization_00000000000000000000000001",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31T23:59:60Z",
    "-271821-04-20T00:00:00Z",
    "+262143-12-31T23:59:59Z",
    "1970-01-01T00:00:00+99:99",
    "a@b",
    "a@-b.c",
    "\"a b\"@c.d",
    "+0",
    "+999999999999999999",
    "de-",
    "x-private",
    "日本語",
    "田中さんにあげて下さい",
    "مرحبا",
    "שלום",
    "𝒜𝓁𝒾𝒸𝑒",
    "ＡＬＩＣＥ",
    "Å Å Å",
    "ﬁﬂﬃ",
    "ﷺ",
    "ΐ ΰ ᾳ ῷ",
    "ǅ ǆ Ǆ",
    "İıi̇I",
    "ẞßSS",
    "ſs",
    "a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}",
    "\u{344}\u{345}",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "🇩🇪🇺",
    "\u{1f468}\u{1f3fd}",
    "ทำใจ",
    "ക്ഷ",
    "\u{115f}\u{1160}",
    "\u{3164}",
];

/// A text of a size that a limit was made for: just below, at, or far beyond one.
pub fn large(random: &mut Random) -> String {
    let piece = *random
        .pick(&[
            "a", "ß", "😀", "\u{fdfa}", "e\u{301}", "\u{1}", "(", "[", "\\", "'", " ", "İ",
        ])
        .unwrap_or(&"a");
    let times = *random
        .pick(&[
            17, 31, 65, 101, 121, 190, 191, 253, 254, 255, 256, 257, 1_000, 1_001, 4_096, 66_000, 300_000,
        ])
        .unwrap_or(&257);
    piece.repeat(times)
}

/// A text: one of the list, two of it, a large one, or the one there was with something inside.
pub fn text(random: &mut Random, before: &str) -> String {
    let mut pick = || random.pick(NAUGHTY).copied().unwrap_or_default();
    let (one, two) = (pick(), pick());
    match random.below(10) {
        0 => large(random),
        1 => format!("{one}{two}"),
        2 => format!("{before}{one}"),
        3 => {
            let mut place = random.below(before.len() + 1);
            while !before.is_char_boundary(place) {
                place -= 1;
            }
            format!("{}{one}{}", &before[..place], &before[place..])
        }
        _ => one.to_owned(),
    }
}

/// A JSON value of any type and of any size that one would not expect.
pub fn value(random: &mut Random) -> Json {
    let nested = |depth: usize, object: bool| {
        (0..depth).fold(json!(1), |inner, _| match object {
            true => json!({ "a": inner }),
            false => json!([inner]),
        })
    };
    match random.below(16) {
        0 => Json::Null,
        1 => json!(random.percent(50)),
        2 => json!(i64::MIN),
        3 => json!(u64::MAX),
        4 => json!(-0.0),
        5 => json!(f64::MAX),
        6 => json!(5e-324),
        7 => json!((1i64 << 53) + 1),
        8 => json!([]),
        9 => json!({}),
        10 => nested(20 + random.below(80), true),
        11 => nested(20 + random.below(80), false),
        12 => json!(vec![1; 2_000]),
        13 => json!(["a", "A", "a"]),
        14 => json!({"": "", "\0": [null], "__proto__": {}}),
        _ => json!(text(random, "x")),
    }
}

/// Changes one or a few places of a JSON value, never the entry `keep` at its top.
pub fn mutate(json: &mut Json, keep: &str, random: &mut Random) {
    let mut places = Vec::new();
    collect(json, &mut Vec::new(), keep, &mut places);
    for _ in 0..1 + random.below(3) {
        let Some(place) = random.pick(&places).cloned() else {
            return;
        };
        let Some(found) = walk(json, &place) else { continue };
        match found {
            // A name that nobody expects, beside the others.
            Json::Object(map) if random.percent(70) => {
                let name = text(random, "name");
                map.insert(name, json!(random.below(3)));
            }
            Json::String(before) if random.percent(85) => *found = json!(text(random, before)),
            found => *found = value(random),
        }
    }
}

fn collect(json: &Json, path: &mut Vec<String>, keep: &str, places: &mut Vec<Vec<String>>) {
    let mut inner = |name: String, item: &Json| {
        path.push(name);
        places.push(path.clone());
        collect(item, path, "", places);
        path.pop();
    };
    match json {
        Json::Object(map) => {
            for (name, item) in map.iter().filter(|(name, _)| keep.is_empty() || *name != keep) {
                inner(name.clone(), item);
            }
        }
        Json::Array(list) => {
            for (place, item) in list.iter().enumerate() {
                inner(place.to_string(), item);
            }
        }
        _ => {}
    }
}

fn walk<'a>(json: &'a mut Json, path: &[String]) -> Option<&'a mut Json> {
    path.iter().try_fold(json, |json, step| match json {
        Json::Object(map) => map.get_mut(step),
        Json::Array(list) => list.get_mut(step.parse::<usize>().ok()?),
        _ => None,
    })
}
