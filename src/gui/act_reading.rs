//! What was asked about how the article is shown: its direction, which the project keeps, and the choices of the reader,
//! which the preferences keep.

use super::app::App;
use super::panels::status_bar::Said;
use super::reading::Choice;
use super::words;
use crate::model::ReadingDirections;
use crate::session::action::Action;
use crate::session::{Request, SetMeta};
use crate::text::Direction;

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
                self.announcer.say(said.clone());
                self.said = Some(Said::Done(said));
            }
            // The rest are commands of `apply` whose gesture in the window carries its own ids.
            _ => {}
        }
    }

    fn take_next_choice(&mut self, action: Action) {
        let reading = &mut self.prefs.reading;
        let chosen = match action {
            Action::TextSize => {
                reading.size = reading.size.next();
                words::text_size(reading.size)
            }
            Action::ArabicFace => {
                reading.arabic = reading.arabic.next();
                words::arabic_face(reading.arabic)
            }
            Action::MarginNumbers => {
                reading.numbers = reading.numbers.next();
                words::margin_numbers(reading.numbers)
            }
            _ => {
                reading.labels = reading.labels.next();
                words::label_display(reading.labels)
            }
        };
        let said = format!("{}: {chosen}", action.entry().name);
        self.announcer.say(said.clone());
        self.said = Some(Said::Done(said));
    }

    /// Gives the whole article a direction, which it keeps; none lets each paragraph follow its own letters.
    fn set_direction(&self, direction: Option<Direction>) {
        self.change_directions(|directions| directions.article = direction);
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

    /// Writes what changes into the article's metadata.
    fn change_directions(&self, change: impl FnOnce(&mut ReadingDirections)) {
        let Some(article) = &self.snapshot.article else {
            return;
        };
        let before = ReadingDirections::of(&article.header.meta);
        let mut after = before.clone();
        change(&mut after);
        let mut fields = crate::model::Extra::new();
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
            return;
        }
        let command = SetMeta {
            article: article.id.clone(),
            annotator: None,
            fields,
        };
        self.service.send(Request::Run {
            command: command.into(),
            selection: None,
        });
    }
}
