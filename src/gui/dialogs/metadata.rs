//! Title, source, date, and language of the open article; one command changes what was changed.

use egui::{Id, Ui};
use serde_json::Value as Json;

use super::{Stay, focus_once, foot_ui, small_ui, title_ui};
use crate::gui::field::{Field, FieldState};
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::{plain_button, primary_button};
use crate::gui::words;
use crate::model::{ArticleId, Extra, Header, article_language};
use crate::session::{Command, SetMeta, dates};

/// One line of the form.
struct Line {
    key: &'static str,
    name: &'static str,
    hint: &'static str,
    /// What is known, without space around it.
    before: String,
    field: FieldState,
    /// Whether it takes dates only.
    is_date: bool,
    /// Why what was typed cannot be taken.
    fault: Option<String>,
}

impl Line {
    /// Why what was typed cannot be taken, in an article of that language; what came so with a file can stay.
    fn fault_now(&self, lang: Option<&str>) -> Option<String> {
        let now = self.field.text().trim();
        if now.is_empty() || now == self.before {
            return None;
        }
        if self.is_date && !dates::is_publication(now, lang) {
            return Some(words::NO_PUBLICATION.to_owned());
        }
        let is_wrong = self.key == LANGUAGE_KEY && article_language(now).is_none();
        is_wrong.then(|| words::no_language_of_article(now))
    }
}

/// The dialog.
pub struct MetadataDialog {
    article: ArticleId,
    lines: Vec<Line>,
    /// The line that has the focus at first, or next.
    first: usize,
    focused: bool,
}

/// Where the lines of date and language stand.
const DATE: usize = 2;
const LANGUAGE: usize = 3;
/// What the language is called in an article's line.
const LANGUAGE_KEY: &str = "lang";

impl MetadataDialog {
    /// With what is known of an article.
    pub fn new(article: &ArticleId, header: &Header) -> Self {
        let of_meta = |key: &str| header.meta.get(key).and_then(Json::as_str).map(str::to_owned);
        // A file may have called the date otherwise; then that key is the one to change.
        let date_key = if header.meta.contains_key("date") || !header.meta.contains_key("published") {
            "date"
        } else {
            "published"
        };
        let line = |key, name, hint, before: Option<String>| {
            let before = before.unwrap_or_default();
            Line {
                key,
                name,
                hint,
                field: FieldState::from_start(&before),
                before: before.trim().to_owned(),
                is_date: key == date_key,
                fault: None,
            }
        };
        Self {
            article: article.clone(),
            lines: vec![
                line("title", words::FIELD_TITLE, "", header.title.clone()),
                line("source", words::FIELD_SOURCE, "", of_meta("source")),
                line(date_key, words::FIELD_DATE, words::DATE_HINT, of_meta(date_key)),
                line(
                    LANGUAGE_KEY,
                    words::FIELD_LANGUAGE,
                    words::LANGUAGE_HINT,
                    header.lang.clone(),
                ),
            ],
            first: 0,
            focused: false,
        }
    }

    /// With the focus on the date.
    #[must_use]
    pub fn at_date(self) -> Self {
        Self { first: DATE, ..self }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(ui, pane, words::DETAILS_OF_ARTICLE);
        focus_once(ui, Id::unique(("meta", self.first)), &mut self.focused);
        let (mut take, mut stay) = (false, Stay::Open);
        for (place, line) in self.lines.iter_mut().enumerate() {
            small_ui(ui, line.name, pane.palette.ink_weak);
            let output = Field::new(Id::unique(("meta", place)), line.name)
                .hint(line.hint)
                .show(ui, pane.engine, &mut line.field);
            take |= output.submitted;
            if output.changed {
                line.fault = None;
            }
            if let Some(fault) = &line.fault {
                small_ui(ui, fault, pane.palette.danger);
            }
            if output.cancelled {
                stay = Stay::Close;
            }
        }
        foot_ui(ui, |ui| {
            if plain_button(ui, words::CANCEL).clicked() {
                stay = Stay::Close;
            }
            take |= primary_button(ui, pane.palette, words::SAVE).clicked();
        });
        if !take {
            return stay;
        }
        if self.has_fault() {
            return Stay::Open;
        }
        if let Some(command) = self.command() {
            pane.run(command);
        }
        Stay::Close
    }

    /// Whether the date or the language was changed to what is none; that is said at its field, which has the focus then.
    fn has_fault(&mut self) -> bool {
        let lang = self
            .lines
            .get(LANGUAGE)
            .map(|line| line.field.text().trim().to_owned());
        let lang = lang.filter(|lang| !lang.is_empty());
        let wrong = self.lines.iter_mut().enumerate().find_map(|(place, line)| {
            let fault = line.fault_now(lang.as_deref())?;
            Some((place, line, fault))
        });
        let Some((place, line, fault)) = wrong else {
            return false;
        };
        line.fault = Some(fault);
        (self.first, self.focused) = (place, false);
        true
    }

    /// What changes what was changed; nothing where all is as it was.
    fn command(&self) -> Option<Command> {
        let mut fields = Extra::new();
        for line in &self.lines {
            let now = line.field.text().trim();
            if now != line.before {
                let value = if now.is_empty() {
                    Json::Null
                } else {
                    Json::from(now)
                };
                fields.insert(line.key.to_owned(), value);
            }
        }
        (!fields.is_empty()).then(|| {
            Command::SetMeta(SetMeta {
                article: self.article.clone(),
                annotator: None,
                fields,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_changed_is_sent_and_an_emptied_field_is_removed() {
        let mut header = Header {
            title: Some(" عنوان\n".to_owned()),
            lang: Some("fr".to_owned()),
            ..Header::default()
        };
        header
            .meta
            .insert("published".to_owned(), Json::from("2020-06-04"));
        let id = ArticleId::new("a1").unwrap();
        let mut dialog = MetadataDialog::new(&id, &header);
        assert_eq!(dialog.command(), None, "space around a title is no change");
        dialog.lines[0].field.set_text("");
        dialog.lines[2].field.set_text(" 2020-06-05 ");
        let Some(Command::SetMeta(command)) = dialog.command() else {
            panic!("a command")
        };
        let json = Json::Object(command.fields).to_string();
        assert_eq!(json, r#"{"title":null,"published":"2020-06-05"}"#);
    }

    #[test]
    fn a_date_that_is_none_is_refused_unless_it_came_so() {
        let mut header = Header {
            lang: Some("fr".to_owned()),
            ..Header::default()
        };
        header.meta.insert("date".to_owned(), Json::from("un jour"));
        let id = ArticleId::new("a1").unwrap();
        let mut dialog = MetadataDialog::new(&id, &header);
        assert!(!dialog.has_fault(), "as it came");
        for (typed, is_wrong) in [
            ("demain", true),
            ("12 mai 2020", false),
            ("2020-06", false),
            ("", false),
        ] {
            dialog.lines[DATE].field.set_text(typed);
            assert_eq!(dialog.has_fault(), is_wrong, "{typed}");
        }
        assert_eq!(dialog.lines[LANGUAGE].key, "lang");
        assert_eq!(dialog.first, DATE);
        for (typed, is_wrong) in [
            ("ar2031-05-14", true),
            ("arabe", true),
            ("AR", false),
            ("", false),
        ] {
            dialog.lines[LANGUAGE].field.set_text(typed);
            assert_eq!(dialog.has_fault(), is_wrong, "{typed}");
        }
        assert_eq!(dialog.first, LANGUAGE);
    }
}
