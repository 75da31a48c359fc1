//! The figures of speed and memory that the README gives, measured on generated data.
//!
//! `cargo bench --bench figures -- --json [NAME…]` prints one object a line; without `--json`, one line of words. What
//! is measured and what the bar is stands in one table here; how is in the modules. Everything made lies in one
//! temporary folder, which goes at the end.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a figure that cannot be measured ends the run, and printing is its work"
)]

mod casualty;
mod corpus;
mod finding;
mod formats;
mod frames;
mod length;
mod measure;
mod process;
mod projects;
mod window;

use std::process::ExitCode;

use measure::{Measured, Place};

/// One row of the table.
struct Figure {
    name: &'static str,
    unit: Unit,
    /// The bar, and whether it is one for the median or for the slowest.
    bar: Bar,
    measure: fn(&Place) -> Measured,
}

/// What a number counts.
#[derive(Clone, Copy)]
enum Unit {
    Milliseconds,
    MegabytesPerSecond,
    Megabytes,
}

impl Unit {
    const fn name(self) -> &'static str {
        match self {
            Self::Milliseconds => "ms",
            Self::MegabytesPerSecond => "mb_per_s",
            Self::Megabytes => "mb",
        }
    }
}

/// What a figure must keep.
#[derive(Clone, Copy)]
enum Bar {
    MedianAtMost(f64),
    P99AtMost(f64),
    MedianAtLeast(f64),
}

impl Bar {
    fn is_kept(self, measured: &Measured) -> bool {
        match self {
            Self::MedianAtMost(bar) => measured.median() <= bar,
            Self::P99AtMost(bar) => measured.p99() <= bar,
            Self::MedianAtLeast(bar) => measured.median() >= bar,
        }
    }

    fn words(self) -> String {
        match self {
            Self::MedianAtMost(bar) => format!("median ≤ {bar}"),
            Self::P99AtMost(bar) => format!("p99 ≤ {bar}"),
            Self::MedianAtLeast(bar) => format!("median ≥ {bar}"),
        }
    }
}

impl Figure {
    /// Of a time, most of whose samples must stay under a bar.
    const fn median(name: &'static str, bar: f64, measure: fn(&Place) -> Measured) -> Self {
        Self {
            name,
            unit: Unit::Milliseconds,
            bar: Bar::MedianAtMost(bar),
            measure,
        }
    }

    /// Of a time, nearly all of whose samples must.
    const fn slowest(name: &'static str, bar: f64, measure: fn(&Place) -> Measured) -> Self {
        Self {
            name,
            unit: Unit::Milliseconds,
            bar: Bar::P99AtMost(bar),
            measure,
        }
    }

    /// Of a rate.
    const fn rate(name: &'static str, bar: f64, measure: fn(&Place) -> Measured) -> Self {
        Self {
            name,
            unit: Unit::MegabytesPerSecond,
            bar: Bar::MedianAtLeast(bar),
            measure,
        }
    }

    /// Of memory.
    const fn memory(name: &'static str, bar: f64, measure: fn(&Place) -> Measured) -> Self {
        Self {
            name,
            unit: Unit::Megabytes,
            bar: Bar::MedianAtMost(bar),
            measure,
        }
    }
}

const MB: usize = 1_000_000;

#[rustfmt::skip]
const FIGURES: &[Figure] = &[
    Figure::median("start_100k", 300.0, frames::start_100k),
    Figure::median("open_4kb", 8.0, frames::open_4kb),
    Figure::median("open_1mb", 50.0, frames::open_1mb),
    Figure::median("open_cold_fr_4kb", 50.0, |place| length::open_cold(place, "fr", 4_000)),
    Figure::median("open_cold_fr_100kb", 50.0, |place| length::open_cold(place, "fr", 100_000)),
    Figure::median("open_cold_fr_1mb", 50.0, |place| length::open_cold(place, "fr", MB)),
    Figure::median("open_cold_fr_10mb", 100.0, |place| length::open_cold(place, "fr", 10 * MB)),
    Figure::median("open_cold_ar_4kb", 50.0, |place| length::open_cold(place, "ar", 4_000)),
    Figure::median("open_cold_ar_100kb", 50.0, |place| length::open_cold(place, "ar", 100_000)),
    Figure::median("open_cold_ar_1mb", 50.0, |place| length::open_cold(place, "ar", MB)),
    Figure::median("open_cold_ar_10mb", 100.0, |place| length::open_cold(place, "ar", 10 * MB)),
    Figure::median("open_warm_fr_4kb", 8.0, |place| length::open_warm(place, "fr", 4_000)),
    Figure::median("open_warm_fr_100kb", 16.0, |place| length::open_warm(place, "fr", 100_000)),
    Figure::median("open_warm_fr_1mb", 50.0, |place| length::open_warm(place, "fr", MB)),
    Figure::median("open_warm_fr_10mb", 100.0, |place| length::open_warm(place, "fr", 10 * MB)),
    Figure::median("open_warm_ar_4kb", 8.0, |place| length::open_warm(place, "ar", 4_000)),
    Figure::median("open_warm_ar_100kb", 16.0, |place| length::open_warm(place, "ar", 100_000)),
    Figure::median("open_warm_ar_1mb", 50.0, |place| length::open_warm(place, "ar", MB)),
    Figure::median("open_warm_ar_10mb", 100.0, |place| length::open_warm(place, "ar", 10 * MB)),
    Figure::slowest("frame_scroll_1mb_2000", 4.0, frames::frame_scroll_1mb_2000),
    Figure::slowest("frame_scroll_1mb_0", 4.0, |place| length::frame_scroll(place, MB, 0)),
    Figure::slowest("frame_scroll_1mb_20000", 4.0, |place| length::frame_scroll(place, MB, 20_000)),
    Figure::slowest("frame_scroll_10mb_20000", 4.0, |place| length::frame_scroll(place, 10 * MB, 20_000)),
    Figure::slowest("frame_scroll_paragraph_1mb", 4.0, |place| length::frame_scroll_paragraph(place, MB)),
    Figure::slowest("frame_scroll_deep", 4.0, length::frame_scroll_deep),
    Figure::slowest("frame_hover_1mb_0", 4.0, |place| length::frame_hover(place, MB, 0)),
    Figure::slowest("frame_hover_1mb_2000", 4.0, |place| length::frame_hover(place, MB, 2_000)),
    Figure::slowest("frame_hover_1mb_20000", 4.0, |place| length::frame_hover(place, MB, 20_000)),
    Figure::slowest("frame_select_1mb_0", 4.0, |place| length::frame_select(place, MB, 0)),
    Figure::slowest("frame_select_1mb_2000", 4.0, |place| length::frame_select(place, MB, 2_000)),
    Figure::slowest("frame_select_1mb_20000", 4.0, |place| length::frame_select(place, MB, 20_000)),
    Figure::slowest("tag_span", 16.0, frames::tag_span),
    Figure::slowest("tag_casualty", 16.0, casualty::tag_casualty),
    Figure::slowest("tag_span_1mb_2000", 16.0, |place| length::tag_among(place, MB, 2_000)),
    Figure::slowest("tag_span_1mb_20000", 16.0, |place| length::tag_among(place, MB, 20_000)),
    Figure::slowest("tag_span_10mb_20000", 16.0, |place| length::tag_among(place, 10 * MB, 20_000)),
    Figure::median("find_fr_100kb", 16.0, |place| finding::find_typed(place, "fr", 100_000)),
    Figure::median("find_fr_1mb", 16.0, |place| finding::find_typed(place, "fr", MB)),
    Figure::median("find_ar_1mb", 16.0, |place| finding::find_typed(place, "ar", MB)),
    Figure::median("find_fr_10mb", 100.0, |place| finding::find_typed(place, "fr", 10 * MB)),
    Figure::memory("memory_10mb", 250.0, length::memory_10mb),
    Figure::rate("import_100k", 30.0, projects::import_100k),
    Figure::memory("import_100k_memory", 300.0, projects::import_100k_memory),
    Figure::rate("export_100k", 100.0, projects::export_100k),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [child, project, home] = arguments.as_slice() {
        let (project, home) = (project.as_ref(), home.as_ref());
        match child.as_str() {
            frames::CHILD => {
                println!("{}", frames::child_start(project, home));
                return ExitCode::SUCCESS;
            }
            length::CHILD => {
                length::child_scroll(project, home);
                return ExitCode::SUCCESS;
            }
            _ => {}
        }
    }
    let json = arguments.iter().any(|argument| argument == "--json");
    // Cargo passes `--bench` itself.
    let names: Vec<&String> = arguments
        .iter()
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    if let [one] = names.as_slice()
        && let Some(wanted) = one.strip_prefix(formats::NAME)
    {
        formats::measure(&Place::new(), wanted.trim_start_matches('='));
        return ExitCode::SUCCESS;
    }
    let unknown: Vec<&&String> = names
        .iter()
        .filter(|name| FIGURES.iter().all(|figure| figure.name != **name))
        .collect();
    if !unknown.is_empty() {
        let known: Vec<&str> = FIGURES.iter().map(|figure| figure.name).collect();
        println!("no figure is called {unknown:?}; there are {}", known.join(", "));
        return ExitCode::from(2);
    }
    let place = Place::new();
    for figure in FIGURES {
        if !names.is_empty() && names.iter().all(|name| *name != figure.name) {
            continue;
        }
        let measured = (figure.measure)(&place);
        println!(
            "{}",
            if json {
                as_json(figure, &measured)
            } else {
                in_words(figure, &measured)
            }
        );
    }
    ExitCode::SUCCESS
}

fn as_json(figure: &Figure, measured: &Measured) -> String {
    let mut object = serde_json::Map::new();
    object.insert("name".into(), figure.name.into());
    object.insert("median".into(), rounded(measured.median()).into());
    object.insert("p99".into(), rounded(measured.p99()).into());
    object.insert("unit".into(), figure.unit.name().into());
    for (name, value) in measured.beside() {
        object.insert((*name).into(), rounded(*value).into());
    }
    serde_json::Value::Object(object).to_string()
}

fn in_words(figure: &Figure, measured: &Measured) -> String {
    let verdict = if figure.bar.is_kept(measured) {
        "kept"
    } else {
        "missed"
    };
    let beside = measured
        .beside()
        .iter()
        .fold(String::new(), |words, (name, value)| {
            words + &format!(", {name} {}", rounded(*value))
        });
    format!(
        "{:<24} median {:>9}  p99 {:>9} {:<8} (bar: {}, {verdict}{beside})",
        figure.name,
        rounded(measured.median()),
        rounded(measured.p99()),
        figure.unit.name(),
        figure.bar.words(),
    )
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
