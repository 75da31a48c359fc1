//! The program as a process: a home of its own, its answers and exit codes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "each test file uses its own part")]

use std::fmt::Display;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value as Json, json};

/// A folder with everything that one test touches.
pub struct Place {
    folder: tempfile::TempDir,
}

/// What a call came to.
#[derive(Debug)]
pub struct Ended {
    pub code: i32,
    pub out: String,
    pub messages: String,
}

impl Place {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// With an empty project `p.hashiya`.
    pub fn with_project() -> Self {
        let place = Self::new();
        place.ok(&["new", "p.hashiya"]);
        place
    }

    /// With a project `p.hashiya` of these articles, given as id and text.
    pub fn with_articles(articles: &[(&str, &str)]) -> Self {
        let line = |(id, text): &(&str, &str)| json!({"id": id, "text": text});
        Self::with_lines(articles.iter().map(line))
    }

    /// With a project `p.hashiya` of these lines of JSONL, which are in `in.jsonl`.
    pub fn with_lines(lines: impl IntoIterator<Item = impl Display>) -> Self {
        let place = Self::with_project();
        place.write_lines("in.jsonl", lines);
        place.ok(&["import", "p.hashiya", "in.jsonl"]);
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub fn write_lines(&self, name: &str, lines: impl IntoIterator<Item = impl Display>) {
        let lines = lines.into_iter().map(|line| format!("{line}\n"));
        self.write(name, lines.collect::<String>());
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// The program, in this folder and with a home in it.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(Path::new(env!("CARGO_BIN_EXE_hashiya")));
        command.args(arguments).current_dir(self.folder.path());
        command
            .env("HASHIYA_HOME", self.path("home"))
            .env("HASHIYA_ANNOTATOR", "me");
        command
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET");
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ended {
        Ended::of(self.command(arguments).output().unwrap())
    }

    /// Runs what must succeed; its answer.
    #[track_caller]
    pub fn ok(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        assert_eq!(ended.code, 0, "{arguments:?}: {ended:?}");
        ended.out
    }

    /// Runs what must succeed and answers one JSON object.
    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> Json {
        serde_json::from_str(&self.ok(arguments)).unwrap()
    }

    /// Runs what must be refused: exit code and code of the error.
    #[track_caller]
    pub fn refused(&self, arguments: &[&str]) -> (i32, String) {
        let ended = self.run(arguments);
        let code = ended
            .messages
            .strip_prefix("error[")
            .and_then(|rest| rest.split_once(']'));
        let (code, _) = code.unwrap_or_else(|| panic!("{arguments:?}: {ended:?}"));
        (ended.code, code.to_owned())
    }

    /// Gives lines to `apply`; exit code and answers.
    pub fn apply(&self, options: &[&str], lines: &[&str]) -> (i32, Vec<Json>) {
        let mut arguments = vec!["apply", "p.hashiya"];
        arguments.extend(options);
        let mut child = self.command(&arguments).stdin(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        for line in lines {
            writeln!(input, "{line}").unwrap();
        }
        drop(input);
        let ended = Ended::of(child.wait_with_output().unwrap());
        (ended.code, rows(&ended.out))
    }

    /// The native export of `p.hashiya`, line by line.
    #[track_caller]
    pub fn exported(&self) -> Vec<Json> {
        rows(&self.jsonl("p.hashiya"))
    }

    /// The native export of a project.
    #[track_caller]
    pub fn jsonl(&self, project: &str) -> String {
        self.ok(&["export", project, "--format", "jsonl", "--output", "-"])
    }

    /// Reads the native export of `p.hashiya` into a new `q.hashiya`, whose own is the same to the byte; that export.
    #[track_caller]
    pub fn read_back(&self) -> String {
        let first = self.jsonl("p.hashiya");
        self.write("back.jsonl", &first);
        self.ok(&["new", "q.hashiya"]);
        self.ok(&["import", "q.hashiya", "back.jsonl"]);
        assert_eq!(self.jsonl("q.hashiya"), first, "write, read, write");
        first
    }
}

/// Lines of JSON.
#[track_caller]
pub fn rows(lines: &str) -> Vec<Json> {
    let lines = lines.lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

impl Ended {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            messages: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
