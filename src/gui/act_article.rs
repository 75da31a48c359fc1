//! What was done in the article, as commands to the session. Nothing here draws.

use super::app::{App, keys_of};
use super::lost::Lost;
use super::will_say::{Sign, WillSay};
use super::words;
use crate::model::{ArticleId, Attributes, LabelId, Ranges, Selection, SpanId, Status};
use crate::session::action::Action;
use crate::session::{
    AddSpan, Batch, Command, MergeSpans, RemoveSpan, Request, SetLabel, SetRanges, SetStatus, SplitSpan,
};
use crate::text::{ByteOffset, ByteRange, CharRange};

/// Characters of a span's words in what is said of it.
const QUOTE: usize = 32;

impl App {
    pub(super) fn tag(&self, ranges: &Ranges, label: LabelId) {
        let (Some(article), Some(chars)) = (self.snapshot.article.clone(), self.chars(ranges)) else {
            return;
        };
        let hull = ranges.hull();
        let selection = Selection {
            article: article.id.clone(),
            anchor: hull.start(),
            focus: hull.end(),
            span: None,
        };
        let command = add_span(&article.id, chars, label);
        self.service.send(Request::Run {
            command: command.into(),
            selection: Some(selection),
        });
    }

    /// Gives a span another label, and says so: who meant to arm the label sees that it was given to the span.
    pub(super) fn set_label(&mut self, span: SpanId, label: LabelId) {
        let article = self.open_id();
        let text = self.relabelled_in_words(&span, &label);
        let sign = Sign::Labelled(span.clone(), label.clone());
        self.run_on_span(
            span.clone(),
            SetLabel {
                span,
                label,
                article,
                annotator: None,
            },
        );
        self.will_say(sign, text);
    }

    /// What becomes of the label of a span, and the key that takes it back.
    fn relabelled_in_words(&self, span: &SpanId, label: &LabelId) -> Option<String> {
        let (project, article) = (self.snapshot.project.as_ref()?, self.snapshot.article.as_ref()?);
        let before = &article.layer.spans.get(span)?.label;
        let name = |label| words::label_name(&project.codebook, label);
        let said = words::other_label(name(before), name(label));
        Some(self.with_undo(said))
    }

    /// What was done, and the key that takes it back.
    fn with_undo(&self, said: String) -> String {
        let undo = keys_of(&self.prefs, &self.keyboard).shortcut(Action::Undo);
        words::undoes(said, undo.as_deref())
    }

    /// The words of a span in the open article.
    fn quote_of(&self, span: &SpanId) -> Option<String> {
        let article = self.snapshot.article.as_ref()?;
        let span = article.layer.spans.get(span)?;
        Some(words::quote(&article.text, span, QUOTE))
    }

    pub(super) fn set_ranges(&mut self, span: SpanId, ranges: &Ranges) {
        let Some(chars) = self.chars(ranges) else {
            return;
        };
        let article = self.open_id();
        self.run_on_span(
            span.clone(),
            SetRanges {
                span,
                ranges: chars,
                article,
                annotator: None,
            },
        );
    }

    /// Makes one span of several, and says of which, and what that costs.
    pub(super) fn merge(&mut self, spans: Vec<SpanId>) {
        let Some((first, absorbed)) = spans.split_first() else {
            return;
        };
        let first = first.clone();
        let text = self.merged_in_words(&spans);
        let sign = Sign::Gone(absorbed.to_vec());
        let article = self.open_id();
        self.run_on_span(
            first,
            MergeSpans {
                spans,
                article,
                annotator: None,
            },
        );
        self.will_say(sign, text);
    }

    fn merged_in_words(&self, spans: &[SpanId]) -> Option<String> {
        let layer = &self.snapshot.article.as_ref()?.layer;
        let relations = Lost::by_merging(layer, spans).relations;
        let quotes: Option<Vec<String>> = spans.iter().map(|span| self.quote_of(span)).collect();
        Some(self.with_undo(words::merged(&quotes?, relations)))
    }

    /// Says this once the request sent last is done.
    fn will_say(&mut self, sign: Sign, text: Option<String>) {
        self.will_say = text.map(|text| WillSay {
            request: self.service.sent(),
            sign,
            text,
        });
    }

    pub(super) fn split(&mut self, span: SpanId, at: ByteOffset) {
        let Some(article) = &self.snapshot.article else {
            return;
        };
        let Some(at) = article.text.char_of(at) else {
            return;
        };
        self.run_on_span(
            span.clone(),
            SplitSpan {
                span,
                at,
                id: None,
                article: Some(article.id.clone()),
                annotator: None,
            },
        );
    }

    /// Takes a span out, and says what went with it.
    pub(super) fn remove(&mut self, span: SpanId) {
        let text = self.removed_in_words(&span);
        let sign = Sign::Gone(vec![span.clone()]);
        let article = self.open_id();
        self.run_on_span(
            span.clone(),
            RemoveSpan {
                span,
                article,
                annotator: None,
            },
        );
        self.will_say(sign, text);
    }

    fn removed_in_words(&self, span: &SpanId) -> Option<String> {
        let layer = &self.snapshot.article.as_ref()?.layer;
        let quote = words::quoted(&self.quote_of(span)?);
        let said = words::removed(&quote, &Lost::with(layer, span).in_words());
        Some(self.with_undo(said))
    }

    /// Runs a command; undo leaves the selection as it is.
    pub(super) fn run(&self, command: impl Into<Command>) {
        let command = command.into();
        self.service.send(Request::Run {
            command,
            selection: None,
        });
    }

    /// Runs a command about a span, which undo selects again.
    pub(super) fn run_on_span(&mut self, span: SpanId, command: impl Into<Command>) {
        let selection = self.selection_with(Some(span));
        let command = self.as_reviewed(command.into());
        self.service.send(Request::Run { command, selection });
    }

    /// What undo selects again: the words that are selected now, and a span.
    pub(super) fn selection_with(&self, span: Option<SpanId>) -> Option<Selection> {
        let (anchor, focus) = self.article.selection_ends();
        Some(Selection {
            article: self.open_id()?,
            anchor,
            focus,
            span,
        })
    }

    /// The id of the open article.
    pub(super) fn open_id(&self) -> Option<ArticleId> {
        self.snapshot.article.as_ref().map(|article| article.id.clone())
    }

    pub(super) fn chars(&self, ranges: &Ranges) -> Option<Vec<CharRange>> {
        let text = &self.snapshot.article.as_ref()?.text;
        ranges
            .as_slice()
            .iter()
            .map(|range| text.char_range(*range))
            .collect()
    }

    pub(super) fn set_status(&self, status: Status) {
        if let Some(article) = self.open_id() {
            self.run(SetStatus {
                article,
                status,
                annotator: None,
            });
        }
    }

    /// Tags many places of the open article in one transaction, and says so when it is done.
    pub(super) fn tag_all(&mut self, id: &ArticleId, label: &LabelId, ranges: &[ByteRange]) {
        let (Some(project), Some(article)) = (&self.snapshot.project, &self.snapshot.article) else {
            return;
        };
        if article.id != *id {
            return;
        }
        let chars = ranges.iter().filter_map(|range| article.text.char_range(*range));
        let commands: Vec<Command> = chars
            .map(|range| add_span(id, vec![range], label.clone()).into())
            .collect();
        let text = words::tagged_all(commands.len(), words::label_name(&project.codebook, label));
        self.run(Batch { commands });
        self.will_say = ranges.first().map(|first| WillSay {
            request: self.service.sent(),
            sign: Sign::Tagged(*first, label.clone()),
            text,
        });
    }
}

fn add_span(article: &ArticleId, ranges: Vec<CharRange>, label: LabelId) -> AddSpan {
    AddSpan {
        article: article.clone(),
        annotator: None,
        ranges,
        label,
        attributes: Attributes::new(),
        id: None,
    }
}
