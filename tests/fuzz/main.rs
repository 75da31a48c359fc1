//! Random input for everything that takes some: files of all formats, damaged projects, texts, commands. `cargo test`
//! plays the same few rounds of each target every time; an engineer lets it run for as long as wanted:
//!
//! `HASHIYA_FUZZ_SECONDS=3600 cargo test --test fuzz -- --ignored --nocapture`
//!
//! with `HASHIYA_FUZZ=readers` for one target only and `HASHIYA_FUZZ_SEED` for the rounds of an earlier run. A round that
//! fails says its number and where its input lies, and `HASHIYA_FUZZ_ROUND` with that number plays it again.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "what does not hold is a failed round, also in a helper; its figures are its report"
)]

#[path = "../large_inputs/samples.rs"]
mod articles;
mod commands;
mod corpus;
mod damage;
mod desk;
mod invented;
mod invented_commands;
mod mutation;
mod numbers;
mod project_file;
mod readers;
mod rounds;
mod text;

use rounds::Target;

const TARGETS: [Target; 4] = [
    Target {
        name: "readers",
        play: readers::play,
    },
    Target {
        name: "project_file",
        play: project_file::play,
    },
    Target {
        name: "text",
        play: text::play,
    },
    Target {
        name: "commands",
        play: commands::play,
    },
];

#[test]
fn no_file_of_any_format_brings_a_reader_down() {
    rounds::play_some(&TARGETS[0], 25);
}

#[test]
fn no_damage_of_a_project_goes_unseen() {
    rounds::play_some(&TARGETS[1], 12);
}

#[test]
fn places_in_any_text_agree_with_each_other() {
    rounds::play_some(&TARGETS[2], 40);
}

#[test]
fn any_commands_leave_a_sound_project_and_can_be_undone() {
    rounds::play_some(&TARGETS[3], 3);
}

#[test]
#[ignore = "runs for as long as it is told"]
fn all_targets_for_as_long_as_wanted() {
    rounds::play_long(&TARGETS);
}
