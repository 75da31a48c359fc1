//! 100,000 articles of 3 kB with five spans each out into every format and, where it reads, back in: rate by processor
//! time and peak of memory of the whole process. Run by the name `formats_100k`, or `formats_100k=ID,ID` for some; once
//! each, since all of them take many minutes.

use std::path::{Path, PathBuf};
use std::process::Command;

use hashiya::formats::{Format, registry};
use serde_json::json;

use super::corpus;
use super::measure::{Place, megabytes_per_second};
use super::process::{program, watch};
use super::projects::{create, remove_project, row_of};

/// How its argument begins.
pub const NAME: &str = "formats_100k";

const ARTICLES: u64 = 100_000;
const ARTICLE_BYTES: usize = 3_000;
const SPANS: usize = 5;

/// Measures the formats named, or all, and prints one object a line.
pub fn measure(place: &Place, wanted: &str) {
    let ids: Vec<&str> = wanted.split(',').filter(|id| !id.is_empty()).collect();
    let project = coded_project(place);
    for format in registry().iter().filter(|format| format.writes()) {
        if !ids.is_empty() && !ids.contains(&format.id) {
            continue;
        }
        let output = export(place, &project, format);
        if format.reads() {
            import(place, &output, format);
        }
        remove(&output);
    }
}

fn export(place: &Place, project: &Path, format: &Format) -> PathBuf {
    let output = place.path(&format!("formats-{}", format.id));
    std::fs::create_dir_all(&output).expect("a folder can be made");
    let target = if format.is_one_file() {
        output.join(format!("dataset.{}", format.endings[0]))
    } else {
        output.join("dataset")
    };
    let mut command = program(&place.path("home"));
    command
        .arg("export")
        .arg(project)
        .args(["--status", "any", "--format", format.id]);
    command.arg("--output").arg(target);
    report("export", format, &mut command, || size(&output));
    output
}

fn import(place: &Place, dataset: &Path, format: &Format) {
    let project = place.path("formats-import.hashiya");
    create(place, &project);
    let mut command = program(&place.path("home"));
    command.arg("import").arg(&project).arg(dataset).arg("--json");
    report("import", format, &mut command, || size(dataset));
    remove_project(&project);
}

fn report(what: &str, format: &Format, command: &mut Command, bytes: impl Fn() -> u64) {
    let child = command
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the program starts");
    let took = watch(child);
    let tenths = |value: f64| (value * 10.0).round() / 10.0;
    let line = json!({
        "name": format!("{what}_100k_{}", format.id),
        "mb_per_s": tenths(megabytes_per_second(bytes(), took.processor)),
        "processor_seconds": tenths(took.processor.as_secs_f64()),
        "seconds": tenths(took.passed.as_secs_f64()),
        "megabytes": bytes() / 1_000_000,
        "peak_mb": took.peak_mb.round(),
    });
    println!("{line}");
}

/// The project, made once in a run; its articles are done.
fn coded_project(place: &Place) -> PathBuf {
    place.once("formats-100k.hashiya", |path| {
        let dataset = place.path("formats-100k.jsonl");
        let mut file = std::io::BufWriter::new(std::fs::File::create(&dataset).expect("a file can be made"));
        for number in 0..ARTICLES {
            let (lang, text) = corpus::article(number, ARTICLE_BYTES);
            let row = row_of(number, lang, &text, SPANS);
            std::io::Write::write_all(&mut file, format!("{row}\n").as_bytes())
                .expect("room for the articles");
        }
        drop(file);
        create(place, path);
        let mut command = program(&place.path("home"));
        let ended = command
            .arg("import")
            .arg(path)
            .arg(&dataset)
            .status()
            .expect("the program starts");
        assert!(ended.success(), "the project cannot be made: {ended}");
        remove(&dataset);
    })
}

fn size(path: &Path) -> u64 {
    let entries = walkdir::WalkDir::new(path).into_iter().filter_map(Result::ok);
    let files = entries
        .filter_map(|entry| entry.metadata().ok())
        .filter(std::fs::Metadata::is_file);
    files.map(|file| file.len()).sum()
}

fn remove(path: &Path) {
    let removed = if path.is_dir() {
        std::fs::remove_dir_all(path)
    } else {
        std::fs::remove_file(path)
    };
    removed.expect("what was written can be removed");
}
