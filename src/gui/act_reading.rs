//! What was asked about how the article is shown: its direction, which the project keeps, and the choices of the reader,
//! which the preferences keep.

use egui::Context;

use super::act_whose::{Whose, whose};
use super::app::App;
use super::article::ArticleAct;
use super::panels::status_bar::Said;
use super::reading::{Choice, Reading};
use super::words;
use crate::model::{Extra, ReadingDirections};
use crate::session::SetMeta;
use crate::session::action::Action;
use crate::text::{Direction, controls};

impl App {
    pub(super) fn do_reading_action(&mut self, action: Action) {
        match action {
            Action::DirectionAuto => self.set_direction(None),
            Action::DirectionLeftToRight => self.set_direction(Some(Direction::LeftToRight)),
            Action::DirectionRightToLeft => self.set_direction(Some(Direction::RightToLeft)),
            Action::TurnParagraph => self.turn_paragraph(),
            Action::TextSize | Action::ArabicFace | Action::MarginNumbers | Action::LabelDisplay => {
                self.take_next_choice(action);
            }
            Action::ShowValues => {
                let reading = &mut self.prefs.reading;
                reading.show_values = !reading.show_values;
                let said = words::shown_or_not(action.entry().name, reading.show_values);
                self.tell(said);
            }
            other => debug_assert!(whose(other) != Whose::Reading, "{other:?} is done here"),
        }
    }

    /// Shows what is not seen, or no longer, and says so: an article may have nothing of the kind.
    pub(super) fn toggle_hidden(&mut self) {
        self.prefs.show_hidden = !self.prefs.show_hidden;
        let shown = self.prefs.show_hidden;
        let article = self.snapshot.article.as_ref();
        let has_any = article.is_some_and(|article| !controls(article.text.as_str()).is_empty());
        let mut said = words::shown_or_not(Action::ShowHidden.entry().name, shown);
        if shown && !has_any {
            self.announcer.say(words::NOTHING_INVISIBLE.to_owned());
            said = format!("{said}. {}", words::NOTHING_INVISIBLE);
        }
        self.said = Some(Said::Done(said));
    }

    /// Draws all relations, or no longer; the ear is told by what is drawn.
    pub(super) fn toggle_relations(&mut self, ctx: &Context) {
        self.do_in_article(ctx, ArticleAct::ShowRelations);
        let shown = self.article.shows_all_relations();
        let said = words::shown_or_not(Action::ShowRelations.entry().name, shown);
        self.said = Some(Said::Done(said));
    }

    fn take_next_choice(&mut self, action: Action) {
        let reading = &mut self.prefs.reading;
        match action {
            Action::TextSize => reading.size = reading.size.next(),
            Action::ArabicFace => reading.arabic = reading.arabic.next(),
            Action::MarginNumbers => reading.numbers = reading.numbers.next(),
            _ => reading.labels = reading.labels.next(),
        }
        let chosen = chosen(*reading, action).unwrap_or_default();
        self.tell(format!("{}: {chosen}", action.entry().name));
    }

    /// Gives the text its first size, and says so where it has it already.
    pub(super) fn reset_zoom(&mut self) {
        if (self.prefs.text_zoom - 1.0).abs() < f32::EPSILON {
            self.tell(words::zoomed(1.0));
        }
        self.prefs.text_zoom = 1.0;
        self.show_zoom();
    }

    /// Makes the text larger or smaller, within bounds.
    pub(super) fn zoom_by(&mut self, factor: f32) {
        self.prefs.zoom_by(factor);
        self.show_zoom();
    }

    /// Shows the size to the eye; the ear is told of each change by what is drawn.
    fn show_zoom(&mut self) {
        self.said = Some(Said::Done(words::zoomed(self.prefs.text_zoom)));
    }

    /// Gives the whole article a direction, which it keeps; none lets each paragraph follow its own letters.
    fn set_direction(&mut self, direction: Option<Direction>) {
        if !self.change_directions(|directions| directions.article = direction) {
            self.tell(words::direction_already(direction).to_owned());
        }
    }

    /// Turns the paragraph of the caret round, or lets it follow the article again.
    fn turn_paragraph(&self) {
        let Some(article) = &self.snapshot.article else {
            return;
        };
        let (start, shown) = self.article.paragraph_at_caret();
        let Some(start) = article.text.char_of(start) else {
            return;
        };
        self.change_directions(|directions| {
            if directions.paragraphs.remove(&start).is_none() {
                directions.paragraphs.insert(start, shown.opposite());
            }
        });
    }

    /// Writes what changes into the article's metadata; whether anything does.
    fn change_directions(&self, change: impl FnOnce(&mut ReadingDirections)) -> bool {
        let Some(article) = &self.snapshot.article else {
            return false;
        };
        let before = ReadingDirections::of(&article.header.meta);
        let mut after = before.clone();
        change(&mut after);
        let mut fields = Extra::new();
        if after.article != before.article {
            fields.insert(ReadingDirections::ARTICLE_KEY.to_owned(), after.article_value());
        }
        if after.paragraphs != before.paragraphs {
            fields.insert(
                ReadingDirections::PARAGRAPHS_KEY.to_owned(),
                after.paragraphs_value(),
            );
        }
        if fields.is_empty() {
            return false;
        }
        self.run(SetMeta {
            article: article.id.clone(),
            annotator: None,
            fields,
        });
        true
    }
}

/// Whether the direction that an action gives the whole article is the one that it has; none for other actions.
pub(super) fn is_direction(action: Action, own: Option<Direction>) -> Option<bool> {
    let given = match action {
        Action::DirectionAuto => None,
        Action::DirectionLeftToRight => Some(Direction::LeftToRight),
        Action::DirectionRightToLeft => Some(Direction::RightToLeft),
        _ => return None,
    };
    Some(given == own)
}

/// What is chosen where an action goes from one choice of the reader to the next.
pub(super) fn chosen(reading: Reading, action: Action) -> Option<&'static str> {
    Some(match action {
        Action::TextSize => words::text_size(reading.size),
        Action::ArabicFace => words::arabic_face(reading.arabic),
        Action::MarginNumbers => words::margin_numbers(reading.numbers),
        Action::LabelDisplay => words::label_display(reading.labels),
        _ => return None,
    })
}
