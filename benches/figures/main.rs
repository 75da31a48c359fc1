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

mod corpus;
mod frames;
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

const FIGURES: &[Figure] = &[
    Figure {
        name: "start_100k",
        unit: Unit::Milliseconds,
        bar: Bar::MedianAtMost(300.0),
        measure: frames::start_100k,
    },
    Figure {
        name: "open_4kb",
        unit: Unit::Milliseconds,
        bar: Bar::MedianAtMost(8.0),
        measure: frames::open_4kb,
    },
    Figure {
        name: "open_1mb",
        unit: Unit::Milliseconds,
        bar: Bar::MedianAtMost(50.0),
        measure: frames::open_1mb,
    },
    Figure {
        name: "frame_scroll_1mb_2000",
        unit: Unit::Milliseconds,
        bar: Bar::P99AtMost(4.0),
        measure: frames::frame_scroll_1mb_2000,
    },
    Figure {
        name: "tag_span",
        unit: Unit::Milliseconds,
        bar: Bar::P99AtMost(16.0),
        measure: frames::tag_span,
    },
    Figure {
        name: "import_100k",
        unit: Unit::MegabytesPerSecond,
        bar: Bar::MedianAtLeast(30.0),
        measure: projects::import_100k,
    },
    Figure {
        name: "import_100k_memory",
        unit: Unit::Megabytes,
        bar: Bar::MedianAtMost(300.0),
        measure: projects::import_100k_memory,
    },
    Figure {
        name: "export_100k",
        unit: Unit::MegabytesPerSecond,
        bar: Bar::MedianAtLeast(100.0),
        measure: projects::export_100k,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [child, project, home] = arguments.as_slice()
        && child == frames::CHILD
    {
        println!("{}", frames::child_start(project.as_ref(), home.as_ref()));
        return ExitCode::SUCCESS;
    }
    let json = arguments.iter().any(|argument| argument == "--json");
    // Cargo passes `--bench` itself.
    let names: Vec<&String> = arguments
        .iter()
        .filter(|argument| !argument.starts_with("--"))
        .collect();
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
