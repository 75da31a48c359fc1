//! The window: widgets that read a snapshot and queue commands.
//!
//! Everything here is drawn from the session's newest snapshot; what the analyst does goes back as requests. No file of
//! a project and no annotation is changed here.

mod act;
mod act_article;
mod act_events;
mod act_files;
mod act_guidelines;
mod act_help;
mod act_menu;
mod act_problem;
mod act_reading;
mod act_relation;
mod act_review;
mod act_values;
mod act_whose;
mod announce;
mod announce_relations;
pub mod app;
pub mod article;
pub mod attributes;
pub mod dialogs;
pub mod field;
mod focus;
mod fonts;
mod frame;
mod icons;
mod keyboard;
pub mod keys;
mod left;
mod lost;
pub mod markdown;
mod marks;
mod newest;
pub mod paint;
pub mod panels;
pub mod prefs;
mod prefs_file;
pub mod problems;
pub mod reading;
mod resting;
mod review;
mod runs;
mod start;
pub mod theme;
mod will_say;
mod window;
pub mod words;

pub use start::{Failure, run};
