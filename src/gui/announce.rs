//! What is read aloud of what happens: one live region, and one place that says with which words.
//!
//! Work is announced when a snapshot shows it, which is when it is on disk, and so for keys, mouse, and menus alike.
//! Nothing here is drawn.

use std::sync::Arc;

use egui::accesskit::{Live, Role};
use egui::{Id, Rect, Sense, Ui};

use super::announce_relations::relation_in_words;
use super::lost::Lost;
use super::panels::widgets::title_or_none;
use super::words;
use crate::model::{Codebook, LabelId, Layer, Span, SpanId};
use crate::session::{ArticleView, Did, LastDone, Severity, Snapshot};
use crate::text::Text;

/// Characters of a quote that are read aloud at most.
const QUOTE: usize = 80;

/// What of the window can be worth a word.
#[derive(Clone, Default)]
pub(super) struct Scene {
    /// The project as it is on disk.
    pub snapshot: Arc<Snapshot>,
    /// The selected span.
    pub span: Option<SpanId>,
    /// The span that the link being made leads to for now.
    pub target: Option<SpanId>,
    /// The armed label.
    pub armed: Option<LabelId>,
    /// Size of the article's type.
    pub zoom: f32,
    /// What is shown or hidden: its name, and whether it is shown.
    pub shown: Vec<(&'static str, bool)>,
}

/// The live region.
#[derive(Default)]
pub(super) struct Announcer {
    before: Option<Scene>,
    waiting: Vec<String>,
    /// Whether any of what waits is a reason to break into what is being read.
    is_urgent: bool,
    /// Goes up each time, so that the same words are read again.
    number: u64,
    words: String,
    /// Whether these words break in.
    breaks_in: bool,
}

impl Announcer {
    /// Says why something was not done; this does not wait until the reader has ended a sentence.
    pub fn refuse(&mut self, reason: &str) {
        self.waiting.push(words::not_done(reason));
        self.is_urgent = true;
    }

    /// Says something that no snapshot shows.
    pub fn say(&mut self, what: String) {
        self.waiting.push(what);
    }

    /// Compares what is now with what was, and exposes what there is to say.
    pub fn show(&mut self, ui: &Ui, now: Scene) {
        if let Some(before) = self.before.take() {
            self.compare(&before, &now);
        }
        self.before = Some(now);
        if !self.waiting.is_empty() {
            self.words = self.waiting.drain(..).collect::<Vec<_>>().join(". ");
            self.breaks_in = std::mem::take(&mut self.is_urgent);
            self.number += 1;
        } else if self.words.is_empty() {
            return;
        }
        // Platforms read a live node that is new and has words; the number makes it new.
        let id = Id::unique("announcement").with(self.number);
        ui.interact(Rect::NOTHING, id, Sense::hover());
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::Status);
            node.set_live(if self.breaks_in {
                Live::Assertive
            } else {
                Live::Polite
            });
            node.set_live_atomic();
            node.set_label(self.words.as_str());
        });
    }

    fn compare(&mut self, before: &Scene, now: &Scene) {
        if !Arc::ptr_eq(&before.snapshot, &now.snapshot) {
            self.compare_snapshots(&before.snapshot, &now.snapshot);
        }
        // A span that is selected because of what was done with it is named by that already.
        let was_done = counter(&before.snapshot) != counter(&now.snapshot);
        if now.span != before.span
            && !was_done
            && let Some(id) = &now.span
        {
            self.waiting.extend(span_in_words(&now.snapshot, id));
        }
        if now.target != before.target
            && let Some(id) = &now.target
        {
            let span = span_in_words(&now.snapshot, id);
            self.waiting.extend(span.map(|span| words::target_is(&span)));
        }
        if now.armed != before.armed {
            let codebook = now.snapshot.project.as_ref().map(|project| &project.codebook);
            let name = now
                .armed
                .as_ref()
                .zip(codebook)
                .map(|(label, codebook)| words::label_name(codebook, label));
            self.waiting.push(words::armed(name));
        }
        if (now.zoom - before.zoom).abs() > f32::EPSILON {
            self.waiting.push(words::zoomed(now.zoom));
        }
        for (before, (name, is_shown)) in before.shown.iter().zip(&now.shown) {
            if before.1 != *is_shown {
                self.waiting.push(words::is_shown(name, *is_shown));
            }
        }
    }

    fn compare_snapshots(&mut self, before: &Snapshot, now: &Snapshot) {
        match (&before.blocked, &now.blocked) {
            (None, Some(blocked)) => {
                self.waiting.push(words::not_saving(&blocked.message));
                self.is_urgent = true;
            }
            (Some(_), None) => self.waiting.push(words::SAVING_AGAIN.to_owned()),
            _ => {}
        }
        let known = before.notices.iter().map(|notice| notice.id).max();
        for notice in now.notices.iter().filter(|notice| Some(notice.id) > known) {
            self.is_urgent |= notice.severity == Severity::Error;
            let text = words::told_notice(notice, now).text;
            self.waiting.push(match (notice.code.as_str(), notice.severity) {
                ("exported", _) => words::was_saved(&text),
                (_, Severity::Error) => words::error(&text),
                _ => words::message(&text),
            });
        }
        let done = now
            .last_done
            .as_ref()
            .filter(|done| done.counter > counter(before));
        let is_moved = before.article.as_ref().map(|article| &article.id)
            != now.article.as_ref().map(|article| &article.id);
        if let Some(done) = done {
            self.waiting.push(done_in_words(before, now, done));
        }
        let moved_to = now.article.as_ref().filter(|_| is_moved);
        if let Some(article) = moved_to {
            let title = words::shorten(title_or_none(article.header.title.as_deref()), QUOTE);
            let spans = words::counted(article.layer.spans.len(), words::SPAN, words::SPANS_SMALL);
            self.waiting.push(if done.is_some() {
                words::next_article(&title, &spans)
            } else {
                words::article(&title, &spans)
            });
        }
    }
}

/// How much was done in this session.
fn counter(snapshot: &Snapshot) -> u64 {
    snapshot.last_done.as_ref().map_or(0, |done| done.counter)
}

/// What was done, by what the layers show of it; where they show nothing, in the journal's words.
fn done_in_words(before: &Snapshot, now: &Snapshot, done: &LastDone) -> String {
    let what = done.summary.as_str();
    match done.did {
        Did::Undone => words::undone(what.split_once(": ").map_or(what, |(_, what)| what)),
        Did::Redone => words::redone(what.split_once(": ").map_or(what, |(_, what)| what)),
        Did::New => new_work_in_words(before, now, done).unwrap_or_else(|| words::sentence_start(what)),
    }
}

fn new_work_in_words(before: &Snapshot, now: &Snapshot, done: &LastDone) -> Option<String> {
    let (old, new) = (before.article.as_ref()?, now.article.as_ref()?);
    let codebook = &now.project.as_ref()?.codebook;
    if old.id != new.id {
        return None;
    }
    let made = done.created.first().and_then(|id| SpanId::new(id).ok());
    if let Some(span) = made.and_then(|id| new.layer.spans.get(&id)) {
        return (done.created.len() == 1).then(|| words::tagged(&named(codebook, &new.text, span)));
    }
    if let Some(said) = relation_in_words(codebook, old, new, done) {
        return Some(said);
    }
    let (was, is) = only_change(&old.layer, &new.layer)?;
    let was_named = named(codebook, &new.text, was);
    Some(match is {
        None => words::removed(&was_named, &Lost::with(&old.layer, &was.id).in_words()),
        Some(is) if is.label != was.label => {
            words::relabelled(&was_named, words::label_name(codebook, &is.label))
        }
        Some(is) if is.ranges != was.ranges => words::resized(&named(codebook, &new.text, is)),
        Some(_) => return None,
    })
}

/// The one span that is another one or gone; `None` where there are several or none.
fn only_change<'a>(old: &'a Layer, new: &'a Layer) -> Option<(&'a Span, Option<&'a Span>)> {
    let mut changes = old.spans.iter().filter_map(|was| match new.spans.get(&was.id) {
        Some(is) if Arc::ptr_eq(was, is) || was == is => None,
        Some(is) => Some((was.as_ref(), Some(is.as_ref()))),
        None => Some((was.as_ref(), None)),
    });
    let change = changes.next()?;
    changes.next().is_none().then_some(change)
}

fn span_in_words(snapshot: &Snapshot, id: &SpanId) -> Option<String> {
    let article: &ArticleView = snapshot.article.as_ref()?;
    let codebook = &snapshot.project.as_ref()?.codebook;
    let place = article.layer.spans.iter().position(|span| span.id == *id)?;
    let span = article.layer.spans.get(id)?;
    let name = named(codebook, &article.text, span);
    let place = words::span_of(place + 1, article.layer.spans.len());
    Some(format!("{name}, {place}"))
}

fn named(codebook: &Codebook, text: &Text, span: &Span) -> String {
    words::named(
        words::label_name(codebook, &span.label),
        &words::quote(text, span, QUOTE),
    )
}
