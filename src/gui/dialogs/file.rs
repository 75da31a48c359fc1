//! The system's file dialog, on a thread of its own so that it never holds up the window.
//!
//! Where no dialog service runs, the answer is "nothing", as it is of a cancelled dialog. The two are told apart by how
//! soon it came and by whether the window lost the focus meanwhile: then a path is typed instead.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use super::export::ExportForm;
use crate::gui::words;
use crate::session::Request;
use crate::session::action::Action;

/// A person does not see and cancel a dialog faster than this. A path that is asked for in vain costs one key; a dialog
/// that seems to have been cancelled leaves the user with nothing.
const TOO_FAST: Duration = Duration::from_millis(500);
/// Where a dialog is shown by a service, which may be absent, and not by the system itself.
const BY_SERVICE: bool = cfg!(all(unix, not(target_os = "macos")));

/// What a file is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A project or articles, whatever the path leads to.
    Anything,
    /// A project file.
    OpenProject,
    /// Files of articles.
    OpenArticles,
    /// Articles for the open project.
    Import,
    /// A new project file.
    NewProject,
    /// A place for the open project.
    SaveProjectAs {
        /// The name that it has.
        name: String,
    },
    /// A dataset.
    Export {
        /// What was chosen.
        form: Box<ExportForm>,
        /// A name that fits.
        name: String,
    },
    /// A codebook to take over.
    ImportCodebook,
    /// The codebook, as TOML.
    ExportCodebook {
        /// A name that fits.
        name: String,
    },
    /// A report.
    SaveReport {
        /// What it says.
        text: String,
    },
}

impl Purpose {
    /// The title of the dialog: the name of what led to it.
    pub fn title(&self) -> &'static str {
        let action = match self {
            Self::Anything => Action::TypePath,
            Self::OpenProject => Action::OpenProject,
            Self::OpenArticles => Action::OpenArticles,
            Self::Import => Action::Import,
            Self::NewProject => Action::NewProject,
            Self::SaveProjectAs { .. } => Action::SaveProjectAs,
            Self::Export { .. } => Action::Export,
            Self::ImportCodebook => Action::ImportCodebook,
            Self::ExportCodebook { .. } => return words::EXPORT_CODEBOOK,
            Self::SaveReport { .. } => return words::SAVE_REPORT.trim_end_matches('…'),
        };
        action.entry().name.trim_end_matches('…')
    }

    /// A path such as is wanted, shown in the empty field.
    pub const fn path_hint(&self) -> &'static str {
        match self {
            Self::ImportCodebook | Self::ExportCodebook { .. } => words::PATH_HINT_TOML,
            Self::OpenProject => words::PATH_HINT_PROJECT,
            _ => words::PATH_HINT,
        }
    }

    /// Whether a file is made, not opened.
    pub const fn makes_file(&self) -> bool {
        matches!(
            self,
            Self::NewProject
                | Self::SaveProjectAs { .. }
                | Self::Export { .. }
                | Self::ExportCodebook { .. }
                | Self::SaveReport { .. }
        )
    }

    /// The name that a new file has at first.
    pub fn first_name(&self) -> String {
        match self {
            Self::NewProject => "project.hashiya".to_owned(),
            Self::SaveProjectAs { name } => format!("{name}.hashiya"),
            Self::Export { name, .. } => name.clone(),
            Self::ExportCodebook { name } => format!("{name}.toml"),
            Self::SaveReport { .. } => "report.txt".to_owned(),
            _ => String::new(),
        }
    }

    /// A path as it is meant: a project file always has its ending, and a dataset has one where none was typed.
    #[must_use]
    pub fn complete(&self, path: PathBuf) -> PathBuf {
        match self {
            Self::NewProject | Self::SaveProjectAs { .. } if path.extension().is_none() => {
                path.with_extension("hashiya")
            }
            Self::Export { form, .. } if path.extension().is_none() => {
                let format = crate::session::formats()
                    .iter()
                    .find(|format| format.id == form.format && format.is_one_file());
                match format.and_then(|format| format.endings.first()) {
                    Some(ending) => path.with_extension(ending),
                    None => path,
                }
            }
            _ => path,
        }
    }

    /// What the session is asked with the paths; none where the window does more with them first.
    pub fn request(&self, mut paths: Vec<PathBuf>) -> Option<Request> {
        if paths.is_empty() {
            return None;
        }
        Some(match self {
            Self::Anything | Self::OpenArticles => open(paths),
            Self::OpenProject => Request::OpenProject(paths.swap_remove(0)),
            Self::NewProject => Request::NewProject(self.complete(paths.swap_remove(0))),
            Self::SaveProjectAs { .. } => Request::SaveProjectAs(self.complete(paths.swap_remove(0))),
            Self::ExportCodebook { .. } => Request::ExportCodebook(paths.swap_remove(0)),
            // Files are looked into before they come in, an export is remembered, a report is the window's to write.
            Self::Import | Self::ImportCodebook | Self::Export { .. } | Self::SaveReport { .. } => {
                return None;
            }
        })
    }
}

/// Opens what the paths lead to: one project file, or articles.
pub fn open(mut paths: Vec<PathBuf>) -> Request {
    let one_project = paths.len() == 1 && paths.first().is_some_and(|path| is_project(path));
    if one_project {
        Request::OpenProject(paths.swap_remove(0))
    } else {
        Request::OpenArticles(paths)
    }
}

/// Whether a path is named like a project file.
pub fn is_project(path: &std::path::Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("hashiya"))
}

/// Whether the system's dialogs are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileDialogs {
    /// They are; a path is typed where none answers.
    System,
    /// A path is always typed, as in tests.
    Typed,
}

/// A dialog that is open beside the window.
pub struct OpenFileDialog {
    purpose: Purpose,
    told: Receiver<Told>,
    /// Whether the window lost the focus since, as it does to a dialog that is seen.
    lost_focus: bool,
}

/// What was told by who shows dialogs, and how long it took to do so, however long it waited here to be looked at.
struct Told {
    chosen: Option<Vec<PathBuf>>,
    took: Duration,
}

/// What came of a dialog.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is still open.
    None,
    /// These were chosen.
    Paths(Purpose, Vec<PathBuf>),
    /// The user chose nothing.
    Cancelled,
    /// No dialog service answered.
    NoService(Purpose),
}

impl OpenFileDialog {
    /// Opens the system's dialog; `wake` is called when it is answered. `None` where no thread can be had.
    pub fn start(purpose: Purpose, wake: impl Fn() + Send + 'static) -> Option<Self> {
        Self::start_with(purpose, ask, wake)
    }

    fn start_with(
        purpose: Purpose,
        ask: fn(&Purpose) -> Option<Vec<PathBuf>>,
        wake: impl Fn() + Send + 'static,
    ) -> Option<Self> {
        let (send, told) = channel();
        let asked = purpose.clone();
        let name = "file dialog".to_owned();
        let thread = std::thread::Builder::new().name(name).spawn(move || {
            let since = Instant::now();
            let chosen = std::panic::catch_unwind(|| ask(&asked)).unwrap_or_default();
            let took = since.elapsed();
            // The window may be gone by now; then nobody waits for the answer.
            send.send(Told { chosen, took }).unwrap_or_default();
            wake();
        });
        thread.ok().map(|_| Self {
            purpose,
            told,
            lost_focus: false,
        })
    }

    /// Looks whether it was answered; `has_focus` says whether the window has the focus now.
    pub fn poll(&mut self, has_focus: bool) -> Answer {
        self.lost_focus |= !has_focus;
        match self.told.try_recv() {
            Err(TryRecvError::Empty) => Answer::None,
            Ok(Told {
                chosen: Some(paths), ..
            }) if !paths.is_empty() => Answer::Paths(self.purpose.clone(), paths),
            Ok(told) if self.was_seen(told.took) => Answer::Cancelled,
            Ok(_) | Err(TryRecvError::Disconnected) => Answer::NoService(self.purpose.clone()),
        }
    }

    /// Whether somebody can have seen the dialog, and put it away.
    const fn was_seen(&self, took: Duration) -> bool {
        !BY_SERVICE || self.lost_focus && took.as_millis() > TOO_FAST.as_millis()
    }
}

fn ask(purpose: &Purpose) -> Option<Vec<PathBuf>> {
    let dialog = rfd::FileDialog::new().set_title(purpose.title());
    let one = |path: Option<PathBuf>| path.map(|path| vec![path]);
    match purpose {
        Purpose::OpenProject => one(dialog.add_filter("Hashiya", &["hashiya"]).pick_file()),
        Purpose::ImportCodebook => one(dialog.add_filter("TOML", &["toml"]).pick_file()),
        Purpose::Anything | Purpose::OpenArticles | Purpose::Import => dialog.pick_files(),
        _ => one(dialog.set_file_name(purpose.first_name()).save_file()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_project_file_is_opened_and_anything_else_is_articles() {
        let open_it = |paths: &[&str]| open(paths.iter().map(PathBuf::from).collect());
        assert!(matches!(open_it(&["a/حلب.hashiya"]), Request::OpenProject(_)));
        assert!(matches!(open_it(&["a/B.HASHIYA"]), Request::OpenProject(_)));
        assert!(matches!(open_it(&["a/b.txt"]), Request::OpenArticles(_)));
        assert!(matches!(
            open_it(&["a.hashiya", "b.txt"]),
            Request::OpenArticles(_)
        ));
    }

    #[test]
    fn a_dataset_has_an_ending_where_none_was_typed() {
        let complete = |format: &str, path: &str| {
            let form = ExportForm {
                format: format.to_owned(),
                ..ExportForm::default()
            };
            let purpose = Purpose::Export {
                form: Box::new(form),
                name: String::new(),
            };
            purpose.complete(PathBuf::from(path))
        };
        assert_eq!(
            complete("csv-excel", "/data/out-csv"),
            PathBuf::from("/data/out-csv.csv")
        );
        assert_eq!(
            complete("csv-excel", "/data/out.txt"),
            PathBuf::from("/data/out.txt")
        );
        assert_eq!(
            complete("brat", "/data/out"),
            PathBuf::from("/data/out"),
            "a folder"
        );
    }

    #[test]
    fn a_new_project_has_its_ending() {
        let request = Purpose::NewProject.request(vec![PathBuf::from("/data/mali")]);
        assert!(matches!(request, Some(Request::NewProject(path)) if path.ends_with("mali.hashiya")));
        assert!(Purpose::Import.request(Vec::new()).is_none());
    }

    /// What is made of no path, told after so many milliseconds.
    fn nothing_after(milliseconds: u64, lost_focus: bool) -> Answer {
        let (send, told) = channel();
        let mut dialog = OpenFileDialog {
            purpose: Purpose::OpenArticles,
            told,
            lost_focus: false,
        };
        assert_eq!(dialog.poll(!lost_focus), Answer::None);
        let took = Duration::from_millis(milliseconds);
        send.send(Told { chosen: None, took }).unwrap();
        dialog.poll(true)
    }

    #[test]
    #[cfg(all(unix, not(target_os = "macos")))]
    fn nothing_is_a_cancelled_dialog_only_where_a_dialog_can_have_been_seen() {
        let no_service = Answer::NoService(Purpose::OpenArticles);
        assert_eq!(nothing_after(3, true), no_service);
        assert_eq!(nothing_after(3, false), no_service);
        // A machine under load takes its time, and shows nothing all the same.
        assert_eq!(nothing_after(9000, false), no_service);
        assert_eq!(nothing_after(9000, true), Answer::Cancelled);
    }

    #[test]
    fn what_was_chosen_is_taken() {
        let chosen = |_: &Purpose| Some(vec![PathBuf::from("a")]);
        let (woken, wake) = channel();
        let dialog =
            OpenFileDialog::start_with(Purpose::Import, chosen, move || woken.send(()).unwrap_or(()));
        let mut dialog = dialog.unwrap();
        wake.recv().unwrap();
        assert!(matches!(dialog.poll(true), Answer::Paths(_, paths) if paths.len() == 1));
    }
}
