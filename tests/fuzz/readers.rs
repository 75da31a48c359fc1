//! Spoilt files through an import: nothing panics or takes long, what came in is right, what did not is told, and an undo
//! leaves nothing.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use hashiya::formats::registry;
use hashiya::session::{
    Diagnostic, Duplicates, ExportQuery, ImportOptions, ImportReport, ListQuery, OffsetUnit, Reader, Session,
    Severity, Watch, check,
};

use super::corpus::{Input, spoilt};
use super::desk::{empty_project, export};
use super::numbers::Numbers;
use super::rounds::Round;

/// Unoptimised, and beside others.
const LONGEST: Duration = Duration::from_secs(6);

pub fn play(round: &mut Round) {
    let input = spoilt(&mut round.numbers);
    for (name, bytes) in &input.files {
        round.keep(&name.replace('/', "_"), bytes);
    }
    let folder = tempfile::tempdir().unwrap();
    let path = written(&folder.path().join("in"), &input, &mut round.numbers);
    let mut session = empty_project(folder.path(), "p.hashiya");
    let codebook = session.codebook().unwrap();
    let options = options(&mut round.numbers);
    let chosen = format!("{:?} {options:?}", options.format.map(|format| format.id));
    round.keep("options.txt", chosen.as_bytes());
    let import = || session.import(&[path], &options, &mut Watch::silent());
    let report = round
        .within(LONGEST, import)
        .unwrap_or_else(|refusal| panic!("refused: {refusal}"));
    report.diagnostics.iter().for_each(assert_tells);
    assert_told(&report);
    assert_placed(session.reader());
    let after = export(session.reader());
    assert_eq!(check(session.reader(), &mut Watch::silent()).unwrap(), []);
    if report.transaction.is_some() {
        let scope = session.scope(None, None);
        session
            .undo(&scope)
            .unwrap_or_else(|refusal| panic!("the import cannot be undone: {refusal}"));
    } else {
        assert_eq!(after, "", "something came in without a transaction");
    }
    assert_empty(&mut session, &codebook);
}

/// The path to import: the file, or the folder in which it lies with others.
fn written(folder: &Path, input: &Input, numbers: &mut Numbers) -> PathBuf {
    for (name, bytes) in &input.files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    if numbers.once_in(4) {
        folder.to_owned()
    } else {
        folder.join(&input.files[0].0)
    }
}

fn options(numbers: &mut Numbers) -> ImportOptions {
    let mut options = ImportOptions::default();
    if numbers.once_in(6) {
        let readers: Vec<_> = registry().iter().filter(|format| format.reads()).collect();
        options.format = Some(*numbers.item(&readers));
    }
    if numbers.once_in(6) {
        let units = [OffsetUnit::CodePoints, OffsetUnit::Utf16, OffsetUnit::Bytes];
        options.unit = Some(*numbers.item(&units));
    }
    options.strict = numbers.once_in(8);
    if numbers.once_in(8) {
        options.duplicates = Duplicates::Keep;
    }
    options
}

/// Each finding has its code, words, and, where something was kept out, a way on.
fn assert_tells(found: &Diagnostic) {
    let is_word = |code: &str| {
        !code.is_empty()
            && code
                .chars()
                .all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit())
    };
    assert!(is_word(found.code), "{found:?}");
    assert!(!found.message.trim().is_empty(), "{found:?}");
    assert!(
        found.severity != Severity::Error || found.hint.is_some(),
        "{found:?}"
    );
}

/// What did not come in is told.
fn assert_told(report: &ImportReport) {
    let is_empty = report.added == 0 && report.skipped == 0;
    assert!(
        !is_empty || report.findings > 0,
        "nothing came in, and nothing is said"
    );
    assert_eq!(report.findings, report.diagnostics.len() as u64);
}

/// Every span lies in its text, on code points, and its quote is there.
fn assert_placed(reader: &Reader) {
    reader
        .each_article(&ExportQuery::default(), &mut |stored, layers| {
            let text = &stored.article.text;
            for span in layers.iter().flat_map(|(_, layer)| layer.spans.iter()) {
                let ranges = span.ranges.as_slice();
                assert!(ranges.iter().all(|range| !range.is_empty()), "{span:?}");
                for range in ranges {
                    let chars = text
                        .char_range(*range)
                        .unwrap_or_else(|| panic!("outside the text: {span:?}"));
                    assert_eq!(text.byte_range(chars), Some(*range));
                }
                assert!(span.ranges.quote(text).is_some());
            }
            ControlFlow::Continue(())
        })
        .unwrap();
}

fn assert_empty(session: &mut Session, codebook: &hashiya::model::Codebook) {
    assert_eq!(*session.codebook().unwrap(), *codebook);
    let query = ListQuery::all(session.annotator().clone());
    assert_eq!(session.reader().count(&query).unwrap(), 0);
    assert_eq!(session.reader().list(&query, 0, 10).unwrap(), []);
    assert_eq!(export(session.reader()), "");
    assert_eq!(check(session.reader(), &mut Watch::silent()).unwrap(), []);
}
