//! Lines as `hashiya apply` takes them: valid ones, ones that are valid in part, and nonsense.

use serde_json::{Map, Value as Json, json};

use super::numbers::Numbers;

/// What commands are about.
pub struct Known {
    pub articles: Vec<String>,
    pub annotators: Vec<String>,
    /// Of spans, relations, events, and notes that were made.
    pub made: Vec<String>,
}

const LABELS: &[&str] = &[
    "actor",
    "location",
    "casualty",
    "date",
    "trigger",
    "weapon",
    "خسائر",
];
const ATTRIBUTES: &[&str] = &[
    "type",
    "precision",
    "quantity",
    "assertion",
    "when",
    "kind",
    "context",
    "fatalities",
    "relevance",
    "weight",
    "nichts",
];
const RELATIONS: &[&str] = &["victims", "claimed-by", "part-of", "located-in", "near"];
const EVENTS: &[&str] = &["incident", "protest"];
const ROLES: &[&str] = &[
    "perpetrator",
    "target",
    "place",
    "time",
    "casualties",
    "source",
    "witness",
];
const WORDS: &[&str] = &[
    "",
    "a",
    "À vérifier",
    "تم 🔴",
    "two\nlines",
    "\u{202e}x",
    "50 civils",
    "e\u{301}",
    " ",
    "\u{0}",
];
/// Few ids, so that some are named twice.
const IDS: &[&str] = &["s1", "s2", "s3", "s4", "r1", "e1", "e2", "n1", "س", "x/y"];

/// A line; nonsense now and then.
pub fn line(numbers: &mut Numbers, known: &Known) -> String {
    let mut command = command(numbers, known);
    if numbers.once_in(12) {
        spoil(numbers, &mut command);
    }
    let mut line = command.to_string();
    if numbers.once_in(60) {
        let mut bytes = line.into_bytes();
        super::mutation::mutate(numbers, &mut bytes, b"{\"command\":\"undo\"}");
        line = String::from_utf8_lossy(&bytes).into_owned();
    }
    line
}

fn command(numbers: &mut Numbers, known: &Known) -> Json {
    match numbers.below(30) {
        0 => turned(numbers, known, "undo"),
        1 => turned(numbers, known, "redo"),
        2 => {
            let commands: Vec<Json> = (0..numbers.below(5)).map(|_| simple(numbers, known)).collect();
            json!({"command": "batch", "commands": commands})
        }
        3 | 4 => codebook(numbers),
        _ => simple(numbers, known),
    }
}

fn turned(numbers: &mut Numbers, known: &Known, name: &str) -> Json {
    let mut command = json!({"command": name});
    if numbers.once_in(2) {
        command["article"] = article(numbers, known);
    }
    if numbers.once_in(4) {
        command["annotator"] = annotator(numbers, known);
    }
    command
}

fn article(numbers: &mut Numbers, known: &Known) -> Json {
    if numbers.once_in(40) {
        return json!("nowhere");
    }
    json!(numbers.item(&known.articles))
}

fn annotator(numbers: &mut Numbers, known: &Known) -> Json {
    json!(numbers.item(&known.annotators))
}

/// The id of something, which may not be of the right kind.
fn id(numbers: &mut Numbers, known: &Known) -> Json {
    if known.made.is_empty() || numbers.once_in(4) {
        json!(numbers.pick(IDS))
    } else {
        json!(numbers.item(&known.made))
    }
}

fn ranges(numbers: &mut Numbers) -> Json {
    let many = if numbers.once_in(4) { 3 } else { 1 };
    let mut from = numbers.below(30);
    let ranges: Vec<Json> = (0..many)
        .map(|_| {
            let start = from + numbers.below(4);
            from = start + numbers.below(12);
            json!([start, from])
        })
        .collect();
    json!(ranges)
}

fn value(numbers: &mut Numbers) -> Json {
    match numbers.below(14) {
        0 => Json::Null,
        1 => json!(numbers.pick(WORDS)),
        2 => json!(numbers.next().cast_signed()),
        3 => json!(numbers.once_in(2)),
        4 => {
            json!({"value": numbers.pick(&["2022", "2022-01", "2022-01-31", "2022-02-30", "2022/2023", "--05", "x"])})
        }
        5 => {
            json!({"kind": numbers.pick(&["killed", "injured", "x"]), "low": numbers.below(90), "modifier": "more_than"})
        }
        6 => json!({"low": 5, "best": numbers.below(9), "high": 3, "who": ["civilians", "x"]}),
        7 => json!({"id": numbers.pick(&["Q12", ""]), "name": numbers.pick(WORDS)}),
        8 => json!([numbers.pick(&["a", "rebels"]), "b"]),
        9 => json!({}),
        _ => json!(numbers.pick(&[
            "rebels",
            "state forces",
            "near",
            "exact",
            "fact",
            "alleged",
            "event",
            "past",
            "1.50",
            "1e5"
        ])),
    }
}

fn attributes(numbers: &mut Numbers) -> Json {
    let pairs = (0..numbers.below(3)).map(|_| (numbers.pick(ATTRIBUTES).to_owned(), value(numbers)));
    Json::Object(pairs.collect::<Map<String, Json>>())
}

fn filler(numbers: &mut Numbers, known: &Known) -> Json {
    let mut filler = json!({"role": numbers.pick(ROLES)});
    if numbers.once_in(3) {
        filler["value"] = value(numbers);
    } else {
        filler["span"] = id(numbers, known);
    }
    if numbers.once_in(4) {
        filler["inferred"] = json!(true);
        filler["note"] = json!(numbers.pick(WORDS));
    }
    filler
}

/// A field that may be left out.
fn maybe(numbers: &mut Numbers, command: &mut Json, key: &str, value: impl FnOnce(&mut Numbers) -> Json) {
    if numbers.once_in(2) {
        command[key] = value(numbers);
    }
}

fn simple(numbers: &mut Numbers, known: &Known) -> Json {
    let mut command = match numbers.below(4) {
        0 | 1 => about_spans(numbers, known),
        2 => about_links(numbers, known),
        _ => about_articles(numbers, known),
    };
    if numbers.once_in(5) {
        command["annotator"] = annotator(numbers, known);
    }
    command
}

fn about_spans(numbers: &mut Numbers, known: &Known) -> Json {
    match numbers.below(12) {
        0..=4 => {
            let mut add = json!({"command": "add_span", "article": article(numbers, known), "ranges": ranges(numbers),
                                 "label": numbers.pick(LABELS)});
            maybe(numbers, &mut add, "attributes", attributes);
            maybe(numbers, &mut add, "id", |numbers| json!(numbers.pick(IDS)));
            add
        }
        5 => json!({"command": "remove_span", "span": id(numbers, known)}),
        6 => json!({"command": "set_label", "span": id(numbers, known), "label": numbers.pick(LABELS)}),
        7 => json!({"command": "set_ranges", "span": id(numbers, known), "ranges": ranges(numbers)}),
        8 => json!({"command": "merge_spans", "spans": [id(numbers, known), id(numbers, known)]}),
        9 => json!({"command": "split_span", "span": id(numbers, known), "at": numbers.below(40)}),
        10 => json!({"command": "set_span_review", "span": id(numbers, known), "verdict": verdict(numbers)}),
        _ => {
            json!({"command": "set_attribute", "target": id(numbers, known), "attribute": numbers.pick(ATTRIBUTES),
                    "value": value(numbers)})
        }
    }
}

fn verdict(numbers: &mut Numbers) -> Json {
    [json!("approved"), json!("changes_requested"), Json::Null][numbers.below(3)].clone()
}

fn about_links(numbers: &mut Numbers, known: &Known) -> Json {
    let mut command = match numbers.below(14) {
        0..=2 => json!({"command": "add_relation", "from": id(numbers, known), "to": id(numbers, known),
                        "type": numbers.pick(RELATIONS), "attributes": attributes(numbers)}),
        3 => {
            json!({"command": "set_relation", "relation": id(numbers, known), "type": numbers.pick(RELATIONS)})
        }
        4 => json!({"command": "remove_relation", "relation": id(numbers, known)}),
        5..=7 => {
            let roles: Vec<Json> = (0..numbers.below(4)).map(|_| filler(numbers, known)).collect();
            let mut add = json!({"command": "add_event", "article": article(numbers, known), "type": numbers.pick(EVENTS),
                                 "roles": roles, "attributes": attributes(numbers)});
            maybe(numbers, &mut add, "trigger", |numbers| id(numbers, known));
            maybe(numbers, &mut add, "id", |numbers| json!(numbers.pick(IDS)));
            add
        }
        8 => {
            json!({"command": "set_event", "event": id(numbers, known), "type": numbers.pick(EVENTS), "trigger": Json::Null})
        }
        9 => json!({"command": "remove_event", "event": id(numbers, known)}),
        10 => {
            let mut filler = filler(numbers, known);
            filler["command"] = json!("add_filler");
            filler["event"] = id(numbers, known);
            filler
        }
        11 => {
            json!({"command": "remove_filler", "event": id(numbers, known), "role": numbers.pick(ROLES), "filler": 0})
        }
        12 => json!({"command": "duplicate_event", "event": id(numbers, known)}),
        _ => json!({"command": "merge_events", "events": [id(numbers, known), id(numbers, known)]}),
    };
    if numbers.once_in(12) {
        command = json!({"command": "move_event", "event": id(numbers, known), "before": id(numbers, known)});
    } else if numbers.once_in(16) {
        command = json!({"command": "set_filler", "event": id(numbers, known), "role": numbers.pick(ROLES), "filler": numbers.below(2),
                         "to": numbers.pick(ROLES), "inferred": true});
    }
    command
}

fn about_articles(numbers: &mut Numbers, known: &Known) -> Json {
    let article = article(numbers, known);
    match numbers.below(16) {
        0 => json!({"command": "set_status", "article": article,
                    "status": numbers.pick(&["todo", "in_progress", "done", "skipped"])}),
        1 => json!({"command": "set_review", "article": article, "review": verdict(numbers)}),
        2 => json!({"command": "set_flag", "article": article, "flagged": numbers.once_in(2)}),
        3 => {
            json!({"command": "set_meta", "article": article, "title": numbers.pick(WORDS), "lang": numbers.pick(&["fr", "ar", "x y", ""])})
        }
        4 => {
            json!({"command": "set_meta", "article": article, numbers.pick(&["source", "date", "reading", "خ", "id", "text"]): value(numbers)})
        }
        5 if numbers.once_in(3) => {
            json!({"command": "rename_annotator", "annotator": annotator(numbers, known), "to": annotator(numbers, known)})
        }
        5..=7 => {
            json!({"command": "add_note", "article": article, "target": id(numbers, known), "text": numbers.pick(WORDS)})
        }
        8 => {
            json!({"command": "add_note", "article": article, "text": numbers.pick(WORDS), "id": numbers.pick(IDS)})
        }
        9 => {
            json!({"command": "set_note", "note": id(numbers, known), "state": numbers.pick(&["open", "resolved"])})
        }
        10 => json!({"command": "remove_note", "note": id(numbers, known)}),
        11 => json!({"command": "add_reply", "note": id(numbers, known), "text": numbers.pick(WORDS)}),
        12 => {
            json!({"command": "set_reply", "note": id(numbers, known), "reply": 0, "text": numbers.pick(WORDS)})
        }
        13 => json!({"command": "remove_reply", "note": id(numbers, known), "reply": numbers.below(2)}),
        14 => json!({"command": "dismiss_problem", "article": article,
                     "problem": numbers.pick(&["loose_edge/span/s1/0-4", "missing_role/event/e1/place", "x"])}),
        _ => json!({"command": "restore_problem", "article": article, "problem": "loose_edge/span/s1/0-4"}),
    }
}

fn codebook(numbers: &mut Numbers) -> Json {
    let mut command = match numbers.below(12) {
        0 => {
            json!({"command": "set_label_definition", "label": numbers.pick(LABELS), "color": "#a0b0c0", "names": {"en": numbers.pick(WORDS)}})
        }
        1 => json!({"command": "set_attribute_definition", "attribute": numbers.pick(ATTRIBUTES),
                    "type": numbers.pick(&["text", "choice", "choices", "integer", "number", "boolean", "date", "quantity", "entity"])}),
        2 => {
            json!({"command": "set_relation_type", "relation_type": numbers.pick(RELATIONS), "from": [numbers.pick(LABELS)]})
        }
        3 => {
            json!({"command": "set_event_type", "event_type": numbers.pick(EVENTS), "names": {"fr": "Fait"}})
        }
        4 => json!({"command": "set_article_label", "attribute": numbers.pick(ATTRIBUTES)}),
        5 => {
            json!({"command": "set_choice", "attribute": numbers.pick(ATTRIBUTES), "choice": numbers.pick(&["rebels", "near", "neu"])})
        }
        6 => {
            json!({"command": "set_role", "event_type": numbers.pick(EVENTS), "role": numbers.pick(ROLES), "max": numbers.below(3)})
        }
        7 => {
            json!({"command": "set_attribute_use", "kind": "label", "id": numbers.pick(LABELS), "attribute": numbers.pick(ATTRIBUTES)})
        }
        8 | 9 => {
            json!({"command": "rename_codebook_id", "kind": "label", "id": numbers.pick(LABELS), "to": numbers.pick(LABELS)})
        }
        10 => {
            let mut command =
                json!({"command": "rename_codebook_id", "to": numbers.pick(&["neu", "type", "place"])});
            entry(numbers, &mut command);
            command
        }
        _ => {
            let mut command = json!({"command": "remove_codebook_entry"});
            entry(numbers, &mut command);
            match numbers.below(4) {
                0 => command["clear"] = json!(true),
                1 => command["migrate_to"] = json!(numbers.pick(LABELS)),
                _ => {}
            }
            command
        }
    };
    if numbers.once_in(5) {
        command["retired"] = json!(numbers.once_in(2));
    }
    if numbers.once_in(6) {
        command["position"] = json!(numbers.below(12));
    }
    if numbers.once_in(20) {
        let toml = "[[label]]\nid = \"weapon\"\nname = \"Weapon\"\ncolor = \"#112233\"\n";
        command = json!({"command": "import_codebook", "toml": toml, "replace": numbers.once_in(2)});
    }
    command
}

/// Which entry of the codebook.
fn entry(numbers: &mut Numbers, command: &mut Json) {
    let (kind, id, of) = match numbers.below(7) {
        0 => ("label", numbers.pick(LABELS), None),
        1 => ("attribute", numbers.pick(ATTRIBUTES), None),
        2 => ("relation_type", numbers.pick(RELATIONS), None),
        3 => ("event_type", numbers.pick(EVENTS), None),
        4 => (
            "choice",
            numbers.pick(&["rebels", "near", "fact"]),
            Some(numbers.pick(ATTRIBUTES)),
        ),
        5 => ("role", numbers.pick(ROLES), Some(numbers.pick(EVENTS))),
        _ => ("article_label", numbers.pick(ATTRIBUTES), None),
    };
    command["kind"] = json!(kind);
    command["id"] = json!(id);
    if let Some(of) = of {
        command["of"] = json!(of);
    }
}

/// One field goes, is of another kind, or is one that no command has.
fn spoil(numbers: &mut Numbers, command: &mut Json) {
    let Some(fields) = command.as_object_mut() else {
        return;
    };
    let keys: Vec<String> = fields.keys().cloned().collect();
    let key = numbers.item(&keys).clone();
    match numbers.below(4) {
        0 => drop(fields.shift_remove(&key)),
        1 => drop(fields.insert("unknown".to_owned(), json!(1))),
        _ => {
            let odd = [
                json!(-1),
                json!([[9, 2]]),
                json!([[0, 0]]),
                json!([[0, 99999]]),
                json!(""),
                json!({"a": {}}),
                json!(u64::MAX),
                Json::Null,
            ];
            fields.insert(key, numbers.item(&odd).clone());
        }
    }
}
