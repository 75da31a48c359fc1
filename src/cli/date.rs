//! `hashiya date`.

use serde_json::{Value as Json, json};

use crate::model::Value;
use crate::session::{Refusal, dates};

use super::args::Date;
use super::terminal::{Exit, Stop, Terminal, printable};

pub fn run(typed: &Date, terminal: &mut Terminal) -> Result<Exit, Stop> {
    let lang = typed.lang.as_deref();
    if let Some(published) = typed
        .published
        .as_deref()
        .filter(|text| !dates::is_publication(text, lang))
    {
        let message = format!("{published:?} is no day, month, or year");
        return Err(Stop::Usage(
            Refusal::new("bad_date", message).hint("write it as 2022-05-12, 2022-05, or 2022"),
        ));
    }
    let text = typed.text.join(" ");
    let reading = dates::read_words(&text, lang, typed.published.as_deref());
    let found: Vec<Json> = reading
        .dates
        .iter()
        .map(|date| Value::Date(date.clone()).to_json())
        .collect();
    let wants_publication =
        reading.dates.is_empty() && typed.published.is_none() && dates::words_want_publication(&text, lang);
    if typed.json {
        let certain = reading.is_certain;
        let answer =
            json!({"text": text, "dates": found, "certain": certain, "wants_published": wants_publication});
        terminal.json(&answer)?;
        return Ok(Exit::Done);
    }
    if wants_publication {
        let which = "which day that is depends on the day of the article; name it with `--published`";
        terminal.line(printable(&format!("{text}: {which}")))?;
    } else if reading.dates.is_empty() {
        terminal.line(printable(&format!("{text}: no date is read from these words")))?;
    }
    for date in &reading.dates {
        let about = if date.approximate { "about " } else { "" };
        let precision = date.precision.map(|precision| format!(" ({})", precision.name()));
        terminal.line(format!("{about}{}{}", date.value, precision.unwrap_or_default()))?;
    }
    Ok(Exit::Done)
}
