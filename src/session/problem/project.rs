//! The problems of a whole project, article by article, and a report of them for the window.

use std::ops::ControlFlow;

use crate::model::problem::Problem;
use crate::model::{Annotator, ArticleId};
use crate::session::check::{Finding, check};
use crate::session::refusal::Refusal;
use crate::session::unsettled::ReadBy;
use crate::session::watch::Watch;
use crate::store::{ExportQuery, Reader};
use crate::text::CharRange;

use super::{casualty_words, problems_of};

/// Problems that a report holds at most; the others are counted.
const LISTED: usize = 2_000;

/// A problem with where it is in a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundProblem {
    /// In which article.
    pub article: ArticleId,
    /// Its title.
    pub title: Option<String>,
    /// On whose layer.
    pub annotator: Annotator,
    /// Where in the text, in code points.
    pub at: Option<CharRange>,
    /// What it is.
    pub problem: Problem,
}

/// What a check of a whole project came to.
#[derive(Clone, Debug, Default)]
pub struct CheckReport {
    /// Names the report; another number for each.
    pub number: u64,
    /// What is unsound in the project itself.
    pub findings: Vec<Finding>,
    /// The first problems, in the order of the articles.
    pub problems: Vec<FoundProblem>,
    /// How many problems there are.
    pub total: u64,
    /// In how many articles.
    pub articles: u64,
    /// Whether it was stopped before its end.
    pub cancelled: bool,
}

/// Hands on each open problem of each layer, in the order of the articles, until told to stop. No more than one
/// article is held at a time.
///
/// # Errors
/// Where the project cannot be read.
pub fn each_problem(
    reader: &Reader,
    watch: &mut Watch<'_>,
    take: &mut dyn FnMut(FoundProblem) -> ControlFlow<()>,
) -> Result<(), Refusal> {
    let codebook = reader.codebook()?;
    let mut done = 0;
    reader.each_article(&ExportQuery::default(), &mut |stored, layers| {
        let article = stored.article;
        // A text that nobody has worked on yet is not read through.
        let casualties = if layers.is_empty() {
            Vec::new()
        } else {
            casualty_words(article.text.as_str(), article.header.lang.as_deref())
        };
        for (annotator, layer) in &layers {
            let by = ReadBy {
                codebook: &codebook,
                header: &article.header,
                text: &article.text,
            };
            let problems = problems_of(by, layer, &casualties);
            for problem in problems.open {
                take(FoundProblem {
                    article: article.id.clone(),
                    title: article.header.title.clone(),
                    annotator: annotator.clone(),
                    at: problem.at.and_then(|range| article.text.char_range(range)),
                    problem,
                })?;
            }
        }
        done += 1;
        watch.report(done, None);
        if watch.is_cancelled() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    Ok(())
}

/// Checks a whole project: that it is sound, and if it is, what is to be asked about its articles.
///
/// # Errors
/// Where the project cannot be read.
pub fn check_report(reader: &Reader, watch: &mut Watch<'_>) -> Result<CheckReport, Refusal> {
    let mut report = CheckReport {
        findings: check(reader, watch)?,
        ..CheckReport::default()
    };
    if report.findings.iter().all(|finding| !finding.is_error) && !watch.is_cancelled() {
        let mut last = None;
        each_problem(reader, watch, &mut |found| {
            report.total += 1;
            if last.as_ref() != Some(&found.article) {
                last = Some(found.article.clone());
                report.articles += 1;
            }
            if report.problems.len() < LISTED {
                report.problems.push(found);
            }
            ControlFlow::Continue(())
        })?;
    }
    report.cancelled = watch.is_cancelled();
    Ok(report)
}
