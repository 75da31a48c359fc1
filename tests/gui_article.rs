//! The article view driven through egui's events, with the bundled fonts only.
#![cfg(feature = "gui")]

#[path = "gui_article/desk.rs"]
mod desk;
#[path = "gui_article/keys.rs"]
mod keys;
#[path = "gui_article/mouse.rs"]
mod mouse;
#[path = "gui_article/nodes.rs"]
mod nodes;
#[path = "gui_article/scrolling.rs"]
mod scrolling;
