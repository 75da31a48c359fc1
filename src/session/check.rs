//! Proof that a project is sound: its file, its journal, and that its export says what it holds.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

use crate::formats::{self, Collected, Diagnostic, ReadOptions};
use crate::model::{Annotator, Article, ArticleId, Extra, Layer};
use crate::store::{self, ExportQuery, Reader, Recovered, Recovery};

use super::config::Config;
use super::refusal::Refusal;
use super::watch::Watch;

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// A stable name.
    pub code: String,
    /// Whether the project is unsound; else it is a warning.
    pub is_error: bool,
    /// Where, such as `article a-1, annotator me, span s1`.
    pub place: Option<String>,
    /// In words.
    pub message: String,
}

/// Bytes that are written and read back at once, as [`weight`] counts them.
const CHUNK_BYTES: usize = 8 << 20;
/// What a text or an annotation takes in memory beside its words, roughly.
const RECORD_BYTES: usize = 2 << 10;

/// Looks at everything in a project; no finding means that it is sound.
///
/// # Errors
/// Only where the project cannot be read at all.
pub fn check(reader: &Reader, watch: &mut Watch<'_>) -> Result<Vec<Finding>, Refusal> {
    let found = reader.check(&mut watch.meter())?;
    let mut findings: Vec<Finding> = found.into_iter().map(Finding::from).collect();
    if findings.iter().all(|finding| !finding.is_error) {
        findings.extend(export_agrees(reader, watch)?);
    }
    Ok(findings)
}

impl From<store::Finding> for Finding {
    fn from(found: store::Finding) -> Self {
        Self {
            code: found.code.to_owned(),
            is_error: found.severity == store::Severity::Error,
            place: found.place,
            message: found.message,
        }
    }
}

/// Writes every article as JSONL, reads it back, and compares.
fn export_agrees(reader: &Reader, watch: &mut Watch<'_>) -> Result<Vec<Finding>, Refusal> {
    let folder = tempfile::tempdir().map_err(|cause| no_room(&cause))?;
    let path = folder.path().join("check.jsonl");
    let (mut chunk, mut bytes) = (Vec::new(), 0);
    let (mut findings, mut failed, mut done) = (Vec::new(), None, 0);
    let compare = |chunk: &mut Vec<Marked>, findings: &mut Vec<Finding>| {
        let compared = compare_chunk(&path, chunk, findings);
        chunk.clear();
        compared
    };
    reader.each_article(&ExportQuery::default(), &mut |stored, layers| {
        bytes += weight(&stored.article, &layers);
        chunk.push((stored.article, layers));
        done += 1;
        watch.report(done, None);
        if bytes < CHUNK_BYTES {
            return ControlFlow::Continue(());
        }
        bytes = 0;
        failed = compare(&mut chunk, &mut findings).err();
        if failed.is_some() || watch.is_cancelled() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    if let Some(cause) = failed {
        return Err(no_room(&cause));
    }
    compare(&mut chunk, &mut findings).map_err(|cause| no_room(&cause))?;
    Ok(findings)
}

type Marked = (Article, Vec<(Annotator, Layer)>);

/// About how much memory an article takes with its annotations: short ones consist of little else.
fn weight(article: &Article, layers: &[(Annotator, Layer)]) -> usize {
    let records = layers
        .iter()
        .map(|(_, layer)| layer.spans.len() + layer.relations.len() + layer.events.len() + layer.notes.len());
    article.text.end().get() + RECORD_BYTES * records.fold(1, usize::saturating_add)
}

fn no_room(cause: &std::io::Error) -> Refusal {
    Refusal::new(
        "disk_full",
        format!("the export cannot be tried in the folder for temporary files: {cause}"),
    )
    .hint("make room there, or set TMPDIR to another folder")
}

fn compare_chunk(path: &Path, chunk: &[Marked], findings: &mut Vec<Finding>) -> std::io::Result<()> {
    // Without an article the export is an empty file, which readers refuse, and rightly so.
    let Some(jsonl) = formats::format("jsonl").filter(|_| !chunk.is_empty()) else {
        return Ok(());
    };
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    let files = Box::new(formats::Stream::new(&mut out));
    let mut writer = formats::writer(jsonl, files, &formats::WriteOptions::default())?;
    for (article, layers) in chunk {
        writer.article(article, layers)?;
    }
    writer.finish()?;
    out.flush()?;
    let mut read = Collected::default();
    // The sink never breaks.
    formats::read(jsonl, path, &ReadOptions::default(), &mut read).is_break();
    let kept_out = read
        .diagnostics
        .into_iter()
        .filter(|found| found.severity == formats::Severity::Error);
    findings.extend(kept_out.map(|found: Diagnostic| Finding {
        code: "export_unreadable".to_owned(),
        is_error: true,
        place: None,
        message: format!("the export cannot be read back: {}", found.message),
    }));
    let mut back: BTreeMap<ArticleId, (Article, BTreeMap<Annotator, Layer>)> = BTreeMap::new();
    for incoming in read.articles {
        let id = incoming.article.id.clone();
        let (_, layers) = back
            .entry(id)
            .or_insert_with(|| (incoming.article, BTreeMap::new()));
        layers.extend(
            incoming
                .layers
                .into_iter()
                .filter_map(|(by, layer)| Some((by?, layer))),
        );
    }
    findings.extend(chunk.iter().filter_map(|marked| disagreement(marked, &back)));
    Ok(())
}

fn disagreement(
    (article, layers): &Marked,
    back: &BTreeMap<ArticleId, (Article, BTreeMap<Annotator, Layer>)>,
) -> Option<Finding> {
    let id = &article.id;
    let found = |place: String, message: &str| {
        Some(Finding {
            code: "export_disagrees".to_owned(),
            is_error: true,
            place: Some(place),
            message: message.to_owned(),
        })
    };
    let Some((read, read_layers)) = back.get(id) else {
        return found(format!("article {id}"), "the export does not hold the article");
    };
    let wanted: Vec<_> = layers.iter().filter(|(_, layer)| layer.exists()).collect();
    let mut article = Cow::Borrowed(article);
    // Unknown keys of an article stand on each annotator's line and are read back as that line's.
    let carried = if wanted.is_empty() || article.header.extra.is_empty() {
        Extra::new()
    } else {
        std::mem::take(&mut article.to_mut().header.extra)
    };
    if *read != *article {
        return found(
            format!("article {id}"),
            "the export says something else about the article",
        );
    }
    for (annotator, layer) in wanted {
        let mut layer = Cow::Borrowed(layer);
        if !layer.events.is_empty() {
            // The export has the order alone, and one order can have many ranks.
            layer.to_mut().settle_ranks();
        }
        for (key, value) in &carried {
            if !layer.extra.contains_key(key) {
                layer.to_mut().extra.insert(key.clone(), value.clone());
            }
        }
        if read_layers.get(annotator) != Some(&*layer) {
            let place = format!("article {id}, annotator {annotator}");
            return found(place, "the export says something else than the project");
        }
    }
    None
}

/// Saves what can be read of a damaged project into a new one; nothing where it was stopped.
///
/// # Errors
/// Where the damaged file cannot be read at all, or the new one is there already.
pub fn recover(
    damaged: &Path,
    new: &Path,
    config: &Config,
    watch: &mut Watch<'_>,
) -> Result<Option<Recovered>, Refusal> {
    let recovery = Recovery {
        batch: config.new_batch()?,
        project_id: config.ids.next(),
        author: config.annotator.clone(),
        at: config.clock.now(),
    };
    let recovered = store::recover(damaged, new, &recovery, &mut watch.meter())?;
    Ok(recovered.continue_value())
}
