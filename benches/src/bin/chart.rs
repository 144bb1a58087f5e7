//! One chart of how the speed changes with the size: from the lines that `--figures` has appended.
//!
//! ```text
//! cargo run --release -p iam-benches --bin chart -- benches/figures.csv benches/growth.svg
//! ```
//!
//! Each line of the chart is one operation on SQLite; the height is its rate at that size divided by its rate at the
//! smallest one. The plain program's rates are drawn beside it, dashed.

use std::{collections::BTreeMap, fmt::Write as _};

type Failure = Box<dyn std::error::Error>;

/// What is drawn, and in which colour.
const DRAWN: &[(&str, &str)] = &[
    ("get by id", "#1b6ca8"),
    ("get by login", "#2a9d5c"),
    ("prefix of the last name", "#8e5bb5"),
    ("one durable command", "#d1495b"),
    ("count below the root", "#e09f3e"),
];

const LEFT: f64 = 70.0;
const RIGHT: f64 = 540.0;
const TOP: f64 = 50.0;
const BOTTOM: f64 = 320.0;
/// The chart shows rates from a hundredth to three times the first.
const LOWEST: f64 = 0.005;
const HIGHEST: f64 = 3.0;

fn height(ratio: f64) -> f64 {
    let part = (ratio.clamp(LOWEST, HIGHEST) / LOWEST).ln() / (HIGHEST / LOWEST).ln();
    BOTTOM - part * (BOTTOM - TOP)
}

fn main() -> Result<(), Failure> {
    let mut words = std::env::args().skip(1);
    let (Some(figures), Some(chart)) = (words.next(), words.next()) else {
        return Err("the figures and the chart are missing".into());
    };
    // By operation and program: the rate by the number of users. A later line replaces an earlier one.
    let mut rates: BTreeMap<(String, bool), BTreeMap<u32, f64>> = BTreeMap::new();
    for line in std::fs::read_to_string(&figures)?.lines() {
        let mut parts = line.split(',');
        let (backend, users, name) = (parts.next(), parts.next(), parts.next());
        let (Some("sqlite"), Some(users), Some(name)) = (backend, users, name) else {
            continue;
        };
        let users: u32 = users.parse()?;
        for (raw, rate) in [false, true].into_iter().zip(parts) {
            if let Ok(rate) = rate.parse() {
                rates
                    .entry((name.to_owned(), raw))
                    .or_default()
                    .insert(users, rate);
            }
        }
    }
    let sizes: Vec<u32> = rates
        .values()
        .flat_map(|rates| rates.keys().copied())
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    let (Some(first), Some(last)) = (sizes.first(), sizes.last()) else {
        return Err("there are no figures of SQLite".into());
    };
    let span = (f64::from(*last) / f64::from(*first)).ln().max(1e-9);
    let across = |users: u32| LEFT + (f64::from(users) / f64::from(*first)).ln() / span * (RIGHT - LEFT);
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"370\" viewBox=\"0 0 760 370\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"760\" height=\"370\" fill=\"white\"/>\n\
         <text x=\"70\" y=\"24\" font-size=\"15\">SQLite: rate at a size, divided by the rate at the smallest</text>\n",
    );
    for ratio in [0.01, 0.03, 0.1, 1.0 / 3.0, 1.0, 3.0] {
        let y = height(ratio);
        let (colour, label) = match ratio {
            r if (r - 1.0 / 3.0).abs() < 1e-9 => ("#c00000", "1/3: the limit".to_owned()),
            r => ("#d0d0d0", format!("{r}")),
        };
        writeln!(
            svg,
            "<line x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{RIGHT}\" y2=\"{y:.1}\" stroke=\"{colour}\"/>\
             <text x=\"62\" y=\"{:.1}\" text-anchor=\"end\" font-size=\"10\">{label}</text>",
            y + 4.0
        )?;
    }
    for users in &sizes {
        let x = across(*users);
        writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"340\" text-anchor=\"middle\">{users} users</text>"
        )?;
    }
    for (place, (name, colour)) in DRAWN.iter().enumerate() {
        for raw in [true, false] {
            let Some(rates) = rates.get(&((*name).to_owned(), raw)) else {
                continue;
            };
            let Some(start) = rates.get(first) else { continue };
            let points: String = rates
                .iter()
                .map(|(users, rate)| format!("{:.1},{:.1} ", across(*users), height(rate / start)))
                .collect();
            let style = if raw {
                " stroke-dasharray=\"4 4\" opacity=\"0.6\""
            } else {
                ""
            };
            writeln!(
                svg,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{style}/>",
                points.trim_end()
            )?;
        }
        let y = 70.0 + 22.0 * place as f64;
        writeln!(
            svg,
            "<line x1=\"560\" y1=\"{y}\" x2=\"584\" y2=\"{y}\" stroke=\"{colour}\" stroke-width=\"2\"/>\
             <text x=\"592\" y=\"{}\">{name}</text>",
            y + 4.0
        )?;
    }
    writeln!(
        svg,
        "<text x=\"560\" y=\"{}\" fill=\"#555\">dashed: the plain program</text>\n</svg>",
        80 + 22 * DRAWN.len()
    )?;
    std::fs::write(chart, svg)?;
    Ok(())
}
