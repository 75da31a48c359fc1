//! The house rules as tests: which room may use which, what each file must have, and what must be absent.
//!
//! Each rule is a function from a file's text to what is wrong in it, tried here on a sample that breaks it and
//! then on the whole tree. The rules read the source as text, so they also hold where the compiler would not mind.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a rule that cannot be checked is a failed test, also in a helper"
)]

mod paths;
mod rules;
mod tables;
mod tree;

use paths::{ModulePath, foreign_rooms, leaking_re_exports};
use rules::{Fault, LIMIT_LINES};
use tree::{SourceFile, all_sources, sources, top_level, tracked_texts};

/// Fails with every fault in one message.
fn assert_none(faults: &[Fault]) {
    let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
    assert!(lines.is_empty(), "\n{}\n", lines.join("\n"));
}

fn over_sources(rule: impl Fn(&SourceFile) -> Vec<String>) {
    over(&sources(), rule);
}

fn over(files: &[SourceFile], rule: impl Fn(&SourceFile) -> Vec<String>) {
    assert!(files.len() > 10, "the source tree was not found");
    let faults: Vec<Fault> = files
        .iter()
        .flat_map(|file| {
            rule(file).into_iter().map(|what| Fault {
                file: file.path.clone(),
                what,
            })
        })
        .collect();
    assert_none(&faults);
}

#[test]
fn each_room_uses_only_what_the_table_allows() {
    over_sources(|file| foreign_rooms(&file.module, &file.text));
}

#[test]
fn no_room_hands_on_another_room_whole() {
    over_sources(|file| leaking_re_exports(&file.module, &file.text));
}

#[test]
fn each_outside_library_stays_in_its_room() {
    over_sources(|file| rules::outside_libraries(&file.module, &file.text));
}

#[test]
fn clocks_and_files_stay_out_of_the_pure_rooms() {
    over_sources(|file| rules::impure(&file.module, &file.text));
}

#[test]
fn every_file_says_what_it_is_and_is_short() {
    over(&all_sources(), |file| rules::head_and_length(&file.text));
}

#[test]
fn nothing_is_left_half_done() {
    over_sources(|file| rules::half_done(&file.text));
}

#[test]
fn the_top_level_is_the_one_designed() {
    let found = top_level();
    let faults = rules::top_level_faults(found.iter().map(String::as_str));
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn no_tracked_text_names_a_workplace() {
    let faults: Vec<Fault> = tracked_texts()
        .iter()
        .flat_map(|(path, text)| {
            rules::workplaces(text).into_iter().map(|what| Fault {
                file: path.clone(),
                what,
            })
        })
        .collect();
    assert_none(&faults);
}

#[test]
fn the_readmes_tables_are_what_the_code_says() {
    tables::assert_table("actions", &tables::actions());
    tables::assert_table("formats", &tables::formats());
}

#[test]
fn the_readme_lists_every_call_with_its_options() {
    let help = |arguments: &[&str]| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_hashiya"));
        let output = program.args(arguments).output().expect("the program starts");
        String::from_utf8(output.stdout).expect("help is text")
    };
    let readme = std::fs::read_to_string(tree::root().join("README.md")).expect("a README");
    let faults = tables::call_faults(&readme, help);
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The same rules on samples that break them: a rule that cannot fail proves nothing.
mod samples {
    use super::*;

    fn module(path: &str) -> ModulePath {
        ModulePath::new(path.split("::"))
    }

    #[track_caller]
    fn refuses(at: &str, text: &str, part: &str) {
        let faults = foreign_rooms(&module(at), text);
        assert!(
            faults.iter().any(|fault| fault.contains(part)),
            "{text} gave {faults:?}"
        );
    }

    #[test]
    fn a_path_into_a_foreign_room_is_found_however_it_is_written() {
        refuses("model::span", "use crate::store::Store;", "store");
        refuses(
            "model::span",
            "use crate::{text::Text, store::{self, Store}};",
            "store",
        );
        refuses("model::span", "use super::super::store::Store;", "store");
        refuses("model", "use super::store::Store;", "store");
        refuses("model", "use super::{text::Text, session};", "session");
        refuses(
            "model::span",
            "mod tests { fn f() { super::super::super::gui::run(); } }",
            "gui",
        );
        refuses(
            "text",
            "fn f(x: &crate ::\n model /* here */ :: Span) {}",
            "model",
        );
        refuses("cli::run", "fn f() { crate::store::Store::open(); }", "store");
        refuses("gui::app", "use crate::store::Store;", "store");
        refuses("layout", "use crate::model::Span;", "model");
        refuses("session", "use crate::layout::Layout;", "layout");
        refuses("text", "use crate::Anything;", "Anything");
        refuses("text", "use hashiya::model::Span;", "hashiya");
        refuses(
            "text",
            "macro_rules! m { () => { $crate::model::Span } }",
            "model",
        );
        refuses("cellar", "", "cellar");
    }

    #[test]
    fn what_the_table_allows_and_what_is_no_path_passes() {
        let passes = |at: &str, text: &str| {
            let faults = foreign_rooms(&module(at), text);
            assert!(faults.is_empty(), "{text} gave {faults:?}");
        };
        passes("model::span", "use crate::{text::Text, model::{Span, Value}};");
        passes("model::span", "use super::{Value, value::names};");
        passes(
            "model::span",
            "mod tests { use super::*; fn f() { super::super::value::g(); } }",
        );
        passes("model", "// use crate::store::Store;\nlet a = \"crate::store\";");
        passes(
            "model",
            "/* crate::store /* crate::gui */ crate::cli */ let c = '\"'; // \" crate::gui",
        );
        passes(
            "model",
            "let s = r#\"crate::store \" crate::gui\"#; fn f<'a>(x: &'a str) {}",
        );
        passes(
            "gui::app",
            "use crate::layout::Layout; use crate::session::Session;",
        );
        passes(
            "text::offset",
            "pub(crate) fn f() {} pub(super) fn g() {} pub(in crate::text) fn h() {}",
        );
        passes("main", "fn main() { hashiya::cli::run(); }");
    }

    #[test]
    fn a_whole_room_handed_on_is_found() {
        for text in [
            "pub use crate::store;",
            "pub use crate::store::*;",
            "pub use crate::{model, store::*};",
            "pub(crate) use crate::store as s;",
            "pub use crate::store::{self};",
            "pub use super::store;",
        ] {
            let faults = leaking_re_exports(&module("session"), text);
            assert!(
                faults.iter().any(|fault| fault.contains("store")),
                "{text} gave {faults:?}"
            );
        }
        for text in [
            "pub use crate::store::ListRow;",
            "use crate::store;",
            "pub use service::*;",
        ] {
            assert_eq!(
                leaking_re_exports(&module("session"), text),
                Vec::<String>::new(),
                "{text}"
            );
        }
    }

    #[test]
    fn an_outside_library_in_the_wrong_room_is_found() {
        for (at, text) in [
            ("layout::line", "use egui::Rect;"),
            ("session", "fn f() { eframe::run_native(); }"),
            ("formats::jsonl", "use rusqlite::Connection;"),
            ("gui::article", "use parley::Layout;"),
            ("session::job", "use clap::Parser;"),
        ] {
            assert_eq!(
                rules::outside_libraries(&module(at), text).len(),
                1,
                "{at}: {text}"
            );
        }
        assert!(rules::outside_libraries(&module("gui::app"), "use egui::Rect; // parley").is_empty());
        assert!(rules::outside_libraries(&module("store"), "let egui = 1; let rusqlite::X = y;").is_empty());
    }

    #[test]
    fn a_clock_or_a_file_in_a_pure_room_is_found() {
        for (at, text) in [
            ("text", "use std::time::Instant;"),
            ("model", "std::fs::read(path)"),
            ("model", "use std::{fmt, io};"),
            ("text", "std::env::var(name)"),
            ("model::id", "uuid::Uuid::now_v7()"),
            ("formats", "jiff::Timestamp::now()"),
            ("gui::app", "SystemTime::now()"),
        ] {
            assert_eq!(rules::impure(&module(at), text).len(), 1, "{at}: {text}");
        }
        assert!(rules::impure(&module("model"), "use std::{fmt, sync::Arc}; // std::fs").is_empty());
        assert!(rules::impure(&module("store"), "use std::fs;").is_empty());
        assert!(rules::impure(&module("session::clock"), "jiff::Timestamp::now()").is_empty());
    }

    #[test]
    fn a_file_without_head_or_too_long_is_found() {
        assert_eq!(rules::head_and_length("use std::fmt;\n").len(), 1);
        assert_eq!(
            rules::head_and_length("//! \n").len(),
            1,
            "an empty head says nothing"
        );
        assert_eq!(
            rules::head_and_length(&"//! Words of a head.\n".repeat(LIMIT_LINES + 1)).len(),
            1
        );
        assert!(rules::head_and_length("//! What this is.\n").is_empty());
    }

    #[test]
    fn half_done_work_is_found() {
        for text in [
            "// TODO",
            "// TODO: later",
            "todo!()",
            "unimplemented!(\"x\")",
            "// FIXME\nfn f() {}",
        ] {
            assert_eq!(rules::half_done(text).len(), 1, "{text}");
        }
        assert!(
            rules::half_done("// TODO: read lone CR too, since old Mac files have it\nStatus::Todo")
                .is_empty()
        );
    }

    #[test]
    fn a_missing_or_stray_top_level_entry_is_found() {
        let right: Vec<&str> = rules::TOP_LEVEL.to_vec();
        assert!(rules::top_level_faults(right.iter().copied()).is_empty());
        assert_eq!(
            rules::top_level_faults(right.iter().copied().chain(["notes.txt"])).len(),
            1
        );
        assert_eq!(rules::top_level_faults(right.iter().copied().skip(1)).len(), 1);
    }

    #[test]
    fn a_table_that_says_something_else_is_found() {
        let readme = "a\n<!-- t -->\n\nold\n\n<!-- /t -->\nb\n";
        assert_ne!(tables::with_table(readme, "t", "new\n"), readme);
        assert_eq!(tables::with_table(readme, "t", "old\n"), readme);
    }

    #[test]
    fn a_call_that_the_program_does_not_know_is_found() {
        let help = |arguments: &[&str]| match arguments {
            ["--help"] => {
                "x\n\nCommands:\n  new   Make\n        more\n  list  List\n  help  Print\n\nOptions:\n"
                    .to_owned()
            }
            _ => "--json --help".to_owned(),
        };
        let readme = |rows: &str| format!("<!-- calls -->\n{rows}<!-- /calls -->");
        let right = "| `hashiya [PATH…]` | window |\n| `hashiya new P [--json]` | x |\n| `hashiya list P [--json]` | y |\n";
        assert_eq!(tables::call_faults(&readme(right), help), Vec::<String>::new());
        let wrong = "| `hashiya new P [--force]` | x |\n| `hashiya fly P` | y |\n";
        assert_eq!(tables::call_faults(&readme(wrong), help).len(), 3);
    }

    #[test]
    fn a_path_of_a_workplace_is_found() {
        let slash = "/";
        for place in ["work/shared/x", "tmp/wt/house", "tmp/plan/p", "root/.cargo"] {
            assert_eq!(
                rules::workplaces(&format!("see {slash}{place}")).len(),
                1,
                "{place}"
            );
        }
        assert!(rules::workplaces("https://example.org/work/1 and src/text and /home").is_empty());
    }
}
