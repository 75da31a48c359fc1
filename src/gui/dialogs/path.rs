//! A path to be typed or pasted, where no file dialog answers or the keyboard is quicker.

use std::path::PathBuf;

use egui::{Id, Ui};

use super::file::Purpose;
use super::{Stay, focus_once, foot_ui, small_ui, title_ui, told_ui};
use crate::gui::field::{Field, FieldState};
use crate::gui::panels::widgets::{plain_button, primary_button};
use crate::gui::panels::{Ask, Pane};
use crate::gui::words;
use crate::session::{Notice, Request, Severity};

/// The dialog.
pub struct PathDialog {
    purpose: Purpose,
    reason: Option<&'static str>,
    field: FieldState,
    refusal: Option<&'static str>,
    /// The request that the session was sent with the path, until it is answered.
    asked: Option<u64>,
    /// Why the session could not do that, with what to do about it.
    failure: Option<words::Told>,
    focused: bool,
    /// Whether a path was given.
    is_given: bool,
}

impl PathDialog {
    /// For a purpose; `reason` says why no file dialog is shown.
    pub fn new(purpose: Purpose, reason: Option<&'static str>) -> Self {
        let first = if purpose.makes_file() {
            std::env::current_dir()
                .unwrap_or_default()
                .join(purpose.first_name())
                .to_string_lossy()
                .into_owned()
        } else {
            String::new()
        };
        Self {
            purpose,
            reason,
            field: FieldState::new(&first),
            refusal: None,
            asked: None,
            failure: None,
            focused: false,
            is_given: false,
        }
    }

    /// What a path was given for, now that it closes.
    pub(in crate::gui) fn given(&self) -> Option<&Purpose> {
        self.is_given.then_some(&self.purpose)
    }

    /// The session was asked with the path: the dialog stays until that has succeeded, so that a path with a mistake can
    /// be mended.
    pub fn wait_for(&mut self, request: u64) {
        self.asked = Some(request);
    }

    /// Looks whether what was asked for is answered. What went wrong is said here and not in a notice as well.
    fn take_answer(&mut self, pane: &mut Pane<'_>) -> Option<Stay> {
        let asked = self.asked.take_if(|asked| *asked <= pane.snapshot.answered)?;
        let mut notices = pane.snapshot.notices.iter();
        let is_failure =
            |notice: &&Notice| notice.request == Some(asked) && notice.severity == Severity::Error;
        let Some(notice) = notices.find(is_failure) else {
            return Some(Stay::Close);
        };
        self.is_given = false;
        self.failure = Some(words::told_notice(notice, pane.snapshot));
        self.focused = false;
        pane.send(Request::DismissNotice(notice.id));
        None
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, pane: &mut Pane<'_>) -> Stay {
        if let Some(stay) = self.take_answer(pane) {
            return stay;
        }
        title_ui(ui, pane, self.purpose.title());
        if let Some(reason) = self.reason {
            small_ui(ui, reason, pane.palette.ink_weak);
        }
        let id = Id::unique("typed-path");
        focus_once(ui, id, &mut self.focused);
        let field =
            Field::new(id, words::PATH)
                .hint(self.purpose.path_hint())
                .show(ui, pane.engine, &mut self.field);
        if field.changed {
            (self.refusal, self.failure) = (None, None);
        }
        if let Some(refusal) = self.refusal {
            small_ui(ui, refusal, pane.palette.danger);
        }
        self.failure_ui(ui, pane);
        let mut take = field.submitted;
        let mut stay = if field.cancelled { Stay::Close } else { Stay::Open };
        foot_ui(ui, |ui| {
            if plain_button(ui, words::CANCEL).clicked() {
                stay = Stay::Close;
            }
            let word = if self.purpose.makes_file() {
                words::SAVE
            } else {
                words::OPEN
            };
            take |= primary_button(ui, pane.palette, word).clicked();
        });
        if !take || self.asked.is_some() {
            return stay;
        }
        self.failure = None;
        match resolve(self.field.text(), &self.purpose) {
            Ok(path) => {
                let is_answered = self.purpose.request(vec![path.clone()]).is_some();
                pane.queue.push(Ask::Picked(self.purpose.clone(), vec![path]));
                self.is_given = true;
                if is_answered { Stay::Open } else { Stay::Close }
            }
            Err(refusal) => {
                self.refusal = Some(refusal);
                self.focused = false;
                Stay::Open
            }
        }
    }

    fn failure_ui(&self, ui: &mut Ui, pane: &mut Pane<'_>) {
        if let Some(failure) = &self.failure {
            told_ui(ui, pane, failure);
        }
    }
}

/// The path that was meant, which of a URI with what is no escape is the URI's own letters, or why it cannot be taken.
fn resolve(typed: &str, purpose: &Purpose) -> Result<PathBuf, &'static str> {
    let typed = typed.trim().trim_matches('"');
    if typed.is_empty() {
        return Err(words::PATH_EMPTY);
    }
    let path = match (
        typed.strip_prefix("file://"),
        typed.strip_prefix("~/"),
        std::env::var_os("HOME"),
    ) {
        (Some(uri), ..) => PathBuf::from(decoded(uri).unwrap_or_else(|| uri.to_owned())),
        (None, Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(typed),
    };
    let path = purpose.complete(path);
    if !purpose.makes_file() {
        return if path.exists() {
            Ok(path)
        } else {
            Err(words::PATH_MISSING)
        };
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if folder.is_some_and(|folder| !folder.is_dir()) {
        return Err(words::PATH_NO_FOLDER);
    }
    if path.exists() {
        Err(words::PATH_EXISTS)
    } else {
        Ok(path)
    }
}

/// What a URI means, in which `%20` and the like stand for bytes; none where they make no text.
fn decoded(uri: &str) -> Option<String> {
    let mut parts = uri.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        // A sign before a digit would count as a number.
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_found_or_refused_with_the_reason() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("مقال 1.txt");
        std::fs::write(&file, "x").unwrap();
        let typed = file.to_str().unwrap();
        let open = Purpose::Anything;
        assert_eq!(resolve(&format!("  \"{typed}\" "), &open), Ok(file.clone()));
        assert_eq!(resolve(&format!("file://{typed}"), &open), Ok(file.clone()));
        let folder = home.path().display();
        let copied = format!("file://{folder}/%D9%85%D9%82%D8%A7%D9%84%201.txt");
        assert_eq!(resolve(&copied, &open), Ok(file.clone()), "as a browser shows it");
        for name in ["100%.txt", "5%-6%zz.txt", "%D9.txt"] {
            let file = home.path().join(name);
            std::fs::write(&file, "x").unwrap();
            assert_eq!(resolve(&format!("file://{folder}/{name}"), &open), Ok(file));
        }
        assert_eq!(resolve("file:///%D9", &open), Err(words::PATH_MISSING));
        assert_eq!(resolve("", &open), Err(words::PATH_EMPTY));
        assert_eq!(resolve("/no/such/place", &open), Err(words::PATH_MISSING));
        let new = Purpose::NewProject;
        let inside = home.path().join("new");
        assert_eq!(
            resolve(inside.to_str().unwrap(), &new),
            Ok(inside.with_extension("hashiya"))
        );
        assert_eq!(resolve("/no/such/place/new", &new), Err(words::PATH_NO_FOLDER));
        assert_eq!(resolve(typed, &new), Err(words::PATH_EXISTS));
    }
}
