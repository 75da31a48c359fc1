//! How much is in a project: articles, spans by label and annotator, status, languages.

use std::collections::BTreeMap;

use crate::model::{Annotator, ArticleId, EventTypeId, LabelId, RelationTypeId, Status, Verdict};
use crate::store::{ListQuery, Progress, Reader, ReviewCounts};

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
    /// Events of each type.
    pub events: BTreeMap<EventTypeId, EventStats>,
    /// All relations.
    pub relations: u64,
    /// Relations of each type.
    pub relation_types: BTreeMap<RelationTypeId, u64>,
    /// What each annotator did.
    pub annotators: BTreeMap<Annotator, AnnotatorStats>,
    /// Articles of each language; none where it is not known.
    pub languages: Vec<(Option<String>, u64)>,
}

/// The numbers of one type of events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EventStats {
    /// All.
    pub events: u64,
    /// Those that lack something that the codebook asks for.
    pub incomplete: u64,
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
    /// What was reviewed, flagged, and remarked on.
    pub review: ReviewCounts,
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
        let review = reader.review_counts(&annotator)?;
        let one = AnnotatorStats {
            progress,
            review,
            ..AnnotatorStats::default()
        };
        stats.annotators.insert(annotator, one);
    }
    for count in reader.label_counts()? {
        stats.spans += count.spans;
        *stats.labels.entry(count.label).or_default() += count.spans;
        stats.annotators.entry(count.annotator).or_default().spans += count.spans;
    }
    stats.events = events(reader)?;
    for count in reader.relation_counts()? {
        stats.relations += count.relations;
        *stats.relation_types.entry(count.relation_type).or_default() += count.relations;
        stats.annotators.entry(count.annotator).or_default().relations += count.relations;
    }
    Ok(stats)
}

/// Counts events, a page at a time.
fn events(reader: &Reader) -> Result<BTreeMap<EventTypeId, EventStats>, Refusal> {
    let codebook = reader.codebook()?;
    let mut counts: BTreeMap<EventTypeId, EventStats> = BTreeMap::new();
    reader.each_event(&mut |event| {
        let kind = codebook.event_type(&event.event_type);
        let is_incomplete = kind.is_some_and(|kind| !kind.missing(&event, &codebook).is_empty());
        let count = counts.entry(event.event_type).or_default();
        count.events += 1;
        count.incomplete += u64::from(is_incomplete);
    })?;
    Ok(counts)
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
    pub work: Vec<Work>,
}

/// One annotator's work on an article, as a listing has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// Whose.
    pub annotator: Annotator,
    /// How far it is.
    pub status: Status,
    /// The verdict on it.
    pub review: Option<Verdict>,
    /// Whether it is flagged.
    pub flagged: bool,
    /// How many notes are open.
    pub open_notes: u64,
    /// How many spans it has.
    pub spans: u64,
}

impl Work {
    fn is_any(&self) -> bool {
        let marked = self.spans > 0 || self.open_notes > 0 || self.flagged;
        marked || self.status != Status::Todo || self.review.is_some()
    }
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
                let work = Work {
                    annotator: name.clone(),
                    status: row.status,
                    review: row.review,
                    flagged: row.flagged,
                    open_notes: row.open_notes,
                    spans: row.spans,
                };
                let work = work.is_any().then_some(work);
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
