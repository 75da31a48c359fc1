//! The article view driven through egui's events, with the bundled fonts only.
#![cfg(feature = "gui")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails where what it needs is not there"
)]

#[path = "gui_article/composing.rs"]
mod composing;
#[path = "gui_article/copying.rs"]
mod copying;
#[path = "gui_article/desk.rs"]
mod desk;
#[path = "gui_article/field.rs"]
mod field;
#[path = "gui_article/keys.rs"]
mod keys;
#[path = "gui_article/mouse.rs"]
mod mouse;
#[path = "gui_article/nodes.rs"]
mod nodes;
#[path = "gui_article/overlap.rs"]
mod overlap;
#[path = "gui_article/reading.rs"]
mod reading;
#[path = "gui_article/reading_out.rs"]
mod reading_out;
#[path = "gui_article/relations.rs"]
mod relations;
#[path = "gui_article/scrolling.rs"]
mod scrolling;
#[path = "gui_article/spans.rs"]
mod spans;
