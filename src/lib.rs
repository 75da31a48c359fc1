//! Hashiya: tag spans in articles of any language and save them as JSONL.
//!
//! The library is the whole program; ARCHITECTURE.md says which module may use which. What the window and the command line
//! do can be done from code: [`session`] is the application, [`formats`] reads and writes datasets without a project,
//! [`text`] counts positions, [`quantity`] reads casualty figures and dates.
//!
//! # A project from code
//!
//! A project is one file; each change is on disk when the call returns, and can be undone. Commands are those of
//! `hashiya apply`.
//!
//! ```
//! use std::sync::Arc;
//!
//! use hashiya::formats::codebook_toml::default_codebook;
//! use hashiya::session::{
//!     Command, Config, ExportOptions, Folders, ImportOptions, Session, StatusChoice, SystemClock, UuidSource, Watch,
//!     annotator_named, export_to_stream, format_to_write,
//! };
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path();
//! let config = Config {
//!     annotator: annotator_named("amal")?,
//!     clock: Arc::new(SystemClock),
//!     ids: Arc::new(UuidSource),
//!     folders: Folders::at(folder),
//! };
//! let mut session = Session::create(&folder.join("news.hashiya"), &default_codebook(), config)?;
//!
//! let news = folder.join("news.jsonl");
//! std::fs::write(&news, r#"{"id": "n1", "text": "🔴 Plus de 50 civils ont fui Alep."}"#)?;
//! let report = session.import(&[news], &ImportOptions::default(), &mut Watch::silent())?;
//! assert_eq!(report.added, 1);
//!
//! let command = r#"{"command": "add_span", "article": "n1", "ranges": [[2, 19]], "label": "casualty"}"#;
//! session.run(&Command::from_json(command)?, None)?;
//!
//! let mut lines = Vec::new();
//! let options = ExportOptions { status: StatusChoice::Any, ..ExportOptions::default() };
//! export_to_stream(session.reader(), format_to_write("jsonl")?, &mut lines, &options, &mut Watch::silent())?;
//! let line = String::from_utf8(lines)?;
//! assert!(line.contains(r#""start":2,"end":19,"label":"casualty","text":"Plus de 50 civils""#));
//! # Ok(())
//! # }
//! ```

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
