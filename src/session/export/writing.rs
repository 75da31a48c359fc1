//! The way of every article from the project into a dataset, chosen, counted, and told.

use std::io;
use std::ops::ControlFlow;

use crate::formats::{self, DatasetWriter, Diagnostic, Files, Format, LeftOut, WriteOptions};
use crate::model::counted;
use crate::session::watch::Watch;
use crate::store::{ExportQuery, Reader};

use super::alike::Trace;
use super::choice::{Chosen, StayedBehind, choose};
use super::refusals::{refuse_nothing, refuse_several, refuse_unknown};
use super::split::Assignment;
use super::{ExportOptions, ExportReport, PartReport, Stop};

/// Which part each article is in, where a dataset is split.
pub(super) struct Parts {
    names: Vec<String>,
    assignment: Option<Assignment>,
}

impl Parts {
    /// Looks at every article that goes out, where the dataset is split.
    pub(super) fn of(
        reader: &Reader,
        format: &'static Format,
        options: &ExportOptions,
        watch: &mut Watch<'_>,
    ) -> Result<Self, Stop> {
        let Some(split) = &options.split else {
            return Ok(Self {
                names: Vec::new(),
                assignment: None,
            });
        };
        let mut traces = Vec::new();
        each_chosen(reader, format, options, watch, &mut |chosen| {
            traces.push((chosen.0.id.clone(), Trace::of(chosen.0.text.as_str())));
            Ok(())
        })?;
        Ok(Self {
            names: split.names(),
            assignment: Some(split.assign(&traces)),
        })
    }

    fn of_article(&self, chosen: &Chosen) -> usize {
        let assignment = self.assignment.as_ref();
        assignment.map_or(0, |assignment| assignment.part_of(&chosen.0.id))
    }
}

/// Where the datasets go, in the order of the parts.
pub(super) type Destinations<'a> = Vec<Box<dyn Files<'a> + 'a>>;

/// The datasets while they are written.
struct Datasets<'a, 'p> {
    writers: Vec<Box<dyn DatasetWriter + 'a>>,
    parts: &'p Parts,
    /// Whether one dataset holds all parts.
    holds_splits: bool,
}

impl<'a, 'p> Datasets<'a, 'p> {
    fn open(
        format: &'static Format,
        parts: &'p Parts,
        destinations: Destinations<'a>,
        how: &WriteOptions,
    ) -> io::Result<Self> {
        let writers = destinations.into_iter();
        let writers = writers.map(|files| formats::writer(format, files, how));
        Ok(Self {
            writers: writers.collect::<io::Result<_>>()?,
            parts,
            holds_splits: format.holds_splits,
        })
    }

    /// Writes an article to its part, and counts what of it was written.
    fn take(&mut self, chosen: &Chosen, report: &mut ExportReport) -> io::Result<()> {
        let part = self.parts.of_article(chosen);
        let dataset = if self.holds_splits { 0 } else { part };
        let Some(writer) = self.writers.get_mut(dataset) else {
            return Ok(());
        };
        if let Some(name) = self.parts.names.get(part).filter(|_| self.holds_splits) {
            writer.enter_split(name);
        }
        let before = writer.left_out();
        writer.article(&chosen.0, &chosen.1)?;
        count(chosen, writer.left_out() - before, part, report);
        Ok(())
    }
}

/// Counts an article in that was handed to a writer, but for what the writer left out.
fn count(chosen: &Chosen, left_out: LeftOut, part: usize, report: &mut ExportReport) {
    let spans = chosen.1.iter().map(|(_, layer)| layer.spans.len() as u64);
    let spans = spans.sum::<u64>().saturating_sub(left_out.spans);
    let articles = 1_u64.saturating_sub(left_out.articles);
    report.articles += articles;
    report.layers += articles * chosen.1.len() as u64;
    report.spans += spans;
    if let Some(part) = report.parts.get_mut(part) {
        part.articles += articles;
        part.spans += spans;
    }
}

/// Writes a dataset, or one for each part, each to its destination. Where these lead nowhere, it only tells what it
/// would write.
pub(super) fn write(
    reader: &Reader,
    format: &'static Format,
    destinations: Destinations<'_>,
    name: &str,
    options: &ExportOptions,
    watch: &mut Watch<'_>,
) -> Result<ExportReport, Stop> {
    refuse_several(reader, format, options)?;
    refuse_unknown(reader, options)?;
    let parts = Parts::of(reader, format, options, watch)?;
    let how = WriteOptions {
        codebook: reader.codebook().map_err(refused)?.into(),
        name: name.to_owned(),
        unit: options.unit,
        splits: if format.holds_splits {
            parts.names.clone()
        } else {
            Vec::new()
        },
    };
    let mut report = ExportReport {
        parts: parts.names.iter().cloned().map(PartReport::named).collect(),
        ..ExportReport::default()
    };
    // Nothing goes out before it is known that something will: a stream takes nothing back.
    let mut waiting = Some(destinations);
    let mut datasets: Option<Datasets<'_, '_>> = None;
    let behind = each_chosen(reader, format, options, watch, &mut |chosen| {
        if let Some(destinations) = waiting.take() {
            datasets = Some(Datasets::open(format, &parts, destinations, &how)?);
        }
        if !format.cannot_hold.is_empty() {
            report.contents.add(&chosen.0, &chosen.1);
        }
        match &mut datasets {
            Some(datasets) => datasets.take(chosen, &mut report),
            None => Ok(()),
        }
    })?;
    report.behind = behind;
    if let Some(destinations) = waiting {
        refuse_nothing(reader, format, options, behind)?;
        datasets = Some(Datasets::open(format, &parts, destinations, &how)?);
        let message = "the project has no articles, so the dataset has none";
        report
            .diagnostics
            .push(Diagnostic::warning("no_articles", message));
    }
    let said = said_beforehand(format, options, &parts, &report);
    report.diagnostics.extend(said);
    for dataset in datasets.into_iter().flat_map(|datasets| datasets.writers) {
        report.diagnostics.extend(dataset.finish()?);
    }
    Ok(report)
}

/// Shows every article that goes out, in order, and counts those that stay behind.
fn each_chosen(
    reader: &Reader,
    format: &'static Format,
    options: &ExportOptions,
    watch: &mut Watch<'_>,
    visit: &mut dyn FnMut(&Chosen) -> io::Result<()>,
) -> Result<StayedBehind, Stop> {
    let languages = reader.languages().map_err(refused)?;
    let total = languages.iter().map(|(_, articles)| articles).sum();
    let query = ExportQuery {
        annotator: options.annotator.clone(),
    };
    let (mut seen, mut stop) = (0, None);
    let mut behind = StayedBehind::default();
    let visited = reader.each_article(&query, &mut |stored, layers| {
        if watch.is_cancelled() {
            stop = Some(Stop::Cancelled);
            return ControlFlow::Break(());
        }
        seen += 1;
        watch.report(seen, Some(total));
        let given = (stored.article, layers);
        let Some((article, layers)) = choose(options, format, given, &mut behind) else {
            return ControlFlow::Continue(());
        };
        let chosen = options.newline.apply(article, layers);
        if let Err(cause) = visit(&chosen) {
            stop = Some(Stop::Io(cause));
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    visited.map_err(refused)?;
    stop.map_or(Ok(behind), Err)
}

/// What is known without having written: what stayed behind, and what the format has no room for.
fn said_beforehand(
    format: &'static Format,
    options: &ExportOptions,
    parts: &Parts,
    report: &ExportReport,
) -> Vec<Diagnostic> {
    let mut said = Vec::new();
    let articles = |count: u64| counted(count, "article");
    if report.behind.status > 0 {
        let wanted = options
            .status
            .wanted(format)
            .map_or("any", |status| status.in_words());
        let message = format!(
            "{} stayed behind because their status is not “{wanted}”",
            articles(report.behind.status)
        );
        said.push(
            Diagnostic::info("other_status", message)
                .with_hint("any status takes them in too (`--status any`)"),
        );
    }
    if report.behind.language > 0 {
        let message = format!(
            "{} stayed behind in other languages",
            articles(report.behind.language)
        );
        said.push(Diagnostic::info("other_language", message));
    }
    if let Some(assignment) = parts.assignment.as_ref().filter(|one| one.near_identical > 0) {
        let message = format!(
            "{} nearly the same as another one went into the same part",
            articles(assignment.near_identical)
        );
        said.push(Diagnostic::info("near_identical", message));
    }
    said.extend(report.contents.findings(format));
    said
}

fn refused(error: crate::store::StoreError) -> Stop {
    Stop::Refusal(error.into())
}
