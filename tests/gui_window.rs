//! The window as a whole, driven through egui's events and the accessibility tree, against real project files.
#![cfg(feature = "gui")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "what a test cannot do without ends the test"
)]

#[path = "gui_window/annotators.rs"]
mod annotators;
#[path = "gui_window/announcing.rs"]
mod announcing;
#[path = "gui_window/attributes.rs"]
mod attributes;
#[path = "gui_window/by_mouse.rs"]
mod by_mouse;
#[path = "gui_window/cells.rs"]
mod cells;
#[path = "gui_window/codebook.rs"]
mod codebook;
#[path = "gui_window/codebook_editing.rs"]
mod codebook_editing;
#[path = "gui_window/codebook_parts.rs"]
mod codebook_parts;
#[path = "gui_window/codebook_turns.rs"]
mod codebook_turns;
#[path = "gui_window/coding.rs"]
mod coding;
#[path = "gui_window/coming_back.rs"]
mod coming_back;
#[path = "gui_window/commands.rs"]
mod commands;
#[path = "gui_window/commands_states.rs"]
mod commands_states;
#[path = "gui_window/composing.rs"]
mod composing;
#[path = "gui_window/desk.rs"]
mod desk;
#[path = "gui_window/dialogs.rs"]
mod dialogs;
#[path = "gui_window/events.rs"]
mod events;
#[path = "gui_window/figures.rs"]
mod figures;
#[path = "gui_window/files.rs"]
mod files;
#[path = "gui_window/find.rs"]
mod find;
#[path = "gui_window/focus.rs"]
mod focus;
#[path = "gui_window/guidelines.rs"]
mod guidelines;
#[path = "gui_window/help.rs"]
mod help;
#[path = "gui_window/keyboard.rs"]
mod keyboard;
#[path = "gui_window/list.rs"]
mod list;
#[path = "gui_window/long_changes.rs"]
mod long_changes;
#[path = "gui_window/menus.rs"]
mod menus;
#[path = "gui_window/moving.rs"]
mod moving;
#[path = "gui_window/notes.rs"]
mod notes;
#[path = "gui_window/open_dates.rs"]
mod open_dates;
#[path = "gui_window/problems.rs"]
mod problems;
#[path = "gui_window/reading.rs"]
mod reading;
#[path = "gui_window/reading_out.rs"]
mod reading_out;
#[path = "gui_window/reasons.rs"]
mod reasons;
#[path = "gui_window/refusals.rs"]
mod refusals;
#[path = "gui_window/relations.rs"]
mod relations;
#[path = "gui_window/review.rs"]
mod review;
#[path = "gui_window/review_bar.rs"]
mod review_bar;
#[path = "gui_window/review_list.rs"]
mod review_list;
#[path = "gui_window/row_menus.rs"]
mod row_menus;
#[path = "gui_window/settings.rs"]
mod settings;
#[path = "gui_window/sheet.rs"]
mod sheet;
#[path = "gui_window/spans.rs"]
mod spans;
#[path = "gui_window/tagging.rs"]
mod tagging;
#[path = "gui_window/tooltips.rs"]
mod tooltips;
#[path = "gui_window/unseen.rs"]
mod unseen;
#[path = "gui_window/welcome.rs"]
mod welcome;
