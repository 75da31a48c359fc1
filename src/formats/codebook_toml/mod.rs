//! Codebooks as TOML files, and the codebook that comes with the program.
//!
//! A codebook file is written by hand: an unknown key is refused, every fault names its line, and what is written
//! here reads like what a person would write.

mod check;
mod rows;
mod write;

use crate::model::Codebook;

use super::Diagnostic;
use super::diagnostic::place_in;

pub use write::write;

/// Reads a codebook.
///
/// # Errors
/// Every fault, each with its line; where the file is not TOML or has a key of the wrong shape, only the first.
pub fn read(source: &str) -> Result<Codebook, Vec<Diagnostic>> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let file: rows::File = toml::from_str(source).map_err(|error| {
        let found = Diagnostic::error("bad_codebook", error.message().trim().to_owned())
            .with_hint("compare the file with the codebook that comes with the program");
        let place = error.span().map(|span| place_in(source, span.start));
        vec![match place {
            Some((line, column)) => found.at(line, column),
            None => found,
        }]
    })?;
    check::codebook(source, file)
}

/// The codebooks that come with the program, by name.
pub const BUILTIN: &[(&str, &str)] = &[
    (
        "conflict",
        include_str!("../../../assets/codebooks/conflict.toml"),
    ),
    (
        "entities",
        include_str!("../../../assets/codebooks/entities.toml"),
    ),
    ("empty", "# Nothing yet.\n"),
];

/// The codebook of that name that comes with the program.
pub fn builtin(name: &str) -> Option<Codebook> {
    let (_, source) = BUILTIN.iter().find(|(known, _)| *known == name)?;
    // A test reads every one of them, so there is always something here.
    read(source).ok()
}

/// The default codebook, `conflict`.
pub fn default_codebook() -> Codebook {
    builtin("conflict").unwrap_or_default()
}

#[cfg(test)]
mod tests;
