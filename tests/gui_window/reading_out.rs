//! Sample articles read out by the tree alone, from the title to the last span, as a screen reader comes to them.

use std::collections::HashSet;
use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hashiya::gui::panels::article::article_id;
use serde_json::json;

use super::desk::Window;

/// An article with every seventh word tagged, as a file.
fn marked(home: &Path, seed: &str, lang: &str) -> (std::path::PathBuf, String) {
    let text = std::fs::read_to_string(Path::new("seeds").join(seed)).unwrap();
    let (mut spans, mut start, mut words) = (Vec::new(), 0, 0);
    for word in text.split_inclusive(char::is_whitespace) {
        let len = word.chars().count();
        let inside = word.trim_matches(|c: char| !c.is_alphanumeric());
        let before = word.chars().take_while(|c| !c.is_alphanumeric()).count();
        words += 1;
        if words % 7 == 0 && !inside.is_empty() {
            let from = start + before;
            let label = if words % 2 == 0 { "actor" } else { "location" };
            spans.push(json!({"start": from, "end": from + inside.chars().count(), "label": label}));
        }
        start += len;
    }
    assert!(spans.len() > 10);
    let path = home.join("marked.jsonl");
    let line = json!({"id": "a1", "title": "The title", "lang": lang, "text": text, "spans": spans});
    std::fs::write(&path, format!("{line}\n")).unwrap();
    (path, text)
}

/// Title, paragraphs, and spans in the order in which they come while the article is walked through by key.
fn read_out(window: &mut Window) -> Vec<(Role, String)> {
    let mut read = Vec::new();
    let mut known = HashSet::new();
    for _ in 0..60 {
        let article = window.bench.get_by_role(Role::Document);
        for node in article.children_recursive() {
            let node = node.accesskit_node();
            let is_words = matches!(node.role(), Role::Heading | Role::Paragraph | Role::Mark);
            if let (true, Some(label)) = (is_words, node.label())
                && known.insert(node.locate().0)
            {
                read.push((node.role(), label));
            }
        }
        window.press(Key::PageDown, Modifiers::NONE);
    }
    read
}

fn check(seed: &str, lang: &str) {
    let home = tempfile::tempdir().unwrap();
    let (path, text) = marked(home.path(), seed, lang);
    let mut window = Window::of_size(home.path(), &[path], 1000.0, 420.0);
    window.until("the article with its spans is open", |app| {
        let article = app.snapshot().article.as_ref();
        article.is_some_and(|article| !article.layer.spans.is_empty())
    });
    window
        .bench
        .ctx
        .memory_mut(|memory| memory.request_focus(article_id()));
    window.press(Key::Home, Modifiers::COMMAND);
    let read = read_out(&mut window);
    let of = |role: Role| -> Vec<&str> {
        let found = read.iter().filter(|(found, _)| *found == role);
        found.map(|(_, words)| words.as_str()).collect()
    };
    assert_eq!(read.first().unwrap(), &(Role::Heading, "The title".to_owned()));
    let paragraphs: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(of(Role::Paragraph), paragraphs);
    let article = window.snapshot().article.as_ref().unwrap();
    let spans: Vec<String> = article
        .layer
        .spans
        .iter()
        .map(|span| {
            let label = if span.label.as_str() == "actor" {
                "Actor"
            } else {
                "Location"
            };
            format!("{label}: {}", span.ranges.quote(&article.text).unwrap())
        })
        .collect();
    assert_eq!(of(Role::Mark), spans);
    // Each span comes behind the paragraph that it begins in, before the next one.
    let mut paragraph = "";
    for (role, words) in &read {
        match role {
            Role::Paragraph => paragraph = words,
            Role::Mark => {
                let quote = words.split_once(": ").unwrap().1;
                assert!(paragraph.contains(quote), "{quote} is in {paragraph}");
            }
            _ => {}
        }
    }
}

#[test]
fn a_french_article_is_read_out() {
    check("fr-marche-de-nerval.txt", "fr");
}

#[test]
fn an_arabic_article_is_read_out() {
    check("ar-qasf-suq-nerwal.txt", "ar");
}
