//! Actions of the Article menu: how far the work is, what is to be asked about it, and the way to other articles.

use super::Menu::Article;
use super::{Action, Entry, Opens, ctrl, key};
use crate::session::situation::{article, article_writable, articles, finishing, problem_shown, problems};

#[rustfmt::skip]
pub(super) static ENTRIES: &[Entry] = &[
    Entry::new(Action::MarkDoneAndNext, "done-and-next", "Done, next article", "Mark the article done and open the next unfinished one")
        .menu(Article, 0).keys(&[ctrl("Enter")]).when(finishing),
    Entry::new(Action::MarkDone, "mark-done", "Mark done", "Mark the article done and stay")
        .menu(Article, 0).keys(&[ctrl("D")]).apply("set_status").when(article_writable),
    Entry::new(Action::MarkTodo, "mark-todo", "Mark to do", "Mark the article as not begun")
        .menu(Article, 0).apply("set_status").when(article_writable),
    Entry::new(Action::MarkSkipped, "mark-skipped", "Mark skipped", "Mark the article as not to be annotated")
        .menu(Article, 0).apply("set_status").when(article_writable),
    Entry::new(Action::NextArticle, "next-article", "Next article", "Open the next article of the list")
        .menu(Article, 1).keys(&[ctrl("PageDown")]).when(articles),
    Entry::new(Action::PreviousArticle, "previous-article", "Previous article", "Open the previous article of the list")
        .menu(Article, 1).keys(&[ctrl("PageUp")]).when(articles),
    Entry::new(Action::NextUnfinished, "next-unfinished", "Next unfinished article", "Open the next article that is not done")
        .menu(Article, 1).keys(&[ctrl("PageDown").shift()]).when(articles),
    Entry::new(Action::InspectArticle, "inspect-article", "Label the article", "Go to the fields of the article as a whole in the inspector; Esc comes back")
        .menu(Article, 2).keys(&[key("Enter").shift()]).in_article().when(article),
    Entry::new(Action::EditMetadata, "edit-metadata", "Article details…", "Edit title, source, date, and language of the article")
        .opens(Opens::Dialog).menu(Article, 2).keys(&[ctrl("F2")]).apply("set_meta").when(article_writable),
    Entry::new(Action::NextProblem, "next-problem", "Next problem", "Go to the next problem that the checks find in the article, round the end")
        .menu(Article, 2).keys(&[key("F4")]).when(problems),
    Entry::new(Action::PreviousProblem, "previous-problem", "Previous problem", "Go to the problem before, round the start")
        .menu(Article, 2).keys(&[key("F4").shift()]).when(problems),
    Entry::new(Action::ShowProblems, "show-problems", "Problems", "Go to the list of the article’s problems; Enter there leads to one, Delete dismisses it, Esc comes back")
        .menu(Article, 2).keys(&[ctrl("M").shift()]).when(article),
    Entry::new(Action::DismissProblem, "dismiss-problem", "Dismiss problem", "Say that the problem gone to last is none, for good; undo and the list of problems bring it back")
        .menu(Article, 2).keys(&[ctrl("F4")]).apply("dismiss_problem").when(problem_shown),
];
