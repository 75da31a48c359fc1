//! Writing a codebook as a person would: one table for each entry, one line for each thing said about it.

use std::fmt::Write;

use crate::model::{Attribute, AttributeUse, Codebook, Label, LabelId, RelationType, Role, Value, Words};

/// Writes a codebook; [`read`](super::read) gives it back.
pub fn write(codebook: &Codebook) -> String {
    let mut file = File(String::new());
    codebook.labels.iter().for_each(|label| file.label(label));
    codebook
        .attributes
        .iter()
        .for_each(|attribute| file.attribute(attribute));
    codebook
        .relation_types
        .iter()
        .for_each(|relation| file.relation(relation));
    for event in &codebook.event_types {
        file.table("event", event.id.as_str());
        file.retired(event.retired);
        file.words("names", &event.names);
        file.short("description", &event.description);
        file.uses(&event.attributes);
        file.long("event", &event.description);
        event.roles.iter().for_each(|role| file.role(role));
    }
    for usage in &codebook.article_labels {
        file.table("article_label", usage.id.as_str());
        if usage.required {
            file.line("required", "true");
        }
        if let Some(value) = &usage.default {
            file.line("default", &default(value));
        }
        file.retired(usage.retired);
    }
    file.0
}

struct File(String);

impl File {
    fn table(&mut self, name: &str, id: &str) {
        let gap = if self.0.is_empty() { "" } else { "\n" };
        // Writing to a string cannot fail; so below.
        write!(self.0, "{gap}[[{name}]]\nid = {}\n", quoted(id)).unwrap_or_default();
    }

    fn line(&mut self, key: &str, value: &str) {
        writeln!(self.0, "{key} = {value}").unwrap_or_default();
    }

    fn retired(&mut self, retired: bool) {
        if retired {
            self.line("retired", "true");
        }
    }

    fn words(&mut self, key: &str, words: &Words) {
        if !words.is_empty() {
            self.line(key, &inline(words));
        }
    }

    /// Words that stand on one line in each language.
    fn short(&mut self, key: &str, words: &Words) {
        if !is_long(words) {
            self.words(key, words);
        }
    }

    /// Words of several lines, such as a guideline: a table of its own behind the keys of its entry.
    fn long(&mut self, name: &str, words: &Words) {
        if !is_long(words) {
            return;
        }
        write!(self.0, "\n[{name}.description]\n").unwrap_or_default();
        for (lang, text) in words {
            let text = if text.contains('\n') {
                block(text)
            } else {
                quoted(text)
            };
            self.line(&key(lang), &text);
        }
    }

    fn uses(&mut self, uses: &[AttributeUse]) {
        if uses.is_empty() {
            return;
        }
        let uses: Vec<String> = uses
            .iter()
            .map(|usage| {
                let required = if usage.required { ", required = true" } else { "" };
                let default = usage
                    .default
                    .as_ref()
                    .map(|value| format!(", default = {}", default(value)));
                let retired = if usage.retired { ", retired = true" } else { "" };
                format!(
                    "{{ id = {}{required}{}{retired} }}",
                    quoted(usage.id.as_str()),
                    default.unwrap_or_default()
                )
            })
            .collect();
        self.line("attributes", &format!("[{}]", uses.join(", ")));
    }

    fn ids<'a>(&mut self, key: &str, ids: impl Iterator<Item = &'a str>) {
        let ids: Vec<String> = ids.map(quoted).collect();
        if !ids.is_empty() {
            self.line(key, &format!("[{}]", ids.join(", ")));
        }
    }

    fn label(&mut self, label: &Label) {
        self.table("label", label.id.as_str());
        self.retired(label.retired);
        if let Some(key) = label.key {
            self.line("key", &quoted(key.encode_utf8(&mut [0; 4])));
        }
        self.line("color", &quoted(&label.color.hex()));
        self.words("names", &label.names);
        self.short("description", &label.description);
        self.uses(&label.attributes);
        self.long("label", &label.description);
    }

    fn attribute(&mut self, attribute: &Attribute) {
        self.table("attribute", attribute.id.as_str());
        self.line("type", &quoted(attribute.attribute_type.name()));
        self.retired(attribute.retired);
        self.words("names", &attribute.names);
        self.short("description", &attribute.description);
        self.bounds(attribute);
        self.rules(attribute);
        self.choices(attribute);
        self.long("attribute", &attribute.description);
    }

    fn bounds(&mut self, attribute: &Attribute) {
        if !attribute.bounds.is_empty() {
            let bounds = attribute.bounds.iter();
            let bounds: Vec<String> = bounds
                .map(|(name, bound)| format!("{} = {bound}", key(name)))
                .collect();
            self.line("bounds", &format!("{{ {} }}", bounds.join(", ")));
        }
    }

    fn rules(&mut self, attribute: &Attribute) {
        if attribute.rules.is_empty() {
            return;
        }
        let rules = attribute.rules.iter().map(|(wording, rule)| {
            let bounds = rule.named().into_iter();
            let bounds: Vec<String> = bounds
                .filter_map(|(name, term)| Some(format!("{name} = {}", quoted(term?.name()))))
                .collect();
            format!("{} = {{ {} }}", wording.name(), bounds.join(", "))
        });
        let rules: Vec<String> = rules.collect();
        self.line("rules", &format!("{{ {} }}", rules.join(", ")));
    }

    fn choices(&mut self, attribute: &Attribute) {
        if attribute.choices.is_empty() {
            return;
        }
        self.0.push_str("choices = [\n");
        for choice in &attribute.choices {
            let names = if choice.names.is_empty() {
                String::new()
            } else {
                format!(", names = {}", inline(&choice.names))
            };
            let retired = if choice.retired { ", retired = true" } else { "" };
            writeln!(self.0, "  {{ id = {}{names}{retired} }},", quoted(&choice.id)).unwrap_or_default();
        }
        self.0.push_str("]\n");
    }

    fn relation(&mut self, relation: &RelationType) {
        self.table("relation", relation.id.as_str());
        self.retired(relation.retired);
        self.words("names", &relation.names);
        self.short("description", &relation.description);
        self.ids("from", relation.from.iter().map(LabelId::as_str));
        self.ids("to", relation.to.iter().map(LabelId::as_str));
        self.uses(&relation.attributes);
        self.long("relation", &relation.description);
    }

    fn role(&mut self, role: &Role) {
        self.table("event.role", role.id.as_str());
        self.retired(role.retired);
        self.words("names", &role.names);
        self.short("description", &role.description);
        self.ids("labels", role.labels.iter().map(LabelId::as_str));
        self.line("min", &role.min.to_string());
        if let Some(max) = role.max {
            self.line("max", &max.to_string());
        }
        self.long("event.role", &role.description);
    }
}

fn inline(words: &Words) -> String {
    let words: Vec<String> = words
        .iter()
        .map(|(lang, word)| format!("{} = {}", key(lang), quoted(word)))
        .collect();
    format!("{{ {} }}", words.join(", "))
}

/// A key without quotes where TOML allows that.
fn key(key: &str) -> String {
    let is_bare = !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if is_bare { key.to_owned() } else { quoted(key) }
}

fn is_long(words: &Words) -> bool {
    words.values().any(|text| text.contains('\n'))
}

/// A basic string on several lines, whatever it holds. A line break behind the first quotes is not part of it.
fn block(text: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| escaped(line, |c| matches!(c, '\\')).replace("\"\"\"", "\\\"\\\"\\\""))
        .collect();
    let text = lines.join("\n");
    format!("\"\"\"\n{text}\"\"\"")
}

/// A basic string on one line, whatever it holds.
fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text, |c| matches!(c, '"' | '\\')))
}

fn escaped(text: &str, is_special: impl Fn(char) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if is_special(c) => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            c if c.is_control() => write!(escaped, "\\u{:04X}", u32::from(c)).unwrap_or_default(),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A default: text, whole numbers, and yes or no as TOML has them; any other as JSON, which keeps it to the letter.
fn default(value: &Value) -> String {
    match value {
        Value::Text(text) => quoted(text),
        Value::Integer(number) => number.to_string(),
        Value::Boolean(yes) => yes.to_string(),
        Value::Choices(ids) => format!(
            "[{}]",
            ids.iter().map(|id| quoted(id)).collect::<Vec<_>>().join(", ")
        ),
        other => format!("{{ json = {} }}", quoted(&other.to_json().to_string())),
    }
}
