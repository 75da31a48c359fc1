//! Words about relations between spans.

/// The list of relations of the selected span.
pub const RELATIONS: &str = "Relations";
/// Where a relation type takes a span of whatever label.
pub const ANY_LABEL: &str = "any label";
/// Above the choice of a relation's type.
pub const RELATION_TYPE: &str = "Type of the relation";
/// Above the notes of a relation.
pub const NOTE_ON_RELATION: &str = "Note on the relation";
/// Shows the other end of a relation.
pub const GO_TO_OTHER_END: &str = "Go to the other span";

/// A relation type with its two sides.
pub fn relation_rule(name: &str, from: &str, to: &str) -> String {
    format!("{name} ({from} › {to})")
}

/// Where the article has no span that a span of this label can be linked with.
pub fn no_target(label: &str, rules: &[String]) -> String {
    if rules.is_empty() {
        return format!("the codebook has no relation for {label}");
    }
    format!("no span here can be linked with {label}: {}", rules.join("; "))
}

/// Where two spans cannot be linked, with the key of the codebook.
pub fn not_linked((from, to): (&str, &str), key: Option<&str>, rules: &[String]) -> String {
    let key = key.map(|key| format!(" ({key})")).unwrap_or_default();
    let what = format!("No relation leads from {from} to {to}: Edit, Codebook{key}, adds one");
    match rules {
        [] => what,
        rules => format!("{what}; allowed: {}", rules.join("; ")),
    }
}

/// What to do next while a link is made, before a target is reached.
pub fn link_from(quote: &str, walk: &str, leave: &str) -> String {
    format!("Link “\u{2068}{quote}\u{2069}”: {walk} walks to the other span, {leave} leaves")
}

/// What to do next at a target.
pub fn link_to(from: &str, to: &str, take: &str, leave: &str) -> String {
    format!("Link “\u{2068}{from}\u{2069}” with “\u{2068}{to}\u{2069}”: {take} links, {leave} leaves")
}

/// What to do next where several relations are allowed.
pub fn link_as(to: &str, leave: &str) -> String {
    format!("Link with “\u{2068}{to}\u{2069}”: press the number of the type, {leave} goes back")
}

/// A relation as one of its spans sees it.
pub fn relation_line(name: &str, leads_away: bool, quote: &str) -> String {
    let arrow = if leads_away { "›" } else { "‹" };
    format!("{arrow} {name}: “\u{2068}{quote}\u{2069}”")
}

/// A relation as one of its spans tells it aloud.
pub fn relation_aloud(name: &str, leads_away: bool, other: &str) -> String {
    let leads = if leads_away { "to" } else { "from" };
    format!("relation {name} {leads} {other}")
}

/// A relation that could be made, in the list of them. One that leads back says from where.
pub fn choice_of_relation(name: &str, back_from: Option<&str>) -> String {
    match back_from {
        Some(quote) => format!("{name}: “\u{2068}{quote}\u{2069}” › this span"),
        None => name.to_owned(),
    }
}

/// Relations beyond those that are listed.
pub fn more_relations(count: usize) -> String {
    format!("… and {count} more")
}

/// Read aloud when the link being made leads to another span.
pub fn target_is(span: &str) -> String {
    format!("Link with {span}")
}

/// Read aloud when a relation was made.
pub fn linked(from: &str, name: &str, to: &str) -> String {
    format!("Linked {from} to {to}: {name}")
}

/// Read aloud when a relation is gone.
pub fn unlinked(from: &str, name: &str, to: &str) -> String {
    format!("Removed the relation {name} from {from} to {to}")
}

/// Read aloud when a relation is another one.
pub fn relinked(from: &str, name: &str, to: &str) -> String {
    format!("Changed the relation: {from} to {to}, {name}")
}
