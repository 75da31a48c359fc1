//! The README's tables against what the code says, so that a new key, command, or format cannot be forgotten there.
//!
//! A table stands between `<!-- NAME -->` and `<!-- /NAME -->`. With `UPDATE_README=1` the test writes what it would
//! have asked for.

use std::fmt::Write;

use hashiya::formats::{Format, registry};
use hashiya::session::action::{Entry, Menu, table};

use super::tree;

/// The README with one of its tables as the code gives it.
///
/// # Panics
/// Where the README has no such table.
pub fn with_table(readme: &str, name: &str, rows: &str) -> String {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let parts = readme.split_once(&open).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(&close)?;
        Some(format!("{before}{open}\n{rows}\n{close}{after}"))
    });
    parts.unwrap_or_else(|| panic!("README.md has no table `{name}`"))
}

/// Compares one table, or rewrites it where asked.
pub fn assert_table(name: &str, rows: &str) {
    let path = tree::root().join("README.md");
    let found = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("README.md: {error}"));
    let expected = with_table(&found, name, rows);
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, &expected).unwrap_or_else(|error| panic!("README.md: {error}"));
        return;
    }
    assert!(
        found == expected,
        "README.md says something else in its table `{name}`; it should be\n{rows}\n(UPDATE_README=1 writes it)"
    );
}

/// Every action of the window in the order of its menus, then what only `apply` has.
pub fn actions() -> String {
    let mut rows = String::from("| command | key | what it does | in `apply` |\n|---|---|---|---|\n");
    let menus = Menu::ALL.map(|menu| (menu.name(), Some(menu), false));
    let others = [("Caret", None, true), ("Elsewhere", None, false)];
    for (title, menu, moves) in menus.into_iter().chain(others) {
        let entries = table()
            .iter()
            .filter(|entry| entry.menu.map(|(menu, _)| menu) == menu && entry.moves == moves);
        let lines: String = entries.map(action_row).collect();
        if !lines.is_empty() {
            // Writing to a string cannot fail.
            write!(rows, "| **{title}** | | | |\n{lines}").unwrap_or_default();
        }
    }
    rows
}

fn action_row(entry: &Entry) -> String {
    let keys: Vec<String> = entry.shortcuts.iter().map(|key| format!("`{key}`")).collect();
    let command = entry.command.map(|name| format!("`{name}`")).unwrap_or_default();
    format!(
        "| {} | {} | {} | {command} |\n",
        entry.name,
        keys.join(", "),
        entry.help
    )
}

/// Every format with what it can do.
pub fn formats() -> String {
    let head =
        "| id | name | files | reads | writes | offsets | cannot hold |\n|---|---|---|---|---|---|---|\n";
    registry()
        .iter()
        .fold(head.to_owned(), |rows, format| rows + &format_row(format))
}

fn format_row(format: &Format) -> String {
    let yes = |can: bool| if can { "yes" } else { "no" };
    let endings: Vec<String> = format
        .endings
        .iter()
        .map(|ending| format!("`.{ending}`"))
        .collect();
    format!(
        "| `{}` | {} | {} | {} | {} | {} | {} |\n",
        format.id,
        format.name,
        endings.join(" "),
        yes(format.reads()),
        yes(format.writes()),
        format.offset_unit.name(),
        format.lacks_in_words(),
    )
}

/// What the table of calls and the program's own help say differently: commands and their options.
pub fn call_faults(readme: &str, help: impl Fn(&[&str]) -> String) -> Vec<String> {
    let table = readme
        .split_once("<!-- calls -->")
        .and_then(|(_, rest)| Some(rest.split_once("<!-- /calls -->")?.0))
        .unwrap_or_default();
    let calls: Vec<&str> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| `hashiya ")?.split("` |").next())
        .filter(|call| !call.starts_with('['))
        .collect();
    let known = commands(&help(&["--help"]));
    let named = |call: &&str| call.split(' ').next().unwrap_or_default().to_owned();
    let listed: Vec<String> = calls.iter().map(named).collect();
    let missing = known
        .iter()
        .filter(|name| !listed.contains(name))
        .map(|name| format!("`{name}` is missing"));
    let mut faults: Vec<String> = missing.collect();
    for (call, name) in calls.iter().zip(&listed) {
        if known.contains(name) {
            let (said, meant) = (options(call), options(&help(&[name, "--help"])));
            if said != meant {
                faults.push(format!("`{name}` takes {meant:?}, the table says {said:?}"));
            }
        } else {
            faults.push(format!("there is no `{name}`"));
        }
    }
    faults
}

/// The commands in the help of the program, less `help` itself.
fn commands(help: &str) -> Vec<String> {
    let list = help
        .split_once("\nCommands:\n")
        .map(|(_, rest)| rest.split("\n\n").next().unwrap_or_default());
    let names = list.unwrap_or_default().lines().filter_map(|line| {
        let name = line.strip_prefix("  ")?;
        let begins = name.starts_with(|sign: char| sign.is_ascii_lowercase());
        begins.then(|| name.split(' ').next().unwrap_or_default().to_owned())
    });
    names.filter(|name| name != "help").collect()
}

/// The long options in a text, less those that every command has.
fn options(text: &str) -> std::collections::BTreeSet<String> {
    let words = text.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '-'));
    words
        .filter(|word| word.strip_prefix("--").is_some_and(|name| !name.is_empty()))
        .filter(|word| *word != "--help" && *word != "--version")
        .map(str::to_owned)
        .collect()
}
