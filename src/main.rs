//! Hashiya: the command line, or the window.

use std::process::ExitCode;

use hashiya::cli::{self, Call};

fn main() -> ExitCode {
    hashiya::session::hush_guarded_panics();
    let exit = match cli::run(std::env::args_os()) {
        Call::Ended(exit) => exit,
        Call::Window(paths, config) => window(paths, *config),
    };
    ExitCode::from(exit as u8)
}

#[cfg(feature = "gui")]
fn window(paths: Vec<std::path::PathBuf>, config: hashiya::session::Config) -> cli::Exit {
    match hashiya::gui::run(paths, config) {
        Ok(()) => cli::Exit::Done,
        Err(failure) => cli::no_window(&failure.message, &failure.hint),
    }
}

#[cfg(not(feature = "gui"))]
fn window(_: Vec<std::path::PathBuf>, _: hashiya::session::Config) -> cli::Exit {
    cli::no_window(
        "this build of the program has no window",
        "`hashiya help` lists the commands that do the same; a build with the feature `gui` opens a window",
    )
}
