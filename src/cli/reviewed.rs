//! What was reviewed, flagged, and remarked on, as the command line filters and writes it.

use serde_json::{Map, Value as Json, json};

use crate::model::{Layer, Note, Reply, Span, SpanReview, Status, Timestamp, Verdict, counted};
use crate::session::{Refusal, ReviewCounts, ReviewFilter, Work};

use super::args::List;
use super::terminal::Stop;

/// Which work a list takes.
pub struct WorkFilter {
    status: Option<Status>,
    review: Option<ReviewFilter>,
    flagged: bool,
    open_notes: bool,
}

impl WorkFilter {
    /// What was typed.
    ///
    /// # Errors
    /// A status or a verdict that there is not.
    pub fn of(typed: &List) -> Result<Self, Stop> {
        let unknown = |what: &str, name: &str, known: &str| {
            let refusal = Refusal::new(&format!("unknown_{what}"), format!("there is no {what} {name}"));
            Stop::Usage(refusal.hint(format!("it is one of {known}")))
        };
        let status = typed.status.as_deref().map(|name| {
            let known = "todo, in_progress, done, skipped";
            Status::from_name(name).ok_or_else(|| unknown("status", name, known))
        });
        let review = typed.review.as_deref().map(|name| match name {
            "none" => Ok(ReviewFilter::Unreviewed),
            name => Verdict::from_name(name)
                .map(ReviewFilter::Given)
                .ok_or_else(|| unknown("verdict", name, "approved, changes_requested, none")),
        });
        Ok(Self {
            status: status.transpose()?,
            review: review.transpose()?,
            flagged: typed.flagged,
            open_notes: typed.open_notes,
        })
    }

    /// Whether anything is asked for.
    pub fn is_any(&self) -> bool {
        self.status.is_some() || self.review.is_some() || self.flagged || self.open_notes
    }

    /// Whether somebody's work on an article is all that is asked for. Where nobody has begun, it is to do and not
    /// reviewed.
    pub fn takes(&self, work: &[Work]) -> bool {
        if work.is_empty() {
            let is_todo = self.status.is_none_or(|status| status == Status::Todo);
            let is_unreviewed = self
                .review
                .is_none_or(|review| review == ReviewFilter::Unreviewed);
            return is_todo && is_unreviewed && !self.flagged && !self.open_notes;
        }
        work.iter().any(|work| {
            let review = match self.review {
                None => true,
                Some(ReviewFilter::Unreviewed) => work.review.is_none(),
                Some(ReviewFilter::Given(verdict)) => work.review == Some(verdict),
            };
            let status = self.status.is_none_or(|status| status == work.status);
            let flagged = !self.flagged || work.flagged;
            status && review && flagged && (!self.open_notes || work.open_notes > 0)
        })
    }
}

/// One annotator's work on an article.
pub fn work_json(work: &Work) -> Json {
    let mut json = Map::new();
    json.insert("annotator".to_owned(), json!(work.annotator.as_str()));
    json.insert("status".to_owned(), json!(work.status.name()));
    if let Some(review) = work.review {
        json.insert("review".to_owned(), json!(review.name()));
    }
    if work.flagged {
        json.insert("flagged".to_owned(), json!(true));
    }
    if work.open_notes > 0 {
        json.insert("open_notes".to_owned(), json!(work.open_notes));
    }
    json.insert("spans".to_owned(), json!(work.spans));
    Json::Object(json)
}

/// What stands behind the title in a list: verdicts, the flag, open notes.
pub fn review_marks(work: &[Work]) -> String {
    let mut marks: Vec<String> = Vec::new();
    let verdicts: std::collections::BTreeSet<Verdict> = work.iter().filter_map(|work| work.review).collect();
    marks.extend(
        verdicts
            .into_iter()
            .map(|verdict| verdict.name().replace('_', " ")),
    );
    if work.iter().any(|work| work.flagged) {
        marks.push("flagged".to_owned());
    }
    let notes: u64 = work.iter().map(|work| work.open_notes).sum();
    if notes > 0 {
        marks.push(counted(notes, "open note"));
    }
    bracketed(&marks)
}

/// What stands behind an annotator's name: the verdict and the flag.
pub fn layer_marks(layer: &Layer) -> String {
    let verdict = layer.review.map(|verdict| verdict.name().replace('_', " "));
    let flag = layer.flagged.then(|| "flagged".to_owned());
    let marks: Vec<String> = verdict.into_iter().chain(flag).collect();
    if marks.is_empty() {
        String::new()
    } else {
        format!(" · {}", marks.join(" · "))
    }
}

/// What stands behind a span: the verdict, by whom, when.
pub fn span_marks(span: &Span) -> String {
    let Some(SpanReview { verdict, by, at, .. }) = &span.review else {
        return String::new();
    };
    let mut marks = vec![verdict.name().replace('_', " ")];
    marks.extend(by.as_ref().map(|by| format!("by {by}")));
    marks.extend(at.as_ref().map(|at| at.as_str().to_owned()));
    bracketed(&[marks.join(" ")])
}

/// A note with its replies, a line each.
pub fn note_lines(note: &Note) -> Vec<String> {
    let target = note.target.as_ref().map(|target| format!(" on {target}"));
    let mut lines = vec![format!(
        "  note{} ({}){}: {}  {}",
        target.unwrap_or_default(),
        note.state.name(),
        signed(note.author.as_ref(), note.created.as_ref()),
        note.text,
        note.id
    )];
    lines.extend(note.replies.iter().map(|reply| {
        let Reply {
            author,
            created,
            text,
            ..
        } = reply;
        format!("    reply{}: {text}", signed(author.as_ref(), created.as_ref()))
    }));
    lines
}

fn signed(author: Option<&crate::model::Annotator>, created: Option<&Timestamp>) -> String {
    let author = author.map(|author| format!(" {author}"));
    let created = created.map(|created| format!(" {}", created.as_str()));
    author.into_iter().chain(created).collect()
}

/// What was reviewed of one annotator's work in numbers; none where nothing was.
pub fn review_line(counts: &ReviewCounts) -> Option<String> {
    let one = |count: u64, what: &str| (count > 0).then(|| format!("{count} {what}"));
    let parts = [
        one(counts.approved, "approved"),
        one(counts.changes_requested, "with changes requested"),
        one(counts.flagged, "flagged"),
        (counts.open_notes > 0).then(|| counted(counts.open_notes, "open note")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("  {}", parts.join(", ")))
}

/// The same for a program.
pub fn review_json(counts: &ReviewCounts) -> Json {
    json!({
        "approved": counts.approved,
        "changes_requested": counts.changes_requested,
        "flagged": counts.flagged,
        "open_notes": counts.open_notes,
    })
}

fn bracketed(marks: &[String]) -> String {
    if marks.is_empty() {
        String::new()
    } else {
        format!("  [{}]", marks.join(", "))
    }
}
