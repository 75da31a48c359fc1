//! The rules beside the table of rooms: outside libraries, clocks and files, heads, lengths, the top level, and
//! traces of a workplace. Each takes a text and gives what is wrong in words.

use std::fmt;
use std::path::PathBuf;

use super::paths::{ModulePath, tokens};

/// A file longer than this holds more than one idea.
pub const LIMIT_LINES: usize = 600;

/// What stands at the top of the package, in order.
pub const TOP_LEVEL: &[&str] = &[
    ".ci",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "assets",
    "benches",
    "clippy.toml",
    "exports",
    "rustfmt.toml",
    "seeds",
    "src",
    "tests",
];

/// A library and the only rooms that may name it.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("egui", &["gui"]),
    ("eframe", &["gui"]),
    ("rfd", &["gui"]),
    ("parley", &["layout"]),
    ("fontique", &["layout"]),
    ("swash", &["layout"]),
    ("rusqlite", &["store"]),
    ("clap", &["cli"]),
    ("pulldown_cmark", &["gui"]),
];

/// The parts of the standard library that `text` and `model` do without.
const IMPURE_STD: &[&str] = &["fs", "io", "net", "env", "process", "thread", "time"];

/// Calls that read a clock or make a random id; only `session` has them, behind what is injected.
const CLOCKS: &[[&str; 2]] = &[
    ["SystemTime", "now"],
    ["Timestamp", "now"],
    ["Zoned", "now"],
    ["Uuid", "now_v7"],
    ["Uuid", "new_v4"],
];

/// One broken rule in one file.
pub struct Fault {
    pub file: PathBuf,
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file.display(), self.what)
    }
}

/// An outside library in a room that is not its own.
pub fn outside_libraries(module: &ModulePath, text: &str) -> Vec<String> {
    let tokens = tokens(text);
    LIBRARIES
        .iter()
        .filter(|(_, rooms)| !module.room().is_some_and(|room| rooms.contains(&room)))
        .filter(|(library, _)| {
            tokens
                .windows(2)
                .any(|pair| pair[0] == *library && pair[1] == "::")
        })
        .map(|(library, rooms)| format!("`{library}` belongs to {}", rooms.join(", ")))
        .collect()
}

/// A file, a thread, or the environment in a pure room; a clock outside `session`.
pub fn impure(module: &ModulePath, text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let mut faults = Vec::new();
    if matches!(module.room(), Some("text" | "model")) {
        faults.extend(
            std_parts(&tokens)
                .into_iter()
                .map(|part| format!("uses `std::{part}`")),
        );
    }
    if module.room() != Some("session") {
        let clocks = CLOCKS.iter().filter(|[of, call]| {
            tokens
                .windows(3)
                .any(|three| three[0] == *of && three[1] == "::" && three[2] == *call)
        });
        faults.extend(clocks.map(|[of, call]| format!("calls `{of}::{call}`; clock and ids are injected")));
    }
    faults
}

/// The impure parts of `std` that a text names, also inside `use std::{…}`.
fn std_parts(tokens: &[String]) -> Vec<&'static str> {
    let mut found = Vec::new();
    for (at, pair) in tokens.windows(2).enumerate() {
        if pair[0] != "std" || pair[1] != "::" {
            continue;
        }
        let group = tokens.get(at + 2).is_some_and(|token| token == "{");
        let names: Vec<&String> = if group {
            tokens[at + 3..]
                .iter()
                .take_while(|token| *token != ";")
                .collect()
        } else {
            tokens.get(at + 2).into_iter().collect()
        };
        found.extend(
            IMPURE_STD
                .iter()
                .filter(|part| names.iter().any(|name| name == *part)),
        );
    }
    found
}

/// No head that says what the file is, or too many lines.
pub fn head_and_length(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let head = text
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("//!"))
        .unwrap_or_default();
    if head.split_whitespace().next().is_none() {
        faults.push("does not begin with `//!` and what it is".to_owned());
    }
    let lines = text.lines().count();
    if lines > LIMIT_LINES {
        faults.push(format!("has {lines} lines, more than {LIMIT_LINES}"));
    }
    faults
}

/// A mark or a macro of work that is not done. A `TODO` may stay where it says what and why.
pub fn half_done(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let macros = ["todo", "unimplemented"]
        .into_iter()
        .filter(|name| tokens.windows(2).any(|pair| pair[0] == *name && pair[1] == "!"));
    let mut faults: Vec<String> = macros.map(|name| format!("calls `{name}!`")).collect();
    for (number, line) in text.lines().enumerate() {
        let rest = ["TODO", "FIXME", "XXX"]
            .into_iter()
            .find_map(|mark| Some(line.split_once(mark)?.1));
        if rest.is_some_and(|rest| rest.split_whitespace().count() < 5) {
            faults.push(format!(
                "line {}: a bare mark; say what is missing and why",
                number + 1
            ));
        }
    }
    faults
}

/// What is missing at the top of the package, and what does not belong there.
pub fn top_level_faults<'a>(found: impl Iterator<Item = &'a str>) -> Vec<String> {
    let found: Vec<&str> = found.collect();
    let missing = TOP_LEVEL
        .iter()
        .filter(|name| !found.contains(name))
        .map(|name| format!("{name} is missing"));
    let stray = found
        .iter()
        .filter(|name| !TOP_LEVEL.contains(name))
        .map(|name| format!("{name} is not in the plan"));
    missing.chain(stray).collect()
}

/// Paths of a machine that the project was written on; they mean nothing to anyone else.
pub fn workplaces(text: &str) -> Vec<String> {
    // Written in parts, so that this file does not break its own rule.
    const PLACES: &[[&str; 2]] = &[
        ["/wo", "rk/"],
        ["/tm", "p/wt"],
        ["/tm", "p/plan"],
        ["/tm", "p/bin"],
        ["/ro", "ot/"],
    ];
    let mut faults = Vec::new();
    for place in PLACES {
        let place = place.concat();
        for (number, line) in text.lines().enumerate() {
            let starts_there = line.match_indices(&place).any(|(at, _)| {
                // `https://host/work/` is an address, `src/text` a path of the package: neither starts here.
                line.get(..at)
                    .and_then(|before| before.chars().next_back())
                    .is_none_or(|c| !c.is_alphanumeric())
            });
            if starts_there {
                faults.push(format!("line {}: names `{place}`", number + 1));
            }
        }
    }
    faults
}
