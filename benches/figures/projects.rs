//! Figures of whole projects: 100,000 articles in and out, through the command line as a user would.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::corpus;
use super::measure::{Measured, Place, megabytes_per_second};
use super::process::{peak_memory, program};

/// How many articles the figures named `100k` have, and how long each is.
const ARTICLES: u64 = 100_000;
const ARTICLE_BYTES: usize = 3_000;

/// The labels of generated spans, one after the other.
pub const LABELS: [&str; 5] = ["actor", "location", "casualty", "date", "trigger"];

/// Runs of a figure that takes seconds.
const RUNS: usize = 3;

/// Megabytes of JSONL a second into a project, until the import is on disk.
pub fn import_100k(place: &Place) -> Measured {
    let dataset = dataset(place);
    let bytes = size(&dataset);
    let rates = (0..RUNS).map(|_| {
        let project = empty_project(place, "import");
        megabytes_per_second(bytes, timed(&mut import(place, &project, &dataset)))
    });
    Measured::large_is_good(rates).with("megabytes", bytes as f64 / 1e6)
}

/// The peak of memory of such an import.
pub fn import_100k_memory(place: &Place) -> Measured {
    let dataset = dataset(place);
    let project = empty_project(place, "import");
    let child = import(place, &project, &dataset)
        .spawn()
        .expect("the program starts");
    Measured::small_is_good([peak_memory(child)])
}

/// Megabytes of JSONL a second out of a project, until the file is on disk.
pub fn export_100k(place: &Place) -> Measured {
    let project = project_100k(place);
    let output = place.path("export.jsonl");
    let rates: Vec<f64> = (0..RUNS)
        .map(|_| {
            let mut export = program(&place.path("home"));
            export
                .arg("export")
                .arg(&project)
                .args(["--format", "jsonl", "--output"])
                .arg(&output);
            let passed = timed(&mut export);
            megabytes_per_second(size(&output), passed)
        })
        .collect();
    Measured::large_is_good(rates).with("megabytes", size(&output) as f64 / 1e6)
}

/// A project of 100,000 articles, made once in a run.
pub fn project_100k(place: &Place) -> PathBuf {
    place.once("project-100k.hashiya", |path| {
        create(place, path);
        timed(&mut import(place, path, &dataset(place)));
    })
}

/// A project of these rows, made once in a run.
pub fn project_of(place: &Place, name: &str, rows: impl Iterator<Item = serde_json::Value>) -> PathBuf {
    place.once(&format!("{name}.hashiya"), |path| {
        let lines = rows.fold(String::new(), |lines, row| lines + &row.to_string() + "\n");
        let dataset = place.path(&format!("{name}.jsonl"));
        std::fs::write(&dataset, lines).expect("room for the articles");
        create(place, path);
        timed(&mut import(place, path, &dataset));
    })
}

/// One article of any language as a line of JSONL, with so many spans over it.
pub fn row(number: u64, bytes: usize, spans: usize) -> serde_json::Value {
    let (lang, text) = corpus::article(number, bytes);
    row_of(number, lang, &text, spans)
}

/// A text as a line of JSONL, with so many spans over it.
pub fn row_of(number: u64, lang: &str, text: &str, spans: usize) -> serde_json::Value {
    let chars = text.chars().count();
    let step = chars.checked_div(spans).unwrap_or(chars).max(30);
    let spans: Vec<serde_json::Value> = (0..spans)
        .map(|nth| {
            let start = nth * step;
            // Of several lengths, each third one reaching over the next.
            let end = (start + [8, 25, step + 12][nth % 3]).min(chars);
            serde_json::json!([start, end, LABELS[nth % LABELS.len()]])
        })
        .collect();
    serde_json::json!({"id": format!("article-{number:06}"), "lang": lang, "text": text, "label": spans})
}

fn dataset(place: &Place) -> PathBuf {
    place.once("articles-100k.jsonl", |path| {
        corpus::write_jsonl(path, ARTICLES, ARTICLE_BYTES);
    })
}

/// A new project in the place of an older one of that name.
fn empty_project(place: &Place, name: &str) -> PathBuf {
    let path = place.path(&format!("{name}.hashiya"));
    remove_project(&path);
    create(place, &path);
    path
}

/// Takes a project away, where it is, with what SQLite has beside it.
pub fn remove_project(path: &Path) {
    for ending in ["hashiya", "hashiya-wal", "hashiya-shm"] {
        std::fs::remove_file(path.with_extension(ending)).unwrap_or_default();
    }
}

/// A new empty project.
pub fn create(place: &Place, path: &Path) {
    timed(program(&place.path("home")).arg("new").arg(path));
}

fn import(place: &Place, project: &Path, dataset: &Path) -> Command {
    let mut command = program(&place.path("home"));
    command.arg("import").arg(project).arg(dataset);
    command
}

/// Runs a process to its good end and gives the time that passed. Its warnings about generated data help nobody.
fn timed(command: &mut Command) -> Duration {
    let began = Instant::now();
    let output = command
        .stderr(Stdio::piped())
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{command:?} ended with {}: {said}",
        output.status
    );
    began.elapsed()
}

fn size(path: &Path) -> u64 {
    std::fs::metadata(path).expect("the file is there").len()
}
