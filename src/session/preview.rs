//! What files would bring into a project, seen before anything comes in: a bounded look at each, no more.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use crate::formats::{self, Detected, Diagnostic, Format, Incoming, ReadOptions, Sink};
use crate::model::{Annotator, Codebook, LabelId};

use super::import::ImportOptions;
use super::refusal::Refusal;
use super::sources::Sources;
use super::watch::Watch;

/// Files that are looked into; the others are counted.
const FILES: usize = 50;
/// Articles that are shown.
const SHOWN: usize = 5;
/// Articles that are read of one file.
const READ: u64 = 200;
/// Bytes that are read of one file.
const BYTES: u64 = 8 << 20;
/// Findings that are listed.
const LISTED: usize = 100;
/// Code points of a text that are shown.
const BEGINNING: usize = 240;

/// What files would bring.
#[derive(Clone, Debug, Default)]
pub struct ImportPreview {
    /// Goes up with each preview; 0 only in tests.
    pub number: u64,
    /// What was asked for, to be imported as it was seen.
    pub paths: Vec<PathBuf>,
    /// The files looked into, in the order in which they would be read.
    pub files: Vec<FilePreview>,
    /// How many more files there are.
    pub more_files: u64,
    /// The first articles.
    pub articles: Vec<ArticlePreview>,
    /// Articles seen.
    pub seen: u64,
    /// Whether that was all of every file.
    pub is_whole: bool,
    /// The labels seen with how many spans have each.
    pub labels: BTreeMap<LabelId, LabelPreview>,
    /// Annotators named.
    pub annotators: BTreeSet<Annotator>,
    /// The first findings.
    pub diagnostics: Vec<Diagnostic>,
}

/// One file.
#[derive(Clone, Debug)]
pub struct FilePreview {
    /// Where it lies.
    pub path: PathBuf,
    /// What reads it; `None` where nothing does.
    pub format: Option<&'static Format>,
    /// Articles seen in it.
    pub articles: u64,
    /// The columns of a table, for choosing what each holds; empty for other files.
    pub columns: Vec<String>,
}

/// One article.
#[derive(Clone, Debug)]
pub struct ArticlePreview {
    /// Its title, or else its id.
    pub title: String,
    /// Its language.
    pub lang: Option<String>,
    /// How its text begins.
    pub beginning: String,
    /// Code points of its text.
    pub length: usize,
    /// Spans on all its layers.
    pub spans: usize,
}

/// One label in files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LabelPreview {
    /// Spans seen.
    pub spans: u64,
    /// Whether the codebook has it.
    pub is_known: bool,
}

/// Looks into files.
///
/// # Errors
/// Where a path leads nowhere.
pub(super) fn preview(
    paths: &[PathBuf],
    codebook: &Arc<Codebook>,
    options: &ImportOptions,
    watch: &mut Watch<'_>,
) -> Result<ImportPreview, Refusal> {
    let sources = Sources::find(paths)?;
    let mut look = Look {
        preview: ImportPreview {
            paths: paths.to_vec(),
            is_whole: true,
            ..ImportPreview::default()
        },
        codebook,
        options,
        in_file: 0,
    };
    sources.diagnostics.into_iter().for_each(|found| look.tell(found));
    let reading = options.reading(codebook);
    let total = sources.files.len() as u64;
    for (done, file) in (0_u64..).zip(sources.files) {
        if look.preview.files.len() >= FILES || watch.is_cancelled() {
            look.preview.more_files += 1;
            look.preview.is_whole = false;
            continue;
        }
        watch.report(done, Some(total));
        look.look_into(file.path, &reading);
    }
    Ok(look.preview)
}

/// Takes in what readers find, until it has seen enough.
struct Look<'a> {
    preview: ImportPreview,
    codebook: &'a Codebook,
    options: &'a ImportOptions,
    in_file: u64,
}

impl Look<'_> {
    fn look_into(&mut self, path: PathBuf, reading: &ReadOptions) {
        let found = match self.options.format {
            Some(format) => Ok(Detected::Reads(format)),
            None => formats::detect(&path),
        };
        self.in_file = 0;
        let mut columns = Vec::new();
        let format = match found {
            Ok(Detected::Companion(_)) => return,
            Ok(Detected::Reads(format)) => {
                columns = format.columns(&path);
                if formats::read(format, &path, reading, self).is_break() {
                    self.preview.is_whole = false;
                }
                Some(format)
            }
            Err(found) => {
                self.tell(found);
                None
            }
        };
        self.preview.files.push(FilePreview {
            path,
            format,
            articles: self.in_file,
            columns,
        });
    }

    fn tell(&mut self, found: Diagnostic) {
        if self.preview.diagnostics.len() < LISTED {
            self.preview.diagnostics.push(found);
        }
    }
}

impl Sink for Look<'_> {
    fn article(&mut self, incoming: Incoming) -> ControlFlow<()> {
        let article = &incoming.article;
        for (annotator, layer) in &incoming.layers {
            for span in layer.spans.iter() {
                let seen = self.preview.labels.entry(span.label.clone()).or_default();
                seen.spans += 1;
                seen.is_known = self.codebook.label(&span.label).is_some();
            }
            self.preview.annotators.extend(annotator.clone());
        }
        if self.preview.articles.len() < SHOWN {
            let title = article.header.title.clone();
            let beginning = article.text.as_str().chars().take(BEGINNING);
            self.preview.articles.push(ArticlePreview {
                title: title.unwrap_or_else(|| article.id.to_string()),
                lang: article.header.lang.clone(),
                // A preview is a few lines, whatever the lines of the text are.
                beginning: beginning
                    .collect::<String>()
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" "),
                length: article.text.char_len(),
                spans: incoming.layers.iter().map(|(_, layer)| layer.spans.len()).sum(),
            });
        }
        self.preview.seen += 1;
        self.in_file += 1;
        if self.in_file >= READ {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    fn diagnostic(&mut self, found: Diagnostic) {
        self.tell(found);
    }

    fn progress(&mut self, bytes: u64) -> ControlFlow<()> {
        if bytes >= BYTES {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::codebook_toml::default_codebook;
    use crate::session::Cancel;

    fn look_at(files: &[(&str, String)]) -> ImportPreview {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        let codebook = Arc::new(default_codebook());
        let paths = [folder.path().to_owned()];
        preview(&paths, &codebook, &ImportOptions::default(), &mut Watch::silent()).unwrap()
    }

    #[test]
    fn files_articles_and_labels_are_seen_and_what_is_wrong_is_told() {
        let line = r#"{"text":"Alep, Homs","label":[[0,4,"location"],[6,10,"TOWN"],[0,99,"TOWN"]]}"#;
        let seen = look_at(&[
            ("a.jsonl", format!("{line}\n")),
            ("b.txt", "Un titre\n\nDes mots.".to_owned()),
            ("c.xyz", "?".to_owned()),
        ]);
        let formats: Vec<_> = seen
            .files
            .iter()
            .map(|file| file.format.map(|one| one.id))
            .collect();
        assert_eq!((formats.len(), formats[1], formats[2]), (3, Some("text"), None));
        assert_eq!((seen.seen, seen.is_whole), (2, true));
        let known: Vec<_> = seen
            .labels
            .iter()
            .map(|(id, seen)| (id.as_str(), seen.is_known))
            .collect();
        assert_eq!(known, [("TOWN", false), ("location", true)]);
        let codes: Vec<_> = seen.diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(codes, ["bad_offsets", "unknown_ending"]);
    }

    #[test]
    fn a_look_that_was_stopped_does_not_pass_for_the_whole() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "mot").unwrap();
        let cancel = Cancel::default();
        cancel.cancel();
        let (paths, options) = ([folder.path().to_owned()], ImportOptions::default());
        let mut watch = Watch::new(cancel, |_, _| {});
        let seen = preview(&paths, &Arc::new(default_codebook()), &options, &mut watch).unwrap();
        assert_eq!((seen.is_whole, seen.more_files), (false, 1));
    }

    #[test]
    fn a_large_file_is_not_read_to_its_end() {
        let lines: Vec<String> = (0..1000)
            .map(|n| format!("{{\"text\":\"article {n}\"}}\n"))
            .collect();
        let seen = look_at(&[("a.jsonl", lines.concat())]);
        assert_eq!((seen.seen, seen.is_whole), (READ, false));
        assert_eq!(seen.articles.len(), SHOWN);
    }
}
