//! `hashiya quantity`: what casualty expressions come to.

use serde_json::{Map, Value as Json, json};

use crate::model::{Modifier, Quantity, Value};
use crate::session::{Bounds, Context, read_quantity};

use super::args;
use super::terminal::{Exit, Stop, Terminal, printable};

pub fn run(typed: &args::Quantity, terminal: &mut Terminal) -> Result<Exit, Stop> {
    for text in &typed.text {
        let read = read_quantity(
            text,
            typed.lang.as_deref(),
            Context::default(),
            &Bounds::default(),
        );
        let words = read.as_ref().map_or_else(|| "nothing read".to_owned(), in_words);
        let line = printable(&format!("{text}: {words}")).replace('\n', " ");
        terminal.answer(typed.json, &as_json(text, read), line)?;
    }
    Ok(Exit::Done)
}

/// The text, then how many, then of whom and what befell them; what is unknown is absent.
fn as_json(text: &str, read: Option<Quantity>) -> Json {
    let mut json = Map::new();
    json.insert("text".to_owned(), json!(text));
    if let Some(Json::Object(mut value)) = read.map(|read| Value::Quantity(read).to_json()) {
        for key in ["low", "best", "high", "modifier", "kind", "who"] {
            json.extend(value.shift_remove(key).map(|value| (key.to_owned(), value)));
        }
    }
    Json::Object(json)
}

/// `killed · more than 50 · civilians`
fn in_words(quantity: &Quantity) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(quantity.kind.map(|kind| kind.name().to_owned()));
    parts.extend(amount(quantity));
    if !quantity.who.is_empty() {
        parts.push(quantity.who.join(", "));
    }
    parts.join(" · ")
}

/// How many, with the words' own modifier.
fn amount(quantity: &Quantity) -> Option<String> {
    let said = match quantity.modifier {
        Some(Modifier::MoreThan) => format!("more than {}", quantity.low?.saturating_sub(1)),
        Some(Modifier::LessThan) => format!("less than {}", quantity.high?.saturating_add(1)),
        Some(Modifier::Vague) => format!("{} or more, vague", quantity.low?),
        Some(Modifier::Exact) => quantity.best?.to_string(),
        modifier => {
            let word = modifier.map(|modifier| format!("{} ", modifier.name().replace('_', " ")));
            let number = match (quantity.low, quantity.best, quantity.high) {
                (Some(low), None, Some(high)) => format!("{low}–{high}"),
                (low, best, high) => best.or(low).or(high)?.to_string(),
            };
            format!("{}{number}", word.unwrap_or_default())
        }
    };
    Some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: &str, json: &str) {
        let read = read_quantity(text, None, Context::default(), &Bounds::default());
        assert_eq!(
            read.as_ref().map(in_words).as_deref(),
            Some(words).filter(|words| !words.is_empty())
        );
        assert_eq!(as_json(text, read).to_string(), json);
    }

    #[test]
    fn a_figure_is_told_in_words_and_in_the_order_of_the_design() {
        check(
            "plus de 50 civils tués",
            "killed · more than 50 · civilians",
            r#"{"text":"plus de 50 civils tués","low":51,"modifier":"more_than","kind":"killed","who":["civilians"]}"#,
        );
        check(
            "between 10 and 15 wounded",
            "injured · 10–15",
            r#"{"text":"between 10 and 15 wounded","low":10,"high":15,"kind":"injured"}"#,
        );
        check(
            "قتيلان",
            "killed · 2",
            r#"{"text":"قتيلان","low":2,"best":2,"high":2,"modifier":"exact","kind":"killed"}"#,
        );
        check(
            "des dizaines de morts",
            "killed · 20 or more, vague",
            r#"{"text":"des dizaines de morts","low":20,"modifier":"vague","kind":"killed"}"#,
        );
        check(
            "au moins 12 blessés",
            "injured · at least 12",
            r#"{"text":"au moins 12 blessés","low":12,"modifier":"at_least","kind":"injured"}"#,
        );
        check("bonjour", "", r#"{"text":"bonjour"}"#);
    }
}
