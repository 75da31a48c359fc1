//! `hashiya manual`.

use serde_json::{Value as Json, json};

use crate::session::Refusal;
use crate::session::manual::{self, Page};

use super::args::Manual;
use super::terminal::{Exit, Stop, Terminal};

/// Lists the pages of the manual, or shows one.
pub fn run(typed: &Manual, terminal: &mut Terminal) -> Result<Exit, Stop> {
    if let Some(id) = &typed.page {
        return one_page(id, typed.json, terminal);
    }
    for page in manual::pages() {
        if typed.json {
            terminal.json(&json!({"id": page.id, "title": page.title()}))?;
        } else {
            terminal.line(format!("{:<18} {}", page.id, page.title()))?;
        }
    }
    Ok(Exit::Done)
}

fn one_page(id: &str, as_json: bool, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let page = manual::page(id).ok_or_else(|| {
        let known: Vec<&str> = manual::pages().iter().map(|page| page.id).collect();
        let refusal = Refusal::new("unknown_page", format!("the manual has no page {id:?}"));
        Stop::Usage(refusal.hint(format!("pages: {}", known.join(", "))))
    })?;
    terminal.answer(as_json, &page_json(page), page.text.trim_end())?;
    Ok(Exit::Done)
}

fn page_json(page: &Page) -> Json {
    json!({"id": page.id, "title": page.title(), "text": page.text})
}
