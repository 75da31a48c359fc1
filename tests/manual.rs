//! The manual against the program: what it names is there, its links lead somewhere, and its calls do what they say.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use hashiya::gui::keys::Keys;
use hashiya::gui::markdown::{Block, BlockKind, Link, Look, page};
use hashiya::gui::panels::help::{Place, Topic, command_named, label_key, slug};
use hashiya::gui::words;
use hashiya::session::action::{Menu, Shortcut, table};
use hashiya::session::codebook_toml::default_codebook;
use hashiya::session::manual::{Page, pages};
use hashiya::session::{Folders, formats};
use hashiya::text::ByteRange;
use support::Place as Desk;

/// What stands on the screen beside commands and labels, and is named in the manual.
const ON_SCREEN: &[&str] = &[
    words::formats::IMPORT_NOW,
    words::EXPORT_TO,
    words::RETRY,
    words::SETTINGS_KEYS,
    words::ENTRY_ASKS,
    words::ASK_REQUIRED,
    words::SETTLE,
    words::REOPEN,
    words::EXPORT_TOML,
    words::IMPORT_TOML,
    words::START_FROM,
];

/// Keys that no command has: those of fields, lists, dialogs, of the sheet of events, and what is held with others.
const KEYS_OF_WIDGETS: &[&str] = &[
    "Ctrl",
    "Shift",
    "Alt",
    "Enter",
    "Esc",
    "Tab",
    "Space",
    "Delete",
    "I",
    "N",
    "M",
    "Ctrl+Up",
    "Ctrl+Down",
    "Ctrl+D",
    "Ctrl+Delete",
    "Ctrl+Enter",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/help")
}

/// The blocks of a page as they are written, and each name with the code right behind it.
fn read(page_of: &Page) -> (Vec<Block>, Vec<(String, String)>) {
    let mut behind = Vec::new();
    let blocks = page(page_of.text, &mut |name, code| {
        behind.push((name.to_owned(), code.to_owned()));
        None
    });
    (blocks, behind)
}

fn part(block: &Block, range: ByteRange) -> String {
    let text = block.text.get(range.start().get()..range.end().get()).unwrap();
    text.to_owned()
}

/// Every stretch of a page that looks so.
fn stretches(blocks: &[Block], look: Look) -> Vec<String> {
    let of = |block: &Block| {
        let marks = block.marks.iter().filter(|mark| mark.look == look);
        let words = marks.map(|mark| part(block, mark.range));
        // The head of a table is bold all through, and names nothing.
        let is_head = |words: &String| *words == block.text && words.contains(" — ");
        words.filter(|words| !is_head(words)).collect::<Vec<_>>()
    };
    blocks.iter().flat_map(of).collect()
}

/// Fails with every fault of every page in one message.
#[track_caller]
fn on_every_page(faults: impl Fn(&Page) -> Vec<String>) {
    let found: Vec<String> = pages()
        .iter()
        .flat_map(|page| {
            let of_page = faults(page).into_iter();
            of_page
                .map(|fault| format!("{}: {fault}", page.file))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// What is wrong with a name in bold.
fn fault_of_name(name: &str) -> Option<String> {
    if let Some(action) = command_named(name) {
        let (menu, _) = name.split_once(" › ")?;
        let own = action.entry().menu.map(|(menu, _): (Menu, u8)| menu.name());
        return (own != Some(menu)).then(|| format!("**{name}** stands in the menu {own:?}"));
    }
    let is_there = label_key(name, &default_codebook()).is_some() || ON_SCREEN.contains(&name);
    (!is_there).then(|| format!("nothing on the screen is called **{name}**"))
}

/// What is wrong with a key behind a name.
fn fault_of_key(name: &str, written: &str) -> Option<String> {
    let is_its_own = match command_named(name) {
        Some(action) => {
            let own = action.entry().shortcuts;
            written
                .parse::<Shortcut>()
                .is_ok_and(|key| own.iter().any(|own| own.canonical() == key))
        }
        None => label_key(name, &default_codebook()).is_some_and(|key| written == key.to_string()),
    };
    (!is_its_own).then(|| format!("**{name}** has not the key `{written}`"))
}

#[test]
fn every_name_in_bold_is_on_the_screen_and_the_key_behind_it_is_its_own() {
    on_every_page(|page| {
        let (blocks, behind) = read(page);
        let names = stretches(&blocks, Look::Bold);
        let of_keys = behind.iter().filter_map(|(name, key)| fault_of_key(name, key));
        let of_names = names.iter().filter_map(|name| fault_of_name(name));
        of_names.chain(of_keys).collect()
    });
}

#[test]
fn the_rules_on_names_and_keys_can_fail() {
    assert_eq!(fault_of_name("Undo"), None);
    assert_eq!(fault_of_name("Edit › Undo"), None);
    assert!(fault_of_name("File › Undo").is_some() && fault_of_name("Undone").is_some());
    assert_eq!(fault_of_key("Casualty", "3"), None);
    assert!(fault_of_key("Casualty", "4").is_some());
    assert!(fault_of_key("Undo", "Ctrl+Y").is_some() && fault_of_key("Nobody", "1").is_some());
}

#[test]
fn a_key_stands_behind_its_command_or_is_one_of_a_widget() {
    on_every_page(|page| {
        let (blocks, behind) = read(page);
        let of_commands: BTreeSet<&str> = behind.iter().map(|(_, key)| key.as_str()).collect();
        let codes = stretches(&blocks, Look::Code).into_iter();
        let is_key =
            |code: &String| code.parse::<Shortcut>().is_ok() || KEYS_OF_WIDGETS.contains(&code.as_str());
        let strays = codes.filter(|code| {
            is_key(code) && !of_commands.contains(code.as_str()) && !KEYS_OF_WIDGETS.contains(&code.as_str())
        });
        strays.map(|key| format!("nobody has the key `{key}`")).collect()
    });
}

#[test]
fn every_call_and_option_in_the_text_is_known() {
    let desk = Desk::new();
    let help = desk.ok(&["--help"]);
    let commands: Vec<&str> = help
        .split_once("\nCommands:\n")
        .unwrap()
        .1
        .split("\n\n")
        .next()
        .unwrap()
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|command| !command.is_empty() && *command != "help")
        .collect();
    let all: String = commands
        .iter()
        .map(|command| desk.ok(&[command, "--help"]))
        .collect();
    on_every_page(|page| {
        let (blocks, _) = read(page);
        let codes = stretches(&blocks, Look::Code);
        let faults = codes.iter().filter_map(|code| {
            let mut words = code.split(' ');
            let (first, second) = (words.next()?, words.next());
            let is_known = match (first, second) {
                ("hashiya", Some(command)) => commands.contains(&command) || help.contains(command),
                (option, _) if option.starts_with("--") => all.contains(option),
                _ => true,
            };
            (!is_known).then(|| format!("`{code}` is no call"))
        });
        faults.collect()
    });
}

/// The calls in the blocks of a page that a shell runs, in order.
fn calls(text: &str) -> Vec<Vec<String>> {
    let mut calls = Vec::new();
    let mut in_shell = false;
    for line in text.lines().map(str::trim) {
        match line {
            "```sh" => in_shell = true,
            "```" => in_shell = false,
            _ if in_shell => calls.push(arguments(line)),
            _ => {}
        }
    }
    calls
}

/// The words of a call; what stands in quotes is one.
fn arguments(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    let words = parts.flat_map(|(number, part)| match number % 2 {
        1 => vec![part.to_owned()],
        _ => part.split_whitespace().map(str::to_owned).collect(),
    });
    words.collect()
}

#[test]
fn every_call_in_a_block_of_the_manual_does_what_it_says() {
    let mut ran = 0;
    for page in pages() {
        let desk = Desk::new();
        for number in 1..=9 {
            let text = format!("Article {number}\n\nIn town {number}, {number} people were killed.");
            desk.write(&format!("articles/{number}.txt"), text);
        }
        let calls = calls(page.text);
        let makes_project =
            |call: &Vec<String>| call.get(1..) == Some(&["new".to_owned(), "news.hashiya".to_owned()]);
        if !calls.iter().any(makes_project) {
            desk.ok(&["new", "news.hashiya"]);
            desk.ok(&["import", "news.hashiya", "articles"]);
        }
        for call in calls {
            let (program, rest) = call.split_first().unwrap();
            assert_eq!(program, "hashiya", "{}", page.file);
            desk.ok(&rest.iter().map(String::as_str).collect::<Vec<_>>());
            ran += 1;
        }
    }
    assert!(ran > 12, "{ran}");
}

#[test]
fn every_link_and_picture_leads_to_what_is_there_in_the_files_and_in_the_pane() {
    let formats = formats()
        .iter()
        .map(|format| (Topic::Format(format.id), folder().join("formats")));
    let manual = pages().iter().map(|page| (Topic::Page(page.id), folder()));
    let mut faults = Vec::new();
    for (topic, base) in manual.chain(formats) {
        let blocks = topic.blocks(Keys::defaults(), None);
        let links = blocks
            .iter()
            .flat_map(|block| block.links.iter().map(move |link| (block, link)));
        for (block, link) in links {
            let is_right = leads_somewhere(topic, &base, block, link);
            if !is_right {
                faults.push(format!(
                    "{topic:?}: {} → {}",
                    part(block, link.range),
                    link.target
                ));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn leads_somewhere(topic: Topic, base: &Path, block: &Block, link: &Link) -> bool {
    let (path, heading) = link.target.split_once('#').unwrap_or((&link.target, ""));
    let file = base.join(path);
    if block.kind == BlockKind::Picture {
        return file.is_file();
    }
    let Some(place) = Place::of_link(topic, &link.target) else {
        return false;
    };
    let text = if path.is_empty() {
        None
    } else {
        std::fs::read_to_string(&file).ok()
    };
    let is_same_page = match place.topic {
        Topic::AllKeys => file.ends_with("README.md") && text.is_some(),
        other if path.is_empty() => other == topic,
        other => text.is_some_and(|text| text.lines().next() == Some(&format!("# {}", other.title()))),
    };
    let headings = if place.topic == Topic::AllKeys {
        let readme = std::fs::read_to_string(&file).unwrap();
        page(&readme, &mut |_, _| None)
    } else {
        place.topic.blocks(Keys::defaults(), None)
    };
    let is_it = |block: &Block| matches!(block.kind, BlockKind::Heading(_)) && slug(&block.text) == heading;
    is_same_page && (heading.is_empty() || headings.iter().any(is_it))
}

#[test]
fn every_format_and_every_page_is_linked_from_another() {
    let mut linked: Vec<Topic> = vec![Topic::FIRST];
    for page in pages() {
        let topic = Topic::Page(page.id);
        let blocks = topic.blocks(Keys::defaults(), None);
        let links = blocks.iter().flat_map(|block| &block.links);
        let places = links.filter_map(|link| Place::of_link(topic, &link.target));
        linked.extend(places.map(|place| place.topic).filter(|other| *other != topic));
    }
    let missing: Vec<Topic> = Topic::pages()
        .chain(Topic::formats())
        .filter(|topic| !linked.contains(topic))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn commands_in_json_are_those_of_apply() {
    let known: BTreeSet<&str> = table().iter().filter_map(|entry| entry.command).collect();
    for page in pages() {
        for line in page.text.lines().filter(|line| line.starts_with("{\"command\"")) {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(known.contains(row["command"].as_str().unwrap()), "{line}");
        }
    }
}

#[test]
fn the_page_on_data_names_the_folders_and_files_that_are_used() {
    let page = hashiya::session::manual::page("your-data").unwrap();
    let desk = Desk::new();
    let folders = Folders::at(&desk.path("home"));
    desk.write("a.txt", "A town.");
    let untitled = folders.untitled_project(&[desk.path("a.txt")]).unwrap();
    assert!(untitled.starts_with(folders.data.join("untitled")) && page.text.contains("`untitled`"));
    folders.remember_project(&desk.path("a.txt")).unwrap();
    assert!(folders.state.join("recent").is_file() && page.text.contains("`recent`"));
    let name = hashiya::model::Annotator::new("leila").unwrap();
    folders.set_preferred_annotator(&name).unwrap();
    assert!(folders.config.join("annotator").is_file() && page.text.contains("`annotator`"));
    let prefs = hashiya::gui::prefs::Preferences::file(&folders.config);
    assert!(prefs.ends_with("prefs.toml") && page.text.contains("`prefs.toml`"));
    let saved = hashiya::session::snapshot_path(&desk.path("news.hashiya"));
    assert!(saved.ends_with("exports/news.jsonl") && page.text.contains("`exports/news.jsonl`"));
}

#[test]
fn the_manual_is_shown_in_a_terminal() {
    let desk = Desk::new();
    let list = desk.ok(&["manual"]);
    assert_eq!(list.lines().count(), pages().len());
    for page in pages() {
        assert!(list.contains(page.id) && list.contains(page.title()));
        assert_eq!(desk.ok(&["manual", page.id]).trim_end(), page.text.trim_end());
        assert_eq!(desk.json(&["manual", page.id, "--json"])["title"], page.title());
    }
    assert_eq!(desk.refused(&["manual", "zebra"]), (2, "unknown_page".to_owned()));
}
