//! What is asked about values: confirmed where they were read from the words, and the fields to which keys go.

use egui::{Context, Id};

use super::app::App;
use super::attributes::{Target, first_field};
use super::panels::inspector::target_of;
use super::panels::sections::Section;
use super::will_say::{Sign, WillSay};
use super::words;
use crate::model::{AttributeId, TargetId};
use crate::session::unsettled::ReadBy;
use crate::session::{Batch, Command, SetAttribute};

impl App {
    /// Confirms all values of the selected span that nobody confirmed, as one change.
    pub(super) fn confirm_values(&mut self) {
        let Some((article, span)) = self.snapshot.article.clone().and_then(|article| {
            let span = article.layer.spans.get(self.article.selected_span()?)?.clone();
            Some((article, span))
        }) else {
            return;
        };
        let Ok(target) = TargetId::new(span.id.as_str()) else {
            return;
        };
        // What a field shows that was refused is not what would be confirmed.
        let shown = target_of(&article, span.id.as_str());
        let fields = &self.inspector.attributes;
        let refused = |id: &&AttributeId| shown.as_ref().is_some_and(|shown| fields.refuses(shown, id));
        let is_refused = span.unconfirmed.iter().any(|id| refused(&id));
        let values = span
            .unconfirmed
            .iter()
            .filter(|id| !refused(id))
            .filter_map(|id| {
                let value = span.attributes.get(id)?.clone();
                Some(Command::from(SetAttribute {
                    target: target.clone(),
                    attribute: id.clone(),
                    value: Some(value),
                    article: Some(article.id.clone()),
                    annotator: None,
                }))
            });
        let commands: Vec<Command> = values.collect();
        if commands.is_empty() {
            let why = if is_refused {
                words::REFUSED_STANDS
            } else {
                words::NOTHING_TO_CONFIRM
            };
            self.refuse(why.to_owned());
            return;
        }
        let text = words::confirmed(commands.len());
        self.run_on_span(span.id.clone(), Batch { commands });
        self.will_say = Some(WillSay {
            request: self.service.sent(),
            sign: Sign::Confirmed(span.id.clone()),
            text,
        });
    }

    /// The first field of the selected span.
    pub(super) fn first_field_of_span(&self) -> Option<Id> {
        let (project, article) = (self.snapshot.project.as_ref()?, self.snapshot.article.as_ref()?);
        let span = article.layer.spans.get(self.article.selected_span()?)?;
        let label = project.codebook.label(&span.label)?;
        let target = target_of(article, span.id.as_str())?;
        first_field(&target, &project.codebook, &label.attributes)
    }

    /// Gives the focus to what is suggested for the first value of the selected span that was left open, where there is one.
    pub(super) fn goes_to_suggestions(&mut self) -> bool {
        let Some((target, open)) = self.first_open_value() else {
            return false;
        };
        self.refocus = None;
        self.inspector.attributes.go_to_suggestions(&target, &open);
        true
    }

    fn first_open_value(&self) -> Option<(Target, AttributeId)> {
        let (project, article) = (self.snapshot.project.as_ref()?, self.snapshot.article.as_ref()?);
        let span = article.layer.spans.get(self.article.selected_span()?)?;
        let by = ReadBy {
            codebook: &project.codebook,
            header: &article.header,
            text: &article.text,
        };
        let open = by.first_open(span, &article.layer.dismissed)?;
        Some((target_of(article, span.id.as_str())?, open.id.clone()))
    }

    /// Goes to the first field of the article as a whole.
    pub(super) fn inspect_article(&mut self, ctx: &Context) {
        let field = self.snapshot.project.as_ref().and_then(|project| {
            let target = Target::article(self.snapshot.article.as_ref()?)?;
            first_field(&target, &project.codebook, &project.codebook.article_labels)
        });
        match field {
            Some(field) => {
                self.prefs.inspector.shown = true;
                self.inspector.folds.unfold(Section::Article);
                self.focus(ctx, field);
            }
            None => self.refuse(words::NO_ARTICLE_LABELS.to_owned()),
        }
    }
}
