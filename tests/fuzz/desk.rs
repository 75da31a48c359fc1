//! Projects for rounds: a configuration that counts, empty projects, and what a project holds as bytes.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use hashiya::formats::codebook_toml::default_codebook;
use hashiya::session::testing::{CountingClock, CountingIds};
use hashiya::session::{
    Config, ExportOptions, Folders, ImportOptions, Reader, Refusal, Session, StatusChoice, Watch,
    annotator_named, export_to_stream, format_to_write,
};

pub fn config(folder: &Path) -> Config {
    Config {
        annotator: annotator_named("me").unwrap(),
        clock: Arc::new(CountingClock::default()),
        ids: Arc::new(CountingIds::default()),
        folders: Folders::at(&folder.join("home")),
    }
}

/// An empty project with the default codebook. It is made once and copied: making one waits for the disk.
pub fn empty_project(folder: &Path, name: &str) -> Session {
    static EMPTY: OnceLock<Vec<u8>> = OnceLock::new();
    let path = folder.join(name);
    let bytes = EMPTY.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("empty.hashiya");
        drop(Session::create(&path, &default_codebook(), config(folder.path())).unwrap());
        std::fs::read(&path).unwrap()
    });
    std::fs::write(&path, bytes).unwrap();
    Session::open(&path, config(folder)).unwrap()
}

/// The native export.
pub fn try_export(reader: &Reader) -> Result<Vec<u8>, Refusal> {
    let options = ExportOptions {
        status: StatusChoice::Any,
        ..ExportOptions::default()
    };
    let mut bytes = Vec::new();
    export_to_stream(
        reader,
        format_to_write("jsonl")?,
        &mut bytes,
        &options,
        &mut Watch::silent(),
    )?;
    Ok(bytes)
}

pub fn export(reader: &Reader) -> String {
    String::from_utf8(try_export(reader).unwrap()).unwrap()
}

/// A project of those lines of JSON.
pub fn project_of(folder: &Path, name: &str, lines: &str) -> Session {
    let mut session = empty_project(folder, name);
    import(&mut session, &folder.join(format!("{name}.jsonl")), lines);
    session
}

/// Imports lines of JSON, of which nothing may be kept out.
pub fn import(session: &mut Session, path: &Path, lines: &str) {
    std::fs::write(path, lines).unwrap();
    let options = ImportOptions {
        format: hashiya::formats::format("jsonl"),
        ..ImportOptions::default()
    };
    let paths: [PathBuf; 1] = [path.to_owned()];
    let report = session.import(&paths, &options, &mut Watch::silent()).unwrap();
    assert_eq!(report.refused, 0, "{:?}", report.diagnostics);
}

/// Lines of the exported sample project, by their numbers.
pub fn sample_lines(numbers: &[usize]) -> String {
    static SAMPLE: &str = include_str!("../../exports/sample.jsonl");
    let lines: Vec<&str> = SAMPLE.lines().collect();
    let chosen: Vec<&str> = numbers.iter().map(|number| lines[*number]).collect();
    chosen.join("\n") + "\n"
}
