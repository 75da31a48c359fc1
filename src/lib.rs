//! Hashiya: tag spans in articles of any language and save them as JSONL.
//!
//! The library is the whole program; ARCHITECTURE.md says which module may use which.

pub mod cli;
pub mod formats;
#[cfg(feature = "gui")]
pub mod gui;
#[cfg(feature = "gui")]
pub mod layout;
pub mod model;
pub mod quantity;
pub mod session;
pub mod store;
pub mod text;
