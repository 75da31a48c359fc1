//! The window as a whole, driven through egui's events and the accessibility tree, against real project files.
#![cfg(feature = "gui")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "what a test cannot do without ends the test"
)]

#[path = "gui_window/desk.rs"]
mod desk;
#[path = "gui_window/dialogs.rs"]
mod dialogs;
#[path = "gui_window/keyboard.rs"]
mod keyboard;
#[path = "gui_window/list.rs"]
mod list;
#[path = "gui_window/settings.rs"]
mod settings;
#[path = "gui_window/tagging.rs"]
mod tagging;
#[path = "gui_window/welcome.rs"]
mod welcome;
