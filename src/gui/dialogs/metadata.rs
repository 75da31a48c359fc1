//! Title, source, date, and language of the open article; one command changes what was changed.

use egui::{Id, Ui};
use serde_json::Value as Json;

use super::{Stay, focus_once, foot_ui, small_ui, title_ui};
use crate::gui::field::{Field, FieldState};
use crate::gui::panels::Pane;
use crate::gui::panels::widgets::{plain_button, primary_button};
use crate::gui::words;
use crate::model::{ArticleId, Extra, Header};
use crate::session::{Command, SetMeta};

/// One line of the form.
struct Line {
    key: &'static str,
    name: &'static str,
    hint: &'static str,
    /// What is known, without space around it.
    before: String,
    field: FieldState,
}

/// The dialog.
pub struct MetadataDialog {
    article: ArticleId,
    lines: Vec<Line>,
    focused: bool,
}

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
                field: FieldState::new(&before),
                before: before.trim().to_owned(),
            }
        };
        Self {
            article: article.clone(),
            lines: vec![
                line("title", words::FIELD_TITLE, "", header.title.clone()),
                line("source", words::FIELD_SOURCE, "", of_meta("source")),
                line(date_key, words::FIELD_DATE, words::DATE_HINT, of_meta(date_key)),
                line(
                    "lang",
                    words::FIELD_LANGUAGE,
                    words::LANGUAGE_HINT,
                    header.lang.clone(),
                ),
            ],
            focused: false,
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        title_ui(ui, pane, words::DETAILS_OF_ARTICLE);
        focus_once(ui, Id::unique(("meta", 0usize)), &mut self.focused);
        let (mut take, mut stay) = (false, Stay::Open);
        for (place, line) in self.lines.iter_mut().enumerate() {
            small_ui(ui, line.name, pane.palette.ink_weak);
            let output = Field::new(Id::unique(("meta", place)), line.name)
                .hint(line.hint)
                .show(ui, pane.engine, &mut line.field);
            take |= output.submitted;
            if output.cancelled {
                stay = Stay::Close;
            }
        }
        foot_ui(ui, |ui| {
            take |= primary_button(ui, pane.palette, words::SAVE).clicked();
            if plain_button(ui, words::CANCEL).clicked() {
                stay = Stay::Close;
            }
        });
        if !take {
            return stay;
        }
        if let Some(command) = self.command() {
            pane.run(command);
        }
        Stay::Close
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
}
