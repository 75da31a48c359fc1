//! Words of tooltips on what no action of the table stands for.

use super::{FILTER, counted};

/// Whose name stands in the status bar, behind the name.
pub const ANNOTATOR_TIP: &str = "Your work is kept under this name. Change it in the menu File › Annotator….";
/// What is behind the time in the status bar.
pub const SAVED_TIP: &str =
    "The time of the last change. Each change is on disk before it is shown, so there is nothing to save.";
/// The same where nothing was changed yet.
pub const NO_CHANGES_TIP: &str =
    "Each change is on disk before it is shown, so there is nothing to save. Its time stands here.";
/// Where nothing can be saved at the moment.
pub const NOT_SAVING_TIP: &str = "Changes cannot be written to disk now; the bar above says why.";
/// Where changes wait for a long one.
pub const HELD_TIP: &str = "These changes are written as soon as the long one is done.";

/// What the filter's field does, with the key that leads there.
pub fn filter_tip(key: &str) -> String {
    format!(
        "{FILTER}  {key}\nLists the articles that have these words in their title, or an id that begins so."
    )
}

/// What the button of the sheet does, with its key there.
pub fn new_event_tip(key: &str) -> String {
    format!("New event  {key} in this sheet\nRecord an event with nothing in it yet.")
}

/// What a control is about, and what is chosen in it.
pub fn value_is(name: &str, shown: &str) -> String {
    format!("{name}: \u{2068}{shown}\u{2069}")
}

/// "12 of 100 done", of whom where it is somebody else.
pub fn progress_of(whose: Option<&str>, done: u64, total: u64) -> String {
    let whose = whose.map_or_else(String::new, |whose| {
        format!("\u{2068}{}\u{2069}: ", super::shorten(whose, 16))
    });
    format!("{whose}{done} of {total} done")
}

/// How far the work on all articles of a project is.
pub fn progress_tip(done: u64, in_progress: u64, todo: u64, skipped: u64) -> String {
    let all = counted(done + in_progress + todo + skipped, "article", "articles");
    format!("{all} in the project: {done} done, {in_progress} in progress, {todo} to do, {skipped} skipped.")
}

/// How many articles the filters let through.
pub fn shown_tip(shown: u64, total: u64) -> String {
    format!("The filters let {shown} of {total} through.")
}
/// A path such as leads to a codebook.
pub const PATH_HINT_TOML: &str = "/home/you/codebook.toml";
/// A path such as leads to a project.
pub const PATH_HINT_PROJECT: &str = "/home/you/project.hashiya";
