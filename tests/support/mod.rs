//! The program as a process: a home of its own, its answers and exit codes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "each test file uses its own part")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;

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

    /// With a project `p.hashiya` of these articles, given as id and text.
    pub fn with_articles(articles: &[(&str, &str)]) -> Self {
        let place = Self::new();
        place.ok(&["new", "p.hashiya"]);
        let line = |(id, text): &(&str, &str)| format!("{}\n", serde_json::json!({"id": id, "text": text}));
        place.write("in.jsonl", articles.iter().map(line).collect::<String>());
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
        let answers = ended
            .out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        (ended.code, answers)
    }

    /// The native export of `p.hashiya`, line by line.
    pub fn exported(&self) -> Vec<Json> {
        let out = self.ok(&["export", "p.hashiya", "--format", "jsonl", "--output", "-"]);
        out.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
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
