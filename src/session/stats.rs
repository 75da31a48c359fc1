//! How much is in a project: articles, spans by label and annotator, status, languages.

use std::collections::BTreeMap;

use crate::model::{Annotator, ArticleId, LabelId, RelationTypeId, Status, Verdict};
use crate::store::{ListQuery, Progress, Reader};

use super::refusal::Refusal;

/// Rows that are read at once.
const PAGE: u64 = 500;

/// The numbers of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// All articles.
    pub articles: u64,
    /// All spans.
    pub spans: u64,
    /// Spans under each label.
    pub labels: BTreeMap<LabelId, u64>,
    /// All relations.
    pub relations: u64,
    /// Relations of each type.
    pub relation_types: BTreeMap<RelationTypeId, u64>,
    /// What each annotator did.
    pub annotators: BTreeMap<Annotator, AnnotatorStats>,
    /// Articles of each language; none where it is not known.
    pub languages: Vec<(Option<String>, u64)>,
}

/// The numbers of one annotator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnnotatorStats {
    /// Spans.
    pub spans: u64,
    /// Relations.
    pub relations: u64,
    /// Articles by status.
    pub progress: Progress,
}

/// Counts what is in a project.
///
/// # Errors
/// Whatever the disk reports.
pub fn stats(reader: &Reader) -> Result<Stats, Refusal> {
    let languages = reader.languages()?;
    let mut stats = Stats {
        articles: languages.iter().map(|(_, count)| count).sum(),
        languages,
        ..Stats::default()
    };
    for annotator in reader.annotators()? {
        let progress = reader.progress(&annotator)?;
        let work = AnnotatorStats {
            progress,
            ..AnnotatorStats::default()
        };
        stats.annotators.insert(annotator, work);
    }
    for count in reader.label_counts()? {
        stats.spans += count.spans;
        *stats.labels.entry(count.label).or_default() += count.spans;
        stats.annotators.entry(count.annotator).or_default().spans += count.spans;
    }
    for count in reader.relation_counts()? {
        stats.relations += count.relations;
        *stats.relation_types.entry(count.relation_type).or_default() += count.relations;
        stats.annotators.entry(count.annotator).or_default().relations += count.relations;
    }
    Ok(stats)
}

/// An article in a listing, with everyone's work on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Which.
    pub id: ArticleId,
    /// Headline.
    pub title: Option<String>,
    /// Language.
    pub lang: Option<String>,
    /// Length in code points.
    pub chars: u64,
    /// Who did how much, in the order of names; those who did nothing are left out.
    pub work: Vec<(Annotator, Status, Option<Verdict>, u64)>,
}

/// Hands over all articles in order. Stops where `visit` fails.
///
/// # Errors
/// Whatever the disk reports, and what `visit` answers.
pub fn each_listed<E: From<Refusal>>(
    reader: &Reader,
    mut visit: impl FnMut(Listed) -> Result<(), E>,
) -> Result<(), E> {
    let annotators = reader.annotators().map_err(Refusal::from)?;
    // Where nobody has done anything yet, a name that nobody has lists the articles.
    let nobody = Annotator::new("-").ok().filter(|_| annotators.is_empty());
    let names: Vec<Annotator> = annotators.into_iter().chain(nobody).collect();
    for page in 0.. {
        let mut rows: Vec<Listed> = Vec::new();
        for name in &names {
            let query = ListQuery::all(name.clone());
            let found = reader.list(&query, page * PAGE, PAGE).map_err(Refusal::from)?;
            for (place, row) in found.into_iter().enumerate() {
                let work = (row.spans > 0 || row.status != Status::Todo || row.review.is_some())
                    .then(|| (name.clone(), row.status, row.review, row.spans));
                match rows.get_mut(place) {
                    Some(listed) => listed.work.extend(work),
                    None => rows.push(Listed {
                        id: row.id,
                        title: row.title,
                        lang: row.lang,
                        chars: row.chars,
                        work: work.into_iter().collect(),
                    }),
                }
            }
        }
        let is_last = rows.len() < PAGE as usize;
        rows.into_iter().try_for_each(&mut visit)?;
        if is_last {
            break;
        }
    }
    Ok(())
}
