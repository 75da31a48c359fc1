//! The sample project, exported in every format, against the files in `exports/`, byte for byte; what is packed as a
//! whole is unpacked first.
//!
//! The project is made anew from `seeds/` and the commands in `tests/data/sample.apply.jsonl`, with a clock and ids
//! that count. With `UPDATE_EXPORTS=1` the files are written instead of compared.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what cannot be made is a failed test, also in a helper"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::read::ZlibDecoder;
use hashiya::formats::{self, Format, codebook_toml::default_codebook};
use hashiya::session::testing::{CountingClock, CountingIds};
use hashiya::session::{
    Command, Config, ExportOptions, Folders, ImportOptions, Session, StatusChoice, Watch, annotator_named,
    export_to_place, export_to_stream,
};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn empty_project(folder: &Path, name: &str) -> Session {
    let config = Config {
        annotator: annotator_named("sample").unwrap(),
        clock: Arc::new(CountingClock::default()),
        ids: Arc::new(CountingIds::default()),
        folders: Folders::at(&folder.join("home")),
    };
    Session::create(&folder.join(name), &default_codebook(), config).unwrap()
}

/// The sample project: the seeds, and everything that the commands mark in them.
fn sample_project(folder: &Path) -> Session {
    let mut session = empty_project(folder, "sample.hashiya");
    let report = session
        .import(&[root("seeds")], &ImportOptions::default(), &mut Watch::silent())
        .unwrap();
    assert_eq!(report.refused, 0, "{:?}", report.diagnostics);
    let commands = std::fs::read_to_string(root("tests/data/sample.apply.jsonl")).unwrap();
    for (number, line) in commands.lines().enumerate() {
        let command =
            Command::from_json(line).unwrap_or_else(|refusal| panic!("line {}: {refusal}", number + 1));
        session
            .run(&command, None)
            .unwrap_or_else(|refusal| panic!("line {}: {refusal}", number + 1));
    }
    session
}

fn exported(session: &Session, format: &'static Format) -> Vec<u8> {
    let mut bytes = Vec::new();
    export_to_stream(
        session.reader(),
        format,
        &mut bytes,
        &ExportOptions::default(),
        &mut Watch::silent(),
    )
    .unwrap();
    bytes
}

fn rows(jsonl: &[u8]) -> Vec<serde_json::Value> {
    let lines = std::str::from_utf8(jsonl).unwrap().lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Where the export of a format lies: a folder under its own name, a file as `exports/sample.ENDING`, or, where formats
/// share an ending, as `exports/sample.ID.ENDING` unless its ending is its name.
fn place(format: &Format) -> PathBuf {
    let ending = format.endings[0];
    let is_shared = formats::registry().iter().any(|other| {
        other.id != format.id && other.writes() && other.is_one_file() && other.endings[0] == ending
    });
    let name = match (format.is_one_file(), is_shared && format.id != ending) {
        (true, false) => format!("sample.{ending}"),
        (true, true) => format!("sample.{}.{ending}", format.id),
        (false, _) => format.id.to_owned(),
    };
    root("exports").join(name)
}

/// The files of an export by their names, of a file with its companions.
fn files(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let (folder, stem) = if path.is_dir() {
        (path, String::new())
    } else {
        (
            path.parent().unwrap(),
            format!("{}.", path.file_stem().unwrap().display()),
        )
    };
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        let name = entry.path().strip_prefix(folder).unwrap().display().to_string();
        if entry.file_type().is_file() && name.starts_with(&stem) {
            files.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// What a file holds. How a `.spacy` file is packed is the packing library's to say, and may change with it.
fn content(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    if Path::new(name)
        .extension()
        .is_some_and(|ending| ending == "spacy")
    {
        ZlibDecoder::new(bytes).read_to_end(&mut content).unwrap();
    } else {
        content.extend_from_slice(bytes);
    }
    content
}

#[test]
fn the_sample_is_exported_as_it_is_committed() {
    let folder = tempfile::tempdir().unwrap();
    let session = sample_project(folder.path());
    let options = ExportOptions {
        annotator: annotator_named("sample").ok(),
        status: StatusChoice::Any,
        ..ExportOptions::default()
    };
    for format in formats::registry().iter().filter(|format| format.writes()) {
        let committed = place(format);
        let update = std::env::var_os("UPDATE_EXPORTS").is_some();
        let fresh = if update {
            committed.clone()
        } else {
            let folder = folder.path().join(format.id);
            std::fs::create_dir_all(&folder).unwrap();
            folder.join(committed.file_name().unwrap())
        };
        export_to_place(session.reader(), format, &fresh, &options, &mut Watch::silent()).unwrap();
        let (found, expected) = (files(&fresh), files(&committed));
        for (name, bytes) in &found {
            assert!(
                expected.get(name).map(|bytes| content(name, bytes)) == Some(content(name, bytes)),
                "{}: {name} is not what the project exports; UPDATE_EXPORTS=1 writes it",
                format.id
            );
        }
    }
}

#[test]
fn what_is_exported_reads_back_to_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let committed = root("exports/sample.jsonl");
    let mut session = empty_project(folder.path(), "copy.hashiya");
    let report = session
        .import(
            std::slice::from_ref(&committed),
            &ImportOptions::default(),
            &mut Watch::silent(),
        )
        .unwrap();
    assert_eq!(report.refused, 0, "{:?}", report.diagnostics);
    let jsonl = formats::format("jsonl").unwrap();
    assert!(
        exported(&session, jsonl) == std::fs::read(committed).unwrap(),
        "the bytes are others"
    );
}

#[test]
fn what_is_exported_to_a_standoff_format_reads_back_to_the_same_lines() {
    let folder = tempfile::tempdir().unwrap();
    let lines = |jsonl: &[u8]| {
        let mut lines: Vec<String> = String::from_utf8_lossy(jsonl)
            .lines()
            .map(str::to_owned)
            .collect();
        lines.sort();
        lines
    };
    let expected = lines(&std::fs::read(root("exports/sample.jsonl")).unwrap());
    for id in ["brat", "xmi", "uima-json", "w3c"] {
        let committed = place(formats::format(id).unwrap());
        let mut session = empty_project(folder.path(), &format!("{id}.hashiya"));
        let report = session
            .import(&[committed], &ImportOptions::default(), &mut Watch::silent())
            .unwrap();
        assert_eq!(report.refused, 0, "{:?}", report.diagnostics);
        let found = lines(&exported(&session, formats::format("jsonl").unwrap()));
        assert!(found == expected, "{id}: the lines are others");
    }
}

#[test]
fn the_sample_shows_what_the_format_holds() {
    let rows = rows(&std::fs::read(root("exports/sample.jsonl")).unwrap());
    let langs: BTreeSet<&str> = rows.iter().filter_map(|row| row["lang"].as_str()).collect();
    assert_eq!(
        langs.into_iter().collect::<Vec<_>>(),
        ["ar", "en", "es", "fr", "he", "hi", "zh"]
    );
    for row in &rows {
        for list in ["spans", "events"] {
            let length = row[list].as_array().map_or(0, Vec::len);
            assert!(length > 0, "article {} has no {list}", row["id"]);
        }
    }
    let some_row_has = |key: &str| {
        rows.iter()
            .any(|row| row[key].as_array().is_some_and(|list| !list.is_empty()))
    };
    assert!(["relations", "notes", "dismissed"].into_iter().all(some_row_has));
    let spans = || rows.iter().filter_map(|row| row["spans"].as_array()).flatten();
    assert!(
        spans().any(|span| span.get("fragments").is_some()),
        "no discontinuous span"
    );
    assert!(
        spans().any(|span| span["attributes"]["quantity"]["low"].is_number()),
        "no quantity"
    );
    assert!(
        rows.iter().all(|row| row["labels"]["relevance"].is_string()),
        "no article-level label"
    );
    assert!(
        rows.iter().any(|row| row["review"] == "approved") && rows.iter().any(|row| row["flagged"] == true),
        "no review"
    );
}
