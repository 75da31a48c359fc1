//! The command line: what was typed, what is meant, and the exit code that it comes to.
//!
//! Knows no window: where the call is for one, the caller is told so.

mod apply;
mod args;
mod care;
mod codebook;
mod date;
mod examples;
mod export;
mod hints;
mod history;
mod import;
mod journal;
mod list;
mod manual;
mod project;
mod quantity;
mod reviewed;
mod span_words;
mod terminal;

use std::ffi::OsString;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use clap::{CommandFactory, Parser};

use crate::session::{Config, Refusal};

use args::{Typed, Typing};
pub use terminal::Exit;
use terminal::{Form, Stop, Terminal};

/// What is to be done after the command line was read.
#[derive(Debug)]
pub enum Call {
    /// It is done; end with this code.
    Ended(Exit),
    /// Open the window.
    Window(Vec<PathBuf>, Box<Config>),
}

/// Reads the arguments (the first is the program's name) and does what they ask.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Call {
    let mut terminal = Terminal::standard();
    let typed = match Typed::try_parse_from(arguments) {
        Ok(typed) => typed,
        Err(error) => return Call::Ended(help(&error, &mut terminal)),
    };
    let Some(command) = typed.command else {
        return window(&typed.paths, typed.annotator.as_deref(), &mut terminal);
    };
    let carried = carry_out(&command, &mut terminal);
    let exit = end(carried, command.form(), &mut terminal);
    // What could not be flushed here could not be written before either.
    terminal.flush().unwrap_or_default();
    Call::Ended(exit)
}

/// Help and version are answers, everything else is wrong usage; clap knows where each goes.
fn help(error: &clap::Error, terminal: &mut Terminal) -> Exit {
    let printed = error.print().and_then(|()| io::stdout().flush());
    if error.use_stderr() {
        return Exit::Usage;
    }
    end(
        printed.map(|()| Exit::Done).map_err(Stop::Output),
        Form::Words,
        terminal,
    )
}

/// Tells what a command has come to, as far as somebody reads it.
fn end(carried: Result<Exit, Stop>, form: Form, terminal: &mut Terminal) -> Exit {
    let (exit, written) = match carried {
        Ok(exit) => (exit, terminal.flush()),
        Err(Stop::Output(error)) => (terminal.done().unwrap_or(Exit::Done), Err(error)),
        Err(Stop::Refusal(refusal)) => {
            terminal.refuse(&refusal, form);
            return Exit::Failed;
        }
        Err(Stop::Usage(refusal)) => {
            terminal.refuse(&refusal, form);
            return Exit::Usage;
        }
    };
    let error = match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => error,
        // Who reads the answer has seen enough.
        _ => return exit,
    };
    if terminal.done().is_none() {
        let refusal = Refusal::new("io", format!("the answer cannot be written: {error}"));
        terminal.refuse(&refusal, Form::Words);
        return Exit::Failed;
    }
    let message = format!("it is done, but the answer cannot be written: {error}");
    let refusal = Refusal::new("answer_lost", message).hint("do not repeat it; look at what is there now");
    terminal.refuse(&refusal, Form::Words);
    Exit::Refused
}

/// Says why there is no window, in the form of every other error.
pub fn no_window(message: &str, hint: &str) -> Exit {
    Terminal::standard().refuse(&Refusal::new("no_window", message).hint(hint), Form::Words);
    Exit::Failed
}

fn window(paths: &[PathBuf], annotator: Option<&str>, terminal: &mut Terminal) -> Call {
    let missing = paths.iter().find(|path| !path.exists());
    let found = match missing {
        None => Config::from_environment(annotator),
        Some(path) => Err(Refusal::new(
            "not_found",
            format!("{}: there is no such file or folder", path.display()),
        )
        .hint(where_a_command_goes(path))),
    };
    match found {
        Ok(config) => Call::Window(paths.to_vec(), Box::new(config)),
        Err(refusal) => {
            terminal.refuse(&refusal, Form::Words);
            Call::Ended(Exit::Failed)
        }
    }
}

/// What to do where a path is not there; the name of a command behind options is read as one.
fn where_a_command_goes(path: &Path) -> String {
    let typed = path.to_string_lossy();
    if let Some(command) = Typed::command().find_subcommand(&*typed) {
        let takes_name = command
            .get_arguments()
            .any(|argument| argument.get_id() == "annotator");
        let name = if takes_name { " … --annotator NAME" } else { "" };
        return format!("the command comes first: `hashiya {typed}{name}`");
    }
    "give a project, files, or folders; `hashiya help` lists the commands".to_owned()
}

fn carry_out(command: &Typing, terminal: &mut Terminal) -> Result<Exit, Stop> {
    match command {
        Typing::New(typed) => project::new(typed, terminal),
        Typing::Import(typed) => import::run(typed, terminal),
        Typing::Export(typed) => export::run(typed, terminal),
        Typing::Codebook(typed) => codebook::run(typed, terminal),
        Typing::Formats(typed) => export::formats(typed, terminal),
        Typing::Manual(typed) => manual::run(typed, terminal),
        Typing::List(typed) => list::list(typed, terminal),
        Typing::Show(typed) => list::show(typed, terminal),
        Typing::Stats(typed) => list::stats(typed, terminal),
        Typing::Apply(typed) => apply::run(typed, terminal),
        Typing::Undo(typed) => journal::undo(typed, terminal),
        Typing::Redo(typed) => journal::redo(typed, terminal),
        Typing::Log(typed) => journal::log(typed, terminal),
        Typing::Date(typed) => date::run(typed, terminal),
        Typing::Quantity(typed) => quantity::run(typed, terminal),
        Typing::Check(typed) => care::check(typed, terminal),
        Typing::Recover(typed) => care::recover(typed, terminal),
        Typing::Backup(typed) => care::backup(typed, terminal),
    }
}

impl Typing {
    fn form(&self) -> Form {
        match self {
            Self::Export(typed) if typed.json && typed.output.as_os_str() == "-" => Form::JsonBeside,
            _ if self.answers_json() => Form::Json,
            _ => Form::Words,
        }
    }

    fn answers_json(&self) -> bool {
        match self {
            Self::New(typed) => typed.json,
            Self::Import(typed) => typed.json,
            Self::Export(typed) => typed.json,
            Self::Codebook(typed) => typed.json,
            Self::Formats(typed) => typed.json,
            Self::Manual(typed) => typed.json,
            Self::List(typed) => typed.json,
            Self::Show(typed) => typed.json,
            Self::Stats(typed) => typed.json,
            Self::Apply(_) => true,
            Self::Undo(typed) | Self::Redo(typed) => typed.json,
            Self::Log(typed) => typed.json,
            Self::Date(typed) => typed.json,
            Self::Quantity(typed) => typed.json,
            Self::Check(typed) => typed.json,
            Self::Recover(typed) => typed.json,
            Self::Backup(typed) => typed.json,
        }
    }
}
