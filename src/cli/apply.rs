//! `hashiya apply`: commands as JSON Lines in, one answer line each out, after the commit.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};

use serde_json::{Value as Json, json};

use crate::session::{Asked, Command, Config, Refusal, Session, Watch};

use super::args::Apply;
use super::terminal::{Exit, Form, Stop, Terminal, annotator, error_json};

/// Bytes that the line of a command may have; a file that is no list of commands may have no line end at all.
const MOST_BYTES: u64 = 256 << 20;

pub fn run(typed: &Apply, terminal: &mut Terminal) -> Result<Exit, Stop> {
    annotator(typed.annotator.as_ref())?;
    let config = Config::from_environment(typed.annotator.as_deref())?;
    let mut session = Session::open(&typed.project, config)?;
    let mut input: Box<dyn BufRead> = match typed.file.as_ref().filter(|path| path.as_os_str() != "-") {
        None => Box::new(BufReader::new(io::stdin())),
        Some(path) => Box::new(BufReader::new(File::open(path).map_err(|cause| {
            Refusal::new("cannot_read", format!("{}: {cause}", path.display())).hint("check the path")
        })?)),
    };
    let mut answers = Answers {
        terminal,
        exit: Exit::Done,
        has_done: false,
        lost: None,
    };
    let mut line = Vec::new();
    let mut is_first = true;
    loop {
        let is_whole = match next_line(&mut *input, &mut line, MOST_BYTES) {
            Ok(Some(is_whole)) => is_whole,
            Ok(None) => return answers.end(),
            Err(cause) => {
                let message = format!("the commands cannot be read to their end: {cause}");
                return answers.break_off(Refusal::new("cannot_read", message));
            }
        };
        // Some shells put a byte-order mark in front of what they pipe.
        if std::mem::take(&mut is_first) && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answer = if is_whole {
            let terminal = &mut *answers.terminal;
            terminal.watching("apply", |watch| answer(&mut session, &line, watch))
        } else {
            json!({"ok": false, "error": error_json(&too_long())})
        };
        answers.tell(&answer);
    }
}

/// The answers, as far as somebody reads them. The commands are carried out in either case: who sent them has not taken
/// them back by looking away.
struct Answers<'a> {
    terminal: &'a mut Terminal,
    exit: Exit,
    /// Whether a command was carried out.
    has_done: bool,
    /// Why answers are dropped from here on.
    lost: Option<io::Error>,
}

impl Answers<'_> {
    fn tell(&mut self, answer: &Json) {
        if answer.get("ok") == Some(&Json::Bool(true)) {
            self.has_done = true;
        } else {
            self.exit = Exit::Refused;
        }
        if self.lost.is_none() {
            let written = self.terminal.json(answer);
            self.lost = written.and_then(|()| self.terminal.flush()).err();
        }
    }

    /// Ends in the middle; what was carried out by then stays.
    fn break_off(self, why: Refusal) -> Result<Exit, Stop> {
        if !self.has_done {
            return Err(why.into());
        }
        self.terminal.refuse(&why, Form::Json);
        Ok(Exit::Refused)
    }

    fn end(self) -> Result<Exit, Stop> {
        self.terminal.work_is_done(self.exit);
        match self.lost {
            Some(cause) => Err(Stop::Output(cause)),
            None => Ok(self.exit),
        }
    }
}

/// Reads the next line; none at the end. Of a line with more bytes than may be, only a part is kept, and it is not whole.
fn next_line(input: &mut dyn BufRead, line: &mut Vec<u8>, most: u64) -> io::Result<Option<bool>> {
    line.clear();
    let mut read = (&mut *input).take(most).read_until(b'\n', line)? as u64;
    if read < most || line.ends_with(b"\n") {
        return Ok((read > 0).then_some(true));
    }
    let mut rest = Vec::new();
    let mut is_whole = true;
    while read > 0 && !rest.ends_with(b"\n") {
        rest.clear();
        read = (&mut *input)
            .take(most.min(1 << 16))
            .read_until(b'\n', &mut rest)? as u64;
        is_whole &= read == 0;
    }
    Ok(Some(is_whole))
}

fn too_long() -> Refusal {
    let most = MOST_BYTES >> 20;
    Refusal::new("line_too_long", format!("this line has more than {most} MiB"))
        .hint("a command is one JSON object in one line")
}

fn answer(session: &mut Session, line: &[u8], watch: &mut Watch<'_>) -> Json {
    let owner = session.annotator().clone();
    let command = std::str::from_utf8(line)
        .map_err(|cause| Refusal::new("bad_json", format!("this line is no UTF-8: {cause}")))
        .and_then(Command::from_json);
    match command.and_then(|command| session.run_watched(&command, Asked::of(&owner), watch)) {
        Ok(done) => json!({"ok": true, "transaction": done.transaction.get(), "created": done.created}),
        Err(refusal) => json!({"ok": false, "error": error_json(&refusal)}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_too_long_is_passed_over_and_the_next_one_is_read() {
        let mut input = &b"12345\n1234\n123456789012345\n\n123\n12345"[..];
        let mut line = Vec::new();
        let mut read = Vec::new();
        while let Some(is_whole) = next_line(&mut input, &mut line, 5).unwrap() {
            read.push((String::from_utf8(line.clone()).unwrap(), is_whole));
        }
        let expected = [
            ("12345", false),
            ("1234\n", true),
            ("12345", false),
            ("\n", true),
            ("123\n", true),
            ("12345", true),
        ];
        assert_eq!(read, expected.map(|(line, is_whole)| (line.to_owned(), is_whole)));
    }
}
