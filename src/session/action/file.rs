//! Actions of the File menu.

use super::Menu::File;
use super::{Action, Entry, Opens, ctrl};
use crate::session::situation::{articles, project, unsaved, writable};

#[rustfmt::skip]
pub(super) static ENTRIES: &[Entry] = &[
    Entry::new(Action::NewProject, "new-project", "New project…", "Make an empty project with the default codebook")
        .opens(Opens::Dialog).menu(File, 0).keys(&[ctrl("N")]),
    Entry::new(Action::OpenProject, "open-project", "Open project…", "Open a project file (.hashiya)")
        .opens(Opens::Dialog).menu(File, 0).keys(&[ctrl("O")]),
    Entry::new(Action::OpenArticles, "open-articles", "Open articles…", "Open files of articles or a dataset as an untitled project, saved as you go")
        .opens(Opens::Dialog).menu(File, 0).keys(&[ctrl("O").shift()]),
    Entry::new(Action::OpenSample, "open-sample", "Open the sample", "Open short articles in seven languages, coded in full, to look around in and try")
        .menu(File, 0),
    Entry::new(Action::TypePath, "type-path", "Open by path…", "Type or paste the path of a project, a file, or a folder")
        .opens(Opens::Dialog).menu(File, 0).keys(&[ctrl("L")]),
    Entry::new(Action::Import, "import", "Add articles…", "Import more articles into this project, with their annotations where they have any")
        .opens(Opens::Dialog).menu(File, 1).keys(&[ctrl("I")]).when(writable),
    Entry::new(Action::SaveSnapshot, "save-snapshot", "Save JSONL", "Write the whole project as JSONL into the exports folder beside it; your work itself is always saved")
        .menu(File, 2).keys(&[ctrl("S")]).when(articles),
    Entry::new(Action::Export, "export", "Export…", "Write the dataset in a format and to a place of your choice")
        .opens(Opens::Dialog).menu(File, 2).keys(&[ctrl("E")]).when(articles),
    Entry::new(Action::ExportAgain, "export-again", "Export again", "Make the last export of this project once more, to the same place")
        .menu(File, 2).keys(&[ctrl("E").shift()]).when(articles),
    Entry::new(Action::SaveProjectAs, "save-project-as", "Save project as…", "Give the project file a name and a place of its own")
        .opens(Opens::Dialog).menu(File, 2).keys(&[ctrl("S").shift()]).when(project),
    Entry::new(Action::CheckProject, "check-project", "Check project…", "Look through all articles for what a colleague would ask about, and prove the project sound")
        .opens(Opens::Dialog).menu(File, 3).when(project),
    Entry::new(Action::SetAnnotator, "set-annotator", "Annotator…", "Say under whose name you annotate")
        .opens(Opens::Dialog).menu(File, 3).when(project),
    Entry::new(Action::Retry, "retry", "Retry saving", "Try again to save what could not be saved")
        .menu(File, 3).when(unsaved),
    Entry::new(Action::CloseProject, "close-project", "Close project", "Go back to the welcome screen; everything is saved")
        .menu(File, 4).keys(&[ctrl("W")]).when(project),
    Entry::new(Action::Quit, "quit", "Quit", "Close Hashiya; everything is saved")
        .menu(File, 4).keys(&[ctrl("Q")]),
];
