//! The words of the list of problems and of checks.

use super::counted;

/// The list.
pub const PROBLEMS: &str = "Problems";
/// Where there is none.
pub const NO_PROBLEMS: &str = "No problems";
/// What that means.
pub const NO_PROBLEMS_HINT: &str =
    "Required values, roles, edges of spans, and casualty figures are as the codebook wants them.";
/// While they are looked for.
pub const PROBLEMS_SEARCHING: &str = "Checking…";
/// What keys do in the list.
pub const PROBLEMS_KEYS: &str = "Enter goes there · Delete dismisses";
/// What keys do in the list on a dismissed problem.
pub const DISMISSED_KEYS: &str = "Enter goes there · Delete shows it again";
/// Above the dismissed ones.
pub const DISMISSED: &str = "Dismissed";
/// On a row, and what is said of one.
pub const DISMISS: &str = "Dismiss";
/// On a row of a dismissed problem.
pub const RESTORE: &str = "Show again";
/// The report of a project.
pub const CHECK_REPORT: &str = "Check of the project";
/// The list in it.
pub const CHECK_LIST: &str = "Problems by article";
/// Where nothing was found.
pub const CHECK_CLEAN: &str = "The project file is sound, and there is nothing to ask about.";
/// Where there is something to ask about its articles.
pub const CHECK_SOUND: &str = "The project file is sound.";
/// Where it is unsound.
pub const CHECK_UNSOUND: &str =
    "The project is not sound; hashiya recover saves what can be read into a new project.";
/// What keys do in it.
pub const CHECK_KEYS: &str = "Arrow keys choose, Enter opens the article there";

/// The switch that shows dismissed problems.
pub fn show_dismissed(count: usize, are_shown: bool) -> String {
    let verb = if are_shown { "Hide" } else { "Show" };
    format!("{verb} dismissed ({count})")
}

/// What is left in an article that is marked done: so many problems, of which so many are open notes.
pub fn problems_left(count: usize, notes: usize) -> String {
    format!(
        "{} left in the article marked done",
        problems_and_notes(count, notes)
    )
}

/// The same while the article is still the one that is shown, with the key that leads to them.
pub fn problems_left_here(left: &str, key: Option<&str>) -> String {
    key.map_or_else(|| left.to_owned(), |key| format!("{left}: {key} lists them"))
}

/// The same of work that was approved.
pub fn left_when_approved(count: usize, notes: usize) -> String {
    format!("Approved; {} left in it", problems_and_notes(count, notes))
}

/// What would be there were the article done, where nothing is there now.
pub fn left_when_done(count: usize, notes: usize) -> String {
    format!(
        "Not now: {} once the article is done. Unconfirmed values and open notes count then.",
        problems_and_notes(count, notes)
    )
}

/// An open note is called what it is.
fn problems_and_notes(count: usize, notes: usize) -> String {
    let problems = counted(count.saturating_sub(notes), "problem", "problems");
    let open = counted(notes, "open note", "open notes");
    match (count > notes, notes > 0) {
        (true, true) => format!("{problems} and {open}"),
        (false, true) => open,
        _ => problems,
    }
}

/// A problem that was gone to.
pub fn problem_of(place: usize, count: usize, message: &str) -> String {
    format!("Problem {place} of {count}: {message}")
}

/// What a check found.
pub fn check_summary(total: u64, articles: u64, listed: usize) -> String {
    let problems = counted(total, "problem", "problems");
    let articles = counted(articles, "article", "articles");
    let first = if (listed as u64) < total {
        format!("; the first {listed} are listed")
    } else {
        String::new()
    };
    format!("{problems} in {articles}{first}")
}
