//! The window: widgets that read a snapshot and queue commands.
//!
//! Everything here is drawn from the session's newest snapshot; what the analyst does goes back as requests. No file of
//! a project and no annotation is changed here.

mod act;
mod act_article;
mod act_reading;
mod act_values;
mod announce;
pub mod app;
pub mod article;
pub mod attributes;
pub mod dialogs;
pub mod field;
mod fonts;
mod frame;
mod icons;
mod keyboard;
pub mod keys;
pub mod paint;
pub mod panels;
pub mod prefs;
pub mod reading;
mod runs;
mod start;
pub mod theme;
mod window;
pub mod words;

pub use start::{Failure, run};
