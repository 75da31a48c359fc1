//! The window: widgets that read a snapshot and queue commands.

pub mod article;
pub mod field;
pub mod paint;
pub mod theme;
pub mod words;
