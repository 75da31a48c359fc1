//! The way of every article from the project into a dataset, chosen, counted, and told.

use std::io;
use std::ops::ControlFlow;

use crate::formats::{self, DatasetWriter, Diagnostic, Files, Format, Out, WriteOptions};
use crate::model::counted;
use crate::session::watch::Watch;
use crate::store::{ExportQuery, Reader};

use super::alike::Trace;
use super::choice::{Chosen, choose};
use super::refusals::refuse_several;
use super::split::Assignment;
use super::{ExportOptions, ExportReport, Stop};

/// Where one dataset goes.
pub(super) struct Destination<'a> {
    files: Box<dyn Files<'a> + 'a>,
    /// The folder in which all its files lie, for a part of a split.
    folder: Option<String>,
}

impl<'a> Destination<'a> {
    pub(super) fn new(files: Box<dyn Files<'a> + 'a>, folder: Option<String>) -> Self {
        Self { files, folder }
    }
}

impl<'a> Files<'a> for Destination<'a> {
    fn main(&mut self) -> io::Result<Out<'a>> {
        self.files.main()
    }

    fn further(&mut self, name: &str) -> io::Result<Option<Out<'a>>> {
        match &self.folder {
            Some(folder) => self.files.further(&format!("{folder}/{name}")),
            None => self.files.further(name),
        }
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        match &self.folder {
            Some(folder) => self
                .files
                .rename(&format!("{folder}/{from}"), &format!("{folder}/{to}")),
            None => self.files.rename(from, to),
        }
    }
}

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
        each_chosen(
            reader,
            format,
            options,
            watch,
            &mut ExportReport::default(),
            &mut |chosen| {
                traces.push((chosen.0.id.clone(), Trace::of(chosen.0.text.as_str())));
                Ok(())
            },
        )?;
        Ok(Self {
            names: split.names(),
            assignment: Some(split.assign(&traces)),
        })
    }

    fn of_article(&self, chosen: &Chosen) -> usize {
        let assignment = self.assignment.as_ref();
        assignment.map_or(0, |assignment| assignment.part_of(&chosen.0.id))
    }

    /// Notes an article in its part.
    fn count(&self, part: usize, report: &mut ExportReport) {
        if report.parts.is_empty() {
            report.parts = self.names.iter().map(|name| (name.clone(), 0)).collect();
        }
        if let Some((_, articles)) = report.parts.get_mut(part) {
            *articles += 1;
        }
    }
}

/// Writes a dataset, or one for each part, to one destination each.
pub(super) fn write<'a>(
    reader: &Reader,
    format: &'static Format,
    destinations: Vec<Destination<'a>>,
    name: &str,
    options: &ExportOptions,
    watch: &mut Watch<'_>,
) -> Result<ExportReport, Stop> {
    refuse_several(reader, format, options)?;
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
    let mut datasets: Vec<Box<dyn DatasetWriter + 'a>> = destinations
        .into_iter()
        .map(|files| formats::writer(format, Box::new(files), &how))
        .collect::<io::Result<_>>()?;
    let mut report = ExportReport::default();
    let mut counted = Vec::new();
    each_chosen(reader, format, options, watch, &mut report, &mut |chosen| {
        let part = parts.of_article(chosen);
        counted.push(part);
        let dataset = if format.holds_splits { 0 } else { part };
        let Some(dataset) = datasets.get_mut(dataset) else {
            return Ok(());
        };
        if let Some(name) = parts.names.get(part).filter(|_| format.holds_splits) {
            dataset.enter_split(name);
        }
        dataset.article(&chosen.0, &chosen.1)
    })?;
    for part in counted {
        parts.count(part, &mut report);
    }
    report.diagnostics = said_beforehand(format, options, &parts, &report);
    for dataset in datasets {
        report.diagnostics.extend(dataset.finish()?);
    }
    Ok(report)
}

/// What [`write`] would write, without writing.
pub(super) fn count(
    reader: &Reader,
    format: &'static Format,
    options: &ExportOptions,
    parts: &Parts,
    watch: &mut Watch<'_>,
) -> Result<ExportReport, Stop> {
    refuse_several(reader, format, options)?;
    let mut report = ExportReport::default();
    let mut counted = Vec::new();
    each_chosen(reader, format, options, watch, &mut report, &mut |chosen| {
        counted.push(parts.of_article(chosen));
        Ok(())
    })?;
    for part in counted {
        parts.count(part, &mut report);
    }
    report.diagnostics = said_beforehand(format, options, parts, &report);
    Ok(report)
}

/// Shows every article that goes out, in order, and counts it in the report.
fn each_chosen(
    reader: &Reader,
    format: &'static Format,
    options: &ExportOptions,
    watch: &mut Watch<'_>,
    report: &mut ExportReport,
    visit: &mut dyn FnMut(&Chosen) -> io::Result<()>,
) -> Result<(), Stop> {
    let languages = reader.languages().map_err(refused)?;
    let total = languages.iter().map(|(_, articles)| articles).sum();
    let query = ExportQuery {
        annotator: options.annotator.clone(),
    };
    let (mut seen, mut stop) = (0, None);
    let visited = reader.each_article(&query, &mut |stored, layers| {
        if watch.is_cancelled() {
            stop = Some(Stop::Cancelled);
            return ControlFlow::Break(());
        }
        seen += 1;
        watch.report(seen, Some(total));
        let given = (stored.article, layers);
        let Some((article, layers)) = choose(options, format, given, &mut report.behind) else {
            return ControlFlow::Continue(());
        };
        let chosen = options.newline.apply(article, layers);
        if let Err(cause) = visit(&chosen) {
            stop = Some(Stop::Io(cause));
            return ControlFlow::Break(());
        }
        report.articles += 1;
        report.layers += chosen.1.len() as u64;
        let spans = chosen.1.iter().map(|(_, layer)| layer.spans.len() as u64);
        report.spans += spans.sum::<u64>();
        if !format.cannot_hold.is_empty() {
            report.contents.add(&chosen.0, &chosen.1);
        }
        ControlFlow::Continue(())
    });
    visited.map_err(refused)?;
    stop.map_or(Ok(()), Err)
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
            .map_or("any", |status| status.name());
        let message = format!(
            "{} stayed behind because their status is not {wanted}",
            articles(report.behind.status)
        );
        said.push(Diagnostic::info("other_status", message).with_hint("--status any takes all"));
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
